//! Where the places of a report are: each place to an id of the gazetteer, or to none.

mod acting;
mod asked;
mod error;
mod fold;
mod gazetteer;
mod home;
mod rank;
mod resolve;
mod words;

use std::collections::BTreeMap;

use reportedly_record::{Certainty, EntityKind, Id, Located, MentionForm, Note, Reading, Record, Span, Stage, Text};

pub use acting::governments;
pub use asked::Form;
pub use error::Error;
pub use gazetteer::{Gazetteer, PlaceKind};
pub use home::{Home, country_of_host};
pub use rank::FEATURES;
pub use resolve::Choice;

use asked::candidates;
use gazetteer::NameKind;
use resolve::{Found, Named, resolve};

/// A name of a place in a text, for [`locate`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Toponym {
    /// Where it stands.
    pub span: Span,
    /// Whether it is a name or an adjective.
    pub form: Form,
}

/// A place counts as known from this share of the likelihood on.
const KNOWN: f32 = 0.4;
const PROBABLE: f32 = 0.6;
const CERTAIN: f32 = 0.9;

/// Finds the places of entities on the map: an entity's id with its place, for those that are known.
pub fn places(gazetteer: &Gazetteer, reading: &Reading<'_>, home: &Home, notes: &mut Vec<Note>) -> Vec<(Id, Located)> {
    let mut toponyms: Vec<(Option<Id>, Toponym)> = Vec::new();
    for mention in reading.record.mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        let form = match mention.kind {
            EntityKind::Place | EntityKind::Government => Form::Name,
            // Nations say where a report plays, though their names are no places.
            EntityKind::Group => Form::People,
            _ => continue,
        };
        let span = mention.evidence.span;
        let owners = reading.entities_of(mention.id).map(|entity| entity.id);
        let owner = owners.take(1).next().filter(|_| form == Form::Name);
        toponyms.push((owner, Toponym { span, form }));
    }
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

/// Returns the names of places in a record, adjectives and names of peoples included where they stand for one place.
pub fn toponyms(gazetteer: &Gazetteer, record: &Record) -> Vec<Toponym> {
    let named = record.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
    let toponyms = named.filter_map(|mention| {
        let span = mention.evidence.span;
        match mention.kind {
            EntityKind::Place | EntityKind::Government => Some(Toponym { span, form: Form::Name }),
            EntityKind::Group => {
                let known = candidates(gazetteer, &mention.evidence.text, Form::People);
                let is_people = known.iter().any(|candidate| candidate.called == NameKind::People);
                is_people.then_some(Toponym { span, form: Form::People })
            }
            _ => None,
        }
    });
    toponyms.collect()
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
