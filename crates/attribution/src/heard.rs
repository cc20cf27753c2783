//! What the engine's scores say: cues first, then the part of every word near each.

use std::ops::Range;

use reportedly_model::Scores;

use crate::Layout;
use crate::cues;
use crate::found::{Found, runs};
use crate::inner;
use crate::tree::Trees;

/// Words on each side of a cue that can be part of its attribution. Of the 41,655 sources and contents of
/// PolNeAR's train set, 99.9% lie wholly within this reach (140: 99.86%, 240: 99.95%).
const REACH: usize = 180;

/// The layer of the attribution head that marks cues.
const CUE: usize = 1;

/// A quotation with no voice is given to the best cue word of its line if that scores above this, begin over outside.
const HEARD: f32 = -5.0;

/// Finds attributions in scored words, in the order of their cues.
pub(crate) fn heard(trees: &Trees<'_>, layout: &Layout<'_>, scores: &Scores) -> Vec<Found> {
    let words = layout.lines.len();
    let Some(tags) = scores.layer_tags("attribution", "attribution_crf", CUE, 0..words) else { return Vec::new() };
    let mut found: Vec<Found> = runs(&tags, 1)
        .into_iter()
        .filter_map(|cue| parts(layout, scores, cue))
        .filter(|f| !f.content.is_empty())
        .map(|f| {
            let source = f.source.iter().cloned().map(|r| {
                let own = without_pronoun(trees, behind_dateline(trees, layout, r));
                with_noun(trees, own)
            });
            let source: Vec<Range<usize>> = source.collect();
            let source = if source.is_empty() { shared(trees, &f).into_iter().collect() } else { source };
            Found { source, ..f }
        })
        .map(|f| inner::by_agent_not_to(trees, f))
        .collect();
    let late: Vec<Found> =
        unvoiced(layout, &found).into_iter().filter_map(|run| voice(trees, layout, scores, &found, &run)).collect();
    found.extend(late);
    found.sort_by_key(|f| f.cue.start);
    found
}

/// How likely a cue begins at the first word of a range: begin over outside, in nats.
pub(crate) fn cue_score(scores: &Scores, cue: &Range<usize>) -> Option<f32> {
    let row = scores.head("attribution")?.row(cue.start);
    Some(row[3 * CUE + 1] - row[3 * CUE])
}

/// The parts that the words around a cue play for it.
pub(crate) fn parts(layout: &Layout<'_>, scores: &Scores, cue: Range<usize>) -> Option<Found> {
    let reach = cue.start.saturating_sub(REACH)..layout.lines.len().min(cue.end + REACH);
    let parts = scores.arguments(cue.start, reach.clone(), |i| layout.lines[i])?;
    let shifted = |first| runs(&parts, first).into_iter().map(|r| r.start + reach.start..r.end + reach.start).collect();
    Some(Found { source: shifted(1), content: shifted(3), cue, within: None })
}

/// A source without the dateline that its line begins with: "LORNE (Northwire) — The minister".
fn behind_dateline(trees: &Trees<'_>, layout: &Layout<'_>, source: Range<usize>) -> Range<usize> {
    let begins_line = source.start == 0 || layout.lines[source.start] != layout.lines[source.start - 1];
    let first = trees.said(source.start);
    let capitals = first.chars().count() > 1 && !first.chars().any(char::is_lowercase);
    let dash = source.clone().skip(1).take(9).find(|i| matches!(trees.said(*i), "—" | "–" | "--" | "-"));
    match dash {
        Some(dash) if begins_line && capitals && dash + 1 < source.end => dash + 1..source.end,
        _ => source,
    }
}

/// A source without the pronoun of a clause that goes on behind it: "voices who argue that ...".
fn without_pronoun(trees: &Trees<'_>, source: Range<usize>) -> Range<usize> {
    let goes_on = source.len() > 1 && matches!(trees.lower(source.end - 1).as_str(), "who" | "which" | "that");
    source.start..source.end - usize::from(goes_on)
}

/// Who says it, of a cue without a source that shares its subject with another verb: "the brief attacks it and noted that ...",
/// "Calling for a vote, she added".
fn shared(trees: &Trees<'_>, found: &Found) -> Option<Range<usize>> {
    let top = trees.top(&found.cue)?;
    let verb = trees.head(top);
    let finite = matches!(trees.word(top).xpos.as_str(), "VBD" | "VBZ" | "VBP");
    let joined = trees.is(top, &["conj"]) && finite
        || trees.is(top, &["advcl"]) && trees.word(top).xpos == "VBG" && trees.child(top, &["mark"]).is_none();
    let active = |verb: usize| trees.child(verb, &["aux:pass", "nsubj:pass", "expl"]).is_none();
    if verb == top || !joined || !active(top) || !active(verb) || trees.child(top, &["nsubj"]).is_some() {
        return None;
    }
    let subject = inner::doer(trees, verb)?;
    (!subject.clone().any(|i| found.holds(i) || found.cue.contains(&i))).then_some(subject)
}

