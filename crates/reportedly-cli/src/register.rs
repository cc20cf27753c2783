//! The register: a record's items by their id, and what each is called in a line.

use std::collections::{BTreeMap, BTreeSet};

use reportedly::record::{
    Attribution, Entity, EntityKind, Event, Id, Kind, Mention, NoResponse, Record, Relation, RelationKind, SourceKind,
    Status, Time,
};

use crate::galley::one_line;
use crate::wording;

/// Columns that a name takes at the most inside of a sentence.
const NAME: usize = 60;

/// A record's items by their id. Whatever points to nothing is left out by those who ask.
pub(crate) struct Register<'a> {
    pub(crate) record: &'a Record,
    entities: BTreeMap<Id, &'a Entity>,
    mentions: BTreeMap<Id, &'a Mention>,
    attributions: BTreeMap<Id, &'a Attribution>,
    events: BTreeMap<Id, &'a Event>,
    times: BTreeMap<Id, &'a Time>,
    silences: BTreeMap<Id, &'a NoResponse>,
    relations: BTreeMap<Id, Vec<&'a Relation>>,
    unnamed: BTreeSet<Id>,
}

impl<'a> Register<'a> {
    pub(crate) fn of(record: &'a Record) -> Register<'a> {
        let mut relations: BTreeMap<Id, Vec<&Relation>> = BTreeMap::new();
        for relation in &record.relations {
            relations.entry(relation.from).or_default().push(relation);
        }
        let unnamed = record.attributions.iter().filter(|a| a.source_kind == Some(SourceKind::Unnamed));
        Register {
            record,
            entities: record.entities.iter().map(|item| (item.id, item)).collect(),
            mentions: record.mentions.iter().map(|item| (item.id, item)).collect(),
            attributions: record.attributions.iter().map(|item| (item.id, item)).collect(),
            events: record.events.iter().map(|item| (item.id, item)).collect(),
            times: record.times.iter().map(|item| (item.id, item)).collect(),
            silences: record.no_responses.iter().map(|item| (item.id, item)).collect(),
            relations,
            unnamed: unnamed.filter_map(|a| a.speaker).collect(),
        }
    }

    pub(crate) fn entity(&self, id: Id) -> Option<&'a Entity> {
        self.entities.get(&id).copied()
    }

