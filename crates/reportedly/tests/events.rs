//! What is said to happen, from text to record: statuses, participants, place and time, joining, states.

use std::sync::OnceLock;

use reportedly::record::{Event, Id, Record, Side, Status};
use reportedly::{Desk, Engine, Given, report_from_text};

fn read(text: &str) -> Record {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| Engine::load().expect("the weights are whole"));
    let given = Given { published: Some("2031-04-09".to_owned()), ..Given::default() };
    let report = report_from_text(text, &given).expect("a plain text");
    engine.read(&report, &mut Desk::default())
}

/// The event that a word names.
fn event<'a>(record: &'a Record, trigger: &str) -> &'a Event {
    let named = |event: &&Event| event.triggers.iter().any(|words| words.text == trigger);
    let all: Vec<&str> = record.events.iter().flat_map(|e| &e.triggers).map(|t| t.text.as_str()).collect();
    record.events.iter().find(named).unwrap_or_else(|| panic!("no event {trigger}, only {all:?}"))
}

fn status(text: &str, trigger: &str) -> Status {
    event(&read(text), trigger).status
}

/// Names of the participants of a role.
fn who(record: &Record, trigger: &str, role: &str) -> Vec<String> {
    let event = event(record, trigger);
    let of = event.participants.iter().filter(|p| p.role == role);
    of.filter_map(|p| record.entities.iter().find(|e| e.id == p.entity)?.name.clone()).collect()
}

#[test]
fn status_follows_tense_modal_and_negation() {
    assert_eq!(status("The port will close in May, the ministry said on Monday.", "close"), Status::Planned);
    assert_eq!(status("The ferry sank near Vessen on Monday, police said.", "sank"), Status::Happened);
    assert_eq!(status("The army may attack the town of Arn, the mayor said.", "attack"), Status::Possible);
    assert_eq!(status("Police have not arrested Mr Ortega.", "arrested"), Status::DidNotHappen);
    // The tree hangs "never" on another verb.
    let text = "“Last night was a great night for the harbour and for Vessen. A cruel gang leader, one who has caused so \
                much hardship and grief, was quietly arrested — he will never again rob another honest man, woman, or \
                child. He wept like a child. The port is now a much safer place,” Mayor Ilse Morn declared.";
    assert_eq!(status(text, "rob"), Status::DidNotHappen);
    assert_eq!(status(text, "arrested"), Status::Happened);
    assert_eq!(status("The ministry has yet to release the prisoners.", "release"), Status::DidNotHappen);
}

#[test]
fn status_follows_what_governs() {
    assert_eq!(status("Mr Ortega denies killing the guard.", "killing"), Status::Denied);
    assert_eq!(status("The envoy urged the rebels to leave the town.", "leave"), Status::Hypothetical);
    assert_eq!(status("The envoy urged the rebels to leave the town.", "urged"), Status::Happened);
    assert_eq!(status("The minister plans to visit Arn next week.", "visit"), Status::Planned);
    assert_eq!(status("The union failed to sign the agreement.", "sign"), Status::DidNotHappen);
    assert_eq!(status("If the dam broke, thousands would flee the valley.", "flee"), Status::Hypothetical);
    let trial = read("The mayor was charged on Monday. If convicted, he faces up to seven years in prison.");
    assert!(
        !trial.events.iter().any(|e| e.triggers.iter().any(|t| t.text == "prison") && e.status == Status::Happened)
    );
    assert_eq!(event(&trial, "charged").status, Status::Happened);
    assert_eq!(event(&trial, "convicted").status, Status::Hypothetical);
    let sum = read("The fire killed 1 trillion bees in May.");
    let amounts: Vec<f64> = sum.events.iter().flat_map(|e| e.amounts.iter().map(|a| a.value)).collect();
    assert_eq!(amounts, [1e12]);
}

#[test]
fn what_is_called_off_is_cancelled_and_a_new_date_keeps_it_planned() {
    let text = "The union has called off the strike.";
    assert_eq!(status(text, "strike"), Status::Cancelled);
    assert_eq!(status(text, "called off"), Status::Happened);
    assert_eq!(status("The summit has been postponed.", "summit"), Status::Cancelled);
    assert_eq!(status("The summit has been postponed until June 12.", "summit"), Status::Planned);
    let text = "The parties planned a rally in Vessen. It has been called off.";
    assert_eq!(status(text, "rally"), Status::Cancelled);
}

