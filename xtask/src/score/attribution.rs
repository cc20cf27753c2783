//! Attributions against gold: exact spans by role, and linked source and content.
//!
//! Spans are trimmed of white space and marks at both ends before they are compared, on both sides, and fragments between
//! which there is nothing else are joined. Attributions are paired one to one by the words that they share.

use std::collections::BTreeSet;

use super::{Figure, Tally, is_space, is_word, share};
use crate::forms::{Attribution, Stretch};

/// Roles, in the order of the figures.
const ROLES: [&str; 3] = ["source", "cue", "content"];
const SOURCE: usize = 0;
const CUE: usize = 1;
const CONTENT: usize = 2;

/// Marks that do not count at the ends of a span.
const MARKS: &str = " \t\r\n\u{a0}\u{2009}\u{200b}\u{feff}“”\"‘’'`«»„.,;:!?-–—()[]…";

/// Characters of a paragraph at the most that an opening mark without a partner reaches over.
const OPEN_END: usize = 1_500;

/// Share of a content's tokens between quotation marks from which on it is direct.
const DIRECT: f64 = 0.8;

/// Share of common tokens from which on two roles are softly equal.
const SOFT: f64 = 0.5;

/// Counts over any number of documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    span_exact: [Tally; 3],
    tuple_exact: Split,
    tuple_soft: Split,
    /// Pairs of softly equal content whose gold has a source, and those among them with the very same source.
    speakers: [usize; 2],
}

/// All attributions, and those with direct content.
#[derive(Clone, Copy, Debug, Default)]
struct Split {
    all: Tally,
    direct: Tally,
}

impl Counts {
    /// Counts one document.
    pub(crate) fn add(&mut self, text: &str, gold: &[Attribution], predicted: &[Attribution]) {
        let document = Document::new(text);
        let gold: Vec<Marked> = gold.iter().map(|a| document.marked(a)).collect();
        let mut predicted: Vec<Marked> = predicted.iter().map(|a| document.marked(a)).collect();
        predicted.retain(|p| !p.tokens[CONTENT].is_empty() || !p.tokens[CUE].is_empty());
        for (role, tally) in self.span_exact.iter_mut().enumerate() {
            let all = |side: &[Marked]| side.iter().flat_map(|a| a.spans[role].clone()).collect::<BTreeSet<Stretch>>();
            let (gold, predicted) = (all(&gold), all(&predicted));
            tally.add(gold.intersection(&predicted).count(), predicted.len(), gold.len());
        }
        let pairs = pairs(&gold, &predicted);
        let exact = |g: &Marked, p: &Marked| g.spans[SOURCE] == p.spans[SOURCE] && g.spans[CONTENT] == p.spans[CONTENT];
        let soft = |g: &Marked, p: &Marked| overlap(g, p, CONTENT) >= SOFT && overlap(g, p, SOURCE) >= SOFT;
        self.tuple_exact.add(&gold, &predicted, &pairs, exact);
        self.tuple_soft.add(&gold, &predicted, &pairs, soft);
        for (i, j) in pairs {
            let (g, p) = (&gold[i], &predicted[j]);
            if !g.tokens[SOURCE].is_empty() && overlap(g, p, CONTENT) >= SOFT {
                self.speakers[0] += 1;
                self.speakers[1] += usize::from(g.spans[SOURCE] == p.spans[SOURCE]);
            }
        }
    }

    /// The figures under a suite's name.
    pub(crate) fn figures(&self, suite: &str) -> Vec<Figure> {
        let figure = |name: &str, share: f64| Figure::new(format!("{suite}.{name}"), share);
        let mut figures: Vec<Figure> = ROLES
            .iter()
            .zip(&self.span_exact)
            .map(|(role, tally)| figure(&format!("span_exact.{role}"), tally.f1()))
            .collect();
        for (name, split) in [("tuple_exact", self.tuple_exact), ("tuple_soft", self.tuple_soft)] {
            figures.push(figure(name, split.all.f1()));
            figures.push(figure(&format!("{name}.direct"), split.direct.f1()));
        }
        figures.push(figure("speaker", share(self.speakers[1], self.speakers[0])));
        figures
    }
}

impl Split {
    fn add(
        &mut self,
        gold: &[Marked],
        predicted: &[Marked],
        pairs: &[(usize, usize)],
        equal: impl Fn(&Marked, &Marked) -> bool,
    ) {
        let equal: Vec<_> =
            pairs.iter().map(|(i, j)| (&gold[*i], &predicted[*j])).filter(|(g, p)| equal(g, p)).collect();
        self.all.add(equal.len(), predicted.len(), gold.len());
        // A direct prediction counts wherever its gold is direct or not, and the other way round.
        self.direct.predicted += predicted.iter().filter(|p| p.direct).count();
        self.direct.right += equal.iter().filter(|(_, p)| p.direct).count();
        self.direct.gold += gold.iter().filter(|g| g.direct).count();
        self.direct.found += equal.iter().filter(|(g, _)| g.direct).count();
    }
}

