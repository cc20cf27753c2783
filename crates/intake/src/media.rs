//! What kind of file some bytes are: by name first, then by their first bytes.

use std::path::Path;

use crate::Error;

/// A kind of file that intake reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// Plain text: one report.
    Text,
    /// A web page: one report.
    Html,
    /// One JSON object per line: a report each.
    Jsonl,
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

impl Media {
    /// Finds the kind of a file by its name, and by its bytes where the name says nothing.
    ///
    /// # Errors
    /// When the bytes are those of an archive, image or other known file, whatever the name says.
    pub fn of(name: &str, bytes: &[u8]) -> Result<Media, Error> {
        if let Some(what) = foreign(bytes) {
            return Err(Error::NotText { name: name.to_owned(), what });
        }
        Ok(Media::of_name(name).unwrap_or_else(|| Media::of_bytes(bytes)))
    }

    /// Finds the kind that a file's name says, if it says one.
    pub fn of_name(name: &str) -> Option<Media> {
        let extension = Path::new(name).extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "text" | "md" => Some(Media::Text),
            "html" | "htm" | "xhtml" => Some(Media::Html),
            "jsonl" | "ndjson" => Some(Media::Jsonl),
            _ => None,
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
        if begins(b"{\"") || begins(b"{ \"") {
            return Media::Jsonl;
        }
        Media::Text
    }
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
    }

    #[test]
    fn a_pdf_named_html_is_called_a_pdf() {
        let error = Media::of("a.html", b"%PDF-1.7\n...").expect_err("it is a PDF");
        assert_eq!(error.to_string(), "`a.html` is a PDF document, not a report's text");
    }
}