#[test]
fn a_noun_whose_day_is_to_come_has_not_happened() {
    // Published on April 9.
    assert_eq!(status("The talks in July are uncertain.", "talks"), Status::Planned);
    assert_eq!(status("The talks in March were tense.", "talks"), Status::Happened);
}

#[test]
fn a_claim_is_denied_where_its_denial_stands_elsewhere() {
    let text = "Prosecutors accuse Mr Ortega of bribing two judges in Arn. Mr Ortega denies the allegations.";
    assert_eq!(status(text, "bribing"), Status::Denied);
    let text = "Mr Ortega rejected reports that he had paid the guards.";
    assert_eq!(status(text, "paid"), Status::Denied);
    let text = "Prosecutors accuse Mr Ortega of bribing two judges in Arn. Mr Ortega admits the allegations.";
    assert_eq!(status(text, "bribing"), Status::Possible);
    let text = "Mr Ortega was accused of ordering the killing of the journalist. He has denied the charge.";
    assert_eq!(status(text, "ordering"), Status::Denied);
    assert_ne!(status(text, "killing"), Status::Denied);
    let text = "The minister denied that the exchange would encourage more kidnappings.";
    assert_eq!(status(text, "encourage"), Status::Denied);
    let text = "Mr Ortega was charged with two counts of murder. He has denied the charges.";
    assert_eq!(status(text, "murder"), Status::Denied);
    let text = "The government rejected criticism of the raid.";
    assert_ne!(status(text, "raid"), Status::Denied);
    let text = "The rebels disputed the vote by attacking the town.";
    assert_eq!(status(text, "attacking"), Status::Happened);
    assert_eq!(status(text, "vote"), Status::Happened);
    let text = "Few deny that the strike hurt the port.";
    assert_ne!(status(text, "hurt"), Status::Denied);
    let text = "Ms Orlo can deny Mr Ortega the nomination by swamping him in the north.";
    assert_ne!(status(text, "swamping"), Status::Denied);
}

#[test]
fn a_claim_is_denied_by_what_is_said_of_it() {
    let denied = |text: &str, word: &str| assert_eq!(status(text, word), Status::Denied, "{text}");
    denied(
        "The allegation that political funds were received from the firm is untrue and baseless, Mr Ortega said.",
        "received",
    );
    denied("It is not true that we sold the land, the mayor said.", "sold");
    denied("There is no truth to reports that the club sold its captain, it said.", "sold");
    denied("The mayor falsely claimed that the bridge had collapsed.", "collapsed");
    denied("They argue that migrants are taking jobs, and that is just not true.", "taking");
    denied("Rebels claimed to have shot down the helicopter, which the army denied.", "shot down");
    denied("Rebels claimed they had shot down the helicopter; the army called that a lie.", "shot");
    denied(
        "He believed that Mr Ortega was spreading stories. Mr Ortega has denied that that was the case.",
        "spreading",
    );
    denied("Keldra said that it had no involvement in the shelling of the town.", "involvement");
    denied("Mr Ortega pleaded not guilty to charges of taking bribes.", "bribes");
    denied("Mr Ortega denied the criticism that the bureau would be a return to the old order.", "return");
    denied("Keldra accuses Tesk of arming the rebels, charges Tesk denies.", "arming");
    let text = "Ms Orlo accused his family of misusing party funds. Mr Ortega has denied the allegations.";
    denied(text, "misusing");
    let text = "Mr Ortega was charged with bribing a judge in Arn. The town sold the hall. It was old. His lawyer said he denied \
                the charge.";
    denied(text, "bribing");
    // At times it is so; and what is said of other claims is not said of this one.
    let text = "\u{201c}He has hired union men,\u{201d} Ada Voss said. But that's not always the case.";
    assert_eq!(status(text, "hired"), Status::Happened);
    let text = "The paper said that Ms Orlo had met the owner after she told him of the charges, which he denies.";
    assert_eq!(status(text, "met"), Status::Happened);
}

