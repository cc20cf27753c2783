//! `reportedly store`: looking after the store.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write as _};
use std::path::Path;

use anyhow::Context as _;
use jiff::Timestamp;
use reportedly::{Desk, Engine};
use reportedly_desk::reread;
use reportedly_desk::store::{Stats, Store, Writer};
use serde_json::json;

use crate::Ended;
use crate::args::When;
use crate::args::desk::{LogFormat, StoreArgs, StoreTask, Write};
use crate::asks::open;
use crate::progress::{Progress, Whole};
use crate::read::unwritable;

pub(crate) fn store(args: StoreArgs, when: When) -> anyhow::Result<Ended> {
    match args.task {
        StoreTask::Check { at } => {
            let faults = open(&at)?.check()?;
            if faults.is_empty() {
                return say("the store is whole");
            }
            for fault in &faults {
                say(fault)?;
            }
            Ok(Ended::Short)
        }
        StoreTask::Stats { at, json } => {
            let stats = open(&at)?.stats()?;
            say(&if json { serde_json::to_string_pretty(&stats)? } else { sheet(&stats) })
        }
        StoreTask::Rebuild { write, log_format, tables } => rebuild(&write, tables, log_format, when),
        StoreTask::Compact { write } => {
            writer(&write)?.compact()?;
            say("compacted")
        }
        StoreTask::Backup { to, at } => {
            open(&at)?.backup(&to)?;
            say(&format!("backed up to {}", to.display()))
        }
        StoreTask::Export { at } => {
            let mut out = BufWriter::new(io::stdout().lock());
            let faults = open(&at)?.export(&mut out)?;
            out.flush().map_err(unwritable)?;
            let progress = Progress::new(LogFormat::Text, when, Whole::Open, "");
            faults.iter().for_each(|says| progress.warn(&format!("left out: {says}")));
            Ok(if faults.is_empty() { Ended::Whole } else { Ended::Short })
        }
        StoreTask::Restore { from, write } => {
            let input: Box<dyn BufRead> = if from == Path::new("-") {
                Box::new(io::stdin().lock())
            } else {
                Box::new(BufReader::new(File::open(&from).with_context(|| from.display().to_string())?))
            };
            let name = write.at.store.display().to_string();
            let mut writer = Store::write(&write.at.store, write.patience()).with_context(|| name.clone())?;
            let revisions = writer.restore(input).with_context(|| name)?;
            say(&format!("{revisions} revisions restored"))
        }
        StoreTask::Forget { report, allow: true, write } => {
            let lifted = writer(&write)?.allow(&report)?;
            say(if lifted { "it may come in again" } else { "it was not taken down" })
        }
        StoreTask::Forget { report, allow: false, write } => {
            let revisions = writer(&write)?.forget(&report)?;
            say(&format!("{revisions} revisions taken down"))
        }
        StoreTask::Changes { after, at } => {
            let store = open(&at)?;
            let mut out = BufWriter::new(io::stdout().lock());
            let mut last = after;
            loop {
                let changes = store.changes_after(last, 1_000)?;
                let Some(end) = changes.last() else { break };
                last = end.id;
                for change in &changes {
                    let line = serde_json::to_string(change)?;
                    writeln!(out, "{line}").map_err(unwritable)?;
                }
            }
            out.flush().map_err(unwritable)?;
            Ok(Ended::Whole)
        }
        StoreTask::Record { report, as_read, at } => {
            let store = open(&at)?;
            let revisions = store.revisions(&report)?;
            // By its id a certain revision is meant, by its address the one that stands.
            let named = revisions.iter().find(|revision| revision.id.to_string() == report);
            let revision = named.or(revisions.last()).with_context(|| format!("no report {report} in the store"))?;
            let record = if as_read { store.record_as_read(revision.row)? } else { store.record(revision.row)? };
            say(&serde_json::to_string_pretty(&record)?)
        }
    }
}

/// Opens a store that is there to write.
fn writer(write: &Write) -> anyhow::Result<Writer> {
    let name = || write.at.store.display().to_string();
    if !write.at.store.is_file() {
        return Err(reportedly_desk::store::Error::Missing).with_context(name);
    }
    Store::write(&write.at.store, write.patience()).with_context(name)
}

fn rebuild(write: &Write, tables: bool, format: LogFormat, when: When) -> anyhow::Result<Ended> {
    let mut writer = writer(write)?;
    let engine = if tables { None } else { Some(Engine::load()?.with_now(Timestamp::now())) };
    let total = writer.stats()?.revisions;
    let whole = Whole::Things(u64::try_from(total).unwrap_or_default());
    let mut progress = Progress::new(format, when, whole, "revisions");
    let mut desk = Desk::default();
    let rebuilt = writer.rebuild(
        |report, made_by| engine.as_ref().and_then(|engine| reread(engine, &mut desk, report, made_by)),
        |_, _| progress.step(),
    )?;
    let says = format!("{} revisions derived, {} of them read again", rebuilt.derived, rebuilt.reread);
    progress.end(&says, &json!(rebuilt));
    Ok(Ended::Whole)
}

fn sheet(stats: &Stats) -> String {
    let mut lines = vec![
        format!("reports       {}", stats.reports),
        format!("revisions     {}", stats.revisions),
        format!("outlets       {}", stats.outlets),
        format!("names         {}", stats.names),
        format!("attributions  {}", stats.attributions),
        format!("events        {}", stats.events),
        format!("corrections   {}", stats.corrections),
        format!("last change   {}", stats.changes),
    ];
    lines.extend(stats.makers.iter().map(|(maker, count)| format!("read by       {maker}: {count}")));
    if stats.stale {
        lines.push("derived       by another version: `store rebuild` makes it again".to_owned());
    }
    let times = |bytes: i64| bytes as f64 / stats.text.max(1) as f64;
    let line = |name: &str, bytes: i64| format!("{name:<32} {bytes:>14} bytes {:>7.3} x the text", times(bytes));
    lines.push(line("texts, as they came", stats.text));
    lines.push(line("file", stats.file));
    lines.extend(stats.tables.iter().map(|(name, bytes)| line(&format!("  {name}"), *bytes)));
    lines.join("\n")
}

fn say(says: &str) -> anyhow::Result<Ended> {
    let mut out = io::stdout().lock();
    writeln!(out, "{says}").and_then(|()| out.flush()).map_err(unwritable)?;
    Ok(Ended::Whole)
}
