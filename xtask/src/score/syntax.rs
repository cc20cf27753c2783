//! Trees against gold, as in the CoNLL 2018 shared task (Zeman et al. 2018): words count where their letters are those of
//! a gold word, and arcs where both ends do. Relations are compared without their subtypes.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Result, ensure};

use super::{Figure, Tally};
use crate::conllu::{Document, Sentence};

/// Counts over any number of documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    sentences: Tally,
    words: Tally,
    upos: Tally,
    arcs: Tally,
    relations: Tally,
}

impl Counts {
    /// Counts a document that was read with the gold's sentences.
    pub(crate) fn add(&mut self, gold: &Document, predicted: &Document) -> Result<()> {
        let (theirs, ours) = (gold.sentences.len(), predicted.sentences.len());
        ensure!(theirs == ours, "document {}: {ours} sentences were predicted where the gold has {theirs}", gold.id);
        for (g, p) in gold.sentences.iter().zip(&predicted.sentences) {
            self.add_sentence((gold, g), (predicted, p));
        }
        Ok(())
    }

    fn add_sentence(&mut self, gold: (&Document, &Sentence), predicted: (&Document, &Sentence)) {
        let (of_gold, of_predicted) = (letters(gold.0, gold.1), letters(predicted.0, predicted.1));
        // The gold word of each predicted one, where there is one with just its letters.
        let places: BTreeMap<[usize; 2], usize> = of_gold.iter().copied().zip(0..).collect();
        let twin: Vec<Option<usize>> = of_predicted.iter().map(|place| places.get(place).copied()).collect();
        let (mut words, mut upos, mut arcs, mut relations) = (0, 0, 0, 0);
        for (word, gold_word) in
            predicted.1.words.iter().zip(&twin).filter_map(|(w, t)| Some((w, &gold.1.words[(*t)?])))
        {
            words += 1;
            upos += usize::from(word.upos == gold_word.upos);
            let same_head = match (word.head, gold_word.head) {
                (None, None) => true,
                (Some(head), Some(_)) => twin[head] == gold_word.head,
                (Some(_), None) | (None, Some(_)) => false,
            };
            arcs += usize::from(same_head);
            relations += usize::from(same_head && universal(&word.deprel) == universal(&gold_word.deprel));
        }
        let (theirs, ours) = (gold.1.words.len(), predicted.1.words.len());
        for (tally, hits) in
            [(&mut self.words, words), (&mut self.upos, upos), (&mut self.arcs, arcs), (&mut self.relations, relations)]
        {
            tally.add(hits, ours, theirs);
        }
    }

    /// Counts the sentences that a document's text was cut into without knowing the gold's.
    pub(crate) fn add_cut(&mut self, gold: &Document, own: &[Range<usize>]) {
        let theirs: Vec<Range<usize>> = gold.sentences.iter().filter_map(Sentence::span).collect();
        let hits = own
            .iter()
            .filter(|span| theirs.binary_search_by_key(&(span.start, span.end), |s| (s.start, s.end)).is_ok())
            .count();
        self.sentences.add(hits, own.len(), theirs.len());
    }

    /// The figures; that of sentences only where they were counted.
    pub(crate) fn figures(&self) -> Vec<Figure> {
        let tallies = [
            ("upos", self.upos),
            ("uas", self.arcs),
            ("las", self.relations),
            ("words", self.words),
            ("sentences", self.sentences),
        ];
        let counted = tallies.into_iter().filter(|(_, tally)| *tally != Tally::default());
        counted.map(|(name, tally)| Figure::new(format!("syntax.{name}"), tally.f1())).collect()
    }
}

/// Each word's first and last letter, counted over the letters of the sentence; blanks do not count.
fn letters(document: &Document, sentence: &Sentence) -> Vec<[usize; 2]> {
    let start = sentence.span().unwrap_or_default().start;
    let count = |bytes: Range<usize>| document.text[bytes].chars().filter(|c| !c.is_whitespace()).count();
    let place = |at: usize| count(start..at);
    sentence.words.iter().map(|w| [place(w.span.start), place(w.span.end)]).collect()
}

/// A relation without its subtype.
fn universal(relation: &str) -> &str {
    relation.split(':').next().unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)]
mod tests {
    use super::*;
    use crate::conllu::Word;

    fn word(span: Range<usize>, upos: &str, head: Option<usize>, deprel: &str) -> Word {
        Word { span, upos: upos.to_owned(), xpos: "NN".to_owned(), head, deprel: deprel.to_owned() }
    }

    fn document(words: Vec<Word>) -> Document {
        Document {
            id: "d".to_owned(),
            text: "Bob can't swim".to_owned(),
            sentences: vec![Sentence { words, ..Sentence::default() }],
        }
    }

    #[test]
    fn words_arcs_and_relations_count_by_their_letters() {
        let gold = document(vec![
            word(0..3, "PROPN", Some(3), "nsubj:pass"),
            word(4..6, "AUX", Some(3), "aux"),
            word(6..9, "PART", Some(3), "advmod"),
            word(10..14, "VERB", None, "root"),
        ]);
        // "can't" is not cut; its arc is lost, and so is that of Bob, who hangs on it.
        let predicted = document(vec![
            word(0..3, "PROPN", Some(1), "nsubj"),
            word(4..9, "AUX", Some(2), "aux"),
            word(10..14, "VERB", None, "root"),
        ]);
        let mut counts = Counts::default();
        counts.add(&gold, &predicted).expect("as many sentences");
        counts.add_cut(&gold, std::slice::from_ref(&(0..14)));
        counts.add_cut(&gold, &[0..3, 4..14]);
        let value =
            |name: &str| counts.figures().into_iter().find(|f| f.name == name).expect("the figure is there").value;
        // 2 of 3 predicted and 2 of 4 gold words: F1 4/7; one arc: F1 2/7; a sentence of three and of two: F1 2/5.
        for (name, expected) in [
            ("syntax.words", 4.0 / 7.0),
            ("syntax.upos", 4.0 / 7.0),
            ("syntax.uas", 2.0 / 7.0),
            ("syntax.las", 2.0 / 7.0),
        ] {
            assert!((value(name) - 100.0 * expected).abs() < 1e-9, "{name}");
        }
        assert!((value("syntax.sentences") - 40.0).abs() < 1e-9);
    }

    #[test]
    fn subtypes_do_not_count() {
        let gold = document(vec![word(0..3, "PROPN", Some(1), "nsubj:pass"), word(4..14, "VERB", None, "root")]);
        let predicted = document(vec![word(0..3, "NOUN", Some(1), "nsubj"), word(4..14, "VERB", None, "root")]);
        let mut counts = Counts::default();
        counts.add(&gold, &predicted).expect("as many sentences");
        let values: Vec<f64> = counts.figures().iter().map(|f| f.value).collect();
        assert_eq!(values, [50.0, 100.0, 100.0, 100.0]);
    }
}
