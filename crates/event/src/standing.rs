//! What stands: an agreement that holds, an obligation that stalls, a plan that is uncertain. See `data/states.txt`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use reportedly_record::{Id, Kind, PassageKind, Reading, Span, State};

use crate::clause::{Form, clause};
use crate::forms::{plural, verb_forms};
use crate::part::named;
use crate::tree::Trees;
use crate::trigger::Ground;
use crate::voice::voices;

const TABLE: &str = include_str!("../data/states.txt");

struct States {
    verbs: BTreeMap<String, (&'static str, Option<&'static str>)>,
    adjectives: BTreeMap<&'static str, &'static str>,
    phrases: Vec<(Vec<&'static str>, &'static str)>,
    nouns: Vec<String>,
}

static STATES: LazyLock<States> = LazyLock::new(|| {
    let mut states =
        States { verbs: BTreeMap::new(), adjectives: BTreeMap::new(), phrases: Vec::new(), nouns: Vec::new() };
    for line in TABLE.lines() {
        let mut words = line.split_whitespace();
        match words.next() {
            Some("verb") => {
                let Some(value) = words.next() else { continue };
                for word in words {
                    let (word, object) = word.split_once('=').map_or((word, None), |(word, o)| (word, Some(o)));
                    for form in verb_forms(word) {
                        states.verbs.entry(form).or_insert((value, object));
                    }
                }
            }
            Some("adj") => {
                let Some(value) = words.next() else { continue };
                words.for_each(|word| {
                    states.adjectives.entry(word).or_insert(value);
                });
            }
            Some("phrase") => {
                let Some(value) = words.next() else { continue };
                let all: Vec<&str> = words.collect();
                states.phrases.extend(all.split(|w| *w == "|").map(|phrase| (phrase.to_vec(), value)));
            }
            Some("noun") => states.nouns.extend(words.flat_map(|w| [w.to_owned(), plural(w)])),
            _ => {}
        }
    }
    states.nouns.sort();
    states
});

/// Finds what is said to stand.
pub(crate) fn states(reading: &Reading<'_>) -> Vec<State> {
    let ground = Ground::new(reading);
    let mut found: Vec<State> = Vec::new();
    for syntax in reading.syntax {
        let trees = Trees::new(reading.text(), syntax);
        let voices = voices(reading, &trees);
        for (word, voice) in voices.iter().enumerate() {
            let news = ground.news(trees.word(word).span.bytes().start);
            if !matches!(news, Some(PassageKind::Headline | PassageKind::Body)) {
                continue;
            }
            if let Some(seen) = standing(reading, &trees, word) {
                let voice = voice.map(|a| reading.record.attributions[a].id);
                found.push(State {
                    id: Id::in_report(Kind::State, reading.report(), (seen.cue, seen.about)),
                    about: seen.about,
                    value: seen.value.to_owned(),
                    cue: reading.text().words(seen.cue),
                    party: seen.party,
                    as_of: as_of(reading, &trees, word),
                    voice,
                    evidence: seen.evidence,
                });
            }
        }
    }
    found
}

struct Seen {
    about: Id,
    value: &'static str,
    cue: Span,
    party: Option<Id>,
    evidence: Span,
}

