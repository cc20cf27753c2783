//! XML as a row of tags and texts, from a stream, within limits. Entities are never expanded but for single characters.

use std::io::{self, BufRead, Read};

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::Limits;
use crate::utf8::Utf8;

/// A piece of XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Open(Element),
    /// The name of what ends.
    Close(String),
    /// Text, unescaped.
    Text(String),
}

/// The beginning of an element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// Its name as it is written, prefix and all.
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    /// It has no content and no closing tag.
    pub(crate) is_empty: bool,
}

impl Element {
    /// The value of an attribute, by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| local(own).eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }
}

/// A name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// XML that is read piece by piece.
pub(crate) struct Xml<R: BufRead> {
    reader: Reader<Meter<Utf8<R>>>,
    buffer: Vec<u8>,
    depth: usize,
    attributes: usize,
    /// About how many bytes the names of open elements take: the reader keeps them.
    kept: usize,
}

/// Bytes of names of elements that are never closed: a feed has none, and memory must not grow with them.
const KEPT: usize = 32 << 20;

impl<R: BufRead> Xml<R> {
    pub(crate) fn new(stream: R, encoding: Option<&'static Encoding>, limits: &Limits) -> Xml<R> {
        let meter = Meter { stream: Utf8::new(stream, encoding), left: limits.markup, most: limits.markup };
        let mut reader = Reader::from_reader(meter);
        let config = reader.config_mut();
        // Feeds in use are not always well formed; what cannot be told apart any more is an error all the same.
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Xml { reader, buffer: Vec::new(), depth: 0, attributes: limits.attributes, kept: 0 }
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// Says how many elements are open, where tags do not match.
    pub(crate) fn close_to(&mut self, depth: usize) {
        self.depth = depth;
    }

    /// Tells whether all bytes were read.
    pub(crate) fn is_at_end(&mut self) -> bool {
        self.reader.get_mut().stream.fill_buf().is_ok_and(<[u8]>::is_empty)
    }

    /// Begins to count bytes anew: between two calls, only so many are read as a page may have.
    pub(crate) fn mark(&mut self) {
        let meter = self.reader.get_mut();
        meter.left = meter.most;
    }

    /// Returns the next piece; none at the end.
    ///
    /// # Errors
    /// Says what is wrong with the XML. Nothing can be read behind it.
    pub(crate) fn next(&mut self) -> Result<Option<Node>, String> {
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| match error {
                quick_xml::Error::Io(error) => error.to_string(),
                error => format!("not XML: {error}"),
            })?;
            return Ok(Some(match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    self.kept += tag.name().as_ref().len() + 8;
                    if self.kept > KEPT {
                        return Err("too many elements are never closed".to_owned());
                    }
                    Node::Open(element(&tag, false, self.attributes))
                }
                Event::Empty(tag) => Node::Open(element(&tag, true, self.attributes)),
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.kept = self.kept.saturating_sub(tag.name().as_ref().len() + 8);
                    Node::Close(tag.name().as_ref().to_owned())
                }
                Event::Text(text) => Node::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Node::Text(text.into_inner().into_owned()),
                Event::GeneralRef(reference) => Node::Text(match reference.resolve_char_ref() {
                    Ok(Some(character)) => character.to_string(),
                    // The names of XML and HTML; others stay as they are.
                    _ => html_escape::decode_html_entities(&format!("&{};", &*reference)).into_owned(),
                }),
                Event::DocType(_) => return Err("has a DOCTYPE, which is not read".to_owned()),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }
}

fn element(tag: &BytesStart<'_>, is_empty: bool, most: usize) -> Element {
    // Attributes in disorder end the list.
    let mut attributes = tag.html_attributes();
    let attributes = attributes.with_checks(false).map_while(Result::ok).take(most);
    let attributes = attributes.map(|attribute| {
        let value = html_escape::decode_html_entities(&*attribute.value).into_owned();
        (attribute.key.as_ref().to_owned(), value)
    });
    Element { name: tag.name().as_ref().to_owned(), attributes: attributes.collect(), is_empty }
}

/// A stream of which only so much can be read at a time.
struct Meter<R> {
    stream: R,
    left: usize,
    most: usize,
}

impl<R: BufRead> BufRead for Meter<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other(format!("longer than {} bytes", self.most)));
        }
        self.stream.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count);
        self.stream.consume(count);
    }
}

impl<R: BufRead> Read for Meter<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut xml = Xml::new(text.as_bytes(), None, &Limits { markup: 1 << 10, ..Limits::default() });
        let mut found = String::new();
        loop {
            match xml.next() {
                Ok(Some(Node::Open(tag))) => {
                    let attributes: Vec<String> =
                        tag.attributes.iter().map(|(name, value)| format!(" {name}={value}")).collect();
                    found += &format!("[{}{}{}]", tag.name, attributes.concat(), if tag.is_empty { "/" } else { "" });
                }
                Ok(Some(Node::Close(name))) => found += &format!("[/{name}]"),
                Ok(Some(Node::Text(text))) => found += &text,
                Ok(None) => break,
                Err(fault) => {
                    found += &format!("! {fault}");
                    break;
                }
            }
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn pieces_come_one_by_one_and_entities_are_characters() {
        check("<?xml version='1.0'?><a b='1&amp;2'><c/>x &lt; y&#x41;&nbsp;z</a>", "[a b=1&2][c/]x < yA\u{a0}z[/a]");
        check("<a><![CDATA[<p>1 & 2]]></a><!-- x -->", "[a]<p>1 & 2[/a]");
        check("<a>Roe & Co, &unknown; x</b></a>", "[a]Roe & Co, &unknown; x[/b][/a]");
    }

    #[test]
    fn bombs_do_not_go_off() {
        let bomb = r#"<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>"#;
        check(bomb, "! has a DOCTYPE, which is not read");
        check(&format!("<a>{}", "x".repeat(2_000)), "[a]! longer than 1024 bytes");
        check("<a><!-- ", "[a]! not XML: syntax error: comment not closed: `-->` not found before end of input");
    }
}
