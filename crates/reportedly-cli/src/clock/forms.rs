//! A dial as a sheet to read and as JSON.

use jiff::Zoned;
use reportedly_when::Window;
use serde_json::{Value, json};

use super::{Dial, Face, Silence, name};
use crate::galley::{BOLD, Galley, Paper};
use crate::head::MARGIN;

/// Returns a dial as a sheet.
pub(super) fn text(dial: &Dial, paper: Paper) -> String {
    let Dial { at, outlet, own, desks, .. } = dial;
    let mut galley = Galley::new(paper);
    set_name(&mut galley, own);
    galley.entry("instant", MARGIN, &at.to_string());
    galley.entry("domains", MARGIN, &or_unknown(&outlet.domains, ", "));
    galley.entry("country", MARGIN, outlet.country.as_deref().unwrap_or("unknown"));
    let agency = match outlet.agency {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    };
    galley.entry("agency", MARGIN, agency);
    set_face(&mut galley, "stamps", own);
    if desks.is_empty() {
        galley.entry("desks", MARGIN, "unknown");
    }
    for desk in desks {
        galley.blank();
        set_name(&mut galley, desk);
        set_face(&mut galley, "local time", desk);
    }
    galley.finish()
}

fn set_name(galley: &mut Galley, face: &Face) {
    galley.indent(0);
    galley.text(&face.name, BOLD);
    galley.end_line();
}

fn set_face(galley: &mut Galley, label: &str, face: &Face) {
    let local = face.local.as_ref().map_or_else(|| "unknown".to_owned(), |local| by_zone(local, moment(local)));
    galley.entry(label, MARGIN, &local);
    let keeps = match face.silence {
        Silence::Never => "none".to_owned(),
        Silence::Unknown | Silence::Now(_) | Silence::Next(_) => or_unknown(&face.keeps, "; "),
    };
    galley.entry("calendar", MARGIN, &keeps);
    let now = match &face.silence {
        // The calendar has said so.
        Silence::Never => None,
        Silence::Unknown if face.keeps.is_empty() => None,
        Silence::Unknown => Some("unknown, because its zone is".to_owned()),
        Silence::Now(Window { from, to, .. }) => {
            Some(by_zone(to, format!("silent until {}, since {}", moment(to), moment(from))))
        }
        Silence::Next(Some(window)) => Some(format!("not silent; next {}", stretch(window))),
        Silence::Next(None) => Some("not silent, nor within thirteen months".to_owned()),
    };
    if let Some(now) = now {
        galley.entry("now", MARGIN, &now);
    }
    if let Silence::Now(window) | Silence::Next(Some(window)) = &face.silence {
        galley.entry("rule", MARGIN, &window.rule);
    }
    if let (Silence::Now(_) | Silence::Next(_), Some(week)) = (&face.silence, &face.week) {
        if week.is_empty() {
            galley.entry("week", MARGIN, "no silence");
        }
        for (i, window) in week.iter().enumerate() {
            galley.entry(if i == 0 { "week" } else { "" }, MARGIN, &stretch(window));
            galley.entry("", MARGIN, &window.rule);
        }
    }
}

/// A window in words.
fn stretch(window: &Window) -> String {
    by_zone(&window.from, format!("from {} to {}", moment(&window.from), moment(&window.to)))
}

/// A local time in words. Seconds are told where there are any: a silence that ends with nightfall ends in the midst of a minute.
fn moment(local: &Zoned) -> String {
    let form = if local.second() == 0 { "%a %Y-%m-%d %H:%M %:z" } else { "%a %Y-%m-%d %H:%M:%S %:z" };
    local.strftime(form).to_string()
}

/// Words with the zone that they are by.
fn by_zone(local: &Zoned, words: String) -> String {
    format!("{words}, zone {}", name(local.time_zone()))
}

fn or_unknown(words: &[String], between: &str) -> String {
    if words.is_empty() { "unknown".to_owned() } else { words.join(between) }
}

/// Returns a dial as JSON. What is unknown is null.
pub(super) fn json(dial: &Dial) -> String {
    let Dial { at, week, outlet, own, desks } = dial;
    let desks: Vec<Value> = desks
        .iter()
        .map(|desk| json!({ "name": desk.name, "zone": zone(desk), "local": local(desk), "calendar": calendar(desk, *week) }))
        .collect();
    let value = json!({
        "at": at.to_string(),
        "name": outlet.name,
        "domains": known(&outlet.domains),
        "country": outlet.country,
        "agency": outlet.agency,
        "zone": zone(own),
        "local": local(own),
        "calendar": calendar(own, *week),
        "desks": known(&desks),
    });
    format!("{value:#}\n")
}

fn known<T: Clone>(all: &[T]) -> Option<&[T]> {
    (!all.is_empty()).then_some(all)
}

fn zone(face: &Face) -> Option<&str> {
    face.local.as_ref().and_then(|local| local.time_zone().iana_name())
}

fn local(face: &Face) -> Option<String> {
    face.local.as_ref().map(Zoned::to_string)
}

/// What a newsroom keeps and when: `window` is the silence that `at` lies in, or else the next one.
fn calendar(face: &Face, week: bool) -> Value {
    let (silent, window) = match &face.silence {
        Silence::Unknown if face.keeps.is_empty() => return Value::Null,
        Silence::Unknown => (None, None),
        Silence::Never => (Some(false), None),
        Silence::Now(window) => (Some(true), Some(window)),
        Silence::Next(window) => (Some(false), window.as_ref()),
    };
    let mut calendar = json!({ "keeps": face.keeps, "silent": silent, "window": window.map(of_window) });
    if let (true, Some(fields)) = (week, calendar.as_object_mut()) {
        let week = face.week.as_ref().map(|week| week.iter().map(of_window).collect::<Vec<_>>());
        fields.insert("week".to_owned(), week.into());
    }
    calendar
}

fn of_window(window: &Window) -> Value {
    json!({ "from": window.from.to_string(), "to": window.to.to_string(), "rule": window.rule })
}
