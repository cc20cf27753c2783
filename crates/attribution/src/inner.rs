//! Speech inside speech: who is told, inside one content, to have said, wanted or thought something.
//!
//! The corpus that most of the engine was learned from marks only the outermost attribution, so these have a layer of
//! cues of their own. Where the engine knows no content for one, the trees and the table of cue words may.

use std::ops::Range;

use reportedly_model::Scores;

use crate::Layout;
use crate::cues;
use crate::found::{Found, runs};
use crate::heard;
use crate::tree::Trees;

/// Finds attributions inside the contents of others, by the cues that the engine's scores mark there. (What trees and
/// table show besides was right less often: link F1 on part b 61.6 with it, 63.7 without.)
pub(crate) fn inner(trees: &Trees<'_>, layout: &Layout<'_>, scores: &Scores, found: &[Found]) -> Vec<Found> {
    let mut inner: Vec<Found> = Vec::new();
    for range in found.iter().flat_map(|f| &f.content) {
        for cue in marked(scores, range) {
            let taken = |all: &[Found]| all.iter().any(|f| f.cue.start < cue.end && cue.start < f.cue.end);
            if !taken(found) && !taken(&inner) {
                inner.extend(told(trees, layout, scores, &cue, range).or_else(|| around(trees, cue, range)));
            }
        }
    }
    inner
}

/// The cues that the head for speech inside speech marks in a content: the one of the second top, where the model has that (links of
/// part a 58.8 with the first, 58.8 with the mean of both, 59.9 with the second).
fn marked(scores: &Scores, range: &Range<usize>) -> Vec<Range<usize>> {
    let second = scores.tags("scene_inner", "scene_inner_crf", range.clone());
    let tags = second.or_else(|| scores.tags("inner", "inner_crf", range.clone())).unwrap_or_default();
    runs(&tags, 1).into_iter().map(|r| r.start + range.start..r.end + range.start).collect()
}

/// The parts that the engine's scores give to the words of a content for a cue in it; a source that they leave open is who
/// does it by the trees.
fn told(
    trees: &Trees<'_>,
    layout: &Layout<'_>,
    scores: &Scores,
    cue: &Range<usize>,
    range: &Range<usize>,
) -> Option<Found> {
    let mut found = heard::parts(layout, scores, cue.clone())?;
    for part in [&mut found.source, &mut found.content] {
        part.retain_mut(|r| {
            *r = r.start.max(range.start)..r.end.min(range.end);
            r.start < r.end
        });
    }
    if found.source.is_empty() {
        let source = trees.top(cue).and_then(|top| doer(trees, top)).and_then(|source| beside_cue(source, cue));
        found.source = source.filter(|s| range.start <= s.start && s.end <= range.end).into_iter().collect();
    }
    (!found.content.is_empty()).then_some(found)
}

/// Gives what is said in the passive to its agent where it was given to the one spoken to: "confirmed to the paper by two
/// people".
pub(crate) fn by_agent_not_to(trees: &Trees<'_>, found: Found) -> Found {
    let [source] = found.source.as_slice() else { return found };
    let sentence = trees.sentence(found.cue.start);
    let by = source.end;
    let passive = found.cue.end + 1 == source.start
        && trees.lower(found.cue.end) == "to"
        && by < sentence.end
        && trees.lower(by) == "by";
    let ends = |i: &usize| matches!(trees.word(*i).upos.as_str(), "PUNCT" | "VERB" | "AUX");
    let agent = by + 1..(by + 1..sentence.end).find(ends).unwrap_or(sentence.end);
    let is_free = !agent.is_empty() && !agent.clone().any(|i| found.holds(i));
    if passive && is_free { Found { source: vec![agent], ..found } } else { found }
}

