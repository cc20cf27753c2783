//! Words, quotations, sentences and dependency trees of a report.

mod features;
mod parse;
mod quotations;
mod stops;
mod tree;
mod words;

pub use features::{SIZES, features};
pub use parse::{parse, syntax};
pub use quotations::{Quotation, quotations};
pub use stops::begins_sentence;
pub use words::words;
