use super::*;
use crate::Why;

fn read(xml: &str) -> Vec<String> {
    let limits = Limits { now: "2025-11-20T00:00:00Z".parse().ok(), ..Limits::default() };
    feed("f.xml", xml.as_bytes(), None, &Given::default(), &limits)
        .map(|found| match found {
            Ok(Arrival::Report(arrived)) => {
                let report = arrived.report;
                let published = report.published.map(|published| published.instant.unwrap_or_default().to_string());
                let [url, outlet, title, by] =
                    [report.url, report.outlet, report.headline, report.byline].map(Option::unwrap_or_default);
                let published = published.unwrap_or_default();
                format!("{url} | {outlet} | {title} | {by} | {published} | {}", report.text.as_str())
            }
            Ok(Arrival::Link(link)) => format!("-> {:?} {} {:?}", link.to, link.url, link.title.unwrap_or_default()),
            Ok(Arrival::Passed { place, why }) => format!("{place}: {why}"),
            Err(error) => error.to_string(),
        })
        .collect()
}

#[track_caller]
fn check(xml: &str, expected: &[&str]) {
    assert_eq!(read(xml), expected);
}

#[test]
fn rss_gives_reports_where_it_has_their_text_and_links_where_not() {
    check(
        r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="x"><channel><title>Harbour Echo</title>
        <link>https://www.echo.example/</link><description>News</description>
        <image><title>Logo</title><url>https://x.example/a.png</url><link>https://x.example</link></image>
        <item><title>Talks &amp;amp; more</title><link>/news/1</link><guid isPermaLink="false">e-1</guid>
          <pubDate>Fri, 14 Nov 2025 21:40:00 +0200</pubDate><author>roe@echo.example (Jane Roe)</author>
          <description>Short.</description>
          <content:encoded><![CDATA[<p>Talks are&nbsp;off, she said.</p><p>He left.</p>]]></content:encoded></item>
        <item><title>Ferry late</title><link>https://www.echo.example/news/2</link><description>The ferry was late.</description></item>
        <item><title>Cut</title><link>https://www.echo.example/news/3</link>
          <content:encoded>&lt;p&gt;The ferry was late. Continue reading&lt;/p&gt;</content:encoded></item>
        <item><title>Alone</title><description>The port is open.</description></item>
        </channel></rss>"#,
        &[
            "https://www.echo.example/news/1 | echo.example | Talks & more | Jane Roe | 2025-11-14T19:40:00Z | Talks are off, she said.\n\nHe left.",
            "-> Page https://www.echo.example/news/2 \"Ferry late\"",
            "-> Page https://www.echo.example/news/3 \"Cut\"",
            " | Harbour Echo | Alone |  |  | The port is open.",
        ],
    );
}

#[test]
fn atom_is_read_with_its_markup_and_whatever_its_prefix() {
    let atom = |p: &str| {
        format!(
            r#"<{p}feed><{p}title>Echo</{p}title><{p}link rel="self" href="https://echo.example/feed"/><{p}link href="https://echo.example/"/>
            <{p}entry><{p}title type="html">Talks &lt;b&gt;off&lt;/b&gt;</{p}title><{p}id>tag:1</{p}id><{p}link rel="enclosure" href="https://echo.example/a.mp3"/>
            <{p}link rel="alternate" type="text/html" href="1"/><{p}updated>2025-11-15T00:00:00Z</{p}updated>
            <{p}published>2025-11-14T19:40:00Z</{p}published><{p}author><{p}name>Jane Roe</{p}name><{p}uri>https://x.example</{p}uri></{p}author>
            <{p}source><{p}title>Other</{p}title><{p}id>x</{p}id></{p}source>
            <{p}content type="xhtml"><div><p>Talks are <b>off</b>, 1 &lt; 2.</p><p>He left.<br/>So did she.</p></div></{p}content></{p}entry></{p}feed>"#
        )
    };
    let expected = "https://echo.example/1 | echo.example | Talks off | Jane Roe | 2025-11-14T19:40:00Z | \
                    Talks are off, 1 < 2.\n\nHe left. So did she.";
    for prefix in ["", "atom:"] {
        let found: Vec<String> = read(&atom(prefix)).iter().map(|text| text.replace("left.\nSo", "left. So")).collect();
        assert_eq!(found, [expected]);
    }
}

#[test]
fn sitemaps_and_lists_of_feeds_are_links() {
    check(
        r#"<urlset xmlns:news="x"><url><loc>https://echo.example/1</loc><news:news><news:publication><news:name>Echo</news:name>
        <news:language>en</news:language></news:publication><news:publication_date>2025-11-14</news:publication_date>
        <news:title>Talks off</news:title></news:news></url><url><loc>https://echo.example/2</loc></url><url/></urlset>"#,
        &[
            "-> Page https://echo.example/1 \"Talks off\"",
            "-> Page https://echo.example/2 \"\"",
            "f.xml link 3: no link",
        ],
    );
    check(
        "<sitemapindex><sitemap><loc>https://echo.example/s1.xml</loc></sitemap></sitemapindex>",
        &["-> Sitemap https://echo.example/s1.xml \"\""],
    );
    check(
        r#"<opml><head><title>Mine</title></head><body><outline text="Ports"><outline text="Echo" type="rss" xmlUrl="https://echo.example/feed?a=1&amp;b=2"/>
        <outline title="Post" xmlUrl="ftp://post.example/feed"></outline></outline></body></opml>"#,
        &["-> Feed https://echo.example/feed?a=1&b=2 \"Echo\"", "f.xml outline 3: no link"],
    );
}

