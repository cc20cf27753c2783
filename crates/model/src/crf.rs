//! A linear-chain CRF: which tags follow which (Lafferty et al. 2001). Decoding is Viterbi's.

use crate::{Error, Weights};

/// Scores of tag steps, learned with the emissions of a head.
#[derive(Clone, Debug)]
pub struct Crf {
    tags: usize,
    // step[from * tags + to]; forbidden steps hold a large negative score.
    step: Vec<f32>,
    first: Vec<f32>,
}

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
        })
    }

    /// Returns the best tag of every row of emissions. Of equal paths the one with the lower tags wins.
    pub fn best<'a>(&self, emissions: impl ExactSizeIterator<Item = &'a [f32]>) -> Vec<u8> {
        let length = emissions.len();
        let mut best: Vec<f32> = Vec::new();
        let mut back: Vec<u8> = Vec::with_capacity(length * self.tags);
        for row in emissions {
            if best.is_empty() {
                best = self.first.iter().zip(row).map(|(a, b)| a + b).collect();
                continue;
            }
            let mut next = vec![f32::NEG_INFINITY; self.tags];
            let mut from = vec![0u8; self.tags];
            for (i, (so_far, steps)) in best.iter().zip(self.step.chunks_exact(self.tags)).enumerate() {
                for ((next, from), step) in next.iter_mut().zip(&mut from).zip(steps) {
                    if so_far + step > *next {
                        (*next, *from) = (so_far + step, i as u8);
                    }
                }
            }
            next.iter_mut().zip(row).for_each(|(score, emission)| *score += emission);
            back.extend(from);
            best = next;
        }
        let mut tag = best.iter().enumerate().fold(0, |top, (i, score)| if *score > best[top] { i } else { top });
        let mut path = vec![0u8; length];
        for (place, tag_here) in path.iter_mut().enumerate().rev() {
            *tag_here = tag as u8;
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
        let crf = Crf { tags: 3, step: vec![0., 0., bad, 0., 0., 0., 0., 0., 0.], first: vec![0., 0., bad] };
        let rows: [&[f32]; 4] = [&[0., 0., 5.], &[0., 1., 5.], &[3., 0., 0.], &[0., 0., 2.]];
        assert_eq!(crf.best(rows.into_iter()), [1, 2, 0, 0]);
        assert_eq!(crf.best(rows[..0].iter().copied()), Vec::<u8>::new());
    }

    #[test]
    fn the_path_is_the_best_of_all_paths() {
        let crf = Crf { tags: 2, step: vec![0.5, -1., -0.25, 1.5], first: vec![0.25, -0.5] };
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
