//! Weights, word pieces, encoder and heads: scores for every word of a report, on the CPU.

mod error;
mod weights;
mod lanes;
mod function;
mod kernel;
mod matmul;
mod math;
mod attention;
mod linear;
mod encoder;
pub mod bench;
mod crf;
mod heads;
mod model;
mod pieces;
mod scores;
mod windows;

pub use encoder::{
    Encoder, EncoderConfig, FEATURES, Part, Scratch, Unwatched, Watch, Window,
};
pub use error::Error;
pub use kernel::Kernel;
pub use linear::{Linear, Rows};
pub use weights::{Tensor, Weights, seal};

pub use crf::Crf;
pub use model::{Model, Desk, Token};
pub use pieces::Pieces;
pub use scores::{Head, Scores};
