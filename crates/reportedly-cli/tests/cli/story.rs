//! The story that comes with the program: all of it is read, every word is where its span says, and threads change nothing.

use serde_json::{Value, json};

use super::{check_record, folder, kernels, program, run, run_in, story};

#[test]
fn every_span_of_the_story_is_its_words() {
    let run = run_in(&story(), &["read", ".", "--format", "jsonl"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), "15 reports read\n"));
    let records = run.records();
    assert_eq!(records.len(), 15);
    for record in &records {
        check_record(record);
        assert!(
            record["report"]["outlet"].is_string() && record["report"]["published"].is_object(),
            "{}",
            record["report"]
        );
        assert_eq!(record["report"]["language"], json!({"code": "en", "analysed": true}));
    }
}

#[test]
fn reports_come_in_the_order_of_their_files() {
    let run = run_in(
        &story(),
        &["read", "08-stavenmoor-post.txt", "03-northwire.jsonl", "02-stavenmoor-post.txt", "--format", "jsonl"],
    );
    let records = run.records();
    let outlets: Vec<&str> = records.iter().filter_map(|record| record["report"]["outlet"].as_str()).collect();
    assert_eq!(outlets, ["The Stavenmoor Post", "Northwire", "Northwire", "Northwire", "The Stavenmoor Post"]);
    assert!(
        records[4]["report"]["published"]["local"].as_str().is_some_and(|local| local.starts_with("2026-11-10T12:10"))
    );
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    // A refusal in the middle has its place in the order too.
    let paths = ["01-vessen-courier.html", "no-such-file", "."];
    for format in ["text", "json", "jsonl"] {
        let read = |threads: &str| {
            run_in(&story(), &[&["read", "--format", format, "--threads", threads][..], &paths].concat())
        };
        let one = read("1");
        assert_eq!(one.code, Some(1));
        for threads in ["2", "8"] {
            let many = read(threads);
            assert!(many.out == one.out, "{format} differs with {threads} threads");
            assert_eq!(many.err, one.err);
        }
    }
}

#[test]
fn every_kernel_gives_the_same_bytes() {
    // Four short reports: the portable kernel takes seconds for each in a build without optimisation.
    let paths = ["03-northwire.jsonl", "05-lowland-echo.txt"];
    for format in ["text", "jsonl"] {
        let read = |kernel: &str| {
            let run = run_in(&story(), &[&["read", "--format", format, "--kernel", kernel][..], &paths].concat());
            assert_eq!((run.code, run.err.as_str()), (Some(0), "4 reports read\n"));
            let named = run.text().matches(&format!("\"{kernel}\"")).count();
            assert_eq!(named, if format == "text" { 0 } else { 4 }, "{format} with {kernel}");
            // The name of the kernel is the one thing that differs.
            run.text().replace(&format!("\"{kernel}\""), "\"portable\"")
        };
        let portable = read("portable");
        for kernel in &kernels()[1..] {
            assert!(read(kernel) == portable, "{format} differs with {kernel}");
        }
    }
}

#[test]
fn mangled_reports_have_sound_spans() {
    let texts: Vec<String> = run_in(&story(), &["read", ".", "--format", "jsonl"])
        .records()
        .iter()
        .filter_map(|record| record["report"]["text"].as_str().map(str::to_owned))
        .collect();
    let mut mangled: Vec<String> = Vec::new();
    for text in &texts {
        let chars: Vec<char> = text.chars().collect();
        // Cut off at every 97th character, and without every 97th.
        mangled.extend((97..chars.len()).step_by(97).map(|at| chars[..at].iter().collect()));
        mangled.push(chars.iter().enumerate().filter(|(i, _)| i % 97 != 96).map(|(_, c)| c).collect());
        mangled.push(chars.iter().map(|c| swapped(*c)).collect());
        mangled.push(text.replace('\n', ""));
        mangled.push(text.replace('\n', " ").replace(['.', ',', ' '], ""));
        mangled.push(chars.iter().rev().collect());
    }
    let count = mangled.len();
    let rows: String = mangled.iter().map(|text| format!("{}\n", json!({"text": text}))).collect();
    let run = run(program().args(["read", "-", "--format", "jsonl"]), rows.as_bytes());
    assert_eq!((run.code, run.err.as_str()), (Some(0), format!("{count} reports read\n").as_str()));
    let records = run.records();
    for (record, text) in records.iter().zip(&mangled) {
        assert_eq!(record["report"]["text"], Value::from(text.as_str()));
        check_record(record);
    }
    assert_eq!(records.len(), count);

    // As files of their own, other code reads them; the sheets must come out as well.
    let rows: Vec<(String, &String)> =
        mangled.iter().enumerate().step_by(7).map(|(i, text)| (format!("{i}.txt"), text)).collect();
    let files: Vec<(&str, &[u8])> = rows.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let sheets = run_in(folder(&files).path(), &["read", "."]);
    assert_eq!((sheets.code, sheets.err), (Some(0), format!("{} reports read\n", files.len())));
}

/// A quotation mark of the other kind or direction.
fn swapped(c: char) -> char {
    const PAIRS: [(char, char); 4] = [('“', '”'), ('‘', '’'), ('"', '\''), ('(', ')')];
    let other = |(a, b): &(char, char)| if c == *a { Some(*b) } else { (c == *b).then_some(*a) };
    PAIRS.iter().find_map(other).unwrap_or(c)
}
