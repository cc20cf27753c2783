//! Quotation marks in pairs: which stretches of a text stand between marks, whatever kind the outlet uses.

use std::ops::Range;

/// A stretch between quotation marks, as byte ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks. Without a closing mark it runs to the end of the paragraph.
    pub outer: Range<usize>,
    /// Without its marks.
    pub inner: Range<usize>,
    /// Single marks, as for speech inside speech (or British speech).
    pub single: bool,
    /// The closing mark is there.
    pub closed: bool,
}

/// Finds the quotations of a text, paragraph by paragraph, in order of their opening marks.
pub fn quotations(text: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        paragraph(text, start..start + line.trim_end().len(), &mut found);
        start += line.len();
    }
    found.sort_by_key(|q| (q.outer.start, std::cmp::Reverse(q.outer.end)));
    found
}

/// An opening mark that waits for its partner.
struct Open {
    mark: Range<usize>,
    single: bool,
}

fn paragraph(text: &str, range: Range<usize>, found: &mut Vec<Quotation>) {
    let mut open: Vec<Open> = Vec::new();
    let mut before = None;
    let mut chars = text[range.clone()].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let at = range.start + i;
        let mut mark = at..at + c.len_utf8();
        // ``old wire quotes''
        if matches!(c, '`' | '\'') && chars.peek().is_some_and(|(_, next)| *next == c) {
            chars.next();
            mark.end += 1;
        }
        let after = chars.peek().map(|(_, c)| *c);
        match turn(c, mark.len() == 2 && c != '‘' && c.is_ascii(), before, after, &open, &text[mark.end..range.end]) {
            Turn::Opens { single } => open.push(Open { mark, single }),
            Turn::Closes { single } => close(&mut open, mark, single, found),
            Turn::None => {}
        }
        before = Some(c);
    }
    for left in open.into_iter().filter(|o| !o.single) {
        let outer = left.mark.start..range.end;
        found.push(Quotation { inner: left.mark.end..range.end, outer, single: false, closed: false });
    }
}

/// What a character does to the quotations around it.
enum Turn {
    Opens { single: bool },
    Closes { single: bool },
    None,
}

fn turn(c: char, doubled: bool, before: Option<char>, after: Option<char>, open: &[Open], rest: &str) -> Turn {
    let double_open = open.iter().any(|o| !o.single);
    let single_open = open.last().is_some_and(|o| o.single);
    let word_before = before.is_some_and(|c| !c.is_whitespace());
    let letter_after = after.is_some_and(char::is_alphanumeric);
    match c {
        '“' | '«' | '„' | '‟' => Turn::Opens { single: false },
        '”' | '»' if double_open => Turn::Closes { single: false },
        '`' if doubled => Turn::Opens { single: false },
        '\'' if doubled && double_open => Turn::Closes { single: false },
        '"' if double_open => Turn::Closes { single: false },
        '"' if after.is_some_and(|c| !c.is_whitespace()) => Turn::Opens { single: false },
        // ‘90s and ’em are no quotations.
        '‘' if !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_numeric) => {
            Turn::Opens { single: true }
        }
        '’' if single_open && word_before && !letter_after => Turn::Closes { single: true },
        '\'' if doubled => Turn::None,
        '\'' if single_open && word_before && !letter_after => Turn::Closes { single: true },
        '\'' if opens_straight_single(before, after, rest) => Turn::Opens { single: true },
        _ => Turn::None,
    }
}

/// Tells whether a straight single mark opens: it stands before a word and a closing one follows in the paragraph.
fn opens_straight_single(before: Option<char>, after: Option<char>, rest: &str) -> bool {
    let free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '—' | '–'));
    free && after.is_some_and(char::is_alphabetic)
        && rest.char_indices().any(|(i, c)| {
            c == '\''
                && rest[..i].ends_with(|c: char| !c.is_whitespace() && c != 's')
                && !rest[i + 1..].starts_with(char::is_alphanumeric)
        })
}

/// Closes the innermost open quotation of a kind; whatever stands open inside it lost its partner and is dropped.
fn close(open: &mut Vec<Open>, mark: Range<usize>, single: bool, found: &mut Vec<Quotation>) {
    let Some(at) = open.iter().rposition(|o| o.single == single) else { return };
    let opening = open[at].mark.clone();
    open.truncate(at);
    found.push(Quotation { outer: opening.start..mark.end, inner: opening.end..mark.start, single, closed: true });
}

#[cfg(test)]
mod tests {
    use super::quotations;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let inner: Vec<_> = quotations(text).into_iter().map(|q| &text[q.inner]).collect();
        assert_eq!(inner, expected);
    }

    #[test]
    fn marks_pair_whatever_their_kind() {
        check("“We stay,” he said. “For good.”", &["We stay,", "For good."]);
        check("He said \"no\" and \"never\".", &["no", "never"]);
        check("``Old wire,'' it said.", &["Old wire,"]);
        check("«Non», he said.", &["Non"]);
    }

    #[test]
    fn speech_inside_speech_keeps_both() {
        check(
            "“I told him ‘we’re not leaving’ and left,” she said.",
            &["I told him ‘we’re not leaving’ and left,", "we’re not leaving"],
        );
        check("\"He said 'go home' twice,\" she said.", &["He said 'go home' twice,", "go home"]);
    }

    #[test]
    fn a_quotation_over_paragraphs_is_open_until_its_end() {
        check("“First part.\n\n“Second part,” he said.", &["First part.", "Second part,"]);
    }

    #[test]
    fn apostrophes_are_no_quotations() {
        check("It's the Reagans' 'em and ‘90s boys’ club.", &[]);
    }
}
