//! Where a text says that somebody did not speak: the words that say so, which way of not speaking it is, and whose. The rules are
//! patterns in `data/silences.txt`, each with examples that run as tests.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use reportedly_record::Silence;

use crate::tree::Trees;

const TABLE: &str = include_str!("../data/silences.txt");

/// Where the silent party stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// It is the subject of the cue.
    Before,
    /// It stands behind the match: "no word from the ministry".
    Behind,
    /// It was asked by what went unanswered: "calls to the ministry went unanswered".
    Unanswered,
}

struct Rule {
    form: Silence,
    place: Place,
    pattern: Regex,
}

/// Somebody's silence, by the words of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Silent {
    pub(crate) form: Silence,
    pub(crate) cue: Range<usize>,
    /// Behind the words that the rule fits.
    pub(crate) end: usize,
    /// Whole noun phrases; several where they are joined.
    pub(crate) parties: Vec<Range<usize>>,
}

struct Rules {
    rules: Vec<Rule>,
    set: RegexSet,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules = Vec::new();
    let mut patterns = Vec::new();
    for (form, place, pattern) in TABLE.lines().filter_map(rule) {
        let built = RegexBuilder::new(&pattern).case_insensitive(true).build();
        rules.push(Rule { form, place, pattern: built.expect("the table's patterns are tested") });
        patterns.push(pattern);
    }
    let set =
        RegexSetBuilder::new(patterns).case_insensitive(true).size_limit(64 << 20).dfa_size_limit(16 << 20).build();
    Rules { rules, set: set.expect("the table's patterns are tested") }
});

/// Reads one line of the table, if it is a rule, its pieces written out.
fn rule(line: &str) -> Option<(Silence, Place, String)> {
    let mut parts = line.splitn(3, ' ');
    let form = match parts.next()? {
        "did_not_respond" => Silence::DidNotRespond,
        "declined" => Silence::Declined,
        "no_comment" => Silence::NoComment,
        "not_reached" => Silence::NotReached,
        "no_word" => Silence::NoWord,
        "referred" => Silence::Referred,
        _ => return None,
    };
    let place = match parts.next()? {
        "before" => Place::Before,
        "behind" => Place::Behind,
        "unanswered" => Place::Unanswered,
        _ => return None,
    };
    let mut pattern = parts.next()?.to_owned();
    for piece in TABLE.lines().filter_map(|line| line.strip_prefix("piece ")) {
        let Some((name, meaning)) = piece.split_once(' ') else { continue };
        pattern = pattern.replace(name, meaning);
    }
    // A match begins at a word; with Unicode's boundaries it would be slow at curly marks.
    Some((form, place, format!(r"(?-u:\b){}", pattern.replace(r"\b", r"(?-u:\b)"))))
}

/// Finds the silences of a section, in text order.
pub(crate) fn silences(trees: &Trees<'_>) -> Vec<Silent> {
    let mut found = Vec::new();
    for sentence in &trees.syntax.sentences {
        let sentence = sentence.start as usize..sentence.end as usize;
        if !sentence.is_empty() {
            found.extend(in_sentence(trees, &sentence));
        }
    }
    found
}

/// "Usually does not comment": what somebody does as a rule says nothing of this time.
fn is_habit(trees: &Trees<'_>, cue: usize) -> bool {
    const RULE: [&str; 8] =
        ["usually", "rarely", "typically", "generally", "normally", "seldom", "traditionally", "often"];
    (cue.saturating_sub(2)..cue).any(|i| RULE.contains(&trees.lower(i).as_str()))
}

fn in_sentence(trees: &Trees<'_>, sentence: &Range<usize>) -> Vec<Silent> {
    let bytes = trees.span(sentence).bytes();
    let text = trees.text.as_str().get(bytes.clone()).unwrap_or_default();
    let mut found: Vec<Silent> = Vec::new();
    for at in RULES.set.matches(text) {
        let rule = &RULES.rules[at];
        for captures in rule.pattern.captures_iter(text) {
            let (Some(whole), Some(cue)) = (captures.get(0), captures.name("cue")) else { continue };
            let word = |byte: usize| trees.syntax.words.partition_point(|w| w.span.bytes().end <= bytes.start + byte);
            let until = |byte: usize| trees.syntax.words.partition_point(|w| w.span.bytes().start < bytes.start + byte);
            let cue = word(cue.start())..until(cue.end());
            let end = until(whole.end()).max(cue.end);
            let outside = cue.is_empty() || cue.start < sentence.start || end > sentence.end;
            if outside || is_open(trees, sentence, cue.start) || is_habit(trees, cue.start) {
                continue;
            }
            if found.iter().any(|f| f.cue.start < cue.end && cue.start < f.cue.end) {
                continue;
            }
            let parties = match rule.place {
                Place::Before => subjects(trees, sentence, &cue, &found),
                Place::Behind => {
                    phrase_from(trees, sentence, if rule.form == Silence::NotReached { cue.end } else { end })
                        .into_iter()
                        .collect()
                }
                Place::Unanswered => {
                    asked(trees, sentence, captures.name("ask").map_or(cue.start, |ask| until(ask.end())), cue.start)
                }
            };
            if !parties.is_empty() {
                found.push(Silent { form: rule.form, cue, end, parties });
            }
        }
    }
    found.sort_by_key(|f| f.cue.start);
    found
}

