//! The command `reportedly`: reads news reports and shows who says what in them, and where.

#![forbid(unsafe_code)]

mod args;
mod clock;
mod dates;
mod desks;
mod galley;
mod head;
mod marks;
mod pages;
mod read;
mod sheet;
mod tally;
mod version;
mod why;

use std::io;
use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};
use crate::tally::Tally;

/// How a command ended, when it could run at all.
enum Ended {
    /// Everything was read.
    Whole,
    /// Something could not be read or found; it was said on standard error.
    Short,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let when = cli.color;
    match run(cli) {
        Ok(Ended::Whole) => ExitCode::SUCCESS,
        Ok(Ended::Short) => ExitCode::from(1),
        // Whoever read the output has seen enough: `reportedly read ... | head`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            Tally::quiet(when).say(&format!("{error:#}"));
            ExitCode::from(1)
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Ended> {
    let when = cli.color;
    if cli.version {
        return version::version(cli.verbose);
    }
    match cli.command {
        Some(Command::Read(read)) => read::read(read, when),
        Some(Command::Why(why)) => why::why(why, when),
        Some(Command::Clock(clock)) => clock::clock(clock, when),
        Some(Command::Schema) => version::schema(),
        Some(Command::Version { verbose }) => version::version(verbose),
        None => Cli::no_command().exit(),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
