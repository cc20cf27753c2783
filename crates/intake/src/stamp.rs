//! A date of publication as printed: what the many ways of writing one come to, and nothing that they do not say.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::{Offset, TimeZone};
use reportedly_record::{Known, Precision, Published};

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
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2100;

/// Month names of many languages, with their numbers.
static MONTHS: LazyLock<BTreeMap<&'static str, i8>> = LazyLock::new(|| {
    let lines = include_str!("../data/months.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(' '))
        .flat_map(|(number, names)| {
            let number = number.parse().unwrap_or(0);
            names.split_whitespace().map(move |name| (name, number))
        })
        .collect()
});

/// Zone abbreviations that mean one offset in news use, in minutes. "IST" and "CST" in Asia mean others: IST is left out.
const ABBREVIATIONS: &[(&str, i32)] = &[
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("bst", 60),
    ("wet", 0),
    ("cet", 60),
    ("cest", 120),
    ("mez", 60),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("jst", 540),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
];

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
        let words = words(text);
        (0..words.len()).find_map(|at| {
            let (date, used) = date_at(&words[at..], order)?;
            let (time, precision, offset, zulu) = time_near(&words[at + used..], &words[..at]);
            Some(Stamp { local: date.to_datetime(time), offset, zulu, zone: None, precision })
        })
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

/// A word of a date: a number with its digits and what follows it, or a name.
#[derive(Clone, Debug)]
struct Token<'a> {
    text: &'a str,
    number: Option<i32>,
    /// The characters between this token and the next.
    after: &'a str,
}

/// Cuts a text into runs of digits and runs of letters.
fn words(text: &str) -> Vec<Token<'_>> {
    let class = |c: char| {
        if c.is_ascii_digit() {
            1
        } else if c.is_alphabetic() {
            2
        } else {
            0
        }
    };
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let end = i + c.len_utf8();
        if chars.peek().is_some_and(|(_, next)| class(*next) == class(c)) {
            continue;
        }
        let run = &text[start..end];
        start = end;
        if class(c) != 0 {
            tokens.push(Token { text: run, number: run.parse().ok(), after: "" });
        } else if let Some(last) = tokens.last_mut() {
            last.after = run;
        }
    }
    tokens
}

