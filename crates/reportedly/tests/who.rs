//! Who is who in whole reports, with the built-in model: what is one, what stays two, and who speaks.

use reportedly::record::{CueStance, Entity, EntityKind, Record};
use reportedly::{Desk, Engine, Given, Roster};

fn read(text: &str) -> Record {
    let engine = Engine::load().expect("the built-in model is whole");
    let report = reportedly::report_from_text(text, &Given::default()).expect("a report");
    engine.read(&report, &mut Desk::default())
}

/// The words of an entity's mentions, in text order.
fn words<'a>(record: &'a Record, entity: &Entity) -> Vec<&'a str> {
    let own = record.mentions.iter().filter(|m| entity.mentions.contains(&m.id));
    own.map(|m| m.evidence.text.as_str()).collect()
}

/// The entities that have a mention with these words.
fn called<'a>(record: &'a Record, said: &str) -> Vec<&'a Entity> {
    record.entities.iter().filter(|e| words(record, e).contains(&said)).collect()
}

fn speaker<'a>(record: &'a Record, content: &str) -> Option<&'a Entity> {
    let said = record.attributions.iter().find(|a| a.content.iter().any(|c| c.text.contains(content)))?;
    record.entities.iter().find(|e| Some(e.id) == said.speaker)
}

#[test]
fn surnames_titles_and_pronouns_go_to_the_full_name() {
    let record = read(
        "Mayor Ada Lindqvist closed the harbour on Monday. She said the piers were unsafe. “I will not wait,” Lindqvist \
         told reporters. Her deputy, Tomas Brandt, disagreed.",
    );
    let [ada] = called(&record, "Ada Lindqvist")[..] else { panic!("one Ada Lindqvist: {:?}", record.entities) };
    let said = words(&record, ada);
    for word in ["She", "I", "Lindqvist"] {
        assert!(said.contains(&word), "{word} is not among {said:?}");
    }
    assert!(!said.contains(&"Tomas Brandt"), "{said:?}");
    assert_eq!(speaker(&record, "I will not wait").map(|e| e.id), Some(ada.id));
    assert_eq!(ada.key.as_deref(), Some("person:ada lindqvist"));
}

#[test]
fn sons_of_two_men_are_two_people() {
    let record = read(
        "Viktor Lund lost his son in the fire. Pavel Orsk, a miner, also mourned. Orsk buried his son on Friday, and Lund \
         came to the grave.",
    );
    let sons: Vec<usize> = called(&record, "his son")
        .iter()
        .map(|son| words(&record, son).iter().filter(|w| **w == "his son").count())
        .collect();
    assert_eq!(sons, [1, 1]);
}

#[test]
fn his_son_is_not_he_and_a_cry_is_nobody() {
    let record = read("His son George worked for the ferry line. “Man, if he wins,” Viktor Lund said on Friday.");
    let [george] = called(&record, "George")[..] else { panic!("one George: {:?}", record.entities) };
    assert!(!words(&record, george).contains(&"His"), "{:?}", words(&record, george));
    assert!(called(&record, "Man").is_empty(), "{:?}", record.entities);
}

#[test]
fn a_description_ends_where_a_dash_or_a_comma_sets_something_off() {
    let record = read(
        "The council blocked two of the mayor’s candidates — including one for the harbour court — on Friday. The \
         candidates waited.",
    );
    let run_on = record.mentions.iter().find(|m| m.evidence.text.contains('—'));
    assert!(run_on.is_none(), "{run_on:?}");
}

#[test]
fn outlets_are_media_and_areas_are_seen_without_the_scores() {
    let record =
        read("By USA TODAY\n\nFormer Maryland governor Peter Marsh told USA TODAY on Friday that he would run.");
    for paper in called(&record, "USA TODAY") {
        assert_eq!(paper.kind, EntityKind::Media, "{paper:?}");
    }
    assert!(called(&record, "Maryland").iter().all(|e| e.kind == EntityKind::Place));
    assert_eq!(called(&record, "Maryland").len(), 1);
}

#[test]
fn an_adjective_and_a_kind_spoken_of_once_are_nobody() {
    let record = read(
        "An Icelandic trawler sank off Lorne on Monday. Two sailors were saved. It was the worst year for sailors since the war,          when insurers were few. “The crew was brave,” said Mayor Ada Lindqvist.",
    );
    assert!(called(&record, "Icelandic").is_empty() && called(&record, "insurers").is_empty(), "{:?}", record.entities);
    for kept in ["Lorne", "Two sailors", "Ada Lindqvist"] {
        assert!(!called(&record, kept).is_empty(), "{kept} is there: {:?}", record.entities);
    }
    let nobody = |m: &reportedly::record::Mention| {
        m.form != reportedly::record::MentionForm::Name && !record.entities.iter().any(|e| e.mentions.contains(&m.id))
    };
    assert!(!record.mentions.iter().any(nobody), "a mention of nobody");
}

#[test]
fn nobody_is_his_own_son() {
    let record = read(
        "Lund met Khalid al-Orsk in Vessen. Lund said he had offered condolences to al-Orsk over the death of his son, who was killed in a \
         raid on a camp.",
    );
    let sons = called(&record, "his son");
    assert!(!sons.is_empty(), "{:?}", record.entities);
    for son in sons {
        assert!(
            !words(&record, son).iter().any(|word| word.contains("Orsk") || word.contains("Lund")),
            "{:?}",
            words(&record, son)
        );
    }
}

