//! Sections: a report's news in stretches that are read one after the other, so that memory does not grow with length.

use std::ops::Range;

use reportedly_attribution::Layout;
use reportedly_model::{Scores, Token};
use reportedly_record::{Report, Span, Syntax, Text};
use reportedly_syntax::{begins_sentence, features, quotations, syntax, words};

/// Words of a section at the most: the scores of 2,000 words take 8 MB, and reports are rarely longer.
const MOST_WORDS: usize = 2_000;

/// Words of a text that are read together, with what their layout tells.
#[derive(Default)]
pub struct Section {
    // Invariant: each list has one entry a word.
    spans: Vec<Span>,
    features: Vec<[u8; 3]>,
    lines: Vec<i64>,
    quoted: Vec<bool>,
}

/// Cuts a report's news passages into sections, at the ends of lines where possible.
pub fn sections(report: &Report) -> Vec<Section> {
    let news: Vec<Range<usize>> = report.passages.iter().filter(|p| p.kind.is_news()).map(|p| p.span.bytes()).collect();
    sections_of(&report.text, &news, |_| true)
}

/// Cuts those words of a text that stand in the given parts (bytes, in order) into sections: at the ends of lines where
/// possible, and nowhere but before words that `may_cut` allows.
pub fn sections_of(text: &Text, parts: &[Range<usize>], may_cut: impl Fn(&Range<usize>) -> bool) -> Vec<Section> {
    let all = words(text.as_str());
    let all_features = features(text.as_str(), &all, &quotations(text.as_str()));
    let mut sections: Vec<Section> = Vec::new();
    let mut section = Section::default();
    let (mut line, mut part) = (0, 0);
    for (word, features) in all.into_iter().zip(all_features) {
        let begins_line = features[2] == 1;
        line += i64::from(begins_line);
        while parts.get(part).is_some_and(|p| p.end <= word.start) {
            part += 1;
        }
        if !parts.get(part).is_some_and(|p| p.start <= word.start && word.end <= p.end) {
            continue;
        }
        let long = section.spans.len() >= MOST_WORDS / 2 && begins_line || section.spans.len() >= MOST_WORDS;
        if long && may_cut(&word) {
            sections.push(std::mem::take(&mut section));
        }
        section.spans.push(text.span(word));
        section.lines.push(line);
        section.quoted.push(matches!(features[1], 1 | 4));
        section.features.push(features);
    }
    if !section.spans.is_empty() {
        sections.push(section);
    }
    sections
}

impl Section {
    /// Where its words stand.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The section as the model is told of it; `text` is the text that it was cut from.
    pub fn tokens<'a>(&self, text: &'a str) -> Vec<Token<'a>> {
        let mut ended = true;
        self.spans
            .iter()
            .zip(&self.features)
            .map(|(span, features)| {
                let word = text.get(span.bytes()).unwrap_or_default();
                let may_begin = ended || features[2] == 1;
                ended = matches!(word, "." | "!" | "?" | "”" | "\"");
                Token { text: word, features: *features, may_begin }
            })
            .collect()
    }

    /// Its syntax: a sentence begins with a line, behind a stop that leaves no doubt, and where the scores say so. Inside of a
    /// quotation, which is one speaker's, the scores alone decide.
    pub fn syntax(&self, text: &str, scores: &Scores) -> Syntax {
        let goes_on = |i: usize| self.quoted[i] && i.checked_sub(1).is_some_and(|before| self.quoted[before]);
        let begins = |i: usize| {
            self.begins_line(i) || i < self.spans.len() && !goes_on(i) && begins_sentence(text, &self.spans, i)
        };
        syntax(&self.spans, begins, scores)
    }

    /// Tells whether a word begins a line.
    pub fn begins_line(&self, word: usize) -> bool {
        word == 0 || self.lines.get(word) != self.lines.get(word - 1)
    }

    /// How its words stand to lines and quotation marks.
    pub fn layout(&self) -> Layout<'_> {
        Layout { lines: &self.lines, quoted: &self.quoted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of each section of a text.
    fn lengths(text: &str, may_cut: bool) -> Vec<usize> {
        let text = Text::new(text);
        let sections = sections_of(&text, std::slice::from_ref(&(0..text.len())), |_| may_cut);
        sections.iter().map(|section| section.spans().len()).collect()
    }

    #[test]
    fn long_texts_are_cut_at_lines_where_they_can_be() {
        let line = "word ".repeat(MOST_WORDS / 2 + 1);
        assert_eq!(lengths(&format!("{line}\n{line}"), true), [1_001, 1_001]);
        assert_eq!(lengths(&format!("{line}{line}"), true), [2_000, 2]);
        assert_eq!(lengths(&format!("{line}\n{line}"), false), [2_002]);
        assert_eq!(lengths(" \n", true), [0; 0]);
    }

    #[test]
    fn only_words_inside_the_parts_are_read() {
        let text = Text::new("Vessen, Monday\nThe port\n“reopened”");
        let sections = sections_of(&text, &[8..23, 24..text.len()], |_| true);
        assert_eq!(sections.len(), 1);
        let words: Vec<&str> = sections[0].tokens(text.as_str()).iter().map(|token| token.text).collect();
        assert_eq!(words, ["Monday", "The", "port", "“", "reopened", "”"]);
        let begins: Vec<bool> = (0..words.len()).map(|word| sections[0].begins_line(word)).collect();
        assert_eq!(begins, [true, true, false, true, false, false]);
    }
}
