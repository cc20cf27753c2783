//! A report's text and the stretches of it that evidence points to. The text is never edited again.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An offset into a text in UTF-8 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Byte(pub u32);

/// An offset into a text in Unicode code points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Char(pub u32);

/// A stretch of a report's text, end exclusive, in both units: code points for readers, bytes for slicing.
///
/// Only [`Text::span`] makes one, so that the two units always name the same stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    // Invariant: start <= end, both on char boundaries of the text, chars and bytes the same stretch.
    bytes: [Byte; 2],
    chars: [Char; 2],
}

impl Span {
    /// First byte and the byte after the last.
    pub fn bytes(self) -> Range<usize> {
        self.bytes[0].0 as usize..self.bytes[1].0 as usize
    }

    /// First code point and the code point after the last.
    pub fn chars(self) -> Range<usize> {
        self.chars[0].0 as usize..self.chars[1].0 as usize
    }

    /// Tells whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.bytes[0] == self.bytes[1]
    }

    /// Tells whether `other` lies wholly inside this span.
    pub fn covers(self, other: Span) -> bool {
        self.bytes[0] <= other.bytes[0] && other.bytes[1] <= self.bytes[1]
    }

    /// Tells whether the two spans share a byte.
    pub fn touches(self, other: Span) -> bool {
        self.bytes[0] < other.bytes[1] && other.bytes[0] < self.bytes[1]
    }

    /// Returns the smallest span that covers both.
    pub fn hull(self, other: Span) -> Span {
        Span {
            bytes: [self.bytes[0].min(other.bytes[0]), self.bytes[1].max(other.bytes[1])],
            chars: [self.chars[0].min(other.chars[0]), self.chars[1].max(other.chars[1])],
        }
    }
}

/// A text with its code-point index. Cheap to clone.
#[derive(Clone)]
pub struct Text(Arc<Inner>);

struct Inner {
    string: String,
    // Code points before each STRIDE-th byte; empty when the text is ASCII, where both units agree.
    marks: Vec<u32>,
}

/// Bytes between two marks of the code-point index: 64 costs 6% of the text and at most 64 steps a look-up.
const STRIDE: usize = 64;

impl Text {
    /// Indexes a text. Texts are at most 4 GiB (intake stops far below).
    pub fn new(string: impl Into<String>) -> Text {
        let string = string.into();
        let mut marks = Vec::new();
        if !string.is_ascii() {
            let mut seen = 0u32;
            for (i, byte) in string.bytes().enumerate() {
                if i % STRIDE == 0 {
                    marks.push(seen);
                }
                // A byte that does not continue a code point begins one.
                seen += u32::from(byte & 0xC0 != 0x80);
            }
        }
        Text(Arc::new(Inner { string, marks }))
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0.string
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.0.string.len()
    }

    /// Tells whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.0.string.is_empty()
    }

    /// Returns the code points before a byte offset, which must be on a boundary.
    fn char_at(&self, byte: usize) -> u32 {
        if self.0.marks.is_empty() {
            return byte as u32;
        }
        let mark = (byte / STRIDE).min(self.0.marks.len() - 1);
        let rest = &self.0.string.as_bytes()[mark * STRIDE..byte];
        self.0.marks[mark] + rest.iter().filter(|b| *b & 0xC0 != 0x80).count() as u32
    }

    /// Returns the span of a byte range, widened outward to code-point boundaries and cut at the end of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        let string = self.as_str();
        let start = string.floor_char_boundary(range.start.min(string.len()));
        let end = string.ceil_char_boundary(range.end.clamp(start, string.len()));
        Span {
            bytes: [Byte(start as u32), Byte(end as u32)],
            chars: [Char(self.char_at(start)), Char(self.char_at(end))],
        }
    }

    /// Returns the span of a code-point range, cut at the end of the text.
    pub fn span_of_chars(&self, range: Range<usize>) -> Span {
        let byte = |at: usize| {
            if self.0.marks.is_empty() {
                return at.min(self.len());
            }
            let mark = self.0.marks.partition_point(|seen| *seen as usize <= at).saturating_sub(1);
            let from = self.as_str().ceil_char_boundary(mark * STRIDE);
            let skipped = at.saturating_sub(self.char_at(from) as usize);
            self.as_str()[from..].char_indices().nth(skipped).map_or(self.len(), |(i, _)| from + i)
        };
        self.span(byte(range.start)..byte(range.end.max(range.start)))
    }

    /// Returns the words of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.as_str().get(span.bytes()).unwrap_or_default()
    }

    /// Returns the span with its words beside it.
    pub fn words(&self, span: Span) -> Words {
        Words { span, text: self.slice(span).to_owned() }
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes)", self.len())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_str().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        String::deserialize(deserializer).map(Text::new)
    }
}

impl JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "description": "The report's whole text. Every span points into it."})
    }
}

/// A span and the words it covers, exactly as they stand in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// Where the words stand.
    #[serde(flatten)]
    pub span: Span,
    /// The words.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_units_name_the_same_words() {
        let text = Text::new("“Né à Tel-Aviv” — said Zoë. ".repeat(9));
        for start in (0..text.len()).filter(|i| text.as_str().is_char_boundary(*i)) {
            for end in (start..text.len().min(start + 40)).filter(|i| text.as_str().is_char_boundary(*i)) {
                let span = text.span(start..end);
                let by_chars: String =
                    text.as_str().chars().skip(span.chars().start).take(span.chars().len()).collect();
                assert_eq!(text.slice(span), by_chars);
                assert_eq!(text.span_of_chars(span.chars()), span);
            }
        }
    }

    #[test]
    fn a_range_inside_a_code_point_is_widened() {
        let text = Text::new("a“b");
        assert_eq!(text.slice(text.span(2..3)), "“");
        assert_eq!(text.span(2..99).bytes(), 1..5);
    }
}
