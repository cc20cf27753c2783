//! Names as they stand in mails and forums: addresses and file names are nobody's name, and a town is not its state.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use reportedly_record::{EntityKind, Syntax, Text};

use crate::glued::unglued;
use crate::lexicon;

static NOBODY: LazyLock<BTreeSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("../data/nobody.txt").lines().filter_map(|line| line.split_once(' '));
    lines
        .filter(|(mark, _)| *mark != "#")
        .flat_map(|(mark, all)| all.split(' ').map(move |word| (mark, word)))
        .collect()
});

static AREAS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| listed(include_str!("../data/areas.txt")));

fn listed(table: &'static str) -> BTreeSet<&'static str> {
    table.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// Endings of files.
const FILES: [&str; 16] = [
    ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".jpg", ".jpeg", ".png", ".gif", ".txt", ".asp",
    ".html", ".htm", ".zip",
];

/// Words that are no place's name alone.
const GENERIC: [&str; 30] = [
    "Ocean",
    "Sea",
    "Gulf",
    "Peninsula",
    "Islands",
    "Island",
    "Lake",
    "River",
    "Desert",
    "Valley",
    "Mountains",
    "Coast",
    "Province",
    "District",
    "State",
    "Region",
    "County",
    "Street",
    "Road",
    "Avenue",
    "Central",
    "Eastern",
    "Western",
    "Northern",
    "Southern",
    "Centre",
    "Center",
    "Building",
    "Territory",
    "Strip",
];

/// First words of places that are one with what follows: "New Mexico", "northern Iraq".
const WHOLE: [&str; 26] = [
    "new",
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "mainland",
    "greater",
    "upper",
    "lower",
    "latin",
    "inner",
    "great",
    "the",
];

/// Takes names apart that are several, and off them what is none.
pub(crate) fn tidied(
    text: &Text,
    syntax: &Syntax,
    found: Vec<(EntityKind, Range<usize>)>,
) -> Vec<(EntityKind, Range<usize>)> {
    let said = |i: usize| text.slice(syntax.words[i].span);
    let found = unglued(&said, syntax, found);
    let found = with_owners(&said, found);
    let found = found.into_iter().flat_map(|(kind, at)| parted(&said, kind, at)).collect::<Vec<_>>();
    let found = whole(&said, found);
    let mut tidy: Vec<(EntityKind, Range<usize>)> = Vec::with_capacity(found.len());
    for (kind, at) in found {
        // "Dorr & Pike" is a firm, not two people.
        if kind == EntityKind::Person
            && at.start > 1
            && said(at.start - 1) == "&"
            && let Some((first @ EntityKind::Person, before)) = tidy.last_mut()
            && before.end + 1 == at.start
        {
            *first = EntityKind::Organisation;
            before.end = at.end;
            continue;
        }
        let kind = if is_vessel(&said, syntax, &at) { EntityKind::Vehicle } else { kind };
        let storm = at.start.checked_sub(1).is_some_and(|i| is_storm(said(i))) && at.len() == 1;
        let kind = if storm { EntityKind::Occasion } else { kind };
        // "Acting Harbour Board director": only the director is acting.
        let acting = at.len() > 1 && matches!(said(at.start), "Acting" | "Former");
        let start = at.start + usize::from(acting);
        let mut end = at.clone().find(|i| is_address(text, syntax.words[*i].span.bytes())).unwrap_or(at.end);
        // A name ends with its paragraph: the next one may be a heading. A line may be one that was wrapped.
        let gap = |i: usize| {
            let between = syntax.words[i - 1].span.bytes().end..syntax.words[i].span.bytes().start;
            text.as_str()[between].matches('\n').count() > 1
        };
        end = (start + 1..end).find(|i| gap(*i)).unwrap_or(end);
        // Two strings that a page ran together: "Ada Roe Ada Mira RoeLind".
        if kind == EntityKind::Person && (start..end).any(|i| is_glued(said(i))) {
            end = (start + 2..end).find(|i| said(*i) == said(start)).unwrap_or(end);
        }
        // "Ada Roe jibed": what somebody does is no part of a name.
        while kind == EntityKind::Person && end > start + 1 && acts(syntax.words[end - 1].xpos.as_str(), said(end - 1))
        {
            end -= 1;
        }
        // "the Lorne Senator" is somebody, and Lorne is the place.
        while kind == EntityKind::Place && end > start + 1 && is_person(said(end - 1)) {
            end -= 1;
        }
        // "Ada Roe, D-Lorne": her party and state are no part of her name.
        if kind == EntityKind::Person {
            end = (start + 1..end).find(|i| said(*i) == "," && i + 1 < end && is_of_party(said(i + 1))).unwrap_or(end);
        }
        // "The Attorney's Office in": a name does not end so.
        while end > start + 1 && matches!(said(end - 1), "in" | "at" | "and" | "for" | "on" | "by" | "with" | "from") {
            end -= 1;
        }
        while end > start && matches!(said(end - 1), "!" | "?" | "<" | "\"" | "/" | "@") {
            end -= 1;
        }
        let nobody = end == start + 1 && is_nobody(said(start));
        // A body is not written small throughout; what is found so are words like "efax".
        let small = kind == EntityKind::Organisation && (start..end).all(|i| !said(i).contains(char::is_uppercase));
        // ".NWX": what an exchange calls a share or an index.
        let touches = |i: usize| i > 0 && syntax.words[i - 1].span.bytes().end == syntax.words[i].span.bytes().start;
        let ticker = end == start + 1 && touches(start) && said(start - 1) == "." && !touches(start - 1);
        // "R-Ohio" behind somebody's name is nobody's, but the state is there.
        let of_party = is_party_mark(&said, start, end);
        if of_party && end > start + 2 {
            tidy.push((EntityKind::Place, start + 2..end));
            continue;
        }
        if end == start || nobody || small || ticker || of_party {
            continue;
        }
        // "Ocean" behind "Indian" is one name with it, and alone the name of no place.
        if kind == EntityKind::Place && end == start + 1 && GENERIC.contains(&said(start)) {
            let beside = syntax.words[start].span.bytes().start;
            let near =
                |before: &Range<usize>| before.end == start && syntax.words[start - 1].span.bytes().end + 1 == beside;
            if let Some((first @ (EntityKind::Group | EntityKind::Place), before)) = tidy.last_mut()
                && near(before)
            {
                *first = EntityKind::Place;
                before.end = end;
            }
            continue;
        }
        let words: Vec<String> = (start..end).map(|i| said(i).to_lowercase()).collect();
        // "In Lorne, N.H.": a town, whatever it was taken for; "the U.N.": a body.
        let behind = (end + 1 < syntax.words.len() && said(end) == ",").then(|| said(end + 1).to_lowercase());
        let in_state =
            behind.is_some_and(|state| state.contains('.') && AREAS.contains(state.replace('.', "").as_str()));
        let inside = start > 0 && matches!(said(start - 1), "in" | "near" | "outside");
        let kind = match kind {
            EntityKind::Organisation | EntityKind::Person | EntityKind::Other if in_state && inside => {
                EntityKind::Place
            }
            EntityKind::Place if matches!(said(start), "U.N." | "UN" | "EU" | "E.U.") && words.len() == 1 => {
                EntityKind::Organisation
            }
            kind => kind,
        };
        // "The Lorne protocol" is no place, and Lorne in it none.
        if kind == EntityKind::Place
            && start > 0
            && said(start - 1).eq_ignore_ascii_case("the")
            && end < syntax.words.len()
            && is_pact(said(end))
        {
            tidy.push((EntityKind::Agreement, start..end + 1));
        } else if kind == EntityKind::Place && is_in_area(&words) {
            tidy.push((kind, start..end - 1));
            tidy.push((kind, end - 1..end));
        } else {
            tidy.push((kind, start..end));
        }
    }
    tidy
}

/// "Lorne's Grand Mosque", where Lorne is a place elsewhere in the text: two names.
fn with_owners<'a>(
    said: &impl Fn(usize) -> &'a str,
    found: Vec<(EntityKind, Range<usize>)>,
) -> Vec<(EntityKind, Range<usize>)> {
    let words = |at: &Range<usize>| at.clone().map(said).collect::<Vec<&str>>();
    let places: BTreeSet<Vec<&str>> =
        found.iter().filter(|(kind, _)| *kind == EntityKind::Place).map(|(_, at)| words(at)).collect();
    let part = |(kind, at): (EntityKind, Range<usize>)| {
        let owned = matches!(kind, EntityKind::Facility | EntityKind::Organisation | EntityKind::Other);
        let mark = (at.start + 1..at.end).find(|i| owned && matches!(said(*i), "'s" | "’s")).filter(|i| i + 1 < at.end);
        match mark.filter(|mark| places.contains(&words(&(at.start..*mark)))) {
            Some(mark) => vec![(EntityKind::Place, at.start..mark), (kind, mark + 1..at.end)],
            None => vec![(kind, at)],
        }
    };
    found.into_iter().flat_map(part).collect()
}

/// "The Lorne" and "Quarterly", "the Lornese" and "Brotherhood": a place's or a people's name that the next word makes a paper's or a body's. (Of
/// a "League" or an "Association" the sets of names take people and body apart.)
fn whole<'a>(
    said: &impl Fn(usize) -> &'a str,
    found: Vec<(EntityKind, Range<usize>)>,
) -> Vec<(EntityKind, Range<usize>)> {
    const PAPERS: [&str; 9] =
        ["Quarterly", "Gazette", "Herald", "Tribune", "Courier", "Messenger", "Chronicle", "Dispatch", "Telegraph"];
    let mut whole: Vec<(EntityKind, Range<usize>)> = Vec::with_capacity(found.len());
    for (kind, at) in found {
        let body = kind == EntityKind::Organisation && said(at.start) == "Brotherhood";
        let own = at.len() == 1 && PAPERS.contains(&said(at.start));
        match whole.last_mut() {
            Some((before @ EntityKind::Place, name)) if own && name.end == at.start => {
                *before = EntityKind::Media;
                name.end = at.end;
            }
            Some((before @ EntityKind::Group, name)) if body && name.end == at.start => {
                *before = EntityKind::Organisation;
                name.end = at.end;
            }
            _ => whole.push((kind, at)),
        }
    }
    whole
}

