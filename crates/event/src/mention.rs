//! One mention of an event, with all that its own words tell.

use reportedly_record::{Amount, Id, PassageKind, Reading, Side, Span, Status, Syntax, Voice};

use crate::circumstance::{Hung, amounts, grounds, places};
use crate::clause::{Form, clause};
use crate::codebook::Entry;
use crate::denial::deny;
use crate::evidence::Page;
use crate::extent::extent;
use crate::nominal::{is_definite, taken_up};
use crate::order::orders;
use crate::part::{Player, parts, players};
use crate::role::{Scenery, cast};
use crate::sense::{Scene, Sense, sense};
use crate::sighting::{Sightings, Told};
use crate::tree::Trees;
use crate::trigger::{Ground, Trigger, triggers};
use crate::voice::{is_withdrawn, voices};

/// A mention of an event.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) entry: Entry,
    /// The heads find its status likely enough to be told, or were not asked.
    pub(crate) is_clear: bool,
    /// The heads find its type as likely as not, or were not asked.
    pub(crate) is_of_kind: bool,
    pub(crate) is_noun: bool,
    /// "The meeting", "that meeting", "their meeting".
    pub(crate) is_definite: bool,
    /// "That meeting": the one that was just told.
    pub(crate) is_pointed: bool,
    /// "Another meeting", "a second strike".
    pub(crate) is_further: bool,
    pub(crate) is_plural: bool,
    pub(crate) in_headline: bool,
    /// Number of the sentence in the report.
    pub(crate) sentence: usize,
    pub(crate) trigger: Span,
    pub(crate) evidence: Span,
    pub(crate) sense: Sense,
    /// The heads take it for an event.
    pub(crate) is_judged: bool,
    /// Index of the attribution that speaks; none for the narrator.
    pub(crate) voice: Option<usize>,
    pub(crate) players: Vec<Player>,
    /// Words take part that no entity is known for.
    pub(crate) has_unnamed: bool,
    pub(crate) places: Vec<Id>,
    pub(crate) times: Vec<Id>,
    pub(crate) amounts: Vec<Amount>,
    /// Other mentions of the section that it is said to be before or after: side, word, where it says so.
    pub(crate) orders: Vec<(Side, usize, Span)>,
    /// Section and word, for orders.
    pub(crate) place: (usize, usize),
}

/// Looks at a section with its times and voices.
pub(crate) fn on_page<R>(
    reading: &Reading<'_>,
    ground: &Ground,
    syntax: &Syntax,
    sightings: Option<&Sightings>,
    look: impl FnOnce(&Page<'_>, &Hung<'_>) -> R,
) -> R {
    let trees = Trees::new(reading.text(), syntax);
    let hung = Hung::new(reading, &trees);
    let (has_time, is_ahead) = hung.ahead(reading, &trees);
    let headline = |w: usize| ground.news(trees.word(w).span.bytes().start) == Some(PassageKind::Headline);
    let in_headline: Vec<bool> = (0..trees.len()).map(headline).collect();
    let voices = voices(reading, &trees);
    let direct = |voice: &Option<usize>| voice.is_some_and(|a| reading.record.attributions[a].voice == Voice::Direct);
    let is_quoted = voices.iter().map(direct).collect();
    let is_behind = hung.behind(reading, &trees);
    let scene = Scene { trees: &trees, is_ahead, is_behind, in_headline, is_quoted, has_time };
    look(&Page { reading, ground, scene: &scene, voices: &voices, sightings }, &hung)
}

