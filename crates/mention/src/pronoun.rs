//! Pronouns: which of those spoken of does "he" stand for? The tree tells more here than for descriptions, names that come
//! later in the sentence may be meant, and a trained scorer of its own weighs it all.

use reportedly_model::{Layer, Scores};

use crate::pair::{Field, may_be_one, with_groups};
use crate::phrase::{Form, Pronoun};
use crate::seen::{Seen, in_sentence};

/// Groups of features that are added to those of pairs, and how many values each has.
const GROUPS: [usize; 26] = [20, 20, 25, 125, 25, 25, 50, 2, 10, 8, 4, 6, 6, 5, 5, 3, 3, 2, 13, 65, 2, 5, 6, 4, 2, 2];

/// Values of all groups: the inputs of the layer `it_pair`.
pub const PRONOUN_FEATURES: usize = {
    let (mut sum, mut i) = (crate::pair::FEATURES, 0);
    while i < GROUPS.len() {
        sum += GROUPS[i];
        i += 1;
    }
    sum
};

/// Names of the heads that are read at a mention's head, and at the word which that hangs on.
pub(crate) const OWN: [&str; 4] = ["it_later", "it_earlier", "it_asks", "it_answers"];
pub(crate) const OVER: [&str; 2] = ["it_later_over", "it_earlier_over"];

const WORDS: [&str; 12] = ["he", "him", "his", "she", "her", "hers", "it", "its", "they", "them", "their", "theirs"];

/// How many mentions further on a name may stand.
const ON: usize = 40;

/// Whether a mention is a pronoun that this scorer is asked about.
pub(crate) fn is_asked(one: &Seen) -> bool {
    matches!(one.form, Form::Pronoun(Pronoun::He | Pronoun::She | Pronoun::It | Pronoun::They))
}

/// The mentions that a pronoun may go back to, nearest first, and then names further on in its sentence.
pub(crate) fn candidates(field: &Field<'_>, i: usize) -> Vec<usize> {
    let one = &field.seen[i];
    let mut found = field.candidates(i);
    let on = i + 1..in_sentence(field.seen, one.sentence).end.min(i + 1 + ON);
    found.extend(on.filter(|j| field.seen[*j].name.is_some() && may_be_one(one, &field.seen[*j])));
    found
}

/// The features of a pronoun and one that it may stand for, or of a pronoun that stands for none of them.
pub(crate) fn features(field: &Field<'_>, i: usize, other: Option<usize>, nearer: usize) -> Vec<u16> {
    let one = &field.seen[i];
    let word = WORDS.iter().position(|w| *w == one.noun).unwrap_or(WORDS.len());
    let source = usize::from(field.sources[i].speaks);
    let mut values: Vec<Option<usize>> = vec![Some(one.stand.relation)];
    let Some(j) = other else {
        values.resize(18, None);
        values.push(Some(word));
        values.resize(23, None);
        values.push(Some(2 * source));
        return with_groups(field.features(i, None, 0), crate::pair::FEATURES, &GROUPS, values);
    };
    let two = &field.seen[j];
    let (part, its) = (one.stand.part(), two.stand.part());
    let both = part * 5 + its;
    let far = if one.sentence < two.sentence { 4 } else { (one.sentence - two.sentence).min(3) };
    values.push(Some(two.stand.relation));
    values.push(Some(both));
    values.push(Some(both * 5 + far));
    let clauses = clauses(one, two);
    values.push(Some(clauses * 5 + its));
    values.push(Some(clauses * 5 + part));
    values.push(Some(one.stand.clause_relation * 5 + clauses));
    values.push(Some(usize::from(two.stand.above().is_some_and(|above| one.stand.climb.contains(&above)))));
    let steps = || one.stand.steps(&two.stand).unwrap_or(9).min(9);
    values.push((one.sentence == two.sentence).then(steps));
    values.push(Some(two.stand.climb.len() - 1));
    let top = two.stand.above() == two.stand.top();
    values.push(Some(2 * usize::from(its == 0) + usize::from(top)));
    let mut between: Vec<usize> = (i.min(j) + 1..i.max(j)).filter(|k| field.seen[*k].name.is_some()).collect();
    values.push(Some(between.len()));
    between.iter_mut().for_each(|k| *k = field.named[*k]);
    between.sort_unstable();
    between.dedup();
    values.push(Some(between.len()));
    if two.name.is_some() {
        let (all, before) = field.times(j, i);
        values.push(Some(all - 1));
        values.push(Some(before));
        values.push(Some(two.words.len().saturating_sub(1)));
    } else {
        values.resize(16, None);
    }
    values.push(Some(if one.sentence == two.sentence + 1 { usize::from(its == 0) } else { 2 }));
    values.push(Some(usize::from(one.stand.over == two.stand.over)));
    values.push(Some(word));
    values.push(Some(word * 5 + its));
    values.push(Some(usize::from(j > i)));
    values.push(Some(two.stand.before));
    values.push(two.name.is_some().then(|| field.order(j)));
    values.push(Some(2 * source + usize::from(field.sources[j].speaks)));
    values.push(Some(usize::from(field.sources[i].before == Some(j))));
    values.push(Some(usize::from(field.sources[i].around == Some(j))));
    with_groups(field.features(i, Some(j), nearer), crate::pair::FEATURES, &GROUPS, values)
}

/// How the clauses of two mentions lie: one clause, the second above, the first above, beside each other, other sentences.
fn clauses(one: &Seen, two: &Seen) -> usize {
    let (a, b) = (&one.stand.clause, &two.stand.clause);
    if one.sentence != two.sentence {
        4
    } else if a[0] == b[0] {
        0
    } else if a.contains(&b[0]) {
        1
    } else if b.contains(&a[0]) {
        2
    } else {
        3
    }
}

/// The trained scorer.
#[derive(Clone)]
pub struct Pronouns {
    // From the features to what they add to the rows of both mentions.
    pair: Layer,
    // From the joined row to the score.
    score: Layer,
    // From the features straight to the score.
    straight: Layer,
}

impl Pronouns {
    /// Returns the scorer of a model; none where the model has none.
    pub fn of(scores: &Scores) -> Option<Pronouns> {
        let layer = |name| scores.layer(name).cloned();
        Some(Pronouns { pair: layer("it_pair")?, score: layer("it_score")?, straight: layer("it_straight")? })
    }

    /// Scores a pronoun and one that it may stand for; of a pronoun alone, that it stands for none.
    pub(crate) fn score(&self, field: &Field<'_>, i: usize, other: Option<usize>, features: &[u16]) -> f32 {
        let mut joined = self.pair.apply_ones(features);
        let [later, _, asks, _] = &field.seen[i].pronoun_rows;
        let add = |joined: &mut Vec<f32>, row: &[f32]| joined.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        add(&mut joined, later);
        let mut direct = self.straight.apply_ones(features).first().copied().unwrap_or_default();
        if let Some(j) = other {
            let [_, earlier, _, answers] = &field.seen[j].pronoun_rows;
            add(&mut joined, earlier);
            direct += asks.iter().zip(answers).fold(0.0, |sum, (a, b)| sum + a * b);
        }
        joined.iter_mut().for_each(|x| *x = x.max(0.0));
        self.score.apply(&joined).first().copied().unwrap_or_default() + direct
    }
}
