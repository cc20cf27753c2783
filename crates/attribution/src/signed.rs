//! Speech that the layout gives to somebody: lines of a transcript ("WALLACE: ...") and quotations that end in a name.

use std::ops::Range;

use crate::Layout;
use crate::found::Found;
use crate::tree::Trees;

/// Words of a speaker's label at the most: "SEN. BERNIE SANDERS, I-VT.".
const LABEL: usize = 6;

/// Labels in capitals that name no speaker.
const NOBODY: &str = include_str!("../data/labels.txt");

fn is_nobody(label: &str) -> bool {
    NOBODY.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).any(|word| word == label)
}

/// Finds the quotations that lines end with the name of their speaker behind.
pub(crate) fn signatures(trees: &Trees<'_>, layout: &Layout<'_>) -> Vec<Found> {
    lines(layout).iter().filter_map(|line| signature(trees, layout, line)).collect()
}

/// The words of each line.
pub(crate) fn lines(layout: &Layout<'_>) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    for (i, line) in layout.lines.iter().enumerate() {
        match lines.last_mut() {
            Some(last) if layout.lines[last.start] == *line => last.end = i + 1,
            _ => lines.push(i..i + 1),
        }
    }
    lines
}

/// Whether a word has neither letters nor figures.
pub(crate) fn is_mark(word: &str) -> bool {
    !word.contains(char::is_alphanumeric)
}

/// The label of a transcript's line and its colon.
fn label(trees: &Trees<'_>, line: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let start = line.clone().find(|i| !is_mark(trees.said(*i)))?;
    if start > line.start + 1 {
        return None;
    }
    let colon = (start..line.end.min(start + LABEL + 1)).find(|i| trees.said(*i) == ":")?;
    let spoken = (start..colon).all(|i| {
        let word = trees.said(i);
        is_mark(word) || word.chars().all(|c| !c.is_lowercase()) && word.contains(char::is_alphabetic)
    });
    let nobody = (start..colon).any(|i| is_nobody(trees.said(i)));
    let name = trees.said(start).chars().count() > 2 || colon > start + 1;
    (spoken && !nobody && name && colon > start && line.end > colon + 2).then_some((start..colon, colon))
}

/// The labels of speakers in capitals that lines of a text begin with.
fn turns(text: &str) -> impl Iterator<Item = &str> {
    let name = |line: &str| line.find(':').filter(|colon| *colon < 60);
    let lines = text.lines().map(str::trim_start);
    let named = lines.filter_map(move |line| Some(line[..name(line)?].trim_end()));
    named.filter(|name| {
        let capitals = name.contains(char::is_uppercase) && !name.contains(char::is_lowercase);
        capitals && name.split_whitespace().count() <= LABEL && !name.split_whitespace().any(is_nobody)
    })
}

/// Lines that begin with speakers in capitals, where at least one of them speaks twice.
pub(crate) fn transcript(trees: &Trees<'_>, layout: &Layout<'_>) -> Vec<Found> {
    let lines = lines(layout);
    let labels: Vec<_> = lines.iter().map(|line| label(trees, line)).collect();
    let words = |(label, _): &(Range<usize>, usize)| trees.text.slice(trees.span(label)).to_owned();
    // A long transcript is read in sections: another turn may stand in one before or behind.
    let again = |label: String| turns(trees.text.as_str()).filter(|turn| *turn == label).nth(1).is_some();
    let said: Vec<String> = labels.iter().flatten().map(words).collect();
    let twice = said.iter().enumerate().any(|(i, one)| said[..i].contains(one));
    if !twice && !said.into_iter().any(again) {
        return Vec::new();
    }
    let goes_on = labels.len() > 1 && {
        let end = lines.last().map_or(0, |line| trees.word(line.end - 1).span.bytes().end);
        turns(trees.text.as_str().get(end..).unwrap_or_default()).next().is_some()
    };
    // The last line of the turn that begins with a line: a speaker may go on in paragraphs of his own.
    let until = |at: usize| {
        let next = labels[at + 1..].iter().position(Option::is_some).map(|n| at + 1 + n);
        let next = next.or_else(|| goes_on.then_some(labels.len()));
        next.map_or(at, |next| {
            (at + 1..next).rev().find(|line| speaks_of_himself(trees, layout, &lines[*line])).unwrap_or(at)
        })
    };
    let speech = |(at, label): (usize, &Option<(Range<usize>, usize)>)| {
        let (name, colon) = label.clone()?;
        let content = vec![colon + 1..lines[until(at)].end];
        Some(Found { source: vec![name], cue: colon..colon + 1, content, within: None })
    };
    labels.iter().enumerate().filter_map(speech).collect()
}

