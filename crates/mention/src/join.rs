//! Clusters: which mentions are one and the same. Names come first, then what grammar and speech say, then the trained
//! scorer for what is left; every join must fit all that is known of both sides. A wrong join is worse than a split.

use std::collections::BTreeMap;

use reportedly_record::EntityKind;

use crate::alike::{self, Likeness};
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
    for i in told(false).chain(told(true)) {
        let one = &seen[i];
        if let Some((link, head)) = one.link
            && let Some(j) = at(seen, head).filter(|j| *j != i)
            && linked(seen, &mut clusters, link, i, j)
        {
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
    clusters
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
    let mut bodies: Vec<usize> = own.filter_map(|k| at(seen, seen[k].body?)).map(|b| clusters.root(b)).collect();
    bodies.retain(|b| matches!(clusters.facts[*b].kind, Some(kind) if is_body(kind, EntityKind::Organisation) && kind != EntityKind::Place));
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
    if !two || !definite {
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
        let kind = match one.kind() {
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
    let open = if person && is_of_kin_of_one_of_two(field.seen, clusters, i) { KIN_OPEN } else { PRONOUN_OPEN };
    let none = pronouns.score(field, i, None, &pronoun::features(field, i, None, 0));
    // Who speaks does not call himself "he".
    let speaker = field.sources[i].around.map(|speaker| clusters.root(speaker));
    let not_for = field.seen[i].not_for.and_then(|head| at(field.seen, head)).map(|j| clusters.root(j));
    let mut best: BTreeMap<usize, (f32, usize)> = BTreeMap::new();
    for (nearer, j) in pronoun::candidates(field, i).into_iter().enumerate() {
        let root = clusters.root(j);
        let barred = person && speaker == Some(root) || not_for == Some(root) || is_own_kin(field.seen, i, j);
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
    let Some((score, j)) = known_first(field.seen, clusters, &best, i, person).or_else(|| best.first().copied()) else {
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
        let reach = if KIN.contains(&other.noun.as_str()) { 2 } else { 1 };
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
        !is_apart(field.seen, clusters, i, *j)
            && clusters.fits(i, *j)
            && kin_agree(field.seen, clusters, i, *j)
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
    names.iter().all(|(kind, words)| kinds::may_be_called(*kind, words, &one.noun))
}

/// Who somebody is to another of his family.
const KIN: [&str; 22] = [
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
    let person =
        seen[i].kind() == Some(EntityKind::Person) && seen[i].pronoun().is_none() && seen[j].pronoun().is_none();
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
        && may_be_one(one, &field.seen[j])
    {
        clusters.join(i, j);
    }
}
