//! How much of anything intake takes. One struct, so that a server can be stricter than the command line.

/// Bounds on hostile or broken input. There is no clock among them: what is cut must be the same on every machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file, or of all bytes given at once. JSONL files are streamed and have no bound but `line`.
    pub bytes: usize,
    /// Bytes of one report's text.
    pub body: usize,
    /// Bytes of one line of JSONL.
    pub line: usize,
    /// Bytes of one page's markup that are parsed.
    pub markup: usize,
    /// How deep a page's elements may nest; deeper tags are dropped, their text stays.
    pub depth: usize,
    /// Elements of a page that are parsed into a tree; a page with more is read without one.
    pub elements: usize,
    /// Attributes of one tag; later ones are dropped.
    pub attributes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            // No news page is near it; it keeps a mistaken path (a disk image) from being read into memory.
            bytes: 64 << 20,
            // The longest of 5,000 news articles has 0.2 MB; a book has 1 MB.
            body: 8 << 20,
            // A text of 8 MiB with every character escaped (`\u00e9`) is at most six times as long.
            line: 48 << 20,
            // The largest of 212 saved news pages has 3.3 MB.
            markup: 16 << 20,
            // Browsers stop at 512. The parser's time grows with the square of the depth.
            depth: 512,
            // The largest of 212 saved news pages has about 12,000.
            elements: 200_000,
            // The parser compares every attribute of a tag with every other.
            attributes: 128,
        }
    }
}
