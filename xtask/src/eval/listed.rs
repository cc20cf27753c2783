//! The events that a record lists, as a reader meets them, against what is annotated there: is it an event, of that type and
//! status, and is all that is stated of it so?

use std::collections::BTreeMap;

use reportedly_event::Codebook;

use reportedly::record::Status;

use super::events::{Marked, MarkedEvent, touch};
use super::roles::DONE_TO;
use crate::forms::Stretch;
use crate::predict::events::{Event, Events};
use crate::score::{Figure, Tally, share};

/// Counts of what a record lists where a text is annotated.
#[derive(Default)]
pub(super) struct Listed {
    // What is right of how many, by what is asked.
    counts: BTreeMap<&'static str, [usize; 2]>,
    roles: BTreeMap<&'static str, Tally>,
}

impl Listed {
    /// Counts the events of a text.
    pub(super) fn add(&mut self, gold: &Marked, found: &Events) {
        let inside = |words: &&Stretch| words[0] >= gold.from && gold.until.is_none_or(|until| words[0] < until);
        for event in &found.events {
            let Some(first) = event.triggers.iter().find(inside) else { continue };
            let names =
                |marked: &&MarkedEvent| std::iter::once(&marked.trigger).chain(&marked.also).any(|t| touch(*t, *first));
            let marked = gold.events.iter().find(names);
            let is_right = marked.is_some_and(|marked| self.compare(marked, event));
            self.put("listed", marked.is_some());
            self.put("all", is_right);
        }
    }

    fn put(&mut self, name: &'static str, is_right: bool) -> bool {
        let [right, all] = self.counts.entry(name).or_default();
        *right += usize::from(is_right);
        *all += 1;
        is_right
    }

    /// Whether all that is stated of an event is so.
    fn compare(&mut self, marked: &MarkedEvent, event: &Event) -> bool {
        // Where it is not known nothing is stated.
        let is_told = self.put("told", event.status != Status::Unknown);
        let mut is_right = !is_told || self.put("status", marked.status.contains(&event.status));
        // The general type states nothing.
        if event.kind != "event" {
            let coarse = Codebook::built_in().find(&event.kind).map_or("", |kind| kind.coarse);
            let general = matches!(marked.kind.as_str(), "OTHER" | "PLAN" | "STATE_TOPIC");
            is_right &= self.put("type", coarse == marked.kind || general && coarse == "OTHER");
        }
        let circumstances =
            [("place", marked.roles.places(), &event.places), ("time", marked.roles.times(), &event.times)];
        for (name, wanted, given) in circumstances {
            if !given.is_empty() {
                is_right &= self.put(name, given.iter().any(|g| wanted.iter().any(|w| touch(*g, *w))));
            }
        }
        let [agent, target, party] = marked.roles.sides();
        // Of those who meet one may be marked as the one who does it.
        let mutual = [agent, target, party].concat();
        for (name, wanted, roles) in
            [("agent", agent, &["agent"][..]), ("target", target, &DONE_TO), ("party", &mutual, &["party"])]
        {
            let given = event.participants.iter().filter(|p| roles.contains(&p.role.as_str()));
            let touched = |words: &[Stretch], of: &Stretch| words.iter().any(|w| touch(*w, *of));
            let given: Vec<&[Stretch]> = given.map(|p| &*p.words).collect();
            let right = given.iter().filter(|words| wanted.iter().any(|w| touched(words, w))).count();
            let sought = if name == "party" { party } else { wanted };
            let seen = sought.iter().filter(|w| given.iter().any(|words| touched(words, w))).count();
            is_right &= right == given.len();
            let tally = self.roles.entry(name).or_default();
            tally.predicted += given.len();
            tally.right += right;
            tally.gold += sought.len();
            tally.found += seen;
        }
        is_right
    }

    /// Share right of each; of roles precision and recall.
    pub(super) fn figures(&self, part: &str) -> Vec<Figure> {
        let mut figures: Vec<Figure> = self
            .counts
            .iter()
            .map(|(name, [right, all])| {
                Figure::new(
                    format!("events.listed.{}.{part}", if *name == "listed" { "is" } else { name }),
                    share(*right, *all),
                )
            })
            .collect();
        for (name, tally) in &self.roles {
            figures.push(Figure::new(format!("events.listed.{name}.{part}"), share(tally.right, tally.predicted)));
            figures.push(Figure::new(format!("events.listed.{name}.recall.{part}"), share(tally.found, tally.gold)));
        }
        figures
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::predict::events::Part;
    use reportedly::record::Status;

    #[test]
    fn one_wrong_fact_makes_a_listed_event_wrong() {
        let gold = r#"{"set": "x", "id": "1", "until": 60, "events": [
            {"trigger": [5, 9], "type": "MEET", "status": ["happened"], "agent": [[0, 4]], "target": [[10, 14]]},
            {"trigger": [25, 29], "type": "OTHER", "status": ["planned"], "target": [[30, 34]]}]}"#;
        let gold: Marked = serde_json::from_str(gold).expect("gold is read");
        let event = |kind: &str, status: Status, trigger: Stretch, role: &str, words: Stretch| Event {
            kind: kind.to_owned(),
            status,
            triggers: vec![trigger],
            participants: vec![Part { role: role.to_owned(), words: vec![words] }],
            places: vec![],
            times: vec![],
        };
        let events = vec![
            // Of those who meet one may be marked as the one who does it.
            event("meet", Status::Happened, [5, 9], "party", [0, 4]),
            // The general type states nothing; it is done to somebody else.
            event("event", Status::Planned, [25, 29], "victim", [40, 44]),
            // Nothing is marked there.
            event("attack", Status::Happened, [50, 54], "agent", [40, 44]),
            // Behind what is annotated.
            event("attack", Status::Happened, [70, 74], "agent", [60, 64]),
        ];
        let mut listed = Listed::default();
        listed.add(&gold, &Events { id: "1".to_owned(), events });
        let figures = listed.figures("x");
        let value =
            |name: &str| figures.iter().find(|f| f.name == format!("events.listed.{name}.x")).map(|f| f.value.round());
        assert_eq!(value("is"), Some(67.0));
        assert_eq!(value("all"), Some(33.0));
        assert_eq!(value("status"), Some(100.0));
        assert_eq!(value("type"), Some(100.0));
        assert_eq!(value("party"), Some(100.0));
        assert_eq!(value("target"), Some(0.0));
        assert_eq!(value("target.recall"), Some(0.0));
    }
}
