//! Clusters: which mentions are one and the same. Names come first, then what grammar and speech say, then the trained
//! scorer for what is left; every join must fit all that is known of both sides. A wrong join is worse than a split.

use std::collections::BTreeMap;

use reportedly_record::EntityKind;

use crate::alike;
use crate::by_name::short_names;
use crate::called;
use crate::chosen::{HALVES, KIN, said_again, scored, stands_for};
use crate::cluster::{Clusters, is_body};
use crate::lexicon::{Number, Sense};
use crate::link::Link;
use crate::pair::{Field, Pairs};
use crate::phrase::{Form, Pronoun};
use crate::pronoun::{self, Pronouns};
use crate::seen::{Role, Seen, at};

/// The trained scorers.
#[derive(Clone, Copy, Default)]
pub(crate) struct Scorers<'a> {
    pub(crate) pairs: Option<&'a Pairs>,
    pub(crate) pronouns: Option<&'a Pronouns>,
}

/// Makes clusters of a report's mentions, from those by names.
pub(crate) fn clusters(field: &Field<'_>, mut clusters: Clusters, scorers: Scorers<'_>) -> Clusters {
    let seen = field.seen;
    // What is said in quotation marks is told last: its speaker may be named behind it.
    let told = |quoted: bool| (0..seen.len()).filter(move |i| seen[*i].quoted == quoted);
    let bearers = bearers(seen);
    for i in told(false).chain(told(true)) {
        let one = &seen[i];
        if let Some(name) = bearers.get(&i) {
            linked(seen, &mut clusters, Link::Apposed, *name, i);
        }
        let other = one.link.and_then(|(link, head)| Some((link, at(seen, head).filter(|j| *j != i)?)));
        if other.is_some_and(|(link, j)| linked(seen, &mut clusters, link, i, j)) {
            continue;
        }
        let speaker = field.sources[i].around;
        if let Some(speaker) = speaker.filter(|speaker| *speaker != i && one.quoted) {
            let speaks = match one.pronoun() {
                Some(Pronoun::I) => seen[speaker].number != Number::Many,
                // "We" of somebody who speaks for a body is not settled by the text.
                Some(Pronoun::We) => seen[speaker].number == Number::Many || is_a_body(&seen[speaker]),
                _ => false,
            };
            if speaks && clusters.fits(i, speaker) {
                clusters.join(i, speaker);
                continue;
            }
            // "We" of a body's spokeswoman is the body.
            if one.pronoun() == Some(Pronoun::We)
                && let Some(body) = body_of(seen, &clusters, speaker)
                && clusters.join_if_fits(i, body)
            {
                continue;
            }
            if one.pronoun() == Some(Pronoun::I) {
                continue;
            }
            // He means the same each time.
            if one.pronoun() == Some(Pronoun::We) {
                let again = |j: &usize| {
                    let around = field.sources[*j].around.map(|other| clusters.root(other));
                    seen[*j].pronoun() == Some(Pronoun::We) && around == Some(clusters.root(speaker))
                };
                if let Some(j) = (i.saturating_sub(HALVES)..i).rev().find(again) {
                    clusters.join_if_fits(i, j);
                    continue;
                }
            }
        }
        let settled = one.name.is_some() && clusters.root(i) != i;
        if settled || matches!(one.form, Form::Pronoun(Pronoun::Relative | Pronoun::Own)) {
            continue;
        }
        if let Some(j) = one.stands_for.and_then(|head| at(seen, head))
            && clusters.join_if_fits(i, j)
        {
            continue;
        }
        if let Some(j) = client(seen, i)
            && clusters.join_if_fits(i, j)
        {
            continue;
        }
        if let Some(j) = kin_of_speaker(seen, &clusters, i).or_else(|| number_of(&clusters, seen, i))
            && clusters.join_if_fits(i, j)
        {
            continue;
        }
        if halves(field, &mut clusters, i) {
            continue;
        }
        if let Some(j) = called::back(field, &clusters, i) {
            clusters.join(i, j);
            continue;
        }
        match (scorers.pairs, scorers.pronouns) {
            (_, Some(pronouns)) if pronoun::is_asked(one) => stands_for(field, &mut clusters, pronouns, i),
            (Some(pairs), _) => scored(field, &mut clusters, pairs, i),
            (None, _) => said_again(field, &mut clusters, i),
        }
    }
    short_names(seen, &mut clusters);
    posts(seen, &mut clusters);
    clusters
}

