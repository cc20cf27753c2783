//! The tally: how many reports were read and what could not be, told on standard error while it goes on and at the end.

use std::io::{self, IsTerminal as _, Write as _};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

use crate::Ended;
use crate::args::When;
use crate::desks::Refusal;
use crate::galley::printable;

/// The style of the word "error", as clap prints it.
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Names of what could not be read that the closing line has room for.
const NAMED: usize = 3;

/// What was read and what was not.
pub(crate) struct Tally {
    read: u64,
    refused: Vec<String>,
    refusals: u64,
    bar: ProgressBar,
    when: When,
}

impl Tally {
    /// A tally that shows progress on a terminal, where the pages themselves do not go to one.
    pub(crate) fn new(when: When) -> Tally {
        let shown = io::stderr().is_terminal() && !io::stdout().is_terminal();
        let bar = if shown { ProgressBar::no_length() } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("{spinner} {pos} reports read, {per_sec}, {elapsed}");
        Tally { bar: bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner())), ..Tally::quiet(when) }
    }

    /// A tally that shows no progress.
    pub(crate) fn quiet(when: When) -> Tally {
        Tally { read: 0, refused: Vec::new(), refusals: 0, bar: ProgressBar::hidden(), when }
    }

    /// Counts a report.
    pub(crate) fn read(&mut self) {
        self.read += 1;
        self.bar.inc(1);
    }

    /// Counts what could not be read, and says so.
    pub(crate) fn refuse(&mut self, refusal: Refusal) {
        self.say(&format!("{}: {}", refusal.name, refusal.says));
        self.refusals += 1;
        if self.refused.len() < NAMED && !self.refused.contains(&refusal.name) {
            self.refused.push(refusal.name);
        }
    }

    /// Says in one line what went wrong.
    pub(crate) fn say(&self, says: &str) {
        let line = format!("{}error:{} {}", ERROR.render(), ERROR.render_reset(), in_one_line(says));
        self.print(&line);
    }

    /// Says how it went, when more than one report was to be read.
    pub(crate) fn close(self) -> Ended {
        self.bar.finish_and_clear();
        if self.read + self.refusals > 1 {
            let read = match self.read {
                0 => "no report read".to_owned(),
                1 => "1 report read".to_owned(),
                read => format!("{read} reports read"),
            };
            let refused = match self.refusals {
                0 => String::new(),
                refusals => {
                    let more = if self.refused.len() < NAMED { "" } else { ", ..." };
                    format!(", {refusals} could not be: {}{more}", self.refused.join(", "))
                }
            };
            self.print(&in_one_line(&format!("{read}{refused}")));
        }
        self.ended()
    }

    pub(crate) fn ended(&self) -> Ended {
        if self.refusals == 0 { Ended::Whole } else { Ended::Short }
    }

    fn print(&self, line: &str) {
        self.bar.suspend(|| {
            // Where standard error is closed, there is nowhere left to complain.
            let _ = writeln!(AutoStream::new(io::stderr(), self.when.choice()), "{line}");
        });
    }
}

/// A message in one line: names of files may hold line ends and control characters.
fn in_one_line(says: &str) -> String {
    says.chars().filter_map(printable).collect()
}
