//! Nesting and unnamed sources against the project's own annotations of corpus texts (`eval/attribution/`): labels and
//! offsets are in the repository, the texts are not.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use reportedly::record::{Record, SourceKind};
use reportedly::{Desk, Given};
use serde::Deserialize;

use crate::forms::{self, Stretch};
use crate::score::{Figure, Tally, share};
use crate::threads::in_order;

use super::measure::Bench;

/// The nested attributions of one text.
#[derive(Deserialize)]
struct Nested {
    set: String,
    id: String,
    pairs: Vec<Pair>,
}

/// An attribution inside another: the cue around it, and its own.
#[derive(Deserialize)]
struct Pair {
    outer: Stretch,
    cue: Vec<Stretch>,
}

/// What an annotator said of a source.
#[derive(Deserialize)]
struct Marked {
    set: String,
    id: String,
    source: Stretch,
    unnamed: bool,
    count: Option<u32>,
    basis: Option<Stretch>,
}

/// Texts of the corpus by set and id.
struct Texts(BTreeMap<(String, String), String>);

impl Texts {
    fn read(data: &Path) -> Result<Texts> {
        let mut texts = BTreeMap::new();
        for set in ["attribution/dev", "attribution/train"] {
            for row in forms::read::<forms::Given>(&data.join(format!("{set}.jsonl")))? {
                texts.insert((set.to_owned(), row.id), row.text);
            }
        }
        Ok(Texts(texts))
    }

    fn get(&self, set: &str, id: &str) -> Result<&str> {
        let text = self.0.get(&(set.to_owned(), id.to_owned()));
        text.map(String::as_str).with_context(|| format!("{set} has no text {id}"))
    }
}

fn touch(a: Stretch, b: Stretch) -> bool {
    a[0] < b[1] && b[0] < a[1]
}

/// Measures both. Part `a` of the nested texts was read while the rules were made, part `b` was not.
pub(super) fn figures(bench: &Bench<'_>, data: &Path, gold: &Path) -> Result<Vec<Figure>> {
    let texts = Texts::read(data)?;
    let mut figures = Vec::new();
    let corpus: BTreeMap<String, forms::Attributions> = forms::read(&data.join("attribution/dev.jsonl"))?
        .into_iter()
        .map(|row: forms::Attributions| (row.id.clone(), row))
        .collect();
    for part in ["a", "b"] {
        let rows: Vec<Nested> = bench.rows(&gold.join(format!("nested.{part}.jsonl")), |row: &Nested| &row.id)?;
        let counted = in_order("nested", &rows, bench.threads, |row, desk| {
            let (record, shift) = read(bench, texts.get(&row.set, &row.id)?, desk)?;
            let outermost = corpus.get(&row.id).map_or(&[][..], |row| &row.attributions);
            Ok(links(&record, shift, &row.pairs, outermost))
        })?;
        let (mut all, mut given) = (Tally::default(), Tally::default());
        for [hits, predicted, gold, of_known, of_found] in counted {
            all.add(hits, predicted, gold);
            given.add(hits, of_known, of_found);
        }
        figures.push(Figure::new(format!("nested.link.{part}"), all.f1()));
        figures.push(Figure::new(format!("nested.link.{part}.given"), given.f1()));
    }
    let rows: Vec<Marked> = bench.rows(&gold.join("unnamed.jsonl"), |row: &Marked| &row.id)?;
    let found =
        in_order("unnamed", &rows, bench.threads, |row, desk| source(bench, texts.get(&row.set, &row.id)?, row, desk))?;
    figures.extend(unnamed(&rows, &found));
    Ok(figures)
}

fn read(bench: &Bench<'_>, text: &str, desk: &mut Desk) -> Result<(Record, usize)> {
    let report = reportedly::report_from_text(text, &Given::default())?;
    let shift = text.chars().count() - report.text.as_str().chars().count();
    Ok((bench.engine.read(&report, desk), shift))
}

