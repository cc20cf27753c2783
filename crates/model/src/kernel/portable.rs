//! The kernel for any processor: plain Rust, which the compiler vectorises as far as it can.

use super::product::{GROUP, Tile};
use crate::lanes::LANES;

/// Needs no particular instructions.
pub(crate) struct Portable;

impl Tile for Portable {
    #[inline]
    unsafe fn sums<const R: usize, const P: usize>(rows: &[u8], panels: &[i8], sums: &mut [[[i32; LANES]; P]; R]) {
        let depth = rows.len() / R;
        for (p, panel) in panels.chunks_exact(depth * LANES).enumerate() {
            for (row, sums) in rows.chunks_exact(depth).zip(&mut *sums) {
                sums[p] = panel_sums(row, panel);
            }
        }
    }
}

/// Bytes of a panel for one group of inputs.
const STEP: usize = GROUP * LANES;

/// Groups whose products are added in 16 bits: four products of 63 * 127 fit.
const STEPS: usize = 4;

#[inline(always)]
fn panel_sums(row: &[u8], panel: &[i8]) -> [i32; LANES] {
    let mut totals = [0i32; STEP];
    for (row, panel) in row.chunks_exact(STEPS * GROUP).zip(panel.chunks_exact(STEPS * STEP)) {
        let mut products = [0i16; STEP];
        for (group, weights) in row.chunks_exact(GROUP).zip(panel.chunks_exact(STEP)) {
            // Every output takes the same four bytes; eight 16-bit lanes are two outputs.
            let bytes: [i16; 2 * GROUP] = std::array::from_fn(|lane| group[lane % GROUP].into());
            for (products, weights) in products.chunks_exact_mut(2 * GROUP).zip(weights.chunks_exact(2 * GROUP)) {
                for lane in 0..2 * GROUP {
                    products[lane] += bytes[lane] * i16::from(weights[lane]);
                }
            }
        }
        for (total, product) in totals.iter_mut().zip(products) {
            *total += i32::from(product);
        }
    }
    std::array::from_fn(|lane| totals[lane * GROUP..(lane + 1) * GROUP].iter().sum())
}
