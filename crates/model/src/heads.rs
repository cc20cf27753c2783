//! Heads: what is read off the encoder's last state. All heads are columns of one layer of weights.
//!
//! To add a head, name it in `training/network.py`, export it as one more entry of the configuration's `heads`, and read
//! it in a stage with `scores.head(name)`. A head may also come in a file of its own, made for the same frozen encoder and
//! attached with [`Model::attach`](crate::Model::attach); such a file can hold small layers for what a stage joins.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;

use crate::crf::Crf;
use crate::dots::{Stretch, dots};
use crate::function::max;
use crate::{Error, Kernel, Linear, Weights};

/// Buckets of word distance and of line distance between a word and a cue, as in `training/network.py`.
const BUCKETS: usize = 19;
const LINES: usize = 5;

/// Tags that a word can have for a cue: none, source (begin, inside), content (begin, inside).
pub(crate) const PARTS: usize = 5;

/// The tag that begins a source. An attribution has one: of the 19,834 of PolNeAR's train set nine have two.
const SOURCE: usize = 1;

/// What the score of an attribution without a source is lowered by.
const SOURCELESS: f32 = -2.0; // swept 0 to -5 on dev 2026-11-24, see training/EXPERIMENTS.md

/// A head's place among the columns.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) range: Range<usize>,
    pub(crate) labels: Vec<String>,
}

/// All heads of a model.
pub(crate) struct Heads {
    pub(crate) linear: Linear,
    columns: BTreeMap<String, Column>,
    crfs: BTreeMap<String, Crf>,
    pub(crate) relations: Vec<String>,
    relation_weight: Vec<f32>,
    relation_bias: Vec<f32>,
    pub(crate) arguments: Option<Arguments>,
    layers: BTreeMap<String, Layer>,
}

/// A small layer in floats that a stage applies to what it joins from several words' scores.
#[derive(Clone, Debug)]
pub struct Layer {
    // Invariant: one row of inputs for each entry of the bias.
    weight: Arc<[f32]>,
    bias: Vec<f32>,
    inputs: usize,
}

impl Layer {
    /// How many numbers a row of inputs has.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Returns the outputs for one row of inputs: weights times inputs plus bias, summed in a fixed order.
    ///
    /// # Panics
    ///
    /// When `inputs` is not as long as the layer is wide.
    pub fn apply(&self, inputs: &[f32]) -> Vec<f32> {
        assert_eq!(inputs.len(), self.inputs, "a row has as many inputs as its layer");
        times(Kernel::PORTABLE, &self.weight, &self.bias, inputs)
    }

    /// Returns the outputs for inputs that are one where listed and zero elsewhere, summed in the order of the list: much less work
    /// than [`Layer::apply`] where there are few.
    ///
    /// # Panics
    ///
    /// When an index is not below the number of inputs.
    pub fn apply_ones(&self, ones: &[u16]) -> Vec<f32> {
        let rows = self.weight.chunks_exact(self.inputs).zip(&self.bias);
        rows.map(|(row, bias)| ones.iter().fold(*bias, |sum, one| sum + row[usize::from(*one)])).collect()
    }
}

/// The `heads` and `crfs` entries of a configuration.
#[derive(Deserialize)]
struct Config {
    heads: Vec<HeadConfig>,
    #[serde(default)]
    crfs: Vec<CrfConfig>,
    #[serde(default)]
    relations: Vec<String>,
    #[serde(default)]
    layers: Vec<LayerConfig>,
}

#[derive(Deserialize)]
struct LayerConfig {
    name: String,
    inputs: usize,
    outputs: usize,
}

#[derive(Deserialize)]
struct HeadConfig {
    name: String,
    size: usize,
    #[serde(default)]
    labels: Vec<String>,
}

#[derive(Deserialize)]
struct CrfConfig {
    name: String,
    tags: usize,
    layers: usize,
}

impl Heads {
    pub(crate) fn load(weights: &Weights<'_>, hidden: usize) -> Result<Heads, Error> {
        let config: Config = serde_json::from_str(weights.config_json())?;
        let mut columns = BTreeMap::new();
        let mut width = 0;
        for head in config.heads {
            let range = width..width + head.size;
            width = range.end;
            if !(head.labels.is_empty() || head.labels.len() == head.size) {
                return Err(Error::Config {
                    field: "heads.labels",
                    found: head.labels.len(),
                    expected: "as many as the head's size",
                });
            }
            columns.insert(head.name, Column { range, labels: head.labels });
        }
        let mut crfs = BTreeMap::new();
        for crf in config.crfs {
            for layer in 0..crf.layers {
                let name = if crf.layers == 1 { crf.name.clone() } else { format!("{}.{layer}", crf.name) };
                crfs.insert(name, Crf::load(weights, &crf.name, crf.layers, layer, crf.tags)?);
            }
        }
        let size = |name: &str| columns.get(name).map_or(0, |c: &Column| c.range.len());
        let relations = config.relations;
        let (relation_weight, relation_bias) = if relations.is_empty() {
            (Vec::new(), Vec::new())
        } else {
            let shape = [relations.len(), size("relation_child")];
            (weights.floats("relation.weight", &shape)?, weights.floats("relation.bias", &shape[..1])?)
        };
        let arguments = match crfs.get("argument_crf") {
            Some(crf) => Some(Arguments::load(weights, size("argument_cue"), size("mix_cue"), crf)?),
            None => None,
        };
        let mut layers = BTreeMap::new();
        for LayerConfig { name, inputs, outputs } in config.layers {
            if inputs == 0 {
                return Err(Error::Config { field: "layers.inputs", found: 0, expected: "at least 1" });
            }
            let weight = weights.floats(&format!("{name}.weight"), &[outputs, inputs])?.into();
            let bias = weights.floats(&format!("{name}.bias"), &[outputs])?;
            layers.insert(name, Layer { weight, bias, inputs });
        }
        let linear = Linear::load(weights, "heads", width, hidden)?;
        Ok(Heads { linear, columns, crfs, relations, relation_weight, relation_bias, arguments, layers })
    }

