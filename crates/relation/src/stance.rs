//! Who is for or against what, where the text says so with a verb of support or opposition. The verbs are in `data/stances.txt`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use reportedly_record::{EntityKind, Id, Kind, Polarity, Reading, Stance};

use crate::clause::{Subject, subject};
use crate::held::is_open;
use crate::page::{One, Page};
use crate::title::antecedent;

const TABLE: &str = include_str!("../data/stances.txt");

/// Which way a verb goes, and the particle that it then has beside it.
type Sense = (Polarity, Option<&'static str>);

static VERBS: LazyLock<BTreeMap<&'static str, Vec<Sense>>> = LazyLock::new(|| {
    let mut verbs: BTreeMap<&str, Vec<Sense>> = BTreeMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split_whitespace();
        let polarity = match parts.next() {
            Some("positive") => Polarity::Positive,
            Some("negative") => Polarity::Negative,
            _ => continue,
        };
        for form in parts {
            let (form, particle) = form.split_once('+').map_or((form, None), |(form, particle)| (form, Some(particle)));
            verbs.entry(form).or_default().push((polarity, particle));
        }
    }
    verbs
});

/// Finds expressed support and opposition.
pub(crate) fn stances(reading: &Reading<'_>) -> Vec<Stance> {
    let mut triggers: Vec<(usize, usize, Id)> = reading
        .record
        .events
        .iter()
        .flat_map(|event| event.triggers.iter().map(|words| (words.span.bytes(), event.id)))
        .map(|(bytes, id)| (bytes.start, bytes.end, id))
        .collect();
    triggers.sort_unstable();
    let mut found = Vec::new();
    for syntax in reading.syntax {
        let page = Page::new(reading, syntax);
        for verb in (0..page.len()).filter(|i| page.upos(*i) == "VERB") {
            found.extend(of_verb(&page, verb, &triggers));
        }
    }
    found
}

fn of_verb(page: &Page<'_>, verb: usize, triggers: &[(usize, usize, Id)]) -> Vec<Stance> {
    let Some(uses) = VERBS.get(page.lower(verb)) else { return Vec::new() };
    let usage = uses.iter().find(|(_, particle)| particle.is_none_or(|particle| page.lower(verb + 1) == particle));
    let Some((polarity, particle)) = usage else { return Vec::new() };
    if is_open(page, verb) || matches!(page.lower(verb.wrapping_sub(1)), "-" | "–" | "to") {
        return Vec::new();
    }
    let passive = page.xpos(verb) == "VBN"
        && (verb.saturating_sub(3)..verb)
            .any(|i| matches!(page.lower(i), "was" | "were" | "been" | "is" | "are" | "being"));
    let start = verb + 1 + usize::from(particle.is_some());
    let (holders, target, end) = if passive {
        // "was condemned by Keldra".
        if page.lower(start) != "by" {
            return Vec::new();
        }
        let Some((phrase, head)) = page.noun_phrase(start + 1) else { return Vec::new() };
        let Some(at) = subject(page, verb, Subject::Passive) else { return Vec::new() };
        (page.at(head), target(page, at, triggers), phrase.end)
    } else {
        let Some(at) = subject(page, verb, Subject::Active) else { return Vec::new() };
        let holders =
            if matches!(page.lower(at), "who" | "which" | "that") { antecedent(page, at) } else { page.at(at) };
        match page.noun_phrase(start) {
            Some((phrase, head)) => (holders, target(page, head, triggers), phrase.end),
            None => (holders, before_relative(page, verb, at).and_then(|head| target(page, head, triggers)), start),
        }
    };
    let Some(target) = target else { return Vec::new() };
    let cue = verb..start.min(page.sentence(verb).end);
    let text = page.reading.text();
    let holds = |one: &&One<'_>| {
        matches!(
            one.entity.kind,
            EntityKind::Person
                | EntityKind::Organisation
                | EntityKind::Place
                | EntityKind::Government
                | EntityKind::Group
                | EntityKind::Media
        ) && one.entity.id != target
    };
    let made = holders.iter().filter(holds).map(|one| {
        let evidence: Range<usize> = one.words.start.min(verb)..end.max(verb + 1).max(one.words.end);
        let span = page.span(&evidence);
        Stance {
            id: Id::in_report(Kind::Stance, page.reading.report(), (one.entity.id, target, page.span(&cue).bytes())),
            holder: one.entity.id,
            target,
            polarity: *polarity,
            cue: text.words(page.span(&(verb..verb + 1))),
            evidence: span,
        }
    });
    made.collect()
}

/// "the plan, which the union opposed": the noun that the clause is about.
fn before_relative(page: &Page<'_>, verb: usize, subject: usize) -> Option<usize> {
    let sentence = page.sentence(verb);
    let relative = |i: &usize| matches!(page.lower(*i), "which" | "that" | "whom") && page.upos(*i) == "PRON";
    let at = (sentence.start.max(subject.saturating_sub(8))..subject).rev().find(relative)?;
    let head = at.checked_sub(1)?;
    let head = if page.lower(head) == "," { head.checked_sub(1)? } else { head };
    (head >= sentence.start).then_some(head)
}

/// What stands at a word: one entity, or an event that is named there.
fn target(page: &Page<'_>, head: usize, triggers: &[(usize, usize, Id)]) -> Option<Id> {
    let ones = page.at(head);
    if let [one] = ones.as_slice() {
        return Some(one.entity.id);
    }
    if !ones.is_empty() {
        return None;
    }
    let bytes = page.syntax.words.get(head)?.span.bytes();
    let at = triggers.partition_point(|(_, end, _)| *end <= bytes.start);
    triggers.get(at).filter(|(start, _, _)| *start < bytes.end).map(|(_, _, id)| *id)
}
