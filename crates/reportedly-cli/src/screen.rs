//! The first screen: what an editor needs to know of a report before its story runs. It tells what the record holds, says
//! plainly what was not found, and gives no verdict.

use std::collections::BTreeSet;

use anstyle::Style;
use reportedly::record::{Event, Id, Kind, Record, SourceKind, Tally, TimeKind};

use crate::dates::value;
use crate::galley::{Galley, one_line};
use crate::head::MARGIN;
use crate::register::{Register, is_told, own_voice};
use crate::wording::{self, SILENCES, many, people};

/// Facts of one line that are shown before the rest is only counted: the first screen is one screen.
const SHOWN: usize = 8;

/// Columns that a quotation takes at the most.
const QUOTED: usize = 70;

/// A line of the first screen: a question, and what the record answers.
pub(crate) struct Line {
    pub(crate) label: &'static str,
    pub(crate) facts: Vec<Fact>,
}

/// One answer: words, some of which name an item of the record.
#[derive(Default)]
pub(crate) struct Fact {
    pub(crate) pieces: Vec<(String, Option<Id>)>,
}

impl Fact {
    fn of(says: impl Into<String>) -> Fact {
        Fact::default().and(says)
    }

    fn item(says: impl Into<String>, id: Id) -> Fact {
        Fact::default().and_item(says, id)
    }

    fn and(mut self, says: impl Into<String>) -> Fact {
        self.pieces.push((says.into(), None));
        self
    }

    fn and_item(mut self, says: impl Into<String>, id: Id) -> Fact {
        self.pieces.push((says.into(), Some(id)));
        self
    }

    /// Adds items with commas between them.
    fn and_items(mut self, items: impl IntoIterator<Item = (String, Id)>) -> Fact {
        for (i, (says, id)) in items.into_iter().enumerate() {
            if i > 0 {
                self = self.and(", ");
            }
            self = self.and_item(says, id);
        }
        self
    }

    /// The fact in plain words.
    pub(crate) fn says(&self) -> String {
        self.pieces.iter().map(|(says, _)| says.as_str()).collect()
    }
}

/// Returns the first screen of a record.
pub(crate) fn first_screen(register: &Register) -> Vec<Line> {
    let record = register.record;
    // Where several claims are counted, the lead is the one that stands first.
    let lead = record.tallies.iter().filter(|tally| tally.lead).min_by_key(|tally| (tally.evidence, tally.id));
    let line = |label, facts: Vec<Fact>, none: &str| {
        let facts = if facts.is_empty() { vec![Fact::of(none)] } else { facts };
        Line { label, facts }
    };
    vec![
        line("lead", lead.map(|tally| lead_facts(register, tally)).unwrap_or_default(), "not found"),
        line("origins", origins(register, lead), "not found"),
        line("unnamed", unnamed(register, lead), "none found"),
        line("on record", on_record(register, lead), "nobody found"),
        line("no answer", no_answers(record), "none found"),
        line("own voice", own_voices(register), "none found"),
        line("loaded", loaded(register), "none found"),
        line("dates", dates(record), "none found"),
        line("doubts", doubts(record), "none noted"),
    ]
}

/// Sets the first screen.
pub(crate) fn set_screen(galley: &mut Galley, lines: &[Line]) {
    galley.blank();
    for line in lines {
        for (i, fact) in line.facts.iter().enumerate() {
            let label = if i == 0 { line.label } else { "" };
            galley.label(label, MARGIN);
            galley.text(&fact.says(), Style::new());
            galley.end_line();
        }
    }
}

/// What the report leads with, its status, and where and when it is said to be.
fn lead_facts(register: &Register, tally: &Tally) -> Vec<Fact> {
    if let Some(event) = register.event(tally.about) {
        let contested = if event.contested { ", contested" } else { "" };
        let status = format!(": {}{contested}", wording::status(event.status));
        let mut facts = vec![event_fact(register, event).and(status)];
        let named = |ids: &[Id]| -> Vec<(String, Id)> {
            ids.iter().filter_map(|id| Some((register.called(*id)?, *id))).collect()
        };
        let places = named(&event.places);
        if !places.is_empty() {
            facts.push(Fact::of("where: ").and_items(places));
        }
        let times = event.times.iter().filter_map(|id| register.time(*id));
        let times: Vec<(String, Id)> = times
            .map(|time| (format!("\"{}\": {}", one_line(&time.evidence.text, QUOTED), value(time)), time.id))
            .collect();
        if !times.is_empty() {
            facts.push(Fact::of("when: ").and_items(times));
        }
        return facts;
    }
    let Some(attribution) = register.attribution(tally.about) else { return Vec::new() };
    let words = attribution.content.first().map(|words| one_line(&words.text, QUOTED)).unwrap_or_default();
    vec![Fact::item(format!("\"{words}\""), attribution.id).and(format!(", says {}", register.who(attribution)))]
}

