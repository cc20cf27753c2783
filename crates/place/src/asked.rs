//! Which place a name may mean: the gazetteer's entries for it, and what the words around it say it lies in.

use crate::fold::fold;
use crate::gazetteer::{Gazetteer, NameKind, Place, PlaceKind, PlaceNo};
use crate::rank::After;
use crate::words::{Words, words};

/// How a place is named in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// By a name of its own.
    Name,
    /// By adjective or people: "Latvian officials", "Texans".
    People,
}

/// A candidate for a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) no: PlaceNo,
    pub(crate) place: Place<'static>,
    pub(crate) called: NameKind,
    /// Words of the name were left out to find it: "northern Lebanon".
    pub(crate) trimmed: bool,
}

/// What the text says a place lies in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Container {
    /// Countries, divisions and counties that the words may mean.
    pub(crate) within: Vec<PlaceNo>,
    /// The words stand in a row of names, so they may be another item of it: "Ohio, Kentucky and Indiana".
    pub(crate) is_listed: bool,
}

/// A name without article and possessive.
pub(crate) fn bare(name: &str) -> &str {
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | ',' | '(' | ')'));
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    name.trim_end_matches(['\'', '’'])
}

/// Finds the entries for a name. A form that is only good where it is written as an abbreviation counts only there.
pub(crate) fn candidates(gazetteer: &Gazetteer, name: &str, form: Form) -> Vec<Candidate> {
    let name = bare(name);
    let folded = fold(name);
    let is_title = name.ends_with('.') && name.chars().any(char::is_lowercase) && words().is(Words::TITLE, &folded);
    let is_short = (name.ends_with('.') && !is_title) || !name.chars().any(char::is_lowercase);
    let look = |folded: &str, trimmed: bool| -> Vec<Candidate> {
        let entries = gazetteer.named(folded).into_iter();
        let with_place = entries.filter_map(|(no, called)| Some((no, called, gazetteer.place(no)?)));
        with_place
            .filter(|(_, called, _)| *called != NameKind::Short || is_short)
            .map(|(no, called, place)| Candidate { no, place, called, trimmed })
            .collect()
    };
    let mut found = look(&folded, false);
    // A nation's name is a place's where the text uses it as one, and the other way round.
    let is_people = |candidate: &Candidate| candidate.called == NameKind::People;
    if found.iter().any(|c| is_people(c) == (form == Form::People)) {
        found.retain(|c| is_people(c) == (form == Form::People));
    }
    if found.is_empty() {
        for (rest, kinds) in words().shorter(&folded) {
            found = look(rest, true);
            found.retain(|c| kinds.is_none_or(|kinds| kinds.contains(&c.place.kind)));
            if !found.is_empty() {
                break;
            }
        }
    }
    found
}

/// Finds what the words around a name say it lies in: "Springfield, Ill.", "Tripoli in northern Lebanon",
/// "the Ohio town of Oxford".
pub(crate) fn container(gazetteer: &Gazetteer, text: &str, start: usize, end: usize) -> Container {
    let after = text.get(end..).unwrap_or_default();
    let mut found = Container::default();
    if let Some((rest, is_row)) = opened(after)
        && let Some((within, tail)) = area(gazetteer, rest)
    {
        // "Lexington, Fayette County, Ky.": the county is one of that state.
        let outer = tail.strip_prefix(", ").and_then(|rest| area(gazetteer, rest));
        found.is_listed = is_row && outer.is_none() && goes_on(tail);
        found.within = match outer {
            Some((outer, _)) => {
                let inside = |no: &PlaceNo| {
                    let place = gazetteer.place(*no);
                    place.is_some_and(|place| outer.iter().any(|o| lies_in(gazetteer, &place, *o)))
                };
                let both: Vec<PlaceNo> = within.into_iter().filter(inside).collect();
                if both.is_empty() { outer } else { both }
            }
            None => within,
        };
    }
    if found.within.is_empty() {
        found.within = before(gazetteer, text.get(..start).unwrap_or_default());
    }
    found
}

