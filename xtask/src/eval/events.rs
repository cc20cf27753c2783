//! Events against the project's own annotations of real texts (`eval/events/`: half `a` is for tuning, half `b` is not looked
//! at), factuality against UDS-IH2, and who does what to whom against sentences of conflict news.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use reportedly::record::Status;
use reportedly::{Desk, Given};
use reportedly_event::{ActorSide, actors, sightings};
use serde::Deserialize;

use super::listed::Listed;
use super::measure::Bench;
use super::roles::{Count, Roles};
use crate::forms::{self, Stretch};
use crate::predict::events;
use crate::score::{Figure, Tally, share};
use crate::threads::in_order;

/// The annotated events of one text.
#[derive(Deserialize)]
pub(super) struct Marked {
    set: String,
    pub(super) id: String,
    /// What is annotated of the text: all of it where nothing is said.
    #[serde(default)]
    pub(super) from: usize,
    pub(super) until: Option<usize>,
    pub(super) events: Vec<MarkedEvent>,
}

/// One annotated event: every status that is right, the likeliest first.
#[derive(Deserialize)]
pub(super) struct MarkedEvent {
    pub(super) trigger: Stretch,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) status: Vec<Status>,
    #[serde(default)]
    pub(super) also: Vec<Stretch>,
    #[serde(flatten)]
    pub(super) roles: Roles,
}

/// A sentence with the score of each predicate.
#[derive(Deserialize)]
struct Scored {
    id: String,
    text: String,
    events: Vec<Score>,
}

#[derive(Deserialize)]
struct Score {
    start: usize,
    score: f64,
}

/// A sentence with the words of those who act and those who are acted on.
#[derive(Deserialize)]
struct Acted {
    id: String,
    spans: Vec<Actor>,
}

#[derive(Deserialize)]
struct Actor {
    label: String,
    start: usize,
    end: usize,
}

/// The statuses that the macro average is over: the others are too rare in a half.
const AVERAGED: [Status; 6] =
    [Status::Planned, Status::Happened, Status::Denied, Status::Cancelled, Status::Possible, Status::Hypothetical];

/// Measures all three.
pub(super) fn figures(bench: &Bench<'_>, data: &Path, gold: &Path) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let sets =
        ["attribution/train", "entities/worldwide.train", "times/timebank", "times/aquaint", "relations/re3d.train"];
    let mut texts = BTreeMap::new();
    for set in sets {
        for row in forms::read::<forms::Given>(&data.join(format!("{set}.jsonl")))? {
            texts.insert((set.to_owned(), row.id.clone()), row);
        }
    }
    for half in ["a", "b", "held"] {
        let file = if half == "held" { "train" } else { half };
        let mut gold: Vec<Marked> = bench.rows(&gold.join(format!("status.{file}.jsonl")), |row: &Marked| &row.id)?;
        gold.retain(|row| file == half || is_held(&row.id));
        let text = |row: &Marked| {
            let whole = texts.get(&(row.set.clone(), row.id.clone()))?;
            Some(forms::Given { text: until_line(&whole.text, row.until).to_owned(), ..whole.clone() })
        };
        let rows: Option<Vec<forms::Given>> = gold.iter().map(text).collect();
        let rows = rows.with_context(|| format!("a text of half {half} is in no set"))?;
        let found = events::events(bench.engine, &rows, bench.threads)?;
        figures.extend(status(half, &gold, &found));
        // In the halves not every event is annotated.
        if half == "held" {
            let mut listed = Listed::default();
            gold.iter().zip(&found).for_each(|(gold, found)| listed.add(gold, found));
            figures.extend(listed.figures(half));
        }
    }
    figures.push(factual(bench, &data.join("status/uds.dev.jsonl"))?);
    figures.extend(acting(bench, &data.join("events/cameo.dev.jsonl"))?);
    Ok(figures)
}

/// Every eighth text by the sum of its name's bytes is never trained on (`training/events.py`).
fn is_held(id: &str) -> bool {
    id.bytes().map(usize::from).sum::<usize>() % 8 == 0
}

pub(super) fn touch(a: Stretch, b: Stretch) -> bool {
    a[0] < b[1] && b[0] < a[1]
}

/// A text up to the end of a line well behind what is annotated of it: the rest would only be read in vain.
fn until_line(text: &str, until: Option<usize>) -> &str {
    let Some(at) = until.and_then(|until| text.char_indices().nth(until + CLEARANCE)).map(|(at, _)| at) else {
        return text;
    };
    text[at..].find('\n').map_or(text, |line| &text[..at + line])
}

/// Code points that are read behind what is annotated, at the least.
const CLEARANCE: usize = 200;

/// How many annotated events are found (by their trigger, or else by other words for them), and the status of those.
fn status(half: &str, gold: &[Marked], found: &[events::Events]) -> Vec<Figure> {
    let mut tallies: BTreeMap<Status, Tally> = BTreeMap::new();
    let (mut right, mut seen, mut all) = (0, 0, 0);
    let mut count = Count::default();
    for (gold, found) in gold.iter().zip(found) {
        for event in &gold.events {
            all += 1;
            let of = |words: Stretch| found.events.iter().find(|f| f.triggers.iter().any(|t| touch(*t, words)));
            let Some(found) = of(event.trigger).or_else(|| event.also.iter().find_map(|words| of(*words))) else {
                continue;
            };
            seen += 1;
            count.add(&event.roles, found);
            let hit = event.status.contains(&found.status);
            let Some(wanted) = event.status.iter().find(|s| hit && **s == found.status).or(event.status.first()) else {
                continue;
            };
            right += usize::from(hit);
            tallies.entry(*wanted).or_default().add(usize::from(hit), 0, 1);
            tallies.entry(found.status).or_default().predicted += 1;
        }
    }
    let f1 = |status: Status| tallies.get(&status).map(|tally| tally.f1());
    let known: Vec<f64> = AVERAGED.iter().filter_map(|status| f1(*status)).collect();
    let macro_f1 = if known.is_empty() { 0.0 } else { known.iter().sum::<f64>() / known.len() as f64 };
    let mut figures = count.figures(half, half == "held");
    figures.extend([
        Figure::new(format!("events.trigger.recall.{half}"), share(seen, all)),
        Figure::new(format!("events.status.macro.{half}"), macro_f1),
        Figure::new(format!("events.status.right.{half}"), share(right, seen)),
    ]);
    for status in AVERAGED {
        let name = format!("events.status.{half}.{}", format!("{status:?}").to_lowercase());
        figures.extend(f1(status).map(|f1| Figure::new(name, f1)));
    }
    figures
}

