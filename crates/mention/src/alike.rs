//! Names: their words, and which two names can be the same one's.

use std::collections::BTreeSet;

use reportedly_record::EntityKind;

use crate::lexicon;

/// The words of a name in lower case, folded, without article, possessive and what stands behind names; a person's without titles:
/// "Justice Roe" is Roe, the Justice Department is not a department.
pub(crate) fn words_of(kind: EntityKind, name: &str) -> Vec<String> {
    let name = name.replace('’', "'");
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix('\'')).unwrap_or(&name);
    let words = name.split(char::is_whitespace).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    let mut words: Vec<String> = words.filter(|w| !w.is_empty()).map(folded).collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    while kind == EntityKind::Person && words.len() > 1 && lexicon::title(&words[0]).is_some() {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|w| lexicon::is_behind(w)) {
        words.pop();
    }
    words
}

/// A word in lower case with its letters' marks taken off.
pub(crate) fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => out.push('a'),
            'ä' | 'æ' => out.push_str("ae"),
            'ç' | 'ć' | 'č' | 'ĉ' => out.push('c'),
            'ď' | 'đ' | 'ð' => out.push('d'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => out.push('e'),
            'ğ' | 'ģ' => out.push('g'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => out.push('i'),
            'ķ' => out.push('k'),
            'ł' | 'ļ' | 'ľ' => out.push('l'),
            'ñ' | 'ń' | 'ņ' | 'ň' => out.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ő' => out.push('o'),
            'ö' | 'ø' | 'œ' => out.push_str("oe"),
            'ř' | 'ŕ' => out.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => out.push('s'),
            'ß' => out.push_str("ss"),
            'ť' | 'ţ' | 'ț' => out.push('t'),
            'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' | 'ų' => out.push('u'),
            'ü' => out.push_str("ue"),
            'ý' | 'ÿ' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            // Marks of the Arabic hamza and ayn, and marks that stand apart from their letter.
            '\'' | '’' | '‘' | 'ʿ' | 'ʾ' | '`' => {}
            '\u{300}'..='\u{36f}' => {}
            '‐' | '‑' | '–' => out.push('-'),
            _ => out.push(c),
        }
    }
    out
}

/// A word by its sounds, for names that are spelled in several ways when they are brought from another script: "al-Hadi" and
/// "Al-Haadie", "Mohammed" and "Muhamad". Vowels other than the first count once, and doubled letters once.
pub(crate) fn sounds(word: &str) -> String {
    let word = folded(word);
    let word = ["al-", "el-", "ul-", "ad-", "an-", "as-", "ash-", "ar-", "at-", "az-"]
        .iter()
        .find_map(|article| word.strip_prefix(article))
        .unwrap_or(&word);
    let mut out = String::new();
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphanumeric()).collect();
    for (i, c) in letters.iter().enumerate() {
        let c = match c {
            'q' | 'c' if letters.get(i + 1) != Some(&'h') => 'k',
            'w' => 'v',
            'y' | 'i' | 'e' | 'j' => 'i',
            'u' => 'o',
            'z' => 's',
            c => *c,
        };
        let vowel = |c: char| matches!(c, 'a' | 'i' | 'o');
        // A vowel in the middle tells little, an h behind a vowel or at the end less.
        let silent = vowel(c) && i > 0 || c == 'h' && (i + 1 == letters.len() || out.is_empty() && i > 0);
        if !silent && !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Small words that do not count in initials.
fn is_small(word: &str) -> bool {
    matches!(word, "of" | "the" | "and" | "for" | "in" | "on" | "de" | "la" | "du" | "des" | "del" | "&")
}

/// How surely two names are the same one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// They are not.
    None,
    /// One may be a short form of the other.
    Short,
    /// They are the same words, or the same in another spelling.
    Same,
}

