//! Stamps that cannot be right. The record stays what the report says; the reader is told beside it.

use jiff::Timestamp;
use jiff::tz::Offset;
use reportedly::record::Published;

/// The zone that is furthest ahead: no local time comes earlier anywhere.
const FIRST: Offset = Offset::constant(14);

/// Says that a report is stamped later than it is read, wherever its clock hangs.
pub(crate) fn ahead(published: &Published, now: Timestamp) -> Option<String> {
    let earliest = published.instant.or_else(|| FIRST.to_timestamp(published.local).ok())?;
    (earliest > now)
        .then(|| format!("is stamped {}, which is still to come; dates are read as it says", published.local))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reportedly::record::{Known, Precision};

    #[test]
    fn only_what_is_to_come_everywhere_is_told() {
        let now: Timestamp = "2026-11-14T12:00:00Z".parse().expect("an instant");
        let stamped = |local: &str, instant: Option<&str>| Published {
            local: local.parse().expect("a local time"),
            instant: instant.map(|instant| instant.parse().expect("an instant")),
            offset: None,
            precision: Precision::Day,
            known: Known::Given,
        };
        assert_eq!(ahead(&stamped("2026-11-14T11:59:00", Some("2026-11-14T11:59:00Z")), now), None);
        assert!(ahead(&stamped("2026-11-14T12:01:00", Some("2026-11-14T12:01:00Z")), now).is_some());
        // Where no zone is known it may be tomorrow already.
        assert_eq!(ahead(&stamped("2026-11-15T00:00:00", None), now), None);
        let says = ahead(&stamped("2031-11-14T21:40:00", None), now).expect("five years on");
        assert!(says.contains("2031-11-14T21:40:00"), "{says}");
    }
}
