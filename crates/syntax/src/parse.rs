//! From scores to syntax: parts of speech, sentences, and a tree for each.

use std::ops::Range;

use reportedly_model::Scores;
use reportedly_record::{Deprel, Span, Syntax, Upos, Word, Xpos};

use crate::tree::tree;

/// Words of a sentence at the most. A longer run (a table, a list without stops) is cut, so that time stays bounded.
const LONGEST: usize = 160;

/// Reads the syntax of scored words. `begins` tells which words begin a line, and with it a sentence.
pub fn syntax(spans: &[Span], begins: impl Fn(usize) -> bool, scores: &Scores) -> Syntax {
    let sentences = sentences(spans.len(), begins, scores);
    parse(spans, sentences, scores)
}

/// Reads the syntax of scored words whose sentences are known.
pub fn parse(spans: &[Span], sentences: Vec<Range<u32>>, scores: &Scores) -> Syntax {
    let (upos, xpos) = (scores.head("upos"), scores.head("xpos"));
    let mut words: Vec<Word> = spans
        .iter()
        .enumerate()
        .map(|(i, span)| Word {
            span: *span,
            upos: Upos::of(upos.as_ref().map_or("X", |head| head.best(i))),
            xpos: Xpos::of(xpos.as_ref().map_or("FW", |head| head.best(i))),
            head: i as u32,
            deprel: Deprel::of("dep"),
        })
        .collect();
    for sentence in &sentences {
        let range = sentence.start as usize..sentence.end as usize;
        let Some(arcs) = scores.arcs(range.clone()) else { break };
        for (i, head) in tree(&arcs, range.len()).into_iter().enumerate() {
            let (child, head) = (range.start + i, range.start + head);
            words[child].head = head as u32;
            let name = if child == head { "root" } else { scores.relation(child, head).unwrap_or("dep") };
            // Only the root is a root.
            words[child].deprel = Deprel::of(if child != head && name == "root" { "parataxis" } else { name });
        }
    }
    Syntax { words, sentences }
}

/// Cuts scored words into sentences.
fn sentences(words: usize, begins: impl Fn(usize) -> bool, scores: &Scores) -> Vec<Range<u32>> {
    let head = scores.head("sentence");
    let mut sentences = Vec::new();
    let mut start = 0;
    for i in 1..=words {
        let cut = i == words
            || begins(i)
            || i - start >= LONGEST
            || head.as_ref().is_some_and(|head| matches!(head.row(i), [inside, begin] if begin > inside));
        if cut {
            sentences.push(start as u32..i as u32);
            start = i;
        }
    }
    sentences
}
