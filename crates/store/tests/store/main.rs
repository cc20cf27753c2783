//! The store as a whole, on records made here of short invented reports.

mod corrections;
mod faults;
mod keeping;
mod questions;

use std::path::PathBuf;
use std::time::Duration;

use jiff::civil::date;
use jiff::tz::TimeZone;
use reportedly_record::{
    Attribution, Certainty, Clock, CueStance, Engine, Entity, EntityKind, Event, FORMAT, Id, Kind, Known, Language,
    Mention, MentionForm, NoResponse, Offsets, Participant, Passage, PassageKind, Precision, Published, Record, Report,
    Silence, SourceKind, Status, Text, Time, TimeKind, Voice, VoicedStatus, Words,
};
use reportedly_store::{Packed, Put, Store, Writer};
use tempfile::TempDir;

/// What is put in a record by hand: names, who says what, what happens.
struct Draft {
    record: Record,
}

impl Draft {
    fn new(url: &str, day: i8, text: &str) -> Draft {
        let text = Text::new(text);
        let id = Id::of(Kind::Report, &[url.as_bytes(), text.as_str().as_bytes()]);
        let report = Report {
            id,
            url: Some(url.to_owned()),
            outlet: Some(url.split('/').nth(2).unwrap_or("echo.example").to_owned()),
            headline: Some("Harbour news".to_owned()),
            byline: None,
            dateline: None,
            language: Language { code: "en".to_owned(), analysed: true },
            published: Some(Published {
                local: date(2026, 11, day).at(9, 30, 0, 0),
                instant: date(2026, 11, day).at(9, 30, 0, 0).to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp()),
                offset: Some("+00:00".to_owned()),
                precision: Precision::Minute,
                known: Known::Field,
            }),
            zone: None,
            content_hash: String::new(),
            passages: vec![Passage { kind: PassageKind::Body, span: text.span(0..text.len()), boiler: None }],
            text,
            notes: Vec::new(),
        };
        let engine = Engine { version: "1".to_owned(), model: "test 1".to_owned(), kernel: "portable".to_owned() };
        let record = Record {
            format: FORMAT.to_owned(),
            offsets: Offsets::default(),
            engine,
            report,
            clock: Clock::default(),
            entities: Vec::new(),
            mentions: Vec::new(),
            times: Vec::new(),
            attributions: Vec::new(),
            attitudes: Vec::new(),
            quotes: Vec::new(),
            no_responses: Vec::new(),
            events: Vec::new(),
            states: Vec::new(),
            relations: Vec::new(),
            designations: Vec::new(),
            stances: Vec::new(),
            labels: Vec::new(),
            chains: Vec::new(),
            tallies: Vec::new(),
            notes: Vec::new(),
        };
        Draft { record }
    }

    fn words(&self, words: &str) -> Words {
        let text = &self.record.report.text;
        let at = text.as_str().find(words).unwrap_or_else(|| panic!("{words} is in the text"));
        text.words(text.span(at..at + words.len()))
    }

    /// The words where they stand last before a place.
    fn words_before(&self, words: &str, place: usize) -> Words {
        let text = &self.record.report.text;
        let at = text.as_str()[..place].rfind(words).unwrap_or_else(|| panic!("{words} is in the text"));
        text.words(text.span(at..at + words.len()))
    }

    fn id(&self, kind: Kind, words: &Words) -> Id {
        Id::in_report(kind, self.record.report.id, words.span.bytes())
    }

    /// A person named in the text.
    fn person(&mut self, name: &str) -> Id {
        let evidence = self.words(name);
        let (id, mention) = (self.id(Kind::Entity, &evidence), self.id(Kind::Mention, &evidence));
        self.record.mentions.push(Mention { id: mention, kind: EntityKind::Person, form: MentionForm::Name, evidence });
        self.record.entities.push(Entity {
            id,
            kind: EntityKind::Person,
            name: Some(name.to_owned()),
            key: None,
            place: None,
            links: Vec::new(),
            count: None,
            basis: None,
            mentions: vec![mention],
        });
        id
    }

    /// Somebody says something; without a speaker, people who are not named.
    fn said(&mut self, source: &str, speaker: Option<Id>, cue: &str, content: &str) -> Id {
        let (cue, content) = (self.words(cue), self.words(content));
        let source = self.words_before(source, cue.span.bytes().start);
        let id = self.id(Kind::Attribution, &content);
        let kind = if speaker.is_some() { SourceKind::Named } else { SourceKind::Unnamed };
        self.record.attributions.push(Attribution {
            id,
            evidence: source.span.hull(cue.span).hull(content.span),
            source: vec![source],
            cue: Some(cue),
            content: vec![content],
            voice: Voice::Indirect,
            speaker,
            source_kind: Some(kind),
            count: None,
            basis: None,
            stance: Some(CueStance::States),
            tense: None,
            hedge: None,
            on_record: None,
            addressee: None,
            medium: None,
            within: None,
            continues: None,
        });
        id
    }

    /// Something happens.
    fn event(&mut self, trigger: &str, status: Status, cast: &[Id], voice: Option<Id>, day: Option<&str>) -> Id {
        let trigger = self.words(trigger);
        let id = self.id(Kind::Event, &trigger);
        let times = day.map(|day| self.time(day)).into_iter().collect();
        let participant =
            |entity: &Id| Participant { role: "party".to_owned(), entity: *entity, evidence: trigger.span };
        self.record.events.push(Event {
            id,
            kind: "meet".to_owned(),
            participants: cast.iter().map(participant).collect(),
            places: Vec::new(),
            times,
            orders: Vec::new(),
            amounts: Vec::new(),
            contested: false,
            voices: vec![VoicedStatus { voice, status, certainty: Certainty::Certain, evidence: trigger.span }],
            status,
            evidence: trigger.span,
            triggers: vec![trigger],
        });
        id
    }

    fn time(&mut self, words: &str) -> Id {
        let evidence = self.words(words);
        let id = self.id(Kind::Time, &evidence);
        let day = date(2026, 11, 16);
        self.record.times.push(Time {
            id,
            evidence,
            kind: TimeKind::Date,
            value: day.to_string(),
            modifier: None,
            quant: None,
            freq: None,
            earliest: day.to_zoned(TimeZone::UTC).ok(),
            latest: day.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).ok(),
            anchor: None,
            order: None,
        });
        id
    }

    fn silent(&mut self, party: &str, entity: Id, cue: &str) {
        let (party, cue) = (self.words(party), self.words(cue));
        let id = self.id(Kind::NoResponse, &party);
        let evidence = party.span.hull(cue.span);
        let form = Silence::Declined;
        let entity = Some(entity);
        self.record.no_responses.push(NoResponse {
            id,
            party,
            entity,
            cue,
            form,
            about: None,
            asked_by: None,
            evidence,
        });
    }

    fn packed(&self) -> Packed {
        Packed::of(self.record.clone(), None)
    }
}

