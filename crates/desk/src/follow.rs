//! Following: feeds are asked again and again, each at its own pace, and what they lead to is taken in. What is remembered is
//! enough to go on after a stop at any moment; nothing is asked more often than it should be.

mod ledger;
mod memory;
mod pace;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, Zoned};
use reportedly::{Answer, Arrival, Given, IntakeError, Limits, Link, Outlets, To, answered};
use reportedly_fetch::{Clock, Error as FetchError, Page, Reply, Request, Web};
use reportedly_when::{Silences, Window, profile};

pub use crate::follow::ledger::Ledger;
pub use crate::follow::memory::Memory;
use crate::follow::memory::{Seen, State};
pub use crate::follow::pace::Pace;

/// Something to tell whoever watches.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A feed was read.
    Polled {
        /// The feed.
        feed: String,
        /// Reports that it or its pages had, known ones among them.
        reports: u64,
        /// Links that are left for the next time.
        left: u64,
    },
    /// A feed is as it was.
    Unchanged {
        /// The feed.
        feed: String,
    },
    /// An outlet publishes nothing now, and that is known beforehand.
    Silent {
        /// The feed.
        feed: String,
        /// The outlet.
        outlet: String,
        /// Until when.
        until: Zoned,
        /// The rule that it follows from.
        rule: String,
    },
    /// A feed is not asked for a while.
    Held {
        /// The feed.
        feed: String,
        /// Until when.
        until: Timestamp,
        /// Why.
        why: String,
    },
    /// Something could not be read; the rest was.
    Failed {
        /// What, and what is wrong with it.
        says: String,
        /// It is more than the limits allow.
        is_limit: bool,
    },
}

/// Links of one feed that are asked at one time; more are left for the next. A host that is asked every two seconds takes
/// seven minutes for them.
const LINKS: usize = 200;

/// Lists that a list can lead to: a sitemap of sitemaps has up to some dozens that are new.
const LISTS: usize = 50;

/// How often a page that cannot be had is tried.
const TRIES: u32 = 5;

/// Follows feeds.
pub struct Follower<'a, W, C> {
    web: W,
    clock: C,
    outlets: &'a Outlets,
    pace: Pace,
    given: Given,
    limits: Limits,
}

/// What became of reading a list.
#[derive(Default)]
struct Read {
    reports: u64,
    left: u64,
}

impl<'a, W: Web, C: Clock> Follower<'a, W, C> {
    /// Follows over a web, by a clock, at a pace. `web` is expected to have manners.
    pub fn new(web: W, clock: C, outlets: &'a Outlets, pace: Pace, limits: &Limits) -> Follower<'a, W, C> {
        Follower { web, clock, outlets, pace, given: Given::default(), limits: limits.clone() }
    }

    /// Follows with what is given of every report beforehand.
    #[must_use]
    pub fn with_given(self, given: &Given) -> Follower<'a, W, C> {
        Follower { given: given.clone(), ..self }
    }

    /// Follows until its clock says that it is over.
    ///
    /// # Errors
    /// When the memory fails.
    pub fn follow<M: Memory>(
        &mut self,
        feeds: &[String],
        memory: &mut M,
        tell: &mut dyn FnMut(Event),
    ) -> Result<(), M::Error> {
        while let Some(due) = self.round(feeds, memory, false, tell)? {
            self.clock.wait_until(due);
        }
        Ok(())
    }

    /// Asks the feeds that are due, or all that are not held back; returns when the next one is due, if there is any and it is
    /// not over.
    ///
    /// # Errors
    /// When the memory fails.
    pub fn round<M: Memory>(
        &mut self,
        feeds: &[String],
        memory: &mut M,
        is_all: bool,
        tell: &mut dyn FnMut(Event),
    ) -> Result<Option<Timestamp>, M::Error> {
        let mut next = None::<Timestamp>;
        for feed in feeds {
            if self.clock.is_over() {
                break;
            }
            let state = State::recall(memory, feed)?;
            let now = self.clock.now();
            let waits = if is_all { state.held } else { state.held.max(state.due) };
            let due = match waits.filter(|waits| *waits > now && self.pace.is_near(*waits, now)) {
                Some(waits) => {
                    // Whoever asks for all of them is told why one is left out.
                    if is_all {
                        let why = match state.failures {
                            0 | 1 => "no answer the last time".to_owned(),
                            failures => format!("no answer the last {failures} times"),
                        };
                        tell(Event::Held { feed: feed.clone(), until: waits, why });
                    }
                    waits
                }
                None => self.poll(feed, state, memory, tell)?,
            };
            next = Some(next.map_or(due, |next| next.min(due)));
        }
        Ok(next.filter(|_| !self.clock.is_over()))
    }

