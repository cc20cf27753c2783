//! Measures each part of the evaluation: predicts in memory and scores.

use std::path::{Path, PathBuf};

use anyhow::Result;
use reportedly::Engine;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::{events, own, relations, speakers, voices};
use crate::conllu;
use crate::csv::Table;
use crate::forms::{
    self, Attributions, Dated, GapAnswer, GapGiven, GapGold, Given, GoldClusters, Names, Page, PageDate, PageText,
    Placed, Timexes, Toponyms,
};
use crate::predict::{
    Suite, coref as who, folder, html as pages, places as named, record as records, syntax as trees, text,
};
use crate::score::{Figure, attribution, calendar, coref, html, names, places, record, syntax, times};
use crate::twins::twins;

/// What is measured, and how.
pub(crate) struct Bench<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) quick: bool,
    pub(crate) threads: usize,
}

/// Documents of each dev set in a quick run: they take seconds, and a broken stage shows in them at once.
const QUICK: usize = 12;

/// Measures one suite, or all that there is gold for.
pub(crate) fn figures(
    bench: &Bench<'_>,
    data: Option<&Path>,
    only: Option<Suite>,
    story: &Path,
) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let wanted = |suite: Suite| only.is_none_or(|only| only == suite);
    if let Some(data) = data {
        if wanted(Suite::Attribution) {
            figures.extend(bench.attribution(&data.join("attribution/dev.jsonl"))?);
            figures.extend(voices::figures(bench, data, &super::root().join("eval/attribution"))?);
            figures.extend(speakers::figures(bench, data, &super::root().join("eval/entities"))?);
        }
        if wanted(Suite::Events) {
            figures.extend(events::figures(bench, data, &super::root().join("eval/events"))?);
        }
        if wanted(Suite::Relations) {
            figures.extend(relations::figures(bench, data, &super::root().join("eval/relations"))?);
        }
        if wanted(Suite::Names) {
            figures.extend(bench.names("names.worldwide", &data.join("entities/worldwide.dev.jsonl"))?);
            figures.extend(bench.names("names.ewt", &data.join("entities/ewt.dev.jsonl"))?);
        }
        if wanted(Suite::Places) {
            figures.extend(bench.places(&data.join("places/dev.jsonl"))?);
        }
        if wanted(Suite::Coref) {
            figures.extend(bench.coref(&data.join("coref/gum.dev.jsonl"))?);
        }
        if wanted(Suite::Gap) {
            figures.extend(bench.gap(&data.join("coref/gap.dev.jsonl"))?);
        }
        if wanted(Suite::Times) {
            figures.extend(bench.times(&["timebank", "aquaint"].map(|name| data.join(format!("times/{name}.jsonl"))))?);
        }
        if wanted(Suite::Syntax) {
            figures.extend(bench.syntax(&data.join("syntax/gum.dev.conllu"))?);
        }
        if wanted(Suite::HtmlText) {
            figures.extend(bench.html_text(&data.join("html/articles.jsonl"))?);
        }
        if wanted(Suite::HtmlDates) {
            figures.extend(bench.html_dates(&data.join("html/dates.jsonl"))?);
        }
        if wanted(Suite::Calendar) {
            // Seconds even when whole, so a quick run measures all of it.
            figures.extend(calendar::own(&Table::read(&data.join("calendar/candles_and_nightfall.csv"))?)?);
        }
        if wanted(Suite::Record) {
            figures.extend(bench.records("record.dev", golds(&data.join("record"))?)?);
        }
    }
    if wanted(Suite::Record) {
        let own = super::root().join("eval/record");
        figures.extend(bench.records("record.own", golds(&own)?)?);
        figures.extend(bench.records("record.twins", twins(&own)?)?);
    }
    if only.is_none() {
        figures.extend(own::figures(bench.engine, story)?);
    }
    Ok(figures)
}

