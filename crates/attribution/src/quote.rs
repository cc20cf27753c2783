//! What stands between quotation marks, and whose words it is.

use reportedly_record::{Quote, Reading};

/// Finds every pair of quotation marks that holds words.
pub fn quotes(_reading: &Reading<'_>) -> Vec<Quote> {
    Vec::new()
}
