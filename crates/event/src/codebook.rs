//! The codebook: which words name which type of event, and which part each of their dependents plays. See
//! `data/codebook.txt`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::forms::{plural, verb_forms};

pub(crate) const TABLE: &str = include_str!("../data/codebook.txt");

/// A type of event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventType {
    /// Our name of it, as records give it.
    pub name: &'static str,
    /// The coarse type that gold records use.
    pub coarse: &'static str,
    /// PLOVER's type; none where it has none.
    pub plover: Option<&'static str>,
    /// CAMEO's code; none where it has none.
    pub cameo: Option<&'static str>,
    /// What it means.
    pub meaning: &'static str,
}

/// The types of the codebook, with its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codebook {
    /// Grows whenever a type changes its meaning or goes away.
    pub version: u32,
    /// Every type, in the codebook's order.
    pub types: Vec<EventType>,
}

impl Codebook {
    /// Returns the codebook that the program reads by.
    pub fn built_in() -> &'static Codebook {
        &LEXICON.codebook
    }

    /// Returns the type of that name.
    pub fn find(&self, name: &str) -> Option<&EventType> {
        self.types.iter().find(|kind| kind.name == name)
    }
}

/// Which part the dependents of a word play.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) subject: Option<&'static str>,
    pub(crate) object: Option<&'static str>,
    // (preposition, role), in the table's order.
    pub(crate) phrases: Vec<(&'static str, &'static str)>,
}

