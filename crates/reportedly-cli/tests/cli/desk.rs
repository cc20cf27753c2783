//! The desk: ingest, store, questions and corrections, driven through the built program.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use super::{GOOD, Run, folder, program, run_in, story};

/// Runs the program in a folder and expects it to end well.
fn well(folder: &Path, args: &[&str]) -> Run {
    let run = run_in(folder, args);
    assert_eq!(run.code, Some(0), "{args:?}: {}", run.err);
    run
}

fn rows(folder: &Path, args: &[&str]) -> Vec<Value> {
    let args: Vec<&str> = args.iter().copied().chain(["--format", "json"]).collect();
    serde_json::from_slice(&run_in(folder, &args).out).expect("rows are JSON")
}

/// A folder with the made-up story in a store.
fn stored() -> tempfile::TempDir {
    let folder = folder(&[]);
    let story = story();
    let run = well(folder.path(), &["ingest", story.to_str().expect("a path")]);
    assert!(run.err.contains("14 new, 1 revisions; skipped 0"), "{}", run.err);
    assert_eq!(run.text().lines().count(), 15);
    folder
}

#[test]
fn the_story_is_taken_in_once() {
    let folder = stored();
    let at = folder.path();
    let before = well(at, &["store", "export"]).out;
    let story = story();
    let again = well(at, &["ingest", story.to_str().expect("a path"), "--log-format", "json"]);
    let lines: Vec<Value> = again.text().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 15);
    assert!(lines.iter().all(|line| line["put"] == "known"), "{}", again.text());
    let summary: Value = serde_json::from_str(again.err.lines().last().expect("a summary")).expect("JSON");
    assert_eq!((&summary["event"], &summary["known"], &summary["new"]), (&"summary".into(), &15.into(), &0.into()));
    assert_eq!(well(at, &["store", "export"]).out, before);
    assert_eq!(well(at, &["store", "check"]).text(), "the store is whole\n");
    let stats: Value = serde_json::from_str(well(at, &["store", "stats", "--json"]).text()).expect("JSON");
    assert_eq!((&stats["reports"], &stats["revisions"]), (&14.into(), &15.into()));

    // Another store of the same reports has the same export, and so has one that was restored from it.
    std::fs::write(at.join("export.jsonl"), &before).expect("it can be written");
    well(at, &["store", "restore", "export.jsonl", "--store", "other.reportedly"]);
    assert_eq!(well(at, &["store", "export", "--store", "other.reportedly"]).out, before);
    let rebuilt = well(at, &["store", "rebuild"]);
    assert!(rebuilt.err.contains("15 revisions derived, 0 of them read again"), "{}", rebuilt.err);
    assert_eq!(well(at, &["store", "export"]).out, before);
}

#[test]
fn questions_are_answered_in_three_forms() {
    let folder = stored();
    let at = folder.path();
    let found = rows(at, &["find", "harbour", "--outlet", "Northwire"]);
    assert!(!found.is_empty());
    for row in &found {
        assert_eq!(row["outlet"], "Northwire");
    }
    let published: Vec<&str> = found.iter().filter_map(|row| row["published"].as_str()).collect();
    assert!(published.is_sorted_by(|a, b| a >= b), "{published:?}");
    let said = rows(at, &["find", "--unnamed", "--between", "2026-11-10..2026-11-10"]);
    assert!(said.iter().all(|row| row["what"] == "attribution" && row["item"].is_string()), "{said:?}");
    assert!(!said.is_empty());
    let who = rows(at, &["who", "Solquist"]);
    assert!(who[0]["reports"].as_i64().expect("a number") >= 10, "{who:?}");
    let speaker = who[0]["key"].as_str().expect("a key");
    for row in rows(at, &["said", speaker]) {
        assert!(row["says"].as_str().is_some_and(|words| !words.is_empty()));
    }
    let csv = well(at, &["find", "harbour", "--format", "csv"]);
    assert!(csv.text().starts_with("published,outlet,what,status,when,who,says,item,report,revision,headline,url\n"));
    let table = well(at, &["who", "Solquist"]);
    assert!(table.text().starts_with("name "), "{}", table.text());
    let none = run_in(at, &["find", "zeppelin"]);
    assert_eq!((none.code, none.text()), (Some(1), "nothing found\n"));
    let nobody = run_in(at, &["who", "Nobody Atall"]);
    assert_eq!((nobody.code, nobody.err.as_str()), (Some(1), "error: nobody is called Nobody Atall in the store\n"));
    let wrong = run_in(at, &["find", "harbour", "--between", "soon"]);
    assert_eq!(wrong.code, Some(2));
}

