//! Loaded words and whose words they are. They say nothing about the one they are used of. The words are in `data/labels.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use reportedly_record::{CueStance, Id, Kind, Label, Reading, Voice};

use crate::designation::is_official;
use crate::page::Page;

const TABLE: &str = include_str!("../data/labels.txt");

/// What a loaded word may not stand beside.
#[derive(Clone, Debug, Default)]
struct Beside {
    before: BTreeSet<&'static str>,
    after: BTreeSet<&'static str>,
}

struct Table {
    // By phrase; the number is that of its line's neighbours.
    words: BTreeMap<&'static str, usize>,
    beside: Vec<Beside>,
    longest: usize,
}

static LOADED: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { words: BTreeMap::new(), beside: Vec::new(), longest: 1 };
    let listed = |line: &'static str| line.split('|').map(str::trim).collect::<Vec<&'static str>>();
    for line in TABLE.lines() {
        if let Some(words) = line.strip_prefix("word ") {
            for word in listed(words) {
                table.words.insert(word, table.beside.len());
                table.longest = table.longest.max(word.split([' ', '-']).count() + word.matches('-').count());
            }
            table.beside.push(Beside::default());
        } else if let Some((words, last)) = line.strip_prefix("not before ").zip(table.beside.last_mut()) {
            last.before.extend(listed(words));
        } else if let Some((words, last)) = line.strip_prefix("not after ").zip(table.beside.last_mut()) {
            last.after.extend(listed(words));
        }
    }
    table
});

/// Returns how many of the words that begin a slice are a loaded phrase, given the word before them.
fn loaded(before: &str, phrase: impl Fn(usize) -> String, next: impl Fn(usize) -> String) -> Option<usize> {
    (1..=LOADED.longest).rev().find(|n| {
        LOADED.words.get(phrase(*n).as_str()).is_some_and(|at| {
            let beside = &LOADED.beside[*at];
            !beside.after.contains(before.trim_end_matches('-')) && !beside.before.contains(next(*n).as_str())
        })
    })
}

/// Whether a loaded word or phrase begins at a word.
pub(crate) fn is_loaded(page: &Page<'_>, start: usize) -> bool {
    let end = page.sentence(start).end;
    let before = if start > 0 { page.lower(start - 1) } else { "" };
    let phrase = |n: usize| if start + n <= end { page.phrase(start..start + n) } else { String::new() };
    loaded(before, phrase, |n| page.lower(start + n).to_owned()).is_some()
}

/// Finds loaded words. One inside a name is the name's; one that an official act uses is that act's.
pub(crate) fn labels(reading: &Reading<'_>) -> Vec<Label> {
    let mut found = Vec::new();
    for syntax in reading.syntax {
        let page = Page::new(reading, syntax);
        let mut i = 0;
        while i < page.len() {
            match label(&page, i) {
                Some((label, end)) => {
                    found.extend(label);
                    i = end;
                }
                None => i += 1,
            }
        }
    }
    found
}

fn label(page: &Page<'_>, start: usize) -> Option<(Option<Label>, usize)> {
    if page.name(start).is_some() {
        return None;
    }
    let sentence = page.sentence(start);
    let before = if start > sentence.start { page.lower(start - 1) } else { "" };
    let phrase = |n: usize| if start + n <= sentence.end { page.phrase(start..start + n) } else { String::new() };
    let words = loaded(before, phrase, |n| page.lower(start + n).to_owned())?;
    let range = start..start + words;
    let reading = page.reading;
    let span = page.span(&range);
    // "is listed as a terrorist organisation": the act's word, even where it is not known who is meant.
    let acted = (start.saturating_sub(6).max(sentence.start)..start).any(|i| is_official(page.lower(i)));
    let official = acted || reading.record.designations.iter().any(|d| d.as_what.span.touches(span));
    // "not a regime", "alleged terrorist" keep their distance; a film called so is a title.
    if official || matches!(before, "not" | "no" | "never" | "anti" | "counter") {
        return Some((None, range.end));
    }
    // "The so-called rules on platforms": what they are called, and no doubt whether they are.
    if phrase(words) == "so-called" && !is_doubted(page, range.end) {
        return Some((None, range.end));
    }
    // "The myth of evil forces", "castigate them as liars": whose word it is the sentence tells elsewhere.
    let of = before == "of"
        && start >= 2
        && matches!(page.lower(start - 2), "myth" | "notion" | "idea" | "image" | "narrative");
    let named = before == "as" && (start.saturating_sub(6).max(sentence.start)..start).any(|i| names(page.lower(i)));
    let voice = reading.voice_at(span);
    if of || named && voice.is_none() {
        return Some((None, range.end));
    }
    // What somebody wants or does is told in the narrator's words.
    let voice = voice.filter(|told| {
        told.voice != Voice::Indirect || !matches!(told.stance, None | Some(CueStance::Intends | CueStance::Believes))
    });
    let quoted = matches!(page.said(start.wrapping_sub(1)), "“" | "\"" | "‘" | "'" | "«" | "``");
    // Between marks and nobody's in this report: not told whose word it is.
    if voice.is_none() && quoted {
        return Some((None, range.end));
    }
    let label = Label {
        id: Id::in_report(Kind::Label, reading.report(), span.bytes()),
        evidence: reading.text().words(span),
        voice: voice.map(|attribution| attribution.id),
    };
    Some((Some(label), range.end))
}

/// Whether a verb names somebody something: "castigate them as", "branded him".
fn names(word: &str) -> bool {
    [
        "castigat", "brand", "denounc", "label", "paint", "depict", "describ", "portray", "dismiss", "condemn", "mock",
        "derid", "decr",
    ]
    .iter()
    .any(|stem| word.starts_with(stem))
}

/// Whether "so-called" stands before marks, a name or people, of whom it doubts that they are it.
fn is_doubted(page: &Page<'_>, next: usize) -> bool {
    const PEOPLE: [&str; 7] = ["ers", "ors", "ists", "ians", "erts", "ends", "ates"];
    let is_people = |word: &str| PEOPLE.iter().any(|end| word.ends_with(end));
    let mut phrase = (next..next + 3).map(|i| page.lower(i)).take_while(|word| word.chars().all(char::is_alphabetic));
    page.said(next).starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘' | '\''))
        || phrase.any(is_people)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_marks_its_examples_and_no_others() {
        let mut wrong = Vec::new();
        for line in TABLE.lines() {
            let Some((wanted, text)) =
                line.strip_prefix("yes ").map(|t| (true, t)).or(line.strip_prefix("no ").map(|t| (false, t)))
            else {
                continue;
            };
            let clean = text.to_lowercase().replace(['.', ',', '“', '”'], "");
            let words: Vec<&str> = clean.split_whitespace().collect();
            let found = (0..words.len()).any(|i| {
                let before = if i > 0 { words[i - 1] } else { "" };
                let phrase = |n: usize| words.get(i..i + n).map(|w| w.join(" ")).unwrap_or_default();
                loaded(before, phrase, |n| words.get(i + n).map(|w| (*w).to_owned()).unwrap_or_default()).is_some()
            });
            wrong.extend((found != wanted).then(|| line.to_owned()));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
