//! Which other mention the grammar says that one is the same as: "the envoy, Ada Roe", "Ada Roe is the envoy", "Ada Roe, who".

use reportedly_record::EntityKind;

use crate::lexicon::{self, Number, Sense};
use crate::phrase::{Form, Phrase, Pronoun, parts, relative};
use crate::tree::Trees;

/// Why grammar makes two mentions one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// "The envoy, Ada Roe".
    Apposed,
    /// "Ada Roe is the envoy".
    Predicate,
    /// "Ada Roe, who".
    Relative,
    /// "Ada Roe blamed herself".
    Own,
}

/// The mention that grammar makes the same as a phrase, by its head.
pub(crate) fn link(trees: &Trees<'_>, phrase: &Phrase) -> Option<(Link, usize)> {
    let head = phrase.head;
    match phrase.form {
        Form::Joined => None,
        Form::Pronoun(Pronoun::Relative) => relative(trees, head).map(|noun| (Link::Relative, noun)),
        Form::Pronoun(Pronoun::Own) => subject(trees, head).map(|subject| (Link::Own, subject)),
        Form::Pronoun(_) => None,
        // "Ada Roe, whose husband": he is not Ada Roe.
        _ if trees.lower(phrase.shown.start) == "whose" => None,
        _ if trees.rel(head) == "appos" && !trees.is_root(head) => {
            let of = trees.head(head);
            let of = beside_comma(trees, phrase.whole.start, of).unwrap_or(of);
            // A list is no apposition: "Ada Roe, Ben Lind and others".
            let listed = trees.child(of, &["conj"]).is_some()
                || trees.child(head, &["conj"]).is_some() && !is_twofold(trees, phrase);
            // Nor is what stands in another clause: "Ada Roe took over from her father".
            let apart = of > head
                || (of..head)
                    .any(|i| trees.word(i).upos == "VERB" && trees.rel(i) != "acl:relcl" && trees.rel(i) != "acl");
            let hangs = (!listed && !apart).then_some((Link::Apposed, of));
            // Where the tree has it hang on what stands behind it, the name before the comma is meant.
            hangs.or_else(|| set_off(trees, phrase).filter(|_| of > head).map(|name| (Link::Apposed, name)))
        }
        Form::Name if behind_owned(trees, phrase).is_some() => {
            behind_owned(trees, phrase).map(|noun| (Link::Apposed, noun))
        }
        Form::Name if behind_title(trees, phrase).is_some() => {
            behind_title(trees, phrase).map(|noun| (Link::Apposed, noun))
        }
        Form::Name if before_agency(trees, phrase).is_some() => {
            before_agency(trees, phrase).map(|noun| (Link::Apposed, noun))
        }
        Form::Name if second_subject(trees, phrase).is_some() => {
            second_subject(trees, phrase).map(|noun| (Link::Apposed, noun))
        }
        _ if in_pair(trees, phrase).is_some() => in_pair(trees, phrase).map(|name| (Link::Apposed, name)),
        _ if set_off(trees, phrase).is_some() => set_off(trees, phrase).map(|name| (Link::Apposed, name)),
        _ => {
            let cop = trees.child(head, &["cop"])?;
            let subject = trees.child(head, &["nsubj", "nsubj:outer"])?;
            let not = trees.children(head).iter().any(|c| matches!(trees.lower(*c).as_str(), "not" | "n't" | "never"));
            let open = trees.child(head, &["aux", "mark"]).is_some();
            let is = matches!(trees.lower(cop).as_str(), "is" | "was" | "are" | "were" | "'s" | "'re");
            let fits = matches!(phrase.form, Form::Definite | Form::Owned | Form::Name | Form::Indefinite);
            (is && fits && !not && !open && subject < head).then_some((Link::Predicate, subject))
        }
    }
}

/// The noun right before a name that the name stands beside without a comma: "his son Ben".
fn behind_owned(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    let noun = phrase.shown.start.checked_sub(1)?;
    let hangs = !trees.is_root(phrase.head) && trees.head(phrase.head) == noun;
    let beside = matches!(trees.rel(phrase.head), "flat" | "nmod:desc" | "nmod:unmarked" | "appos");
    let owned = trees.word(noun).upos == "NOUN" && trees.child(noun, &["nmod:poss"]).is_some();
    (hangs && beside && owned).then_some(noun)
}

