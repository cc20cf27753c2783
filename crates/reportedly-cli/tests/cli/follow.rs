//! `reportedly follow` against a server of the test's own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::{folder, program, run_in};

/// Serves a feed with one whole report and one link, its page, and rules for robots; it ends with the test's process.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let own = base.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut request = String::new();
            let mut lines = BufReader::new(stream.try_clone().expect("a second hand"));
            while lines.read_line(&mut request).is_ok_and(|read| read > 2) {}
            let is_known = request.to_lowercase().contains("if-none-match: \"7\"");
            let (status, kind, body) = match request.split(' ').nth(1).unwrap_or_default() {
                "/robots.txt" => ("200 OK", "text/plain", "User-agent: *\nDisallow: /private".to_owned()),
                "/feed" if is_known => ("304 Not Modified", "text/plain", String::new()),
                "/feed" => {
                    let whole = "<content:encoded>The port will reopen on Monday, she said.</content:encoded>";
                    let future = "<pubDate>Fri, 14 Nov 2098 20:00:00 GMT</pubDate>";
                    let items = [("1", whole), ("2", ""), ("private/3", ""), ("4", future)];
                    let items = items.map(|(path, rest)| format!("<item><link>{own}/{path}</link>{rest}</item>"));
                    (
                        "200 OK\r\nETag: \"7\"",
                        "application/rss+xml",
                        format!("<rss><channel>{}</channel></rss>", items.concat()),
                    )
                }
                // Longer than it says it is allowed to be; the second ends in a circle, the third has a million items.
                "/endless" => ("200 OK\r\nX-Length: declared", "application/rss+xml", String::new()),
                "/circle" => ("302 Found\r\nLocation: /circle", "text/plain", String::new()),
                "/million" => {
                    let items: String =
                        (0..1_000_000).map(|i| format!("<item><link>{own}/m{i}</link></item>")).collect();
                    ("200 OK", "application/rss+xml", format!("<rss><channel>{items}</channel></rss>"))
                }
                path if path.starts_with("/m") => {
                    let page =
                        format!("<html><body><article><p>Round {path} of the talks ended on Monday, she said.</p>");
                    ("200 OK", "text/html", page)
                }
                "/calm" => {
                    let item = format!(
                        "<item><link>{own}/1</link><content:encoded>The port is open.</content:encoded></item>"
                    );
                    ("200 OK", "application/rss+xml", format!("<rss><channel>{item}</channel></rss>"))
                }
                "/bomb" => {
                    let head = "<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>";
                    ("200 OK", "application/rss+xml", format!("{head}<rss><channel><title>&b;</title></channel></rss>"))
                }
                "/led" => {
                    let items = ["/2", "/away", "/inside"].map(|path| format!("<item><link>{own}{path}</link></item>"));
                    ("200 OK", "application/rss+xml", format!("<rss><channel>{}</channel></rss>", items.concat()))
                }
                "/away" => ("302 Found\r\nLocation: http://169.254.169.254/meta", "text/plain", String::new()),
                "/inside" => ("301 Moved\r\nLocation: http://localhost/admin", "text/plain", String::new()),
                "/2" => {
                    let page = "<html><body><article><p>The ferry did not leave, two officials said.</p></article></body></html>";
                    ("200 OK", "text/html", page.to_owned())
                }
                _ => ("404 Not Found", "text/plain", String::new()),
            };
            let length = if status.ends_with("declared") { 10_000_000_000 } else { body.len() };
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
            );
            // Whoever asked may have hung up.
            let _ = stream.write_all((head + &body).as_bytes());
        }
    });
    base
}

