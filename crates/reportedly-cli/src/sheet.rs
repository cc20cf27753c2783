//! The sheet: a record to read, with each attribution's words marked in the sentence that holds them.

use std::ops::Range;

use anstyle::Style;
use reportedly::record::{Attribution, EntityKind, MentionForm, Record, Span, Stage, Voice, Words};

use crate::desks::Incoming;
use crate::galley::{DIM, Galley, Paper};
use crate::head::{MARGIN, set_head};
use crate::marks::{Mark, Role, set_marked};

/// Columns that a sentence stands in from its attribution. Further lines of the attribution itself stand in half as far.
const STEP: usize = 4;

/// Returns a record as a sheet. The sentences are the report's, in text order.
pub(crate) fn sheet(incoming: &Incoming, record: &Record, sentences: &[Span], paper: Paper) -> String {
    let mut galley = Galley::new(paper);
    set_head(&mut galley, incoming);
    let mut attributions: Vec<&Attribution> = record.attributions.iter().collect();
    attributions.sort_by_key(|attribution| (attribution.evidence, attribution.id));
    for attribution in &attributions {
        galley.blank();
        set_attribution(&mut galley, record, attribution, sentences);
    }
    if attributions.is_empty() && record.report.language.analysed {
        galley.blank();
        galley.text("No attribution found.", Style::new());
    }
    set_names(&mut galley, record);
    if !record.notes.is_empty() {
        galley.blank();
    }
    for note in &record.notes {
        let words = note.span.map(|span| format!(": \"{}\"", record.report.text.slice(span))).unwrap_or_default();
        galley.entry("note", MARGIN, &format!("{}, in {}{words}", note.says, stage_name(note.stage)));
    }
    galley.finish()
}

/// Sets an attribution: who, by what word and in whose words; then where the text says so.
fn set_attribution(galley: &mut Galley, record: &Record, attribution: &Attribution, sentences: &[Span]) {
    galley.indent(0);
    let source: Vec<&str> = attribution.source.iter().map(|words| words.text.as_str()).collect();
    match source.as_slice() {
        [] => galley.text("(nobody named)", DIM),
        source => galley.text(&source.join(" … "), Role::Source.style()),
    }
    galley.text(" — ", Style::new());
    galley.indent(STEP / 2);
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
    galley.indent(STEP);
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
const KINDS: [(EntityKind, &str); 10] = [
    (EntityKind::Person, "people"),
    (EntityKind::Organisation, "bodies"),
    (EntityKind::Place, "places"),
    (EntityKind::Group, "groups"),
    (EntityKind::Facility, "sites"),
    (EntityKind::Media, "media"),
    (EntityKind::Document, "documents"),
    (EntityKind::Agreement, "agreements"),
    (EntityKind::Product, "products"),
    (EntityKind::Other, "others"),
];

/// Sets the names of each kind, in the order of their first mention, with how often they occur.
fn set_names(galley: &mut Galley, record: &Record) {
    let mut begun = false;
    for (kind, label) in KINDS {
        let mut names: Vec<(String, usize)> = Vec::new();
        for mention in
            record.mentions.iter().filter(|mention| mention.kind == kind && mention.form == MentionForm::Name)
        {
            let name = mention.evidence.text.split_whitespace().collect::<Vec<_>>().join(" ");
            match names.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count += 1,
                None => names.push((name, 1)),
            }
        }
        if names.is_empty() {
            continue;
        }
        if !std::mem::replace(&mut begun, true) {
            galley.blank();
        }
        let names: Vec<String> = names.into_iter().map(|(name, count)| format!("{name} ({count})")).collect();
        galley.entry(label, MARGIN, &names.join(", "));
    }
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
        Stage::Event => "events",
    }
}
