//! Times of a report: found by the encoder's head and the rules together, read by the desk's clock.

use std::ops::Range;

use jiff::civil::{Date, DateTime};
use jiff::tz::{self, TimeZone};
use jiff::{ToSpan, Zoned};
use reportedly_model::Scores;
use reportedly_record::{Id, Kind, Note, Order, Side, Stage, Syntax, Text, Time, TimeKind};

use crate::expression::{expressions, is_sure, place};
use crate::game::is_of_game;
use crate::lex::{Piece, PieceKind, pieces};
use crate::meaning::{Anchor, Meaning, Modifier, Unit, ZoneWord};
use crate::order::orders;
use crate::point::Point;
use crate::rate::is_rate;
use crate::resolve::{Counted, Reading, Tense, View, resolve};
use crate::rules::{Match, Op, rules};
use crate::sieve::{is_none, is_wide_present};
use crate::tense::{bound, nearby, tense};

/// When and where a report was written: what its relative dates are counted from.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    /// Local time at the desk; none where no publication date is known.
    pub now: Option<DateTime>,
    /// The time of day is known too.
    pub has_hour: bool,
    /// The desk's zone, where it is known.
    pub zone: Option<TimeZone>,
}

/// What was spoken of so far: it runs on from one section of a report to the next.
#[derive(Clone, Debug, Default)]
pub struct Thread {
    /// The latest day that is told in full and in the past: the report is no older.
    behind: Option<Date>,
    /// The time spoken of last that was over when the report was written.
    over: Option<Point>,
    reference: Option<Point>,
    quarter: Option<Point>,
}

/// A sure expression that the encoder does not hear is kept unless no tag of a time comes this near to none.
const UNHEARD: f32 = -1.0; // swept -6 to 1 on dev 2026-11-25: value 78.8, 79.0, 79.2, 79.1

/// Words that were spoken at a time of their own: what somebody said "in an interview aired October 19".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The words, in bytes of the text.
    pub words: Range<usize>,
    /// Where the text says when, in bytes.
    pub occasion: Range<usize>,
}

/// Words whose times are sought, with what is known of them.
#[derive(Clone, Copy)]
pub struct Sought<'a> {
    /// The report's id.
    pub report: Id,
    /// The report's text.
    pub text: &'a Text,
    /// The words and their trees.
    pub syntax: &'a Syntax,
    /// What the encoder hears; without it the rules alone find times.
    pub scores: Option<&'a Scores>,
    /// Quotations with a time of their own.
    pub spoken: &'a [Spoken],
}

