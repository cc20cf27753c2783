//! Main text, date, title and author of saved web pages.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use reportedly::record::{PassageKind, Report};
use reportedly::{Given, Limits, Media, Raw};

use crate::forms::{Authors, Page, PageDate, PageText};
use crate::threads::in_order;

/// Predicts the main text of pages. A page that intake refuses has none.
pub(crate) fn texts(pages: &[Page], folder: &Path, threads: usize) -> Result<Vec<PageText>> {
    in_order("html-text", pages, threads, |page, _: &mut ()| {
        let id = page.id.clone().with_context(|| format!("the page {} has no id", page.file))?;
        Ok(PageText { id, text: read(page, folder)?.map(|report| main_text(&report)) })
    })
}

/// Predicts the day on which pages were published, their titles and authors.
pub(crate) fn dates(pages: &[Page], folder: &Path, threads: usize) -> Result<Vec<PageDate>> {
    in_order("html-dates", pages, threads, |page, _: &mut ()| {
        let url = page.url.clone().with_context(|| format!("the page {} has no url", page.file))?;
        let report = read(page, folder)?;
        let date = report.as_ref().and_then(|r| Some(r.published.as_ref()?.local.date().to_string()));
        let title = report.as_ref().and_then(|r| r.headline.clone());
        let author = report.and_then(|r| r.byline).map(Authors::One);
        Ok(PageDate { url, date, title, author })
    })
}

/// Reads a page; none where it has no text of a report.
fn read(page: &Page, folder: &Path) -> Result<Option<Report>> {
    let path = folder.join(&page.file);
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    let file = File::open(&path).with_context(|| format!("cannot read {name}"))?;
    MultiGzDecoder::new(file).read_to_end(&mut bytes).with_context(|| format!("cannot unpack {name}"))?;
    let given = Given { url: page.url.clone(), ..Given::default() };
    let raw = Raw { name: &name, bytes: &bytes, media: Media::Html };
    match reportedly::reports(&raw, &given, &Limits::default()).next() {
        Some(Ok(report)) => Ok(Some(report)),
        Some(Err(refused)) => {
            eprintln!("{refused}");
            Ok(None)
        }
        None => Ok(None),
    }
}

/// The text of a report without headline, by-line and what is no news.
fn main_text(report: &Report) -> String {
    let main = |kind: PassageKind| match kind {
        PassageKind::Body | PassageKind::Caption | PassageKind::Correction | PassageKind::DeskNote => true,
        PassageKind::Headline | PassageKind::Byline | PassageKind::Boilerplate => false,
    };
    let passages = report.passages.iter().filter(|p| main(p.kind));
    passages.map(|p| report.text.slice(p.span)).collect::<Vec<_>>().join("\n\n")
}
