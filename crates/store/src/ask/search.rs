//! A search: what `find` was asked, and the SQL that finds it.

use rusqlite::types::Value;

use crate::ask::find::Asked;
use crate::ask::names::list;
use crate::fold::{name_words, word};
use crate::sentences::{PLACES, spoken};
use crate::terms::Terms;
use crate::{Error, Store};

/// Seconds that an event may have gone on: of longer ones only the first two years are found without words.
const LONGEST: i64 = 86_400 * 731;

/// What rows a question wants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sought {
    Reports,
    Attributions,
    Events,
}

/// What is asked, with the rows of the names that it speaks of.
pub(crate) struct Search<'a> {
    pub(crate) asked: &'a Asked,
    pub(crate) terms: Terms,
    pub(crate) who: Option<Vec<i64>>,
    pub(crate) said_by: Option<Vec<i64>>,
}

impl<'a> Search<'a> {
    pub(crate) fn of(store: &Store, asked: &'a Asked) -> Result<Search<'a>, Error> {
        let mut terms = Terms::of(&asked.words);
        let who = asked.who.as_deref().map(|name| store.rows_of(name)).transpose()?;
        let said_by = asked.said_by.as_deref().map(|name| store.rows_of(name)).transpose()?;
        let mut search = Search { asked, terms: Terms::default(), who, said_by };
        if search.sought() == Sought::Attributions {
            // Whoever is spoken of is spoken of in the sentence.
            let name = asked.who.as_deref().map(spoken).unwrap_or_default();
            terms.add(&name_words(name));
        }
        search.terms = terms;
        Ok(search)
    }

    pub(crate) fn sought(&self) -> Sought {
        let Asked { status, kind, when, unnamed, .. } = self.asked;
        if status.is_some() || kind.is_some() || when.is_some() {
            Sought::Events
        } else if self.said_by.is_some() || *unnamed {
            Sought::Attributions
        } else {
            Sought::Reports
        }
    }

    /// The SQL that finds revisions, with the number of an item where items are sought: those of the newest reports first.
    /// The index of words drives it where there are words: that of whole reports, or that of sentences where items are sought.
    pub(crate) fn sql(&self, store: &Store) -> Result<(String, Vec<Value>), Error> {
        let mut conditions = Conditions::default();
        let mut from = Vec::new();
        if !self.terms.is_empty() {
            let (index, row) = match self.sought() {
                Sought::Reports => ("words", "w.rowid".to_owned()),
                Sought::Attributions | Sought::Events => ("sentences", format!("w.rowid / {PLACES}")),
            };
            from.push(format!("{index} w"));
            let query = conditions.given(self.terms.query());
            conditions.put(format!("{index} MATCH {query} AND r.id = {row}"));
        }
        from.push("revisions r".to_owned());
        self.of_reports(store, &mut conditions)?;
        let (table, number) = match self.sought() {
            Sought::Reports => (None, "NULL"),
            Sought::Attributions => (Some("attributions i"), "i.number"),
            Sought::Events => (Some("events i"), "i.number"),
        };
        if let Some(table) = table {
            from.push(table.to_owned());
            conditions.put("i.revision = r.id".to_owned());
            if !self.terms.is_empty() {
                conditions.put(format!("i.sentence = w.rowid % {PLACES}"));
            }
        }
        match self.sought() {
            Sought::Reports => {}
            Sought::Attributions => self.of_attributions(&mut conditions),
            Sought::Events => self.of_events(&mut conditions),
        }
        let most = conditions.given(i64::try_from(self.asked.most).unwrap_or(i64::MAX));
        // The order of the tables is the order of the search: SQLite takes the joins as they stand.
        let (from, all) = (from.join(" CROSS JOIN "), conditions.join());
        let order = "r.published DESC, r.id DESC";
        let order = if table.is_some() { format!("{order}, i.number") } else { order.to_owned() };
        let sql = format!("SELECT r.id, {number} FROM {from} WHERE {all} ORDER BY {order} LIMIT {most}");
        Ok((sql, conditions.values))
    }

    /// Conditions on reports: first of all those that leave few of them.
    fn of_reports(&self, store: &Store, conditions: &mut Conditions) -> Result<(), Error> {
        let having = |table: &str, names: &str| {
            format!("r.id IN (SELECT revision FROM {table} WHERE name IN (SELECT value FROM json_each({names})))")
        };
        if let Some(names) = &self.who {
            let table = if self.sought() == Sought::Events { "participants" } else { "entities" };
            let names = conditions.given(list(names));
            conditions.put(having(table, &names));
        }
        if let Some(names) = &self.said_by {
            let names = conditions.given(list(names));
            conditions.put(having("attributions", &names));
        }
        if let (Some((first, last)), true) = (self.asked.when, self.terms.is_empty()) {
            let (first, last) = (conditions.given(first), conditions.given(last));
            // By the index; what began earlier still is no day or month any more.
            conditions.put(format!(
                "r.id IN (SELECT revision FROM events WHERE earliest BETWEEN {first} - {LONGEST} AND {last} \
                 AND coalesce(latest, earliest) >= {first})"
            ));
        }
        if let Some((first, last)) = self.asked.published {
            let (first, last) = (conditions.given(first), conditions.given(last));
            conditions.put(format!("r.published BETWEEN {first} AND {last}"));
        }
        if let Some(outlet) = &self.asked.outlet {
            let outlets = conditions.given(list(&store.outlets_called(outlet)?));
            conditions.put(format!("r.outlet IN (SELECT value FROM json_each({outlets}))"));
        }
        if !self.asked.superseded {
            conditions.put("r.latest".to_owned());
        }
        Ok(())
    }

    fn of_attributions(&self, conditions: &mut Conditions) {
        if self.asked.unnamed {
            conditions.put("i.source = 'unnamed'".to_owned());
        }
        if let Some(names) = &self.said_by {
            let names = conditions.given(list(names));
            conditions.put(format!("i.name IN (SELECT value FROM json_each({names}))"));
        }
    }

    fn of_events(&self, conditions: &mut Conditions) {
        let Asked { status, kind, when, unnamed, .. } = self.asked;
        if let Some(status) = status {
            let status = conditions.given(word(status));
            conditions.put(format!("i.status = {status}"));
        }
        if let Some(kind) = kind {
            let kind = conditions.given(kind.to_lowercase());
            conditions.put(format!("lower(i.kind) = {kind}"));
        }
        if let Some((first, last)) = when {
            let (first, last) = (conditions.given(*first), conditions.given(*last));
            conditions.put(format!("i.earliest <= {last} AND coalesce(i.latest, i.earliest) >= {first}"));
        }
        if let Some(names) = &self.who {
            let names = conditions.given(list(names));
            conditions.put(format!(
                "EXISTS (SELECT 1 FROM participants p WHERE p.revision = i.revision AND p.event = i.number \
                 AND p.name IN (SELECT value FROM json_each({names})))"
            ));
        }
        let voiced = |by: &str| {
            format!(
                "EXISTS (SELECT 1 FROM voices v JOIN attributions a ON a.revision = v.revision AND a.number = v.attribution \
                 WHERE v.revision = i.revision AND v.event = i.number AND {by})"
            )
        };
        if let Some(names) = &self.said_by {
            let names = conditions.given(list(names));
            conditions.put(voiced(&format!("a.name IN (SELECT value FROM json_each({names}))")));
        }
        if *unnamed {
            conditions.put(voiced("a.source = 'unnamed'"));
        }
    }
}

/// Conditions of a query, with the values that they hold.
#[derive(Default)]
struct Conditions {
    all: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    fn put(&mut self, condition: String) {
        self.all.push(condition);
    }

    fn join(&self) -> String {
        if self.all.is_empty() { "1".to_owned() } else { self.all.join(" AND ") }
    }

    /// Keeps a value and returns what stands for it.
    fn given(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }
}
