//! Names of places against gold: equal spans, and equal GeoNames ids where the gold has one.

use std::collections::BTreeSet;

use super::{Figure, Tally, share};
use crate::forms::Toponym;

/// A place counts as near the gold's within so many kilometres: a hundred miles.
const NEAR: f64 = 161.0;

/// Counts over any number of documents.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    spans: Tally,
    /// Of gold with an id: all, those that any predicted span touches, those with the same id.
    ids: usize,
    found: usize,
    same: usize,
    /// Of gold with id or coordinates: all, and those with the same id or a place near.
    placed: usize,
    near: usize,
}

impl Counts {
    /// Counts one document.
    pub(crate) fn add(&mut self, gold: &[Toponym], predicted: &[Toponym]) {
        let exact: BTreeSet<(usize, usize)> = predicted.iter().map(|t| (t.start, t.end)).collect();
        let hits = gold.iter().filter(|t| exact.contains(&(t.start, t.end))).count();
        self.spans.add(hits, predicted.len(), gold.len());
        for toponym in gold {
            let id = toponym.geonames.as_deref().filter(|id| !id.is_empty());
            if id.is_none() && toponym.lat.is_none() {
                continue;
            }
            self.placed += 1;
            self.ids += usize::from(id.is_some());
            let hit = predicted.iter().find(|t| t.start < toponym.end && toponym.start < t.end);
            let Some(hit) = hit else { continue };
            self.found += usize::from(id.is_some());
            let is_same = id.is_some() && hit.geonames.as_deref() == id;
            self.same += usize::from(is_same);
            self.near += usize::from(is_same || kilometres(hit, toponym).is_some_and(|km| km <= NEAR));
        }
    }

    /// The figures under a suite's name.
    pub(crate) fn figures(&self, suite: &str) -> Vec<Figure> {
        [
            ("span", self.spans.f1()),
            ("span.precision", share(self.spans.right, self.spans.predicted)),
            ("span.recall", share(self.spans.found, self.spans.gold)),
            ("id.found", share(self.same, self.found)),
            ("id.all", share(self.same, self.ids)),
            ("near", share(self.near, self.placed)),
        ]
        .map(|(name, value)| Figure::new(format!("{suite}.{name}"), value))
        .to_vec()
    }
}

/// The way between two places over the sphere.
fn kilometres(a: &Toponym, b: &Toponym) -> Option<f64> {
    let [a_lat, a_lon, b_lat, b_lon] = [a.lat?, a.lon?, b.lat?, b.lon?].map(f64::to_radians);
    let half = |angle: f64| (angle / 2.0).sin().powi(2);
    let h = half(b_lat - a_lat) + a_lat.cos() * b_lat.cos() * half(b_lon - a_lon);
    Some(12_742.0 * h.sqrt().min(1.0).asin())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toponym(start: usize, end: usize, id: Option<&str>, at: Option<(f64, f64)>) -> Toponym {
        let (lat, lon) = (at.map(|a| a.0), at.map(|a| a.1));
        Toponym { start, end, geonames: id.map(str::to_owned), lat, lon }
    }

    #[test]
    fn ids_count_where_the_gold_has_one() {
        let gold = [
            toponym(0, 4, Some("1"), Some((50.0, 0.0))),
            toponym(5, 9, Some("2"), Some((50.0, 0.0))),
            toponym(10, 14, Some("3"), None),
            toponym(15, 19, None, Some((0.0, 0.0))),
            toponym(20, 24, None, None),
        ];
        // The same id; another id a degree of latitude away, on more words; one that is not there at all.
        let found = [
            toponym(0, 4, Some("1"), None),
            toponym(4, 9, Some("7"), Some((51.0, 0.0))),
            toponym(30, 34, Some("3"), None),
        ];
        let mut counts = Counts::default();
        counts.add(&gold, &found);
        let value = |name: &str| {
            counts.figures("p").into_iter().find(|f| f.name == format!("p.{name}")).expect("the figure is there").value
        };
        // Spans: one of three right, one of five found.
        assert!((value("span") - 25.0).abs() < 1e-9);
        assert!((value("id.found") - 50.0).abs() < 1e-9);
        assert!((value("id.all") - 100.0 / 3.0).abs() < 1e-9);
        assert!((value("near") - 50.0).abs() < 1e-9);
    }
}
