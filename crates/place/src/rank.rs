//! How well a candidate fits: a few features, each with a weight that `training/places.py` found (`data/ranker.txt`).

use std::sync::LazyLock;

use crate::asked::{Candidate, Form};
use crate::gazetteer::{KINDS, NameKind, PlaceKind};

/// Names of the features, in order: first the kinds of place, then how the name stands to it, then the rest.
pub const FEATURES: [&str; 43] = [
    "continent",
    "country",
    "capital",
    "division",
    "county",
    "seat",
    "lesser-seat",
    "city",
    "section",
    "water",
    "terrain",
    "island",
    "region",
    "other-name",
    "short-name",
    "trimmed-name",
    "people",
    // Of 1 for the most people there are.
    "size",
    // How far behind the largest candidate, and whether it is that one.
    "smaller",
    "largest",
    // The words around the name say what it lies in, and it does, or does not.
    "contained",
    "contained-in-row",
    "not-contained",
    "not-contained-in-row",
    // The report speaks of the country it lies in, of the division.
    "country-named",
    "division-named",
    // Share of the report's other places that lie in the same country, division, county.
    "same-country",
    "same-division",
    "same-county",
    // Another place of the report is near: 1 at its very spot.
    "near",
    "near-largest",
    // It lies in the outlet's country; in that of no outlet known.
    "home",
    "home-town",
    // Village that nothing speaks for.
    "alone",
    // The only candidate.
    "only",
    // Candidates are many.
    "crowded",
    // A town whose country, whose division is called so too.
    "namesake-country",
    "namesake-division",
    // A country's capital that a division elsewhere is called like.
    "namesake-capital",
    // The word after the name speaks of a government, and this is an area; of a town, and this is one.
    "governed",
    "municipal",
    // A county in a row of counties: "Ash, Birch and Cedar counties".
    "county-row",
    // No candidate is meant.
    "nil",
];

/// What of a candidate is known from the rest of the report.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Company {
    pub(crate) country_named: bool,
    pub(crate) division_named: bool,
    pub(crate) same_country: f32,
    pub(crate) same_division: f32,
    pub(crate) same_county: f32,
    /// Kilometres to the nearest other place.
    pub(crate) distance: Option<f32>,
    pub(crate) is_home: bool,
}

/// What of a candidate is known from the other ones and the words around the name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) form: Form,
    pub(crate) largest: u8,
    pub(crate) count: usize,
    /// The candidate's country, its division is a candidate too.
    pub(crate) has_country: bool,
    pub(crate) has_division: bool,
    /// A division that it does not lie in is one.
    pub(crate) has_other_division: bool,
    /// What the words after the name speak of.
    pub(crate) after: After,
    /// Whether it lies in what the words say; none where they say nothing.
    pub(crate) contained: Option<bool>,
    pub(crate) is_listed: bool,
}

/// What the words after a name speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    /// A government: "Quebec Premier".
    Government,
    /// A town: "Lorne Mayor".
    Town,
    /// Counties, of which this is one in a row.
    Counties,
    /// Something else.
    Other,
}

/// A weight for each feature.
#[derive(Clone, Debug)]
pub(crate) struct Weights([f32; FEATURES.len()]);

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::parse(include_str!("../data/ranker.txt")));

/// The weights of `data/ranker.txt`.
pub(crate) fn weights() -> &'static Weights {
    &WEIGHTS
}

impl Weights {
    /// Reads the file: a feature and its weight a line. A feature that is not there weighs nothing; a test finds it.
    fn parse(file: &str) -> Weights {
        let mut weights = [0.0; FEATURES.len()];
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, weight)) = line.split_once(' ')
                && let Some(feature) = FEATURES.iter().position(|known| *known == name)
            {
                weights[feature] = weight.trim().parse().unwrap_or_default();
            }
        }
        Weights(weights)
    }

    /// The score of a candidate.
    pub(crate) fn score(&self, features: &[f32; FEATURES.len()]) -> f32 {
        self.0.iter().zip(features).map(|(weight, feature)| weight * feature).sum()
    }

    /// The score of there being no right candidate.
    pub(crate) fn nil(&self) -> f32 {
        self.0[FEATURES.len() - 1]
    }
}

/// Returns a candidate's features, in the order of [`FEATURES`].
pub(crate) fn features(candidate: &Candidate, field: &Field, company: &Company) -> [f32; FEATURES.len()] {
    let place = &candidate.place;
    let on = |flag: bool| f32::from(u8::from(flag));
    let is_town = matches!(
        place.kind,
        PlaceKind::Capital | PlaceKind::Seat | PlaceKind::LesserSeat | PlaceKind::City | PlaceKind::Section
    );
    let size = f32::from(place.level) / 240.0;
    let is_largest = place.level == field.largest;
    let near = company.distance.map_or(0.0, |km| 100.0 / (100.0 + km));
    let is_alone = !company.country_named && !company.division_named && company.same_country < 0.05 && !company.is_home;
    let [inside, inside_row, outside, outside_row] = match (field.contained, field.is_listed) {
        (Some(true), false) => [1.0, 0.0, 0.0, 0.0],
        (Some(true), true) => [0.0, 1.0, 0.0, 0.0],
        (Some(false), false) => [0.0, 0.0, 1.0, 0.0],
        (Some(false), true) => [0.0, 0.0, 0.0, 1.0],
        (None, _) => [0.0; 4],
    };
    let rest: [f32; FEATURES.len() - KINDS.len()] = [
        on(candidate.called == NameKind::Other),
        on(candidate.called == NameKind::Short),
        on(candidate.trimmed),
        on(field.form == Form::People && candidate.called == NameKind::People),
        size,
        f32::from(field.largest.saturating_sub(place.level)) / 100.0,
        on(is_largest),
        inside,
        inside_row,
        outside,
        outside_row,
        on(company.country_named),
        on(company.division_named),
        company.same_country,
        company.same_division,
        company.same_county,
        near,
        near * on(is_largest),
        on(company.is_home),
        on(company.is_home && is_town),
        on(is_alone && is_town && field.contained.is_none()) * (1.0 - size),
        on(field.count == 1),
        (field.count as f32).ln() / 4.0,
        on(field.has_country && is_town),
        on(field.has_division && is_town),
        on(field.has_other_division && place.kind == PlaceKind::Capital),
        on(field.after == After::Government && matches!(place.kind, PlaceKind::Country | PlaceKind::Division)),
        on(field.after == After::Town && is_town),
        on(field.after == After::Counties && place.kind == PlaceKind::County),
        0.0,
    ];
    let mut row = [0.0; FEATURES.len()];
    row[KINDS.len()..].copy_from_slice(&rest);
    if let Some(kind) = KINDS.iter().position(|kind| *kind == place.kind) {
        row[kind] = 1.0;
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_weight_and_every_weight_a_feature() {
        let file = include_str!("../data/ranker.txt");
        let mut named: Vec<&str> =
            file.lines().filter(|l| !l.starts_with('#')).filter_map(|l| Some(l.split_once(' ')?.0)).collect();
        let mut features = FEATURES.to_vec();
        named.sort_unstable();
        features.sort_unstable();
        assert_eq!(named, features);
    }
}
