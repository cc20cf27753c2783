//! Markup made safe for a tree builder, whose time grows with the square of depth and of open formatting.

use std::borrow::Cow;

use crate::Limits;
use crate::html::tags::{Piece, Tag, pieces};

/// Markup within the limits, and what was done to it.
#[derive(Debug)]
pub(crate) struct Tame<'a> {
    pub(crate) markup: Cow<'a, str>,
    /// Tags that were dropped because they were nested too deep.
    pub(crate) dropped: usize,
    /// Elements in it.
    pub(crate) elements: usize,
}

/// Elements that go on after a block they were not closed in, and so pile up.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that close an open paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
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
    "ul",
    "dd",
    "dt",
];

/// Elements that a like one closes, up to the list or table around them.
const ITEMS: &[(&[&str], &[&str])] = &[
    (&["li"], &["ul", "ol", "menu", "dir"]),
    (&["dt", "dd"], &["dl"]),
    (&["td", "th"], &["tr", "table"]),
    (&["tr"], &["table", "tbody", "thead", "tfoot"]),
    (&["option"], &["select", "datalist", "optgroup"]),
];

/// The elements open at a place, as far as nesting goes.
#[derive(Default)]
struct Open<'a> {
    names: Vec<&'a str>,
    foreign: usize,
}

fn one_of(name: &str, list: &[&str]) -> bool {
    list.iter().any(|other| name.eq_ignore_ascii_case(other))
}

impl<'a> Open<'a> {
    /// Closes what a tag closes by coming; returns how many elements that are.
    fn implied(&self, name: &str) -> usize {
        if let Some((items, around)) = ITEMS.iter().find(|(items, _)| one_of(name, items)) {
            let end = self.names.iter().rposition(|open| one_of(open, around)).map_or(0, |at| at + 1);
            if let Some(at) = self.names[end..].iter().position(|open| one_of(open, items)) {
                return self.names.len() - end - at;
            }
        }
        let paragraph = one_of(name, BLOCKS) && self.names.last().is_some_and(|open| open.eq_ignore_ascii_case("p"));
        usize::from(paragraph)
    }

    /// How many elements a closing tag closes; none where its element is not open.
    fn closed(&self, name: &str) -> usize {
        self.names.iter().rposition(|open| open.eq_ignore_ascii_case(name)).map_or(0, |at| self.names.len() - at)
    }

    fn pop(&mut self, count: usize) -> impl Iterator<Item = &'a str> {
        let gone = self.names.split_off(self.names.len() - count);
        self.foreign -= gone.iter().filter(|name| one_of(name, &["svg", "math"])).count();
        gone.into_iter().rev()
    }

    fn push(&mut self, tag: &Tag<'a>) {
        self.foreign += usize::from(one_of(tag.name, &["svg", "math"]));
        self.names.push(tag.name);
    }

    fn is_leaf(&self, tag: &Tag<'_>) -> bool {
        tag.is_void() || self.foreign > 0 && tag.inside.ends_with('/')
    }
}

/// Brings markup within the limits. What already is stays as it is, byte for byte.
pub(crate) fn tame<'a>(markup: &'a str, limits: &Limits) -> Tame<'a> {
    let mut open = Open::default();
    let (mut deepest, mut elements, mut left_open, mut crowded) = (0, 0, 0, false);
    for piece in pieces(markup) {
        match piece {
            Piece::Open(tag) => {
                elements += 1;
                crowded = crowded
                    || tag.inside.len() > limits.attributes && tag.attributes().nth(limits.attributes).is_some();
                let implied = open.implied(tag.name);
                left_open += open.pop(implied).filter(|name| one_of(name, FORMATTING)).count();
                // One more than the limit is deep enough to know; without a bound each closing tag would search long.
                if !open.is_leaf(&tag) && open.names.len() <= limits.depth {
                    open.push(&tag);
                    deepest = deepest.max(open.names.len());
                }
            }
            Piece::Close(name) => {
                let closed = open.closed(name);
                let formatting = open.pop(closed).filter(|name| one_of(name, FORMATTING)).count();
                left_open += formatting - usize::from(closed > 0 && one_of(name, FORMATTING));
            }
            Piece::Text(_) | Piece::Raw(_) | Piece::Other => {}
        }
    }
    if deepest <= limits.depth && left_open <= limits.depth && !crowded {
        return Tame { markup: Cow::Borrowed(markup), dropped: 0, elements };
    }
    rewrite(markup, limits, elements)
}

/// Writes the markup anew: every element closed inside the one around it, none nested too deep.
fn rewrite<'a>(markup: &'a str, limits: &Limits, elements: usize) -> Tame<'a> {
    let mut open = Open::default();
    let mut out = String::with_capacity(markup.len());
    let mut dropped = 0;
    let close = |out: &mut String, names: &mut dyn Iterator<Item = &'a str>| {
        for name in names {
            out.push_str("</");
            out.push_str(name);
            out.push('>');
        }
    };
    for piece in pieces(markup) {
        match piece {
            Piece::Open(tag) => {
                let implied = open.implied(tag.name);
                close(&mut out, &mut open.pop(implied));
                let leaf = open.is_leaf(&tag);
                if open.names.len() >= limits.depth && !leaf {
                    dropped += 1;
                    continue;
                }
                out.push('<');
                out.push_str(tag.name);
                for (name, value) in tag.attributes().take(limits.attributes) {
                    let quote = if value.contains('"') { '\'' } else { '"' };
                    out.extend([" ", name, "="]);
                    out.push(quote);
                    out.push_str(value);
                    out.push(quote);
                }
                out.push_str(if leaf { "/>" } else { ">" });
                if !leaf {
                    open.push(&tag);
                }
            }
            Piece::Close(name) => {
                let closed = open.closed(name);
                close(&mut out, &mut open.pop(closed));
            }
            Piece::Text(text) | Piece::Raw(text) => out.push_str(text),
            Piece::Other => {}
        }
    }
    Tame { markup: Cow::Owned(out), dropped, elements }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markup: &str, depth: usize, expected: &str) {
        let limits = Limits { depth, ..Limits::default() };
        assert_eq!(tame(markup, &limits).markup, expected);
    }

    #[test]
    fn deeper_tags_go_and_their_text_stays() {
        check("<div><b><i>deep</i></b></div>", 2, "<div><b>deep</b></div>");
        check("<p>one<p>two<p>three", 2, "<p>one<p>two<p>three");
        check("<ul><li>a<li>b<li>c</ul>", 2, "<ul><li>a<li>b<li>c</ul>");
    }

    #[test]
    fn formatting_left_open_does_not_pile_up() {
        let markup = "<div><b id=1>x</div>".repeat(3);
        check(&markup, 2, &"<div><b id=\"1\">x</b></div>".repeat(3));
    }

    #[test]
    fn attributes_without_end_are_cut() {
        let markup = format!("<p {}>x</p>", "a=1 ".repeat(300));
        let tamed = tame(&markup, &Limits::default());
        assert_eq!(tamed.markup.matches("a=").count(), 128);
    }
}
