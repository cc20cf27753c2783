//! Where a record names places: its mentions of places and peoples, cut where one mention holds two ("Oxford, Ohio"),
//! and areas inside the names of bodies ("Ohio State Patrol"), which tell where a report plays and are no places.

use std::ops::Range;

use reportedly_record::{EntityKind, Mention, MentionForm, Record, Span, Text};

use crate::asked::{Candidate, Form, candidates};
use crate::gazetteer::{Gazetteer, NameKind, PlaceKind};
use crate::narrow::narrowed;

/// A name of a place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Toponym {
    /// Where it stands.
    pub span: Span,
    /// Whether it is a name or an adjective.
    pub form: Form,
}

/// Returns the names of places in a record, adjectives and names of peoples included where they stand for one place.
pub fn toponyms(gazetteer: &Gazetteer, record: &Record) -> Vec<Toponym> {
    let text = &record.report.text;
    record
        .mentions
        .iter()
        .filter(|m| is_place(m) || is_people(gazetteer, m))
        .flat_map(|m| parts(gazetteer, text, m))
        .collect()
}

/// Returns the areas inside the names of bodies.
pub fn embedded(gazetteer: &Gazetteer, record: &Record) -> Vec<Toponym> {
    let bodies = record.mentions.iter().filter(|mention| match mention.kind {
        EntityKind::Organisation
        | EntityKind::Facility
        | EntityKind::Media
        | EntityKind::Programme
        | EntityKind::Document
        | EntityKind::Occasion
        | EntityKind::Other => mention.form == MentionForm::Name,
        EntityKind::Person
        | EntityKind::Place
        | EntityKind::Government
        | EntityKind::Group
        | EntityKind::Agreement
        | EntityKind::Product
        | EntityKind::Vehicle
        | EntityKind::Thing => false,
    });
    let mut found: Vec<Toponym> =
        bodies.flat_map(|mention| inside(gazetteer, &record.report.text, mention.evidence.span)).collect();
    found.extend(unnamed(gazetteer, record));
    found
}

/// Names of countries and divisions that no mention takes in: "Florida Attorney General", "US claims".
fn unnamed(gazetteer: &Gazetteer, record: &Record) -> Vec<Toponym> {
    let text = &record.report.text;
    let names = record.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
    let mut taken: Vec<Range<usize>> = names.map(|mention| mention.evidence.span.bytes()).collect();
    taken.sort_unstable_by_key(|range| (range.start, range.end));
    let free = |range: &Range<usize>| {
        let after = taken.partition_point(|other| other.start < range.end);
        // Names may stand in names: the few before are asked too.
        !taken[after.saturating_sub(6)..after].iter().any(|other| other.end > range.start)
    };
    let mut words: Vec<Range<usize>> = Vec::new();
    for word in text.as_str().split_ascii_whitespace() {
        let start = word.as_ptr() as usize - text.as_str().as_ptr() as usize;
        words.push(start..start + word.len());
    }
    let mut found = Vec::new();
    let mut first = 0;
    while first < words.len() {
        let longest = (first + 1..=words.len().min(first + 3)).rev().find_map(|end| {
            let span = words[first].start..words[end - 1].end;
            let said = text.as_str().get(span.clone())?;
            let capital = said.split(' ').all(|word| word.starts_with(char::is_uppercase));
            let name = crate::asked::bare(said.trim_end_matches([';', ':', '?', '!', ',']));
            let area = capital && !said.contains('\n') && free(&span) && is_area(gazetteer, name);
            area.then(|| (end, span.start..span.start + name.len()))
        });
        match longest {
            Some((end, range)) => {
                found.push(Toponym { span: text.span(range), form: Form::Name });
                first = end;
            }
            None => first += 1,
        }
    }
    found
}

