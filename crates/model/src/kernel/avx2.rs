//! The kernel for AVX2, which multiplies bytes in pairs and adds the pairs in 16 bits.
//!
//! Activations of at most 63 allow the two-step trick: the pair sums of two groups are added in 16
//! bits before they are widened, which saves one widening in two.

use std::arch::x86_64::*;

use super::product::{GROUP, Panels, Rows, Tile, all_panels};
use crate::lanes::LANES;

/// Needs AVX2.
pub(crate) struct Avx2;

/// Bytes in a register.
const WIDTH: usize = 32;
/// Bytes of one panel for one group of inputs.
const STEP: usize = GROUP * LANES;

/// Multiplies rows by panels; see [`super::product::product`].
#[target_feature(enable = "avx2")]
pub(crate) fn product(rows: &Rows, panels: &Panels, to: &mut [f32]) {
    // SAFETY: this function's own feature is the one asked for.
    unsafe { all_panels::<Avx2, 4, 1>(rows, panels, to) }
}

impl Tile for Avx2 {
    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn sums<const R: usize, const P: usize>(rows: &[u8], panels: &[i8], sums: &mut [[[i32; LANES]; P]; R]) {
        let depth = rows.len() / R;
        assert!(rows.len() == R * depth && panels.len() == P * depth * LANES);
        assert!(depth.is_multiple_of(2 * GROUP));
        let ones = _mm256_set1_epi16(1);
        let mut totals = [[[_mm256_setzero_si256(); 2]; P]; R];
        for input in (0..depth).step_by(2 * GROUP) {
            for p in 0..P {
                // SAFETY: a panel is `depth / GROUP` steps of `STEP` bytes, and two groups of
                // inputs are left, so two steps can be read.
                let weights: [[__m256i; 2]; 2] = unsafe {
                    let at = panels.as_ptr().add((p * depth + input) * LANES);
                    [
                        [_mm256_loadu_si256(at.cast()), _mm256_loadu_si256(at.add(WIDTH).cast())],
                        [_mm256_loadu_si256(at.add(STEP).cast()), _mm256_loadu_si256(at.add(STEP + WIDTH).cast())],
                    ]
                };
                for (r, totals) in totals.iter_mut().enumerate() {
                    // SAFETY: row `r` has `depth` bytes, of which eight are left from `input` on.
                    let (first, second) = unsafe {
                        let at = rows.as_ptr().add(r * depth + input);
                        (
                            _mm256_set1_epi32(at.cast::<i32>().read_unaligned()),
                            _mm256_set1_epi32(at.add(GROUP).cast::<i32>().read_unaligned()),
                        )
                    };
                    for half in 0..2 {
                        let pairs = _mm256_add_epi16(
                            _mm256_maddubs_epi16(first, weights[0][half]),
                            _mm256_maddubs_epi16(second, weights[1][half]),
                        );
                        let fours = _mm256_madd_epi16(pairs, ones);
                        totals[p][half] = _mm256_add_epi32(totals[p][half], fours);
                    }
                }
            }
        }
        for (sums, totals) in sums.as_flattened_mut().iter_mut().zip(totals.as_flattened()) {
            let (low, high) = sums.split_at_mut(LANES / 2);
            // SAFETY: each half is eight 32-bit integers, the size of a register.
            unsafe {
                _mm256_storeu_si256(low.as_mut_ptr().cast(), totals[0]);
                _mm256_storeu_si256(high.as_mut_ptr().cast(), totals[1]);
            }
        }
    }
}
