//! Wrappings: what lies inside a gzip or zstd file, unpacked as it is read and never more of it than is sound.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::tape::Tape;
use crate::{Error, Limits};

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrap {
    Plain,
    Gzip,
    Zstd,
}

/// First bytes of a gzip member, and of a zstd frame.
const GZIP: &[u8] = &[0x1f, 0x8b, 0x08];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

impl Wrap {
    /// Tells how bytes are packed.
    pub(crate) fn of(bytes: &[u8]) -> Wrap {
        match () {
            () if bytes.starts_with(GZIP) => Wrap::Gzip,
            () if bytes.starts_with(ZSTD) => Wrap::Zstd,
            () => Wrap::Plain,
        }
    }

    /// Unpacks a stream. Reading it fails where it unfolds beyond the limits.
    pub(crate) fn open<'a>(self, stream: impl BufRead + 'a, limits: &Limits) -> Box<dyn BufRead + 'a> {
        match self {
            Wrap::Plain => Box::new(stream),
            Wrap::Gzip => Box::new(BufReader::new(Guard::new(Members::new(stream, 0, limits).joined(), limits))),
            Wrap::Zstd => Box::new(BufReader::new(Guard::new(Frames::new(stream), limits))),
        }
    }
}

/// Takes the ending of a packed file off its name: `a.txt.gz` is `a.txt`.
pub(crate) fn unwrapped_name(name: &str) -> &str {
    let end = [".gz", ".zst", ".GZ", ".ZST"].iter().find_map(|end| name.strip_suffix(end));
    end.filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// Unpacks bytes that are in memory; `name` is the file's, for messages.
///
/// # Errors
/// When they are broken, or come to more than `limit` bytes or to many times their size.
pub(crate) fn unpacked(name: &str, bytes: &[u8], limit: usize, limits: &Limits) -> Result<Vec<u8>, Error> {
    let mut unpacked = Vec::new();
    let stream = Wrap::of(bytes).open(bytes, limits);
    let read = stream.take(limit as u64 + 1).read_to_end(&mut unpacked);
    read.map_err(|error| Error::reading(name, error))?;
    if unpacked.len() > limit {
        return Err(Error::TooLarge { name: name.to_owned(), limit, of: "unpacked data" });
    }
    Ok(unpacked)
}

/// Unpacks bytes as [`unpacked`] does, and no more than a page may have; tells whether there are more. Bytes that are only the
/// first ones of a packed body end where they end.
///
/// # Errors
/// When they are broken, or come to many times their size.
pub(crate) fn unpacked_head(name: &str, bytes: &[u8], is_cut: bool, limits: &Limits) -> Result<(Vec<u8>, bool), Error> {
    let most = limits.markup;
    let mut unpacked = Vec::new();
    let read = Wrap::of(bytes).open(bytes, limits).take(most as u64 + 1).read_to_end(&mut unpacked);
    match read {
        Err(error) if !is_cut || unpacked.is_empty() || error.get_ref().is_some_and(|error| error.is::<Unfolds>()) => {
            return Err(Error::reading(name, error));
        }
        Ok(_) | Err(_) => {}
    }
    let has_more = unpacked.len() > most;
    unpacked.truncate(most);
    Ok((unpacked, has_more))
}

/// A packed stream that counts what it took in.
pub(crate) trait Packed: Read {
    /// Returns how many packed bytes have been read.
    fn packed(&self) -> u64;
}

/// What stands in an I/O error when a stream unfolds too far.
#[derive(Debug, thiserror::Error)]
#[error("unfolds to more than {ratio} times its size")]
pub(crate) struct Unfolds {
    ratio: u64,
}

/// A watch over a packed stream: it ends in an error when it unfolds to many times its size.
pub(crate) struct Guard<R> {
    stream: R,
    unpacked: u64,
    ratio: u64,
    slack: u64,
}

impl<R: Packed> Guard<R> {
    pub(crate) fn new(stream: R, limits: &Limits) -> Guard<R> {
        Guard { stream, unpacked: 0, ratio: limits.ratio, slack: limits.slack }
    }
}

impl<R: Packed> Read for Guard<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(into)?;
        self.unpacked += count as u64;
        if self.unpacked > self.slack && self.unpacked > self.stream.packed().saturating_mul(self.ratio) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, Unfolds { ratio: self.ratio }));
        }
        Ok(count)
    }
}

