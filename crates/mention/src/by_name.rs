//! Names that are one and the same, compared by their words: first those that are alike, then short forms of just one other.

use std::collections::{BTreeMap, BTreeSet};

use reportedly_record::EntityKind;

use crate::alike::{self, Likeness};
use crate::called::is_firm;
use crate::chosen::is_own_kin;
use crate::cluster::Clusters;
use crate::lexicon::{self, Gender, Number, Sense};
use crate::link::Link;
use crate::phrase::Pronoun;
use crate::seen::{Role, Seen, at};

/// Clusters by names alone, and for each mention the first one of its cluster. Names that are one get one gender; a given
/// name that stands alone tells it where no other name does.
pub(crate) fn named(seen: &mut [Seen]) -> (Clusters, Vec<usize>) {
    surnames(seen);
    kinds(seen);
    spoken_of(seen);
    let mut clusters = Clusters::new(seen);
    names(seen, &mut clusters);
    let roots: Vec<usize> = (0..seen.len()).map(|i| clusters.root(i)).collect();
    for (i, one) in seen.iter_mut().enumerate() {
        if one.name.is_none() || one.kind() != Some(EntityKind::Person) {
            continue;
        }
        let facts = &mut clusters.facts[roots[i]];
        let alone = facts.names.iter().all(|(_, words)| words.len() == 1);
        if facts.gender == Gender::Open && alone {
            facts.gender = one.words.first().map_or(Gender::Open, |word| lexicon::given(word));
        }
        one.gender = facts.gender;
    }
    (clusters, roots)
}

/// A word that names a person in full and elsewhere, alone, something else is that person's where it acts: "Ada Paris ... Paris left
/// the ship". And who is called like a place that is spoken of, and by no other name, is that place.
fn surnames(seen: &mut [Seen]) {
    let full = |one: &Seen| one.name.is_some() && one.kind() == Some(EntityKind::Person) && one.words.len() > 1;
    // "Radio Arn" is nobody, though it speaks.
    for one in seen.iter_mut().filter(|one| full(one)) {
        if matches!(one.words[0].as_str(), "radio" | "television" | "channel") {
            one.sense = Some(Sense::Of(EntityKind::Media));
            (one.gender, one.number) = (Gender::Open, Number::Open);
        }
    }
    // "Typhoon Ilva ... Ilva may turn north".
    let is_storm = |one: &&Seen| one.name.is_some() && one.words.len() == 1 && one.kind() == Some(EntityKind::Occasion);
    let storms: BTreeSet<String> = seen.iter().filter(is_storm).map(|one| one.noun.clone()).collect();
    for one in seen.iter_mut().filter(|one| one.name.is_some() && one.words.len() == 1 && storms.contains(&one.noun)) {
        one.sense = Some(Sense::Of(EntityKind::Occasion));
        (one.gender, one.number) = (Gender::Open, Number::Open);
    }
    // "The Tarn Line ferries ... the Tarn Line planned": a firm's name that was once taken for a place's.
    let named = |one: &&Seen| one.name.is_some() && one.words.len() > 1 && is_firm(&one.words);
    // What is taken for a place and acts is one too.
    let is_body =
        |one: &&Seen| named(one) && matches!(one.kind(), Some(EntityKind::Organisation | EntityKind::Government));
    let firms: BTreeSet<Vec<String>> = seen.iter().filter(is_body).map(|one| one.words.clone()).collect();
    let is_ground =
        |one: &Seen| matches!(one.kind(), Some(EntityKind::Place | EntityKind::Facility | EntityKind::Government));
    for one in seen.iter_mut().filter(|one| one.name.is_some() && is_ground(one) && firms.contains(&one.words)) {
        one.sense = Some(Sense::Of(EntityKind::Organisation));
    }
    ships(seen);
    let bearers: BTreeSet<String> = seen.iter().filter(|one| full(one)).map(|one| one.noun.clone()).collect();
    let in_names: BTreeSet<String> = seen.iter().filter(|one| full(one)).flat_map(|one| one.words.clone()).collect();
    let is_place = |one: &Seen| matches!(one.kind(), Some(EntityKind::Place | EntityKind::Government));
    let alone = |one: &Seen| one.name.is_some() && one.words.len() == 1;
    let mut places: BTreeSet<String> =
        seen.iter().filter(|one| alone(one) && is_place(one)).map(|one| one.noun.clone()).collect();
    // "Mirrin's prime minister": only a country has one.
    let states = seen.iter().filter(|one| {
        matches!(
            one.noun.as_str(),
            "minister" | "president" | "government" | "parliament" | "premier" | "chancellor" | "army"
        )
    });
    let owners: Vec<usize> = states.filter_map(|one| at(seen, one.owner?)).collect();
    places.extend(owners.iter().filter(|i| alone(&seen[**i])).map(|i| seen[*i].noun.clone()));
    for one in seen.iter_mut().filter(|one| alone(one)) {
        let acts = matches!(one.role, Role::Subject | Role::Owner | Role::Object);
        // "The plan Roe has": whoever is called like a people is somebody where the text names that one in full.
        // "French police": an adjective of a people is nobody's name.
        let of_people = ["an", "ish", "ese", "ench"].iter().any(|end| one.noun.ends_with(end));
        let is_people = one.kind() == Some(EntityKind::Group) && !of_people;
        if acts && (is_place(one) || is_people) && bearers.contains(&one.noun) && !lexicon::is_country(&one.words) {
            one.sense = Some(Sense::Of(EntityKind::Person));
            one.number = Number::One;
        } else if one.kind() == Some(EntityKind::Person)
            && one.gender == Gender::Open
            && places.contains(&one.noun)
            && !in_names.contains(&one.noun)
        {
            let governs = one.role == Role::Subject && !lexicon::is_country(&one.words);
            one.sense = Some(Sense::Of(if governs { EntityKind::Government } else { EntityKind::Place }));
        }
    }
}

