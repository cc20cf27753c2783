//! The first screen of a record made by hand, as text and as a page: every layer has something to say.

use reportedly::Given;
use reportedly::record::{
    Attribution, Certainty, Chain, Clock, Engine, Entity, EntityKind, Event, FORMAT, Label, Mention, MentionForm,
    NoResponse, Note, Offsets, Participant, Silence, Stage, Status, Voice, VoicedStatus, Words,
};

use super::*;
use crate::desks::Incoming;
use crate::galley::{Paint, Paper};

const TEXT: &str = "Envoy to meet ferry owners\n\nThe envoy plans to meet the owners, the Echo reported, citing two people close to the \
                    talks. The ministry did not respond. The mayor declined to comment. Thugs burned the pier.\n";

fn words(record: &Record, at: &str) -> Words {
    let text = &record.report.text;
    let start = text.as_str().find(at).expect("the words are in the text");
    text.words(text.span(start..start + at.len()))
}

fn id(record: &Record, kind: Kind, place: &str) -> Id {
    Id::in_report(kind, record.report.id, place)
}

fn entity(
    record: &mut Record,
    kind: EntityKind,
    name: Option<&str>,
    at: &str,
    count: Option<u32>,
    basis: Option<&str>,
) -> Id {
    let evidence = words(record, at);
    let mention = Mention { id: id(record, Kind::Mention, at), kind, form: MentionForm::Name, evidence };
    let basis = basis.map(|at| words(record, at));
    let mentions = vec![mention.id];
    let entity = id(record, Kind::Entity, at);
    record.mentions.push(mention);
    let name = name.map(str::to_owned);
    record.entities.push(Entity {
        id: entity,
        kind,
        name,
        key: None,
        place: None,
        links: Vec::new(),
        count,
        basis,
        mentions,
    });
    entity
}

fn event(record: &mut Record, kind: &str, trigger: &str, status: Status, voice: Option<Id>, party: Option<Id>) -> Id {
    let trigger = words(record, trigger);
    let evidence = trigger.span;
    let event = id(record, Kind::Event, &trigger.text);
    let participant = |entity| Participant { role: "agent".to_owned(), entity, evidence };
    record.events.push(Event {
        id: event,
        kind: kind.to_owned(),
        triggers: vec![trigger],
        participants: party.into_iter().map(participant).collect(),
        places: Vec::new(),
        times: Vec::new(),
        orders: Vec::new(),
        amounts: Vec::new(),
        contested: false,
        voices: vec![VoicedStatus { voice, status, certainty: Certainty::Certain, evidence }],
        status,
        evidence,
    });
    event
}

/// A record with something in every layer that the screen reads.
fn record() -> Record {
    let report = reportedly::report_from_text(TEXT, &Given::default()).expect("a report");
    let engine = Engine { version: "0".to_owned(), model: "0".to_owned(), kernel: "portable".to_owned() };
    let mut record = Record {
        format: FORMAT.to_owned(),
        offsets: Offsets::default(),
        engine,
        report,
        clock: Clock::default(),
        entities: Vec::new(),
        mentions: Vec::new(),
        times: Vec::new(),
        attributions: Vec::new(),
        attitudes: Vec::new(),
        quotes: Vec::new(),
        no_responses: Vec::new(),
        events: Vec::new(),
        states: Vec::new(),
        relations: Vec::new(),
        designations: Vec::new(),
        stances: Vec::new(),
        labels: Vec::new(),
        chains: Vec::new(),
        tallies: Vec::new(),
        notes: Vec::new(),
    };
    let envoy = entity(&mut record, EntityKind::Person, None, "The envoy", None, None);
    let echo = entity(&mut record, EntityKind::Media, Some("Echo"), "the Echo", None, None);
    let two = entity(&mut record, EntityKind::Person, None, "two people", Some(2), Some("close to the talks"));
    let said = id(&record, Kind::Attribution, "citing");
    let (source, cue) = (words(&record, "two people close to the talks"), words(&record, "citing"));
    let evidence = cue.span.hull(source.span);
    record.attributions.push(Attribution {
        id: said,
        source: vec![source],
        cue: Some(cue),
        content: vec![words(&record, "The envoy plans to meet the owners")],
        voice: Voice::Indirect,
        evidence,
        speaker: Some(two),
        source_kind: Some(SourceKind::Unnamed),
        count: Some(2),
        basis: None,
        stance: None,
        tense: None,
        hedge: None,
        on_record: Some(false),
        addressee: None,
        medium: None,
        within: None,
        continues: None,
    });
    let meet = event(&mut record, "meet", "meet the", Status::Planned, Some(said), Some(envoy));
    event(&mut record, "damage", "burned", Status::Happened, None, None);
    for (party, cue, form) in [
        ("The ministry", "did not respond", Silence::DidNotRespond),
        ("The mayor", "declined to comment", Silence::Declined),
    ] {
        let (party, cue) = (words(&record, party), words(&record, cue));
        let evidence = party.span.hull(cue.span);
        let id = id(&record, Kind::NoResponse, &cue.text);
        record.no_responses.push(NoResponse {
            id,
            party,
            entity: None,
            cue,
            form,
            about: None,
            asked_by: None,
            evidence,
        });
    }
    let evidence = words(&record, "Thugs");
    record.labels.push(Label { id: id(&record, Kind::Label, "Thugs"), evidence, voice: None });
    let whole = words(&record, "The envoy plans to meet the owners").span;
    let (chain, tally) = (id(&record, Kind::Chain, "meet"), id(&record, Kind::Tally, "meet"));
    record.chains.push(Chain { id: chain, about: meet, hops: vec![echo, two], evidence: whole });
    record.tallies.push(Tally {
        id: tally,
        about: meet,
        lead: true,
        origins: Some(1),
        unnamed: Some(2),
        on_record: vec![echo],
        no_responses: record.no_responses.iter().map(|silence| silence.id).collect(),
        carriers: vec![said],
        evidence: whole,
    });
    record.notes.push(Note { stage: Stage::When, says: "no publication date".to_owned(), span: None });
    record
}

#[test]
fn every_answer_is_the_records() {
    let record = record();
    let mut galley = Galley::new(Paper { width: 90, paint: Paint::Brackets });
    set_screen(&mut galley, &first_screen(&Register::of(&record)));
    let expected = "
lead        \"meet the\" (agent \"The envoy\"): planned, not happened
origins     1 named origin of the lead
            Echo <- \"two people\"
unnamed     2 people behind the lead
            behind the lead: \"two people\" (2 people; basis \"close to the talks\")
on record   Echo
no answer   did not respond: The ministry
            declined: The mayor
own voice   1 event without a source: \"burned\"
loaded      in the outlet's own voice: \"Thugs\"
dates       none found
doubts      no publication date
";
    assert_eq!(galley.finish(), expected);
}

#[test]
fn a_page_draws_who_relays_whom() {
    let record = record();
    let incoming = Incoming { name: "a.txt".to_owned(), place: 0, report: record.report.clone(), fetched: None };
    let page = crate::html::article(&incoming, &record);
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is not on the page"));
    assert!(at("Tree of sources") < at(">Echo</text>") && at(">Echo</text>") < at("&quot;two people&quot;</text>"));
    assert!(page.contains("class=\"box unnamed\"") && page.contains("planned, not happened"));
    for item in record.no_responses.iter().map(|s| s.id).chain(record.tallies.iter().map(|t| t.id)) {
        assert!(page.contains(&format!("<li class=\"card\" id=\"{item}\">")), "{item} has no card");
    }
}
