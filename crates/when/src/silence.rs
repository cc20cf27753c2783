//! When an outlet is silent: the Sabbaths and festivals that it keeps, and the weekdays on which it is closed.
//!
//! A holy day begins on the evening before it with the lighting of candles and ends when night has come. Holy days in a
//! row are one window, and so are windows that touch.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan, Zoned};
use serde::Deserialize;

use crate::hebrew::{Festivals, festival};
use crate::sun::{Position, dusk, sunset};

/// How deep the sun stands when three small stars can be seen: the custom that most printed calendars follow.
pub const NIGHTFALL: f64 = 8.5;

/// Minutes before sunset at which candles are lit where no other custom is known.
pub const CANDLES: u8 = 18;

/// How Sabbaths and festivals are kept in a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Observance {
    /// What rules call the place.
    pub city: String,
    /// Where the sun is watched.
    pub position: Position,
    /// The clock of the place.
    pub zone: TimeZone,
    /// Minutes before sunset at which candles are lit.
    pub candles: u8,
    /// Degrees below the horizon at which the sun stands at nightfall.
    pub nightfall: f64,
    /// Whose days of festival are kept.
    pub festivals: Festivals,
}

impl Observance {
    /// Returns what is customary in a city of `data/cities.toml`; none in a city that the table does not know.
    pub fn in_city(name: &str) -> Option<Observance> {
        let name = name.to_lowercase();
        let city = CITIES.iter().find(|city| city.names().any(|known| known.to_lowercase() == name))?;
        Some(Observance {
            city: city.name.clone(),
            position: Position { latitude: city.latitude, longitude: city.longitude },
            zone: TimeZone::get(&city.zone).ok()?,
            candles: city.candles,
            nightfall: NIGHTFALL,
            festivals: match city.holidays {
                Holidays::Israel => Festivals::Israel,
                Holidays::Diaspora => Festivals::Diaspora,
            },
        })
    }

    /// Names the holy day that a civil day is: a festival, or else the Sabbath.
    pub fn holy(&self, day: Date) -> Option<&'static str> {
        festival(day, self.festivals).or_else(|| (day.weekday() == Weekday::Saturday).then_some("Sabbath"))
    }

    /// Tells whether candles are lit in the evening of a day, for the holy day that follows.
    pub fn is_eve(&self, day: Date) -> bool {
        day.tomorrow().is_ok_and(|next| self.holy(next).is_some())
    }

    /// Tells whether work may be done again after nightfall of a day.
    pub fn is_close(&self, day: Date) -> bool {
        self.holy(day).is_some() && !self.is_eve(day)
    }

    /// Returns when candles are lit in the evening of a day. On a holy day no fire is kindled before night, but for a
    /// Sabbath candles must burn before it begins.
    pub fn lighting(&self, day: Date) -> Option<Zoned> {
        match self.holy(day) {
            Some(_) if day.weekday() != Weekday::Friday => self.nightfall(day),
            Some(_) | None => self.before_sunset(day),
        }
    }

    /// Returns nightfall of a day; none where it stays bright all night.
    pub fn nightfall(&self, day: Date) -> Option<Zoned> {
        dusk(self.position, day, &self.zone, self.nightfall)
    }

    /// Candles before sunset, in whole minutes: calendars cut off the seconds, so that nobody lights too late.
    fn before_sunset(&self, day: Date) -> Option<Zoned> {
        let sunset = sunset(self.position, day, &self.zone)?.timestamp().as_second();
        let lighting = sunset - sunset.rem_euclid(60) - 60 * i64::from(self.candles);
        Some(Timestamp::from_second(lighting).ok()?.to_zoned(self.zone.clone()))
    }

    /// The windows of all holy days in a stretch of days.
    fn windows(&self, first: Date, last: Date) -> Vec<Window> {
        let days: Vec<(Date, Option<&str>)> = days(first, last).map(|day| (day, self.holy(day))).collect();
        days.chunk_by(|a, b| a.1.is_some() == b.1.is_some()).filter_map(|run| self.window(run)).collect()
    }

    /// The window of holy days in a row; none where the sun gives it no beginning or no end.
    fn window(&self, run: &[(Date, Option<&str>)]) -> Option<Window> {
        let mut names: Vec<&str> = run.iter().filter_map(|(_, name)| *name).collect();
        names.dedup();
        let ([(first, Some(_)), ..], [.., (last, _)]) = (run, run) else { return None };
        let eve = first.yesterday().ok()?;
        let (from, to) = (self.before_sunset(eve)?, self.nightfall(*last)?);
        // Only odd degrees of nightfall could turn them round.
        (from < to).then(|| {
            let ends = if first == last { String::new() } else { format!(" on {}", weekday(last.weekday())) };
            let rule = format!(
                "{}: from {} minutes before sunset on {} until nightfall ({} degrees){ends} in {}",
                list(&names),
                self.candles,
                weekday(eve.weekday()),
                self.nightfall,
                self.city,
            );
            Window { from, to, rule }
        })
    }
}

