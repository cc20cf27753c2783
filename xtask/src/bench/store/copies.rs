//! Copies of records: other ids, dates and, but for some, other names.

use std::collections::BTreeSet;

use anyhow::Result;
use jiff::{Span as Length, ToSpan};
use reportedly::record::{Id, MentionForm, Record, Text};
use serde_json::Value;

/// Copies of a report that have each their own names: the names of the next ones are the same again.
pub(crate) const CASTS: u64 = 40;

/// Of so many casts one keeps the names as they are.
pub(crate) const KEPT: u64 = 10;

/// A copy of a record with ids, dates and, but for every tenth copy, names of its own. Names keep their lengths, and so every
/// span still points to its words.
pub(crate) fn copied(record: &Record, copy: u64) -> Result<Record> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for mention in record.mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        let words = mention.evidence.text.split(|c: char| !c.is_alphabetic());
        names.extend(words.filter(|word| word.chars().next().is_some_and(char::is_uppercase)).map(str::to_owned));
    }
    let cast = copy % CASTS;
    let renamed = |text: &str| if cast.is_multiple_of(KEPT) { text.to_owned() } else { rename(text, &names, cast) };
    let mut value = serde_json::to_value(record)?;
    let text = renamed(record.report.text.as_str());
    change(&mut value, "", copy, &renamed);
    let mut copied: Record = serde_json::from_value(value)?;
    copied.report.text = Text::new(text);
    copied.report.url =
        Some(format!("{}?copy={copy}", record.report.url.as_deref().unwrap_or(&record.report.content_hash)));
    let days: Length = i64::try_from(copy % 700)?.days();
    if let Some(published) = &mut copied.report.published {
        published.local = published.local.checked_add(days)?;
        published.instant = published
            .instant
            .map(|at| at.checked_add((copy % 700 * 24).try_into().unwrap_or(0_i64).hours()))
            .transpose()?;
    }
    for time in &mut copied.times {
        time.earliest = time.earliest.as_ref().map(|at| at.checked_add(days)).transpose()?;
        time.latest = time.latest.as_ref().map(|at| at.checked_add(days)).transpose()?;
    }
    Ok(copied)
}

/// Gives ids and names of a value anew.
fn change(value: &mut Value, name: &str, copy: u64, renamed: &impl Fn(&str) -> String) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| change(one, name, copy, renamed)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, one)| change(one, name, copy, renamed)),
        Value::String(text) => {
            if let Ok(id) = text.parse::<Id>() {
                let number = id.number() ^ (copy.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 16) as i64;
                *text = Id::of_number(id.kind(), number).to_string();
            } else if matches!(name, "text" | "name" | "headline") {
                *text = renamed(text);
            } else if name == "key" {
                // A key is folded; the store makes one of the new name.
                *value = Value::Null;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Replaces the words of names: each vowel by a vowel and each other letter by one like it, of the same length in bytes.
fn rename(text: &str, names: &BTreeSet<String>, cast: u64) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphabetic());
        if names.contains(word) {
            out.extend(word.chars().map(|c| letter(c, cast)));
            out.push_str(part.get(word.len()..).unwrap_or_default());
        } else {
            out.push_str(part);
        }
    }
    out
}

fn letter(c: char, cast: u64) -> char {
    for row in ["aeiou", "bcdfghjklmnpqrstvwxyz"] {
        if let Some(at) = row.find(c.to_ascii_lowercase()) {
            let moved = (at + usize::try_from(cast).unwrap_or_default() * 7) % row.len();
            let new = row.chars().nth(moved).unwrap_or(c);
            return if c.is_ascii_uppercase() { new.to_ascii_uppercase() } else { new };
        }
    }
    c
}
