//! Corrections by hand: what a person says of what was read. They are kept by evidence and never changed, only undone.

use jiff::Timestamp;
use reportedly_record::{Id, Status};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::change::What;
use crate::evidence::Evidence;
use crate::{Error, Store, Writer};

/// What a person corrects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fix", rename_all = "snake_case")]
pub enum Fix {
    /// Two names are one's, in all reports. Both are keys.
    SameName {
        /// The name that goes.
        from: String,
        /// The name that stays.
        into: String,
    },
    /// The one that a report calls by a name is another than other reports do.
    OtherName {
        /// The entity.
        at: Evidence,
        /// What tells it from others: it becomes part of its key.
        known_as: String,
    },
    /// Two entities of a report are one.
    SameEntity {
        /// The entity that stays.
        at: Evidence,
        /// The entity that goes.
        other: Evidence,
    },
    /// A mention is of an entity of its own.
    OwnEntity {
        /// The mention.
        at: Evidence,
    },
    /// Who says it.
    Speaker {
        /// The attribution.
        at: Evidence,
        /// The name of who says it.
        name: String,
    },
    /// When it is.
    Date {
        /// The event or time.
        at: Evidence,
        /// The day, or the first and last day with a slash between them.
        value: String,
    },
    /// The status of an event.
    Status {
        /// The event.
        at: Evidence,
        /// The status.
        status: Status,
    },
    /// It is wrong altogether.
    Reject {
        /// The item.
        at: Evidence,
    },
    /// A remark.
    Note {
        /// The item; none where it is about the report.
        at: Option<Evidence>,
        /// The remark.
        says: String,
    },
}

impl Fix {
    /// The evidence that the correction follows.
    pub fn at(&self) -> Option<&Evidence> {
        match self {
            Fix::SameName { .. } => None,
            Fix::Note { at, .. } => at.as_ref(),
            Fix::OtherName { at, .. }
            | Fix::SameEntity { at, .. }
            | Fix::OwnEntity { at }
            | Fix::Speaker { at, .. }
            | Fix::Date { at, .. }
            | Fix::Status { at, .. }
            | Fix::Reject { at } => Some(at),
        }
    }
}

/// A correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Its number.
    pub id: i64,
    /// When it was made, in milliseconds since 1970.
    pub at: i64,
    /// The identity of the report; none where it is about all reports.
    pub report: Option<String>,
    /// What is corrected; none in an undo.
    pub fix: Option<Fix>,
    /// The correction that this row undoes.
    pub undoes: Option<i64>,
}

/// Where a correction stands in a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Placement {
    /// The correction.
    pub correction: i64,
    /// The revision.
    pub revision: i64,
    /// The item it was applied to.
    pub item: Option<String>,
    /// Why it could not be.
    pub lost: Option<String>,
}

impl Store {
    /// Returns all that was ever corrected or undone, in order.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn history(&self) -> Result<Vec<Correction>, Error> {
        let mut statement =
            self.conn.prepare_cached("SELECT id, at, report, fix, undoes FROM corrections ORDER BY id")?;
        let rows = statement.query_map([], read_correction)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().collect()
    }

    /// Returns the corrections that stand, in order.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn corrections(&self) -> Result<Vec<Correction>, Error> {
        let all = self.history()?;
        let undone: Vec<i64> = all.iter().filter_map(|correction| correction.undoes).collect();
        Ok(all.into_iter().filter(|c| c.fix.is_some() && !undone.contains(&c.id)).collect())
    }

    /// Returns where the corrections that stand are applied in the newest revisions.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn placements(&self) -> Result<Vec<Placement>, Error> {
        let sql = "SELECT p.correction, p.revision, p.item, p.lost FROM placements p JOIN revisions r ON r.id = p.revision \
                   WHERE r.latest ORDER BY p.correction, p.revision";
        let mut statement = self.conn.prepare_cached(sql)?;
        let read = |row: &Row<'_>| {
            Ok(Placement { correction: row.get(0)?, revision: row.get(1)?, item: row.get(2)?, lost: row.get(3)? })
        };
        Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
    }

    pub(crate) fn corrections_of(&self, identity: &str) -> Result<Vec<Correction>, Error> {
        let sql = "SELECT id, at, report, fix, undoes FROM corrections c WHERE report = ?1 AND undoes IS NULL \
                   AND NOT EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.id) ORDER BY id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([identity], read_correction)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().collect()
    }
}

