//! Coreference against gold: MUC, B-cubed and CEAF-e with their mean (CoNLL) over whole texts, and F1 over GAP's decisions.

use std::collections::{BTreeMap, BTreeSet};

use super::{Figure, Tally};
use crate::forms::{ClusterMention, GapAnswer, GapGold};

type Mention = (usize, usize);

/// Counts over any number of documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    // Of each measure: what gold finds and has, what the prediction finds and has.
    muc: [f64; 4],
    cubed: [f64; 4],
    entities: [f64; 4],
    mentions: Tally,
}

/// Clusters of two mentions and more.
fn clusters(mentions: &[ClusterMention]) -> Vec<BTreeSet<Mention>> {
    let mut by_name: BTreeMap<&str, BTreeSet<Mention>> = BTreeMap::new();
    for mention in mentions {
        by_name.entry(&mention.cluster).or_default().insert((mention.start, mention.end));
    }
    by_name.into_values().filter(|cluster| cluster.len() > 1).collect()
}

/// The cluster that each mention is in; of several the last one.
fn places(clusters: &[BTreeSet<Mention>]) -> BTreeMap<Mention, usize> {
    clusters.iter().enumerate().flat_map(|(k, cluster)| cluster.iter().map(move |mention| (*mention, k))).collect()
}

impl Counts {
    /// Counts one document.
    pub(crate) fn add(&mut self, gold: &[ClusterMention], predicted: &[ClusterMention]) {
        let (gold, predicted) = (clusters(gold), clusters(predicted));
        let (of_gold, of_predicted) = (places(&gold), places(&predicted));
        let both = of_gold.keys().filter(|mention| of_predicted.contains_key(mention)).count();
        self.mentions.add(both, of_predicted.len(), of_gold.len());
        for (side, other, place, at) in [(&gold, &predicted, &of_predicted, 0), (&predicted, &gold, &of_gold, 2)] {
            for cluster in side {
                let parts: BTreeSet<usize> = cluster.iter().filter_map(|m| place.get(m).copied()).collect();
                let alone = cluster.iter().filter(|m| !place.contains_key(m)).count();
                self.muc[at] += cluster.len() as f64 - (parts.len() + alone) as f64;
                self.muc[at + 1] += cluster.len() as f64 - 1.0;
                for mention in cluster {
                    self.cubed[at + 1] += 1.0;
                    if let Some(k) = place.get(mention) {
                        self.cubed[at] += cluster.intersection(&other[*k]).count() as f64 / cluster.len() as f64;
                    }
                }
            }
        }
        let likeness = |a: &BTreeSet<Mention>, b: &BTreeSet<Mention>| {
            2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()) as f64
        };
        let weights: Vec<Vec<f64>> = gold.iter().map(|a| predicted.iter().map(|b| likeness(a, b)).collect()).collect();
        let paired = if gold.is_empty() || predicted.is_empty() { 0.0 } else { assigned(weights) };
        self.entities[0] += paired;
        self.entities[1] += gold.len() as f64;
        self.entities[2] += paired;
        self.entities[3] += predicted.len() as f64;
    }

    /// The figures.
    pub(crate) fn figures(&self) -> Vec<Figure> {
        let all = [("muc", &self.muc), ("b3", &self.cubed), ("ceafe", &self.entities)];
        let each: Vec<(&str, f64)> = all.into_iter().map(|(name, counts)| (name, f1(counts))).collect();
        let mean = each.iter().map(|(_, value)| value).sum::<f64>() / 3.0;
        let mut figures = vec![Figure::new("coref.conll", mean)];
        figures.extend(each.into_iter().map(|(name, value)| Figure::new(format!("coref.{name}"), value)));
        figures.push(Figure::new("coref.mentions", self.mentions.f1()));
        figures
    }
}

fn f1(counts: &[f64; 4]) -> f64 {
    let (r, p) = (counts[0] / counts[1].max(1.0), counts[2] / counts[3].max(1.0));
    if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
}

