//! Relations and silences of whole texts, read by the engine itself.

use reportedly::record::{Id, Record, RelationKind, Silence};
use reportedly::{Desk, Engine, Given, report_from_text};

fn read(engine: &Engine, text: &str) -> Record {
    let report = report_from_text(text, &Given::default()).expect("a report");
    engine.read(&report, &mut Desk::default())
}

fn name(record: &Record, id: Id) -> String {
    let entity = record.entities.iter().find(|entity| entity.id == id);
    entity.and_then(|entity| entity.name.clone()).unwrap_or_default()
}

fn relations(record: &Record) -> Vec<(RelationKind, String, String)> {
    let to = |to: Option<Id>| to.map(|to| name(record, to)).unwrap_or_default();
    record.relations.iter().map(|r| (r.kind, name(record, r.from), to(r.to))).collect()
}

#[test]
fn titles_and_kin_read_in_the_right_direction() {
    let engine = Engine::load().expect("the built-in model");
    let check = |text: &str, kind: RelationKind, from: &str, to: &str| {
        let found = relations(&read(&engine, text));
        let wanted = (kind, from.to_owned(), to.to_owned());
        assert!(found.contains(&wanted), "{text}\n{wanted:?} is not in {found:?}");
        let turned = (kind, to.to_owned(), from.to_owned());
        assert!(to.is_empty() || !found.contains(&turned), "{text}\n{turned:?} is turned round");
    };
    use RelationKind::{ChildInLawOf, LawyerOf, Office, ParentOf, SiblingOf, SpouseOf};
    check("Prime Minister Ada Thornton said on Monday that she would stay.", Office, "Ada Thornton", "");
    check("Helen Marsh, the sister of Peter Marsh, left on Friday.", SiblingOf, "Helen Marsh", "Peter Marsh");
    check("Helen Marsh, the daughter of Peter Marsh, left on Friday.", ParentOf, "Peter Marsh", "Helen Marsh");
    check("Peter Marsh's wife, Helen Moss, spoke on Monday.", SpouseOf, "Helen Moss", "Peter Marsh");
    check("Peter Marsh's son-in-law, David Cole, spoke on Monday.", ChildInLawOf, "David Cole", "Peter Marsh");
    check("Peter Marsh's lawyer, David Cole, spoke on Monday.", LawyerOf, "David Cole", "Peter Marsh");
}

#[test]
fn bodies_places_and_names_stand_to_each_other() {
    let engine = Engine::load().expect("the built-in model");
    let check = |text: &str, kind: RelationKind, from: &str, to: &str| {
        let bare = |name: String| name.trim_start_matches("The ").to_owned();
        let found = relations(&read(&engine, text)).into_iter().map(|(kind, from, to)| (kind, bare(from), bare(to)));
        let found: Vec<_> = found.collect();
        let wanted = (kind, from.to_owned(), to.to_owned());
        assert!(found.contains(&wanted), "{text}\n{wanted:?} is not in {found:?}");
    };
    use RelationKind::{AliasOf, BornIn, LocatedIn, Office, OwnedBy, ParentOf, Role};
    check("A third person died in Cairo, Egypt.", LocatedIn, "Cairo", "Egypt");
    check("In France, President Peter Marsh signed a bill on Friday.", Office, "Peter Marsh", "France");
    check("Sen. Peter Marsh (D-Ohio) left on Friday.", Office, "Peter Marsh", "Ohio");
    check("Former Maryland governor Peter Marsh spoke on Monday.", Office, "Peter Marsh", "Maryland");
    check("Peter Marsh of Airbus spoke on Monday.", Role, "Peter Marsh", "Airbus");
    check("Peter Marsh, a senior adviser to the Airbus board, was an aide to Airbus.", Role, "Peter Marsh", "Airbus");
    check(
        "Police identified the victim as Helen Marsh daughter of Peter Marsh.",
        ParentOf,
        "Peter Marsh",
        "Helen Marsh",
    );
    check("Peter Marsh came with his two sons, David Marsh and Paul Marsh.", ParentOf, "Peter Marsh", "Paul Marsh");
    check("Airbus, based in Toulouse, said so on Monday.", LocatedIn, "Airbus", "Toulouse");
    check("Born in 1961 in Lyon, Peter Marsh left on Friday.", BornIn, "Peter Marsh", "Lyon");
    check("President Peter Marsh of France left on Friday.", Office, "Peter Marsh", "France");
    check(
        "The Harbour Safety Board (HSB) director Peter Marsh left on Friday.",
        Role,
        "Peter Marsh",
        "Harbour Safety Board",
    );
    check("The National Union of Metalworkers (Numet) said no.", AliasOf, "Numet", "National Union of Metalworkers");
    check("State-owned carrier Air France said so on Monday.", OwnedBy, "Air France", "");
    // Whoever "my father" is the father of is somebody, though nobody says who.
    check("My father Peter Marsh was a baker.", ParentOf, "Peter Marsh", "");
}

