//! Phrases: which words of a tree name or describe somebody or something, and how far each such phrase reaches.

use std::ops::Range;

use reportedly_record::Mention;

use crate::lexicon::{self, Sense};
use crate::tree::Trees;

/// How a phrase speaks of what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// By name.
    Name,
    /// "The envoy".
    Definite,
    /// "That envoy".
    Pointed,
    /// "His envoy", "Lorne's envoy".
    Owned,
    /// "An envoy", "two envoys", "someone".
    Indefinite,
    /// "Envoys".
    Bare,
    /// "Ada Roe and Ben Lind".
    Joined,
    /// By pronoun.
    Pronoun(Pronoun),
}

impl Form {
    /// Whether it is a pronoun of just one person who is spoken of.
    pub(crate) fn is_he_or_she(self) -> bool {
        matches!(self, Form::Pronoun(Pronoun::He | Pronoun::She))
    }
}

/// Pronouns by what they can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pronoun {
    /// I, me, my.
    I,
    /// You, your.
    You,
    /// We, us, our.
    We,
    /// He, him, his.
    He,
    /// She, her.
    She,
    /// It, its.
    It,
    /// They, them, their.
    They,
    /// This, that, these, those.
    This,
    /// Himself, each other.
    Own,
    /// Who, which, whose, that.
    Relative,
}

/// A phrase in a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// The word that the phrase hangs on its sentence by.
    pub(crate) head: usize,
    pub(crate) form: Form,
    /// The phrase as the record shows it: a name alone; a description without what a comma sets off.
    pub(crate) shown: Range<usize>,
    /// All that hangs on the head, as treebanks count a mention.
    pub(crate) whole: Range<usize>,
    /// The name it is, as an index into the section's names.
    pub(crate) name: Option<usize>,
}

/// Finds the phrases of a section, in the order of their heads.
pub(crate) fn phrases(trees: &Trees<'_>, names: &[Mention]) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    // The name that each word is part of.
    let mut of_name: Vec<Option<usize>> = vec![None; trees.len()];
    for (n, name) in names.iter().enumerate() {
        let span = name.evidence.span.bytes();
        let first = trees.syntax.words.partition_point(|w| w.span.bytes().end <= span.start);
        let end = trees.syntax.words.partition_point(|w| w.span.bytes().start < span.end);
        if first < end {
            of_name[first..end].fill(Some(n));
            phrases.push(named(trees, n, first..end));
        }
    }
    let named = |i: usize| of_name[i].is_some();
    for (i, of_name) in of_name.iter().enumerate() {
        let pronoun = pronoun(trees, i);
        if let Some(pronoun) = pronoun {
            let form = Form::Pronoun(pronoun);
            phrases.push(Phrase { head: i, form, shown: i..i + 1, whole: i..i + 1, name: None });
        } else if of_name.is_none() && is_noun(trees, i) {
            let mut phrase = Phrase {
                head: i,
                form: form(trees, i),
                shown: shown(trees, i, &named),
                whole: whole(trees, i),
                name: None,
            };
            with_article(trees, &mut phrase);
            with_owner(trees, &mut phrase);
            phrases.push(phrase);
        }
        if let Some(joined) = joined(trees, i) {
            phrases.push(joined);
        }
    }
    // An owner's head stands before that of what is owned; a joined phrase behind its first part.
    phrases.sort_by_key(|p| (p.head, p.form == Form::Joined));
    phrases.dedup_by_key(|p| (p.head, p.form == Form::Joined));
    phrases
}

/// "The governor's sister": the article in front is the owner's, although the tree has it hang on what is owned.
fn with_article(trees: &Trees<'_>, phrase: &mut Phrase) {
    if phrase.form != Form::Bare || trees.rel(phrase.head) != "nmod:poss" || phrase.shown.start == 0 {
        return;
    }
    let inner = |i: &usize| trees.rel(*i) == "compound" && trees.head(*i) == trees.head(phrase.head);
    let first = (0..phrase.shown.start).rev().take_while(inner).last().unwrap_or(phrase.shown.start);
    let Some(before) = first.checked_sub(1) else { return };
    let form = match trees.lower(before).as_str() {
        "the" => Form::Definite,
        "this" | "that" | "these" | "those" => Form::Pointed,
        _ => return,
    };
    if trees.head(before) == trees.head(phrase.head) {
        phrase.form = form;
        phrase.shown.start = before;
        phrase.whole.start = phrase.whole.start.min(before);
    }
}

