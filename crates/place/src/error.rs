//! What can be wrong with a gazetteer.

/// A gazetteer that cannot be used, and why.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The first eight bytes are those of some other kind of file.
    #[error("gazetteer: not a gazetteer (wrong magic)")]
    Magic,
    /// The file was written for another version of this crate.
    #[error("gazetteer: format version {found}, expected {expected}")]
    Version {
        /// The version the file states.
        found: u32,
        /// The version this crate reads.
        expected: u32,
    },
    /// The file ends before its header does.
    #[error("gazetteer: file ends inside its header")]
    Truncated,
    /// The bytes are not those that were written.
    #[error("gazetteer: sha256 does not match")]
    Digest,
    /// A part of the file lies outside of it or is no whole number of rows.
    #[error("gazetteer: field {field} holds {bytes} bytes, expected {expected}")]
    Field {
        /// Name of the part.
        field: &'static str,
        /// Bytes of it.
        bytes: usize,
        /// What would have been right.
        expected: &'static str,
    },
}
