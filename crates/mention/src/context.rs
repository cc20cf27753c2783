//! What a noun of several meanings means where it stands: "his head" is no leader, "the stock market" no building. The readings are in
//! `data/contexts.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use reportedly_record::{EntityKind, Mention};

use crate::lexicon::{self, Number, Sense};
use crate::phrase::{Form, Phrase};
use crate::tree::Trees;

/// Something that has to hold where a noun stands.
#[derive(Debug)]
struct Test {
    not: bool,
    what: &'static str,
    words: Vec<&'static str>,
}

/// What a noun means where all tests hold.
#[derive(Debug)]
struct Reading {
    tests: Vec<Test>,
    sense: Sense,
}

static READINGS: LazyLock<BTreeMap<&'static str, Vec<Reading>>> = LazyLock::new(|| {
    let lines = include_str!("../data/contexts.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(": "))
        .map(|(noun, readings)| (noun, readings.split("; ").filter_map(reading).collect()))
        .collect()
});

fn reading(line: &'static str) -> Option<Reading> {
    let (tests, kind) = line.split_once(" -> ")?;
    let test = |test: &'static str| {
        let (not, test) = test.strip_prefix('!').map_or((false, test), |test| (true, test));
        let mut words = test.split_whitespace();
        Some(Test { not, what: words.next()?, words: words.collect() })
    };
    Some(Reading { tests: tests.split(" & ").filter_map(test).collect(), sense: lexicon::sense(kind)? })
}

/// The sense of a description by a noun where it stands; none where the noun has just one, or the other readings do not fit.
pub(crate) fn sense(
    trees: &Trees<'_>,
    phrase: &Phrase,
    names: &[Mention],
    lemma: &str,
    number: Number,
) -> Option<Sense> {
    let readings = READINGS.get(lemma)?;
    let holds = |test: &Test| holds(trees, phrase, names, number, test) != test.not;
    readings.iter().find(|reading| reading.tests.iter().all(holds)).map(|reading| reading.sense)
}

fn holds(trees: &Trees<'_>, phrase: &Phrase, names: &[Mention], number: Number, test: &Test) -> bool {
    let head = phrase.head;
    let among = |i: usize| test.words.contains(&trees.lower(i).as_str());
    let before = || phrase.shown.start..head;
    let own = |i: &usize| matches!(trees.rel(*i), "amod" | "compound" | "nmod:desc" | "flat" | "nmod");
    let owner = || trees.child(head, &["nmod:poss"]);
    match test.what {
        "by" => before().any(among),
        "then" => head + 1 < trees.len() && among(head + 1),
        "at" => trees.children(head).iter().any(|c| trees.rel(*c) == "case" && *c < head && among(*c)),
        "named" => {
            let capital = |i: usize| trees.said(i).starts_with(char::is_uppercase) && trees.word(i).upos != "DET";
            before().filter(|i| own(i)).any(|i| capital(i) && trees.word(i).upos != "PRON" && !starts(trees, i))
        }
        "modified" => before().any(|i| own(&i)),
        "owned" => phrase.form == Form::Owned,
        "whose" => {
            let person = |i: usize| {
                let word = trees.lower(i);
                let pronoun = matches!(word.as_str(), "my" | "your" | "his" | "her" | "our" | "their");
                let span = trees.word(i).span;
                let named = || names.iter().find(|name| name.evidence.span.covers(span)).map(|name| name.kind);
                pronoun || lexicon::is_person(&word) || named() == Some(EntityKind::Person)
            };
            phrase.form == Form::Owned && owner().is_some_and(person)
        }
        "many" => number == Number::Many || matches!(trees.word(head).xpos.as_str(), "NNS" | "NNPS"),
        "bare" => phrase.form == Form::Bare,
        "a" => phrase.form == Form::Indefinite,
        "capital" => trees.said(head).starts_with(char::is_uppercase) && !starts(trees, head),
        _ => test.what == "else",
    }
}

/// Whether a word begins its sentence, where a capital tells nothing.
fn starts(trees: &Trees<'_>, i: usize) -> bool {
    trees.syntax.sentences.iter().any(|sentence| sentence.start as usize == i)
}

/// Endings of nouns for what can neither be touched nor does anything.
const ABSTRACT: [&str; 5] = ["ness", "ism", "ity", "acy", "hood"];

/// Nouns that end so and can be somebody or something all the same, from `data/concrete.txt`.
static CONCRETE: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/concrete.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Whether the end of a noun that no table has tells that it is for something abstract: "dignity", "realism".
pub(crate) fn is_abstract(noun: &str) -> bool {
    let stem = |end: &str| noun.strip_suffix(end).is_some_and(|stem| stem.len() > 2);
    ABSTRACT.iter().any(|end| stem(end)) && !CONCRETE.contains(noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_can_be_read_and_is_of_a_known_noun() {
        const TESTS: [&str; 12] =
            ["by", "then", "at", "named", "modified", "owned", "whose", "many", "bare", "a", "capital", "else"];
        for line in include_str!("../data/contexts.txt").lines().filter(|line| !line.starts_with('#')) {
            let Some((noun, readings)) = line.split_once(": ") else { continue };
            assert!(lexicon::noun(noun).is_some(), "{noun}");
            for line in readings.split("; ") {
                let reading = reading(line).unwrap_or_else(|| panic!("{noun}: {line}"));
                assert!(reading.tests.iter().all(|test| TESTS.contains(&test.what)), "{noun}: {line}");
            }
        }
    }

    #[test]
    fn endings_tell_what_is_abstract() {
        assert!(is_abstract("dignity") && is_abstract("realism") && is_abstract("democracy"));
        assert!(!is_abstract("minority") && !is_abstract("city") && !is_abstract("captain"));
    }
}
