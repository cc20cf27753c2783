//! What an expression comes to: its TIMEX3 value, and the stretch of the calendar it means, seen from the time of writing.

use jiff::Span;
use jiff::civil::{Date, DateTime};
use reportedly_record::TimeKind;

use crate::meaning::{Anchor, Count, Hour, Meaning, Unit, Vague};
use crate::point::{Point, hour_value, monday, stepped, weekday};
use crate::rules::{Match, Op};

/// The time of the verb that an expression stands with: which way an open date lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tense {
    /// "Met on Friday".
    Past,
    /// "Had met on Friday": over before something else that is told.
    Earlier,
    /// "Will meet on Friday".
    Future,
    /// No verb tells.
    #[default]
    Open,
}

impl Tense {
    /// Whether it is told as over.
    pub(crate) fn is_over(self) -> bool {
        matches!(self, Tense::Past | Tense::Earlier)
    }
}

/// What an expression is seen from.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    /// The desk's local time of writing; none where no publication date is known.
    pub(crate) now: Option<DateTime>,
    /// The publication date has a time of day.
    pub(crate) has_hour: bool,
    pub(crate) tense: Tense,
    /// The time spoken of last.
    pub(crate) reference: Option<Point>,
    /// The quarter of a year spoken of last.
    pub(crate) quarter: Option<Point>,
}

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    pub(crate) kind: TimeKind,
    pub(crate) value: String,
    pub(crate) quant: Option<&'static str>,
    pub(crate) freq: Option<String>,
    /// The stretch it names, which later expressions may be counted from.
    pub(crate) point: Option<Point>,
    /// First moment, and the one behind the last, on the wall clock of the place; an open side is none.
    pub(crate) from: Option<DateTime>,
    pub(crate) to: Option<DateTime>,
    /// What it was counted from.
    pub(crate) counted: Counted,
}

/// What a reading depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    /// Nothing: it names its own time.
    Nothing,
    /// The time of writing, and the tense where the words leave the way open.
    Writing { by_tense: bool },
    /// The time spoken of last.
    Reference,
    /// The quarter spoken of last, with which it is only compared.
    Compared,
    /// It would have to be counted from the time of writing, which is not known.
    Unknown,
}

/// Reads an expression. Total: what cannot be told has a value with X in it.
pub(crate) fn resolve(found: &Match, view: &View) -> Reading {
    let meaning = &found.meaning;
    match found.op {
        Op::Date => date(meaning, view),
        Op::Shift => shift(meaning, view),
        Op::Length => length(meaning, view),
        Op::Repetition => repetition(meaning),
        Op::Vague | Op::Modifier => vague(meaning.vague.unwrap_or(Vague::Present), view),
    }
}

/// A reading of a stretch of the calendar.
fn at(point: Point, counted: Counted) -> Reading {
    let kind = match point {
        Point::Clock(..) | Point::Part(..) => TimeKind::Time,
        _ => TimeKind::Date,
    };
    let range = point.range();
    Reading {
        kind,
        value: point.value(),
        quant: None,
        freq: None,
        from: range.map(|(from, _)| from),
        to: range.map(|(_, to)| to),
        point: Some(point),
        counted,
    }
}

/// A reading without a stretch of the calendar.
fn only(kind: TimeKind, value: String, counted: Counted) -> Reading {
    Reading { kind, value, quant: None, freq: None, point: None, from: None, to: None, counted }
}

fn date(meaning: &Meaning, view: &View) -> Reading {
    match calendar(meaning, view) {
        Some((point, counted)) => at(finer(point, meaning), counted),
        None => {
            let kind = if meaning.hour.is_some() || meaning.part.is_some() { TimeKind::Time } else { TimeKind::Date };
            only(kind, open_value(meaning), Counted::Unknown)
        }
    }
}

/// A day with the hour or the part of it that the words add.
fn finer(point: Point, meaning: &Meaning) -> Point {
    match (point, &meaning.hour, meaning.part) {
        (Point::Day(day), Some(hour), _) => Point::Clock(day, hour.clone()),
        (Point::Day(day), None, Some(part)) => Point::Part(day, part),
        (point, _, _) => point,
    }
}