/// "Roe's office", where the tree hangs both on the verb.
fn with_owner(trees: &Trees<'_>, phrase: &mut Phrase) {
    let Some(mark) = phrase.shown.start.checked_sub(1).filter(|i| trees.word(*i).xpos == "POS") else { return };
    let owner = trees.head(mark);
    if phrase.form == Form::Bare && owner < mark && !trees.is_root(mark) {
        phrase.form = Form::Owned;
        phrase.shown.start = trees.reach(owner).start.min(owner);
        phrase.whole.start = phrase.whole.start.min(phrase.shown.start);
    }
}

fn named(trees: &Trees<'_>, name: usize, words: Range<usize>) -> Phrase {
    let outside = |i: &usize| trees.is_root(*i) || !words.contains(&trees.head(*i));
    let head = words.clone().filter(outside).max_by_key(|i| trees.reach(*i).len()).unwrap_or(words.end - 1);
    // "Lorne officials": the name is a part of what the officials are called.
    let part = matches!(trees.rel(head), "compound" | "amod" | "flat" | "det" | "nmod:desc") && !trees.is_root(head);
    let mut whole = if part { words.clone() } else { whole(trees, head) };
    whole = whole.start.min(words.start)..whole.end.max(words.end);
    Phrase { head, form: Form::Name, shown: words, whole, name: Some(name) }
}

fn pronoun(trees: &Trees<'_>, i: usize) -> Option<Pronoun> {
    let word = trees.word(i);
    let said = trees.lower(i);
    if matches!(trees.rel(i), "expl" | "fixed" | "goeswith" | "discourse" | "reparandum") {
        return None;
    }
    Some(match said.as_str() {
        "i" | "me" | "my" | "mine" if word.upos == "PRON" => Pronoun::I,
        "you" | "your" | "yours" => Pronoun::You,
        "we" | "us" | "our" | "ours" if word.upos == "PRON" => Pronoun::We,
        "he" | "him" | "his" => Pronoun::He,
        "she" | "her" | "hers" => Pronoun::She,
        "it" | "its" => Pronoun::It,
        "they" | "them" | "their" | "theirs" | "'em" => Pronoun::They,
        "himself" | "herself" | "itself" | "themselves" | "ourselves" | "myself" | "yourself" | "yourselves" => {
            Pronoun::Own
        }
        "who" | "which" | "whom" | "whose" | "that" if relative(trees, i).is_some() => Pronoun::Relative,
        "this" | "that" | "these" | "those" if word.upos == "PRON" => Pronoun::This,
        _ => return None,
    })
}

/// The noun that a relative pronoun stands for: what its clause hangs on.
pub(crate) fn relative(trees: &Trees<'_>, i: usize) -> Option<usize> {
    if !matches!(trees.word(i).xpos.as_str(), "WP" | "WDT" | "WP$") {
        return None;
    }
    let mut at = i;
    for _ in 0..4 {
        let head = trees.head(at);
        if trees.rel(at) == "acl:relcl" {
            return Some(head);
        }
        at = head;
    }
    whose(trees, i)
}

/// "Roe, whose brother is held, left": who stands right before "whose", whatever the tree makes of its clause.
fn whose(trees: &Trees<'_>, i: usize) -> Option<usize> {
    let before = i.checked_sub(1).filter(|_| trees.word(i).xpos == "WP$")?;
    let comma = trees.said(before) == ",";
    let mut noun = before.checked_sub(usize::from(comma))?;
    while matches!(trees.rel(noun), "flat" | "compound" | "goeswith") && !trees.is_root(noun) && trees.head(noun) < i {
        noun = trees.head(noun);
    }
    matches!(trees.word(noun).upos.as_str(), "PROPN" | "NOUN").then_some(noun)
}

