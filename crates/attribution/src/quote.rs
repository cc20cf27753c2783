//! What stands between quotation marks, and whose words it is: speech, a fragment of it, a title, or marks of distance.
//!
//! A quote's speaker is that of the innermost attribution whose content holds it. A quote that none holds goes on with
//! the one before it, where the narrator's "she said." stands between; otherwise nobody is guessed.

use std::collections::BTreeMap;

use reportedly_record::{
    Attribution, EntityKind, Id, Kind, Manner, Marked, Mention, MentionForm, PassageKind, Quote, Reading, SourceKind,
    Span, Text, Voice,
};

/// Pieces of content looked at behind a quote's start: no more than that many attributions stand in one another.
const NEAR: usize = 64;

/// Bytes that the narrator's words between two halves of a quotation may take: "said Ada Roe, who runs the port."
const BETWEEN: usize = 240;

/// Bytes between two titles of a list.
const BESIDE: usize = 16;

/// Words of marks of distance at the most.
const SCARE: usize = 5;

/// Words of a quote whose trees are looked at.
const LOOKED_AT: usize = 200;

/// Quotes in one another at the most: speech in speech in speech.
const DEEPEST: usize = 4;

/// Nouns and verbs in front of a title.
const TITLED: [&str; 44] = [
    "headline",
    "headlines",
    "headline:",
    "headlines like",
    "headline like",
    "headlines such as",
    "headline read",
    "song",
    "album",
    "film",
    "movie",
    "book",
    "novel",
    "play",
    "poem",
    "essay",
    "series",
    "show",
    "documentary",
    "memoir",
    "titled",
    "entitled",
    "headlined",
    "named",
    "nicknamed",
    "dubbed",
    "painting",
    "exhibition",
    "opera",
    "programme",
    "magazine",
    "video",
    "podcast",
    "author of",
    "authors of",
    "best-seller",
    "bestseller",
    "sitcom",
    "musical",
    "trilogy",
    "songs",
    "books",
    "films",
    "hit",
];

/// Words behind which a name is a title, whoever says it.
const ENTITLED: [&str; 5] = ["titled", "entitled", "headlined", "author of", "authors of"];

/// Finds what each pair of quotation marks that holds words is there for. `marks` are in the order of their starts.
pub fn quotes(reading: &Reading<'_>, marks: &[Marked]) -> Vec<Quote> {
    let text = reading.text();
    let speech = Speech::new(reading);
    let mut quotes: Vec<Quote> = Vec::new();
    let mut ends: Vec<Marked> = Vec::new();
    // Quotes that the next one may stand inside of.
    let mut open: Vec<usize> = Vec::new();
    for marked in &apart(text, marks) {
        let Some(span) = trimmed(text, marked.inner) else { continue };
        open.retain(|i| ends[*i].inner.covers(marked.inner));
        if open.len() >= DEEPEST {
            continue;
        }
        let within = open.last().map(|i| &quotes[*i]);
        let own = speech.owner(text, span, *marked);
        let inner_of_same =
            within.is_some_and(|outer| outer.attribution.is_some() && outer.attribution == own.map(|a| a.id));
        let own = own.filter(|_| !inner_of_same);
        let span = match own {
            Some(told) if !marked.closed => cut(text, span, told),
            _ => span,
        };
        let before = quotes.len().checked_sub(1).filter(|_| within.is_none()).map(|last| top(&quotes, last));
        let goes_on = before.filter(|i| continues(text, &speech, &quotes[*i], &ends[*i], span, own));
        let manner = match own {
            Some(told) => manner_of(reading, span, told),
            None if goes_on.is_some() => Manner::Direct,
            None => manner_alone(reading, span),
        };
        let speaks = matches!(manner, Manner::Direct | Manner::Mixed);
        let first = goes_on.map(|i| &quotes[i]);
        let quote = Quote {
            id: Id::in_report(Kind::Quote, reading.report(), span.bytes()),
            evidence: text.words(span),
            manner,
            speaker: if speaks { own.map_or_else(|| first.and_then(|q| q.speaker), |told| told.speaker) } else { None },
            attribution: if speaks {
                own.map(|told| told.id).or_else(|| first.and_then(|q| q.attribution))
            } else {
                None
            },
            within: within.map(|outer| outer.id),
            continues: first.filter(|_| speaks).map(|q| q.id),
        };
        open.push(quotes.len());
        quotes.push(quote);
        ends.push(*marked);
    }
    repeated(reading, &mut quotes);
    listed(text, &mut quotes);
    quotes
}

