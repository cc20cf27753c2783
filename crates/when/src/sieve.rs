//! What the encoder hears as a time and is none: an ordinal, a score, a piece of a name.

use reportedly_record::{Syntax, Text};

/// Tells whether some words (bytes of the text, the first of them word `first`) are no time. `value` is what they were read as;
/// `is_read` tells whether a rule did.
pub(crate) fn is_none(text: &Text, syntax: &Syntax, first: usize, words: &str, value: &str, is_read: bool) -> bool {
    let before = first.checked_sub(1).and_then(|at| syntax.words.get(at));
    let said = |word: &reportedly_record::Word| text.slice(word.span);
    let lower = words.to_lowercase();
    match () {
        // "A second term", "secondly": only "a second" before no noun lasts one.
        () if value == "PT1S" => {
            let last = syntax.words[first..].iter().take(3).find(|word| said(word).to_lowercase() == "second");
            let ranked = last.is_some_and(|word| word.upos != "NOUN");
            lower == "secondly" || lower.ends_with("second") && !lower.starts_with("one") && ranked
        }
        // "Three-quarters of voters", "three-quarters (77%)", "a third of them": a share.
        () if value.starts_with('P') && lower.split(['-', ' ']).any(|w| matches!(w, "quarter" | "quarters")) => {
            let end = syntax.words[first].span.bytes().start + words.len();
            let behind = syntax.words[first..].iter().find(|word| word.span.bytes().start >= end);
            behind.is_some_and(|word| matches!(said(word), "of" | "("))
        }
        // "218-209", "15": a number is a time only where a rule reads it so.
        () if !is_read && !words.contains(char::is_alphabetic) && !words.contains(['\'', '’', '/']) => true,
        // "COVID-19": a name.
        () if !is_read && words.split_once('-').is_some_and(|(name, number)| is_code(name, number)) => true,
        // "1,100 pages", "three times": what is counted is no time.
        () if !is_read && value == "PXX" && is_count(&lower) => true,
        // "USA Today", "America Tonight".
        () if matches!(words, "Today" | "Tonight" | "Tomorrow" | "Overnight" | "Morning" | "Evening") => {
            before.is_some_and(|word| word.upos == "PROPN" && said(word).starts_with(char::is_uppercase))
        }
        // "The Harbour Daily".
        () if matches!(words, "Daily" | "Weekly" | "Monthly" | "Quarterly") => before.is_some_and(|word| {
            matches!(word.upos.as_str(), "PROPN" | "PART") || said(word).starts_with(char::is_uppercase)
        }),
        // "As soon as the gate opens".
        () if lower == "soon" => {
            let next = syntax.words.get(first + 1);
            let both = [before, next].map(|word| word.is_some_and(|word| said(word).eq_ignore_ascii_case("as")));
            both == [true, true]
        }
        // "Now, the question is": a word to go on with.
        () if words == "Now" => syntax.words.get(first + 1).is_some_and(|next| said(next) == ","),
        () => false,
    }
}

/// Whether words count something that is no stretch of time.
fn is_count(lower: &str) -> bool {
    const TIMES: [&str; 22] = [
        "second",
        "minute",
        "hour",
        "day",
        "night",
        "morning",
        "evening",
        "week",
        "month",
        "quarter",
        "year",
        "decade",
        "centur",
        "season",
        "period",
        "while",
        "moment",
        "holiday",
        "term",
        "ago",
        "now",
        "generation",
    ];
    const MANY: [&str; 10] = ["two", "three", "four", "five", "six", "several", "multiple", "many", "dozens", "nearly"];
    let first = lower.split([' ', '-']).next().unwrap_or_default();
    let counts = first.starts_with(|c: char| c.is_ascii_digit()) || MANY.contains(&first) || lower.ends_with(" times");
    let time = |word: &str| word == "time" || TIMES.iter().any(|time| word.starts_with(time));
    counts && !lower.split([' ', '-']).any(time)
}

