//! What an entity is: told by the nouns it is called by and by the last word of its name.

use std::collections::BTreeMap;

use reportedly_record::EntityKind;

use crate::alike;
use crate::context::is_abstract;
use crate::lexicon::{self, Number, Sense};
use crate::phrase::{Form, Pronoun};
use crate::seen::Seen;

/// The kind of a cluster; none where it is no entity: something that happens, something abstract, or a pronoun whose
/// meaning is open.
pub(crate) fn of_cluster(seen: &[Seen], group: &[usize]) -> Option<EntityKind> {
    let named = group.iter().copied().filter(|i| seen[*i].name.is_some());
    let nouns = group
        .iter()
        .copied()
        .filter(|i| seen[*i].name.is_none() && seen[*i].pronoun().is_none() && seen[*i].form != Form::Joined);
    let mut votes: BTreeMap<EntityKind, usize> = BTreeMap::new();
    for i in named.clone() {
        let kind = seen[i].kind().unwrap_or(EntityKind::Other);
        *votes.entry(kind).or_default() += 1;
    }
    let most = votes.iter().max_by_key(|(kind, votes)| (**votes, std::cmp::Reverse(**kind))).map(|(kind, _)| *kind);
    if let Some(kind) = most {
        let told = nouns.filter_map(|i| seen[i].kind()).next();
        let refined = named.filter_map(|i| by_name(kind, &seen[i].words)).next();
        return Some(refined.or(told.filter(|told| refines(kind, *told))).unwrap_or(kind));
    }
    let first = nouns.clone().find_map(|i| seen[i].sense);
    match first {
        Some(Sense::Of(kind)) => {
            let i = nouns.clone().next()?;
            stands(seen, group, i, kind)
                .then(|| if many(seen, &mut nouns.clone(), kind) { EntityKind::Group } else { kind })
        }
        Some(Sense::Event | Sense::Abstract | Sense::Time) => None,
        None => {
            // "He ... his ...": somebody, whoever it is.
            let person = |i: &usize| matches!(seen[*i].pronoun(), Some(Pronoun::He | Pronoun::She));
            let noun = nouns.clone().next().is_some_and(|i| !is_abstract(&seen[i].noun));
            (noun && group.iter().any(person) || group.iter().any(|i| has_kin(seen, *i))).then_some(EntityKind::Person)
        }
    }
}

/// Whether a pronoun owns a person: whoever "my father" is the father of is somebody, though the text may not say who.
fn has_kin(seen: &[Seen], i: usize) -> bool {
    let personal = matches!(seen[i].pronoun(), Some(Pronoun::I | Pronoun::He | Pronoun::She));
    let near = seen.iter().skip(i).take(8);
    personal
        && near.into_iter().any(|other| {
            other.owner == Some(seen[i].head) && other.number == Number::One && other.kind() == Some(EntityKind::Person)
        })
}

fn many(seen: &[Seen], nouns: &mut dyn Iterator<Item = usize>, kind: EntityKind) -> bool {
    kind == EntityKind::Person && nouns.next().is_some_and(|i| seen[i].number == Number::Many)
}

/// Whether a description that no name belongs to is worth an entity: people and bodies are, things where the text comes back to
/// them or says which one is meant.
fn stands(seen: &[Seen], group: &[usize], i: usize, kind: EntityKind) -> bool {
    use EntityKind::{
        Agreement, Document, Facility, Government, Group, Media, Occasion, Organisation, Other, Person, Place, Product,
        Programme, Thing, Vehicle,
    };
    let again = group.len() > 1;
    // "Even as a child he drew": whoever that is, no second person.
    if seen[i].is_role && !again {
        return false;
    }
    let certain = matches!(seen[i].form, Form::Definite | Form::Owned | Form::Indefinite | Form::Pointed);
    match kind {
        Person | Group => true,
        // "State television", "police": there is just one in the place that is spoken of.
        Media if seen[i].words.iter().any(|word| word == "state") => true,
        Organisation | Media | Government | Vehicle | Agreement | Facility => certain || again,
        Programme | Document | Occasion | Thing | Product => again,
        Place => again,
        Other => false,
    }
}

/// Whether a noun may say more exactly what a named thing is.
fn refines(kind: EntityKind, told: EntityKind) -> bool {
    use EntityKind::{
        Agreement, Document, Facility, Media, Occasion, Organisation, Other, Product, Programme, Thing, Vehicle,
    };
    match kind {
        Organisation => matches!(told, Media | Programme),
        Other | Product => {
            matches!(told, Agreement | Document | Occasion | Programme | Vehicle | Thing | Media | Facility)
        }
        Facility => matches!(told, Vehicle),
        _ => false,
    }
}

