//! Order: times that a report gives by something that happens, "ahead of the ceasefire signing". They are on no calendar;
//! what they say is which came first.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use reportedly_record::{Order, Side, Syntax, Text, Word};

static OCCASIONS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/occasions.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// Words before an occasion, and on which side of it they put what is told. The longest come first.
const SIDES: [(&[&str], Side); 16] = [
    (&["in", "the", "run-up", "to"], Side::Before),
    (&["on", "the", "eve", "of"], Side::Before),
    (&["in", "the", "aftermath", "of"], Side::After),
    (&["in", "the", "wake", "of"], Side::After),
    (&["in", "advance", "of"], Side::Before),
    (&["in", "the", "midst", "of"], Side::During),
    (&["ahead", "of"], Side::Before),
    (&["prior", "to"], Side::Before),
    (&["shortly", "before"], Side::Before),
    (&["shortly", "after"], Side::After),
    (&["before"], Side::Before),
    (&["after"], Side::After),
    (&["following"], Side::After),
    (&["since"], Side::After),
    (&["during"], Side::During),
    (&["amid"], Side::During),
];

/// Finds the orders in some words, in text order. `dated` tells whether a stretch (bytes) holds a time expression: then the
/// calendar says when.
pub(crate) fn orders(
    text: &Text,
    syntax: &Syntax,
    dated: impl Fn(&Range<usize>) -> bool,
) -> Vec<(Range<usize>, Order)> {
    let words = &syntax.words;
    let said: Vec<String> = words.iter().map(|word| text.slice(word.span).to_lowercase()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let here = SIDES
            .iter()
            .find(|(phrase, _)| phrase.iter().zip(&said[at..]).filter(|(a, b)| a == b).count() == phrase.len());
        let Some((phrase, side)) = here else {
            at += 1;
            continue;
        };
        let first = at + phrase.len();
        at = first;
        let Some(last) = occasion(words, &said, first) else { continue };
        let event = words[first].span.hull(words[last].span);
        let whole = words[first - phrase.len()].span.hull(event);
        if !dated(&whole.bytes()) {
            found.push((whole.bytes(), Order { side: *side, event: text.words(event) }));
            at = last + 1;
        }
    }
    found
}

/// Words of an occasion's name at the most, before the noun itself.
const LONGEST: usize = 7;

/// The last word of the occasion that is named from a word on: a noun that names one, with what stands before it.
fn occasion(words: &[Word], said: &[String], first: usize) -> Option<usize> {
    let belongs = |word: &Word| {
        matches!(word.upos.as_str(), "DET" | "ADJ" | "NOUN" | "PROPN" | "NUM" | "PRON" | "PART")
            && !matches!(word.xpos.as_str(), "WDT" | "WP")
    };
    let run = (first..words.len().min(first + LONGEST)).take_while(|at| belongs(&words[*at]));
    let is_noun = |at: &usize| matches!(words[*at].upos.as_str(), "NOUN" | "PROPN");
    let last = run.filter(is_noun).last()?;
    OCCASIONS.contains(said[last].as_str()).then_some(last)
}

#[cfg(test)]
mod tests {
    use reportedly_record::{Deprel, Upos, Xpos};

    use super::*;

    /// Each word with its part of speech: "ahead/ADV of/ADP".
    fn check(given: &str, expected: &[(&str, Side, &str)]) {
        let rows: Vec<(&str, &str)> = given.split(' ').map(|word| word.rsplit_once('/').expect("a tag")).collect();
        let text = Text::new(rows.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" "));
        let mut syntax = Syntax::default();
        let mut start = 0;
        for (word, tag) in rows {
            let span = text.span(start..start + word.len());
            let (upos, xpos, deprel) = (Upos::of(tag), Xpos::of("FW"), Deprel::of("dep"));
            syntax.words.push(Word { span, upos, xpos, head: 0, deprel });
            start += word.len() + 1;
        }
        let found = orders(&text, &syntax, |_| false);
        let found: Vec<(&str, Side, &str)> = found
            .iter()
            .map(|(whole, order)| (&text.as_str()[whole.clone()], order.side, order.event.text.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_occasion_dates_what_came_before_and_behind_it() {
        check(
            "They/PRON met/VERB ahead/ADV of/ADP the/DET ceasefire/NOUN signing/NOUN ./PUNCT",
            &[("ahead of the ceasefire signing", Side::Before, "the ceasefire signing")],
        );
        check(
            "In/ADP the/DET wake/NOUN of/ADP last/ADJ month/NOUN 's/PART talks/NOUN he/PRON left/VERB",
            &[("In the wake of last month 's talks", Side::After, "last month 's talks")],
        );
        check("He/PRON came/VERB after/ADP Smith/PROPN and/CCONJ before/ADP the/DET judge/NOUN", &[]);
    }
}
