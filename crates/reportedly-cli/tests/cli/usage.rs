//! Usage: versions, exit codes, closed pipes and full disks.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use serde_json::{Value, json};

use super::{GOOD, folder, kernels, program, run, run_in, story};

#[test]
fn versions_are_short_and_long() {
    let short = format!("reportedly {}\n", env!("CARGO_PKG_VERSION"));
    for args in [&["--version"][..], &["-V"], &["version"]] {
        let run = run(program().args(args), b"");
        assert_eq!((run.code, run.text()), (Some(0), short.as_str()));
    }
    let long = run(program().args(["--version", "--verbose"]), b"");
    assert_eq!(long.out, run(program().args(["version", "--verbose"]), b"").out);
    let long = long.text();
    assert!(long.starts_with(&short));
    let entry = |label: &str| {
        long.lines().find_map(|line| line.strip_prefix(label)).unwrap_or_else(|| panic!("no {label} in {long}")).trim()
    };
    assert_eq!(entry("record "), "reportedly.record/1");
    assert_eq!(entry("model ").split(' ').next_back().map(str::len), Some(12));
    assert!(entry("available ").split(", ").any(|kernel| kernel == entry("kernel ")));
    assert!(entry("available ").starts_with("portable"));
}

#[test]
fn wrong_usage_is_two() {
    let folder = folder(&[("a.txt", GOOD.as_bytes())]);
    for args in [
        &[][..],
        &["read"],
        &["why", "a000000000000"],
        &["listen"],
        &["read", "a.txt", "--format", "xml"],
        &["read", "a.txt", "--threads", "0"],
        &["read", "a.txt", "--color", "blue"],
        &["read", "a.txt", "--kernel", "abacus"],
        &["why", "a000000000000", "a.txt", "--kernel", "abacus"],
        &["read", "a.txt", "--published", "yesterday"],
        &["read", "a.txt", "--zone", "Mars/Base"],
        &["read", "a.txt", "--published", "2026-11-10T12:00:00-05:00", "--zone", "Europe/Vilnius"],
        &["--verbose"],
    ] {
        let run = run_in(folder.path(), args);
        assert_eq!((run.code, run.out.len()), (Some(2), 0), "{args:?}: {}", run.err);
        assert!(run.err.starts_with("error: "), "{args:?}: {}", run.err);
    }
}

#[test]
fn a_kernel_that_is_not_here_is_named_beside_those_that_are() {
    let said = run(program().args(["read", "-", "--kernel", "abacus"]), b"").err;
    assert!(said.contains(&format!("this processor has no kernel abacus, but {}\n", kernels().join(", "))), "{said}");
}

#[test]
fn a_missing_path_is_named_and_the_rest_is_read() {
    let folder = folder(&[("a.txt", GOOD.as_bytes())]);
    let run = run_in(folder.path(), &["read", "b.txt", "a.txt", "--format", "jsonl"]);
    assert_eq!((run.code, run.records().len()), (Some(1), 1));
    let lines: Vec<&str> = run.err.lines().collect();
    assert!(lines[0].starts_with("error: b.txt: "), "{lines:?}");
    assert_eq!(lines[1..], ["1 report read, 1 could not be: b.txt"]);
}

#[test]
fn a_stamp_that_is_still_to_come_is_told_and_the_report_read() {
    let read = |published: &str| {
        let run = run(
            program().args(["read", "-", "--format", "jsonl", "--published", published]),
            b"The port closed on Friday. It will open 14 November 2998 again.",
        );
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        let record = &run.records()[0];
        let notes: Vec<Value> = record["notes"].as_array().into_iter().flatten().cloned().collect();
        notes.into_iter().filter(|note| note["says"].to_string().contains("still to come")).collect::<Vec<_>>()
    };
    assert_eq!(read("2025-11-14T21:40:00+02:00"), [] as [Value; 0]);
    let notes = read("2998-11-14T21:40:00+02:00");
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0]["says"].to_string().contains("stamped 2998-11-14T21:40:00"), "{notes:?}");
    assert_eq!(notes[0]["span"], json!({"bytes": [40, 56], "chars": [40, 56]}), "{notes:?}");
}

#[test]
fn a_model_that_is_none_is_named() {
    let folder = folder(&[("a.txt", GOOD.as_bytes()), ("bad.weights", b"not weights")]);
    for model in ["bad.weights", "none.weights"] {
        let run = run_in(folder.path(), &["read", "a.txt", "--model", model]);
        assert_eq!((run.code, run.out.len(), run.err.lines().count()), (Some(1), 0, 1), "{}", run.err);
        assert!(run.err.starts_with("error: ") && run.err.contains(model), "{}", run.err);
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let paths = ["."; 12];
    let mut program = program();
    program
        .current_dir(story())
        .args(["read", "--format", "jsonl"])
        .args(paths)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = program.spawn().expect("the program starts");
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("it is piped"));
    out.read_line(&mut line).expect("a line");
    drop(out);
    let mut err = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut err).expect("text");
    let code = child.wait().expect("the program ends").code();
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(line.ends_with("}\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    for args in
        [&["read", "02-stavenmoor-post.txt"][..], &["read", ".", "--format", "json"], &["schema"], &["--version"]]
    {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let output = program().current_dir(story()).args(args).stdout(full).output().expect("the program ends");
        let err = String::from_utf8(output.stderr).expect("text");
        assert_eq!((output.status.code(), err.lines().count()), (Some(1), 1), "{err}");
        assert!(err.starts_with("error: standard output cannot be written to: "), "{err}");
    }
}