/// Whether a line says "I" or "we" outside of marks, and is no stage direction; one that is a speaker's own words without any marks was
/// found to be so before.
fn speaks_of_himself(trees: &Trees<'_>, layout: &Layout<'_>, line: &Range<usize>) -> bool {
    let own = |i: usize| matches!(trees.lower(i).as_str(), "i" | "we" | "my" | "our" | "us" | "me");
    let found_before = || line.clone().all(|i| layout.quoted[i]);
    !matches!(trees.said(line.start), "[" | "(" | "“" | "\"" | "«")
        && (line.clone().any(|i| own(i) && !layout.quoted[i]) || found_before())
}

/// A line that is one quotation, a dash and a name: “We stayed.” ― Ada Roe.
fn signature(trees: &Trees<'_>, layout: &Layout<'_>, line: &Range<usize>) -> Option<Found> {
    let dash = line.clone().rev().find(|i| matches!(trees.said(*i), "―" | "—" | "–" | "-" | "--"))?;
    let name = dash + 1..line.clone().rev().find(|i| !is_mark(trees.said(*i)))? + 1;
    let capital = |i: usize| trees.said(i).starts_with(char::is_uppercase);
    if name.is_empty() || name.len() > 2 * LABEL || !capital(name.start) || name.clone().any(|i| layout.quoted[i]) {
        return None;
    }
    let first = line.clone().find(|i| !is_mark(trees.said(*i)))?;
    let speech = first..dash;
    let closed = (dash.saturating_sub(2)..dash).any(|i| matches!(trees.said(i), "”" | "\"" | "»" | "''" | "’"));
    let quoted = speech.clone().filter(|i| !is_mark(trees.said(*i)) && !layout.quoted[*i]).count();
    let end = speech.clone().rev().find(|i| layout.quoted[*i])? + 1;
    // Marks inside the speech may be paired otherwise than they were meant.
    (closed && quoted * 5 <= speech.len() && speech.len() >= 3 && layout.quoted[first]).then(|| Found {
        source: vec![name],
        cue: dash..dash + 1,
        content: vec![first..end],
        within: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line of words; words between quotation marks are those behind an opening mark.
    fn check(lines: &[&str], expected: &[(&str, &str)]) {
        let (mut rows, mut numbers, mut quoted) = (String::new(), Vec::new(), Vec::new());
        for (number, line) in lines.iter().enumerate() {
            let mut inside = false;
            for word in line.split_whitespace() {
                rows += &format!("{word} X FW 0 root\n");
                inside &= word != "”";
                quoted.push(inside);
                inside |= word == "“";
                numbers.push(number as i64);
            }
        }
        let (text, syntax) = crate::sketch::sketch(&rows);
        let trees = Trees::new(&text, &syntax);
        let layout = Layout { lines: &numbers, quoted: &quoted };
        let words = |r: &Range<usize>| text.slice(trees.span(r)).to_owned();
        let found: Vec<_> = [transcript(&trees, &layout), signatures(&trees, &layout)]
            .iter()
            .flatten()
            .map(|f| (words(&f.source[0]), words(&f.content[0])))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_transcript_gives_each_line_to_its_speaker() {
        check(
            &["ROE : Will you stay ?", "LIND : We will .", "( CROSSTALK )", "ROE : Thank you both ."],
            &[("ROE", "Will you stay ?"), ("LIND", "We will ."), ("ROE", "Thank you both .")],
        );
    }

    #[test]
    fn a_label_that_speaks_once_is_a_label() {
        check(
            &[
                "ROE : We came .",
                "And then we left .",
                "( CROSSTALK )",
                "LIND : Did we ?",
                "It was late .",
                "ROE : Yes .",
            ],
            &[("ROE", "We came . And then we left ."), ("LIND", "Did we ?"), ("ROE", "Yes .")],
        );
        check(&["NOTE : Times are local .", "BREAKING : Talks are off ."], &[]);
        check(&["WATCH : The port at night .", "Watch : it again ."], &[]);
        check(&["STORY : The port at night .", "STORY : The port by day ."], &[]);
    }

    #[test]
    fn a_quotation_that_ends_in_a_name_is_that_name_s() {
        check(&["“ We will not leave . ” ― Ada Roe"], &[("Ada Roe", "We will not leave .")]);
        check(&["“ We will not leave ” — and then they left"], &[]);
    }
}
