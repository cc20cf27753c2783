//! Who did not speak when asked: no answer, a refusal, "no comment", out of reach. They are different facts.

use std::ops::Range;

use reportedly_record::{EntityKind, Id, Kind, Mention, MentionForm, NoResponse, Reading, Silence, Span};

use crate::silence::{Silent, silences};
use crate::tree::Trees;

/// Finds the parties that gave no response.
pub fn no_responses(reading: &Reading<'_>) -> Vec<NoResponse> {
    let mut found: Vec<NoResponse> = Vec::new();
    for syntax in reading.syntax {
        let trees = Trees::new(reading.text(), syntax);
        for silent in silences(&trees) {
            found.extend(silent.parties.iter().map(|party| no_response(reading, &trees, &silent, party)));
        }
    }
    found.extend(spoken(reading));
    found.sort_by_key(|n| (n.evidence.bytes().start, n.party.span.bytes().start));
    found.dedup_by_key(|n| n.id);
    found
}

fn no_response(reading: &Reading<'_>, trees: &Trees<'_>, silent: &Silent, party: &Range<usize>) -> NoResponse {
    let text = reading.text();
    let cue = trees.span(&silent.cue);
    let mention = mention(reading, trees, party);
    let whole = trees.span(party);
    let named = mention.filter(|m| m.form == MentionForm::Name).map(|m| m.evidence.span);
    // A name in the phrase is the party; the title before it is not.
    let span = named.filter(|name| whole.covers(*name) && name.bytes().end == whole.bytes().end).unwrap_or(whole);
    let entity = mention.and_then(|m| reading.entities_of(m.id).next()).map(|e| e.id);
    let entity = entity.or_else(|| who_spoke(reading, trees, party));
    let about = about(trees, silent).map(|range| trees.span(&range));
    let asked_by = asker(reading, trees, silent).filter(|asker| !asker.touches(whole));
    let evidence = [Some(whole), about, asked_by].into_iter().flatten().fold(cue, Span::hull);
    NoResponse {
        id: Id::in_report(Kind::NoResponse, reading.report(), (cue.bytes(), span.bytes())),
        party: text.words(span),
        entity,
        cue: text.words(cue),
        form: silent.form,
        about: about.map(|span| text.words(span)),
        asked_by: asked_by.map(|span| text.words(span)),
        evidence,
    }
}

/// The mention that a party is: the one at its head, which is the last noun before a preposition or comma.
fn mention<'a>(reading: &Reading<'a>, trees: &Trees<'_>, party: &Range<usize>) -> Option<&'a Mention> {
    let stops = |i: &usize| trees.word(*i).upos == "ADP" || trees.said(*i) == ",";
    let end = party.clone().find(stops).unwrap_or(party.end);
    let head = (party.start..end)
        .rev()
        .find(|i| matches!(trees.word(*i).upos.as_str(), "NOUN" | "PROPN" | "PRON" | "NUM" | "X"))?;
    let word = trees.word(head);
    reading.mention_of(word).filter(|mention| {
        // A mention that reaches behind the head belongs to another phrase, unless it begins in this one.
        mention.evidence.span.bytes().end == word.span.bytes().end
            || mention.evidence.span.bytes().start >= trees.word(party.start).span.bytes().start
    })
}

/// "Roe said it was early. She declined to say more": a pronoun that opens a sentence goes on with who speaks in the one
/// before, unless the text calls that one otherwise.
fn who_spoke(reading: &Reading<'_>, trees: &Trees<'_>, party: &Range<usize>) -> Option<Id> {
    let word = trees.lower(party.start);
    let sentence = trees.sentence(party.start);
    let other: &[&str] = match word.as_str() {
        "he" => &["she", "her"],
        "she" => &["he", "him", "his"],
        _ => return None,
    };
    if party.len() != 1 || party.start != sentence.start || sentence.start == 0 {
        return None;
    }
    let before = trees.span(&trees.sentence(sentence.start - 1));
    let record = reading.record;
    let told = |a: &&reportedly_record::Attribution| {
        a.within.is_none() && a.cue.as_ref().is_some_and(|cue| before.covers(cue.span))
    };
    let speakers: Vec<Id> = record.attributions.iter().filter(told).filter_map(|a| a.speaker).collect();
    let one = speakers.first().copied().filter(|one| speakers.iter().all(|id| id == one))?;
    let entity = record.entities.iter().find(|e| e.id == one && e.kind == EntityKind::Person)?;
    let otherwise = record
        .mentions
        .iter()
        .any(|m| entity.mentions.contains(&m.id) && other.contains(&m.evidence.text.to_lowercase().as_str()));
    (!otherwise).then_some(one)
}

const ON: [&str; 6] = ["on", "about", "regarding", "over", "concerning", "of"];
const WHETHER: [&str; 11] = ["whether", "if", "why", "what", "how", "who", "whom", "when", "where", "which", "that"];

/// What the silence is about: "whether he would go", "questions about the dam".
fn about(trees: &Trees<'_>, silent: &Silent) -> Option<Range<usize>> {
    let sentence = trees.sentence(silent.cue.start);
    let ends = |i: &usize| matches!(trees.said(*i), "." | ";" | "," | "”" | "\"" | "—" | ":" | ")");
    let limit = (silent.cue.end..sentence.end).find(ends).unwrap_or(sentence.end);
    let near = silent.cue.end..limit.min(silent.cue.end + 14);
    let opens = near.clone().find(|i| {
        let word = trees.lower(*i);
        let clause = WHETHER.contains(&word.as_str()) && trees.word(*i).upos != "DET";
        let asked = *i > 0 && matches!(trees.lower(i - 1).as_str(), "asked" | "contacted" | "reached" | "said");
        (clause && !asked) || ON[..5].contains(&word.as_str()) && !is_time(trees, i + 1)
    })?;
    let start = opens + usize::from(!WHETHER.contains(&trees.lower(opens).as_str()));
    // "questions about that account sent by the Mercury", "... when asked by": how it was asked is no matter of it.
    let end = (start + 1..limit)
        .find(|i| {
            matches!(trees.lower(*i).as_str(), "sent" | "put" | "made" | "emailed" | "when" | "by")
                && (trees.word(*i).upos == "VERB" || trees.lower(*i) != "made")
                && WHETHER[..10].iter().all(|w| *w != trees.lower(start))
        })
        .unwrap_or(limit);
    (start < end).then_some(start..end)
}