/// "The songs “One,” “Two” and “Three”": what stands in a list with a title is one too.
fn listed(text: &Text, quotes: &mut [Quote]) {
    let joins = |a: &Quote, b: &Quote| {
        let between = text.as_str().get(a.evidence.span.bytes().end..b.evidence.span.bytes().start);
        let mark =
            |c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"' | '‘' | '’' | '\'' | '«' | '»' | ',' | '.');
        let between = between.filter(|between| between.len() < BESIDE && !between.contains('\n'));
        between.is_some_and(|between| matches!(between.trim_matches(mark), "" | "and" | "or"))
    };
    let is_name = |quote: &Quote| quote.manner == Manner::Scare && is_written_like_a_name(&quote.evidence.text);
    for i in 1..quotes.len() {
        if quotes[i - 1].manner == Manner::Title && is_name(&quotes[i]) && joins(&quotes[i - 1], &quotes[i]) {
            quotes[i].manner = Manner::Title;
        }
    }
    for i in (1..quotes.len()).rev() {
        if quotes[i].manner == Manner::Title && is_name(&quotes[i - 1]) && joins(&quotes[i - 1], &quotes[i]) {
            quotes[i - 1].manner = Manner::Title;
        }
    }
}

/// Lets a quote that was left open end where another one is left open.
fn apart(text: &Text, marks: &[Marked]) -> Vec<Marked> {
    let mut apart = marks.to_vec();
    let mut next = usize::MAX;
    for marked in apart.iter_mut().rev().filter(|m| !m.closed) {
        let bytes = marked.inner.bytes();
        if next < bytes.end {
            let end = text.as_str()[..next].trim_end_matches(['“', '"', '«', '‘', ' ']).len();
            marked.inner = text.span(bytes.start..end.max(bytes.start));
        }
        next = bytes.start;
    }
    // “One paragraph. “And the next”: a mark that is opened again before the first was closed.
    for i in (1..apart.len()).rev() {
        let again = apart[i].inner.bytes();
        let outer = apart[i - 1].inner.bytes();
        let open = text.as_str()[..again.start].ends_with('“') && text.as_str()[..outer.start].ends_with('“');
        if open
            && !apart[i - 1].closed
            && outer.start < again.start
            && again.end <= outer.end
            && outer.end - again.end <= '”'.len_utf8()
        {
            let end = text.as_str()[..again.start].trim_end_matches(['“', '"', '«', '‘', ' ']).len();
            apart[i - 1] =
                Marked { inner: text.span(outer.start..end.max(outer.start)), closed: false, ..apart[i - 1] };
        }
    }
    apart
}

/// The outermost quote that one stands in.
fn top(quotes: &[Quote], mut at: usize) -> usize {
    while quotes[at].within.is_some() && at > 0 {
        at -= 1;
    }
    at
}

/// A headline's quote is from the body where the same words are: its speaker is that one's.
fn repeated(reading: &Reading<'_>, quotes: &mut [Quote]) {
    let fold = |quote: &Quote| quote.evidence.text.to_lowercase().replace(['’', '‘'], "'");
    let headline = reading.record.report.passages.iter().filter(|p| p.kind == PassageKind::Headline);
    let Some(headline) = headline.map(|p| p.span).next() else { return };
    let body = quotes.iter().filter(|q| !headline.covers(q.evidence.span) && q.speaker.is_some());
    let known: BTreeMap<String, (Option<Id>, Option<Id>)> =
        body.map(|q| (fold(q), (q.speaker, q.attribution))).collect();
    for quote in quotes.iter_mut().filter(|q| headline.covers(q.evidence.span) && q.speaker.is_none()) {
        if let Some((speaker, attribution)) = known.get(&fold(quote)) {
            (quote.speaker, quote.attribution) = (*speaker, *attribution);
            quote.manner = Manner::Mixed;
        }
    }
}

/// Who says what, by where it stands.
struct Speech<'a> {
    // Pieces of content by their starts, each with its attribution.
    pieces: Vec<(Span, &'a Attribution)>,
    by_id: BTreeMap<Id, &'a Attribution>,
}

