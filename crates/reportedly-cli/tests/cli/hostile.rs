//! Files that nobody should be given to read: each is named with what is wrong, nothing takes long, and the rest is read.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{GOOD, Run, check_record, folder, run_in};

/// Any of these must be done by then, in any build, on any machine.
// A build for tests on two cores that do other work besides; the released program takes 10 s for the worst of them.
const LONGEST: Duration = Duration::from_secs(150);

/// Reads a file between two good reports; the good ones must be read whatever it is.
fn read_between(name: &str, bytes: &[u8]) -> (Run, Vec<Value>) {
    let folder = folder(&[("0.txt", GOOD.as_bytes()), (name, bytes), ("z.txt", GOOD.as_bytes())]);
    let began = Instant::now();
    let run = run_in(folder.path(), &["read", "0.txt", name, "z.txt", "--format", "jsonl"]);
    assert!(began.elapsed() < LONGEST, "{name} took {:?}", began.elapsed());
    let mut records = run.records();
    records.iter().for_each(check_record);
    assert_eq!(records.first().map(|record| &record["report"]["text"]), Some(&json!(GOOD)));
    assert_eq!(records.last().map(|record| &record["report"]["text"]), Some(&json!(GOOD)));
    records.pop();
    records.remove(0);
    (run, records)
}

/// Checks that a file is refused, in one line that names it and says all of `says`.
fn check_refused(name: &str, bytes: &[u8], says: &[&str]) {
    let (run, records) = read_between(name, bytes);
    assert_eq!((run.code, records.len()), (Some(1), 0), "{name}: {}", run.err);
    let lines: Vec<&str> = run.err.lines().collect();
    assert!(lines[0].starts_with(&format!("error: {name}: ")), "{lines:?}");
    assert!(says.iter().all(|says| lines[0].contains(says)), "{lines:?} does not say {says:?}");
    assert_eq!(lines[1..], [format!("2 reports read, 1 could not be: {name}")]);
}

/// Checks that a file is read, and returns its record.
fn check_read(name: &str, bytes: &[u8]) -> Value {
    let (run, mut records) = read_between(name, bytes);
    assert_eq!((run.code, run.err.as_str(), records.len()), (Some(0), "3 reports read\n", 1), "{name}");
    records.remove(0)
}

/// What the notes of a record say.
fn notes(record: &Value) -> Vec<&str> {
    record["notes"].as_array().into_iter().flatten().filter_map(|note| note["says"].as_str()).collect()
}

#[test]
fn an_empty_file() {
    check_refused("a.txt", b"", &["empty"]);
    check_refused("a.html", b" \n\t", &["empty"]);
    check_refused("a.jsonl", b"", &["empty"]);
}

#[test]
fn fifty_megabytes_in_one_line() {
    let mut line = "The harbour will reopen, two officials said. ".repeat(50_000_000 / 45);
    check_refused("a.txt", line.as_bytes(), &["too large"]);
    line.insert_str(0, "{\"text\": \"");
    line.push_str("\"}\n");
    check_refused("a.jsonl", line.as_bytes(), &["line 1: "]);
    // The lines after it are read.
    writeln!(line, "{}", json!({"text": GOOD})).expect("memory");
    let (run, records) = read_between("b.jsonl", line.as_bytes());
    assert_eq!((run.code, records.len()), (Some(1), 1));
    assert!(run.err.starts_with("error: b.jsonl: line 1: "), "{}", run.err);
}

