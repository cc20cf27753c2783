//! Who says what. An attribution has a source, a cue ("said") and a content.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Id, Span, Words};

/// One attribution: somebody says, thinks, asks or intends something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// The attribution's id.
    pub id: Id,
    /// The words that name the source here; none where the text names nobody ("is said to").
    pub source: Vec<Words>,
    /// The words that say that it is said; none for a bare headline colon or quotation.
    pub cue: Option<Words>,
    /// What is said, in one or more pieces.
    pub content: Vec<Words>,
    /// Whether the content is in the source's own words.
    pub voice: Voice,
    /// The whole of it: from the first word of any part to the last.
    pub evidence: Span,
    /// The entity that speaks, where it is clear.
    pub speaker: Option<Id>,
    /// What the source is; none where there is none, or where that is open.
    pub source_kind: Option<SourceKind>,
    /// How many unnamed people speak here, where the text says so.
    pub count: Option<u32>,
    /// How unnamed people are said to know, or why they are not named, in the text's own words.
    pub basis: Option<Words>,
    /// What the cue does with the content; none where it is negated or not told apart.
    pub stance: Option<CueStance>,
    /// When it is said, seen from the time of writing; none where the cue is no verb in a tense.
    pub tense: Option<CueTense>,
    /// Words that take certainty away from it: "reportedly".
    pub hedge: Option<Words>,
    /// Whether the source let itself be named; none where the text does not tell that it says so itself.
    pub on_record: Option<bool>,
    /// Whom it is said to.
    pub addressee: Option<Words>,
    /// Where it is said: an interview, a statement, a post.
    pub medium: Option<Words>,
    /// The attribution that this one is told inside of.
    pub within: Option<Id>,
    /// The first half of a split quotation that this one goes on with.
    pub continues: Option<Id>,
}

/// Whether a content is in the source's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// All of it stands in quotation marks.
    Direct,
    /// None of it does.
    Indirect,
    /// Some of it does.
    Mixed,
}

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A person, body or country by its name, or somebody the text names elsewhere: "the president".
    Named,
    /// People who are not named.
    Unnamed,
    /// A body by its kind: "the ministry", "police".
    Collective,
    /// A report, statement, poll, law.
    Document,
    /// Another newspaper, agency or broadcaster.
    Media,
    /// The outlet that tells it: "this newspaper has learned".
    Outlet,
}

/// What a cue does with its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CueStance {
    /// Says it.
    States,
    /// Says that it is so after another said it.
    Confirms,
    /// Says that it is not so.
    Denies,
    /// Does not believe it.
    Doubts,
    /// Asks whether or what.
    Asks,
    /// Gives reasons for it.
    Argues,
    /// Wants others to do it.
    Urges,
    /// Says that harm may come.
    Warns,
    /// Says that it may be otherwise.
    Cautions,
    /// Binds itself to it.
    Promises,
    /// Means to do it.
    Intends,
    /// Thinks it.
    Believes,
}

/// The tense of saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CueTense {
    /// "Said", "has said".
    Past,
    /// "Says", "is saying".
    Present,
    /// "Will say", "is to announce".
    Future,
}

/// Words between one pair of quotation marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// The quote's id.
    pub id: Id,
    /// The words, without the marks.
    pub evidence: Words,
    /// What the marks are there for.
    pub manner: Manner,
    /// Whose words they are; none for scare quotes, titles, and where the text leaves it open.
    pub speaker: Option<Id>,
    /// The attribution they belong to.
    pub attribution: Option<Id>,
    /// The quote that this one stands inside of.
    pub within: Option<Id>,
    /// The first half of a split quotation that this one goes on with.
    pub continues: Option<Id>,
}

/// What quotation marks are there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// A whole clause or more of somebody's speech.
    Direct,
    /// A fragment of speech inside a paraphrase.
    Mixed,
    /// Distance: so-called.
    Scare,
    /// A title or name.
    Title,
}

/// A party that did not speak when it could have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoResponse {
    /// The item's id.
    pub id: Id,
    /// The party.
    pub party: Words,
    /// The entity that the party is.
    pub entity: Option<Id>,
    /// The words that say so.
    pub cue: Words,
    /// Which of the different things it is.
    pub form: Silence,
    /// About what, where stated.
    pub about: Option<Words>,
    /// Who asked, where stated.
    pub asked_by: Option<Words>,
    /// The whole of it.
    pub evidence: Span,
}

/// Ways of not speaking. They are different facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// Was asked and did not answer.
    DidNotRespond,
    /// Refused to comment or to answer.
    Declined,
    /// Said "no comment".
    NoComment,
    /// Could not be reached.
    NotReached,
    /// Said nothing, and is not said to have been asked.
    NoWord,
    /// Sent the asker to somebody else.
    Referred,
}
