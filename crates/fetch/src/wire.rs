//! The wire: requests over the network, with every guard. Blocking, one at a time.

use std::io::{self, Read as _};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, config::Config, http};
use url::Url;

use crate::address::is_public;
use crate::{Error, Limits, Page, Reply, Request, Web};

/// Whose machines are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peers {
    /// Those of the public internet, at the ports of the web.
    Public,
    /// Those, and one more: for tests with a server of one's own that must not lead to any other.
    PublicAnd(SocketAddr),
    /// Any, at any port: for tests against a server of one's own.
    Any,
}

impl Peers {
    fn may_be_asked(self, address: SocketAddr) -> bool {
        match self {
            Peers::Public => is_public(address.ip()),
            Peers::PublicAnd(own) => is_public(address.ip()) || address == own,
            Peers::Any => true,
        }
    }

    /// Whether a port may be asked for; who stands behind it is known when the name is resolved.
    fn may_be_at(self, port: u16) -> bool {
        match self {
            Peers::Public => matches!(port, 80 | 443),
            Peers::PublicAnd(own) => matches!(port, 80 | 443) || port == own.port(),
            Peers::Any => true,
        }
    }
}

/// Requests over the network.
#[derive(Debug)]
pub struct Wire {
    agent: Agent,
    limits: Limits,
    peers: Peers,
}

impl Wire {
    /// A wire with limits.
    pub fn new(limits: &Limits, peers: Peers) -> Wire {
        let config = Agent::config_builder()
            // Redirects are followed here, so that each is checked like the first address.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // A proxy would resolve names itself.
            .proxy(None)
            .timeout_connect(Some(limits.connect))
            .timeout_resolve(Some(limits.connect))
            .max_response_header_size(limits.headers)
            .user_agent(concat!("reportedly/", env!("CARGO_PKG_VERSION")))
            .accept("text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.1")
            .accept_encoding("gzip")
            .build();
        let agent =
            Agent::with_parts(config, DefaultConnector::default(), Guarded { peers, own: DefaultResolver::default() });
        Wire { agent, limits: limits.clone(), peers }
    }

    /// Reads an address, and refuses what is none of the web.
    fn address(&self, url: &str) -> Result<Url, Error> {
        let fault = |fault| Error::Address { url: url.to_owned(), fault };
        let address = Url::parse(url).map_err(|_| fault("not an address"))?;
        if !matches!(address.scheme(), "http" | "https") {
            return Err(fault("only http and https are asked"));
        }
        if !address.username().is_empty() || address.password().is_some() {
            return Err(fault("an address with a user's name is not asked"));
        }
        if address.port().is_some_and(|port| !self.peers.may_be_at(port)) {
            return Err(fault("only the ports 80 and 443 are asked"));
        }
        match address.host_str() {
            Some(host) if !host.is_empty() => Ok(address),
            Some(_) | None => Err(fault("no host")),
        }
    }

    /// Asks once, without following.
    fn ask(&self, url: &Url, request: &Request, left: Duration) -> Result<http::Response<Body>, ureq::Error> {
        let mut asked = self.agent.get(url.as_str()).config().timeout_global(Some(left)).build();
        for (name, value) in [("if-none-match", &request.etag), ("if-modified-since", &request.last_modified)] {
            if let Some(value) = value {
                asked = asked.header(name, value.as_str());
            }
        }
        asked.call()
    }

    fn fault(&self, url: &str, error: ureq::Error) -> Error {
        let url = url.to_owned();
        match error {
            ureq::Error::Timeout(_) => Error::Slow { url, seconds: self.limits.time.as_secs() },
            ureq::Error::Io(error) => self.broken(url, error),
            ureq::Error::LargeResponseHeader(_, most) => {
                Error::TooLarge { url, fault: format!("headers of more than {most} bytes") }
            }
            ureq::Error::HostNotFound => Error::Broken { url, fault: "no such host".to_owned() },
            error => Error::Broken { url, fault: error.to_string() },
        }
    }

    fn broken(&self, url: String, error: io::Error) -> Error {
        if let Some(NotPublic { host }) = error.get_ref().and_then(|error| error.downcast_ref()) {
            return Error::Private { url, host: host.clone() };
        }
        let is_slow = error.kind() == io::ErrorKind::TimedOut
            || error
                .get_ref()
                .and_then(|error| error.downcast_ref())
                .is_some_and(|error| matches!(error, ureq::Error::Timeout(_)));
        match is_slow {
            true => Error::Slow { url, seconds: self.limits.time.as_secs() },
            false => Error::Broken { url, fault: error.to_string() },
        }
    }

