//! Which word of a name becomes which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::predict::record::Sheet;
use crate::score::record::Gold;

/// Lists of names, by what they are for.
pub(super) struct Names {
    lists: BTreeMap<String, Vec<String>>,
}

/// What a word of a name is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Female,
    Male,
    Family,
    Place,
}

impl Names {
    pub(super) fn read(path: &Path) -> Result<Names> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Names::parse(&text))
    }

    /// Reads lines of the word for a list and the names in it.
    pub(super) fn parse(text: &str) -> Names {
        let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace().map(str::to_owned);
            if let Some(list) = words.next() {
                lists.entry(list).or_default().extend(words);
            }
        }
        Names { lists }
    }

    fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// The words of a report's names and what each becomes.
    pub(super) fn table(&self, sheet: &Sheet, gold: &Gold) -> BTreeMap<String, String> {
        let mut table: BTreeMap<String, String> = BTreeMap::new();
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for (word, part) in self.words(sheet, gold) {
            if table.contains_key(&word) || self.list("keep").contains(&word) {
                continue;
            }
            if let Some(at) = self.list("paper").iter().position(|paper| *paper == word) {
                let next = self.list("paper").get(at + 1).cloned();
                table.extend(next.map(|next| (word, next)));
                continue;
            }
            let list = match part {
                Part::Female => "female",
                Part::Male => "male",
                Part::Family => "family",
                Part::Place if word.ends_with('a') => "place-a",
                Part::Place => "place",
            };
            // Another length, so that everything behind it moves; and no word that the report has already.
            let free = |name: &&String| !taken.contains(*name) && !sheet.text.contains(name.as_str());
            let other = |name: &&String| name.chars().count() != word.chars().count();
            let all = self.list(list);
            let found = all.iter().filter(free).find(other).or_else(|| all.iter().find(free));
            if let Some(found) = found {
                taken.insert(found.clone());
                table.insert(word, found.clone());
            }
        }
        table
    }

    /// The words of people's, places' and papers' names in the order of the gold, each with what it is there for. A given
    /// name is one only where the text tells the sex; otherwise it stays.
    fn words(&self, sheet: &Sheet, gold: &Gold) -> Vec<(String, Part)> {
        let mut found = Vec::new();
        for item in &gold.items {
            let text = |field: &str| item.get(field).and_then(Value::as_str).unwrap_or_default();
            if text("kind") != "entity" {
                continue;
            }
            let anchor = item.get("anchor").and_then(|a| a.get("t")).and_then(Value::as_str).unwrap_or_default();
            let words: Vec<&str> = anchor
                .split_whitespace()
                .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
                .filter(|word| word.starts_with(char::is_uppercase) && !self.list("keep").iter().any(|k| k == word))
                .collect();
            match text("type") {
                "person" if anchor.starts_with(char::is_uppercase) => match words.as_slice() {
                    [one] if text("name").starts_with(&format!("{one} ")) || text("name") == *one => {
                        found.extend(sex(gold, text("id")).map(|sex| ((*one).to_owned(), sex)));
                    }
                    [one] => found.push(((*one).to_owned(), Part::Family)),
                    [given, rest @ ..] => {
                        found.extend(sex(gold, text("id")).map(|sex| ((*given).to_owned(), sex)));
                        found.extend(rest.iter().map(|word| ((*word).to_owned(), Part::Family)));
                    }
                    [] => {}
                },
                "gpe" | "gpe_gov" | "media" => {
                    found.extend(words.iter().map(|word| (title_case(word), Part::Place)));
                }
                _ => {}
            }
        }
        let outlet = sheet.given.outlet.as_deref().unwrap_or_default();
        found.extend(outlet.split_whitespace().map(|word| (word.to_owned(), Part::Place)));
        found
    }
}

/// "SANDHOLM" of a dateline is "Sandholm".
fn title_case(word: &str) -> String {
    if word.chars().any(char::is_lowercase) || word.chars().count() < 3 {
        return word.to_owned();
    }
    let mut chars = word.chars();
    let first = chars.next().into_iter();
    first.chain(chars.flat_map(char::to_lowercase)).collect()
}

/// What the pronouns that go back to a person say.
fn sex(gold: &Gold, id: &str) -> Option<Part> {
    gold.items.iter().filter(|item| item.get("ref").and_then(Value::as_str) == Some(id)).find_map(|item| {
        let word = item.get("span")?.get("t")?.as_str()?.to_lowercase();
        match word.as_str() {
            "she" | "her" | "hers" | "herself" => Some(Part::Female),
            "he" | "him" | "his" | "himself" => Some(Part::Male),
            _ => None,
        }
    })
}