const PHRASAL: [&str; 16] = [
    "nsubj",
    "nsubj:pass",
    "nsubj:outer",
    "obj",
    "iobj",
    "obl",
    "obl:agent",
    "obl:unmarked",
    "nmod",
    "nmod:poss",
    "nmod:unmarked",
    "conj",
    "appos",
    "root",
    "dislocated",
    "vocative",
];

/// Whether a word is the head of a phrase that describes something.
fn is_noun(trees: &Trees<'_>, i: usize) -> bool {
    let word = trees.word(i);
    let rel = trees.rel(i);
    match word.upos.as_str() {
        "NOUN" | "PROPN" => {
            let inner = word.upos == "NOUN" && rel == "amod"
                || is_cry(trees, i)
                || matches!(
                    rel,
                    "compound"
                        | "flat"
                        | "fixed"
                        | "goeswith"
                        | "flat:foreign"
                        | "compound:prt"
                        | "case"
                        | "mark"
                        | "cc"
                );
            !inner && trees.said(i).chars().any(char::is_alphabetic)
        }
        "PRON" => matches!(
            trees.lower(i).as_str(),
            "someone"
                | "somebody"
                | "everyone"
                | "everybody"
                | "anyone"
                | "one"
                | "both"
                | "all"
                | "something"
                | "others"
        ),
        // "The two", "the wounded", "both".
        "NUM" | "ADJ" | "DET" => {
            let article = trees.child(i, &["det", "nmod:poss"]).is_some_and(|c| trees.lower(c) != "no");
            PHRASAL.contains(&rel) && rel != "conj" && rel != "root" && article && !trees.said(i).contains('%')
        }
        _ => false,
    }
}

/// "Man, if he wins": a noun that is called out and means nobody.
fn is_cry(trees: &Trees<'_>, i: usize) -> bool {
    let cry = matches!(
        trees.said(i),
        "Man" | "Boy" | "Brother" | "Dude" | "God" | "Jesus" | "Christ" | "Lord" | "Heaven" | "Hell"
    );
    let first = i
        .checked_sub(1)
        .is_none_or(|before| matches!(trees.said(before), "“" | "\"" | "." | "…" | "—" | "!" | "?" | ","));
    cry && first && i + 1 < trees.len() && matches!(trees.said(i + 1), "," | "!")
}

fn form(trees: &Trees<'_>, i: usize) -> Form {
    if trees.child(i, &["nmod:poss"]).is_some_and(|owner| !is_given(trees, owner)) {
        return Form::Owned;
    }
    match trees.child(i, &["det"]).map(|c| trees.lower(c)).as_deref() {
        Some("the" | "both") => Form::Definite,
        Some("this" | "that" | "these" | "those") => Form::Pointed,
        Some(_) => Form::Indefinite,
        None if trees.child(i, &["nummod"]).is_some() || trees.word(i).upos == "PRON" => Form::Indefinite,
        None => Form::Bare,
    }
}

/// "Promised him six midwives", where the tree has him own what he is promised: nobody owns by "him".
fn is_given(trees: &Trees<'_>, owner: usize) -> bool {
    matches!(trees.lower(owner).as_str(), "him" | "them" | "me" | "us")
}

/// Branches that stand beside a phrase rather than in it.
fn is_beside(trees: &Trees<'_>, head: usize, child: usize, predicate: bool) -> bool {
    match trees.rel(child) {
        "cop" | "nsubj" | "nsubj:pass" | "nsubj:outer" | "csubj" | "csubj:pass" | "csubj:outer" | "aux"
        | "aux:pass" | "mark" | "cc" | "cc:preconj" | "punct" | "conj" | "parataxis" | "advcl" | "advcl:relcl"
        | "dislocated" | "discourse" | "list" | "dep" | "expl" | "orphan" | "vocative" | "reparandum" | "ccomp"
        | "fixed" => true,
        "nmod:poss" => is_given(trees, child),
        // "Lorne's": the mark of owning is part of the phrase for treebanks.
        "case" => trees.word(child).xpos != "POS",
        "obl" | "advmod" | "obl:unmarked" => predicate || child < head && trees.rel(child) == "advmod",
        _ => false,
    }
}

