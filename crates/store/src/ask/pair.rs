//! `pair`: the contacts of two, and who says so.

use std::collections::BTreeSet;

use reportedly_record::Kind;
use rusqlite::params;
use serde::Serialize;

use crate::ask::Show;
use crate::ask::names::list;
use crate::ask::page::{About, Page, one_line, sentence_of, slices};
use crate::derive::id;
use crate::{Error, Store};

/// A row of `pair`: a contact of two, as one report tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// When it is, as the report says.
    pub when: Option<String>,
    /// Its status for the reader.
    pub status: String,
    /// One voice claims it and another denies it.
    pub contested: bool,
    /// Its kind.
    pub kind: String,
    /// Who says so: each voice with the status it gives.
    pub voices: Vec<String>,
    /// The report.
    #[serde(flatten)]
    pub about: About,
    /// The item's id.
    pub item: String,
    /// The sentence.
    pub says: String,
}

/// Kinds of events in which two are in contact.
pub const CONTACTS: &[&str] = &["meet", "contact", "talk", "visit"];

impl Store {
    /// Returns the contacts of two: planned, held or denied, and who says so. Earliest first, those without a date last.
    ///
    /// # Errors
    ///
    /// When nobody is called so, both are one, or the store fails.
    pub fn pair(&self, one: &str, other: &str, show: &Show) -> Result<Vec<Contact>, Error> {
        let (one_rows, other_rows) = (self.rows_of(one)?, self.rows_of(other)?);
        if one_rows == other_rows {
            return Err(Error::Unknown(format!("{one} and {other} are the same in the store: contacts are of two")));
        }
        let parts = |rows: &[i64]| -> Result<BTreeSet<(i64, i64)>, Error> {
            let sql = "SELECT revision, event FROM participants WHERE name IN (SELECT value FROM json_each(?1))";
            let mut statement = self.conn.prepare_cached(sql)?;
            let rows = statement.query_map([list(rows)], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        let both: Vec<(i64, i64)> = parts(&one_rows)?.intersection(&parts(&other_rows)?).copied().collect();
        let sql = "SELECT e.kind, e.status, e.contested, e.time, e.code, e.evidence, coalesce(e.earliest, e.latest), r.published, r.latest \
                   FROM events e JOIN revisions r ON r.id = e.revision WHERE e.revision = ?1 AND e.number = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut contacts = Vec::new();
        for (row, number) in both {
            let mut events = statement.query(params![row, number])?;
            let Some(event) = events.next()? else { continue };
            let (kind, published, stands): (String, Option<i64>, bool) = (event.get(0)?, event.get(7)?, event.get(8)?);
            let between = show.published.is_none_or(|(from, to)| published.is_some_and(|at| (from..=to).contains(&at)));
            if !(stands || show.superseded)
                || !between
                || !(show.any || CONTACTS.contains(&kind.to_lowercase().as_str()))
            {
                continue;
            }
            let begins: Option<i64> = event.get(6)?;
            let place = (begins.is_none(), begins, published, row, number);
            let contact =
                (kind, event.get(1)?, event.get(2)?, event.get(3)?, event.get(4)?, event.get::<_, String>(5)?);
            contacts.push((place, contact));
        }
        contacts.sort();
        contacts.truncate(show.most);
        let mut page = Page::default();
        let mut shown = Vec::new();
        for ((_, _, _, row, number), (kind, status, contested, when, code, evidence)) in contacts {
            let voices = self.voices(row, number)?;
            let (text, about) = page.turn(self, row)?;
            let says = sentence_of(text, &evidence);
            let item = id(Kind::Event, code).to_string();
            shown.push(Contact { when, status, contested, kind, voices, about: about.clone(), item, says });
        }
        Ok(shown)
    }

    /// Who gives an event which status.
    fn voices(&self, row: i64, event: i64) -> Result<Vec<String>, Error> {
        let sql = "SELECT v.status, v.attribution, a.name, a.said_by, a.source FROM voices v LEFT JOIN attributions a \
                   ON a.revision = v.revision AND a.number = v.attribution WHERE v.revision = ?1 AND v.event = ?2 ORDER BY v.number";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query(params![row, event])?;
        let mut voices = Vec::new();
        while let Some(voice) = rows.next()? {
            let status: String = voice.get(0)?;
            let who = match (voice.get::<_, Option<i64>>(1)?, voice.get::<_, Option<i64>>(2)?) {
                (None, _) => "the outlet".to_owned(),
                (_, Some(name)) => self.called(name)?,
                (_, None) => {
                    let words = one_line(&slices(&self.text(row)?, &voice.get::<_, String>(3)?));
                    if words.is_empty() { "nobody named".to_owned() } else { words }
                }
            };
            voices.push(format!("{who}: {status}"));
        }
        voices.dedup();
        Ok(voices)
    }
}
