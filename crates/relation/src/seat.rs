//! What ties a holder to a post from afar: the body behind his name, and "Roe's tenure as".

use reportedly_record::EntityKind;

use crate::held::Held;
use crate::page::{One, Page};
use crate::title::Title;
use crate::words::Tie;

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
    if let Some((mention, words)) =
        before.checked_sub(1).filter(|i| page.lower(*i) == ",").and_then(|i| page.name_until(i))
        && office
        && mention.kind == EntityKind::Place
        && words.start > 0
        && page.lower(words.start - 1) == "in"
        && page.sentence(words.start).start + 1 == words.start
    {
        return (page.ones((mention, words)), end);
    }
    let at = match page.lower(end) {
        "of" => end + 1 + usize::from(page.upos(end + 1) == "DET"),
        "(" => (end + 1..end + 5).find(|i| page.name_from(*i).is_some()).unwrap_or(end),
        "," if page.is_capital(end + 1) && matches!(page.lower(end + 2), "-" | "–") => end + 3,
        _ => return none,
    };
    match page.name_from(at) {
        Some((mention, words))
            if matches!(mention.kind, EntityKind::Place | EntityKind::Government)
                || mention.kind == EntityKind::Organisation && page.lower(end) == "of" =>
        {
            (page.ones((mention, words.clone())), words.end)
        }
        _ => none,
    }
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
