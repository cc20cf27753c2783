//! How much of anything intake takes. One struct, so that a server can be stricter than the command line.

use jiff::Timestamp;

/// Bounds on hostile or broken input. There is no clock among them: what is cut must be the same on every machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file, or of all bytes given at once. JSONL, XML lists and web archives are streamed and bounded by their
    /// lines, entries and records.
    pub bytes: usize,
    /// Bytes of one report's text.
    pub body: usize,
    /// Bytes of one line of JSONL.
    pub line: usize,
    /// Bytes of one page's markup.
    pub markup: usize,
    /// Bytes of a page's scripts, styles and comments; of a page with more, they are left out.
    pub hidden: usize,
    /// Bytes of a page's JSON-LD that are parsed; what is behind them is searched for a headline and a date.
    pub linked: usize,
    /// Facts of one kind that a page may state: `<meta>` elements, headlines, dates, authors, captions.
    pub facts: usize,
    /// Bytes of the rest of a page's markup that are parsed into a tree; a page with more is read without one.
    pub tree: usize,
    /// Elements of a page that are parsed into a tree; a page with more is read without one.
    pub elements: usize,
    /// How deep a page's elements may nest; deeper tags are dropped, their text stays.
    pub depth: usize,
    /// How deep tables may stand in tables; a page where they stand deeper is read without a tree.
    pub tables: usize,
    /// Attributes of one tag; later ones are dropped.
    pub attributes: usize,
    /// Bytes of one tag; of a longer one, only the short attributes stay.
    pub tag: usize,
    /// Bytes of one page's text; what is behind them is left out.
    pub page: usize,
    /// How many times its size a packed file may unfold to.
    pub ratio: u64,
    /// Bytes that it may unfold to in any case.
    pub slack: u64,
    /// Files in one Word document.
    pub entries: usize,
    /// Bytes of the header of a record of a web archive, and of the answer in it.
    pub header: usize,
    /// Bytes of a web archive that can be searched again where a record is broken.
    pub rewind: usize,
    /// The present, which intake cannot know. What a server lists under a later date is refused, as it may be its report's date
    /// only tomorrow; a report that is at hand stays, and loses the date.
    pub now: Option<Timestamp>,
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
            // The most in 212 saved news pages is 1.3 MB.
            hidden: 4 << 20,
            // The most in 212 saved news pages is 77 kB. Parsed JSON can take a hundred times its bytes.
            linked: 512 << 10,
            // The most in 212 saved news pages is 102, of `<meta>` elements.
            facts: 1_000,
            // The most in 212 saved news pages is 0.5 MB. A tree and its copies can take 50 times as much.
            tree: 3 << 19,
            // The most in 212 saved news pages is 4,219. Each can take 3 kB in the tree and its copies.
            elements: 20_000,
            // The deepest of 212 saved news pages has 51. The parser's time grows with the square of the depth.
            depth: 128,
            // Time and memory grow with the cube of it: 42 take 300 MB.
            tables: 12,
            // The parser compares every attribute of a tag with every other.
            attributes: 128,
            // The longest of 212 saved news pages has 74 kB.
            tag: 128 << 10,
            // The longest of 212 saved news pages has 0.2 MB, menus and all. What is read takes 400 bytes a word.
            page: 1 << 20,
            // Text and markup pack to a third or a tenth; a log of one line over and over to a hundredth.
            ratio: 200,
            // A page of repeated rows may pack better than that, and costs nothing.
            slack: 16 << 20,
            // A document with a thousand pictures has some 1,100.
            entries: 10_000,
            // Servers take headers of 8 to 64 kB.
            header: 64 << 10,
            // A packed record larger than this is a recording, and none of its pages.
            rewind: 32 << 20,
            now: None,
        }
    }
}
