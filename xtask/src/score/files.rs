//! A prediction in a file against its gold in a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{Figure, attribution, calendar, coref, html, names, places, record, syntax, times};
use crate::conllu;
use crate::csv::Table;
use crate::forms::{
    self, Attributions, Clusters, GapAnswer, GapGold, Given, GoldClusters, Names, PageDate, PageText, Timexes, Toponyms,
};
use crate::predict::Suite;
use crate::predict::record::sheets;

/// Scores a prediction.
#[derive(clap::Args)]
pub(crate) struct Args {
    suite: Suite,
    gold: PathBuf,
    predicted: PathBuf,
}

/// Prints the figures of a prediction. A document that was not predicted has nothing predicted in it.
pub(crate) fn score(args: &Args) -> Result<()> {
    for figure in figures(args.suite, &args.gold, &args.predicted)? {
        println!("{:32} {:5.1}", figure.name, figure.value);
    }
    Ok(())
}

fn figures(suite: Suite, gold: &Path, predicted: &Path) -> Result<Vec<Figure>> {
    Ok(match suite {
        Suite::Events => anyhow::bail!("events are measured by `eval`, half by half"),
        Suite::Relations => anyhow::bail!("relations are measured by `eval`, sentence by sentence"),
        Suite::Attribution => {
            let found = by_key(forms::read::<Attributions>(predicted)?, |row| row.id.clone());
            let mut counts = attribution::Counts::default();
            for (given, row) in forms::read::<Given>(gold)?.iter().zip(forms::read::<Attributions>(gold)?) {
                counts.add(
                    &given.text,
                    &row.attributions,
                    found.get(&row.id).map_or(&[], |p| p.attributions.as_slice()),
                );
            }
            counts.figures("attribution")
        }
        Suite::Names => {
            let found = by_key(forms::read::<Names>(predicted)?, |row| row.id.clone());
            let mut counts = names::Counts::default();
            for (given, row) in forms::read::<Given>(gold)?.iter().zip(forms::read::<Names>(gold)?) {
                counts.add(&given.text, &row.entities, found.get(&row.id).map_or(&[], |p| p.entities.as_slice()));
            }
            counts.figures("names")
        }
        Suite::Places => {
            let found = by_key(forms::read::<Toponyms>(predicted)?, |row| row.id.clone());
            let mut counts = places::Counts::default();
            for row in forms::read::<Toponyms>(gold)? {
                counts.add(&row.toponyms, found.get(&row.id).map_or(&[], |p| p.toponyms.as_slice()));
            }
            counts.figures("places")
        }
        Suite::Times => {
            let found = by_key(forms::read::<Timexes>(predicted)?, |row| row.id.clone());
            let mut counts = times::Counts::default();
            for row in forms::read::<Timexes>(gold)? {
                counts.add(&row.timexes, found.get(&row.id).map_or(&[], |p| p.timexes.as_slice()));
            }
            counts.figures("times")
        }
        Suite::Syntax => {
            let found = by_key(conllu::read(predicted)?, |document| document.id.clone());
            let mut counts = syntax::Counts::default();
            for document in conllu::read(gold)? {
                let nothing = conllu::Document { id: document.id.clone(), ..conllu::Document::default() };
                counts.add(&document, found.get(&document.id).unwrap_or(&nothing))?;
            }
            counts.figures()
        }
        Suite::HtmlText => {
            let found = by_key(forms::read::<PageText>(predicted)?, |row| row.id.clone());
            let mut texts = html::Texts::default();
            for row in forms::read::<PageText>(gold)? {
                let text = found.get(&row.id).and_then(|p| p.text.as_deref());
                texts.add(row.text.as_deref().unwrap_or_default(), text.unwrap_or_default());
            }
            texts.figures()
        }
        Suite::HtmlDates => {
            let found = by_key(forms::read::<PageDate>(predicted)?, |row| row.url.clone());
            let mut dates = html::Dates::default();
            for row in forms::read::<PageDate>(gold)? {
                dates.add(&row, found.get(&row.url));
            }
            dates.figures()
        }
        Suite::Calendar => {
            let printed = |path| calendar::printed(&Table::read(path)?);
            vec![calendar::within(&printed(gold)?, &printed(predicted)?)]
        }
        Suite::Coref => {
            let found = by_key(forms::read::<Clusters>(predicted)?, |row| row.id.clone());
            let mut counts = coref::Counts::default();
            for row in forms::read::<GoldClusters>(gold)? {
                counts.add(&row.onto_mentions, found.get(&row.id).map_or(&[], |p| p.mentions.as_slice()));
            }
            counts.figures()
        }
        Suite::Gap => {
            let found = by_key(forms::read::<GapAnswer>(predicted)?, |row| row.id.clone());
            coref::gap(&forms::read::<GapGold>(gold)?, &found)
        }
        Suite::Record => {
            let mut counts = record::Counts::default();
            for sheet in sheets(gold)? {
                let found = record::predicted(predicted, &sheet.name)?;
                counts.add(&record::gold(gold, &sheet.name)?, &sheet.text, &found);
            }
            counts.figures("record")
        }
    })
}

fn by_key<T>(rows: Vec<T>, key: impl Fn(&T) -> String) -> BTreeMap<String, T> {
    rows.into_iter().map(|row| (key(&row), row)).collect()
}
