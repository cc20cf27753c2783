//! Where the pieces of an attribution begin and end, and whose words they are.

use std::ops::Range;

use reportedly_record::{Span, Syntax, Text, Voice};

use crate::Layout;
use crate::found::Found;
use crate::tree::Trees;

/// Whether a word has a letter or a digit.
fn is_word(text: &Text, span: Span) -> bool {
    text.slice(span).contains(char::is_alphanumeric)
}

/// The span of a range of words without the marks at its ends; a mark whose partner stands inside stays.
pub(crate) fn trimmed(text: &Text, syntax: &Syntax, range: Range<usize>) -> Option<Span> {
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

/// "Ada Roe, as she left the chamber, said": a source ends before what happened meanwhile.
fn without_aside(trees: &Trees<'_>, source: &mut Range<usize>) {
    let meanwhile = |i: &usize| {
        trees.said(i - 1) == ","
            && matches!(trees.lower(*i).as_str(), "as" | "while" | "when" | "after" | "before")
            && (*i + 1..source.end).any(|verb| matches!(trees.word(verb).xpos.as_str(), "VBD" | "VBZ" | "VBG"))
    };
    if let Some(at) = (source.start + 2..source.end).find(meanwhile) {
        source.end = at - 1;
    }
}

/// "Said Ada Voss. Tomas Beric, the minister, called": nobody's words go on behind a full stop, so a source keeps what stands in
/// the sentence of its cue.
pub(crate) fn to_one_sentence(trees: &Trees<'_>, found: &mut Found) {
    found.source.iter_mut().for_each(|source| without_aside(trees, source));
    let sentences = &trees.syntax.sentences;
    for source in &mut found.source {
        let from = sentences.partition_point(|s| s.start as usize <= source.start);
        let starts = sentences[from..].iter().map(|s| s.start as usize).take_while(|start| *start < source.end);
        for start in starts.filter(|start| trees.lower(start - 1) == ".").collect::<Vec<_>>() {
            if found.cue.start >= start {
                source.start = start;
            } else {
                source.end = source.end.min(start - 1);
            }
        }
    }
}

/// Whose words a content is in. A word outside the marks is forgiven: outlets leave "that" outside. Told inside the marks
/// of another's quotation it is that one's wording, unless marks of its own open before it.
pub(crate) fn voice(trees: &Trees<'_>, layout: &Layout<'_>, found: &Found) -> Voice {
    let opens = |range: &Range<usize>| {
        let before = range.start.checked_sub(1).into_iter().chain([range.start]);
        before.map(|i| trees.said(i)).any(|mark| mark.starts_with(['‘', '“', '«', '\'', '"', '`']))
    };
    if layout.quoted[found.cue.start] && !found.content.iter().any(opens) {
        return Voice::Indirect;
    }
    let words = found.content.iter().flat_map(Range::clone).filter(|i| is_word(trees.text, trees.word(*i).span));
    let (all, quoted) = words.fold((0, 0), |(all, quoted), i| (all + 1, quoted + usize::from(layout.quoted[i])));
    match quoted {
        0 => Voice::Indirect,
        _ if quoted == all => Voice::Direct,
        _ => Voice::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_ends_before_what_happened_meanwhile() {
        let rows =
            "Roe PROPN NNP 0 root\n, PUNCT , 1 punct\nas SCONJ IN 5 mark\nshe PRON PRP 5 nsubj\nleft VERB VBD 1 advcl";
        let end = |rows: &str| {
            let (text, syntax) = crate::sketch::sketch(rows);
            let mut source = 0..5;
            without_aside(&Trees::new(&text, &syntax), &mut source);
            source
        };
        assert_eq!(end(rows), 0..1);
        assert_eq!(end(&rows.replace("as SCONJ IN 5 mark", "who PRON WP 5 nsubj")), 0..5);
    }
}
