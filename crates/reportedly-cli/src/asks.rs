//! `find`, `who`, `pair`, `said` and `revisions`: questions to the store.

use anyhow::Context as _;
use reportedly_desk::store::{Asked, Show, Store};
use reportedly_desk::{Revised, revised};
use serde::Serialize;

use crate::Ended;
use crate::args::When;
use crate::args::desk::{At, Find, Pair, Revisions, Said, Who};
use crate::rows::{Columns, print};

/// Opens a store to read.
pub(crate) fn open(at: &At) -> anyhow::Result<Store> {
    Store::open(&at.store).with_context(|| at.store.display().to_string())
}

pub(crate) fn find(find: Find, when: When) -> anyhow::Result<Ended> {
    let asked = Asked {
        words: find.words.join(" "),
        who: find.who,
        said_by: find.said_by,
        unnamed: find.unnamed,
        status: find.status,
        kind: find.kind,
        when: find.when,
        published: find.between,
        outlet: find.outlet,
        superseded: find.superseded,
        most: find.asking.most,
    };
    let rows = open(&find.asking.at)?.find(&asked)?;
    const FOUND: Columns = Columns {
        table: &["published", "outlet", "what", "status", "when", "who", "item"],
        below: &["says"],
        csv: &[
            "published",
            "outlet",
            "what",
            "status",
            "when",
            "who",
            "says",
            "item",
            "report",
            "revision",
            "headline",
            "url",
        ],
        none: "nothing found",
    };
    const REPORTS: Columns = Columns { table: &["published", "outlet", "report", "headline"], ..FOUND };
    let only_reports = rows.iter().all(|row| row.item.is_none());
    print(&rows, if only_reports { &REPORTS } else { &FOUND }, find.asking.format, when)?;
    Ok(ended(&rows))
}

pub(crate) fn who(who: Who, when: When) -> anyhow::Result<Ended> {
    let rows = open(&who.asking.at)?.who(&who.name, who.asking.most)?;
    const NAMED: Columns = Columns {
        table: &["name", "kind", "reports", "first", "last", "says", "events", "silent", "roles", "key"],
        below: &[],
        csv: &["name", "kind", "reports", "first", "last", "says", "events", "silent", "roles", "also", "key"],
        none: "nobody found",
    };
    print(&rows, &NAMED, who.asking.format, when)?;
    Ok(ended(&rows))
}

pub(crate) fn pair(pair: Pair, when: When) -> anyhow::Result<Ended> {
    let show = Show { any: pair.any, superseded: pair.superseded, published: pair.between, most: pair.asking.most };
    let rows = open(&pair.asking.at)?.pair(&pair.one, &pair.other, &show)?;
    const CONTACTS: Columns = Columns {
        table: &["when", "status", "kind", "published", "outlet", "item"],
        below: &["voices", "says"],
        csv: &[
            "when",
            "status",
            "contested",
            "kind",
            "voices",
            "published",
            "outlet",
            "says",
            "item",
            "report",
            "revision",
            "headline",
            "url",
        ],
        none: "no contact found",
    };
    print(&rows, &CONTACTS, pair.asking.format, when)?;
    Ok(ended(&rows))
}

pub(crate) fn said(said: Said, when: When) -> anyhow::Result<Ended> {
    let show = Show { any: false, superseded: said.superseded, published: said.between, most: said.asking.most };
    let rows = open(&said.asking.at)?.said(&said.name, &show)?;
    const SAID: Columns = Columns {
        table: &["published", "outlet", "who", "cue", "stance", "voice", "item"],
        below: &["says"],
        csv: &[
            "published",
            "outlet",
            "who",
            "cue",
            "stance",
            "voice",
            "says",
            "item",
            "report",
            "revision",
            "headline",
            "url",
        ],
        none: "nothing found",
    };
    print(&rows, &SAID, said.asking.format, when)?;
    Ok(ended(&rows))
}

/// A difference with the revisions it lies between.
#[derive(Serialize)]
struct Row {
    from: i64,
    to: i64,
    published: Option<String>,
    #[serde(flatten)]
    revised: Revised,
}

pub(crate) fn revisions(args: Revisions, when: When) -> anyhow::Result<Ended> {
    let store = open(&args.asking.at)?;
    let revisions = store.revisions(&args.report)?;
    if revisions.is_empty() {
        anyhow::bail!("no report {} in the store", args.report);
    }
    let mut rows = Vec::new();
    for (was, is) in revisions.iter().zip(revisions.iter().skip(1)) {
        let all = revised(&store.record(was.row)?, &store.record(is.row)?);
        let row = |revised| Row { from: was.number, to: is.number, published: is.published.clone(), revised };
        rows.extend(all.into_iter().map(row));
    }
    rows.truncate(args.asking.most);
    const REVISED: Columns = Columns {
        table: &["from", "to", "turn", "what", "who", "item"],
        below: &["changes", "says"],
        csv: &["from", "to", "published", "turn", "what", "who", "changes", "says", "item"],
        none: "nothing changed in what the report states",
    };
    print(&rows, &REVISED, args.asking.format, when)?;
    Ok(Ended::Whole)
}

/// A question that nothing answers ends with 1, as a search does.
fn ended<T>(rows: &[T]) -> Ended {
    if rows.is_empty() { Ended::Short } else { Ended::Whole }
}