/// Names that were found as one: "Ada Roe and Ben Lind", a station and who speaks for it ("LNN's Ada Roe").
fn parted<'a>(said: &impl Fn(usize) -> &'a str, kind: EntityKind, at: Range<usize>) -> Vec<(EntityKind, Range<usize>)> {
    let given = |i: usize| i + 1 < at.end && lexicon::given(&said(i).to_lowercase()) != lexicon::Gender::Open;
    let body = matches!(kind, EntityKind::Organisation | EntityKind::Media | EntityKind::Other);
    for i in at.start + 1..at.end {
        let both = said(i) == "and" && i > at.start + 1 && given(at.start) && given(i + 1);
        if both && (body || kind == EntityKind::Person) {
            return vec![(EntityKind::Person, at.start..i), (EntityKind::Person, i + 1..at.end)];
        }
        if body && matches!(said(i), "'s" | "’s") {
            if given(i + 1) && at.end - i == 3 {
                return vec![(kind, at.start..i), (EntityKind::Person, i + 1..at.end)];
            }
            if i + 1 < at.end && matches!(said(i + 1), "\"" | "“") {
                return vec![(kind, at.start..i)];
            }
        }
    }
    vec![(kind, at)]
}

/// "D-Lorne", and its first part where that is a word.
fn is_of_party(word: &str) -> bool {
    matches!(word, "D" | "R" | "I") || ["D-", "R-", "I-"].iter().any(|party| word.starts_with(party))
}

