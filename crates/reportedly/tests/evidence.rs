//! The words that show an event, marked [so] in each text: the clause of its trigger, and no other.

use std::sync::OnceLock;

use reportedly::{Desk, Engine, Given, report_from_text};

fn check(marked: &str, trigger: &str) {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| Engine::load().expect("the weights are whole"));
    let text = marked.replace(['[', ']'], "");
    let report = report_from_text(&text, &Given::default()).expect("a plain text");
    let record = engine.read(&report, &mut Desk::default());
    let event = record.events.iter().find(|e| e.triggers.iter().any(|t| t.text == trigger));
    let event = event.unwrap_or_else(|| panic!("no event {trigger} in {text}"));
    let (start, end) = (event.evidence.bytes().start, event.evidence.bytes().end);
    let shown = format!("{}[{}]{}", &text[..start], &text[start..end], &text[end..]);
    assert_eq!(shown, marked);
}

#[test]
fn the_saying_is_no_part_of_what_is_said() {
    check("[The ferry sank near Vessen], police said.", "sank");
    check("According to the mayor, [the port will close in May].", "close");
}

#[test]
fn other_clauses_and_what_is_coordinated_stay_outside() {
    check("[The company withdrew the offer]; talks resume in May.", "withdrew");
    check("The council voted on Monday and [the mayor resigned].", "resigned");
    check("When [police arrested the driver], the crowd left the square.", "arrested");
}

#[test]
fn a_verb_shows_its_subject_and_its_object() {
    check("[Ada Roe, who leads the party, met the envoy in Arn].", "met");
    check("[The strike has been called off], the union said.", "strike");
    check("Engineers will identify and [replace the pipes].", "replace");
}

#[test]
fn a_noun_stands_without_its_preposition() {
    check("The envoy left after [the attack on the port].", "attack");
}
