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
    let mut is_present = false;
    for (_, word) in children(words, verb) {
        let helps = matches!(word.deprel.as_str(), "aux" | "aux:pass" | "cop");
        match word.xpos.as_str() {
            "MD" if helps => return Tense::Future,
            "TO" => return Tense::Future,
            "VBD" if helps => return Tense::Past,
            "VBZ" | "VBP" if helps && matches!(said(word).as_str(), "has" | "have" | "'ve" | "’ve") => {
                return Tense::Past;
            }
            "VBZ" | "VBP" if helps => is_present = true,
            _ => {}
        }
    }
    // Whatever its own tense, its day lies ahead.
    if ["scheduled", "expected", "due", "slated", "supposed"].contains(&said(&words[verb]).as_str()) {
        return Tense::Future;
    }
    match words[verb].xpos.as_str() {
        "VBD" => Tense::Past,
        // "Is meeting on Friday", "is expected on Friday".
        "VBG" if is_present => Tense::Future,
        "VBN" if is_present => Tense::Open,
        "VBN" => Tense::Past,
        _ => Tense::Open,
    }
}

/// The side that the word before an expression tells: "until Tuesday" lies ahead, "since Tuesday" behind.
pub(crate) fn bound(pieces: &[Piece<'_>], start: usize) -> Option<Tense> {
    let before = pieces.partition_point(|p| p.start < start).checked_sub(1).and_then(|at| pieces.get(at))?;
    match before.text.to_ascii_lowercase().as_str() {
        "until" | "till" | "by" => Some(Tense::Future),
        "since" => Some(Tense::Past),
        _ => None,
    }
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
