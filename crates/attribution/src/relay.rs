//! "According to the Herald" behind what somebody else said: the paper passes on that he said it.

use std::ops::Range;

use crate::cues;
use crate::found::Found;
use crate::mend::begins;
use crate::tree::Trees;

/// Words of a speaker between the quotation and the verb of saying, at the most.
const SPEAKER: usize = 8;

/// Gives each "according to" its own sentence, and each quotation that is told by it the one who speaks.
pub(crate) fn relays(trees: &Trees<'_>, found: &mut Vec<Found>) {
    for i in 0..found.len() {
        let is_relay = |f: &Found| trees.lower(f.cue.start) == "according";
        if !is_relay(&found[i]) {
            continue;
        }
        if let Some(before) = told_before(trees, &found[i]).filter(|_| is_another_s(found, i)) {
            found[i].content = vec![before];
        }
        let told = |f: &Found| f.cue.start != found[i].cue.start && found[i].holds(f.cue.start);
        if !found.iter().any(told) {
            let inner = found[i].content.last().and_then(|content| quoted(trees, content));
            found.extend(inner);
        }
    }
}

/// Whether somebody else has the words that stand behind the sentence of an "according to".
fn is_another_s(found: &[Found], relay: usize) -> bool {
    let own = &found[relay];
    let shares = |f: &Found| f.content.iter().any(|c| own.content.iter().any(|o| c.start < o.end && o.start < c.end));
    found.iter().enumerate().any(|(i, f)| i != relay && shares(f))
}

/// What stands before the comma of an "according to" that all its content stands behind the sentence of.
fn told_before(trees: &Trees<'_>, relay: &Found) -> Option<Range<usize>> {
    let sentence = trees.sentence(relay.cue.start);
    let comma = relay.cue.start.checked_sub(1).filter(|i| trees.said(*i) == ",")?;
    let from = begins(trees, &sentence, comma.max(sentence.start));
    let behind = relay.content.iter().all(|c| c.start >= sentence.end);
    (behind && from < comma).then_some(from..comma)
}

/// "“Shame on them,” the club said": the quotation, and who says it.
fn quoted(trees: &Trees<'_>, content: &Range<usize>) -> Option<Found> {
    let verb =
        content.end.checked_sub(1).filter(|verb| cues::verb(&trees.lower(*verb)).is_some_and(|cue| cue.clause))?;
    let is_mark = |i: &usize| matches!(trees.said(*i), "”" | "\"" | "''");
    let mark = (content.start..verb).rev().take(SPEAKER + 1).find(is_mark)?;
    // "Some “outside” groups said": no quotation.
    let opens = |i: usize| matches!(trees.said(i), "“" | "\"" | "``");
    let whole = opens(content.start) || content.start > 0 && opens(content.start - 1);
    let closed =
        mark > content.start && matches!(trees.said(mark - 1), "," | "?" | "!" | ".") || trees.said(mark + 1) == ",";
    if !whole || !closed {
        return None;
    }
    let is_name =
        |i: usize| matches!(trees.word(i).upos.as_str(), "NOUN" | "PROPN" | "PRON" | "DET" | "ADJ" | "ADP" | "PART");
    let trimmed = |i: &usize| !matches!(trees.said(*i), "," | "“" | "\"" | "``");
    let first = (content.start..mark).find(trimmed)?;
    let last = (first..mark).rev().find(trimmed)?;
    (mark + 1 < verb && (mark + 1..verb).all(is_name)).then(|| Found {
        source: vec![mark + 1..verb],
        cue: verb..verb + 1,
        content: vec![first..last + 1],
        within: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_club_speaks_and_the_paper_passes_it_on() {
        let rows = "“ PUNCT `` 2 punct
            Shame NOUN NN 8 ccomp
            on ADP IN 4 case
            them PRON PRP 2 nmod
            , PUNCT , 2 punct
            ” PUNCT '' 2 punct
            the DET DT 9 det
            club NOUN NN 9 nsubj
            said VERB VBD 0 root
            , PUNCT , 9 punct
            according VERB VBG 13 case
            to ADP IN 11 fixed
            Arnwire PROPN NNP 9 obl";
        let (text, syntax) = crate::sketch::sketch(rows);
        let trees = Trees::new(&text, &syntax);
        let relay = Found { source: vec![12..13], cue: 10..12, content: vec![1..9], within: None };
        let mut found = vec![relay.clone()];
        relays(&trees, &mut found);
        let inner = Found { source: vec![6..8], cue: 8..9, content: vec![1..4], within: None };
        assert_eq!(found, [relay, inner]);
    }
}