#[test]
fn what_is_rejected_or_wrong_is_not_denied() {
    let done = |text: &str, word: &str| assert_ne!(status(text, word), Status::Denied, "{text}");
    done("Officials said that the ministry approved a deal that the rebels rejected.", "approved");
    done("Officials said that the ministry approved the plan, which residents rejected.", "approved");
    done("The bishop said that the state executed two men. It is wrong, he said.", "executed");
    done("Police said that a bomb killed two men. That is not the case with the second blast, they said.", "killed");
    done("Prosecutors allege that Voss robbed a bank. A different man pleaded not guilty to arson.", "robbed");
    done("The judge wrongly ordered that the boy be deported.", "deported");
    // A text may end anywhere.
    for text in [
        "The mayor was accused of stealing funds, charges Keldra denies",
        "The claim that the army shelled the town is",
    ] {
        read(text);
    }
}

/// Rules look at the words beside a word: a text that is cut off behind any word must be read all the same.
#[test]
fn a_text_may_end_behind_any_word() {
    let text = "Rebels claimed that they had met the envoy and shot down the plane, which Keldra denies, in Arn on Friday; the \
                claim that he is likely to plead not guilty to charges of taking bribes is not true, a charge he denies";
    let words: Vec<&str> = text.split(' ').collect();
    for end in 1..=words.len() {
        read(&words[..end].join(" "));
        read(&words[end - 1..].join(" "));
    }
    read("hotel in Port Ansel, according to the three, who asked not to");
}

#[test]
fn what_is_only_thought_of_is_hypothetical() {
    let imagined = |text: &str, word: &str| assert_eq!(status(text, word), Status::Hypothetical, "{text}");
    imagined("The study found that a small tax would raise millions.", "raise");
    imagined("Hopefully, he will seek help.", "seek");
    imagined("She joked about moving to Arn.", "moving");
    imagined("The union has set up a fund in case of mass arrests.", "arrests");
    imagined("The mayor made requests to withdraw the motion.", "withdraw");
    assert_eq!(status("The resistance against the attack on Arn grew.", "attack"), Status::Happened);
    assert_eq!(status("Mr Ortega said that the port would close in May.", "close"), Status::Planned);
}

#[test]
fn what_is_offered_in_words_organised_or_was_first_done_happened() {
    let happened = |text: &str, word: &str| assert_eq!(status(text, word), Status::Happened, "{text}");
    happened("The bank offered a sincere apology to its customers.", "apology");
    happened("The union organised protests against the levy.", "protests");
    happened("The first member of the senate to endorse him was Ada Voss.", "endorse");
    happened("The page mocked Mr Ortega for criticising the levy.", "criticising");
}

#[test]
fn what_is_done_without_a_means_is_done() {
    let text = "The government did not bargain with the gang in securing the release of the crew.";
    // Done, or at least never told as not done.
    assert!(matches!(status(text, "securing"), Status::Happened | Status::Unknown), "{:?}", status(text, "securing"));
}

#[test]
fn where_somebody_gets_to_is_not_where_it_takes_place() {
    for text in [
        "The crew returned to Arn on Monday.",
        "The observers reached Arn on Monday.",
        "The ship arrived in Arn on Monday.",
    ] {
        let record = read(text);
        assert!(!record.events.is_empty() && record.events.iter().all(|e| e.places.is_empty()), "{text}");
    }
    assert_eq!(event(&read("The envoys met in Arn on Monday."), "met").places.len(), 1);
}

#[test]
fn what_is_felt_about_is_so() {
    assert_eq!(status("Mr Ortega was honoured to address the guild in Arn.", "address"), Status::Happened);
    assert_ne!(status("Mr Ortega was eager to address the guild in Arn.", "address"), Status::Happened);
}

#[test]
fn what_is_likely_or_might_be_tried_is_possible() {
    let possible = |text: &str, word: &str| assert_eq!(status(text, word), Status::Possible, "{text}");
    possible("Mr Ortega is likely to cement his lead and put the prize out of reach.", "put");
    possible("The man might attempt to flee and collude with others.", "flee");
    possible("The man might attempt to flee and collude with others.", "collude");
    assert_eq!(status("Should he win, little of it will come to pass.", "win"), Status::Hypothetical);
    let can = status("The new centre can be used by young painters.", "used");
    assert!(matches!(can, Status::Hypothetical | Status::Possible), "{can:?}");
}