impl Bench<'_> {
    fn attribution(&self, path: &Path) -> Result<Vec<Figure>> {
        let rows: Vec<Given> = self.rows(path, |row: &Given| &row.id)?;
        let gold: Vec<Attributions> = self.rows(path, |row: &Attributions| &row.id)?;
        let found = text::attributions(self.engine, &rows, self.threads)?;
        let mut counts = attribution::Counts::default();
        for ((row, gold), found) in rows.iter().zip(&gold).zip(&found) {
            counts.add(&row.text, &gold.attributions, &found.attributions);
        }
        Ok(counts.figures("attribution"))
    }

    fn names(&self, suite: &str, path: &Path) -> Result<Vec<Figure>> {
        let rows: Vec<Given> = self.rows(path, |row: &Given| document(&row.id))?;
        let gold: Vec<Names> = self.rows(path, |row: &Names| document(&row.id))?;
        let found = text::names(self.engine, &rows, self.threads)?;
        let mut counts = names::Counts::default();
        for ((row, gold), found) in rows.iter().zip(&gold).zip(&found) {
            counts.add(&row.text, &gold.entities, &found.entities);
        }
        Ok(counts.figures(suite))
    }

    fn places(&self, path: &Path) -> Result<Vec<Figure>> {
        let rows: Vec<Placed> = self.rows(path, |row: &Placed| &row.id)?;
        let gold: Vec<Toponyms> = self.rows(path, |row: &Toponyms| &row.id)?;
        let mut counts = places::Counts::default();
        for (gold, found) in gold.iter().zip(named::places(self.engine, &rows, self.threads)?) {
            counts.add(&gold.toponyms, &found.toponyms);
        }
        Ok(counts.figures("places"))
    }

    fn coref(&self, path: &Path) -> Result<Vec<Figure>> {
        let rows: Vec<Given> = self.rows(path, |row: &Given| &row.id)?;
        let gold: Vec<GoldClusters> = self.rows(path, |row: &GoldClusters| &row.id)?;
        let found = who::clusters(self.engine, &rows, self.threads)?;
        let mut counts = coref::Counts::default();
        for (gold, found) in gold.iter().zip(&found) {
            counts.add(&gold.onto_mentions, &found.mentions);
        }
        Ok(counts.figures())
    }

    fn gap(&self, path: &Path) -> Result<Vec<Figure>> {
        let rows: Vec<GapGiven> = self.rows(path, |row: &GapGiven| &row.id)?;
        let gold: Vec<GapGold> = self.rows(path, |row: &GapGold| &row.id)?;
        let found = who::gap(self.engine, &rows, self.threads)?;
        Ok(coref::gap(&gold, &found.into_iter().map(|row: GapAnswer| (row.id.clone(), row)).collect()))
    }

    fn times(&self, paths: &[PathBuf]) -> Result<Vec<Figure>> {
        let mut counts = times::Counts::default();
        for path in paths {
            let held_back = |id: &str| times::held_back(id);
            let rows: Vec<Dated> =
                self.sample(forms::read_some(path, |row: &Dated| held_back(&row.id))?, |row| &row.id);
            let gold: Vec<Timexes> =
                self.sample(forms::read_some(path, |row: &Timexes| held_back(&row.id))?, |row| &row.id);
            for (gold, found) in gold.iter().zip(text::times(self.engine, &rows, self.threads)?) {
                counts.add(&gold.timexes, &found.timexes);
            }
        }
        Ok(counts.figures("times"))
    }

    fn syntax(&self, path: &Path) -> Result<Vec<Figure>> {
        let gold = self.sample(conllu::read(path)?, |document| &document.id);
        let mut counts = syntax::Counts::default();
        for (gold, read) in gold.iter().zip(trees::syntax(self.engine, &gold, self.threads)?) {
            counts.add(gold, &read.trees)?;
            counts.add_cut(gold, &read.own);
        }
        Ok(counts.figures())
    }

    fn html_text(&self, path: &Path) -> Result<Vec<Figure>> {
        let list: Vec<Page> = self.rows(path, |page: &Page| page.id.as_deref().unwrap_or_default())?;
        let gold: Vec<PageText> = self.rows(path, |page: &PageText| &page.id)?;
        let mut texts = html::Texts::default();
        for (gold, found) in gold.iter().zip(pages::texts(&list, folder(path), self.threads)?) {
            texts.add(gold.text.as_deref().unwrap_or_default(), found.text.as_deref().unwrap_or_default());
        }
        Ok(texts.figures())
    }

    fn html_dates(&self, path: &Path) -> Result<Vec<Figure>> {
        let list: Vec<Page> = self.rows(path, |page: &Page| page.url.as_deref().unwrap_or_default())?;
        let gold: Vec<PageDate> = self.rows(path, |page: &PageDate| &page.url)?;
        let mut dates = html::Dates::default();
        for (gold, found) in gold.iter().zip(pages::dates(&list, folder(path), self.threads)?) {
            dates.add(gold, Some(&found));
        }
        Ok(dates.figures())
    }

    /// Whole records. Forbidden statements are named: each is a fault to be seen.
    fn records(&self, suite: &str, pairs: Vec<(records::Sheet, record::Gold)>) -> Result<Vec<Figure>> {
        let sheets: Vec<records::Sheet> = pairs.iter().map(|(sheet, _)| sheet.clone()).collect();
        let mut counts = record::Counts::default();
        for ((sheet, gold), found) in pairs.iter().zip(records::records(self.engine, &sheets, self.threads)?) {
            counts.add(gold, &sheet.text, &found.items);
        }
        counts.fired.iter().for_each(|fired| eprintln!("{suite}: forbidden statement {fired}"));
        Ok(counts.figures(suite))
    }

    /// Reads the rows to measure on. The same rows are kept whichever type they are read into.
    pub(super) fn rows<T: DeserializeOwned>(&self, path: &Path, id: impl Fn(&T) -> &str) -> Result<Vec<T>> {
        Ok(self.sample(forms::read(path)?, id))
    }

    /// In a quick run, the rows of those few documents whose digests come first: a sample that has nothing to do with
    /// what stands in them.
    fn sample<T>(&self, mut rows: Vec<T>, id: impl Fn(&T) -> &str) -> Vec<T> {
        if self.quick {
            rows.sort_by_cached_key(|row| Sha256::digest(id(row)));
            let kept: usize = rows.chunk_by(|a, b| id(a) == id(b)).take(QUICK).map(<[T]>::len).sum();
            rows.truncate(kept);
        }
        rows
    }
}

/// The reports of a folder with their golds.
fn golds(folder: &Path) -> Result<Vec<(records::Sheet, record::Gold)>> {
    let pair = |sheet: records::Sheet| Ok((sheet.clone(), record::gold(folder, &sheet.name)?));
    records::sheets(folder)?.into_iter().map(pair).collect()
}

/// The document that a row stands in. English Web Treebank rows are sentences, and their ids end in a number.
fn document(id: &str) -> &str {
    match id.rsplit_once('-') {
        Some((document, number)) if number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()) => document,
        _ => id,
    }
}

#[cfg(test)]
mod tests {
    use super::document;

    #[test]
    fn sentences_belong_to_documents() {
        assert_eq!(document("answers-2007AAY_ans-0001"), "answers-2007AAY_ans");
        assert_eq!(document("af_afrol_17.txt"), "af_afrol_17.txt");
    }
}
