//! Derived rows: a record, with the corrections applied to it, as tables that can be queried.

use reportedly_record::{Id, Kind, Record, Span, Text, Words};
use rusqlite::{Connection, params};

use crate::Error;
use crate::apply::Outcome;
use crate::fold::{key_of, name_words, word};
use crate::sentences::{Sentences, clear_sentences};

/// The tables that have rows for a revision and are made from its record.
pub(crate) const TABLES: [&str; 9] =
    ["entities", "attributions", "silences", "events", "participants", "voices", "times", "relations", "placements"];

/// Removes what was derived for a revision.
pub(crate) fn clear(conn: &Connection, revision: i64) -> Result<(), Error> {
    for table in TABLES {
        conn.prepare_cached(&format!("DELETE FROM {table} WHERE revision = ?1"))?.execute([revision])?;
    }
    clear_sentences(conn, revision)
}

/// Derives the rows of a revision. Returns whether a name was met that no report had before.
pub(crate) fn derive(conn: &Connection, revision: i64, record: &Record, outcomes: &[Outcome]) -> Result<bool, Error> {
    let sentences = Sentences::of(record);
    sentences.index(conn, revision, &record.report.text)?;
    let mut sheet = Sheet { conn, revision, record, sentences, names: Vec::new(), met: false };
    sheet.entities()?;
    sheet.attributions()?;
    sheet.silences()?;
    sheet.events()?;
    sheet.times()?;
    sheet.relations()?;
    for (correction, outcome) in outcomes {
        let (item, lost) = match outcome {
            Ok(id) => (id.map(|id| id.to_string()), None),
            Err(lost) => (None, Some(lost.says())),
        };
        let sql = "INSERT INTO placements (correction, revision, item, lost) VALUES (?1, ?2, ?3, ?4)";
        conn.prepare_cached(sql)?.execute(params![correction, revision, item, lost])?;
    }
    Ok(sheet.met)
}

struct Sheet<'a> {
    conn: &'a Connection,
    revision: i64,
    record: &'a Record,
    sentences: Sentences,
    // Row of the name of each entity, in the record's order.
    names: Vec<Option<i64>>,
    met: bool,
}

