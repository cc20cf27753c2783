//! The clock of a report: when it was written, in the zone of the desk that wrote it, and how each of that is known.
//!
//! An automatic stamp in the outlet's zone and a desk elsewhere are two facts. The stamp fixes the instant; the desk's zone
//! tells which day it was there.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use reportedly_record::{Clock, Known, Note, PassageKind, Precision, Report, Sourced, Stage, Words};

use crate::desk_note::{DeskNote, desk_note};
use crate::meaning::ZoneWord;
use crate::outlets::Outlet;
use crate::profile::sabbath_in;
use crate::silence::Observance;
use crate::times::Writing;

/// Finds a report's clock: given, then the page's own stamp, then the text's desk note, then the outlet's profile, then
/// none. What contradicts itself goes to `notes`.
pub fn clock(report: &Report, outlet: Option<&Outlet>, notes: &mut Vec<Note>) -> (Clock, Writing) {
    if let (Some(name), None) = (&report.outlet, outlet) {
        let says =
            format!("nothing is known beforehand of the outlet `{name}`: its zone, desks and calendar stay unknown");
        notes.push(Note { stage: Stage::When, says, span: None });
    }
    let mut steps = Steps { clock: Clock::default(), report };
    let said = desk_notes(report);
    let Some(published) = &report.published else {
        steps.desk(&said, outlet);
        return (steps.clock, Writing::default());
    };

    // The zone of the stamp, and with it the instant.
    let offset = published.offset.as_deref().and_then(fixed);
    let stamp = match (&offset, &said.stamps, outlet.and_then(|outlet| outlet.zone.as_deref())) {
        (Some((name, zone)), _, _) => Some((name.clone(), zone.clone(), published.known, None)),
        (None, Some((name, zone, words)), _) => Some((name.clone(), zone.clone(), Known::Text, Some(words.clone()))),
        (None, None, Some(name)) => TimeZone::get(name).ok().map(|zone| (name.to_owned(), zone, Known::Profile, None)),
        (None, None, None) => None,
    };
    let instant = published.instant.or_else(|| {
        let (_, zone, _, _) = stamp.as_ref()?;
        (published.precision != Precision::Day).then_some(())?;
        Some(published.local.to_zoned(zone.clone()).ok()?.timestamp())
    });
    if let (Some((offset_name, _)), Some((name, zone, words)), Some(instant)) = (&offset, &said.stamps, instant) {
        let stated = zone.to_offset(instant);
        if fixed(offset_name).is_some_and(|(_, offset)| offset.to_offset(instant) != stated) {
            notes.push(Note {
                stage: Stage::When,
                says: format!("the stamp has the offset {offset_name}, and the text says that stamps are in {name}"),
                span: Some(words.span),
            });
        }
    }
    if let Some((name, _, known, words)) = &stamp {
        steps.clock.stamp = Some(Sourced { value: name.clone(), known: *known, evidence: words.clone() });
    }

    let zone =
        steps.zone(&said, outlet, stamp.as_ref().map(|(name, zone, known, _)| (name.clone(), zone.clone(), *known)));
    steps.desk(&said, outlet);
    let has_hour = published.precision != Precision::Day;
    let now = match (instant.filter(|_| has_hour), &zone) {
        (Some(instant), Some(zone)) => instant.to_zoned(zone.clone()).datetime(),
        _ => published.local,
    };
    steps.clock.written = Some(written(now, has_hour, instant.filter(|_| has_hour), zone.as_ref()));
    (steps.clock, Writing { now: Some(now), has_hour, zone })
}

/// The time of writing as the record prints it.
fn written(now: DateTime, has_hour: bool, instant: Option<Timestamp>, zone: Option<&TimeZone>) -> String {
    match (instant, zone) {
        (Some(instant), Some(zone)) => instant.to_zoned(zone.clone()).to_string(),
        _ if has_hour => now.to_string(),
        _ => now.date().to_string(),
    }
}

/// The zone of a printed offset such as "+02:00".
fn fixed(offset: &str) -> Option<(String, TimeZone)> {
    let minutes = match offset {
        "Z" | "z" => 0,
        _ => {
            let sign = if offset.starts_with('-') { -1 } else { 1 };
            let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
            let (hours, minutes) =
                (digits.get(..2)?.parse::<i32>().ok()?, digits.get(2..4).unwrap_or("00").parse::<i32>().ok()?);
            sign * (hours * 60 + minutes)
        }
    };
    Some((offset.to_owned(), TimeZone::fixed(Offset::from_seconds(minutes * 60).ok()?)))
}

