//! The sheet: a record to read. First the first screen, then who and what, then each attribution's words marked in the
//! sentence that holds them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anstyle::Style;
use reportedly::record::{Attribution, CueStance, Id, Record, SourceKind, Span, Words};

use crate::dates::{set_clock, set_times};
use crate::desks::Incoming;
use crate::galley::{DIM, Galley, Paper};
use crate::head::{MARGIN, set_imprint, set_title};
use crate::layers::{set_events, set_names, set_no_responses, set_other_layers, set_states};
use crate::marks::{Mark, Role, set_marked};
use crate::register::Register;
use crate::screen::{first_screen, set_screen};
use crate::wording;

/// Columns that a sentence stands in from its attribution. Further lines of the attribution itself stand in half as far.
const STEP: usize = 4;

/// Steps that nested attributions stand in at the most; deeper ones stand no further.
const DEEPEST: usize = 3;

/// Returns a record as a sheet. The sentences are the report's, in text order.
pub(crate) fn sheet(incoming: &Incoming, record: &Record, sentences: &[Span], paper: Paper) -> String {
    let register = Register::of(record);
    let mut galley = Galley::new(paper);
    set_title(&mut galley, &record.report);
    set_screen(&mut galley, &first_screen(&register));
    galley.blank();
    set_imprint(&mut galley, incoming);
    set_clock(&mut galley, &record.clock);
    set_names(&mut galley, &register);
    set_events(&mut galley, &register);
    set_states(&mut galley, &register);
    set_no_responses(&mut galley, record);
    set_other_layers(&mut galley, &register);
    let attributions = nested(record);
    for (attribution, depth) in &attributions {
        galley.blank();
        set_attribution(&mut galley, &register, attribution, *depth, sentences);
    }
    if attributions.is_empty() && record.report.language.analysed {
        galley.blank();
        galley.text("No attribution found.", Style::new());
    }
    set_times(&mut galley, record);
    if !record.notes.is_empty() {
        galley.blank();
    }
    for note in &record.notes {
        let words = note.span.map(|span| format!(": \"{}\"", record.report.text.slice(span))).unwrap_or_default();
        galley.entry("note", MARGIN, &format!("{}, in {}{words}", note.says, wording::stage(note.stage)));
    }
    galley.finish()
}

/// The attributions in text order, each followed by those told inside it, with how deep they stand.
pub(crate) fn nested(record: &Record) -> Vec<(&Attribution, usize)> {
    let mut all: Vec<&Attribution> = record.attributions.iter().collect();
    all.sort_by_key(|attribution| (attribution.evidence, attribution.id));
    let mut inside: BTreeMap<Option<Id>, Vec<&Attribution>> = BTreeMap::new();
    for attribution in &all {
        inside.entry(attribution.within).or_default().push(attribution);
    }
    let mut set = BTreeSet::new();
    let mut order = Vec::new();
    let mut open: Vec<(&Attribution, usize)> = Vec::new();
    // The outermost first; then whatever stands inside something that is not there.
    for top in inside.get(&None).into_iter().flatten().chain(&all) {
        open.push((top, 0));
        while let Some((attribution, depth)) = open.pop() {
            if set.insert(attribution.id) {
                order.push((attribution, depth));
                let within = inside.get(&Some(attribution.id)).into_iter().flatten().rev();
                open.extend(within.map(|a| (*a, depth + 1)));
            }
        }
    }
    order
}

