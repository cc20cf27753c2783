//! A page's markup as a row of tags and texts, in one pass and without a tree. What cannot be fooled into long work.

use std::borrow::Cow;

/// A piece of markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// `<p class=x>`
    Open(Tag<'a>),
    /// `</p>`: the name.
    Close(&'a str),
    /// Text between tags, undecoded.
    Text(&'a str),
    /// What stands inside a script, style, title or the like: no markup.
    Raw(&'a str),
    /// Comments and declarations.
    Other(&'a str),
}

/// A tag that opens an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    pub(crate) name: &'a str,
    /// Everything between the name and the closing bracket.
    pub(crate) inside: &'a str,
}

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

/// Elements that have no content and no closing tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "frame", "basefont", "bgsound", "keygen",
];

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tr",
    "ul",
];

/// Longest text that an attribute is decoded to. No metadata that we read is longer.
pub(crate) const VALUE: usize = 4_096;

impl<'a> Tag<'a> {
    /// Tells whether the element has this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Tells whether the element can have content.
    pub(crate) fn is_void(&self) -> bool {
        one_of(self.name, VOID)
    }

    /// Tells whether the element holds JSON-LD.
    pub(crate) fn is_linked(&self) -> bool {
        self.is("script") && self.attribute("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
    }

    /// Returns an attribute, decoded and trimmed; an attribute that stands twice counts once.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let (_, value) = self.attributes().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        let value = &value[..value.floor_char_boundary(VALUE)];
        Some(match html_escape::decode_html_entities(value) {
            Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
            Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
        })
    }

    /// The attributes' names and undecoded values.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.inside;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            // The first character belongs to the name even if it is "=".
            let mut ends =
                rest.char_indices().skip(1).filter(|(_, c)| c.is_ascii_whitespace() || matches!(c, '=' | '/'));
            let end = ends.next().map_or(rest.len(), |(end, _)| end);
            let (name, after) = rest.split_at(end);
            let Some(value) = after.trim_start().strip_prefix('=') else {
                rest = after;
                return Some((name, ""));
            };
            let value = value.trim_start();
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
            };
            rest = after;
            Some((name, value))
        })
    }
}

/// Tells whether a name is one of a list.
pub(crate) fn one_of(name: &str, list: &[&str]) -> bool {
    list.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// Tells whether an element begins and ends a paragraph.
pub(crate) fn is_block(name: &str) -> bool {
    one_of(name, BLOCKS)
}

/// Cuts markup into pieces.
pub(crate) fn pieces(markup: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    let mut raw: Option<&str> = None;
    std::iter::from_fn(move || {
        let rest = &markup[at..];
        if rest.is_empty() {
            return None;
        }
        if let Some(name) = raw.take() {
            let end = close_of(rest, name);
            if end > 0 {
                at += end;
                return Some(Piece::Raw(&rest[..end]));
            }
        }
        let (piece, used) = piece(rest);
        at += used;
        if let Piece::Open(tag) = piece {
            raw = RAW.iter().copied().find(|name| tag.is(name));
        }
        Some(piece)
    })
}

/// Reads the piece at the beginning of a text that is not empty.
fn piece(rest: &str) -> (Piece<'_>, usize) {
    let bytes = rest.as_bytes();
    if bytes[0] != b'<' {
        let end = rest.find('<').unwrap_or(rest.len());
        return (Piece::Text(&rest[..end]), end);
    }
    match bytes.get(1) {
        Some(b'!') if rest.starts_with("<!--") => {
            let end = rest[2..].find("-->").map_or(rest.len(), |end| end + 5);
            (Piece::Other(&rest[..end]), end)
        }
        Some(b'!' | b'?') => {
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            (Piece::Other(&rest[..end]), end)
        }
        Some(b'/') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => {
            let end = rest.find('>').unwrap_or(rest.len());
            let name = &rest[2..end];
            let name = &name[..name.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(name.len())];
            (Piece::Close(name), (end + 1).min(rest.len()))
        }
        Some(letter) if letter.is_ascii_alphabetic() => {
            let end = tag_end(bytes);
            let inside = &rest[1..end];
            let split = inside.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inside.len());
            let (name, inside) = inside.split_at(split);
            (Piece::Open(Tag { name, inside }), (end + 1).min(rest.len()))
        }
        // A lone bracket is text.
        _ => {
            let end = rest[1..].find('<').map_or(rest.len(), |end| end + 1);
            (Piece::Text(&rest[..end]), end)
        }
    }
}

/// Finds the bracket that closes a tag; one inside a quoted value does not.
fn tag_end(bytes: &[u8]) -> usize {
    let mut quote = None;
    let mut value_begins = false;
    for (i, byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return i,
            (None, b'"' | b'\'') if value_begins => quote = Some(*byte),
            (None, _) => {}
        }
        value_begins = *byte == b'=' || value_begins && byte.is_ascii_whitespace();
    }
    bytes.len()
}

/// Finds where the closing tag of an element without markup begins.
fn close_of(rest: &str, name: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut from = 0;
    while let Some(found) = rest[from..].find("</") {
        let at = from + found;
        let after = &bytes[at + 2..];
        if after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return at;
        }
        from = at + 2;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_cut_where_browsers_cut_it() {
        let found: Vec<Piece<'_>> =
            pieces("<P class='a>b' id=x>1 < 2<br/><!-- <p> --><script>if (a</b) '<p>'</SCRIPT></p>é").collect();
        let open = |name, inside| Piece::Open(Tag { name, inside });
        assert_eq!(
            found,
            [
                open("P", " class='a>b' id=x"),
                Piece::Text("1 "),
                Piece::Text("< 2"),
                open("br", "/"),
                Piece::Other("<!-- <p> -->"),
                open("script", ""),
                Piece::Raw("if (a</b) '<p>'"),
                Piece::Close("SCRIPT"),
                Piece::Close("p"),
                Piece::Text("é"),
            ]
        );
    }

    #[test]
    fn attributes_are_read_quoted_or_not() {
        let tag = Tag { name: "meta", inside: " itemprop=datePublished CONTENT = \"A &amp; B\" é='1' disabled /" };
        assert_eq!(tag.attribute("content").as_deref(), Some("A & B"));
        assert_eq!(tag.attribute("itemprop").as_deref(), Some("datePublished"));
        assert_eq!(tag.attribute("é").as_deref(), Some("1"));
        assert_eq!(tag.attribute("disabled").as_deref(), Some(""));
        assert_eq!(tag.attribute("href"), None);
    }

    #[test]
    fn markup_that_never_ends_ends() {
        for markup in ["<", "</", "<a", "<a b='", "<!--", "<!", "<script>x", "<title", "</a", "<é>", "a<"] {
            assert!(pieces(markup).count() <= 3, "{markup}");
        }
    }
}
