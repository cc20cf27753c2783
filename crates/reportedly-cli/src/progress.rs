//! Progress: what is told while reports come in: a bar on a terminal, lines elsewhere, JSON where it was asked for.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anstream::AutoStream;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use crate::args::When;
use crate::args::desk::LogFormat;
use crate::galley::printable;

/// Time between two lines of progress where there is no terminal.
const PAUSE: Duration = Duration::from_secs(10);

/// Larger files of rows are not counted beforehand, and there is no remaining time.
const COUNTED: u64 = 1 << 30;

/// What is told, and where.
pub(crate) struct Progress {
    bar: ProgressBar,
    format: LogFormat,
    when: When,
    begun: Instant,
    told: Instant,
    done: u64,
    total: Option<u64>,
}

impl Progress {
    /// Progress of a number of things, where it is known.
    pub(crate) fn new(format: LogFormat, when: When, total: Option<u64>, what: &str) -> Progress {
        let shown = io::stderr().is_terminal() && format == LogFormat::Text;
        let bar = match (shown, total) {
            (false, _) => ProgressBar::hidden(),
            (true, Some(total)) => ProgressBar::new(total)
                .with_style(style(&format!("{{bar:24}} {{pos}} of {{len}} {what}, {{per_sec}}, {{eta}} left"))),
            (true, None) => ProgressBar::no_length()
                .with_style(style(&format!("{{spinner}} {{pos}} {what}, {{per_sec}}, {{elapsed}}"))),
        };
        Progress { bar, format, when, begun: Instant::now(), told: Instant::now(), done: 0, total }
    }

    /// Counts one thing; where there is no terminal, says from time to time how far it is.
    pub(crate) fn step(&mut self) {
        self.done += 1;
        self.bar.inc(1);
        if self.bar.is_hidden() && self.told.elapsed() >= PAUSE {
            self.told = Instant::now();
            let seconds = self.begun.elapsed().as_secs_f64();
            let rate = self.done as f64 / seconds.max(0.001);
            let left = self.total.map(|total| total.saturating_sub(self.done) as f64 / rate.max(0.001));
            match self.format {
                LogFormat::Json => self.json(
                    "progress",
                    &json!({"done": self.done, "total": self.total, "per_second": tenth(rate), "seconds_left": left.map(tenth)}),
                ),
                LogFormat::Text => {
                    let of = self.total.map(|total| format!(" of {total}")).unwrap_or_default();
                    let left = left.map(|left| format!(", {left:.0} s left")).unwrap_or_default();
                    self.line(&format!("{}{of}, {rate:.1}/s{left}", self.done));
                }
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

/// How many reports the paths hold, where that is cheap to tell: a file each, and a line each of JSONL.
pub(crate) fn expected(paths: &[PathBuf]) -> Option<u64> {
    let mut all = 0;
    let mut folders: Vec<PathBuf> = paths.to_vec();
    while let Some(path) = folders.pop() {
        if path.is_dir() {
            folders.extend(std::fs::read_dir(&path).ok()?.filter_map(|entry| Some(entry.ok()?.path())));
            continue;
        }
        let name = path.to_str()?.to_lowercase();
        all += match name.rsplit('.').next()? {
            "txt" | "md" | "html" | "htm" | "docx" => 1,
            "jsonl" | "ndjson" if path.metadata().ok()?.len() <= COUNTED => {
                let rows = std::fs::read(&path).ok()?;
                rows.split(|byte| *byte == b'\n').filter(|row| !row.trim_ascii().is_empty()).count() as u64
            }
            // Beside a text lies what is known of it.
            "json" => 0,
            _ => return None,
        };
    }
    Some(all)
}
