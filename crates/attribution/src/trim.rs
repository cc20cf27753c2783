//! Where the pieces of an attribution begin and end, and whose words they are.

use std::ops::Range;

use reportedly_record::{Span, Syntax, Text, Voice};

use crate::Layout;

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

/// Whose words a content is in. Four words of five between marks are enough: outlets leave small words outside.
pub(crate) fn voice(content: &[Range<usize>], syntax: &Syntax, text: &Text, layout: &Layout<'_>) -> Voice {
    let words = content.iter().flat_map(Range::clone).filter(|i| is_word(text, syntax.words[*i].span));
    let (all, quoted) = words.fold((0, 0), |(all, quoted), i| (all + 1, quoted + usize::from(layout.quoted[i])));
    match quoted {
        0 => Voice::Indirect,
        _ if quoted * 5 >= all * 4 => Voice::Direct,
        _ => Voice::Mixed,
    }
}