/// Returns the mentions of a section; `section` is its number, `sentences_before` what earlier ones have.
pub(crate) fn mentions(page: &Page<'_>, hung: &Hung<'_>, section: usize, sentences_before: usize) -> Vec<Mention> {
    let Page { reading, scene, voices, .. } = *page;
    let trees = scene.trees;
    let found = triggers(page);
    let is_event = |word: usize| found.iter().any(|(trigger, _)| trigger.word == word);
    let mention = |(trigger, told): &(Trigger, Option<Told>)| {
        let word = trigger.word;
        let scenery = cast(page, hung, trigger, scenery(page, hung, trigger));
        let parts = &scenery.parts;
        let players = players(reading, trees, parts);
        let sense = match voices[word] {
            // Of "accused of ordering the killing" the order is denied, not that somebody was killed.
            Some(voice) if is_withdrawn(reading, trees, voice) && !(trigger.is_noun && is_definite(scene, word)) => {
                Sense::new(Status::Denied)
            }
            // What lies ahead is planned whatever it sounds like.
            _ if scene.is_ahead[word] => sense(scene, word),
            _ => advised(sense(scene, word), *told),
        };
        // "The July talks", in June: whatever their noun sounds like.
        let is_over = matches!(sense.status, Status::Happened | Status::Ongoing);
        let is_past = trees.head(word).is_some_and(|head| clause(trees, head).form == Form::Past);
        let is_yet = trigger.is_noun && is_over && !is_past && hung.are_to_come(reading, trees, &scenery.times);
        Mention {
            entry: trigger.entry,
            is_of_kind: trigger.is_of_kind,
            is_noun: trigger.is_noun,
            is_definite: trigger.is_noun && is_definite(scene, word),
            is_pointed: trigger.is_noun
                && trees.children(word).any(|c| trees.rel(c) == "det" && matches!(trees.lower(c), "that" | "this")),
            is_further: trees.children(word).any(|c| {
                matches!(
                    trees.lower(c),
                    "another" | "second" | "third" | "further" | "new" | "again" | "other" | "separate" | "similar"
                )
            }),
            is_plural: trees.xpos(word) == "NNS",
            in_headline: scene.in_headline[word],
            sentence: sentences_before + trees.sentence_number(word),
            trigger: trigger_span(trees, trigger),
            evidence: trees.span(&extent(page, trigger)),
            sense: if is_yet { Sense::new(Status::Planned) } else { sense },
            is_judged: told.is_some(),
            is_clear: is_yet || scene.is_ahead[word] || is_clear(sense, *told),
            voice: voices[word],
            has_unnamed: parts.iter().any(|p| !players.iter().any(|q| q.evidence.covers(trees.word(p.word).span))),
            players,
            places: scenery.places.iter().flat_map(|word| grounds(reading, trees, *word)).collect(),
            times: scenery.times.iter().filter_map(|word| hung.time(*word)).map(|time| time.id).collect(),
            amounts: amounts(reading, trees, trigger, parts),
            orders: orders(trees, trigger, &is_event),
            place: (section, word),
        }
    };
    let mut all: Vec<Mention> = found.iter().map(mention).filter(|m| m.is_judged || !is_in_general(trees, m)).collect();
    for sentence in 0..trees.syntax.sentences.len() {
        take_back(trees, sentence, sentences_before, &mut all);
    }
    deny(trees, sentences_before, &mut all);
    let is_pronoun = |w: &usize| matches!(trees.lower(*w), "it" | "this" | "that") && trees.upos(*w) == "PRON";
    for pronoun in (0..trees.len()).filter(|w| is_pronoun(w) || is_occasion(trees, *w)) {
        if let Some(sense) = taken_up(scene, pronoun) {
            let sentence = sentences_before + trees.sentence_number(pronoun);
            let at = all.partition_point(|m| m.place.1 < pronoun);
            let by_noun = !is_pronoun(&pronoun);
            // What it takes up stands in the sentence before, and is still to come there.
            let to_come = |m: &&Mention| {
                let behind = sentence - m.sentence;
                behind <= 1
                    && matches!(m.sense.status, Status::Planned | Status::Hypothetical | Status::Possible)
                    && (!by_noun || behind == 1 && is_held_by(trees.lower(pronoun), trees.lower(m.place.1)))
            };
            let taken = all[..at].iter().rev().take_while(|m| sentence - m.sentence <= 1).find(to_come).cloned();
            if let Some(taken) = taken {
                let span = trees.word(pronoun).span;
                let mention = Mention {
                    is_noun: true,
                    is_definite: true,
                    is_further: false,
                    sentence,
                    trigger: span,
                    evidence: trees.span(&trees.reach(trees.head(pronoun).unwrap_or(pronoun), |c| {
                        trees.is(c, &["conj", "advcl", "punct", "cc", "parataxis"])
                    })),
                    sense,
                    is_clear: true,
                    voice: voices[pronoun],
                    players: Vec::new(),
                    has_unnamed: false,
                    places: Vec::new(),
                    times: Vec::new(),
                    amounts: Vec::new(),
                    orders: Vec::new(),
                    place: (section, pronoun),
                    ..taken
                };
                all.retain(|m| m.place.1 != pronoun);
                all.insert(at, mention);
            }
        }
    }
    all
}

