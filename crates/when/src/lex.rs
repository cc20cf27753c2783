//! Words, numbers and marks of a text, as time expressions are made of them.

use std::ops::Range;

/// A stretch of letters, a number or one mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece<'a> {
    pub(crate) text: &'a str,
    /// First byte in the text.
    pub(crate) start: usize,
    pub(crate) kind: PieceKind,
    /// Nothing stands between this and the piece before.
    pub(crate) is_tight: bool,
}

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// Letters; a closing point stays with an abbreviation ("Oct.", "p.m.").
    Word,
    /// Digits, with commas or a decimal point between them.
    Number,
    Mark,
}

impl Piece<'_> {
    /// The byte behind the last.
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(crate) fn begins_with_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }
}

/// Cuts a text. Every byte that is no white space is in exactly one piece.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    let mut behind = usize::MAX;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (length, kind) = match first {
            '\'' | '’' if is_possessive(&text[at + first.len_utf8()..]) => (first.len_utf8() + 1, PieceKind::Word),
            '0'..='9' => (number(&text[at..]), PieceKind::Number),
            c if c.is_alphabetic() => (word(&text[at..]), PieceKind::Word),
            c => (c.len_utf8(), PieceKind::Mark),
        };
        pieces.push(Piece { text: &text[at..at + length], start: at, kind, is_tight: at == behind });
        at += length;
        behind = at;
    }
    pieces
}

/// Tells whether what follows an apostrophe is a lone s.
fn is_possessive(rest: &str) -> bool {
    rest.strip_prefix('s').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Length of the number that a text begins with.
fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while is_digit(end) || (matches!(bytes.get(end), Some(b',' | b'.')) && is_digit(end + 1) && end > 0) {
        // "Oct. 7,2023": a comma parts thousands or nothing.
        let parts_thousands = (1..=3).all(|k| is_digit(end + k)) && !is_digit(end + 4);
        if bytes[end] == b',' && !parts_thousands {
            break;
        }
        end += 1;
    }
    end
}

/// Length of the word that a text begins with. Dots inside ("p.m.") belong to it, and one behind if the word is short
/// enough to be an abbreviation.
fn word(text: &str) -> usize {
    let letters = |from: usize| text[from..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |n| from + n);
    let mut end = letters(0);
    while text[end..].starts_with('.') && text[end + 1..].starts_with(char::is_alphabetic) && end < 8 {
        end = letters(end + 1);
    }
    let is_dotted = text[..end].contains('.');
    let is_abbreviation = ABBREVIATIONS.iter().any(|a| a.eq_ignore_ascii_case(&text[..end]));
    end + usize::from(text[end..].starts_with('.') && (is_dotted || is_abbreviation))
}

/// Words that a point shortens.
const ABBREVIATIONS: [&str; 25] = [
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed",
    "thu", "thur", "thurs", "fri", "sat", "sun", "hrs", "min", "yrs",
];

/// Byte range of a run of pieces.
pub(crate) fn bytes(pieces: &[Piece<'_>], run: Range<usize>) -> Range<usize> {
    match pieces.get(run) {
        Some([first, .., last]) => first.start..last.end(),
        Some([only]) => only.start..only.end(),
        _ => 0..0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_pieces() {
        let cut = |text| pieces(text).iter().map(|p| p.text).collect::<Vec<_>>().join("|");
        assert_eq!(cut("met on Oct. 7, 2023."), "met|on|Oct.|7|,|2023|.");
        assert_eq!(cut("at 9:30 p.m. Monday"), "at|9|:|30|p.m.|Monday");
        assert_eq!(cut("1,200 people, 2.5 years"), "1,200|people|,|2.5|years");
        assert_eq!(cut("Oct. 7,2023 to 2024."), "Oct.|7|,|2023|to|2024|.");
        assert_eq!(cut("a two-year-old’s 1990s"), "a|two|-|year|-|old|’s|1990|s");
    }
}
