//! From bytes to reports: text, JSONL and web pages in; [`Report`]s with their date and passages out.
//!
//! All hostile input ends here. What comes out is a text with sound spans; what went wrong is an [`Error`] that names the
//! file and the place, and what is in doubt is a note in the report.

#![forbid(unsafe_code)]

mod dateline;
mod decode;
mod error;
mod given;
mod html;
mod jsonl;
mod language;
mod limits;
mod media;
mod passages;
mod paths;
mod printed;
mod report;
mod rules;
mod stamp;

use std::iter;

use reportedly_record::Report;

pub use error::Error;
pub use given::Given;
pub use jsonl::Rows;
pub use limits::Limits;
pub use media::Media;
pub use paths::{Source, sources};
pub use report::report_from_text;

/// A file's bytes and what is known about them.
#[derive(Clone, Copy, Debug)]
pub struct Raw<'a> {
    /// The file's name, for messages.
    pub name: &'a str,
    /// All of its bytes.
    pub bytes: &'a [u8],
    /// What kind of file it is.
    pub media: Media,
}

/// Reads the reports of a file: one of a text or page, and one for each line of JSONL.
pub fn reports<'a>(
    raw: &Raw<'a>,
    given: &Given,
    limits: &Limits,
) -> Box<dyn Iterator<Item = Result<Report, Error>> + 'a> {
    match raw.media {
        Media::Text => Box::new(iter::once(text(raw, given, limits))),
        Media::Html => Box::new(iter::once(html::page(raw, given, limits))),
        Media::Jsonl => Box::new(Rows::new(raw.name, raw.bytes, given, limits)),
    }
}

/// Reads a plain text file.
fn text(raw: &Raw<'_>, given: &Given, limits: &Limits) -> Result<Report, Error> {
    let decoded = decode::decode(raw.name, within(raw, limits.body, "text")?, Media::Text)?;
    let parts = report::Parts {
        name: raw.name.to_owned(),
        text: decoded.text.into_owned(),
        doubts: decoded.doubts,
        ..report::Parts::default()
    };
    report::report(parts, given)
}

/// Returns the bytes of a file that is not too large.
fn within<'a>(raw: &Raw<'a>, limit: usize, of: &'static str) -> Result<&'a [u8], Error> {
    if raw.bytes.len() > limit {
        return Err(Error::TooLarge { name: raw.name.to_owned(), limit, of });
    }
    Ok(raw.bytes)
}