/// Finds and reads the times in some words of a text. Doubts go to `notes`.
pub fn times(sought: Sought<'_>, writing: &Writing, thread: &mut Thread, notes: &mut Vec<Note>) -> Vec<Time> {
    let Sought { report, text, syntax, scores, spoken } = sought;
    let words = &syntax.words;
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
    let base = first.span.bytes().start;
    let string = &text.as_str()[base..last.span.bytes().end];
    let cut = pieces(string);
    let heard = scores.and_then(|scores| heard(syntax, scores, base));
    let found = match &heard {
        Some(heard) => both(&cut, heard),
        None => {
            expressions(&cut, false).into_iter().filter(|found| is_sure(&cut, found)).map(Found::of(&cut)).collect()
        }
    };
    let found = joined(string, found);
    let mut read: Vec<(Range<usize>, Found, View, Reading)> = Vec::new();
    for mut found in found {
        let bytes = found.bytes.start + base..found.bytes.end + base;
        let word = words.partition_point(|word| word.span.bytes().end <= bytes.start);
        let said = text.as_str().get(bytes.clone()).unwrap_or_default();
        if let Some(length) = found.expression.as_mut().filter(|e| e.op == Op::Length)
            && is_rate(text, syntax, word, said)
        {
            (length.op, length.meaning.is_every) = (Op::Repetition, true);
        }
        let tense =
            bound(&cut, found.bytes.start, found.is_weekday()).unwrap_or_else(|| tense(text.as_str(), syntax, word));
        let view = View {
            now: writing.now,
            has_hour: writing.has_hour,
            tense,
            reference: thread.counted_from(tense, writing.now),
            quarter: thread.quarter.clone(),
        };
        let reading = match &found.expression {
            Some(expression) => coming(text.as_str(), &bytes, expression, &view, resolve(expression, &view)),
            None => unread(found.kind),
        };
        let reading = if is_by_event(text.as_str(), &bytes) { unread(found.kind) } else { reading };
        let words = text.as_str().get(bytes.clone()).unwrap_or_default();
        let is_none = is_none(text, syntax, word, words, &reading.value, found.expression.is_some());
        if is_none || is_of_game(text.as_str(), &bytes) {
            continue;
        }
        thread.heard(&reading);
        thread.passed(&reading, writing.now);
        thread.told(&reading, view.tense);
        read.push((bytes, found, view, reading));
    }
    let occasions: Vec<(Range<usize>, Date)> = spoken
        .iter()
        .filter_map(|spoken| {
            let dated = read.iter().filter(|(bytes, ..)| touches(bytes, &spoken.occasion));
            let day =
                dated.filter_map(|(.., reading)| reading.point.as_ref()).find(|point| point.unit() <= Unit::Day)?;
            Some((spoken.words.clone(), day.first()?))
        })
        .collect();
    let mut times: Vec<Time> = Vec::new();
    for (bytes, found, view, reading) in read {
        let own = occasions.iter().find(|(words, _)| words.start <= bytes.start && bytes.end <= words.end);
        let (reading, writing) = match (own, &found.expression) {
            // What was said at a dated time counts from that time.
            (Some((_, day)), Some(expression)) => {
                let now = Some(day.at(12, 0, 0, 0));
                let view = View { now, has_hour: false, ..view };
                (resolve(expression, &view), &Writing { now, has_hour: false, zone: writing.zone.clone() })
            }
            _ => (reading, writing),
        };
        let span = text.span(bytes);
        if let Some(doubt) = doubt(&found, &reading, text.slice(span)) {
            notes.push(Note { stage: Stage::When, says: doubt, span: Some(span) });
        }
        let mut time = time(report, text.words(span), &found, reading, writing);
        // "Now" may be the time that is told of.
        let told = own.is_none() && view.tense.is_over();
        if time.value == "PRESENT_REF" && (told || is_wide_present(&time.evidence.text)) {
            (time.earliest, time.latest, time.anchor) = (None, None, None);
        }
        // Nobody but those who count so knows when a fiscal year begins.
        if time.evidence.text.to_lowercase().contains("fiscal") {
            (time.earliest, time.latest) = (None, None);
        }
        if own.is_some() {
            time.anchor = time.anchor.map(|anchor| anchor.replace("the day of writing", "the day of speaking"));
        }
        times.push(time);
    }
    let dated = |bytes: &Range<usize>| times.iter().any(|time| touches(&time.evidence.span.bytes(), bytes));
    let ordered: Vec<Time> =
        orders(text, syntax, dated).into_iter().map(|(bytes, order)| by_order(report, text, bytes, order)).collect();
    times.extend(ordered);
    times.sort_by_key(|time| time.evidence.span);
    times
}

/// "The day before the flood": what is counted from something that happens.
fn is_by_event(text: &str, bytes: &Range<usize>) -> bool {
    let words = text.get(bytes.clone()).unwrap_or_default().to_lowercase();
    let next = text.get(bytes.end..).unwrap_or_default().split_whitespace().next().unwrap_or_default();
    let behind = matches!(next, "the" | "a" | "an" | "his" | "her" | "its" | "their");
    // "The month before Roe took office".
    let unit = matches!(words.as_str(), "the day" | "the week" | "the month" | "the year" | "the night");
    if unit && matches!(next, "before" | "after") {
        return true;
    }
    behind && words.starts_with("the ") && (words.ends_with(" before") || words.ends_with(" after"))
}

/// "Will end in 16 days": how long, and also the day on which that is over.
fn coming(text: &str, bytes: &Range<usize>, expression: &Match, view: &View, reading: Reading) -> Reading {
    let before = text.get(..bytes.start).unwrap_or_default().trim_end();
    let within = before.strip_suffix("in").or_else(|| before.strip_suffix("In"));
    let is_in = within.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    // "In a year where voters are angry": that year.
    let behind = text.get(bytes.end..).unwrap_or_default().split_whitespace().next().unwrap_or_default();
    let is_such = matches!(behind, "where" | "when" | "that" | "in" | "of" | "like");
    if reading.kind != TimeKind::Duration || view.tense != Tense::Future || !is_in || is_such {
        return reading;
    }
    let Reading { from, to, counted, .. } = resolve(&Match { op: Op::Shift, ..expression.clone() }, view);
    if from.is_some() { Reading { from, to, counted, ..reading } } else { reading }
}

