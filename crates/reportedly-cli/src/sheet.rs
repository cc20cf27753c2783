//! The sheet: a record to read, with each attribution's words marked in the sentence that holds them.

use std::ops::Range;

use anstyle::Style;
use reportedly::record::{Attribution, CueStance, EntityKind, Record, SourceKind, Span, Stage, Voice, Words};

use crate::dates::{set_clock, set_times};
use crate::desks::Incoming;
use crate::galley::{DIM, Galley, Paper};
use crate::head::{MARGIN, set_head};
use crate::marks::{Mark, Role, set_marked};

/// Columns that a sentence stands in from its attribution. Further lines of the attribution itself stand in half as far.
const STEP: usize = 4;

/// Steps that nested attributions stand in at the most; deeper ones stand no further.
const DEEPEST: usize = 3;

/// Returns a record as a sheet. The sentences are the report's, in text order.
pub(crate) fn sheet(incoming: &Incoming, record: &Record, sentences: &[Span], paper: Paper) -> String {
    let mut galley = Galley::new(paper);
    set_head(&mut galley, incoming);
    set_clock(&mut galley, &record.clock);
    let attributions = nested(record);
    for (attribution, depth) in &attributions {
        galley.blank();
        set_attribution(&mut galley, record, attribution, *depth, sentences);
    }
    if attributions.is_empty() && record.report.language.analysed {
        galley.blank();
        galley.text("No attribution found.", Style::new());
    }
    set_names(&mut galley, record);
    set_times(&mut galley, record);
    if !record.notes.is_empty() {
        galley.blank();
    }
    for note in &record.notes {
        let words = note.span.map(|span| format!(": \"{}\"", record.report.text.slice(span))).unwrap_or_default();
        galley.entry("note", MARGIN, &format!("{}, in {}{words}", note.says, stage_name(note.stage)));
    }
    galley.finish()
}

/// The attributions in text order, each followed by those told inside it, with how deep they stand.
fn nested(record: &Record) -> Vec<(&Attribution, usize)> {
    let mut all: Vec<&Attribution> = record.attributions.iter().collect();
    all.sort_by_key(|attribution| (attribution.evidence, attribution.id));
    let mut order = Vec::new();
    let mut open: Vec<(&Attribution, usize)> =
        all.iter().rev().filter(|a| a.within.is_none()).map(|a| (*a, 0)).collect();
    while let Some((attribution, depth)) = open.pop() {
        order.push((attribution, depth));
        open.extend(all.iter().rev().filter(|a| a.within == Some(attribution.id)).map(|a| (*a, depth + 1)));
    }
    // Whatever stands inside something that is not there.
    let rest = all.iter().filter(|a| !order.iter().any(|(known, _)| known.id == a.id)).map(|a| (*a, 0));
    let rest: Vec<_> = rest.collect();
    order.extend(rest);
    order
}