/// All that hangs on a phrase's head and is part of the phrase.
fn whole(trees: &Trees<'_>, head: usize) -> Range<usize> {
    reach(trees, head, |_| false)
}

/// The phrase without what a comma sets off, without names beside it and without the mark of owning.
fn shown(trees: &Trees<'_>, head: usize, named: &dyn Fn(usize) -> bool) -> Range<usize> {
    // What sets a branch off stands before it or, as trees have it, is its first word.
    let comma = |child: usize| {
        let from = trees.reach(child).start;
        let mark = |i: usize| matches!(trees.said(i), "," | "—" | "–" | "(" | ":");
        // The hyphen of "son-in-law" sets nothing off.
        mark(from) || from > 0 && (mark(from - 1) || trees.said(from - 1) == "-")
    };
    let reach = reach(trees, head, |child| match trees.rel(child) {
        "appos" => true,
        "case" => true,
        // "The harbour pilot Ben Lind": the name stands beside.
        "flat" | "nmod:desc" | "nmod:unmarked" => child > head && named(child),
        "compound" => child > head,
        "acl:relcl" | "acl" | "nmod" | "obl" => child > head && (comma(child) || is_where(trees, child)),
        _ => false,
    });
    // "Ben Lind, Olga’s husband": what stands before the comma is a name of its own.
    // Or its short form: "the Roe Party (RP), the party that won".
    let ends_name = |i: usize| named(i) || trees.said(i) == ")" && i > 0 && named(i - 1);
    let apposed = (reach.start + 1..head).rev().find(|i| trees.said(*i) == "," && ends_name(i - 1));
    let plain = |comma: &usize| (comma + 1..head).all(|i| trees.word(i).upos != "ADP");
    let start = apposed.filter(plain).map_or(reach.start, |comma| comma + 1);
    let mut end = unbroken(trees, head, start..reach.end);
    let somebody = lexicon::noun(&trees.lower(head)).is_some_and(|noun| is_somebody(noun.sense));
    // Posts abroad are known by their state, not by where they stand.
    let abroad = matches!(trees.lower(head).as_str(), "embassy" | "embassies" | "consulate" | "consulates");
    let next = if head + 1 < end { trees.lower(head + 1) } else { String::new() };
    if somebody && (matches!(next.as_str(), "from" | "for") || abroad && next == "in") {
        end = head + 1;
    }
    // "The council in mending the": a phrase ends with no article.
    while end > head + 1 && matches!(trees.word(end - 1).upos.as_str(), "DET" | "CCONJ" | "SCONJ") {
        end -= 1;
    }
    let start = (start..head).rfind(|i| governs(trees, *i, start)).map_or(start, |case| case + 1);
    // "The two last met in May".
    let counted = trees.word(head).upos == "NUM" && head + 1 < end;
    let end = if counted && matches!(trees.word(head + 1).upos.as_str(), "ADJ" | "ADV") { head + 1 } else { end };
    start..end
}

/// Whether a noun is one for people or a body.
fn is_somebody(sense: Sense) -> bool {
    use reportedly_record::EntityKind::{Government, Group, Media, Organisation, Person};
    matches!(sense, Sense::Of(Person | Group | Organisation | Government | Media))
}

