//! The encoder: from the pieces of a window to what each means where it stands.
//!
//! A BERT with its norms after the residuals: word, position and feature embeddings, then layers
//! of attention and feed-forward. A window runs alone and without padding, so that its result
//! depends on nothing else.

use std::ops::Range;

use serde::Deserialize;

use crate::attention::{Packed, Sizes, attend, grow};
use crate::lanes::LANES;
use crate::linear::Rows;
use crate::{Error, Kernel, Linear, Weights, math};

/// How many small facts about a piece come with it.
pub const FEATURES: usize = 3;

/// Rows that pass through the feed-forward layers together; their 1,536 floats each, 384 KiB,
/// stay in the second cache. Swept 16 to 512 with `examples/speed`: best at 64, within 3% elsewhere.
const BLOCK: usize = 64;

/// Sizes of an encoder, as in the configuration of its weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct EncoderConfig {
    /// Floats for each piece.
    pub hidden: usize,
    /// Layers of attention and feed-forward.
    pub layers: usize,
    /// Heads of an attention.
    pub heads: usize,
    /// Floats for each piece between the two halves of a feed-forward.
    pub ff: usize,
    /// Pieces in the longest window.
    pub max_positions: usize,
    /// Word pieces.
    pub vocab: usize,
    /// Values that each feature can take.
    pub features: [usize; FEATURES],
}

impl EncoderConfig {
    /// Reads the `encoder` entry of a configuration and checks it.
    ///
    /// # Errors
    ///
    /// When the JSON has no such entry, or the sizes do not fit together.
    pub fn from_json(json: &str) -> Result<EncoderConfig, Error> {
        #[derive(Deserialize)]
        struct Whole {
            encoder: EncoderConfig,
        }
        let Whole { encoder } = serde_json::from_str(json)?;
        encoder.check()?;
        Ok(encoder)
    }

    fn check(&self) -> Result<(), Error> {
        let whole_lanes = |found: usize| found > 0 && found.is_multiple_of(LANES);
        let rules = [
            ("encoder.hidden", self.hidden, whole_lanes(self.hidden), "a multiple of 16"),
            ("encoder.ff", self.ff, whole_lanes(self.ff), "a multiple of 16"),
            (
                "encoder.heads",
                self.heads,
                self.heads > 0 && self.hidden.is_multiple_of(self.heads),
                "a divisor of hidden",
            ),
            ("encoder.max_positions", self.max_positions, self.max_positions > 0, "at least 1"),
            ("encoder.vocab", self.vocab, self.vocab > 0, "at least 1"),
        ];
        match rules.into_iter().find(|(_, _, holds, _)| !holds) {
            Some((field, found, _, expected)) => Err(Error::Config { field, found, expected }),
            None => Ok(()),
        }
    }
}

/// The pieces of one stretch of text that are encoded together.
#[derive(Debug, Clone, Copy)]
pub struct Window<'a> {
    /// The word piece at each place.
    pub ids: &'a [u32],
    /// The features of each piece.
    pub features: &'a [[u8; FEATURES]],
}

/// Working storage of an encoder. Make one for each thread and use it for every window.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    hidden: Vec<f32>,
    forks: Vec<Vec<f32>>,
    qkv: Vec<f32>,
    context: Vec<f32>,
    residual: Vec<f32>,
    ff: Vec<f32>,
    rows: Rows,
    packed: Packed,
}

/// A part of the work, for those who measure it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Layers of weights.
    Linear,
    /// Scores, shares and contexts.
    Attention,
    /// Embedding, residuals and norms.
    Norm,
    /// The activation between the halves of a feed-forward.
    Gelu,
}

/// Is told when a part of the work ends.
pub trait Watch {
    /// The part that began when the last one ended has ended.
    fn ended(&mut self, part: Part);
}

/// Watches nothing, at no cost.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    #[inline(always)]
    fn ended(&mut self, _: Part) {}
}

/// An encoder with its weights, packed and ready.
#[derive(Debug, Clone)]
pub struct Encoder {
    config: EncoderConfig,
    words: Words,
    positions: Vec<f32>,
    features: [Vec<f32>; FEATURES],
    norm: Norm,
    layers: Vec<Layer>,
}

#[derive(Debug, Clone)]
enum Words {
    Floats(Vec<f32>),
    Bytes { bytes: Vec<i8>, scale: Vec<f32> },
}

#[derive(Debug, Clone)]
struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Debug, Clone)]
struct Layer {
    qkv: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

/// A second top: layers that go on from a lower layer of an encoder, beside those of its own.
#[derive(Debug, Clone)]
pub(crate) struct Top {
    from: usize,
    layers: Vec<Layer>,
}

impl Top {
    /// Loads the layers that stand above the first `from` of an encoder of these sizes; there are as many as it has itself.
    ///
    /// # Errors
    ///
    /// When `from` leaves no layer, or a tensor is missing or wrong.
    pub(crate) fn load(weights: &Weights<'_>, config: EncoderConfig, from: usize) -> Result<Top, Error> {
        if from >= config.layers {
            return Err(Error::Config { field: "from", found: from, expected: "below the layers of the encoder" });
        }
        Ok(Top { from, layers: layers(weights, config, from)? })
    }

