//! `find`: reports, attributions or events, newest first.

use reportedly_record::{Kind, Status};
use rusqlite::params_from_iter;
use serde::Serialize;

use crate::ask::page::{About, Page, first_sentence, sentence_of};
use crate::ask::search::{Search, Sought};
use crate::derive::id;
use crate::{Error, Store};

/// What `find` looks for. Absent parts do not matter.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Words, "phrases" and beginnings*: all in one report, and in the sentence of an item where items are asked for.
    pub words: String,
    /// One who is spoken of.
    pub who: Option<String>,
    /// One who says it.
    pub said_by: Option<String>,
    /// An unnamed source says it.
    pub unnamed: bool,
    /// The status of an event.
    pub status: Option<Status>,
    /// The kind of an event.
    pub kind: Option<String>,
    /// First and last second of the event.
    pub when: Option<(i64, i64)>,
    /// First and last second of publication.
    pub published: Option<(i64, i64)>,
    /// The outlet, or part of its name.
    pub outlet: Option<String>,
    /// Also revisions that no longer stand.
    pub superseded: bool,
    /// Rows at the most.
    pub most: usize,
}

/// A row of `find`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The report.
    #[serde(flatten)]
    pub about: About,
    /// What is found: `report`, `attribution` or the kind of an event.
    pub what: String,
    /// The item's id.
    pub item: Option<String>,
    /// Who says it, or takes part.
    pub who: Option<String>,
    /// The status of an event, the stance of an attribution.
    pub status: Option<String>,
    /// When the event is, as the report says.
    pub when: Option<String>,
    /// The sentence.
    pub says: String,
}

impl Store {
    /// Finds reports, attributions or events: whichever the question speaks of. Newest first.
    ///
    /// # Errors
    ///
    /// When a name or outlet is in no report, items were derived by another version, or the store fails.
    pub fn find(&self, asked: &Asked) -> Result<Vec<Found>, Error> {
        let search = Search::of(self, asked)?;
        if search.sought() != Sought::Reports {
            self.is_fresh()?;
        }
        let (sql, values) = search.sql(self)?;
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut places = statement.query(params_from_iter(values))?;
        let mut found = Vec::new();
        let mut page = Page::default();
        while let Some(place) = places.next()? {
            let (row, number) = (place.get(0)?, place.get(1)?);
            found.push(match (search.sought(), number) {
                (Sought::Reports, _) | (_, None) => self.report_at(&search, &mut page, row)?,
                (Sought::Attributions, Some(number)) => self.attribution_at(&mut page, row, number)?,
                (Sought::Events, Some(number)) => self.event_at(&mut page, row, number)?,
            });
        }
        Ok(found)
    }

    fn report_at(&self, search: &Search<'_>, page: &mut Page, row: i64) -> Result<Found, Error> {
        let (text, about) = page.turn(self, row)?;
        let says = first_sentence(text, &search.terms);
        let (about, what) = (about.clone(), "report".to_owned());
        Ok(Found { about, what, item: None, who: None, status: None, when: None, says })
    }

    fn attribution_at(&self, page: &mut Page, row: i64, number: i64) -> Result<Found, Error> {
        let sql = "SELECT code, name, stance, said_by, evidence FROM attributions WHERE revision = ?1 AND number = ?2";
        let (text, about) = page.turn(self, row)?;
        let mut statement = self.conn.prepare_cached(sql)?;
        let (code, name, status, said_by, evidence): (i64, Option<i64>, Option<String>, String, String) = statement
            .query_row([row, number], |said| {
                Ok((said.get(0)?, said.get(1)?, said.get(2)?, said.get(3)?, said.get(4)?))
            })?;
        Ok(Found {
            about: about.clone(),
            what: "attribution".to_owned(),
            item: Some(id(Kind::Attribution, code).to_string()),
            who: self.speaker(name, text, &said_by)?,
            status,
            when: None,
            says: sentence_of(text, &evidence),
        })
    }

    fn event_at(&self, page: &mut Page, row: i64, number: i64) -> Result<Found, Error> {
        let sql = "SELECT code, kind, status, time, evidence FROM events WHERE revision = ?1 AND number = ?2";
        let (text, about) = page.turn(self, row)?;
        let mut statement = self.conn.prepare_cached(sql)?;
        let (code, what, status, when, evidence): (i64, String, String, Option<String>, String) = statement
            .query_row([row, number], |event| {
                Ok((event.get(0)?, event.get(1)?, event.get(2)?, event.get(3)?, event.get(4)?))
            })?;
        Ok(Found {
            about: about.clone(),
            what,
            item: Some(id(Kind::Event, code).to_string()),
            who: self.cast(row, number)?,
            status: Some(status),
            when,
            says: sentence_of(text, &evidence),
        })
    }
}