impl<'a> Speech<'a> {
    fn new(reading: &Reading<'a>) -> Speech<'a> {
        let all = &reading.record.attributions;
        let mut pieces: Vec<_> = all.iter().flat_map(|a| a.content.iter().map(move |c| (c.span, a))).collect();
        pieces.sort_by_key(|(span, _)| (span.bytes().start, span.bytes().end));
        Speech { pieces, by_id: all.iter().map(|a| (a.id, a)).collect() }
    }

    /// The innermost attribution that holds nine tenths of a quote, and whose cue does not stand in it. A quote that was
    /// left open may run over the narrator's words: there the attribution has to hold its beginning.
    fn owner(&self, text: &Text, span: Span, marked: Marked) -> Option<&'a Attribution> {
        // “Navalny,”: the mark at the end is no word of it.
        let words = text.slice(span).trim_end_matches([',', '.', '!', '?', '…']);
        let bytes = span.bytes().start..span.bytes().start + words.len();
        let until = self.pieces.partition_point(|(piece, _)| piece.bytes().start < bytes.end);
        let near = &self.pieces[until.saturating_sub(NEAR)..until];
        let holds = |(piece, told): &&(Span, &'a Attribution)| {
            let (start, end) = (piece.bytes().start.max(bytes.start), piece.bytes().end.min(bytes.end));
            let cue_inside = told.cue.as_ref().is_some_and(|cue| span.covers(cue.span));
            if !marked.closed && piece.bytes().start.abs_diff(bytes.start) <= 4 {
                return true;
            }
            end.saturating_sub(start) * 10 >= bytes.len() * 9 && !cue_inside
        };
        // The label of a transcript's line speaks all of it: what is said inside is nearer.
        let smallest = near.iter().filter(holds).min_by_key(|(piece, _)| piece.bytes().len());
        smallest.map(|(_, told)| *told).filter(|_| !text.is_empty())
    }
}

/// A quote without the marks and blanks at its ends; none where it has no word.
fn trimmed(text: &Text, inner: Span) -> Option<Span> {
    let words = text.slice(inner);
    let blank = |c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"' | '‘' | '’' | '«' | '»');
    let start = inner.bytes().start + (words.len() - words.trim_start_matches(blank).len());
    let kept = words.trim_matches(blank);
    // A closing mark inside stays: “It is a ‘pause’”.
    let end = start + kept.len();
    kept.contains(char::is_alphanumeric).then(|| text.span(start..end))
}

/// A quote that was never closed ends where its speaker's words do, if the narrator says "she said" behind them.
fn cut(text: &Text, span: Span, told: &Attribution) -> Span {
    let end = told.content.iter().map(|c| c.span.bytes().end).filter(|end| *end <= span.bytes().end).max();
    let cue = told.cue.as_ref().map(|cue| cue.span.bytes().start);
    match (end, cue) {
        (Some(end), Some(cue)) if end <= cue && cue < span.bytes().end && end > span.bytes().start => {
            text.span(span.bytes().start..end)
        }
        _ => span,
    }
}

/// Tells whether a quote goes on with an earlier one: the other half of one quotation, with "he said" between; or the
/// next paragraph of one that was left open.
fn continues(
    text: &Text,
    speech: &Speech<'_>,
    first: &Quote,
    first_marks: &Marked,
    span: Span,
    own: Option<&Attribution>,
) -> bool {
    let Some(told) = first.attribution.and_then(|id| speech.by_id.get(&id)) else { return false };
    if own.is_some_and(|own| own.id != told.id && own.continues != Some(told.id)) {
        return false;
    }
    let Some(between) = text.as_str().get(first.evidence.span.bytes().end..span.bytes().start) else { return false };
    if between.contains('\n') {
        let blank = |c: char| c.is_whitespace() || matches!(c, '“' | '"' | '«' | '.' | '!' | '?' | ',' | '…');
        return !first_marks.closed && between.chars().all(blank);
    }
    if own.is_some() {
        return told.cue.as_ref().is_some_and(|cue| {
            first.evidence.span.bytes().end <= cue.span.bytes().start && cue.span.bytes().end <= span.bytes().start
        });
    }
    let gap = text.span(first.evidence.span.bytes().end..span.bytes().start);
    let cue_between = told.cue.as_ref().is_some_and(|cue| gap.covers(cue.span));
    let blank_between = !between.contains(char::is_alphanumeric);
    // "She said." ends a sentence; a second one in between would be the narrator's.
    let marks = |c: char| c.is_whitespace() || matches!(c, '“' | '"' | '«' | '‘' | '\'');
    let narrator = between.trim_end_matches(marks);
    let stops = narrator
        .match_indices(['.', '!', '?'])
        .filter(|(at, _)| narrator[at + 1..].is_empty() || narrator[at + 1..].starts_with(char::is_whitespace));
    let ended = narrator.ends_with(['.', '!', '?', ',', ';', ':']);
    (cue_between || blank_between) && between.len() <= BETWEEN && ended && stops.count() <= 1
}