    pub(crate) fn mention(&self, id: Id) -> Option<&'a Mention> {
        self.mentions.get(&id).copied()
    }

    pub(crate) fn attribution(&self, id: Id) -> Option<&'a Attribution> {
        self.attributions.get(&id).copied()
    }

    pub(crate) fn event(&self, id: Id) -> Option<&'a Event> {
        self.events.get(&id).copied()
    }

    pub(crate) fn time(&self, id: Id) -> Option<&'a Time> {
        self.times.get(&id).copied()
    }

    pub(crate) fn silence(&self, id: Id) -> Option<&'a NoResponse> {
        self.silences.get(&id).copied()
    }

    /// What an entity is to others.
    pub(crate) fn relations_from(&self, id: Id) -> &[&'a Relation] {
        self.relations.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Tells whether an entity speaks without its name.
    pub(crate) fn speaks_unnamed(&self, id: Id) -> bool {
        self.unnamed.contains(&id)
    }

    /// The first words that stand for an entity.
    pub(crate) fn first_words(&self, entity: &Entity) -> Option<&'a str> {
        entity.mentions.first().and_then(|id| self.mention(*id)).map(|mention| mention.evidence.text.as_str())
    }

    /// What an item is called: a name, or the text's words in quotation marks.
    pub(crate) fn called(&self, id: Id) -> Option<String> {
        let quoted = |words: &str| format!("\"{}\"", one_line(words, NAME));
        match id.kind() {
            Kind::Entity => {
                let entity = self.entity(id)?;
                match &entity.name {
                    Some(name) => Some(one_line(name, NAME)),
                    None => self.first_words(entity).map(quoted),
                }
            }
            Kind::Mention => self.mention(id).map(|mention| quoted(&mention.evidence.text)),
            Kind::Time => self.time(id).map(|time| quoted(&time.evidence.text)),
            Kind::Attribution => self.attribution(id).map(|attribution| self.who(attribution)),
            Kind::Event => self.event(id).map(|event| {
                event.triggers.first().map_or_else(|| event.kind.replace('_', " "), |words| quoted(&words.text))
            }),
            Kind::NoResponse => self.silence(id).map(|silence| one_line(&silence.party.text, NAME)),
            _ => None,
        }
    }

    /// Who speaks in an attribution: a name, or else the words for the source.
    pub(crate) fn who(&self, attribution: &Attribution) -> String {
        let named = attribution.speaker.and_then(|id| self.called(id));
        named.unwrap_or_else(|| match attribution.source.first() {
            Some(words) => format!("\"{}\"", one_line(&words.text, NAME)),
            None => "nobody named".to_owned(),
        })
    }

    /// Whose voice it is: an attribution's speaker or the outlet.
    pub(crate) fn voice(&self, voice: Option<Id>) -> String {
        match voice {
            None => "the outlet's own voice".to_owned(),
            Some(id) => self.attribution(id).map_or_else(|| id.to_string(), |attribution| self.who(attribution)),
        }
    }

    /// What an entity is to another, as the text has it: "envoy" of a country.
    pub(crate) fn relation(&self, relation: &Relation) -> String {
        let to = relation.to.and_then(|id| self.called(id));
        let title = relation.title.as_ref().map(|words| format!("\"{}\"", one_line(&words.text, NAME)));
        let ended = if relation.ended { "formerly " } else { "" };
        let says = match (relation.kind, title, to) {
            (RelationKind::Office | RelationKind::Role, Some(title), Some(to)) => format!("{title} of {to}"),
            (RelationKind::Office | RelationKind::Role, Some(title), None) => title,
            (kind, Some(title), Some(to)) => format!("{title}, {} {to}", wording::relation(kind)),
            (kind, None, Some(to)) => format!("{} {to}", wording::relation(kind)),
            (kind, Some(title), None) => format!("{title}, {} somebody not named", wording::relation(kind)),
            (kind, None, None) => format!("{} somebody not named", wording::relation(kind)),
        };
        let voice = relation.voice.map(|id| format!(" (says {})", self.voice(Some(id)))).unwrap_or_default();
        format!("{ended}{says}{voice}")
    }

    /// Who takes part in an event, by role, each role's people together.
    pub(crate) fn participants(&self, event: &Event) -> Vec<(String, Vec<Id>)> {
        let mut roles: Vec<(String, Vec<Id>)> = Vec::new();
        for participant in event.participants.iter().filter(|p| self.entity(p.entity).is_some()) {
            match roles.iter_mut().find(|(role, _)| *role == participant.role) {
                Some((_, who)) if who.contains(&participant.entity) => {}
                Some((_, who)) => who.push(participant.entity),
                None => roles.push((participant.role.clone(), vec![participant.entity])),
            }
        }
        roles
    }

    /// An event's status in each voice, those of one voice and status once.
    pub(crate) fn voices(&self, event: &Event) -> Vec<(Option<Id>, String)> {
        let mut voices: Vec<(Option<Id>, String)> = Vec::new();
        for voiced in &event.voices {
            let one = (voiced.voice, wording::voiced(voiced));
            if !voices.contains(&one) {
                voices.push(one);
            }
        }
        voices
    }

    /// Where an entity is on the map.
    pub(crate) fn on_the_map(entity: &Entity) -> Option<String> {
        let place = entity.place.as_ref()?;
        let country = place.country.as_deref().map(|code| format!(", {code}")).unwrap_or_default();
        let sure = match place.certainty {
            reportedly::record::Certainty::Certain => String::new(),
            certainty => format!(", {}", wording::certainty(certainty)),
        };
        let (latitude, longitude) = (place.latitude, place.longitude);
        Some(format!("{}{country} ({latitude:.2}, {longitude:.2}; GeoNames {}{sure})", place.name, place.geonames))
    }
}

/// Tells whether an event is told by the outlet alone: no attribution says it.
pub(crate) fn own_voice(event: &Event) -> bool {
    !event.voices.is_empty() && event.voices.iter().all(|voiced| voiced.voice.is_none())
}

/// Tells whether a status is one of something that the text says took or takes place.
pub(crate) fn is_told(status: Status) -> bool {
    match status {
        Status::Happened | Status::Ongoing | Status::DidNotHappen | Status::Cancelled | Status::Planned => true,
        Status::Denied | Status::Possible | Status::Hypothetical | Status::Generic | Status::Unknown => false,
    }
}

/// Kinds of entities in the order they are listed, and what they are called.
pub(crate) const KINDS: [(EntityKind, &str); 15] = [
    (EntityKind::Person, "people"),
    (EntityKind::Organisation, "bodies"),
    (EntityKind::Place, "places"),
    (EntityKind::Government, "governments"),
    (EntityKind::Group, "groups"),
    (EntityKind::Facility, "sites"),
    (EntityKind::Media, "media"),
    (EntityKind::Programme, "programmes"),
    (EntityKind::Document, "documents"),
    (EntityKind::Agreement, "agreements"),
    (EntityKind::Product, "products"),
    (EntityKind::Vehicle, "vehicles"),
    (EntityKind::Occasion, "occasions"),
    (EntityKind::Thing, "things"),
    (EntityKind::Other, "others"),
];
