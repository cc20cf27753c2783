//! How fast sources are taken in, and in how much memory: intake alone, nothing is analysed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use cpu_time::ProcessTime;
use reportedly::{Arrival, Given, Limits, sources};

/// Measures intake.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files or folders.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Reports between two lines on memory.
    #[arg(long, default_value_t = 10_000)]
    every: u64,
}

/// Takes everything in and drops it.
pub(crate) fn intake(args: &Args) -> Result<()> {
    let (began, spent) = (Instant::now(), ProcessTime::now());
    let (mut reports, mut bytes, mut links) = (0u64, 0u64, 0u64);
    let mut rest: BTreeMap<String, u64> = BTreeMap::new();
    for source in sources(&args.paths) {
        for arrival in source?.arrivals(&Given::default(), &Limits::default()) {
            match arrival {
                Ok(Arrival::Report(arrived)) => {
                    reports += 1;
                    bytes += arrived.report.text.as_str().len() as u64;
                    if reports.is_multiple_of(args.every) {
                        println!("{reports} reports, {} MB now, {} MB at most", memory("VmRSS:"), memory("VmHWM:"));
                    }
                }
                Ok(Arrival::Link(_)) => links += 1,
                Ok(Arrival::Passed { why, .. }) => *rest.entry(format!("passed over: {why}")).or_default() += 1,
                Err(error) => {
                    eprintln!("{error}");
                    *rest.entry("errors".to_owned()).or_default() += 1;
                }
            }
        }
    }
    for (what, count) in rest {
        println!("{count} {what}");
    }
    let cpu = spent.elapsed().as_secs_f64();
    println!(
        "{reports} reports, {links} links, {bytes} bytes of text in {:.1} s, {cpu:.1} s of processor time: {:.0} reports/s; {} MB at most",
        began.elapsed().as_secs_f64(),
        reports as f64 / cpu.max(f64::EPSILON),
        memory("VmHWM:"),
    );
    Ok(())
}

/// Memory of this process in MB, where the system tells.
fn memory(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0) >> 10
}