#[test]
fn bytes_that_are_not_utf_8() {
    let mut bytes = GOOD.as_bytes().to_vec();
    bytes.extend(b"The caf\xe9 is closed, Mira Tollan said.\n");
    let record = check_read("a.txt", &bytes);
    assert!(notes(&record).iter().any(|says| says.contains("UTF-8")), "{record}");
    check_refused("a.jsonl", b"{\"text\": \"\xff\xfe\"}\n", &["line 1: ", "UTF-8"]);
    let noise: Vec<u8> = (0..4_096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    check_refused("noise.txt", &noise, &["not a report's text"]);
}

#[test]
fn nul_characters() {
    let record = check_read("a.txt", GOOD.replace("two", "t\0wo").as_bytes());
    assert!(notes(&record).iter().any(|says| says.contains("NUL")), "{record}");
    check_refused("b.txt", &[0; 1_000], &["not a report's text"]);
    check_refused("b.html", &[0; 1_000], &["not a report's text"]);
}

#[test]
fn documents_and_images_by_another_name() {
    check_refused("a.html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n", &["PDF"]);
    check_refused("b.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01", &["PNG"]);
    check_refused("c.txt", b"\xff\xd8\xff\xe0\0\x10JFIF\0", &["JPEG"]);
}

#[test]
fn tags_nested_a_hundred_thousand_deep() {
    for (open, close) in [("<div>", "</div>"), ("<ul><li>", "</li></ul>"), ("<b><i>", "</i></b>"), ("<span>", "")] {
        let (deep, shut) = (open.repeat(100_000), close.repeat(100_000));
        let page = format!(
            "<!DOCTYPE html><html><body><article><p>{GOOD}</p>{deep}<p>{GOOD}</p>{shut}</article></body></html>"
        );
        let (run, records) = read_between("deep.html", page.as_bytes());
        match records.len() {
            0 => assert!(run.code == Some(1) && run.err.starts_with("error: deep.html: "), "{open}: {}", run.err),
            count => assert_eq!((run.code, count), (Some(0), 1), "{open}: {}", run.err),
        }
    }
}

#[test]
fn languages_that_are_not_read() {
    let arabic = "قال مسؤولان يوم الاثنين إن الميناء سيعاد فتحه خلال أسبوع بعد أشهر من الإغلاق.\n\nولم يرد مكتب الوزير على طلب للتعليق.\n";
    let hebrew = "שני גורמים אמרו ביום שני כי הנמל ייפתח מחדש בתוך שבוע.\n\nלשכת השר לא השיבה לפנייה בבקשה לתגובה.\n";
    for (code, text) in [("ar", arabic), ("he", hebrew)] {
        let record = check_read("a.txt", text.as_bytes());
        assert_eq!(record["report"]["language"], json!({"code": code, "analysed": false}));
        assert_eq!(record["attributions"], json!([]));
        assert!(notes(&record).iter().any(|says| says.contains("not analysed")), "{record}");
        let folder = folder(&[("a.txt", text.as_bytes())]);
        let sheet = run_in(folder.path(), &["read", "a.txt"]);
        assert!(sheet.code == Some(0) && sheet.text().contains("not analysed"), "{}", sheet.text());
    }
}

#[test]
fn ten_thousand_quotation_marks() {
    for (marks, times) in [("“", 10_000), ("\"", 10_000), ("‘’", 5_000), ("\"no,\" he said. ", 5_000)] {
        let text = format!("{GOOD}\n{}\n", marks.repeat(times));
        let record = check_read("a.txt", text.as_bytes());
        assert_eq!(record["report"]["text"], text);
    }
    let text = "\"no,\" he said. \"".repeat(1_000);
    let folder = folder(&[("a.txt", text.as_bytes())]);
    let began = Instant::now();
    assert_eq!(run_in(folder.path(), &["read", "a.txt"]).code, Some(0));
    assert!(began.elapsed() < LONGEST, "the sheet took {:?}", began.elapsed());
}

#[test]
fn lines_that_are_no_reports() {
    let good = json!({"text": GOOD}).to_string();
    let rows = [&good, "{", "[]", "{\"text\": 4}", "{}", &good].join("\n");
    let (run, records) = read_between("a.jsonl", rows.as_bytes());
    assert_eq!((run.code, records.len()), (Some(1), 2));
    let lines: Vec<&str> = run.err.lines().collect();
    for (line, number) in lines.iter().zip(2..=5) {
        assert!(line.starts_with(&format!("error: a.jsonl: line {number}: ")), "{lines:?}");
    }
    assert_eq!(lines[4..], ["4 reports read, 4 could not be: a.jsonl"]);
}

#[test]
fn all_of_it_in_one_folder() {
    let folder = folder(&[
        ("a.txt", b""),
        ("b.html", b"%PDF-1.7\n"),
        ("c.jsonl", b"{\n"),
        ("d.txt", &[0; 99]),
        ("e.html", b"<html><body><script>x()</script></body></html>"),
        ("f.txt", GOOD.as_bytes()),
        ("g.meta.json", b"not json"),
        ("g.txt", GOOD.as_bytes()),
    ]);
    let run = run_in(folder.path(), &["read", ".", "--format", "jsonl"]);
    assert_eq!((run.code, run.records().len()), (Some(1), 1), "{}", run.err);
    let lines: Vec<&str> = run.err.lines().collect();
    assert_eq!(lines.len(), 7, "{}", run.err);
    assert!(
        lines[..6]
            .iter()
            .zip(["a.txt", "b.html", "c.jsonl", "d.txt", "e.html", "g.txt"])
            .all(|(line, name)| { line.starts_with("error: ") && line.contains(name) }),
        "{lines:?}"
    );
    assert!(lines[6].starts_with("1 report read, 6 could not be: ") && lines[6].ends_with(", ..."), "{lines:?}");
}