/// Who takes part in an event, where and when, as rules find it.
pub(crate) fn scenery(page: &Page<'_>, hung: &Hung<'_>, trigger: &Trigger) -> Scenery {
    let Page { reading, scene, .. } = *page;
    Scenery {
        parts: parts(scene.trees, trigger),
        places: places(reading, scene.trees, hung, trigger),
        times: hung.of(reading, scene.trees, trigger),
    }
}

/// "The ceremony", "the trip": the occasion at which something was to be done.
fn is_occasion(trees: &Trees<'_>, word: usize) -> bool {
    matches!(trees.lower(word), "ceremony" | "trip" | "event" | "appearance")
        && trees.rel(word) == "nsubj:pass"
        && trees.has(word, "det", &["the", "this", "that"])
}

/// Whether an occasion of that name is what a verb was to be done at: a ceremony is held to open a line, a trip made to visit.
fn is_held_by(occasion: &str, verb: &str) -> bool {
    let stems: &[&str] = match occasion {
        "ceremony" => {
            &["open", "inaugurat", "unveil", "award", "present", "launch", "sign", "swear", "marry", "receive"]
        }
        "trip" => &["visit", "travel", "meet", "fly", "attend", "go", "tour"],
        "appearance" => &["speak", "testify", "answer", "appear", "address"],
        _ => &["open", "inaugurat", "unveil", "launch", "speak", "meet", "attend", "perform", "address", "hold"],
    };
    stems.iter().any(|stem| verb.starts_with(stem))
}

/// "I was told that the gate had been mended. It had not.": what was told last with the same helping word is not so.
fn take_back(trees: &Trees<'_>, sentence: usize, sentences_before: usize, mentions: &mut [Mention]) {
    let words = &trees.syntax.sentences[sentence];
    let said: Vec<&str> = (words.start as usize..words.end as usize)
        .filter(|i| trees.upos(*i) != "PUNCT")
        .map(|i| trees.lower(i))
        .collect();
    let (help, not) = match said[..] {
        [_, help, not] => (help, not),
        _ => return,
    };
    if !matches!(not, "not" | "n't") || !matches!(help, "had" | "has" | "have" | "was" | "were" | "did") {
        return;
    }
    let before = mentions.iter_mut().rev().filter(|m| m.sentence + 1 == sentences_before + sentence);
    let same = |m: &&mut Mention| {
        let word = m.place.1;
        let helped = trees.children(word).any(|c| trees.is(c, &["aux", "aux:pass"]) && trees.lower(c) == help);
        helped || help == "did" && trees.xpos(word) == "VBD"
    };
    if let Some(mention) = before.into_iter().find(same) {
        mention.sense = Sense::new(Status::DidNotHappen);
    }
}

