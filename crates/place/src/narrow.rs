//! Where a mention holds a name of a place and words about it, the name alone: "southern Lebanon", "the city of Lorne", "Lorne
//! province", "Titus County Jail".

use std::ops::Range;

use crate::asked::{Form, candidates};
use crate::gazetteer::{Gazetteer, NameKind, PlaceKind};
use crate::words::{Words, words};

/// Finds the names in words that a mention takes in, as ranges of their bytes. `behind` is the text that follows.
pub(crate) fn narrowed(gazetteer: &Gazetteer, name: &str, behind: &str) -> Vec<Range<usize>> {
    let known = |words: &str| candidates(gazetteer, words, Form::Name).iter().any(|c| !c.trimmed);
    if known(name) {
        return std::iter::once(0..name.len() + stop(gazetteer, name, behind)).collect();
    }
    let mut found = Vec::new();
    for run in runs(name) {
        let mut run = run;
        // "Western Canada", "City of Lorne", where the map has no such name.
        while let Some(rest) = led(&name[run.clone()])
            && !known(&name[run.clone()])
            && known(rest)
        {
            run.start = run.end - rest.len();
        }
        let words = &name[run.clone()];
        if let Some(county) = county(gazetteer, words) {
            run.end = run.start + county;
        }
        found.push(run);
    }
    if let Some(last) = found.last_mut().filter(|last| last.end == name.len()) {
        last.end += stop(gazetteer, &name[last.clone()], behind);
    }
    found
}

/// The stop behind "Wis", without which it is no abbreviation.
fn stop(gazetteer: &Gazetteer, name: &str, behind: &str) -> usize {
    let short = |words: &str| {
        candidates(gazetteer, words, Form::Name)
            .iter()
            .any(|c| c.called == NameKind::Short && matches!(c.place.kind, PlaceKind::Country | PlaceKind::Division))
    };
    let cut = name.chars().any(char::is_lowercase) && behind.starts_with('.') && short(&format!("{name}."));
    usize::from(cut)
}

/// A word about a place that is no part of its name when it stands in lower case.
fn is_about(word: &str) -> bool {
    let plain =
        |part: &str| [Words::DIRECTION, Words::SETTLEMENT, "city", "area"].iter().any(|list| words().is(list, part));
    word.starts_with(char::is_lowercase) && word.split('-').all(plain)
}

/// The runs of words between those that are only about places: "Helmand province of southwestern Afghanistan" holds two names.
fn runs(name: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for word in name.split(' ') {
        if !word.is_empty() {
            spans.push(at..at + word.len());
        }
        at += word.len() + 1;
    }
    let mut about: Vec<bool> = spans.iter().map(|span| is_about(&name[span.clone()])).collect();
    // "of", "the" beside such a word go with it.
    let small = |span: &Range<usize>| matches!(&name[span.clone()], "of" | "the" | "in" | "and");
    for i in 0..spans.len() {
        about[i] |= small(&spans[i]) && (i == 0 || about[i - 1]);
    }
    for i in (0..spans.len()).rev() {
        about[i] |= small(&spans[i]) && (i + 1 == spans.len() || about[i + 1]);
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for (i, span) in spans.iter().enumerate().filter(|(i, _)| !about[*i]) {
        match found.last_mut().filter(|_| i > 0 && !about[i - 1]) {
            Some(run) => run.end = span.end,
            None => found.push(span.clone()),
        }
    }
    if found.is_empty() {
        found.push(0..name.len());
    }
    found
}

/// What follows "Western" or "City of" in a name.
fn led(name: &str) -> Option<&str> {
    let (first, rest) = name.split_once(' ')?;
    let lower = first.to_lowercase();
    let kind = words().is(Words::SETTLEMENT, &lower) || ["city", "area"].iter().any(|list| words().is(list, &lower));
    match rest.strip_prefix("of ") {
        Some(rest) if kind && lower != "port" => Some(rest),
        Some(_) => None,
        _ if lower.split('-').all(|part| words().is(Words::DIRECTION, part)) || lower == "the" => Some(rest),
        _ => None,
    }
}

/// How much of a name that the map lacks is a county's: "Titus County" of "Titus County Jail".
fn county(gazetteer: &Gazetteer, name: &str) -> Option<usize> {
    let end = name.find(" County ")? + " County".len();
    let county = name.get(..end)?;
    let known = candidates(gazetteer, county, Form::Name).iter().any(|c| c.place.kind == PlaceKind::County);
    known.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_alone() {
        let gazetteer = Gazetteer::built_in().expect("it is whole");
        let check = |name: &str, behind: &str, expected: &[&str]| {
            let text = format!("{name}{behind}");
            let found: Vec<&str> = narrowed(&gazetteer, name, behind).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{name}");
        };
        check("southern Lebanon", "", &["Lebanon"]);
        check("south-east England", "", &["England"]);
        check("Western Canada", "", &["Canada"]);
        check("Western Australia", "", &["Western Australia"]);
        check("Eastern Ghouta", "", &["Eastern Ghouta"]);
        check("East of England", "", &["East of England"]);
        check("City of Huntsville", "", &["Huntsville"]);
        check("Helmand province of southwestern Afghanistan", "", &["Helmand", "Afghanistan"]);
        check("Titus County Jail", "", &["Titus County"]);
        check("Democratic Republic of the Congo", "", &["Democratic Republic of the Congo"]);
        check("Wis", ". (WSAW)", &["Wis."]);
        check("Lorne", ".", &["Lorne"]);
    }
}
