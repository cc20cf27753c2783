//! What a revision changes: which attributions, events and silences came, went or were told otherwise, by their evidence.

use std::collections::BTreeSet;

use reportedly_record::{Id, Record};
use reportedly_store::{text_words, word};
use serde::Serialize;

/// Part of the words that two wordings of one statement share: below, they are two statements.
const ALIKE: f64 = 0.5;

/// Statements that are compared with each other when their words differ: more than a long report has.
const MOST_COMPARED: usize = 1_000;

/// What became of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// It is new.
    Came,
    /// It is gone.
    Went,
    /// It is told otherwise.
    Changed,
}

/// A difference of two revisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revised {
    /// What became of it.
    pub turn: Turn,
    /// `attribution`, `no response`, or the kind of an event.
    pub what: String,
    /// The item in the later revision, or in the earlier one where it went.
    pub item: String,
    /// Who says it, did not answer, or takes part.
    pub who: String,
    /// What differs: "status: planned -> cancelled". Empty where it came or went.
    pub changes: Vec<String>,
    /// The words, in the later revision where they are there.
    pub says: String,
}

/// Returns what a later record tells otherwise than an earlier one of the same report: first what changed, then what came,
/// then what went, each in the order of the text.
pub fn revised(earlier: &Record, later: &Record) -> Vec<Revised> {
    let (was, is) = (statements(earlier), statements(later));
    let mut partner: Vec<Option<usize>> = vec![None; is.len()];
    let mut left: Vec<usize> = Vec::new();
    for (old, one) in was.iter().enumerate() {
        let same = is.iter().enumerate().position(|(new, other)| partner[new].is_none() && one.is_same(other));
        match same {
            Some(new) => partner[new] = Some(old),
            None => left.push(old),
        }
    }
    let mut gone = Vec::new();
    for old in left.into_iter().take(MOST_COMPARED) {
        let free = is.iter().enumerate().filter(|(new, _)| partner[*new].is_none()).take(MOST_COMPARED);
        let alike = free.map(|(new, other)| (new, was[old].likeness(other))).filter(|(_, likeness)| *likeness >= ALIKE);
        match alike.reduce(|best, next| if next.1 > best.1 { next } else { best }) {
            Some((new, _)) => partner[new] = Some(old),
            None => gone.push(old),
        }
    }
    let mut changed = Vec::new();
    let mut came = Vec::new();
    for (new, statement) in is.iter().enumerate() {
        match partner[new] {
            Some(old) => {
                let changes = was[old].changes(statement);
                if !changes.is_empty() {
                    changed.push(statement.row(Turn::Changed, changes));
                }
            }
            None => came.push(statement.row(Turn::Came, Vec::new())),
        }
    }
    changed.append(&mut came);
    changed.extend(gone.into_iter().map(|old| was[old].row(Turn::Went, Vec::new())));
    changed
}

/// Something that a report states, with its words and what it comes to.
struct Statement {
    what: String,
    id: Id,
    who: String,
    says: String,
    // The words it is known by.
    words: Vec<String>,
    // What an event is called and who takes part: the same one is told in other words.
    core: Option<(String, String)>,
    // In a fixed order for each kind of statement.
    facts: Vec<(&'static str, String)>,
    // Other words are another statement, not another wording.
    by_words: bool,
}

impl Statement {
    fn is_same(&self, other: &Statement) -> bool {
        self.what == other.what && self.words == other.words
    }

    fn likeness(&self, other: &Statement) -> f64 {
        if self.what != other.what {
            return 0.0;
        }
        let one: BTreeSet<&String> = self.words.iter().collect();
        let two: BTreeSet<&String> = other.words.iter().collect();
        let both = one.intersection(&two).count();
        let alike = 2.0 * both as f64 / (one.len() + two.len()).max(1) as f64;
        if self.core.is_some() && self.core == other.core { alike.max(ALIKE) } else { alike }
    }

    fn changes(&self, later: &Statement) -> Vec<String> {
        let or_none = |fact: &str| if fact.is_empty() { "none".to_owned() } else { fact.to_owned() };
        // Of a status that is not known there is nothing to compare.
        let is_open = |fact: &(&str, String)| fact.0 == "status" && fact.1 == "unknown";
        let pairs = self.facts.iter().zip(&later.facts);
        let pairs = pairs.filter(|(was, is)| was.1 != is.1 && !is_open(was) && !is_open(is));
        let mut changes: Vec<String> =
            pairs.map(|(was, is)| format!("{}: {} -> {}", was.0, or_none(&was.1), or_none(&is.1))).collect();
        if self.by_words && self.words != later.words {
            changes.push(format!("words: \"{}\" before", self.says));
        }
        changes
    }

