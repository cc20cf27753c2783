//! A time in the calendar, as fine as it is known: its TIMEX3 value and the instants it spans.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::{Span, ToSpan};

use crate::meaning::{Hour, Part, Season, Unit};

/// One stretch of the calendar.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Point {
    /// A time of day; no finer than its words.
    Clock(Date, Hour),
    Part(Date, Part),
    Day(Date),
    /// Monday of its week.
    Weekend(Date),
    /// Its Monday.
    Week(Date),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    Season(i16, Season),
    Year(i16),
    /// First year.
    Decade(i16),
    /// First year.
    Century(i16),
    Millennium(i16),
}

/// The Monday of a day's week.
pub(crate) fn monday(day: Date) -> Date {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(Date::MIN)
}

impl Point {
    /// The stretch of a unit that holds a day.
    pub(crate) fn holding(unit: Unit, day: Date) -> Point {
        let year = day.year();
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Open => Point::Day(day),
            Unit::Night => Point::Part(day, Part::Night),
            Unit::Weekend => Point::Weekend(monday(day)),
            Unit::Week | Unit::Fortnight => Point::Week(monday(day)),
            Unit::Month => Point::Month(year, day.month()),
            Unit::Quarter => Point::Quarter(year, (day.month() - 1) / 3 + 1),
            Unit::Half => Point::Half(year, (day.month() - 1) / 6 + 1),
            Unit::Year => Point::Year(year),
            Unit::Decade => Point::Decade(year - year.rem_euclid(10)),
            Unit::Century => Point::Century(year - year.rem_euclid(100)),
            Unit::Millennium => Point::Millennium(year - year.rem_euclid(1000)),
        }
    }

    /// The first day, and the day behind the last. None beyond the years of the calendar.
    fn days(&self) -> Option<(Date, Date)> {
        let months = |year: i16, month: i8, count: i64| {
            let first = Date::new(year, month, 1).ok()?;
            Some((first, first.checked_add(count.months()).ok()?))
        };
        let days = |first: Date, count: i64| Some((first, first.checked_add(count.days()).ok()?));
        match *self {
            Point::Clock(day, _) | Point::Part(day, _) | Point::Day(day) => days(day, 1),
            Point::Weekend(monday) => days(monday.checked_add(5.days()).ok()?, 2),
            Point::Week(monday) => days(monday, 7),
            Point::Month(year, month) => months(year, month, 1),
            Point::Quarter(year, quarter) => months(year, quarter * 3 - 2, 3),
            Point::Half(year, half) => months(year, half * 6 - 5, 6),
            Point::Season(year, season) => months(year, season.first_month(), 3),
            Point::Year(year) => months(year, 1, 12),
            Point::Decade(year) => months(year, 1, 120),
            Point::Century(year) => months(year, 1, 1_200),
            Point::Millennium(year) => months(year, 1, 12_000),
        }
    }

    /// The first instant, and the one behind the last, on the wall clock of the place.
    pub(crate) fn range(&self) -> Option<(DateTime, DateTime)> {
        let (first, behind) = self.days()?;
        let midnight = first.at(0, 0, 0, 0);
        match self {
            Point::Clock(_, hour) => {
                let start = midnight.checked_add(i64::from(hour.hour).hours()).ok()?;
                let start = start.checked_add(i64::from(hour.minute.unwrap_or(0)).minutes()).ok()?;
                Some((start, start.checked_add(1.minutes()).ok()?))
            }
            Point::Part(_, part) => {
                let (from, to) = part.hours();
                Some((midnight.checked_add(from.hours()).ok()?, midnight.checked_add(to.hours()).ok()?))
            }
            _ => Some((midnight, behind.at(0, 0, 0, 0))),
        }
    }

    /// The first day.
    pub(crate) fn first(&self) -> Option<Date> {
        Some(self.days()?.0)
    }

    /// The unit it is as fine as.
    pub(crate) fn unit(&self) -> Unit {
        match self {
            Point::Clock(..) => Unit::Minute,
            Point::Part(..) | Point::Day(_) => Unit::Day,
            Point::Weekend(_) => Unit::Weekend,
            Point::Week(_) => Unit::Week,
            Point::Month(..) => Unit::Month,
            Point::Quarter(..) | Point::Season(..) => Unit::Quarter,
            Point::Half(..) => Unit::Half,
            Point::Year(_) => Unit::Year,
            Point::Decade(_) => Unit::Decade,
            Point::Century(_) => Unit::Century,
            Point::Millennium(_) => Unit::Millennium,
        }
    }

    /// TIMEX3 value.
    pub(crate) fn value(&self) -> String {
        let week = |monday: Date| {
            let week = monday.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        };
        match self {
            Point::Clock(day, hour) => format!("{day}{}", hour_value(hour)),
            Point::Part(day, part) => format!("{day}T{}", part.code()),
            Point::Day(day) => day.to_string(),
            Point::Weekend(monday) => format!("{}-WE", week(*monday)),
            Point::Week(monday) => week(*monday),
            Point::Month(year, month) => format!("{year:04}-{month:02}"),
            Point::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Point::Half(year, half) => format!("{year:04}-H{half}"),
            Point::Season(year, season) => format!("{year:04}-{}", season.code()),
            Point::Year(year) => format!("{year:04}"),
            Point::Decade(year) => format!("{:03}", year / 10),
            Point::Century(year) => format!("{:02}", year / 100),
            Point::Millennium(year) => format!("{}", year / 1000),
        }
    }
}

