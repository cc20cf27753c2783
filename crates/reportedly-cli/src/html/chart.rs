//! Two drawings in SVG: the tree of sources, and the timeline. Both are narrow, so that they fit a telephone.

use std::collections::BTreeMap;

use jiff::Zoned;
use maud::{Markup, html};
use reportedly::record::{Id, TimeKind};

use super::anchors::Anchors;
use super::clean;
use crate::dates::value;
use crate::galley::one_line;
use crate::register::Register;
use crate::wording;

/// Width of a drawing in units of its own: about what a telephone has in pixels.
const WIDTH: usize = 340;

/// Height of a row.
const ROW: usize = 34;

/// Width of a character of 12 units, on the wide side.
const LETTER: usize = 7;

/// How far a relay stands in from whoever cites it.
const STEP: usize = 22;

/// Rows that a drawing has at the most; what is beyond stands in the panels.
const ROWS: usize = 40;

/// A source, and those it relays.
#[derive(Default)]
struct Relay {
    // In order of appearance.
    order: Vec<Id>,
    relays: BTreeMap<Id, Relay>,
}

/// Draws who relays whom, outermost on the left.
pub(super) fn sources(register: &Register, anchors: &Anchors) -> Markup {
    let mut top = Relay::default();
    for chain in &register.record.chains {
        let mut at = &mut top;
        for hop in chain.hops.iter().filter(|id| register.entity(**id).is_some()) {
            if !at.relays.contains_key(hop) {
                at.order.push(*hop);
            }
            at = at.relays.entry(*hop).or_default();
        }
    }
    let mut rows: Vec<(Id, usize, Option<usize>)> = Vec::new();
    let mut open: Vec<(&Relay, Id, usize, Option<usize>)> = Vec::new();
    open.extend(top.order.iter().rev().filter_map(|id| Some((top.relays.get(id)?, *id, 0, None))));
    while let Some((relay, id, depth, parent)) = open.pop() {
        if rows.len() == ROWS {
            break;
        }
        let row = rows.len();
        rows.push((id, depth, parent));
        open.extend(relay.order.iter().rev().filter_map(|id| Some((relay.relays.get(id)?, *id, depth + 1, Some(row)))));
    }
    if rows.is_empty() {
        return html! {};
    }
    let height = rows.len() * ROW + 8;
    let left = |depth: usize| 4 + depth.min(6) * STEP;
    let middle = |row: usize| row * ROW + 4 + ROW / 2;
    html! {
        section.panel {
            h3 { "Who relays whom" }
            figure {
                svg role="group" aria-label="Tree of sources, outermost first" viewBox={ "0 0 " (WIDTH) " " (height) } {
                    @for (row, (_, depth, parent)) in rows.iter().enumerate() {
                        @if let Some(parent) = parent {
                            @let from = left(depth.saturating_sub(1)) + 10;
                            path.line d={ "M" (from) " " (middle(*parent) + 12) "V" (middle(row)) "H" (left(*depth)) } {}
                        }
                    }
                    @for (row, (id, depth, _)) in rows.iter().enumerate() {
                        @let x = left(*depth);
                        @let room = (WIDTH - x - 24) / LETTER;
                        @let unnamed = register.speaks_unnamed(*id);
                        a href={ "#" (anchors.card(*id)) } {
                            rect.(if unnamed { "box unnamed" } else { "box" })
                                x=(x) y=(middle(row) - 12) width=(WIDTH - x - 4) height="24" rx="4" {}
                            text x=(x + 10) y=(middle(row) + 4) { (clean(&one_line(&register.called(*id).unwrap_or_default(), room))) }
                        }
                    }
                }
                figcaption { "Each source stands under whoever cites it. Broken frames are people who are not named." }
            }
        }
    }
}

/// A row of the timeline.
struct Row {
    at: Zoned,
    day: String,
    says: String,
    item: Option<Id>,
}

/// Draws what the report puts on the calendar, in the order of time, with its publication.
pub(super) fn timeline(register: &Register, anchors: &Anchors) -> Markup {
    let record = register.record;
    let mut said: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for event in &record.events {
        for time in &event.times {
            said.entry(*time).or_default().push(event.id);
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    let dated = record.times.iter().filter(|time| matches!(time.kind, TimeKind::Date | TimeKind::Time));
    for time in dated {
        // A reference to the past or future as a whole is no place on the calendar.
        let Some(at) = time.earliest.clone().filter(|_| time.latest.is_some()) else { continue };
        let day = value(time);
        match said.get(&time.id) {
            Some(events) => rows.extend(events.iter().filter_map(|id| register.event(*id)).map(|event| Row {
                at: at.clone(),
                day: day.clone(),
                says: format!("{}: {}", register.called(event.id).unwrap_or_default(), wording::status(event.status)),
                item: Some(event.id),
            })),
            None => {
                let says = format!("\"{}\"", one_line(&time.evidence.text, 40));
                if !rows.iter().any(|row| row.day == day && row.says == says) {
                    rows.push(Row { at, day, says, item: Some(time.id) });
                }
            }
        }
    }
    if rows.is_empty() {
        return html! {};
    }
    rows.truncate(ROWS);
    let instant = record.report.published.as_ref().and_then(|published| published.instant);
    if let Some(instant) = instant {
        let zone = rows.first().map_or(jiff::tz::TimeZone::UTC, |row| row.at.time_zone().clone());
        let at = instant.to_zoned(zone);
        rows.push(Row { day: at.strftime("%Y-%m-%d").to_string(), says: "published".to_owned(), at, item: None });
    }
    rows.sort_by(|a, b| (&a.at, &a.day).cmp(&(&b.at, &b.day)));
    let height = rows.len() * ROW + 8;
    let axis = 112;
    html! {
        section.panel {
            h3 { "Timeline" }
            figure {
                svg role="group" aria-label="Timeline, earliest first" viewBox={ "0 0 " (WIDTH) " " (height) } {
                    line.axis x1=(axis) x2=(axis) y1="4" y2=(height - 4) {}
                    @for (place, row) in rows.iter().enumerate() {
                        @let y = place * ROW + 4 + ROW / 2;
                        @let words = one_line(&row.says, (WIDTH - axis - 16) / LETTER);
                        text.day x=(axis - 12) y=(y + 4) text-anchor="end" { (clean(&one_line(&row.day, 14))) }
                        circle.(if row.item.is_none() { "dot now" } else { "dot" }) cx=(axis) cy=(y) r="5" {}
                        @match row.item {
                            Some(id) => a href={ "#" (anchors.card(id)) } { text x=(axis + 14) y=(y + 4) { (clean(&words)) } },
                            None => text.now x=(axis + 14) y=(y + 4) { (words) },
                        }
                    }
                }
                figcaption { "In the order of time, not to scale." }
            }
        }
    }
}