/// Pearson's r between the scores of people and ours, over the predicates that they marked.
fn factual(bench: &Bench<'_>, path: &Path) -> Result<Figure> {
    let rows: Vec<Scored> = bench.rows(path, |row: &Scored| &row.id)?;
    let pairs = in_order("factual", &rows, bench.threads, |row, desk: &mut Desk| {
        let report = reportedly::report_from_text(&row.text, &Given::default())?;
        let mut pairs = Vec::new();
        bench.engine.read_with(&report, desk, |_, scores, syntax| {
            let sighted = sightings(syntax, scores);
            for event in &row.events {
                let at = syntax.words.iter().position(|word| word.span.chars().start == event.start);
                pairs.extend(at.and_then(|at| sighted.fact(at)).map(|fact| (event.score, f64::from(fact))));
            }
        });
        Ok(pairs)
    })?;
    let pairs: Vec<(f64, f64)> = pairs.into_iter().flatten().collect();
    Ok(Figure::new("events.factual.r", pearson(&pairs)))
}

fn pearson(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len().max(1) as f64;
    let (mx, my) = pairs.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.0 / n, y + pair.1 / n));
    let (xy, xx, yy) = pairs.iter().fold((0.0, 0.0, 0.0), |(xy, xx, yy), (x, y)| {
        (xy + (x - mx) * (y - my), xx + (x - mx).powi(2), yy + (y - my).powi(2))
    });
    if xx > 0.0 && yy > 0.0 { xy / (xx * yy).sqrt() } else { 0.0 }
}

/// F1 of equal spans of those who act and of those who are acted on.
fn acting(bench: &Bench<'_>, path: &Path) -> Result<Vec<Figure>> {
    let rows: Vec<forms::Given> = bench.rows(path, |row: &forms::Given| &row.id)?;
    let gold: Vec<Acted> = bench.rows(path, |row: &Acted| &row.id)?;
    let found = in_order("actors", &rows, bench.threads, |row, desk: &mut Desk| {
        let report = reportedly::report_from_text(&row.text, &Given::default())?;
        let mut spans = Vec::new();
        bench.engine.read_with(&report, desk, |_, scores, syntax| {
            spans.extend(actors(syntax, scores).into_iter().map(|(side, words)| {
                let span = syntax.span(words.start as u32..words.end as u32).chars();
                (side, [span.start, span.end])
            }));
        });
        Ok(spans)
    })?;
    let (mut source, mut target) = (Tally::default(), Tally::default());
    for (gold, found) in gold.iter().zip(&found) {
        for (side, label, tally) in [(ActorSide::Source, "SRC", &mut source), (ActorSide::Target, "TAR", &mut target)] {
            let wanted: Vec<Stretch> =
                gold.spans.iter().filter(|s| s.label == label).map(|s| [s.start, s.end]).collect();
            let of_side: Vec<Stretch> = found.iter().filter(|(s, _)| *s == side).map(|(_, span)| *span).collect();
            let hits = of_side.iter().filter(|span| wanted.contains(span)).count();
            tally.add(hits, of_side.len(), wanted.len());
        }
    }
    Ok(vec![Figure::new("events.actor.source", source.f1()), Figure::new("events.actor.target", target.f1())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_of_a_line_is_one() {
        assert!((pearson(&[(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]) - 1.0).abs() < 1e-9);
        assert!((pearson(&[(1.0, -2.0), (2.0, -4.0), (4.0, -8.0)]) + 1.0).abs() < 1e-9);
        assert_eq!(pearson(&[]), 0.0);
    }

    #[test]
    fn a_status_counts_where_the_event_is_found() {
        let marked = |trigger: Stretch, status: &[Status]| MarkedEvent {
            trigger,
            kind: "MEET".to_owned(),
            status: status.to_vec(),
            also: vec![],
            roles: Roles::default(),
        };
        let gold = [Marked {
            set: "x".to_owned(),
            id: "1".to_owned(),
            from: 0,
            until: None,
            events: vec![marked([0, 3], &[Status::Happened, Status::Planned]), marked([10, 12], &[Status::Denied])],
        }];
        let event = |triggers: Vec<Stretch>| events::Event {
            kind: "meet".to_owned(),
            status: Status::Planned,
            triggers,
            participants: vec![],
            places: vec![],
            times: vec![],
        };
        let found = [events::Events { id: "1".to_owned(), events: vec![event(vec![[1, 4]])] }];
        let figures = status("a", &gold, &found);
        let value = |name: &str| figures.iter().find(|f| f.name == name).map(|f| f.value);
        assert_eq!(value("events.trigger.recall.a"), Some(50.0));
        assert_eq!(value("events.status.right.a"), Some(100.0));
        assert_eq!(value("events.status.a.planned"), Some(100.0));
    }
}
