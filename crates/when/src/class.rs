//! Classes of words and numbers that rules are made of: months, units, counts, years, hours of the day.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lex::{Piece, PieceKind};
use crate::meaning::{Count, Hour, Meaning, Part, Season, Unit, ZoneWord};

/// What a place in a rule may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Class {
    Month,
    Weekday,
    /// "Mondays".
    Weekdays,
    Unit,
    /// A unit in the singular.
    Single,
    /// A unit in the plural.
    Plural,
    Often,
    Number,
    Times,
    Some,
    Ordinal,
    Season,
    Part,
    Decade,
    Back,
    Here,
    Ahead,
    Zone,
    Place,
    Once,
    /// A year in digits or in words.
    Year,
    /// A day of a month: 1 to 31, or an ordinal.
    Day,
    /// A day that says so: "19th".
    Dayth,
    Hour,
    /// 2024-02-29.
    Iso,
    /// 10/19/2025, where only one reading is a day.
    Slashed,
    Holiday,
}

impl Class {
    pub(crate) fn of(name: &str) -> Option<Class> {
        Some(match name {
            "month" => Class::Month,
            "weekday" => Class::Weekday,
            "weekdays" => Class::Weekdays,
            "unit" => Class::Unit,
            "single" => Class::Single,
            "plural" => Class::Plural,
            "often" => Class::Often,
            "num" | "number" => Class::Number,
            "times" => Class::Times,
            "some" => Class::Some,
            "ord" | "ordinal" => Class::Ordinal,
            "season" => Class::Season,
            "part" => Class::Part,
            "decade" => Class::Decade,
            "back" => Class::Back,
            "here" => Class::Here,
            "ahead" => Class::Ahead,
            "zone" => Class::Zone,
            "place" => Class::Place,
            "once" => Class::Once,
            "year" => Class::Year,
            "day" => Class::Day,
            "dayth" => Class::Dayth,
            "hour" => Class::Hour,
            "iso" => Class::Iso,
            "slashed" => Class::Slashed,
            "holiday" => Class::Holiday,
            _ => return None,
        })
    }
}

/// A word's entry in `words.txt`.
struct Entry {
    class: Class,
    value: &'static str,
    needs_capital: bool,
}

static WORDS: LazyLock<HashMap<String, Vec<Entry>>> = LazyLock::new(|| {
    let mut words: HashMap<String, Vec<Entry>> = HashMap::new();
    for line in include_str!("../data/words.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split_whitespace();
        let (Some(class), Some(value)) = (fields.next().and_then(Class::of), fields.next()) else { continue };
        for word in fields {
            let needs_capital = word.starts_with(char::is_uppercase);
            words.entry(word.to_lowercase()).or_default().push(Entry { class, value, needs_capital });
        }
    }
    words
});

/// Longest word of `words.txt` in bytes; longer ones need no look-up.
const LONGEST: usize = 12;

