//! Claims that are denied elsewhere than where they are told: "He is accused of taking the money. He denies the charge."

use reportedly_record::Status;

use crate::claim::{accuses, is_called_untrue, is_claim, rejects};
use crate::clause::clause;
use crate::mention::Mention;
use crate::sense::Sense;
use crate::tree::Trees;

/// Sentences that a denial reaches back over.
const FAR: usize = 2;

/// The same where the denial names the claim.
const FAR_OF_CLAIM: usize = 6;

/// Steps from an event up to the first word of what is claimed.
const STEPS: usize = 5;

/// Takes what is claimed before a denial of the claim for denied. `mentions` are those of the section, in text order;
/// `sentences_before` is how many sentences earlier sections have.
pub(crate) fn deny(trees: &Trees<'_>, sentences_before: usize, mentions: &mut [Mention]) {
    for claim in (0..trees.len()).filter(|word| is_denied(trees, *word)) {
        let sentence = sentences_before + trees.sentence_number(claim);
        let until = mentions.partition_point(|m| m.place.1 < claim);
        let is_back = is_taken_back(trees, claim);
        let far = match trees.lower(claim) {
            "which" => 0,
            _ if is_back => 1,
            // "The charge", "the allegations": there is one, however long ago it was told.
            _ if is_of_charge(trees, claim) => FAR_OF_CLAIM,
            _ => FAR,
        };
        // Another charge between them is the one that is meant.
        let other = mentions[..until].iter().rev().find(|m| charges(trees.lower(m.place.1)) && m.sentence < sentence);
        let far = other.map_or(far, |m| far.min((sentence - m.sentence).max(FAR)));
        let near = mentions[..until].iter_mut().rev().take_while(|m| sentence - m.sentence <= far);
        let is_what = |word| is_claimed(trees, word) || is_back && is_told(trees, word);
        let told = near.filter(|m| is_assertion(m.sense.status) && is_what(m.place.1));
        let told: Vec<&mut Mention> = told.collect();
        // Those of the sentence that is nearest: an earlier claim may be another one.
        let nearest = told.first().map(|m| m.sentence);
        for mention in told.into_iter().filter(|m| Some(m.sentence) == nearest) {
            mention.sense = Sense::new(Status::Denied);
        }
    }
}

/// Words by which somebody is accused anew.
fn charges(form: &str) -> bool {
    ["accus", "alleg", "charg", "arrest", "sued", "indict"].iter().any(|stem| form.starts_with(stem))
}

/// "The charge", "the allegations".
fn is_of_charge(trees: &Trees<'_>, claim: usize) -> bool {
    let form = trees.lower(claim);
    ["accusation", "allegation", "charge"].contains(&form.trim_end_matches('s'))
        && trees.has(claim, "det", &["the", "these", "those"])
}

fn is_assertion(status: Status) -> bool {
    matches!(status, Status::Happened | Status::Ongoing | Status::Possible | Status::Planned)
}

/// Whether a word stands for a claim that was told before and is denied here.
fn is_denied(trees: &Trees<'_>, word: usize) -> bool {
    is_taken_back(trees, word) || is_claim_denied(trees, word) || is_denied_behind(trees, word)
}

/// "…, charges Keldra denies.": read word by word, as trees seldom have it.
fn is_denied_behind(trees: &Trees<'_>, word: usize) -> bool {
    let end = trees.sentence(word).end;
    let is_mark = |i: usize| i >= end || trees.upos(i) == "PUNCT";
    let denies = |i: &usize| rejects(trees.lower(*i)) && is_mark(*i + 1);
    let is_name = |i: usize| matches!(trees.upos(i), "PROPN" | "PRON" | "NOUN" | "DET" | "AUX" | "ADV");
    word > 0
        && is_mark(word - 1)
        && is_claim(trees.lower(word))
        && (word + 2..(word + 6).min(end)).find(denies).is_some_and(|at| (word + 1..at).all(is_name))
}

