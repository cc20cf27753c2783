//! The main text of a page, as paragraphs.

use std::iter;

use trafilatura::dom::Document;

use crate::Limits;
use crate::html::meta::{decoded, tidy};
use crate::html::room::in_own_room;
use crate::html::tags::{Piece, is_block, one_of, pieces};

/// The paragraphs of a page's main text.
#[derive(Debug, Default)]
pub(crate) struct MainText {
    pub(crate) paragraphs: Vec<String>,
    /// There were more than the limit allows.
    pub(crate) is_cut: bool,
    /// They were found by the page's tree, and not only by their form.
    pub(crate) has_tree: bool,
}

/// Elements whose text is no part of a report.
const APART: &[&str] = &[
    "nav", "aside", "footer", "form", "button", "select", "noscript", "svg", "head", "template", "iframe", "dialog",
    "menu",
];

/// Finds the main text of a page; none where the page has none. Of a page that is too large there is no tree.
pub(crate) fn main_text(markup: &str, is_large: bool, limits: &Limits) -> MainText {
    let content = if is_large { None } else { content(markup, limits) };
    let found = paragraphs(pieces(content.as_deref().unwrap_or_default()), |_| true, limits.page);
    let found = if found.paragraphs.is_empty() { plain(markup, limits.page) } else { found };
    MainText { has_tree: content.is_some(), ..found }
}

/// Finds the main text by the page's tree, as clean markup; none if a library panics or the tree is beyond the limits.
fn content(markup: &str, limits: &Limits) -> Option<String> {
    in_own_room(|| {
        let tree = Document::parse(markup);
        let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
        let found = is_within(&tree, limits).then(|| trafilatura::extract_document(tree, &options))?;
        Some(found.map(|found| found.content_html).unwrap_or_default())
    })
    .flatten()
}

/// Tells whether a tree has come out no larger than its tags: those that contradict each other may be copied or nested.
fn is_within(tree: &Document, limits: &Limits) -> bool {
    let mut open = vec![(tree.root(), 0, 0)];
    let mut elements = 0;
    while let Some((node, depth, tables)) = open.pop() {
        let tables = tables + usize::from(tree.tag_name(node) == "table");
        elements += 1;
        // A builder adds the elements that a page must have, and some that a table must.
        if elements > 2 * limits.elements || depth > 2 * limits.depth || tables > limits.tables {
            return false;
        }
        open.extend(tree.children(node).into_iter().map(|child| (child, depth + 1, tables)));
    }
    true
}

/// Cuts markup into paragraphs and keeps those that are wanted.
fn paragraphs<'a>(pieces: impl Iterator<Item = Piece<'a>>, wanted: fn(&str) -> bool, limit: usize) -> MainText {
    let mut found = MainText::default();
    let mut open = String::new();
    let mut room = limit;
    for piece in pieces.chain(iter::once(Piece::Close("body"))) {
        match piece {
            Piece::Open(tag) if tag.is("br") => open.push('\n'),
            Piece::Open(tag) if tag.is("td") || tag.is("th") => open.push(' '),
            Piece::Open(tag) if !is_block(tag.name) => {}
            Piece::Close(name) if !is_block(name) => {}
            Piece::Text(text) => open.push_str(text),
            Piece::Raw(_) | Piece::Other(_) => {}
            Piece::Open(_) | Piece::Close(_) => {
                let mut paragraph = tidy(&decoded(&open));
                open.clear();
                if paragraph.is_empty() || !wanted(&paragraph) {
                    continue;
                }
                if paragraph.len() > room {
                    found.is_cut = true;
                    let whole = &paragraph[..paragraph.floor_char_boundary(room)];
                    paragraph.truncate(whole.rfind(' ').unwrap_or(whole.len()));
                }
                // Two line ends stand between paragraphs.
                room = room.saturating_sub(paragraph.len() + 2);
                found.paragraphs.extend(Some(paragraph).filter(|paragraph| !paragraph.is_empty()));
                if found.is_cut {
                    break;
                }
            }
        }
    }
    found
}

/// Finds the paragraphs of a piece of markup that is a report and nothing else, as feeds have it.
pub(crate) fn fragment(markup: &str, limit: usize) -> MainText {
    paragraphs(body(markup), |_| true, limit)
}

