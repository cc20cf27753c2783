//! Who formally designates whom as what: "listed as a terrorist organisation by Keldra". The verbs are in `data/designations.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use reportedly_record::{Designation, EntityKind, Id, Kind, Reading};

use crate::clause::{Subject, subject};
use crate::held::is_open;
use crate::page::{One, Page};
use crate::title::antecedent;

const TABLE: &str = include_str!("../data/designations.txt");

/// What a verb needs beside it to be an official act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    /// As what.
    Matter,
    /// Nothing: the verb says it.
    Nothing,
    /// As what, in a word of the law.
    Law,
}

struct Verbs {
    verbs: BTreeMap<&'static str, Needs>,
    nouns: BTreeSet<&'static str>,
    law: BTreeSet<&'static str>,
}

static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
    let mut verbs = Verbs { verbs: BTreeMap::new(), nouns: BTreeSet::new(), law: BTreeSet::new() };
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split_whitespace();
        let needs = match parts.next() {
            Some("as") => Needs::Matter,
            Some("self") => Needs::Nothing,
            Some("legal") => Needs::Law,
            Some("noun") => {
                verbs.nouns.extend(parts);
                continue;
            }
            Some("law") => {
                verbs.law.extend(parts);
                continue;
            }
            _ => continue,
        };
        verbs.verbs.extend(parts.map(|form| (form, needs)));
    }
    verbs
});

/// Whether a word is a verb of an official act.
pub(crate) fn is_official(word: &str) -> bool {
    VERBS.verbs.contains_key(word)
}

/// A designation by the words of a section.
struct Found<'a> {
    by: Vec<One<'a>>,
    of: Vec<One<'a>>,
    what: Range<usize>,
    end: usize,
}

/// Finds official designations.
pub(crate) fn designations(reading: &Reading<'_>) -> Vec<Designation> {
    let mut made = Vec::new();
    for syntax in reading.syntax {
        let page = Page::new(reading, syntax);
        for verb in (0..page.len()).filter(|i| matches!(page.upos(*i), "VERB" | "ADJ")) {
            if let Some((needs, found)) =
                VERBS.verbs.get(page.lower(verb)).and_then(|needs| Some((*needs, at(&page, verb, *needs)?)))
            {
                made.extend(designated(&page, verb, needs, &found));
            }
        }
        for noun in (0..page.len()).filter(|i| VERBS.nouns.contains(page.lower(*i))) {
            made.extend(act(&page, noun).iter().flat_map(|found| designated(&page, noun, Needs::Matter, found)));
        }
    }
    made
}

fn at<'a>(page: &Page<'a>, verb: usize, needs: Needs) -> Option<Found<'a>> {
    if matches!(page.lower(verb.wrapping_sub(1)), "-" | "–") {
        return hyphened(page, verb);
    }
    if is_open(page, verb) {
        return None;
    }
    let sentence = page.sentence(verb);
    let helped = (verb.saturating_sub(4).max(sentence.start)..verb)
        .any(|i| matches!(page.lower(i), "is" | "was" | "are" | "were" | "been" | "being" | "'s"));
    let bare = page.xpos(verb) == "VBN"
        && !(verb.saturating_sub(3).max(sentence.start)..verb).any(|i| matches!(page.lower(i), "has" | "have" | "had"));
    if helped || bare { passive(page, verb, needs, helped) } else { active(page, verb, needs) }
}

