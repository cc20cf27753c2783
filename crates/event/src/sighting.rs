//! What the heads say of a section's words: how factual each is told, and who does what to whom in a sentence.

use std::ops::Range;

use reportedly_model::Scores;
use reportedly_record::Syntax;

/// What the heads say of the words of a section, kept until entities and times are known.
#[derive(Clone, Debug, Default)]
pub struct Sightings {
    // One a word; empty where the model has no such head.
    facts: Vec<f32>,
}

impl Sightings {
    /// Returns how factual a word's event is told, from -3 (it did not happen, or not yet) to 3; `None` where the model has
    /// no such head.
    pub fn fact(&self, word: usize) -> Option<f32> {
        self.facts.get(word).copied()
    }
}

/// Relations of words that help a predicate, as in `training/events.py`.
const NEAR: [&str; 9] = ["aux", "aux:pass", "mark", "advmod", "cop", "det", "cc", "nsubj", "case"];

/// Takes from a section's scores what events are made of later.
pub fn sightings(syntax: &Syntax, scores: &Scores) -> Sightings {
    let heads = (scores.head("fact_word"), scores.head("fact_head"), scores.head("fact_near"), scores.layer("fact"));
    let (Some(own), Some(of_head), Some(of_near), Some(layer)) = heads else { return Sightings::default() };
    let words = &syntax.words;
    let is_asked = |i: usize| matches!(words[i].upos.as_str(), "VERB" | "NOUN" | "ADJ" | "AUX" | "PROPN");
    let mut sums: Vec<Vec<f32>> =
        (0..words.len()).map(|i| if is_asked(i) { own.row(i).to_vec() } else { Vec::new() }).collect();
    let add = |sum: &mut Vec<f32>, row: &[f32]| sum.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
    for (i, word) in words.iter().enumerate() {
        let head = (word.head as usize).min(words.len() - 1);
        add(&mut sums[i], of_head.row(head));
        if head != i && NEAR.contains(&word.deprel.as_str()) {
            add(&mut sums[head], of_near.row(i));
        }
    }
    let fact = |mut sum: Vec<f32>| {
        if sum.is_empty() {
            return 0.0;
        }
        sum.iter_mut().for_each(|x| *x = x.max(0.0));
        layer.apply(&sum).first().copied().unwrap_or_default().clamp(-3.0, 3.0)
    };
    Sightings { facts: sums.into_iter().map(fact).collect() }
}

/// A side of what is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Who does it.
    Source,
    /// To whom it is done.
    Target,
}

/// Returns who does what to whom in each sentence, by the head that was trained on single sentences of conflict news: words
/// of each side, in text order. Nothing where the model has no such head.
pub fn actors(syntax: &Syntax, scores: &Scores) -> Vec<(Side, Range<usize>)> {
    let mut found: Vec<(Side, Range<usize>)> = Vec::new();
    for sentence in &syntax.sentences {
        let words = sentence.start as usize..sentence.end as usize;
        let Some(tags) = scores.tags("actor", "actor_crf", words.clone()) else { return Vec::new() };
        for (at, tag) in words.zip(tags) {
            let side = if tag <= 2 { Side::Source } else { Side::Target };
            match (tag, found.last_mut()) {
                (0, _) => {}
                (2 | 4, Some((last, range))) if *last == side && range.end == at => range.end += 1,
                _ => found.push((side, at..at + 1)),
            }
        }
    }
    found
}