/// Reads a date that begins with the first of the tokens; returns it with the number of tokens it takes.
fn date_at(words: &[Token<'_>], order: DayOrder) -> Option<(Date, usize)> {
    let [a, b, c] = words.get(..3)? else { return None };
    let month = |token: &Token<'_>| MONTHS.get(token.text.to_lowercase().as_str()).copied();
    let date = |y: i32, m: i32, d: i32| {
        let date = Date::new(y.try_into().ok()?, m.try_into().ok()?, d.try_into().ok()?).ok()?;
        YEARS.contains(&date.year()).then_some(date)
    };
    let joined =
        |token: &Token<'_>| token.after.chars().count() <= 3 && !token.after.contains(['(', ')', '|', '?', '!']);
    // "14 November 2025", "14. November 2025", "14th of November, 2025", "14-Nov-2025"
    if let Some(day) = a.number.filter(|_| a.text.len() <= 2 && joined(a)) {
        let skip = 1 + words[1..]
            .iter()
            .take(2)
            .take_while(|w| {
                matches!(w.text.to_lowercase().as_str(), "st" | "nd" | "rd" | "th" | "of" | "de" | "er" | "º")
            })
            .count();
        if let (Some(m), Some(year)) = (words.get(skip).and_then(month), words.get(skip + 1)) {
            let year = if year.text.eq_ignore_ascii_case("de") { words.get(skip + 2)? } else { year };
            let used = skip + 2 + usize::from(year.text != words[skip + 1].text);
            if year.text.len() == 4 {
                return Some((date(year.number?, m.into(), day)?, used));
            }
        }
    }
    // "November 14, 2025", "Nov. 14th, 2025"
    if let Some(m) = month(a).filter(|_| joined(a)) {
        if let Some(day) = b.number.filter(|_| b.text.len() <= 2) {
            let skip = usize::from(matches!(c.text, "st" | "nd" | "rd" | "th"));
            if let Some(year) = words.get(2 + skip).filter(|year| year.text.len() == 4) {
                return Some((date(year.number?, m.into(), day)?, 3 + skip));
            }
        }
    }
    // "2025-11-14", "2025/11/14", "2025年11月14日"
    let separated = |x: &Token<'_>, y: &Token<'_>| {
        (x.after == y.after && matches!(x.after, "-" | "/" | "." | ". ")) || (x.after.is_empty() && y.text == "月")
    };
    if a.text.len() == 4 && a.number.is_some() && separated(a, b) && b.text.len() <= 2 && c.text.len() <= 2 {
        return Some((date(a.number?, b.number?, c.number?)?, 3));
    }
    if let [y, yy, m, mm, d, ..] = words {
        if (yy.text, mm.text) == ("年", "月") || (yy.text, mm.text) == ("년", "월") {
            return Some((date(y.number?, m.number?, d.number?)?, 5));
        }
    }
    // "14.11.2025", "14/11/2025"
    if a.text.len() <= 2 && b.text.len() <= 2 && c.text.len() == 4 && separated(a, b) {
        let (first, second, year) = (a.number?, b.number?, c.number?);
        let (month, day) = match (order, a.after) {
            // Points are written between day and month, in that order.
            (_, "." | ". ") | (DayOrder::DayFirst, _) => (second, first),
            (DayOrder::MonthFirst, _) if first <= 12 => (first, second),
            (DayOrder::MonthFirst, _) => (second, first),
            (DayOrder::Unknown, _) if first > 12 => (second, first),
            (DayOrder::Unknown, _) if second > 12 || first == second => (first, second),
            (DayOrder::Unknown, _) => return None,
        };
        return Some((date(year, month, day).or_else(|| (second > 12).then(|| date(year, first, second))?)?, 3));
    }
    // "20251114"
    if a.text.len() == 8 {
        let number = a.number?;
        return Some((date(number / 10_000, number / 100 % 100, number % 100)?, 1));
    }
    None
}

/// Reads a time of day soon after a date, or right before it, with its offset.
fn time_near(after: &[Token<'_>], before: &[Token<'_>]) -> (Time, Precision, Option<Offset>, bool) {
    let before = &before[before.len().saturating_sub(6)..];
    let found = (0..after.len().min(4))
        .find_map(|at| time_at(&after[at..]))
        .or_else(|| (0..before.len()).find_map(|at| time_at(&before[at..])));
    found.unwrap_or((Time::midnight(), Precision::Day, None, false))
}

/// Reads a time of day that begins with the first of the tokens.
fn time_at(words: &[Token<'_>]) -> Option<(Time, Precision, Option<Offset>, bool)> {
    let hour = words.first().filter(|word| word.text.len() <= 2)?;
    let half = |word: Option<&Token<'_>>, next: Option<&Token<'_>>| {
        let text = word?.text.to_ascii_lowercase();
        // "p.m." is cut into two tokens.
        let dotted = next.is_some_and(|next| next.text.eq_ignore_ascii_case("m"));
        match text.as_str() {
            "am" => Some((0, 1)),
            "pm" => Some((12, 1)),
            "a" if dotted => Some((0, 2)),
            "p" if dotted => Some((12, 2)),
            _ => None,
        }
    };
    let minute = words.get(1).filter(|word| word.text.len() == 2 && word.number.is_some());
    let (mut used, mut second, mut precision, mut minutes) = (1, 0, Precision::Minute, 0);
    match minute {
        Some(minute) if matches!(hour.after, ":" | ".") || hour.after == "h" => {
            minutes = minute.number?;
            used = 2;
            if let Some(seconds) = words.get(2).filter(|word| minute.after == ":" && word.text.len() == 2) {
                second = seconds.number?;
                precision = Precision::Second;
                used = 3;
            }
            // "6.30" is a time only with "am" or "pm", or behind a word that says so; else it may be a date or a sum.
            if hour.after == "." && half(words.get(used), words.get(used + 1)).is_none() {
                return None;
            }
        }
        // "9 pm", "18h30", "18 Uhr"
        _ => match words.get(1)?.text {
            "h" | "H" => {
                minutes = words
                    .get(2)
                    .filter(|word| words[1].after.is_empty() && word.text.len() == 2)
                    .map_or(Some(0), |word| word.number)?;
                used = 3;
            }
            "Uhr" => used = 2,
            _ => {
                half(words.get(1), words.get(2))?;
            }
        },
    }
    let mut hours = hour.number?;
    if let Some((add, tokens)) = half(words.get(used), words.get(used + 1)) {
        if hours > 12 && add == 0 {
            return None;
        }
        hours = if hours <= 12 { hours % 12 + add } else { hours };
        used += tokens;
    }
    let time = Time::new(hours.try_into().ok()?, minutes.try_into().ok()?, second.try_into().ok()?, 0).ok()?;
    let (offset, zulu) = offset_at(words, used);
    Some((time, precision, offset, zulu))
}

/// Reads an offset or zone abbreviation after the token before `at`.
fn offset_at(words: &[Token<'_>], at: usize) -> (Option<Offset>, bool) {
    let sign = words.get(at.wrapping_sub(1)).map_or("", |word| word.after).trim();
    let minutes = match (words.get(at), sign) {
        (Some(word), "+" | "-" | "−") if word.number.is_some() => {
            let number = word.number.unwrap_or(0);
            let minutes = match word.text.len() {
                4 => number / 100 * 60 + number % 100,
                2 if word.after == ":" => number * 60 + words.get(at + 1).and_then(|word| word.number).unwrap_or(0),
                _ => number * 60,
            };
            Some(if sign == "+" { minutes } else { -minutes })
        }
        (Some(word), _) => {
            let name = word.text.to_ascii_lowercase();
            let upper = word.text.chars().all(char::is_uppercase);
            ABBREVIATIONS.iter().find(|(abbreviation, _)| upper && *abbreviation == name).map(|(_, minutes)| *minutes)
        }
        (None, _) => None,
    };
    let zulu = words.get(at).is_some_and(|word| matches!(word.text, "Z" | "UTC" | "GMT"));
    (minutes.and_then(|minutes| Offset::from_seconds(minutes * 60).ok()), zulu)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, order: DayOrder, expected: &str) {
        let found = Stamp::loose(text, order).map(|stamp| {
            let offset = stamp.offset.map(|offset| offset.to_string()).unwrap_or_default();
            let fine = match stamp.precision {
                Precision::Day => stamp.local.date().to_string(),
                Precision::Minute => stamp.local.strftime("%Y-%m-%dT%H:%M").to_string(),
                Precision::Second => stamp.local.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            };
            format!("{fine}{offset}")
        });
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{text}");
    }

    #[test]
    fn dates_as_pages_print_them() {
        for (text, expected) in [
            ("2025-11-14T21:40:00+02:00", "2025-11-14T21:40:00+02"),
            ("2025-11-14T21:40:07.123Z", "2025-11-14T21:40:07+00"),
            ("2025-11-14T21:40+0200", "2025-11-14T21:40+02"),
            ("2025-11-14 21:40", "2025-11-14T21:40"),
            ("2025-11-14 21:40:00 +0530", "2025-11-14T21:40:00+05:30"),
            ("2025-11-14T00:00:00", "2025-11-14"),
            ("20251114", "2025-11-14"),
            ("Fri, 14 Nov 2025 21:40:00 GMT", "2025-11-14T21:40:00+00"),
            ("Fri, 14 Nov 2025 21:40:00 -0500", "2025-11-14T21:40:00-05"),
            ("November 14, 2025", "2025-11-14"),
            ("Published Nov. 14, 2025 at 9:40 p.m. EST", "2025-11-14T21:40-05"),
            ("Tuesday 10 November 2026, 6.30am", "2026-11-10T06:30"),
            ("14. November 2025, 18:05 Uhr", "2025-11-14T18:05"),
            ("Mittwoch, 1. März 2023 - 18 Uhr", "2023-03-01T18:00"),
            ("14 de noviembre de 2025", "2025-11-14"),
            ("9:40 PM ET, Fri November 14, 2025", "2025-11-14T21:40"),
            ("14.11.2025 - 18:40", "2025-11-14T18:40"),
            ("14/11/2025", "2025-11-14"),
            ("11/14/2025", "2025-11-14"),
            ("04/05/2025", "none"),
            ("2025年11月14日", "2025-11-14"),
            ("30 February 2025", "none"),
            ("The 14 men met in 2025", "none"),
            ("Nov 2025", "none"),
        ] {
            check(text, DayOrder::Unknown, expected);
        }
        check("04/05/2025", DayOrder::DayFirst, "2025-05-04");
        check("04/05/2025", DayOrder::MonthFirst, "2025-04-05");
    }

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
