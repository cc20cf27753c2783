//! Markup made safe for a tree builder, whose time grows with the square of depth and of open formatting.

use std::borrow::Cow;

use crate::Limits;
use crate::html::tags::{Piece, Tag, VALUE, is_block, one_of, pieces};

/// Markup within the limits, and what was done to it.
#[derive(Debug)]
pub(crate) struct Tame<'a> {
    pub(crate) markup: Cow<'a, str>,
    /// Tags that were dropped because they were nested too deep.
    pub(crate) dropped: usize,
    /// Why no tree can be built of it: then it is as it was.
    pub(crate) excess: Option<Excess>,
}

/// What a page has too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Excess {
    Elements,
    Bytes,
}

/// Elements that go on after a block they were not closed in, and so pile up.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that are no HTML inside.
const FOREIGN: &[&str] = &["svg", "math"];

/// Elements beside blocks and formatting that end those.
const BREAKING: &[&str] = &["br", "embed", "head", "img", "meta", "ruby", "span", "sub", "sup", "var"];

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

impl<'a> Open<'a> {
    /// Closes what a tag closes by coming; returns how many elements that are.
    fn implied(&self, name: &str) -> usize {
        // HTML within a drawing or formula ends it.
        if self.foreign > 0 && (is_block(name) || one_of(name, FORMATTING) || one_of(name, BREAKING)) {
            let at = self.names.iter().position(|open| one_of(open, FOREIGN));
            return at.map_or(0, |at| self.names.len() - at);
        }
        if let Some((items, around)) = ITEMS.iter().find(|(items, _)| one_of(name, items)) {
            let end = self.names.iter().rposition(|open| one_of(open, around)).map_or(0, |at| at + 1);
            if let Some(at) = self.names[end..].iter().position(|open| one_of(open, items)) {
                return self.names.len() - end - at;
            }
        }
        let paragraph = is_block(name) && self.names.last().is_some_and(|open| open.eq_ignore_ascii_case("p"));
        usize::from(paragraph)
    }

    /// How many elements a closing tag closes; none where its element is not open.
    fn closed(&self, name: &str) -> usize {
        self.names.iter().rposition(|open| open.eq_ignore_ascii_case(name)).map_or(0, |at| self.names.len() - at)
    }

    fn pop(&mut self, count: usize) -> impl Iterator<Item = &'a str> {
        let gone = self.names.split_off(self.names.len() - count);
        self.foreign -= gone.iter().filter(|name| one_of(name, FOREIGN)).count();
        gone.into_iter().rev()
    }

    fn push(&mut self, tag: &Tag<'a>) {
        self.foreign += usize::from(one_of(tag.name, FOREIGN));
        self.names.push(tag.name);
    }

    fn is_leaf(&self, tag: &Tag<'_>) -> bool {
        tag.is_void() || self.foreign > 0 && tag.inside.ends_with('/')
    }
}

/// What a tree of some markup would hold, and what it would cost to build it.
#[derive(Default)]
struct Measure {
    /// Elements that are not nested too deep.
    elements: usize,
    /// Bytes of tags, text and JSON-LD, each no more than would be kept of it.
    bytes: usize,
    /// Bytes of other scripts, of styles and of comments.
    hidden: usize,
    linked: usize,
    /// Comments, and closing tags that close nothing.
    loose: usize,
    deepest: usize,
    /// Formatting elements that were left open in all.
    left_open: usize,
    /// Copies of them that the builder makes: one of each still open in every later block.
    copies: usize,
    /// A tag has too many attributes, or too long ones.
    is_crowded: bool,
}

