//! Sixteen floats side by side, for sums and products of many floats.
//!
//! Every operation works on sixteen independent lanes, is fused only where it says so, and sums
//! across lanes follow one fixed tree: the bits of a result are the same whether sixteen floats
//! are one wide register, two narrower ones or an array.

use std::ops::{Add, Mul, Sub};

use crate::function;

/// Number of floats in [`Lanes`].
pub(crate) const LANES: usize = 16;

/// Sixteen floats in an array: what any processor can hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lanes(pub(crate) [f32; LANES]);

impl Lanes {
    pub(crate) const ZERO: Lanes = Lanes([0.0; LANES]);

    /// Reads at most sixteen floats; zeros make up the rest.
    #[inline(always)]
    pub(crate) fn load_some(from: &[f32]) -> Lanes {
        let mut lanes = Lanes::ZERO;
        lanes.0.iter_mut().zip(from).for_each(|(lane, value)| *lane = *value);
        lanes
    }

    #[inline(always)]
    fn zip(mut self, other: Lanes, combine: impl Fn(f32, f32) -> f32) -> Lanes {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a = combine(*a, b));
        self
    }

    /// Folds the lanes in halves: 16, 8, 4, 2, 1.
    #[inline(always)]
    pub(crate) fn fold(mut self, combine: impl Fn(f32, f32) -> f32) -> f32 {
        let mut half = LANES / 2;
        while half > 0 {
            let (low, high) = self.0.split_at_mut(half);
            low.iter_mut().zip(high).for_each(|(a, b)| *a = combine(*a, *b));
            half /= 2;
        }
        self.0[0]
    }

    #[inline(always)]
    pub(crate) fn sum(self) -> f32 {
        self.fold(|a, b| a + b)
    }
}

impl Add for Lanes {
    type Output = Lanes;

    #[inline(always)]
    fn add(self, other: Lanes) -> Lanes {
        self.zip(other, |a, b| a + b)
    }
}

impl Sub for Lanes {
    type Output = Lanes;

    #[inline(always)]
    fn sub(self, other: Lanes) -> Lanes {
        self.zip(other, |a, b| a - b)
    }
}

impl Mul for Lanes {
    type Output = Lanes;

    #[inline(always)]
    fn mul(self, other: Lanes) -> Lanes {
        self.zip(other, |a, b| a * b)
    }
}

/// A way to hold sixteen floats. A value of it is the right to use the instructions it needs.
pub(crate) trait Wide: Copy {
    /// Sixteen floats.
    type Floats: Copy;

    /// Rows and panels of a block of sums in a product of matrices, such that the sums take half
    /// of the registers.
    const BLOCK: (usize, usize);

    fn splat(self, value: f32) -> Self::Floats;
    fn load(self, from: &[f32; LANES]) -> Self::Floats;
    fn lanes(self, floats: Self::Floats) -> Lanes;
    fn add(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    fn sub(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    fn mul(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// `a` times `b` plus `sum`, rounded once.
    fn mul_add(self, a: Self::Floats, b: Self::Floats, sum: Self::Floats) -> Self::Floats;
    /// The larger of each two; the second where they do not compare.
    fn max(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// The smaller of each two; the second where they do not compare.
    fn min(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
}

/// Holds floats in an array, which the compiler spreads over registers as it sees fit.
#[derive(Clone, Copy)]
pub(crate) struct Portable;

impl Wide for Portable {
    type Floats = Lanes;

    const BLOCK: (usize, usize) = (2, 1);

    #[inline(always)]
    fn splat(self, value: f32) -> Lanes {
        Lanes([value; LANES])
    }

    #[inline(always)]
    fn load(self, from: &[f32; LANES]) -> Lanes {
        Lanes(*from)
    }

    #[inline(always)]
    fn lanes(self, floats: Lanes) -> Lanes {
        floats
    }

    #[inline(always)]
    fn add(self, a: Lanes, b: Lanes) -> Lanes {
        a + b
    }

    #[inline(always)]
    fn sub(self, a: Lanes, b: Lanes) -> Lanes {
        a - b
    }

    #[inline(always)]
    fn mul(self, a: Lanes, b: Lanes) -> Lanes {
        a * b
    }

    #[inline(always)]
    fn mul_add(self, a: Lanes, b: Lanes, mut sum: Lanes) -> Lanes {
        sum.0.iter_mut().zip(a.0.iter().zip(b.0)).for_each(|(sum, (a, b))| *sum = a.mul_add(b, *sum));
        sum
    }

    #[inline(always)]
    fn max(self, a: Lanes, b: Lanes) -> Lanes {
        a.zip(b, function::max)
    }

    #[inline(always)]
    fn min(self, a: Lanes, b: Lanes) -> Lanes {
        a.zip(b, function::min)
    }
}
