//! Evidence of a correction: the words that an item stood on. By them it is found again in another record of the report.

use std::ops::Range;

use reportedly_record::{Id, Kind, Record, Span, Text};
use serde::{Deserialize, Serialize};

/// Bytes of text kept on each side, to tell equal words apart.
const AROUND: usize = 60;

/// Words of a quotation that stand for themselves. Fewer are kept with the sentence around them, because "met" is in many.
const ENOUGH: usize = 6;

/// Bytes on each side of a place in which its sentence is looked for.
const LONGEST: usize = 2_000;

/// Part of an item and of its new place that both must share.
const SHARED: f64 = 0.5;

/// The words that an item of a report stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The letter of the item's id: what kind of item it is.
    pub kind: char,
    /// The words, with the rest of the sentence where they are few.
    pub quote: String,
    /// Where in the quote the item's own words begin, and how long they are, in bytes.
    pub own: [usize; 2],
    /// What stands before the quote.
    pub before: String,
    /// What stands behind it.
    pub after: String,
}

/// Why evidence is not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The words are not in the text.
    Words,
    /// They are there more than once, and nothing tells which is meant.
    Twice,
    /// The words are there, and no such item stands on them.
    Item,
}

impl Lost {
    /// Says it.
    pub fn says(self) -> &'static str {
        match self {
            Lost::Words => "its words are no longer in the report",
            Lost::Twice => "its words are in the report more than once",
            Lost::Item => "its words are there, but nothing of the kind is read in them",
        }
    }
}

impl Evidence {
    /// The evidence of an item of a record.
    pub fn of(record: &Record, id: Id) -> Option<Evidence> {
        let text = &record.report.text;
        let (_, own) = places(record).into_iter().find(|(item, _)| *item == id)?;
        let own = own.bytes();
        let words = text.as_str().get(own.clone())?.split_whitespace().count();
        let quote = if words < ENOUGH { sentence(text, own.clone()) } else { own.clone() };
        let around = text.span(quote.start.saturating_sub(AROUND)..quote.end + AROUND).bytes();
        Some(Evidence {
            kind: letter(id.kind()),
            quote: text.as_str().get(quote.clone())?.to_owned(),
            own: [own.start - quote.start, own.len()],
            before: text.as_str().get(around.start..quote.start)?.to_owned(),
            after: text.as_str().get(quote.end..around.end)?.to_owned(),
        })
    }

    /// The item's own words.
    pub fn words(&self) -> &str {
        self.quote.get(self.own[0]..self.own[0] + self.own[1]).unwrap_or(&self.quote)
    }

    /// Finds the item that stands on these words in a record.
    ///
    /// # Errors
    ///
    /// With what is not there any more.
    pub fn find(&self, record: &Record) -> Result<Id, Lost> {
        let text = &record.report.text;
        let quote = self.place(text.as_str())?;
        let from = quote.start + self.own[0].min(quote.len());
        let own = text.span(from..from + self.own[1]);
        let of_kind = places(record).into_iter().filter(|(id, _)| letter(id.kind()) == self.kind);
        let shares = of_kind.map(|(id, span)| (id, shared(own, span))).filter(|(_, share)| *share >= SHARED);
        // The first of equals, so that the answer does not depend on chance.
        let best = shares.reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map(|(id, _)| id).ok_or(Lost::Item)
    }

    /// Finds the quote in a text: where it stands more than once, by what stands around it.
    fn place(&self, text: &str) -> Result<Range<usize>, Lost> {
        let found: Vec<usize> = text.match_indices(&self.quote).map(|(at, _)| at).collect();
        let around = |at: &usize| {
            let before = text.get(..*at).unwrap_or_default();
            let after = text.get(at + self.quote.len()..).unwrap_or_default();
            let left = before.bytes().rev().zip(self.before.bytes().rev()).take_while(|(a, b)| a == b).count();
            left + after.bytes().zip(self.after.bytes()).take_while(|(a, b)| a == b).count()
        };
        let place = |at: usize| at..at + self.quote.len();
        match found.as_slice() {
            [] => Err(Lost::Words),
            [one] => Ok(place(*one)),
            several => {
                let best = several.iter().map(around).max().unwrap_or_default();
                let mut best = several.iter().filter(|at| around(at) == best);
                match (best.next(), best.next()) {
                    (Some(one), None) => Ok(place(*one)),
                    _ => Err(Lost::Twice),
                }
            }
        }
    }
}