/// "The talks held by the council's envoy": a preposition before the head, of which the phrase is the object, although the tree has
/// what stands before it, a verb among it, hang on the head.
fn governs(trees: &Trees<'_>, at: usize, start: usize) -> bool {
    let preposition =
        matches!(trees.lower(at).as_str(), "of" | "by" | "with" | "from" | "to" | "for" | "in" | "on" | "at")
            && !matches!(trees.lower(at + 1).as_str(), "least" | "most")
            && trees.word(at).upos == "ADP"
            && at > start
            && trees.word(at + 1).upos != "NUM"
            && trees.said(at + 1) != "-"
            && trees.said(at - 1) != "-";
    let apart = (start..at).any(|i| trees.said(i) == "," || trees.word(i).upos == "VERB");
    // "A path to the town for some young miners": where the tree has the path hang on the miners. "Half of the miners" are miners.
    preposition && (apart || trees.lower(at) != "of" && trees.word(at - 1).upos == "NOUN")
}

/// Where a description ends: before a mark that sets something off, before a verb of the clause around it, and before words that hang on
/// what stands behind it.
fn unbroken(trees: &Trees<'_>, head: usize, reach: Range<usize>) -> usize {
    let listed =
        |mark: usize| (mark..reach.end).any(|i| trees.rel(i) == "conj" && (head + 1..mark).contains(&trees.head(i)));
    let marked = |i: usize| match trees.said(i) {
        // "Born in Lorne, Keldra": one place in another.
        "," if i + 1 < reach.end && trees.word(i - 1).upos == "PROPN" && trees.word(i + 1).upos == "PROPN" => false,
        "," | "--" | "—" | "–" | ";" => !listed(i),
        // What follows a closed quotation is told by somebody else.
        "”" | "\"" => !(reach.start..i).any(|before| matches!(trees.said(before), "“" | "\"")),
        _ => false,
    };
    let finite = |i: usize| matches!(trees.word(i).xpos.as_str(), "VBZ" | "VBP" | "VBD" | "MD");
    let told = |i: usize| {
        let mut at = i;
        for _ in 0..HIGH {
            if trees.rel(at) == "acl:relcl" || trees.rel(at) == "acl" {
                return true;
            }
            if at == head || trees.is_root(at) {
                return false;
            }
            at = trees.head(at);
        }
        true
    };
    let mut end = (head + 1..reach.end).find(|i| marked(*i) || finite(*i) && !told(*i)).unwrap_or(reach.end);
    // "The retired general who leads it".
    if end > head + 1 && matches!(trees.lower(end - 1).as_str(), "who" | "whose") {
        end -= 1;
    }
    let hangs_on = |last: usize, end: usize| {
        !trees.is_root(last)
            && trees.head(last) >= end
            && matches!(
                trees.rel(last),
                "det" | "case" | "mark" | "cc" | "nmod:poss" | "amod" | "compound" | "punct" | "nsubj" | "advmod"
            )
    };
    while end > head + 1 && hangs_on(end - 1, end) {
        end -= 1;
    }
    end
}

/// Steps up a tree that are looked at.
const HIGH: usize = 12;

fn is_subject(trees: &Trees<'_>, word: usize) -> bool {
    matches!(trees.rel(word), "nsubj" | "nsubj:pass")
}

/// "The clinic in Lorne", "allies to send", "the man whom they saw": where somebody is and what he does tell who is meant, but are
/// not what he is called.
fn is_where(trees: &Trees<'_>, child: usize) -> bool {
    let branch = trees.reach(child);
    let first = trees.lower(branch.start);
    let place = matches!(
        first.as_str(),
        "in" | "at" | "on" | "near" | "during" | "after" | "before" | "under" | "since" | "inside"
    );
    let clause = branch.into_iter().any(|i| matches!(trees.word(i).xpos.as_str(), "VBZ" | "VBP" | "VBD" | "MD"));
    place || clause || first == "to" && trees.rel(child) == "acl"
}