/// What rules leave open the heads tell. Over what rules are sure of they must find another status clearly likelier, and much likelier to
/// make a fact of what is planned or only may be, or a plan of what is imagined; what is denied, called off or not done stays so.
fn advised(sense: Sense, told: Option<Told>) -> Sense {
    let Some(told) = told else { return sense };
    if matches!(sense.status, Status::Denied | Status::Cancelled | Status::DidNotHappen) && !sense.is_open {
        return sense;
    }
    // That it is denied, called off or not done must be said in words that rules know.
    let asks =
        |status| !matches!(status, Status::Denied | Status::Cancelled | Status::DidNotHappen) || status == sense.status;
    let Some(best) = told.best(asks).filter(|best| *best != sense.status) else { return sense };
    // "No one is hurt": what rules find negated is not turned into a fact.
    if sense.status == Status::DidNotHappen && matches!(best, Status::Happened | Status::Ongoing) {
        return sense;
    }
    let is_fact = |status| matches!(status, Status::Happened | Status::Ongoing);
    let was_fact = is_fact(sense.status) || sense.status == Status::Generic;
    let was_imagined = sense.status == Status::Hypothetical && best == Status::Planned;
    // A habit drops out of the record: that one is told must be clear too.
    let least = if !sense.is_open && (is_fact(best) && !was_fact || was_imagined) {
        LEAST_LEAD_TO_FACT
    } else if !sense.is_open {
        LEAST_LEAD
    } else if best == Status::Generic {
        LEAST_LEAD_OF_HABITS
    } else if sense.status == Status::Hypothetical && best == Status::Happened {
        LEAST_LEAD_OF_FACTS
    } else {
        0.0
    };
    if told.lead(best, sense.status) < least {
        return sense;
    }
    let certainty = match best {
        Status::Possible => Sense::new(best).certainty.max(sense.certainty),
        _ if sense.status == Status::Possible => Sense::new(best).certainty,
        _ => sense.certainty,
    };
    Sense { status: best, certainty, ..sense }
}

/// Whether the heads find a status likely enough to be told.
fn is_clear(sense: Sense, told: Option<Told>) -> bool {
    let least = if sense.is_open { LEAST_TOLD } else { LEAST_TOLD_BY_RULE };
    told.is_none_or(|told| told.of(sense.status) >= least)
}

/// How likely, in nats, a status must be that rules leave open, and one that they are sure of. Of listed events on held-out texts .951 have a
/// status then, of which .845 are right (.938 and .849 from -.55; with older weights all and .804 without, and from -2.2 for what rules are sure of
/// readings that tests pin were lost).
const LEAST_TOLD: f32 = -0.6;
const LEAST_TOLD_BY_RULE: f32 = -4.0;

/// Nats by which another status must lead over what rules are sure of, and where it makes a fact of what was none. At 1.5 for both two
/// statements fire that must not.
const LEAST_LEAD: f32 = 1.5;
const LEAST_LEAD_TO_FACT: f32 = 4.0;

/// The same for habits over what rules leave open.
const LEAST_LEAD_OF_HABITS: f32 = 0.5;

/// The same for what happened over what is only imagined: a wrong fact is worse than one that is missing.
const LEAST_LEAD_OF_FACTS: f32 = 1.5;

/// "Intimidation will stop nothing", "threats to peace": a noun without article, of which nothing else is told.
fn is_in_general(trees: &Trees<'_>, mention: &Mention) -> bool {
    let word = mention.place.1;
    let particular = |c: usize| trees.is(c, &["det", "nmod:poss", "nummod", "amod", "compound"]);
    // Of a verb that the codebook leaves out the status must be told.
    if mention.entry.base.is_empty() {
        return mention.sense.is_open;
    }
    mention.is_noun
        && mention.sense.is_open
        && !mention.in_headline
        && mention.players.is_empty()
        && mention.times.is_empty()
        && mention.places.is_empty()
        && mention.amounts.is_empty()
        && !trees.children(word).any(particular)
}

/// The trigger with its particle, where that stands next to it.
fn trigger_span(trees: &Trees<'_>, trigger: &Trigger) -> Span {
    let word = trigger.word;
    let particle = trees.children(word).find(|c| trees.rel(*c) == "compound:prt" && *c == word + 1);
    trees.span(&(word..particle.map_or(word + 1, |p| p + 1)))
}
