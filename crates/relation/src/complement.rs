//! The complement behind a title: "of Lorne", "for the ministry", "of health and labour".

use std::ops::Range;

use reportedly_record::{Entity, EntityKind, Mention};

use crate::page::{One, Page};
use crate::title::{Title, is_body_name, is_courtesy, is_title_from};
use crate::words::{self, Tie};

/// Prepositions before the body that a post is in, the surest first.
const BEFORE_BODY: [&str; 7] = ["of", "for", "at", "with", "in", "from", "to"];

/// Posts that are somebody's to whom they are said to be.
const SERVE: [&str; 20] = [
    "adviser",
    "advisor",
    "advisers",
    "advisors",
    "aide",
    "aides",
    "assistant",
    "assistants",
    "counsel",
    "counselor",
    "counsellor",
    "consultant",
    "consultants",
    "deputy",
    "lawyer",
    "attorney",
    "secretary",
    "speechwriter",
    "chaplain",
    "bodyguard",
];

/// Whether a post is somebody's to whom it is said to be: "an adviser to the group".
pub(crate) fn serves(noun: &str) -> bool {
    SERVE.contains(&noun)
}

/// Reads the complement behind a title: "of Lorne", "for the ministry", "at large at the Gazette".
pub(crate) fn complement<'a>(page: &Page<'a>, title: &mut Title<'a>) {
    let limit = page.sentence(title.words.start).end;
    let mut i = title.words.end;
    beside(page, title);
    let mut rank = title.of.is_empty().then_some(BEFORE_BODY.len());
    // "Minister of Health of Keldra": two complements at the most.
    for _ in 0..3 {
        let Some(case) = BEFORE_BODY.iter().position(|p| *p == page.lower(i)) else { break };
        // "supporters in the hall" are not the hall's.
        let loose = title.known.post == Tie::Ally && !matches!(page.lower(i), "of" | "to");
        if page.upos(i) != "ADP" || i + 1 >= limit || loose {
            break;
        }
        let Some((phrase, head)) = page.noun_phrase(i + 1) else { break };
        let (phrase, head) = before_holder(page, title, phrase, head);
        // "the son of the rich trader Ben Roe": his name, and not what he is called before it.
        if title.known.post.is_kin()
            && page.lower(i) == "of"
            && rank.is_some()
            && let Some((mention, name)) = called(page, i + 1, limit)
        {
            title.of = page.ones((mention, name.clone()));
            title.owned = true;
            title.phrase.end = name.end;
            coordinated(page, title, name.end, limit);
            break;
        }
        let close = matches!(page.lower(i), "of" | "for" | "at");
        // "his brother in Lorne".
        // Of "buried his father in Lorne" the place is the burial's.
        let governed = page.syntax.words[title.words.end - 1].deprel.as_str() == "obj";
        if title.known.post.is_kin() && page.lower(i) == "in" && !governed {
            let place = page.name(head).filter(|(m, _)| m.kind == EntityKind::Place && page.xpos(phrase.end) != "POS");
            let Some(place) = place else { break };
            title.home = page.ones(place);
            title.phrase.end = phrase.end;
            break;
        }
        let ones = page.at(head);
        if ones.is_empty() && !close {
            break;
        }
        let body = |one: &One<'_>| one.entity.kind != EntityKind::Document;
        let to_place = page.lower(i) == "to"
            || page.lower(i) == "in" && ones.iter().any(|one| one.entity.kind != EntityKind::Organisation);
        // A place after "in" is where the post is, seldom whose it is; "envoy to Keldra" is another's.
        let of_state =
            page.lower(i) == "in" && title.known.post == Tie::Office && ones.iter().all(|one| is_state(one.entity));
        // "an adviser to the group" is one of it.
        let serves = page.lower(i) == "to"
            && serves(page.lower(title.words.end - 1))
            && ones.iter().any(|one| one.entity.kind != EntityKind::Place);
        let counts = !to_place || of_state || serves || title.known.post.is_kin() || title.known.post == Tie::Resident;
        if rank.is_some_and(|rank| case < rank) && !ones.is_empty() && counts && ones.iter().all(body) {
            rank = Some(case);
            title.of = ones;
            title.owned = true;
            title.phrase.end = phrase.end;
            i = coordinated(page, title, phrase.end, limit);
            continue;
        }
        // "minister of health": its matter is part of the title.
        let matter = page.lower(i) == "of" || page.lower(i) == "for" && page.is_capital(head) && page.is_capital(i - 1);
        // "head of UN operations": a body named inside the matter.
        let skip = usize::from(page.upos(i + 1) == "DET");
        if let Some((mention, name)) =
            page.name_from(i + 1 + skip).filter(|(m, _)| ones.is_empty() && is_body_name(m.kind))
            && rank.is_some()
            && name.end < phrase.end
            // "Head of the Lorne Harbour Board's salvage unit": the unit is the board's and not Lorne's.
            && (name.end..phrase.end).all(|at| page.xpos(at) != "POS")
        {
            title.of = page.ones((mention, name.clone()));
            title.owned = true;
            title.phrase.end = phrase.end;
            break;
        }
        // "president of a trade council", which is no entity: a body all the same.
        let some_body = page.upos(i + 1) == "DET" && title.known.post != Tie::Office
            || matches!(page.lower(i + 1), "a" | "an")
            || (i + 1..phrase.end).any(|at| page.xpos(at) == "POS");
        if ones.is_empty() && some_body && rank.is_some() {
            title.owned = true;
            title.phrase.end = title.phrase.end.max(phrase.end);
            break;
        }
        if ones.is_empty() && matter && title.words.end == i && rank.is_some() {
            title.matter = true;
            title.words.end = matters(page, phrase.end);
            if page.lower(phrase.end) == "and"
                && matches!(page.upos(phrase.end + 1), "NOUN" | "PROPN")
                && page.name(phrase.end + 1).is_none()
                && page.is_capital(phrase.end + 1) == page.is_capital(head)
                && !is_title_from(page, phrase.end + 1)
                && words::title(page.lower(phrase.end + 1)).is_none()
            {
                title.words.end = page.noun_phrase(phrase.end + 1).map_or(phrase.end + 2, |(more, _)| more.end);
            }
        }
        title.phrase.end = title.phrase.end.max(phrase.end).max(title.words.end);
        i = title.phrase.end;
    }
}

