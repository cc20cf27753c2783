//! The user's own entities: a file of ids, names and roles that a report's entities are linked to, never by force. A name that
//! fits two of them is linked to neither, unless a role in the text tells them apart.

use std::collections::BTreeMap;

use reportedly_record::{Entity, EntityKind, Id, Mention, Note, Stage};
use serde_json::Value;

use crate::alike::{self, Likeness};

/// Entities of the user's own.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    entries: Vec<Entry>,
    // Entries by the sound of a word of their names.
    by_word: BTreeMap<String, Vec<usize>>,
}

#[derive(Clone, Debug)]
struct Entry {
    id: String,
    // Words of each name.
    names: Vec<Vec<String>>,
    // Roles in lower case.
    roles: Vec<String>,
}

/// What is wrong with a file of entities: the place and the field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// The line is no JSON object.
    #[error("{place}: not a JSON object: {says}")]
    NoObject {
        /// File and line.
        place: String,
        /// What the reader of JSON says.
        says: String,
    },
    /// A field has another form than it should have.
    #[error("{place}: field `{field}`: {says}")]
    Field {
        /// File and line.
        place: String,
        /// The field.
        field: String,
        /// What it should be.
        says: &'static str,
    },
}

impl Roster {
    /// Reads a file of one JSON object a line: `id` (a text that no other line has), `names` (at least one) and `roles` (any
    /// number). `name` is the file's name, for errors.
    ///
    /// # Errors
    ///
    /// At the first line that is not such an object, with line and field.
    pub fn parse(lines: &str, name: &str) -> Result<Roster, RosterError> {
        let mut roster = Roster::default();
        let mut ids: BTreeMap<String, usize> = BTreeMap::new();
        for (i, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = || format!("{name}:{}", i + 1);
            let fault = |field: &str, says| RosterError::Field { place: place(), field: field.to_owned(), says };
            let says = |error: serde_json::Error| RosterError::NoObject { place: place(), says: error.to_string() };
            let Value::Object(mut object) = serde_json::from_str::<Value>(line).map_err(says)? else {
                return Err(RosterError::NoObject { place: place(), says: "another value".to_owned() });
            };
            let id = match object.remove("id") {
                Some(Value::String(id)) if !id.trim().is_empty() => id,
                _ => return Err(fault("id", "expected a text that is not empty")),
            };
            if ids.insert(id.clone(), i).is_some() {
                return Err(fault("id", "an earlier line has the same id"));
            }
            let names = texts(object.remove("names")).ok_or_else(|| fault("names", "expected a list of texts"))?;
            // Whether it is somebody's is not said: "Justice Roe" is kept with and without the title.
            let both = |name: &String| [EntityKind::Other, EntityKind::Person].map(|kind| alike::words_of(kind, name));
            let names: Vec<Vec<String>> = names.iter().flat_map(both).collect();
            if names.is_empty() || names.iter().any(Vec::is_empty) {
                return Err(fault("names", "expected at least one name, and none empty"));
            }
            let roles = match object.remove("roles") {
                None => Vec::new(),
                roles => texts(roles).ok_or_else(|| fault("roles", "expected a list of texts"))?,
            };
            if let Some(field) = object.keys().next() {
                return Err(fault(field, "unknown; there are `id`, `names` and `roles`"));
            }
            let roles = roles.iter().map(|role| role.trim().to_lowercase()).filter(|role| !role.is_empty()).collect();
            roster.add(Entry { id, names, roles });
        }
        Ok(roster)
    }

    fn add(&mut self, entry: Entry) {
        let at = self.entries.len();
        for word in entry.names.iter().filter_map(|words| words.last()) {
            let all = self.by_word.entry(alike::sounds(word)).or_default();
            if all.last() != Some(&at) {
                all.push(at);
            }
        }
        self.entries.push(entry);
    }

