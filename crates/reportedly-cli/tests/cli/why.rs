//! `why`: an item in its context, by its id alone.

use super::{folder, kernels, program, run, run_in, story};

#[test]
fn every_item_is_found_by_its_id() {
    let records = run_in(&story(), &["read", ".", "--format", "jsonl"]).records();
    for layer in ["attributions", "mentions"] {
        // The last item of the last report that has one: all reports before it are read for it.
        let item = records.iter().rev().find_map(|record| record[layer].as_array().and_then(|items| items.last()));
        let Some(item) = item else { continue };
        let id = item["id"].as_str().expect("an id");
        let run = run_in(&story(), &["why", id, "."]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(run.text().contains(&format!("{id}, in {layer}")), "{}", run.text());
        let (chars, bytes) = (&item["evidence"]["chars"], &item["evidence"]["bytes"]);
        let place = format!("characters {}-{}, bytes {}-{}", chars[0], chars[1], bytes[0], bytes[1]);
        assert!(
            run.text().split_whitespace().collect::<Vec<_>>().join(" ").contains(&place),
            "{place} is not in {}",
            run.text()
        );
        let marked = if layer == "attributions" { "[content " } else { "[evidence " };
        assert!(run.text().contains(marked), "{}", run.text());
    }
}

#[test]
fn a_report_is_found_by_its_id() {
    let records = run_in(&story(), &["read", "05-lowland-echo.txt", "--format", "jsonl"]).records();
    let id = records[0]["report"]["id"].as_str().expect("an id");
    let run = run_in(&story(), &["why", id, "."]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.text().contains("outlet      Lowland Echo\n") && run.text().contains(id), "{}", run.text());
    // Another outlet makes another report of the same text.
    assert_eq!(run_in(&story(), &["why", id, ".", "--outlet", "Another"]).code, Some(1));
}

#[test]
fn an_unknown_id_is_said_and_a_malformed_one_is_wrong_usage() {
    let run = run_in(&story(), &["why", "a000000000000", "."]);
    assert_eq!((run.code, run.out.len()), (Some(1), 0));
    assert!(run.err.starts_with("error: nothing has the id a000000000000 in what was read"), "{}", run.err);
    let run = run_in(&story(), &["why", "a00", "."]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("\"a00\" is not an id"), "{}", run.err);
}

#[test]
fn every_kernel_finds_the_same_item() {
    let file = "05-lowland-echo.txt";
    let records = run_in(&story(), &["read", file, "--format", "jsonl"]).records();
    let id = records[0]["attributions"][0]["id"].as_str().expect("an attribution");
    let why = |kernel: &str| run_in(&story(), &["why", id, file, "--kernel", kernel]);
    let portable = why("portable");
    assert_eq!((portable.code, portable.err.as_str()), (Some(0), ""));
    for kernel in &kernels()[1..] {
        assert!(why(kernel).out == portable.out, "{kernel} differs");
    }
}

#[test]
fn an_item_of_standard_input_is_found_too() {
    let text = b"The harbour will reopen, two officials said.";
    let records = run(program().args(["read", "-", "--format", "jsonl"]), text).records();
    let id = records[0]["report"]["id"].as_str().expect("an id");
    assert_eq!(run(program().args(["why", id, "-"]), text).code, Some(0));
    let folder = folder(&[("a.txt", b"")]);
    let run = run_in(folder.path(), &["why", id, "a.txt"]);
    assert_eq!(run.err.lines().count(), 2, "{}", run.err);
}
