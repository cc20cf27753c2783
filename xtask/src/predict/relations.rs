//! Relations of plain texts: types, and every mention of the two that stand in them.

use anyhow::{Context, Result};
use reportedly::record::{Id, Record, Relation, RelationKind};
use reportedly::{Desk, Engine, Given};

use crate::forms::{self, Bond, Bonds, Stretch};
use crate::threads::in_order;

/// Predicts the relations of texts.
pub(crate) fn relations(engine: &Engine, rows: &[forms::Given], threads: usize) -> Result<Vec<Bonds>> {
    in_order("relations", rows, threads, |row, desk| {
        let relations = of_text(engine, &row.text, desk).with_context(|| format!("document {}", row.id))?;
        Ok(Bonds { id: row.id.clone(), relations })
    })
}

/// The relations of one text.
pub(crate) fn of_text(engine: &Engine, text: &str, desk: &mut Desk) -> Result<Vec<Bond>> {
    let report = reportedly::report_from_text(text, &Given::default())?;
    let shift = text.chars().count() - report.text.as_str().chars().count();
    let record = engine.read(&report, desk);
    Ok(record.relations.iter().map(|relation| bond(&record, relation, shift)).collect())
}

fn bond(record: &Record, relation: &Relation, shift: usize) -> Bond {
    let stretch = |span: reportedly::record::Span| [span.chars().start + shift, span.chars().end + shift];
    let mentions = |id: Id| -> Vec<Stretch> {
        let entity = record.entities.iter().find(|entity| entity.id == id);
        let of = |mention: &&reportedly::record::Mention| entity.is_some_and(|e| e.mentions.contains(&mention.id));
        record.mentions.iter().filter(of).map(|mention| stretch(mention.evidence.span)).collect()
    };
    Bond {
        kind: name(relation.kind),
        from: mentions(relation.from),
        to: relation.to.map(mentions),
        title: relation.title.as_ref().map(|title| stretch(title.span)),
        ended: relation.ended,
        evidence: stretch(relation.evidence),
    }
}

/// A kind as the record writes it.
fn name(kind: RelationKind) -> String {
    serde_json::to_value(kind).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