#[test]
fn what_is_waited_for_or_aimed_at_is_planned() {
    let planned = |text: &str, word: &str| assert_eq!(status(text, word), Status::Planned, "{text}");
    planned("The man is back in Arn awaiting trial.", "trial");
    planned("The firm waited for a tax ruling in vain.", "ruling");
    planned("The vacancy is to be filled by Ms Orlo.", "filled");
    planned("The two presidents are supposed to meet in Arn.", "meet");
    planned("The army deployed guards with the aim of reopening the road.", "reopening");
    planned("The new bridge will enable lorries to cross the gorge.", "cross");
    planned("We will appeal the ruling because if the vote is close we need to know.", "appeal");
    assert_eq!(
        status("A court banned the former director from travelling abroad.", "travelling"),
        Status::DidNotHappen
    );
}

#[test]
fn what_is_not_shown_or_not_granted_did_not_happen() {
    let text = "Inspectors found no evidence that the company had bribed the mayor.";
    assert_eq!(status(text, "bribed"), Status::DidNotHappen);
    assert_eq!(status("A judge in Arn denied bail to Mr Ortega.", "bail"), Status::DidNotHappen);
    let text = "The suspect has not attacked the guards or robbed anyone.";
    assert_eq!(status(text, "robbed"), Status::DidNotHappen);
}

#[test]
fn what_the_reader_is_bidden_is_no_event() {
    let record = read("The council met on Monday.\n\nJoin the discussion in the comments below.");
    assert!(record.events.iter().all(|e| e.triggers.iter().all(|t| t.text != "Join")), "{:?}", record.events);
}

#[test]
fn the_present_of_a_day_that_is_over_has_happened() {
    assert_eq!(status("In 2019 the county approves the line.", "approves"), Status::Happened);
    assert_eq!(status("The board next meets in Arn.", "meets"), Status::Planned);
}

#[test]
fn a_danger_is_no_threat_that_somebody_makes() {
    let has = |text: &str, word: &str| read(text).events.iter().any(|e| e.triggers.iter().any(|t| t.text == word));
    assert!(!has("The council weighed the threat posed by the river on Monday.", "threat"));
    assert!(has("The union's threat to strike angered the mayor on Monday.", "threat"));
}

#[test]
fn who_helped_with_a_report_is_no_event() {
    let record = read("The council met on Monday. Ada Voss in Arn contributed to this report.");
    event(&record, "met");
    assert!(record.events.iter().all(|e| e.triggers.iter().all(|t| t.text != "contributed")), "{:?}", record.events);
}

#[test]
fn what_is_called_for_is_not_told_to_happen() {
    let text = "Mayors called for restrictions on lorries after the crash.";
    assert_eq!(status(text, "restrictions"), Status::Hypothetical);
}

#[test]
fn the_first_to_do_it_did_it() {
    assert_eq!(status("Mr Ortega is not the first official to meet with the rebels.", "meet"), Status::Happened);
}

#[test]
fn parts_are_read_off_the_tree() {
    let record = read("Ruben Ortega was arrested by Interpol in Vessen on Monday.");
    assert_eq!(who(&record, "arrested", "target"), ["Ruben Ortega"]);
    assert_eq!(who(&record, "arrested", "agent"), ["Interpol"]);
    assert_eq!(event(&record, "arrested").places.len(), 1);
    assert_eq!(event(&record, "arrested").times.len(), 1);
    let record = read("Ada Voss and Ruben Ortega held talks in Arn.");
    assert_eq!(who(&record, "talks", "party"), ["Ada Voss", "Ruben Ortega"]);
}

#[test]
fn a_date_elsewhere_in_the_sentence_is_not_the_events() {
    let record = read("Ada Voss told the paper on Monday that Ruben Ortega had resigned.");
    assert!(event(&record, "resigned").times.is_empty());
}

