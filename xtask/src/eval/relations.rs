//! Relations against the project's own annotations of sentences of real texts (`eval/relations/`): labels and offsets are in the
//! repository, the texts are not. Each sentence is read alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::forms::{self, Bond, Stretch};
use crate::predict::relations::of_text;
use crate::score::{Figure, Tally, share};
use crate::threads::in_order;

use super::measure::Bench;

/// The relations of one sentence.
#[derive(Deserialize)]
struct Row {
    set: String,
    id: String,
    sentence: Stretch,
    relations: Vec<Gold>,
}

/// The relations of the sentences of a passage.
#[derive(Deserialize)]
struct Passage {
    set: String,
    id: String,
    sentences: Vec<Stretch>,
    relations: Vec<Gold>,
}

/// One annotated relation; offsets count in the whole text.
#[derive(Deserialize)]
struct Gold {
    #[serde(rename = "type")]
    kind: Kinds,
    from: Stretch,
    to: Option<Stretch>,
    level: Option<String>,
    #[serde(default)]
    adjective: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Kinds {
    One(String),
    Any(Vec<String>),
}

/// Counts of a sentence: what is demanded and found, all together and for kin alone.
#[derive(Clone, Copy, Default)]
struct Counts {
    all: Tally,
    kin: Tally,
}

const KIN: [&str; 5] = ["parent_of", "spouse_of", "sibling_of", "child_in_law_of", "kin_of"];

/// Measures all parts. Part `a` was read while the rules were made, part `b` was not.
pub(super) fn figures(bench: &Bench<'_>, data: &Path, gold: &Path) -> Result<Vec<Figure>> {
    let mut texts: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut figures = Vec::new();
    for part in ["a", "b", "held"] {
        let rows = match part {
            "held" => held(bench, &gold.join("passages.jsonl"))?,
            _ => bench.rows(&gold.join(format!("{part}.jsonl")), |row: &Row| &row.id)?,
        };
        for set in rows.iter().map(|row| &row.set).collect::<BTreeSet<_>>() {
            if !texts.contains_key(set) {
                let of_set: Vec<forms::Given> = forms::read(&data.join(format!("{set}.jsonl")))?;
                texts.insert(set.clone(), of_set.into_iter().map(|row| (row.id, row.text)).collect());
            }
        }
        let counted = in_order("relations", &rows, bench.threads, |row, desk| {
            let text = texts.get(&row.set).and_then(|of_set| of_set.get(&row.id));
            let text = text.with_context(|| format!("{} has no text {}", row.set, row.id))?;
            let [start, end] = row.sentence;
            let sentence: String = text.chars().skip(start).take(end - start).collect();
            let found = of_text(bench.engine, &sentence, desk)?;
            Ok(counts(&sentence.chars().collect::<Vec<char>>(), start, &row.relations, &found))
        })?;
        let mut sum = Counts::default();
        for one in counted {
            sum.all.add(one.all.right, one.all.predicted, one.all.gold);
            sum.kin.add(one.kin.right, one.kin.predicted, one.kin.gold);
        }
        figures.push(Figure::new(format!("relations.{part}"), sum.all.f1()));
        figures.push(Figure::new(format!("relations.{part}.precision"), share(sum.all.right, sum.all.predicted)));
        figures.push(Figure::new(format!("relations.{part}.recall"), share(sum.all.found, sum.all.gold)));
        figures.push(Figure::new(format!("relations.{part}.kin"), sum.kin.f1()));
    }
    Ok(figures)
}

/// The sentences of the annotated passages of every eighth text, which training leaves out (`held` of `training/data.py`).
fn held(bench: &Bench<'_>, path: &Path) -> Result<Vec<Row>> {
    let passages: Vec<Passage> = bench.rows(path, |passage: &Passage| &passage.id)?;
    let held = passages.into_iter().filter(|p| p.id.bytes().map(u64::from).sum::<u64>() % 8 == 0);
    let rows = |Passage { set, id, sentences, mut relations }: Passage| {
        let row = move |sentence: Stretch| {
            let inside = |gold: &mut Gold| sentence[0] <= gold.from[0] && gold.from[1] <= sentence[1];
            let relations = relations.extract_if(.., inside).collect();
            Row { set: set.clone(), id: id.clone(), sentence, relations }
        };
        sentences.into_iter().map(row).collect::<Vec<Row>>()
    };
    Ok(held.flat_map(rows).collect())
}

/// Pairs each found relation with an annotated one. Arguable ones count on neither side, and one fact counts once.
fn counts(sentence: &[char], start: usize, gold: &[Gold], found: &[Bond]) -> Counts {
    let mut met = vec![false; gold.len()];
    let mut counts = Counts::default();
    for bond in found {
        let is_kin = KIN.contains(&bond.kind.as_str());
        let fitting = |i: &usize| fits(sentence, start, &gold[*i], bond);
        let hit = (0..gold.len()).filter(fitting).min_by_key(|i| met[*i]);
        match hit {
            Some(i) if gold[i].level.is_some() => {}
            Some(i) if met[i] => {}
            Some(i) => {
                met[i] = true;
                counts.all.add(1, 1, 0);
                counts.kin.add(usize::from(is_kin), usize::from(is_kin), 0);
            }
            None => {
                counts.all.add(0, 1, 0);
                counts.kin.add(0, usize::from(is_kin), 0);
            }
        }
    }
    for gold in gold.iter().filter(|gold| gold.level.is_none()) {
        counts.all.add(0, 0, 1);
        counts.kin.add(0, 0, usize::from(gold.kinds().iter().any(|kind| KIN.contains(kind))));
    }
    counts
}

impl Gold {
    fn kinds(&self) -> Vec<&str> {
        match &self.kind {
            Kinds::One(kind) => vec![kind],
            Kinds::Any(kinds) => kinds.iter().map(String::as_str).collect(),
        }
    }
}

fn fits(sentence: &[char], start: usize, gold: &Gold, bond: &Bond) -> bool {
    let post = |kind: &str| matches!(kind, "role" | "office");
    let kind = gold.kinds().iter().any(|kind| *kind == bond.kind || post(kind) && post(&bond.kind));
    if !kind {
        return false;
    }
    let here = |[a, b]: Stretch| [a - start.min(a), b - start.min(b)];
    let (from, to) = (here(gold.from), gold.to.map(here));
    let is = |mentions: &[Stretch], wanted: Stretch| mentions.iter().any(|m| same(sentence, *m, wanted));
    let nobody = gold.adjective && bond.to.is_none();
    let straight = is(&bond.from, from)
        && (nobody
            || match (&bond.to, to) {
                (Some(found), Some(to)) => is(found, to),
                (found, to) => found.is_none() && to.is_none(),
            });
    // Such relations hold both ways; the other name of one that is known to be the same stands in the title.
    let both_ways = matches!(bond.kind.as_str(), "spouse_of" | "sibling_of" | "kin_of" | "ally_of" | "alias_of");
    let turned = || bond.to.as_ref().is_some_and(|found| is(found, from)) && to.is_some_and(|to| is(&bond.from, to));
    let titled = || {
        bond.kind == "alias_of"
            && bond
                .title
                .is_some_and(|title| same(sentence, title, from) || to.is_some_and(|to| same(sentence, title, to)))
    };
    straight || both_ways && turned() || titled()
}

/// Whether two stretches name the same: equal but for article, courtesy and mark of possession, or with the same last
/// word and half of all characters shared.
fn same(sentence: &[char], a: Stretch, b: Stretch) -> bool {
    let (a, b) = (core(sentence, a), core(sentence, b));
    let shared = a[1].min(b[1]).saturating_sub(a[0].max(b[0]));
    shared > 0 && (a[1] == b[1] || 2 * shared >= a[1].max(b[1]) - a[0].min(b[0]))
}

fn core(sentence: &[char], [mut start, mut end]: Stretch) -> Stretch {
    let text: String = sentence.get(start..end).unwrap_or_default().iter().collect();
    let lower = text.to_lowercase();
    for lead in ["the ", "a ", "an ", "mr. ", "mr ", "mrs. ", "mrs ", "ms. ", "ms ", "dr. ", "dr ", "sir "] {
        if lower.starts_with(lead) {
            start += lead.chars().count();
            break;
        }
    }
    if lower.ends_with("'s") || lower.ends_with("’s") {
        end -= 2;
    }
    [start.min(end), end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(kind: &str, from: Stretch, to: Option<Stretch>, level: Option<&str>) -> Gold {
        Gold { kind: Kinds::One(kind.to_owned()), from, to, level: level.map(str::to_owned), adjective: false }
    }

    #[test]
    fn a_relation_is_right_in_kind_and_direction() {
        let sentence: Vec<char> = "Ada Roe, the sister of the envoy Ben Lind, is mayor.".chars().collect();
        let bond = |kind: &str, from: Stretch, to: Option<Stretch>| Bond {
            kind: kind.to_owned(),
            from: vec![from],
            to: to.map(|to| vec![to]),
            title: None,
            ended: false,
            evidence: [0, 5],
        };
        let (ada, ben) = ([100, 107], [133, 141]);
        let check = |gold: &[Gold], found: &[Bond]| {
            let all = counts(&sentence, 100, gold, found).all;
            (all.right, all.predicted, all.gold)
        };
        let sister = [gold("sibling_of", ada, Some(ben), None)];
        assert_eq!(check(&sister, &[bond("sibling_of", [0, 7], Some([33, 41]))]), (1, 1, 1));
        assert_eq!(check(&sister, &[bond("sibling_of", [33, 41], Some([0, 7]))]), (1, 1, 1));
        assert_eq!(check(&sister, &[bond("parent_of", [0, 7], Some([33, 41]))]), (0, 1, 1));
        let mother = [gold("parent_of", ada, Some(ben), None)];
        assert_eq!(check(&mother, &[bond("parent_of", [33, 41], Some([0, 7]))]), (0, 1, 1));
        let mayor = [gold("office", ada, None, None), gold("office", ben, None, Some("nice"))];
        assert_eq!(check(&mayor, &[bond("role", [0, 7], None), bond("office", [33, 41], None)]), (1, 1, 1));
    }
}
