//! The wire against a server that misbehaves on purpose: every kind of trouble ends in time, as an error that says what it is.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use reportedly_fetch::{Error, Limits, Peers, Reply, Request, Web, Wire};

/// Far above what any of these takes, far below what waiting for the server would.
const BOUND: Duration = Duration::from_secs(20);

/// Starts a server that answers each connection by the request's path and headers; it ends with the test's process.
fn server(answer: fn(&str, &str, &mut TcpStream) -> std::io::Result<()>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            thread::spawn(move || {
                let mut request = String::new();
                let mut lines = BufReader::new(stream.try_clone().expect("a second hand"));
                while lines.read_line(&mut request).is_ok_and(|read| read > 2) {}
                let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                // Whoever asked may have hung up.
                let _ = answer(&path, &request.to_lowercase(), &mut stream);
            });
        }
    });
    format!("http://{address}")
}

fn limits() -> Limits {
    Limits { body: 1 << 20, headers: 16 << 10, time: Duration::from_secs(2), ..Limits::default() }
}

fn get(url: &str) -> Result<Reply, Error> {
    let began = Instant::now();
    let reply = Wire::new(&limits(), Peers::Any).get(&Request::of(url));
    assert!(began.elapsed() < BOUND, "{url} took {:?}", began.elapsed());
    reply
}

/// Checks what an error says, behind the address.
#[track_caller]
fn check(base: &str, path: &str, expected: &str) {
    let error = get(&format!("{base}{path}")).expect_err("trouble").to_string();
    assert!(error.starts_with(base) && error.contains(expected), "{error}");
}

fn whole(stream: &mut TcpStream, head: &str, body: &[u8]) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
    stream.write_all(body)
}

fn gzip(bytes: impl Read) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    std::io::copy(&mut { bytes }, &mut packed).expect("memory");
    packed.finish().expect("memory")
}

#[test]
fn a_page_comes_with_all_that_is_needed_to_ask_again() {
    let base = server(|path, request, stream| match path {
        "/moved" => whole(stream, "301 Moved\r\nLocation: /page?x", b""),
        "/packed" => whole(stream, "200 OK\r\nContent-Encoding: gzip", &gzip(&b"Talks are off."[..])),
        "/chunked" => stream.write_all(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nTalks \r\n8\r\nare off.\r\n0\r\n\r\n",
        ),
        "/busy" => whole(stream, "429 Too Many\r\nRetry-After: 90", b""),
        "/down" => whole(stream, "503 Down\r\nRetry-After: soon", b""),
        "/gone" => whole(stream, "410 Gone", b"x"),
        _ if request.contains("if-none-match: \"7\"") => stream.write_all(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        _ => {
            assert!(request.contains("user-agent: reportedly/") && request.contains("accept-encoding: gzip"));
            whole(
                stream,
                "200 OK\r\nETag: \"7\"\r\nLast-Modified: Fri, 14 Nov 2025 20:00:00 GMT\r\nContent-Type: text/html",
                b"<p>",
            )
        }
    });
    let Ok(Reply::Page(page)) = get(&format!("{base}/moved")) else { panic!("no page") };
    assert_eq!((page.url.strip_prefix(&base), page.bytes.as_slice()), (Some("/page?x"), &b"<p>"[..]));
    assert_eq!(page.content_type.as_deref(), Some("text/html"));
    let again = Request { url: page.url, etag: page.etag, last_modified: page.last_modified };
    assert_eq!(again.last_modified.as_deref(), Some("Fri, 14 Nov 2025 20:00:00 GMT"));
    assert_eq!(Wire::new(&limits(), Peers::Any).get(&again), Ok(Reply::Unchanged));
    for path in ["/packed", "/chunked"] {
        let Ok(Reply::Page(page)) = get(&format!("{base}{path}")) else { panic!("no page") };
        assert_eq!((page.bytes.as_slice(), page.is_cut), (&b"Talks are off."[..], false));
    }
    let later = |path: &str| get(&format!("{base}{path}"));
    assert_eq!(later("/busy"), Ok(Reply::Later { status: 429, after: Some(Duration::from_secs(90)) }));
    assert_eq!(later("/down"), Ok(Reply::Later { status: 503, after: None }));
    assert_eq!(later("/gone"), Ok(Reply::Status(410)));
}

#[test]
fn a_server_that_misbehaves_is_left_in_time() {
    let base = server(|path, _, stream| match path {
        "/drip" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")?;
            loop {
                stream.write_all(b"x")?;
                thread::sleep(Duration::from_millis(50));
            }
        }
        "/drip-headers" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nX: ")?;
            loop {
                stream.write_all(b"x")?;
                thread::sleep(Duration::from_millis(50));
            }
        }
        "/silent" => {
            thread::sleep(Duration::from_secs(60));
            Ok(())
        }
        "/endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
            loop {
                stream.write_all(&[b'x'; 1 << 16])?;
            }
        }
        "/endless-headers" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            loop {
                stream.write_all(b"X: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n")?;
            }
        }
        "/declared" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\nx"),
        "/short" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nTalks"),
        "/loop" => whole(stream, "302 Found\r\nLocation: /loop", b""),
        "/away" => whole(stream, "302 Found\r\nLocation: file:///etc/passwd", b""),
        "/nowhere" => whole(stream, "302 Found", b""),
        "/bomb" => whole(stream, "200 OK\r\nContent-Encoding: gzip", &gzip(std::io::repeat(b' ').take(8 << 20))),
        "/broken" => whole(stream, "200 OK\r\nContent-Encoding: gzip", &gzip(&b"Talks are off."[..])[..20]),
        "/garbage" => stream.write_all(b"\x00\x01\x02 garbage\r\n\r\n"),
        _ => Ok(()),
    });
    check(&base, "/drip", "no answer within 2 seconds");
    check(&base, "/drip-headers", "no answer within 2 seconds");
    check(&base, "/silent", "no answer within 2 seconds");
    // Of these the beginning is taken, and no more.
    for path in ["/endless", "/bomb"] {
        let Ok(Reply::Page(page)) = get(&format!("{base}{path}")) else { panic!("no page") };
        assert_eq!((page.bytes.len(), page.is_cut), (1 << 20, true), "{path}");
    }
    check(&base, "/endless-headers", "headers");
    check(&base, "/declared", "a body of more than 1048576 bytes");
    check(&base, "/short", "");
    check(&base, "/loop", "redirected more than 5 times");
    check(&base, "/broken", "ends inside a gzip member");
    check(&base, "/garbage", "");
    check(&base, "/closed", "");
    let error = get(&format!("{base}/away")).expect_err("refused").to_string();
    assert_eq!(error, "file:///etc/passwd: only http and https are asked");
    assert_eq!(get(&format!("{base}/nowhere")), Ok(Reply::Status(302)));
}

