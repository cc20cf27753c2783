//! Sections: a report's news in stretches that are read one after the other, so that memory does not grow with length.

use std::ops::Range;

use reportedly_model::Token;
use reportedly_record::{Report, Span};
use reportedly_syntax::{features, quotations, words};

/// Words of a section at the most: the scores of 2,000 words take 8 MB, and reports are rarely longer.
const MOST_WORDS: usize = 2_000;

/// Words of a report that are read together, with what their layout tells.
#[derive(Default)]
pub(crate) struct Section {
    pub(crate) spans: Vec<Span>,
    pub(crate) features: Vec<[u8; 3]>,
    pub(crate) lines: Vec<i64>,
    pub(crate) quoted: Vec<bool>,
}

/// Cuts a report's news passages into sections, at the ends of lines where possible.
pub(crate) fn sections(report: &Report) -> Vec<Section> {
    let text = report.text.as_str();
    let quotations = quotations(text);
    let all = words(text);
    let all_features = features(text, &all, &quotations);
    let mut sections: Vec<Section> = Vec::new();
    let mut line = 0;
    let news: Vec<Range<usize>> = report.passages.iter().filter(|p| p.kind.is_news()).map(|p| p.span.bytes()).collect();
    let mut passage = 0;
    let mut section = Section::default();
    for (word, features) in all.into_iter().zip(all_features) {
        line += i64::from(features[2] == 1);
        while news.get(passage).is_some_and(|p| p.end <= word.start) {
            passage += 1;
        }
        if !news.get(passage).is_some_and(|p| p.start <= word.start && word.end <= p.end) {
            continue;
        }
        let full = section.spans.len() >= MOST_WORDS / 2 && features[2] == 1 || section.spans.len() >= MOST_WORDS;
        if full {
            sections.push(std::mem::take(&mut section));
        }
        section.spans.push(report.text.span(word));
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

    /// Tells whether a word begins a line.
    pub(crate) fn begins_line(&self, word: usize) -> bool {
        word == 0 || self.lines[word] != self.lines[word - 1]
    }
}