/// "is listed as a terrorist organisation by Keldra and, since 2021, by Sarmia".
fn passive<'a>(page: &Page<'a>, verb: usize, needs: Needs, helped: bool) -> Option<Found<'a>> {
    let sentence = page.sentence(verb);
    let of = if helped {
        let at = subject(page, verb, Subject::Passive)?;
        if matches!(page.lower(at), "who" | "which" | "that") { antecedent(page, at) } else { page.at(at) }
    } else {
        let comma = usize::from(page.lower(verb.checked_sub(1)?) == ",");
        page.at((verb - comma).checked_sub(1)?)
    };
    let (mut what, mut by) = (verb..verb + 1, Vec::new());
    let mut i = verb + 1;
    let mut named = false;
    while i < sentence.end.min(verb + 40) {
        match page.lower(i) {
            "as" | "among" if !named => {
                let phrase = matter(page, i + 1)?;
                (what, named) = (phrase.clone(), true);
                i = phrase.end;
            }
            "by" => {
                let (ones, end) = bodies(page, i + 1);
                by.extend(ones);
                i = end.max(i + 1);
            }
            "the" | "a" | "an" if !named && i == verb + 1 && needs != Needs::Nothing => {
                let phrase = matter(page, i)?;
                (what, named) = (phrase.clone(), true);
                i = phrase.end;
            }
            "." | ";" | "but" | "which" | "who" | "while" => break,
            _ if page.upos(i) == "VERB" => break,
            _ => i += 1,
        }
    }
    (named || needs == Needs::Nothing).then_some(Found { by, of, what, end: i })
}

/// "Its designation by Keldra as a terrorist group", "Keldra's designation of the Front as one".
fn act<'a>(page: &Page<'a>, noun: usize) -> Option<Found<'a>> {
    let end = page.sentence(noun).end.min(noun + 20);
    let before = noun.checked_sub(1)?;
    let mut owner = match page.xpos(before) {
        "POS" => page.at(before.checked_sub(1)?),
        "PRP$" => page.at(before),
        _ => page.name_until(noun).map(|name| page.ones(name)).unwrap_or_default(),
    };
    let (mut of, mut by, mut what) = (Vec::new(), Vec::new(), None);
    let mut i = noun + 1;
    while i < end {
        match page.lower(i) {
            "of" if i == noun + 1 => {
                let (phrase, head) = page.noun_phrase(i + 1)?;
                of = page.at(head);
                i = phrase.end;
            }
            "by" => {
                let (ones, end) = bodies(page, i + 1);
                by.extend(ones);
                i = end.max(i + 1);
            }
            "as" if what.is_none() => {
                let phrase = matter(page, i + 1)?;
                i = phrase.end;
                what = Some(phrase);
            }
            _ => break,
        }
    }
    if of.is_empty() {
        // The body that is named last before "its" is designated; who designates it, is told behind "by".
        if owner.is_empty() && page.xpos(before) == "PRP$" && !by.is_empty() {
            let near = (page.sentence(noun).start..before).rev().take(8);
            let body = near.filter_map(|i| page.name(i)).next().map(|name| page.ones(name)).unwrap_or_default();
            let is_body = |one: &One<'_>| matches!(one.entity.kind, EntityKind::Organisation | EntityKind::Group);
            owner = body.into_iter().filter(is_body).collect();
        }
        of = owner;
    } else if by.is_empty() {
        by = owner;
    }
    Some(Found { by, of, what: what?, end: i })
}

/// "Keldra has designated the Front a terrorist group", "rates them among the poorest".
fn active<'a>(page: &Page<'a>, verb: usize, needs: Needs) -> Option<Found<'a>> {
    let at = subject(page, verb, Subject::Active)?;
    let by = if matches!(page.lower(at), "who" | "which" | "that") { antecedent(page, at) } else { page.at(at) };
    let (phrase, head) = page.noun_phrase(verb + 1)?;
    let of = page.at(head);
    let mut start = phrase.end;
    let marked = matches!(page.lower(start), "as" | "among" | "to");
    start += usize::from(marked && page.lower(start) != "to");
    if marked && page.lower(start) == "to" {
        start += usize::from(page.lower(start + 1) == "be") * 2;
    }
    let what = matter(page, start).filter(|_| marked || matches!(page.lower(start), "a" | "an" | "the"));
    match what {
        Some(what) => Some(Found { by, of, end: what.end, what }),
        None if needs == Needs::Nothing => Some(Found { by, of, what: verb..verb + 1, end: phrase.end }),
        None => None,
    }
}

