//! `read --format html`: one page that needs nothing else, with every piece of evidence linked to its item and back.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{folder, program, run, run_in, story};

/// A report that would take the page over if it could.
pub(super) const HOSTILE: &str = "Harbour \"to reopen\" <script>alert(1)</script>\n\nThe harbour will reopen on Monday, two officials said. \
    “We <img src=http://leak.example/x.png onerror=alert(2)> are ready,” Mira Tollan told the Echo.\r\n\n\
    The “O'Neill & Sons” </p></article><style>*{display:none}</style> ferry \u{202e}sank\u{202c} on Friday, police said.\u{0}\n\n\
    A_word_that_is_as_long_as_a_telephone_is_wide_and_longer_than_that_by_far_so_that_it_must_break_somewhere_or_scroll said Mr. Tollan.\n\n\
    “They said “it said “no”” and left,” Mira Tollan said. <!-- “Never,” the ministry said.\n";

#[test]
fn a_page_needs_nothing_but_itself() {
    for page in [page("02-stavenmoor-post.txt"), page(".")] {
        assert!(
            page.starts_with("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"),
            "{:?}",
            page.get(..90)
        );
        assert!(page.ends_with("</body></html>\n"));
        assert_eq!(page.matches("<!DOCTYPE").count(), 1);
        assert!(page.contains("default-src 'none'; style-src 'sha256-"));
        assert!(
            !page.contains("<script")
                && !page.contains(" src=")
                && !page.contains("<link")
                && !page.contains(" style=")
        );
        assert!(!page.contains("url(") && !page.contains("@import"));
        for (_, href) in attributes(&page).filter(|(name, _)| *name == "href") {
            assert!(href.starts_with('#'), "{href} leaves the page");
        }
        for part in ["prefers-color-scheme: dark", "@media print", "name=\"viewport\"", "class=\"skip\"", "<main>"] {
            assert!(page.contains(part), "{part} is missing");
        }
    }
}

#[test]
fn every_link_has_one_place_to_land_on() {
    for page in [page("."), hostile()] {
        let mut ids = BTreeSet::new();
        for (_, id) in attributes(&page).filter(|(name, _)| *name == "id") {
            assert!(ids.insert(id.to_owned()), "{id} is twice on the page");
        }
        let links: Vec<&str> = attributes(&page).filter(|(name, _)| *name == "href").map(|(_, href)| href).collect();
        for link in &links {
            assert!(ids.contains(&link[1..]), "{link} lands nowhere");
        }
        assert!(links.len() > 20, "{} links", links.len());
    }
}

#[test]
fn all_evidence_is_in_the_text_and_leads_to_its_item_and_back() {
    for file in ["02-stavenmoor-post.txt", "07-tarrow-public-radio.html", "13-vessen-courier.txt"] {
        let page = page(file);
        let record = &run_in(&story(), &["read", file, "--format", "jsonl"]).records()[0];
        let links: BTreeSet<&str> =
            attributes(&page).filter(|(name, _)| *name == "href").map(|(_, href)| href).collect();
        let mut places: BTreeMap<(String, String), String> = BTreeMap::new();
        for element in page.split("<span ").filter_map(|rest| rest.split_once('>')).map(|(element, _)| element) {
            let part =
                |name: &str| attributes(element).find(|(known, _)| *known == name).map(|(_, value)| value.to_owned());
            if let (Some(item), Some(chars), Some(id)) = (part("data-item"), part("data-chars"), part("id")) {
                places.insert((item, chars), id);
            }
        }
        let mut checked = 0;
        for layer in LAYERS {
            for item in record[layer].as_array().expect("a layer is a list") {
                let id = item["id"].as_str().expect("an id").to_owned();
                let card = format!("#{id}");
                assert!(page.contains(&format!("id=\"{id}\"")), "{layer}: {id} has no card");
                let mut spans = Vec::new();
                // A source's basis is said once, of the entity or of the attribution.
                spans_of(item, &mut spans);
                for chars in spans {
                    let place = places.get(&(id.clone(), chars.clone()));
                    let place = place.unwrap_or_else(|| panic!("{layer} {id}: {chars} is not in the text: {item}"));
                    assert!(links.contains(format!("#{place}").as_str()), "{layer} {id}: no link to {chars}");
                    checked += 1;
                }
                if layer != "entities" {
                    assert!(links.contains(card.as_str()), "{layer}: nothing in the text leads to {id}");
                }
            }
        }
        assert!(checked > 20, "{checked} pieces of evidence");
    }
}

