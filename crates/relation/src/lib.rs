//! How the entities of a report stand to each other, always as somebody's statement.
//!
//! Relations are read from titles and what stands around them ("his brother and lawyer, Anton Roe"), from verbs ("who leads the
//! mission"), from places beside places, and from other names. Tables of words with their examples are in `data/`.

mod alias;
mod bond;
mod clause;
mod complement;
mod designation;
mod held;
mod hint;
mod hinted;
mod label;
mod lies;
mod page;
mod posts;
mod seat;
mod stance;
mod title;
mod told;
mod words;

use std::collections::BTreeSet;

use reportedly_record::{Designation, Id, Label, PassageKind, Reading, Relation, RelationKind, Span, Stance};

pub use hint::Hints;
use page::Page;

/// Finds how entities stand to each other, by rules and by what heads see of each section. A fact that one voice tells twice is kept
/// where it is told first.
pub fn relations(reading: &Reading<'_>, hints: &[Hints]) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (at, syntax) in reading.syntax.iter().enumerate() {
        let page = Page::new(reading, syntax);
        let mut bonds = by_rule(&page);
        if let Some(hints) = hints.get(at) {
            let more = hinted::more(&page, hints, &bonds);
            bonds.extend(more);
        }
        bonds.sort_by_key(|bond| (bond.evidence.start, bond.evidence.end));
        relations.extend(bonds.iter().map(|bond| bond.relation(&page)));
    }
    let withdrawn = withdrawn(reading);
    relations.retain(|r| !withdrawn.iter().any(|span| span.covers(r.evidence)));
    // What ends one paragraph is not said of whom the next one begins with.
    relations.retain(|r| !reading.text().slice(r.evidence).contains("\n\n"));
    once(relations)
}

fn by_rule(page: &Page<'_>) -> Vec<bond::Bond> {
    [posts::posts(page), told::told(page), lies::lies(page), alias::aliases(page)].concat()
}

/// What a correction takes back: its sentences about what stood here before, "An earlier version of this story said that ...".
fn withdrawn(reading: &Reading<'_>) -> Vec<Span> {
    let corrections = || reading.record.report.passages.iter().filter(|p| p.kind == PassageKind::Correction);
    let earlier = |span: &Span| {
        let lower = reading.text().slice(*span).to_lowercase();
        ["an earlier ", "a previous ", "the original ", "an original ", "the headline ", "a headline "]
            .iter()
            .any(|word| lower.contains(word))
            && ["version", "article", "story", "report", "headline"].iter().any(|word| lower.contains(word))
    };
    let sentences =
        reading.syntax.iter().flat_map(|s| s.sentences.iter().filter(|r| !r.is_empty()).map(|r| s.span(r.clone())));
    sentences.filter(|span| corrections().any(|p| p.span.touches(*span)) && earlier(span)).collect()
}

/// Each statement once; a title without a body not where the same title has one.
fn once(relations: Vec<Relation>) -> Vec<Relation> {
    let title = |relation: &Relation| relation.title.as_ref().map(|words| words.text.to_lowercase());
    let bodied: BTreeSet<_> = relations.iter().filter(|r| r.to.is_some()).map(|r| (r.from, title(r))).collect();
    let mut seen = BTreeSet::new();
    let mut kept = relations;
    kept.retain(|relation| {
        let post = matches!(relation.kind, RelationKind::Office | RelationKind::Role | RelationKind::SpokespersonOf);
        // "Professor Ada Roe" says no more than "a professor of law at the Tarn Institute".
        let told = |(from, other): &(Id, Option<String>)| {
            let of =
                |words: &String| title(relation).is_some_and(|own| words.starts_with(&own) || own.ends_with(words));
            *from == relation.from && (*other == title(relation) || other.as_ref().is_some_and(of))
        };
        let bare = post && relation.to.is_none() && bodied.iter().any(told);
        let key = (relation.kind, relation.from, relation.to, title(relation), relation.ended, relation.voice);
        !bare && seen.insert(key)
    });
    kept
}

/// Finds who formally designates whom as what.
pub fn designations(reading: &Reading<'_>) -> Vec<Designation> {
    designation::designations(reading)
}

/// Finds who is for or against what. Events are known by then.
pub fn stances(reading: &Reading<'_>) -> Vec<Stance> {
    stance::stances(reading)
}

/// Finds loaded words and whose words they are.
pub fn labels(reading: &Reading<'_>) -> Vec<Label> {
    label::labels(reading)
}
