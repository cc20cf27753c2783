//! How fast reports are read: words and reports for each second of processor time, stage by stage, on one thread.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use cpu_time::ThreadTime;
use reportedly::record::Report;
use reportedly::{Desk, Engine, Given, Kernel, Limits, Rows, sections, sources};
use reportedly_attribution::{Scene, attributions, speakers};
use reportedly_mention::{Lines, Pairs, Pronouns, Who, goes_by, mentions, sighted, who};
use reportedly_model::EncoderConfig;
use reportedly_model::bench::{encoder_ops, peak_two_step};
use reportedly_model::{Part, Watch};
use reportedly_when::{Sought, Thread, Writing, clock, plain_times, times};

use crate::eval::root;
use crate::predict::EngineArgs;
use crate::threads::in_order;

pub(crate) mod store;

/// Measures the stages of reading on a load of reports, or else a large store.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// Folder of the data sets, of which `load/reports_5000.jsonl` is read; without it the repository's own story is
    /// read again and again.
    #[arg(long)]
    data: Option<PathBuf>,
    /// How many reports.
    #[arg(long, default_value_t = 300)]
    reports: usize,
    /// The arithmetic path, instead of the fastest that the processor has.
    #[arg(long, value_name = "NAME", value_parser = reportedly::kernel)]
    kernel: Option<Kernel>,
    #[command(flatten)]
    engine: EngineArgs,
}

/// What else is measured.
#[derive(clap::Subcommand)]
enum What {
    /// Multiply stored records, ask a fixed list of questions and measure the file.
    Store(store::Args),
}

/// The stages, in the order of reading.
const STAGES: [&str; 9] = [
    "intake",
    "words, quotations, features",
    "pieces, encoder, heads",
    "syntax",
    "names",
    "attributions",
    "times",
    "places, events, relations, chains",
    "json",
];

/// Seconds spent on measuring the processor's peak.
const PEAK_SECONDS: f64 = 1.0;

/// Processor time of each stage and what was read in it.
#[derive(Default)]
struct Sheet {
    spent: [Duration; STAGES.len()],
    reports: usize,
    words: usize,
    pieces: u64,
    encoder: EncoderTime,
}

/// Measures and prints.
pub(crate) fn bench(args: &Args) -> Result<()> {
    if let Some(What::Store(args)) = &args.what {
        return store::bench(args);
    }
    let engine = match args.kernel {
        Some(kernel) => args.engine.load()?.with_kernel(kernel),
        None => args.engine.load()?,
    };
    let lines = match args.data.as_deref().filter(|data| data.is_dir()) {
        Some(data) => load(&data.join("load/reports_5000.jsonl"), args.reports)?,
        None => {
            eprintln!(
                "*** NO DATA: the repository's own story is read again and again, which is short and always the same. ***"
            );
            story(&root().join("examples/harbour-talks"), args.reports)?
        }
    };
    let peak = peak_two_step(PEAK_SECONDS);
    let mut sheet = Sheet::default();
    let mut desks = (reportedly_model::Desk::default(), Desk::default());
    let mut reports = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let report = sheet.read(&engine, line, &mut desks).with_context(|| format!("report {}", i + 1))?;
        reports.push(report);
    }
    sheet.print(&engine, peak);
    print_rules(&reports);
    print_threads(&engine, &reports)?;
    match most_memory() {
        Some(bytes) => println!("most memory in use: {:.0} MB", bytes as f64 / 1e6),
        None => println!("most memory in use: this system does not tell"),
    }
    Ok(())
}