/// "President Roe said he was proud of his wife" is not Ada Roe: a surname alone is a man's or a woman's where "he" or "she" behind it,
/// with nobody else named or described in the sentence, says so more than once and never otherwise. A wife or husband counts twice.
fn spoken_of(seen: &mut [Seen]) {
    const SURE: usize = 2;
    let mut votes: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let mut from = 0;
    while from < seen.len() {
        let until = from + seen[from..].iter().take_while(|one| one.sentence == seen[from].sentence).count();
        let all = &seen[from..until];
        // Titles that hang on the name, and the spouse who is looked for, are nobody else.
        let spouse = |one: &Seen| one.owner.is_some() && matches!(one.noun.as_str(), "wife" | "husband");
        let titles = |one: &Seen| {
            let inner = matches!(one.role, Role::Inner | Role::Apposed);
            inner && one.name.is_none() && all.iter().any(|name| name.name.is_some() && name.head == one.clause)
        };
        let people = |one: &&Seen| {
            one.pronoun().is_none() && one.kind() == Some(EntityKind::Person) && !spouse(one) && !titles(one)
        };
        let mut named = all.iter().filter(people);
        if let (Some(one), None) = (named.next(), named.next())
            && one.name.is_some()
            && one.words.len() == 1
            && one.role == Role::Subject
        {
            for told in all.iter().filter(|told| {
                told.head > one.head
                    && told.quoted == one.quoted
                    && told.not_for != Some(one.head)
                    && told.role != Role::Object
            }) {
                let spouse = |noun: &str| {
                    let owned = |k: &&Seen| k.owner == Some(told.head) && k.noun == noun;
                    1 + usize::from(all.iter().any(|k| owned(&k)))
                };
                let votes = votes.entry(one.noun.clone()).or_default();
                match told.pronoun() {
                    Some(Pronoun::He) => votes[0] += spouse("wife"),
                    Some(Pronoun::She) => votes[1] += spouse("husband"),
                    _ => {}
                }
            }
        }
        from = until;
    }
    let alone = |one: &Seen| one.name.is_some() && one.words.len() == 1 && one.kind() == Some(EntityKind::Person);
    for one in seen.iter_mut().filter(|one| alone(one) && one.gender == Gender::Open) {
        one.gender = match votes.get(&one.noun) {
            Some(&[SURE..=usize::MAX, 0]) => Gender::Man,
            Some(&[0, SURE..=usize::MAX]) => Gender::Woman,
            _ => Gender::Open,
        };
    }
}