#[test]
fn a_definite_noun_takes_up_its_event_and_other_meetings_stay_apart() {
    let record = read(
        "Ada Voss will meet Ruben Ortega in June. The meeting would be their second. Voss and Ortega met in Arn in February.",
    );
    let planned = event(&record, "meet");
    assert_eq!(planned.status, Status::Planned);
    assert!(planned.triggers.iter().any(|words| words.text == "meeting"), "{:?}", planned.triggers);
    assert!(planned.triggers.iter().all(|words| words.text != "met"), "{:?}", planned.triggers);
    assert_eq!(event(&record, "met").status, Status::Happened);
}

#[test]
fn silence_is_no_event() {
    let record = read("Neither Mr Voss nor the ministry responded to requests for comment.");
    assert!(record.events.is_empty(), "{:?}", record.events);
}

#[test]
fn counts_keep_their_bounds() {
    let record = read("At least 12 people were killed in the blast.");
    let amounts = &event(&record, "killed").amounts;
    assert_eq!(amounts.len(), 1);
    assert!((amounts[0].value - 12.0).abs() < 1e-9);
    assert_eq!(amounts[0].bound, reportedly::record::Bound::AtLeast);
}

#[test]
fn bounds_stand_before_and_behind_a_number() {
    use reportedly::record::Bound;
    let check = |text: &str, trigger: &str, value: f64, bound: Bound| {
        let record = read(text);
        let amounts: Vec<(f64, Bound)> = event(&record, trigger).amounts.iter().map(|a| (a.value, a.bound)).collect();
        assert_eq!(amounts, [(value, bound)], "{text}");
    };
    check("The storm injured 107 or more on Friday.", "injured", 107.0, Bound::AtLeast);
    check("The blast killed close to 400 people in Vessen.", "killed", 400.0, Bound::About);
}

/// Words of an event and of those it is said to be on a side of.
fn orders(text: &str) -> Vec<(String, Side, String)> {
    let record = read(text);
    let first = |e: &Event| e.triggers[0].text.clone();
    let other = |id: Id| record.events.iter().find(|e| e.id == id).map(first).unwrap_or_default();
    record.events.iter().flat_map(|e| e.orders.iter().map(|o| (first(e), o.side, other(o.event)))).collect()
}

#[test]
fn the_order_of_events_is_read_where_it_is_told() {
    let check = |text: &str, one: &str, side: Side, other: &str| {
        assert_eq!(orders(text), [(one.to_owned(), side, other.to_owned())], "{text}");
    };
    check("Ada Voss left Vessen days after the raid on the port.", "left", Side::After, "raid");
    check("The envoys met in Arn, ahead of the signing.", "met", Side::Before, "signing");
    check("The vote followed a warning by the court.", "vote", Side::After, "warning");
    check("In the wake of the raid, the mayor resigned.", "resigned", Side::After, "raid");
    assert_eq!(orders("The thief fled before police could arrest him."), []);
}

#[test]
fn who_is_barred_or_blamed_would_do_it_or_did_it() {
    let record =
        read("A judge barred Northwire Corp. from selling the port. The union blamed Ada Voss for closing the mine.");
    assert_eq!(who(&record, "selling", "agent"), ["Northwire Corp."]);
    assert_eq!(who(&record, "closing", "agent"), ["Ada Voss"]);
}

#[test]
fn who_says_so_and_what_describes_somebody_take_no_part() {
    let record = read("According to Ada Voss, the port will close in May.");
    assert!(event(&record, "close").participants.is_empty(), "{:?}", event(&record, "close").participants);
}

#[test]
fn an_army_is_put_on_alert() {
    let record = read("The Keldran army has been put on high alert.");
    let values: Vec<&str> = record.states.iter().map(|s| s.value.as_str()).collect();
    assert_eq!(values, ["on_alert"]);
    assert!(read("The council has put twelve judges in place.").states.is_empty());
}

#[test]
fn talks_are_the_meeting_where_no_other_was_told() {
    let record = read("The cabinet discussed the closure on Tuesday. The meeting lasted an hour.");
    let triggers: Vec<&str> = event(&record, "discussed").triggers.iter().map(|t| t.text.as_str()).collect();
    assert_eq!(triggers, ["discussed", "meeting"]);
}

