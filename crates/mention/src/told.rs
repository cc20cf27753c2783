//! What a phrase's words tell of the one that it means: its kind, gender and number, how many, by which noun.

use reportedly_record::{EntityKind, Mention};

use crate::context;
use crate::lexicon::{self, Gender, Number, Sense};
use crate::phrase::{Form, Phrase, Pronoun, parts};
use crate::seen::first_part;
use crate::tree::Trees;

/// What a phrase's words tell.
pub(crate) struct Told {
    pub(crate) sense: Option<Sense>,
    pub(crate) gender: Gender,
    pub(crate) number: Number,
    pub(crate) count: Option<u32>,
    pub(crate) noun: String,
    pub(crate) words: Vec<String>,
}

/// Reads off a phrase's words what it tells of the one that it means.
pub(crate) fn told(trees: &Trees<'_>, phrase: &Phrase, names: &[Mention]) -> Told {
    let nothing = Told {
        sense: None,
        gender: Gender::Open,
        number: Number::Open,
        count: None,
        noun: trees.lower(phrase.head),
        words: Vec::new(),
    };
    match phrase.form {
        Form::Pronoun(pronoun) => of_pronoun(nothing, pronoun),
        Form::Joined => Told {
            number: Number::Many,
            noun: String::new(),
            sense: joined_sense(trees, phrase.head, names),
            ..nothing
        },
        Form::Name => of_name(trees, phrase, names, nothing),
        _ => of_noun(trees, phrase, names),
    }
}

fn of_pronoun(nothing: Told, pronoun: Pronoun) -> Told {
    let person = Some(Sense::Of(EntityKind::Person));
    let (sense, gender, number) = match pronoun {
        Pronoun::He => (person, Gender::Man, Number::One),
        Pronoun::She => (person, Gender::Woman, Number::One),
        Pronoun::I => (person, Gender::Open, Number::One),
        Pronoun::It => (None, Gender::Open, Number::One),
        Pronoun::We | Pronoun::They => (None, Gender::Open, Number::Many),
        Pronoun::You => (person, Gender::Open, Number::Open),
        Pronoun::This => {
            let many = matches!(nothing.noun.as_str(), "these" | "those");
            (None, Gender::Open, if many { Number::Many } else { Number::One })
        }
        Pronoun::Own => match nothing.noun.as_str() {
            "himself" => (person, Gender::Man, Number::One),
            "herself" => (person, Gender::Woman, Number::One),
            "itself" => (None, Gender::Open, Number::One),
            "themselves" | "ourselves" | "yourselves" => (None, Gender::Open, Number::Many),
            _ => (person, Gender::Open, Number::One),
        },
        Pronoun::Relative => (None, Gender::Open, Number::Open),
    };
    Told { sense, gender, number, ..nothing }
}

/// What all parts of a joined phrase are.
fn joined_sense(trees: &Trees<'_>, head: usize, names: &[Mention]) -> Option<Sense> {
    let sense = |i: usize| {
        let span = trees.word(i).span;
        let name = names.iter().find(|n| n.evidence.span.covers(span)).map(|n| Sense::Of(n.kind));
        name.or_else(|| lexicon::noun(&trees.lower(i)).map(|n| n.sense))
    };
    let first = sense(head)?;
    parts(trees, head).iter().all(|part| sense(*part) == Some(first)).then_some(first)
}

fn of_name(trees: &Trees<'_>, phrase: &Phrase, names: &[Mention], nothing: Told) -> Told {
    let kind = phrase.name.map_or(EntityKind::Other, |n| names[n].kind);
    let words: Vec<String> = crate::alike::words_of(kind, trees.text.slice(trees.span(&phrase.shown)));
    let person = kind == EntityKind::Person;
    let mut gender = Gender::Open;
    if person {
        // Words before the name and in it: "Mrs. Roe", "his wife Ada".
        let from = phrase.shown.start.saturating_sub(2).max(phrase.whole.start);
        for i in from..phrase.shown.end.min(trees.len()) {
            if gender != Gender::Open {
                break;
            }
            let word = trees.lower(i);
            let noun = if i < phrase.shown.start { lexicon::noun(&word).map(|n| n.gender) } else { None };
            gender = lexicon::title(&word).or(noun).unwrap_or(Gender::Open);
        }
        // "His mother, Ada Roe", "Ada Roe, the mother".
        if gender == Gender::Open {
            gender = beside(trees, phrase.head);
        }
        if gender == Gender::Open && words.len() > 1 {
            gender = lexicon::given(&words[0]);
        }
    }
    let number = match kind {
        EntityKind::Person | EntityKind::Place | EntityKind::Facility | EntityKind::Vehicle => Number::One,
        EntityKind::Group => Number::Many,
        _ => Number::Open,
    };
    let noun = words.last().cloned().unwrap_or_default();
    // A city that acts is a government; a country is both at once.
    let acts = kind == EntityKind::Place && acts(trees, phrase) && !lexicon::is_country(&words);
    let kind = if acts { EntityKind::Government } else { kind };
    Told { sense: Some(Sense::Of(kind)), gender, number, noun, words, ..nothing }
}

/// What a noun that a name stands in apposition to tells of who bears it.
fn beside(trees: &Trees<'_>, head: usize) -> Gender {
    let over = (trees.rel(head) == "appos" && !trees.is_root(head)).then(|| trees.head(head));
    // "Roe, whose brother is held": that is somebody else.
    let whose = |i: &usize| trees.child(*i, &["nmod:poss"]).is_some_and(|owner| trees.lower(owner) == "whose");
    let noun = over.or_else(|| trees.child(head, &["appos"])).filter(|i| trees.word(*i).upos == "NOUN" && !whose(i));
    noun.and_then(|i| lexicon::noun(&trees.lower(i))).map_or(Gender::Open, |noun| noun.gender)
}

