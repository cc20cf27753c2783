//! Names that are several, or run on into what is none: over the end of a sentence, through a list, a title or a quotation mark.

use std::collections::BTreeMap;
use std::ops::Range;

use reportedly_record::{EntityKind, Syntax};

use crate::lexicon::{self, Gender, Sense};
use crate::tidy::is_state;

type Found = (EntityKind, Range<usize>);

/// Last words of firms' names.
const FIRMS: [&str; 9] = ["Co.", "Inc.", "Corp.", "Ltd.", "LLC", "PLC", "Inc", "Corp", "Ltd"];

/// Titles that stand right before a name, shortened.
const SHORT: [&str; 15] = [
    "Sen.", "Sens.", "Rep.", "Reps.", "Gov.", "Gen.", "Adm.", "Lt.", "Col.", "Sgt.", "Capt.", "Rev.", "Mr.", "Mrs.",
    "Ms.",
];

/// Titles that stand right before a name, in full.
const FULL: [&str; 12] = [
    "Speaker",
    "Leader",
    "President",
    "Chairman",
    "Chairwoman",
    "Secretary",
    "Director",
    "Senator",
    "Governor",
    "Congressman",
    "Congresswoman",
    "Whip",
];

/// Takes apart what was found as one name.
pub(crate) fn unglued<'a>(said: &impl Fn(usize) -> &'a str, syntax: &Syntax, found: Vec<Found>) -> Vec<Found> {
    let known = known(said, &found);
    let touches = |i: usize| i > 0 && syntax.words[i - 1].span.bytes().end == syntax.words[i].span.bytes().start;
    let mut apart: Vec<Found> = Vec::with_capacity(found.len());
    for (kind, at) in found {
        // "@keldranews", "#rain": who or what hides behind it is not said.
        let handle = touches(at.start) && said(at.start - 1) == "@" || said(at.start).starts_with(['@', '#']);
        let several = kind == EntityKind::Organisation && at.len() == 1 && is_plural(said(at.start));
        if (handle || several) && kind != EntityKind::Person {
            let told = at.clone().any(|i| said(i).contains(char::is_uppercase));
            apart.extend(told.then_some((EntityKind::Other, at)));
            continue;
        }
        let whole = at.clone();
        let at = within_marks(said, at);
        let at = cut(said, syntax, kind, at);
        if at.is_empty() {
            continue;
        }
        let short = (at != whole).then(|| known.get(&at.clone().map(said).collect::<Vec<_>>()));
        let kind = short.flatten().copied().flatten().unwrap_or(kind);
        let parts = firm(said, kind, &at)
            .or_else(|| titled(said, kind, &at))
            .or_else(|| countries(said, kind, &at))
            .or_else(|| people(said, kind, &at))
            .or_else(|| both(said, &known, kind, &at));
        match parts {
            Some(parts) => apart.extend(parts),
            None => apart.push((kind, at)),
        }
    }
    apart
}

/// The kind of each name, where it is one throughout.
fn known<'a>(said: &impl Fn(usize) -> &'a str, found: &[Found]) -> BTreeMap<Vec<&'a str>, Option<EntityKind>> {
    let mut known: BTreeMap<Vec<&str>, Option<EntityKind>> = BTreeMap::new();
    for (kind, at) in found {
        let one = known.entry(at.clone().map(said).collect()).or_insert(Some(*kind));
        *one = one.filter(|other| other == kind);
    }
    known
}

/// "CPCs": several of what is shortened so.
fn is_plural(word: &str) -> bool {
    let stem = word.strip_suffix('s').unwrap_or_default();
    stem.len() > 1 && stem.chars().all(char::is_uppercase)
}

