//! Names of places in plain texts, and which places they mean.

use std::path::PathBuf;

use anyhow::{Context, Result};
use reportedly::record::Report;
use reportedly::{Desk, Engine, Given};
use reportedly_place::{FEATURES, Toponym, embedded, locate, options, toponyms};
use serde::Serialize;

use super::EngineArgs;
use crate::forms::{self, Placed, Toponyms};
use crate::threads::{Threads, in_order};

/// Predicts the names of places in texts, each with its place where that is known.
pub(crate) fn places(engine: &Engine, rows: &[Placed], threads: usize) -> Result<Vec<Toponyms>> {
    in_order("places", rows, threads, |row, desk| {
        let read = read(engine, row, desk)?;
        let located = locate(engine.gazetteer(), &read.report.text, &read.names, &engine.home(&read.report));
        let toponym = |(toponym, place): (&Toponym, &Option<reportedly::record::Located>)| {
            let [start, end] = read.stretch(toponym);
            forms::Toponym {
                start,
                end,
                geonames: place.as_ref().map(|place| place.geonames.to_string()),
                lat: place.as_ref().map(|place| place.latitude),
                lon: place.as_ref().map(|place| place.longitude),
            }
        };
        let toponyms = read.names.iter().zip(&located).map(toponym).collect();
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
    let record = engine.read(&report, desk);
    let mut names = toponyms(engine.gazetteer(), &record);
    let own = names.len();
    names.extend(embedded(engine.gazetteer(), &record));
    Ok(Read { report, shift, names, own })
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
        for (i, (toponym, options)) in read.names.iter().zip(all).enumerate() {
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
