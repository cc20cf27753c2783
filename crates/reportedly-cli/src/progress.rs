//! Progress: what is told while reports come in: a bar on a terminal, lines elsewhere, JSON where it was asked for.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anstream::AutoStream;
use indicatif::{ProgressBar, ProgressStyle};
use reportedly::{Meter, sources};
use serde_json::{Value, json};

use crate::args::When;
use crate::args::desk::LogFormat;
use crate::galley::printable;

/// Time between two lines of progress where there is no terminal.
const PAUSE: Duration = Duration::from_secs(10);

/// How much there is to do.
pub(crate) enum Whole {
    /// Nobody knows.
    Open,
    /// So many things.
    Things(u64),
    /// So many bytes of files, which are counted as they are read: how many things there are in them shows only then.
    Bytes(u64, Meter),
}

/// What is told, and where.
pub(crate) struct Progress {
    bar: ProgressBar,
    format: LogFormat,
    when: When,
    what: &'static str,
    begun: Instant,
    told: Instant,
    done: u64,
    whole: Whole,
}

impl Progress {
    /// Progress of a number of things.
    pub(crate) fn new(format: LogFormat, when: When, whole: Whole, what: &'static str) -> Progress {
        let shown = io::stderr().is_terminal() && format == LogFormat::Text;
        let length = match &whole {
            Whole::Open => None,
            Whole::Things(all) | Whole::Bytes(all, _) => Some(*all),
        };
        let bar = match (shown, length) {
            (false, _) => ProgressBar::hidden(),
            (true, Some(length)) => ProgressBar::new(length).with_style(style("{bar:24} {percent:>3}%  {msg}")),
            (true, None) => ProgressBar::no_length().with_style(style("{spinner} {msg}")),
        };
        Progress { bar, format, when, what, begun: Instant::now(), told: Instant::now(), done: 0, whole }
    }

    /// Counts one thing; where there is no terminal, says from time to time how far it is.
    pub(crate) fn step(&mut self) {
        self.done += 1;
        let part = match &self.whole {
            Whole::Open | Whole::Things(_) => self.done,
            Whole::Bytes(_, meter) => meter.bytes(),
        };
        self.bar.set_position(part);
        let seconds = self.begun.elapsed().as_secs_f64();
        let rate = self.done as f64 / seconds.max(0.001);
        let left = match &self.whole {
            Whole::Open => None,
            Whole::Things(all) | Whole::Bytes(all, _) => {
                Some(seconds * all.saturating_sub(part) as f64 / part.max(1) as f64)
            }
        };
        if !self.bar.is_hidden() {
            let left = left.map(|left| format!(", {} left", length(left))).unwrap_or_default();
            self.bar.set_message(format!("{} {}, {rate:.1}/s{left}", self.done, self.what));
        } else if self.told.elapsed() >= PAUSE {
            self.told = Instant::now();
            self.tell(rate, left);
        }
    }

    /// Says how far it is.
    fn tell(&self, rate: f64, left: Option<f64>) {
        match self.format {
            LogFormat::Json => {
                let (per_second, seconds_left) = (tenth(rate), left.map(tenth));
                let mut numbers = json!({"done": self.done, "per_second": per_second, "seconds_left": seconds_left});
                match &self.whole {
                    Whole::Open => {}
                    Whole::Things(all) => numbers["of"] = json!(all),
                    Whole::Bytes(all, meter) => {
                        numbers["bytes"] = json!(meter.bytes());
                        numbers["of_bytes"] = json!(all);
                    }
                }
                self.json("progress", &numbers);
            }
            LogFormat::Text => {
                let left = left.map(|left| format!(", {} left", length(left))).unwrap_or_default();
                self.line(&format!("{} {}, {rate:.1}/s{left}", self.done, self.what));
            }
        }
    }

    /// Says what went wrong with one thing.
    pub(crate) fn refuse(&self, name: &str, says: &str) {
        match self.format {
            LogFormat::Json => self.json("failed", &json!({"from": name, "says": says})),
            LogFormat::Text => self.line(&format!("error: {name}: {says}")),
        }
    }

    /// Says what is in doubt about a report that is stored.
    pub(crate) fn doubt(&self, from: &str, url: Option<&str>, report: &str, says: &str) {
        match self.format {
            LogFormat::Json => self.json("doubt", &json!({"from": from, "url": url, "report": report, "says": says})),
            LogFormat::Text => match url.filter(|url| *url != from) {
                Some(url) => self.line(&format!("note: {from}: {url}: {says}")),
                None => self.line(&format!("note: {from}: {report}: {says}")),
            },
        }
    }

    /// Says what went wrong with something that names itself.
    #[cfg(feature = "fetch")]
    pub(crate) fn fault(&self, says: &str) {
        self.event("failed", &format!("error: {says}"), &json!({"says": says}));
    }

    /// Says something that the user should know.
    pub(crate) fn warn(&self, says: &str) {
        match self.format {
            LogFormat::Json => self.json("warning", &json!({"says": says})),
            LogFormat::Text => self.line(&format!("note: {says}")),
        }
    }

    /// Says what happened, in words or as JSON.
    #[cfg(feature = "fetch")]
    pub(crate) fn event(&self, event: &str, says: &str, fields: &Value) {
        match self.format {
            LogFormat::Json => self.json(event, fields),
            LogFormat::Text => self.line(says),
        }
    }

    /// Ends it with a summary: the same numbers in words or as JSON.
    pub(crate) fn end(&self, says: &str, numbers: &Value) {
        self.bar.finish_and_clear();
        match self.format {
            LogFormat::Json => self.json("summary", numbers),
            LogFormat::Text => self.line(says),
        }
    }

    /// Prints something on standard output between two states of the bar.
    pub(crate) fn print(&self, line: &str) -> io::Result<()> {
        self.bar.suspend(|| {
            let mut out = io::stdout().lock();
            out.write_all(line.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush())
        })
    }

    fn json(&self, event: &str, fields: &Value) {
        let mut line = json!({"at": jiff::Timestamp::now().to_string(), "event": event});
        if let (Some(line), Some(fields)) = (line.as_object_mut(), fields.as_object()) {
            line.extend(fields.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
        self.write(&line.to_string());
    }

    fn line(&self, says: &str) {
        let says: String = says.chars().filter_map(printable).collect();
        self.write(&says);
    }

    fn write(&self, line: &str) {
        self.bar.suspend(|| {
            // Where standard error is closed, there is nowhere left to complain.
            let _ = writeln!(AutoStream::new(io::stderr(), self.when.choice()), "{line}");
        });
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// A length of time as people say it: to the second below two minutes, to the minute below two hours.
fn length(seconds: f64) -> String {
    match seconds.max(0.0).round() as u64 {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7_200 => format!("{} min", seconds / 60),
        seconds => format!("{} h {} min", seconds / 3_600, seconds / 60 % 60),
    }
}

/// What is to be read from paths: the bytes of their files, where all of them have a size.
pub(crate) fn expected(paths: &[PathBuf], meter: &Meter) -> Whole {
    let mut all = 0;
    for source in sources(paths) {
        // What is not there will be said when it is its turn.
        let Ok(source) = source else { continue };
        match source.size() {
            Some(size) => all += size,
            None => return Whole::Open,
        }
    }
    Whole::Bytes(all, meter.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_told_as_people_tell_them() {
        let check = |seconds: f64, expected: &str| assert_eq!(length(seconds), expected);
        check(0.2, "0 s");
        check(119.4, "119 s");
        check(120.0, "2 min");
        check(7_199.0, "119 min");
        check(9_000.0, "2 h 30 min");
    }
}
