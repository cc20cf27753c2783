//! Posts, offices and kin: what titles and their holders come to.

use std::ops::Range;

use reportedly_record::{EntityKind, RelationKind};

use crate::bond::Bond;
use crate::clause::{Subject, subject};
use crate::complement::is_state;
use crate::held::{Held, held, is_open};
use crate::page::{One, Page};
use crate::title::{Title, antecedent, titles};
use crate::words::Tie;

/// Finds the relations that titles state.
pub(crate) fn posts(page: &Page<'_>) -> Vec<Bond> {
    let mut titles = titles(page);
    titles.iter_mut().for_each(|title| had(page, title));
    titles.iter_mut().for_each(|title| own(page, title));
    listed(page, &mut titles);
    let held = held(page, &mut titles);
    titles.iter().zip(&held).flat_map(|(title, held)| bonds(title, held)).collect()
}

/// "his uncle, cousins and late stepfather": the first of kin in a row says whose they all are.
fn listed(page: &Page<'_>, titles: &mut [Title<'_>]) {
    for i in 1..titles.len() {
        let (before, after) = titles.split_at_mut(i);
        let (Some(first), Some(title)) = (before.last(), after.first_mut()) else { continue };
        let between = first.phrase.end..title.phrase.start;
        let comma = between.len() == 1 && matches!(page.lower(between.start), "," | "and")
            || between.len() == 2 && page.lower(between.start) == "," && page.lower(between.start + 1) == "and";
        let kin = first.known.post.is_kin() && title.known.post.is_kin();
        if comma
            && kin
            && first.possessed
            && !title.owned
            && !title.has_article
            && page.sentence(between.start).contains(&title.phrase.start)
        {
            title.of.clone_from(&first.of);
            (title.owned, title.possessed, title.named_owner) = (true, true, first.named_owner);
        }
    }
}

/// "Roe met daughter Ada Lind": a bare word of kin before a name is the subject's.
fn own<'a>(page: &Page<'a>, title: &mut Title<'a>) {
    let small = !page.is_capital(title.words.start);
    let near = ["son", "daughter", "wife", "husband"].contains(&page.lower(title.words.start));
    let bare = title.known.post.is_kin() && near && small && !title.owned && !title.has_article && title.of.is_empty();
    if !bare
        || title.known.plural
        || title.words.len() > 1
        || title.phrase.len() > 1
        || page.person_from(title.words.end).is_none()
    {
        return;
    }
    let start = page.sentence(title.phrase.start).start;
    let subject = |i: &usize| {
        page.syntax.words[*i].deprel.as_str() == "nsubj" || page.syntax.words[*i].deprel.as_str() == "nsubj:pass"
    };
    let found = (start..title.phrase.start).rev().filter(subject).find_map(|i| page.name(i));
    if let Some(name) = found.filter(|(m, _)| m.kind == EntityKind::Person) {
        title.of = page.ones(name);
        title.owned = true;
    }
}

/// "Roe has three sons", "Roe left behind a daughter": whose kin they are the subject says.
fn had<'a>(page: &Page<'a>, title: &mut Title<'a>) {
    if !title.known.post.is_kin() || title.owned || !title.of.is_empty() {
        return;
    }
    if matches!(page.lower(title.phrase.start), "the" | "this" | "that") {
        return;
    }
    let start = page.sentence(title.phrase.start).start;
    let light = |i: &usize| page.upos(*i) == "ADV" || matches!(page.lower(*i), "behind" | "him" | "her" | "them");
    let before = title.phrase.start - (start..title.phrase.start).rev().take_while(light).count();
    let verb = before.checked_sub(1).filter(|i| *i >= start);
    let Some(verb) = verb.filter(|i| matches!(page.lower(*i), "has" | "have" | "had" | "left" | "leaves")) else {
        return;
    };
    let Some(at) = subject(page, verb, Subject::Active).filter(|_| !is_open(page, verb)) else { return };
    let ones = if matches!(page.lower(at), "who" | "that") { antecedent(page, at) } else { page.at(at) };
    if ones.iter().all(|one| matches!(one.entity.kind, EntityKind::Person | EntityKind::Group)) {
        title.of = ones;
        title.owned = true;
    }
}

