//! Functions of one float, made of plain arithmetic only.
//!
//! No library is called, nothing branches and nothing is fused, so that a loop over them becomes
//! vector code, and that the bits of a result are the same for every instruction set.

/// Adding this and taking it away again rounds a float of small magnitude to the nearest
/// integer, ties to even, and leaves that integer in the low bits of the sum.
pub(crate) const ROUND: f32 = 12_582_912.0; // 1.5 * 2^23

/// Evaluates a polynomial, highest coefficient first.
#[inline(always)]
fn polynomial<const N: usize>(x: f32, coefficients: [f32; N]) -> f32 {
    coefficients[1..].iter().fold(coefficients[0], |value, coefficient| value * x + coefficient)
}

// A comparison and a choice are one instruction everywhere; `f32::max` is several, because it must
// treat NaN, which finite weights never produce.
#[inline(always)]
pub(crate) fn max(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline(always)]
pub(crate) fn min(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// Returns e to the power of x, within 2e-7 of the exact value (relative) from -87 to 88, and the
/// value at the nearer end beyond.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // ln 2 in two parts; the first has nine bits, so that its product with a small integer is
    // exact.
    const LN2_HIGH: f32 = 355.0 / 512.0;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    // (e^f - 1 - f) / f^2, interpolated at the Chebyshev nodes of +-0.347: within 1.1e-8.
    const TAIL: [f32; 5] = [1.392_626_8e-3, 8.363_247e-3, 4.166_655_4e-2, 1.666_657_7e-1, 0.5];
    let x = min(max(x, -87.0), 88.0);
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let whole = rounded - ROUND;
    let part = x - whole * LN2_HIGH - whole * LN2_LOW;
    let power = 1.0 + (part + polynomial(part, TAIL) * (part * part));
    // The integer sits in the low bits of `rounded`; shifted, it adds to the exponent.
    f32::from_bits(power.to_bits().wrapping_add(rounded.to_bits() << 23))
}

/// Returns x times the normal distribution function of x (the exact GELU, not its tanh form),
/// within 1.5e-6 of the exact value below 8 and within 2e-7 of it (relative) above.
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    // The distribution function is 1/2 + x P(x^2) / Q(x^2). P and Q were fitted to it on 0..5.25
    // by reweighted least squares on the error of the product with x: 1.9e-7.
    const P: [f32; 5] = [7.784_046e-6, 4.238_581e-4, 6.191_043e-3, 5.912_064_3e-2, 3.989_397_4e-1];
    const Q: [f32; 6] = [6.455_074e-7, 1.542_605_2e-4, 3.313_461_8e-3, 4.302_789_5e-2, 3.148_337_5e-1, 1.0];
    // At -5.25 the function is -4e-7, at any smaller x it is nearer to 0: the end stands for them.
    let x = max(x, -5.25);
    let near = min(x, 5.25);
    let square = near * near;
    x * (0.5 + near * polynomial(square, P) / polynomial(square, Q))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The error function in double precision: its series near zero, a continued fraction for its
    /// complement further out.
    fn erf(x: f64) -> f64 {
        if x.abs() < 3.0 {
            let (mut term, mut sum) = (x, x);
            for n in 1..120 {
                term *= -x * x / f64::from(n);
                sum += term / f64::from(2 * n + 1);
            }
            sum * std::f64::consts::FRAC_2_SQRT_PI
        } else {
            let square = x * x;
            let fraction = (1..200).rev().fold(0.0, |rest, n| f64::from(n) / 2.0 / (x.abs() + rest));
            let complement = (-square).exp() / std::f64::consts::PI.sqrt() / (x.abs() + fraction);
            (1.0 - complement).copysign(x)
        }
    }

    fn sweep(from: f64, to: f64) -> impl Iterator<Item = f32> {
        const STEPS: i32 = 1_000_000;
        (0..=STEPS).map(move |i| (from + (to - from) * f64::from(i) / f64::from(STEPS)) as f32)
    }

    #[test]
    fn exp_is_within_its_bound() {
        for x in sweep(-87.0, 88.0) {
            let exact = f64::from(x).exp();
            let error = (f64::from(exp(x)) / exact - 1.0).abs();
            assert!(error < 2e-7, "exp({x}) is off by {error:e}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(-1e30), exp(-87.0));
        assert_eq!(exp(1e30), exp(88.0));
    }

    #[test]
    fn gelu_is_within_its_bound() {
        for x in sweep(-12.0, 12.0) {
            let wide = f64::from(x);
            let exact = wide * 0.5 * (1.0 + erf(wide / std::f64::consts::SQRT_2));
            let error = (f64::from(gelu(x)) - exact).abs();
            let bound = if x < 8.0 { 1.5e-6 } else { 2e-7 * wide };
            assert!(error < bound, "gelu({x}) is off by {error:e}");
        }
        assert_eq!(gelu(0.0), 0.0);
        assert!(gelu(-1e30).abs() < 1e-6);
        assert!((gelu(1e30) / 1e30 - 1.0).abs() < 2e-7);
    }
}