#[test]
fn heads_find_what_no_table_knows() {
    let record = read("Rangers relocated the herd of wild goats from the crater in March, the park said.");
    assert_eq!(event(&record, "relocated").status, Status::Happened);
    // A verb that only carries the event is none.
    let record = read("Prosecutors opened a criminal inquiry into the flood on Thursday.");
    assert_eq!(event(&record, "inquiry").status, Status::Happened);
    assert!(record.events.iter().all(|e| e.triggers.iter().all(|t| t.text != "opened")));
}

#[test]
fn denied_claims_were_made_and_what_they_claim_is_denied() {
    let text = "Mr Ortega denied allegations that he attacked the guard.";
    assert_eq!(status(text, "attacked"), Status::Denied);
    assert_eq!(status("The club canceled the match.", "match"), Status::Cancelled);
    assert_eq!(status("The ministry put the sale on hold.", "sale"), Status::Cancelled);
    let text = "\u{201c}I was told that the gate had been mended,\u{201d} Ada Voss said. \u{201c}It had not.\u{201d}";
    assert_eq!(status(text, "mended"), Status::DidNotHappen);
}

#[test]
fn a_habit_is_generic_and_a_set_date_is_the_events() {
    assert_eq!(status("The deputies of the two leagues meet every Tuesday.", "meet"), Status::Generic);
    let record = read("The handover is set for 9 May.");
    assert_eq!(event(&record, "handover").times.len(), 1);
    let record = read("The handover had first been set for 9 May.");
    assert!(event(&record, "handover").times.is_empty());
}

#[test]
fn what_is_asked_for_is_imagined_and_what_is_aimed_at_planned() {
    assert_eq!(status("The embassy told the companies to reduce their staff.", "reduce"), Status::Hypothetical);
    assert_eq!(status("Residents are being told to leave the valley.", "leave"), Status::Hypothetical);
    assert_eq!(status("The envoy stepped up pressure on the rebels to leave the town.", "leave"), Status::Hypothetical);
    assert_eq!(status("The club is holding a fair aimed at raising money.", "raising"), Status::Planned);
}

#[test]
fn a_condition_needs_no_if() {
    let text = "The union said it would have closed the port on Monday had the talks failed.";
    assert_eq!(status(text, "failed"), Status::Hypothetical);
}

#[test]
fn what_was_due_and_did_not_come_did_not_happen() {
    let text = "Ruben Ortega was due to answer questions from the council on Monday but did not appear.";
    assert_eq!(status(text, "answer"), Status::DidNotHappen);
    let text = "The talks have stalled, the envoy said. The release of the prisoners has stalled too.";
    assert_eq!(status(text, "release"), Status::Planned);
}

#[test]
fn what_the_ceremony_was_for_is_off_with_it() {
    let text = "The minister was to open the line on Saturday.\n\nThe ceremony has been called off.";
    assert_eq!(status(text, "open"), Status::Cancelled);
}

#[test]
fn a_report_that_was_withdrawn_tells_nothing_that_happened() {
    let text = "Radio Arn, which reported on Thursday that Ada Voss had been arrested, withdrew the report on Friday.";
    assert_eq!(status(text, "arrested"), Status::Denied);
}

#[test]
fn the_day_of_saying_is_not_the_day_of_what_is_said() {
    let record = read("The Hesk Museum will hand back a psalter to the monastery of Arn, its director said today.");
    assert!(event(&record, "hand").times.is_empty());
}

#[test]
fn who_a_relative_clause_is_about_does_what_it_says() {
    let record = read("The mayor thanked Ada Voss, who arrested Ruben Ortega in May.");
    assert_eq!(who(&record, "arrested", "agent"), ["Ada Voss"]);
    assert_eq!(who(&record, "arrested", "target"), ["Ruben Ortega"]);
}

#[test]
fn a_part_of_a_word_with_hyphens_is_no_event() {
    let record = read("Ada Voss closed the state-run shoot-out museum in Arn on Monday.");
    let triggers: Vec<&str> = record.events.iter().flat_map(|e| &e.triggers).map(|t| t.text.as_str()).collect();
    assert_eq!(triggers, ["closed"]);
    let record = read("Ada Voss was re-elected in Arn on Monday.");
    assert_eq!(record.events.len(), 1, "{:?}", record.events);
}