impl Measure {
    fn of(markup: &str, limits: &Limits) -> Measure {
        let mut sum = Measure::default();
        let mut open = Open::default();
        let mut raw = None;
        let mut still_open = 0;
        for piece in pieces(markup) {
            match piece {
                Piece::Open(tag) => {
                    let is_long = tag.inside.len() > limits.tag;
                    sum.is_crowded |= is_long
                        || tag.inside.len() > limits.attributes && tag.attributes().nth(limits.attributes).is_some();
                    let implied = open.implied(tag.name);
                    let left = open.pop(implied).filter(|name| one_of(name, FORMATTING)).count();
                    (sum.left_open, still_open) = (sum.left_open + left, still_open + left);
                    sum.copies += if is_block(tag.name) { still_open } else { 0 };
                    // One more than the limit is deep enough to know; without a bound each closing tag would search long.
                    let is_leaf = open.is_leaf(&tag);
                    if is_leaf || open.names.len() <= limits.depth {
                        sum.elements += 1;
                        sum.bytes += tag.name.len() + tag.inside.len().min(limits.tag);
                        raw = Some(tag);
                    }
                    if !is_leaf && open.names.len() <= limits.depth {
                        open.push(&tag);
                        sum.deepest = sum.deepest.max(open.names.len());
                    }
                }
                Piece::Close(name) => {
                    let closed = open.closed(name);
                    let left = open.pop(closed).filter(|name| one_of(name, FORMATTING)).count();
                    let is_formatting = one_of(name, FORMATTING);
                    // Where others are closed with it, the builder may know better than to close it.
                    let left = left - usize::from(closed == 1 && is_formatting);
                    (sum.left_open, still_open) = (sum.left_open + left, still_open + left);
                    if closed == 0 {
                        sum.loose += 1;
                        still_open -= usize::from(is_formatting && still_open > 0);
                    }
                }
                Piece::Text(text) => {
                    sum.bytes += text.len();
                    // The builder keeps a complaint about each lone bracket.
                    sum.elements += usize::from(text.starts_with('<'));
                }
                Piece::Raw(text) => match raw.map(|tag| Content::of(&tag)) {
                    Some(Content::Linked) => sum.linked += text.len(),
                    Some(Content::Hidden) => sum.hidden += text.len(),
                    Some(Content::Kept) | None => sum.bytes += text.len(),
                },
                Piece::Other(text) => {
                    sum.loose += 1;
                    sum.hidden += text.len();
                }
            }
        }
        sum
    }

    /// Tells what there is too much of for a tree.
    fn excess(&self, limits: &Limits) -> Option<Excess> {
        match () {
            () if self.elements > limits.elements => Some(Excess::Elements),
            () if self.bytes > limits.tree => Some(Excess::Bytes),
            () => None,
        }
    }

    /// Tells whether a tree can be built of the markup as it is.
    fn is_tame(&self, limits: &Limits) -> bool {
        !self.is_crowded
            && self.deepest <= limits.depth
            && self.left_open <= limits.depth
            && self.copies.max(self.loose) <= limits.elements
            && self.hidden <= limits.hidden
            && self.linked <= limits.linked
    }
}

/// What an element without markup holds.
enum Content {
    Linked,
    Hidden,
    Kept,
}

impl Content {
    fn of(tag: &Tag<'_>) -> Content {
        match () {
            () if tag.is_linked() => Content::Linked,
            () if tag.is("script") || tag.is("style") => Content::Hidden,
            () => Content::Kept,
        }
    }
}

/// Brings markup within the limits. What already is stays as it is, byte for byte.
pub(crate) fn tame<'a>(markup: &'a str, limits: &Limits) -> Tame<'a> {
    let sum = Measure::of(markup, limits);
    let excess = sum.excess(limits);
    if excess.is_some() || sum.is_tame(limits) {
        return Tame { markup: Cow::Borrowed(markup), dropped: 0, excess };
    }
    rewrite(markup, limits, &sum)
}

