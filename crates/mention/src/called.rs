//! Who goes by a description: "the minister" after "the health minister, Ada Roe", "the union" after "the Port Workers' Union",
//! "the paper" after "the Lorne Herald". Only where just one of those spoken of does.

use reportedly_record::EntityKind;

use crate::cluster::Clusters;
use crate::kinds;
use crate::lexicon::{self, Number, Sense};
use crate::pair::Field;
use crate::phrase::{Form, Phrase};
use crate::seen::Seen;
use crate::tree::Trees;

/// Nouns for bodies that do business.
const BUSINESS: [&str; 8] =
    ["company", "firm", "business", "corporation", "conglomerate", "enterprise", "startup", "start-up"];

/// How many mentions back a description looks.
const BACK: usize = 400;

/// Sentences within which one body that may do business must be the only one.
const NEAR: usize = 3;

/// What a name is called where it stands: titles and nouns before it, the noun that it stands beside, and for a body the last
/// word of its name.
pub(crate) fn nouns(trees: &Trees<'_>, phrase: &Phrase, kind: EntityKind) -> Vec<String> {
    let noun =
        |i: usize| lexicon::noun(&trees.lower(i)).filter(|noun| fits(noun.sense, kind)).map(|n| n.lemma.to_owned());
    let head = phrase.head;
    let beside = |i: &usize| matches!(trees.rel(*i), "compound" | "nmod:desc" | "flat" | "amod" | "appos" | "nmod");
    // "PORT ARN - Deckhands on the Arn Line": no mark stands between a name and what it is called.
    let joined = |c: &usize| (*c..phrase.shown.start).all(|i| trees.word(i).upos != "PUNCT" || trees.said(i) == "-");
    let before = trees.children(head).iter().copied().filter(|c| *c < phrase.shown.start).filter(beside).filter(joined);
    let over =
        (!trees.is_root(head) && matches!(trees.rel(head), "flat" | "appos" | "nmod:desc")).then(|| trees.head(head));
    let person = kind == EntityKind::Person;
    let inside = phrase.shown.clone().take(phrase.shown.len().saturating_sub(1)).filter(|_| person);
    let last = (!person).then(|| phrase.shown.end - 1);
    let mut called: Vec<String> = before.chain(over).chain(inside).chain(last).filter_map(noun).collect();
    called.sort_unstable();
    called.dedup();
    called
}

/// Whether a noun of that sense can be used of a name of that kind.
fn fits(sense: Sense, kind: EntityKind) -> bool {
    use EntityKind::{Facility, Government, Media, Organisation, Person, Place, Programme};
    let body = |kind| matches!(kind, Organisation | Media | Government | Programme | Facility);
    match sense {
        Sense::Of(told) => {
            told == kind || body(told) && (body(kind) || kind == EntityKind::Other) && kind != Person && told != Place
        }
        Sense::Event | Sense::Abstract | Sense::Time => false,
    }
}

/// Finds the one that a definite description goes back to by what it was called before.
pub(crate) fn back(field: &Field<'_>, clusters: &Clusters, i: usize) -> Option<usize> {
    let one = &field.seen[i];
    let asks = matches!(one.form, Form::Definite | Form::Pointed) && one.number != Number::Many && one.owner.is_none();
    if let Some(short) = written_short(field, clusters, i).filter(|_| asks) {
        return Some(short);
    }
    let kind = one.kind()?;
    let able = matches!(
        kind,
        EntityKind::Person
            | EntityKind::Organisation
            | EntityKind::Media
            | EntityKind::Government
            | EntityKind::Facility
            | EntityKind::Document
            | EntityKind::Vehicle
    );
    if !asks || !able {
        return None;
    }
    let goes = |j: &usize| {
        let two = &field.seen[*j];
        let by = if two.name.is_some() {
            two.called.contains(&one.noun) || is_outlet(two, &one.noun)
        } else {
            two.noun == one.noun && two.pronoun().is_none() && two.number != Number::Many
        };
        by && clusters.fits(i, *j)
    };
    let from = i.saturating_sub(BACK);
    let all: Vec<usize> = (from..i).rev().filter(goes).collect();
    if let Some(nearest) = all.first().copied() {
        // The last one of that noun is somebody unnamed: "an official ... the official" is for the scorer.
        if !clusters.has_name(nearest) {
            return None;
        }
        let root = clusters.root(nearest);
        // Of several outlets the one that was just named is meant.
        let outlet = is_outlet(&field.seen[nearest], &one.noun);
        let near = |j: usize| one.sentence - field.seen[j].sentence <= 1;
        let competes = |j: usize| !outlet || !near(nearest) || near(j);
        let others = all.iter().any(|j| clusters.root(*j) != root && clusters.has_name(*j) && competes(*j));
        let said = one.words.iter().all(|word| all.iter().any(|j| tells(&field.seen[*j], word)));
        return (!others && said).then_some(nearest);
    }
    if is_armed(one) {
        return armed(field, clusters, i);
    }
    if !BUSINESS.contains(&one.noun.as_str()) || !one.words.is_empty() {
        return None;
    }
    business(field, clusters, i)
}

