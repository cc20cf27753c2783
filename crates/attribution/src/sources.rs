//! What a source is: named or not, one or several, how it is said to know.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use reportedly_record::{EntityKind, Mention, SourceKind, Span, Syntax, Text};

use crate::cues::plural;
use crate::tree::Trees;

const NOUNS: &str = include_str!("../data/sources.txt");
const BASES: &str = include_str!("../data/bases.txt");

/// What was read of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// What it is; none where that is open, as for a pronoun.
    pub kind: Option<SourceKind>,
    /// How many unnamed people speak, where the text says so.
    pub count: Option<u32>,
    /// How unnamed people are said to know, or why they are not named.
    pub basis: Option<Span>,
}

static WORDS: LazyLock<BTreeMap<&'static str, BTreeSet<String>>> = LazyLock::new(|| {
    let mut words: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for line in NOUNS.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split_whitespace();
        let Some(group) = parts.next() else { continue };
        for noun in parts {
            let (one, many) = noun.split_once('/').map_or((noun, None), |(one, many)| (one, Some(many)));
            let set = words.entry(group).or_default();
            set.insert(one.to_owned());
            set.insert(many.map_or_else(|| plural(one), str::to_owned));
        }
    }
    words
});

static PATTERNS: LazyLock<Regex> = LazyLock::new(|| {
    let each: Vec<&str> = BASES.lines().filter_map(|line| line.strip_prefix("basis ")).collect();
    Regex::new(&format!(r"(?i)\b(?:{})", each.join("|"))).expect("the table's patterns are tested")
});

/// Whether a phrase in lower case is a paper, an agency or a broadcaster by its last word.
pub(crate) fn is_paper(phrase: &str) -> bool {
    phrase.split_whitespace().last().is_some_and(|word| is_in("media", word))
}

/// Whether a noun in lower case is one for people, a body or a paper, and for nothing else.
pub(crate) fn is_speaker(word: &str) -> bool {
    ["people", "body", "media"].iter().any(|group| is_in(group, word)) && !matches!(word, "figure" | "figures")
}

fn is_in(group: &str, word: &str) -> bool {
    WORDS.get(group).is_some_and(|set| set.contains(word))
}

/// Reads a source, given as a span of the text, by its words, their trees and the names in it.
pub fn source(text: &Text, syntax: &Syntax, mentions: &[Mention], span: Span) -> Source {
    let trees = Trees::new(text, syntax);
    let first = syntax.words.partition_point(|w| w.span.bytes().end <= span.bytes().start);
    let end = syntax.words.partition_point(|w| w.span.bytes().start < span.bytes().end);
    if first >= end { Source::default() } else { of(&trees, mentions, first..end) }
}

/// Reads the source that stands in a range of words.
pub(crate) fn of(trees: &Trees<'_>, mentions: &[Mention], mut range: Range<usize>) -> Source {
    // "an official, who was not authorised to speak": what is told about them is no part of who they are.
    let told = (range.start + 1..range.end).find(|i| {
        trees.said(i - 1) == "," && matches!(trees.lower(*i).as_str(), "who" | "whose" | "which" | "speaking")
    });
    let core = range.start..told.map_or(range.end, |i| i - 1);
    let whole = std::mem::replace(&mut range, core);
    let Some(top) = trees.top(&range) else { return Source::default() };
    let counted = counted(trees, &range);
    let head = counted.unwrap_or_else(|| people_of(trees, &range, top));
    let head = officials_of_several(trees, &range, head).unwrap_or(head);
    // "two officials briefed on it said": the tree may take the participle for the verb.
    let noun = (range.start..head).rev().find(|i| matches!(trees.word(*i).upos.as_str(), "NOUN" | "PROPN"));
    let head = noun.filter(|_| trees.word(head).upos == "VERB").unwrap_or(head);
    let read = |head: usize| kind(trees, mentions, &range, head, &trees.lower(head));
    // "Three officials with direct knowledge": where the tree tells nothing, the noun of the first phrase may.
    let (head, kind) = match (read(head), leading(trees, &range)) {
        (None, Some(first)) if first != head => (first, read(first)),
        (kind, _) => (head, kind),
    };
    if kind != Some(SourceKind::Unnamed) {
        return Source { kind, count: None, basis: None };
    }
    let count = match counted {
        Some(_) => number(&trees.lower(range.start)),
        None => count(trees, &range, head),
    };
    Source { kind, count, basis: basis(trees, &whole) }
}

