//! What ties a holder to a post from afar: the body behind his name, and "Roe's tenure as".

use std::ops::Range;

use reportedly_record::{EntityKind, Mention};

use crate::held::Held;
use crate::page::{One, Page};
use crate::title::Title;
use crate::words::{self, Tie};

/// The body or place behind the holder's name: "President Ada Roe of Keldra", "Sen. Ada Roe (R-Ohio)".
pub(crate) fn seat<'a>(page: &Page<'a>, group: &[Title<'a>], held: &Held<'a>) -> (Vec<One<'a>>, usize) {
    let none = (Vec::new(), 0);
    let bare = group.iter().all(|t| {
        t.of.is_empty() && !t.owned && !t.has_article && matches!(t.known.post, Tie::Office | Tie::Post | Tie::Rank)
    });
    let Some(end) = held.evidence.as_ref().map(|e| e.end).filter(|_| bare && held.told) else { return none };
    let Some(last) = group.last() else { return none };
    // Only where the name stands behind the title.
    if end <= last.phrase.end || page.person_until(end).is_none() {
        return none;
    }
    // "In Keldra, President Ada Roe said".
    let before = group.first().map_or(0, |title| title.phrase.start);
    let office = group.iter().any(|title| title.known.post == Tie::Office);
    if let Some(place) = opening(page, before).filter(|_| office) {
        return (page.ones(place), end);
    }
    let (at, party) = match page.lower(end) {
        "of" => (end + 1 + usize::from(page.upos(end + 1) == "DET"), false),
        "(" => ((end + 1..end + 5).find(|i| page.name_from(*i).is_some()).unwrap_or(end), true),
        "," if page.is_capital(end + 1) && matches!(page.lower(end + 2), "-" | "–") => (end + 3, true),
        "," => match party(page, end + 1) {
            Some(at) => (at, true),
            None => return none,
        },
        _ => return none,
    };
    // "Speaker Ada Roe (R-Ohio)": where she was elected, not what she speaks for.
    let of_house = |title: &Title<'_>| {
        let noun = title.words.end.checked_sub(1).map_or("", |last| page.lower(last));
        matches!(noun, "speaker" | "leader" | "whip" | "chairman" | "chairwoman" | "chair")
    };
    if party && group.iter().any(of_house) {
        return none;
    }
    match page.name_from(at) {
        Some((mention, words))
            if matches!(mention.kind, EntityKind::Place | EntityKind::Government)
                || mention.kind == EntityKind::Organisation
                    && (page.lower(end) == "of" || party && is_short(page, &words)) =>
        {
            (page.ones((mention, words.clone())), words.end)
        }
        _ => none,
    }
}

/// "In Keldra, President Ada Roe said", "And in Lorne, Keldra, President Ada Roe": the place that the sentence begins with, the
/// larger one of two.
fn opening<'a>(page: &Page<'a>, before: usize) -> Option<(&'a Mention, Range<usize>)> {
    let comma = |end: usize| end.checked_sub(1).filter(|i| page.lower(*i) == ",");
    let place = |end: usize| page.name_until(comma(end)?).filter(|(m, _)| m.kind == EntityKind::Place);
    let found = place(before)?;
    let mut first = found.1.start;
    if let Some((_, words)) = place(first) {
        first = words.start;
    }
    let start = page.sentence(first).start;
    let led = first > start && page.lower(first - 1) == "in";
    let opens = first == start + 1 || first == start + 2 && page.upos(start) == "CCONJ";
    (led && opens).then_some(found)
}

/// ", a Democrat of California": where the place stands behind what somebody's party calls him.
fn party(page: &Page<'_>, start: usize) -> Option<usize> {
    let noun = start + usize::from(page.upos(start) == "DET");
    let member = page.is_capital(noun) && matches!(page.upos(noun), "NOUN" | "PROPN") && page.xpos(noun) != "NNS";
    let from = matches!(page.lower(noun + 1), "of" | "from");
    // "A Catholic from Paris" is no member of a party.
    let faith = matches!(
        page.lower(noun),
        "catholic"
            | "muslim"
            | "christian"
            | "jew"
            | "protestant"
            | "hindu"
            | "buddhist"
            | "sikh"
            | "mormon"
            | "quaker"
    );
    let nation = words::is_demonym(page.lower(noun));
    (member
        && from
        && !faith
        && !nation
        && words::title(page.lower(noun)).is_none()
        && page.person_from(noun).is_none())
    .then_some(noun + 2)
}

/// Whether a name is an abbreviation with a stop, as those of states behind their senators are: "Fla."
fn is_short(page: &Page<'_>, words: &Range<usize>) -> bool {
    page.said(words.end - 1).ends_with('.') || page.said(words.end - 1).chars().count() == 2
}

/// "Roe's tenure as mayor", "his appointment as mayor": the one whose it is.
pub(crate) fn tenure<'a>(page: &Page<'a>, before: usize) -> Option<(Vec<One<'a>>, usize)> {
    let noun = before.checked_sub(1)?;
    let held = matches!(
        page.lower(noun),
        "tenure"
            | "term"
            | "terms"
            | "role"
            | "job"
            | "post"
            | "stint"
            | "position"
            | "appointment"
            | "election"
            | "time"
            | "years"
            | "work"
            | "career"
            | "days"
            | "reign"
            | "resignation"
            | "dismissal"
            | "duties"
    );
    if !held {
        return None;
    }
    let start = page.sentence(noun).start;
    let owner = (start..noun).rev().take(4).find(|i| !matches!(page.upos(*i), "ADJ" | "NUM" | "NOUN" | "VERB"))?;
    let (mention, words) = match page.xpos(owner) {
        "POS" => page.mention(owner.checked_sub(1)?)?,
        "PRP$" => page.mention(owner)?,
        _ => return None,
    };
    let person = mention.kind == EntityKind::Person;
    person.then(|| (page.ones((mention, words.clone())), words.start))
}