/// Whether words are a party's letter and a state.
fn is_party_mark<'a>(said: &impl Fn(usize) -> &'a str, start: usize, end: usize) -> bool {
    let set_off = start > 0 && matches!(said(start - 1), "," | "(");
    let one = set_off && end == start + 1 && said(start).len() > 2 && is_of_party(said(start));
    let several = end > start + 1 && end - start < 5 && matches!(said(start + 1), "-" | "–");
    one && said(start).chars().nth(2).is_some_and(char::is_uppercase)
        || several && matches!(said(start), "D" | "R" | "I")
}

/// Whether a word is a finite verb written small.
fn acts(xpos: &str, word: &str) -> bool {
    matches!(xpos, "VBD" | "VBZ") && word.starts_with(char::is_lowercase)
}

/// Whether a capital letter or a figure stands behind a small one and is no second one of a name's: "RoeLind", not "McRoe".
fn is_glued(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    (3..letters.len()).any(|i| (letters[i].is_uppercase() || letters[i].is_numeric()) && letters[i - 1].is_lowercase())
        && !["Mac", "Fitz", "O'", "De"].iter().any(|start| word.starts_with(start))
}

/// "The barge Constance": whatever a name is found to be, what stands before it says that it is a vessel's.
fn is_vessel<'a>(said: &impl Fn(usize) -> &'a str, syntax: &Syntax, at: &Range<usize>) -> bool {
    let noun = at.start.checked_sub(1);
    let vehicle = lexicon::Sense::Of(EntityKind::Vehicle);
    let is_noun = |i: &usize| {
        syntax.words[*i].xpos.as_str() == "NN" && lexicon::noun(said(*i)).is_some_and(|noun| noun.sense == vehicle)
    };
    let Some(noun) = noun.filter(|i| is_noun(i) && at.len() < 4) else { return false };
    let article = |i: usize| matches!(said(i).to_lowercase().as_str(), "the" | "a" | "an");
    (1..4)
        .map_while(|back| noun.checked_sub(back))
        .find(|i| !matches!(syntax.words[*i].upos.as_str(), "ADJ" | "NOUN"))
        .is_some_and(article)
}

