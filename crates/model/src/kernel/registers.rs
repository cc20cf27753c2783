//! Sixteen floats in the registers of an x86-64 processor.

use std::arch::x86_64::*;

use crate::lanes::{LANES, Lanes, Wide};

/// Two registers of AVX2 with FMA.
#[derive(Clone, Copy)]
pub(crate) struct Avx2(());

/// One register of AVX-512.
#[derive(Clone, Copy)]
pub(crate) struct Avx512(());

impl Avx2 {
    /// # Safety
    ///
    /// The processor must have AVX2 and FMA.
    #[inline(always)]
    pub(crate) unsafe fn new() -> Avx2 {
        Avx2(())
    }
}

impl Avx512 {
    /// # Safety
    ///
    /// The processor must have AVX-512 F.
    #[inline(always)]
    pub(crate) unsafe fn new() -> Avx512 {
        Avx512(())
    }
}

/// Writes operations that take two values lane by lane.
macro_rules! lane_by_lane {
    (two $($method:ident $intrinsic:ident),*) => {$(
        #[inline(always)]
        fn $method(self, a: [__m256; 2], b: [__m256; 2]) -> [__m256; 2] {
            // SAFETY: whoever made `self` knew that the processor has AVX2.
            unsafe { [$intrinsic(a[0], b[0]), $intrinsic(a[1], b[1])] }
        }
    )*};
    (one $($method:ident $intrinsic:ident),*) => {$(
        #[inline(always)]
        fn $method(self, a: __m512, b: __m512) -> __m512 {
            // SAFETY: whoever made `self` knew that the processor has AVX-512 F.
            unsafe { $intrinsic(a, b) }
        }
    )*};
}

impl Wide for Avx2 {
    type Floats = [__m256; 2];

    const BLOCK: (usize, usize) = (4, 1);

    #[inline(always)]
    fn splat(self, value: f32) -> [__m256; 2] {
        // SAFETY: whoever made `self` knew that the processor has AVX2.
        unsafe { [_mm256_set1_ps(value); 2] }
    }

    #[inline(always)]
    fn load(self, from: &[f32; LANES]) -> [__m256; 2] {
        let from = from.as_ptr();
        // SAFETY: as above; sixteen floats are two registers.
        unsafe { [_mm256_loadu_ps(from), _mm256_loadu_ps(from.add(LANES / 2))] }
    }

    #[inline(always)]
    fn lanes(self, floats: [__m256; 2]) -> Lanes {
        let mut lanes = Lanes::ZERO;
        let to = lanes.0.as_mut_ptr();
        // SAFETY: as above; sixteen floats are two registers.
        unsafe {
            _mm256_storeu_ps(to, floats[0]);
            _mm256_storeu_ps(to.add(LANES / 2), floats[1]);
        }
        lanes
    }

    #[inline(always)]
    fn mul_add(self, a: [__m256; 2], b: [__m256; 2], sum: [__m256; 2]) -> [__m256; 2] {
        // SAFETY: whoever made `self` knew that the processor has FMA.
        unsafe { [_mm256_fmadd_ps(a[0], b[0], sum[0]), _mm256_fmadd_ps(a[1], b[1], sum[1])] }
    }

    lane_by_lane!(two add _mm256_add_ps, sub _mm256_sub_ps, mul _mm256_mul_ps);
    lane_by_lane!(two max _mm256_max_ps, min _mm256_min_ps);
}

impl Wide for Avx512 {
    type Floats = __m512;

    const BLOCK: (usize, usize) = (8, 2);

    #[inline(always)]
    fn splat(self, value: f32) -> __m512 {
        // SAFETY: whoever made `self` knew that the processor has AVX-512 F.
        unsafe { _mm512_set1_ps(value) }
    }

    #[inline(always)]
    fn load(self, from: &[f32; LANES]) -> __m512 {
        // SAFETY: as above; sixteen floats are one register.
        unsafe { _mm512_loadu_ps(from.as_ptr()) }
    }

    #[inline(always)]
    fn lanes(self, floats: __m512) -> Lanes {
        let mut lanes = Lanes::ZERO;
        // SAFETY: as above; sixteen floats are one register.
        unsafe { _mm512_storeu_ps(lanes.0.as_mut_ptr(), floats) };
        lanes
    }

    #[inline(always)]
    fn mul_add(self, a: __m512, b: __m512, sum: __m512) -> __m512 {
        // SAFETY: whoever made `self` knew that the processor has AVX-512 F.
        unsafe { _mm512_fmadd_ps(a, b, sum) }
    }

    lane_by_lane!(one add _mm512_add_ps, sub _mm512_sub_ps, mul _mm512_mul_ps);
    lane_by_lane!(one max _mm512_max_ps, min _mm512_min_ps);
}
