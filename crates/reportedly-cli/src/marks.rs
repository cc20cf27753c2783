//! Marks: which words of a text are the source, which the cue and which the content, in colour or in brackets.

use std::ops::Range;

use anstyle::{AnsiColor, Style};
use reportedly::record::{Span, Text};

use crate::galley::{Galley, Paint};

/// Words of a text that play a part.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) role: Role,
    pub(crate) span: Span,
}

/// The part that words play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Source,
    Cue,
    Content,
    /// Another one, by its name in the record.
    Other(String),
}

impl Role {
    /// The role of that name in the record.
    pub(crate) fn of(name: &str) -> Role {
        match name {
            "source" => Role::Source,
            "cue" => Role::Cue,
            "content" => Role::Content,
            other => Role::Other(other.to_owned()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Role::Source => "source",
            Role::Cue => "cue",
            Role::Content => "content",
            Role::Other(name) => name,
        }
    }

    /// The role's colour.
    pub(crate) fn style(&self) -> Style {
        match self {
            Role::Source => AnsiColor::Cyan.on_default().bold(),
            Role::Cue => AnsiColor::Yellow.on_default(),
            Role::Content => AnsiColor::Green.on_default(),
            Role::Other(_) => AnsiColor::Magenta.on_default(),
        }
    }
}

/// Sets a stretch of a text with its marks, each of its lines on a line of its own.
pub(crate) fn set_marked(galley: &mut Galley, text: &Text, stretch: Range<usize>, marks: &[Mark]) {
    let mut at = stretch.start;
    let mut first = true;
    let words = text.as_str().get(stretch).unwrap_or_default();
    for line in words.split('\n') {
        let range = at..at + line.len();
        at = range.end + 1;
        if line.trim().is_empty() {
            continue;
        }
        if !std::mem::take(&mut first) {
            galley.end_line();
        }
        for (run, role) in runs(range, marks) {
            let words = text.as_str().get(run).unwrap_or_default();
            match role {
                None => galley.text(words, Style::new()),
                Some(role) if galley.paper().paint == Paint::Colour => galley.text(words, role.style()),
                // Space at the edge of a run stands outside of its brackets.
                Some(role) => {
                    let inner = words.trim();
                    let (before, behind) = words.split_once(inner).unwrap_or((words, ""));
                    let marked = if inner.is_empty() { String::new() } else { format!("[{} {inner}]", role.name()) };
                    galley.text(&format!("{before}{marked}{behind}"), Style::new());
                }
            }
        }
    }
}

/// Cuts a range into runs with the mark that holds on each: the shortest where several do.
fn runs(range: Range<usize>, marks: &[Mark]) -> Vec<(Range<usize>, Option<&Role>)> {
    let touching: Vec<&Mark> = marks
        .iter()
        .filter(|mark| mark.span.bytes().start < range.end && range.start < mark.span.bytes().end)
        .collect();
    let inside = |at: usize| at.clamp(range.start, range.end);
    let mut cuts: Vec<usize> =
        touching.iter().flat_map(|mark| [inside(mark.span.bytes().start), inside(mark.span.bytes().end)]).collect();
    cuts.extend([range.start, range.end]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut runs: Vec<(Range<usize>, Option<&Role>)> = Vec::new();
    for cut in cuts.windows(2) {
        let &[start, end] = cut else { continue };
        let holds = |mark: &&&Mark| mark.span.bytes().start <= start && end <= mark.span.bytes().end;
        let role = touching.iter().filter(holds).min_by_key(|mark| mark.span.bytes().len()).map(|mark| &mark.role);
        match runs.last_mut() {
            Some((last, of)) if *of == role => last.end = end,
            _ => runs.push((start..end, role)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::galley::Paper;

    fn check(text: &str, marks: &[(&str, &str)], paint: Paint, expected: &str) {
        let text = Text::new(text);
        let mark = |(role, words): &(&str, &str)| {
            let at = text.as_str().find(words).expect("the words are in the text");
            Mark { role: Role::of(role), span: text.span(at..at + words.len()) }
        };
        let marks: Vec<Mark> = marks.iter().map(mark).collect();
        let mut galley = Galley::new(Paper { width: 60, paint });
        set_marked(&mut galley, &text, 0..text.len(), &marks);
        assert_eq!(galley.finish(), expected);
    }

    #[test]
    fn marks_are_brackets_without_colour() {
        let marks = [("content", "It will reopen,"), ("source", "two officials"), ("cue", "said")];
        check(
            "It will reopen, two officials said.",
            &marks,
            Paint::Brackets,
            "[content It will reopen,] [source two officials] [cue said].\n",
        );
        check("x said.", &[("cue", "said")], Paint::Colour, "x \u{1b}[33msaid\u{1b}[0m.\n");
    }

    #[test]
    fn a_mark_inside_a_mark_parts_it_and_lines_stay_apart() {
        check(
            "“We,” he said, “are off.”\n\n“For good.”",
            &[("content", "“We,” he said, “are off.”\n\n“For good.”"), ("cue", "said")],
            Paint::Brackets,
            "[content “We,” he] [cue said][content , “are off.”]\n[content “For good.”]\n",
        );
    }
}
