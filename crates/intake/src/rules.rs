//! The table of paragraphs that are no news: patterns and their examples, in `data/passages.txt`.

use std::sync::LazyLock;

use regex::{RegexSet, RegexSetBuilder};
use reportedly_record::{Boiler, PassageKind};

/// Where in a report a rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Everywhere.
    Any,
    /// In the first paragraphs.
    Top,
    /// In the last paragraphs.
    End,
}

/// What a rule says of the paragraphs that it marks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) kind: PassageKind,
    /// It marks what belongs to the page around a report: a button, a form, an advertisement.
    pub(crate) is_chrome: bool,
    /// What it is there for; none of what is no boilerplate.
    pub(crate) boiler: Option<Boiler>,
    place: Place,
    longest: usize,
}

/// The rules that reach paragraphs of a length, all patterns in one automaton.
struct Rules {
    rules: Vec<Rule>,
    set: RegexSet,
    longest: usize,
}

const TABLE: &str = include_str!("../data/passages.txt");

/// Lengths in characters by which rules are grouped: most paragraphs of news are longer than most rules reach.
const LENGTHS: [usize; 4] = [100, 320, 700, 4_000];

static RULES: LazyLock<[Rules; 4]> = LazyLock::new(|| {
    LENGTHS.map(|longest| {
        let shorter = LENGTHS.iter().rev().find(|length| **length < longest).copied().unwrap_or(0);
        let reaching = TABLE.lines().filter_map(rule).filter(|(rule, _)| rule.longest > shorter);
        let (rules, patterns): (Vec<Rule>, Vec<String>) = reaching.unzip();
        let set =
            RegexSetBuilder::new(patterns).case_insensitive(true).size_limit(64 << 20).dfa_size_limit(16 << 20).build();
        Rules { rules, set: set.expect("the table's patterns are tested"), longest }
    })
});

/// Reads one line of the table, if it is a rule, with its pattern.
fn rule(line: &str) -> Option<(Rule, String)> {
    let mut parts = line.splitn(4, ' ');
    let (name, class) = parts.next().map(|first| first.split_once('/').unwrap_or((first, "")))?;
    let (kind, is_chrome) = match name {
        "correction" => (PassageKind::Correction, false),
        "desk" => (PassageKind::DeskNote, false),
        "byline" => (PassageKind::Byline, false),
        "boilerplate" => (PassageKind::Boilerplate, false),
        "chrome" => (PassageKind::Boilerplate, true),
        "caption" => (PassageKind::Caption, false),
        _ => return None,
    };
    let boiler = match class {
        "ad" => Boiler::Ad,
        "credit" => Boiler::Credit,
        "signup" => Boiler::Signup,
        "copyright" => Boiler::Copyright,
        "player" => Boiler::Player,
        "contributor" => Boiler::Contributor,
        _ => Boiler::Nav,
    };
    let boiler = (kind == PassageKind::Boilerplate).then_some(boiler);
    let place = match parts.next()? {
        "top" => Place::Top,
        "end" => Place::End,
        _ => Place::Any,
    };
    let longest = parts.next()?.parse().ok()?;
    // With Unicode's word boundaries the automaton would leave its fast path at every curly quotation mark.
    let pattern = parts.next()?.replace(r"\b", r"(?-u:\b)");
    Some((Rule { kind, is_chrome, boiler, place, longest }, pattern))
}

/// Finds the first rule of the table that marks a paragraph, if one does.
pub(crate) fn marked(paragraph: &str, place: &[Place]) -> Option<&'static Rule> {
    let length = paragraph.chars().count();
    let rules = RULES.iter().find(|rules| length <= rules.longest)?;
    let mut marking = rules.set.matches(paragraph).into_iter().map(|at| &rules.rules[at]);
    marking.find(|rule| length <= rule.longest && (rule.place == Place::Any || place.contains(&rule.place)))
}

#[cfg(test)]
mod tests {
    use regex::RegexBuilder;

    use super::*;

    #[test]
    fn each_rule_marks_its_examples_and_no_others() {
        let mut last = None;
        let mut wrong = Vec::new();
        for line in TABLE.lines() {
            if let Some((rule, pattern)) = rule(line) {
                let regex = RegexBuilder::new(&pattern).case_insensitive(true).build().expect(&pattern);
                last = Some((rule, regex));
                continue;
            }
            let Some((rule, regex)) = &last else { continue };
            let holds = |text: &str| text.chars().count() <= rule.longest && regex.is_match(text);
            if let Some(text) = line.strip_prefix("yes ") {
                let found = marked(text, &[Place::Top, Place::End]).is_some();
                wrong.extend((!holds(text) || !found).then(|| format!("not marked by {regex}: {text}")));
            } else if let Some(text) = line.strip_prefix("no ") {
                wrong.extend(holds(text).then(|| format!("marked by {regex}: {text}")));
            } else {
                assert!(line.is_empty() || line.starts_with('#'), "neither rule nor example: {line}");
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
