//! Who says so? Reads news reports and keeps a record of what each one states, in whose voice, and where in the text.
//!
//! ```
//! use reportedly::{Desk, Engine, Given};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let engine = Engine::load()?;
//! let report = reportedly::report_from_text("The port will reopen, two officials said.", &Given::default())?;
//! let record = engine.read(&report, &mut Desk::default());
//! for attribution in &record.attributions {
//!     println!("{:?} says {:?}", attribution.source, attribution.content);
//! }
//! # Ok(())
//! # }
//! ```

mod cast;
mod engine;
mod error;
mod kernel;
mod section;

pub use engine::{Desk, Engine};
pub use error::Error;
pub use kernel::kernel;
pub use reportedly_intake::{
    Answer, Arrival, Arrivals, Arrived, Error as IntakeError, Given, Limits, Link, Media, Meter, Raw, Rows, Source, To,
    Why, answered, arrivals, report_from_text, reports, sources,
};
pub use reportedly_mention::{Roster, RosterError};
pub use reportedly_model::Kernel;
pub use reportedly_record as record;
pub use reportedly_when::{Outlet, Outlets, OutletsError};
pub use section::{Section, sections, sections_of};
