//! Names of places in plain texts, and which places they mean.

use std::ops::Range;
use std::path::PathBuf;

use anyhow::{Context, Result};
use reportedly::record::{Report, Span};
use reportedly::{Desk, Engine, Given};
use reportedly_model::Crf;
use reportedly_place::{FEATURES, Form, Toponym, embedded, locate, options, toponyms};
use serde::Serialize;

use super::EngineArgs;
use crate::forms::{self, Placed, Toponyms};
use crate::threads::{Threads, in_order};

/// Predicts the names of places in texts, each with its place where that is known.
pub(crate) fn places(engine: &Engine, rows: &[Placed], threads: usize) -> Result<Vec<Toponyms>> {
    in_order("places", rows, threads, |row, desk| {
        let read = read(engine, row, desk)?;
        let located = locate(engine.gazetteer(), &read.report.text, &read.names, &engine.home(&read.report));
        let placed = |span: &Span| {
            // "Ky", in a text that says "Ky.": the name as rules cut it is what the gazetteer knows.
            let touching = read.names.iter().zip(&located).filter(|(name, _)| shared(name.span, *span) > 0);
            touching.max_by_key(|(name, place)| (place.is_some(), shared(name.span, *span)))?.1.as_ref()
        };
        let toponym = |span: &Span| {
            let (chars, place) = (span.chars(), placed(span));
            forms::Toponym {
                start: chars.start + read.shift,
                end: chars.end + read.shift,
                geonames: place.map(|place| place.geonames.to_string()),
                lat: place.map(|place| place.latitude),
                lon: place.map(|place| place.longitude),
            }
        };
        // A name that rules did not find and the gazetteer does not know is left out.
        let is_founded = |span: &&Span| {
            let is_name = read.report.text.slice(**span).starts_with(char::is_uppercase);
            let by_rules = read.names[..read.by_rules].iter().any(|name| shared(name.span, **span) > 0);
            !is_name || by_rules || placed(span).is_some()
        };
        let toponyms = read.marked.iter().filter(is_founded).map(toponym).collect();
        Ok(Toponyms { id: row.id.clone(), toponyms })
    })
}

/// A text with its names of places.
struct Read {
    report: Report,
    /// What offsets into the report's text lack to those into the text as given.
    shift: usize,
    /// First the names of places, `own` of them, then areas inside the names of bodies: the record takes them for no
    /// places, but the gold marks them, and they tell where the others are.
    names: Vec<Toponym>,
    own: usize,
    /// How many of the names rules found; behind them stand those that only the head of places found.
    by_rules: usize,
    /// What the head of places marks.
    marked: Vec<Span>,
}

impl Read {
    fn stretch(&self, toponym: &Toponym) -> forms::Stretch {
        let chars = toponym.span.chars();
        [chars.start + self.shift, chars.end + self.shift]
    }
}

fn read(engine: &Engine, row: &Placed, desk: &mut Desk) -> Result<Read> {
    let given = Given { outlet: row.domain.clone(), ..Given::default() };
    let report = reportedly::report_from_text(&row.text, &given).with_context(|| format!("document {}", row.id))?;
    let shift = row.text.chars().count() - report.text.as_str().chars().count();
    let mut heard: Vec<Heard> = Vec::new();
    let record = engine.read_with(&report, desk, |_, scores, syntax| {
        let Some(head) = scores.head("place") else { return };
        let words = syntax.words.iter().enumerate();
        heard.push(words.map(|(i, word)| (word.span, head.row(i).to_vec())).collect());
    });
    let mut names = toponyms(engine.gazetteer(), &record);
    let own = names.len();
    names.extend(embedded(engine.gazetteer(), &record));
    let by_rules = names.len();
    let marked: Vec<Span> = match engine.model().crf("place_crf") {
        Some(crf) => heard.into_iter().flat_map(|words| marked(&report, words, &names, crf)).collect(),
        None => names.iter().map(|name| name.span).collect(),
    };
    let is_new = |span: &&Span| !names.iter().any(|name| shared(name.span, **span) > 0);
    let more: Vec<Toponym> =
        marked.iter().filter(is_new).map(|span| Toponym { span: *span, form: Form::Name }).collect();
    names.extend(more);
    Ok(Read { report, shift, names, own, by_rules, marked })
}

/// The words of a section, each with what the head of places says of it.
type Heard = Vec<(Span, Vec<f32>)>;

/// Nats by which a word in a name that rules found is likelier to be marked. Swept on dev: spans 73.5, 74.0, 73.5 at 0, 1, 2.
const OF_RULES: f32 = 1.0;

