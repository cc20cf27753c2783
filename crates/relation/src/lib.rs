//! How the entities of a report stand to each other, always as somebody's statement.

use reportedly_record::{Designation, Label, Reading, Relation, Stance};

/// Finds how entities stand to each other.
pub fn relations(_reading: &Reading<'_>) -> Vec<Relation> {
    Vec::new()
}

/// Finds who formally designates whom as what.
pub fn designations(_reading: &Reading<'_>) -> Vec<Designation> {
    Vec::new()
}

/// Finds who is for or against what. Events are known by then.
pub fn stances(_reading: &Reading<'_>) -> Vec<Stance> {
    Vec::new()
}

/// Finds loaded words and whose words they are.
pub fn labels(_reading: &Reading<'_>) -> Vec<Label> {
    Vec::new()
}
