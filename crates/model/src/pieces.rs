//! Word pieces: how the encoder sees a word. The uncased WordPiece of BERT (Devlin et al. 2019), applied word by word.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Pieces of one word at the most; a longer word (a web address) is cut, since its tail tells nothing.
const MOST_PIECES: usize = 16;

/// The vocabulary and its special pieces.
pub struct Pieces {
    ids: HashMap<String, u32>,
    unknown: u32,
    /// The piece before every window.
    pub start: u32,
    /// The piece behind every window.
    pub end: u32,
}

impl Pieces {
    /// Reads a vocabulary, one piece a line, the line number (from 0) being its id. `None` if a special piece is missing.
    pub fn parse(vocabulary: &str) -> Option<Pieces> {
        let ids: HashMap<String, u32> =
            vocabulary.lines().zip(0u32..).map(|(piece, id)| (piece.to_owned(), id)).collect();
        let of = |piece: &str| ids.get(piece).copied();
        Some(Pieces { unknown: of("[UNK]")?, start: of("[CLS]")?, end: of("[SEP]")?, ids })
    }

    /// Appends the pieces of a word: at least one, at most sixteen.
    pub fn cut(&self, word: &str, out: &mut Vec<u32>) {
        let first = out.len();
        let plain: String = word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
        let mut rest = plain.as_str();
        while let Some(c) = rest.chars().next() {
            // BERT's own pre-tokenizer lets every mark stand alone.
            let len = if c.is_alphanumeric() {
                rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
            } else {
                c.len_utf8()
            };
            self.cut_run(&rest[..len], out);
            rest = &rest[len..];
        }
        if out.len() == first {
            out.push(self.unknown);
        }
        out.truncate(first + MOST_PIECES);
    }

    /// Cuts a run greedily into the longest known pieces; a run that cannot be covered is one unknown piece.
    fn cut_run(&self, run: &str, out: &mut Vec<u32>) {
        let first = out.len();
        let mut key = String::with_capacity(run.len() + 2);
        let mut at = 0;
        while at < run.len() {
            let found = run[at..].char_indices().rev().take(100).find_map(|(i, c)| {
                let end = at + i + c.len_utf8();
                key.clear();
                if at > 0 {
                    key.push_str("##");
                }
                key.push_str(&run[at..end]);
                self.ids.get(&key).map(|id| (*id, end))
            });
            let Some((id, end)) = found else {
                out.truncate(first);
                out.push(self.unknown);
                return;
            };
            out.push(id);
            at = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pieces;

    #[test]
    fn words_are_cut_into_their_longest_known_pieces() {
        let vocabulary = "[UNK]\n[CLS]\n[SEP]\nwit\n##ko\n##ff\n##f\nu\n.\ns\nnee";
        let pieces = Pieces::parse(vocabulary).expect("the vocabulary has its special pieces");
        let cut = |word: &str| {
            let mut out = Vec::new();
            pieces.cut(word, &mut out);
            let names: Vec<_> =
                out.iter().map(|id| vocabulary.lines().nth(*id as usize).expect("ids are lines")).collect();
            names.join(" ")
        };
        assert_eq!(cut("Witkoff"), "wit ##ko ##ff");
        assert_eq!(cut("U.S."), "u . s .");
        assert_eq!(cut("Née"), "nee");
        assert_eq!(cut("Xu"), "[UNK]");
        assert_eq!(cut(&"u.".repeat(50)).split(' ').count(), 16);
    }
}
