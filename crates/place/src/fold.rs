//! Names as they are looked up: lower case, no diacritics, words parted by one space, "St." spelled out.
//! `gazetteer/fold.py` does the same when the gazetteer is built; a test compares the two.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Marks that part no words: "U.S.", "Sana'a".
const SILENT: &str = ".'’‘ʻʼ`´ʾʿ";

/// Returns a name as the gazetteer holds it.
pub(crate) fn fold(name: &str) -> String {
    let lower = name.to_lowercase().nfkd().collect::<String>().to_lowercase();
    let mut plain = String::with_capacity(lower.len());
    for c in lower.chars().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ß' => plain.push_str("ss"),
            'ø' => plain.push('o'),
            'đ' | 'ð' => plain.push('d'),
            'ł' => plain.push('l'),
            'ı' => plain.push('i'),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ə' => plain.push('a'),
            '&' => plain.push_str(" and "),
            _ if SILENT.contains(c) => {}
            _ if c.is_alphanumeric() => plain.push(c),
            _ => plain.push(' '),
        }
    }
    let mut words: Vec<&str> = plain.split_whitespace().collect();
    if let Some((_, all_but_last)) = words.split_last_mut() {
        for word in all_but_last.iter_mut() {
            *word = match *word {
                "st" => "saint",
                "ste" => "sainte",
                "mt" => "mount",
                "ft" => "fort",
                other => other,
            };
        }
        if all_but_last.first().is_some_and(|word| *word == "the") {
            words.remove(0);
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_fold_as_they_do_where_the_gazetteer_is_built() {
        // Written by gazetteer/fold.py.
        let table = include_str!("../../../gazetteer/folded.tsv");
        assert!(table.lines().count() > 20);
        for line in table.lines() {
            let (name, folded) = line.split_once('\t').expect("two cells");
            assert_eq!(fold(name), folded, "{name}");
        }
    }
}