#[test]
fn a_paper_s_name_holds_no_place_and_the_paper_is_the_paper() {
    let record = read(
        "The Lorne Herald reported on Tuesday that the dam was cracked. The newspaper cited two engineers. Officials in \
         Lorne declined to comment.",
    );
    let paper = called(&record, "Lorne Herald");
    assert_eq!(paper.len(), 1, "{:?}", record.entities);
    assert_eq!(paper[0].kind, EntityKind::Media);
    assert_eq!(speaker(&record, "the dam was cracked").map(|e| e.id), Some(paper[0].id));
    assert!(words(&record, paper[0]).contains(&"The newspaper"), "{:?}", words(&record, paper[0]));
}

#[test]
fn two_descriptions_behind_a_name_are_of_that_one() {
    let text = "Ada Voss will meet Tom Brandt, Keldra's chief negotiator and a leader of the raid, on Friday.";
    let record = read(text);
    let [tom] = called(&record, "Tom Brandt")[..] else { panic!("one Tom Brandt: {:?}", record.entities) };
    assert!(words(&record, tom).iter().any(|said| said.starts_with("a leader")), "{:?}", words(&record, tom));
    // A list of three is none.
    let record = read("Ada Voss met Tom Brandt, the mayor, and a neighbour on Friday.");
    let [tom] = called(&record, "Tom Brandt")[..] else { panic!("one Tom Brandt: {:?}", record.entities) };
    assert!(!words(&record, tom).contains(&"a neighbour"));
}

#[test]
fn a_man_and_a_woman_of_one_surname_stay_two() {
    let record = read(
        "Peter Stayne and his wife, Helen Stayne, own the barge. Mr. Stayne denied that it was overloaded. “It was never \
         full,” Mrs. Stayne said.",
    );
    let [he] = called(&record, "Peter Stayne")[..] else { panic!("one Peter Stayne: {:?}", record.entities) };
    let [she] = called(&record, "Helen Stayne")[..] else { panic!("one Helen Stayne: {:?}", record.entities) };
    assert_ne!(he.id, she.id);
    assert_eq!(speaker(&record, "It was never full").map(|e| e.id), Some(she.id));
}

#[test]
fn what_somebody_is_said_to_be_is_nobody_else() {
    let record = read("It was raining in Arn on Monday. Whoever came was a citizen of the world, and a judge watched.");
    let alone = |said: &str| record.entities.iter().any(|e| words(&record, e) == [said]);
    assert!(!alone("a citizen of the world") && alone("a judge"), "{:?}", record.entities);
}

#[test]
fn descriptions_go_to_the_one_who_was_called_so() {
    let record = read(
        "The health minister, Hedda Vornik, met Oswin Pell, who runs the hospital, on Monday. The Port Workers’ Union \
         protested outside. The minister left early, and the union called the talks a farce.",
    );
    let has = |name: &str, said: &str| called(&record, name).iter().any(|e| words(&record, e).contains(&said));
    assert!(has("Hedda Vornik", "The minister"), "{:?}", record.entities);
    assert!(
        has("Port Workers’ Union", "the union") || has("The Port Workers’ Union", "the union"),
        "{:?}",
        record.entities
    );
    assert!(!has("Oswin Pell", "The minister"));
}

#[test]
fn two_unnamed_people_who_come_back_are_counted_once() {
    let record = read(
        "Two officials familiar with the talks said the envoy had left. The officials said he would return on Sunday. \
         The envoy did not respond.",
    );
    let first = speaker(&record, "the envoy had left");
    assert!(first.is_some_and(|people| people.name.is_none() && people.basis.is_some()), "{:?}", record.entities);
    assert_eq!(speaker(&record, "he would return").map(|e| e.id), first.map(|people| people.id));
    assert_eq!(first.and_then(|people| people.count), Some(2));
}

#[test]
fn entities_of_the_user_s_own_are_linked() {
    let lines = "{\"id\": \"Q7\", \"names\": [\"Ada Lindqvist\"], \"roles\": [\"mayor\"]}";
    let engine = Engine::load().expect("the built-in model is whole");
    let engine = engine.with_entities(Roster::parse(lines, "own.jsonl").expect("a good file"));
    let text = "The mayor, Ada Lindqvist, closed the harbour. Lindqvist said it was unsafe.";
    let report = reportedly::report_from_text(text, &Given::default()).expect("a report");
    let record = engine.read(&report, &mut Desk::default());
    let links: Vec<&str> = record.entities.iter().flat_map(|e| e.links.iter().map(String::as_str)).collect();
    assert_eq!(links, ["Q7"]);
}

#[test]
fn many_marks_and_names_make_few_entities() {
    let record = read(&"“He saw her,” said Ada Roe of Lorne. ".repeat(1_000));
    let named = record.entities.iter().filter(|e| e.name.is_some()).count();
    assert!(named < 10, "{named} named entities");
}

#[test]
fn whoever_is_there_with_kin_is_the_subject() {
    let record = read("Tobias Renn, the deputy mayor, sat beside Anton Lund with his sister, Ada Renn.");
    let [renn] = called(&record, "Tobias Renn")[..] else { panic!("{:?}", record.entities) };
    assert!(words(&record, renn).contains(&"his"), "{:?}", words(&record, renn));
}

