//! Who is who: the names, descriptions and pronouns of a report, and which of them are one and the same.
//!
//! Names are read off the scores, descriptions and pronouns off the trees. Names are compared by their words; what grammar,
//! quotation marks and a small trained scorer of pairs say then joins the rest, wherever nothing speaks against it.

mod alike;
mod bar;
mod bearer;
mod brand;
mod by_name;
mod called;
mod chosen;
mod cluster;
mod context;
mod contrary;
mod glued;
mod join;
mod kinds;
mod lexicon;
mod link;
mod names;
mod pair;
mod phrase;
mod pronoun;
mod roster;
mod seen;
mod stand;
mod tidy;
mod told;
mod tree;
mod who;

pub use bearer::goes_by;
pub use names::{apart, mentions};
pub use pair::{FEATURES, Pairs};
pub use pronoun::{PRONOUN_FEATURES, Pronouns};
pub use roster::{Roster, RosterError};
pub use seen::{Lines, Sighted, sighted};
pub use who::{Asked, Who, asked, who};
