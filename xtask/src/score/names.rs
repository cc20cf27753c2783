//! Names against gold: exact span and type, as they stand and without article and trailing 's.

use std::collections::BTreeSet;

use super::{Figure, Tally, is_space};
use crate::forms::Name;

/// Types that are compared, in the order of the figures.
const KINDS: [&str; 3] = ["PER", "ORG", "LOC"];

/// The type that is compared, by the many names that sets give it; none for types that are left out.
fn kind(name: &str) -> Option<usize> {
    match name {
        "PER" | "PERSON" | "Person" | "person" => Some(0),
        "ORG" | "Organization" | "organization" => Some(1),
        "LOC" | "GPE" | "Location" | "location" | "place" => Some(2),
        _ => None,
    }
}

/// Counts over any number of documents: as they stand and normalised, for each type and, last, for all.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    raw: [Tally; 4],
    norm: [Tally; 4],
}

impl Counts {
    /// Counts one document.
    pub(crate) fn add(&mut self, text: &str, gold: &[Name], predicted: &[Name]) {
        let text: Vec<char> = text.chars().collect();
        for (tallies, normal) in [(&mut self.raw, false), (&mut self.norm, true)] {
            let set = |names: &[Name]| -> BTreeSet<(usize, usize, usize)> {
                let place = |n: &Name| if normal { pruned(&text, n.start, n.end) } else { (n.start, n.end) };
                let row = |n: &Name| kind(&n.kind).map(|k| (place(n).0, place(n).1, k));
                names.iter().filter_map(row).collect()
            };
            let (gold, predicted) = (set(gold), set(predicted));
            for (k, tally) in tallies.iter_mut().enumerate() {
                let count =
                    |set: &BTreeSet<(usize, usize, usize)>| set.iter().filter(|n| k == KINDS.len() || n.2 == k).count();
                tally.add(count(&gold.intersection(&predicted).copied().collect()), count(&predicted), count(&gold));
            }
        }
    }

    /// The figures under a suite's name.
    pub(crate) fn figures(&self, suite: &str) -> Vec<Figure> {
        let mut figures = Vec::new();
        for (form, tallies) in [("norm", &self.norm), ("raw", &self.raw)] {
            figures.push(Figure::new(format!("{suite}.{form}.ALL"), tallies[KINDS.len()].f1()));
            figures.extend(
                KINDS
                    .iter()
                    .zip(tallies)
                    .map(|(kind, tally)| Figure::new(format!("{suite}.{form}.{kind}"), tally.f1())),
            );
        }
        figures
    }
}

/// A name without its leading article and its trailing possessive.
fn pruned(text: &[char], start: usize, end: usize) -> (usize, usize) {
    let (mut start, mut end) = (start, end.min(text.len()));
    let words = |s: usize, e: usize| text.get(s..e).unwrap_or_default();
    for article in ["the", "a", "an"] {
        let spelled = |at: usize| words(start, at).iter().collect::<String>().eq_ignore_ascii_case(article);
        let after = start + article.len();
        let rest = (after..end).find(|at| !is_space(text[*at])).unwrap_or(end);
        if after < end && spelled(after) && rest > after && rest < end {
            start = rest;
            break;
        }
    }
    let tail = match words(start, end) {
        [_, .., '\'' | '’', 's'] => 2,
        [_, .., '\'' | '’'] => 1,
        _ => 0,
    };
    end -= tail;
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(start: usize, end: usize, kind: &str) -> Name {
        Name { start, end, kind: kind.to_owned() }
    }

    #[test]
    fn articles_and_possessives_are_dropped_when_normalised() {
        let text: Vec<char> = "The Hague’s a An 's Reagans' Theo".chars().collect();
        assert_eq!(pruned(&text, 0, 11), (4, 9));
        assert_eq!(pruned(&text, 4, 11), (4, 9));
        assert_eq!(pruned(&text, 0, 3), (0, 3));
        assert_eq!(pruned(&text, 17, 19), (17, 19));
        assert_eq!(pruned(&text, 20, 28), (20, 27));
        assert_eq!(pruned(&text, 29, 33), (29, 33));
    }

    #[test]
    fn spans_and_types_must_both_agree() {
        // The gold has two compared names; the prediction finds one of them raw, both when normalised, and makes one up.
        let gold = [name(0, 9, "Location"), name(20, 28, "PERSON"), name(30, 31, "Date")];
        let predicted = [name(4, 9, "LOC"), name(20, 28, "PER"), name(29, 33, "ORG")];
        let mut counts = Counts::default();
        counts.add("The Hague’s a An 's Reagans' Theo", &gold, &predicted);
        let value =
            |name: &str| counts.figures("n").into_iter().find(|f| f.name == name).expect("the figure is there").value;
        // Raw: 1 of 3 right, 1 of 2 found: 2 * (1/3 * 1/2) / (5/6) = 2/5.
        assert!((value("n.raw.ALL") - 40.0).abs() < 1e-9);
        // Normalised: 2 of 3 and 2 of 2: 4/5.
        assert!((value("n.norm.ALL") - 80.0).abs() < 1e-9);
        assert_eq!(value("n.norm.LOC"), 100.0);
        assert_eq!(value("n.norm.ORG"), 0.0);
    }
}
