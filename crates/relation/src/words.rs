//! Tables of words: what a word says somebody is, which adjective belongs to which country. See `data/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const POSTS: &str = include_str!("../data/posts.txt");
const KIN: &str = include_str!("../data/kin.txt");
const DEMONYMS: &str = include_str!("../data/demonyms.txt");

/// What a noun says that somebody is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tie {
    /// A public office of a state.
    Office,
    /// Any other post that a name may carry before it.
    Post,
    /// A trade: a post only where a body is named with it.
    Calling,
    /// A rank of an army or police.
    Rank,
    Spokesperson,
    Lawyer,
    Member,
    Owner,
    Resident,
    Citizen,
    Ally,
    Parent,
    Child,
    Sibling,
    Spouse,
    ChildInLaw,
    ParentInLaw,
    Kin,
}

impl Tie {
    fn of(name: &str) -> Option<Tie> {
        Some(match name {
            "office" => Tie::Office,
            "post" => Tie::Post,
            "calling" => Tie::Calling,
            "rank" => Tie::Rank,
            "spokesperson" => Tie::Spokesperson,
            "lawyer" => Tie::Lawyer,
            "member" => Tie::Member,
            "owner" => Tie::Owner,
            "resident" => Tie::Resident,
            "citizen" => Tie::Citizen,
            "ally" => Tie::Ally,
            "parent" => Tie::Parent,
            "child" => Tie::Child,
            "sibling" => Tie::Sibling,
            "spouse" => Tie::Spouse,
            "child-in-law" => Tie::ChildInLaw,
            "parent-in-law" => Tie::ParentInLaw,
            "kin" => Tie::Kin,
            _ => return None,
        })
    }

    /// Whether the word is one of kinship.
    pub(crate) fn is_kin(self) -> bool {
        match self {
            Tie::Parent | Tie::Child | Tie::Sibling | Tie::Spouse | Tie::ChildInLaw | Tie::ParentInLaw | Tie::Kin => {
                true
            }
            Tie::Office
            | Tie::Post
            | Tie::Calling
            | Tie::Rank
            | Tie::Spokesperson
            | Tie::Lawyer
            | Tie::Member
            | Tie::Owner
            | Tie::Resident
            | Tie::Citizen
            | Tie::Ally => false,
        }
    }
}

/// What the tables know of a word or title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) post: Tie,
    /// The word speaks of several.
    pub(crate) plural: bool,
    /// The word itself says that it is over: "widow".
    pub(crate) ended: bool,
}

struct Tables {
    titles: BTreeMap<String, Known>,
    ended: BTreeSet<String>,
    unheld: BTreeSet<String>,
    demonyms: BTreeMap<String, Vec<String>>,
}

/// Words of the longest title of the tables, hyphens and their parts counted.
pub(crate) const LONGEST: usize = 6;

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables =
        Tables { titles: BTreeMap::new(), ended: BTreeSet::new(), unheld: BTreeSet::new(), demonyms: BTreeMap::new() };
    for line in POSTS.lines().chain(KIN.lines()).filter(|line| !line.starts_with('#')) {
        let mut parts = line.split_whitespace();
        match parts.next() {
            Some("ended") => tables.ended.extend(parts.filter(|w| !w.ends_with('?')).map(str::to_owned)),
            Some("unheld") => tables.unheld.extend(parts.filter(|w| !w.ends_with('?')).map(str::to_owned)),
            Some("phrase") => {
                let Some(post) = parts.next().and_then(Tie::of) else { continue };
                let words: Vec<&str> = parts.collect();
                for phrase in words.split(|word| *word == "|") {
                    tables.enter(post, &phrase.join(" "));
                }
            }
            Some(first) => {
                let Some(post) = Tie::of(first) else { continue };
                parts.for_each(|word| tables.enter(post, word));
            }
            None => {}
        }
    }
    for line in DEMONYMS.lines().filter(|line| !line.starts_with('#')) {
        let Some((adjective, names)) = line.split_once('=') else { continue };
        let names = names.split('|').map(|name| name.trim().to_lowercase()).collect();
        tables.demonyms.insert(adjective.trim().to_lowercase(), names);
    }
    tables
});

