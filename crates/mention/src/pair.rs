//! Pairs: is this mention the same one's as that earlier one? What is asked of a pair, and the small trained scorer that
//! answers. Each mention looks back at few others, so the work grows with the text and no faster.

use std::collections::BTreeMap;

use reportedly_model::{Layer, Scores};
use reportedly_record::EntityKind;

use crate::alike::{self, Likeness};
use crate::lexicon::{Gender, Number, Sense};
use crate::link::Link;
use crate::phrase::{Form, Pronoun};
use crate::seen::{Role, Seen};

/// How many mentions back a mention looks, and how many of them it asks about.
const BACK: usize = 60;
const ASKED: usize = 20;

/// Earlier mentions with the same noun that are asked about however far back they stand.
const SAME_NOUN: usize = 3;

/// Groups of features and how many values each has; a pair has at most one value of each group.
const GROUPS: [usize; 27] = [17, 18, 9, 8, 10, 4, 4, 7, 9, 9, 10, 10, 2, 7, 4, 3, 2, 2, 5, 5, 5, 2, 2, 3, 3, 3, 2];

/// Values of all groups together: the inputs of the layer `who_pair`.
pub const FEATURES: usize = {
    let (mut sum, mut i) = (0, 0);
    while i < GROUPS.len() {
        sum += GROUPS[i];
        i += 1;
    }
    sum
};

/// The mentions of a report with what pairs are asked by.
pub(crate) struct Field<'a> {
    pub(crate) seen: &'a [Seen],
    /// For each mention the speech that it stands in, as an index of attributions.
    pub(crate) speech: &'a [Option<usize>],
    /// For each name the first mention of the one it names, by names alone; others are their own.
    pub(crate) named: &'a [usize],
    /// For each mention how it stands to what is said in the report.
    pub(crate) sources: Vec<Source>,
    // How often each mention's name is there.
    often: Vec<usize>,
    // Mentions of each noun, in order.
    nouns: BTreeMap<&'a str, Vec<usize>>,
    // Of each first mention by name all that are named, in order, and how many others were named before.
    names: BTreeMap<usize, (Vec<usize>, usize)>,
}

/// How a mention stands to speakers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Source {
    /// It is a speaker itself.
    pub(crate) speaks: bool,
    /// The last speaker before it.
    pub(crate) before: Option<usize>,
    /// The one in whose speech it stands.
    pub(crate) around: Option<usize>,
}

