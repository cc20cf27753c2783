//! What lies where, and what is part of what: "the Brandt Museum in Lorne", "Lorne, Keldra", "a unit of Northwire", "Keldra's army".

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use reportedly_record::{Entity, EntityKind, Mention, MentionForm, RelationKind};

use crate::bond::Bond;
use crate::complement::is_state;
use crate::page::{One, Page};
use crate::words;

const TABLE: &str = include_str!("../data/lies.txt");

static NOUNS: LazyLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let group = |line: &'static str| {
        let mut words = line.split_whitespace();
        words.next().map(|name| (name, words.collect()))
    };
    lines.filter_map(group).collect()
});

/// Whether a noun, in the singular or plural, is one of a group.
fn is(group: &str, noun: &str) -> bool {
    let Some(nouns) = NOUNS.get(group) else { return false };
    let singular = noun.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let stems = [noun.strip_suffix('s'), noun.strip_suffix("es"), singular.as_deref()];
    nouns.contains(noun) || stems.into_iter().flatten().any(|stem| nouns.contains(stem))
}

/// Finds what lies in, is part of or belongs to another.
pub(crate) fn lies(page: &Page<'_>) -> Vec<Bond> {
    let mut bonds = Vec::new();
    let mut at = 0;
    while at < page.len() {
        let step = page.name_from(at).map(|(mention, words)| {
            bonds.extend(named(page, mention, &words));
            words.end
        });
        bonds.extend(hails(page, at));
        bonds.extend(possessed(page, at));
        bonds.extend(arm(page, at));
        bonds.extend(described(page, at));
        bonds.extend(based(page, at));
        bonds.extend(unit(page, at));
        at = step.unwrap_or(at + 1).max(at + 1);
    }
    bonds
}

fn bond(kind: RelationKind, from: &One<'_>, to: &One<'_>, evidence: Range<usize>) -> Option<Bond> {
    (from.entity.id != to.entity.id).then(|| Bond::new(kind, from.entity.id, to.entity.id, evidence))
}

/// Whether what the gazetteer knows of two places speaks against one lying in the other.
pub(crate) fn contradicts(inner: &Entity, outer: &Entity) -> bool {
    match (&inner.place, &outer.place) {
        (Some(a), Some(b)) => {
            a.country.is_some() && b.country.is_some() && a.country != b.country || a.geonames == b.geonames
        }
        _ => false,
    }
}

/// What stands behind a name: "in Lorne", ", Keldra", ", a town in Keldra".
fn named(page: &Page<'_>, mention: &Mention, words: &Range<usize>) -> Vec<Bond> {
    let ones = page.ones((mention, words.clone()));
    let [one] = ones.as_slice() else { return Vec::new() };
    // "the Institute of Tides": what the name calls it stands before "of".
    let head = words.clone().find(|i| *i > words.start && page.upos(*i) == "ADP").unwrap_or(words.end) - 1;
    let called = |i: usize| {
        let noun = page.lower(i);
        is("building", noun) || is("firm", noun.trim_end_matches('.'))
    };
    let lies = match mention.kind {
        EntityKind::Facility => true,
        EntityKind::Organisation | EntityKind::Other | EntityKind::Media => called(words.end - 1) || called(head),
        _ => false,
    };
    let mut bonds = Vec::new();
    let mut behind = words.end;
    // "the Tarn neighbourhood in Lorne", "the Institute of Tides (Research) at Arn".
    let place = mention.kind == EntityKind::Place;
    if place && is("settlement", page.lower(behind)) {
        behind += 1;
    } else if lies && page.lower(behind) == "(" {
        behind = (behind..behind + 6).find(|i| page.lower(*i) == ")").map_or(behind, |close| close + 1);
    }
    let after = page.lower(behind);
    let within = || page.noun_phrase(behind + 1).is_some_and(|(_, head)| !is("firm", page.lower(head)));
    if after == "at" && lies && within() {
        bonds.extend(in_places(page, one, words.start, behind + 1));
    }
    bonds.extend(is_in(page, one, words));
    let own = matches!(page.lower(words.end), "area" | "neighbourhood" | "neighborhood" | "quarter");
    let inner = after == "in" || after == "of" && behind > words.end && own;
    if inner && (lies || place && !is_country(page, one)) {
        bonds.extend(in_places(page, one, words.start, behind + 1));
    }
    if after == "," && (place || lies) {
        bonds.extend(pair(page, one, &(words.start..behind)));
        bonds.extend(settlement(page, one, &(words.start..behind)));
    }
    // "Lorne [Keldra]", "Lorne (Keldra)".
    if matches!(after, "[" | "(")
        && place
        && let Some((mention, name)) = page.name_from(behind + 1).filter(|(m, _)| m.kind == EntityKind::Place)
        && matches!(page.lower(name.end), "]" | ")")
        && let [to] = page.ones((mention, name.clone())).as_slice()
        && !contradicts(one.entity, to.entity)
    {
        bonds.extend(bond(RelationKind::LocatedIn, one, to, words.start..name.end));
    }
    bonds.extend(suburb(page, one, words));
    // "the Centre for Tides at the Port Institute": a part of it.
    if after == "at" && mention.kind == EntityKind::Organisation {
        let mut at = behind;
        while let Some((phrase, head)) = page.noun_phrase(at + 1)
            && let Some((other, name)) = page.name(head).filter(|(m, _)| m.kind == EntityKind::Organisation)
        {
            let to = page.ones((other, name.clone()));
            bonds.extend(to.iter().filter_map(|to| bond(RelationKind::PartOf, one, to, words.start..name.end)));
            at = phrase.end;
            if page.lower(at) != "and" {
                break;
            }
        }
    }
    bonds.extend(part(page, one, words));
    bonds
}

