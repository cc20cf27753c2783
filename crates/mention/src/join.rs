//! Clusters: which mentions are one and the same. Names come first, then what grammar and speech say, then the trained
//! scorer for what is left; every join must fit all that is known of both sides. A wrong join is worse than a split.

use std::collections::BTreeMap;

use reportedly_record::EntityKind;

use crate::alike::{self, Likeness};
use crate::bar::is_barred;
use crate::by_name::short_names;
use crate::called;
use crate::kinds;
use crate::lexicon::{Gender, Number, Sense};
use crate::pair::{Field, Pairs, may_be_one};
use crate::phrase::{Form, Pronoun};
use crate::pronoun::{self, Pronouns};
use crate::seen::{Link, Role, Seen, at};

/// By how much a pair must score above being new.
const OVER_NEW: f32 = 0.0; // as trained: not swept yet

/// Two people that a pronoun may stand for must lie this far apart, or it stays open.
const OPEN: f32 = 0.25;

/// By how much one must be likelier to be meant by "it" or "they" than nobody, and by "he" or "she".
const OVER_NONE: f32 = 0.0; // at 0.7 links of "it" and "they" on GUM dev go from 187 right, 41 wrong to 159 and 30
const PERSON_OVER_NONE: f32 = -2.0; // any from none to 0 gives the same on GAP dev

/// Two people that "he" may stand for must lie this far apart, or it stays open.
const PRONOUN_OPEN: f32 = 0.1; // swept 0 to 1 on GAP dev 2026-11: F1 73.4, 73.9 here, 72.3 at 0.25, 71.0 at 0.5

/// The same of two whose kin somebody may be: a wrong join makes one of two families.
const KIN_OPEN: f32 = 1.5;

/// How much likelier one whose sex is not known must be than a named one whose sex fits.
const UNKNOWN_GIVES_WAY: f32 = 2.0;

/// By how much who was only mentioned may be likelier to speak than who acted just before.
const SPEAKER_GIVES_WAY: f32 = 3.0;

/// How many mentions back two of a kind are looked for.
const HALVES: usize = 400;

/// Names of a cluster that another one's are compared with.
const COMPARED: usize = 6;

/// The clusters of a report's mentions.
pub(crate) struct Clusters {
    parent: Vec<usize>,
    pub(crate) facts: Vec<Facts>,
    /// Mentions that could be one of two, which the text does not settle.
    pub(crate) open: Vec<usize>,
    /// Mentions that stand for several: "both men". Of each the mentions of its parts.
    pub(crate) split: BTreeMap<usize, Vec<usize>>,
}

/// What all mentions of a cluster tell together.
#[derive(Clone)]
pub(crate) struct Facts {
    pub(crate) gender: Gender,
    number: Number,
    /// Distinct names, as kinds and words.
    pub(crate) names: Vec<(EntityKind, Vec<String>)>,
    kind: Option<EntityKind>,
    sense: Option<Sense>,
    count: Option<u32>,
    // Heads of nouns that may not change: "his son" and "his daughter" are two people.
    noun: Option<String>,
    // Who owns it, as a mention: kin of two people are two people.
    owner: Option<usize>,
    members: usize,
}

impl Clusters {
    pub(crate) fn new(seen: &[Seen]) -> Clusters {
        let at = |head: usize| at(seen, head);
        let facts = |one: &Seen| Facts {
            gender: one.gender,
            number: one.number,
            names: one.name.iter().map(|_| (one.kind().unwrap_or(EntityKind::Other), one.words.clone())).collect(),
            kind: one.kind(),
            sense: one.sense,
            count: one.count,
            noun: (one.name.is_none() && one.pronoun().is_none() && one.form != Form::Joined).then(|| one.noun.clone()),
            owner: one.owner.and_then(at),
            members: 1,
        };
        Clusters {
            parent: (0..seen.len()).collect(),
            facts: seen.iter().map(facts).collect(),
            open: Vec::new(),
            split: BTreeMap::new(),
        }
    }

    /// The first mention of the cluster that a mention is in.
    pub(crate) fn root(&self, mut i: usize) -> usize {
        while self.parent[i] != i {
            i = self.parent[i];
        }
        i
    }

