//! Names: where a section names people, organisations, places and groups.

use std::collections::BTreeMap;
use std::ops::Range;

use reportedly_model::Scores;
use reportedly_record::{EntityKind, Id, Kind, Mention, MentionForm, Span, Syntax, Text};

use crate::brand::branded;
use crate::lexicon::{self, Sense};
use crate::tidy::{is_state, tidied};

/// Finds the names in scored words.
pub fn mentions(report: Id, text: &Text, syntax: &Syntax, scores: &Scores) -> Vec<Mention> {
    let words = &syntax.words;
    let Some(spans) = scores.spans("name", "name_crf", 0..words.len()) else { return Vec::new() };
    let found = spans.into_iter().filter_map(|(name, at)| Some((kind_of(name)?, at))).collect();
    let mut found = tidied(text, syntax, found);
    again(text, syntax, &mut found);
    let mut found = longer(text, syntax, found);
    known_areas(text, syntax, &mut found);
    branded(text, syntax, &mut found);
    let named = found.into_iter().map(|(kind, at)| {
        // "Keldra's Maritime College": the mark belongs to who owns it.
        let touches = at.start > 0 && words[at.start - 1].span.bytes().end == words[at.start].span.bytes().start;
        let mark = at.len() > 1 && touches && matches!(text.slice(words[at.start].span), "'s" | "’s" | "'" | "’");
        let span = words[at.start + usize::from(mark)].span.hull(words[at.end - 1].span);
        mention(report, text, kind, span)
    });
    with_places(report, text, named.collect())
}

/// Finds areas that the scores missed: a state or country under its plain name, which no other name is part of, and the state of somebody
/// in a parliament, "(D-Va.)".
fn known_areas(text: &Text, syntax: &Syntax, found: &mut Vec<(EntityKind, Range<usize>)>) {
    let words = &syntax.words;
    let said = |i: usize| words.get(i).map_or("", |word| text.slice(word.span));
    let mut taken = vec![false; words.len()];
    found.iter().for_each(|(_, at)| taken[at.clone()].fill(true));
    let proper = |i: usize| {
        words.get(i).is_some_and(|word| word.upos.as_str() == "PROPN")
            && !taken[i]
            && said(i).starts_with(char::is_uppercase)
            && said(i).chars().any(char::is_lowercase)
    };
    let mut new = Vec::new();
    for i in 0..words.len() {
        let of_party = matches!(said(i), "D" | "R" | "I") && matches!(said(i + 1), "-" | "–") && said(i + 2).len() < 9;
        if of_party && i > 0 && matches!(said(i - 1), "(" | ",") && proper(i + 2) {
            let dot = said(i + 3) == "." && matches!(said(i + 4), ")" | ",");
            if dot || matches!(said(i + 3), ")" | ",") {
                new.push((EntityKind::Place, i + 2..i + 3 + usize::from(dot)));
            }
            continue;
        }
        if !proper(i) || i > 0 && proper(i - 1) {
            continue;
        }
        let end = (i..words.len()).find(|j| !proper(*j)).unwrap_or(words.len());
        // "Keldra Governor Roe": what follows is a title.
        let titled = |at: usize| {
            at == end && !words.get(end).is_some_and(|_| taken[end])
                || lexicon::noun(&said(at).to_lowercase())
                    .is_some_and(|noun| noun.sense == Sense::Of(EntityKind::Person))
        };
        let known = (i + 1..=end.min(i + 4)).rev().find_map(|at| {
            let name: Vec<String> = (i..at).map(|j| said(j).to_lowercase()).collect();
            let given = name.len() == 1 && lexicon::given(&name[0]) != lexicon::Gender::Open;
            let first = syntax.sentences.iter().any(|sentence| sentence.start as usize == i);
            let kind = if given {
                None
            } else if lexicon::is_country(&name) || is_state(&name) {
                Some(EntityKind::Place)
            } else {
                (!first && BODIES.contains(&name.join(" ").as_str())).then_some(EntityKind::Organisation)
            };
            // "The Old House": an adjective written like a name is part of it.
            let adjective = |before: usize| {
                let own = kind == Some(EntityKind::Organisation) && !taken[before] && words[before].upos == "ADJ";
                own && before > 0
                    && said(before).starts_with(char::is_uppercase)
                    && said(before - 1).eq_ignore_ascii_case("the")
            };
            let start = i.checked_sub(1).filter(|before| adjective(*before)).unwrap_or(i);
            kind.filter(|_| titled(at)).map(|kind| (kind, start..at))
        });
        new.extend(known);
    }
    found.extend(new);
    found.sort_by_key(|(_, at)| at.start);
}

