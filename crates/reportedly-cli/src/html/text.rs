//! The text of a report with its anchors: elements inside each other where evidence lies inside evidence, in pieces where it
//! crosses. Short evidence is itself a link to its item; for the rest a line under the paragraph has the links.

use std::collections::BTreeSet;
use std::ops::Range;

use maud::{Markup, html};
use reportedly::record::{Id, Passage, PassageKind, Text};

use super::anchors::{Anchor, Anchors};
use super::clean;
use crate::head::passage_name;
use crate::register::Register;

/// Elements inside each other at the most: browsers flatten what is deeper than 512. Deeper evidence is a point where it begins.
const DEEPEST: usize = 40;

/// A piece of a paragraph.
enum Node {
    /// Words.
    Run(Range<usize>),
    /// An anchor's words, or one piece of them; only the first bears the id.
    Anchor { index: usize, first: bool, inside: Vec<Node> },
}

/// Returns the report's text, line by line.
pub(super) fn text(register: &Register, anchors: &Anchors) -> Markup {
    let report = &register.record.report;
    let lines = lines(&report.text);
    let mut open: Vec<usize> = (0..anchors.all().len()).collect();
    open.sort_by_key(|i| order(&anchors.all()[*i], *i));
    let mut waiting = open.into_iter().peekable();
    // Anchors of earlier lines that are not at their end.
    let mut carried: Vec<usize> = Vec::new();
    let mut chipped = BTreeSet::new();
    let mut passages = report.passages.iter().peekable();
    html! {
        @for line in lines {
            @let held = {
                let mut held: Vec<(usize, bool)> = carried.iter().map(|index| (*index, false)).collect();
                while let Some(index) = waiting.next_if(|i| anchors.all()[*i].span.bytes().start < line.end) {
                    held.push((index, true));
                }
                let goes_on = |(i, _): &(usize, bool)| (anchors.all()[*i].span.bytes().end > line.end).then_some(*i);
                carried = held.iter().filter_map(goes_on).collect();
                held
            };
            @let nodes = nodes(anchors, &line, &held);
            @let linked = {
                let mut linked = BTreeSet::new();
                links(anchors, &report.text, &nodes, None, &mut linked);
                linked
            };
            @let chips: Vec<Id> = held
                .iter()
                .map(|(i, _)| anchors.all()[*i].item)
                .filter(|item| !linked.contains(item) && chipped.insert(*item))
                .collect();
            @let kind = kind_at(&mut passages, line.start);
            div.para.(class(kind)) {
                p dir="auto" {
                    @if let Some(kind) = kind.filter(|kind| !matches!(kind, PassageKind::Body)) {
                        span.kind { (passage_name(kind)) ": " }
                    }
                    (set(anchors, &report.text, &nodes, None))
                }
                @if !chips.is_empty() {
                    ul.chips aria-label="What the record has of this paragraph" {
                        @for item in chips { li { a href={ "#" (anchors.card(item)) } { (clean(anchors.label(item))) } } }
                    }
                }
            }
        }
    }
}

/// The place of an anchor among others: outer ones first.
fn order(anchor: &Anchor, index: usize) -> (usize, std::cmp::Reverse<usize>, super::anchors::Part, usize) {
    let bytes = anchor.span.bytes();
    (bytes.start, std::cmp::Reverse(bytes.end), anchor.part, index)
}

/// The lines of a text that have something in them.
fn lines(text: &Text) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.as_str().split('\n') {
        if !line.trim().is_empty() {
            lines.push(at..at + line.len());
        }
        at += line.len() + 1;
    }
    lines
}

/// What passage a byte lies in.
fn kind_at<'a>(
    passages: &mut std::iter::Peekable<impl Iterator<Item = &'a Passage>>,
    at: usize,
) -> Option<PassageKind> {
    while passages.next_if(|passage| passage.span.bytes().end <= at).is_some() {}
    // A line may begin with white space that belongs to no passage.
    passages.peek().map(|passage| passage.kind)
}

