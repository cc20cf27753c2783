//! What can be wrong with a weights file.

use std::path::PathBuf;

use thiserror::Error as ThisError;

/// A weights file that cannot be used, and why.
#[derive(Debug, ThisError)]
#[non_exhaustive]
pub enum Error {
    /// The file could not be read at all.
    #[error("weights: {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The first eight bytes are those of some other kind of file.
    #[error("weights: not a weights file (wrong magic)")]
    Magic,
    /// The file was written for another version of this crate.
    #[error("weights: format version {found}, expected {expected}")]
    Version {
        /// The version the file states.
        found: u32,
        /// The version this crate reads.
        expected: u32,
    },
    /// The file ends before its header does.
    #[error("weights: file ends inside its header")]
    Truncated,
    /// The bytes are not those that were written.
    #[error("weights: sha256 does not match")]
    Digest,
    /// The tensor section is malformed although its digest is right.
    #[error("weights: {0}")]
    Tensors(#[from] safetensors::SafeTensorError),
    /// The `config` entry is absent.
    #[error("weights: metadata has no config")]
    NoConfig,
    /// The `config` entry is not the JSON that was expected.
    #[error("weights: config: {0}")]
    Json(#[from] serde_json::Error),
    /// A number in the configuration makes no sense.
    #[error("weights: config: {field} is {found}, expected {expected}")]
    Config {
        /// Path of the field inside the JSON.
        field: &'static str,
        /// Its value.
        found: usize,
        /// What would have been right.
        expected: &'static str,
    },
    /// A tensor is not in the file.
    #[error("weights: tensor {name} is missing")]
    Missing {
        /// The tensor.
        name: String,
    },
    /// A tensor has other dimensions than the configuration asks for.
    #[error("weights: tensor {name} has shape {found:?}, expected {expected:?}")]
    Shape {
        /// The tensor.
        name: String,
        /// Its dimensions.
        found: Vec<usize>,
        /// The dimensions asked for.
        expected: Vec<usize>,
    },
    /// A tensor holds another type of number.
    #[error("weights: tensor {name} has type {found}, expected {expected}")]
    Type {
        /// The tensor.
        name: String,
        /// Its type.
        found: String,
        /// The type or types asked for.
        expected: &'static str,
    },
    /// Heads were made for another model than the one they are attached to.
    #[error("weights: heads {name} were made for model {on}, not for {found}")]
    Other {
        /// The heads' file, by its own name.
        name: String,
        /// The model they were made for.
        on: String,
        /// The model at hand.
        found: String,
    },
    /// A value would break the arithmetic.
    #[error("weights: tensor {name} holds {found}, expected {expected}")]
    Value {
        /// The tensor.
        name: String,
        /// The offending value.
        found: String,
        /// What would have been right.
        expected: &'static str,
    },
}
