//! Ids made from content: the same evidence in the same report has the same id on every machine.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The id of a report or of one item in it: a letter for its kind and twelve hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    kind: Kind,
    digest: [u8; 6],
}

/// What an id names. The letter is the first of the printed id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A report.
    Report,
    /// An entity: a person, organisation, place, group...
    Entity,
    /// One mention of an entity.
    Mention,
    /// A time expression.
    Time,
    /// An attribution.
    Attribution,
    /// A party that gave no response.
    NoResponse,
    /// An event.
    Event,
    /// A state.
    State,
    /// A relation between entities.
    Relation,
    /// A designation.
    Designation,
    /// A stance.
    Stance,
    /// A loaded word.
    Label,
    /// A chain of relays.
    Chain,
    /// What stands between quotation marks.
    Quote,
    /// How many stand behind a claim.
    Tally,
    /// A note: a doubt or an abstention.
    Note,
}

impl Kind {
    const ALL: [(Kind, char); 16] = [
        (Kind::Report, 'r'),
        (Kind::Entity, 'p'),
        (Kind::Mention, 'm'),
        (Kind::Time, 't'),
        (Kind::Attribution, 'a'),
        (Kind::NoResponse, 'n'),
        (Kind::Event, 'e'),
        (Kind::State, 's'),
        (Kind::Relation, 'l'),
        (Kind::Designation, 'd'),
        (Kind::Stance, 'v'),
        (Kind::Label, 'w'),
        (Kind::Chain, 'c'),
        (Kind::Quote, 'u'),
        (Kind::Tally, 'y'),
        (Kind::Note, 'q'),
    ];

    fn letter(self) -> char {
        Kind::ALL.iter().find(|(kind, _)| *kind == self).map_or('x', |(_, letter)| *letter)
    }
}

impl Id {
    /// Makes the id of a thing from the parts that tell it from every other: all of them and their order count.
    pub fn of(kind: Kind, parts: &[&[u8]]) -> Id {
        let mut hash = Sha256::new();
        hash.update([kind.letter() as u8]);
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let mut digest = [0; 6];
        digest.copy_from_slice(&hash.finalize()[..6]);
        Id { kind, digest }
    }

    /// Makes the id of an item of a report from the report's id and whatever places the item in it.
    pub fn in_report(kind: Kind, report: Id, place: impl fmt::Debug) -> Id {
        Id::of(kind, &[&report.digest, format!("{place:?}").as_bytes()])
    }

    /// What the id names.
    pub fn kind(self) -> Kind {
        self.kind
    }

    /// The id's digits as a number below 2^48, for a column that holds ids of one kind.
    pub fn number(self) -> i64 {
        self.digest.iter().fold(0, |number, byte| number << 8 | i64::from(*byte))
    }

    /// The id of a kind whose digits are a number: the way back from [`Id::number`]. Higher bits are cut off.
    pub fn of_number(kind: Kind, number: i64) -> Id {
        let [_, _, digest @ ..] = number.to_be_bytes();
        Id { kind, digest }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind.letter())?;
        self.digest.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What a text is not: an id.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not an id: a letter and twelve hexadecimal digits")]
pub struct NotAnId(String);

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(s: &str) -> Result<Id, NotAnId> {
        let parse = || {
            let letter = s.chars().next()?;
            let (kind, _) = Kind::ALL.into_iter().find(|(_, l)| *l == letter)?;
            let hex = s.get(1..).filter(|h| h.len() == 12 && h.bytes().all(|b| b.is_ascii_hexdigit()))?;
            let mut digest = [0; 6];
            for (i, byte) in digest.iter_mut().enumerate() {
                *byte = u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).ok()?;
            }
            Some(Id { kind, digest })
        };
        parse().ok_or_else(|| NotAnId(s.to_owned()))
    }
}

impl Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Id {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[a-z][0-9a-f]{12}$", "description": "An id made from content."})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_prints_and_parses() {
        let id = Id::of(Kind::Report, &[b"the text"]);
        assert_eq!(id.to_string().parse::<Id>().expect("it was printed by us"), id);
        assert_eq!(Id::of_number(Kind::Report, id.number()), id);
        assert!("r12".parse::<Id>().is_err());
        assert!("réé345678901é".parse::<Id>().is_err());
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(Id::of(Kind::Report, &[b"ab", b"c"]), Id::of(Kind::Report, &[b"a", b"bc"]));
        assert_ne!(Id::of(Kind::Report, &[b"ab"]), Id::of(Kind::Event, &[b"ab"]));
    }
}
