//! Float work on whole rows: layer norm, GELU, and the way from floats to bytes.

use crate::function::{self, ROUND};
use crate::kernel::per_kernel;
use crate::kernel::product::{BITS, MASK, MAX_STEP, PLANES, Rows};
use crate::lanes::{LANES, Wide};

/// Keeps the variance of a constant row from being zero; BERT's value.
const EPSILON: f32 = 1e-12;

per_kernel! {
    /// Applies the exact GELU to every value.
    pub(crate) fn gelu(values: &mut [f32]) = gelu_body;
}

#[inline(always)]
fn gelu_body(_: impl Wide, values: &mut [f32]) {
    for value in values {
        *value = function::gelu(*value);
    }
}

per_kernel! {
    /// Normalises each row of `to` to mean 0 and variance 1, then applies gain and bias.
    pub(crate) fn norm(to: &mut [f32], gain: &[f32], bias: &[f32]) = norm_body;
}

#[inline(always)]
fn norm_body(wide: impl Wide, to: &mut [f32], gain: &[f32], bias: &[f32]) {
    for row in to.chunks_exact_mut(gain.len()) {
        norm_row(wide, row, gain, bias);
    }
}

per_kernel! {
    /// Adds `residual` to `to`, then normalises each row and applies gain and bias.
    pub(crate) fn add_norm(to: &mut [f32], residual: &[f32], gain: &[f32], bias: &[f32])
        = add_norm_body;
}

#[inline(always)]
fn add_norm_body(wide: impl Wide, to: &mut [f32], residual: &[f32], gain: &[f32], bias: &[f32]) {
    let width = gain.len();
    for (row, residual) in to.chunks_exact_mut(width).zip(residual.chunks_exact(width)) {
        row.iter_mut().zip(residual).for_each(|(value, residual)| *value += residual);
        norm_row(wide, row, gain, bias);
    }
}

/// Rows are whole lanes.
#[inline(always)]
fn norm_row(wide: impl Wide, row: &mut [f32], gain: &[f32], bias: &[f32]) {
    let size = row.len() as f32;
    let mean = sum(wide, row) / size;
    row.iter_mut().for_each(|value| *value -= mean);
    let variance = sum_of_squares(wide, row) / size;
    let factor = 1.0 / (variance + EPSILON).sqrt();
    for (value, (gain, bias)) in row.iter_mut().zip(gain.iter().zip(bias)) {
        *value = *value * factor * gain + bias;
    }
}

#[inline(always)]
fn sum(wide: impl Wide, row: &[f32]) -> f32 {
    let mut sum = wide.splat(0.0);
    for chunk in row.as_chunks().0 {
        sum = wide.add(sum, wide.load(chunk));
    }
    wide.lanes(sum).sum()
}

#[inline(always)]
fn sum_of_squares(wide: impl Wide, row: &[f32]) -> f32 {
    let mut sum = wide.splat(0.0);
    for chunk in row.as_chunks().0 {
        let values = wide.load(chunk);
        sum = wide.add(sum, wide.mul(values, values));
    }
    wide.lanes(sum).sum()
}

/// Returns the smallest and the largest value of a row and zero.
#[inline(always)]
fn range(wide: impl Wide, row: &[f32]) -> (f32, f32) {
    let (chunks, rest) = row.as_chunks::<LANES>();
    let mut end = [0.0; LANES];
    end[..rest.len()].copy_from_slice(rest);
    let end = wide.load(&end);
    let zero = wide.splat(0.0);
    let (mut low, mut high) = (wide.min(end, zero), wide.max(end, zero));
    for chunk in chunks {
        let values = wide.load(chunk);
        low = wide.min(values, low);
        high = wide.max(values, high);
    }
    (wide.lanes(low).fold(function::min), wide.lanes(high).fold(function::max))
}

per_kernel! {
    /// Turns rows of `inputs` floats into steps of 0 to `MAX_STEP`, two bytes each. Each row has its own scale and zero.
    pub(crate) fn quantise(from: &[f32], inputs: usize, to: &mut Rows) = quantise_body;
}

