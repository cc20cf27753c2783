//! What the heads say of a section's words: how factual each is told, whether it names an event, and of what type and status.

use reportedly_model::{Layer, Scores};
use reportedly_record::{Status, Syntax, Word};

use crate::opinion::Opinion;

/// What the heads say of the words of a section, kept until entities and times are known.
#[derive(Clone, Debug, Default)]
pub struct Sightings {
    // One a word; empty where the model has no such head.
    facts: Vec<f32>,
    judge: Option<Judge>,
    casting: Option<Casting>,
    opinion: Option<Opinion>,
}

/// The heads that tell which part a noun plays in an event.
#[derive(Clone, Debug)]
struct Casting {
    // What the states of a word and of the word it hangs on come to, as an event and as a noun; empty for other words.
    events: Vec<Vec<f32>>,
    nouns: Vec<Vec<f32>>,
    // From the features of a pair to what they add, and from the joined row to the parts.
    features: Layer,
    out: Layer,
}

/// How likely a noun plays no part in an event, does it, is it done to, is one of several alike, is its place, its time.
pub(crate) type Cast = [f32; 6];

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
    status: Layer,
    // From the evidence alone: what it adds to the scores of types and statuses.
    straight_kind: Layer,
    straight_status: Layer,
}

/// What the heads make of a word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Verdict {
    /// Log odds that it names an event.
    pub(crate) odds: f32,
    /// How likely each type of the codebook is, as logarithms.
    kinds: Vec<f32>,
    /// How likely each status is, as it ends.
    pub(crate) told: Told,
}

/// How likely each status is, as logarithms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Told {
    scores: [f32; 9],
}

impl Verdict {
    /// Index of the type in the codebook, where one is clearly likelier than the others.
    pub(crate) fn kind(&self) -> Option<usize> {
        clear(&self.kinds)
    }

    /// The likeliest type, with how likely it is.
    pub(crate) fn likeliest_kind(&self) -> Option<(usize, f32)> {
        best(&self.kinds).map(|kind| (kind, self.kinds[kind]))
    }

    /// How likely a type is, as a logarithm.
    pub(crate) fn of_kind(&self, kind: usize) -> f32 {
        self.kinds.get(kind).copied().unwrap_or(f32::NEG_INFINITY)
    }
}

impl Told {
    /// The likeliest of the statuses that are asked for.
    pub(crate) fn best(&self, asks: impl Fn(Status) -> bool) -> Option<Status> {
        let asked = STATUSES.iter().zip(self.scores).filter(|(status, _)| asks(**status));
        asked.reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(status, _)| *status)
    }

    /// How likely a status is, as a logarithm.
    pub(crate) fn of(&self, status: Status) -> f32 {
        STATUSES.iter().zip(self.scores).find(|(told, _)| **told == status).map_or(0.0, |(_, score)| score)
    }

    /// By how much one status is likelier than another, in nats.
    pub(crate) fn lead(&self, of: Status, over: Status) -> f32 {
        self.of(of) - self.of(over)
    }
}

/// Logarithms of shares that sum up to one.
pub(crate) fn shares(mut scores: Vec<f32>, more: &[f32]) -> Vec<f32> {
    scores.iter_mut().zip(more).for_each(|(sum, x)| *sum += x);
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let all = most + scores.iter().map(|score| (score - most).exp()).sum::<f32>().ln();
    scores.iter().map(|score| score - all).collect()
}

/// Share of the second opinion in whether a word names an event, in its type and in its status. Swept 0.5 to 0.7, 0.4 to 0.7, and 0.5 to 1.0 on
/// the held-out texts and half `a`; without any of the judge in statuses a statement fires that must not.
const OF_SECOND: f32 = 0.6;
const OF_SECOND_KIND: f32 = 0.5;
const OF_SECOND_STATUS: f32 = 0.9;

/// Nats by which both opinions together are bolder than the judge alone, on whom the bars were set.
const BOLDER: f32 = 0.37;

