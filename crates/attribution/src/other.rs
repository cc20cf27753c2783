//! Who a source is not, and who "I" is inside somebody's own words.

use reportedly_record::{Attribution, EntityKind, Id, Mention, MentionForm, Span, Text, Voice};

use crate::speaker::{Cast, Scene};

/// "Roe told Lind: “I hope you stay”": inside somebody's own words "I" is whoever speaks them.
pub(crate) fn in_own_words(text: &Text, attributions: &mut [Attribution]) {
    for i in 0..attributions.len() {
        let is_i = |a: &Attribution| a.source.first().is_some_and(|s| text.slice(s.span).eq_ignore_ascii_case("i"));
        if let Some(within) = attributions[i].within.filter(|_| is_i(&attributions[i]))
            && let Some(outer) = attributions.iter().find(|a| a.id == within && a.voice != Voice::Indirect)
            && let Some(speaker) = outer.speaker
        {
            attributions[i].speaker = Some(speaker);
        }
    }
}

/// Whether "he" or "she" is not this one, who goes by the other pronoun or whose name stands in what is said.
pub(crate) fn is_other(
    scene: &Scene<'_>,
    cast: &Cast,
    mentions: &[Mention],
    attribution: &Attribution,
    source: Span,
    id: Id,
) -> bool {
    let word = scene.text.slice(source).to_lowercase();
    if !matches!(word.as_str(), "he" | "she") {
        return false;
    }
    let quoted = attribution.content.iter().filter(|_| attribution.voice == Voice::Direct);
    let named = quoted.flat_map(|words| cast.inside(mentions, words.span));
    let own = named.filter(|m| m.form == MentionForm::Name && m.kind == EntityKind::Person);
    scene.goes_by.get(&id).is_some_and(|by| *by != word) || own.into_iter().any(|m| cast.owner(m.id) == Some(id))
}

/// Whether unnamed people are several of whom no number is told: "Democrats", "some".
pub(crate) fn is_many(words: &str) -> bool {
    const MANY: [&str; 9] = ["some", "many", "others", "most", "several", "few", "people", "all", "both"];
    let lower = words.to_lowercase();
    let first = lower.split([',', '(']).next().unwrap_or_default();
    let mut phrase =
        first.split_whitespace().take_while(|w| !["of", "in", "with", "from", "for", "on", "to", "who"].contains(w));
    let last = phrase.by_ref().last().unwrap_or_default();
    // "A majority of voters", "half of them".
    const SHARES: [&str; 12] = [
        "majority",
        "percent",
        "half",
        "number",
        "lot",
        "third",
        "quarter",
        "group",
        "handful",
        "couple",
        "plurality",
        "bunch",
    ];
    if last.ends_with('%') || SHARES.contains(&last) && first.contains(" of ") {
        return true;
    }
    if ["a ", "an ", "one "].iter().any(|one| first.starts_with(one)) {
        return false;
    }
    MANY.contains(&last) || last.ends_with('s') && !last.ends_with("ss")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_of_whom_no_number_is_told() {
        assert!(is_many("Democrats") && is_many("some") && is_many("critics of the plan, among them Roe"));
        assert!(is_many("A majority of respondents") && is_many("38% of Lornese"));
        assert!(!is_many("a person close to the talks") && !is_many("the press") && !is_many("one aide"));
    }
}