/// "The former mayor Ada Roe": each description with the name right behind it, which says who it is before anything earlier does.
fn bearers(seen: &[Seen]) -> BTreeMap<usize, usize> {
    let named = |i: &usize| {
        let one = &seen[*i];
        let (_, head) = one.link.filter(|(link, _)| *link == Link::Apposed && one.name.is_some())?;
        at(seen, head)
            .filter(|j| *j < *i && seen[*j].name.is_none() && seen[*j].sentence == one.sentence)
            .map(|j| (j, *i))
    };
    (0..seen.len()).filter_map(|i| named(&i)).collect()
}

/// "Its director said today" before "She is its director", "the head of the mission said" before "Roe, who leads the mission": one post of
/// one body is one person's, where only one is named in it.
fn posts(seen: &[Seen], clusters: &mut Clusters) {
    let body = |clusters: &Clusters, i: usize| Some(clusters.root(at(seen, seen[i].body?)?));
    let one = |i: &usize| {
        let one = &seen[*i];
        let said = matches!(one.form, Form::Owned | Form::Definite) && one.number == Number::One;
        said && one.body.is_some() && !KIN.contains(&one.noun.as_str())
    };
    let asked: Vec<usize> = (0..seen.len()).filter(one).collect();
    for i in asked.iter().copied().filter(|i| seen[*i].kind() == Some(EntityKind::Person)) {
        if clusters.has_name(i) {
            continue;
        }
        let Some(of) = body(clusters, i).filter(|of| is_of_body(seen, clusters, *of)) else { continue };
        let own =
            |words: &[String]| words.iter().filter(|w| !POSSESSIVES.contains(&w.as_str())).cloned().collect::<Vec<_>>();
        let same = |j: &usize| seen[*j].noun == seen[i].noun && own(&seen[*j].words) == own(&seen[i].words);
        let again = asked.iter().copied().filter(same).filter(|j| body(clusters, *j) == Some(of));
        let head = matches!(seen[i].noun.as_str(), "head" | "leader" | "chief" | "chair" | "chairman" | "chairwoman");
        let leads = |j: &usize| seen[*j].leads.and_then(|head| at(seen, head)).is_some_and(|b| clusters.root(b) == of);
        let led = (0..seen.len()).filter(leads).filter(|_| head);
        let mut named: Vec<usize> = again.chain(led).map(|j| clusters.root(j)).collect();
        named.retain(|root| clusters.has_name(*root));
        named.sort_unstable();
        named.dedup();
        if let [one] = named.as_slice() {
            clusters.join_if_fits(*one, i);
        }
    }
}

/// Words that own.
const POSSESSIVES: [&str; 3] = ["its", "their", "our"];

/// Whether a cluster may have a spokeswoman, and may decline: people, bodies and places can, a ship, a storm and a book cannot.
pub(crate) fn is_of_body(seen: &[Seen], clusters: &Clusters, i: usize) -> bool {
    use EntityKind::{Facility, Government, Group, Media, Organisation, Person, Place, Programme};
    let facts = &clusters.facts[clusters.root(i)];
    match facts.kind {
        Some(kind) => matches!(kind, Organisation | Media | Government | Group | Place | Facility | Programme | Person),
        None => facts.sense.is_none() && seen[i].sense.is_none(),
    }
}