/// Writes the markup anew: every element closed inside the one around it, none nested too deep, nothing that is too long.
fn rewrite<'a>(markup: &'a str, limits: &Limits, sum: &Measure) -> Tame<'a> {
    let mut open = Open::default();
    let mut out = String::new();
    let mut dropped = 0;
    let mut raw = None;
    let close = |out: &mut String, names: &mut dyn Iterator<Item = &'a str>| {
        for name in names {
            out.extend(["</", name, ">"]);
        }
    };
    for piece in pieces(markup) {
        match piece {
            Piece::Open(tag) => {
                let implied = open.implied(tag.name);
                close(&mut out, &mut open.pop(implied));
                let leaf = open.is_leaf(&tag);
                let is_too_deep = open.names.len() >= limits.depth && !leaf;
                raw = Some(tag).filter(|_| !is_too_deep);
                if is_too_deep {
                    dropped += 1;
                    continue;
                }
                out.extend(["<", tag.name]);
                attributes(&tag, limits, &mut out);
                out.push_str(if leaf { "/>" } else { ">" });
                if !leaf {
                    open.push(&tag);
                }
            }
            Piece::Close(name) => {
                let closed = open.closed(name);
                close(&mut out, &mut open.pop(closed));
            }
            Piece::Text(text) => out.push_str(text),
            Piece::Raw(text) => {
                // What a tag hid that was dropped must not come to light.
                let is_kept = raw.is_some_and(|tag| match Content::of(&tag) {
                    Content::Linked => sum.linked <= limits.linked,
                    Content::Hidden => sum.hidden <= limits.hidden,
                    Content::Kept => true,
                });
                out.push_str(if is_kept { text } else { "" });
            }
            Piece::Other(_) => {}
        }
    }
    Tame { markup: Cow::Owned(out), dropped, excess: None }
}

/// Writes the attributes of a tag, without those that are too many or too long.
fn attributes(tag: &Tag<'_>, limits: &Limits, out: &mut String) {
    let is_long = tag.inside.len() > limits.tag;
    let mut room = limits.tag;
    for (name, value) in tag.attributes().filter(|(_, value)| !is_long || value.len() < VALUE).take(limits.attributes) {
        let Some(left) = room.checked_sub(name.len() + value.len()) else { continue };
        room = left;
        let quote = if value.contains('"') { "'" } else { "\"" };
        out.extend([" ", name, "=", quote, value, quote]);
    }
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

    #[test]
    fn what_no_reader_sees_goes_where_it_is_too_much() {
        let limits = Limits { hidden: 10, linked: 60, ..Limits::default() };
        let linked = "<script type=\"application/ld+json\">{\"@type\": \"Article\"}</script>";
        let markup = format!("{linked}<script>var a, b, c</script><!-- x --><p>x</p>");
        assert_eq!(tame(&markup, &limits).markup, format!("{linked}<script></script><p>x</p>"));
        let limits = Limits { linked: 10, ..Limits::default() };
        assert_eq!(tame(linked, &limits).markup, "<script type=\"application/ld+json\"></script>");
        let limits = Limits { elements: 2, ..Limits::default() };
        assert_eq!(tame("<p>a</b></i></u>b</p>", &limits).markup, "<p>ab</p>");
    }

    #[test]
    fn a_script_in_a_tag_that_is_dropped_goes_with_it() {
        check("<div><p><script>var a</script>x</p></div>", 2, "<div><p>x</p></div>");
    }

    #[test]
    fn a_long_tag_keeps_its_short_attributes() {
        let limits = Limits { tag: 5_000, ..Limits::default() };
        let long = format!("<p id=1 a='{}' class=x>x</p>", "y".repeat(5_000));
        assert_eq!(tame(&long, &limits).markup, "<p id=\"1\" class=\"x\">x</p>");
    }

    #[test]
    fn formatting_that_each_block_would_copy_is_closed() {
        let limits = Limits { elements: 20, ..Limits::default() };
        let markup = format!("<div><b id=1><b id=2><b id=3>x</div>{}", "<p>x</p>".repeat(10));
        assert!(
            tame(&markup, &limits)
                .markup
                .starts_with("<div><b id=\"1\"><b id=\"2\"><b id=\"3\">x</b></b></b></div><p>")
        );
        let limits = Limits { elements: 40, ..Limits::default() };
        assert_eq!(tame(&markup, &limits).markup, markup);
    }

    #[test]
    fn what_is_too_large_for_a_tree_stays_as_it_is() {
        let excess = |limits: Limits| tame("<div><p>x</p></div>", &limits).excess;
        assert_eq!(excess(Limits::default()), None);
        assert_eq!(excess(Limits { elements: 1, ..Limits::default() }), Some(Excess::Elements));
        assert_eq!(excess(Limits { tree: 4, ..Limits::default() }), Some(Excess::Bytes));
        // Tags that are nested too deep never come into the tree.
        assert_eq!(excess(Limits { elements: 1, depth: 0, ..Limits::default() }), None);
    }
}
