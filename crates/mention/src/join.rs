//! Clusters: which mentions are one and the same. Names come first, then what grammar and speech say, then the trained
//! scorer for what is left; every join must fit all that is known of both sides. A wrong join is worse than a split.

use std::collections::BTreeMap;

use reportedly_record::EntityKind;

use crate::alike::{self, Likeness};
use crate::lexicon::{Gender, Number, Sense};
use crate::pair::{Field, Pairs, may_be_one};
use crate::phrase::{Form, Pronoun};
use crate::seen::{Link, Role, Seen, at};

/// By how much a pair must score above being new.
const OVER_NEW: f32 = 0.0; // as trained: not swept yet

/// Two people that a pronoun may stand for must lie this far apart, or it stays open.
const OPEN: f32 = 0.25;

/// Names of a cluster that another one's are compared with.
const COMPARED: usize = 6;

/// The clusters of a report's mentions.
pub(crate) struct Clusters {
    parent: Vec<usize>,
    facts: Vec<Facts>,
    /// Mentions that could be one of two, which the text does not settle.
    pub(crate) open: Vec<usize>,
    /// Mentions that stand for several: "both men". Of each the mentions of its parts.
    pub(crate) split: BTreeMap<usize, Vec<usize>>,
}

/// What all mentions of a cluster tell together.
#[derive(Clone)]
struct Facts {
    gender: Gender,
    number: Number,
    // Distinct names, as kinds and words.
    names: Vec<(EntityKind, Vec<String>)>,
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
    fn new(seen: &[Seen]) -> Clusters {
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
    fn fits(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.facts[self.root(a)], &self.facts[self.root(b)]);
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

    /// Makes two clusters one; the earlier mention becomes its root.
    fn join(&mut self, a: usize, b: usize) {
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

    fn join_if_fits(&mut self, a: usize, b: usize) -> bool {
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

/// Makes clusters of a report's mentions. `speakers` gives for each speech the mention that speaks it.
pub(crate) fn clusters(field: &Field<'_>, speakers: &BTreeMap<usize, usize>, pairs: Option<&Pairs>) -> Clusters {
    let seen = field.seen;
    let mut clusters = Clusters::new(seen);
    names(seen, &mut clusters);
    for i in 0..seen.len() {
        let one = &seen[i];
        if let Some((link, head)) = one.link
            && let Some(j) = at(seen, head).filter(|j| *j != i)
            && linked(seen, &mut clusters, link, i, j)
        {
            continue;
        }
        let speaker = field.speech[i].and_then(|speech| speakers.get(&speech).copied());
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
            if one.pronoun() == Some(Pronoun::I) {
                continue;
            }
        }
        let settled = one.name.is_some() && clusters.root(i) != i;
        if settled || matches!(one.form, Form::Pronoun(Pronoun::Relative | Pronoun::Own)) {
            continue;
        }
        if halves(field, &mut clusters, i) {
            continue;
        }
        match pairs {
            Some(pairs) => scored(field, &mut clusters, pairs, i),
            None => said_again(field, &mut clusters, i),
        }
    }
    clusters
}

fn is_a_body(one: &Seen) -> bool {
    use EntityKind::{Government, Group, Media, Organisation, Place};
    matches!(one.kind(), Some(Government | Group | Media | Organisation | Place))
}

/// Names of one and the same: like ones first, then short forms of just one other.
fn names(seen: &[Seen], clusters: &mut Clusters) {
    let all: Vec<usize> = (0..seen.len()).filter(|i| seen[*i].name.is_some()).collect();
    let mut exact: BTreeMap<(u8, &[String]), usize> = BTreeMap::new();
    let class = |i: usize| match seen[i].kind() {
        Some(EntityKind::Person) => 0,
        Some(EntityKind::Place) => 1,
        Some(EntityKind::Government) => 4,
        Some(EntityKind::Group) => 2,
        _ => 3,
    };
    let mut firsts: Vec<usize> = Vec::new();
    for i in all.iter().copied() {
        match exact.get(&(class(i), seen[i].words.as_slice())) {
            Some(first) => clusters.join(*first, i),
            None => {
                exact.insert((class(i), seen[i].words.as_slice()), i);
                firsts.push(i);
            }
        }
    }
    // Names by their words, for those that share a word or its sound.
    let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for i in firsts.iter().copied() {
        let words = &seen[i].words;
        let mut keys: Vec<String> = words.iter().map(|w| alike::sounds(w)).collect();
        let initials: String = words.iter().filter_map(|w| w.chars().next()).collect();
        keys.push(format!("={initials}"));
        if let [one] = words.as_slice() {
            keys.push(format!("={}", one.replace('.', "")));
        }
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().for_each(|key| by_word.entry(key).or_default().push(i));
    }
    let like = |i: usize| -> Vec<(usize, Likeness)> {
        let words = &seen[i].words;
        let initials: String = words.iter().filter_map(|w| w.chars().next()).collect();
        let keys = words
            .iter()
            .map(|w| alike::sounds(w))
            .chain([format!("={initials}"), format!("={}", words.concat().replace('.', ""))]);
        let mut near: Vec<usize> =
            keys.filter_map(|key| by_word.get(&key)).flat_map(|all| all.iter().take(40)).copied().collect();
        near.sort_unstable();
        near.dedup();
        let kind = |i: usize| seen[i].kind().unwrap_or(EntityKind::Other);
        let of = |j: usize| (j, alike::likeness(kind(i), &seen[i].words, kind(j), &seen[j].words));
        near.into_iter().filter(|j| *j != i).map(of).filter(|(_, l)| *l != Likeness::None).collect()
    };
    for i in firsts.iter().copied() {
        for (j, _) in like(i).into_iter().filter(|(_, l)| *l == Likeness::Same) {
            clusters.join_if_fits(i, j);
        }
    }
    // The longest first: "Ada Roe" before "Roe".
    let mut short = firsts.clone();
    short.sort_by_key(|i| (std::cmp::Reverse(seen[*i].words.len()), *i));
    for i in short {
        let mut roots: Vec<usize> = Vec::new();
        for (j, _) in like(i) {
            let root = clusters.root(j);
            let longer = seen[j].words.len() >= seen[i].words.len() || seen[j].words.len() == 1;
            if longer && root != clusters.root(i) && !roots.contains(&root) && clusters.fits(i, j) {
                roots.push(root);
            }
        }
        if let [one] = roots.as_slice() {
            clusters.join(*one, i);
        }
    }
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
    sure && clusters.join_if_fits(i, j)
}

fn may_be_apposed(one: &Seen, two: &Seen) -> bool {
    // "Lorne, Mirrin" is a place in a place; "Roe, Lind" a list.
    if one.name.is_some() && two.name.is_some() {
        return false;
    }
    match (one.kind(), two.kind()) {
        (Some(a), Some(b)) => alike::can_be_one(a, b) || is_body(a, b),
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
    let mut found: Vec<usize> = Vec::new();
    for j in (0..i).rev().take(40).take_while(|j| one.sentence - field.seen[*j].sentence <= 2) {
        let other = &field.seen[j];
        // Two who were spoken of together before.
        if other.number == Number::Many && other.count == Some(2) && other.form != Form::Joined {
            return false;
        }
        let kind = match one.kind() {
            Some(kind) => other.kind().is_some_and(|k| k == kind || is_body(k, kind)),
            None => matches!(other.kind(), Some(EntityKind::Person)),
        };
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

/// What the trained scorer says.
fn scored(field: &Field<'_>, clusters: &mut Clusters, pairs: &Pairs, i: usize) {
    let one = &field.seen[i];
    let candidates = field.candidates(i);
    if candidates.is_empty() {
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
    scores.retain(|(_, j)| clusters.fits(i, *j) && kin_agree(field.seen, clusters, i, *j));
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

/// "His son" of two men are two people, and "his son" is not "his daughter".
fn kin_agree(seen: &[Seen], clusters: &Clusters, i: usize, j: usize) -> bool {
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
