//! Questions: find, who, pair, said. Each answers with rows that name their report and the words they rest on.

use std::collections::BTreeSet;

use reportedly_record::{Kind, Status, Text};
use rusqlite::types::Value;
use rusqlite::{ToSql, params, params_from_iter};
use serde::Serialize;

use crate::derive::{id, spans};
use crate::evidence::sentence;
use crate::fold::{name_words, word};
use crate::shelf::Revision;
use crate::terms::Terms;
use crate::{Error, Store};

/// What `find` looks for. Absent parts do not matter.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Words, "phrases" and beginnings*: all in one report, and in the sentence of an item where items are asked for.
    pub words: String,
    /// One who is spoken of.
    pub who: Option<String>,
    /// One who says it.
    pub said_by: Option<String>,
    /// An unnamed source says it.
    pub unnamed: bool,
    /// The status of an event.
    pub status: Option<Status>,
    /// The kind of an event.
    pub kind: Option<String>,
    /// First and last second of the event.
    pub when: Option<(i64, i64)>,
    /// First and last second of publication.
    pub published: Option<(i64, i64)>,
    /// The outlet, or part of its name.
    pub outlet: Option<String>,
    /// Also revisions that no longer stand.
    pub superseded: bool,
    /// Rows at the most.
    pub most: usize,
}

/// The report that a row is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About {
    /// When it was published, as far as is known.
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub headline: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its id.
    pub report: String,
    /// Its revision, from 1.
    pub revision: i64,
}

/// A row of `find`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The report.
    #[serde(flatten)]
    pub about: About,
    /// What is found: `report`, `attribution` or the kind of an event.
    pub what: String,
    /// The item's id.
    pub item: Option<String>,
    /// Who says it, or takes part.
    pub who: Option<String>,
    /// The status of an event, the stance of an attribution.
    pub status: Option<String>,
    /// When the event is, as the report says.
    pub when: Option<String>,
    /// The sentence.
    pub says: String,
}

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

/// A row of `pair`: a contact of two, as one report tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// When it is, as the report says.
    pub when: Option<String>,
    /// Its status for the reader.
    pub status: String,
    /// One voice claims it and another denies it.
    pub contested: bool,
    /// Its kind.
    pub kind: String,
    /// Who says so: each voice with the status it gives.
    pub voices: Vec<String>,
    /// The report.
    #[serde(flatten)]
    pub about: About,
    /// The item's id.
    pub item: String,
    /// The sentence.
    pub says: String,
}

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

/// Which rows of `pair` or `said` are wanted.
#[derive(Clone, Debug, Default)]
pub struct Show {
    /// Events of every kind, not contacts only.
    pub any: bool,
    /// Also revisions that no longer stand.
    pub superseded: bool,
    /// First and last second of publication.
    pub published: Option<(i64, i64)>,
    /// Rows at the most.
    pub most: usize,
}

/// Kinds of events in which two are in contact.
const CONTACTS: &[&str] = &["meet", "contact", "talk", "visit"];

/// Seconds that an event may have gone on: of longer ones only the first two years are found without words.
const LONGEST: i64 = 86_400 * 731;

impl Store {
    /// Finds reports, attributions or events: whichever the question speaks of. Newest first.
    ///
    /// # Errors
    ///
    /// When a name or outlet is in no report, or the store fails.
    pub fn find(&self, asked: &Asked) -> Result<Vec<Found>, Error> {
        let terms = Terms::of(&asked.words);
        let mut search = Search { asked, terms, who: None, said_by: None };
        search.who = asked.who.as_deref().map(|name| self.rows_of(name)).transpose()?;
        search.said_by = asked.said_by.as_deref().map(|name| self.rows_of(name)).transpose()?;
        let (sql, values) = search.candidates(self)?;
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut candidates = statement.query(params_from_iter(values))?;
        let mut found = Vec::new();
        while let Some(row) = candidates.next()? {
            self.look(&search, row.get(0)?, &mut found)?;
            if found.len() >= asked.most {
                found.truncate(asked.most);
                break;
            }
        }
        Ok(found)
    }

