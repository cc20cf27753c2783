//! `clock`: local times and silences of outlets and their desks, as text, JSON and iCalendar.

use std::collections::BTreeMap;

use jiff::{Timestamp, Zoned};
use serde_json::{Value, json};

use super::{Run, folder, program, run, run_in};

/// Friday afternoon in New York, twenty minutes before candles are lit there; night in Jerusalem.
const FRIDAY: &str = "2025-11-14T16:00:00-05:00";

const JERUSALEM: &str = "Sabbath: from 40 minutes before sunset on Friday until nightfall (8.5 degrees) in Jerusalem";
const NEW_YORK: &str = "Sabbath: from 18 minutes before sunset on Friday until nightfall (8.5 degrees) in New York";

fn clock(args: &[&str]) -> Run {
    run(program().arg("clock").args(args), b"")
}

fn json_of(run: &Run) -> Value {
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    serde_json::from_slice(&run.out).expect("one JSON object")
}

/// The events of an iCalendar, each with its properties.
fn events(run: &Run) -> Vec<BTreeMap<String, String>> {
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let text = run.text();
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{text}");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let unfolded = text.replace("\r\n ", "");
    let mut lines = unfolded.lines();
    assert_eq!((lines.next(), lines.next_back()), (Some("BEGIN:VCALENDAR"), Some("END:VCALENDAR")));
    let mut events = Vec::new();
    for line in lines.skip_while(|line| *line != "BEGIN:VEVENT") {
        match line.split_once(':').expect("a property has a value") {
            ("BEGIN", "VEVENT") => events.push(BTreeMap::new()),
            ("END", "VEVENT") => {}
            (property, value) => {
                let event: &mut BTreeMap<_, _> = events.last_mut().expect("an event has begun");
                assert_eq!(event.insert(property.to_owned(), value.to_owned()), None, "{property} is there twice");
            }
        }
    }
    events
}