/// The last noun of the phrase that a source begins with.
fn leading(trees: &Trees<'_>, range: &Range<usize>) -> Option<usize> {
    let own = |i: &usize| matches!(trees.word(*i).upos.as_str(), "DET" | "NUM" | "ADJ" | "NOUN" | "PROPN");
    let last = range.clone().take_while(own).last()?;
    (trees.word(last).upos == "NOUN" && last + 1 < range.end).then_some(last)
}

/// "one of the sources": the noun behind a number, "of" and an article, whatever the tree says.
fn counted(trees: &Trees<'_>, range: &Range<usize>) -> Option<usize> {
    let word = |i: usize| if i < range.end { trees.lower(i) } else { String::new() };
    let at = range.start;
    let is = number(&word(at)).is_some()
        && word(at + 1) == "of"
        && matches!(word(at + 2).as_str(), "the" | "those" | "these" | "his" | "her" | "their");
    (at + 3..range.end).filter(|_| is).find(|i| trees.word(*i).upos == "NOUN")
}

/// "FBI and Justice Department officials": the first body is one of those whose officials they are.
fn officials_of_several(trees: &Trees<'_>, range: &Range<usize>, head: usize) -> Option<usize> {
    let conj = trees.child(head, &["conj"]).filter(|noun| range.contains(noun))?;
    let owned = trees.child(conj, &["compound"]).is_some_and(|c| trees.word(c).upos == "PROPN");
    let people = trees.word(conj).xpos == "NNS" && is_in("people", &trees.lower(conj));
    (trees.word(head).upos == "PROPN" && people && owned).then_some(conj)
}

/// "a group of officials", "42 percent of voters", "one of the sources": the people stand behind "of".
fn people_of(trees: &Trees<'_>, range: &Range<usize>, top: usize) -> usize {
    let measure = trees.word(top).upos == "NUM"
        || matches!(
            trees.lower(top).as_str(),
            "one"
                | "group"
                | "number"
                | "handful"
                | "couple"
                | "majority"
                | "percent"
                | "%"
                | "dozens"
                | "hundreds"
                | "thousands"
                | "lot"
                | "some"
                | "many"
                | "most"
                | "several"
                | "both"
                | "half"
                | "third"
                | "quarter"
                | "plurality"
                | "pair"
                | "trio"
                | "any"
                | "few"
                | "all"
                | "none"
                | "bunch"
                | "crowd"
                | "team"
                | "slew"
                | "series"
                | "array"
        );
    let of = trees
        .child(top, &["nmod", "obl"])
        .filter(|noun| range.contains(noun) && trees.child(*noun, &["case"]).is_some_and(|c| trees.lower(c) == "of"));
    match of {
        Some(noun) if measure && trees.word(noun).upos != "PRON" => noun,
        _ => top,
    }
}

