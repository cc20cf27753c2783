use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use reportedly::Arrived;

use super::*;

const FEED: &str = "https://echo.example/feed";

#[derive(Clone)]
struct Hand(Rc<Cell<i64>>, Rc<Cell<bool>>);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.get()).expect("a second")
    }

    fn wait_until(&mut self, instant: Timestamp) {
        self.0.set(self.0.get().max(instant.as_second() + 1));
    }

    fn is_over(&self) -> bool {
        self.1.get()
    }
}

/// A web of answers that can be changed, and what was asked of it.
struct Told {
    replies: BTreeMap<String, Result<Reply, FetchError>>,
    asked: Vec<Request>,
    clock: Hand,
    /// How many are answered until it is over.
    answers: Option<usize>,
}

impl Told {
    fn put(&mut self, url: &str, kind: &str, text: &str) {
        let page = Page {
            url: url.to_owned(),
            content_type: Some(kind.to_owned()),
            bytes: text.as_bytes().to_vec(),
            is_cut: false,
            etag: Some(format!("{}", text.len())),
            last_modified: None,
            fetched: self.clock.now(),
        };
        self.replies.insert(url.to_owned(), Ok(Reply::Page(page)));
    }

    fn feed(&mut self, items: &str) {
        self.put(FEED, "application/rss+xml", &format!("<rss><channel>{items}</channel></rss>"));
    }

    fn page(&mut self, number: u32) {
        let text =
            format!("<html><body><article><p>The ministers met in London on Monday for round {number} of their talks.");
        self.put(&format!("https://echo.example/{number}"), "text/html", &text);
    }

    fn asked(&mut self) -> Vec<String> {
        self.asked.drain(..).map(|request| request.url.replace("https://echo.example/", "")).collect()
    }
}

impl Web for Told {
    fn get(&mut self, request: &Request) -> Result<Reply, FetchError> {
        self.asked.push(request.clone());
        self.clock.1.set(self.answers.is_some_and(|answers| self.asked.len() >= answers));
        match self.replies.get(&request.url) {
            Some(Ok(Reply::Page(page))) if request.etag.is_some() && request.etag == page.etag => Ok(Reply::Unchanged),
            Some(reply) => reply.clone(),
            None => Ok(Reply::Status(404)),
        }
    }
}

/// A memory that loses what is not settled, and can be made to fail.
#[derive(Clone, Default)]
struct Notebook {
    words: BTreeMap<String, String>,
    reports: BTreeMap<String, String>,
    open_words: Vec<(String, String)>,
    open_reports: Vec<(String, String)>,
    /// Settles until it fails.
    left: Option<u32>,
}

#[derive(Debug)]
struct Killed;

impl Memory for Notebook {
    type Error = Killed;

    fn recall(&mut self, key: &str) -> Result<Option<String>, Killed> {
        let open = self.open_words.iter().rev().find(|(own, _)| own == key).map(|(_, words)| words.clone());
        Ok(open.or_else(|| self.words.get(key).cloned()))
    }

    fn keep(&mut self, key: &str, words: &str) -> Result<(), Killed> {
        self.open_words.push((key.to_owned(), words.to_owned()));
        Ok(())
    }

    fn take(&mut self, _: &str, arrived: &Arrived) -> Result<(), Killed> {
        let url = arrived.report.url.clone().unwrap_or_default();
        self.open_reports.push((url, arrived.report.text.as_str().to_owned()));
        Ok(())
    }

    fn settle(&mut self) -> Result<(), Killed> {
        if let Some(left) = &mut self.left {
            *left = left.checked_sub(1).ok_or(Killed)?;
        }
        self.words.extend(self.open_words.drain(..));
        self.reports.extend(self.open_reports.drain(..));
        Ok(())
    }
}

impl Notebook {
    /// What is left when the program is killed.
    fn reopened(&self) -> Notebook {
        Notebook { words: self.words.clone(), reports: self.reports.clone(), ..Notebook::default() }
    }
}

fn start() -> (Told, Hand) {
    let clock = Hand(Rc::new(Cell::new(1_763_150_400)), Rc::default());
    (Told { replies: BTreeMap::new(), asked: Vec::new(), clock: clock.clone(), answers: None }, clock)
}

fn pace() -> Pace {
    Pace { every: SignedDuration::from_mins(5), seed: 7 }
}

