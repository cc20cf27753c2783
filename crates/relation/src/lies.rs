//! What lies where, and what is part of what: "the Brandt Museum in Lorne", "Lorne, Keldra", "a unit of Northwire", "Keldra's army".

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use reportedly_record::{Entity, EntityKind, Mention, MentionForm, RelationKind};

use crate::bond::Bond;
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

fn is(group: &str, noun: &str) -> bool {
    NOUNS.get(group).is_some_and(|nouns| nouns.contains(noun))
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
fn contradicts(inner: &Entity, outer: &Entity) -> bool {
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
    let last = page.lower(words.end - 1);
    let lies = match mention.kind {
        EntityKind::Facility => true,
        EntityKind::Organisation | EntityKind::Other | EntityKind::Media => {
            is("building", last) || is("firm", last.trim_end_matches('.'))
        }
        _ => false,
    };
    let mut bonds = Vec::new();
    let after = page.lower(words.end);
    let within = || page.noun_phrase(words.end + 1).is_some_and(|(_, head)| !is("firm", page.lower(head)));
    if after == "at" && lies && within() {
        bonds.extend(in_place(page, one, words.start, words.end + 1));
    }
    bonds.extend(is_in(page, one, words));
    if after == "in" && (lies || mention.kind == EntityKind::Place && !is_country(page, one)) {
        bonds.extend(in_place(page, one, words.start, words.end + 1));
    }
    if after == "," && (mention.kind == EntityKind::Place || lies) {
        bonds.extend(pair(page, one, words));
        bonds.extend(settlement(page, one, words));
    }
    // "the Centre for Tides at the Port Institute": a part of it.
    if after == "at" && mention.kind == EntityKind::Organisation {
        let skip = usize::from(page.upos(words.end + 1) == "DET");
        if let Some((other, name)) = page.name_from(words.end + 1 + skip)
            && other.kind == EntityKind::Organisation
        {
            let to = page.ones((other, name.clone()));
            bonds.extend(to.iter().filter_map(|to| bond(RelationKind::PartOf, one, to, words.start..name.end)));
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

fn is_country(page: &Page<'_>, one: &One<'_>) -> bool {
    // A place with an adjective of its own in the table, or a government in this report, is a state.
    let name = one.entity.name.as_deref().unwrap_or_default().to_lowercase();
    let rules = |(entity, other): &(&Entity, String)| entity.kind == EntityKind::Government && *other == name;
    words::is_country(&name) || page.places.iter().any(rules)
}

/// The place behind "in".
fn in_place(page: &Page<'_>, one: &One<'_>, from: usize, start: usize) -> Option<Bond> {
    let (phrase, head) = page.noun_phrase(start)?;
    let (mention, words) = page.name(head)?;
    let plain = (start..words.start).all(|i| matches!(page.upos(i), "DET" | "ADJ" | "NOUN"));
    if mention.kind != EntityKind::Place || !plain || page.xpos(phrase.end) == "POS" {
        return None;
    }
    let to = page.ones((mention, words.clone()));
    let [to] = to.as_slice() else { return None };
    (!contradicts(one.entity, to.entity)).then(|| bond(RelationKind::LocatedIn, one, to, from..words.end))?
}

/// "Lorne, Keldra": a place and the larger one that it lies in, not two of a list.
fn pair(page: &Page<'_>, one: &One<'_>, words: &Range<usize>) -> Option<Bond> {
    let (mention, name) = page.name_from(words.end + 1).filter(|(m, _)| m.kind == EntityKind::Place)?;
    let next = page.lower(name.end);
    let sentence = page.sentence(words.start);
    let ends = matches!(next, "." | ")" | ";" | "—" | "–" | ":" | "”" | "\"") || name.end >= sentence.end;
    let goes_on = next == ","
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
    let state = is_country(page, one) && one.entity.kind == EntityKind::Place;
    if list || state || !(ends || goes_on || run_on) || contradicts(one.entity, to.entity) {
        return None;
    }
    // Before a verb the second name may be a subject: only a preposition before the first one shows a pair.
    let led = page.upos(words.start.wrapping_sub(1)) == "ADP"
        && !(page.upos(name.end) == "VERB" || page.upos(name.end) == "AUX");
    (ends || goes_on || led).then(|| bond(RelationKind::LocatedIn, one, to, words.start..name.end))?
}

/// "Lorne, a port in Keldra", "Arveth, a Sarmian fishing town".
fn settlement(page: &Page<'_>, one: &One<'_>, words: &Range<usize>) -> Option<Bond> {
    let (phrase, head) = page.noun_phrase(words.end + 1)?;
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
    if !is("part", page.lower(head)) || page.lower(head + 1) != "of" {
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

/// A description that lies somewhere: "the Danish embassy in Lorne", "a clinic in the port of Lorne".
fn described(page: &Page<'_>, head: usize) -> Option<Bond> {
    let (mention, words) = page.described(head)?;
    if page.name(head).is_some() || page.lower(head + 1) != "in" {
        return None;
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
    let [one] = ones.as_slice() else { return None };
    lies.then(|| in_place(page, one, words.start, head + 2))?
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
    let singular =
        noun.strip_suffix("ies").map_or_else(|| noun.strip_suffix('s').unwrap_or(noun).to_owned(), |s| format!("{s}y"));
    // "the Keldran government" is the government that Keldra is.
    if matches!(noun, "government" | "governments") {
        return None;
    }
    let of = |group| is(group, noun) || is(group, &singular);
    // The owner: a name right before the noun and its adjectives, or the one before a mark of possession.
    let start = page.sentence(head).start;
    let mut at = head;
    while at > start && page.name(at - 1).is_none() && matches!(page.upos(at - 1), "ADJ" | "NOUN" | "NUM") {
        at -= 1;
    }
    let before = at.checked_sub(1).filter(|i| *i >= start)?;
    let (owner, possessed) = match page.xpos(before) {
        "POS" => (page.mention(before.checked_sub(1)?)?, true),
        "PRP$" => (page.mention(before)?, true),
        _ => (page.name_until(at)?, false),
    };
    let owners = page.ones(owner.clone());
    let [owner_one] = owners.as_slice() else { return None };
    let kind = match (owner_one.entity.kind, possessed) {
        (EntityKind::Person, true) if of("business") => RelationKind::OwnedBy,
        (EntityKind::Person, true) if of("circle") => RelationKind::BelongsTo,
        (EntityKind::Organisation | EntityKind::Media, true) if of("part") || of("body") || of("unit") => {
            RelationKind::BelongsTo
        }
        (EntityKind::Organisation | EntityKind::Media | EntityKind::Government, false) if of("part") || of("unit") => {
            RelationKind::PartOf
        }
        (EntityKind::Place | EntityKind::Government, _) if of("body") || of("post-abroad") => RelationKind::BelongsTo,
        // "a Lorne hospital".
        (EntityKind::Place, false) if of("building") => RelationKind::LocatedIn,
        (EntityKind::Organisation | EntityKind::Media, true) if of("building") => RelationKind::BelongsTo,
        _ => return None,
    };
    bond(kind, one, owner_one, owner.1.start.min(words.start)..head + 1)
}

/// "Ada Roe of the Tarn Institute", "Ben Lind from Lorne".
fn hails(page: &Page<'_>, at: usize) -> Option<Bond> {
    let (mention, words) = page.name_from(at).filter(|(m, _)| m.kind == EntityKind::Person)?;
    let of = page.lower(words.end);
    if !matches!(of, "of" | "from") {
        return None;
    }
    let start = words.end + 1 + usize::from(matches!(page.lower(words.end + 1), "the"));
    let (other, name) = page.name_from(start)?;
    // "Mayor Ada Roe of Lorne" holds a post there.
    let titled = words.start.checked_sub(1).is_some_and(|i| crate::words::title(page.lower(i)).is_some());
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
    let (place, place_words) = page.name_until(at - 1).filter(|(m, _)| m.kind == EntityKind::Place)?;
    let to = page.ones((place, place_words.clone()));
    let [to] = to.as_slice() else { return None };
    let (phrase, head) = page.noun_phrase(at + 1)?;
    // The name may stand before it: "Northwire, a Lorne-based agency".
    let before = || {
        let start = place_words.start - usize::from(page.upos(place_words.start.wrapping_sub(1)) == "DET");
        let comma = start.checked_sub(1).filter(|i| page.lower(*i) == ",")?;
        page.name_until(comma)
    };
    let (mention, words) = page.name(head).or_else(before).or_else(|| page.described(head))?;
    let ones = page.ones((mention, words.clone()));
    let [one] = ones.as_slice() else { return None };
    let kind = if one.entity.kind == EntityKind::Person { RelationKind::ResidentOf } else { RelationKind::LocatedIn };
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
