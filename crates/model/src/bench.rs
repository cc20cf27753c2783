//! What is needed to measure the encoder: the processor's peak, the work in a window, and weights
//! of any size that mean nothing.

use std::hint::black_box;
use std::time::Instant;

use crate::kernel::peak_tile;
use crate::weights::{Tensor, seal};
use crate::{EncoderConfig, Error};

/// Whether made-up weights are floats or bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Floats throughout.
    Floats,
    /// Bytes with scales for word embeddings and layers of weights.
    Bytes,
}

/// Returns the seconds that this thread has run on a processor, waiting not counted.
///
/// The kernel of Linux tells them, a few milliseconds behind; where it does not, there is none.
pub fn cpu_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: u64 = text.split_ascii_whitespace().next()?.parse().ok()?;
    Some(nanoseconds as f64 * 1e-9)
}

/// Measures how many operations a second the bare two-step kernel reaches on this core.
///
/// It multiplies one block out of the nearest cache again and again; a multiplication and an
/// addition count as two operations. Processors without AVX2 run the portable block.
pub fn peak_two_step(seconds: f64) -> f64 {
    const REPEATS: u32 = 500;
    let mut tile = peak_tile();
    let start = Instant::now();
    let mut best = 0.0f64;
    // The best of many short spells is what the core can do when nothing disturbs it.
    while start.elapsed().as_secs_f64() < seconds {
        let spell = Instant::now();
        let operations: u64 = (0..REPEATS).map(|_| black_box(&mut tile)()).sum();
        best = best.max(operations as f64 / spell.elapsed().as_secs_f64());
    }
    best
}

/// Returns how many operations a window of this many pieces takes, a multiplication and an
/// addition being two. Only matrix products count.
pub fn encoder_ops(config: EncoderConfig, pieces: usize) -> f64 {
    let EncoderConfig { hidden, layers, ff, .. } = config;
    let weights = hidden * hidden * 4 + hidden * ff * 2;
    let attention = hidden * pieces * 2;
    2.0 * (pieces * layers * (weights + attention)) as f64
}

/// Returns a weights file for an encoder of these sizes, filled from a seed.
///
/// # Errors
///
/// When the file cannot be written, which made-up weights never cause.
pub fn made_up_weights(config: EncoderConfig, precision: Precision, seed: u64) -> Result<Vec<u8>, Error> {
    let EncoderConfig { hidden, layers, heads, ff, max_positions, vocab, features } = config;
    let mut maker = Maker { state: seed | 1, precision, tensors: Vec::new() };
    maker.matrix("embed.word", vocab, hidden);
    maker.floats("embed.position.weight", vec![max_positions, hidden], 0.0, 1.0);
    for (k, values) in features.into_iter().enumerate() {
        maker.floats(&format!("embed.feature.{k}.weight"), vec![values, hidden], 0.0, 0.3);
    }
    maker.norm("embed.norm", hidden);
    for layer in 0..layers {
        for (part, outputs, inputs) in
            [("qkv", 3 * hidden, hidden), ("out", hidden, hidden), ("up", ff, hidden), ("down", hidden, ff)]
        {
            let name = format!("layers.{layer}.{part}");
            maker.matrix(&name, outputs, inputs);
            maker.floats(&format!("{name}.bias"), vec![outputs], 0.0, 0.2);
        }
        maker.norm(&format!("layers.{layer}.norm1"), hidden);
        maker.norm(&format!("layers.{layer}.norm2"), hidden);
    }
    let config = serde_json::json!({ "encoder": {
        "hidden": hidden, "layers": layers, "heads": heads, "ff": ff,
        "max_positions": max_positions, "vocab": vocab, "features": features,
    }});
    seal(&config.to_string(), &maker.tensors)
}

struct Maker {
    state: u64,
    precision: Precision,
    tensors: Vec<(String, Tensor)>,
}

impl Maker {
    /// Returns the next number from -1 to 1 (xorshift; its quality does not matter here).
    fn next(&mut self) -> f32 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    }

    fn floats(&mut self, name: &str, shape: Vec<usize>, centre: f32, spread: f32) {
        let floats = (0..shape.iter().product()).map(|_| centre + spread * self.next()).collect();
        self.tensors.push((name.to_owned(), Tensor::Floats(shape, floats)));
    }

    fn norm(&mut self, name: &str, hidden: usize) {
        self.floats(&format!("{name}.weight"), vec![hidden], 1.0, 0.1);
        self.floats(&format!("{name}.bias"), vec![hidden], 0.0, 0.1);
    }

    fn matrix(&mut self, name: &str, outputs: usize, inputs: usize) {
        // Outputs are then about as large as inputs.
        let spread = 1.7 / (inputs as f32).sqrt();
        let weight = format!("{name}.weight");
        match self.precision {
            Precision::Floats => self.floats(&weight, vec![outputs, inputs], 0.0, spread),
            Precision::Bytes => {
                let bytes = (0..outputs * inputs).map(|_| (127.0 * self.next()) as i8).collect();
                self.tensors.push((weight, Tensor::Bytes(vec![outputs, inputs], bytes)));
                self.floats(&format!("{name}.scale"), vec![outputs], spread / 127.0, spread / 1270.0);
            }
        }
    }
}
