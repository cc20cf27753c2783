//! `reportedly clock`: what time it is for an outlet and each of its desks, and when they publish nothing.

mod forms;
mod ical;
mod nearest;

use std::io::{self, Write as _};

use anstream::AutoStream;
use anyhow::Context;
use clap::CommandFactory;
use clap::error::ErrorKind;
use jiff::fmt::temporal::{DateTimeParser, Pieces};
use jiff::tz::{Disambiguation, TimeZone};
use jiff::{SignedDuration, Timestamp, Zoned};
use reportedly_when::{Newsroom, Outlet, Outlets, Profile, Silences, Window, profile};

use crate::Ended;
use crate::args::{Cli, Clock, ClockFormat, When, own_outlets};
use crate::clock::forms::{json, text};
use crate::clock::ical::ical;
use crate::clock::nearest::unfound;
use crate::galley::Paper;
use crate::read::unwritable;

/// How far `--week` looks.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

pub(crate) fn clock(clock: Clock, when: When) -> anyhow::Result<Ended> {
    let Clock { outlet, at, week, format, outlets } = clock;
    let own = outlets.as_deref().map(own_outlets).transpose()?;
    let known = own.as_ref().unwrap_or_else(|| Outlets::built_in());
    let Some(outlet) = known.find(&outlet) else {
        Cli::command().error(ErrorKind::ValueValidation, unfound(known, &outlet)).exit();
    };
    // Whole seconds are enough for a wall clock.
    let at =
        at.unwrap_or_else(|| Timestamp::from_second(Timestamp::now().as_second()).unwrap_or(Timestamp::UNIX_EPOCH));
    let profile = profile(outlet).with_context(|| match &outlets {
        Some(file) => file.display().to_string(),
        None => "the built-in outlets".to_owned(),
    })?;
    let dial = Dial::new(outlet, profile, at, week);
    let mut out: Box<dyn io::Write> = match format {
        ClockFormat::Text => Box::new(AutoStream::new(io::stdout(), when.choice())),
        ClockFormat::Json | ClockFormat::Ical => Box::new(io::stdout()),
    };
    let page = match format {
        ClockFormat::Text => text(&dial, Paper::stdout(when)),
        ClockFormat::Json => json(&dial),
        ClockFormat::Ical => ical(&dial),
    };
    out.write_all(page.as_bytes()).and_then(|()| out.flush()).map_err(unwritable)?;
    Ok(Ended::Whole)
}

/// An outlet's clocks at an instant.
struct Dial<'a> {
    at: Timestamp,
    /// Whether the silences of the week were asked for.
    week: bool,
    outlet: &'a Outlet,
    own: Face,
    desks: Vec<Face>,
}

/// A newsroom's clock at an instant. All its times are by its own zone, or else, where that is unknown, by that of the city
/// whose sun it keeps.
struct Face {
    name: String,
    local: Option<Zoned>,
    /// What it keeps, in words.
    keeps: Vec<String>,
    silence: Silence,
    /// The silences of the week; none where they were not asked for or are not known.
    week: Option<Vec<Window>>,
}

/// Whether a newsroom is silent at an instant.
enum Silence {
    Unknown,
    /// Not now and not ever.
    Never,
    /// In this window.
    Now(Window),
    /// Not now; in this window next, or in none within thirteen months.
    Next(Option<Window>),
}

