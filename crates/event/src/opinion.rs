//! A second opinion on events: what heads say that the encoder's upper layers were tuned for, straight off their states and
//! without the evidence of rules. It is averaged with what the judge says that reads that evidence.

use reportedly_model::Scores;
use reportedly_record::{Syntax, Word};

use crate::codebook::Codebook;
use crate::sighting::shares;

/// What the heads say of the words of a section.
#[derive(Clone, Debug)]
pub(crate) struct Opinion {
    // One a word.
    odds: Vec<f32>,
    // The answers of words that may name an event, and where they begin: coarse types, statuses.
    answers: Vec<f32>,
    begins: Vec<Option<u32>>,
    // For each coarse type among the answers the type of the codebook that stands for it.
    types: Vec<usize>,
    // One a word that is a predicate.
    facts: Vec<Option<f32>>,
}

/// Words less likely than this name no event whatever the evidence: their answers are not kept.
const LEAST_ODDS: f32 = -6.0;

/// Statuses that a word is scored for.
const STATUSES: usize = 9;

impl Opinion {
    /// Takes from a section's scores what is asked later; `None` where the model has no such heads.
    pub(crate) fn of(syntax: &Syntax, scores: &Scores) -> Option<Opinion> {
        let (odds, kind, status) =
            (scores.head("scene_event")?, scores.head("scene_type")?, scores.head("scene_status")?);
        let mut opinion = Opinion {
            odds: (0..syntax.words.len()).map(|word| odds.row(word)[0]).collect(),
            answers: Vec::new(),
            begins: Vec::with_capacity(syntax.words.len()),
            types: standing_for(kind.labels),
            facts: facts(syntax, scores),
        };
        for (i, word) in syntax.words.iter().enumerate() {
            let asked = opinion.odds[i] > LEAST_ODDS && matches!(word.upos.as_str(), "VERB" | "NOUN" | "ADJ");
            opinion.begins.push(asked.then_some(opinion.answers.len() as u32));
            if asked {
                opinion.answers.extend(shares(kind.row(i).to_vec(), &[]));
                opinion.answers.extend(shares(status.row(i).to_vec(), &[]));
            }
        }
        Some(opinion)
    }

    fn answers(&self, word: usize) -> Option<&[f32]> {
        let begin = (*self.begins.get(word)?)? as usize;
        self.answers.get(begin..begin + self.types.len() + STATUSES)
    }

    /// Log odds that a word names an event.
    pub(crate) fn odds(&self, word: usize) -> Option<f32> {
        self.odds.get(word).copied()
    }

    /// How factual a word's event is told, from -3 to 3.
    pub(crate) fn fact(&self, word: usize) -> Option<f32> {
        *self.facts.get(word)?
    }

    /// How likely the types of the codebook are that stand for a coarse one, as logarithms.
    pub(crate) fn kinds(&self, word: usize) -> Option<impl Iterator<Item = (usize, f32)> + use<'_>> {
        Some(self.types.iter().copied().zip(self.answers(word)?.iter().copied()))
    }

    /// How likely each status is, as logarithms.
    pub(crate) fn told(&self, word: usize) -> Option<&[f32]> {
        Some(&self.answers(word)?[self.types.len()..])
    }
}

/// For each coarse type the first type of the codebook that counts as one, as in `training/events.py`.
fn standing_for(coarse: &[String]) -> Vec<usize> {
    let types = &Codebook::built_in().types;
    let other = types.iter().position(|kind| kind.name == "event").unwrap_or_default();
    let first = |name: &String| types.iter().position(|kind| kind.coarse == *name).filter(|_| name != "OTHER");
    coarse.iter().map(|name| first(name).unwrap_or(other)).collect()
}

fn facts(syntax: &Syntax, scores: &Scores) -> Vec<Option<f32>> {
    let (Some(head), Some(layer)) = (scores.head("scene_fact"), scores.layer("scene_far")) else { return Vec::new() };
    let fact = |(i, word): (usize, &Word)| {
        let is_predicate = matches!(word.upos.as_str(), "VERB" | "NOUN" | "ADJ" | "AUX" | "PROPN");
        let row: Vec<f32> = head.row(i).iter().map(|x| x.max(0.0)).collect();
        is_predicate.then(|| layer.apply(&row).first().map_or(0.0, |fact| fact.clamp(-3.0, 3.0)))
    };
    syntax.words.iter().enumerate().map(fact).collect()
}

#[cfg(test)]
mod tests {
    use super::standing_for;
    use crate::codebook::Codebook;

    #[test]
    fn coarse_types_stand_for_the_first_of_the_codebook() {
        let coarse = ["MEET", "OTHER", "PLAN"].map(str::to_owned);
        let types = &Codebook::built_in().types;
        let named: Vec<&str> = standing_for(&coarse).into_iter().map(|kind| types[kind].name).collect();
        assert_eq!(named, ["meet", "event", "event"]);
    }
}
