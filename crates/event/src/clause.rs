//! A verb with the words that help it: tense, modal, negation.

use crate::tree::Trees;

/// What the form of a clause tells by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// "Met", "has met", "was met".
    Past,
    /// "Is meeting", "has been meeting".
    Progressive,
    /// "Was meeting".
    PastProgressive,
    /// "Meets".
    Present,
    /// "Will meet", "is to meet", "is going to meet".
    Future,
    /// "Would meet".
    Would,
    /// "Would have met".
    Counterfactual,
    /// "May meet", "could have met".
    May,
    /// "Can meet".
    Can,
    /// "Must meet", "should meet".
    Must,
    /// "To meet".
    Infinitive,
    /// "Meeting".
    Gerund,
    /// "Met" of a participle: "the man arrested".
    Participle,
    /// "Meet" with nothing before it.
    Bare,
}

/// A clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) form: Form,
    pub(crate) is_negated: bool,
    pub(crate) is_passive: bool,
}

impl Form {
    /// Whether the clause has a tense of its own.
    pub(crate) fn is_finite(self) -> bool {
        !matches!(self, Form::Infinitive | Form::Gerund | Form::Participle | Form::Bare)
    }
}

/// Reads the clause that a verb, or a noun or adjective with a copula, heads.
pub(crate) fn clause(trees: &Trees<'_>, verb: usize) -> Clause {
    let helps = |i: &usize| matches!(trees.rel(*i), "aux" | "aux:pass" | "cop");
    let helpers: Vec<usize> = trees.children(verb).filter(helps).collect();
    let is = |words: &[&str]| helpers.iter().any(|i| words.contains(&trees.lower(*i)));
    let perfect = is(&["has", "have", "had", "having", "'ve", "'d"]) && trees.xpos(verb) != "VB";
    let has_to = trees.children(verb).any(|i| i < verb && trees.lower(i) == "to" && trees.is(i, &["mark", "aux"]));
    let was = is(&["was", "were"]);
    let is_now = is(&["is", "are", "am", "'s", "'re", "'m"]);
    let has_copula = helpers.iter().any(|i| trees.rel(*i) == "cop");
    let is_passive = helpers.iter().any(|i| trees.rel(*i) == "aux:pass")
        || trees.children(verb).any(|i| trees.is(i, &["nsubj:pass", "csubj:pass", "obl:agent"]));
    let form = match trees.xpos(verb) {
        _ if is(&["would", "'d"]) && !has_to && trees.xpos(verb) != "VBN" => match is(&["have"]) {
            true => Form::Counterfactual,
            false => Form::Would,
        },
        _ if is(&["would"]) => Form::Counterfactual,
        _ if is(&["will", "'ll", "shall", "wo"]) => Form::Future,
        _ if is(&["may", "might", "could"]) => Form::May,
        _ if is(&["must", "should", "ought"]) => Form::Must,
        _ if is(&["can", "ca", "cannot"]) => Form::Can,
        // "Is to meet": the tree takes the auxiliary for a verb or for a help.
        _ if has_to && (is_now || was || is_to(trees, verb)) && !is(&["be"]) => Form::Future,
        _ if has_to && is_to_be(trees, verb) => Form::Future,
        _ if has_to => Form::Infinitive,
        "VBG" if perfect || is_now => Form::Progressive,
        "VBG" if was => Form::PastProgressive,
        _ if perfect => Form::Past,
        // "Would have failed and closed": the helping words are shared.
        "VBD" if shares_help(trees, verb) => Form::Participle,
        "VBD" => Form::Past,
        _ if is(&["did"]) => Form::Past,
        "VBN" if was && is(&["being"]) => Form::PastProgressive,
        "VBN" if was => Form::Past,
        "VBN" if is_now && is(&["being"]) => Form::Progressive,
        "VBN" if is_now => Form::Present,
        _ if has_copula && was => Form::Past,
        _ if has_copula && is_now => Form::Present,
        "VBP" if is_torn_off(trees, verb) => Form::Bare,
        "VBZ" | "VBP" => Form::Present,
        _ if is(&["do", "does"]) => Form::Present,
        // A past tense that was taken for a participle: it has a subject of its own.
        "VBN" if trees.child(verb, &["nsubj"]).is_some() => Form::Past,
        "VBN" => Form::Participle,
        "VBG" => Form::Gerund,
        _ => Form::Bare,
    };
    Clause { form, is_negated: is_negated(trees, verb), is_passive }
}

/// Whether a verb is coordinated with a participle that has helping words, and has neither those nor a subject of its own.
fn shares_help(trees: &Trees<'_>, verb: usize) -> bool {
    let own = ["nsubj", "nsubj:pass", "aux", "aux:pass", "expl", "csubj"];
    trees.rel(verb) == "conj"
        && trees.child(verb, &own).is_none()
        && trees.head(verb).is_some_and(|head| {
            trees.xpos(head) == "VBN" && trees.has(head, "aux", &["have"]) && trees.child(head, &["aux"]).is_some()
        })
}

