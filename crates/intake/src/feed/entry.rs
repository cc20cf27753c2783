//! One entry of a feed: its fields as they stand, and the report or link that they come to.

use jiff::Timestamp;
use reportedly_record::Known;
use url::Url;

use crate::arrival::Arrived;
use crate::feed::seen::{Name, Seen};
use crate::html::{fragment, host, words};
use crate::report::{AHEAD, Parts, report};
use crate::stamp::{DayOrder, Stamp};
use crate::xml::Element;
use crate::{Arrival, Given, Limits, Link, To, Why};

/// What an element of an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Title,
    Link,
    Guid,
    Published,
    Updated,
    Author,
    /// The report, whole.
    Content,
    /// The report or its first sentences.
    Summary,
    /// Elements that hold elements of the entry.
    Group,
    /// Nothing of use.
    None,
}

impl Field {
    /// Knows a field of RSS or Atom by its name.
    pub(crate) fn of_feed(name: &str, is_atom: bool) -> Field {
        match name {
            "title" => Field::Title,
            "link" | "atom:link" => Field::Link,
            "guid" | "id" => Field::Guid,
            "pubDate" | "pubdate" | "published" | "issued" => Field::Published,
            "dc:date" | "updated" | "modified" | "dcterms:created" => Field::Updated,
            "author" if is_atom => Field::Group,
            "author" | "dc:creator" => Field::Author,
            "name" if is_atom => Field::Author,
            "content:encoded" => Field::Content,
            "content" if is_atom => Field::Content,
            "description" | "summary" => Field::Summary,
            _ => Field::None,
        }
    }

    /// Knows a field of a sitemap by its name.
    pub(crate) fn of_sitemap(name: &str) -> Field {
        match name {
            "loc" => Field::Link,
            "news:news" => Field::Group,
            "news:title" => Field::Title,
            "news:publication_date" => Field::Published,
            "lastmod" => Field::Updated,
            _ => Field::None,
        }
    }
}

/// An entry as it stands in the list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    pub(crate) title: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) guid: Option<String>,
    /// The guid, where it is an address.
    pub(crate) permalink: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) updated: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) content: Option<Body>,
    pub(crate) summary: Option<Body>,
}

/// The text of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    Markup(String),
    Plain(String),
}

/// Bytes of text from which on a description is the report and not its first sentences: feeds that give teasers cut them at
/// 150 to 600 characters, or give one paragraph.
const TEASER: usize = 1_000;

/// What stands at the end of a text that goes on elsewhere.
const GOES_ON: &[&str] = &["[…]", "[...]", "(more)", "read more", "continue reading", "read the full story", "→", "»"];

impl Entry {
    /// A feed in a list of feeds.
    pub(crate) fn of_outline(outline: &Element) -> Option<Entry> {
        let link = outline.attribute("xmlUrl")?.to_owned();
        let title = outline.attribute("title").or_else(|| outline.attribute("text")).map(str::to_owned);
        Some(Entry { link: Some(link), title, ..Entry::default() })
    }

    /// Keeps a field. The first of a kind wins.
    pub(crate) fn put(&mut self, field: Field, text: String, is_markup: bool) {
        let plain = text.trim();
        if plain.is_empty() {
            return;
        }
        let keep = |place: &mut Option<String>| {
            place.get_or_insert_with(|| plain.to_owned());
        };
        match field {
            Field::Title => {
                self.title.get_or_insert_with(|| words(plain));
            }
            Field::Link => keep(&mut self.link),
            Field::Guid => {
                keep(&mut self.guid);
                if plain.starts_with("http") {
                    keep(&mut self.permalink);
                }
            }
            Field::Published => keep(&mut self.published),
            Field::Updated => keep(&mut self.updated),
            Field::Author => keep(&mut self.author),
            Field::Content | Field::Summary => {
                // Escaped markup is markup, whatever the feed calls it: of words in brackets there is none in news.
                let is_markup = is_markup || plain.contains("</") || plain.contains("<p") || plain.contains("<br");
                let body = if is_markup { Body::Markup(text) } else { Body::Plain(text) };
                let place = if field == Field::Content { &mut self.content } else { &mut self.summary };
                place.get_or_insert(body);
            }
            Field::Group | Field::None => {}
        }
    }

    /// Keeps a link of Atom, when it leads to the report itself.
    pub(crate) fn take_link(&mut self, link: &Element) {
        let is_own = link.attribute("rel").is_none_or(|rel| rel.eq_ignore_ascii_case("alternate"));
        let is_page = link.attribute("type").is_none_or(|kind| kind.contains("html"));
        if let Some(href) = link.attribute("href").filter(|_| is_own && is_page) {
            self.link.get_or_insert_with(|| href.to_owned());
        }
    }

    /// Keeps the address that RSS 1.0 gives an entry.
    pub(crate) fn take_about(&mut self, opened: &Element) {
        if let Some(about) = opened.attribute("about") {
            self.guid = Some(about.to_owned());
        }
    }

    /// Makes an address whole. `self` is the feed.
    pub(crate) fn resolve(&self, url: &str, given: &Given) -> Option<String> {
        let own = url.trim();
        if let Ok(whole) = Url::parse(own) {
            return matches!(whole.scheme(), "http" | "https").then(|| own.to_owned());
        }
        let base = [&self.link, &given.url].into_iter().flatten().find_map(|base| Url::parse(base).ok())?;
        base.join(own).ok().map(String::from)
    }

