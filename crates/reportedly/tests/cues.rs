//! Whose words they are, and which cues say nothing, from text to record.

use std::sync::OnceLock;

use reportedly::record::{Attribution, Id, Record};
use reportedly::{Desk, Engine, Given, report_from_text};

fn read(text: &str) -> Record {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| Engine::load().expect("the weights are whole"));
    let given = Given { published: Some("2031-04-09".to_owned()), ..Given::default() };
    let report = report_from_text(text, &given).expect("a plain text");
    engine.read(&report, &mut Desk::default())
}

fn all(record: &Record) -> impl Iterator<Item = &Attribution> {
    record.attributions.iter().chain(&record.attitudes)
}

/// The name of whoever says what holds some words, by the innermost attribution.
fn speaker<'a>(record: &'a Record, words: &str) -> Option<&'a str> {
    let holds = |a: &&Attribution| a.content.iter().any(|c| c.text.contains(words));
    let one =
        record.attributions.iter().filter(holds).min_by_key(|a| a.content.iter().map(|c| c.text.len()).sum::<usize>());
    let id: Option<Id> = one.unwrap_or_else(|| panic!("nobody says {words}: {:?}", record.attributions)).speaker;
    record.entities.iter().find(|e| Some(e.id) == id)?.name.as_deref()
}

fn has_cue(record: &Record, word: &str) -> bool {
    all(record).any(|a| a.cue.as_ref().is_some_and(|cue| cue.text.split(' ').any(|w| w == word)))
}

#[test]
fn an_outlet_passes_on_what_its_own_sentence_tells() {
    let record = read(
        "Bera Voss's bill “has no chance,” Orrin Mills said, according to the Lorne Courier. “It is a poor bill,” Mills said.",
    );
    assert_eq!(speaker(&record, "poor bill"), Some("Orrin Mills"));
    let relays = |a: &&Attribution| a.cue.as_ref().is_some_and(|cue| cue.text.eq_ignore_ascii_case("according to"));
    let relayed: Vec<&Attribution> = record.attributions.iter().filter(relays).collect();
    assert!(!relayed.is_empty() && relayed.iter().all(|a| !a.content[0].text.contains("poor")), "{relayed:?}");
}

#[test]
fn who_is_quoted_last_goes_on_in_a_paragraph_of_its_own() {
    let text = "“We will not wait for the board,” said Ada Lindqvist, who runs the port.\n\n“The crews have waited for eleven months and they are tired.”\n\nThe board did not answer.";
    assert_eq!(speaker(&read(text), "eleven months"), Some("Ada Lindqvist"));
    // A line that names somebody gives it to him.
    let signed = text.replace("The board did not answer.", "Orrin Mills, the Lorne Courier");
    let record = read(&signed);
    let hers = record.attributions.iter().any(|a| {
        a.content.iter().any(|c| c.text.contains("eleven")) && a.content.iter().any(|c| c.text.contains("We will"))
    });
    assert!(!hers, "{:?}", record.attributions);
}

#[test]
fn a_ministry_speaks_on_its_page_and_a_member_is_not_the_members() {
    let page = read("The Keldra Foreign Ministry's official Twitter account said on Monday that the talks had begun.");
    assert_ne!(speaker(&page, "the talks had begun"), Some("Twitter"));
    let some = read("Some members, including Sen. Bera Voss, said on Monday that the plan was dead.");
    assert_ne!(speaker(&some, "the plan was dead"), Some("Bera Voss"));
    let book =
        read("Bera Voss wrote about the port. According to your book, the harbour was sold in 2020, Orrin Mills said.");
    let yours = book.attributions.iter().find(|a| a.source.iter().any(|s| s.text == "your book"));
    assert!(yours.is_none_or(|a| a.speaker.is_none()), "{yours:?}");
}

#[test]
fn what_is_not_said_is_nobodys() {
    for (text, cue) in [
        ("Ada Lindqvist knows how to run a port.", "knows"),
        ("Orrin Mills failed to note that the port had closed.", "note"),
        ("If Orrin Mills reiterates that the port must close, the crews will strike.", "reiterates"),
        ("The bill was sure to be changed in the council.", "sure"),
        ("The estimate was released on Monday after a long delay.", "released"),
        ("It remains to be seen whether the crews will strike.", "seen"),
        ("The harbour is known for its old cranes.", "known"),
        ("Orrin Mills spoke of the elections, which will determine who runs the port.", "determine"),
        ("Orrin Mills should expect a cool reception from the crews.", "expect"),
        ("A deputy cited her statement as evidence that she had read the plan.", "evidence"),
        ("It will be hard if Ada Lindqvist rejects the plan and announces support for the crews.", "announces"),
        ("PORT SPOKESWOMAN PRESSED ON WHETHER THE PLAN IS WORKING", "PRESSED"),
    ] {
        assert!(!has_cue(&read(text), cue), "{text}");
    }
    assert!(has_cue(&read("Orrin Mills said that the port had closed."), "said"));
}

#[test]
fn a_turn_of_a_transcript_is_its_speaker_s_to_its_end() {
    let record = read(
        "ADA LINDQVIST: You were at the pier, Orrin.\n\nORRIN MILLS: It was a bad night. The boats sank. I think the crews were tired.\n\nWe lost four boats that year.\n\n\
         ADA LINDQVIST: Who warned you?\n\nORRIN MILLS: The harbour master did.",
    );
    assert_eq!(speaker(&record, "The boats sank"), Some("ORRIN MILLS"));
    assert_eq!(speaker(&record, "We lost four boats"), Some("ORRIN MILLS"));
    assert_eq!(speaker(&record, "Who warned you"), Some("ADA LINDQVIST"));
    let sank = record.events.iter().find(|e| e.triggers.iter().any(|t| t.text == "sank")).expect("it is an event");
    assert!(sank.voices.iter().all(|v| v.voice.is_some()), "{sank:?}");
    let checked =
        read("CLAIM: The port is safe.\n\nTHE FACTS: It is not.\n\nCLAIM: It is new.\n\nTHE FACTS: It is old.");
    assert!(!has_cue(&checked, ":"), "{:?}", checked.attributions);
}

#[test]
fn a_place_behind_a_party_does_not_speak_and_a_quotation_is_the_next_one_s() {
    let record = read("Peter King spoke on Monday. \"We could be too late,\" King, R-New York, said on Tuesday.");
    assert_eq!(speaker(&record, "too late"), Some("Peter King"));
    let record = read(
        "The clip is false, according to the sources. \"That answer did not follow that question and was cut to look bad,\" Ada Lindqvist said.",
    );
    let says = |a: &&Attribution| a.content.iter().any(|c| c.text.contains("cut to look bad"));
    assert_eq!(record.attributions.iter().filter(says).count(), 1, "{:?}", record.attributions);
}
