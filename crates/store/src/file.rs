//! The file: opening it to read or to write, and bringing its form up to date.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use crate::Error;
use crate::lock::{Lock, lock};

/// "rptd": tells a store from other SQLite files.
const APPLICATION: i64 = 0x7270_7464;

/// The forms of the store, oldest first. A form that was in use is never edited.
const FORMS: &[&str] = &[include_str!("schema/0001.sql"), include_str!("schema/0002.sql")];

/// Version of what is derived from records. It grows when derived tables would come out otherwise.
pub(crate) const DERIVED: &str = "2";

/// How long a reader waits while the file is recovered or its form changed.
const READER_PATIENCE: Duration = Duration::from_secs(5);

/// How much of the file is kept in memory.
struct Kept {
    /// KiB of pages.
    cache: i64,
    /// Bytes that are mapped; what of them was read counts as this process's memory for as long as it runs.
    mapped: i64,
}

/// The pages that a query over 200,000 reports goes through.
const QUERIES: Kept = Kept { cache: 65_536, mapped: 1 << 30 };

/// What writing touches again and again. Nothing is mapped, so that memory does not grow with the file.
const WRITING: Kept = Kept { cache: 65_536, mapped: 0 };

const LOOKUPS: Kept = Kept { cache: 8_192, mapped: 0 };

/// A store opened to be read. Any number of processes may read while one writes.
pub struct Store {
    pub(crate) conn: Connection,
    pub(crate) path: PathBuf,
}

/// A store opened to be written. There is one at a time.
pub struct Writer {
    store: Store,
    // Kept until the connection is closed: fields are dropped in order.
    _lock: Lock,
    pub(crate) open: bool,
    /// What the user should know about how it was opened.
    pub warnings: Vec<String>,
}

impl Deref for Writer {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Store {
    /// Opens a store to read.
    ///
    /// # Errors
    ///
    /// When there is none, or it is not whole or of another form.
    pub fn open(path: &Path) -> Result<Store, Error> {
        Store::open_with(path, &QUERIES)
    }

    /// Opens a store to look single things up, while this process writes to it: little of the file is kept in memory.
    ///
    /// # Errors
    ///
    /// As [`Store::open`].
    pub fn open_lean(path: &Path) -> Result<Store, Error> {
        Store::open_with(path, &LOOKUPS)
    }

    fn open_with(path: &Path, kept: &Kept) -> Result<Store, Error> {
        if !path.is_file() {
            return Err(Error::Missing);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags).map_err(Error::from).and_then(|conn| {
            form(&conn)?;
            Ok(conn)
        });
        let conn = match conn {
            // In a folder that may not be written there can be no shared memory. Without a log nothing is missed.
            Err(Error::ReadOnly(_) | Error::Sql(_)) if !log_of(path).exists() => {
                let name = path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
                let uri = format!("file:{name}?immutable=1");
                Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?
            }
            other => other?,
        };
        match form(&conn)? {
            // A writer was killed before it made the store.
            0 => return Err(Error::Missing),
            form if form < newest() => return Err(Error::Older(form)),
            _ => {}
        }
        conn.busy_timeout(READER_PATIENCE)?;
        let store = Store { conn, path: path.to_owned() };
        store.settle(kept)?;
        Ok(store)
    }

