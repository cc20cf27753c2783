//! Who and what a report speaks of: entities and each of their mentions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Certainty, Id, Words};

/// A person, organisation, place or thing of a report, unnamed sources included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// The entity's id.
    pub id: Id,
    /// What it is.
    pub kind: EntityKind,
    /// Its name as first given; none for unnamed people.
    pub name: Option<String>,
    /// Its key across reports: kind and folded name. Equal keys are a likeness, never a forced link.
    pub key: Option<String>,
    /// Where it is on the map; none for what is no place, and for a place that is not known for sure.
    pub place: Option<Located>,
    /// Ids of it in the user's own entity file.
    pub links: Vec<String>,
    /// How many people an unnamed source is, where the text says so.
    pub count: Option<u32>,
    /// Why an unnamed source knows or is unnamed, in the text's own words.
    pub basis: Option<Words>,
    /// Its mentions, in text order: at least one. A mention of several ("both men") stands with each of them.
    pub mentions: Vec<Id>,
}

/// A place of the gazetteer (GeoNames, CC BY 4.0).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Located {
    /// GeoNames id.
    pub geonames: u32,
    /// Its name there.
    pub name: String,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: Option<String>,
    /// GeoNames code of its first-level division, after the country's: "US.NY".
    pub division: Option<String>,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// IANA name of its zone.
    pub zone: Option<String>,
    /// How sure it is that this place is meant.
    pub certainty: Certainty,
}

/// What an entity or a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organisation, party, company or public body.
    Organisation,
    /// A place; also a country that acts and is a place in one report.
    Place,
    /// The government of a place: "Washington's effort".
    Government,
    /// A nation, faith, movement or other group of people.
    Group,
    /// A building, airport, bridge.
    Facility,
    /// A newspaper, agency or broadcaster.
    Media,
    /// A programme of a broadcaster.
    Programme,
    /// A law, report, statement, book.
    Document,
    /// An agreement.
    Agreement,
    /// A product.
    Product,
    /// A ship, aircraft or other vehicle.
    Vehicle,
    /// A named event: a festival, Games, a war.
    Occasion,
    /// A thing that matters to the report: remains, a weapon, money.
    Thing,
    /// Another name: a prize, a language.
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
