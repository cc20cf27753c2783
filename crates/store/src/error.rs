//! What can go wrong with a store. Messages name what to do where there is something to do.

use rusqlite::ErrorCode;

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such file.
    #[error("there is no store here yet: `reportedly ingest` makes one")]
    Missing,
    /// The file is something else.
    #[error("the file is no store of this program")]
    Foreign,
    /// The file is not whole.
    #[error("the file is damaged ({0}): restore a backup, or `store export` what can still be read")]
    Damaged(String),
    /// A newer program wrote it.
    #[error("the store has form {found}, and this program knows forms up to {known}: use a newer program")]
    Newer {
        /// Form of the file.
        found: i64,
        /// The newest form this program knows.
        known: i64,
    },
    /// An older program wrote it, and it is opened for reading only.
    #[error("the store has the older form {0}: `store rebuild` brings it up to date")]
    Older(i64),
    /// Its tables were derived by another version of the program.
    #[error("what is found in reports was derived by another version: `store rebuild --tables` makes it again")]
    Stale,
    /// Another process writes.
    #[error("{holder} is writing to the store; waited {seconds} s")]
    Held {
        /// Who, as it wrote itself down.
        holder: String,
        /// How long was waited.
        seconds: u64,
    },
    /// The file or its folder may not be written.
    #[error("the store cannot be written: {0}")]
    ReadOnly(String),
    /// There is no room.
    #[error("no room is left for the store: the disk or its quota is full; what was acknowledged is safe")]
    Full,
    /// The system refused to write.
    #[error(
        "the store could not be written: the disk's quota or the limit of a file's size is reached, or the disk fails; what was acknowledged is safe"
    )]
    Refused,
    /// A file beside the store failed.
    #[error("{name}: {source}")]
    File {
        /// Its name.
        name: String,
        /// What failed.
        source: std::io::Error,
    },
    /// Something that the caller named is not there.
    #[error("{0}")]
    Unknown(String),
    /// A line of an export cannot be read.
    #[error("line {line} of the export: {says}")]
    Export {
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        says: String,
    },
    /// Another failure of SQLite.
    #[error("the store failed: {0}")]
    Sql(rusqlite::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        let Some(code) = error.sqlite_error_code() else { return Error::Sql(error) };
        match code {
            ErrorCode::DiskFull => Error::Full,
            ErrorCode::SystemIoFailure if is_write(&error) => Error::Refused,
            ErrorCode::DatabaseCorrupt => Error::Damaged(error.to_string()),
            ErrorCode::NotADatabase => Error::Foreign,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Error::ReadOnly(error.to_string()),
            _ => Error::Sql(error),
        }
    }
}

/// Whether it was a write that failed; that of a full disk has a code of its own.
fn is_write(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE};
    let code = error.sqlite_error().map(|error| error.extended_code);
    let writes = [SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE];
    code.is_some_and(|code| writes.contains(&code))
}