/// A row of `data/cities.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct City {
    name: String,
    #[serde(default)]
    also: Vec<String>,
    latitude: f64,
    longitude: f64,
    zone: String,
    candles: u8,
    holidays: Holidays,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Holidays {
    Israel,
    Diaspora,
}

#[derive(Deserialize)]
struct Cities {
    city: Vec<City>,
}

impl City {
    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.also).map(String::as_str)
    }
}

static CITIES: LazyLock<Vec<City>> = LazyLock::new(|| {
    let cities: Cities =
        toml::from_str(include_str!("../data/cities.toml")).expect("the table of cities is well formed");
    cities.city
});

/// A stretch of time in which an outlet publishes nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    // Invariant: from < to.
    /// First instant of silence.
    pub from: Zoned,
    /// First instant after it.
    pub to: Zoned,
    /// The rule that it follows from, in words.
    pub rule: String,
}

impl Window {
    /// Tells whether an instant lies in the window.
    pub fn contains(&self, instant: Timestamp) -> bool {
        self.from.timestamp() <= instant && instant < self.to.timestamp()
    }

    /// Takes in a window that begins no earlier and before this ends, or just then.
    fn join(&mut self, next: Window) {
        if self.to < next.to {
            self.to = next.to;
        }
        if !self.rule.split("; ").any(|rule| rule == next.rule) {
            self.rule = format!("{}; {}", self.rule, next.rule);
        }
    }
}

/// An outlet's publication calendar: when it is silent.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// The Sabbaths and festivals that the outlet keeps.
    pub observance: Option<Observance>,
    /// Weekdays without any publication, from midnight to midnight. All seven mean nothing.
    pub closed: Vec<Weekday>,
    /// The clock of the desk: whose midnight.
    pub zone: TimeZone,
}

/// More days than a joined window has: of an outlet in London that is open on one weekday only, the longest between 1900 and
/// 2100 has 21. An outlet whose only open day is the Sabbath would outgrow it where summer nights fall after midnight; its
/// windows are cut.
const REACH: i64 = 40;

impl Calendar {
    /// Returns the window that an instant lies in.
    pub fn window_at(&self, instant: Timestamp) -> Option<Window> {
        self.joined(instant, instant).into_iter().find(|window| window.contains(instant))
    }

    /// Returns the first window that begins after an instant; none if none does within thirteen months.
    pub fn next(&self, instant: Timestamp) -> Option<Window> {
        // A week mostly suffices; a polar summer takes months.
        [7, 400].into_iter().find_map(|days: i64| {
            let until = instant.saturating_add((24 * days).hours()).ok()?;
            let begins = |w: &Window| instant < w.from.timestamp() && w.from.timestamp() <= until;
            self.joined(instant, until).into_iter().find(begins)
        })
    }

    /// Returns the windows that overlap a stretch of time, each whole, in order.
    pub fn windows(&self, from: Timestamp, to: Timestamp) -> Vec<Window> {
        let mut windows = self.joined(from, to);
        windows.retain(|window| window.from.timestamp() < to && from < window.to.timestamp());
        windows
    }

    /// All windows near a stretch of time. Those that overlap it are whole; others may be cut.
    fn joined(&self, from: Timestamp, to: Timestamp) -> Vec<Window> {
        let day = |instant: Timestamp| instant.to_zoned(self.zone.clone()).date();
        let reach = Span::new().days(REACH);
        let (first, last) = (day(from).saturating_sub(reach), day(to).saturating_add(reach));
        let mut windows = self.observance.as_ref().map_or_else(Vec::new, |o| o.windows(first, last));
        windows.extend(self.shut(first, last));
        windows.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
        let mut joined: Vec<Window> = Vec::with_capacity(windows.len());
        for next in windows {
            match joined.last_mut() {
                Some(window) if next.from <= window.to => window.join(next),
                Some(_) | None => joined.push(next),
            }
        }
        joined
    }