fn round(told: &mut Told, clock: &Hand, notebook: &mut Notebook, is_all: bool) -> Result<Vec<Event>, Killed> {
    let mut events = Vec::new();
    let outlets = Outlets::built_in();
    let mut web = Follower::new(told, clock.clone(), outlets, pace(), &Limits::default());
    web.round(&[FEED.to_owned()], notebook, is_all, &mut |event| events.push(event))?;
    Ok(events)
}

fn item(number: u32, date: &str) -> String {
    format!("<item><link>https://echo.example/{number}</link><guid>{number}</guid><pubDate>{date}</pubDate></item>")
}

const FRIDAY: &str = "Fri, 14 Nov 2025 19:00:00 GMT";

#[test]
fn what_is_listed_is_taken_in_once_and_again_when_it_is_dated_anew() {
    let (mut told, clock) = start();
    let mut notebook = Notebook::default();
    told.feed(&format!("{}{}", item(1, FRIDAY), item(2, FRIDAY)));
    (1..=3).for_each(|number| told.page(number));
    round(&mut told, &clock, &mut notebook, false).expect("kept");
    assert_eq!(told.asked(), ["feed", "1", "2"]);
    assert_eq!(notebook.reports.len(), 2);
    // Nothing is due yet; then the feed is as it was; then it has a new item and a changed one.
    round(&mut told, &clock, &mut notebook, false).expect("kept");
    assert_eq!(told.asked(), [""; 0]);
    clock.0.set(clock.0.get() + 400);
    let events = round(&mut told, &clock, &mut notebook, false).expect("kept");
    assert_eq!(events, [Event::Unchanged { feed: FEED.to_owned() }]);
    assert_eq!(told.asked(), ["feed"]);
    told.feed(&format!("{}{}{}", item(1, FRIDAY), item(2, "Fri, 14 Nov 2025 19:30:00 GMT"), item(3, FRIDAY)));
    let events = round(&mut told, &clock, &mut notebook, true).expect("kept");
    assert_eq!(events, [Event::Polled { feed: FEED.to_owned(), reports: 2, left: 0 }]);
    assert_eq!(told.asked(), ["feed", "2", "3"]);
    assert_eq!(notebook.reports.len(), 3);
}

#[test]
fn a_feed_with_whole_reports_leads_nowhere() {
    let (mut told, clock) = start();
    let mut notebook = Notebook::default();
    let text = "<description>The port will reopen, she said.</description><content:encoded>The port will reopen, she said.</content:encoded>";
    told.feed(&format!("<item><link>https://echo.example/1</link>{text}</item>"));
    let events = round(&mut told, &clock, &mut notebook, false).expect("kept");
    assert_eq!(events, [Event::Polled { feed: FEED.to_owned(), reports: 1, left: 0 }]);
    assert_eq!(told.asked(), ["feed"]);
    assert_eq!(notebook.reports["https://echo.example/1"], "The port will reopen, she said.");
}

#[test]
fn killed_at_any_moment_it_goes_on_and_nothing_is_lost() {
    for left in 0..6 {
        let (mut told, clock) = start();
        told.feed(&format!("{}{}{}", item(1, FRIDAY), item(2, FRIDAY), item(3, FRIDAY)));
        (1..=3).for_each(|number| told.page(number));
        let mut notebook = Notebook { left: Some(left), ..Notebook::default() };
        let killed = round(&mut told, &clock, &mut notebook, false).is_err();
        assert_eq!(killed, left < 5, "{left}");
        let before = notebook.reports.len();
        assert_eq!(before as u32, left.saturating_sub(1).min(3));
        told.asked();
        let mut notebook = notebook.reopened();
        round(&mut told, &clock, &mut notebook, false).expect("kept");
        assert_eq!(notebook.reports.len(), 3, "{left}");
        // Pages that are safe are not asked for again.
        let again = if killed { 1 + 3 - before } else { 0 };
        assert_eq!(told.asked().len(), again, "{left}");
    }
}

#[test]
fn trouble_holds_a_feed_back_for_longer_each_time() {
    let (mut told, clock) = start();
    let mut notebook = Notebook::default();
    let wait = |told: &mut Told, notebook: &mut Notebook| {
        let before = clock.0.get();
        let events = round(told, &clock, notebook, true).expect("kept");
        match events.as_slice() {
            [Event::Held { until, why, .. }] => {
                clock.0.set(until.as_second() + 1);
                (until.as_second() - before, why.clone())
            }
            events => panic!("{events:?}"),
        }
    };
    let (first, why) = wait(&mut told, &mut notebook);
    assert_eq!(why, "the server answers 404");
    let (second, _) = wait(&mut told, &mut notebook);
    assert!((300..=330).contains(&first) && (600..=660).contains(&second), "{first} {second}");
    let later = Reply::Later { status: 429, after: Some(Duration::from_secs(7_200)) };
    told.replies.insert(FEED.to_owned(), Ok(later));
    let (third, why) = wait(&mut told, &mut notebook);
    assert!((7_200..=7_920).contains(&third) && why == "the server answers 429", "{third} {why}");
    // A clock that was set back by years holds nothing back.
    told.feed("");
    clock.0.set(clock.0.get() - 100_000_000);
    let events = round(&mut told, &clock, &mut notebook, true).expect("kept");
    assert_eq!(events, [Event::Polled { feed: FEED.to_owned(), reports: 0, left: 0 }]);
}

