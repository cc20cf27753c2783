//! What common nouns, titles and given names tell of the one they are used of. The tables are in `data/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use reportedly_record::EntityKind;

/// Whether somebody is a man or a woman, as far as words show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gender {
    /// He.
    Man,
    /// She.
    Woman,
    /// Not shown.
    Open,
}

/// One or several, as far as words show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    /// One.
    One,
    /// Several.
    Many,
    /// Not shown, or a body that is both: "the team".
    Open,
}

/// What a noun is a noun for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// Something that can be an entity of a report.
    Of(EntityKind),
    /// Something that happens.
    Event,
    /// Neither can be touched nor happens.
    Abstract,
    /// A time.
    Time,
}

/// What the table says of a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Noun {
    pub(crate) sense: Sense,
    pub(crate) gender: Gender,
    pub(crate) number: Number,
    /// The noun in the singular.
    pub(crate) lemma: &'static str,
}

static NOUNS: LazyLock<BTreeMap<String, Noun>> = LazyLock::new(|| {
    let mut nouns = BTreeMap::new();
    for line in include_str!("../data/nouns.txt").lines() {
        let mut words = line.split_whitespace();
        let Some((sense, gender, many)) = words.next().and_then(group) else { continue };
        for noun in words {
            let (lemma, plural) = noun.split_once('/').map_or((noun, None), |(one, many)| (one, Some(many)));
            let one = Noun { sense, gender, number: if many { Number::Open } else { Number::One }, lemma };
            nouns.entry(lemma.to_owned()).or_insert(one);
            let plural = plural.map_or_else(|| plural_of(lemma), str::to_owned);
            nouns.entry(plural).or_insert(Noun { number: Number::Many, ..one });
        }
    }
    nouns
});

/// A line's first word: kind, gender, and whether its singulars are many.
fn group(word: &str) -> Option<(Sense, Gender, bool)> {
    let (kind, mark) = word.split_once('.').unwrap_or((word, ""));
    let gender = match mark {
        "m" => Gender::Man,
        "f" => Gender::Woman,
        _ => Gender::Open,
    };
    let sense = sense(kind)?;
    Some((sense, gender, mark == "many" || matches!(kind, "organisation" | "media" | "government")))
}

/// The sense that a kind's name stands for in the tables.
pub(crate) fn sense(kind: &str) -> Option<Sense> {
    Some(match kind {
        "person" => Sense::Of(EntityKind::Person),
        "group" => Sense::Of(EntityKind::Group),
        "organisation" => Sense::Of(EntityKind::Organisation),
        "government" => Sense::Of(EntityKind::Government),
        "media" => Sense::Of(EntityKind::Media),
        "programme" => Sense::Of(EntityKind::Programme),
        "place" => Sense::Of(EntityKind::Place),
        "facility" => Sense::Of(EntityKind::Facility),
        "document" => Sense::Of(EntityKind::Document),
        "agreement" => Sense::Of(EntityKind::Agreement),
        "vehicle" => Sense::Of(EntityKind::Vehicle),
        "occasion" => Sense::Of(EntityKind::Occasion),
        "thing" => Sense::Of(EntityKind::Thing),
        "event" => Sense::Event,
        "abstract" => Sense::Abstract,
        "time" => Sense::Time,
        _ => return None,
    })
}

/// Whether a word is a noun for a person.
pub(crate) fn is_person(word: &str) -> bool {
    noun(word).is_some_and(|noun| noun.sense == Sense::Of(EntityKind::Person))
}

fn plural_of(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with(['s', 'x', 'z']) || noun.ends_with("ch") || noun.ends_with("sh") => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// Looks a common noun up, in lower case.
pub(crate) fn noun(word: &str) -> Option<Noun> {
    const SAIL: [&str; 10] = ["war", "battle", "steam", "air", "flag", "space", "star", "gun", "troop", "light"];
    let found = |word: &str| NOUNS.get(word).copied();
    // "co-leader", "tugboat", "ex-wife".
    found(word).or_else(|| found(word.rsplit_once('-')?.1)).or_else(|| {
        ["man", "men", "woman", "women", "boat", "ship", "paper", "house"]
            .iter()
            .find(|end| word.len() > end.len() + 2 && word.ends_with(**end))
            .and_then(|end| found(end))
            .filter(|_| !matches!(word, "human" | "german" | "roman" | "specimen" | "regimen" | "talisman"))
            // "Leadership" and "partisanship" do not sail.
            .filter(|_| !word.ends_with("ship") || SAIL.iter().any(|stem| word.strip_suffix("ship") == Some(stem)))
    })
}

static TITLES: LazyLock<BTreeMap<&'static str, Gender>> = LazyLock::new(|| {
    listed(include_str!("../data/titles.txt"), &[("m", Gender::Man), ("f", Gender::Woman), ("-", Gender::Open)])
});