/// The stretch of the calendar that the fields name. None where the year, or the day itself, cannot be told.
fn calendar(meaning: &Meaning, view: &View) -> Option<(Point, Counted)> {
    let today = view.now.map(DateTime::date);
    let of_year = |by: i32| today.and_then(|today| i16::try_from(i32::from(today.year()) + by).ok());
    let counted_year = meaning.by.filter(|_| meaning.within == Some(Unit::Year)).map(of_year);
    let year = match counted_year {
        Some(year) => Some(year?),
        None => meaning.year,
    };
    let named = |point: Point| Some((point, if counted_year.is_some() { WRITTEN } else { Counted::Nothing }));
    let is_weekly = meaning.day.is_none() && (meaning.weekday.is_some() || meaning.unit == Some(Unit::Weekend));
    let wish = Wish {
        by: meaning.by.filter(|_| meaning.within.is_none()),
        is_weekly,
        is_quarterly: meaning.quarter.is_some(),
        tense: view.tense,
    };
    let searched = |points: &mut dyn Iterator<Item = Point>| {
        let (point, by_tense) = wish.pick(today?, points)?;
        Some((point, Counted::Writing { by_tense }))
    };
    let years = || today.map(|today| today.year() - 9..=today.year() + 9).into_iter().flatten();

    if let Some(holiday) = meaning.holiday {
        let days = |year: i16| crate::holidays::days(holiday, year).into_iter().map(Point::Day);
        return match year {
            Some(year) => named(days(year).next()?),
            None => searched(&mut years().flat_map(days)),
        };
    }
    if let Some(century) = meaning.century {
        return named(Point::Century((century - 1) * 100));
    }
    if let Some(decade) = meaning.decade {
        let open = i16::from(decade < 100)
            * today.map_or(1900, |today| {
                let this = today.year() - today.year().rem_euclid(100);
                if this + decade <= today.year() { this } else { this - 100 }
            });
        return named(Point::Decade(open + decade));
    }
    let in_year: Option<Box<dyn Fn(i16) -> Option<Point> + '_>> = match *meaning {
        Meaning { quarter: Some(quarter), .. } => Some(Box::new(move |year| Some(Point::Quarter(year, quarter)))),
        Meaning { half: Some(half), .. } => Some(Box::new(move |year| Some(Point::Half(year, half)))),
        Meaning { season: Some(season), .. } => Some(Box::new(move |year| Some(Point::Season(year, season)))),
        Meaning { month: Some(month), day: Some(day), weekday: on, .. } => Some(Box::new(move |year| {
            let day = Date::new(year, month, day).ok()?;
            // A weekday that is named beside the day tells which year is meant.
            let agrees = on.is_none_or(|on| day.weekday() == weekday(on)) || meaning.year.is_some();
            agrees.then_some(Point::Day(day))
        })),
        Meaning { month: Some(month), day: None, .. } => Some(Box::new(move |year| Some(Point::Month(year, month)))),
        _ => None,
    };
    if let Some(in_year) = in_year {
        return match year {
            Some(year) => named(in_year(year)?),
            None => searched(&mut years().filter_map(in_year)),
        };
    }
    if let Some(on) = meaning.weekday {
        let today = today?;
        let start = monday(today);
        let in_week =
            |weeks: i64| Some(Point::Day(stepped(stepped(start, Unit::Week, weeks)?, Unit::Day, i64::from(on) - 1)?));
        if let Some(weeks) = meaning.by.filter(|_| meaning.within == Some(Unit::Week)) {
            return Some((in_week(weeks.into())?, WRITTEN));
        }
        return match wish.by {
            Some(0) => Some((in_week(0)?, WRITTEN)),
            // "Next Friday" is that of next week, "last Friday" the one before today.
            Some(by) if by > 0 => Some((in_week(by.into())?, WRITTEN)),
            _ => searched(&mut (-2..=2).filter_map(in_week)),
        };
    }
    if meaning.unit == Some(Unit::Weekend) {
        let start = monday(today?);
        return searched(&mut (-2..=2).filter_map(|n| stepped(start, Unit::Week, n)).map(Point::Weekend));
    }
    if let Some(day) = meaning.day {
        let months = (-12..=12).filter_map(|n| stepped(today?.first_of_month(), Unit::Month, n));
        return searched(
            &mut months.filter_map(|first| Date::new(first.year(), first.month(), day).ok()).map(Point::Day),
        );
    }
    named(Point::Year(year?))
}

/// Counted from the time of writing, in so many words.
const WRITTEN: Counted = Counted::Writing { by_tense: false };

/// Days from which on a date told in the past is rather taken for one ahead, and the other way round.
const FAR: i32 = 300;

/// Which of several like stretches is meant.
struct Wish {
    by: Option<i32>,
    /// The stretches lie a week apart, not a year.
    is_weekly: bool,
    /// They are quarters: of those reports speak once they are over, whatever is to come of them.
    is_quarterly: bool,
    tense: Tense,
}

