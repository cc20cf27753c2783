//! Kernels by their names, as flags give them.

use reportedly_model::Kernel;

use crate::error::{Error, Inner};

/// Finds a kernel of this processor by its name.
///
/// ```
/// assert_eq!(reportedly::kernel("portable").ok(), Some(reportedly::Kernel::PORTABLE));
/// ```
///
/// # Errors
///
/// When this processor has none of that name; the message lists those that it has.
pub fn kernel(name: &str) -> Result<Kernel, Error> {
    let available = Kernel::available();
    let found = available.iter().find(|kernel| kernel.name() == name);
    found.copied().ok_or_else(|| {
        let names: Vec<&str> = available.iter().map(|kernel| kernel.name()).collect();
        Inner::NoKernel { name: name.to_owned(), available: names.join(", ") }.into()
    })
}