/// "The Front" after "the Keldra Front": what is written like a name is short for the one body whose name ends so.
fn written_short(field: &Field<'_>, clusters: &Clusters, i: usize) -> Option<usize> {
    let one = &field.seen[i];
    let ends = |j: &usize| {
        let two = &field.seen[*j];
        let body = matches!(
            two.kind(),
            Some(EntityKind::Organisation | EntityKind::Media | EntityKind::Agreement | EntityKind::Facility)
        );
        // "The Department" of a Department of State; "the State" is something else.
        let of = two.words.iter().position(|word| matches!(word.as_str(), "of" | "for"));
        let last = of.and_then(|of| of.checked_sub(1)).map_or(two.words.last(), |at| two.words.get(at));
        two.name.is_some() && body && two.words.len() > 1 && last == Some(&one.noun) && clusters.fits(i, *j)
    };
    let is_common = matches!(one.noun.as_str(), "state" | "house" | "court" | "government" | "union");
    if is_common || !one.capital || one.name.is_some() || !one.words.is_empty() {
        return None;
    }
    let found: Vec<usize> = (i.saturating_sub(BACK)..i).rev().filter(ends).collect();
    let first = found.first().copied()?;
    found.iter().all(|j| clusters.root(*j) == clusters.root(first)).then_some(first)
}

/// The one body named shortly before that may do business.
fn business(field: &Field<'_>, clusters: &Clusters, i: usize) -> Option<usize> {
    let one = &field.seen[i];
    let may = |j: &usize| {
        let two = &field.seen[*j];
        let named = two.name.is_some() && two.words.len() > 1;
        // "The Tarn Line ferries": a firm's name that was taken for a place's.
        let on_maps = || two.words.last().is_some_and(|last| matches!(last.as_str(), "line" | "systems"));
        let firm = || {
            matches!(two.kind(), Some(EntityKind::Place | EntityKind::Facility)) && is_firm(&two.words) && !on_maps()
        };
        let body = two.name.is_some() && two.kind() == Some(EntityKind::Organisation) || named && firm();
        body && !two.words.last().is_some_and(|last| is_no_firm(last))
            && two.called.iter().all(|noun| BUSINESS.contains(&noun.as_str()) || trades(noun))
            && !kinds::is_media(&two.words)
            && clusters.fits(i, *j)
    };
    let near = (i.saturating_sub(BACK)..i).rev().take_while(|j| one.sentence - field.seen[*j].sentence <= NEAR);
    let found: Vec<usize> = near.filter(may).collect();
    let first = found.first().copied()?;
    found.iter().all(|j| clusters.root(*j) == clusters.root(first)).then_some(first)
}

/// Last words in the names of bodies that do no business.
fn is_no_firm(word: &str) -> bool {
    matches!(
        word,
        "league"
            | "guild"
            | "federation"
            | "society"
            | "club"
            | "party"
            | "council"
            | "ministry"
            | "committee"
            | "court"
            | "police"
            | "board"
            | "congress"
            | "parliament"
            | "department"
            | "union"
            | "unions"
            | "association"
            | "university"
            | "army"
            | "commission"
            | "movement"
            | "front"
    )
}