/// What the marks are there for around words that somebody is said to say.
fn manner_of(reading: &Reading<'_>, span: Span, told: &Attribution) -> Manner {
    let text = reading.text();
    if introduced(text, span, &["so-called", "so called"]) {
        return Manner::Scare;
    }
    let named = is_written_like_a_name(text.slice(span));
    if told.voice != Voice::Direct && (is_title(text, span) || named && introduced(text, span, &TITLED))
        || named && introduced(text, span, &ENTITLED)
    {
        return Manner::Title;
    }
    // "She lied about this “incident”": the narrator's marks around what was told of before. In a clause that is said they are hers.
    let short = text.slice(span).split_whitespace().count() <= 2;
    let in_clause = || told.content.iter().any(|c| c.span.touches(span) && has_clause(reading, c.span));
    if told.voice != Voice::Direct && short && introduced(text, span, &["this", "these"]) && !in_clause() {
        return Manner::Scare;
    }
    let whole = starts_sentence(text.slice(span)) || has_clause(reading, span);
    match told.voice {
        Voice::Direct if whole => Manner::Direct,
        Voice::Direct | Voice::Indirect => Manner::Mixed,
        // A whole sentence behind a colon or a comma is speech, whatever is told beside it.
        Voice::Mixed => {
            let before = text.as_str()[..span.bytes().start].trim_end_matches(['“', '"', '«', '‘', '\'', ' ']);
            let speech = starts_sentence(text.slice(span)) && before.ends_with([':', ',', '.', '!', '?', '\n']);
            let whole = has_clause(reading, span) || commands(reading, span) || text.slice(span).ends_with(['!', '?']);
            // "Wrote that “I am with the dockers”": a whole clause in somebody's own words.
            let clause = before.ends_with(" that") && has_clause(reading, span);
            if speech && whole || clause { Manner::Direct } else { Manner::Mixed }
        }
    }
}

/// What the marks are there for around words that nobody is said to say.
fn manner_alone(reading: &Reading<'_>, span: Span) -> Manner {
    let text = reading.text();
    let titled = introduced(text, span, &TITLED) && starts_sentence(text.slice(span));
    let named = is_written_like_a_name(text.slice(span)) && !has_clause(reading, span) && is_aired(reading, span);
    if is_title(text, span) || titled || named {
        return Manner::Title;
    }
    let words = text.slice(span).split_whitespace().count();
    if words <= SCARE && !has_clause(reading, span) {
        return Manner::Scare;
    }
    // A fragment that goes on with the narrator's clause.
    let before = text.as_str()[..span.bytes().start].trim_end_matches(['“', '"', '«', '‘', ' ']);
    let inside = before.ends_with(char::is_alphanumeric);
    let fragment = text.slice(span).starts_with(char::is_lowercase) && (inside || !has_clause(reading, span));
    if fragment { Manner::Mixed } else { Manner::Direct }
}

/// Whether what stands before a quote within a sentence tells that the words are a name: "on ABC’s “This Week”", "in 1996’s “Low Tide”",
/// "ads from “Roe”".
fn is_aired(reading: &Reading<'_>, span: Span) -> bool {
    let text = reading.text();
    let before = text.as_str()[..span.bytes().start].trim_end_matches(['“', '"', '«', '‘', '\'', ' ']);
    let Some(owner) = before.strip_suffix("'s").or_else(|| before.strip_suffix("’s")) else {
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let inside = before.ends_with(char::is_alphabetic);
        return inside && matches!(word, "on" | "in" | "from" | "of" | "told" | "until");
    };
    let year = owner.len().checked_sub(4).and_then(|at| owner.get(at..));
    let others = [EntityKind::Person, EntityKind::Group, EntityKind::Place, EntityKind::Government];
    let mentions = &reading.record.mentions;
    let until = mentions.partition_point(|m| m.evidence.span.bytes().start < owner.len());
    let ends = |m: &&Mention| m.evidence.span.bytes().end.abs_diff(owner.len()) <= "’s".len();
    let mut near = mentions[until.saturating_sub(2)..until].iter().filter(ends);
    year.is_some_and(|year| year.chars().all(|c| c.is_ascii_digit()))
        || near.any(|m| m.form == MentionForm::Name && !others.contains(&m.kind))
}

/// Whether all words but small ones have a capital, and not only capitals, or it is a number: "This Week.", "300", no "BREAKING" and no
/// "No!".
fn is_written_like_a_name(words: &str) -> bool {
    const SMALL: [&str; 12] = ["a", "an", "and", "at", "for", "from", "in", "of", "on", "the", "to", "&"];
    let words = words.trim_end_matches([',', '.']);
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    !words.ends_with(['!', '?'])
        && capital(words)
        && (words.contains(char::is_lowercase) || words.chars().all(|c| c.is_ascii_digit()))
        && words.split_whitespace().all(|word| capital(word) || SMALL.contains(&word))
}

