//! What a source holds: reports, links to reports and to more sources, and what was passed over on purpose.

use std::fmt;

use jiff::Timestamp;
use reportedly_record::Report;

/// One thing that came out of a source.
#[derive(Clone, Debug, PartialEq)]
pub enum Arrival {
    /// A report, whole.
    Report(Box<Arrived>),
    /// A place where a report or a list of them can be had.
    Link(Link),
    /// Something that is no report and no fault either.
    Passed {
        /// Where it stands: `a.warc.gz record 3`.
        place: String,
        /// Why it was passed over.
        why: Why,
    },
}

/// A report with what its carrier says about it. None of that is part of the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrived {
    /// The report.
    pub report: Report,
    /// When its bytes were fetched from the outlet, where an archive or a server tells.
    pub fetched: Option<Timestamp>,
    /// The name that a feed gives the report: the same name is the same report, whatever became of its text.
    pub guid: Option<String>,
}

/// A link in a feed, sitemap or list of feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub url: String,
    /// What is there.
    pub to: To,
    /// The headline, or the name of the feed.
    pub title: Option<String>,
    /// When that was published, as printed.
    pub published: Option<String>,
    /// When it was last changed, as printed.
    pub updated: Option<String>,
    /// The name that a feed gives the report.
    pub guid: Option<String>,
}

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum To {
    /// A report's page.
    Page,
    /// A feed.
    Feed,
    /// Another sitemap.
    Sitemap,
}

/// Why something was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A record of a web archive that holds no page: a request, metadata, an index.
    NoPage,
    /// A page that was the same when it was fetched before; the archive has it elsewhere.
    Revisit,
    /// An answer that is no page: moved, not found, refused.
    Status(u16),
    /// An answer that is no text: a picture, a script, a recording.
    NoText,
    /// A feed lists it a second time.
    Twice,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::NoPage => f.write_str("a record without a page"),
            Why::Revisit => f.write_str("a page that had not changed since it was fetched before"),
            Why::Status(status) => write!(f, "an answer of status {status}"),
            Why::NoText => f.write_str("an answer that is no text"),
            Why::Twice => f.write_str("listed a second time"),
        }
    }
}

impl From<Report> for Arrival {
    fn from(report: Report) -> Arrival {
        Arrival::Report(Box::new(Arrived { report, fetched: None, guid: None }))
    }
}