impl Wish {
    /// Picks one, and tells whether the tense decided.
    fn pick(&self, today: Date, points: &mut dyn Iterator<Item = Point>) -> Option<(Point, bool)> {
        let mut dated: Vec<(Date, Date, Point)> = points
            .filter_map(|point| {
                let (from, to) = point.range()?;
                Some((from.date(), to.date(), point))
            })
            .collect();
        dated.sort_by_key(|(from, _, _)| *from);
        let before = |dated: &[(Date, Date, Point)]| dated.iter().rev().find(|(_, to, _)| *to <= today).cloned();
        let begun = |dated: &[(Date, Date, Point)]| dated.iter().rev().find(|(from, _, _)| *from <= today).cloned();
        let after = |dated: &[(Date, Date, Point)]| dated.iter().find(|(from, _, _)| *from > today).cloned();
        let open = |dated: &[(Date, Date, Point)]| dated.iter().find(|(_, to, _)| *to > today).cloned();
        let near = |dated: &[(Date, Date, Point)]| {
            let far = |(from, to, _): &(Date, Date, Point)| match () {
                () if *from > today => i64::from((*from - today).get_days()),
                () if *to <= today => i64::from((today - *to).get_days()),
                () => 0,
            };
            dated.iter().min_by_key(|dated| far(dated)).cloned()
        };
        let (found, by_tense) = match self.by {
            Some(0) => {
                let this_year = dated.iter().find(|(from, _, _)| from.year() == today.year()).cloned();
                (this_year.or_else(|| near(&dated)), false)
            }
            Some(by) if by < 0 => (before(&dated), false),
            Some(_) => (after(&dated), false),
            None => match self.tense {
                // Most weekdays without a verb that tells are those of the week behind.
                Tense::Open if self.is_weekly => (begun(&dated), true),
                // A verb may be another clause's: a day almost a year back is rather the one ahead.
                Tense::Past => {
                    (begun(&dated).filter(|(_, to, _)| (today - *to).get_days() < FAR).or_else(|| near(&dated)), true)
                }
                Tense::Earlier => (begun(&dated), true),
                Tense::Future => {
                    let soon =
                        |(from, _, _): &(Date, Date, Point)| (*from - today).get_days() < FAR && !self.is_quarterly;
                    (open(&dated).filter(soon).or_else(|| near(&dated)), true)
                }
                Tense::Open => (near(&dated), true),
            },
        };
        found.map(|(_, _, point)| (point, by_tense))
    }
}

fn shift(meaning: &Meaning, view: &View) -> Reading {
    if let (Some(vague_time), Some(Count::Some)) = (meaning.vague, meaning.count) {
        return vague(vague_time, view);
    }
    match shifted(meaning, view) {
        Some((point, counted)) => at(finer(point, meaning), counted),
        // "An hour later": how long is told, and from when is not.
        None if matches!(meaning.unit, Some(Unit::Hour | Unit::Minute | Unit::Second)) => {
            let count = match meaning.count {
                Some(Count::Exactly(n)) => Count::Exactly(n.abs()),
                Some(Count::Some) | None => Count::Some,
            };
            only(TimeKind::Duration, length_value(count, meaning.unit.unwrap_or(Unit::Open)), Counted::Unknown)
        }
        None => {
            let is_time = meaning.hour.is_some() || meaning.part.is_some();
            only(if is_time { TimeKind::Time } else { TimeKind::Date }, open_value(meaning), Counted::Unknown)
        }
    }
}

