//! A server of this machine with one feed: every other item is whole, and the rest are pages that it links to.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Result, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use super::text;

/// Serves until the process ends; returns the address of the feed.
pub(super) fn serve(reports: u32) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let base = format!("http://{}", listener.local_addr()?);
    let feed = feed(&base, reports);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Whoever asked may have been killed.
            let _ = answer(stream, &feed);
        }
    });
    Ok(format!("{base}/feed"))
}

fn feed(base: &str, reports: u32) -> String {
    let mut items = String::new();
    for i in 0..reports {
        let content =
            if i % 2 == 0 { format!("<content:encoded>{}</content:encoded>", text(i)) } else { String::new() };
        // Writing to a string does not fail.
        let _ = write!(items, "<item><link>{base}/{i}</link><guid>{i}</guid>{content}</item>");
    }
    format!("<rss version=\"2.0\"><channel><title>Echo</title>{items}</channel></rss>")
}

fn answer(mut stream: TcpStream, feed: &str) -> Result<()> {
    let mut request = String::new();
    let mut lines = BufReader::new(stream.try_clone()?);
    while lines.read_line(&mut request)? > 2 {}
    let is_known = request.to_lowercase().contains("if-none-match: \"1\"");
    let (status, kind, body) = match request.split(' ').nth(1).unwrap_or_default().trim_start_matches('/') {
        "feed" if is_known => ("304 Not Modified", "text/plain", String::new()),
        "feed" => ("200 OK\r\nETag: \"1\"", "application/rss+xml", feed.to_owned()),
        path => match path.parse() {
            Ok(number) => {
                let page = format!("<html><body><article><p>{}</p></article></body></html>", text(number));
                ("200 OK", "text/html; charset=utf-8", page)
            }
            Err(_) => ("404 Not Found", "text/plain", String::new()),
        },
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}