#[test]
fn whom_a_lawyer_speaks_for_is_not_whom_he_tells() {
    let record = read(
        "Viktor Lund refused. Neil Orde, a spokesman, said on Saturday that Lund's lawyer had assured him the match would go on.",
    );
    let [lund] = called(&record, "Viktor Lund")[..] else { panic!("{:?}", record.entities) };
    assert!(!words(&record, lund).contains(&"him"), "{:?}", words(&record, lund));
}

#[test]
fn a_surname_that_is_a_city_s_too_is_the_person_s() {
    let record = read(
        "Mrs Ada Paris, a lawyer, sued the church on Monday. In 2007, Paris left the ship after a quarrel. The church claims that \
         Mrs Paris was free.",
    );
    assert!(called(&record, "Paris").iter().all(|e| e.kind == EntityKind::Person), "{:?}", record.entities);
}

#[test]
fn a_capital_that_acts_is_not_the_city_and_a_protocol_no_place() {
    let record = read(
        "Copenhagen is ready to hand back the bell. It has hung in central Copenhagen since 1904. Under the Lausanne protocol, \
         signed in 2019, it was to stay.",
    );
    assert_eq!(called(&record, "Copenhagen").len(), 2, "{:?}", record.entities);
    assert!(called(&record, "Lausanne").is_empty(), "{:?}", record.entities);
}

#[test]
fn a_source_ends_with_its_sentence() {
    let record = read(
        "“There were no rockets,” said its spokeswoman, Dalia Morvenne. Tomas Beric, the defence minister, called the Front \
         “bandits in borrowed uniforms”.",
    );
    let says = |content: &str| speaker(&record, content).and_then(|e| e.name.clone());
    assert_eq!(says("no rockets").as_deref(), Some("Dalia Morvenne"));
    assert_eq!(says("bandits").as_deref(), Some("Tomas Beric"));
}

#[test]
fn a_name_beside_a_description_is_whose_it_is() {
    let record = read(
        "Lena Orlick drowned in May. Ruben Stayne denies the charge. His mother, Hester Stayne, wept in the gallery. The \
         ship’s owner, Sollen Ferries, did not answer.",
    );
    let [mother] = called(&record, "Hester Stayne")[..] else { panic!("one Hester: {:?}", record.entities) };
    assert!(words(&record, mother).contains(&"His mother"), "{:?}", words(&record, mother));
    let [owner] = called(&record, "Sollen Ferries")[..] else { panic!("one owner: {:?}", record.entities) };
    assert_eq!(owner.kind, EntityKind::Organisation);
    assert_eq!(words(&record, owner).len(), 2, "{:?}", words(&record, owner));
}

#[test]
fn a_company_is_no_union_and_two_countries_are_not_one() {
    let record = read(
        "The Estuary Seafarers’ Union met Tarn Line on Monday. The union called the strike off. The company agreed.",
    );
    let [union] = called(&record, "The union")[..] else { panic!("one union: {:?}", record.entities) };
    assert!(!words(&record, union).contains(&"The company"), "{:?}", words(&record, union));
}

#[test]
fn an_armed_group_is_the_only_one_that_was_named() {
    let record = read(
        "The envoy met the Red Hand Brigades in Arn on Monday. Critics say that such talks help the terror group.",
    );
    let [front] = called(&record, "the terror group")[..] else { panic!("one group: {:?}", record.entities) };
    assert!(words(&record, front).iter().any(|w| w.contains("Brigades")), "{:?}", words(&record, front));
}

#[test]
fn a_lost_son_is_nobody_elses() {
    let record = read(
        "Viktor Lund offered condolences to Pavel Orsk over the death of his son in May. “I told him that I had lost a son,” \
         Lund said.",
    );
    let sons: Vec<bool> = called(&record, "a son").iter().map(|son| words(&record, son).contains(&"his son")).collect();
    assert!(!sons.contains(&true), "{:?}", record.entities);
}

#[test]
fn titles_before_names_are_theirs() {
    let record = read(
        "A spokesman for President Ada Lindqvist said on Monday that Secretary of State Tomas Brandt would resign. \
         Deputy Harbour Minister Olga Roe declined to comment.",
    );
    for (title, name) in [("President", "Ada Lindqvist"), ("Secretary", "Tomas Brandt")] {
        let [one] = called(&record, name)[..] else { panic!("one {name}: {:?}", record.entities) };
        assert!(words(&record, one).iter().any(|w| w.starts_with(title)), "{title}: {:?}", words(&record, one));
        assert!(!words(&record, one).contains(&"A spokesman"), "{:?}", words(&record, one));
    }
}

#[test]
fn a_description_ends_before_the_name_and_the_clause_behind_it() {
    let record = read(
        "The harbour pilot Ben Lindqvist left the pier. “He is a strong leader,” Olga Roe, who runs the port, told reporters. \
         The city, Harl county and the ferries had agreed.",
    );
    let all: Vec<&str> = record.mentions.iter().map(|m| m.evidence.text.as_str()).collect();
    assert!(all.contains(&"The harbour pilot"), "{all:?}");
    assert!(!all.iter().any(|words| words.contains("told") || words.contains("leader,”")), "{all:?}");
}

