//! Titles in the words of a section: "the former deputy mayor of Lorne", "his brother", "US envoy", each with what stands around it.

use std::ops::Range;

use reportedly_record::EntityKind;

use crate::page::{One, Page};
use crate::words::{self, Known};

/// A title as a noun phrase.
#[derive(Clone, Debug)]
pub(crate) struct Title<'a> {
    pub(crate) known: Known,
    /// The title's own words, without article, body, "former".
    pub(crate) words: Range<usize>,
    /// The whole noun phrase, from its article or possessor to the end of its complement.
    pub(crate) phrase: Range<usize>,
    /// Whose or of what it is, and whether that was said by an adjective only.
    pub(crate) of: Vec<One<'a>>,
    /// The text gives it an owner, even if it is not known whom: "their mayor".
    pub(crate) owned: bool,
    /// The phrase begins with "whose".
    pub(crate) whose: bool,
    pub(crate) ended: bool,
    /// A title that stands bare before a name, or after "as", has no article.
    pub(crate) has_article: bool,
}

/// Prepositions before the body that a post is in, the surest first.
const BEFORE_BODY: [&str; 7] = ["of", "for", "at", "with", "in", "from", "to"];

/// Finds the titles of a section in text order.
pub(crate) fn titles<'a>(page: &Page<'a>) -> Vec<Title<'a>> {
    let mut found: Vec<Title<'a>> = Vec::new();
    let mut i = 0;
    while i < page.len() {
        match title_at(page, i) {
            Some(title) => {
                i = title.words.end;
                found.push(title);
            }
            None => i += 1,
        }
    }
    found
}

/// Whether a word is part of a name that is no person's.
fn in_other_name(page: &Page<'_>, i: usize) -> bool {
    page.name(i).is_some_and(|(mention, _)| !matches!(mention.kind, EntityKind::Other | EntityKind::Group))
}

fn title_at<'a>(page: &Page<'a>, start: usize) -> Option<Title<'a>> {
    if !matches!(page.upos(start), "NOUN" | "PROPN" | "ADJ" | "X") || in_other_name(page, start) {
        return None;
    }
    let limit = page.sentence(start).end;
    let longest = (start + words::LONGEST).min(limit);
    let (end, known) = (start + 1..=longest)
        .rev()
        .filter(|end| !(start..*end).any(|i| in_other_name(page, i)))
        .find_map(|end| Some((end, words::title(&page.phrase(start..end))?)))?;
    let last = end - 1;
    if !matches!(page.upos(last), "NOUN" | "PROPN" | "ADJ" | "X")
        || end == start + 1 && page.upos(last) == "ADJ" && !page.is_capital(last)
    {
        return None;
    }
    // "the mayor race", "president-elect": the title only describes another noun.
    let next = page.upos(end);
    let hyphen = matches!(page.lower(end), "-" | "–") && page.is_joined(end);
    if hyphen || matches!(next, "NOUN") && !is_title_from(page, end) && page.name(end).is_none() {
        return None;
    }
    if next == "PROPN"
        && page.name(end).is_none()
        && !is_title_from(page, end)
        && page.is_capital(last)
        && !is_courtesy(page, end)
    {
        // A longer title that the table does not have: "Director Emeritus"; but a name may stand there unseen.
        return None;
    }
    let mut title = before(page, start, end, known)?;
    complement(page, &mut title);
    Some(title)
}

fn is_courtesy(page: &Page<'_>, i: usize) -> bool {
    matches!(
        page.lower(i).trim_end_matches('.'),
        "mr" | "mrs" | "ms" | "dr" | "sir" | "dame" | "lord" | "lady" | "prof" | "rev" | "he" | "h.e"
    )
}

/// Whether a title begins at a word, as in "director General Roe".
fn is_title_from(page: &Page<'_>, start: usize) -> bool {
    let longest = (start + words::LONGEST).min(page.len());
    (start + 1..=longest).rev().any(|end| {
        words::title(&page.phrase(start..end)).is_some() && (page.person_from(end).is_some() || is_courtesy(page, end))
    })
}