#[inline(always)]
fn quantise_body(wide: impl Wide, from: &[f32], inputs: usize, to: &mut Rows) {
    to.reshape(from.len() / inputs, inputs);
    for (r, row) in from.chunks_exact(inputs).enumerate() {
        let (low, high) = range(wide, row);
        let range = high - low;
        // A row of zeros has no range; any scale will do.
        let scale = if range > f32::MIN_POSITIVE * (2 * MAX_STEP) as f32 { range / MAX_STEP as f32 } else { 1.0 };
        let steps = 1.0 / scale;
        let zero = (ROUND - low * steps) - ROUND;
        to.scale[r] = scale;
        to.zero[r] = zero as i32;

        // What lies beyond the inputs meets weights of zero.
        let (high, low) = to.bytes[r * PLANES * to.depth..(r + 1) * PLANES * to.depth].split_at_mut(to.depth);
        for ((high, low), value) in high.iter_mut().zip(low).zip(row) {
            let value = value * steps + zero;
            let value = function::min(function::max(value, 0.0), MAX_STEP as f32);
            // The integer is in the low bits; the masks hold even for what is not a number.
            let step = (value + ROUND).to_bits();
            *high = (step >> BITS & MASK) as u8;
            *low = (step & MASK) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::Kernel;

    fn bits(floats: &[f32]) -> Vec<u32> {
        floats.iter().map(|float| float.to_bits()).collect()
    }

    /// Checks that a function of a buffer leaves the same bits with every kernel.
    fn alike(from: &[f32], run: impl Fn(Kernel, &mut [f32])) -> Result<(), TestCaseError> {
        let mut expected = from.to_vec();
        run(Kernel::PORTABLE, &mut expected);
        for kernel in Kernel::available() {
            let mut found = from.to_vec();
            run(kernel, &mut found);
            prop_assert_eq!(bits(&found), bits(&expected), "{}", kernel);
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn gelu_is_alike(values in vec(prop_oneof![-9f32..9.0, any::<f32>()], 0..80)) {
            let values: Vec<f32> = values.into_iter().filter(|v| v.is_finite()).collect();
            alike(&values, gelu)?;
        }

        #[test]
        fn norms_are_alike(values in vec(-30f32..30.0, 96), residual in vec(-30f32..30.0, 96)) {
            let gain: Vec<f32> = residual[..48].to_vec();
            let bias: Vec<f32> = residual[48..].to_vec();
            alike(&values, |kernel, to| norm(kernel, to, &gain, &bias))?;
            alike(&values, |kernel, to| add_norm(kernel, to, &residual, &gain, &bias))?;
        }

        #[test]
        fn bytes_are_alike_and_near(
            values in vec(prop_oneof![-9f32..9.0, -1e-30f32..1e-30, Just(0.0), -1e6f32..1e6], 1..120),
            inputs in 1usize..70,
        ) {
            let values = &values[..values.len() / inputs * inputs];
            let quantised = |kernel| {
                let mut rows = Rows::default();
                quantise(kernel, values, inputs, &mut rows);
                rows
            };
            let expected = quantised(Kernel::PORTABLE);
            for kernel in Kernel::available() {
                let found = quantised(kernel);
                prop_assert_eq!(&found.bytes, &expected.bytes, "{}", kernel);
                prop_assert_eq!(bits(&found.scale), bits(&expected.scale), "{}", kernel);
                prop_assert_eq!(&found.zero, &expected.zero, "{}", kernel);
            }
            for (r, row) in values.chunks_exact(inputs).enumerate() {
                let (scale, zero) = (expected.scale[r], expected.zero[r]);
                let (high, low) = expected.bytes[r * PLANES * expected.depth..].split_at(expected.depth);
                for (value, (high, low)) in row.iter().zip(high.iter().zip(low)) {
                    prop_assert!(u32::from(*high | *low) <= MASK);
                    let back = ((i32::from(*high) << BITS | i32::from(*low)) - zero) as f32 * scale;
                    // Half a step for the value and as much for the zero.
                    prop_assert!((back - value).abs() <= 1.001 * scale, "{value} became {back}");
                }
            }
        }
    }

    #[test]
    fn norm_has_mean_and_variance() {
        let mut row: Vec<f32> = (0..384).map(|i| (i * i % 97) as f32).collect();
        norm(Kernel::detect(), &mut row, &[1.0; 384], &[0.0; 384]);
        let mean = row.iter().sum::<f32>() / 384.0;
        let variance = row.iter().map(|v| v * v).sum::<f32>() / 384.0;
        assert!(mean.abs() < 1e-5 && (variance - 1.0).abs() < 1e-5, "{mean} {variance}");
    }

    #[test]
    fn a_constant_row_has_no_variance() {
        let mut row = [3.0; 16];
        norm(Kernel::detect(), &mut row, &[1.0; 16], &[0.5; 16]);
        assert_eq!(row, [0.5; 16]);
    }
}