impl<'a> Dial<'a> {
    fn new(outlet: &'a Outlet, profile: Profile, at: Timestamp, week: bool) -> Dial<'a> {
        let Profile { outlet: own, desks } = profile;
        let face = |newsroom| Face::new(newsroom, at, week);
        Dial { at, week, outlet, own: face(own), desks: desks.into_iter().map(face).collect() }
    }
}

impl Face {
    fn new(newsroom: Newsroom, at: Timestamp, week: bool) -> Face {
        let Newsroom { name, zone, silences } = newsroom;
        let local = |window: Window| match &zone {
            Some(zone) => {
                let by_zone = |instant: Zoned| instant.with_time_zone(zone.clone());
                Window { from: by_zone(window.from), to: by_zone(window.to), rule: window.rule }
            }
            None => window,
        };
        let keeps = silences.keeps();
        let (silence, windows) = match silences {
            Silences::Unknown | Silences::Untimed { .. } => (Silence::Unknown, None),
            Silences::Never => (Silence::Never, Some(Vec::new())),
            Silences::Kept(calendar) => {
                let silence = match calendar.window_at(at) {
                    Some(window) => Silence::Now(local(window)),
                    None => Silence::Next(calendar.next(at).map(local)),
                };
                let until = at.saturating_add(WEEK).unwrap_or(Timestamp::MAX);
                (silence, week.then(|| calendar.windows(at, until).into_iter().map(local).collect()))
            }
        };
        let local = zone.as_ref().map(|zone| at.to_zoned(zone.clone()));
        Face { name, local, keeps, silence, week: windows.filter(|_| week) }
    }
}

/// Reads an instant: a day, an hour, and an offset or a zone that fixes them.
pub(crate) fn instant(given: &str) -> Result<Timestamp, String> {
    const FORMS: &str = "2025-11-14T16:00:00-05:00 or 2025-11-14T16:00:00[America/New_York]";
    let pieces = Pieces::parse(given).map_err(|_| format!("not an instant such as {FORMS}"))?;
    if pieces.time().is_none() {
        return Err(format!("a day without an hour is not an instant, as {FORMS} is"));
    }
    // Inside of these years neither a zone nor a silence leaves the four digits of RFC 3339 and RFC 5545.
    if !(2..=9997).contains(&pieces.date().year()) {
        return Err("the year is not one from 2 to 9997".to_owned());
    }
    let zone = pieces.to_time_zone().map_err(|error| error.to_string())?;
    match (zone, pieces.offset()) {
        (None, None) => Err(format!("a local time without offset or zone is not an instant, as {FORMS} is")),
        (None, Some(_)) => given.parse::<Timestamp>().map_err(|error| error.to_string()),
        (Some(zone), offset) => {
            // An hour that a change of the clock skips or repeats is not for us to choose.
            let parser = DateTimeParser::new().disambiguation(Disambiguation::Reject);
            let zoned = parser.parse_zoned(given);
            zoned.map(|zoned| zoned.timestamp()).map_err(|_| match offset {
                Some(_) => format!("{} does not have that offset at that hour", name(&zone)),
                None => format!("the clock of {} skips or repeats this hour: give its offset", name(&zone)),
            })
        }
    }
}

/// The name of a zone as it is printed.
fn name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("unknown")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_never_guessed() {
        #[track_caller]
        fn check(given: &str, expected: Result<&str, &str>) {
            match (instant(given), expected) {
                (Ok(at), Ok(expected)) => assert_eq!(at.to_string(), expected, "{given}"),
                (Err(said), Err(expected)) => assert!(said.contains(expected), "{given}: {said}"),
                (found, _) => panic!("{given}: {found:?}"),
            }
        }
        for given in [
            "2025-11-14T16:00:00-05:00",
            "2025-11-14 16:00-05",
            "2025-11-14T16:00:00[America/New_York]",
            "2025-11-14T16:00:00-05:00[America/New_York]",
            "2025-11-14T21:00:00Z",
            "2025-11-14T21:00:00Z[America/New_York]",
            "2025-11-14T16:00:00[-05:00]",
        ] {
            check(given, Ok("2025-11-14T21:00:00Z"));
        }
        check("2025-11-02T01:30:00-05:00[America/New_York]", Ok("2025-11-02T06:30:00Z"));
        check("2025-11-14T16:00:00", Err("a local time without offset or zone"));
        check("2025-11-14", Err("a day without an hour"));
        check("2025-11-14[America/New_York]", Err("a day without an hour"));
        check("yesterday", Err("not an instant such as"));
        check("", Err("not an instant such as"));
        check("2025-11-14T16:00:00[Mars/Olympus]", Err("Mars/Olympus"));
        check("2025-11-02T01:30:00[America/New_York]", Err("America/New_York skips or repeats"));
        check("2025-03-09T02:30:00[America/New_York]", Err("America/New_York skips or repeats"));
        check("2025-11-14T16:00:00+02:00[America/New_York]", Err("America/New_York does not have that offset"));
        for year in ["-000001", "0000", "0001", "9998", "9999"] {
            check(&format!("{year}-12-31T00:00:00Z"), Err("the year is not one from 2 to 9997"));
        }
        check("0002-01-01T00:00:00Z", Ok("0002-01-01T00:00:00Z"));
        check("9997-12-31T23:59:59-12:00", Ok("9998-01-01T11:59:59Z"));
    }
}