    /// The windows of closed weekdays in a stretch of days.
    fn shut(&self, first: Date, last: Date) -> Vec<Window> {
        let is_closed = |day: Date| self.closed.contains(&day.weekday());
        if days(first, last).all(is_closed) {
            return Vec::new();
        }
        let days: Vec<Date> = days(first, last).collect();
        let runs = days.chunk_by(|a, b| is_closed(*a) == is_closed(*b)).filter(|run| run.iter().all(|d| is_closed(*d)));
        let window = |run: &[Date]| {
            let start = |day: Date| day.to_zoned(self.zone.clone()).ok();
            let (from, to) = (start(*run.first()?)?, start(run.last()?.tomorrow().ok()?)?);
            let weekdays: Vec<&str> = run.iter().map(|day| weekday(day.weekday())).collect();
            let zone = self.zone.iana_name().map_or_else(String::new, |name| format!(" in {name}"));
            (from < to).then(|| Window {
                from,
                to,
                rule: format!("closed on {}, midnight to midnight{zone}", list(&weekdays)),
            })
        };
        runs.filter_map(window).collect()
    }
}

fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(1.day()).take_while(move |day| *day <= last)
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Sunday => "Sunday",
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
    }
}

/// Names in a row: "A, B and C".
fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn city(name: &str) -> Observance {
        Observance::in_city(name).expect("a city of the table")
    }

    fn calendar(name: &str, closed: &[Weekday]) -> Calendar {
        let observance = city(name);
        Calendar { zone: observance.zone.clone(), observance: Some(observance), closed: closed.to_vec() }
    }

    fn at(instant: &str) -> Timestamp {
        instant.parse().expect("an instant")
    }

    #[track_caller]
    fn check(windows: impl IntoIterator<Item = Window>, expected: &[&str]) {
        let print =
            |w: Window| format!("{} to {}: {}", w.from.strftime("%m-%d %H:%M"), w.to.strftime("%m-%d %H:%M"), w.rule);
        assert_eq!(windows.into_iter().map(print).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn every_city_is_whole() {
        let names: Vec<&str> = CITIES.iter().flat_map(City::names).collect();
        assert!(names.iter().all(|name| Observance::in_city(&name.to_uppercase()).is_some()));
        assert_eq!(CITIES.len(), 29);
        assert_eq!(Observance::in_city("Springfield"), None);
    }

    #[test]
    fn candles_and_nightfall_of_printed_calendars() {
        #[track_caller]
        fn check(name: &str, day: Date, kind: &str, printed: &str) {
            let observance = city(name);
            let (found, is_so) = match kind {
                "candles" => (observance.lighting(day), observance.is_eve(day)),
                _ => (observance.nightfall(day), observance.is_close(day)),
            };
            let away = found.expect("not polar").timestamp().as_second() - at(printed).as_second();
            assert!(is_so && away.abs() <= 30, "{away} seconds");
        }
        check("New York", date(2020, 1, 3), "candles", "2020-01-03T21:22:00Z");
        check("New York", date(2020, 4, 4), "close", "2020-04-05T00:06:00Z");
        // Passover VI, a Friday; Passover VII, a Sabbath before another festival day; the first day of a festival.
        check("New York", date(2021, 4, 2), "candles", "2021-04-02T23:04:00Z");
        check("New York", date(2021, 4, 3), "candles", "2021-04-04T00:05:00Z");
        check("London", date(2021, 5, 17), "candles", "2021-05-17T20:54:00Z");
        check("London", date(2021, 9, 29), "close", "2021-09-29T18:32:00Z");
        check("London", date(2021, 3, 27), "candles", "2021-03-27T19:16:00Z");
        check("Jerusalem", date(2021, 9, 6), "candles", "2021-09-06T15:16:00Z");
        check("Jerusalem", date(2021, 9, 7), "candles", "2021-09-07T16:32:00Z");
        check("Jerusalem", date(2021, 9, 8), "close", "2021-09-08T16:31:00Z");
        assert!(!city("Jerusalem").is_eve(date(2021, 3, 28)) && city("London").is_eve(date(2021, 3, 28)));
    }

    #[test]
    fn holy_days_in_a_row_are_one_window() {
        let week = |name| calendar(name, &[]).windows(at("2023-10-05T00:00:00Z"), at("2023-10-13T12:00:00Z"));
        check(
            week("Jerusalem"),
            &["10-06 17:38 to 10-07 18:53: Shemini Atzeret: from 40 minutes before sunset on Friday until nightfall \
               (8.5 degrees) in Jerusalem"],
        );
        check(
            week("New York"),
            &[
                "10-06 18:12 to 10-08 19:07: Shemini Atzeret and Simchat Torah: from 18 minutes before sunset on Friday \
               until nightfall (8.5 degrees) on Sunday in New York",
            ],
        );
        check(
            calendar("New York", &[]).next(at("2024-10-01T00:00:00Z")),
            &[
                "10-02 18:17 to 10-05 19:11: Rosh Hashana and Sabbath: from 18 minutes before sunset on Wednesday until \
               nightfall (8.5 degrees) on Saturday in New York",
            ],
        );
    }

    #[test]
    fn closed_weekdays_join_what_they_touch() {
        let closed = [Weekday::Saturday, Weekday::Sunday];
        let (from, to) = (at("2024-06-10T00:00:00Z"), at("2024-06-17T00:00:00Z"));
        check(
            calendar("Sydney", &closed).windows(from, to),
            &[
                "06-11 16:34 to 06-13 17:33: Shavuot: from 18 minutes before sunset on Tuesday until nightfall (8.5 degrees) \
               on Thursday in Sydney",
                "06-14 16:34 to 06-17 00:00: Sabbath: from 18 minutes before sunset on Friday until nightfall (8.5 degrees) \
               in Sydney; closed on Saturday and Sunday, midnight to midnight in Australia/Sydney",
            ],
        );
        // No Sabbath window in a night that never falls; and none at all for who is never open.
        let mut nowhere = calendar("Moscow", &closed);
        nowhere.observance =
            Some(Observance { position: Position { latitude: 69.0, longitude: 33.0 }, ..city("Moscow") });
        check(
            nowhere.window_at(at("2024-06-15T12:00:00Z")),
            &["06-15 00:00 to 06-17 00:00: closed on Saturday and Sunday, midnight to midnight in Europe/Moscow"],
        );
        nowhere.closed.clear();
        let autumn = nowhere.next(at("2024-05-01T00:00:00Z")).expect("nights come back");
        assert_eq!(autumn.from.date(), date(2024, 8, 23));
        let never_open = Calendar {
            observance: None,
            closed: Weekday::Sunday.cycle_forward().take(7).collect(),
            zone: TimeZone::UTC,
        };
        assert_eq!((never_open.window_at(from), never_open.next(from)), (None, None));
    }

    #[test]
    fn no_window_outgrows_the_reach() {
        let (from, to) = (at("1900-01-01T00:00:00Z"), at("2100-12-31T00:00:00Z"));
        for open in Weekday::Sunday.cycle_forward().take(7) {
            let closed: Vec<Weekday> = open.cycle_forward().skip(1).take(6).collect();
            let windows = calendar("London", &closed).windows(from, to);
            let longest = windows.iter().map(|w| w.from.duration_until(&w.to).as_hours() / 24).max();
            assert!(longest < Some(REACH - 5), "{open:?}: {longest:?} days");
        }
    }

    fn any_calendar() -> impl Strategy<Value = Calendar> {
        let observance = prop::option::weighted(0.8, (0..CITIES.len(), -90.0..=90.0, prop::bool::weighted(0.2)));
        let closed =
            prop::collection::vec((0..7_i8).prop_map(|n| Weekday::from_sunday_zero_offset(n).expect("a day")), 0..4);
        let zone = prop::sample::select(vec!["UTC", "Pacific/Apia", "America/Sao_Paulo", "Asia/Jerusalem"]);
        (observance, closed, zone).prop_map(|(place, closed, zone)| {
            let observance = place.map(|(number, latitude, is_moved)| {
                let mut observance = city(&CITIES[number].name);
                if is_moved {
                    observance.position.latitude = latitude;
                }
                observance
            });
            Calendar { observance, closed, zone: TimeZone::get(zone).expect("a zone") }
        })
    }

    proptest! {
        #[test]
        fn windows_are_in_order_and_apart(calendar in any_calendar(), day in 0..73_414_i64, minute in 0..1_440_i64) {
            let instant = at("1900-01-01T00:00:00Z") + (24 * day).hours() + minute.minutes();
            let (from, to) = (instant - (24 * 50).hours(), instant + (24 * 50).hours());
            let windows = calendar.windows(from, to);
            prop_assert!(windows.iter().all(|w| w.from < w.to && w.from.timestamp() < to && from < w.to.timestamp()));
            prop_assert!(windows.is_sorted_by(|a, b| a.to < b.from));
            let now = calendar.window_at(instant);
            prop_assert_eq!(now.as_ref(), windows.iter().find(|w| w.contains(instant)));
            let next = windows.iter().find(|w| instant < w.from.timestamp());
            prop_assert!(next.is_none() || calendar.next(instant).as_ref() == next);
            if let Some(next) = next {
                let start = next.from.timestamp();
                let (begun, over) = (calendar.window_at(start), calendar.window_at(next.to.timestamp()));
                prop_assert_eq!((begun.as_ref(), over), (Some(next), None));
            }
        }
    }

    #[test]
    fn no_instant_is_too_far() {
        let calendar = calendar("Jerusalem", &[Weekday::Friday]);
        for instant in [Timestamp::MIN, Timestamp::MAX] {
            let _ = (calendar.window_at(instant), calendar.next(instant), calendar.windows(instant, instant));
        }
    }
}
