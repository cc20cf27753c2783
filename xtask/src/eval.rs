//! Every figure of the project in one table, and whether it stands above its floor.

mod floors;
mod measure;
mod own;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::predict::EngineArgs;
use crate::score::Figure;
use crate::threads;
use floors::Floors;

/// A part of the evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Attributions of the repository's own story.
    Own,
    Attribution,
    Names,
    Syntax,
    HtmlText,
    HtmlDates,
}

/// Measures everything that there is gold for and compares it with the floors of `eval/floors.toml`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the dev sets; without it only the repository's own gold is measured.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Only this part.
    #[arg(long)]
    suite: Option<Part>,
    /// Of each dev set only twelve fixed documents.
    #[arg(long)]
    quick: bool,
    /// Threads; the figures do not depend on it.
    #[arg(long)]
    threads: Option<usize>,
    /// Also write the figures to this file.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Succeed although figures have fallen, for this reason.
    #[arg(long, value_name = "REASON")]
    allow_regression: Option<String>,
    /// Raise floors to the figures that were measured.
    #[arg(long)]
    pin: bool,
    #[command(flatten)]
    engine: EngineArgs,
}

/// A figure may lie this far under its floor: floors are kept to one decimal, figures printed with one.
const SLACK: f64 = 0.05;

/// A figure beside its floor and its goals.
struct Line {
    figure: Figure,
    floor: Option<f64>,
    must: Option<f64>,
    aim: Option<f64>,
}

impl Line {
    fn holds(&self) -> bool {
        self.floor.is_none_or(|floor| self.figure.value >= floor - SLACK)
    }

    fn verdict(&self) -> &'static str {
        match self.floor {
            Some(_) if self.holds() => "pass",
            Some(_) => "FAIL",
            None => "no floor",
        }
    }
}

/// Runs the evaluation.
pub(crate) fn eval(args: &Args) -> Result<()> {
    let root = root();
    let path = root.join("eval/floors.toml");
    let mut floors = Floors::read(&path)?;
    let data = args.data.as_deref().filter(|data| data.is_dir());
    if data.is_none() {
        let asked = args
            .data
            .as_ref()
            .map_or_else(|| "no --data was given".to_owned(), |d| format!("there is no folder {}", d.display()));
        eprintln!(
            "*** ONLY THE REPOSITORY'S OWN GOLD IS MEASURED: {asked}. Most figures have no value in this run. ***"
        );
    }
    let engine = args.engine.load()?;
    let bench =
        measure::Bench { engine: &engine, quick: args.quick, threads: args.threads.unwrap_or_else(threads::all) };
    let figures = measure::figures(&bench, data, args.suite, &root.join("examples/harbour-talks"))?;
    if let Some(json) = &args.json {
        write_json(json, &engine.maker(), args.quick, &figures)?;
    }
    let lines: Vec<Line> = figures
        .into_iter()
        .map(|figure| {
            let (must, aim) = floors.goals(&figure.name);
            Line { floor: floors.floor(table(&figure.name, args.quick), &figure.name), must, aim, figure }
        })
        .collect();
    print!("{}", print(&lines));
    let mut faults: Vec<String> = lines
        .iter()
        .filter(|line| !line.holds())
        .map(|line| format!("{} is below its floor", line.figure.name))
        .collect();
    if args.suite.is_none() {
        // A floor without a figure would never fail again.
        let tables = if data.is_some() { vec!["own", table("", args.quick)] } else { vec!["own"] };
        let measured = |name: &str| lines.iter().any(|line| line.figure.name == name);
        let lost = tables.into_iter().flat_map(|table| floors.names(table)).filter(|name| !measured(name));
        faults.extend(lost.map(|name| format!("{name} has a floor but was not measured")));
    }
    if args.pin {
        for line in &lines {
            floors.raise(table(&line.figure.name, args.quick), &line.figure.name, line.figure.value)?;
        }
        floors.write(&path)?;
    }
    match (faults.as_slice(), &args.allow_regression) {
        ([], _) => Ok(()),
        (faults, Some(reason)) => {
            println!("allowed: {}\nreason: {reason}", faults.join("; "));
            Ok(())
        }
        (faults, None) => bail!("{}", faults.join("; ")),
    }
}

/// The table of floors that a figure belongs to.
fn table(figure: &str, quick: bool) -> &'static str {
    match (figure.starts_with("own."), quick) {
        (true, _) => "own",
        (false, true) => "quick",
        (false, false) => "full",
    }
}

fn print(lines: &[Line]) -> String {
    let mut out = format!("{:32} {:>6} {:>6} {:>6} {:>6}\n", "figure", "value", "floor", "must", "aim");
    let cell = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.1}"));
    for line in lines {
        let (floor, must, aim) = (cell(line.floor), cell(line.must), cell(line.aim));
        let _ = writeln!(
            out,
            "{:32} {:>6.1} {floor:>6} {must:>6} {aim:>6}  {}",
            line.figure.name,
            line.figure.value,
            line.verdict()
        );
    }
    out
}

fn write_json(path: &Path, maker: &reportedly::record::Engine, quick: bool, figures: &[Figure]) -> Result<()> {
    let figures: serde_json::Map<String, serde_json::Value> =
        figures.iter().map(|f| (f.name.clone(), f.value.into())).collect();
    let json = serde_json::json!({ "engine": maker, "quick": quick, "figures": figures });
    let text = serde_json::to_string_pretty(&json)? + "\n";
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_holds_down_to_the_slack_under_its_floor() {
        let line = |value: f64, floor: Option<f64>| Line {
            figure: Figure { name: "own.x".to_owned(), value },
            floor,
            must: Some(78.0),
            aim: None,
        };
        let lines = [line(70.96, Some(71.0)), line(70.94, Some(71.0)), line(3.0, None)];
        assert_eq!(lines.each_ref().map(Line::verdict), ["pass", "FAIL", "no floor"]);
        assert_eq!(
            print(&lines[..1]),
            "figure                            value  floor   must    aim\n\
             own.x                              71.0   71.0   78.0      -  pass\n"
        );
    }

    #[test]
    fn figures_go_by_table() {
        assert_eq!(
            [table("own.x", true), table("html.text", true), table("html.text", false)],
            ["own", "quick", "full"]
        );
    }
}
