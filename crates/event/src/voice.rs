//! In whose voice an event is told, and the one status that a reader sees of several.

use std::ops::Range;

use reportedly_record::{Attribution, CueStance, Reading, Status, Voice};

use crate::tree::Trees;

/// Words of a content at the most that are marked with its voice: longer ones are taken for faults.
const LONGEST: usize = 4_000;

/// Of each word of a section, the index of the attribution whose content it stands in, innermost.
pub(crate) fn voices(reading: &Reading<'_>, trees: &Trees<'_>) -> Vec<Option<usize>> {
    let mut voices = vec![None; trees.len()];
    let (Some(first), Some(last)) = (trees.syntax.words.first(), trees.syntax.words.last()) else { return voices };
    let section = first.span.bytes().start..last.span.bytes().end;
    let length =
        |a: usize| -> usize { reading.record.attributions[a].content.iter().map(|c| c.span.bytes().len()).sum() };
    let speaks = |a: &usize| {
        let of = &reading.record.attributions[*a];
        // "Support for the Senate to convict" tells of no convicting.
        let backs = of.cue.as_ref().is_some_and(|cue| {
            let cue = cue.text.to_lowercase();
            ["support", "opposition", "backing", "desire"]
                .iter()
                .any(|noun| cue.starts_with(noun) && !cue.ends_with("ed"))
        });
        of.voice == Voice::Direct
            || !backs && !is_weighed(trees, of) && of.stance.is_some_and(|stance| stance != CueStance::Intends)
    };
    let inside = |a: &usize| {
        let bytes = reading.record.attributions[*a].evidence.bytes();
        bytes.start < section.end && section.start < bytes.end
    };
    let mut order: Vec<usize> = (0..reading.record.attributions.len()).filter(inside).filter(speaks).collect();
    // The longest first, so that the innermost is written last.
    order.sort_by_key(|a| (std::cmp::Reverse(length(*a)), *a));
    for a in order {
        let attribution = &reading.record.attributions[a];
        for content in &attribution.content {
            let bytes = content.span.bytes();
            let from = trees.at(bytes.start);
            for word in (from..trees.len()).take(LONGEST) {
                if trees.word(word).span.bytes().start >= bytes.end {
                    break;
                }
                if attribution.voice == Voice::Direct || !is_background(trees, word, from) {
                    voices[word] = Some(a);
                }
            }
        }
    }
    voices
}

/// "The radio, which reported that she had been arrested, withdrew the report": whether those who say what a word says have taken
/// it back.
pub(crate) fn is_withdrawn(reading: &Reading<'_>, trees: &Trees<'_>, voice: usize) -> bool {
    let Some(cue) = &reading.record.attributions[voice].cue else { return false };
    let cue = trees.at(cue.span.bytes().start);
    if cue >= trees.len() {
        return false;
    }
    let takes_back = |verb: usize| {
        let form = trees.lower(verb);
        let account = |c: usize| {
            trees.is(c, &["obj", "nsubj:pass"])
                && matches!(
                    trees.lower(c),
                    "report" | "story" | "claim" | "account" | "article" | "statement" | "allegation" | "it"
                )
        };
        ["withdrew", "withdrawn", "retract", "took"].iter().any(|stem| form.starts_with(stem))
            && (!form.starts_with("took")
                || trees.lower(verb + 1) == "back"
                || trees.has(verb, "compound:prt", &["back"]))
            && trees.children(verb).any(account)
    };
    // What those who said it do next in the sentence.
    let own = |verb: usize| trees.child(verb, &["nsubj", "nsubj:pass"]).is_none_or(|subject| subject < cue);
    (cue + 1..trees.sentence(cue).end).any(|verb| trees.upos(verb) == "VERB" && own(verb) && takes_back(verb))
}

/// "The move prompted criticism", "Ruiz condemned the attack": what somebody finds good or bad, without a clause, the outlet tells.
fn is_weighed(trees: &Trees<'_>, told: &Attribution) -> bool {
    const WEIGHS: [&str; 18] = [
        "critici",
        "condemn",
        "prais",
        "applau",
        "hail",
        "welcom",
        "thank",
        "blast",
        "slam",
        "denounc",
        "decr",
        "mock",
        "ridicul",
        "laud",
        "salut",
        "tout",
        "commend",
        "congratulat",
    ];
    let weighs = |word: &str| WEIGHS.iter().any(|stem| word.starts_with(stem));
    let cue = told.cue.as_ref().is_some_and(|cue| cue.text.to_lowercase().split_whitespace().any(weighs));
    let clause = |bytes: Range<usize>| {
        let words = (trees.at(bytes.start)..trees.len()).take_while(|w| trees.word(*w).span.bytes().start < bytes.end);
        words.into_iter().any(|w| matches!(trees.xpos(w), "VBD" | "VBZ" | "VBP" | "MD" | "TO"))
    };
    cue && told.voice == Voice::Indirect && !told.content.iter().any(|c| clause(c.span.bytes()))
}