const TALKS: &str = "Maren Solquist will meet Aurel Dasko on Monday, two officials said. “We are ready for the harbour talks,” \
                     Maren Solquist told the Echo. Aurel Dasko declined to comment. Nothing else was known about quernstones.\n";

/// A report of planned talks, with the ids of its two people, its meeting and what the officials said.
fn talks(url: &str, day: i8, text: &str) -> (Draft, [Id; 4]) {
    let mut draft = Draft::new(url, day, text);
    let (one, other) = (draft.person("Maren Solquist"), draft.person("Aurel Dasko"));
    let said = draft.said("two officials", None, "said", "Maren Solquist will meet Aurel Dasko on Monday");
    draft.said("Maren Solquist", Some(one), "told", "We are ready for the harbour talks");
    let met = draft.event("meet", Status::Planned, &[one, other], Some(said), Some("Monday"));
    draft.silent("Aurel Dasko declined", other, "declined to comment");
    (draft, [one, other, met, said])
}

/// A store in a folder of its own.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Bench {
        Bench { folder: tempfile::tempdir().expect("a folder can be made") }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("desk.reportedly")
    }

    fn write(&self) -> Writer {
        Store::write(&self.path(), Duration::ZERO).expect("nobody else writes")
    }

    fn read(&self) -> Store {
        Store::open(&self.path()).expect("there is a store")
    }

    /// Stores drafts and returns what became of each.
    fn put(&self, drafts: &[&Draft]) -> Vec<Put> {
        let mut writer = self.write();
        let puts = drafts.iter().map(|draft| writer.put(&draft.packed()).expect("it is stored")).collect();
        writer.commit().expect("it lasts");
        puts
    }

    fn export(&self) -> String {
        let mut out = Vec::new();
        assert_eq!(self.read().export(&mut out).expect("it can be read"), Vec::<String>::new());
        String::from_utf8(out).expect("JSON is UTF-8")
    }

    fn is_whole(&self) {
        assert_eq!(self.read().check().expect("it can be read"), Vec::<String>::new());
    }
}
