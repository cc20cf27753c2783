//! What is said of an outlet that was not found: who shares the name, or which known ones are near to it.

use std::iter;

use reportedly_when::{Outlet, Outlets};
use strsim::jaro_winkler;

use crate::galley::one_line;

/// Outlets offered in place of one that is not known.
const OFFERED: usize = 3;

/// How like a name must be to be offered. Of 295 names and domains of the table with one letter wrong, all have their outlet
/// among the three likest and are at least this like it; "my blog", "nobody" and "Springfield Gazette" have none so like.
const LIKE: f64 = 0.86;

/// Columns of a name that are repeated in a message.
const REPEATED: usize = 60;

/// Returns why nothing was found by a place or name.
pub(super) fn unfound(outlets: &Outlets, given: &str) -> String {
    let sought = one_line(given, REPEATED);
    let place = plain(host(given));
    let name = plain(given);
    let mut near: Vec<(f64, &Outlet)> = Vec::new();
    let mut sharing: Vec<&Outlet> = Vec::new();
    for outlet in outlets.all() {
        let names = || iter::once(&outlet.name).chain(&outlet.cited).map(|known| plain(known));
        if names().any(|known| known == name) {
            sharing.push(outlet);
        }
        let likeness = names()
            .map(|known| jaro_winkler(&name, &known))
            .chain(outlet.domains.iter().map(|domain| jaro_winkler(&place, domain)))
            .fold(0.0, f64::max);
        if likeness >= LIKE {
            near.push((likeness, outlet));
        }
    }
    if sharing.len() > 1 {
        let handles: Vec<&str> = sharing.iter().map(|outlet| handle(outlets, outlet)).collect();
        return format!("{} outlets go by `{sought}`; name one of them: {}", sharing.len(), handles.join(", "));
    }
    // Stable: the likes of one another stay in the table's order.
    near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let handles: Vec<&str> = near.iter().take(OFFERED).map(|(_, outlet)| handle(outlets, outlet)).collect();
    match handles.as_slice() {
        [] => format!("no outlet `{sought}` is known, nor one that is near to it; --outlets FILE adds outlets"),
        _ => format!("no outlet `{sought}` is known; near to it: {}", handles.join(", ")),
    }
}

/// What an outlet is found by: its name, or where others go by that too, a domain.
fn handle<'a>(outlets: &Outlets, outlet: &'a Outlet) -> &'a str {
    let by = iter::once(&outlet.name).chain(&outlet.domains);
    by.map(String::as_str).find(|by| outlets.find(by) == Some(outlet)).unwrap_or(&outlet.name)
}

/// A name as it is compared.
fn plain(name: &str) -> String {
    let name = name.trim().to_lowercase().replace('’', "'");
    name.strip_prefix("the ").map_or(name.as_str(), str::trim_start).to_owned()
}

/// The host of a URL, as far as it helps to find one like it.
fn host(place: &str) -> &str {
    let place = place.trim().split_once("//").map_or(place.trim(), |(_, behind)| behind);
    let host = place.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &str, expected: &str) {
        assert_eq!(unfound(Outlets::built_in(), given), expected);
    }

    #[test]
    fn near_names_and_domains_are_offered() {
        check(
            "https://www.israelnatonalnews.com/news/400000",
            "no outlet `https://www.israelnatonalnews.com/news/400000` is known; near to it: Israel National News, \
             Israel Hayom",
        );
        check(
            "the Guardain",
            "no outlet `the Guardain` is known; near to it: The Guardian, The Guardian (Nigeria), Trinidad and Tobago Guardian",
        );
        check("my blog", "no outlet `my blog` is known, nor one that is near to it; --outlets FILE adds outlets");
        check("", "no outlet `` is known, nor one that is near to it; --outlets FILE adds outlets");
        check("\u{1b}[31m", "no outlet `␛[31m` is known, nor one that is near to it; --outlets FILE adds outlets");
    }

    #[test]
    fn a_shared_name_is_told_apart() {
        check("ABC news", "2 outlets go by `ABC news`; name one of them: ABC (Australia), ABC News (US)");
        // The Times goes by nothing else; "The Times" is also what two others are called.
        check(
            "the times",
            "3 outlets go by `the times`; name one of them: Los Angeles Times, The New York Times, thetimes.com",
        );
    }
}
