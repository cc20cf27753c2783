//! Files as they lie on the disk: opened, unpacked and read, one in memory at a time.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use reportedly_record::{Known, Report};

use crate::report::undated_if_later;
use crate::warc::Warc;
use crate::wrap::{Wrap, unwrapped_name};
use crate::{Arrival, Arrivals, Error, Given, Limits, Media, Raw, Reports, arrivals, streamed};

/// A file to be read, found but not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file; none is standard input.
    pub path: Option<PathBuf>,
    /// Its name for messages: the path as it was given or found, or `-`.
    pub name: String,
}

/// How many bytes of files were read, as they lie on the disk: packed ones where they are packed.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// Bytes that were read up to now.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Counts up to a number of bytes: of a file that is too large for a report the rest is not read.
    pub fn reach(&self, bytes: u64) {
        self.0.fetch_max(bytes, Ordering::Relaxed);
    }
}

/// A file whose bytes are counted while it is read.
struct Metered(File, Meter);

impl Read for Metered {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(into)?;
        self.1.0.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Ending of the metadata file beside `NAME.txt` or `NAME.html`.
const SIDECAR: &str = "meta.json";

/// Bytes looked at to tell what standard input holds.
const HEAD: usize = 8 << 10;

impl Source {
    /// Reads the metadata file beside this one, if there is one.
    ///
    /// # Errors
    /// When there is one and it cannot be read.
    pub fn sidecar(&self) -> Result<Option<Given>, Error> {
        let Some(path) = &self.path else { return Ok(None) };
        // `a.txt.gz` has its metadata where `a.txt` has.
        let own = path.file_name().and_then(|own| own.to_str()).map(unwrapped_name);
        let path = own.map_or_else(|| path.clone(), |own| path.with_file_name(own)).with_extension(SIDECAR);
        let name = path.display().to_string();
        match read_file(&path, 1 << 20) {
            Ok(json) => Given::from_json(&name, &json).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::Read { name, error }),
        }
    }

    /// Reads the file's reports. What is given on the command line comes before its metadata file, and that before the file.
    /// What is a list of many is streamed, and has no metadata file; other files are read whole, up to the limits.
    pub fn reports(&self, given: &Given, limits: &Limits) -> Box<dyn Iterator<Item = Result<Report, Error>>> {
        let arrivals = self.arrivals(given, limits);
        Box::new(Reports { name: self.name.clone(), arrivals, reports: 0, links: 0 })
    }

