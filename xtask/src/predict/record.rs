//! Whole records in the form of the record suite: one item a fact, each with its evidence in code points and bytes.

mod items;
mod told;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use reportedly::record::{Known, Record};
use reportedly::{Desk, Engine, Given};
use serde::Serialize;
use serde_json::Value;

use crate::threads::in_order;

/// What was read in one report.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Items {
    pub(crate) items: Vec<Value>,
}

/// A report to read: its text, and what stands in the file of metadata beside it.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) given: Given,
}

/// Reads every NAME.txt of a folder and writes NAME.json for each.
pub(crate) fn predict(engine: &Engine, input: &Path, output: &Path, threads: usize) -> Result<()> {
    let sheets = sheets(input)?;
    std::fs::create_dir_all(output).with_context(|| format!("cannot make {}", output.display()))?;
    for (sheet, items) in sheets.iter().zip(records(engine, &sheets, threads)?) {
        let path = output.join(format!("{}.json", sheet.name));
        let json = serde_json::to_vec_pretty(&items)?;
        std::fs::write(&path, json).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Reads reports into items.
pub(crate) fn records(engine: &Engine, sheets: &[Sheet], threads: usize) -> Result<Vec<Items>> {
    in_order("record", sheets, threads, |sheet, desk: &mut Desk| {
        let mut report = reportedly::report_from_text(&sheet.text, &sheet.given)
            .with_context(|| format!("report {}", sheet.name))?;
        // A file beside the text tells of the stamp, not of the desk.
        if let Some(published) = report.published.as_mut().filter(|published| published.known == Known::Given) {
            published.known = Known::Field;
        }
        Ok(items(&engine.read(&report, desk), &sheet.text))
    })
}

/// The reports of a folder, by name.
pub(crate) fn sheets(folder: &Path) -> Result<Vec<Sheet>> {
    let listed = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut texts: Vec<PathBuf> = Vec::new();
    for entry in listed {
        let path = entry.with_context(|| format!("cannot read {}", folder.display()))?.path();
        if path.extension().is_some_and(|e| e == "txt") {
            texts.push(path);
        }
    }
    texts.sort();
    texts.iter().map(|path| sheet(path)).collect()
}

fn sheet(path: &Path) -> Result<Sheet> {
    let shown = path.display();
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
    let beside = path.with_extension("meta.json");
    let given = if beside.is_file() {
        let json = std::fs::read(&beside).with_context(|| format!("cannot read {}", beside.display()))?;
        Given::from_json(&beside.display().to_string(), &json)?
    } else {
        Given::default()
    };
    Ok(Sheet { name, text, given })
}

/// The items of a record; `text` is the text as it was given.
fn items(record: &Record, text: &str) -> Items {
    let lack = text.len() - record.report.text.len();
    let from = items::Form { record, lack: [text.chars().count() - record.report.text.as_str().chars().count(), lack] };
    let mut items = from.report();
    items.extend(from.entities());
    items.extend(from.mentions());
    items.extend(from.times());
    items.extend(from.events());
    items.extend(from.orders());
    items.extend(from.attributions());
    items.extend(from.spoken_on());
    items.extend(from.quotes());
    items.extend(from.no_responses());
    items.extend(from.relations());
    items.extend(from.chains());
    items.extend(from.counts());
    Items { items }
}
