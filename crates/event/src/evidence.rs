//! Evidence: what rules and trees know of a word that may name an event. The trained heads read it beside the states of the
//! encoder; `training/events.py` gets it from here (`cargo xtask sights`).

use reportedly_record::{CueStance, EntityKind, Reading, Voice};

use crate::clause::clause;
use crate::codebook::{self, Codebook};
use crate::scope::{Class, Scope, scopes};
use crate::sense::{Scene, Sense};
use crate::sighting::Sightings;
use crate::tree::Trees;
use crate::trigger::{Ground, Trigger, carries, is_name};

/// A section as the evidence is read off it.
pub(crate) struct Page<'a> {
    pub(crate) reading: &'a Reading<'a>,
    pub(crate) ground: &'a Ground,
    pub(crate) scene: &'a Scene<'a>,
    /// Of each word, the index of the attribution that speaks.
    pub(crate) voices: &'a [Option<usize>],
    pub(crate) sightings: Option<&'a Sightings>,
}

pub(crate) const RELATIONS: [&str; 28] = [
    "acl",
    "acl:relcl",
    "advcl",
    "advcl:relcl",
    "amod",
    "appos",
    "ccomp",
    "compound",
    "conj",
    "csubj",
    "dep",
    "det",
    "fixed",
    "flat",
    "iobj",
    "nmod",
    "nmod:desc",
    "nmod:poss",
    "nmod:unmarked",
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "obl:agent",
    "obl:unmarked",
    "parataxis",
    "root",
    "xcomp",
];
const FORMS: [&str; 12] = ["VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "NN", "NNS", "JJ", "JJR", "JJS", "NNP"];
pub(crate) const PARTS: [&str; 7] = ["VERB", "NOUN", "ADJ", "PROPN", "PRON", "AUX", "ADV"];
const DEPENDENTS: [&str; 24] = [
    "nsubj",
    "nsubj:pass",
    "obj",
    "iobj",
    "obl",
    "obl:agent",
    "obl:unmarked",
    "xcomp",
    "ccomp",
    "advcl",
    "nmod",
    "nmod:poss",
    "amod",
    "compound",
    "nummod",
    "cop",
    "aux",
    "aux:pass",
    "acl",
    "acl:relcl",
    "conj",
    "compound:prt",
    "det",
    "appos",
];
pub(crate) const MARKS: [&str; 30] = [
    "if",
    "unless",
    "whether",
    "before",
    "until",
    "after",
    "since",
    "to",
    "that",
    "when",
    "once",
    "while",
    "because",
    "without",
    "from",
    "for",
    "in",
    "of",
    "on",
    "by",
    "with",
    "at",
    "about",
    "against",
    "during",
    "over",
    "despite",
    "following",
    "ahead",
    "as",
];
const HELPERS: [&str; 20] = [
    "will", "would", "may", "might", "could", "can", "must", "should", "shall", "do", "does", "did", "has", "have",
    "had", "is", "are", "was", "were", "be",
];
const BESIDE: [&str; 22] = [
    "the",
    "a",
    "an",
    "no",
    "any",
    "this",
    "that",
    "these",
    "every",
    "each",
    "another",
    "first",
    "last",
    "next",
    "new",
    "not",
    "never",
    "yet",
    "still",
    "already",
    "often",
    "allegedly",
];
const ENDINGS: [&str; 20] = [
    "tion", "sion", "ment", "ing", "al", "ance", "ence", "er", "or", "ist", "ship", "ity", "ness", "ism", "ure", "age",
    "ery", "th", "ant", "ee",
];

/// Features found so far, and where the next group begins.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) features: Vec<u16>,
    pub(crate) next: usize,
}

impl Found {
    /// A group of which at most one holds.
    pub(crate) fn one(&mut self, size: usize, at: Option<usize>) {
        self.features.extend(at.filter(|at| *at < size).map(|at| (self.next + at) as u16));
        self.next += size;
    }

    /// A group of which any may hold.
    pub(crate) fn any(&mut self, holds: impl IntoIterator<Item = bool>) {
        for is in holds {
            self.one(1, is.then_some(0));
        }
    }

    pub(crate) fn word(&mut self, words: &[&str], word: &str) {
        self.one(words.len(), words.iter().position(|w| *w == word));
    }
}

/// Whether the heads are asked of a word.
pub(crate) fn is_asked(page: &Page<'_>, word: usize) -> bool {
    let trees = page.scene.trees;
    matches!(trees.upos(word), "VERB" | "NOUN" | "ADJ")
        && page.ground.news(trees.word(word).span.bytes().start).is_some()
        && trees.lower(word).len() > 1
}

