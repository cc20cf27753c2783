//! What each paragraph of a report is. Only paragraphs that say themselves what they are become anything but body.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use reportedly_record::{Boiler, Dateline, Passage, PassageKind, Text};

use crate::dateline::dateline;
use crate::inset::inset;
use crate::rules::{Place, marked};
use crate::stamp::is_stamp;

/// The passages of a text with what they say of the report.
#[derive(Debug, Default)]
pub(crate) struct Passages {
    pub(crate) passages: Vec<Passage>,
    pub(crate) headline: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) dateline: Option<Dateline>,
}

/// What is known of a report's passages before its text is read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hints<'a> {
    /// The headline, as given or from the page's metadata.
    pub(crate) title: Option<&'a str>,
    /// The author, from the page's metadata.
    pub(crate) author: Option<&'a str>,
    /// Byte ranges that the page marks as words under a picture, in order: each a whole paragraph.
    pub(crate) captions: &'a [Range<usize>],
}

/// Paragraphs at either end where a rule for that end holds. By-lines follow a headline, a subtitle, a caption and a date.
const ENDS: usize = 6;

/// Body paragraphs that may begin with the dateline: a subtitle or teaser may stand before the lead.
const LEADS: usize = 3;

/// Characters of the longest headline. The longest of 5,000 given titles has 190, nearly all have fewer than 130.
const HEADLINE: usize = 150;

/// Finds the passages of a text: one for each paragraph, in order.
pub(crate) fn passages(text: &Text, hints: Hints<'_>) -> Passages {
    let paragraphs = paragraphs(text.as_str());
    let count = paragraphs.len();
    let mut found = Passages::default();
    let mut bodies = 0;
    let mut list_of_links = false;
    for (at, range) in paragraphs.iter().enumerate() {
        let paragraph = &text.as_str()[range.clone()];
        let mut place = Vec::new();
        place.extend((at < ENDS).then_some(Place::Top));
        place.extend((at + ENDS >= count).then_some(Place::End));
        let top = at < ENDS && bodies == 0;
        let mut boiler = None;
        let mut kind = if hints.captions.binary_search_by_key(&range.start, |caption| caption.start).is_ok() {
            PassageKind::Caption
        } else if top && hints.title.is_some_and(|title| same_words(title, paragraph)) {
            PassageKind::Headline
        } else if top && hints.author.is_some_and(|author| same_words(author, paragraph.trim_start_matches("By "))) {
            PassageKind::Byline
        } else if let Some(rule) = marked(paragraph, &place) {
            boiler = rule.boiler;
            rule.kind
        } else if at < ENDS && is_stamp(paragraph) {
            PassageKind::Boilerplate
        } else if at == 0
            && count > 1
            && is_headline(paragraph)
            && hints.title.is_none_or(|title| alike(title, paragraph))
        {
            PassageKind::Headline
        } else if at > 0 && at + 1 < count && at < 2 * ENDS && count > 3 && names_a_picture(paragraph) {
            PassageKind::Caption
        } else {
            PassageKind::Body
        };
        // Behind "Related stories", lines that are no sentences are links.
        if kind == PassageKind::Body && list_of_links && at + 2 * ENDS >= count && !ends_sentence(paragraph) {
            kind = PassageKind::Boilerplate;
        }
        list_of_links = match kind {
            PassageKind::Boilerplate => {
                list_of_links || paragraph.chars().count() < 40 && !ends_sentence(paragraph) && is_link_head(paragraph)
            }
            _ => false,
        };
        match kind {
            PassageKind::Headline if found.headline.is_none() => found.headline = Some(paragraph.to_owned()),
            PassageKind::Byline if found.byline.is_none() => found.byline = Some(paragraph.to_owned()),
            PassageKind::Body => {
                bodies += 1;
                if bodies <= LEADS && found.dateline.is_none() {
                    found.dateline = dateline(text, range.start, range.end);
                }
            }
            _ => {}
        }
        if kind != PassageKind::Boilerplate {
            let mut push = |kind, part: Range<usize>, boiler| {
                let span = text.span(range.start + part.start..range.start + part.end);
                found.passages.push(Passage { kind, span, boiler });
            };
            let mut start = 0;
            for links in inset(paragraph) {
                if links.start > start {
                    push(kind, start..links.start - 1, None);
                }
                push(PassageKind::Boilerplate, links.clone(), Some(Boiler::Nav));
                start = links.end;
            }
            start += paragraph[start..].len() - paragraph[start..].trim_start().len();
            if start < paragraph.len() {
                push(kind, start..paragraph.len(), None);
            }
            continue;
        }
        let whole = boiler.unwrap_or(Boiler::Nav);
        found.passages.extend(pieces(paragraph, whole, &place).into_iter().map(|(piece, boiler)| {
            let span = text.span(range.start + piece.start..range.start + piece.end);
            Passage { kind, span, boiler: Some(boiler) }
        }));
    }
    found
}