    /// Reads everything that the file holds, as [`Source::reports`] does: reports, links, and what was passed over.
    pub fn arrivals(&self, given: &Given, limits: &Limits) -> Arrivals<'static> {
        self.metered(given, limits, &Meter::default())
    }

    /// Reads everything, as [`Source::arrivals`] does, and counts the bytes that are read on the way.
    pub fn metered(&self, given: &Given, limits: &Limits, meter: &Meter) -> Arrivals<'static> {
        let (now, limits) = (limits.now.filter(|_| given.published.is_none()), Limits { now: None, ..limits.clone() });
        let arrivals = match self.open(given, &limits, meter) {
            Ok(arrivals) => arrivals,
            Err(error) => Box::new(std::iter::once(Err(error))),
        };
        let Some(now) = now else { return arrivals };
        Box::new(arrivals.map(move |mut arrival| {
            if let Ok(Arrival::Report(arrived)) = &mut arrival {
                undated_if_later(&mut arrived.report, now);
            }
            arrival
        }))
    }

    /// Bytes of the file, where it has a size.
    pub fn size(&self) -> Option<u64> {
        fs::metadata(self.path.as_ref()?).ok().filter(fs::Metadata::is_file).map(|found| found.len())
    }

    fn open(&self, given: &Given, limits: &Limits, meter: &Meter) -> Result<Arrivals<'static>, Error> {
        let fault = |error| Error::Read { name: self.name.clone(), error };
        let stream: Box<dyn BufRead> = match &self.path {
            Some(path) => {
                let file = Metered(File::open(path).map_err(fault)?, meter.clone());
                Box::new(BufReader::with_capacity(1 << 16, file))
            }
            None => Box::new(BufReader::new(io::stdin())),
        };
        let (head, stream) = headed(stream).map_err(fault)?;
        let wrap = Wrap::of(&head);
        // A packed archive is unpacked record by record, so that a broken one is not the end of it.
        if wrap == Wrap::Gzip && Media::of_name(&self.name) == Some(Media::Warc) {
            return Ok(Box::new(Warc::new(&self.name, stream, given, limits)));
        }
        let (head, stream) = match wrap {
            Wrap::Plain => (head, stream),
            Wrap::Gzip | Wrap::Zstd => headed(wrap.open(stream, limits)).map_err(fault)?,
        };
        let media = Media::of(&self.name, &head)?;
        let stream = match streamed(&self.name, stream, media, given, limits) {
            Ok(arrivals) => return Ok(arrivals),
            Err(stream) => stream,
        };
        let sidecar = self.sidecar()?.unwrap_or_default();
        let is_from_sidecar = given.published.is_none() && sidecar.published.is_some();
        // One byte more than is taken tells that the file is too large.
        let most = limits.bytes.min(match media {
            Media::Html => limits.markup,
            Media::Text | Media::Jsonl => limits.body,
            Media::Docx | Media::Feed | Media::JsonFeed | Media::Warc => limits.bytes,
        });
        let mut bytes = Vec::new();
        stream.take(most as u64 + 1).read_to_end(&mut bytes).map_err(fault)?;
        let raw = Raw { name: &self.name, bytes: &bytes, media };
        let mut found: Vec<_> = arrivals(&raw, &given.or(&sidecar), limits).collect();
        for arrival in found.iter_mut().flatten() {
            if let Arrival::Report(arrived) = arrival
                && let Some(published) = arrived.report.published.as_mut()
                && is_from_sidecar
            {
                published.known = Known::Field;
            }
        }
        Ok(Box::new(found.into_iter()))
    }
}

/// Takes the head off a stream and puts it back. A fault inside of it shows when reading comes to it.
fn headed(mut stream: Box<dyn BufRead>) -> io::Result<(Vec<u8>, Box<dyn BufRead>)> {
    let mut head = Vec::new();
    let rest: Box<dyn BufRead> = match (&mut stream).take(HEAD as u64).read_to_end(&mut head) {
        Ok(_) => stream,
        Err(error) if head.is_empty() => return Err(error),
        Err(error) => Box::new(BufReader::new(Broken(Some(error)))),
    };
    Ok((head.clone(), Box::new(io::Cursor::new(head).chain(rest))))
}

/// A stream that has nothing but a fault.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