impl<'a> Field<'a> {
    pub(crate) fn new(
        seen: &'a [Seen],
        speech: &'a [Option<usize>],
        speakers: &BTreeMap<usize, usize>,
        named: &'a [usize],
    ) -> Field<'a> {
        let mut nouns: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, one) in seen.iter().enumerate().filter(|(_, one)| one.pronoun().is_none() && !one.noun.is_empty()) {
            nouns.entry(one.noun.as_str()).or_default().push(i);
        }
        let often = seen.iter().map(|one| nouns.get(one.noun.as_str()).map_or(1, Vec::len)).collect();
        let mut names: BTreeMap<usize, (Vec<usize>, usize)> = BTreeMap::new();
        for i in (0..seen.len()).filter(|i| seen[*i].name.is_some()) {
            let known = names.len();
            names.entry(named[i]).or_insert_with(|| (Vec::new(), known)).0.push(i);
        }
        let mut sources = vec![Source::default(); seen.len()];
        speakers.values().for_each(|i| sources[*i].speaks = true);
        let mut last = None;
        for (i, source) in sources.iter_mut().enumerate() {
            source.before = last;
            source.around = speech[i].and_then(|speech| speakers.get(&speech).copied());
            last = if source.speaks { Some(i) } else { last };
        }
        Field { seen, speech, named, sources, often, nouns, names }
    }

    /// How often the one that a name names is named, and how often before another mention.
    pub(crate) fn times(&self, name: usize, before: usize) -> (usize, usize) {
        self.names.get(&self.named[name]).map_or((1, 0), |(all, _)| (all.len(), all.partition_point(|k| *k < before)))
    }

    /// How many others are named before the one that a name names.
    pub(crate) fn order(&self, name: usize) -> usize {
        self.names.get(&self.named[name]).map_or(0, |(_, order)| *order)
    }

    /// The earlier mentions that a mention is compared with, nearest first.
    pub(crate) fn candidates(&self, i: usize) -> Vec<usize> {
        let one = &self.seen[i];
        if matches!(one.form, Form::Pronoun(Pronoun::Relative | Pronoun::Own)) {
            return Vec::new();
        }
        let from = i.saturating_sub(BACK);
        let mut found: Vec<usize> = (from..i).rev().filter(|j| may_be_one(one, &self.seen[*j])).take(ASKED).collect();
        if one.pronoun().is_none()
            && let Some(same) = self.nouns.get(one.noun.as_str())
        {
            let before = &same[..same.partition_point(|j| *j < i)];
            let more: Vec<usize> = before
                .iter()
                .rev()
                .take(SAME_NOUN)
                .copied()
                .filter(|j| !found.contains(j) && may_be_one(one, &self.seen[*j]))
                .collect();
            found.extend(more);
        }
        found
    }

    /// The features of a pair, or of a mention that is asked whether it is the first of its kind.
    pub(crate) fn features(&self, i: usize, earlier: Option<usize>, nearer: usize) -> Vec<u16> {
        let one = &self.seen[i];
        let mut values: Vec<Option<usize>> = vec![Some(form(one.form))];
        match earlier {
            None => {
                values.push(Some(17));
                values.resize(8, None);
                values.push(Some(sense(one)));
                values.push(None);
                values.push(Some(one.role as usize));
                values.resize(14, None);
                values.push(Some(if one.quoted { 2 } else { 0 }));
                values.resize(18, None);
                values.push(Some(often(self.often[i])));
            }
            Some(j) => self.of_pair(i, j, nearer, &mut values),
        }
        with_groups(Vec::with_capacity(GROUPS.len()), 0, &GROUPS, values)
    }

    fn of_pair(&self, i: usize, j: usize, nearer: usize, values: &mut Vec<Option<usize>>) {
        let (one, two) = (&self.seen[i], &self.seen[j]);
        values.push(Some(form(two.form)));
        values.push(Some(words(one.head.abs_diff(two.head))));
        values.push(Some(sentences(one.sentence.saturating_sub(two.sentence))));
        values.push(Some(match nearer {
            0..=5 => nearer,
            6..=7 => 6,
            8..=10 => 7,
            11..=15 => 8,
            _ => 9,
        }));
        values.push(Some(match (one.gender, two.gender) {
            (Gender::Open, Gender::Open) => 0,
            (Gender::Open, _) => 1,
            (_, Gender::Open) => 2,
            _ => 3,
        }));
        values.push(Some(match (one.number, two.number) {
            (Number::Open, _) => 0,
            (_, Number::Open) => 1,
            (a, b) if a == b => 2,
            _ => 3,
        }));
        values.push(Some(match (one.kind(), two.kind()) {
            (Some(a), Some(b)) if a == b => 0,
            (Some(a), Some(b)) if alike::can_be_one(a, b) => 1,
            (Some(_), Some(_)) => 2,
            (Some(_), None) if two.sense.is_some() => 3,
            (None, Some(_)) if one.sense.is_some() => 3,
            (Some(_), None) => 4,
            (None, Some(_)) => 5,
            (None, None) => 6,
        }));
        values.push(Some(sense(one)));
        values.push(Some(sense(two)));
        values.push(Some(one.role as usize));
        values.push(Some(two.role as usize));
        values.push(Some(usize::from(one.role == two.role)));
        values.push(Some(words_alike(one, two)));
        values.push(Some(2 * usize::from(one.quoted) + usize::from(two.quoted)));
        values.push(Some(match (self.speech[i], self.speech[j]) {
            (Some(a), Some(b)) if a == b => 0,
            (None, None) => 1,
            _ => 2,
        }));
        values.push(Some(usize::from(one.line == two.line)));
        values.push(Some(usize::from(one.clause == two.clause)));
        values.push(Some(often(self.often[i])));
        values.push(Some(often(self.often[j])));
        values.push(Some(nested(one, two)));
        values.push(Some(usize::from(two.line == self.seen[0].line)));
        values.push(Some(usize::from(one.pronoun().is_some() && one.pronoun() == two.pronoun())));
        values.push(Some(match &one.link {
            Some((Link::Apposed, head)) if *head == two.head => 0,
            Some((_, head)) if *head == two.head => 1,
            _ => 2,
        }));
        values.push(Some(count(one, two)));
        // Owner and head: "his" in "his son, ...".
        values.push(Some(match (one.owner, two.owner) {
            (Some(owner), _) if owner == two.head => 0,
            (_, Some(owner)) if owner == one.head => 1,
            _ => 2,
        }));
        let first = crate::seen::in_sentence(self.seen, two.sentence).start == j;
        values.push(Some(usize::from(first)));
    }
}