/// "the US-designated terrorist group Keldra Front", "the Front, a US-designated terrorist group".
fn hyphened<'a>(page: &Page<'a>, verb: usize) -> Option<Found<'a>> {
    let (designator, words) = page.name_until(verb - 1)?;
    let by = page.ones((designator, words.clone()));
    let (phrase, head) = page.noun_phrase(verb + 1)?;
    let inside = page.name(head).filter(|(_, name)| name.start > verb + 1);
    let before = || {
        let start = words.start - usize::from(page.upos(words.start.wrapping_sub(1)) == "DET");
        let comma = start.checked_sub(1).filter(|i| page.lower(*i) == ",")?;
        page.name_until(comma)
    };
    let what = verb + 1..inside.as_ref().map_or(phrase.end, |(_, name)| name.start);
    let of = page.ones(inside.or_else(before)?);
    Some(Found { by, of, end: phrase.end, what })
}

/// As what: a noun phrase with what hangs on it by "of".
fn matter(page: &Page<'_>, start: usize) -> Option<Range<usize>> {
    let (phrase, _) = page.noun_phrase(start)?;
    if page.lower(phrase.end) == "of"
        && let Some((of, _)) = page.noun_phrase(phrase.end + 1)
    {
        return Some(phrase.start..of.end);
    }
    Some(phrase)
}

/// Bodies behind "by", joined by commas and "and".
fn bodies<'a>(page: &Page<'a>, start: usize) -> (Vec<One<'a>>, usize) {
    let (mut all, mut at) = (Vec::new(), start);
    while let Some((phrase, head)) = page.noun_phrase(at) {
        all.extend(page.at(head));
        at = phrase.end;
        let comma = usize::from(page.lower(at) == ",");
        let and = usize::from(page.lower(at + comma) == "and");
        let next = at + comma + and;
        let skip = usize::from(page.upos(next) == "DET");
        if comma + and == 0 || page.name_from(next + skip).is_none() || page.upos(next) == "VERB" {
            break;
        }
        at = next;
    }
    (all, at)
}

fn designated(page: &Page<'_>, verb: usize, needs: Needs, found: &Found<'_>) -> Vec<Designation> {
    let text = page.reading.text();
    let official = |one: &&One<'_>| {
        one.entity.name.is_some()
            && matches!(
                one.entity.kind,
                EntityKind::Organisation | EntityKind::Government | EntityKind::Place | EntityKind::Media
            )
    };
    let lawful = needs != Needs::Law || found.what.clone().any(|i| VERBS.law.contains(page.lower(i)));
    let [of] = found.of.as_slice() else { return Vec::new() };
    // A town that is declared a disaster area is no less designated; a document or a day is.
    let can = !matches!(of.entity.kind, EntityKind::Document | EntityKind::Occasion);
    let bare = needs == Needs::Nothing
        && !matches!(
            of.entity.kind,
            EntityKind::Organisation
                | EntityKind::Group
                | EntityKind::Person
                | EntityKind::Vehicle
                | EntityKind::Place
                | EntityKind::Government
        );
    if !lawful || !can || bare {
        return Vec::new();
    }
    let by = found.by.iter().filter(official).filter(|by| by.entity.id != of.entity.id);
    let made = by.map(|by| {
        let all = [by.words.start, of.words.start, verb]
            .into_iter()
            .filter(|i| *i > 0 || page.len() > 0)
            .min()
            .unwrap_or(verb);
        let evidence = page.span(&(all..found.end.max(verb + 1).max(by.words.end)));
        Designation {
            id: Id::in_report(
                Kind::Designation,
                page.reading.report(),
                (by.entity.id, of.entity.id, verb, evidence.bytes()),
            ),
            by: by.entity.id,
            of: of.entity.id,
            as_what: text.words(page.span(&found.what)),
            cue: text.words(page.span(&(verb..verb + 1))),
            evidence,
        }
    });
    made.collect()
}
