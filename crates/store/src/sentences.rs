//! The index of sentences: the words around each attribution and event, so that an item is found by its own sentence and not
//! by its report. Items that stand in the same sentence share a row.

use std::collections::{BTreeMap, BTreeSet};

use reportedly_record::{Id, Record, Span, Text};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::Error;
use crate::derive::spans;
use crate::evidence::sentence;
use crate::pack::unpack_text;

/// Rows of the index that a revision can have: sentence 7 of revision 12 is row 12 * PLACES + 7. Items of later sentences
/// are not found by words; a text of the largest size has fewer.
pub(crate) const PLACES: i64 = 1 << 20;

/// The sentences of a record's attributions and events, in the order of the text.
pub(crate) struct Sentences {
    // Start and end of each.
    all: Vec<(usize, usize)>,
    // The sentence of each item that is in one.
    of: BTreeMap<Id, (usize, usize)>,
}

impl Sentences {
    pub(crate) fn of(record: &Record) -> Sentences {
        let said = record.attributions.iter().map(|said| (said.id, said.evidence));
        let items = said.chain(record.events.iter().map(|event| (event.id, event.evidence)));
        let place = |span: Span| {
            let stretch = sentence(&record.report.text, span.bytes());
            (stretch.start, stretch.end)
        };
        let of: BTreeMap<Id, (usize, usize)> = items.map(|(id, span)| (id, place(span))).collect();
        let all: BTreeSet<(usize, usize)> = of.values().copied().collect();
        Sentences { all: all.into_iter().take(PLACES as usize).collect(), of }
    }

    /// The number of the sentence that an item is in.
    pub(crate) fn at(&self, item: Id) -> Option<i64> {
        let at = self.all.binary_search(self.of.get(&item)?).ok()?;
        Some(at as i64)
    }

    /// Puts the sentences of a revision into the index.
    pub(crate) fn index(&self, conn: &Connection, revision: i64, text: &Text) -> Result<(), Error> {
        let mut insert = conn.prepare_cached("INSERT INTO sentences (rowid, text) VALUES (?1, ?2)")?;
        for (number, stretch) in (0_i64..).zip(&self.all) {
            let words = text.as_str().get(stretch.0..stretch.1).unwrap_or_default();
            insert.execute(params![revision * PLACES + number, words])?;
        }
        let spans: Vec<String> = self.all.iter().map(|(start, end)| format!("{start}+{}", end - start)).collect();
        let sql = "INSERT INTO stretches (revision, spans) VALUES (?1, ?2)";
        conn.prepare_cached(sql)?.execute(params![revision, spans.join(" ")])?;
        Ok(())
    }
}

/// Takes the sentences of a revision out of the index. It wants the words that were put in, which the text still has.
pub(crate) fn clear_sentences(conn: &Connection, revision: i64) -> Result<(), Error> {
    let sql = "SELECT s.spans, t.packed FROM stretches s JOIN texts t ON t.revision = s.revision WHERE s.revision = ?1";
    let kept: Option<(String, Vec<u8>)> =
        conn.prepare_cached(sql)?.query_row([revision], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((stretches, packed)) = kept else { return Ok(()) };
    let text = Text::new(unpack_text(&packed)?);
    let mut delete = conn.prepare_cached("INSERT INTO sentences (sentences, rowid, text) VALUES ('delete', ?1, ?2)")?;
    for (number, span) in (0_i64..).zip(spans(&text, &stretches)) {
        delete.execute(params![revision * PLACES + number, text.slice(span)])?;
    }
    conn.prepare_cached("DELETE FROM stretches WHERE revision = ?1")?.execute([revision])?;
    Ok(())
}

/// The words of a name as a text has them: a key without its kind and without what tells it from others of the name.
pub(crate) fn spoken(name: &str) -> &str {
    let words = name.split_once(':').map_or(name, |(_, words)| words);
    words.split_once('/').map_or(words, |(words, _)| words)
}
