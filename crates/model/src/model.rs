//! A model: the encoder, its word pieces and its heads, from one weights file to the scores of a text.

use std::sync::Arc;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::crf::Crf;
use crate::encoder::{FEATURES, Scratch, Top, Watch, Window};
use crate::heads::Heads;
use crate::pieces::Pieces;
use crate::scores::{Scores, Set};
use crate::windows::windows;
use crate::{Encoder, Error, Kernel, Rows, Unwatched, Weights};

/// A word as the encoder is told of it.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    /// Its letters.
    pub text: &'a str,
    /// Small facts about it, in the order of the feature tables.
    pub features: [u8; FEATURES],
    /// A sentence may begin here, so a window would rather be cut in front of it.
    pub may_begin: bool,
}

/// Everything that is learned, ready to read.
pub struct Model {
    encoder: Encoder,
    pieces: Pieces,
    heads: Arc<Heads>,
    tops: Vec<Top>,
    attached: Vec<Attached>,
    kernel: Kernel,
    window: usize,
    name: String,
    digest: String,
}

/// Heads from a file of their own.
struct Attached {
    name: String,
    digest: String,
    heads: Arc<Heads>,
    reads: Reads,
}

/// Whose states heads read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reads {
    /// Those of the model itself.
    Model,
    /// Those of the top of this number.
    Top(usize),
}

/// Working storage of a model. Make one for each thread.
#[derive(Default)]
pub struct Desk {
    encoder: Scratch,
    rows: Rows,
    ids: Vec<u32>,
    features: Vec<[u8; FEATURES]>,
    states: Vec<f32>,
}

/// The entries of a configuration that this file reads.
#[derive(Deserialize)]
struct Config {
    name: String,
    window: usize,
    vocabulary: String,
}

/// The entries of an attached file's configuration that this file reads.
#[derive(Deserialize)]
struct AttachedConfig {
    name: String,
    on: String,
    from: Option<usize>,
}

/// Features of the pieces that stand before and behind a window.
const EDGE: [u8; FEATURES] = [5, 0, 0];

impl Model {
    /// Reads a weights file.
    ///
    /// # Errors
    ///
    /// When the file is damaged, of another version, or lacks a tensor that its configuration names.
    pub fn parse(bytes: &[u8]) -> Result<Model, Error> {
        let weights = Weights::parse(bytes)?;
        let config: Config = serde_json::from_str(weights.config_json())?;
        let encoder = Encoder::load(&weights)?;
        let longest = encoder.config().max_positions;
        if config.window < 32 || config.window + 2 > longest {
            return Err(Error::Config {
                field: "window",
                found: config.window,
                expected: "32 to two below max_positions",
            });
        }
        let heads = Heads::load(&weights, encoder.config().hidden)?;
        Ok(Model {
            heads: Arc::new(heads),
            tops: Vec::new(),
            attached: Vec::new(),
            pieces: Pieces::parse(&config.vocabulary).ok_or(Error::NoConfig)?,
            kernel: Kernel::detect(),
            window: config.window,
            name: config.name,
            digest: digest(bytes),
            encoder,
        })
    }

    /// Returns the model with the heads of another file, which were trained on frozen states: its configuration names in `on`
    /// the first twelve digits of the SHA-256 of the file whose states they are, that of this model or of a file attached
    /// before. With `from` it brings a top of its own, layers that go on from the model's first `from` ones, and its heads
    /// read that.
    ///
    /// # Errors
    ///
    /// When the file is damaged, lacks a tensor that its configuration names, or was made for another model.
    pub fn attach(mut self, bytes: &[u8]) -> Result<Model, Error> {
        let weights = Weights::parse(bytes)?;
        let AttachedConfig { name, on, from } = serde_json::from_str(weights.config_json())?;
        let known = self.attached.iter().find(|other| other.digest == on);
        let reads = match (known, from) {
            (None, _) if on != self.digest => return Err(Error::Other { name, on, found: self.digest }),
            (_, Some(from)) => {
                self.tops.push(Top::load(&weights, self.encoder.config(), from)?);
                Reads::Top(self.tops.len() - 1)
            }
            (Some(other), None) => other.reads,
            (None, None) => Reads::Model,
        };
        let heads = Arc::new(Heads::load(&weights, self.encoder.config().hidden)?);
        self.attached.push(Attached { name, digest: digest(bytes), heads, reads });
        Ok(self)
    }

    /// Returns the CRF of that name, of the model's own or of one attached; `None` where there is none.
    pub fn crf(&self, name: &str) -> Option<&Crf> {
        let attached = self.attached.iter().map(|attached| &attached.heads);
        std::iter::once(&self.heads).chain(attached).find_map(|heads| heads.crf(name))
    }

    /// Names the model and every file attached to it, each with the first twelve digits of its SHA-256.
    pub fn signature(&self) -> String {
        let attached = self.attached.iter().map(|a| format!(" + {} {}", a.name, a.digest));
        format!("{} {}{}", self.name, self.digest, attached.collect::<String>())
    }

