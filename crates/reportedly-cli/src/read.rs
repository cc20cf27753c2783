//! `reportedly read`: every report's record, in the order the reports are named.

use std::io::{self, BufWriter};

use anstream::AutoStream;
use anyhow::anyhow;
use reportedly::record::Span;

use crate::Ended;
use crate::args::{Format, Read, When};
use crate::desks::in_order;
use crate::galley::Paper;
use crate::pages::{Pages, page};
use crate::tally::Tally;

pub(crate) fn read(read: Read, when: When) -> anyhow::Result<Ended> {
    let Read { input, format } = read;
    let paper = Paper::stdout(when);
    let assignment = input.assignment()?;
    let mut pages = Pages::new(BufWriter::new(stdout(format, when)), format, paper);
    let mut tally = Tally::new(when);
    let results = in_order(assignment, move |engine, incoming, desk| {
        let mut sentences: Vec<Span> = Vec::new();
        let record = engine.read_with(&incoming.report, desk, |_, _, syntax| {
            sentences.extend(
                syntax.sentences.iter().filter(|words| !words.is_empty()).map(|words| syntax.span(words.clone())),
            );
        });
        page(format, incoming, &record, &sentences, paper)
    });
    for result in results {
        match result {
            Ok(page) => {
                pages.put(page).map_err(unwritable)?;
                tally.read();
            }
            Err(refusal) => tally.refuse(refusal),
        }
    }
    pages.end().map_err(unwritable)?;
    Ok(tally.close())
}

/// Standard output as it is for JSON and HTML, and as its terminal wants it for sheets.
fn stdout(format: Format, when: When) -> Box<dyn io::Write> {
    match format {
        Format::Text => Box::new(AutoStream::new(io::stdout(), when.choice())),
        Format::Json | Format::Jsonl | Format::Html => Box::new(io::stdout()),
    }
}

/// Names what could not be written to. A pipe that was closed stays what it is, because it is no error.
pub(crate) fn unwritable(error: io::Error) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::BrokenPipe => error.into(),
        _ => anyhow!("standard output cannot be written to: {error}"),
    }
}
