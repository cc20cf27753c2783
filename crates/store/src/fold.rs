//! Folding: names and words made alike for comparison. What is shown is never folded.

use reportedly_record::{Entity, EntityKind};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A text in lower case, without accents, with plain apostrophes and single spaces.
pub fn folded(text: &str) -> String {
    let plain = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let plain: String = plain.map(|c| if matches!(c, '’' | '‘' | '`') { '\'' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a name: folded, without article, possessive and marks at their ends.
pub fn name_words(name: &str) -> Vec<String> {
    let folded = folded(name);
    let folded = folded.strip_suffix("'s").or_else(|| folded.strip_suffix('\'')).unwrap_or(&folded);
    let words = folded.split(' ').map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let mut words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
    if words.len() > 1 && words.first().is_some_and(|word| word == "the") {
        words.remove(0);
    }
    words
}

/// The words of a text as they are searched: runs of letters and digits, folded.
pub fn text_words(text: &str) -> Vec<String> {
    let folded = folded(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The key of a named entity across reports: its own, or else its kind and folded name.
pub fn key_of(entity: &Entity) -> Option<String> {
    let name = entity.name.as_deref()?;
    entity.key.clone().or_else(|| key_for(entity.kind, name))
}

/// The key that a name of a kind gets; none where nothing of the name is left.
pub fn key_for(kind: EntityKind, name: &str) -> Option<String> {
    let words = name_words(name);
    (!words.is_empty()).then(|| format!("{}:{}", word(&kind), words.join(" ")))
}

/// The word that an enum's variant has in JSON.
pub fn word(variant: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(variant).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_alike() {
        assert_eq!(name_words("The Lanthe Free Council’s"), ["lanthe", "free", "council"]);
        assert_eq!(name_words("Zoë   TOLLAN,"), name_words("zoe tollan"));
        assert_eq!(key_for(EntityKind::Person, "Mira Tollan").as_deref(), Some("person:mira tollan"));
        assert_eq!(key_for(EntityKind::Person, "…"), None);
    }
}
