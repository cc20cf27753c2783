//! What is asked for, refused or only thought of: somebody is not told to have said it.

use crate::found::Found;
use crate::tree::Trees;

/// Verbs by whose doing another act is left undone: "refused to say".
const UNDONE: [&str; 10] =
    ["refus", "declin", "fail", "avoid", "stop", "neglect", "hesitat", "forgot", "forget", "resist"];

/// Verbs of uttering what a noun tells: whoever did not "make the claim" did not say it, whoever did not "drop" it did.
const UTTERS: [&str; 5] = ["make", "made", "offer", "issue", "issued"];

/// Governors that a verb may have one in another; a text that has more says nothing by it.
const DEEPEST: usize = 4;

fn is_not(word: &str) -> bool {
    matches!(word, "not" | "n't" | "never" | "hardly" | "neither" | "nor")
}

/// Whether a verb has a word beside it that takes the act away.
fn is_negated(trees: &Trees<'_>, verb: usize) -> bool {
    trees.children(verb).iter().any(|c| trees.is(*c, &["advmod", "cc:preconj"]) && is_not(&trees.lower(*c)))
}

/// Whether the act of saying is left undone by what governs it: "refused to go on and tell them", "did not come to say", "cannot hide
/// behind a claim that".
pub(crate) fn is_undone(trees: &Trees<'_>, found: &Found) -> bool {
    let Some(top) = trees.top(&found.cue) else { return false };
    let mut at = top;
    for _ in 0..DEEPEST {
        let verb = trees.head(at);
        if verb == at || found.holds(verb) && !found.cue.contains(&verb) {
            return false;
        }
        let base = trees.word(at).xpos == "VB";
        let joined = base && trees.is(at, &["conj"]) && trees.child(at, &["nsubj", "nsubj:pass"]).is_none();
        // What somebody did not do in order to say it, he did not say.
        let governed = base && trees.is(at, &["xcomp"]);
        let doing = trees.lower(verb);
        let uttered = trees.is(at, &["obj"]) && UTTERS.contains(&doing.as_str());
        let hidden = trees.is(at, &["obl"]) && ["hide", "hiding", "hidden"].contains(&doing.as_str());
        let noun = trees.word(at).upos == "NOUN" && (uttered || hidden);
        if !(joined || governed || noun) {
            return false;
        }
        let undone = governed && UNDONE.iter().any(|stem| doing.starts_with(stem));
        // "Never failed to tell", "was not afraid to say": it is said.
        let negated = is_negated(trees, verb) && !matches!(doing.as_str(), "afraid" | "shy" | "ashamed");
        if undone != negated {
            return true;
        }
        at = verb;
    }
    false
}

/// Whether it is asked if somebody says it: "did Roe urge Lind to leave?"
pub(crate) fn is_asked(trees: &Trees<'_>, found: &Found) -> bool {
    let Some(verb) = trees.top(&found.cue) else { return false };
    let sentence = trees.sentence(verb);
    let mark = (verb..sentence.end).find(|i| matches!(trees.said(*i), "?" | "." | "!" | ";"));
    if mark.is_none_or(|mark| trees.said(mark) != "?") || trees.word(verb).upos != "VERB" {
        return false;
    }
    let subject = trees.child(verb, &["nsubj", "nsubj:pass"]).filter(|subject| *subject < verb);
    let inverted = |subject: usize| {
        let helps = |c: &usize| trees.is(*c, &["aux", "aux:pass"]) && *c < trees.reach(subject).start;
        trees.children(verb).iter().any(helps)
    };
    subject.is_some_and(inverted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::sketch;

    fn check(rows: &str, cue: std::ops::Range<usize>, expected: (bool, bool)) {
        let (text, syntax) = sketch(rows);
        let trees = Trees::new(&text, &syntax);
        let found = Found { cue: cue.clone(), content: vec![cue.end..syntax.words.len()], ..Found::default() };
        assert_eq!((is_undone(&trees, &found), is_asked(&trees, &found)), expected, "{rows}");
    }

    #[test]
    fn what_is_refused_or_not_done_is_not_said() {
        let rows = "Roe PROPN NNP 2 nsubj\nrefused VERB VBD 0 root\nto PART TO 4 mark\ngo VERB VB 2 xcomp
            and CCONJ CC 6 cc\ntell VERB VB 4 conj\nthem PRON PRP 6 obj\nit PRON PRP 6 obj";
        check(rows, 5..6, (true, false));
        check(&rows.replace("refused", "chose"), 5..6, (false, false));
        let never = "Roe PROPN NNP 3 nsubj\nnever ADV RB 3 advmod\nfailed VERB VBD 0 root\nto PART TO 5 mark
            tell VERB VB 3 xcomp\nthem PRON PRP 5 obj\nit PRON PRP 5 obj";
        check(never, 4..5, (false, false));
        check(&never.replace("failed VERB VBD", "afraid ADJ JJ"), 4..5, (false, false));
        check(&never.replace("failed", "came"), 4..5, (true, false));
        let rows = "Roe PROPN NNP 4 nsubj\ncan AUX MD 4 aux\nnot PART RB 4 advmod\nhide VERB VB 0 root
            behind ADP IN 6 case\nclaims NOUN NNS 4 obl\nthat SCONJ IN 9 mark\nit PRON PRP 9 nsubj\nsank VERB VBD 6 acl";
        check(rows, 5..6, (true, false));
        check(&rows.replace("not PART RB", "just ADV RB"), 5..6, (false, false));
        check(&rows.replace("hide", "waver"), 5..6, (false, false));
        check(&rows.replace("hide", "retract").replace("4 obl", "4 obj"), 5..6, (false, false));
        check(&rows.replace("hide", "make").replace("4 obl", "4 obj"), 5..6, (true, false));
    }

    #[test]
    fn what_is_asked_is_not_said() {
        let rows = "Did AUX VBD 3 aux\nRoe PROPN NNP 3 nsubj\nurge VERB VB 0 root\nLind PROPN NNP 3 obj
            to PART TO 6 mark\nleave VERB VB 3 xcomp\n? PUNCT . 3 punct";
        check(rows, 2..3, (false, true));
        check(&rows.replace("? PUNCT", ". PUNCT"), 2..3, (false, false));
    }
}
