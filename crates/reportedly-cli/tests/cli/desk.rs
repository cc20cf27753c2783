//! The desk: ingest, store, questions and corrections, driven through the built program.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::{Run, folder, run_in, story};

/// Runs the program in a folder and expects it to end well.
pub(crate) fn well(folder: &Path, args: &[&str]) -> Run {
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
    assert!(run.err.contains("stored 15 (14 new, 1 revised), skipped 0, failed 0"), "{}", run.err);
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
    assert!(again.err.contains("stored 0, skipped 15 (14 known, 1 taken down), failed 0"), "{}", again.err);
    well(at, &["store", "forget", url, "--allow"]);
    let again = well(at, &["ingest", story.to_str().expect("a path"), "--quiet"]);
    assert!(again.err.contains("1 new"), "{}", again.err);
    well(at, &["store", "check"]);
}

#[test]
fn every_filter_narrows_what_is_found_and_contacts_are_of_two() {
    let folder = stored();
    let at = folder.path();
    let text = |row: &Value, field: &str| row[field].as_str().unwrap_or_default().to_owned();
    let all = rows(at, &["find", "--who", "Aurel Dasko", "--status", "planned", "--most", "999"]);
    let one =
        rows(at, &["find", "Kell", "--who", "Dasko", "--status", "planned", "--kind", "meet", "--when", "2026-11-16"]);
    assert!(!one.is_empty() && one.iter().all(|row| all.iter().any(|other| other["item"] == row["item"])), "{one:?}");
    for row in &one {
        assert!(text(row, "who").contains("Dasko") && row["status"] == "planned" && row["what"] == "meet", "{row}");
    }
    assert_eq!(
        rows(at, &["find", "--who", "Dasko", "--status", "planned", "--when", "1999-01-01"]),
        Vec::<Value>::new()
    );
    let said = rows(at, &["find", "--said-by", "Ilse Dasko"]);
    assert!(!said.is_empty() && said.iter().all(|row| row["who"] == "Ilse Dasko"), "{said:?}");
    assert_eq!(rows(at, &["find", "--said-by", "Dasko", "--most", "1"]).len(), 1);

    let contacts = rows(at, &["pair", "Solquist", "Aurel Dasko"]);
    let is_plan = |row: &&Value| row["status"] == "planned" && text(row, "when").starts_with("2026-11-16");
    let plan = contacts.iter().find(is_plan).expect("the meeting of the story");
    assert!(plan["voices"].to_string().contains("two people familiar"), "{plan}");
    let dates: Vec<String> = contacts.iter().map(|row| text(row, "when")).filter(|when| !when.is_empty()).collect();
    assert!(dates.is_sorted(), "{dates:?}");
    assert!(well(at, &["pair", "Solquist", "Dasko", "--format", "csv"]).text().starts_with("when,status,contested,"));
    let same = run_in(at, &["pair", "Solquist", "Maren Solquist"]);
    assert_eq!((same.code, same.text()), (Some(1), ""));
    assert!(same.err.contains("are the same in the store: contacts are of two"), "{}", same.err);
}

#[test]
fn each_kind_of_correction_is_made_listed_and_undone() {
    let folder = stored();
    let at = folder.path();
    let named = |name: &str| rows(at, &["who", name]).len();
    assert_eq!(named("Dasko"), 2);
    well(at, &["fix", "merge", "Ilse Dasko", "Aurel Dasko"]);
    assert_eq!(named("Dasko"), 1);
    let planned = rows(at, &["pair", "Solquist", "Aurel Dasko"]);
    let plan = planned.iter().find(|row| row["status"] == "planned").expect("the meeting of the story");
    let (item, report) = (plan["item"].as_str().expect("an id"), plan["report"].as_str().expect("an id"));
    for fix in
        [&["date", item, "2026-11-20"][..], &["status", item, "cancelled"], &["note", item, "ask the envoy's office"]]
    {
        well(at, &[&["fix"], fix].concat());
    }
    let record: Value = serde_json::from_str(well(at, &["store", "record", report]).text()).expect("a record is JSON");
    let events = record["events"].as_array().expect("a list");
    let event = events.iter().find(|event| event["id"] == *item).expect("it is there");
    let entity = event["participants"].as_array().into_iter().flatten().find_map(|part| part["entity"].as_str());
    well(at, &["fix", "split", entity.expect("somebody takes part"), "--as", "the other one"]);
    let fixed = rows(at, &["pair", "Solquist", "Dasko"]);
    let row = fixed.iter().find(|row| row["item"] == *item);
    assert!(row.is_none_or(|row| row["status"] == "cancelled" && row["when"] == "2026-11-20"), "{fixed:?}");
    assert_eq!(rows(at, &["fix", "list"]).len(), 5);
    for number in (1..=5).rev() {
        well(at, &["fix", "undo", &number.to_string()]);
    }
    assert_eq!(rows(at, &["pair", "Solquist", "Aurel Dasko"]), planned);
    assert_eq!((named("Dasko"), rows(at, &["fix", "list", "--history"]).len()), (2, 10));
    let changes = well(at, &["store", "changes"]);
    let changes: Vec<Value> = changes.text().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(changes.iter().filter_map(|change| change["id"].as_i64()).is_sorted_by(|one, other| one < other));
    assert_eq!(changes.iter().filter(|change| change["correction"].is_i64()).count(), 10);
    well(at, &["store", "compact"]);
    well(at, &["store", "check"]);
}
