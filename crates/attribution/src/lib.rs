//! Who said it. An attribution has a cue ("said"), a content and a source; this crate finds all three, what the cue does,
//! what the source is, and which attribution is told inside which.
//!
//! A cue is found first. Then every word near it is asked for its part in that cue's attribution, and the best sequence
//! of parts is taken: so source and content are linked to the cue by how they are found. Speech inside speech comes from
//! a layer of its own, the trees and a table of cue words, transcripts and signed quotations from the layout.

// A part in one piece is a list of one range of words.
#![allow(clippy::single_range_in_vec_init)]

mod antecedent;
mod chain;
mod cited;
mod cues;
mod doubt;
mod found;
mod halves;
mod heard;
mod inner;
mod lead;
mod mend;
mod no_response;
mod no_saying;
mod other;
mod paragraph;
mod quote;
mod relay;
mod signed;
mod silence;
mod sister;
#[cfg(test)]
mod sketch;
mod sources;
mod speaker;
mod told;
mod tree;
mod trim;
mod unnamed;
mod unsaid;

use reportedly_model::Scores;
use reportedly_record::{Attribution, EntityKind, Id, Kind, Mention, SourceKind, Span, Syntax, Text, Voice, Words};

pub use chain::{chains, tallies};
pub use no_response::no_responses;
pub use quote::quotes;
pub use sources::{Source, source};
pub use speaker::{Scene, speakers};

use found::{Found, nest};
use tree::Trees;

/// A cue that is no attribution is kept as an attitude above this, begin over outside. Of 95 such cues of the dev set that score less, 45 are
/// one; of 294 others 223.
const LEAST_ATTITUDE: f32 = -3.0;

/// How words stand to lines and quotation marks: what the text's layout says beside its grammar.
pub struct Layout<'a> {
    /// The line in which each word stands.
    pub lines: &'a [i64],
    /// Whether each word stands between quotation marks.
    pub quoted: &'a [bool],
}

/// What was found in a section, both in the order of their cues.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Who says, writes, thinks or wants what.
    pub attributions: Vec<Attribution>,
    /// What only looks like it, though corpora count it in.
    pub attitudes: Vec<Attribution>,
}

/// Which words are somebody's own: those between quotation marks, and turns of a transcript without their labels.
pub fn own_words(text: &Text, syntax: &Syntax, layout: &Layout<'_>) -> Vec<bool> {
    let mut own = layout.quoted.to_vec();
    let turns = signed::transcript(&Trees::new(text, syntax), layout);
    turns.iter().flat_map(|turn| &turn.content).for_each(|words| own[words.clone()].fill(true));
    own
}

