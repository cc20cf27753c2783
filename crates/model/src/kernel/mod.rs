//! Kernels: the same arithmetic for each instruction set, chosen when the program runs.
//!
//! All kernels give the same bits. Products of bytes are summed in integers, which is exact in any
//! order; float work is plain arithmetic in a fixed order, compiled once for each set.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod portable;
pub(crate) mod product;
#[cfg(target_arch = "x86_64")]
pub(crate) mod registers;
#[cfg(target_arch = "x86_64")]
mod vnni;

use std::fmt;

/// A set of instructions that this processor has.
///
/// It can be got only from [`Kernel::detect`], [`Kernel::available`] and [`Kernel::PORTABLE`]: to
/// hold one is to know that its instructions may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kernel(pub(crate) Set);

/// The instruction sets, slowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Set {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
}

impl Kernel {
    /// The kernel that every processor has.
    pub const PORTABLE: Kernel = Kernel(Set::Portable);

    /// Returns the fastest kernel this processor has.
    pub fn detect() -> Kernel {
        Kernel::available().last().copied().unwrap_or(Kernel::PORTABLE)
    }

    /// Returns every kernel this processor has, slowest first.
    pub fn available() -> Vec<Kernel> {
        let mut kernels = vec![Kernel::PORTABLE];
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            if avx2 {
                kernels.push(Kernel(Set::Avx2));
            }
            if avx2 && is_x86_feature_detected!("avxvnni") {
                kernels.push(Kernel(Set::AvxVnni));
            }
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
            {
                kernels.push(Kernel(Set::Avx512Vnni));
            }
        }
        kernels
    }

    /// Returns the name of the kernel, as in logs and on the command line.
    pub fn name(self) -> &'static str {
        match self.0 {
            Set::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Set::AvxVnni => "avx-vnni",
            #[cfg(target_arch = "x86_64")]
            Set::Avx512Vnni => "avx512-vnni",
        }
    }
}

impl fmt::Display for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Defines a function that takes a [`Kernel`] and runs a body compiled for its instructions.
///
/// The body is a safe function marked `inline(always)`, so that it takes on the instruction set of
/// whichever wrapper it lands in. Its first argument is the kernel's [`Wide`](crate::lanes::Wide).
macro_rules! per_kernel {
    ($(#[$doc:meta])* $vis:vis fn $name:ident($($arg:ident: $ty:ty),* $(,)?) = $body:ident;) => {
        $(#[$doc])*
        $vis fn $name(kernel: $crate::Kernel, $($arg: $ty),*) {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($arg: $ty),*) {
                // SAFETY: this function's own feature is the one asked for.
                let wide = unsafe { $crate::kernel::registers::Avx2::new() };
                $body(wide, $($arg),*);
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
            fn avx512($($arg: $ty),*) {
                // SAFETY: this function's own features include the one asked for.
                let wide = unsafe { $crate::kernel::registers::Avx512::new() };
                $body(wide, $($arg),*);
            }
            use $crate::kernel::Set;
            match kernel.0 {
                Set::Portable => $body($crate::lanes::Portable, $($arg),*),
                #[cfg(target_arch = "x86_64")]
                // SAFETY: whoever holds one of these kernels has a processor with AVX2 and FMA.
                Set::Avx2 | Set::AvxVnni => unsafe { avx2($($arg),*) },
                #[cfg(target_arch = "x86_64")]
                // SAFETY: whoever holds this kernel has a processor with these AVX-512 sets.
                Set::Avx512Vnni => unsafe { avx512($($arg),*) },
            }
        }
    };
}
pub(crate) use per_kernel;

/// Returns a call that multiplies one block with the two-step kernel, or with the portable one
/// where there is no AVX2, and that returns how many operations it did.
pub(crate) fn peak_tile() -> impl FnMut() -> u64 {
    use crate::lanes::LANES;
    use product::Tile;

    const ROWS: usize = 4;
    const DEPTH: usize = 384;
    let rows = vec![1u8; ROWS * DEPTH];
    let panel = vec![1i8; LANES * DEPTH];
    let mut sums = [[[0i32; LANES]; 1]; ROWS];
    move || {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // SAFETY: AVX2 has just been found.
            unsafe { avx2::Avx2::sums(&rows, &panel, &mut sums) };
            std::hint::black_box(&mut sums);
            return 2 * (ROWS * LANES * DEPTH) as u64;
        }
        // SAFETY: the portable tile needs no particular instructions.
        unsafe { portable::Portable::sums(&rows, &panel, &mut sums) };
        std::hint::black_box(&mut sums);
        2 * (ROWS * LANES * DEPTH) as u64
    }
}
