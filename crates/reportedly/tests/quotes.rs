//! Quotes and chains of whole reports, read by the engine.

use reportedly::record::{Id, Manner, Record, SourceKind};
use reportedly::{Desk, Engine, Given};

fn read(text: &str) -> Record {
    let engine = Engine::load().expect("the model is built in");
    let report = reportedly::report_from_text(text, &Given::default()).expect("a report");
    engine.read(&report, &mut Desk::default())
}

/// Each quote with the name of its speaker and what its marks are there for.
fn quotes(record: &Record) -> Vec<(String, Option<String>, Manner)> {
    let name = |id| record.entities.iter().find(|e| Some(e.id) == id).and_then(|e| e.name.clone());
    record.quotes.iter().map(|q| (q.evidence.text.clone(), name(q.speaker), q.manner)).collect()
}

#[test]
fn speech_goes_on_behind_she_said() {
    let record = read(
        "The port will open in May, its director said on Monday.\n\n“We have waited for two years,” Ada Roe said. \
         “Nobody will stop us now.”\n\nThe ferry line called the plan “a bad joke”.",
    );
    let found = quotes(&record);
    assert_eq!(found.len(), 3, "{found:?}");
    let roe = Some("Ada Roe".to_owned());
    assert_eq!(found[0], ("We have waited for two years,".to_owned(), roe.clone(), Manner::Direct));
    assert_eq!(found[1], ("Nobody will stop us now.".to_owned(), roe, Manner::Direct));
    assert_eq!(record.quotes[1].continues, Some(record.quotes[0].id));
    assert_ne!(found[2].2, Manner::Direct);
}

#[test]
fn who_speaks_is_told_by_name_by_pronoun_and_by_number() {
    let record = read(
        "Her spokesman, Ben Lind, said the bridge was safe. He added that the tests went on.\n\nTwo officials briefed on \
         the tests said the bridge had moved. “It is not a small crack,” one of them said.",
    );
    let speaker = |content: &str| {
        let told = record.attributions.iter().find(|a| a.content.iter().any(|c| c.text.contains(content)));
        let told = told.unwrap_or_else(|| panic!("nobody says {content}"));
        let name = record.entities.iter().find(|e| Some(e.id) == told.speaker).and_then(|e| e.name.clone());
        (name, told.source_kind, told.count)
    };
    let named = (Some("Ben Lind".to_owned()), Some(SourceKind::Named), None);
    assert_eq!(speaker("bridge was safe"), named);
    assert_eq!(speaker("tests went on").0, named.0);
    assert_eq!(speaker("bridge had moved"), (None, Some(SourceKind::Unnamed), Some(2)));
    assert_eq!(speaker("small crack"), (None, Some(SourceKind::Unnamed), Some(1)));
    assert_eq!(record.tallies.iter().find(|t| t.lead).and_then(|t| t.unnamed), Some(2));
}

#[test]
fn the_person_is_nobody_with_a_name() {
    let record = read(
        "Maren Roe plans to meet the council on Monday, according to two people familiar with her plans. One of the two \
         people said she would ask for a truce. Roe has been silent, the person said.",
    );
    let told = record.attributions.iter().find(|a| a.source.iter().any(|s| s.text == "the person"));
    let told = told.expect("the person says something");
    let name = record.entities.iter().find(|e| Some(e.id) == told.speaker).and_then(|e| e.name.clone());
    assert_eq!((told.source_kind, name), (Some(SourceKind::Unnamed), None));
    assert_eq!(record.tallies.iter().find(|t| t.lead).and_then(|t| t.unnamed), Some(2));
}

#[test]
fn who_is_cited_is_the_last_hop() {
    let record = read("Rain closed the pass, Orlin Radio said on Monday, citing the chief engineer, Ada Roe.");
    let name = |id: &Id| record.entities.iter().find(|e| e.id == *id).and_then(|e| e.name.clone());
    let hops: Vec<Vec<Option<String>>> = record.chains.iter().map(|c| c.hops.iter().map(name).collect()).collect();
    assert_eq!(hops, [[Some("Orlin Radio".to_owned()), Some("Ada Roe".to_owned())]]);
}

