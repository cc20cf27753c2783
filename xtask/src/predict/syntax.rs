//! Trees of a treebank's sentences: their bounds are given, their words are our own, and each document is read whole.

use std::ops::Range;

use anyhow::Result;
use reportedly::record::{Syntax, Text};
use reportedly::{Engine, Section, sections_of};
use reportedly_model::Desk;
use reportedly_syntax::{parse, syntax as cut};

use crate::conllu::{Document, Sentence, Word};
use crate::threads::in_order;

/// What is read of a document.
pub(crate) struct Read {
    /// Trees of the given sentences.
    pub(crate) trees: Document,
    /// Bytes of the sentences that the engine finds by itself.
    pub(crate) own: Vec<Range<usize>>,
}

/// Reads documents. Of what they hold, only text and bounds of sentences and paragraphs are looked at.
pub(crate) fn syntax(engine: &Engine, documents: &[Document], threads: usize) -> Result<Vec<Read>> {
    in_order("syntax", documents, threads, |document, desk| {
        let frame = document.sentences.iter().map(|s| Sentence { words: Vec::new(), ..s.clone() }).collect();
        let bounds: Vec<Range<usize>> = document.sentences.iter().map(|s| s.span().unwrap_or_default()).collect();
        Ok(read(engine, Document { sentences: frame, ..document.clone() }, &bounds, desk))
    })
}

/// Reads one document, whose sentences have no words yet.
fn read(engine: &Engine, mut document: Document, bounds: &[Range<usize>], desk: &mut Desk) -> Read {
    let text = Text::new(document.text.as_str());
    let sentence_of = |byte: usize| bounds.partition_point(|b| b.end <= byte).min(bounds.len().saturating_sub(1));
    // A section must hold whole sentences.
    let may_cut = |word: &Range<usize>| bounds.iter().any(|b| b.start == word.start);
    let mut own = Vec::new();
    for section in sections_of(&text, std::slice::from_ref(&(0..text.len())), may_cut) {
        let scores = engine.model().scores(&section.tokens(text.as_str()), desk);
        let found = cut(section.spans(), |i| section.begins_line(i), &scores);
        own.extend(found.sentences.iter().map(|s| found.span(s.clone()).bytes()));
        let given = given_sentences(&section, sentence_of);
        let tree = parse(section.spans(), given, &scores);
        for range in &tree.sentences {
            let at = sentence_of(tree.sentence(range)[0].span.bytes().start);
            document.sentences[at].words = tree_words(&tree, range);
        }
    }
    Read { trees: document, own }
}

/// Runs of a section's words that stand in the same given sentence.
fn given_sentences(section: &Section, sentence_of: impl Fn(usize) -> usize) -> Vec<Range<u32>> {
    let places: Vec<usize> = section.spans().iter().map(|span| sentence_of(span.bytes().start)).collect();
    let mut start = 0;
    let runs = places.chunk_by(|a, b| a == b).map(|run| {
        start += run.len() as u32;
        start - run.len() as u32..start
    });
    runs.collect()
}

fn tree_words(tree: &Syntax, sentence: &Range<u32>) -> Vec<Word> {
    let words = tree.sentence(sentence).iter().zip(sentence.clone());
    let word = |(word, at): (&reportedly::record::Word, u32)| Word {
        span: word.span.bytes(),
        upos: word.upos.as_str().to_owned(),
        xpos: word.xpos.as_str().to_owned(),
        head: (word.head != at).then(|| (word.head - sentence.start) as usize),
        deprel: word.deprel.as_str().to_owned(),
    };
    words.map(word).collect()
}