/// "Ada Roe, Secretary Tarn Society": a body that stands behind a title without any word between.
fn beside<'a>(page: &Page<'a>, title: &mut Title<'a>) {
    let apposed =
        title.phrase.start.checked_sub(1).is_some_and(|i| page.lower(i) == "," && page.person_until(i).is_some());
    let (first, last) = (title.words.start, title.words.end - 1);
    if !apposed
        || title.has_article
        || !title.of.is_empty()
        || title.owned
        || !page.is_capital(first)
        || !page.is_capital(last)
    {
        return;
    }
    let body = page.name_from(title.words.end).filter(|(m, _)| m.kind != EntityKind::Person && is_body_name(m.kind));
    if let Some((mention, name)) = body.filter(|(m, _)| m.kind != EntityKind::Group) {
        title.phrase.end = name.end;
        title.of = page.ones((mention, name));
        title.owned = true;
    }
}

/// Whether a place is a state, as far as the gazetteer or the table of adjectives knows.
pub(crate) fn is_state(entity: &Entity) -> bool {
    let located = entity.place.as_ref().is_some_and(|place| place.country.is_some() && place.division.is_none());
    located || entity.name.as_deref().is_some_and(|name| words::is_country(&name.to_lowercase()))
}

/// The person's name behind a row of words that say what he is: "the rich trader and singer Ben Roe".
fn called<'a>(page: &Page<'a>, start: usize, limit: usize) -> Option<(&'a Mention, Range<usize>)> {
    for at in start..limit.min(start + 10) {
        if let Some(name) = page.person_from(at) {
            return (page.upos(at - 1) != "CCONJ" && page.xpos(name.1.end) != "POS").then_some(name);
        }
        let told = matches!(page.upos(at), "DET" | "ADJ" | "NOUN" | "PROPN" | "CCONJ") || page.xpos(at) == "PRP$";
        if !told || page.name(at).is_some() || page.upos(at) == "NOUN" && page.xpos(at) == "NNS" {
            return None;
        }
    }
    None
}

