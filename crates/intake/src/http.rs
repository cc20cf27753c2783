//! What a server answered: its headers, and the page or list in its body.

use std::iter;

use encoding_rs::Encoding;
use jiff::Timestamp;

use crate::arrival::Arrived;
use crate::report::undated_if_later;
use crate::wrap::{unpacked, unpacked_head};
use crate::{Arrival, Arrivals, Error, Given, Limits, Media, Raw, Why, decode, docx, feed, html, text, within};

/// A server's answer to a request.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// What it is called in messages: its address, or a place in an archive.
    pub name: &'a str,
    /// Its address.
    pub url: &'a str,
    /// The header `Content-Type`.
    pub content_type: Option<&'a str>,
    /// The body, unpacked.
    pub bytes: &'a [u8],
    /// The body goes on: these are its first bytes. Of a list, the entries in them are read.
    pub is_cut: bool,
    /// When it was given.
    pub fetched: Option<Timestamp>,
}

/// Reads what an answer holds: one report of a page or text, the entries of a feed. Its address is the report's.
pub fn answered<'a>(answer: &Answer<'a>, given: &Given, limits: &Limits) -> Arrivals<'a> {
    let Answer { name, url, content_type, bytes, is_cut, fetched } = *answer;
    let (kind, charset) = content_type.map_or((None, None), content_type_of);
    let raw = |media| Raw { name, bytes, media };
    let at = Given { url: Some(url.to_owned()), ..given.clone() };
    let limits = Limits { now: limits.now.or(fetched), ..limits.clone() };
    let report = match Media::of_type(kind.as_deref(), bytes) {
        None => return Box::new(iter::once(Ok(Arrival::Passed { place: name.to_owned(), why: Why::NoText }))),
        Some(Media::Feed) => {
            return match within(&raw(Media::Feed), limits.bytes, "a feed") {
                Ok(bytes) if is_cut => dated(feed::beginning(name, bytes, charset, &at, &limits), fetched),
                Ok(bytes) => dated(feed::feed(name, bytes, charset, &at, &limits), fetched),
                Err(error) => Box::new(iter::once(Err(error))),
            };
        }
        Some(_) if is_cut => Err(Error::TooLarge { name: name.to_owned(), limit: bytes.len(), of: "an answer" }),
        Some(Media::JsonFeed) => return dated(feed::json::feed(&raw(Media::JsonFeed), &at, &limits), fetched),
        Some(Media::Html) => html::page(&raw(Media::Html), charset, &at, &limits),
        Some(Media::Docx) => docx::document(&raw(Media::Docx), &at, &limits),
        Some(Media::Text | Media::Jsonl | Media::Warc) => text(&raw(Media::Text), charset, &at, &limits),
    };
    let arrival = report.map(|mut report| {
        // A page says of itself when it was published; it cannot have been later than it was fetched.
        if let Some(now) = limits.now.filter(|_| given.published.is_none()) {
            undated_if_later(&mut report, now);
        }
        Arrival::Report(Box::new(Arrived { report, fetched, guid: None }))
    });
    Box::new(iter::once(arrival))
}

/// Adds when reports were fetched.
fn dated<'a>(arrivals: impl Iterator<Item = Result<Arrival, Error>> + 'a, fetched: Option<Timestamp>) -> Arrivals<'a> {
    Box::new(arrivals.map(move |arrival| {
        arrival.map(|arrival| match arrival {
            Arrival::Report(arrived) => Arrival::Report(Box::new(Arrived { fetched, ..*arrived })),
            Arrival::Link(_) | Arrival::Passed { .. } => arrival,
        })
    }))
}

/// Reads a header `Content-Type`: the type in lower case, and the encoding.
fn content_type_of(header: &str) -> (Option<String>, Option<&'static Encoding>) {
    let mut parts = header.split(';');
    let kind = parts.next().map(|kind| kind.trim().to_ascii_lowercase()).filter(|kind| kind.contains('/'));
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        name.trim().eq_ignore_ascii_case("charset").then(|| Encoding::for_label(value.as_bytes()))?
    });
    (kind, charset)
}