static BEHIND: LazyLock<BTreeMap<&'static str, Gender>> =
    LazyLock::new(|| listed(include_str!("../data/titles.txt"), &[("behind", Gender::Open)]));

static GIVEN: LazyLock<BTreeMap<&'static str, Gender>> =
    LazyLock::new(|| listed(include_str!("../data/given.txt"), &[("m", Gender::Man), ("f", Gender::Woman)]));

fn listed(table: &'static str, marks: &[(&str, Gender)]) -> BTreeMap<&'static str, Gender> {
    let mut words = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let Some((mark, rest)) = line.split_once(' ') else { continue };
        if let Some((_, gender)) = marks.iter().find(|(name, _)| *name == mark) {
            words.extend(rest.split_whitespace().map(|word| (word, *gender)));
        }
    }
    words
}

/// Looks up a word that stands before a name as a title, in lower case.
pub(crate) fn title(word: &str) -> Option<Gender> {
    TITLES.get(word).copied()
}

/// Tells whether a word stands behind a name and is no part of it: "Jr.".
pub(crate) fn is_behind(word: &str) -> bool {
    BEHIND.contains_key(word)
}

/// Who bears a given name, in lower case.
pub(crate) fn given(word: &str) -> Gender {
    GIVEN.get(word).copied().unwrap_or(Gender::Open)
}

static COUNTRIES: LazyLock<BTreeSet<Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("../data/countries.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).map(|name| name.split('_').collect()).collect()
});

static ACTS: LazyLock<BTreeSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("../data/acts.txt").lines().filter(|line| !line.starts_with('#'));
    let of = |line: &'static str| {
        line.split_once(' ').map(|(mark, rest)| rest.split_whitespace().map(move |word| (mark, word)))
    };
    lines.filter_map(of).flatten().collect()
});

/// Whether the words of a name are those of a country.
pub(crate) fn is_country(words: &[String]) -> bool {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    COUNTRIES.contains(&words)
}

/// Whether a place that is the subject of a verb acts, by the verb in lower case.
pub(crate) fn acts(verb: &str) -> bool {
    ACTS.contains(&("verb", verb))
}

/// Whether a place that owns something owns it as a government, by the noun in lower case.
pub(crate) fn is_policy(noun: &str) -> bool {
    ACTS.contains(&("noun", noun))
}

/// A number in words or digits.
pub(crate) fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let listed = || WORDS.iter().position(|w| *w == word).map(|n| n as u32);
    listed().or_else(|| word.replace(',', "").parse().ok()).filter(|n| *n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_known_in_both_numbers() {
        let told = |word: &str| noun(word).map(|n| (n.sense, n.gender, n.number, n.lemma));
        let person = Sense::Of(EntityKind::Person);
        assert_eq!(told("wives"), Some((person, Gender::Woman, Number::Many, "wife")));
        assert_eq!(told("envoy"), Some((person, Gender::Open, Number::One, "envoy")));
        assert_eq!(told("ferries"), Some((Sense::Of(EntityKind::Vehicle), Gender::Open, Number::Many, "ferry")));
        assert_eq!(told("ex-husband").map(|t| t.1), Some(Gender::Man));
        assert_eq!(told("meeting").map(|t| t.0), Some(Sense::Event));
        assert_eq!(told("human").map(|t| t.1), Some(Gender::Open));
        assert_eq!(told("warship").map(|t| t.0), Some(Sense::Of(EntityKind::Vehicle)));
        assert_eq!((told("partisanship"), told("zorb")), (None, None));
    }

    #[test]
    fn every_line_of_the_tables_is_read() {
        let table = include_str!("../data/nouns.txt");
        let lines = table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        for line in lines {
            assert!(line.split_whitespace().next().and_then(group).is_some(), "{line}");
        }
        assert_eq!((title("mrs."), given("ada")), (Some(Gender::Woman), Gender::Woman));
        assert!(is_behind("jr.") && !is_behind("mr."));
        let words = |name: &str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(is_country(&words("costa rica")) && !is_country(&words("lorne")));
        assert!(acts("accused") && !acts("lies") && is_policy("offer") && !is_policy("harbour"));
    }
}