/// An attribution as it is compared.
struct Marked {
    /// Trimmed spans of each role.
    spans: [Vec<Stretch>; 3],
    /// Tokens of each role.
    tokens: [BTreeSet<usize>; 3],
    direct: bool,
}

/// A text with its tokens, and which of them stand between double quotation marks.
struct Document {
    text: Vec<char>,
    tokens: Vec<Stretch>,
    quoted: Vec<bool>,
}

impl Document {
    fn new(text: &str) -> Document {
        let text: Vec<char> = text.chars().collect();
        let (tokens, quotations) = (tokens(&text), quotations(&text));
        let quoted = |token: &Stretch| {
            let next = quotations.partition_point(|q| q[1] <= token[0]);
            quotations.get(next).is_some_and(|q| q[0] <= token[0])
        };
        Document { quoted: tokens.iter().map(quoted).collect(), text, tokens }
    }

    fn marked(&self, attribution: &Attribution) -> Marked {
        let spans = [&attribution.source, &attribution.cue, &attribution.content].map(|role| self.trimmed(role));
        let tokens = [SOURCE, CUE, CONTENT].map(|role| self.touched(&spans[role]));
        let quoted = tokens[CONTENT].iter().filter(|i| self.quoted[**i]).count();
        let all = tokens[CONTENT].len();
        Marked { spans, tokens, direct: all > 0 && quoted as f64 >= DIRECT * all as f64 }
    }

    /// Trims spans and joins those with nothing but marks between them. A span of marks alone (a colon as cue) stays.
    fn trimmed(&self, spans: &[Stretch]) -> Vec<Stretch> {
        let mark = |at: usize| MARKS.contains(self.text[at]);
        let mut spans = spans.to_vec();
        spans.sort_unstable();
        let mut kept: Vec<Stretch> = Vec::new();
        for [start, end] in spans {
            let end = end.min(self.text.len());
            let (first, last) = (narrow(start, end, mark), narrow(start, end, |at| is_space(self.text[at])));
            match (first, last) {
                (Some([start, end]), _) => match kept.last_mut() {
                    Some(before) if start <= before[1] || (before[1]..start).all(mark) => {
                        before[1] = before[1].max(end)
                    }
                    _ => kept.push([start, end]),
                },
                (None, Some(marks)) => kept.push(marks),
                (None, None) => {}
            }
        }
        kept
    }

    /// The tokens that spans touch.
    fn touched(&self, spans: &[Stretch]) -> BTreeSet<usize> {
        let touched = |[start, end]: &Stretch| {
            let first = self.tokens.partition_point(|t| t[1] <= *start);
            first..self.tokens.partition_point(|t| t[0] < *end).max(first)
        };
        spans.iter().flat_map(touched).collect()
    }
}

/// A span without the characters at its ends that do not count; none if nothing is left.
fn narrow(start: usize, end: usize, idle: impl Fn(usize) -> bool) -> Option<Stretch> {
    let start = (start..end).find(|at| !idle(*at))?;
    let end = (start..end).rev().find(|at| !idle(*at))? + 1;
    Some([start, end])
}

/// Runs of word characters, with single marks that join them.
fn tokens(text: &[char]) -> Vec<Stretch> {
    let word = |at: usize| text.get(at).is_some_and(|c| is_word(*c));
    let joint = |at: usize| text.get(at).is_some_and(|c| matches!(c, '\'' | '’' | '.' | '&' | '-'));
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        while word(at) || (at > start && joint(at) && word(at + 1)) {
            at += 1;
        }
        if at > start {
            tokens.push([start, at]);
        }
        at = at.max(start + 1);
    }
    tokens
}