/// "The ferry, Keldra Star, ... the Keldra Star": a ship's name that was taken for a place's or a body's.
fn ships(seen: &mut [Seen]) {
    let is_ship = |head: usize| {
        at(seen, head).is_some_and(|i| {
            let one = &seen[i];
            one.name.is_none() && one.kind() == Some(EntityKind::Vehicle) && one.number == Number::One
        })
    };
    let named = |one: &&Seen| one.name.is_some() && matches!(one.link, Some((Link::Apposed, head)) if is_ship(head));
    let ships: BTreeSet<Vec<String>> = seen.iter().filter(named).map(|one| one.words.clone()).collect();
    let other = |one: &Seen| {
        matches!(
            one.kind(),
            Some(
                EntityKind::Place
                    | EntityKind::Facility
                    | EntityKind::Organisation
                    | EntityKind::Other
                    | EntityKind::Product
            )
        )
    };
    for one in seen.iter_mut().filter(|one| one.name.is_some() && other(one) && ships.contains(&one.words)) {
        one.sense = Some(Sense::Of(EntityKind::Vehicle));
        one.number = Number::One;
    }
}

/// One name is of one kind in a report: where the scores have it as a person here and as a body there, most decide; and of those who are
/// named in full elsewhere, the full name does.
fn kinds(seen: &mut [Seen]) {
    use EntityKind::{Facility, Organisation, Other, Person, Product};
    let open = |kind: EntityKind| matches!(kind, Person | Organisation | Other | Product | Facility);
    let mut votes: BTreeMap<Vec<String>, BTreeMap<EntityKind, usize>> = BTreeMap::new();
    let mut full: BTreeMap<String, BTreeSet<EntityKind>> = BTreeMap::new();
    for one in seen.iter().filter(|one| one.name.is_some()) {
        let Some(kind) = one.kind() else { continue };
        *votes.entry(one.words.clone()).or_default().entry(kind).or_default() += 1;
        if let [_, .., last] = one.words.as_slice() {
            full.entry(last.clone()).or_default().insert(kind);
            full.entry(one.words[0].clone()).or_default().insert(kind);
        }
    }
    let single = votes.iter().filter(|(words, _)| words.len() == 1);
    let alone: BTreeMap<String, BTreeSet<EntityKind>> =
        single.map(|(words, kinds)| (words[0].clone(), kinds.keys().copied().collect())).collect();
    for one in seen.iter_mut().filter(|one| one.name.is_some()) {
        let Some(kind) = one.kind().filter(|kind| open(*kind)) else { continue };
        let Some(votes) = votes.get(&one.words).filter(|votes| votes.keys().all(|kind| open(*kind))) else { continue };
        let most = votes.iter().max_by_key(|(kind, votes)| (**votes, std::cmp::Reverse(**kind)));
        let all: usize = votes.values().sum();
        let told = match one.words.as_slice() {
            // "Roe" alone, where the report has "Ada Roe" and no body of that name.
            [word] if kind != Person && votes.len() == 1 => {
                full.get(word).filter(|full| full.len() == 1 && full.contains(&Person)).map(|_| Person)
            }
            // "Ada Roe" found as a body, where "Roe" is somebody throughout.
            [first, .., last] if kind == Organisation && lexicon::given(first) != Gender::Open => {
                alone.get(last).filter(|kinds| kinds.len() == 1 && kinds.contains(&Person)).map(|_| Person)
            }
            _ => None,
        };
        let told = told.or_else(|| most.filter(|(_, votes)| 3 * **votes >= 2 * all && all > 2).map(|(kind, _)| *kind));
        if let Some(told) = told.filter(|told| *told != kind) {
            one.sense = Some(Sense::Of(told));
            one.number = if told == Person { Number::One } else { Number::Open };
            one.gender = if told == Person { one.gender } else { Gender::Open };
        }
    }
}

