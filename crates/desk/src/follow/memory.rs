//! What following remembers, as words under keys. A store keeps them beside its reports, so that both last together.

use jiff::Timestamp;
use reportedly::{Arrived, Link};
use reportedly_fetch::{Page, Request};
use serde::{Deserialize, Serialize};

/// Where following keeps what it knows, and puts what it finds.
pub trait Memory {
    /// Why it could not.
    type Error;

    /// Returns the words under a key.
    ///
    /// # Errors
    /// When the memory fails.
    fn recall(&mut self, key: &str) -> Result<Option<String>, Self::Error>;

    /// Puts words under a key. They last from the next `settle` on, like reports.
    ///
    /// # Errors
    /// When the memory fails.
    fn keep(&mut self, key: &str, words: &str) -> Result<(), Self::Error>;

    /// Takes a report in; `from` says where it was found. One that is known already changes nothing.
    ///
    /// # Errors
    /// When the memory fails.
    fn take(&mut self, from: &str, arrived: &Arrived) -> Result<(), Self::Error>;

    /// Makes all that was kept and taken last, all of it or nothing.
    ///
    /// # Errors
    /// When the memory fails.
    fn settle(&mut self) -> Result<(), Self::Error>;
}

/// What is known of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct State {
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
    /// When it is to be asked again.
    pub(crate) due: Option<Timestamp>,
    /// Until when it must not be.
    pub(crate) held: Option<Timestamp>,
    /// How often in a row there was no answer.
    pub(crate) failures: u32,
    /// The end of the silence that was told last.
    pub(crate) silent: Option<Timestamp>,
}

impl State {
    /// A request for a list, which need not come again if it is as it was.
    pub(crate) fn request(&self, url: &str) -> Request {
        Request { url: url.to_owned(), etag: self.etag.clone(), last_modified: self.last_modified.clone() }
    }

    /// Holds what tells whether a list has changed. One that was not read to its end must come whole the next time.
    pub(crate) fn hold(&mut self, page: Page, is_whole: bool) {
        let is_whole = is_whole && !page.is_cut;
        self.etag = page.etag.filter(|_| is_whole);
        self.last_modified = page.last_modified.filter(|_| is_whole);
    }

    pub(crate) fn recall<M: Memory>(memory: &mut M, feed: &str) -> Result<State, M::Error> {
        let words = memory.recall(&format!("feed {feed}"))?;
        // Words of another version are as good as none: the feed is read anew.
        Ok(words.and_then(|words| serde_json::from_str(&words).ok()).unwrap_or_default())
    }

    pub(crate) fn keep<M: Memory>(&self, memory: &mut M, feed: &str) -> Result<(), M::Error> {
        let words = serde_json::to_string(self).unwrap_or_default();
        memory.keep(&format!("feed {feed}"), &words)
    }
}

/// What is known of a page that a feed listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Seen {
    is_done: bool,
    pub(crate) tries: u32,
    /// When it was published and last changed, as the feed said then: another date is another revision.
    published: Option<String>,
    updated: Option<String>,
}

impl Seen {
    // A store that forgets a report forgets every key with its address.
    fn key(link: &Link) -> String {
        format!("seen {}", link.url)
    }

    pub(crate) fn recall<M: Memory>(memory: &mut M, link: &Link) -> Result<Seen, M::Error> {
        let words = memory.recall(&Seen::key(link))?;
        Ok(words.and_then(|words| serde_json::from_str(&words).ok()).unwrap_or_default())
    }

    pub(crate) fn is_done(&self, link: &Link) -> bool {
        self.is_done && self.published == link.published && self.updated == link.updated
    }

    pub(crate) fn settle(&mut self, link: &Link, is_done: bool) {
        self.is_done = is_done;
        self.published.clone_from(&link.published);
        self.updated.clone_from(&link.updated);
        if is_done {
            self.tries = 0;
        }
    }

    pub(crate) fn keep<M: Memory>(&self, memory: &mut M, link: &Link) -> Result<(), M::Error> {
        let words = serde_json::to_string(self).unwrap_or_default();
        memory.keep(&Seen::key(link), &words)
    }
}