/// "Typhoon Ilva": a storm by its name.
fn is_storm(word: &str) -> bool {
    matches!(word, "Typhoon" | "Hurricane" | "Cyclone" | "Storm")
}

/// Whether a word is one for a person: "Senator".
fn is_person(word: &str) -> bool {
    let person = lexicon::Sense::Of(EntityKind::Person);
    word.starts_with(char::is_uppercase) && lexicon::noun(&word.to_lowercase()).is_some_and(|noun| noun.sense == person)
}

fn is_pact(word: &str) -> bool {
    matches!(
        word,
        "protocol"
            | "protocols"
            | "accord"
            | "accords"
            | "agreement"
            | "agreements"
            | "treaty"
            | "convention"
            | "conventions"
            | "pact"
            | "declaration"
            | "memorandum"
    )
}

/// Whether the words of a name are a state's full name.
pub(crate) fn is_state(words: &[String]) -> bool {
    match words {
        [one] => one.len() > 2 && AREAS.contains(one.as_str()),
        [new, name] => matches!(
            (new.as_str(), name.as_str()),
            ("new", "hampshire" | "jersey" | "mexico" | "york")
                | ("north" | "south", "carolina" | "dakota")
                | ("west", "virginia")
                | ("rhode", "island")
        ),
        _ => false,
    }
}

fn is_nobody(word: &str) -> bool {
    let lower = word.to_lowercase();
    let bare = lower.trim_matches(['.', '-']);
    let like_name = word.chars().skip(1).any(char::is_lowercase) && word.starts_with(char::is_uppercase);
    // One or two small letters name nobody.
    NOBODY.contains(&("words", bare))
        || NOBODY.contains(&("capitals", bare)) && !like_name
        || lower == word && word.chars().count() < 3
}