/// Links found, predicted and annotated; of the predicted, those in an attribution that corpus or annotation has; of the
/// annotated, those in an attribution that was found. A link holds when both its cues are touched.
fn links(record: &Record, shift: usize, gold: &[Pair], outermost: &[forms::Attribution]) -> [usize; 5] {
    let cue = |a: &reportedly::record::Attribution| {
        a.cue.as_ref().map(|c| [c.span.chars().start + shift, c.span.chars().end + shift])
    };
    let outer = |id| record.attributions.iter().chain(&record.attitudes).find(|a| a.id == id).and_then(cue);
    let mut predicted: Vec<(Stretch, Stretch)> = record
        .attributions
        .iter()
        .chain(&record.attitudes)
        .filter_map(|a| Some((a.within.and_then(outer)?, cue(a)?)))
        .collect();
    let known: Vec<Stretch> =
        outermost.iter().flat_map(|a| a.cue.clone()).chain(gold.iter().flat_map(|p| p.cue.clone())).collect();
    let of_known = predicted.iter().filter(|(o, _)| known.iter().any(|k| touch(*o, *k))).count();
    let of_found = gold
        .iter()
        .filter(|p| record.attributions.iter().chain(&record.attitudes).filter_map(cue).any(|c| touch(c, p.outer)))
        .count();
    let all = predicted.len();
    let mut hits = 0;
    for pair in gold {
        let inner = pair.cue.first().copied().unwrap_or_default();
        if let Some(at) = predicted.iter().position(|(o, i)| touch(*o, pair.outer) && touch(*i, inner)) {
            predicted.remove(at);
            hits += 1;
        }
    }
    [hits, all, gold.len(), of_known, of_found]
}

/// What the program says of an annotated source.
struct Said {
    unnamed: bool,
    count: Option<u32>,
    basis: Option<Stretch>,
}

fn source(bench: &Bench<'_>, text: &str, row: &Marked, desk: &mut Desk) -> Result<Said> {
    let report = reportedly::report_from_text(text, &Given::default())?;
    let shift = text.chars().count() - report.text.as_str().chars().count();
    let span = report.text.span_of_chars(row.source[0] - shift..row.source[1] - shift);
    let mut said = Said { unnamed: false, count: None, basis: None };
    bench.engine.read_with(&report, desk, |_, scores, tree| {
        let covers = |word: &reportedly::record::Word| word.span.touches(span);
        if tree.words.iter().any(covers) {
            let names = reportedly_mention::mentions(report.id, &report.text, tree, scores);
            let source = reportedly_attribution::source(&report.text, tree, &names, span);
            said = Said {
                unnamed: source.kind == Some(SourceKind::Unnamed),
                count: source.count,
                basis: source.basis.map(|b| [b.chars().start + shift, b.chars().end + shift]),
            };
        }
    });
    Ok(said)
}

/// Is it unnamed, how many are they, how do they know: each alone, and all of it together.
fn unnamed(gold: &[Marked], found: &[Said]) -> Vec<Figure> {
    let (mut kind, mut whole, mut basis) = (Tally::default(), Tally::default(), Tally::default());
    let mut counts = [0, 0];
    for (gold, said) in gold.iter().zip(found) {
        let both = gold.unnamed && said.unnamed;
        let same_basis = match (gold.basis, said.basis) {
            (Some(a), Some(b)) => {
                touch(a, b) && 2 * (a[1].min(b[1]) - a[0].max(b[0])) >= a[1].max(b[1]) - a[0].min(b[0])
            }
            (a, b) => a.is_none() && b.is_none(),
        };
        kind.add(both.into(), said.unnamed.into(), gold.unnamed.into());
        whole.add((both && gold.count == said.count && same_basis).into(), said.unnamed.into(), gold.unnamed.into());
        basis.add(
            (gold.basis.is_some() && same_basis).into(),
            said.basis.is_some().into(),
            gold.basis.is_some().into(),
        );
        if both {
            counts[0] += usize::from(gold.count == said.count);
            counts[1] += 1;
        }
    }
    vec![
        Figure::new("unnamed.kind", kind.f1()),
        Figure::new("unnamed.count", share(counts[0], counts[1])),
        Figure::new("unnamed.basis", basis.f1()),
        Figure::new("unnamed.all", whole.f1()),
    ]
}
