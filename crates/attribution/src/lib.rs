//! Who said it. An attribution has a cue ("said"), a content and a source; this crate finds all three.
//!
//! A cue is found first. Then every word near it is asked for its part in that cue's attribution, and the best sequence
//! of parts is taken: so source and content are linked to the cue by how they are found.

use std::ops::Range;

use reportedly_model::Scores;
use reportedly_record::{Attribution, Id, Kind, Span, Syntax, Text, Voice, Words};

/// Words on each side of a cue that can be part of its attribution. Of the 41,655 sources and contents of
/// PolNeAR's train set, 99.9% lie wholly within this reach (140: 99.86%, 240: 99.95%).
const REACH: usize = 180;

/// The three layers of the attribution head.
const CUE: usize = 1;

/// How words stand to lines and quotation marks: what the text's layout says beside its grammar.
pub struct Layout<'a> {
    /// The line in which each word stands.
    pub lines: &'a [i64],
    /// Whether each word stands between quotation marks.
    pub quoted: &'a [bool],
}

/// Finds the attributions in scored words, in the order of their cues.
pub fn attributions(
    report: Id,
    text: &Text,
    syntax: &Syntax,
    layout: &Layout<'_>,
    scores: &Scores,
) -> Vec<Attribution> {
    let words = syntax.words.len();
    let Some(cues) = scores.layer_tags("attribution", "attribution_crf", CUE, 0..words) else { return Vec::new() };
    let mut found = Vec::new();
    for cue in runs(&cues, 1) {
        let reach = cue.start.saturating_sub(REACH)..words.min(cue.end + REACH);
        let Some(parts) = scores.arguments(cue.start, reach.clone(), |i| layout.lines[i]) else { return found };
        let shifted =
            |first| runs(&parts, first).into_iter().map(|r| r.start + reach.start..r.end + reach.start).collect();
        let (source, content): (Vec<_>, Vec<_>) = (shifted(1), shifted(3));
        found.extend(attribution(report, text, syntax, layout, &source, &cue, &content));
    }
    found
}

/// Runs of a BIO tag: `first` begins one, `first + 1` continues it.
fn runs(tags: &[u8], first: u8) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (i, tag) in tags.iter().enumerate() {
        if *tag == first {
            runs.push(i..i + 1);
        } else if *tag == first + 1 {
            match runs.last_mut() {
                Some(run) if run.end == i => run.end = i + 1,
                _ => runs.push(i..i + 1),
            }
        }
    }
    runs
}

fn attribution(
    report: Id,
    text: &Text,
    syntax: &Syntax,
    layout: &Layout<'_>,
    source: &[Range<usize>],
    cue: &Range<usize>,
    content: &[Range<usize>],
) -> Option<Attribution> {
    let pieces = |ranges: &[Range<usize>]| -> Vec<Words> {
        ranges.iter().filter_map(|r| trimmed(text, syntax, r.clone())).map(|span| text.words(span)).collect()
    };
    let (source, content_words) = (pieces(source), pieces(content));
    let cue = syntax.words[cue.start].span.hull(syntax.words[cue.end - 1].span);
    let evidence = source.iter().chain(&content_words).map(|w| w.span).fold(cue, Span::hull);
    if content_words.is_empty() {
        return None;
    }
    Some(Attribution {
        id: Id::in_report(Kind::Attribution, report, (cue.bytes(), evidence.bytes())),
        source,
        cue: Some(text.words(cue)),
        voice: voice(content, syntax, text, layout),
        content: content_words,
        evidence,
        speaker: None,
        stance: None,
        hedge: None,
        on_record: None,
        addressee: None,
        medium: None,
        within: None,
        continues: None,
    })
}

/// Whether a word has a letter or a digit.
fn is_word(text: &Text, span: Span) -> bool {
    text.slice(span).contains(char::is_alphanumeric)
}

/// The span of a range of words without the marks at its ends; a mark whose partner stands inside stays.
fn trimmed(text: &Text, syntax: &Syntax, range: Range<usize>) -> Option<Span> {
    let word = |i: usize| text.slice(syntax.words[i].span);
    let first = range
        .clone()
        .find(|i| is_word(text, syntax.words[*i].span) || matches!(word(*i), "$" | "£" | "€" | "#" | "@"))?;
    let mut last =
        range.clone().rev().find(|i| is_word(text, syntax.words[*i].span) || matches!(word(*i), "%" | "°"))?;
    let partner = |mark: &str| match mark {
        "”" => Some("“"),
        "»" => Some("«"),
        "’" => Some("‘"),
        ")" => Some("("),
        "]" => Some("["),
        "\"" => Some("\""),
        _ => None,
    };
    // "... was “not worried”": the closing mark belongs to the opening one inside.
    while let Some(next) = (last + 1 < range.end).then(|| word(last + 1)) {
        let Some(opening) = partner(next) else { break };
        let inside = || (first..=last).map(word);
        let open = if opening == next {
            inside().filter(|w| *w == next).count() % 2 == 1
        } else {
            inside().filter(|w| *w == opening).count() > inside().filter(|w| *w == next).count()
        };
        if !open {
            break;
        }
        last += 1;
    }
    Some(syntax.words[first].span.hull(syntax.words[last].span))
}

/// Whose words a content is in. Four words of five between marks are enough: outlets leave small words outside.
fn voice(content: &[Range<usize>], syntax: &Syntax, text: &Text, layout: &Layout<'_>) -> Voice {
    let words = content.iter().flat_map(Range::clone).filter(|i| is_word(text, syntax.words[*i].span));
    let (all, quoted) = words.fold((0, 0), |(all, quoted), i| (all + 1, quoted + usize::from(layout.quoted[i])));
    match quoted {
        0 => Voice::Indirect,
        _ if quoted * 5 >= all * 4 => Voice::Direct,
        _ => Voice::Mixed,
    }
}
