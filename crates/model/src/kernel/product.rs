//! Products of activations by weights, summed exactly in integers and then scaled.
//!
//! A weight is a byte, an activation two: its high and its low six bits lie in rows of their own, and both rows are multiplied
//! by the same weights. An output is `64 * sum(high * weight) + sum(low * weight) - zero * sum(weight)`, times the
//! scale of the row and the scale of the output, plus the bias.

use super::portable::Portable;
#[cfg(target_arch = "x86_64")]
use super::{avx2, vnni};
use crate::kernel::{Kernel, Set};
use crate::lanes::LANES;
use crate::matmul::store;

/// Inputs that a kernel multiplies before it widens: four bytes make one 32-bit lane.
pub(crate) const GROUP: usize = 4;

/// Inputs are padded with zeros to a multiple of this, so that no kernel has a ragged end.
pub(crate) const DEPTH: usize = 32;

/// The largest weight, either sign. Four products with a byte of up to 63 must fit 16 bits: 4 * 63 * 127 = 32,004.
pub(crate) const MAX_WEIGHT: i8 = 127;

/// Rows of bytes that one row of activations fills: the high bits and the low bits.
pub(crate) const PLANES: usize = 2;

/// Bits of an activation in each of its bytes: six, so that kernels may add four products in 16.
pub(crate) const BITS: u32 = 6;

/// What a byte of an activation can hold.
pub(crate) const MASK: u32 = (1 << BITS) - 1;

/// The largest activation, in steps.
pub(crate) const MAX_STEP: i32 = (1 << (PLANES as u32 * BITS)) - 1;

/// Inputs of a row, at most: 4,096 products of 127 * 4,095 fit 32 bits.
pub(crate) const MAX_INPUTS: usize = 4096;

/// Rows of activations, packed for a layer of weights.
///
/// It is working storage: make one, pass it to every [`Linear`](crate::Linear).
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// Bytes in a plane of a row, a multiple of `DEPTH`.
    pub(crate) depth: usize,
    /// For each row `depth` bytes of high bits, then `depth` bytes of low bits, each at most `MASK`. May be longer than the rows in use.
    pub(crate) bytes: Vec<u8>,
    /// What one step of an activation is worth, for each row.
    pub(crate) scale: Vec<f32>,
    /// The step that stands for zero, for each row: 0 to `MAX_STEP`.
    pub(crate) zero: Vec<i32>,
    /// The rows in panels of floats, for weights that are not in bytes.
    pub(crate) floats: Vec<f32>,
}

impl Rows {
    /// Makes room for `rows` rows of `inputs` activations. Gives no storage back.
    pub(crate) fn reshape(&mut self, rows: usize, inputs: usize) {
        self.depth = inputs.next_multiple_of(DEPTH);
        if self.scale.len() < rows {
            self.scale.resize(rows, 0.0);
            self.zero.resize(rows, 0);
        }
        if self.bytes.len() < rows * PLANES * self.depth {
            self.bytes.resize(rows * PLANES * self.depth, 0);
        }
    }
}

/// A matrix of weights in bytes, packed in panels of sixteen outputs.
///
/// A panel holds, for each group of four inputs, the four weights of its first output, of its
/// second, and so on: 64 bytes, one wide register or two narrower ones.
#[derive(Debug, Clone)]
pub(crate) struct Panels {
    outputs: usize,
    /// Inputs with padding, a multiple of `DEPTH`.
    depth: usize,
    bytes: Vec<i8>,
    /// For each output, padding included: what a weight's step is worth, the sum of the weights,
    /// and what is added at the end.
    scale: Vec<f32>,
    sum: Vec<i32>,
    bias: Vec<f32>,
}

impl Panels {
    /// Packs weights that lie output by output. All are within `MAX_WEIGHT`.
    pub(crate) fn pack(weights: &[i8], inputs: usize, scale: &[f32], bias: &[f32]) -> Panels {
        let outputs = scale.len();
        let depth = inputs.next_multiple_of(DEPTH);
        let padded = outputs.next_multiple_of(LANES);
        let mut panels = Panels {
            outputs,
            depth,
            bytes: vec![0; padded * depth],
            scale: scale.to_vec(),
            sum: vec![0; padded],
            bias: bias.to_vec(),
        };
        panels.scale.resize(padded, 0.0);
        panels.bias.resize(padded, 0.0);
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            let panel = output / LANES * LANES * depth;
            for (input, weight) in row.iter().enumerate() {
                let group = input / GROUP * GROUP * LANES;
                let place = output % LANES * GROUP + input % GROUP;
                panels.bytes[panel + group + place] = *weight;
                panels.sum[output] += i32::from(*weight);
            }
        }
        panels
    }
}

