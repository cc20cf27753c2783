//! Who relays whom, and how many stand behind a claim.
//!
//! A chain goes from the outermost relay to the one who spoke: outlet, newspaper, two unnamed people. It is made of what
//! attributions say: which stands within which, and which paper somebody told it to. A count is absent where the report
//! does not show it.

use std::collections::{BTreeMap, BTreeSet};

use reportedly_record::{
    Attribution, Chain, CueStance, Entity, EntityKind, Id, Kind, PassageKind, Reading, SourceKind, Span, Syntax, Tally,
    Voice, Words,
};

use crate::lead::{Lead, lead, lead_voice};
use crate::quote::spoken_by_somebody;
use crate::unnamed::Again;

/// Attributions in one another at the most; a text that has more says nothing by it.
const DEEPEST: usize = 16;

/// The record's attributions and entities, to be found by id.
struct Told<'a> {
    attributions: BTreeMap<Id, &'a Attribution>,
    entities: BTreeMap<Id, &'a Entity>,
    // Entities of mentions that are names, by where they stand.
    names: BTreeMap<(usize, usize), Id>,
    outlet: Option<Id>,
    /// Those who are one of several: "one of them", "the other".
    members: BTreeSet<Id>,
}

impl<'a> Told<'a> {
    fn new(reading: &Reading<'a>) -> Told<'a> {
        let record = reading.record;
        let entities: BTreeMap<Id, &Entity> = record.entities.iter().map(|e| (e.id, e)).collect();
        let spans: BTreeMap<Id, Span> = record.mentions.iter().map(|m| (m.id, m.evidence.span)).collect();
        let mut names = BTreeMap::new();
        for entity in &record.entities {
            for span in entity.mentions.iter().filter_map(|m| spans.get(m)) {
                names.entry((span.bytes().start, span.bytes().end)).or_insert(entity.id);
            }
        }
        let attributions = record.attributions.iter().map(|a| (a.id, a)).collect();
        let is_one_of = |a: &&Attribution| a.source.first().is_some_and(|s| Again::of(&s.text).is_member());
        let members = record.attributions.iter().filter(is_one_of).filter_map(|a| a.speaker).collect();
        Told { attributions, entities, names, outlet: outlet(reading), members }
    }

    fn entity(&self, id: Id) -> Option<&'a Entity> {
        self.entities.get(&id).copied()
    }

    fn is_named(&self, id: Id) -> bool {
        self.entity(id).is_some_and(|e| e.name.is_some())
    }

    fn is_media(&self, id: Id) -> bool {
        self.entity(id).is_some_and(|e| matches!(e.kind, EntityKind::Media | EntityKind::Programme))
    }

    /// The paper, agency or broadcaster that some words name.
    fn media_in(&self, words: Option<&Words>) -> Option<Id> {
        let bytes = words?.span.bytes();
        let inside = self.names.range((bytes.start, 0)..(bytes.end, 0)).filter(|((_, end), _)| *end <= bytes.end);
        inside.map(|(_, id)| *id).find(|id| self.is_media(*id))
    }