/// Whether a name is that of a country or division and of nobody: in full, or as a well-known abbreviation.
fn is_area(gazetteer: &Gazetteer, name: &str) -> bool {
    let area = |c: &Candidate| match (c.called, c.place.kind) {
        (NameKind::Primary, PlaceKind::Country | PlaceKind::Division)
            if name.len() > 3 && name.chars().any(char::is_lowercase) =>
        {
            true
        }
        // "US" is a name like any other to the gazetteer; of three letters are hours too ("EST").
        (NameKind::Primary | NameKind::Other | NameKind::Short, PlaceKind::Country) => {
            !name.chars().any(char::is_lowercase) && (name.len() == 2 || name.matches('.').count() > 1)
        }
        (NameKind::Short, PlaceKind::Division) => {
            // "Fla.", "S.C."; but "EST." is no state.
            let dots = name.chars().any(char::is_lowercase) || name.matches('.').count() > 1;
            name.ends_with('.') && name.len() > 3 && dots
        }
        _ => false,
    };
    candidates(gazetteer, name, Form::Name).iter().any(|c| !c.trimmed && area(c))
}

pub(crate) fn is_place(mention: &Mention) -> bool {
    mention.form == MentionForm::Name && matches!(mention.kind, EntityKind::Place | EntityKind::Government)
}

/// Tells whether a mention names the people of one place.
pub(crate) fn is_people(gazetteer: &Gazetteer, mention: &Mention) -> bool {
    mention.form == MentionForm::Name
        && mention.kind == EntityKind::Group
        && candidates(gazetteer, &mention.evidence.text, Form::People).iter().any(|c| c.called == NameKind::People)
}

/// Returns the names in a mention: those between commas, none of which is a possessive or an article, without words that
/// are only about them.
pub(crate) fn parts(gazetteer: &Gazetteer, text: &Text, mention: &Mention) -> Vec<Toponym> {
    let form = if mention.kind == EntityKind::Group { Form::People } else { Form::Name };
    let bytes = mention.evidence.span.bytes();
    let words = text.slice(mention.evidence.span);
    let mut found = Vec::new();
    let mut at = 0;
    for part in words.split([',', '/', '(', ')']) {
        let (lead, name) = (part.len() - part.trim_start().len(), part.trim());
        let start = bytes.start + at + lead;
        if name.chars().any(char::is_alphabetic) {
            let behind = text.as_str().get(start + name.len()..).unwrap_or_default();
            let names = match form {
                Form::Name => narrowed(gazetteer, name, behind),
                Form::People => std::iter::once(0..name.len()).collect(),
            };
            let toponym = |name: Range<usize>| Toponym { span: text.span(start + name.start..start + name.end), form };
            found.extend(names.into_iter().map(toponym));
        }
        at += part.len() + 1;
    }
    found
}

/// Finds countries, divisions and counties in a name: the longest runs of its words that are one.
fn inside(gazetteer: &Gazetteer, text: &Text, span: Span) -> Vec<Toponym> {
    let (bytes, name) = (span.bytes(), text.slice(span));
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for word in name.split(' ') {
        if !word.is_empty() {
            words.push((at, at + word.len()));
        }
        at += word.len() + 1;
    }
    let mut found = Vec::new();
    let mut first = 0;
    while first < words.len() {
        let longest = (first + 1..=words.len().min(first + 3)).rev().find_map(|end| {
            let range = words[first].0..words[end - 1].1;
            let part = name.get(range.clone())?;
            let next = words.get(end).and_then(|word| name.get(word.0..word.1)).unwrap_or_default();
            let serves = first == 0 && CIVIC.contains(&next.to_lowercase().as_str());
            let form =
                form_of(gazetteer, part).or_else(|| (serves && is_town(gazetteer, part)).then_some(Form::Name))?;
            Some((end, Toponym { span: text.span(bytes.start + range.start..bytes.start + range.end), form }))
        });
        match longest {
            Some((end, toponym)) => {
                found.push(toponym);
                first = end;
            }
            None => first += 1,
        }
    }
    found
}