#[test]
fn what_is_written_like_a_name_is_short_for_it() {
    let record = read(
        "Officials said that the National Salvation Front had handed over its rifles on Monday. The mayor accused the Front of \
         hiding more, and the Front denied it.",
    );
    let [front] = called(&record, "National Salvation Front")[..] else { panic!("one Front: {:?}", record.entities) };
    let short = words(&record, front).iter().filter(|w| w.contains("the Front") || **w == "Front").count();
    assert_eq!(short, 2, "{:?}", words(&record, front));
}

#[test]
fn both_countries_are_two() {
    let record = read("Norway signed the treaty on Monday. Portugal signed it too. Both countries sent their ships.");
    for name in ["Norway", "Portugal"] {
        let [one] = called(&record, name)[..] else { panic!("one {name}: {:?}", record.entities) };
        assert!(words(&record, one).contains(&"Both countries"), "{:?}", words(&record, one));
    }
}

#[test]
fn a_lawyers_client_is_whose_lawyer_he_is() {
    let record = read(
        "Viktor Lund was arrested on Monday. Lund’s lawyer, Felix Brandt, said that his client had gone home at nine.",
    );
    let [lund] = called(&record, "Viktor Lund")[..] else { panic!("one Lund: {:?}", record.entities) };
    assert!(words(&record, lund).contains(&"his client"), "{:?}", words(&record, lund));
}

#[test]
fn vessels_are_no_people_and_brothers_somebody_else() {
    let record = read(
        "The pier was struck by the barge Constance on Monday. The barge had lost its rudder. Dalia Roe, whose brother was on \
         board, said Roe’s family was safe.",
    );
    let [barge] = called(&record, "Constance")[..] else { panic!("one barge: {:?}", record.entities) };
    assert_eq!(barge.kind, EntityKind::Vehicle);
    assert!(words(&record, barge).contains(&"The barge"), "{:?}", words(&record, barge));
    let [dalia] = called(&record, "Dalia Roe")[..] else { panic!("one Dalia: {:?}", record.entities) };
    assert!(!words(&record, dalia).iter().any(|w| w.contains("brother")), "{:?}", words(&record, dalia));
}

#[test]
fn a_party_is_no_name_and_a_station_not_who_speaks_for_it() {
    let record = read(
        "Senator Ada Lindqvist, R-Ohio, told NBC's Anderson Brandt on Monday that the bill would fail. \
         Lindqvist and Chris Roe and Karen Lund had voted for it.",
    );
    let names: Vec<&str> = record.entities.iter().filter_map(|e| e.name.as_deref()).collect();
    assert!(names.contains(&"Anderson Brandt") && names.contains(&"NBC"), "{names:?}");
    assert!(!names.iter().any(|name| name.contains("R-") || name.contains(" and ")), "{names:?}");
}

#[test]
fn one_of_them_is_not_all_of_them() {
    let record = read(
        "Three officials with knowledge of the talks told the Lorne Courier that the mine would close. One of them, who was in the \
         room, said no vote had been held. The other two declined to say more. “Nobody raised a hand,” that official said.",
    );
    let one = speaker(&record, "no vote").expect("somebody speaks");
    assert_eq!((one.count, words(&record, one)[0]), (Some(1), "One of them"));
    assert_eq!(speaker(&record, "Nobody raised").map(|e| e.id), Some(one.id));
    let all = speaker(&record, "the mine would close").expect("somebody speaks");
    assert_eq!(all.count, Some(3));
    let lead = record.tallies.iter().find(|t| t.lead).expect("a lead");
    assert_eq!(lead.unnamed, Some(3));
}

#[test]
fn who_quotes_somebody_relays_him() {
    let record = read("The Lorne Courier quoted the town clerk, Ben Lindqvist, as saying that nobody had been paid.");
    let said: Vec<_> = record.attributions.iter().filter(|a| a.content[0].text.contains("nobody")).collect();
    let [outer, inner] = said[..] else { panic!("two: {said:?}") };
    assert_eq!(inner.within, Some(outer.id));
    let name = |a: &reportedly::record::Attribution| {
        record.entities.iter().find(|e| Some(e.id) == a.speaker).and_then(|e| e.name.clone())
    };
    assert_eq!([name(outer).as_deref(), name(inner).as_deref()], [Some("Lorne Courier"), Some("Ben Lindqvist")]);
    assert_eq!(record.chains.len(), 1);
}

#[test]
fn an_office_and_a_husband_are_their_own() {
    let record = read(
        "The gate was open.\n\nFalkmar's office declined to comment. In June Tor Ness, Olga's husband, fell from the mast.",
    );
    assert!(record.no_responses[0].entity.is_some(), "{:?}", record.no_responses);
    let [tor] = called(&record, "Tor Ness")[..] else { panic!("one Tor Ness: {:?}", record.entities) };
    assert!(!words(&record, tor).iter().any(|w| w.contains(',')), "{:?}", words(&record, tor));
}

#[test]
fn who_says_it_is_not_who_is_told_of() {
    let record = read(
        "Prosecutor Imogen Lund opened the case. A deckhand, she said, had sworn that the captain “heard the horn”.",
    );
    let sworn = record.attributions.iter().find(|a| a.cue.as_ref().is_some_and(|cue| cue.text.contains("sworn")));
    let sworn = sworn.expect("the deckhand swears");
    assert_eq!(sworn.source.first().map(|s| s.text.as_str()), Some("A deckhand"));
    let [deckhand] = called(&record, "A deckhand")[..] else { panic!("one deckhand: {:?}", record.entities) };
    assert!(!words(&record, deckhand).contains(&"she"), "{:?}", words(&record, deckhand));
}