    /// Looks for what is asked in one revision.
    fn look(&self, search: &Search<'_>, row: i64, found: &mut Vec<Found>) -> Result<(), Error> {
        match search.sought() {
            Sought::Reports => {
                let text = self.text(row)?;
                let about = about(&self.revision(row)?);
                let says = first_sentence(&text, &search.terms);
                let what = "report".to_owned();
                found.push(Found { about, what, item: None, who: None, status: None, when: None, says });
            }
            Sought::Attributions => self.look_for_attributions(search, row, found)?,
            Sought::Events => self.look_for_events(search, row, found)?,
        }
        Ok(())
    }

    fn look_for_attributions(&self, search: &Search<'_>, row: i64, found: &mut Vec<Found>) -> Result<(), Error> {
        let sql = "SELECT code, name, source, stance, said_by, evidence FROM attributions WHERE revision = ?1 ORDER BY number";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query([row])?;
        let mut page = Page::default();
        while let Some(said) = rows.next()? {
            let (name, source): (Option<i64>, Option<String>) = (said.get(1)?, said.get(2)?);
            let by = search.said_by.as_ref().is_none_or(|names| name.is_some_and(|name| names.contains(&name)));
            if !by || search.asked.unnamed && source.as_deref() != Some("unnamed") {
                continue;
            }
            let (text, about) = page.turn(self, row)?;
            let says = sentence_of(text, &said.get::<_, String>(5)?);
            if !search.terms.are_in(&says) || !search.speaks_of(&says) {
                continue;
            }
            found.push(Found {
                about: about.clone(),
                what: "attribution".to_owned(),
                item: Some(id(Kind::Attribution, said.get(0)?).to_string()),
                who: self.speaker(name, text, &said.get::<_, String>(4)?)?,
                status: said.get(3)?,
                when: None,
                says,
            });
        }
        Ok(())
    }

    fn look_for_events(&self, search: &Search<'_>, row: i64, found: &mut Vec<Found>) -> Result<(), Error> {
        let sql = "SELECT number, code, kind, status, time, earliest, latest, evidence FROM events WHERE revision = ?1 ORDER BY number";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query([row])?;
        let mut page = Page::default();
        while let Some(event) = rows.next()? {
            let (kind, status): (String, String) = (event.get(2)?, event.get(3)?);
            let bounds = (event.get(5)?, event.get(6)?);
            if !search.is_such(&kind, &status, bounds) {
                continue;
            }
            let number: i64 = event.get(0)?;
            let takes_part = "SELECT name FROM participants WHERE revision = ?1 AND event = ?2 AND name IS NOT NULL";
            let speaks = "SELECT a.name FROM voices v JOIN attributions a ON a.revision = v.revision AND a.number = v.attribution \
                          WHERE v.revision = ?1 AND v.event = ?2 AND a.name IS NOT NULL";
            if !self.any_of(takes_part, row, number, &search.who)?
                || !self.any_of(speaks, row, number, &search.said_by)?
            {
                continue;
            }
            if search.asked.unnamed {
                let sql = "SELECT 1 FROM voices v JOIN attributions a ON a.revision = v.revision AND a.number = v.attribution \
                           WHERE v.revision = ?1 AND v.event = ?2 AND a.source = 'unnamed'";
                if !self.conn.prepare_cached(sql)?.exists(params![row, number])? {
                    continue;
                }
            }
            let (text, about) = page.turn(self, row)?;
            let says = sentence_of(text, &event.get::<_, String>(7)?);
            if !search.terms.are_in(&says) {
                continue;
            }
            found.push(Found {
                about: about.clone(),
                what: kind,
                item: Some(id(Kind::Event, event.get(1)?).to_string()),
                who: self.cast(row, number)?,
                status: Some(status),
                when: event.get(4)?,
                says,
            });
        }
        Ok(())
    }