fn shifted(meaning: &Meaning, view: &View) -> Option<(Point, Counted)> {
    let today = view.now.map(DateTime::date);
    let unit = meaning.unit.unwrap_or(Unit::Day);
    let count = match (meaning.count, meaning.by) {
        (Some(Count::Exactly(n)), _) => n,
        (Some(Count::Some), _) => return None,
        (None, by) => f64::from(by.unwrap_or(0)),
    };
    let whole = count.round() as i64;
    if let (Some(season), Anchor::Reference) = (meaning.season, meaning.anchor) {
        let year = view.reference.as_ref().and_then(Point::first)?.year();
        return Some((Point::Season(year, season), Counted::Reference));
    }
    if let Some(season) = meaning.season {
        let points = today.map(|today| today.year() - 2..=today.year() + 2).into_iter().flatten();
        let wish = Wish { by: meaning.by, is_weekly: false, is_quarterly: false, tense: view.tense };
        return Some((wish.pick(today?, &mut points.map(|year| Point::Season(year, season)))?.0, WRITTEN));
    }
    // "A year earlier" in an account of a quarter is that quarter of the year before.
    if unit == Unit::Year
        && let Some(Point::Quarter(year, quarter)) = view.reference
        && meaning.count.is_some()
    {
        return Some((Point::Quarter(year.checked_add(i16::try_from(whole).ok()?)?, quarter), Counted::Compared));
    }
    let (base, counted) = match meaning.anchor {
        Anchor::Now => (Point::Day(today?), WRITTEN),
        Anchor::Reference => match view.reference.clone() {
            // "That day" points back, never at the day of writing.
            Some(Point::Day(day)) if unit == Unit::Day && whole == 0 && Some(day) == today => return None,
            Some(point) => (point, Counted::Reference),
            None => (Point::Day(today?), WRITTEN),
        },
        Anchor::Quarter => match view.quarter.clone() {
            Some(Point::Quarter(_, quarter)) if meaning.year.is_some() => {
                return Some((Point::Quarter(meaning.year?, quarter), Counted::Compared));
            }
            Some(point) => (point, if whole == 0 { Counted::Reference } else { Counted::Compared }),
            // The last that has ended.
            None => (Point::holding(Unit::Quarter, stepped(today?, Unit::Month, -3)?), WRITTEN),
        },
    };
    if matches!(unit, Unit::Hour | Unit::Minute | Unit::Second) {
        let now = view.now.filter(|_| view.has_hour && meaning.anchor == Anchor::Now)?;
        let seconds = count
            * if unit == Unit::Hour {
                3600.0
            } else if unit == Unit::Minute {
                60.0
            } else {
                1.0
            };
        let then = now.checked_add(Span::new().try_seconds(seconds.round() as i64).ok()?).ok()?;
        return Some((
            Point::Clock(then.date(), Hour { hour: then.hour(), minute: Some(then.minute()), zone: None }),
            WRITTEN,
        ));
    }
    // From a month one can count months and years, but no days.
    let is_coarse = base.unit() > unit && unit != Unit::Quarter;
    if is_coarse && counted == Counted::Reference {
        return None;
    }
    let first = base.first()?;
    // "Two weeks ago" is a day, "last week" a week.
    let fine = if unit == Unit::Week && meaning.count.is_some() { Unit::Day } else { unit };
    Some((Point::holding(fine, stepped(first, unit, whole)?), counted))
}

fn length(meaning: &Meaning, view: &View) -> Reading {
    let unit = meaning.unit.unwrap_or(Unit::Open);
    let count = meaning.count.unwrap_or(Count::Exactly(1.0));
    let mut reading = only(TimeKind::Duration, length_value(count, unit), Counted::Nothing);
    // "The past two months" end, "the next two months" begin, at the time of writing.
    if let (Some(by), Some(now), Count::Exactly(n)) = (meaning.by.filter(|by| *by != 0), view.now, count) {
        let far =
            stepped(now.date(), unit, by.signum() as i64 * n.round() as i64).map(|day| day.to_datetime(now.time()));
        (reading.from, reading.to) = if by < 0 { (far, Some(now)) } else { (Some(now), far) };
        reading.counted = WRITTEN;
    }
    reading
}

/// "P2Y", "PT36H", "PXD", "P2.5Y"; half a minute is thirty seconds.
fn length_value(count: Count, unit: Unit) -> String {
    let (factor, letter, is_clock) = match unit {
        Unit::Second => (1.0, "S", true),
        Unit::Minute => (1.0, "M", true),
        Unit::Hour => (1.0, "H", true),
        Unit::Day | Unit::Night => (1.0, "D", false),
        Unit::Weekend => (1.0, "WE", false),
        Unit::Week => (1.0, "W", false),
        Unit::Fortnight => (2.0, "W", false),
        Unit::Month => (1.0, "M", false),
        Unit::Quarter => (3.0, "M", false),
        Unit::Half => (6.0, "M", false),
        Unit::Year => (1.0, "Y", false),
        Unit::Decade => (10.0, "Y", false),
        Unit::Century => (1.0, "C", false),
        Unit::Millennium => (1.0, "L", false),
        Unit::Open => (1.0, "X", false),
    };
    let clock = if is_clock { "T" } else { "" };
    match count {
        Count::Some => match unit {
            Unit::Quarter | Unit::Half => "PXM".to_owned(),
            Unit::Decade => "PXE".to_owned(),
            _ => format!("P{clock}X{letter}"),
        },
        Count::Exactly(n) if unit == Unit::Minute && n.fract() == 0.5 && n > 1.0 => format!("PT{}M30S", n.trunc()),
        Count::Exactly(n) if unit == Unit::Year && n.fract() == 0.5 && n > 1.0 => format!("P{}Y6M", n.trunc()),
        Count::Exactly(n) if unit == Unit::Hour && n < 1.0 => format!("PT{}M", n * 60.0),
        Count::Exactly(n) if unit == Unit::Hour && n.fract() == 0.5 => format!("PT{}H30M", n.trunc()),
        Count::Exactly(n) => format!("P{clock}{}{letter}", n * factor),
    }
}

