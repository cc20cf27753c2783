//! Cuts training texts exactly as reading does: words, pieces and features, for `training/` to label and learn from.

use std::io::{BufRead, Write};
use std::path::Path;

use anyhow::{Context, Result};
use reportedly_syntax::{features, quotations, words};
use serde::{Deserialize, Serialize};

use reportedly_model::Pieces;

/// A text to prepare. Words may be given (a treebank's own), as code points.
#[derive(Deserialize)]
struct Given {
    id: String,
    text: String,
    words: Option<Vec<[usize; 2]>>,
}

#[derive(Serialize)]
struct Prepared {
    id: String,
    /// Start and end of every word, in code points.
    words: Vec<[usize; 2]>,
    pieces: Vec<Vec<u32>>,
    features: Vec<[u8; 3]>,
}

/// Reads `{id, text, words?}` lines from `input` and writes `{id, words, pieces, features}` lines to `output`.
pub(crate) fn prepare(vocabulary: &Path, input: impl BufRead, mut output: impl Write) -> Result<()> {
    let list = std::fs::read_to_string(vocabulary).with_context(|| format!("cannot read {}", vocabulary.display()))?;
    let pieces = Pieces::parse(&list).context("the vocabulary lacks [UNK], [CLS] or [SEP]")?;
    for (i, line) in input.lines().enumerate() {
        let given: Given =
            serde_json::from_str(&line?).with_context(|| format!("line {} is not {{id, text}}", i + 1))?;
        let text = given.text.as_str();
        // Byte offset of every code point, and of the end.
        let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let words = match &given.words {
            Some(own) => own.iter().map(|[s, e]| bytes[*s]..bytes[*e]).collect(),
            None => words(text),
        };
        let char_at = |byte: usize| bytes.partition_point(|b| *b < byte);
        let prepared = Prepared {
            features: features(text, &words, &quotations(text)),
            pieces: words
                .iter()
                .map(|w| {
                    let mut out = Vec::new();
                    pieces.cut(&text[w.clone()], &mut out);
                    out
                })
                .collect(),
            words: words.iter().map(|w| [char_at(w.start), char_at(w.end)]).collect(),
            id: given.id,
        };
        serde_json::to_writer(&mut output, &prepared)?;
        writeln!(output)?;
    }
    Ok(())
}
