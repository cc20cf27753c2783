//! Whom a mention cannot mean, whatever the scorers say: who speaks does not call himself "she", several are not one, another crisis is not
//! the crisis.

use crate::cluster::Clusters;
use crate::context::is_abstract;
use crate::contrary;
use crate::lexicon::Number;
use crate::pair::Field;
use crate::phrase::{Form, Pronoun};
use crate::seen::Seen;

use reportedly_record::EntityKind;

/// Mentions on either side that are looked at for others of a speech.
const NEAR: usize = 60;

/// Sentences behind "another crisis" in which "the crisis" may be that one.
const FRESH: usize = 2;

/// Whether mention `i` cannot be one with the cluster that mention `j` is in.
pub(crate) fn is_barred(field: &Field<'_>, clusters: &Clusters, i: usize, j: usize) -> bool {
    is_no_person(field, i, j)
        || is_spoken_of(field, clusters, i, j)
        || is_named_by(field, clusters, i, j)
        || is_one(field, clusters, i, j)
        || is_other_number(field, clusters, i, j)
        || is_further(field, clusters, i, j)
        || contrary::excludes(field.seen, clusters, i, j)
}

/// "He" is not "democracy", nor "welfare"; Roe, who is denied bail, is not "bail".
fn is_no_person(field: &Field<'_>, i: usize, j: usize) -> bool {
    let person = |k: usize| {
        let one = &field.seen[k];
        matches!(one.pronoun(), Some(Pronoun::I | Pronoun::You | Pronoun::He | Pronoun::She))
            || one.name.is_some() && one.kind() == Some(EntityKind::Person)
    };
    let none = |k: usize| {
        let one = &field.seen[k];
        one.name.is_none() && one.pronoun().is_none() && one.sense.is_none() && is_thing(one)
    };
    person(i) && none(j) || person(j) && none(i)
}

/// Whether a description that no table knows the noun of is hardly of a person: "dignity", "welfare" without an article.
fn is_thing(one: &Seen) -> bool {
    is_abstract(&one.noun) || one.form == Form::Bare && one.number == Number::One && !one.capital
}

/// "“I will miss her at my side”": whoever speaks is not she.
fn is_spoken_of(field: &Field<'_>, clusters: &Clusters, i: usize, j: usize) -> bool {
    let one = &field.seen[i];
    if one.pronoun() != Some(Pronoun::I) || !one.quoted {
        return false;
    }
    let root = clusters.root(j);
    let near = i.saturating_sub(NEAR)..field.seen.len().min(i + NEAR);
    near.into_iter().any(|k| {
        let other = &field.seen[k];
        let same = other.quoted && other.line == one.line && field.speech[k] == field.speech[i];
        let told = other.form.is_he_or_she() || other.name.is_some() && !other.is_own_name;
        same && told && k != i && clusters.root(k) == root
    })
}

/// "“Roe will win,” he said": he is not Roe, but for "“I am Roe,” he said".
fn is_named_by(field: &Field<'_>, clusters: &Clusters, i: usize, j: usize) -> bool {
    if !field.seen[i].form.is_he_or_she() || !field.sources[i].speaks {
        return false;
    }
    let root = clusters.root(j);
    let near = i.saturating_sub(NEAR)..field.seen.len().min(i + NEAR);
    let named = |k: usize| {
        let one = &field.seen[k];
        field.sources[k].around == Some(i) && one.name.is_some() && !one.is_own_name
    };
    near.into_iter().any(|k| named(k) && clusters.root(k) == root)
}

/// "They" is not somebody who has a name.
fn is_one(field: &Field<'_>, clusters: &Clusters, i: usize, j: usize) -> bool {
    let names = &clusters.facts[clusters.root(j)].names;
    field.seen[i].pronoun() == Some(Pronoun::They) && names.iter().any(|(kind, _)| *kind == EntityKind::Person)
}

/// "The church" is not "the churches".
fn is_other_number(field: &Field<'_>, clusters: &Clusters, i: usize, j: usize) -> bool {
    let one = &field.seen[i];
    let described = |one: &Seen| one.name.is_none() && one.pronoun().is_none() && one.form != Form::Joined;
    let many = |one: &Seen| one.number == Number::Many;
    let other = |k: usize| {
        let two = &field.seen[k];
        described(two) && two.noun == one.noun && many(one) != many(two)
    };
    described(one) && !clusters.has_name(j) && (other(j) || other(clusters.root(j)))
}

/// "Another crisis" is none that was told of, and some way behind it "the crisis" may be either; "the man" after "another man" is he, where
/// there was no man before.
fn is_further(field: &Field<'_>, clusters: &Clusters, i: usize, j: usize) -> bool {
    let root = clusters.root(j);
    let (one, first) = (&field.seen[i], &field.seen[root]);
    let described = one.name.is_none() && one.pronoun().is_none();
    let only = || {
        let before = field.seen[..root].iter().any(|k| k.noun == first.noun);
        first.kind() == Some(EntityKind::Person) && one.noun == first.noun && !before
    };
    one.is_further || described && first.is_further && one.sentence.abs_diff(first.sentence) > FRESH && !only()
}