#[test]
fn a_page_that_cannot_be_had_is_tried_some_times_and_the_rest_goes_in() {
    let (mut told, clock) = start();
    let mut notebook = Notebook::default();
    told.feed(&format!("{}{}{}", item(1, FRIDAY), item(2, FRIDAY), "<item/>"));
    told.page(2);
    let slow = FetchError::Slow { url: "https://echo.example/1".to_owned(), seconds: 30 };
    told.replies.insert("https://echo.example/1".to_owned(), Err(slow));
    for tries in 1..=TRIES {
        let events = round(&mut told, &clock, &mut notebook, true).expect("kept");
        let left = u64::from(tries < TRIES);
        let failed = |says| Event::Failed { says, is_limit: false };
        assert_eq!(
            events,
            [
                failed(format!("{FEED} item 3: neither text nor link")),
                failed("https://echo.example/1: no answer within 30 seconds".to_owned()),
                Event::Polled { feed: FEED.to_owned(), reports: u64::from(tries == 1), left },
            ]
        );
    }
    let events = round(&mut told, &clock, &mut notebook, true).expect("kept");
    assert_eq!(events, [Event::Unchanged { feed: FEED.to_owned() }]);
    assert_eq!(notebook.reports.len(), 1);
}

#[test]
fn a_silence_is_explained_once_and_slows_the_pace() {
    let own = "[[outlet]]\nname = \"Village Echo\"\ndomains = [\"echo.example\"]\nzone = \"America/New_York\"\n\
               calendar.sabbath.city = \"New York\"";
    let outlets = Outlets::with_file(own, "own.toml").expect("a sound entry");
    let (mut told, clock) = start();
    told.feed("");
    let mut notebook = Notebook::default();
    // A Friday evening in New York.
    let began: Timestamp = "2025-11-15T01:00:00Z".parse().expect("an instant");
    clock.0.set(began.as_second());
    let mut events = Vec::new();
    let mut follower = Follower::new(&mut told, clock.clone(), &outlets, pace(), &Limits::default());
    let mut tell = |event| events.push(event);
    let due = follower.round(&[FEED.to_owned()], &mut notebook, false, &mut tell).expect("kept").expect("due");
    assert!((1_800..=1_980).contains(&began.duration_until(due).as_secs()), "{due}");
    clock.0.set(due.as_second() + 1);
    follower.round(&[FEED.to_owned()], &mut notebook, false, &mut tell).expect("kept");
    let [Event::Silent { outlet, until, rule, .. }, Event::Polled { .. }, Event::Unchanged { .. }] = events.as_slice()
    else {
        panic!("{events:?}")
    };
    assert_eq!((outlet.as_str(), until.to_string().get(..13)), ("Village Echo", Some("2025-11-15T17")));
    assert!(rule.starts_with("Sabbath: from 18 minutes before sunset on Friday"), "{rule}");
}

