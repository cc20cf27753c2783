//! The command line of everything that works on a store.

use std::path::PathBuf;
use std::time::Duration;

#[cfg(feature = "fetch")]
use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use reportedly::record::{Id, Status};

use crate::args::Input;

/// Which store.
#[derive(Clone, Args)]
pub(crate) struct At {
    /// The store
    #[arg(long, global = true, value_name = "FILE", default_value = "desk.reportedly")]
    pub(crate) store: PathBuf,
}

/// Which store, and how long to wait for another that writes to it.
#[derive(Clone, Args)]
pub(crate) struct Write {
    #[command(flatten)]
    pub(crate) at: At,
    /// Seconds to wait while another process writes to the store
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 10)]
    wait: u64,
}

impl Write {
    pub(crate) fn patience(&self) -> Duration {
        Duration::from_secs(self.wait)
    }
}

#[derive(Args)]
pub(crate) struct Ingest {
    #[command(flatten)]
    pub(crate) input: Input,
    #[command(flatten)]
    pub(crate) write: Write,
    /// Store and index the texts only; `store rebuild` reads them later
    #[arg(long)]
    pub(crate) unread: bool,
    /// Print nothing for reports that are stored
    #[arg(long)]
    pub(crate) quiet: bool,
    /// The form of what is printed on the way
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(crate) log_format: LogFormat,
    /// Bytes that the store may grow to: 500M, 20G
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(crate) most: Option<u64>,
    /// Bytes that are taken of one page or feed at an address; of a longer feed, the items in them are read
    #[cfg(feature = "fetch")]
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "16M")]
    pub(crate) body: u64,
    /// Also ask machines inside of your own network, at any port, or one of them only: for tests
    #[cfg(feature = "fetch")]
    #[arg(long, hide = true, value_name = "ADDRESS", num_args = 0..=1, require_equals = true)]
    pub(crate) allow_private: Option<Option<std::net::SocketAddr>>,
}

#[cfg(feature = "fetch")]
#[derive(Args)]
pub(crate) struct Follow {
    /// Feeds, each by its address, or files that list them (OPML, a sitemap of sitemaps)
    #[arg(required = true, value_name = "FEEDS")]
    pub(crate) feeds: Vec<String>,
    #[command(flatten)]
    pub(crate) write: Write,
    /// Time between two requests for a feed: 90s, 5m, 2h
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = pause)]
    pub(crate) every: jiff::SignedDuration,
    /// Ask every feed once and end
    #[arg(long)]
    pub(crate) once: bool,
    /// Store and index the texts only; `store rebuild` reads them later
    #[arg(long)]
    pub(crate) unread: bool,
    /// Print nothing for reports that are stored
    #[arg(long)]
    pub(crate) quiet: bool,
    /// Outlets of your own (TOML): they correct those built in and add to them
    #[arg(long, value_name = "FILE")]
    pub(crate) outlets: Option<PathBuf>,
    /// The form of what is printed on the way
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(crate) log_format: LogFormat,
    /// Bytes that the store may grow to: 500M, 20G
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(crate) most: Option<u64>,
    /// Bytes that are taken of one page or feed; of a longer feed, the items in them are read
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "16M")]
    pub(crate) body: u64,
    /// Also ask machines inside of your own network, at any port, or one of them only: for tests
    #[arg(long, hide = true, value_name = "ADDRESS", num_args = 0..=1, require_equals = true)]
    pub(crate) allow_private: Option<Option<std::net::SocketAddr>>,
    /// How addresses are read that are named to `ingest`
    #[arg(skip)]
    pub(crate) input: Option<Input>,
    /// What the scatter of requests is drawn from
    #[arg(long, hide = true, default_value_t = 0)]
    pub(crate) seed: u64,
}

#[cfg(feature = "fetch")]
impl Ingest {
    /// What is to be asked for once, when addresses are named; all as it was when files are.
    ///
    /// # Errors
    /// When both are.
    pub(crate) fn of_addresses(self) -> anyhow::Result<Result<Follow, Ingest>> {
        let names: Vec<String> = self.input.paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        match names.iter().filter(|name| name.contains("://")).count() {
            0 => Ok(Err(self)),
            addresses if addresses == names.len() => Ok(Ok(Follow {
                feeds: names,
                write: self.write,
                every: jiff::SignedDuration::from_mins(5),
                once: true,
                unread: self.unread,
                quiet: self.quiet,
                outlets: self.input.outlets.clone(),
                log_format: self.log_format,
                most: self.most,
                body: self.body,
                allow_private: self.allow_private,
                input: Some(self.input),
                seed: 0,
            })),
            _ => {
                anyhow::bail!("addresses and files are ingested one after the other: name only the ones or the others")
            }
        }
    }
}

#[cfg(feature = "fetch")]
impl Follow {
    /// The engine that reads what is found.
    pub(crate) fn engine(&self) -> anyhow::Result<reportedly::Engine> {
        if let Some(input) = &self.input {
            return input.engine();
        }
        let engine = reportedly::Engine::load().context("no engine")?.with_now(Timestamp::now());
        Ok(match &self.outlets {
            Some(file) => engine.with_outlets(crate::args::own_outlets(file)?),
            None => engine,
        })
    }
}

