//! What one mention of an event says of its status: own form, then all that governs it. The codebook's order decides where
//! several hold.

use reportedly_record::{Certainty, Status};

use crate::tree::Trees;

/// The status that one mention gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sense {
    pub(crate) status: Status,
    pub(crate) certainty: Certainty,
    /// The mention leaves the status to other mentions ("the meeting"); `status` is what holds if there are none.
    pub(crate) is_open: bool,
}

impl Sense {
    pub(crate) fn new(status: Status) -> Sense {
        let certainty = if status == Status::Possible { Certainty::Possible } else { Certainty::Certain };
        Sense { status, certainty, is_open: false }
    }

    /// A status that gives way to any that is told.
    pub(crate) fn open(status: Status) -> Sense {
        Sense { is_open: true, ..Sense::new(status) }
    }

    /// The same, but no more than probable.
    pub(crate) fn hedged(self) -> Sense {
        Sense { certainty: self.certainty.max(Certainty::Probable), ..self }
    }
}

/// A section's trees with what else bears on status.
pub(crate) struct Scene<'a> {
    pub(crate) trees: &'a Trees<'a>,
    /// Of each word, whether a time that lies ahead of publication hangs on it.
    pub(crate) is_ahead: Vec<bool>,
    /// Of each word, whether a date that is over hangs on it.
    pub(crate) is_behind: Vec<bool>,
    /// Of each word, whether it stands in a headline, where the present tense tells the past.
    pub(crate) in_headline: Vec<bool>,
    /// Of each word, whether it stands in somebody's own words.
    pub(crate) is_quoted: Vec<bool>,
    /// Of each word, whether a time or an infinitive "to a new date" hangs on it.
    pub(crate) has_time: Vec<bool>,
}

/// How deep statuses are looked for up the tree.
pub(crate) const DEEPEST: usize = 8;

/// Returns the status that a mention gives.
pub(crate) fn sense(scene: &Scene<'_>, word: usize) -> Sense {
    let found = match scene.trees.upos(word) {
        "VERB" | "AUX" => crate::verbal::verbal(scene, word, DEEPEST),
        _ => crate::nominal::nominal(scene, word, DEEPEST),
    };
    let trees = scene.trees;
    let hedge = |i: usize| trees.children(i).any(|c| trees.rel(c) == "advmod" && is_hedge(trees.lower(c)));
    let doubt = |i: usize| trees.children(i).any(|c| trees.rel(c) == "advmod" && is_doubt(trees.lower(c)));
    let asserted = matches!(found.status, Status::Happened | Status::Ongoing | Status::Planned);
    match found {
        _ if asserted && trees.has(word, "advmod", &["hopefully"]) => Sense::new(Status::Hypothetical),
        _ if asserted && doubt(word) => Sense::new(Status::Possible),
        _ if hedge(word) => found.hedged(),
        _ => found,
    }
}

fn is_hedge(word: &str) -> bool {
    matches!(word, "reportedly" | "apparently" | "seemingly" | "supposedly" | "purportedly")
}

/// Adverbs that make a thing no more than possible.
fn is_doubt(word: &str) -> bool {
    matches!(
        word,
        "allegedly" | "possibly" | "perhaps" | "maybe" | "probably" | "likely" | "presumably" | "potentially"
    )
}
