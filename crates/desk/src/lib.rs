//! The desk: taking reports in, following feeds, correcting what was read, and comparing revisions, over a store. Commands and a server share it.

#![forbid(unsafe_code)]

mod correct;
#[cfg(feature = "fetch")]
pub mod follow;
mod ingest;
mod revised;

pub use correct::{fix_date, fix_merge, fix_note, fix_reject, fix_speaker, fix_split, fix_status};
pub use ingest::{Acknowledged, Intake, Known, Prepared, prepare, prepare_only_text, reread};
pub use reportedly_store as store;
pub use revised::{Revised, Turn, revised};
