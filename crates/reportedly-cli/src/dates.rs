//! The clock of a report and its times, as the sheet shows them: each expression with its reading.

use reportedly::record::{Clock, Record, Sourced, Time, TimeKind};

use crate::galley::Galley;
use crate::head::{MARGIN, known_by};
use crate::wording;

/// Sets whose clock the report's dates are read by.
pub(crate) fn set_clock(galley: &mut Galley, clock: &Clock) {
    for (label, says) in clock_lines(clock) {
        galley.entry(label, MARGIN, &says);
    }
}

/// Whose clock the report's dates are read by, in lines with a label.
pub(crate) fn clock_lines(clock: &Clock) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    if let Some(written) = &clock.written {
        let zone = clock.zone.as_ref().map_or_else(|| "zone of the desk unknown".to_owned(), sourced);
        lines.push(("clock", format!("{}, {zone}", minutes(written))));
    }
    let zone = clock.zone.as_ref().map(|zone| &zone.value);
    if let Some(stamp) = clock.stamp.as_ref().filter(|stamp| Some(&stamp.value) != zone) {
        lines.push(("stamps", sourced(stamp)));
    }
    for (label, fact) in [("desk", &clock.desk), ("calendar", &clock.calendar)] {
        lines.extend(fact.iter().map(|fact| (label, sourced(fact))));
    }
    lines
}

/// A fact with how it is known: the text's own words where it has them.
fn sourced(fact: &Sourced<String>) -> String {
    match &fact.evidence {
        Some(words) => format!("{} (the text: \"{}\")", fact.value, words.text),
        None => format!("{} ({})", fact.value, known_by(fact.known)),
    }
}

/// Sets every time of a report with its reading, one a line.
pub(crate) fn set_times(galley: &mut Galley, record: &Record) {
    if !record.times.is_empty() {
        galley.blank();
    }
    for (place, time) in record.times.iter().enumerate() {
        let words = time.evidence.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let label = if place == 0 { "times" } else { "" };
        galley.entry(label, MARGIN, &format!("\"{words}\": {}", reading(time)));
    }
}

/// What a time comes to, in words, and what it was counted from.
pub(crate) fn reading(time: &Time) -> String {
    let anchor = time.anchor.as_deref().filter(|_| time.order.is_none());
    let anchor = anchor.map(|anchor| format!(", counted from {anchor}")).unwrap_or_default();
    format!("{}{anchor}", value(time))
}

/// What a time comes to, in words.
pub(crate) fn value(time: &Time) -> String {
    let (from, to) = (time.earliest.as_ref(), time.latest.as_ref());
    let day = |zoned: &jiff::Zoned| zoned.strftime("%Y-%m-%d %H:%M").to_string();
    if let Some(order) = &time.order {
        let event = order.event.text.split_whitespace().collect::<Vec<_>>().join(" ");
        return format!("on no calendar, {} \"{event}\"", wording::side(order.side));
    }
    let value = match (time.value.as_str(), from, to) {
        ("PAST_REF", _, Some(to)) => format!("before {}", day(to)),
        ("PRESENT_REF", Some(from), _) => format!("at {}", day(from)),
        ("FUTURE_REF", Some(from), _) => format!("after {}", day(from)),
        ("PAST_REF", _, None) => "in the past".to_owned(),
        ("PRESENT_REF", None, _) => "at present".to_owned(),
        ("FUTURE_REF", None, _) => "in the future".to_owned(),
        (value, Some(from), None) if value.contains('X') => format!("unknown ({value}), not before {}", from.date()),
        (value, _, _) if time.kind == TimeKind::Date && value.contains('X') => format!("unknown ({value})"),
        (value, _, _) => value.to_owned(),
    };
    let modifier = time.modifier.as_deref().map(|modifier| format!(" {modifier}")).unwrap_or_default();
    format!("{value}{modifier}")
}

/// A printed time without its seconds.
fn minutes(written: &str) -> String {
    written
        .parse::<jiff::Zoned>()
        .map_or_else(|_| written.to_owned(), |at| at.strftime("%Y-%m-%d %H:%M %:z").to_string())
}