/// What else is known of an attribution, in words: who its source is, what it does, how sure, to whom, where.
pub(crate) fn circumstances(register: &Register, attribution: &Attribution) -> String {
    let mut said: Vec<String> = Vec::new();
    let name = attribution.speaker.and_then(|id| register.entity(id));
    let source = attribution.source.first().map(|words| words.text.as_str());
    match (attribution.source_kind, name.and_then(|e| e.name.as_deref())) {
        (Some(SourceKind::Unnamed), _) => {
            said.push(format!("unnamed, {}", wording::people(attribution.count)));
        }
        (_, Some(name)) if source != Some(name) => said.push(format!("speaker {name}")),
        _ => {}
    }
    if let Some(stance) = attribution.stance.filter(|stance| *stance != CueStance::States) {
        said.push(wording::stance(stance).to_owned());
    }
    for (what, words) in [
        ("basis", &attribution.basis),
        ("hedge", &attribution.hedge),
        ("to", &attribution.addressee),
        ("in", &attribution.medium),
    ] {
        said.extend(
            words.iter().map(|w| format!("{what} \"{}\"", w.text.split_whitespace().collect::<Vec<_>>().join(" "))),
        );
    }
    said.join("; ")
}

/// Sets an attribution: who, by what word and in whose words; then where the text says so.
fn set_attribution(
    galley: &mut Galley,
    register: &Register,
    attribution: &Attribution,
    depth: usize,
    sentences: &[Span],
) {
    let margin = depth.min(DEEPEST) * STEP;
    galley.indent(margin);
    let source: Vec<&str> = attribution.source.iter().map(|words| words.text.as_str()).collect();
    match source.as_slice() {
        [] => galley.text("(nobody named)", DIM),
        source => galley.text(&source.join(" … "), Role::Source.style()),
    }
    galley.text(" — ", Style::new());
    galley.indent(margin + STEP / 2);
    match &attribution.cue {
        Some(cue) => galley.text(&cue.text, Role::Cue.style()),
        None => galley.text("(no cue)", DIM),
    }
    galley.text(&format!(" — {}  ", wording::voice(attribution.voice)), Style::new());
    galley.text(&attribution.id.to_string(), DIM);
    for (link, other) in [("inside", attribution.within), ("goes on from", attribution.continues)] {
        if let Some(other) = other {
            galley.text(&format!(", {link} {other}"), DIM);
        }
    }
    galley.end_line();
    let circumstances = circumstances(register, attribution);
    if !circumstances.is_empty() {
        galley.text(&circumstances, Style::new());
        galley.end_line();
    }
    galley.indent(margin + STEP);
    let marks = marks(attribution);
    let mut first = true;
    for stretch in stretches(attribution.evidence, &marks, sentences) {
        if !std::mem::take(&mut first) {
            galley.text(" … ", DIM);
        }
        set_marked(galley, &register.record.report.text, stretch, &marks);
        galley.text(" ", Style::new());
    }
    galley.end_line();
}

/// The words of an attribution with their parts in it.
fn marks(attribution: &Attribution) -> Vec<Mark> {
    let mark = |role: Role| move |words: &Words| Mark { role: role.clone(), span: words.span };
    let source = attribution.source.iter().map(mark(Role::Source));
    let cue = attribution.cue.iter().map(mark(Role::Cue));
    let content = attribution.content.iter().map(mark(Role::Content));
    source.chain(cue).chain(content).filter(|mark| !mark.span.is_empty()).collect()
}

/// Finds the stretches of text that hold the marks: whole sentences, those next to each other as one.
fn stretches(evidence: Span, marks: &[Mark], sentences: &[Span]) -> Vec<Range<usize>> {
    let from = sentences.partition_point(|sentence| sentence.bytes().end <= evidence.bytes().start);
    let mut held: Vec<(usize, Range<usize>)> = Vec::new();
    for (i, sentence) in sentences.iter().enumerate().skip(from) {
        if sentence.bytes().start >= evidence.bytes().end {
            break;
        }
        if !marks.iter().any(|mark| mark.span.touches(*sentence)) {
            continue;
        }
        match held.last_mut() {
            Some((last, range)) if *last + 1 == i => {
                *last = i;
                range.end = sentence.bytes().end;
            }
            _ => held.push((i, sentence.bytes())),
        }
    }
    if held.is_empty() {
        return vec![evidence.bytes()];
    }
    held.into_iter().map(|(_, range)| range).collect()
}
