//! Rules: which words make a time expression, and what they fill in. The rules themselves are `data/rules.txt`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use reportedly_record::TimeKind;

use crate::class::{self, Class};
use crate::lex::{Piece, PieceKind};
use crate::meaning::{Anchor, Count, Meaning, Modifier, Unit, Vague};

/// What the words of a rule say a time to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// A time named by its place in the calendar or on the clock.
    Date,
    /// A time so many units from another.
    Shift,
    /// A length of time.
    Length,
    /// A repetition.
    Repetition,
    /// Before, at or after now, no more.
    Vague,
    /// Words before another expression.
    Modifier,
}

/// One rule.
pub(crate) struct Rule {
    pub(crate) op: Op,
    /// Its words often mean something else.
    pub(crate) is_weak: bool,
    // "name=value" before the pattern.
    sets: Vec<(String, String)>,
    name: String,
    pattern: Vec<Element>,
    /// Line in the file, 1-based: names the rule in tests and in the record.
    pub(crate) line: usize,
}

/// One place of a pattern.
struct Element {
    options: Vec<Atom>,
    is_optional: bool,
}

enum Atom {
    Word(String),
    Class(Class),
}

/// An expression that a rule matched.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    /// The pieces, with the modifier's.
    pub(crate) pieces: Range<usize>,
    pub(crate) op: Op,
    pub(crate) meaning: Meaning,
    pub(crate) is_weak: bool,
    pub(crate) line: usize,
    /// Line of the rule for the modifier before it.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests tell rules apart by it"))]
    pub(crate) modified_by: Option<usize>,
}

impl Match {
    /// Type of its TIMEX3, as far as the rule alone tells.
    pub(crate) fn kind(&self) -> TimeKind {
        match self.op {
            Op::Length => TimeKind::Duration,
            Op::Repetition => TimeKind::Set,
            _ if self.meaning.hour.is_some() || self.meaning.part.is_some() => TimeKind::Time,
            _ => TimeKind::Date,
        }
    }
}

/// All rules, found by what their first place may hold.
pub(crate) struct Rules {
    pub(crate) rules: Vec<Rule>,
    by_word: HashMap<String, Vec<usize>>,
    by_class: HashMap<Class, Vec<usize>>,
}

/// An example of the file: the rule's line, the text with its marks, and what is expected.
#[cfg(test)]
pub(crate) struct Example {
    pub(crate) line: usize,
    pub(crate) given: String,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::parse(include_str!("../data/rules.txt")));

/// The rules of `data/rules.txt`.
pub(crate) fn rules() -> &'static Rules {
    &RULES
}

/// The examples of `data/rules.txt`.
#[cfg(test)]
pub(crate) fn examples() -> Vec<Example> {
    let mut rule = 0;
    let mut found = Vec::new();
    for (number, line) in include_str!("../data/rules.txt").lines().enumerate() {
        match line {
            _ if line.starts_with('#') || line.trim().is_empty() => {}
            _ if line.starts_with(' ') => found.push(Example { line: rule, given: line.trim().to_owned() }),
            _ => rule = number + 1,
        }
    }
    found
}

impl Rules {
    /// Reads the file. A line that is no rule is left out; a test finds it.
    fn parse(file: &str) -> Rules {
        let mut rules = Vec::new();
        for (number, line) in file.lines().enumerate() {
            let is_rule = !line.starts_with(['#', ' ']) && !line.is_empty();
            let Some((head, patterns)) = line.split_once(" : ").filter(|_| is_rule) else { continue };
            rules.extend(patterns.split(" / ").filter_map(|pattern| Rule::parse(head, pattern, number + 1)));
        }
        let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_class: HashMap<Class, Vec<usize>> = HashMap::new();
        for (number, rule) in rules.iter().enumerate() {
            for atom in rule.firsts() {
                match atom {
                    Atom::Word(word) => by_word.entry(word.clone()).or_default().push(number),
                    Atom::Class(class) => by_class.entry(*class).or_default().push(number),
                }
            }
        }
        Rules { rules, by_word, by_class }
    }