/// "The Tarn Hills (Tarnet) are a low ridge in Keldra".
fn is_in(page: &Page<'_>, one: &One<'_>, words: &Range<usize>) -> Option<Bond> {
    let mut at = words.end;
    if page.lower(at) == "(" {
        at = (at..at + 24).find(|i| page.lower(*i) == ")")? + 1;
    }
    if !matches!(page.lower(at), "is" | "are") || page.upos(at + 1) != "DET" || one.entity.kind == EntityKind::Person {
        return None;
    }
    let (phrase, head) = page.noun_phrase(at + 1)?;
    let noun = page.lower(head);
    let lies = is("settlement", noun) || is("building", noun);
    (lies && matches!(page.lower(phrase.end), "in" | "of" | "on"))
        .then(|| in_place(page, one, words.start, phrase.end + 1))?
}

/// "the Lorne suburb of Arn", "the Lorne district Arn": what lies in the place named before it.
fn suburb(page: &Page<'_>, one: &One<'_>, words: &Range<usize>) -> Option<Bond> {
    let noun = words.start.checked_sub(1 + usize::from(page.lower(words.start.wrapping_sub(1)) == "of"))?;
    let own = matches!(page.lower(noun), "area" | "neighbourhood" | "neighborhood" | "quarter");
    let settled = page.name(noun).is_none() && is("settlement", page.lower(noun)) && !own;
    if one.entity.kind != EntityKind::Place || !settled {
        return None;
    }
    let start = page.sentence(noun).start;
    let adjective = |i: &usize| page.upos(*i) == "ADJ" && page.name(*i).is_none();
    let end = noun - (start..noun).rev().take_while(adjective).count();
    let owner = end - usize::from(end > start && page.xpos(end - 1) == "POS");
    let (mention, name) = page.name_until(owner).filter(|(m, _)| m.kind == EntityKind::Place)?;
    let to = page.ones((mention, name.clone()));
    let [to] = to.as_slice() else { return None };
    (!contradicts(one.entity, to.entity)).then(|| bond(RelationKind::LocatedIn, one, to, name.start..words.end))?
}

fn is_country(page: &Page<'_>, one: &One<'_>) -> bool {
    // A place with an adjective of its own in the table, or a government in this report, is a state.
    let name = one.entity.name.as_deref().unwrap_or_default().to_lowercase();
    let rules = |(entity, other): &(&Entity, String)| entity.kind == EntityKind::Government && *other == name;
    is_state(one.entity) || page.places.iter().any(rules)
}

