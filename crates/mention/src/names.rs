//! Names: where a section names people, organisations, places and groups.

use reportedly_model::Scores;
use reportedly_record::{EntityKind, Id, Kind, Mention, MentionForm, Span, Syntax, Text};

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
    with_places(report, text, found)
}

/// Parts the names of places that hold two: "Lorne, Keldra". Name sets count them as one, who is who does not.
pub fn apart(report: Id, text: &Text, names: Vec<Mention>) -> Vec<Mention> {
    names.into_iter().flat_map(|name| parts(report, text, name)).collect()
}

/// Parts a place from the area behind its comma.
fn parts(report: Id, text: &Text, name: Mention) -> Vec<Mention> {
    let parts: Vec<&str> = name.evidence.text.split(", ").collect();
    let named = |part: &&str| part.starts_with(char::is_uppercase) && part.trim_end_matches('.') != "D.C";
    if name.kind != EntityKind::Place || parts.len() < 2 || !parts.iter().all(named) {
        return vec![name];
    }
    let mut at = name.evidence.span.bytes().start;
    let part = |words: &str| {
        let span = text.span(at..at + words.len());
        at += words.len() + 2;
        mention(report, text, EntityKind::Place, span)
    };
    parts.into_iter().map(part).collect()
}

/// Last words of the names of papers. After a place's name they make one name with it.
const PAPERS: [&str; 24] = [
    "Times",
    "Post",
    "Journal",
    "Tribune",
    "Herald",
    "Globe",
    "Chronicle",
    "Gazette",
    "Mail",
    "News",
    "Star",
    "Sun",
    "Courier",
    "Telegraph",
    "Examiner",
    "Observer",
    "Mirror",
    "Dispatch",
    "Inquirer",
    "Standard",
    "Press",
    "Record",
    "Register",
    "Review",
];

/// Joins a place and the paper named after it: "the New York" and "Times" are one name.
fn with_places(report: Id, text: &Text, names: Vec<Mention>) -> Vec<Mention> {
    let mut joined: Vec<Mention> = Vec::with_capacity(names.len());
    for name in names {
        let span = name.evidence.span;
        let paper = name.kind == EntityKind::Organisation
            && name.evidence.text.split_whitespace().last().is_some_and(|word| PAPERS.contains(&word));
        let place = joined.last().filter(|before| {
            let end = before.evidence.span.bytes().end;
            paper && before.kind == EntityKind::Place && text.as_str().get(end..span.bytes().start) == Some(" ")
        });
        match place.map(|place| place.evidence.span.hull(span)) {
            Some(whole) => {
                joined.pop();
                joined.push(mention(report, text, EntityKind::Media, whole));
            }
            None => joined.push(name),
        }
    }
    joined
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_and_the_area_behind_its_comma_are_two() {
        let text = Text::new("Lorne, Keldra");
        let report = Id::of(Kind::Report, &[b"a report"]);
        let parts = |kind| {
            let found = apart(report, &text, vec![mention(report, &text, kind, text.span(0..text.len()))]);
            found.iter().map(|m| m.evidence.text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(parts(EntityKind::Place), ["Lorne", "Keldra"]);
        assert_eq!(parts(EntityKind::Organisation), ["Lorne, Keldra"]);
    }

    #[test]
    fn a_paper_is_not_a_place_and_a_paper() {
        let text = Text::new("The New York Times reported. In Lorne Hamas spoke.");
        let report = Id::of(Kind::Report, &[b"a report"]);
        let name = |kind, words: &str| {
            let start = text.as_str().find(words).expect("it is there");
            mention(report, &text, kind, text.span(start..start + words.len()))
        };
        use EntityKind::{Organisation, Place};
        let names = [(Place, "New York"), (Organisation, "Times"), (Place, "Lorne"), (Organisation, "Hamas")];
        let joined = with_places(report, &text, names.map(|(kind, words)| name(kind, words)).to_vec());
        let found: Vec<_> = joined.iter().map(|m| (m.kind, m.evidence.text.as_str())).collect();
        assert_eq!(found, [(EntityKind::Media, "New York Times"), (Place, "Lorne"), (Organisation, "Hamas")]);
    }
}
