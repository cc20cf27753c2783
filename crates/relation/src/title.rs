//! Titles in the words of a section: "the former deputy mayor of Lorne", "his brother", "US envoy", each with what stands around it.

use std::ops::Range;

use reportedly_record::EntityKind;

use crate::complement::{complement, serves};
use crate::page::{One, Page};
use crate::words::{self, Known, Tie};

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
    /// Its owner stands before it: "their mayor", "the town's mayor".
    pub(crate) possessed: bool,
    /// It says of what matter it is: "minister of health".
    pub(crate) matter: bool,
    /// Where its holder lives, by a place beside a word of kin: "his Lorne relatives", "his brother in Lorne".
    pub(crate) home: Vec<One<'a>>,
    /// The adjective of a country before it.
    pub(crate) adjective: Option<usize>,
    /// Its owner is not only a pronoun.
    pub(crate) named_owner: bool,
    /// The phrase begins with "whose".
    pub(crate) whose: bool,
    pub(crate) ended: bool,
    /// Said to be of a country by an adjective.
    pub(crate) nation: bool,
    /// Of a state it is its highest office: "the Keldran leader".
    pub(crate) rules: bool,
    /// An office of a place and never of a person: "the governor".
    pub(crate) governs: bool,
    /// A noun before it says of what it is: "company spokesman".
    pub(crate) told_by_noun: bool,
    /// A title that stands bare before a name, or after "as", has no article.
    pub(crate) has_article: bool,
}