fn reach(trees: &Trees<'_>, head: usize, without: impl Fn(usize) -> bool) -> Range<usize> {
    let predicate = trees.child(head, &["cop"]).is_some();
    // "The envoy will meet the council on the island": what the tree hangs on a subject from beyond its verb is none of it.
    let verb = Some(trees.head(head)).filter(|verb| trees.word(*verb).upos == "VERB" && is_subject(trees, head));
    let within = |word: usize| verb.is_none_or(|verb| (word > verb) == (head > verb));
    // "The trawler was an old ship": what stands before the copula is no part of what it is said to be.
    let copula = trees.child(head, &["cop"]).filter(|cop| *cop < head);
    let mut reach = head..head + 1;
    for child in trees.children(head).iter().copied().filter(|child| within(*child)) {
        // Where the end of a sentence was not heard, its words hang on the next one.
        let stopped = (child..head).any(|i| trees.said(i) == ".") || copula.is_some_and(|cop| child < cop);
        if !stopped && !is_beside(trees, head, child, predicate) && !without(child) {
            let branch = trees.reach_where(child, within);
            reach = reach.start.min(branch.start)..reach.end.max(branch.end);
        }
    }
    // "The guild had told the ministry": where the tree hangs all of it on the ministry, the phrase begins behind the verb.
    let finite = |i: &usize| {
        let word = trees.word(*i);
        matches!(word.upos.as_str(), "VERB" | "AUX")
            && matches!(word.xpos.as_str(), "VBZ" | "VBP" | "VBD" | "MD")
            && !matches!(trees.rel(*i), "amod" | "compound" | "acl:relcl")
            // "The would-be assassin".
            && trees.said(i + 1) != "-"
    };
    let marked = (reach.start..head).any(|i| matches!(trees.said(i), "“" | "\"" | "‘"));
    if let Some(verb) = (reach.start..head).rfind(finite).filter(|_| !marked) {
        reach.start = verb + 1;
        while reach.start < head && trees.word(verb).upos == "AUX" && trees.word(reach.start).xpos == "VBN" {
            reach.start += 1;
        }
    }
    // "Agents, including two of the port's": examples are others.
    if let Some(examples) = (head + 1..reach.end).find(|i| trees.said(*i) == "including") {
        reach.end = examples;
    }
    let mark = |i: usize| trees.word(i).upos == "PUNCT" && !matches!(trees.said(i), ")" | "”" | "\"");
    while reach.end > head + 1 && mark(reach.end - 1) {
        reach.end -= 1;
    }
    // A closing mark whose opening one lies outside.
    let lone = |reach: &Range<usize>| match trees.said(reach.end - 1) {
        ")" => !reach.clone().any(|i| trees.said(i) == "("),
        "”" => !reach.clone().any(|i| trees.said(i) == "“"),
        "\"" => reach.clone().filter(|i| trees.said(*i) == "\"").count() % 2 == 1,
        _ => false,
    };
    while reach.end > head + 1 && lone(&reach) {
        reach.end -= 1;
    }
    while reach.start < head
        && matches!(trees.word(reach.start).upos.as_str(), "PUNCT" | "ADP" | "SCONJ" | "CCONJ")
        && !matches!(trees.said(reach.start), "“" | "\"" | "(")
    {
        reach.start += 1;
    }
    reach
}

/// "Ada Roe and Ben Lind": the first of several that are joined by a word, and all of them.
fn joined(trees: &Trees<'_>, i: usize) -> Option<Phrase> {
    let word = trees.word(i);
    if !matches!(word.upos.as_str(), "NOUN" | "PROPN" | "PRON") {
        return None;
    }
    let parts: Vec<usize> = parts(trees, i);
    let last = *parts.last()?;
    let and = trees.child(last, &["cc"]).is_some_and(|c| matches!(trees.lower(c).as_str(), "and" | "&"));
    if !and || parts.iter().any(|p| !matches!(trees.word(*p).upos.as_str(), "NOUN" | "PROPN" | "PRON")) {
        return None;
    }
    let first = whole(trees, i);
    let end = whole(trees, last).end;
    (end > first.end).then_some(Phrase {
        head: i,
        form: Form::Joined,
        shown: first.start..end,
        whole: first.start..end,
        name: None,
    })
}

/// Heads that are joined to a head by conjunction, in text order.
pub(crate) fn parts(trees: &Trees<'_>, i: usize) -> Vec<usize> {
    trees.children(i).iter().copied().filter(|c| trees.rel(*c) == "conj").collect()
}
