//! Rates: "20 million viewers a night" tells how many there are each night, and no night.

use reportedly_record::{Syntax, Text};

/// Words between a number and the "a" behind what it counts, at the most: "200 more paid posts a month".
const COUNTED: usize = 4;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Tells whether words of a length of time, the first of them word `first`, say how often: an article and a unit behind what a number counts.
pub(crate) fn is_rate(text: &Text, syntax: &Syntax, first: usize, words: &str) -> bool {
    let lower = words.to_lowercase();
    let single = lower.split_whitespace().count() == 2 && ["a ", "an ", "per "].iter().any(|a| lower.starts_with(a));
    let said = |i: usize| syntax.words.get(i).map_or("", |word| text.slice(word.span));
    let next = said(first + 2).to_lowercase();
    // "Fired four shells a day after the truce", "two years or a year or so".
    let goes_on = matches!(
        next.as_str(),
        "after"
            | "before"
            | "later"
            | "ago"
            | "earlier"
            | "since"
            | "or"
            | "and"
            | "until"
            | "from"
            | "away"
            | "prior"
            | "apart"
            | "into"
            | "on"
            | "when"
            | "of"
            | "early"
            | "late"
            | "short"
            | "to"
    );
    let Some(last) = first.checked_sub(1).filter(|_| single && !goes_on) else { return false };
    let number = |i: usize| {
        let word = &syntax.words[i];
        word.upos == "NUM"
            || matches!(
                said(i).to_lowercase().as_str(),
                "dozen" | "hundreds" | "thousands" | "million" | "millions" | "billion" | "billions" | "trillion"
            )
    };
    let counted = matches!(syntax.words[last].xpos.as_str(), "NNS" | "NNPS") || matches!(said(last), "percent" | "%");
    // "In 2016 a month went by", "on May 3 a week began".
    let behind = |i: usize| i.checked_sub(1).map_or(String::new(), |before| said(before).to_lowercase());
    let of_month = |i: usize| MONTHS.contains(&behind(i).as_str());
    let year = said(last).len() == 4 && said(last).parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year));
    let dated = year || matches!(behind(last).as_str(), "in" | "on" | "by") || of_month(last);
    number(last) && !dated || counted && (last.saturating_sub(COUNTED)..last).any(|i| number(i) && !of_month(i))
}

#[cfg(test)]
mod tests {
    use reportedly_record::{Deprel, Upos, Word, Xpos};

    use super::*;

    /// Words with their two tags; the unit begins at word `first`.
    fn check(given: &str, first: usize, expected: bool) {
        let parts: Vec<Vec<&str>> = given.split(' ').map(|word| word.split('/').collect()).collect();
        let text = Text::new(parts.iter().map(|part| part[0]).collect::<Vec<_>>().join(" "));
        let mut syntax = Syntax::default();
        let mut start = 0;
        for part in &parts {
            let span = text.span(start..start + part[0].len());
            let (upos, xpos, deprel) = (Upos::of(part[1]), Xpos::of(part[2]), Deprel::of("dep"));
            syntax.words.push(Word { span, upos, xpos, head: 0, deprel });
            start += part[0].len() + 1;
        }
        let words = format!("{} {}", parts[first][0], parts[first + 1][0]);
        assert_eq!(is_rate(&text, &syntax, first, &words), expected, "{given}");
    }

    #[test]
    fn so_many_a_night_is_a_rate() {
        check("has/VERB/VBZ 2/NUM/CD million/NUM/CD viewers/NOUN/NNS a/DET/DT night/NOUN/NN", 4, true);
        check("paid/VERB/VBD 9/NUM/CD an/DET/DT hour/NOUN/NN", 2, true);
        check("fired/VERB/VBD four/NUM/CD shells/NOUN/NNS a/DET/DT day/NOUN/NN after/ADP/IN", 3, false);
        check("two/NUM/CD shells/NOUN/NNS a/DET/DT week/NOUN/NN apart/ADV/RB", 2, false);
        check("200/NUM/CD workers/NOUN/NNS a/DET/DT month/NOUN/NN into/ADP/IN", 2, false);
        check("in/ADP/IN 2016/NUM/CD a/DET/DT month/NOUN/NN began/VERB/VBD", 2, false);
        check("on/ADP/IN May/PROPN/NNP 3/NUM/CD a/DET/DT week/NOUN/NN began/VERB/VBD", 3, false);
        check("stayed/VERB/VBD for/ADP/IN a/DET/DT night/NOUN/NN", 2, false);
    }
}