/// Cuts boilerplate where its sentences are there for different things: "Sign up for our letter. © 2027."
fn pieces(paragraph: &str, whole: Boiler, place: &[Place]) -> Vec<(Range<usize>, Boiler)> {
    let mut pieces: Vec<(Range<usize>, Boiler)> = Vec::new();
    let mut start = 0;
    for sentence in paragraph.split_inclusive(". ") {
        let range = start..start + sentence.trim_end().len();
        start += sentence.len();
        let own = marked(&paragraph[range.clone()], place).and_then(|rule| rule.boiler);
        match (pieces.last_mut(), own) {
            (None, own) => pieces.push((range, own.unwrap_or(whole))),
            (Some((_, last)), Some(own)) if own != *last => pieces.push((range, own)),
            (Some((piece, _)), _) => piece.end = range.end,
        }
    }
    pieces
}

/// Tells whether a short paragraph only names what a picture shows: no verb, and it ends in where or when that was.
fn names_a_picture(line: &str) -> bool {
    static SHOWS: LazyLock<Regex> = LazyLock::new(|| {
        let date = r"(?:\d{1,2} )?(?:\p{Lu}\w+ )?(?:\d{1,2}, )?\d{4}";
        let place = r"\p{Lu}[\w’'-]*(?:[ ,]+\p{Lu}[\w’'-]*){0,3}";
        let pattern = format!(
            r"\b(?:in|at|on|near|outside|during|of)(?: (?:the|early|late|central|downtown))* (?:{place}(?:,? {date})?|{date})\.$"
        );
        Regex::new(&pattern).expect("the pattern is tested")
    });
    static VERB: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(?:[a-z]+(?:ed|n['’]t)|is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|should|says?|said|goes|went|gone|came|comes?|made|makes?|took|takes?|gave|gives?|got|gets?|saw|sees|knew|knows?|left|leaves|met|meets?|won|wins?|lost|loses|fell|falls?|held|holds?|kept|keeps?|told|tells|began|begins?|broke|breaks|brought|built|sent|spoke|stood|stands?|struck|hit|hits|shot|led|leads|ran|runs|set|sets|put|puts|became|becomes?|found|finds?|rose|fled|grew|drew|paid|sold|sank|fought|won|wants?|remains?|arrives?|faces?|opens?|closes?|lives?|works?|dies?|that|who|which|but|because|if|when)\b").expect("the pattern is tested")
    });
    let words = line.split_whitespace().count();
    (4..=20).contains(&words)
        && !line.contains(['"', '“', '”', '?', '!', ':'])
        && SHOWS.is_match(line)
        && !VERB.is_match(line)
}

/// Tells whether a line begins a list of links to other reports.
fn is_link_head(line: &str) -> bool {
    static HEAD: LazyLock<Regex> = LazyLock::new(|| {
        RegexBuilder::new(r"^\W{0,3}(read (more|next)|see also|related|recommended|trending|most|more (from|on|stories|news)|what to read|you m|top stories|latest)")
            .case_insensitive(true)
            .build()
            .expect("the pattern is tested")
    });
    HEAD.is_match(line)
}

/// Tells whether a first paragraph reads as a headline: short, and no sentence with a full stop.
fn is_headline(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (3..=30).contains(&words)
        && line.chars().count() <= HEADLINE
        && !ends_sentence(line)
        && !line.ends_with([',', ';', ':', '-', '—'])
        && line.chars().next().is_some_and(|c| !c.is_lowercase() && !"(•*-–—".contains(c))
}

/// Tells whether a paragraph ends as sentences do. A question or a shout may be a headline.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).ends_with(['.', '…'])
}

/// Tells whether a line may be another wording of a headline: it has half of the longer words.
fn alike(title: &str, line: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 3)
            .map(str::to_lowercase)
            .collect()
    };
    let (title, line) = (words(title), words(line));
    line.iter().filter(|word| title.contains(word)).count() * 2 >= title.len().min(line.len()).max(1)
}

/// Tells whether two lines have the same letters and digits.
fn same_words(a: &str, b: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<Vec<_>>();
    // Titles are short; a long paragraph is never compared letter by letter.
    b.len() < 4 * a.len() + 64 && !a.trim().is_empty() && letters(a) == letters(b)
}

/// Finds the paragraphs of a text: its lines, or its blocks where lines are wrapped. White space around them is left out.
pub(crate) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{B}', '\u{C}']) {
        if line == "\n" && text[..start].ends_with('\r') {
            // The second half of one line end.
            start += 1;
            continue;
        }
        let trimmed = line.trim_matches(is_blank);
        let lead = line.len() - line.trim_start_matches(is_blank).len();
        lines.push(start + lead..start + lead + trimmed.len());
        start += line.len();
    }
    if !is_wrapped(text, &lines) {
        lines.retain(|line| !line.is_empty());
        return lines;
    }
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for line in lines {
        match (line.is_empty(), open, blocks.last_mut()) {
            (true, ..) => open = false,
            (false, true, Some(block)) => block.end = line.end,
            (false, ..) => {
                blocks.push(line);
                open = true;
            }
        }
    }
    blocks
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\0')
}

