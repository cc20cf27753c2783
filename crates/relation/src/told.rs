//! Relations that a verb tells: "who leads the mission", "owned by Northwire", "was born in Lorne", "is married to".

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use reportedly_record::{EntityKind, RelationKind};

use crate::bond::Bond;
use crate::clause::{Subject, is_body, object, subject};
use crate::held::is_open;
use crate::page::{One, Page};
use crate::title::antecedent;
use crate::words;

const TABLE: &str = include_str!("../data/verbs.txt");

/// Which way a verb's relation reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// The subject is it of the object.
    Subject,
    /// The object is it of the subject.
    Object,
    /// The verb is passive, its subject is it of the noun behind the particle.
    Passive,
    /// The verb is passive, the noun behind "by" is it of the subject.
    Agent,
}

/// One use of a verb's form.
#[derive(Clone, Copy, Debug)]
struct Use {
    what: &'static str,
    side: Side,
    particle: Option<&'static str>,
}

static VERBS: LazyLock<BTreeMap<&'static str, Vec<Use>>> = LazyLock::new(|| {
    let mut verbs: BTreeMap<&str, Vec<Use>> = BTreeMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split_whitespace();
        let (Some(what), Some(side)) = (parts.next(), parts.next()) else { continue };
        let side = match side {
            "subject" => Side::Subject,
            "object" => Side::Object,
            "passive" => Side::Passive,
            "agent" => Side::Agent,
            _ => continue,
        };
        for form in parts {
            let (form, particle) = form.split_once('+').map_or((form, None), |(form, particle)| (form, Some(particle)));
            verbs.entry(form).or_default().push(Use { what, side, particle });
        }
    }
    verbs
});

/// Finds the relations that verbs tell.
pub(crate) fn told(page: &Page<'_>) -> Vec<Bond> {
    (0..page.len()).filter(|i| matches!(page.upos(*i), "VERB" | "ADJ")).flat_map(|verb| of_verb(page, verb)).collect()
}

fn of_verb(page: &Page<'_>, verb: usize) -> Vec<Bond> {
    let Some(uses) = VERBS.get(page.lower(verb)) else { return Vec::new() };
    // "Northwire-owned" is read elsewhere.
    let adverb = matches!(page.lower(verb.wrapping_sub(2)), "majority" | "part" | "co" | "jointly" | "wholly");
    if matches!(page.lower(verb.wrapping_sub(1)), "-" | "–") && !(adverb && page.lower(verb + 1) == "by") {
        return owned_before(page, verb);
    }
    uses.iter().find_map(|usage| bonds(page, verb, *usage)).unwrap_or_default()
}

fn bonds(page: &Page<'_>, verb: usize, usage: Use) -> Option<Vec<Bond>> {
    let start = match usage.particle {
        Some(particle) => (page.lower(verb + 1) == particle).then_some(verb + 2)?,
        None => verb + 1,
    };
    if is_open(page, verb) {
        return None;
    }
    // "born in 1991 in Lorne".
    let start = if usage.what == "born" && page.upos(start) == "NUM" && page.lower(start + 1) == "in" {
        start + 2
    } else {
        start
    };
    let owns = usage.what == "owned";
    let from = if owns { share(page, start) } else { start };
    let shares = if usage.particle.is_some() { verb.saturating_sub(3)..verb } else { start..from };
    // Whoever has less than half of it does not own it.
    if owns && is_minority(page, shares) {
        return None;
    }
    let start = from;
    let stock = owns.then(|| stock(page, start)).flatten();
    let (mut others, mut end) = stock.or_else(|| object(page, start))?;
    while page.lower(end) == "and" {
        let kind = others.first().map(|one| one.entity.kind);
        let Some((more, until)) = object(page, end + 1) else { break };
        if kind != more.first().map(|one| one.entity.kind) || matches!(page.upos(until), "VERB" | "AUX") {
            break;
        }
        others.extend(more);
        end = until;
    }
    let (mut ones, from) = subjects(page, verb, usage.side)?;
    // "Roe and Lind joined Northwire"; "Roe and Lind, who works there" is of Lind.
    let who = subject(page, verb, Subject::Active).filter(|at| matches!(page.lower(*at), "who" | "that" | "which"));
    let of_last = who.is_some() && page.xpos(verb) != "VBP";
    if let Some((mention, words)) = page.joined_before(&from).filter(|_| !of_last)
        && page.name_from(from.start).is_some_and(|(m, _)| m.kind == mention.kind)
    {
        ones.extend(page.ones((mention, words)));
    }
    let evidence = from.start.min(verb)..end;
    let mut bonds = Vec::new();
    for one in &ones {
        for other in &others {
            let (a, b) = if matches!(usage.side, Side::Object | Side::Agent) { (other, one) } else { (one, other) };
            if a.entity.id == b.entity.id {
                continue;
            }
            let Some(kind) = kind(usage, a, b) else { continue };
            bonds.push(Bond::new(kind, a.entity.id, b.entity.id, evidence.clone()));
        }
    }
    (!bonds.is_empty()).then_some(bonds)
}

