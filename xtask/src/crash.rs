//! Kills the program in the middle of storing reports, again and again, and looks for anything that was acknowledged and lost.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::eval::root;

/// Kills `reportedly ingest` at moments spread over its run.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How often.
    #[arg(long, default_value_t = 20)]
    runs: u32,
    /// The built program.
    #[arg(long, default_value_os_t = root().join("target/debug/reportedly"))]
    program: PathBuf,
    /// Also let the engine read the reports.
    #[arg(long)]
    read: bool,
    /// Reports that are stored in each run.
    #[arg(long, default_value_t = 300)]
    reports: u32,
}

/// Runs that share a store: what earlier ones left must not hurt later ones.
const SHARED: u32 = 5;

pub(crate) fn crash(args: &Args) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("reportedly-crash-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let done = runs(args, &folder);
    std::fs::remove_dir_all(&folder)?;
    let (killed, acknowledged) = done?;
    println!(
        "{} runs, {killed} of them killed before their end; {acknowledged} reports acknowledged, none lost, every store whole",
        args.runs
    );
    Ok(())
}

fn runs(args: &Args, folder: &Path) -> Result<(u32, usize)> {
    let mut rows = String::new();
    for i in 0..args.reports {
        let text = format!(
            "Report {i}. The harbour will reopen on Monday, two officials said. “We are ready,” Mira Tollan told the Echo."
        );
        writeln!(rows, "{}", json!({"text": text, "url": format!("https://echo.example/{i}")}))?;
    }
    std::fs::write(folder.join("rows.jsonl"), rows)?;
    let unread: &[&str] = if args.read { &[] } else { &["--unread"] };
    let run = |task: &[&str]| -> Result<Output> {
        Command::new(&args.program).current_dir(folder).args(task).output().context("the program starts")
    };
    // How long a whole run takes tells where its moments lie.
    let begun = Instant::now();
    run(&[&["ingest", "rows.jsonl"], unread].concat())?;
    let whole = begun.elapsed();
    let (mut killed, mut total) = (0, 0);
    let mut safe: BTreeSet<String> = BTreeSet::new();
    for i in 0..args.runs {
        if i % SHARED == 0 {
            for name in ["desk.reportedly", "desk.reportedly-wal", "desk.reportedly-shm", "desk.reportedly-lock"] {
                let _ = std::fs::remove_file(folder.join(name));
            }
            total += std::mem::take(&mut safe).len();
        }
        let mut ingest = Command::new(&args.program);
        ingest.current_dir(folder).args(["ingest", "rows.jsonl"]).args(unread);
        let mut child = ingest.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().context("the program starts")?;
        std::thread::sleep(moment(i, whole));
        child.kill()?;
        let output = child.wait_with_output()?;
        killed += u32::from(!output.status.success());
        let lines = String::from_utf8(output.stdout)?;
        // The line that it was killed in the middle of is no acknowledgement.
        let lines = lines.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        safe.extend(lines.filter_map(|line| line.split('\t').nth(1)).map(str::to_owned));
        check(&run, &safe, folder).with_context(|| format!("run {i}"))?;
        if i % SHARED == SHARED - 1 {
            let last = run(&[&["ingest", "rows.jsonl"], unread].concat())?;
            let lines = String::from_utf8(last.stdout)?;
            if lines.lines().count() != args.reports as usize || !last.status.success() {
                bail!("run {i}: resuming did not finish: {}", String::from_utf8_lossy(&last.stderr));
            }
            safe.extend(lines.lines().filter_map(|line| line.split('\t').nth(1)).map(str::to_owned));
            check(&run, &safe, folder).with_context(|| format!("run {i}, resumed"))?;
        }
    }
    Ok((killed, total + safe.len()))
}

/// A moment of a run: another one for each, spread evenly over a little more than the whole of it.
fn moment(run: u32, whole: Duration) -> Duration {
    // Multiples of the golden ratio never come close to each other.
    let part = (f64::from(run) * 0.618_033_988_75).fract();
    whole.mul_f64(part * 1.05)
}

fn check(run: &impl Fn(&[&str]) -> Result<Output>, safe: &BTreeSet<String>, folder: &Path) -> Result<()> {
    if safe.is_empty() && (!folder.join("desk.reportedly").exists() || !run(&["store", "stats"])?.status.success()) {
        // It was killed before the store was made.
        return Ok(());
    }
    let checked = run(&["store", "check"])?;
    if !checked.status.success() {
        bail!(
            "the store is not whole: {}{}",
            String::from_utf8_lossy(&checked.stdout),
            String::from_utf8_lossy(&checked.stderr)
        );
    }
    let export = String::from_utf8(run(&["store", "export"])?.stdout)?;
    match safe.iter().find(|id| !export.contains(&format!("\"id\":\"{id}\""))) {
        None => Ok(()),
        Some(id) => bail!("{id} was acknowledged and is lost"),
    }
}
