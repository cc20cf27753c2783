//! One SQLite file that holds every report with its revisions, every record, and the user's own corrections.
//!
//! One process writes and any number read. What the engine read is stored as it is; corrections come over it whenever a
//! record is read out, and derived tables are made from both. Killed at any moment, the file opens again with everything in
//! it that was committed.

#![forbid(unsafe_code)]

mod apply;
mod ask;
mod change;
mod derive;
mod error;
mod evidence;
mod export;
mod file;
mod fix;
mod fold;
mod forget;
mod lock;
mod pack;
mod put;
mod sentences;
mod shelf;
mod terms;
mod upkeep;

pub use apply::{Outcome, correct, days};
pub use ask::{About, Asked, CONTACTS, Contact, Found, Named, Said, Show};
pub use change::{Change, What};
pub use error::Error;
pub use evidence::{Evidence, Lost};
pub use file::{Store, Writer};
pub use fix::{Correction, Fix, Placement, fits};
pub use fold::{folded, key_for, key_of, name_words, text_words, word};
pub use pack::Packed;
pub use put::{Put, address, identity, maker};
pub use shelf::Revision;
pub use upkeep::{Rebuilt, Stats};
