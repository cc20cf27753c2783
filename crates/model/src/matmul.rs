//! Products of float matrices, for attention and for weights that are not in bytes.
//!
//! Both matrices are packed in panels of sixteen rows (of the left) or columns (of the right): for
//! each step of the sum in turn, sixteen neighbours. An element of the result is one sum in the
//! order of the steps, each fused, whatever the blocks, so its bits are the same for every kernel.

use crate::kernel::per_kernel;
use crate::lanes::{LANES, Wide};

/// Rows of floats that lie `stride` apart.
#[derive(Clone, Copy)]
pub(crate) struct Matrix<'a> {
    pub(crate) values: &'a [f32],
    pub(crate) stride: usize,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

/// Where a product goes: so many rows and columns of it, in rows that lie `stride` apart.
pub(crate) struct Target<'a> {
    pub(crate) values: &'a mut [f32],
    pub(crate) stride: usize,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

impl Matrix<'_> {
    /// Returns how many floats the panels of [`Matrix::pack`] take.
    pub(crate) fn packed(&self) -> usize {
        self.rows.next_multiple_of(LANES) * self.columns
    }

    /// Packs the rows in panels of sixteen, each value times `scale`. Rows that are wanting to a
    /// whole panel are zeros.
    #[inline(always)]
    pub(crate) fn pack(&self, scale: f32, to: &mut [f32]) {
        for (panel, to) in to[..self.packed()].chunks_exact_mut(LANES * self.columns).enumerate() {
            let first = panel * LANES;
            if self.rows < first + LANES {
                to.fill(0.0);
            }
            for (lane, row) in (first..self.rows.min(first + LANES)).enumerate() {
                let row = &self.values[row * self.stride..][..self.columns];
                for (to, value) in to.chunks_exact_mut(LANES).zip(row) {
                    to[lane] = value * scale;
                }
            }
        }
    }
}

per_kernel! {
    /// Packs a matrix and multiplies it by packed panels. `packed` is working storage.
    pub(crate) fn pack_matmul(
        left: Matrix<'_>,
        packed: &mut [f32],
        right: &[f32],
        to: &mut Target<'_>,
    ) = pack_matmul_body;
}

#[inline(always)]
fn pack_matmul_body(wide: impl Wide, left: Matrix<'_>, packed: &mut [f32], right: &[f32], to: &mut Target<'_>) {
    left.pack(1.0, packed);
    matmul(wide, &packed[..left.packed()], right, left.columns, to);
}

/// Multiplies packed panels of `depth` steps.
#[inline(always)]
pub(crate) fn matmul<L: Wide>(wide: L, left: &[f32], right: &[f32], depth: usize, to: &mut Target<'_>) {
    match L::BLOCK {
        (8, 2) => all_panels::<L, 8, 2>(wide, left, right, depth, to),
        (4, 1) => all_panels::<L, 4, 1>(wide, left, right, depth, to),
        _ => all_panels::<L, 2, 1>(wide, left, right, depth, to),
    }
}

#[inline(always)]
fn all_panels<L: Wide, const R: usize, const P: usize>(
    wide: L,
    left: &[f32],
    right: &[f32],
    depth: usize,
    to: &mut Target<'_>,
) {
    let panel = LANES * depth;
    let mut rights = right.chunks_exact(P * panel);
    let mut column = 0;
    for rights in &mut rights {
        all_rows::<L, R, P>(wide, left, rights, column, to);
        column += P * LANES;
    }
    for right in rights.remainder().chunks_exact(panel) {
        all_rows::<L, R, 1>(wide, left, right, column, to);
        column += LANES;
    }
}

#[inline(always)]
fn all_rows<L: Wide, const R: usize, const P: usize>(
    wide: L,
    left: &[f32],
    right: &[f32],
    column: usize,
    to: &mut Target<'_>,
) {
    let panel = right.len() / P;
    let rights: [&[f32]; P] = std::array::from_fn(|p| &right[p * panel..(p + 1) * panel]);
    for (number, left) in left.chunks_exact(panel).enumerate() {
        for first in (0..LANES).step_by(R) {
            let sums = block::<L, R, P>(wide, left, first, rights);
            let rows = (number * LANES + first..to.rows).zip(sums);
            for (row, sums) in rows {
                let to = &mut to.values[row * to.stride..][..to.columns];
                for (p, sum) in sums.into_iter().enumerate() {
                    store(&wide.lanes(sum).0, &mut to[column + p * LANES..]);
                }
            }
        }
    }
}

#[inline(always)]
fn block<L: Wide, const R: usize, const P: usize>(
    wide: L,
    left: &[f32],
    first: usize,
    rights: [&[f32]; P],
) -> [[L::Floats; P]; R] {
    let mut sums = [[wide.splat(0.0); P]; R];
    let left = left.as_chunks::<LANES>().0;
    let mut steps: [&[[f32; LANES]]; P] = [&[]; P];
    for (steps, right) in steps.iter_mut().zip(rights) {
        *steps = &right.as_chunks::<LANES>().0[..left.len()];
    }
    for (step, left) in left.iter().enumerate() {
        let left: &[f32; R] = left[first..].first_chunk().expect("blocks divide a panel");
        for p in 0..P {
            let right = wide.load(&steps[p][step]);
            for r in 0..R {
                sums[r][p] = wide.mul_add(wide.splat(left[r]), right, sums[r][p]);
            }
        }
    }
    sums
}

/// Writes sixteen floats, or as many of them as there is room for.
#[inline(always)]
pub(crate) fn store(floats: &[f32; LANES], to: &mut [f32]) {
    match to.first_chunk_mut() {
        Some(whole) => *whole = *floats,
        None => to.iter_mut().zip(floats).for_each(|(to, float)| *to = *float),
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::Kernel;

    proptest! {
        #[test]
        fn every_kernel_gives_the_sum_in_order(
            rows in 1usize..40,
            columns in 1usize..70,
            depth in 1usize..40,
            values in vec(-3f32..3.0, 40 * 40 + 70 * 40),
        ) {
            let (left, right) = values.split_at(rows * depth);
            let matrix = |values, rows| Matrix { values, stride: depth, rows, columns: depth };
            let columns_matrix = matrix(right, columns);
            let mut panels = vec![f32::NAN; columns_matrix.packed()];
            columns_matrix.pack(1.0, &mut panels);
            let expected: Vec<u32> = left
                .chunks(depth)
                .flat_map(|row| right.chunks(depth).take(columns).map(|column| {
                    row.iter().zip(column).fold(0.0, |sum: f32, (a, b)| a.mul_add(*b, sum)).to_bits()
                }))
                .collect();
            for kernel in Kernel::available() {
                let mut to = vec![f32::NAN; rows * columns];
                let mut packed = vec![f32::NAN; matrix(left, rows).packed()];
                let mut target = Target { values: &mut to, stride: columns, rows, columns };
                pack_matmul(kernel, matrix(left, rows), &mut packed, &panels, &mut target);
                let found: Vec<u32> = to.into_iter().map(f32::to_bits).collect();
                prop_assert_eq!(&found, &expected, "{}", kernel);
            }
        }
    }
}
