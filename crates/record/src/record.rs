//! The record of one report: every layer, with its evidence, over one text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Attribution, Chain, Clock, Designation, Entity, Event, Id, Label, Mention, NoResponse, Note, Quote, Relation,
    Report, Stance, State, Tally, Time,
};

/// Name and version of the record's form. The number grows when a reader of the old form could go wrong.
pub const FORMAT: &str = "reportedly.record/1";

/// What one report states, in whose voice, and where in its text. A layer that nothing was found for is empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// [`FORMAT`].
    pub format: String,
    /// Units of every span: `chars` are Unicode code points of `report.text`, `bytes` are its UTF-8 bytes; end exclusive.
    pub offsets: Offsets,
    /// What made the record.
    pub engine: Engine,
    /// The report itself.
    pub report: Report,
    /// The clock its relative dates are read by.
    pub clock: Clock,
    /// Who and what it speaks of.
    pub entities: Vec<Entity>,
    /// Where it speaks of them.
    pub mentions: Vec<Mention>,
    /// Its time expressions.
    pub times: Vec<Time>,
    /// Who says what.
    pub attributions: Vec<Attribution>,
    /// What looks like an attribution, and what corpora count as one, though nobody says, writes or thinks it: "vies for",
    /// "signed". Nothing else is drawn from it, and nothing is told of how it is said.
    #[serde(default)]
    pub attitudes: Vec<Attribution>,
    /// What stands between quotation marks.
    pub quotes: Vec<Quote>,
    /// Who gave no response.
    pub no_responses: Vec<NoResponse>,
    /// What is said to happen.
    pub events: Vec<Event>,
    /// What is said to stand.
    pub states: Vec<State>,
    /// How entities stand to each other.
    pub relations: Vec<Relation>,
    /// Who designates whom as what.
    pub designations: Vec<Designation>,
    /// Who is for or against what.
    pub stances: Vec<Stance>,
    /// Loaded words.
    pub labels: Vec<Label>,
    /// Who relays whom.
    pub chains: Vec<Chain>,
    /// How many stand behind a claim.
    pub tallies: Vec<Tally>,
    /// Doubts and abstentions.
    pub notes: Vec<Note>,
}

/// The unit of each kind of offset, for readers of the JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Offsets {
    /// Always `unicode-code-points`.
    pub chars: String,
    /// Always `utf-8-bytes`.
    pub bytes: String,
}

impl Default for Offsets {
    fn default() -> Offsets {
        Offsets { chars: "unicode-code-points".to_owned(), bytes: "utf-8-bytes".to_owned() }
    }
}

/// What made a record. Two records of one text by equal engines are equal to the byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Engine {
    /// Version of the program.
    pub version: String,
    /// First twelve digits of the SHA-256 of the weights.
    pub model: String,
    /// The arithmetic path of the encoder. All paths give the same bits; it is named so that this can be checked.
    pub kernel: String,
}

impl Record {
    /// Returns the item of that id as JSON, with the name of its layer.
    pub fn item(&self, id: Id) -> Option<(&'static str, serde_json::Value)> {
        macro_rules! look {
            ($($layer:ident),*) => {
                $(if let Some(item) = self.$layer.iter().find(|item| item.id == id) {
                    return serde_json::to_value(item).ok().map(|json| (stringify!($layer), json));
                })*
            };
        }
        look!(
            entities,
            mentions,
            times,
            attributions,
            attitudes,
            quotes,
            no_responses,
            events,
            states,
            relations,
            designations,
            stances,
            labels,
            chains,
            tallies
        );
        None
    }

    /// Returns the JSON Schema of a record.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Record).to_value()
    }
}
