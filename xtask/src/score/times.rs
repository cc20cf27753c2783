//! Time expressions against gold, as the task TempEval-3 counts them (UzZaman et al. 2013, task A).

use sha2::{Digest, Sha256};

use super::{Figure, Tally, share};
use crate::forms::Timex;

/// Tells whether a document is dev: every fifth by the hash of its name. Training leaves those out (`training/data.py`).
pub(crate) fn held_back(id: &str) -> bool {
    let digest = Sha256::digest(id);
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]).is_multiple_of(5)
}

/// Counts over any number of documents.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    relaxed: Tally,
    strict: Tally,
    kinds: usize,
    values: usize,
}

impl Counts {
    /// Counts one document: expressions are paired one to one, equal spans first, then those that share most.
    pub(crate) fn add(&mut self, gold: &[Timex], predicted: &[Timex]) {
        let mut pairs: Vec<(bool, usize, usize, usize)> = Vec::new();
        for (i, a) in gold.iter().enumerate() {
            for (j, b) in predicted.iter().enumerate() {
                let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
                if shared > 0 {
                    pairs.push(((a.start, a.end) == (b.start, b.end), shared, i, j));
                }
            }
        }
        pairs.sort_by_key(|(same, shared, i, j)| (!same, usize::MAX - shared, *i, *j));
        let (mut taken_gold, mut taken) = (vec![false; gold.len()], vec![false; predicted.len()]);
        let (mut relaxed, mut strict) = (0, 0);
        for (same, _, i, j) in pairs {
            if taken_gold[i] || taken[j] {
                continue;
            }
            (taken_gold[i], taken[j]) = (true, true);
            relaxed += 1;
            strict += usize::from(same);
            self.kinds += usize::from(gold[i].kind == predicted[j].kind);
            self.values += usize::from(gold[i].value == predicted[j].value);
        }
        self.relaxed.add(relaxed, predicted.len(), gold.len());
        self.strict.add(strict, predicted.len(), gold.len());
    }

    /// The figures: spans that touch, equal spans, and the former times the share of right types and values.
    pub(crate) fn figures(&self, suite: &str) -> Vec<Figure> {
        let relaxed = self.relaxed.f1();
        let of = |right: usize| relaxed * share(right, self.relaxed.right);
        [("relaxed", relaxed), ("strict", self.strict.f1()), ("type", of(self.kinds)), ("value", of(self.values))]
            .into_iter()
            .map(|(name, value)| Figure::new(format!("{suite}.{name}"), value))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timex(start: usize, end: usize, value: &str) -> Timex {
        Timex { start, end, kind: Some("DATE".to_owned()), value: Some(value.to_owned()) }
    }

    #[test]
    fn spans_may_touch_and_values_must_be_equal() {
        // Of three in the gold one is found as it is, one in part with another value; one prediction is made up.
        let gold = [timex(0, 6, "2025"), timex(10, 20, "2024"), timex(30, 40, "2023")];
        let predicted = [timex(0, 6, "2025"), timex(12, 20, "2020"), timex(50, 60, "2023")];
        let mut counts = Counts::default();
        counts.add(&gold, &predicted);
        let values: Vec<f64> = counts.figures("t").iter().map(|f| f.value).collect();
        for (value, expected) in values.iter().zip([200.0 / 3.0, 100.0 / 3.0, 200.0 / 3.0, 100.0 / 3.0]) {
            assert!((value - expected).abs() < 1e-9, "{values:?}");
        }
    }
}
