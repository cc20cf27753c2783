//! Clauses: the subject of a verb, and what stands as its object.

use reportedly_record::EntityKind;

use crate::page::{One, Page};

/// How a subject stands to its verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// It does what the verb says, or is something.
    Active,
    /// It is done to: "was named".
    Passive,
}

/// The word that is a verb's subject, or the relative pronoun that stands for it.
pub(crate) fn subject(page: &Page<'_>, verb: usize, voice: Subject) -> Option<usize> {
    let sentence = page.sentence(verb);
    // From the verb back over its auxiliaries and adverbs.
    let mut at = verb;
    let mut passive = false;
    while at > sentence.start {
        let before = at - 1;
        match page.upos(before) {
            "AUX" => {
                passive |= matches!(
                    page.lower(before),
                    "was" | "were" | "been" | "is" | "are" | "be" | "being" | "'s" | "got"
                );
            }
            "ADV" | "PART" if page.xpos(before) != "POS" => {}
            _ => break,
        }
        at = before;
    }
    if voice == Subject::Passive && !passive {
        return None;
    }
    if at == sentence.start {
        return None;
    }
    let before = at - 1;
    match page.lower(before) {
        "who" | "that" | "which" => return Some(before),
        _ => {}
    }
    if page.mention(before).is_some() {
        return Some(before);
    }
    // An apposition or clause between commas: "Roe, 41, is".
    if page.lower(before) == "," || page.lower(before) == ")" {
        let opening = if page.lower(before) == "," { "," } else { "(" };
        let mut openings = (sentence.start..before).rev().take(24).filter(|i| page.lower(*i) == opening);
        let beside = |i: &usize| i.checked_sub(1).is_some_and(|i| i >= sentence.start && page.mention(i).is_some());
        // "Roe, 41, a deputy, is": the name stands before the first of several.
        let first = openings.next()?;
        if beside(&first) {
            return first.checked_sub(1);
        }
        return openings.next().filter(|i| beside(i) && page.name(i - 1).is_some()).map(|i| i - 1);
    }
    // "and has been": the subject of the clause before, by the tree.
    let head = page.syntax.words[verb].head as usize;
    let conjunct = matches!(page.syntax.words[verb].deprel.as_str(), "conj" | "xcomp");
    let of = |verb: usize| {
        let near = verb.saturating_sub(30)..(verb + 1).min(page.len());
        near.filter(|i| page.syntax.words[*i].head as usize == verb)
            .find(|i| matches!(page.syntax.words[*i].deprel.as_str(), "nsubj" | "nsubj:pass"))
    };
    of(verb).or_else(|| (conjunct && head != verb && head < verb).then(|| of(head)).flatten()).map(|i| {
        // A name hangs by its first word, a description by its head; both are looked up by any of their words.
        page.name(i).map_or(i, |(_, words)| words.end - 1)
    })
}

/// Those who stand as the object behind a verb or preposition: the head of the noun phrase that begins there.
pub(crate) fn object<'a>(page: &Page<'a>, start: usize) -> Option<(Vec<One<'a>>, usize)> {
    let (phrase, head) = page.noun_phrase(start)?;
    let ones = page.at(head);
    (!ones.is_empty()).then_some((ones, phrase.end))
}

/// Whether an entity is a body that somebody can lead, own or belong to.
pub(crate) fn is_body(kind: EntityKind) -> bool {
    match kind {
        EntityKind::Organisation
        | EntityKind::Government
        | EntityKind::Media
        | EntityKind::Group
        | EntityKind::Facility
        | EntityKind::Programme
        | EntityKind::Vehicle => true,
        EntityKind::Person
        | EntityKind::Place
        | EntityKind::Document
        | EntityKind::Agreement
        | EntityKind::Product
        | EntityKind::Occasion
        | EntityKind::Thing
        | EntityKind::Other => false,
    }
}
