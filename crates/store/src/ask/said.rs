//! `said`: one's words over time.

use reportedly_record::Kind;
use rusqlite::params;
use serde::Serialize;

use crate::ask::Show;
use crate::ask::names::list;
use crate::ask::page::{About, Page, one_line, slices};
use crate::derive::id;
use crate::{Error, Store};

/// A row of `said`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The report.
    #[serde(flatten)]
    pub about: About,
    /// The item's id.
    pub item: String,
    /// Who says it.
    pub who: Option<String>,
    /// What the cue does: states, denies...
    pub stance: Option<String>,
    /// The cue.
    pub cue: String,
    /// Whether it is in the source's own words.
    pub voice: String,
    /// What is said.
    pub says: String,
}

impl Store {
    /// Returns what one says, oldest first.
    ///
    /// # Errors
    ///
    /// When nobody is called so, or the store fails.
    pub fn said(&self, name: &str, show: &Show) -> Result<Vec<Said>, Error> {
        let (from, to) = show.published.unwrap_or((i64::MIN, i64::MAX));
        let sql = "SELECT a.revision, a.number FROM attributions a JOIN revisions r ON r.id = a.revision \
                   WHERE a.name IN (SELECT value FROM json_each(?1)) AND (r.latest OR ?2) \
                   AND (?3 OR r.published BETWEEN ?4 AND ?5) \
                   ORDER BY r.published IS NULL, r.published, r.id, a.number LIMIT ?6";
        let mut statement = self.conn.prepare_cached(sql)?;
        let most = i64::try_from(show.most).unwrap_or(i64::MAX);
        let names = list(&self.rows_of(name)?);
        let rows: Vec<(i64, i64)> = statement
            .query_map(params![names, show.superseded, show.published.is_none(), from, to, most], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect::<Result<_, _>>()?;
        let sql = "SELECT code, name, stance, voice, said_by, cue, content, evidence FROM attributions WHERE revision = ?1 AND number = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut page = Page::default();
        let mut shown = Vec::new();
        for (row, number) in rows {
            let mut found = statement.query(params![row, number])?;
            let Some(said) = found.next()? else { continue };
            let (text, about) = page.turn(self, row)?;
            let content: String = said.get(6)?;
            let says = one_line(&slices(text, &content));
            let says = if says.is_empty() { one_line(&slices(text, &said.get::<_, String>(7)?)) } else { says };
            shown.push(Said {
                about: about.clone(),
                item: id(Kind::Attribution, said.get(0)?).to_string(),
                who: self.speaker(said.get(1)?, text, &said.get::<_, String>(4)?)?,
                stance: said.get(2)?,
                cue: one_line(&slices(text, &said.get::<_, String>(5)?)),
                voice: said.get(3)?,
                says,
            });
        }
        Ok(shown)
    }
}
