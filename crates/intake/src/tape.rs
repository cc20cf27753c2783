//! A stream that can be wound back a bounded way: where a record is broken, reading goes on behind it.

use std::io::{self, BufRead, Read};

/// Bytes read at a time.
const BLOCK: usize = 1 << 16;

/// A stream of which the bytes since the last mark are kept, as long as they are not too many.
pub(crate) struct Tape<R> {
    stream: R,
    kept: Vec<u8>,
    /// Where in `kept` reading goes on.
    at: usize,
    /// Where in `kept` the mark is; none when its bytes are gone.
    mark: Option<usize>,
    most: usize,
    /// Bytes taken from the stream so far.
    taken: u64,
}

impl<R: Read> Tape<R> {
    /// A tape that keeps at most about so many bytes.
    pub(crate) fn new(stream: R, most: usize) -> Tape<R> {
        Tape { stream, kept: Vec::new(), at: 0, mark: Some(0), most, taken: 0 }
    }

    /// Returns how many bytes have been read.
    pub(crate) fn position(&self) -> u64 {
        self.taken - (self.kept.len() - self.at) as u64
    }

    /// Sets the mark here.
    pub(crate) fn mark(&mut self) {
        self.mark = Some(self.at);
    }

    /// Looks for the next place behind the mark that `is_start` knows by its first `width` bytes, and goes there; from here,
    /// where what was behind the mark is gone. Returns whether there is one.
    pub(crate) fn seek(&mut self, width: usize, is_start: impl Fn(&[u8]) -> bool) -> io::Result<bool> {
        self.at = self.mark.map_or(self.at, |mark| (mark + 1).min(self.kept.len()));
        loop {
            let found = self.kept[self.at..].windows(width).position(&is_start);
            if let Some(found) = found {
                self.at += found;
                self.mark();
                return Ok(true);
            }
            // A start may be cut by the end of what was read.
            self.at = self.at.max(self.kept.len().saturating_sub(width - 1));
            self.mark();
            if !self.more()? {
                self.at = self.kept.len();
                return Ok(false);
            }
        }
    }

    /// Reads a block more; returns whether there was one.
    fn more(&mut self) -> io::Result<bool> {
        // What stands before both mark and place is needed no more.
        let needed = self.mark.map_or(self.at, |mark| mark.min(self.at));
        if needed > 0 {
            self.kept.drain(..needed);
            self.at -= needed;
            self.mark = self.mark.map(|mark| mark - needed);
        }
        if self.kept.len() > self.most {
            self.kept.drain(..self.at);
            self.at = 0;
            self.mark = None;
            self.kept.shrink_to(BLOCK);
        }
        let end = self.kept.len();
        self.kept.resize(end + BLOCK, 0);
        let read = loop {
            match self.stream.read(&mut self.kept[end..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.kept.truncate(end + *read.as_ref().unwrap_or(&0));
        self.taken += *read.as_ref().unwrap_or(&0) as u64;
        Ok(read? > 0)
    }
}

impl<R: Read> BufRead for Tape<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.kept.len() {
            self.more()?;
        }
        Ok(&self.kept[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.kept.len());
    }
}

impl<R: Read> Read for Tape<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tape_goes_back_to_the_next_start_behind_its_mark() {
        let bytes = [b"#one ".repeat(20_000), b"#two".to_vec()].concat();
        let mut tape = Tape::new(&bytes[..], 1 << 20);
        tape.consume(0);
        tape.fill_buf().expect("memory");
        tape.consume(5);
        tape.mark();
        io::copy(&mut tape, &mut io::sink()).expect("memory");
        assert_eq!(tape.position(), 100_004);
        assert!(tape.seek(4, |four| four == b"#one").expect("memory"));
        assert_eq!(tape.position(), 10);
        assert!(tape.seek(4, |four| four == b"#two").expect("memory"));
        assert_eq!(tape.position(), 100_000);
        assert!(!tape.seek(4, |four| four == b"#two").expect("memory"));
    }

    #[test]
    fn what_is_too_far_behind_is_gone() {
        let bytes = [b"#one".to_vec(), vec![0; 400_000], b"#two".to_vec()].concat();
        let mut tape = Tape::new(&bytes[..], 100_000);
        (&mut tape).take(300_000).read_to_end(&mut Vec::new()).expect("memory");
        assert!(tape.kept.capacity() <= 400_000);
        assert!(tape.seek(4, |four| four == b"#two").expect("memory"));
        assert_eq!(tape.position(), 400_004);
    }
}