/// "owns about 23% of Northwire", "bought a stake in Northwire": where the owned one stands.
fn share(page: &Page<'_>, start: usize) -> usize {
    let quantity = |i: usize| {
        matches!(page.upos(i), "NUM" | "SYM" | "ADV" | "DET" | "ADJ")
            || matches!(
                page.lower(i),
                "%" | "percent"
                    | "per"
                    | "cent"
                    | "half"
                    | "majority"
                    | "stake"
                    | "shares"
                    | "interest"
                    | "third"
                    | "more"
                    | "than"
                    | "at"
                    | "least"
                    | "most"
                    | "all"
                    | "quarter"
                    | "share"
            )
    };
    let end = (start..start + 8).find(|i| !quantity(*i)).unwrap_or(start);
    if end > start && matches!(page.lower(end), "of" | "in") { end + 1 } else { start }
}

/// Whether words tell of less than half: "39% controlled by", "a minority stake in".
fn is_minority(page: &Page<'_>, words: Range<usize>) -> bool {
    let small = |i: usize| page.lower(i).trim_end_matches('%').parse::<f32>().is_ok_and(|share| share < 50.0);
    let percent = |i: usize| {
        page.lower(i).ends_with('%')
            || i + 1 < page.len() && matches!(page.lower(i + 1), "%" | "percent" | "per" | "pc")
    };
    // "A minority business owned by Roe" is hers.
    let part = |i: usize| {
        page.lower(i) == "minority"
            && (i + 1 == words.end || matches!(page.lower(i + 1), "-" | "–" | "stake" | "share" | "interest"))
    };
    let fraction = |i: usize| {
        matches!(page.lower(i), "quarter" | "third") && matches!(page.lower(i.wrapping_sub(1)), "a" | "one" | "-")
    };
    words.clone().any(|i| part(i) || fraction(i) || small(i) && percent(i))
}

/// "72% of Northwire's shares": whose they are.
fn stock<'a>(page: &Page<'a>, start: usize) -> Option<(Vec<One<'a>>, usize)> {
    let (mention, words) = page.name_from(start)?;
    let shares = matches!(page.lower(words.end + 1), "shares" | "stock" | "outstanding" | "common");
    (page.xpos(words.end) == "POS" && shares).then(|| (page.ones((mention, words.clone())), words.end))
}

