//! Times: TIMEX3 expressions, and the clock that relative ones are read by.

use jiff::Zoned;
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
    /// TIMEX3 value: "2025-11-14", "2025-W46", "P2M", "PAST_REF"; an X for each digit that is not known.
    pub value: String,
    /// TIMEX3 mod: "START", "APPROX", "MORE_THAN".
    pub modifier: Option<String>,
    /// TIMEX3 quant of a SET: "EVERY".
    pub quant: Option<String>,
    /// TIMEX3 freq of a SET: "2X".
    pub freq: Option<String>,
    /// First instant it can mean (RFC 9557); none where unknown or open. Where no zone is known it is the first anywhere.
    #[schemars(with = "Option<String>")]
    pub earliest: Option<Zoned>,
    /// Last second it can mean (RFC 9557); none where unknown or open. Where no zone is known it is the last anywhere.
    #[schemars(with = "Option<String>")]
    pub latest: Option<Zoned>,
    /// What it was counted from, and why.
    pub anchor: Option<String>,
    /// Where it is on no calendar: on which side of what it lies.
    pub order: Option<Order>,
}

/// A time given by something that happens: "ahead of the signing".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Order {
    /// The side of it that is meant.
    pub side: Side,
    /// What happens, in the text's words.
    pub event: Words,
}

/// A side of something that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Earlier than it.
    Before,
    /// While it lasts.
    During,
    /// Later than it.
    After,
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
    /// Local time at the desk when it wrote: RFC 9557 where instant and zone are known, else as far as the stamp tells.
    pub written: Option<String>,
    /// IANA zone of the desk that wrote, or an offset.
    pub zone: Option<Sourced<String>>,
    /// IANA zone, or offset, of the stamp; it may be another one than the desk's.
    pub stamp: Option<Sourced<String>>,
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
