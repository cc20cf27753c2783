//! What an outlet says in a report's text about its own desk, hours and stamps.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::class::zone_at;
use crate::lex::{bytes, pieces};
use crate::meaning::ZoneWord;
use crate::silence::Observance;

/// What a desk note says, each with its words (bytes of the note).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct DeskNote {
    /// "North American desk".
    pub(crate) desk: Option<(String, Range<usize>)>,
    /// The city whose Sabbath or holiday the desk works until.
    pub(crate) city: Option<(String, Range<usize>)>,
    /// IANA zone, or fixed offset, that automatic stamps are in.
    pub(crate) stamps: Option<(ZoneWord, Range<usize>)>,
}

static DESK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b((?:[A-Z][A-Za-z.]+[ -]){1,3}(?:desk|newsroom|bureau|edition))\b").expect("the pattern is tested")
});

/// A holy day, and the city it begins in: "until the start of Shabbat in New York".
static SABBATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i:shabbat|shabbos|sabbath|candle[- ]lighting|the holidays?|the festivals?)\b[^.]{0,40}?\b(?:in|at) ((?:[A-Z][a-z]+)(?: [A-Z][a-z]+)*)",
    )
    .expect("the pattern is tested")
});

/// Words of a sentence that speaks of the times printed with reports.
static STAMPS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:times?|stamps?|timestamps?|clock)\b").expect("the pattern is tested"));

/// Reads a desk note.
pub(crate) fn desk_note(note: &str) -> DeskNote {
    let desk = DESK.captures(note).and_then(|found| found.get(1)).map(|m| (m.as_str().to_owned(), m.range()));
    let city = SABBATH.captures_iter(note).find_map(|found| {
        let (name, whole) = (found.get(1)?, found.get(0)?);
        let known = Observance::in_city(name.as_str())?;
        Some((known.city, whole.range()))
    });
    // "New York desk": the desk's own name is a city's.
    let city = city.or_else(|| {
        let (name, range) = desk.as_ref()?;
        let keeps = note.to_lowercase();
        let is_kept = ["shabbat", "shabbos", "sabbath", "candle"].iter().any(|word| keeps.contains(word));
        let place = name.rsplit_once(' ')?.0;
        Some((Observance::in_city(place).filter(|_| is_kept)?.city, range.clone()))
    });
    DeskNote { desk, city, stamps: stamps(note) }
}

/// The zone that a sentence about times names.
fn stamps(note: &str) -> Option<(ZoneWord, Range<usize>)> {
    let cut = pieces(note);
    (0..cut.len()).find_map(|at| {
        let (next, zone) = zone_at(&cut, at)?;
        let range = bytes(&cut, at..next);
        let from = note[..range.start].rfind(['.', '(']).map_or(0, |dot| dot + 1);
        let before = &note[from..range.start];
        STAMPS.is_match(before).then_some((zone, range))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(note: &str, desk: &str, city: &str, stamps: Option<ZoneWord>) {
        let read = desk_note(note);
        assert_eq!(read.desk.map(|(name, _)| name).unwrap_or_default(), desk, "{note}");
        assert_eq!(read.city.map(|(name, _)| name).unwrap_or_default(), city, "{note}");
        assert_eq!(read.stamps.map(|(zone, _)| zone), stamps, "{note}");
    }

    #[test]
    fn desks_hours_and_stamps() {
        check(
            "(The Echo's North American desk is keeping you updated until the start of Shabbat in New York. The time posted automatically on all Echo articles, however, is Israeli time.)",
            "North American desk",
            "New York",
            Some(ZoneWord::Iana("Asia/Jerusalem")),
        );
        check(
            "The overnight file is written by the New York desk and will be refreshed until candle lighting there on Friday.",
            "New York desk",
            "New York",
            None,
        );
        check("All times are GMT.", "", "", Some(ZoneWord::Fixed(0)));
        check("This is a developing story.", "", "", None);
    }
}
