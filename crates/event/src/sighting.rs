//! What the heads say of a section's words: how factual each is told, whether it names an event, and of what type and status.

use reportedly_model::{Layer, Scores};
use reportedly_record::{Status, Syntax};

/// What the heads say of the words of a section, kept until entities and times are known.
#[derive(Clone, Debug, Default)]
pub struct Sightings {
    // One a word; empty where the model has no such head.
    facts: Vec<f32>,
    judge: Option<Judge>,
}

/// The heads that tell whether a word names an event, of what type, and its status.
#[derive(Clone, Debug)]
struct Judge {
    // What the states of a word, of the word it hangs on and of those that help it come to: a row for each word that is
    // asked, and where it begins.
    rows: Vec<f32>,
    begins: Vec<Option<u32>>,
    // From the evidence of rules to what it adds to a row, and from the joined row to the answers.
    evidence: Layer,
    trigger: Layer,
    kind: Layer,
    // From the evidence alone.
    status: Layer,
}

/// What the heads make of a word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Verdict {
    /// Log odds that it names an event.
    pub(crate) odds: f32,
    /// Index of the type in the codebook, where one is clearly likelier than the others.
    pub(crate) kind: Option<usize>,
    /// The likeliest status.
    pub(crate) status: Status,
}

/// Statuses as `training/events.py` numbers them.
const STATUSES: [Status; 9] = [
    Status::Planned,
    Status::Happened,
    Status::Ongoing,
    Status::Denied,
    Status::DidNotHappen,
    Status::Cancelled,
    Status::Possible,
    Status::Hypothetical,
    Status::Generic,
];

impl Sightings {
    /// Returns how factual a word's event is told, from -3 (it did not happen, or not yet) to 3; `None` where the model has
    /// no such head.
    pub fn fact(&self, word: usize) -> Option<f32> {
        self.facts.get(word).copied()
    }

    /// Returns what the heads make of a word with its evidence: the numbers of the `of` features that hold. `None` where the
    /// model has no such heads, or heads for other evidence.
    pub(crate) fn verdict(&self, word: usize, features: &[u16], of: usize) -> Option<Verdict> {
        let judge = self.judge.as_ref().filter(|judge| judge.evidence.inputs() == of && judge.status.inputs() == of)?;
        let begin = (*judge.begins.get(word)?)? as usize;
        let mut input = vec![0f32; of];
        features.iter().for_each(|f| input[usize::from(*f)] = 1.0);
        let mut joined = judge.evidence.apply(&input);
        joined.iter_mut().zip(&judge.rows[begin..]).for_each(|(sum, x)| *sum = (*sum + x).max(0.0));
        let status = best(&judge.status.apply(&input)).and_then(|best| STATUSES.get(best).copied())?;
        Some(Verdict { odds: *judge.trigger.apply(&joined).first()?, kind: clear(&judge.kind.apply(&joined)), status })
    }
}

/// Index of the largest score, where it is clearly the largest.
fn clear(scores: &[f32]) -> Option<usize> {
    let top = best(scores)?;
    (0..scores.len()).all(|i| i == top || scores[i] + LEAST_LEAD < scores[top]).then_some(top)
}

/// Nats by which a type must lead.
const LEAST_LEAD: f32 = 1.0;

/// Index of the largest score; of equal ones the first.
fn best(scores: &[f32]) -> Option<usize> {
    (0..scores.len()).reduce(|top, i| if scores[i] > scores[top] { i } else { top })
}

/// Relations of words that help a predicate, as in `training/events.py`.
const NEAR: [&str; 9] = ["aux", "aux:pass", "mark", "advmod", "cop", "det", "cc", "nsubj", "case"];

/// Takes from a section's scores what events are made of later.
pub fn sightings(syntax: &Syntax, scores: &Scores) -> Sightings {
    let is_predicate = |upos: &str| matches!(upos, "VERB" | "NOUN" | "ADJ" | "AUX" | "PROPN");
    let facts = match (scores.layer("fact"), joined(syntax, scores, "fact", is_predicate)) {
        (Some(layer), Some(sums)) => sums.into_iter().map(|sum| fact(layer, sum)).collect(),
        _ => Vec::new(),
    };
    Sightings { facts, judge: judge(syntax, scores) }
}

fn fact(layer: &Layer, mut sum: Vec<f32>) -> f32 {
    if sum.is_empty() {
        return 0.0;
    }
    sum.iter_mut().for_each(|x| *x = x.max(0.0));
    layer.apply(&sum).first().copied().unwrap_or_default().clamp(-3.0, 3.0)
}

fn judge(syntax: &Syntax, scores: &Scores) -> Option<Judge> {
    let layer = |name: &str| scores.layer(name).cloned();
    let (evidence, trigger) = (layer("event_evidence")?, layer("event_trigger")?);
    let (kind, status) = (layer("event_kind")?, layer("event_status")?);
    let sums = joined(syntax, scores, "event", |upos| matches!(upos, "VERB" | "NOUN" | "ADJ"))?;
    let (mut rows, mut begins) = (Vec::new(), Vec::with_capacity(sums.len()));
    for sum in sums {
        begins.push((!sum.is_empty()).then_some(rows.len() as u32));
        rows.extend(sum);
    }
    Some(Judge { rows, begins, evidence, trigger, kind, status })
}

/// Of each word whose part of speech is asked for, the sum of what the heads NAME_word, NAME_head and NAME_near say of
/// itself, of the word it hangs on and of those that help it; nothing of others.
fn joined(syntax: &Syntax, scores: &Scores, name: &str, asks: impl Fn(&str) -> bool) -> Option<Vec<Vec<f32>>> {
    let head = |of: &str| scores.head(&format!("{name}_{of}"));
    let (own, of_head, of_near) = (head("word")?, head("head")?, head("near")?);
    let words = &syntax.words;
    let row = |i: usize| if asks(words[i].upos.as_str()) { own.row(i).to_vec() } else { Vec::new() };
    let mut sums: Vec<Vec<f32>> = (0..words.len()).map(row).collect();
    let add = |sum: &mut Vec<f32>, row: &[f32]| sum.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
    for (i, word) in words.iter().enumerate() {
        let head = (word.head as usize).min(words.len() - 1);
        add(&mut sums[i], of_head.row(head));
        if head != i && NEAR.contains(&word.deprel.as_str()) {
            add(&mut sums[head], of_near.row(i));
        }
    }
    Some(sums)
}