/// Source and content of a cue, from the trees.
fn around(trees: &Trees<'_>, cue: Range<usize>, range: &Range<usize>) -> Option<Found> {
    let known = cue.clone().find_map(|word| {
        of_verb(trees, word, range).or_else(|| of_noun(trees, word, range)).or_else(|| according(trees, word, range))
    });
    if let Some(found) = known {
        let clear = |r: &Range<usize>| r.end <= cue.start || cue.end <= r.start;
        if found.content.iter().chain(&found.source).all(clear) {
            return Some(Found { cue, ..found });
        }
    }
    let top = trees.top(&cue)?;
    let source = doer(trees, top)
        .or_else(|| trees.child(top, &["nmod:poss"]).map(|p| trees.reach_without(p, |c| trees.is(c, &["case"]))))
        .and_then(|source| beside_cue(source, &cue));
    // What hangs on the cue and is neither the source nor a mark: behind the cue, or else before it.
    let parts = cue.clone().flat_map(|i| trees.children(i)).filter(|c| {
        !cue.contains(c)
            && !trees.is(
                **c,
                &[
                    "punct",
                    "nsubj",
                    "nsubj:pass",
                    "nsubj:outer",
                    "nmod:poss",
                    "aux",
                    "aux:pass",
                    "cc",
                    "conj",
                    "det",
                    "discourse",
                ],
            )
    });
    let behind = parts.clone().filter(|c| **c > cue.start).map(|c| trees.reach(*c));
    let content = behind
        .fold(None, |all: Option<Range<usize>>, r| {
            Some(all.map_or(r.clone(), |a| a.start.min(r.start)..a.end.max(r.end)))
        })
        .map(|c| c.start.max(cue.end)..c.end.min(range.end))
        .filter(|c| !c.is_empty())
        .or_else(|| {
            let before = range.start..source.as_ref().map_or(cue.start, |s: &Range<usize>| s.start.min(cue.start));
            (!before.is_empty()).then_some(before)
        })?;
    Some(Found { source: source.into_iter().collect(), cue, content: vec![content], within: None })
}

/// Finds what a named or counted agent says in the passive outside of any content: "confirmed to the paper by two people".
pub(crate) fn by_agents(trees: &Trees<'_>, found: &[Found]) -> Vec<Found> {
    let free = |i: usize| !found.iter().any(|f| f.cue.contains(&i) || f.holds(i) && f.cue.start.abs_diff(i) < 3);
    let mut agents = Vec::new();
    for word in 0..trees.syntax.words.len() {
        let Some(cue) = cues::verb(&trees.lower(word)) else { continue };
        if !cue.clause || trees.word(word).xpos != "VBN" || !free(word) {
            continue;
        }
        let Some(agent) = agent(trees, word) else { continue };
        let said = if trees.is(word, &["acl"]) {
            let head = trees.head(word);
            Some(trees.reach_without(head, |child| child == word || trees.is(child, &["punct"])).start..head + 1)
        } else {
            trees.child(word, &["nsubj:pass", "nsubj"]).map(|subject| trees.reach(subject))
        };
        let Some(said) = said.filter(|said| !said.contains(&word)) else { continue };
        let source = without_case(trees, agent);
        agents.push(Found { source: vec![source], cue: group(trees, word), content: vec![said], within: None });
    }
    agents
}

/// Who does it, of a passive: "by two people".
fn agent(trees: &Trees<'_>, verb: usize) -> Option<usize> {
    trees.child(verb, &["obl:agent"]).or_else(|| {
        let by = |c: &usize| {
            trees.is(*c, &["obl"]) && trees.child(*c, &["case"]).is_some_and(|case| trees.lower(case) == "by")
        };
        trees.children(verb).iter().copied().filter(|_| trees.word(verb).xpos == "VBN").find(by)
    })
}

/// A phrase without the preposition that it begins with.
pub(crate) fn without_case(trees: &Trees<'_>, head: usize) -> Range<usize> {
    trees.reach_without(head, |child| trees.is(child, &["case", "punct"]))
}

/// A verb with its auxiliaries, negation and particle, as far as they stand together.
fn group(trees: &Trees<'_>, verb: usize) -> Range<usize> {
    let joined = |i: usize| {
        trees.head(i) == verb
            && (trees.is(i, &["aux", "aux:pass", "cop", "compound:prt"])
                || trees.is(i, &["advmod"])
                || trees.is(i, &["mark"]) && trees.lower(i) == "to")
    };
    let mut group = verb..verb + 1;
    while group.start > 0 && joined(group.start - 1) {
        group.start -= 1;
    }
    // An adverb before all auxiliaries is the clause's own.
    while group.start < verb
        && trees.is(group.start, &["advmod"])
        && !matches!(trees.lower(group.start).as_str(), "never" | "reportedly" | "not")
    {
        group.start += 1;
    }
    while group.end < trees.syntax.words.len()
        && trees.head(group.end) == verb
        && trees.is(group.end, &["compound:prt"])
    {
        group.end += 1;
    }
    group
}

