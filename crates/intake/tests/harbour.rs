//! The made-up story of `examples/harbour-talks`: outlet, date, headline and passages of all its reports.

use std::path::PathBuf;

use reportedly_intake::{Given, Limits, sources};
use reportedly_record::{Known, PassageKind, Report};

fn story() -> Vec<(String, Report)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/harbour-talks");
    let mut found = Vec::new();
    for source in sources([folder]) {
        let source = source.expect("the folder is readable");
        let name =
            source.path.as_ref().and_then(|path| path.file_name()).expect("a file").to_string_lossy().into_owned();
        for report in source.reports(&Given::default(), &Limits::default()) {
            found.push((name.clone(), report.expect("a report")));
        }
    }
    found
}

fn passages(report: &Report, kind: PassageKind) -> Vec<&str> {
    report
        .passages
        .iter()
        .filter(|passage| passage.kind == kind)
        .map(|passage| report.text.slice(passage.span))
        .collect()
}

#[test]
fn every_report_has_its_outlet_date_and_headline() {
    let expected = [
        (
            "01-vessen-courier.html",
            "The Vessen Courier",
            "2026-11-10T04:30:00Z",
            Known::JsonLd,
            "Envoy to meet Council’s negotiator on Kell Island next week",
        ),
        (
            "02-stavenmoor-post.txt",
            "The Stavenmoor Post",
            "2026-11-10T10:10:00Z",
            Known::Field,
            "Courier: Tarrow envoy to sit down with Council’s negotiator",
        ),
        (
            "03-northwire.jsonl",
            "Northwire",
            "2026-11-11T07:05:00Z",
            Known::Field,
            "Tarrow envoy to hold harbour talks with Council on Monday, diplomat says",
        ),
        ("03-northwire.jsonl", "Northwire", "2026-11-12T13:40:00Z", Known::Field, ""),
        ("03-northwire.jsonl", "Northwire", "2026-11-15T18:20:00Z", Known::Field, ""),
        (
            "04-sound-morning.html",
            "Sound Morning",
            "2026-11-11T10:30:00Z",
            Known::OpenGraph,
            "Envoy to hold harbour talks on Kell Island, diplomat says",
        ),
        (
            "05-lowland-echo.txt",
            "Lowland Echo",
            "2026-11-11T16:50:00Z",
            Known::Field,
            "Envoy in new bid to open Sound harbour",
        ),
        (
            "06-vessen-courier-update.html",
            "The Vessen Courier",
            "2026-11-10T04:30:00Z",
            Known::JsonLd,
            "Envoy silent on Kell Island date with Council’s negotiator",
        ),
        (
            "07-tarrow-public-radio.html",
            "Tarrow Public Radio",
            "2026-11-12T09:15:00Z",
            Known::JsonLd,
            "‘We are not leaving’: Council and dockers await the envoy",
        ),
        (
            "08-stavenmoor-post.txt",
            "The Stavenmoor Post",
            "2026-11-12T15:45:00Z",
            Known::Field,
            "‘A rumour with a harbour view’: Felk dismisses Kell Island talk",
        ),
        (
            "09-tavor-ledger.txt",
            "Tavor Ledger",
            "2026-11-12T22:40:00Z",
            Known::Field,
            "Envoy to leave for Sankt Orlo as Orrevia insists there is no meeting",
        ),
        (
            "10-quayside-weekly.html",
            "Quayside Weekly",
            "2026-11-13T19:05:00Z",
            Known::Meta,
            "The pilots who would bring the first ship in",
        ),
        (
            "11-kell-islander.txt",
            "The Kell Islander",
            "2026-11-14T09:20:00Z",
            Known::Field,
            "GALE WATCH AS ENVOY PACKS FOR KELL",
        ),
        (
            "12-sound-morning.html",
            "Sound Morning",
            "2026-11-16T07:30:00Z",
            Known::OpenGraph,
            "Kell Island talks called off with no new date",
        ),
        (
            "13-vessen-courier.txt",
            "The Vessen Courier",
            "2026-11-17T04:45:00Z",
            Known::Field,
            "After Kell Island: who knew what about a meeting that was not held",
        ),
    ];
    let story = story();
    assert_eq!(story.len(), expected.len());
    for ((name, report), (file, outlet, instant, known, headline)) in story.iter().zip(expected) {
        let published = report.published.as_ref().expect("every report is dated");
        assert_eq!(name, file);
        assert_eq!(report.outlet.as_deref(), Some(outlet), "{name}");
        assert_eq!(published.instant.map(|instant| instant.to_string()).as_deref(), Some(instant), "{name}");
        assert_eq!(published.known, known, "{name}");
        assert!(headline.is_empty() || report.headline.as_deref() == Some(headline), "{name}: {:?}", report.headline);
        assert!(report.language.analysed && report.language.code == "en", "{name}");
        assert_eq!(report.notes, [], "{name}");
        assert!(report.url.is_some(), "{name}");
    }
}

