//! When a page was first published, from the surest place that says so; the place is kept beside the date.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::Offset;
use regex::Regex;
use reportedly_record::{Known, Precision, Published};

use crate::html::meta::{Mark, Meta, Role};
use crate::stamp::{DayOrder, Stamp, is_stamp};

/// Names of `<meta>` elements that hold the date of publication, the surest first.
const METAS: &[(&str, Known)] = &[
    ("article:published_time", Known::OpenGraph),
    ("og:article:published_time", Known::OpenGraph),
    ("og:published_time", Known::OpenGraph),
    ("og:article:published", Known::OpenGraph),
    ("article:published", Known::OpenGraph),
    ("bt:pubdate", Known::Meta),
    ("datepublished", Known::Meta),
    ("pubdate", Known::Meta),
    ("publishdate", Known::Meta),
    ("publish-date", Known::Meta),
    ("publish_date", Known::Meta),
    ("publication_date", Known::Meta),
    ("publication-date", Known::Meta),
    ("published", Known::Meta),
    ("published-date", Known::Meta),
    ("published_date", Known::Meta),
    ("published_at", Known::Meta),
    ("originalpublicationdate", Known::Meta),
    ("article_date_original", Known::Meta),
    ("article.published", Known::Meta),
    ("article:publicationdate", Known::Meta),
    ("rnews:datepublished", Known::Meta),
    ("cxenseparse:recs:publishtime", Known::Meta),
    ("cxenseparse:publishtime", Known::Meta),
    ("sailthru.date", Known::Meta),
    ("parsely-pub-date", Known::Meta),
    ("dc.date.issued", Known::Meta),
    ("dcterms.issued", Known::Meta),
    ("dcterms.created", Known::Meta),
    ("dc.date.created", Known::Meta),
    ("dcterms.date", Known::Meta),
    ("dc.date", Known::Meta),
    ("dc:date", Known::Meta),
    ("citation_publication_date", Known::Meta),
    ("citation_date", Known::Meta),
    ("og:pubdate", Known::Meta),
    ("article:created", Known::Meta),
    ("datecreated", Known::Meta),
    ("created", Known::Meta),
    ("displaydate", Known::Meta),
    ("timestamp", Known::Meta),
    ("date", Known::Meta),
    ("last-published", Known::Meta),
];

/// Bytes of text between a headline and its date: a subtitle, a by-line, a caption or two. Dates right on the 121 dev pages:
/// 109 with 700, 110 with 1,500 (the second together with ranking headings by level).
const NEAR: usize = 1_500;

/// A date with where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) stamp: Stamp,
    pub(crate) known: Known,
}

/// Lists the dates of publication that a page gives, the surest first.
pub(crate) fn candidates(meta: &Meta, url: Option<&str>) -> Vec<Candidate> {
    let order = day_order(meta, url);
    let read = |words: &str, known| Stamp::loose(words, order).map(|stamp| Candidate { stamp, known });
    let linked = meta.linked.published.as_deref().and_then(|words| read(words, Known::JsonLd));
    let of_page = linked.is_some() && !meta.linked.is_report;
    let metas = METAS.iter().filter_map(|(name, known)| read(meta.metas.get(*name)?, *known));
    // Of several dates, the one nearest to the headline is this report's.
    let distance = |at: usize| meta.headline_at.map_or(usize::MAX, |headline| at.abs_diff(headline));
    let is_near = |at: usize| distance(at) < NEAR;
    let mut sorted: Vec<&Mark> = meta.marks.iter().filter(|mark| mark.role != Role::Modified && !mark.aside).collect();
    sorted.sort_by_key(|mark| distance(mark.at));
    let marks = |wanted: &dyn Fn(&Mark) -> bool, known| {
        sorted.iter().filter(|mark| wanted(mark)).filter_map(|mark| read(&mark.words, known)).collect::<Vec<_>>()
    };
    let mut alone: Vec<&(usize, String)> =
        meta.alone.iter().filter(|(at, text)| is_near(*at) && is_stamp(text)).collect();
    alone.sort_by_key(|(at, _)| distance(*at));
    let mut found = Vec::new();
    found.extend(linked.clone().filter(|_| !of_page));
    found.extend(metas);
    found.extend(marks(&|mark| mark.is_time && mark.role == Role::Published, Known::TimeElement));
    found.extend(linked.filter(|_| of_page));
    found.extend(url.and_then(in_address).map(|stamp| Candidate { stamp, known: Known::Url }));
    found.extend(marks(&|mark| mark.is_time && is_near(mark.at), Known::TimeElement));
    found.extend(marks(&|mark| mark.role == Role::Published && is_near(mark.at), Known::Text));
    found.extend(marks(&|mark| is_near(mark.at), Known::Text));
    found.extend(alone.into_iter().filter_map(|(_, text)| read(text, Known::Text)));
    found.extend(marks(&|mark| mark.is_time, Known::TimeElement));
    found.extend(marks(&|mark| mark.role == Role::Published, Known::Text));
    found.extend(marks(&|_| true, Known::Text));
    found.extend(only(meta, order));
    found
}

