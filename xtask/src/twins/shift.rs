//! A text with other words in it, and where each place of the old text is in the new one.

use std::collections::BTreeMap;

use serde_json::Value;

/// Years that twins lie earlier: the calendar of a year comes back after 28.
const YEARS: u32 = 28;

/// Ends that make the name of a place's people, or its adjective.
const PEOPLE: [&str; 10] = ["ns", "n", "ians", "ian", "ers", "er", "ans", "an", "ese", "ish"];

/// A text that was rewritten.
pub(super) struct Shift<'a> {
    /// The new text.
    pub(super) text: String,
    table: &'a BTreeMap<String, String>,
    // Old code point -> new code point and byte; one entry more than there are code points. Those inside a word that
    // changed lie at its new start, the one behind it at its new end.
    places: Vec<[usize; 2]>,
}

/// Cuts a text into words and the stretches between them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut last: Option<bool> = None;
    for (at, c) in text.char_indices() {
        let is_word = c.is_alphanumeric();
        if last.is_some_and(|last| last != is_word) {
            pieces.push(&text[start..at]);
            start = at;
        }
        last = Some(is_word);
    }
    pieces.push(&text[start..]);
    pieces
}

/// What a word becomes.
fn new_word(word: &str, table: &BTreeMap<String, String>) -> Option<String> {
    if let Some(new) = table.get(word) {
        return Some(new.clone());
    }
    if word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) {
        return word.parse::<u32>().ok().map(|year| (year - YEARS).to_string());
    }
    let capital = |(old, new): (&String, &String)| (old.to_uppercase() == word).then(|| new.to_uppercase());
    if let Some(new) = table.iter().filter(|(old, _)| old.chars().count() > 2).find_map(capital) {
        return Some(new);
    }
    let people = |(old, new): (&String, &String)| {
        let end = word.strip_prefix(old.as_str())?;
        PEOPLE.contains(&end).then(|| format!("{new}{end}"))
    };
    table.iter().filter(|(old, _)| old.chars().count() > 3).find_map(people)
}

/// Rewrites a text of which no places are needed.
pub(super) fn renamed(text: &str, table: &BTreeMap<String, String>) -> String {
    // A time stamp's "T" joins a day to an hour: "2027-03-04T07:15" is cut at it all the same.
    pieces(text).into_iter().map(|piece| new_word(piece, table).unwrap_or_else(|| piece.to_owned())).collect()
}

impl<'a> Shift<'a> {
    pub(super) fn new(text: &str, table: &'a BTreeMap<String, String>) -> Shift<'a> {
        let mut new = String::new();
        let mut places: Vec<[usize; 2]> = Vec::new();
        let mut chars = 0;
        for piece in pieces(text) {
            match new_word(piece, table) {
                Some(word) => {
                    places.extend(piece.chars().map(|_| [chars, new.len()]));
                    chars += word.chars().count();
                    new.push_str(&word);
                }
                None => {
                    for c in piece.chars() {
                        places.push([chars, new.len()]);
                        chars += 1;
                        new.push(c);
                    }
                }
            }
        }
        places.push([chars, new.len()]);
        Shift { text: new, table, places }
    }

    fn place(&self, at: usize) -> [usize; 2] {
        self.places.get(at).or(self.places.last()).copied().unwrap_or_default()
    }

    /// Moves a value of the gold: its spans, its names, its years.
    pub(super) fn value(&self, value: &mut Value, key: &str) {
        match value {
            Value::Object(fields) => {
                let span = fields.get("c").and_then(pair);
                if let Some([start, end]) = span {
                    let (start, end) = (self.place(start), self.place(end));
                    fields.insert("c".to_owned(), serde_json::json!([start[0], end[0]]));
                    fields.insert("b".to_owned(), serde_json::json!([start[1], end[1]]));
                    if fields.contains_key("t") {
                        let words = self.text.get(start[1]..end[1]).unwrap_or_default();
                        fields.insert("t".to_owned(), words.into());
                    }
                }
                let rest =
                    fields.iter_mut().filter(|(key, _)| !(span.is_some() && ["c", "b", "t"].contains(&key.as_str())));
                rest.for_each(|(key, value)| self.value(value, key));
            }
            Value::Array(values) if key == "inside" => {
                for value in values {
                    if let Some([start, end]) = pair(value) {
                        *value = serde_json::json!([self.place(start)[0], self.place(end)[0]]);
                    }
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.value(value, key)),
            Value::Number(n) if key == "span_end_gt" => {
                let at = n.as_u64().unwrap_or_default() as usize;
                *value = self.place(at)[0].into();
            }
            Value::String(text)
                if !matches!(key, "id" | "kind" | "type" | "level" | "ref" | "source" | "why" | "note") =>
            {
                *text = renamed(&text.replace(r"20\d\d", r"(19|20)\d\d"), self.table);
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

fn pair(value: &Value) -> Option<[usize; 2]> {
    match value.as_array()?.as_slice() {
        [a, b] => Some([a.as_u64()? as usize, b.as_u64()? as usize]),
        _ => None,
    }
}
