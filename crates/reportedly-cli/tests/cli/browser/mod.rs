//! Pages in headless Chromium: every link lands, nothing is said on the console, no request leaves, nothing is wider than a
//! telephone. Where no browser can be had, the test says so; with `CI=true` that is a failure.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::{folder, run_in, story};

/// What is injected into the copy of a page.
const PROBE: &str = include_str!("probe.js");

/// Where the browser itself looks for updates and the time, whatever page it shows.
const ITS_OWN: [&str; 4] = ["clients2.google.com", ".googleapis.com", "accounts.google.com", ".gvt1.com"];

/// Widths of the windows that a page is looked at in: a telephone and a desk.
const WIDTHS: [u64; 2] = [360, 1280];

#[test]
fn pages_hold_in_a_browser() {
    let Some(browser) = browser() else { return };
    let hostile = super::html::HOSTILE;
    let own = folder(&[("hostile.txt", hostile.as_bytes())]);
    let pages = [
        run_in(&story(), &["read", "02-stavenmoor-post.txt", "--format", "html"]),
        run_in(&story(), &["read", "03-northwire.jsonl", "--format", "html"]),
        run_in(own.path(), &["read", "hostile.txt", "--format", "html"]),
    ];
    for page in pages {
        let seen = look(&browser, page.text());
        assert_eq!(seen.requests, Vec::<String>::new(), "requests left the page");
        assert!(!seen.console.contains("CONSOLE"), "{}", seen.console);
        assert_eq!(seen.found.len(), WIDTHS.len(), "a window did not answer: {:?}", seen.found);
        for (found, width) in seen.found.iter().zip(WIDTHS) {
            assert_eq!((&found["faults"], found["width"].as_u64()), (&Value::Array(Vec::new()), Some(width)));
            assert!(found["wide"].as_u64() <= Some(width), "{} of {width} columns of dots", found["wide"]);
            assert_eq!(found["landed"], found["hashes"]);
            assert!(found["links"].as_u64() > Some(20), "{} links", found["links"]);
        }
    }
}

#[test]
fn the_harness_sees_what_it_must_see() {
    let Some(browser) = browser() else { return };
    let page = "<!doctype html><html><head><title>x</title></head><body><a href=\"#nowhere\">a</a><p id=\"b\">b</p><p id=\"b\">b</p>\
                <img src=\"http://leak.example/x.png\"><div style=\"width:9000px\">wide</div>\
                <script>console.error('said')</script></body></html>";
    let seen = look(&browser, page);
    assert!(seen.requests.iter().any(|request| request.contains("leak.example")), "{:?}", seen.requests);
    assert!(seen.console.contains("CONSOLE"), "{}", seen.console);
    let faults = seen.found[0]["faults"].to_string();
    assert!(faults.contains("lands nowhere: #nowhere") && faults.contains("id twice: b"), "{faults}");
    assert!(seen.found[0]["wide"].as_u64() >= Some(9000), "{}", seen.found[0]["wide"]);
}

/// What a look at a page gave.
struct Seen {
    /// What the probe found, by window.
    found: Vec<Value>,
    /// First lines of requests that left.
    requests: Vec<String>,
    /// What the browser said.
    console: String,
}

/// Opens a copy of a page in windows of all widths.
fn look(browser: &Path, page: &str) -> Seen {
    // The copy may run the probe and nothing else; what the page forbids itself stays forbidden.
    let probed = page.replacen("default-src 'none';", "default-src 'none'; script-src 'unsafe-inline';", 1).replacen(
        "</head>",
        &format!("<script>{PROBE}</script></head>"),
        1,
    );
    let frames: String = WIDTHS
        .iter()
        .map(|width| format!("<iframe src=\"page.html\" width=\"{width}\" height=\"800\" style=\"border:0\"></iframe>"))
        .collect();
    let harness = format!(
        "<!doctype html><meta charset=\"utf-8\"><pre id=\"found\"></pre>{frames}<script>\
         const found = [];\
         addEventListener('message', (event) => {{\
           found.push(event.data);\
           document.getElementById('found').textContent = JSON.stringify(found)\
             .replace(/[<>&\\u0080-\\uffff]/g, (c) => '\\\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));\
         }});\
         </script>"
    );
    let folder = folder(&[("page.html", probed.as_bytes()), ("harness.html", harness.as_bytes())]);
    let (port, requests) = listen();
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-extensions",
        ])
        .args(["--disable-ipc-flooding-protection", "--enable-logging=stderr", "--window-size=1800,1000"])
        .args([&format!("--proxy-server=127.0.0.1:{port}"), "--proxy-bypass-list=<-loopback>"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .args(["--virtual-time-budget=60000", "--dump-dom"])
        .arg(format!("file://{}", folder.path().join("harness.html").display()))
        .stdin(Stdio::null())
        .output()
        .expect("the browser starts");
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let console = String::from_utf8_lossy(&output.stderr).into_owned();
    let found = dom.split_once("<pre id=\"found\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    let found = found.map(|(found, _)| found).unwrap_or_else(|| panic!("no answer: {console}\n{dom}"));
    let mut found: Vec<Value> =
        serde_json::from_str(found).unwrap_or_else(|error| panic!("{error}: {found:?}\n{console}"));
    found.sort_by_key(|one| one["width"].as_u64());
    let requests = requests.lock().expect("nobody failed while holding it");
    let of_the_page = requests.iter().filter(|request| !ITS_OWN.iter().any(|own| request.contains(own)));
    let requests = of_the_page.cloned().collect();
    Seen { found, requests, console }
}

/// Opens a door that every request of the browser must go through. It lets none out.
fn listen() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("it is bound").port();
    let requests = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&requests);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (mut stream, mut head) = (stream, [0; 1024]);
            let read = stream.read(&mut head).unwrap_or(0);
            let first = String::from_utf8_lossy(&head[..read]).lines().next().unwrap_or_default().to_owned();
            heard.lock().expect("nobody failed while holding it").push(first);
            let _ = stream.write_all(b"HTTP/1.1 502 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    (port, requests)
}

/// The browser that the project's script finds or installs.
fn browser() -> Option<PathBuf> {
    static ONCE: Mutex<()> = Mutex::new(());
    let _one_at_a_time = ONCE.lock().expect("nobody failed while holding it");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/browser.sh");
    let output = Command::new("sh").arg(script).output().expect("there is a shell");
    let path = String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().trim().to_owned();
    if output.status.success() && !path.is_empty() {
        return Some(PathBuf::from(path));
    }
    let says = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "pages were not looked at in a browser: {says}");
    // Not through `print!`, which the test harness would keep to itself.
    let _ = writeln!(std::io::stderr(), "\nNOT RUN: pages were not looked at in a browser: {says}");
    None
}
