//! Packed records: what a report takes on disk. A span is kept once, in bytes; code points and words come back from the text.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use jiff::Timestamp;
use reportedly_record::{Record, Text};
use serde_json::{Map, Value, json};

use crate::Error;

/// Names that stand for a span, and for a span with its words.
const SPAN: &str = "~";
const WORDS: &str = "@";

/// A record ready to be stored. Making it takes more time than storing it, so it is made on the threads that read.
pub struct Packed {
    pub(crate) record: Record,
    pub(crate) text: Vec<u8>,
    pub(crate) packed: Vec<u8>,
    pub(crate) fetched: Option<Timestamp>,
}

impl Packed {
    /// Packs a record. `fetched` is when the report was got from its address, where it was.
    pub fn of(record: Record, fetched: Option<Timestamp>) -> Packed {
        Packed { text: deflate(record.report.text.as_str().as_bytes()), packed: pack(&record), record, fetched }
    }

    /// The record inside.
    pub fn record(&self) -> &Record {
        &self.record
    }
}

/// Packs a record without its text.
pub(crate) fn pack(record: &Record) -> Vec<u8> {
    // Keys of a record are texts and its numbers are finite, so there is nothing that JSON cannot say.
    let mut value = serde_json::to_value(record).expect("a record is JSON");
    if let Some(text) = value.pointer_mut("/report/text") {
        *text = Value::from("");
    }
    deflate(close(value).to_string().as_bytes())
}

/// Unpacks a text.
pub(crate) fn unpack_text(packed: &[u8]) -> Result<String, Error> {
    let damaged = |error: &dyn std::fmt::Display| Error::Damaged(format!("a text cannot be unpacked: {error}"));
    String::from_utf8(inflate(packed).map_err(|error| damaged(&error))?).map_err(|error| damaged(&error))
}

/// Unpacks a record over its text.
pub(crate) fn unpack(packed: &[u8], text: &Text) -> Result<Record, Error> {
    let damaged = |error: &dyn std::fmt::Display| Error::Damaged(format!("a record cannot be unpacked: {error}"));
    let json = inflate(packed).map_err(|error| damaged(&error))?;
    let mut value: Value = serde_json::from_slice(&json).map_err(|error| damaged(&error))?;
    open(&mut value, text);
    let mut record: Record = serde_json::from_value(value).map_err(|error| damaged(&error))?;
    record.report.text = text.clone();
    Ok(record)
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory does not fail")
}

fn inflate(packed: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    DeflateDecoder::new(packed).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Closes the spans of a value and leaves out what is null: every part of a record that can be null is one that can be absent.
fn close(value: Value) -> Value {
    match value {
        Value::Array(all) => all.into_iter().map(close).collect(),
        Value::Object(fields) => match span(&fields) {
            Some(closed) => closed,
            None => {
                let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
                Value::Object(kept.map(|(name, value)| (name, close(value))).collect())
            }
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

fn span(fields: &Map<String, Value>) -> Option<Value> {
    let name = match (fields.len(), fields.contains_key("text")) {
        (2, false) => SPAN,
        (3, true) => WORDS,
        _ => return None,
    };
    fields.get("chars")?;
    let bytes = fields.get("bytes")?.as_array()?;
    let (start, end) = (bytes.first()?.as_u64()?, bytes.get(1)?.as_u64()?);
    Some(json!({ name: [start, end - start] }))
}

/// Opens the spans of a value again.
fn open(value: &mut Value, text: &Text) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| open(one, text)),
        Value::Object(fields) => {
            if let Some(opened) = opened(fields, text) {
                *value = opened;
                return;
            }
            fields.values_mut().for_each(|one| open(one, text));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn opened(fields: &Map<String, Value>, text: &Text) -> Option<Value> {
    let (name, place) = fields.iter().next().filter(|_| fields.len() == 1)?;
    let at = |i: usize| place.get(i)?.as_u64().and_then(|byte| usize::try_from(byte).ok());
    let span = |start: usize, length: usize| text.span(start..start.saturating_add(length));
    match name.as_str() {
        SPAN => serde_json::to_value(span(at(0)?, at(1)?)).ok(),
        WORDS => serde_json::to_value(text.words(span(at(0)?, at(1)?))).ok(),
        _ => None,
    }
}