/// Whether words before a cue make it something that is not said to be: "if he declines", "to decline".
fn is_open(trees: &Trees<'_>, sentence: &Range<usize>, cue: usize) -> bool {
    let near = cue.saturating_sub(2).max(sentence.start)..cue;
    near.clone().any(|i| {
        matches!(
            trees.lower(i).as_str(),
            "to" | "if" | "unless" | "may" | "might" | "should" | "must" | "can" | "could"
        ) || i + 1 == cue && matches!(trees.lower(i).as_str(), "will" | "not" | "n't" | "never" | "would")
    })
}

fn is_noun(trees: &Trees<'_>, i: usize) -> bool {
    matches!(trees.word(i).upos.as_str(), "NOUN" | "PROPN" | "PRON" | "NUM" | "X")
        || trees.word(i).upos == "ADJ" && trees.said(i).starts_with(char::is_uppercase)
}

fn is_joint(word: &str) -> bool {
    matches!(word, "of" | "for" | "at" | "in" | "from" | "with" | "to" | "on" | "by")
}

/// The noun phrase that ends before a word, with what hangs on it by "of" and the like.
fn phrase_until(trees: &Trees<'_>, sentence: &Range<usize>, end: usize) -> Option<Range<usize>> {
    let mut start = end;
    while start > sentence.start {
        let i = start - 1;
        let noun_behind = start < end;
        let fits = match trees.word(i).upos.as_str() {
            "NOUN" | "PROPN" | "NUM" | "X" => true,
            "PRON" => true,
            "DET" | "ADJ" => noun_behind || trees.word(i).upos == "DET",
            "PART" => trees.word(i).xpos == "POS" && noun_behind,
            "ADV" => noun_behind && matches!(trees.lower(i).as_str(), "then" | "formerly"),
            "ADP" => noun_behind && is_joint(&trees.lower(i)) && i > sentence.start && is_noun(trees, i - 1),
            "SYM" | "PUNCT" => {
                let joined = trees.word(i).span.bytes().start
                    == trees.word(i - usize::from(i > sentence.start)).span.bytes().end;
                // The stop of "St. Orlo", not that of a sentence which was read as one with the next.
                let short = i > sentence.start && trees.said(i - 1).chars().count() <= 3;
                let stop = trees.said(i) == "." && short && trees.said(i - 1).starts_with(char::is_uppercase);
                noun_behind && joined && (stop || matches!(trees.said(i), "-" | "–" | "&" | "'" | "’" | "/"))
            }
            "VERB" => noun_behind && matches!(trees.word(i).xpos.as_str(), "VBG" | "VBN") && trees.is(i, &["amod"]),
            "CCONJ" => noun_behind && trees.said(i) == "&",
            _ => false,
        };
        if !fits {
            break;
        }
        start = i;
        // A pronoun is a phrase of its own, unless it owns what follows.
        if trees.word(i).upos == "PRON" && !matches!(trees.word(i).xpos.as_str(), "PRP$" | "WP$") {
            break;
        }
    }
    (start < end && (start..end).any(|i| is_noun(trees, i))).then_some(start..end)
}

