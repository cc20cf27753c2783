//! How fast a large store answers, and how large it is: stored records are multiplied, with other ids, dates and names.

mod copies;
mod multiply;
mod questions;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use cpu_time::ThreadTime;
use reportedly::record::Record;
use reportedly::{Desk, Engine, Given, Limits, Rows, sources};
use reportedly_store::{Packed, Store, Writer};

use self::copies::{CASTS, copied};
use self::multiply::multiply;
use self::questions::questions;
use crate::eval::root;
use crate::threads::{Threads, in_order};

/// Multiplies stored records and asks a fixed list of questions.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the data sets, of which `load/reports_5000.jsonl` is read; without it the repository's own story.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Reports that are read.
    #[arg(long, default_value_t = 200)]
    read: usize,
    /// Records, one a line, as `reportedly read --format jsonl` writes them, instead of reading.
    #[arg(long)]
    records: Option<PathBuf>,
    /// Reports that are stored.
    #[arg(long, default_value_t = 2_000)]
    reports: usize,
    /// Copies of each record that are stored one by one, each with names of its own; beyond, their rows are copied.
    #[arg(long, default_value_t = CASTS, value_parser = clap::value_parser!(u64).range(1..=CASTS))]
    casts: u64,
    /// Where the store is kept; it is made where it is not there, and asked as it is where it is.
    #[arg(long)]
    keep: Option<PathBuf>,
    #[command(flatten)]
    threads: Threads,
}

/// Reports packed side by side, and stored in one transaction.
const BATCH: usize = 500;

/// Times that each question is asked.
const TIMES: usize = 5;

pub(crate) fn bench(args: &Args) -> Result<()> {
    let base = base(args)?;
    let folder = std::env::temp_dir().join(format!("reportedly-bench-{}", std::process::id()));
    let path = match &args.keep {
        Some(path) => path.clone(),
        None => {
            std::fs::create_dir_all(&folder)?;
            folder.join("desk.reportedly")
        }
    };
    let done = fill(&path, &base, args).and_then(|()| measure(&path, &base, args.casts));
    if args.keep.is_none() {
        std::fs::remove_dir_all(&folder)?;
    }
    done
}

/// The records that are multiplied.
fn base(args: &Args) -> Result<Vec<Record>> {
    let mut base: Vec<Record> = match &args.records {
        Some(path) => {
            let lines = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            lines.lines().map(|line| Ok(serde_json::from_str(line)?)).collect::<Result<_>>()?
        }
        None => read(args)?,
    };
    base.retain(|record| record.report.language.analysed);
    Ok(base)
}

fn read(args: &Args) -> Result<Vec<Record>> {
    let engine = Engine::load()?;
    let given = Given::default();
    let limits = Limits::default();
    let mut reports = Vec::new();
    match args.data.as_deref().filter(|data| data.is_dir()) {
        Some(data) => {
            let path = data.join("load/reports_5000.jsonl");
            let file = std::io::BufReader::new(std::fs::File::open(&path).with_context(|| path.display().to_string())?);
            for report in Rows::new("load", file, &given, &limits).take(args.read) {
                reports.push(report?);
            }
        }
        None => {
            eprintln!("*** NO DATA: the repository's own story is multiplied, which has fifteen reports only. ***");
            for source in sources([root().join("examples/harbour-talks")]) {
                for report in source?.reports(&given, &limits) {
                    reports.push(report?);
                }
            }
        }
    }
    in_order("reports", &reports, args.threads.count(), |report, desk: &mut Desk| Ok(engine.read(report, desk)))
}

/// Fills a store: with a copy of each record in each cast, as every report is stored, and beyond with copies of its rows.
fn fill(path: &Path, base: &[Record], args: &Args) -> Result<()> {
    let mut writer: Writer = Store::write(path, Duration::ZERO)?;
    let there = usize::try_from(writer.stats()?.reports)?;
    let begun = Instant::now();
    let whole = args.reports.min(base.len() * usize::try_from(args.casts)?);
    let copies: Vec<usize> = (there..whole).collect();
    for (i, batch) in copies.chunks(BATCH).enumerate() {
        let packed = in_order("copies", batch, args.threads.count(), |copy, _: &mut ()| {
            let record = base.get(copy % base.len()).context("there are records")?;
            Ok(Packed::of(copied(record, (copy / base.len()) as u64)?, None))
        })?;
        for one in &packed {
            writer.put(one)?;
        }
        writer.commit()?;
        if i % 20 == 19 {
            let stored = (i + 1) * BATCH;
            eprintln!("{} stored, {:.0}/s", there + stored, stored as f64 / begun.elapsed().as_secs_f64());
        }
    }
    if there < whole {
        let stored = whole - there;
        println!("stored {stored} reports, {:.0}/s", stored as f64 / begun.elapsed().as_secs_f64());
    }
    drop(writer);
    if whole < args.reports {
        multiply(path, i64::try_from(args.reports)?)?;
    }
    Ok(())
}

/// Times of questions: by the clock, and of the processor, which other work on the machine does not lengthen.
#[derive(Default)]
struct Times {
    clock: Vec<Duration>,
    processor: Vec<Duration>,
}

impl Times {
    fn add(&mut self, other: &Times) {
        self.clock.extend(&other.clock);
        self.processor.extend(&other.processor);
    }

    fn figures(&mut self) -> String {
        let figures = |times: &mut Vec<Duration>| {
            times.sort();
            format!(
                "p50 {:.2} ms, p95 {:.2} ms, most {:.2} ms",
                ms(at(times, 50)),
                ms(at(times, 95)),
                ms(at(times, 100))
            )
        };
        format!("{}; of the processor {}", figures(&mut self.clock), figures(&mut self.processor))
    }
}

fn measure(path: &Path, base: &[Record], casts: u64) -> Result<()> {
    let store = Store::open(path)?;
    let questions = questions(base, casts);
    let (mut kinds, mut all): (BTreeMap<&str, Times>, Times) = Default::default();
    for question in &questions {
        let mut times = Times::default();
        let mut rows = 0;
        for _ in 0..TIMES {
            let (begun, spent) = (Instant::now(), ThreadTime::now());
            rows = question.ask(&store)?;
            times.clock.push(begun.elapsed());
            times.processor.push(spent.elapsed());
        }
        kinds.entry(question.kind).or_default().add(&times);
        all.add(&times);
        println!("{}: {}: {rows} rows, {}", question.kind, question.says, times.figures());
    }
    for (kind, times) in &mut kinds {
        println!("{kind}: {}", times.figures());
    }
    println!("{} questions, {TIMES} times each: {}", questions.len(), all.figures());
    let stats = store.stats()?;
    println!("{} reports, {} bytes of text, {} bytes of file", stats.reports, stats.text, stats.file);
    for (table, bytes) in &stats.tables {
        println!("{bytes:>14} bytes {:>6.3} x the text  {table}", *bytes as f64 / stats.text as f64);
    }
    println!("file: {:.2} x the text", stats.file as f64 / stats.text as f64);
    Ok(())
}

/// The time that a part of sorted times, in percent, is not above.
fn at(times: &[Duration], part: usize) -> Duration {
    let place = (times.len() * part).div_ceil(100).saturating_sub(1);
    times.get(place).copied().unwrap_or_default()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