    /// Finds the longest expression that begins at a piece; of equal ones that of the type wanted, then the first in the
    /// file. With `weak`, weak rules count too.
    pub(crate) fn at(&self, pieces: &[Piece<'_>], at: usize, weak: bool, wanted: Option<TimeKind>) -> Option<Match> {
        let first = pieces.get(at).filter(|piece| !is_one_of(piece, &BEGINS_NONE))?;
        let mut candidates = Vec::new();
        self.candidates(first, &mut candidates);
        let mut best: Option<Match> = None;
        let mut modified: Option<Match> = None;
        for number in candidates {
            let rule = &self.rules[number];
            if rule.is_weak && !weak {
                continue;
            }
            let mut meaning = rule.preset();
            let Some(end) = rule.matches(pieces, 0, at, &mut meaning) else { continue };
            let meaning = rule.finished(meaning);
            let (is_weak, line) = (rule.is_weak, rule.line);
            let found = Match { pieces: at..end, op: rule.op, meaning, is_weak, line, modified_by: None };
            let slot = if rule.op == Op::Modifier { &mut modified } else { &mut best };
            let fits = |found: &Match| (found.pieces.end, wanted == Some(found.kind()));
            if slot.as_ref().is_none_or(|best| fits(&found) > fits(best)) {
                *slot = Some(found);
            }
        }
        // "early next year": the modifier belongs to what follows at once.
        if let Some(modified) = modified
            && let Some(core) = self.at(pieces, modified.pieces.end, weak, wanted)
            && best.as_ref().is_none_or(|best| core.pieces.end > best.pieces.end)
            && core.meaning.modifier.is_none()
            && core.op != Op::Vague
        {
            let meaning = Meaning { modifier: modified.meaning.modifier, ..core.meaning };
            return Some(Match { pieces: at..core.pieces.end, meaning, modified_by: Some(modified.line), ..core });
        }
        best
    }

    /// Finds the expression that is exactly a run of pieces.
    pub(crate) fn exactly(&self, pieces: &[Piece<'_>], run: Range<usize>, wanted: TimeKind) -> Option<Match> {
        self.at(pieces.get(..run.end)?, run.start, true, Some(wanted)).filter(|found| found.pieces == run)
    }

    /// Rules that may begin at a piece, in the order of the file.
    fn candidates(&self, piece: &Piece<'_>, found: &mut Vec<usize>) {
        let mut classes = Vec::new();
        class::begins(piece, &mut classes);
        for class in classes {
            found.extend(self.by_class.get(&class).into_iter().flatten());
        }
        if piece.text.len() <= LONGEST {
            let rules = match piece.text.bytes().any(|b| b.is_ascii_uppercase()) {
                true => self.by_word.get(&piece.text.to_ascii_lowercase()),
                false => self.by_word.get(piece.text),
            };
            found.extend(rules.into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
    }
}

/// Longest first word of a rule in bytes.
const LONGEST: usize = 14;

impl Rule {
    fn parse(head: &str, pattern: &str, line: usize) -> Option<Rule> {
        let mut fields = head.split_whitespace();
        let op = fields.next()?;
        let (op, is_weak) = op.strip_suffix('?').map_or((op, false), |op| (op, true));
        let op = match op {
            "date" => Op::Date,
            "shift" => Op::Shift,
            "dur" => Op::Length,
            "set" => Op::Repetition,
            "ref" => Op::Vague,
            "mod" => Op::Modifier,
            _ => return None,
        };
        let mut name = String::new();
        let mut sets = Vec::new();
        for field in fields {
            match field.split_once('=') {
                Some((key, value)) => sets.push((key.to_owned(), value.to_owned())),
                None => name = field.to_owned(),
            }
        }
        let pattern = pattern.split_whitespace().map(Element::parse).collect::<Option<_>>()?;
        Some(Rule { op, is_weak, sets, name, pattern, line })
    }

    /// What the first piece may be: the first place, and as long as places are optional the next.
    fn firsts(&self) -> impl Iterator<Item = &Atom> {
        let optional = self.pattern.iter().take_while(|e| e.is_optional).count();
        self.pattern.iter().take(optional + 1).flat_map(|e| &e.options)
    }

    /// The fields that the rule fills before its words do.
    fn preset(&self) -> Meaning {
        let mut meaning = Meaning { vague: Vague::of(&self.name), ..Meaning::default() };
        meaning.modifier = Modifier::of(&self.name);
        for (key, value) in &self.sets {
            match key.as_str() {
                "unit" => meaning.unit = Unit::of(value),
                "month" => meaning.month = value.parse().ok(),
                "day" => meaning.day = value.parse().ok(),
                "of" => meaning.within = Unit::of(value),
                "every" => meaning.is_every = true,
                "by" => meaning.by = value.parse().ok(),
                "part" => meaning.part = crate::meaning::Part::of(value),
                "count" if value == "some" => meaning.count = Some(Count::Some),
                "count" => meaning.count = value.parse().ok().map(Count::Exactly),
                "mod" => meaning.modifier = Modifier::of(value),
                "from" => meaning.anchor = if value == "quarter" { Anchor::Quarter } else { Anchor::Reference },
                _ => {}
            }
        }
        meaning
    }

    /// Fills what depends on the words: a sign before a count, an ordinal that counts quarters.
    fn finished(&self, mut meaning: Meaning) -> Meaning {
        for (key, value) in &self.sets {
            match (key.as_str(), value.as_str(), meaning.count) {
                ("sign", "-", Some(Count::Exactly(n))) => meaning.count = Some(Count::Exactly(-n)),
                ("sign", sign, Some(Count::Some)) => {
                    meaning.vague = Some(if sign == "-" { Vague::Past } else { Vague::Future });
                }
                ("half", "1", count) => {
                    let whole = if let Some(Count::Exactly(n)) = count { n } else { 1.0 };
                    meaning.count = Some(Count::Exactly(whole + 0.5));
                }
                ("quarter", _, _) => meaning.quarter = meaning.ordinal.take().filter(|n| (1..=4).contains(n)),
                ("half", _, _) => meaning.half = meaning.ordinal.take().filter(|n| (1..=2).contains(n)),
                ("century", _, _) => meaning.century = meaning.ordinal.take().map(i16::from),
                _ => {}
            }
        }
        meaning
    }

    /// Matches the pattern from a place on; fills `to`. Of several ways, those that take more optional words come first.
    fn matches(&self, pieces: &[Piece<'_>], place: usize, at: usize, to: &mut Meaning) -> Option<usize> {
        let Some(element) = self.pattern.get(place) else {
            // What binds the parts of an expression ends none.
            let last = at.checked_sub(1).and_then(|at| pieces.get(at));
            let goes_on = self.op == Op::Modifier;
            return (goes_on || !last.is_some_and(|piece| is_one_of(piece, &ENDS_NONE))).then_some(at);
        };
        for atom in &element.options {
            let mut tried = to.clone();
            if let Some(next) = atom.matches(pieces, at, &mut tried)
                && let Some(end) = self.matches(pieces, place + 1, next, &mut tried)
            {
                *to = tried;
                return Some(end);
            }
        }
        if element.is_optional { self.matches(pieces, place + 1, at, to) } else { None }
    }
}

impl Element {
    fn parse(word: &str) -> Option<Element> {
        let (word, is_optional) = word.strip_prefix('?').map_or((word, false), |word| (word, true));
        let options = word.split('|').map(Atom::parse).collect::<Option<Vec<_>>>()?;
        Some(Element { options, is_optional })
    }
}

impl Atom {
    fn parse(word: &str) -> Option<Atom> {
        match word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) {
            Some(class) => Class::of(class).map(Atom::Class),
            None => (!word.is_empty()).then(|| Atom::Word(word.to_owned())),
        }
    }

    fn matches(&self, pieces: &[Piece<'_>], at: usize, to: &mut Meaning) -> Option<usize> {
        match self {
            Atom::Class(class) => class::matches(*class, pieces, at, to),
            Atom::Word(word) => {
                let piece = pieces.get(at)?;
                let is_same = match piece.kind {
                    PieceKind::Mark => is_same_mark(piece.text, word),
                    PieceKind::Word => piece.text.eq_ignore_ascii_case(word) || piece.text == "’s" && word == "'s",
                    PieceKind::Number => false,
                };
                is_same.then_some(at + 1)
            }
        }
    }
}

/// Words and marks that bind the parts of an expression.
const ENDS_NONE: [&str; 8] = [",", "of", "on", "at", "in", "the", "-", "fiscal"];
const BEGINS_NONE: [&str; 4] = [",", "'s", "’s", "-"];

fn is_one_of(piece: &Piece<'_>, words: &[&str]) -> bool {
    words.iter().any(|word| piece.text.eq_ignore_ascii_case(word))
}

/// Any dash is a dash.
fn is_same_mark(mark: &str, word: &str) -> bool {
    mark == word || word == "-" && matches!(mark, "‐" | "‑" | "–")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_read() {
        for (number, line) in include_str!("../data/rules.txt").lines().enumerate() {
            if line.is_empty() || line.starts_with(['#', ' ']) {
                continue;
            }
            let patterns = line.split_once(" : ").map_or(0, |(_, patterns)| patterns.split(" / ").count());
            let read = rules().rules.iter().filter(|rule| rule.line == number + 1).count();
            assert!(patterns > 0 && patterns == read, "line {}: {line}", number + 1);
            assert!(examples().iter().any(|e| e.line == number + 1), "line {} has no example", number + 1);
        }
    }
}
