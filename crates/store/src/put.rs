//! Storing: a report comes in and is new, a revision, or known already.

use jiff::Timestamp;
use reportedly_record::{Engine, PassageKind, Precision, Report, Text};
use rusqlite::{OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use crate::apply::correct;
use crate::change::What;
use crate::derive::{clear, derive};
use crate::pack::{Packed, unpack, unpack_text};
use crate::{Error, Store, Writer};

/// What became of a report that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// Its address, or its text, was not known.
    New,
    /// Its address was known with another text: it is the revision of that number.
    Revision(i64),
    /// It is in the store as it is.
    Known,
    /// It was taken down, and does not come back.
    Forgotten,
}

/// What a report goes by across its revisions: its address, or else its own content.
pub fn identity(report: &Report) -> String {
    match report.url.as_deref() {
        Some(url) => format!("url:{}", address(url)),
        None => format!("text:{}", report.id),
    }
}

/// An address without its fragment, with scheme and host in lower case and no white space around it.
pub fn address(url: &str) -> String {
    let url = url.trim();
    let url = url.split_once('#').map_or(url, |(url, _)| url);
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    format!("{}://{}{path}", scheme.to_lowercase(), host.to_lowercase())
}

/// What a record was made by, without the arithmetic path, which changes nothing in it.
pub fn maker(engine: &Engine) -> String {
    format!("{} {}", engine.version, engine.model)
}

impl Store {
    /// Tells whether a report would be [`Put::Known`] or [`Put::Forgotten`], so that it need not be read again.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn knows(&self, report: &Report, fetched: Option<Timestamp>) -> Result<Option<Put>, Error> {
        let identity = identity(report);
        if self.is_forgotten(&identity)? {
            return Ok(Some(Put::Forgotten));
        }
        let Some(of) = self.report_of(&identity)? else { return Ok(None) };
        let sql = "SELECT latest FROM revisions WHERE report = ?1 AND hash = ?2 ORDER BY latest DESC LIMIT 1";
        let hash = hash_of(report.text.as_str());
        let known: Option<bool> =
            self.conn.prepare_cached(sql)?.query_row(params![of, hash.as_slice()], |row| row.get(0)).optional()?;
        Ok(match known {
            Some(true) => Some(Put::Known),
            // An older text again: the outlet went back to it only if it was seen later than what came after it.
            Some(false) if !self.is_later(of, fetched)? => Some(Put::Known),
            Some(false) | None => None,
        })
    }

    /// Tells whether an instant is later than when the standing revision was fetched, where both are known.
    fn is_later(&self, report: i64, fetched: Option<Timestamp>) -> Result<bool, Error> {
        let sql = "SELECT fetched FROM revisions WHERE report = ?1 AND latest";
        let last: Option<i64> =
            self.conn.prepare_cached(sql)?.query_row([report], |row| row.get(0)).optional()?.flatten();
        Ok(matches!((fetched, last), (Some(fetched), Some(last)) if fetched.as_second() > last))
    }

    /// Tells whether a report was taken down.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn is_forgotten(&self, identity: &str) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM forgotten WHERE hash = ?1";
        Ok(self.conn.prepare_cached(sql)?.exists([hash_of(identity).as_slice()])?)
    }

    pub(crate) fn report_of(&self, identity: &str) -> Result<Option<i64>, Error> {
        let mut find = self.conn.prepare_cached("SELECT id FROM reports WHERE identity = ?1")?;
        Ok(find.query_row([identity], |row| row.get(0)).optional()?)
    }
}

impl Writer {
    /// Stores a record. It lasts from the next [`Writer::commit`] on.
    ///
    /// # Errors
    ///
    /// When the store fails. Then the caller rolls back, and nothing since the last commit is in the store.
    pub fn put(&mut self, packed: &Packed) -> Result<Put, Error> {
        self.begin()?;
        let report = &packed.record.report;
        if let Some(known) = self.knows(report, packed.fetched)? {
            return Ok(known);
        }
        let identity = identity(report);
        let old = self.report_of(&identity)?;
        let of = match old {
            Some(id) => id,
            None => {
                let sql = "INSERT INTO reports (identity, url) VALUES (?1, ?2)";
                self.conn.prepare_cached(sql)?.execute(params![identity, report.url])?;
                self.conn.last_insert_rowid()
            }
        };
        let sql = "SELECT coalesce(max(number), 0) + 1 FROM revisions WHERE report = ?1";
        let number: i64 = self.conn.prepare_cached(sql)?.query_row([of], |row| row.get(0))?;
        // What was fetched before the standing text, and comes in after it, is an earlier text.
        let sql = "SELECT 1 FROM revisions WHERE report = ?1 AND latest AND fetched > ?2";
        let second = packed.fetched.map(Timestamp::as_second);
        let latest = second.is_none() || !self.conn.prepare_cached(sql)?.exists(params![of, second])?;
        let revision = self.insert(packed, of, number, latest)?;
        let what = if number == 1 { What::Report } else { What::Revision };
        self.log(what, Some(of), Some(revision), None)?;
        Ok(if number == 1 { Put::New } else { Put::Revision(number) })
    }

