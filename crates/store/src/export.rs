//! Export and restore: everything that cannot be made again, as lines of JSON. The same content gives the same bytes.

use std::collections::BTreeSet;
use std::io::{BufRead, Write};

use jiff::Timestamp;
use reportedly_record::Record;
use rusqlite::OptionalExtension as _;
use serde::{Deserialize, Serialize};

use crate::fix::Correction;
use crate::pack::Packed;
use crate::put::identity;
use crate::shelf::Revision;
use crate::{Error, Store, Writer};

/// The form of an export, and of its version.
const FORM: &str = "reportedly.store/1";

/// How keys begin under which it is remembered when a feed was asked last. It changes with every round, and is had again.
const ASKED: &str = "feed ";

/// Revisions restored in one transaction.
const BATCH: u64 = 200;

/// A line of an export.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// The first line.
    Form(String),
    /// A revision with its record, as it was read.
    Revision { identity: String, number: i64, latest: bool, fetched: Option<i64>, record: Box<Record> },
    /// A correction or an undo.
    Correction(Correction),
    /// What is remembered for following.
    Follow { key: String, value: String },
    /// The hash of a report that was taken down.
    Forgotten(String),
    /// The last line: how many revisions there were. Without it, the export was cut off.
    End { revisions: u64 },
}

impl Store {
    /// Writes the store out: reports by identity, revisions by number, then corrections, what is followed, what is
    /// forgotten. Times of arrival, the change log and when feeds were asked stay behind: they are this file's own.
    ///
    /// What cannot be read because the file is damaged is left out. Returns what that is: nothing of a whole store.
    ///
    /// # Errors
    ///
    /// When the store fails otherwise, or `out` does.
    pub fn export(&self, out: &mut impl Write) -> Result<Vec<String>, Error> {
        let snapshot = self.conn.unchecked_transaction()?;
        put(out, &Line::Form(FORM.to_owned()))?;
        let mut faults = Vec::new();
        let rows = self.rows_by_identity().or_else(|error| {
            faults.push(format!("the list of revisions: {error}"));
            self.rows_left()
        })?;
        let mut revisions = 0;
        for row in rows {
            match self.revision_line(row) {
                Ok(line) => put(out, &line)?,
                Err(error) => {
                    faults.push(format!("revision {row}: {error}"));
                    continue;
                }
            }
            revisions += 1;
        }
        for correction in self.history()? {
            put(out, &Line::Correction(correction))?;
        }
        for (key, value) in self.all_followed("")?.into_iter().filter(|(key, _)| !key.starts_with(ASKED)) {
            put(out, &Line::Follow { key, value })?;
        }
        let mut statement = self.conn.prepare("SELECT lower(hex(hash)) FROM forgotten ORDER BY hash")?;
        for hash in statement.query_map([], |row| row.get(0))? {
            put(out, &Line::Forgotten(hash?))?;
        }
        put(out, &Line::End { revisions })?;
        drop(statement);
        // Nothing was written. Of a damaged file SQLite would say so once more here.
        drop(snapshot);
        Ok(faults)
    }

