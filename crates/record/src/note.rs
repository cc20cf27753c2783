//! Notes: every doubt and every abstention, said where it arose.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// A doubt or an abstention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Which stage says it.
    pub stage: Stage,
    /// What it says, in a sentence without full stop.
    pub says: String,
    /// The words it is about; none where it is about the report as a whole.
    pub span: Option<Span>,
}

/// A stage of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// From bytes to a report.
    Intake,
    /// Words, sentences and trees.
    Syntax,
    /// Names and other mentions.
    Mention,
    /// Times and clocks.
    When,
    /// Where it is on the map.
    Place,
    /// Who says what.
    Attribution,
    /// How entities stand to each other.
    Relation,
    /// What happens.
    Event,
    /// What a person corrected by hand.
    Hand,
}