/// Adds to features the values of further groups, numbered from `at`.
pub(crate) fn with_groups(
    mut features: Vec<u16>,
    mut at: usize,
    groups: &[usize],
    values: Vec<Option<usize>>,
) -> Vec<u16> {
    for (group, value) in groups.iter().zip(values) {
        features.extend(value.map(|value| (at + value.min(group - 1)) as u16));
        at += group;
    }
    features
}

fn form(form: Form) -> usize {
    match form {
        Form::Name => 0,
        Form::Definite => 1,
        Form::Pointed => 2,
        Form::Owned => 3,
        Form::Indefinite => 4,
        Form::Bare => 5,
        Form::Joined => 6,
        Form::Pronoun(Pronoun::I) => 7,
        Form::Pronoun(Pronoun::You) => 8,
        Form::Pronoun(Pronoun::We) => 9,
        Form::Pronoun(Pronoun::He) => 10,
        Form::Pronoun(Pronoun::She) => 11,
        Form::Pronoun(Pronoun::It) => 12,
        Form::Pronoun(Pronoun::They) => 13,
        Form::Pronoun(Pronoun::This) => 14,
        Form::Pronoun(Pronoun::Own) => 15,
        Form::Pronoun(Pronoun::Relative) => 16,
    }
}

fn words(far: usize) -> usize {
    match far {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        10..=15 => 3,
        16..=25 => 4,
        26..=40 => 5,
        41..=70 => 6,
        71..=150 => 7,
        _ => 8,
    }
}

fn sentences(far: usize) -> usize {
    match far {
        0..=3 => far,
        4..=5 => 4,
        6..=9 => 5,
        10..=20 => 6,
        _ => 7,
    }
}

fn often(times: usize) -> usize {
    match times {
        0..=3 => times.saturating_sub(1),
        4..=6 => 3,
        _ => 4,
    }
}

fn sense(one: &Seen) -> usize {
    match one.sense {
        None => 0,
        Some(Sense::Event) => 1,
        Some(Sense::Abstract) => 2,
        Some(Sense::Time) => 3,
        Some(Sense::Of(EntityKind::Person)) => 4,
        Some(Sense::Of(EntityKind::Place | EntityKind::Government | EntityKind::Facility)) => 5,
        Some(Sense::Of(EntityKind::Organisation | EntityKind::Media | EntityKind::Programme)) => 6,
        Some(Sense::Of(EntityKind::Group)) => 7,
        Some(Sense::Of(_)) => 8,
    }
}

/// How the words of two mentions agree.
fn words_alike(one: &Seen, two: &Seen) -> usize {
    if one.pronoun().is_some() || two.pronoun().is_some() {
        return 0;
    }
    let names = one.name.is_some() && two.name.is_some();
    let same = one.noun == two.noun && !one.noun.is_empty();
    if names {
        let kinds = (one.kind().unwrap_or(EntityKind::Other), two.kind().unwrap_or(EntityKind::Other));
        return match alike::likeness(kinds.0, &one.words, kinds.1, &two.words) {
            Likeness::None => 1,
            Likeness::Short => 2,
            Likeness::Same => 3,
        };
    }
    let shared = alike::shared(&one.words, &two.words);
    match (same, shared == one.words.len()) {
        // The later one says nothing new.
        (true, true) => 4,
        (true, false) => 5,
        // "The ministry" after "the Lorne ministry", a name.
        (false, _) if two.words.contains(&one.noun) || one.words.contains(&two.noun) => 6,
        (false, _) => 1,
    }
}

fn nested(one: &Seen, two: &Seen) -> usize {
    if two.shown.covers(one.shown) {
        1
    } else if two.whole.covers(one.whole) {
        2
    } else if one.whole.covers(two.whole) {
        3
    } else {
        usize::from(one.clause == two.head || two.clause == one.head) * 4
    }
}

fn count(one: &Seen, two: &Seen) -> usize {
    match (one.count, two.count) {
        (Some(a), Some(b)) if a == b => 0,
        (Some(_), Some(_)) => 1,
        _ => 2,
    }
}

