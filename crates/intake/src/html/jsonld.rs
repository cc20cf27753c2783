//! JSON-LD of a page: what it says of the article. Broken JSON is common, and is searched instead of parsed.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::html::meta::{decoded, tidy};
use crate::html::tags::VALUE;

/// What JSON-LD says of an article.
#[derive(Debug, Default)]
pub(crate) struct Linked {
    pub(crate) headline: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) url: Option<String>,
    /// The object it stands in says that it is a report, and not the page or something on it.
    pub(crate) is_report: bool,
}

/// Objects looked at on one page.
const OBJECTS: usize = 10_000;

/// Authors of one report. The most on 212 saved news pages is well below it.
const NAMES: usize = 100;

/// Reads the JSON-LD scripts of a page: of the articles in them the first, and of the rest only what it lacks. Scripts that
/// are together longer than the limit are searched instead of parsed.
pub(crate) fn linked(scripts: &[&str], limit: usize) -> Linked {
    let mut found: Vec<(bool, Linked)> = Vec::new();
    let (mut budget, mut room) = (OBJECTS, limit);
    for script in scripts {
        let fits = script.len() <= room;
        room = room.saturating_sub(script.len());
        match fits.then(|| parse(script)).flatten() {
            Some(value) => objects(&value, &mut budget, &mut |object| found.extend(article(object, &value))),
            None => found.extend(searched(script)),
        }
    }
    // Reports come before pages; among equals the first of the page.
    found.sort_by_key(|(is_report, _)| !is_report);
    let mut best = Linked::default();
    for (is_report, next) in found {
        best.is_report |= is_report && next.published.is_some() && best.published.is_none();
        best.headline = best.headline.or(next.headline);
        best.published = best.published.or(next.published);
        best.publisher = best.publisher.or(next.publisher);
        best.url = best.url.or(next.url);
        if best.authors.is_empty() {
            best.authors = next.authors;
        }
    }
    best
}

/// Parses a script, with the mistakes mended that pages make most.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim();
    let script = script.strip_prefix("<!--").unwrap_or(script).trim();
    let script = script.trim_start_matches("//").trim().strip_prefix("<![CDATA[").unwrap_or(script);
    let script =
        script.trim_end_matches("//]]>").trim_end_matches("]]>").trim_end_matches("-->").trim().trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        static COMMA: LazyLock<Regex> = LazyLock::new(|| Regex::new(r",\s*([}\]])").expect("the pattern is tested"));
        // A line end inside a text, a comma before a bracket.
        let mended: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&COMMA.replace_all(&mended, "$1")).ok()
    })
}

/// Calls for every object in a value, outer ones first.
fn objects(value: &Value, budget: &mut usize, each: &mut dyn FnMut(&serde_json::Map<String, Value>)) {
    if *budget == 0 {
        return;
    }
    *budget -= 1;
    match value {
        Value::Array(values) => values.iter().for_each(|value| objects(value, budget, each)),
        Value::Object(object) => {
            each(object);
            // Reports that the page lists are not the report it is.
            let listed = [
                "itemListElement",
                "isPartOf",
                "hasPart",
                "comment",
                "review",
                "mentions",
                "relatedLink",
                "subjectOf",
                "isBasedOn",
                "citation",
            ];
            object
                .iter()
                .filter(|(key, _)| !listed.contains(&key.as_str()))
                .for_each(|(_, value)| objects(value, budget, each));
        }
        _ => {}
    }
}

/// Reads what an object says, if it is an article or a page.
fn article(object: &serde_json::Map<String, Value>, whole: &Value) -> Option<(bool, Linked)> {
    let kind = match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        Some(Value::String(kind)) => kind.clone(),
        _ => String::new(),
    };
    let is_report = kind.contains("Article")
        || kind.contains("BlogPosting")
        || kind.ends_with("Report")
        || kind.contains("LiveBlogPosting");
    let is_page = kind.contains("WebPage")
        || kind.contains("CreativeWork")
        || kind.contains("VideoObject")
        || kind.contains("Posting");
    let is_other = ["Review", "Comment", "Rating", "WebSite", "Person", "Organization", "ImageObject"]
        .iter()
        .any(|other| kind.contains(other));
    if !is_report && !is_page && (is_other || !object.contains_key("datePublished")) {
        return None;
    }
    let text = |key: &str| object.get(key).and_then(first_text).filter(|text| !text.is_empty());
    let linked = Linked {
        headline: text("headline").or_else(|| text("name").filter(|_| is_report)).as_deref().map(clean),
        published: text("datePublished")
            .or_else(|| text("dateCreated"))
            .or_else(|| text("uploadDate").filter(|_| is_report)),
        authors: object
            .get("author")
            .or_else(|| object.get("creator"))
            .map(|author| names(author, whole))
            .unwrap_or_default(),
        publisher: object.get("publisher").and_then(|publisher| names(publisher, whole).into_iter().next()),
        url: text("url")
            .or_else(|| text("mainEntityOfPage"))
            .or_else(|| text("@id"))
            .filter(|url| url.starts_with("http")),
        is_report,
    };
    Some((is_report, if is_report { linked } else { Linked { headline: None, authors: Vec::new(), ..linked } }))
}