/// "Roe's sister Ada Roe": pairs of names, of which the second is the first one's kin, however alike they are.
fn kin(seen: &[Seen], all: &[usize]) -> BTreeSet<(usize, usize)> {
    let mut apart = BTreeSet::new();
    for (n, j) in all.iter().copied().enumerate() {
        let before = all[..n].iter().rev().copied().take_while(|i| seen[*i].sentence == seen[j].sentence);
        for i in before.filter(|i| is_own_kin(seen, *i, j)) {
            apart.extend([(i, j), (j, i)]);
        }
    }
    apart
}

/// Names of one and the same: like ones first, then short forms of just one other.
fn names(seen: &[Seen], clusters: &mut Clusters) {
    let all: Vec<usize> = (0..seen.len()).filter(|i| seen[*i].name.is_some()).collect();
    // "Mr. Roe" and "Mrs. Roe" are two, and "Roe" may be either.
    let mut exact: BTreeMap<(u8, Gender, &[String]), usize> = BTreeMap::new();
    let class = |i: usize| match seen[i].kind() {
        Some(EntityKind::Person) => 0,
        Some(EntityKind::Place) => 1,
        Some(EntityKind::Government) => 4,
        Some(EntityKind::Group) => 2,
        _ => 3,
    };
    let mut firsts: Vec<usize> = Vec::new();
    for i in all.iter().copied() {
        let same = (class(i), seen[i].gender, seen[i].words.as_slice());
        match exact.get(&same) {
            Some(first) => clusters.join(*first, i),
            None => {
                exact.insert(same, i);
                firsts.push(i);
            }
        }
    }
    let of_words = |i: usize| *exact.get(&(class(i), seen[i].gender, seen[i].words.as_slice())).unwrap_or(&i);
    let apart: BTreeSet<(usize, usize)> =
        kin(seen, &all).into_iter().map(|(i, j)| (of_words(i), of_words(j))).collect();
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
        near.into_iter()
            .filter(|j| *j != i && !apart.contains(&(i, *j)))
            .map(of)
            .filter(|(_, l)| *l != Likeness::None)
            .collect()
    };
    for i in firsts.iter().copied() {
        let same: Vec<usize> = like(i).into_iter().filter(|(_, l)| *l == Likeness::Same).map(|(j, _)| j).collect();
        let genders = |gender| same.iter().any(|j| clusters.facts[clusters.root(*j)].gender == gender);
        let either = seen[i].gender == Gender::Open && genders(Gender::Man) && genders(Gender::Woman);
        for j in same.into_iter().filter(|_| !either) {
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

/// Surnames that several bear, once pronouns have told whether a man or a woman is meant.
pub(crate) fn short_names(seen: &[Seen], clusters: &mut Clusters) {
    let person = |i: &usize| seen[*i].name.is_some() && seen[*i].kind() == Some(EntityKind::Person);
    let people: Vec<usize> = (0..seen.len()).filter(person).collect();
    let mut full_names: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for i in people.iter().copied().filter(|i| seen[*i].words.len() > 1) {
        full_names.entry(seen[i].noun.as_str()).or_default().push(i);
    }
    let mut asked: Vec<usize> = Vec::new();
    for i in people.iter().copied() {
        let root = clusters.root(i);
        let short = clusters.facts[root].names.iter().all(|(_, words)| words.len() == 1);
        if !short || asked.contains(&root) || clusters.facts[root].gender == Gender::Open {
            continue;
        }
        asked.push(root);
        let mut full: Vec<usize> = Vec::new();
        for j in full_names.get(seen[i].noun.as_str()).into_iter().flatten().copied() {
            let other = clusters.root(j);
            if other != root && clusters.fits(i, j) && !full.contains(&other) {
                full.push(other);
            }
        }
        // One who is known to be of that sex, before those of whom nothing is known.
        if let [one] = full.as_slice()
            && clusters.facts[*one].gender == clusters.facts[root].gender
        {
            clusters.join(*one, i);
        }
    }
}
