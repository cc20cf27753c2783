//! A linear-chain CRF: which tags follow which (Lafferty et al. 2001). Decoding is Viterbi's.

use crate::{Error, Weights};

/// Scores of tag steps, learned with the emissions of a head.
#[derive(Clone, Debug)]
pub struct Crf {
    tags: usize,
    // step[from * tags + to]; forbidden steps hold a large negative score.
    step: Vec<f32>,
    first: Vec<f32>,
    // What a path that ends with a tag gets besides.
    last: Vec<f32>,
}

/// The score of what must not be, far below any that is learned.
const NEVER: f32 = -1e4;

impl Crf {
    /// Loads one layer of `NAME.step` [layers, tags, tags] and `NAME.first` [layers, tags].
    ///
    /// # Errors
    ///
    /// When a tensor is missing or has another shape.
    pub fn load(weights: &Weights<'_>, name: &str, layers: usize, layer: usize, tags: usize) -> Result<Crf, Error> {
        let step = weights.floats(&format!("{name}.step"), &[layers, tags, tags])?;
        let first = weights.floats(&format!("{name}.first"), &[layers, tags])?;
        Ok(Crf {
            tags,
            step: step[layer * tags * tags..(layer + 1) * tags * tags].to_vec(),
            first: first[layer * tags..(layer + 1) * tags].to_vec(),
            last: vec![0.0; tags],
        })
    }

    /// Returns the same CRF for paths in which a span of one type, whose tags are `begin` and `begin + 1`, stands at most
    /// once. A path without one gets `without` besides.
    #[must_use]
    pub fn at_most_once(&self, begin: usize, without: f32) -> Crf {
        // Every tag twice: before the span has begun, and from then on.
        let (old, tags) = (self.tags, 2 * self.tags);
        let late = |tag: usize| tag >= old;
        let begins = |to: usize| to % old == begin;
        // The span's own tags stand in the second half only, and it begins from the first half only.
        let lawful = |from: usize, to: usize| match (late(from), late(to)) {
            (false, false) => !begins(to) && to % old != begin + 1,
            (false, true) => begins(to),
            (true, true) => !begins(to),
            (true, false) => false,
        };
        let mut step = Vec::with_capacity(tags * tags);
        for from in 0..tags {
            step.extend(
                (0..tags).map(|to| if lawful(from, to) { self.step[from % old * old + to % old] } else { 2.0 * NEVER }),
            );
        }
        let first = (0..tags).map(|to| if late(to) == begins(to) { self.first[to % old] } else { 2.0 * NEVER });
        let last = (0..tags).map(|tag| self.last[tag % old] + if late(tag) { 0.0 } else { without });
        Crf { tags, step, first: first.collect(), last: last.collect() }
    }