/// The title or description right before a name, without a comma: "President Roe", "the harbour pilot Ben Lind", "Secretary of State
/// Ada Roe".
fn behind_title(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    const BESIDE: [&str; 5] = ["flat", "nmod:desc", "nmod:unmarked", "appos", "compound"];
    let hangs = |below: usize, above: &dyn Fn(usize) -> bool| {
        !trees.is_root(below) && BESIDE.contains(&trees.rel(below)) && above(trees.head(below))
    };
    let titles = |noun: usize| {
        let word = trees.word(noun);
        let one = matches!(word.xpos.as_str(), "NN" | "NNP") && matches!(word.upos.as_str(), "NOUN" | "PROPN");
        let person = Sense::Of(EntityKind::Person);
        let beside = hangs(noun, &|above| phrase.shown.contains(&above)) || hangs(phrase.head, &|above| above == noun);
        one && beside && lexicon::noun(&trees.lower(noun)).is_some_and(|noun| noun.sense == person)
    };
    let last = phrase.shown.start.checked_sub(1)?;
    if titles(last) || is_bare_title(trees, last) {
        return Some(last);
    }
    // "Secretary of State Ada Roe": only "of" stands between; "a spokesman for President Roe" is not he.
    let inside = |i: usize| matches!(trees.word(i).upos.as_str(), "NOUN" | "PROPN" | "DET" | "CCONJ");
    let first = (0..=last).rev().take(6).take_while(|i| inside(*i) || trees.lower(*i) == "of").find(|i| titles(*i))?;
    (trees.lower(first + 1) == "of").then_some(first)
}

/// "Senator Roe", "attorney Ben Lind": a title without an article is the name's behind it, whatever the tree makes of it.
fn is_bare_title(trees: &Trees<'_>, noun: usize) -> bool {
    let word = trees.word(noun);
    let one = matches!((word.upos.as_str(), word.xpos.as_str()), ("NOUN", "NN") | ("PROPN", "NNP"));
    let person = lexicon::noun(&trees.lower(noun)).is_some_and(|noun| noun.sense == Sense::Of(EntityKind::Person));
    let bare = |i: usize| !matches!(trees.word(i).upos.as_str(), "DET" | "PRON" | "PART" | "NUM" | "ADP");
    let capital = trees.said(noun).starts_with(char::is_uppercase);
    // Not what ends a line above it.
    let between = trees.word(noun).span.bytes().end..trees.word(noun + 1).span.bytes().start;
    let beside = trees.text.as_str().get(between).is_some_and(|blank| blank.len() <= 2 && !blank.contains('\n'));
    one && person
        && beside
        && trees.child(noun, &["det", "nmod:poss"]).is_none()
        && (noun == 0 && capital || noun > 0 && bare(noun - 1))
}

/// "The Arnwire agency": the noun that a body's name of one word stands right before; "the EU agency" is one of several.
fn before_agency(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    let (start, noun) = (phrase.shown.start, phrase.shown.end);
    let one = phrase.shown.len() == 1 && start > 0 && trees.lower(start - 1) == "the" && noun < trees.len();
    let sort =
        |i: usize| matches!(trees.lower(i).as_str(), "agency" | "newspaper" | "magazine" | "website" | "broadcaster");
    let name = trees.said(start);
    let spelt = name.chars().skip(1).any(char::is_lowercase);
    (one && spelt && sort(noun) && trees.rel(phrase.head) == "compound" && trees.head(phrase.head) == noun)
        .then_some(noun)
}

/// "The health minister, Hedda Vornik, met them", where the tree takes both for subjects: a verb has one.
fn second_subject(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    const SUBJECTS: [&str; 2] = ["nsubj", "nsubj:pass"];
    let (start, end) = (phrase.shown.start, phrase.shown.end);
    let noun = start.checked_sub(2).filter(|_| trees.said(start - 1) == ",")?;
    let closed = end < trees.len() && trees.said(end) == ",";
    let subjects = [noun, phrase.head].iter().all(|word| SUBJECTS.contains(&trees.rel(*word)) && !trees.is_root(*word));
    let verb = trees.head(noun);
    let one = trees.word(noun).upos == "NOUN" && trees.word(noun).xpos == "NN" && trees.head(phrase.head) == verb;
    // "Keldra's Prime Minister, Ada Roe said": the second comma is left out.
    let person = Sense::Of(EntityKind::Person);
    let title =
        lexicon::noun(&trees.lower(noun)).is_some_and(|noun| noun.sense == person && noun.number == Number::One);
    let titled = end == verb && title && trees.head(phrase.head) == verb;
    (closed && subjects && one && end < verb || subjects && titled).then_some(noun)
}

/// "Roe, the chief negotiator and a member of the board,": two descriptions of one, set off as one apposition.
fn is_twofold(trees: &Trees<'_>, phrase: &Phrase) -> bool {
    let own = parts(trees, phrase.head);
    let end = own.iter().map(|part| trees.reach(*part).end).max().unwrap_or(phrase.whole.end);
    let described = |i: usize| trees.word(i).upos == "NOUN";
    let set_off = phrase.whole.start > 0 && trees.said(phrase.whole.start - 1) == ",";
    let closed = end >= trees.len() || matches!(trees.said(end), "," | "." | ";" | ")") || trees.said(end - 1) == ",";
    set_off && closed && own.len() == 1 && described(phrase.head) && described(own[0])
}

