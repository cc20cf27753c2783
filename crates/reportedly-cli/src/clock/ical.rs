//! A dial's silences as iCalendar (RFC 5545): UTC times, lines of at most 75 bytes, and the same bytes for the same dial.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use reportedly_when::Window;
use sha2::{Digest as _, Sha256};

use super::{Dial, Face, Silence};

/// Bytes of a line, its end not counted (RFC 5545, 3.1).
const LINE: usize = 75;

/// Returns the silences of the week as a calendar, or where no week was asked for the present or next one of the outlet and of
/// each desk. What is not known makes no event; the calendar's description says what is kept.
pub(super) fn ical(dial: &Dial) -> String {
    let outlet = &dial.own.name;
    let whole = std::iter::once((outlet.clone(), &dial.own));
    let desks = dial.desks.iter().map(|desk| (format!("{outlet}, {}", desk.name), desk));
    let newsrooms: Vec<(String, &Face)> = whole.chain(desks).collect();
    let keeps: Vec<String> = newsrooms.iter().map(|(name, face)| format!("{name}: {}", keeps(face))).collect();

    let mut lines = Lines::default();
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//reportedly//clock//EN");
    lines.put_text("NAME", &format!("{outlet}: silences"));
    lines.put_text("DESCRIPTION", &keeps.join("\n"));
    for (name, face) in &newsrooms {
        for window in silences(face) {
            put_event(&mut lines, name, window, dial.at);
        }
    }
    lines.put("END", "VCALENDAR");
    lines.0
}

fn keeps(face: &Face) -> String {
    match face.silence {
        Silence::Never => "none".to_owned(),
        Silence::Unknown if face.keeps.is_empty() => "unknown".to_owned(),
        Silence::Unknown => format!("{}, but its zone is unknown", face.keeps.join("; ")),
        Silence::Now(_) | Silence::Next(_) => face.keeps.join("; "),
    }
}

fn silences(face: &Face) -> Vec<&Window> {
    match (&face.week, &face.silence) {
        (Some(week), _) => week.iter().collect(),
        (None, Silence::Now(window) | Silence::Next(Some(window))) => vec![window],
        (None, Silence::Unknown | Silence::Never | Silence::Next(None)) => Vec::new(),
    }
}

fn put_event(lines: &mut Lines, newsroom: &str, window: &Window, at: Timestamp) {
    let (from, to) = (utc(window.from.timestamp()), utc(window.to.timestamp()));
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", &uid(&[newsroom, &from, &to]));
    lines.put("DTSTAMP", &utc(at));
    lines.put("DTSTART", &from);
    lines.put("DTEND", &to);
    lines.put_text("SUMMARY", &format!("{newsroom} is silent: {}", short(&window.rule)));
    lines.put_text("DESCRIPTION", &format!("{}\n{}", window.rule, local(&window.from, &window.to)));
    // Nobody who subscribes to it is busy then.
    lines.put("TRANSP", "TRANSPARENT");
    lines.put("END", "VEVENT");
}

/// An id that only the same silence of the same newsroom has.
fn uid(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\n"));
    let digits: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{digits}@reportedly")
}

fn utc(instant: Timestamp) -> String {
    instant.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn local(from: &Zoned, to: &Zoned) -> String {
    format!("{from} to {to}")
}

/// What a rule keeps, without from when to when: "Sabbath; closed on Sunday".
fn short(rule: &str) -> String {
    let kept = rule.split("; ").map(|one| {
        let without_times = one.split_once(": from ").or_else(|| one.split_once(", midnight to midnight"));
        without_times.map_or(one, |(kept, _)| kept)
    });
    kept.collect::<Vec<_>>().join("; ")
}

/// Content lines, folded and ended.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// Puts a property whose value needs no escaping.
    fn put(&mut self, property: &str, value: &str) {
        let mut taken = 0;
        for c in format!("{property}:{value}").chars() {
            if taken + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                taken = 1;
            }
            self.0.push(c);
            taken += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Puts a property of the type TEXT (RFC 5545, 3.3.11); control characters have no place in it.
    fn put_text(&mut self, property: &str, value: &str) {
        let mut escaped = String::new();
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                c if c.is_control() => {}
                c => escaped.push(c),
            }
        }
        self.put(property, &escaped);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut lines = Lines::default();
        lines.put("A", &"x".repeat(73));
        lines.put("A", &"x".repeat(74));
        lines.put("A", &"é".repeat(74));
        let folded = lines.0;
        assert!(folded.split("\r\n").all(|line| line.len() <= LINE), "{folded}");
        let (x, e) = ("x".repeat(73), "é".repeat(37));
        assert_eq!(folded, format!("A:{x}\r\nA:{x}\r\n x\r\nA:{}\r\n {e}\r\n {}\r\n", &e[..72], "é"));
    }

    #[test]
    fn text_is_escaped() {
        let mut lines = Lines::default();
        lines.put_text("A", "a, b; c\\d:\u{7}\r\n\"e\"");
        assert_eq!(lines.0, "A:a\\, b\\; c\\\\d:\\n\"e\"\r\n");
    }

    #[test]
    fn a_rule_is_shortened_to_what_it_keeps() {
        for (rule, expected) in [
            ("Sabbath: from 18 minutes before sunset on Friday until nightfall (8.5 degrees) in Sydney", "Sabbath"),
            ("closed on Saturday and Sunday, midnight to midnight in UTC", "closed on Saturday and Sunday"),
            (
                "Pesach I, Pesach II and Sabbath: from x; closed on Sunday, midnight to midnight",
                "Pesach I, Pesach II and Sabbath; closed on Sunday",
            ),
            ("something else", "something else"),
        ] {
            assert_eq!(short(rule), expected);
        }
    }
}