/// Fields of a header block, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads the lines of a header block. A line that begins with a blank goes on with the one before.
    pub(crate) fn of(block: &str) -> Fields {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in block.lines() {
            match (line.starts_with([' ', '\t']), fields.last_mut(), line.split_once(':')) {
                (true, Some((_, value)), _) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                (_, _, Some((name, value))) => {
                    fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
                (_, _, None) => {}
            }
        }
        Fields(fields)
    }

    /// The value of a field, by its name in lower case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

/// Reads the status of an answer's first line: `HTTP/1.1 200 OK`.
pub(crate) fn status(line: &str) -> Option<u16> {
    let rest = line.strip_prefix("HTTP/")?;
    rest.split_ascii_whitespace().nth(1)?.parse().ok()
}

/// Takes the codings of transfer and content off a body. Archives often keep the headers of codings that are gone already.
///
/// # Errors
/// When a coding is broken, unfolds too far, or is none that is read.
pub(crate) fn body(name: &str, headers: &Fields, bytes: Vec<u8>, limits: &Limits) -> Result<Vec<u8>, Error> {
    let is_chunked =
        headers.get("transfer-encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
    let bytes = if is_chunked { dechunked(&bytes).unwrap_or(bytes) } else { bytes };
    decoded_body(name, headers.get("content-encoding"), bytes, limits)
}

/// Takes the coding that a header `Content-Encoding` names off a body.
///
/// # Errors
/// When it is broken, unfolds too far, or is none that is read.
fn decoded_body(name: &str, coding: Option<&str>, bytes: Vec<u8>, limits: &Limits) -> Result<Vec<u8>, Error> {
    let Some(coding) = coding.map(|coding| coding.trim().to_ascii_lowercase()) else { return Ok(bytes) };
    match coding.as_str() {
        "identity" | "" => Ok(bytes),
        "gzip" | "x-gzip" | "zstd" => unpacked(name, &bytes, limits.markup, limits),
        "deflate" => inflated(name, &bytes, limits),
        _ if decode::is_text(&bytes) => Ok(bytes),
        _ => {
            let coding: String = coding.chars().take(20).collect();
            Err(Error::Form { name: name.to_owned(), fault: format!("packed as {coding}, which is not read") })
        }
    }
}

/// Takes the coding off a body as `decoded_body` does. Where there are more bytes than a page may have, packed or unpacked,
/// the first ones are returned, and that there are more.
///
/// # Errors
/// When it is broken, unfolds too far, or is none that is read.
pub fn decoded_head(
    name: &str,
    coding: Option<&str>,
    mut bytes: Vec<u8>,
    limits: &Limits,
) -> Result<(Vec<u8>, bool), Error> {
    let most = limits.markup;
    let is_cut = bytes.len() > most;
    bytes.truncate(most);
    let coding = coding.map(|coding| coding.trim().to_ascii_lowercase()).unwrap_or_default();
    match coding.as_str() {
        "gzip" | "x-gzip" | "zstd" => {
            let (bytes, has_more) = unpacked_head(name, &bytes, is_cut, limits)?;
            Ok((bytes, is_cut || has_more))
        }
        "identity" | "" => Ok((bytes, is_cut)),
        _ if is_cut => Err(Error::TooLarge { name: name.to_owned(), limit: most, of: "packed data" }),
        _ => decoded_body(name, Some(&coding), bytes, limits).map(|bytes| (bytes, false)),
    }
}

/// Unpacks what is called "deflate": with the header of zlib, as it should be, or without.
fn inflated(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Error> {
    use std::io::Read as _;
    let limit = limits.markup.min(limits.slack as usize + bytes.len().saturating_mul(limits.ratio as usize));
    let mut unpacked = Vec::new();
    let zlib = flate2::bufread::ZlibDecoder::new(bytes).take(limit as u64 + 1).read_to_end(&mut unpacked);
    if zlib.is_err() {
        unpacked.clear();
        let bare = flate2::bufread::DeflateDecoder::new(bytes).take(limit as u64 + 1).read_to_end(&mut unpacked);
        if bare.is_err() && decode::is_text(bytes) {
            return Ok(bytes.to_vec());
        }
        bare.map_err(|error| Error::reading(name, error))?;
    }
    match unpacked.len() > limit {
        true => Err(Error::TooLarge { name: name.to_owned(), limit, of: "unpacked data" }),
        false => Ok(unpacked),
    }
}

/// Joins the chunks of a body; none when it does not consist of chunks. One that was cut ends where it was cut.
fn dechunked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        let end = rest.iter().take(100).position(|byte| *byte == b'\n');
        let Some(end) = end else { return (!joined.is_empty()).then_some(joined) };
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(joined);
        }
        joined.extend_from_slice(&rest[..size.min(rest.len())]);
        rest = rest.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_what_has_none_is_left() {
        let check = |bytes: &[u8], expected: Option<&str>| {
            assert_eq!(dechunked(bytes), expected.map(|text| text.as_bytes().to_vec()));
        };
        check(b"6\r\nTalks \r\n8;x=y\r\nare off.\r\n0\r\n\r\n", Some("Talks are off."));
        check(b"6\r\nTalks \r\n8\r\nare o", Some("Talks are o"));
        check(b"<p>Talks are off.\n", None);
        check(b"ffffffffffffffff\r\nTalks", Some("Talks"));
        check(b"fffffffffffffffff\r\nTalks", None);
    }

    #[test]
    fn headers_are_read_as_servers_write_them() {
        let fields = Fields::of("Content-Type: text/html;\r\n charset=windows-1251\r\nX\r\nETag:\r\nServer : x\r\n");
        let header = fields.get("content-type").expect("it is there");
        let (kind, charset) = content_type_of(header);
        assert_eq!((kind.as_deref(), charset.map(Encoding::name)), (Some("text/html"), Some("windows-1251")));
        assert_eq!((fields.get("etag"), fields.get("server")), (None, Some("x")));
        assert_eq!(
            (status("HTTP/1.1 404 Not Found"), status("HTTP/2 200"), status("ICY 200")),
            (Some(404), Some(200), None)
        );
    }

    #[test]
    fn of_a_body_that_is_too_long_the_beginning_is_taken() {
        use std::io::Write as _;
        let limits = Limits { markup: 5_000, ..Limits::default() };
        let words: String = (0..4_000u32).map(|i| format!("{:x} ", i.wrapping_mul(2_654_435_761))).collect();
        let gzip = |bytes: &[u8]| {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            packed.write_all(bytes).expect("memory");
            packed.finish().expect("memory")
        };
        let head =
            |coding, bytes: Vec<u8>| decoded_head("x", coding, bytes, &limits).map_err(|error| error.to_string());
        let (plain, is_cut) = head(None, words.clone().into_bytes()).expect("a beginning");
        assert!(is_cut && plain.len() == 5_000 && words.as_bytes().starts_with(&plain));
        // Too long when it is unpacked, and already before.
        for (packed, is_longer) in [(gzip(&words.as_bytes()[..6_000]), false), (gzip(words.as_bytes()), true)] {
            assert_eq!(packed.len() > 5_000, is_longer);
            let (bytes, is_cut) = head(Some("gzip"), packed).expect("a beginning");
            assert!(is_cut && bytes.len() == 5_000 && words.as_bytes().starts_with(&bytes), "{}", bytes.len());
        }
        let short = gzip(b"<p>Talks are off.");
        assert_eq!(head(Some("gzip"), short.clone()), Ok((b"<p>Talks are off.".to_vec(), false)));
        let broken = head(Some("gzip"), short[..short.len() - 9].to_vec());
        assert_eq!(broken, Err("`x`: ends inside a gzip member".to_owned()));
        let bomb = head(Some("gzip"), gzip(&vec![b' '; 40 << 20]));
        assert_eq!(
            bomb.map(|(bytes, is_cut)| (bytes.len(), is_cut)),
            Ok((5_000, true)),
            "no more is unpacked than is taken"
        );
    }

    #[test]
    fn only_lists_are_read_without_their_end() {
        let answer = |content_type, bytes| Answer {
            name: "https://e.example/",
            url: "https://e.example/",
            content_type: Some(content_type),
            bytes,
            is_cut: true,
            fetched: None,
        };
        let read = |answer| -> Vec<String> {
            let found = answered(&answer, &Given::default(), &Limits::default());
            found.map(|found| found.map_or_else(|error| error.to_string(), |_| "a link".to_owned())).collect()
        };
        let page = read(answer("text/html", b"<p>Talks are off, she said. She"));
        assert_eq!(page, ["`https://e.example/` is too large: more than 31 bytes of an answer"]);
        let list = read(answer("text/xml", b"<rss><item><link>https://e.example/1</link></item><item><li"));
        assert_eq!(list, ["a link", "https://e.example/: longer than 59 bytes: read up to item 2, and not beyond"]);
    }

    #[test]
    fn an_answer_in_a_coding_that_is_not_read_is_named() {
        let error = decoded_body("x", Some("br"), vec![0x8b, 0, 0x80, 1, 2, 3], &Limits::default()).expect_err("br");
        assert_eq!(error.to_string(), "`x`: packed as br, which is not read");
        let text = decoded_body("x", Some("br"), b"<p>Talks are off.".to_vec(), &Limits::default()).expect("text");
        assert_eq!(text, b"<p>Talks are off.");
    }
}
