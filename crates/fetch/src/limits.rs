//! How much of anything a server may take of us.

use std::time::Duration;

/// Bounds on what a server can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one body, as it is sent and unpacked. Of a longer one, no more are taken.
    pub body: usize,
    /// How many times its size a packed body may unfold to.
    pub ratio: u64,
    /// Bytes of the headers of one answer.
    pub headers: usize,
    /// Redirects of one request.
    pub redirects: usize,
    /// Time of one request with all its redirects, to the last byte.
    pub time: Duration,
    /// Time until a connection stands.
    pub connect: Duration,
    /// Bytes of a host's robots rules that are read.
    pub robots: usize,
    /// Time between two requests to one host.
    pub interval: Duration,
    /// The longest time between two requests that a host's robots rules can ask for.
    pub delay: Duration,
    /// The pause of a host that asks for one and does not say for how long.
    pub pause: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            // As large as the largest page that intake reads.
            body: 16 << 20,
            ratio: 200,
            headers: 64 << 10,
            // Browsers follow 20; no outlet needs more than three.
            redirects: 5,
            time: Duration::from_secs(30),
            connect: Duration::from_secs(10),
            // RFC 9309 asks for 500 KiB at least.
            robots: 500 << 10,
            interval: Duration::from_secs(2),
            delay: Duration::from_secs(60),
            pause: Duration::from_secs(60),
        }
    }
}
