//! The wording of enums: what a reader is shown for each value of the record.

use reportedly::record::{
    Bound, Certainty, CueStance, Kind, Polarity, RelationKind, Side, Silence, Stage, Status, Voice, VoicedStatus,
};

/// What is known of whether an event took place, as of publication. It is what the text tells, never a finding of ours.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Planned => "planned, not happened",
        Status::Happened => "told as happened",
        Status::Ongoing => "told as going on",
        Status::Denied => "denied, not settled",
        Status::DidNotHappen => "told as not having happened",
        Status::Cancelled => "called off",
        Status::Possible => "possible only",
        Status::Hypothetical => "hypothetical",
        Status::Generic => "a habit or rule",
        Status::Unknown => "status unknown",
    }
}

pub(crate) fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Certain => "certain",
        Certainty::Probable => "probable",
        Certainty::Possible => "possible",
    }
}

/// A status in one voice, with how certain that voice is where it is not.
pub(crate) fn voiced(voiced: &VoicedStatus) -> String {
    match (voiced.status, voiced.certainty) {
        (Status::Possible, _) | (_, Certainty::Certain) => status(voiced.status).to_owned(),
        (of, sure) => format!("{} ({})", status(of), certainty(sure)),
    }
}

/// Ways of not speaking, each told apart, in the order they are listed.
pub(crate) const SILENCES: [Silence; 6] = [
    Silence::DidNotRespond,
    Silence::Declined,
    Silence::NoComment,
    Silence::NotReached,
    Silence::NoWord,
    Silence::Referred,
];

pub(crate) fn silence(form: Silence) -> &'static str {
    match form {
        Silence::DidNotRespond => "did not respond",
        Silence::Declined => "declined",
        Silence::NoComment => "said \"no comment\"",
        Silence::NotReached => "could not be reached",
        Silence::NoWord => "gave no word (not said to be asked)",
        Silence::Referred => "referred to somebody else",
    }
}

pub(crate) fn stance(stance: CueStance) -> &'static str {
    match stance {
        CueStance::States => "states",
        CueStance::Confirms => "confirms",
        CueStance::Denies => "denies",
        CueStance::Doubts => "doubts",
        CueStance::Asks => "asks",
        CueStance::Argues => "argues",
        CueStance::Urges => "urges",
        CueStance::Warns => "warns",
        CueStance::Cautions => "cautions",
        CueStance::Promises => "promises",
        CueStance::Intends => "intends",
        CueStance::Believes => "believes",
    }
}

pub(crate) fn voice(voice: Voice) -> &'static str {
    match voice {
        Voice::Direct => "direct",
        Voice::Indirect => "indirect",
        Voice::Mixed => "mixed",
    }
}

pub(crate) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Intake => "intake",
        Stage::Syntax => "syntax",
        Stage::Mention => "names",
        Stage::When => "times",
        Stage::Attribution => "attribution",
        Stage::Place => "places",
        Stage::Relation => "relations",
        Stage::Event => "events",
        Stage::Hand => "by hand",
    }
}

pub(crate) fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Positive => "for",
        Polarity::Negative => "against",
        Polarity::Mixed => "for and against",
        Polarity::Unmoved => "unmoved by",
    }
}

pub(crate) fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact => "",
        Bound::AtLeast => "at least ",
        Bound::AtMost => "at most ",
        Bound::About => "about ",
        Bound::Over => "more than ",
        Bound::Under => "fewer than ",
    }
}

/// What stands before the other side of a relation. Offices and roles are told by their title.
pub(crate) fn relation(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Office => "office of",
        RelationKind::Role => "role of",
        RelationKind::MemberOf => "member of",
        RelationKind::SpokespersonOf => "speaks for",
        RelationKind::LawyerOf => "lawyer of",
        RelationKind::ParentOf => "parent of",
        RelationKind::SpouseOf => "spouse of",
        RelationKind::SiblingOf => "sibling of",
        RelationKind::ChildInLawOf => "son- or daughter-in-law of",
        RelationKind::KinOf => "kin of",
        RelationKind::CitizenOf => "citizen of",
        RelationKind::ResidentOf => "lives in",
        RelationKind::BornIn => "born in",
        RelationKind::PartOf => "part of",
        RelationKind::LocatedIn => "lies in",
        RelationKind::OwnedBy => "owned by",
        RelationKind::PublishedBy => "published by",
        RelationKind::AllyOf => "ally of",
        RelationKind::BelongsTo => "belongs to",
        RelationKind::AliasOf => "another name of",
    }
}

/// What an item is called.
pub(crate) fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Report => "report",
        Kind::Entity => "entity",
        Kind::Mention => "mention",
        Kind::Time => "time",
        Kind::Attribution => "attribution",
        Kind::NoResponse => "no response",
        Kind::Event => "event",
        Kind::State => "state",
        Kind::Relation => "relation",
        Kind::Designation => "designation",
        Kind::Stance => "stance",
        Kind::Label => "label",
        Kind::Chain => "chain",
        Kind::Quote => "quote",
        Kind::Tally => "tally",
        Kind::Note => "note",
    }
}

/// A number of people as the text gives it.
pub(crate) fn people(count: Option<u32>) -> String {
    match count {
        Some(1) => "one person".to_owned(),
        Some(count) => format!("{count} people"),
        None => "number not stated".to_owned(),
    }
}

/// A number of things, in the singular where it is one.
pub(crate) fn many(count: usize, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {more}") }
}

pub(crate) fn side(side: Side) -> &'static str {
    match side {
        Side::Before => "before",
        Side::During => "during",
        Side::After => "after",
    }
}
