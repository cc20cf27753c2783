//! Corrections applied to a record: the engine's reading stays stored as it is, and this comes over it whenever it is read out.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use reportedly_record::{Entity, EntityKind, Id, Kind, Note, Record, SourceKind, Span, Stage, Time, TimeKind};

use crate::evidence::{Lost, places};
use crate::fix::{Correction, Fix, fits};
use crate::fold::{key_of, name_words};

/// What became of a correction in a record.
pub type Outcome = (i64, Result<Option<Id>, Lost>);

/// Applies corrections in their order and returns what became of each. Every one that is applied is named in the notes.
pub fn correct(record: &mut Record, corrections: &[Correction]) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for correction in corrections {
        let Some(fix) = &correction.fix else { continue };
        let found = match fix.at() {
            None => Ok(None),
            Some(at) => at.find(record).and_then(|id| if fits(fix, id) { Ok(Some(id)) } else { Err(Lost::Item) }),
        };
        let outcome = found.and_then(|id| apply(record, fix, id, correction.id).map(|()| id));
        if outcome.is_ok() {
            let span = outcome.ok().flatten().and_then(|id| span_of(record, id));
            let says = format!("correction {}: {}", correction.id, correction.says());
            record.notes.push(Note { stage: Stage::Hand, says, span });
        }
        outcomes.push((correction.id, outcome));
    }
    outcomes
}

fn apply(record: &mut Record, fix: &Fix, id: Option<Id>, correction: i64) -> Result<(), Lost> {
    match (fix, id) {
        (Fix::Note { .. } | Fix::SameName { .. }, _) => {}
        (_, None) => return Err(Lost::Item),
        (Fix::OtherName { known_as, .. }, Some(id)) => {
            let entity = record.entities.iter_mut().find(|entity| entity.id == id).ok_or(Lost::Item)?;
            entity.key = key_of(entity).map(|key| format!("{key}/{}", name_words(known_as).join(" ")));
        }
        (Fix::SameEntity { other, .. }, Some(id)) => {
            let gone = other.find(record)?;
            if gone.kind() != Kind::Entity {
                return Err(Lost::Item);
            }
            if gone != id {
                merge(record, id, gone);
            }
        }
        (Fix::OwnEntity { .. }, Some(mention)) => part(record, mention)?,
        (Fix::Speaker { name, .. }, Some(id)) => {
            let speaker = entity_called(record, name, correction);
            let said = record.attributions.iter_mut().find(|said| said.id == id).ok_or(Lost::Item)?;
            let before = said.speaker.replace(speaker);
            said.source_kind = Some(SourceKind::Named);
            said.count = None;
            // The words between the same marks are the same speaker's.
            for quote in record.quotes.iter_mut().filter(|quote| quote.attribution == Some(id)) {
                if quote.speaker == before {
                    quote.speaker = Some(speaker);
                }
            }
        }
        (Fix::Date { value, .. }, Some(id)) => date(record, id, value)?,
        (Fix::Status { status, .. }, Some(id)) => {
            let event = record.events.iter_mut().find(|event| event.id == id).ok_or(Lost::Item)?;
            event.status = *status;
        }
        (Fix::Reject { .. }, Some(id)) => reject(record, id),
    }
    Ok(())
}

fn span_of(record: &Record, id: Id) -> Option<Span> {
    places(record).into_iter().find(|(item, _)| *item == id).map(|(_, span)| span)
}

/// The entity of that name in the record. A name that the report does not have becomes an entity without mentions.
fn entity_called(record: &mut Record, name: &str, correction: i64) -> Id {
    let words = name_words(name);
    let named = |entity: &&Entity| entity.name.as_deref().is_some_and(|name| name_words(name) == words);
    let found = record.entities.iter().find(named).map(|entity| entity.id);
    found.unwrap_or_else(|| {
        let id = Id::in_report(Kind::Entity, record.report.id, ("by hand", correction));
        record.entities.push(Entity {
            id,
            kind: EntityKind::Person,
            name: Some(name.to_owned()),
            key: None,
            place: None,
            links: Vec::new(),
            count: None,
            basis: None,
            mentions: Vec::new(),
        });
        id
    })
}

/// Makes one entity of two.
fn merge(record: &mut Record, stays: Id, goes: Id) {
    let mentions: Vec<Id> =
        record.entities.iter().filter(|entity| entity.id == goes).flat_map(|entity| entity.mentions.clone()).collect();
    record.entities.retain(|entity| entity.id != goes);
    let place = |id: &Id| record.mentions.iter().find(|m| m.id == *id).map(|m| m.evidence.span);
    if let Some(entity) = record.entities.iter_mut().find(|entity| entity.id == stays) {
        entity.mentions.extend(mentions);
        entity.mentions.sort_by_key(place);
        entity.mentions.dedup();
    }
    refer(record, goes, Some(stays), |_| true);
}

