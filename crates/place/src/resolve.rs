//! Which places are meant: each name weighed against the others of the report, over and over until they agree.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::asked::{Candidate, Container, Form, after, bare, candidates, container, lies_in};
use crate::fold::fold;
use crate::gazetteer::{Gazetteer, Place, PlaceKind, PlaceNo};
use crate::rank::{After, Company, FEATURES, Field, Weights, features, weights};

/// A name of a place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) bytes: Range<usize>,
    pub(crate) form: Form,
}

/// The place that a name means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) no: PlaceNo,
    pub(crate) place: Place<'static>,
    /// How much of the likelihood of all readings, none of the candidates being one of them, is this one's.
    pub(crate) share: f32,
}

/// A candidate with its features and its share of the likelihood.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// GeoNames id.
    pub geonames: u32,
    /// Its features, in the order of [`FEATURES`].
    pub features: Vec<f32>,
    /// Its share.
    pub share: f32,
}

/// Rounds of weighing: the first knows nothing of the other names.
const ROUNDS: usize = 3;
/// Places that distances are measured to: those that the report speaks of most.
const ANCHORS: usize = 24;

/// Names that mean one place: the same name, inside the same area where the text says one.
struct Group {
    form: Form,
    members: Vec<usize>,
    container: Container,
    after: After,
    candidates: Vec<Candidate>,
    scored: Vec<([f32; FEATURES.len()], f32)>,
    best: Option<Found>,
    weight: f32,
}

/// Finds the place of each name, as far as one is more likely than none.
pub(crate) fn resolve(gazetteer: &Gazetteer, text: &str, names: &[Named], home: Option<u8>) -> Vec<Option<Found>> {
    let mut found = vec![None; names.len()];
    for group in weighed(gazetteer, text, names, home, weights()) {
        for member in group.members {
            found[member] = group.best;
        }
    }
    found
}

/// Returns the candidates of each name with their features.
pub(crate) fn options(gazetteer: &Gazetteer, text: &str, names: &[Named], home: Option<u8>) -> Vec<Vec<Choice>> {
    let mut all = vec![Vec::new(); names.len()];
    for group in weighed(gazetteer, text, names, home, weights()) {
        let options: Vec<Choice> = group
            .candidates
            .iter()
            .zip(&group.scored)
            .map(|(c, (row, share))| Choice { geonames: c.place.geonames, features: row.to_vec(), share: *share })
            .collect();
        for member in group.members {
            all[member].clone_from(&options);
        }
    }
    all
}

fn weighed(gazetteer: &Gazetteer, text: &str, names: &[Named], home: Option<u8>, weights: &Weights) -> Vec<Group> {
    let mut groups = groups(gazetteer, text, names);
    for round in 0..ROUNDS {
        let around = if round == 0 { Around::default() } else { Around::of(&groups) };
        for (i, group) in groups.iter_mut().enumerate() {
            weigh(gazetteer, group, &around, i, home, weights);
        }
    }
    groups
}