/// What must stand beside a word for it to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guard {
    /// Nothing.
    Free,
    /// A particle: "call off".
    Particle(&'static str),
    /// An object: "take place".
    Object(&'static str),
    /// A preposition: "take to".
    Preposition(&'static str),
    /// A word before it: "drone strike".
    Modifier(&'static str),
    /// An infinitive: "told him to leave".
    Infinitive,
}

/// One word of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) kind: &'static EventType,
    pub(crate) frame: &'static Frame,
    pub(crate) base: &'static str,
}

/// An entry as it is kept: type and frame by index.
struct Listed {
    kind: usize,
    frame: usize,
    guard: Guard,
    base: &'static str,
}

struct Lexicon {
    codebook: Codebook,
    frames: Vec<Frame>,
    // By the type's name.
    first_frames: BTreeMap<&'static str, usize>,
    verbs: BTreeMap<String, Vec<Listed>>,
    nouns: BTreeMap<String, Vec<Listed>>,
    // Forms of verbs that name no event by themselves.
    never: BTreeMap<String, Guard>,
    // Forms of verbs (first) and nouns that name none whatever the heads say, and what must stand beside them.
    blank: [BTreeMap<String, Vec<Guard>>; 2],
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon {
        codebook: Codebook { version: 0, types: Vec::new() },
        frames: vec![Frame { subject: Some("agent"), object: Some("object"), phrases: vec![("to", "recipient")] }],
        first_frames: BTreeMap::new(),
        verbs: BTreeMap::new(),
        nouns: BTreeMap::new(),
        never: BTreeMap::new(),
        blank: [BTreeMap::new(), BTreeMap::new()],
    };
    for line in TABLE.lines() {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        match first {
            "version" => lexicon.codebook.version = rest.trim().parse().unwrap_or_default(),
            "type" => lexicon.codebook.types.extend(event_type(rest)),
            "frame" => {
                let (kind, at) = (lexicon.codebook.types.last(), lexicon.frames.len());
                lexicon.first_frames.entry(kind.map_or("", |kind| kind.name)).or_insert(at);
                lexicon.frames.push(frame(rest));
            }
            "verb" => lexicon.list(rest, true),
            "noun" => lexicon.list(rest, false),
            "blank" => {
                let mut words = rest.split_whitespace();
                let are_verbs = words.next() == Some("verb");
                for (word, guard) in words.map(guarded) {
                    let forms = match are_verbs {
                        true => verb_forms(word),
                        false => vec![word.split('/').next().unwrap_or(word).to_owned(), plural(word)],
                    };
                    for form in forms {
                        lexicon.blank[usize::from(!are_verbs)].entry(form).or_default().push(guard);
                    }
                }
            }
            "never" => {
                for word in rest.split_whitespace() {
                    let (word, guard) = guarded(word);
                    for form in verb_forms(word) {
                        if guard == Guard::Free {
                            lexicon.never.insert(form, guard);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    lexicon
});

impl Lexicon {
    fn list(&mut self, words: &'static str, are_verbs: bool) {
        let (kind, frame) = (self.codebook.types.len().saturating_sub(1), self.frames.len() - 1);
        for word in words.split_whitespace() {
            let (word, guard) = guarded(word);
            let base = word.split('/').next().unwrap_or(word).trim_end_matches('*');
            let forms = if are_verbs { verb_forms(word) } else { vec![base.to_owned(), plural(word)] };
            let table = if are_verbs { &mut self.verbs } else { &mut self.nouns };
            for form in forms {
                let listed = table.entry(form).or_default();
                if listed.iter().all(|other| other.guard != guard) {
                    listed.push(Listed { kind, frame, guard, base });
                }
            }
        }
    }

    fn entry(&'static self, listed: &Listed) -> Entry {
        Entry { kind: &self.codebook.types[listed.kind], frame: &self.frames[listed.frame], base: listed.base }
    }
}

fn event_type(line: &'static str) -> Option<EventType> {
    let mut parts = line.splitn(5, ' ');
    let mut next = || parts.next();
    let given = |word: &'static str| (word != "-").then_some(word);
    Some(EventType { name: next()?, coarse: next()?, plover: given(next()?), cameo: given(next()?), meaning: next()? })
}

fn frame(line: &'static str) -> Frame {
    let mut parts = line.split_whitespace();
    let role = |word: Option<&'static str>| word.filter(|word| *word != "-");
    let (subject, object) = (role(parts.next()), role(parts.next()));
    let phrases = parts.filter_map(|part| part.split_once('='));
    let phrases = phrases.flat_map(|(words, role)| words.split(',').map(move |word| (word, role))).collect();
    Frame { subject, object, phrases }
}

fn guarded(word: &'static str) -> (&'static str, Guard) {
    if let Some((word, particle)) = word.split_once('+') {
        (word, Guard::Particle(particle))
    } else if let Some((word, object)) = word.split_once('=') {
        (word, Guard::Object(object))
    } else if let Some((word, preposition)) = word.split_once('>') {
        (word, Guard::Preposition(preposition))
    } else if let Some((word, before)) = word.split_once('<') {
        (word, Guard::Modifier(before))
    } else if let Some(word) = word.strip_suffix('~') {
        (word, Guard::Infinitive)
    } else {
        (word, Guard::Free)
    }
}

/// Returns the entry of a verb's form whose guard `stands` beside it: a guarded one before one that is free.
pub(crate) fn verb(form: &str, stands: impl Fn(Guard) -> bool) -> Option<Entry> {
    pick(&LEXICON.verbs, form, stands)
}

/// Returns the entry of a noun's form whose guard `stands` beside it: a guarded one before one that is free.
pub(crate) fn noun(form: &str, stands: impl Fn(Guard) -> bool) -> Option<Entry> {
    pick(&LEXICON.nouns, form, stands)
}

fn pick(table: &'static BTreeMap<String, Vec<Listed>>, form: &str, stands: impl Fn(Guard) -> bool) -> Option<Entry> {
    let listed = table.get(form)?;
    let guarded = listed.iter().find(|entry| entry.guard != Guard::Free && stands(entry.guard));
    let free = || listed.iter().find(|entry| entry.guard == Guard::Free);
    guarded.or_else(free).map(|entry| LEXICON.entry(entry))
}

/// Whether a form is of a verb that names no event by itself.
pub(crate) fn is_never(form: &str) -> bool {
    LEXICON.never.contains_key(form)
}

/// Whether a form of a verb or noun names no event whatever the heads say.
pub(crate) fn is_blank(form: &str, is_noun: bool) -> bool {
    LEXICON.blank[usize::from(is_noun)].get(form).is_some_and(|guards| guards.contains(&Guard::Free))
}

/// Whether a form names no event in the company that stands beside it: "wasted time", "climate change".
pub(crate) fn is_blank_beside(form: &str, is_noun: bool, stands: impl Fn(Guard) -> bool) -> bool {
    let guards = LEXICON.blank[usize::from(is_noun)].get(form);
    guards.is_some_and(|guards| guards.iter().any(|guard| *guard != Guard::Free && stands(*guard)))
}

/// The number of the type that is told where heads find that one, which stands for all of its coarse type: who moves does not visit.
pub(crate) fn told_of(kind: usize) -> usize {
    let types = &LEXICON.codebook.types;
    let plain = match types.get(kind).map(|kind| kind.name) {
        Some("visit") => "move",
        Some("free") => "return",
        _ => return kind,
    };
    types.iter().position(|kind| kind.name == plain).unwrap_or(kind)
}

/// An entry of the type of that number, for a word that the table does not know: its first frame. None of the type for
/// the rest.
pub(crate) fn of_kind(kind: usize) -> Option<Entry> {
    let kind = LEXICON.codebook.types.get(told_of(kind))?;
    let frame = LEXICON.first_frames.get(kind.name)?;
    let is_rest = open_type().is_some_and(|rest| rest.name == kind.name);
    (!is_rest).then_some(Entry { kind, frame: &LEXICON.frames[*frame], base: "" })
}

/// The entry of a word of which only that it names an event is known.
pub(crate) fn open_entry() -> Option<Entry> {
    Some(Entry { kind: open_type()?, frame: open_frame(), base: "" })
}

/// The frame of verbs that the table does not know.
fn open_frame() -> &'static Frame {
    &LEXICON.frames[0]
}

/// The type of events whose verb the table does not know.
fn open_type() -> Option<&'static EventType> {
    Codebook::built_in().find("event")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types of the word in [brackets] if it is read without its neighbours: of its verbs, then of its nouns.
    fn known(word: &str) -> bool {
        verb(word, |_| true).is_some() || noun(word, |_| true).is_some()
    }

    #[test]
    fn examples_hold() {
        let mut checked = 0;
        for line in TABLE.lines() {
            let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
            for example in rest.split('|').filter(|_| first == "yes") {
                let word = example.split(['[', ']']).nth(1).expect("an example shows its word in brackets");
                assert!(known(word), "{word} is in no list");
                checked += 1;
            }
            for example in rest.split('|').filter(|_| first == "no") {
                let word = example.split_whitespace().last().expect("an example has words");
                assert!(!known(word), "{word} names an event");
                checked += 1;
            }
        }
        assert!(checked > 6, "the table lost its examples");
    }

    #[test]
    fn every_type_is_whole() {
        const COARSE: &str = "MEET CONTACT TALK STATE_TOPIC SIGN AGREE ATTACK THREATEN DEATH INJURE ARREST CHARGE \
            INVESTIGATE SUBPOENA RESCUE RETURN MOVE ACCIDENT DAMAGE WEATHER ORDER ALERT EVACUATE BROADCAST SPEECH \
            PUBLISH REQUEST REFUSE CANCEL PLAN POLICY SANCTION WITHDRAW MARKET BUILD CEREMONY BIRTH JOIN DETAIN WORK OTHER";
        const ROLES: &str = "agent target party object victim topic recipient instrument origin destination addressee \
            cause place amount";
        let book = Codebook::built_in();
        assert!(book.version >= 1 && book.types.len() >= 40, "{} types", book.types.len());
        for kind in &book.types {
            assert!(COARSE.split_whitespace().any(|coarse| coarse == kind.coarse), "{kind:?}");
            assert!(kind.cameo.is_none_or(|code| code.bytes().all(|b| b.is_ascii_digit())), "{kind:?}");
            assert!(!kind.meaning.is_empty());
        }
        let roles = LEXICON.frames.iter().flat_map(|frame| {
            frame.subject.into_iter().chain(frame.object).chain(frame.phrases.iter().map(|(_, role)| *role))
        });
        for role in roles {
            assert!(ROLES.split_whitespace().any(|known| known == role), "{role} is no role");
        }
    }

    #[test]
    fn a_guard_goes_before_the_free_word() {
        let with = |wanted: &'static str| move |guard: Guard| guard == Guard::Particle(wanted);
        assert_eq!(verb("called", with("off")).map(|e| e.kind.name), Some("cancel"));
        assert_eq!(verb("called", |_| false).map(|e| e.kind.name), None);
        assert_eq!(verb("handed", with("over")).map(|e| e.base), Some("hand"));
        assert!(is_never("seemed") && !is_never("met"));
        assert!(is_blank("made", false) && is_blank("strategies", true) && !is_blank("strike", true));
        assert!(
            !is_blank("change", true) && is_blank_beside("change", true, |guard| guard == Guard::Modifier("climate"))
        );
    }
}
