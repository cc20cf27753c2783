//! Windows: how a text longer than the encoder's window is read in pieces that overlap, each word kept once.

use std::ops::Range;

/// Pieces that a window repeats of the one before, so that its first words have something to their left.
/// A sentence or two, a sixth of a window. Not swept yet.
const CONTEXT: usize = 40;

/// One window: the words that the encoder reads together, and those of them whose scores are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) read: Range<usize>,
    pub(crate) keep: Range<usize>,
}

/// Plans windows of at most `most` pieces. `sizes` holds the pieces of every word; `may_cut` tells whether a sentence
/// may begin at a word, where a window would rather begin. The kept ranges cover every word once, in order.
pub(crate) fn windows(sizes: &[usize], may_cut: impl Fn(usize) -> bool, most: usize) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    let mut start = 0;
    while start < sizes.len() {
        let mut end = start;
        let mut room = most;
        while end < sizes.len() && sizes[end] <= room {
            room -= sizes[end];
            end += 1;
        }
        end = end.max(start + 1);
        if end < sizes.len() {
            // Rather end behind a sentence, if that costs less than half of the window.
            let half = start + (end - start) / 2;
            end = (half + 1..=end).rev().find(|cut| may_cut(*cut)).unwrap_or(end);
        }
        // What two windows both read is shared out in its middle.
        let keep_from = plans.last_mut().map_or(0, |last| {
            let middle = start + (last.read.end - start) / 2;
            let cut = (start..=last.read.end).filter(|cut| may_cut(*cut)).min_by_key(|cut| cut.abs_diff(middle));
            last.keep.end = cut.unwrap_or(middle);
            last.keep.end
        });
        plans.push(Plan { read: start..end, keep: keep_from..end });
        if end == sizes.len() {
            break;
        }
        let mut back = end;
        let mut context = 0;
        while back > start + 1 && context + sizes[back - 1] <= CONTEXT {
            back -= 1;
            context += sizes[back];
        }
        start = (back..end).find(|cut| may_cut(*cut)).unwrap_or(back);
    }
    plans
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_word_is_kept_once_and_no_window_is_too_long(
            sizes in proptest::collection::vec(1usize..17, 0..900),
            cuts in proptest::collection::vec(any::<bool>(), 901),
        ) {
            let plans = windows(&sizes, |i| cuts[i], 254);
            let kept: Vec<usize> = plans.iter().flat_map(|p| p.keep.clone()).collect();
            prop_assert_eq!(kept, (0..sizes.len()).collect::<Vec<_>>());
            for plan in plans {
                prop_assert!(plan.read.start <= plan.keep.start && plan.keep.end <= plan.read.end);
                prop_assert!(sizes[plan.read].iter().sum::<usize>() <= 254);
            }
        }
    }
}
