//! Who is speaking in direct quotations, against the project's own annotations (`eval/entities/speakers.jsonl`): the entity
//! that a quotation is given to must have one of the annotated names among its mentions.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use reportedly::record::{Attribution, Record};
use reportedly::{Desk, Given};
use serde::Deserialize;

use super::measure::Bench;
use crate::forms::{self, Stretch};
use crate::score::Figure;
use crate::threads::in_order;

/// A quotation and all names of the one who speaks it.
#[derive(Deserialize)]
struct Quotation {
    set: String,
    id: String,
    content: Vec<Stretch>,
    speaker: Option<Vec<Stretch>>,
}

fn shared(a: Stretch, b: Stretch) -> usize {
    a[1].min(b[1]).saturating_sub(a[0].max(b[0]))
}

/// Measures the share of quotations that are given to the right one: to nobody named where the gold names nobody.
pub(super) fn figures(bench: &Bench<'_>, data: &Path, gold: &Path) -> Result<Vec<Figure>> {
    let rows: Vec<Quotation> = bench.rows(&gold.join("speakers.jsonl"), |row: &Quotation| &row.id)?;
    let mut texts: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut sets: Vec<&str> = rows.iter().map(|row| row.set.as_str()).collect();
    sets.dedup();
    for set in sets {
        for row in forms::read::<forms::Given>(&data.join(format!("{set}.jsonl")))? {
            texts.insert((set.to_owned(), row.id), row.text);
        }
    }
    // Rows of one text stand together, and each text is read once.
    let groups: Vec<&[Quotation]> = rows.chunk_by(|a, b| (&a.set, &a.id) == (&b.set, &b.id)).collect();
    let right = in_order("speakers", &groups, bench.threads, |group, desk: &mut Desk| {
        let first = &group[0];
        let text = texts
            .get(&(first.set.clone(), first.id.clone()))
            .with_context(|| format!("{} has no text {}", first.set, first.id))?;
        let report = reportedly::report_from_text(text, &Given::default())?;
        let shift = text.chars().count() - report.text.as_str().chars().count();
        let record = bench.engine.read(&report, desk);
        Ok(group.iter().filter(|row| is_right(&record, shift, row)).count())
    })?;
    Ok(vec![Figure::new("speaker.entity", crate::score::share(right.iter().sum(), rows.len()))])
}

fn is_right(record: &Record, shift: usize, row: &Quotation) -> bool {
    let stretch = |span: reportedly::record::Span| [span.chars().start + shift, span.chars().end + shift];
    let overlap = |a: &Attribution| -> usize {
        let pieces = a.content.iter().map(|words| stretch(words.span));
        pieces.map(|piece| row.content.iter().map(|gold| shared(piece, *gold)).sum::<usize>()).sum()
    };
    // The attribution that shares most with the quotation; of equal ones the shortest.
    let size = |a: &Attribution| a.content.iter().map(|words| words.span.chars().len()).sum::<usize>();
    let best =
        record.attributions.iter().filter(|a| overlap(a) > 0).max_by_key(|a| (overlap(a), std::cmp::Reverse(size(a))));
    let speaker = best.and_then(|a| a.speaker).and_then(|id| record.entities.iter().find(|e| e.id == id));
    match (&row.speaker, speaker) {
        (None, None) => true,
        (None, Some(entity)) => entity.name.is_none(),
        (Some(_), None) => false,
        (Some(names), Some(entity)) => record
            .mentions
            .iter()
            .filter(|m| entity.mentions.contains(&m.id))
            .any(|m| names.iter().any(|name| 2 * shared(stretch(m.evidence.span), *name) >= name[1] - name[0])),
    }
}
