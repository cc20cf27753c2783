//! Layers of the sheet: who and what a report speaks of, what is said to happen and to stand, and who said nothing.

use anstyle::Style;
use reportedly::record::{Entity, Event, Id, Record};

use crate::dates::value;
use crate::galley::{DIM, Galley, one_line};
use crate::head::MARGIN;
use crate::register::{KINDS, Register};
use crate::wording::{self, people};

/// Columns that words of the report take at the most inside of a line.
const QUOTED: usize = 80;

/// Sets who and what is named, by kind and in the order of the first mention, with how often: those with a role or a place on
/// the map on a line of their own, the rest in one. Then who speaks without a name.
pub(crate) fn set_names(galley: &mut Galley, register: &Register) {
    let mut begun = false;
    let mut set = |galley: &mut Galley, label: &str, line: &str| {
        if !std::mem::replace(&mut begun, true) {
            galley.blank();
        }
        galley.entry(label, MARGIN, line);
    };
    let spoken_of = |entity: &&Entity| !register.speaks_unnamed(entity.id);
    for (kind, label) in KINDS {
        let mut rest = Vec::new();
        let mut first = true;
        let mut label = || if std::mem::take(&mut first) { label } else { "" };
        for entity in register.record.entities.iter().filter(|entity| entity.kind == kind).filter(spoken_of) {
            let Some(called) = register.called(entity.id) else { continue };
            let called = format!("{called} ({})", entity.mentions.len());
            let known = known(register, entity);
            if known.is_empty() {
                rest.push(called);
            } else {
                set(galley, label(), &format!("{called}: {}", known.join("; ")));
            }
        }
        if !rest.is_empty() {
            set(galley, label(), &rest.join(", "));
        }
    }
    let unnamed = register.record.entities.iter().filter(|entity| register.speaks_unnamed(entity.id));
    let unnamed = unnamed.filter_map(|entity| {
        let times = match entity.mentions.len() {
            1 => String::new(),
            times => format!(", cited {times} times"),
        };
        Some(format!("{} ({}{times})", register.called(entity.id)?, people(entity.count)))
    });
    let unnamed: Vec<String> = unnamed.collect();
    if !unnamed.is_empty() {
        set(galley, "unnamed", &unnamed.join(", "));
    }
}

/// What the report says an entity is, and where it is on the map.
pub(crate) fn known(register: &Register, entity: &Entity) -> Vec<String> {
    let relations = register.relations_from(entity.id).iter().map(|relation| register.relation(relation));
    let mut known: Vec<String> = Vec::new();
    for says in relations.chain(Register::on_the_map(entity)) {
        if !known.contains(&says) {
            known.push(says);
        }
    }
    known
}

/// Sets every event with its status, and with each voice's where they are not all the outlet's own.
pub(crate) fn set_events(galley: &mut Galley, register: &Register) {
    let mut events: Vec<&Event> = register.record.events.iter().collect();
    events.sort_by_key(|event| (event.evidence, event.id));
    for (place, event) in events.into_iter().enumerate() {
        if place == 0 {
            galley.blank();
        }
        galley.label(if place == 0 { "events" } else { "" }, MARGIN);
        galley.text(&event_line(register, event), Style::new());
        galley.text("  ", Style::new());
        galley.text(&event.id.to_string(), DIM);
        galley.end_line();
        let voices = voices(register, event);
        for line in event_details(register, event).into_iter().chain((!voices.is_empty()).then(|| voices.join("; "))) {
            galley.indent(MARGIN + 2);
            galley.text(&line, Style::new());
            galley.end_line();
        }
    }
}

/// An event's word, status and who takes part.
fn event_line(register: &Register, event: &Event) -> String {
    let says = register.called(event.id).unwrap_or_default();
    let contested = if event.contested { ", contested" } else { "" };
    let roles = register.participants(event).into_iter().map(|(role, who)| {
        let who: Vec<String> = who.into_iter().filter_map(|id| register.called(id)).collect();
        format!("{role} {}", who.join(", "))
    });
    let roles: Vec<String> = roles.collect();
    let roles = if roles.is_empty() { String::new() } else { format!("; {}", roles.join("; ")) };
    let kind = event.kind.replace('_', " ");
    // "meet" is a meet: the kind is said where the word does not.
    let kind = if says.to_lowercase().contains(&kind) { String::new() } else { format!(" ({kind})") };
    format!("{says}{kind}: {}{contested}{roles}", wording::status(event.status))
}