/// Whether "it" owns somebody in a post, or does what only people and bodies do.
pub(crate) fn asks_body(field: &Field<'_>, i: usize) -> bool {
    const POSTS: [&str; 9] =
        ["director", "chairman", "chairwoman", "president", "chief", "head", "leader", "minister", "secretary"];
    let one = &field.seen[i];
    let post = |noun: &str| noun.starts_with("spokes") || POSTS.contains(&noun);
    let owns = |k: &Seen| k.owner == Some(one.head) && post(&k.noun);
    one.pronoun() == Some(Pronoun::It) && (one.answers || field.seen.iter().skip(i + 1).take(6).any(owns))
}

/// "My brother rang," said by Roe's sister: Roe. And "my husband" of whose husband is told of elsewhere.
fn kin_of_speaker(seen: &[Seen], clusters: &Clusters, i: usize) -> Option<usize> {
    let kin = |one: &Seen| one.form == Form::Owned && one.number != Number::Many && KIN.contains(&one.noun.as_str());
    let one = &seen[i];
    let owner =
        one.owner.and_then(|head| at(seen, head)).filter(|o| kin(one) && seen[*o].pronoun() == Some(Pronoun::I))?;
    let speaker = clusters.root(owner);
    let of = |j: usize| Some(clusters.root(at(seen, seen[j].owner?)?));
    let mine = |j: &usize| {
        *j != i && kin(&seen[*j]) && kin_noun(&seen[*j].noun) == kin_noun(&one.noun) && of(*j) == Some(speaker)
    };
    let theirs = |j: &usize| kin(&seen[*j]) && clusters.root(*j) == speaker && is_other_side(&seen[*j].noun, &one.noun);
    let back =
        (0..seen.len()).filter(theirs).find_map(|j| at(seen, seen[j].owner?)).filter(|j| clusters.root(*j) != speaker);
    back.or_else(|| (0..seen.len()).find(mine))
}

/// One word for mother and mum.
fn kin_noun(noun: &str) -> &str {
    match noun {
        "mum" => "mother",
        "dad" => "father",
        noun => noun,
    }
}

/// Whether somebody who is one to another is the other's other: a sister's brother, a wife's husband, a son's mother.
fn is_other_side(a: &str, b: &str) -> bool {
    let side = |noun: &str| match kin_noun(noun) {
        "brother" | "sister" | "sibling" => Some((0, 0)),
        "wife" | "husband" | "spouse" => Some((1, 0)),
        "mother" | "father" | "parent" => Some((2, 0)),
        "son" | "daughter" | "child" => Some((2, 1)),
        _ => None,
    };
    match (side(a), side(b)) {
        (Some((2, a)), Some((2, b))) => a != b,
        (Some((a, _)), Some((b, _))) => a == b,
        _ => false,
    }
}

/// "One of the three": the last ones that were that many.
fn number_of(clusters: &Clusters, seen: &[Seen], i: usize) -> Option<usize> {
    const FEW: u32 = 3;
    let one = &seen[i];
    let count = one
        .count
        .filter(|n| *n >= FEW && one.form == Form::Definite && crate::lexicon::number(&one.noun) == Some(*n))?;
    (i.saturating_sub(HALVES)..i).rev().find(|j| clusters.facts[clusters.root(*j)].count == Some(count))
}

/// "Roe's lawyer said his client had left": whose lawyer it is who speaks; and he is the lawyer's.
fn client(seen: &[Seen], i: usize) -> Option<usize> {
    const LAWYERS: [&str; 6] = ["lawyer", "attorney", "solicitor", "barrister", "counsel", "advocate"];
    let one = &seen[i];
    let is_client = |one: &Seen| one.noun == "client" && one.form == Form::Owned && one.number != Number::Many;
    let here = (0..i).rev().take_while(|j| seen[*j].sentence == one.sentence);
    let lawyer = || {
        let mut lawyers = here.filter(|j| seen[*j].name.is_none() && LAWYERS.contains(&seen[*j].noun.as_str()));
        lawyers.next()
    };
    if is_client(one) {
        return at(seen, seen[lawyer()?].body?).filter(|whose| *whose != i);
    }
    let owns = seen.iter().skip(i + 1).take(3).any(|next| is_client(next) && next.owner == Some(one.head));
    if owns && one.pronoun().is_some() { lawyer() } else { None }
}