fn read_file(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources;

    #[test]
    fn bytes_are_counted_as_they_lie_on_the_disk() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.jsonl");
        fs::write(&path, "{\"text\": \"Talks are off.\"}\n".repeat(10_000)).expect("written");
        let source = sources([&path]).next().expect("one").expect("readable");
        let meter = Meter::default();
        let mut arrivals = source.metered(&Given::default(), &Limits::default(), &meter);
        assert!(arrivals.next().is_some_and(|arrival| arrival.is_ok()));
        assert!((1..100_000).contains(&meter.bytes()), "{}", meter.bytes());
        assert_eq!(arrivals.count(), 9_999);
        assert_eq!(Some(meter.bytes()), source.size());
        meter.reach(5);
        assert_eq!(Some(meter.bytes()), source.size());
    }

    #[test]
    fn metadata_beside_a_file_is_read_and_the_command_line_wins() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.b.txt");
        fs::write(&path, "Talks are off.").expect("written");
        fs::write(folder.path().join("a.b.meta.json"), r#"{"outlet": "Echo", "url": "https://echo.example/1"}"#)
            .expect("written");
        let given = Given { outlet: Some("Post".to_owned()), ..Given::default() };
        let source = sources([&path]).next().expect("one").expect("readable");
        let report = source.reports(&given, &Limits::default()).next().expect("one").expect("a report");
        assert_eq!((report.outlet.as_deref(), report.url.as_deref()), (Some("Post"), Some("https://echo.example/1")));
    }

    #[test]
    fn a_report_that_is_dated_tomorrow_stays_without_its_date() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = "2025-11-20T00:00:00Z".parse().ok();
        let limits = Limits { now, ..Limits::default() };
        let feed = "<rss><channel><item><pubDate>Fri, 14 Nov 2031 21:40:00 GMT</pubDate><description>Talks are off.\
                    </description></item></channel></rss>";
        let row = "{\"text\": \"Talks are off.\", \"published\": \"2031-11-14\"}\n{\"text\": \"She left.\", \"published\": \"2025-11-20\"}";
        let page = "<meta property='article:published_time' content='2031-11-14T21:40:00Z'><p>Talks are off, she said.";
        let mut found = Vec::new();
        for (name, bytes) in [("a.xml", feed), ("b.jsonl", row), ("c.html", page), ("d.txt", "Talks are off.")] {
            fs::write(folder.path().join(name), bytes).expect("written");
            fs::write(folder.path().join("d.meta.json"), "{\"published\": \"2031-11-14\"}").expect("written");
            let source = sources([folder.path().join(name)]).next().expect("one").expect("readable");
            for report in source.reports(&Given::default(), &limits) {
                let report = report.expect("a report");
                let says: Vec<String> = report.notes.into_iter().map(|note| note.says).collect();
                found.push((name, report.published.is_some(), says.join("; ")));
            }
        }
        let later = |time: &str| format!("dated 2031-11-14T{time}, after it was found: no date is taken");
        let day = later("00:00:00");
        let expected = [
            ("a.xml", false, later("21:40:00")),
            ("b.jsonl", false, day.clone()),
            ("b.jsonl", true, String::new()),
            ("c.html", false, later("21:40:00")),
            ("d.txt", false, day),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn packed_files_and_lists_are_read_as_what_they_hold() {
        use std::io::Write as _;
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("written");
        let gzip = |bytes: &[u8]| {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            packed.write_all(bytes).expect("memory");
            packed.finish().expect("memory")
        };
        let zstd = |bytes: &[u8]| ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest);
        write("a.txt.gz", &gzip(b"Talks are off."));
        write("a.meta.json", br#"{"outlet": "Echo"}"#);
        write("b.jsonl.zst", &zstd(b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n"));
        let rows: String =
            (0..4_000).map(|row| format!("{{\"text\": \"Round {row} of {}.\"}}\n", row * 7919 % 997)).collect();
        write("c.jsonl.gz", &gzip(rows.as_bytes())[..12_000]);
        write("d.html.gz", &gzip(&gzip(b"<p>x")));
        write("e.opml", br#"<opml><body><outline xmlUrl="https://echo.example/feed"/></body></opml>"#);
        write("f.tar.gz", &gzip(b"x"));
        let mut found = Vec::new();
        for source in sources([folder.path()]) {
            let source = source.expect("readable");
            let name = source.path.as_ref().and_then(|path| path.file_name()).expect("a name").to_string_lossy();
            for report in source.reports(&Given::default(), &Limits::default()) {
                found.push(match report {
                    Ok(report) => format!("{name} {} {}", report.text.as_str(), report.outlet.unwrap_or_default()),
                    Err(error) => error.to_string().replace(&source.name, &name),
                });
            }
        }
        // What stands before the fault is read.
        let rounds = found.len();
        found.retain(|found| !found.contains("Round") || found.contains("Round 0 "));
        assert!(rounds > found.len() + 100, "{rounds}");
        assert_eq!(
            found,
            [
                "a.txt.gz Talks are off. Echo",
                "b.jsonl.zst One. ",
                "b.jsonl.zst Two. ",
                "c.jsonl.gz Round 0 of 0. ",
                "`c.jsonl.gz`: ends inside a gzip member",
                "`d.html.gz` is a gzip archive, not a report's text",
                "`e.opml` has no report, only links to 1: they can be followed",
            ]
        );
    }
}