/// Lets the two ends of a range share what one of them names: the year in "from May to July 2024", zone and day in "between 3
/// and 5 p.m. EST on Monday".
fn joined(text: &str, mut found: Vec<Found>) -> Vec<Found> {
    for at in 1..found.len() {
        let (first, second) = found.split_at_mut(at);
        let (Some(from), Some(to)) = (first.last_mut(), second.first_mut()) else { continue };
        let between = text.get(from.bytes.end..to.bytes.start).unwrap_or_default().trim();
        let before = text.get(..from.bytes.start).unwrap_or_default().trim_end();
        let is_range = match between {
            "to" | "through" | "until" | "till" | "-" | "–" => true,
            "and" => before.to_lowercase().ends_with("between"),
            _ => false,
        };
        let (Some(from), Some(to)) = (&mut from.expression, &mut to.expression) else { continue };
        if let (Some(first), Some(last), true) = (&mut from.meaning.hour, &to.meaning.hour, is_range) {
            first.zone = first.zone.take().or_else(|| last.zone.clone());
            // A bare hour is one of the day spoken of; the other end may name the day.
            if from.meaning.anchor == Anchor::Reference && to.meaning.anchor != Anchor::Reference {
                let hour = from.meaning.hour.take();
                (from.op, from.meaning) = (to.op, Meaning { hour, ..to.meaning.clone() });
            }
            continue;
        }
        let (from, to) = (&mut from.meaning, &mut to.meaning);
        // "Wednesday, March 5": the year in which that day is a Wednesday.
        if let (Some(weekday), None, true) = (from.weekday, from.day, between == ",") {
            to.weekday = to.weekday.or(Some(weekday).filter(|_| to.month.is_some() && to.day.is_some()));
        }
        let (Some(first), Some(last), true) = (from.month, to.month, is_range) else { continue };
        match (from.year, to.year) {
            // A range that ends in an earlier month began in the year before.
            (None, Some(year)) => from.year = year.checked_sub(i16::from(first > last)),
            (Some(year), None) => to.year = year.checked_add(i16::from(last < first)),
            (None, None) | (Some(_), Some(_)) => {}
        }
    }
    found
}

