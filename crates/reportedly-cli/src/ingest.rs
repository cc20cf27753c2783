//! `reportedly ingest`: reports into the store. A report's line is printed once the report is safe.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _};
use std::sync::{Arc, PoisonError};

use anyhow::Context as _;
use reportedly_desk::store::{Error, Put, Store};
use reportedly_desk::{Acknowledged, Intake, Known, prepare, prepare_only_text};
use serde_json::json;

use crate::Ended;
use crate::args::When;
use crate::args::desk::{Ingest, LogFormat};
use crate::desks::in_order;
use crate::galley::printable;
use crate::progress::{Progress, expected};
use crate::read::unwritable;
use crate::stop::Stop;

/// What came of a run.
#[derive(Default)]
pub(crate) struct Sum {
    new: u64,
    revisions: u64,
    known: u64,
    forgotten: u64,
    // Reasons with how often each was met.
    passed: BTreeMap<String, u64>,
    failed: BTreeMap<String, u64>,
    doubted: BTreeMap<String, u64>,
}

pub(crate) fn ingest(ingest: Ingest, when: When) -> anyhow::Result<Ended> {
    #[cfg(feature = "fetch")]
    let ingest = match ingest.of_addresses()? {
        Ok(addresses) => return crate::follow::follow(addresses, when),
        Err(files) => files,
    };
    let Ingest { input, write, unread, quiet, log_format, most, .. } = ingest;
    let store = write.at.store.clone();
    let name = store.display().to_string();
    let is_piped = input.paths.iter().any(|path| path.as_os_str() == "-");
    let mut assignment = input.assignment()?;
    let passed = Arc::clone(&assignment.passed);
    let mut writer = Store::write(&store, write.patience()).with_context(|| name.clone())?;
    if let Some(bytes) = most {
        writer.limit(bytes).with_context(|| name.clone())?;
    }
    // By the store's clock: where the machine's is behind, news of today is no news to come.
    assignment.now = Some(writer.present().with_context(|| name.clone())?);
    let known = Known::open(&store).with_context(|| name.clone())?;
    let whole = expected(&assignment.paths, &assignment.meter);
    let mut progress = Progress::new(log_format, when, whole, "reports");
    writer.warnings.drain(..).for_each(|says| progress.warn(&says));
    let is_listed = !quiet && (!io::stdout().is_terminal() || log_format == LogFormat::Json);
    let shown = (is_listed, !quiet);
    // Where standard input is waited for, no report comes after which to stop: a signal ends it at once.
    let stop = if is_piped { Stop::default() } else { Stop::listen()? };
    let mut sum = Sum::default();
    let results = in_order(assignment, move |engine, incoming, desk| {
        let prepared = match unread {
            true => prepare_only_text(engine, &known, &incoming.report, incoming.fetched),
            false => prepare(engine, desk, &known, &incoming.report, incoming.fetched),
        };
        (incoming.name.clone(), prepared)
    });
    let mut intake = Intake::new(&mut writer);
    let mut failure: Option<Error> = None;
    for result in results {
        if stop.is_asked() {
            break;
        }
        match result {
            Err(refusal) => {
                progress.refuse(&refusal.name, &refusal.says);
                sum.fail(&refusal.says);
            }
            Ok((from, prepared)) => {
                let safe = prepared.and_then(|prepared| intake.take(&from, &prepared));
                progress.step();
                match safe {
                    Ok(safe) => acknowledge(&safe, &mut sum, shown, log_format, &progress)?,
                    Err(error) => {
                        failure = Some(error);
                        break;
                    }
                }
            }
        }
    }
    let left = match failure {
        None => intake.settle(),
        Some(error) => Err(error),
    };
    let ended = match left {
        Ok(safe) => {
            acknowledge(&safe, &mut sum, shown, log_format, &progress)?;
            None
        }
        Err(error) => Some((error, intake.unsafe_yet())),
    };
    sum.passed = std::mem::take(&mut *passed.lock().unwrap_or_else(PoisonError::into_inner));
    if stop.is_asked() {
        progress.warn("stopped: what is left is taken in when the same is ingested again");
    }
    sum.tell(&progress);
    match ended {
        Some((error, 0)) => Err(error).with_context(|| name),
        Some((error, lost)) => {
            Err(error).with_context(|| format!("{name}: {lost} reports that were not acknowledged are not stored"))
        }
        None if !sum.has_failed() && !stop.is_asked() => Ok(Ended::Whole),
        None => Ok(Ended::Short),
    }
}

