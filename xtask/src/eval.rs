//! Every figure of the project in one table, and whether it stands above its floor.

mod events;
mod floors;
mod kept;
mod listed;
mod measure;
mod own;
mod relations;
mod roles;
mod speakers;
mod voices;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::predict::{EngineArgs, Suite};
use crate::score::Figure;
use crate::threads::Threads;
use floors::Floors;
use kept::Kept;

/// Measures everything that there is gold for and compares it with the floors of `eval/floors.toml`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the dev sets; without it only the repository's own gold is measured.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Only the dev sets of this suite.
    #[arg(long, requires = "data")]
    suite: Option<Suite>,
    /// Of each dev set only twelve fixed documents.
    #[arg(long)]
    quick: bool,
    /// Also write the figures to this file.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Fail where figures lie under those that an earlier run wrote to this file, whatever the floors allow.
    #[arg(long, value_name = "FILE", requires = "within")]
    against: Option<PathBuf>,
    /// How far under the earlier figures these may lie.
    #[arg(long, value_name = "POINTS", requires = "against")]
    within: Option<f64>,
    /// Succeed although figures are below their floors, for this reason.
    #[arg(long, value_name = "REASON")]
    allow_regression: Option<String>,
    /// Raise floors to the figures that were measured.
    #[arg(long)]
    pin: bool,
    #[command(flatten)]
    threads: Threads,
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
        ensure!(args.suite.is_none(), "{asked}");
        eprintln!(
            "*** ONLY THE REPOSITORY'S OWN GOLD IS MEASURED: {asked}. Most figures have no value in this run. ***"
        );
    }
    let earlier = args.against.as_deref().map(|path| Kept::read(path, args.quick)).transpose()?;
    let engine = args.engine.load()?;
    let bench = measure::Bench { engine: &engine, quick: args.quick, threads: args.threads.count() };
    let figures = measure::figures(&bench, data, args.suite, &root.join("examples/harbour-talks"))?;
    let kept = Kept::of(engine.maker(), args.quick, &figures);
    if let Some(json) = &args.json {
        kept.write(json)?;
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
    if let (false, Some(reason)) = (faults.is_empty(), &args.allow_regression) {
        println!("allowed: {}\nreason: {reason}", faults.join("; "));
        faults.clear();
    }
    if let (Some(earlier), Some(within)) = (&earlier, args.within) {
        faults.extend(kept.faults(earlier, within));
    }
    ensure!(faults.is_empty(), "{}", faults.join("; "));
    Ok(())
}

/// The table of floors that a figure belongs to.
fn table(figure: &str, quick: bool) -> &'static str {
    let own = ["own.", "record.own.", "record.twins."].iter().any(|start| figure.starts_with(start));
    match (own, quick) {
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
            [table("own.x", true), table("record.own.x", false), table("html.text", true), table("html.text", false)],
            ["own", "own", "quick", "full"]
        );
    }
}