    /// The attributions that one stands in, outermost first, and itself.
    fn path(&self, one: &'a Attribution) -> Vec<&'a Attribution> {
        let mut path = vec![one];
        let mut at = one;
        while let Some(outer) = at.within.and_then(|id| self.attributions.get(&id)) {
            if path.len() == DEEPEST || path.iter().any(|a| a.id == outer.id) {
                break;
            }
            path.push(outer);
            at = outer;
        }
        path.reverse();
        path
    }

    /// The entities that a statement came through, outermost first; none where one of them is not known, or relays nothing: he only
    /// thinks or means it.
    fn hops(&self, one: &'a Attribution) -> Option<Vec<Id>> {
        let mut hops: Vec<Id> = Vec::new();
        let path = self.path(one);
        // "According to the Tribune, Roe believes": the last may have been heard to think it.
        let thought = |told: &Attribution| told.stance == Some(CueStance::Believes);
        let relays = |at: usize| is_said(path[at]) || at + 1 == path.len() && thought(path[at]);
        if path.len() > 1 && !(0..path.len()).all(relays) {
            return None;
        }
        for told in path {
            if told.speaker.is_some_and(|id| !self.is_named(id)) && is_pronoun(told) {
                return None;
            }
            let speaker = match (told.speaker, told.source_kind) {
                (None, Some(SourceKind::Outlet)) => self.outlet,
                (speaker, _) => Some(speaker?),
            };
            // "He told the Tribune": the paper relays him.
            let relay = self.media_in(told.addressee.as_ref()).or_else(|| self.media_in(told.medium.as_ref()));
            for hop in relay.into_iter().chain(speaker) {
                if !hops.contains(&hop) {
                    hops.push(hop);
                }
            }
        }
        if let Some(outlet) = self.outlet
            && hops.first() != Some(&outlet)
        {
            hops.retain(|hop| *hop != outlet);
            hops.insert(0, outlet);
        }
        Some(hops)
    }

    /// Who tells a statement: of what somebody is only told to mean or to think whoever tells that of him.
    fn teller(&self, one: &'a Attribution) -> Option<&'a Attribution> {
        self.path(one).into_iter().rev().find(|told| told.voice == Voice::Direct || is_said(told))
    }
}

/// Whether somebody says it, rather than thinking or intending it or not saying it.
fn is_said(told: &Attribution) -> bool {
    told.stance.is_some_and(|stance| !matches!(stance, CueStance::Believes | CueStance::Intends | CueStance::Doubts))
}

/// Whether the source is one pronoun: whom it stands for is not known, unless it goes to somebody with a name.
fn is_pronoun(told: &Attribution) -> bool {
    let [source] = &told.source[..] else { return false };
    let word = source.text.to_lowercase();
    ["i", "we", "he", "she", "it", "they", "you", "who", "that", "which", "her", "his", "their"]
        .contains(&word.as_str())
}

/// The outlet itself, where its text names it.
fn outlet(reading: &Reading<'_>) -> Option<Id> {
    let fold = |name: &str| {
        let lower = name.trim().to_lowercase();
        lower.strip_prefix("the ").map_or(lower.clone(), str::to_owned)
    };
    let own = fold(reading.record.report.outlet.as_deref()?);
    if own.is_empty() {
        return None;
    }
    // By its whole name, or as "the Argus".
    let is = |entity: &&Entity| {
        let name = entity.name.as_deref().map(fold).unwrap_or_default();
        let last = own.rsplit(' ').next() == Some(name.as_str()) && name.len() > 3;
        name == own || last && matches!(entity.kind, EntityKind::Media | EntityKind::Organisation)
    };
    reading.record.entities.iter().find(is).map(|e| e.id)
}

/// Finds the relays of statements, outermost first. A statement that came through nobody has none.
pub fn chains(reading: &Reading<'_>) -> Vec<Chain> {
    let told = Told::new(reading);
    let mut chains = Vec::new();
    for one in &reading.record.attributions {
        let Some(hops) = told.hops(one).filter(|hops| hops.len() > 1) else { continue };
        let evidence = told.path(one).into_iter().map(|a| a.evidence).fold(one.evidence, Span::hull);
        let id = Id::in_report(Kind::Chain, reading.report(), (one.id, &hops));
        chains.push(Chain { id, about: one.id, hops, evidence });
    }
    chains
}

/// Counts who stands behind what the report leads with, and behind each event that somebody tells of. Chains are known
/// by then.
pub fn tallies(reading: &Reading<'_>) -> Vec<Tally> {
    let told = Told::new(reading);
    let lead = lead(reading);
    let mut tallies = Vec::new();
    let leading = match &lead {
        Some(Lead::Event(event)) => Some(event.id),
        Some(Lead::Attribution(_)) | None => None,
    };
    if let Some(Lead::Attribution(one)) = lead {
        let carriers: Vec<&Attribution> = told.path(one).into_iter().rev().collect();
        tallies.extend(tally(reading, &told, one.id, true, carriers, one.evidence));
    }
    for event in &reading.record.events {
        let voices: BTreeSet<Id> = event.voices.iter().filter_map(|v| v.voice).collect();
        let mut carriers: Vec<&Attribution> =
            voices.iter().filter_map(|id| told.attributions.get(id).copied()).collect();
        let claims = |a: &&Attribution| event.triggers.iter().any(|t| is_claimed(reading, t.span, a));
        let is_claim = carriers.iter().any(claims);
        carriers.sort_by_key(|a| (a.evidence.bytes().start, a.evidence.bytes().end));
        let is_lead = leading == Some(event.id);
        if is_lead && let Some(first) = lead_voice(reading, event) {
            carriers.retain(|a| a.id != first.id);
            carriers.insert(0, first);
        }
        if is_lead || is_claim {
            tallies.extend(tally(reading, &told, event.id, is_lead, carriers, event.evidence));
        }
    }
    tallies.sort_by_key(|t| !t.lead);
    tallies
}

/// Relations that lead from what somebody states into what he only mentions.
const MENTIONED: [&str; 6] = ["advcl", "acl", "nmod", "obl", "appos", "dep"];

/// What is said of a thing that takes place: it is claimed all the same.
const TAKES_PLACE: [&str; 12] = [
    "over",
    "off",
    "on",
    "underway",
    "imminent",
    "likely",
    "unlikely",
    "possible",
    "certain",
    "due",
    "set",
    "scheduled",
];

/// "His decision is a betrayal": a thing known before, of which it is said what it is.
fn is_presupposed(reading: &Reading<'_>, section: &Syntax, noun: usize, content: Span) -> bool {
    let word = &section.words[noun];
    let head = word.head as usize;
    let said = |i: usize| reading.text().slice(section.words[i].span).to_lowercase();
    let of = |head: usize, relation: &str| {
        let near = head.saturating_sub(FAR)..section.words.len().min(head + FAR);
        near.into_iter()
            .filter(|i| section.words[*i].head as usize == head)
            .filter(|i| section.words[*i].deprel.as_str() == relation)
            .collect::<Vec<usize>>()
    };
    let subject = matches!(word.deprel.as_str(), "nsubj" | "nsubj:outer");
    let article = |i: &usize| matches!(said(*i).as_str(), "the" | "this" | "that" | "these" | "those");
    let definite = !of(noun, "nmod:poss").is_empty() || of(noun, "det").iter().any(article);
    let inside = head != noun && section.words.get(head).is_some_and(|above| content.covers(above.span));
    word.upos.as_str() == "NOUN"
        && subject
        && definite
        && inside
        && !of(head, "cop").is_empty()
        && !TAKES_PLACE.contains(&said(head).as_str())
}

/// Words on either side of a word that those hanging on it are looked for among.
const FAR: usize = 12;

/// Whether a word stands in what an attribution states, and not in what is only mentioned there: "documented deaths that went
/// unacknowledged" states the deaths.
fn is_claimed(reading: &Reading<'_>, trigger: Span, told: &Attribution) -> bool {
    let Some(content) = told.content.iter().find(|c| c.span.covers(trigger)).map(|c| c.span) else { return false };
    let Some((section, mut at)) = reading.word_at(trigger.bytes().start) else { return false };
    if is_presupposed(reading, section, at, content) {
        return false;
    }
    // A tree is no deeper than its sentence is long.
    for _ in 0..section.words.len() {
        let word = &section.words[at];
        let head = word.head as usize;
        let relation = word.deprel.as_str();
        let relation = relation.split(':').next().unwrap_or(relation);
        if head == at || !section.words.get(head).is_some_and(|above| content.covers(above.span)) {
            // "Touted it during the hearing".
            return !matches!(relation, "obl" | "nmod");
        }
        if MENTIONED.contains(&relation) {
            return false;
        }
        at = head;
    }
    false
}

fn tally<'a>(
    reading: &Reading<'a>,
    told: &Told<'a>,
    about: Id,
    lead: bool,
    carriers: Vec<&'a Attribution>,
    evidence: Span,
) -> Option<Tally> {
    // Whoever is told not to have said it, or of whose cue nothing is known, carries nothing; speech in marks is said.
    let carriers: Vec<&'a Attribution> =
        carriers.into_iter().filter(|a| a.voice == Voice::Direct || a.stance.is_some()).collect();
    let for_it: Vec<&'a Attribution> = carriers
        .iter()
        .copied()
        .filter(|a| !matches!(a.stance, Some(CueStance::Denies | CueStance::Doubts | CueStance::Asks)))
        .collect();
    // Of a report's lead everybody unnamed whom the report itself cites is told; of other events those who carry them.
    let cited: Vec<&'a Attribution> = if lead {
        let all = reading.record.attributions.iter();
        let somebody = |outer: &Attribution| outer.speaker.is_some_and(|id| told.is_named(id) && !told.is_media(id));
        let own = |outer: &&Attribution| spoken_by_somebody(outer) || somebody(outer);
        all.filter(|a| !told.path(a).iter().any(|outer| outer.id != a.id && own(outer))).collect()
    } else {
        for_it.clone()
    };
    let named = |a: &Attribution| a.speaker.filter(|id| told.is_named(*id) && a.on_record != Some(false));
    let on_record: Vec<Id> = carriers
        .iter()
        .filter_map(|one| told.teller(one))
        .filter_map(named)
        .collect::<BTreeSet<Id>>()
        .into_iter()
        .collect();
    let no_responses: Vec<Id> =
        if lead { reading.record.no_responses.iter().map(|n| n.id).collect() } else { Vec::new() };
    // Where nobody is known to stand behind it there is nothing to count.
    if carriers.is_empty() && no_responses.is_empty() && unnamed(told, &once(reading, cited.clone())) == Some(0) {
        return None;
    }
    Some(Tally {
        id: Id::in_report(Kind::Tally, reading.report(), about),
        about,
        lead,
        origins: origins(told, &for_it),
        unnamed: unnamed(told, &once(reading, cited)),
        on_record,
        no_responses,
        carriers: carriers.iter().map(|a| a.id).collect(),
        evidence,
    })
}

