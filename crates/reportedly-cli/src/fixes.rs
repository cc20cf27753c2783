//! `reportedly fix`: corrections by hand, their undoing and their history.

use std::io::{self, Write as _};

use anyhow::Context as _;
use reportedly_desk::store::{Correction, Store, Writer};
use reportedly_desk::{fix_date, fix_merge, fix_note, fix_reject, fix_speaker, fix_split, fix_status};
use serde::Serialize;

use crate::Ended;
use crate::args::When;
use crate::args::desk::{FixArgs, FixTask, RowFormat};
use crate::asks::open;
use crate::read::unwritable;
use crate::rows::{Columns, print};

pub(crate) fn fix(args: FixArgs, when: When) -> anyhow::Result<Ended> {
    let FixArgs { task, write } = args;
    if let FixTask::List { lost, history, format } = task {
        let store = open(&write.at)?;
        return list(&store, lost, history, format, when);
    }
    // A correction has something to correct: it makes no store.
    open(&write.at)?;
    let name = write.at.store.display().to_string();
    let mut writer = Store::write(&write.at.store, write.patience()).with_context(|| name)?;
    let id = match task {
        FixTask::Merge { from, into } => fix_merge(&mut writer, &from, &into)?,
        FixTask::Split { id, known_as } => fix_split(&mut writer, id, known_as.as_deref())?,
        FixTask::Speaker { id, name } => fix_speaker(&mut writer, id, &name)?,
        FixTask::Date { id, value } => fix_date(&mut writer, id, &value)?,
        FixTask::Status { id, status } => fix_status(&mut writer, id, status)?,
        FixTask::Reject { id } => fix_reject(&mut writer, id)?,
        FixTask::Note { about, says } => fix_note(&mut writer, &about, &says)?,
        FixTask::Undo { number } => {
            let undone = writer.undo(number)?;
            return say(&format!("undone: correction {number}: {}", undone.says()));
        }
        FixTask::List { .. } => return Ok(Ended::Whole),
    };
    say(&format!("correction {id}: {}", made(&writer, id)?))
}

fn made(writer: &Writer, id: i64) -> anyhow::Result<String> {
    let correction = writer.corrections()?.into_iter().find(|correction| correction.id == id);
    Ok(correction.as_ref().map(Correction::says).unwrap_or_default())
}

fn say(says: &str) -> anyhow::Result<Ended> {
    let mut out = io::stdout().lock();
    let says = says.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "{says}").and_then(|()| out.flush()).map_err(unwritable)?;
    Ok(Ended::Whole)
}

/// A correction as it is listed.
#[derive(Serialize)]
struct Row {
    id: i64,
    made: Option<String>,
    report: Option<String>,
    says: String,
    /// Where it is applied, or why it is not.
    stands: String,
}

fn list(store: &Store, lost: bool, history: bool, format: RowFormat, when: When) -> anyhow::Result<Ended> {
    let all = store.history()?;
    let standing: Vec<i64> = store.corrections()?.iter().map(|correction| correction.id).collect();
    let placements = store.placements()?;
    let mut rows = Vec::new();
    for correction in all.iter().filter(|correction| history || standing.contains(&correction.id)) {
        let placed = placements.iter().find(|placement| placement.correction == correction.id);
        let gone = placed.is_some_and(|placement| placement.lost.is_some())
            || placed.is_none() && correction.report.is_some() && standing.contains(&correction.id);
        if lost && !gone {
            continue;
        }
        let stands = match placed {
            _ if correction.undoes.is_some() => String::new(),
            _ if !standing.contains(&correction.id) => "undone".to_owned(),
            Some(placement) => match (&placement.lost, &placement.item) {
                (Some(lost), _) => format!("lost: {lost}"),
                (None, Some(item)) => format!("on {item}"),
                (None, None) => "on the report".to_owned(),
            },
            None if correction.report.is_none() => "in all reports".to_owned(),
            None => "lost: the report is not in the store".to_owned(),
        };
        rows.push(Row {
            id: correction.id,
            made: correction.made().map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()),
            report: correction.report.as_deref().map(|identity| identity.trim_start_matches("url:").to_owned()),
            says: correction.says(),
            stands,
        });
    }
    const ROWS: Columns = Columns {
        table: &["id", "made", "stands", "report"],
        below: &["says"],
        csv: &["id", "made", "report", "says", "stands"],
        none: "no corrections",
    };
    print(&rows, &ROWS, format, when)?;
    Ok(Ended::Whole)
}