#[test]
fn a_paper_cites_for_what_it_reported_in_the_sentence_before() {
    let record = read("The Orlin Herald reported on Monday that the pass would close. The paper cited two officials.");
    let unnamed: Vec<(Option<u32>, String)> = record
        .attributions
        .iter()
        .filter(|a| a.within.is_some())
        .map(|a| (a.count, a.content.iter().map(|c| c.text.clone()).collect()))
        .collect();
    assert_eq!(unnamed, [(Some(2), "that the pass would close".to_owned())]);
}

#[test]
fn prosecutors_are_an_office_and_two_of_them_are_people() {
    let kinds = |text: &str| -> Vec<Option<bool>> { read(text).attributions.iter().map(|a| a.on_record).collect() };
    assert_eq!(kinds("The mayor took bribes, prosecutors said."), [Some(true)]);
    assert_eq!(kinds("The mayor took bribes, two prosecutors said."), [Some(false)]);
}

#[test]
fn marks_of_distance_and_titles_have_no_speaker() {
    let record = read("The so-called “reform” begins on Monday. The film “The Long Road to Vessen” opens in June.");
    let found = quotes(&record);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!((found[0].1.clone(), found[0].2), (None, Manner::Scare));
    assert_eq!((found[1].1.clone(), found[1].2), (None, Manner::Title));
}

#[test]
fn titles_orders_and_fragments_are_told_apart() {
    let record = read(
        "Ada Roe, author of “The Cold Harbour: A History.” spoke on KLN’s “Morning Tide.” on Monday. The video is \
         entitled: “Ben Lind and Ada Roe Push for Bread.” Others reportedly shouted: “Don’t sell the port,” and “You \
         will pay for that!”\n\nShe lied to the police about this “incident,” which she made up. A militia, it is safe \
         to assume, hardly is “necessary to the peace of a small and quiet harbour town.”",
    );
    let found = quotes(&record);
    let manner = |start: &str| found.iter().find(|q| q.0.starts_with(start)).map(|q| (q.1.clone(), q.2));
    for title in ["The Cold Harbour", "Morning Tide", "Ben Lind and"] {
        assert_eq!(manner(title), Some((None, Manner::Title)), "{title}: {found:?}");
    }
    assert_eq!(manner("Don’t sell").map(|q| q.1), Some(Manner::Direct), "{found:?}");
    assert_eq!(manner("incident"), Some((None, Manner::Scare)), "{found:?}");
    assert_eq!(manner("necessary").map(|q| q.1), Some(Manner::Mixed), "{found:?}");
}

#[test]
fn a_mark_opened_again_opens_no_quotation_inside() {
    let record =
        read("“The port was small. It grew… “Then the line came and bought all of the piers.”\n\nHarbour Daily");
    assert!(!record.quotes.is_empty() && record.quotes.iter().all(|q| q.within.is_none()), "{:?}", record.quotes);
    let nested = read("“He told me “go home””, Ada Roe said on Monday.");
    assert!(nested.quotes.iter().any(|q| q.within.is_some()), "{:?}", nested.quotes);
}

#[test]
fn what_is_said_behind_words_of_titles_is_no_title() {
    let manner = |text: &str, start: &str| {
        let found = quotes(&read(text));
        found.into_iter().find(|q| q.0.starts_with(start)).map(|q| q.2)
    };
    let wage = "Ada Roe said on Monday that every worker was entitled “to a fair wage.”";
    assert_eq!(manner(wage, "to a fair"), Some(Manner::Mixed));
    let author = "Ada Roe called Ben Lind the author of “a disaster for working families.”";
    assert_eq!(manner(author, "a disaster"), Some(Manner::Mixed));
    let video = "In the video: “Lindholm,” the officer says, “is dead.”";
    assert!(manner(video, "Lindholm").is_some_and(|m| m != Manner::Title));
    let madness = "Ada Roe said she would not accept this “madness.”";
    assert_eq!(manner(madness, "madness"), Some(Manner::Mixed));
}

