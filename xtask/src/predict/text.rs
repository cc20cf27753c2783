//! Attributions and names of plain texts.

use anyhow::{Context, Result};
use reportedly::record::{EntityKind, Record, Words};
use reportedly::{Desk, Engine, Given};

use crate::forms::{self, Attribution, Attributions, Name, Names, Stretch};
use crate::threads::in_order;

/// Predicts the outermost attributions of texts.
pub(crate) fn attributions(engine: &Engine, rows: &[forms::Given], threads: usize) -> Result<Vec<Attributions>> {
    in_order("attribution", rows, threads, |row, desk| {
        let (record, shift) = read(engine, row, desk)?;
        Ok(Attributions { id: row.id.clone(), attributions: outermost(&record, shift) })
    })
}

/// Predicts the names in texts.
pub(crate) fn names(engine: &Engine, rows: &[forms::Given], threads: usize) -> Result<Vec<Names>> {
    in_order("names", rows, threads, |row, desk| {
        let report = reportedly::report_from_text(&row.text, &Given::default())
            .with_context(|| format!("document {}", row.id))?;
        let shift = row.text.chars().count() - report.text.as_str().chars().count();
        // Before they are parted: name sets count a place and the area behind its comma as one.
        let mut found = Vec::new();
        engine.read_with(&report, desk, |_, scores, syntax| {
            found.extend(reportedly_mention::mentions(report.id, &report.text, syntax, scores));
        });
        let name = |mention: &reportedly::record::Mention| {
            let [start, end] = stretch(&mention.evidence, shift);
            Some(Name { start, end, kind: type_of(mention.kind)?.to_owned() })
        };
        Ok(Names { id: row.id.clone(), entities: found.iter().filter_map(name).collect() })
    })
}

/// Predicts the time expressions in texts.
pub(crate) fn times(engine: &Engine, rows: &[forms::Dated], threads: usize) -> Result<Vec<forms::Timexes>> {
    in_order("times", rows, threads, |row, desk| {
        // A time such as "1998-01-08T22" has no minutes.
        let published = if row.dct.len() == 13 { format!("{}:00", row.dct) } else { row.dct.clone() };
        let given = Given { published: Some(published), ..Given::default() };
        let report = reportedly::report_from_text(&row.text, &given).with_context(|| format!("document {}", row.id))?;
        let shift = row.text.chars().count() - report.text.as_str().chars().count();
        let timex = |time: &reportedly::record::Time| {
            let [start, end] = stretch(&time.evidence, shift);
            let kind = format!("{:?}", time.kind).to_uppercase();
            forms::Timex { start, end, kind: Some(kind), value: Some(time.value.clone()) }
        };
        let record = engine.read(&report, desk);
        Ok(forms::Timexes {
            id: row.id.clone(),
            timexes: record.times.iter().filter(|time| time.order.is_none()).map(timex).collect(),
        })
    })
}

/// Reads a text as a report of which nothing else is known. The number is what offsets into the record's text lack to
/// those into the text as given: intake drops a byte order mark.
pub(crate) fn read(engine: &Engine, row: &forms::Given, desk: &mut Desk) -> Result<(Record, usize)> {
    let report =
        reportedly::report_from_text(&row.text, &Given::default()).with_context(|| format!("document {}", row.id))?;
    let shift = row.text.chars().count() - report.text.as_str().chars().count();
    Ok((engine.read(&report, desk), shift))
}

/// The attributions of a record that stand in no other one, and what the corpus takes for one. What is told inside of what is no saying
/// stands in none in the record; in the corpus it does.
pub(crate) fn outermost(record: &Record, shift: usize) -> Vec<Attribution> {
    let all = |words: &[Words]| words.iter().map(|w| stretch(w, shift)).collect();
    let all_of_it = record.attributions.iter().chain(&record.attitudes);
    let holds = |a: &reportedly::record::Attribution, b: &reportedly::record::Attribution| {
        let cue = b.cue.as_ref();
        a.id != b.id && cue.is_some_and(|cue| a.content.iter().any(|content| content.span.covers(cue.span)))
    };
    let inside = |a: &reportedly::record::Attribution| record.attitudes.iter().any(|b| holds(b, a) && !holds(a, b));
    let mut outer: Vec<_> = all_of_it.filter(|a| a.within.is_none() && !inside(a)).collect();
    outer.sort_by_key(|a| (a.cue.as_ref().map(|cue| cue.span.bytes().start), a.evidence.bytes().start));
    outer
        .into_iter()
        .map(|a| Attribution { source: all(&a.source), cue: all(a.cue.as_slice()), content: all(&a.content) })
        .collect()
}

pub(crate) fn stretch(words: &Words, shift: usize) -> Stretch {
    let chars = words.span.chars();
    [chars.start + shift, chars.end + shift]
}

/// The type that name sets give to a kind; none where they have none.
fn type_of(kind: EntityKind) -> Option<&'static str> {
    match kind {
        EntityKind::Person => Some("PER"),
        EntityKind::Organisation | EntityKind::Media | EntityKind::Programme => Some("ORG"),
        EntityKind::Place | EntityKind::Government => Some("LOC"),
        EntityKind::Group
        | EntityKind::Facility
        | EntityKind::Document
        | EntityKind::Agreement
        | EntityKind::Product
        | EntityKind::Vehicle
        | EntityKind::Occasion
        | EntityKind::Thing
        | EntityKind::Other => None,
    }
}
