//! The sun in the evening: when it sets, and when it stands so deep below the horizon that night has come.
//!
//! The formula is that of the NOAA Solar Calculator (<https://gml.noaa.gov/grad/solcalc/>), after Meeus, *Astronomical
//! Algorithms*. Like the calculator it starts from the sun at noon and refines once. Elevation is left out.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// A point on the earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Degrees north of the equator.
    pub latitude: f64,
    /// Degrees east of Greenwich.
    pub longitude: f64,
}

/// How deep the centre of the sun stands when its upper edge vanishes: 34' of refraction and 16' of radius.
const SUNSET: f64 = 0.833;

const DAY: f64 = 86_400.0;

/// Returns the sunset that belongs to a civil day; none on days of polar day or night.
pub fn sunset(position: Position, day: Date, zone: &TimeZone) -> Option<Zoned> {
    dusk(position, day, zone, SUNSET)
}

/// Returns the instant in the evening of a civil day when the sun's centre stands some degrees below the horizon; none if
/// it never does. In a bright northern summer that may be after midnight.
pub fn dusk(position: Position, day: Date, zone: &TimeZone, degrees: f64) -> Option<Zoned> {
    let Position { latitude, longitude } = position;
    // The sun's own day around noon by the clock, whatever side of the date line the zone counts itself to.
    let noon = day.at(12, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp().as_second() as f64;
    let midnight = ((noon + longitude * DAY / 360.0) / DAY).floor() * DAY - longitude * DAY / 360.0;
    let mut seconds = midnight + DAY / 2.0;
    for _ in 0..2 {
        let sun = Sun::at(seconds);
        let angle = sun.hour_angle(latitude, degrees)?;
        seconds = midnight + DAY / 2.0 + (angle - sun.equation_of_time) * DAY / 360.0;
    }
    // NaN, of a position that is none, would turn into 1970. A clock shows seconds that are over.
    let seconds = seconds.is_finite().then_some(seconds.floor() as i64)?;
    Some(Timestamp::from_second(seconds).ok()?.to_zoned(zone.clone()))
}

/// Where the sun stands, in degrees.
struct Sun {
    declination: f64,
    /// How far the true sun is ahead of the mean sun.
    equation_of_time: f64,
}

impl Sun {
    /// The sun at an instant, in seconds since 1970.
    fn at(seconds: f64) -> Sun {
        // Julian centuries since noon of 2000-01-01.
        let t = (seconds - 946_728_000.0) / DAY / 36_525.0;
        let mean_longitude = (280.46646 + t * (36_000.769_83 + t * 0.000_303_2)).rem_euclid(360.0);
        let anomaly = (357.52911 + t * (35_999.050_29 - t * 0.000_153_7)).to_radians();
        let eccentricity = 0.016_708_634 - t * (0.000_042_037 + t * 0.000_000_126_7);
        let centre = anomaly.sin() * (1.914_602 - t * (0.004_817 + t * 0.000_014))
            + (2.0 * anomaly).sin() * (0.019_993 - t * 0.000_101)
            + (3.0 * anomaly).sin() * 0.000_289;
        let node = (125.04 - 1_934.136 * t).to_radians();
        let apparent = (mean_longitude + centre - 0.00569 - 0.00478 * node.sin()).to_radians();
        let mean_obliquity = 23.0 + (26.0 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60.0) / 60.0;
        let obliquity = (mean_obliquity + 0.00256 * node.cos()).to_radians();
        let y = (obliquity / 2.0).tan().powi(2);
        let twice = 2.0 * mean_longitude.to_radians();
        let ahead = y * twice.sin() - 2.0 * eccentricity * anomaly.sin()
            + 4.0 * eccentricity * y * anomaly.sin() * twice.cos()
            - 0.5 * y * y * (2.0 * twice).sin()
            - 1.25 * eccentricity * eccentricity * (2.0 * anomaly).sin();
        Sun {
            declination: (obliquity.sin() * apparent.sin()).asin().to_degrees(),
            equation_of_time: ahead.to_degrees(),
        }
    }

    /// How far the earth turns from noon until the sun stands so deep; none if it never does on that day.
    fn hour_angle(&self, latitude: f64, depression: f64) -> Option<f64> {
        let (latitude, declination) = (latitude.to_radians(), self.declination.to_radians());
        let altitude = -depression.to_radians().sin();
        let cosine = (altitude - latitude.sin() * declination.sin()) / (latitude.cos() * declination.cos());
        (-1.0..=1.0).contains(&cosine).then(|| cosine.acos().to_degrees())
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).expect("a zone of the table")
    }

    #[track_caller]
    fn check(latitude: f64, longitude: f64, tz: &str, day: &str, degrees: f64, expected: &str) {
        let day: Date = day.parse().expect("a date");
        let found = dusk(Position { latitude, longitude }, day, &zone(tz), degrees);
        assert_eq!(found.map_or("none".to_owned(), |z| z.strftime("%Y-%m-%d %H:%M").to_string()), expected);
    }

    #[test]
    fn sunset_in_both_hemispheres() {
        check(40.71427, -74.00597, "America/New_York", "2020-01-03", SUNSET, "2020-01-03 16:40");
        check(31.76904, 35.21633, "Asia/Jerusalem", "2021-09-06", SUNSET, "2021-09-06 18:56");
        check(-33.86785, 151.20732, "Australia/Sydney", "2024-12-21", SUNSET, "2024-12-21 20:05");
        check(-33.86785, 151.20732, "Australia/Sydney", "2024-06-21", SUNSET, "2024-06-21 16:53");
    }

    #[test]
    fn the_day_is_that_of_the_clock() {
        // Samoa lies east of the date line and counts itself west of it; Fairbanks sees the sun until after midnight.
        check(-13.83333, -171.76667, "Pacific/Apia", "2024-12-21", SUNSET, "2024-12-21 18:53");
        check(64.83778, -147.71639, "America/Anchorage", "2024-06-20", SUNSET, "2024-06-21 00:47");
    }

    #[test]
    fn polar_day_and_night_have_no_sunset() {
        let tromso = |day: &str, expected: &str| check(69.6489, 18.95508, "Europe/Oslo", day, SUNSET, expected);
        tromso("2024-06-20", "none");
        tromso("2024-12-20", "none");
        tromso("2024-03-20", "2024-03-20 18:03");
        // White nights: the sun sets, and night does not come.
        check(60.16952, 24.93545, "Europe/Helsinki", "2024-06-20", 8.5, "none");
    }

    proptest! {
        #[test]
        fn every_place_and_day_has_an_answer(
            latitude in -90.0..=90.0, longitude in -180.0..=180.0, days in 0..73_414_i64, degrees in -20.0..=20.0,
            tz in prop::sample::select(vec!["UTC", "Pacific/Apia", "Pacific/Pago_Pago", "Asia/Jerusalem", "America/Lima"]),
        ) {
            let day = date(1900, 1, 1) + days.days();
            let (position, zone) = (Position { latitude, longitude }, zone(tz));
            let noon = day.at(12, 0, 0, 0).to_zoned(zone.clone()).expect("in range").timestamp().as_second();
            if let Some(at) = dusk(position, day, &zone, degrees) {
                prop_assert!((at.timestamp().as_second() - noon).abs() < 25 * 3_600);
            }
            if latitude.abs() < 55.0 {
                let (sets, night) = (sunset(position, day, &zone), dusk(position, day, &zone, 8.5));
                prop_assert!(sets.expect("the sun sets there every day") < night.expect("and night comes"));
            }
        }

        #[test]
        fn no_number_is_too_odd(latitude: f64, longitude: f64, degrees: f64) {
            let _ = dusk(Position { latitude, longitude }, date(2024, 1, 1), &TimeZone::UTC, degrees);
        }
    }
}