    /// Reads the body of an answer and unpacks it, as far as the limit.
    fn page(&self, url: &Url, answer: http::Response<Body>) -> Result<Page, Error> {
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (content_type, etag, last_modified) = (header("content-type"), header("etag"), header("last-modified"));
        let coding = header("content-encoding");
        let most = self.limits.body;
        let declared: Option<u64> = header("content-length").and_then(|length| length.parse().ok());
        let mut bytes = Vec::new();
        let read = answer.into_body().into_reader().take(most as u64 + 1).read_to_end(&mut bytes);
        // What is wrong with a length that nobody can mean is not that the body ends before it.
        let is_endless = declared.is_some_and(|length| length > most as u64);
        read.map_err(|error| match is_endless {
            true => Error::TooLarge { url: url.to_string(), fault: format!("a body of more than {most} bytes") },
            false => self.broken(url.to_string(), error),
        })?;
        let limits = reportedly_intake::Limits { ratio: self.limits.ratio, markup: most, ..Default::default() };
        let (bytes, is_cut) = reportedly_intake::decoded_head(url.as_str(), coding.as_deref(), bytes, &limits)
            .map_err(|error| {
                let is_limit = error.is_limit();
                let says = error.to_string();
                let named = format!("`{url}`");
                let fault = says.strip_prefix(&named).unwrap_or(&says).trim_start_matches([':', ' ']).to_owned();
                match is_limit {
                    true => Error::TooLarge { url: url.to_string(), fault },
                    false => Error::Broken { url: url.to_string(), fault },
                }
            })?;
        Ok(Page { url: url.to_string(), content_type, bytes, is_cut, etag, last_modified, fetched: Timestamp::now() })
    }
}

impl Web for Wire {
    fn get(&mut self, request: &Request) -> Result<Reply, Error> {
        let until = Instant::now() + self.limits.time;
        let mut url = self.address(&request.url)?;
        for _ in 0..=self.limits.redirects {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Error::Slow { url: request.url.clone(), seconds: self.limits.time.as_secs() });
            }
            let answer = self.ask(&url, request, left).map_err(|error| self.fault(url.as_str(), error))?;
            let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
            match answer.status().as_u16() {
                200..=299 => return self.page(&url, answer).map(Reply::Page),
                304 => return Ok(Reply::Unchanged),
                status @ (429 | 503) => {
                    let after = header("retry-after").and_then(|after| retry_after(after, Timestamp::now()));
                    return Ok(Reply::Later { status, after });
                }
                status @ (301 | 302 | 303 | 307 | 308) => {
                    let Some(next) = header("location").and_then(|location| url.join(location).ok()) else {
                        return Ok(Reply::Status(status));
                    };
                    url = self.address(next.as_str())?;
                }
                status => return Ok(Reply::Status(status)),
            }
        }
        Err(Error::Redirects { url: request.url.clone(), most: self.limits.redirects })
    }
}

/// Reads a header `Retry-After`: seconds, or a date.
fn retry_after(header: &str, now: Timestamp) -> Option<Duration> {
    let header = header.trim();
    if let Ok(seconds) = header.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(header).ok()?.timestamp();
    let wait: SignedDuration = now.duration_until(date);
    Some(Duration::try_from(wait).unwrap_or_default())
}

/// A resolver that hands back only addresses that may be asked; the connection is made to one of these and no other.
#[derive(Debug)]
struct Guarded {
    peers: Peers,
    own: DefaultResolver,
}

/// What stands in an I/O error when a name leads nowhere public.
#[derive(Debug, thiserror::Error)]
#[error("{host} is not at a public address")]
struct NotPublic {
    host: String,
}

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.own.resolve(uri, config, timeout)?;
        let mut checked = self.empty();
        found.iter().filter(|address| self.peers.may_be_asked(**address)).for_each(|address| checked.push(*address));
        if checked.is_empty() {
            let host = uri.host().unwrap_or_default().to_owned();
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, NotPublic { host }).into());
        }
        Ok(checked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_asked() {
        let mut wire = Wire::new(&Limits::default(), Peers::Public);
        let mut check = |url: &str, expected: &str| {
            let error = wire.get(&Request::of(url)).expect_err("refused");
            assert_eq!(error.to_string(), format!("{url}: {expected}"));
            assert!(error.is_lasting());
        };
        check("ftp://echo.example/", "only http and https are asked");
        check("file:///etc/passwd", "only http and https are asked");
        check("http://echo.example:22/", "only the ports 80 and 443 are asked");
        check("http://roe@echo.example/", "an address with a user's name is not asked");
        check("echo", "not an address");
        check("http://127.0.0.1/", "127.0.0.1 is not at a public address");
        check("http://[::ffff:a9fe:a9fe]/", "[::ffff:a9fe:a9fe] is not at a public address");
        check("http://localhost/", "localhost is not at a public address");
        let error = wire.get(&Request::of("http://0x7f.1/")).expect_err("refused");
        assert!(matches!(error, Error::Private { .. }), "{error}");
    }

    #[test]
    fn how_long_to_wait_is_read_in_both_forms() {
        let now: Timestamp = "2025-11-14T20:00:00Z".parse().expect("an instant");
        let check = |header: &str, expected: Option<u64>| {
            assert_eq!(retry_after(header, now), expected.map(Duration::from_secs), "{header}");
        };
        check("120", Some(120));
        check(" Fri, 14 Nov 2025 20:01:00 GMT", Some(60));
        check("Fri, 14 Nov 2025 19:00:00 GMT", Some(0));
        check("soon", None);
    }
}
