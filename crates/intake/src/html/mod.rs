//! A web page: its report's text, and what its metadata say about the report.

mod dates;
mod facts;
mod jsonld;
mod meta;
mod room;
mod tags;
mod tame;
mod text;

use std::collections::BTreeSet;

use encoding_rs::Encoding;
use reportedly_record::{Known, Report};

pub(crate) use crate::html::dates::host;
use crate::html::tame::Excess;
pub(crate) use crate::html::text::{fragment, words};
use crate::report::{Parts, report};
use crate::rules::marked;
use crate::{Error, Given, Limits, Media, Raw, decode, within};

/// Reads a web page, whose encoding its server may have told.
pub(crate) fn page(
    raw: &Raw<'_>,
    charset: Option<&'static Encoding>,
    given: &Given,
    limits: &Limits,
) -> Result<Report, Error> {
    let decoded = decode::decode(raw.name, within(raw, limits.markup, "markup")?, Media::Html, charset)?;
    let mut doubts = decoded.doubts;
    let meta = meta::meta(&decoded.text, limits);
    if meta.is_cut {
        doubts.push(format!(
            "the page states more about itself than is read: {} facts of a kind and {} bytes of JSON-LD",
            limits.facts, limits.linked
        ));
    }
    let tame = tame::tame(&decoded.text, limits);
    if tame.dropped > 0 {
        doubts.push(format!(
            "{} tags of the page are nested more than {} deep: they are left out, and their text is kept",
            tame.dropped, limits.depth
        ));
    }
    match tame.excess {
        Some(Excess::Elements) => {
            doubts.push(format!("the page has more than {} elements: its text is all its sentences", limits.elements));
        }
        Some(Excess::Bytes) => doubts.push(format!(
            "the page has more than {} bytes of text and tags: its text is all its sentences",
            limits.tree
        )),
        None => {}
    }
    let text::MainText { mut paragraphs, is_cut, has_tree } =
        text::main_text(&tame.markup, tame.excess.is_some(), limits);
    if !has_tree && tame.excess.is_none() {
        doubts.push("no tree of the page stays within the limits: its text is all its sentences".to_owned());
    }
    if is_cut {
        doubts.push(format!("the page's text is longer than {} bytes: the rest is left out", limits.page));
    }
    let is_chrome = |paragraph: &String| marked(paragraph, &[]).is_some_and(|rule| rule.is_chrome);
    if !paragraphs.iter().all(is_chrome) {
        paragraphs.retain(|paragraph| !is_chrome(paragraph));
    }
    let text = paragraphs.join("\n\n");
    if text.is_empty() {
        return Err(Error::NoText { name: raw.name.to_owned() });
    }
    if text.len() > limits.body {
        return Err(Error::TooLarge { name: raw.name.to_owned(), limit: limits.body, of: "text" });
    }
    let url = facts::url(&meta);
    let candidates = dates::candidates(&meta, given.url.as_deref().or(url.as_deref()));
    let published = match &given.published {
        Some(_) => None,
        None => dates::published(&candidates, given.zone.as_deref(), &mut doubts),
    };
    let title = facts::title(&meta);
    let captions = captions(&paragraphs, &meta.captions);
    let own = Given {
        outlet: facts::outlet(&meta, title.as_deref(), given.url.as_deref().or(url.as_deref())),
        published: None,
        zone: None,
        url,
        title,
    };
    let author = facts::author(&meta);
    report(
        Parts { name: raw.name.to_owned(), text, own, known: Known::Meta, published, author, captions, doubts },
        given,
    )
}

/// Finds the paragraphs that the page marks as words under a picture, as byte ranges of the joined text.
fn captions(paragraphs: &[String], marked: &[String]) -> Vec<std::ops::Range<usize>> {
    let marked: BTreeSet<&String> = marked.iter().collect();
    let mut at = 0;
    let mut found = Vec::new();
    for paragraph in paragraphs {
        if marked.contains(paragraph) {
            found.push(at..at + paragraph.len());
        }
        at += paragraph.len() + 2;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    fn check(markup: &[u8]) -> Result<Report, Error> {
        page(&Raw { name: "a.html", bytes: markup, media: Media::Html }, None, &Given::default(), &Limits::default())
    }

    #[test]
    fn a_hundred_thousand_tags_deep_is_read_in_bounded_time() {
        let began = Instant::now();
        // Where the table around a row is too deep, the row stands beside the last one: there are too many instead.
        let (deep, many) = ("nested more than 128 deep", "more than 20000 elements");
        for (tag, doubt) in [
            ("<div>", deep),
            ("<ul><li>", deep),
            ("<b>", deep),
            ("<font color=1>", deep),
            ("<table><tr><td>", many),
            ("<a href=x>", deep),
        ] {
            let report = check(format!("{}<p>Ministers met in London on Monday.", tag.repeat(100_000)).as_bytes())
                .expect("a report");
            assert!(report.text.as_str().contains("Ministers met"), "{tag}");
            assert!(report.notes.iter().any(|note| note.says.contains(doubt)), "{tag}: {:?}", report.notes);
        }
        assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
    }

    #[test]
    fn what_is_no_page_is_refused() {
        let error = |bytes: &[u8]| check(bytes).expect_err("no page").to_string();
        assert_eq!(error(b""), "`a.html` is empty");
        assert_eq!(error(b"%PDF-1.4 ..."), "`a.html` is a PDF document, not a report's text");
        assert_eq!(error(b"<html><script>x</script></html>"), "`a.html` has no text of a report");
    }
}
