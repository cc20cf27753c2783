//! Web archives: the pages in a WARC file, one at a time, however many there are. Where a record is broken, reading goes on
//! with the next one that can be found.

mod reel;

use std::io::{self, BufRead, Read};

use jiff::Timestamp;

use crate::http::{Answer, Fields, answered, body, status};
use crate::warc::reel::Reel;
use crate::{Arrival, Error, Given, Limits, Media, Why};

/// The pages of an archive.
pub(crate) struct Warc<R: Read> {
    name: String,
    reel: Reel<R>,
    given: Given,
    limits: Limits,
    record: u64,
    /// What the last record held beside its first.
    waiting: std::vec::IntoIter<Result<Arrival, Error>>,
    /// The last record was broken, and the place reached now may be the inside of another.
    is_lost: bool,
    ended: bool,
}

/// Why a record could not be read, and whether its end was found.
enum Fault {
    /// The stream stands behind it.
    Behind(Error),
    /// The stream stands somewhere inside of it.
    Inside(Error),
}

impl<R: BufRead> Warc<R> {
    pub(crate) fn new(name: &str, stream: R, given: &Given, limits: &Limits) -> Warc<R> {
        Warc {
            name: name.to_owned(),
            reel: Reel::new(stream, limits),
            given: given.clone(),
            limits: limits.clone(),
            record: 0,
            waiting: Vec::new().into_iter(),
            is_lost: false,
            ended: false,
        }
    }

    fn place(&self) -> String {
        format!("{} record {}", self.name, self.record)
    }

    fn fault(&self, fault: String) -> Error {
        Error::Part { name: self.name.clone(), part: "record", number: self.record, fault }
    }

    /// Reads the header block of the record that begins here; none at the end.
    fn header(&mut self) -> Result<Option<Fields>, String> {
        let says = |error: io::Error| error.to_string();
        loop {
            self.reel.mark();
            let Some(line) = line(&mut self.reel, self.limits.header).map_err(says)? else {
                match self.reel.advance().map_err(says)? {
                    true => continue,
                    false => return Ok(None),
                }
            };
            if line.trim_ascii().is_empty() {
                continue;
            }
            if !line.starts_with(b"WARC/") {
                return Err("no record of a web archive begins here".to_owned());
            }
            let block = block(&mut self.reel, self.limits.header).map_err(says)?;
            return match block {
                Some(block) => Ok(Some(Fields::of(&block))),
                None => Err(format!("ends inside of its header, or that is longer than {} bytes", self.limits.header)),
            };
        }
    }

    /// Reads the record whose header was read.
    fn record(&mut self, header: &Fields) -> Result<Vec<Result<Arrival, Error>>, Fault> {
        let length = header.get("content-length").and_then(|length| length.parse::<u64>().ok());
        let Some(length) = length else {
            return Err(Fault::Inside(self.fault("its header gives no length".to_owned())));
        };
        let mut left = length;
        let arrivals = self.content(header, &mut left);
        let skipped = skip(&mut self.reel, left);
        let behind = match skipped {
            Ok(0) => self.reel.settle().err().map(|error| error.to_string()),
            Ok(missing) => Some(format!("declares {length} bytes and ends after {}", length - missing)),
            Err(error) => Some(error.to_string()),
        };
        match (arrivals, behind) {
            (Err(error), Some(_)) => Err(Fault::Inside(error)),
            (Ok(_), Some(fault)) => Err(Fault::Inside(self.fault(fault))),
            (Ok(arrivals), None) => Ok(arrivals),
            (Err(error), None) => Err(Fault::Behind(error)),
        }
    }

