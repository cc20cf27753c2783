//! Desks: threads that read reports side by side and hand over what they made of them in the order the reports came in.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use jiff::Timestamp;
use reportedly::record::Report;
use reportedly::{Arrival, Arrivals, Arrived, Desk, Engine, Given, IntakeError, Limits, Meter, Source};

/// A report that came in, and from where.
pub(crate) struct Incoming {
    /// Name of its file, or `-`.
    pub(crate) name: String,
    /// How many came in before it.
    pub(crate) place: usize,
    pub(crate) report: Report,
    /// When it was got from its address, where its carrier tells.
    pub(crate) fetched: Option<Timestamp>,
}

/// What was passed over: each reason with how often it was met.
pub(crate) type Passed = Arc<Mutex<BTreeMap<String, u64>>>;

/// Something that could not be read.
pub(crate) struct Refusal {
    /// Name of the file, or `-`.
    pub(crate) name: String,
    /// What is wrong with it, and at which line where there are lines.
    pub(crate) says: String,
}

impl Refusal {
    /// A refusal of a file. Messages of intake begin with the name of the file they are about, mostly in backticks; it is
    /// taken off, so that every refusal can be printed alike.
    fn of(name: &str, says: &str) -> Refusal {
        let rest = says.strip_prefix(&format!("`{name}`")).or_else(|| says.strip_prefix(name));
        let says = rest.map_or(says, |rest| rest.trim_start_matches([':', ' ']));
        Refusal { name: name.to_owned(), says: says.to_owned() }
    }
}

/// What is read from where.
pub(crate) struct Assignment {
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) given: Given,
    pub(crate) engine: Engine,
    pub(crate) threads: usize,
    /// The present, for whoever takes no date that is later.
    pub(crate) now: Option<Timestamp>,
    /// Counts what is passed over on the way.
    pub(crate) passed: Passed,
    /// Counts the bytes that are read.
    pub(crate) meter: Meter,
}

/// Reports under way for each thread: enough that short reports behind a long one do not wait, few enough that memory is
/// bounded by some reports and not by the input.
const UNDER_WAY: usize = 4;

/// Stack of the thread that takes reports in: room for pages of deeply nested elements in builds without optimisation.
const STACK: usize = 16 << 20;

/// The place in the output that waits for one report.
type Slot<T> = Receiver<Result<T, Refusal>>;

struct Job<T> {
    incoming: Incoming,
    done: SyncSender<Result<T, Refusal>>,
}

/// Reads every report with `read` and returns the results in input order, whatever thread was first.
///
/// One thread takes the reports in. For each it opens a slot in a bounded queue and only then hands the report to the desks;
/// whoever goes through the results waits at the first slot. When the results are dropped, all threads stop by themselves.
pub(crate) fn in_order<T, R>(assignment: Assignment, read: R) -> impl Iterator<Item = Result<T, Refusal>>
where
    T: Send + 'static,
    R: Fn(&Engine, &Incoming, &mut Desk) -> T + Send + Sync + 'static,
{
    let Assignment { paths, given, engine, threads, now, passed, meter } = assignment;
    let limits = Limits { now, ..Limits::default() };
    let (slots, results) = sync_channel::<Slot<T>>(threads * UNDER_WAY);
    let (jobs, queue) = sync_channel::<Job<T>>(threads);
    let shared = Arc::new((engine, read, Mutex::new(queue)));
    for _ in 0..threads {
        let shared = Arc::clone(&shared);
        thread::spawn(move || {
            let (engine, read, queue) = &*shared;
            work(queue, |incoming, desk| read(engine, incoming, desk));
        });
    }
    let feeder = thread::Builder::new().name("intake".to_owned()).stack_size(STACK);
    // Without the thread the queue of slots is closed, and the loss must not look like an empty folder.
    let lost = feeder.spawn(move || take_in(paths, (&given, &limits), (&passed, &meter), &slots, &jobs)).err();
    let lost = lost.map(|error| Err(Refusal::of("-", &format!("no thread to read with: {error}"))));
    let interrupted = |_| Err(Refusal::of("-", "a thread ended before its report was read"));
    lost.into_iter().chain(results.into_iter().map(move |slot| slot.recv().unwrap_or_else(interrupted)))
}

