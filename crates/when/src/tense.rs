//! Tense: which way an open date lies, told by the verb it stands with.

use reportedly_record::{Syntax, Word};

use crate::lex::{Piece, PieceKind};
use crate::resolve::Tense;

/// Steps up the tree at the most; beyond it the verb is another clause's.
const STEPS: usize = 12;

/// The tense of the verb that a word hangs on, whatever lies between.
pub(crate) fn tense(text: &str, syntax: &Syntax, word: usize) -> Tense {
    let words = &syntax.words;
    let mut at = word;
    for _ in 0..STEPS {
        let Some(here) = words.get(at) else { return Tense::Open };
        if matches!(here.upos.as_str(), "VERB" | "AUX") || has_copula(words, at) {
            match of_verb(text, words, at) {
                Tense::Open => {}
                // "Talks will begin in May, the envoy said": the day is of the verb before it, not of the one behind.
                Tense::Past | Tense::Earlier if at > word && is_saying(text, &words[at]) => {
                    return before(text, syntax, word).unwrap_or(Tense::Past);
                }
                known => return known,
            }
        }
        if here.head as usize == at {
            return Tense::Open;
        }
        at = here.head as usize;
    }
    Tense::Open
}

fn is_saying(text: &str, word: &Word) -> bool {
    let said = text.get(word.span.bytes()).unwrap_or_default().to_ascii_lowercase();
    matches!(said.as_str(), "said" | "told" | "added" | "reported" | "wrote" | "announced" | "according")
}

/// The tense of the nearest verb of the sentence before a word, where there is one that tells.
fn before(text: &str, syntax: &Syntax, word: usize) -> Option<Tense> {
    let holds = |s: &&std::ops::Range<u32>| (s.start as usize) <= word && word < s.end as usize;
    let first = syntax.sentences.iter().find(holds)?.start as usize;
    let verbs = (first..word).rev().filter(|at| syntax.words[*at].upos == "VERB");
    verbs.map(|at| of_verb(text, &syntax.words, at)).find(|tense| *tense != Tense::Open)
}

fn children(words: &[Word], head: usize) -> impl Iterator<Item = (usize, &Word)> {
    // A verb's own words stand near it.
    let near = head.saturating_sub(12)..words.len().min(head + 4);
    near.filter_map(move |at| Some((at, words.get(at)?)))
        .filter(move |(at, word)| *at != head && word.head as usize == head)
}

fn has_copula(words: &[Word], at: usize) -> bool {
    children(words, at).any(|(_, word)| word.deprel == "cop")
}

/// The tense of a verb by its form and its auxiliaries.
fn of_verb(text: &str, words: &[Word], verb: usize) -> Tense {
    let said = |word: &Word| text.get(word.span.bytes()).unwrap_or_default().to_ascii_lowercase();
    let (mut is_present, mut is_past, mut is_perfect, mut is_infinitive, mut is_modal, mut is_future) =
        (false, false, false, false, false, false);
    for (_, word) in children(words, verb) {
        let helps = matches!(word.deprel.as_str(), "aux" | "aux:pass" | "cop");
        match word.xpos.as_str() {
            "TO" => is_infinitive = true,
            "MD" if helps => {
                is_modal = true;
                is_future |= matches!(said(word).as_str(), "will" | "'ll" | "’ll" | "shall" | "wo");
            }
            _ if helps && HAVE.contains(&said(word).as_str()) => {
                is_perfect = true;
                is_past |= said(word) == "had";
            }
            "VBD" if helps => is_past = true,
            "VBZ" | "VBP" if helps => is_present = true,
            _ => {}
        }
    }
    let lies_ahead = AHEAD.contains(&said(&words[verb]).as_str());
    match words[verb].xpos.as_str() {
        // "Will have forgotten it by then".
        _ if is_perfect && is_future => Tense::Future,
        // "To have met", "would have met".
        _ if is_perfect && (is_infinitive || is_modal) => Tense::Past,
        _ if is_infinitive || is_modal => Tense::Future,
        _ if is_perfect && is_past && !lies_ahead && !MOVED.contains(&said(&words[verb]).as_str()) => Tense::Earlier,
        _ if is_perfect => Tense::Past,
        // Its day lies ahead, whatever its own tense.
        _ if lies_ahead => Tense::Future,
        _ if is_past => Tense::Past,
        "VBD" => Tense::Past,
        // "Is meeting on Friday", "meets on Friday".
        "VBG" if is_present => Tense::Future,
        "VBZ" | "VBP" if !REPORTING.contains(&said(&words[verb]).as_str()) => Tense::Future,
        "VBN" if !is_present => Tense::Past,
        _ => Tense::Open,
    }
}

