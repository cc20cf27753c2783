//! The command `reportedly`: reads news reports and shows who says what in them, and where.

#![deny(unsafe_code)]

mod args;
mod asks;
mod clock;
mod dates;
mod desks;
mod fixes;
#[cfg(feature = "fetch")]
mod follow;
mod galley;
mod head;
mod html;
mod ingest;
mod layers;
mod marks;
mod memory;
mod pages;
mod progress;
mod read;
mod register;
mod rows;
mod screen;
mod sheet;
mod stop;
mod stores;
mod tally;
mod version;
mod why;
mod wording;

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
    memory::lean();
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
        Some(Command::Ingest(ingest)) => ingest::ingest(ingest, when),
        #[cfg(feature = "fetch")]
        Some(Command::Follow(follow)) => follow::follow(follow, when),
        Some(Command::Store(args)) => stores::store(args, when),
        Some(Command::Fix(args)) => fixes::fix(args, when),
        Some(Command::Find(find)) => asks::find(find, when),
        Some(Command::Who(who)) => asks::who(who, when),
        Some(Command::Pair(pair)) => asks::pair(pair, when),
        Some(Command::Said(said)) => asks::said(said, when),
        Some(Command::Revisions(revisions)) => asks::revisions(revisions, when),
        Some(Command::Schema) => version::schema(),
        Some(Command::Version { verbose }) => version::version(verbose),
        None => Cli::no_command().exit(),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
