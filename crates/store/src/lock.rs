//! One writer at a time: a lock file beside the store, held by the system and so let go of when a writer is killed.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::Error;

/// How long a writer sleeps before it tries again.
const NAP: Duration = Duration::from_millis(50);

/// The right to write, for as long as it lives.
pub(crate) struct Lock {
    // Held, not read.
    _file: File,
}

/// The lock file of a store.
pub(crate) fn beside(store: &Path) -> PathBuf {
    let mut name = store.file_name().unwrap_or_default().to_owned();
    name.push("-lock");
    store.with_file_name(name)
}

/// Takes the lock, or says who holds it after `patience`.
pub(crate) fn lock(store: &Path, patience: Duration) -> Result<Lock, Error> {
    let path = beside(store);
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    let mut file = opened.map_err(|error| Error::ReadOnly(format!("{}: {error}", path.display())))?;
    let since = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if since.elapsed() < patience => std::thread::sleep(NAP),
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // A holder that is about to write its name down is still a holder.
                let _ = file.read_to_string(&mut holder);
                let holder = if holder.trim().is_empty() { "another process" } else { holder.trim() };
                return Err(Error::Held { holder: holder.to_owned(), seconds: patience.as_secs() });
            }
            Err(TryLockError::Error(source)) => {
                return Err(Error::File { name: path.display().to_string(), source });
            }
        }
    }
    let holder = format!("process {} on {} (since {:.0})\n", std::process::id(), host(), Timestamp::now());
    let noted = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(holder.as_bytes()));
    // A full disk must not keep anybody from deleting things.
    drop(noted);
    Ok(Lock { _file: file })
}

fn host() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let name = name.or_else(|| std::env::var("HOSTNAME").ok()).or_else(|| std::env::var("COMPUTERNAME").ok());
    name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).unwrap_or_else(|| "this machine".to_owned())
}
