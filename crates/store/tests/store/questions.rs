//! Questions: find, who, pair, said.

use reportedly_record::Status;
use reportedly_store::{Asked, Show, Store};

use super::{Bench, Draft, TALKS, talks};

/// Two reports of planned talks and one that they are off.
fn story() -> Bench {
    let bench = Bench::new();
    let (first, _) = talks("https://courier.example/talks", 10, TALKS);
    let (second, _) = talks("https://echo.example/talks", 11, &TALKS.replace("quernstones", "millstones"));
    let off = "Ruta Lind said Maren Solquist would not meet Aurel Dasko on Monday. The harbour stays closed.\n";
    let mut third = Draft::new("https://courier.example/off", 12, off);
    let (one, other, by) = (third.person("Maren Solquist"), third.person("Aurel Dasko"), third.person("Ruta Lind"));
    let said = third.said("Ruta Lind", Some(by), "said", "Maren Solquist would not meet Aurel Dasko on Monday");
    third.event("meet", Status::Cancelled, &[one, other], Some(said), None);
    bench.put(&[&first, &second, &third]);
    bench
}

fn asked(words: &str) -> Asked {
    Asked { words: words.to_owned(), most: 9, ..Asked::default() }
}

/// Days of publication and what is found.
fn found(store: &Store, asked: &Asked) -> Vec<String> {
    let rows = store.find(asked).expect("an answer");
    let day =
        |published: &Option<String>| published.clone().unwrap_or_default().chars().skip(8).take(2).collect::<String>();
    rows.iter().map(|row| format!("{} {}", day(&row.about.published), row.what)).collect()
}

#[test]
fn words_find_reports_newest_first() {
    let bench = story();
    let store = bench.read();
    assert_eq!(found(&store, &asked("harbour")), ["12 report", "11 report", "10 report"]);
    assert_eq!(found(&store, &asked("\"harbour talks\"")), ["11 report", "10 report"]);
    assert_eq!(found(&store, &asked("mill*")), ["11 report"]);
    assert_eq!(found(&store, &asked("harbour zeppelin")), Vec::<String>::new());
    assert_eq!(found(&store, &asked("NOT \" OR (")), Vec::<String>::new());
    let row = store.find(&asked("quernstones")).expect("an answer").remove(0);
    assert_eq!(row.says, "Nothing else was known about quernstones.");
    let limited = Asked { most: 1, ..asked("harbour") };
    assert_eq!(found(&store, &limited), ["12 report"]);
}

#[test]
fn filters_narrow_down() {
    let bench = story();
    let store = bench.read();
    let lind = Asked { who: Some("Lind".to_owned()), ..asked("harbour") };
    assert_eq!(found(&store, &lind), ["12 report"]);
    let said = Asked { said_by: Some("Maren Solquist".to_owned()), ..asked("harbour") };
    assert_eq!(found(&store, &said), ["11 attribution", "10 attribution"]);
    let unnamed = Asked { unnamed: true, ..asked("Monday") };
    assert_eq!(found(&store, &unnamed), ["11 attribution", "10 attribution"]);
    assert_eq!(
        found(&store, &Asked { unnamed: true, ..asked("harbour") }),
        Vec::<String>::new(),
        "in another sentence"
    );
    let planned = Asked { status: Some(Status::Planned), who: Some("Dasko".to_owned()), ..asked("") };
    assert_eq!(found(&store, &planned), ["11 meet", "10 meet"]);
    let day = 86_400 * 20_773; // 2026-11-16
    let dated = Asked { when: Some((day, day + 86_399)), ..asked("") };
    assert_eq!(found(&store, &dated), ["11 meet", "10 meet"]);
    assert_eq!(found(&store, &Asked { when: Some((day + 86_400, day + 99_999)), ..asked("") }), Vec::<String>::new());
    let courier = Asked { outlet: Some("courier".to_owned()), ..asked("harbour") };
    assert_eq!(found(&store, &courier), ["12 report", "10 report"]);
    let tenth = 86_400 * 20_767;
    assert_eq!(found(&store, &Asked { published: Some((tenth, tenth + 86_399)), ..asked("harbour") }), ["10 report"]);
    let voiced = Asked { status: Some(Status::Cancelled), said_by: Some("Ruta Lind".to_owned()), ..asked("") };
    assert_eq!(found(&store, &voiced), ["12 meet"]);
    let about = |words: &str, who: &str| Asked { unnamed: true, who: Some(who.to_owned()), ..asked(words) };
    assert_eq!(found(&store, &about("Monday", "person:aurel dasko")), ["11 attribution", "10 attribution"]);
    let phrase = Asked { status: Some(Status::Planned), ..asked("\"meet aurel dasko\" mond*") };
    assert_eq!(found(&store, &phrase), ["11 meet", "10 meet"]);
    assert_eq!(found(&store, &Asked { most: 1, ..phrase.clone() }), ["11 meet"]);
    assert_eq!(found(&store, &Asked { kind: Some("Meet".to_owned()), ..asked("harbour") }), Vec::<String>::new());
    let voiced = Asked { unnamed: true, status: Some(Status::Planned), ..asked("monday") };
    assert_eq!(found(&store, &voiced), ["11 meet", "10 meet"]);
    assert!(store.find(&Asked { who: Some("Nobody".to_owned()), ..asked("harbour") }).is_err());
}

#[test]
fn a_pair_has_contacts_with_voices() {
    let bench = story();
    let store = bench.read();
    let rows = store.pair("Dasko", "Solquist", &Show { most: 9, ..Show::default() }).expect("an answer");
    let told: Vec<_> =
        rows.iter().map(|row| (row.when.as_deref(), row.status.as_str(), row.voices.join(", "))).collect();
    assert_eq!(
        told,
        [
            (Some("2026-11-16"), "planned", "two officials: planned".to_owned()),
            (Some("2026-11-16"), "planned", "two officials: planned".to_owned()),
            (None, "cancelled", "Ruta Lind: cancelled".to_owned()),
        ]
    );
    assert_eq!(store.pair("Dasko", "Lind", &Show { most: 9, ..Show::default() }).expect("an answer"), []);
}

#[test]
fn one_speaks_over_time_and_is_counted() {
    let bench = story();
    let store = bench.read();
    let rows = store.said("Solquist", &Show { most: 9, ..Show::default() }).expect("an answer");
    assert_eq!(rows.iter().map(|row| row.says.as_str()).collect::<Vec<_>>(), ["We are ready for the harbour talks"; 2]);
    assert_eq!(rows[0].about.outlet.as_deref(), Some("courier.example"));
    let dasko = store.who("dasko", 9).expect("he is there").remove(0);
    assert_eq!((dasko.reports, dasko.says, dasko.events, dasko.silent), (3, 0, 3, 2));
    assert_eq!((dasko.first.as_deref(), dasko.last.as_deref()), (Some("2026-11-10"), Some("2026-11-12")));
}
