//! A stream of text in any encoding, read as UTF-8. What is broken in it becomes U+FFFD.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

use crate::decode::{declared, wide};

/// Bytes decoded at a time.
const BLOCK: usize = 1 << 14;

/// A stream of UTF-8 made of one in another encoding.
pub(crate) struct Utf8<R> {
    stream: R,
    decoder: Option<Decoder>,
    // Invariant: `text[at..]` is still to be read.
    text: Vec<u8>,
    at: usize,
    encoding: Option<&'static Encoding>,
    ended: bool,
}

impl<R: BufRead> Utf8<R> {
    /// Reads a stream whose encoding its carrier tells, or else its byte order mark or its own first line.
    pub(crate) fn new(stream: R, encoding: Option<&'static Encoding>) -> Utf8<R> {
        Utf8 { stream, decoder: None, text: Vec::new(), at: 0, encoding, ended: false }
    }

    fn more(&mut self) -> io::Result<()> {
        self.text.resize(BLOCK, 0);
        self.at = 0;
        loop {
            let bytes = self.stream.fill_buf()?;
            let decoder = self.decoder.get_or_insert_with(|| {
                let encoding = self.encoding.or_else(|| wide(bytes)).or_else(|| declared(bytes)).unwrap_or(UTF_8);
                encoding.new_decoder()
            });
            let last = bytes.is_empty();
            let (result, read, written, _) = decoder.decode_to_utf8(bytes, &mut self.text, last);
            self.stream.consume(read);
            if written > 0 || last {
                self.text.truncate(written);
                self.ended = last && matches!(result, CoderResult::InputEmpty);
                return Ok(());
            }
        }
    }
}

impl<R: BufRead> BufRead for Utf8<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.text.len() && !self.ended {
            self.more()?;
        }
        Ok(&self.text[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.text.len());
    }
}

impl<R: BufRead> Read for Utf8<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_comes_out_as_utf_8() {
        fn check(bytes: &[u8], encoding: Option<&str>, expected: &str) {
            let encoding = encoding.and_then(|label| Encoding::for_label(label.as_bytes()));
            // Small pieces cut characters in two.
            for size in [1, 3, 4_096] {
                let mut text = String::new();
                let pieces = io::BufReader::with_capacity(size.max(256), bytes);
                Utf8::new(pieces, encoding).read_to_string(&mut text).expect("UTF-8");
                assert_eq!(text, expected);
            }
        }
        let xml = "<?xml version='1.0' encoding='windows-1251'?><rss>Москва";
        check(&encoding_rs::WINDOWS_1251.encode(xml).0, None, xml);
        check("\u{FEFF}<rss>“Café”".as_bytes(), None, "<rss>“Café”");
        check(b"<rss>Caf\xe9", Some("latin1"), "<rss>Café");
        check(b"<rss>Caf\xe9 x", None, "<rss>Caf\u{FFFD} x");
        let wide: Vec<u8> = "<rss>Ministers met in London.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&wide, None, "<rss>Ministers met in London.");
        check("“Café”".repeat(10_000).as_bytes(), None, &"“Café”".repeat(10_000));
        check(b"", None, "");
    }
}
