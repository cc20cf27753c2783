//! Scores: what every head says of every word of a text. Stages read these and nothing else of the encoder.

use std::ops::Range;
use std::sync::Arc;

use crate::Kernel;
use crate::crf::Crf;
use crate::dots::{Stretch, dots};
use crate::heads::{Heads, Layer, PARTS};

/// The scores of a text's words.
#[derive(Clone)]
pub struct Scores {
    pub(crate) words: usize,
    pub(crate) kernel: Kernel,
    // The model's own heads, then those attached to it.
    pub(crate) sets: Vec<Set>,
}

/// What the heads of one file say. One row a word, one stretch of columns a head.
#[derive(Clone)]
pub(crate) struct Set {
    pub(crate) heads: Arc<Heads>,
    pub(crate) values: Vec<f32>,
}

/// What one head says of every word.
#[derive(Clone)]
pub struct Head<'a> {
    /// Names of the columns.
    pub labels: &'a [String],
    values: &'a [f32],
    width: usize,
    columns: Range<usize>,
}

impl<'a> Head<'a> {
    /// Returns the scores of a word, one a label.
    pub fn row(&self, word: usize) -> &'a [f32] {
        &self.values[word * self.width..][self.columns.clone()]
    }

    /// Returns the rows of a range of words.
    pub fn rows(&self, words: Range<usize>) -> impl ExactSizeIterator<Item = &'a [f32]> + use<'a> {
        let (columns, width) = (self.columns.clone(), self.width);
        self.values[words.start * width..words.end * width].chunks_exact(width).map(move |row| &row[columns.clone()])
    }

    fn stretch(&self, words: &Range<usize>) -> Stretch<'a> {
        Stretch::of(self.values, self.width, &self.columns, words)
    }

    /// Returns the label that scores best for a word; of equal ones the first.
    pub fn best(&self, word: usize) -> &'a str {
        &self.labels[best(self.row(word))]
    }
}

/// Returns the index of the largest score; of equal ones the first.
pub(crate) fn best(row: &[f32]) -> usize {
    row.iter().enumerate().fold(0, |top, (i, score)| if *score > row[top] { i } else { top })
}

impl Scores {
    /// How many words were scored.
    pub fn words(&self) -> usize {
        self.words
    }

    /// Returns a head by name; `None` where the model has no such head.
    pub fn head(&self, name: &str) -> Option<Head<'_>> {
        self.sets.iter().find_map(|set| {
            let column = set.heads.column(name)?;
            Some(Head {
                labels: &column.labels,
                values: &set.values,
                width: set.heads.width(),
                columns: column.range.clone(),
            })
        })
    }

    /// Returns a layer by name; `None` where the model has no such layer.
    pub fn layer(&self, name: &str) -> Option<&Layer> {
        self.sets.iter().find_map(|set| set.heads.layer(name))
    }

    fn crf(&self, name: &str) -> Option<&Crf> {
        self.sets.iter().find_map(|set| set.heads.crf(name))
    }

    /// Decodes a head's BIO tags over a range of words with the CRF of that name: one tag index a word.
    pub fn tags(&self, head: &str, crf: &str, words: Range<usize>) -> Option<Vec<u8>> {
        let rows = self.head(head)?;
        Some(self.crf(crf)?.best(rows.rows(words)))
    }

    /// Decodes a head's BIO tags over a range of words into spans: what stands behind "B-" in their label, and their words.
    pub fn spans(&self, head: &str, crf: &str, words: Range<usize>) -> Option<Vec<(&str, Range<usize>)>> {
        let tags = self.tags(head, crf, words.clone())?;
        let labels = self.head(head)?.labels;
        let label = |i: usize| labels[usize::from(tags[i])].as_str();
        let mut found = Vec::new();
        let mut start = 0;
        while start < tags.len() {
            let mut end = start + 1;
            if let Some(name) = label(start).strip_prefix("B-") {
                while end < tags.len() && label(end).strip_prefix("I-") == Some(name) {
                    end += 1;
                }
                found.push((name, words.start + start..words.start + end));
            }
            start = end;
        }
        Some(found)
    }

    /// Decodes rows of emissions with the CRF of that name: one tag index a row.
    pub fn decoded(&self, crf: &str, rows: &[Vec<f32>]) -> Option<Vec<u8>> {
        Some(self.crf(crf)?.best(rows.iter().map(Vec::as_slice)))
    }

    /// Decodes one of several layers of three BIO tags that share a head (`layer` counts from 0).
    pub fn layer_tags(&self, head: &str, crf: &str, layer: usize, words: Range<usize>) -> Option<Vec<u8>> {
        let rows = self.head(head)?;
        let crf = self.crf(&format!("{crf}.{layer}"))?;
        Some(crf.best(rows.rows(words).map(|row| &row[3 * layer..3 * layer + 3])))
    }

    /// Scores every word of a sentence as the head of every other: row i holds the heads of word i, and its own place
    /// in that row is the root. After the deep biaffine parser of Dozat and Manning (2017), the product folded into one side.
    pub fn arcs(&self, words: Range<usize>) -> Option<Vec<f32>> {
        let (child, head) = (self.head("arc_child")?, self.head("arc_head")?);
        let mut arcs = vec![0f32; words.len() * words.len()];
        dots(self.kernel, child.stretch(&words), head.stretch(&words), child.columns.len(), &mut arcs);
        Some(arcs)
    }

    /// Returns the best name of the relation by which `child` hangs on `head`.
    pub fn relation(&self, child: usize, head: usize) -> Option<&str> {
        let (of_child, of_head) = (self.head("relation_child")?, self.head("relation_head")?);
        let sum: Vec<f32> = of_child.row(child).iter().zip(of_head.row(head)).map(|(a, b)| (a + b).max(0.0)).collect();
        let heads = &self.sets.first()?.heads;
        let scores = heads.relation(self.kernel, &sum)?;
        heads.relations.get(best(&scores)).map(String::as_str)
    }

    /// Decodes the parts that a range of words plays for the cue that begins at a word: 0 none, 1 and 2 source (first
    /// word and next ones), 3 and 4 content. `line` tells in which line a word stands.
    pub fn arguments(&self, cue: usize, words: Range<usize>, line: impl Fn(usize) -> i64) -> Option<Vec<u8>> {
        let (word, of_cue, alone) = (self.head("argument_word")?, self.head("argument_cue")?, self.head("argument")?);
        let arguments = self.sets.first()?.heads.arguments.as_ref()?;
        let asked = arguments.asked(of_cue.row(cue));
        let mut joint = vec![0f32; words.len() * PARTS];
        let size = of_cue.columns.len();
        dots(self.kernel, word.stretch(&words), Stretch::whole(&asked, size), size, &mut joint);
        let mut mixed = vec![0f32; words.len() * PARTS];
        if let (Some(of_word), Some(of_cue)) = (self.head("mix_word"), self.head("mix_cue")) {
            arguments.mix(
                self.kernel,
                of_word.rows(words.clone()),
                of_cue.row(cue),
                words.start as i64 - cue as i64,
                &mut mixed,
            );
        }
        let rows: Vec<[f32; PARTS]> = words
            .zip(joint.as_chunks::<PARTS>().0.iter().zip(mixed.as_chunks::<PARTS>().0))
            .map(|(t, (joint, mixed))| {
                let near = arguments.near(t as i64 - cue as i64, line(t) - line(cue));
                let alone = alone.row(t);
                std::array::from_fn(|l| joint[l] + alone[l] + near[l] + mixed[l])
            })
            .collect();
        Some(arguments.crf.best(rows.iter().map(|row| row.as_slice())))
    }
}