#[test]
fn a_storm_is_nobody_and_a_station_of_trains_no_outlet() {
    let record = read(
        "Hurricane Marta flooded the subway station on Monday. Marta may turn north, the mayor said. The envoys met at the subway \
         station.",
    );
    let kinds: Vec<EntityKind> = called(&record, "Marta").iter().map(|e| e.kind).collect();
    assert!(!kinds.is_empty() && !kinds.contains(&EntityKind::Person), "{kinds:?}");
    assert!(!record.entities.iter().any(|e| e.kind == EntityKind::Media), "{:?}", record.entities);
}

/// Whether two words are mentions of one entity.
fn one(record: &Record, a: &str, b: &str) -> bool {
    called(record, a).iter().any(|entity| words(record, entity).contains(&b))
}

#[test]
fn posts_of_a_body_and_kin_of_a_speaker_are_found_again() {
    let record = read(
        "The head of the harbour mission said on Monday that the talks would go on. Viktor Lund, a retired admiral who leads \
         the harbour mission, met reporters later.",
    );
    assert!(one(&record, "The head of the harbour mission", "Viktor Lund"));
    let record = read(
        "Ben Holt runs the inn in Lorne. His sister, Ada Holt, chairs the league. “My brother rang me,” Ada Holt said on Monday.",
    );
    assert!(one(&record, "My brother", "Ben Holt"));
    let record = read("\"They promised it to my husband,\" said Mira Holt, whose husband, Viktor, is a sailor.");
    assert!(one(&record, "my", "Mira Holt") && one(&record, "my husband", "Viktor"));
    let record = read("Arvid Holt, the managing director’s brother, is a member of the board.");
    assert!(one(&record, "the managing director’s brother", "Arvid Holt"));
    assert_eq!(called(&record, "the managing director").len(), 1);
    assert!(!one(&record, "the managing director", "Arvid Holt"));
}

#[test]
fn what_answers_is_a_body_and_nobody_does_it_to_himself() {
    let record = read(
        "The launch carried no lights on Monday. The launch’s owner, Northwire Ferries, disputed that finding at the time; it \
         did not answer messages left on Monday.",
    );
    assert!(one(&record, "it", "Northwire Ferries") && !one(&record, "it", "The launch"));
    let record = read("The pier was shut. Lorne Line planned to close it in May. The company denied the report.");
    assert!(one(&record, "The company", "Lorne Line") && !one(&record, "it", "Lorne Line"));
    let record = read(
        "Arn Ferries agreed to a plan, and the union struck. The council met on Monday in Lorne. Keldra Bank lost the case. \
         The council will appeal.",
    );
    assert!(!one(&record, "The council", "Arn Ferries"));
    let record = read(
        "The Lorne Senate voted on Monday. The Shooters Guild was told of it. Both sides spoke. Both early contests were close.",
    );
    assert!(!one(&record, "Both sides", "Lorne Senate") && !one(&record, "Both sides", "Shooters Guild"));
}

#[test]
fn names_beside_what_they_are_called() {
    let record =
        read("The ferry, Lorne, burned for hours, and the Lorne was towed to port on Monday. The ferry was old.");
    assert!(one(&record, "The ferry", "Lorne"));
    let record = read("Keldra's Prime Minister, Ada Holt said on Monday that the talks were over.");
    assert!(one(&record, "Keldra's Prime Minister", "Ada Holt"));
    let record = read("Northwire fell, and the Northwire agency told reporters so. The agency declined to comment.");
    assert!(one(&record, "The agency", "Northwire"));
    let record =
        read("Police in Lorne said the Lorne Gazette had called. The pilot works for the Lorne Quarterly, a journal.");
    assert!(one(&record, "Lorne Quarterly", "a journal"));
    let record = read(
        "Three officials with knowledge of the plan spoke on Monday. A fourth person, who is not one of the three, left early.",
    );
    assert!(one(&record, "the three", "Three officials with knowledge of the plan"));
}

#[test]
fn a_spokesman_says_we_of_his_body_and_nobody_of_the_guns_he_speaks_of() {
    let record = read("Ben Cole, the Harbour Department spokesman, said on Monday, \"We urge calm.\"");
    assert!(one(&record, "We", "Harbour Department"));
    let record =
        read("“There are some hot spots. We know how to put them out,” Ada Holt told reporters in Lorne on Monday.");
    assert!(called(&record, "We").is_empty());
}

