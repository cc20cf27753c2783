//! `reportedly why`: one item of a report in its context, with every place that it rests on.

use std::io::{self, Write as _};
use std::ops::Range;

use anstream::AutoStream;
use anstyle::Style;
use reportedly::record::{Id, Kind, Record, Span, Text};
use serde_json::{Map, Value};

use crate::Ended;
use crate::args::{When, Why};
use crate::desks::{Incoming, in_order};
use crate::galley::{Galley, Paper, one_line};
use crate::head::{MARGIN, passage_name, set_head};
use crate::marks::{Mark, Role, set_marked};
use crate::read::unwritable;
use crate::register::Register;
use crate::tally::Tally;
use crate::wording::noun;

/// Characters of a paragraph shown on each side of an item: more than any paragraph of news, less than a book in one line.
const AROUND: usize = 4_000;

/// Paragraphs of one item that are shown.
const PARAGRAPHS: usize = 12;

/// Fields that say what an item is, in the order they are read in.
const FIRST: &[&str] = &["name", "kind", "form", "source", "party", "cue", "content", "about", "voice", "evidence"];

pub(crate) fn why(why: Why, when: When) -> anyhow::Result<Ended> {
    let Why { id, input } = why;
    let paper = Paper::stdout(when);
    let assignment = input.assignment()?;
    let mut tally = Tally::quiet(when);
    let results = in_order(assignment, move |engine, incoming, desk| match id.kind() {
        // A report's id is known without reading its news.
        Kind::Report => (incoming.report.id == id).then(|| report_page(incoming, paper)),
        _ => item_page(id, incoming, &engine.read(&incoming.report, desk), paper),
    });
    for result in results {
        match result {
            Ok(None) => {}
            Ok(Some(page)) => {
                let mut out = AutoStream::new(io::stdout(), when.choice());
                out.write_all(page.as_bytes()).and_then(|()| out.flush()).map_err(unwritable)?;
                return Ok(tally.ended());
            }
            Err(refusal) => tally.refuse(refusal),
        }
    }
    tally.say(&format!("nothing has the id {id} in what was read; ids hold for the same text, address and outlet"));
    Ok(Ended::Short)
}

/// A report's head, and where each of its passages stands.
fn report_page(incoming: &Incoming, paper: Paper) -> String {
    let mut galley = Galley::new(paper);
    let report = &incoming.report;
    set_head(&mut galley, incoming);
    galley.blank();
    galley.entry("address", MARGIN, report.url.as_deref().unwrap_or("unknown"));
    galley.entry("text", MARGIN, &place(report.text.span(0..report.text.len())));
    galley.entry("sha-256", MARGIN, &report.content_hash);
    for passage in &report.passages {
        galley.entry(passage_name(passage.kind), MARGIN, &place(passage.span));
    }
    galley.finish()
}

/// An item's fields and the paragraph that holds it; none where the record has no such item.
fn item_page(id: Id, incoming: &Incoming, record: &Record, paper: Paper) -> Option<String> {
    let (layer, item) = record.item(id)?;
    let text = &record.report.text;
    let mut galley = Galley::new(paper);
    set_head(&mut galley, incoming);
    galley.blank();
    galley.entry(noun(id.kind()), MARGIN, &format!("{id}, in {layer}"));
    let fields = item.as_object()?;
    let register = Register::of(record);
    set_fields(&mut galley, fields, &register);
    galley.entry(
        "offsets",
        MARGIN,
        "characters are Unicode code points and bytes are UTF-8, both from 0, the end not included",
    );
    let mut marks = Vec::new();
    for (name, value) in fields {
        collect(name, value, text, &mut marks);
    }
    // The whole of an item is marked only where none of its words are: it would cover the line.
    let whole = fields.get("evidence").and_then(|value| span(value, text));
    if marks.is_empty() {
        marks.extend(whole.map(|span| Mark { role: Role::Other("evidence".to_owned()), span }));
    }
    // An entity is where it is mentioned.
    if let Some(entity) = register.entity(id) {
        let mentions = entity.mentions.iter().filter_map(|mention| register.mention(*mention));
        marks.extend(mentions.map(|m| Mark { role: Role::Other("mention".to_owned()), span: m.evidence.span }));
    }
    let mut paragraphs: Vec<Range<usize>> =
        marks.iter().map(|mark| mark.span).chain(whole).map(|span| paragraph(text, span)).collect();
    paragraphs.sort_unstable_by_key(|range| (range.start, range.end));
    let mut shown: Vec<Range<usize>> = Vec::new();
    for range in paragraphs {
        match shown.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => shown.push(range),
        }
    }
    let rest = shown.len().saturating_sub(PARAGRAPHS);
    for range in shown.into_iter().take(PARAGRAPHS) {
        galley.blank();
        galley.indent(0);
        set_marked(&mut galley, text, range, &marks);
    }
    if rest > 0 {
        galley.blank();
        galley.text(&format!("and in {rest} more"), Style::new());
    }
    Some(galley.finish())
}