/// Words behind a town's name that make it the name of a body that serves the town.
const CIVIC: [&str; 19] = [
    "police",
    "city",
    "fire",
    "school",
    "schools",
    "public",
    "civic",
    "community",
    "municipal",
    "high",
    "town",
    "downtown",
    "chamber",
    "regional",
    "airport",
    "district",
    "council",
    "magistrates",
    "general",
];

fn is_town(gazetteer: &Gazetteer, part: &str) -> bool {
    let town = |c: &Candidate| {
        !c.trimmed
            && c.called == NameKind::Primary
            && matches!(c.place.kind, PlaceKind::Capital | PlaceKind::Seat | PlaceKind::LesserSeat | PlaceKind::City)
    };
    part.starts_with(char::is_uppercase) && candidates(gazetteer, part, Form::Name).iter().any(town)
}

/// How a part of a body's name names an area; none where it does not.
fn form_of(gazetteer: &Gazetteer, part: &str) -> Option<Form> {
    let is_area = |c: &Candidate| {
        !c.trimmed
            && matches!(
                c.place.kind,
                PlaceKind::Country | PlaceKind::Division | PlaceKind::County | PlaceKind::Continent
            )
    };
    if !part.starts_with(char::is_uppercase) || part.len() < 3 {
        return None;
    }
    let names = |c: &Candidate| is_area(c) && c.called == NameKind::Primary;
    let people = |c: &Candidate| is_area(c) && c.called == NameKind::People;
    if candidates(gazetteer, part, Form::Name).iter().any(names) {
        return Some(Form::Name);
    }
    candidates(gazetteer, part, Form::People).iter().any(people).then_some(Form::People)
}

#[cfg(test)]
mod tests {
    use reportedly_record::{Id, Kind};

    use super::*;

    fn mention(text: &Text, kind: EntityKind) -> Mention {
        let evidence = text.words(text.span(0..text.len()));
        Mention { id: Id::of(Kind::Mention, &[b"a mention"]), kind, form: MentionForm::Name, evidence }
    }

    #[test]
    fn a_mention_of_two_places_is_two_names() {
        let text = Text::new("Oxford, Ohio");
        let gazetteer = Gazetteer::built_in().expect("it is whole");
        let names = parts(&gazetteer, &text, &mention(&text, EntityKind::Place));
        assert_eq!(names.iter().map(|name| text.slice(name.span)).collect::<Vec<_>>(), ["Oxford", "Ohio"]);
    }

    #[test]
    fn areas_are_told_from_other_words() {
        let gazetteer = Gazetteer::built_in().expect("it is whole");
        let told = |name: &str| is_area(&gazetteer, name);
        assert_eq!(["Florida", "US", "U.S.", "Fla.", "S.C."].map(told), [true; 5]);
        assert_eq!(["EST.", "EST", "Monday", "IT", "Attorney"].map(told), [false; 5]);
    }

    #[test]
    fn towns_stand_in_names_of_what_serves_them() {
        let gazetteer = Gazetteer::built_in().expect("it is whole");
        let names = |words: &str| -> Vec<String> {
            let text = Text::new(words);
            let found = inside(&gazetteer, &text, text.span(0..text.len()));
            found.iter().map(|name| text.slice(name.span).to_owned()).collect()
        };
        assert_eq!(names("Shreveport Police Department"), ["Shreveport"]);
        assert!(names("Franklin Bakery").is_empty());
    }

    #[test]
    fn areas_stand_in_names_of_bodies() {
        let gazetteer = Gazetteer::built_in().expect("it is whole");
        let text = Text::new("West Virginia State Police and Latvian Red Cross");
        let names = inside(&gazetteer, &text, text.span(0..text.len()));
        let names: Vec<_> = names.iter().map(|name| (text.slice(name.span), name.form)).collect();
        assert_eq!(names, [("West Virginia", Form::Name), ("Latvian", Form::People)]);
    }
}
