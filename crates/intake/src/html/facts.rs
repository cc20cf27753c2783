//! Headline, author, outlet and address of a page, each from the surest place that says it.

use crate::html::dates::host;
use crate::html::meta::{Meta, Strength, tidy};

/// What stands between headline and outlet in a page's title.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " : ", " :: ", " » ", " « ", " · ", " • ", " / ", ": "];

/// The headline.
pub(crate) fn title(meta: &Meta) -> Option<String> {
    let metas = |name: &str| meta.metas.get(name).cloned();
    let plain = |text: String| Some(tidy(&text)).filter(|text| !text.is_empty());
    let page = meta.title.clone().unwrap_or_default();
    // The headline as printed is surest where the page's title repeats it; many pages have a logo as their first headline.
    let printed = meta
        .headlines
        .iter()
        .find(|headline| headline.split_whitespace().count() > 1 && page.contains(headline.as_str()));
    let alone = (meta.headlines.len() == 1).then(|| meta.headlines.first()).flatten();
    let linked = meta.linked.headline.clone().and_then(plain);
    let found = printed.or(alone.filter(|headline| headline.split_whitespace().count() > 2)).cloned();
    found
        .or(linked)
        .or_else(|| metas("og:title").map(|title| without_outlet(&title, meta)))
        .or_else(|| metas("twitter:title"))
        .or_else(|| Some(without_outlet(&page, meta)).filter(|title| !title.is_empty()))
}

/// Takes the outlet's name off a page's title.
fn without_outlet(title: &str, meta: &Meta) -> String {
    let site = meta.metas.get("og:site_name").or(meta.linked.publisher.as_ref());
    for separator in SEPARATORS {
        if let Some((front, back)) = title.rsplit_once(separator) {
            let is_site = site.is_some_and(|site| site.eq_ignore_ascii_case(back.trim()));
            if is_site || *separator != ": " && back.split_whitespace().count() <= 4 && front.len() > back.len() {
                return front.trim().to_owned();
            }
        }
    }
    title.trim().to_owned()
}

/// Who published the page: the publisher or site it names, what its title has beside the headline, or its host.
pub(crate) fn outlet(meta: &Meta, title: Option<&str>, url: Option<&str>) -> Option<String> {
    let named =
        |name: &Option<String>| name.clone().filter(|name| !name.trim().is_empty() && !name.starts_with("http"));
    let site = meta.metas.get("og:site_name").cloned();
    named(&meta.linked.publisher)
        .or_else(|| named(&site))
        .or_else(|| beside(meta, title?))
        .or_else(|| url.and_then(host).map(str::to_owned))
}

/// Returns what a page's title has beside the headline, when a separator stands between them.
fn beside(meta: &Meta, title: &str) -> Option<String> {
    let page = meta.title.as_deref()?;
    let at = page.find(title)?;
    let (front, back) = (&page[..at], &page[at + title.len()..]);
    let name = SEPARATORS.iter().find_map(|separator| {
        back.strip_prefix(separator)
            .filter(|_| front.is_empty())
            .or_else(|| front.strip_suffix(separator).filter(|_| back.is_empty()))
    })?;
    // A longer rest is a section or a motto as well.
    let is_name = name.split_whitespace().count() <= 5 && !SEPARATORS.iter().any(|separator| name.contains(separator));
    is_name.then(|| name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// The address of record.
pub(crate) fn url(meta: &Meta) -> Option<String> {
    let addresses = [meta.canonical.as_ref(), meta.metas.get("og:url"), meta.linked.url.as_ref()];
    addresses.into_iter().flatten().find(|url| url.starts_with("http")).cloned()
}

/// Who wrote it.
pub(crate) fn author(meta: &Meta) -> Option<String> {
    let names = |names: Vec<String>| Some(names).filter(|names| !names.is_empty()).map(|names| names.join(", "));
    let linked = names(meta.linked.authors.iter().filter_map(|name| person(name)).collect());
    let metas = [
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "byl",
        "cxenseparse:author",
        "article.author",
        "authors",
    ];
    let metas = || metas.into_iter().find_map(|name| person(meta.metas.get(name)?));
    let elements = || {
        // Behind the first stand, on many pages, the authors of other reports and of comments.
        let mut named: Vec<(Strength, String)> =
            meta.authors.iter().filter_map(|(strength, name)| Some((*strength, person(name)?))).collect();
        named.sort_by_key(|(strength, _)| *strength);
        named.into_iter().next().map(|(_, name)| name)
    };
    linked.or_else(metas).or_else(elements)
}

/// Returns the name in an author field: without "By", and none where the field holds an address or a text.
fn person(field: &str) -> Option<String> {
    let field = tidy(field);
    let lower = field.to_lowercase();
    let led = ["by ", "by: ", "von ", "par ", "por ", "words by ", "written by ", "author: "]
        .into_iter()
        .find(|lead| lower.starts_with(lead));
    let name = led.and_then(|lead| field.get(lead.len()..)).unwrap_or(&field);
    let name = name.split([',', '|', '•', '·', '–', '(']).next().unwrap_or(name).trim();
    let words = name.split_whitespace().count();
    let is_name = (1..=6).contains(&words)
        && name.chars().count() <= 70
        && !name.contains("http")
        && !name.contains(['@', ':', '[', '*'])
        && !name.contains("www.")
        && !name.contains(|c: char| c.is_ascii_digit());
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::html::meta::meta;

    #[test]
    fn the_outlet_is_what_the_title_has_beside_the_headline() {
        let meta = meta(
            "<title>Quayside Weekly - The pilots</title><h1>The pilots</h1><div class=byline>By Jane Roe, pilot</div>",
            &Limits::default(),
        );
        let title = title(&meta);
        assert_eq!(title.as_deref(), Some("The pilots"));
        assert_eq!(outlet(&meta, title.as_deref(), None).as_deref(), Some("Quayside Weekly"));
        assert_eq!(author(&meta).as_deref(), Some("Jane Roe"));
    }
}