/// Returns what is known of a word, as numbers of the features that hold, and how many features there are; `rule` is the
/// trigger that rules see in it, `sense` the status that they give it.
pub(crate) fn features(page: &Page<'_>, word: usize, rule: Option<&Trigger>, sense: Sense) -> (Vec<u16>, usize) {
    let trees = page.scene.trees;
    let mut found = Found { features: Vec::with_capacity(48), next: 0 };
    let (head, form) = (trees.head(word), trees.lower(word));
    let span = trees.word(word).span;
    found.word(&PARTS[..3], trees.upos(word));
    found.word(&FORMS, trees.xpos(word));
    found.word(&RELATIONS, trees.rel(word));
    found.word(&PARTS, head.map_or("", |head| trees.upos(head)));
    let types = &Codebook::built_in().types;
    let known = codebook::verb(form, |_| true).filter(|_| trees.upos(word) != "NOUN");
    let known = known.or_else(|| codebook::noun(form, |_| true));
    let kind = |name: &str| types.iter().position(|kind| kind.name == name);
    found.one(3, Some(rule.map_or(0, |t| if t.entry.base.is_empty() { 1 } else { 2 })));
    found.one(types.len(), rule.map(|t| t.entry).or(known).and_then(|entry| kind(entry.kind.name)));
    found.any([
        known.is_some(),
        codebook::is_never(form),
        codebook::is_blank(form, trees.upos(word) == "NOUN"),
        page.ground.is_cue(span),
        page.ground.is_silence(span),
        trees.upos(word) == "VERB" && carries(trees, word),
        is_name(page.reading, trees, word),
        rule.is_some_and(|t| t.carrier.is_some()),
        page.scene.in_headline[word],
        page.scene.is_ahead[word],
        trees.children(word).any(|c| page.scene.has_time[c]),
        trees.sentence(word).rev().take(3).any(|i| trees.lower(i) == "?"),
        word > 0 && trees.lower(word - 1) == "to",
    ]);
    let own = clause(trees, word);
    found.one(14, (trees.upos(word) == "VERB" || trees.child(word, &["cop"]).is_some()).then_some(own.form as usize));
    found.any([own.is_negated, own.is_passive]);
    found.any(DEPENDENTS.map(|relation| trees.child(word, &[relation]).is_some()));
    let players = |relations: &[&str]| {
        let kinds = trees.children(word).filter(|c| relations.contains(&trees.rel(*c)));
        kinds.filter_map(|c| Some(page.reading.mention_of(trees.word(c))?.kind)).next()
    };
    for relations in [&["nsubj", "nsubj:pass", "nmod:poss"][..], &["obj", "obl:agent", "nmod"]] {
        found.one(4, players(relations).map(group_of));
    }
    let mark = trees.children(word).find(|c| trees.is(*c, &["mark", "case"]) && *c < word);
    found.word(&MARKS, mark.map_or("", |mark| trees.lower(mark)));
    let stands = |words: &[&str], relations: &[&str]| {
        let near = || trees.children(word).filter(|c| relations.is_empty() || relations.contains(&trees.rel(*c)));
        words.iter().map(|w| near().any(|c| trees.lower(c) == *w)).collect::<Vec<bool>>()
    };
    found.any(stands(&HELPERS, &["aux", "aux:pass", "cop"]));
    found.any(stands(&BESIDE, &[]));
    found.one(18, Some(sense.status as usize * 2 + usize::from(sense.is_open)));
    for above in [head, head.and_then(|head| trees.head(head))] {
        governor(page, above, &mut found);
    }
    let by = page.voices[word].map(|a| &page.reading.record.attributions[a]);
    found.any([
        by.is_some_and(|a| a.voice == Voice::Direct),
        by.is_some_and(|a| a.voice != Voice::Direct),
        by.is_some_and(|a| a.stance == Some(CueStance::Denies)),
        by.is_some_and(|a| a.stance == Some(CueStance::Asks)),
        trees.up(word).any(|w| trees.is(w, &["advcl"]) && is_conditional(trees, w)),
        trees.children(word).any(|c| trees.is(c, &["advcl"]) && is_conditional(trees, c)),
    ]);
    let ending = |ending: &str| form.ends_with(ending) || form.strip_suffix('s').is_some_and(|f| f.ends_with(ending));
    found.one(ENDINGS.len(), ENDINGS.iter().position(|e| ending(e)).filter(|_| trees.upos(word) == "NOUN"));
    let fact = page.sightings.and_then(|sightings| sightings.first_fact(word));
    found.one(8, fact.map(|fact| (((fact + 3.0) / 0.75) as usize).min(7)));
    (found.features, found.next)
}

fn is_conditional(trees: &Trees<'_>, clause: usize) -> bool {
    trees.children(clause).any(|c| trees.rel(c) == "mark" && matches!(trees.lower(c), "if" | "unless" | "whether"))
}

pub(crate) fn group_of(kind: EntityKind) -> usize {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Organisation | EntityKind::Government | EntityKind::Group => 1,
        EntityKind::Place | EntityKind::Facility => 2,
        _ => 3,
    }
}

/// What governs a word: its scopes, its own form, whether it names an event or says something.
fn governor(page: &Page<'_>, above: Option<usize>, found: &mut Found) {
    const SCOPES: [Scope; 11] = [
        Scope::Planned,
        Scope::Hypothetical,
        Scope::Possible,
        Scope::Failed,
        Scope::Denied,
        Scope::Prevented,
        Scope::Cancelled,
        Scope::Postponed,
        Scope::Inherited,
        Scope::Ongoing,
        Scope::Ended,
    ];
    let trees = page.scene.trees;
    let form = above.map_or("", |w| trees.lower(w));
    let class = match above.map_or("", |w| trees.upos(w)) {
        "ADJ" => Class::Adjective,
        "NOUN" => Class::Noun,
        _ => Class::Verb,
    };
    let of = scopes(class, form);
    found.any(SCOPES.map(|scope| of.contains(&scope)));
    let own = above.map(|w| clause(trees, w));
    found.one(14, own.map(|own| own.form as usize));
    found.any([
        own.is_some_and(|own| own.is_negated),
        above.is_some_and(|w| page.ground.is_cue(trees.word(w).span)),
        above.is_some() && codebook::is_never(form),
        above.is_some_and(|w| trees.upos(w) == "VERB") && codebook::verb(form, |_| true).is_some(),
        above.is_some_and(|w| trees.upos(w) == "NOUN") && codebook::noun(form, |_| true).is_some(),
    ]);
}
