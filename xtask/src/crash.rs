//! Kills the program in the middle of storing reports, again and again, and looks for anything that was acknowledged and lost.

mod server;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;

use crate::eval::root;

/// Kills `reportedly ingest`, or `follow`, at moments spread over its run.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How often.
    #[arg(long, default_value_t = 20)]
    runs: u32,
    /// The built program.
    #[arg(long, default_value_os_t = root().join("target/release/reportedly"))]
    program: PathBuf,
    /// Follow a feed of a server of this machine instead of ingesting a file.
    #[arg(long)]
    follow: bool,
    /// Also let the engine read the reports.
    #[arg(long)]
    read: bool,
    /// Reports that are stored in each run.
    #[arg(long, default_value_t = 180)]
    reports: u32,
}

/// Runs that share a store: what earlier ones left must not hurt later ones.
const SHARED: u32 = 5;

/// Files of a store.
const FILES: [&str; 4] = ["desk.reportedly", "desk.reportedly-wal", "desk.reportedly-shm", "desk.reportedly-lock"];

pub(crate) fn crash(args: &Args) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("reportedly-crash-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let done = Crash::new(args, &folder).and_then(|crash| crash.runs());
    std::fs::remove_dir_all(&folder)?;
    let (killed, acknowledged) = done?;
    println!(
        "{} runs, {killed} of them killed before their end; {acknowledged} reports acknowledged, none lost, every store whole",
        args.runs
    );
    Ok(())
}

/// The text of a report, another one for each number.
fn text(number: u32) -> String {
    format!(
        "Report {number}. The harbour will reopen on Monday, two officials said. “We are ready,” Mira Tollan told the Echo."
    )
}

/// The program and what it is told to do, in a folder of its own.
struct Crash<'a> {
    args: &'a Args,
    program: PathBuf,
    folder: &'a Path,
    task: Vec<String>,
}

impl Crash<'_> {
    fn new<'a>(args: &'a Args, folder: &'a Path) -> Result<Crash<'a>> {
        // It is started in another folder.
        let program =
            args.program.canonicalize().with_context(|| format!("{} is not built", args.program.display()))?;
        let mut task: Vec<String> = if args.follow {
            let feed = server::serve(args.reports)?;
            ["follow", "--once", "--allow-private", &feed].map(str::to_owned).to_vec()
        } else {
            let mut rows = String::new();
            for i in 0..args.reports {
                writeln!(rows, "{}", json!({"text": text(i), "url": format!("https://echo.example/{i}")}))?;
            }
            std::fs::write(folder.join("rows.jsonl"), rows)?;
            ["ingest", "rows.jsonl"].map(str::to_owned).to_vec()
        };
        task.extend((!args.read).then(|| "--unread".to_owned()));
        Ok(Crash { args, program, folder, task })
    }

    fn program(&self, task: &[String]) -> Command {
        let mut program = Command::new(&self.program);
        program.current_dir(self.folder).args(task);
        program
    }

    fn run(&self, task: &[&str]) -> Result<Output> {
        let task: Vec<String> = task.iter().map(|word| (*word).to_owned()).collect();
        self.program(&task).output().context("the program starts")
    }

    fn runs(&self) -> Result<(u32, usize)> {
        // How long a whole run takes tells where its moments lie.
        let begun = Instant::now();
        self.finish().context("a run that nobody kills")?;
        let whole = begun.elapsed();
        let (mut killed, mut total) = (0, 0);
        let mut safe: BTreeSet<String> = BTreeSet::new();
        let mut has_ended = true;
        for i in 0..self.args.runs {
            // Where a run has come to its end, nothing is left to be killed in.
            if i % SHARED == 0 || has_ended {
                self.begin_anew();
                total += std::mem::take(&mut safe).len();
            }
            let mut child = self.program(&self.task).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
            std::thread::sleep(moment(i, whole));
            child.kill()?;
            let output = child.wait_with_output()?;
            has_ended = output.status.success();
            killed += u32::from(!has_ended);
            safe.extend(acknowledged(&output)?);
            self.check(&safe).with_context(|| format!("run {i}"))?;
            if i % SHARED == SHARED - 1 || i + 1 == self.args.runs {
                safe.extend(self.finish().with_context(|| format!("run {i}, resumed"))?);
                self.check(&safe).with_context(|| format!("run {i}, resumed"))?;
            }
        }
        Ok((killed, total + safe.len()))
    }

    fn begin_anew(&self) {
        for name in FILES {
            // It may not be there.
            let _ = std::fs::remove_file(self.folder.join(name));
        }
    }

    /// Lets a run come to its end; every report must be in the store then. Returns those that it acknowledged.
    fn finish(&self) -> Result<Vec<String>> {
        let output = self.program(&self.task).output()?;
        let says = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "resuming did not finish: {says}");
        let export = String::from_utf8(self.run(&["store", "export"])?.stdout)?;
        let stored = export.lines().filter(|line| line.starts_with("{\"revision\":")).count();
        ensure!(stored == self.args.reports as usize, "{stored} of {} reports are there: {says}", self.args.reports);
        acknowledged(&output)
    }

    /// Looks whether the store is whole and has every report that was acknowledged.
    fn check(&self, safe: &BTreeSet<String>) -> Result<()> {
        let is_made = || Ok::<_, anyhow::Error>(self.run(&["store", "stats"])?.status.success());
        if safe.is_empty() && (!self.folder.join(FILES[0]).exists() || !is_made()?) {
            // It was killed before the store was made.
            return Ok(());
        }
        let checked = self.run(&["store", "check"])?;
        if !checked.status.success() {
            let [out, err] = [&checked.stdout, &checked.stderr].map(|bytes| String::from_utf8_lossy(bytes));
            bail!("the store is not whole: {out}{err}");
        }
        let export = String::from_utf8(self.run(&["store", "export"])?.stdout)?;
        match safe.iter().find(|id| !export.contains(&format!("\"id\":\"{id}\""))) {
            None => Ok(()),
            Some(id) => bail!("{id} was acknowledged and is lost"),
        }
    }
}

/// The ids of the reports that a run acknowledged. The line that it was killed in the middle of is no acknowledgement.
fn acknowledged(output: &Output) -> Result<Vec<String>> {
    let lines = std::str::from_utf8(&output.stdout)?.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    Ok(lines.filter_map(|line| line.split('\t').nth(1)).map(str::to_owned).collect())
}

/// A moment of a run: another one for each, spread evenly over the whole of it.
fn moment(run: u32, whole: Duration) -> Duration {
    // Multiples of the golden ratio never come close to each other.
    let part = (f64::from(run) * 0.618_033_988_75).fract();
    whole.mul_f64(part)
}