/// Compares two names, given as their words.
pub(crate) fn likeness(a_kind: EntityKind, a: &[String], b_kind: EntityKind, b: &[String]) -> Likeness {
    use Likeness::{None as No, Same, Short};
    if a.is_empty() || b.is_empty() || !can_be_one(a_kind, b_kind) {
        return No;
    }
    // A city that acts as a government is not the city, and is no country's other name.
    let governs = |kind| kind == EntityKind::Government;
    if governs(a_kind) != governs(b_kind) {
        return No;
    }
    if a == b {
        return Same;
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let person = a_kind == EntityKind::Person && b_kind == EntityKind::Person;
    if person {
        return people(short, long);
    }
    if a_kind == EntityKind::Person || b_kind == EntityKind::Person {
        return No;
    }
    if is_initials(short, long) {
        return Short;
    }
    // "The Herald" after "the Varosk Herald", "the Front" after "the Keldra Front": the last words of a longer name that is
    // no place. "Lorne" is not "Lorne University".
    let bodies =
        |kind| !matches!(kind, EntityKind::Place | EntityKind::Government | EntityKind::Group | EntityKind::Other);
    // "The House" is a chamber, and no White House or opera house.
    let chamber = short.len() == 1 && short[0] == "house";
    let ends = long.ends_with(short) && short.len() == 1 && !chamber;
    if bodies(a_kind) && bodies(b_kind) && short.len() < long.len() && ends {
        return Short;
    }
    let spelled = short.len() == long.len() && short.iter().zip(long).all(|(a, b)| a == b || is_spelling(a, b));
    if spelled { Short } else { No }
}

/// Two persons' names, the shorter first.
fn people(short: &[String], long: &[String]) -> Likeness {
    use Likeness::{None as No, Same, Short};
    let same = |a: &str, b: &str| a == b || is_spelling(a, b);
    let initial = |a: &str, b: &str| {
        let (a, b) = (a.trim_end_matches('.'), b.trim_end_matches('.'));
        let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
        few.chars().count() == 1 && many.starts_with(few)
    };
    match short {
        [one] => {
            let last = long.last().is_some_and(|last| same(one, last));
            // "Al-Hadi" after "Khalil al-Hadi", "van Dorn" after "Jan van Dorn".
            if last || long.len() > 1 && same(one, &long[0]) { Short } else { No }
        }
        [first, .., last] => {
            let [other, .., other_last] = long else { return No };
            let firsts = same(first, other) || initial(first, other);
            if same(last, other_last) && firsts {
                // A middle name that differs makes another person: "John A. Roe", "John B. Roe".
                let (a, b) = (&short[1..short.len() - 1], &long[1..long.len() - 1]);
                let differ =
                    !a.is_empty() && !b.is_empty() && !a.iter().zip(b).any(|(a, b)| same(a, b) || initial(a, b));
                return if differ { No } else { Same };
            }
            // "van Dorn" after "Jan van Dorn".
            if short.len() < long.len() && long.ends_with(short) { Short } else { No }
        }
        [] => No,
    }
}

/// Whether two words are spellings of one name. A name with an Arabic article is spelled in many ways; of another one a letter
/// may differ, where it is long: "Roth" is not "Ruth".
fn is_spelling(a: &str, b: &str) -> bool {
    let article = |word: &str| word.starts_with("al-") || word.starts_with("el-");
    let most = match (article(a) && article(b), a.len().min(b.len())) {
        (true, _) => 3,
        (false, 6..) => 1,
        (false, _) => return false,
    };
    sounds(a) == sounds(b) && distance(a, b) <= most
}

/// How many letters must be changed to make one word the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let here = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], here);
        }
    }
    row[b.len()]
}

/// Whether one name is the initials of the other: "PWL", "U.S.".
pub(crate) fn is_initials(short: &[String], long: &[String]) -> bool {
    let [short] = short else { return false };
    let letters = short.replace('.', "");
    let all = |small: bool| -> String {
        long.iter()
            .flat_map(|w| w.split('-'))
            .filter(|w| small || !is_small(w))
            .filter_map(|w| w.chars().next())
            .collect()
    };
    long.len() > 1 && letters.chars().count() > 1 && (all(false) == letters || all(true) == letters)
}

/// Kinds that one thing may be taken for in two places.
pub(crate) fn can_be_one(a: EntityKind, b: EntityKind) -> bool {
    use EntityKind::{
        Agreement, Document, Facility, Government, Group, Media, Occasion, Organisation, Other, Person, Place, Product,
        Programme, Thing, Vehicle,
    };
    let class = |kind| match kind {
        Person => 0,
        Place | Government => 1,
        Organisation | Media | Programme => 2,
        Facility => 3,
        Group => 4,
        Document | Agreement | Occasion | Product | Vehicle | Thing | Other => 5,
    };
    let (a, b) = (class(a), class(b));
    // A building is also the body in it; what a thing is is often open.
    a == b || matches!((a.min(b), a.max(b)), (1, 3) | (2, 3) | (2, 5) | (3, 5))
}

