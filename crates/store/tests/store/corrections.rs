//! Corrections: they hold through rebuilding and revisions, and are listed where their evidence is gone.

use reportedly_record::{Id, Kind, Status};
use reportedly_store::{Evidence, Fix, Show, Writer};

use super::{Bench, Draft, TALKS, talks};

const URL: &str = "https://courier.example/talks";
const IDENTITY: &str = "url:https://courier.example/talks";

fn at(draft: &Draft, id: Id) -> Evidence {
    Evidence::of(&draft.record, id).expect("it has words")
}

fn made(writer: &mut Writer, fix: &Fix) -> i64 {
    writer.correct(Some(IDENTITY), fix).expect("it is stored")
}

#[test]
fn a_correction_is_applied_and_can_be_undone() {
    let bench = Bench::new();
    let (draft, [_, other, met, said]) = talks(URL, 10, TALKS);
    bench.put(&[&draft]);
    let mut writer = bench.write();
    let status = made(&mut writer, &Fix::Status { at: at(&draft, met), status: Status::Cancelled });
    made(&mut writer, &Fix::Date { at: at(&draft, met), value: "2026-11-17/2026-11-18".to_owned() });
    made(&mut writer, &Fix::Speaker { at: at(&draft, said), name: "Aurel Dasko".to_owned() });
    drop(writer);
    let store = bench.read();
    let record = store.record(1).expect("it is there");
    assert_eq!(record.events[0].status, Status::Cancelled);
    let time = record.times.iter().find(|time| record.events[0].times == [time.id]).expect("it has a time");
    assert_eq!(time.value, "2026-11-17/2026-11-18");
    assert_eq!(record.attributions[0].speaker, Some(other));
    let notes: Vec<&str> = record.notes.iter().map(|note| note.says.as_str()).collect();
    assert_eq!(notes[0], "correction 1: \"meet\" is cancelled");
    let show = Show { most: 9, ..Show::default() };
    let contact = store.pair("Dasko", "Solquist", &show).expect("an answer").remove(0);
    assert_eq!((contact.status.as_str(), contact.when.as_deref()), ("cancelled", Some("2026-11-17/2026-11-18")));
    assert_eq!(contact.voices, ["Aurel Dasko: planned"]);
    assert_eq!(store.record_as_read(1).expect("it is there"), draft.record);
    drop(store);
    bench.write().undo(status).expect("it stands");
    assert!(bench.write().undo(status).is_err(), "once");
    let store = bench.read();
    assert_eq!(store.record(1).expect("it is there").events[0].status, Status::Planned);
    assert_eq!((store.corrections().expect("there").len(), store.history().expect("there").len()), (2, 4));
    bench.is_whole();
}

#[test]
fn corrections_outlive_rebuilding_and_another_reading() {
    let bench = Bench::new();
    let (draft, [_, _, met, said]) = talks(URL, 10, TALKS);
    bench.put(&[&draft]);
    let mut writer = bench.write();
    made(&mut writer, &Fix::Status { at: at(&draft, met), status: Status::Cancelled });
    made(&mut writer, &Fix::Reject { at: at(&draft, said) });
    // Another model cuts the content shorter and gives other ids.
    let mut newer = Draft::new(URL, 10, TALKS);
    let one = newer.person("Maren Solquist");
    newer.said("two officials", None, "said", "will meet Aurel Dasko on Monday");
    newer.event("will meet", Status::Planned, &[one], None, None);
    newer.record.engine.model = "test 2".to_owned();
    newer.record.events[0].evidence = newer.words("meet").span;
    writer.rebuild(|_, _| Some(newer.record.clone()), |_, _| {}).expect("it is whole");
    drop(writer);
    let record = bench.read().record(1).expect("it is there");
    assert_eq!((record.events[0].status, record.attributions.len()), (Status::Cancelled, 0));
    bench.is_whole();
}

