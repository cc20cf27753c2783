//! What `read` prints: sheets, JSON and lines of JSON; colour, brackets and width.

use serde_json::Value;

use super::{GOOD, folder, program, run, run_in, story};

#[test]
fn a_sheet_has_a_head_and_all_lines_fit() {
    for (columns, width) in [(None, 80), (Some("60"), 60), (Some("132"), 132), (Some("wide"), 80)] {
        let mut program = program();
        program.current_dir(story()).args(["read", "."]).envs(columns.map(|columns| ("COLUMNS", columns)));
        let run = run(&mut program, b"");
        let longest = run.text().lines().max_by_key(|line| line.chars().count()).expect("lines");
        assert!(longest.chars().count() <= width, "{longest:?} is wider than {width}");
        assert!(longest.chars().count() > width / 2, "{longest:?} leaves half of {width} empty");
    }
    let run = run_in(&story(), &["read", "02-stavenmoor-post.txt"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let lines: Vec<&str> = run.text().lines().take(8).collect();
    assert_eq!(lines[0], "Courier: Tarrow envoy to sit down with Council’s negotiator");
    assert_eq!(lines[1], "outlet      The Stavenmoor Post");
    assert!(lines[2].starts_with("published   2026-11-10 12:10"), "{lines:?}");
    assert!(lines[2].contains("+02:00, zone Europe/Vilnius"), "{lines:?}");
    assert!(run.text().contains("\nbyline      \"By Henrik Aumark, political correspondent\"\n"));
    assert!(!run.text().contains('\u{1b}'));
}

#[test]
fn every_word_of_an_attribution_is_on_its_sheet() {
    // Lines of any length, so that no word is broken; colour, so that no bracket stands between words.
    let mut program = program();
    let run_text =
        run(program.current_dir(story()).args(["read", ".", "--color", "always"]).env("COLUMNS", "100000"), b"");
    let sheets = plain(run_text.text());
    let records = run_in(&story(), &["read", ".", "--format", "jsonl"]).records();
    for attribution in records.iter().filter_map(|record| record["attributions"].as_array()).flatten() {
        assert!(sheets.contains(attribution["id"].as_str().expect("an id")));
        let lists = [&attribution["source"], &attribution["content"]];
        let parts = lists.into_iter().filter_map(Value::as_array).flatten().chain([&attribution["cue"]]);
        for line in parts.filter_map(|part| part["text"].as_str()).flat_map(str::lines) {
            let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(sheets.contains(&words), "{words:?} is not on the sheet");
        }
    }
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let folder = folder(&[("a.txt", GOOD.as_bytes())]);
    let coloured = |args: &[&str], env: &[(&str, &str)]| {
        let mut program = program();
        program.current_dir(folder.path()).arg("read").arg("a.txt").args(args).envs(env.iter().copied());
        run(&mut program, b"").text().contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]));
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("NO_COLOR", "1")]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!coloured(&["--format", "json", "--color", "always"], &[]));
}

#[test]
fn a_report_cannot_forge_the_page_it_is_printed_on() {
    let text = format!("{GOOD}\nThe minister \u{1b}[2J\u{1b}]0;x\u{7} left\u{202e}, Mira Tollan said\u{9b}31m.\n");
    let folder = folder(&[("a.txt", text.as_bytes())]);
    let run = run_in(folder.path(), &["read", "a.txt"]);
    let forged = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    assert!(!run.text().contains(forged), "{:?}", run.text());
}

#[test]
fn json_is_one_record_or_an_array_of_them() {
    let folder = folder(&[("a.txt", GOOD.as_bytes()), ("b.txt", GOOD.as_bytes())]);
    let json = |args: &[&str]| {
        let run = run_in(folder.path(), &[&["read", "--format", "json"], args].concat());
        (run.code, serde_json::from_slice::<Value>(&run.out).expect("it is JSON"))
    };
    let (code, one) = json(&["a.txt"]);
    assert_eq!((code, &one["format"]), (Some(0), &Value::from("reportedly.record/1")));
    assert_eq!(one["report"]["text"], GOOD);
    let (code, two) = json(&["a.txt", "b.txt", "--outlet", "Echo"]);
    assert_eq!((code, two.as_array().map(Vec::len)), (Some(0), Some(2)));
    assert_eq!(two[1]["report"]["outlet"], "Echo");
    assert_eq!(json(&["none.txt"]), (Some(1), Value::Array(Vec::new())));

    let lines = run_in(folder.path(), &["read", ".", "--format", "jsonl"]).records();
    let pretty = run_in(folder.path(), &["read", ".", "--format", "json"]);
    assert_eq!(serde_json::from_slice::<Vec<Value>>(&pretty.out).expect("it is JSON"), lines);
}

#[test]
fn what_is_given_is_in_the_record() {
    let args = [
        "read",
        "-",
        "--format",
        "json",
        "--outlet",
        "Echo",
        "--published",
        "2026-11-10T09:30",
        "--zone",
        "Europe/Vilnius",
    ];
    let run = run(program().args(args), GOOD.as_bytes());
    let record: Value = serde_json::from_slice(&run.out).expect("it is JSON");
    let report = &record["report"];
    assert_eq!((report["outlet"].as_str(), report["zone"].as_str()), (Some("Echo"), Some("Europe/Vilnius")));
    assert_eq!(report["published"]["instant"], "2026-11-10T07:30:00Z");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

/// Text without its colours, all white space as one space.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for (i, part) in text.split('\u{1b}').enumerate() {
        let part = if i == 0 { part } else { part.split_once('m').map_or("", |(_, rest)| rest) };
        plain.push_str(part);
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