/// Sums products for a block of `R` rows of bytes and `P` panels.
pub(crate) trait Tile {
    /// Fills `sums`: for each row and panel, the sixteen sums of products.
    ///
    /// `rows` holds `R` rows of one depth, `panels` holds `P` panels of that depth.
    ///
    /// # Safety
    ///
    /// The processor must have the instructions the implementor is named after.
    unsafe fn sums<const R: usize, const P: usize>(rows: &[u8], panels: &[i8], sums: &mut [[[i32; LANES]; P]; R]);
}

/// Multiplies the first rows of activations by all panels; `to` receives `outputs` floats for each row.
pub(crate) fn product(kernel: Kernel, rows: &Rows, panels: &Panels, to: &mut [f32]) {
    assert_eq!(rows.depth, panels.depth, "rows and panels have one depth");
    match kernel.0 {
        Set::Portable => {
            // SAFETY: the portable tile needs no particular instructions.
            unsafe { all_panels::<Portable, 2, 1>(rows, panels, to) }
        }
        #[cfg(target_arch = "x86_64")]
        // SAFETY: whoever holds this kernel has a processor with AVX2.
        Set::Avx2 => unsafe { avx2::product(rows, panels, to) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: whoever holds this kernel has a processor with AVX2 and AVX-VNNI.
        Set::AvxVnni => unsafe { vnni::product_256(rows, panels, to) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: whoever holds this kernel has a processor with AVX-512 and its VNNI.
        Set::Avx512Vnni => unsafe { vnni::product_512(rows, panels, to) },
    }
}

/// Walks the panels `P` at a time; a strip of panels stays in the nearest cache while all rows
/// pass by it.
///
/// # Safety
///
/// As for [`Tile::sums`].
#[inline(always)]
pub(crate) unsafe fn all_panels<T: Tile, const R: usize, const P: usize>(rows: &Rows, panels: &Panels, to: &mut [f32]) {
    let count = panels.outputs.div_ceil(LANES);
    let mut panel = 0;
    while panel < count {
        if panel + P <= count {
            // SAFETY: the caller's promise.
            unsafe { all_rows::<T, R, P>(rows, panels, panel, to) };
            panel += P;
        } else {
            // SAFETY: the caller's promise.
            unsafe { all_rows::<T, R, 1>(rows, panels, panel, to) };
            panel += 1;
        }
    }
}

/// # Safety
///
/// As for [`Tile::sums`].
#[inline(always)]
unsafe fn all_rows<T: Tile, const R: usize, const P: usize>(
    rows: &Rows,
    panels: &Panels,
    panel: usize,
    to: &mut [f32],
) {
    // In rows of bytes, so that a block is always whole rows of activations.
    let count = to.len() / panels.outputs * PLANES;
    let mut row = 0;
    while row < count {
        // SAFETY: the caller's promise, for each of the calls.
        unsafe {
            match count - row {
                left if left >= R => {
                    block::<T, R, P>(rows, panels, row, panel, to);
                    row += R;
                }
                4.. => {
                    block::<T, 4, P>(rows, panels, row, panel, to);
                    row += 4;
                }
                _ => {
                    block::<T, PLANES, P>(rows, panels, row, panel, to);
                    row += PLANES;
                }
            }
        }
    }
}

/// # Safety
///
/// As for [`Tile::sums`].
#[inline(always)]
unsafe fn block<T: Tile, const R: usize, const P: usize>(
    rows: &Rows,
    panels: &Panels,
    row: usize,
    panel: usize,
    to: &mut [f32],
) {
    const { assert!(R.is_multiple_of(PLANES)) };
    let depth = rows.depth;
    let mut sums = [[[0; LANES]; P]; R];
    // SAFETY: the caller's promise.
    unsafe {
        T::sums(
            &rows.bytes[row * depth..(row + R) * depth],
            &panels.bytes[panel * LANES * depth..(panel + P) * LANES * depth],
            &mut sums,
        );
    }
    for (r, planes) in sums.as_chunks::<PLANES>().0.iter().enumerate() {
        let row = row / PLANES + r;
        let (row_scale, zero) = (rows.scale[row], rows.zero[row]);
        let to = &mut to[row * panels.outputs..(row + 1) * panels.outputs];
        for (p, (high, low)) in planes[0].iter().zip(&planes[1]).enumerate() {
            let first = (panel + p) * LANES;
            let (scale, bias) = (of_panel(&panels.scale, first), of_panel(&panels.bias, first));
            let weights = of_panel(&panels.sum, first);
            let mut values = [0.0; LANES];
            for lane in 0..LANES {
                let sum = (high[lane] << BITS) + low[lane] - zero * weights[lane];
                values[lane] = sum as f32 * (scale[lane] * row_scale) + bias[lane];
            }
            store(&values, &mut to[first..]);
        }
    }
}

/// What belongs to the panel whose first output this is.
#[inline(always)]
fn of_panel<T>(all: &[T], first: usize) -> &[T; LANES] {
    all[first..].first_chunk().expect("padded to whole panels")
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Steps and weights of some size, ends of their ranges more often than chance would have it.
    fn sizes() -> impl Strategy<Value = (usize, usize, Vec<i32>, Vec<i8>)> {
        (1usize..20, 1usize..70, 1usize..120).prop_flat_map(|(rows, outputs, inputs)| {
            let step = prop_oneof![0..=MAX_STEP, Just(0), Just(63), Just(64), Just(MAX_STEP)];
            let weight = prop_oneof![-MAX_WEIGHT..=MAX_WEIGHT, Just(-MAX_WEIGHT), Just(MAX_WEIGHT)];
            (Just(rows), Just(outputs), vec(step, rows * inputs), vec(weight, outputs * inputs))
        })
    }

    fn rows_of(steps: &[i32], count: usize, scale: f32, zero: i32) -> Rows {
        let inputs = steps.len() / count;
        let mut rows = Rows::default();
        rows.reshape(count, inputs);
        rows.scale.fill(scale);
        rows.zero.fill(zero);
        // What lies beyond the inputs must not matter.
        rows.bytes.fill(63);
        for (planes, steps) in rows.bytes.chunks_exact_mut(PLANES * rows.depth).zip(steps.chunks(inputs)) {
            let (high, low) = planes.split_at_mut(rows.depth);
            for (step, (high, low)) in steps.iter().zip(high.iter_mut().zip(low)) {
                (*high, *low) = ((step >> BITS) as u8, (step & MASK as i32) as u8);
            }
        }
        rows
    }

    /// The plain sum, in integers.
    fn exact(steps: &[i32], weights: &[i8], zero: i32) -> i32 {
        steps.iter().zip(weights).map(|(step, w)| (step - zero) * i32::from(*w)).sum()
    }

    proptest! {
        #[test]
        fn every_kernel_gives_the_exact_sum((count, outputs, steps, weights) in sizes(), zero in 0..=MAX_STEP) {
            let inputs = steps.len() / count;
            let rows = rows_of(&steps, count, 1.0, zero);
            let panels = Panels::pack(&weights, inputs, &vec![1.0; outputs], &vec![0.0; outputs]);
            let expected: Vec<f32> = steps
                .chunks(inputs)
                .flat_map(|row| weights.chunks(inputs).map(move |w| exact(row, w, zero) as f32))
                .collect();
            for kernel in Kernel::available() {
                let mut to = vec![f32::NAN; count * outputs];
                product(kernel, &rows, &panels, &mut to);
                prop_assert_eq!(&to, &expected, "{}", kernel);
            }
        }

        #[test]
        fn every_kernel_scales_alike((count, outputs, steps, weights) in sizes(), scale in 1e-4f32..10.0) {
            let inputs = steps.len() / count;
            let rows = rows_of(&steps, count, scale, 1_961);
            let scales: Vec<f32> = (0..outputs).map(|o| 0.013 + o as f32 * 0.001_7).collect();
            let bias: Vec<f32> = (0..outputs).map(|o| o as f32 * 0.37 - 4.0).collect();
            let panels = Panels::pack(&weights, inputs, &scales, &bias);
            let bits = |kernel| {
                let mut to = vec![f32::NAN; count * outputs];
                product(kernel, &rows, &panels, &mut to);
                to.into_iter().map(f32::to_bits).collect::<Vec<_>>()
            };
            for kernel in Kernel::available() {
                prop_assert_eq!(bits(kernel), bits(Kernel::PORTABLE), "{}", kernel);
            }
        }
    }

    #[test]
    fn extremes_do_not_overflow() {
        // The largest products of both signs, as deep as the encoder goes, with zero at either end.
        for (weight, zero) in [(-MAX_WEIGHT, 0), (MAX_WEIGHT, 0), (-MAX_WEIGHT, MAX_STEP), (MAX_WEIGHT, MAX_STEP)] {
            let step = MAX_STEP - zero;
            let rows = rows_of(&[step; 1536], 1, 1.0, zero);
            let panels = Panels::pack(&[weight; 1536], 1536, &[1.0], &[0.0]);
            let expected = ((step - zero) * 1536 * i32::from(weight)) as f32;
            for kernel in Kernel::available() {
                let mut to = [0.0];
                product(kernel, &rows, &panels, &mut to);
                assert_eq!(to[0], expected, "{kernel}");
            }
        }
    }
}
