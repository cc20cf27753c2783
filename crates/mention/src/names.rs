//! Names: where a section names people, organisations, places and groups.

use std::collections::BTreeMap;
use std::ops::Range;

use reportedly_model::Scores;
use reportedly_record::{EntityKind, Id, Kind, Mention, MentionForm, Span, Syntax, Text};

use crate::lexicon;
use crate::tidy::tidied;

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
                found.push((kind, start..end));
            }
        }
        start = end;
    }
    let mut found = tidied(text, syntax, found);
    again(text, syntax, &mut found);
    let named = found.into_iter().map(|(kind, at)| {
        let span = words[at.start].span.hull(words[at.end - 1].span);
        mention(report, text, kind, span)
    });
    with_places(report, text, named.collect())
}

/// Finds names again that the scores missed: words that name somebody elsewhere in the section, surnames of people who are
/// named there in full, and what stands behind "Mr." and the like.
fn again(text: &Text, syntax: &Syntax, found: &mut Vec<(EntityKind, Range<usize>)>) {
    let words = &syntax.words;
    let said = |i: usize| text.slice(words[i].span);
    let proper = |i: usize| {
        words[i].upos.as_str() == "PROPN" && said(i).chars().count() > 2 && said(i).starts_with(char::is_uppercase)
    };
    let title = |i: usize| lexicon::title(&said(i).to_lowercase()).is_some();
    // What names whom, and how often.
    let mut known: BTreeMap<Vec<&str>, BTreeMap<EntityKind, usize>> = BTreeMap::new();
    let mut taken = vec![false; words.len()];
    for (kind, at) in found.iter() {
        taken[at.clone()].fill(true);
        let mut note = |name, times| *known.entry(name).or_default().entry(*kind).or_insert(0) += times;
        let name: Vec<&str> = at.clone().map(said).collect();
        if *kind == EntityKind::Person && name.len() > 1 && !name[name.len() - 1].ends_with('.') {
            note(vec![name[name.len() - 1]], 2);
        }
        let times = if name.len() > 1 { 2 } else { 1 };
        note(name, times);
    }
    let longest = known.keys().map(Vec::len).max().unwrap_or(0);
    let mut new = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if taken[i] || !proper(i) || title(i) {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < words.len()
            && !taken[end]
            && proper(end)
            && words[end].span.bytes().start <= words[end - 1].span.bytes().end + 1
        {
            end += 1;
        }
        // Only a whole run of such words: part of it may be part of another name.
        let run: Vec<&str> = (i..end).map(said).collect();
        let kinds = (end - i <= longest).then(|| known.get(&run)).flatten();
        // One that names two kinds tells nothing; nor does a single word that was found once.
        let kind = kinds.filter(|kinds| kinds.len() == 1).and_then(|kinds| kinds.first_key_value());
        let kind = kind.filter(|(_, times)| **times > 1).map(|(kind, _)| *kind);
        let courtesy = i > 0 && matches!(said(i - 1), "Mr." | "Mrs." | "Ms." | "Mr" | "Mrs" | "Ms");
        if let Some(kind) = if courtesy { Some(EntityKind::Person) } else { kind } {
            new.push((kind, i..end));
        }
        i = end;
    }
    found.extend(new);
    found.sort_by_key(|(_, at)| at.start);
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

/// Joins a place and the paper named after it, "the New York" and "Times", and those whom a body is of and the body: "Port Workers’"
/// and "Union".
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
        let members = joined.last().filter(|before| {
            let end = before.evidence.span.bytes().end;
            let between = text.as_str().get(end..span.bytes().start);
            let own = before.evidence.text.ends_with(['’', '\'']) && between == Some(" ");
            let many = before.kind != EntityKind::Person && (own || matches!(between, Some("’ " | "' ")));
            many && name.kind == EntityKind::Organisation && name.evidence.text.split_whitespace().count() == 1
        });
        let whole = place.map(|place| (EntityKind::Media, place.evidence.span.hull(span)));
        match whole.or_else(|| members.map(|of| (EntityKind::Organisation, of.evidence.span.hull(span)))) {
            Some((kind, whole)) => {
                joined.pop();
                joined.push(mention(report, text, kind, whole));
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
        let text = Text::new("The Port Workers’ Union met.");
        let name = |words: &str| {
            let start = text.as_str().find(words).expect("it is there");
            mention(report, &text, Organisation, text.span(start..start + words.len()))
        };
        let joined = with_places(report, &text, vec![name("Port Workers"), name("Union")]);
        assert_eq!(joined.iter().map(|m| m.evidence.text.as_str()).collect::<Vec<_>>(), ["Port Workers’ Union"]);
    }
}
