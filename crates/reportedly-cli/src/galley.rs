//! The galley: words set in lines of the terminal's width, with colour or with brackets.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _};

use anstream::AutoStream;
use anstyle::Style;
use unicode_width::UnicodeWidthChar as _;

use crate::args::When;

/// What a page is printed on.
#[derive(Clone, Copy)]
pub(crate) struct Paper {
    /// Columns of a line.
    pub(crate) width: usize,
    pub(crate) paint: Paint,
}

/// How words are marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paint {
    Colour,
    Brackets,
}

/// Columns where nothing tells how many there are.
const WIDTH: usize = 80;

/// Fewer columns than a label and a long word need are not worth wrapping for.
const NARROWEST: usize = 24;

impl Paper {
    /// The paper that standard output is.
    pub(crate) fn stdout(when: When) -> Paper {
        let paint = match when {
            When::Always => Paint::Colour,
            When::Never => Paint::Brackets,
            When::Auto if AutoStream::choice(&io::stdout()) == anstream::ColorChoice::Never => Paint::Brackets,
            When::Auto => Paint::Colour,
        };
        let columns = || std::env::var("COLUMNS").ok()?.parse::<usize>().ok().filter(|columns| *columns > 0);
        let terminal = || {
            let (width, _) = io::stdout().is_terminal().then(terminal_size::terminal_size)??;
            Some(usize::from(width.0))
        };
        Paper { width: columns().or_else(terminal).unwrap_or(WIDTH).max(NARROWEST), paint }
    }
}

/// Lines being set. Lines after the first of an entry stand in from the margin.
pub(crate) struct Galley {
    paper: Paper,
    set: String,
    indent: usize,
    // Columns taken of the line; none is taken before its first word or label.
    column: usize,
    // No word stands in the line yet, only its margin.
    fresh: bool,
    word: Vec<(char, Style)>,
    gap: bool,
    ink: Style,
}

impl Galley {
    pub(crate) fn new(paper: Paper) -> Galley {
        Galley {
            paper,
            set: String::new(),
            indent: 0,
            column: 0,
            fresh: true,
            word: Vec::new(),
            gap: false,
            ink: Style::new(),
        }
    }

    pub(crate) fn paper(&self) -> Paper {
        self.paper
    }

    /// Sets the margin of the lines that begin from here on.
    pub(crate) fn indent(&mut self, indent: usize) {
        self.indent = indent;
    }

    /// Begins an entry: a label in the margin, which the entry's other lines stand in from.
    pub(crate) fn label(&mut self, label: &str, margin: usize) {
        self.end_line();
        self.indent = 0;
        self.text(label, DIM);
        self.end_word();
        self.change_ink(Style::new());
        self.indent = margin;
        let wide = self.column.max(margin - 1) + 1 - self.column;
        self.set.extend(std::iter::repeat_n(' ', wide));
        self.column += wide;
        self.fresh = true;
    }

    /// Sets a whole entry.
    pub(crate) fn entry(&mut self, label: &str, margin: usize, text: &str) {
        self.label(label, margin);
        self.text(text, Style::new());
        self.end_line();
    }

    /// Sets words; all white space counts as one space.
    pub(crate) fn text(&mut self, text: &str, style: Style) {
        let style = if self.paper.paint == Paint::Colour { style } else { Style::new() };
        for c in text.chars() {
            if c.is_whitespace() {
                self.end_word();
                self.gap = true;
            } else if let Some(c) = printable(c) {
                self.word.push((c, style));
            }
        }
    }

    /// Ends the line, unless nothing stands in it.
    pub(crate) fn end_line(&mut self) {
        self.end_word();
        if self.column > 0 {
            self.break_line();
        }
        self.gap = false;
    }

    /// Leaves a line empty.
    pub(crate) fn blank(&mut self) {
        self.end_line();
        self.set.push('\n');
    }