/// Sets an item's fields, those that say what it is first, and those that say nothing in one line.
fn set_fields(galley: &mut Galley, fields: &Map<String, Value>, register: &Register) {
    let is_none = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let fields = fields.iter().filter(|(name, _)| *name != "id");
    let (mut none, mut said): (Vec<_>, Vec<_>) = fields.partition(|(_, value)| is_none(value));
    said.sort_by_key(|(name, _)| (FIRST.iter().position(|first| first == name).unwrap_or(FIRST.len()), name.as_str()));
    for (name, value) in said {
        let name = name.replace('_', " ");
        let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for (i, one) in all.iter().enumerate() {
            galley.entry(if i == 0 { &name } else { "" }, MARGIN, &readable(one, register));
        }
    }
    if !none.is_empty() {
        none.sort_unstable_by_key(|(name, _)| name.as_str());
        let names: Vec<String> = none.into_iter().map(|(name, _)| name.replace('_', " ")).collect();
        galley.entry("none", MARGIN, &names.join(", "));
    }
}

/// Finds the paragraph that holds a span, or what is near it in a very long one.
fn paragraph(text: &Text, held: Span) -> Range<usize> {
    let string = text.as_str();
    let before = string.get(..held.bytes().start).unwrap_or_default();
    let behind = string.get(held.bytes().end..).unwrap_or_default();
    let begins = before.rfind('\n').map_or(0, |at| at + 1);
    let ends = string.len() - behind.len() + behind.find('\n').unwrap_or(behind.len());
    let near =
        text.span_of_chars(held.chars().start.saturating_sub(AROUND)..held.chars().end.saturating_add(AROUND)).bytes();
    begins.max(near.start)..ends.min(near.end)
}

/// Finds the words inside a field, by the field's name.
fn collect(name: &str, value: &Value, text: &Text, marks: &mut Vec<Mark>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| collect(name, one, text, marks)),
        Value::Object(fields) if fields.contains_key("text") => {
            marks.extend(span(value, text).map(|span| Mark { role: Role::of(name), span }));
        }
        _ => {}
    }
}

/// Reads a span back from its JSON.
fn span(value: &Value, text: &Text) -> Option<Span> {
    let bytes = value.get("bytes")?.as_array()?;
    let at = |i: usize| bytes.get(i)?.as_u64().and_then(|byte| usize::try_from(byte).ok());
    Some(text.span(at(0)?..at(1)?))
}

/// A value in words.
fn readable(value: &Value, register: &Register) -> String {
    match value {
        Value::Null => "none".to_owned(),
        // An item is named with its id.
        Value::String(words) => match words.parse().ok().and_then(|id| register.called(id)) {
            Some(called) => format!("{words} {called}"),
            None => words.clone(),
        },
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(all) if all.is_empty() => "none".to_owned(),
        Value::Array(all) => all.iter().map(|one| readable(one, register)).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            match (span(value, &register.record.report.text), fields.get("text").and_then(Value::as_str)) {
                (Some(span), Some(words)) => format!("\"{}\" {}", one_line(words, AROUND), place(span)),
                (Some(span), None) => place(span),
                (None, _) => {
                    let fields = fields
                        .iter()
                        .map(|(name, value)| format!("{} {}", name.replace('_', " "), readable(value, register)));
                    fields.collect::<Vec<_>>().join(", ")
                }
            }
        }
    }
}

/// Where a span stands, in both units.
fn place(span: Span) -> String {
    let (chars, bytes) = (span.chars(), span.bytes());
    format!("characters {}-{}, bytes {}-{}", chars.start, chars.end, bytes.start, bytes.end)
}