/// The stretches that the head of places marks. What counts as a place it has learned from the same sets that the suite is
/// measured on, common nouns included; the record lists only names.
fn marked(report: &Report, mut words: Heard, names: &[Toponym], crf: &Crf) -> Vec<Span> {
    for (word, row) in &mut words {
        if let Some(name) = names.iter().find(|name| name.span.covers(*word)) {
            let tag = if name.span.bytes().start == word.bytes().start { BEGINS } else { INSIDE };
            row[tag] += OF_RULES;
        }
    }
    let tags = crf.best(words.iter().map(|(_, row)| row.as_slice()));
    let mut found: Vec<Range<usize>> = Vec::new();
    for (tag, (word, _)) in tags.into_iter().zip(&words) {
        match (usize::from(tag), found.last_mut()) {
            (BEGINS, _) => found.push(word.bytes()),
            (INSIDE, Some(last)) => last.end = word.bytes().end,
            _ => {}
        }
    }
    found.into_iter().map(|range| report.text.span(range)).collect()
}

/// Tags of the head of places, beside none.
const BEGINS: usize = 1;
const INSIDE: usize = 2;

/// How many bytes two spans share.
fn shared(a: Span, b: Span) -> usize {
    a.bytes().end.min(b.bytes().end).saturating_sub(a.bytes().start.max(b.bytes().start))
}

/// Writes the candidates of gold names of places with their features, to train the ranker on.
#[derive(clap::Args)]
pub(crate) struct CandidatesArgs {
    /// Texts with gold: JSON lines in the form of the places suite.
    input: PathBuf,
    output: PathBuf,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    engine: EngineArgs,
}

/// Candidates of one name.
#[derive(Serialize)]
struct Candidates {
    document: String,
    start: usize,
    end: usize,
    /// It stands inside the name of a body.
    inside: bool,
    /// A gold name touches it, has the very same words; its id.
    touches: bool,
    exact: bool,
    gold: String,
    /// GeoNames id and features of each.
    candidates: Vec<(u32, Vec<f32>)>,
    features: &'static [&'static str],
}

/// Writes candidates, with what the gold has at their place.
pub(crate) fn candidates(args: &CandidatesArgs) -> Result<()> {
    let (engine, given) = (args.engine.load()?, forms::read::<Placed>(&args.input)?);
    let gold = forms::read::<Toponyms>(&args.input)?;
    let rows: Vec<(Placed, Toponyms)> = given.into_iter().zip(gold).collect();
    let found = in_order("candidates", &rows, args.threads.count(), |(row, gold), desk| {
        let read = read(&engine, row, desk)?;
        let all = options(engine.gazetteer(), &read.report.text, &read.names, &engine.home(&read.report));
        let mut found = Vec::new();
        for (i, (toponym, options)) in read.names.iter().zip(all).enumerate().take(read.by_rules) {
            let [start, end] = read.stretch(toponym);
            // Of those that the name touches, the gold's with the same words first.
            let touched = gold.toponyms.iter().filter(|t| t.start < end && start < t.end);
            let same = touched.min_by_key(|t| (t.start.abs_diff(start) + t.end.abs_diff(end), t.start));
            found.push(Candidates {
                document: row.id.clone(),
                start,
                end,
                inside: i >= read.own,
                touches: same.is_some(),
                exact: same.is_some_and(|t| (t.start, t.end) == (start, end)),
                gold: same.and_then(|t| t.geonames.clone()).unwrap_or_default(),
                candidates: options.into_iter().map(|option| (option.geonames, option.features)).collect(),
                features: &FEATURES,
            });
        }
        Ok(found)
    })?;
    forms::write(&args.output, &found.into_iter().flatten().collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use reportedly::record::Text;
    use reportedly_place::Form;

    use super::*;

    #[test]
    fn names_are_placed_by_the_words_around_them() {
        let gazetteer = reportedly_place::Gazetteer::built_in().expect("it is whole");
        let text = Text::new("Fire broke out in Springfield, Illinois. Springfield has had none for years.");
        let span = |from: usize| {
            let start = text.as_str()[from..].find("Springfield").expect("it is there") + from;
            Toponym { span: text.span(start..start + "Springfield".len()), form: Form::Name }
        };
        let found = locate(&gazetteer, &text, &[span(0), span(30)], &reportedly_place::Home::default());
        let divisions: Vec<_> = found.iter().flatten().filter_map(|place| place.division.as_deref()).collect();
        assert_eq!(divisions, ["US.IL", "US.IL"]);
    }
}