fn class(kind: Option<PassageKind>) -> &'static str {
    match kind {
        Some(PassageKind::Headline) => "headline",
        Some(PassageKind::Body) | None => "body",
        Some(PassageKind::Caption | PassageKind::Correction) => "aside",
        Some(PassageKind::Byline | PassageKind::DeskNote | PassageKind::Boilerplate) => "no-news",
    }
}

/// An element that is open: its anchor, and what is in it so far.
struct Open {
    index: usize,
    first: bool,
    end: usize,
    inside: Vec<Node>,
}

/// Cuts a line into elements inside each other. Of each anchor is told whether this is its first line.
fn nodes(anchors: &Anchors, line: &Range<usize>, held: &[(usize, bool)]) -> Vec<Node> {
    let mut top: Vec<Node> = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut at = line.start;
    let put = |stack: &mut Vec<Open>, top: &mut Vec<Node>, node: Node| match stack.last_mut() {
        Some(open) => open.inside.push(node),
        None => top.push(node),
    };
    let mut next = held.iter().copied().peekable();
    loop {
        let start = next.peek().map_or(line.end, |(i, _)| anchors.all()[*i].span.bytes().start.clamp(at, line.end));
        let end = stack.iter().map(|open| open.end).min().unwrap_or(line.end);
        let to = start.min(end).min(line.end).max(at);
        if to > at {
            put(&mut stack, &mut top, Node::Run(at..to));
            at = to;
        }
        // What ends here is closed with all that stands inside of it; what goes on is opened again.
        let mut again = Vec::new();
        while stack.iter().any(|open| open.end <= at) {
            let Some(open) = stack.pop() else { break };
            if open.end > at {
                again.push((open.index, open.end));
            }
            let Open { index, first, inside, .. } = open;
            put(&mut stack, &mut top, Node::Anchor { index, first, inside });
        }
        stack.extend(again.into_iter().rev().map(|(index, end)| Open { index, first: false, end, inside: Vec::new() }));
        if at >= line.end {
            return top;
        }
        while let Some((index, first)) = next.next_if(|(i, _)| anchors.all()[*i].span.bytes().start <= at) {
            let bytes = anchors.all()[index].span.bytes();
            if stack.len() >= DEEPEST || bytes.end <= at {
                put(&mut stack, &mut top, Node::Anchor { index, first, inside: Vec::new() });
            } else {
                stack.push(Open { index, first, end: bytes.end.min(line.end), inside: Vec::new() });
            }
        }
    }
}

/// The item that words link to: that of the innermost anchor whose words are links.
fn link_of(anchors: &Anchors, index: usize, outer: Option<Id>) -> Option<Id> {
    let anchor = &anchors.all()[index];
    if anchor.part.is_link() { Some(anchor.item) } else { outer }
}

fn has_words(text: &Text, run: &Range<usize>) -> bool {
    text.as_str().get(run.clone()).is_some_and(|words| words.chars().any(char::is_alphanumeric))
}

/// Gathers the items that words link to.
fn links(anchors: &Anchors, text: &Text, nodes: &[Node], link: Option<Id>, linked: &mut BTreeSet<Id>) {
    for node in nodes {
        match node {
            Node::Run(run) => linked.extend(link.filter(|_| has_words(text, run))),
            Node::Anchor { index, inside, .. } => {
                links(anchors, text, inside, link_of(anchors, *index, link), linked);
            }
        }
    }
}

fn set(anchors: &Anchors, text: &Text, nodes: &[Node], link: Option<Id>) -> Markup {
    html! {
        @for node in nodes {
            @match node {
                Node::Run(run) => {
                    @let words = clean(text.as_str().get(run.clone()).unwrap_or_default());
                    @match link.filter(|_| has_words(text, run)) {
                        Some(item) => a href={ "#" (anchors.card(item)) } { (words) },
                        None => (words),
                    }
                }
                Node::Anchor { index, first, inside } => {
                    @let anchor = &anchors.all()[*index];
                    @let chars = anchor.span.chars();
                    span.(anchor.part.class()) id=[first.then(|| anchors.id(*index))]
                        data-chars={ (chars.start) "-" (chars.end) } data-item=(anchor.item) {
                        (set(anchors, text, inside, link_of(anchors, *index, link)))
                    }
                }
            }
        }
    }
}