/// The body that somebody is described as belonging to, where it is just one.
fn body_of(seen: &[Seen], clusters: &Clusters, person: usize) -> Option<usize> {
    const AROUND: usize = 200;
    let near = person.saturating_sub(AROUND)..(person + AROUND).min(seen.len());
    // A former chairman does not speak for it.
    let former = |k: &usize| seen[*k].words.iter().any(|word| matches!(word.as_str(), "former" | "ex" | "retired"));
    let own = near.filter(|k| seen[*k].body.is_some() && clusters.root(*k) == clusters.root(person) && !former(k));
    // "Keldra's prime minister" speaks for Keldra; a town's baker does not speak for the town.
    let rules = |k: usize| matches!(seen[k].noun.as_str(), "minister" | "president" | "premier" | "chancellor");
    // An "envoy for peace missions" does not speak for missions.
    let known = |body: &usize| seen[*body].form != Form::Bare;
    let of = |k: usize| Some((clusters.root(at(seen, seen[k].body?).filter(known)?), rules(k)));
    let speaks = |(body, rules): &(usize, bool)| {
        let kind = clusters.facts[*body].kind;
        matches!(kind, Some(kind) if is_body(kind, EntityKind::Organisation) && (kind != EntityKind::Place || *rules))
    };
    let mut bodies: Vec<usize> = own.filter_map(of).filter(speaks).map(|(body, _)| body).collect();
    bodies.dedup();
    if let [one] = bodies.as_slice() { Some(*one) } else { None }
}

fn is_a_body(one: &Seen) -> bool {
    use EntityKind::{Government, Group, Media, Organisation, Place};
    matches!(one.kind(), Some(Government | Group | Media | Organisation | Place))
}

/// What grammar says, where it is sure enough.
fn linked(seen: &[Seen], clusters: &mut Clusters, link: Link, i: usize, j: usize) -> bool {
    let (one, two) = (&seen[i], &seen[j]);
    let agree = !(one.number == Number::Many && two.number == Number::One
        || one.number == Number::One && two.number == Number::Many);
    let sure = match link {
        Link::Relative => true,
        Link::Own => agree,
        Link::Apposed => agree && may_be_apposed(one, two),
        Link::Predicate => {
            let role = matches!(one.kind(), Some(EntityKind::Person | EntityKind::Organisation | EntityKind::Media));
            agree
                && role
                && one.form != Form::Bare
                && two.kind().is_none_or(|k| Some(k) == one.kind())
                && matches!(one.form, Form::Definite | Form::Owned)
        }
    };
    // "Roe, whose brother is held": his brother is somebody else, whatever the tree makes of it.
    let whose = |one: &Seen| {
        let owner = one.owner.filter(|_| one.form == Form::Owned && KIN.contains(&one.noun.as_str()));
        owner.is_some_and(|head| at(seen, head).is_none_or(|o| seen[o].pronoun() == Some(Pronoun::Relative)))
    };
    let sure = sure && !(link == Link::Apposed && (whose(one) && j < i || whose(two) && i < j));
    if sure && link == Link::Apposed {
        // "The ship's owner, Northwire": a body too may be an owner.
        for (described, named) in [(i, j), (j, i)] {
            if is_either(&seen[described]) && is_a_body(&seen[named]) && seen[named].name.is_some() {
                let root = clusters.root(described);
                clusters.facts[root].kind = clusters.facts[root].kind.filter(|kind| *kind != EntityKind::Person);
            }
        }
    }
    sure && clusters.join_if_fits(i, j)
}

/// A description that a person answers to as well as a body.
fn is_either(one: &Seen) -> bool {
    const EITHER: [&str; 22] = [
        "owner",
        "co-owner",
        "operator",
        "maker",
        "supplier",
        "parent",
        "sponsor",
        "rival",
        "partner",
        "employer",
        "landlord",
        "buyer",
        "seller",
        "developer",
        "organiser",
        "organizer",
        "contractor",
        "provider",
        "creditor",
        "backer",
        "ally",
        "opponent",
    ];
    one.name.is_none() && EITHER.contains(&one.noun.as_str())
}

