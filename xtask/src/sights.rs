//! What the heads of events are asked of the words of texts: for `training/events.py` to label and learn from.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use reportedly::Given;
use reportedly::record::Status;
use reportedly_event::PairOf;
use serde::Serialize;

use crate::forms;
use crate::predict::EngineArgs;
use crate::threads::{Threads, in_order};

/// Looks at every text as the heads of events do.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// JSON lines {id, text}.
    input: PathBuf,
    /// JSON lines `{id, words: [[start, end, type by rule or null, status by rule, open, [feature]]]}`.
    output: PathBuf,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    engine: EngineArgs,
}

#[derive(Serialize)]
struct Row {
    id: String,
    features: usize,
    /// Features of a pair.
    of_pairs: usize,
    words: Vec<Word>,
    /// Of each word that is taken for an event, the words that may take part.
    pairs: Vec<(usize, Vec<Pair>)>,
}

/// Start and end, start and end of the relative pronoun that stands for it, of other mentions, part by rule, features.
type Pair = ([usize; 2], Option<[usize; 2]>, Vec<[usize; 2]>, Option<&'static str>, Vec<u16>);

/// Start and end, type by rule, status by rule, whether that is open, features.
type Word = (usize, usize, Option<&'static str>, Status, bool, Vec<u16>);

/// Writes the words of a file of texts.
pub(crate) fn sights(args: &Args) -> Result<()> {
    let engine = args.engine.load()?;
    let texts: Vec<forms::Given> = forms::read(&args.input)?;
    let rows = in_order("sights", &texts, args.threads.count(), |row, desk| {
        let report = reportedly::report_from_text(&row.text, &Given::default())?;
        let shift = row.text.chars().count() - report.text.as_str().chars().count();
        let found = engine.candidates(&report, desk);
        let features = found.first().map_or(0, |candidate| candidate.of);
        let of_pairs = found.iter().map(|candidate| candidate.of_pairs).max().unwrap_or_default();
        let at = |span: reportedly::record::Span| [span.chars().start + shift, span.chars().end + shift];
        let (mut words, mut pairs) = (Vec::new(), Vec::new());
        for c in found {
            let [start, end] = at(c.word);
            let pair = |p: PairOf| {
                (at(p.word), p.pronoun.map(at), p.mentions.into_iter().map(at).collect(), p.rule, p.features)
            };
            if c.of_pairs > 0 {
                pairs.push((start, c.pairs.into_iter().map(pair).collect()));
            }
            words.push((start, end, c.kind, c.status.0, c.status.1, c.features));
        }
        Ok(Row { id: row.id.clone(), features, of_pairs, words, pairs })
    })?;
    let name = args.output.display().to_string();
    let mut out = BufWriter::new(File::create(&args.output).with_context(|| format!("cannot write {name}"))?);
    for row in &rows {
        serde_json::to_writer(&mut out, row)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
