//! JSONL: one report per line, read line by line, so that a file of any size passes through bounded memory.

use std::io::{BufRead, Read};

use serde::Deserialize;

use crate::report::{Parts, report};
use crate::{Error, Given, Limits};
use reportedly_record::{Known, Report};

/// A row of a JSONL file. Other fields are ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Row {
    url: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    zone: Option<String>,
    title: Option<String>,
    text: Option<String>,
}

/// The reports of a JSONL stream, one at a time. A bad line is an error that names it; the lines after it are still read.
pub struct Rows<R> {
    name: String,
    lines: R,
    given: Given,
    limits: Limits,
    line: u64,
    ended: bool,
}

impl<R: BufRead> Rows<R> {
    /// Reads reports from a stream; `name` is the file's, for messages.
    pub fn new(name: &str, lines: R, given: &Given, limits: &Limits) -> Rows<R> {
        Rows { name: name.to_owned(), lines, given: given.clone(), limits: limits.clone(), line: 0, ended: false }
    }

    /// The number of the line that was read last, counted from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    fn fault(&self, fault: impl Into<String>) -> Error {
        Error::Line { name: self.name.clone(), line: self.line, fault: fault.into() }
    }

    /// Reads the next line into memory, unless it is too long: then it is skipped.
    fn next_line(&mut self) -> Option<Result<Vec<u8>, Error>> {
        let mut line = Vec::new();
        let limit = self.limits.line as u64;
        let read = (&mut self.lines).take(limit + 1).read_until(b'\n', &mut line);
        self.line += 1;
        match read {
            Err(error) => {
                self.ended = true;
                Some(Err(Error::Read { name: self.name.clone(), error }))
            }
            Ok(0) => None,
            Ok(_) if line.len() as u64 > limit && !line.ends_with(b"\n") => {
                drop(line);
                if let Err(error) = skip_line(&mut self.lines) {
                    self.ended = true;
                    return Some(Err(Error::Read { name: self.name.clone(), error }));
                }
                Some(Err(self.fault(format!("longer than {limit} bytes"))))
            }
            Ok(_) => Some(Ok(line)),
        }
    }

    fn row(&self, line: &[u8]) -> Result<Report, Error> {
        let line = if self.line == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
        if let Some(what) = crate::media::foreign(line).filter(|_| self.line == 1) {
            return Err(Error::NotText { name: self.name.clone(), what });
        }
        let text = std::str::from_utf8(line)
            .map_err(|error| self.fault(format!("not valid UTF-8 at byte {}", error.valid_up_to() + 1)))?;
        if !text.trim_start().starts_with('{') {
            return Err(self.fault("no JSON object"));
        }
        // The JSON reader's own words carry the line of its input, which here is always 1.
        let row: Row = serde_json::from_str(text).map_err(|error| {
            let says = error.to_string();
            let says = says.split(" at line ").next().unwrap_or_default();
            self.fault(format!("no JSON object of a report: {says}, at column {}", error.column()))
        })?;
        let Some(text) = row.text else { return Err(self.fault("no text field")) };
        if text.trim().is_empty() {
            return Err(self.fault("the text is empty"));
        }
        if text.len() > self.limits.body {
            return Err(self.fault(format!("the text is longer than {} bytes", self.limits.body)));
        }
        let own =
            Given { outlet: row.outlet, published: row.published, zone: row.zone, url: row.url, title: row.title };
        let parts = Parts {
            name: format!("{} line {}", self.name, self.line),
            text,
            own,
            known: Known::Field,
            ..Parts::default()
        };
        report(parts, &self.given)
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Result<Report, Error>;

    fn next(&mut self) -> Option<Result<Report, Error>> {
        loop {
            if self.ended {
                return None;
            }
            match self.next_line() {
                Some(Ok(line)) if line.trim_ascii().is_empty() => {}
                Some(Ok(line)) => return Some(self.row(&line)),
                Some(Err(error)) => return Some(Err(error)),
                None => {
                    self.ended = true;
                    // A stream that ended before its first line has no reports, and says so.
                    return (self.line == 1).then(|| Err(Error::Empty { name: self.name.clone() }));
                }
            }
        }
    }
}

/// Reads to the end of a line and keeps nothing of it.
fn skip_line(lines: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let (used, ended) = {
            let buffer = lines.fill_buf()?;
            match buffer.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            }
        };
        lines.consume(used);
        if ended {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn check(lines: &str, expected: &[&str]) {
        let rows = Rows::new("a.jsonl", lines.as_bytes(), &Given::default(), &Limits::default());
        let found: Vec<String> = rows
            .map(|row| row.map_or_else(|error| error.to_string(), |report| report.text.as_str().to_owned()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_bad_line_does_not_stop_the_others() {
        check(
            "{\"text\": \" One. \"}\n\n{\"title\": \"x\"}\nnot json\n{\"text\": 3}\n[\"text\"]\n{\"text\": \"\"}\r\n{\"text\": \"Two.\", \"page\": 4}",
            &[
                " One. ",
                "a.jsonl line 3: no text field",
                "a.jsonl line 4: no JSON object",
                "a.jsonl line 5: no JSON object of a report: invalid type: integer `3`, expected a string, at column 10",
                "a.jsonl line 6: no JSON object",
                "a.jsonl line 7: the text is empty",
                "Two.",
            ],
        );
        check("", &["`a.jsonl` is empty"]);
    }

    #[test]
    fn the_text_and_title_stay_apart() {
        let line = "{\"title\": \"Talks off\", \"text\": \"CAIRO — Talks are off.\", \"published\": \"2025-11-14\", \"outlet\": \"Echo\"}";
        let report = Rows::new("a", line.as_bytes(), &Given::default(), &Limits::default())
            .next()
            .expect("a row")
            .expect("a report");
        assert_eq!(report.text.as_str(), "CAIRO — Talks are off.");
        assert_eq!(report.headline.as_deref(), Some("Talks off"));
        assert_eq!(report.outlet.as_deref(), Some("Echo"));
        assert_eq!(report.published.map(|published| published.known), Some(Known::Field));
    }

    #[test]
    fn a_line_of_50_mb_is_an_error_and_the_next_line_is_read() {
        let long = std::iter::repeat_n(b'x', 50_000_000);
        let stream: Vec<u8> = long.chain(*b"\n{\"text\": \"Two.\"}\n").collect();
        let mut rows = Rows::new(
            "a.jsonl",
            BufReader::new(&stream[..]),
            &Given::default(),
            &Limits { line: 1 << 20, ..Limits::default() },
        );
        let error = rows.next().expect("a line").expect_err("too long");
        assert_eq!(error.to_string(), "a.jsonl line 1: longer than 1048576 bytes");
        assert!(rows.next().is_some_and(|row| row.is_ok()));
        assert!(rows.next().is_none());
    }
}
