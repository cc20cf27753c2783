//! Weights, word pieces, encoder and heads: scores for every word of a report, on the CPU.

mod attention;
pub mod bench;
mod crf;
mod dots;
mod encoder;
mod error;
mod function;
mod heads;
mod kernel;
mod lanes;
mod linear;
mod math;
mod matmul;
mod model;
mod pieces;
mod scores;
mod weights;
mod windows;

pub use encoder::{Encoder, EncoderConfig, FEATURES, Part, Scratch, Unwatched, Watch, Window};
pub use error::Error;
pub use kernel::Kernel;
pub use linear::{Linear, Rows};
pub use weights::{Tensor, Weights, seal};

pub use crf::Crf;
pub use heads::Layer;
pub use model::{Desk, Model, Token};
pub use pieces::Pieces;
pub use scores::{Head, Scores};