/// Puts names together that mean one place.
fn groups(gazetteer: &Gazetteer, text: &str, names: &[Named]) -> Vec<Group> {
    let mut by_name: BTreeMap<(String, Form), Vec<(usize, Container)>> = BTreeMap::new();
    for (i, name) in names.iter().enumerate() {
        let spelled = text.get(name.bytes.clone()).unwrap_or_default();
        let container = match name.form {
            Form::Name => container(gazetteer, text, name.bytes.start, name.bytes.end),
            Form::People => Container::default(),
        };
        by_name.entry((fold(bare(spelled)), name.form)).or_default().push((i, container));
    }
    let mut groups = Vec::new();
    for ((_, form), members) in by_name {
        // Where the text says once what a place lies in, it lies there all through.
        let mut containers: Vec<Container> = Vec::new();
        for (_, container) in members.iter().filter(|(_, c)| !c.within.is_empty() && !c.is_listed) {
            if !containers.iter().any(|known| shares(known, container)) {
                containers.push(container.clone());
            }
        }
        let of = |container: &Container| {
            let same = containers.iter().position(|known| shares(known, container));
            same.or(if containers.is_empty() { None } else { Some(0) })
        };
        let mut parts: BTreeMap<Option<usize>, Vec<&(usize, Container)>> = BTreeMap::new();
        for member in &members {
            parts.entry(of(&member.1)).or_default().push(member);
        }
        for (part, members) in parts {
            let listed = || members.iter().map(|m| &m.1).find(|c| !c.within.is_empty()).cloned().unwrap_or_default();
            let container = part.and_then(|part| containers.get(part).cloned()).unwrap_or_else(listed);
            let first = members.first().map_or(0, |m| m.0);
            // The first of its mentions that tells.
            let told = members.iter().map(|m| after(text, names[m.0].bytes.end)).find(|told| *told != After::Other);
            let spelled = text.get(names[first].bytes.clone()).unwrap_or_default();
            groups.push(Group {
                form,
                members: members.iter().map(|m| m.0).collect(),
                container,
                after: told.unwrap_or(After::Other),
                candidates: candidates(gazetteer, spelled, form),
                scored: Vec::new(),
                best: None,
                weight: 1.0 + (members.len() as f32).ln(),
            });
        }
    }
    groups.sort_by_key(|group| group.members.first().copied());
    groups
}

fn shares(a: &Container, b: &Container) -> bool {
    a.within.iter().any(|area| b.within.contains(area))
}

/// What the report's places are, taken together.
#[derive(Default)]
struct Around {
    // Weight of the groups in each country, division and county, and in all.
    countries: BTreeMap<u8, f32>,
    divisions: BTreeMap<u16, f32>,
    counties: BTreeMap<u16, f32>,
    all: f32,
    // Countries and divisions that are named themselves, with the group that names them.
    named: BTreeMap<PlaceKey, BTreeSet<usize>>,
    // Group, latitude, longitude, cosine of the latitude.
    anchors: Vec<(usize, f64, f64)>,
}

/// A country or a division by its number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PlaceKey {
    Country(u8),
    Division(u16),
}