    /// Returns the lines.
    pub(crate) fn finish(mut self) -> String {
        self.end_line();
        self.set
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        let width: usize = word.iter().map(|(c, _)| columns(*c)).sum();
        let begun = !self.fresh;
        if begun && self.column + usize::from(self.gap) + width > self.paper.width {
            self.break_line();
        } else if begun && self.gap {
            if word.first().is_some_and(|(_, style)| *style != self.ink) {
                self.change_ink(Style::new());
            }
            self.set.push(' ');
            self.column += 1;
        }
        self.gap = false;
        for (c, style) in word {
            // A word that is longer than a line is broken where the line ends.
            if !self.fresh && self.column + columns(c) > self.paper.width {
                self.break_line();
            }
            if self.column == 0 {
                self.set.extend(std::iter::repeat_n(' ', self.indent));
                self.column = self.indent;
            }
            self.change_ink(style);
            self.set.push(c);
            self.column += columns(c);
            self.fresh = false;
        }
    }

    fn break_line(&mut self) {
        self.change_ink(Style::new());
        self.set.push('\n');
        self.column = 0;
        self.fresh = true;
    }

    fn change_ink(&mut self, style: Style) {
        if self.ink == style {
            return;
        }
        // Writing to a string does not fail.
        let _ = write!(self.set, "{}{}", self.ink.render_reset(), style.render());
        self.ink = style;
    }
}

/// Words that stand back: labels and ids.
pub(crate) const DIM: Style = Style::new().dimmed();

/// Words that stand out: headlines.
pub(crate) const BOLD: Style = Style::new().bold();

/// Returns text in one line, cut where it is longer than `width` columns.
pub(crate) fn one_line(text: &str, width: usize) -> String {
    let mut line = String::new();
    let mut column = 0;
    let words = text
        .split_whitespace()
        .enumerate()
        .flat_map(|(i, word)| (i > 0).then_some(' ').into_iter().chain(word.chars()));
    for c in words.filter_map(printable) {
        column += columns(c);
        line.push(c);
        if column > width {
            while column >= width.max(1) {
                column -= line.pop().map_or(column, columns);
            }
            line.push('…');
            break;
        }
    }
    line
}

/// What is printed for a character. Control characters would move the cursor or change the terminal, so that a report could
/// forge what stands around it: they are printed as pictures. Marks that turn the direction of all that follows are left out.
pub(crate) fn printable(c: char) -> Option<char> {
    match c {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7F}' => Some('\u{2421}'),
        '\u{80}'..='\u{9F}' => Some('\u{FFFD}'),
        c => Some(c),
    }
}

fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(width: usize, text: &str, expected: &str) {
        let mut galley = Galley::new(Paper { width, paint: Paint::Brackets });
        galley.indent(2);
        galley.text(text, BOLD);
        assert_eq!(galley.finish(), expected);
    }

    #[test]
    fn words_are_wrapped_and_long_ones_broken() {
        check(10, "two  officials\nsaid so", "  two\n  official\n  s said\n  so\n");
        check(10, "会議は月曜日", "  会議は月\n  曜日\n");
        check(10, "a\u{1b}[31m b\0\u{202e}", "  a␛[31m\n  b␀\n");
        check(10, " \n ", "");
    }

    #[test]
    fn colour_ends_with_the_line_and_labels_keep_their_margin() {
        let mut galley = Galley::new(Paper { width: 12, paint: Paint::Colour });
        galley.label("note", 6);
        galley.text("a bc ", BOLD);
        galley.text("defg", Style::new());
        assert_eq!(galley.finish(), "\u{1b}[2mnote\u{1b}[0m  \u{1b}[1ma bc\u{1b}[0m\n      defg\n");
    }

    #[test]
    fn one_line_is_cut_to_its_width() {
        assert_eq!(one_line("Editor’s\n note: late", 40), "Editor’s note: late");
        assert_eq!(one_line("Editor’s note: late", 10), "Editor’s …");
        assert_eq!(one_line("会議は月曜日", 5), "会議…");
    }
}
