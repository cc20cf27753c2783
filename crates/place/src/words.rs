//! Words around and in the names of places: the lists of `data/words.txt`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::gazetteer::PlaceKind;

const FILE: &str = include_str!("../data/words.txt");

/// The lists, by name.
pub(crate) struct Words(BTreeMap<&'static str, Vec<&'static str>>);

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lines = FILE.lines().filter(|line| !line.starts_with('#'));
    let lists = lines.filter_map(|line| {
        let mut cells = line.split_whitespace();
        Some((cells.next()?, cells.collect()))
    });
    Words(lists.collect())
});

/// The lists of `data/words.txt`.
pub(crate) fn words() -> &'static Words {
    &WORDS
}

/// Kinds of places that a word in a name allows.
pub(crate) type Kinds = Option<&'static [PlaceKind]>;

const CITIES: &[PlaceKind] =
    &[PlaceKind::Capital, PlaceKind::Seat, PlaceKind::LesserSeat, PlaceKind::City, PlaceKind::Section];
const AREAS: &[PlaceKind] = &[PlaceKind::Country, PlaceKind::Division, PlaceKind::County];

impl Words {
    pub(crate) const DIRECTION: &'static str = "direction";
    pub(crate) const TITLE: &'static str = "title";
    pub(crate) const GOVERNMENT: &'static str = "government";
    pub(crate) const TOWN: &'static str = "town";
    pub(crate) const SETTLEMENT: &'static str = "settlement";

    /// Tells whether a list has a word.
    pub(crate) fn is(&self, list: &str, word: &str) -> bool {
        self.0.get(list).is_some_and(|words| words.contains(&word))
    }

    /// Returns shorter forms of a folded name that may be found where it is not, with the kinds that they may be of.
    pub(crate) fn shorter<'n>(&self, folded: &'n str) -> Vec<(&'n str, Kinds)> {
        let mut found = Vec::new();
        let first = |name: &'n str| name.split_once(' ').filter(|(first, _)| self.is(Words::DIRECTION, first));
        // "far north Lorne"
        if let Some((_, inner)) = first(folded).and_then(|(_, rest)| first(rest)) {
            found.push((inner, None));
        }
        if let Some((rest, last)) = folded.rsplit_once(' ') {
            found.extend(self.kinds(last).map(|kinds| (rest, kinds)));
        }
        if let Some((first, rest)) = folded.split_once(' ') {
            match rest.strip_prefix("of ") {
                Some(rest) => found.extend(self.kinds(first).map(|kinds| (rest, kinds))),
                None if self.is(Words::DIRECTION, first) => found.push((rest, None)),
                None => {}
            }
        }
        found
    }

    fn kinds(&self, word: &str) -> Option<Kinds> {
        match word {
            _ if self.is("city", word) => Some(Some(CITIES)),
            _ if self.is("area", word) => Some(Some(AREAS)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shortened_by_their_own_words() {
        let shorter = |name| words().shorter(name).into_iter().map(|(rest, _)| rest).collect::<Vec<_>>();
        assert_eq!(shorter("northern lebanon"), ["lebanon"]);
        assert_eq!(shorter("province of lorne"), ["lorne"]);
        assert_eq!(shorter("lorne oblast"), ["lorne"]);
        assert!(shorter("new york").is_empty());
    }

    #[test]
    fn every_list_that_is_asked_for_is_there() {
        for list in [Words::DIRECTION, Words::SETTLEMENT, Words::TITLE, Words::GOVERNMENT, Words::TOWN, "city", "area"]
        {
            assert!(words().0.contains_key(list), "{list}");
        }
    }
}
