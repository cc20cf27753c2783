//! `reportedly follow`: feeds are asked again and again, and what is new in them goes into the store.

use std::cell::{Cell, RefCell};
use std::io;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use jiff::tz::TimeZone;
use reportedly::{Arrival, Given, IntakeError, Limits, Outlets, To, sources};
use reportedly_desk::follow::{Event, Follower, Ledger, Pace};
use reportedly_desk::store::Store;
use reportedly_desk::{Acknowledged, Intake, Known};
use reportedly_fetch::{Limits as Reach, Manners, Peers, SystemClock, Wire};
use serde_json::json;

use crate::Ended;
use crate::args::desk::Follow;
use crate::args::{Input, When, own_outlets};
use crate::ingest::{Sum, acknowledge};
use crate::progress::{Progress, Whole};
use crate::stop::Stop;

pub(crate) fn follow(follow: Follow, when: When) -> anyhow::Result<Ended> {
    let (feeds, faults) = feeds(&follow.feeds)?;
    let engine = follow.engine()?;
    let own = follow.outlets.as_deref().map(own_outlets).transpose()?;
    let outlets = own.as_ref().unwrap_or_else(|| Outlets::built_in());
    let store = &follow.write.at.store;
    let name = store.display().to_string();
    let mut writer = Store::write(store, follow.write.patience()).with_context(|| name.clone())?;
    if let Some(bytes) = follow.most {
        writer.limit(bytes).with_context(|| name.clone())?;
    }
    // A clock that was set back must not make new texts older than those in the store, or news of today news to come.
    let stop = Stop::listen()?;
    let clock = SystemClock::not_before(writer.present().with_context(|| name.clone())?).until(stop.flag());
    let known = Known::open(store).with_context(|| name.clone())?;
    let progress = Progress::new(follow.log_format, when, Whole::Open, "reports");
    writer.warnings.drain(..).for_each(|says| progress.warn(&says));
    for says in &faults {
        progress.fault(says);
    }
    let sum = RefCell::new(Sum::default());
    faults.iter().for_each(|says| sum.borrow_mut().fail(says));
    let unwritable: Cell<Option<io::Error>> = Cell::new(None);
    let format = follow.log_format;
    let mut ledger =
        Ledger::new(Intake::new(&mut writer), &engine, &known, follow.unread, |safe: &[Acknowledged]| {
            let shown = (!follow.quiet, !follow.quiet);
            if let Err(error) = acknowledge(safe, &mut sum.borrow_mut(), shown, format, &progress) {
                // Reports are stored all the same; whoever reads the lines has gone.
                unwritable.set(error.downcast::<io::Error>().ok());
            }
        });
    let (peers, interval) = match follow.allow_private {
        Some(None) => (Peers::Any, std::time::Duration::ZERO),
        Some(Some(own)) => (Peers::PublicAnd(own), std::time::Duration::ZERO),
        None => (Peers::Public, Reach::default().interval),
    };
    let body = usize::try_from(follow.body).unwrap_or(usize::MAX);
    let reach = Reach { interval, body, ..Reach::default() };
    let web = Manners::new(Wire::new(&reach, peers), clock.clone(), &reach);
    let pace = Pace { every: follow.every, seed: follow.seed };
    let given = follow.input.as_ref().map(Input::given).unwrap_or_default();
    let least = Limits::default();
    let (bytes, markup) = (least.bytes.max(body), least.markup.max(body));
    let limits = Limits { bytes, markup, body: least.body.max(body), ..least };
    let mut follower = Follower::new(web, clock, outlets, pace, &limits).with_given(&given);
    let mut tell = |event: Event| {
        if let Event::Failed { says: why, .. } | Event::Held { why, .. } = &event {
            sum.borrow_mut().fail(why);
        }
        said(&event, &progress);
    };
    let followed = match follow.once {
        true => follower.round(&feeds, &mut ledger, true, &mut tell).map(drop),
        false => follower.follow(&feeds, &mut ledger, &mut tell),
    };
    followed.with_context(|| name)?;
    if let Some(error) = unwritable.take() {
        return Err(error.into());
    }
    let sum = sum.borrow();
    // Whoever follows without end ends like this; what was to be asked once is not all read.
    let is_short = follow.once && stop.is_asked();
    if stop.is_asked() {
        progress.warn("stopped: what is left is taken in the next time");
    }
    sum.tell(&progress);
    Ok(if sum.has_failed() || is_short { Ended::Short } else { Ended::Whole })
}

/// The addresses of the feeds that are named: each by itself, or in a list of them; and what is wrong with others in lists.
fn feeds(named: &[String]) -> anyhow::Result<(Vec<String>, Vec<String>)> {
    let (mut feeds, mut faults) = (Vec::new(), Vec::new());
    for name in named {
        if name.contains("://") {
            reportedly_desk::follow::check(name)?;
            feeds.push(name.clone());
            continue;
        }
        for source in sources([Path::new(name)]) {
            for arrival in source?.arrivals(&Given::default(), &Limits::default()) {
                match arrival {
                    Ok(Arrival::Link(link)) if link.to != To::Page => feeds.push(link.url),
                    Ok(Arrival::Link(_) | Arrival::Report(_) | Arrival::Passed { .. }) => {
                        bail!("{name} is no list of feeds: give it to `reportedly ingest`")
                    }
                    Err(error @ IntakeError::Part { .. }) => faults.push(error.to_string()),
                    Err(error) => return Err(anyhow!(error)),
                }
            }
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    feeds.retain(|feed| seen.insert(feed.clone()));
    match (feeds.is_empty(), faults.first()) {
        (true, Some(fault)) => bail!("{fault}"),
        (true, None) => bail!("no feeds are named"),
        (false, _) => Ok((feeds, faults)),
    }
}

/// Says what happened.
fn said(event: &Event, progress: &Progress) {
    let (word, says, fields) = match event {
        Event::Polled { feed, reports, left } => {
            let more = if *left > 0 { format!(", {left} links are left for the next time") } else { String::new() };
            (
                "polled",
                format!("{feed}: {reports} reports{more}"),
                json!({"feed": feed, "reports": reports, "left": left}),
            )
        }
        Event::Unchanged { feed } => ("unchanged", format!("{feed}: as it was"), json!({"feed": feed})),
        Event::Silent { feed, outlet, until, rule } => {
            let end = until.strftime("%A %H:%M %Z");
            let says = format!("{feed}: {outlet} publishes nothing until {end} ({rule}); it is asked less often");
            ("silent", says, json!({"feed": feed, "outlet": outlet, "until": until.to_string(), "rule": rule}))
        }
        Event::Held { feed, until, why } => {
            let end = until.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC");
            let says = format!("error: {feed}: {why}; it is not asked before {end}");
            ("held", says, json!({"feed": feed, "until": until.to_string(), "why": why}))
        }
        Event::Failed { says, is_limit } => {
            let hint = if *is_limit { " (--body takes more)" } else { "" };
            ("failed", format!("error: {says}{hint}"), json!({"says": says}))
        }
    };
    progress.event(word, &says, &fields);
}