/// "Minister for Gender, Labour, and Social Development": where a row of capitalised matters ends.
fn matters(page: &Page<'_>, from: usize) -> usize {
    let mut end = from;
    loop {
        let mut at = end;
        at += usize::from(page.lower(at) == ",");
        let and = page.lower(at) == "and";
        at += usize::from(and);
        let run = (at..at + 4)
            .take_while(|i| {
                page.is_capital(*i) && matches!(page.upos(*i), "NOUN" | "PROPN" | "ADJ") && page.name(*i).is_none()
            })
            .count();
        if at == end || run == 0 {
            return from;
        }
        end = at + run;
        if and {
            return end;
        }
    }
}

/// A complement without the name of the one who holds the post: "President of the Tarn Society | Ada Roe".
fn before_holder(page: &Page<'_>, title: &Title<'_>, phrase: Range<usize>, head: usize) -> (Range<usize>, usize) {
    let whole = (phrase.clone(), head);
    let Some((mention, name)) = page.name(head) else { return whole };
    if mention.kind != EntityKind::Person || title.known.post.is_kin() {
        return whole;
    }
    let mut end = name.start;
    let titled = |i: usize| is_courtesy(page, i) || page.is_capital(i) && words::title(page.lower(i)).is_some();
    while end > phrase.start + 1 && page.name(end - 1).is_none() && titled(end - 1) {
        end -= 1;
    }
    let last = end.wrapping_sub(1);
    let proper = page.name(last).is_some_and(|(m, _)| m.kind != EntityKind::Person)
        || page.is_capital(last) && words::title(page.lower(last)).is_none();
    let noun = matches!(page.upos(last), "NOUN" | "PROPN");
    if end > phrase.start && proper && noun { (phrase.start..end, last) } else { whole }
}

/// "the daughter of Marek and Judit Orlick": names of one kind joined to the complement.
fn coordinated<'a>(page: &Page<'a>, title: &mut Title<'a>, from: usize, limit: usize) -> usize {
    let kind = title.of.first().map(|one| one.entity.kind);
    let mut at = from;
    // "of Keldra, Sarmia and Arn": a list, if it ends with "and".
    let item = |at: usize| {
        let skip = usize::from(page.upos(at) == "DET");
        page.name_from(at + skip).filter(|(m, _)| Some(m.kind) == kind)
    };
    let ends = |at: usize| {
        let mut at = at;
        while page.lower(at) == "," && page.lower(at + 1) != "and" {
            at = item(at + 1)?.1.end;
        }
        at += usize::from(page.lower(at) == ",");
        (page.lower(at) == "and" && item(at + 1).is_some()).then_some(at)
    };
    let plural = title.known.plural;
    while at + 1 < limit && (page.lower(at) == "and" || plural && page.lower(at) == "," && ends(at).is_some()) {
        let comma = page.lower(at) == "," && page.lower(at + 1) == "and";
        at += usize::from(comma);
        let Some((mention, words)) = item(at + 1) else { break };
        // "of Lorne and Ada Roe said": a name that goes on as a subject is another clause's.
        if matches!(page.upos(words.end), "VERB" | "AUX") && title.known.post.is_kin()
            || page.lower(words.end) == "," && page.upos(words.end + 1) == "DET"
        {
            break;
        }
        title.of.extend(page.ones((mention, words.clone())));
        title.phrase.end = words.end;
        at = words.end;
    }
    at
}