/// An event in a line: its word and who takes part.
pub(crate) fn event_fact(register: &Register, event: &Event) -> Fact {
    let trigger = event.triggers.first().map_or_else(|| event.kind.replace('_', " "), |w| one_line(&w.text, QUOTED));
    let mut fact = Fact::item(format!("\"{trigger}\""), event.id);
    let roles = register.participants(event);
    if !roles.is_empty() {
        fact = fact.and(" (");
        for (i, (role, who)) in roles.iter().enumerate() {
            fact = fact.and(if i == 0 { format!("{role} ") } else { format!("; {role} ") });
            fact = fact.and_items(who.iter().filter_map(|id| Some((register.called(*id)?, *id))));
        }
        fact = fact.and(")");
    }
    fact
}

/// How many origins the report names for its lead, and who relays whom.
fn origins(register: &Register, lead: Option<&Tally>) -> Vec<Fact> {
    let Some(lead) = lead else { return Vec::new() };
    let mut facts = vec![match lead.origins {
        Some(count) => Fact::item(many(count as usize, "named origin", "named origins") + " of the lead", lead.id),
        None => Fact::item("number of named origins not shown by the text", lead.id),
    }];
    for chain in register.record.chains.iter().filter(|chain| chain.about == lead.about) {
        let hops: Vec<String> = chain.hops.iter().filter_map(|id| register.called(*id)).collect();
        if hops.len() > 1 {
            facts.push(Fact::item(hops.join(" <- "), chain.id));
        }
    }
    facts
}

/// Who speaks without a name: how many, and how they are said to know. Those behind the lead come first.
fn unnamed(register: &Register, lead: Option<&Tally>) -> Vec<Fact> {
    let record = register.record;
    let carriers: BTreeSet<Id> = lead
        .iter()
        .flat_map(|tally| &tally.carriers)
        .filter_map(|id| register.attribution(*id).and_then(|attribution| attribution.speaker))
        .collect();
    let mut behind_lead = Vec::new();
    let mut others = Vec::new();
    for entity in record.entities.iter().filter(|entity| register.speaks_unnamed(entity.id)) {
        let Some(called) = register.called(entity.id) else { continue };
        let basis = match &entity.basis {
            Some(words) => format!("basis \"{}\"", one_line(&words.text, QUOTED)),
            None => "no basis stated".to_owned(),
        };
        let says = Fact::item(called, entity.id).and(format!(" ({}; {basis})", people(entity.count)));
        if carriers.contains(&entity.id) { behind_lead.push(says) } else { others.push(says) }
    }
    // Unnamed sources that are no entity of their own.
    let open = record.attributions.iter().filter(|a| a.source_kind == Some(SourceKind::Unnamed) && a.speaker.is_none());
    others.extend(open.map(|a| Fact::item(register.who(a), a.id).and(format!(" ({})", people(a.count)))));
    let mut facts = Vec::new();
    if let Some(count) = lead.and_then(|tally| tally.unnamed) {
        facts.push(Fact::of(format!("{} behind the lead", people(Some(count)))));
    }
    for mut fact in behind_lead {
        fact.pieces.insert(0, ("behind the lead: ".to_owned(), None));
        facts.push(fact);
    }
    facts.extend(others);
    cut(facts, "more, below")
}

/// Who speaks about the lead by name.
fn on_record(register: &Register, lead: Option<&Tally>) -> Vec<Fact> {
    let named: Vec<(String, Id)> =
        lead.iter().flat_map(|tally| &tally.on_record).filter_map(|id| Some((register.called(*id)?, *id))).collect();
    if named.is_empty() { Vec::new() } else { vec![Fact::default().and_items(named)] }
}

/// Who did not answer: each form apart, because they are different facts.
fn no_answers(record: &Record) -> Vec<Fact> {
    let mut facts = Vec::new();
    for form in SILENCES {
        let parties = record.no_responses.iter().filter(|silence| silence.form == form);
        let parties: Vec<(String, Id)> = parties.map(|s| (one_line(&s.party.text, QUOTED), s.id)).collect();
        if !parties.is_empty() {
            facts.push(Fact::of(format!("{}: ", wording::silence(form))).and_items(parties));
        }
    }
    facts
}

