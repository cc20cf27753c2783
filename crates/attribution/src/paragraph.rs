//! Paragraphs that are one quotation and name nobody: who was quoted at the end of the one before goes on in them.

use std::ops::Range;

use crate::Layout;
use crate::found::Found;
use crate::signed::{is_mark, lines};
use crate::tree::Trees;

/// Words of a quotation that goes on so, at the least.
const LEAST: usize = 6;

/// Words of a line behind a quotation that are rather its signature: "Mark Penn, Fox News".
const SIGNATURE: usize = 9;

/// Gives each such paragraph to the one who was quoted last, as a further piece of what he said.
pub(crate) fn go_on(trees: &Trees<'_>, layout: &Layout<'_>, found: &mut [Found]) {
    let lines = lines(layout);
    for i in 1..lines.len() {
        let Some(words) = quoted(trees, layout, &lines[i]) else { continue };
        let taken = words.clone().any(|word| found.iter().any(|f| f.holds(word) || f.cue.contains(&word)));
        let signed = lines.get(i + 1).is_some_and(|next| is_signature(trees, layout, next));
        if taken || signed {
            continue;
        }
        if let Some(one) = last_quoted(trees, layout, found, &lines[i - 1]) {
            found[one].content.push(words);
        }
    }
}

/// The words of a line that stands between marks from its first word to its last, with no double marks inside: where a mark is lost, a line
/// may seem so.
fn quoted(trees: &Trees<'_>, layout: &Layout<'_>, line: &Range<usize>) -> Option<Range<usize>> {
    let first = line.clone().find(|i| !is_mark(trees.said(*i)))?;
    let last = line.clone().rev().find(|i| !is_mark(trees.said(*i)))?;
    let double = |i: usize| matches!(trees.said(i), "“" | "”" | "\"" | "«" | "»");
    let opens = first > line.start && double(first - 1);
    let all = (first..last + 1).all(|i| (layout.quoted[i] || is_mark(trees.said(i))) && !double(i));
    (opens && all && last + 1 - first >= LEAST).then_some(first..last + 1)
}

/// A short line with no verb of its own.
fn is_signature(trees: &Trees<'_>, layout: &Layout<'_>, line: &Range<usize>) -> bool {
    let plain = line.clone().all(|i| !layout.quoted[i] && trees.word(i).upos != "VERB");
    plain && line.len() <= SIGNATURE
}

/// The attribution by which a line quotes somebody, where it quotes nobody else.
fn last_quoted(trees: &Trees<'_>, layout: &Layout<'_>, found: &[Found], line: &Range<usize>) -> Option<usize> {
    let quotes = |f: &Found| f.content.iter().flat_map(Range::clone).any(|i| line.contains(&i) && layout.quoted[i]);
    // A signature or a label gives its own line to somebody, and no other.
    let outer = |f: &Found| !layout.quoted[f.cue.start] && f.cue.clone().any(|i| !is_mark(trees.said(i)));
    let mut here = found.iter().enumerate().filter(|(_, f)| quotes(f) && outer(f));
    let (mut last, mut one) = here.next()?;
    for (i, f) in here {
        let same = f.source.first().is_some_and(|s| {
            s.len() == 1 && trees.word(s.start).upos == "PRON"
                || one.source.first().is_some_and(|o| trees.said(o.end - 1) == trees.said(s.end - 1))
        });
        if !same {
            return None;
        }
        (last, one) = (i, f);
    }
    let end = line.clone().rev().find(|i| layout.quoted[*i] && !is_mark(trees.said(*i)))?;
    // A whole quotation, and no question: the next paragraph may be its answer. "Called the letter “a forgery”" is none.
    let start =
        (line.start..end).rev().find(|i| !layout.quoted[*i] && !is_mark(trees.said(*i))).map_or(line.start, |i| i + 1);
    let asks = (end..line.end.min(end + 3)).any(|i| trees.said(i) == "?");
    let whole = end - start >= LEAST && !asks;
    (whole && found[last].holds(end) && !found[last].source.is_empty()).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "“...”, Roe said." with some words in its marks, and a paragraph behind it: how many pieces Roe says.
    fn check(first: &str, second: &str, quoted: bool, expected: usize) {
        let line = |words: &str| words.split(' ').map(|word| format!("{word} X FW 0 root")).collect::<Vec<_>>();
        let (first, second) = (line(first), line(second));
        let n = first.len();
        let rows = [line("“"), first, line("” Roe said . “"), second, line("”")].concat();
        let (text, syntax) = crate::sketch::sketch(&rows.join("\n"));
        let trees = Trees::new(&text, &syntax);
        let words = syntax.words.len();
        let lines: Vec<i64> = (0..words).map(|i| i64::from(i > n + 4)).collect();
        let marks: Vec<bool> =
            (0..words).map(|i| (1..=n).contains(&i) || quoted && i > n + 5 && i + 1 < words).collect();
        let mut found =
            vec![Found { source: vec![n + 2..n + 3], cue: n + 3..n + 4, content: vec![1..n + 1], within: None }];
        go_on(&trees, &Layout { lines: &lines, quoted: &marks }, &mut found);
        assert_eq!(found[0].content.len(), expected, "{text:?}");
    }

    #[test]
    fn a_paragraph_that_is_one_quotation_goes_on() {
        let (said, more) = ("We will stay in the port", "It is what we want here");
        check(said, more, true, 2);
        check(said, more, false, 1);
        check(said, "It is what", true, 1);
        // A fragment in marks is no quotation, and a question may be answered.
        check("a forgery", more, true, 1);
        check("Will you stay in the port ?", more, true, 1);
        check(said, "Roe walked in , singing “ We stay here", true, 1);
    }
}