/// The subject of a verb, or the name that a participle hangs on: "Northwire, owned by Roe".
fn subjects<'a>(page: &Page<'a>, verb: usize, side: Side) -> Option<(Vec<One<'a>>, Range<usize>)> {
    let start = page.sentence(verb).start;
    let passive = matches!(side, Side::Passive | Side::Agent);
    // "is 40 per cent owned by", "jointly owned by".
    let degree = |i: &usize| {
        page.upos(*i) == "NUM"
            || matches!(
                page.lower(*i),
                "%" | "percent" | "per" | "cent" | "jointly" | "wholly" | "fully" | "partly" | "also"
            )
            || matches!(page.lower(*i), "-" | "–") && page.upos(i.wrapping_sub(1)) == "NUM"
    };
    let verb = if passive { verb - (start..verb).rev().take_while(degree).count() } else { verb };
    if passive && (page.xpos(verb) == "VBN" || degree(&verb)) {
        // "Born in Lorne, Roe": the subject follows the comma.
        if verb == start {
            let comma = (verb..page.sentence(verb).end.min(verb + 14))
                .find(|i| page.lower(*i) == "," && page.person_from(i + 1).is_some())?;
            let (mention, words) = page.person_from(comma + 1)?;
            return Some((page.ones((mention, words.clone())), words));
        }
        let hyphened = matches!(page.lower(verb - 1), "-" | "–") && verb >= start + 3;
        let before = if hyphened { verb - 3 } else { verb - 1 };
        let comma = page.lower(before) == ",";
        let end = before + 1 - usize::from(comma);
        if end > start
            && let Some((mention, words)) = page.mention(end - 1)
        {
            let (mention, words) = page.apposed(words.clone()).unwrap_or((mention, words));
            return Some((page.ones((mention, words.clone())), words));
        }
    }
    let voice = if passive { Subject::Passive } else { Subject::Active };
    let at = subject(page, verb, voice)?;
    if matches!(page.lower(at), "who" | "that" | "which") {
        let ones = antecedent(page, at);
        let from = ones.first().map_or(at..at + 1, |one| one.words.clone());
        return Some((ones, from));
    }
    let (mention, words) = page.mention(at)?;
    Some((page.ones((mention, words.clone())), words))
}

/// The relation, if the two are of kinds that can stand in it.
fn kind(usage: Use, from: &One<'_>, to: &One<'_>) -> Option<RelationKind> {
    let (a, b) = (from.entity.kind, to.entity.kind);
    let person = a == EntityKind::Person;
    let (kind, fits) = match usage.what {
        // "Who runs the Lakes Conference": what somebody leads is a body, whatever its name was taken for.
        "role" if b == EntityKind::Other && to.entity.name.is_some() => (RelationKind::Role, person),
        // "Who works for the citizens" has no post with them.
        "employed" if b == EntityKind::Group => return None,
        "role" | "employed" => (RelationKind::Role, person && is_body(b) && b != EntityKind::Vehicle),
        "owned" => (
            RelationKind::OwnedBy,
            !person
                && !matches!(a, EntityKind::Place | EntityKind::Group)
                && !matches!(b, EntityKind::Thing | EntityKind::Document),
        ),
        "published" => (
            RelationKind::PublishedBy,
            matches!(a, EntityKind::Document | EntityKind::Programme | EntityKind::Media) && is_body(b),
        ),
        "resident" => (RelationKind::ResidentOf, person && b == EntityKind::Place),
        "born" => (RelationKind::BornIn, person && b == EntityKind::Place),
        "spouse" => (RelationKind::SpouseOf, person && b == EntityKind::Person),
        "member" => (RelationKind::MemberOf, person && matches!(b, EntityKind::Organisation)),
        "spokesperson" => (RelationKind::SpokespersonOf, person && is_body(b)),
        // "who represents Ohio"; whom else somebody represents is not told by the verb alone.
        "lawyer" => {
            // Whoever represents a country plays or speaks for it.
            let state = to.entity.name.as_deref().is_some_and(|name| words::is_country(&name.to_lowercase()));
            (RelationKind::Office, person && b == EntityKind::Place && !state)
        }
        "part" => (RelationKind::BelongsTo, !person && is_body(a) && is_body(b)),
        "publishes" => (
            RelationKind::PublishedBy,
            matches!(a, EntityKind::Document | EntityKind::Programme | EntityKind::Media) && is_body(b),
        ),
        "located" => (
            RelationKind::LocatedIn,
            (is_body(a) && a != EntityKind::Group || a == EntityKind::Place) && b == EntityKind::Place,
        ),
        _ => return None,
    };
    fits.then_some(kind)
}

