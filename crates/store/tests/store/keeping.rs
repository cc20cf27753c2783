//! Keeping: revisions, export and restore, rebuilding, forgetting.

use jiff::Timestamp;
use reportedly_record::{Record, Status};
use reportedly_store::{Asked, Packed, Put, Store};

use super::{Bench, Draft, TALKS, talks};

const URL: &str = "https://courier.example/talks";

#[test]
fn a_record_comes_back_as_it_was_stored() {
    let bench = Bench::new();
    let (draft, _) = talks(URL, 10, TALKS);
    bench.put(&[&draft]);
    let store = bench.read();
    assert_eq!(store.record_as_read(1).expect("it is there"), draft.record);
    bench.is_whole();
}

#[test]
fn the_same_is_known_and_another_text_is_a_revision() {
    let bench = Bench::new();
    let (first, _) = talks(URL, 10, TALKS);
    let (second, _) = talks(URL, 10, &TALKS.replace("Nothing else", "Little else"));
    let (elsewhere, _) = talks("https://echo.example/talks", 10, TALKS);
    assert_eq!(bench.put(&[&first, &second, &elsewhere]), [Put::New, Put::Revision(2), Put::New]);
    let before = bench.export();
    assert_eq!(bench.put(&[&first, &second, &elsewhere]), [Put::Known; 3]);
    assert_eq!(bench.export(), before);
    let revisions = bench.read().revisions("HTTPS://Courier.example/talks#top").expect("it is there");
    assert_eq!(revisions.iter().map(|one| (one.number, one.latest)).collect::<Vec<_>>(), [(1, false), (2, true)]);
    bench.is_whole();
}

#[test]
fn a_text_that_is_fetched_again_later_stands_again() {
    let bench = Bench::new();
    let (first, _) = talks(URL, 10, TALKS);
    let (second, _) = talks(URL, 10, &TALKS.replace("Nothing else", "Little else"));
    let mut writer = bench.write();
    let mut put = |draft: &Draft, second: i64| {
        let fetched = Timestamp::from_second(second).expect("a time");
        writer.put(&Packed::of(draft.record.clone(), Some(fetched))).expect("it is stored")
    };
    assert_eq!(put(&first, 100), Put::New);
    assert_eq!(put(&second, 300), Put::Revision(2));
    assert_eq!(put(&first, 100), Put::Known, "the archive is read again");
    assert_eq!(put(&first, 400), Put::Revision(3), "the outlet went back to its first text");
    let (late, _) = talks(URL, 10, &TALKS.replace("Nothing else", "Not much"));
    assert_eq!(put(&late, 200), Put::Revision(4), "an archive that was read too late");
    writer.commit().expect("it lasts");
    drop(writer);
    let standing: Vec<i64> =
        bench.read().revisions(URL).expect("there").iter().filter(|one| one.latest).map(|one| one.number).collect();
    assert_eq!(standing, [3]);
    bench.is_whole();
}

#[test]
fn an_export_has_the_same_bytes_in_any_order_and_restores() {
    let (one, other) = (Bench::new(), Bench::new());
    let (first, [_, _, met, _]) = talks(URL, 10, TALKS);
    let (second, _) = talks("https://echo.example/talks", 11, TALKS);
    one.put(&[&first, &second]);
    other.put(&[&second, &first]);
    assert_eq!(one.export(), other.export());
    let mut writer = one.write();
    let fix = |record: &Record| {
        let at = reportedly_store::Evidence::of(record, met).expect("it has words");
        reportedly_store::Fix::Reject { at }
    };
    let url = format!("url:{URL}");
    let id = writer.correct(Some(&url), &fix(&first.record)).expect("it is stored");
    writer.undo(id).expect("it stands");
    writer.correct(Some(&url), &fix(&first.record)).expect("it is stored");
    writer.follow("seen https://echo.example/1", Some("{\"is_done\":true}")).expect("it is stored");
    writer.commit().expect("it lasts");
    let before = one.export();
    // When a feed was asked last is this file's own.
    writer.follow("feed https://echo.example/feed", Some("{\"due\":\"2026-11-16T10:00:00Z\"}")).expect("it is stored");
    writer.commit().expect("it lasts");
    assert_eq!(one.export(), before);
    drop(writer);
    let export = one.export();
    let restored = Bench::new();
    assert_eq!(restored.write().restore(export.as_bytes()).expect("it is whole"), 2);
    assert_eq!(restored.export(), export);
    restored.is_whole();
    assert!(restored.read().record(1).expect("it is there").events.is_empty());
    let cut: String = export.lines().take(2).map(|line| format!("{line}\n")).collect();
    let error = Bench::new().write().restore(cut.as_bytes()).expect_err("its end is missing");
    assert_eq!(error.to_string(), "line 2 of the export: the end is missing");
}