#[test]
fn corrections_follow_their_words_to_a_revision_or_are_lost() {
    let bench = Bench::new();
    let (draft, [_, _, met, said]) = talks(URL, 10, TALKS);
    bench.put(&[&draft]);
    let mut writer = bench.write();
    let kept = made(&mut writer, &Fix::Status { at: at(&draft, met), status: Status::Cancelled });
    let quote = draft.record.attributions[1].id;
    let gone = made(&mut writer, &Fix::Reject { at: at(&draft, quote) });
    let twice = made(&mut writer, &Fix::Reject { at: at(&draft, said) });
    drop(writer);
    // The first sentence has moved and its words stand; the quotation is reworded.
    let text = format!("HARBOUR. {}", TALKS.replace("ready for", "set for"));
    let mut later = Draft::new(URL, 10, &text);
    let (one, other) = (later.person("Maren Solquist"), later.person("Aurel Dasko"));
    later.said("Maren Solquist", Some(one), "told", "We are set for the harbour talks");
    later.event("meet", Status::Planned, &[one, other], None, None);
    bench.put(&[&later]);
    let store = bench.read();
    let placements = store.placements().expect("they are there");
    let told: Vec<_> = placements.iter().map(|one| (one.correction, one.lost.as_deref())).collect();
    assert_eq!(
        told,
        [
            (kept, None),
            (gone, Some("its words are no longer in the report")),
            (twice, Some("its words are there, but nothing of the kind is read in them")),
        ]
    );
    assert_eq!(store.record(2).expect("it is there").events[0].status, Status::Cancelled);
    assert_eq!(
        store.record(1).expect("it is there").attributions.len(),
        0,
        "the earlier revision is corrected as before"
    );
    bench.is_whole();
}

#[test]
fn words_that_stand_twice_are_told_apart_by_what_is_around_them() {
    let text = "The board will meet on Monday in Vessen. Old news followed. The board will meet on Monday in Kell.\n";
    let mut draft = Draft::new(URL, 10, text);
    let second = text.rfind("meet").expect("it is there");
    let id = draft.event("meet", Status::Planned, &[], None, None);
    let place = draft.record.report.text.span(second..second + 4);
    let mut other = draft.record.events[0].clone();
    other.id = Id::in_report(Kind::Event, draft.record.report.id, second);
    other.evidence = place;
    let other_id = other.id;
    draft.record.events.push(other);
    for event in [id, other_id] {
        assert_eq!(at(&draft, event).find(&draft.record), Ok(event));
    }
}

#[test]
fn names_are_merged_over_all_reports_and_parted_again() {
    let bench = Bench::new();
    let (first, _) = talks(URL, 10, TALKS);
    let mut second = Draft::new("https://echo.example/a", 11, &TALKS.replace("Aurel Dasko", "Envoy Aurelio"));
    let cast = [second.person("Maren Solquist"), second.person("Envoy Aurelio")];
    second.event("meet", Status::Planned, &cast, None, None);
    bench.put(&[&first, &second]);
    let mut writer = bench.write();
    let fix = Fix::SameName { from: "person:envoy aurelio".to_owned(), into: "person:aurel dasko".to_owned() };
    let id = writer.correct(None, &fix).expect("it is stored");
    let who = writer.who("Dasko", 9).expect("he is there");
    assert_eq!((who.len(), who[0].reports, who[0].also.clone()), (1, 2, vec!["Envoy Aurelio".to_owned()]));
    let contacts = writer.pair("Aurelio", "Solquist", &Show { most: 9, ..Show::default() }).expect("an answer");
    assert_eq!(contacts.len(), 2);
    let record = writer.record(2).expect("it is there");
    assert!(record.entities.iter().any(|entity| entity.key.as_deref() == Some("person:aurel dasko")));
    writer.undo(id).expect("it stands");
    assert_eq!(writer.who("Dasko", 9).expect("he is there")[0].reports, 1);
    let entity = writer.record(1).expect("it is there").entities[1].id;
    let split = Fix::OtherName { at: at(&first, entity), known_as: "the painter".to_owned() };
    made(&mut writer, &split);
    let keys: Vec<String> = writer.who("painter", 9).expect("he is there").into_iter().map(|one| one.key).collect();
    assert_eq!(keys, ["person:aurel dasko/painter"]);
    drop(writer);
    bench.is_whole();
}

#[test]
fn entities_of_a_report_are_merged_and_mentions_parted() {
    let bench = Bench::new();
    let (draft, [one, other, ..]) = talks(URL, 10, TALKS);
    bench.put(&[&draft]);
    let mut writer = bench.write();
    let id = made(&mut writer, &Fix::SameEntity { at: at(&draft, one), other: at(&draft, other) });
    let record = writer.record(1).expect("it is there");
    assert_eq!(record.entities.iter().map(|entity| entity.mentions.len()).collect::<Vec<_>>(), [2]);
    assert!(record.events[0].participants.iter().all(|participant| participant.entity == one));
    assert_eq!(record.no_responses[0].entity, Some(one));
    let mention = record.entities[0].mentions[1];
    let part = Fix::OwnEntity { at: Evidence::of(&record, mention).expect("it has words") };
    made(&mut writer, &part);
    assert_eq!(writer.record(1).expect("it is there").entities.len(), 2);
    writer.undo(id).expect("it stands");
    drop(writer);
    bench.is_whole();
}