#[test]
fn rows_shares_and_what_stands_behind() {
    let engine = Engine::load().expect("the built-in model");
    let check = |text: &str, kind: RelationKind, from: &str, to: &str| {
        let bare = |name: String| name.trim_start_matches("the ").trim_start_matches("The ").to_owned();
        let found = relations(&read(&engine, text)).into_iter().map(|(kind, from, to)| (kind, bare(from), bare(to)));
        let found: Vec<_> = found.collect();
        let wanted = (kind, from.to_owned(), to.to_owned());
        assert!(found.contains(&wanted), "{text}\n{wanted:?} is not in {found:?}");
    };
    use RelationKind::{
        BelongsTo, CitizenOf, KinOf, LocatedIn, MemberOf, Office, OwnedBy, ParentOf, PartOf, ResidentOf, Role,
        SiblingOf, SpouseOf,
    };
    // One of kin says whose all of a row are; a name right behind a word of kin is not its owner's.
    check("Peter Marsh said his uncle, cousins and late stepfather left on Friday.", KinOf, "", "Peter Marsh");
    check("Marsh’s sister Helen Marsh left on Friday.", SiblingOf, "Helen Marsh", "Marsh");
    check("Helen Moss, whose husband, Peter Marsh, is a baker, left.", SpouseOf, "Peter Marsh", "Helen Moss");
    check("Peter Marsh has two sons, David Marsh and Paul Marsh.", ParentOf, "Peter Marsh", "Paul Marsh");
    check("Peter Marsh's brother in Cairo spoke on Monday.", ResidentOf, "", "Cairo");
    check("Peter Marsh, 44, of Cairo, left on Friday.", ResidentOf, "Peter Marsh", "Cairo");
    check("Six French nationals left the port on Friday.", CitizenOf, "", "");
    check("The brothers David Marsh and Paul Marsh left on Friday.", SiblingOf, "David Marsh", "Paul Marsh");
    check("Peter Marsh met daughter Helen Moss on Friday.", ParentOf, "Peter Marsh", "Helen Moss");
    check("David Cole is a son of the rich trader and singer Peter Marsh.", ParentOf, "Peter Marsh", "David Cole");
    // Posts whose body or place stands further off.
    check("Sen. Peter Marsh, a Democrat of Ohio, left on Friday.", Office, "Peter Marsh", "Ohio");
    check("The foreign ministers of Poland, Hungary and Egypt met on Friday.", Office, "", "Hungary");
    check(
        "Peter Marsh, from the Brookings Institution, spoke on Monday.",
        Role,
        "Peter Marsh",
        "Brookings Institution",
    );
    check(
        "Peter Marsh, also a member of the Brookings Institution, left.",
        MemberOf,
        "Peter Marsh",
        "Brookings Institution",
    );
    check("Ohio’s very conservative senator Peter Marsh left on Friday.", Office, "Peter Marsh", "Ohio");
    check("They appointed Peter Marsh as the new mayor of Boston.", Office, "Peter Marsh", "Boston");
    check("The meeting was led by King Marsh’s adviser, Helen Moss.", Role, "Helen Moss", "Marsh");
    check("Peter Marsh, who represents Ohio, left on Friday.", Office, "Peter Marsh", "Ohio");
    // Owners of a share, parts, and buildings in more than one place.
    check("Airbus owns about 60% of Dassault.", OwnedBy, "Dassault", "Airbus");
    check("Airbus now owns 60% of Dassault’s shares.", OwnedBy, "Dassault", "Airbus");
    check("Airbus, the parent of Dassault, said so on Monday.", OwnedBy, "Dassault", "Airbus");
    check("Airbus’s finance arm, Dassault Corp., said so on Monday.", BelongsTo, "Dassault Corp.", "Airbus");
    check("A clothing and shoe store in Cairo was closed on Monday.", LocatedIn, "", "Cairo");
    check("The Cairo-based airline said so on Monday.", LocatedIn, "", "Cairo");
    check("Dassault is 60 per cent owned by Airbus.", OwnedBy, "Dassault", "Airbus");
    check("A unit of Airbus said so on Monday.", PartOf, "", "Airbus");
    check("The French embassies in Egypt and Kenya were closed on Monday.", LocatedIn, "", "Kenya");
    check("The Kyiv suburb of Bucha was calm on Monday.", LocatedIn, "Bucha", "Kyiv");
}

#[test]
fn what_is_not_held_is_no_relation() {
    let engine = Engine::load().expect("the built-in model");
    for text in [
        "David Cole is not the mayor of Boston.",
        "David Cole was a senior figure in the massacre, Helen Marsh said.",
        "According to his lawyer, David Cole left on Friday.",
    ] {
        let found = relations(&read(&engine, text));
        assert!(!found.iter().any(|(_, from, _)| from == "David Cole"), "{text} {found:?}");
    }
}

