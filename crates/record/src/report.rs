//! A report as it came in: who published it, when, and the passages of its text.

use jiff::{Timestamp, civil};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Id, Note, Span, Text};

/// One news report. Made by intake, never edited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Made from address, outlet and text.
    pub id: Id,
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it, as given: a domain or a name.
    pub outlet: Option<String>,
    /// The headline, as given or as the text's first passage.
    pub headline: Option<String>,
    /// The by-line, as given or printed.
    pub byline: Option<String>,
    /// Where it was filed. The dateline's place is the place of no event.
    pub dateline: Option<Dateline>,
    /// Language of the text, and how sure that is.
    pub language: Language,
    /// When it was published.
    pub published: Option<Published>,
    /// IANA name of the zone that was given for its dates.
    pub zone: Option<String>,
    /// SHA-256 of the text, hexadecimal.
    pub content_hash: String,
    /// The whole text. Every span of the record points into it.
    pub text: Text,
    /// The text's passages, in order; white space between them belongs to none.
    pub passages: Vec<Passage>,
    /// What intake doubts.
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// Place and agency in front of a report's first sentence: "JERUSALEM (AP) —".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dateline {
    /// The place, as printed.
    pub place: Option<String>,
    /// The agency, as printed.
    pub agency: Option<String>,
    /// The whole dateline.
    pub evidence: Span,
}

/// The language of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Language {
    /// ISO 639-1 code, or `und` where the text does not tell.
    pub code: String,
    /// The text is in a language that the engine reads.
    pub analysed: bool,
}

/// When a report was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// The local time as it was printed or given.
    #[schemars(with = "String")]
    pub local: civil::DateTime,
    /// The instant, where offset or zone is known.
    #[schemars(with = "Option<String>")]
    pub instant: Option<Timestamp>,
    /// The offset from UTC as printed ("+02:00"), where there is one.
    pub offset: Option<String>,
    /// How fine the time is.
    pub precision: Precision,
    /// How it is known.
    pub known: Known,
}

/// How fine a time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the day.
    Day,
    /// To the minute.
    Minute,
    /// To the second.
    Second,
}

/// How a fact about a report is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// Given by the user, on the command line.
    Given,
    /// Given by the file that holds the report: a JSON field, a metadata file.
    Field,
    /// JSON-LD of the page.
    JsonLd,
    /// OpenGraph or article metadata of the page.
    OpenGraph,
    /// Another `<meta>` element of the page.
    Meta,
    /// A `<time>` element of the page.
    TimeElement,
    /// The page's address.
    Url,
    /// Words in the page's text.
    Text,
    /// What is known of the outlet beforehand.
    Profile,
    /// A library's guess over the whole page.
    Library,
}

/// A passage of a report's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// What the passage is.
    pub kind: PassageKind,
    /// Where it stands.
    pub span: Span,
    /// What words that are no news are there for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boiler: Option<Boiler>,
}

/// What words that are no news are there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Boiler {
    /// An advertisement.
    Ad,
    /// Who made a picture.
    Credit,
    /// An invitation to subscribe.
    Signup,
    /// Whose property it is.
    Copyright,
    /// Code or words of a player.
    Player,
    /// Who else wrote, and how to reach them.
    Contributor,
    /// Links, buttons, dates of the page.
    Nav,
}

/// What a passage is. Only headline and body are news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PassageKind {
    /// The headline.
    Headline,
    /// Who wrote it.
    Byline,
    /// News.
    Body,
    /// Words under a picture.
    Caption,
    /// A correction or clarification of this report or an earlier one.
    Correction,
    /// The outlet speaking about its own desk, hours or time stamps.
    DeskNote,
    /// Words that are no news: sign-up lines, credits, links to other reports, copyright.
    Boilerplate,
}

impl PassageKind {
    /// Tells whether statements are drawn from such a passage.
    pub fn is_news(self) -> bool {
        match self {
            PassageKind::Headline | PassageKind::Body | PassageKind::Caption | PassageKind::Correction => true,
            PassageKind::Byline | PassageKind::DeskNote | PassageKind::Boilerplate => false,
        }
    }
}
