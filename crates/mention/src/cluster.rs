//! A report's mentions in clusters, with what all mentions of one tell together.

use std::collections::BTreeMap;

use reportedly_record::EntityKind;

use crate::alike::{self, Likeness};
use crate::lexicon::{Gender, Number, Sense};
use crate::phrase::Form;
use crate::seen::{Seen, at};

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
    pub(crate) number: Number,
    /// Distinct names, as kinds and words.
    pub(crate) names: Vec<(EntityKind, Vec<String>)>,
    pub(crate) kind: Option<EntityKind>,
    pub(crate) sense: Option<Sense>,
    pub(crate) count: Option<u32>,
    /// Heads of nouns that may not change: "his son" and "his daughter" are two people.
    pub(crate) noun: Option<String>,
    /// Who owns it, as a mention: kin of two people are two people.
    pub(crate) owner: Option<usize>,
    pub(crate) members: usize,
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
pub(crate) fn is_body(a: EntityKind, b: EntityKind) -> bool {
    use EntityKind::{Document, Government, Group, Media, Organisation, Place, Programme};
    let body = |kind| matches!(kind, Organisation | Media | Government | Group | Programme);
    let place = |kind| matches!(kind, Place | Government | Document);
    body(a) && (body(b) || place(b)) || body(b) && place(a)
}

impl Facts {
    /// Whether a mention is not of the other sex.
    pub(crate) fn fits_one(&self, one: &Seen) -> bool {
        !matches!((self.gender, one.gender), (Gender::Man, Gender::Woman) | (Gender::Woman, Gender::Man))
    }
}