#[test]
fn a_clause_of_saying_takes_what_stands_before_it() {
    let said = |text: &str, source: &str| -> Vec<String> {
        let record = read(text);
        let of = |a: &&reportedly::record::Attribution| a.source.iter().any(|s| s.text == source);
        record.attributions.iter().filter(of).flat_map(|a| a.content.iter().map(|c| c.text.clone())).collect()
    };
    let boats = "Ada Holt met Ben Cole in Lorne on Monday, two of the aides said. \"We spoke about boats,\" Holt told \
                 reporters later.";
    assert_eq!(said(boats, "two of the aides"), ["Ada Holt met Ben Cole in Lorne on Monday"]);
    assert_eq!(said(boats, "Holt"), ["We spoke about boats"]);
    let found = "Two boats were found empty on the lake on Monday, police said.";
    assert_eq!(said(found, "police"), ["Two boats were found empty on the lake on Monday"]);
    let disputed = "The Keldra Line, a ferry firm, disputed that finding at the time.";
    assert_eq!(said(disputed, "The Keldra Line, a ferry firm"), ["that finding"]);
    let church = "She was sent to the Lorne Project, which the Church describes as a retreat.";
    assert_eq!(said(church, "the Church"), ["a retreat"]);
    let twice = "\"It may fail,\" Ada Holt said on Monday. Ben Cole, the director of the port, said that it would not.";
    assert_eq!(said(twice, "Ben Cole, the director of the port"), ["that it would not"]);
    let offered = "Cole said his members had been offered nothing and that the port must wait.";
    assert!(said(offered, "his members").is_empty());
}

#[test]
fn who_is_written_to_and_who_is_told() {
    let record = read(
        "In a letter to him Ada Holt wrote that the pier would close. In remarks to Radio Lorne, Cole said the pier was safe. \
         Heavy rain is likely, according to the weather office, and the lake is low, Mira Lund told Radio Lorne on Monday.",
    );
    let told: Vec<&str> =
        record.attributions.iter().filter_map(|a| Some(a.addressee.as_ref()?.text.as_str())).collect();
    assert_eq!(told, ["him", "Radio Lorne", "Radio Lorne"]);
    let record = read(
        "The officials spoke on Monday. Two of the officials said the pier would close. The third, an engineer at the port, said \
         the welds had failed.",
    );
    assert_eq!(called(&record, "an engineer").first().and_then(|one| one.count), Some(1));
}

#[test]
fn what_a_noun_means_is_told_by_the_words_around_it() {
    let text = "Mayor Ada Lindqvist signed the executive order on Monday, and the order was long. “On the corporate side the \
                tax is large,” she said, shaking her head, and touched her head. Her opposition to the bid surprised the \
                labor market. The two sides will meet again, and the council wants a path to the harbour for some young \
                fishermen who lost their boats.";
    let record = read(text);
    let kinds = |said: &str| called(&record, said).iter().map(|e| e.kind).collect::<Vec<_>>();
    assert_eq!(kinds("the executive order"), [EntityKind::Document]);
    assert_eq!(kinds("her head"), [EntityKind::Thing]);
    assert_eq!(kinds("The two sides"), [EntityKind::Group]);
    for said in ["the corporate side", "Her opposition to the bid", "the labor market"] {
        assert!(text.contains(said) && kinds(said).is_empty(), "{said}: {:?}", kinds(said));
    }
    assert_eq!(kinds("some young fishermen"), [EntityKind::Group]);
    let path = record.mentions.iter().find(|m| m.evidence.text.starts_with("a path") && m.kind == EntityKind::Group);
    assert!(path.is_none(), "{path:?}");
}

#[test]
fn several_are_not_one_and_one_more_is_none_before() {
    let record = read(
        "The mayor praised the churches that opened their doors on Monday. The harbour flooded. Ada Lindqvist did not \
         mention another crisis, of which she had heard in May. The line stood still. Nobody worked. The piers were \
         empty. Rain fell. During the crisis, Ben Lind said, the harbour stayed open. The crisis is over. It was people \
         who tout the church, he said.",
    );
    let one = |a: &str, b: &str| called(&record, a).iter().any(|e| words(&record, e).contains(&b));
    for said in ["the churches", "the church", "another crisis", "the crisis"] {
        let all = || record.entities.iter().map(|e| (e.kind, words(&record, e))).collect::<Vec<_>>();
        assert!(!called(&record, said).is_empty(), "{said}: {:?}", all());
    }
    assert!(!one("the churches", "the church"), "{:?}", record.entities);
    assert!(!one("another crisis", "the crisis"), "{:?}", record.entities);
}

#[test]
fn whoever_speaks_is_not_she_and_they_are_not_one_who_has_a_name() {
    let record = read(
        "Ada Lindqvist will leave the harbour council in May. “I will miss having her by my side,” the statement went.\n\n\
         One analyst, she noted, said the plan was weak. The union leader Ben Lind met them. They are late.",
    );
    let [ada] = called(&record, "Ada Lindqvist")[..] else { panic!("one Ada: {:?}", record.entities) };
    assert!(!words(&record, ada).contains(&"I") && !words(&record, ada).contains(&"my"), "{:?}", words(&record, ada));
    let [ben] = called(&record, "Ben Lind")[..] else { panic!("one Ben: {:?}", record.entities) };
    assert!(!words(&record, ben).contains(&"They"), "{:?}", words(&record, ben));
    let [analyst] = called(&record, "One analyst")[..] else { panic!("one analyst: {:?}", record.entities) };
    assert!(!words(&record, analyst).contains(&"she"), "{:?}", words(&record, analyst));
}

#[test]
fn whom_somebody_names_and_whom_he_hopes_to_hurt_is_not_he() {
    let record = read(
        "Ben Lind was met by Tomas Brandt at the pier on Monday. When cameras stayed on Brandt rather than Lind, he said: \
         “Sorry, I am not Ben Lind.”",
    );
    let [ben] = called(&record, "Ben Lind")[..] else { panic!("one Ben: {:?}", record.entities) };
    assert!(!words(&record, ben).contains(&"he"), "{:?}", words(&record, ben));
}