    fn row(&self, turn: Turn, changes: Vec<String>) -> Revised {
        let Statement { what, id, who, says, .. } = self;
        Revised { turn, what: what.clone(), item: id.to_string(), who: who.clone(), changes, says: says.clone() }
    }
}

fn statements(record: &Record) -> Vec<Statement> {
    let name = |id: Option<Id>| {
        let entity = id.and_then(|id| record.entities.iter().find(|entity| entity.id == id));
        entity.and_then(|entity| entity.name.clone())
    };
    let line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut all = Vec::new();
    for said in &record.attributions {
        let says = said.content.iter().map(|words| line(&words.text)).collect::<Vec<_>>().join(" … ");
        let source = said.source.iter().map(|words| line(&words.text)).collect::<Vec<_>>().join(" ");
        let who = name(said.speaker).unwrap_or(source);
        let optional = |fact: Option<String>| fact.unwrap_or_default();
        all.push(Statement {
            what: "attribution".to_owned(),
            id: said.id,
            words: text_words(&says),
            core: None,
            facts: vec![
                ("speaker", who.clone()),
                ("stance", optional(said.stance.as_ref().map(word))),
                ("unnamed people", optional(said.count.map(|count| count.to_string()))),
            ],
            who,
            says,
            by_words: true,
        });
    }
    for event in &record.events {
        let mut cast: Vec<String> = event.participants.iter().filter_map(|one| name(Some(one.entity))).collect();
        cast.sort();
        cast.dedup();
        let times = event.times.iter().filter_map(|id| record.times.iter().find(|time| time.id == *id));
        let when: Vec<&str> = times.map(|time| time.value.as_str()).collect();
        let says = line(record.report.text.slice(event.evidence));
        let called = event.triggers.first().map(|words| words.text.to_lowercase()).unwrap_or_default();
        all.push(Statement {
            what: event.kind.clone(),
            id: event.id,
            words: text_words(&says),
            core: (!cast.is_empty()).then(|| (called, cast.join(", "))),
            facts: vec![("status", word(&event.status)), ("when", when.join(", ")), ("who", cast.join(", "))],
            who: cast.join(", "),
            says,
            by_words: false,
        });
    }
    for silent in &record.no_responses {
        let who = name(silent.entity).unwrap_or_else(|| line(&silent.party.text));
        all.push(Statement {
            what: "no response".to_owned(),
            id: silent.id,
            words: text_words(&who),
            core: None,
            facts: vec![("form", word(&silent.form))],
            who,
            says: line(record.report.text.slice(silent.evidence)),
            by_words: false,
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use reportedly::{Engine, Given, report_from_text};
    use reportedly_record::{Certainty, Entity, EntityKind, Event, Kind, Participant, Status, VoicedStatus};

    use super::*;

    /// A report with one event of one person: who takes part, what it is called, its whole evidence, its status.
    fn told(text: &str, who: &str, called: &str, evidence: &str, status: Status) -> Record {
        let report = report_from_text(text, &Given::default()).expect("a report");
        let mut record = Engine::load().expect("the model is built in").unread(&report);
        let text = &record.report.text;
        let words = |words: &str| {
            let at = text.as_str().find(words).expect("the words are there");
            text.words(text.span(at..at + words.len()))
        };
        let (trigger, evidence) = (words(called), words(evidence).span);
        let entity = Id::in_report(Kind::Entity, record.report.id, who);
        let event = Event {
            id: Id::in_report(Kind::Event, record.report.id, evidence.bytes()),
            kind: "meet".to_owned(),
            participants: vec![Participant { role: "party".to_owned(), entity, evidence: words(who).span }],
            places: Vec::new(),
            times: Vec::new(),
            orders: Vec::new(),
            amounts: Vec::new(),
            contested: false,
            voices: vec![VoicedStatus { voice: None, status, certainty: Certainty::Certain, evidence }],
            status,
            evidence,
            triggers: vec![trigger],
        };
        record.entities.push(Entity {
            id: entity,
            kind: EntityKind::Person,
            name: Some(who.to_owned()),
            key: None,
            place: None,
            links: Vec::new(),
            count: None,
            basis: None,
            mentions: Vec::new(),
        });
        record.events.push(event);
        record
    }

    fn rows(earlier: &Record, later: &Record) -> Vec<String> {
        let row = |row: Revised| format!("{:?} {} {}: {}", row.turn, row.what, row.who, row.changes.join("; "));
        revised(earlier, later).into_iter().map(row).collect()
    }

    #[test]
    fn the_same_event_in_other_words_is_no_other_event() {
        let planned = told("Mira Roe will meet him.", "Mira Roe", "meet", "meet", Status::Planned);
        let longer = "On Monday Mira Roe will meet the envoy of the northern islands in the old harbour.";
        let wider = told(
            longer,
            "Mira Roe",
            "meet",
            "meet the envoy of the northern islands in the old harbour",
            Status::Planned,
        );
        assert_eq!(rows(&planned, &wider), [""; 0]);
        let off = told(
            longer,
            "Mira Roe",
            "meet",
            "meet the envoy of the northern islands in the old harbour",
            Status::Cancelled,
        );
        assert_eq!(rows(&planned, &off), ["Changed meet Mira Roe: status: planned -> cancelled"]);
    }

    #[test]
    fn what_others_do_comes_and_goes() {
        let one = told("Mira Roe will meet him.", "Mira Roe", "meet", "meet", Status::Planned);
        let other = told(
            "Karel Dun will meet the whole board of the port.",
            "Karel Dun",
            "meet",
            "meet the whole board of the port",
            Status::Planned,
        );
        assert_eq!(rows(&one, &other), ["Came meet Karel Dun: ", "Went meet Mira Roe: "]);
        // The same words tell of somebody else now.
        let another = told("Karel Dun will meet him.", "Karel Dun", "meet", "meet", Status::Planned);
        assert_eq!(rows(&one, &another), ["Changed meet Karel Dun: who: Mira Roe -> Karel Dun"]);
    }
}