fn may_be_apposed(one: &Seen, two: &Seen) -> bool {
    // "Lorne, Mirrin" is a place in a place; "Roe, Lind" a list.
    if one.name.is_some() && two.name.is_some() {
        return false;
    }
    match (one.kind(), two.kind()) {
        (Some(a), Some(b)) => {
            let owned = |one: &Seen, two: &Seen| is_either(one) && is_a_body(two) && two.name.is_some();
            alike::can_be_one(a, b) || is_body(a, b) || owned(one, two) || owned(two, one)
        }
        (None, Some(EntityKind::Person)) | (Some(EntityKind::Person), None) => {
            // "Ada Roe, 43" is no one's other name.
            one.noun.chars().all(char::is_alphabetic) && one.sense.is_none() && two.sense.is_none()
        }
        _ => true,
    }
}

/// "Both men", "the two": two that stand shortly before, each by itself.
fn halves(field: &Field<'_>, clusters: &mut Clusters, i: usize) -> bool {
    let one = &field.seen[i];
    let two = one.count == Some(2) || one.noun == "both" || one.words.iter().any(|w| w == "both");
    let definite = matches!(one.form, Form::Definite) || one.noun == "both";
    // "Both early contests", "the next two months" are nobody.
    let nobody = matches!(one.sense, Some(Sense::Event | Sense::Abstract | Sense::Time));
    if !two || !definite || nobody {
        return false;
    }
    // "The two unions": the two that were called so.
    let named = (0..i).rev().take(HALVES).filter(|j| field.seen[*j].called.contains(&one.noun));
    let mut called: Vec<usize> = named.map(|j| clusters.root(j)).collect();
    called.sort_unstable();
    called.dedup();
    if called.len() == 2 {
        clusters.split.insert(i, called);
        return true;
    }
    let mut found: Vec<usize> = Vec::new();
    for j in (0..i).rev().take(40).take_while(|j| one.sentence - field.seen[*j].sentence <= 2) {
        let other = &field.seen[j];
        // "The bureau has angered both parties": who does it is neither of them.
        let doer = one.role == Role::Object && other.role == Role::Subject && other.clause == one.clause;
        let kind = match one.kind() {
            _ if doer => false,
            Some(kind) => other.kind().is_some_and(|k| k == kind || is_body(k, kind)),
            None => matches!(other.kind(), Some(EntityKind::Person)),
        };
        // Two who were spoken of together before; "the two leagues" are no two people.
        use EntityKind::{Government, Media, Organisation, Place};
        let apart = matches!(other.kind(), Some(Government | Media | Organisation | Place));
        let can_be_them = kind || !apart;
        if can_be_them && other.number == Number::Many && other.count == Some(2) && other.form != Form::Joined {
            return false;
        }
        let root = clusters.root(j);
        let named = !clusters.facts[root].names.is_empty();
        if kind && named && other.number != Number::Many && !found.contains(&root) && clusters.facts[root].fits_one(one)
        {
            found.push(root);
        }
    }
    let [_, _] = found.as_slice() else { return false };
    found.sort_unstable();
    // "Both parties", "both sides" after a senate and a guild that have nothing to do with one another: bodies are two that were named
    // together.
    let together = || {
        let joined = (0..i).rev().take(HALVES).filter(|j| field.seen[*j].form == Form::Joined);
        joined.into_iter().any(|j| {
            let parts = field.seen[j].parts.iter().filter_map(|head| at(field.seen, *head));
            let mut roots: Vec<usize> = parts.map(|part| clusters.root(part)).collect();
            roots.sort_unstable();
            roots == found
        })
    };
    if matches!(one.kind(), Some(EntityKind::Organisation | EntityKind::Group | EntityKind::Media)) && !together() {
        return false;
    }
    clusters.split.insert(i, found);
    true
}