/// Who does what a verb says, where its tree tells.
pub(crate) fn doer(trees: &Trees<'_>, verb: usize) -> Option<Range<usize>> {
    let mut at = verb;
    for _ in 0..4 {
        if let Some(agent) = agent(trees, at) {
            return Some(without_case(trees, agent));
        }
        if trees.child(at, &["nsubj:pass", "aux:pass"]).is_some() {
            return None;
        }
        if let Some(subject) = trees.child(at, &["nsubj", "nsubj:outer"]) {
            let expletive = matches!(trees.lower(subject).as_str(), "there") || trees.is(subject, &["expl"]);
            return (!expletive).then(|| whole(trees, subject));
        }
        let head = trees.head(at);
        if head == at {
            return None;
        }
        if trees.is(at, &["acl", "acl:relcl"]) {
            let participle = trees.word(at).xpos == "VBG";
            return participle.then(|| whole(trees, head));
        }
        if !trees.is(at, &["conj", "xcomp", "advcl", "ccomp"])
            || trees.is(at, &["ccomp"]) && trees.word(at).xpos != "VB"
        {
            return None;
        }
        at = head;
    }
    None
}

/// A noun phrase without the clauses and appositions behind it.
pub(crate) fn whole(trees: &Trees<'_>, noun: usize) -> Range<usize> {
    trees.reach_without(noun, |child| {
        trees.is(child, &["punct", "acl:relcl", "parataxis", "cop", "cc"])
            || child > noun && trees.is(child, &["acl", "appos", "advmod"])
    })
}

fn of_verb(trees: &Trees<'_>, verb: usize, range: &Range<usize>) -> Option<Found> {
    let word = trees.word(verb);
    if word.upos != "VERB" || trees.is(verb, &["amod", "compound", "case", "mark", "aux", "nmod", "fixed"]) {
        return None;
    }
    let cue = cues::verb(&trees.lower(verb))?;
    let passive = trees.child(verb, &["aux:pass", "nsubj:pass"]).is_some();
    let inside = |r: Range<usize>| {
        let r = r.start.max(range.start)..r.end.min(range.end);
        (!r.is_empty()).then_some(r)
    };
    let clause = trees.child(verb, &["ccomp"]).filter(|_| cue.clause || cue.infinitive);
    let infinitive = trees.child(verb, &["xcomp"]).filter(|_| cue.infinitive || passive && (cue.clause || cue.object));
    let beside = trees.child(verb, &["parataxis"]).filter(|c| cue.clause && *c > verb);
    let object = trees.child(verb, &["obj"]).filter(|_| cue.object && !passive);
    let content = if let Some(clause) = clause {
        let mut content =
            trees.reach_without(clause, |child| trees.is(child, &["punct"]) && trees.head(child) == clause);
        // The noun that is called something stands before the clause.
        if content.contains(&verb) {
            content = verb + 1..content.end;
        }
        content
    } else if let Some(infinitive) = infinitive {
        let from = object.map_or(usize::MAX, |o| trees.reach(o).start);
        let reach = trees.reach(infinitive);
        if trees.is(infinitive, &["xcomp"]) && cue.object && object.is_some() {
            from.min(reach.start)..reach.end
        } else {
            reach
        }
    } else if let Some(object) = object {
        trees.reach_without(object, |child| trees.is(child, &["punct"]) && child > object)
    } else if let Some(beside) = beside {
        trees.reach(beside)
    } else {
        return None;
    };
    let group = group(trees, verb);
    let source = doer(trees, verb).and_then(|source| beside_cue(source, &group));
    let content = beside_cue(inside(content)?, &group)?;
    Some(Found { source: source.into_iter().collect(), cue: group, content: vec![content], within: None })
}

/// The larger part of a range that lies on one side of a cue: a wrong branch may reach over it.
fn beside_cue(range: Range<usize>, cue: &Range<usize>) -> Option<Range<usize>> {
    let (before, behind) = (range.start..range.end.min(cue.start), range.start.max(cue.end)..range.end);
    let larger = if before.len() > behind.len() { before } else { behind };
    (!larger.is_empty()).then_some(larger)
}