#[test]
fn a_question_is_no_request() {
    let record = read("Ada Voss asked if the port had closed. Ruben Ortega asked the council to close the port.");
    let requests = record.events.iter().filter(|e| e.kind == "request").flat_map(|e| &e.triggers);
    let begins: Vec<usize> = requests.map(|words| words.span.chars().start).collect();
    assert_eq!(begins, [52]);
}

#[test]
fn who_denies_wrongdoing_denies_what_he_is_accused_of() {
    let text = "Prosecutors accuse Mr Ortega of bribing two judges in Arn. Mr Ortega denies any wrongdoing.";
    assert_eq!(status(text, "bribing"), Status::Denied);
}

/// Each marked event with its marked time or place, and with no other.
#[test]
fn a_time_and_a_place_are_of_the_event_that_they_stand_with() {
    for (text, trigger, time, place) in [
        ("The union called off the strike that it had announced last week.", "called off", "", ""),
        ("Last month both unions walked out together for the first time since 2019.", "walked out", "Last month", ""),
        ("Dorren met the envoy on Monday in Vessen.", "met", "Monday", "Vessen"),
    ] {
        let record = read(text);
        let event = event(&record, trigger);
        let times = record.times.iter().filter(|t| event.times.contains(&t.id)).map(|t| t.evidence.text.as_str());
        assert_eq!(times.collect::<Vec<_>>().concat(), time, "{text}");
        let of = |id| record.entities.iter().find(|e| e.id == id).and_then(|e| e.name.clone()).unwrap_or_default();
        assert_eq!(event.places.iter().map(|id| of(*id)).collect::<String>(), place, "{text}");
    }
}

#[test]
fn how_things_are_is_no_event() {
    let triggers = |text: &str| -> Vec<String> {
        read(text).events.iter().flat_map(|e| e.triggers.iter().map(|t| t.text.clone())).collect()
    };
    assert!(!triggers("Climate change worries the dockers of Arn.").contains(&"change".to_owned()));
    assert_eq!(triggers("The ministry wasted time before it closed the port."), ["closed"]);
    assert!(triggers("Critics pointed to the firm's dominance on Monday.").iter().all(|t| t != "dominance"));
}

#[test]
fn status_of_what_nobody_planned_and_of_what_may_be() {
    assert_eq!(status("The judge did not know what decision the mayor might take.", "decision"), Status::Hypothetical);
    assert_eq!(status("Suspicions were raised of fraud at the port of Arn.", "fraud"), Status::Possible);
    assert_eq!(status("Lind said science was being attacked by the ministry.", "attacked"), Status::Ongoing);
}

#[test]
fn who_is_given_something_and_when() {
    let record = read("The ministry will offer Lund Ferries a bonus next week.");
    assert_eq!(who(&record, "offer", "recipient"), ["Lund Ferries"]);
    let record = read("Olga Roe handed a letter with 300 names to the town council in Vessen on Monday.");
    let handed = event(&record, "handed");
    let times = record.times.iter().filter(|t| handed.times.contains(&t.id)).map(|t| t.evidence.text.as_str());
    assert_eq!(times.collect::<Vec<_>>(), ["Monday"]);
}

#[test]
fn the_day_before_is_counted_from_what_is_over() {
    let record = read(
        "Prosecutors opened an inquiry on Thursday, ahead of a meeting in the town on Saturday.\n\nThe mayor had resigned the \
         day before. The judge adjourned the case until 10am on Thursday.",
    );
    let values: Vec<(&str, &str)> = record.times.iter().map(|t| (t.evidence.text.as_str(), t.value.as_str())).collect();
    assert!(values.contains(&("the day before", "2031-04-02")), "{values:?}");
    assert!(values.contains(&("Thursday", "2031-04-10")), "{values:?}");
}

#[test]
fn what_two_verbs_of_a_subject_tell() {
    assert_eq!(status("The trip was meant for June but has been called off.", "trip"), Status::Cancelled);
    assert_eq!(status("The meeting was planned for May but was cancelled.", "meeting"), Status::Cancelled);
    assert_eq!(status("Did the sale carry a guarantee that we will fight?", "fight"), Status::Hypothetical);
    assert_ne!(status("Roe loves a rally.", "rally"), Status::Hypothetical);
    assert_eq!(status("Roe would like a debate on Friday.", "debate"), Status::Hypothetical);
}

