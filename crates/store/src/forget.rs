//! Forgetting: a report is taken down with all that was drawn from it, and does not come back.

use rusqlite::params;

use crate::change::What;
use crate::derive::clear;
use crate::pack::Packed;
use crate::put::{address, hash_of, searched};
use crate::{Error, Writer};

impl Writer {
    /// Removes every revision of a report, its records, its rows, its words in the index, the corrections made on it and
    /// the names that no other report has. Returns how many revisions there were.
    ///
    /// What is left is the hash of its address, by which it is refused when it comes in again.
    ///
    /// # Errors
    ///
    /// When no such report is stored, or the store fails.
    pub fn forget(&mut self, named: &str) -> Result<usize, Error> {
        let revisions = self.revisions(named)?;
        let Some(first) = revisions.first().cloned() else {
            return Err(Error::Unknown(format!("no report {named} in the store")));
        };
        self.begin()?;
        for revision in &revisions {
            let text = searched(&self.record_as_read(revision.row)?.report);
            let sql = "INSERT INTO words (words, rowid, text) VALUES ('delete', ?1, ?2)";
            self.conn.execute(sql, params![revision.row, text])?;
            clear(&self.conn, revision.row)?;
            for table in ["texts", "records", "story_revisions", "origins"] {
                self.conn.execute(&format!("DELETE FROM {table} WHERE revision = ?1"), [revision.row])?;
            }
            self.conn.execute("DELETE FROM revisions WHERE id = ?1", [revision.row])?;
        }
        self.conn.execute("DELETE FROM corrections WHERE report = ?1", [&first.identity])?;
        self.conn.execute("DELETE FROM reports WHERE id = ?1", [first.report])?;
        self.conn.execute(
            "DELETE FROM outlets WHERE id NOT IN (SELECT outlet FROM revisions WHERE outlet IS NOT NULL)",
            [],
        )?;
        self.conn
            .execute("DELETE FROM follow WHERE instr(key, ?1)", [first.url.as_deref().unwrap_or(&first.identity)])?;
        self.drop_names()?;
        let sql = "INSERT OR IGNORE INTO forgotten (hash) VALUES (?1)";
        self.conn.execute(sql, [hash_of(&first.identity).as_slice()])?;
        self.log(What::Forgotten, Some(first.report), None, None)?;
        self.commit()?;
        // Old pages in the log would keep the words.
        self.empty_log()?;
        Ok(revisions.len())
    }

    /// Lets a report that was taken down come in again. Returns whether it was.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn allow(&mut self, named: &str) -> Result<bool, Error> {
        self.begin()?;
        let identities = [named.to_owned(), format!("url:{}", address(named))];
        let mut lifted = 0;
        for identity in identities {
            lifted += self.conn.execute("DELETE FROM forgotten WHERE hash = ?1", [hash_of(&identity).as_slice()])?;
        }
        self.commit()?;
        Ok(lifted > 0)
    }

    /// Drops the names that no report has, but for those that a correction speaks of.
    pub(crate) fn drop_names(&self) -> Result<(), Error> {
        let unused = "SELECT id FROM names n WHERE NOT EXISTS (SELECT 1 FROM entities e WHERE e.name = n.id) \
                      AND NOT EXISTS (SELECT 1 FROM names a WHERE a.same_as = n.id)";
        self.conn.execute(&format!("DELETE FROM name_words WHERE name IN ({unused})"), [])?;
        self.conn.execute(&format!("DELETE FROM names WHERE id IN ({unused})"), [])?;
        Ok(())
    }

    /// Moves everything from the log to the file and empties the log.
    pub(crate) fn empty_log(&self) -> Result<(), Error> {
        self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Takes a packed record in place of a revision's.
    pub(crate) fn replace(&mut self, revision: i64, identity: &str, packed: &Packed) -> Result<(), Error> {
        let maker = crate::put::maker(&packed.record.engine);
        self.conn.execute("INSERT OR IGNORE INTO makers (name) VALUES (?1)", [&maker])?;
        let sql = "UPDATE revisions SET maker = (SELECT id FROM makers WHERE name = ?2) WHERE id = ?1";
        self.conn.execute(sql, params![revision, maker])?;
        self.conn.execute("UPDATE records SET packed = ?2 WHERE revision = ?1", params![revision, packed.packed])?;
        self.log(What::Reread, None, Some(revision), None)?;
        self.derive_record(revision, identity, packed.record.clone())
    }
}
