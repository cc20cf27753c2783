//! Manners: robots rules, and time between two requests to one host.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use robotxt::Robots;
use url::{Origin, Url};

use crate::{AGENT, Error, Limits, Reply, Request, Web};

/// How long a host's robots rules are kept: RFC 9309 asks for a day at most.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// How long it is remembered that they could not be had.
const LOST: SignedDuration = SignedDuration::from_mins(30);

/// The longest pause that a host can ask for.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// Hosts that are remembered: a list of links to ever new hosts must not fill the memory.
const HOSTS: usize = 10_000;

/// What tells the time and waits.
pub trait Clock {
    /// Returns the present.
    fn now(&self) -> Timestamp;
    /// Waits until an instant, or until it is over.
    fn wait_until(&mut self, instant: Timestamp);
    /// Tells whether whoever goes by this clock should stop.
    fn is_over(&self) -> bool {
        false
    }
}

/// How long a clock sleeps before it looks whether it is over.
const NAP: Duration = Duration::from_millis(100);

/// The machine's clock.
#[derive(Clone, Debug, Default)]
pub struct SystemClock {
    /// How far it is put forward.
    ahead: SignedDuration,
    /// Set when it is over.
    over: Arc<AtomicBool>,
}

impl SystemClock {
    /// The machine's clock, put forward where it is behind an instant that has passed already.
    pub fn not_before(instant: Timestamp) -> SystemClock {
        SystemClock {
            ahead: Timestamp::now().duration_until(instant).max(SignedDuration::ZERO),
            ..SystemClock::default()
        }
    }

    /// The same clock, which is over once `over` is set.
    #[must_use]
    pub fn until(self, over: Arc<AtomicBool>) -> SystemClock {
        SystemClock { over, ..self }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now().saturating_add(self.ahead).unwrap_or(Timestamp::MAX)
    }

    fn wait_until(&mut self, instant: Timestamp) {
        // The clock may be set while we wait: no wait is longer than it was to be at first.
        let Ok(mut wait) = Duration::try_from(self.now().duration_until(instant)) else { return };
        while !wait.is_zero() && !self.is_over() {
            let nap = wait.min(NAP);
            thread::sleep(nap);
            wait -= nap;
        }
    }

    fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }
}

impl<C: Clock + ?Sized> Clock for &mut C {
    fn now(&self) -> Timestamp {
        (**self).now()
    }

    fn wait_until(&mut self, instant: Timestamp) {
        (**self).wait_until(instant);
    }

    fn is_over(&self) -> bool {
        (**self).is_over()
    }
}

/// A web that is asked with manners.
#[derive(Debug)]
pub struct Manners<W, C> {
    web: W,
    clock: C,
    limits: Limits,
    hosts: BTreeMap<String, Host>,
}

/// What is known of a host.
#[derive(Debug)]
struct Host {
    robots: Robots,
    /// Until when its rules are kept.
    until: Timestamp,
    /// When it can be asked next.
    next: Timestamp,
    /// It asked for a pause, with this status.
    pause: Option<(Timestamp, u16)>,
}

impl<W: Web, C: Clock> Manners<W, C> {
    /// Asks `web` with manners.
    pub fn new(web: W, clock: C, limits: &Limits) -> Manners<W, C> {
        Manners { web, clock, limits: limits.clone(), hosts: BTreeMap::new() }
    }

    /// Waits for a host's turn, asks it, and keeps what it said about later.
    fn in_turn(&mut self, key: &str, request: &Request) -> Result<Reply, Error> {
        let delay = |host: &Host, limits: &Limits| {
            let own = host.robots.crawl_delay().unwrap_or_default();
            SignedDuration::try_from(own.min(limits.delay).max(limits.interval)).unwrap_or(SignedDuration::MAX)
        };
        let now = self.clock.now();
        if let Some(host) = self.hosts.get_mut(key) {
            if let Some((until, status)) = host.pause {
                let wait = now.duration_until(until);
                // A clock that was set back must not make a pause of years.
                if (SignedDuration::from_secs(1)..=LONGEST).contains(&wait) {
                    return Ok(Reply::Later { status, after: Duration::try_from(wait).ok() });
                }
                host.pause = None;
            }
            // A clock that was set back must not make a wait of years.
            let wait = delay(host, &self.limits);
            let latest = now.saturating_add(wait).unwrap_or(Timestamp::MAX);
            if host.next > now {
                self.clock.wait_until(host.next.min(latest));
            }
        }
        if self.clock.is_over() {
            return Err(Error::Stopped { url: request.url.clone() });
        }
        let reply = self.web.get(request);
        let now = self.clock.now();
        if let Some(host) = self.hosts.get_mut(key) {
            host.next = now.saturating_add(delay(host, &self.limits)).unwrap_or(Timestamp::MAX);
            if let Ok(Reply::Later { status, after }) = &reply {
                let wish = SignedDuration::try_from(after.unwrap_or(self.limits.pause)).unwrap_or(LONGEST);
                let until = now.saturating_add(wish.min(LONGEST)).unwrap_or(Timestamp::MAX);
                host.pause = Some((until, *status));
            }
        }
        reply
    }

