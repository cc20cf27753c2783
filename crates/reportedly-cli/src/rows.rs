//! Rows of answers: a table to read, one JSON array, or CSV.

use std::io::{self, Write as _};

use anstream::AutoStream;
use anyhow::Context as _;
use serde::Serialize;
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::args::When;
use crate::args::desk::RowFormat;
use crate::galley::{Galley, Paper, printable};
use crate::read::unwritable;

/// How rows of a kind are shown. Fields are named as in the JSON.
pub(crate) struct Columns {
    /// Fields of the table, in order.
    pub(crate) table: &'static [&'static str],
    /// Fields that stand in lines of their own below each row.
    pub(crate) below: &'static [&'static str],
    /// Fields of CSV, in order: all of them.
    pub(crate) csv: &'static [&'static str],
    /// What is said where there are no rows.
    pub(crate) none: &'static str,
}

/// Columns that a table's column takes at the most.
const WIDEST: usize = 40;

/// Prints rows.
pub(crate) fn print<T: Serialize>(rows: &[T], columns: &Columns, format: RowFormat, when: When) -> anyhow::Result<()> {
    let text = match format {
        RowFormat::Json => serde_json::to_string_pretty(rows).context("rows are JSON")? + "\n",
        RowFormat::Csv => csv(&values(rows)?, columns)?,
        RowFormat::Text => table(&values(rows)?, columns, Paper::stdout(when)),
    };
    let mut out: Box<dyn io::Write> = match format {
        RowFormat::Text => Box::new(AutoStream::new(io::stdout(), when.choice())),
        RowFormat::Json | RowFormat::Csv => Box::new(io::stdout()),
    };
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(unwritable)
}

fn values<T: Serialize>(rows: &[T]) -> anyhow::Result<Vec<Value>> {
    rows.iter().map(|row| serde_json::to_value(row).context("a row is JSON")).collect()
}

fn csv(rows: &[Value], columns: &Columns) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns.csv)?;
    for row in rows {
        writer.write_record(columns.csv.iter().map(|name| cell(row, name)))?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("rows cannot be written as CSV: {error}"))?;
    Ok(String::from_utf8(bytes)?)
}

fn table(rows: &[Value], columns: &Columns, paper: Paper) -> String {
    if rows.is_empty() {
        return format!("{}\n", columns.none);
    }
    let cell = |row: &Value, name: &str| cut(&cell(row, name).chars().filter_map(printable).collect::<String>());
    let head: Vec<String> = columns.table.iter().map(|name| name.replace('_', " ")).collect();
    let body: Vec<Vec<String>> =
        rows.iter().map(|row| columns.table.iter().map(|name| cell(row, name)).collect()).collect();
    let width = |column: usize| {
        let cells = body.iter().chain([&head]).filter_map(|row| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &[String]| {
        let cells =
            cells.iter().zip(&widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width())));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    let mut text = line(&head);
    for (row, cells) in rows.iter().zip(&body) {
        text += &line(cells);
        for below in columns.below.iter().map(|name| self::cell(row, name)).filter(|below| !below.is_empty()) {
            let mut galley = Galley::new(paper);
            galley.entry("", 4, &below);
            text += &galley.finish();
        }
    }
    text
}

/// A field in one text.
fn cell(row: &Value, name: &str) -> String {
    match row.get(name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(true)) => "yes".to_owned(),
        Some(Value::Bool(false)) => "no".to_owned(),
        Some(Value::Array(all)) => {
            let all = all.iter().map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned));
            all.collect::<Vec<_>>().join("; ")
        }
        Some(other) => other.to_string(),
    }
}

fn cut(text: &str) -> String {
    if text.width() <= WIDEST {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if kept.width() + 2 > WIDEST {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}
