//! The other half of a quotation: “One half,” she wrote to him, “and the other.” A half that nobody says belongs to who
//! says the words beside it.

use std::ops::Range;

use crate::Layout;
use crate::cues;
use crate::found::Found;
use crate::tree::Trees;

/// Words between two halves of a quotation at the most: "said Ada Roe, who runs the port, and later,".
const BETWEEN: usize = 24;

/// Runs of words between marks, without the marks, each within a line.
fn runs(trees: &Trees<'_>, layout: &Layout<'_>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for i in (0..layout.quoted.len()).filter(|i| layout.quoted[*i]) {
        match runs.last_mut() {
            Some(run) if run.end == i && layout.lines[i] == layout.lines[run.start] => run.end = i + 1,
            _ => runs.push(i..i + 1),
        }
    }
    let is_word = |i: usize| trees.said(i).contains(char::is_alphanumeric);
    runs.retain(|run| run.clone().any(is_word));
    runs
}

/// Gives a quotation that nobody says to who says the words beside it: “One half,” she wrote to him, “and the other.”
pub(crate) fn halves(trees: &Trees<'_>, layout: &Layout<'_>, found: &mut [Found]) {
    let runs = runs(trees, layout);
    let line = |i: usize| layout.lines[i];
    for (n, run) in runs.iter().enumerate().filter(|(_, run)| is_set_off(trees, run)) {
        let held = |f: &Found| run.clone().filter(|i| f.holds(*i)).count() * 2 > run.len();
        // Before the cue: "...," he said
        let ends = (run.start..run.end).rev().map(|i| trees.said(i)).find(|w| !matches!(*w, "”" | "\"" | "’" | "»"));
        let comma = ends.is_some_and(|w| matches!(w, "," | "?" | "!"))
            || trees.syntax.words.get(run.end).is_some_and(|_| trees.said(run.end) == ",");
        let mut own: Option<usize> = None;
        for (i, f) in found.iter().enumerate() {
            let starts = f.source.first().map_or(f.cue.start, |s| s.start.min(f.cue.start));
            let near = starts >= run.end && starts - run.end <= 2 && line(starts) == line(run.start);
            let quoted = layout.quoted[f.cue.start];
            if near && comma && !quoted && !held(f) && speaks(trees, f) {
                own = Some(i);
            }
        }
        if let Some(i) = own {
            let others = found.iter().enumerate().any(|(j, f)| j != i && held(f) && f.cue.start < found[i].cue.start);
            let empty = found[i].content.iter().all(|c| is_addressee(trees, c));
            let goes_on =
                found[i].content.iter().any(|c| c.start > found[i].cue.start && c.clone().any(|w| layout.quoted[w]));
            if !others && (empty || goes_on) {
                if empty {
                    found[i].content.clear();
                }
                found[i].content.insert(0, run.clone());
            }
            continue;
        }
        // Behind it: he said, "...", and, later, "..."
        if found.iter().any(held) || n == 0 {
            continue;
        }
        let before = &runs[n - 1];
        let sentence = trees.sentence(run.start);
        let same = |f: &Found| {
            before.clone().filter(|i| f.holds(*i)).count() * 2 > before.len()
                && f.cue.start >= before.end
                && f.cue.end <= run.start
                && run.start - f.cue.end <= BETWEEN
        };
        let between = before.end..run.start;
        let only = (sentence.contains(&before.start) || sentence.contains(&(run.start.saturating_sub(2))))
            && line(before.start) == line(run.start);
        let at = found.iter().position(|f| same(f) && speaks(trees, f));
        if let Some(at) = at.filter(|_| only) {
            let rest = found[at].cue.end..between.end;
            let other_verb = rest.clone().any(|i| {
                matches!(trees.word(i).upos.as_str(), "VERB")
                    && trees.word(i).xpos == "VBD"
                    && !trees.is(i, &["acl:relcl", "acl", "advcl"])
            });
            // "... “One half,” she said. What Roe calls “the other”": somebody else comes between.
            let somebody = rest.clone().any(|i| {
                trees.is(i, &["nsubj", "nsubj:pass"]) && !found[at].source.iter().any(|source| source.contains(&i))
            });
            if !other_verb && !somebody {
                found[at].content.push(run.clone());
            }
        }
    }
}

/// Whether a quotation stands behind a stop, a comma or "and", and is no title: on “Face the Nation,” he said.
fn is_set_off(trees: &Trees<'_>, run: &Range<usize>) -> bool {
    let mark = |i: &usize| !matches!(trees.said(*i), "“" | "\"" | "‘" | "«");
    let before = (run.start.saturating_sub(3)..run.start).rev().find(mark);
    let set_off = before.is_none_or(|i| {
        matches!(trees.said(i), "," | ":" | "." | "?" | "!" | ";" | "—" | "–" | "”" | "’") || trees.lower(i) == "and"
    });
    let words = || run.clone().filter(|i| trees.said(*i).starts_with(char::is_alphabetic));
    let capitals = words().filter(|i| trees.said(*i).starts_with(char::is_uppercase)).count();
    set_off && !(words().count() > 1 && capitals * 3 >= words().count() * 2)
}

/// A cue that quotations stand beside: a verb that takes a clause.
fn speaks(trees: &Trees<'_>, found: &Found) -> bool {
    found.cue.clone().any(|i| cues::verb(&trees.lower(i)).is_some_and(|verb| verb.clause))
}

/// "wrote [to her]": whom it is said to was taken for what is said.
fn is_addressee(trees: &Trees<'_>, content: &Range<usize>) -> bool {
    trees.lower(content.start) == "to"
        && content.len() <= 5
        && !content.clone().any(|i| matches!(trees.word(i).upos.as_str(), "VERB" | "AUX"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str =
        "“ PUNCT `` 3 punct\nNo INTJ UH 3 discourse\nmatter NOUN NN 7 ccomp\n, PUNCT , 3 punct\n” PUNCT '' 3 punct
        Roe PROPN NNP 7 nsubj\nsaid VERB VBD 0 root\n, PUNCT , 7 punct\n“ PUNCT `` 11 punct\nwe PRON PRP 11 nsubj
        stay VERB VBP 7 ccomp\n” PUNCT '' 11 punct";

    fn check(content: Range<usize>, expected: &[Range<usize>]) {
        let (text, syntax) = crate::sketch::sketch(SAID);
        let trees = Trees::new(&text, &syntax);
        let quoted: Vec<bool> = (0..12).map(|i| (1..4).contains(&i) || (9..11).contains(&i)).collect();
        let layout = Layout { lines: &[0; 12], quoted: &quoted };
        let mut found = [Found { source: vec![5..6], cue: 6..7, content: vec![content], within: None }];
        halves(&trees, &layout, &mut found);
        assert_eq!(found[0].content, expected);
    }

    #[test]
    fn both_halves_are_one_speakers() {
        check(9..11, &[1..4, 9..11]);
        check(1..4, &[1..4, 9..11]);
    }

    #[test]
    fn a_title_is_no_half() {
        let rows = "on ADP IN 4 case\n“ PUNCT `` 4 punct\nFace PROPN NNP 4 compound\nNation PROPN NNP 0 root";
        let (text, syntax) = crate::sketch::sketch(rows);
        assert!(!is_set_off(&Trees::new(&text, &syntax), &(2..4)));
    }
}
