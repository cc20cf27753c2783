//! Who and what a report speaks of: entities and each of their mentions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Id, Words};

/// A person, organisation, place or thing of a report, unnamed sources included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// The entity's id.
    pub id: Id,
    /// What it is.
    pub kind: EntityKind,
    /// Its name as first given; none for unnamed people.
    pub name: Option<String>,
    /// How many people an unnamed source is, where the text says so.
    pub count: Option<u32>,
    /// Why an unnamed source knows or is unnamed, in the text's own words.
    pub basis: Option<Words>,
    /// Its mentions, in text order: at least one.
    pub mentions: Vec<Id>,
}

/// What an entity or a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organisation, party, company or public body.
    Organisation,
    /// A place, or the government of a place.
    Place,
    /// A nation, faith, movement or other group of people.
    Group,
    /// A building, airport, bridge.
    Facility,
    /// A newspaper, agency, broadcaster or programme.
    Media,
    /// A law, report, statement, book.
    Document,
    /// An agreement.
    Agreement,
    /// A product.
    Product,
    /// Another name: an event, a prize, a language.
    Other,
}

/// One mention of an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// The mention's id.
    pub id: Id,
    /// What it names.
    pub kind: EntityKind,
    /// How it names it.
    pub form: MentionForm,
    /// Where, and in which words.
    pub evidence: Words,
}

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MentionForm {
    /// By name.
    Name,
    /// By description: "the envoy".
    Nominal,
    /// By pronoun.
    Pronoun,
}
