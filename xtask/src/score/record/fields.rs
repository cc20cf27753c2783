//! Reading fields of items that may be missing or odd.

use serde_json::Value;

pub(super) fn id(item: &Value) -> &str {
    item.get("id").and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn kind(item: &Value) -> &str {
    item.get("kind").and_then(Value::as_str).unwrap_or_default()
}

/// The code points of a span; none where there are none in order.
pub(super) fn stretch(span: Option<&Value>) -> Option<[i64; 2]> {
    match span?.get("c")?.as_array()?.as_slice() {
        [start, end] => {
            let (start, end) = (start.as_i64()?, end.as_i64()?);
            (start >= 0 && end > start).then_some([start, end])
        }
        _ => None,
    }
}

/// A value or a list of them as a list.
pub(super) fn list(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(values)) => values.iter().collect(),
        Some(value) => vec![value],
    }
}

/// The texts in a value or a list.
pub(super) fn texts(value: Option<&Value>) -> Vec<&str> {
    list(value).into_iter().filter_map(Value::as_str).collect()
}

/// Tells whether a value is there and not empty: Python's truth.
pub(super) fn given(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(is)) => *is,
        Some(Value::Number(n)) => n.as_f64() != Some(0.0),
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(values)) => !values.is_empty(),
        Some(Value::Object(fields)) => !fields.is_empty(),
    }
}

/// A word of the codebook in its one spelling.
pub(super) fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    match lower.as_str() {
        "uncertain" | "possible/uncertain" => "possible",
        "canceled" => "cancelled",
        "not_happened" => "did_not_happen",
        "partial" => "mixed",
        "no_response" => "did_not_respond",
        other => other,
    }
    .to_owned()
}

/// Tells whether two values are equal but for spelling.
pub(super) fn same(a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a, b) {
        (Some(Value::String(a)), Some(Value::String(b))) => plain(a) == plain(b),
        (a, b) => a.unwrap_or(&Value::Null) == b.unwrap_or(&Value::Null),
    }
}

/// Tells whether two values or lists share a word.
pub(super) fn share_word(a: Option<&Value>, b: Option<&Value>) -> bool {
    let a: Vec<String> = texts(a).into_iter().map(plain).collect();
    texts(b).into_iter().map(plain).any(|word| a.contains(&word))
}

pub(super) fn overlap(a: [i64; 2], b: [i64; 2]) -> i64 {
    (a[1].min(b[1]) - a[0].max(b[0])).max(0)
}

/// Code points shared, over code points of both.
pub(super) fn alike(a: [i64; 2], b: [i64; 2]) -> f64 {
    let shared = overlap(a, b);
    shared as f64 / ((a[1] - a[0]) + (b[1] - b[0]) - shared) as f64
}

/// Tells whether both are there and share a code point.
pub(super) fn touch(a: Option<[i64; 2]>, b: Option<[i64; 2]>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if overlap(a, b) > 0)
}

/// Where an item stands: its main span, then the others.
pub(super) fn spans(item: &Value, main: &str) -> Vec<[i64; 2]> {
    let others = list(item.get("also")).into_iter().chain(list(item.get("mentions")));
    stretch(item.get(main)).into_iter().chain(others.filter_map(|span| stretch(Some(span)))).collect()
}

/// Where a gold entity may be pointed to by what a prediction gives as its place.
pub(super) fn anchors(item: &Value) -> Vec<[i64; 2]> {
    stretch(item.get("anchor"))
        .into_iter()
        .chain(list(item.get("alt")).into_iter().filter_map(|s| stretch(Some(s))))
        .collect()
}