impl Tables {
    fn enter(&mut self, post: Tie, given: &str) {
        let ended = given.ends_with('*');
        let given = given.trim_end_matches('*');
        let (one, many) = given.split_once('/').map_or((given, None), |(one, many)| (one, Some(many)));
        let many = many.map_or_else(|| plural(one), str::to_owned);
        for (form, plural) in [(one.to_owned(), false), (many, true)] {
            self.titles.entry(form).or_insert(Known { post, plural, ended });
        }
    }
}

/// The plural of a noun.
fn plural(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

/// Looks a word or title up, in lower case.
pub(crate) fn title(words: &str) -> Option<Known> {
    if let Some(known) = TABLES.titles.get(words) {
        return Some(*known);
    }
    let after = ["ex-", "then-", "vice-", "co-"].iter().find_map(|prefix| Some((*prefix, words.strip_prefix(prefix)?)));
    let (prefix, rest) = after?;
    let known = *TABLES.titles.get(rest)?;
    Some(Known { ended: known.ended || matches!(prefix, "ex-" | "then-"), ..known })
}

/// Whether a word before a title says that it is over.
pub(crate) fn is_ended(word: &str) -> bool {
    TABLES.ended.contains(word)
}

/// Whether a word before a title says that it is not held.
pub(crate) fn is_unheld(word: &str) -> bool {
    TABLES.unheld.contains(word)
}

/// Whether an adjective is a country's, as far as the table knows.
pub(crate) fn is_demonym(word: &str) -> bool {
    TABLES.demonyms.contains_key(word)
}

/// Whether a name in lower case is that of a state with an adjective in the table.
pub(crate) fn is_country(name: &str) -> bool {
    let name = name.strip_prefix("the ").unwrap_or(name);
    TABLES.demonyms.values().flatten().any(|n| n == name)
}

/// Whether an adjective can be that of a place's name: by the table, or by its form. Both in lower case.
pub(crate) fn is_adjective_of(adjective: &str, name: &str) -> bool {
    let name = name.strip_prefix("the ").unwrap_or(name);
    if let Some(names) = TABLES.demonyms.get(adjective) {
        return names.iter().any(|n| n == name);
    }
    let ending = ["an", "ian", "ean", "ish", "ese", "i", "ic", "er", "n"].iter().any(|end| adjective.ends_with(end));
    let shared = adjective.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
    let (long, short) = (adjective.chars().count(), name.chars().count());
    // "Sarmian" of Sarmia, "Canadian" of Canada: all of the name but its last two letters, and a short ending.
    ending && shared >= 4 && shared + 2 >= short && long <= short + 3 && adjective != name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_holds_its_examples_and_no_others() {
        let mut group: Vec<Tie> = Vec::new();
        let mut wrong = Vec::new();
        for line in POSTS.lines().chain(KIN.lines()).filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (first, rest) = line.split_once(' ').expect("a line has words");
            let held = |words: &str| title(words).is_some_and(|known| group.contains(&known.post));
            match first {
                "yes" => wrong.extend(rest.split(" | ").filter(|w| !held(w)).map(|w| format!("{group:?} lacks {w}"))),
                "no" => wrong.extend(rest.split(" | ").filter(|w| held(w)).map(|w| format!("{group:?} holds {w}"))),
                "phrase" => group = Tie::of(rest.split(' ').next().expect("a group")).into_iter().collect(),
                "ended" | "unheld" => {}
                name => group = vec![Tie::of(name).expect("a known group")],
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn the_longest_title_fits() {
        for title in TABLES.titles.keys() {
            assert!(title.split([' ', '-']).count() + title.matches('-').count() <= LONGEST + 1, "{title}");
        }
    }

    #[test]
    fn adjectives_of_places() {
        for (adjective, name) in [
            ("french", "france"),
            ("sarmian", "sarmia"),
            ("keldran", "keldra"),
            ("canadian", "canada"),
            ("american", "the united states"),
        ] {
            assert!(is_adjective_of(adjective, name), "{adjective} {name}");
        }
        for (adjective, name) in
            [("french", "francia"), ("norman", "norway"), ("german", "germaine"), ("keldra", "keldra")]
        {
            assert!(!is_adjective_of(adjective, name), "{adjective} {name}");
        }
    }
}