#[test]
fn a_place_before_based_is_no_client() {
    let engine = Engine::load().expect("the built-in model");
    let found = relations(&read(&engine, "Cairo-based attorney David Cole left on Friday."));
    assert!(!found.iter().any(|(kind, ..)| *kind == RelationKind::LawyerOf), "{found:?}");
}

#[test]
fn silences_are_told_apart_and_are_no_attributions() {
    let engine = Engine::load().expect("the built-in model");
    let check = |text: &str, expected: &[(&str, Silence)]| {
        let record = read(&engine, text);
        let found: Vec<(&str, Silence)> = record.no_responses.iter().map(|n| (n.party.text.as_str(), n.form)).collect();
        assert_eq!(found, expected, "{text}");
        let silent = |a: &&reportedly::record::Attribution| {
            a.cue.as_ref().is_some_and(|cue| record.no_responses.iter().any(|n| n.cue.span.touches(cue.span)))
        };
        assert_eq!(record.attributions.iter().filter(silent).count(), 0, "{text}");
    };
    use Silence::{Declined, DidNotRespond, NoComment, NotReached};
    check("Helen Marsh declined to comment.", &[("Helen Marsh", Declined)]);
    check("The company did not respond to a request for comment.", &[("The company", DidNotRespond)]);
    check("Peter Marsh could not be reached on Friday.", &[("Peter Marsh", NotReached)]);
    check("The mayor had no immediate comment.", &[("The mayor", NoComment)]);
    check("The patient did not respond to treatment.", &[]);
    check(
        "Neither Helen Marsh, Peter Moss, nor David Cole responded to requests for comment.",
        &[("Helen Marsh", DidNotRespond), ("Peter Moss", DidNotRespond), ("David Cole", DidNotRespond)],
    );
}

#[test]
fn a_pronoun_without_an_answer_is_who_spoke_before() {
    let engine = Engine::load().expect("the model is built in");
    let record =
        read(&engine, "Ada Roe, the mayor of Vessen, said the dam was safe. She declined to say who had inspected it.");
    let silent: Vec<String> = record.no_responses.iter().filter_map(|n| n.entity).map(|id| name(&record, id)).collect();
    assert_eq!(silent, ["Ada Roe"]);
}

#[test]
fn what_a_correction_takes_back_is_no_relation() {
    let engine = Engine::load().expect("the model is built in");
    let record = read(
        &engine,
        "The museum opens in May, Elin Roe said.\n\nCorrection: An earlier version of this story said that Roe was the \
         museum’s curator. She is its director.",
    );
    let titles: Vec<&str> = record.relations.iter().filter_map(|r| r.title.as_ref()).map(|t| t.text.as_str()).collect();
    assert!(!titles.contains(&"curator"), "{titles:?}");
}

#[test]
fn loaded_words_and_those_that_only_name_a_thing() {
    let engine = Engine::load().expect("the built-in model");
    let labels = |text: &str| -> Vec<String> {
        read(&engine, text).labels.into_iter().map(|label| label.evidence.text).collect()
    };
    assert_eq!(labels("The so-called experts left the port on Monday."), ["so-called"]);
    assert_eq!(labels("The council passed so-called berth rules on Monday."), [""; 0]);
    assert_eq!(labels("The regime closed the port on Monday."), ["regime"]);
    assert_eq!(labels("The climate regime was agreed on Monday."), [""; 0]);
    // Whose word it is the sentence says, and no attribution does.
    assert_eq!(labels("Voters castigate the council as liars every spring."), [""; 0]);
    assert_eq!(labels("The councillors are liars."), ["liars"]);
}

#[test]
fn support_and_opposition_are_told_by_nouns_and_predicates_too() {
    use reportedly::record::Polarity::{Negative, Positive};
    let engine = Engine::load().expect("the built-in model");
    let check = |text: &str, holder: &str, polarity, target: &str| {
        let record = read(&engine, text);
        let found: Vec<_> =
            record.stances.iter().map(|s| (name(&record, s.holder), s.polarity, name(&record, s.target))).collect();
        assert_eq!(found, [(holder.to_owned(), polarity, target.to_owned())], "{text}");
    };
    check("Ada Roe voiced support for Northwire on Monday.", "Ada Roe", Positive, "Northwire");
    check("Northwire has drawn criticism from Ada Roe.", "Ada Roe", Negative, "Northwire");
    check("Ada Roe is opposed to Northwire.", "Ada Roe", Negative, "Northwire");
}