/// Finds the one date that stands alone on the page: of two different ones, either may be another report's.
fn only(meta: &Meta, order: DayOrder) -> Option<Candidate> {
    let mut stamps =
        meta.alone.iter().filter(|(_, text)| is_stamp(text)).filter_map(|(_, text)| Stamp::loose(text, order));
    let first = stamps.next()?;
    stamps
        .all(|other| other.local.date() == first.local.date())
        .then_some(Candidate { stamp: first, known: Known::Text })
}

/// Chooses the date of publication: the surest, told as finely as any other place on the page tells that same day.
pub(crate) fn published(candidates: &[Candidate], zone: Option<&str>, doubts: &mut Vec<String>) -> Option<Published> {
    let first = candidates.first()?;
    let same_day = |other: &&Candidate| other.stamp.local.date() == first.stamp.local.date();
    let finer = |stamp: &Stamp| (stamp.precision != Precision::Day, stamp.offset.is_some());
    let best = candidates.iter().filter(same_day).rev().max_by_key(|other| finer(&other.stamp)).unwrap_or(first);
    let best = if finer(&best.stamp) > finer(&first.stamp) { best } else { first };
    if let Some(published) = local_day(candidates, best) {
        doubts.push(format!(
            "the page gives the time in UTC; its address dates it {}, and that day is taken for the local one",
            published.local.date()
        ));
        return Some(published);
    }
    match best.stamp.published(zone, best.known) {
        Ok(published) => Some(published),
        Err(fault) => {
            doubts.push(format!("the page's date and the zone given contradict each other: {fault}"));
            best.stamp.published(None, best.known).ok()
        }
    }
}

/// Returns the date by the day in the address, where the page gives its time in UTC only and that day is the next or the one
/// before: then it was that day where the report was published.
fn local_day(candidates: &[Candidate], best: &Candidate) -> Option<Published> {
    let day = candidates.iter().find(|other| other.known == Known::Url)?.stamp.local;
    let utc = best.stamp.offset.filter(|offset| *offset == Offset::UTC)?.to_timestamp(best.stamp.local).ok()?;
    // Local times run from 12 hours behind UTC to 14 hours ahead of it.
    let earliest = Offset::constant(14).to_timestamp(day).ok()?;
    let latest = Offset::constant(-12).to_timestamp(day.checked_add(1.day()).ok()?).ok()?;
    let is_possible = earliest <= utc && utc < latest && day.date() != best.stamp.local.date();
    is_possible.then_some(Published {
        local: day,
        instant: Some(utc),
        offset: None,
        precision: Precision::Day,
        known: best.known,
    })
}

/// Tells which number of a date is the day, by the page's language and the address's country.
fn day_order(meta: &Meta, url: Option<&str>) -> DayOrder {
    let locale = meta
        .lang
        .as_ref()
        .or_else(|| meta.metas.get("og:locale"))
        .map(|lang| lang.to_ascii_lowercase().replace('_', "-"));
    let host = url.or(meta.canonical.as_deref()).and_then(host).unwrap_or_default();
    match locale.as_deref() {
        Some("en-us") => DayOrder::MonthFirst,
        Some(lang) if lang.starts_with("en-") => DayOrder::DayFirst,
        // Of plain English only the country of the address tells.
        Some("en") | None => match host.rsplit('.').next() {
            Some("uk" | "au" | "nz" | "ie" | "in" | "za" | "ng" | "ke" | "il") => DayOrder::DayFirst,
            Some("gov" | "mil" | "us") => DayOrder::MonthFirst,
            _ => DayOrder::Unknown,
        },
        Some(_) => DayOrder::DayFirst,
    }
}

