//! Which predicted item stands for which gold item: by their places in the text.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Pair;
use super::fields::{alike, anchors, id, kind, list, overlap, spans, stretch, texts, touch};

/// Prediction ids with what each could stand for, in the order in which they came up.
type Offers<'a, T> = Vec<(&'a str, Vec<T>)>;

fn offer<'a, T>(offers: &mut Offers<'a, T>, to: &'a str, one: T) {
    match offers.iter_mut().find(|(id, _)| *id == to) {
        Some((_, all)) => all.push(one),
        None => offers.push((to, vec![one])),
    }
}

impl<'a> Pair<'a> {
    pub(super) fn align(&mut self) {
        self.align_entities();
        self.align_events();
        let gold: &'a [Value] = self.gold;
        for item in gold {
            match kind(item) {
                "attr" => self.align_attribution(item),
                of @ ("quote" | "time") => {
                    let here = |p: &&Value| touch(stretch(item.get("span")), stretch(p.get("span")));
                    let hits: Vec<&Value> = self.predicted(of).filter(here).collect();
                    hits.into_iter().for_each(|p| self.link(p, id(item)));
                }
                _ => {}
            }
        }
    }

    /// An entity stands for those that one of its mentions points to; one that stands for three or more is several
    /// mixed up, and stands for its best one only.
    fn align_entities(&mut self) {
        let mut offers: Offers<'a, (bool, usize, &'a str, &'a Value)> = Vec::new();
        let gold: &'a [Value] = self.gold;
        for item in gold.iter().filter(|item| kind(item) == "entity") {
            let mut places = anchors(item);
            places.extend(list(item.get("also")).into_iter().filter_map(|span| stretch(Some(span))));
            for p in self.predicted("entity") {
                if !compatible(text(item, "type"), text(p, "type")) {
                    continue;
                }
                let own = spans(p, "anchor");
                let near = |place: [i64; 2]| own.iter().any(|span| alike(place, *span) >= 0.5);
                let score = own.iter().filter(|span| places.iter().any(|place| alike(*place, **span) >= 0.5)).count();
                if score > 0 {
                    let anchored = stretch(item.get("anchor")).is_some_and(near);
                    offer(&mut offers, id(p), (anchored, score, id(item), p));
                }
            }
        }
        for (_, mut all) in offers {
            let ids: BTreeSet<&str> = all.iter().map(|o| o.2).collect();
            let free: BTreeSet<&str> =
                ids.iter().flat_map(|id| texts(self.by_id.get(id).and_then(|item| item.get("may_merge")))).collect();
            if ids.difference(&free).count() >= 3 {
                all = first_best(all, |o| (o.0, o.1));
            }
            all.into_iter().for_each(|(_, _, gold, p)| self.link(p, gold));
        }
    }

    fn align_events(&mut self) {
        let mut offers: Offers<'a, (f64, &'a str, &'a Value)> = Vec::new();
        let gold: &'a [Value] = self.gold;
        for item in gold.iter().filter(|item| kind(item) == "event") {
            let trigger = stretch(item.get("trigger"));
            let others = list(item.get("also")).into_iter().filter_map(|span| stretch(Some(span)));
            let places: Vec<([i64; 2], f64)> =
                trigger.into_iter().map(|t| (t, 1.0)).chain(others.map(|o| (o, 0.0))).collect();
            for p in self.predicted("event") {
                let pairs = spans(p, "trigger").into_iter().flat_map(|span| places.iter().map(move |at| (at, span)));
                let score = pairs
                    .filter(|((at, _), span)| overlap(*at, *span) > 0)
                    .map(|((at, more), span)| alike(*at, span) + more)
                    .fold(0.0, f64::max);
                if score > 0.0 {
                    offer(&mut offers, id(p), (score, id(item), p));
                }
            }
        }
        let mut scored: Vec<(f64, &'a str, &'a Value)> = Vec::new();
        for (_, mut all) in offers {
            if all.iter().map(|o| o.1).collect::<BTreeSet<&str>>().len() >= 3 {
                all = first_best(all, |o| o.0);
            }
            scored.extend(all);
        }
        // Sorting is stable: of equal scores the one that came up first stays first.
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        scored.into_iter().for_each(|(_, gold, p)| self.link(p, gold));
    }

    fn align_attribution(&mut self, item: &'a Value) {
        let cue = stretch(item.get("cue"));
        let mut hits: Vec<(f64, &'a Value)> = Vec::new();
        for p in self.predicted("attr") {
            let content = stretch(p.get("content"));
            let score = content.map_or(0.0, |c| ends(item).into_iter().map(|end| alike(end, c)).fold(0.0, f64::max));
            if touch(cue, stretch(p.get("cue"))) || cue.is_none() && score >= 0.5 {
                hits.push((score, p));
            }
        }
        hits.sort_by(|a, b| b.0.total_cmp(&a.0));
        hits.into_iter().take(3).for_each(|(_, p)| self.link(p, id(item)));
    }
}

/// The contents that count as a gold attribution's: it may be cut or go on where the annotators say so.
pub(super) fn ends(item: &Value) -> Vec<[i64; 2]> {
    let Some(content) = stretch(item.get("content")) else { return Vec::new() };
    let longer = stretch(item.get("content_may_extend_to")).map(|to| [content[0], to[1]]);
    [Some(content), stretch(item.get("core")), longer].into_iter().flatten().collect()
}

/// Keeps the first of those with the highest score.
fn first_best<T, S: PartialOrd>(all: Vec<T>, score: impl Fn(&T) -> S) -> Vec<T> {
    let better = |best: T, one: T| if score(&one) > score(&best) { one } else { best };
    all.into_iter().reduce(better).into_iter().collect()
}

fn text<'a>(item: &'a Value, field: &str) -> &'a str {
    item.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The coarse type of a type.
fn family(of: &str) -> String {
    let lower = of.to_lowercase();
    match lower.as_str() {
        "gpe_gov" | "place" | "location" | "loc" => "gpe",
        "media" | "program" | "organisation" | "organization" => "org",
        "anon_source" | "anon_group" | "norp" | "remains" => "group",
        "agreement" | "facility" | "fac" | "vehicle" | "work" | "law" | "event_named" | "event" | "product" => "thing",
        "per" => "person",
        other => other,
    }
    .to_owned()
}

/// Tells whether two types may be one thing's.
fn compatible(gold: &str, found: &str) -> bool {
    let (gold, found) = (family(gold), family(found));
    let both = |set: &[&str]| set.contains(&gold.as_str()) && set.contains(&found.as_str());
    gold == found || both(&["gpe", "org"]) || both(&["group", "person", "org"]) || gold == "thing" || found == "thing"
}
