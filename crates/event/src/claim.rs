//! Words of claims: what somebody says of another, who says that it is not so, and what would show it.

use crate::clause::clause;
use crate::scope::{Class, Scope, scopes};
use crate::sense::Scene;
use crate::tree::Trees;

/// What somebody says of another, or of what was done.
pub(crate) fn is_claim(noun: &str) -> bool {
    const CLAIMS: [&str; 14] = [
        "accusation",
        "allegation",
        "assertion",
        "assessment",
        "charge",
        "claim",
        "insinuation",
        "notion",
        "report",
        "rumor",
        "rumour",
        "statement",
        "story",
        "suggestion",
    ];
    CLAIMS.contains(&single(noun).as_str())
}

/// What is a claim where a clause says what of: "the criticism that it would fail", but not "criticism of the raid".
fn is_thought(noun: &str) -> bool {
    matches!(single(noun).as_str(), "contention" | "criticism" | "idea" | "speculation" | "theory")
}

fn single(noun: &str) -> String {
    noun.strip_suffix("ies").map_or_else(|| noun.trim_end_matches('s').to_owned(), |n| format!("{n}y"))
}

/// "Denied the claim that", "denies allegations of".
pub(crate) fn is_denied_claim(scene: &Scene<'_>, noun: usize) -> bool {
    is_claim(scene.trees.lower(noun)) && is_denied(scene, noun)
}

/// "Denied the criticism that": the noun that a clause hangs on.
pub(crate) fn is_denied_that(scene: &Scene<'_>, noun: usize) -> bool {
    (is_claim(scene.trees.lower(noun)) || is_thought(scene.trees.lower(noun))) && is_denied(scene, noun)
}

fn is_denied(scene: &Scene<'_>, noun: usize) -> bool {
    let trees = scene.trees;
    trees.upos(noun) == "NOUN"
        && (trees.is(noun, &["obj", "nsubj:pass", "ccomp", "xcomp"])
            // Who declines to deny it does not.
            && trees.head(noun).is_some_and(|verb| {
                rejects(trees.lower(verb)) && !clause(trees, verb).is_negated && !is_left_undone(trees, verb)
            })
            || trees.rel(noun) == "nsubj"
                && trees.head(noun).is_some_and(|told| is_untrue(trees.lower(told)) && !clause(trees, told).is_negated)
            // "A charge that he has always denied", "an allegation rejected by the inquiry".
            || trees.children(noun).any(|c| {
                trees.is(c, &["acl:relcl", "acl"]) && rejects(trees.lower(c)) && !clause(trees, c).is_negated
            }))
}

/// "Declined to confirm or deny", "few deny it".
pub(crate) fn is_left_undone(trees: &Trees<'_>, verb: usize) -> bool {
    let nobody = |s: usize| matches!(trees.lower(s), "few" | "nobody" | "none" | "neither");
    if trees.child(verb, &["nsubj"]).is_some_and(nobody) {
        return true;
    }
    let first = if trees.rel(verb) == "conj" { trees.head(verb).unwrap_or(verb) } else { verb };
    let above = trees.head(first).filter(|_| trees.rel(first) == "xcomp");
    above.is_some_and(|above| scopes(Class::Verb, trees.lower(above)).first() == Some(&Scope::Failed))
}

/// Verbs that say that a claim is not so.
pub(crate) fn rejects(form: &str) -> bool {
    let says_no = ["reject", "dismiss", "rebut", "disput", "refut", "debunk", "contest"];
    matches!(scopes(Class::Verb, form).first(), Some(Scope::Denied))
        || says_no.iter().any(|stem| form.starts_with(stem))
}

/// What tells that something is so.
pub(crate) fn is_sign(noun: &str) -> bool {
    matches!(
        noun.trim_end_matches('s'),
        "evidence" | "sign" | "proof" | "indication" | "hint" | "suggestion" | "trace" | "record" | "report"
    )
}

/// What a claim is called that is not so.
pub(crate) fn is_untrue(adjective: &str) -> bool {
    matches!(adjective, "untrue" | "false" | "baseless" | "unfounded" | "groundless" | "fabricated" | "fake" | "wrong")
}

/// Verbs behind which "of" says what somebody is said to have done.
pub(crate) fn accuses(form: &str) -> bool {
    ["accus", "suspect", "charg"].iter().any(|stem| form.starts_with(stem))
}