impl Writer {
    /// Makes a correction and applies it to what is stored.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn correct(&mut self, report: Option<&str>, fix: &Fix) -> Result<i64, Error> {
        self.add_correction(None, report, Some(fix), None, None)
    }

    /// Undoes a correction.
    ///
    /// # Errors
    ///
    /// When there is none of that number, or it is undone already.
    pub fn undo(&mut self, id: i64) -> Result<Correction, Error> {
        let unknown = || Error::Unknown(format!("no correction {id} stands"));
        let correction = self.corrections()?.into_iter().find(|c| c.id == id).ok_or_else(unknown)?;
        self.add_correction(None, correction.report.as_deref(), None, Some(id), None)?;
        Ok(correction)
    }

    pub(crate) fn add_correction(
        &mut self,
        id: Option<i64>,
        report: Option<&str>,
        fix: Option<&Fix>,
        undoes: Option<i64>,
        at: Option<i64>,
    ) -> Result<i64, Error> {
        self.begin()?;
        let json = fix.map(serde_json::to_string).transpose().map_err(|error| Error::Unknown(error.to_string()))?;
        let at = match at {
            Some(at) => at,
            None => self.now()?,
        };
        let sql = "INSERT INTO corrections (id, at, report, fix, undoes) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.conn.execute(sql, params![id, at, report, json.unwrap_or_default(), undoes])?;
        let id = self.conn.last_insert_rowid();
        let of = match report {
            Some(identity) => self.report_of(identity)?,
            None => None,
        };
        let what = if undoes.is_some() { What::Undone } else { What::Correction };
        self.log(what, of, None, Some(undoes.unwrap_or(id)))?;
        match (report, of) {
            (None, _) => self.link_names()?,
            (Some(_), Some(report)) => self.derive_report(report)?,
            // The report is not here yet; the correction waits for it.
            (Some(_), None) => {}
        }
        self.commit()?;
        Ok(id)
    }

    /// Applies what a person says of names to the table of names.
    pub(crate) fn link_names(&self) -> Result<(), Error> {
        self.conn.execute("UPDATE names SET same_as = NULL WHERE same_as IS NOT NULL", [])?;
        for correction in self.corrections()? {
            let Some(Fix::SameName { from, into }) = &correction.fix else { continue };
            self.link(from, into)?;
        }
        Ok(())
    }

    fn link(&self, from: &str, into: &str) -> Result<(), Error> {
        // A chain of merges ends at one name: what stood for `from` stands for `into` from now on.
        let sql = "UPDATE names SET same_as = (SELECT coalesce(same_as, id) FROM names WHERE key = ?2) \
                   WHERE (key = ?1 OR same_as = (SELECT id FROM names WHERE key = ?1)) \
                   AND EXISTS (SELECT 1 FROM names WHERE key = ?2) \
                   AND id <> (SELECT coalesce(same_as, id) FROM names WHERE key = ?2)";
        self.conn.execute(sql, params![from, into])?;
        Ok(())
    }
}

fn read_correction(row: &Row<'_>) -> rusqlite::Result<Result<Correction, Error>> {
    let (id, at, report, undoes) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(4)?);
    let json: String = row.get(3)?;
    let fix = if json.is_empty() { Ok(None) } else { serde_json::from_str(&json).map(Some) };
    Ok(fix
        .map(|fix| Correction { id, at, report, fix, undoes })
        .map_err(|error| Error::Damaged(format!("correction {id} cannot be read: {error}"))))
}

impl Correction {
    /// When it was made.
    pub fn made(&self) -> Option<Timestamp> {
        Timestamp::from_millisecond(self.at).ok()
    }

    /// Says it in words, without its number.
    pub fn says(&self) -> String {
        let words = |at: &Evidence| format!("\"{}\"", at.words());
        match &self.fix {
            None => format!("undo of {}", self.undoes.unwrap_or_default()),
            Some(Fix::SameName { from, into }) => format!("{from} is {into}"),
            Some(Fix::OtherName { at, known_as }) => format!("{} is another, known as {known_as}", words(at)),
            Some(Fix::SameEntity { at, other }) => format!("{} is {}", words(other), words(at)),
            Some(Fix::OwnEntity { at }) => format!("{} is one of its own", words(at)),
            Some(Fix::Speaker { at, name }) => format!("{} is said by {name}", words(at)),
            Some(Fix::Date { at, value }) => format!("{} is on {value}", words(at)),
            Some(Fix::Status { at, status }) => format!("{} is {}", words(at), crate::fold::word(status)),
            Some(Fix::Reject { at }) => format!("{} is rejected", words(at)),
            Some(Fix::Note { at: Some(at), says }) => format!("on {}: {says}", words(at)),
            Some(Fix::Note { at: None, says }) => format!("on the report: {says}"),
        }
    }
}

/// Tells whether an item of that id can be corrected so.
pub fn fits(fix: &Fix, id: Id) -> bool {
    use reportedly_record::Kind;
    match fix {
        Fix::SameName { .. } => false,
        Fix::OtherName { .. } | Fix::SameEntity { .. } => id.kind() == Kind::Entity,
        Fix::OwnEntity { .. } => id.kind() == Kind::Mention,
        Fix::Speaker { .. } => id.kind() == Kind::Attribution,
        Fix::Date { .. } => matches!(id.kind(), Kind::Event | Kind::Time),
        Fix::Status { .. } => id.kind() == Kind::Event,
        Fix::Reject { .. } | Fix::Note { .. } => !matches!(id.kind(), Kind::Note),
    }
}