/// The key of a name across reports: its kind and its folded words, persons' given names first as they stand.
pub(crate) fn key(kind: EntityKind, words: &[String]) -> String {
    let class = match kind {
        EntityKind::Person => "person",
        EntityKind::Place | EntityKind::Government | EntityKind::Facility => "place",
        EntityKind::Organisation | EntityKind::Media | EntityKind::Programme => "organisation",
        EntityKind::Group => "group",
        EntityKind::Agreement | EntityKind::Document => "document",
        EntityKind::Occasion => "occasion",
        EntityKind::Product | EntityKind::Vehicle | EntityKind::Thing | EntityKind::Other => "thing",
    };
    let spelled = |word: &String| {
        let plain: String = word.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
        // Names with an Arabic article are brought over in many spellings: their sounds are the same.
        let arabic = ["al-", "el-"].iter().any(|article| plain.starts_with(article));
        if kind == EntityKind::Person && arabic { format!("al-{}", sounds(&plain)) } else { plain }
    };
    let words: Vec<String> = words.iter().filter(|w| !is_small(w)).map(spelled).filter(|w| !w.is_empty()).collect();
    format!("{class}:{}", words.join(" "))
}

/// Words that two descriptions share.
pub(crate) fn shared(a: &[String], b: &[String]) -> usize {
    let a: BTreeSet<&str> = a.iter().map(String::as_str).collect();
    b.iter().filter(|word| a.contains(word.as_str())).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: EntityKind, a: &str, b: &str, expected: Likeness) {
        assert_eq!(likeness(kind, &words_of(kind, a), kind, &words_of(kind, b)), expected, "{a} / {b}");
    }

    #[test]
    fn a_person_s_names_in_their_forms() {
        use EntityKind::Person;
        check(Person, "Mr. Roe", "Ada Roe", Likeness::Short);
        check(Person, "Ada M. Roe", "Ada Roe", Likeness::Same);
        check(Person, "A. Roe", "Ada Roe", Likeness::Same);
        check(Person, "Ben Roe", "Ada Roe", Likeness::None);
        check(Person, "John A. Roe", "John B. Roe", Likeness::None);
        check(Person, "Khalil al-Hadiyya", "Khalil Al-Hadiyeh", Likeness::Same);
        check(Person, "al-Hadiyya", "Khalil Al-Hadiyeh", Likeness::Short);
        check(Person, "Zoë Lindström", "Zoe Lindstroem", Likeness::Same);
        check(Person, "Roth", "Ruth Reed", Likeness::None);
        check(Person, "Ada Roe Jr.", "Ada Roe", Likeness::Same);
    }

    #[test]
    fn bodies_and_places() {
        use EntityKind::{Government, Media, Organisation, Place};
        let lorne = words_of(EntityKind::Place, "Lorne");
        assert_eq!(likeness(Place, &lorne, Government, &lorne), Likeness::None);
        check(Organisation, "PWL", "the Port Workers of Lorne", Likeness::Short);
        check(Place, "U.S.", "United States", Likeness::Short);
        check(Media, "the Herald", "the Varosk Herald", Likeness::Short);
        check(Organisation, "House", "White House", Likeness::None);
        check(Place, "Lorne", "Upper Lorne", Likeness::None);
        check(Organisation, "Lorne", "Lorne University", Likeness::None);
    }

    #[test]
    fn keys_do_not_depend_on_spelling() {
        let of = |kind, name: &str| key(kind, &words_of(kind, name));
        assert_eq!(of(EntityKind::Person, "Khalil al-Hadiyya"), "person:khalil al-hd");
        assert_eq!(of(EntityKind::Person, "Khalil Al-Hadiyeh"), "person:khalil al-hd");
        assert_eq!(of(EntityKind::Organisation, "the Bank of Lorne"), "organisation:bank lorne");
        assert_eq!(of(EntityKind::Person, "Dr. Zoë Roe"), "person:zoe roe");
    }
}