    /// Stores a revision and all that is drawn from it.
    pub(crate) fn insert(&mut self, packed: &Packed, of: i64, number: i64, latest: bool) -> Result<i64, Error> {
        let Packed { record, text, packed, fetched } = packed;
        let report = &record.report;
        let outlet = report.outlet.as_deref().map(|name| self.row("outlets", name)).transpose()?;
        let maker = self.row("makers", &maker(&record.engine))?;
        if latest {
            self.conn.prepare_cached("UPDATE revisions SET latest = 0 WHERE report = ?1 AND latest")?.execute([of])?;
        }
        let sql = "INSERT INTO revisions (report, number, latest, code, outlet, published, stamp, fetched, language, \
                   headline, maker, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        self.conn.prepare_cached(sql)?.execute(params![
            of,
            number,
            latest,
            report.id.number(),
            outlet,
            published(report),
            stamp(report),
            fetched.map(Timestamp::as_second),
            report.language.code,
            report.headline,
            maker,
            hash_of(report.text.as_str()).as_slice(),
        ])?;
        let revision = self.conn.last_insert_rowid();
        let sql = "INSERT INTO texts (revision, bytes, packed) VALUES (?1, ?2, ?3)";
        self.conn.prepare_cached(sql)?.execute(params![revision, report.text.len() as i64, text])?;
        self.conn
            .prepare_cached("INSERT INTO records (revision, packed) VALUES (?1, ?2)")?
            .execute(params![revision, packed])?;
        self.conn
            .prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?
            .execute(params![revision, searched(report)])?;
        self.derive_record(revision, &identity(report), record.clone())?;
        Ok(revision)
    }

    /// Makes the derived rows of a revision again.
    pub(crate) fn derive_record(
        &mut self,
        revision: i64,
        identity: &str,
        mut record: reportedly_record::Record,
    ) -> Result<(), Error> {
        let outcomes = correct(&mut record, &self.corrections_of(identity)?);
        clear(&self.conn, revision)?;
        if derive(&self.conn, revision, &record, &outcomes)? {
            let sql = "SELECT 1 FROM corrections WHERE report IS NULL";
            if self.conn.prepare_cached(sql)?.exists([])? {
                self.link_names()?;
            }
        }
        Ok(())
    }

    /// Makes the derived rows of all revisions of a report again.
    pub(crate) fn derive_report(&mut self, report: i64) -> Result<(), Error> {
        let sql = "SELECT r.id, p.identity, t.packed, d.packed FROM revisions r JOIN reports p ON p.id = r.report \
                   JOIN texts t ON t.revision = r.id JOIN records d ON d.revision = r.id WHERE r.report = ?1";
        let rows: Vec<(i64, String, Vec<u8>, Vec<u8>)> = {
            let mut statement = self.conn.prepare_cached(sql)?;
            let rows = statement.query_map([report], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
            rows.collect::<Result<_, _>>()?
        };
        for (revision, identity, text, packed) in rows {
            let record = unpack(&packed, &Text::new(unpack_text(&text)?))?;
            self.derive_record(revision, &identity, record)?;
        }
        Ok(())
    }

    /// The row of a name in a table of names.
    fn row(&self, table: &str, name: &str) -> Result<i64, Error> {
        let find = format!("SELECT id FROM {table} WHERE name = ?1");
        let found = self.conn.prepare_cached(&find)?.query_row([name], |row| row.get(0)).optional()?;
        if let Some(id) = found {
            return Ok(id);
        }
        self.conn.prepare_cached(&format!("INSERT INTO {table} (name) VALUES (?1)"))?.execute([name])?;
        Ok(self.conn.last_insert_rowid())
    }
}

/// What is searched of a report: its headline and its news passages.
pub(crate) fn searched(report: &Report) -> String {
    let mut words = String::new();
    if !report.passages.iter().any(|passage| passage.kind == PassageKind::Headline) {
        words.push_str(report.headline.as_deref().unwrap_or_default());
    }
    for passage in report.passages.iter().filter(|passage| passage.kind.is_news()) {
        words.push('\n');
        words.push_str(report.text.slice(passage.span));
    }
    words
}

/// The second a report was published, for order: where no zone is known, as if it were UTC.
fn published(report: &Report) -> Option<i64> {
    let published = report.published.as_ref()?;
    let known = published.instant.map(Timestamp::as_second);
    known.or_else(|| Some(published.local.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second()))
}

/// When a report was published, as far as it is known and in the outlet's own time.
fn stamp(report: &Report) -> Option<String> {
    let published = report.published.as_ref()?;
    let local = match published.precision {
        Precision::Day => return Some(published.local.date().to_string()),
        Precision::Minute | Precision::Second => published.local.strftime("%Y-%m-%d %H:%M").to_string(),
    };
    Some(match &published.offset {
        Some(offset) => format!("{local} {offset}"),
        None => local,
    })
}

pub(crate) fn hash_of(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}