impl Around {
    fn of(groups: &[Group]) -> Around {
        let mut around = Around::default();
        let mut anchors: Vec<(f32, usize, Place<'_>)> = Vec::new();
        for (i, group) in groups.iter().enumerate() {
            let Some(found) = group.best else { continue };
            let (place, weight) = (found.place, found.share * group.weight);
            around.all += weight;
            if let Some(country) = place.country {
                *around.countries.entry(country).or_default() += weight;
                if place.kind == PlaceKind::Country {
                    around.named.entry(PlaceKey::Country(country)).or_default().insert(i);
                    continue;
                }
            }
            if let Some(division) = place.division {
                *around.divisions.entry(division).or_default() += weight;
                if place.kind == PlaceKind::Division {
                    around.named.entry(PlaceKey::Division(division)).or_default().insert(i);
                    continue;
                }
            }
            if let Some(county) = place.county {
                *around.counties.entry(county).or_default() += weight;
            }
            if place.kind != PlaceKind::Continent && place.kind != PlaceKind::Region {
                anchors.push((weight, i, place));
            }
        }
        anchors.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        around.anchors = anchors.iter().take(ANCHORS).map(|(_, i, p)| (*i, p.latitude, p.longitude)).collect();
        around
    }

    /// What stands around one group, itself left out.
    fn company(&self, group: &Group, i: usize, place: &Place<'_>, home: Option<u8>) -> Company {
        let own = group.best.map(|best| (best.place, best.share * group.weight));
        let own_in = |same: &dyn Fn(&Place<'_>) -> bool| own.filter(|(p, _)| same(p)).map_or(0.0, |(_, w)| w);
        let all = self.all - own.map_or(0.0, |(_, weight)| weight);
        let share = |weight: f32| if all > 0.01 { (weight / all).clamp(0.0, 1.0) } else { 0.0 };
        let of = |weight: Option<&f32>, own: f32| weight.map_or(0.0, |weight| share(weight - own));
        let named = |key: PlaceKey| self.named.get(&key).is_some_and(|by| by.iter().any(|group| *group != i));
        let is_country = place.kind == PlaceKind::Country;
        Company {
            country_named: !is_country && place.country.is_some_and(|country| named(PlaceKey::Country(country))),
            division_named: place.kind != PlaceKind::Division
                && place.division.is_some_and(|division| named(PlaceKey::Division(division))),
            same_country: place
                .country
                .map_or(0.0, |country| of(self.countries.get(&country), own_in(&|p| p.country == Some(country)))),
            same_division: place.division.map_or(0.0, |division| {
                let own = own_in(&|p| p.division == Some(division) && p.kind != PlaceKind::Country);
                of(self.divisions.get(&division), own)
            }),
            same_county: place.county.map_or(0.0, |county| {
                let is_counted = |p: &Place<'_>| {
                    p.county == Some(county) && !matches!(p.kind, PlaceKind::Country | PlaceKind::Division)
                };
                of(self.counties.get(&county), own_in(&is_counted))
            }),
            distance: if is_country { None } else { self.distance(i, place) },
            is_home: home.is_some() && place.country == home,
        }
    }

    /// Kilometres to the nearest place of another group, near enough at the distances that matter.
    fn distance(&self, i: usize, place: &Place<'_>) -> Option<f32> {
        let squeeze = place.latitude.to_radians().cos();
        let square = |lat: f64, lon: f64| {
            let turn = (lon - place.longitude).abs();
            let east = turn.min(360.0 - turn) * squeeze;
            (lat - place.latitude).powi(2) + east * east
        };
        let others = self.anchors.iter().filter(|(group, _, _)| *group != i);
        let nearest = others.map(|(_, lat, lon)| square(*lat, *lon)).reduce(f64::min)?;
        Some((nearest.sqrt() * 111.2) as f32)
    }
}

/// Weighs the candidates of a group.
fn weigh(gazetteer: &Gazetteer, group: &mut Group, around: &Around, i: usize, home: Option<u8>, weights: &Weights) {
    let largest = group.candidates.iter().map(|c| c.place.level).max().unwrap_or_default();
    let areas = |kind: PlaceKind| group.candidates.iter().map(|c| c.place).filter(move |place| place.kind == kind);
    let inside: Vec<bool> = group
        .candidates
        .iter()
        .map(|c| group.container.within.iter().any(|area| lies_in(gazetteer, &c.place, *area)))
        .collect();
    let is_said = inside.contains(&true);
    let rows: Vec<[f32; FEATURES.len()]> = group
        .candidates
        .iter()
        .zip(&inside)
        .map(|(candidate, inside)| {
            let field = Field {
                form: group.form,
                largest,
                count: group.candidates.len(),
                has_country: areas(PlaceKind::Country).any(|area| area.country == candidate.place.country),
                has_division: areas(PlaceKind::Division).any(|area| area.division == candidate.place.division),
                has_other_division: areas(PlaceKind::Division).any(|area| area.division != candidate.place.division),
                after: group.after,
                contained: is_said.then_some(*inside),
                is_listed: group.container.is_listed,
            };
            features(candidate, &field, &around.company(group, i, &candidate.place, home))
        })
        .collect();
    let scores: Vec<f32> = rows.iter().map(|row| weights.score(row)).collect();
    let top = scores.iter().copied().fold(weights.nil(), f32::max);
    let total: f32 = (weights.nil() - top).exp() + scores.iter().map(|score| (score - top).exp()).sum::<f32>();
    group.scored = rows.into_iter().zip(scores.iter().map(|score| (score - top).exp() / total)).collect();
    let best = group.scored.iter().zip(&group.candidates).max_by(|a, b| {
        // Of equal ones the first, which is the more widely known.
        a.0.1.total_cmp(&b.0.1).then(b.1.no.cmp(&a.1.no))
    });
    group.best = best.map(|((_, share), c)| Found { no: c.no, place: c.place, share: *share });
}