    /// Asks for what is at an address; nothing when it is over, also while its turn is waited for.
    fn get(&mut self, request: &Request) -> Option<Result<Reply, FetchError>> {
        if self.clock.is_over() {
            return None;
        }
        let reply = self.web.get(request);
        Some(reply).filter(|reply| !matches!(reply, Err(FetchError::Stopped { .. })))
    }

    /// Asks a feed; returns when it is due again.
    fn poll<M: Memory>(
        &mut self,
        feed: &str,
        mut state: State,
        memory: &mut M,
        tell: &mut dyn FnMut(Event),
    ) -> Result<Timestamp, M::Error> {
        let now = self.clock.now();
        let silence = silence(self.outlets, feed, now);
        if let Some((outlet, window)) = &silence {
            let until = window.to.timestamp();
            if state.silent != Some(until) {
                state.silent = Some(until);
                let (outlet, until, rule) = (outlet.clone(), window.to.clone(), window.rule.clone());
                tell(Event::Silent { feed: feed.to_owned(), outlet, until, rule });
            }
        }
        // What was not asked is as due as it was.
        let Some(reply) = self.get(&state.request(feed)) else { return Ok(now) };
        let trouble = match reply {
            Ok(Reply::Page(page)) => {
                let page = self.dated(page);
                let mut read = Read::default();
                self.list(feed, &page, 0, memory, tell, &mut read)?;
                state.hold(page, read.left == 0);
                tell(Event::Polled { feed: feed.to_owned(), reports: read.reports, left: read.left });
                None
            }
            Ok(Reply::Unchanged) => {
                tell(Event::Unchanged { feed: feed.to_owned() });
                None
            }
            Ok(Reply::Later { status, after }) => Some((format!("the server answers {status}"), after)),
            Ok(Reply::Status(status)) => Some((format!("the server answers {status}"), None)),
            Err(error) => {
                let says = error.to_string();
                let why = says.strip_prefix(&format!("{feed}: ")).unwrap_or(&says).to_owned();
                Some((why, None))
            }
        };
        let now = self.clock.now();
        state.failures = if trouble.is_some() { state.failures.saturating_add(1) } else { 0 };
        state.held = None;
        let until = silence.map(|(_, window)| window.to.timestamp());
        let due = self.pace.due(feed, now, until);
        state.due = Some(due);
        if let Some((why, after)) = trouble {
            let after = after.and_then(|after| SignedDuration::try_from(after).ok());
            let held = self.pace.held(feed, now, state.failures, after);
            state.held = Some(held);
            tell(Event::Held { feed: feed.to_owned(), until: held, why });
        }
        state.keep(memory, feed)?;
        memory.settle()?;
        Ok(state.held.unwrap_or(due))
    }

    /// A page that was fetched no earlier than our clock says, which the machine's can be behind.
    fn dated(&self, page: Page) -> Page {
        Page { fetched: page.fetched.max(self.clock.now()), ..page }
    }

    /// Takes in what a feed or another list holds, and what it leads to.
    fn list<M: Memory>(
        &mut self,
        name: &str,
        page: &Page,
        depth: usize,
        memory: &mut M,
        tell: &mut dyn FnMut(Event),
        read: &mut Read,
    ) -> Result<(), M::Error> {
        let (mut links, mut lists): (Vec<Link>, Vec<Link>) = (Vec::new(), Vec::new());
        let limits = Limits { now: Some(page.fetched), ..self.limits.clone() };
        for arrival in answered(&answer(name, page), &self.given, &limits) {
            match arrival {
                Ok(Arrival::Report(arrived)) => {
                    read.reports += 1;
                    memory.take(name, &arrived)?;
                }
                Ok(Arrival::Link(link)) => match link.to {
                    To::Page if Seen::recall(memory, &link)?.is_done(&link) => {}
                    To::Page if links.len() < LINKS => links.push(link),
                    To::Page => read.left += 1,
                    To::Feed | To::Sitemap if depth == 0 => lists.push(link),
                    To::Feed | To::Sitemap => {}
                },
                Ok(Arrival::Passed { .. }) => {}
                Err(error) => tell(failed(&error)),
            }
        }
        memory.settle()?;
        for link in links {
            self.page(&link, memory, tell, read)?;
        }
        // What changed last is most likely to have news.
        lists.sort_by(|one, other| other.updated.cmp(&one.updated));
        let mut seen = BTreeSet::new();
        lists.retain(|list| seen.insert(list.url.clone()));
        for Link { url, .. } in lists.into_iter().take(LISTS) {
            let mut state = State::recall(memory, &url)?;
            let Some(reply) = self.get(&state.request(&url)) else {
                read.left += 1;
                break;
            };
            match reply {
                Ok(Reply::Page(page)) => {
                    let page = self.dated(page);
                    let before = read.left;
                    self.list(&url, &page, depth + 1, memory, tell, read)?;
                    state.hold(page, read.left == before);
                    state.keep(memory, &url)?;
                    memory.settle()?;
                }
                Ok(Reply::Unchanged) => {}
                Ok(Reply::Later { .. }) => read.left += 1,
                Ok(Reply::Status(status)) => {
                    tell(Event::Failed { says: format!("{url}: the server answers {status}"), is_limit: false });
                }
                Err(error) => tell(unanswered(&error)),
            }
        }
        Ok(())
    }