#[test]
fn pages_have_their_articles_paragraphs() {
    for (name, report) in story().iter().filter(|(name, _)| name.ends_with(".html")) {
        let text = report.text.as_str();
        let body = passages(report, PassageKind::Body);
        let (first, count) = match name.as_str() {
            "01-vessen-courier.html" => ("Maren Solquist, Tarrow’s special envoy", 6),
            "04-sound-morning.html" => ("PORT VESSEN (Northwire) — Tarrow’s envoy", 6),
            "06-vessen-courier-update.html" => ("Maren Solquist, Tarrow’s special envoy", 6),
            "07-tarrow-public-radio.html" => ("Petra Imlay, the spokeswoman", 9),
            "10-quayside-weekly.html" => ("If the talks on Kell Island go ahead", 7),
            "12-sound-morning.html" => ("A meeting that was to have brought", 6),
            _ => panic!("unknown page {name}"),
        };
        assert!(body.iter().any(|paragraph| paragraph.starts_with(first)), "{name}: {body:#?}");
        assert!((count..=count + 1).contains(&body.len()), "{name}: {} {body:#?}", body.len());
        for apart in [
            "Tide tables",
            "All rights reserved",
            "in your inbox",
            "Copy link",
            "Read next",
            "Marlin",
            "Wanted: second",
        ] {
            assert!(!text.contains(apart), "{name}: {apart}");
        }
    }
}

#[test]
fn parts_that_are_no_news_are_marked() {
    let story = story();
    let of = |file: &str| &story.iter().find(|(name, _)| name.starts_with(file)).expect("it is there").1;
    let one = |file: &str, kind| passages(of(file), kind);
    assert_eq!(one("02", PassageKind::Byline), ["By Henrik Aumark, political correspondent"]);
    assert_eq!(one("05", PassageKind::Byline), ["Staff and agencies"]);
    assert_eq!(one("11", PassageKind::Headline), ["GALE WATCH AS ENVOY PACKS FOR KELL"]);
    assert!(one("09", PassageKind::DeskNote)[0].starts_with("(The Tavor Ledger’s overnight file"));
    assert!(one("06", PassageKind::DeskNote)[0].starts_with("This report, first published at 6.30am"));
    assert!(one("12", PassageKind::Correction)[0].starts_with("Correction, 16 November"));
    assert!(one("03", PassageKind::Boilerplate)[0].starts_with("(Reporting by Ada Fenmore"));
    assert_eq!(one("04", PassageKind::Boilerplate).len(), 2);
    for file in ["03", "04"] {
        let dateline = of(file).dateline.as_ref().expect("it has one");
        assert_eq!((dateline.place.as_deref(), dateline.agency.as_deref()), (Some("PORT VESSEN"), Some("Northwire")));
        assert_eq!(of(file).text.slice(dateline.evidence), "PORT VESSEN (Northwire) —");
    }
    assert_eq!(of("07").byline.as_deref(), Some("Caspian Ruddle"));
    assert_eq!(of("10").byline.as_deref(), Some("Magnus Tarrell"));
    assert_eq!(of("09").zone.as_deref(), Some("Asia/Jerusalem"));
}
