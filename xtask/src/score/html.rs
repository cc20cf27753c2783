//! Pages against gold: the main text by runs of four words, the day, the title and the authors.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::{Figure, is_word, share};
use crate::forms::{Authors, PageDate};

/// Words of a run.
const RUN: usize = 4;

/// Precision and recall of main texts, page by page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    precisions: Vec<f64>,
    recalls: Vec<f64>,
}

impl Texts {
    /// Counts one page. A page without a predicted text has no precision, but a recall of nothing.
    pub(crate) fn add(&mut self, gold: &str, predicted: &str) {
        let (gold, predicted) = (runs(gold), runs(predicted));
        let common: usize = gold.iter().map(|(run, n)| n.min(predicted.get(run).unwrap_or(&0))).sum();
        let all = |runs: &BTreeMap<Vec<String>, usize>| runs.values().sum::<usize>();
        if !predicted.is_empty() {
            self.precisions.push(share(common, all(&predicted)));
        } else if gold.is_empty() {
            self.precisions.push(1.0);
        }
        if !gold.is_empty() {
            self.recalls.push(share(common, all(&gold)));
        }
    }

    /// F1 of the means.
    pub(crate) fn figures(&self) -> Vec<Figure> {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let (p, r) = (mean(&self.precisions), mean(&self.recalls));
        vec![Figure::new("html.text", 2.0 * p * r / (p + r).max(1e-9))]
    }
}

/// Runs of four words with how often each occurs; a text of fewer words is one run.
fn runs(text: &str) -> BTreeMap<Vec<String>, usize> {
    let words: Vec<String> = text.split(|c| !is_word(c)).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let mut runs = BTreeMap::new();
    for run in words.windows(RUN.min(words.len()).max(1)) {
        *runs.entry(run.to_vec()).or_default() += 1;
    }
    runs
}

/// Right days, titles and authors among those that the gold has.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dates {
    days: [usize; 2],
    titles: [usize; 2],
    authors: [usize; 2],
}

impl Dates {
    /// Counts one page; `None` where nothing was predicted for it.
    pub(crate) fn add(&mut self, gold: &PageDate, predicted: Option<&PageDate>) {
        let day = |page: &PageDate| page.date.as_deref().unwrap_or_default().chars().take(10).collect::<String>();
        count(&mut self.days, day(gold) == predicted.map(day).unwrap_or_default());
        if let Some(title) = gold.title.as_deref().filter(|t| !t.is_empty()) {
            count(
                &mut self.titles,
                plain(title) == plain(predicted.and_then(|p| p.title.as_deref()).unwrap_or_default()),
            );
        }
        if let Some(author) = gold.author.as_ref().filter(|a| !a.is_empty()) {
            count(
                &mut self.authors,
                author.names() == predicted.and_then(|p| p.author.as_ref()).map(Authors::names).unwrap_or_default(),
            );
        }
    }

    /// Shares of right ones.
    pub(crate) fn figures(&self) -> Vec<Figure> {
        let figure = |name: &str, [right, all]: [usize; 2]| Figure::new(name, share(right, all));
        vec![figure("html.date", self.days), figure("html.title", self.titles), figure("html.author", self.authors)]
    }
}

fn count(pair: &mut [usize; 2], right: bool) {
    pair[0] += usize::from(right);
    pair[1] += 1;
}

/// Letters and digits of ASCII in lower case, with one blank for whatever stands between them.
fn plain(text: &str) -> String {
    let lower = text.nfkd().collect::<String>().to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

impl Authors {
    fn is_empty(&self) -> bool {
        match self {
            Authors::One(text) => text.is_empty(),
            Authors::Many(list) => list.is_empty(),
        }
    }

    /// The plain names one by one, in alphabetical order.
    fn names(&self) -> Vec<String> {
        let texts = match self {
            Authors::One(text) => std::slice::from_ref(text),
            Authors::Many(list) => list,
        };
        let parts = texts.iter().flat_map(|text| text.split([';', ','])).flat_map(|part| part.split(" and "));
        let mut names: Vec<String> = parts.map(plain).filter(|name| !name.is_empty()).collect();
        names.sort();
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_by_runs_of_four_words() {
        let mut texts = Texts::default();
        // Gold: a-d, b-e. Predicted: a-d, b-c-d-x. One of two on both sides.
        texts.add("a b c, d e", "a b c d x");
        assert!((texts.figures()[0].value - 50.0).abs() < 1e-9);
        // Nothing predicted: precision stays 1/2, recall falls to 1/4: F1 1/3.
        texts.add("five words make a run", "");
        assert!((texts.figures()[0].value - 100.0 / 3.0).abs() < 1e-9);
        assert_eq!(runs("two words").len(), 1);
    }

    #[test]
    fn days_titles_and_authors() {
        let page = |date: &str, title: &str, author: Authors| PageDate {
            url: String::new(),
            date: Some(date.to_owned()),
            title: Some(title.to_owned()),
            author: Some(author),
        };
        let many = Authors::Many(vec!["Müller, J".to_owned(), "A. B".to_owned()]);
        let gold = page("2022-02-01", "Après  moi!", many);
        let mut dates = Dates::default();
        dates
            .add(&gold, Some(&page("2022-02-01T10:00:00Z", "APRÈS moi", Authors::One("A B; J and Müller".to_owned()))));
        dates.add(&gold, None);
        assert!(dates.figures().iter().all(|f| f.value == 50.0), "{:?}", dates.figures());
    }
}
