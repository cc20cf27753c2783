//! Many documents on several threads, with results in the order of the documents.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;

/// How many threads a task uses.
#[derive(clap::Args)]
pub(crate) struct Threads {
    /// Threads; what comes out does not depend on it.
    #[arg(long)]
    threads: Option<usize>,
}

impl Threads {
    /// The number that was asked for, or all that the machine has.
    pub(crate) fn count(&self) -> usize {
        self.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
    }
}

/// Does a piece of work for each item and returns the results in the items' order, whatever the threads do. Each thread
/// has its own desk. Tells on standard error how far it is, and stops at the first item (in order) that fails.
pub(crate) fn in_order<T: Sync, D: Default, R: Send>(
    what: &str,
    items: &[T],
    threads: usize,
    work: impl Fn(&T, &mut D) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let results: Mutex<Vec<(usize, Result<R>)>> = Mutex::new(Vec::with_capacity(items.len()));
    let each = || {
        let mut desk = D::default();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            let result = work(item, &mut desk);
            results.lock().expect("no thread panics while it holds the lock").push((at, result));
            tell(what, done.fetch_add(1, Ordering::Relaxed) + 1, items.len());
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(each);
        }
        each();
    });
    let mut results = results.into_inner().expect("no thread panics while it holds the lock");
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Writes a line at each quarter of the way: enough to see that it goes on, in a terminal or a log.
fn tell(what: &str, done: usize, all: usize) {
    let quarter = |n: usize| 4 * n / all.max(1);
    if quarter(done) > quarter(done - 1) {
        eprintln!("{what}: {done} of {all}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_and_the_first_fault_do_not_depend_on_threads() {
        let items: Vec<u64> = (0..100).collect();
        for threads in [1, 2, 7] {
            let double = in_order("double", &items, threads, |n, _: &mut ()| Ok(2 * n)).expect("no fault");
            assert_eq!(double, (0..100).map(|n| 2 * n).collect::<Vec<_>>());
            let fault = in_order(
                "odd",
                &items,
                threads,
                |n, _: &mut ()| if n % 30 == 29 { anyhow::bail!("{n}") } else { Ok(()) },
            );
            assert_eq!(fault.expect_err("three fail").to_string(), "29");
        }
    }
}