/// Where and when an event is said to be, before or after what, and how much of it.
pub(crate) fn event_details(register: &Register, event: &Event) -> Vec<String> {
    let mut details = Vec::new();
    let places: Vec<String> = event.places.iter().filter_map(|id| register.called(*id)).collect();
    if !places.is_empty() {
        details.push(format!("where: {}", places.join(", ")));
    }
    let times = event.times.iter().filter_map(|id| register.time(*id));
    let times: Vec<String> =
        times.map(|t| format!("\"{}\": {}", one_line(&t.evidence.text, QUOTED), value(t))).collect();
    if !times.is_empty() {
        details.push(format!("when: {}", times.join("; ")));
    }
    let orders = event
        .orders
        .iter()
        .filter_map(|order| Some(format!("{} {}", wording::side(order.side), register.called(order.event)?)));
    let orders: Vec<String> = orders.collect();
    if !orders.is_empty() {
        details.push(format!("order: {}", orders.join("; ")));
    }
    let amounts = event.amounts.iter().map(|amount| {
        let words = one_line(&amount.evidence.text, QUOTED);
        format!("{}{} (\"{words}\")", wording::bound(amount.bound), amount.value)
    });
    let amounts: Vec<String> = amounts.collect();
    if !amounts.is_empty() {
        details.push(format!("amount: {}", amounts.join("; ")));
    }
    details
}

/// What each voice says of an event: nothing where the outlet alone tells it as the folded status has it.
fn voices(register: &Register, event: &Event) -> Vec<String> {
    let voices = register.voices(event);
    match voices.as_slice() {
        [(None, status)] if status == wording::status(event.status) => vec!["in the outlet's own voice".to_owned()],
        voices => voices.iter().map(|(voice, status)| format!("{}: {status}", register.voice(*voice))).collect(),
    }
}

/// Sets what is said to stand.
pub(crate) fn set_states(galley: &mut Galley, register: &Register) {
    set_items(galley, "states", register.record.states.iter().map(|state| (state_line(register, state), state.id)));
}

/// A state in a line.
pub(crate) fn state_line(register: &Register, state: &reportedly::record::State) -> String {
    let about = register.called(state.about).unwrap_or_else(|| state.about.to_string());
    let party = state.party.and_then(|id| register.called(id)).map(|who| format!(", party {who}")).unwrap_or_default();
    let as_of = state.as_of.and_then(|id| register.time(id)).map(|t| format!(", as of {}", value(t)));
    let cue = one_line(&state.cue.text, QUOTED);
    let voice = register.voice(state.voice);
    format!("{about}: {} (\"{cue}\"){party}{}, in {voice}", state.value, as_of.unwrap_or_default())
}

/// Sets who did not answer.
pub(crate) fn set_no_responses(galley: &mut Galley, record: &Record) {
    let lines = record.no_responses.iter().map(|silence| {
        let part = |what: &str, words: &Option<reportedly::record::Words>| {
            words.as_ref().map(|w| format!(", {what} \"{}\"", one_line(&w.text, QUOTED))).unwrap_or_default()
        };
        let party = one_line(&silence.party.text, QUOTED);
        let (about, asked) = (part("about", &silence.about), part("asked by", &silence.asked_by));
        (format!("{party}: {}{about}{asked}", wording::silence(silence.form)), silence.id)
    });
    set_items(galley, "no answer", lines);
}

/// Sets designations, stances, loaded words and chains.
pub(crate) fn set_other_layers(galley: &mut Galley, register: &Register) {
    let record = register.record;
    let called = |id: Id| register.called(id).unwrap_or_else(|| id.to_string());
    let designations = record
        .designations
        .iter()
        .map(|d| (format!("{} of {}: \"{}\"", called(d.by), called(d.of), one_line(&d.as_what.text, QUOTED)), d.id));
    set_items(galley, "designated", designations);
    let stances = record.stances.iter().map(|s| {
        let cue = one_line(&s.cue.text, QUOTED);
        (format!("{} {} {} (\"{cue}\")", called(s.holder), wording::polarity(s.polarity), called(s.target)), s.id)
    });
    set_items(galley, "stances", stances);
    let labels = record.labels.iter().map(|label| {
        (format!("\"{}\", in {}", one_line(&label.evidence.text, QUOTED), register.voice(label.voice)), label.id)
    });
    set_items(galley, "loaded", labels);
    let chains = record.chains.iter().filter_map(|chain| {
        let hops: Vec<String> = chain.hops.iter().filter_map(|id| register.called(*id)).collect();
        (!hops.is_empty()).then(|| (hops.join(" <- "), chain.id))
    });
    set_items(galley, "chains", chains);
}

/// Sets items, one a line with its id behind it.
fn set_items(galley: &mut Galley, label: &str, items: impl Iterator<Item = (String, Id)>) {
    for (place, (line, id)) in items.enumerate() {
        if place == 0 {
            galley.blank();
        }
        galley.label(if place == 0 { label } else { "" }, MARGIN);
        galley.text(&line, Style::new());
        galley.text("  ", Style::new());
        galley.text(&id.to_string(), DIM);
        galley.end_line();
    }
}
