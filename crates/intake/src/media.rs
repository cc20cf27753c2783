//! What kind of file some bytes are: by name first, then by their first bytes.

use std::path::Path;

use crate::Error;
use crate::wrap::unwrapped_name;

/// A kind of file that intake reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// Plain text: one report.
    Text,
    /// A web page: one report.
    Html,
    /// One JSON object per line: a report each.
    Jsonl,
    /// A Word document: one report.
    Docx,
    /// An XML list of reports or of links: RSS, Atom, a sitemap, OPML.
    Feed,
    /// A JSON Feed.
    JsonFeed,
    /// A web archive: pages as servers answered them.
    Warc,
}

/// First bytes of files that are no text, whatever their name says.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive (or a Word or EPUB document)"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
];

/// First bytes of a zip archive.
const ZIP: &[u8] = b"PK\x03\x04";

/// How XML lists begin that have no declaration.
const ROOTS: &[&[u8]] = &[b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex", b"<opml"];

impl Media {
    /// Finds the kind of a file by its name, and by its bytes where the name says nothing.
    ///
    /// # Errors
    /// When the bytes are those of an archive, image or other known file, whatever the name says.
    pub fn of(name: &str, bytes: &[u8]) -> Result<Media, Error> {
        let named = Media::of_name(name);
        if let Some(what) = foreign(bytes) {
            // A Word document is a zip archive.
            return match (named, bytes.starts_with(ZIP)) {
                (Some(Media::Docx), true) => Ok(Media::Docx),
                (None, true) if name == "-" => Ok(Media::Docx),
                (_, _) => Err(Error::NotText { name: name.to_owned(), what }),
            };
        }
        match named {
            Some(Media::Docx) => Err(Error::NotText { name: name.to_owned(), what: "no Word document" }),
            // A page may be in a file named ".xml".
            Some(Media::Feed) if Media::of_bytes(bytes) == Media::Html => Ok(Media::Html),
            Some(named) => Ok(named),
            None => match Media::of_bytes(bytes) {
                Media::Text if is_json(name, bytes) => {
                    let fault =
                        "JSON of a kind that is not read: expected a JSON Feed, or a report on each line".to_owned();
                    Err(Error::Form { name: name.to_owned(), fault })
                }
                media => Ok(media),
            },
        }
    }

    /// Finds the kind that a file's name says, if it says one, packed or not.
    pub fn of_name(name: &str) -> Option<Media> {
        let extension = Path::new(unwrapped_name(name)).extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "text" | "md" => Some(Media::Text),
            "html" | "htm" | "xhtml" => Some(Media::Html),
            "jsonl" | "ndjson" => Some(Media::Jsonl),
            "docx" => Some(Media::Docx),
            "rss" | "atom" | "opml" | "xml" | "rdf" => Some(Media::Feed),
            "warc" => Some(Media::Warc),
            _ => None,
        }
    }

    /// Finds the kind of a server's answer by the type that it names, and by its bytes where that says nothing; none where it
    /// is no text.
    pub(crate) fn of_type(kind: Option<&str>, bytes: &[u8]) -> Option<Media> {
        let by_bytes = || foreign(bytes).is_none().then(|| Media::of_bytes(bytes));
        match kind {
            _ if !Media::may_be_text(kind) => None,
            Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document") => Some(Media::Docx),
            // Many servers call every text HTML, and feeds plain text.
            Some("text/html" | "application/xhtml+xml") => match by_bytes()? {
                Media::Feed if !bytes.trim_ascii_start().starts_with(b"<?xml") => Some(Media::Feed),
                _ => Some(Media::Html),
            },
            Some("application/feed+json" | "application/json") => by_bytes().filter(|media| *media == Media::JsonFeed),
            Some(kind) if kind.ends_with("xml") => by_bytes().map(|media| match media {
                Media::Html => Media::Html,
                _ => Media::Feed,
            }),
            Some("text/plain") | None => by_bytes(),
            Some(_) => by_bytes().filter(|media| *media != Media::Text),
        }
    }

    /// Tells whether an answer of a type, with or without its parameters, can hold a text.
    pub(crate) fn may_be_text(kind: Option<&str>) -> bool {
        let Some(kind) = kind else { return true };
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match kind.split_once('/') {
            Some(("image" | "video" | "audio" | "font" | "model", _)) => false,
            Some(("text", kind)) => !matches!(kind, "css" | "javascript" | "calendar" | "csv"),
            Some((_, kind)) => {
                kind.ends_with("xml")
                    || kind.ends_with("json")
                    || matches!(kind, "octet-stream" | "vnd.openxmlformats-officedocument.wordprocessingml.document")
            }
            None => true,
        }
    }

    /// Guesses the kind by the first bytes: markup, an object, or else text.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Media {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        let head = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
        let begins = |with: &[u8]| head.starts_with(with);
        if begins(b"<!doctype html") || begins(b"<html") || begins(b"<head") || begins(b"<body") {
            return Media::Html;
        }
        // Comments and an XML declaration may stand in front of the first element.
        if (begins(b"<!--") || begins(b"<?xml")) && head.windows(5).any(|five| five == b"<html") {
            return Media::Html;
        }
        if begins(b"warc/") {
            return Media::Warc;
        }
        let has = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
        if begins(b"<?xml") && !head.starts_with(b"<?xml-stylesheet") || ROOTS.iter().any(|root| begins(root)) {
            return Media::Feed;
        }
        if begins(b"{") && (has(b"\"https://jsonfeed.org/version/") || has(b"\"http://jsonfeed.org/version/")) {
            return Media::JsonFeed;
        }
        if begins(b"{\"") || begins(b"{ \"") {
            return Media::Jsonl;
        }
        Media::Text
    }
}