#[test]
fn what_is_new_in_feeds_goes_into_the_store_once() {
    let base = server();
    let opml = format!("<opml><body><outline text=\"Echo\" xmlUrl=\"{base}/feed\"/></body></opml>");
    let folder = folder(&[("feeds.opml", opml.as_bytes())]);
    let args = ["follow", "feeds.opml", "--once", "--unread", "--allow-private"];
    let first = run_in(folder.path(), &args);
    let lines: Vec<&str> = first.text().lines().collect();
    assert_eq!(lines.len(), 2, "{}\n{}", first.text(), first.err);
    assert!(lines.iter().all(|line| line.starts_with("new\t")), "{lines:?}");
    assert!(lines[0].ends_with("/1") && lines[1].ends_with("/2"), "{lines:?}");
    assert!(first.err.contains("/private/3: the host's robots rules do not allow it"), "{}", first.err);
    assert!(
        first.err.contains("/feed item 4: dated `Fri, 14 Nov 2098 20:00:00 GMT`, which is still to come"),
        "{}",
        first.err
    );
    assert_eq!(first.code, Some(1));
    let second = run_in(folder.path(), &args);
    assert_eq!((second.text(), second.code), ("", Some(0)), "{}", second.err);
    assert!(second.err.contains("/feed: as it was"), "{}", second.err);
    let found = run_in(folder.path(), &["find", "ferry", "--format", "json"]);
    assert!(found.text().contains("/2"), "{}\n{}", found.text(), found.err);
}

#[test]
fn a_page_that_leads_inside_is_refused_and_the_rest_goes_in() {
    let base = server();
    let folder = folder(&[]);
    let own = format!("--allow-private={}", base.trim_start_matches("http://"));
    let run = run_in(folder.path(), &["follow", &format!("{base}/led"), "--once", "--unread", &own]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    for says in ["169.254.169.254 is not at a public address", "localhost is not at a public address"] {
        assert!(run.err.contains(says), "{}", run.err);
    }
    let lines: Vec<&str> = run.text().lines().collect();
    assert!(lines.len() == 1 && lines[0].ends_with("/2"), "{lines:?}");
}

#[test]
fn only_addresses_of_the_web_are_followed() {
    let folder = folder(&[("a.txt", b"Talks are off."), ("b.opml", b"<opml><body/></opml>")]);
    for (feed, says) in [
        ("ftp://echo.example/feed", "only http and https are asked"),
        ("a.txt", "a.txt is no list of feeds"),
        ("b.opml", "no feeds are named"),
        ("c.opml", "c.opml"),
    ] {
        let run = run_in(folder.path(), &["follow", "--once", feed]);
        assert!(run.code == Some(1) && run.err.contains(says), "{feed}: {}", run.err);
    }
    let run = run_in(folder.path(), &["follow", "--once", "http://127.0.0.1/feed"]);
    assert!(run.code == Some(1) && run.err.contains("127.0.0.1 is not at a public address"), "{}", run.err);
    let run = run_in(folder.path(), &["ingest", "http://127.0.0.1/feed"]);
    assert!(run.code == Some(1) && run.err.contains("no answer the last time"), "{}", run.err);
    let run = run_in(folder.path(), &["ingest", "http://127.0.0.1/page"]);
    assert!(run.code == Some(1) && run.err.contains("127.0.0.1 is not at a public address"), "{}", run.err);
    let run = run_in(folder.path(), &["ingest", "http://127.0.0.1/feed", "a.txt"]);
    assert!(run.code == Some(1) && run.err.contains("only the ones or the others"), "{}", run.err);
    assert_eq!(run_in(folder.path(), &["follow", "a", "--every", "5s"]).code, Some(2));
}

#[test]
fn feeds_that_misbehave_are_named_and_the_rest_goes_in() {
    let base = server();
    let bad = [
        ("endless", "a body of more than 16777216 bytes"),
        ("circle", "redirected more than 5 times"),
        ("bomb", "has a DOCTYPE, which is not read"),
    ];
    let outline = |path: &str| format!("<outline xmlUrl=\"{base}/{path}\"/>");
    let outlines: String = bad.iter().map(|(path, _)| outline(path)).collect();
    let wrong = "<outline title=\"Post\" xmlUrl=\"ftp://post.example/feed\"/>";
    let opml = format!("<opml><body>{outlines}{wrong}{}</body></opml>", outline("feed"));
    let folder = folder(&[("feeds.opml", opml.as_bytes())]);
    let run = run_in(
        folder.path(),
        &["follow", "feeds.opml", "--once", "--unread", "--allow-private", "--log-format", "json"],
    );
    assert_eq!(run.code, Some(1), "{}", run.err);
    for (path, says) in bad.into_iter().chain([("feeds.opml", "outline 4: no link")]) {
        let of = |line: &&str| line.contains(path) && line.contains(says);
        assert_eq!(run.err.lines().filter(of).count(), 1, "{path}: {}", run.err);
    }
    assert_eq!(run.text().lines().count(), 2, "{}", run.text());
    let summary: serde_json::Value = serde_json::from_str(run.err.lines().last().expect("a summary")).expect("JSON");
    // Those four, the page that robots may not see and the item that is still to come.
    assert_eq!((&summary["new"], &summary["failed"]), (&2.into(), &6.into()), "{}", run.err);
}

#[test]
fn what_is_asked_once_is_read_as_it_is_told() {
    let base = server();
    let folder = folder(&[]);
    let (page, own) = (format!("{base}/2"), "--allow-private");
    let args = ["ingest", &page, "--outlet", "Harbour Echo", "--unread", own];
    let run = run_in(folder.path(), &args);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.ends_with("stored 1 (1 new), skipped 0, failed 0\n"), "{}", run.err);
    let found = run_in(folder.path(), &["find", "ferry", "--outlet", "Harbour Echo"]);
    assert_eq!(found.code, Some(0), "{}", found.err);
    // The same again changes nothing that lasts.
    let before = run_in(folder.path(), &["store", "export"]).out;
    let again = run_in(folder.path(), &args);
    assert!(again.err.ends_with("stored 0, skipped 1 (1 known), failed 0\n"), "{}", again.err);
    assert_eq!(run_in(folder.path(), &["store", "export"]).out, before);
    let none = run_in(folder.path(), &["ingest", &page, "--entities", "none.jsonl", own]);
    assert!(none.code == Some(1) && none.err.contains("none.jsonl cannot be read"), "{}", none.err);
}

