//! Who is cited or quoted by another: "the Herald reported, citing the agency, which cited an aide".

use std::ops::Range;

use crate::cues;
use crate::found::Found;
use crate::inner::{doer, without_case};
use crate::tree::Trees;

/// One who is quoted or cited by another: "the Herald reported, citing the agency, which cited an aide". What each tells is
/// what the one outside tells. Gives the cue of the outer attribution with each.
pub(crate) fn cited(trees: &Trees<'_>, found: &mut Vec<Found>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut within = Vec::new();
    for word in 0..trees.syntax.words.len() {
        let cite = trees.lower(word);
        if !matches!(cite.as_str(), "citing" | "cited" | "cites" | "quoting" | "quoted" | "quotes")
            || trees.word(word).upos != "VERB"
        {
            continue;
        }
        let sentence = trees.sentence(word);
        let Some(source) = cited_one(trees, word, &sentence) else { continue };
        let saying = (source.end..sentence.end.min(source.end + 4)).find(|i| {
            trees.lower(*i) == "as"
                && *i + 1 < sentence.end
                && cues::verb(&trees.lower(i + 1)).is_some_and(|v| v.clause)
        });
        let outer = outer(trees, found, word, &sentence).or_else(|| reported_before(trees, found, word, &sentence));
        let own =
            found.iter().position(|f| f.cue.contains(&word) || saying.is_some_and(|as_| f.cue.contains(&(as_ + 1))));
        if let Some(saying) = saying {
            let own_content = own.map(|i| found[i].content.clone()).filter(|c| c.iter().all(|r| r.start > saying));
            let to = trees.syntax.words.len().min(sentence.end + 120);
            let content = own_content.or_else(|| told_behind(trees, saying + 1, &sentence, to).map(|c| vec![c]));
            let Some(content) = content else { continue };
            if let Some(i) = own {
                found.remove(i);
            }
            let cue = word..word + 1;
            // "The Herald quoted Roe as saying": what Roe says comes through the Herald.
            if let Some(relay) = relay(trees, word).filter(|_| outer.is_none()) {
                let says = saying + 1..saying + 2;
                within.push((says.clone(), cue.clone()));
                found.push(Found { source: vec![relay], cue, content: content.clone(), within: None });
                found.push(Found { source: vec![source], cue: says, content, within: None });
                continue;
            }
            within.extend(outer.map(|outer| (cue.clone(), outer)));
            found.push(Found { source: vec![source], cue, content, within: None });
            continue;
        }
        let Some(outer) = outer else { continue };
        let Some(content) = found.iter().find(|f| f.cue == outer).map(|f| f.content.clone()) else { continue };
        // The engine takes the one who is cited for what is said.
        let wrong = own.is_none_or(|i| found[i].content.iter().any(|c| c.start < source.end && source.start < c.end));
        if !wrong || content.iter().any(|c| c.contains(&word)) {
            continue;
        }
        if let Some(i) = own {
            found.remove(i);
        }
        let cue = word..word + 1;
        within.push((cue.clone(), outer));
        found.push(Found { source: vec![source], cue, content, within: None });
    }
    within
}

/// Who quotes or cites: the subject right before a verb that is no participle.
fn relay(trees: &Trees<'_>, verb: usize) -> Option<Range<usize>> {
    let finite = matches!(trees.word(verb).xpos.as_str(), "VBD" | "VBZ" | "VBP");
    let subject = doer(trees, verb).filter(|s| finite && s.end == verb && !s.is_empty())?;
    let relative = matches!(trees.lower(subject.start).as_str(), "who" | "which" | "that");
    (!relative).then_some(subject)
}

/// The one who is cited: the words behind the verb, with a name set off by a comma; no figure, reason or concern.
fn cited_one(trees: &Trees<'_>, verb: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let ends = |i: &usize| {
        matches!(trees.said(*i), "," | "." | ";" | ":" | "—" | "–" | "(" | "“" | "\"")
            || matches!(trees.lower(*i).as_str(), "who" | "which" | "that" | "as" | "and")
            || matches!(trees.word(*i).upos.as_str(), "VERB" | "AUX")
    };
    let end = (verb + 1..sentence.end).find(ends).unwrap_or(sentence.end);
    // Its first phrase is people, a body or a paper: "the figure at the forum", "comments Roe had made" are none.
    let group = verb + 1..(verb + 1..end).find(|i| trees.word(*i).upos == "ADP").unwrap_or(end);
    let people = |i: usize| {
        trees.word(i).upos != "NOUN" || crate::sources::is_speaker(&trees.lower(i)) || trees.is(i, &["compound"])
    };
    if !group.clone().all(people) {
        return None;
    }
    let name = |i: usize| i < sentence.end && trees.word(i).upos == "PROPN";
    let head = (verb + 1..end).rev().find(|i| matches!(trees.word(*i).upos.as_str(), "NOUN" | "PROPN" | "PRON"))?;
    let of = (verb + 1..end)
        .find(|i| matches!(trees.lower(*i).as_str(), "of" | "with" | "from" | "in" | "at" | "close" | "familiar"));
    let head = of
        .and_then(|of| (verb + 1..of).rev().find(|i| matches!(trees.word(*i).upos.as_str(), "NOUN" | "PROPN")))
        .unwrap_or(head);
    if !(trees.word(head).upos == "PROPN" || crate::sources::is_speaker(&trees.lower(head))) {
        return None;
    }
    let behind = (end + 1..sentence.end).take_while(|i| name(*i)).count();
    let closed = end + 1 + behind >= sentence.end || ends(&(end + 1 + behind));
    let apposed = end < sentence.end && trees.said(end) == "," && behind > 0 && closed;
    Some(verb + 1..if apposed { end + 1 + behind } else { end })
}

