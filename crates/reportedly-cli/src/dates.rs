//! The clock of a report and its times, as the sheet shows them: each expression with its reading.

use reportedly::record::{Clock, Record, Side, Sourced, Time, TimeKind};

use crate::galley::Galley;
use crate::head::{MARGIN, known_by};

/// Sets whose clock the report's dates are read by.
pub(crate) fn set_clock(galley: &mut Galley, clock: &Clock) {
    if let Some(written) = &clock.written {
        let zone = clock.zone.as_ref().map_or_else(|| "zone of the desk unknown".to_owned(), sourced);
        galley.entry("clock", MARGIN, &format!("{}, {zone}", minutes(written)));
    }
    if let Some(stamp) =
        clock.stamp.as_ref().filter(|stamp| Some(&stamp.value) != clock.zone.as_ref().map(|z| &z.value))
    {
        galley.entry("stamps", MARGIN, &sourced(stamp));
    }
    for (label, fact) in [("desk", &clock.desk), ("calendar", &clock.calendar)] {
        if let Some(fact) = fact {
            galley.entry(label, MARGIN, &sourced(fact));
        }
    }
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

/// What a time comes to, in words.
fn reading(time: &Time) -> String {
    let (from, to) = (time.earliest.as_ref(), time.latest.as_ref());
    let day = |zoned: &jiff::Zoned| zoned.strftime("%Y-%m-%d %H:%M").to_string();
    if let Some(order) = &time.order {
        let event = order.event.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let side = match order.side {
            Side::Before => "before",
            Side::During => "during",
            Side::After => "after",
        };
        return format!("on no calendar, {side} \"{event}\"");
    }
    let value = match (time.value.as_str(), from, to) {
        ("PAST_REF", _, Some(to)) => format!("before {}", day(to)),
        ("PRESENT_REF", Some(from), _) => format!("at {}", day(from)),
        ("FUTURE_REF", Some(from), _) => format!("after {}", day(from)),
        ("PAST_REF", _, None) => "in the past".to_owned(),
        ("PRESENT_REF", None, _) => "at the time of writing".to_owned(),
        ("FUTURE_REF", None, _) => "in the future".to_owned(),
        (value, Some(from), None) if value.contains('X') => format!("unknown ({value}), not before {}", from.date()),
        (value, _, _) if time.kind == TimeKind::Date && value.contains('X') => format!("unknown ({value})"),
        (value, _, _) => value.to_owned(),
    };
    let modifier = time.modifier.as_deref().map(|modifier| format!(" {modifier}")).unwrap_or_default();
    let anchor = time.anchor.as_deref().map(|anchor| format!(", counted from {anchor}")).unwrap_or_default();
    format!("{value}{modifier}{anchor}")
}

/// A printed time without its seconds.
fn minutes(written: &str) -> String {
    written
        .parse::<jiff::Zoned>()
        .map_or_else(|_| written.to_owned(), |at| at.strftime("%Y-%m-%d %H:%M %:z").to_string())
}
