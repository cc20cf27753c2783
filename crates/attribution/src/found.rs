//! What was found before it is told apart: the words of a source, a cue and a content, by their places in the section.

use std::ops::Range;

use crate::tree::Trees;

/// An attribution as word ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) source: Vec<Range<usize>>,
    pub(crate) cue: Range<usize>,
    pub(crate) content: Vec<Range<usize>>,
    /// The found one that it is told inside of.
    pub(crate) within: Option<usize>,
}

impl Found {
    pub(crate) fn holds(&self, word: usize) -> bool {
        self.content.iter().any(|r| r.contains(&word))
    }

    /// Whether the content has a subject or a verb of its own that can stand in a sentence.
    pub(crate) fn asserts(&self, trees: &Trees<'_>) -> bool {
        self.content.iter().flat_map(Range::clone).any(|i| {
            let word = trees.word(i);
            word.deprel.as_str().starts_with("nsubj") || matches!(word.xpos.as_str(), "MD" | "VBD" | "VBZ" | "VBP")
        })
    }

    fn size(&self) -> usize {
        self.content.iter().map(Range::len).sum()
    }
}

/// Puts each found attribution inside the smallest one whose content holds its cue.
pub(crate) fn nest(found: &mut [Found]) {
    for i in 0..found.len() {
        let cue = found[i].cue.start;
        let around = (0..found.len()).filter(|j| {
            let other = &found[*j];
            *j != i && other.holds(cue) && !found[i].holds(other.cue.start)
        });
        found[i].within = around.min_by_key(|j| (found[*j].size(), *j));
    }
}

/// Runs of a BIO tag: `first` begins one, `first + 1` continues it.
pub(crate) fn runs(tags: &[u8], first: u8) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (i, tag) in tags.iter().enumerate() {
        if *tag == first {
            runs.push(i..i + 1);
        } else if *tag == first + 1 {
            match runs.last_mut() {
                Some(run) if run.end == i => run.end = i + 1,
                _ => runs.push(i..i + 1),
            }
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribution_stands_in_the_smallest_one_around_it() {
        let one =
            |cue: usize, content: Range<usize>| Found { cue: cue..cue + 1, content: vec![content], ..Found::default() };
        let mut found = [one(0, 1..10), one(2, 3..9), one(5, 6..8), one(12, 13..15)];
        nest(&mut found);
        assert_eq!(found.map(|f| f.within), [None, Some(0), Some(1), None]);
    }

    #[test]
    fn two_that_hold_each_other_stay_apart() {
        let one =
            |cue: usize, content: Range<usize>| Found { cue: cue..cue + 1, content: vec![content], ..Found::default() };
        let mut found = [one(0, 1..10), one(4, 0..3)];
        nest(&mut found);
        assert_eq!(found.map(|f| f.within), [None, None]);
    }

    #[test]
    fn runs_are_what_a_tag_begins_and_continues() {
        assert_eq!(runs(&[0, 1, 2, 1, 0, 2, 3, 4, 4], 1), [1..3, 3..4, 5..6]);
        assert_eq!(runs(&[0, 1, 2, 1, 0, 2, 3, 4, 4], 3), vec![6..9]);
    }
}