    /// Has a host's robots rules, from the host where they are not known.
    fn meet(&mut self, key: &str, url: &Url) -> Result<Option<Reply>, Error> {
        let now = self.clock.now();
        let is_known =
            |host: &Host| now < host.until && host.until <= now.saturating_add(KEPT).unwrap_or(Timestamp::MAX);
        if self.hosts.get(key).is_some_and(is_known) {
            return Ok(None);
        }
        if self.hosts.len() >= HOSTS {
            self.hosts.retain(|_, host| now < host.until);
            if self.hosts.len() >= HOSTS {
                self.hosts.pop_first();
            }
        }
        let new = Host { robots: Robots::allow_all(), until: now, next: now, pause: None };
        self.hosts.entry(key.to_owned()).or_insert(new);
        let Ok(place) = url.join("/robots.txt") else { return Ok(None) };
        let asked = self.in_turn(key, &Request::of(place.as_str()));
        let (robots, kept) = match asked {
            Ok(Reply::Page(page)) => {
                let rules = &page.bytes[..page.bytes.len().min(self.limits.robots)];
                (Robots::parse(rules, AGENT), KEPT)
            }
            // Without rules everything is allowed; where they cannot be had, nothing is, for a while.
            Ok(Reply::Status(status)) if status < 500 => (Robots::allow_all(), KEPT),
            Ok(Reply::Unchanged) => (Robots::allow_all(), KEPT),
            Ok(later @ Reply::Later { .. }) => return Ok(Some(later)),
            Ok(Reply::Status(_)) => (Robots::disallow_all(), LOST),
            Err(Error::Redirects { .. }) => (Robots::allow_all(), KEPT),
            // Rules that are no rules: a robots.txt of many megabytes.
            Err(Error::TooLarge { .. }) => (Robots::disallow_all(), LOST),
            Err(error) => return Err(error),
        };
        if let Some(host) = self.hosts.get_mut(key) {
            host.robots = robots;
            host.until = self.clock.now().saturating_add(kept).unwrap_or(Timestamp::MAX);
        }
        Ok(None)
    }
}

impl<W: Web, C: Clock> Web for Manners<W, C> {
    fn get(&mut self, request: &Request) -> Result<Reply, Error> {
        let fault = |fault| Error::Address { url: request.url.clone(), fault };
        let url = Url::parse(&request.url).map_err(|_| fault("not an address"))?;
        let Origin::Tuple(scheme, host, port) = url.origin() else {
            return Err(fault("only http and https are asked"));
        };
        let key = format!("{scheme}://{host}:{port}");
        if let Some(later) = self.meet(&key, &url)? {
            return Ok(later);
        }
        if self.hosts.get(&key).is_some_and(|host| !host.robots.is_url_allowed(&url)) {
            return Err(Error::Robots { url: request.url.clone() });
        }
        self.in_turn(&key, request)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use super::*;
    use crate::Page;

    /// A web of answers in order, with the seconds at which they were asked for.
    struct Told {
        replies: Vec<(&'static str, Result<Reply, Error>)>,
        asked: Vec<(i64, String)>,
        clock: Hand,
    }

    #[derive(Clone, Default)]
    struct Hand(Rc<Cell<i64>>);

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            Timestamp::from_second(self.0.get()).expect("a second")
        }

        fn wait_until(&mut self, instant: Timestamp) {
            self.0.set(self.0.get().max(instant.as_second()));
        }
    }

    impl Web for Told {
        fn get(&mut self, request: &Request) -> Result<Reply, Error> {
            self.asked.push((self.clock.0.get(), request.url.clone()));
            let told = self.replies.iter().find(|(url, _)| *url == request.url);
            told.map_or(Ok(Reply::Status(404)), |(_, reply)| reply.clone())
        }
    }

    fn page(text: &str) -> Result<Reply, Error> {
        Ok(Reply::Page(Page { bytes: text.as_bytes().to_vec(), ..Page::default() }))
    }

