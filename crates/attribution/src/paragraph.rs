//! Paragraphs that are one quotation and name nobody: who was quoted at the end of the one before goes on in them.

use std::ops::Range;

use crate::Layout;
use crate::found::Found;
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

fn lines(layout: &Layout<'_>) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    for (i, line) in layout.lines.iter().enumerate() {
        match lines.last_mut() {
            Some(last) if layout.lines[last.start] == *line => last.end = i + 1,
            _ => lines.push(i..i + 1),
        }
    }
    lines
}

fn is_mark(word: &str) -> bool {
    !word.contains(char::is_alphanumeric)
}

/// The words of a line that stands between marks from its first word to its last.
fn quoted(trees: &Trees<'_>, layout: &Layout<'_>, line: &Range<usize>) -> Option<Range<usize>> {
    let first = line.clone().find(|i| !is_mark(trees.said(*i)))?;
    let last = line.clone().rev().find(|i| !is_mark(trees.said(*i)))?;
    let opens = first > line.start && matches!(trees.said(first - 1), "“" | "\"" | "«");
    let all = (first..last + 1).all(|i| layout.quoted[i] || is_mark(trees.said(i)));
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
    let last_word = line.clone().rev().find(|i| layout.quoted[*i] && !is_mark(trees.said(*i)))?;
    (found[last].holds(last_word) && !found[last].source.is_empty()).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "“We stay”, Roe said." and a paragraph behind it; who speaks in that.
    fn check(second: &str, quoted: bool, expected: usize) {
        let rows = format!(
            "“ PUNCT `` 3 punct\nWe PRON PRP 3 nsubj\nstay VERB VBP 6 ccomp\n” PUNCT '' 3 punct\nRoe PROPN NNP 6 nsubj
            said VERB VBD 0 root\n. PUNCT . 6 punct\n{second}"
        );
        let (text, syntax) = crate::sketch::sketch(&rows);
        let trees = Trees::new(&text, &syntax);
        let words = syntax.words.len();
        let lines: Vec<i64> = (0..words).map(|i| i64::from(i > 6)).collect();
        let marks: Vec<bool> = (0..words).map(|i| i == 1 || i == 2 || quoted && i > 7 && i + 1 < words).collect();
        let mut found = vec![Found { source: vec![4..5], cue: 5..6, content: vec![1..3], within: None }];
        go_on(&trees, &Layout { lines: &lines, quoted: &marks }, &mut found);
        assert_eq!(found[0].content.len(), expected);
    }

    #[test]
    fn a_paragraph_that_is_one_quotation_goes_on() {
        let words = ["“", "It", "is", "what", "we", "want", "here", "”"].map(|word| format!("{word} X FW 0 root"));
        check(&words.join("\n"), true, 2);
        check(&words.join("\n"), false, 1);
        check(&words[..4].join("\n"), true, 1);
    }
}
