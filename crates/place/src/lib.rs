//! Where the places of a report are: each place to an id of the gazetteer, or to none.

use reportedly_record::{Id, Located, Note, Reading};

/// Finds the places of entities on the map: an entity's id with its place, for those that are known.
pub fn places(_reading: &Reading<'_>, _notes: &mut Vec<Note>) -> Vec<(Id, Located)> {
    Vec::new()
}