/// Largest total weight of a one-to-one pairing of rows and columns (Hungarian method).
fn assigned(mut weights: Vec<Vec<f64>>) -> f64 {
    if weights.len() > weights[0].len() {
        weights = (0..weights[0].len()).map(|j| weights.iter().map(|row| row[j]).collect()).collect();
    }
    let (rows, columns) = (weights.len(), weights[0].len());
    let (mut u, mut v) = (vec![0.0; rows + 1], vec![0.0; columns + 1]);
    let (mut row_of, mut way) = (vec![0; columns + 1], vec![0; columns + 1]);
    for row in 1..=rows {
        row_of[0] = row;
        let mut at = 0;
        let (mut low, mut used) = (vec![f64::INFINITY; columns + 1], vec![false; columns + 1]);
        loop {
            used[at] = true;
            let i = row_of[at];
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for j in 1..=columns {
                if used[j] {
                    continue;
                }
                let cost = -weights[i - 1][j - 1] - u[i] - v[j];
                if cost < low[j] {
                    (low[j], way[j]) = (cost, at);
                }
                if low[j] < delta {
                    (delta, next) = (low[j], j);
                }
            }
            for j in 0..=columns {
                if used[j] {
                    u[row_of[j]] += delta;
                    v[j] -= delta;
                } else {
                    low[j] -= delta;
                }
            }
            at = next;
            if row_of[at] == 0 {
                break;
            }
        }
        while at != 0 {
            row_of[at] = row_of[way[at]];
            at = way[at];
        }
    }
    (1..=columns).filter(|j| row_of[*j] > 0).map(|j| weights[row_of[j] - 1][j - 1]).sum()
}

/// The figures of GAP: all decisions, those of masculine and of feminine pronouns, and the feminine part of the masculine one.
pub(crate) fn gap(gold: &[GapGold], predicted: &BTreeMap<String, GapAnswer>) -> Vec<Figure> {
    let of = |pronouns: Option<&[&str]>| {
        let mut tally = Tally::default();
        for row in
            gold.iter().filter(|row| pronouns.is_none_or(|p| p.contains(&row.pronoun.text.to_lowercase().as_str())))
        {
            let found = predicted.get(&row.id);
            for (gold, found) in [(row.a.coref, found.is_some_and(|f| f.a)), (row.b.coref, found.is_some_and(|f| f.b))]
            {
                tally.add((gold && found).into(), found.into(), gold.into());
            }
        }
        tally.f1()
    };
    let (men, women) = (of(Some(&["he", "him", "his"])), of(Some(&["she", "her", "hers"])));
    vec![
        Figure::new("gap.f1", of(None)),
        Figure::new("gap.masculine", men),
        Figure::new("gap.feminine", women),
        Figure::new("gap.feminine_of_masculine", women / men.max(1e-9)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentions(clusters: &[&[usize]]) -> Vec<ClusterMention> {
        let of = |(k, at): (usize, &usize)| ClusterMention { start: *at, end: at + 1, cluster: k.to_string() };
        clusters.iter().enumerate().flat_map(|(k, all)| all.iter().map(move |at| of((k, at)))).collect()
    }

    fn value(figures: &[Figure], name: &str) -> f64 {
        figures.iter().find(|f| f.name == name).expect("the figure is there").value
    }

    #[test]
    fn the_measures_of_a_cluster_that_was_cut_in_two() {
        // The example of Luo (2005): {1 2 3 4 5} {6 7} {8 9 10 11 12} against {1..5} {6..12}.
        let mut counts = Counts::default();
        counts.add(
            &mentions(&[&[1, 2, 3, 4, 5], &[6, 7], &[8, 9, 10, 11, 12]]),
            &mentions(&[&[1, 2, 3, 4, 5], &[6, 7, 8, 9, 10, 11, 12]]),
        );
        let figures = counts.figures();
        // MUC: recall 9/9, precision 9/10.
        assert!((value(&figures, "coref.muc") - 100.0 * 18.0 / 19.0).abs() < 1e-6);
        // B3: recall 1, precision (5 + 4/7 + 25/7)/12 = 16/21.
        assert!((value(&figures, "coref.b3") - 100.0 * 32.0 / 37.0).abs() < 1e-6);
        // CEAF-e: 1 + 10/12 of three and of two.
        assert!((value(&figures, "coref.ceafe") - 100.0 * 2.0 * (11.0 / 6.0) / 5.0).abs() < 1e-6);
        assert_eq!(value(&figures, "coref.mentions"), 100.0);
    }

    #[test]
    fn mentions_alone_do_not_count() {
        let mut counts = Counts::default();
        counts.add(&mentions(&[&[1, 2], &[3]]), &mentions(&[&[1], &[2, 3]]));
        // Of 1, 2 and 2, 3 one is in both.
        assert_eq!(value(&counts.figures(), "coref.mentions"), 50.0);
        assert_eq!(value(&counts.figures(), "coref.muc"), 0.0);
    }
}
