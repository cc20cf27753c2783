//! From bytes to reports: texts, pages, Word documents, feeds and web archives in, packed or not; [`Report`]s with their date
//! and passages out.
//!
//! All hostile input ends here. What comes out is a text with sound spans; what went wrong is an [`Error`] that names the
//! file and the place, and what is in doubt is a note in the report.

#![forbid(unsafe_code)]

mod arrival;
mod dateline;
mod decode;
mod docx;
mod error;
mod feed;
mod given;
mod html;
mod http;
mod inset;
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
mod tape;
mod utf8;
mod walk;
mod warc;
mod wrap;
mod xml;

use std::io::BufRead;
use std::iter;

use encoding_rs::Encoding;
use reportedly_record::Report;

pub use arrival::{Arrival, Arrived, Link, To, Why};
pub use error::Error;
pub use given::Given;
pub use http::{Answer, answered, decoded_head};
pub use jsonl::Rows;
pub use limits::Limits;
pub use media::Media;
pub use paths::{Meter, Source};
pub use report::report_from_text;
pub use walk::sources;

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

/// What a source holds, one by one.
pub type Arrivals<'a> = Box<dyn Iterator<Item = Result<Arrival, Error>> + 'a>;

/// Reads the reports of a file: one of a text or page, and one for each line of JSONL. What else a file may hold, links among
/// it, [`arrivals`] tells.
pub fn reports<'a>(
    raw: &Raw<'a>,
    given: &Given,
    limits: &Limits,
) -> Box<dyn Iterator<Item = Result<Report, Error>> + 'a> {
    Box::new(Reports { name: raw.name.to_owned(), arrivals: arrivals(raw, given, limits), reports: 0, links: 0 })
}

/// Reads everything that a file holds: reports, links to more, and what was passed over.
pub fn arrivals<'a>(raw: &Raw<'a>, given: &Given, limits: &Limits) -> Arrivals<'a> {
    let one = |report: Result<Report, Error>| Box::new(iter::once(report.map(Arrival::from)));
    match raw.media {
        Media::Text => one(text(raw, None, given, limits)),
        Media::Html => one(html::page(raw, None, given, limits)),
        Media::Docx => one(docx::document(raw, given, limits)),
        Media::Jsonl => Box::new(Rows::new(raw.name, raw.bytes, given, limits).map(|row| row.map(Arrival::from))),
        Media::Feed => feed::feed(raw.name, raw.bytes, None, given, limits),
        Media::JsonFeed => feed::json::feed(raw, given, limits),
        Media::Warc => Box::new(warc::Warc::new(raw.name, raw.bytes, given, limits)),
    }
}

/// Reads everything that a stream holds, of the kinds that need not be read whole.
///
/// # Errors
/// Gives the stream back when it is of another kind.
fn streamed(
    name: &str,
    stream: Box<dyn BufRead>,
    media: Media,
    given: &Given,
    limits: &Limits,
) -> Result<Arrivals<'static>, Box<dyn BufRead>> {
    match media {
        Media::Jsonl => Ok(Box::new(Rows::new(name, stream, given, limits).map(|row| row.map(Arrival::from)))),
        Media::Feed => Ok(feed::feed(name, stream, None, given, limits)),
        Media::Warc => Ok(Box::new(warc::Warc::new(name, stream, given, limits))),
        Media::Text | Media::Html | Media::Docx | Media::JsonFeed => Err(stream),
    }
}

/// The reports among what arrives.
pub(crate) struct Reports<I> {
    pub(crate) name: String,
    pub(crate) arrivals: I,
    pub(crate) reports: u64,
    pub(crate) links: u64,
}

impl<I: Iterator<Item = Result<Arrival, Error>>> Iterator for Reports<I> {
    type Item = Result<Report, Error>;

    fn next(&mut self) -> Option<Result<Report, Error>> {
        for arrival in self.arrivals.by_ref() {
            match arrival {
                Ok(Arrival::Report(arrived)) => {
                    self.reports += 1;
                    return Some(Ok(arrived.report));
                }
                Ok(Arrival::Link(_)) => self.links += 1,
                Ok(Arrival::Passed { .. }) => {}
                Err(error) => {
                    self.reports += 1;
                    return Some(Err(error));
                }
            }
        }
        // A list without any report must not look like an empty folder.
        let links = std::mem::take(&mut self.links);
        (links > 0 && self.reports == 0).then(|| Err(Error::OnlyLinks { name: self.name.clone(), links }))
    }
}

/// Reads a plain text file, whose encoding its server may have told.
pub(crate) fn text(
    raw: &Raw<'_>,
    charset: Option<&'static Encoding>,
    given: &Given,
    limits: &Limits,
) -> Result<Report, Error> {
    let decoded = decode::decode(raw.name, within(raw, limits.body, "text")?, Media::Text, charset)?;
    let parts = report::Parts {
        name: raw.name.to_owned(),
        text: decoded.text.into_owned(),
        doubts: decoded.doubts,
        ..report::Parts::default()
    };
    report::report(parts, given)
}

/// Returns the bytes of a file that is not too large.
pub(crate) fn within<'a>(raw: &Raw<'a>, limit: usize, of: &'static str) -> Result<&'a [u8], Error> {
    if raw.bytes.len() > limit {
        return Err(Error::TooLarge { name: raw.name.to_owned(), limit, of });
    }
    Ok(raw.bytes)
}