/// Returns the host of an address without "www.".
pub(crate) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.') && !host.contains('@')).then_some(host)
}

/// Reads the date in an address: `/2025/11/14/`, `/2025-11-14-`, `/20251114`, `/2025/nov/14/`.
fn in_address(url: &str) -> Option<Stamp> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"(?i)[/_.=-]((?:19|20)\d\d)([/_.-]?)(\d\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)([/_.-]?)(\d\d)(?:[^0-9]|$)";
        Regex::new(pattern).expect("the pattern is tested")
    });
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let found = DAY.captures(path).filter(|found| found[2] == found[4])?;
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = match found[3].parse::<i8>() {
        Ok(month) => month,
        Err(_) => months.iter().position(|month| month.eq_ignore_ascii_case(&found[3]))? as i8 + 1,
    };
    let date = Date::new(found[1].parse().ok()?, month, found[5].parse().ok()?).ok()?;
    Some(Stamp { local: date.at(0, 0, 0, 0), offset: None, zulu: false, zone: None, precision: Precision::Day })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::html::meta::meta;

    fn check(markup: &str, url: Option<&str>, expected: &str) {
        let found = published(&candidates(&meta(markup, &Limits::default()), url), None, &mut Vec::new());
        let found = found.map_or("none".to_owned(), |date| {
            format!("{} {} {:?}", date.local, date.offset.unwrap_or_default(), date.known)
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn the_surest_place_wins() {
        let linked = r#"<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-11-14T21:40:00+02:00"}</script>"#;
        let graph = r#"<meta property="article:published_time" content="2025-11-15T01:00:00Z">"#;
        let time = r#"<h1>Talks off</h1><time datetime="2025-11-16">16 Nov</time>"#;
        check(&format!("{graph}{linked}{time}"), None, "2025-11-14T21:40:00 +02:00 JsonLd");
        check(&format!("{graph}{time}"), None, "2025-11-15T01:00:00 +00:00 OpenGraph");
        check(time, None, "2025-11-16T00:00:00  TimeElement");
        check(
            "<h1>Talks off</h1><div>Nov. 14, 2025, 9:40 p.m.</div><p>On 3 May 1948 he left.",
            None,
            "2025-11-14T21:40:00  Text",
        );
        check("<p>x", Some("https://echo.example/news/2025/11/14/talks-off"), "2025-11-14T00:00:00  Url");
        check("<p>x", Some("https://echo.example/news/2025/nov/14/talks-off"), "2025-11-14T00:00:00  Url");
        check("<p>x", Some("https://echo.example/news/20251399"), "none");
    }

    #[test]
    fn a_bare_day_is_told_finer_where_the_page_does() {
        let page = r#"<meta name="date" content="2025-11-14"><h1>x</h1><time datetime="2025-11-14T21:40:00+02:00">14 Nov</time>"#;
        check(page, None, "2025-11-14T21:40:00 +02:00 TimeElement");
    }

    #[test]
    fn the_day_in_the_address_is_the_local_one() {
        let page = r#"<meta property="article:published_time" content="2023-11-01T23:01:00Z">"#;
        check(page, Some("https://echo.example/2023/11/02/x"), "2023-11-02T00:00:00  OpenGraph");
        check(page, Some("https://echo.example/2023/11/01/x"), "2023-11-01T23:01:00 +00:00 OpenGraph");
        check(page, Some("https://echo.example/2023/11/04/x"), "2023-11-01T23:01:00 +00:00 OpenGraph");
    }

    #[test]
    fn when_it_was_changed_is_not_when_it_was_published() {
        check(
            "<h1>x</h1><time class=updated datetime=2025-11-15>15 Nov</time><time datetime=2025-11-14>14 Nov</time>",
            None,
            "2025-11-14T00:00:00  TimeElement",
        );
        let two = "<title>Talks are off</title><time>13 Nov 2025</time><h2>Other news of the day</h2><p>It is long.\
                   <time>14 Nov 2025</time><h2>Talks are off</h2>";
        check(two, None, "2025-11-14T00:00:00  TimeElement");
        check("<div class=x>14 Nov 2025</div><p>On 3 May 1948 he left.", None, "2025-11-14T00:00:00  Text");
        check("<div class=x>14 Nov 2025</div><div>13 Nov 2025</div>", None, "none");
        check("<footer><time datetime=2025-11-14>14 Nov</time></footer>", None, "none");
    }
}
