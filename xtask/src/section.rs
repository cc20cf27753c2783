//! A text's words in sections, as the engine reads them: for those tasks that look at its stages one by one.
//!
//! The facade keeps its own sections to itself. `cargo xtask bench` warns when what is read from these differs from what
//! the facade reads.

use std::ops::Range;

use reportedly::record::{Report, Span, Text};
use reportedly_attribution::Layout;
use reportedly_model::Token;
use reportedly_syntax::{features, quotations, words};

/// Words of a section at the most, as in the facade.
const MOST_WORDS: usize = 2_000;

/// Words that are read together, with what their layout tells.
#[derive(Default)]
pub(crate) struct Section {
    pub(crate) spans: Vec<Span>,
    features: Vec<[u8; 3]>,
    lines: Vec<i64>,
    quoted: Vec<bool>,
}

/// The parts of a report that are news, as bytes.
pub(crate) fn news(report: &Report) -> Vec<Range<usize>> {
    report.passages.iter().filter(|p| p.kind.is_news()).map(|p| p.span.bytes()).collect()
}

/// Cuts those words of a text that stand in the given parts into sections: at the ends of lines where possible, and
/// elsewhere only where `may_cut` allows it.
pub(crate) fn sections(text: &Text, parts: &[Range<usize>], may_cut: impl Fn(&Range<usize>) -> bool) -> Vec<Section> {
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
    /// The section as the model is told of it.
    pub(crate) fn tokens<'a>(&self, text: &'a str) -> Vec<Token<'a>> {
        let mut ended = true;
        let token = |(span, features): (&Span, &[u8; 3])| {
            let word = &text[span.bytes()];
            let may_begin = ended || features[2] == 1;
            ended = matches!(word, "." | "!" | "?" | "”" | "\"");
            Token { text: word, features: *features, may_begin }
        };
        self.spans.iter().zip(&self.features).map(token).collect()
    }

    /// Tells whether a word begins a line.
    pub(crate) fn begins_line(&self, word: usize) -> bool {
        word == 0 || self.lines[word] != self.lines[word - 1]
    }

    /// How the words stand to lines and quotation marks.
    pub(crate) fn layout(&self) -> Layout<'_> {
        Layout { lines: &self.lines, quoted: &self.quoted }
    }
}
