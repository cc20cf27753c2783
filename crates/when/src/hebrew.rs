//! The Hebrew calendar: its dates, the festivals on which work is forbidden, and the holidays that news reports name.
//!
//! A Hebrew day begins on the evening before. What is given here is the civil day that it lasts into and ends on.

use icu_calendar::cal::{Hebrew, Iso};
use icu_calendar::{Date as CalendarDate, types};
use jiff::civil::{Date, Weekday};

/// A month of the Hebrew calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Month {
    Tishri,
    Heshvan,
    Kislev,
    Tevet,
    Shevat,
    /// The month that leap years have more.
    AdarI,
    /// The only Adar of a common year, the second of a leap year.
    Adar,
    Nisan,
    Iyar,
    Sivan,
    Tammuz,
    Av,
    Elul,
}

impl Month {
    const ALL: [Month; 13] = [
        Month::Tishri,
        Month::Heshvan,
        Month::Kislev,
        Month::Tevet,
        Month::Shevat,
        Month::AdarI,
        Month::Adar,
        Month::Nisan,
        Month::Iyar,
        Month::Sivan,
        Month::Tammuz,
        Month::Av,
        Month::Elul,
    ];

    fn code(self) -> types::Month {
        match self {
            Month::Tishri => types::Month::new(1),
            Month::Heshvan => types::Month::new(2),
            Month::Kislev => types::Month::new(3),
            Month::Tevet => types::Month::new(4),
            Month::Shevat => types::Month::new(5),
            Month::AdarI => types::Month::leap(5),
            Month::Adar => types::Month::new(6),
            Month::Nisan => types::Month::new(7),
            Month::Iyar => types::Month::new(8),
            Month::Sivan => types::Month::new(9),
            Month::Tammuz => types::Month::new(10),
            Month::Av => types::Month::new(11),
            Month::Elul => types::Month::new(12),
        }
    }
}

/// A date of the Hebrew calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HebrewDate {
    /// Year since the creation; it begins with Tishri.
    pub year: i32,
    /// Month.
    pub month: Month,
    /// Day of the month, from 1.
    pub day: u8,
}

impl HebrewDate {
    /// Returns the Hebrew date by whose daylight a civil day goes.
    pub fn of(day: Date) -> HebrewDate {
        // Both numbers are positive.
        let (month, of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
        let iso = CalendarDate::try_new_iso(day.year().into(), month, of_month).expect("it is a date already");
        let hebrew = iso.to_calendar(Hebrew);
        let code = hebrew.month().to_input();
        let month = Month::ALL.into_iter().find(|m| m.code() == code).expect("there are no other months");
        HebrewDate { year: hebrew.year().extended_year(), month, day: hebrew.day_of_month().0 }
    }

    /// Returns the civil day of a date; none if its year has no such day, or more than four digits.
    pub fn civil(self) -> Option<Date> {
        let hebrew = CalendarDate::try_new_hebrew_v2(self.year, self.month.code(), self.day).ok()?;
        let iso = hebrew.to_calendar(Iso);
        let (month, day) = (iso.month().ordinal, iso.day_of_month().0);
        let year = i16::try_from(iso.year().extended_year()).ok()?;
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }
}

/// Whose days of festival are kept: most last one day in Israel and two elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Festivals {
    /// One day.
    Israel,
    /// Two days.
    Diaspora,
}

/// Names the festival that forbids work on a civil day. The Sabbath is none.
pub fn festival(day: Date, festivals: Festivals) -> Option<&'static str> {
    let date = HebrewDate::of(day);
    let twice = festivals == Festivals::Diaspora;
    match (date.month, date.day) {
        (Month::Tishri, 1 | 2) => Some("Rosh Hashana"),
        (Month::Tishri, 10) => Some("Yom Kippur"),
        (Month::Tishri, 15) => Some("Sukkot"),
        (Month::Tishri, 16) if twice => Some("Sukkot"),
        (Month::Tishri, 22) => Some("Shemini Atzeret"),
        (Month::Tishri, 23) if twice => Some("Simchat Torah"),
        (Month::Nisan, 15 | 21) => Some("Passover"),
        (Month::Nisan, 16 | 22) if twice => Some("Passover"),
        (Month::Sivan, 6) => Some("Shavuot"),
        (Month::Sivan, 7) if twice => Some("Shavuot"),
        _ => None,
    }
}

/// A holiday that reports name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Holiday {
    RoshHashana,
    YomKippur,
    Sukkot,
    SimchatTorah,
    Hanukkah,
    Purim,
    Passover,
    Shavuot,
    TishaBAv,
    /// Israel's.
    IndependenceDay,
    /// Israel's; the United Nations keep another, on 27 January.
    HolocaustRemembranceDay,
}

