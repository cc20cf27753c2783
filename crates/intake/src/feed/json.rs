//! JSON Feed. It is read whole, since what it says of itself may stand behind its items; each item is parsed alone.

use std::iter;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::feed::entry::{Body, Entry};
use crate::feed::seen::Seen;
use crate::{Arrivals, Error, Given, Limits, Raw, within};

#[derive(Deserialize)]
struct Feed<'a> {
    title: Option<String>,
    home_page_url: Option<String>,
    #[serde(borrow, default)]
    items: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Item {
    // Some feeds give a number.
    id: Option<serde_json::Value>,
    url: Option<String>,
    external_url: Option<String>,
    title: Option<String>,
    content_html: Option<String>,
    content_text: Option<String>,
    summary: Option<String>,
    date_published: Option<String>,
    date_modified: Option<String>,
    #[serde(default)]
    authors: Vec<Author>,
    author: Option<Author>,
}

#[derive(Deserialize)]
struct Author {
    name: Option<String>,
}

/// Reads the items of a JSON Feed.
pub(crate) fn feed<'a>(raw: &Raw<'a>, given: &Given, limits: &Limits) -> Arrivals<'a> {
    let fault = |fault: String| Error::Form { name: raw.name.to_owned(), fault };
    let bytes = match within(raw, limits.bytes, "a feed") {
        Ok(bytes) => bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes),
        Err(error) => return Box::new(iter::once(Err(error))),
    };
    let Feed { title, home_page_url, items } = match serde_json::from_slice(bytes) {
        Ok(feed) => feed,
        Err(error) => return Box::new(iter::once(Err(fault(format!("no JSON Feed: {error}"))))),
    };
    let channel = Entry { title, link: home_page_url, ..Entry::default() };
    let (name, given, limits) = (raw.name.to_owned(), given.clone(), limits.clone());
    let mut seen = Seen::default();
    Box::new(items.into_iter().zip(1..).map(move |(item, number)| {
        let place = format!("{name} item {number}");
        let entry = serde_json::from_str(item.get()).map(entry).map_err(|error| {
            let says = error.to_string();
            format!("no item of a JSON Feed: {}", says.split(" at line ").next().unwrap_or_default())
        });
        let settled = entry.and_then(|entry| entry.settle(&place, number, &channel, &mut seen, &given, &limits));
        settled.map_err(|fault| Error::Part { name: name.clone(), part: "item", number, fault })
    }))
}

fn entry(item: Item) -> Entry {
    let guid = item.id.map(|id| match id {
        serde_json::Value::String(id) => id,
        id => id.to_string(),
    });
    let content = item.content_html.map(Body::Markup).or(item.content_text.map(Body::Plain));
    let author = item.authors.into_iter().chain(item.author).find_map(|author| author.name);
    let permalink = guid.clone().filter(|guid| guid.starts_with("http"));
    Entry {
        title: item.title.filter(|title| !title.trim().is_empty()),
        link: item.url.or(item.external_url),
        guid,
        permalink,
        published: item.date_published,
        updated: item.date_modified,
        author,
        content,
        summary: item.summary.map(Body::Plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Arrival, Media};

    #[test]
    fn items_are_read_one_by_one() {
        let json = br#"{"version": "https://jsonfeed.org/version/1.1", "title": "Echo", "items": [
            {"id": "1", "url": "https://echo.example/1", "title": "Talks off", "date_published": "2025-11-14T21:40:00+02:00",
             "content_html": "<p>Talks are off.</p><p>She left.</p>", "authors": [{"name": "Jane Roe"}]},
            {"id": 2, "url": "https://echo.example/2", "summary": "Talks are on."},
            {"id": 3, "title": 7}, 4,
            {"id": "1", "url": "https://echo.example/5"}, {"id": "6"}]}"#;
        let raw = Raw { name: "f.json", bytes: json, media: Media::JsonFeed };
        let found: Vec<String> = feed(&raw, &Given::default(), &Limits::default())
            .map(|found| match found {
                Ok(Arrival::Report(arrived)) => {
                    let report = arrived.report;
                    let instant = report.published.and_then(|published| published.instant);
                    format!("{:?} {} {:?}", report.text.as_str(), instant.unwrap_or_default(), report.byline)
                }
                Ok(Arrival::Link(link)) => format!("{} {:?}", link.url, link.guid),
                Ok(Arrival::Passed { place, why }) => format!("{place}: {why}"),
                Err(error) => error.to_string(),
            })
            .collect();
        assert_eq!(
            found,
            [
                "\"Talks are off.\\n\\nShe left.\" 2025-11-14T19:40:00Z Some(\"Jane Roe\")",
                "https://echo.example/2 Some(\"2\")",
                "f.json item 3: no item of a JSON Feed: invalid type: integer `7`, expected a string",
                "f.json item 4: no item of a JSON Feed: invalid type: integer `4`, expected struct Item",
                "f.json item 5: its guid is that of item 1, another report",
                "f.json item 6: neither text nor link",
            ]
        );
    }
}