    /// Takes in the page that a link leads to. Page and link are remembered together, or neither is.
    fn page<M: Memory>(
        &mut self,
        link: &Link,
        memory: &mut M,
        tell: &mut dyn FnMut(Event),
        read: &mut Read,
    ) -> Result<(), M::Error> {
        let mut seen = Seen::recall(memory, link)?;
        let Some(reply) = self.get(&Request::of(&link.url)) else {
            read.left += 1;
            return Ok(());
        };
        let fault = match reply {
            Ok(Reply::Page(page)) => {
                // The page is the report that was listed, wherever its server keeps it now.
                let page = Page { url: link.url.clone(), ..self.dated(page) };
                let limits = Limits { now: Some(page.fetched), ..self.limits.clone() };
                for arrival in answered(&answer(&link.url, &page), &self.given, &limits) {
                    match arrival {
                        Ok(Arrival::Report(mut arrived)) => {
                            read.reports += 1;
                            arrived.guid = arrived.guid.or_else(|| link.guid.clone());
                            memory.take(&link.url, &arrived)?;
                        }
                        Ok(Arrival::Link(_) | Arrival::Passed { .. }) => {}
                        Err(error) => tell(failed(&error)),
                    }
                }
                None
            }
            Ok(Reply::Unchanged) => None,
            Ok(Reply::Later { .. }) => {
                // Whoever asked us to wait is asked again when the feed is.
                read.left += 1;
                return Ok(());
            }
            Ok(Reply::Status(status)) => {
                let is_lasting = matches!(status, 401 | 402 | 403 | 404 | 410 | 451);
                let says = format!("{}: the server answers {status}", link.url);
                Some((Event::Failed { says, is_limit: false }, is_lasting))
            }
            Err(error) => Some((unanswered(&error), error.is_lasting())),
        };
        let is_done = match fault {
            None => true,
            Some((event, is_lasting)) => {
                tell(event);
                seen.tries += 1;
                is_lasting || seen.tries >= TRIES
            }
        };
        read.left += u64::from(!is_done);
        seen.settle(link, is_done);
        seen.keep(memory, link)?;
        memory.settle()
    }
}

fn answer<'a>(name: &'a str, page: &'a Page) -> Answer<'a> {
    Answer {
        name,
        url: &page.url,
        content_type: page.content_type.as_deref(),
        bytes: &page.bytes,
        is_cut: page.is_cut,
        fetched: Some(page.fetched),
    }
}

fn failed(error: &IntakeError) -> Event {
    Event::Failed { says: error.to_string(), is_limit: error.is_limit() }
}

fn unanswered(error: &FetchError) -> Event {
    Event::Failed { says: error.to_string(), is_limit: matches!(error, FetchError::TooLarge { .. }) }
}

/// The outlet of a feed and the window of its silence, when it is silent at an instant.
fn silence(outlets: &Outlets, feed: &str, now: Timestamp) -> Option<(String, Window)> {
    let outlet = outlets.by_domain(feed)?;
    match profile(outlet).ok()?.outlet.silences {
        Silences::Kept(calendar) => Some((outlet.name.clone(), calendar.window_at(now)?)),
        Silences::Unknown | Silences::Never | Silences::Untimed { .. } => None,
    }
}

/// Tells what is wrong with a feed's address, before anybody is asked.
///
/// # Errors
/// When no feed can be there.
pub fn check(feed: &str) -> Result<(), FetchError> {
    match feed.starts_with("http://") || feed.starts_with("https://") {
        true => Ok(()),
        false => Err(FetchError::Address { url: feed.to_owned(), fault: "only http and https are asked" }),
    }
}