/// The noun phrase that begins at a word.
fn phrase_from(trees: &Trees<'_>, sentence: &Range<usize>, start: usize) -> Option<Range<usize>> {
    let mut end = start;
    let mut noun = false;
    while end < sentence.end {
        let fits = match trees.word(end).upos.as_str() {
            "NOUN" | "PROPN" | "NUM" | "PRON" => {
                noun = true;
                true
            }
            "DET" => !noun || end > start && is_joint(&trees.lower(end - 1)),
            "ADJ" => true,
            "PART" => trees.word(end).xpos == "POS",
            "ADP" => {
                noun && matches!(trees.lower(end).as_str(), "of" | "at" | "for")
                    && end + 1 < sentence.end
                    && trees.lower(end + 1) != "comment"
            }
            "PUNCT" => trees.said(end) == "-",
            _ => false,
        };
        if !fits {
            break;
        }
        end += 1;
    }
    while end > start && !is_noun(trees, end - 1) {
        end -= 1;
    }
    (noun && end > start).then_some(start..end)
}

/// Who was asked: behind "to", "for" or "with" between what was asked and the cue.
fn asked(trees: &Trees<'_>, sentence: &Range<usize>, from: usize, until: usize) -> Vec<Range<usize>> {
    let preposition = (from..until).rev().find(|i| {
        matches!(trees.lower(*i).as_str(), "to" | "for" | "with" | "at")
            && trees.word(*i).upos == "ADP"
            && trees.lower(i + 1) != "comment"
    });
    preposition.and_then(|at| phrase_from(trees, &(sentence.start..until), at + 1)).into_iter().collect()
}

/// The subjects of a cue: one noun phrase, or several that are joined.
fn subjects(trees: &Trees<'_>, sentence: &Range<usize>, cue: &Range<usize>, found: &[Silent]) -> Vec<Range<usize>> {
    let mut at = cue.start;
    while at > sentence.start
        && (matches!(trees.word(at - 1).upos.as_str(), "AUX" | "ADV")
            || matches!(trees.lower(at - 1).as_str(), "both" | "all" | "not" | "n't"))
    {
        at -= 1;
    }
    if at == sentence.start {
        return by_tree(trees, sentence, cue).into_iter().collect();
    }
    let before = trees.lower(at - 1);
    match before.as_str() {
        "who" | "which" | "that" => {
            let end = at - 1 - usize::from(at >= 2 + sentence.start && trees.said(at - 2) == ",");
            let phrase = phrase_until(trees, sentence, end);
            // "referred questions to the solicitor, who could not be reached".
            let to = |phrase: &Range<usize>| phrase.clone().rev().find(|i| trees.lower(*i) == "to");
            return phrase.map(|p| to(&p).map_or(p.clone(), |to| to + 1..p.end)).into_iter().collect();
        }
        "and" | "but" | "or" => {
            // "has not said, and did not return calls": the same party goes on.
            let last = found.iter().rfind(|f| f.cue.end <= at && f.cue.start >= sentence.start);
            return last.map_or_else(|| by_tree(trees, sentence, cue).into_iter().collect(), |f| f.parties.clone());
        }
        "," | ")" | "—" | "–" => {
            return behind_apposition(trees, sentence, at - 1)
                .or_else(|| by_tree(trees, sentence, cue))
                .into_iter()
                .collect();
        }
        _ => {}
    }
    match phrase_until(trees, sentence, at) {
        Some(last) => joined(trees, sentence, last),
        None => by_tree(trees, sentence, cue).into_iter().collect(),
    }
}

/// "Neither A, B, nor C": the phrases before the last one.
fn joined(trees: &Trees<'_>, sentence: &Range<usize>, last: Range<usize>) -> Vec<Range<usize>> {
    let mut all = vec![last.clone()];
    let mut at = last.start;
    let mut conjunction = false;
    while at > sentence.start && all.len() < 12 {
        let before = trees.lower(at - 1);
        let joint = match before.as_str() {
            "and" | "nor" | "or" if !conjunction => {
                conjunction = true;
                let comma = at >= sentence.start + 2 && trees.said(at - 2) == ",";
                at - 1 - usize::from(comma)
            }
            "," if conjunction => at - 1,
            _ => break,
        };
        let Some(phrase) = phrase_until(trees, sentence, joint) else { break };
        at = phrase.start;
        all.push(phrase);
    }
    // What stands before the first one tells a joint subject from the object of a clause before.
    let opens = at == sentence.start
        || matches!(
            trees.lower(at - 1).as_str(),
            "neither" | "both" | "either" | "," | ";" | ":" | "—" | "–" | "“" | "\"" | "but" | "while" | "that" | "and"
        );
    if all.len() == 1 {
        let lone = without_nobody(trees, &all[0]);
        return lone.into_iter().collect();
    }
    if !opens {
        all.truncate(1);
    }
    all.reverse();
    all.iter().filter_map(|phrase| without_nobody(trees, phrase)).collect()
}

