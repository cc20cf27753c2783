//! Relations that no rule finds of two and heads see.

use std::ops::Range;

use reportedly_record::{EntityKind, RelationKind};

use crate::bond::Bond;
use crate::hint::{Hints, POST, Shares, TIES, TITLED, kind_of};
use crate::lies::contradicts;
use crate::page::{One, Page};
use crate::words::{self, Tie};

/// A relation that no rule found is told from so likely. Relations of held-out sentences, F1 and precision: 58.5 and 80.1 by rules alone;
/// 60.4 and 75.6 from .6, 59.8 and 77.5 from .7, 59.3 and 78.8 from .8; of half `b` 63.2, 64.5, 64.7, 64.5.
const LEAST: f32 = 0.7;

/// A noun is a holder's title from so likely.
const LEAST_TITLE: f32 = 0.4;

/// Returns what only the heads see; `known` is what rules found.
pub(crate) fn more(page: &Page<'_>, hints: &Hints, known: &[Bond]) -> Vec<Bond> {
    let mut found: Vec<Bond> = Vec::new();
    if hints.is_empty() {
        return found;
    }
    for sentence in page.syntax.sentences.iter().map(|s| s.start as usize..s.end as usize) {
        let ones = ones(page, &sentence);
        for (i, from) in &ones {
            for (j, to) in ones.iter().filter(|(_, to)| to.entity.id != from.entity.id) {
                let Some(shares) = hints.shares(*i, *j) else { continue };
                let Some(bond) = bond(page, hints, &sentence, *i, (from, to), shares) else { continue };
                if !is_known(known, &bond) && !is_known(&found, &bond) && !is_cut(known, &bond) {
                    found.push(bond);
                }
            }
        }
    }
    found
}

