//! What is said to happen, to whom, and whether it did, in each voice that speaks of it.

use reportedly_model::Scores;
use reportedly_record::{Event, Note, Reading, State, Syntax};

/// What the heads say of the words of a section, kept until entities and times are known.
#[derive(Clone, Debug, Default)]
pub struct Sightings;

/// Takes from a section's scores what events are made of later.
pub fn sightings(_syntax: &Syntax, _scores: &Scores) -> Sightings {
    Sightings
}

/// Finds what is said to happen. `sightings` has one entry for each of the reading's sections.
pub fn events(_reading: &Reading<'_>, _sightings: &[Sightings], _notes: &mut Vec<Note>) -> Vec<Event> {
    Vec::new()
}

/// Finds what is said to stand. Events are known by then.
pub fn states(_reading: &Reading<'_>, _notes: &mut Vec<Note>) -> Vec<State> {
    Vec::new()
}