/// Tells what the words after a name speak of.
pub(crate) fn after(text: &str, end: usize) -> After {
    let rest = text.get(end..).unwrap_or_default();
    let rest = rest.strip_prefix("'s").or_else(|| rest.strip_prefix("’s")).unwrap_or(rest);
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let next = rest.strip_prefix(' ').and_then(|rest| rest.split(' ').next()).map(plain).unwrap_or_default();
    if words().is(Words::GOVERNMENT, &next) {
        return After::Government;
    }
    if words().is(Words::TOWN, &next) {
        return After::Town;
    }
    let row = rest.split_whitespace().take(24);
    let ends =
        row.into_iter().find(|word| !(word.starts_with(char::is_uppercase) || matches!(*word, "and" | "or" | ",")));
    if ends.is_some_and(|word| plain(word) == "counties") { After::Counties } else { After::Other }
}

/// Tells whether a place lies in a country, division or county.
pub(crate) fn lies_in(gazetteer: &Gazetteer, place: &Place<'_>, area: PlaceNo) -> bool {
    gazetteer.place(area).is_some_and(|area| {
        place.geonames != area.geonames
            && match area.kind {
                PlaceKind::Country => place.country.is_some() && place.country == area.country,
                PlaceKind::Division => place.division.is_some() && place.division == area.division,
                PlaceKind::County => place.county.is_some() && place.county == area.county,
                _ => false,
            }
    })
}

/// What follows the words or marks that lead from a place to the area it lies in; and whether it is a comma, which may
/// also lead to the next name of a row.
fn opened(after: &str) -> Option<(&str, bool)> {
    if let Some(rest) = after.strip_prefix(", ").or_else(|| after.strip_prefix(" (")) {
        let rest = rest.strip_prefix("in ").unwrap_or(rest);
        return Some((unqualified(rest), after.starts_with(',')));
    }
    let rest = after.strip_prefix(" in ").or_else(|| after.strip_prefix(" of "))?;
    Some((unqualified(rest), false))
}

/// Words without "the", "northern", "US state of" before a name.
fn unqualified(words_of: &str) -> &str {
    let mut rest = words_of;
    for _ in 0..3 {
        let first = rest.split(' ').next().unwrap_or_default();
        let is_direction = words().is(Words::DIRECTION, &first.to_lowercase());
        if !(is_direction || first == "the") || first.len() == rest.len() {
            break;
        }
        rest = &rest[first.len() + 1..];
    }
    rest
}

/// Reads the name of an area at the start of a text: the areas it may mean and what follows it.
fn area<'t>(gazetteer: &Gazetteer, text: &'t str) -> Option<(Vec<PlaceNo>, &'t str)> {
    let mut ends = Vec::new();
    let mut at = 0;
    for (i, word) in text.split(' ').take(4).enumerate() {
        let starts_name = word.chars().next().is_some_and(char::is_uppercase);
        if !(starts_name || i > 0 && word == "of") {
            break;
        }
        let end = at + word.len();
        let trimmed = word.trim_end_matches([',', ';', ':', ')', '"', '”', '?', '!']);
        ends.push(at + trimmed.len());
        if trimmed.len() != word.len() {
            break;
        }
        at = end + 1;
    }
    for end in ends.into_iter().rev() {
        let name = text.get(..end)?;
        // The stop after "Ky." is part of the name, that after "Kentucky." ends the sentence.
        for name in [name, name.trim_end_matches('.')] {
            let areas: Vec<PlaceNo> = candidates(gazetteer, name, Form::Name)
                .iter()
                .filter(|c| is_area(c) && c.called != NameKind::People && (!c.trimmed || end > 3))
                .map(|c| c.no)
                .collect();
            if !areas.is_empty() {
                return Some((areas, text.get(name.len()..)?));
            }
        }
    }
    None
}

fn is_area(candidate: &Candidate) -> bool {
    match candidate.place.kind {
        PlaceKind::Country | PlaceKind::Division => true,
        // A county's short name is too often that of a town.
        PlaceKind::County => candidate.called == NameKind::Primary,
        _ => false,
    }
}

/// Tells whether a row of names goes on.
fn goes_on(tail: &str) -> bool {
    let next = [", and ", ", or ", " and ", " or ", ", "].iter().find_map(|mark| tail.strip_prefix(mark));
    next.is_some_and(|next| next.starts_with(char::is_uppercase))
}

