//! Attributions that stand side by side: "Roe said it was late but admitted that nobody came", "“Is it?” he asked. “No,” Lind replied".

use crate::Layout;
use crate::found::Found;
use crate::told;
use crate::tree::Trees;

/// Parts what one person says twice in a sentence: a cue that is coordinated with another is that one's sister and none of its words.
pub(crate) fn part(trees: &Trees<'_>, layout: &Layout<'_>, found: &mut [Found]) {
    let is_finite = |verb: usize| matches!(trees.word(verb).xpos.as_str(), "VBD" | "VBZ" | "VBP");
    for i in 0..found.len() {
        let Some(outer) = found[i].within else { continue };
        let (Some(cue), Some(over)) = (trees.top(&found[i].cue), trees.top(&found[outer].cue)) else { continue };
        let is_sister = trees.is(cue, &["conj"])
            && trees.head(cue) == over
            && is_finite(cue)
            && is_finite(over)
            && told::stance(trees, &found[i].cue).is_some()
            && found[outer].cue.end <= found[i].cue.start
            && layout.quoted.get(cue) == layout.quoted.get(over)
            && found[i].source.iter().all(|s| found[outer].source.contains(s));
        if !is_sister {
            continue;
        }
        let start = found[i].cue.start;
        let joins = |at: usize| matches!(trees.word(at).upos.as_str(), "CCONJ" | "PUNCT" | "ADV");
        let end = (0..start).rev().find(|at| !joins(*at)).map_or(start, |at| at + 1);
        let mut content = found[outer].content.clone();
        content.iter_mut().filter(|c| c.contains(&start)).for_each(|c| c.end = c.end.min(end));
        content.retain(|c| !c.is_empty());
        if content.is_empty() {
            continue;
        }
        found[outer].content = content;
        found[i].within = found[outer].within;
        if found[i].source.is_empty() {
            found[i].source = found[outer].source.clone();
        }
        // What stands inside the sister's words is hers.
        let inside = |one: &Found| one.within == Some(outer) && found[i].holds(one.cue.start);
        let hers: Vec<usize> = (0..found.len()).filter(|j| *j != i && inside(&found[*j])).collect();
        hers.into_iter().for_each(|j| found[j].within = Some(i));
    }
}

/// Gives a quotation behind a full stop to the one who is said to speak right behind it.
pub(crate) fn answers(trees: &Trees<'_>, layout: &Layout<'_>, found: &mut [Found]) {
    let marks = |i: usize| trees.word(i).upos == "PUNCT";
    let quoted = |i: usize| layout.quoted.get(i).copied().unwrap_or(false);
    for i in 0..found.len() {
        if found[i].content.len() < 2 || quoted(found[i].cue.start) {
            continue;
        }
        let cue = found[i].cue.clone();
        let next = |end: usize| (end..trees.syntax.words.len()).find(|at| !marks(*at));
        let theirs = |end: usize| {
            let first = next(end)?;
            let says =
                |f: &Found| f.cue.start == first || f.source.iter().any(|s| s.start == first) && f.cue.start > first;
            found.iter().position(|f| says(f) && f.cue.start < first + 8 && !quoted(f.cue.start)).filter(|j| *j != i)
        };
        // A sentence ends between the cue and the piece.
        let apart =
            |start: usize| start > cue.end && (cue.end..start).any(|at| matches!(trees.said(at), "." | "?" | "!"));
        let content = &found[i].content;
        let last = content.len() - 1;
        let (start, end) = (content[last].start, content[last].end);
        let opens = (start..end).find(|at| !marks(*at)).is_some_and(quoted);
        if !opens || !apart(start) {
            continue;
        }
        let Some(other) = theirs(end).filter(|other| found[*other].cue.start > end) else { continue };
        // Where the mark itself is in the piece, it moves only if the other was found to say it too.
        if !quoted(start) && !found[other].content.contains(&(start..end)) {
            continue;
        }
        let Some(piece) = found[i].content.pop() else { continue };
        if !found[other].content.iter().any(|c| c.start < piece.end && piece.start < c.end) {
            found[other].content.insert(0, piece);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::sketch;

    #[test]
    fn what_is_coordinated_is_no_part_of_the_first() {
        let rows = "Roe PROPN NNP 2 nsubj
            said VERB VBD 0 root
            ships NOUN NNS 4 nsubj
            sank VERB VBD 2 ccomp
            but CCONJ CC 6 cc
            admitted VERB VBD 2 conj
            nobody NOUN NN 8 nsubj
            came VERB VBD 6 ccomp";
        let (text, syntax) = sketch(rows);
        let layout = Layout { lines: &[0; 8], quoted: &[false; 8] };
        let first = Found { source: vec![0..1], cue: 1..2, content: vec![2..8], within: None };
        let second = Found { source: Vec::new(), cue: 5..6, content: vec![6..8], within: Some(0) };
        let mut found = [first, second];
        part(&Trees::new(&text, &syntax), &layout, &mut found);
        assert_eq!(found[0].content, vec![2..4]);
        assert_eq!((found[1].source.clone(), found[1].within), (vec![0..1], None));
        // What the second says inside of the first stays there.
        let rows = rows.replace("admitted VERB VBD 2 conj", "admitted VERB VBD 4 conj");
        let (text, syntax) = sketch(&rows);
        let mut found =
            [Found { content: vec![2..8], ..found[0].clone() }, Found { within: Some(0), ..found[1].clone() }];
        part(&Trees::new(&text, &syntax), &layout, &mut found);
        assert_eq!((found[0].content.clone(), found[1].within), (vec![2..8], Some(0)));
    }

    #[test]
    fn an_answer_is_the_answerers() {
        let rows = "gone VERB VBN 3 ccomp
            he PRON PRP 3 nsubj
            asked VERB VBD 0 root
            . PUNCT . 3 punct
            no INTJ UH 7 ccomp
            Lind PROPN NNP 7 nsubj
            replied VERB VBD 0 root";
        let (text, syntax) = sketch(rows);
        let quoted = [true, false, false, false, true, false, false];
        let layout = Layout { lines: &[0; 7], quoted: &quoted };
        let first = Found { source: vec![1..2], cue: 2..3, content: vec![0..1, 4..5], within: None };
        let second = Found { source: vec![5..6], cue: 6..7, content: vec![4..5], within: None };
        let mut found = [first, second];
        answers(&Trees::new(&text, &syntax), &layout, &mut found);
        assert_eq!((found[0].content.clone(), found[1].content.clone()), (vec![0..1], vec![4..5]));
    }
}