#[test]
fn a_bad_item_is_named_and_the_rest_goes_in() {
    let item = |inside: &str| format!("<item><link>https://e.example/{inside}</item>");
    let text = |number: u8| format!("{number}</link><guid>g{number}</guid><description>x</description>");
    let future = "4</link><pubDate>Fri, 14 Nov 2031 21:40:00 GMT</pubDate><guid>g4</guid>";
    let items = [
        item(&text(1)),
        item("2</link><guid>g1</guid>"),
        item(&text(1)),
        item(future),
        item(&format!("5</link><description>{}x</description>", "<ul><li>".repeat(60_000))),
        item(&format!("6</link><description>{}</description>", "long ".repeat(2_000_000))),
        "<item><title>x</title></item>".to_owned(),
        "<item/>".to_owned(),
        item(&text(9)),
    ];
    check(
        &format!("<rss><channel>{}</channel></rss>", items.concat()),
        &[
            "-> Page https://e.example/1 \"\"",
            "f.xml item 2: its guid is that of item 1, another report",
            "f.xml item 3: listed a second time",
            "f.xml item 4: dated `Fri, 14 Nov 2031 21:40:00 GMT`, which is still to come",
            "f.xml item 5: elements nested more than 128 deep",
            "f.xml item 6: longer than 8388608 bytes",
            "f.xml item 7: neither text nor link",
            "f.xml item 8: neither text nor link",
            "-> Page https://e.example/9 \"\"",
        ],
    );
    assert_eq!(Why::Twice.to_string(), "listed a second time");
}

#[test]
fn what_is_no_list_is_refused_as_a_whole() {
    let bomb = r#"<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>"#;
    check(bomb, &["`f.xml`: has a DOCTYPE, which is not read"]);
    check("<svg/>", &["`f.xml`: XML of a kind that is not read: it begins with <svg>"]);
    check("", &["`f.xml` is empty"]);
    check("<rss><channel>", &[]);
    check(&format!("<rss>{}", "<a>".repeat(300)), &["`f.xml`: elements nested more than 128 deep"]);
    check(
        "<rss><item><link>https://e.example/1</link></item><item><link>https://e.example/2",
        &["-> Page https://e.example/1 \"\"", "f.xml item 2: the file ends inside of it"],
    );
    check(
        "<rss><item><link>https://e.example/1</link></item><item><title>x<![CDATA[",
        &[
            "-> Page https://e.example/1 \"\"",
            "f.xml item 2: not XML: syntax error: CDATA not closed: `]]>` not found before end of input; nothing can be read behind it",
        ],
    );
}

#[test]
fn the_beginning_of_a_list_is_read_as_far_as_it_goes() {
    let items = ["<item><link>https://e.example/1</link></item>", "<item><link>https://e.example/2</link></item>"];
    let whole = format!("<rss><channel>{}", items.concat());
    let second = whole.len() - items[1].len();
    for (length, links, number) in [(second, 1, 1), (second + 3, 1, 1), (second + 20, 1, 2), (whole.len(), 2, 2)] {
        let bytes = &whole.as_bytes()[..length];
        let found: Vec<_> = beginning("f.xml", bytes, None, &Given::default(), &Limits::default()).collect();
        assert_eq!(found.iter().filter(|found| matches!(found, Ok(Arrival::Link(_)))).count(), links, "{length}");
        let error = found.last().expect("an error").as_ref().expect_err("an error");
        let says = format!("f.xml: longer than {length} bytes: read up to item {number}, and not beyond");
        assert_eq!((error.to_string(), error.is_limit(), found.len()), (says, true, links + 1));
    }
    // What is wrong before that is said as it is.
    let bomb = b"<!DOCTYPE rss [<!ENTITY a \"ha\">]><rss><item>";
    let found: Vec<_> = beginning("f.xml", bomb, None, &Given::default(), &Limits::default()).collect();
    assert!(found.len() == 1 && found[0].as_ref().is_err_and(|error| error.to_string().contains("DOCTYPE")));
}

#[test]
fn a_million_items_pass_through() {
    struct Items(u64);
    impl Iterator for Items {
        type Item = Vec<u8>;
        fn next(&mut self) -> Option<Vec<u8>> {
            self.0 += 1;
            match self.0 {
                1 => Some(b"<rss><channel>".to_vec()),
                n if n < 1_000_002 => {
                    Some(format!("<item><link>https://e.example/{n}</link><guid>{n}</guid></item>").into())
                }
                _ => None,
            }
        }
    }
    struct Stream(Items, std::io::Cursor<Vec<u8>>);
    impl std::io::Read for Stream {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            if self.1.position() as usize == self.1.get_ref().len() {
                self.1 = std::io::Cursor::new(self.0.next().unwrap_or_default());
            }
            self.1.read(into)
        }
    }
    let stream = std::io::BufReader::new(Stream(Items(0), std::io::Cursor::default()));
    let found = feed("f.xml", stream, None, &Given::default(), &Limits::default());
    assert_eq!(found.filter(Result::is_ok).count(), 1_000_000);
}