fn kind(trees: &Trees<'_>, mentions: &[Mention], range: &Range<usize>, head: usize, word: &str) -> Option<SourceKind> {
    let span = trees.span(range);
    let inside = || mentions.iter().filter(|m| span.covers(m.evidence.span));
    let at = |i: usize| inside().find(|m| m.evidence.span.covers(trees.word(i).span));
    let holds_head = at(head);
    // "Clinton strategists" are not Clinton: a compound names the head only from behind it.
    let part = |child: usize| {
        range.contains(&child)
            && (trees.is(child, &["appos", "flat", "nmod:desc", "list"])
                || child > head && trees.is(child, &["compound"]))
    };
    let beside = trees
        .children(head)
        .iter()
        .copied()
        .filter(|c| part(*c))
        .find_map(|c| at(c).filter(|m| m.kind == EntityKind::Person));
    let people = is_in("people", word);
    // "Prosecutors said": the office speaks, as police do. Two of them are two people.
    let first = trees.lower(range.start);
    let counted = || number(&first).is_some() || matches!(first.as_str(), "some" | "several");
    if word == "prosecutors" && !counted() && holds_head.is_none() {
        return Some(SourceKind::Collective);
    }
    let this = trees.children(head).iter().any(|c| trees.lower(*c) == "this" && trees.is(*c, &["det"]));
    if this && (is_in("media", word) || matches!(word, "reporter" | "correspondent" | "writer")) {
        return Some(SourceKind::Outlet);
    }
    // "President Roe", "Ada Roe, an aide", "the mayor, Ada Roe".
    let after_comma = range.clone().skip(1).any(|i| {
        trees.said(i - 1) == ","
            && at(i).is_some_and(|m| {
                m.kind == EntityKind::Person && m.evidence.span.bytes().start == trees.word(i).span.bytes().start
            })
    });
    // "Spokeswoman Ada Roe", but not "aides to Ada Roe": whatever the tree says.
    let ends_in_name = inside().any(|m| {
        let own = |i: &usize| m.evidence.span.covers(trees.word(*i).span);
        let before = range.clone().find(own).filter(|first| *first > range.start).map(|first| trees.word(first - 1));
        m.kind == EntityKind::Person
            && own(&(range.end - 1))
            && before.is_some_and(|word| matches!(word.upos.as_str(), "NOUN" | "PROPN" | "ADJ"))
    });
    // "One Lorne Republican" is nobody's name.
    let any = matches!(trees.lower(range.start).as_str(), "a" | "an" | "one" | "another");
    if any && beside.is_none() && !after_comma && holds_head.is_some_and(|m| m.kind == EntityKind::Person) {
        return Some(SourceKind::Unnamed);
    }
    if holds_head.is_some_and(|m| m.kind == EntityKind::Person) || beside.is_some() || after_comma || ends_in_name {
        return Some(SourceKind::Named);
    }
    let capital = trees.said(head).starts_with(char::is_uppercase);
    // "Police" is no pronoun, whatever it was taken for.
    if trees.word(head).upos == "PRON" && !people && !is_in("body", word) {
        return None;
    }
    if people {
        let many = is_many(trees, head, word);
        let definite = trees.children(head).iter().any(|c| trees.lower(*c) == "the" && trees.is(*c, &["det"]));
        let owned = trees.child(head, &["nmod:poss"]).is_some();
        // "the candidate", "her husband", "Republican nominee": somebody whom the text names elsewhere.
        let one_known = !many && (definite || owned) && !is_in("definite", word);
        let rivals = matches!(word, "candidates" | "contenders" | "nominees" | "rivals" | "men" | "women")
            && (definite || range.clone().any(|i| trees.lower(i) == "both"));
        let titled = !many && capital && trees.word(head).upos == "PROPN" && range.len() > 1 && !definite;
        return Some(if one_known || rivals || titled { SourceKind::Named } else { SourceKind::Unnamed });
    }
    if let Some(name) = holds_head {
        return Some(match name.kind {
            _ if capital && is_in("media", word) => SourceKind::Media,
            EntityKind::Media => SourceKind::Media,
            EntityKind::Document | EntityKind::Agreement => SourceKind::Document,
            EntityKind::Group => SourceKind::Unnamed,
            _ => SourceKind::Named,
        });
    }
    // "Estimates suggest": nobody's in particular.
    if matches!(word, "estimates" | "rumours" | "rumors") && range.len() == 1 {
        return Some(SourceKind::Unnamed);
    }
    // "Bill and Ada": a word that is written as a name, and by itself, is one.
    let bare = capital && trees.word(head).upos == "PROPN" && range.start == head;
    let joined = bare && range.len() > 2 && trees.child(head, &["conj"]).is_some_and(|c| range.contains(&c));
    if joined && is_in("document", word) {
        return Some(SourceKind::Named);
    }
    if is_in("document", word) {
        return Some(SourceKind::Document);
    }
    if is_in("media", word) && (capital || is_press(trees, head, word)) {
        return Some(SourceKind::Media);
    }
    if is_in("body", word) {
        return Some(SourceKind::Collective);
    }
    // A plural that nothing is known of is people more often than not: "kayakers said".
    let agents = ["ers", "ors", "ists", "ans", "ees", "men", "women", "folk", "folks", "ians"];
    match trees.word(head).xpos.as_str() {
        "NNS" if agents.iter().any(|end| word.ends_with(end)) => Some(SourceKind::Unnamed),
        // "An electrician said".
        "NN" if ["ian", "ist", "man", "woman", "eer"].iter().any(|end| word.ends_with(end))
            && trees.children(head).iter().any(|c| matches!(trees.lower(*c).as_str(), "a" | "an")) =>
        {
            Some(SourceKind::Unnamed)
        }
        "NNP" | "NNPS" => Some(SourceKind::Named),
        _ => None,
    }
}

