//! Words of claims: what somebody says of another, who says that it is not so, and what would show it.

use crate::clause::clause;
use crate::scope::{Class, Scope, scopes};
use crate::sense::Scene;
use crate::tree::Trees;

/// What somebody says of another, or of what was done.
pub(crate) fn is_claim(noun: &str) -> bool {
    const CLAIMS: [&str; 15] = [
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
        "speculation",
        "statement",
        "story",
        "suggestion",
    ];
    CLAIMS.contains(&single(noun).as_str())
}

/// What is a claim where a clause says what of: "the criticism that it would fail", but not "criticism of the raid".
fn is_thought(noun: &str) -> bool {
    matches!(single(noun).as_str(), "contention" | "criticism" | "idea" | "theory")
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
                && trees
                    .head(noun)
                    .is_some_and(|told| is_called_untrue(trees.lower(told), clause(trees, told).is_negated))
            || is_pleaded_against(trees, noun)
            // "A charge that he has always denied", "an allegation rejected by the inquiry".
            || trees.children(noun).any(|c| {
                trees.is(c, &["acl:relcl", "acl"]) && rejects(trees.lower(c)) && !clause(trees, c).is_negated
            }))
}

/// "Pleaded not guilty to charges of".
fn is_pleaded_against(trees: &Trees<'_>, noun: usize) -> bool {
    trees.is(noun, &["obl", "nmod"])
        && trees.case(noun) == "to"
        && trees
            .up(noun)
            .skip(1)
            .take(2)
            .any(|above| trees.lower(above) == "guilty" && above > 0 && trees.lower(above - 1) == "not")
}

/// "The allegation that funds were taken is untrue": read word by word, as trees of such sentences are often broken.
pub(crate) fn is_that_untrue(trees: &Trees<'_>, noun: usize) -> bool {
    if !is_claim(trees.lower(noun)) || trees.lower(noun + 1) != "that" {
        return false;
    }
    let clause = noun + 2..trees.sentence(noun).end;
    let is_verb = |i: &usize| trees.upos(*i) == "VERB";
    let Some(verb) = clause.clone().find(is_verb) else { return false };
    let copula = |i: &usize| matches!(trees.lower(*i), "is" | "was" | "are" | "were");
    let called = (verb + 1..clause.end)
        .find(copula)
        .map(|i| if i + 1 < clause.end && trees.upos(i + 1) == "ADV" { i + 2 } else { i + 1 });
    called.is_some_and(|called| {
        is_untrue(trees.lower(called))
            && !(verb + 1..called).any(|i| trees.lower(i) == "that" || is_verb(&i) || trees.lower(i) == "not")
    })
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
fn is_untrue(word: &str) -> bool {
    const UNTRUE: [&str; 12] = [
        "untrue",
        "false",
        "baseless",
        "unfounded",
        "groundless",
        "fabricated",
        "fake",
        "wrong",
        "lie",
        "nonsense",
        "fabrication",
        "falsehood",
    ];
    UNTRUE.contains(&word)
}

/// Whether a claim is said not to be so by what it is called: "is false", "is not true".
pub(crate) fn is_called_untrue(word: &str, is_negated: bool) -> bool {
    match is_negated {
        true => matches!(word, "true" | "correct" | "accurate" | "case" | "so"),
        false => is_untrue(word),
    }
}

/// "Falsely claimed": who tells it says that it is not so.
pub(crate) fn is_falsely(adverb: &str) -> bool {
    matches!(adverb, "falsely" | "wrongly" | "erroneously" | "incorrectly" | "untruthfully" | "mistakenly")
}

/// "There is no truth to reports that": the noun, or the verb that the tree takes it for, that a clause hangs on.
pub(crate) fn is_without_truth(trees: &Trees<'_>, claim: usize) -> bool {
    is_claim(trees.lower(claim))
        && trees.head(claim).is_some_and(|truth| {
            matches!(trees.lower(truth), "truth" | "substance" | "basis") && trees.has(truth, "det", &["no"])
        })
}

/// "Said that it had no part in it", "played no role": what somebody is said to have no share in, by their own account.
pub(crate) fn is_disowned(trees: &Trees<'_>, share: usize) -> bool {
    let is_share =
        matches!(trees.lower(share), "involvement" | "role" | "part" | "hand" | "knowledge" | "responsibility");
    let has = |verb: usize| {
        matches!(trees.lower(verb), "had" | "has" | "have" | "having" | "play" | "played" | "plays" | "took" | "taken")
    };
    let of_itself = |verb: usize| {
        trees
            .child(verb, &["nsubj"])
            .is_some_and(|s| matches!(trees.lower(s), "it" | "he" | "she" | "they" | "we" | "i"))
            && trees.rel(verb) == "ccomp"
            && trees
                .head(verb)
                .is_some_and(|says| trees.upos(says) == "VERB" && trees.child(says, &["nsubj"]).is_some())
    };
    is_share
        && trees.has(share, "det", &["no"])
        && trees.rel(share) == "obj"
        && trees.head(share).is_some_and(|verb| has(verb) && of_itself(verb))
}

/// Verbs behind which "of" says what somebody is said to have done.
pub(crate) fn accuses(form: &str) -> bool {
    ["accus", "suspect", "charg"].iter().any(|stem| form.starts_with(stem))
}