#[test]
fn a_newer_model_reads_again_and_keeps_ids() {
    let bench = Bench::new();
    let (draft, _) = talks(URL, 10, TALKS);
    bench.put(&[&draft]);
    let found =
        |store: &Store| store.find(&Asked { words: "talks".to_owned(), unnamed: true, most: 9, ..Asked::default() });
    let before = found(&bench.read()).expect("it is there");
    let names = bench.read().who("Dasko", 9).expect("he is there");
    let mut newer = draft.record.clone();
    newer.engine.model = "test 2".to_owned();
    newer.attributions.truncate(1);
    let again = |_: &reportedly_record::Report, made_by: &str| (made_by == "1 test 1").then(|| newer.clone());
    let rebuilt = bench.write().rebuild(again, |_, _| {}).expect("it is whole");
    assert_eq!((rebuilt.derived, rebuilt.reread), (1, 1));
    let store = bench.read();
    assert_eq!(found(&store).expect("it is there"), before);
    assert_eq!(store.who("Dasko", 9).expect("he is there"), names);
    assert_eq!(store.stats().expect("it is whole").attributions, 1);
    assert_eq!(store.revision(1).expect("it is there").maker, "1 test 2");
    let rebuilt = bench.write().rebuild(again, |_, _| {}).expect("it is whole");
    assert_eq!((rebuilt.derived, rebuilt.reread), (1, 0));
    bench.is_whole();
}

#[test]
fn what_is_forgotten_is_nowhere_and_does_not_come_back() {
    let bench = Bench::new();
    let mut draft = Draft::new(URL, 10, &TALKS.replace("Dasko", "Zyxquorn"));
    draft.person("Aurel Zyxquorn");
    draft.said("two officials", None, "said", "Maren Solquist will meet Aurel Zyxquorn on Monday");
    let (other, _) = talks("https://echo.example/talks", 10, &TALKS.replace("quernstones", "millstones"));
    bench.put(&[&draft, &other]);
    let mut writer = bench.write();
    let note = reportedly_store::Fix::Note { at: None, says: "ask Zyxquorn".to_owned() };
    writer.correct(Some(&format!("url:{URL}")), &note).expect("it is stored");
    assert_eq!(writer.forget(URL).expect("it is there"), 1);
    assert_eq!(writer.put(&draft.packed()).expect("it is asked"), Put::Forgotten);
    writer.commit().expect("it lasts");
    drop(writer);
    let bytes: Vec<u8> = std::fs::read_dir(bench.folder.path())
        .expect("a folder")
        .flat_map(|entry| std::fs::read(entry.expect("a file").path()).expect("a file"))
        .map(|byte| byte.to_ascii_lowercase())
        .collect();
    // The index leaves out the first letters of a word where the word before it has them too.
    for word in ["yxquorn", "ernstones", "ourier.example"] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} is still in the file");
    }
    assert!(bytes.windows(8).any(|window| window == b"llstones"), "the other report is indexed");
    let store = bench.read();
    assert!(store.who("Zyxquorn", 9).is_err());
    assert_eq!(
        store.find(&Asked { words: "quernstones".to_owned(), most: 9, ..Asked::default() }).expect("an answer"),
        []
    );
    bench.is_whole();
    let mut writer = bench.write();
    assert!(writer.allow(URL).expect("it is asked"));
    assert_eq!(writer.put(&draft.packed()).expect("it is stored"), Put::New);
}

