//! What is said to happen, to whom, and whether it did, in each voice that speaks of it.
//!
//! A word of the codebook names an event (`trigger`); its tree tells who takes part (`part`), where, when and how many
//! (`circumstance`), and its status (`sense`), which a denial further on may change (`denial`); mentions of one event are joined (`join`), and their voices folded (`voice`).

mod actor;
mod circumstance;
mod claim;
mod clause;
mod codebook;
mod denial;
mod evidence;
mod extent;
mod forms;
mod governed;
mod join;
mod mention;
mod nominal;
mod opinion;
mod order;
mod part;
mod role;
mod scope;
mod sense;
mod sighting;
mod standing;
mod subject;
mod tree;
mod trigger;
mod verbal;
mod voice;

use reportedly_record::{
    Amount, Event, EventOrder, Id, Kind, Note, Participant, Reading, Span, State, Status, VoicedStatus,
};

use crate::mention::Mention;
use crate::sense::sense;

pub use actor::{Side as ActorSide, actors};
pub use codebook::{Codebook, EventType};
pub use sighting::{Sightings, sightings};

/// Finds what is said to happen. `sightings` has one entry for each of the reading's sections.
pub fn events(reading: &Reading<'_>, sightings: &[Sightings], _notes: &mut Vec<Note>) -> Vec<Event> {
    let ground = trigger::Ground::new(reading);
    let mut mentions: Vec<Mention> = Vec::new();
    let mut sentences = 0;
    for (section, syntax) in reading.syntax.iter().enumerate() {
        mention::on_page(reading, &ground, syntax, sightings.get(section), |page, hung| {
            mentions.extend(mention::mentions(page, hung, section, sentences));
        });
        sentences += syntax.sentences.len();
    }
    let groups = join::joined(reading, &mentions);
    let ids: Vec<Id> = groups
        .iter()
        .map(|group| Id::in_report(Kind::Event, reading.report(), group.first().map(|m| mentions[*m].trigger)))
        .collect();
    let mut event_of = vec![None; mentions.len()];
    for (group, id) in groups.iter().zip(&ids) {
        group.iter().for_each(|m| event_of[*m] = Some(*id));
    }
    // (section, word) of each mention, in order, with its event.
    let by_word: Vec<((usize, usize), Option<Id>)> = mentions.iter().map(|m| m.place).zip(event_of).collect();
    let made = groups.iter().zip(&ids).map(|(group, id)| event(reading, &mentions, group, *id, &by_word));
    made.zip(&groups)
        .filter(|(event, group)| is_told(event) || is_habit(&mentions, group))
        .map(|(event, _)| event)
        .collect()
}

/// Whether the text says in words that it is a habit.
fn is_habit(mentions: &[Mention], group: &[usize]) -> bool {
    group.iter().map(|m| &mentions[*m].sense).any(|sense| sense.status == Status::Generic && !sense.is_open)
}

/// Whether an event is more than a habit that a word hints at.
fn is_told(event: &Event) -> bool {
    event.status != Status::Generic || event.voices.iter().any(|voice| voice.status != Status::Generic)
}

fn event(
    reading: &Reading<'_>,
    mentions: &[Mention],
    group: &[usize],
    id: Id,
    by_word: &[((usize, usize), Option<Id>)],
) -> Event {
    let text = reading.text();
    let all = || group.iter().map(|m| &mentions[*m]);
    let attribution = |m: &Mention| m.voice.map(|a| reading.record.attributions[a].id);
    let told: Vec<(bool, Status, bool)> = all().map(|m| (m.voice.is_none(), m.sense.status, m.sense.is_open)).collect();
    let (folded, contested) = voice::folded(&told);
    let status = clear_status(folded, all());
    let mut voices: Vec<VoicedStatus> = Vec::new();
    for m in all() {
        let of_voice = || all().filter(|n| attribution(n) == attribution(m));
        let told: Vec<(bool, Status, bool)> = of_voice().map(|n| (true, n.sense.status, n.sense.is_open)).collect();
        if voices.iter().any(|v| v.voice == attribution(m)) || told.iter().all(|(_, _, open)| *open) && group.len() > 1
        {
            continue;
        }
        let (of, _) = voice::folded(&told);
        let best = of_voice().find(|n| n.sense.status == of && !n.sense.is_open).unwrap_or(m);
        voices.push(VoicedStatus {
            voice: attribution(m),
            status: clear_status(of, of_voice()),
            certainty: best.sense.certainty,
            evidence: best.evidence,
        });
    }
    if let (true, Some(m)) = (voices.is_empty(), all().next()) {
        let certainty = m.sense.certainty;
        voices.push(VoicedStatus { voice: attribution(m), status, certainty, evidence: m.evidence });
    }
    let mut participants: Vec<Participant> = Vec::new();
    for player in all().flat_map(|m| &m.players) {
        if !participants.iter().any(|p| p.entity == player.entity) {
            let role = player.role.to_owned();
            participants.push(Participant { role, entity: player.entity, evidence: player.evidence });
        }
    }
    let mut orders: Vec<EventOrder> = Vec::new();
    for m in all() {
        for (side, word, evidence) in &m.orders {
            let at = by_word.binary_search_by_key(&(m.place.0, *word), |(place, _)| *place);
            let other = at.ok().and_then(|at| by_word[at].1).filter(|other| *other != id);
            if let Some(event) = other.filter(|other| !orders.iter().any(|o| o.event == *other)) {
                orders.push(EventOrder { side: *side, event, evidence: *evidence });
            }
        }
    }
    let unique =
        |ids: Vec<Id>| ids.iter().enumerate().filter(|(i, id)| !ids[..*i].contains(id)).map(|(_, id)| *id).collect();
    let first = &mentions[group.first().copied().unwrap_or_default()];
    Event {
        id,
        kind: told_kind(all(), first).to_owned(),
        triggers: all().map(|m| text.words(m.trigger)).collect(),
        participants,
        places: unique(all().flat_map(|m| m.places.iter().copied()).collect()),
        times: unique(all().flat_map(|m| m.times.iter().copied()).collect()),
        orders,
        // The headline rounds, or sums up what the text tells one by one.
        amounts: told_amounts(all()),
        contested,
        voices,
        status,
        evidence: first.evidence,
    }
}

