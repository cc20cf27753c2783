//! Where the places of a report are: each place to an id of the gazetteer, or to none.

mod acting;
mod asked;
mod error;
mod fold;
mod gazetteer;
mod home;
mod narrow;
mod rank;
mod resolve;
mod spans;
mod words;

use std::collections::BTreeMap;

use reportedly_record::{Certainty, Id, Located, Note, Reading, Span, Stage, Text};

pub use acting::governments;
pub use asked::Form;
pub use error::Error;
pub use gazetteer::{Gazetteer, PlaceKind};
pub use home::{Home, country_of_host};
pub use rank::FEATURES;
pub use resolve::Choice;
pub use spans::{Toponym, embedded, toponyms};

use resolve::{Found, Named, resolve};
use spans::{is_people, is_place, parts};

/// A place counts as known from this share of the likelihood on. Of those of the train set with an id half are right from .2
/// to .3, three in four to .4 (possible), 80% to .5 and 91% to .6 (probable), 95% above.
const KNOWN: f32 = 0.2;
const PROBABLE: f32 = 0.4;
const CERTAIN: f32 = 0.6;

/// Finds the places of entities on the map: an entity's id with its place, for those that are known.
pub fn places(gazetteer: &Gazetteer, reading: &Reading<'_>, home: &Home, notes: &mut Vec<Note>) -> Vec<(Id, Located)> {
    let mut toponyms: Vec<(Option<Id>, Toponym)> = Vec::new();
    for mention in &reading.record.mentions {
        if is_place(mention) {
            let owner = reading.entities_of(mention.id).map(|entity| entity.id).next();
            // Of "Oxford, Ohio" the first is what is named, the second where it lies.
            let parts = parts(gazetteer, reading.text(), mention).into_iter().enumerate();
            toponyms.extend(parts.map(|(i, toponym)| (owner.filter(|_| i == 0), toponym)));
        } else if is_people(gazetteer, mention) {
            // Nations say where a report plays, though their names are no places.
            toponyms.extend(parts(gazetteer, reading.text(), mention).into_iter().map(|toponym| (None, toponym)));
        }
    }
    toponyms.extend(embedded(gazetteer, reading.record).into_iter().map(|toponym| (None, toponym)));
    let spans: Vec<Toponym> = toponyms.iter().map(|(_, toponym)| *toponym).collect();
    let found = find(gazetteer, reading.text(), &spans, home);
    let mut by_entity: BTreeMap<Id, Vec<(Span, Option<Found>)>> = BTreeMap::new();
    for ((owner, toponym), found) in toponyms.iter().zip(found) {
        if let Some(owner) = owner {
            by_entity.entry(*owner).or_default().push((toponym.span, found));
        }
    }
    let mut located = Vec::new();
    for (entity, found) in by_entity {
        // The mention that tells most decides: "Paris, Texas" before a bare "Paris".
        let best =
            found.iter().filter_map(|(_, f)| *f).max_by(|a, b| a.share.total_cmp(&b.share).then(b.no.cmp(&a.no)));
        match best.and_then(|best| located_at(gazetteer, &best)) {
            Some(place) => located.push((entity, place)),
            None if best.is_some() => {
                let says = "it is open which place of this name is meant".to_owned();
                notes.push(Note { stage: Stage::Place, says, span: found.first().map(|(span, _)| *span) });
            }
            None => {}
        }
    }
    located
}

/// Finds the place of each name of a text, for those that are known.
pub fn locate(gazetteer: &Gazetteer, text: &Text, toponyms: &[Toponym], home: &Home) -> Vec<Option<Located>> {
    let found = find(gazetteer, text, toponyms, home);
    found.iter().map(|found| located_at(gazetteer, found.as_ref()?)).collect()
}

/// Returns the candidates of each name with their features: what the ranker is trained on.
pub fn options(gazetteer: &Gazetteer, text: &Text, toponyms: &[Toponym], home: &Home) -> Vec<Vec<Choice>> {
    let home = home.country.as_deref().and_then(|code| gazetteer.country_of(code));
    resolve::options(gazetteer, text.as_str(), &named(toponyms), home)
}

fn find(gazetteer: &Gazetteer, text: &Text, toponyms: &[Toponym], home: &Home) -> Vec<Option<Found>> {
    let home = home.country.as_deref().and_then(|code| gazetteer.country_of(code));
    resolve(gazetteer, text.as_str(), &named(toponyms), home)
}

fn named(toponyms: &[Toponym]) -> Vec<Named> {
    toponyms.iter().map(|toponym| Named { bytes: toponym.span.bytes(), form: toponym.form }).collect()
}

fn located_at(gazetteer: &Gazetteer, found: &Found) -> Option<Located> {
    let certainty = match found.share {
        share if share >= CERTAIN => Certainty::Certain,
        share if share >= PROBABLE => Certainty::Probable,
        share if share >= KNOWN => Certainty::Possible,
        _ => return None,
    };
    let place = &found.place;
    // Five digits are a metre; more would be noise of the packing.
    let rounded = |degrees: f64| (degrees * 1e4).round() / 1e4;
    Some(Located {
        geonames: place.geonames,
        name: place.name.to_owned(),
        country: place.country.and_then(|country| gazetteer.code(country)).map(str::to_owned),
        division: place.division.and_then(|division| gazetteer.division_code(division)).map(str::to_owned),
        latitude: rounded(place.latitude),
        longitude: rounded(place.longitude),
        zone: gazetteer.zone(place).map(str::to_owned),
        certainty,
    })
}
