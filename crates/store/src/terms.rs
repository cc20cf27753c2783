//! Terms of a search: words, "phrases" and beginnings*, as the index wants them and as a sentence is tested for them.

use crate::fold::text_words;

/// What is searched for: all of it must be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Terms(Vec<Term>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    words: Vec<String>,
    // The last word may go on.
    beginning: bool,
}

impl Terms {
    /// Reads what a person typed.
    pub(crate) fn of(typed: &str) -> Terms {
        let mut terms = Vec::new();
        for (i, part) in typed.split(['"', '“', '”']).enumerate() {
            if i % 2 == 1 {
                terms.push(Term { words: text_words(part), beginning: false });
                continue;
            }
            for word in part.split_whitespace() {
                terms.push(Term { words: text_words(word), beginning: word.ends_with('*') });
            }
        }
        terms.retain(|term| !term.words.is_empty());
        Terms(terms)
    }

    /// Tells whether nothing is searched for.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same in the index's own language. Words hold letters and digits only, so nothing needs escaping.
    pub(crate) fn query(&self) -> String {
        let term = |term: &Term| format!("\"{}\"{}", term.words.join(" "), if term.beginning { "*" } else { "" });
        self.0.iter().map(term).collect::<Vec<_>>().join(" ")
    }

    /// Adds words, each a term.
    pub(crate) fn add(&mut self, words: &[String]) {
        self.0.extend(words.iter().map(|word| Term { words: text_words(word), beginning: false }));
        self.0.retain(|term| !term.words.is_empty());
    }

    /// Tells whether any term is in a stretch of text.
    pub(crate) fn touch(&self, stretch: &str) -> bool {
        if self.cannot_touch(stretch) {
            return false;
        }
        let words = text_words(stretch);
        self.0.iter().any(|term| term.is_in(&words))
    }

    /// Tells at a glance that no term is there, where every letter of the stretch is plain: folding it would show no other.
    fn cannot_touch(&self, stretch: &str) -> bool {
        let plain = stretch.chars().all(|c| c.is_ascii() || !c.is_alphanumeric());
        plain && {
            let lower = stretch.to_ascii_lowercase();
            !self.0.iter().any(|term| term.words.iter().all(|word| lower.contains(word.as_str())))
        }
    }
}

impl Term {
    fn is_in(&self, words: &[String]) -> bool {
        let Some((last, before)) = self.words.split_last() else { return true };
        words.windows(self.words.len()).any(|window| {
            let Some((end, start)) = window.split_last() else { return false };
            start == before && if self.beginning { end.starts_with(last.as_str()) } else { end == last }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_and_beginnings() {
        let terms = Terms::of("harbour \"free council\" nego*");
        assert_eq!(terms.query(), "\"harbour\" \"free council\" \"nego\"*");
        assert!(
            terms.touch("He saw the harbour.") && terms.touch("Negotiators left.") && !terms.touch("Free the council.")
        );
        assert!(Terms::of("…").is_empty());
        // What an index would take for an operator is a word like others.
        assert_eq!(Terms::of("NOT a-b OR (c").query(), "\"not\" \"a b\" \"or\" \"c\"");
    }
}