/// Tells whether a file is JSON by its name and its first byte: a text can begin with a bracket too.
fn is_json(name: &str, bytes: &[u8]) -> bool {
    let ending = Path::new(unwrapped_name(name)).extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("json")) && bytes.trim_ascii_start().starts_with(b"[")
}

/// Names the kind of file that the bytes are when that kind is no text.
pub(crate) fn foreign(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        // A text may begin with "BZh" or "ID3"; only bytes that no text has settle it.
        let short = matches!(*what, "a bzip2 archive" | "an MP3 recording" | "an Ogg recording");
        if !short || bytes[..bytes.len().min(64)].iter().any(|byte| *byte < 9) {
            return Some(what);
        }
    }
    if bytes.len() > 12 && bytes.starts_with(b"RIFF") && &bytes[8..12] == b"WEBP" {
        return Some("a WebP image");
    }
    (bytes.len() > 12 && &bytes[4..8] == b"ftyp").then_some("a film or recording")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_decides_and_the_bytes_where_it_does_not() {
        let of = |name: &str, bytes: &[u8]| Media::of(name, bytes).ok();
        assert_eq!(of("a.txt", b"<html>"), Some(Media::Text));
        assert_eq!(of("a.HTM", b"x"), Some(Media::Html));
        assert_eq!(of("-", b"\xef\xbb\xbf<!DOCTYPE HTML><p>x"), Some(Media::Html));
        assert_eq!(of("-", b"{\"text\": \"x\"}\n"), Some(Media::Jsonl));
        assert_eq!(of("-", b"{curly} words open this report"), Some(Media::Text));
        assert_eq!(of("-", b"ID3 is a tag, said Roe."), Some(Media::Text));
        assert_eq!((of("a.json", b"[[\n"), of("a", b"[Roe said]")), (None, Some(Media::Text)));
        assert_eq!(of("a.warc.gz", b"WARC/1.0"), Some(Media::Warc));
        assert_eq!(of("a.xml", b"<?xml version='1.0'?><html><p>x"), Some(Media::Html));
        assert_eq!(of("-", b"<?xml version='1.0'?><rss>"), Some(Media::Feed));
        assert_eq!(of("-", b"{\n \"version\": \"https://jsonfeed.org/version/1.1\"}"), Some(Media::JsonFeed));
        assert_eq!(
            (of("a.docx", b"PK\x03\x04"), of("a.docx", b"Talks"), of("a.zip", b"PK\x03\x04")),
            (Some(Media::Docx), None, None)
        );
    }

    #[test]
    fn an_answer_is_what_it_says_where_that_can_be() {
        let of = |kind, bytes: &[u8]| Media::of_type(Some(kind), bytes);
        assert_eq!(of("text/html", b"Talks are off."), Some(Media::Html));
        assert_eq!(of("text/html", b"<rss>"), Some(Media::Feed));
        assert_eq!(of("text/plain", b"Talks are off."), Some(Media::Text));
        assert_eq!(of("text/xml", b"<?xml version='1.0'?><feed>"), Some(Media::Feed));
        assert_eq!((of("image/png", b"x"), of("text/css", b"x"), of("application/json", b"{}")), (None, None, None));
        assert_eq!(of("text/html", b"%PDF-1.7"), None);
    }

    #[test]
    fn a_pdf_named_html_is_called_a_pdf() {
        let error = Media::of("a.html", b"%PDF-1.7\n...").expect_err("it is a PDF");
        assert_eq!(error.to_string(), "`a.html` is a PDF document, not a report's text");
    }
}