    /// How many layers it has.
    pub(crate) fn layers(&self) -> usize {
        self.layers.len()
    }
}

fn layers(weights: &Weights<'_>, config: EncoderConfig, from: usize) -> Result<Vec<Layer>, Error> {
    (from..config.layers).map(|layer| Layer::load(weights, &format!("layers.{layer}"), config)).collect()
}

impl Encoder {
    /// Loads the encoder that the weights' configuration describes.
    ///
    /// # Errors
    ///
    /// When the configuration or a tensor is missing or wrong.
    pub fn load(weights: &Weights<'_>) -> Result<Encoder, Error> {
        let config = EncoderConfig::from_json(weights.config_json())?;
        let EncoderConfig { hidden, .. } = config;
        let feature = |k: usize| weights.floats(&format!("embed.feature.{k}.weight"), &[config.features[k], hidden]);
        Ok(Encoder {
            config,
            words: Words::load(weights, config)?,
            positions: weights.floats("embed.position.weight", &[config.max_positions, hidden])?,
            features: [feature(0)?, feature(1)?, feature(2)?],
            norm: Norm::load(weights, "embed.norm", hidden)?,
            layers: layers(weights, config, 0)?,
        })
    }

    /// Returns the sizes.
    pub fn config(&self) -> EncoderConfig {
        self.config
    }

    /// Returns the last hidden state of each piece, `hidden` floats one after the other.
    ///
    /// # Panics
    ///
    /// When the window is longer than `max_positions`, or holds a piece or a feature beyond its
    /// table.
    pub fn run<'s>(&self, kernel: Kernel, window: &Window<'_>, scratch: &'s mut Scratch) -> &'s [f32] {
        self.run_watched(kernel, window, scratch, &mut Unwatched)
    }

    /// Does what [`Encoder::run`] does and tells `watch` of each part that ends.
    ///
    /// # Panics
    ///
    /// As [`Encoder::run`].
    pub fn run_watched<'s>(
        &self,
        kernel: Kernel,
        window: &Window<'_>,
        scratch: &'s mut Scratch,
        watch: &mut impl Watch,
    ) -> &'s [f32] {
        self.run_forking(kernel, window, &[], scratch, watch)
    }

    /// Does what [`Encoder::run_watched`] does and keeps the states that the tops go on from, for [`Encoder::go_on`].
    ///
    /// # Panics
    ///
    /// As [`Encoder::run`].
    pub(crate) fn run_forking<'s>(
        &self,
        kernel: Kernel,
        window: &Window<'_>,
        tops: &[Top],
        scratch: &'s mut Scratch,
        watch: &mut impl Watch,
    ) -> &'s [f32] {
        let pieces = window.ids.len();
        if pieces == 0 {
            return &[];
        }
        scratch.reshape(self.config, pieces);
        scratch.forks.resize_with(tops.len(), Vec::new);
        self.embed(kernel, window, &mut scratch.hidden);
        watch.ended(Part::Norm);
        let all = pieces * self.config.hidden;
        for (at, layer) in self.layers.iter().enumerate() {
            for (fork, _) in scratch.forks.iter_mut().zip(tops).filter(|(_, top)| top.from == at) {
                fork.clear();
                fork.extend_from_slice(&scratch.hidden[..all]);
            }
            layer.run(kernel, self.config, pieces, scratch, watch);
        }
        &scratch.hidden[..all]
    }

    /// Returns the last hidden states of the top of that number, for the window that was read last.
    pub(crate) fn go_on<'s>(
        &self,
        kernel: Kernel,
        top: (usize, &Top),
        scratch: &'s mut Scratch,
        watch: &mut impl Watch,
    ) -> &'s [f32] {
        let (number, top) = top;
        let all = scratch.forks[number].len();
        scratch.hidden[..all].copy_from_slice(&scratch.forks[number]);
        for layer in &top.layers {
            layer.run(kernel, self.config, all / self.config.hidden, scratch, watch);
        }
        &scratch.hidden[..all]
    }

    fn embed(&self, kernel: Kernel, window: &Window<'_>, to: &mut [f32]) {
        let EncoderConfig { hidden, max_positions, vocab, .. } = self.config;
        let pieces = window.ids.len();
        assert!(pieces <= max_positions, "window of {pieces} pieces, at most {max_positions}");
        assert_eq!(pieces, window.features.len(), "every piece has features");
        let to = &mut to[..pieces * hidden];
        let places = window.ids.iter().zip(window.features).zip(self.positions.chunks(hidden));
        for (row, ((id, features), position)) in to.chunks_exact_mut(hidden).zip(places) {
            let id = *id as usize;
            assert!(id < vocab, "piece {id} of a vocabulary of {vocab}");
            self.words.copy(id * hidden..(id + 1) * hidden, row);
            add(row, position);
            for (table, value) in self.features.iter().zip(features) {
                let value = usize::from(*value);
                add(row, &table[value * hidden..(value + 1) * hidden]);
            }
        }
        math::norm(kernel, to, &self.norm.gain, &self.norm.bias);
    }
}

