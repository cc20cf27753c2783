//! Who takes part in an event, where and when, against annotated events: only of those that are found.

use serde::Deserialize;

use super::events::touch;
use crate::forms::Stretch;
use crate::predict::events::Event;
use crate::score::{Figure, Tally, share};

/// What annotators say takes part: words for each, given once or in a list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Roles {
    agent: Vec<Stretch>,
    target: Vec<Stretch>,
    party: Vec<Stretch>,
    place: OneOrMore,
    time: OneOrMore,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(Stretch),
    More(Vec<Stretch>),
}

impl Default for OneOrMore {
    fn default() -> OneOrMore {
        OneOrMore::More(Vec::new())
    }
}

impl OneOrMore {
    fn all(&self) -> &[Stretch] {
        match self {
            OneOrMore::One(one) => std::slice::from_ref(one),
            OneOrMore::More(more) => more,
        }
    }
}

impl Roles {
    pub(super) fn places(&self) -> &[Stretch] {
        self.place.all()
    }

    pub(super) fn times(&self) -> &[Stretch] {
        self.time.all()
    }

    /// Who does it, to whom, together with whom.
    pub(super) fn sides(&self) -> [&[Stretch]; 3] {
        [&self.agent, &self.target, &self.party]
    }
}

/// Counts of what is right.
#[derive(Default)]
pub(super) struct Count {
    events: usize,
    // Events that were given a place (a time) where annotators give none.
    unfounded: [usize; 2],
    circumstances: [Tally; 2],
    agent: Tally,
    target: Tally,
    party: Tally,
}

/// Our roles of those to whom it is done: annotators have one for all of them.
pub(super) const DONE_TO: [&str; 5] = ["target", "victim", "object", "recipient", "addressee"];

impl Count {
    /// Counts an event that was found.
    pub(super) fn add(&mut self, gold: &Roles, found: &Event) {
        self.events += 1;
        for (at, (wanted, given)) in [(&gold.place, &found.places), (&gold.time, &found.times)].into_iter().enumerate()
        {
            let wanted = wanted.all();
            let is_right = given.iter().any(|g| wanted.iter().any(|w| touch(*g, *w)));
            self.unfounded[at] += usize::from(wanted.is_empty() && !given.is_empty());
            let some = |of: &[Stretch]| usize::from(!of.is_empty());
            self.circumstances[at].add(usize::from(is_right), some(given), some(wanted));
        }
        let roles: [(&mut Tally, &[Stretch], &[&str]); 3] = [
            (&mut self.agent, &gold.agent, &["agent"]),
            (&mut self.target, &gold.target, &DONE_TO),
            (&mut self.party, &gold.party, &["party"]),
        ];
        for (tally, wanted, names) in roles {
            let given: Vec<&[Stretch]> =
                found.participants.iter().filter(|p| names.contains(&p.role.as_str())).map(|p| &*p.words).collect();
            let touched = |words: &[Stretch], of: Stretch| words.iter().any(|w| touch(*w, of));
            let right = given.iter().filter(|words| wanted.iter().any(|w| touched(words, *w))).count();
            let seen = wanted.iter().filter(|w| given.iter().any(|words| touched(words, **w))).count();
            tally.predicted += given.len();
            tally.right += right;
            tally.gold += wanted.len();
            tally.found += seen;
        }
    }

    /// Of places and times; of the roles too where they are annotated.
    pub(super) fn figures(&self, part: &str, with_roles: bool) -> Vec<Figure> {
        let mut figures = Vec::new();
        for (at, name) in ["place", "time"].into_iter().enumerate() {
            figures.push(Figure::new(
                format!("events.{name}.founded.{part}"),
                1.0 - share(self.unfounded[at], self.events),
            ));
            figures.push(Figure::new(format!("events.{name}.f1.{part}"), self.circumstances[at].f1()));
        }
        for (tally, name) in [(self.agent, "agent"), (self.target, "target"), (self.party, "party")] {
            figures.extend(with_roles.then(|| Figure::new(format!("events.role.{name}.{part}"), tally.f1())));
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
    fn a_place_that_nobody_states_counts_against_us() {
        let gold = |line: &str| serde_json::from_str::<Roles>(line).expect("roles are read");
        let part = |role: &str, words: Stretch| Part { role: role.to_owned(), words: vec![words] };
        let found = Event {
            kind: "attack".to_owned(),
            status: Status::Happened,
            triggers: vec![[5, 9]],
            participants: vec![part("agent", [0, 4]), part("victim", [10, 14])],
            places: vec![[20, 24]],
            times: vec![],
        };
        let mut count = Count::default();
        count.add(&gold(r#"{"agent": [[0, 4]], "target": [[30, 34]], "time": [40, 44]}"#), &found);
        count.add(&gold(r#"{"target": [[12, 14]], "place": [[18, 22]]}"#), &found);
        let figures = count.figures("x", true);
        let value = |name: &str| figures.iter().find(|f| f.name == name).map(|f| f.value.round());
        assert_eq!(value("events.place.founded.x"), Some(50.0));
        assert_eq!(value("events.time.founded.x"), Some(100.0));
        assert_eq!(value("events.place.f1.x"), Some(67.0));
        assert_eq!(value("events.role.agent.x"), Some(67.0));
        assert_eq!(value("events.role.target.x"), Some(50.0));
    }
}