    pub(crate) fn width(&self) -> usize {
        self.linear.outputs()
    }

    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.get(name)
    }

    pub(crate) fn layer(&self, name: &str) -> Option<&Layer> {
        self.layers.get(name)
    }

    pub(crate) fn crf(&self, name: &str) -> Option<&Crf> {
        self.crfs.get(name)
    }

    /// Scores every relation for the joined states of a child and its head.
    pub(crate) fn relation(&self, kernel: Kernel, joined: &[f32]) -> Option<Vec<f32>> {
        let scores = times(kernel, &self.relation_weight, &self.relation_bias, joined);
        (!scores.is_empty()).then_some(scores)
    }
}

/// Weights, a row for each output, times inputs plus bias.
fn times(kernel: Kernel, weight: &[f32], bias: &[f32], inputs: &[f32]) -> Vec<f32> {
    let mut outputs = vec![0f32; bias.len()];
    let size = inputs.len();
    dots(kernel, Stretch::whole(inputs, size), Stretch::whole(weight, size), size, &mut outputs);
    outputs.iter_mut().zip(bias).for_each(|(output, bias)| *output += bias);
    outputs
}

/// What asks every word for its part in a cue's attribution.
pub(crate) struct Arguments {
    size: usize,
    // pair[part][of cue][of word]
    pair: Vec<f32>,
    distance: Vec<f32>,
    line: Vec<f32>,
    // mix[part][of joined state], and what each distance adds to the joined state; empty where a model has none.
    mix: Vec<f32>,
    mix_distance: Vec<f32>,
    pub(crate) crf: Crf,
}

impl Arguments {
    fn load(weights: &Weights<'_>, size: usize, mix: usize, crf: &Crf) -> Result<Arguments, Error> {
        let mixed = |name: &str, shape: [usize; 2]| if mix > 0 { weights.floats(name, &shape) } else { Ok(Vec::new()) };
        Ok(Arguments {
            size,
            pair: weights.floats("argument_pair", &[PARTS, size, size])?,
            distance: weights.floats("argument_distance", &[BUCKETS, PARTS])?,
            line: weights.floats("argument_line", &[LINES, PARTS])?,
            mix: mixed("mix", [PARTS, mix])?,
            mix_distance: mixed("mix_distance", [BUCKETS, mix])?,
            crf: crf.at_most_once(SOURCE, SOURCELESS),
        })
    }

    /// Turns a cue's state into what is asked of a word's state: one row for each part.
    pub(crate) fn asked(&self, cue: &[f32]) -> Vec<f32> {
        let mut asked = vec![0f32; PARTS * self.size];
        for (asked, pair) in asked.chunks_exact_mut(self.size).zip(self.pair.chunks_exact(self.size * self.size)) {
            for (weight, row) in cue.iter().zip(pair.chunks_exact(self.size)) {
                asked.iter_mut().zip(row).for_each(|(sum, x)| *sum += weight * x);
            }
        }
        asked
    }

    /// What the distances in words and in lines between a word and the cue add to each part.
    pub(crate) fn near(&self, words: i64, lines: i64) -> [f32; PARTS] {
        let bucket = bucket(words);
        let line = (lines.clamp(-2, 2) + 2) as usize;
        std::array::from_fn(|part| self.distance[bucket * PARTS + part] + self.line[line * PARTS + part])
    }

    /// Writes what the states of words and the cue's, joined, add to each part, one row a word. The first word stands
    /// `first` words behind the cue. Leaves `to` as it is where a model joins none.
    pub(crate) fn mix<'a>(
        &self,
        kernel: Kernel,
        words: impl Iterator<Item = &'a [f32]>,
        cue: &[f32],
        first: i64,
        to: &mut [f32],
    ) {
        if self.mix.is_empty() {
            return;
        }
        let size = cue.len();
        let mut joined = vec![0f32; to.len() / PARTS * size];
        for ((joined, word), far) in joined.chunks_exact_mut(size).zip(words).zip(first..) {
            let near = &self.mix_distance[bucket(far) * size..][..size];
            let states = word.iter().zip(cue).zip(near);
            joined.iter_mut().zip(states).for_each(|(joined, ((w, c), n))| *joined = max(w + c + n, 0.0));
        }
        dots(kernel, Stretch::whole(&joined, size), Stretch::whole(&self.mix, size), size, to);
    }
}

/// Signed bucket of a distance in words: exact to 4, then to 8, 16, 32, 64 and beyond.
fn bucket(words: i64) -> usize {
    let far = words.unsigned_abs();
    let bucket = match far {
        0..=4 => far as usize,
        5..=8 => 5,
        9..=16 => 6,
        17..=32 => 7,
        33..=64 => 8,
        _ => 9,
    };
    if words < 0 { 9 - bucket } else { 9 + bucket }
}
