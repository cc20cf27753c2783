//! Why there is no answer, with the address that was asked.

/// Why there is no answer that could be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The address is none that is asked: another scheme, another port, a user name in it.
    #[error("{url}: {fault}")]
    Address {
        /// The address.
        url: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// The name leads to an address inside of somebody's network.
    #[error("{url}: {host} is not at a public address")]
    Private {
        /// The address.
        url: String,
        /// The host that it names.
        host: String,
    },
    /// Redirects have no end.
    #[error("{url}: redirected more than {most} times")]
    Redirects {
        /// The address that was asked first.
        url: String,
        /// How many redirects are followed.
        most: usize,
    },
    /// More than the limits allow.
    #[error("{url}: {fault}")]
    TooLarge {
        /// The address.
        url: String,
        /// More of what.
        fault: String,
    },
    /// The server took too long.
    #[error("{url}: no answer within {seconds} seconds")]
    Slow {
        /// The address.
        url: String,
        /// How long was waited.
        seconds: u64,
    },
    /// The host's robots rules do not allow it.
    #[error("{url}: the host's robots rules do not allow it")]
    Robots {
        /// The address.
        url: String,
    },
    /// Whoever asks was told to stop before it was this one's turn.
    #[error("{url}: not asked any more")]
    Stopped {
        /// The address.
        url: String,
    },
    /// No connection, or an answer that is none.
    #[error("{url}: {fault}")]
    Broken {
        /// The address.
        url: String,
        /// What happened.
        fault: String,
    },
}

impl Error {
    /// Tells whether asking again is in vain until something changes at the other end.
    pub fn is_lasting(&self) -> bool {
        match self {
            Error::Address { .. } | Error::Private { .. } | Error::Robots { .. } | Error::TooLarge { .. } => true,
            Error::Redirects { .. } | Error::Slow { .. } | Error::Stopped { .. } | Error::Broken { .. } => false,
        }
    }
}
