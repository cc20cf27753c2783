//! Where a mention stands in its tree: what it hangs on, in which clause, and how far below the top.

use crate::tree::Trees;

/// Words that are climbed over at most.
const HIGH: usize = 12;

/// Relations that are told apart; all others are one.
const RELATIONS: [&str; 19] = [
    "nsubj",
    "nsubj:pass",
    "obj",
    "iobj",
    "obl",
    "obl:agent",
    "nmod:poss",
    "nmod",
    "compound",
    "appos",
    "conj",
    "flat",
    "root",
    "vocative",
    "dep",
    "xcomp",
    "ccomp",
    "parataxis",
    "advcl",
];

/// Relations by which clauses hang on others.
const CLAUSES: [&str; 8] = ["advcl", "acl:relcl", "ccomp", "xcomp", "acl", "parataxis", "conj", "advcl:relcl"];

/// What stands right before a mention.
const BEFORE: [&str; 4] = ["(", ",", "and", "of"];

/// Where a mention stands. Words are numbered through the report.
#[derive(Clone, Debug)]
pub(crate) struct Stand {
    /// The word itself and those above it, to the top.
    pub(crate) climb: Vec<usize>,
    /// The relation by which it hangs, by its place among those that are told apart.
    pub(crate) relation: usize,
    /// The head of its clause and the words above that, to the top.
    pub(crate) clause: Vec<usize>,
    /// The relation by which its clause hangs; that of the whole sentence is the first.
    pub(crate) clause_relation: usize,
    /// The word that it hangs on, in lower case.
    pub(crate) over: String,
    /// What stands right before it; zero for anything else.
    pub(crate) before: usize,
}

impl Stand {
    /// Finds where the mention stands whose head is `head`, which hangs by its first part's word `first`, and which begins at `start`.
    pub(crate) fn of(trees: &Trees<'_>, head: usize, first: usize, start: usize) -> Stand {
        let clause = clause(trees, head);
        let hangs = if trees.is_root(clause) { None } else { CLAUSES.iter().position(|r| *r == trees.rel(clause)) };
        Stand {
            climb: climb(trees, head),
            relation: RELATIONS.iter().position(|r| *r == trees.rel(first)).unwrap_or(RELATIONS.len()),
            clause_relation: match hangs {
                _ if trees.is_root(clause) => 0,
                Some(at) => at + 1,
                None => CLAUSES.len() + 1,
            },
            clause: climb(trees, clause),
            over: trees.lower(trees.head(first)),
            before: (start > 0)
                .then(|| trees.lower(start - 1))
                .and_then(|word| BEFORE.iter().position(|b| *b == word))
                .map_or(0, |at| at + 1),
        }
    }

    /// Numbers the words of a later section on.
    pub(crate) fn shift(&mut self, words: usize) {
        self.climb.iter_mut().chain(&mut self.clause).for_each(|word| *word += words);
    }

    /// Subject, object, owner, oblique or anything else.
    pub(crate) fn part(&self) -> usize {
        match self.relation {
            0 | 1 => 0,
            2 | 3 => 1,
            6 => 2,
            4 | 5 => 3,
            _ => 4,
        }
    }

    /// The word at the top of the sentence, as far as was climbed.
    pub(crate) fn top(&self) -> Option<usize> {
        self.climb.last().copied()
    }

    /// The word above the mention.
    pub(crate) fn above(&self) -> Option<usize> {
        self.climb.get(1).copied()
    }

    /// How many steps lie between two mentions of one tree.
    pub(crate) fn steps(&self, other: &Stand) -> Option<usize> {
        let up = |(k, word): (usize, &usize)| other.climb.iter().position(|w| w == word).map(|down| k + down);
        self.climb.iter().enumerate().find_map(up)
    }
}

fn climb(trees: &Trees<'_>, from: usize) -> Vec<usize> {
    let mut words = vec![from];
    let mut at = from;
    while !trees.is_root(at) && words.len() < HIGH {
        at = trees.head(at);
        words.push(at);
    }
    words
}

/// The head of the clause that a word stands in.
fn clause(trees: &Trees<'_>, word: usize) -> usize {
    let mut at = word;
    for _ in 0..HIGH {
        if trees.is_root(at) {
            break;
        }
        let verb = matches!(trees.word(at).upos.as_str(), "VERB" | "AUX");
        let hangs = CLAUSES.contains(&trees.rel(at)) && trees.rel(at) != "conj";
        if at != word && (verb || hangs) {
            break;
        }
        at = trees.head(at);
    }
    at
}
