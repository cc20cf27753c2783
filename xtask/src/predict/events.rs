//! Events of plain texts: type, status, every word that names them; and who does what to whom in single sentences.

use anyhow::Result;
use reportedly::record::{Record, Status};
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
    pub(crate) participants: usize,
}

/// Predicts the events of texts.
pub(crate) fn events(engine: &Engine, rows: &[forms::Given], threads: usize) -> Result<Vec<Events>> {
    in_order("events", rows, threads, |row, desk: &mut Desk| {
        let (record, shift) = text::read(engine, row, desk)?;
        Ok(Events { id: row.id.clone(), events: of(&record, shift) })
    })
}

fn of(record: &Record, shift: usize) -> Vec<Event> {
    let event = |event: &reportedly::record::Event| Event {
        kind: event.kind.clone(),
        status: event.status,
        triggers: event.triggers.iter().map(|words| text::stretch(words, shift)).collect(),
        participants: event.participants.len(),
    };
    record.events.iter().map(event).collect()
}