/// Takes all reports in, one at a time, until nobody waits for more.
fn take_in<T>(
    paths: Vec<PathBuf>,
    (given, limits): (&Given, &Limits),
    (passed, meter): (&Passed, &Meter),
    slots: &SyncSender<Slot<T>>,
    jobs: &SyncSender<Job<T>>,
) {
    let places = Cell::new(0);
    let hand_over = &|result: Result<Incoming, Refusal>| {
        let (done, slot) = sync_channel(1);
        slots.send(slot).map_err(drop)?;
        match result {
            Ok(incoming) => {
                let place = places.replace(places.get() + 1);
                jobs.send(Job { incoming: Incoming { place, ..incoming }, done }).map_err(drop)
            }
            Err(refusal) => done.send(Err(refusal)).map_err(drop),
        }
    };
    for source in reportedly::sources(paths) {
        let handed_over = match source {
            Err(error) => {
                let says = error.to_string();
                hand_over(Err(Refusal::of(named(&says), &says)))
            }
            Ok(source) => {
                // A page that the parsers fail on must not take the rest of the folder with it.
                let whole = meter.bytes() + source.size().unwrap_or_default();
                let arrivals = || source.metered(given, limits, meter);
                let taken = catch_unwind(AssertUnwindSafe(|| take_in_source(&source, arrivals(), passed, hand_over)));
                // Of a file that is refused not all is read.
                meter.reach(whole);
                taken.unwrap_or_else(|_| hand_over(Err(failed(&source.name))))
            }
        };
        if handed_over.is_err() {
            return;
        }
    }
}

/// Takes in what one source holds. A list of links only must not look like an empty folder.
fn take_in_source(
    source: &Source,
    arrivals: Arrivals<'_>,
    passed: &Passed,
    hand_over: impl Fn(Result<Incoming, Refusal>) -> Result<(), ()>,
) -> Result<(), ()> {
    let (mut links, mut others) = (0, 0);
    for arrival in arrivals {
        match arrival {
            Ok(Arrival::Report(arrived)) => {
                others += 1;
                let Arrived { report, fetched, .. } = *arrived;
                hand_over(Ok(Incoming { name: source.name.clone(), place: 0, report, fetched }))?;
            }
            Ok(Arrival::Link(_)) => links += 1,
            Ok(Arrival::Passed { why, .. }) => {
                *passed.lock().unwrap_or_else(PoisonError::into_inner).entry(why.to_string()).or_default() += 1;
            }
            Err(error) => {
                others += 1;
                hand_over(Err(Refusal::of(&source.name, &error.to_string())))?;
            }
        }
    }
    if links > 0 && others == 0 {
        let error = IntakeError::OnlyLinks { name: source.name.clone(), links };
        hand_over(Err(Refusal::of(&source.name, &error.to_string())))?;
    }
    Ok(())
}

/// Reads reports from the queue until it is closed.
fn work<T>(queue: &Mutex<Receiver<Job<T>>>, read: impl Fn(&Incoming, &mut Desk) -> T) {
    let mut desk = Desk::default();
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { incoming, done }) = job else { return };
        let result = catch_unwind(AssertUnwindSafe(|| read(&incoming, &mut desk))).map_err(|_| {
            desk = Desk::default();
            failed(&incoming.name)
        });
        // Nobody waits any more when the output was closed.
        let _ = done.send(result);
    }
}

fn failed(name: &str) -> Refusal {
    Refusal::of(name, "the program failed on it, which is a fault of the program")
}

/// The file that a message names: what stands in its first pair of backticks.
fn named(says: &str) -> &str {
    says.split('`').nth(1).unwrap_or(says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_does_not_name_its_file_twice() {
        let check = |says: &str, expected: &str| assert_eq!(Refusal::of("a.jsonl", says).says, expected);
        check("`a.jsonl` is empty", "is empty");
        check("a.jsonl line 3: no text field", "line 3: no text field");
        check("`a.jsonl`: access denied", "access denied");
        check("`a.meta.json`: not metadata", "`a.meta.json`: not metadata");
    }
}