/// "Nobody at the port", "none of the companies": those who are spoken of stand behind.
fn without_nobody(trees: &Trees<'_>, phrase: &Range<usize>) -> Option<Range<usize>> {
    let first = trees.lower(phrase.start);
    let start = match first.as_str() {
        "neither" | "both" => phrase.start + 1,
        "nobody" | "none" => phrase.start + 2,
        "no" if phrase.len() > 1 && trees.lower(phrase.start + 1) == "one" => phrase.start + 3,
        "there" | "it" if phrase.len() == 1 && first == "there" => return None,
        _ => return Some(phrase.clone()),
    };
    (start < phrase.end).then_some(start..phrase.end)
}

/// "Roe, 41, could not": the phrase before the commas; "Roe's lawyer, Ada Lind, could not": the name between them.
fn behind_apposition(trees: &Trees<'_>, sentence: &Range<usize>, closing: usize) -> Option<Range<usize>> {
    let mark = trees.said(closing);
    let opening = if mark == ")" { "(" } else { mark };
    let open = (sentence.start..closing).rev().take(30).find(|i| trees.said(*i) == opening)?;
    let inner = open + 1..closing;
    let name = !inner.is_empty() && inner.len() <= 4 && inner.clone().all(|i| trees.word(i).upos == "PROPN");
    if name {
        return Some(inner);
    }
    let outer = phrase_until(trees, sentence, open)?;
    // "Oren, the son of Vask, who is ill, could not": two clauses behind one name.
    let another = outer.start > sentence.start
        && trees.said(outer.start - 1) == ","
        && !(outer.clone()).any(|i| trees.word(i).upos == "PROPN");
    if another { behind_apposition(trees, sentence, outer.start - 1).or(Some(outer)) } else { Some(outer) }
}

/// The subject by the tree: of the cue's verb, or of the verb that it is joined to or hangs on.
fn by_tree(trees: &Trees<'_>, sentence: &Range<usize>, cue: &Range<usize>) -> Option<Range<usize>> {
    let verb = cue.clone().find(|i| trees.word(*i).upos == "VERB")?;
    let mut at = verb;
    for _ in 0..4 {
        if let Some(subject) =
            trees.child(at, &["nsubj", "nsubj:pass"]).filter(|s| *s < cue.start && sentence.contains(s))
        {
            let end = (subject..cue.start).find(|i| *i > subject && !is_noun(trees, *i)).unwrap_or(subject + 1);
            return phrase_until(trees, sentence, end);
        }
        if !trees.is(at, &["conj", "xcomp", "advcl", "ccomp"]) || trees.head(at) == at {
            break;
        }
        at = trees.head(at);
    }
    // A sentence with one subject before the cue leaves no choice.
    let mut subjects = (sentence.start..cue.start).filter(|i| trees.is(*i, &["nsubj", "nsubj:pass"]));
    let subject = subjects.next().filter(|_| subjects.next().is_none())?;
    let end = (subject..cue.start).find(|i| *i > subject && !is_noun(trees, *i)).unwrap_or(subject + 1);
    phrase_until(trees, sentence, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_does_as_a_rule_is_no_silence() {
        let rows = "Roe PROPN NNP 5 nsubj\nusually ADV RB 5 advmod\ndoes AUX VBZ 5 aux\nnot PART RB 5 advmod
            comment VERB VB 0 root\n. PUNCT . 5 punct";
        let found = |rows: &str| {
            let (text, syntax) = crate::sketch::sketch(rows);
            silences(&Trees::new(&text, &syntax)).len()
        };
        assert_eq!(found(rows), 0);
        assert_eq!(found(&rows.replace("usually", "so")), 1);
    }

    #[test]
    fn each_rule_fits_its_examples_and_no_others() {
        let mut last: Option<Regex> = None;
        let mut wrong = Vec::new();
        for line in TABLE.lines() {
            if let Some((_, _, pattern)) = rule(line) {
                last = Some(RegexBuilder::new(&pattern).case_insensitive(true).build().expect(&pattern));
                continue;
            }
            let Some(regex) = &last else { continue };
            if let Some(text) = line.strip_prefix("yes ") {
                wrong.extend((!regex.is_match(text)).then(|| format!("does not fit: {text}")));
            } else if let Some(text) = line.strip_prefix("no ") {
                wrong.extend(regex.is_match(text).then(|| format!("fits: {text}")));
            } else {
                assert!(line.is_empty() || line.starts_with('#') || line.starts_with("piece "), "no rule: {line}");
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
