//! Who relays whom, and how many stand behind a claim.

use reportedly_record::{Chain, Reading, Tally};

/// Finds the relays of events and statements, outermost first.
pub fn chains(_reading: &Reading<'_>) -> Vec<Chain> {
    Vec::new()
}

/// Counts who stands behind what the report leads with, and behind other claims. Chains are known by then.
pub fn tallies(_reading: &Reading<'_>) -> Vec<Tally> {
    Vec::new()
}