/// What `words.txt` says of a word in a class.
fn value(piece: &Piece<'_>, class: Class) -> Option<&'static str> {
    let entries = entries(piece)?;
    entries.iter().find(|e| e.class == class && (!e.needs_capital || piece.begins_with_capital())).map(|e| e.value)
}

fn entries(piece: &Piece<'_>) -> Option<&'static [Entry]> {
    if piece.text.len() > LONGEST {
        return None;
    }
    // Most words are lower case already.
    match piece.text.bytes().any(|b| b.is_ascii_uppercase()) {
        true => WORDS.get(&piece.text.to_ascii_lowercase()),
        false => WORDS.get(piece.text),
    }
    .map(Vec::as_slice)
}

/// The classes that may begin at a piece.
pub(crate) fn begins(piece: &Piece<'_>, found: &mut Vec<Class>) {
    match piece.kind {
        PieceKind::Number => found.extend([
            Class::Number,
            Class::Year,
            Class::Day,
            Class::Dayth,
            Class::Hour,
            Class::Iso,
            Class::Slashed,
            Class::Decade,
            Class::Ordinal,
        ]),
        PieceKind::Word => {
            for entry in entries(piece).unwrap_or_default() {
                if entry.needs_capital && !piece.begins_with_capital() {
                    continue;
                }
                found.push(entry.class);
                match entry.class {
                    Class::Unit => found.extend([Class::Single, Class::Plural]),
                    Class::Number => found.extend([Class::Year, Class::Hour]),
                    Class::Times | Class::Some => found.push(Class::Number),
                    Class::Ordinal => found.extend([Class::Day, Class::Dayth]),
                    _ => {}
                }
            }
            if piece.text.eq_ignore_ascii_case("noon") || piece.text.eq_ignore_ascii_case("midnight") {
                found.push(Class::Hour);
            }
        }
        PieceKind::Mark if matches!(piece.text, "'" | "’" | "‘") => found.push(Class::Decade),
        PieceKind::Mark => {}
    }
    if piece.begins_with_capital() || piece.text == "the" {
        found.push(Class::Holiday);
    }
}

/// Matches a class at a place and fills the fields it stands for. Returns the place behind it.
pub(crate) fn matches(class: Class, pieces: &[Piece<'_>], at: usize, to: &mut Meaning) -> Option<usize> {
    let piece = pieces.get(at)?;
    let word = || value(piece, class);
    let number = || word().and_then(|w| w.parse::<i8>().ok());
    match class {
        Class::Month => to.month = Some(number()?),
        Class::Weekday | Class::Weekdays => to.weekday = Some(number()?),
        // Of two units the first counts: "weeks or months".
        Class::Unit | Class::Often => _ = to.unit.get_or_insert(Unit::of(word()?)?),
        Class::Single | Class::Plural => {
            let unit = Unit::of(value(piece, Class::Unit)?)?;
            (piece.text.ends_with('s') == (class == Class::Plural)).then_some(())?;
            to.unit.get_or_insert(unit);
        }
        Class::Season => to.season = Some(Season::of(word()?)?),
        Class::Part => to.part = Some(Part::of(word()?)?),
        Class::Back | Class::Here | Class::Ahead => to.by = Some(i32::from(number()?)),
        Class::Once => to.count = Some(Count::Exactly(f64::from(number()?))),
        Class::Some => {
            word()?;
            to.count = Some(Count::Some);
        }
        Class::Times | Class::Zone | Class::Place => {
            word()?;
        }
        // Of two counts the first: "12 to 18 months".
        Class::Number => {
            let (next, count) = count(pieces, at)?;
            to.count.get_or_insert(count);
            return Some(next);
        }
        Class::Ordinal => return ordinal(pieces, at).map(|(next, n)| (to.ordinal = Some(n), next).1),
        Class::Year => return year(pieces, at).map(|(next, year)| (to.year = Some(year), next).1),
        Class::Day | Class::Dayth => {
            let (next, day) = match class == Class::Day && plain_day(piece).is_some() {
                true if ordinal(pieces, at).is_some() => ordinal(pieces, at)?,
                true => (at + 1, plain_day(piece)?),
                false => ordinal(pieces, at)?,
            };
            if !(1..=31).contains(&day) {
                return None;
            }
            to.day = Some(day);
            return Some(next);
        }
        Class::Decade => return decade(pieces, at).map(|(next, decade)| (to.decade = Some(decade), next).1),
        Class::Hour => return hour(pieces, at).map(|(next, hour)| (to.hour = Some(hour), next).1),
        Class::Iso => return iso(pieces, at, to),
        Class::Slashed => return slashed(pieces, at, to),
        Class::Holiday => {
            return crate::holidays::named(pieces, at).map(|(next, holiday)| (to.holiday = Some(holiday), next).1);
        }
    }
    Some(at + 1)
}

/// A whole number in digits.
fn digits(piece: &Piece<'_>) -> Option<i64> {
    (piece.kind == PieceKind::Number).then(|| piece.text.replace(',', "").parse().ok())?
}

fn plain_day(piece: &Piece<'_>) -> Option<i8> {
    let is_short = piece.text.len() <= 2;
    digits(piece).filter(|day| is_short && (1..=31).contains(day)).and_then(|day| i8::try_from(day).ok())
}

/// "19th", "nineteenth", "twenty-first".
fn ordinal(pieces: &[Piece<'_>], at: usize) -> Option<(usize, i8)> {
    let piece = pieces.get(at)?;
    if let (Some(n), Some(ending)) = (digits(piece), pieces.get(at + 1)) {
        let is_ending = ending.is_tight && matches!(ending.text, "st" | "nd" | "rd" | "th");
        return Some((at + 2, i8::try_from(n).ok().filter(|_| is_ending)?));
    }
    if let Some(n) = value(piece, Class::Ordinal) {
        return Some((at + 1, n.parse().ok()?));
    }
    let tens: i8 = value(piece, Class::Number)?.parse().ok().filter(|n| *n >= 20)?;
    let behind = at + 1 + usize::from(pieces.get(at + 1)?.text == "-");
    let ones: i8 = value(pieces.get(behind)?, Class::Ordinal)?.parse().ok().filter(|n| *n < 10)?;
    Some((behind + 1, tens + ones))
}

/// A year: four digits from 1000 to 2199, or two numbers in words.
fn year(pieces: &[Piece<'_>], at: usize) -> Option<(usize, i16)> {
    let piece = pieces.get(at)?;
    if piece.kind == PieceKind::Number {
        let is_year = piece.text.len() == 4 && piece.text.bytes().all(|b| b.is_ascii_digit());
        let is_decade = pieces.get(at + 1).is_some_and(|next| next.is_tight && next.text == "s");
        let year = piece.text.parse().ok().filter(|year| is_year && !is_decade && (1000..2200).contains(year))?;
        return Some((at + 1, year));
    }
    let tens = |at: usize| value(pieces.get(at)?, Class::Number)?.parse::<i16>().ok();
    let first = tens(at)?;
    let times = pieces.get(at + 1).and_then(|p| value(p, Class::Times));
    if first == 2 && times == Some("1000") {
        let and = usize::from(pieces.get(at + 2).is_some_and(|p| p.text == "and"));
        return Some(match tens(at + 2 + and).filter(|n| *n > 0) {
            Some(ones) => (at + 3 + and, 2000 + ones),
            None => (at + 2, 2000),
        });
    }
    if !(14..=20).contains(&first) {
        return None;
    }
    let second = tens(at + 1).filter(|n| *n >= 10)?;
    let dash = usize::from(pieces.get(at + 2).is_some_and(|p| p.text == "-"));
    let ones = tens(at + 2 + dash).filter(|n| second >= 20 && (1..10).contains(n));
    Some(match ones {
        Some(ones) => (at + 3 + dash, first * 100 + second + ones),
        None => (at + 2, first * 100 + second),
    })
}

/// "The 1990s", "the '90s", "the nineties".
fn decade(pieces: &[Piece<'_>], at: usize) -> Option<(usize, i16)> {
    let piece = pieces.get(at)?;
    if let Some(decade) = value(piece, Class::Decade) {
        return Some((at + 1, decade.parse().ok()?));
    }
    let at = at + usize::from(matches!(piece.text, "'" | "’" | "‘"));
    let (number, ending) = (pieces.get(at)?, pieces.get(at + 1)?);
    let ends = (ending.is_tight && matches!(ending.text, "s" | "'s" | "’s")).then_some(at + 2)?;
    let is_decade =
        number.kind == PieceKind::Number && matches!(number.text.len(), 2 | 4) && number.text.ends_with('0');
    Some((ends, number.text.parse().ok().filter(|_| is_decade)?))
}

/// How many: digits, words, "a couple of", "several".
fn count(pieces: &[Piece<'_>], at: usize) -> Option<(usize, Count)> {
    let piece = pieces.get(at)?;
    let word = |at: usize| pieces.get(at).map_or("", |p| p.text);
    let is = |at: usize, expected: &str| word(at).eq_ignore_ascii_case(expected);
    if value(piece, Class::Some).is_some() {
        return Some((at + 1, Count::Some));
    }
    let is_article = is(at, "a") || is(at, "an") || is(at, "the");
    if is_article && pieces.get(at + 1).is_some_and(|p| value(p, Class::Some).is_some()) {
        return Some((at + 2, Count::Some));
    }
    let article = usize::from(is(at, "a"));
    if is(at + article, "couple") {
        return Some((at + article + 1 + usize::from(is(at + article + 1, "of")), Count::Exactly(2.0)));
    }
    let (mut next, mut sum) = match digits(piece) {
        Some(n) => (at + 1, n as f64),
        None if piece.kind == PieceKind::Number => (at + 1, piece.text.replace(',', "").parse().ok()?),
        None => words(pieces, at)?,
    };
    while let Some(times) = pieces.get(next).and_then(|p| value(p, Class::Times)) {
        sum *= times.parse::<f64>().ok()?;
        next += 1;
    }
    let in_words = is(next, "and") && is(next + 1, "a") && is(next + 2, "half") && !is_article;
    let in_digits = word(next) == "1" && word(next + 1) == "/" && word(next + 2) == "2";
    if in_words || in_digits {
        (next, sum) = (next + 3, sum + 0.5);
    }
    Some((next, Count::Exactly(sum)))
}

/// A number in words: "twenty four", "a hundred thirty", "two hundred and ten".
fn words(pieces: &[Piece<'_>], at: usize) -> Option<(usize, f64)> {
    let number = |at: usize| value(pieces.get(at)?, Class::Number)?.parse::<f64>().ok();
    let small = |at: usize| {
        let tens = number(at)?;
        let behind = at + 1 + usize::from(pieces.get(at + 1).is_some_and(|p| p.text == "-"));
        let ones = number(behind).filter(|ones| tens >= 20.0 && (1.0..10.0).contains(ones));
        let is_one = pieces.get(behind).is_some_and(|p| matches!(p.text, "a" | "an" | "A" | "An"));
        Some(ones.filter(|_| !is_one).map_or((at + 1, tens), |ones| (behind + 1, tens + ones)))
    };
    if value(pieces.get(at)?, Class::Times).is_some() {
        return Some((at, 1.0));
    }
    let (next, sum) = small(at)?;
    if pieces.get(next).and_then(|p| value(p, Class::Times)) != Some("100") {
        return Some((next, sum));
    }
    let and = usize::from(pieces.get(next + 1).is_some_and(|p| p.text == "and"));
    match small(next + 1 + and).filter(|(_, n)| *n >= 2.0) {
        Some((end, rest)) => Some((end, sum * 100.0 + rest)),
        None => Some((next + 1, sum * 100.0)),
    }
}

/// An hour by itself, or the first of a range, which takes half of day and zone from the second: "between 3 and 5 p.m. EST".
fn hour(pieces: &[Piece<'_>], at: usize) -> Option<(usize, Hour)> {
    begun(pieces, at).or_else(|| one_hour(pieces, at))
}

/// The hour that begins a range of which only the end names the half of the day. A range goes forward: "11 to 1 p.m." begins
/// in the morning.
fn begun(pieces: &[Piece<'_>], at: usize) -> Option<(usize, Hour)> {
    let text = |at: usize| pieces.get(at).map_or("", |p| p.text);
    let first = pieces.get(at).filter(|p| p.kind == PieceKind::Number && p.text.len() <= 2).and_then(digits)?;
    let has_minute = text(at + 1) == ":" && pieces.get(at + 2).is_some_and(|p| p.is_tight && p.text.len() == 2);
    let minute = if has_minute { Some(i8::try_from(digits(pieces.get(at + 2)?)?).ok()?) } else { None };
    let next = if has_minute { at + 3 } else { at + 1 };
    let is_range = match text(next) {
        "to" | "until" | "till" | "-" | "–" => true,
        "and" => at > 0 && text(at - 1).eq_ignore_ascii_case("between"),
        _ => false,
    };
    let (end, last) = one_hour(pieces, next + 1).filter(|_| is_range)?;
    let names_half = (next + 2..end)
        .any(|i| matches!(&*text(i).to_ascii_lowercase(), "a.m." | "am" | "a.m" | "p.m." | "pm" | "p.m"));
    let hour = i8::try_from(first).ok().filter(|hour| (1..=12).contains(hour) && names_half)? % 12;
    let is_afternoon = (last.hour >= 12) == (hour < last.hour % 12);
    let hour = if is_afternoon { hour + 12 } else { hour };
    Some((next, Hour { hour, minute: minute.filter(|minute| *minute < 60), zone: last.zone }))
}

/// "9 p.m.", "9:30", "21:30 GMT", "1400 GMT", "noon", "9 p.m. Israel time", "nine o'clock".
fn one_hour(pieces: &[Piece<'_>], at: usize) -> Option<(usize, Hour)> {
    let piece = pieces.get(at)?;
    let text = |at: usize| pieces.get(at).map_or("", |p| p.text);
    if piece.text.eq_ignore_ascii_case("noon") || piece.text.eq_ignore_ascii_case("midnight") {
        // The midnight of a day is the one that ends it.
        let hour = if piece.text.eq_ignore_ascii_case("noon") { 12 } else { 24 };
        let (next, zone) = zone(pieces, at + 1);
        return Some((next, Hour { hour, minute: Some(0), zone }));
    }
    if piece.kind == PieceKind::Number && piece.text.len() == 4 && piece.text.bytes().all(|b| b.is_ascii_digit()) {
        let (next, zone) = zone(pieces, at + 1);
        let (hour, minute) = (piece.text[..2].parse().ok()?, piece.text[2..].parse().ok()?);
        return (zone.is_some() && hour < 24 && minute < 60)
            .then_some((next, Hour { hour, minute: Some(minute), zone }));
    }
    // "9.30pm": the point stands for a colon.
    if let Some((hour, minute)) = piece.text.split_once('.').filter(|(_, minute)| minute.len() == 2) {
        let half_of_day = text(at + 1).to_ascii_lowercase();
        let afternoon = match half_of_day.as_str() {
            "a.m." | "am" => 0,
            "p.m." | "pm" => 12,
            _ => return None,
        };
        let hour = hour.parse::<i8>().ok().filter(|hour| (1..=12).contains(hour))?;
        let minute = minute.parse::<i8>().ok().filter(|minute| *minute < 60)?;
        let (next, zone) = zone(pieces, at + 2);
        return Some((next, Hour { hour: hour % 12 + afternoon, minute: Some(minute), zone }));
    }
    let number = match digits(piece) {
        Some(hour) if piece.text.len() <= 2 => hour,
        Some(_) => return None,
        None => value(piece, Class::Number).filter(|_| !matches!(piece.text, "a" | "an"))?.parse().ok()?,
    };
    let mut hour = i8::try_from(number).ok()?;
    let mut next = at + 1;
    let is_colon =
        matches!(text(next), ":" | ".") && pieces.get(next + 1).is_some_and(|p| p.is_tight && p.text.len() == 2);
    let minute = match pieces.get(next + 1).and_then(digits) {
        Some(minute) if is_colon && minute < 60 => {
            next += 2;
            i8::try_from(minute).ok()
        }
        _ => None,
    };
    let half_of_day = text(next).to_ascii_lowercase();
    let is_clock = half_of_day == "o" && text(next + 2).eq_ignore_ascii_case("clock");
    match half_of_day.as_str() {
        "a.m." | "am" | "a.m" if (1..=12).contains(&hour) => (hour, next) = (hour % 12, next + 1),
        "p.m." | "pm" | "p.m" if (1..=12).contains(&hour) => (hour, next) = (hour % 12 + 12, next + 1),
        _ if is_clock => next += 3,
        _ if minute.is_some() => {}
        _ => return None,
    }
    let (next, zone) = zone(pieces, next);
    (0..24).contains(&hour).then_some((next, Hour { hour, minute, zone }))
}

/// The zone that is named at a place, and the place behind it.
pub(crate) fn zone_at(pieces: &[Piece<'_>], at: usize) -> Option<(usize, ZoneWord)> {
    let (next, zone) = zone(pieces, at);
    Some((next, zone?))
}

/// "GMT", "EST", "Israel time", "local time"; none where none is named.
fn zone(pieces: &[Piece<'_>], at: usize) -> (usize, Option<ZoneWord>) {
    let is_time = |at: usize| pieces.get(at).is_some_and(|p| p.text == "time" || p.text == "Time");
    let Some(piece) = pieces.get(at) else { return (at, None) };
    if piece.text == "(" {
        let (next, zone) = zone(pieces, at + 1);
        return if zone.is_some() && pieces.get(next).is_some_and(|p| p.text == ")") {
            (next + 1, zone)
        } else {
            (at, None)
        };
    }
    if let Some(zone) = value(piece, Class::Zone) {
        let zone = match zone {
            "?" => ZoneWord::Ambiguous,
            name if name.contains('/') => ZoneWord::Iana(name),
            offset => ZoneWord::Fixed(offset_minutes(offset)),
        };
        return (at + 1 + usize::from(is_time(at + 1)), Some(zone));
    }
    // "New York time": the place's last word stands before "time".
    for words in 1..=2 {
        if let Some(place) =
            pieces.get(at + words - 1).and_then(|p| value(p, Class::Place)).filter(|_| is_time(at + words))
        {
            return (at + words + 1, Some(ZoneWord::Iana(place)));
        }
    }
    if piece.text == "local" && is_time(at + 1) {
        return (at + 2, None);
    }
    (at, None)
}

/// Minutes of an offset such as "-05:00".
fn offset_minutes(offset: &str) -> i16 {
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let part = |range: std::ops::Range<usize>| offset.get(range).and_then(|n| n.parse::<i16>().ok()).unwrap_or(0);
    sign * (part(1..3) * 60 + part(4..6))
}

/// 2024-02-29.
fn iso(pieces: &[Piece<'_>], at: usize, to: &mut Meaning) -> Option<usize> {
    let [year, dash, month, other, day] = pieces.get(at..at + 5)? else { return None };
    let is_joined = dash.text == "-" && other.text == "-" && [dash, month, other, day].iter().all(|p| p.is_tight);
    let lengths = (year.text.len(), month.text.len(), day.text.len());
    (is_joined && lengths == (4, 2, 2)).then_some(())?;
    let month = digits(month).filter(|m| (1..=12).contains(m))?;
    to.year = Some(i16::try_from(digits(year)?).ok()?);
    to.month = i8::try_from(month).ok();
    to.day = i8::try_from(digits(day).filter(|d| (1..=31).contains(d))?).ok();
    Some(at + 5)
}

/// 10/19/2025 or 19/10/2025, where only one of them is a day; 3/4/2025 may be both and is none.
fn slashed(pieces: &[Piece<'_>], at: usize, to: &mut Meaning) -> Option<usize> {
    let [first, slash, second, other, year] = pieces.get(at..at + 5)? else { return None };
    let is_joined = slash.text == "/" && other.text == "/" && [slash, second, other, year].iter().all(|p| p.is_tight);
    let (a, b) = (plain_day(first)?, plain_day(second)?);
    (is_joined && (a == b || a > 12 || b > 12)).then_some(())?;
    let (month, day) = if a > 12 { (b, a) } else { (a, b) };
    let short = digits(year)?;
    let full = match year.text.len() {
        4 => short,
        2 if short > 50 => 1900 + short,
        2 => 2000 + short,
        _ => return None,
    };
    (month <= 12).then_some(())?;
    (to.year, to.month, to.day) = (i16::try_from(full).ok(), Some(month), Some(day));
    Some(at + 5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::pieces;

    fn check<T: PartialEq + std::fmt::Debug>(
        read: impl Fn(&[Piece<'_>], usize) -> Option<(usize, T)>,
        text: &str,
        expected: Option<T>,
    ) {
        let cut = pieces(text);
        let found = read(&cut, 0).filter(|(next, _)| *next == cut.len()).map(|(_, value)| value);
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn counts_in_digits_and_words() {
        for (text, n) in [
            ("two", 2.0),
            ("twenty-four", 24.0),
            ("twenty four", 24.0),
            ("a hundred thirty", 130.0),
            ("two hundred and ten", 210.0),
            ("1,200", 1200.0),
            ("2.5", 2.5),
            ("two and a half", 2.5),
            ("3 1/2", 3.5),
            ("a couple of", 2.0),
            ("a dozen", 12.0),
        ] {
            check(count, text, Some(Count::Exactly(n)));
        }
        check(count, "a few", Some(Count::Some));
        check(count, "several", Some(Count::Some));
    }

    #[test]
    fn years_in_digits_and_words() {
        for (text, n) in
            [("1998", 1998), ("nineteen ninety-eight", 1998), ("two thousand", 2000), ("two thousand and eleven", 2011)]
        {
            check(year, text, Some(n));
        }
        check(year, "1,998", None);
        check(year, "twenty", None);
    }

    #[test]
    fn the_first_hour_of_a_range_takes_half_and_zone_from_the_second() {
        let first = |text: &str| hour(&pieces(text), 0).map(|(next, hour)| (next, hour.hour, hour.minute, hour.zone));
        assert_eq!(first("3 to 5 p.m. EST"), Some((1, 15, None, Some(ZoneWord::Fixed(-300)))));
        assert_eq!(first("11–1 p.m."), Some((1, 11, None, None)));
        assert_eq!(first("10:30 to 2 a.m."), Some((3, 22, Some(30), None)));
        assert_eq!(first("3 to 5 men"), None);
        assert_eq!(first("3 and 5 p.m."), None);
    }

    #[test]
    fn hours() {
        check(hour, "9.30pm", Some(Hour { hour: 21, minute: Some(30), zone: None }));
        let at = |hour, minute, zone| Some(Hour { hour, minute, zone });
        check(hour, "9 p.m.", at(21, None, None));
        check(hour, "12:30 a.m.", at(0, Some(30), None));
        check(hour, "9:30 p.m. EST", at(21, Some(30), Some(ZoneWord::Fixed(-300))));
        check(hour, "1400 GMT", at(14, Some(0), Some(ZoneWord::Fixed(0))));
        check(hour, "9 p.m. Israel time", at(21, None, Some(ZoneWord::Iana("Asia/Jerusalem"))));
        check(hour, "noon", at(12, Some(0), None));
        check(hour, "3 p.m. IST", at(15, None, Some(ZoneWord::Ambiguous)));
        check(hour, "1400", None);
        check(hour, "25:10", None);
    }
}
