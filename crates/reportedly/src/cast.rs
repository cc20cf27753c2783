//! The cast of a report: the entities that a reader meets in it. A kind of people that is spoken of once, and of which nothing else in
//! the record tells, is none of them ("investors"); nor is a country because of an adjective ("an Icelandic trawler").

use std::collections::{BTreeMap, BTreeSet};

use reportedly_record::{Entity, EntityKind, Id, Mention, MentionForm, Record, Syntax, Word, Words};

/// Takes out of a finished record the entities that nothing in it refers to, and that are neither named nor somebody in particular
/// nor come back to; and their mentions.
pub(crate) fn cast(record: &mut Record, trees: &[Syntax]) {
    let referred = referred(record);
    let adjectives = adjectives(record, trees);
    let spoken = spoken(record);
    // A building that is only described, and once, is of interest where something refers to it.
    let predicates = predicates(trees);
    let certain = |m: &Mention| {
        m.kind != EntityKind::Facility && is_certain(&m.evidence.text) && !is_said_of_another(&predicates, m)
    };
    let is_name = |m: &&Mention| m.form == MentionForm::Name && !adjectives.contains(&m.id) || certain(m);
    let stands: BTreeSet<Id> = record.mentions.iter().filter(is_name).map(|m| m.id).collect();
    let within = |m: &Mention| {
        let at = m.evidence.span;
        let until = spoken.partition_point(|(start, _)| *start <= at.bytes().start);
        spoken[until.saturating_sub(NEAR)..until].iter().any(|(_, end)| at.bytes().end <= *end)
    };
    let heard: BTreeSet<Id> =
        record.mentions.iter().filter(|m| within(m) && !adjectives.contains(&m.id)).map(|m| m.id).collect();
    let described = |id: &&Id| !adjectives.contains(id);
    let stays = |entity: &Entity| {
        let mut mentions = entity.mentions.iter();
        referred.contains(&entity.id)
            || mentions.clone().any(|id| stands.contains(id))
            || mentions.clone().any(|id| heard.contains(id))
            || mentions.by_ref().filter(described).count() > 1
    };
    record.entities.retain(stays);
    let theirs: BTreeSet<Id> = record.entities.iter().flat_map(|entity| entity.mentions.iter().copied()).collect();
    record.mentions.retain(|m| m.form == MentionForm::Name || theirs.contains(&m.id));
}

/// Whether a description means some of its kind and no others: "the ship", "his sister", "a second man", "four people". A number is
/// written in small or in figures.
fn is_certain(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    const FIRST: [&str; 23] = [
        "the", "this", "these", "those", "his", "her", "their", "its", "my", "our", "a", "an", "one", "two", "three",
        "four", "five", "six", "seven", "eight", "nine", "ten", "both",
    ];
    FIRST.contains(&first.as_str())
        || first.starts_with(|c: char| c.is_ascii_digit())
        || ["'s ", "’s "].iter().any(|mark| text.contains(mark))
}

/// Sources and parties that a mention is looked for in, from the nearest that begins before it.
const NEAR: usize = 32;

/// All entities that some item of the record refers to.
fn referred(record: &Record) -> BTreeSet<Id> {
    let mut ids = BTreeSet::new();
    let said = record.attributions.iter().chain(&record.attitudes);
    ids.extend(said.filter_map(|a| a.speaker));
    ids.extend(record.quotes.iter().filter_map(|q| q.speaker));
    ids.extend(record.no_responses.iter().filter_map(|n| n.entity));
    for event in &record.events {
        ids.extend(event.participants.iter().map(|p| p.entity));
        ids.extend(event.places.iter().chain(event.amounts.iter().filter_map(|a| a.of.as_ref())));
    }
    ids.extend(record.states.iter().flat_map(|s| [Some(s.about), s.party]).flatten());
    ids.extend(record.relations.iter().flat_map(|r| [Some(r.from), r.to]).flatten());
    ids.extend(record.designations.iter().flat_map(|d| [d.by, d.of]));
    ids.extend(record.stances.iter().flat_map(|s| [s.holder, s.target]));
    ids.extend(record.chains.iter().flat_map(|c| c.hops.iter().chain([&c.about])));
    ids.extend(record.tallies.iter().flat_map(|t| t.on_record.iter().chain([&t.about])));
    ids
}

/// Where somebody speaks, is spoken to or keeps silent: bytes, by their start.
fn spoken(record: &Record) -> Vec<(usize, usize)> {
    let said = record.attributions.iter().chain(&record.attitudes);
    let said = said.flat_map(|a| a.source.iter().chain(&a.addressee));
    let silent = record.no_responses.iter().flat_map(|n| [Some(&n.party), n.asked_by.as_ref()]).flatten();
    let bytes = |words: &Words| (words.span.bytes().start, words.span.bytes().end);
    let mut spoken: Vec<(usize, usize)> = said.chain(silent).map(bytes).collect();
    spoken.sort_unstable();
    spoken
}

/// Of each noun that a copula says of its subject: where the noun and where the copula begins.
fn predicates(trees: &[Syntax]) -> BTreeMap<usize, usize> {
    let of = |tree: &Syntax| -> Vec<(usize, usize)> {
        let start = |word: u32| tree.words[word as usize].span.bytes().start;
        let copulas = (0u32..).zip(&tree.words).filter(|(_, word)| word.deprel == "cop");
        copulas.map(|(i, word)| (start(word.head), start(i))).collect()
    };
    trees.iter().flat_map(of).collect()
}

/// "He was a fierce critic": one more word for him, and nobody else.
fn is_said_of_another(predicates: &BTreeMap<usize, usize>, mention: &Mention) -> bool {
    let bytes = mention.evidence.span.bytes();
    let first = mention.evidence.text.split_whitespace().next().unwrap_or_default();
    let (start, end) = (bytes.start, bytes.end);
    matches!(first, "a" | "an") && predicates.range(start..end).any(|(_, copula)| *copula < start)
}

/// Names of one word that a tree has as an adjective beside its noun: "Icelandic" in "an Icelandic trawler".
fn adjectives(record: &Record, trees: &[Syntax]) -> BTreeSet<Id> {
    let is_beside = |w: &Word| w.upos == "ADJ" && w.deprel == "amod";
    // "Keldran and Tamar voices".
    let beside = trees.iter().flat_map(|tree| {
        let joined = |w: &Word| w.upos == "ADJ" && w.deprel == "conj" && is_beside(&tree.words[w.head as usize]);
        tree.words.iter().filter(move |w| is_beside(w) || joined(w))
    });
    let beside: BTreeSet<_> = beside.map(|w| w.span).collect();
    record.mentions.iter().filter(|m| beside.contains(&m.evidence.span)).map(|m| m.id).collect()
}