/// Makes names longer that are only the beginning of one: "Keldra" of the "Keldra Senate", "Roe" of the "Roe Administration".
fn longer(text: &Text, syntax: &Syntax, found: Vec<(EntityKind, Range<usize>)>) -> Vec<(EntityKind, Range<usize>)> {
    let words = &syntax.words;
    let said = |i: usize| text.slice(words[i].span);
    let capital = |i: usize| said(i).starts_with(char::is_uppercase);
    let near = |i: usize| words[i].span.bytes().start == words[i - 1].span.bytes().end + 1;
    let mut all: Vec<(EntityKind, Range<usize>)> = Vec::with_capacity(found.len());
    let mut next = found.iter().map(|(_, at)| at.start).skip(1).collect::<Vec<_>>().into_iter();
    for (kind, at) in found {
        let limit = next.next().unwrap_or(words.len()).min(at.end + LONGEST);
        let mut end = at.end;
        while end < limit && near(end) && words[end].upos.as_str() == "PROPN" && capital(end) {
            end += 1;
        }
        // Where all words have capitals, as in a headline, they tell nothing.
        let sentence = syntax.sentences.iter().find(|s| (s.start as usize..s.end as usize).contains(&at.start));
        let small = |i: usize| said(i).starts_with(char::is_lowercase) && said(i).chars().count() > 3;
        let plain = sentence.is_some_and(|s| (s.start as usize..s.end as usize).any(small));
        let body = (end > at.end && plain).then(|| body(&said(end - 1).to_lowercase())).flatten();
        let fits = !matches!(kind, EntityKind::Other | EntityKind::Product);
        match body.filter(|_| fits) {
            Some(body) => all.push((body, at.start..end)),
            None => all.push((kind, at)),
        }
    }
    all
}

/// Public bodies that go by such a name in any country.
const BODIES: [&str; 16] = [
    "senate",
    "house",
    "congress",
    "parliament",
    "cabinet",
    "national assembly",
    "general assembly",
    "supreme court",
    "high court",
    "supreme council",
    "state council",
    "security council",
    "defence ministry",
    "defense ministry",
    "foreign ministry",
    "interior ministry",
];

/// Words that a name is made longer by at the most.
const LONGEST: usize = 4;

/// The kind of body that a name is of which a noun is the last word.
fn body(noun: &str) -> Option<EntityKind> {
    match lexicon::noun(noun)?.sense {
        Sense::Of(kind @ (EntityKind::Organisation | EntityKind::Media)) => Some(kind),
        Sense::Of(EntityKind::Government) => Some(EntityKind::Organisation),
        _ => None,
    }
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

/// Parts the names of places that hold two: "Lorne, Keldra"; and makes those of bodies one that name sets count as two: "University of" and
/// "Lorne".
pub fn apart(report: Id, text: &Text, names: Vec<Mention>) -> Vec<Mention> {
    let mut apart: Vec<Mention> = Vec::with_capacity(names.len());
    for name in names.into_iter().flat_map(|name| parts(report, text, name)) {
        let span = name.evidence.span;
        let beside = |before: &Mention| {
            text.as_str().get(before.evidence.span.bytes().end..span.bytes().start) == Some(" ")
                && before.evidence.text.ends_with(" of")
        };
        match apart.last().filter(|before| name.kind == EntityKind::Place && beside(before)) {
            Some(before) if matches!(before.kind, EntityKind::Organisation | EntityKind::Facility) => {
                let whole = mention(report, text, before.kind, before.evidence.span.hull(span));
                apart.pop();
                apart.push(whole);
            }
            _ => apart.push(name),
        }
    }
    apart
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
        let text = Text::new("University of Lorne");
        let name = |kind, at: Range<usize>| mention(report, &text, kind, text.span(at));
        let names = vec![name(EntityKind::Organisation, 0..13), name(EntityKind::Place, 14..19)];
        let found = apart(report, &text, names);
        assert_eq!(found.iter().map(|m| m.evidence.text.as_str()).collect::<Vec<_>>(), ["University of Lorne"]);
    }

    #[test]
    fn an_adjective_may_be_part_of_a_body() {
        use reportedly_record::{Deprel, Upos, Word, Xpos};
        let check = |given: &str, expected: Range<usize>| {
            let words: Vec<(&str, &str)> = given.split(' ').filter_map(|word| word.split_once('/')).collect();
            let text = Text::new(words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" "));
            let mut syntax = Syntax::default();
            let mut start = 0;
            for (word, upos) in words {
                let span = text.span(start..start + word.len());
                let (upos, xpos, deprel) = (Upos::of(upos), Xpos::of("NN"), Deprel::of("dep"));
                syntax.words.push(Word { span, upos, xpos, head: 0, deprel });
                start += word.len() + 1;
            }
            let mut found = Vec::new();
            known_areas(&text, &syntax, &mut found);
            assert_eq!(found, [(EntityKind::Organisation, expected)], "{given}");
        };
        check("at/ADP the/DET White/ADJ House/PROPN ,/PUNCT", 2..4);
        check("at/ADP the/DET old/ADJ House/PROPN ,/PUNCT", 3..4);
        check("for/ADP Lornish/ADJ House/PROPN ,/PUNCT", 2..3);
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
