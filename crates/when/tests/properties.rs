//! What holds of every text, every publication date and every zone.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use reportedly_when::{Writing, plain_times};

/// Words that expressions are made of, in no order.
const WORDS: &[&str] = &[
    "the",
    "last",
    "next",
    "this",
    "two",
    "a",
    "several",
    "week",
    "weeks",
    "year",
    "years ago",
    "earlier",
    "later",
    "Friday",
    "Monday",
    "night",
    "morning",
    "October",
    "March",
    "19",
    "31",
    "30",
    "February",
    "29",
    "1998",
    "2025",
    "9 p.m.",
    "21:30",
    "GMT",
    "Israel time",
    "of",
    ",",
    "in",
    "on",
    "before",
    "after",
    "early",
    "end of",
    "quarter",
    "third",
    "1990s",
    "century",
    "every",
    "daily",
    "now",
    "soon",
    "Easter",
    "Yom Kippur",
    "Eid al-Fitr",
    "Thanksgiving",
    "99999",
    "million",
    "half",
    "and",
    "said.",
    "will",
];

const ZONES: &[&str] = &[
    "America/New_York",
    "Asia/Jerusalem",
    "Australia/Sydney",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Europe/London",
    "America/Santiago",
    "UTC",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(WORDS), 1..14).prop_map(|words| words.join(" "))
}

fn day() -> impl Strategy<Value = Date> {
    (0i64..73_000).prop_map(|days| date(1900, 1, 1).checked_add(days.days()).expect("within 200 years"))
}

fn writing(now: DateTime, zone: &str) -> Writing {
    Writing { now: Some(now), has_hour: true, zone: TimeZone::get(zone).ok() }
}

proptest! {
    #[test]
    fn every_text_is_read_and_no_time_ends_before_it_begins(
        text in text(),
        day in day(),
        minute in 0i64..1_440,
        zone in proptest::sample::select(ZONES),
    ) {
        let now = day.at(0, 0, 0, 0).checked_add(minute.minutes()).expect("in range");
        for writing in [writing(now, zone), Writing::default(), Writing { zone: None, ..writing(now, zone) }] {
            for time in plain_times(&text, &writing) {
                prop_assert_eq!(&text[time.evidence.span.bytes()], time.evidence.text.as_str());
                prop_assert!(!time.value.is_empty());
                if let (Some(earliest), Some(latest)) = (&time.earliest, &time.latest) {
                    prop_assert!(earliest.timestamp() <= latest.timestamp(), "{:?}", time);
                }
            }
        }
    }

    #[test]
    fn without_a_day_of_writing_nothing_relative_has_a_date(text in text()) {
        for time in plain_times(&text, &Writing::default()) {
            // What is counted from a day that the text itself names has a date.
            let is_counted = time.anchor.as_deref().is_some_and(|anchor| anchor.starts_with("the day of writing"));
            let is_open = time.value.contains('X') || time.value.starts_with(['P', 'T']) || time.value.ends_with("_REF");
            prop_assert!(!is_counted || is_open, "{time:?}");
        }
    }

    #[test]
    fn a_week_later_every_weekday_is_a_week_later(
        day in day(),
        weekday in proptest::sample::select(&["Monday", "Wednesday", "Friday", "Sunday"][..]),
        frame in proptest::sample::select(&["They met on {}.", "They will meet on {}.", "last {}", "next {}", "this {}"][..]),
    ) {
        let read = |day: Date| {
            let text = frame.replace("{}", weekday);
            let times = plain_times(&text, &writing(day.at(12, 0, 0, 0), "UTC"));
            times.first().and_then(|time| time.value.parse::<Date>().ok())
        };
        let (now, later) = (read(day), read(day.checked_add(1.week()).expect("in range")));
        prop_assert!(now.is_some());
        prop_assert_eq!(now.map(|day| day.checked_add(1.week()).expect("in range")), later);
    }
}

/// Reads one expression at a local time in a zone: value, earliest, latest.
fn check(text: &str, now: DateTime, zone: &str, expected: [&str; 3]) {
    let times = plain_times(text, &writing(now, zone));
    let time = times.first().unwrap_or_else(|| panic!("{text} has no time"));
    let bound = |zoned: &Option<jiff::Zoned>| zoned.as_ref().map(jiff::Zoned::to_string).unwrap_or_default();
    assert_eq!([time.value.as_str(), &bound(&time.earliest), &bound(&time.latest)], expected, "{text}");
}

#[test]
fn days_are_as_long_as_the_zone_makes_them() {
    // Both switches of both hemispheres, and a zone of 45 minutes.
    check(
        "They met on Sunday.",
        date(2025, 3, 10).at(9, 0, 0, 0),
        "America/New_York",
        ["2025-03-09", "2025-03-09T00:00:00-05:00[America/New_York]", "2025-03-09T23:59:59-04:00[America/New_York]"],
    );
    check(
        "They met on Sunday.",
        date(2025, 4, 7).at(9, 0, 0, 0),
        "Australia/Sydney",
        ["2025-04-06", "2025-04-06T00:00:00+11:00[Australia/Sydney]", "2025-04-06T23:59:59+10:00[Australia/Sydney]"],
    );
    check(
        "They met yesterday.",
        date(2024, 3, 1).at(9, 0, 0, 0),
        "Asia/Kathmandu",
        ["2024-02-29", "2024-02-29T00:00:00+05:45[Asia/Kathmandu]", "2024-02-29T23:59:59+05:45[Asia/Kathmandu]"],
    );
    // A day that begins in a gap: midnight did not exist.
    check(
        "They met on September 7, 2025.",
        date(2025, 9, 10).at(9, 0, 0, 0),
        "America/Santiago",
        ["2025-09-07", "2025-09-07T01:00:00-03:00[America/Santiago]", "2025-09-07T23:59:59-03:00[America/Santiago]"],
    );
}

#[test]
fn a_named_zone_wins_over_the_desks() {
    check(
        "The vote begins at 9 p.m. Israel time on Friday.",
        date(2025, 11, 14).at(14, 40, 0, 0),
        "America/New_York",
        ["2025-11-14T21:00", "2025-11-14T21:00:00+02:00[Asia/Jerusalem]", "2025-11-14T21:00:59+02:00[Asia/Jerusalem]"],
    );
}