fn is_time(trees: &Trees<'_>, i: usize) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    i < trees.syntax.words.len() && {
        let word = trees.lower(i);
        DAYS.contains(&word.as_str())
            || word.starts_with(|c: char| c.is_ascii_digit())
            || matches!(word.as_str(), "behalf" | "record" | "condition" | "background")
    }
}

/// Who asked, if the sentence names them: "from the Argus", "sent by the Mercury", "to tell the Argus", "respond to Pontwire".
fn asker(reading: &Reading<'_>, trees: &Trees<'_>, silent: &Silent) -> Option<Span> {
    let sentence = trees.sentence(silent.cue.start);
    let named = |i: usize| {
        let skip = usize::from(i < sentence.end && trees.lower(i) == "the");
        let at = i + skip;
        let mention = (at < sentence.end).then(|| reading.mention_of(trees.word(at))).flatten()?;
        let body = matches!(
            mention.kind,
            EntityKind::Media | EntityKind::Organisation | EntityKind::Programme | EntityKind::Person
        );
        let begins = mention.evidence.span.bytes().start == trees.word(at).span.bytes().start
            || mention.evidence.span.bytes().start == trees.word(i).span.bytes().start;
        (body && begins && mention.form == MentionForm::Name).then_some(mention.evidence.span)
    };
    let limit = (silent.cue.end..sentence.end).find(|i| matches!(trees.said(*i), ";" | ":")).unwrap_or(sentence.end);
    // "the Argus's questions", "a Herald reporter's calls" stand inside what the rule fits.
    let owner = (silent.cue.end..silent.end).find_map(|i| {
        let (at, span) = (trees.word(i), named(i)?);
        // "Questions of Roe's role" are about him.
        if i > 0 && matches!(trees.lower(i - 1).as_str(), "of" | "about" | "on" | "regarding" | "over") {
            return None;
        }
        let last = trees.syntax.words.partition_point(|w| w.span.bytes().end <= span.bytes().end);
        (at.span.bytes().start >= span.bytes().start && last < silent.end && trees.word(last).xpos == "POS")
            .then_some(span)
    });
    let told = || matches!(trees.lower(silent.cue.end - 1).as_str(), "tell").then(|| named(silent.cue.end)).flatten();
    let to = || {
        let direct = silent.cue.end < limit && trees.lower(silent.cue.end) == "to" && silent.form != Silence::Referred;
        direct.then(|| named(silent.cue.end + 1)).flatten()
    };
    let by = || {
        (silent.cue.end..limit.min(silent.cue.end + 24)).find_map(|i| {
            let by = trees.lower(i) == "by"
                && matches!(
                    trees.lower(i - 1).as_str(),
                    "sent"
                        | "asked"
                        | "contacted"
                        | "reached"
                        | "put"
                        | "made"
                        | "emailed"
                        | "submitted"
                        | "comment"
                        | "posed"
                );
            let from = trees.lower(i) == "from" && i > 0 && is_asking(&trees.lower(i - 1));
            (by || from).then(|| named(i + 1)).flatten()
        })
    };
    owner.or_else(told).or_else(to).or_else(by)
}

fn is_asking(word: &str) -> bool {
    matches!(
        word,
        "comment"
            | "request"
            | "requests"
            | "question"
            | "questions"
            | "message"
            | "messages"
            | "call"
            | "calls"
            | "email"
            | "emails"
            | "inquiry"
            | "inquiries"
            | "query"
            | "queries"
            | "e-mail"
            | "e-mails"
            | "interview"
            | "letter"
    )
}

/// “No comment,” she said: the words themselves are the silence.
fn spoken(reading: &Reading<'_>) -> Vec<NoResponse> {
    let text = reading.text();
    let silent = reading.record.attributions.iter().filter(|a| {
        let words: String = a.content.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
        let words = words.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        matches!(
            words.as_str(),
            "no comment"
                | "no comment at this time"
                | "no further comment"
                | "we have no comment"
                | "i have no comment"
        )
    });
    let made = silent.filter_map(|a| {
        let (source, content) = (a.source.first()?, a.content.first()?);
        let entity = a.speaker.or_else(|| {
            let inside = reading.mentions_in(source.span).next()?;
            reading.entities_of(inside.id).next().map(|e| e.id)
        });
        Some(NoResponse {
            id: Id::in_report(Kind::NoResponse, reading.report(), (content.span.bytes(), source.span.bytes())),
            party: source.clone(),
            entity,
            cue: text.words(content.span),
            form: Silence::NoComment,
            about: None,
            asked_by: None,
            evidence: a.evidence,
        })
    });
    made.collect()
}

/// Whether the words of a cue say that somebody did not speak.
pub(crate) fn is_silent(silences: &[Silent], cue: &Range<usize>) -> bool {
    let at = silences.partition_point(|s| s.cue.end <= cue.start);
    silences.get(at).is_some_and(|s| s.cue.start < cue.end)
}
