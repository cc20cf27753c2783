//! Times: TIMEX3 expressions, and the clock that relative ones are read by.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Id, Known, Words};

/// A time expression (ISO-TimeML TIMEX3) and what it comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Time {
    /// The expression's id.
    pub id: Id,
    /// Where, and in which words.
    pub evidence: Words,
    /// DATE, TIME, DURATION or SET.
    pub kind: TimeKind,
    /// TIMEX3 value.
    pub value: String,
    /// First instant it can mean; none where unknown.
    #[schemars(with = "Option<String>")]
    pub earliest: Option<Timestamp>,
    /// Last instant it can mean; none where unknown.
    #[schemars(with = "Option<String>")]
    pub latest: Option<Timestamp>,
    /// What it was counted from, and why.
    pub anchor: Option<String>,
}

/// Type of a TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// A day or longer.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A repetition.
    Set,
}

/// The clock that a report's relative dates are read by. A part that is not known is absent, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Clock {
    /// IANA zone of the desk that wrote.
    pub zone: Option<Sourced<String>>,
    /// The desk, as the outlet or its note calls it.
    pub desk: Option<Sourced<String>>,
    /// The publication calendar's rule, as the outlet or its note gives it.
    pub calendar: Option<Sourced<String>>,
}

/// A fact with how it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sourced<T> {
    /// The fact.
    pub value: T,
    /// How it is known.
    pub known: Known,
    /// The text's own words for it, where it has them.
    pub evidence: Option<Words>,
}
