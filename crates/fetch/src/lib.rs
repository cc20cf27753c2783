//! Pages and feeds over HTTP, from outlets that are strangers: public addresses only, checked when a name is resolved and on
//! every redirect; bodies, redirects and time are bounded; robots rules are kept and no host is asked twice at once.
//!
//! Everything stands behind the trait [`Web`], so that whoever uses it can be tested without a network.

#![forbid(unsafe_code)]

mod address;
mod error;
mod limits;
mod manners;
mod wire;

use std::time::Duration;

use jiff::Timestamp;

pub use address::is_public;
pub use error::Error;
pub use limits::Limits;
pub use manners::{Clock, Manners, SystemClock};
pub use wire::{Peers, Wire};

/// What this program calls itself to servers, and in their robots rules.
pub const AGENT: &str = "reportedly";

/// Something that answers requests.
pub trait Web {
    /// Asks for what is at an address.
    ///
    /// # Errors
    /// When there is no answer that could be used. An answer that says no is a [`Reply`].
    fn get(&mut self, request: &Request) -> Result<Reply, Error>;
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The address.
    pub url: String,
    /// The tag that the server gave with the last answer.
    pub etag: Option<String>,
    /// When the server said that it was last changed, in the server's words.
    pub last_modified: Option<String>,
}

impl Request {
    /// A request for whatever is there.
    pub fn of(url: &str) -> Request {
        Request { url: url.to_owned(), ..Request::default() }
    }
}

/// A server's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It is there.
    Page(Page),
    /// It is as it was when it was last asked for.
    Unchanged,
    /// Too many requests, or the server is busy.
    Later {
        /// The status: 429 or 503.
        status: u16,
        /// How long to wait, where the server says so.
        after: Option<Duration>,
    },
    /// It is not there, or not for us.
    Status(u16),
}

/// What a server gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its address, after all redirects.
    pub url: String,
    /// The header `Content-Type`.
    pub content_type: Option<String>,
    /// The body, unpacked.
    pub bytes: Vec<u8>,
    /// The body goes on beyond the limit: these are its first bytes.
    pub is_cut: bool,
    /// Its tag.
    pub etag: Option<String>,
    /// When it was last changed, in the server's words.
    pub last_modified: Option<String>,
    /// When it was given.
    pub fetched: Timestamp,
}

impl<W: Web + ?Sized> Web for &mut W {
    fn get(&mut self, request: &Request) -> Result<Reply, Error> {
        (**self).get(request)
    }
}

impl<W: Web + ?Sized> Web for Box<W> {
    fn get(&mut self, request: &Request) -> Result<Reply, Error> {
        (**self).get(request)
    }
}
