//! Which descriptions by one noun are of different ones: "the Russian government" and "the U.S. government", "the older suspect" and "the
//! younger suspect", "the Police Department" and the Justice Department.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::join::Clusters;
use crate::phrase::{Form, Phrase};
use crate::seen::Seen;
use crate::tree::Trees;

const TABLE: &str = include_str!("../data/contrary.txt");

/// The line of each word that another one of its line excludes.
static LINES: LazyLock<BTreeMap<&'static str, usize>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).enumerate();
    lines.flat_map(|(line, words)| words.split_whitespace().map(move |word| (word, line))).collect()
});

/// Mentions of a cluster that a description is compared with, the last ones.
const COMPARED: usize = 40;

/// The words before a description's noun that are written like names, in lower case.
pub(crate) fn proper(trees: &Trees<'_>, phrase: &Phrase) -> Vec<String> {
    if phrase.name.is_some() {
        return Vec::new();
    }
    let first = |i: usize| i == 0 || trees.said(i - 1) == "." || trees.is_root(i) && trees.reach(i).start == i;
    let named = |i: &usize| {
        let word = trees.word(*i);
        let noun = word.xpos.as_str().starts_with("NNP");
        trees.said(*i).starts_with(char::is_uppercase) && (noun || word.upos == "ADJ" && !first(*i))
    };
    (phrase.shown.start..phrase.head).filter(named).map(|i| trees.lower(i)).collect()
}

/// Whether a description cannot be of the one that mention `j` is of.
pub(crate) fn excludes(seen: &[Seen], clusters: &Clusters, i: usize, j: usize) -> bool {
    let one = &seen[i];
    let described = |one: &Seen| one.pronoun().is_none() && one.form != Form::Joined;
    if !described(one) || one.name.is_some() {
        return false;
    }
    let root = clusters.root(j);
    let of = (0..seen.len()).filter(|k| *k != i && clusters.root(*k) == root && described(&seen[*k]));
    let mut of: Vec<usize> = of.collect();
    of.drain(..of.len().saturating_sub(COMPARED));
    of.into_iter().any(|k| are_two(one, &seen[k]))
}

fn are_two(one: &Seen, two: &Seen) -> bool {
    if two.name.is_some() {
        // "The Police Department": its own name, or a part of one.
        let last = two.words.len() > 1 && two.words.last() == Some(&one.noun);
        return one.capital && last && one.proper.iter().any(|word| !two.words.contains(word));
    }
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