#[test]
fn the_text_is_all_there_and_hostile_words_are_only_words() {
    let page = hostile();
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("onerror=alert(2)>"));
    assert_eq!((page.matches("<style>").count(), page.matches("</article>").count()), (1, 1));
    assert!(!page.contains(['\u{0}', '\u{202e}', '\r']));
    let text = plain(&page);
    for words in ["<script>alert(1)</script>", "O'Neill & Sons", "<img src=http://leak.example/x.png onerror=alert(2)>"]
    {
        assert!(text.contains(words), "{words:?} is not on the page");
    }
    let record = &run_in(&story(), &["read", "02-stavenmoor-post.txt", "--format", "jsonl"]).records()[0];
    let page = plain(&self::page("02-stavenmoor-post.txt"));
    for line in record["report"]["text"].as_str().expect("a text").lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains(&line), "{line:?} is not on the page");
    }
}

#[test]
fn several_reports_are_one_page_and_threads_change_nothing() {
    let read = |threads: &str| run_in(&story(), &["read", ".", "--format", "html", "--threads", threads]);
    let one = read("1");
    assert_eq!((one.code, one.err.as_str()), (Some(0), "15 reports read\n"));
    assert_eq!(one.text().matches("<article ").count(), 15);
    assert!(one.text().contains("Reports on this page"));
    assert!(read("4").out == one.out);
    // The same report twice is two articles, each with ids of its own.
    let twice = run_in(&story(), &["read", "05-lowland-echo.txt", "05-lowland-echo.txt", "--format", "html"]);
    let ids: Vec<&str> = attributes(twice.text()).filter(|(name, _)| *name == "id").map(|(_, id)| id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[test]
fn a_page_of_nothing_is_a_page() {
    let folder = folder(&[("a.txt", b"")]);
    let run = run_in(folder.path(), &["read", "none.txt", "--format", "html"]);
    assert_eq!(run.code, Some(1));
    assert!(run.text().starts_with("<!DOCTYPE html>") && run.text().ends_with("</body></html>\n"), "{}", run.text());
    let german =
        "Der Hafen wird am Montag wieder geöffnet, sagten zwei Beamte am Freitag in der Hauptstadt des Landes.";
    let run = self::run(program().args(["read", "-", "--format", "html"]), german.as_bytes());
    assert!(run.text().contains("not analysed"), "{}", run.text());
}

/// Layers whose items have cards.
const LAYERS: [&str; 14] = [
    "entities",
    "mentions",
    "times",
    "attributions",
    "quotes",
    "no_responses",
    "events",
    "states",
    "relations",
    "designations",
    "stances",
    "labels",
    "chains",
    "tallies",
];

fn page(path: &str) -> String {
    let run = run_in(&story(), &["read", path, "--format", "html"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    run.text().to_owned()
}

fn hostile() -> String {
    run(program().args(["read", "-", "--format", "html"]), HOSTILE.as_bytes()).text().to_owned()
}

/// Every attribute of a page with its value. Values are escaped, so that no quotation mark stands inside of them.
fn attributes(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.split(['<', '>']).flat_map(|element| {
        let mut rest = element;
        std::iter::from_fn(move || {
            let (name, behind) = rest.split_once("=\"")?;
            let (value, behind) = behind.split_once('"')?;
            rest = behind;
            Some((name.rsplit(' ').next().unwrap_or(name), value))
        })
    })
}

/// The code points of all spans inside an item that are not empty.
fn spans_of(value: &Value, spans: &mut Vec<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| spans_of(one, spans)),
        Value::Object(fields) => {
            if let Some(chars) = fields.get("chars").and_then(Value::as_array).filter(|chars| chars[0] != chars[1]) {
                spans.push(format!("{}-{}", chars[0], chars[1]));
            }
            fields.values().for_each(|one| spans_of(one, spans));
        }
        _ => {}
    }
}

/// The words of a page.
fn plain(page: &str) -> String {
    let mut plain = String::new();
    for part in page.split('<') {
        plain.push_str(part.split_once('>').map_or(part, |(_, words)| words));
    }
    let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
