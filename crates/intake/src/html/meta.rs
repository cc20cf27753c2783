//! What a page says about its report outside of the text: metadata elements, JSON-LD, and what stands near the headline.

use std::collections::BTreeMap;

use crate::Limits;
use crate::html::jsonld::{self, Linked};
use crate::html::tags::{Piece, Tag, VALUE, pieces};

/// What a page says about its report. Everything is decoded and trimmed; nothing is judged yet.
#[derive(Debug, Default)]
pub(crate) struct Meta {
    /// Language of the `<html>` element.
    pub(crate) lang: Option<String>,
    /// `<title>`.
    pub(crate) title: Option<String>,
    /// Address of record.
    pub(crate) canonical: Option<String>,
    /// `<meta>` by property, name or itemprop in lower case; of several the first.
    pub(crate) metas: BTreeMap<String, String>,
    /// What JSON-LD says of articles.
    pub(crate) linked: Linked,
    /// `<h1>` in order.
    pub(crate) headlines: Vec<String>,
    /// Dates that elements carry.
    pub(crate) marks: Vec<Mark>,
    /// Authors that elements carry: microdata, `rel=author`, by-line classes.
    pub(crate) authors: Vec<(Strength, String)>,
    /// Words under pictures.
    pub(crate) captions: Vec<String>,
    /// Bytes of text before the first headline.
    pub(crate) headline_at: Option<usize>,
    /// Rank of that headline: the level of a heading that the page's title repeats, or 9.
    headline_rank: u8,
    /// Short texts that stand alone between tags, outside of side bars and comments, with the bytes of text before them.
    pub(crate) alone: Vec<(usize, String)>,
    /// The page says more than is read.
    pub(crate) is_cut: bool,
}

/// A date that an element carries.
#[derive(Debug)]
pub(crate) struct Mark {
    /// `datetime`, `content` or the element's text.
    pub(crate) words: String,
    pub(crate) role: Role,
    /// It is a `<time>` element, or one of microdata.
    pub(crate) is_time: bool,
    /// Bytes of text before it.
    pub(crate) at: usize,
    /// It stands in a side bar, the foot of the page or among readers' comments, where other dates stand.
    pub(crate) aside: bool,
}

/// What an element says its date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Published,
    Modified,
    Unsaid,
}

/// How surely an element carries the author, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    Microdata,
    Link,
    Class,
}

/// Parts of class names and ids that date elements have.
const DATE_CLASSES: &[&str] = &[
    "date",
    "publish",
    "posted",
    "timestamp",
    "time-stamp",
    "dateline",
    "stamp",
    "pubdate",
    "datum",
    "entry-meta",
    "post-meta",
    "article-meta",
    "meta-info",
    "fecha",
    "byline",
];

/// Characters kept of an element's text.
const KEPT: usize = 300;

/// Texts with numbers looked at for a date. The date of a report is not behind thousands of them.
const ALONE: usize = 2_000;

/// Elements whose text is being gathered at one time. More open at once are part of no by-line.
const GATHERED: usize = 16;

/// An element whose text is being gathered, until its closing tag.
struct Gather<'a> {
    name: &'a str,
    at: usize,
    nested: usize,
    text: String,
    into: Into,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Into {
    Headline,
    /// A lesser heading: the headline if the page's title repeats it.
    Heading,
    Caption,
    Author(Strength),
    Date {
        role: Role,
        is_time: bool,
        aside: bool,
    },
}

impl Meta {
    /// Drops the last fact of a kind of which there are too many.
    fn bound(&mut self, most: usize) {
        self.is_cut |=
            self.headlines.len().max(self.marks.len()).max(self.authors.len()).max(self.captions.len()) > most;
        self.headlines.truncate(most);
        self.marks.truncate(most);
        self.authors.truncate(most);
        self.captions.truncate(most);
        if self.metas.len() > most {
            self.is_cut = true;
            self.metas.pop_last();
        }
    }
}

