//! One report, made of a text and of what is known about it from outside and inside.

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use reportedly_record::{Id, Kind, Known, Note, Published, Report, Stage, Text};
use sha2::{Digest, Sha256};
use std::ops::Range;

use crate::language::language;
use crate::passages::{Hints, passages};
use crate::stamp::{Stamp, named_zone};
use crate::{Error, Given};

/// What a medium hands over: the text, and what its file says about the report.
#[derive(Debug)]
pub(crate) struct Parts {
    /// File, and line where it has one, for messages.
    pub(crate) name: String,
    /// The text, as it will stand.
    pub(crate) text: String,
    /// What the file itself says: fields of a row, metadata of a page.
    pub(crate) own: Given,
    /// How the file's own date is known.
    pub(crate) known: Known,
    /// The date of publication, where the medium read it already.
    pub(crate) published: Option<Published>,
    /// The author, as the file says.
    pub(crate) author: Option<String>,
    /// Byte ranges that are words under a picture.
    pub(crate) captions: Vec<Range<usize>>,
    /// What reading the file left in doubt.
    pub(crate) doubts: Vec<String>,
}

impl Default for Parts {
    fn default() -> Parts {
        Parts {
            name: String::new(),
            text: String::new(),
            own: Given::default(),
            known: Known::Field,
            published: None,
            author: None,
            captions: Vec::new(),
            doubts: Vec::new(),
        }
    }
}

/// Makes a report. What is given overrides what the file says.
pub(crate) fn report(parts: Parts, given: &Given) -> Result<Report, Error> {
    let mut doubts = parts.doubts;
    let facts = given.or(&parts.own);
    let wrong = |fault: String| Error::Published { name: parts.name.clone(), fault };
    let zone = match (&given.zone, &parts.own.zone) {
        (Some(zone), _) => {
            named_zone(zone).map_err(wrong)?;
            Some(zone.clone())
        }
        (None, Some(zone)) => match named_zone(zone) {
            Ok(_) => Some(zone.clone()),
            Err(fault) => {
                doubts.push(fault);
                None
            }
        },
        (None, None) => None,
    };
    let published = match (&given.published, &parts.own.published) {
        (Some(words), _) => Some(published(words, zone.as_deref(), Known::Given).map_err(wrong)?),
        (None, Some(words)) => published(words, zone.as_deref(), parts.known).map_err(|fault| doubts.push(fault)).ok(),
        (None, None) => parts.published,
    };
    // The zone of an RFC 9557 date was given as much as one in a field of its own.
    let zone = zone.or_else(|| Stamp::iso(facts.published.as_deref()?)?.zone);
    Ok(assemble(parts.text, &facts, published, zone, parts.author, &parts.captions, doubts))
}

/// Reads a date that somebody wrote down for us.
fn published(words: &str, zone: Option<&str>, known: Known) -> Result<Published, String> {
    let stamp = Stamp::iso(words).ok_or_else(|| {
        format!("published `{words}` is no date: expected one such as 2025-11-14T21:40:00+02:00 or 2025-11-14")
    })?;
    if let (Some(own), Some(zone)) = (&stamp.zone, zone.filter(|zone| stamp.zone.as_deref() != Some(*zone))) {
        return Err(format!("published `{words}` names the zone {own}, and the zone given is {zone}"));
    }
    stamp.published(zone, known).map_err(|fault| format!("published `{words}` contradicts itself: {fault}"))
}

fn assemble(
    text: String,
    facts: &Given,
    published: Option<Published>,
    zone: Option<String>,
    author: Option<String>,
    captions: &[Range<usize>],
    doubts: Vec<String>,
) -> Report {
    let text = Text::new(text);
    let hints = Hints { title: facts.title.as_deref(), author: author.as_deref(), captions };
    let found = passages(&text, hints);
    let (language, unread) = language(text.as_str());
    let content_hash: String = Sha256::digest(text.as_str()).iter().map(|byte| format!("{byte:02x}")).collect();
    let id = Id::of(
        Kind::Report,
        &[
            facts.url.as_deref().unwrap_or_default().as_bytes(),
            facts.outlet.as_deref().unwrap_or_default().as_bytes(),
            text.as_str().as_bytes(),
        ],
    );
    let notes = doubts.into_iter().chain(unread).map(|says| Note { stage: Stage::Intake, says, span: None }).collect();
    Report {
        id,
        url: facts.url.clone(),
        outlet: facts.outlet.clone(),
        headline: facts.title.clone().or(found.headline),
        byline: found.byline.or(author),
        dateline: found.dateline,
        language,
        published,
        zone,
        content_hash,
        text,
        passages: found.passages,
        notes,
    }
}

