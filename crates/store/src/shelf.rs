//! The shelf: reports, revisions and records read out again, with the corrections applied.

use reportedly_record::{Id, Kind, Record, Text};
use rusqlite::{OptionalExtension as _, Row, params};
use serde::Serialize;

use crate::apply::correct;
use crate::fold::key_of;
use crate::pack::{unpack, unpack_text};
use crate::put::address;
use crate::{Error, Store, Writer};

/// A revision of a report, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revision {
    /// Its row; it never changes.
    pub row: i64,
    /// The report it is of.
    pub report: i64,
    /// Its place in order of arrival, from 1.
    pub number: i64,
    /// It is the one that stands, or stood last.
    pub latest: bool,
    /// Its id.
    pub id: Id,
    /// What the report goes by across its revisions.
    pub identity: String,
    /// Its address.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When, as far as is known, in the outlet's own time.
    pub published: Option<String>,
    /// When it was got from its address, in seconds since 1970.
    pub fetched: Option<i64>,
    /// Its headline.
    pub headline: Option<String>,
    /// What made its record.
    pub maker: String,
}

const REVISION: &str = "SELECT r.id, r.report, r.number, r.latest, r.code, p.identity, p.url, o.name, r.stamp, r.fetched, \
                        r.headline, m.name FROM revisions r JOIN reports p ON p.id = r.report \
                        JOIN makers m ON m.id = r.maker LEFT JOIN outlets o ON o.id = r.outlet";

fn read_revision(row: &Row<'_>) -> rusqlite::Result<Revision> {
    Ok(Revision {
        row: row.get(0)?,
        report: row.get(1)?,
        number: row.get(2)?,
        latest: row.get(3)?,
        id: Id::of_number(Kind::Report, row.get(4)?),
        identity: row.get(5)?,
        url: row.get(6)?,
        outlet: row.get(7)?,
        published: row.get(8)?,
        fetched: row.get(9)?,
        headline: row.get(10)?,
        maker: row.get(11)?,
    })
}

