//! Trees of a section, walked from the top: what hangs on a word, and how far a phrase reaches.

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

    pub(crate) fn len(&self) -> usize {
        self.syntax.words.len()
    }

    pub(crate) fn word(&self, i: usize) -> &'a Word {
        &self.syntax.words[i]
    }

    pub(crate) fn head(&self, i: usize) -> usize {
        self.syntax.words[i].head as usize
    }

    pub(crate) fn is_root(&self, i: usize) -> bool {
        self.head(i) == i
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
        self.children[i].iter().copied().find(|child| relations.contains(&self.rel(*child)))
    }

    /// The relation by which a word hangs.
    pub(crate) fn rel(&self, i: usize) -> &'static str {
        self.syntax.words[i].deprel.as_str()
    }

    /// The words from the first to the last that hang on a word, itself included.
    pub(crate) fn reach(&self, i: usize) -> Range<usize> {
        self.reach_where(i, |_| true)
    }

    /// The same, without the branches that begin at words which `within` refuses.
    pub(crate) fn reach_where(&self, i: usize, within: impl Fn(usize) -> bool) -> Range<usize> {
        let mut reach = i..i + 1;
        let mut open = vec![i];
        while let Some(at) = open.pop() {
            reach = reach.start.min(at)..reach.end.max(at + 1);
            open.extend(self.children[at].iter().filter(|child| within(**child)));
        }
        reach
    }

    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        self.word(range.start).span.hull(self.word(range.end - 1).span)
    }
}