/// "Miramar California": a town and, behind it, its state or country. With a comma between them the sets of names take them for one as often
/// as for two, and the places stage cuts them.
fn is_in_area(words: &[String]) -> bool {
    let [town @ .., last] = words else { return false };
    let Some(first) = town.first() else { return false };
    let area = AREAS.contains(last.as_str()) || lexicon::is_country(std::slice::from_ref(last));
    let both = lexicon::is_country(&words[words.len() - 2..]);
    let plain = town.iter().all(|w| {
        !matches!(w.as_str(), "of" | "de" | "del" | "di" | "da")
            && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '-'))
    });
    area && plain && !both && !WHOLE.contains(&first.as_str())
}

/// Whether a word stands in an e-mail address, a web address with its scheme, or the name of a file.
fn is_address(text: &Text, word: Range<usize>) -> bool {
    let whole = text.as_str();
    let ends = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '(' | ')' | '[' | ']' | ',' | ';' | '“' | '”' | '\'')
    };
    let from =
        whole[..word.start].rfind(ends).map_or(0, |at| at + whole[at..].chars().next().map_or(1, char::len_utf8));
    let to = whole[word.end..].find(ends).map_or(whole.len(), |at| word.end + at);
    let chunk = whole[from..to].trim_end_matches(['.', '!', '?', ':']);
    let mail = chunk.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.'));
    let lower = chunk.to_lowercase();
    let file = FILES.iter().any(|ending| lower.ends_with(ending) && lower.len() > ending.len());
    let site = lower == chunk && [".com", ".net", ".org"].iter().any(|ending| chunk.ends_with(ending));
    mail || file || site || chunk.contains("://") || chunk.contains('_') || lower.starts_with("www.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_and_their_states() {
        let words = |name: &str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(is_in_area(&words("miramar california")) && is_in_area(&words("san rafael ca")));
        assert!(!is_in_area(&words("lawrence , ks")));
        assert!(!is_in_area(&words("latin america")) && !is_in_area(&words("santiago de cuba")));
        assert!(
            !is_in_area(&words("new mexico")) && !is_in_area(&words("northern iraq")) && !is_in_area(&words("lorne"))
        );
        assert!(!is_in_area(&words("gulf of mexico")));
    }

    #[test]
    fn a_place_owns_and_a_paper_is_one_name() {
        let words = ["Lorne", "'s", "Grand", "Mosque", "Lorne", "Quarterly", "Lorne"];
        let said = |i: usize| words[i];
        use EntityKind::{Facility, Media, Place};
        let owned = with_owners(&said, vec![(Facility, 0..4), (Place, 6..7)]);
        assert_eq!(owned, [(Place, 0..1), (Facility, 2..4), (Place, 6..7)]);
        // "Levi's Stadium" where no Levi is a place.
        assert_eq!(with_owners(&said, vec![(Facility, 0..4)]), [(Facility, 0..4)]);
        assert_eq!(whole(&said, vec![(Place, 4..5), (Media, 5..6), (Place, 6..7)]), [(Media, 4..6), (Place, 6..7)]);
    }

    #[test]
    fn what_somebody_does_is_no_part_of_a_name() {
        assert!(acts("VBD", "jibed") && !acts("NNP", "Roe") && !acts("NNP", "bin") && !acts("VBD", "Said"));
    }

    #[test]
    fn addresses_and_words_that_name_nobody() {
        let address = |line: &str, word: &str| {
            let text = Text::new(line);
            let at = line.find(word).expect("it is there");
            is_address(&text, at..at + word.len())
        };
        assert!(address("Write to \"Ada Roe\"<a.roe@lorne.example>", "roe"));
        assert!(!address("Write to \"Ada Roe\"<a.roe@lorne.example>", "Roe"));
        assert!(address("- HarbourStocks.pdf", "HarbourStocks") && !address("Lorne. Roe", "Lorne"));
        assert!(
            is_nobody("ASAP")
                && is_nobody("Sunday")
                && is_nobody("r2")
                && is_nobody("SEO")
                && !is_nobody("Seo")
                && !is_nobody("UN")
                && !is_nobody("Roe")
        );
    }
}
