//! Other names: "the Harbour Safety Board (HSB)", "also known as".

use std::ops::Range;

use reportedly_record::{EntityKind, RelationKind};

use crate::bond::Bond;
use crate::page::{One, Page};

/// Finds other names of those whom the text names.
pub(crate) fn aliases(page: &Page<'_>) -> Vec<Bond> {
    (0..page.len()).filter_map(|i| bracketed(page, i).or_else(|| known_as(page, i))).collect()
}

/// Initials in brackets behind a name.
fn bracketed(page: &Page<'_>, open: usize) -> Option<Bond> {
    if page.lower(open) != "(" && page.lower(open) != "[" {
        return None;
    }
    let marks = open - usize::from(open > 0 && page.xpos(open - 1) == "POS");
    let (mention, words) = page.name_until(marks)?;
    let close = (open + 1..page.len().min(open + 6)).find(|i| matches!(page.lower(*i), ")" | "]"))?;
    let short = open + 1..close;
    if short.is_empty() {
        return None;
    }
    // A name in its own letters.
    let foreign = |c: char| c.is_alphabetic() && !c.is_ascii() && !is_latin(c);
    if short.clone().all(|i| page.said(i).chars().all(foreign)) {
        let ones = page.ones((mention, words.clone()));
        let [one] = ones.as_slice() else { return None };
        return Some(alias(one, None, short, words.start..close + 1));
    }
    if matches!(mention.kind, EntityKind::Person | EntityKind::Place) {
        return None;
    }
    let letters: String =
        short.clone().map(|i| page.said(i)).collect::<String>().chars().filter(|c| c.is_alphanumeric()).collect();
    let capitals = letters.chars().filter(|c| c.is_uppercase()).count();
    let initials: String = words
        .clone()
        .filter(|i| page.is_capital(*i) || page.upos(*i) == "PROPN")
        .filter_map(|i| page.said(i).chars().next())
        .collect::<String>()
        .to_uppercase();
    let upper = letters.to_uppercase();
    // Its letters are the name's initials, in order; one of them may be left out or belong to a word inside.
    let mut rest = initials.chars();
    let in_order = upper.chars().filter(|c| rest.clone().any(|i| i == *c) && rest.by_ref().any(|i| i == *c)).count();
    let fits = letters.len() >= 2
        && capitals >= 2
        && upper.chars().next() == initials.chars().next()
        && in_order + 1 >= upper.chars().count();
    let short_name = page.name(short.start);
    let other = short_name.clone().map(|name| page.ones(name)).unwrap_or_default();
    let ones = page.ones((mention, words.clone()));
    let [one] = ones.as_slice() else { return None };
    // "the Keldran Centre for Tides (Cenmar)": a body in brackets behind a body is its other name.
    let body = short_name.as_ref().is_some_and(|(m, inside)| {
        m.kind == EntityKind::Organisation && *inside == short && mention.kind == EntityKind::Organisation
    });
    let word = short.len() == 1 && letters.len() >= 3 && upper.chars().next() == initials.chars().next();
    let known = body
        && (short.len() > 1 || capitals >= 2 || letters.chars().next().is_some_and(|c| initials.contains(c)))
        || word && mention.kind == EntityKind::Organisation && page.is_capital(short.start);
    if (fits || known) && words.len() > 1 {
        return Some(alias(one, other.first(), short, words.start..close + 1));
    }
    // "the Keldran Broadcasting Corporation (KBC)", of which only a part was seen as the name.
    let start = lead(page, words.start);
    let initials: String = (start..words.end)
        .filter(|i| page.is_capital(*i))
        .filter_map(|i| page.said(i).chars().next())
        .collect::<String>()
        .to_uppercase();
    let own = letters.len() > 2 && capitals == letters.len() && start < words.start && initials.ends_with(&upper);
    own.then(|| alias(one, other.first(), short, start..close + 1))
}

/// Where a row of capitalised words that a name ends begins.
fn lead(page: &Page<'_>, from: usize) -> usize {
    let sentence = page.sentence(from).start;
    let mut start = from;
    for i in (sentence..from).rev().take(8) {
        let small = matches!(page.lower(i), "of" | "for" | "and" | "the" | "&" | "in");
        if page.is_capital(i) && !small && page.upos(i) != "VERB" {
            start = i;
        } else if !small {
            break;
        }
    }
    start
}

/// Whether a letter is one of the Latin alphabet, with or without marks.
fn is_latin(letter: char) -> bool {
    ('\u{0041}'..='\u{024f}').contains(&letter) || ('\u{1e00}'..='\u{1eff}').contains(&letter)
}

/// "Daesh, also known as ISIL".
fn known_as(page: &Page<'_>, at: usize) -> Option<Bond> {
    let known = matches!(page.lower(at), "known" | "referred") && matches!(page.lower(at + 1), "as" | "to");
    let aka = matches!(page.lower(at), "aka" | "a.k.a." | "alias" | "a.k.a");
    if !known && !aka {
        return None;
    }
    let start = match (aka, page.lower(at + 1), page.lower(at + 2)) {
        (true, ..) => at + 1,
        (_, "as", _) => at + 2,
        (_, "to", "as") => at + 3,
        _ => return None,
    };
    let mut before = at;
    while matches!(
        page.lower(before.wrapping_sub(1)),
        "also"
            | "better"
            | "otherwise"
            | "formerly"
            | "commonly"
            | "formally"
            | "popularly"
            | "officially"
            | "collectively"
            | "simply"
            | "now"
            | "previously"
            | "widely"
            | "is"
            | "are"
            | "was"
            | "("
            | ","
            | "sometimes"
            | "locally"
            | "who"
            | "which"
    ) {
        before -= 1;
    }
    let former = (before..at).any(|i| matches!(page.lower(i), "formerly" | "previously"));
    let (mention, words) = page.name_until(before)?;
    let skip = (start..start + 2).take_while(|i| matches!(page.lower(*i), "the" | "\"" | "“" | "‘" | "'")).count();
    let (other, name) = page.name_from(start + skip)?;
    let (ones, others) = (page.ones((mention, words.clone())), page.ones((other, name.clone())));
    let [one] = ones.as_slice() else { return None };
    let alias = alias(one, others.first(), name.clone(), words.start..name.end);
    Some(Bond { ended: former, ..alias })
}

fn alias(one: &One<'_>, other: Option<&One<'_>>, name: Range<usize>, evidence: Range<usize>) -> Bond {
    // The two may be one entity by then: the other name is then said by the title alone.
    let from = other.map_or(one.entity.id, |other| other.entity.id);
    Bond { title: Some(name), ..Bond::new(RelationKind::AliasOf, from, one.entity.id, evidence) }
}
