//! Faults: another writer, a full disk, damage, a clock that was set back, a newer program.

use std::time::Duration;

use reportedly_store::{Asked, Error, Store};

use super::{Bench, Draft, TALKS, talks};

#[test]
fn a_second_writer_is_told_who_writes_and_readers_go_on() {
    let bench = Bench::new();
    let mut writer = bench.write();
    let (draft, _) = talks("https://courier.example/a", 10, TALKS);
    writer.put(&draft.packed()).expect("it is stored");
    let error = Store::write(&bench.path(), Duration::from_millis(60)).err().expect("another writes");
    assert!(error.to_string().contains(&format!("process {} on ", std::process::id())), "{error}");
    let store = bench.read();
    let asked = Asked { words: "harbour".to_owned(), most: 9, ..Asked::default() };
    assert_eq!(store.find(&asked).expect("an answer").len(), 0);
    writer.commit().expect("it lasts");
    assert_eq!(store.find(&asked).expect("an answer").len(), 1);
    drop(writer);
    bench.write();
}

#[test]
fn what_was_not_committed_is_not_there() {
    let bench = Bench::new();
    let (first, _) = talks("https://courier.example/a", 10, TALKS);
    let (second, _) = talks("https://courier.example/b", 10, TALKS);
    let mut writer = bench.write();
    writer.put(&first.packed()).expect("it is stored");
    writer.commit().expect("it lasts");
    writer.put(&second.packed()).expect("it is stored");
    drop(writer);
    assert_eq!(bench.read().stats().expect("it is whole").reports, 1);
    bench.is_whole();
}

#[test]
fn a_full_disk_is_an_error_and_loses_nothing_acknowledged() {
    let bench = Bench::new();
    let mut writer = bench.write();
    writer.limit(600_000).expect("a limit");
    let mut safe = 0;
    let error = loop {
        let (draft, _) = talks(&format!("https://courier.example/{safe}"), 10, TALKS);
        let put = writer.put(&draft.packed()).and_then(|_| writer.commit());
        match put {
            Ok(()) => safe += 1,
            Err(error) => break error,
        }
        assert!(safe < 10_000, "the limit is kept");
    };
    assert!(matches!(error, Error::Full), "{error}");
    writer.roll_back();
    drop(writer);
    assert!(safe > 10, "{safe}");
    assert_eq!(bench.read().stats().expect("it is whole").reports, safe);
    bench.is_whole();
    // With room again it goes on.
    let (draft, _) = talks("https://courier.example/more", 10, TALKS);
    bench.put(&[&draft]);
    bench.is_whole();
}

#[test]
fn a_file_that_is_no_store_is_left_alone() {
    let bench = Bench::new();
    assert!(matches!(Store::open(&bench.path()).err(), Some(Error::Missing)));
    for bytes in [b"Dear diary, today nothing happened at all.".repeat(99), b"SQLite format 3\0".repeat(300)] {
        std::fs::write(bench.path(), &bytes).expect("it can be written");
        let read = Store::open(&bench.path()).err().expect("no store").to_string();
        let write = Store::write(&bench.path(), Duration::ZERO).err().expect("no store").to_string();
        assert!(read.contains("no store") || read.contains("damaged"), "{read}");
        assert!(write.contains("no store") || write.contains("damaged"), "{write}");
        assert_eq!(std::fs::read(bench.path()).expect("it is there"), bytes);
    }
}

#[test]
fn a_damaged_file_is_found_out() {
    let bench = Bench::new();
    for i in 0..40 {
        let (draft, _) = talks(&format!("https://courier.example/{i}"), 10, TALKS);
        bench.put(&[&draft]);
    }
    let mut bytes = std::fs::read(bench.path()).expect("it is there");
    let middle = bytes.len() / 2;
    for byte in bytes.iter_mut().skip(middle).take(20_000) {
        *byte ^= 0x5a;
    }
    std::fs::write(bench.path(), bytes).expect("it can be written");
    let found = Store::open(&bench.path()).and_then(|store| store.check());
    assert!(found.as_ref().map_or(true, |faults| !faults.is_empty()), "{found:?}");
}

#[test]
fn what_can_be_read_of_a_damaged_file_is_exported() {
    let bench = Bench::new();
    let drafts: Vec<Draft> = (0..40).map(|i| talks(&format!("https://courier.example/{i}"), 10, TALKS).0).collect();
    bench.put(&drafts.iter().collect::<Vec<_>>());
    let raw = rusqlite::Connection::open(bench.path()).expect("it is SQLite");
    let page: i64 = raw
        .query_row("SELECT max(pageno) FROM dbstat WHERE name = 'records'", [], |row| row.get(0))
        .expect("it has pages");
    raw.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("it can be written");
    drop(raw);
    let mut bytes = std::fs::read(bench.path()).expect("it is there");
    let from = (page as usize - 1) * 4_096;
    bytes[from..from + 4_096].fill(0xa5);
    std::fs::write(bench.path(), bytes).expect("it can be written");
    let mut out = Vec::new();
    let faults = bench.read().export(&mut out).expect("the rest can be read");
    assert!(!faults.is_empty() && faults.iter().all(|fault| fault.contains("damaged")), "{faults:?}");
    let restored = Bench::new();
    let revisions = restored.write().restore(out.as_slice()).expect("it is whole in itself");
    assert_eq!(revisions as usize, 40 - faults.len());
    assert!(revisions > 10, "{faults:?}");
    restored.is_whole();
}

#[test]
fn an_empty_file_is_no_store_yet() {
    let bench = Bench::new();
    std::fs::write(bench.path(), b"").expect("it can be written");
    assert!(matches!(Store::open(&bench.path()).err(), Some(Error::Missing)));
    bench.write();
    bench.is_whole();
}

#[test]
fn a_clock_that_was_set_back_is_said_and_changes_keep_their_order() {
    let bench = Bench::new();
    let (draft, _) = talks("https://courier.example/a", 10, TALKS);
    bench.put(&[&draft]);
    let future = 4_102_444_800_000_i64; // 2100
    let raw = rusqlite::Connection::open(bench.path()).expect("it is SQLite");
    raw.execute("UPDATE changes SET at = ?1", [future]).expect("it can be written");
    drop(raw);
    let (second, _) = talks("https://courier.example/b", 10, TALKS);
    let mut writer = bench.write();
    assert!(writer.warnings[0].contains("behind the store's last change"), "{:?}", writer.warnings);
    writer.put(&second.packed()).expect("it is stored");
    writer.commit().expect("it lasts");
    let changes = writer.changes_after(0, 9).expect("they are there");
    assert_eq!(changes.iter().map(|change| (change.id, change.at)).collect::<Vec<_>>(), [(1, future), (2, future)]);
}

#[test]
fn a_store_of_a_newer_program_is_refused() {
    let bench = Bench::new();
    drop(bench.write());
    let raw = rusqlite::Connection::open(bench.path()).expect("it is SQLite");
    raw.pragma_update(None, "user_version", 99).expect("it can be written");
    drop(raw);
    for error in [Store::open(&bench.path()).err(), Store::write(&bench.path(), Duration::ZERO).err()] {
        assert!(matches!(error, Some(Error::Newer { found: 99, .. })), "{error:?}");
    }
}

#[test]
fn where_nothing_can_be_written_it_is_said() {
    // No user, root included, makes files there.
    let error = Store::write(std::path::Path::new("/proc/desk.reportedly"), Duration::ZERO).err();
    assert!(matches!(error, Some(Error::ReadOnly(_))), "{error:?}");
}
