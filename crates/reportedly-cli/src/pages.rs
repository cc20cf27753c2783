//! Pages: records in the form that was asked for, and how several of them follow each other.

use std::io::{self, Write};

use reportedly::record::{Record, Span};

use crate::args::Format;
use crate::desks::Incoming;
use crate::galley::Paper;
use crate::html;
use crate::sheet::sheet;

/// Returns a record in the form asked for. This runs on the desks; only putting pages together does not.
pub(crate) fn page(format: Format, incoming: &Incoming, record: &Record, sentences: &[Span], paper: Paper) -> Page {
    let title = html::title(record);
    let json = match format {
        Format::Text => return Page { title, body: sheet(incoming, record, sentences, paper) },
        Format::Html => return Page { title, body: html::article(incoming, record) },
        Format::Json => serde_json::to_string_pretty(record),
        Format::Jsonl => serde_json::to_string(record),
    };
    // Every key of a record is a text and every fraction in it is finite, so there is nothing that JSON cannot say.
    Page { title, body: json.expect("a record is JSON") + "\n" }
}

/// A record as it is printed.
pub(crate) struct Page {
    /// What a page of its own would be called.
    title: String,
    body: String,
}

/// Pages on their way out, each written as soon as it is known what stands around it.
pub(crate) struct Pages<W> {
    out: W,
    format: Format,
    width: usize,
    count: u64,
    // A single JSON record stands alone and the first of several opens an array, so it waits for the second. The same holds
    // for HTML, where the page is called by its only report.
    waiting: Option<Page>,
    titles: Vec<String>,
}

impl<W: Write> Pages<W> {
    pub(crate) fn new(out: W, format: Format, paper: Paper) -> Pages<W> {
        Pages { out, format, width: paper.width, count: 0, waiting: None, titles: Vec::new() }
    }

    /// Writes a page.
    pub(crate) fn put(&mut self, page: Page) -> io::Result<()> {
        self.count += 1;
        match self.format {
            Format::Jsonl => self.out.write_all(page.body.as_bytes())?,
            Format::Text => {
                if self.count > 1 {
                    writeln!(self.out, "\n{}\n", "─".repeat(self.width))?;
                }
                self.out.write_all(page.body.as_bytes())?;
            }
            Format::Json | Format::Html if self.count == 1 => {
                self.waiting = Some(page);
                return Ok(());
            }
            Format::Json => {
                if let Some(first) = self.waiting.take() {
                    self.out.write_all(b"[\n")?;
                    self.put_element(&first.body)?;
                }
                self.out.write_all(b",\n")?;
                self.put_element(&page.body)?;
            }
            Format::Html => {
                if let Some(first) = self.waiting.take() {
                    self.out.write_all(html::head("Reports and their records").as_bytes())?;
                    self.out.write_all(first.body.as_bytes())?;
                    self.titles.push(first.title);
                }
                self.out.write_all(page.body.as_bytes())?;
                self.titles.push(page.title);
            }
        }
        self.out.flush()
    }

    /// Writes what is still to come after the last page.
    pub(crate) fn end(mut self) -> io::Result<()> {
        match (self.format, self.waiting.take()) {
            (Format::Text | Format::Jsonl, _) => {}
            (Format::Json, Some(only)) => self.out.write_all(only.body.as_bytes())?,
            (Format::Html, Some(only)) => {
                self.out.write_all(html::head(&only.title).as_bytes())?;
                self.out.write_all(only.body.as_bytes())?;
                self.out.write_all(html::foot(&[]).as_bytes())?;
            }
            (Format::Html, None) => {
                if self.count == 0 {
                    self.out.write_all(html::head("No report").as_bytes())?;
                }
                self.out.write_all(html::foot(&self.titles).as_bytes())?;
            }
            (Format::Json, None) if self.count == 0 => self.out.write_all(b"[]\n")?,
            (Format::Json, None) => self.out.write_all(b"\n]\n")?,
        }
        self.out.flush()
    }

    /// Writes a record two columns in, without the end of its last line. Line ends inside of JSON texts are escaped.
    fn put_element(&mut self, page: &str) -> io::Result<()> {
        for (i, line) in page.lines().enumerate() {
            if i > 0 {
                self.out.write_all(b"\n")?;
            }
            self.out.write_all(b"  ")?;
            self.out.write_all(line.as_bytes())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::galley::Paint;

    fn check(format: Format, pages: &[&str], expected: &str) {
        let mut out = Vec::new();
        let mut all = Pages::new(&mut out, format, Paper { width: 3, paint: Paint::Brackets });
        for page in pages {
            all.put(Page { title: String::new(), body: (*page).to_owned() }).expect("memory does not fail");
        }
        all.end().expect("memory does not fail");
        assert_eq!(String::from_utf8(out).expect("text"), expected);
    }

    #[test]
    fn one_record_stands_alone_and_several_in_an_array() {
        check(Format::Json, &[], "[]\n");
        check(Format::Json, &["{\n  \"a\": 1\n}\n"], "{\n  \"a\": 1\n}\n");
        check(Format::Json, &["{\n  \"a\": 1\n}\n", "{}\n", "{}\n"], "[\n  {\n    \"a\": 1\n  },\n  {},\n  {}\n]\n");
        check(Format::Jsonl, &["{}\n", "{}\n"], "{}\n{}\n");
        check(Format::Text, &["a\n", "b\n"], "a\n\n───\n\nb\n");
    }
}
