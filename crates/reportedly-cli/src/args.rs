//! The command line: commands, flags and what they may be.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use anstream::ColorChoice;
use anyhow::Context;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use reportedly::record::Id;
use reportedly::{Engine, Given, Kernel, Meter, Outlets, Roster};

use crate::clock::instant;
use crate::desks::{Assignment, Passed};

pub(crate) mod desk;

/// Who says so? Reads news reports and shows what each one states, in whose voice, and where in the text.
#[derive(Parser)]
#[command(name = "reportedly", disable_version_flag = true)]
pub(crate) struct Cli {
    /// Print the version
    #[arg(short = 'V', long)]
    pub(crate) version: bool,
    /// With --version: also the model, the arithmetic and the record's form
    #[arg(long, requires = "version")]
    pub(crate) verbose: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    pub(crate) color: When,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read reports and print what each one says, and who says it
    Read(Read),
    /// Print one item of a report in its context: its fields, its words and where they stand
    Why(Why),
    /// Print what time it is for an outlet and its desks, and when they publish nothing
    Clock(Clock),
    /// Read reports into the store, from files or from the addresses of pages and feeds; what is there already is not read again
    Ingest(desk::Ingest),
    /// Follow feeds into the store: ask each again and again, and take in what is new
    #[cfg(feature = "fetch")]
    Follow(desk::Follow),
    /// Look after the store: check, stats, rebuild, compact, backup, export, restore, forget
    Store(desk::StoreArgs),
    /// Correct by hand what was read; corrections stay, whatever is read again
    Fix(desk::FixArgs),
    /// Find reports, or what is said or happens in them
    Find(desk::Find),
    /// Print what there is of a name in all reports
    Who(desk::Who),
    /// Print the contacts of two: planned, held or denied, and who says so
    Pair(desk::Pair),
    /// Print what one said, oldest first
    Said(desk::Said),
    /// Print what the revisions of a report changed in what it states
    Revisions(desk::Revisions),
    /// Print the JSON Schema of a record
    Schema,
    /// Print the version
    Version {
        /// Also the model, the arithmetic and the record's form
        #[arg(long)]
        verbose: bool,
    },
}

#[derive(Args)]
pub(crate) struct Read {
    #[command(flatten)]
    pub(crate) input: Input,
    /// The form of what is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Args)]
pub(crate) struct Why {
    /// The id of an item or of a report, as `read` prints it
    pub(crate) id: Id,
    #[command(flatten)]
    pub(crate) input: Input,
}

#[derive(Args)]
pub(crate) struct Clock {
    /// A domain, a URL or a name of the outlet
    pub(crate) outlet: String,
    /// The instant: 2025-11-14T16:00:00-05:00 or 2025-11-14T16:00:00[America/New_York] [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(crate) at: Option<Timestamp>,
    /// Also every silence that touches the seven days from then on
    #[arg(long)]
    pub(crate) week: bool,
    /// The form of what is printed
    #[arg(long, value_enum, default_value_t = ClockFormat::Text)]
    pub(crate) format: ClockFormat,
    /// Outlets of your own (TOML): they correct those built in and add to them
    #[arg(long, value_name = "FILE")]
    pub(crate) outlets: Option<PathBuf>,
}

/// The form of what `clock` prints.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClockFormat {
    /// A sheet to read
    Text,
    /// One JSON object
    Json,
    /// An iCalendar of the silences: those of the week, or else the present or next one
    Ical,
}