/// Whether a lower-case noun is one for a paper or a broadcaster: "the agency" may be any, "the news agency" and "the paper" are.
fn is_press(trees: &Trees<'_>, head: usize, word: &str) -> bool {
    const ANY: [&str; 22] = [
        "agency",
        "agencies",
        "station",
        "stations",
        "network",
        "networks",
        "channel",
        "channels",
        "star",
        "stars",
        "record",
        "records",
        "register",
        "standard",
        "standards",
        "post",
        "posts",
        "sun",
        "mirror",
        "globe",
        "independent",
        "independents",
    ];
    const PRESS: [&str; 12] = [
        "news",
        "press",
        "wire",
        "radio",
        "television",
        "tv",
        "broadcast",
        "cable",
        "state-run",
        "state",
        "media",
        "this",
    ];
    let press = |c: &usize| PRESS.contains(&trees.lower(*c).as_str());
    !ANY.contains(&word) || trees.children(head).iter().any(press)
}

/// Whether a noun speaks of several; at the start of a sentence the tag alone may mistake one for a name.
fn is_many(trees: &Trees<'_>, head: usize, word: &str) -> bool {
    matches!(trees.word(head).xpos.as_str(), "NNS" | "NNPS")
        || word == "people"
        || word.strip_suffix('s').is_some_and(|one| is_in("people", one))
}

/// How many people speak: said in a number or by a singular, never by a plural.
fn count(trees: &Trees<'_>, range: &Range<usize>, head: usize) -> Option<u32> {
    let top = trees.top(range).filter(|top| trees.word(*top).upos != "VERB").unwrap_or(head);
    let about = (range.start..head.max(top + 1)).any(|i| {
        matches!(
            trees.lower(i).as_str(),
            "about"
                | "around"
                | "nearly"
                | "almost"
                | "least"
                | "more"
                | "over"
                | "roughly"
                | "some"
                | "than"
                | "percent"
                | "%"
                | "dozen"
                | "every"
                | "each"
                | "any"
        )
    });
    // "One of the sources" hangs on its number; "two officials" has it in front, sometimes read as an article.
    let above = (top != head).then_some(top);
    let before = (range.start..head).rev().filter(|n| trees.head(*n) == head);
    if let Some(number) = above.into_iter().chain(before).find_map(|n| number(&trees.lower(n))) {
        return (!about).then_some(number);
    }
    let word = trees.lower(head);
    let one = matches!(trees.word(head).xpos.as_str(), "NN" | "NNP") && !is_many(trees, head, &word);
    let crowd = matches!(
        word.as_str(),
        "staff" | "crowd" | "audience" | "public" | "electorate" | "people" | "some" | "many" | "most" | "other"
    );
    (top == head && one && !crowd && !about).then_some(1)
}

fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS
        .iter()
        .position(|w| *w == word)
        .map(|n| n as u32)
        .or_else(|| word.parse().ok())
        .filter(|n| *n > 0 && !YEARS.contains(n))
}

/// Numbers that are a year more often than people: "2020 campaign aides".
const YEARS: Range<u32> = 1900..2100;

/// The words of a source, or right behind it in its sentence, that say how it knows.
fn basis(trees: &Trees<'_>, range: &Range<usize>) -> Option<Span> {
    let sentence = trees.sentence(range.start);
    let from = trees.word(range.start).span.bytes().start;
    let to = trees.word(sentence.end.max(range.end) - 1).span.bytes().end;
    let source_end = trees.word(range.end - 1).span.bytes().end;
    let text = &trees.text.as_str()[from..to];
    let found = PATTERNS.find_iter(text).find(|m| {
        // Behind the source only what follows it at once, or after its verb: ", speaking on condition of anonymity".
        from + m.start() < source_end || text[source_end - from..m.start()].split_whitespace().count() <= 6
    })?;
    let inside = from + found.start() < source_end;
    let end = clause_end(text, found.end(), if inside { source_end - from } else { text.len() });
    Some(trees.text.span(from + found.start()..from + end))
}