/// Finds the attributions in scored words. `mentions` are the names in the same text.
pub fn attributions(
    report: Id,
    text: &Text,
    syntax: &Syntax,
    layout: &Layout<'_>,
    mentions: &[Mention],
    scores: &Scores,
) -> Heard {
    let trees = Trees::new(text, syntax);
    let mut found = heard::heard(&trees, layout, scores);
    let apart = |f: &Found, all: &[Found]| !all.iter().any(|g| g.cue.start < f.cue.end && f.cue.start < g.cue.end);
    // The layout of a transcript tells more surely than scores who speaks, and how long.
    let turns = signed::transcript(&trees, layout);
    found.retain(|f| apart(f, &turns));
    found.extend(turns);
    for more in [signed::signatures(&trees, layout), inner::by_agents(&trees, &found)] {
        let new: Vec<Found> = more.into_iter().filter(|f| apart(f, &found)).collect();
        found.extend(new);
    }
    mend::mend(&trees, layout, &mut found);
    relay::relays(&trees, &mut found);
    let cited = cited::cited(&trees, &mut found);
    let mut inner = inner::inner(&trees, layout, scores, &found);
    inner.iter_mut().for_each(|one| mend::trim(&trees, layout, one));
    found.extend(inner);
    // Who declines to speak says nothing: that is a fact of its own.
    let silences = silence::silences(&trees);
    found.retain(|f| !no_response::is_silent(&silences, &f.cue));
    found.sort_by_key(|f| (f.cue.start, f.cue.end));
    for one in &mut found {
        trim::to_one_sentence(&trees, one);
        told::part_addressee(&trees, one);
        if one.source.is_empty() {
            one.source.extend(subject_before(&trees, one));
        }
        if told::is_object(&trees, one) {
            let verb = trees.top(&one.cue).unwrap_or(one.cue.start);
            let doer = inner::doer(&trees, verb).filter(|doer| doer.end <= one.cue.start);
            one.source = doer.into_iter().collect();
        }
        if let Some(who) = told::thinks_meanwhile(&trees, one) {
            one.source = vec![who];
        }
        if mend::is_acted_on(&trees, one) {
            one.source.clear();
        }
    }
    paragraph::go_on(&trees, layout, &mut found);
    sister::answers(&trees, layout, &mut found);
    nest(&mut found);
    sister::part(&trees, layout, &mut found);
    for (cue, outer) in cited {
        let at = |cue: &std::ops::Range<usize>| found.iter().position(|f| f.cue == *cue);
        if let (Some(inner), Some(outer)) = (at(&cue), at(&outer)) {
            found[inner].within = Some(outer);
        }
    }
    let thing = |range: &std::ops::Range<usize>| {
        let Some(top) = trees.top(range) else { return false };
        // "A problem that threatens to": what the clause is about.
        let which = range.len() == 1 && matches!(trees.lower(top).as_str(), "that" | "which");
        let clause = Some(trees.head(top)).filter(|verb| which && trees.is(*verb, &["acl:relcl"]));
        let noun = clause.map_or(top, |verb| trees.head(verb));
        let whole = if clause.is_some() { inner::whole(&trees, noun) } else { range.clone() };
        trees.word(noun).upos == "NOUN" && sources::of(&trees, mentions, whole).kind.is_none()
    };
    // A person, a pronoun or people who are not named.
    let somebody = |range: &std::ops::Range<usize>| {
        let span = trees.span(range);
        let person = |m: &Mention| {
            let at = m.evidence.span;
            // A body by its name alone: not "the Lorne vote".
            let body = matches!(m.kind, EntityKind::Organisation | EntityKind::Government | EntityKind::Place);
            span.covers(at) && (m.kind == EntityKind::Person || body && at.bytes().end == span.bytes().end)
        };
        let kind = sources::of(&trees, mentions, range.clone()).kind;
        range.len() == 1 && trees.word(range.start).upos == "PRON"
            || mentions.iter().any(person)
            || matches!(kind, Some(SourceKind::Unnamed | SourceKind::Collective))
    };
    let cues: Vec<std::ops::Range<usize>> = found.iter().map(|f| f.cue.clone()).collect();
    let doubtful = doubt::doubtful(&mut found, |f| {
        doubt::is_none(&trees, layout, f, &cues)
            || told::shows(&trees, &f.cue) && f.source.iter().any(thing)
            || told::infers(&trees, &f.cue) && !f.source.iter().any(somebody)
    });
    let made: Vec<Option<Attribution>> =
        found.iter().map(|f| attribution(report, &trees, layout, mentions, f)).collect();
    let quotes = |f: &Found| f.content.iter().flat_map(Clone::clone).any(|i| layout.quoted[i]);
    let likely = |f: &Found| {
        let score = heard::cue_score(scores, &f.cue);
        f.within.is_some() || quotes(f) || score.is_none_or(|score| score > LEAST_ATTITUDE)
    };
    let attitude = |f: &Found| doubt::is_attitude(&trees, f) && likely(f);
    let dropped: Vec<bool> = found.iter().zip(&doubtful).map(|(f, d)| *d && !attitude(f)).collect();
    let Heard { mut attributions, mut attitudes } = Heard::default();
    for (i, one) in made.iter().enumerate() {
        let Some(one) = one.clone().filter(|_| !dropped[i]) else { continue };
        let mut outer = std::iter::successors(found[i].within, |outer| found[*outer].within).take(found.len());
        let within = outer.find(|outer| !dropped[*outer]).and_then(|i| made[i].as_ref()).map(|one| one.id);
        let one = Attribution { within, ..one };
        if doubtful[i] { attitudes.push(without_saying(one)) } else { attributions.push(one) }
    }
    relayed(&mut attributions);
    continued(text, &mut attributions);
    Heard { attributions, attitudes }
}

/// An attitude: whose it is and of what. As nobody says it, nothing is told of how it is said.
fn without_saying(one: Attribution) -> Attribution {
    Attribution {
        source_kind: None,
        count: None,
        basis: None,
        stance: None,
        tense: None,
        hedge: None,
        on_record: None,
        addressee: None,
        medium: None,
        ..one
    }
}

/// "A deckhand, she said, had sworn that he slept": who is the subject of a cue whose source went unheard, right before it but for
/// another's saying.
fn subject_before(trees: &Trees<'_>, found: &Found) -> Option<std::ops::Range<usize>> {
    let verb = trees.top(&found.cue).filter(|verb| trees.word(*verb).upos == "VERB")?;
    trees.child(verb, &["nsubj"]).filter(|subject| *subject < found.cue.start)?;
    let subject = inner::doer(trees, verb).filter(|s| s.end <= found.cue.start)?;
    let between = subject.end..found.cue.start;
    let says = between.len() > 2
        && trees.said(between.start) == ","
        && trees.said(between.end - 1) == ","
        && between.clone().any(|i| matches!(trees.lower(i).as_str(), "said" | "says" | "added"));
    says.then_some(subject)
}

