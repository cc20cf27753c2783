//! Dot products of many rows by many rows, in one fixed order.

use std::ops::Range;

use crate::kernel::per_kernel;
use crate::lanes::{LANES, Lanes, Wide};

/// Rows of floats that lie `stride` apart: stretches of a wider table, or a table itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch<'a> {
    /// From the first float of the first row on.
    pub(crate) values: &'a [f32],
    pub(crate) stride: usize,
    /// How many rows there are.
    pub(crate) rows: usize,
}

impl<'a> Stretch<'a> {
    /// Rows of `size` floats, one behind the other.
    pub(crate) fn whole(values: &'a [f32], size: usize) -> Stretch<'a> {
        Stretch { values, stride: size, rows: values.len() / size.max(1) }
    }

    /// The columns of some rows of a table of this width.
    pub(crate) fn of(table: &'a [f32], width: usize, columns: &Range<usize>, rows: &Range<usize>) -> Stretch<'a> {
        Stretch {
            values: table.get(rows.start * width + columns.start..).unwrap_or(&[]),
            stride: width,
            rows: rows.len(),
        }
    }
}

per_kernel! {
    /// Writes the dot product of each row of `left` with each row of `right`, both `size` floats long: one row of `to` for each of `left`.
    /// Every product is summed in sixteen lanes and a fixed tree, so that its bits do not depend on the machine.
    pub(crate) fn dots(left: Stretch<'_>, right: Stretch<'_>, size: usize, to: &mut [f32]) = dots_body;
}

#[inline(always)]
fn dots_body(wide: impl Wide, left: Stretch<'_>, right: Stretch<'_>, size: usize, to: &mut [f32]) {
    for (i, to) in to.chunks_exact_mut(right.rows.max(1)).enumerate().take(left.rows) {
        let (chunks, rest) = left.values[i * left.stride..][..size].as_chunks::<LANES>();
        for (j, to) in to.iter_mut().enumerate() {
            let (others, other_rest) = right.values[j * right.stride..][..size].as_chunks::<LANES>();
            let mut sum = wide.splat(0.0);
            for (a, b) in chunks.iter().zip(others) {
                sum = wide.add(sum, wide.mul(wide.load(a), wide.load(b)));
            }
            let (a, b) = (Lanes::load_some(rest), Lanes::load_some(other_rest));
            *to = wide.lanes(wide.add(sum, wide.mul(wide.load(&a.0), wide.load(&b.0)))).sum();
        }
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
        fn every_kernel_sums_alike(size in 1usize..70, rows in 1usize..5, others in 1usize..5, values in vec(-3f32..3.0, 10 * 80)) {
            let (left, right) = values.split_at(5 * 80);
            let stretch = |values, rows| Stretch { values, stride: 80, rows };
            let run = |kernel| {
                let mut to = vec![f32::NAN; rows * others];
                dots(kernel, stretch(left, rows), stretch(right, others), size, &mut to);
                to
            };
            let expected = run(Kernel::PORTABLE);
            for kernel in Kernel::available() {
                let same = run(kernel).iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits());
                prop_assert!(same, "{kernel}");
            }
            for (k, found) in expected.iter().enumerate() {
                let (i, j) = (k / others, k % others);
                let exact: f64 = (0..size).map(|c| f64::from(left[i * 80 + c]) * f64::from(right[j * 80 + c])).sum();
                prop_assert!((f64::from(*found) - exact).abs() < 1e-3, "{found} for {exact}");
            }
        }
    }
}