/// Reads what stands before a title: its own adjectives, "former", a body, an owner, an article.
fn before<'a>(page: &Page<'a>, start: usize, end: usize, known: Known) -> Option<Title<'a>> {
    let sentence = page.sentence(start).start;
    let mut title = Title {
        known,
        words: start..end,
        phrase: start..end,
        of: Vec::new(),
        owned: false,
        whose: false,
        ended: known.ended,
        has_article: false,
    };
    let mut i = start;
    // Whether words still belong to the title itself: they do until a body's name.
    let mut own = true;
    while i > sentence {
        let at = i - 1;
        let word = page.lower(at);
        if words::is_unheld(word) {
            return None;
        }
        if words::is_ended(word) {
            title.ended = true;
            i = at;
            own = false;
            continue;
        }
        if let Some((mention, name)) = page.name_until(i) {
            // "US envoy", "State Department spokesman"; a person's name only with a mark of possession.
            let body = matches!(
                mention.kind,
                EntityKind::Organisation
                    | EntityKind::Place
                    | EntityKind::Government
                    | EntityKind::Media
                    | EntityKind::Facility
                    | EntityKind::Group
                    | EntityKind::Other
                    | EntityKind::Programme
                    | EntityKind::Vehicle
                    | EntityKind::Occasion
            );
            if !body || !title.of.is_empty() {
                break;
            }
            title.of = adjectival(page, page.ones((mention, name.clone())));
            title.owned = true;
            i = name.start;
            own = false;
            continue;
        }
        match (page.upos(at), page.xpos(at)) {
            (_, "POS") => {
                possessor(page, &mut title, at);
                i = title.phrase.start;
                return Some(Title { phrase: i..end, ..title });
            }
            (_, "PRP$") => {
                title.of = page.at(at);
                title.owned = true;
                i = at;
                return Some(Title { phrase: i..end, has_article: true, ..title });
            }
            (_, "WP$") => {
                title.whose = true;
                title.owned = true;
                title.of = antecedent(page, at);
                i = at;
                return Some(Title { phrase: i..end, has_article: true, ..title });
            }
            ("DET", _) => {
                if matches!(
                    word,
                    "no" | "any" | "every" | "each" | "which" | "what" | "some" | "another" | "either" | "neither"
                ) {
                    return None;
                }
                return Some(Title { phrase: at..end, has_article: true, ..title });
            }
            ("PUNCT", _) if matches!(word, "-" | "–") && page.is_joined(at) && page.is_joined(i) => i = at,
            // "two sons", "18-year-old son".
            ("NUM", _) => {
                own = false;
                i = at;
            }
            ("ADJ" | "NOUN" | "PROPN", _) | (_, "VBG" | "VBN") => {
                let capital = page.is_capital(at);
                let country = capital
                    && (words::is_demonym(word) || page.upos(at) == "ADJ" && at > sentence && !page.is_capital(start));
                if country {
                    if title.of.is_empty() {
                        title.of = by_adjective(page, word);
                    }
                    own = false;
                } else if own {
                    title.words.start = at;
                }
                i = at;
            }
            _ => break,
        }
        if start - i > 10 {
            break;
        }
    }
    title.phrase.start = i;
    Some(title)
}

/// A body named by an adjective of the text is none that the title was said to be of.
fn adjectival<'a>(page: &Page<'a>, ones: Vec<One<'a>>) -> Vec<One<'a>> {
    let nation = |one: &One<'_>| {
        matches!(one.entity.kind, EntityKind::Group | EntityKind::Other)
            && one.words.len() == 1
            && words::is_demonym(page.lower(one.words.start))
    };
    match ones.first() {
        Some(one) if nation(one) => by_adjective(page, page.lower(one.words.start)),
        Some(one) if one.entity.kind == EntityKind::Group => {
            let country = by_adjective(page, page.lower(one.words.start));
            if country.is_empty() && page.upos(one.words.start) == "ADJ" {
                Vec::new()
            } else if country.is_empty() {
                ones
            } else {
                country
            }
        }
        _ => ones,
    }
}

/// The country of the report that an adjective is of.
fn by_adjective<'a>(page: &Page<'a>, adjective: &str) -> Vec<One<'a>> {
    let mut fitting =
        page.places.iter().filter(|(_, name)| words::is_adjective_of(adjective, name)).map(|(entity, _)| *entity);
    match (fitting.next(), fitting.next()) {
        (Some(entity), None) => vec![One { entity, words: 0..0 }],
        // A country and its government.
        (Some(a), Some(b)) if a.kind != b.kind && fitting.next().is_none() => {
            vec![One { entity: if a.kind == EntityKind::Government { a } else { b }, words: 0..0 }]
        }
        _ => Vec::new(),
    }
}

