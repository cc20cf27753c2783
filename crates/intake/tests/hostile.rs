//! Input made to break or to stall: every kind of it comes back, as a report or as an error that says what it is.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use reportedly_intake::{Error, Given, Limits, Media, Raw, arrivals, reports};
use reportedly_record::Report;

/// Far above what any of these takes, far below what quadratic work would.
const BOUND: Duration = Duration::from_secs(60);

fn read(bytes: &[u8], media: Media) -> Result<Report, Error> {
    let began = Instant::now();
    let raw = Raw { name: "a", bytes, media };
    let report = reports(&raw, &Given::default(), &Limits::default()).next().expect("one report or error");
    assert!(began.elapsed() < BOUND, "took {:?}", began.elapsed());
    report
}

const NEWS: &str = "<p>Ministers met in London on Monday and said nothing of what they had agreed.</p>";

#[test]
fn wide_pages_are_read_in_bounded_time() {
    let attributes = format!("<div {}>{NEWS}", "a=1 b='2' ".repeat(100_000));
    let formats: String = (0..30_000).map(|i| format!("<div><b id={i}>x</div>")).collect();
    let tables = format!("{}{NEWS}", "<table><b>".repeat(20_000));
    let pages = [
        NEWS.repeat(20_000),
        format!("{}{NEWS}", "<a href=x>y</a> ".repeat(100_000)),
        format!("{}{NEWS}", "<div>".repeat(500) + &"<p>x".repeat(20_000)),
        format!("<h1>{}{NEWS}", "<i>".repeat(100_000)),
        format!("{}{NEWS}", "<figcaption>x".repeat(50_000)),
        format!("{NEWS}{}", "<!--".repeat(200_000)),
        format!("{NEWS}{}", "</p>".repeat(200_000)),
        format!("{NEWS}{}", "&amp;&#x41;&".repeat(200_000)),
        format!("{NEWS}<script type=application/ld+json>{}", "[".repeat(500_000)),
        attributes,
        formats + NEWS,
        tables,
    ];
    for page in pages {
        let report = read(page.as_bytes(), Media::Html).expect("a report");
        assert!(report.text.as_str().contains("Ministers met in London"), "{}", &page[..60]);
    }
}

#[test]
fn long_texts_are_read_in_bounded_time() {
    for unit in
        ["“", "\n", "By A B\n", "CAIRO (AP) — ", "(", "a ", "Read more: ", "1/1/2025 ", "\u{2028}\r\n", "Correction: ."]
    {
        let text = unit.repeat(2_000_000 / unit.len());
        match read(text.as_bytes(), Media::Text) {
            Ok(report) => assert_eq!(report.text.as_str(), text),
            Err(error) => assert_eq!(error.to_string(), "`a` is empty"),
        }
    }
    let error = read("x".repeat(9 << 20).as_bytes(), Media::Text).expect_err("too long");
    assert!(error.is_limit());
    assert_eq!(error.to_string(), "`a` is too large: more than 8388608 bytes of text");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..400), media in 0..7) {
        let all = [Media::Text, Media::Html, Media::Jsonl, Media::Docx, Media::Feed, Media::JsonFeed, Media::Warc];
        let raw = Raw { name: "a", bytes: &bytes, media: all[media as usize] };
        let _ = arrivals(&raw, &Given::default(), &Limits::default()).count();
    }

    #[test]
    fn any_list_comes_back(items in "(<(item|entry|title|link|content type=\"xhtml\"|p|guid)/?>|</[a-z]{1,6}>|<!\\[CDATA\\[|\\]\\]>|&[a-z#0-9]{0,4};?|[a-z <>]{0,6}){0,30}", atom: bool) {
        let xml = format!("<{}>{items}", if atom { "feed" } else { "rss" });
        let raw = Raw { name: "a", bytes: xml.as_bytes(), media: Media::Feed };
        let _ = arrivals(&raw, &Given::default(), &Limits::default()).count();
    }

    #[test]
    fn any_archive_comes_back(records in "(WARC/1\\.0\r\n|WARC-Type: response\r\n|WARC-Target-URI: http://x\r\n|Content-Length: [0-9]{1,3}\r\n|Content-Type: application/http\r\n|\r\n|HTTP/1\\.1 200 OK\r\n|Transfer-Encoding: chunked\r\n|[0-9a-f]{1,2}\r\n|<p>Talks are off\\.|\n){0,40}") {
        let raw = Raw { name: "a", bytes: records.as_bytes(), media: Media::Warc };
        let _ = arrivals(&raw, &Given::default(), &Limits::default()).count();
    }

    #[test]
    fn any_markup_comes_back(markup in "(<[a-z/!?]{0,4}|[a-z0-9 =\"'>é&;-]{0,8}|<p>|</div>|<time datetime=|<script type=application/ld\\+json>|<table>|<svg>){0,40}") {
        let _ = read(markup.as_bytes(), Media::Html);
    }

    #[test]
    fn a_plain_text_is_never_changed(text in "\\PC{0,60}(\r?\n\\PC{0,60}){0,5}") {
        if let Ok(report) = read(text.as_bytes(), Media::Text) {
            prop_assert_eq!(report.text.as_str(), text.trim_start_matches('\u{FEFF}'));
        }
    }
}