/// Returns a text, or the first text of a list, or an object's id.
fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(short(text.trim())),
        Value::Array(values) => values.first().and_then(|value| value.as_str()).map(|text| short(text.trim())),
        Value::Object(object) => object.get("@value").or_else(|| object.get("@id")).and_then(Value::as_str).map(short),
        _ => None,
    }
}

/// Returns the names in an author or publisher: texts, objects with a name, lists of them, or references into the graph.
fn names(value: &Value, whole: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![clean(name)],
        Value::Array(values) => values.iter().take(NAMES).flat_map(|value| names(value, whole)).collect(),
        Value::Object(object) => match (object.get("name"), object.get("@id").and_then(Value::as_str)) {
            (Some(name @ (Value::String(_) | Value::Array(_))), _) => names(name, whole),
            (_, Some(id)) => named(whole, id).into_iter().collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Finds the name of the graph's node of that id.
fn named(whole: &Value, id: &str) -> Option<String> {
    let mut found = None;
    objects(whole, &mut 1_000, &mut |object| {
        if found.is_none() && object.get("@id").and_then(Value::as_str) == Some(id) {
            found = object.get("name").and_then(Value::as_str).map(clean);
        }
    });
    found
}

fn clean(text: &str) -> String {
    tidy(&decoded(&short(text)))
}

/// Returns as much of a text as any fact has.
fn short(text: &str) -> String {
    text[..text.floor_char_boundary(VALUE)].to_owned()
}

/// Searches JSON that cannot be parsed for the few fields that matter.
fn searched(script: &str) -> Option<(bool, Linked)> {
    static FIELD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#""(datePublished|headline)"\s*:\s*"((?:[^"\\]|\\.)*)""#).expect("the pattern is tested")
    });
    let mut linked = Linked::default();
    for field in FIELD.captures_iter(script) {
        let value = || {
            let value = short(&field[2]);
            serde_json::from_str(&format!("\"{value}\"")).unwrap_or(value)
        };
        match &field[1] {
            "headline" => linked.headline = linked.headline.or_else(|| Some(clean(&value()))),
            _ => linked.published = linked.published.or_else(|| Some(value())),
        }
        if linked.headline.is_some() && linked.published.is_some() {
            break;
        }
    }
    (linked.published.is_some() || linked.headline.is_some()).then(|| (script.contains("Article\""), linked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_is_found_in_lists_and_graphs() {
        let found = linked(
            &[
                r#"{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"}, {"@id": "r:roe", "name": "Jane Roe"},
                {"@type": ["NewsArticle"], "headline": "Talks &amp; tides", "datePublished": "2025-11-14", "author": [{"@id": "r:roe"}, "J. Doe"],
                 "publisher": {"name": "Echo"}}]}"#,
            ],
            1_000,
        );
        assert_eq!(found.published.as_deref(), Some("2025-11-14"));
        assert_eq!(found.headline.as_deref(), Some("Talks & tides"));
        assert_eq!(found.authors, ["Jane Roe", "J. Doe"]);
        assert_eq!(found.publisher.as_deref(), Some("Echo"));
    }

    #[test]
    fn broken_json_is_mended_or_searched() {
        let comma = "\n//<![CDATA[\n{\"@type\": \"Article\", \"headline\": \"A\nB\", \"datePublished\": \"2025-11-14\",}\n//]]>";
        let broken = "{\"@type\": \"Article\", \"description\": \"he said \"no\"\", \"headline\": \"A B\", \"datePublished\": \"2025-11-14\"";
        for script in [comma, broken] {
            let found = linked(&[script], 1_000);
            assert_eq!(
                (found.headline.as_deref(), found.published.as_deref()),
                (Some("A B"), Some("2025-11-14")),
                "{script}"
            );
        }
    }

    #[test]
    fn what_is_too_long_is_searched() {
        let script = r#"{"@type": "NewsArticle", "name": "A", "headline": "A B", "author": "Jane Roe"}"#;
        let found = |limit| linked(&[script], limit);
        assert_eq!(
            (found(1_000).authors, found(1_000).headline.as_deref()),
            (vec!["Jane Roe".to_owned()], Some("A B"))
        );
        assert_eq!((found(10).authors, found(10).headline.as_deref()), (Vec::new(), Some("A B")));
    }
}
