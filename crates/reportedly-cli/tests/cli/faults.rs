//! Faults: killed, without room, without leave to write, with a damaged store, with bad input. What was acknowledged is there.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use super::desk::well;
use super::{GOOD, folder, program, run, run_in};

#[test]
fn faults_are_said_and_nothing_is_lost() {
    let folder =
        folder(&[("a.txt", GOOD.as_bytes()), ("bad.reportedly", b"not a store, but words ".repeat(60).as_slice())]);
    let at = folder.path();
    for args in [&["find", "harbour"][..], &["store", "check"], &["fix", "undo", "1"], &["store", "compact"]] {
        let run = run_in(at, args);
        assert_eq!((run.code, run.err.lines().count()), (Some(1), 1), "{args:?}: {}", run.err);
        assert!(run.err.contains("there is no store here yet"), "{}", run.err);
    }
    let bad = run_in(at, &["ingest", "a.txt", "--store", "bad.reportedly"]);
    assert_eq!(bad.code, Some(1));
    assert!(bad.err.contains("bad.reportedly: the file is no store of this program"), "{}", bad.err);
    let nowhere = run_in(at, &["ingest", "a.txt", "--store", "/proc/desk.reportedly"]);
    assert_eq!(nowhere.code, Some(1));
    assert!(nowhere.err.contains("cannot be written"), "{}", nowhere.err);
    let short = run_in(at, &["ingest", "a.txt", "none.txt"]);
    assert_eq!(short.code, Some(1));
    assert!(short.err.contains("stored 1 (1 new), skipped 0, failed 1 (1 "), "{}", short.err);
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let folder = folder(&[("many.jsonl", bulky(200, 6_000).as_bytes())]);
    let run = run_in(folder.path(), &["ingest", "many.jsonl", "--unread", "--most", "3M"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("no room is left for the store"), "{}", run.err);
    safe(folder.path(), run.text());
    let more = well(folder.path(), &["ingest", "many.jsonl", "--unread"]);
    assert_eq!(more.text().lines().count(), 200);
    safe(folder.path(), more.text());
}

/// Checks that the store is whole and has every report that was acknowledged.
fn safe(folder: &Path, acknowledged: &str) {
    assert_eq!(well(folder, &["store", "check"]).text(), "the store is whole\n");
    let export = well(folder, &["store", "export"]);
    for line in acknowledged.lines() {
        let id = line.split('\t').nth(1).unwrap_or_else(|| panic!("{line:?} is an acknowledgement"));
        assert!(export.text().contains(&format!("\"id\":\"{id}\"")), "{id} is lost");
    }
}

#[test]
fn killed_at_any_moment_it_goes_on_from_what_was_acknowledged() {
    let line = |i: usize| {
        let text = format!("Report {i}. {GOOD}");
        serde_json::json!({"text": text, "url": format!("https://echo.example/{i}")}).to_string()
    };
    let lines: Vec<String> = (0..400).map(line).collect();
    let folder = folder(&[("many.jsonl", lines.join("\n").as_bytes())]);
    let at = folder.path();
    let mut all = BTreeSet::new();
    for round in 0_u64..6 {
        let mut program = program();
        program.current_dir(at).args(["ingest", "many.jsonl", "--unread"]);
        let mut child = program.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        // A moment that is another in each round, from before the first report to after the last.
        std::thread::sleep(Duration::from_millis(40 + 90 * round));
        child.kill().expect("it can be killed");
        let out = child.wait_with_output().expect("it has ended").stdout;
        let text = String::from_utf8(out).expect("lines are UTF-8");
        // The line that it was killed in the middle of is no acknowledgement.
        all.extend(text.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(str::to_owned));
        if at.join("desk.reportedly").exists() && run_in(at, &["store", "stats"]).code == Some(0) {
            safe(at, &all.iter().cloned().collect::<String>());
        }
    }
    let last = well(at, &["ingest", "many.jsonl", "--unread"]);
    assert_eq!(last.text().lines().count(), 400);
    safe(at, last.text());
}

/// Rows of so many reports whose words do not repeat and so do not pack.
fn bulky(reports: usize, words: usize) -> String {
    let mut rows = String::new();
    for i in 0..reports {
        let words: String = (0..words).map(|w| format!("{:x} ", (i * 7_919 + w * 104_729) % 1_000_003)).collect();
        let text = format!("{GOOD} {words}");
        writeln!(rows, "{}", json!({"text": text, "url": format!("https://echo.example/{i}")})).expect("memory");
    }
    rows
}

#[cfg(unix)]
#[test]
fn a_system_that_refuses_to_write_is_said() {
    let folder = folder(&[("many.jsonl", bulky(300, 600).as_bytes())]);
    let at = folder.path();
    // The limit of a file's size, in blocks of 512 bytes; its signal would end the program without a word.
    let limited =
        format!("trap '' XFSZ; ulimit -f 4000; exec {} ingest many.jsonl --unread", env!("CARGO_BIN_EXE_reportedly"));
    let short = run(Command::new("sh").current_dir(at).args(["-c", &limited]), b"");
    assert_eq!(short.code, Some(1), "{}", short.err);
    assert!(short.err.contains("the limit of a file's size is reached"), "{}", short.err);
    assert!(short.text().lines().count() > 5, "{}", short.text());
    safe(at, short.text());
    let more = well(at, &["ingest", "many.jsonl", "--unread"]);
    assert_eq!(more.text().lines().count(), 300);
    safe(at, more.text());
}

#[test]
fn a_second_writer_is_told_who_writes_and_readers_go_on() {
    let folder = folder(&[("a.txt", GOOD.as_bytes()), ("b.txt", GOOD.replace("Monday", "Friday").as_bytes())]);
    let at = folder.path();
    well(at, &["ingest", "a.txt", "--unread"]);
    let mut first = program();
    first
        .current_dir(at)
        .args(["ingest", "-", "--unread", "--wait", "600"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut first = first.stderr(Stdio::null()).spawn().expect("the program starts");
    // It waits for its input with the store in its hands.
    let mut holds = false;
    for _ in 0..200 {
        let second = run_in(at, &["ingest", "b.txt", "--unread", "--wait", "0"]);
        // It takes the store first and writes its name down then.
        holds = second.code == Some(1) && second.err.contains(&format!("process {} on ", first.id()));
        if holds {
            assert!(second.err.contains("is writing to the store"), "{}", second.err);
            break;
        }
    }
    assert!(holds, "two wrote at once");
    assert_eq!(run_in(at, &["find", "harbour"]).code, Some(0), "a reader goes on");
    first.stdin.take().expect("it is piped").write_all(GOOD.replace("Monday", "Sunday").as_bytes()).expect("it reads");
    let mut line = String::new();
    BufReader::new(first.stdout.take().expect("it is piped")).read_line(&mut line).expect("it acknowledges");
    assert!(line.starts_with("new\t"), "{line}");
    assert!(first.wait().expect("it ends").success());
    well(at, &["ingest", "b.txt", "--unread", "--wait", "0"]);
    safe(at, &line);
}

#[test]
fn a_damaged_store_is_said_and_a_backup_restores_it() {
    let folder = folder(&[("many.jsonl", bulky(30, 6_000).as_bytes())]);
    let at = folder.path();
    let acknowledged = well(at, &["ingest", "many.jsonl", "--unread"]);
    well(at, &["store", "backup", "safe.reportedly"]);
    let mut bytes = std::fs::read(at.join("desk.reportedly")).expect("it is there");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 40_000].iter_mut().for_each(|byte| *byte ^= 0x5a);
    std::fs::write(at.join("desk.reportedly"), bytes).expect("it can be written");
    let check = run_in(at, &["store", "check"]);
    assert_eq!(check.code, Some(1), "{}{}", check.text(), check.err);
    assert!(!format!("{}{}", check.text(), check.err).contains("panicked"));
    std::fs::rename(at.join("safe.reportedly"), at.join("desk.reportedly")).expect("it can be moved");
    safe(at, acknowledged.text());
}

#[test]
fn bad_input_is_named_and_the_rest_goes_in() {
    let feed = |items: &str| format!("<rss version=\"2.0\"><channel>{items}</channel></rss>");
    let item = |number: u32, rest: &str| {
        format!(
            "<item><link>https://echo.example/{number}</link><content:encoded>Talks {number} are off, two officials said.</content:encoded>{rest}</item>"
        )
    };
    let bomb =
        format!("<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>{}", feed(&item(1, "<title>&b;</title>")));
    let guids = feed(&(item(2, "<guid>g</guid>") + &item(3, "<guid>g</guid>")));
    let lists = format!("<html><body><article><p>{GOOD}</p>{}</article></body></html>", "<ul><li>".repeat(64_000));
    let latin = [b"The caf\xe9 is shut. ".as_slice(), GOOD.as_bytes()].concat();
    let folder = folder(&[
        ("a.xml", bomb.as_bytes()),
        ("b.xml", guids.as_bytes()),
        ("d.html", lists.as_bytes()),
        ("e.txt", &latin),
        ("f.warc.gz", &archive()),
        ("g.txt", GOOD.as_bytes()),
    ]);
    let run = run_in(folder.path(), &["ingest", ".", "--unread", "--log-format", "json"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    for says in [
        "has a DOCTYPE, which is not read",
        "item 2: its guid is that of item 1, another report",
        "ends inside a gzip member",
    ] {
        let of = |line: &&str| line.contains("\"event\":\"failed\"") && line.contains(says);
        assert_eq!(run.err.lines().filter(of).count(), 1, "{says}: {}", run.err);
    }
    let summary: Value = serde_json::from_str(run.err.lines().last().expect("a summary")).expect("JSON");
    // Item 2, the lists, the text in another encoding, the first page of the archive and the good one.
    assert_eq!((&summary["new"], &summary["failed"]), (&5.into(), &3.into()), "{}\n{}", run.text(), run.err);
    assert_eq!(run.text().lines().count(), 5);
    well(folder.path(), &["store", "check"]);
    let found = well(folder.path(), &["find", "shut", "--format", "json"]);
    let found: Value = serde_json::from_str(found.text()).expect("JSON");
    let record = well(folder.path(), &["store", "record", found[0]["report"].as_str().expect("an id")]);
    assert!(record.text().contains("UTF-8"), "the doubt about its bytes is kept: {}", record.text());
}

/// A web archive of two pages, the second of which is cut off.
fn archive() -> Vec<u8> {
    let member = |number: u32| {
        let page = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article><p>{number}. {GOOD}</p></article></body></html>"
        );
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://echo.example/w{number}\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            page.len()
        );
        gzip(format!("{head}{page}\r\n\r\n").as_bytes())
    };
    let second = member(2);
    [member(1).as_slice(), &second[..second.len() / 2]].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).and_then(|()| packed.finish()).expect("memory")
}

#[cfg(unix)]
#[test]
fn who_is_asked_to_stop_keeps_what_was_acknowledged_and_says_so() {
    let folder = folder(&[("many.jsonl", bulky(4_000, 300).as_bytes())]);
    let at = folder.path();
    let mut program = program();
    program.current_dir(at).args(["ingest", "many.jsonl", "--unread", "--threads", "1"]);
    let mut child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut out = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut acknowledged = String::new();
    out.read_line(&mut acknowledged).expect("it acknowledges");
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("a signal").success());
    out.read_to_string(&mut acknowledged).expect("it goes on to print");
    let ended = child.wait_with_output().expect("it ends");
    let err = String::from_utf8(ended.stderr).expect("lines are UTF-8");
    assert_eq!(ended.status.code(), Some(1), "{err}");
    let stored = acknowledged.lines().count();
    assert!((1..4_000).contains(&stored), "{stored}");
    let summary = format!("stored {stored} ({stored} new), skipped 0, failed 0");
    assert_eq!(err.lines().last(), Some(summary.as_str()), "{err}");
    assert!(err.contains("note: stopped"), "{err}");
    safe(at, &acknowledged);
}

