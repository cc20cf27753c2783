//! The head of a report: what is known about it before a word of its news is read.

use anstyle::Style;
use reportedly::record::{Known, Passage, PassageKind, Precision, Published, Report};

use crate::desks::Incoming;
use crate::galley::{BOLD, Galley, one_line};

/// Columns of the margin that labels stand in.
pub(crate) const MARGIN: usize = 12;

/// Sets a report's whole head.
pub(crate) fn set_head(galley: &mut Galley, incoming: &Incoming) {
    set_title(galley, &incoming.report);
    set_imprint(galley, incoming);
}

/// Sets the top of a report's head: headline, outlet, date and how it is known, by-line, dateline.
pub(crate) fn set_title(galley: &mut Galley, report: &Report) {
    galley.indent(0);
    galley.text(report.headline.as_deref().unwrap_or("(no headline)"), BOLD);
    galley.end_line();
    galley.entry("outlet", MARGIN, report.outlet.as_deref().unwrap_or("unknown"));
    galley.entry("published", MARGIN, &published(report));
    // A by-line that is printed in the text is shown as printed.
    let printed: Vec<_> = report.passages.iter().filter(|passage| passage.kind == PassageKind::Byline).collect();
    for passage in &printed {
        set_passage(galley, report, passage);
    }
    if let Some(byline) = report.byline.as_ref().filter(|_| printed.is_empty()) {
        galley.entry("byline", MARGIN, byline);
    }
    if let Some(dateline) = &report.dateline {
        galley.entry("dateline", MARGIN, report.text.slice(dateline.evidence));
    }
}

/// Sets the rest of it: language, id, file, and what is not news in it.
pub(crate) fn set_imprint(galley: &mut Galley, incoming: &Incoming) {
    let report = &incoming.report;
    let analysed = if report.language.analysed { "" } else { ", not analysed" };
    galley.entry("language", MARGIN, &format!("{}{analysed}", report.language.code));
    galley.entry("report", MARGIN, &report.id.to_string());
    galley.entry("file", MARGIN, &incoming.name);
    set_other_passages(galley, report);
}

/// Sets one line for each passage that no statement is drawn from; the by-line stands in the head.
fn set_other_passages(galley: &mut Galley, report: &Report) {
    let printed = |kind: PassageKind| !kind.is_news() && kind != PassageKind::Byline;
    for passage in report.passages.iter().filter(|passage| printed(passage.kind)) {
        set_passage(galley, report, passage);
    }
}

/// Sets a passage in one line.
fn set_passage(galley: &mut Galley, report: &Report, passage: &Passage) {
    let wide = galley.paper().width.saturating_sub(MARGIN + 2);
    galley.label(passage_name(passage.kind), MARGIN);
    galley.text(&format!("\"{}\"", one_line(report.text.slice(passage.span), wide)), Style::new());
    galley.end_line();
}

/// The name of a kind of passage.
pub(crate) fn passage_name(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Headline => "headline",
        PassageKind::Byline => "byline",
        PassageKind::Body => "body",
        PassageKind::Caption => "caption",
        PassageKind::Correction => "correction",
        PassageKind::DeskNote => "desk note",
        PassageKind::Boilerplate => "boilerplate",
    }
}

/// When a report was published, as printed, and how that is known.
pub(crate) fn published(report: &Report) -> String {
    let Some(Published { local, offset, precision, known, .. }) = &report.published else {
        return "unknown".to_owned();
    };
    let form = match precision {
        Precision::Day => "%Y-%m-%d",
        Precision::Minute => "%Y-%m-%d %H:%M",
        Precision::Second => "%Y-%m-%d %H:%M:%S",
    };
    let clock = match (offset, &report.zone) {
        (Some(offset), Some(zone)) => format!(" {offset}, zone {zone}"),
        (Some(offset), None) => format!(" {offset}"),
        (None, Some(zone)) => format!(", zone {zone}"),
        // A day has no clock to be unsure of; where the sun stood is still open.
        (None, None) => ", zone unknown".to_owned(),
    };
    format!("{}{clock} ({})", local.strftime(form), known_by(*known))
}

pub(crate) fn known_by(known: Known) -> &'static str {
    match known {
        Known::Given => "given on the command line",
        Known::Field => "given with the file",
        Known::JsonLd => "from the page's JSON-LD",
        Known::OpenGraph => "from the page's OpenGraph metadata",
        Known::Meta => "from the page's metadata",
        Known::TimeElement => "from a time element of the page",
        Known::Url => "from its address",
        Known::Text => "from its text",
        Known::Profile => "what is known of the outlet",
        Known::Library => "guessed from the whole page",
    }
}