/// What the outlet tells in its own voice, without naming a source.
fn own_voices(register: &Register) -> Vec<Fact> {
    let record = register.record;
    let events: Vec<&Event> = record.events.iter().filter(|e| own_voice(e) && is_told(e.status)).collect();
    let states: Vec<_> = record.states.iter().filter(|state| state.voice.is_none()).collect();
    let mut counts = Vec::new();
    if !events.is_empty() {
        counts.push(many(events.len(), "event", "events"));
    }
    if !states.is_empty() {
        counts.push(many(states.len(), "state", "states"));
    }
    if counts.is_empty() {
        return Vec::new();
    }
    let mut items: Vec<(String, Id)> = Vec::new();
    for event in events.iter().take(SHOWN) {
        let says = register.called(event.id).unwrap_or_default();
        let happened = event.status == reportedly::record::Status::Happened;
        let status = if happened { String::new() } else { format!(" ({})", wording::status(event.status)) };
        items.push((format!("{says}{status}"), event.id));
    }
    let room = SHOWN.saturating_sub(items.len());
    items
        .extend(states.iter().take(room).map(|state| (format!("\"{}\"", one_line(&state.cue.text, QUOTED)), state.id)));
    let rest = events.len() + states.len() - items.len();
    let fact = Fact::of(format!("{} without a source: ", counts.join(", "))).and_items(items);
    vec![if rest > 0 { fact.and(format!(" and {rest} more, below")) } else { fact }]
}

/// Loaded words and whose they are. They say nothing of whom they are used of.
fn loaded(register: &Register) -> Vec<Fact> {
    let mut voices: Vec<(String, Vec<(String, Id)>)> = Vec::new();
    for label in &register.record.labels {
        let voice = match label.voice {
            None => "in the outlet's own voice".to_owned(),
            Some(_) => format!("in the words of {}", register.voice(label.voice)),
        };
        let word = (format!("\"{}\"", one_line(&label.evidence.text, QUOTED)), label.id);
        match voices.iter_mut().find(|(known, _)| *known == voice) {
            Some((_, words)) => words.push(word),
            None => voices.push((voice, vec![word])),
        }
    }
    cut(
        voices.into_iter().map(|(voice, words)| Fact::of(format!("{voice}: ")).and_items(words)).collect(),
        "more, below",
    )
}

/// Days and times of day with their reading, each reading of the same words once.
fn dates(record: &Record) -> Vec<Fact> {
    let mut seen = BTreeSet::new();
    let mut facts = Vec::new();
    for time in record.times.iter().filter(|time| matches!(time.kind, TimeKind::Date | TimeKind::Time)) {
        let words = one_line(&time.evidence.text, QUOTED);
        let value = value(time);
        if seen.insert((words.to_lowercase(), value.clone())) {
            facts.push((format!("\"{words}\": {value}"), time.id));
        }
    }
    if facts.is_empty() {
        return Vec::new();
    }
    let rest = facts.len().saturating_sub(SHOWN);
    facts.truncate(SHOWN);
    let mut fact = Fact::default();
    for (i, (says, id)) in facts.into_iter().enumerate() {
        fact = if i > 0 { fact.and("; ") } else { fact }.and_item(says, id);
    }
    vec![if rest > 0 { fact.and(format!("; {rest} more, below")) } else { fact }]
}

/// What the reading doubts.
fn doubts(record: &Record) -> Vec<Fact> {
    let mut facts = Vec::new();
    if !record.report.language.analysed {
        facts.push(Fact::of("not analysed: the report is in another language than English"));
    }
    for note in &record.notes {
        let words = note.span.map(|span| format!(": \"{}\"", one_line(record.report.text.slice(span), QUOTED)));
        facts.push(Fact::of(format!("{}{}", note.says, words.unwrap_or_default())));
    }
    cut(facts, "more, below")
}

/// Cuts a list of facts to what the screen has room for, and counts the rest.
fn cut(mut facts: Vec<Fact>, rest: &str) -> Vec<Fact> {
    let more = facts.len().saturating_sub(SHOWN);
    facts.truncate(SHOWN);
    if more > 0 {
        facts.push(Fact::of(format!("{more} {rest}")));
    }
    facts
}

/// Tells whether an item has a place of its own on a page: notes and mentions have none.
pub(crate) fn has_card(id: Id) -> bool {
    !matches!(id.kind(), Kind::Report | Kind::Note)
}

#[cfg(test)]
mod tests;
