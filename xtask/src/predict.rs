//! What the engine makes of a suite's input, in the form that the suite is scored in. It sees no gold: input rows are read
//! into types that have no place for it.

pub(crate) mod calendar;
pub(crate) mod coref;
pub(crate) mod events;
pub(crate) mod html;
pub(crate) mod places;
pub(crate) mod record;
pub(crate) mod relations;
pub(crate) mod syntax;
pub(crate) mod text;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;
use reportedly::Engine;

use crate::threads::Threads;
use crate::{conllu, forms};

/// A kind of gold standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Suite {
    /// Who says what, outermost attributions only.
    Attribution,
    /// People, organisations and places.
    Names,
    /// Parts of speech and trees of given sentences, in CoNLL-U.
    Syntax,
    /// Names of places, and which places they mean.
    Places,
    /// Time expressions (TIMEX3).
    Times,
    /// The main text of web pages.
    HtmlText,
    /// Date, title and author of web pages.
    HtmlDates,
    /// Candle lighting and nightfall, a CSV table.
    Calendar,
    /// Which mentions are one and the same.
    Coref,
    /// Which of two names a pronoun stands for.
    Gap,
    /// Whole records: a folder of texts in, a folder of items out.
    Record,
    /// Roles, kin and other relations.
    Relations,
    /// What is said to happen, and whether it did.
    Events,
}

/// Reads a suite's input and writes what the engine makes of it.
#[derive(clap::Args)]
pub(crate) struct Args {
    suite: Suite,
    /// JSON lines (a treebank in CoNLL-U for `syntax`, CSV for `calendar`); the pages of a list stand beside it.
    input: PathBuf,
    output: PathBuf,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    engine: EngineArgs,
}

/// Which weights to read with.
#[derive(clap::Args)]
pub(crate) struct EngineArgs {
    /// Weights to read with instead of those built in.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Heads to attach to those weights (with --model, which brings none of its own).
    #[arg(long, requires = "model")]
    heads: Vec<PathBuf>,
}

impl EngineArgs {
    /// Loads the engine.
    pub(crate) fn load(&self) -> Result<Engine> {
        let mut engine = match &self.model {
            Some(path) => Engine::load_file(path)?,
            None => Engine::load()?,
        };
        for heads in &self.heads {
            let bytes = std::fs::read(heads).with_context(|| format!("cannot read {}", heads.display()))?;
            engine = engine.with_heads(&bytes)?;
        }
        Ok(engine)
    }
}

/// Predicts a file.
pub(crate) fn predict(args: &Args) -> Result<()> {
    let threads = args.threads.count();
    let (input, output) = (args.input.as_path(), args.output.as_path());
    match args.suite {
        Suite::Attribution => {
            forms::write(output, &text::attributions(&args.engine.load()?, &forms::read(input)?, threads)?)
        }
        Suite::Names => forms::write(output, &text::names(&args.engine.load()?, &forms::read(input)?, threads)?),
        Suite::Places => forms::write(output, &places::places(&args.engine.load()?, &forms::read(input)?, threads)?),
        Suite::Times => forms::write(output, &text::times(&args.engine.load()?, &forms::read(input)?, threads)?),
        Suite::Syntax => {
            let read = syntax::syntax(&args.engine.load()?, &conllu::read(input)?, threads)?;
            let trees: Vec<conllu::Document> = read.into_iter().map(|r| r.trees).collect();
            std::fs::write(output, conllu::print(&trees)).with_context(|| format!("cannot write {}", output.display()))
        }
        Suite::HtmlText => forms::write(output, &html::texts(&forms::read(input)?, folder(input), threads)?),
        Suite::HtmlDates => forms::write(output, &html::dates(&forms::read(input)?, folder(input), threads)?),
        Suite::Calendar => calendar::predict(input, output),
        Suite::Coref => forms::write(output, &coref::clusters(&args.engine.load()?, &forms::read(input)?, threads)?),
        Suite::Gap => forms::write(output, &coref::gap(&args.engine.load()?, &forms::read(input)?, threads)?),
        Suite::Record => record::predict(&args.engine.load()?, input, output, threads),
        Suite::Events => forms::write(output, &events::events(&args.engine.load()?, &forms::read(input)?, threads)?),
        Suite::Relations => {
            forms::write(output, &relations::relations(&args.engine.load()?, &forms::read(input)?, threads)?)
        }
    }
}

/// The folder that a list of pages stands in.
pub(crate) fn folder(list: &Path) -> &Path {
    list.parent().unwrap_or(Path::new(""))
}