    /// Tells whether a query about an event gives one of some names, where there are any to give.
    fn any_of(&self, sql: &str, row: i64, event: i64, names: &Option<Vec<i64>>) -> Result<bool, Error> {
        let Some(names) = names else { return Ok(true) };
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query(params![row, event])?;
        while let Some(row) = rows.next()? {
            if names.contains(&row.get(0)?) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The names that take part in an event.
    fn cast(&self, row: i64, event: i64) -> Result<Option<String>, Error> {
        let sql = "SELECT coalesce(i.name, n.name) FROM participants p JOIN names n ON n.id = p.name LEFT JOIN names i ON i.id = n.same_as \
                   WHERE p.revision = ?1 AND p.event = ?2 ORDER BY p.number";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut names: Vec<String> =
            statement.query_map(params![row, event], |row| row.get(0))?.collect::<Result<_, _>>()?;
        names.dedup();
        Ok((!names.is_empty()).then(|| names.join(", ")))
    }

    /// Who speaks: by the name that stands for it, or in the text's own words.
    fn speaker(&self, name: Option<i64>, text: &Text, said_by: &str) -> Result<Option<String>, Error> {
        if let Some(name) = name {
            return Ok(Some(self.called(name)?));
        }
        let words = one_line(&slices(text, said_by));
        Ok((!words.is_empty()).then_some(words))
    }

    /// The name that stands for a name.
    fn called(&self, name: i64) -> Result<String, Error> {
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

    fn column(&self, sql: &str, values: &[&dyn ToSql]) -> Result<Vec<i64>, Error> {
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_map(values, |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

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
            if seen.insert(root) {
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

    /// Returns the contacts of two: planned, held or denied, and who says so. Earliest first, those without a date last.
    ///
    /// # Errors
    ///
    /// When nobody is called so, or the store fails.
    pub fn pair(&self, one: &str, other: &str, show: &Show) -> Result<Vec<Contact>, Error> {
        let parts = |name: &str| -> Result<BTreeSet<(i64, i64)>, Error> {
            let sql = "SELECT revision, event FROM participants WHERE name IN (SELECT value FROM json_each(?1))";
            let mut statement = self.conn.prepare_cached(sql)?;
            let rows = statement.query_map([list(&self.rows_of(name)?)], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        let both: Vec<(i64, i64)> = parts(one)?.intersection(&parts(other)?).copied().collect();
        let sql = "SELECT e.kind, e.status, e.contested, e.time, e.code, e.evidence, coalesce(e.earliest, e.latest), r.published, r.latest \
                   FROM events e JOIN revisions r ON r.id = e.revision WHERE e.revision = ?1 AND e.number = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut contacts = Vec::new();
        for (row, number) in both {
            let mut events = statement.query(params![row, number])?;
            let Some(event) = events.next()? else { continue };
            let (kind, published, stands): (String, Option<i64>, bool) = (event.get(0)?, event.get(7)?, event.get(8)?);
            let between = show.published.is_none_or(|(from, to)| published.is_some_and(|at| (from..=to).contains(&at)));
            if !(stands || show.superseded)
                || !between
                || !(show.any || CONTACTS.contains(&kind.to_lowercase().as_str()))
            {
                continue;
            }
            let begins: Option<i64> = event.get(6)?;
            let place = (begins.is_none(), begins, published, row, number);
            let contact =
                (kind, event.get(1)?, event.get(2)?, event.get(3)?, event.get(4)?, event.get::<_, String>(5)?);
            contacts.push((place, contact));
        }
        contacts.sort();
        contacts.truncate(show.most);
        let mut page = Page::default();
        let mut shown = Vec::new();
        for ((_, _, _, row, number), (kind, status, contested, when, code, evidence)) in contacts {
            let voices = self.voices(row, number)?;
            let (text, about) = page.turn(self, row)?;
            let says = sentence_of(text, &evidence);
            let item = id(Kind::Event, code).to_string();
            shown.push(Contact { when, status, contested, kind, voices, about: about.clone(), item, says });
        }
        Ok(shown)
    }

    /// Who gives an event which status.
    fn voices(&self, row: i64, event: i64) -> Result<Vec<String>, Error> {
        let sql = "SELECT v.status, v.attribution, a.name, a.said_by, a.source FROM voices v LEFT JOIN attributions a \
                   ON a.revision = v.revision AND a.number = v.attribution WHERE v.revision = ?1 AND v.event = ?2 ORDER BY v.number";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query(params![row, event])?;
        let mut voices = Vec::new();
        while let Some(voice) = rows.next()? {
            let status: String = voice.get(0)?;
            let who = match (voice.get::<_, Option<i64>>(1)?, voice.get::<_, Option<i64>>(2)?) {
                (None, _) => "the outlet".to_owned(),
                (_, Some(name)) => self.called(name)?,
                (_, None) => {
                    let words = one_line(&slices(&self.text(row)?, &voice.get::<_, String>(3)?));
                    if words.is_empty() { "nobody named".to_owned() } else { words }
                }
            };
            voices.push(format!("{who}: {status}"));
        }
        voices.dedup();
        Ok(voices)
    }

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

/// The text and head of the revision that rows are being made of.
#[derive(Default)]
struct Page(Option<(i64, Text, About)>);

impl Page {
    fn turn(&mut self, store: &Store, row: i64) -> Result<(&Text, &About), Error> {
        if self.0.as_ref().is_none_or(|(open, _, _)| *open != row) {
            self.0 = Some((row, store.text(row)?, about(&store.revision(row)?)));
        }
        self.0.as_ref().map(|(_, text, about)| (text, about)).ok_or_else(|| Error::Unknown("no page".to_owned()))
    }
}

/// What rows a question wants.
enum Sought {
    Reports,
    Attributions,
    Events,
}

struct Search<'a> {
    asked: &'a Asked,
    terms: Terms,
    who: Option<Vec<i64>>,
    said_by: Option<Vec<i64>>,
}

impl Search<'_> {
    fn sought(&self) -> Sought {
        let Asked { status, kind, when, unnamed, .. } = self.asked;
        if status.is_some() || kind.is_some() || when.is_some() {
            Sought::Events
        } else if self.said_by.is_some() || *unnamed {
            Sought::Attributions
        } else {
            Sought::Reports
        }
    }

    /// The revisions that can have what is asked, newest first. The first condition is the one that drives the search.
    fn candidates(&self, store: &Store) -> Result<(String, Vec<Value>), Error> {
        let mut values: Vec<Value> = Vec::new();
        let mut conditions: Vec<String> = Vec::new();
        let mut given = |value: Value| {
            values.push(value);
            values.len()
        };
        let from = if self.terms.is_empty() {
            "revisions r"
        } else {
            let at = given(Value::from(self.terms.query()));
            conditions.push(format!("words MATCH ?{at}"));
            "words w CROSS JOIN revisions r ON r.id = w.rowid"
        };
        let event = matches!(self.sought(), Sought::Events);
        if let Some(names) = &self.who {
            let table = if event { "participants" } else { "entities" };
            let at = given(Value::from(list(names)));
            conditions.push(format!(
                "r.id IN (SELECT revision FROM {table} WHERE name IN (SELECT value FROM json_each(?{at})))"
            ));
        }
        if let Some(names) = &self.said_by {
            let at = given(Value::from(list(names)));
            conditions.push(format!(
                "r.id IN (SELECT revision FROM attributions WHERE name IN (SELECT value FROM json_each(?{at})))"
            ));
        }
        if self.asked.unnamed {
            conditions.push(
                "EXISTS (SELECT 1 FROM attributions a WHERE a.revision = r.id AND a.source = 'unnamed')".to_owned(),
            );
        }
        if let Some(status) = &self.asked.status {
            let at = given(Value::from(word(status)));
            conditions.push(format!("EXISTS (SELECT 1 FROM events e WHERE e.revision = r.id AND e.status = ?{at})"));
        }
        if let Some((first, last)) = self.asked.when {
            let (first, last) = (given(Value::from(first)), given(Value::from(last)));
            let within = format!("earliest <= ?{last} AND coalesce(latest, earliest) >= ?{first}");
            conditions.push(if self.terms.is_empty() {
                // By the index; what began earlier still is no day or month any more.
                let begun = format!("earliest >= ?{first} - {LONGEST}");
                format!("r.id IN (SELECT revision FROM events WHERE {begun} AND {within})")
            } else {
                format!("EXISTS (SELECT 1 FROM events e WHERE e.revision = r.id AND {within})")
            });
        }
        if let Some((first, last)) = self.asked.published {
            let (first, last) = (given(Value::from(first)), given(Value::from(last)));
            conditions.push(format!("r.published BETWEEN ?{first} AND ?{last}"));
        }
        if let Some(outlet) = &self.asked.outlet {
            let at = given(Value::from(list(&store.outlets_called(outlet)?)));
            conditions.push(format!("r.outlet IN (SELECT value FROM json_each(?{at}))"));
        }
        if !self.asked.superseded {
            conditions.push("r.latest".to_owned());
        }
        let all = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
        Ok((format!("SELECT r.id FROM {from} WHERE {all} ORDER BY r.published DESC, r.id DESC"), values))
    }

    fn is_such(&self, kind: &str, status: &str, (earliest, latest): (Option<i64>, Option<i64>)) -> bool {
        let asked = self.asked;
        let within = asked.when.is_none_or(|(first, last)| {
            earliest.is_some_and(|earliest| earliest <= last && latest.unwrap_or(earliest) >= first)
        });
        within
            && asked.status.as_ref().is_none_or(|wanted| word(wanted) == status)
            && asked.kind.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(kind))
    }

    /// Tells whether a sentence names who is asked for.
    fn speaks_of(&self, sentence: &str) -> bool {
        self.asked.who.as_deref().is_none_or(|who| Terms::of(&name_words(who).join(" ")).are_in(sentence))
    }
}

impl Store {
    /// The rows of the outlets that a person can mean.
    fn outlets_called(&self, outlet: &str) -> Result<Vec<i64>, Error> {
        let sql = "SELECT id FROM outlets WHERE instr(lower(name), lower(?1)) ORDER BY lower(name) <> lower(?1), id";
        let rows = self.column(sql, &[&outlet])?;
        if rows.is_empty() {
            return Err(Error::Unknown(format!("no outlet called {outlet} in the store")));
        }
        Ok(rows)
    }
}

fn about(revision: &Revision) -> About {
    About {
        published: revision.published.clone(),
        outlet: revision.outlet.clone(),
        headline: revision.headline.clone(),
        url: revision.url.clone(),
        report: revision.id.to_string(),
        revision: revision.number,
    }
}

/// Rows as a list that SQL can look into.
fn list(rows: &[i64]) -> String {
    let rows: Vec<String> = rows.iter().map(i64::to_string).collect();
    format!("[{}]", rows.join(","))
}

/// The words of a column of spans.
fn slices(text: &Text, column: &str) -> String {
    spans(text, column).into_iter().map(|span| text.slice(span)).collect::<Vec<_>>().join(" … ")
}

/// The sentences around a column of spans.
fn sentence_of(text: &Text, column: &str) -> String {
    let whole = spans(text, column).into_iter().reduce(|one, other| one.hull(other));
    let stretch = whole.map(|span| sentence(text, span.bytes()));
    one_line(stretch.and_then(|stretch| text.as_str().get(stretch)).unwrap_or_default())
}

/// The first sentence that has one of the terms, or the first of all.
fn first_sentence(text: &Text, terms: &Terms) -> String {
    let mut at = 0;
    let mut first = None;
    for line in text.as_str().split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        first.get_or_insert_with(|| sentence(text, start..start));
        if terms.is_empty() || !terms.touch(line) {
            continue;
        }
        let mut from = start;
        while from < at {
            let stretch = sentence(text, from..from);
            if text.as_str().get(stretch.clone()).is_some_and(|words| terms.touch(words)) {
                return one_line(text.as_str().get(stretch).unwrap_or_default());
            }
            // The next sentence begins behind this one.
            from = text.as_str().ceil_char_boundary(stretch.end.max(from) + 1);
        }
    }
    one_line(first.and_then(|stretch| text.as_str().get(stretch)).unwrap_or_default())
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