/// "Told them to run, unite and win": a bare verb that the tree has go on from the past tense before the infinitive.
fn is_torn_off(trees: &Trees<'_>, verb: usize) -> bool {
    let first = trees.head(verb).filter(|first| trees.rel(verb) == "conj" && trees.xpos(*first) == "VBD");
    let own = trees.child(verb, &["nsubj", "nsubj:pass", "aux", "expl"]);
    own.is_none()
        && first.is_some_and(|first| {
            trees.children(first).any(|c| c > first && c < verb && trees.is(c, &["xcomp"]) && trees.xpos(c) == "VB")
        })
}

/// "Is to be signed", word by word.
fn is_to_be(trees: &Trees<'_>, verb: usize) -> bool {
    verb > 2
        && trees.lower(verb - 1) == "be"
        && trees.lower(verb - 2) == "to"
        && matches!(trees.lower(verb - 3), "is" | "are" | "was" | "were")
}

/// "Is to be signed", where the auxiliary heads the verb.
fn is_to(trees: &Trees<'_>, verb: usize) -> bool {
    let Some(head) = trees.head(verb) else { return false };
    trees.rel(verb) == "xcomp"
        && ["is", "are", "was", "were"].contains(&trees.lower(head))
        && head < verb
        && verb - head <= 4
        && trees.upos(head) != "NOUN"
}

/// Words that say that something is not.
const NEGATIONS: [&str; 7] = ["not", "n't", "never", "nor", "neither", "nowhere", "hardly"];

/// Words behind a verb from which on a negation is not its own: "knows it not", "is hardly".
const FAR: usize = 4;

/// Whether a clause is negated: by "not", or because nobody or nothing takes part.
fn is_negated(trees: &Trees<'_>, verb: usize) -> bool {
    let nobody = |i: usize| {
        matches!(trees.lower(i), "nobody" | "none" | "nothing" | "neither")
            || trees.lower(i) == "no" && trees.lower(i + 1) == "one"
            || trees.children(i).any(|d| {
                trees.is(d, &["det", "advmod", "cc:preconj", "cc"]) && matches!(trees.lower(d), "no" | "neither")
                    // "Not a shot was fired."
                    || d < i && trees.lower(d) == "not" && trees.is(d, &["advmod", "det"])
            })
            || trees.lower(i) == "one" && i > 0 && trees.lower(i - 1) == "no"
    };
    trees.children(verb).any(|i| match trees.rel(i) {
        // "Was killed - he will never harm anybody": what stands far behind a verb belongs to another.
        "advmod" | "cc:preconj" | "cc" | "aux" => {
            i < verb + FAR && NEGATIONS.contains(&trees.lower(i)) && !is_not_only(trees, i)
        }
        "nsubj" | "nsubj:pass" | "obj" => nobody(i),
        "obl" => nobody(i) && trees.case(i) == "in",
        _ => false,
    }) || is_denied_by_helper(trees, verb)
        || no_longer(trees, verb)
        || shares_negation(trees, verb)
}

/// "He will never again harm anybody": what stands between a verb and its helping word is its own, whatever it hangs on.
fn is_denied_by_helper(trees: &Trees<'_>, verb: usize) -> bool {
    trees.children(verb).filter(|c| *c < verb && trees.is(*c, &["aux", "aux:pass"])).any(|helper| {
        let mut between = helper + 1..verb;
        let own = between.clone().all(|i| matches!(trees.upos(i), "ADV" | "PART" | "AUX"));
        own && between.any(|i| NEGATIONS.contains(&trees.lower(i)) && !is_not_only(trees, i))
    })
}

/// "Had not admitted it or implicated anyone": the negation is of both, as no other subject stands between.
fn shares_negation(trees: &Trees<'_>, verb: usize) -> bool {
    trees.rel(verb) == "conj"
        && (trees.child(verb, &["aux", "aux:pass"]).is_some() || matches!(trees.xpos(verb), "VBD" | "VBZ" | "VBP"))
        && trees.child(verb, &["nsubj", "nsubj:pass"]).is_none()
        && trees.children(verb).any(|c| trees.rel(c) == "cc" && matches!(trees.lower(c), "or" | "nor"))
        && trees
            .head(verb)
            .is_some_and(|head| trees.upos(head) == "VERB" && trees.rel(head) != "conj" && is_negated(trees, head))
}

/// "Not only met", "not just".
fn is_not_only(trees: &Trees<'_>, not: usize) -> bool {
    matches!(trees.lower(not + 1), "only" | "just" | "merely" | "simply")
}

fn no_longer(trees: &Trees<'_>, verb: usize) -> bool {
    trees
        .children(verb)
        .any(|i| trees.is(i, &["advmod"]) && trees.lower(i) == "longer" && i > 0 && trees.lower(i - 1) == "no")
}
