//! The project's own helper: cuts training texts, predicts, scores, evaluates, measures.

mod bench;
mod conllu;
mod crash;
mod csv;
mod eval;
mod forms;
mod intake;
mod pairs;
mod parity;
mod predict;
mod prepare;
mod score;
mod sights;
mod states;
mod threads;
mod twins;
mod warc;

use std::io::{BufWriter, Write, stdin, stdout};
use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Cut training texts from standard input as reading does: {id, text} in, {id, words, pieces, features} out.
    Prepare {
        /// One word piece a line.
        vocabulary: PathBuf,
    },
    /// Write the encoder's last state of every word of texts, for heads that are trained while it stays as it is.
    States(states::Args),
    /// Write what the scorer of pairs is asked of each mention of texts, for training it.
    Pairs(pairs::Args),
    /// Write what the heads of events are asked of the words of texts, for training them.
    Sights(sights::Args),
    /// Write what the engine makes of a suite's input.
    Predict(predict::Args),
    /// Write the candidates of gold names of places with their features: what the ranker is trained on.
    PlaceCandidates(predict::places::CandidatesArgs),
    /// Score a file of predictions.
    Score(score::files::Args),
    /// Measure everything that there is gold for and compare it with its floors.
    Eval(eval::Args),
    /// Measure how fast reports are read, or how fast a large store answers.
    Bench(bench::Args),
    /// Make a web archive of a given size from a load of reports.
    MakeWarc(warc::Args),
    /// Measure how fast sources are taken in, and in how much memory.
    Intake(intake::Args),
    /// Kill the program while it stores reports and look for anything lost.
    Crash(crash::Args),
    /// Write the twins of the repository's own reports: other names, other years, the same gold.
    Twins(twins::Args),
    /// Compare scores with those that PyTorch computed.
    Parity(parity::Args),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().task {
        Task::Prepare { vocabulary } => {
            let mut out = BufWriter::new(stdout().lock());
            prepare::prepare(&vocabulary, stdin().lock(), &mut out)?;
            Ok(out.flush()?)
        }
        Task::States(args) => states::states(&args),
        Task::Pairs(args) => pairs::pairs(&args),
        Task::Sights(args) => sights::sights(&args),
        Task::Predict(args) => predict::predict(&args),
        Task::PlaceCandidates(args) => predict::places::candidates(&args),
        Task::Score(args) => score::files::score(&args),
        Task::Eval(args) => eval::eval(&args),
        Task::Bench(args) => bench::bench(&args),
        Task::MakeWarc(args) => warc::make(&args),
        Task::Intake(args) => intake::intake(&args),
        Task::Crash(args) => crash::crash(&args),
        Task::Twins(args) => twins::write(&args),
        Task::Parity(args) => parity::parity(&args),
    }
}