/// Stretches between double quotation marks, line by line; one that is never closed runs to the end of its line.
fn quotations(text: &[char]) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.iter().chain(&['\n']).enumerate() {
        match (c, open) {
            ('\n', _) => {
                if let Some(start) = open.take().filter(|start| at - start < OPEN_END) {
                    found.push([start, at]);
                }
            }
            ('“' | '«' | '„' | '"', None) => open = Some(at),
            ('”' | '»' | '"', Some(start)) => {
                found.push([start, at + 1]);
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// Share of tokens that two attributions have in common in a role; two empty roles are equal.
fn overlap(a: &Marked, b: &Marked, role: usize) -> f64 {
    let (a, b) = (&a.tokens[role], &b.tokens[role]);
    if a.is_empty() && b.is_empty() { 1.0 } else { share(common(a, b), a.union(b).count()) }
}

fn common(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> usize {
    a.intersection(b).count()
}

/// Pairs gold and predicted attributions one to one, the most alike first; they must share a token of cue or content.
fn pairs(gold: &[Marked], predicted: &[Marked]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in predicted.iter().enumerate() {
            let shared = |role: usize| common(&g.tokens[role], &p.tokens[role]) > 0;
            if shared(CONTENT) || shared(CUE) {
                let cue = if shared(CUE) { overlap(g, p, CUE) } else { 0.0 };
                let source = if shared(SOURCE) { overlap(g, p, SOURCE) } else { 0.0 };
                candidates.push((overlap(g, p, CONTENT) * 2.0 + cue + source, i, j));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    let (mut taken_gold, mut taken) = (vec![false; gold.len()], vec![false; predicted.len()]);
    let mut pairs = Vec::new();
    for (_, i, j) in candidates {
        if !taken_gold[i] && !taken[j] {
            (taken_gold[i], taken[j]) = (true, true);
            pairs.push((i, j));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An attribution by the places of words in a text.
    fn said(text: &str, source: &[&str], cue: &[&str], content: &[&str]) -> Attribution {
        let place = |words: &&str| {
            let start = text.find(words).expect("the words stand in the text");
            let chars = |bytes: usize| text[..bytes].chars().count();
            [chars(start), chars(start + words.len())]
        };
        let places = |all: &[&str]| all.iter().map(place).collect();
        Attribution { source: places(source), cue: places(cue), content: places(content) }
    }

    fn value(counts: &Counts, name: &str) -> f64 {
        counts.figures("x").into_iter().find(|f| f.name == format!("x.{name}")).expect("the figure is there").value
    }

    #[test]
    fn marks_at_the_ends_do_not_count_and_fragments_join() {
        let text = "“Stay,” “go,” she said.";
        let mut counts = Counts::default();
        counts.add(
            text,
            &[said(text, &["she"], &["said"], &["“Stay,”", "“go,”"])],
            &[said(text, &["she"], &["said."], &["Stay,” “go"])],
        );
        for name in [
            "span_exact.source",
            "span_exact.cue",
            "span_exact.content",
            "tuple_exact",
            "tuple_exact.direct",
            "speaker",
        ] {
            assert_eq!(value(&counts, name), 100.0, "{name}");
        }
    }

    #[test]
    fn half_right_is_half() {
        // Two in the gold, one predicted with a source that is too long: spans of the source 0 of 1 and 0 of 2;
        // the content 1 of 1 and 1 of 2, so F1 is 2/3. The source shares one token of two, so it is softly right.
        let text = "Ann Lee said it rained. Bob denied it.";
        let gold = [said(text, &["Lee"], &["said"], &["it rained"]), said(text, &["Bob"], &["denied"], &["it."])];
        let predicted = [said(text, &["Ann Lee"], &["said"], &["it rained"])];
        let mut counts = Counts::default();
        counts.add(text, &gold, &predicted);
        let near = |name: &str, expected: f64| assert!((value(&counts, name) - expected).abs() < 1e-9, "{name}");
        near("span_exact.source", 0.0);
        near("span_exact.content", 200.0 / 3.0);
        near("tuple_exact", 0.0);
        near("tuple_soft", 200.0 / 3.0);
        near("tuple_soft.direct", 0.0);
        near("speaker", 0.0);
    }

    #[test]
    fn the_most_alike_are_paired() {
        let text = "A said x y z. B said x.";
        let gold = [said(text, &["A"], &["said"], &["x y z"])];
        let predicted = [said(text, &["B"], &["said"], &["x"]), said(text, &["A"], &["said"], &["x y z"])];
        let document = Document::new(text);
        let marked = |side: &[Attribution]| side.iter().map(|a| document.marked(a)).collect::<Vec<_>>();
        assert_eq!(pairs(&marked(&gold), &marked(&predicted)), [(0, 1)]);
    }

    #[test]
    fn tokens_keep_inner_marks() {
        let text: Vec<char> = "U.S.-led, it’s AT&T—90% a--b".chars().collect();
        let cut: Vec<String> = tokens(&text).into_iter().map(|[s, e]| text[s..e].iter().collect()).collect();
        assert_eq!(cut, ["U.S", "led", "it’s", "AT&T", "90", "a", "b"]);
    }

    #[test]
    fn a_quotation_without_end_runs_to_the_end_of_its_line() {
        let text: Vec<char> = "“ab\n\"cd\" \"e".chars().collect();
        assert_eq!(quotations(&text), [[0, 3], [4, 8], [9, 11]]);
    }
}