impl Holiday {
    const ALL: [Holiday; 11] = [
        Holiday::RoshHashana,
        Holiday::YomKippur,
        Holiday::Sukkot,
        Holiday::SimchatTorah,
        Holiday::Hanukkah,
        Holiday::Purim,
        Holiday::Passover,
        Holiday::Shavuot,
        Holiday::TishaBAv,
        Holiday::IndependenceDay,
        Holiday::HolocaustRemembranceDay,
    ];

    /// Returns the name by which tables call a holiday.
    pub fn name(self) -> &'static str {
        match self {
            Holiday::RoshHashana => "rosh_hashana",
            Holiday::YomKippur => "yom_kippur",
            Holiday::Sukkot => "sukkot",
            Holiday::SimchatTorah => "simchat_torah",
            Holiday::Hanukkah => "hanukkah",
            Holiday::Purim => "purim",
            Holiday::Passover => "passover",
            Holiday::Shavuot => "shavuot",
            Holiday::TishaBAv => "tisha_bav",
            Holiday::IndependenceDay => "israeli_independence_day",
            Holiday::HolocaustRemembranceDay => "holocaust_remembrance_day",
        }
    }

    /// Finds the holiday that tables call by a name.
    pub fn named(name: &str) -> Option<Holiday> {
        Holiday::ALL.into_iter().find(|holiday| holiday.name() == name)
    }

    /// Returns the first day of a holiday in a Hebrew year; none in years that did not have it yet.
    pub fn in_hebrew_year(self, year: i32, festivals: Festivals) -> Option<Date> {
        let on = |month, day| HebrewDate { year, month, day }.civil();
        match self {
            Holiday::RoshHashana => on(Month::Tishri, 1),
            Holiday::YomKippur => on(Month::Tishri, 10),
            Holiday::Sukkot => on(Month::Tishri, 15),
            Holiday::SimchatTorah => match festivals {
                Festivals::Israel => on(Month::Tishri, 22),
                Festivals::Diaspora => on(Month::Tishri, 23),
            },
            Holiday::Hanukkah => on(Month::Kislev, 25),
            Holiday::Purim => on(Month::Adar, 14),
            Holiday::Passover => on(Month::Nisan, 15),
            Holiday::Shavuot => on(Month::Sivan, 6),
            Holiday::TishaBAv => match on(Month::Av, 9)? {
                // No fast on a Sabbath.
                sabbath if sabbath.weekday() == Weekday::Saturday => on(Month::Av, 10),
                day => Some(day),
            },
            Holiday::IndependenceDay => independence_day(year),
            Holiday::HolocaustRemembranceDay => holocaust_remembrance_day(year),
        }
    }

    /// Returns the first days of a holiday in a civil year: one, or in some far year none or two.
    pub fn in_year(self, year: i16, festivals: Festivals) -> Vec<Date> {
        // The Hebrew years that end and begin in it. In ten thousand years the calendars shift by six weeks against each
        // other, so that Hanukkah leaves December.
        let years = [3_760, 3_761].map(|ahead| i32::from(year) + ahead);
        let days = years.into_iter().filter_map(|y| self.in_hebrew_year(y, festivals));
        days.filter(|day| day.year() == year).collect()
    }
}

/// Returns the first days of a holiday, by the name that tables have for it, in a civil year; none of a name unknown.
/// Simchat Torah is Israel's.
pub fn holiday(name: &str, year: i16) -> Vec<Date> {
    Holiday::named(name).map_or_else(Vec::new, |holiday| holiday.in_year(year, Festivals::Israel))
}

/// 5 Iyar, kept off the Sabbath; since the amendment of 2004 the Memorial Day before it, too, keeps a day's distance.
fn independence_day(year: i32) -> Option<Date> {
    if year < 5_709 {
        return None;
    }
    let on = |day| HebrewDate { year, month: Month::Iyar, day }.civil();
    match on(5)?.weekday() {
        Weekday::Friday => on(4),
        Weekday::Saturday => on(3),
        Weekday::Monday if year >= 5_764 => on(6),
        _ => on(5),
    }
}

