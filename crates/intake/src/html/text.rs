//! The main text of a page, as paragraphs.

use std::thread;

use crate::html::meta::{decoded, tidy};
use crate::html::tags::{Piece, pieces};

/// Stack of the thread that reads a page. Libraries recurse into the tree: 512 levels take about 1 MiB in a debug build.
const STACK: usize = 32 << 20;

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "table",
    "tr",
    "section",
    "article",
    "main",
    "body",
    "figure",
    "figcaption",
    "header",
    "hr",
    "details",
    "summary",
    "address",
];

/// Elements whose text is no part of a report.
const APART: &[&str] = &[
    "nav", "aside", "footer", "form", "button", "select", "noscript", "svg", "head", "template", "iframe", "dialog",
    "menu",
];

/// Finds the main text of a page; none where the page has none.
pub(crate) fn main_text(markup: &str, is_large: bool) -> Vec<String> {
    let found = if is_large { Vec::new() } else { by_tree(markup) };
    if found.is_empty() { plain(markup) } else { found }
}

/// Finds the main text by the page's tree. A library that panics on a page has found nothing.
fn by_tree(markup: &str) -> Vec<String> {
    let found = thread::scope(|scope| {
        let reader = thread::Builder::new().name("page".to_owned()).stack_size(STACK).spawn_scoped(scope, || {
            let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
            trafilatura::extract(markup, &options).map(|found| found.content_html).unwrap_or_default()
        });
        reader.ok().and_then(|reader| reader.join().ok()).unwrap_or_default()
    });
    paragraphs(&found)
}

/// Cuts clean markup into paragraphs.
fn paragraphs(markup: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = String::new();
    let mut close = |open: &mut String| {
        let paragraph = tidy(&decoded(open));
        open.clear();
        if !paragraph.is_empty() {
            found.push(paragraph);
        }
    };
    let is_block = |name: &str| BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block));
    for piece in pieces(markup) {
        match piece {
            Piece::Open(tag) if tag.is("br") => open.push('\n'),
            Piece::Open(tag) if tag.is("td") || tag.is("th") => open.push(' '),
            Piece::Open(tag) if is_block(tag.name) => close(&mut open),
            Piece::Close(name) if is_block(name) => close(&mut open),
            Piece::Text(text) => open.push_str(text),
            Piece::Open(_) | Piece::Close(_) | Piece::Raw(_) | Piece::Other => {}
        }
    }
    close(&mut open);
    found
}

/// Finds the main text without a tree: paragraphs of the page that are sentences.
fn plain(markup: &str) -> Vec<String> {
    let mut apart: Vec<&str> = Vec::new();
    let mut kept = String::new();
    for piece in pieces(markup) {
        match piece {
            Piece::Open(tag) if APART.iter().any(|name| tag.is(name)) => {
                apart.extend((apart.len() < 64).then_some(tag.name))
            }
            Piece::Close(name) if apart.iter().any(|open| open.eq_ignore_ascii_case(name)) => {
                let at = apart.iter().rposition(|open| open.eq_ignore_ascii_case(name)).unwrap_or(0);
                apart.truncate(at);
            }
            Piece::Open(tag) if apart.is_empty() => kept.extend(["<", tag.name, ">"]),
            Piece::Close(name) if apart.is_empty() => kept.extend(["</", name, ">"]),
            Piece::Text(text) if apart.is_empty() => kept.push_str(text),
            Piece::Open(_) | Piece::Close(_) | Piece::Text(_) | Piece::Raw(_) | Piece::Other => {}
        }
    }
    let mut found = paragraphs(&kept);
    if found.iter().any(|paragraph| is_sentence(paragraph)) {
        found.retain(|paragraph| is_sentence(paragraph));
    }
    found
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
        assert_eq!(plain(page), ["The envoy said on Monday that talks were off."]);
        assert_eq!(plain("<p>Talks off</p>"), ["Talks off"]);
    }
}