/// A source that the clause about it alone was found of, with its noun: "anyone who has seen it" knows.
fn with_noun(trees: &Trees<'_>, source: Range<usize>) -> Range<usize> {
    let clause = source.len() > 2 && matches!(trees.lower(source.start).as_str(), "who" | "which" | "that");
    let verb = trees.top(&source).filter(|verb| clause && trees.is(*verb, &["acl:relcl"]));
    match verb.map(|verb| trees.head(verb)) {
        Some(noun) if noun < source.start && source.start - noun <= 2 => trees.reach(noun).start..source.end,
        _ => source,
    }
}

/// Quotations of four words or more that are no part of any content.
fn unvoiced(layout: &Layout<'_>, found: &[Found]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for i in (0..layout.quoted.len()).filter(|i| layout.quoted[*i]) {
        match runs.last_mut() {
            Some(run) if run.end == i && layout.lines[i] == layout.lines[run.start] => run.end = i + 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs.retain(|run| run.len() >= 4 && !run.clone().any(|i| found.iter().any(|f| f.holds(i))));
    runs
}

/// Asks the best cue word beside a quotation that nobody was found to say whether the quotation is its content.
fn voice(
    trees: &Trees<'_>,
    layout: &Layout<'_>,
    scores: &Scores,
    found: &[Found],
    run: &Range<usize>,
) -> Option<Found> {
    let line = layout.lines[run.start];
    let taken = |i: usize| found.iter().any(|f| f.cue.contains(&i));
    let score = |i: usize| cue_score(scores, &(i..i + 1)).unwrap_or(f32::NEG_INFINITY);
    // "Roe continued:" may stand on a line of its own.
    let before = (0..run.start).rev().find(|i| trees.said(*i).chars().any(|c| !matches!(c, '“' | '"' | '«' | '\'')));
    let announced = before.filter(|i| trees.said(*i) == ":").map(|i| layout.lines[i]);
    let beside = (run.start.saturating_sub(40)..layout.lines.len().min(run.end + 40)).filter(|i| {
        (layout.lines[*i] == line || Some(layout.lines[*i]) == announced)
            && !layout.quoted[*i]
            && !taken(*i)
            && cues::verb(&trees.lower(*i)).is_some()
    });
    let best = beside.filter(|i| score(*i) > HEARD).max_by(|a, b| score(*a).total_cmp(&score(*b)))?;
    let found = parts(layout, scores, best..best + 1)?;
    let held = run.clone().filter(|i| found.holds(*i)).count();
    (held * 2 > run.len() && !found.source.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_begins_behind_the_dateline() {
        let rows = ["LORNE", "(", "Northwire", ")", "—", "The", "minister"].map(|word| format!("{word} X FW 0 root"));
        let (text, syntax) = crate::sketch::sketch(&rows.join("\n"));
        let trees = Trees::new(&text, &syntax);
        let at =
            |source: Range<usize>| behind_dateline(&trees, &Layout { lines: &[0; 7], quoted: &[false; 7] }, source);
        assert_eq!(at(0..7), 5..7);
        assert_eq!(at(2..7), 2..7);
        assert_eq!(at(5..7), 5..7);
    }

    #[test]
    fn a_source_ends_before_the_clause_about_it() {
        let (text, syntax) =
            crate::sketch::sketch("voices NOUN NNS 0 root\n who PRON WP 3 nsubj\n argue VERB VBP 1 acl:relcl");
        let trees = Trees::new(&text, &syntax);
        assert_eq!(without_pronoun(&trees, 0..2), 0..1);
        assert_eq!(without_pronoun(&trees, 1..2), 1..2);
        assert_eq!(with_noun(&trees, 1..2), 1..2);
    }

    #[test]
    fn a_second_verb_shares_who_says_it() {
        let rows = "Roe PROPN NNP 2 nsubj\nattacked VERB VBD 0 root\nit PRON PRP 2 obj\nand CCONJ CC 5 cc
            noted VERB VBD 2 conj\nthat SCONJ IN 8 mark\nit PRON PRP 8 nsubj\nfailed VERB VBD 5 ccomp";
        let who = |rows: &str| {
            let (text, syntax) = crate::sketch::sketch(rows);
            shared(&Trees::new(&text, &syntax), &Found { cue: 4..5, content: vec![5..8], ..Found::default() })
        };
        assert_eq!(who(rows), Some(0..1));
        // "It is feared and noted": by nobody in particular.
        assert_eq!(who(&rows.replace("Roe PROPN NNP 2 nsubj", "Roe PROPN NNP 2 nsubj:pass")), None);
    }

    #[test]
    fn a_source_is_its_noun_and_not_the_clause_about_it() {
        let rows = "The DET DT 2 det\nsailors NOUN NNS 6 nsubj\nwho PRON WP 5 nsubj\nhad AUX VBD 5 aux
            seen VERB VBN 2 acl:relcl\nknew VERB VBD 0 root";
        let (text, syntax) = crate::sketch::sketch(rows);
        assert_eq!(with_noun(&Trees::new(&text, &syntax), 2..5), 0..5);
    }
}
