//! Upkeep: is the store whole, how large is what in it, derive again, make it small, copy it.

use std::fs::File;
use std::path::{Path, PathBuf};

use reportedly_record::{Record, Report};
use rusqlite::params;
use serde::Serialize;

use crate::change::What;
use crate::file::DERIVED;
use crate::pack::Packed;
use crate::put::{hash_of, searched};
use crate::sentences::PLACES;
use crate::{Error, Store, Writer};

/// Revisions whose tables are made again in one transaction: about a second's work.
const BATCH: usize = 200;

/// What a store holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Reports.
    pub reports: i64,
    /// Revisions of them.
    pub revisions: i64,
    /// Outlets.
    pub outlets: i64,
    /// Different names.
    pub names: i64,
    /// Attributions.
    pub attributions: i64,
    /// Events.
    pub events: i64,
    /// Corrections that stand.
    pub corrections: i64,
    /// The number of the last change.
    pub changes: i64,
    /// What made the records, and how many each.
    pub makers: Vec<(String, i64)>,
    /// Derived tables are of another version than this program's.
    pub stale: bool,
    /// Bytes of all texts.
    pub text: i64,
    /// Bytes of the file.
    pub file: i64,
    /// Bytes of each table and index, the largest first.
    pub tables: Vec<(String, i64)>,
}

/// What was made again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rebuilt {
    /// Revisions whose tables were made again.
    pub derived: u64,
    /// Revisions that were read again.
    pub reread: u64,
}

impl Store {
    /// Counts and measures.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn stats(&self) -> Result<Stats, Error> {
        let count = |sql: &str| -> Result<i64, Error> { Ok(self.conn.query_row(sql, [], |row| row.get(0))?) };
        let pairs = |sql: &str| -> Result<Vec<(String, i64)>, Error> {
            let mut statement = self.conn.prepare(sql)?;
            Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
        };
        Ok(Stats {
            reports: count("SELECT count(*) FROM reports")?,
            revisions: count("SELECT count(*) FROM revisions")?,
            outlets: count("SELECT count(*) FROM outlets")?,
            names: count("SELECT count(*) FROM names")?,
            attributions: count("SELECT count(*) FROM attributions")?,
            events: count("SELECT count(*) FROM events")?,
            corrections: self.corrections()?.len() as i64,
            changes: count("SELECT coalesce(max(id), 0) FROM changes")?,
            makers: pairs(
                "SELECT m.name, count(*) FROM revisions r JOIN makers m ON m.id = r.maker GROUP BY m.id ORDER BY m.id",
            )?,
            stale: self.is_stale()?,
            text: count("SELECT coalesce(sum(bytes), 0) FROM texts")?,
            file: count("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?,
            tables: pairs("SELECT name, sum(pgsize) AS size FROM dbstat GROUP BY name ORDER BY size DESC, name")?,
        })
    }