impl Sheet<'_> {
    fn entities(&mut self) -> Result<(), Error> {
        let sql = "INSERT INTO entities (revision, number, code, kind, name, mentions) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let mut insert = self.conn.prepare_cached(sql)?;
        for (number, entity) in self.record.entities.iter().enumerate() {
            let name = match (key_of(entity), &entity.name) {
                (Some(key), Some(name)) => Some(self.name(&key, &word(&entity.kind), name)?),
                _ => None,
            };
            self.names.push(name);
            let (number, mentions) = (number as i64, entity.mentions.len() as i64);
            insert.execute(params![self.revision, number, entity.id.number(), word(&entity.kind), name, mentions])?;
        }
        Ok(())
    }

    /// The row of a name, made where there is none.
    fn name(&mut self, key: &str, kind: &str, name: &str) -> Result<i64, Error> {
        let mut find = self.conn.prepare_cached("SELECT id FROM names WHERE key = ?1")?;
        if let Some(row) = find.query([key])?.next()? {
            return Ok(row.get(0)?);
        }
        self.met = true;
        let sql = "INSERT INTO names (key, kind, name) VALUES (?1, ?2, ?3)";
        self.conn.prepare_cached(sql)?.execute(params![key, kind, name])?;
        let id = self.conn.last_insert_rowid();
        // What tells a name apart by hand stands in its key only.
        let known_as = key.split_once('/').map_or("", |(_, known_as)| known_as);
        let mut words = name_words(name);
        words.extend(name_words(known_as));
        for word in words {
            let sql = "INSERT OR IGNORE INTO name_words (word, name) VALUES (?1, ?2)";
            self.conn.prepare_cached(sql)?.execute(params![word, id])?;
        }
        Ok(id)
    }

    /// The place of an entity in its layer, and the row of its name.
    fn entity(&self, id: Option<Id>) -> (Option<i64>, Option<i64>) {
        let at = id.and_then(|id| self.record.entities.iter().position(|entity| entity.id == id));
        (at.map(|at| at as i64), at.and_then(|at| self.names.get(at).copied().flatten()))
    }

    /// The place of an attribution in its layer.
    fn said(&self, id: Option<Id>) -> Option<i64> {
        let at = self.record.attributions.iter().position(|said| Some(said.id) == id)?;
        Some(at as i64)
    }

    fn attributions(&self) -> Result<(), Error> {
        let sql = "INSERT INTO attributions (revision, number, code, speaker, name, source, people, stance, voice, within, \
                   evidence, said_by, cue, content, sentence) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
        let mut insert = self.conn.prepare_cached(sql)?;
        for (number, said) in self.record.attributions.iter().enumerate() {
            let (speaker, name) = self.entity(said.speaker);
            insert.execute(params![
                self.revision,
                number as i64,
                said.id.number(),
                speaker,
                name,
                said.source_kind.as_ref().map(word),
                said.count,
                said.stance.as_ref().map(word),
                word(&said.voice),
                self.said(said.within),
                piece(said.evidence),
                pieces(&said.source),
                said.cue.as_ref().map(|cue| piece(cue.span)).unwrap_or_default(),
                pieces(&said.content),
                self.sentences.at(said.id),
            ])?;
        }
        Ok(())
    }

    fn silences(&self) -> Result<(), Error> {
        let sql = "INSERT INTO silences (revision, number, code, form, name, evidence) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let mut insert = self.conn.prepare_cached(sql)?;
        for (number, silent) in self.record.no_responses.iter().enumerate() {
            let (_, name) = self.entity(silent.entity);
            let (number, code) = (number as i64, silent.id.number());
            insert.execute(params![self.revision, number, code, word(&silent.form), name, piece(silent.evidence)])?;
        }
        Ok(())
    }

    fn events(&self) -> Result<(), Error> {
        let sql = "INSERT INTO events (revision, number, code, kind, status, contested, earliest, latest, time, evidence, \
                   triggers, sentence) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        let mut insert = self.conn.prepare_cached(sql)?;
        for (number, event) in self.record.events.iter().enumerate() {
            let number = number as i64;
            let (earliest, latest, time) = self.bounds(&event.times);
            insert.execute(params![
                self.revision,
                number,
                event.id.number(),
                event.kind,
                word(&event.status),
                event.contested,
                earliest,
                latest,
                time,
                piece(event.evidence),
                pieces(&event.triggers),
                self.sentences.at(event.id),
            ])?;
            let sql = "INSERT INTO participants (revision, event, number, role, entity, name) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let mut insert = self.conn.prepare_cached(sql)?;
            for (place, participant) in event.participants.iter().enumerate() {
                let (Some(entity), name) = self.entity(Some(participant.entity)) else { continue };
                insert.execute(params![self.revision, number, place as i64, participant.role, entity, name])?;
            }
            let sql = "INSERT INTO voices (revision, event, number, attribution, status, certainty) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let mut insert = self.conn.prepare_cached(sql)?;
            for (place, voice) in event.voices.iter().enumerate() {
                let (status, certainty) = (word(&voice.status), word(&voice.certainty));
                let said = self.said(voice.voice);
                insert.execute(params![self.revision, number, place as i64, said, status, certainty])?;
            }
        }
        Ok(())
    }

    /// The seconds that an event lies between, by all of its times that agree, and the value of the first.
    fn bounds(&self, times: &[Id]) -> (Option<i64>, Option<i64>, Option<String>) {
        let times = times.iter().filter_map(|id| self.record.times.iter().find(|time| time.id == *id));
        let mut bounds: (Option<i64>, Option<i64>, Option<String>) = (None, None, None);
        for time in times {
            let seconds = |at: &Option<jiff::Zoned>| at.as_ref().map(|at| at.timestamp().as_second());
            let (from, to) = (seconds(&time.earliest), seconds(&time.latest));
            if bounds.2.is_none() {
                bounds.2 = Some(time.value.clone());
            }
            let earliest = bounds.0.max(from);
            let latest = match (bounds.1, to) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
            // A time that leaves nothing of those before it is about something else.
            if !matches!((earliest, latest), (Some(earliest), Some(latest)) if latest < earliest) {
                (bounds.0, bounds.1) = (earliest, latest);
            }
        }
        bounds
    }

    fn times(&self) -> Result<(), Error> {
        let sql = "INSERT INTO times (revision, number, code, kind, value, earliest, latest, evidence) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let mut insert = self.conn.prepare_cached(sql)?;
        for (number, time) in self.record.times.iter().enumerate() {
            let seconds = |at: &Option<jiff::Zoned>| at.as_ref().map(|at| at.timestamp().as_second());
            insert.execute(params![
                self.revision,
                number as i64,
                time.id.number(),
                word(&time.kind),
                time.value,
                seconds(&time.earliest),
                seconds(&time.latest),
                piece(time.evidence.span),
            ])?;
        }
        Ok(())
    }

    fn relations(&self) -> Result<(), Error> {
        let sql = "INSERT INTO relations (revision, number, code, kind, from_name, to_name, title, ended, voice, evidence) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let mut insert = self.conn.prepare_cached(sql)?;
        for (number, relation) in self.record.relations.iter().enumerate() {
            insert.execute(params![
                self.revision,
                number as i64,
                relation.id.number(),
                word(&relation.kind),
                self.entity(Some(relation.from)).1,
                self.entity(relation.to).1,
                relation.title.as_ref().map(|title| title.text.as_str()),
                relation.ended,
                self.said(relation.voice),
                piece(relation.evidence),
            ])?;
        }
        Ok(())
    }
}

/// A span in a column: first byte and length.
fn piece(span: Span) -> String {
    let bytes = span.bytes();
    format!("{}+{}", bytes.start, bytes.len())
}

fn pieces(words: &[Words]) -> String {
    words.iter().map(|words| piece(words.span)).collect::<Vec<_>>().join(" ")
}

/// The spans of a column.
pub(crate) fn spans(text: &Text, column: &str) -> Vec<Span> {
    let piece = |piece: &str| {
        let (start, length) = piece.split_once('+')?;
        let (start, length): (usize, usize) = (start.parse().ok()?, length.parse().ok()?);
        Some(text.span(start..start.checked_add(length)?))
    };
    column.split(' ').filter_map(piece).collect()
}

/// The id of a row.
pub(crate) fn id(kind: Kind, code: i64) -> Id {
    Id::of_number(kind, code)
}