/// Whether a word takes up what a clause before it said, and that is called untrue: "and that is just not true", "which the army
/// denied", "denied that that was the case". Also a plea of not guilty.
fn is_taken_back(trees: &Trees<'_>, word: usize) -> bool {
    if trees.lower(word) == "guilty" {
        // A plea that names its charge is of that one.
        let names = trees.children(word).chain(trees.head(word).into_iter().flat_map(|verb| trees.children(verb)));
        let of_charge = names.into_iter().any(|c| trees.is(c, &["obl", "nmod"]) && trees.case(c) == "to");
        return word > 1 && trees.lower(word - 1) == "not" && trees.lower(word - 2).starts_with("ple") && !of_charge;
    }
    if trees.upos(word) != "PRON" || !matches!(trees.lower(word), "that" | "this" | "which" | "it" | "these") {
        return false;
    }
    let Some(told) = trees.head(word) else { return false };
    let own = clause(trees, told);
    match trees.rel(word) {
        // "…, which the army denied": who rejects or disputes a thing does not say that it was not done.
        "obj" if trees.lower(word) == "which" => {
            // "Details of the allegations, which he denies": those, which say themselves what they are of.
            let before = (trees.sentence(word).start..word).rev().find(|i| trees.upos(*i) != "PUNCT");
            let of_claim = before.is_some_and(|noun| is_claim(trees.lower(noun)));
            let denies = ["den", "refut", "rebut"].iter().any(|stem| trees.lower(told).starts_with(stem));
            denies
                && rejects(trees.lower(told))
                && !own.is_negated
                && !of_claim
                && word > 0
                && trees.lower(word - 1) == ","
        }
        // Where a clause follows it is that which is untrue; what is not always true is so at times.
        // "Not true of the second boy" is of another one, and what is wrong may well be done.
        "nsubj"
            if trees.lower(told) != "wrong"
                && !trees.children(told).any(|c| {
                    trees.is(c, &["csubj", "ccomp", "obl", "nmod", "advcl", "xcomp"]) || is_at_times(trees.lower(c))
                }) =>
        {
            let is_case =
                trees.lower(told) == "case" && trees.head(told).is_some_and(|verb| rejects(trees.lower(verb)));
            is_case || is_called_untrue(trees.lower(told), own.is_negated)
        }
        _ => false,
    }
}

fn is_at_times(adverb: &str) -> bool {
    matches!(adverb, "always" | "entirely" | "quite" | "necessarily" | "wholly" | "completely" | "strictly")
}

fn is_claim_denied(trees: &Trees<'_>, word: usize) -> bool {
    let is_guilt =
        matches!(trees.lower(word), "wrongdoing" | "involvement" | "misconduct" | "impropriety" | "it" | "this");
    if !matches!(trees.upos(word), "NOUN" | "PRON") || !is_claim(trees.lower(word)) && !is_guilt {
        return false;
    }
    let denies = |verb: usize| rejects(trees.lower(verb)) && !clause(trees, verb).is_negated;
    // "A charge that he has always denied" behind what is charged.
    let set_off = trees.is(word, &["appos", "parataxis", "dep", "obl", "conj"]) && word > 0;
    if set_off && trees.children(word).any(|c| trees.is(c, &["acl:relcl", "acl"]) && denies(c)) {
        return true;
    }
    // A claim that says itself what it is of is no other one.
    let has_content = trees.children(word).any(|c| trees.is(c, &["acl", "nmod", "ccomp"]));
    let by_verb = trees.is(word, &["obj", "nsubj:pass", "ccomp", "xcomp"]) && trees.head(word).is_some_and(denies);
    by_verb && !has_content
}

/// "Three counts of fraud", "a string of attacks".
fn is_number(noun: &str) -> bool {
    matches!(
        noun.trim_end_matches('s'),
        "count" | "string" | "serie" | "campaign" | "number" | "pattern" | "act" | "case"
    )
}

/// Whether an event is told as what somebody is accused of or claims.
fn is_claimed(trees: &Trees<'_>, word: usize) -> bool {
    const STEMS: [&str; 6] = ["accus", "alleg", "claim", "charg", "suspect", "question"];
    let claims = |w: usize| STEMS.iter().any(|stem| trees.lower(w).starts_with(stem));
    // Of "accused of ordering the killing" the order is claimed, and "as it earned millions" is not.
    let goes_on = |w: &usize| {
        let above = trees.head(*w);
        let counted = || trees.rel(*w) == "nmod" && above.is_some_and(|above| is_number(trees.lower(above)));
        !above.is_some_and(claims) && (trees.is(*w, &["xcomp", "conj"]) || counted())
    };
    // "Accused her family of misusing funds", where the clause hangs on who is accused.
    let of_object = |top: usize| {
        trees.is(top, &["acl", "nmod"])
            && (trees.has(top, "mark", &["of", "with"]) || trees.case(top) == "of")
            && trees.head(top).is_some_and(|who| {
                trees.rel(who) == "obj" && trees.head(who).is_some_and(|verb| accuses(trees.lower(verb)))
            })
    };
    let top = trees.up(word).take(STEPS).find(|w| !goes_on(w));
    let is_content = |top: usize| {
        let claim = trees.head(top).filter(|head| claims(*head));
        claim.is_some_and(|claim| {
            trees.is(top, &["ccomp", "xcomp", "advcl", "acl", "obl", "nmod"])
                || trees.rel(top) == "obj" && ["alleg", "claim"].iter().any(|stem| trees.lower(claim).starts_with(stem))
        })
    };
    !claims(word) && top.is_some_and(|top| of_object(top) || is_content(top))
}

/// Whether an event is told as what somebody says or thinks, with nothing between it and the verb that says so.
fn is_told(trees: &Trees<'_>, word: usize) -> bool {
    const STEMS: [&str; 12] = [
        "say", "said", "argu", "believ", "thought", "think", "suggest", "assert", "contend", "insist", "report", "told",
    ];
    trees.rel(word) == "ccomp"
        && trees.head(word).is_some_and(|verb| STEMS.iter().any(|stem| trees.lower(verb).starts_with(stem)))
}
