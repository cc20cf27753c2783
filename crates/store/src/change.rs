//! The change log: what was ever done, with ids that only grow.

use rusqlite::{Row, params};
use serde::Serialize;

use crate::{Error, Store, Writer};

/// What was done. It stands in the log by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A report came in that was not known.
    Report,
    /// A known report came in with another text.
    Revision,
    /// A record was made again by another program or model.
    Reread,
    /// A correction was made.
    Correction,
    /// A correction was undone.
    Undone,
    /// A report was taken down.
    Forgotten,
    /// Derived tables were made again.
    Rebuilt,
}

impl What {
    fn name(self) -> &'static str {
        match self {
            What::Report => "report",
            What::Revision => "revision",
            What::Reread => "reread",
            What::Correction => "correction",
            What::Undone => "undone",
            What::Forgotten => "forgotten",
            What::Rebuilt => "rebuilt",
        }
    }
}

/// A row of the change log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Grows with every change, and is never given twice.
    pub id: i64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// What.
    pub what: String,
    /// The report.
    pub report: Option<i64>,
    /// The revision of it.
    pub revision: Option<i64>,
    /// The correction.
    pub correction: Option<i64>,
}

impl Store {
    /// Returns at most `most` changes after one, in order.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn changes_after(&self, id: i64, most: usize) -> Result<Vec<Change>, Error> {
        let sql = "SELECT id, at, what, report, revision, correction FROM changes WHERE id > ?1 ORDER BY id LIMIT ?2";
        let read = |row: &Row<'_>| {
            Ok(Change {
                id: row.get(0)?,
                at: row.get(1)?,
                what: row.get(2)?,
                report: row.get(3)?,
                revision: row.get(4)?,
                correction: row.get(5)?,
            })
        };
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![id, i64::try_from(most).unwrap_or(i64::MAX)], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer {
    pub(crate) fn log(
        &self,
        what: What,
        report: Option<i64>,
        revision: Option<i64>,
        correction: Option<i64>,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO changes (at, what, report, revision, correction) VALUES (?1, ?2, ?3, ?4, ?5)";
        let at = self.now()?;
        self.conn.prepare_cached(sql)?.execute(params![at, what.name(), report, revision, correction])?;
        Ok(())
    }
}
