//! What looks like an attribution and is none: nobody says, writes, thinks or wants what stands in its content.
//!
//! The corpus that the layers are trained on marks attitudes of every kind ("vied for", "was back to"); a reader of a record
//! takes them for sayings. So a cue that is no word of saying or thinking needs a clause or quotation marks for its content.

use crate::Layout;
use crate::found::Found;
use crate::told;
use crate::tree::Trees;

/// Tells which are no attributions. What is told inside of one of those is told inside of what stands around it.
pub(crate) fn doubtful(found: &mut [Found], is_none: impl Fn(&Found) -> bool) -> Vec<bool> {
    let doubtful: Vec<bool> = found.iter().map(is_none).collect();
    for i in 0..found.len() {
        for _ in 0..found.len() {
            let Some(outer) = found[i].within.filter(|outer| doubtful[*outer]) else { break };
            found[i].within = found[outer].within;
        }
    }
    doubtful
}

/// Whether nobody says, writes, thinks or wants the content.
pub(crate) fn is_none(trees: &Trees<'_>, layout: &Layout<'_>, found: &Found) -> bool {
    if is_marked(layout, found) {
        return false;
    }
    let says = told::stance(trees, &found.cue).is_some();
    let asserts = found.asserts(trees) && !is_thing(trees, found);
    // "To leave" and "leaving" are wanted or planned.
    let acts = || {
        let mut words = found.content.iter().flat_map(Clone::clone);
        words.any(|i| matches!(trees.word(i).xpos.as_str(), "TO" | "VB" | "VBG"))
    };
    impersonal(trees, found)
        || told::is_unreal(trees, found)
        || told::is_told_to(trees, found)
        || says && !asserts && !acts() && told::is_about(trees, &found.cue)
        || !says && (found.within.is_some() || !asserts)
        || says && !asserts && !acts() && !told::takes_noun(trees, &found.cue)
}

/// Whether the content is a thing that is described: "emails that appeared to show it".
fn is_thing(trees: &Trees<'_>, found: &Found) -> bool {
    let [content] = &found.content[..] else { return false };
    let noun = |top: &usize| matches!(trees.word(*top).upos.as_str(), "NOUN" | "PROPN");
    let clause = ["cop", "nsubj", "nsubj:pass", "csubj", "nsubj:outer"];
    trees.top(content).filter(noun).is_some_and(|top| {
        content.contains(&top)
            && trees.child(top, &clause).is_none()
            && trees.is(top, &["obj", "obl", "nmod", "nsubj:pass"])
    })
}

/// Whether any of the content stands between marks that the cue is outside of: somebody's own words.
fn is_marked(layout: &Layout<'_>, found: &Found) -> bool {
    !layout.quoted[found.cue.start] && found.content.iter().flat_map(Clone::clone).any(|i| layout.quoted[i])
}