#[test]
fn sitemaps_of_sitemaps_and_lists_of_feeds_are_followed_one_step() {
    let (mut told, clock) = start();
    let mut notebook = Notebook::default();
    let map = |number: u32, day: &str| format!("<sitemap><loc>https://echo.example/s{number}</loc>{day}</sitemap>");
    let index = |day: &str| format!("<sitemapindex>{}{}</sitemapindex>", map(2, ""), map(1, day));
    told.put(FEED, "text/xml", &index("<lastmod>2025-11-14</lastmod>"));
    told.put("https://echo.example/s2", "text/xml", "<urlset></urlset>");
    let page =
        |day: &str| format!("<urlset><url><loc>https://echo.example/1</loc><lastmod>{day}</lastmod></url></urlset>");
    told.put("https://echo.example/s1", "text/xml", &page("2025-11-14"));
    told.page(1);
    let events = round(&mut told, &clock, &mut notebook, false).expect("kept");
    assert_eq!(events, [Event::Polled { feed: FEED.to_owned(), reports: 1, left: 0 }]);
    assert_eq!(told.asked(), ["feed", "s1", "1", "s2"], "what changed last comes first");
    // The list of lists has changed, and those in it have not.
    told.put(FEED, "text/xml", &index("<lastmod>2025-11-14T20:00Z</lastmod>"));
    round(&mut told, &clock, &mut notebook, true).expect("kept");
    let asked: Vec<bool> = told.asked.drain(..).map(|request| request.etag.is_some()).collect();
    assert_eq!(asked, [true; 3]);
    // One of them has a new page.
    told.put("https://echo.example/s2", "text/xml", "<urlset><url><loc>https://echo.example/2</loc></url></urlset>");
    told.page(2);
    told.put(FEED, "text/xml", &index(""));
    round(&mut told, &clock, &mut notebook, true).expect("kept");
    assert_eq!(told.asked(), ["feed", "s2", "2", "s1"]);
    // A page of the other was changed.
    told.put("https://echo.example/s1", "text/xml", &page("2025-11-14T20:45Z"));
    told.put(FEED, "text/xml", &index("<lastmod>2025-11-14T20:45Z</lastmod>"));
    round(&mut told, &clock, &mut notebook, true).expect("kept");
    assert_eq!(told.asked(), ["feed", "s1", "1", "s2"]);
    assert_eq!(notebook.reports.len(), 2);
    assert_eq!(check("ftp://echo.example/").map_err(|error| error.is_lasting()), Err(true));
}

#[test]
fn a_machine_whose_clock_is_behind_refuses_no_news_of_today() {
    let (mut told, clock) = start();
    // Fetched by the machine's clock, which stands four days before what is known to have passed.
    told.feed(&format!("{}{}", item(1, "Tue, 18 Nov 2025 19:00:00 GMT"), item(2, "Sat, 22 Nov 2025 19:00:00 GMT")));
    told.page(1);
    clock.0.set(clock.0.get() + 4 * 86_400);
    let events = round(&mut told, &clock, &mut Notebook::default(), false).expect("kept");
    let [Event::Failed { says, is_limit: false }, Event::Polled { reports: 1, left: 0, .. }] = events.as_slice() else {
        panic!("{events:?}")
    };
    assert!(says.contains("item 2: dated") && says.contains("still to come"), "{says}");
}

#[test]
fn it_stops_between_two_pages_and_goes_on_where_it_was() {
    for answers in 1..=4 {
        let (mut told, clock) = start();
        told.feed(&format!("{}{}{}", item(1, FRIDAY), item(2, FRIDAY), item(3, FRIDAY)));
        (1..=3).for_each(|number| told.page(number));
        told.answers = Some(answers);
        let mut notebook = Notebook::default();
        let mut events = Vec::new();
        let mut follower = Follower::new(&mut told, clock.clone(), Outlets::built_in(), pace(), &Limits::default());
        follower.follow(&[FEED.to_owned()], &mut notebook, &mut |event| events.push(event)).expect("kept");
        let reports = answers as u64 - 1;
        assert_eq!(events, [Event::Polled { feed: FEED.to_owned(), reports, left: 3 - reports }]);
        assert_eq!((told.asked().len(), notebook.reports.len()), (answers, answers - 1));
        // Nothing is asked twice, and nothing is left out.
        told.answers = None;
        clock.1.set(false);
        let mut notebook = notebook.reopened();
        round(&mut told, &clock, &mut notebook, true).expect("kept");
        assert_eq!((told.asked().len(), notebook.reports.len()), (1 + 4 - answers, 3));
    }
}

#[test]
fn of_a_list_that_is_too_long_what_came_is_read() {
    let (mut told, clock) = start();
    told.feed(&item(1, FRIDAY));
    told.page(1);
    let Some(Ok(Reply::Page(page))) = told.replies.get_mut(FEED) else { panic!("a page") };
    page.is_cut = true;
    let mut notebook = Notebook::default();
    for reports in [1, 0] {
        let events = round(&mut told, &clock, &mut notebook, true).expect("kept");
        let [Event::Failed { says, is_limit: true }, Event::Polled { reports: found, left: 0, .. }] = events.as_slice()
        else {
            panic!("{events:?}")
        };
        assert!(*found == reports && says.contains("read up to item 1, and not beyond"), "{says}");
    }
    // It must come again, however it is tagged: with another limit there is more of it.
    let asked = told.asked.drain(..).filter(|request| request.url == FEED && request.etag.is_some());
    assert_eq!(asked.count(), 0);
}
