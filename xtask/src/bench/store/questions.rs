//! The fixed list of questions that a large store is asked.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use reportedly::record::{Id, Record, Status};
use reportedly_store::{Asked, CONTACTS, Show, Store, text_words};

use super::copies::KEPT;

/// The part of the reports that has a term of a question, at the most.
const RARE: f64 = 0.05;

/// A question, and the kind of questions it is one of.
pub(crate) struct Question {
    pub(crate) kind: &'static str,
    /// The question in words.
    pub(crate) says: String,
    asks: Asks,
}

enum Asks {
    Find(Asked),
    Who(String),
    Pair(String, String),
    Said(String),
}

/// Rows that are asked for.
const MOST: usize = 50;

impl Question {
    /// Asks a store; returns how many rows it answers with.
    pub(crate) fn ask(&self, store: &Store) -> Result<usize> {
        let show = Show { most: MOST, ..Show::default() };
        let rows = match &self.asks {
            Asks::Find(asked) => store.find(asked).map(|rows| rows.len()),
            Asks::Who(name) => store.who(name, MOST).map(|rows| rows.len()),
            Asks::Pair(one, other) => store.pair(one, other, &show).map(|rows| rows.len()),
            Asks::Said(name) => store.said(name, &show).map(|rows| rows.len()),
        };
        rows.with_context(|| self.says.clone())
    }
}

/// What questions can be asked about, the rarest first.
struct Subjects {
    terms: Vec<String>,
    names: Vec<String>,
    pairs: Vec<(String, String)>,
}

impl Subjects {
    fn of(base: &[Record], casts: u64) -> Subjects {
        let mut terms: BTreeMap<String, usize> = BTreeMap::new();
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        let mut pairs: BTreeMap<(String, String), usize> = BTreeMap::new();
        for record in base {
            let words: BTreeSet<String> = text_words(record.report.text.as_str()).into_iter().collect();
            for word in words.into_iter().filter(|word| word.len() > 4 && word.chars().all(char::is_alphabetic)) {
                *terms.entry(word).or_default() += 1;
            }
            let name =
                |id: Id| record.entities.iter().find(|entity| entity.id == id).and_then(|entity| entity.name.clone());
            let called: BTreeSet<String> = record.entities.iter().filter_map(|entity| entity.name.clone()).collect();
            for name in called.into_iter().filter(|name| name.len() > 3 && !text_words(name).is_empty()) {
                *names.entry(name).or_default() += 1;
            }
            for event in record.events.iter().filter(|event| CONTACTS.contains(&event.kind.as_str())) {
                let cast: Vec<String> = event.participants.iter().filter_map(|one| name(one.entity)).collect();
                if let [one, other, ..] = cast.as_slice() {
                    *pairs.entry((one.clone(), other.clone())).or_default() += 1;
                }
            }
        }
        let most = (base.len() as f64 * RARE).max(2.0) as usize;
        // Most copies have other names: what is kept is as much rarer in the store than in the records.
        let kept = usize::try_from(casts / casts.div_ceil(KEPT)).unwrap_or(1);
        Subjects { terms: rarest(terms, most), names: rarest(names, most * kept), pairs: rarest(pairs, usize::MAX) }
    }
}

impl Subjects {
    /// The name that stands in most of the records that have a word.
    fn beside(&self, word: &str, base: &[Record]) -> Option<String> {
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        let known: BTreeSet<&str> = self.names.iter().map(String::as_str).collect();
        for record in base.iter().filter(|record| text_words(record.report.text.as_str()).iter().any(|w| w == word)) {
            let called = record.entities.iter().filter_map(|entity| entity.name.as_deref());
            for name in called.filter(|name| known.contains(name)).collect::<BTreeSet<&str>>() {
                *names.entry(name).or_default() += 1;
            }
        }
        names.into_iter().max_by_key(|(_, count)| *count).map(|(name, _)| name.to_owned())
    }
}

/// Those that are met less often than `most`, the rarest first.
fn rarest<T: Ord>(counts: BTreeMap<T, usize>, most: usize) -> Vec<T> {
    let mut all: Vec<(usize, T)> =
        counts.into_iter().filter(|(_, count)| *count < most).map(|(one, count)| (count, one)).collect();
    all.sort();
    all.into_iter().map(|(_, one)| one).collect()
}

/// Two of three from the most frequent end, where each is another, and one from anywhere.
fn pick<T>(all: &[T], round: usize, i: usize, of: usize) -> Option<&T> {
    let last = all.len().checked_sub(1)?;
    let at = if round % 3 == 2 { last * i / of } else { last.saturating_sub(2 * i + round) };
    all.get(at)
}

/// Thirty questions, always the same for the same records: terms and names in less than 5% of the stored reports, most of them
/// close to it.
pub(crate) fn questions(base: &[Record], casts: u64) -> Vec<Question> {
    let subjects = Subjects::of(base, casts);
    let mut all = Vec::new();
    let mut put = |kind, says: String, asks| all.push(Question { kind, says, asks });
    for i in 0..18 {
        let (round, form) = (i / 6, i % 6);
        let Some(word) = pick(&subjects.terms, round, i, 18) else { continue };
        let Some(name) = subjects.beside(word, base).or_else(|| pick(&subjects.names, round, i, 18).cloned()) else {
            continue;
        };
        let asked = Asked { words: word.clone(), most: MOST, ..Asked::default() };
        let years = Some((1_420_000_000, 1_420_000_000 + 86_400 * 365 * 4));
        let who = Some(name.clone());
        let (kind, asked) = match form {
            0 => ("find between outlet", Asked { published: years, outlet: Some("e".to_owned()), ..asked }),
            1 => ("find unnamed between", Asked { unnamed: true, published: years, ..asked }),
            2 => ("find who between", Asked { who, published: years, ..asked }),
            3 => ("find status between", Asked { status: Some(Status::Planned), published: years, ..asked }),
            4 => ("find who status", Asked { who, status: Some(Status::Happened), ..asked }),
            _ => ("find said-by between", Asked { said_by: who, published: years, ..asked }),
        };
        put(kind, format!("{word}; {name}"), Asks::Find(asked));
    }
    for i in 0..4 {
        if let Some(name) = pick(&subjects.names, i, i, 4) {
            put("who", name.clone(), Asks::Who(name.clone()));
            put("said", name.clone(), Asks::Said(name.clone()));
        }
        if let Some((one, other)) = pick(&subjects.pairs, i, i, 4) {
            put("pair", format!("{one}; {other}"), Asks::Pair(one.clone(), other.clone()));
        }
    }
    all
}