fn repetition(meaning: &Meaning) -> Reading {
    let value = match *meaning {
        Meaning { weekday: Some(_), count: Some(Count::Exactly(n)), .. } if meaning.is_every => format!("P{n}W"),
        Meaning { weekday: Some(day), part: Some(part), .. } => format!("XXXX-WXX-{day}T{}", part.code()),
        Meaning { weekday: Some(day), .. } => format!("XXXX-WXX-{day}"),
        Meaning { month: Some(month), .. } => format!("XXXX-{month:02}"),
        Meaning { season: Some(season), .. } => format!("XXXX-{}", season.code()),
        Meaning { part: Some(part), .. } => format!("XXXX-XX-XXT{}", part.code()),
        Meaning { unit: Some(Unit::Quarter), .. } => "P1Q".to_owned(),
        Meaning { unit: Some(unit), count, .. } if meaning.is_every => {
            length_value(count.unwrap_or(Count::Exactly(1.0)), unit)
        }
        Meaning { unit: Some(unit), .. } => length_value(Count::Exactly(1.0), unit),
        _ => "PXX".to_owned(),
    };
    let mut reading = only(TimeKind::Set, value, Counted::Nothing);
    match meaning.count {
        Some(Count::Exactly(n)) if !meaning.is_every => reading.freq = Some(format!("{n}X")),
        _ => reading.quant = Some("EVERY"),
    }
    reading
}

/// A time that is only said to be before, at or after the time of writing.
fn vague(time: Vague, view: &View) -> Reading {
    let mut reading = only(TimeKind::Date, time.name().to_owned(), Counted::Nothing);
    if let Some(now) = view.now {
        reading.counted = WRITTEN;
        match time {
            Vague::Past => reading.to = Some(now),
            // "Now" of a report is the day it is written on.
            Vague::Present => {
                let day = |date: Date| date.at(0, 0, 0, 0);
                (reading.from, reading.to) = (Some(day(now.date())), now.date().tomorrow().ok().map(day));
            }
            Vague::Future => reading.from = Some(now),
        }
    }
    reading
}

/// The value of a date that cannot be told: an X for each digit that is open.
fn open_value(meaning: &Meaning) -> String {
    let day = match *meaning {
        Meaning { month: Some(month), day: Some(day), .. } => format!("XXXX-{month:02}-{day:02}"),
        Meaning { month: Some(month), .. } => format!("XXXX-{month:02}"),
        Meaning { weekday: Some(day), .. } => format!("XXXX-WXX-{day}"),
        Meaning { day: Some(day), .. } => format!("XXXX-XX-{day:02}"),
        Meaning { quarter: Some(quarter), .. } => format!("XXXX-Q{quarter}"),
        Meaning { half: Some(half), .. } => format!("XXXX-H{half}"),
        Meaning { season: Some(season), .. } => format!("XXXX-{}", season.code()),
        Meaning { holiday: Some(_), .. } => "XXXX-XX-XX".to_owned(),
        Meaning { unit: Some(Unit::Week | Unit::Fortnight), .. } => "XXXX-WXX".to_owned(),
        Meaning { unit: Some(Unit::Weekend), .. } => "XXXX-WXX-WE".to_owned(),
        Meaning { unit: Some(Unit::Month), .. } => "XXXX-XX".to_owned(),
        Meaning { unit: Some(Unit::Quarter), .. } => "XXXX-QX".to_owned(),
        Meaning { unit: Some(Unit::Half), .. } => "XXXX-HX".to_owned(),
        Meaning { unit: Some(Unit::Year), .. } => "XXXX".to_owned(),
        Meaning { unit: Some(Unit::Decade), .. } => "XXX".to_owned(),
        Meaning { unit: Some(Unit::Century), .. } => "XX".to_owned(),
        // An hour of no day in particular.
        Meaning { hour: Some(_), .. } => String::new(),
        _ => "XXXX-XX-XX".to_owned(),
    };
    let finer = match (&meaning.hour, meaning.part) {
        (Some(hour), _) => hour_value(hour),
        (None, Some(part)) => format!("T{}", part.code()),
        (None, None) => String::new(),
    };
    day + &finer
}