    /// Reads the page of a record; `left` says how many bytes of the record were not read.
    fn content(&mut self, header: &Fields, left: &mut u64) -> Result<Vec<Result<Arrival, Error>>, Error> {
        let place = self.place();
        let passed = |why| Ok(vec![Ok(Arrival::Passed { place: place.clone(), why })]);
        let kind = header.get("warc-type").unwrap_or_default().to_ascii_lowercase();
        let is_http =
            header.get("content-type").is_some_and(|kind| kind.to_ascii_lowercase().contains("application/http"));
        match kind.as_str() {
            "response" | "resource" | "conversion" => {}
            "revisit" => return passed(Why::Revisit),
            _ => return passed(Why::NoPage),
        }
        let url = header.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
        let Some(url) = url.filter(|url| url.starts_with("http")) else { return passed(Why::NoPage) };
        let fetched = header.get("warc-date").and_then(|date| date.parse::<Timestamp>().ok());
        let (name, number) = (self.name.clone(), self.record);
        let failed = |error: io::Error| Error::Part { name, part: "record", number, fault: error.to_string() };
        let fields = if is_http {
            let mut stream = (&mut self.reel).take(*left);
            let opening = line(&mut stream, self.limits.header).transpose();
            let block =
                opening.and_then(|opening| Some((opening, block(&mut stream, self.limits.header).transpose()?)));
            *left = stream.limit();
            let Some((opening, block)) = block else {
                return Err(self.fault("its answer ends inside of its header".to_owned()));
            };
            let (opening, block) = match (opening, block) {
                (Ok(opening), Ok(block)) => (opening, block),
                (Err(error), _) | (_, Err(error)) => return Err(failed(error)),
            };
            match status(&String::from_utf8_lossy(&opening)) {
                Some(200..=299) => Fields::of(&block),
                Some(other) => return passed(Why::Status(other)),
                None => return Err(self.fault("no answer of HTTP".to_owned())),
            }
        } else {
            Fields::of(&format!("content-type: {}", header.get("content-type").unwrap_or_default()))
        };
        // Pictures and recordings are skipped without being read.
        if !Media::may_be_text(fields.get("content-type")) {
            return passed(Why::NoText);
        }
        let most = self.limits.markup as u64;
        if *left > most {
            let declared = *left;
            return Err(self.fault(format!("declares a page of {declared} bytes, more than {most}")));
        }
        let mut bytes = Vec::new();
        let wanted = *left;
        let read = (&mut self.reel).take(wanted).read_to_end(&mut bytes);
        *left = wanted - bytes.len() as u64;
        read.map_err(failed)?;
        if *left > 0 {
            // What is missing is told when the rest is skipped.
            return Ok(Vec::new());
        }
        let bytes = body(&place, &fields, bytes, &self.limits)?;
        let content_type = fields.get("content-type");
        let answer = Answer { name: &place, url: &url, content_type, bytes: &bytes, is_cut: false, fetched };
        Ok(answered(&answer, &self.given, &self.limits).collect())
    }

    /// Goes on behind a broken record.
    fn recover(&mut self) {
        self.is_lost = true;
        if !self.reel.resync().unwrap_or(false) {
            self.ended = true;
        }
    }
}

impl<R: BufRead> Iterator for Warc<R> {
    type Item = Result<Arrival, Error>;

    fn next(&mut self) -> Option<Result<Arrival, Error>> {
        loop {
            if let Some(arrival) = self.waiting.next() {
                return Some(arrival);
            }
            if self.ended {
                return None;
            }
            let header = match self.header() {
                Ok(Some(header)) => header,
                Ok(None) => {
                    self.ended = true;
                    return (self.record == 0).then(|| Err(Error::Empty { name: self.name.clone() }));
                }
                Err(fault) => {
                    let was_lost = self.is_lost;
                    self.recover();
                    // Places that only look like a beginning are no records.
                    if was_lost {
                        continue;
                    }
                    self.record += 1;
                    return Some(Err(self.fault(fault)));
                }
            };
            self.is_lost = false;
            self.record += 1;
            match self.record(&header) {
                Ok(arrivals) => self.waiting = arrivals.into_iter(),
                Err(Fault::Behind(error)) => return Some(Err(error)),
                Err(Fault::Inside(error)) => {
                    self.recover();
                    return Some(Err(error));
                }
            }
        }
    }
}

/// Reads a line with its end, unless that is too far away; none at the end of the stream.
fn line(stream: &mut impl BufRead, most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    stream.take(most as u64).read_until(b'\n', &mut line)?;
    Ok(Some(line).filter(|line| !line.is_empty()))
}

/// Reads the lines before an empty line; none when the stream ends before it, or it is too far away.
fn block(stream: &mut impl BufRead, most: usize) -> io::Result<Option<String>> {
    let mut block = Vec::new();
    loop {
        let Some(line) = line(stream, most)? else { return Ok(None) };
        if line.trim_ascii().is_empty() {
            return Ok(Some(String::from_utf8_lossy(&block).into_owned()));
        }
        block.extend_from_slice(&line);
        if block.len() > most {
            return Ok(None);
        }
    }
}

/// Skips bytes; returns how many of them were not there.
fn skip(stream: &mut impl BufRead, count: u64) -> io::Result<u64> {
    let mut left = count;
    while left > 0 {
        let there = stream.fill_buf()?.len();
        if there == 0 {
            break;
        }
        let taken = left.min(there as u64);
        stream.consume(taken as usize);
        left -= taken;
    }
    Ok(left)
}

#[cfg(test)]
mod tests;
