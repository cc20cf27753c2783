//! What the eye sees of a word beside its letters, for an encoder that knows no capitals: shape, quotation, place.

use std::ops::Range;

use crate::quotations::Quotation;

/// Sizes of the feature tables, in the order of the numbers of a word.
pub const SIZES: [usize; 3] = [8, 5, 4];

/// Returns three small numbers for every word: its shape, its place by quotation marks, its place in the line.
pub fn features(text: &str, words: &[Range<usize>], quotations: &[Quotation]) -> Vec<[u8; 3]> {
    let quoted = quoted(words, quotations);
    let mut end = 0;
    words
        .iter()
        .zip(quoted)
        .enumerate()
        .map(|(i, (word, quoted))| {
            let gap = &text[end..word.start];
            let place = match () {
                () if i == 0 => 2,
                () if gap.contains('\n') => 1,
                () if gap.is_empty() => 3,
                () => 0,
            };
            end = word.end;
            [shape(&text[word.clone()]), quoted, place]
        })
        .collect()
}

/// Shape: 0 lower, 1 Capital, 2 ALL CAPITALS, 3 miXed, 4 with digits, 5 no letters, 6 one capital, 7 with inner dots.
fn shape(word: &str) -> u8 {
    let (mut upper, mut lower, mut digit, mut dot) = (0, 0, 0, 0);
    for c in word.chars() {
        if c.is_uppercase() {
            upper += 1;
        } else if c.is_alphabetic() {
            lower += 1;
        } else if c.is_numeric() {
            digit += 1;
        } else if c == '.' {
            dot += 1;
        }
    }
    let capital_first = word.starts_with(char::is_uppercase);
    match (upper, lower) {
        _ if digit > 0 => 4,
        (0, 0) => 5,
        _ if dot > 0 => 7,
        (0, _) => 0,
        (1, 0) => 6,
        (_, 0) => 2,
        (1, _) if capital_first => 1,
        _ => 3,
    }
}

/// Quotation: 0 outside, 1 between double marks, 2 an opening mark, 3 a closing mark, 4 between single marks only.
fn quoted(words: &[Range<usize>], quotations: &[Quotation]) -> Vec<u8> {
    let mut quoted = vec![0u8; words.len()];
    for q in quotations {
        let from = words.partition_point(|w| w.end <= q.outer.start);
        for (word, state) in words[from..].iter().zip(&mut quoted[from..]) {
            if word.start >= q.outer.end {
                break;
            }
            let new = match () {
                () if word.start < q.inner.start => 2,
                () if word.start >= q.inner.end => 3,
                () if q.single => 4,
                () => 1,
            };
            // Speech inside speech is speech: single marks inside double ones change only the marks themselves.
            if !(new == 4 && *state == 1) {
                *state = new;
            }
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{quotations, words};

    #[test]
    fn shapes_and_quotations_are_told() {
        let text = "“Go,” McCoy of the U.S. told\n‘AFP’";
        let words = words(text);
        let told: Vec<String> = features(text, &words, &quotations(text))
            .iter()
            .zip(&words)
            .map(|(f, w)| format!("{} {}{}{}", &text[w.clone()], f[0], f[1], f[2]))
            .collect();
        assert_eq!(
            told.join(", "),
            "“ 522, Go 113, , 513, ” 533, McCoy 300, of 000, the 000, U.S. 700, told 000, ‘ 521, AFP 243, ’ 533"
        );
    }
}