    /// Opens a store to write, and makes it where there is none. Waits for another writer as long as `patience`.
    ///
    /// # Errors
    ///
    /// When another process writes, the file or its folder may not be written, or the file is not whole or of a newer form.
    pub fn write(path: &Path, patience: Duration) -> Result<Writer, Error> {
        let lock = lock(path, patience)?;
        let conn = Connection::open(path)?;
        conn.busy_timeout(patience.max(READER_PATIENCE))?;
        let version = form(&conn)?;
        conn.pragma_update(None, "journal_mode", "WAL")?;
        // An acknowledged report must outlive the machine's power, not only the program.
        conn.pragma_update(None, "synchronous", "FULL")?;
        // What is forgotten must be gone from the file.
        conn.pragma_update(None, "secure_delete", true)?;
        let store = Store { conn, path: path.to_owned() };
        store.settle(&WRITING)?;
        store.bring_up_to_date(version)?;
        let mut writer = Writer { store, _lock: lock, open: false, warnings: Vec::new() };
        writer.check_clock()?;
        Ok(writer)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn settle(&self, kept: &Kept) -> Result<(), Error> {
        self.conn.pragma_update(None, "temp_store", "MEMORY")?;
        // Negative: in KiB.
        self.conn.pragma_update(None, "cache_size", -kept.cache)?;
        self.conn.pragma_update(None, "mmap_size", kept.mapped)?;
        self.conn.set_prepared_statement_cache_capacity(96);
        Ok(())
    }

    fn bring_up_to_date(&self, version: i64) -> Result<(), Error> {
        if version == newest() {
            return Ok(());
        }
        self.conn.execute_batch("BEGIN IMMEDIATE")?;
        for sql in FORMS.iter().skip(usize::try_from(version).unwrap_or_default()) {
            self.conn.execute_batch(sql)?;
        }
        // What is in an older store was derived by an older version, and stays so until it is rebuilt.
        let sql = "INSERT INTO facts (name, value) SELECT 'derived', ?1 WHERE NOT EXISTS (SELECT 1 FROM revisions) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.conn.execute(sql, [DERIVED])?;
        self.conn.pragma_update(None, "application_id", APPLICATION)?;
        self.conn.pragma_update(None, "user_version", newest())?;
        self.conn.execute_batch("COMMIT")?;
        Ok(())
    }
}

impl Writer {
    /// Lets the file grow to at most so many bytes; beyond, storing ends with [`Error::Full`].
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn limit(&self, bytes: u64) -> Result<(), Error> {
        let page: i64 = self.conn.pragma_query_value(None, "page_size", |row| row.get(0))?;
        let pages = (i64::try_from(bytes).unwrap_or(i64::MAX) / page.max(1)).max(1);
        self.conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
        Ok(())
    }

    /// Begins a transaction unless one is open.
    pub(crate) fn begin(&mut self) -> Result<(), Error> {
        if !self.open {
            self.conn.execute_batch("BEGIN IMMEDIATE")?;
            self.open = true;
        }
        Ok(())
    }

    /// Makes everything since the last commit last.
    ///
    /// # Errors
    ///
    /// When there is no room. Then nothing since the last commit is in the store.
    pub fn commit(&mut self) -> Result<(), Error> {
        if self.open {
            let done = self.conn.execute_batch("COMMIT");
            if done.is_err() {
                self.roll_back();
            }
            self.open = false;
            done?;
        }
        Ok(())
    }

    /// Drops everything since the last commit.
    pub fn roll_back(&mut self) {
        if self.open {
            // On some failures SQLite has rolled back by itself, and says that there is nothing to roll back.
            let _ = self.conn.execute_batch("ROLLBACK");
            self.open = false;
        }
    }

    /// The present, and never earlier than the last change: where the machine's clock was set back, that is what is left.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn present(&self) -> Result<Timestamp, Error> {
        Ok(Timestamp::from_millisecond(self.now()?).unwrap_or_else(|_| Timestamp::now()))
    }

    /// The time now in milliseconds, and never earlier than the last change.
    pub(crate) fn now(&self) -> Result<i64, Error> {
        let sql = "SELECT coalesce((SELECT at FROM changes ORDER BY id DESC LIMIT 1), 0)";
        let last: i64 = self.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(Timestamp::now().as_millisecond().max(last))
    }

    fn check_clock(&mut self) -> Result<(), Error> {
        let behind = self.now()? - Timestamp::now().as_millisecond();
        if behind > 60_000 {
            let behind = match behind / 60_000 {
                minutes @ ..120 => format!("{minutes} minutes"),
                minutes @ ..2_880 => format!("{} hours", minutes / 60),
                minutes => format!("{} days", minutes / 1_440),
            };
            let says = format!(
                "this machine's clock is {behind} behind the store's last change: changes keep their order, and their times stand still until it has caught up"
            );
            self.warnings.push(says);
        }
        Ok(())
    }
}

fn newest() -> i64 {
    FORMS.len() as i64
}

fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// Returns the form of a file; 0 of an empty one.
fn form(conn: &Connection) -> Result<i64, Error> {
    let application: i64 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && (tables > 0 || application != 0) {
        return Err(Error::Foreign);
    }
    if version > newest() {
        return Err(Error::Newer { found: version, known: newest() });
    }
    Ok(version)
}
