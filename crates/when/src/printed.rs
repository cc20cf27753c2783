//! Dates that a page prints on a line of their own: "Friday, August 21, 2015", "Posted 14 November 2025". Such a line is no news, yet
//! the date in it is one that the text gives.

use reportedly_record::{Boiler, Id, Kind, PassageKind, Report, Time, TimeKind};

use crate::times::{Writing, plain_times};

/// Bytes of such a line at the most.
const LONGEST: usize = 60;

/// Reads the dates that a report prints on lines of their own.
pub fn printed(report: &Report, writing: &Writing) -> Vec<Time> {
    let is_link = |boiler: Option<Boiler>| boiler.is_none_or(|boiler| boiler == Boiler::Nav);
    let lines = report
        .passages
        .iter()
        .filter(|p| p.kind == PassageKind::Boilerplate && is_link(p.boiler) && p.span.bytes().len() <= LONGEST);
    let date = |line: &reportedly_record::Passage| {
        let (start, words) = (line.span.bytes().start, report.text.slice(line.span));
        let [time] = <[Time; 1]>::try_from(plain_times(words, writing)).ok()?;
        let is_day = matches!(time.kind, TimeKind::Date | TimeKind::Time)
            && time.value.get(..10).is_some_and(|day| day.bytes().filter(u8::is_ascii_digit).count() == 8);
        // A date is most of its line; in a headline that links elsewhere it is a part.
        let bytes = time.evidence.span.bytes();
        if !is_day || bytes.len() * 2 < words.trim().len() {
            return None;
        }
        let evidence = report.text.words(report.text.span(bytes.start + start..bytes.end + start));
        let at = (evidence.span.bytes().start as u64).to_le_bytes();
        let id = Id::of(Kind::Time, &[report.id.to_string().as_bytes(), &at, evidence.text.as_bytes()]);
        Some(Time { id, evidence, ..time })
    };
    lines.filter_map(date).collect()
}
