//! Dates that stand on lines of their own, from text to record.

use reportedly::{Desk, Engine, Given, report_from_text};

/// Words and values of all times.
fn times(text: &str) -> Vec<(String, String)> {
    let engine = Engine::load().expect("the weights are whole");
    let report = report_from_text(text, &Given::default()).expect("a plain text");
    let record = engine.read(&report, &mut Desk::default());
    record.times.into_iter().map(|t| (t.evidence.text, t.value)).collect()
}

#[test]
fn a_printed_date_is_a_time_and_other_lines_of_the_page_give_none() {
    let text = "Ferry sinks off Vessen\n\nFriday, August 21, 2015\n\nA ferry sank off Vessen on Thursday, police said.\n\nRead more: What we know about 4 May 2012 and the talks";
    let found = times(text);
    assert_eq!(found[0], ("Friday, August 21, 2015".to_owned(), "2015-08-21".to_owned()));
    assert!(!found.iter().any(|(words, _)| words.contains("2012")), "{found:?}");
}

#[test]
fn nobody_knows_when_a_fiscal_year_begins() {
    let engine = Engine::load().expect("the weights are whole");
    let known = |text: &str| {
        let report = report_from_text(text, &Given::default()).expect("a plain text");
        let record = engine.read(&report, &mut Desk::default());
        record.times.into_iter().map(|t| (t.value, t.earliest.is_some() || t.latest.is_some())).collect::<Vec<_>>()
    };
    assert_eq!(known("The port lost money in fiscal 2024."), [("2024".to_owned(), false)]);
    assert_eq!(known("The port lost money in 2024."), [("2024".to_owned(), true)]);
}