/// Words that end the names of media and of programmes.
const MEDIA: [&str; 40] = [
    "times",
    "post",
    "journal",
    "tribune",
    "herald",
    "globe",
    "chronicle",
    "gazette",
    "mail",
    "news",
    "courier",
    "telegraph",
    "examiner",
    "observer",
    "mirror",
    "dispatch",
    "inquirer",
    "sentinel",
    "bulletin",
    "argus",
    "mercury",
    "messenger",
    "broadcasting",
    "radio",
    "television",
    "tv",
    "newspaper",
    "magazine",
    "newswire",
    "quarterly",
    "weekly",
    "daily",
    "press",
    "guardian",
    "independent",
    "lantern",
    "echo",
    "newspapers",
    "standard",
    "express",
];

/// Whether the words of a body's name are those of an outlet.
pub(crate) fn is_media(words: &[String]) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    words.len() > 1
        && (MEDIA.contains(&last.as_str())
            || matches!(first.as_str(), "radio" | "television" | "tv" | "channel")
            || last == "agency" && words[words.len() - 2] == "news")
}

/// Nouns that each say what sort of body is meant: who is called by one of a row is not called by one of another.
const BODIES: [&[&str]; 9] = [
    &[
        "company",
        "firm",
        "corporation",
        "business",
        "conglomerate",
        "startup",
        "start-up",
        "manufacturer",
        "carmaker",
        "automaker",
        "airline",
        "retailer",
        "supermarket",
        "lender",
        "bank",
        "insurer",
        "brokerage",
    ],
    &["union"],
    &["party"],
    &["ministry", "department"],
    &["court", "tribunal"],
    &["police"],
    &["army", "navy", "airforce", "military", "militia"],
    &["university", "college", "school", "academy"],
    &[
        "council",
        "parliament",
        "assembly",
        "senate",
        "congress",
        "committee",
        "commission",
        "board",
        "panel",
        "cabinet",
    ],
];

/// The sort of body that a noun tells.
fn body(noun: &str) -> Option<usize> {
    BODIES.iter().position(|nouns| nouns.contains(&noun))
}

/// Whether a noun tells a sort of institution that is not lent to others: "the council" is no firm, and "the parliament" no museum.
pub(crate) fn is_institution(noun: &str) -> bool {
    // Firms, unions, parties, schools and militias have names that do not tell what they are.
    const KINDS: [&str; 5] = ["ministry", "court", "police", "army", "council"];
    noun != "militia" && body(noun).is_some_and(|sort| BODIES[sort].iter().any(|noun| KINDS.contains(noun)))
}

/// Whether a description by a noun can be of a body or outlet of that name: "the company" is no union, and a bank no paper.
pub(crate) fn may_be_called(kind: EntityKind, name: &[String], noun: &str) -> bool {
    let Some(told) = body(noun) else { return true };
    // "Ministry of Works", "Bank of Keldra".
    let of = name.iter().position(|word| matches!(word.as_str(), "of" | "for"));
    let head = of.and_then(|of| of.checked_sub(1)).map_or(name.last(), |at| name.get(at));
    let outlet = kind == EntityKind::Media && !BODIES[0][..3].contains(&noun);
    !outlet && head.and_then(|head| body(head)).is_none_or(|own| own == told)
}

/// Whether two descriptions are of different sorts of bodies: "the company" is no ministry, and no port authority.
pub(crate) fn is_apart(a: &str, b: &str) -> bool {
    const PUBLIC: [&str; 4] = ["authority", "regulator", "watchdog", "agency"];
    let sort = |noun: &str| body(noun).or_else(|| PUBLIC.contains(&noun).then_some(BODIES.len()));
    matches!((sort(a), sort(b)), (Some(a), Some(b)) if a != b)
}

/// Words that end the names of laws.
const LAWS: [&str; 6] = ["act", "law", "amendment", "constitution", "statute", "bill"];

/// A kind that the words of a name tell, of those that a kind of name can be.
fn by_name(kind: EntityKind, words: &[String]) -> Option<EntityKind> {
    let last = words.last()?.as_str();
    let first = words.first()?.as_str();
    match kind {
        EntityKind::Organisation if words.len() > 1 && LAWS.contains(&last) => return Some(EntityKind::Document),
        EntityKind::Organisation => is_media(words).then_some(EntityKind::Media),
        EntityKind::Other | EntityKind::Product => {
            let told = lexicon::noun(last).or_else(|| lexicon::noun(first)).and_then(|noun| match noun.sense {
                Sense::Of(kind) => Some(kind),
                _ => None,
            })?;
            refines(kind, told).then_some(told)
        }
        _ => None,
    }
    .filter(|told| alike::can_be_one(kind, *told) || kind == EntityKind::Other || kind == EntityKind::Product)
}
