//! Ingest: a report is prepared on the thread that reads, stored on the one that writes, and acknowledged once it lasts.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use reportedly::{Desk, Engine};
use reportedly_record::{Id, Note, Record, Report, Stage};
use reportedly_store::{Error, Packed, Put, Store, Writer, maker};
use serde::Serialize;

/// Reports of one transaction at the most: a commit that waits for the disk takes some 5 ms, reading 64 reports 6 s.
const MOST_PENDING: usize = 64;

/// How long a report waits for its acknowledgement while others come in.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// What is stored already, asked by the threads that read before they read a report in vain.
pub struct Known(Mutex<Store>);

/// A report on its way into the store.
pub enum Prepared {
    /// It need not be read again.
    Known(Put, Id, Option<String>),
    /// It is read.
    Read(Box<Packed>),
}

/// A report that is safe: it outlives the program and the machine's power.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Acknowledged {
    /// What became of it.
    #[serde(serialize_with = "as_word")]
    pub put: Put,
    /// Its id.
    pub report: Id,
    /// Its address.
    pub url: Option<String>,
    /// The file, or the place in it, that it came from.
    pub from: String,
    /// What was in doubt when it was taken in; nothing where it was known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<String>,
}

impl Acknowledged {
    /// What became of the report, in a word or two.
    pub fn word(&self) -> String {
        put_word(self.put)
    }
}

fn put_word(put: Put) -> String {
    match put {
        Put::New => "new".to_owned(),
        Put::Revision(number) => format!("revision {number}"),
        Put::Known => "known".to_owned(),
        Put::Forgotten => "forgotten".to_owned(),
    }
}

fn as_word<S: serde::Serializer>(put: &Put, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&put_word(*put))
}

impl Known {
    /// Opens a store that is there, to be asked.
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub fn open(path: &Path) -> Result<Known, Error> {
        Ok(Known(Mutex::new(Store::open_lean(path)?)))
    }

    fn knows(&self, report: &Report, fetched: Option<Timestamp>) -> Result<Option<Put>, Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).knows(report, fetched)
    }
}

/// Reads a report and packs its record, unless it is known.
///
/// # Errors
///
/// When the store fails.
pub fn prepare(
    engine: &Engine,
    desk: &mut Desk,
    known: &Known,
    report: &Report,
    fetched: Option<Timestamp>,
) -> Result<Prepared, Error> {
    if let Some(put) = known.knows(report, fetched)? {
        return Ok(Prepared::Known(put, report.id, report.url.clone()));
    }
    Ok(Prepared::Read(Box::new(Packed::of(engine.read(report, desk), fetched))))
}

/// Packs a report without reading it: its text is stored and can be searched, and `store rebuild` reads it later.
///
/// # Errors
///
/// When the store fails.
pub fn prepare_only_text(
    engine: &Engine,
    known: &Known,
    report: &Report,
    fetched: Option<Timestamp>,
) -> Result<Prepared, Error> {
    if let Some(put) = known.knows(report, fetched)? {
        return Ok(Prepared::Known(put, report.id, report.url.clone()));
    }
    Ok(Prepared::Read(Box::new(Packed::of(engine.unread(report), fetched))))
}

/// Reads a stored report again where another program or model read it; none where this one did.
pub fn reread(engine: &Engine, desk: &mut Desk, report: &Report, made_by: &str) -> Option<Record> {
    (maker(&engine.maker()) != made_by).then(|| engine.read(report, desk))
}

/// Reports on their way into a store.
pub struct Intake<'a> {
    writer: &'a mut Writer,
    // Stored, and not yet committed.
    pending: Vec<Acknowledged>,
    since: Instant,
}

impl<'a> Intake<'a> {
    /// Begins to take in.
    pub fn new(writer: &'a mut Writer) -> Intake<'a> {
        Intake { writer, pending: Vec::new(), since: Instant::now() }
    }

    /// Takes a report in. Returns those that are safe now, in the order they came; this one may be among them or not.
    ///
    /// # Errors
    ///
    /// When the store fails. Whatever was acknowledged is safe; [`Intake::unsafe_yet`] reports are lost.
    pub fn take(&mut self, from: &str, prepared: &Prepared) -> Result<Vec<Acknowledged>, Error> {
        if self.pending.is_empty() {
            self.since = Instant::now();
        }
        let (put, report, url, doubts) = match prepared {
            Prepared::Known(put, id, url) => (*put, *id, url.clone(), Vec::new()),
            Prepared::Read(packed) => {
                let put = self.writer.put(packed).inspect_err(|_| self.writer.roll_back())?;
                let report = &packed.record().report;
                let is_doubt = |note: &&Note| note.stage == Stage::Intake && matches!(put, Put::New | Put::Revision(_));
                let doubts = report.notes.iter().filter(is_doubt).map(|note| note.says.clone()).collect();
                (put, report.id, report.url.clone(), doubts)
            }
        };
        self.pending.push(Acknowledged { put, report, url, from: from.to_owned(), doubts });
        if self.pending.len() < MOST_PENDING && self.since.elapsed() < LONGEST_WAIT {
            return Ok(Vec::new());
        }
        self.settle()
    }

    /// Makes what is pending last, and returns it.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn settle(&mut self) -> Result<Vec<Acknowledged>, Error> {
        self.writer.commit()?;
        Ok(std::mem::take(&mut self.pending))
    }

    /// How many reports were taken in and are not safe yet.
    pub fn unsafe_yet(&self) -> usize {
        self.pending.iter().filter(|one| matches!(one.put, Put::New | Put::Revision(_))).count()
    }

    /// The store, for what is remembered beside reports.
    pub fn writer(&mut self) -> &mut Writer {
        self.writer
    }
}
