//! The record of a news report: what it states, in whose voice, where in the text, how certain, and when.
//!
//! Every layer's types are here, so that stages meet in this crate and need not know one another. A fact type cannot be
//! made without its evidence. Spans count UTF-8 bytes inside and Unicode code points at every edge, and carry both.

mod attribution;
mod entity;
mod event;
mod id;
mod note;
mod reading;
mod record;
mod relation;
mod report;
mod syntax;
mod text;
mod time;

pub use attribution::{Attribution, CueStance, CueTense, Manner, NoResponse, Quote, Silence, SourceKind, Voice};
pub use entity::{Entity, EntityKind, Located, Mention, MentionForm};
pub use event::{Amount, Bound, Certainty, Event, EventOrder, Participant, State, Status, VoicedStatus};
pub use id::{Id, Kind, NotAnId};
pub use note::{Note, Stage};
pub use reading::Reading;
pub use record::{Engine, FORMAT, Offsets, Record};
pub use relation::{Chain, Designation, Label, Polarity, Relation, RelationKind, Stance, Tally};
pub use report::{Boiler, Dateline, Known, Language, Passage, PassageKind, Precision, Published, Report};
pub use syntax::{Deprel, Marked, Syntax, Upos, Word, Xpos};
pub use text::{Byte, Char, Span, Text, Words};
pub use time::{Clock, Order, Side, Sourced, Time, TimeKind};