    /// Returns the model with another arithmetic path. All paths give the same bits.
    #[must_use]
    pub fn with_kernel(self, kernel: Kernel) -> Model {
        Model { kernel, ..self }
    }

    /// The arithmetic path in use.
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// The model's own name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// First twelve digits of the SHA-256 of the weights file.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The encoder alone, for those who measure it.
    pub fn encoder(&self) -> &Encoder {
        &self.encoder
    }

    /// How many layers a window passes, those of tops included.
    pub fn layers(&self) -> usize {
        self.encoder.config().layers + self.tops.iter().map(Top::layers).sum::<usize>()
    }

    /// Scores one window that is already cut: pieces and features, edges included, and the place of each word's first
    /// piece. Returns one row of all heads' columns a word. For checks against the training side.
    pub fn window_scores(
        &self,
        ids: &[u32],
        features: &[[u8; FEATURES]],
        first: &[usize],
        desk: &mut Desk,
    ) -> Vec<f32> {
        let hidden = self.encoder.config().hidden;
        let states = self.encoder.run(self.kernel, &Window { ids, features }, &mut desk.encoder);
        let words: Vec<f32> =
            first.iter().flat_map(|piece| &states[piece * hidden..(piece + 1) * hidden]).copied().collect();
        let mut scores = vec![0f32; first.len() * self.heads.width()];
        self.heads.linear.apply(self.kernel, &words, &mut desk.rows, &mut scores);
        scores
    }

    /// Scores every word of a text. Long texts are read in windows that overlap, and each word is scored once.
    pub fn scores(&self, words: &[Token<'_>], desk: &mut Desk) -> Scores {
        self.scores_watched(words, desk, &mut Unwatched, &mut 0)
    }

    /// Does what [`Model::scores`] does, tells `watch` of the encoder's parts and adds the pieces read to `pieces`.
    pub fn scores_watched(
        &self,
        words: &[Token<'_>],
        desk: &mut Desk,
        watch: &mut impl Watch,
        pieces: &mut u64,
    ) -> Scores {
        let hidden = self.encoder.config().hidden;
        let attached = self.attached.iter().map(|attached| (&attached.heads, attached.reads));
        let readers: Vec<(&Arc<Heads>, Reads)> = std::iter::once((&self.heads, Reads::Model)).chain(attached).collect();
        let set = |heads: &Arc<Heads>| Set { heads: Arc::clone(heads), values: vec![0.0; words.len() * heads.width()] };
        let mut sets: Vec<Set> = readers.iter().map(|(heads, _)| set(heads)).collect();
        let mut cut = Vec::with_capacity(words.len() * 3 / 2);
        let mut ends = Vec::with_capacity(words.len());
        for word in words {
            self.pieces.cut(word.text, &mut cut);
            ends.push(cut.len());
        }
        let start_of = |word: usize| if word == 0 { 0 } else { ends[word - 1] };
        let sizes: Vec<usize> = (0..words.len()).map(|i| ends[i] - start_of(i)).collect();
        for plan in windows(&sizes, |i| words.get(i).is_none_or(|w| w.may_begin), self.window) {
            desk.ids.clear();
            desk.features.clear();
            desk.ids.push(self.pieces.start);
            desk.features.push(EDGE);
            desk.ids.extend(&cut[start_of(plan.read.start)..ends[plan.read.end - 1]]);
            for i in plan.read.clone() {
                desk.features.extend(std::iter::repeat_n(words[i].features, sizes[i]));
            }
            desk.ids.push(self.pieces.end);
            desk.features.push(EDGE);
            *pieces += desk.ids.len() as u64;
            let window = Window { ids: &desk.ids, features: &desk.features };
            let of_top = (0..self.tops.len()).map(Reads::Top);
            for read in std::iter::once(Reads::Model).chain(of_top) {
                let states = match read {
                    Reads::Model => {
                        self.encoder.run_forking(self.kernel, &window, &self.tops, &mut desk.encoder, watch)
                    }
                    Reads::Top(number) => {
                        self.encoder.go_on(self.kernel, (number, &self.tops[number]), &mut desk.encoder, watch)
                    }
                };
                // A word is scored by its first piece.
                desk.states.clear();
                for i in plan.keep.clone() {
                    let piece = 1 + start_of(i) - start_of(plan.read.start);
                    desk.states.extend(&states[piece * hidden..(piece + 1) * hidden]);
                }
                let sets = sets.iter_mut().zip(&readers).filter(|(_, (_, of))| *of == read);
                for (Set { heads, values }, _) in sets {
                    let width = heads.width();
                    let to = &mut values[plan.keep.start * width..plan.keep.end * width];
                    heads.linear.apply(self.kernel, &desk.states, &mut desk.rows, to);
                }
            }
        }
        Scores { words: words.len(), kernel: self.kernel, sets }
    }
}

/// First twelve digits of the SHA-256 of a file.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