#[test]
fn of_a_feed_of_a_million_items_what_arrives_is_read() {
    let base = server();
    let folder = folder(&[]);
    let feed = format!("{base}/million");
    let args = ["ingest", &feed, "--unread", "--allow-private"];
    let run = run_in(folder.path(), &args);
    assert_eq!((run.code, run.text().lines().count()), (Some(1), 200), "{}", run.err);
    assert!(run.text().lines().all(|line| line.starts_with("new\t") && line.contains("/m")), "{}", run.text());
    let says = "/million: longer than 16777216 bytes: read up to item ";
    assert!(run.err.contains(says) && run.err.contains(", and not beyond (--body takes more)"), "{}", run.err);
    assert!(run.err.contains(" links are left for the next time"), "{}", run.err);
    // A limit that all of it is within, and the pages that come next.
    let more = run_in(folder.path(), &[&args[..], &["--body", "64M"]].concat());
    assert_eq!((more.code, more.text().lines().count()), (Some(0), 200), "{}", more.err);
    assert!(more.err.contains("200 reports, 999600 links are left for the next time"), "{}", more.err);
}

#[cfg(unix)]
#[test]
fn who_is_asked_to_stop_says_what_was_read() {
    let base = server();
    let folder = folder(&[]);
    let mut program = program();
    program.current_dir(folder.path()).args(["follow", &format!("{base}/calm"), "--unread", "--allow-private"]);
    let mut child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut line = String::new();
    // Then it waits five minutes for the next time.
    BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut line).expect("it acknowledges");
    assert!(line.starts_with("new\t"), "{line}");
    let began = Instant::now();
    let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("a signal");
    assert!(asked.success());
    let out = child.wait_with_output().expect("it ends");
    let err = String::from_utf8(out.stderr).expect("lines are UTF-8");
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
    assert_eq!(out.status.code(), Some(0), "{err}");
    let lines: Vec<&str> = err.lines().collect();
    assert!(lines.contains(&"note: stopped: what is left is taken in the next time"), "{err}");
    assert_eq!(lines.last(), Some(&"stored 1 (1 new), skipped 0, failed 0"), "{err}");
}