/// What else is known of an attribution, in words: who its source is, what it does, how sure, to whom, where.
fn circumstances(record: &Record, attribution: &Attribution) -> String {
    let mut said: Vec<String> = Vec::new();
    let name = attribution.speaker.and_then(|id| record.entities.iter().find(|e| e.id == id));
    let source = attribution.source.first().map(|words| words.text.as_str());
    match (attribution.source_kind, name.and_then(|e| e.name.as_deref())) {
        (Some(SourceKind::Unnamed), _) => {
            let many = match attribution.count {
                Some(1) => "unnamed, one person".to_owned(),
                Some(count) => format!("unnamed, {count} people"),
                None => "unnamed, number not stated".to_owned(),
            };
            said.push(many);
        }
        (_, Some(name)) if source != Some(name) => said.push(format!("speaker {name}")),
        _ => {}
    }
    if let Some(stance) = attribution.stance.filter(|stance| *stance != CueStance::States) {
        said.push(stance_name(stance).to_owned());
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

fn stance_name(stance: CueStance) -> &'static str {
    match stance {
        CueStance::States => "states",
        CueStance::Confirms => "confirms",
        CueStance::Denies => "denies",
        CueStance::Doubts => "doubts",
        CueStance::Asks => "asks",
        CueStance::Argues => "argues",
        CueStance::Urges => "urges",
        CueStance::Warns => "warns",
        CueStance::Cautions => "cautions",
        CueStance::Promises => "promises",
        CueStance::Intends => "intends",
        CueStance::Believes => "believes",
    }
}

/// Sets an attribution: who, by what word and in whose words; then where the text says so.
fn set_attribution(galley: &mut Galley, record: &Record, attribution: &Attribution, depth: usize, sentences: &[Span]) {
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
    galley.text(&format!(" — {}  ", voice_name(attribution.voice)), Style::new());
    galley.text(&attribution.id.to_string(), DIM);
    for (link, other) in [("inside", attribution.within), ("goes on from", attribution.continues)] {
        if let Some(other) = other {
            galley.text(&format!(", {link} {other}"), DIM);
        }
    }
    galley.end_line();
    let circumstances = circumstances(record, attribution);
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
        set_marked(galley, &record.report.text, stretch, &marks);
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

/// Kinds of names in the order they are listed, and what they are called.
const KINDS: [(EntityKind, &str); 15] = [
    (EntityKind::Person, "people"),
    (EntityKind::Organisation, "bodies"),
    (EntityKind::Place, "places"),
    (EntityKind::Government, "governments"),
    (EntityKind::Group, "groups"),
    (EntityKind::Facility, "sites"),
    (EntityKind::Media, "media"),
    (EntityKind::Programme, "programmes"),
    (EntityKind::Document, "documents"),
    (EntityKind::Agreement, "agreements"),
    (EntityKind::Product, "products"),
    (EntityKind::Vehicle, "vehicles"),
    (EntityKind::Occasion, "occasions"),
    (EntityKind::Thing, "things"),
    (EntityKind::Other, "others"),
];

/// Sets who is named, by kind and in the order of the first mention, with how often; then who speaks without a name.
fn set_names(galley: &mut Galley, record: &Record) {
    let mut begun = false;
    let mut set = |galley: &mut Galley, label: &str, names: &[String]| {
        if names.is_empty() {
            return;
        }
        if !std::mem::replace(&mut begun, true) {
            galley.blank();
        }
        galley.entry(label, MARGIN, &names.join(", "));
    };
    let on_one_line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    for (kind, label) in KINDS {
        let named = record.entities.iter().filter(|entity| entity.kind == kind);
        let names: Vec<String> =
            named.filter_map(|e| Some(format!("{} ({})", on_one_line(e.name.as_deref()?), e.mentions.len()))).collect();
        set(galley, label, &names);
    }
    let unnamed = record.entities.iter().filter(|entity| entity.name.is_none()).filter_map(|entity| {
        let first = record.mentions.iter().find(|m| Some(&m.id) == entity.mentions.first())?;
        let people = match entity.count {
            Some(1) => "one person".to_owned(),
            Some(count) => format!("{count} people"),
            None => "number not stated".to_owned(),
        };
        let times = match entity.mentions.len() {
            1 => String::new(),
            times => format!(", cited {times} times"),
        };
        Some(format!("{} ({people}{times})", on_one_line(&first.evidence.text)))
    });
    let unnamed: Vec<String> = unnamed.collect();
    set(galley, "unnamed", &unnamed);
}

fn voice_name(voice: Voice) -> &'static str {
    match voice {
        Voice::Direct => "direct",
        Voice::Indirect => "indirect",
        Voice::Mixed => "mixed",
    }
}

fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Intake => "intake",
        Stage::Syntax => "syntax",
        Stage::Mention => "names",
        Stage::When => "times",
        Stage::Attribution => "attribution",
        Stage::Place => "places",
        Stage::Relation => "relations",
        Stage::Event => "events",
        Stage::Hand => "by hand",
    }
}