/// Reads a time between requests. Nobody is asked more often than every minute.
#[cfg(feature = "fetch")]
fn pause(given: &str) -> Result<jiff::SignedDuration, String> {
    let wrong = || "not a time such as 90s, 5m or 2h, from 1m to 24h".to_owned();
    let unit = given.chars().last().ok_or_else(wrong)?;
    let seconds: i64 = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        _ => return Err(wrong()),
    };
    let number: i64 = given.strip_suffix(unit).and_then(|number| number.parse().ok()).ok_or_else(wrong)?;
    let seconds = number.checked_mul(seconds).filter(|seconds| (60..=86_400).contains(seconds)).ok_or_else(wrong)?;
    Ok(jiff::SignedDuration::from_secs(seconds))
}

/// The form of what is printed on the way.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// Lines to read
    Text,
    /// One JSON object per line
    Json,
}

#[derive(Args)]
pub(crate) struct StoreArgs {
    #[command(subcommand)]
    pub(crate) task: StoreTask,
}

#[derive(Subcommand)]
pub(crate) enum StoreTask {
    /// Look for whatever is not as it must be
    Check {
        #[command(flatten)]
        at: At,
    },
    /// Count what is stored and measure what each table takes
    Stats {
        #[command(flatten)]
        at: At,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Read again what another version or model read, and make all derived tables again; it can be stopped and begun again
    Rebuild {
        #[command(flatten)]
        write: Write,
        /// The form of what is printed on the way
        #[arg(long, value_enum, default_value_t = LogFormat::Text)]
        log_format: LogFormat,
        /// Make derived tables again only
        #[arg(long)]
        tables: bool,
    },
    /// Put the index in order and give unused room back to the disk
    Compact {
        #[command(flatten)]
        write: Write,
    },
    /// Copy the store as it is now into a new file, while it is in use
    Backup {
        /// The new file
        to: PathBuf,
        #[command(flatten)]
        at: At,
    },
    /// Print everything that cannot be made again, as lines of JSON; the same content gives the same bytes
    Export {
        #[command(flatten)]
        at: At,
    },
    /// Read an export into a new store
    Restore {
        /// The export, or - for standard input
        from: PathBuf,
        #[command(flatten)]
        write: Write,
    },
    /// Take a report down: remove it, all that was drawn from it and all corrections of it, and refuse it from now on
    Forget {
        /// Its address, or its id
        report: String,
        /// Let it come in again, instead
        #[arg(long)]
        allow: bool,
        #[command(flatten)]
        write: Write,
    },
    /// Print the change log as lines of JSON
    Changes {
        /// Those after this one
        #[arg(long, value_name = "ID", default_value_t = 0)]
        after: i64,
        #[command(flatten)]
        at: At,
    },
    /// Print the record of a stored report as JSON, with the corrections that stand
    Record {
        /// Its address, or its id
        report: String,
        /// As the engine made it, without corrections
        #[arg(long)]
        as_read: bool,
        #[command(flatten)]
        at: At,
    },
}

#[derive(Args)]
pub(crate) struct FixArgs {
    #[command(subcommand)]
    pub(crate) task: FixTask,
    #[command(flatten)]
    pub(crate) write: Write,
}

#[derive(Subcommand)]
pub(crate) enum FixTask {
    /// Two are one: names over all reports, or two entities of one report by their ids
    Merge {
        /// The one that goes
        from: String,
        /// The one that stays
        into: String,
    },
    /// An entity is another than its name tells, or a mention is of one of its own
    Split {
        /// The entity or mention
        id: Id,
        /// What tells the entity from others of its name: "the painter"
        #[arg(long = "as", value_name = "WORDS")]
        known_as: Option<String>,
    },
    /// Who says it
    Speaker {
        /// The attribution
        id: Id,
        /// The name
        name: String,
    },
    /// When it is
    Date {
        /// The event or time
        id: Id,
        /// A day, or first and last with a slash between them
        value: String,
    },
    /// Which status it has
    Status {
        /// The event
        id: Id,
        /// The status
        #[arg(value_parser = status)]
        status: Status,
    },
    /// It is wrong altogether
    Reject {
        /// Any item
        id: Id,
    },
    /// A remark
    Note {
        /// An item by its id, or a report by its id or address
        about: String,
        /// The remark
        says: String,
    },
    /// Undo a correction
    Undo {
        /// Its number
        number: i64,
    },
    /// Print the corrections that stand, and where
    List {
        /// Those only whose evidence is gone
        #[arg(long)]
        lost: bool,
        /// Everything that was ever corrected or undone
        #[arg(long, conflicts_with = "lost")]
        history: bool,
        /// The form of what is printed
        #[arg(long, value_enum, default_value_t = RowFormat::Text)]
        format: RowFormat,
    },
}

/// The form of rows.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    /// A table to read
    Text,
    /// One JSON array
    Json,
    /// CSV with a header
    Csv,
}

