//! Names: where a report names people, organisations, places and groups.

mod entity;

use reportedly_model::Scores;
use reportedly_record::{EntityKind, Id, Kind, Mention, MentionForm, Span, Syntax, Text};

pub use entity::entities;

/// Finds the names in scored words.
pub fn mentions(report: Id, text: &Text, syntax: &Syntax, scores: &Scores) -> Vec<Mention> {
    let words = &syntax.words;
    let (Some(head), Some(tags)) = (scores.head("name"), scores.tags("name", "name_crf", 0..words.len())) else {
        return Vec::new();
    };
    let label = |i: usize| head.labels[usize::from(tags[i])].as_str();
    let mut found = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let mut end = start + 1;
        if let Some(name) = label(start).strip_prefix("B-") {
            while end < words.len() && label(end).strip_prefix("I-") == Some(name) {
                end += 1;
            }
            if let Some(kind) = kind_of(name) {
                let span = words[start].span.hull(words[end - 1].span);
                found.push(mention(report, text, kind, span));
            }
        }
        start = end;
    }
    found
}

fn mention(report: Id, text: &Text, kind: EntityKind, span: Span) -> Mention {
    Mention {
        id: Id::in_report(Kind::Mention, report, (kind, span.bytes())),
        kind,
        form: MentionForm::Name,
        evidence: text.words(span),
    }
}

/// What a label of the head names; dates and sums of money are names of nothing.
fn kind_of(label: &str) -> Option<EntityKind> {
    Some(match label {
        "Person" => EntityKind::Person,
        "Organization" => EntityKind::Organisation,
        "Location" => EntityKind::Place,
        "NORP" => EntityKind::Group,
        "Facility" => EntityKind::Facility,
        "Product" => EntityKind::Product,
        "Misc" => EntityKind::Other,
        _ => return None,
    })
}
