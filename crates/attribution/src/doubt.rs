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
    let asserts = found.asserts(trees);
    // "To leave" and "leaving" are wanted or planned.
    let acts = || {
        let mut words = found.content.iter().flat_map(Clone::clone);
        words.any(|i| matches!(trees.word(i).xpos.as_str(), "TO" | "VB" | "VBG"))
    };
    impersonal(trees, found)
        || !says && (found.within.is_some() || !asserts)
        || says && !asserts && !acts() && !told::takes_noun(trees, &found.cue)
}

/// Whether any of the content stands between marks that the cue is outside of: somebody's own words.
fn is_marked(layout: &Layout<'_>, found: &Found) -> bool {
    !layout.quoted[found.cue.start] && found.content.iter().flat_map(Clone::clone).any(|i| layout.quoted[i])
}

/// "It seems that", "there appears": to nobody.
fn impersonal(trees: &Trees<'_>, found: &Found) -> bool {
    let [source] = &found.source[..] else { return false };
    let nobody = source.len() == 1 && matches!(trees.lower(source.start).as_str(), "it" | "there" | "that" | "this");
    let seems = |i: usize| {
        let word = trees.lower(i);
        ["seem", "appear", "look", "turn", "happen"].iter().any(|verb| word.starts_with(verb))
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