/// The members of a gzip stream, one after the other. Reading ends with each; `advance` opens the next.
pub(crate) struct Members<R> {
    // Invariant: one of the two is there.
    tape: Option<Tape<R>>,
    open: Option<GzDecoder<Tape<R>>>,
    count: u64,
    ratio: u64,
    slack: u64,
    /// Bytes unpacked of this member, and where it begins.
    unpacked: u64,
    from: u64,
}

impl<R: Read> Members<R> {
    /// Reads a stream of members; of each, `kept` packed bytes can be searched again where it is broken.
    pub(crate) fn new(stream: R, kept: usize, limits: &Limits) -> Members<R> {
        Members {
            tape: Some(Tape::new(stream, kept)),
            open: None,
            count: 0,
            ratio: limits.ratio,
            slack: limits.slack,
            unpacked: 0,
            from: 0,
        }
    }

    /// All members as one stream.
    fn joined(self) -> Joined<R> {
        Joined(self)
    }

    fn tape(&mut self) -> io::Result<&mut Tape<R>> {
        if let Some(open) = self.open.take() {
            self.tape = Some(open.into_inner());
        }
        self.tape.as_mut().ok_or_else(|| io::Error::other("the stream is lost"))
    }

    /// Goes to the next member; false where there is none. What follows the last one is no member, and is left alone.
    pub(crate) fn advance(&mut self) -> io::Result<bool> {
        let first = self.count == 0;
        let tape = self.tape()?;
        let head = tape.fill_buf()?;
        if head.is_empty() || !first && !GZIP.starts_with(&head[..head.len().min(GZIP.len())]) {
            return Ok(false);
        }
        tape.mark();
        let from = tape.position();
        self.from = from;
        self.unpacked = 0;
        self.count += 1;
        self.open = self.tape.take().map(GzDecoder::new);
        Ok(true)
    }

    /// Goes to the next place behind the beginning of this member where one may begin; false where there is none.
    pub(crate) fn resync(&mut self) -> io::Result<bool> {
        // Of the flags, three must not be set.
        let is_start = |four: &[u8]| four.starts_with(GZIP) && four[3] & 0xe0 == 0;
        let found = self.tape()?.seek(4, is_start)?;
        Ok(found && self.advance()?)
    }
}

impl<R: Read> Packed for Members<R> {
    fn packed(&self) -> u64 {
        let tape = self.tape.as_ref().or_else(|| self.open.as_ref().map(GzDecoder::get_ref));
        tape.map_or(0, Tape::position)
    }
}

impl<R: Read> Read for Members<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let Some(open) = self.open.as_mut() else { return Ok(0) };
        let count = open.read(into).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => io::Error::new(error.kind(), "ends inside a gzip member"),
            kind => io::Error::new(kind, format!("a gzip member is broken: {error}")),
        })?;
        self.unpacked += count as u64;
        if self.unpacked > self.slack && self.unpacked > (self.packed() - self.from).saturating_mul(self.ratio) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, Unfolds { ratio: self.ratio }));
        }
        Ok(count)
    }
}

/// Members read as one stream.
struct Joined<R>(Members<R>);

impl<R: Read> Read for Joined<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.0.read(into)? {
                0 if !into.is_empty() && self.0.advance()? => {}
                count => return Ok(count),
            }
        }
    }
}

impl<R: Read> Packed for Joined<R> {
    fn packed(&self) -> u64 {
        self.0.packed()
    }
}