/// Finds the titles of a section in text order.
pub(crate) fn titles<'a>(page: &Page<'a>) -> Vec<Title<'a>> {
    let mut found: Vec<Title<'a>> = Vec::new();
    let mut i = 0;
    while i < page.len() {
        let floor = found.last().map_or(0, |title| title.words.end);
        match title_at(page, i, floor) {
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

fn title_at<'a>(page: &Page<'a>, start: usize, floor: usize) -> Option<Title<'a>> {
    if !page.is_nominal(start) || in_other_name(page, start) {
        return None;
    }
    let limit = page.sentence(start).end;
    let longest = (start + words::LONGEST).min(limit);
    let (end, known) = (start + 1..=longest)
        .rev()
        .filter(|end| !(start..*end).any(|i| in_other_name(page, i)))
        .find_map(|end| Some((end, words::title(&page.phrase(start..end))?)))?;
    let last = end - 1;
    if !page.is_nominal(last) || end == start + 1 && page.upos(last) == "ADJ" && !page.is_capital(last) {
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
    let mut title = before(page, start, end, floor, known)?;
    // "Keldran exiles" live elsewhere.
    if known.post == Tie::Resident && title.nation {
        title.of.clear();
        title.owned = false;
    }
    complement(page, &mut title);
    Some(title)
}

/// "Deputy", "assistant": a rank below the title that it stands before.
fn is_rank(word: &str) -> bool {
    matches!(
        word,
        "deputy" | "assistant" | "associate" | "vice" | "co" | "senior" | "junior" | "interim" | "undersecretary"
    )
}

pub(crate) fn is_courtesy(page: &Page<'_>, i: usize) -> bool {
    matches!(
        page.lower(i).trim_end_matches('.'),
        "mr" | "mrs"
            | "ms"
            | "dr"
            | "sir"
            | "dame"
            | "lord"
            | "lady"
            | "prof"
            | "rev"
            | "he"
            | "h.e"
            | "sheikh"
            | "sheik"
    )
}

/// Whether a noun is a style of address: "His Highness".
fn is_style(noun: &str) -> bool {
    matches!(noun, "highness" | "majesty" | "excellency" | "eminence" | "holiness" | "honour" | "honor")
}

/// Whether a title begins at a word, as in "director General Roe".
pub(crate) fn is_title_from(page: &Page<'_>, start: usize) -> bool {
    let longest = (start + words::LONGEST).min(page.len());
    (start + 1..=longest).rev().any(|end| {
        words::title(&page.phrase(start..end)).is_some() && (page.person_from(end).is_some() || is_courtesy(page, end))
    })
}

/// Reads what stands before a title: its own adjectives, "former", a body, an owner, an article.
fn before<'a>(page: &Page<'a>, start: usize, end: usize, floor: usize, known: Known) -> Option<Title<'a>> {
    // What stands before another title is that one's.
    let sentence = page.sentence(start).start.max(floor);
    let mut title = Title {
        known,
        words: start..end,
        phrase: start..end,
        of: Vec::new(),
        owned: false,
        possessed: false,
        matter: false,
        home: Vec::new(),
        adjective: None,
        named_owner: true,
        whose: false,
        ended: known.ended,
        nation: false,
        rules: matches!(page.lower(end - 1), "leader" | "ruler"),
        governs: matches!(
            page.lower(end - 1),
            "governor" | "gov." | "senator" | "sen." | "mayor" | "congressman" | "congresswoman" | "rep."
        ),
        told_by_noun: false,
        has_article: false,
    };
    let mut i = start;
    // Whether words still belong to the title itself: they do until a body's name.
    let mut own = true;
    while i > sentence {
        let at = i - 1;
        let word = page.lower(at);
        if words::is_unheld(word) {
            // "presidential candidate Texas Senator Ada Roe": what stands before the body is another title.
            if title.of.is_empty() {
                return None;
            }
            break;
        }
        if words::is_ended(word) {
            title.ended = true;
            i = at;
            own = false;
            continue;
        }
        // "the Harbour Safety Board (HSB) director": what stands in brackets is passed over.
        if word == ")" && title.of.is_empty() {
            let open = (sentence..at).rev().take(6).find(|i| page.lower(*i) == "(");
            if let Some(open) = open.filter(|open| page.name_until(*open).is_some_and(|(m, _)| is_body_name(m.kind))) {
                i = open;
                own = false;
                continue;
            }
        }
        if let Some((mention, name)) = page.name_until(i) {
            // "US envoy", "State Department spokesman"; a person's name only with a mark of possession.
            // "a Roe ally", "Lind spokesman Ada Roe".
            let of_person = mention.kind == EntityKind::Person
                && (matches!(known.post, Tie::Ally | Tie::Spokesperson | Tie::Lawyer) || serves(page.lower(end - 1)))
                && !page.is_capital(start);
            if !(is_body_name(mention.kind) || of_person) || !title.of.is_empty() {
                break;
            }
            // "his Lorne relatives".
            if known.post.is_kin() && mention.kind == EntityKind::Place && page.upos(name.start) == "PROPN" {
                title.home = page.ones((mention, name.clone()));
                i = name.start;
                own = false;
                continue;
            }
            title.of = adjectival(page, page.ones((mention, name.clone())));
            let adjective = mention.kind == EntityKind::Group && page.upos(name.start) == "ADJ";
            title.nation =
                title.of.is_empty() && name.len() == 1 && (adjective || words::is_demonym(page.lower(name.start)));
            title.owned = !title.nation;
            title.adjective = title.nation.then_some(name.start);
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
            // "His Highness" is a style of address.
            (_, "PRP$") if is_style(page.lower(at + 1)) => break,
            (_, "PRP$") if word != "whose" => {
                title.named_owner = false;
                title.of = page.at(at);
                title.owned = true;
                title.possessed = true;
                i = at;
                return Some(Title { phrase: i..end, has_article: true, ..title });
            }
            (_, "WP$" | "PRP$") => {
                title.whose = true;
                title.owned = true;
                title.possessed = true;
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
            // "his son Emperor Roe" is another title's owner.
            _ if words::title(word).is_some_and(|known| known.post.is_kin()) => break,
            // "a Lorne-based lawyer": the place is no body that he is of.
            (_, "VBN" | "JJ")
                if matches!(word, "based" | "born") && matches!(page.lower(at.wrapping_sub(1)), "-" | "–") =>
            {
                let hyphen = at - 1;
                i = page.name_until(hyphen).map_or(hyphen, |(_, name)| name.start);
                own = false;
            }
            // "acquitted former president Roe".
            (_, "VBG" | "VBN") if title.ended => break,
            // "the very conservative senator".
            ("ADV", _) if page.upos(i) == "ADJ" && page.xpos(at) != "WRB" => {
                own = false;
                i = at;
            }
            ("ADJ" | "NOUN" | "PROPN", _) | (_, "VBG" | "VBN") => {
                let capital = page.is_capital(at);
                let country = capital
                    && (words::is_demonym(word) || page.upos(at) == "ADJ" && at > sentence && !page.is_capital(start));
                if country {
                    title.nation = true;
                    // "our LGBTQ citizens" are no nation's.
                    title.adjective = page.said(at).contains(char::is_lowercase).then_some(at);
                    if title.of.is_empty() {
                        title.of = by_adjective(page, word);
                    }
                    own = false;
                } else if capital && page.upos(at) == "PROPN" && !page.is_capital(start) && at > sentence {
                    // "the White House spokesman", where nobody saw a name: a body all the same, whichever it is.
                    title.owned = true;
                    own = false;
                } else if own && !capital && page.is_capital(start) && page.upos(at) == "NOUN" && !is_rank(word) {
                    // "the stimulus President Roe signed", "company President Roe": no word of the title.
                    title.told_by_noun = true;
                    own = false;
                } else if own {
                    title.words.start = at;
                    title.told_by_noun |= page.upos(at) == "NOUN";
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

/// Whether a name of that kind may stand before a title as its body.
pub(crate) fn is_body_name(kind: EntityKind) -> bool {
    matches!(
        kind,
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
    )
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
        // "The Sarmian minister", where the adjective was taken for a place's name.
        Some(one) if one.entity.kind == EntityKind::Place && one.words.len() == 1 => {
            let country = by_adjective(page, page.lower(one.words.start));
            if country.is_empty() { ones } else { country }
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
    title.possessed = true;
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
    // "King Roe's brother": the owner's own title is part of the phrase.
    let sentence = page.sentence(mark).start;
    let titled = |i: &usize| {
        page.name(*i).is_none()
            && page.is_capital(*i)
            && (is_courtesy(page, *i) || words::title(page.lower(*i)).is_some())
    };
    title.phrase.start = (sentence..words.start).rev().take_while(titled).take(3).last().unwrap_or(words.start);
    if title.phrase.start > sentence && page.upos(title.phrase.start - 1) == "DET" {
        title.phrase.start -= 1;
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
    let beside = page.described(end - 1).and_then(|(_, words)| page.apposed(words));
    beside.map_or_else(|| page.at(end - 1), |name| page.ones(name))
}