    fn rows_by_identity(&self) -> Result<Vec<i64>, Error> {
        let sql = "SELECT r.id FROM revisions r JOIN reports p ON p.id = r.report ORDER BY p.identity, r.number";
        let mut statement = self.conn.prepare(sql)?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// The revisions in front of and behind a damaged place.
    fn rows_left(&self) -> Result<Vec<i64>, Error> {
        let mut rows = BTreeSet::new();
        for order in ["ASC", "DESC"] {
            let mut statement =
                self.conn.prepare(&format!("SELECT id FROM revisions NOT INDEXED ORDER BY id {order}"))?;
            rows.extend(statement.query_map([], |row| row.get(0))?.map_while(Result::<i64, _>::ok));
        }
        Ok(rows.into_iter().collect())
    }

    fn revision_line(&self, row: i64) -> Result<Line, Error> {
        let Revision { identity, number, latest, fetched, .. } = self.revision(row)?;
        let record = Box::new(self.record_as_read(row)?);
        if !self.has_its_text(row, &record)? {
            return Err(Error::Damaged("its text is not the one that was stored".to_owned()));
        }
        Ok(Line::Revision { identity, number, latest, fetched, record })
    }
}

fn put(out: &mut impl Write, line: &Line) -> Result<(), Error> {
    let failed = |source: std::io::Error| Error::File { name: "the export".to_owned(), source };
    serde_json::to_writer(&mut *out, line).map_err(|error| failed(error.into()))?;
    out.write_all(b"\n").map_err(failed)
}

impl Writer {
    /// Reads an export into an empty store. Returns how many revisions there were.
    ///
    /// # Errors
    ///
    /// When the store is not empty, or the export is not whole. What was read up to there is kept.
    pub fn restore(&mut self, from: impl BufRead) -> Result<u64, Error> {
        let filled: Option<i64> =
            self.conn.query_row("SELECT id FROM reports LIMIT 1", [], |row| row.get(0)).optional()?;
        if filled.is_some() {
            return Err(Error::Unknown("the store is not empty: restore into a new one".to_owned()));
        }
        let mut revisions = 0;
        let mut ended = false;
        let mut at = 0;
        for line in from.split(b'\n') {
            at += 1;
            let fault = |says: &dyn std::fmt::Display| Error::Export { line: at, says: says.to_string() };
            let line = line.map_err(|error| fault(&error))?;
            if line.is_empty() {
                continue;
            }
            let line: Line = serde_json::from_slice(&line).map_err(|error| fault(&error))?;
            match line {
                Line::Form(form) if at == 1 && form == FORM => continue,
                _ if at == 1 => return Err(fault(&format!("not an export of the form {FORM}"))),
                Line::Form(_) => return Err(fault(&"a second beginning")),
                line => match self.restore_line(line) {
                    Ok(Restored::Revision) => revisions += 1,
                    Ok(Restored::Other) => {}
                    Ok(Restored::End(expected)) if expected == revisions => ended = true,
                    Ok(Restored::End(expected)) => {
                        return Err(fault(&format!("{expected} revisions are announced and {revisions} are there")));
                    }
                    Err(error) => {
                        self.roll_back();
                        return Err(error);
                    }
                },
            }
            if revisions % BATCH == 0 {
                self.commit()?;
            }
        }
        self.link_names()?;
        self.commit()?;
        if ended { Ok(revisions) } else { Err(Error::Export { line: at, says: "the end is missing".to_owned() }) }
    }

    fn restore_line(&mut self, line: Line) -> Result<Restored, Error> {
        self.begin()?;
        match line {
            Line::Form(_) => {}
            Line::Revision { identity: kept, number, latest, fetched, record } => {
                let known = identity(&record.report);
                if known != kept {
                    return Err(Error::Unknown(format!("{kept} is in truth {known}")));
                }
                let fetched = fetched.and_then(|second| Timestamp::from_second(second).ok());
                let of = match self.report_of(&kept)? {
                    Some(id) => id,
                    None => {
                        let sql = "INSERT INTO reports (identity, url) VALUES (?1, ?2)";
                        self.conn.execute(sql, rusqlite::params![kept, record.report.url])?;
                        self.conn.last_insert_rowid()
                    }
                };
                let revision = self.insert(&Packed::of(*record, fetched), of, number, latest)?;
                let what = if number == 1 { crate::What::Report } else { crate::What::Revision };
                self.log(what, Some(of), Some(revision), None)?;
                return Ok(Restored::Revision);
            }
            Line::Correction(one) => {
                self.add_correction(Some(one.id), one.report.as_deref(), one.fix.as_ref(), one.undoes, Some(one.at))?;
            }
            Line::Follow { key, value } => self.follow(&key, Some(&value))?,
            Line::Forgotten(hash) => {
                let digits = |at: usize| u8::from_str_radix(hash.get(at..at + 2)?, 16).ok();
                let bytes: Option<Vec<u8>> = (0..hash.len()).step_by(2).map(digits).collect();
                let bytes = bytes.ok_or_else(|| Error::Unknown(format!("{hash} is no hash")))?;
                self.conn.execute("INSERT OR IGNORE INTO forgotten (hash) VALUES (?1)", [bytes])?;
            }
            Line::End { revisions } => return Ok(Restored::End(revisions)),
        }
        Ok(Restored::Other)
    }
}

enum Restored {
    Revision,
    Other,
    End(u64),
}
