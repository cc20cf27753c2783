//! Stamps that cannot be right: a report that is dated later than it is read. Its dates are read as it says, with a note.

use jiff::Timestamp;
use jiff::tz::Offset;
use reportedly_record::{Note, Published, Stage, Time};

/// The zone that is furthest ahead: no local time comes earlier anywhere.
const FIRST: Offset = Offset::constant(14);

/// Doubts a stamp that is still to come at `now`, wherever the report's clock hangs. The note is about the words that state
/// the day, where the text does; `times` are those read in it.
pub fn ahead(published: &Published, times: &[Time], now: Timestamp) -> Option<Note> {
    let earliest = published.instant.or_else(|| FIRST.to_timestamp(published.local).ok())?;
    (earliest > now).then(|| {
        let day = published.local.date().to_string();
        let stated = times.iter().find(|time| time.value.starts_with(&day));
        let says =
            format!("the report is stamped {}, which is still to come; dates are read as it says", published.local);
        Note { stage: Stage::When, says, span: stated.map(|time| time.evidence.span) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use reportedly_record::{Known, Precision};

    #[test]
    fn only_what_is_to_come_everywhere_is_doubted() {
        let now: Timestamp = "2026-11-14T12:00:00Z".parse().expect("an instant");
        let doubt = |local: &str, instant: Option<&str>| {
            let published = Published {
                local: local.parse().expect("a local time"),
                instant: instant.map(|instant| instant.parse().expect("an instant")),
                offset: None,
                precision: Precision::Day,
                known: Known::Given,
            };
            ahead(&published, &[], now)
        };
        assert_eq!(doubt("2026-11-14T11:59:00", Some("2026-11-14T11:59:00Z")), None);
        assert!(doubt("2026-11-14T12:01:00", Some("2026-11-14T12:01:00Z")).is_some());
        // Where no zone is known it may be tomorrow already.
        assert_eq!(doubt("2026-11-15T00:00:00", None), None);
        let note = doubt("2031-11-14T21:40:00", None).expect("five years on");
        assert!(note.says.contains("2031-11-14T21:40:00") && note.span.is_none(), "{note:?}");
    }
}