/// The places behind "in": "in Lorne and Arn".
fn in_places(page: &Page<'_>, one: &One<'_>, from: usize, start: usize) -> Vec<Bond> {
    let Some(first) = in_place(page, one, from, start) else { return Vec::new() };
    let mut end = first.evidence.end;
    let mut bonds = vec![first];
    loop {
        let at = end + usize::from(page.lower(end) == ",");
        let and = matches!(page.lower(at), "and" | "or");
        let at = at + usize::from(and);
        let skip = usize::from(page.upos(at) == "DET");
        let place = page.name_from(at + skip).filter(|(m, _)| at > end && m.kind == EntityKind::Place);
        let Some((_, words)) = place else { break };
        // A list ends with "and": "in Lorne, Keldra" is no list.
        let last = words.end + usize::from(page.lower(words.end) == ",");
        let more = || page.name_from(last + 1).is_some_and(|(m, _)| m.kind == EntityKind::Place);
        let listed = and || matches!(page.lower(last), "and" | "or") && more();
        // "In Lorne, and Keldra has sent engineers": another clause.
        let clause = words.start > 1 && page.lower(words.start - 1) == "and" && page.lower(words.start - 2) == ",";
        if !listed || page.upos(words.end) == "VERB" || clause && page.upos(words.end) == "AUX" {
            break;
        }
        let Some(bond) = in_place(page, one, from, at) else { break };
        bonds.push(bond);
        end = words.end;
        if and {
            break;
        }
    }
    bonds
}

/// The place behind "in".
fn in_place(page: &Page<'_>, one: &One<'_>, from: usize, start: usize) -> Option<Bond> {
    let (phrase, head) = page.noun_phrase(start)?;
    let (mention, words) = page.name(head)?;
    let plain = (start..words.start).all(|i| matches!(page.upos(i), "DET" | "ADJ" | "NOUN"));
    // "in Keldra-held Lorne" says nothing of Keldra.
    let hyphened = page.is_joined(phrase.end) && matches!(page.lower(phrase.end), "-" | "–");
    if mention.kind != EntityKind::Place || !plain || hyphened || page.xpos(phrase.end) == "POS" {
        return None;
    }
    let to = page.ones((mention, words.clone()));
    let [to] = to.as_slice() else { return None };
    (!contradicts(one.entity, to.entity)).then(|| bond(RelationKind::LocatedIn, one, to, from..words.end))?
}

/// "Lorne, Keldra": a place and the larger one that it lies in, not two of a list.
fn pair(page: &Page<'_>, one: &One<'_>, words: &Range<usize>) -> Option<Bond> {
    // "Arn, northern Keldra".
    let skip = usize::from(page.upos(words.end + 1) == "ADJ" && page.name(words.end + 1).is_none());
    let (mention, name) = page.name_from(words.end + 1 + skip).filter(|(m, _)| m.kind == EntityKind::Place)?;
    let next = page.lower(name.end);
    let sentence = page.sentence(words.start);
    // "In Arn, Keldra-backed fighters": no more of the place.
    let ends = matches!(next, "." | ")" | ";" | "—" | "–" | "--" | ":" | "”" | "\"") || name.end >= sentence.end;
    // Behind a town its state, by the gazetteer or by its abbreviation: no list whatever follows.
    let state = is_division(one.entity, &page.ones((mention, name.clone()))) || page.said(name.end - 1).ends_with('.');
    let goes_on = next == "," && state
        || next == ","
            && page.name_from(name.end + 1).is_none_or(|(m, _)| m.kind != EntityKind::Place)
            && !matches!(page.lower(name.end + 1), "and" | "or");
    let run_on = matches!(page.upos(name.end), "ADP" | "SCONJ" | "VERB" | "ADV" | "NOUN" | "AUX")
        && !matches!(next, "," | "and" | "or");
    // "in Paris, Lorne, Keldra": a list before it.
    let list = words.start >= sentence.start + 2
        && matches!(page.lower(words.start - 1), "," | "and" | "or")
        && page.name_until(words.start - 1).is_some_and(|(m, _)| m.kind == EntityKind::Place);
    let to = page.ones((mention, name.clone()));
    let [to] = to.as_slice() else { return None };
    // "In Keldra, Sarmia said": a country before the comma lies in no other place.
    let country = is_country(page, one) && one.entity.kind == EntityKind::Place;
    if list && !state || country || !(ends || goes_on || run_on) || contradicts(one.entity, to.entity) {
        return None;
    }
    // Before a verb the second name may be a subject: only a preposition before the first one shows a pair.
    let led = page.upos(words.start.wrapping_sub(1)) == "ADP"
        && !(page.upos(name.end) == "VERB" || page.upos(name.end) == "AUX");
    (ends || goes_on || led).then(|| bond(RelationKind::LocatedIn, one, to, words.start..name.end))?
}