    /// Tells whether derived tables are of another version than this program's.
    fn is_stale(&self) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM facts WHERE name = 'derived' AND value = ?1";
        Ok(!self.conn.prepare_cached(sql)?.exists([DERIVED])?)
    }

    /// Refuses to answer from derived tables that this program would have made otherwise.
    pub(crate) fn is_fresh(&self) -> Result<(), Error> {
        if self.is_stale()? { Err(Error::Stale) } else { Ok(()) }
    }

    /// Looks for whatever is not as it must be. A whole store has no faults.
    ///
    /// # Errors
    ///
    /// When the store cannot even be looked through.
    pub fn check(&self) -> Result<Vec<String>, Error> {
        let mut faults = Vec::new();
        let lines = |sql: &str| -> Result<Vec<String>, Error> {
            let mut statement = self.conn.prepare(sql)?;
            Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        };
        faults.extend(lines("SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'")?);
        faults
            .extend(lines("SELECT \"table\" || ' points to what is not in ' || parent FROM pragma_foreign_key_check")?);
        if !faults.is_empty() {
            return Ok(faults);
        }
        faults.extend(lines(
            "SELECT 'report ' || p.identity || ' has ' || count(r.id) || ' standing revisions' FROM reports p \
             LEFT JOIN revisions r ON r.report = p.id AND r.latest GROUP BY p.id HAVING count(r.id) <> 1",
        )?);
        // The index of words keeps one row of lengths for each revision.
        let sql = "SELECT 'the index of words has not revision ' || r.id FROM revisions r \
                   LEFT JOIN words_docsize d ON d.id = r.id WHERE d.id IS NULL \
                   UNION ALL SELECT 'the index of words has what is no revision: ' || d.id FROM words_docsize d \
                   LEFT JOIN revisions r ON r.id = d.id WHERE r.id IS NULL";
        faults.extend(lines(sql)?);
        let sql = format!(
            "SELECT 'the index of sentences is not that of revision ' || s.revision FROM stretches s \
             WHERE (SELECT count(*) FROM sentences_docsize d WHERE d.id >= s.revision * {PLACES} AND d.id < (s.revision + 1) * {PLACES}) \
             <> (SELECT CASE s.spans WHEN '' THEN 0 ELSE length(s.spans) - length(replace(s.spans, ' ', '')) + 1 END) \
             UNION ALL SELECT 'the index of sentences has not revision ' || r.id FROM revisions r \
             LEFT JOIN stretches s ON s.revision = r.id WHERE s.revision IS NULL"
        );
        faults.extend(lines(&sql)?);
        if self.is_stale()? {
            faults.push("derived tables are of another version: `store rebuild` makes them again".to_owned());
        }
        for row in self.rows()? {
            match self.check_revision(row) {
                Ok(None) => {}
                Ok(Some(fault)) => faults.push(format!("revision {row}: {fault}")),
                Err(error) => faults.push(format!("revision {row}: {error}")),
            }
        }
        if let Err(error) = self.history() {
            faults.push(error.to_string());
        }
        Ok(faults)
    }

    /// Tells whether the text of a record is the one that was stored.
    pub(crate) fn has_its_text(&self, row: i64, record: &Record) -> Result<bool, Error> {
        let sql = "SELECT hash FROM revisions WHERE id = ?1";
        let hash: Vec<u8> = self.conn.prepare_cached(sql)?.query_row([row], |row| row.get(0))?;
        Ok(hash == hash_of(record.report.text.as_str()))
    }

    fn check_revision(&self, row: i64) -> Result<Option<String>, Error> {
        let record = self.record(row)?;
        if !self.has_its_text(row, &record)? {
            return Ok(Some("its text is not the one that was stored".to_owned()));
        }
        let layers = [
            ("entities", record.entities.len()),
            ("attributions", record.attributions.len()),
            ("silences", record.no_responses.len()),
            ("events", record.events.len()),
            ("times", record.times.len()),
            ("relations", record.relations.len()),
        ];
        for (table, expected) in layers {
            let sql = format!("SELECT count(*) FROM {table} WHERE revision = ?1");
            let rows: i64 = self.conn.prepare_cached(&sql)?.query_row([row], |row| row.get(0))?;
            if rows != expected as i64 {
                return Ok(Some(format!("{rows} rows in {table} and {expected} in the record")));
            }
        }
        Ok(None)
    }

    /// Copies the store as it is now into a new file, while others read and write.
    ///
    /// # Errors
    ///
    /// When there is a file already, or there is no room.
    pub fn backup(&self, to: &Path) -> Result<(), Error> {
        let name = to.display().to_string();
        if to.exists() {
            return Err(Error::ReadOnly(format!("{name} is there already")));
        }
        let mut part = to.as_os_str().to_owned();
        part.push("-part");
        let part = PathBuf::from(part);
        // What an interrupted backup left.
        let _ = std::fs::remove_file(&part);
        let done = self.conn.execute("VACUUM INTO ?1", [part.display().to_string()]);
        if let Err(error) = done {
            let _ = std::fs::remove_file(&part);
            return Err(error.into());
        }
        // SQLite does not wait for the disk here, and a backup must outlive the machine's power like the store.
        let lasts = File::options().write(true).open(&part).and_then(|file| file.sync_all());
        lasts.and_then(|()| std::fs::rename(&part, to)).map_err(|source| Error::File { name, source })
    }
}