#[test]
fn what_is_in_doubt_is_named_and_stored() {
    let lists = format!("<html><body><article><p>{GOOD}</p>{}</article></body></html>", "<ul><li>".repeat(64_000));
    let rows = [
        json!({"text": GOOD, "published": "2098-11-14T20:00:00Z", "url": "https://echo.example/1"}).to_string(),
        format!("{{\"text\": {}{}}}", "[".repeat(262_144), "]".repeat(262_144)),
        json!({"text": GOOD, "published": "2025-11-14T20:00:00Z", "url": "https://echo.example/2"}).to_string(),
    ];
    let files = [("a.html", lists), ("b.jsonl", rows.join("\n")), ("c.json", "[".repeat(524_288))];
    let folder = folder(&files.each_ref().map(|(name, text)| (*name, text.as_bytes())));
    let at = folder.path();
    let args = ["ingest", "a.html", "b.jsonl", "c.json", "--unread"];
    let first = run_in(at, &args);
    assert_eq!(first.code, Some(1), "{}", first.err);
    assert_eq!(first.text().lines().count(), 3, "{}", first.text());
    let says = [
        ("note: a.html: r", "the page has more than 20000 elements: its text is all its sentences"),
        ("note: b.jsonl: https://echo.example/1: ", "dated 2098-11-14T20:00:00, after it was found: no date is taken"),
        ("error: b.jsonl: line 2: ", "no JSON object of a report"),
        ("error: c.json: ", "JSON of a kind that is not read"),
        ("stored 3 (3 new), skipped 0, failed 2 ", ", in doubt 2 (1 dated #-#-#T#:#:#"),
    ];
    let lines: Vec<&str> = first.err.lines().collect();
    assert_eq!(lines.len(), says.len(), "{}", first.err);
    for (begins, has) in says {
        assert!(lines.iter().any(|line| line.starts_with(begins) && line.contains(has)), "{begins}: {}", first.err);
    }
    let found: Value = serde_json::from_str(well(at, &["find", "harbour", "--format", "json"]).text()).expect("JSON");
    let dates: Vec<&str> = found.as_array().into_iter().flatten().filter_map(|row| row["published"].as_str()).collect();
    assert_eq!(dates, ["2025-11-14 20:00 +00:00"], "{found}");
    // What is known is not in doubt again.
    let again = run_in(at, &args);
    assert!(!again.err.contains("note:"), "{}", again.err);
    assert!(again.err.contains("stored 0, skipped 3 (3 known), failed 2 "), "{}", again.err);
}
