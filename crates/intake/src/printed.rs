//! Dates as pages and texts print them, in words and numbers of many languages, wherever in a short text they stand.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use reportedly_record::Precision;

use crate::stamp::{DayOrder, Stamp, YEARS};

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

/// Words that may stand between day and month.
const JOINS: &[&str] = &["st", "nd", "rd", "th", "of", "de", "er", "º"];

/// Reads the first date of a text, with the time of day beside it.
pub(crate) fn printed(text: &str, order: DayOrder) -> Option<Stamp> {
    let words = words(text);
    (0..words.len()).find_map(|at| {
        let (date, used) = date_at(&words[at..], order)?;
        let (time, precision, offset, zulu) = time_near(&words[at + used..], &words[..at]);
        Some(Stamp { local: date.to_datetime(time), offset, zulu, zone: None, precision })
    })
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
    with_month_name(words).or_else(|| in_numbers(words, order))
}

/// Makes a date of numbers, if there is such a day.
fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    YEARS.contains(&date.year()).then_some(date)
}

/// Reads "14 November 2025", "14. November 2025", "14th of November, 2025", "14-Nov-2025", "November 14, 2025", "Nov. 14th, 2025".
fn with_month_name(words: &[Token<'_>]) -> Option<(Date, usize)> {
    let [first, second, third, ..] = words else { return None };
    let month = |token: &Token<'_>| MONTHS.get(token.text.to_lowercase().as_str()).map(|month| i32::from(*month));
    let between =
        |token: &Token<'_>| token.after.chars().count() > 3 || token.after.contains(['(', ')', '|', '?', '!']);
    if between(first) {
        return None;
    }
    if let Some(day) = first.number.filter(|_| first.text.len() <= 2) {
        let joins = |token: &&Token<'_>| JOINS.contains(&token.text.to_lowercase().as_str());
        let at = 1 + words[1..].iter().take(2).take_while(joins).count();
        let month = month(words.get(at)?)?;
        // "14 de noviembre de 2025"
        let at = at + 1 + usize::from(words.get(at + 1)?.text.eq_ignore_ascii_case("de"));
        let year = words.get(at).filter(|year| year.text.len() == 4)?;
        return Some((date(year.number?, month, day)?, at + 1));
    }
    let month = month(first)?;
    let day = second.number.filter(|_| second.text.len() <= 2)?;
    let at = 2 + usize::from(matches!(third.text, "st" | "nd" | "rd" | "th"));
    let year = words.get(at).filter(|year| year.text.len() == 4)?;
    Some((date(year.number?, month, day)?, at + 1))
}

/// Reads "2025-11-14", "2025年11月14日", "14.11.2025", "14/11/2025", "20251114".
fn in_numbers(words: &[Token<'_>], order: DayOrder) -> Option<(Date, usize)> {
    if let [year, years, month, months, day, ..] = words
        && matches!((years.text, months.text), ("年", "月") | ("년", "월"))
    {
        return Some((date(year.number?, month.number?, day.number?)?, 5));
    }
    let [a, b, c, ..] = words else { return None };
    let is_separated = a.after == b.after && matches!(a.after, "-" | "/" | "." | ". ");
    match (a.text.len(), b.text.len(), c.text.len()) {
        (4, 1..=2, 1..=2) if is_separated => Some((date(a.number?, b.number?, c.number?)?, 3)),
        (1..=2, 1..=2, 4) if is_separated => {
            let (first, second, year) = (a.number?, b.number?, c.number?);
            // Points stand between day and month in that order everywhere.
            let is_day_first = match order {
                DayOrder::DayFirst => true,
                DayOrder::MonthFirst => matches!(a.after, "." | ". "),
                DayOrder::Unknown if matches!(a.after, "." | ". ") || first > 12 || first == second => true,
                DayOrder::Unknown if second > 12 => false,
                DayOrder::Unknown => return None,
            };
            let (day_first, month_first) = (date(year, second, first), date(year, first, second));
            let found = if is_day_first { day_first.or(month_first) } else { month_first.or(day_first) };
            Some((found?, 3))
        }
        (8, ..) => {
            let number = a.number?;
            Some((date(number / 10_000, number / 100 % 100, number % 100)?, 1))
        }
        _ => None,
    }
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
}