/// "Ruiz said the bridge, which opened in 1990, was safe": a relative clause behind a comma is the narrator's, where the
/// words are not quoted.
fn is_background(trees: &Trees<'_>, word: usize, from: usize) -> bool {
    let comma = |i: usize| trees.lower(i) == ",";
    // The pronoun stands behind the comma, whatever else the tree hangs on its clause.
    let set_off = |c: usize| {
        matches!(trees.lower(c), "which" | "who" | "whose" | "whom")
            && (c > 0 && comma(c - 1) || c > 1 && comma(c - 2) && trees.upos(c - 1) == "ADP")
    };
    let relative = |w: &usize| {
        trees.rel(*w) == "acl:relcl"
            && trees.head(*w).is_some_and(|noun| noun >= from)
            && trees.children(*w).any(set_off)
    };
    // "Hill blames theories — the same ones the president tried to have investigated": what is added behind a dash.
    let dash = |at: usize| at > from && matches!(trees.lower(at), "—" | "–" | "--");
    let added = |w: &usize| {
        let Some(head) = trees.head(*w).filter(|head| *head >= from) else { return false };
        let first = trees.reach(*w, |_| false).start;
        head < first && (dash(first - 1) || dash(first))
    };
    // "Roberts wrote that it could end the conflict, just as Congress envisioned", "he claims the lead, while others see him behind".
    let compared = |w: &usize| {
        trees.is(*w, &["advcl"])
            && trees.head(*w).is_some_and(|verb| verb >= from && verb < *w)
            && matches!(trees.xpos(*w), "VBD" | "VBZ" | "VBP")
            && trees.child(*w, &["nsubj"]).is_some()
            && trees.child(*w, &["mark"]).is_some_and(|mark| {
                let before = mark.saturating_sub(1);
                let before = if trees.lower(before) == "just" { before.saturating_sub(1) } else { before };
                matches!(trees.lower(mark), "as" | "while" | "whereas") && comma(before)
            })
    };
    trees.up(word).any(|w| relative(&w) || added(&w) || compared(&w))
}

/// The one status that a reader sees. A voice that denies what another asserts leaves it denied; a negative fact counts
/// where the narrator tells it or no voice asserts the contrary; else the narrator goes before those who are cited, what is
/// told before what is left open, and what is settled before what is not: cancelled, did not happen, happened, ongoing,
/// planned, possible, hypothetical, generic.
pub(crate) fn folded(told: &[(bool, Status, bool)]) -> (Status, bool) {
    // (narrator, status, open)
    let any = |status: Status| told.iter().any(|(_, s, open)| *s == status && !open);
    let asserted =
        told.iter().any(|(_, s, open)| matches!(s, Status::Happened | Status::Ongoing | Status::Planned) && !open);
    if any(Status::Denied) {
        return (Status::Denied, asserted);
    }
    let settled = |status: Status| match status {
        Status::Cancelled => 0,
        Status::DidNotHappen => 1,
        Status::Denied => 2,
        Status::Happened => 3,
        Status::Ongoing => 4,
        Status::Planned => 5,
        Status::Possible => 6,
        Status::Hypothetical => 7,
        Status::Generic => 8,
        Status::Unknown => 9,
    };
    let best = told.iter().min_by_key(|(narrator, status, open)| {
        let off = matches!(status, Status::Cancelled | Status::DidNotHappen) && !open;
        (*open, !off, !narrator, settled(*status))
    });
    (best.map_or(Status::Happened, |(_, status, _)| *status), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_status_of_several() {
        use Status::{Cancelled, Denied, Happened, Hypothetical, Planned, Possible};
        let fold = |told: &[(bool, Status, bool)]| folded(told);
        assert_eq!(fold(&[(false, Happened, false), (false, Denied, false)]), (Denied, true));
        assert_eq!(fold(&[(true, Planned, false), (false, Cancelled, false)]), (Cancelled, false));
        assert_eq!(fold(&[(true, Happened, true), (false, Planned, false)]), (Planned, false));
        assert_eq!(fold(&[(true, Possible, false), (false, Happened, false)]), (Possible, false));
        assert_eq!(fold(&[(true, Hypothetical, false), (true, Planned, false)]), (Planned, false));
        assert_eq!(fold(&[]), (Happened, false));
    }
}