#[test]
fn a_bar_holds_no_further_than_its_reason() {
    let arrest = "Another man, a baker of 34, was arrested on Monday. The harbour was closed. Rain fell. Nobody was hurt. The \
                  man will appear in court.";
    let cases = [
        ("Ada Marsh resigned because, she said, the board had lied.", "Ada Marsh", "she"),
        ("Ada Marsh resigned. Still, she said, the port is safe.", "Ada Marsh", "she"),
        ("Ada Marsh paid Northwire to help her.", "Ada Marsh", "her"),
        ("“I'm Ada Marsh and I approve this message,” she said on Monday.", "Ada Marsh", "she"),
        ("“I'm Ada Marsh and I approve this message,” she said on Monday.", "Ada Marsh", "I"),
        ("“My name is Ada Marsh,” she told the court on Monday.", "Ada Marsh", "she"),
        (arrest, "Another man", "The man"),
    ];
    let is_one = |(text, a, b): &&(&str, &str, &str)| {
        let record = read(text);
        called(&record, a).iter().any(|e| words(&record, e).contains(b))
    };
    let missed: Vec<_> = cases.iter().filter(|case| !is_one(case)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_a_country_has_is_a_body() {
    use EntityKind::{Group, Organisation, Person};
    let record = read(
        "FIFA's head said on Monday that the cup was over. Venezuela's opposition said that it would boycott the vote. \
         China's leadership pledged to help. Italy's competition authority fined Northwire. Russia's mission to the UN \
         denied it. The countries' heads met in Lorne. The multinational force opened fire. A UN force of 2,000 troops \
         arrived. Ben Lind's opposition to the bid surprised the council. Lind's leadership was weak.",
    );
    let kinds = |said: &str| called(&record, said).iter().map(|e| e.kind).collect::<Vec<_>>();
    let cases = [
        ("Venezuela's opposition", Some(Group)),
        ("China's leadership", Some(Group)),
        ("Italy's competition authority", Some(Organisation)),
        ("Russia's mission", Some(Organisation)),
        ("FIFA's head", Some(Person)),
        ("The countries' heads", Some(Group)),
        ("The multinational force", Some(Organisation)),
        ("A UN force of 2,000 troops", Some(Organisation)),
        ("Ben Lind's opposition", None),
        ("Lind's leadership", None),
    ];
    let missed: Vec<_> = cases.iter().filter(|(said, kind)| kinds(said).first().copied() != *kind).collect();
    assert!(missed.is_empty(), "{missed:#?}: {:?}", record.entities);
}

#[test]
fn who_is_described_by_one_noun_may_be_two() {
    let cases = [
        (
            "The older suspect was killed on Monday. The younger suspect fled.",
            "The older suspect",
            "The younger suspect",
        ),
        ("The first witness spoke on Monday. The suspect wept.", "The first witness", "The suspect"),
        (
            "The Keldran government said no. The Vessen government agreed.",
            "The Keldran government",
            "The Vessen government",
        ),
        (
            "The Justice Department agreed on Monday. The Police Department sent officers.",
            "Justice Department",
            "Police Department",
        ),
        (
            "First lady Ada Roe left on Tuesday. The former first lady Ada Lund spoke.",
            "The former first lady",
            "Ada Roe",
        ),
        ("President Marsh said he was proud of his wife. Ada Marsh spoke on Monday.", "Marsh", "Ada Marsh"),
        ("Roe said he was proud of his wife. “I love her,” he said.\n\nOn Friday Orr was chosen.", "his wife", "Orr"),
    ];
    let is_one = |(text, a, b): &&(&str, &str, &str)| {
        let record = read(text);
        called(&record, a).iter().any(|e| words(&record, e).contains(b))
    };
    for (text, a, b) in &cases {
        let record = read(text);
        assert!([a, b].iter().all(|said| !called(&record, said).is_empty()), "{text}: {:?}", record.entities);
    }
    let joined: Vec<_> = cases.iter().filter(is_one).collect();
    assert!(joined.is_empty(), "{joined:#?}");
    let record = read("First lady Ada Roe left on Tuesday. The former first lady Ada Lund spoke.");
    let [lund] = called(&record, "Ada Lund")[..] else { panic!("one Ada Lund: {:?}", record.entities) };
    assert!(words(&record, lund).contains(&"The former first lady"), "{:?}", words(&record, lund));
}

#[test]
fn a_senator_of_a_place_is_not_the_place() {
    let record = read("“This is serious,” the Lorne senator said on Monday. Lorne is a port.");
    let place = called(&record, "Lorne").first().map(|e| e.id);
    assert!(place.is_some() && speaker(&record, "This is serious").is_some(), "{:?}", record.entities);
    assert_ne!(speaker(&record, "This is serious").map(|e| e.id), place);
}

#[test]
fn a_range_counts_nobody() {
    let record = read("Groups of 80 to 90 people came to the port. The 12 sailors left.");
    let count = |said: &str| called(&record, said).first().and_then(|e| e.count);
    assert_eq!((count("80 to 90 people"), count("The 12 sailors")), (None, Some(12)));
}

#[test]
fn a_bare_title_is_the_names_behind_it() {
    let record = read(
        "The council met on Monday. “We are done,” Senator Ada Roe, a leading fiscal hawk, told reporters. Attorney Ben Lind \
         left with her.",
    );
    let [ada] = called(&record, "Senator")[..] else { panic!("one senator: {:?}", record.entities) };
    assert_eq!(ada.name.as_deref(), Some("Ada Roe"));
    assert!(called(&record, "Attorney").iter().all(|one| one.name.is_some()), "{:?}", record.entities);
    assert_eq!(called(&record, "Ada Roe").len(), 1);
}

#[test]
fn whoever_reportedly_plans_a_meeting_is_not_on_record() {
    let record = read(
        "Ada Lindqvist, the Tamar envoy, is reportedly planning to meet soon with Marek Orsk, Hamas's chief negotiator, the Lorne \
         Courier reported on Friday. The meeting was confirmed to the newspaper by two people familiar with her travel plans.",
    );
    let courier = called(&record, "Lorne Courier")[0].id;
    let lead = record.tallies.iter().find(|t| t.lead).expect("a lead");
    assert_eq!(lead.on_record, [courier]);
    let plans = record.attributions.iter().find(|a| a.cue.as_ref().is_some_and(|c| c.text.contains("planning")));
    let plans = plans.expect("a plan");
    assert_eq!((plans.stance, plans.on_record), (Some(CueStance::Intends), None));
    assert!(record.chains.iter().all(|c| c.about != plans.id), "nobody said it: {:?}", record.chains);
    let post = record.relations.iter().find(|r| r.title.as_ref().is_some_and(|t| t.text.contains("negotiator")));
    // What an apposition tells is the outlet's own.
    assert_eq!(post.map(|r| r.voice), Some(None));
}

#[test]
fn a_count_stands_behind_what_is_stated_not_behind_what_is_mentioned() {
    let record = read(
        "The Harbour Watch documented dozens of collisions that had gone unrecorded. Ada Lindqvist said the ferry sank under its \
         owners — the same ones who raised the alarm. Ben Roe wrote that the ban could end the strike, just as the union expected.",
    );
    let about: Vec<&str> = record
        .tallies
        .iter()
        .filter_map(|t| record.events.iter().find(|e| e.id == t.about))
        .flat_map(|e| e.triggers.iter().map(|t| t.text.as_str()))
        .collect();
    assert!(about.contains(&"sank"), "{about:?}");
    assert!(!about.iter().any(|word| ["gone", "raised", "expected"].contains(word)), "{about:?}");
    let raised = record.events.iter().find(|e| e.triggers.iter().any(|t| t.text == "raised")).expect("an event");
    assert!(raised.voices.iter().all(|v| v.voice.is_none()), "the outlet's own words: {raised:?}");
}

#[test]
fn counsel_speaks_and_the_firm_that_owns_him_does_not() {
    let record = read("Orrin Mills' general counsel, Mark Hollin, told reporters that the firm would appeal.");
    assert_eq!(speaker(&record, "would appeal").and_then(|e| e.name.as_deref()), Some("Mark Hollin"));
}

#[test]
fn who_is_certified_certifies_nothing() {
    let record = read("Ada Lindqvist said the crews had been certified to be fit for the crossing.");
    let said = |a: &&reportedly::record::Attribution| a.cue.as_ref().is_some_and(|c| c.text.contains("certified"));
    let certified: Vec<_> = record.attributions.iter().filter(said).collect();
    assert!(
        !certified.is_empty() && certified.iter().all(|a| a.source.is_empty() && a.speaker.is_none()),
        "{certified:?}"
    );
}

#[test]
fn the_sources_of_one_of_the_sources_are_those_of_before() {
    let record = read(
        "The meeting was confirmed to the Lorne Courier by two people familiar with the plans. The sources said it may still be called \
         off. According to one of the sources, the envoy will raise the blockade.",
    );
    let [all] = called(&record, "the sources")[..] else { panic!("one: {:?}", called(&record, "the sources")) };
    assert_eq!(all.count, Some(2));
}

#[test]
fn condolences_are_offered_to_whose_son_died() {
    let record = read(
        "Viktor Lund said that he had offered condolences to Pavel Orsk over the death of his son, who was killed in an air raid.",
    );
    let orsk = called(&record, "Pavel Orsk")[0];
    assert!(words(&record, orsk).contains(&"his"), "{:?}", words(&record, orsk));
}

#[test]
fn a_broadcaster_owns_its_programme_and_marks_are_no_part_of_its_name() {
    let record =
        read("In an interview on BBC’s “Morning Tide” aired on October 19, Ada Lindqvist said the blockade would end.");
    let tide = record.entities.iter().find(|e| e.name.as_deref() == Some("Morning Tide")).expect("a programme");
    assert_eq!(tide.kind, EntityKind::Programme);
}

#[test]
fn nations_that_are_only_adjectives_are_nobody_and_voices_are_people() {
    let record = read(
        "The talks drew criticism from Danish and Swedish voices who argue that they reward the blockade. A Danish trawler left.",
    );
    assert!(called(&record, "Danish").is_empty(), "{:?}", record.entities);
    assert_eq!(called(&record, "Danish and Swedish voices").len(), 1, "{:?}", record.entities);
}