/// "the claim that ...", "her plan to ...".
fn of_noun(trees: &Trees<'_>, noun: usize, range: &Range<usize>) -> Option<Found> {
    if trees.word(noun).upos != "NOUN" {
        return None;
    }
    cues::noun(&trees.lower(noun))?;
    let marked =
        |child: usize| trees.child(child, &["mark"]).is_some_and(|m| matches!(trees.lower(m).as_str(), "that" | "to"));
    let clause =
        trees.children(noun).iter().copied().find(|c| trees.is(*c, &["acl", "ccomp"]) && *c > noun && marked(*c))?;
    let content = trees.reach(clause);
    let content = content.start.max(range.start)..content.end.min(range.end);
    let source = trees.child(noun, &["nmod:poss"]).map(|p| trees.reach_without(p, |c| trees.is(c, &["case"])));
    (!content.is_empty()).then(|| Found {
        source: source.into_iter().collect(),
        cue: noun..noun + 1,
        content: vec![content],
        within: None,
    })
}

/// "according to the police" inside a content.
pub(crate) fn according(trees: &Trees<'_>, word: usize, range: &Range<usize>) -> Option<Found> {
    if trees.lower(word) != "according" || word + 2 >= range.end || trees.lower(word + 1) != "to" {
        return None;
    }
    let noun = (word..=word + 1).map(|i| trees.head(i)).find(|head| *head > word + 1)?;
    let source = without_case(trees, noun);
    let source = source.start.max(word + 2)..source.end.min(range.end);
    let clause = trees.head(noun);
    if clause == noun || source.is_empty() {
        return None;
    }
    let content = trees.reach_without(clause, |child| child == noun || trees.is(child, &["punct"]));
    let content = content.start.max(range.start)..content.end.min(range.end);
    let content = if content.contains(&word) { content.start..word } else { content };
    (!content.is_empty()).then(|| Found {
        source: vec![source],
        cue: word..word + 2,
        content: vec![content],
        within: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "Roe PROPN NNP 2 nsubj
        said VERB VBD 0 root
        Lind PROPN NNP 4 nsubj
        plans VERB VBZ 2 ccomp
        to PART TO 6 mark
        meet VERB VB 4 xcomp
        the DET DT 8 det
        envoy NOUN NN 6 obj";

    #[test]
    fn a_plan_inside_a_content_has_its_own_source() {
        let (text, syntax) = crate::sketch::sketch(SAID);
        let trees = Trees::new(&text, &syntax);
        let found = of_verb(&trees, 3, &(2..8)).expect("plans to meet");
        assert_eq!(found, Found { source: vec![2..3], cue: 3..4, content: vec![4..8], within: None });
        assert_eq!(of_verb(&trees, 5, &(2..8)), None);
    }

    #[test]
    fn whom_it_is_said_to_does_not_say_it() {
        let rows = "meeting NOUN NN 2 nsubj:pass
            confirmed VERB VBN 0 root
            to ADP IN 5 case
            the DET DT 5 det
            paper NOUN NN 2 obl
            by ADP IN 7 case
            aides NOUN NNS 2 obl:agent";
        let (text, syntax) = crate::sketch::sketch(rows);
        let trees = Trees::new(&text, &syntax);
        let given = |source: Range<usize>| {
            let found = Found { source: vec![source], cue: 1..2, content: vec![0..1], within: None };
            by_agent_not_to(&trees, found).source
        };
        assert_eq!(given(3..5), [6..7]);
        assert_eq!(given(6..7), [6..7]);
    }

    #[test]
    fn an_agent_in_the_passive_says_it() {
        let rows = "The DET DT 2 det
            meeting NOUN NN 8 nsubj
            , PUNCT , 4 punct
            confirmed VERB VBN 2 acl
            by ADP IN 7 case
            two NUM CD 7 nummod
            people NOUN NNS 4 obl:agent
            failed VERB VBD 0 root";
        let (text, syntax) = crate::sketch::sketch(rows);
        let trees = Trees::new(&text, &syntax);
        let found = by_agents(&trees, &[]);
        assert_eq!(found, [Found { source: vec![5..7], cue: 3..4, content: vec![0..2], within: None }]);
    }

    #[test]
    fn a_branch_that_reaches_over_the_cue_is_cut_there() {
        assert_eq!(beside_cue(0..10, &(2..4)), Some(4..10));
        assert_eq!(beside_cue(2..4, &(2..4)), None);
    }
}