fn touches(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Finds and reads the times of a plain text by the rules alone, without an encoder.
///
/// ```
/// use jiff::civil::date;
/// use reportedly_when::{Writing, plain_times};
///
/// let writing = Writing { now: Some(date(2025, 11, 14).at(21, 40, 0, 0)), ..Writing::default() };
/// let times = plain_times("The envoys met on Monday.", &writing);
/// assert_eq!((times[0].evidence.text.as_str(), times[0].value.as_str()), ("Monday", "2025-11-10"));
/// ```
pub fn plain_times(text: &str, writing: &Writing) -> Vec<Time> {
    let (report, text) = (Id::of(Kind::Report, &[text.as_bytes()]), Text::new(text));
    let cut = pieces(text.as_str());
    let mut thread = Thread::default();
    let sure = expressions(&cut, false).into_iter().filter(|found| is_sure(&cut, found));
    let sure = joined(text.as_str(), sure.map(Found::of(&cut)).collect());
    sure.into_iter()
        .filter_map(|found| found.expression)
        .map(|expression| {
            let view = View {
                now: writing.now,
                has_hour: writing.has_hour,
                tense: bound(&cut, place(&cut, &expression).start, expression.meaning.weekday.is_some())
                    .unwrap_or_else(|| nearby(&cut, expression.pieces.start, expression.pieces.end)),
                reference: thread.reference.clone(),
                quarter: thread.quarter.clone(),
            };
            let reading = resolve(&expression, &view);
            let found = Found::of(&cut)(expression);
            let reading = if is_by_event(text.as_str(), &found.bytes) { unread(found.kind) } else { reading };
            thread.heard(&reading);
            time(report, text.words(text.span(found.bytes.clone())), &found, reading, writing)
        })
        .collect()
}

impl Thread {
    /// Takes note of a time that is over.
    fn passed(&mut self, reading: &Reading, now: Option<DateTime>) {
        let is_over =
            reading.point.as_ref().and_then(Point::first).zip(now).is_some_and(|(day, now)| day <= now.date());
        if is_over && reading.counted != Counted::Compared {
            self.over = reading.point.clone();
        }
    }

    /// What "the day before" counts from: of what is told as past no time that is still to come ("ahead of a meeting on Saturday. He had
    /// resigned the day before").
    fn counted_from(&self, tense: Tense, now: Option<DateTime>) -> Option<Point> {
        let ahead = self.reference.as_ref().and_then(Point::first).zip(now).is_some_and(|(day, now)| day > now.date());
        if ahead && tense.is_over() { self.over.clone() } else { self.reference.clone() }
    }

    /// Takes note of a day that names its own year.
    fn told(&mut self, reading: &Reading, tense: Tense) {
        let day = reading.point.as_ref().filter(|_| reading.counted == Counted::Nothing && tense.is_over());
        self.behind = self.behind.max(day.and_then(Point::first));
    }

    /// Bounds the times that could not be counted, because nobody knows when the report was written, by the latest day that
    /// it tells of: a Friday that it speaks of is not before the week that ends with that day.
    pub fn bound(&self, times: &mut [Time]) {
        let Some(behind) = self.behind else { return };
        for time in times
            .iter_mut()
            .filter(|time| time.earliest.is_none() && time.order.is_none() && time.kind != TimeKind::Set)
        {
            // "XXXX-XX-XX" is what no rule reads.
            let is_day = time.value.starts_with("XXXX-WXX-")
                || time.value.starts_with("XXXX-XX-") && !time.value.starts_with("XXXX-XX-XX");
            let from = behind.checked_sub(6.days()).ok().filter(|_| is_day && time.latest.is_none());
            time.earliest = from.and_then(|day| zoned(day.at(0, 0, 0, 0), TimeZone::fixed(tz::offset(14))));
        }
    }

    fn heard(&mut self, reading: &Reading) {
        // "A year earlier" is compared with the quarter in hand, which stays in hand.
        if let Some(point) = reading.point.as_ref().filter(|_| reading.counted != Counted::Compared) {
            // The quarter in hand is the latest one: earlier ones are what it is compared with.
            let rank =
                |point: &Point| if let Point::Quarter(year, quarter) = point { Some((*year, *quarter)) } else { None };
            if rank(point) > self.quarter.as_ref().and_then(rank) {
                self.quarter = Some(point.clone());
            }
            self.reference = Some(point.clone());
        }
    }
}

/// A stretch that speaks of time, with the rule's reading of its words if a rule has one.
struct Found {
    bytes: Range<usize>,
    expression: Option<Match>,
    kind: TimeKind,
}

impl Found {
    fn is_weekday(&self) -> bool {
        self.expression.as_ref().is_some_and(|e| e.meaning.weekday.is_some() && e.meaning.day.is_none())
    }

    fn of(cut: &[Piece<'_>]) -> impl Fn(Match) -> Found {
        |expression| Found { bytes: place(cut, &expression), expression: Some(expression), kind: TimeKind::Date }
    }
}

/// What the encoder hears: its spans, and how near each word comes to being in one.
struct Heard {
    spans: Vec<(Range<usize>, TimeKind)>,
    // First byte of each word and the best score of a tag of a time over none.
    words: Vec<(usize, f32)>,
}

fn heard(syntax: &Syntax, scores: &Scores, base: usize) -> Option<Heard> {
    let words = &syntax.words;
    let head = scores.head("time")?;
    let start = |at: usize| words[at].span.bytes().start - base;
    let spans = scores.spans("time", "time_crf", 0..words.len())?.into_iter().map(|(kind, at)| {
        let kind = match kind {
            "TIME" => TimeKind::Time,
            "DURATION" => TimeKind::Duration,
            "SET" => TimeKind::Set,
            _ => TimeKind::Date,
        };
        (start(at.start)..words[at.end - 1].span.bytes().end - base, kind)
    });
    let near = |at: usize| {
        let row = head.row(at);
        row.iter().skip(1).copied().fold(f32::MIN, f32::max) - row.first().copied().unwrap_or(0.0)
    };
    Some(Heard { spans: spans.collect(), words: (0..words.len()).map(|at| (start(at), near(at))).collect() })
}

/// Brings together what the encoder hears and what the rules read.
fn both(cut: &[Piece<'_>], heard: &Heard) -> Vec<Found> {
    let read = expressions(cut, true);
    let mut found: Vec<Found> = Vec::new();
    for (span, kind) in &heard.spans {
        let within = cut.partition_point(|p| p.end() <= span.start)..cut.partition_point(|p| p.start < span.end);
        // A rule for just these words is best, then the longest that begins with them or lies among them.
        // "Each Thursday" is more than a Thursday.
        let repeated =
            read.iter().find(|e| e.op == Op::Repetition && !e.is_weak && touches(&place(cut, e), span)).cloned();
        // "7 a.m. on Friday": the hour is of the day behind it, whether the span goes so far or not.
        let dated = |e: &&Match| {
            let day = e.meaning.weekday.is_some() || e.meaning.day.is_some();
            e.meaning.hour.is_some() && day && e.pieces.start == within.start && e.pieces.end > within.end
        };
        let hour = read.iter().find(dated).cloned();
        let is_hour = |e: &Match| e.meaning.hour.is_some() && e.meaning.weekday.is_none() && e.meaning.day.is_none();
        let exact = repeated.or_else(|| rules().exactly(cut, within.clone(), *kind));
        let lone_hour = exact.as_ref().is_some_and(is_hour);
        let exact = if lone_hour { hour.or(exact) } else { exact };
        if let Some(parts) = two(&read, cut, span).filter(|_| exact.is_none()) {
            found.extend(parts.map(Found::of(cut)));
            continue;
        }
        let expression = exact.or_else(|| {
            let near = read.iter().filter(|e| touches(&place(cut, e), span) && !is_ranked(cut, e, &within));
            near.max_by_key(|e| overlap(&place(cut, e), span)).cloned()
        });
        let bytes = match &expression {
            // What a sure rule reads beyond the encoder's span belongs to it: "Friday | morning".
            Some(e) if !e.is_weak && !lone_hour => {
                let own = place(cut, e);
                own.start.min(span.start)..own.end.max(span.end)
            }
            Some(_) | None => span.clone(),
        };
        // "On a sunny day": any day.
        let any = expression.is_none()
            && matches!(kind, TimeKind::Date | TimeKind::Time)
            && cut.get(within.start).is_some_and(|piece| matches!(piece.text, "a" | "an" | "A" | "An"));
        if any || found.last().is_some_and(|last| touches(&last.bytes, &bytes)) {
            continue;
        }
        found.push(Found { bytes, expression, kind: *kind });
    }
    let nearness = |bytes: &Range<usize>| {
        let from = heard.words.partition_point(|(start, _)| *start < bytes.start);
        heard.words[from..]
            .iter()
            .take_while(|(start, _)| *start < bytes.end)
            .map(|(_, near)| *near)
            .fold(f32::MIN, f32::max)
    };
    let late: Vec<Found> = expressions(cut, false)
        .into_iter()
        .filter(|e| is_sure(cut, e))
        .map(Found::of(cut))
        .filter(|f| nearness(&f.bytes) > UNHEARD && !found.iter().any(|other| touches(&other.bytes, &f.bytes)))
        .collect();
    found.extend(late);
    found.sort_by_key(|f| f.bytes.start);
    found
}

/// "2001 and 2010": two expressions that a word joins make two times, though the encoder hears one.
fn two(read: &[Match], cut: &[Piece<'_>], span: &Range<usize>) -> Option<[Match; 2]> {
    let first = read.iter().find(|e| place(cut, e).start == span.start && !e.is_weak)?;
    let last = read.iter().find(|e| place(cut, e).end == span.end && !e.is_weak)?;
    let between = cut.get(first.pieces.end..last.pieces.start)?;
    let year = |e: &Match| e.meaning.year.is_some() && e.meaning.month.is_none() && e.pieces.len() == 1;
    let years = year(first) && year(last) && first.meaning.year < last.meaning.year;
    let joins = matches!(between, [word] if matches!(word.text, "and" | "or") || years && matches!(word.text, "-" | "–" | "to" | "through"));
    joins.then(|| [first.clone(), last.clone()])
}

/// "The first night", "the second day": no day of the month.
fn is_ranked(cut: &[Piece<'_>], found: &Match, within: &Range<usize>) -> bool {
    let meaning = &found.meaning;
    let day = meaning.day.is_some() && meaning.month.is_none() && meaning.weekday.is_none();
    let next = cut.get(found.pieces.end).filter(|_| found.pieces.end < within.end);
    let before = found.pieces.start.checked_sub(1).filter(|at| *at >= within.start).map(|at| cut[at].text);
    let ranked = matches!(before, Some("first" | "second" | "third" | "fourth" | "fifth" | "final"));
    day && next.is_some_and(|piece| piece.kind == PieceKind::Word) || ranked && found.is_weak
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// The reading of words for which there is no rule.
fn unread(kind: TimeKind) -> Reading {
    let value = match kind {
        TimeKind::Duration => "PXX",
        TimeKind::Set => "PXX",
        TimeKind::Date | TimeKind::Time => "XXXX-XX-XX",
    };
    Reading {
        kind,
        value: value.to_owned(),
        quant: None,
        freq: None,
        point: None,
        from: None,
        to: None,
        counted: Counted::Unknown,
    }
}

/// What an editor is told about an expression that cannot be read for certain.
fn doubt(found: &Found, reading: &Reading, words: &str) -> Option<String> {
    let meaning = found.expression.as_ref().map(|e| &e.meaning)?;
    let is_ambiguous = meaning.hour.as_ref().is_some_and(|hour| hour.zone == Some(ZoneWord::Ambiguous));
    let is_impossible = meaning.year.is_some() && meaning.day.is_some() && reading.point.is_none();
    match () {
        () if is_impossible => Some(format!("`{words}` is no day of the calendar")),
        () if is_ambiguous => Some(format!("the zone in `{words}` may be one of several: none is taken")),
        () => None,
    }
}

/// A time that is on no calendar.
fn by_order(report: Id, text: &Text, bytes: Range<usize>, order: Order) -> Time {
    let evidence = text.words(text.span(bytes));
    let start = evidence.span.bytes().start as u64;
    let anchor = match order.side {
        Side::Before => "before",
        Side::During => "during",
        Side::After => "after",
    };
    Time {
        id: Id::of(Kind::Time, &[report.to_string().as_bytes(), &start.to_le_bytes(), evidence.text.as_bytes()]),
        evidence,
        kind: TimeKind::Date,
        value: "XXXX-XX-XX".to_owned(),
        modifier: None,
        quant: None,
        freq: None,
        earliest: None,
        latest: None,
        anchor: Some(format!("{anchor} {}", order.event.text)),
        order: Some(order),
    }
}

/// The record's form of a time.
fn time(report: Id, evidence: reportedly_record::Words, found: &Found, reading: Reading, writing: &Writing) -> Time {
    let meaning = found.expression.as_ref().map(|e| &e.meaning);
    let zone = match meaning.and_then(|m| m.hour.as_ref()).and_then(|hour| hour.zone.clone()) {
        Some(ZoneWord::Iana(name)) => TimeZone::get(name).ok(),
        Some(ZoneWord::Fixed(minutes)) => tz::Offset::from_seconds(i32::from(minutes) * 60).ok().map(TimeZone::fixed),
        Some(ZoneWord::Ambiguous) => None,
        None => writing.zone.clone(),
    };
    // Without a zone the bounds hold wherever the desk is: the day begins first at +14:00 and ends last at -12:00.
    let bound = |hours: i8| zone.clone().unwrap_or_else(|| TimeZone::fixed(tz::offset(hours)));
    let reading = parted(reading, meaning.and_then(|m| m.modifier), writing);
    let earliest = reading.from.and_then(|at| zoned(at, bound(14)));
    let latest = reading.to.and_then(|at| at.checked_sub(1.seconds()).ok()).and_then(|at| zoned(at, bound(-12)));
    let start = evidence.span.bytes().start as u64;
    Time {
        id: Id::of(Kind::Time, &[report.to_string().as_bytes(), &start.to_le_bytes(), evidence.text.as_bytes()]),
        evidence,
        kind: reading.kind,
        value: reading.value,
        modifier: meaning.and_then(|m| m.modifier?.shown()).map(str::to_owned),
        quant: reading.quant.map(str::to_owned),
        freq: reading.freq,
        earliest,
        latest,
        anchor: anchor(reading.counted, writing),
        order: None,
    }
}

/// Of a stretch that runs on at the time of writing the part that is over, or that is to come. Both hold the day of writing.
fn parted(mut reading: Reading, modifier: Option<Modifier>, writing: &Writing) -> Reading {
    let Some(today) = writing.now.map(DateTime::date) else { return reading };
    let (start, end) = (today.at(0, 0, 0, 0), today.tomorrow().ok().map(|day| day.at(0, 0, 0, 0)));
    match modifier {
        Some(Modifier::Over) if reading.from <= Some(start) => reading.to = reading.to.min(end),
        Some(Modifier::Ahead) if reading.to >= end && end.is_some() => reading.from = reading.from.max(Some(start)),
        _ => {}
    }
    reading
}

/// The instant of a local time. In a gap it is the one behind it, in a fold the first.
fn zoned(at: DateTime, zone: TimeZone) -> Option<Zoned> {
    at.to_zoned(zone).ok()
}

/// What a time was counted from, in words.
fn anchor(counted: Counted, writing: &Writing) -> Option<String> {
    let day = writing.now.map(|now| now.date());
    match (counted, day) {
        // What it would be counted from is not told.
        (Counted::Nothing, _) | (Counted::Unknown, Some(_)) => None,
        (Counted::Writing { by_tense: false }, Some(day)) => Some(format!("the day of writing, {day}")),
        (Counted::Writing { by_tense: true }, Some(day)) => {
            Some(format!("the day of writing, {day}; its side by the verb's tense"))
        }
        (Counted::Reference | Counted::Compared, _) => Some("the time spoken of before".to_owned()),
        (Counted::Unknown | Counted::Writing { .. }, _) => Some("the day of writing, which is not known".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples;

    /// Reads "1998-01-08", "1998-01-08T09:00" or "-".
    fn moment(given: &str) -> (Option<DateTime>, bool) {
        match given.parse::<DateTime>() {
            Ok(at) => (Some(at), true),
            Err(_) => (given.parse::<jiff::civil::Date>().ok().map(|day| day.at(12, 0, 0, 0)), false),
        }
    }

    #[test]
    fn words_before_a_date_tell_its_side() {
        let read = |text: &str| {
            let now = Some(jiff::civil::date(2027, 3, 18).at(12, 0, 0, 0));
            let times = plain_times(text, &Writing { now, ..Writing::default() });
            times.into_iter().map(|time| time.value).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(read("Under the protocol, signed on October 14, each side was to leave."), "2026-10-14");
        assert!(read("She ordered them to be gone by noon on Saturday.").contains("2027-03-20"));
        let flood = read("They met on October 7, 2023. The day before the flood a gate jammed.");
        assert!(flood.starts_with("2023-10-07") && !flood.contains("2023-10-06"), "{flood}");
    }

    #[test]
    fn what_will_be_in_some_days_has_its_day() {
        let day = |text: &str| {
            let view = View {
                now: Some(jiff::civil::date(2017, 1, 4).at(12, 0, 0, 0)),
                tense: Tense::Future,
                ..View::default()
            };
            let cut = pieces(text);
            let found = expressions(&cut, false).into_iter().find(|e| e.op == Op::Length).expect("a duration");
            let reading = coming(text, &place(&cut, &found), &found, &view, resolve(&found, &view));
            (reading.value, reading.from.map(|from| from.date().to_string()))
        };
        assert_eq!(day("It will end in 16 days."), ("P16D".to_owned(), Some("2017-01-20".to_owned())));
        assert_eq!(day("It will take 16 days."), ("P16D".to_owned(), None));
    }

    #[test]
    fn the_ends_of_a_range_share_a_year() {
        let read = |text: &str| {
            let now = Some(jiff::civil::date(2025, 11, 14).at(12, 0, 0, 0));
            let times = plain_times(text, &Writing { now, ..Writing::default() });
            times.into_iter().map(|time| time.value).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(read("It ran from May to July 2024."), "2024-05 2024-07");
        assert_eq!(read("It ran from November to February 2024."), "2023-11 2024-02");
        assert_eq!(read("It ran between October 5, 2023 and January 9."), "2023-10-05 2024-01-09");
        assert_eq!(read("It ran in May and in July 2024."), "2025-05 2024-07");
    }

    #[test]
    fn earlier_this_year_is_over_and_later_is_to_come() {
        let now = Some(jiff::civil::date(2025, 11, 14).at(12, 0, 0, 0));
        let zone = Some(TimeZone::UTC);
        let read = |text: &str| {
            let time = plain_times(text, &Writing { now, zone: zone.clone(), ..Writing::default() }).remove(0);
            let day = |at: Option<Zoned>| at.map(|at| at.date().to_string()).unwrap_or_default();
            (time.value, time.modifier, day(time.earliest), day(time.latest))
        };
        let of = |value: &str, from: &str, to: &str| (value.to_owned(), None, from.to_owned(), to.to_owned());
        assert_eq!(read("They were taken earlier this year."), of("2025", "2025-01-01", "2025-11-14"));
        assert_eq!(read("It will open later this year."), of("2025", "2025-11-14", "2025-12-31"));
        assert_eq!(read("It opened this year."), of("2025", "2025-01-01", "2025-12-31"));
        assert_eq!(read("They are meeting now."), of("PRESENT_REF", "2025-11-14", "2025-11-14"));
    }

    #[test]
    fn two_years_that_are_heard_as_one_are_two_and_the_first_night_is_no_day_of_the_month() {
        let heard = |text: &str, words: &str| {
            let start = text.find(words).expect("they are there");
            let spans = vec![(start..start + words.len(), TimeKind::Date)];
            let cut = pieces(text);
            let found = both(&cut, &Heard { spans, words: Vec::new() });
            found.iter().map(|f| (text[f.bytes.clone()].to_owned(), f.expression.is_some())).collect::<Vec<_>>()
        };
        let two = heard("They came between 2001 and 2010.", "2001 and 2010");
        assert_eq!(two, [("2001".to_owned(), true), ("2010".to_owned(), true)]);
        let range = heard("The 2010-2011 revolts spread.", "2010-2011");
        assert_eq!(range, [("2010".to_owned(), true), ("2011".to_owned(), true)]);
        assert_eq!(heard("On the first night he spoke.", "the first night"), [("the first night".to_owned(), false)]);
        assert_eq!(heard("It floods on a sunny day.", "a sunny day"), []);
    }

    #[test]
    fn the_ends_of_a_range_of_hours_share_half_zone_and_day() {
        let read = |text: &str| {
            let now = Some(jiff::civil::date(2025, 11, 14).at(12, 0, 0, 0));
            let times = plain_times(text, &Writing { now, ..Writing::default() });
            times.into_iter().map(|time| time.value).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(read("It opens between 3 and 5 p.m. EST."), "2025-11-14T15:00-05:00 2025-11-14T17:00-05:00");
        assert_eq!(read("It will be shut from 11 to 1 p.m. on Monday."), "2025-11-17T11:00 2025-11-17T13:00");
        assert_eq!(read("It will be shut from 9 a.m. to 5 p.m. tomorrow."), "2025-11-15T09:00 2025-11-15T17:00");
        assert_eq!(
            read("On Monday it was shut from 9 a.m. until 5 p.m. GMT."),
            "2025-11-10 2025-11-10T09:00Z 2025-11-10T17:00Z"
        );
        assert_eq!(read("They won 3 and 5 p.m. was the time."), "2025-11-14T17:00");
    }

    #[test]
    fn every_rule_reads_its_examples() {
        let mut wrong = Vec::new();
        for example in examples() {
            let (given, expected) = example.given.split_once(" -> ").expect("an example has a result");
            let (words, seen) = given.rsplit_once(" @ ").expect("an example has a day");
            let (before, rest) = words.split_once('«').expect("an example is marked");
            let (marked, behind) = rest.split_once('»').expect("an example is marked");
            let text = format!("{before}{marked}{behind}");
            let (day, tense) = seen.split_once(' ').unwrap_or((seen, ""));
            let (now, has_hour) = moment(day);
            let has_hour = has_hour && day.contains('T');
            let tense = match tense {
                "past" => Tense::Past,
                "future" => Tense::Future,
                _ => Tense::Open,
            };
            let cut = pieces(&text);
            let range = before.len()..before.len() + marked.len();
            let mut view = View { now, has_hour, tense, ..View::default() };
            for found in expressions(&cut, false).into_iter().filter(|found| place(&cut, found).end <= range.start) {
                if let Some(point) = resolve(&found, &view).point {
                    view.quarter = Some(point.clone()).filter(|p| matches!(p, Point::Quarter(..))).or(view.quarter);
                    view.reference = Some(point);
                }
            }
            let kind = [TimeKind::Date, TimeKind::Time, TimeKind::Duration, TimeKind::Set]
                .into_iter()
                .find(|kind| expected.starts_with(&format!("{kind:?}").to_uppercase()));
            let run = cut.partition_point(|p| p.end() <= range.start)..cut.partition_point(|p| p.start < range.end);
            let read = rules().exactly(&cut, run, kind.expect("an example has a type")).map(|found| {
                let reading = resolve(&found, &view);
                let is_rule = [Some(found.line), found.modified_by].contains(&Some(example.line));
                (is_rule, format!("{} {}", format!("{:?}", reading.kind).to_uppercase(), reading.value))
            });
            if read != Some((true, expected.to_owned())) {
                wrong.push(format!("line {}: {} gave {read:?}", example.line, example.given));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
