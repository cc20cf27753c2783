//! Where a record names places: its mentions of places and peoples, cut where one mention holds two ("Oxford, Ohio"),
//! and areas inside the names of bodies ("Ohio State Patrol"), which tell where a report plays and are no places.

use reportedly_record::{EntityKind, Mention, MentionForm, Record, Span, Text};

use crate::asked::{Candidate, Form, candidates};
use crate::gazetteer::{Gazetteer, NameKind, PlaceKind};

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
    record.mentions.iter().filter(|m| is_place(m) || is_people(gazetteer, m)).flat_map(|m| parts(text, m)).collect()
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
    bodies.flat_map(|mention| inside(gazetteer, &record.report.text, mention.evidence.span)).collect()
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

/// Returns the names in a mention: those between commas, none of which is a possessive or an article.
pub(crate) fn parts(text: &Text, mention: &Mention) -> Vec<Toponym> {
    let form = if mention.kind == EntityKind::Group { Form::People } else { Form::Name };
    let bytes = mention.evidence.span.bytes();
    let words = text.slice(mention.evidence.span);
    let mut found = Vec::new();
    let mut at = 0;
    for part in words.split([',', '/', '(', ')']) {
        let (lead, name) = (part.len() - part.trim_start().len(), part.trim());
        let start = bytes.start + at + lead;
        if name.chars().any(char::is_alphabetic) {
            found.push(Toponym { span: text.span(start..start + name.len()), form });
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
            let form = form_of(gazetteer, part)?;
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
        let names = parts(&text, &mention(&text, EntityKind::Place));
        assert_eq!(names.iter().map(|name| text.slice(name.span)).collect::<Vec<_>>(), ["Oxford", "Ohio"]);
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