/// Two opinions on how likely answers are, joined, as logarithms: `share` of it is the second's, which may speak of some answers only, and
/// of whose several may stand for one.
fn both(first: &[f32], second: impl Iterator<Item = (usize, f32)>, share: f32) -> Vec<f32> {
    let mut shares = vec![None; first.len()];
    for (answer, score) in second {
        if let Some(share) = shares.get_mut(answer) {
            *share = Some(share.unwrap_or(0.0) + score.exp());
        }
    }
    let joined = |(first, second): (&f32, Option<f32>)| {
        second.map_or(*first, |x| ((1.0 - share) * first.exp() + share * x).ln())
    };
    first.iter().zip(shares).map(joined).collect()
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
        let first = self.first_fact(word)?;
        let second = self.opinion.as_ref().and_then(|opinion| opinion.fact(word));
        Some(second.map_or(first, |second| (first + second) / 2.0))
    }

    /// The same as the first heads see it, whose answer is among the evidence of the judge.
    pub(crate) fn first_fact(&self, word: usize) -> Option<f32> {
        self.facts.get(word).copied()
    }

    /// Returns what the heads make of a word with its evidence: the numbers of the `of` features that hold. `None` where the
    /// model has no such heads, or heads for other evidence.
    pub(crate) fn verdict(&self, word: usize, features: &[u16], of: usize) -> Option<Verdict> {
        let judge = self
            .judge
            .as_ref()
            .filter(|judge| judge.evidence.inputs() == of && judge.straight_status.inputs() == of)?;
        let begin = (*judge.begins.get(word)?)? as usize;
        let mut joined = judge.evidence.apply_ones(features);
        joined.iter_mut().zip(&judge.rows[begin..]).for_each(|(sum, x)| *sum = (*sum + x).max(0.0));
        let mut kinds = shares(judge.kind.apply(&joined), &judge.straight_kind.apply_ones(features));
        let mut told = shares(judge.status.apply(&joined), &judge.straight_status.apply_ones(features));
        let mut odds = *judge.trigger.apply(&joined).first()?;
        if let Some(opinion) = &self.opinion {
            odds = opinion.odds(word).map_or(odds, |second| odds + OF_SECOND * (second - odds) - BOLDER);
            kinds = opinion.kinds(word).map_or(kinds.clone(), |second| both(&kinds, second, OF_SECOND_KIND));
            let joined = |second: &[f32]| both(&told, second.iter().copied().enumerate(), OF_SECOND_STATUS);
            told = opinion.told(word).map_or(told.clone(), joined);
        }
        let told = Told { scores: told.try_into().ok()? };
        Some(Verdict { odds, kinds, told })
    }
}

impl Sightings {
    /// Returns which part a noun plays in an event, from the numbers of the `of` features that hold of the two. `None` where the
    /// model has no such heads, or heads for other features.
    pub(crate) fn cast(&self, event: usize, noun: usize, features: &[u16], of: usize) -> Option<Cast> {
        let casting = self.casting.as_ref().filter(|casting| casting.features.inputs() == of)?;
        let (event, noun) = (casting.events.get(event)?, casting.nouns.get(noun)?);
        if event.is_empty() || noun.is_empty() {
            return None;
        }
        let mut joined = casting.features.apply_ones(features);
        joined.iter_mut().zip(event.iter().zip(noun)).for_each(|(sum, (a, b))| *sum = (*sum + a + b).max(0.0));
        let scores: Cast = casting.out.apply(&joined).try_into().ok()?;
        let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let odds = scores.map(|score| (score - most).exp());
        let all: f32 = odds.iter().sum();
        Some(odds.map(|odds| odds / all))
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
    let (judge, casting) = (judge(syntax, scores), casting(syntax, scores));
    Sightings { facts, judge, casting, opinion: Opinion::of(syntax, scores) }
}

fn casting(syntax: &Syntax, scores: &Scores) -> Option<Casting> {
    let (features, out) = (scores.layer("role_features")?.clone(), scores.layer("role_out")?.clone());
    let side = |own: &str, above: &str, asks: fn(&str) -> bool| -> Option<Vec<Vec<f32>>> {
        let (own, above) = (scores.head(own)?, scores.head(above)?);
        let sum = |(i, word): (usize, &Word)| match asks(word.upos.as_str()) {
            true => {
                let head = (word.head as usize).min(syntax.words.len() - 1);
                own.row(i).iter().zip(above.row(head)).map(|(a, b)| a + b).collect()
            }
            false => Vec::new(),
        };
        Some(syntax.words.iter().enumerate().map(sum).collect())
    };
    let events = side("role_event", "role_above", |upos| matches!(upos, "VERB" | "NOUN" | "ADJ"))?;
    let nouns = side("role_noun", "role_over", |upos| matches!(upos, "NOUN" | "PROPN" | "PRON" | "NUM" | "ADV"))?;
    Some(Casting { events, nouns, features, out })
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
    let (kind, status) = (layer("event_kind")?, layer("event_told")?);
    let (straight_kind, straight_status) = (layer("event_straight_kind")?, layer("event_status")?);
    let sums = joined(syntax, scores, "event", |upos| matches!(upos, "VERB" | "NOUN" | "ADJ"))?;
    let (mut rows, mut begins) = (Vec::new(), Vec::with_capacity(sums.len()));
    for sum in sums {
        begins.push((!sum.is_empty()).then_some(rows.len() as u32));
        rows.extend(sum);
    }
    Some(Judge { rows, begins, evidence, trigger, kind, status, straight_kind, straight_status })
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

#[cfg(test)]
mod tests {
    use super::both;

    #[test]
    fn a_second_opinion_counts_where_it_speaks() {
        let logs = |shares: &[f32]| shares.iter().map(|share| share.ln()).collect::<Vec<f32>>();
        // Two of its answers stand for the first of ours, none for the third.
        let second = [(0, 0.1f32.ln()), (0, 0.3f32.ln()), (1, 0.6f32.ln())];
        let joined = both(&logs(&[0.2, 0.5, 0.3]), second.into_iter(), 0.75);
        let shares: Vec<f32> = joined.iter().map(|score| (score.exp() * 1000.0).round() / 1000.0).collect();
        assert_eq!(shares, [0.35, 0.575, 0.3]);
    }
}