/// Reads a page's metadata.
pub(crate) fn meta(markup: &str, limits: &Limits) -> Meta {
    let mut meta = Meta::default();
    let mut open: Vec<Gather<'_>> = Vec::new();
    let mut raw: Option<Tag<'_>> = None;
    let (mut scripts, mut at, mut aside, mut comments) = (Vec::new(), 0usize, 0usize, false);
    for piece in pieces(markup) {
        match piece {
            Piece::Open(tag) => {
                for gather in &mut open {
                    gather.nested += usize::from(tag.is(gather.name));
                    push_some(&mut gather.text, " ", KEPT);
                }
                aside += usize::from(is_aside(&tag));
                // Readers' comments are the last part of a report's page.
                comments |= meta.headline_at.is_some() && is_comments(&tag);
                raw = Some(tag);
                element(&tag, &mut meta, &mut open, at, aside > 0 || comments);
                meta.bound(limits.facts);
            }
            Piece::Close(name) => {
                if is_aside(&Tag { name, inside: "" }) {
                    aside = aside.saturating_sub(1);
                }
                for index in (0..open.len()).rev() {
                    let gather = &mut open[index];
                    push_some(&mut gather.text, " ", KEPT);
                    if gather.name.eq_ignore_ascii_case(name) {
                        gather.nested = gather.nested.saturating_sub(1);
                        if gather.nested == 0 {
                            let done = open.remove(index);
                            keep(done, &mut meta);
                            meta.bound(limits.facts);
                        }
                    }
                }
            }
            Piece::Text(text) => {
                for gather in &mut open {
                    push_some(&mut gather.text, text, KEPT);
                }
                let trimmed = text.trim();
                let has_number = || trimmed.bytes().any(|byte| byte.is_ascii_digit());
                if (8..90).contains(&trimmed.len())
                    && aside == 0
                    && !comments
                    && meta.alone.len() < ALONE
                    && has_number()
                {
                    meta.alone.push((at, tidy(&decoded(trimmed))));
                }
                at += trimmed.len();
            }
            Piece::Raw(text) => match raw {
                Some(tag) if tag.is("title") && meta.title.is_none() => {
                    meta.title = Some(tidy(&decoded(&text[..text.floor_char_boundary(VALUE)])));
                }
                Some(tag) if tag.is_linked() => scripts.push(text),
                _ => {}
            },
            Piece::Other(_) => {}
        }
    }
    for gather in open {
        keep(gather, &mut meta);
    }
    meta.is_cut |= scripts.iter().map(|script| script.len()).sum::<usize>() > limits.linked;
    meta.linked = jsonld::linked(&scripts, limits.linked);
    meta
}

/// Takes what a tag says, and begins to gather its element's text where that says something.
fn element<'a>(tag: &Tag<'a>, meta: &mut Meta, open: &mut Vec<Gather<'a>>, at: usize, aside: bool) {
    let attribute = |name: &str| tag.attribute(name).filter(|value| !value.is_empty()).map(|value| value.into_owned());
    if tag.is("html") {
        meta.lang = attribute("lang").or_else(|| attribute("xml:lang"));
    }
    if tag.is("meta") {
        let keys = ["property", "name", "itemprop", "http-equiv"].into_iter().filter_map(attribute);
        if let Some(content) = attribute("content") {
            for key in keys {
                meta.metas.entry(key.to_ascii_lowercase()).or_insert_with(|| content.clone());
            }
        }
        return;
    }
    if tag.is("link") {
        if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) && meta.canonical.is_none() {
            meta.canonical = attribute("href");
        }
        return;
    }
    let itemprop = attribute("itemprop").unwrap_or_default().to_ascii_lowercase();
    let is_time = tag.is("time")
        || tag.is("abbr") && itemprop.is_empty() && attribute("title").is_some_and(|title| title.starts_with("20"));
    let class = format!("{} {}", attribute("class").unwrap_or_default(), attribute("id").unwrap_or_default())
        .to_ascii_lowercase();
    let author = if itemprop.contains("author") {
        Some(Strength::Microdata)
    } else if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("author")) {
        Some(Strength::Link)
    } else {
        let is_class =
            ["author", "byline", "autor"].iter().any(|part| class.contains(part)) && !class.contains("comment");
        is_class.then_some(Strength::Class)
    };
    let mut gather = |into| {
        if !tag.is_void() && open.len() < GATHERED {
            open.push(Gather { name: tag.name, at, nested: 1, text: String::new(), into });
        }
    };
    if let Some(strength) = author.filter(|_| !aside && !["label", "input", "form"].iter().any(|name| tag.is(name))) {
        gather(Into::Author(strength));
    }
    let into = if tag.is("h1") {
        Some(Into::Headline)
    } else if ["h2", "h3", "h4"].iter().any(|name| tag.is(name)) {
        Some(Into::Heading)
    } else if tag.is("figcaption") {
        Some(Into::Caption)
    } else if is_time || itemprop.starts_with("date") || DATE_CLASSES.iter().any(|part| class.contains(part)) {
        let says = format!("{itemprop} {class} {}", if attribute("pubdate").is_some() { "publish" } else { "" });
        let role = if says.contains("modif") || says.contains("updat") {
            Role::Modified
        } else if ["publish", "created", "posted", "pubdate"].iter().any(|part| says.contains(part)) {
            Role::Published
        } else {
            Role::Unsaid
        };
        let is_time = is_time || itemprop.starts_with("date");
        let words =
            attribute("datetime").or_else(|| attribute("content")).or_else(|| attribute("title").filter(|_| is_time));
        match words {
            Some(words) if words.len() < KEPT => {
                meta.marks.push(Mark { words, role, is_time, at, aside });
                None
            }
            _ => Some(Into::Date { role, is_time, aside }),
        }
    } else {
        None
    };
    if let Some(into) = into {
        gather(into);
    }
}