/// Says which reports are safe, and what is in doubt about them, where each is to be shown.
pub(crate) fn acknowledge(
    safe: &[Acknowledged],
    sum: &mut Sum,
    (is_listed, is_doubted): (bool, bool),
    format: LogFormat,
    progress: &Progress,
) -> anyhow::Result<()> {
    for one in safe {
        match one.put {
            Put::New => sum.new += 1,
            Put::Revision(_) => sum.revisions += 1,
            Put::Known => sum.known += 1,
            Put::Forgotten => sum.forgotten += 1,
        }
        let place = one.url.as_deref().unwrap_or(&one.from);
        for says in &one.doubts {
            *sum.doubted.entry(reason(says)).or_default() += 1;
            if is_doubted {
                progress.doubt(&one.from, one.url.as_deref(), &one.report.to_string(), says);
            }
        }
        if !is_listed {
            continue;
        }
        let line = match format {
            LogFormat::Text => {
                let line = format!("{}\t{}\t{place}", one.word(), one.report);
                line.chars().filter_map(|c| if c == '\t' { Some(c) } else { printable(c) }).collect()
            }
            LogFormat::Json => serde_json::to_string(one).context("an acknowledgement is JSON")?,
        };
        progress.print(&line).map_err(unwritable)?;
    }
    Ok(())
}

impl Sum {
    /// Counts something that could not be read, by its reason.
    pub(crate) fn fail(&mut self, says: &str) {
        *self.failed.entry(reason(says)).or_default() += 1;
    }

    /// Tells whether something could not be read.
    pub(crate) fn has_failed(&self) -> bool {
        !self.failed.is_empty()
    }

    pub(crate) fn tell(&self, progress: &Progress) {
        let failed: u64 = self.failed.values().sum();
        let part = |what: &str, own: &[(&str, u64)], reasons: &BTreeMap<String, u64>| {
            let reasons = reasons.iter().map(|(why, count)| (why.as_str(), *count));
            let all: Vec<(&str, u64)> = own.iter().copied().chain(reasons).filter(|(_, count)| *count > 0).collect();
            let each = all.iter().map(|(why, count)| format!("{count} {why}")).collect::<Vec<_>>().join(", ");
            let sum: u64 = all.iter().map(|(_, count)| count).sum();
            if each.is_empty() { format!("{what} {sum}") } else { format!("{what} {sum} ({each})") }
        };
        let mut says = vec![
            part("stored", &[("new", self.new), ("revised", self.revisions)], &BTreeMap::new()),
            part("skipped", &[("known", self.known), ("taken down", self.forgotten)], &self.passed),
            part("failed", &[], &self.failed),
        ];
        if !self.doubted.is_empty() {
            says.push(part("in doubt", &[], &self.doubted));
        }
        let says = says.join(", ");
        let numbers = json!({"new": self.new, "revisions": self.revisions, "known": self.known,
                             "forgotten": self.forgotten, "passed": self.passed, "failed": failed,
                             "reasons": self.failed, "doubts": self.doubted});
        progress.end(&says, &numbers);
    }
}

/// A failure without what is special about one case: an address in front, names in backticks and numbers.
fn reason(says: &str) -> String {
    let says = match says.split_once(' ') {
        Some((address, rest)) if address.contains("://") => rest,
        Some(_) | None => says,
    };
    let outside: String = says.split('`').step_by(2).collect::<Vec<_>>().join("…");
    let mut reason = String::new();
    for c in outside.chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if c != '#' || !reason.ends_with('#') {
            reason.push(c);
        }
    }
    reason
}