/// A name without a mark in front or the one that closes it, and only up to one that is not closed in it: Roe "The Gull.
fn within_marks<'a>(said: &impl Fn(usize) -> &'a str, mut at: Range<usize>) -> Range<usize> {
    let opens = |i: usize| matches!(said(i), "“" | "\"" | "«" | "‘");
    while at.len() > 1 && opens(at.start) {
        at.start += 1;
    }
    let closed = |open: usize| (open + 1..at.end).any(|i| matches!(said(i), "”" | "\"" | "»" | "’"));
    let open = (at.start + 1..at.end).find(|i| opens(*i)).filter(|open| !closed(*open));
    let mut end = open.unwrap_or(at.end);
    while end < at.end && end > at.start + 1 && said(end - 1) == "," {
        end -= 1;
    }
    // The one that closes the marks around it: “The Gull”.
    let closes = |i: usize| matches!(said(i), "”" | "\"" | "»") && !(at.start..i).any(opens);
    while end > at.start + 1 && closes(end - 1) {
        end -= 1;
    }
    at.start..end
}

/// A name without words at its ends that are none of it: "congressional Republicans", "the Keldra News poll", "the Guard nor".
fn cut<'a>(said: &impl Fn(usize) -> &'a str, syntax: &Syntax, kind: EntityKind, mut at: Range<usize>) -> Range<usize> {
    let body = kind == EntityKind::Organisation;
    let small = |i: usize| said(i).chars().all(char::is_lowercase);
    if body || kind == EntityKind::Other {
        at.end = (at.start + 1..at.end).find(|i| matches!(said(*i), "nor" | "if")).unwrap_or(at.end);
    }
    if body {
        while at.len() > 1 && small(at.start) && syntax.words[at.start].upos == "ADJ" {
            at.start += 1;
        }
        let none = |i: usize| {
            let sense = lexicon::noun(said(i)).map(|noun| noun.sense);
            matches!(sense, Some(Sense::Of(EntityKind::Document | EntityKind::Person)))
        };
        while at.len() > 1 && small(at.end - 1) && none(at.end - 1) {
            at.end -= 1;
        }
        // "The Senate Republican leader": of the Senate, not of a "Senate Republican".
        let next = |i: usize| syntax.words.get(i).is_some_and(|w| w.upos == "NOUN");
        if at.len() > 1 && matches!(said(at.end - 1), "Democratic" | "Republican") && next(at.end) && small(at.end) {
            at.end -= 1;
        }
        // "Democratic Sen.": somebody's title.
        while !at.is_empty() && SHORT.contains(&said(at.end - 1)) {
            at.end -= 1;
        }
    }
    at
}

/// "Dorr & Pike Co. Roe said": a firm and somebody; "Dorr Inc. DRR": a firm and how its shares are called.
fn firm<'a>(said: &impl Fn(usize) -> &'a str, kind: EntityKind, at: &Range<usize>) -> Option<Vec<Found>> {
    let last = (at.start + 1..at.end.checked_sub(1)?).find(|i| FIRMS.contains(&said(*i)))?;
    let rest = last + 1..at.end;
    let firm = (EntityKind::Organisation, at.start..last + 1);
    match kind {
        EntityKind::Person => Some(vec![firm, (kind, rest)]),
        EntityKind::Organisation => {
            let ticker = rest.len() == 1 && (2..6).contains(&said(rest.start).len());
            (ticker && said(rest.start).chars().all(char::is_uppercase)).then(|| vec![firm])
        }
        _ => None,
    }
}

