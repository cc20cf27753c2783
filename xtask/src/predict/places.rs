//! Names of places in plain texts, and which places they mean.

use std::path::PathBuf;

use anyhow::{Context, Result};
use reportedly::record::Report;
use reportedly::{Desk, Engine, Given};
use reportedly_place::{FEATURES, Toponym, locate, options, toponyms};
use serde::Serialize;

use super::EngineArgs;
use crate::forms::{self, Placed, Toponyms};
use crate::threads::{Threads, in_order};

/// Predicts the names of places in texts, each with its place where that is known.
pub(crate) fn places(engine: &Engine, rows: &[Placed], threads: usize) -> Result<Vec<Toponyms>> {
    in_order("places", rows, threads, |row, desk| {
        let (report, shift, spans) = read(engine, row, desk)?;
        let located = locate(engine.gazetteer(), &report.text, &spans, &engine.home(&report));
        let toponym = |(toponym, place): (&Toponym, &Option<reportedly::record::Located>)| {
            let chars = toponym.span.chars();
            forms::Toponym {
                start: chars.start + shift,
                end: chars.end + shift,
                geonames: place.as_ref().map(|place| place.geonames.to_string()),
                lat: place.as_ref().map(|place| place.latitude),
                lon: place.as_ref().map(|place| place.longitude),
            }
        };
        Ok(Toponyms { id: row.id.clone(), toponyms: spans.iter().zip(&located).map(toponym).collect() })
    })
}

/// Reads a text: the report, what offsets into it lack to those into the text as given, and the names of places.
fn read(engine: &Engine, row: &Placed, desk: &mut Desk) -> Result<(Report, usize, Vec<Toponym>)> {
    let given = Given { outlet: row.domain.clone(), ..Given::default() };
    let report = reportedly::report_from_text(&row.text, &given).with_context(|| format!("document {}", row.id))?;
    let shift = row.text.chars().count() - report.text.as_str().chars().count();
    let record = engine.read(&report, desk);
    let spans = toponyms(engine.gazetteer(), &record);
    Ok((report, shift, spans))
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
    gold: String,
    /// GeoNames id and features of each.
    candidates: Vec<(u32, Vec<f32>)>,
    features: &'static [&'static str],
}

/// Writes candidates: those of found names that stand where the gold has one, the gold's id beside them.
pub(crate) fn candidates(args: &CandidatesArgs) -> Result<()> {
    let (engine, given) = (args.engine.load()?, forms::read::<Placed>(&args.input)?);
    let gold = forms::read::<Toponyms>(&args.input)?;
    let rows: Vec<(Placed, Toponyms)> = given.into_iter().zip(gold).collect();
    let found = in_order("candidates", &rows, args.threads.count(), |(row, gold), desk| {
        let (report, shift, spans) = read(&engine, row, desk)?;
        let all = options(engine.gazetteer(), &report.text, &spans, &engine.home(&report));
        let mut found = Vec::new();
        for (toponym, options) in spans.iter().zip(all) {
            let chars = toponym.span.chars();
            let (start, end) = (chars.start + shift, chars.end + shift);
            let Some(same) = gold.toponyms.iter().find(|t| t.start < end && start < t.end) else { continue };
            found.push(Candidates {
                document: row.id.clone(),
                start,
                gold: same.geonames.clone().unwrap_or_default(),
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
