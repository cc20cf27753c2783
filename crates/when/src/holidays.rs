//! Holidays by their names, and the days they fall on.

use std::collections::HashMap;
use std::sync::LazyLock;

use icu_calendar::types::Month;
use icu_calendar::{Date, Gregorian};
use jiff::ToSpan;
use jiff::civil::{self, Weekday};

use crate::lex::Piece;

/// How a holiday's day is reckoned.
enum Reckoning {
    Fixed(i8, i8),
    /// Month, weekday, which one of the month; -1 the last.
    Nth(i8, Weekday, i8),
    /// Days from Easter Sunday of the Western churches.
    Easter(i32),
    Orthodox(i32),
    Hebrew(&'static str),
    /// Month and day of the civil Islamic calendar.
    Islamic(u8, u8),
}

struct Holiday {
    reckoning: Reckoning,
    // Words of each name, in lower case.
    names: Vec<Vec<String>>,
}

static HOLIDAYS: LazyLock<Vec<Holiday>> = LazyLock::new(|| {
    include_str!("../data/holidays.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(Holiday::parse)
        .collect()
});

/// First words of names, and which holidays they may begin.
static FIRST: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut first: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, holiday) in HOLIDAYS.iter().enumerate() {
        for name in &holiday.names {
            first.entry(&name[0]).or_default().push(number);
        }
    }
    first
});

impl Holiday {
    fn parse(line: &'static str) -> Option<Holiday> {
        let mut fields = line.split_whitespace();
        let kind = fields.next()?;
        let mut number = || fields.next()?.parse::<i8>().ok();
        let reckoning = match kind {
            "fixed" => Reckoning::Fixed(number()?, number()?),
            "nth" => {
                let (month, weekday) = (number()?, Weekday::from_monday_one_offset(number()?).ok()?);
                Reckoning::Nth(month, weekday, number()?)
            }
            "easter" => Reckoning::Easter(number()?.into()),
            "orthodox" => Reckoning::Orthodox(number()?.into()),
            "hebrew" => Reckoning::Hebrew(fields.next()?),
            "islamic" => Reckoning::Islamic(number()?.unsigned_abs(), number()?.unsigned_abs()),
            _ => return None,
        };
        let names = fields.collect::<Vec<_>>().join(" ");
        let words = |name: &str| crate::lex::pieces(name).iter().map(|p| p.text.to_lowercase()).collect();
        let names: Vec<Vec<String>> = names.split(" / ").map(words).collect();
        Some(Holiday { reckoning, names })
    }
}

/// Matches the longest holiday's name at a place; returns the place behind it and the holiday's number.
pub(crate) fn named(pieces: &[Piece<'_>], at: usize) -> Option<(usize, usize)> {
    let first = pieces.get(at)?.text.to_lowercase();
    let candidates = FIRST.get(first.as_str())?;
    let fits = |name: &[String]| {
        let found = pieces.get(at..at + name.len())?;
        // Some word of it must be written as a name is.
        let is_name = found.iter().any(Piece::begins_with_capital);
        let same = |(piece, word): (&Piece<'_>, &String)| piece.text.replace('’', "'").to_lowercase() == *word;
        (is_name && found.iter().zip(name).all(same)).then_some(at + name.len())
    };
    candidates
        .iter()
        .flat_map(|number| HOLIDAYS[*number].names.iter().filter_map(move |name| Some((fits(name)?, *number))))
        .max_by_key(|(end, number)| (*end, usize::MAX - number))
}

/// Days of a holiday in a Gregorian year, in order; usually one. None where the year is out of range.
pub(crate) fn days(holiday: usize, year: i16) -> Vec<civil::Date> {
    let Some(holiday) = HOLIDAYS.get(holiday) else { return Vec::new() };
    match holiday.reckoning {
        Reckoning::Fixed(month, day) => civil::Date::new(year, month, day).into_iter().collect(),
        Reckoning::Nth(month, weekday, which) => {
            let first = civil::Date::new(year, month, 1);
            first.and_then(|first| first.nth_weekday_of_month(which, weekday)).into_iter().collect()
        }
        Reckoning::Easter(days) => easter(year).and_then(|day| day.checked_add(days.days()).ok()).into_iter().collect(),
        Reckoning::Orthodox(days) => {
            orthodox_easter(year).and_then(|day| day.checked_add(days.days()).ok()).into_iter().collect()
        }
        Reckoning::Hebrew(name) => crate::hebrew::holiday(name, year),
        Reckoning::Islamic(month, day) => islamic(month, day, year),
    }
}

/// Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<civil::Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    civil::Date::new(year, month as i8, day as i8).ok()
}

/// Easter Sunday by the Julian computus (Meeus), as a Gregorian date.
fn orthodox_easter(year: i16) -> Option<civil::Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 4, y % 7, y % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let month = (d + e + 114) / 31;
    let day = (d + e + 114) % 31 + 1;
    let behind = y / 100 - y / 400 - 2; // days from the Julian to the Gregorian calendar
    civil::Date::new(year, month as i8, day as i8).ok()?.checked_add(behind.days()).ok()
}

/// Days of a Gregorian year on which a day of the civil Islamic calendar begins; there may be two.
fn islamic(month: u8, day: u8, year: i16) -> Vec<civil::Date> {
    use icu_calendar::cal::Hijri;
    let Some(january) = Date::try_new_gregorian(i32::from(year), 1, 1).ok() else { return Vec::new() };
    let first = january.to_calendar(Hijri::new_tabular(
        icu_calendar::cal::hijri::TabularAlgorithmLeapYears::TypeII,
        icu_calendar::cal::hijri::TabularAlgorithmEpoch::Friday,
    ));
    let base = first.year().extended_year();
    (base..base + 3)
        .filter_map(|y| {
            let calendar = *first.calendar();
            let date = Date::try_new(y.into(), Month::new(month), day, calendar).ok()?;
            let date = date.to_calendar(Gregorian);
            civil::Date::new(
                date.year().extended_year().try_into().ok()?,
                date.month().ordinal.try_into().ok()?,
                date.day_of_month().0.try_into().ok()?,
            )
            .ok()
        })
        .filter(|date| date.year() == year)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::pieces;

    fn check(name: &str, year: i16, expected: &str) {
        let cut = pieces(name);
        let (end, number) = named(&cut, 0).unwrap_or_else(|| panic!("{name} is no holiday"));
        assert_eq!(end, cut.len(), "{name}");
        let found: Vec<String> = days(number, year).iter().map(civil::Date::to_string).collect();
        assert_eq!(found.join(" "), expected, "{name}");
    }

    #[test]
    fn days_of_holidays() {
        check("Christmas", 2025, "2025-12-25");
        check("Thanksgiving", 2025, "2025-11-27");
        check("Memorial Day", 2025, "2025-05-26");
        check("Easter", 2024, "2024-03-31");
        check("Good Friday", 2025, "2025-04-18");
        check("Orthodox Easter", 2024, "2024-05-05");
        check("New Year’s Eve", 2024, "2024-12-31");
        check("Eid al-Fitr", 2025, "2025-03-31");
        check("Yom Kippur", 2025, "2025-10-02");
    }
}