/// "Keldra Sen. Ada Roe", "House Speaker Ada Roe": somebody behind a title.
fn titled<'a>(said: &impl Fn(usize) -> &'a str, kind: EntityKind, at: &Range<usize>) -> Option<Vec<Found>> {
    let body = kind == EntityKind::Organisation;
    let given = |i: usize| lexicon::given(&said(i).to_lowercase()) != Gender::Open;
    if body && at.len() == 2 && matches!(said(at.start), "Mr." | "Mrs." | "Ms.") {
        return Some(vec![(EntityKind::Person, at.clone())]);
    }
    if !body && kind != EntityKind::Person {
        return None;
    }
    let is_body = |i: usize| {
        let sense = lexicon::noun(&said(i).to_lowercase()).map(|noun| noun.sense);
        matches!(sense, Some(Sense::Of(kind)) if kind != EntityKind::Person)
    };
    let no_body = !(body && is_body(at.end - 1));
    let short = (at.start + 1..at.end - 1).rev().find(|i| SHORT.contains(&said(*i))).filter(|_| no_body);
    let full = || {
        let title = |i: &usize| FULL.contains(&said(*i)) && given(i + 1) && at.end - i > 2;
        (at.start..at.end - 1).rev().find(title).filter(|_| body && no_body)
    };
    let title = short.or_else(full)?;
    let of = (title + 1..at.end).find(|i| said(*i) == "of");
    let mut parts = Vec::new();
    let words = |at: Range<usize>| at.map(|i| said(i).to_lowercase()).collect::<Vec<_>>();
    let area = |at: Range<usize>| is_state(&words(at.clone())) || lexicon::is_country(&words(at));
    if short == Some(title) && area(at.start..title) {
        parts.push((EntityKind::Place, at.start..title));
    }
    parts.push((EntityKind::Person, title + 1..of.unwrap_or(at.end)));
    if let Some(of) = of.filter(|of| area(of + 1..at.end)) {
        parts.push((EntityKind::Place, of + 1..at.end));
    }
    Some(parts)
}

/// "Iran Iraq Ireland": countries of a list without commas, and the names that stand between them.
fn countries<'a>(said: &impl Fn(usize) -> &'a str, kind: EntityKind, at: &Range<usize>) -> Option<Vec<Found>> {
    const LONGEST: usize = 4;
    if kind != EntityKind::Place || at.clone().any(|i| said(i) == ",") {
        return None;
    }
    let country = |i: usize| {
        let words = |end: usize| (i..end).map(|i| said(i).to_lowercase()).collect::<Vec<_>>();
        let part = i > at.start && said(i - 1) == "of";
        (i + 1..=at.end.min(i + LONGEST)).rev().find(|end| !part && lexicon::is_country(&words(*end)))
    };
    if at.clone().any(|i| matches!(said(i), "City" | "Gulf" | "River")) {
        return None;
    }
    let name = |at: Range<usize>| at.clone().any(|i| said(i).starts_with(char::is_uppercase)).then_some((kind, at));
    let (mut parts, mut i, mut from, mut countries) = (Vec::new(), at.start, at.start, 0);
    while i < at.end {
        let Some(end) = country(i) else {
            i += 1;
            continue;
        };
        parts.extend(name(from..i));
        parts.push((kind, i..end));
        countries += 1;
        (i, from) = (end, end);
    }
    parts.extend(name(from..at.end));
    (countries > 1).then_some(parts)
}

/// "Ada J. Roe Ben D. Lind": people of a list without commas, each with a letter in the middle.
fn people<'a>(said: &impl Fn(usize) -> &'a str, kind: EntityKind, at: &Range<usize>) -> Option<Vec<Found>> {
    if kind != EntityKind::Person {
        return None;
    }
    let given = |i: usize| lexicon::given(&said(i).to_lowercase()) != Gender::Open;
    let letter = |i: usize| said(i).len() == 2 && said(i).ends_with('.');
    let (mut parts, mut from) = (Vec::new(), at.start);
    for i in at.start + 3..at.end {
        if i - from > 2 && letter(from + 1) && given(i) && at.end - i > 1 {
            parts.push((kind, from..i));
            from = i;
        }
    }
    (from > at.start).then(|| {
        parts.push((kind, from..at.end));
        parts
    })
}

/// "The Guard and the Keldra Line" found as one, where each is named alone elsewhere.
fn both<'a>(
    said: &impl Fn(usize) -> &'a str,
    known: &BTreeMap<Vec<&'a str>, Option<EntityKind>>,
    kind: EntityKind,
    at: &Range<usize>,
) -> Option<Vec<Found>> {
    if !matches!(kind, EntityKind::Organisation | EntityKind::Other) {
        return None;
    }
    let and = (at.start + 1..at.end.checked_sub(1)?).find(|i| said(*i) == "and")?;
    let second = and + 1 + usize::from(matches!(said(and + 1), "the" | "The"));
    let (a, b) = (at.start..and, second..at.end);
    let of = |at: &Range<usize>| known.get(&at.clone().map(said).collect::<Vec<_>>()).copied().flatten();
    // "Dorr and Dorr".
    if a.clone().map(said).eq(b.clone().map(said)) {
        return None;
    }
    let (first, last) = (of(&a)?, of(&b)?);
    Some(vec![(first, a), (last, b)])
}

