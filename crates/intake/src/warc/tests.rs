use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).expect("memory");
    packed.finish().expect("memory")
}

fn record(kind: &str, url: &str, media: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-11-14T20:00:00Z\r\n\
         Content-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

fn page(words: &str) -> String {
    format!(
        "<html><head><title>Harbour talks of the day</title></head><body><article><p>{words}</p></article></body></html>"
    )
}

fn response(number: u32, headers: &str, body: &[u8]) -> Vec<u8> {
    let content = [format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n").as_bytes(), body].concat();
    record("response", &format!("https://echo.example/{number}"), "application/http; msgtype=response", &content)
}

fn news(number: u32) -> Vec<u8> {
    let page = page(&format!("The ministers met in London on Monday for round {number} of their talks."));
    response(number, "Content-Type: text/html; charset=utf-8", page.as_bytes())
}

fn read(bytes: &[u8]) -> Vec<String> {
    Warc::new("a.warc", bytes, &Given::default(), &Limits::default())
        .map(|found| match found {
            Ok(Arrival::Report(arrived)) => {
                let report = arrived.report;
                format!("{} {}", report.url.unwrap_or_default(), report.text.as_str())
            }
            Ok(Arrival::Link(link)) => format!("-> {}", link.url),
            Ok(Arrival::Passed { place, why }) => format!("{place}: {why}"),
            Err(error) => error.to_string(),
        })
        .collect()
}

fn round(number: u32) -> String {
    format!("https://echo.example/{number} The ministers met in London on Monday for round {number} of their talks.")
}

/// Checks records packed one by one, packed together, and not packed.
#[track_caller]
fn check(records: &[Vec<u8>], expected: &[String]) {
    let each: Vec<Vec<u8>> = records.iter().map(|record| gzip(record)).collect();
    assert_eq!(read(&records.concat()), expected, "plain");
    assert_eq!(read(&each.concat()), expected, "members");
    assert_eq!(read(&gzip(&records.concat())), expected, "one member");
}

#[test]
fn pages_are_read_and_what_is_none_is_passed_over() {
    let moved = b"HTTP/1.1 301 Moved\r\nLocation: /x\r\n\r\n";
    check(
        &[
            record("warcinfo", "", "application/warc-fields", b"software: x"),
            record("request", "https://echo.example/1", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
            news(1),
            record("metadata", "https://echo.example/1", "text/plain", b"x"),
            record("revisit", "https://echo.example/1", "application/http", b"HTTP/1.1 200 OK\r\n\r\n"),
            record("response", "https://echo.example/2", "application/http", moved),
            response(3, "Content-Type: image/png", b"\x89PNG\r\n\x1a\n"),
            record("resource", "https://echo.example/4", "text/plain", b"Talks are off."),
            record("response", "dns:echo.example", "text/dns", b"127.0.0.1"),
        ],
        &[
            "a.warc record 1: a record without a page".to_owned(),
            "a.warc record 2: a record without a page".to_owned(),
            round(1),
            "a.warc record 4: a record without a page".to_owned(),
            "a.warc record 5: a page that had not changed since it was fetched before".to_owned(),
            "a.warc record 6: an answer of status 301".to_owned(),
            "a.warc record 7: an answer that is no text".to_owned(),
            "https://echo.example/4 Talks are off.".to_owned(),
            "a.warc record 9: a record without a page".to_owned(),
        ],
    );
    check(&[], &["`a.warc` is empty".to_owned()]);
}

#[test]
fn codings_of_transfer_and_content_come_off() {
    let page = page("The ministers met in “London” on Monday for talks about the harbour.");
    let text = "The ministers met in “London” on Monday for talks about the harbour.";
    let packed = gzip(page.as_bytes());
    let chunked = [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat();
    let (wide, _, _) = encoding_rs::WINDOWS_1252.encode(&page);
    let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), Compression::default());
    deflated.write_all(page.as_bytes()).expect("memory");
    let html = "Content-Type: text/html";
    let bomb = gzip(&vec![b' '; 40_000_000]);
    let found = |number: u32| format!("https://echo.example/{number} {text}");
    check(
        &[
            response(1, &format!("{html}\r\nContent-Encoding: gzip"), &packed),
            response(2, &format!("{html}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip"), &chunked),
            response(3, &format!("{html}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip"), page.as_bytes()),
            response(4, "Content-Type: text/html; charset=windows-1252", &wide),
            response(5, &format!("{html}\r\nContent-Encoding: deflate"), &deflated.finish().expect("memory")),
            response(6, &format!("{html}\r\nContent-Encoding: gzip"), &bomb),
        ],
        &[
            found(1),
            found(2),
            found(3),
            found(4),
            found(5),
            "`a.warc record 6`: unfolds to more than 200 times its size".to_owned(),
        ],
    );
}

#[test]
fn a_page_is_dated_no_later_than_it_was_fetched() {
    let dated = |day: &str| {
        let page =
            format!("<meta property='article:published_time' content='{day}T10:00:00Z'>{}", page("Talks are off."));
        let warc = response(1, "Content-Type: text/html", page.as_bytes());
        let arrival = Warc::new("a", &warc[..], &Given::default(), &Limits::default()).next();
        let Some(Ok(Arrival::Report(arrived))) = arrival else { panic!("{arrival:?}") };
        assert_eq!(arrived.fetched.map(|fetched| fetched.to_string()).as_deref(), Some("2025-11-14T20:00:00Z"));
        (arrived.report.published.is_some(), arrived.report.notes.len())
    };
    assert_eq!(dated("2025-11-14"), (true, 0));
    assert_eq!(dated("2026-11-14"), (false, 1));
}

#[test]
fn behind_a_member_that_is_cut_or_broken_reading_goes_on() {
    let [one, two, three] = [1, 2, 3].map(|number| gzip(&news(number)));
    // Bytes are missing at the end of it, in its middle, and some are changed.
    for cut in [two.len() - 4, two.len() / 2, 12] {
        let found = read(&[one.clone(), two[..cut].to_vec(), three.clone()].concat());
        assert_eq!((found.len(), &found[0], &found[2]), (3, &round(1), &round(3)), "{cut}: {found:?}");
        assert!(found[1].starts_with("a.warc record 2: "), "{found:?}");
    }
    let mut changed = two.clone();
    changed[two.len() - 6] ^= 0xff;
    let found = read(&[one.clone(), changed, three.clone()].concat());
    assert_eq!((found.len(), &found[2]), (3, &round(3)), "{found:?}");
    let found = read(&[one.clone(), two[..two.len() / 2].to_vec()].concat());
    assert_eq!(found, [round(1), "a.warc record 2: ends inside a gzip member".to_owned()]);
    // What stands between members.
    let found = read(&[one.clone(), b"garbage \x1f\x8b\x08\x00 garbage".to_vec(), three.clone()].concat());
    assert_eq!(found[0], round(1));
}

#[test]
fn a_length_that_is_wrong_costs_one_record() {
    let declared = |length: &str| {
        let text = String::from_utf8(news(2)).expect("text");
        let (before, after) = text.split_once("Content-Length: ").expect("a length");
        let after = after.split_once("\r\n").expect("a line").1;
        format!("{before}Content-Length: {length}\r\n{after}").into_bytes()
    };
    for length in ["10000000000", "5000", "99999999999999999999", "x"] {
        for pack in [gzip, <[u8]>::to_vec] {
            let warc = [pack(&news(1)), pack(&declared(length)), pack(&news(3))].concat();
            let found = read(&warc);
            assert_eq!((found.len(), &found[0], &found[2]), (3, &round(1), &round(3)), "{length}: {found:?}");
            assert!(found[1].starts_with("a.warc record 2: "), "{found:?}");
        }
    }
    let found = read(&[news(1), declared("100"), news(3)].concat());
    assert_eq!((&found[0], found.last()), (&round(1), Some(&round(3))), "{found:?}");
    assert_eq!(
        read(&[news(1), declared("10000000000")].concat())[1],
        "a.warc record 2: declares a page of 9999999941 bytes, more than 16777216"
    );
}

#[test]
fn what_is_no_archive_is_said_once() {
    assert_eq!(read(b"Talks are off."), ["a.warc record 1: no record of a web archive begins here"]);
    assert_eq!(read(&gzip(b"Talks are off.")), ["a.warc record 1: no record of a web archive begins here"]);
    let long = [b"WARC/1.0\r\n".to_vec(), b"X: y\r\n".repeat(100_000)].concat();
    assert_eq!(read(&long), ["a.warc record 1: ends inside of its header, or that is longer than 65536 bytes"]);
}