impl Store {
    /// Finds the revisions of a report by its address or by the id of any of them, in the order they stood.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn revisions(&self, named: &str) -> Result<Vec<Revision>, Error> {
        let by_id = named.parse::<Id>().ok().filter(|id| id.kind() == Kind::Report);
        let report: Option<i64> = match by_id {
            Some(id) => {
                let sql = "SELECT report FROM revisions WHERE code = ?1 ORDER BY id LIMIT 1";
                self.conn.prepare_cached(sql)?.query_row([id.number()], |row| row.get(0)).optional()?
            }
            None => match self.report_of(named)? {
                Some(report) => Some(report),
                None => self.report_of(&format!("url:{}", address(named)))?,
            },
        };
        let Some(report) = report else { return Ok(Vec::new()) };
        let sql = format!("{REVISION} WHERE r.report = ?1 ORDER BY r.latest, r.fetched, r.number");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_map([report], read_revision)?.collect::<Result<_, _>>()?)
    }

    /// Returns a revision by its row.
    ///
    /// # Errors
    ///
    /// When there is none, or the store fails.
    pub fn revision(&self, row: i64) -> Result<Revision, Error> {
        let sql = format!("{REVISION} WHERE r.id = ?1");
        let found = self.conn.prepare_cached(&sql)?.query_row([row], read_revision).optional()?;
        found.ok_or_else(|| Error::Unknown(format!("no revision {row} in the store")))
    }

    /// Returns the rows of all revisions, oldest first.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn rows(&self) -> Result<Vec<i64>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT id FROM revisions ORDER BY id")?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Finds the newest revision that has an item of that id.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn holder_of(&self, id: Id) -> Result<Option<Revision>, Error> {
        let table = match id.kind() {
            Kind::Report => "revisions",
            Kind::Entity => "entities",
            Kind::Attribution => "attributions",
            Kind::NoResponse => "silences",
            Kind::Event => "events",
            Kind::Time => "times",
            Kind::Relation => "relations",
            Kind::Mention
            | Kind::State
            | Kind::Designation
            | Kind::Stance
            | Kind::Label
            | Kind::Chain
            | Kind::Quote
            | Kind::Tally
            | Kind::Note => return self.holder_by_reading(id),
        };
        let row = if table == "revisions" { "id" } else { "revision" };
        let sql = format!("SELECT max({row}) FROM {table} WHERE code = ?1");
        let found: Option<i64> = self.conn.query_row(&sql, [id.number()], |row| row.get(0))?;
        match found {
            Some(row) => self.revision(row).map(Some),
            // It may have been rejected, and be wanted back.
            None => self.holder_by_reading(id),
        }
    }

    /// Finds a revision by reading all records, newest first: for items that no table holds.
    fn holder_by_reading(&self, id: Id) -> Result<Option<Revision>, Error> {
        for row in self.rows()?.into_iter().rev() {
            if self.record_as_read(row)?.item(id).is_some() {
                return self.revision(row).map(Some);
            }
        }
        Ok(None)
    }

    /// Returns the text of a revision.
    ///
    /// # Errors
    ///
    /// When there is none, or it is damaged.
    pub fn text(&self, row: i64) -> Result<Text, Error> {
        let mut find = self.conn.prepare_cached("SELECT packed FROM texts WHERE revision = ?1")?;
        let packed: Option<Vec<u8>> = find.query_row([row], |row| row.get(0)).optional()?;
        let packed = packed.ok_or_else(|| Error::Unknown(format!("no text of revision {row} in the store")))?;
        Ok(Text::new(unpack_text(&packed)?))
    }

    /// Returns the record of a revision as the engine made it.
    ///
    /// # Errors
    ///
    /// When there is none, or it is damaged.
    pub fn record_as_read(&self, row: i64) -> Result<Record, Error> {
        let text = self.text(row)?;
        let mut find = self.conn.prepare_cached("SELECT packed FROM records WHERE revision = ?1")?;
        let packed: Option<Vec<u8>> = find.query_row([row], |row| row.get(0)).optional()?;
        let packed = packed.ok_or_else(|| Error::Unknown(format!("no record of revision {row} in the store")))?;
        unpack(&packed, &text)
    }

    /// Returns the record of a revision with the corrections that stand.
    ///
    /// # Errors
    ///
    /// When there is none, or it is damaged.
    pub fn record(&self, row: i64) -> Result<Record, Error> {
        let mut record = self.record_as_read(row)?;
        correct(&mut record, &self.corrections_of(&self.revision(row)?.identity)?);
        let sql = "SELECT i.key FROM names n JOIN names i ON i.id = n.same_as WHERE n.key = ?1";
        for entity in &mut record.entities {
            let Some(key) = key_of(entity) else { continue };
            let same: Option<String> = self.conn.prepare_cached(sql)?.query_row([&key], |row| row.get(0)).optional()?;
            entity.key = same.or(Some(key));
        }
        Ok(record)
    }

    /// Returns what is remembered for following under a key.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn followed(&self, key: &str) -> Result<Option<String>, Error> {
        let mut find = self.conn.prepare_cached("SELECT value FROM follow WHERE key = ?1")?;
        Ok(find.query_row([key], |row| row.get(0)).optional()?)
    }

    /// Returns every key and value under a prefix that is remembered for following, in order.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn all_followed(&self, prefix: &str) -> Result<Vec<(String, String)>, Error> {
        let sql = "SELECT key, value FROM follow WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_map([prefix], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
    }

    /// Returns the standing revisions of the reports that came in last, newest first.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn newest(&self, most: usize) -> Result<Vec<Revision>, Error> {
        let sql = format!("{REVISION} WHERE r.latest ORDER BY r.id DESC LIMIT ?1");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        Ok(statement.query_map([most], read_revision)?.collect::<Result<_, _>>()?)
    }
}

impl Writer {
    /// Remembers something for following, or forgets it. It lasts from the next [`Writer::commit`] on.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn follow(&mut self, key: &str, value: Option<&str>) -> Result<(), Error> {
        self.begin()?;
        match value {
            Some(value) => {
                let sql = "INSERT INTO follow (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2";
                self.conn.prepare_cached(sql)?.execute(params![key, value])?;
            }
            None => {
                self.conn.prepare_cached("DELETE FROM follow WHERE key = ?1")?.execute([key])?;
            }
        }
        Ok(())
    }
}