/// What a report's desk notes say together; the first of a kind counts.
#[derive(Default)]
struct Said {
    desk: Option<(String, Words)>,
    city: Option<(Observance, Words)>,
    stamps: Option<(String, TimeZone, Words)>,
}

fn desk_notes(report: &Report) -> Said {
    let mut said = Said::default();
    for passage in report.passages.iter().filter(|p| p.kind == PassageKind::DeskNote) {
        let DeskNote { desk, city, stamps } = desk_note(report.text.slice(passage.span));
        let words = |range: std::ops::Range<usize>| {
            let start = passage.span.bytes().start;
            report.text.words(report.text.span(range.start + start..range.end + start))
        };
        said.desk = said.desk.or(desk.map(|(name, range)| (name, words(range))));
        said.city = said.city.or(city.and_then(|(city, range)| Some((Observance::in_city(&city)?, words(range)))));
        said.stamps = said.stamps.or(stamps.and_then(|(zone, range)| {
            let (name, zone) = match zone {
                ZoneWord::Iana(name) => (name.to_owned(), TimeZone::get(name).ok()?),
                ZoneWord::Fixed(minutes) => {
                    let offset = Offset::from_seconds(i32::from(minutes) * 60).ok()?;
                    (offset.to_string(), TimeZone::fixed(offset))
                }
                ZoneWord::Ambiguous => return None,
            };
            Some((name, zone, words(range)))
        }));
    }
    said
}

/// The clock as it comes together.
struct Steps<'a> {
    clock: Clock,
    report: &'a Report,
}

