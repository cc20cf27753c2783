//! Attention: every piece of a window looks at every other, one head at a time.
//!
//! Sixteen queries stand side by side in the lanes, keys go by in the steps: the scores of a
//! query are a column, and turning them into shares needs no sums across lanes.

use crate::function::exp;
use crate::kernel::per_kernel;
use crate::lanes::{LANES, Wide};
use crate::matmul::{Matrix, Target, matmul};

/// Sizes of one attention.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    pub(crate) pieces: usize,
    pub(crate) hidden: usize,
    pub(crate) heads: usize,
}

impl Sizes {
    fn head(&self) -> usize {
        self.hidden / self.heads
    }

    /// Pieces with padding to whole panels.
    fn padded(&self) -> usize {
        self.pieces.next_multiple_of(LANES)
    }
}

/// Working storage for attention.
#[derive(Debug, Clone, Default)]
pub(crate) struct Packed {
    queries: Vec<f32>,
    keys: Vec<f32>,
    values: Vec<f32>,
    scores: Vec<f32>,
}

impl Packed {
    fn reshape(&mut self, sizes: Sizes) {
        grow(&mut self.queries, LANES * sizes.head());
        grow(&mut self.keys, sizes.padded() * sizes.head());
        grow(&mut self.values, sizes.pieces * sizes.head().next_multiple_of(LANES));
        grow(&mut self.scores, sizes.padded() * LANES);
    }
}

/// Makes a buffer at least this long. Gives no storage back.
pub(crate) fn grow(buffer: &mut Vec<f32>, length: usize) {
    if buffer.len() < length {
        buffer.resize(length, 0.0);
    }
}

per_kernel! {
    /// Writes each piece's context, `hidden` floats, from its query, key and value, which lie one
    /// after the other in a row of `qkv`.
    pub(crate) fn attend(sizes: Sizes, qkv: &[f32], packed: &mut Packed, context: &mut [f32])
        = attend_body;
}

#[inline(always)]
fn attend_body(wide: impl Wide, sizes: Sizes, qkv: &[f32], packed: &mut Packed, context: &mut [f32]) {
    packed.reshape(sizes);
    let Sizes { pieces, hidden, heads } = sizes;
    let head = sizes.head();
    let stride = 3 * hidden;
    let scale = 1.0 / (head as f32).sqrt();
    let Packed { queries, keys, values, scores } = packed;
    for column in (0..heads).map(|h| h * head) {
        let key_rows = Matrix { values: &qkv[hidden + column..], stride, rows: pieces, columns: head };
        key_rows.pack(scale, keys);
        pack_values(sizes, &qkv[2 * hidden + column..], values);
        for first in (0..pieces).step_by(LANES) {
            let rows = LANES.min(pieces - first);
            let query_rows = Matrix { values: &qkv[first * stride + column..], stride, rows, columns: head };
            query_rows.pack(1.0, queries);
            let mut to = Target { values: scores, stride: LANES, rows: pieces, columns: LANES };
            let panels = sizes.padded() * head;
            matmul(wide, &keys[..panels], &queries[..query_rows.packed()], head, &mut to);

            let scores = &mut scores[..pieces * LANES];
            let totals = exponentials(wide, scores);
            let context = &mut context[first * hidden + column..];
            let panels = pieces * head.next_multiple_of(LANES);
            let mut to = Target { values: context, stride: hidden, rows, columns: head };
            matmul(wide, scores, &values[..panels], pieces, &mut to);
            for (row, total) in context.chunks_mut(hidden).zip(totals).take(rows) {
                let share = 1.0 / total;
                row[..head].iter_mut().for_each(|value| *value *= share);
            }
        }
    }
}

/// Packs the values of one head, a step for each piece.
#[inline(always)]
fn pack_values(sizes: Sizes, values: &[f32], to: &mut [f32]) {
    let head = sizes.head();
    let panels = to.chunks_exact_mut(LANES * sizes.pieces);
    for (panel, to) in panels.enumerate().take(head.div_ceil(LANES)) {
        let first = panel * LANES;
        let last = head.min(first + LANES);
        for (piece, to) in to.chunks_exact_mut(LANES).enumerate() {
            let value = &values[piece * 3 * sizes.hidden..][first..last];
            // A plain loop: for so few floats a call to copy them would take longer.
            to.iter_mut().zip(value).for_each(|(to, value)| *to = *value);
        }
    }
}

/// Turns each column of scores into powers of e, the largest being 1, and returns their sums.
#[inline(always)]
fn exponentials(wide: impl Wide, scores: &mut [f32]) -> [f32; LANES] {
    let (steps, _) = scores.as_chunks_mut::<LANES>();
    let mut largest = wide.splat(f32::MIN);
    for step in &*steps {
        largest = wide.max(largest, wide.load(step));
    }
    for step in steps {
        *step = wide.lanes(wide.sub(wide.load(step), largest)).0;
    }
    for score in &mut *scores {
        *score = exp(*score);
    }
    let mut totals = wide.splat(0.0);
    for step in scores.as_chunks::<LANES>().0 {
        totals = wide.add(totals, wide.load(step));
    }
    wide.lanes(totals).0
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::Kernel;

    const HIDDEN: usize = 48;

    /// Attention by the book, in double precision.
    fn reference(pieces: usize, heads: usize, qkv: &[f32]) -> Vec<f64> {
        let head = HIDDEN / heads;
        let at = |piece: usize, part: usize, column: usize| f64::from(qkv[(piece * 3 + part) * HIDDEN + column]);
        let mut context = vec![0.0; pieces * HIDDEN];
        for h in 0..heads {
            let columns = h * head..(h + 1) * head;
            for i in 0..pieces {
                let score = |j: usize| {
                    let sum: f64 = columns.clone().map(|c| at(i, 0, c) * at(j, 1, c)).sum();
                    (sum / (head as f64).sqrt()).exp()
                };
                let scores: Vec<f64> = (0..pieces).map(score).collect();
                let total: f64 = scores.iter().sum();
                for c in columns.clone() {
                    let sum: f64 = scores.iter().enumerate().map(|(j, score)| score * at(j, 2, c)).sum();
                    context[i * HIDDEN + c] = sum / total;
                }
            }
        }
        context
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_kernel_attends_alike(
            pieces in 1usize..40,
            heads in prop_oneof![Just(1), Just(2), Just(6)],
            qkv in vec(-4f32..4.0, 40 * 3 * HIDDEN),
        ) {
            let qkv = &qkv[..pieces * 3 * HIDDEN];
            let sizes = Sizes { pieces, hidden: HIDDEN, heads };
            // Left from another window: it must not matter.
            let stale = Packed {
                queries: vec![f32::NAN; 5_000],
                keys: vec![f32::NAN; 5_000],
                values: vec![f32::NAN; 5_000],
                scores: vec![f32::NAN; 5_000],
            };
            let run = |kernel| {
                let mut context = vec![f32::NAN; pieces * HIDDEN];
                attend(kernel, sizes, qkv, &mut stale.clone(), &mut context);
                context
            };
            let expected = run(Kernel::PORTABLE);
            for kernel in Kernel::available() {
                let same = run(kernel).iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits());
                prop_assert!(same, "{kernel}");
            }
            for (found, exact) in expected.iter().zip(reference(pieces, heads, qkv)) {
                prop_assert!((f64::from(*found) - exact).abs() < 1e-4, "{found} for {exact}");
            }
        }
    }
}