/// What is read, and how.
#[derive(Args)]
pub(crate) struct Input {
    /// Files, folders, patterns ("news/**/*.html"), or - for standard input: texts (.txt, .md), pages (.html), .jsonl, Word documents (.docx), feeds (.rss,
    /// .atom, .xml, JSON Feed) and web archives (.warc), each as it is or packed (.gz, .zst); beside NAME.txt may lie
    /// NAME.meta.json
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Who published the reports
    #[arg(long)]
    outlet: Option<String>,
    /// When they were published: 2025-11-14T21:40:00+02:00, with less of it, or with [Zone/Name] behind it
    #[arg(long)]
    published: Option<String>,
    /// The IANA time zone of their dates: Europe/Vilnius
    #[arg(long)]
    zone: Option<String>,
    /// Outlets of your own (TOML): they correct those built in and add to them
    #[arg(long, value_name = "FILE")]
    outlets: Option<PathBuf>,
    /// Entities of your own (JSON lines with id, names and roles) that those of the reports are linked to
    #[arg(long, value_name = "FILE")]
    entities: Option<PathBuf>,
    /// Threads that read; all give the same output [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Another model than the one built in
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// The arithmetic path: portable, avx2, avx-vnni or avx512-vnni; all give the same output but for this name in JSON
    /// [default: the fastest that the processor has]
    #[arg(long, value_name = "NAME", value_parser = reportedly::kernel)]
    kernel: Option<Kernel>,
}

/// The form of what `read` prints.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A sheet to read
    Text,
    /// One JSON record, or an array of them when there are several
    Json,
    /// One JSON record per line
    Jsonl,
    /// One page for a browser, with all reports: each text linked with its record. It needs no network and no script
    Html,
}

/// When to use colour.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, unless NO_COLOR or CLICOLOR say otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Cli {
    /// The complaint that no command was given.
    pub(crate) fn no_command() -> clap::Error {
        Cli::command()
            .error(ErrorKind::MissingSubcommand, "no command given: try read, why, clock, ingest, find or version")
    }
}

impl Input {
    /// What is given about the reports. A date or zone that is none is wrong usage and ends the program.
    pub(crate) fn given(&self) -> Given {
        let given = Given {
            outlet: self.outlet.clone(),
            published: self.published.clone(),
            zone: self.zone.clone(),
            ..Given::default()
        };
        if let Err(error) = reportedly::report_from_text("", &given) {
            let says = error.to_string();
            let says = says.strip_prefix("`text`: ").unwrap_or(&says);
            Cli::command().error(ErrorKind::ValueValidation, says).exit();
        }
        given
    }

    /// The engine that reads them.
    pub(crate) fn engine(&self) -> anyhow::Result<Engine> {
        let engine = match &self.model {
            Some(file) => Engine::load_file(file),
            None => Engine::load(),
        };
        let mut engine = engine.context("no engine")?.with_now(Timestamp::now());
        if let Some(file) = &self.outlets {
            engine = engine.with_outlets(own_outlets(file)?);
        }
        if let Some(file) = &self.entities {
            let name = file.display().to_string();
            let lines = std::fs::read_to_string(file).with_context(|| format!("entities {name} cannot be read"))?;
            engine = engine.with_entities(Roster::parse(&lines, &name)?);
        }
        Ok(match self.kernel {
            Some(kernel) => engine.with_kernel(kernel),
            None => engine,
        })
    }

    /// What is to be read, and by whom.
    pub(crate) fn assignment(self) -> anyhow::Result<Assignment> {
        let (given, engine, threads) = (self.given(), self.engine()?, self.threads());
        let (passed, meter) = (Passed::default(), Meter::default());
        Ok(Assignment { given, engine, threads, now: None, paths: self.paths, passed, meter })
    }

    /// How many threads read.
    pub(crate) fn threads(&self) -> usize {
        self.threads.or_else(|| available_parallelism().ok()).map_or(1, NonZeroUsize::get)
    }
}

/// Reads the user's own outlets over those built in.
pub(crate) fn own_outlets(file: &Path) -> anyhow::Result<Outlets> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).with_context(|| format!("outlets {name} cannot be read"))?;
    Ok(Outlets::with_file(&text, &name)?)
}

impl When {
    /// The same answer in the words of the stream.
    pub(crate) fn choice(self) -> ColorChoice {
        match self {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        }
    }
}
