//! A section's trees, walked from the top: what hangs on a word, and by what.

use std::ops::Range;

use reportedly_record::{Span, Syntax, Text, Word};

/// Words that one word is followed to at the most: longer chains come from damaged text.
const MOST_STEPS: usize = 24;

/// Children of one word that are looked at: a list of thousands of names hangs on its first one.
const MOST_CHILDREN: usize = 64;

/// The trees of a section with the children of each word at hand.
pub(crate) struct Trees<'a> {
    pub(crate) text: &'a Text,
    pub(crate) syntax: &'a Syntax,
    // Children of all words after one another, and where those of each word begin.
    children: Vec<u32>,
    begins: Vec<u32>,
    lower: Vec<String>,
}

impl<'a> Trees<'a> {
    pub(crate) fn new(text: &'a Text, syntax: &'a Syntax) -> Trees<'a> {
        let words = &syntax.words;
        let mut begins = vec![0u32; words.len() + 1];
        let hangs = |(i, word): &(usize, &Word)| word.head as usize != *i && (word.head as usize) < words.len();
        for (_, word) in words.iter().enumerate().filter(hangs) {
            begins[word.head as usize + 1] += 1;
        }
        for i in 1..begins.len() {
            begins[i] += begins[i - 1];
        }
        let mut next = begins.clone();
        let mut children = vec![0u32; begins.last().copied().unwrap_or_default() as usize];
        for (i, word) in words.iter().enumerate().filter(hangs) {
            children[next[word.head as usize] as usize] = i as u32;
            next[word.head as usize] += 1;
        }
        let lower = words.iter().map(|w| text.slice(w.span).to_lowercase().replace('’', "'")).collect();
        Trees { text, syntax, children, begins, lower }
    }

    pub(crate) fn len(&self) -> usize {
        self.syntax.words.len()
    }

    pub(crate) fn word(&self, i: usize) -> &'a Word {
        &self.syntax.words[i]
    }

    /// The word that another hangs on; none for a root.
    pub(crate) fn head(&self, i: usize) -> Option<usize> {
        let head = self.word(i).head as usize;
        (head != i && head < self.len()).then_some(head)
    }

    /// The word in lower case, its apostrophe straight; nothing beyond the section.
    pub(crate) fn lower(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", String::as_str)
    }

    /// Its part of speech; nothing beyond the section, as of the next two.
    pub(crate) fn upos(&self, i: usize) -> &'static str {
        self.syntax.words.get(i).map_or("", |word| word.upos.as_str())
    }

    pub(crate) fn xpos(&self, i: usize) -> &'static str {
        self.syntax.words.get(i).map_or("", |word| word.xpos.as_str())
    }

    pub(crate) fn rel(&self, i: usize) -> &'static str {
        self.syntax.words.get(i).map_or("", |word| word.deprel.as_str())
    }

    /// Words that hang on a word, in text order.
    pub(crate) fn children(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let all = &self.children[self.begins[i] as usize..self.begins[i + 1] as usize];
        all.iter().take(MOST_CHILDREN).map(|child| *child as usize)
    }

    /// The first child that hangs on a word by one of the relations.
    pub(crate) fn child(&self, i: usize, relations: &[&str]) -> Option<usize> {
        self.children(i).find(|child| relations.contains(&self.rel(*child)))
    }

    /// Whether a word hangs by one of the relations.
    pub(crate) fn is(&self, i: usize, relations: &[&str]) -> bool {
        relations.contains(&self.rel(i))
    }

    /// Whether a child of that relation and form hangs on a word.
    pub(crate) fn has(&self, i: usize, relation: &str, forms: &[&str]) -> bool {
        self.children(i).any(|child| self.rel(child) == relation && forms.contains(&self.lower(child)))
    }

    /// The preposition in front of a noun ("" where there is none); of "ahead of" the first word.
    pub(crate) fn case(&self, i: usize) -> &str {
        let own = self.children(i).find(|child| self.rel(*child) == "case" && *child < i);
        own.or_else(|| self.stray(i)).map_or("", |child| self.lower(child))
    }

    /// "Called for restrictions", where the tree hangs the preposition on the verb as if it were a particle.
    fn stray(&self, i: usize) -> Option<usize> {
        const LOOSE: [&str; 12] =
            ["for", "on", "to", "with", "into", "against", "from", "at", "about", "in", "upon", "of"];
        let head = self.head(i).filter(|head| *head < i && self.is(i, &["obl", "nmod"]))?;
        let inside = |at: &usize| self.up(*at).take(3).any(|above| above == i);
        let first = (head + 1..i).rev().take_while(inside).last().unwrap_or(i);
        let before = first.checked_sub(1).filter(|before| self.head(*before) == Some(head))?;
        (self.upos(before) == "ADP" && LOOSE.contains(&self.lower(before))).then_some(before)
    }

    /// The words up the tree from a word, itself first.
    pub(crate) fn up(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(i), |at| self.head(*at)).take(MOST_STEPS)
    }

    /// The words that are coordinated with a word, itself first.
    pub(crate) fn coordinated(&self, i: usize) -> Vec<usize> {
        let mut all = vec![i];
        all.extend(self.children(i).filter(|child| self.rel(*child) == "conj"));
        // "The envoy and the negotiator met", where the tree hangs both on the verb.
        if matches!(self.rel(i), "nsubj" | "nsubj:pass") {
            let beside = self.head(i).into_iter().flat_map(|head| self.children(head));
            let joined = |c: &usize| *c > i && self.rel(*c) == self.rel(i) && self.child(*c, &["cc"]).is_some();
            all.extend(beside.filter(joined));
        }
        all
    }

    /// The words of a noun phrase from the first to the last that hang on its head, without clauses, appositions and
    /// what is coordinated with it.
    pub(crate) fn phrase(&self, i: usize) -> Range<usize> {
        const CUT: [&str; 9] = ["acl:relcl", "conj", "appos", "parataxis", "punct", "cc", "case", "acl", "dep"];
        self.reach(i, |child| self.is(child, &CUT) && self.head(child) == Some(i))
    }

    /// The words from the first to the last that hang on a word, without the branches that `cut` names.
    pub(crate) fn reach(&self, i: usize, cut: impl Fn(usize) -> bool) -> Range<usize> {
        let mut reach = i..i + 1;
        let mut open = vec![i];
        let mut steps = 0;
        while let Some(at) = open.pop() {
            steps += 1;
            if steps > 200 {
                break;
            }
            reach = reach.start.min(at)..reach.end.max(at + 1);
            open.extend(self.children(at).filter(|child| !cut(*child)));
        }
        reach
    }

    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        self.word(range.start).span.hull(self.word(range.end.max(range.start + 1) - 1).span)
    }

    /// The sentence in which a word stands.
    pub(crate) fn sentence(&self, i: usize) -> Range<usize> {
        let at = self.sentence_number(i);
        self.syntax.sentences.get(at).map_or(i..i + 1, |s| s.start as usize..s.end as usize)
    }

    /// The number of the sentence in which a word stands.
    pub(crate) fn sentence_number(&self, i: usize) -> usize {
        self.syntax.sentences.partition_point(|s| s.end as usize <= i)
    }

    /// The word that begins at or first after a byte.
    pub(crate) fn at(&self, byte: usize) -> usize {
        self.syntax.words.partition_point(|w| w.span.bytes().start < byte)
    }
}