#[test]
fn whom_an_owner_s_noun_befalls() {
    let record = read("Mr. Orr's firing angered the party on Monday. The removal of Ada Lund followed.");
    assert!(who(&record, "firing", "agent").is_empty(), "{:?}", event(&record, "firing"));
    assert_eq!(who(&record, "removal", "object"), ["Ada Lund"], "{:?}", event(&record, "removal"));
}

#[test]
fn a_range_is_no_one_number() {
    let record = read("Between 20 and 30 houses burned in Arn on Monday. In Vessen 12 people died.");
    assert!(event(&record, "burned").amounts.is_empty(), "{:?}", event(&record, "burned"));
    assert_eq!(event(&record, "died").amounts.first().map(|a| a.value), Some(12.0));
}

#[test]
fn what_finds_nothing_took_place_and_theories_are_no_facts() {
    let found = "An internal investigation found no evidence of smuggling.";
    assert_eq!(status(found, "investigation"), Status::Happened);
    assert_eq!(status("No investigation found evidence of smuggling.", "investigation"), Status::DidNotHappen);
    assert_eq!(status("He repeated the conspiracy theory that Keldra hacked the bank.", "hacked"), Status::Possible);
    assert_ne!(status("Roe alleged that he tried to get women drunk at parties.", "get"), Status::Planned);
}

#[test]
fn whoever_is_blamed_for_it_did_it_and_whoever_calls_for_it_did_not() {
    let blamed = read("Ada Lindqvist chided Ben Roe for raising the fares on Monday.");
    assert_eq!(who(&blamed, "raising", "agent"), ["Ben Roe"]);
    let called = read("Ada Lindqvist called for denying entry to foreign crews on Monday.");
    assert!(who(&called, "denying", "agent").is_empty(), "{:?}", called.events);
}

#[test]
fn status_follows_what_was_able_missed_and_forgotten() {
    assert_eq!(status("Prosecutors were able to capture the gang in May.", "capture"), Status::Happened);
    assert_eq!(status("Ada Roe was not able to sign the deal.", "sign"), Status::DidNotHappen);
    assert_eq!(status("Ada Roe never missed a chance to attack the mayor.", "attack"), Status::Happened);
    assert_eq!(status("Ada Roe missed a chance to attack the mayor.", "attack"), Status::DidNotHappen);
    assert_eq!(status("The minister did not recall responding to the letter.", "responding"), Status::Possible);
    assert_eq!(status("The gang plotted to bomb the bridge.", "bomb"), Status::Planned);
}

#[test]
fn a_body_passes_a_bill_and_a_relative_clause_has_its_own_doer() {
    let bill = read("The harbour bill will not pass the Senate, the envoy said.");
    assert_eq!(who(&bill, "pass", "agent"), ["Senate"]);
    let applied = read("Orrin Mills, who recently applied for a pension, left the force.");
    assert_eq!(who(&applied, "applied", "agent"), ["Orrin Mills"]);
    let barred = read("Lorne Hospital bars Ada Roe from meeting reporters.");
    assert!(!who(&barred, "meeting", "party").contains(&"Lorne Hospital".to_owned()));
}

#[test]
fn elections_are_votes_and_wins_are_contests() {
    let record = read("Ada Roe won the mayoral election in Lorne in May.");
    assert_eq!(event(&record, "election").kind, "vote");
}

#[test]
fn a_day_before_that_is_of_the_one_who_tells() {
    let record = read("The ministry informed the crews on Monday that the navy will not defend them.");
    assert!(event(&record, "defend").times.is_empty());
}

#[test]
fn what_is_warned_off_and_what_anybody_would_have_done_is_only_thought_of() {
    assert_eq!(status("Orrin Mills said: “Don’t leave the port.”", "leave"), Status::Hypothetical);
    assert_eq!(status("Anyone who had met the envoy would have been arrested.", "met"), Status::Hypothetical);
}