    /// Asks for addresses one after the other; returns what came, and what was asked of whom at which second.
    fn check(
        replies: Vec<(&'static str, Result<Reply, Error>)>,
        urls: &[&str],
        expected: &[&str],
        asked: &[(i64, &str)],
    ) {
        let clock = Hand::default();
        let mut web = Told { replies, asked: Vec::new(), clock: clock.clone() };
        let mut manners = Manners::new(&mut web, clock, &Limits::default());
        let found: Vec<String> = urls
            .iter()
            .map(|url| match manners.get(&Request::of(url)) {
                Ok(Reply::Page(_)) => "page".to_owned(),
                Ok(other) => format!("{other:?}"),
                Err(error) => error.to_string(),
            })
            .collect();
        assert_eq!(found, expected);
        let found: Vec<(i64, &str)> = web.asked.iter().map(|(at, url)| (*at, url.as_str())).collect();
        assert_eq!(found, asked);
    }

    #[test]
    fn rules_are_read_once_and_kept() {
        check(
            vec![
                (
                    "http://a.example/robots.txt",
                    page("User-agent: *\nDisallow: /\n\nUser-agent: reportedly\nDisallow: /private\nCrawl-delay: 7"),
                ),
                ("http://a.example/1", page("x")),
            ],
            &["http://a.example/1", "http://a.example/private/2", "http://a.example/1", "http://b.example/3"],
            &["page", "http://a.example/private/2: the host's robots rules do not allow it", "page", "Status(404)"],
            &[
                (0, "http://a.example/robots.txt"),
                (2, "http://a.example/1"),
                (9, "http://a.example/1"),
                (9, "http://b.example/robots.txt"),
                (11, "http://b.example/3"),
            ],
        );
    }

    #[test]
    fn rules_that_cannot_be_had_allow_nothing() {
        let lost = "http://a.example/1: the host's robots rules do not allow it";
        let robots = "http://a.example/robots.txt";
        check(vec![(robots, Ok(Reply::Status(500)))], &["http://a.example/1"; 2], &[lost; 2], &[(0, robots)]);
        let broken = Error::Broken { url: robots.to_owned(), fault: "no such host".to_owned() };
        let says = "http://a.example/robots.txt: no such host";
        check(vec![(robots, Err(broken))], &["http://a.example/1"], &[says], &[(0, robots)]);
    }

    #[test]
    fn a_pause_that_a_host_asks_for_is_kept() {
        let later = Reply::Later { status: 429, after: Some(Duration::from_secs(100)) };
        check(
            vec![("http://a.example/1", Ok(later))],
            &["http://a.example/1", "http://a.example/2", "http://b.example/3"],
            &["Later { status: 429, after: Some(100s) }", "Later { status: 429, after: Some(100s) }", "Status(404)"],
            &[
                (0, "http://a.example/robots.txt"),
                (2, "http://a.example/1"),
                (2, "http://b.example/robots.txt"),
                (4, "http://b.example/3"),
            ],
        );
        // One that does not say for how long is left alone for a minute; none for longer than a day.
        let busy = |after: Option<u64>| Ok(Reply::Later { status: 503, after: after.map(Duration::from_secs) });
        for (after, first, then) in [(None, "None", "Some(60s)"), (Some(9_000_000), "Some(9000000s)", "Some(86400s)")] {
            check(
                vec![("http://a.example/1", busy(after))],
                &["http://a.example/1", "http://a.example/1"],
                &[first, then]
                    .map(|after| format!("Later {{ status: 503, after: {after} }}"))
                    .each_ref()
                    .map(String::as_str),
                &[(0, "http://a.example/robots.txt"), (2, "http://a.example/1")],
            );
        }
    }

    #[test]
    fn a_clock_is_put_forward_and_never_back() {
        let day = SignedDuration::from_hours(24);
        let known = Timestamp::now().saturating_add(day).expect("an instant");
        let clock = SystemClock::not_before(known);
        assert!(clock.now() >= known && known.duration_until(clock.now()) < day);
        let past = known.saturating_sub(day * 3).expect("an instant");
        assert!(SystemClock::not_before(past).now() < known);
    }

    #[test]
    fn a_clock_that_is_set_back_holds_nobody_up() {
        let clock = Hand::default();
        clock.0.set(100_000_000);
        let later = Ok(Reply::Later { status: 429, after: Some(Duration::from_secs(600)) });
        let mut web = Told { replies: vec![("http://a.example/1", later)], asked: Vec::new(), clock: clock.clone() };
        let mut manners = Manners::new(&mut web, clock.clone(), &Limits::default());
        for _ in 0..2 {
            assert!(matches!(manners.get(&Request::of("http://a.example/1")), Ok(Reply::Later { .. })));
        }
        clock.0.set(1_000);
        assert!(matches!(manners.get(&Request::of("http://a.example/2")), Ok(Reply::Status(404))));
        assert!(clock.0.get() < 1_010, "{}", clock.0.get());
        let asked: Vec<&str> = web.asked.iter().map(|(_, url)| url.trim_start_matches("http://a.example/")).collect();
        assert_eq!(asked, ["robots.txt", "1", "robots.txt", "2"]);
    }
}