/// Takes a mention out of its entities and makes an entity of it.
fn part(record: &mut Record, mention: Id) -> Result<(), Lost> {
    let found = record.mentions.iter().find(|one| one.id == mention).ok_or(Lost::Item)?;
    let (kind, words) = (found.kind, found.evidence.clone());
    let id = Id::in_report(Kind::Entity, record.report.id, ("by hand", words.span.bytes()));
    let owners: Vec<Id> =
        record.entities.iter().filter(|entity| entity.mentions.contains(&mention)).map(|entity| entity.id).collect();
    let name = (found.form == reportedly_record::MentionForm::Name).then(|| words.text.clone());
    for owner in owners {
        refer(record, owner, Some(id), |span| span == words.span);
        let entity = record.entities.iter_mut().find(|entity| entity.id == owner);
        if let Some(entity) = entity {
            entity.mentions.retain(|one| *one != mention);
            if entity.mentions.is_empty() {
                refer(record, owner, Some(id), |_| true);
                record.entities.retain(|entity| entity.id != owner);
            }
        }
    }
    let entity = Entity {
        id,
        kind,
        name,
        key: None,
        place: None,
        links: Vec::new(),
        count: None,
        basis: None,
        mentions: vec![mention],
    };
    record.entities.push(entity);
    Ok(())
}

/// Lets everything that refers to an entity, on evidence that `there` accepts, refer to another, or to none.
fn refer(record: &mut Record, from: Id, to: Option<Id>, there: impl Fn(Span) -> bool) {
    let swap = |id: Option<Id>| if id == Some(from) { to } else { id };
    for said in &mut record.attributions {
        if said.speaker == Some(from)
            && (said.source.is_empty() && there(said.evidence) || said.source.iter().any(|words| there(words.span)))
        {
            said.speaker = to;
        }
    }
    for quote in &mut record.quotes {
        let of = quote.attribution.and_then(|id| record.attributions.iter().find(|said| said.id == id));
        match of {
            Some(said) => quote.speaker = said.speaker,
            None if there(quote.evidence.span) => quote.speaker = swap(quote.speaker),
            None => {}
        }
    }
    for silent in record.no_responses.iter_mut().filter(|silent| there(silent.party.span)) {
        silent.entity = swap(silent.entity);
    }
    for event in &mut record.events {
        for participant in event.participants.iter_mut().filter(|participant| there(participant.evidence)) {
            participant.entity = swap(Some(participant.entity)).unwrap_or(participant.entity);
        }
        if there(event.evidence) {
            event.places = event.places.iter().filter_map(|id| swap(Some(*id))).collect();
        }
        if to.is_none() {
            event.participants.retain(|participant| participant.entity != from);
        }
    }
    for state in record.states.iter_mut().filter(|state| there(state.evidence)) {
        state.party = swap(state.party);
        state.about = swap(Some(state.about)).unwrap_or(state.about);
    }
    for relation in record.relations.iter_mut().filter(|relation| there(relation.evidence)) {
        relation.from = swap(Some(relation.from)).unwrap_or(relation.from);
        relation.to = swap(relation.to);
    }
    for one in record.designations.iter_mut().filter(|one| there(one.evidence)) {
        one.by = swap(Some(one.by)).unwrap_or(one.by);
        one.of = swap(Some(one.of)).unwrap_or(one.of);
    }
    for one in record.stances.iter_mut().filter(|one| there(one.evidence)) {
        one.holder = swap(Some(one.holder)).unwrap_or(one.holder);
        one.target = swap(Some(one.target)).unwrap_or(one.target);
    }
    for chain in record.chains.iter_mut().filter(|chain| there(chain.evidence)) {
        chain.hops = chain.hops.iter().filter_map(|id| swap(Some(*id))).collect();
    }
    for tally in record.tallies.iter_mut().filter(|tally| there(tally.evidence)) {
        tally.on_record = tally.on_record.iter().filter_map(|id| swap(Some(*id))).collect();
    }
    if to.is_none() {
        record.states.retain(|state| state.about != from);
        record.relations.retain(|relation| relation.from != from);
        record.designations.retain(|one| one.by != from && one.of != from);
        record.stances.retain(|one| one.holder != from && one.target != from);
    }
}