/// Returns the words of a piece of markup in one line.
pub(crate) fn words(markup: &str) -> String {
    let texts = pieces(markup).filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Open(_) | Piece::Close(_) | Piece::Raw(_) | Piece::Other(_) => None,
    });
    tidy(&decoded(&texts.collect::<String>()))
}

/// Finds the main text without a tree: paragraphs of the page that are sentences, or all if none is.
fn plain(markup: &str, limit: usize) -> MainText {
    let sentences = paragraphs(body(markup), is_sentence, limit);
    if sentences.paragraphs.is_empty() { paragraphs(body(markup), |_| true, limit) } else { sentences }
}

/// Leaves out the parts of a page that are no part of a report.
fn body(markup: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut apart: Vec<&str> = Vec::new();
    pieces(markup).filter(move |piece| match piece {
        Piece::Open(tag) if one_of(tag.name, APART) => {
            apart.extend((apart.len() < 64).then_some(tag.name));
            false
        }
        Piece::Open(tag) if tag.is("body") => {
            apart.clear();
            true
        }
        Piece::Close(name) if apart.iter().any(|open| open.eq_ignore_ascii_case(name)) => {
            let at = apart.iter().rposition(|open| open.eq_ignore_ascii_case(name)).unwrap_or(0);
            apart.truncate(at);
            false
        }
        Piece::Open(_) | Piece::Close(_) | Piece::Text(_) | Piece::Raw(_) | Piece::Other(_) => apart.is_empty(),
    })
}

/// Tells whether a paragraph is long enough and ends as a sentence does.
fn is_sentence(paragraph: &str) -> bool {
    paragraph.len() > 40
        && paragraph.trim_end_matches(['"', '”', '’', ')', '»']).ends_with(['.', '!', '?', '…', '。', '।', '؟'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_tree_only_sentences_are_kept() {
        let page = "<nav><p>Home of the news of all the harbours of the Sound.</nav><script>x</script><div>Menu</div><p>The envoy said on Monday that talks were off.</p><p>Share";
        assert_eq!(plain(page, 1_000).paragraphs, ["The envoy said on Monday that talks were off."]);
        assert_eq!(plain("<p>Talks off</p>", 1_000).paragraphs, ["Talks off"]);
        assert_eq!(plain("<head><title>x</title><body><p>Talks off", 1_000).paragraphs, ["Talks off"]);
    }

    #[test]
    fn a_text_without_end_is_cut_between_words() {
        let cut = |limit| {
            let found = plain("<p>Talks are off</p><p>She left</p>", limit);
            (found.paragraphs.join("\n\n"), found.is_cut)
        };
        assert_eq!(cut(23), ("Talks are off\n\nShe left".to_owned(), false));
        assert_eq!(cut(22), ("Talks are off\n\nShe".to_owned(), true));
        assert_eq!(cut(14), ("Talks are off".to_owned(), true));
        assert_eq!(cut(3), ("Tal".to_owned(), true));
    }

    #[test]
    fn every_block_ends_a_paragraph() {
        for block in ["p", "LI", "center", "tr", "fieldset", "dd", "hr"] {
            let found = plain(&format!("Talks<b> are</b> off<{block}>She left"), 1_000);
            assert_eq!(found.paragraphs, ["Talks are off", "She left"], "{block}");
        }
    }

    #[test]
    fn a_tree_that_outgrows_its_tags_is_not_read() {
        let is_within = |markup: &str, elements, depth| {
            is_within(&Document::parse(markup), &Limits { elements, depth, ..Limits::default() })
        };
        // Each paragraph gets its copies of what was left open before it.
        let copied = format!("<div><b id=1><b id=2><b id=3></div>{}", "<p>x".repeat(20));
        assert!(is_within(&copied, 60, 10));
        assert!(!is_within(&copied, 25, 10));
        assert!(!is_within(&"<div>".repeat(20), 60, 5));
        let nested = |tables: usize| is_within(&"<table><tr><td>".repeat(tables), 1_000, 1_000);
        assert!(nested(Limits::default().tables) && !nested(Limits::default().tables + 1));
        assert!(!main_text(&copied, false, &Limits { elements: 25, ..Limits::default() }).has_tree);
    }
}