fn bonds(title: &Title<'_>, held: &Held<'_>) -> Vec<Bond> {
    let Some(evidence) = held.evidence.clone().map(|e| e.start.min(title.phrase.start)..e.end.max(title.phrase.end))
    else {
        return Vec::new();
    };
    // "his sons", "Roe's allies", "members of the council" are told by their own words; "its players", "leaders there" are too loose.
    // "to become a citizen of Keldra".
    if title.known.post == Tie::Citizen && !held.told && !title.known.plural && !title.of.is_empty() {
        return Vec::new();
    }
    let own_words = title.known.post.is_kin()
        || matches!(title.known.post, Tie::Ally | Tie::Lawyer | Tie::Resident | Tie::Citizen)
        || matches!(title.known.post, Tie::Office | Tie::Member | Tie::Spokesperson) && title.named_owner;
    if title.known.plural && !held.told && !own_words {
        return Vec::new();
    }
    let many = |one: &One<'_>| !held.told && title.known.plural && one.entity.kind == EntityKind::Group;
    let holders: Vec<&One<'_>> = held.by.iter().filter(|one| can_hold(one, title.known.post) || many(one)).collect();
    if holders.is_empty() {
        return Vec::new();
    }
    let ended = title.ended || held.ended;
    // "his boss", "her head": said of one by the other's word alone, that is no post of anybody's.
    let own = |of: &&One<'_>| {
        held.told
            || title.known.post.is_kin()
            || of.entity.kind != EntityKind::Person
            || !matches!(title.known.post, Tie::Post | Tie::Calling | Tie::Office)
            || title.named_owner
    };
    let to: Vec<&One<'_>> = title.of.iter().filter(|of| can_be_of(of, title)).filter(own).collect();
    let mut bonds = Vec::new();
    let lives = holders.iter().flat_map(|from| title.home.iter().map(move |home| (from, home)));
    bonds.extend(lives.map(|(from, home)| Bond {
        ended: title.ended,
        ..Bond::new(RelationKind::ResidentOf, from.entity.id, home.entity.id, evidence.clone())
    }));
    // "20 Keldran nationals": of what they are citizens the adjective says.
    if let (Tie::Citizen, true, Some(nation)) = (title.known.post, title.of.is_empty(), title.adjective) {
        let citizen = |from: &&One<'_>| Bond {
            kind: RelationKind::CitizenOf,
            from: from.entity.id,
            to: None,
            title: Some(nation..nation + 1),
            ended,
            evidence: evidence.clone(),
        };
        bonds.extend(holders.iter().map(citizen));
    }
    // "the brothers Ada and Ben Roe" are each other's.
    if title.known.post == Tie::Sibling && title.known.plural && held.told && to.is_empty() && !title.owned {
        let pairs = holders.windows(2).filter(|pair| pair[0].entity.id != pair[1].entity.id);
        let words = evidence.clone();
        bonds.extend(pairs.map(|pair| Bond {
            ended,
            ..Bond::new(RelationKind::SiblingOf, pair[0].entity.id, pair[1].entity.id, words.clone())
        }));
    }
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
        let told = held.told && !(title.owned && title.of.is_empty()) || says_enough(title, from);
        if to.is_empty() && told && stands_alone(title) {
            let kind = match title.known.post {
                Tie::Spokesperson => RelationKind::SpokespersonOf,
                Tie::Office if !title.of.iter().any(|of| of.entity.kind == EntityKind::Organisation) => {
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

/// Whether a description alone tells a post: "the former secretary of state" of one who has a name, "a company spokesman".
fn says_enough(title: &Title<'_>, holder: &One<'_>) -> bool {
    let long = title.words.len() > 1;
    // "The Keldran leader".
    let rules = title.known.post == Tie::Post && title.rules;
    if rules && title.nation && title.has_article && !title.known.plural {
        return true;
    }
    match title.known.post {
        Tie::Office => {
            (holder.entity.name.is_some() && long && title.ended || title.nation && title.has_article)
                && !title.known.plural
        }
        Tie::Spokesperson => {
            title.of.is_empty()
                && !title.known.plural
                && if title.nation { !title.told_by_noun } else { long && title.told_by_noun }
        }
        _ => false,
    }
}

/// Whether a title says something of its holder where no body is known.
fn stands_alone(title: &Title<'_>) -> bool {
    match title.known.post {
        Tie::Office | Tie::Post | Tie::Rank | Tie::Spokesperson => true,
        // "Attorney Ada Roe"; but "his lawyer" is somebody's.
        Tie::Lawyer => !title.has_article && !title.owned,
        Tie::Calling
        | Tie::Member
        | Tie::Owner
        | Tie::Resident
        | Tie::Citizen
        | Tie::Ally
        | Tie::Parent
        | Tie::Child
        | Tie::Sibling
        | Tie::Spouse
        | Tie::ChildInLaw
        | Tie::ParentInLaw
        | Tie::Kin => false,
    }
}

fn can_hold(one: &One<'_>, post: Tie) -> bool {
    match one.entity.kind {
        EntityKind::Person => true,
        // A firm owns, a state is an ally.
        EntityKind::Organisation
        | EntityKind::Place
        | EntityKind::Government
        | EntityKind::Media
        | EntityKind::Group => {
            matches!(post, Tie::Owner | Tie::Ally | Tie::Member)
        }
        _ => false,
    }
}

fn can_be_of(one: &One<'_>, title: &Title<'_>) -> bool {
    use EntityKind::{Government, Group, Person, Place};
    let kind = one.entity.kind;
    match title.known.post {
        Tie::Parent | Tie::Child | Tie::Sibling | Tie::Spouse | Tie::ChildInLaw | Tie::ParentInLaw | Tie::Kin => {
            kind == Person || kind == Group && one.entity.name.is_none()
        }
        // "Roe's rival, the former governor": nobody's governor, as far as people go.
        Tie::Office if kind == Person && title.governs => false,
        // "Roe's vice president".
        Tie::Office | Tie::Rank => (kind != Person || title.possessed) && kind != EntityKind::Document,
        Tie::Post => kind != EntityKind::Document,
        // "a Keldran official", "an Everest guide" hold no post of the place.
        Tie::Calling => !matches!(kind, EntityKind::Document | Place | Group),
        Tie::Spokesperson | Tie::Lawyer | Tie::Ally => kind != EntityKind::Document,
        Tie::Member => !matches!(kind, Person | Place | EntityKind::Document),
        Tie::Owner => !matches!(kind, Person | Place | Government | Group),
        Tie::Resident => matches!(kind, Place | EntityKind::Facility),
        Tie::Citizen => matches!(kind, Place | Government | Group),
    }
}

/// The relation that a title is, and whether it reads from the owner to the holder.
fn kind(title: &Title<'_>, of: &One<'_>) -> (RelationKind, bool) {
    match title.known.post {
        Tie::Office if of.entity.kind == EntityKind::Media => (RelationKind::Role, false),
        Tie::Office => (RelationKind::Office, false),
        Tie::Post | Tie::Calling | Tie::Rank => (RelationKind::Role, false),
        Tie::Spokesperson => (RelationKind::SpokespersonOf, false),
        // "Counsel at the bank", "the ministry's lawyer" are posts of a body as much as its lawyers.
        Tie::Lawyer if is_state(of.entity) => (RelationKind::Office, false),
        Tie::Lawyer => (RelationKind::LawyerOf, false),
        Tie::Member => (RelationKind::MemberOf, false),
        Tie::Owner => (RelationKind::OwnedBy, true),
        Tie::Resident => (RelationKind::ResidentOf, false),
        Tie::Citizen => (RelationKind::CitizenOf, false),
        Tie::Ally => (RelationKind::AllyOf, false),
        Tie::Parent => (RelationKind::ParentOf, false),
        Tie::Child => (RelationKind::ParentOf, true),
        Tie::Sibling => (RelationKind::SiblingOf, false),
        Tie::Spouse => (RelationKind::SpouseOf, false),
        Tie::ChildInLaw => (RelationKind::ChildInLawOf, false),
        Tie::ParentInLaw => (RelationKind::ChildInLawOf, true),
        Tie::Kin => (RelationKind::KinOf, false),
    }
}