/// Takes an item out, and whatever rests on it alone.
fn reject(record: &mut Record, id: Id) {
    match id.kind() {
        Kind::Entity => {
            refer(record, id, None, |_| true);
            record.entities.retain(|item| item.id != id);
        }
        Kind::Mention => {
            record.mentions.retain(|item| item.id != id);
            let mut gone = Vec::new();
            for entity in &mut record.entities {
                let had = !entity.mentions.is_empty();
                entity.mentions.retain(|mention| *mention != id);
                gone.extend((had && entity.mentions.is_empty()).then_some(entity.id));
            }
            gone.into_iter().for_each(|entity| reject(record, entity));
        }
        Kind::Attribution => {
            record.attributions.retain(|item| item.id != id);
            for said in &mut record.attributions {
                said.within = said.within.filter(|within| *within != id);
                said.continues = said.continues.filter(|first| *first != id);
            }
            for event in &mut record.events {
                event.voices.retain(|voice| voice.voice != Some(id));
            }
            record.quotes.iter_mut().filter(|quote| quote.attribution == Some(id)).for_each(|quote| {
                quote.attribution = None;
                quote.speaker = None;
            });
            record.states.retain(|state| state.voice != Some(id));
            record.relations.retain(|relation| relation.voice != Some(id));
            record.chains.retain(|chain| chain.about != id);
            record.tallies.retain(|tally| tally.about != id);
            record.tallies.iter_mut().for_each(|tally| tally.carriers.retain(|carrier| *carrier != id));
        }
        Kind::Event => {
            record.events.retain(|item| item.id != id);
            record.events.iter_mut().for_each(|event| event.orders.retain(|order| order.event != id));
            record.states.retain(|state| state.about != id);
            record.chains.retain(|chain| chain.about != id);
            record.tallies.retain(|tally| tally.about != id);
        }
        Kind::Time => {
            record.times.retain(|item| item.id != id);
            record.events.iter_mut().for_each(|event| event.times.retain(|time| *time != id));
            record.states.iter_mut().for_each(|state| state.as_of = state.as_of.filter(|time| *time != id));
        }
        Kind::NoResponse => {
            record.no_responses.retain(|item| item.id != id);
            record.tallies.iter_mut().for_each(|tally| tally.no_responses.retain(|silent| *silent != id));
        }
        Kind::State => record.states.retain(|item| item.id != id),
        Kind::Relation => record.relations.retain(|item| item.id != id),
        Kind::Designation => record.designations.retain(|item| item.id != id),
        Kind::Stance => record.stances.retain(|item| item.id != id),
        Kind::Label => record.labels.retain(|item| item.id != id),
        Kind::Chain => record.chains.retain(|item| item.id != id),
        Kind::Quote => record.quotes.retain(|item| item.id != id),
        Kind::Tally => record.tallies.retain(|item| item.id != id),
        Kind::Report | Kind::Note => {}
    }
}

/// Reads the days of a correction: one, or first and last with a slash between them.
pub fn days(value: &str) -> Option<(Date, Date)> {
    let (first, last) = value.split_once('/').unwrap_or((value, value));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last).then_some((first, last))
}

fn date(record: &mut Record, id: Id, value: &str) -> Result<(), Lost> {
    let (first, last) = days(value).ok_or(Lost::Item)?;
    let zone = record.clock.zone.as_ref().and_then(|zone| TimeZone::get(&zone.value).ok()).unwrap_or(TimeZone::UTC);
    let earliest = first.to_zoned(zone.clone()).ok();
    let latest = last.at(23, 59, 59, 0).to_zoned(zone).ok();
    if let Some(time) = record.times.iter_mut().find(|time| time.id == id) {
        (time.earliest, time.latest) = (earliest, latest);
        time.value = value.to_owned();
        time.anchor = Some("a correction by hand".to_owned());
        return Ok(());
    }
    let event = record.events.iter_mut().find(|event| event.id == id).ok_or(Lost::Item)?;
    let time = Time {
        id: Id::in_report(Kind::Time, record.report.id, ("by hand", event.id.number())),
        evidence: record.report.text.words(event.evidence),
        kind: TimeKind::Date,
        value: value.to_owned(),
        modifier: None,
        quant: None,
        freq: None,
        earliest,
        latest,
        anchor: Some("a correction by hand".to_owned()),
        order: None,
    };
    event.times = vec![time.id];
    record.times.retain(|other| other.id != time.id);
    record.times.push(time);
    Ok(())
}
