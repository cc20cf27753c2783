//! From bytes to text: byte order marks, declared and guessed encodings, and what is no text at all.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::media::foreign;
use crate::{Error, Media};

/// A text with the doubts that decoding left.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) doubts: Vec<String>,
}

/// Share of bytes that may be broken in a file taken for UTF-8: one in 200 is a typing or copying fault, more is another
/// encoding or no text.
const BROKEN: usize = 200;

/// Bytes looked at to tell text from other data and to find a page's declared encoding. Browsers look at 1,024 for the latter;
/// saved pages often have scripts before it.
const HEAD: usize = 8 << 10;

/// Decodes a file, whose encoding a server may have told. Only a byte order mark is taken away; nothing else is trimmed or
/// changed.
pub(crate) fn decode<'a>(
    name: &str,
    bytes: &'a [u8],
    media: Media,
    charset: Option<&'static Encoding>,
) -> Result<Decoded<'a>, Error> {
    if bytes.trim_ascii().is_empty() {
        return Err(Error::Empty { name: name.to_owned() });
    }
    if let Some(what) = foreign(bytes) {
        return Err(Error::NotText { name: name.to_owned(), what });
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return whole(name, encoding, &bytes[mark..]);
    }
    if let Some(encoding) = wide(bytes) {
        return whole(name, encoding, bytes);
    }
    if is_binary(bytes) {
        return Err(Error::NotText { name: name.to_owned(), what: "binary data" });
    }
    // Valid UTF-8 with any character beyond ASCII is hardly ever anything else, whatever a page declares.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: Cow::Borrowed(text), doubts: nuls(text) });
    }
    let declared = charset.or_else(|| (media == Media::Html).then(|| declared(bytes)).flatten());
    if declared.is_none_or(|declared| declared == UTF_8) {
        let (text, _, _) = UTF_8.decode(bytes);
        let broken = text.matches('\u{FFFD}').count();
        if broken * BROKEN <= bytes.len().max(BROKEN) && text.chars().any(|c| !c.is_ascii() && c != '\u{FFFD}')
            || declared.is_some()
        {
            let mut doubts = nuls(&text);
            doubts.push(format!("the text is not valid UTF-8 in {broken} places: they are replaced by \u{FFFD}"));
            return Ok(Decoded { text, doubts });
        }
    }
    let encoding = declared.unwrap_or_else(|| {
        let mut guess = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        guess.feed(bytes, true);
        guess.guess(None, chardetng::Utf8Detection::Deny)
    });
    let mut decoded = whole(name, encoding, bytes)?;
    if declared.is_none() {
        decoded.doubts.push(format!("the text is not UTF-8 and names no encoding: read as {}", encoding.name()));
    }
    Ok(decoded)
}

/// Decodes in an encoding that is settled.
fn whole<'a>(name: &str, encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Decoded<'a>, Error> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if text.trim().is_empty() {
        return Err(Error::Empty { name: name.to_owned() });
    }
    let mut doubts = nuls(&text);
    if broken {
        let places = text.matches('\u{FFFD}').count();
        doubts.push(format!(
            "the text is not valid {} in {places} places: they are replaced by \u{FFFD}",
            encoding.name()
        ));
    }
    Ok(Decoded { text, doubts })
}

/// Says that a text has NUL characters.
fn nuls(text: &str) -> Vec<String> {
    match text.matches('\0').count() {
        0 => Vec::new(),
        count => vec![format!("the text has {count} NUL characters")],
    }
}

/// Finds UTF-16 without a byte order mark: text of any European language has a NUL in nearly every second byte.
pub(crate) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    if head.len() < 16 {
        return None;
    }
    let nuls = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (nuls(0), nuls(1), head.len() / 2);
    match () {
        () if odd * 10 > half * 8 && even * 10 < half => Some(UTF_16LE),
        () if even * 10 > half * 8 && odd * 10 < half => Some(UTF_16BE),
        () => None,
    }
}

/// Tells whether bytes can be a text.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    foreign(bytes).is_none() && !is_binary(bytes)
}

/// Tells whether control bytes are too many for a text.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    // Escape stands in ISO-2022 encodings; form feed and the rest of the white space stand in old agency files.
    let odd = head.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    odd * 20 > head.len()
}

/// Finds the encoding that a page declares in a `<meta>` element or its XML declaration.
pub(crate) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let key: &[u8] = if head.starts_with(b"<?xml") { b"encoding" } else { b"charset" };
    let at = head.windows(key.len()).position(|window| window == key)? + key.len();
    let rest = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end =
        rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte))).unwrap_or(rest.len());
    // A page that says UTF-16 in ASCII is not in UTF-16.
    Encoding::for_label(&rest[..end]).map(|found| if found == UTF_16LE || found == UTF_16BE { UTF_8 } else { found })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], media: Media) -> (String, Vec<String>) {
        let decoded = decode("a.txt", bytes, media, None).expect("it is text");
        (decoded.text.into_owned(), decoded.doubts)
    }

    #[test]
    fn legacy_pages_are_read_by_their_declaration() {
        let page = b"<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'><p>\x93Caf\xe9\x94";
        assert!(text(page, Media::Html).0.ends_with("“Café”"));
        let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode("<meta charset=\"windows-1251\"><p>Москва");
        assert!(text(&cyrillic, Media::Html).0.ends_with("Москва"));
    }

    #[test]
    fn a_text_without_declaration_is_guessed_and_said_so() {
        let plain = b"The minister\x92s caf\xe9 bill, \x93a scandal\x94, was paid on Monday.";
        let (text, doubts) = text(plain, Media::Text);
        assert_eq!(text, "The minister’s café bill, “a scandal”, was paid on Monday.");
        assert_eq!(doubts, ["the text is not UTF-8 and names no encoding: read as windows-1252"]);
    }

    #[test]
    fn a_few_broken_bytes_are_replaced_and_noted() {
        let mut bytes = "“We are leaving,” said Roe. ".repeat(20).into_bytes();
        bytes[30] = 0xFF;
        let (text, doubts) = text(&bytes, Media::Text);
        assert!(text.contains('\u{FFFD}'));
        assert_eq!(doubts.len(), 1);
        assert!(doubts[0].starts_with("the text is not valid UTF-8 in 1 places"), "{doubts:?}");
    }

    #[test]
    fn marks_go_and_wide_text_is_read() {
        assert_eq!(text(b"\xef\xbb\xbf x \n", Media::Text).0, " x \n");
        let wide: Vec<u8> = "Ministers met in London.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&wide, Media::Text).0, "Ministers met in London.");
        assert_eq!(text(&[&[0xFF, 0xFE][..], &wide].concat(), Media::Text).0, "Ministers met in London.");
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        let error = |bytes: &[u8]| decode("x.txt", bytes, Media::Text, None).expect_err("it is no text").to_string();
        assert_eq!(error(b""), "`x.txt` is empty");
        assert_eq!(error(b" \r\n\t"), "`x.txt` is empty");
        assert_eq!(error(&[0; 400]), "`x.txt` is binary data, not a report's text");
        assert_eq!(error(b"\x1f\x8b\x08\0\0"), "`x.txt` is a gzip archive, not a report's text");
        let (text, doubts) = text(b"Ministers met\0 in London on Monday, said Roe.", Media::Text);
        assert!(text.contains('\0'));
        assert_eq!(doubts, ["the text has 1 NUL characters"]);
    }
}
