//! How entities stand to each other, always as somebody's statement: relations, designations, stances, labels, chains.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Id, Span, Words};

/// "`from` is KIND of `to`": the envoy of a country, the mother of a man.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    /// The relation's id.
    pub id: Id,
    /// Which relation.
    pub kind: RelationKind,
    /// Who stands in the relation.
    pub from: Id,
    /// To whom or what; none where a title names nobody: "the mayor".
    pub to: Option<Id>,
    /// The title or word that the text uses.
    pub title: Option<Words>,
    /// The relation is told as ended.
    pub ended: bool,
    /// The attribution that says so; none for the outlet's own voice.
    pub voice: Option<Id>,
    /// Where the text says so.
    pub evidence: Span,
}

/// How one entity stands to another. It reads "`from` is KIND of `to`".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// A public office of a state.
    Office,
    /// Any other title.
    Role,
    /// Member.
    MemberOf,
    /// Speaks for it.
    SpokespersonOf,
    /// Lawyer.
    LawyerOf,
    /// Mother or father.
    ParentOf,
    /// Wife, husband or partner.
    SpouseOf,
    /// Sister or brother.
    SiblingOf,
    /// Son-in-law or daughter-in-law.
    ChildInLawOf,
    /// Other kin: aunt, cousin, grandfather.
    KinOf,
    /// Citizen of a country.
    CitizenOf,
    /// Lives there.
    ResidentOf,
    /// Was born there.
    BornIn,
    /// Part of a larger one.
    PartOf,
    /// Lies there.
    LocatedIn,
    /// Property of it.
    OwnedBy,
    /// Published or broadcast by it.
    PublishedBy,
    /// On the side of it.
    AllyOf,
    /// Of it in a way that the text leaves open.
    BelongsTo,
    /// Another name of it.
    AliasOf,
}

/// Who formally designates whom as what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Designation {
    /// The designation's id.
    pub id: Id,
    /// Who designates.
    pub by: Id,
    /// Whom.
    pub of: Id,
    /// As what, in the text's own words.
    pub as_what: Words,
    /// The words that say so.
    pub cue: Words,
    /// The whole of it.
    pub evidence: Span,
}

/// An expressed evaluation of a target by a holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stance {
    /// The stance's id.
    pub id: Id,
    /// Whose it is.
    pub holder: Id,
    /// Of whom or what.
    pub target: Id,
    /// Which way.
    pub polarity: Polarity,
    /// The words that say so.
    pub cue: Words,
    /// The whole of it.
    pub evidence: Span,
}

/// Which way a stance goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// For it.
    Positive,
    /// Against it.
    Negative,
    /// Both.
    Mixed,
    /// Not moved.
    Unmoved,
}

/// A loaded word and whose word it is. It says nothing about the one it is used of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Label {
    /// The label's id.
    pub id: Id,
    /// The word.
    pub evidence: Words,
    /// The attribution whose word it is; none for the outlet's own voice.
    pub voice: Option<Id>,
}

/// How many stand behind a claim, as far as this report shows. A count that it does not show is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// The tally's id.
    pub id: Id,
    /// The event or attribution that is counted for.
    pub about: Id,
    /// Whether it is what the report leads with.
    pub lead: bool,
    /// Named origins that are told apart; relays of one origin count once.
    pub origins: Option<u32>,
    /// Unnamed people, each once, where the text gives their number.
    pub unnamed: Option<u32>,
    /// Named people and bodies that speak about it on the record.
    pub on_record: Vec<Id>,
    /// No responses that belong to it.
    pub no_responses: Vec<Id>,
    /// The attributions that carry it.
    pub carriers: Vec<Id>,
    /// The words of the claim.
    pub evidence: Span,
}

/// Relays of a statement, outermost first: outlet, newspaper, two unnamed people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Chain {
    /// The chain's id.
    pub id: Id,
    /// The event or attribution it is about.
    pub about: Id,
    /// Entities, outermost first.
    pub hops: Vec<Id>,
    /// Where the text says so.
    pub evidence: Span,
}
