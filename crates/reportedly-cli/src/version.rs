//! What the program is: its version, its model, its arithmetic and the form of its records.

use std::io::{self, Write as _};

use reportedly::record::{FORMAT, Record};
use reportedly::{Engine, Kernel};

use crate::Ended;
use crate::read::unwritable;

/// Prints the version; with `verbose` also all that a record depends on beside its text.
pub(crate) fn version(verbose: bool) -> anyhow::Result<Ended> {
    let mut says = format!("reportedly {}\n", env!("CARGO_PKG_VERSION"));
    if verbose {
        let engine = Engine::load()?;
        let model = engine.model();
        let available: Vec<&str> = Kernel::available().into_iter().map(Kernel::name).collect();
        says += &format!("record     {FORMAT}\n");
        says += &format!("model      {} {}\n", model.name(), model.digest());
        says += &format!("kernel     {}\n", model.kernel().name());
        says += &format!("available  {}\n", available.join(", "));
    }
    print(&says)
}

/// Prints the JSON Schema of a record.
pub(crate) fn schema() -> anyhow::Result<Ended> {
    print(&format!("{:#}\n", Record::schema()))
}

fn print(says: &str) -> anyhow::Result<Ended> {
    let mut out = io::stdout().lock();
    out.write_all(says.as_bytes()).and_then(|()| out.flush()).map_err(unwritable)?;
    Ok(Ended::Whole)
}
