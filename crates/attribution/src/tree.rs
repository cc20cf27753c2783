//! A report's trees, walked from the top: what hangs on a word, and how far it reaches.

use std::ops::Range;

use reportedly_record::{Span, Syntax, Text, Word};

/// The trees of a section with the children of each word at hand.
pub(crate) struct Trees<'a> {
    pub(crate) text: &'a Text,
    pub(crate) syntax: &'a Syntax,
    // Children of each word, in text order.
    children: Vec<Vec<usize>>,
}

impl<'a> Trees<'a> {
    pub(crate) fn new(text: &'a Text, syntax: &'a Syntax) -> Trees<'a> {
        let mut children = vec![Vec::new(); syntax.words.len()];
        for (i, word) in syntax.words.iter().enumerate() {
            let head = word.head as usize;
            if head != i {
                children[head].push(i);
            }
        }
        Trees { text, syntax, children }
    }

    pub(crate) fn word(&self, i: usize) -> &'a Word {
        &self.syntax.words[i]
    }

    pub(crate) fn head(&self, i: usize) -> usize {
        self.syntax.words[i].head as usize
    }

    /// The word as it stands.
    pub(crate) fn said(&self, i: usize) -> &'a str {
        self.text.slice(self.syntax.words[i].span)
    }

    /// The word in lower case, its apostrophe straight.
    pub(crate) fn lower(&self, i: usize) -> String {
        self.said(i).to_lowercase().replace('’', "'")
    }

    pub(crate) fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    /// The first child that hangs on a word by one of the relations.
    pub(crate) fn child(&self, i: usize, relations: &[&str]) -> Option<usize> {
        self.children[i].iter().copied().find(|child| relations.contains(&self.word(*child).deprel.as_str()))
    }

    /// Whether a word hangs by one of the relations.
    pub(crate) fn is(&self, i: usize, relations: &[&str]) -> bool {
        relations.contains(&self.word(i).deprel.as_str())
    }

    /// The words from the first to the last that hang on a word, itself included.
    pub(crate) fn reach(&self, i: usize) -> Range<usize> {
        self.reach_without(i, |_| false)
    }

    /// As [`Trees::reach`], but without the branches that `cut` names.
    pub(crate) fn reach_without(&self, i: usize, cut: impl Fn(usize) -> bool) -> Range<usize> {
        let mut reach = i..i + 1;
        let mut open = vec![i];
        while let Some(at) = open.pop() {
            reach = reach.start.min(at)..reach.end.max(at + 1);
            open.extend(self.children[at].iter().copied().filter(|child| !cut(*child)));
        }
        reach
    }

    /// The top word of a range: of those that hang on a word outside, the noun that most of the range hangs on.
    pub(crate) fn top(&self, range: &Range<usize>) -> Option<usize> {
        let outside = |i: &usize| self.head(*i) == *i || !range.contains(&self.head(*i));
        let weight = |i: usize| {
            let noun = matches!(self.word(i).upos.as_str(), "NOUN" | "PROPN" | "PRON" | "NUM" | "VERB");
            let reach = self.reach(i);
            (noun, reach.end.min(range.end) - reach.start.max(range.start), std::cmp::Reverse(i))
        };
        range.clone().filter(outside).max_by_key(|i| weight(*i))
    }

    /// Whether a word opens "so that".
    pub(crate) fn is_so_that(&self, i: usize) -> bool {
        self.is(i, &["mark"]) && self.lower(i) == "so" && i + 1 < self.sentence(i).end && self.lower(i + 1) == "that"
    }

    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        self.word(range.start).span.hull(self.word(range.end - 1).span)
    }

    /// The sentence in which a word stands.
    pub(crate) fn sentence(&self, i: usize) -> Range<usize> {
        let at = self.syntax.sentences.partition_point(|s| s.end as usize <= i);
        self.syntax.sentences.get(at).map_or(i..i + 1, |s| s.start as usize..s.end as usize)
    }
}
