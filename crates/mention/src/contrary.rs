//! Which descriptions by one noun are of different ones: "the Russian government" and "the U.S. government", "the older suspect" and "the
//! younger suspect", "the Police Department" and the Justice Department.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::alike::folded;
use crate::cluster::Clusters;
use crate::phrase::{Form, Phrase};
use crate::seen::Seen;
use crate::tree::Trees;

const TABLE: &str = include_str!("../data/contrary.txt");

/// The line of each word that another one of its line excludes.
static LINES: LazyLock<BTreeMap<&'static str, usize>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).enumerate();
    lines.flat_map(|(line, words)| words.split_whitespace().map(move |word| (word, line))).collect()
});

/// Mentions before a description that are looked at for those of a cluster, and descriptions of it that are compared, the last ones.
const NEAR: usize = 400;
const COMPARED: usize = 20;

/// The words before a description's noun that are written like names, in one spelling; its sentence begins at `start`.
pub(crate) fn proper(trees: &Trees<'_>, phrase: &Phrase, start: usize) -> Vec<String> {
    if phrase.name.is_some() {
        return Vec::new();
    }
    let named = |i: &usize| {
        let word = trees.word(*i);
        let noun = word.xpos.as_str().starts_with("NNP");
        trees.said(*i).starts_with(char::is_uppercase) && (noun || word.upos == "ADJ" && *i > start)
    };
    (phrase.shown.start..phrase.head).filter(named).filter_map(|i| spelled(&trees.lower(i))).collect()
}

/// One spelling for a country's short name and its adjective; none for days, which tell of no one.
fn spelled(word: &str) -> Option<String> {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    Some(match word {
        "u.s." | "us" | "u.s" | "usa" => "american".to_owned(),
        "u.k." | "uk" => "british".to_owned(),
        "e.u." | "eu" => "european".to_owned(),
        word if days.contains(&word) => return None,
        word => folded(word),
    })
}

/// Whether a description cannot be of the one that mention `j` is of.
pub(crate) fn excludes(seen: &[Seen], clusters: &Clusters, i: usize, j: usize) -> bool {
    let one = &seen[i];
    let described = |one: &Seen| one.name.is_none() && one.pronoun().is_none() && one.form != Form::Joined;
    let tells = !one.proper.is_empty() || one.words.iter().any(|word| LINES.contains_key(word.as_str()));
    if !described(one) || !tells {
        return false;
    }
    let root = clusters.root(j);
    let names = &clusters.facts[root].names;
    if names.iter().any(|(_, name)| one.capital && is_other_name(one, name) || is_contrary_name(one, name)) {
        return true;
    }
    let near = (i.saturating_sub(NEAR)..i).rev().filter(|k| described(&seen[*k]) && clusters.root(*k) == root);
    near.take(COMPARED).any(|k| are_two(one, &seen[k]))
}

/// "The Police Department" is its own name, or a part of one: not the Justice Department.
fn is_other_name(one: &Seen, name: &[String]) -> bool {
    let last = name.len() > 1 && name.last() == Some(&one.noun);
    last && !one.proper.is_empty() && !one.proper.iter().any(|word| name.contains(word))
}

/// "The appeals court" is not the Supreme Court.
fn is_contrary_name(one: &Seen, name: &[String]) -> bool {
    name.last() == Some(&one.noun) && are_contrary(&one.words, name)
}

fn are_two(one: &Seen, two: &Seen) -> bool {
    if one.noun != two.noun {
        return false;
    }
    let apart = !one.proper.is_empty() && !two.proper.is_empty();
    apart && !one.proper.iter().any(|word| two.proper.contains(word)) || are_contrary(&one.words, &two.words)
}

/// Whether a word of the one is of the same line as one of the other, and they share none of that line.
fn are_contrary(one: &[String], two: &[String]) -> bool {
    let of = |words: &[String]| -> Vec<(usize, String)> {
        words.iter().filter_map(|word| Some((*LINES.get(word.as_str())?, word.clone()))).collect()
    };
    let (one, two) = (of(one), of(two));
    one.iter().any(|(line, _)| {
        let other = two.iter().any(|(second, _)| second == line);
        other && !one.iter().any(|word| word.0 == *line && two.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_on_one_line() {
        let words = TABLE.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
        assert_eq!(words.count(), LINES.len());
    }

    #[test]
    fn words_of_a_line_exclude_one_another() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(are_contrary(&words("older"), &words("second younger")));
        assert!(are_contrary(&words("first main"), &words("second")));
        assert!(!are_contrary(&words("first main"), &words("main")));
        assert!(!are_contrary(&words("first older"), &words("older")));
        assert!(!are_contrary(&words("older"), &words("second")));
    }
}