/// Every item of a record that a person can correct, with the place it stands on.
pub(crate) fn places(record: &Record) -> Vec<(Id, Span)> {
    let mut all: Vec<(Id, Span)> = Vec::new();
    for entity in &record.entities {
        let first = entity.mentions.first().and_then(|id| record.mentions.iter().find(|mention| mention.id == *id));
        all.extend(first.map(|mention| (entity.id, mention.evidence.span)));
    }
    all.extend(record.mentions.iter().map(|item| (item.id, item.evidence.span)));
    all.extend(record.times.iter().map(|item| (item.id, item.evidence.span)));
    all.extend(record.attributions.iter().map(|item| (item.id, item.evidence)));
    all.extend(record.quotes.iter().map(|item| (item.id, item.evidence.span)));
    all.extend(record.no_responses.iter().map(|item| (item.id, item.evidence)));
    all.extend(record.events.iter().map(|item| (item.id, item.evidence)));
    all.extend(record.states.iter().map(|item| (item.id, item.evidence)));
    all.extend(record.relations.iter().map(|item| (item.id, item.evidence)));
    all.extend(record.designations.iter().map(|item| (item.id, item.evidence)));
    all.extend(record.stances.iter().map(|item| (item.id, item.evidence)));
    all.extend(record.labels.iter().map(|item| (item.id, item.evidence.span)));
    all.extend(record.chains.iter().map(|item| (item.id, item.evidence)));
    all.extend(record.tallies.iter().map(|item| (item.id, item.evidence)));
    all
}

/// The stretch from sentence to sentence around a place, as far as full stops and line ends tell.
pub(crate) fn sentence(text: &Text, place: Range<usize>) -> Range<usize> {
    let string = text.as_str();
    let near = string.floor_char_boundary(place.start.saturating_sub(LONGEST));
    let far = string.ceil_char_boundary((place.end + LONGEST).min(string.len()));
    let begins = ends_of_sentences(string, near..place.start).last().unwrap_or(near);
    let ends = ends_of_sentences(string, place.end..far).next().unwrap_or(far);
    let stretch = string.get(begins..ends).unwrap_or_default();
    let start = begins + (stretch.len() - stretch.trim_start().len());
    start.min(place.start)..(begins + stretch.trim_end().len()).max(place.end)
}

/// Offsets in a part of a text behind each full stop that white space and no small letter follows, and each line end.
fn ends_of_sentences(text: &str, part: Range<usize>) -> impl Iterator<Item = usize> + '_ {
    let from = part.start;
    text.get(part).unwrap_or_default().char_indices().filter_map(move |(at, c)| {
        let (at, mut next) = (from + at, from + at + c.len_utf8());
        if c == '\n' {
            return Some(next);
        }
        if !matches!(c, '.' | '!' | '?') {
            return None;
        }
        // The closing mark of a quotation belongs to its last sentence.
        let behind = text.get(next..)?;
        next += behind.len() - behind.trim_start_matches(['"', '”', '’', '\'']).len();
        let mut rest = text.get(next..)?.chars();
        let gap = rest.next().is_none_or(char::is_whitespace);
        let goes_on = rest.find(|c| !c.is_whitespace()).is_some_and(char::is_lowercase);
        // "Mr. Tollan" and "U.S. officials": a short word before the stop ends no sentence.
        let word = text.get(..at)?.rsplit(char::is_whitespace).next().unwrap_or_default();
        let short = c == '.' && (word.chars().count() < 3 || word.contains('.'));
        (gap && !goes_on && !short).then_some(next)
    })
}

/// Intersection over union.
fn shared(one: Span, other: Span) -> f64 {
    let (one, other) = (one.bytes(), other.bytes());
    let both = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    let all = one.len() + other.len() - both;
    if all == 0 { 0.0 } else { both as f64 / all as f64 }
}

/// The letter of a kind of item.
pub(crate) fn letter(kind: Kind) -> char {
    Id::of_number(kind, 0).to_string().chars().next().unwrap_or('x')
}
