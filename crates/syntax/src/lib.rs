//! Words, quotations, sentences and dependency trees of a report.

mod features;
mod quotations;
mod words;

pub use features::{SIZES, features};
pub use quotations::{Quotation, quotations};
pub use words::words;