/// The frames of a zstd stream as one stream.
struct Frames<R> {
    stream: Counted<R>,
    decoder: FrameDecoder,
    count: u64,
}

struct Counted<R> {
    stream: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(into)?;
        self.count += count as u64;
        Ok(count)
    }
}

impl<R: BufRead> Frames<R> {
    fn new(stream: R) -> Frames<R> {
        Frames { stream: Counted { stream, count: 0 }, decoder: FrameDecoder::new(), count: 0 }
    }

    /// Opens the next frame; false where there is none.
    fn advance(&mut self) -> io::Result<bool> {
        let broken = |error: &dyn std::fmt::Display| {
            io::Error::new(io::ErrorKind::InvalidData, format!("a zstd frame is broken: {error}"))
        };
        loop {
            if self.stream.stream.fill_buf()?.is_empty() {
                return Ok(false);
            }
            self.count += 1;
            match self.decoder.reset(&mut self.stream) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut (&mut self.stream).take(length.into()), &mut io::sink())?;
                }
                Err(error) => return Err(broken(&error)),
            }
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let is_done = self.count == 0 || self.decoder.is_finished() && self.decoder.can_collect() == 0;
            if is_done && !self.advance()? {
                return Ok(0);
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let decoded = self.decoder.decode_blocks(&mut self.stream, BlockDecodingStrategy::UptoBlocks(1));
                decoded.map_err(|error| {
                    io::Error::new(io::ErrorKind::InvalidData, format!("a zstd frame is broken: {error}"))
                })?;
            }
            let count = Read::read(&mut self.decoder, into)?;
            if count > 0 || into.is_empty() {
                return Ok(count);
            }
        }
    }
}

impl<R: BufRead> Packed for Frames<R> {
    fn packed(&self) -> u64 {
        self.stream.count
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(bytes).expect("memory");
        packed.finish().expect("memory")
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn check(bytes: &[u8], expected: Result<&[u8], &str>) {
        let found = unpacked("a", bytes, 1 << 20, &Limits { slack: 1 << 16, ..Limits::default() });
        match (found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected),
            (Err(found), Err(expected)) => assert_eq!(found.to_string(), expected),
            (found, _) => panic!("{found:?}"),
        }
    }

    #[test]
    fn members_and_frames_are_read_one_after_the_other() {
        let text: &[u8] = b"Talks are off. She left.";
        check(&[gzip(b"Talks are off."), gzip(b""), gzip(b" She left.")].concat(), Ok(text));
        check(&[gzip(text), vec![0; 512]].concat(), Ok(text));
        let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
        check(&[zstd(b"Talks are off."), skipped, zstd(b" She left.")].concat(), Ok(text));
        check(b"Talks are off.", Ok(b"Talks are off."));
    }

    #[test]
    fn what_is_cut_or_broken_is_named() {
        let packed = gzip(b"Talks are off.");
        check(&packed[..packed.len() - 9], Err("`a`: ends inside a gzip member"));
        let mut broken = packed.clone();
        broken[packed.len() - 8] ^= 1;
        check(&broken, Err("`a`: a gzip member is broken: corrupt gzip stream does not have a matching checksum"));
        let packed = zstd(&b"Talks are off. ".repeat(100));
        assert!(unpacked("a", &packed[..packed.len() - 3], 1 << 20, &Limits::default()).is_err());
    }

    #[test]
    fn a_bomb_is_no_text() {
        check(&gzip(&vec![b' '; 500_000]), Err("`a`: unfolds to more than 200 times its size"));
        check(&zstd(&vec![b' '; 500_000]), Err("`a`: unfolds to more than 200 times its size"));
        let error = unpacked("a", &gzip(&[b' '; 5_000]), 4_000, &Limits::default()).expect_err("too large");
        assert_eq!(error.to_string(), "`a` is too large: more than 4000 bytes of unpacked data");
        assert!(error.is_limit());
    }
}
