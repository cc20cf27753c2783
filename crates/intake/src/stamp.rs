//! A date of publication as printed: what the many ways of writing one come to, and nothing that they do not say.

use jiff::civil::{DateTime, Time};
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::{Offset, TimeZone};
use reportedly_record::{Known, Precision, Published};

use crate::printed::printed;

/// A date, perhaps with time, offset and zone, as it stands in a text or attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) local: DateTime,
    pub(crate) offset: Option<Offset>,
    /// The offset is "Z": it names the instant and says nothing of the place.
    pub(crate) zulu: bool,
    pub(crate) zone: Option<String>,
    pub(crate) precision: Precision,
}

/// Which number of `14/11/2025` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayOrder {
    /// The first, as nearly everywhere.
    DayFirst,
    /// The second, as in the United States.
    MonthFirst,
    /// Not known: only dates that can be read one way are read.
    Unknown,
}

/// Years that a report can be from. Numbers outside are no years.
pub(crate) const YEARS: std::ops::RangeInclusive<i16> = 1950..=2100;

impl Stamp {
    /// Reads RFC 3339, RFC 9557, a date and time, or a date, and nothing else.
    pub(crate) fn iso(text: &str) -> Option<Stamp> {
        let text = text.trim();
        let pieces = Pieces::parse(text.as_bytes()).ok()?;
        let (offset, zulu) = match pieces.offset() {
            None => (None, false),
            Some(PiecesOffset::Zulu) => (Some(Offset::UTC), true),
            Some(PiecesOffset::Numeric(numeric)) => (Some(numeric.offset()), false),
            Some(_) => (None, false),
        };
        let zone = match pieces.time_zone_annotation() {
            None => None,
            // An annotation that is no known zone makes the whole no date.
            Some(_) => Some(pieces.to_time_zone().ok()??.iana_name()?.to_owned()),
        };
        let precision = match pieces.time() {
            None => Precision::Day,
            Some(time) if time.second() == 0 && !names_seconds(text) => Precision::Minute,
            Some(_) => Precision::Second,
        };
        Some(Stamp {
            local: pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight())),
            offset,
            zulu,
            zone,
            precision,
        })
    }

    /// Reads a date in any of the forms found on news pages, wherever in a short text it stands.
    pub(crate) fn loose(text: &str, order: DayOrder) -> Option<Stamp> {
        if let Some(mut stamp) = Stamp::iso(text) {
            if !YEARS.contains(&stamp.local.year()) {
                return None;
            }
            // Many systems print a bare day as its midnight; without an offset nothing tells that it is more.
            if stamp.offset.is_none() && stamp.local.time() == Time::midnight() {
                stamp.precision = Precision::Day;
            }
            return Some(stamp);
        }
        printed(text, order)
    }

    /// Returns what a record holds of it: with an instant where offset or zone fix one.
    ///
    /// # Errors
    /// A sentence, when offset and zone contradict each other or the time does not exist in the zone.
    pub(crate) fn published(&self, zone: Option<&str>, known: Known) -> Result<Published, String> {
        let zone = zone.or(self.zone.as_deref()).map(named_zone).transpose()?;
        let mut instant = self.offset.and_then(|offset| offset.to_timestamp(self.local).ok());
        match (&zone, instant) {
            (Some(zone), Some(instant)) if !self.zulu && self.offset != Some(Offset::UTC) => {
                let there = zone.to_offset(instant);
                if Some(there) != self.offset {
                    let name = zone.iana_name().unwrap_or("the zone");
                    return Err(format!(
                        "{} is {there} at that time, not {}",
                        name,
                        self.offset.unwrap_or(Offset::UTC)
                    ));
                }
            }
            (Some(zone), None) if self.precision != Precision::Day => {
                let there = zone.to_ambiguous_timestamp(self.local);
                if matches!(there.offset(), jiff::tz::AmbiguousOffset::Gap { .. }) {
                    let name = zone.iana_name().unwrap_or("the zone");
                    return Err(format!("{} does not exist in {name}: clocks went forward", self.local));
                }
                // In an hour that clocks show twice, the instant stays unknown.
                instant = there.unambiguous().ok();
            }
            _ => {}
        }
        let offset = self.offset.map(|offset| {
            let minutes = offset.seconds() / 60;
            format!("{}{:02}:{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60)
        });
        Ok(Published { local: self.local, instant, offset, precision: self.precision, known })
    }
}

/// Tells whether a line is a date of publication and nothing else.
pub(crate) fn is_stamp(line: &str) -> bool {
    let letters = line.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 3).count();
    line.chars().count() <= 60
        && letters <= 3
        && (line.ends_with("m.") || !line.ends_with(['.', '”', '"']))
        && Stamp::loose(line, DayOrder::DayFirst).is_some()
}

/// Finds a zone of the IANA database by name.
pub(crate) fn named_zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::get(name).map_err(|_| format!("`{name}` is not the name of a time zone (such as Europe/London)"))
}

/// Tells whether the time in an ISO text has seconds: 6 digits or two colons before any offset.
fn names_seconds(text: &str) -> bool {
    let time = text.get(10..).unwrap_or_default();
    let end = time.find(['+', '-', 'Z', 'z', '[']).unwrap_or(time.len());
    let time = &time[..end];
    time.matches(':').count() >= 2 || time.bytes().filter(u8::is_ascii_digit).count() >= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_is_read_strictly() {
        let read = |text: &str, zone| {
            let stamp = Stamp::iso(text).ok_or("no date")?;
            stamp.published(zone, Known::Given).map(|published| published.instant.map(|instant| instant.to_string()))
        };
        let instant = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(read("2025-11-14T21:40:00+02:00[Asia/Jerusalem]", None), instant("2025-11-14T19:40:00Z"));
        assert_eq!(read("2025-11-14T21:40", Some("Asia/Jerusalem")), instant("2025-11-14T19:40:00Z"));
        assert_eq!(read("2025-11-14T19:40:00Z", Some("Asia/Jerusalem")), instant("2025-11-14T19:40:00Z"));
        assert_eq!(read("2025-11-14", Some("Asia/Jerusalem")), Ok(None));
        assert_eq!(read("2025-11-14T21:40:00", None), Ok(None));
        // Clocks show 01:30 twice on that day.
        assert_eq!(read("2025-10-26T01:30", Some("Europe/London")), Ok(None));
        assert!(read("2025-03-30T01:30", Some("Europe/London")).is_err_and(|e| e.contains("does not exist")));
        assert!(read("2025-11-14T21:40:00+05:00[Asia/Jerusalem]", None).is_err_and(|e| e.contains("not +05")));
        for wrong in
            ["2025-02-30", "yesterday", "14 November 2025", "2025-11-14T25:00:00Z", "2025-11-14T21:40[Mars/Base]"]
        {
            assert!(read(wrong, None).is_err(), "{wrong}");
        }
        assert!(read("2025-11-14T21:40", Some("Mars/Base")).is_err());
    }
}