/// The status that mentions give together, where the heads find it likely enough for one of those that give it: else it is not known. What
/// is denied, called off or not done is said in words, and a habit is none.
fn clear_status<'a>(told: Status, mut all: impl Iterator<Item = &'a Mention>) -> Status {
    let said = matches!(told, Status::Denied | Status::Cancelled | Status::DidNotHappen | Status::Generic);
    if said || all.any(|m| m.is_clear && m.sense.status == told) { told } else { Status::Unknown }
}

/// The type of the first mention, where the heads find it as likely as not for one that names it; else the general one, which states
/// nothing. Of the types told on held-out texts .86 are right then (.73 without; .83 from -1 nat, .88 from -0.5).
fn told_kind<'a>(mut all: impl Iterator<Item = &'a Mention>, first: &Mention) -> &'static str {
    let own = first.entry.kind.name;
    let is_told = all.any(|m| m.is_of_kind && m.entry.kind.name == own);
    let open = || codebook::open_entry().map_or(own, |entry| entry.kind.name);
    if is_told { own } else { open() }
}

/// How many: of the first mention, but where that is the headline's and the text says it too, of the text's.
fn told_amounts<'a>(all: impl Iterator<Item = &'a Mention> + Clone) -> Vec<Amount> {
    let of_text = all.clone().find(|m| !m.in_headline && !m.amounts.is_empty());
    let first = all.clone().next();
    let told = first.filter(|m| !m.in_headline).or(of_text).or(first);
    told.map(|m| m.amounts.clone()).unwrap_or_default()
}

/// Finds what is said to stand. Events are known by then.
pub fn states(reading: &Reading<'_>, _notes: &mut Vec<Note>) -> Vec<State> {
    standing::states(reading)
}

/// A word that the heads are asked of, as rules and trees see it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The word.
    pub word: Span,
    /// Numbers of the features that hold.
    pub features: Vec<u16>,
    /// How many features there are.
    pub of: usize,
    /// The type of the event that rules see in it.
    pub kind: Option<&'static str>,
    /// The status that rules give it, and whether that gives way to other mentions.
    pub status: (Status, bool),
    /// Where it is taken for an event: the words of its sentence that may take part.
    pub pairs: Vec<PairOf>,
    /// How many features a pair has.
    pub of_pairs: usize,
}

/// A word that may take part in an event.
#[derive(Clone, Debug)]
pub struct PairOf {
    /// The head of its phrase.
    pub word: Span,
    /// A relative pronoun that stands for it.
    pub pronoun: Option<Span>,
    /// All mentions of the entity that it names.
    pub mentions: Vec<Span>,
    /// The part that rules give it.
    pub rule: Option<&'static str>,
    /// Numbers of the features that hold.
    pub features: Vec<u16>,
}

/// Returns the words that the heads are asked of, in text order: what they are trained on.
pub fn candidates(reading: &Reading<'_>, sightings: &[Sightings]) -> Vec<Candidate> {
    let ground = trigger::Ground::new(reading);
    let mut all = Vec::new();
    for (section, syntax) in reading.syntax.iter().enumerate() {
        mention::on_page(reading, &ground, syntax, sightings.get(section), |page, hung| {
            let found = trigger::by_rule(reading, &ground, page.scene.trees);
            let told = trigger::triggers(page);
            for word in (0..syntax.words.len()).filter(|word| evidence::is_asked(page, *word)) {
                let rule = found.iter().find(|t| t.word == word);
                let sense = sense(page.scene, word);
                let (features, of) = evidence::features(page, word, rule, sense);
                let kind = rule.map(|t| t.entry.kind.name);
                let status = (sense.status, sense.is_open);
                let (mut pairs, mut of_pairs) = (Vec::new(), 0);
                if let Some((trigger, _)) = told.iter().find(|(t, _)| t.word == word) {
                    (pairs, of_pairs) = role::pairs(page, trigger, &mention::scenery(page, hung, trigger).all());
                }
                let span = |word: usize| syntax.words[word].span;
                let pair = |p: role::Pair| PairOf {
                    word: span(p.word),
                    pronoun: p.pronoun.map(span),
                    mentions: mentions_beside(reading, page.scene.trees, p.word),
                    rule: p.rule,
                    features: p.features,
                };
                let pairs = pairs.into_iter().map(pair).collect();
                all.push(Candidate { word: span(word), features, of, kind, status, pairs, of_pairs });
            }
        });
    }
    all
}

/// Mentions of the entities that a word names.
fn mentions_beside(reading: &Reading<'_>, trees: &tree::Trees<'_>, word: usize) -> Vec<Span> {
    let entities = part::named(reading, trees, word);
    let of = |id: &Id| reading.record.mentions.iter().find(|m| m.id == *id).map(|m| m.evidence.span);
    let entity = |id: Id| reading.record.entities.iter().find(move |e| e.id == id);
    entities.iter().filter_map(|(id, _, _)| entity(*id)).flat_map(|e| e.mentions.iter().filter_map(of)).collect()
}
