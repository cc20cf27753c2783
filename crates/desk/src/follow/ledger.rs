//! Following into a store: what is found is read and stored, and what is remembered lies beside it.

use reportedly::{Arrived, Desk, Engine};
use reportedly_store::Error;

use crate::follow::Memory;
use crate::{Acknowledged, Intake, Known, prepare, prepare_only_text};

/// Who hears of reports that are safe.
type Tell<'a> = Box<dyn FnMut(&[Acknowledged]) + 'a>;

/// A store as the memory of following.
pub struct Ledger<'a> {
    intake: Intake<'a>,
    engine: &'a Engine,
    known: &'a Known,
    desk: Desk,
    is_unread: bool,
    tell: Tell<'a>,
}

impl<'a> Ledger<'a> {
    /// Keeps what is found in a store, read by an engine or unread; `tell` hears of every report that is safe.
    pub fn new(
        intake: Intake<'a>,
        engine: &'a Engine,
        known: &'a Known,
        is_unread: bool,
        tell: impl FnMut(&[Acknowledged]) + 'a,
    ) -> Ledger<'a> {
        Ledger { intake, engine, known, desk: Desk::default(), is_unread, tell: Box::new(tell) }
    }
}

impl Memory for Ledger<'_> {
    type Error = Error;

    fn recall(&mut self, key: &str) -> Result<Option<String>, Error> {
        self.intake.writer().followed(key)
    }

    fn keep(&mut self, key: &str, words: &str) -> Result<(), Error> {
        self.intake.writer().follow(key, Some(words))
    }

    fn take(&mut self, from: &str, arrived: &Arrived) -> Result<(), Error> {
        let Arrived { report, fetched, .. } = arrived;
        let prepared = match self.is_unread {
            true => prepare_only_text(self.engine, self.known, report, *fetched)?,
            false => prepare(self.engine, &mut self.desk, self.known, report, *fetched)?,
        };
        let safe = self.intake.take(from, &prepared)?;
        (self.tell)(&safe);
        Ok(())
    }

    fn settle(&mut self) -> Result<(), Error> {
        let safe = self.intake.settle()?;
        (self.tell)(&safe);
        Ok(())
    }
}
