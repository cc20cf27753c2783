//! Scores: how much of a gold standard a prediction gets right.

pub(crate) mod attribution;
pub(crate) mod calendar;
pub(crate) mod coref;
pub(crate) mod files;
pub(crate) mod html;
pub(crate) mod names;
pub(crate) mod places;
pub(crate) mod record;
pub(crate) mod syntax;
pub(crate) mod times;

/// One number of a table, in percent, under a name like `attribution.tuple_exact`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) value: f64,
}

impl Figure {
    pub(crate) fn new(name: impl Into<String>, share: f64) -> Figure {
        Figure { name: name.into(), value: 100.0 * share }
    }
}

/// What was found of what was sought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Predicted, and among them right.
    pub(crate) predicted: usize,
    pub(crate) right: usize,
    /// In the gold, and among them found. Differs from `right` where both sides are filtered apart.
    pub(crate) gold: usize,
    pub(crate) found: usize,
}

impl Tally {
    /// Adds counts whose hits are the same on both sides.
    pub(crate) fn add(&mut self, hits: usize, predicted: usize, gold: usize) {
        self.predicted += predicted;
        self.right += hits;
        self.gold += gold;
        self.found += hits;
    }

    /// Harmonic mean of precision and recall; 0 where there is nothing to be right about.
    pub(crate) fn f1(self) -> f64 {
        let (p, r) = (share(self.right, self.predicted), share(self.found, self.gold));
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

/// A part of a whole; 0 of an empty whole.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole > 0 { part as f64 / whole as f64 } else { 0.0 }
}

/// Tells whether a character belongs to a word: the `\w` of Python, for the sake of equal figures.
pub(crate) fn is_word(c: char) -> bool {
    (c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c)) || c == '_'
}

/// Tells whether a character is white space: the `isspace` of Python.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}