    /// Makes a report of an entry that has its text, and a link of any other. `channel` is the feed.
    pub(crate) fn settle(
        self,
        place: &str,
        number: u64,
        channel: &Entry,
        seen: &mut Seen,
        given: &Given,
        limits: &Limits,
    ) -> Result<Arrival, String> {
        let url = self.link.as_ref().or(self.permalink.as_ref()).and_then(|url| channel.resolve(url, given));
        let title = self.title.clone();
        if let Some(guid) = &self.guid {
            // Without an address, only its headline tells one report from another.
            match seen.see(guid, number, url.as_deref().or(title.as_deref()).unwrap_or_default()) {
                Name::New => {}
                Name::Same => return Ok(Arrival::Passed { place: place.to_owned(), why: Why::Twice }),
                Name::Another(first) => return Err(format!("its guid is that of item {first}, another report")),
            }
        }
        let date = self.published.as_ref().or(self.updated.as_ref());
        let stamp = date.and_then(|date| Stamp::loose(date, DayOrder::Unknown));
        if let Some(date) = date {
            not_later(date, limits)?;
        }
        let mut doubts = Vec::new();
        let paragraphs = self.paragraphs(url.is_some(), limits, &mut doubts);
        let Some(text) = paragraphs.filter(|text| !text.is_empty()) else {
            let Some(url) = url else { return Err("neither text nor link".to_owned()) };
            let (published, updated, guid) = (date.cloned(), self.updated, self.guid);
            return Ok(Arrival::Link(Link { url, to: To::Page, title, published, updated, guid }));
        };
        if let (Some(date), None) = (date, &stamp) {
            doubts.push(format!("published `{date}` is no date"));
        }
        if text.contains('\u{FFFD}') {
            doubts.push("the feed has broken characters: they are replaced by \u{FFFD}".to_owned());
        }
        let zone = given.zone.as_deref();
        let published = stamp.and_then(|stamp| match stamp.published(zone, Known::Field) {
            Ok(published) => Some(published),
            Err(fault) => {
                doubts.push(format!("the feed's date and the zone given contradict each other: {fault}"));
                stamp.published(None, Known::Field).ok()
            }
        });
        let outlet = url.as_deref().and_then(host).map(str::to_owned).or_else(|| channel.title.clone());
        let parts = Parts {
            name: place.to_owned(),
            text,
            own: Given { outlet, published: None, zone: None, url, title },
            known: Known::Field,
            published: published.filter(|_| given.published.is_none()),
            author: self.author.as_deref().map(named).filter(|name| !name.is_empty()),
            doubts,
            ..Parts::default()
        };
        // What is given of the source as a whole is not the address of each report.
        let given = Given { url: None, title: None, ..given.clone() };
        let report = report(parts, &given).map_err(|error| error.to_string())?;
        Ok(Arrival::Report(Box::new(Arrived { report, fetched: None, guid: self.guid })))
    }

    /// The report's text, when the entry has all of it.
    fn paragraphs(&self, has_link: bool, limits: &Limits, doubts: &mut Vec<String>) -> Option<String> {
        let mut read = |body: &Body| {
            let paragraphs: Vec<String> = match body {
                Body::Markup(markup) => {
                    let found = fragment(markup, limits.page);
                    if found.is_cut {
                        let limit = limits.page;
                        doubts.push(format!("the item's text is longer than {limit} bytes: the rest is left out"));
                    }
                    found.paragraphs
                }
                Body::Plain(text) => text.lines().map(|line| line.trim().to_owned()).collect(),
            };
            let lines: Vec<String> = paragraphs.into_iter().filter(|line| !line.is_empty()).collect();
            lines.join("\n\n")
        };
        let goes_on = |text: &str| {
            let end = text[text.floor_char_boundary(text.len().saturating_sub(60))..].to_lowercase();
            GOES_ON.iter().any(|words| end.trim_end_matches(['.', '…', ' ']).ends_with(words) || end.ends_with(words))
        };
        if let Some(content) = &self.content {
            let text = read(content);
            return (!text.is_empty() && (!has_link || !goes_on(&text))).then_some(text);
        }
        let text = read(self.summary.as_ref()?);
        (!has_link || text.len() >= TEASER && text.contains("\n\n") && !goes_on(&text)).then_some(text)
    }
}

/// The name in the author's field of RSS: "roe@echo.example (Jane Roe)".
fn named(author: &str) -> String {
    match author.split_once('(') {
        Some((mail, name)) if mail.contains('@') => name.trim_end_matches(')').trim().to_owned(),
        _ => author.trim().to_owned(),
    }
}

/// Refuses a date of publication that is still to come, where the present is given.
pub(crate) fn not_later(date: &str, limits: &Limits) -> Result<(), String> {
    let Some(now) = limits.now else { return Ok(()) };
    let instant = Stamp::loose(date, DayOrder::Unknown).and_then(|stamp| {
        let offset = stamp.offset.unwrap_or(jiff::tz::Offset::UTC);
        offset.to_timestamp(stamp.local).ok()
    });
    let latest: Timestamp = now.saturating_add(AHEAD).unwrap_or(Timestamp::MAX);
    match instant {
        Some(instant) if instant > latest => Err(format!("dated `{}`, which is still to come", date.trim())),
        Some(_) | None => Ok(()),
    }
}