/// "the state-owned carrier, Northwire".
fn owned_by_none(page: &Page<'_>, verb: usize) -> Vec<Bond> {
    let Some((phrase, head)) = page.noun_phrase(verb + 1) else { return Vec::new() };
    let name = (page.lower(phrase.end) == ",").then(|| page.name_from(phrase.end + 1)).flatten();
    let name = name.filter(|(mention, _)| mention.kind == EntityKind::Organisation && page.name(head).is_none());
    let owned = name.map_or_else(|| page.at(head), |name| page.ones(name));
    let fits = |one: &&One<'_>| {
        is_body(one.entity.kind) || matches!(one.entity.kind, EntityKind::Facility | EntityKind::Thing)
    };
    let bond = |one: &One<'_>| Bond {
        kind: RelationKind::OwnedBy,
        from: one.entity.id,
        to: None,
        title: Some(verb - 2..verb + 1),
        ended: false,
        evidence: verb - 2..phrase.end.max(one.words.end),
    };
    owned.iter().filter(fits).map(bond).collect()
}

/// "the Northwire-owned ferry Petrel", "state-owned hotels", "the Keldra-born singer".
fn owned_before(page: &Page<'_>, verb: usize) -> Vec<Bond> {
    let word = page.lower(verb);
    let end = verb - 1;
    let owner = page.name_until(end).or_else(|| page.described(end.wrapping_sub(1)));
    // "state-owned hotels": the owner has no name.
    if word == "owned" && matches!(page.lower(end - 1), "state" | "government" | "publicly" | "family" | "foreign") {
        return owned_by_none(page, verb);
    }
    let Some(owner) = owner.map(|owner| page.ones(owner)) else { return Vec::new() };
    let Some((phrase, head)) = page.noun_phrase(verb + 1) else { return Vec::new() };
    // "the Northwire-owned ferry, Petrel".
    let name = (page.lower(phrase.end) == ",").then(|| page.name_from(phrase.end + 1)).flatten();
    let thing = match name {
        Some((mention, words))
            if page.name(head).is_none()
                && matches!(
                    mention.kind,
                    EntityKind::Vehicle
                        | EntityKind::Organisation
                        | EntityKind::Media
                        | EntityKind::Facility
                        | EntityKind::Product
                        | EntityKind::Other
                ) =>
        {
            page.ones((mention, words))
        }
        _ => page.at(head),
    };
    let pairs = owner.iter().flat_map(|of| thing.iter().map(move |one| (one, of)));
    pairs
        .filter_map(|(one, of)| {
            let from = of.words.start.min(one.words.start);
            let evidence = from..phrase.end.max(one.words.end);
            let person = one.entity.kind == EntityKind::Person;
            let kind = match word {
                "owned" if !person => RelationKind::OwnedBy,
                "born" if person && of.entity.kind == EntityKind::Place => RelationKind::BornIn,
                _ => return None,
            };
            (one.entity.id != of.entity.id).then(|| Bond::new(kind, one.entity.id, of.entity.id, evidence))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_holds_its_examples_and_no_others() {
        let mut group = "";
        for line in TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (first, rest) = line.split_once(' ').expect("a line has words");
            let held = |word: &str| VERBS.get(word).is_some_and(|uses| uses.iter().any(|u| u.what == group));
            match first {
                "yes" => rest.split(" | ").for_each(|word| assert!(held(word), "{group} lacks {word}")),
                "no" => rest.split(" | ").for_each(|word| assert!(!held(word), "{group} holds {word}")),
                name => group = name,
            }
        }
    }
}