#[test]
fn changes_are_told_in_order_and_numbers_are_never_given_twice() {
    let bench = Bench::new();
    let (draft, _) = talks(URL, 10, TALKS);
    bench.put(&[&draft]);
    bench.write().forget(URL).expect("it is there");
    bench.write().allow(URL).expect("it is asked");
    bench.put(&[&draft]);
    let changes = bench.read().changes_after(0, 9).expect("they are there");
    let told: Vec<_> = changes.iter().map(|change| (change.id, change.what.as_str(), change.report)).collect();
    assert_eq!(told, [(1, "report", Some(1)), (2, "forgotten", Some(1)), (3, "report", Some(2))]);
    assert_eq!(bench.read().changes_after(2, 9).expect("they are there").len(), 1);
}

#[test]
fn a_backup_is_a_store() {
    let bench = Bench::new();
    let (draft, _) = talks(URL, 10, TALKS);
    bench.put(&[&draft]);
    let to = bench.folder.path().join("copy.reportedly");
    bench.read().backup(&to).expect("there is room");
    let mut out = Vec::new();
    Store::open(&to).expect("it is a store").export(&mut out).expect("it is whole");
    assert_eq!(String::from_utf8(out).expect("JSON"), bench.export());
    assert!(bench.read().backup(&to).expect_err("it is there").to_string().contains("is there already"));
    bench.write().compact().expect("there is room");
    bench.is_whole();
}

/// Takes away what the second form of the store added, as if an older program had made it.
fn age(bench: &Bench) {
    let raw = rusqlite::Connection::open(bench.path()).expect("it is SQLite");
    raw.execute_batch(
        "DROP INDEX attributions_by_sentence; DROP INDEX events_by_sentence; DROP TABLE sentences; DROP TABLE stretches; \
         ALTER TABLE attributions DROP COLUMN sentence; ALTER TABLE events DROP COLUMN sentence; \
         UPDATE facts SET value = '1' WHERE name = 'derived'; PRAGMA user_version = 1;",
    )
    .expect("it can be written");
}

#[test]
fn a_store_of_an_older_form_is_brought_up_to_date() {
    let bench = Bench::new();
    let (draft, [_, _, met, _]) = talks(URL, 10, TALKS);
    bench.put(&[&draft]);
    let at = reportedly_store::Evidence::of(&draft.record, met).expect("it has words");
    let fix = reportedly_store::Fix::Status { at, status: Status::Cancelled };
    bench.write().correct(Some(&format!("url:{URL}")), &fix).expect("it is stored");
    let asked = Asked { words: "Monday".to_owned(), status: Some(Status::Cancelled), most: 9, ..Asked::default() };
    let before = (bench.export(), bench.read().find(&asked).expect("an answer"));
    assert_eq!(before.1.len(), 1);
    age(&bench);
    let older = Store::open(&bench.path()).err().expect("it is older");
    assert_eq!(older.to_string(), "the store has the older form 1: `store rebuild` brings it up to date");
    drop(bench.write());
    let store = bench.read();
    let error = store.find(&asked).expect_err("its items are not in the index yet");
    assert!(error.to_string().contains("`store rebuild --tables` makes it again"), "{error}");
    let reports = Asked { words: "Monday".to_owned(), most: 9, ..Asked::default() };
    assert_eq!(store.find(&reports).expect("reports are found all the same").len(), 1);
    assert!(store.check().expect("it can be read").iter().any(|fault| fault.contains("another version")));
    drop(store);
    // A rebuild that is stopped in the middle is no rebuild.
    let stopped = std::panic::catch_unwind(|| bench.write().rebuild(|_, _| None, |_, _| panic!("stopped")));
    assert!(stopped.is_err() && bench.read().find(&asked).is_err());
    bench.write().rebuild(|_, _| None, |_, _| {}).expect("it is whole");
    assert_eq!((bench.export(), bench.read().find(&asked).expect("an answer")), before);
    bench.is_whole();
}

#[test]
fn an_index_that_was_damaged_is_found_out_and_made_again() {
    let bench = Bench::new();
    let (draft, _) = talks(URL, 10, TALKS);
    bench.put(&[&draft]);
    let raw = rusqlite::Connection::open(bench.path()).expect("it is SQLite");
    raw.execute("DELETE FROM sentences_docsize", []).expect("it can be written");
    drop(raw);
    let faults = bench.read().check().expect("it can be read");
    assert!(faults.iter().any(|fault| fault == "the index of sentences is not that of revision 1"), "{faults:?}");
    bench.write().rebuild(|_, _| None, |_, _| {}).expect("it is whole");
    bench.is_whole();
}