/// A day so many units on. None beyond the years of the calendar.
pub(crate) fn stepped(day: Date, unit: Unit, count: i64) -> Option<Date> {
    let step: Span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Open => return Some(day),
        Unit::Day | Unit::Night => Span::new().try_days(count).ok()?,
        Unit::Week | Unit::Weekend => Span::new().try_weeks(count).ok()?,
        Unit::Fortnight => Span::new().try_weeks(count.checked_mul(2)?).ok()?,
        Unit::Month => Span::new().try_months(count).ok()?,
        Unit::Quarter => Span::new().try_months(count.checked_mul(3)?).ok()?,
        Unit::Half => Span::new().try_months(count.checked_mul(6)?).ok()?,
        Unit::Year => Span::new().try_years(count).ok()?,
        Unit::Decade => Span::new().try_years(count.checked_mul(10)?).ok()?,
        Unit::Century => Span::new().try_years(count.checked_mul(100)?).ok()?,
        Unit::Millennium => Span::new().try_years(count.checked_mul(1_000)?).ok()?,
    };
    day.checked_add(step).ok()
}

/// "T21:00", "T14:00Z", "T21:00-05:00".
pub(crate) fn hour_value(hour: &Hour) -> String {
    use crate::meaning::ZoneWord;
    let zone = match hour.zone {
        Some(ZoneWord::Fixed(0)) => "Z".to_owned(),
        Some(ZoneWord::Fixed(minutes)) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
        Some(ZoneWord::Iana(_) | ZoneWord::Ambiguous) | None => String::new(),
    };
    format!("T{:02}:{:02}{zone}", hour.hour, hour.minute.unwrap_or(0))
}

/// The weekday of a number from 1, Monday, to 7.
pub(crate) fn weekday(number: i8) -> Weekday {
    Weekday::from_monday_one_offset(number).unwrap_or(Weekday::Monday)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn values_and_ranges() {
        let day = date(2024, 12, 31);
        for (unit, value, first, behind) in [
            (Unit::Day, "2024-12-31", "2024-12-31", "2025-01-01"),
            (Unit::Week, "2025-W01", "2024-12-30", "2025-01-06"),
            (Unit::Weekend, "2025-W01-WE", "2025-01-04", "2025-01-06"),
            (Unit::Month, "2024-12", "2024-12-01", "2025-01-01"),
            (Unit::Quarter, "2024-Q4", "2024-10-01", "2025-01-01"),
            (Unit::Half, "2024-H2", "2024-07-01", "2025-01-01"),
            (Unit::Year, "2024", "2024-01-01", "2025-01-01"),
            (Unit::Decade, "202", "2020-01-01", "2030-01-01"),
            (Unit::Century, "20", "2000-01-01", "2100-01-01"),
        ] {
            let point = Point::holding(unit, day);
            let (from, to) = point.range().expect("in range");
            assert_eq!(
                (point.value().as_str(), from.date().to_string(), to.date().to_string()),
                (value, first.into(), behind.into())
            );
        }
    }

    #[test]
    fn a_month_on_from_the_last_of_january_is_the_last_of_february() {
        assert_eq!(stepped(date(2024, 1, 31), Unit::Month, 1), Some(date(2024, 2, 29)));
        assert_eq!(stepped(date(2024, 2, 29), Unit::Year, 1), Some(date(2025, 2, 28)));
        assert_eq!(stepped(date(2024, 2, 29), Unit::Millennium, 100), None);
    }
}