/// Puts a gathered text where it belongs.
fn keep(done: Gather<'_>, meta: &mut Meta) {
    let text = tidy(&decoded(&done.text));
    if text.is_empty() {
        return;
    }
    let is_title =
        text.split_whitespace().count() > 2 && meta.title.as_ref().is_some_and(|title| title.contains(&text));
    match done.into {
        Into::Headline => {
            // A page's first heading is often its logo; the one that its title repeats is the report's.
            headline(meta, done.at, if is_title { 1 } else { 9 });
            meta.headlines.push(text);
        }
        Into::Heading if is_title => {
            headline(meta, done.at, done.name.as_bytes().get(1).map_or(9, |level| level - b'0'));
            meta.headlines.push(text);
        }
        Into::Heading => {}
        Into::Caption => meta.captions.push(text),
        Into::Author(strength) => meta.authors.push((strength, text)),
        Into::Date { role, is_time, aside } => {
            meta.marks.push(Mark { words: text, role, is_time, at: done.at, aside });
        }
    }
}

/// Takes a heading for the headline if it is the first of its rank and none is of a better one.
fn headline(meta: &mut Meta, at: usize, rank: u8) {
    if meta.headline_at.is_none() || rank < meta.headline_rank {
        meta.headline_at = Some(at);
        meta.headline_rank = rank;
    }
}

/// Tells whether an element holds the readers' comments.
fn is_comments(tag: &Tag<'_>) -> bool {
    let is_block = ["div", "section", "ol", "ul"].iter().any(|name| tag.is(name));
    is_block
        && ["class", "id"].into_iter().filter_map(|name| tag.attribute(name)).any(|names| {
            names.split_whitespace().any(|name| {
                let name = name.to_ascii_lowercase();
                matches!(
                    name.as_str(),
                    "comments"
                        | "respond"
                        | "commentlist"
                        | "comment-list"
                        | "comments-area"
                        | "comment-section"
                        | "disqus_thread"
                )
            })
        })
}

fn is_aside(tag: &Tag<'_>) -> bool {
    ["aside", "footer", "nav"].iter().any(|name| tag.is(name))
}

fn push_some(into: &mut String, text: &str, limit: usize) {
    let room = limit.saturating_sub(into.len());
    into.push_str(&text[..text.floor_char_boundary(room)]);
}

/// Decodes a text's character references.
pub(crate) fn decoded(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}

/// Makes all white space single blanks.
pub(crate) fn tidy(text: &str) -> String {
    let mut tidied = String::new();
    for word in text.split_whitespace() {
        tidied.push_str(if tidied.is_empty() { "" } else { " " });
        tidied.push_str(word);
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_when_and_by_whom() {
        let meta = meta(
            "<html lang=en-GB><title>Talks off &ndash; The Echo</title><meta property='article:published_time' content='2025-11-14'>\
             <link rel=canonical href='https://echo.example/1'><h1>Talks <i>off</i></h1><div class=byline>By <a rel=author>Jane Roe</a></div>\
             <time datetime='2025-11-14T21:40Z'>14 Nov</time><figure><figcaption>The quay.</figcaption></figure><p>Talks are off.",
            &Limits::default(),
        );
        assert_eq!(meta.title.as_deref(), Some("Talks off – The Echo"));
        assert_eq!(meta.headlines, ["Talks off"]);
        assert_eq!(
            meta.authors,
            [(Strength::Link, "Jane Roe".to_owned()), (Strength::Class, "By Jane Roe".to_owned())]
        );
        assert_eq!(meta.captions, ["The quay."]);
        assert_eq!(meta.metas["article:published_time"], "2025-11-14");
        assert!(meta.marks.iter().any(|mark| mark.words == "2025-11-14T21:40Z" && !mark.aside));
        assert_eq!(meta.headline_at, Some(0));
    }
}