#[test]
fn who_leads_works_and_represents() {
    let engine = Engine::load().expect("the built-in model");
    let of = |text: &str| relations(&read(&engine, text));
    use RelationKind::{Office, Role};
    let dahl = (Role, "Casper Dahl".to_owned(), "Lakes Conference".to_owned());
    assert!(of("Ada Roe met Casper Dahl, who runs the Lakes Conference, on Monday.").contains(&dahl));
    let bank = of("The bank said Ada Roe and Ben Lind, who works at Northwire Bank, had left.");
    assert!(bank.iter().all(|(_, from, _)| from == "Ben Lind"), "{bank:?}");
    let plays = of("Ada Roe, who represents France at the Games, said the race was hard.");
    assert!(plays.iter().all(|(kind, ..)| *kind != Office), "{plays:?}");
    let works = of("Ada Roe said she worked for the citizens of Lorne.");
    assert!(works.iter().all(|(kind, from, _)| *kind != Role || from != "Ada Roe"), "{works:?}");
    let rival = of("Ada Roe's 2004 rival former Vermont Governor Ben Lind left on Monday.");
    assert!(!rival.contains(&(Office, "Ben Lind".to_owned(), "Ada Roe".to_owned())), "{rival:?}");
    let seat = |title: &str| of(&format!("The bill was written by {title} Ada Roe (R-Ohio), an aide said on Monday."));
    assert!(seat("Sen.").contains(&(Office, "Ada Roe".to_owned(), "Ohio".to_owned())));
    assert!(!seat("Speaker").iter().any(|(_, _, to)| to == "Ohio"), "{:?}", seat("Speaker"));
    let judge = of("Ada Roe is the best judge of the party, and Ada Roe left on Monday.");
    assert!(judge.iter().all(|(kind, ..)| *kind != Office), "{judge:?}");
}

#[test]
fn loaded_names_are_a_stance() {
    let engine = Engine::load().expect("the built-in model");
    let record =
        read(&engine, "Ada Orlick, by contrast, called the crew “thugs in oilskins” on Monday. The crew left.");
    let held: Vec<String> = record.stances.iter().map(|s| name(&record, s.holder)).collect();
    assert_eq!(held, ["Ada Orlick"]);
}

#[test]
fn a_unit_is_its_bodys_and_a_small_share_makes_no_owner() {
    let engine = Engine::load().expect("the built-in model");
    let of = |text: &str| relations(&read(&engine, text));
    let unit = of("Peter Marsh, head of the Leeds Police Department's river unit, spoke on Monday.");
    assert!(!unit.is_empty() && !unit.iter().any(|(_, _, to)| to == "Leeds"), "{unit:?}");
    let owned = |text: &str| of(text).iter().any(|(kind, _, _)| *kind == RelationKind::OwnedBy);
    assert!(owned("Northfield Bank, which is 61% owned by Marsh Holdings, closed on Monday."));
    assert!(!owned("Northfield Bank, which is 39% owned by Marsh Holdings, closed on Monday."));
    assert!(owned("Marsh Holdings, which owns Northfield Bank, closed on Monday."));
    assert!(!owned("Marsh Holdings, which owns a quarter of Northfield Bank, closed on Monday."));
    assert!(owned("Northfield Bank, a minority business owned by Marsh Holdings, closed on Monday."));
}

#[test]
fn an_act_of_designation_may_be_told_by_a_noun() {
    let engine = Engine::load().expect("the built-in model");
    let of = |text: &str| -> Vec<(String, String, String)> {
        let record = read(&engine, text);
        let told = record.designations.iter();
        told.map(|d| (name(&record, d.by), name(&record, d.of), d.as_what.text.clone())).collect()
    };
    let told = |by: &str, of: &str, what: &str| [(by.to_owned(), of.to_owned(), what.to_owned())];
    let its = of(
        "The talks with Hamas went on, despite its designation by Canada as a terrorist organization, an aide said.",
    );
    assert_eq!(its, told("Canada", "Hamas", "a terrorist organization"));
    let whose = of("Canada's designation of Hamas as a terrorist organization drew protests on Monday.");
    assert_eq!(whose, told("Canada", "Hamas", "a terrorist organization"));
    assert!(of("Canada's designation as a host country drew protests on Monday.").is_empty());
}

#[test]
fn one_person_does_not_hold_what_several_hold() {
    let engine = Engine::load().expect("the built-in model");
    let of = |text: &str| relations(&read(&engine, text));
    let row = of("Ada Roe spoke with President Ben Lind, the leaders of Canada and Norway, and the press on Monday.");
    assert!(!row.iter().any(|(_, from, to)| from == "Ben Lind" && to == "Canada"), "{row:?}");
    let both = of("Ada Roe and Ben Lind, the leaders of the Harbour Union, spoke on Monday.");
    assert!(both.iter().any(|(_, from, _)| from == "Ben Lind"), "{both:?}");
}
