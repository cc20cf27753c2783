//! How fast a large store answers, and how large it is: stored records are multiplied, with other ids, dates and names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use jiff::{Span as Length, ToSpan};
use reportedly::record::{Certainty, Event, Id, Kind, MentionForm, Participant, Record, Status, Text, VoicedStatus};
use reportedly::{Desk, Engine, Given, Limits, Rows, sources};
use reportedly_store::{Asked, Packed, Show, Store, Writer, text_words};
use serde_json::Value;

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
    /// Where the store is kept; it is made where it is not there, and asked as it is where it is.
    #[arg(long)]
    keep: Option<PathBuf>,
    #[command(flatten)]
    threads: Threads,
}

/// Copies of a report that have each their own names: the names of the next ones are the same again.
const CASTS: u64 = 40;

/// Reports packed side by side, and stored in one transaction.
const BATCH: usize = 500;

/// Times that each question is asked.
const TIMES: usize = 5;

/// The part of the reports that has a term of a question, at the most.
const RARE: f64 = 0.05;

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
    let done = fill(&path, &base, args).and_then(|()| measure(&path, &base));
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
    // A reading without events would be asked for none.
    base.iter_mut().for_each(stand_in);
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

/// Puts a meeting of the first two people of a report in a record that has no events of two.
fn stand_in(record: &mut Record) {
    if record.events.iter().any(|event| event.participants.len() > 1) {
        return;
    }
    let named: Vec<_> = record.entities.iter().filter(|entity| entity.name.is_some()).take(2).collect();
    let [one, other] = named.as_slice() else { return };
    let Some(mention) = record.mentions.iter().find(|mention| one.mentions.first() == Some(&mention.id)) else {
        return;
    };
    let evidence = mention.evidence.span;
    let cast = [one.id, other.id].map(|entity| Participant { role: "party".to_owned(), entity, evidence });
    let status = [Status::Planned, Status::Happened, Status::Denied][evidence.bytes().end % 3];
    record.events.push(Event {
        id: Id::in_report(Kind::Event, record.report.id, evidence.bytes()),
        kind: "meet".to_owned(),
        triggers: vec![mention.evidence.clone()],
        participants: cast.to_vec(),
        places: Vec::new(),
        times: record.times.first().map(|time| time.id).into_iter().collect(),
        orders: Vec::new(),
        amounts: Vec::new(),
        contested: false,
        voices: vec![VoicedStatus { voice: None, status, certainty: Certainty::Certain, evidence }],
        status,
        evidence,
    });
}

fn fill(path: &Path, base: &[Record], args: &Args) -> Result<()> {
    let mut writer: Writer = Store::write(path, Duration::ZERO)?;
    let there = usize::try_from(writer.stats()?.reports)?;
    let begun = Instant::now();
    let copies: Vec<usize> = (there..args.reports).collect();
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
    if there < args.reports {
        let stored = args.reports - there;
        println!("stored {stored} reports, {:.0}/s", stored as f64 / begun.elapsed().as_secs_f64());
    }
    Ok(())
}

/// A copy of a record with ids, dates and, but for every tenth copy, names of its own. Names keep their lengths, and so every
/// span still points to its words.
fn copied(record: &Record, copy: u64) -> Result<Record> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for mention in record.mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        let words = mention.evidence.text.split(|c: char| !c.is_alphabetic());
        names.extend(words.filter(|word| word.chars().next().is_some_and(char::is_uppercase)).map(str::to_owned));
    }
    let cast = copy % CASTS;
    let renamed = |text: &str| if cast.is_multiple_of(10) { text.to_owned() } else { rename(text, &names, cast) };
    let mut value = serde_json::to_value(record)?;
    let text = renamed(record.report.text.as_str());
    change(&mut value, "", copy, &renamed);
    let mut copied: Record = serde_json::from_value(value)?;
    copied.report.text = Text::new(text);
    copied.report.url =
        Some(format!("{}?copy={copy}", record.report.url.as_deref().unwrap_or(&record.report.content_hash)));
    let days: Length = i64::try_from(copy % 700)?.days();
    if let Some(published) = &mut copied.report.published {
        published.local = published.local.checked_add(days)?;
        published.instant = published
            .instant
            .map(|at| at.checked_add((copy % 700 * 24).try_into().unwrap_or(0_i64).hours()))
            .transpose()?;
    }
    for time in &mut copied.times {
        time.earliest = time.earliest.as_ref().map(|at| at.checked_add(days)).transpose()?;
        time.latest = time.latest.as_ref().map(|at| at.checked_add(days)).transpose()?;
    }
    Ok(copied)
}

