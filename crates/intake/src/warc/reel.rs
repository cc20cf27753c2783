//! The stream of a web archive, packed record by record or not at all, that can go on behind a broken record.

use std::io::{self, BufRead, BufReader, Read};

use crate::Limits;
use crate::tape::Tape;
use crate::wrap::{Members, Wrap};

/// The stream of an archive. Of one that is packed, reading ends with each member.
pub(crate) enum Reel<R: Read> {
    Plain(Tape<R>),
    Gzip(Box<BufReader<Members<R>>>),
}

impl<R: BufRead> Reel<R> {
    pub(crate) fn new(mut stream: R, limits: &Limits) -> Reel<R> {
        // A fault shows when reading begins.
        let is_packed = stream.fill_buf().is_ok_and(|head| Wrap::of(head) == Wrap::Gzip);
        match is_packed {
            true => {
                let members = Members::new(stream, limits.rewind, limits);
                Reel::Gzip(Box::new(BufReader::with_capacity(1 << 16, members)))
            }
            false => Reel::Plain(Tape::new(stream, limits.rewind)),
        }
    }

    /// Says that a record begins here.
    pub(crate) fn mark(&mut self) {
        match self {
            Reel::Plain(tape) => tape.mark(),
            // A member is marked when it is opened.
            Reel::Gzip(_) => {}
        }
    }

    /// Reads to the end of a member that holds no more, where its checksum tells whether it was whole.
    pub(crate) fn settle(&mut self) -> io::Result<()> {
        if let Reel::Gzip(members) = self {
            while let [b'\r' | b'\n', ..] = members.fill_buf()? {
                members.consume(1);
            }
        }
        Ok(())
    }

    /// Goes on behind the end of a member; false where nothing follows.
    pub(crate) fn advance(&mut self) -> io::Result<bool> {
        match self {
            Reel::Plain(_) => Ok(false),
            Reel::Gzip(members) => members.get_mut().advance(),
        }
    }

    /// Goes to the next place behind the beginning of this record where one may begin; false where there is none.
    pub(crate) fn resync(&mut self) -> io::Result<bool> {
        match self {
            Reel::Plain(tape) => {
                const START: &[u8] = b"\nWARC/1.";
                let found = tape.seek(START.len(), |bytes| bytes == START)?;
                tape.consume(usize::from(found));
                Ok(found)
            }
            Reel::Gzip(members) => {
                let unread = members.buffer().len();
                members.consume(unread);
                members.get_mut().resync()
            }
        }
    }
}

impl<R: BufRead> Read for Reel<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Reel::Plain(tape) => tape.read(into),
            Reel::Gzip(members) => members.read(into),
        }
    }
}

impl<R: BufRead> BufRead for Reel<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Reel::Plain(tape) => tape.fill_buf(),
            Reel::Gzip(members) => members.fill_buf(),
        }
    }

    fn consume(&mut self, count: usize) {
        match self {
            Reel::Plain(tape) => tape.consume(count),
            Reel::Gzip(members) => members.consume(count),
        }
    }
}