const HAVE: [&str; 6] = ["has", "have", "had", "having", "'ve", "’ve"];

/// Verbs and adjectives whose day lies ahead.
const AHEAD: [&str; 7] = ["scheduled", "expected", "due", "slated", "supposed", "likely", "set"];

/// Verbs of what had been planned or moved: its day may lie ahead.
const MOVED: [&str; 8] = ["planned", "postponed", "delayed", "promised", "booked", "moved", "rescheduled", "deferred"];

/// Verbs that stand in the present tense for what was said in the past.
const REPORTING: [&str; 12] =
    ["says", "say", "tells", "reports", "report", "writes", "quotes", "adds", "claims", "argues", "shows", "notes"];

/// The side that the words before an expression tell: "until Tuesday", "due on Tuesday" and "ahead of a meeting on Tuesday"
/// lie ahead, "since Tuesday" behind. `is_weekday` tells whether the expression is no more than a day of the week.
pub(crate) fn bound(pieces: &[Piece<'_>], start: usize, is_weekday: bool) -> Option<Tense> {
    let end = pieces.partition_point(|p| p.start < start);
    let before: Vec<String> = pieces[..end].iter().rev().take(12).map(|p| p.text.to_ascii_lowercase()).collect();
    let word = |at: usize| before.get(at).map_or("", String::as_str);
    let clause = before.iter().take_while(|word| !matches!(word.as_str(), "," | "." | ";" | ":"));
    match word(0) {
        "until" | "till" | "by" => Some(Tense::Future),
        "since" => Some(Tense::Past),
        "on" | "for" | "at" if ["due", "slated", "scheduled", "set"].contains(&word(1)) => Some(Tense::Future),
        // ", signed on October 14": a participle behind a comma tells what was done.
        "on" | "in" if word(1).ends_with("ed") && word(2) == "," => Some(Tense::Past),
        // "By 1 a.m. on Saturday".
        "on" if before.iter().skip(1).take(5).take_while(|w| is_hour(w)).count() > 0
            && before
                .iter()
                .skip(1)
                .find(|w| !is_hour(w))
                .is_some_and(|w| matches!(w.as_str(), "by" | "until" | "till")) =>
        {
            Some(Tense::Future)
        }
        // A rally for Tuesday is to come, accounts for March are of the past.
        "for" if is_weekday => Some(Tense::Future),
        _ => {
            clause.zip(before.iter().skip(1)).any(|(of, ahead)| of == "of" && ahead == "ahead").then_some(Tense::Future)
        }
    }
}

/// Whether a piece may be of an hour of the day.
fn is_hour(piece: &str) -> bool {
    matches!(piece.trim_start_matches(|c: char| c.is_ascii_digit()), "am" | "pm")
        || matches!(
            piece,
            "a.m" | "a.m." | "p.m" | "p.m." | "am" | "pm" | "a" | "p" | "m" | "." | ":" | "noon" | "midnight"
        )
        || piece.bytes().all(|b| b.is_ascii_digit() || b == b':' || b == b'.')
}

/// The tense that the words near an expression show, where there is no tree: the nearest that shows one.
pub(crate) fn nearby(pieces: &[Piece<'_>], at: usize, end: usize) -> Tense {
    let ends_sentence = |piece: &Piece<'_>| piece.kind == PieceKind::Mark && matches!(piece.text, "." | "!" | "?");
    let before = pieces[..at].iter().rev().take_while(|p| !ends_sentence(p)).take(12).map(by_form);
    let behind = pieces.get(end..).unwrap_or_default().iter().take_while(|p| !ends_sentence(p)).take(6).map(by_form);
    before.chain(behind).find(|tense| *tense != Tense::Open).unwrap_or_default()
}

fn by_form(piece: &Piece<'_>) -> Tense {
    const FUTURE: [&str; 10] = ["will", "would", "shall", "to", "plans", "expected", "’ll", "scheduled", "due", "may"];
    const PAST: [&str; 20] = [
        "was", "were", "had", "said", "told", "did", "met", "held", "took", "came", "went", "made", "began", "won",
        "left", "killed", "found", "has", "have", "been",
    ];
    let is = |words: &[&str]| words.iter().any(|word| piece.text.eq_ignore_ascii_case(word));
    match () {
        () if piece.kind != PieceKind::Word || piece.begins_with_capital() => Tense::Open,
        () if is(&FUTURE) => Tense::Future,
        () if is(&PAST) || piece.text.len() > 4 && piece.text.ends_with("ed") => Tense::Past,
        () => Tense::Open,
    }
}
