//! Links that a page's script has set into a sentence behind a name: the person's whole name with a headline glued to it, more
//! headlines, and MORE. "Mike Lee Michael Shumway LeeSenators cross aisle MORE (Utah) said" states that Lee said.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// What ends the links.
const MORE: &str = " MORE";

/// Bytes of links between a name and MORE, at the most: three headlines.
const LINKS: usize = 700;

/// Bytes between a name as it is told and its last part in the whole name.
const NAME: usize = 80;

/// A player in the middle of a text: what was just watched, and what must be.
static PLAYER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^| )JUST WATCHED .{3,160}? MUST WATCH(?: .{3,140}? \d{1,2}:\d\d\b)?")
        .expect("the pattern is tested")
});

/// Finds the links set into a paragraph: byte ranges, in order, without the blank before them.
pub(crate) fn inset(paragraph: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> =
        PLAYER.find_iter(paragraph).map(|m| m.start() + usize::from(m.start() > 0)..m.end()).collect();
    found.extend(links(paragraph));
    found.sort_by_key(|range| range.start);
    found.dedup_by(|next, last| next.start < last.end);
    found
}

/// Finds the links behind names.
fn links(paragraph: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(end) = paragraph[from..].find(MORE).map(|at| from + at + MORE.len()) {
        let whole = !paragraph[end..].starts_with(|c: char| c.is_alphanumeric());
        if let Some(start) = whole.then(|| begin(paragraph, from, end)).flatten() {
            found.push(start..end);
        }
        from = end;
    }
    found
}

/// Where the links begin that end at `end`: behind the name's first mention, or where the headline is glued to a word.
fn begin(paragraph: &str, from: usize, end: usize) -> Option<usize> {
    let links = &paragraph[from..end];
    let mut words = links.split(' ').scan(from, |at, word| {
        let start = *at;
        *at += word.len() + 1;
        Some((start, word))
    });
    words.find_map(|(start, word)| {
        let glue = glue(word)?;
        let name = word[..glue].trim_start_matches(|c: char| !c.is_alphanumeric());
        let before = &paragraph[from..start];
        let told = before.match_indices(name).filter(|(at, _)| {
            let rest = &before[at + name.len()..];
            !before[..*at].ends_with(|c: char| c.is_alphanumeric())
                && rest.starts_with([' ', ',', '’', '\'', '.'])
                && rest.len() <= NAME
        });
        // The name is told once more, whole; its first telling stays.
        let told = told.last().map(|(at, _)| from + at + name.len())?;
        let start = told + paragraph[told..].len() - paragraph[told..].trim_start_matches(['.', ',']).len();
        (end - start <= LINKS).then_some(start + 1)
    })
}

/// Where a capital that begins a word follows the lower case of another: "LeeSenators", not "McCoy".
fn glue(word: &str) -> Option<usize> {
    let mut before = None;
    for (at, c) in word.char_indices() {
        if c.is_uppercase() && before.is_some_and(char::is_lowercase) && at > 2 {
            return Some(at);
        }
        before = Some(c);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(marked: &str) {
        let paragraph = marked.replace(['⟦', '⟧'], "");
        let mut read = paragraph.clone();
        for range in inset(&paragraph).into_iter().rev() {
            read.insert(range.end, '⟧');
            read.insert(range.start, '⟦');
        }
        assert_eq!(read, marked);
    }

    #[test]
    fn links_behind_a_name_are_found() {
        check(
            "Sens. Lorne Marek ⟦Lorne (Lou) Petrel MarekDuring storm, senators cross aisle Port watchdog pushes back MORE⟧ (Utah) and Ada Roe ⟦Ada Mary RoeOver 1,000 attend funeral MORE⟧ (Fla.) said no.",
        );
        check("President Marek ⟦Lorne MarekPort closes MORE⟧’s aide left.");
        check(
            "Aid is late. ⟦JUST WATCHED Storm seen from space Replay More Videos ... MUST WATCH Storm seen from space 00:51⟧ The first ships came.",
        );
        check("⟦JUST WATCHED Ships in port Replay More Videos ... MUST WATCH Ships in port 01:07⟧");
        check("He asked for MORE and for McCoy MORE of it.");
        check("The MarekPort company wants MORE.");
    }
}
