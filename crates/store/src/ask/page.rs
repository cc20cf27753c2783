//! The page that a row is from: its head, its text, and the words of it that a row shows.

use reportedly_record::Text;
use serde::Serialize;

use crate::derive::spans;
use crate::evidence::sentence;
use crate::shelf::Revision;
use crate::terms::Terms;
use crate::{Error, Store};

/// The report that a row is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About {
    /// When it was published, as far as is known.
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub headline: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its id.
    pub report: String,
    /// Its revision, from 1.
    pub revision: i64,
}

/// The text and head of the revision that rows are being made of.
#[derive(Default)]
pub(crate) struct Page(Option<(i64, Text, About)>);

impl Page {
    pub(crate) fn turn(&mut self, store: &Store, row: i64) -> Result<(&Text, &About), Error> {
        if self.0.as_ref().is_none_or(|(open, _, _)| *open != row) {
            self.0 = Some((row, store.text(row)?, about(&store.revision(row)?)));
        }
        self.0.as_ref().map(|(_, text, about)| (text, about)).ok_or_else(|| Error::Unknown("no page".to_owned()))
    }
}

fn about(revision: &Revision) -> About {
    About {
        published: revision.published.clone(),
        outlet: revision.outlet.clone(),
        headline: revision.headline.clone(),
        url: revision.url.clone(),
        report: revision.id.to_string(),
        revision: revision.number,
    }
}

/// The words of a column of spans.
pub(crate) fn slices(text: &Text, column: &str) -> String {
    spans(text, column).into_iter().map(|span| text.slice(span)).collect::<Vec<_>>().join(" … ")
}

/// The sentences around a column of spans.
pub(crate) fn sentence_of(text: &Text, column: &str) -> String {
    let whole = spans(text, column).into_iter().reduce(|one, other| one.hull(other));
    let stretch = whole.map(|span| sentence(text, span.bytes()));
    one_line(stretch.and_then(|stretch| text.as_str().get(stretch)).unwrap_or_default())
}

/// The first sentence that has one of the terms, or the first of all.
pub(crate) fn first_sentence(text: &Text, terms: &Terms) -> String {
    let mut at = 0;
    let mut first = None;
    for line in text.as_str().split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        first.get_or_insert_with(|| sentence(text, start..start));
        if terms.is_empty() || !terms.touch(line) {
            continue;
        }
        let mut from = start;
        while from < at {
            let stretch = sentence(text, from..from);
            if text.as_str().get(stretch.clone()).is_some_and(|words| terms.touch(words)) {
                return one_line(text.as_str().get(stretch).unwrap_or_default());
            }
            // The next sentence begins behind this one.
            from = text.as_str().ceil_char_boundary(stretch.end.max(from) + 1);
        }
    }
    one_line(first.and_then(|stretch| text.as_str().get(stretch)).unwrap_or_default())
}

pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
