//! `who`: a name and what there is of it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::ask::names::list;
use crate::{Error, Store};

/// A row of `who`: a name and what there is of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The name as first met.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// Its key, as corrections use it.
    pub key: String,
    /// Names that a person said are the same one's.
    pub also: Vec<String>,
    /// Reports that name it.
    pub reports: i64,
    /// Published first.
    pub first: Option<String>,
    /// Published last.
    pub last: Option<String>,
    /// Times it says something.
    pub says: i64,
    /// Events it takes part in.
    pub events: i64,
    /// Times it did not answer.
    pub silent: i64,
    /// What it is called: titles and roles, the most frequent first.
    pub roles: Vec<String>,
}

impl Store {
    /// Returns the names that a person can mean and what there is of each, the most reported first.
    ///
    /// # Errors
    ///
    /// When nobody is called so, or the store fails.
    pub fn who(&self, name: &str, most: usize) -> Result<Vec<Named>, Error> {
        let mut named = Vec::new();
        let mut seen = BTreeSet::new();
        for row in self.rows_of(name)? {
            let root: i64 =
                self.conn.query_row("SELECT coalesce(same_as, id) FROM names WHERE id = ?1", [row], |r| r.get(0))?;
            // A name that only a correction gave, and that was undone, is nobody's.
            let sql = "SELECT 1 FROM names n CROSS JOIN entities e ON e.name = n.id WHERE n.id = ?1 OR n.same_as = ?1";
            if seen.insert(root) && self.conn.prepare_cached(sql)?.exists([root])? {
                named.push(self.portrait(root)?);
            }
        }
        named.sort_by(|a, b| (b.reports, &a.key).cmp(&(a.reports, &b.key)));
        named.truncate(most);
        Ok(named)
    }

    fn portrait(&self, root: i64) -> Result<Named, Error> {
        let rows = self.column("SELECT id FROM names WHERE id = ?1 OR same_as = ?1 ORDER BY id <> ?1, id", &[&root])?;
        let list = list(&rows);
        let sql = "SELECT name, kind, key FROM names WHERE id = ?1";
        let (name, kind, key) = self.conn.query_row(sql, [root], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let sql = "SELECT name FROM names WHERE same_as = ?1 ORDER BY name";
        let also = self.conn.prepare_cached(sql)?.query_map([root], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let sql = "SELECT count(DISTINCT r.report), min(r.published), max(r.published) FROM entities e JOIN revisions r ON r.id = e.revision \
                   WHERE e.name IN (SELECT value FROM json_each(?1)) AND r.latest";
        let (reports, first, last): (i64, Option<i64>, Option<i64>) =
            self.conn.prepare_cached(sql)?.query_row([&list], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let count = |table: &str, rows: &str| -> Result<i64, Error> {
            let sql = format!(
                "SELECT count({rows}) FROM {table} x JOIN revisions r ON r.id = x.revision \
                 WHERE x.name IN (SELECT value FROM json_each(?1)) AND r.latest"
            );
            Ok(self.conn.prepare_cached(&sql)?.query_row([&list], |row| row.get(0))?)
        };
        let sql = "SELECT min(x.title) FROM relations x JOIN revisions r ON r.id = x.revision \
                   WHERE x.from_name IN (SELECT value FROM json_each(?1)) AND r.latest AND x.title IS NOT NULL AND NOT x.ended \
                   GROUP BY lower(x.title) ORDER BY count(*) DESC, lower(x.title) LIMIT 5";
        let roles = self.conn.prepare_cached(sql)?.query_map([&list], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let day =
            |second: Option<i64>| Some(jiff::Timestamp::from_second(second?).ok()?.strftime("%Y-%m-%d").to_string());
        Ok(Named {
            name,
            kind,
            key,
            also,
            reports,
            first: day(first),
            last: day(last),
            says: count("attributions", "*")?,
            events: count("participants", "DISTINCT x.revision << 20 | x.event")?,
            silent: count("silences", "*")?,
            roles,
        })
    }
}