/// Whether nothing in their words speaks against two mentions being one.
pub(crate) fn may_be_one(one: &Seen, two: &Seen) -> bool {
    use Pronoun::{He, I, It, Own, Relative, She, They, This, We, You};
    let men = matches!((one.gender, two.gender), (Gender::Man, Gender::Woman) | (Gender::Woman, Gender::Man));
    if men
        || matches!(two.pronoun(), Some(Relative | Own))
        || one.owner == Some(two.head)
        || two.owner == Some(one.head)
    {
        return false;
    }
    let nested = two.whole.covers(one.whole)
        && (one.clause == two.head || one.role == Role::Owner && two.shown.covers(one.shown));
    if nested || one.whole.covers(two.whole) && two.clause == one.head {
        return false;
    }
    if matches!((one.count, two.count), (Some(a), Some(b)) if a != b) {
        return false;
    }
    let many = |seen: &Seen| seen.number == Number::Many;
    let single = |seen: &Seen| seen.number == Number::One;
    let they = |seen: &Seen| seen.pronoun() == Some(They);
    // One whom the text calls "they", or a body.
    let body =
        |seen: &Seen| seen.kind() != Some(EntityKind::Person) || seen.name.is_none() && seen.gender == Gender::Open;
    if many(one) && single(two) && !(they(one) && body(two)) && one.pronoun() != Some(We)
        || single(one) && many(two) && !(they(two) && body(one)) && two.pronoun() != Some(We)
    {
        return false;
    }
    let person = |seen: &Seen| match seen.sense {
        None => true,
        Some(Sense::Of(EntityKind::Person | EntityKind::Group)) => true,
        Some(_) => false,
    };
    let speaks = |seen: &Seen| matches!(seen.pronoun(), Some(He | She | I | You));
    if speaks(one) && !person(two) || speaks(two) && !person(one) {
        return false;
    }
    let neuter = |seen: &Seen| matches!(seen.pronoun(), Some(It | This));
    let human = |seen: &Seen| {
        seen.pronoun().is_some_and(|p| matches!(p, He | She | I | You | We))
            || seen.kind() == Some(EntityKind::Person) && single(seen)
    };
    if neuter(one) && human(two) || neuter(two) && human(one) {
        return false;
    }
    if let (Some(a), Some(b)) = (one.sense, two.sense) {
        let clash = match (a, b) {
            (Sense::Of(a), Sense::Of(b)) => {
                let people = |kind| matches!(kind, EntityKind::Person | EntityKind::Group);
                people(a) != people(b) && (people(a) && a != EntityKind::Group || people(b) && b != EntityKind::Group)
            }
            (Sense::Time, b) => b != Sense::Time,
            (a, Sense::Time) => a != Sense::Time,
            (Sense::Of(a), _) => a == EntityKind::Person,
            (_, Sense::Of(b)) => b == EntityKind::Person,
            _ => false,
        };
        if clash {
            return false;
        }
    }
    if one.name.is_some() && two.name.is_some() {
        return words_alike(one, two) >= 2;
    }
    // Neither of two descriptions of something new is an earlier thing, as a rule: left to the scorer.
    true
}

/// The trained scorer.
#[derive(Clone)]
pub struct Pairs {
    // From the features of a pair to what they add to the rows of both mentions.
    pair: Layer,
    // From the joined row to the score.
    score: Layer,
}

impl Pairs {
    /// Returns the scorer of a model; none where the model has none.
    pub fn of(scores: &Scores) -> Option<Pairs> {
        let layer = |name| scores.layer(name).cloned();
        Some(Pairs { pair: layer("who_pair")?, score: layer("who_score")? })
    }

    /// Scores a pair; of a mention alone, that it is spoken of for the first time.
    pub(crate) fn score(&self, field: &Field<'_>, i: usize, earlier: Option<usize>, features: &[u16]) -> f32 {
        let mut joined = self.pair.apply_ones(features);
        let [later, _, asks, _] = &field.seen[i].rows;
        let add = |joined: &mut Vec<f32>, row: &[f32]| joined.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        add(&mut joined, later);
        let mut direct = 0.0;
        if let Some(j) = earlier {
            let [_, before, _, answers] = &field.seen[j].rows;
            add(&mut joined, before);
            direct = asks.iter().zip(answers).fold(0.0, |sum, (a, b)| sum + a * b);
        }
        joined.iter_mut().for_each(|x| *x = x.max(0.0));
        self.score.apply(&joined).first().copied().unwrap_or_default() + direct
    }
}