/// Tells whether one of some words stands right before a quote.
fn introduced(text: &Text, span: Span, words: &[&str]) -> bool {
    let before = text.as_str()[..span.bytes().start].trim_end_matches(['“', '"', '«', '‘', '\'', ' ', ',', ':']);
    let at = text.span(before.len().saturating_sub(24)..before.len());
    let near = text.slice(at).to_lowercase();
    words.iter().any(|word| near.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
}

/// Two capitals or more, and no small word but those that titles have.
fn is_title(text: &Text, span: Span) -> bool {
    const SMALL: [&str; 16] =
        ["a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"];
    let words: Vec<&str> = text.slice(span).split_whitespace().collect();
    let capital =
        |word: &&&str| word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
    let capitals = words.iter().filter(capital).count();
    let small = words.iter().filter(|word| SMALL.contains(&word.to_lowercase().as_str())).count();
    let ends = text.slice(span).ends_with(['.', '!', '?']);
    capitals >= 2
        && words.len() <= 12
        && !ends
        && words.iter().filter(|w| capital(w) || SMALL.contains(w)).count() == words.len()
        && small < words.len()
}

fn starts_sentence(words: &str) -> bool {
    words.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| c.is_uppercase() || c.is_numeric())
}

/// Tells whether a quote has a subject and its predicate.
fn has_clause(reading: &Reading<'_>, span: Span) -> bool {
    let Some((section, first)) = reading.word_at(span.bytes().start) else { return false };
    let end = section.words.len().min(first + LOOKED_AT);
    let last = first + section.words[first..end].partition_point(|w| w.span.bytes().end <= span.bytes().end);
    let inside = first..last;
    let top = |i: usize| {
        let head = section.words[i].head as usize;
        head == i || !inside.contains(&head)
    };
    inside.clone().any(|i| {
        let word = &section.words[i];
        let subject = ["nsubj", "nsubj:pass", "nsubj:outer", "expl", "csubj"].iter().any(|of| word.deprel == *of);
        let head = word.head as usize;
        subject && inside.contains(&head) && (top(head) || section.words[head].deprel == "conj")
    })
}

/// Whether a quote begins with an order: "Go home", "Don’t wait".
fn commands(reading: &Reading<'_>, span: Span) -> bool {
    let Some((section, first)) = reading.word_at(span.bytes().start) else { return false };
    let said = |i: usize| section.words.get(i).map_or(String::new(), |w| reading.text().slice(w.span).to_lowercase());
    let skipped = usize::from(matches!(said(first).as_str(), "please" | "never" | "just" | "so" | "and"));
    let verb = section.words.get(first + skipped);
    verb.is_some_and(|word| {
        matches!(word.xpos.as_str(), "VB" | "VBP")
            && matches!(word.upos.as_str(), "VERB" | "AUX")
            && span.covers(word.span)
            && starts_sentence(reading.text().slice(span))
    })
}

/// Words of an attribution that somebody else speaks: what a person tells is no source of the report's own.
pub(crate) fn spoken_by_somebody(told: &Attribution) -> bool {
    told.voice == Voice::Direct && !matches!(told.source_kind, Some(SourceKind::Media | SourceKind::Outlet))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_speech() {
        let is = |words: &str| {
            let text = Text::new(words);
            is_title(&text, text.span(0..text.len()))
        };
        assert!(is("The Long Road to Vessen"));
        assert!(!is("The Road"[..3].trim()));
        assert!(!is("We will not leave"));
        assert!(!is("No. Never."));
    }

    #[test]
    fn words_before_a_quote_introduce_it() {
        let text = Text::new("his so-called “plan” and the song “Go Home”");
        let at = |words: &str| {
            let start = text.as_str().find(words).expect("it is there");
            text.span(start..start + words.len())
        };
        assert!(introduced(&text, at("plan"), &["so-called"]));
        assert!(introduced(&text, at("Go Home"), &TITLED));
        assert!(!introduced(&text, at("Go Home"), &["so-called"]));
        assert!(is_written_like_a_name("The Low Tide.") && is_written_like_a_name("Lodger"));
        assert!(
            !is_written_like_a_name("BREAKING") && !is_written_like_a_name("No!") && !is_written_like_a_name("We go")
        );
    }

    #[test]
    fn marks_at_the_ends_do_not_belong_to_the_words() {
        let text = Text::new("“ ‘No, never.’ ”");
        let inner = trimmed(&text, text.span(0..text.len()));
        assert_eq!(inner.map(|span| text.slice(span)), Some("No, never."));
        assert_eq!(trimmed(&text, text.span(0..3)), None);
    }
}