/// Without those whom only the headline speaks of, where the text under it speaks of somebody unnamed as well: "aide says" there is "an
/// aide said" here.
fn once<'a>(reading: &Reading<'_>, cited: Vec<&'a Attribution>) -> Vec<&'a Attribution> {
    let is_unnamed = |a: &Attribution| a.source_kind == Some(SourceKind::Unnamed);
    let in_headline = |a: &Attribution| {
        let mut headlines = reading.record.report.passages.iter().filter(|p| p.kind == PassageKind::Headline);
        headlines.any(|p| p.span.covers(a.evidence))
    };
    let told_below = cited.iter().any(|a| is_unnamed(a) && !in_headline(a));
    cited.into_iter().filter(|a| !(told_below && is_unnamed(a) && in_headline(a))).collect()
}

/// Named origins that are told apart: of each who carries a claim, the furthest back that has a name. Absent where one of
/// them has none, or is a number of people who are not named, or nobody is known to carry it.
fn origins<'a>(told: &Told<'a>, carriers: &[&'a Attribution]) -> Option<u32> {
    let mut origins: BTreeSet<Id> = BTreeSet::new();
    for one in carriers {
        // A relay of another carrier is no origin of its own.
        if carriers.iter().any(|other| other.within == Some(one.id)) {
            continue;
        }
        let hops = told.hops(one).or_else(|| told.hops(told.teller(one)?))?;
        // "Two aides said", "Lorne Democrats said": that this outlet tells it makes it no origin, nor does their party's name make them one.
        let nobody = one.source_kind == Some(SourceKind::Unnamed);
        let names =
            |id: &&Id| told.is_named(**id) && !(nobody && (Some(**id) == told.outlet || Some(**id) == one.speaker));
        let origin = hops.iter().rfind(names)?;
        origins.insert(*origin);
    }
    (!origins.is_empty()).then_some(origins.len() as u32)
}

/// Unnamed people, each once; absent where the text does not give the number of some.
fn unnamed(told: &Told<'_>, cited: &[&Attribution]) -> Option<u32> {
    let people = cited.iter().filter(|a| a.source_kind == Some(SourceKind::Unnamed));
    let mut each: BTreeSet<Id> = BTreeSet::new();
    let (mut sum, mut members) = (0, 0);
    for one in people {
        let id = one.speaker?;
        if !each.insert(id) {
            continue;
        }
        match told.entity(id)?.count? {
            1 if told.members.contains(&id) => members += 1,
            count => sum += count,
        }
    }
    // "One of them" is counted with the others; where they are not cited, two such may be one.
    match (members, sum) {
        (0 | 1, 0) => Some(members),
        (_, 0) => None,
        (_, sum) => Some(sum),
    }
}
