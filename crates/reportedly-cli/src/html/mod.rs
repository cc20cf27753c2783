//! The record as one page of HTML that holds all it needs: the first screen, the report with every piece of evidence linked to
//! its item and back, the layers, the source tree and the timeline. No script, no network: the page forbids both to itself.

mod anchors;
mod cards;
mod chart;
mod text;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use reportedly::record::{PassageKind, Record};
use sha2::{Digest as _, Sha256};

use crate::desks::Incoming;
use crate::galley::printable;
use crate::head::{passage_name, published};
use crate::register::Register;
use crate::screen::{Line, first_screen, has_card};

use anchors::Anchors;

/// The page's one style sheet.
const STYLE: &str = include_str!("style.css");

/// Returns what stands before the first report.
pub(crate) fn head(title: &str) -> String {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        BASE64_STANDARD.encode(Sha256::digest(STYLE))
    );
    let top = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (clean(title)) }
                style { (PreEscaped(STYLE)) }
            }
        }
    };
    // The document goes on behind its head: reports are written as they are read.
    let top = top.into_string();
    format!("{}<body><main>\n", top.strip_suffix("</html>").unwrap_or(&top))
}

/// Returns what stands behind the last report: a list of all where there are several.
pub(crate) fn foot(titles: &[String]) -> String {
    let list = html! {
        @if titles.len() > 1 {
            nav.reports id="reports" aria-label="Reports on this page" {
                h2 { "Reports on this page" }
                ol {
                    @for (place, title) in titles.iter().enumerate() {
                        li { a href={ "#" (prefix(place)) "report" } { (clean(title)) } }
                    }
                }
            }
        }
    };
    format!("</main>\n{}</body></html>\n", list.into_string())
}

/// What stands before each id of a report, so that several have room on one page.
fn prefix(place: usize) -> String {
    if place == 0 { String::new() } else { format!("n{}-", place + 1) }
}

/// The title of a report's page.
pub(crate) fn title(record: &Record) -> String {
    record.report.headline.clone().unwrap_or_else(|| "Report without a headline".to_owned())
}

/// Returns a report with its record.
pub(crate) fn article(incoming: &Incoming, record: &Record) -> String {
    let register = Register::of(record);
    let prefix = prefix(incoming.place);
    let mut anchors = Anchors::new(record, prefix.clone());
    // Cards first: they say which words are evidence, and of what.
    let panels = cards::panels(&register, &mut anchors);
    let text = text::text(&register, &anchors);
    let at = |name: &str| format!("{prefix}{name}");
    let report = &record.report;
    let whole = html! {
        article.report id=(at("report")) aria-labelledby=(at("title")) {
            nav.skip aria-label="Skip" {
                a href={ "#" (at("text")) } { "Skip to the text" }
                a href={ "#" (at("record")) } { "Skip to the record" }
                @if incoming.place > 0 { a href="#reports" { "Skip to the list of reports" } }
            }
            header {
                h1 id=(at("title")) dir="auto" { (clean(report.headline.as_deref().unwrap_or("(no headline)"))) }
                p.about {
                    (clean(report.outlet.as_deref().unwrap_or("outlet unknown"))) ", published " (clean(&published(report)))
                    @if let Some(byline) = &report.byline { ". " (clean(byline)) }
                }
            }
            (screen(&first_screen(&register), &anchors))
            div.desk {
                section.pane.paper id=(at("text")) tabindex="0" aria-label="Text of the report" {
                    h2 { "The report" }
                    p.legend aria-hidden="true" {
                        span.source { "source" } " " span.cue { "cue" } " " span.content { "content" } " "
                        span.trigger { "event" } " " span.name { "name" } " " span.time { "time" } " " span.label { "loaded" }
                    }
                    (text)
                }
                section.pane.record id=(at("record")) tabindex="0" aria-label="Record of the report" {
                    h2 { "The record" }
                    (panels)
                    (imprint(incoming, record))
                }
            }
        }
    };
    whole.into_string() + "\n"
}

/// The first screen. What names an item is a link to it.
fn screen(lines: &[Line], anchors: &Anchors) -> Markup {
    html! {
        section.screen aria-label="Before it runs" {
            h2 { "Before it runs" }
            dl {
                @for line in lines {
                    div {
                        dt { (line.label) }
                        @for fact in &line.facts {
                            dd {
                                @for (says, item) in &fact.pieces {
                                    @match item.filter(|id| has_card(*id)) {
                                        Some(id) => a href={ "#" (anchors.card(id)) } { (clean(says)) },
                                        None => (clean(says)),
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What made the page, and from what.
fn imprint(incoming: &Incoming, record: &Record) -> Markup {
    let report = &record.report;
    let others =
        report.passages.iter().filter(|passage| !passage.kind.is_news() && passage.kind != PassageKind::Byline);
    html! {
        section.panel {
            h3 { "How it was read" }
            dl.imprint {
                dt { "report" } dd { code { (report.id) } }
                dt { "file" } dd { (clean(&incoming.name)) }
                @if let Some(url) = &report.url { dt { "address" } dd { (clean(url)) } }
                dt { "language" } dd { (report.language.code) @if !report.language.analysed { ", not analysed" } }
                @for (label, says) in crate::dates::clock_lines(&record.clock) { dt { (label) } dd { (clean(&says)) } }
                @for passage in others {
                    dt { (passage_name(passage.kind)) } dd { "printed in the report, no statement is drawn from it" }
                }
                dt { "SHA-256" } dd { code { (report.content_hash) } }
                dt { "read by" }
                dd { "reportedly " (record.engine.version) ", model " (record.engine.model) }
                dt { "offsets" } dd { "Unicode code points, from 0, the end not included" }
            }
        }
    }
}

/// Text as it may stand on a page: control characters are shown as pictures, marks that turn the direction of what follows are
/// left out. Escaping is the template's.
fn clean(text: &str) -> String {
    text.chars().filter_map(|c| if c.is_whitespace() { Some(' ') } else { printable(c) }).collect()
}
