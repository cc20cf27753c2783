//! A room of its own for the work of a library: a thread with a large stack, whose panics end there and are not printed.

use std::cell::Cell;
use std::sync::Once;
use std::{panic, thread};

/// Stack of the thread that reads a page. Libraries recurse into the tree: 512 levels take about 1 MiB in a debug build.
const STACK: usize = 32 << 20;

thread_local! {
    /// Whether this thread is such a room.
    static IS_ROOM: Cell<bool> = const { Cell::new(false) };
}

/// Does some work in a room of its own; returns nothing where the work panics.
pub(crate) fn in_own_room<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let printed = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_ROOM.get() {
                printed(panic);
            }
        }));
    });
    thread::scope(|scope| {
        let room = thread::Builder::new().name("page".to_owned()).stack_size(STACK).spawn_scoped(scope, || {
            IS_ROOM.set(true);
            work()
        });
        room.ok()?.join().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::env;
    use std::process::Command;

    #[test]
    fn a_panic_in_the_room_is_not_printed_and_others_are() {
        const CHILD: &str = "REPORTEDLY_ROOM_PANICS";
        if env::var_os(CHILD).is_some() {
            assert_eq!(in_own_room(|| "Talks are off"), Some("Talks are off"));
            assert_eq!(in_own_room(|| -> u8 { panic!("inside the room") }), None);
            assert!(thread::spawn(|| panic!("outside of it")).join().is_err());
            return;
        }
        // What a thread prints when it panics can be seen only from outside of the process.
        let own = "html::room::tests::a_panic_in_the_room_is_not_printed_and_others_are";
        let mut child = Command::new(env::current_exe().expect("a path"));
        let done = child.args(["--exact", own, "--nocapture"]).env(CHILD, "1").output().expect("it runs");
        let printed = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{printed}");
        assert!(printed.contains("outside of it") && !printed.contains("inside the room"), "{printed}");
    }
}