/// Whether the gazetteer has the second place as the first one's state or province.
fn is_division(inner: &Entity, outer: &[One<'_>]) -> bool {
    let [outer] = outer else { return false };
    let of = |entity: &Entity| entity.place.as_ref().and_then(|place| place.division.clone());
    // A town has a zone, a state as a whole has none: two towns of one state lie beside each other.
    let is_state = outer.entity.place.as_ref().is_some_and(|place| place.zone.is_none());
    is_state && of(inner).is_some() && of(inner) == of(outer.entity) && !contradicts(inner, outer.entity)
}

/// "Lorne, a port in Keldra", "Arveth, a Sarmian fishing town", "Lorne, Keldra's capital".
fn settlement(page: &Page<'_>, one: &One<'_>, words: &Range<usize>) -> Option<Bond> {
    let (phrase, head) = page.noun_phrase(words.end + 1)?;
    if let Some((mention, name)) = page.name_from(words.end + 1)
        && mention.kind == EntityKind::Place
        && page.xpos(name.end) == "POS"
        && is("settlement", page.lower(head))
        && let [to] = page.ones((mention, name.clone())).as_slice()
    {
        return bond(RelationKind::LocatedIn, one, to, words.start..phrase.end);
    }
    if page.upos(words.end + 1) != "DET" || !is("settlement", page.lower(head)) && !is("building", page.lower(head)) {
        return None;
    }
    if matches!(page.lower(phrase.end), "in" | "of" | "on") {
        let bond = in_place(page, one, words.start, phrase.end + 1);
        if bond.is_some() {
            return bond;
        }
    }
    // "the Keldran capital".
    let adjective = (phrase.start..head).find(|i| page.is_capital(*i) && page.upos(*i) != "DET")?;
    let of = |(entity, name): &&(&Entity, String)| {
        entity.kind == EntityKind::Place && words::is_adjective_of(page.lower(adjective), name)
    };
    let mut fitting = page.places.iter().filter(of).map(|(entity, _)| *entity);
    let to = match (fitting.next(), fitting.next()) {
        (Some(entity), None) => One { entity, words: 0..0 },
        _ => return None,
    };
    bond(RelationKind::LocatedIn, one, &to, words.start..phrase.end)
}

/// "Northwire, a unit of Keldra Media", "which is part of".
fn part(page: &Page<'_>, one: &One<'_>, words: &Range<usize>) -> Option<Bond> {
    let mut at = words.end;
    if page.lower(at) == "," {
        at += 1;
    }
    if matches!(page.lower(at), "which" | "that") {
        at += 1;
    }
    let copula = matches!(page.lower(at), "is" | "are" | "was");
    at += usize::from(copula);
    if at == words.end
        || !matches!(
            one.entity.kind,
            EntityKind::Organisation | EntityKind::Media | EntityKind::Place | EntityKind::Facility
        )
    {
        return None;
    }
    let head = if page.lower(at) == "part" { at } else { page.noun_phrase(at).filter(|_| page.upos(at) == "DET")?.1 };
    let parent = page.lower(head) == "parent" || page.lower(head) == "company" && page.lower(head - 1) == "parent";
    if !(parent || is("part", page.lower(head))) || page.lower(head + 1) != "of" {
        return None;
    }
    let (to, end) = crate::clause::object(page, head + 2)?;
    let owned = page.lower(head) == "subsidiary";
    let kind = if owned { RelationKind::OwnedBy } else { RelationKind::PartOf };
    let [to] = to.as_slice() else { return None };
    let body = !matches!(
        to.entity.kind,
        EntityKind::Person | EntityKind::Document | EntityKind::Occasion | EntityKind::Agreement
    );
    // "Northwire, the parent of Tarn Bank".
    if parent {
        return body.then(|| bond(RelationKind::OwnedBy, to, one, words.start..end))?;
    }
    body.then(|| bond(kind, one, to, words.start..end))?
}

/// "Lorne's Grand Mosque", "Keldra's Civil Defence Authority": at the mark of possession.
fn possessed(page: &Page<'_>, mark: usize) -> Option<Bond> {
    if page.xpos(mark) != "POS" {
        return None;
    }
    let (owner, owner_words) = page.name_until(mark)?;
    let (_, head) = page.noun_phrase(mark + 1)?;
    // "Lorne's Harbour neighbourhood".
    let inner = || page.name(head.checked_sub(1)?).filter(|_| is("settlement", page.lower(head)));
    let (mention, words) = page.name(head).or_else(inner)?;
    let plain = (mark + 1..words.start).all(|i| matches!(page.upos(i), "ADJ" | "NOUN" | "ADV"));
    if !plain || words.start <= mark {
        return None;
    }
    let (of, ones) = (page.ones((owner, owner_words.clone())), page.ones((mention, words.clone())));
    let ([of], [one]) = (of.as_slice(), ones.as_slice()) else { return None };
    let last = page.lower(words.end - 1);
    let said = (mark + 1..words.end).any(|i| is("body", page.lower(i)));
    let kind = match (of.entity.kind, mention.kind) {
        (EntityKind::Place, EntityKind::Place | EntityKind::Facility) => RelationKind::LocatedIn,
        (EntityKind::Place, EntityKind::Organisation | EntityKind::Other) if is("building", last) && !said => {
            RelationKind::LocatedIn
        }
        (EntityKind::Place | EntityKind::Government, EntityKind::Organisation | EntityKind::Media) => {
            if said && is("body", last) { RelationKind::PartOf } else { RelationKind::BelongsTo }
        }
        (EntityKind::Organisation, EntityKind::Organisation | EntityKind::Facility) => RelationKind::BelongsTo,
        _ => return None,
    };
    let located = kind == RelationKind::LocatedIn && contradicts(one.entity, of.entity);
    (!located).then(|| bond(kind, one, of, owner_words.start..words.end))?
}

/// "Northwire's finance arm, Tarn Corp.", "its parent, Northwire": a body named behind what it is to another.
fn arm(page: &Page<'_>, mark: usize) -> Option<Bond> {
    let owner = match page.xpos(mark) {
        "POS" => page.name_until(mark)?,
        "PRP$" => page.mention(mark)?,
        _ => return None,
    };
    let (phrase, head) = page.noun_phrase(mark + 1)?;
    let noun = page.lower(head);
    let parent = noun == "parent" || noun == "company" && page.lower(head - 1) == "parent";
    if page.name(head).is_some()
        || page.lower(phrase.end) != ","
        || !(parent || is("part", noun) || is("business", noun))
    {
        return None;
    }
    let name = page.name_from(phrase.end + 1).filter(|(m, _)| m.kind == EntityKind::Organisation)?;
    let end = name.1.end;
    let (ones, owners) = (page.ones(name), page.ones(owner.clone()));
    let ([one], [of]) = (ones.as_slice(), owners.as_slice()) else { return None };
    let body = matches!(of.entity.kind, EntityKind::Organisation | EntityKind::Media);
    let evidence = owner.1.start..end;
    match (body, parent) {
        (true, true) => bond(RelationKind::OwnedBy, of, one, evidence),
        (true, false) => bond(RelationKind::BelongsTo, one, of, evidence),
        _ => None,
    }
}

/// A description that lies somewhere: "the Danish embassy in Lorne", "a clinic in the port of Lorne".
fn described(page: &Page<'_>, head: usize) -> Vec<Bond> {
    let Some((mention, words)) = page.described(head) else { return Vec::new() };
    if page.name(head).is_some() || !matches!(page.lower(head + 1), "in" | "inside") {
        return Vec::new();
    }
    let lies = match mention.kind {
        EntityKind::Facility => true,
        EntityKind::Organisation
        | EntityKind::Place
        | EntityKind::Thing
        | EntityKind::Other
        | EntityKind::Government
        | EntityKind::Media => ["building", "settlement", "firm"].iter().any(|group| is(group, page.lower(head))),
        _ => false,
    };
    let ones = page.ones((mention, words.clone()));
    let [one] = ones.as_slice() else { return Vec::new() };
    if lies { in_places(page, one, words.start, head + 2) } else { Vec::new() }
}

/// "a Northwire unit", "the US embassy", "his wife's firm": a description of what is another's.
fn unit(page: &Page<'_>, head: usize) -> Option<Bond> {
    let (mention, words) = page.described(head)?;
    if page.name(head).is_some() || mention.form != MentionForm::Nominal {
        return None;
    }
    let ones = page.ones((mention, words.clone()));
    let [one] = ones.as_slice() else { return None };
    let noun = page.lower(head);
    // "the Keldran government" is the government that Keldra is.
    if matches!(noun, "government" | "governments") {
        return None;
    }
    let of = |group| is(group, noun);
    // "a unit of Northwire".
    if of("part")
        && page.lower(head + 1) == "of"
        && page.apposed(words.clone()).is_none()
        && matches!(one.entity.kind, EntityKind::Organisation | EntityKind::Group | EntityKind::Media)
        && let Some((owners, end)) = crate::clause::object(page, head + 2)
        && let [to] = owners.as_slice()
        && matches!(to.entity.kind, EntityKind::Organisation | EntityKind::Media | EntityKind::Government)
    {
        return bond(RelationKind::PartOf, one, to, words.start..end);
    }
    // The owner: a name right before the noun and its adjectives, or the one before a mark of possession.
    let start = page.sentence(head).start;
    let mut at = head;
    while at > start && page.name(at - 1).is_none() && matches!(page.upos(at - 1), "ADJ" | "NOUN" | "NUM") {
        at -= 1;
    }
    // "Northwire's Keldran subsidiary", "Northwire's Tarn unit": a name before the noun, and the owner before that.
    let inner = page.name_until(at).filter(|(_, name)| page.xpos(name.start.wrapping_sub(1)) == "POS");
    let at = inner.as_ref().map_or(at, |(_, name)| name.start);
    let before = at.checked_sub(1).filter(|i| *i >= start)?;
    let (owner, possessed) = match page.xpos(before) {
        "POS" => (page.mention(before.checked_sub(1)?)?, true),
        "PRP$" => (page.mention(before)?, true),
        _ => (page.name_until(at)?, false),
    };
    let owners = page.ones(owner.clone());
    let [owner_one] = owners.as_slice() else { return None };
    // "the Tarn unit" may be called so itself; "a Northwire unit" is not.
    let own = page.lower(words.start) == "the" && !noun.ends_with('s') || noun == "agency";
    let kind = match (owner_one.entity.kind, possessed) {
        (EntityKind::Person, true) if of("business") => RelationKind::OwnedBy,
        (EntityKind::Organisation | EntityKind::Media, true)
            if of("part") || of("body") && !of("gathering") || of("unit") =>
        {
            RelationKind::BelongsTo
        }
        (EntityKind::Organisation | EntityKind::Media | EntityKind::Government, false)
            if (of("part") || of("unit")) && !own =>
        {
            RelationKind::PartOf
        }
        (EntityKind::Place | EntityKind::Government, _) if of("body") || of("post-abroad") => RelationKind::BelongsTo,
        // "a Lorne hospital".
        (EntityKind::Place, false) if of("building") && owner.1.start > words.start => RelationKind::LocatedIn,
        (EntityKind::Organisation | EntityKind::Media, true) if of("building") => RelationKind::BelongsTo,
        _ => return None,
    };
    // "Northwire's television unit, Tarn": the name behind it is who is meant.
    let called = (page.lower(head + 1) == ",").then(|| page.name_from(head + 2)).flatten();
    let called = called.or(inner).filter(|(m, _)| possessed && m.kind == EntityKind::Organisation);
    let named = called.map(|name| page.ones(name)).unwrap_or_default();
    bond(kind, named.first().unwrap_or(one), owner_one, owner.1.start.min(words.start)..head + 1)
}

/// "Ada Roe of the Tarn Institute", "Ben Lind from Lorne".
fn hails(page: &Page<'_>, at: usize) -> Option<Bond> {
    let (mention, words) = page.name_from(at).filter(|(m, _)| m.kind == EntityKind::Person)?;
    // "Roe, 41, of Lorne".
    let mut behind = words.end;
    if page.lower(behind) == "," && page.upos(behind + 1) == "NUM" && page.lower(behind + 2) == "," {
        behind += 3;
    }
    // "Roe, from the Tarn Institute".
    if page.lower(behind) == "," && matches!(page.lower(behind + 1), "of" | "from") && page.lower(behind + 2) == "the" {
        behind += 1;
    }
    let of = page.lower(behind);
    if !matches!(of, "of" | "from") {
        return None;
    }
    let start = behind + 1 + usize::from(matches!(page.lower(behind + 1), "the"));
    let (other, name) = page.name_from(start)?;
    // "the Keldra Centre for Tides": of two names the second is whose the first is a part.
    let (other, name) = page.name_from(name.end).unwrap_or((other, name));
    // "Mayor Ada Roe of Lorne" holds a post there.
    // "Sens. Ben Lind of Lorne and Ada Roe of Arn" likewise.
    let seats = |i: usize| matches!(page.lower(i), "sens" | "sens." | "reps" | "reps." | "govs" | "govs.");
    let titled = words.start.checked_sub(1).is_some_and(|i| crate::words::title(page.lower(i)).is_some())
        || (words.start.saturating_sub(12).max(page.sentence(words.start).start)..words.start).any(seats);
    let (ones, others) = (page.ones((mention, words.clone())), page.ones((other, name.clone())));
    let ([one], [to]) = (ones.as_slice(), others.as_slice()) else { return None };
    let next = page.lower(name.end);
    let kind = match other.kind {
        EntityKind::Organisation | EntityKind::Media if !titled && page.xpos(name.end) != "POS" => RelationKind::Role,
        // "Ada Roe of Keldra" rules it as often as she lives there.
        EntityKind::Place
            if !titled && page.xpos(name.end) != "POS" && next != "to" && (of == "from" || !is_country(page, to)) =>
        {
            RelationKind::ResidentOf
        }
        _ => return None,
    };
    // "saved Roe from Lorne's police", "took Roe from Lorne to Arn": only a name that is no object may be from somewhere.
    let object = of == "from" && page.upos(words.start.wrapping_sub(1)) == "VERB";
    (!object).then(|| bond(kind, one, to, words.start..name.end))?
}

/// "the Lorne-based Northwire", "London-based investor Ada Roe".
fn based(page: &Page<'_>, at: usize) -> Option<Bond> {
    let hyphened = page.lower(at) == "based" && at >= 2 && matches!(page.lower(at - 1), "-" | "–");
    if !hyphened {
        return None;
    }
    let (place, place_words) = page.name_until(at - 1)?;
    // "the Lorne, Keldra-based Northwire": the town of the two.
    let town = page.lower(place_words.start.wrapping_sub(1)) == ",";
    let town = town.then(|| page.name_until(place_words.start - 1)).flatten();
    let town = town.filter(|(_, words)| words.start > 0 && page.upos(words.start - 1) == "DET");
    let (place, place_words) = town.unwrap_or((place, place_words));
    if place.kind != EntityKind::Place {
        return None;
    }
    let to = page.ones((place, place_words.clone()));
    let [to] = to.as_slice() else { return None };
    let (mut phrase, mut head) = page.noun_phrase(at + 1)?;
    // "a Lorne-based engineering and building company".
    if page.lower(phrase.end) == "and"
        && page.mention(head).is_none()
        && let Some((more, last)) = page.noun_phrase(phrase.end + 1)
    {
        (phrase, head) = (phrase.start..more.end, last);
    }
    // The name may stand before it: "Northwire, a Lorne-based agency".
    let before = || {
        let start = place_words.start - usize::from(page.upos(place_words.start.wrapping_sub(1)) == "DET");
        let comma = start.checked_sub(1).filter(|i| page.lower(*i) == ",")?;
        page.name_until(comma)
    };
    let (mention, words) = page.name(head).or_else(before).or_else(|| page.described(head))?;
    let ones = page.ones((mention, words.clone()));
    let [one] = ones.as_slice() else { return None };
    let people = matches!(one.entity.kind, EntityKind::Person | EntityKind::Group);
    let kind = if people { RelationKind::ResidentOf } else { RelationKind::LocatedIn };
    bond(kind, one, to, place_words.start.min(words.start)..phrase.end.max(words.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_hold_their_nouns() {
        assert!(is("building", "museum") && is("settlement", "town") && is("part", "unit") && is("body", "army"));
        assert!(!is("building", "minister") && !is("part", "town"));
    }
}