    /// Links a report's entities to those of the file that they may be.
    pub fn link(&self, entities: &mut [Entity], mentions: &[Mention], notes: &mut Vec<Note>) {
        if self.entries.is_empty() {
            return;
        }
        let said: BTreeMap<Id, &Mention> = mentions.iter().map(|m| (m.id, m)).collect();
        for entity in entities {
            let Some(name) = &entity.name else { continue };
            let words = alike::words_of(entity.kind, name);
            let Some(near) = words.last().and_then(|last| self.by_word.get(&alike::sounds(last))) else { continue };
            // A name in its whole: a surname alone is many people's.
            let fits = |at: &&usize| {
                let one_of = |own: &Vec<String>| {
                    alike::likeness(entity.kind, &words, entity.kind, own) == Likeness::Same
                        || entity.kind != EntityKind::Person && own == &words
                };
                self.entries[**at].names.iter().any(one_of)
            };
            let mut found: Vec<usize> = near.iter().filter(fits).copied().collect();
            if found.len() > 1 {
                let own: Vec<String> = entity
                    .mentions
                    .iter()
                    .filter_map(|id| said.get(id))
                    .map(|m| m.evidence.text.to_lowercase())
                    .collect();
                let role =
                    |at: &usize| self.entries[*at].roles.iter().any(|role| own.iter().any(|text| text.contains(role)));
                let told: Vec<usize> = found.iter().copied().filter(role).collect();
                if told.len() == 1 {
                    found = told;
                }
            }
            match found.as_slice() {
                [one] => entity.links.push(self.entries[*one].id.clone()),
                [] => {}
                several => {
                    let ids: Vec<&str> = several.iter().map(|at| self.entries[*at].id.as_str()).collect();
                    let says =
                        format!("{name} may be any of {} in the entity file and is linked to none", ids.join(", "));
                    let span = entity.mentions.first().and_then(|id| said.get(id)).map(|m| m.evidence.span);
                    notes.push(Note { stage: Stage::Mention, says, span });
                }
            }
        }
    }
}

/// A list of texts; none where it is anything else.
fn texts(value: Option<Value>) -> Option<Vec<String>> {
    let Some(Value::Array(all)) = value else { return None };
    all.into_iter().map(|one| if let Value::String(text) = one { Some(text) } else { None }).collect()
}

#[cfg(test)]
mod tests {
    use reportedly_record::{Kind, MentionForm, Text};

    use super::*;

    fn fault(lines: &str) -> String {
        Roster::parse(lines, "own.jsonl").expect_err("the file is wrong").to_string()
    }

    #[test]
    fn a_wrong_file_is_told_by_line_and_field() {
        assert!(fault("{\"id\": 1}").starts_with("own.jsonl:1: field `id`"), "{}", fault("{\"id\": 1}"));
        let second = "{\"id\": \"a\", \"names\": [\"Ada Roe\"]}\n\n{\"id\": \"b\", \"names\": []}";
        assert!(fault(second).starts_with("own.jsonl:3: field `names`"));
        let more = "{\"id\": \"a\", \"names\": [\"Ada Roe\"], \"born\": 1950}";
        assert!(fault(more).starts_with("own.jsonl:1: field `born`"));
        assert!(fault("[1]").starts_with("own.jsonl:1: not a JSON object"));
        let twice = "{\"id\": \"a\", \"names\": [\"Ada Roe\"]}\n{\"id\": \"a\", \"names\": [\"Ben Lind\"]}";
        assert!(fault(twice).starts_with("own.jsonl:2: field `id`"));
    }

    /// Links one person, named and described in a report, and returns the ids and how many notes there are.
    fn links(file: &str, name: &str, role: &str) -> (Vec<String>, usize) {
        let text = Text::new(format!("{name} {role}"));
        let report = Id::of(Kind::Report, &[b"a report"]);
        let mention = |form, range: std::ops::Range<usize>| Mention {
            id: Id::in_report(Kind::Mention, report, range.clone()),
            kind: EntityKind::Person,
            form,
            evidence: text.words(text.span(range)),
        };
        let mentions =
            [mention(MentionForm::Name, 0..name.len()), mention(MentionForm::Nominal, name.len() + 1..text.len())];
        let mut entities = [Entity {
            id: Id::in_report(Kind::Entity, report, 0),
            kind: EntityKind::Person,
            name: Some(name.to_owned()),
            key: None,
            place: None,
            links: Vec::new(),
            count: None,
            basis: None,
            mentions: mentions.iter().map(|m| m.id).collect(),
        }];
        let mut notes = Vec::new();
        Roster::parse(file, "own.jsonl").expect("a good file").link(&mut entities, &mentions, &mut notes);
        (entities[0].links.clone(), notes.len())
    }

    #[test]
    fn a_name_is_linked_where_one_entry_fits() {
        let file = "{\"id\": \"Q1\", \"names\": [\"Ada Roe\", \"A. M. Roe\"], \"roles\": [\"envoy\"]}\n\
                    {\"id\": \"Q2\", \"names\": [\"Ada Roe\"], \"roles\": [\"singer\"]}\n\
                    {\"id\": \"Q3\", \"names\": [\"Ben Lind\"]}";
        assert_eq!(links(file, "Ben Lind", "the mayor"), (vec!["Q3".to_owned()], 0));
        assert_eq!(links(file, "Ada Roe", "the envoy"), (vec!["Q1".to_owned()], 0));
        assert_eq!(links(file, "Ada Roe", "the mayor"), (Vec::new(), 1));
        assert_eq!(links(file, "Roe", "the envoy"), (Vec::new(), 0));
    }
}