/// Reads the owner before a mark of possession.
fn possessor<'a>(page: &Page<'a>, title: &mut Title<'a>, mark: usize) {
    title.owned = true;
    title.has_article = true;
    title.of.clear();
    let Some(last) = mark.checked_sub(1) else { return };
    let Some((mention, words)) = page.mention(last) else {
        // "the airport's director": its words, even if nobody is known to stand there.
        let sentence = page.sentence(mark).start;
        let noun = |i: &usize| matches!(page.upos(*i), "NOUN" | "PROPN" | "ADJ" | "DET");
        title.phrase.start = (sentence..mark).rev().take_while(noun).take(6).last().unwrap_or(last);
        return;
    };
    title.of = page.ones((mention, words.clone()));
    title.phrase.start = words.start;
    if page.upos(words.start.wrapping_sub(1)) == "DET" {
        title.phrase.start = words.start - 1;
    }
}

/// The one before "whose" or "who".
pub(crate) fn antecedent<'a>(page: &Page<'a>, pronoun: usize) -> Vec<One<'a>> {
    let comma = pronoun > 0 && page.lower(pronoun - 1) == ",";
    let end = pronoun - usize::from(comma);
    if end == 0 {
        return Vec::new();
    }
    // "Roe, 41, whose": an age stands between.
    let end = match end {
        end if end >= 3 && page.upos(end - 1) == "NUM" && page.lower(end - 2) == "," => end - 2,
        end => end,
    };
    page.at(end - 1)
}

/// Reads the complement behind a title: "of Lorne", "for the ministry", "at large at the Gazette".
fn complement<'a>(page: &Page<'a>, title: &mut Title<'a>) {
    let limit = page.sentence(title.words.start).end;
    let mut i = title.words.end;
    let mut rank = title.of.is_empty().then_some(BEFORE_BODY.len());
    // "Minister of Health of Keldra": two complements at the most.
    for _ in 0..3 {
        let Some(case) = BEFORE_BODY.iter().position(|p| *p == page.lower(i)) else { break };
        if page.upos(i) != "ADP" || i + 1 >= limit {
            break;
        }
        let Some((phrase, head)) = page.noun_phrase(i + 1) else { break };
        let close = matches!(page.lower(i), "of" | "for" | "at");
        let ones = page.at(head);
        if ones.is_empty() && !close {
            break;
        }
        let body = |one: &One<'_>| one.entity.kind != EntityKind::Document;
        let to_place = page.lower(i) == "to"
            || page.lower(i) == "in" && ones.iter().any(|one| one.entity.kind != EntityKind::Organisation);
        // A place after "in" is where the post is, seldom whose it is; "envoy to Keldra" is another's.
        let counts = !to_place || title.known.post.is_kin();
        if rank.is_some_and(|rank| case < rank) && !ones.is_empty() && counts && ones.iter().all(body) {
            rank = Some(case);
            title.of = ones;
            title.owned = true;
            title.phrase.end = phrase.end;
            i = coordinated(page, title, phrase.end, limit);
            continue;
        }
        // "minister of health": its matter is part of the title.
        if ones.is_empty() && page.lower(i) == "of" && title.words.end == i && rank.is_some() {
            title.words.end = phrase.end;
            if page.lower(phrase.end) == "and"
                && matches!(page.upos(phrase.end + 1), "NOUN" | "PROPN")
                && page.name(phrase.end + 1).is_none()
                && page.is_capital(phrase.end + 1) == page.is_capital(head)
                && !is_title_from(page, phrase.end + 1)
                && words::title(page.lower(phrase.end + 1)).is_none()
            {
                title.words.end = phrase.end + 2;
            }
        }
        title.phrase.end = title.phrase.end.max(phrase.end).max(title.words.end);
        i = title.phrase.end;
    }
}

/// "the daughter of Marek and Judit Orlick": names of one kind joined to the complement.
fn coordinated<'a>(page: &Page<'a>, title: &mut Title<'a>, from: usize, limit: usize) -> usize {
    let kind = title.of.first().map(|one| one.entity.kind);
    let mut at = from;
    while page.lower(at) == "and" && at + 1 < limit {
        let skip = usize::from(page.upos(at + 1) == "DET");
        let Some((mention, words)) = page.name_from(at + 1 + skip).filter(|(m, _)| Some(m.kind) == kind) else { break };
        // "of Lorne and Ada Roe said": a name that goes on as a subject is another clause's.
        if matches!(page.upos(words.end), "VERB" | "AUX") && title.known.post.is_kin()
            || page.lower(words.end) == "," && page.upos(words.end + 1) == "DET"
        {
            break;
        }
        title.of.extend(page.ones((mention, words.clone())));
        title.phrase.end = words.end;
        at = words.end;
    }
    at
}