/// Tells whether a text's lines are cut at a width, as in mail: most lines go on in the next one.
fn is_wrapped(text: &str, lines: &[Range<usize>]) -> bool {
    let (mut broken, mut all) = (0, 0);
    let mut filled = lines.iter().filter(|line| !line.is_empty()).peekable();
    while let (Some(line), Some(next)) = (filled.next(), filled.peek()) {
        let between = &text[line.end..next.start];
        if between.matches('\n').count() > 1 {
            continue;
        }
        all += 1;
        let goes_on = text[next.start..].starts_with(|c: char| c.is_lowercase())
            || text[..line.end].ends_with(|c: char| c.is_alphanumeric() || c == ',');
        broken += usize::from(goes_on && (40..=100).contains(&line.len()));
    }
    all >= 3 && broken * 10 >= all * 6
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, hints: Hints<'_>, expected: &str) {
        let text = Text::new(text);
        let kinds: String = passages(&text, hints)
            .passages
            .iter()
            .map(|passage| match passage.kind {
                PassageKind::Headline => 'H',
                PassageKind::Byline => 'Y',
                PassageKind::Body => 'b',
                PassageKind::Caption => 'c',
                PassageKind::Correction => 'C',
                PassageKind::DeskNote => 'D',
                PassageKind::Boilerplate => 'x',
            })
            .collect();
        assert_eq!(kinds, expected, "{}", text.as_str());
    }

    #[test]
    fn the_parts_of_a_report() {
        check(
            "Envoy silent on date\n\nBy Jane Roe, harbour correspondent\n\n10 November 2026, 6.30am\n\nCAIRO — The envoy said nothing on Monday.\n\nRead more: What we know\n\n© 2026 The Echo",
            Hints::default(),
            "HYxbxx",
        );
        check(
            "The envoy said nothing.\nShe left.\nRelated stories\nBerth fees explained\nThe Petrel\n",
            Hints::default(),
            "bbxxx",
        );
        check("The envoy said nothing", Hints::default(), "b");
    }

    #[test]
    fn boilerplate_says_what_it_is_there_for() {
        let text = Text::new(
            "Talks off\n\nThe talks are off, the port said.\n\nSign up for our Sunday letter. © 2027. All rights reserved.\n\nAdditional reporting by Joan Pell in Lorne.\n\nAdvertisement",
        );
        let found = passages(&text, Hints::default());
        let boilers: Vec<_> = found.passages.iter().filter_map(|p| Some((text.slice(p.span), p.boiler?))).collect();
        assert_eq!(
            boilers,
            [
                ("Sign up for our Sunday letter.", Boiler::Signup),
                ("© 2027. All rights reserved.", Boiler::Copyright),
                ("Additional reporting by Joan Pell in Lorne.", Boiler::Contributor),
                ("Advertisement", Boiler::Ad),
            ]
        );
    }

    #[test]
    fn words_that_name_a_picture_are_a_caption() {
        for line in [
            "pilgrims at the harbour shrine in 2008.",
            "The council’s ferry Petrel in Lorne.",
            "The minister at a summit in Port Ansel, 2 May 2019.",
        ] {
            assert!(names_a_picture(line), "{line}");
        }
        for line in [
            "He was born in Lorne.",
            "Roe arrived in Lorne.",
            "Nobody in Lorne believed it.",
            "Not in Lorne, he said.",
            "Three of them live in Lorne.",
        ] {
            assert!(!names_a_picture(line), "{line}");
        }
        check(
            "Ferry late on Monday\n\nA ferry was late on Monday, the port said, and many waited.\n\nThe ferry Petrel in Lorne.\n\nIt left at noon.",
            Hints::default(),
            "Hbcb",
        );
    }

    #[test]
    fn a_given_title_and_author_are_recognised() {
        let hints = Hints { title: Some("Envoy: “No.”"), author: Some("Caspian Ruddle"), captions: &[] };
        check("Envoy: “No.”\nCaspian Ruddle\nThe envoy said no.", hints, "HYb");
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The envoy said on Monday that the talks with the Council had been\nput off, and that a new date would be given when the weather on the\nSound allowed it and both sides had agreed.\n\nShe left at noon by the coastguard cutter for the island, where the\nlighthouse keeper was waiting.\n";
        assert_eq!(paragraphs(text).len(), 2);
        assert_eq!(paragraphs(&text.replace('\n', "\r\n")).len(), 2);
        assert_eq!(paragraphs("One.\nTwo.\n\nThree.\r\nFour.").len(), 4);
    }

    proptest! {
        #[test]
        fn passages_are_in_bounds_in_order_and_disjoint(string in "(By Roe|[a-z“”é .\0]{0,12}|\n|\r\n|Read more: |CAIRO (AP) — |Correction: |\u{2028}){0,40}") {
            let text = Text::new(string.clone());
            let found = passages(&text, Hints::default());
            let mut end = 0;
            for passage in &found.passages {
                let bytes = passage.span.bytes();
                prop_assert!(end <= bytes.start && bytes.start < bytes.end && bytes.end <= string.len());
                prop_assert!(string[end..bytes.start].chars().all(is_blank));
                end = bytes.end;
            }
            prop_assert!(string[end..].chars().all(is_blank));
            prop_assert_eq!(text.as_str(), string);
        }
    }
}