fn attribution(
    report: Id,
    trees: &Trees<'_>,
    layout: &Layout<'_>,
    mentions: &[Mention],
    found: &Found,
) -> Option<Attribution> {
    let text = trees.text;
    let pieces = |ranges: &[std::ops::Range<usize>]| -> Vec<Words> {
        ranges
            .iter()
            .filter_map(|r| trim::trimmed(text, trees.syntax, r.clone()))
            .map(|span| text.words(span))
            .collect()
    };
    // A source that is a part of somebody's name is that name.
    let whole = |words: Words| {
        let name = mentions.iter().find(|m| m.kind == EntityKind::Person && m.evidence.span.covers(words.span));
        name.map_or(words, |name| name.evidence.clone())
    };
    let source: Vec<Words> = pieces(&found.source).into_iter().map(whole).collect();
    let content = pieces(&found.content);
    if content.is_empty() {
        return None;
    }
    let cue = trees.span(&found.cue);
    let evidence = source.iter().chain(&content).map(|w| w.span).fold(cue, Span::hull);
    let kind = found.source.first().map(|range| sources::of(trees, mentions, range.clone())).unwrap_or_default();
    let words = |range: Option<std::ops::Range<usize>>| range.map(|r| text.words(trees.span(&r)));
    Some(Attribution {
        id: Id::in_report(Kind::Attribution, report, (cue.bytes(), evidence.bytes())),
        cue: Some(text.words(cue)),
        voice: trim::voice(trees, layout, found),
        evidence,
        speaker: None,
        source_kind: kind.kind,
        count: kind.count,
        basis: kind.basis.map(|span| text.words(span)),
        stance: told::stance_with(trees, found),
        tense: told::tense(trees, &found.cue),
        hedge: words(told::hedge(trees, found)),
        on_record: kind.kind.map(|kind| kind != SourceKind::Unnamed),
        addressee: words(told::addressee(trees, found)).map(|words| whole_name(text, mentions, words)),
        medium: words(told::medium(trees, found)),
        within: None,
        continues: None,
        source,
        content,
    })
}

/// Words of which the last begin a name, with all of that name: "Radio" of "Radio Arn".
fn whole_name(text: &Text, mentions: &[Mention], words: Words) -> Words {
    let cut = |m: &&Mention| {
        let (name, at) = (m.evidence.span.bytes(), words.span.bytes());
        at.start <= name.start && name.start < at.end && at.end < name.end
    };
    match mentions.iter().find(cut) {
        Some(name) => text.words(words.span.hull(name.evidence.span)),
        None => words,
    }
}

/// What was told to a paper is told through it: "confirmed to the newspaper by two people" stands within what that
/// newspaper reported before.
fn relayed(attributions: &mut [Attribution]) {
    for i in 0..attributions.len() {
        let Some(addressee) = attributions[i].addressee.as_ref().filter(|_| attributions[i].within.is_none()) else {
            continue;
        };
        let noun = addressee.text.to_lowercase();
        if !sources::is_paper(&noun) {
            continue;
        }
        let at = attributions[i].evidence.bytes().start;
        let own = attributions[i].id;
        let relay = attributions.iter().rfind(|a| {
            a.source_kind == Some(SourceKind::Media)
                && a.within.is_none()
                && a.id != own
                && a.evidence.bytes().start < at
        });
        attributions[i].within = relay.map(|relay| relay.id);
    }
}

/// A quotation that was left open at the end of a paragraph goes on in the next one.
fn continued(text: &Text, attributions: &mut [Attribution]) {
    for i in 1..attributions.len() {
        let Some(first) = attributions[i].content.first() else { continue };
        let before = &text.as_str()[..first.span.bytes().start];
        let opens = before.trim_end_matches(['“', '"', '«']).len() < before.len();
        let paragraph = before.trim_end_matches(['“', '"', '«']).trim_end().len();
        let goes_on = attributions[..i].iter().rfind(|a| a.within.is_none()).filter(|a| {
            let end = a.content.last().map_or(0, |w| w.span.bytes().end);
            let line = &text.as_str()[..end];
            let line = &line[line.rfind('\n').map_or(0, |at| at + 1)..];
            let open = match line.rfind(['“', '”']) {
                Some(mark) => line[mark..].starts_with('“'),
                None => line.matches('"').count() % 2 == 1 || line.rfind('«') > line.rfind('»'),
            };
            let between = text.as_str().get(end..paragraph).unwrap_or("x");
            let gap = text.as_str().get(paragraph..first.span.bytes().start).unwrap_or_default();
            a.voice != Voice::Indirect
                && open
                && opens
                && gap.contains('\n')
                && between.chars().all(|c| matches!(c, '.' | '!' | '?' | ',' | '…' | ' '))
        });
        attributions[i].continues = goes_on.map(|a| a.id);
    }
}