impl Writer {
    /// Makes derived tables again, and reads again with `read` what another program or model read; `read` returns none for
    /// a record that is as it would make it. `seen` is told of each revision.
    ///
    /// It can be stopped at any moment and begun again.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn rebuild(
        &mut self,
        mut read: impl FnMut(&Report, &str) -> Option<Record>,
        mut seen: impl FnMut(u64, u64),
    ) -> Result<Rebuilt, Error> {
        let mut rebuilt = Rebuilt::default();
        let rows = self.rows()?;
        self.rebuild_words(&rows)?;
        self.empty_sentences()?;
        for (done, row) in rows.iter().enumerate() {
            self.begin()?;
            let revision = self.revision(*row)?;
            let record = self.record_as_read(*row)?;
            match read(&record.report, &revision.maker) {
                Some(new) => {
                    self.replace(*row, &revision.identity, &Packed::of(new, None))?;
                    rebuilt.reread += 1;
                }
                None => self.derive_record(*row, &revision.identity, record)?,
            }
            rebuilt.derived += 1;
            seen(done as u64 + 1, rows.len() as u64);
            if (done + 1).is_multiple_of(BATCH) {
                self.commit()?;
            }
        }
        self.begin()?;
        self.drop_names()?;
        self.link_names()?;
        self.conn.execute("INSERT OR REPLACE INTO facts (name, value) VALUES ('derived', ?1)", [DERIVED])?;
        self.log(What::Rebuilt, None, None, None)?;
        self.commit()?;
        Ok(rebuilt)
    }

    /// Empties the index of sentences where it is not whole or was made by another version: each revision then fills it.
    fn empty_sentences(&mut self) -> Result<(), Error> {
        let whole = self.conn.execute("INSERT INTO sentences (sentences) VALUES ('integrity-check')", []).is_ok();
        if whole && !self.is_stale()? {
            return Ok(());
        }
        self.begin()?;
        // Until all is derived again the store is of no version.
        self.conn.execute("INSERT OR REPLACE INTO facts (name, value) VALUES ('derived', '')", [])?;
        self.conn.execute("INSERT INTO sentences (sentences) VALUES ('delete-all')", [])?;
        self.conn.execute("DELETE FROM stretches", [])?;
        self.commit()
    }

    /// Makes the index of words again where it is not whole.
    fn rebuild_words(&mut self, rows: &[i64]) -> Result<(), Error> {
        let whole = self.conn.execute("INSERT INTO words (words) VALUES ('integrity-check')", []).is_ok();
        let counted: i64 = self.conn.query_row("SELECT count(*) FROM words_docsize", [], |row| row.get(0))?;
        if whole && counted == rows.len() as i64 {
            return Ok(());
        }
        self.begin()?;
        self.conn.execute("INSERT INTO words (words) VALUES ('delete-all')", [])?;
        for row in rows {
            let text = searched(&self.record_as_read(*row)?.report);
            self.conn.prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?.execute(params![row, text])?;
        }
        self.commit()
    }

    /// Puts the index in order and gives unused room back to the disk.
    ///
    /// # Errors
    ///
    /// When the store fails: it takes as much room again while it goes on.
    pub fn compact(&mut self) -> Result<(), Error> {
        self.commit()?;
        self.conn.execute("INSERT INTO words (words) VALUES ('optimize')", [])?;
        self.conn.execute("INSERT INTO sentences (sentences) VALUES ('optimize')", [])?;
        self.conn.execute_batch("VACUUM; PRAGMA optimize;")?;
        self.empty_log()
    }
}
