//! Forms of words: the table gives a word once, texts bend it.

/// Returns a verb's forms: base, third person, present participle, past forms. Irregular past forms follow the base after
/// slashes; a star doubles the last letter, as does a short word such as "stop".
pub(crate) fn verb_forms(word: &str) -> Vec<String> {
    let mut parts = word.split('/');
    let stem = parts.next().unwrap_or_default();
    let (base, doubles) = match stem.strip_suffix('*') {
        Some(base) => (base, true),
        None => (stem, is_short(stem)),
    };
    let doubled = if doubles { base.chars().next_back().map(String::from).unwrap_or_default() } else { String::new() };
    let silent = base.strip_suffix('e').filter(|rest| !rest.ends_with(['e', 'y', 'o']));
    let going = match silent {
        _ if base.ends_with("ie") => format!("{}ying", &base[..base.len() - 2]),
        Some(rest) => format!("{rest}ing"),
        None => format!("{base}{doubled}ing"),
    };
    let mut forms = vec![base.to_owned(), plural(base), going];
    // "Canceled" as well as "cancelled".
    if doubles && base.ends_with('l') && irregular_of(word).is_none() {
        forms.extend([format!("{base}ing"), format!("{base}ed")]);
    }
    let irregular: Vec<String> = parts.map(str::to_owned).collect();
    if irregular.is_empty() {
        forms.push(match (base.strip_suffix('y'), base.ends_with('e')) {
            (_, true) => format!("{base}d"),
            (Some(rest), _) if !rest.ends_with(['a', 'e', 'o', 'u']) => format!("{rest}ied"),
            _ => format!("{base}{doubled}ed"),
        });
    }
    forms.extend(irregular);
    forms
}

fn irregular_of(word: &str) -> Option<&str> {
    word.split_once('/').map(|(_, irregular)| irregular)
}

/// Whether a word is one syllable of consonant, vowel, consonant: "stop", "ban".
fn is_short(word: &str) -> bool {
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u');
    let bytes = word.as_bytes();
    match bytes {
        [start @ .., a, b, c] => {
            vowel(*b)
                && !vowel(*a)
                && !vowel(*c)
                && !matches!(c, b'w' | b'x' | b'y')
                && !start.iter().any(|s| vowel(*s))
        }
        _ => false,
    }
}

/// Returns the plural of a noun, which is the third person of a verb too; an irregular one follows after a slash.
pub(crate) fn plural(word: &str) -> String {
    if let Some((_, plural)) = word.split_once('/') {
        return plural.to_owned();
    }
    match word.strip_suffix('y') {
        Some(rest) if !rest.ends_with(['a', 'e', 'o', 'u']) => format!("{rest}ies"),
        _ if word.ends_with("sis") => format!("{}es", &word[..word.len() - 2]),
        _ if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_bend() {
        assert_eq!(verb_forms("deny"), ["deny", "denies", "denying", "denied"]);
        assert_eq!(verb_forms("scrap*"), ["scrap", "scraps", "scrapping", "scrapped"]);
        assert_eq!(verb_forms("ban"), ["ban", "bans", "banning", "banned"]);
        assert_eq!(verb_forms("meet/met"), ["meet", "meets", "meeting", "met"]);
        assert_eq!(verb_forms("flee/fled")[2], "fleeing");
        assert_eq!(verb_forms("die")[2..], ["dying", "died"]);
        assert_eq!(verb_forms("strike/struck")[1..], ["strikes", "striking", "struck"]);
        assert_eq!(verb_forms("delay")[3], "delayed");
        assert_eq!(verb_forms("cancel*")[2..], ["cancelling", "canceling", "canceled", "cancelled"]);
        assert_eq!(plural("inquiry"), "inquiries");
        assert_eq!(plural("crash"), "crashes");
        assert_eq!(plural("tornado/tornadoes"), "tornadoes");
    }
}