impl Sheet {
    /// Reads one line of JSON stage by stage, and once more as a whole for what is written.
    fn read(&mut self, engine: &Engine, line: &str, desks: &mut (reportedly_model::Desk, Desk)) -> Result<Report> {
        let (limits, given) = (Limits::default(), Given::default());
        let rows = || Rows::new("load", line.as_bytes(), &given, &limits).next();
        let report = self.time(0, rows).context("the line is empty")??;
        let early: Duration = self.spent[1..7].iter().sum();
        self.reports += 1;
        let text = &report.text;
        let (mut names, mut said, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        let (_, writing) = self.time(6, || clock(&report, None, &mut notes));
        let mut thread = Thread::default();
        let (mut sights, mut trees) = (Vec::new(), Vec::new());
        let (mut pairs, mut pronouns) = (None, None);
        if report.language.analysed {
            let sections = self.time(1, || sections(&report));
            for section in sections {
                self.words += section.spans().len();
                let tokens = self.time(1, || section.tokens(text.as_str()));
                let before = ThreadTime::now();
                let scores = engine.model().scores_watched(&tokens, &mut desks.0, &mut self.encoder, &mut self.pieces);
                self.spent[2] += before.elapsed();
                let tree = self.time(3, || section.syntax(text.as_str(), &scores));
                let found = self.time(4, || mentions(report.id, text, &tree, &scores));
                let lines = Lines { lines: section.layout().lines, quoted: section.layout().quoted };
                sights.push(self.time(4, || sighted(text, &tree, lines, &found, Some(&scores))));
                pairs = pairs.or_else(|| Pairs::of(&scores));
                pronouns = pronouns.or_else(|| Pronouns::of(&scores));
                said.extend(
                    self.time(5, || {
                        attributions(report.id, text, &tree, &section.layout(), &found, &scores).attributions
                    }),
                );
                let sought = Sought { report: report.id, text, syntax: &tree, scores: Some(&scores), spoken: &[] };
                self.time(6, || times(sought, &writing, &mut thread, &mut notes));
                names.extend(found);
                trees.push(tree);
            }
            let scorers = (pairs.as_ref(), pronouns.as_ref());
            let Who { mut entities, mentions, .. } =
                self.time(4, || who(report.id, text, sights, &names, &said, scorers, &mut notes));
            names = mentions;
            self.time(5, || {
                let by = goes_by(text, &entities, &names);
                let scene = Scene { report: report.id, text, syntax: &trees, goes_by: &by };
                speakers(&scene, &mut entities, &mut names, &mut said);
            });
        }
        // What the whole takes beyond these stages goes to the late ones.
        let early = self.spent[1..7].iter().sum::<Duration>() - early;
        let before = ThreadTime::now();
        let record = engine.read(&report, &mut desks.1);
        self.spent[7] += before.elapsed().saturating_sub(early);
        self.time(8, || serde_json::to_vec(&record))?;
        Ok(report)
    }

    /// Does a piece of work and adds its processor time to a stage.
    fn time<R>(&mut self, stage: usize, work: impl FnOnce() -> R) -> R {
        let before = ThreadTime::now();
        let result = work();
        self.spent[stage] += before.elapsed();
        result
    }

    fn print(&self, engine: &Engine, peak: f64) {
        let total: Duration = self.spent.iter().sum();
        println!(
            "{} reports, {} words, {} pieces; kernel {}\n",
            self.reports,
            self.words,
            self.pieces,
            engine.model().kernel()
        );
        println!("{:34} {:>8} {:>6} {:>12} {:>10}", "stage", "CPU s", "share", "words/CPU-s", "reports/s");
        let lines = STAGES.iter().zip(&self.spent).chain([(&"all", &total)]);
        for (stage, spent) in lines {
            let seconds = spent.as_secs_f64();
            let rate = |n: usize| n as f64 / seconds.max(1e-9);
            let share = 100.0 * seconds / total.as_secs_f64().max(1e-9);
            println!("{stage:34} {seconds:>8.3} {share:>5.1}% {:>12.0} {:>10.1}", rate(self.words), rate(self.reports));
        }
        let model = self.spent[2].as_secs_f64();
        println!("\npieces per CPU-second, with cutting and heads: {:.0}", self.pieces as f64 / model.max(1e-9));
        // All windows taken as equally long: attention grows with the square, so this is the least they can have taken.
        // A product counts once, though two of bytes are made for it; with instructions for products of bytes (VNNI) it still comes near
        // the peak of two steps.
        let windows = self.encoder.windows.max(1);
        let length = self.pieces as f64 / windows as f64;
        let config = EncoderConfig { layers: engine.model().layers(), ..engine.model().encoder().config() };
        let speed = encoder_ops(config, length as usize) * windows as f64 / self.encoder.spent.as_secs_f64();
        println!(
            "encoder: {windows} windows of {length:.0} pieces, {:.0} Gop/s, {:.0}% of the two-step peak of {:.0} Gop/s",
            speed / 1e9,
            100.0 * speed / peak,
            peak / 1e9
        );
    }
}

/// Processor time of the encoder alone: its layers, without looking up words.
#[derive(Default)]
struct EncoderTime {
    last: Option<(Part, ThreadTime)>,
    spent: Duration,
    windows: usize,
}

impl Watch for EncoderTime {
    fn ended(&mut self, part: Part) {
        // Two norms in a row are the last of one window and the embedding of the next; what lies between is not the encoder.
        match self.last {
            Some((before, at)) if !(before == Part::Norm && part == Part::Norm) => self.spent += at.elapsed(),
            _ => self.windows += 1,
        }
        self.last = Some((part, ThreadTime::now()));
    }
}

/// Finds and reads the times of the same reports by the rules alone, without the encoder.
fn print_rules(reports: &[Report]) {
    let before = ThreadTime::now();
    let (mut words, mut found) = (0, 0);
    for report in reports {
        let writing = Writing { now: report.published.as_ref().map(|published| published.local), ..Writing::default() };
        words += report.text.as_str().split_whitespace().count();
        found += plain_times(report.text.as_str(), &writing).len();
    }
    let rate = words as f64 / before.elapsed().as_secs_f64();
    println!("times by the rules alone: {rate:.0} words/CPU-s, {found} times in {words} words");
}

/// Reads the same reports on one thread and on two.
fn print_threads(engine: &Engine, reports: &[Report]) -> Result<()> {
    let wall = |threads: usize| -> Result<f64> {
        let start = Instant::now();
        in_order(&format!("{threads} threads"), reports, threads, |report, desk: &mut Desk| {
            Ok(engine.read(report, desk).mentions.len())
        })?;
        Ok(start.elapsed().as_secs_f64())
    };
    let (one, two) = (wall(1)?, wall(2)?);
    println!("wall time: {one:.2} s on one thread, {two:.2} s on two: {:.2} times as fast", one / two);
    Ok(())
}

/// The first lines of a file.
fn load(path: &Path, reports: usize) -> Result<Vec<String>> {
    let file = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(file.lines().take(reports).map(str::to_owned).collect())
}

/// The story's reports as lines, over and over.
fn story(folder: &Path, reports: usize) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for source in sources([folder]) {
        for report in source?.reports(&Given::default(), &Limits::default()) {
            lines.push(serde_json::json!({ "text": report?.text }).to_string());
        }
    }
    Ok(lines.iter().cycle().take(reports).cloned().collect())
}

/// The most memory that this process has had, where the system tells.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}