#[test]
fn revisions_tell_what_changed_in_what_is_stated() {
    let folder = stored();
    let url = "https://vessencourier.example/news/2026/11/10/envoy-dasko-kell-island";
    let changed = rows(folder.path(), &["revisions", url]);
    let turns: BTreeSet<&str> = changed.iter().filter_map(|row| row["turn"].as_str()).collect();
    assert!(turns.contains("came"), "{changed:?}");
    assert!(changed.iter().all(|row| row["from"] == 1 && row["to"] == 2));
    assert_eq!(run_in(folder.path(), &["revisions", "https://nowhere.example"]).code, Some(1));
}

#[test]
fn corrections_stay_and_are_undone() {
    let folder = stored();
    let at = folder.path();
    let said = rows(at, &["find", "--unnamed"]);
    let item = said[0]["item"].as_str().expect("an id").to_owned();
    let report = said[0]["report"].as_str().expect("an id").to_owned();
    let speaker = |at: &Path| {
        let record: Value =
            serde_json::from_str(well(at, &["store", "record", &report]).text()).expect("a record is JSON");
        let attributions = record["attributions"].as_array().expect("a list").clone();
        let one = attributions.iter().find(|one| one["id"] == *item).expect("it is there").clone();
        let entities = record["entities"].as_array().expect("a list").clone();
        let entity = entities.iter().find(|entity| entity["id"] == one["speaker"]);
        entity.and_then(|entity| entity["name"].as_str().map(str::to_owned))
    };
    let before = speaker(at);
    let made = well(at, &["fix", "speaker", &item, "Orla Brandt"]);
    assert!(made.text().starts_with("correction 1: "), "{}", made.text());
    assert_eq!(speaker(at).as_deref(), Some("Orla Brandt"));
    assert!(rows(at, &["said", "Orla Brandt"]).iter().any(|row| row["item"] == *item));
    well(at, &["store", "rebuild", "--tables"]);
    let story = story();
    well(at, &["ingest", story.to_str().expect("a path"), "--quiet"]);
    assert_eq!(speaker(at).as_deref(), Some("Orla Brandt"));
    let listed = rows(at, &["fix", "list"]);
    assert_eq!(listed[0]["stands"], format!("on {item}"));
    assert_eq!(rows(at, &["fix", "list", "--lost"]), Vec::<Value>::new());
    well(at, &["fix", "undo", "1"]);
    assert_eq!(speaker(at), before);
    assert_eq!(rows(at, &["fix", "list"]), Vec::<Value>::new());
    assert_eq!(rows(at, &["fix", "list", "--history"]).len(), 2);
    assert_eq!(run_in(at, &["fix", "undo", "1"]).code, Some(1));
    assert_eq!(run_in(at, &["fix", "reject", "a000000000000"]).code, Some(1));
    assert_eq!(run_in(at, &["fix", "status", &item, "sold"]).code, Some(2));
    well(at, &["store", "check"]);
}

#[test]
fn what_is_taken_down_does_not_come_back() {
    let folder = stored();
    let at = folder.path();
    let url = "https://tarrowradio.example/news/412207/";
    well(at, &["store", "forget", url]);
    assert_eq!(run_in(at, &["revisions", url]).code, Some(1));
    let story = story();
    let again = well(at, &["ingest", story.to_str().expect("a path"), "--quiet"]);
    assert!(again.err.contains("0 new, 0 revisions; skipped 15: 14 known, 1 taken down"), "{}", again.err);
    well(at, &["store", "forget", url, "--allow"]);
    let again = well(at, &["ingest", story.to_str().expect("a path"), "--quiet"]);
    assert!(again.err.contains("1 new"), "{}", again.err);
    well(at, &["store", "check"]);
}

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
    assert!(short.err.contains("1 new, 0 revisions; skipped 0: 0 known, 0 taken down; failed 1: 1 "), "{}", short.err);
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let text = "word ".repeat(4_000);
    let line = |i: usize| {
        // Words that do not repeat do not pack.
        let words: String = (0..6_000).map(|w| format!("{:x} ", (i * 7_919 + w * 104_729) % 1_000_003)).collect();
        serde_json::json!({"text": format!("{text} {words}"), "url": format!("https://echo.example/{i}")}).to_string()
    };
    let lines: Vec<String> = (0..200).map(line).collect();
    let folder = folder(&[("many.jsonl", lines.join("\n").as_bytes())]);
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