/// The cue of the attribution that a citing belongs to: of its verb, of the one it is said of, or the last one before it.
fn outer(trees: &Trees<'_>, found: &[Found], word: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    // "citing the agency, which in turn cited an aide": the one named right before it.
    let small = |i: usize| {
        matches!(trees.said(i), ",")
            || matches!(trees.lower(i).as_str(), "who" | "which" | "in" | "turn" | "had" | "has" | "also")
    };
    let right_before = |f: &&Found| {
        !f.cue.contains(&word)
            && f.source.iter().any(|s| s.end <= word && word - s.end <= 5 && (s.end..word).all(small))
    };
    let beside = || {
        let earlier = |f: &&Found| sentence.contains(&f.cue.start) && f.cue.end <= word && !f.holds(word);
        found.iter().filter(earlier).max_by_key(|f| f.cue.start)
    };
    found.iter().filter(right_before).max_by_key(|f| f.cue.start).or_else(beside).map(|f| f.cue.clone())
}

/// "The Herald reported that the gates would open. The paper cited two officials": what they tell is what it reported in the sentence
/// before.
fn reported_before(trees: &Trees<'_>, found: &[Found], cites: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let paper = doer(trees, cites).filter(|paper| paper.start == sentence.start && paper.end == cites)?;
    let noun = trees.lower(paper.end - 1);
    let again = |source: &Range<usize>| {
        (paper.len() == source.len())
            && paper.clone().zip(source.clone()).all(|(a, b)| trees.lower(a) == trees.lower(b))
    };
    let before = trees.sentence(sentence.start.checked_sub(1)?);
    let reported = found.iter().filter(|f| before.contains(&f.cue.start) && f.within.is_none());
    let said =
        reported.filter(|f| trees.lower(f.cue.end - 1).starts_with("report") || trees.lower(f.cue.end - 1) == "said");
    let last = said.max_by_key(|f| f.cue.start)?;
    let is_paper = crate::sources::is_paper(&noun) && !trees.is(paper.end - 1, &["conj"]) && paper.len() == 2;
    let name = |source: &Range<usize>| source.clone().any(|i| trees.word(i).upos == "PROPN");
    (is_paper && last.source.iter().any(name) || last.source.iter().any(again)).then(|| last.cue.clone())
}

/// What is said behind "as saying": the clause, or all of the quotation that begins there.
fn told_behind(trees: &Trees<'_>, saying: usize, sentence: &Range<usize>, to: usize) -> Option<Range<usize>> {
    let opening = (saying + 1..sentence.end).find(|i| matches!(trees.said(*i), "“" | "\"" | "«"));
    let colon = (saying + 1..sentence.end).find(|i| trees.said(*i) == ":");
    if let (Some(opening), Some(colon)) = (opening, colon)
        && colon + 1 == opening
    {
        let close = (opening + 1..to).find(|i| matches!(trees.said(*i), "”" | "\"" | "»"))?;
        return Some(opening + 1..close);
    }
    let clause = trees.child(saying, &["ccomp", "xcomp"]).filter(|c| *c > saying)?;
    let reach = without_case(trees, clause);
    let content = reach.start.max(saying + 1)..reach.end.min(sentence.end);
    (!content.is_empty()).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(object: &str, expected: Option<(Range<usize>, Range<usize>)>) {
        let rows = format!(
            "Rain NOUN NN 2 nsubj\nfell VERB VBD 5 ccomp\n, PUNCT , 5 punct\nRadio PROPN NNP 5 nsubj\nsaid VERB VBD 0 root
            , PUNCT , 7 punct\nciting VERB VBG 5 advcl\nthe DET DT 9 det\n{object} NOUN NN 7 obj\n. PUNCT . 5 punct"
        );
        let (text, syntax) = crate::sketch::sketch(&rows);
        let trees = Trees::new(&text, &syntax);
        let mut found = vec![Found { source: vec![3..4], cue: 4..5, content: vec![0..2], within: None }];
        let within = cited(&trees, &mut found);
        let relayed = found.get(1).map(|f| (f.source[0].clone(), f.content[0].clone()));
        assert_eq!(relayed, expected, "{object}");
        assert_eq!(within.len(), usize::from(expected.is_some()));
    }

    #[test]
    fn the_one_cited_tells_what_the_other_tells() {
        check("agency", Some((7..9, 0..2)));
        check("weather", None);
    }
}
