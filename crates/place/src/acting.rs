//! Places that act: "Washington's effort", "Moscow said" are governments, no cities. Told by what the name does in its
//! sentence; "in Washington" is the city.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use reportedly_record::{EntityKind, Id, Located, MentionForm, Reading, Syntax, Word};

use crate::fold::fold;
use crate::gazetteer::{Gazetteer, PlaceKind};

static ACTS: LazyLock<Acts> = LazyLock::new(|| {
    let of = |list: &str| {
        let lines = include_str!("../data/acts.txt").lines().filter_map(|line| line.strip_prefix(list));
        let mut words: Vec<&'static str> = lines.flat_map(str::split_whitespace).collect();
        words.sort_unstable();
        words
    };
    Acts { verbs: of("verb "), nouns: of("noun ") }
});

/// The lists of `data/acts.txt`, sorted.
struct Acts {
    verbs: Vec<&'static str>,
    nouns: Vec<&'static str>,
}

/// Returns the mentions in which the name of a place stands for its government.
pub fn governments(gazetteer: &Gazetteer, reading: &Reading<'_>) -> BTreeSet<Id> {
    let mut acting = BTreeSet::new();
    for mention in &reading.record.mentions {
        if mention.kind != EntityKind::Place || mention.form != MentionForm::Name {
            continue;
        }
        let mut entities = reading.entities_of(mention.id);
        let Some(place) = entities.next().and_then(|entity| entity.place.as_ref()) else { continue };
        if !is_governed(gazetteer, place) {
            continue;
        }
        let bytes = mention.evidence.span.bytes();
        let Some((section, first)) = reading.word_at(bytes.start) else { continue };
        let end = section.words.partition_point(|word| word.span.bytes().start < bytes.end);
        if (first..end).any(|at| acts(reading, section, first..end, at)) {
            acting.insert(mention.id);
        }
    }
    acting
}

/// Tells whether a place has a government that its name may stand for: a country, and its capital for it.
fn is_governed(gazetteer: &Gazetteer, place: &Located) -> bool {
    let entries = gazetteer.named(&fold(&place.name)).into_iter();
    let known = entries.filter_map(|(no, _)| gazetteer.place(no)).find(|known| known.geonames == place.geonames);
    known.is_some_and(|known| matches!(known.kind, PlaceKind::Country | PlaceKind::Capital))
}

/// Tells whether a word of a name hangs where only who acts can hang.
fn acts(reading: &Reading<'_>, section: &Syntax, name: std::ops::Range<usize>, at: usize) -> bool {
    let Some(word) = section.words.get(at) else { return false };
    let head = word.head as usize;
    let Some(governor) = section.words.get(head).filter(|_| !name.contains(&head)) else { return false };
    let says = |list: &[&str], word: &Word| {
        let text = reading.text().slice(word.span).to_lowercase();
        list.binary_search(&text.as_str()).is_ok()
    };
    match word.deprel.as_str() {
        "nsubj" => governor.upos == "VERB" && says(&ACTS.verbs, governor),
        "nmod:poss" => says(&ACTS.nouns, governor),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::ACTS;

    #[test]
    fn both_lists_are_read() {
        assert!(ACTS.verbs.binary_search(&"accused").is_ok() && ACTS.nouns.binary_search(&"effort").is_ok());
        assert!(ACTS.verbs.binary_search(&"effort").is_err());
    }
}
