//! What heads see of how two words of a sentence are bound, straight off the states of layers that were tuned for it
//! (`training/scene.py`): "Ada Roe" and "minister", a body and its place.

use std::collections::BTreeMap;

use reportedly_model::{Head, Layer, Scores};
use reportedly_record::{RelationKind, Syntax};

/// How two words may be bound, in the order of the head's labels (`BONDS` of `training/data.py`); first not at all.
pub(crate) const TIES: usize = 21;

/// One holds a post at the other.
pub(crate) const POST: usize = 1;

/// The other is the title of the post that one holds.
pub(crate) const TITLED: usize = 2;

/// How likely each tie is.
pub(crate) type Shares = [f32; TIES];

/// What the heads say of the words of a section: of the pairs in a sentence that are rather bound than not, how likely each tie is.
#[derive(Clone, Debug, Default)]
pub struct Hints(BTreeMap<(usize, usize), Shares>);

/// Pairs that are bound less likely than this are not kept: few are kept, as a long report has millions.
const LEAST_BOUND: f32 = 0.4;

/// Of a sentence of more words that may be bound only the first are asked of.
const MOST_WORDS: usize = 40;

impl Hints {
    /// Takes from a section's scores what is asked later; nothing where the model has no such heads.
    pub fn of(syntax: &Syntax, scores: &Scores) -> Hints {
        let mut hints = Hints::default();
        let Some(heads) = Heads::of(scores) else { return hints };
        for sentence in &syntax.sentences {
            let asks = |i: &usize| matches!(syntax.words[*i].upos.as_str(), "NOUN" | "PROPN" | "PRON" | "ADJ");
            let words: Vec<usize> =
                (sentence.start as usize..sentence.end as usize).filter(asks).take(MOST_WORDS).collect();
            for &from in &words {
                let left = heads.pair.apply(heads.left.row(from));
                for &to in words.iter().filter(|to| **to != from) {
                    let shares = heads.shares(from, &left, to).filter(|shares| 1.0 - shares[0] >= LEAST_BOUND);
                    hints.0.extend(shares.map(|shares| ((from, to), shares)));
                }
            }
        }
        hints
    }

    /// How likely one word is bound to another in each way, where they are rather bound than not.
    pub(crate) fn shares(&self, from: usize, to: usize) -> Option<&Shares> {
        self.0.get(&(from, to))
    }

    /// Whether nothing is bound.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

struct Heads<'a> {
    from: Head<'a>,
    to: Head<'a>,
    left: Head<'a>,
    right: Head<'a>,
    pair: &'a Layer,
    distances: Vec<Vec<f32>>,
    out: &'a Layer,
}

impl<'a> Heads<'a> {
    fn of(scores: &'a Scores) -> Option<Heads<'a>> {
        let far = scores.layer("scene_bond_far")?;
        Some(Heads {
            from: scores.head("scene_bond_from")?,
            to: scores.head("scene_bond_to")?,
            left: scores.head("scene_bond_left")?,
            right: scores.head("scene_bond_right")?,
            pair: scores.layer("scene_bond_pair")?,
            distances: (0..far.inputs() as u16).map(|step| far.apply_ones(&[step])).collect(),
            out: scores.layer("scene_bond")?,
        })
    }

    /// Of which kind from the sum of both words and their distance, whether at all from their product besides.
    fn shares(&self, from: usize, left: &[f32], to: usize) -> Option<Shares> {
        let sums = self.from.row(from).iter().zip(self.to.row(to)).zip(self.distances.get(bucket(from, to))?);
        let joined: Vec<f32> = sums.map(|((a, b), far)| (a + b + far).max(0.0)).collect();
        let bound: f32 = left.iter().zip(self.right.row(to)).map(|(a, b)| a * b).sum();
        let mut scores: Shares = self.out.apply(&joined).try_into().ok()?;
        scores[1..].iter_mut().for_each(|score| *score += bound);
        let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let odds = scores.map(|score| (score - most).exp());
        let all: f32 = odds.iter().sum();
        Some(odds.map(|odds| odds / all))
    }
}

/// Signed log bucket of a distance in words, as in `training/network.py`.
fn bucket(from: usize, to: usize) -> usize {
    let far = from.abs_diff(to);
    let step = match far {
        0..=4 => far,
        5..=8 => 5,
        9..=16 => 6,
        17..=32 => 7,
        33..=64 => 8,
        _ => 9,
    };
    if to < from { 9 - step } else { 9 + step }
}

/// The relation that a tie is; of posts a role. Founders are in no record.
pub(crate) fn kind_of(tie: usize) -> Option<RelationKind> {
    use RelationKind::*;
    const KINDS: [Option<RelationKind>; TIES] = [
        None,
        Some(Role),
        None,
        Some(SpokespersonOf),
        Some(MemberOf),
        Some(ParentOf),
        Some(SpouseOf),
        Some(SiblingOf),
        Some(KinOf),
        Some(CitizenOf),
        Some(ResidentOf),
        Some(BornIn),
        Some(PartOf),
        Some(LocatedIn),
        Some(OwnedBy),
        Some(PublishedBy),
        Some(LawyerOf),
        Some(AllyOf),
        None,
        Some(AliasOf),
        Some(BelongsTo),
    ];
    KINDS.get(tie).copied().flatten()
}

#[cfg(test)]
mod tests {
    use super::bucket;

    #[test]
    fn distances_fall_into_buckets_on_both_sides() {
        let steps = [(5, 5), (5, 6), (6, 5), (0, 4), (0, 7), (7, 0), (0, 40), (100, 0)];
        assert_eq!(steps.map(|(from, to)| bucket(from, to)), [9, 10, 8, 13, 14, 4, 17, 0]);
    }
}
