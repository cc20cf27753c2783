//! What a report leads with.

use reportedly_record::{Attribution, Event, PassageKind, Reading, Span};

/// What a report leads with.
pub(crate) enum Lead<'a> {
    Event(&'a Event),
    Attribution(&'a Attribution),
}

/// The body's first sentence.
fn first_sentence(reading: &Reading<'_>) -> Option<Span> {
    let body = reading.record.report.passages.iter().find(|p| p.kind == PassageKind::Body)?.span;
    let from = reading.record.report.dateline.as_ref().map_or(body.bytes().start, |d| d.evidence.bytes().end);
    let section = reading.syntax.iter().find(|s| s.words.last().is_some_and(|w| w.span.bytes().start >= from))?;
    let holds = |s: &&std::ops::Range<u32>| section.span((*s).clone()).bytes().end > from + 1;
    section.sentences.iter().filter(|s| !s.is_empty()).find(holds).map(|s| section.span(s.clone()))
}

/// What the body's first sentence tells: an event that the headline tells too, or else the first one of its main clause or
/// of what is said there, or else what is said. What stands in a "while" or "when" clause, in a relative clause or behind
/// "before the" is no news of the day.
pub(crate) fn lead<'a>(reading: &Reading<'a>) -> Option<Lead<'a>> {
    let sentence = first_sentence(reading)?;
    let record = reading.record;
    let headline = record.report.passages.iter().find(|p| p.kind == PassageKind::Headline).map(|p| p.span);
    let told = || record.events.iter().filter(|e| e.triggers.iter().any(|t| sentence.covers(t.span)));
    let both = |e: &&Event| headline.is_some_and(|h| e.triggers.iter().any(|t| h.covers(t.span)));
    let first = |e: &&Event| {
        e.triggers.iter().filter(|t| sentence.covers(t.span)).map(|t| t.span.bytes().start).min().unwrap_or(usize::MAX)
    };
    let main = |e: &&Event| e.triggers.iter().any(|t| sentence.covers(t.span) && is_main(reading, t.span));
    let told_twice =
        told().filter(both).filter(main).min_by_key(first).or_else(|| told().filter(both).min_by_key(first));
    if let Some(event) = told_twice.or_else(|| told().filter(main).min_by_key(first)) {
        return Some(Lead::Event(event));
    }
    // The innermost one: what the others relay.
    let said = record
        .attributions
        .iter()
        .filter(|a| sentence.covers(a.evidence) || a.content.iter().any(|c| sentence.covers(c.span)));
    said.min_by_key(|a| (a.within.is_none(), a.evidence.bytes().start)).map(Lead::Attribution)
}

/// Relations that lead from a main clause into what it only mentions.
const ASIDE: [&str; 5] = ["advcl", "acl", "obl", "nmod", "appos"];

/// Whether a word stands in its sentence's main clause, or in the clause that this one reports.
fn is_main(reading: &Reading<'_>, span: Span) -> bool {
    let Some((section, mut at)) = reading.word_at(span.bytes().start) else { return false };
    // A tree is no deeper than its sentence is long.
    for _ in 0..section.words.len() {
        let word = &section.words[at];
        let head = word.head as usize;
        if head == at {
            return true;
        }
        let relation = word.deprel.as_str();
        if ASIDE.contains(&relation.split(':').next().unwrap_or(relation)) {
            return false;
        }
        at = head;
    }
    false
}

/// Who speaks of the lead where the body first tells of it.
pub(crate) fn lead_voice<'a>(reading: &Reading<'a>, event: &Event) -> Option<&'a Attribution> {
    let sentence = first_sentence(reading)?;
    let trigger = event.triggers.iter().find(|t| sentence.covers(t.span))?;
    reading.voice_at(trigger.span)
}
