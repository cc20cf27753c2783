//! Whole records: which facts of a gold a prediction holds, and which forbidden statements it makes.
//!
//! Items are plain JSON on both sides: each kind has fields of its own, a gold may leave a field out, and a prediction
//! may hold anything. What counts is written down in the record codebook; figures are those of its scorer in Python.

mod align;
mod check;
mod fields;
mod forbid;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

use super::{Figure, share};
use fields::{id, kind, stretch};

/// The gold of one report.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Gold {
    /// File name of the report, metadata.
    pub(crate) doc: Value,
    #[serde(default)]
    pub(crate) sentences: Vec<Value>,
    pub(crate) items: Vec<Value>,
    #[serde(default)]
    pub(crate) ambiguities: Vec<Value>,
    /// The report's name; not in the file.
    #[serde(skip)]
    pub(crate) name: String,
}

/// Reads NAME.gold.json.
pub(crate) fn gold(folder: &Path, name: &str) -> Result<Gold> {
    let path = folder.join(format!("{name}.gold.json"));
    let json = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let gold: Gold = serde_json::from_slice(&json).with_context(|| format!("{} is no gold", path.display()))?;
    Ok(Gold { name: name.to_owned(), ..gold })
}

/// Reads the items of NAME.json; a report that was not predicted has none.
pub(crate) fn predicted(folder: &Path, name: &str) -> Result<Vec<Value>> {
    let path = folder.join(format!("{name}.json"));
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let json = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let whole: Value = serde_json::from_slice(&json).with_context(|| format!("{} is no JSON", path.display()))?;
    Ok(whole.get("items").and_then(Value::as_array).cloned().unwrap_or_default())
}

/// A gold and a prediction side by side.
pub(crate) struct Pair<'a> {
    gold: &'a [Value],
    by_id: BTreeMap<&'a str, &'a Value>,
    sentences: BTreeMap<&'a str, [i64; 2]>,
    text: &'a [char],
    found: &'a [Value],
    /// Gold ids that a predicted id stands for.
    stands_for: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// Predicted items that stand for a gold id, best first where that matters.
    hits: BTreeMap<&'a str, Vec<&'a Value>>,
}

impl<'a> Pair<'a> {
    fn new(gold: &'a Gold, text: &'a [char], found: &'a [Value]) -> Pair<'a> {
        let mut pair = Pair {
            gold: &gold.items,
            by_id: gold.items.iter().map(|item| (id(item), item)).collect(),
            sentences: gold.sentences.iter().filter_map(|s| Some((id(s), stretch(Some(s))?))).collect(),
            text,
            found,
            stands_for: BTreeMap::new(),
            hits: BTreeMap::new(),
        };
        pair.align();
        pair
    }

    fn predicted(&self, of: &'a str) -> impl Iterator<Item = &'a Value> + use<'a> {
        self.found.iter().filter(move |item| kind(item) == of)
    }

    fn link(&mut self, found: &'a Value, gold: &'a str) {
        self.stands_for.entry(id(found)).or_default().insert(gold);
        self.hits.entry(gold).or_default().push(found);
    }

    fn hits(&self, gold: &str) -> &[&'a Value] {
        self.hits.get(gold).map_or(&[], Vec::as_slice)
    }
}

/// What was found of one or more golds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    // Kind -> [found of must, must, found of nice, nice].
    kinds: BTreeMap<String, [usize; 4]>,
    forbids: usize,
    /// Forbids that fired, as REPORT:ID.
    pub(crate) fired: Vec<String>,
    /// Items that were not found, as REPORT:ID.
    pub(crate) missed: Vec<String>,
}