/// The name that a description between commas stands right behind, whatever the tree makes of it: "shares in Olai Lines, a ferry
/// operator, fell".
fn set_off(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    let owned = phrase.form == Form::Owned && phrase.shown.start > phrase.whole.start;
    let start = if owned { phrase.shown.start } else { phrase.whole.start };
    let end = phrase.whole.end;
    let last = start.checked_sub(2).filter(|_| trees.said(start - 1) == ",")?;
    let described = match phrase.form {
        Form::Indefinite => matches!(trees.lower(start).as_str(), "a" | "an"),
        Form::Definite => trees.lower(start) == "the",
        _ => owned,
    };
    let comma =
        end + 1 < trees.len() && trees.said(end) == "," && !matches!(trees.lower(end + 1).as_str(), "and" | "or");
    // Where it ends the sentence no clause is told of it: "Roe v. Keldra, a ruling in which the court held so."
    let plain = || (start..end).all(|i| !matches!(trees.word(i).upos.as_str(), "VERB" | "AUX"));
    let stop = end < trees.len() && trees.said(end) == "." && phrase.form == Form::Indefinite && plain();
    let closed = comma || stop;
    // "Roe, the mayor, Lind and others" is a list.
    let closed =
        closed && (phrase.form == Form::Indefinite || !matches!(trees.word(end + 1).upos.as_str(), "PROPN" | "DET"));
    if !described || !closed || trees.word(last).upos != "PROPN" || trees.rel(phrase.head) == "conj" {
        return None;
    }
    let first = (0..=last).rev().take_while(|i| trees.word(*i).upos == "PROPN").last()?;
    // "In Arn, a ferry operator, Ada Voss, said": a place that opens the sentence is nobody described.
    let opens = first
        .checked_sub(1)
        .is_some_and(|before| trees.word(before).upos == "ADP" && trees.said(before).starts_with(char::is_uppercase));
    // As of any name: of the words that hang on others the one with the most below it.
    let outside = |i: &usize| trees.is_root(*i) || !(first..=last).contains(&trees.head(*i));
    let name = (first..=last).filter(outside).max_by_key(|i| trees.reach(*i).len())?;
    (!opens).then_some(name)
}

/// The name that two descriptions are of, "Roe, Keldra's chief negotiator and a leader of the raid", where the tree has them follow it
/// in a row.
fn in_pair(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    const LONGEST: usize = 8;
    let one = |i: usize| trees.word(i).upos == "NOUN" && trees.word(i).xpos == "NN";
    if trees.rel(phrase.head) != "conj" || !one(phrase.head) {
        return None;
    }
    let start = phrase.shown.start;
    let (comma, and) = match start.checked_sub(1).map(|before| (before, trees.said(before)))? {
        (comma, ",") => (comma, phrase.head + 1),
        (and, "and") => ((0..and).rev().take(LONGEST).find(|i| trees.said(*i) == ",")?, and),
        _ => return None,
    };
    if and + 1 >= trees.len() {
        return None;
    }
    let mut first = comma + 1..and;
    // "Roe, a teacher and a priest" may be three.
    let owned = first.clone().any(|i| trees.word(i).xpos == "POS");
    let described = owned && and > comma + 1 && one(and - 1);
    let second = trees.said(and) == "and" && matches!(trees.lower(and + 1).as_str(), "a" | "an");
    let name = beside_comma(trees, comma + 1, trees.len())?;
    (described && second && !first.any(|i| trees.word(i).upos == "VERB")).then_some(name)
}

/// How far up a tree is looked for what an apposition hangs on.
pub(crate) const HIGH: usize = 20;

/// The name that ends right before the comma which an apposition begins with, where the tree has it hang on a word that is
/// further off and not above that name: "Roe met Lind, the director".
fn beside_comma(trees: &Trees<'_>, start: usize, hangs: usize) -> Option<usize> {
    let near = start.checked_sub(2).filter(|_| trees.said(start - 1) == ",")?;
    let mut name = near;
    while matches!(trees.rel(name), "flat" | "compound" | "goeswith") && !trees.is_root(name) {
        name = trees.head(name);
    }
    let mut above = near;
    for _ in 0..HIGH {
        if above != hangs {
            above = trees.head(above);
        }
    }
    let argument = matches!(trees.rel(name), "nsubj" | "obj" | "iobj" | "obl" | "nmod");
    (trees.word(name).upos.as_str() == "PROPN" && argument && above != hangs).then_some(name)
}

/// The subject of the clause that a word stands in.
fn subject(trees: &Trees<'_>, i: usize) -> Option<usize> {
    let mut at = i;
    for _ in 0..6 {
        if trees.is_root(at) {
            return None;
        }
        at = trees.head(at);
        if let Some(subject) = trees.child(at, &["nsubj", "nsubj:pass"]).filter(|s| *s != i) {
            return Some(subject);
        }
    }
    None
}