/// The area in words before a name: "Kentucky's", "the Ohio town of".
fn before(gazetteer: &Gazetteer, text: &str) -> Vec<PlaceNo> {
    let window = text.get(text.ceil_char_boundary(text.len().saturating_sub(60))..).unwrap_or_default();
    let Some(window) = window.strip_suffix(' ') else { return Vec::new() };
    let mut before: Vec<&str> = window.split(' ').collect();
    if before.last() == Some(&"of") {
        before.pop();
        if !before.pop().is_some_and(|word| words().is(Words::SETTLEMENT, &word.to_lowercase())) {
            return Vec::new();
        }
    } else if !before.last().is_some_and(|word| word.ends_with("'s") || word.ends_with("’s")) {
        return Vec::new();
    }
    for length in (1..=3.min(before.len())).rev() {
        let name = before[before.len() - length..].join(" ");
        if !name.starts_with(char::is_uppercase) {
            continue;
        }
        let both = [Form::Name, Form::People].map(|form| candidates(gazetteer, &name, form));
        let areas: Vec<PlaceNo> = both.iter().flatten().filter(|c| !c.trimmed && is_area(c)).map(|c| c.no).collect();
        if !areas.is_empty() {
            return areas;
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, name: &str, expected: &[&str]) {
        let gazetteer = Gazetteer::built_in().expect("it is whole");
        let start = text.find(name).expect("the name is there");
        let found = container(&gazetteer, text, start, start + name.len());
        let mut names: Vec<&str> = found.within.iter().filter_map(|no| Some(gazetteer.place(*no)?.name)).collect();
        names.dedup();
        assert_eq!(names, expected, "{text}");
    }

    #[test]
    fn words_around_a_name_say_what_it_lies_in() {
        check("A fire in Springfield, Ill., killed two.", "Springfield", &["Illinois"]);
        check("It shook Cairo, Egypt.", "Cairo", &["Egypt"]);
        check("Clashes in Tripoli in northern Lebanon", "Tripoli", &["Lebanon"]);
        check("near Ankara (Turkey)", "Ankara", &["Turkey"]);
        check("in the Ohio town of Oxford.", "Oxford", &["Ohio"]);
        check("Kentucky's Laurel County", "Laurel County", &["Kentucky"]);
        check("in Lexington, Fayette County, Ky., on", "Lexington", &["Fayette County"]);
        check("talks in Riga, Ms. Ozola said", "Riga", &[]);
        check("She left Riga for Tallinn.", "Riga", &[]);
    }

    #[test]
    fn a_row_of_names_holds_no_container_for_sure() {
        let gazetteer = Gazetteer::built_in().expect("it is whole");
        let text = "voters in Ohio, Kentucky and Indiana";
        assert!(container(&gazetteer, text, 10, 14).is_listed);
        assert!(!container(&gazetteer, "in Lima, Ohio, on", 3, 7).is_listed);
    }

    #[test]
    fn the_words_after_a_name_tell_what_it_governs() {
        let of = |text: &str, name: &str| after(text, text.find(name).expect("it is there") + name.len());
        assert_eq!(of("New York Gov. Ada Roe said", "New York"), After::Government);
        assert_eq!(of("Lorne's mayor", "Lorne"), After::Town);
        assert_eq!(of("in Ash, Birch and Cedar counties.", "Ash"), After::Counties);
        assert_eq!(of("in Ash on Monday", "Ash"), After::Other);
    }

    #[test]
    fn abbreviations_count_where_they_are_written_as_such() {
        let gazetteer = Gazetteer::built_in().expect("it is whole");
        let kinds = |name: &str| -> Vec<&str> {
            let found = candidates(&gazetteer, name, Form::Name);
            found.iter().filter(|c| c.place.kind == PlaceKind::Division).map(|c| c.place.name).collect()
        };
        assert_eq!(kinds("Ore."), ["Oregon"]);
        assert!(kinds("Ore").is_empty());
        assert_eq!(kinds("NSW"), ["New South Wales"]);
    }
}
