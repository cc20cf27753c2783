//! The kernels for processors that multiply four bytes and add the products in one instruction.

use std::arch::x86_64::*;

use super::product::{GROUP, Panels, Rows, Tile, all_panels};
use crate::lanes::LANES;

/// Needs AVX2 and AVX-VNNI.
pub(crate) struct AvxVnni;

/// Needs AVX-512 F, BW, DQ, VL and VNNI.
pub(crate) struct Avx512Vnni;

/// Bytes in the narrower register.
const WIDTH: usize = 32;

/// Multiplies rows by panels; see [`super::product::product`].
#[target_feature(enable = "avx2,avxvnni")]
pub(crate) fn product_256(rows: &Rows, panels: &Panels, to: &mut [f32]) {
    // SAFETY: this function's own features are those asked for.
    unsafe { all_panels::<AvxVnni, 6, 1>(rows, panels, to) }
}

/// Multiplies rows by panels; see [`super::product::product`].
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
pub(crate) fn product_512(rows: &Rows, panels: &Panels, to: &mut [f32]) {
    // SAFETY: this function's own features are those asked for.
    unsafe { all_panels::<Avx512Vnni, 8, 3>(rows, panels, to) }
}

impl Tile for AvxVnni {
    #[inline]
    #[target_feature(enable = "avx2,avxvnni")]
    unsafe fn sums<const R: usize, const P: usize>(rows: &[u8], panels: &[i8], sums: &mut [[[i32; LANES]; P]; R]) {
        let depth = rows.len() / R;
        assert!(rows.len() == R * depth && panels.len() == P * depth * LANES);
        assert!(depth.is_multiple_of(GROUP));
        let mut totals = [[[_mm256_setzero_si256(); 2]; P]; R];
        for input in (0..depth).step_by(GROUP) {
            for p in 0..P {
                // SAFETY: a panel has `GROUP * LANES` bytes, two registers, for each group of
                // inputs, and one group is left.
                let weights = unsafe {
                    let at = panels.as_ptr().add((p * depth + input) * LANES);
                    [_mm256_loadu_si256(at.cast()), _mm256_loadu_si256(at.add(WIDTH).cast())]
                };
                for (r, totals) in totals.iter_mut().enumerate() {
                    // SAFETY: row `r` has `depth` bytes, of which four are left from `input` on.
                    let bytes = unsafe {
                        let at = rows.as_ptr().add(r * depth + input);
                        _mm256_set1_epi32(at.cast::<i32>().read_unaligned())
                    };
                    for (total, weights) in totals[p].iter_mut().zip(weights) {
                        *total = _mm256_dpbusd_avx_epi32(*total, bytes, weights);
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

impl Tile for Avx512Vnni {
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
    unsafe fn sums<const R: usize, const P: usize>(rows: &[u8], panels: &[i8], sums: &mut [[[i32; LANES]; P]; R]) {
        let depth = rows.len() / R;
        assert!(rows.len() == R * depth && panels.len() == P * depth * LANES);
        assert!(depth.is_multiple_of(GROUP));
        let mut totals = [[_mm512_setzero_si512(); P]; R];
        for input in (0..depth).step_by(GROUP) {
            let mut weights = [_mm512_setzero_si512(); P];
            for (p, weights) in weights.iter_mut().enumerate() {
                // SAFETY: a panel has `GROUP * LANES` bytes, one register, for each group of
                // inputs, and one group is left.
                *weights = unsafe { _mm512_loadu_si512(panels.as_ptr().add((p * depth + input) * LANES).cast()) };
            }
            for (r, totals) in totals.iter_mut().enumerate() {
                // SAFETY: row `r` has `depth` bytes, of which four are left from `input` on.
                let bytes = unsafe {
                    let at = rows.as_ptr().add(r * depth + input);
                    _mm512_set1_epi32(at.cast::<i32>().read_unaligned())
                };
                for (total, weights) in totals.iter_mut().zip(weights) {
                    *total = _mm512_dpbusd_epi32(*total, bytes, weights);
                }
            }
        }
        for (sums, totals) in sums.as_flattened_mut().iter_mut().zip(totals.as_flattened()) {
            // SAFETY: sixteen 32-bit integers are the size of a register.
            unsafe { _mm512_storeu_si512(sums.as_mut_ptr().cast(), *totals) };
        }
    }
}
