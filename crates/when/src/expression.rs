//! Expressions: where a text speaks of time, by the rules alone.

use std::ops::Range;

use crate::lex::{Piece, PieceKind, bytes};
use crate::rules::{Match, Op, rules};

/// Finds the expressions of a text from left to right, the longest at each place. With `weak`, also words that often mean
/// something else.
pub(crate) fn expressions(pieces: &[Piece<'_>], weak: bool) -> Vec<Match> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match rules().at(pieces, at, weak, None).filter(|found| found.op != Op::Modifier) {
            Some(expression) => {
                at = expression.pieces.end;
                found.push(expression);
            }
            None => at += 1,
        }
    }
    found
}

/// Where an expression stands, in bytes.
pub(crate) fn place(pieces: &[Piece<'_>], found: &Match) -> Range<usize> {
    bytes(pieces, found.pieces.clone())
}

/// Words before which a month or a year alone is a time.
const BEFORE: [&str; 24] = [
    "in", "since", "of", "by", "until", "till", "from", "during", "before", "after", "to", "and", "through", "last",
    "next", "this", "for", "between", "early", "late", "mid", "around", "about", "(",
];

/// Words before which a year alone is one, too: "the 1987 crash".
const BEFORE_YEAR: [&str; 6] = ["the", "'s", "’s", "his", "its", "their"];

/// Tells whether an expression is a time whatever else the text says. Others count only where the encoder agrees.
pub(crate) fn is_sure(pieces: &[Piece<'_>], found: &Match) -> bool {
    if found.is_weak {
        return false;
    }
    let Some([first, rest @ ..]) = pieces.get(found.pieces.clone()) else { return false };
    let is_capital = |piece: &Piece<'_>| piece.kind == PieceKind::Word && piece.begins_with_capital();
    // "60 Minutes", "Two Years": names have capitals where a time has none.
    let meaning = &found.meaning;
    let names_a_unit = meaning.unit.is_some() || meaning.part.is_some() && meaning.weekday.is_none();
    if names_a_unit
        && rest.iter().any(is_capital)
        && meaning.month.is_none()
        && meaning.weekday.is_none()
        && meaning.hour.is_none()
    {
        return false;
    }
    let alone = found.pieces.len() == 1 && (meaning.month.is_some() || meaning.year.is_some());
    if alone {
        let before = found.pieces.start.checked_sub(1).and_then(|at| pieces.get(at));
        let behind = pieces.get(found.pieces.end);
        // "$2000", "2000 people", "May" the name.
        let is_among =
            |words: &[&str]| before.is_some_and(|p| words.iter().any(|word| p.text.eq_ignore_ascii_case(word)));
        return (is_among(&BEFORE) || meaning.year.is_some() && is_among(&BEFORE_YEAR))
            && behind.is_none_or(|p| p.kind != PieceKind::Word || !is_capital(p) || meaning.year.is_some());
    }
    // "2-1": an hour needs its minutes or its half of the day, which `class` sees to; an age or a price has a mark before.
    let before = found.pieces.start.checked_sub(1).and_then(|at| pieces.get(at));
    !(first.kind == PieceKind::Number
        && first.is_tight
        && before.is_some_and(|p| matches!(p.text, "$" | "£" | "€" | "#")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::pieces;

    fn check(text: &str, expected: &[&str]) {
        let cut = pieces(text);
        let found = expressions(&cut, false);
        let sure = found.iter().filter(|found| is_sure(&cut, found));
        let found: Vec<&str> = sure.map(|found| &text[place(&cut, found)]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn times_and_what_only_looks_like_one() {
        check("CBS’s “60 Minutes” aired October 19.", &["October 19"]);
        check("Mr. May said the year of $2000 was no date.", &[]);
        check("They won 3-2 in the 89th minute on Sunday night.", &["Sunday night"]);
        check("In May 2024 and in 2023, from May on.", &["May 2024", "2023", "May"]);
        check("The March on Washington: they march.", &[]);
    }
}
