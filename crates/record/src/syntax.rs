//! Words, sentences and trees: the layer that other stages read. It is not part of the stored record.

use crate::Span;

/// Words and sentences of a report, in text order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Syntax {
    /// Every word of the news passages.
    pub words: Vec<Word>,
    /// Sentences as word ranges: disjoint, in order, covering every word.
    pub sentences: Vec<std::ops::Range<u32>>,
}

impl Syntax {
    /// Returns the words of a sentence.
    pub fn sentence(&self, sentence: &std::ops::Range<u32>) -> &[Word] {
        &self.words[sentence.start as usize..sentence.end as usize]
    }

    /// Returns the span from one word to another, both included.
    pub fn span(&self, words: std::ops::Range<u32>) -> Span {
        let (first, last) = (words.start as usize, words.end as usize - 1);
        self.words[first].span.hull(self.words[last].span)
    }
}

/// A stretch between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Without its marks.
    pub inner: Span,
    /// Single marks, as for speech inside speech.
    pub single: bool,
    /// The closing mark is there; without it the stretch runs to the end of its paragraph.
    pub closed: bool,
}

/// A word of Universal Dependencies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank part of speech.
    pub xpos: Xpos,
    /// Index of the word it hangs on; a root hangs on itself.
    pub head: u32,
    /// How it hangs there.
    pub deprel: Deprel,
}

macro_rules! tag_set {
    ($(#[$doc:meta])* $name:ident, $other:literal, [$($tag:literal),* $(,)?]) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(&'static str);

        impl $name {
            /// Returns the known tag of that name; an unknown one is the tag for the rest.
            pub fn of(name: &str) -> $name {
                const ALL: &[&str] = &[$($tag),*];
                $name(ALL.iter().find(|tag| **tag == name).copied().unwrap_or($other))
            }

            /// The tag's name.
            pub fn as_str(self) -> &'static str {
                self.0
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }
    };
}

tag_set!(
    /// Universal part of speech (universaldependencies.org/u/pos).
    Upos, "X",
    ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"]
);

tag_set!(
    /// Penn Treebank part of speech, as GUM writes it.
    Xpos, "FW",
    [
        "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW", "HYPH", "IN", "JJ", "JJR", "JJS",
        "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB",
        "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "``",
    ]
);

tag_set!(
    /// Relation of Universal Dependencies with its English subtypes (universaldependencies.org/en/dep).
    Deprel, "dep",
    [
        "acl", "acl:relcl", "advcl", "advcl:relcl", "advmod", "advmod:emph", "amod", "appos", "aux", "aux:pass", "case", "cc", "cc:preconj",
        "ccomp", "compound", "compound:prt", "conj", "cop", "csubj", "csubj:outer", "csubj:pass", "dep", "det", "det:predet", "discourse",
        "dislocated", "expl", "fixed", "flat", "flat:foreign", "goeswith", "iobj", "list", "mark", "nmod", "nmod:desc", "nmod:poss", "nmod:unmarked", "nsubj",
        "nsubj:outer", "nsubj:pass", "nummod", "obj", "obl", "obl:agent", "obl:unmarked", "orphan", "parataxis", "punct", "reparandum",
        "root", "vocative", "xcomp",
    ]
);