/// An instant of JSON as iCalendar prints it.
fn utc(local: &Value) -> String {
    let local: Zoned = local.as_str().expect("a text").parse().expect("RFC 9557");
    local.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[test]
fn an_outlet_is_silent_while_its_desk_is_about_to_be() {
    let run = clock(&["israelnationalnews.com", "--at", FRIDAY, "--week"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let expected = "\
Israel National News
instant     2025-11-14T21:00:00Z
domains     israelnationalnews.com
country     IL
agency      no
stamps      Fri 2025-11-14 23:00 +02:00, zone Asia/Jerusalem
calendar    silent on Sabbath and festivals in Jerusalem
now         silent until Sat 2025-11-15 17:17:54 +02:00, since Fri 2025-11-14
            16:00 +02:00, zone Asia/Jerusalem
rule        Sabbath: from 40 minutes before sunset on Friday until nightfall
            (8.5 degrees) in Jerusalem
week        from Fri 2025-11-14 16:00 +02:00 to Sat 2025-11-15 17:17:54 +02:00,
            zone Asia/Jerusalem
            Sabbath: from 40 minutes before sunset on Friday until nightfall
            (8.5 degrees) in Jerusalem
            from Fri 2025-11-21 15:57 +02:00 to Sat 2025-11-22 17:15:23 +02:00,
            zone Asia/Jerusalem
            Sabbath: from 40 minutes before sunset on Friday until nightfall
            (8.5 degrees) in Jerusalem

North American desk
local time  Fri 2025-11-14 16:00 -05:00, zone America/New_York
calendar    silent on Sabbath and festivals in New York
now         not silent; next from Fri 2025-11-14 16:20 -05:00 to Sat 2025-11-15
            17:21 -05:00, zone America/New_York
rule        Sabbath: from 18 minutes before sunset on Friday until nightfall
            (8.5 degrees) in New York
week        from Fri 2025-11-14 16:20 -05:00 to Sat 2025-11-15 17:21 -05:00,
            zone America/New_York
            Sabbath: from 18 minutes before sunset on Friday until nightfall
            (8.5 degrees) in New York
";
    assert_eq!(run.text(), expected);
    for same in
        ["2025-11-14T16:00:00[America/New_York]", "2025-11-14T23:00:00+02:00[Asia/Jerusalem]", "2025-11-14T21:00Z"]
    {
        let other = clock(&["https://www.israelnationalnews.com/news/1", "--at", same, "--week"]);
        assert!(other.out == run.out, "{same}: {}", other.text());
    }
}

#[test]
fn json_has_the_same_facts() {
    let window = |from: &str, to: &str, rule: &str| json!({ "from": from, "to": to, "rule": rule });
    let own =
        window("2025-11-14T16:00:00+02:00[Asia/Jerusalem]", "2025-11-15T17:17:54+02:00[Asia/Jerusalem]", JERUSALEM);
    let then =
        window("2025-11-21T15:57:00+02:00[Asia/Jerusalem]", "2025-11-22T17:15:23+02:00[Asia/Jerusalem]", JERUSALEM);
    let desk =
        window("2025-11-14T16:20:00-05:00[America/New_York]", "2025-11-15T17:21:00-05:00[America/New_York]", NEW_YORK);
    let args = ["Arutz Sheva", "--at", FRIDAY, "--format", "json", "--week"];
    let mut expected = json!({
        "at": "2025-11-14T21:00:00Z",
        "name": "Israel National News",
        "domains": ["israelnationalnews.com"],
        "country": "IL",
        "agency": false,
        "zone": "Asia/Jerusalem",
        "local": "2025-11-14T23:00:00+02:00[Asia/Jerusalem]",
        "calendar": {
            "keeps": ["silent on Sabbath and festivals in Jerusalem"],
            "silent": true,
            "window": own,
            "week": [own, then],
        },
        "desks": [{
            "name": "North American desk",
            "zone": "America/New_York",
            "local": "2025-11-14T16:00:00-05:00[America/New_York]",
            "calendar": {
                "keeps": ["silent on Sabbath and festivals in New York"],
                "silent": false,
                "window": desk,
                "week": [desk],
            },
        }],
    });
    assert_eq!(json_of(&clock(&args)), expected);
    for calendar in ["/calendar", "/desks/0/calendar"] {
        let calendar = expected.pointer_mut(calendar).and_then(Value::as_object_mut).expect("an object");
        calendar.remove("week");
    }
    assert_eq!(json_of(&clock(&args[..5])), expected);
}

#[test]
fn ical_has_an_event_for_each_window() {
    let args = ["israelnationalnews.com", "--at", FRIDAY, "--week", "--format"];
    let found = json_of(&clock(&[&args[..], &["json"]].concat()));
    let run = clock(&[&args[..], &["ical"]].concat());
    assert!(run.out == clock(&[&args[..], &["ical"]].concat()).out, "the bytes differ");
    let week = |calendar: &Value| calendar["week"].as_array().expect("a list").clone();
    let windows = [week(&found["calendar"]), week(&found["desks"][0]["calendar"])].concat();
    let events = events(&run);
    assert_eq!(events.len(), 3);
    for (event, window) in events.iter().zip(&windows) {
        assert_eq!((&event["DTSTART"], &event["DTEND"]), (&utc(&window["from"]), &utc(&window["to"])));
        assert_eq!(event["DTSTAMP"], "20251114T210000Z");
        let rule = window["rule"].as_str().expect("a text");
        assert!(event["DESCRIPTION"].starts_with(rule), "{event:?}");
    }
    assert_eq!(events[0]["SUMMARY"], "Israel National News is silent: Sabbath");
    assert_eq!(events[2]["SUMMARY"], "Israel National News\\, North American desk is silent: Sabbath");

    // Another instant of the same week finds the same silences by the same ids.
    let later = clock(&["israelnationalnews.com", "--at", "2025-11-15T12:00:00Z", "--format", "ical"]);
    let ids = |events: &[BTreeMap<String, String>]| -> Vec<String> {
        events.iter().map(|event| event["UID"].clone()).collect()
    };
    let (all, present) = (ids(&events), ids(&self::events(&later)));
    assert_eq!(present, [all[0].clone(), all[2].clone()]);
    assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
}

#[test]
fn an_agency_has_no_calendar_and_what_is_unknown_is_said() {
    let run = clock(&["AFP", "--at", FRIDAY]);
    assert_eq!(run.code, Some(0));
    assert!(run.text().contains("agency      yes\nstamps      unknown\ncalendar    none\n"), "{}", run.text());
    let washington =
        "Washington desk\nlocal time  Fri 2025-11-14 16:00 -05:00, zone America/New_York\ncalendar    none\n";
    assert!(run.text().contains(washington), "{}", run.text());
    let found = json_of(&clock(&["AFP", "--at", FRIDAY, "--week", "--format", "json"]));
    assert_eq!((&found["agency"], &found["zone"], &found["local"]), (&json!(true), &Value::Null, &Value::Null));
    assert_eq!(found["calendar"], json!({ "keeps": [], "silent": false, "window": null, "week": [] }));
    assert_eq!(events(&clock(&["AFP", "--at", FRIDAY, "--week", "--format", "ical"])).len(), 0);

    let run = clock(&["The Guardian", "--at", FRIDAY]);
    assert!(run.text().contains("stamps      unknown\ncalendar    unknown\n"), "{}", run.text());
    assert_eq!(json_of(&clock(&["The Guardian", "--at", FRIDAY, "--format", "json"]))["calendar"], Value::Null);
}

#[test]
fn an_outlet_that_is_not_found_is_wrong_usage() {
    for (outlet, expected) in [
        ("israelnatonalnews.com", "no outlet `israelnatonalnews.com` is known; near to it: Israel National News"),
        ("my blog", "no outlet `my blog` is known, nor one that is near to it"),
        ("ABC News", "2 outlets go by `ABC News`; name one of them: ABC (Australia), ABC News (US)\n"),
        // Not "The Times": so they are all called.
        (
            "the Times",
            "3 outlets go by `the Times`; name one of them: Los Angeles Times, The New York Times, thetimes.com\n",
        ),
    ] {
        let run = clock(&[outlet]);
        assert_eq!((run.code, run.out.len()), (Some(2), 0), "{}", run.err);
        assert!(run.err.starts_with(&format!("error: {expected}")), "{}", run.err);
    }
}

#[test]
fn an_instant_that_is_none_is_wrong_usage() {
    for (at, expected) in [
        ("2025-11-14T16:00:00", "a local time without offset or zone is not an instant"),
        ("2025-11-14", "a day without an hour is not an instant"),
        ("now", "not an instant"),
        ("2025-11-02T01:30:00[America/New_York]", "the clock of America/New_York skips or repeats this hour"),
    ] {
        let run = clock(&["ynet.co.il", "--at", at]);
        assert_eq!((run.code, run.out.len()), (Some(2), 0), "{}", run.err);
        assert!(run.err.starts_with("error: ") && run.err.contains(expected), "{}", run.err);
    }
}

#[test]
fn without_an_instant_it_is_now() {
    let before = Timestamp::now().as_second();
    let found = json_of(&clock(&["ynet.co.il", "--format", "json"]));
    let at: Timestamp = found["at"].as_str().expect("a text").parse().expect("RFC 3339");
    assert!((before..=Timestamp::now().as_second()).contains(&at.as_second()), "{at}");
}

#[test]
fn own_outlets_correct_and_add() {
    let own = br#"
[[outlet]]
name = "Israel National News"
calendar = { closed = ["Fri"] }
desks = []

[[outlet]]
name = "Village Post"
domains = ["post.example"]
zone = "Europe/London"
calendar = { sabbath = { city = "London" }, closed = ["Sun"] }

[[outlet]]
name = "Lowland Echo"
calendar.closed = ["Sun"]
"#;
    let folder = folder(&[("own.toml", own)]);
    let found = |outlet: &str| {
        let args = ["clock", outlet, "--at", FRIDAY, "--outlets", "own.toml", "--week", "--format", "json"];
        json_of(&run_in(folder.path(), &args))
    };
    let corrected = found("israelnationalnews.com");
    assert_eq!((&corrected["country"], &corrected["desks"]), (&json!("IL"), &Value::Null));
    assert_eq!(
        corrected["calendar"],
        json!({
            "keeps": ["closed on Friday"],
            "silent": true,
            "window": {
                "from": "2025-11-14T00:00:00+02:00[Asia/Jerusalem]",
                "to": "2025-11-15T00:00:00+02:00[Asia/Jerusalem]",
                "rule": "closed on Friday, midnight to midnight in Asia/Jerusalem",
            },
            "week": [
                {
                    "from": "2025-11-14T00:00:00+02:00[Asia/Jerusalem]",
                    "to": "2025-11-15T00:00:00+02:00[Asia/Jerusalem]",
                    "rule": "closed on Friday, midnight to midnight in Asia/Jerusalem",
                },
                {
                    "from": "2025-11-21T00:00:00+02:00[Asia/Jerusalem]",
                    "to": "2025-11-22T00:00:00+02:00[Asia/Jerusalem]",
                    "rule": "closed on Friday, midnight to midnight in Asia/Jerusalem",
                },
            ],
        })
    );
    let added = found("www.post.example");
    assert_eq!(added["local"], "2025-11-14T21:00:00+00:00[Europe/London]");
    assert_eq!(added["calendar"]["keeps"], json!(["silent on Sabbath and festivals in London", "closed on Sunday"]));
    assert_eq!(added["calendar"]["window"]["from"], "2025-11-14T15:54:00+00:00[Europe/London]");
    // Whose Sunday it is closed on is not known.
    assert_eq!(
        found("Lowland Echo")["calendar"],
        json!({ "keeps": ["closed on Sunday"], "silent": null, "window": null, "week": null })
    );
    let text = run_in(folder.path(), &["clock", "Lowland Echo", "--outlets", "own.toml", "--week"]);
    assert!(
        text.text().contains("calendar    closed on Sunday\nnow         unknown, because its zone is\n"),
        "{}",
        text.text()
    );
    assert_eq!(found("ynet.co.il")["name"], "Ynet");
}

#[test]
fn a_broken_file_of_outlets_is_named_with_its_line() {
    let folder = folder(&[
        ("zone.toml", b"[[outlet]]\nname = \"A\"\nzone = \"Mars/Olympus\"\n"),
        ("torn.toml", b"[[outlet]]\nname = \"A\n"),
        ("city.toml", b"[[outlet]]\nname = \"A\"\ncalendar.sabbath.city = \"Springfield\"\n"),
    ]);
    for (file, expected) in [
        ("zone.toml", "zone.toml:3: unknown zone `Mars/Olympus`"),
        ("torn.toml", "torn.toml:2: "),
        ("city.toml", "city.toml: A keeps the Sabbath of `Springfield`, which is not a known city"),
        ("none.toml", "outlets none.toml cannot be read: "),
    ] {
        let run = run_in(folder.path(), &["clock", "A", "--outlets", file]);
        assert_eq!((run.code, run.out.len(), run.err.lines().count()), (Some(1), 0, 1), "{}", run.err);
        assert!(run.err.starts_with(&format!("error: {expected}")), "{}", run.err);
    }
}

#[test]
fn a_name_is_bold_only_where_there_is_colour() {
    let args = ["clock", "ynet.co.il", "--at", FRIDAY];
    let plain = run(program().args(args), b"");
    let always = run(program().args(args).args(["--color", "always"]), b"");
    let forced = run(program().env("CLICOLOR_FORCE", "1").args(args), b"");
    assert!(always.text().starts_with("\u{1b}[1mYnet\u{1b}[0m\n") && always.out == forced.out, "{}", always.text());
    assert!(!plain.out.contains(&0x1b));
    assert!(run(program().env("NO_COLOR", "1").args(args), b"").out == plain.out);
    let narrow = run(program().env("COLUMNS", "40").args(args), b"");
    assert!(narrow.text().lines().all(|line| line.len() <= 40), "{}", narrow.text());
}