impl Counts {
    /// Scores one prediction.
    pub(crate) fn add(&mut self, gold: &Gold, text: &str, found: &[Value]) {
        let text: Vec<char> = text.chars().collect();
        let pair = Pair::new(gold, &text, found);
        for item in &gold.items {
            let name = format!("{}:{}", gold.name, id(item));
            if kind(item) == "forbid" {
                self.forbids += 1;
                if item.get("pred").is_some_and(|forbidden| pair.fires(forbidden)) {
                    self.fired.push(name);
                }
                continue;
            }
            let right = pair.holds(item).unwrap_or(false);
            let counts = self.kinds.entry(kind(item).to_owned()).or_default();
            let at = if item.get("level").and_then(Value::as_str) == Some("must") { 0 } else { 2 };
            counts[at] += usize::from(right);
            counts[at + 1] += 1;
            if !right {
                self.missed.push(name);
            }
        }
    }

    /// Shares of `must` items found, over all and by kind; of `nice` items; and of forbids that did not fire.
    pub(crate) fn figures(&self, suite: &str) -> Vec<Figure> {
        let sum = |at: usize| self.kinds.values().map(|counts| counts[at]).sum::<usize>();
        let clean = share(self.forbids - self.fired.len(), self.forbids);
        let mut figures = vec![
            Figure::new(format!("{suite}.must"), share(sum(0), sum(1))),
            Figure::new(format!("{suite}.nice"), share(sum(2), sum(3))),
            Figure::new(format!("{suite}.forbids_clean"), clean),
        ];
        let kinds = self.kinds.iter().filter(|(_, counts)| counts[1] > 0);
        figures.extend(kinds.map(|(kind, c)| Figure::new(format!("{suite}.{kind}"), share(c[0], c[1]))));
        figures
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn gold() -> Gold {
        let text = json!({
            "doc": {"file": "a.txt"},
            "sentences": [{"id": "s1", "c": [0, 40]}],
            "items": [
                {"id": "e1", "kind": "entity", "level": "must", "type": "person", "anchor": {"c": [0, 8]}},
                {"id": "e2", "kind": "entity", "level": "nice", "type": "gpe", "anchor": {"c": [20, 26]}},
                {"id": "q1", "kind": "quote", "level": "must", "span": {"c": [10, 16]}, "speaker": "e1",
                 "directness": ["direct", "mixed"]},
                {"id": "f1", "kind": "forbid", "level": "must",
                 "pred": {"kind": "quote", "gold": "q1", "field": "speaker", "not_equal": "e1"}},
            ],
        });
        serde_json::from_value(text).expect("well formed")
    }

    const TEXT: &str = "Ada Roe, “we go,” in Vessen today, then.";

    fn check(found: Value, figures: [f64; 3]) {
        let mut counts = Counts::default();
        counts.add(&gold(), TEXT, found.as_array().expect("a list"));
        let found: Vec<f64> = counts.figures("r").iter().take(3).map(|f| f.value).collect();
        assert_eq!(found, figures, "{:?} {:?}", counts.missed, counts.fired);
    }

    #[test]
    fn items_are_found_under_other_ids() {
        check(
            json!([
                {"id": "x", "kind": "entity", "type": "per", "anchor": {"c": [0, 7]}},
                {"id": "y", "kind": "entity", "type": "org", "anchor": {"c": [20, 27]}},
                {"id": "z", "kind": "quote", "span": {"c": [9, 17]}, "speaker": "x", "directness": "direct"},
            ]),
            [100.0, 100.0, 100.0],
        );
    }

    #[test]
    fn a_wrong_speaker_is_a_miss_and_fires() {
        let other = json!([
            {"id": "x", "kind": "entity", "type": "per", "anchor": {"c": [0, 7]}},
            {"id": "y", "kind": "entity", "type": "gpe", "anchor": {"c": [20, 27]}},
            {"id": "z", "kind": "quote", "span": {"c": [9, 17]}, "speaker": "y", "directness": "direct"},
        ]);
        check(other, [50.0, 100.0, 0.0]);
        // Nothing said is nothing found, and nothing forbidden.
        check(json!([]), [0.0, 0.0, 100.0]);
        check(json!([7, {"kind": "quote", "span": 3}, {"id": "q1", "kind": ["a"]}]), [0.0, 0.0, 100.0]);
    }
}
