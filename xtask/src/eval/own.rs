//! The repository's own gold: attributions of the made-up story in `examples/`, given as words of each report.

use std::path::Path;

use anyhow::{Context, Result, bail};
use reportedly::record::{PassageKind, Report};
use reportedly::{Desk, Engine, Given, Limits, sources};
use serde::Deserialize;

use crate::forms::{self, Attribution, Stretch};
use crate::predict::text::outermost;
use crate::score::Figure;
use crate::score::attribution::Counts;

/// The attributions of one report: a file, or `FILE#ID` for a row of JSON lines.
#[derive(Deserialize)]
struct Row {
    file: String,
    attributions: Vec<Marked>,
}

/// One attribution in the report's own words.
#[derive(Deserialize)]
struct Marked {
    source: Option<String>,
    cue: Option<String>,
    content: Vec<String>,
    /// Absent where every string occurs once.
    nth: Option<Nth>,
}

/// Which occurrence of each string is meant, counted from 0.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Nth {
    source: usize,
    cue: usize,
    content: Vec<usize>,
}

/// Measures attributions on the story.
pub(crate) fn figures(engine: &Engine, story: &Path) -> Result<Vec<Figure>> {
    let mut counts = Counts::default();
    let mut desk = Desk::default();
    for row in forms::read::<Row>(&story.join("gold.jsonl"))? {
        let report = report(story, &row.file)?;
        let mut page = Page::new(&report, row.file.ends_with(".html"));
        let gold: Vec<Attribution> = row.attributions.iter().map(|marked| page.places(marked)).collect();
        page.faults().for_each(|fault| eprintln!("{}: {fault}", row.file));
        counts.add(&page.text(), &gold, &outermost(&engine.read(&report, &mut desk), 0));
    }
    Ok(counts.figures("own"))
}

/// Reads a report as intake does, with the metadata beside it.
fn report(story: &Path, file: &str) -> Result<Report> {
    let (name, id) = file.split_once('#').map_or((file, None), |(name, id)| (name, Some(id)));
    let path = story.join(name);
    let at = id.map_or(Ok(0), |id| line_of(&path, id))?;
    let source = sources([&path]).next().with_context(|| format!("{name} is no file"))??;
    let report = source.reports(&Given::default(), &Limits::default()).nth(at);
    Ok(report.with_context(|| format!("{name} has no report {}", at + 1))??)
}

/// Which of the rows has this id.
fn line_of(path: &Path, id: &str) -> Result<usize> {
    #[derive(Deserialize)]
    struct Named {
        id: String,
    }
    match forms::read::<Named>(path)?.iter().position(|row| row.id == id) {
        Some(at) => Ok(at),
        None => bail!("{} has no row {id}", path.display()),
    }
}

/// A report's text to find the gold's words in. Words that are not there are put behind it, where nothing is predicted:
/// what intake loses is missed.
struct Page<'a> {
    report: &'a Report,
    /// Of a web page the gold counts only the article's body.
    body_only: bool,
    lost: Vec<String>,
    /// Words that the gold takes to be there once, and that are there more often.
    repeated: Vec<String>,
}

impl<'a> Page<'a> {
    fn new(report: &'a Report, body_only: bool) -> Page<'a> {
        Page { report, body_only, lost: Vec::new(), repeated: Vec::new() }
    }

    /// The report's text with the lost words behind it.
    fn text(&self) -> String {
        self.lost.iter().fold(self.report.text.as_str().to_owned(), |text, words| text + "\n" + words)
    }

    /// What is wrong between the gold and the text that intake made.
    fn faults(&self) -> impl Iterator<Item = String> {
        let lost = self.lost.iter().map(|words| format!("intake lost the gold's {words:?}"));
        lost.chain(self.repeated.iter().map(|words| format!("the gold's {words:?} is there more than once")))
    }

    fn places(&mut self, marked: &Marked) -> Attribution {
        let nth = marked.nth.as_ref();
        let source = marked.source.iter().map(|words| self.place(words, nth.map(|n| n.source))).collect();
        let cue = marked.cue.iter().map(|words| self.place(words, nth.map(|n| n.cue))).collect();
        let content = marked.content.iter().enumerate();
        let content =
            content.map(|(i, words)| self.place(words, nth.map(|n| n.content.get(i).copied().unwrap_or_default())));
        Attribution { source, cue, content: content.collect() }
    }

    /// The code points of the n-th occurrence of some words.
    fn place(&mut self, words: &str, nth: Option<usize>) -> Stretch {
        let text = &self.report.text;
        let mut found = text.as_str().match_indices(words).map(|(at, _)| at).filter(|at| self.counts(*at));
        let at = found.nth(nth.unwrap_or_default());
        if nth.is_none() && found.next().is_some() {
            self.repeated.push(words.to_owned());
        }
        if let Some(at) = at {
            let chars = text.span(at..at + words.len()).chars();
            return [chars.start, chars.end];
        }
        let start = self.text().chars().count() + 1;
        self.lost.push(words.to_owned());
        [start, start + words.chars().count()]
    }

    /// Tells whether the gold counts occurrences there.
    fn counts(&self, at: usize) -> bool {
        let passage = self.report.passages.iter().find(|p| p.span.bytes().contains(&at));
        !self.body_only
            || passage
                .is_some_and(|p| !matches!(p.kind, PassageKind::Headline | PassageKind::Byline | PassageKind::Caption))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gold_stands_in_the_reports() {
        let story = crate::eval::root().join("examples/harbour-talks");
        for row in forms::read::<Row>(&story.join("gold.jsonl")).expect("the gold is well formed") {
            let report = report(&story, &row.file).expect("intake reads the story");
            let mut page = Page::new(&report, row.file.ends_with(".html"));
            row.attributions.iter().for_each(|marked| drop(page.places(marked)));
            assert_eq!(page.faults().collect::<Vec<_>>(), Vec::<String>::new(), "{}", row.file);
        }
    }

    fn marked(json: &str) -> Marked {
        serde_json::from_str(json).expect("well formed")
    }

    #[test]
    fn words_are_found_by_occurrence_and_lost_ones_stand_behind_the_text() {
        let text = "É said no.\n\nShe said no, she said.";
        let report = reportedly::report_from_text(text, &Given::default()).expect("a report");
        let mut page = Page::new(&report, false);
        let found = page.places(&marked(
            r#"{"source": "She", "cue": "said", "content": ["no"], "nth": {"cue": 1, "content": [1]}}"#,
        ));
        assert_eq!(found, Attribution { source: vec![[12, 15]], cue: vec![[16, 20]], content: vec![[21, 23]] });
        let lost = page.places(&marked(r#"{"source": null, "cue": "denied", "content": []}"#));
        assert_eq!(page.text(), format!("{text}\ndenied"));
        assert_eq!(lost, Attribution { source: vec![], cue: vec![[35, 41]], content: vec![] });
        page.places(&marked(r#"{"cue": "said", "content": []}"#));
        let faults: Vec<String> = page.faults().collect();
        assert_eq!(faults, ["intake lost the gold's \"denied\"", "the gold's \"said\" is there more than once"]);
    }
}