/// Whether a place does what governments do: "Lorne denied it", "Lorne's offer".
fn acts(trees: &Trees<'_>, phrase: &Phrase) -> bool {
    let head = phrase.head;
    if trees.is_root(head) || trees.child(head, &["case"]).is_some_and(|c| trees.word(c).xpos != "POS") {
        return false;
    }
    let first = first_part(trees, head);
    if trees.is_root(first) {
        return false;
    }
    // "Asked Lorne to send experts".
    let (before, behind) = (phrase.whole.start.checked_sub(1), phrase.whole.end);
    let asked = before
        .is_some_and(|i| ["asked", "asks", "urged", "urges", "told", "pressed"].contains(&trees.lower(i).as_str()));
    if asked && behind < trees.len() && trees.lower(behind) == "to" {
        return true;
    }
    let over = trees.lower(trees.head(first));
    match trees.rel(first) {
        // "Lorne is ready to pay".
        "nsubj" if matches!(over.as_str(), "ready" | "willing" | "prepared" | "unwilling" | "reluctant" | "keen") => {
            true
        }
        "nsubj" => lexicon::acts(&over),
        // "Accused Lorne of it".
        "obj" => over.starts_with("accus") || over.starts_with("blam"),
        "nmod:poss" => lexicon::is_policy(&over),
        _ => false,
    }
}

fn of_noun(trees: &Trees<'_>, phrase: &Phrase, names: &[Mention]) -> Told {
    let head = phrase.head;
    let word = trees.lower(head);
    let found = lexicon::noun(&word);
    let count = trees.child(head, &["nummod"]).and_then(|c| lexicon::number(&trees.lower(c)));
    let itself = (trees.word(head).upos == "NUM").then(|| lexicon::number(&word)).flatten();
    let both = trees.child(head, &["det"]).is_some_and(|c| trees.lower(c) == "both").then_some(2);
    let count = count.or(itself).or(both).filter(|_| !about(trees, phrase));
    let tag = trees.word(head).xpos;
    let number = match found.map(|n| n.number) {
        _ if count.is_some_and(|n| n > 1) || matches!(word.as_str(), "both" | "others" | "all") => Number::Many,
        Some(Number::Many) => Number::Many,
        Some(Number::Open) => Number::Open,
        _ if matches!(tag.as_str(), "NNS" | "NNPS") => Number::Many,
        _ if matches!(word.as_str(), "staff" | "police" | "public") => Number::Open,
        _ => Number::One,
    };
    let person = matches!(word.as_str(), "someone" | "somebody" | "everyone" | "everybody" | "anyone");
    let sense = match found {
        Some(noun) => Some(noun.sense),
        None if person => Some(Sense::Of(EntityKind::Person)),
        None => None,
    };
    // "The radio station" and "the station" of an outlet are no building, "the subway station" is one.
    let aired =
        |i: usize| matches!(trees.lower(i).as_str(), "radio" | "tv" | "television" | "broadcast" | "news" | "cable");
    let inner: Vec<usize> =
        trees.children(head).iter().copied().filter(|c| *c < head && trees.rel(*c) == "compound").collect();
    let is_station = found.is_some_and(|n| n.lemma == "station");
    let is_aired = is_station && (inner.is_empty() || inner.iter().any(|c| aired(*c)));
    let sense = if is_aired { Some(Sense::Of(EntityKind::Media)) } else { sense };
    let sense = match found {
        Some(noun) => context::sense(trees, phrase, names, noun.lemma, number).or(sense),
        None => sense,
    };
    let own = |i: usize| {
        let rel = trees.rel(i);
        i != head && matches!(rel, "amod" | "compound" | "nummod" | "nmod:desc" | "nmod:poss" | "nmod" | "flat")
    };
    let mut words: Vec<String> =
        trees.children(head).iter().copied().filter(|c| own(*c)).map(|c| trees.lower(c)).collect();
    words.sort_unstable();
    let noun = found.map_or_else(|| word.clone(), |n| n.lemma.to_owned());
    Told { sense, gender: found.map_or(Gender::Open, |n| n.gender), number, count, noun, words }
}

/// "About 40 people", "more than two", "20 to 30", "two or three", "up to 50".
fn about(trees: &Trees<'_>, phrase: &Phrase) -> bool {
    let numeral = |i: usize| trees.word(i).upos == "NUM";
    // "Between 20 and 30": the phrase begins behind its preposition.
    let between = phrase.shown.start.checked_sub(1).is_some_and(|i| trees.lower(i) == "between");
    let joins = |i: usize| matches!(trees.said(i), "to" | "or" | "-" | "–") || between && trees.said(i) == "and";
    let mut inside = phrase.shown.start + 1..phrase.head;
    let from = phrase.shown.start.checked_sub(1).is_some_and(|i| trees.lower(i) == "from");
    if !from && inside.any(|i| joins(i) && numeral(i - 1) && numeral(i + 1)) {
        return true;
    }
    let up_to = phrase.shown.start.checked_sub(2).is_some_and(|i| trees.lower(i) == "up" && trees.lower(i + 1) == "to");
    if up_to {
        return true;
    }
    let before = phrase.shown.start.saturating_sub(1)..phrase.head;
    before.into_iter().any(|i| {
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
                | "dozen"
        )
    })
}
