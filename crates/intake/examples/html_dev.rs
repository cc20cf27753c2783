//! Reads the pages of a list and writes what intake makes of them, for the scorer: `html_dev --data DIR --out DIR`.
//!
//! DIR holds `articles.jsonl` and `dates.jsonl`; each line names its page in `file`, gzip-compressed. Times go to standard error.

use std::error::Error;
use std::fs::{File, read_to_string};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use flate2::read::GzDecoder;
use reportedly_intake::{Given, Limits, Media, Raw, reports};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (mut data, mut out) = (PathBuf::from("."), PathBuf::from("."));
    while let (Some(flag), Some(value)) = (args.next(), args.next()) {
        match flag.as_str() {
            "--data" => data = value.into(),
            "--out" => out = value.into(),
            _ => return Err(format!("unknown flag {flag}").into()),
        }
    }
    for list in ["articles", "dates"] {
        predict(&data, list, &out.join(format!("{list}.pred.jsonl")))?;
    }
    Ok(())
}

fn predict(data: &Path, list: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(out)?);
    let mut pages = Vec::new();
    for line in read_to_string(data.join(format!("{list}.jsonl")))?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let mut bytes = Vec::new();
        GzDecoder::new(File::open(data.join(row["file"].as_str().unwrap_or_default()))?).read_to_end(&mut bytes)?;
        pages.push((row, bytes));
    }
    let began = Instant::now();
    for (row, bytes) in &pages {
        let given = Given { url: row["url"].as_str().map(str::to_owned), ..Given::default() };
        let raw = Raw { name: row["file"].as_str().unwrap_or_default(), bytes, media: Media::Html };
        let row = match reports(&raw, &given, &Limits::default()).next() {
            Some(Ok(report)) => json!({
                "id": row["id"], "url": row["url"], "text": report.text,
                "date": report.published.as_ref().map(|published| published.local.to_string()),
                "known": report.published.as_ref().map(|published| published.known),
                "title": report.headline, "author": report.byline, "outlet": report.outlet,
                "notes": report.notes.iter().map(|note| note.says.as_str()).collect::<Vec<_>>(),
                "passages": report.passages.iter().map(|p| (p.kind, report.text.slice(p.span))).collect::<Vec<_>>(),
            }),
            Some(Err(error)) => json!({"id": row["id"], "url": row["url"], "error": error.to_string()}),
            None => continue,
        };
        writeln!(out, "{row}")?;
    }
    eprintln!(
        "{list}: {} pages in {:.2?}, {:.0} a second",
        pages.len(),
        began.elapsed(),
        pages.len() as f64 / began.elapsed().as_secs_f64()
    );
    Ok(())
}