/// "It seems that", "there appears": to nobody. "It explains why", "this shows that": a thing is a reason for another.
fn impersonal(trees: &Trees<'_>, found: &Found) -> bool {
    let [source] = &found.source[..] else { return false };
    let nobody = source.len() == 1 && matches!(trees.lower(source.start).as_str(), "it" | "there" | "that" | "this");
    let seems = |i: usize| {
        let word = trees.lower(i);
        ["seem", "appear", "look", "turn", "happen", "mean", "explain", "show", "prove", "demonstrate", "underscore"]
            .iter()
            .any(|verb| word.starts_with(verb))
    };
    let to_somebody = || found.cue.clone().any(|i| trees.lower(i) == "to" && trees.is(i, &["case"]));
    nobody && found.cue.clone().any(seems) && !to_somebody()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::sketch;

    /// What is left of one attribution; `quoted` says which words stand in marks.
    fn left(rows: &str, found: Found, quoted: &[usize]) -> usize {
        let (text, syntax) = sketch(rows);
        let trees = Trees::new(&text, &syntax);
        let words = syntax.words.len();
        let quoted: Vec<bool> = (0..words).map(|i| quoted.contains(&i)).collect();
        let layout = Layout { lines: &vec![0; words], quoted: &quoted };
        doubtful(&mut [found], |f| is_none(&trees, &layout, f)).iter().filter(|doubtful| !**doubtful).count()
    }

    #[test]
    fn an_act_with_an_object_is_no_saying_unless_the_object_is_quoted() {
        let rows = "Roe PROPN NNP 2 nsubj
            signed VERB VBD 0 root
            the DET DT 4 det
            bill NOUN NN 2 obj";
        let found = Found { source: vec![0..1], cue: 1..2, content: vec![2..4], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        assert_eq!(left(rows, found.clone(), &[2, 3]), 1);
        assert_eq!(left(&rows.replace("signed", "proposed"), found.clone(), &[]), 1);
        assert_eq!(left(&rows.replace("signed", "knew"), found, &[]), 0);
    }

    #[test]
    fn what_one_would_or_could_say_is_not_said() {
        let rows = "Roe PROPN NNP 3 nsubj
            could AUX MD 3 aux
            say VERB VB 0 root
            that SCONJ IN 6 mark
            Lind PROPN NNP 6 nsubj
            left VERB VBD 3 ccomp";
        let found = Found { source: vec![0..1], cue: 1..3, content: vec![3..6], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        assert_eq!(left(rows, found.clone(), &[4, 5]), 1);
        assert_eq!(left(&rows.replace("could", "will"), found.clone(), &[]), 1);
        // Whoever cannot say so says at least that.
        let not = rows.replace("3 aux\n", "4 aux\n").replace("say VERB VB 0", "not PART RB 4 advmod\n say VERB VB 0");
        let not = not
            .replace("3 nsubj", "4 nsubj")
            .replace("6 mark", "7 mark")
            .replace("6 nsubj", "7 nsubj")
            .replace("3 ccomp", "4 ccomp");
        let found = Found { source: vec![0..1], cue: 1..4, content: vec![4..7], within: None };
        assert_eq!(left(&not, found, &[]), 1);
    }

    #[test]
    fn a_thing_that_is_described_is_no_statement() {
        let rows = "Roe PROPN NNP 2 nsubj
            published VERB VBD 0 root
            emails NOUN NNS 2 obj
            that PRON WDT 5 nsubj
            showed VERB VBD 3 acl:relcl
            it PRON PRP 5 obj";
        let found = Found { source: vec![0..1], cue: 1..2, content: vec![2..6], within: None };
        assert_eq!(left(rows, found, &[]), 0);
    }

    #[test]
    fn who_was_told_says_nothing() {
        let rows = "Troops NOUN NNS 3 nsubj:pass
            were AUX VBD 3 aux:pass
            told VERB VBN 0 root
            to PART TO 5 mark
            leave VERB VB 3 xcomp";
        let found = Found { source: vec![0..1], cue: 1..3, content: vec![3..5], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        assert_eq!(left(&rows.replace("told", "seen"), found.clone(), &[]), 0);
        assert_eq!(left(rows, Found { source: Vec::new(), ..found }, &[]), 1);
    }

    #[test]
    fn what_is_praised_is_not_what_is_said() {
        let rows = "Roe PROPN NNP 2 nsubj
            praised VERB VBD 0 root
            the DET DT 4 det
            plan NOUN NN 2 obj";
        let found = Found { source: vec![0..1], cue: 1..2, content: vec![2..4], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        assert_eq!(left(rows, found, &[3]), 1);
    }

    #[test]
    fn it_seems_to_somebody_or_to_nobody() {
        let rows = "It PRON PRP 2 expl
            seems VERB VBZ 0 root
            Lind PROPN NNP 4 nsubj
            left VERB VBD 2 ccomp";
        let found = Found { source: vec![0..1], cue: 1..2, content: vec![2..4], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        assert_eq!(left(&rows.replace("It", "Roe"), found, &[]), 1);
    }
}
