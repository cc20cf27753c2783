//! Who did not speak when asked: no answer, a refusal, "no comment", out of reach. They are different facts.

use reportedly_record::{NoResponse, Reading};

/// Finds the parties that gave no response.
pub fn no_responses(_reading: &Reading<'_>) -> Vec<NoResponse> {
    Vec::new()
}