#[test]
fn the_public_wire_asks_no_machine_of_ours() {
    let base = server(|_, _, _| panic!("a machine of ours was asked"));
    let error = Wire::new(&limits(), Peers::Public).get(&Request::of(&base)).expect_err("refused");
    assert!(error.to_string().contains("only the ports 80 and 443 are asked"), "{error}");
    for url in
        ["http://localhost/", "http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "http://169.254.169.254/"]
    {
        let error = Wire::new(&limits(), Peers::Public).get(&Request::of(url)).expect_err("refused");
        assert!(matches!(error, Error::Private { .. }), "{url}: {error}");
    }
}

#[test]
fn a_redirect_to_a_machine_of_ours_is_refused() {
    static ASKED: AtomicBool = AtomicBool::new(false);
    let inside = server(|_, _, stream| {
        ASKED.store(true, Ordering::SeqCst);
        whole(stream, "200 OK", b"secret")
    });
    let outside = server(|path, _, stream| match path.split_once("/to/") {
        Some((_, to)) => whole(stream, &format!("302 Found\r\nLocation: {to}"), b""),
        None => whole(stream, "200 OK", b"public"),
    });
    let own = outside.trim_start_matches("http://").parse().expect("an address");
    let get = |url: &str| Wire::new(&limits(), Peers::PublicAnd(own)).get(&Request::of(url));
    let Ok(Reply::Page(page)) = get(&format!("{outside}/to//page")) else { panic!("its own pages are read") };
    assert_eq!(page.bytes, b"public");
    for (to, says) in [
        (format!("{inside}/"), "only the ports 80 and 443 are asked"),
        ("http://127.0.0.1/".to_owned(), "127.0.0.1 is not at a public address"),
        ("http://localhost/".to_owned(), "localhost is not at a public address"),
        ("http://10.0.0.1/".to_owned(), "10.0.0.1 is not at a public address"),
        ("http://169.254.169.254/latest/meta-data/".to_owned(), "169.254.169.254 is not at a public address"),
        ("http://[::ffff:127.0.0.1]/".to_owned(), "is not at a public address"),
        (format!("http://[::1]:{}/", own.port()), "[::1] is not at a public address"),
        ("//192.168.0.1/".to_owned(), "192.168.0.1 is not at a public address"),
        (format!("{outside}/to/http://10.1.2.3/"), "10.1.2.3 is not at a public address"),
    ] {
        let error = get(&format!("{outside}/to/{to}")).expect_err("refused");
        assert!(error.to_string().contains(says) && error.is_lasting(), "{to}: {error}");
    }
    assert!(!ASKED.load(Ordering::SeqCst), "a machine of ours was asked");
}
