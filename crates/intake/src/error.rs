//! What intake refuses, with the name of the file and the place in it.

use std::io;

use crate::wrap::Unfolds;

/// Why something is no report. Messages name the file, and the line where there is one.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file has no bytes, or nothing but white space.
    #[error("`{name}` is empty")]
    Empty {
        /// The file.
        name: String,
    },
    /// The bytes are those of another kind of file.
    #[error("`{name}` is {what}, not a report's text")]
    NotText {
        /// The file.
        name: String,
        /// What it is: "a PDF document".
        what: &'static str,
    },
    /// The page has no text that could be a report.
    #[error("`{name}` has no text of a report")]
    NoText {
        /// The file.
        name: String,
    },
    /// More than the limits allow.
    #[error("`{name}` is too large: more than {limit} bytes of {of}")]
    TooLarge {
        /// The file.
        name: String,
        /// The limit.
        limit: usize,
        /// Of what.
        of: &'static str,
    },
    /// One line of a JSONL file is no report. The lines after it are still read.
    #[error("{name} line {line}: {fault}")]
    Line {
        /// The file.
        name: String,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it.
        fault: String,
    },
    /// One entry, record or item of a file is no report. Those after it are still read.
    #[error("{name} {part} {number}: {fault}")]
    Part {
        /// The file.
        name: String,
        /// What it is: "item", "record".
        part: &'static str,
        /// Which one, counted from 1.
        number: u64,
        /// What is wrong with it.
        fault: String,
    },
    /// A list goes on beyond what was taken of it. The entries before are read.
    #[error("{name}: longer than {limit} bytes: read up to {part} {number}, and not beyond")]
    Cut {
        /// The list.
        name: String,
        /// How many bytes were taken.
        limit: usize,
        /// What its entries are: "item".
        part: &'static str,
        /// The last one that was come to.
        number: u64,
    },
    /// The file is not of the form that its name or its first bytes say.
    #[error("`{name}`: {fault}")]
    Form {
        /// The file.
        name: String,
        /// What is wrong with it.
        fault: String,
    },
    /// The file lists reports and has the text of none.
    #[error("`{name}` has no report, only links to {links}: they can be followed")]
    OnlyLinks {
        /// The file.
        name: String,
        /// How many.
        links: u64,
    },
    /// A date of publication that was given and is none, or contradicts itself.
    #[error("`{name}`: {fault}")]
    Published {
        /// The file.
        name: String,
        /// What is wrong with it.
        fault: String,
    },
    /// The metadata file beside a report cannot be read.
    #[error("`{name}`: {fault}")]
    Sidecar {
        /// The metadata file.
        name: String,
        /// What is wrong with it.
        fault: String,
    },
    /// The file name says nothing that we read.
    #[error(
        "`{name}` is of an unknown kind: expected .txt, .md, .html, .jsonl, .docx, .rss, .atom, .xml, .opml or .warc, packed or not"
    )]
    UnknownKind {
        /// The file.
        name: String,
    },
    /// The file cannot be read.
    #[error("`{name}`: {error}")]
    Read {
        /// The file.
        name: String,
        /// What the system says.
        error: io::Error,
    },
}

impl Error {
    /// Tells whether a limit was hit, and not bad input as such.
    pub fn is_limit(&self) -> bool {
        match self {
            Error::TooLarge { .. } | Error::Cut { .. } => true,
            Error::Read { error, .. } => error.get_ref().is_some_and(|error| error.is::<Unfolds>()),
            _ => false,
        }
    }

    /// The error of a file that could not be read.
    pub(crate) fn reading(name: &str, error: io::Error) -> Error {
        Error::Read { name: name.to_owned(), error }
    }
}
