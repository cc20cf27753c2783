//! What the trained scorers choose for a mention that names and grammar leave open, and what bars their choice.

use std::collections::BTreeMap;

use reportedly_record::EntityKind;

use crate::alike;
use crate::bar::is_barred;
use crate::cluster::{Clusters, is_body};
use crate::join::{asks_body, is_of_body};
use crate::kinds;
use crate::lexicon::{Gender, Number};
use crate::link::Link;
use crate::pair::{Field, Pairs, may_be_one};
use crate::phrase::{Form, Pronoun};
use crate::pronoun::{self, Pronouns};
use crate::seen::{Role, Seen, at};

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
pub(crate) const HALVES: usize = 400;

/// What the scorer of pronouns says: the best mention of each of those who may be meant speaks for it.
pub(crate) fn stands_for(field: &Field<'_>, clusters: &mut Clusters, pronouns: &Pronouns, i: usize) {
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
pub(crate) fn scored(field: &Field<'_>, clusters: &mut Clusters, pairs: &Pairs, i: usize) {
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
pub(crate) fn said_again(field: &Field<'_>, clusters: &mut Clusters, i: usize) {
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
