//! The first screen of a sheet: the questions of a standards editor, each answered or said to be open.

use super::{program, run, run_in, story};

/// The labels of the first screen, in their order.
const LABELS: [&str; 9] =
    ["lead", "origins", "unnamed", "on record", "no answer", "own voice", "loaded", "dates", "doubts"];

#[test]
fn every_question_is_answered_or_said_to_be_open() {
    for file in ["02-stavenmoor-post.txt", "05-lowland-echo.txt", "13-vessen-courier.txt"] {
        let run = run_in(&story(), &["read", file]);
        let screen = screen(run.text());
        let labels: Vec<&str> = screen.iter().map(|(label, _)| *label).filter(|label| !label.is_empty()).collect();
        assert_eq!(labels, LABELS);
        assert!(screen.iter().all(|(_, says)| !says.is_empty()), "{screen:?}");
        // Nothing like a verdict.
        for word in ["false", "true ", "reliable", "credible", "score", "misleading"] {
            assert!(screen.iter().all(|(_, says)| !says.contains(word)), "{word}: {screen:?}");
        }
    }
}

#[test]
fn what_is_not_there_is_said_not_to_be_found() {
    let text = "A quiet day in the port.";
    let sheet = run(program().args(["read", "-"]), text.as_bytes());
    let screen = screen(sheet.text());
    let says = |label: &str| screen.iter().find(|(known, _)| *known == label).map(|(_, says)| *says);
    assert_eq!(says("no answer"), Some("none found"));
    assert_eq!(says("loaded"), Some("none found"));
    assert_eq!(says("unnamed"), Some("none found"));
}

#[test]
fn why_answers_for_every_layer() {
    let file = "02-stavenmoor-post.txt";
    let record = &run_in(&story(), &["read", file, "--format", "jsonl"]).records()[0];
    let mut layers = 0;
    for (layer, items) in record.as_object().expect("a record is an object") {
        let Some(id) = items.as_array().and_then(|items| items.last()?["id"].as_str()) else { continue };
        let run = run_in(&story(), &["why", id, file]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{layer} {id}");
        assert!(run.text().contains(&format!("{id}, in {layer}")), "{}", run.text());
        assert!(run.text().contains('['), "nothing of the text is marked for {layer}: {}", run.text());
        layers += 1;
    }
    assert!(layers >= 4, "{layers} layers have items");
}

/// The lines between the head and the first blank line after it.
fn screen(sheet: &str) -> Vec<(&str, &str)> {
    let (_, behind) = sheet.split_once("\n\n").expect("a head");
    let (screen, _) = behind.split_once("\n\n").expect("a screen");
    screen
        .lines()
        .map(|line| (line.get(..12).unwrap_or(line).trim(), line.get(12..).unwrap_or_default().trim()))
        .collect()
}