/// 27 Nisan, kept a day away from the Sabbath; first kept in 1951.
fn holocaust_remembrance_day(year: i32) -> Option<Date> {
    if year < 5_711 {
        return None;
    }
    let on = |day| HebrewDate { year, month: Month::Nisan, day }.civil();
    match on(27)?.weekday() {
        Weekday::Friday => on(26),
        Weekday::Sunday => on(28),
        _ => on(27),
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_both_ways() {
        let check = |civil: Date, year, month, day| {
            let hebrew = HebrewDate { year, month, day };
            assert_eq!((HebrewDate::of(civil), hebrew.civil()), (hebrew, Some(civil)));
        };
        check(date(2023, 10, 7), 5784, Month::Tishri, 22);
        check(date(2024, 2, 10), 5784, Month::AdarI, 1);
        check(date(2024, 3, 24), 5784, Month::Adar, 14);
        check(date(1948, 5, 14), 5708, Month::Iyar, 5);
        check(date(2025, 10, 1), 5786, Month::Tishri, 9);
        // No Adar I in a common year, no such day, no such year.
        let none = |year, month, day| assert_eq!(HebrewDate { year, month, day }.civil(), None);
        none(5785, Month::AdarI, 1);
        none(5784, Month::Elul, 30);
        none(5784, Month::Elul, 0);
        none(i32::MAX, Month::Elul, 1);
    }

    #[test]
    fn festivals_of_a_year() {
        let names = |festivals| {
            let days = date(2024, 9, 1).series(1.day()).take(365);
            let named = days.filter_map(|day| Some(format!("{} {}", day.strftime("%m-%d"), festival(day, festivals)?)));
            named.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(
            names(Festivals::Israel),
            "10-03 Rosh Hashana, 10-04 Rosh Hashana, 10-12 Yom Kippur, 10-17 Sukkot, 10-24 Shemini Atzeret, \
             04-13 Passover, 04-19 Passover, 06-02 Shavuot"
        );
        assert_eq!(
            names(Festivals::Diaspora),
            "10-03 Rosh Hashana, 10-04 Rosh Hashana, 10-12 Yom Kippur, 10-17 Sukkot, 10-18 Sukkot, \
             10-24 Shemini Atzeret, 10-25 Simchat Torah, 04-13 Passover, 04-14 Passover, 04-19 Passover, \
             04-20 Passover, 06-02 Shavuot, 06-03 Shavuot"
        );
    }

    #[test]
    fn holidays_by_name() {
        #[track_caller]
        fn check(name: &str, year: i16, expected: &str) {
            let days: Vec<String> = holiday(name, year).iter().map(|day| day.strftime("%m-%d").to_string()).collect();
            assert_eq!(days.join(" "), expected, "{name}");
        }
        check("rosh_hashana", 2025, "09-23");
        check("yom_kippur", 1973, "10-06");
        check("sukkot", 2024, "10-17");
        check("simchat_torah", 2023, "10-07");
        check("hanukkah", 2024, "12-26");
        check("hanukkah", 2016, "12-25");
        check("purim", 2024, "03-24");
        check("passover", 2025, "04-13");
        check("shavuot", 2025, "06-02");
        // The second year's 9 Av is a Sabbath.
        check("tisha_bav", 2023, "07-27");
        check("tisha_bav", 2022, "08-07");
        // 5 Iyar on a Wednesday, Friday, Saturday, Monday before the amendment and after; the first; none before.
        check("israeli_independence_day", 2023, "04-26");
        check("israeli_independence_day", 2022, "05-05");
        check("israeli_independence_day", 2025, "05-01");
        check("israeli_independence_day", 1997, "05-12");
        check("israeli_independence_day", 2004, "04-27");
        check("israeli_independence_day", 1949, "05-04");
        check("israeli_independence_day", 1948, "");
        // 27 Nisan on a Tuesday, Sunday, Friday.
        check("holocaust_remembrance_day", 2023, "04-18");
        check("holocaust_remembrance_day", 2024, "05-06");
        check("holocaust_remembrance_day", 2025, "04-24");
        check("independence_day", 2025, "");
        assert_eq!(Holiday::SimchatTorah.in_year(2023, Festivals::Diaspora), [date(2023, 10, 8)]);
    }

    proptest! {
        #[test]
        fn civil_and_back(days in 0..73_414_i64) {
            let day = date(1900, 1, 1) + days.days();
            prop_assert_eq!(HebrewDate::of(day).civil(), Some(day));
        }

        #[test]
        fn any_year_has_an_answer(year: i16, hebrew: i32) {
            for holiday in Holiday::ALL {
                let days = holiday.in_year(year, Festivals::Diaspora);
                prop_assert!(days.is_sorted() && days.iter().all(|day| day.year() == year));
                let _ = holiday.in_hebrew_year(hebrew, Festivals::Israel);
            }
        }
    }

    #[test]
    fn no_date_is_too_far() {
        assert_eq!(HebrewDate::of(Date::MIN).civil(), Some(Date::MIN));
        assert_eq!(HebrewDate::of(Date::MAX), HebrewDate { year: 13_760, month: Month::Heshvan, day: 28 });
    }
}
