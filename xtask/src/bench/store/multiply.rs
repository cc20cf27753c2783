//! Rows multiplied inside a store: what a report has in each table stands there again under other ids, addresses and dates. That
//! takes a tenth of the time of storing a record, and comes to the same pages.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use flate2::read::DeflateDecoder;
use rusqlite::{Connection, params};

/// Revisions multiplied in one transaction.
const BATCH: i64 = 1_000;

/// Days between a report and its copies go up to this.
const DAYS: i64 = 700;

/// Rows of the index of sentences that a revision can have, as the store's schema says.
const PLACES: i64 = 1_048_576;

/// Tables with rows of reports that are multiplied.
const TABLES: [&str; 14] = [
    "reports",
    "revisions",
    "texts",
    "records",
    "stretches",
    "entities",
    "attributions",
    "silences",
    "events",
    "participants",
    "voices",
    "times",
    "relations",
    "changes",
];

/// Multiplies the reports of a store until there are so many.
pub(crate) fn multiply(path: &Path, reports: i64) -> Result<()> {
    let conn = Connection::open(path)?;
    conn.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY")?;
    let count = |sql: &str| -> Result<i64> { Ok(conn.query_row(sql, [], |row| row.get(0))?) };
    let own = count("SELECT coalesce(max(id), 0) FROM revisions")?;
    // Numbers of reports are no larger, and so one shift does for both.
    anyhow::ensure!(own > 0, "there is nothing to multiply");
    let copies: Vec<String> = TABLES.iter().map(|table| copy(&conn, table)).collect::<Result<_>>()?;
    let begun = Instant::now();
    let mut stored = own;
    while stored < reports {
        // Copy 1 of the reports from `from` on, then the next ones, then copy 2.
        let (round, from) = (stored / own, stored % own + 1);
        let to = (from + BATCH - 1).min(own).min(from + reports - stored - 1);
        conn.execute_batch("BEGIN")?;
        for sql in &copies {
            let mut statement = conn.prepare_cached(sql)?;
            statement.execute(params![round * own, round % DAYS, round, from, to])?;
        }
        index(&conn, from, to, round * own)?;
        conn.execute_batch("COMMIT")?;
        stored += to - from + 1;
        eprintln!("{stored} stored, {:.0}/s", (stored - own) as f64 / begun.elapsed().as_secs_f64());
    }
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

/// The SQL that copies the rows of a table: ?1 is added to numbers of reports and revisions, ?2 days to dates.
fn copy(conn: &Connection, table: &str) -> Result<String> {
    let mut statement = conn.prepare(&format!("SELECT name FROM pragma_table_info('{table}')"))?;
    let columns: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let own = columns.iter().map(String::as_str).find(|name| *name == "revision").unwrap_or("id");
    let made = |column: &String| match (table, column.as_str()) {
        ("changes", "id") => "NULL".to_owned(),
        ("reports" | "revisions", "id") | (_, "revision" | "report") => format!("{column} + ?1"),
        (_, "identity" | "url") => format!("{column} || '&round=' || ?3"),
        // Ids have 48 bits.
        (_, "code") => format!("({column} + ?3 * 2654435761) & 281474976710655"),
        (_, "published" | "earliest" | "latest") if (table, column.as_str()) != ("revisions", "latest") => {
            format!("{column} + ?2 * 86400")
        }
        (_, "stamp") => "date(substr(stamp, 1, 10), ?2 || ' days') || substr(stamp, 11)".to_owned(),
        _ => column.clone(),
    };
    let (into, made) = (columns.join(", "), columns.iter().map(made).collect::<Vec<_>>().join(", "));
    Ok(format!("INSERT INTO {table} ({into}) SELECT {made} FROM {table} WHERE {own} BETWEEN ?4 AND ?5"))
}

/// Puts the words of copies into the indexes, which keep none of what they were given.
fn index(conn: &Connection, from: i64, to: i64, shift: i64) -> Result<()> {
    let sql = "SELECT t.revision, t.packed, s.spans FROM texts t JOIN stretches s ON s.revision = t.revision \
               WHERE t.revision BETWEEN ?1 AND ?2";
    let mut rows = conn.prepare_cached(sql)?;
    let mut rows = rows.query([from, to])?;
    let mut words = conn.prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?;
    let mut sentences = conn.prepare_cached("INSERT INTO sentences (rowid, text) VALUES (?1, ?2)")?;
    while let Some(row) = rows.next()? {
        let (revision, packed, spans): (i64, Vec<u8>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let text = std::io::read_to_string(DeflateDecoder::new(packed.as_slice()))?;
        words.execute(params![revision + shift, text])?;
        for (number, span) in (0_i64..).zip(spans.split_whitespace()) {
            let (start, length) = span.split_once('+').context("a span is a start and a length")?;
            let (start, length): (usize, usize) = (start.parse()?, length.parse()?);
            let stretch = text.get(start..start + length).context("a span is in its text")?;
            sentences.execute(params![(revision + shift) * PLACES + number, stretch])?;
        }
    }
    Ok(())
}
