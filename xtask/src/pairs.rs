//! What the scorer of pairs is asked of each mention of texts: for `training/who.py` to label and learn from.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use reportedly::Given;
use serde::Serialize;

use crate::forms::{self, Stretch};
use crate::predict::EngineArgs;
use crate::threads::{Threads, in_order};

/// Asks of every text what the scorer of pairs would be asked.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// JSON lines {id, text}.
    input: PathBuf,
    /// JSON lines `{id, mentions: [{head, whole, new, pairs: [[earlier mention, [feature]]], over, name, none, pronoun}]}`.
    output: PathBuf,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    engine: EngineArgs,
}

#[derive(Serialize)]
struct Row {
    id: String,
    mentions: Vec<Mention>,
}

#[derive(Serialize)]
struct Mention {
    head: Stretch,
    whole: Stretch,
    new: Vec<u16>,
    pairs: Vec<(usize, Vec<u16>)>,
    over: Stretch,
    name: Option<usize>,
    none: Vec<u16>,
    pronoun: Vec<(usize, Vec<u16>)>,
}

/// Writes the pairs of a file of texts.
pub(crate) fn pairs(args: &Args) -> Result<()> {
    let engine = args.engine.load()?;
    let texts: Vec<forms::Given> = forms::read(&args.input)?;
    let rows = in_order("pairs", &texts, args.threads.count(), |row, desk| {
        let report = reportedly::report_from_text(&row.text, &Given::default())?;
        let shift = row.text.chars().count() - report.text.as_str().chars().count();
        let stretch = |span: reportedly::record::Span| [span.chars().start + shift, span.chars().end + shift];
        let mentions = engine.asked(&report, desk).into_iter().map(|asked| Mention {
            head: stretch(asked.head),
            whole: stretch(asked.whole),
            new: asked.new,
            pairs: asked.pairs,
            over: stretch(asked.over),
            name: asked.name,
            none: asked.none,
            pronoun: asked.pronoun,
        });
        Ok(Row { id: row.id.clone(), mentions: mentions.collect() })
    })?;
    let name = args.output.display().to_string();
    let mut out = BufWriter::new(File::create(&args.output).with_context(|| format!("cannot write {name}"))?);
    for row in &rows {
        serde_json::to_writer(&mut out, row)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