/// Those whom a sentence speaks of, each at the last word of its name or at the head of its description.
fn ones<'a>(page: &Page<'a>, sentence: &Range<usize>) -> Vec<(usize, One<'a>)> {
    let at = |word: usize| {
        let (mention, words) = page.mention(word)?;
        let last = page.name(word).is_none() || words.end == word + 1;
        let ones = page.ones((mention, words));
        <[One<'a>; 1]>::try_from(ones).ok().filter(|_| last).map(|[one]| (word, one))
    };
    sentence.clone().filter_map(at).collect()
}

fn bond(
    page: &Page<'_>,
    hints: &Hints,
    sentence: &Range<usize>,
    at: usize,
    (from, to): (&One<'_>, &One<'_>),
    shares: &Shares,
) -> Option<Bond> {
    let tie = (1..TIES).find(|tie| shares[*tie] >= LEAST)?;
    let kind = kind_of(tie).filter(|kind| fits(*kind, from, to))?;
    let post = tie == POST || kind == RelationKind::SpokespersonOf;
    let title = if post { title_of(page, hints, sentence, at) } else { None };
    let kind = if tie == POST { post_of(page, title.as_ref(), to) } else { kind };
    let before = |title: &Range<usize>| {
        let near = title.start.saturating_sub(2).max(sentence.start)..title.start;
        near.rev().take_while(|i| page.upos(*i) != "PUNCT").any(|i| words::is_unheld(page.lower(i)))
    };
    if title.as_ref().is_some_and(before) {
        return None;
    }
    let evidence = [&to.words].into_iter().chain(&title);
    let evidence = evidence.fold(from.words.clone(), |a, b| a.start.min(b.start)..a.end.max(b.end));
    let ended = title.as_ref().is_some_and(|title| is_over(page, title));
    let title = match kind {
        RelationKind::AliasOf => Some(from.words.clone()),
        RelationKind::SpokespersonOf => None,
        _ => title,
    };
    Some(Bond { title, ended, ..Bond::new(kind, from.entity.id, to.entity.id, evidence) })
}

/// Kinds that tell much the same, or of which two cannot both be, by one of them.
fn sort(kind: RelationKind) -> RelationKind {
    use RelationKind::{
        BelongsTo, ChildInLawOf, KinOf, LocatedIn, Office, OwnedBy, ParentOf, PartOf, Role, SiblingOf, SpouseOf,
    };
    match kind {
        Office | Role => Role,
        KinOf | ChildInLawOf | ParentOf | SiblingOf | SpouseOf => KinOf,
        PartOf | BelongsTo | LocatedIn | OwnedBy => PartOf,
        other => other,
    }
}

/// Whether two are told to be bound so already, or the other way round.
fn is_known(known: &[Bond], one: &Bond) -> bool {
    known.iter().any(|bond| {
        let straight = bond.from == one.from && bond.to == one.to;
        let turned = Some(bond.from) == one.to && bond.to == Some(one.from);
        sort(bond.kind) == sort(one.kind) && (straight || turned)
    })
}

/// Whether rules read more of the same holder's title: "director" of "the director of national intelligence".
fn is_cut(known: &[Bond], one: &Bond) -> bool {
    let Some(title) = &one.title else { return false };
    let longer = |words: &Range<usize>| words.start <= title.start && title.end <= words.end && words != title;
    known.iter().any(|bond| bond.from == one.from && bond.title.as_ref().is_some_and(longer))
}

/// The title that the heads see one hold by.
fn title_of(page: &Page<'_>, hints: &Hints, sentence: &Range<usize>, holder: usize) -> Option<Range<usize>> {
    let is_title = |i: &usize| matches!(page.upos(*i), "NOUN" | "PROPN") && page.name(*i).is_none();
    let nouns = sentence.clone().filter(is_title);
    let shares = nouns.filter_map(|noun| Some((noun, hints.shares(holder, noun)?[TITLED])));
    let (noun, share) = shares.reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    (share >= LEAST_TITLE).then(|| title_at(page, noun))
}

/// The words of a title by its head: nouns and adjectives before it that are no body's name.
fn title_at(page: &Page<'_>, head: usize) -> Range<usize> {
    let start = page.sentence(head).start;
    let part = |i: &usize| {
        let hyphen = matches!(page.lower(*i), "-" | "–");
        (hyphen || matches!(page.upos(*i), "NOUN" | "ADJ" | "PROPN"))
            && page.name(*i).is_none()
            && !words::is_ended(page.lower(*i))
            && !words::is_demonym(page.lower(*i))
    };
    let first = (start..head).rev().take_while(part).last().unwrap_or(head);
    let hyphen = matches!(page.lower(first), "-" | "–");
    first + usize::from(hyphen)..head + 1
}

/// "the former mayor", "then chairman".
fn is_over(page: &Page<'_>, title: &Range<usize>) -> bool {
    let start = page.sentence(title.start).start;
    let beside = |i: &usize| matches!(page.upos(*i), "ADJ" | "ADV" | "DET") || words::is_demonym(page.lower(*i));
    let before = (start..title.start).rev().take(4).take_while(beside);
    let word = |i: usize| words::is_ended(page.lower(i));
    let known = |i: usize| words::title(page.lower(i)).is_some_and(|known| known.ended);
    before.into_iter().any(word) || title.clone().any(|i| word(i) || known(i))
}

/// An office of a state or any other post.
fn post_of(page: &Page<'_>, title: Option<&Range<usize>>, to: &One<'_>) -> RelationKind {
    let known =
        title.and_then(|title| (title.start..title.end).find_map(|start| words::title(&page.phrase(start..title.end))));
    let state = to.entity.kind == EntityKind::Government;
    match known.map(|known| known.post) {
        Some(Tie::Office) if to.entity.kind != EntityKind::Media => RelationKind::Office,
        None if state => RelationKind::Office,
        _ => RelationKind::Role,
    }
}

/// Whether the two can be bound so by what they are.
fn fits(kind: RelationKind, from: &One<'_>, to: &One<'_>) -> bool {
    use EntityKind::{Document, Facility, Government, Group, Media, Organisation, Person, Place};
    let (a, b) = (from.entity.kind, to.entity.kind);
    let thing = |kind| matches!(kind, Organisation | Government | Media | Place | Facility | EntityKind::Other | Group);
    match kind {
        RelationKind::Office | RelationKind::Role | RelationKind::LawyerOf | RelationKind::SpokespersonOf => {
            a == Person && b != Document
        }
        RelationKind::ParentOf | RelationKind::SpouseOf | RelationKind::SiblingOf | RelationKind::KinOf => {
            a == Person && b == Person
        }
        RelationKind::MemberOf => a != Document && !matches!(b, Person | Document),
        RelationKind::ResidentOf | RelationKind::BornIn | RelationKind::CitizenOf => {
            matches!(a, Person | Group) && matches!(b, Place | Government | Facility | Group)
        }
        RelationKind::PartOf | RelationKind::LocatedIn | RelationKind::BelongsTo => {
            thing(a)
                && (thing(b) || b == Person && kind == RelationKind::BelongsTo)
                && !contradicts(from.entity, to.entity)
        }
        RelationKind::OwnedBy | RelationKind::PublishedBy => a != Person,
        RelationKind::AllyOf => {
            let acts = |kind| matches!(kind, Person | Group | Organisation | Government | Place);
            acts(a) && acts(b)
        }
        RelationKind::AliasOf => a == b && from.entity.name.is_some() && to.entity.name.is_some(),
        RelationKind::ChildInLawOf => false,
    }
}
