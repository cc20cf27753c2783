//! Who is meant: the rows of names and outlets that a person's words can stand for, and what they are called.

use std::collections::BTreeSet;

use reportedly_record::Text;
use rusqlite::{ToSql, params};

use crate::ask::page::{one_line, slices};
use crate::fold::name_words;
use crate::{Error, Store};

impl Store {
    /// The names that take part in an event.
    pub(crate) fn cast(&self, row: i64, event: i64) -> Result<Option<String>, Error> {
        let sql = "SELECT coalesce(i.name, n.name) FROM participants p JOIN names n ON n.id = p.name LEFT JOIN names i ON i.id = n.same_as \
                   WHERE p.revision = ?1 AND p.event = ?2 ORDER BY p.number";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut names: Vec<String> =
            statement.query_map(params![row, event], |row| row.get(0))?.collect::<Result<_, _>>()?;
        names.dedup();
        Ok((!names.is_empty()).then(|| names.join(", ")))
    }

    /// Who speaks: by the name that stands for it, or in the text's own words.
    pub(crate) fn speaker(&self, name: Option<i64>, text: &Text, said_by: &str) -> Result<Option<String>, Error> {
        if let Some(name) = name {
            return Ok(Some(self.called(name)?));
        }
        let words = one_line(&slices(text, said_by));
        Ok((!words.is_empty()).then_some(words))
    }

    /// The name that stands for a name.
    pub(crate) fn called(&self, name: i64) -> Result<String, Error> {
        let sql = "SELECT coalesce(i.name, n.name) FROM names n LEFT JOIN names i ON i.id = n.same_as WHERE n.id = ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([name], |row| row.get(0))?)
    }

    /// The rows of all names that a person can mean: those that have every word of it, and those said to be the same.
    pub(crate) fn rows_of(&self, name: &str) -> Result<Vec<i64>, Error> {
        let by_key: Vec<i64> = self.column("SELECT id FROM names WHERE key = ?1", &[&name])?;
        let mut rows: BTreeSet<i64> = by_key.into_iter().collect();
        if rows.is_empty() {
            let mut words = name_words(name);
            words.sort();
            words.dedup();
            let mut common: Option<BTreeSet<i64>> = None;
            for word in &words {
                let with = self.column("SELECT name FROM name_words WHERE word = ?1", &[word])?;
                let with: BTreeSet<i64> = with.into_iter().collect();
                common = Some(match common {
                    Some(common) => common.intersection(&with).copied().collect(),
                    None => with,
                });
            }
            rows = common.unwrap_or_default();
        }
        for row in rows.clone() {
            let sql = "SELECT id FROM names WHERE same_as = ?1 OR id = (SELECT same_as FROM names WHERE id = ?1) \
                       OR same_as = (SELECT same_as FROM names WHERE id = ?1)";
            rows.extend(self.column(sql, &[&row])?);
        }
        if rows.is_empty() {
            return Err(Error::Unknown(format!("nobody is called {name} in the store")));
        }
        Ok(rows.into_iter().collect())
    }

    pub(crate) fn column(&self, sql: &str, values: &[&dyn ToSql]) -> Result<Vec<i64>, Error> {
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_map(values, |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// The rows of the outlets that a person can mean.
    pub(crate) fn outlets_called(&self, outlet: &str) -> Result<Vec<i64>, Error> {
        let sql = "SELECT id FROM outlets WHERE instr(lower(name), lower(?1)) ORDER BY lower(name) <> lower(?1), id";
        let rows = self.column(sql, &[&outlet])?;
        if rows.is_empty() {
            return Err(Error::Unknown(format!("no outlet called {outlet} in the store")));
        }
        Ok(rows)
    }
}

/// Rows as a list that SQL can look into.
pub(crate) fn list(rows: &[i64]) -> String {
    let rows: Vec<String> = rows.iter().map(i64::to_string).collect();
    format!("[{}]", rows.join(","))
}