    /// Returns the best tag of every row of emissions. Of equal paths the one with the lower tags wins. A row has one
    /// emission for each tag that was loaded.
    pub fn best<'a>(&self, emissions: impl ExactSizeIterator<Item = &'a [f32]>) -> Vec<u8> {
        let length = emissions.len();
        let mut emitted = self.tags;
        let mut best: Vec<f32> = Vec::new();
        let mut next = vec![0f32; self.tags];
        let mut back = vec![0u8; length.saturating_sub(1) * self.tags];
        let mut backs = back.chunks_exact_mut(self.tags);
        for row in emissions {
            emitted = row.len();
            let Some(from) = (!best.is_empty()).then(|| backs.next()).flatten() else {
                best = self.first.iter().zip(row.iter().cycle()).map(|(a, b)| a + b).collect();
                continue;
            };
            next.fill(f32::NEG_INFINITY);
            for (i, (so_far, steps)) in best.iter().zip(self.step.chunks_exact(self.tags)).enumerate() {
                for ((next, from), step) in next.iter_mut().zip(&mut *from).zip(steps) {
                    if so_far + step > *next {
                        (*next, *from) = (so_far + step, i as u8);
                    }
                }
            }
            next.iter_mut().zip(row.iter().cycle()).for_each(|(score, emission)| *score += emission);
            std::mem::swap(&mut best, &mut next);
        }
        best.iter_mut().zip(&self.last).for_each(|(score, last)| *score += last);
        let mut tag = best.iter().enumerate().fold(0, |top, (i, score)| if *score > best[top] { i } else { top });
        let mut path = vec![0u8; length];
        for (place, tag_here) in path.iter_mut().enumerate().rev() {
            *tag_here = (tag % emitted) as u8;
            if place > 0 {
                tag = usize::from(back[(place - 1) * self.tags + tag]);
            }
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forbidden_step_is_never_taken() {
        // Tags O, B, I: I never begins and never follows O.
        let bad = -1e4;
        let crf = Crf {
            tags: 3,
            step: vec![0., 0., bad, 0., 0., 0., 0., 0., 0.],
            first: vec![0., 0., bad],
            last: vec![0.; 3],
        };
        let rows: [&[f32]; 4] = [&[0., 0., 5.], &[0., 1., 5.], &[3., 0., 0.], &[0., 0., 2.]];
        assert_eq!(crf.best(rows.into_iter()), [1, 2, 0, 0]);
        assert_eq!(crf.best(rows[..0].iter().copied()), Vec::<u8>::new());
    }

    #[test]
    fn of_two_spans_the_better_one_stands_where_only_one_may() {
        // Tags O, B, I, and the same once more for another type, of which there may be many.
        let mut step = vec![0.; 25];
        for (from, to) in [(0, 2), (0, 4), (1, 4), (2, 4), (3, 2), (4, 2)] {
            step[from * 5 + to] = NEVER;
        }
        let crf = Crf { tags: 5, step, first: vec![0., 0., NEVER, 0., NEVER], last: vec![0.; 5] };
        let [none, weak, strong, other] =
            [[1., 0., 0., 0., 0.], [0., 1., 0., 0., 0.], [0., 2., 0., 0., 0.], [0., 0., 0., 1., 0.]];
        let tags = |crf: &Crf, rows: &[[f32; 5]]| crf.best(rows.iter().map(|r| r.as_slice()));
        let rows = [weak, other, none, strong, none, other];
        assert_eq!(tags(&crf, &rows), [1, 3, 0, 1, 0, 3]);
        assert_eq!(tags(&crf.at_most_once(1, 0.0), &rows), [0, 3, 0, 1, 0, 3]);
        // Without any, a path must be better by as much.
        let rows = [none, other, [0.5, 0., 0., 0., 0.]];
        assert_eq!(tags(&crf.at_most_once(1, 0.0), &rows), [0, 3, 0]);
        assert_eq!(tags(&crf.at_most_once(1, -0.75), &rows), [0, 3, 1]);
    }

    #[test]
    fn the_path_is_the_best_of_all_paths() {
        let crf = Crf { tags: 2, step: vec![0.5, -1., -0.25, 1.5], first: vec![0.25, -0.5], last: vec![0.; 2] };
        let rows: Vec<[f32; 2]> = (0..8).map(|i| [(i * 7 % 5) as f32 - 2., (i * 3 % 4) as f32 - 1.]).collect();
        let score = |path: &[u8]| {
            let mut sum = crf.first[usize::from(path[0])];
            for (i, tag) in path.iter().enumerate() {
                sum += rows[i][usize::from(*tag)];
                if i > 0 {
                    sum += crf.step[usize::from(path[i - 1]) * 2 + usize::from(*tag)];
                }
            }
            sum
        };
        let best = crf.best(rows.iter().map(|r| r.as_slice()));
        for bits in 0u32..256 {
            let path: Vec<u8> = (0..8).map(|i| (bits >> i & 1) as u8).collect();
            assert!(score(&path) <= score(&best) + 1e-6);
        }
    }
}