/// Gives ids and names of a value anew.
fn change(value: &mut Value, name: &str, copy: u64, renamed: &impl Fn(&str) -> String) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| change(one, name, copy, renamed)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, one)| change(one, name, copy, renamed)),
        Value::String(text) => {
            if let Ok(id) = text.parse::<Id>() {
                let number = id.number() ^ (copy.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 16) as i64;
                *text = Id::of_number(id.kind(), number).to_string();
            } else if matches!(name, "text" | "name" | "headline") {
                *text = renamed(text);
            } else if name == "key" {
                // A key is folded; the store makes one of the new name.
                *value = Value::Null;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Replaces the words of names: each vowel by a vowel and each other letter by one like it, of the same length in bytes.
fn rename(text: &str, names: &BTreeSet<String>, cast: u64) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphabetic());
        if names.contains(word) {
            out.extend(word.chars().map(|c| letter(c, cast)));
            out.push_str(part.get(word.len()..).unwrap_or_default());
        } else {
            out.push_str(part);
        }
    }
    out
}

fn letter(c: char, cast: u64) -> char {
    for row in ["aeiou", "bcdfghjklmnpqrstvwxyz"] {
        if let Some(at) = row.find(c.to_ascii_lowercase()) {
            let moved = (at + usize::try_from(cast).unwrap_or_default() * 7) % row.len();
            let new = row.chars().nth(moved).unwrap_or(c);
            return if c.is_ascii_uppercase() { new.to_ascii_uppercase() } else { new };
        }
    }
    c
}

/// A question.
enum Question {
    Find(Asked),
    Who(String),
    Pair(String, String),
}

fn measure(path: &Path, base: &[Record]) -> Result<()> {
    let store = Store::open(path)?;
    let questions = questions(base);
    let mut spent: Vec<(Duration, &str, usize)> = Vec::new();
    for _ in 0..TIMES {
        for (name, question) in &questions {
            let begun = Instant::now();
            let rows = match question {
                Question::Find(asked) => store.find(asked).map(|rows| rows.len()),
                Question::Who(name) => store.who(name, 50).map(|rows| rows.len()),
                Question::Pair(one, other) => {
                    store.pair(one, other, &Show { most: 50, ..Show::default() }).map(|rows| rows.len())
                }
            };
            spent.push((begun.elapsed(), name, rows.with_context(|| name.clone())?));
        }
    }
    let mut by_question: BTreeMap<&str, (Duration, usize)> = BTreeMap::new();
    for (time, name, rows) in &spent {
        let entry = by_question.entry(name).or_default();
        *entry = (entry.0.max(*time), *rows);
    }
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    for (name, (time, rows)) in &by_question {
        println!("{:>8.2} ms at most, {rows:>3} rows  {name}", ms(*time));
    }
    spent.sort();
    let at =
        |part: usize| spent.get((spent.len() * part / 100).min(spent.len().saturating_sub(1))).map(|one| ms(one.0));
    println!(
        "{} questions, {TIMES} times each: p50 {:.2} ms, p95 {:.2} ms, most {:.2} ms",
        questions.len(),
        at(50).unwrap_or_default(),
        at(95).unwrap_or_default(),
        spent.last().map(|one| ms(one.0)).unwrap_or_default()
    );
    let stats = store.stats()?;
    println!("{} reports, {} bytes of text, {} bytes of file", stats.reports, stats.text, stats.file);
    for (table, bytes) in &stats.tables {
        println!("{bytes:>14} bytes {:>6.3} x the text  {table}", *bytes as f64 / stats.text as f64);
    }
    println!("file: {:.2} x the text", stats.file as f64 / stats.text as f64);
    Ok(())
}

