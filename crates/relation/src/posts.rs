//! Posts, offices and kin: what titles and their holders come to.

use std::ops::Range;

use reportedly_record::{EntityKind, RelationKind};

use crate::bond::Bond;
use crate::held::{Held, held};
use crate::page::{One, Page};
use crate::title::{Title, titles};
use crate::words::Post;

/// Finds the relations that titles state.
pub(crate) fn posts(page: &Page<'_>) -> Vec<Bond> {
    let mut titles = titles(page);
    let held = held(page, &mut titles);
    titles.iter().zip(&held).flat_map(|(title, held)| bonds(title, held)).collect()
}

fn bonds(title: &Title<'_>, held: &Held<'_>) -> Vec<Bond> {
    let Some(evidence) = held.evidence.clone().map(|e| e.start.min(title.phrase.start)..e.end.max(title.phrase.end))
    else {
        return Vec::new();
    };
    let holders: Vec<&One<'_>> = held.by.iter().filter(|one| can_hold(one, title.known.post)).collect();
    if holders.is_empty() {
        return Vec::new();
    }
    let ended = title.ended || held.ended;
    let to: Vec<&One<'_>> = title.of.iter().filter(|of| can_be_of(of, title.known.post)).collect();
    let mut bonds = Vec::new();
    for from in &holders {
        let apart: Vec<&&One<'_>> = to.iter().filter(|of| of.entity.id != from.entity.id).collect();
        for of in &apart {
            let (kind, turned) = kind(title, of);
            let words = wide(&evidence, &of.words);
            let (a, b) = if turned { (of.entity.id, from.entity.id) } else { (from.entity.id, of.entity.id) };
            let named = matches!(kind, RelationKind::Role | RelationKind::Office);
            bonds.push(Bond { title: named.then(|| title.words.clone()), ended, ..Bond::new(kind, a, b, words) });
        }
        // A bare title of a name says what its holder is, but not of what.
        if to.is_empty() && held.told && stands_alone(title) {
            let kind = match title.known.post {
                Post::Spokesperson => RelationKind::SpokespersonOf,
                Post::Office if !title.of.iter().any(|of| of.entity.kind == EntityKind::Organisation) => {
                    RelationKind::Office
                }
                _ => RelationKind::Role,
            };
            bonds.push(Bond {
                kind,
                from: from.entity.id,
                to: None,
                title: Some(title.words.clone()),
                ended,
                evidence: evidence.clone(),
            });
        }
    }
    bonds
}

/// Evidence that also covers the owner, where that stands near.
fn wide(evidence: &Range<usize>, of: &Range<usize>) -> Range<usize> {
    let near = !of.is_empty() && of.end + 12 >= evidence.start && of.start <= evidence.end + 12;
    if near { evidence.start.min(of.start)..evidence.end.max(of.end) } else { evidence.clone() }
}

/// Whether a title says something of its holder where no body is known.
fn stands_alone(title: &Title<'_>) -> bool {
    match title.known.post {
        Post::Office | Post::Post | Post::Rank | Post::Spokesperson => true,
        // "Attorney Ada Roe"; but "his lawyer" is somebody's.
        Post::Lawyer => !title.has_article && !title.owned,
        Post::Calling
        | Post::Member
        | Post::Owner
        | Post::Resident
        | Post::Citizen
        | Post::Ally
        | Post::Parent
        | Post::Child
        | Post::Sibling
        | Post::Spouse
        | Post::ChildInLaw
        | Post::ParentInLaw
        | Post::Kin => false,
    }
}

fn can_hold(one: &One<'_>, post: Post) -> bool {
    match one.entity.kind {
        EntityKind::Person => true,
        // A firm owns, a state is an ally.
        EntityKind::Organisation
        | EntityKind::Place
        | EntityKind::Government
        | EntityKind::Media
        | EntityKind::Group => {
            matches!(post, Post::Owner | Post::Ally | Post::Member)
        }
        _ => false,
    }
}

fn can_be_of(one: &One<'_>, post: Post) -> bool {
    use EntityKind::{Government, Group, Person, Place};
    let kind = one.entity.kind;
    match post {
        Post::Parent
        | Post::Child
        | Post::Sibling
        | Post::Spouse
        | Post::ChildInLaw
        | Post::ParentInLaw
        | Post::Kin => kind == Person,
        Post::Office | Post::Rank => kind != Person && kind != EntityKind::Document,
        Post::Post | Post::Calling => kind != EntityKind::Document,
        Post::Spokesperson | Post::Lawyer | Post::Ally => kind != EntityKind::Document,
        Post::Member => !matches!(kind, Person | Place | EntityKind::Document),
        Post::Owner => !matches!(kind, Person | Place | Government | Group),
        Post::Resident => matches!(kind, Place | EntityKind::Facility),
        Post::Citizen => matches!(kind, Place | Government | Group),
    }
}

/// The relation that a title is, and whether it reads from the owner to the holder.
fn kind(title: &Title<'_>, of: &One<'_>) -> (RelationKind, bool) {
    match title.known.post {
        Post::Office if of.entity.kind == EntityKind::Media => (RelationKind::Role, false),
        Post::Office => (RelationKind::Office, false),
        Post::Post | Post::Calling | Post::Rank => (RelationKind::Role, false),
        Post::Spokesperson => (RelationKind::SpokespersonOf, false),
        // "Counsel at the bank", "the ministry's lawyer" are posts of a body as much as its lawyers.
        Post::Lawyer => (RelationKind::LawyerOf, false),
        Post::Member => (RelationKind::MemberOf, false),
        Post::Owner => (RelationKind::OwnedBy, true),
        Post::Resident => (RelationKind::ResidentOf, false),
        Post::Citizen => (RelationKind::CitizenOf, false),
        Post::Ally => (RelationKind::AllyOf, false),
        Post::Parent => (RelationKind::ParentOf, false),
        Post::Child => (RelationKind::ParentOf, true),
        Post::Sibling => (RelationKind::SiblingOf, false),
        Post::Spouse => (RelationKind::SpouseOf, false),
        Post::ChildInLaw => (RelationKind::ChildInLawOf, false),
        Post::ParentInLaw => (RelationKind::ChildInLawOf, true),
        Post::Kin => (RelationKind::KinOf, false),
    }
}
