//! What a time expression means, told by the clock of whoever wrote it: zone, desk and publication calendar.

#![forbid(unsafe_code)]

mod ahead;
mod class;
mod clock;
mod desk_note;
mod expression;
mod game;
mod hebrew;
mod holidays;
mod lex;
mod meaning;
mod order;
mod outlets;
mod point;
mod printed;
mod profile;
mod rate;
mod resolve;
mod rules;
mod sieve;
mod silence;
mod sun;
mod tense;
mod times;

pub use ahead::ahead;
pub use clock::clock;
pub use hebrew::{Festivals, HebrewDate, Holiday, Month, festival, holiday};
pub use outlets::{CalendarRule, Desk, Outlet, Outlets, OutletsError, SabbathRule};
pub use printed::printed;
pub use profile::{Newsroom, Profile, Silences, UnknownCity, profile};
pub use resolve::Tense;
pub use silence::{CANDLES, Calendar, NIGHTFALL, Observance, Window};
pub use sun::{Position, dusk, sunset};
pub use times::{Sought, Spoken, Thread, Writing, plain_times, times};