/// Where a clause that goes on from a place ends: at a comma, a stop or a closing mark, but not behind `last`.
fn clause_end(text: &str, from: usize, last: usize) -> usize {
    let last = last.max(from);
    let stop = text[from..last].find([',', '.', ';', ')', '—', '–', '”', '"', '“']).map_or(last, |i| from + i);
    text[..stop].trim_end_matches(|c: char| !c.is_alphanumeric()).len().max(from.min(stop))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_basis_holds_for_its_examples() {
        let mut wrong = Vec::new();
        let mut own: Option<Regex> = None;
        for line in BASES.lines() {
            if let Some(pattern) = line.strip_prefix("basis ") {
                own = Some(Regex::new(&format!(r"(?i)\b(?:{pattern})")).expect(pattern));
            } else if let Some(example) = line.strip_prefix("yes ") {
                let (Some(open), Some(close)) = (example.find('['), example.find(']')) else {
                    panic!("no brackets: {line}")
                };
                let text = example.replace(['[', ']'], "");
                let clause = |m: regex::Match<'_>| (m.start(), clause_end(&text, m.end(), text.len()));
                let found = PATTERNS.find(&text).map(clause).map(|(start, end)| (start, end.min(close - 1)));
                let alone = own.as_ref().is_some_and(|own| own.is_match(&text));
                wrong.extend((found != Some((open, close - 1)) || !alone).then(|| format!("{example}: {found:?}")));
            } else if let Some(example) = line.strip_prefix("no ") {
                wrong.extend(PATTERNS.is_match(example).then(|| example.to_owned()));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn an_agency_may_be_any() {
        let of = |word: &str| format!("the DET DT 3 det\n{word} NOUN NN 3 compound\nagency NOUN NN 0 root");
        check(&of("tax"), &[], (Some(SourceKind::Collective), None, None));
        check(&of("news"), &[], (Some(SourceKind::Media), None, None));
    }

    #[test]
    fn officials_of_two_bodies_are_people() {
        let rows = "FBI PROPN NNP 0 root\nand CCONJ CC 4 cc\nCustoms PROPN NNP 4 compound\nofficials NOUN NNS 1 conj";
        check(rows, &[(EntityKind::Organisation, "FBI")], (Some(SourceKind::Unnamed), None, None));
    }

    fn check(rows: &str, names: &[(EntityKind, &str)], expected: (Option<SourceKind>, Option<u32>, Option<&str>)) {
        let (text, syntax) = crate::sketch::sketch(rows);
        let names: Vec<Mention> = names.iter().map(|(kind, n)| crate::sketch::name(&text, *kind, n)).collect();
        let found = source(&text, &syntax, &names, text.span(0..text.len()));
        assert_eq!((found.kind, found.count, found.basis.map(|b| text.slice(b))), expected, "{}", text.as_str());
    }

    #[test]
    fn one_of_a_party_is_nobody_named() {
        let rows = "one NUM CD 3 nummod\n Lorne PROPN NNP 3 compound\n Republican PROPN NNP 0 root";
        check(rows, &[(EntityKind::Person, "Lorne Republican")], (Some(SourceKind::Unnamed), Some(1), None));
        let mayor = "the DET DT 3 det\n mayor NOUN NN 3 nmod:desc\n Roe PROPN NNP 0 root";
        check(mayor, &[(EntityKind::Person, "Roe")], (Some(SourceKind::Named), None, None));
    }

    #[test]
    fn two_people_familiar_with_it_are_two_and_say_how_they_know() {
        check(
            "two NUM CD 2 nummod\n people NOUN NNS 0 root\n familiar ADJ JJ 2 amod\n with ADP IN 6 case\n the DET DT 6 det\n plans NOUN NNS 3 obl",
            &[],
            (Some(SourceKind::Unnamed), Some(2), Some("familiar with the plans")),
        );
    }

    #[test]
    fn a_number_that_is_read_as_an_article_counts() {
        check(
            "two DET DT 2 det\n officials NOUN NNS 0 root\n familiar ADJ JJ 2 amod\n with ADP IN 5 case\n plans NOUN NNS 3 obl",
            &[],
            (Some(SourceKind::Unnamed), Some(2), Some("familiar with plans")),
        );
    }

    #[test]
    fn people_before_a_participle_are_the_source() {
        let briefed = "a DET DT 2 det\n person NOUN NN 3 nsubj\n briefed VERB VBD 0 root\n on ADP IN 6 case\n the DET DT 6 det\n talks NOUN NNS 3 obl";
        check(briefed, &[], (Some(SourceKind::Unnamed), Some(1), Some("briefed on the talks")));
    }

    #[test]
    fn one_of_the_sources_is_one_and_sources_are_no_number() {
        let one = "one NUM CD 0 root\n of ADP IN 4 case\n the DET DT 4 det\n sources NOUN NNS 1 nmod";
        check(one, &[], (Some(SourceKind::Unnamed), Some(1), None));
        check("sources NOUN NNS 0 root", &[], (Some(SourceKind::Unnamed), None, None));
        check("Democrats PROPN NNP 0 root", &[], (Some(SourceKind::Unnamed), None, None));
    }

    #[test]
    fn a_name_beside_a_title_is_named_but_not_behind_a_name_in_front() {
        let person = EntityKind::Person;
        let named =
            "an DET DT 2 det\n aide NOUN NN 0 root\n , PUNCT , 4 punct\n Ada PROPN NNP 2 appos\n Roe PROPN NNP 4 flat";
        check(named, &[(person, "Ada Roe")], (Some(SourceKind::Named), None, None));
        // The tree is wrong here; the words are not.
        let title = "Spokeswoman PROPN NNP 0 root\n Ada PROPN NNP 1 obj\n Roe PROPN NNP 1 obl";
        check(title, &[(person, "Ada Roe")], (Some(SourceKind::Named), None, None));
        let theirs = "aides NOUN NNS 0 root\n to ADP IN 3 case\n Roe PROPN NNP 1 nmod";
        check(theirs, &[(person, "Roe")], (Some(SourceKind::Unnamed), None, None));
        let theirs = "Roe PROPN NNP 2 compound\n aides NOUN NNS 0 root";
        check(theirs, &[(person, "Roe")], (Some(SourceKind::Unnamed), None, None));
    }

    #[test]
    fn bodies_papers_and_papers_of_paper_are_told_apart() {
        let of = |noun: &str| format!("the DET DT 2 det\n {noun} NOUN NN 0 root");
        for (noun, kind) in [
            ("ministry", Some(SourceKind::Collective)),
            ("newspaper", Some(SourceKind::Media)),
            ("report", Some(SourceKind::Document)),
            ("president", Some(SourceKind::Named)),
        ] {
            check(&of(noun), &[], (kind, None, None));
        }
        check("this DET DT 2 det\n newspaper NOUN NN 0 root", &[], (Some(SourceKind::Outlet), None, None));
    }

    #[test]
    fn numbers_are_read_in_words_and_digits() {
        assert_eq!(["two", "50", "several", "0"].map(number), [Some(2), Some(50), None, None]);
    }

    #[test]
    fn a_year_is_no_number_of_people() {
        let rows = "his PRON PRP$ 3 nmod:poss\n2020 NUM CD 3 nummod\naides NOUN NNS 0 root";
        check(rows, &[], (Some(SourceKind::Unnamed), None, None));
        check(&rows.replace("2020", "20"), &[], (Some(SourceKind::Unnamed), Some(20), None));
    }

    #[test]
    fn a_name_that_is_written_like_a_paper_is_none() {
        let rows = "Bill PROPN NNP 0 root\nand CCONJ CC 3 cc\nAda PROPN NNP 1 conj";
        check(rows, &[], (Some(SourceKind::Named), None, None));
        let bill = "The DET DT 2 det\nbill NOUN NN 0 root";
        check(bill, &[], (Some(SourceKind::Document), None, None));
    }
}