#[test]
fn who_sighs_it_in_marks_says_it() {
    let record = read("“The port is finished,” Ada Marsh sighed on Monday.");
    assert!(record.attributions.iter().any(|a| a.on_record == Some(true)), "{:?}", record.attributions);
    assert!(record.tallies.iter().any(|t| !t.carriers.is_empty()), "{:?}", record.tallies);
}

#[test]
fn ten_thousand_marks_take_no_quadratic_time() {
    // An odd number of marks, all in one paragraph: whatever is left open must not make spans of the whole rest.
    let text = format!("{}.", "He said “no and “yes. ".repeat(2_500));
    let record = read(&text);
    let held: usize = record.quotes.iter().map(|q| q.evidence.text.len()).sum();
    assert!(held <= 2 * text.len(), "{held} bytes of quotes in {} bytes of text", text.len());
}

#[test]
fn what_is_kept_from_somebody_is_not_said() {
    let record = read("The guards denied Mr Ortega entry to the hall on Monday.");
    assert!(record.attributions.is_empty(), "{:?}", record.attributions);
    let record = read("The guards denied that Mr Ortega had entered the hall on Monday.");
    assert_eq!(record.attributions.len(), 1);
}

#[test]
fn unnamed_people_are_no_origin_because_this_outlet_tells_it() {
    let engine = Engine::load().expect("the built-in model");
    let origins = |text: &str| {
        let given = Given { outlet: Some("Lorne Courier".to_owned()), ..Given::default() };
        let record = engine.read(&reportedly::report_from_text(text, &given).expect("a report"), &mut Desk::default());
        record.tallies.iter().filter_map(|tally| tally.origins).collect::<Vec<_>>()
    };
    let text = "Crews blocked the harbour on Monday, two officials said. The Lorne Courier could not reach the owner.";
    assert!(origins(text).is_empty());
    assert!(!origins(&text.replace("two officials", "Mayor Ada Marsh")).is_empty());
}

#[test]
fn who_is_asked_about_or_only_said_to_mean_it_is_not_on_record() {
    let on_record = |text: &str, cue: &str| {
        let record = read(text);
        let said = record.attributions.iter().find(|a| a.cue.as_ref().is_some_and(|c| c.text.contains(cue)));
        said.map(|a| a.on_record)
    };
    assert_eq!(on_record("Ada Marsh said the harbour would close.", "said"), Some(Some(true)));
    assert_eq!(on_record("Did Ada Marsh urge Peter Cole to leave the harbour?", "urge"), None);
    let inside = "Peter Cole said Ada Marsh ordered the crews to leave the harbour.";
    assert_ne!(on_record(inside, "ordered"), Some(Some(true)));
    // What is no saying says nothing of how it is said.
    let record = read("Ada Marsh backed the plan. Peter Cole refused to leave the harbour.");
    assert!(!record.attitudes.is_empty());
    assert!(record.attitudes.iter().all(|a| a.stance.is_none() && a.on_record.is_none() && a.tense.is_none()));
}

#[test]
fn a_whole_clause_is_direct_and_a_number_a_name() {
    let record =
        read("Ada Roe wrote that “I am with the dockers, not with the owners.” She had starred in “300” before.");
    let found = quotes(&record);
    let manner = |words: &str| found.iter().find(|q| q.0.starts_with(words)).map(|q| q.2);
    assert_eq!(manner("I am with"), Some(Manner::Direct), "{found:?}");
    assert_eq!(manner("300"), Some(Manner::Title), "{found:?}");
}
