//! The names that a feed has given its entries so far.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Entries that are remembered: of a feed with more, later ones are not compared with each other.
const MOST: usize = 1_000_000;

/// Which entry bears a name, and where it leads. Both are kept as hashes.
#[derive(Default)]
pub(crate) struct Seen {
    names: HashMap<u64, (u64, u64)>,
}

/// What is known of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    New,
    /// The same entry bore it before.
    Same,
    /// Another entry bears it: its number.
    Another(u64),
}

impl Seen {
    /// Looks up a name and keeps it, with what it is the name of.
    pub(crate) fn see(&mut self, name: &str, number: u64, of: &str) -> Name {
        let (name, of) = (hash(name), hash(of));
        match self.names.get(&name) {
            Some((_, first)) if *first == of => Name::Same,
            Some((number, _)) => Name::Another(*number),
            None => {
                if self.names.len() < MOST {
                    self.names.insert(name, (number, of));
                }
                Name::New
            }
        }
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