fn standing(reading: &Reading<'_>, trees: &Trees<'_>, word: usize) -> Option<Seen> {
    let states = &*STATES;
    let own = clause(trees, word);
    let is_put = trees.upos(word) == "NOUN" && put(trees, word).is_some();
    if !is_put && (own.is_negated || !matches!(own.form, Form::Past | Form::Present | Form::Progressive)) {
        return None;
    }
    let subject = trees.child(word, &["nsubj", "nsubj:pass"]);
    let whole =
        || trees.span(&trees.reach(word, |c| trees.is(c, &["conj", "advcl", "ccomp", "parataxis", "punct", "cc"])));
    match trees.upos(word) {
        "VERB" => {
            let (value, wants) = *states.verbs.get(trees.lower(word))?;
            let object = trees.child(word, &["obj"]);
            if let Some(wanted) = wants {
                let object = object.filter(|o| trees.lower(*o).starts_with(wanted))?;
                let about = about(reading, trees, object)?;
                return Some(Seen { about, value, cue: trees.word(word).span, party: None, evidence: whole() });
            }
            let party_of = |w: Option<usize>| w.and_then(|w| named(reading, trees, w).first().map(|(id, ..)| *id));
            let stands = |w: usize| is_standing(trees, w);
            match (value, object) {
                // "Hamas has stalled on returning the bodies": the obligation is what it stalls on.
                ("stalled", _) if !subject.is_some_and(stands) => {
                    let on = trees.children(word).find(|c| {
                        trees.is(*c, &["advcl", "obl"]) && (trees.has(*c, "mark", &["on"]) || trees.case(*c) == "on")
                    })?;
                    let about = event_at(reading, trees.word(on).span)?;
                    Some(Seen { about, value, cue: cue(trees, word), party: party_of(subject), evidence: whole() })
                }
                ("violated" | "suspended" | "fulfilled", Some(object)) if stands(object) => {
                    let about = about(reading, trees, object)?;
                    Some(Seen { about, value, cue: cue(trees, word), party: party_of(subject), evidence: whole() })
                }
                (_, None) => {
                    let subject = subject.filter(|s| stands(*s))?;
                    let about = about(reading, trees, subject)?;
                    Some(Seen { about, value, cue: cue(trees, word), party: None, evidence: whole() })
                }
                _ => None,
            }
        }
        "ADJ" => {
            let value = states.adjectives.get(trees.lower(word))?;
            // "Remains uncertain": the adjective completes a verb.
            let verb = trees.head(word).filter(|h| trees.rel(word) == "xcomp" && trees.lower(*h).starts_with("remain"));
            let subject = subject.or_else(|| trees.child(verb?, &["nsubj"]))?;
            let about = about(reading, trees, is_standing(trees, subject).then_some(subject)?)?;
            let evidence = verb.map_or_else(whole, |v| {
                trees.span(&trees.reach(v, |c| trees.is(c, &["conj", "advcl", "punct", "cc"])))
            });
            Some(Seen { about, value, cue: trees.word(word).span, party: None, evidence })
        }
        "NOUN" => {
            let holds = |(words, _): &&(Vec<&str>, &str)| {
                let first = word.checked_sub(words.len() - 1);
                first.is_some_and(|first| words.iter().enumerate().all(|(i, w)| trees.lower(first + i) == *w))
            };
            let (words, value) = states.phrases.iter().find(holds)?;
            let about =
                about(reading, trees, subject.or_else(|| put(trees, word).filter(|put| is_standing(trees, *put)))?)?;
            let cue = trees.span(&(word + 1 - words.len()..word + 1));
            Some(Seen { about, value, cue, party: None, evidence: whole() })
        }
        _ => None,
    }
}

/// "The army was put on alert", "the truce remains in force": who or what a verb puts or leaves in the state that a phrase behind it names.
fn put(trees: &Trees<'_>, phrase: usize) -> Option<usize> {
    let verb = trees.head(phrase).filter(|_| trees.is(phrase, &["obl", "xcomp", "advmod"]))?;
    let own = clause(trees, verb);
    if own.is_negated || !matches!(own.form, Form::Past | Form::Present | Form::Progressive) {
        return None;
    }
    let form = trees.lower(verb);
    let puts = ["put", "plac", "kept", "keep"].iter().any(|stem| form.starts_with(stem));
    let stays = ["remain", "stay", "stood", "stand"].iter().any(|stem| form.starts_with(stem));
    match own.is_passive {
        true if puts => trees.child(verb, &["nsubj:pass"]),
        false if puts => trees.child(verb, &["obj"]),
        false if stays => trees.child(verb, &["nsubj"]),
        _ => None,
    }
}

/// The cue with the adverb before it: "largely held".
fn cue(trees: &Trees<'_>, word: usize) -> Span {
    let adverb = word.checked_sub(1).filter(|a| trees.rel(*a) == "advmod" && trees.lower(*a).ends_with("ly"));
    trees.span(&(adverb.unwrap_or(word)..word + 1))
}

/// Whether a noun names what can stand.
pub(crate) fn is_standing(trees: &Trees<'_>, word: usize) -> bool {
    STATES.nouns.binary_search_by(|noun| noun.as_str().cmp(trees.lower(word))).is_ok()
}

/// What a noun is about: the event it names, the entity, or what "the timing of" it is of.
fn about(reading: &Reading<'_>, trees: &Trees<'_>, word: usize) -> Option<Id> {
    let entity = |word: usize| named(reading, trees, word).first().map(|(id, ..)| *id);
    let event = |word: usize| event_at(reading, trees.word(word).span);
    let of = trees.children(word).find(|c| trees.rel(*c) == "nmod" && trees.case(*c) == "of");
    event(word).or_else(|| entity(word)).or_else(|| of.and_then(|of| event(of).or_else(|| entity(of))))
}

fn event_at(reading: &Reading<'_>, span: Span) -> Option<Id> {
    let at = |event: &&reportedly_record::Event| event.triggers.iter().any(|t| t.span.touches(span));
    reading.record.events.iter().find(at).map(|event| event.id)
}

/// The time that a state is said to stand at: one that hangs on the word by "as of", "on" or nothing.
fn as_of(reading: &Reading<'_>, trees: &Trees<'_>, word: usize) -> Option<Id> {
    let of = |c: usize| {
        let span = trees.word(c).span;
        let dated =
            |t: &&reportedly_record::Time| t.evidence.span.touches(span) && t.value.bytes().any(|b| b.is_ascii_digit());
        reading.record.times.iter().find(dated).filter(|t| t.kind == reportedly_record::TimeKind::Date).map(|t| t.id)
    };
    trees
        .children(word)
        .filter(|c| trees.is(*c, &["obl", "obl:unmarked"]) && matches!(trees.case(*c), "as" | "on" | ""))
        .find_map(of)
}