fn add(row: &mut [f32], other: &[f32]) {
    row.iter_mut().zip(other).for_each(|(a, b)| *a += b);
}

impl Words {
    fn load(weights: &Weights<'_>, config: EncoderConfig) -> Result<Words, Error> {
        const NAME: &str = "embed.word.weight";
        let shape = [config.vocab, config.hidden];
        Ok(if weights.is_bytes(NAME)? {
            Words::Bytes {
                bytes: weights.bytes(NAME, &shape)?,
                scale: weights.floats("embed.word.scale", &shape[..1])?,
            }
        } else {
            Words::Floats(weights.floats(NAME, &shape)?)
        })
    }

    fn copy(&self, range: Range<usize>, to: &mut [f32]) {
        match self {
            Words::Floats(floats) => to.copy_from_slice(&floats[range]),
            Words::Bytes { bytes, scale } => {
                let scale = scale[range.start / to.len()];
                for (to, byte) in to.iter_mut().zip(&bytes[range]) {
                    *to = f32::from(*byte) * scale;
                }
            }
        }
    }
}

impl Norm {
    fn load(weights: &Weights<'_>, name: &str, hidden: usize) -> Result<Norm, Error> {
        Ok(Norm {
            gain: weights.floats(&format!("{name}.weight"), &[hidden])?,
            bias: weights.floats(&format!("{name}.bias"), &[hidden])?,
        })
    }
}

impl Layer {
    fn load(weights: &Weights<'_>, name: &str, config: EncoderConfig) -> Result<Layer, Error> {
        let EncoderConfig { hidden, ff, .. } = config;
        let linear = |part: &str, outputs, inputs| Linear::load(weights, &format!("{name}.{part}"), outputs, inputs);
        Ok(Layer {
            qkv: linear("qkv", 3 * hidden, hidden)?,
            out: linear("out", hidden, hidden)?,
            norm1: Norm::load(weights, &format!("{name}.norm1"), hidden)?,
            up: linear("up", ff, hidden)?,
            down: linear("down", hidden, ff)?,
            norm2: Norm::load(weights, &format!("{name}.norm2"), hidden)?,
        })
    }

    fn run(&self, kernel: Kernel, config: EncoderConfig, pieces: usize, scratch: &mut Scratch, watch: &mut impl Watch) {
        self.attend(kernel, config, pieces, scratch, watch);
        for first in (0..pieces).step_by(BLOCK) {
            let last = pieces.min(first + BLOCK);
            self.feed_forward(kernel, config, first..last, scratch, watch);
        }
    }

    fn attend(
        &self,
        kernel: Kernel,
        config: EncoderConfig,
        pieces: usize,
        scratch: &mut Scratch,
        watch: &mut impl Watch,
    ) {
        let EncoderConfig { hidden: width, heads, .. } = config;
        let hidden = &mut scratch.hidden[..pieces * width];
        let qkv = &mut scratch.qkv[..pieces * width * 3];
        let context = &mut scratch.context[..pieces * width];
        let residual = &mut scratch.residual[..pieces * width];
        self.qkv.apply(kernel, hidden, &mut scratch.rows, qkv);
        watch.ended(Part::Linear);
        let sizes = Sizes { pieces, hidden: width, heads };
        attend(kernel, sizes, qkv, &mut scratch.packed, context);
        watch.ended(Part::Attention);
        self.out.apply(kernel, context, &mut scratch.rows, residual);
        watch.ended(Part::Linear);
        math::add_norm(kernel, hidden, residual, &self.norm1.gain, &self.norm1.bias);
        watch.ended(Part::Norm);
    }

    fn feed_forward(
        &self,
        kernel: Kernel,
        config: EncoderConfig,
        pieces: Range<usize>,
        scratch: &mut Scratch,
        watch: &mut impl Watch,
    ) {
        let EncoderConfig { hidden: width, ff, .. } = config;
        let ff = &mut scratch.ff[..pieces.len() * ff];
        let residual = &mut scratch.residual[..pieces.len() * width];
        let hidden = &mut scratch.hidden[pieces.start * width..pieces.end * width];
        self.up.apply(kernel, hidden, &mut scratch.rows, ff);
        watch.ended(Part::Linear);
        math::gelu(kernel, ff);
        watch.ended(Part::Gelu);
        self.down.apply(kernel, ff, &mut scratch.rows, residual);
        watch.ended(Part::Linear);
        math::add_norm(kernel, hidden, residual, &self.norm2.gain, &self.norm2.bias);
        watch.ended(Part::Norm);
    }
}

impl Scratch {
    fn reshape(&mut self, config: EncoderConfig, pieces: usize) {
        let EncoderConfig { hidden, ff, .. } = config;
        grow(&mut self.hidden, pieces * hidden);
        grow(&mut self.qkv, pieces * hidden * 3);
        grow(&mut self.context, pieces * hidden);
        grow(&mut self.residual, pieces * hidden);
        grow(&mut self.ff, pieces.min(BLOCK) * ff);
    }
}