/// Thirty questions, always the same for the same records: terms and names in less than 5% of the reports, from the rarest to
/// the most frequent.
fn questions(base: &[Record]) -> Vec<(String, Question)> {
    let mut terms: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut pairs: BTreeSet<(String, String)> = BTreeSet::new();
    for record in base {
        let words: BTreeSet<String> = text_words(record.report.text.as_str()).into_iter().collect();
        for word in words.into_iter().filter(|word| word.len() > 4 && word.chars().all(char::is_alphabetic)) {
            *terms.entry(word).or_default() += 1;
        }
        let name =
            |id: Id| record.entities.iter().find(|entity| entity.id == id).and_then(|entity| entity.name.clone());
        let called: BTreeSet<String> = record.entities.iter().filter_map(|entity| entity.name.clone()).collect();
        for name in called.into_iter().filter(|name| name.len() > 3 && !text_words(name).is_empty()) {
            *names.entry(name).or_default() += 1;
        }
        for event in &record.events {
            let cast: Vec<String> = event.participants.iter().filter_map(|one| name(one.entity)).collect();
            if let [one, other, ..] = cast.as_slice() {
                pairs.insert((one.clone(), other.clone()));
            }
        }
    }
    let most = (base.len() as f64 * RARE).max(2.0) as usize;
    let rare = |counts: &BTreeMap<String, usize>| {
        let mut all: Vec<(usize, String)> =
            counts.iter().filter(|(_, count)| **count < most).map(|(one, count)| (*count, one.clone())).collect();
        all.sort();
        all.into_iter().map(|(_, one)| one).collect::<Vec<_>>()
    };
    let (terms, names) = (rare(&terms), rare(&names));
    // Most of them are rare: half of the choices fall on the most frequent tenth.
    let pick = |all: &[String], i: usize, of: usize| {
        let at = if i.is_multiple_of(2) { all.len() * i / of } else { all.len() - 1 - all.len() / 10 * i / of };
        all.get(at.min(all.len().saturating_sub(1))).cloned().unwrap_or_default()
    };
    let mut all = Vec::new();
    for i in 0..18 {
        let (word, name) = (pick(&terms, i, 18), pick(&names, i, 18));
        let asked = Asked { words: word.clone(), most: 50, ..Asked::default() };
        let year = (1_420_000_000, 1_420_000_000 + 86_400 * 365 * 4);
        let (says, asked) = match i % 6 {
            0 => ("between, outlet", Asked { published: Some(year), outlet: Some("e".to_owned()), ..asked }),
            1 => ("unnamed, between", Asked { unnamed: true, published: Some(year), ..asked }),
            2 => ("who, between", Asked { who: Some(name.clone()), published: Some(year), ..asked }),
            3 => ("status, between", Asked { status: Some(Status::Planned), published: Some(year), ..asked }),
            4 => ("who, status", Asked { who: Some(name.clone()), status: Some(Status::Happened), ..asked }),
            _ => (
                "said by, between",
                Asked { words: String::new(), said_by: Some(name.clone()), published: Some(year), ..asked },
            ),
        };
        all.push((format!("{:02} find {word} ({says}; {name})", i + 1), Question::Find(asked)));
    }
    for i in 0..6 {
        let name = pick(&names, i, 6);
        all.push((format!("{:02} who {name}", 19 + i), Question::Who(name)));
    }
    let pairs: Vec<(String, String)> = pairs.into_iter().collect();
    for i in 0..6 {
        let Some((one, other)) = pairs.get(pairs.len() * i / 6) else { continue };
        all.push((format!("{:02} pair {one}, {other}", 25 + i), Question::Pair(one.clone(), other.clone())));
    }
    all
}