/// How much later than now a report can be dated: clocks and zones are wrong by a day at most.
pub(crate) const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// Takes the date off a report that was found before it: what the report gives is the date of something else.
pub(crate) fn undated_if_later(report: &mut Report, found: Timestamp) {
    let Some(published) = &report.published else { return };
    let instant = published.instant.or_else(|| Offset::UTC.to_timestamp(published.local).ok());
    if instant.is_some_and(|instant| instant > found.saturating_add(AHEAD).unwrap_or(Timestamp::MAX)) {
        let says = format!("dated {}, after it was found: no date is taken", published.local);
        report.notes.push(Note { stage: Stage::Intake, says, span: None });
        report.published = None;
    }
}

/// Makes a report of a plain text, which stays exactly as it is but for a byte order mark.
///
/// # Errors
/// When the date or zone given is none, or they contradict each other.
pub fn report_from_text(text: &str, given: &Given) -> Result<Report, Error> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    report(Parts { name: "text".to_owned(), text: text.to_owned(), ..Parts::default() }, given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_wins_and_must_be_right() {
        let given = |published: &str, zone: Option<&str>| Given {
            published: Some(published.to_owned()),
            zone: zone.map(str::to_owned),
            ..Given::default()
        };
        let report =
            report_from_text("Talks are off.", &given("2025-11-14T21:40+02:00[Asia/Jerusalem]", None)).expect("a date");
        assert_eq!(report.zone.as_deref(), Some("Asia/Jerusalem"));
        assert_eq!(report.published.map(|published| published.known), Some(Known::Given));
        let error =
            |published: &str, zone| report_from_text("x", &given(published, zone)).expect_err("wrong").to_string();
        assert_eq!(
            error("2025-02-30", None),
            "`text`: published `2025-02-30` is no date: expected one such as 2025-11-14T21:40:00+02:00 or 2025-11-14"
        );
        assert_eq!(
            error("2025-11-14T21:40:00-05:00", Some("Asia/Jerusalem")),
            "`text`: published `2025-11-14T21:40:00-05:00` contradicts itself: Asia/Jerusalem is +02 at that time, not -05"
        );
        assert!(
            error("2025-11-14T21:40:00+02:00[Asia/Jerusalem]", Some("Europe/Kyiv"))
                .contains("names the zone Asia/Jerusalem")
        );
    }

    #[test]
    fn a_field_that_is_wrong_is_a_note() {
        let own = Given { published: Some("soon".to_owned()), zone: Some("Moon".to_owned()), ..Given::default() };
        let report = report(Parts { text: "Talks are off.".to_owned(), own, ..Parts::default() }, &Given::default())
            .expect("a report");
        assert_eq!(report.published, None);
        assert_eq!(report.notes.len(), 2);
    }

    #[test]
    fn the_text_stays_as_it_is() {
        for text in ["\u{FEFF} \r\n x\0 \u{2028}y\n\n", "  ", ""] {
            let report = report_from_text(text, &Given::default()).expect("a report");
            assert_eq!(report.text.as_str(), text.trim_start_matches('\u{FEFF}'));
        }
        let quotes = "“".repeat(10_000);
        assert_eq!(report_from_text(&quotes, &Given::default()).expect("a report").text.as_str(), quotes);
    }

    #[test]
    fn a_report_in_arabic_is_kept_and_said_not_to_be_analysed() {
        let text = "قال الوزير يوم الاثنين إن المحادثات تأجلت إلى أجل غير مسمى.\n\nولم يرد مكتبه على طلب للتعليق.";
        let report = report_from_text(text, &Given::default()).expect("a report");
        assert_eq!((report.language.code.as_str(), report.language.analysed, report.passages.len()), ("ar", false, 2));
        assert_eq!(report.notes[0].says, "language is Arabic (ar): not analysed");
    }
}
