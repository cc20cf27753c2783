//! Events of plain texts: type, status, every word that names them, who takes part, where and when.

use anyhow::Result;
use reportedly::record::{Id, Participant, Record, Status};
use reportedly::{Desk, Engine};
use serde::Serialize;

use super::text;
use crate::forms::{self, Stretch};
use crate::threads::in_order;

/// The events of a text.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Events {
    pub(crate) id: String,
    pub(crate) events: Vec<Event>,
}

/// One event.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Event {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) status: Status,
    pub(crate) triggers: Vec<Stretch>,
    pub(crate) participants: Vec<Part>,
    pub(crate) places: Vec<Stretch>,
    pub(crate) times: Vec<Stretch>,
}

/// A participant: as what, and every mention of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Part {
    pub(crate) role: String,
    pub(crate) words: Vec<Stretch>,
}

/// Predicts the events of texts.
pub(crate) fn events(engine: &Engine, rows: &[forms::Given], threads: usize) -> Result<Vec<Events>> {
    in_order("events", rows, threads, |row, desk: &mut Desk| {
        let (record, shift) = text::read(engine, row, desk)?;
        Ok(Events { id: row.id.clone(), events: of(&record, shift) })
    })
}

fn of(record: &Record, shift: usize) -> Vec<Event> {
    let mentions = |entity: &Id| -> Vec<Stretch> {
        let entity = record.entities.iter().find(|e| e.id == *entity);
        let of = |id: &Id| record.mentions.iter().find(|m| m.id == *id);
        entity
            .into_iter()
            .flat_map(|e| e.mentions.iter().filter_map(of))
            .map(|m| text::stretch(&m.evidence, shift))
            .collect()
    };
    let time = |id: &Id| record.times.iter().find(|t| t.id == *id).map(|t| text::stretch(&t.evidence, shift));
    let part = |part: &Participant| {
        let chars = part.evidence.chars();
        let mut words = vec![[chars.start + shift, chars.end + shift]];
        words.extend(mentions(&part.entity));
        Part { role: part.role.clone(), words }
    };
    let event = |event: &reportedly::record::Event| Event {
        kind: event.kind.clone(),
        status: event.status,
        triggers: event.triggers.iter().map(|words| text::stretch(words, shift)).collect(),
        participants: event.participants.iter().map(part).collect(),
        places: event.places.iter().flat_map(mentions).collect(),
        times: event.times.iter().filter_map(time).collect(),
    };
    record.events.iter().map(event).collect()
}