    /// Whether two clusters can be one by all that is known of them.
    pub(crate) fn fits(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        // Nobody is his own father, and no house its own owner.
        let owns = |owner: usize, owned: usize| self.facts[owned].owner.is_some_and(|o| self.root(o) == owner);
        if owns(a, b) || owns(b, a) {
            return false;
        }
        let (a, b) = (&self.facts[a], &self.facts[b]);
        let clash = |a, b| matches!((a, b), (Gender::Man, Gender::Woman) | (Gender::Woman, Gender::Man));
        if clash(a.gender, b.gender) || matches!((a.count, b.count), (Some(a), Some(b)) if a != b) {
            return false;
        }
        if let (Some(x), Some(y)) = (a.kind, b.kind)
            && !alike::can_be_one(x, y)
            && !matches!((x, y), (EntityKind::Person, EntityKind::Group) | (EntityKind::Group, EntityKind::Person))
            && !is_body(x, y)
        {
            return false;
        }
        // "The paper" of an outlet; an email is no company.
        let is_other = |doc: &Facts, of: &Facts| {
            let body =
                of.kind.is_some_and(|kind| is_body(kind, EntityKind::Organisation) && kind != EntityKind::Document);
            let printed = doc.noun.as_deref().is_none_or(|noun| PAPERS.contains(&noun));
            doc.kind == Some(EntityKind::Document) && doc.names.is_empty() && body && !printed
        };
        if is_other(a, b) || is_other(b, a) {
            return false;
        }
        let (few, many) = if a.names.len() < b.names.len() { (&a.names, &b.names) } else { (&b.names, &a.names) };
        few.iter().take(COMPARED).all(|(kind, name)| {
            many.iter()
                .take(COMPARED)
                .all(|(other, words)| alike::likeness(*kind, name, *other, words) != Likeness::None)
        })
    }

    /// Whether the cluster of a mention has a name.
    pub(crate) fn has_name(&self, i: usize) -> bool {
        !self.facts[self.root(i)].names.is_empty()
    }

    /// Makes two clusters one; the earlier mention becomes its root.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let (to, from) = (a.min(b), a.max(b));
        if to == from {
            return;
        }
        self.parent[from] = to;
        let other = self.facts[from].clone();
        let facts = &mut self.facts[to];
        if facts.gender == Gender::Open {
            facts.gender = other.gender;
        }
        if facts.number == Number::Open {
            facts.number = other.number;
        }
        for name in other.names {
            if !facts.names.contains(&name) {
                facts.names.push(name);
            }
        }
        facts.kind = facts.kind.or(other.kind);
        facts.sense = facts.sense.or(other.sense);
        facts.count = facts.count.or(other.count);
        facts.noun = facts.noun.take().or(other.noun);
        facts.owner = facts.owner.or(other.owner);
        facts.members += other.members;
    }

    pub(crate) fn join_if_fits(&mut self, a: usize, b: usize) -> bool {
        let fits = self.fits(a, b);
        if fits {
            self.join(a, b);
        }
        fits
    }
}

/// Nouns for what is printed and who prints it.
const PAPERS: [&str; 8] = ["paper", "newspaper", "journal", "magazine", "weekly", "daily", "tabloid", "publication"];

/// A place or a thing that a body's noun is used of: "the country", "the paper".
fn is_body(a: EntityKind, b: EntityKind) -> bool {
    use EntityKind::{Document, Government, Group, Media, Organisation, Place, Programme};
    let body = |kind| matches!(kind, Organisation | Media | Government | Group | Programme);
    let place = |kind| matches!(kind, Place | Government | Document);
    body(a) && (body(b) || place(b)) || body(b) && place(a)
}

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
fn is_of_body(seen: &[Seen], clusters: &Clusters, i: usize) -> bool {
    use EntityKind::{Facility, Government, Group, Media, Organisation, Person, Place, Programme};
    let facts = &clusters.facts[clusters.root(i)];
    match facts.kind {
        Some(kind) => matches!(kind, Organisation | Media | Government | Group | Place | Facility | Programme | Person),
        None => facts.sense.is_none() && seen[i].sense.is_none(),
    }
}