impl Steps<'_> {
    /// The zone of the desk.
    fn zone(
        &mut self,
        said: &Said,
        outlet: Option<&Outlet>,
        stamp: Option<(String, TimeZone, Known)>,
    ) -> Option<TimeZone> {
        let known = self.report.published.as_ref().map_or(Known::Given, |published| published.known);
        let named = self.report.zone.as_ref().and_then(|name| {
            let zone = TimeZone::get(name).ok()?;
            Some((name.clone(), zone, known, None))
        });
        // What a user gives is about the desk; what a file says beside its stamp is about the stamp.
        let (given, filed) = if known == Known::Given { (named, None) } else { (None, named) };
        let noted = said.city.as_ref().and_then(|(city, words)| {
            Some((city.zone.iana_name()?.to_owned(), city.zone.clone(), Known::Text, Some(words.clone())))
        });
        let profile = said.desk.as_ref().and_then(|(name, words)| {
            let desks = &outlet?.desks;
            let desk = desks.iter().find(|desk| name.to_lowercase().contains(&desk.name.to_lowercase()))?;
            let zone = desk.zone.clone()?;
            Some((zone.clone(), TimeZone::get(&zone).ok()?, Known::Profile, Some(words.clone())))
        });
        let own = outlet.and_then(|outlet| outlet.zone.clone()).and_then(|name| {
            let zone = TimeZone::get(&name).ok()?;
            Some((name, zone, Known::Profile, None))
        });
        let stamp = stamp.map(|(name, zone, known)| (name, zone, known, None));
        let (name, zone, known, evidence) = given.or(noted).or(profile).or(filed).or(own).or(stamp)?;
        self.clock.zone = Some(Sourced { value: name, known, evidence });
        Some(zone)
    }

    /// The desk, and the calendar it keeps.
    fn desk(&mut self, said: &Said, outlet: Option<&Outlet>) {
        if let Some((name, words)) = &said.desk {
            self.clock.desk = Some(Sourced { value: name.clone(), known: Known::Text, evidence: Some(words.clone()) });
        }
        let rule = |city: &Observance| sabbath_in(&city.city);
        self.clock.calendar = match (&said.city, outlet.and_then(|outlet| outlet.calendar.as_ref())) {
            (Some((city, words)), _) => {
                Some(Sourced { value: rule(city), known: Known::Text, evidence: Some(words.clone()) })
            }
            (None, Some(calendar)) => {
                let kept = calendar.sabbath.as_ref().and_then(|sabbath| Observance::in_city(&sabbath.city));
                let closed: Vec<String> = calendar.closed.iter().map(|day| format!("closed on {day:?}")).collect();
                let rules: Vec<String> = kept.iter().map(rule).chain(closed).collect();
                (!rules.is_empty()).then(|| Sourced { value: rules.join("; "), known: Known::Profile, evidence: None })
            }
            (None, None) => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use reportedly_record::{Id, Kind, Language, Passage, Published, Text};

    use super::*;
    use crate::outlets::Outlets;

    const NOTE: &str = "(The Echo's North American desk is keeping you updated until the start of Shabbat in New York. The time posted on all Echo articles is Israeli time.)";

    /// A report stamped 2025-11-15 00:30, with a desk note or without.
    fn report(offset: Option<&str>, zone: Option<&str>, known: Known, note: &str) -> Report {
        let text = Text::new(format!("They met on Friday.\n{note}"));
        let start = text.len() - note.len();
        let passages = vec![Passage { kind: PassageKind::DeskNote, span: text.span(start..text.len()), boiler: None }];
        let local = date(2025, 11, 15).at(0, 30, 0, 0);
        let instant = offset.and_then(fixed).and_then(|(_, zone)| Some(local.to_zoned(zone).ok()?.timestamp()));
        Report {
            id: Id::of(Kind::Report, &[b"a report"]),
            url: None,
            outlet: None,
            headline: None,
            byline: None,
            dateline: None,
            language: Language { code: "en".to_owned(), analysed: true },
            published: Some(Published {
                local,
                instant,
                offset: offset.map(str::to_owned),
                precision: Precision::Minute,
                known,
            }),
            zone: zone.map(str::to_owned),
            content_hash: String::new(),
            text,
            passages,
            notes: Vec::new(),
        }
    }

    fn check(report: &Report, outlet: Option<&str>, expected: [&str; 3]) {
        let outlet = outlet.and_then(|name| Outlets::built_in().find(name));
        let mut notes = Vec::new();
        let (clock, _) = clock(report, outlet, &mut notes);
        let value = |fact: &Option<Sourced<String>>| fact.as_ref().map(|f| f.value.clone()).unwrap_or_default();
        assert_eq!([clock.written.clone().unwrap_or_default(), value(&clock.zone), value(&clock.stamp)], expected);
        assert_eq!(notes, []);
    }

    #[test]
    fn the_desk_and_the_stamp_are_two_facts() {
        let new_york = "2025-11-14T17:30:00-05:00[America/New_York]";
        let filed = Known::Field;
        check(&report(Some("+02:00"), None, filed, NOTE), None, [new_york, "America/New_York", "+02:00"]);
        // Without an offset the note says whose time the stamp is in.
        check(&report(None, None, filed, NOTE), None, [new_york, "America/New_York", "Asia/Jerusalem"]);
        // A zone in the report's own file is that of its stamp.
        let zoned = report(Some("+02:00"), Some("Asia/Jerusalem"), filed, NOTE);
        check(&zoned, None, [new_york, "America/New_York", "+02:00"]);
        // What the user gives comes first.
        let given = report(Some("+02:00"), Some("Asia/Jerusalem"), Known::Given, NOTE);
        check(&given, None, ["2025-11-15T00:30:00+02:00[Asia/Jerusalem]", "Asia/Jerusalem", "+02:00"]);
    }

    #[test]
    fn without_a_note_the_outlet_tells_and_else_the_stamp() {
        let jerusalem = "2025-11-15T00:30:00+02:00[Asia/Jerusalem]";
        let plain = report(Some("+02:00"), None, Known::JsonLd, "");
        check(&plain, Some("israelnationalnews.com"), [jerusalem, "Asia/Jerusalem", "+02:00"]);
        check(&plain, None, ["2025-11-15T00:30:00+02:00[+02:00]", "+02:00", "+02:00"]);
        check(&report(None, None, Known::JsonLd, ""), None, ["2025-11-15T00:30:00", "", ""]);
    }

    #[test]
    fn a_stamp_that_contradicts_the_note_is_a_doubt() {
        let mut notes = Vec::new();
        clock(&report(Some("+01:00"), None, Known::Field, NOTE), None, &mut notes);
        assert!(notes.iter().any(|note| note.says.contains("+01:00") && note.span.is_some()), "{notes:?}");
    }
}