/// Whether a name ends as those of firms do.
pub(crate) fn is_firm(words: &[String]) -> bool {
    const ENDS: [&str; 12] = [
        "line",
        "lines",
        "ferries",
        "airlines",
        "airways",
        "motors",
        "group",
        "holdings",
        "industries",
        "foods",
        "technologies",
        "systems",
    ];
    words.last().is_some_and(|last| ENDS.contains(&last.as_str()))
}

/// "The terror group", "the militant organisation": what the text calls no government, company or paper.
fn is_armed(one: &Seen) -> bool {
    const ARMED: [&str; 13] = [
        "terror",
        "terrorist",
        "militant",
        "armed",
        "rebel",
        "extremist",
        "jihadist",
        "islamist",
        "insurgent",
        "guerrilla",
        "paramilitary",
        "separatist",
        "resistance",
    ];
    let group =
        matches!(one.noun.as_str(), "group" | "organisation" | "organization" | "movement" | "militia" | "faction");
    group && one.words.iter().any(|word| ARMED.contains(&word.as_str()))
}

/// The one body named in the sentence or the one before that may be called an armed group.
fn armed(field: &Field<'_>, clusters: &Clusters, i: usize) -> Option<usize> {
    let one = &field.seen[i];
    let may = |j: &usize| {
        let two = &field.seen[*j];
        let is_body = two.name.is_some() && two.kind() == Some(EntityKind::Organisation);
        is_body && !kinds::is_media(&two.words) && !two.words.iter().any(|word| is_civil(word)) && clusters.fits(i, *j)
    };
    let near = (i.saturating_sub(BACK)..i).rev().take_while(|j| one.sentence - field.seen[*j].sentence <= 1);
    let found: Vec<usize> = near.filter(may).collect();
    let first = found.first().copied()?;
    found.iter().all(|j| clusters.root(*j) == clusters.root(first)).then_some(first)
}

/// A word in the names of bodies that carry no arms.
fn is_civil(word: &str) -> bool {
    const CIVIL: [&str; 26] = [
        "house",
        "nations",
        "office",
        "department",
        "ministry",
        "agency",
        "council",
        "committee",
        "commission",
        "court",
        "congress",
        "senate",
        "parliament",
        "police",
        "university",
        "institute",
        "bank",
        "corp",
        "inc",
        "company",
        "union",
        "cross",
        "association",
        "foundation",
        "administration",
        "government",
    ];
    CIVIL.contains(&word)
}

/// Nouns for bodies that trade in something.
fn trades(noun: &str) -> bool {
    matches!(
        noun,
        "bank"
            | "lender"
            | "insurer"
            | "brokerage"
            | "fund"
            | "retailer"
            | "supermarket"
            | "manufacturer"
            | "carmaker"
            | "automaker"
            | "airline"
            | "carrier"
            | "operator"
            | "utility"
            | "supplier"
            | "line"
            | "group"
    )
}

/// Whether an outlet goes by that noun: a wire is an agency, and what is printed a paper.
fn is_outlet(two: &Seen, noun: &str) -> bool {
    let wire = two.words.iter().any(|w| matches!(w.as_str(), "agency" | "wire" | "newswire" | "press"));
    let media = two.kind() == Some(EntityKind::Media)
        || two.kind() == Some(EntityKind::Organisation) && kinds::is_media(&two.words);
    let aired =
        two.words.iter().any(|w| matches!(w.as_str(), "radio" | "television" | "tv" | "broadcasting" | "channel"));
    match noun {
        "agency" => wire,
        "newspaper" | "paper" | "daily" | "tabloid" | "broadsheet" => media && !aired,
        "weekly" | "magazine" | "journal" | "quarterly" => media && !aired,
        "broadcaster" | "station" | "channel" | "network" => media && aired,
        "outlet" | "website" | "site" => media,
        _ => false,
    }
}

/// Whether a mention has a word in its name, in what it is called or in its description.
fn tells(two: &Seen, word: &str) -> bool {
    two.words.iter().chain(&two.called).any(|own| own == word)
}