/// Whether "it" owns somebody in a post, or does what only people and bodies do.
fn asks_body(field: &Field<'_>, i: usize) -> bool {
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
    let own = near.filter(|k| seen[*k].body.is_some() && clusters.root(*k) == clusters.root(person));
    // "Keldra's prime minister" speaks for Keldra; a town's baker does not speak for the town.
    let rules = |k: usize| matches!(seen[k].noun.as_str(), "minister" | "president" | "premier" | "chancellor");
    let of = |k: usize| Some((clusters.root(at(seen, seen[k].body?)?), rules(k)));
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

impl Facts {
    fn fits_one(&self, one: &Seen) -> bool {
        !matches!((self.gender, one.gender), (Gender::Man, Gender::Woman) | (Gender::Woman, Gender::Man))
    }
}

/// What the scorer of pronouns says: the best mention of each of those who may be meant speaks for it.
fn stands_for(field: &Field<'_>, clusters: &mut Clusters, pronouns: &Pronouns, i: usize) {
    let person = matches!(field.seen[i].pronoun(), Some(Pronoun::He | Pronoun::She));
    // "“My name is Ada Roe,” she said."
    let own = (i.saturating_sub(HALVES)..field.seen.len().min(i + HALVES))
        .find(|k| field.seen[*k].is_own_name && field.sources[*k].around == Some(i));
    if let Some(own) = own.filter(|own| person && clusters.fits(i, *own)) {
        clusters.join(i, own);
        return;
    }
    let open = if person && is_of_kin_of_one_of_two(field.seen, clusters, i) { KIN_OPEN } else { PRONOUN_OPEN };
    let none = pronouns.score(field, i, None, &pronoun::features(field, i, None, 0));
    // Who speaks does not call himself "he".
    let speaker = field.sources[i].around.map(|speaker| clusters.root(speaker));
    let of_body = asks_body(field, i);
    let not_for = field.seen[i].not_for.and_then(|head| at(field.seen, head)).map(|j| clusters.root(j));
    let mut best: BTreeMap<usize, (f32, usize)> = BTreeMap::new();
    for (nearer, j) in pronoun::candidates(field, i).into_iter().enumerate() {
        let root = clusters.root(j);
        let barred = person && speaker == Some(root)
            || not_for == Some(root)
            || is_own_kin(field.seen, i, j)
            || of_body && !is_of_body(field.seen, clusters, j)
            || j > i && acts_before(field.seen, clusters, i)
            || is_barred(field, clusters, i, j);
        if barred || !clusters.fits(i, j) {
            continue;
        }
        let score = pronouns.score(field, i, Some(j), &pronoun::features(field, i, Some(j), nearer)) - none;
        let known = best.entry(root).or_insert((score, j));
        if score > known.0 {
            *known = (score, j);
        }
    }
    let mut best: Vec<(f32, usize)> = best.into_values().collect();
    best.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    let told = speaks_on(field, clusters, &best, i).or_else(|| known_first(field.seen, clusters, &best, i, person));
    let Some((score, j)) = told.or_else(|| best.first().copied()) else {
        return;
    };
    if score < if person { PERSON_OVER_NONE } else { OVER_NONE } {
        return;
    }
    if person && best.iter().any(|(other, k)| *k != j && score >= *other && score - other < open) {
        clusters.open.push(i);
        return;
    }
    clusters.join(i, j);
}

/// "Roe took it over from his father": where somebody named acts before it in the sentence, a pronoun does not look ahead.
fn acts_before(seen: &[Seen], clusters: &Clusters, i: usize) -> bool {
    let here = (0..i).rev().take_while(|j| seen[*j].sentence == seen[i].sentence);
    let person = seen[i].form.is_he_or_she();
    person
        && here.into_iter().any(|j| {
            let one = &seen[j];
            one.name.is_some()
                && one.role == Role::Subject
                && one.kind() == Some(EntityKind::Person)
                && clusters.fits(i, j)
        })
}

/// "The mayor, the governor's sister, closed the port. “I will not wait,” she said": who speaks is rather the one who acted just before
/// in the same paragraph than somebody who was only mentioned.
fn speaks_on(field: &Field<'_>, clusters: &Clusters, best: &[(f32, usize)], i: usize) -> Option<(f32, usize)> {
    const NEAR: usize = 30;
    let seen = field.seen;
    let one = &seen[i];
    let (score, j) = best.first().copied().filter(|_| field.sources[i].speaks && one.form.is_he_or_she())?;
    let acts = |root: usize| {
        let near = (i.saturating_sub(NEAR)..i).rev().take_while(|k| seen[*k].line == one.line);
        let mut before = near.filter(|k| !seen[*k].quoted && one.sentence - seen[*k].sentence <= 1);
        before.any(|k| seen[k].role == Role::Subject && clusters.root(k) == root)
    };
    let acted = |(other, k): &&(f32, usize)| score - other < SPEAKER_GIVES_WAY && acts(clusters.root(*k));
    best.iter().skip(1).find(acted).copied().filter(|_| !acts(clusters.root(j)))
}

/// "Roe had heard it from a neighbour. “He never talks,” she said": of two who may be meant, one of whom nothing is known gives way to a
/// named one of that sex, where they lie close together and the former did not just act.
fn known_first(
    seen: &[Seen],
    clusters: &Clusters,
    best: &[(f32, usize)],
    i: usize,
    person: bool,
) -> Option<(f32, usize)> {
    let (score, j) = best.first().copied().filter(|_| person)?;
    let acts = seen[j].role == Role::Subject && (!seen[i].quoted || seen[i].line == seen[j].line) || seen[j].capital;
    let facts = |j: usize| &clusters.facts[clusters.root(j)];
    let unknown = facts(j).names.is_empty() && facts(j).gender == Gender::Open;
    let known = |(other, k): &&(f32, usize)| {
        score - other < UNKNOWN_GIVES_WAY && !facts(*k).names.is_empty() && facts(*k).gender == facts(i).gender
    };
    best.iter().skip(1).find(known).copied().filter(|_| unknown && !acts)
}

/// "His son Ben", "his son, Ben": the name right behind somebody of his is not his own. Behind a comma it must be kin ("her coach, Roe").
pub(crate) fn is_own_kin(seen: &[Seen], i: usize, j: usize) -> bool {
    let name = &seen[j];
    // "He went with his brother Ben": who owns is "he".
    let owns = |other: &Seen| {
        let one = &seen[i];
        let he = one.form.is_he_or_she() && one.sentence == other.sentence;
        let owner = other.owner.filter(|_| he).and_then(|head| at(seen, head));
        other.owner == Some(one.head) || owner.is_some_and(|owner| seen[owner].form == one.form)
    };
    let beside = |other: &Seen| {
        // "His son-in-law, Ben Lind", which may be cut into its parts.
        let in_law = matches!(other.noun.as_str(), "son" | "daughter" | "mother" | "father" | "brother" | "sister");
        let reach = if in_law {
            2 + "-in-law".len()
        } else if KIN.contains(&other.noun.as_str()) {
            2
        } else {
            1
        };
        owns(other)
            && other.kind() == Some(EntityKind::Person)
            && other.head < name.head
            && name.shown.bytes().start <= other.head_span.bytes().end + reach
    };
    name.name.is_some() && j > i && seen[i..j].iter().any(beside)
}

/// "Lund offered condolences to Orsk over the death of his son": of two who are named in the sentence before it, whose kin it is must be
/// plain. Two dead sons are not made one by a guess.
fn is_of_kin_of_one_of_two(seen: &[Seen], clusters: &Clusters, i: usize) -> bool {
    let one = &seen[i];
    let kin = seen.iter().skip(i).take(6).any(|k| k.owner == Some(one.head) && KIN.contains(&k.noun.as_str()));
    let before = (0..i).rev().take_while(|j| seen[*j].sentence == one.sentence);
    let named = before.filter(|j| seen[*j].kind() == Some(EntityKind::Person) && clusters.has_name(*j));
    let mut roots: Vec<usize> = named.filter(|j| clusters.fits(i, *j)).map(|j| clusters.root(j)).collect();
    roots.sort_unstable();
    roots.dedup();
    kin && roots.len() > 1
}

/// What the trained scorer says.
fn scored(field: &Field<'_>, clusters: &mut Clusters, pairs: &Pairs, i: usize) {
    let one = &field.seen[i];
    let candidates = field.candidates(i);
    // "I had lost a son": nobody's son who was told of before.
    let is_new = one.form == Form::Indefinite && one.count.is_none() && KIN.contains(&one.noun.as_str());
    if candidates.is_empty() || is_new {
        return;
    }
    let new = pairs.score(field, i, None, &field.features(i, None, 0));
    let mut scores: Vec<(f32, usize)> = candidates
        .iter()
        .enumerate()
        .map(|(nearer, j)| (pairs.score(field, i, Some(*j), &field.features(i, Some(*j), nearer)) - new, *j))
        .filter(|(score, _)| *score > OVER_NEW)
        .collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    // "His mother, Ada Roe": whose name stands beside it is no mother who was named before.
    let beside = |n: &usize| {
        let name = &field.seen[*n];
        name.name.is_some() && matches!(name.link, Some((Link::Apposed, head)) if head == one.head)
    };
    let beside = (i + 1..field.seen.len().min(i + 6)).find(beside).filter(|_| one.form == Form::Owned);
    scores.retain(|(_, j)| {
        may_be_we(field, i, *j)
            && !is_first_told(field.seen, i, *j)
            && !is_named_far_behind(field.seen, clusters, i, *j)
            && !is_barred(field, clusters, i, *j)
            && !is_apart(field.seen, clusters, i, *j)
            && !is_owner_of(field.seen, clusters, i, *j)
            && clusters.fits(i, *j)
            && kin_agree(field.seen, clusters, i, *j)
            && !is_other_noun(field.seen, clusters, i, *j)
            && is_so_called(field.seen, clusters, i, *j)
            && beside.is_none_or(|name| clusters.fits(name, *j))
    });
    let Some((best, j)) = scores.first().copied() else { return };
    // "He" after two men of whom either may be meant.
    if matches!(one.pronoun(), Some(Pronoun::He | Pronoun::She)) {
        let other = scores.iter().find(|(_, k)| clusters.root(*k) != clusters.root(j));
        if other.is_some_and(|(score, _)| best - score < OPEN) {
            clusters.open.push(i);
            return;
        }
    }
    clusters.join(i, j);
}

/// "“I love her,” he said. Lind was chosen": a pronoun that is still open is not told by a name in a later sentence.
fn is_named_far_behind(seen: &[Seen], clusters: &Clusters, i: usize, j: usize) -> bool {
    let open = seen[j].pronoun().is_some() && clusters.facts[clusters.root(j)].members == 1;
    seen[i].name.is_some() && open && j < i && seen[i].sentence != seen[j].sentence
}

/// "The witness" is not "the suspect": two whom nothing names and no noun is common to. The scorer gains nothing by them.
fn is_other_noun(seen: &[Seen], clusters: &Clusters, i: usize, j: usize) -> bool {
    let described = |k: usize| seen[k].name.is_none() && seen[k].pronoun().is_none() && seen[k].form != Form::Joined;
    if !described(i) || clusters.has_name(j) || clusters.has_name(i) {
        return false;
    }
    let root = clusters.root(j);
    let near = (i.saturating_sub(HALVES)..i).filter(|k| described(*k) && clusters.root(*k) == root);
    let nouns: Vec<&str> = near.map(|k| seen[k].noun.as_str()).collect();
    !nouns.is_empty() && !nouns.contains(&seen[i].noun.as_str())
}

/// "A student" is nobody who was told of before, but for headlines and those of the same noun.
fn is_first_told(seen: &[Seen], i: usize, j: usize) -> bool {
    let (one, two) = (&seen[i], &seen[j]);
    let new = one.form == Form::Indefinite && one.number == Number::One && one.link.is_none();
    new && two.noun != one.noun && two.form != Form::Bare
}

/// "We" of somebody who is quoted: a body or people who are named or told of as known, no "customers" and no "guns" that he speaks of.
fn may_be_we(field: &Field<'_>, i: usize, j: usize) -> bool {
    use EntityKind::{Government, Group, Organisation};
    let two = &field.seen[j];
    let asks =
        field.seen[i].pronoun() == Some(Pronoun::We) && field.seen[i].quoted && field.sources[i].around.is_some();
    let known = matches!(two.form, Form::Name | Form::Definite | Form::Owned);
    !asks
        || two.pronoun() == Some(Pronoun::We)
        || known && matches!(two.kind(), Some(Government | Group | Organisation))
}

/// "Arvid Roe, the director's brother": the director is not he.
fn is_owner_of(seen: &[Seen], clusters: &Clusters, i: usize, j: usize) -> bool {
    let owned = |k: &Seen| k.owner == Some(seen[i].head);
    let same = |head: usize| at(seen, head).is_some_and(|k| clusters.root(k) == clusters.root(j));
    let near = seen.iter().skip(i + 1).take(4);
    near.into_iter().any(|k| owned(k) && matches!(k.link, Some((Link::Apposed | Link::Predicate, head)) if same(head)))
}

/// Whether what a mention is called and what a cluster was called are two sorts of bodies.
fn is_apart(seen: &[Seen], clusters: &Clusters, i: usize, j: usize) -> bool {
    let other = clusters.facts[clusters.root(j)].noun.as_deref().unwrap_or(seen[j].noun.as_str());
    seen[i].name.is_none() && seen[i].pronoun().is_none() && kinds::is_apart(&seen[i].noun, other)
}

/// Whether a description can be of those that a cluster names: "the two unions" are not one union, and "the company" is no union.
fn is_so_called(seen: &[Seen], clusters: &Clusters, i: usize, j: usize) -> bool {
    let one = &seen[i];
    if one.pronoun().is_some() || one.name.is_some() {
        return true;
    }
    let names = &clusters.facts[clusters.root(j)].names;
    let single = |kind: &EntityKind| {
        matches!(kind, EntityKind::Person | EntityKind::Place | EntityKind::Government)
            || is_body(*kind, EntityKind::Organisation)
    };
    let several = one.number == Number::Many && one.form != Form::Bare && seen[j].number != Number::Many;
    if several && names.iter().any(|(kind, _)| single(kind)) {
        return false;
    }
    let called = |noun: &String| {
        let own = (0..seen.len()).filter(|k| clusters.root(*k) == clusters.root(j));
        own.into_iter().any(|k| seen[k].called.contains(noun) || seen[k].words.contains(noun) || seen[k].noun == *noun)
    };
    let institution = kinds::is_institution(&one.noun) && !names.is_empty() && !called(&one.noun);
    !institution && names.iter().all(|(kind, words)| kinds::may_be_called(*kind, words, &one.noun))
}

/// Who somebody is to another of his family.
pub(crate) const KIN: [&str; 24] = [
    "son",
    "daughter",
    "child",
    "father",
    "mother",
    "parent",
    "brother",
    "sister",
    "sibling",
    "wife",
    "husband",
    "spouse",
    "partner",
    "widow",
    "widower",
    "uncle",
    "aunt",
    "cousin",
    "nephew",
    "niece",
    "grandson",
    "grandfather",
    "mum",
    "dad",
];

/// "His son" of two men are two people, and "his son" is not "his daughter".
fn kin_agree(seen: &[Seen], clusters: &Clusters, i: usize, j: usize) -> bool {
    // "Condolences to Roe over the death of his son": nobody named just before is his own son.
    let one = &seen[i];
    let here = |j: usize| {
        let around = (0..i).rev().take_while(|k| seen[*k].sentence == one.sentence);
        around.into_iter().any(|k| clusters.root(k) == clusters.root(j))
    };
    if one.owner.is_some() && KIN.contains(&one.noun.as_str()) && clusters.has_name(j) && here(j) {
        return false;
    }
    let (a, b) = (&clusters.facts[clusters.root(i)], &clusters.facts[clusters.root(j)]);
    // "She" who is somebody's lawyer is not his wife either.
    let told = seen[j].pronoun().is_none() || b.owner.is_some() && a.owner.is_some();
    let person = seen[i].kind() == Some(EntityKind::Person) && seen[i].pronoun().is_none() && told;
    if !person {
        return true;
    }
    match (a.owner, b.owner) {
        (Some(a_owner), Some(b_owner)) => clusters.root(a_owner) == clusters.root(b_owner) && a.noun == b.noun,
        // A description with an owner and one without: only by the same noun.
        (None, None) => true,
        _ => a.names.is_empty() && b.names.is_empty() && a.noun == b.noun || !a.names.is_empty() || !b.names.is_empty(),
    }
}

/// Without a scorer: "the crane" after "a crane", the last one of that noun.
fn said_again(field: &Field<'_>, clusters: &mut Clusters, i: usize) {
    let one = &field.seen[i];
    if !matches!(one.form, Form::Definite | Form::Pointed) || one.role == Role::Apposed {
        return;
    }
    let same = |j: &usize| {
        let two = &field.seen[*j];
        two.noun == one.noun && two.number == one.number && alike::shared(&one.words, &two.words) == one.words.len()
    };
    if let Some(j) = field.candidates(i).into_iter().find(same)
        && clusters.fits(i, j)
        && !is_barred(field, clusters, i, j)
        && may_be_one(one, &field.seen[j])
    {
        clusters.join(i, j);
    }
}