#[cfg(test)]
mod tests {
    use super::*;

    use EntityKind::{Organisation, Person, Place};

    fn words(words: &'static str) -> impl Fn(usize) -> &'static str {
        let all: Vec<&str> = words.split(' ').collect();
        move |i| all[i]
    }

    #[test]
    fn a_firm_and_somebody_are_two() {
        let said = words("Dorr & Pike Co. Roe");
        assert_eq!(firm(&said, Person, &(0..5)), Some(vec![(Organisation, 0..4), (Person, 4..5)]));
        assert_eq!(firm(&words("Dorr Inc. DRR"), Organisation, &(0..3)), Some(vec![(Organisation, 0..2)]));
        assert_eq!(firm(&words("Dorr & Pike Co."), Organisation, &(0..4)), None);
        assert_eq!(firm(&words("Ohio AG Ada Roe"), Person, &(0..4)), None);
    }

    #[test]
    fn a_title_is_no_part_of_a_name() {
        assert_eq!(titled(&words("Ohio Sen. Ada Roe"), Person, &(0..4)), Some(vec![(Place, 0..1), (Person, 2..4)]));
        assert_eq!(titled(&words("House Speaker Ada Roe"), Organisation, &(0..4)), Some(vec![(Person, 2..4)]));
        assert_eq!(titled(&words("President Ada Roe University"), Organisation, &(0..4)), None);
        assert_eq!(titled(&words("Ada Roe"), Person, &(0..2)), None);
        assert_eq!(titled(&words("Lorne Gen. Hospital"), Organisation, &(0..3)), None);
    }

    #[test]
    fn lists_without_commas_are_taken_apart() {
        let parts = countries(&words("Iran Iraq Costa Rica"), Place, &(0..4));
        assert_eq!(parts, Some(vec![(Place, 0..1), (Place, 1..2), (Place, 2..4)]));
        assert_eq!(countries(&words("Costa Rica"), Place, &(0..2)), None);
        assert_eq!(countries(&words("Iran and Iraq"), Place, &(0..3)), Some(vec![(Place, 0..1), (Place, 2..3)]));
        assert_eq!(countries(&words("Kuwait City Iraq"), Place, &(0..3)), None);
        let parts = people(&words("Ada J. Roe Ben D. Lind"), Person, &(0..6));
        assert_eq!(parts, Some(vec![(Person, 0..3), (Person, 3..6)]));
        assert_eq!(people(&words("Ada J. Roe Jr."), Person, &(0..4)), None);
        let said = words("Guard and Line");
        let known = known(&words("Guard x Line"), &[(Organisation, 0..1), (Organisation, 2..3)]);
        assert_eq!(both(&said, &known, Organisation, &(0..3)), Some(vec![(Organisation, 0..1), (Organisation, 2..3)]));
        assert_eq!(both(&said, &BTreeMap::new(), Organisation, &(0..3)), None);
        assert_eq!(both(&words("Guard and Guard"), &known, Organisation, &(0..3)), None);
    }

    #[test]
    fn a_name_ends_where_a_mark_opens() {
        assert_eq!(within_marks(&words("Roe \" The Gull"), 0..4), 0..1);
        assert_eq!(within_marks(&words("Ada \" Gull \" Roe"), 0..5), 0..5);
        assert_eq!(within_marks(&words("“ The Gull"), 0..3), 1..3);
        assert_eq!(within_marks(&words("60 Gulls ”"), 0..3), 0..2);
        assert!(is_plural("CPCs") && !is_plural("Us") && !is_plural("NATO"));
    }
}
