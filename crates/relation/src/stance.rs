//! Who is for or against what, where the text says so with a verb of support or opposition. The verbs are in `data/stances.txt`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use reportedly_record::{EntityKind, Id, Kind, Polarity, Reading, Stance};

use crate::clause::{Subject, subject};
use crate::held::is_open;
use crate::label::is_loaded;
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
            found.extend(of_noun(&page, verb, &triggers));
            found.extend(of_name(&page, verb, &triggers));
        }
        for cue in (0..page.len()).filter(|i| page.upos(*i) == "AUX") {
            found.extend(of_predicate(&page, cue, &triggers));
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
    made(page, &holders, target, *polarity, cue, verb..end.max(verb + 1))
}

/// The stances of all who hold one.
fn made(
    page: &Page<'_>,
    holders: &[One<'_>],
    target: Id,
    polarity: Polarity,
    cue: Range<usize>,
    within: Range<usize>,
) -> Vec<Stance> {
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
    let one = |one: &One<'_>| Stance {
        id: Id::in_report(Kind::Stance, page.reading.report(), (one.entity.id, target, page.span(&cue).bytes())),
        holder: one.entity.id,
        target,
        polarity,
        cue: text.words(page.span(&(cue.start..cue.start + 1))),
        evidence: page.span(&(one.words.start.min(within.start)..within.end.max(one.words.end))),
    };
    holders.iter().filter(holds).map(one).collect()
}

/// Which way a noun of support or opposition goes.
fn noun(word: &str) -> Option<Polarity> {
    match word {
        "support" | "backing" | "approval" | "praise" | "admiration" | "applause" => Some(Polarity::Positive),
        "opposition" | "disapproval" | "criticism" | "condemnation" | "outrage" | "objections" | "rebuke" | "scorn" => {
            Some(Polarity::Negative)
        }
        _ => None,
    }
}

/// "Voiced support for the plan", "threw its weight behind Roe"; and the other way round: "the plan drew criticism from the union".
fn of_noun(page: &Page<'_>, verb: usize, triggers: &[(usize, usize, Id)]) -> Vec<Stance> {
    let form = page.lower(verb);
    let voices = ["express", "voic", "declar", "reiterat", "announc", "offer", "threw", "throw", "lent", "pledg"];
    let meets = ["draw", "drew", "spark", "prompt", "provok", "fac", "earn", "won", "receiv", "attract", "met"];
    let is = |stems: &[&str]| stems.iter().any(|stem| form.starts_with(stem));
    if !(is(&voices) || is(&meets)) || is_open(page, verb) || page.lower(verb.wrapping_sub(1)) == "to" {
        return Vec::new();
    }
    let start = verb + 1 + usize::from(page.lower(verb + 1) == "with");
    let Some((phrase, head)) = page.noun_phrase(start) else { return Vec::new() };
    let Some(polarity) = noun(page.lower(head)) else { return Vec::new() };
    let Some((other, at)) = page.noun_phrase(phrase.end + 1) else { return Vec::new() };
    let Some(subject) = subject(page, verb, Subject::Active) else { return Vec::new() };
    let relative = matches!(page.lower(subject), "who" | "which" | "that");
    let ones = || if relative { antecedent(page, subject) } else { page.at(subject) };
    let whole = verb..other.end;
    match page.lower(phrase.end) {
        "for" | "of" | "to" | "behind" | "over" if is(&voices) => target(page, at, triggers)
            .map_or_else(Vec::new, |target| made(page, &ones(), target, polarity, head..head + 1, whole)),
        "from" if is(&meets) && !relative => target(page, subject, triggers)
            .map_or_else(Vec::new, |target| made(page, &page.at(at), target, polarity, head..head + 1, whole)),
        _ => Vec::new(),
    }
}

/// "Called the Front “bandits in uniform”": what somebody calls another in loaded words of his own.
fn of_name(page: &Page<'_>, verb: usize, triggers: &[(usize, usize, Id)]) -> Vec<Stance> {
    const LONG: usize = 8;
    let calls = ["called", "calls", "calling", "branded", "labelled", "labeled", "dubbed"];
    if !calls.contains(&page.lower(verb)) || is_open(page, verb) || page.lower(verb.wrapping_sub(1)) == "to" {
        return Vec::new();
    }
    let sentence = page.sentence(verb);
    let opens = |i: usize| matches!(page.said(i), "“" | "\"" | "‘" | "«" | "``");
    let Some(mark) = (verb + 2..sentence.end.min(verb + LONG)).find(|i| opens(*i)) else { return Vec::new() };
    // The one who is called so is all that stands between.
    let article = page.upos(mark - 1) == "DET" || page.lower(mark - 1) == "as";
    let last = mark - 1 - usize::from(article);
    let plain = |i: usize| matches!(page.upos(i), "DET" | "ADJ" | "NOUN" | "PROPN" | "PRON" | "NUM" | "PART");
    if last <= verb || !(verb + 1..=last).all(plain) {
        return Vec::new();
    }
    let close = (mark + 1..sentence.end.min(mark + 1 + LONG)).find(|i| matches!(page.said(*i), "”" | "\"" | "’" | "»"));
    let Some(close) = close else { return Vec::new() };
    let Some(word) = (mark + 1..close).find(|i| is_loaded(page, *i)) else { return Vec::new() };
    let Some(at) = subject(page, verb, Subject::Active) else { return Vec::new() };
    let holders = if matches!(page.lower(at), "who" | "which" | "that") { antecedent(page, at) } else { page.at(at) };
    let Some(target) = target(page, last, triggers) else { return Vec::new() };
    made(page, &holders, target, Polarity::Negative, word..word + 1, verb..close)
}

/// "The union is opposed to the plan", "was critical of Roe", "are in favour of it".
fn of_predicate(page: &Page<'_>, verb: usize, triggers: &[(usize, usize, Id)]) -> Vec<Stance> {
    if !matches!(page.lower(verb), "is" | "are" | "was" | "were" | "been" | "'s" | "'re") || is_open(page, verb) {
        return Vec::new();
    }
    let adverb = |i: &usize| page.upos(*i) == "ADV" && page.lower(*i).ends_with("ly");
    let cue = (verb + 1..page.sentence(verb).end).find(|i| !adverb(i)).unwrap_or(verb + 1);
    let (polarity, end) = match (page.lower(cue), page.lower(cue + 1), page.lower(cue + 2)) {
        ("opposed", "to", _) | ("critical", "of", _) => (Polarity::Negative, cue + 2),
        ("supportive", "of", _) => (Polarity::Positive, cue + 2),
        ("in", "favour" | "favor", "of") => (Polarity::Positive, cue + 3),
        _ => return Vec::new(),
    };
    let Some((phrase, head)) = page.noun_phrase(end) else { return Vec::new() };
    let Some(at) = subject(page, verb, Subject::Active) else { return Vec::new() };
    let holders = if matches!(page.lower(at), "who" | "which" | "that") { antecedent(page, at) } else { page.at(at) };
    let Some(target) = target(page, head, triggers) else { return Vec::new() };
    made(page, &holders, target, polarity, cue..end, verb..phrase.end)
}

/// "the plan, which the union opposed": the noun that the clause is about.
fn before_relative(page: &Page<'_>, verb: usize, subject: usize) -> Option<usize> {
    let sentence = page.sentence(verb);
    let relative = |i: &usize| matches!(page.lower(*i), "which" | "that" | "whom") && page.upos(*i) == "PRON";
    let at = (sentence.start.max(subject.saturating_sub(12))..subject).rev().find(relative)?;
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
