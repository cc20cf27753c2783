//! What is said to happen and what is said to stand: events and states, each per voice.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Id, Side, Span, Words};

/// An event of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// The event's id.
    pub id: Id,
    /// Its type in our codebook.
    pub kind: String,
    /// The words that name it, in text order: "meet", "the meeting", "it".
    pub triggers: Vec<Words>,
    /// Who takes part, as what.
    pub participants: Vec<Participant>,
    /// Where it is said to be: entities.
    pub places: Vec<Id>,
    /// When it is said to be: times.
    pub times: Vec<Id>,
    /// On which side of which other events it is said to be.
    pub orders: Vec<EventOrder>,
    /// Counts and sums that are told of it.
    pub amounts: Vec<Amount>,
    /// One voice claims it and another denies it.
    pub contested: bool,
    /// Its status in each voice that speaks of it.
    pub voices: Vec<VoicedStatus>,
    /// The one status that a reader sees.
    pub status: Status,
    /// The whole of it at its first mention.
    pub evidence: Span,
}

/// A participant of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    /// As what: agent, target, party, object, victim, topic, recipient, instrument, addressee.
    pub role: String,
    /// Who or what.
    pub entity: Id,
    /// Where the text says so.
    pub evidence: Span,
}

/// An order of two events that the text states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventOrder {
    /// The side of the other event that this one is on.
    pub side: Side,
    /// The other event.
    pub event: Id,
    /// Where the text says so.
    pub evidence: Span,
}

/// A count or sum: "at least 12 people", "about $3 million".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Amount {
    /// The number.
    pub value: f64,
    /// How the text bounds it.
    pub bound: Bound,
    /// What is counted, in the text's words with the number.
    pub evidence: Words,
    /// The entity that is counted, where it is one.
    pub of: Option<Id>,
}

/// How a number is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The number as it stands.
    Exact,
    /// "At least".
    AtLeast,
    /// "At most", "up to".
    AtMost,
    /// "About", "nearly".
    About,
    /// "More than".
    Over,
    /// "Fewer than".
    Under,
}

/// A status in one voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VoicedStatus {
    /// The attribution that speaks; none for the outlet's own voice.
    pub voice: Option<Id>,
    /// The status it gives.
    pub status: Status,
    /// How certain that voice is.
    pub certainty: Certainty,
    /// Where the text says so.
    pub evidence: Span,
}

/// Whether an event took place, as of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Somebody means, schedules or orders it; not yet done.
    Planned,
    /// Told as past and complete.
    Happened,
    /// In progress.
    Ongoing,
    /// Reported only or also as denied, and not settled.
    Denied,
    /// Said by all voices not to have been.
    DidNotHappen,
    /// Was planned and is called off.
    Cancelled,
    /// Asserted only with a hedge.
    Possible,
    /// Inside a condition, demand or question.
    Hypothetical,
    /// A habit, rule or definition.
    Generic,
    /// Nothing is stated: the words do not tell it clearly enough.
    Unknown,
}

/// FactBank's degrees of certainty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Certain.
    Certain,
    /// Probable.
    Probable,
    /// Possible.
    Possible,
}

/// What stands: an agreement held, an obligation stalled, a plan uncertain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct State {
    /// The state's id.
    pub id: Id,
    /// What it is the state of: an entity or an event.
    pub about: Id,
    /// The state, in a short word of the text's own: held, stalled, uncertain.
    pub value: String,
    /// The words that say so.
    pub cue: Words,
    /// Whose obligation it is.
    pub party: Option<Id>,
    /// The time it is said to stand at.
    pub as_of: Option<Id>,
    /// The attribution that says so; none for the outlet's own voice.
    pub voice: Option<Id>,
    /// The whole of it.
    pub evidence: Span,
}
