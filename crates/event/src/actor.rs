//! Who does what to whom in a sentence, by heads that were trained on single sentences of conflict news.

use std::ops::Range;

use reportedly_model::{Head, Scores};
use reportedly_record::Syntax;

use crate::evidence::{PARTS, RELATIONS};

/// A side of what is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Who does it.
    Source,
    /// To whom it is done.
    Target,
}

/// Returns who does what to whom in each sentence: words of each side, in text order. Nothing where the model has no such
/// heads.
pub fn actors(syntax: &Syntax, scores: &Scores) -> Vec<(Side, Range<usize>)> {
    let mut found: Vec<(Side, Range<usize>)> = Vec::new();
    let Some(heads) = Heads::of(scores) else { return found };
    for sentence in &syntax.sentences {
        let words = sentence.start as usize..sentence.end as usize;
        let rows: Option<Vec<Vec<f32>>> = words.clone().map(|word| heads.row(syntax, scores, &words, word)).collect();
        let Some(tags) = rows.and_then(|rows| scores.decoded("actor_crf", &rows)) else { return Vec::new() };
        for (at, tag) in words.zip(tags) {
            let side = if tag <= 2 { Side::Source } else { Side::Target };
            match (tag, found.last_mut()) {
                (0, _) => {}
                (2 | 4, Some((last, range))) if *last == side && range.end == at => range.end += 1,
                _ => found.push((side, at..at + 1)),
            }
        }
    }
    found
}

/// What the heads say of the words that one word is seen beside, and straight of itself.
struct Heads<'a> {
    straight: Head<'a>,
    word: Head<'a>,
    head: Head<'a>,
    above: Head<'a>,
    left: Head<'a>,
    right: Head<'a>,
    // What upper layers say that were tuned for it: the two are averaged.
    second: Option<Head<'a>>,
}

impl<'a> Heads<'a> {
    fn of(scores: &'a Scores) -> Option<Heads<'a>> {
        Some(Heads {
            straight: scores.head("actor")?,
            word: scores.head("actor_word")?,
            head: scores.head("actor_head")?,
            above: scores.head("actor_above")?,
            left: scores.head("actor_left")?,
            right: scores.head("actor_right")?,
            second: scores.head("scene_actor"),
        })
    }

    /// Scores of the tags of a word of a sentence.
    fn row(&self, syntax: &Syntax, scores: &Scores, sentence: &Range<usize>, word: usize) -> Option<Vec<f32>> {
        let (place, out) = (scores.layer("actor_place")?, scores.layer("actor_out")?);
        let head_of = |word: usize| match syntax.words[word].head as usize {
            head if sentence.contains(&head) => head,
            _ => word,
        };
        let head = head_of(word);
        let mut joined = place.apply_ones(&placed(syntax, word, head_of));
        let mut add = |row: &[f32]| joined.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        add(self.word.row(word));
        add(self.head.row(head));
        add(self.above.row(head_of(head)));
        if word > sentence.start {
            add(self.left.row(word - 1));
        }
        if word + 1 < sentence.end {
            add(self.right.row(word + 1));
        }
        joined.iter_mut().for_each(|x| *x = x.max(0.0));
        let mut row = out.apply(&joined);
        row.iter_mut().zip(self.straight.row(word)).for_each(|(sum, x)| *sum += x);
        if let Some(second) = &self.second {
            row.iter_mut().zip(second.row(word)).for_each(|(first, second)| *first = (*first + second) / 2.0);
        }
        Some(row)
    }
}

/// Deeper than this is as deep.
const DEEPEST: usize = 7;

/// How a word stands in its tree, as numbers of the features that hold: relation and part of speech of its own and of the word
/// it hangs on, how deep. As in `training/events.py`.
fn placed(syntax: &Syntax, word: usize, head_of: impl Fn(usize) -> usize) -> Vec<u16> {
    let head = head_of(word);
    let (mut ones, mut from) = (Vec::with_capacity(5), 0);
    let groups = [
        (&RELATIONS[..], syntax.words[word].deprel.as_str()),
        (&RELATIONS[..], syntax.words[head].deprel.as_str()),
        (&PARTS[..], syntax.words[word].upos.as_str()),
        (&PARTS[..], syntax.words[head].upos.as_str()),
    ];
    for (names, value) in groups {
        ones.extend(names.iter().position(|name| *name == value).map(|at| (from + at) as u16));
        from += names.len();
    }
    let (mut deep, mut above) = (0, word);
    while head_of(above) != above && deep < DEEPEST {
        (above, deep) = (head_of(above), deep + 1);
    }
    ones.push((from + deep) as u16);
    ones
}