/// What all questions have.
#[derive(Args)]
pub(crate) struct Asking {
    #[command(flatten)]
    pub(crate) at: At,
    /// Rows at the most
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) most: usize,
    /// The form of what is printed
    #[arg(long, value_enum, default_value_t = RowFormat::Text)]
    pub(crate) format: RowFormat,
}

#[derive(Args)]
pub(crate) struct Find {
    /// Words, "phrases" and beginnings*: all of them must be there
    pub(crate) words: Vec<String>,
    /// One who is spoken of, or takes part
    #[arg(long, value_name = "NAME")]
    pub(crate) who: Option<String>,
    /// One who says it
    #[arg(long, value_name = "NAME")]
    pub(crate) said_by: Option<String>,
    /// Unnamed people say it
    #[arg(long)]
    pub(crate) unnamed: bool,
    /// Events of this status: planned, happened, ongoing, denied, did-not-happen, cancelled, possible, hypothetical, generic, unknown
    #[arg(long, value_parser = status)]
    pub(crate) status: Option<Status>,
    /// Events of this kind: meet, attack, die...
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// Events within these days, as the report says: 2026-11-16 or 2026-11-10..2026-11-17
    #[arg(long, value_name = "DATES", value_parser = dates)]
    pub(crate) when: Option<(i64, i64)>,
    /// Published within these days (UTC)
    #[arg(long, value_name = "DATES", value_parser = dates)]
    pub(crate) between: Option<(i64, i64)>,
    /// The outlet, or part of its name
    #[arg(long)]
    pub(crate) outlet: Option<String>,
    /// Also revisions that no longer stand
    #[arg(long)]
    pub(crate) superseded: bool,
    #[command(flatten)]
    pub(crate) asking: Asking,
}

#[derive(Args)]
pub(crate) struct Who {
    /// A name, or the words of it that are known
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) asking: Asking,
}

#[derive(Args)]
pub(crate) struct Pair {
    /// A name
    pub(crate) one: String,
    /// Another name
    pub(crate) other: String,
    /// Events of every kind that both take part in, not contacts only
    #[arg(long)]
    pub(crate) any: bool,
    /// Published within these days (UTC)
    #[arg(long, value_name = "DATES", value_parser = dates)]
    pub(crate) between: Option<(i64, i64)>,
    /// Also revisions that no longer stand
    #[arg(long)]
    pub(crate) superseded: bool,
    #[command(flatten)]
    pub(crate) asking: Asking,
}

#[derive(Args)]
pub(crate) struct Said {
    /// A name
    pub(crate) name: String,
    /// Published within these days (UTC)
    #[arg(long, value_name = "DATES", value_parser = dates)]
    pub(crate) between: Option<(i64, i64)>,
    /// Also revisions that no longer stand
    #[arg(long)]
    pub(crate) superseded: bool,
    #[command(flatten)]
    pub(crate) asking: Asking,
}

#[derive(Args)]
pub(crate) struct Revisions {
    /// Its address, or its id
    pub(crate) report: String,
    #[command(flatten)]
    pub(crate) asking: Asking,
}

/// Reads a status as people write it.
fn status(words: &str) -> Result<Status, String> {
    let word = words.trim().to_lowercase().replace(['-', ' '], "_");
    let expected =
        "planned, happened, ongoing, denied, did-not-happen, cancelled, possible, hypothetical, generic or unknown";
    serde_json::from_value(word.into()).map_err(|_| format!("expected {expected}"))
}

/// Reads a day, or first and last: seconds from the beginning of the first to the end of the last, in UTC.
fn dates(words: &str) -> Result<(i64, i64), String> {
    let (first, last) = words.split_once("..").unwrap_or((words, words));
    let day = |words: &str| {
        words.trim().parse::<Date>().map_err(|_| "expected a day such as 2026-11-16, or two with .. between".to_owned())
    };
    let second = |date: Date, hour, minute, second| {
        let at = date.at(hour, minute, second, 0).to_zoned(TimeZone::UTC);
        at.map(|at| at.timestamp().as_second()).map_err(|error| error.to_string())
    };
    let (first, last) = (second(day(first)?, 0, 0, 0)?, second(day(last)?, 23, 59, 59)?);
    if first > last { Err("the last day is before the first".to_owned()) } else { Ok((first, last)) }
}

/// Reads a number of bytes.
fn size(words: &str) -> Result<u64, String> {
    let words = words.trim().to_uppercase();
    let digits = words.trim_end_matches(|c: char| !c.is_ascii_digit());
    let factor = match words.get(digits.len()..).unwrap_or_default().trim_end_matches('B') {
        "" => 1,
        "K" => 1 << 10,
        "M" => 1 << 20,
        "G" => 1 << 30,
        _ => return Err("expected a size such as 500M or 20G".to_owned()),
    };
    let number: u64 = digits.parse().map_err(|_| "expected a size such as 500M or 20G".to_owned())?;
    number.checked_mul(factor).ok_or_else(|| "too large".to_owned())
}