/// Whether a word is capitals and a number joined by a dash.
fn is_code(name: &str, number: &str) -> bool {
    name.len() > 1
        && name.chars().all(|c| c.is_ascii_uppercase())
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit())
}

/// Tells whether words for the present mean more than the day of writing.
pub(crate) fn is_wide_present(words: &str) -> bool {
    const DAY: [&str; 7] = ["now", "right now", "today", "tonight", "at the moment", "this moment", "the moment"];
    !DAY.contains(&words.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use reportedly_record::{Deprel, Upos, Word, Xpos};

    use super::*;

    /// Words with their part of speech; those with a star are what was heard.
    fn check(given: &str, value: &str, is_read: bool, expected: bool) {
        let text =
            Text::new(given.split(' ').map(|w| w.split('/').next().unwrap_or_default()).collect::<Vec<_>>().join(" "));
        let mut syntax = Syntax::default();
        let mut heard: Vec<usize> = Vec::new();
        let mut start = 0;
        for (at, word) in given.split(' ').enumerate() {
            let (word, tag) = word.split_once('/').expect("a tag");
            heard.extend(tag.ends_with('*').then_some(at));
            let span = text.span(start..start + word.len());
            let (upos, xpos, deprel) = (Upos::of(tag.trim_end_matches('*')), Xpos::of("FW"), Deprel::of("dep"));
            syntax.words.push(Word { span, upos, xpos, head: 0, deprel });
            start += word.len() + 1;
        }
        let (first, last) = (heard[0], heard[heard.len() - 1]);
        let words = text.slice(syntax.words[first].span.hull(syntax.words[last].span));
        assert_eq!(is_none(&text, &syntax, first, words, value, is_read), expected, "{given}");
    }

    #[test]
    fn an_ordinal_lasts_no_second() {
        check("for/ADP a/DET* second/ADJ* term/NOUN", "PT1S", true, true);
        check("for/ADP a/DET* second/NOUN*", "PT1S", true, false);
        check("Secondly/ADV* ,/PUNCT", "PT1S", true, true);
    }

    #[test]
    fn a_number_or_a_name_is_no_time() {
        check("three/NUM* quarters/NOUN* of/ADP voters/NOUN", "P9M", true, true);
        check("three/NUM* quarters/NOUN* (/PUNCT 77/NUM", "P9M", true, true);
        check("three/NUM* quarters/NOUN* ago/ADV", "P9M", true, false);
        check("left/VERB at/ADP 15/NUM*", "XXXX-XX-XX", false, true);
        check("at/ADP 1,100/NUM* pages/NOUN*", "PXX", false, true);
        check("lost/VERB four/NUM* times/NOUN*", "PXX", false, true);
        check("for/ADP two/NUM* seasons/NOUN*", "PXX", false, false);
        check("in/ADP ’04/NUM*", "XXXX-XX-XX", false, false);
        check("America/PROPN Tonight/NOUN*", "2013-08-28TNI", true, true);
        check("and/CCONJ Tonight/NOUN*", "2013-08-28TNI", true, false);
        check("the/DET Harbour/PROPN Daily/PROPN*", "P1D", true, true);
        check("Daily/ADV* ,/PUNCT", "P1D", true, false);
        check("as/ADV soon/ADV* as/ADP the/DET gate/NOUN opens/VERB", "FUTURE_REF", true, true);
        check("meet/VERB soon/ADV* ,/PUNCT", "FUTURE_REF", true, false);
        check("about/ADP ZARV-19/PROPN*", "XXXX-XX-XX", false, true);
        check("in/ADP mid-19/NUM*", "XXXX-XX-XX", false, false);
        check("Now/ADV* ,/PUNCT the/DET question/NOUN", "PRESENT_REF", true, true);
        check("Now/ADV* the/DET port/NOUN", "PRESENT_REF", true, false);
    }

    #[test]
    fn these_days_are_more_than_a_day() {
        assert!(is_wide_present("These days") && is_wide_present("currently") && !is_wide_present("Now"));
    }
}
