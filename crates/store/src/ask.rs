//! Questions: find, who, pair, said. Each answers with rows that name their report and the words they rest on.

mod find;
mod names;
mod page;
mod pair;
mod said;
mod search;
mod who;

pub use find::{Asked, Found};
pub use page::About;
pub use pair::{CONTACTS, Contact};
pub use said::Said;
pub use who::Named;

/// Which rows of `pair` or `said` are wanted.
#[derive(Clone, Debug, Default)]
pub struct Show {
    /// Events of every kind, not contacts only.
    pub any: bool,
    /// Also revisions that no longer stand.
    pub superseded: bool,
    /// First and last second of publication.
    pub published: Option<(i64, i64)>,
    /// Rows at the most.
    pub most: usize,
}
