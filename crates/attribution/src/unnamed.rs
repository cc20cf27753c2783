//! Unnamed people who come back: "two officials", then "the officials", "one of them", "the other".

use reportedly_record::{Entity, EntityKind, Id, Kind, Mention, MentionForm, Span, Text};

/// Words of a source that name nobody new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    /// One of several who were spoken of, by their noun; none for "one of them", "the other".
    OneOf(Option<String>),
    /// All of those, or the one, spoken of; none for "the three".
    The(Option<String>),
    /// A bare plural of the word source.
    Sources,
    /// Somebody new.
    New,
}

impl Again {
    pub(crate) fn of(source: &str) -> Again {
        let lower = source.to_lowercase();
        // What stands behind a comma or a relative pronoun is told about them.
        let core = lower.split([',', '—', '–']).next().unwrap_or_default();
        let core = core.split(" who ").next().unwrap_or_default();
        let words: Vec<&str> = core.split_whitespace().collect();
        match words.as_slice() {
            ["sources"] => Again::Sources,
            ["one" | "another" | "two" | "both" | "some" | "several", "of", "them"]
            | ["the", "other" | "others" | "first" | "second" | "third"]
            | ["another"] => Again::OneOf(None),
            ["one" | "another", "of", "the" | "those" | "these", .., noun] => Again::OneOf(Some(singular(noun))),
            ["the" | "all", "two" | "three" | "four" | "five" | "six"] => Again::The(None),
            ["the" | "those" | "these" | "that" | "this", noun] => Again::The(Some(singular(noun))),
            ["the" | "those" | "these", "two" | "three" | "same" | "other", noun] => Again::The(Some(singular(noun))),
            _ => Again::New,
        }
    }

    /// One of several who were spoken of.
    pub(crate) fn is_member(&self) -> bool {
        matches!(self, Again::OneOf(_))
    }

    /// "The person", "that source": a word that fits any unnamed source, and nobody with a name.
    pub(crate) fn is_any_source(&self) -> bool {
        let any = |noun: &str| matches!(noun, "person" | "people" | "source" | "individual" | "insider");
        matches!(self, Again::The(Some(noun)) if any(noun))
    }

    /// Words that say themselves neither who nor what somebody is: they are as unnamed as those they go back to.
    pub(crate) fn is_bare(&self) -> bool {
        matches!(self, Again::OneOf(None) | Again::The(None))
    }
}

fn singular(noun: &str) -> String {
    match noun {
        "people" | "persons" => "person".to_owned(),
        "men" => "man".to_owned(),
        "women" => "woman".to_owned(),
        _ => noun.strip_suffix('s').unwrap_or(noun).to_owned(),
    }
}

/// How many "the three" are.
pub(crate) fn number(source: &str) -> Option<u32> {
    let all = ["two", "three", "four", "five", "six"];
    let at = all.iter().position(|n| source.split_whitespace().nth(1).is_some_and(|w| w.trim_matches(',') == *n))?;
    Some(at as u32 + 2)
}

/// Tells whether an earlier entity can be meant by a noun: it was called so, or the noun is one that fits any source.
pub(crate) fn called(entity: &Entity, mentions: &[Mention], noun: &str) -> bool {
    let general = matches!(noun, "source" | "person" | "individual");
    let was = mentions.iter().filter(|m| entity.mentions.contains(&m.id)).any(|m| {
        m.evidence
            .text
            .to_lowercase()
            .split_whitespace()
            .any(|w| singular(w.trim_matches(|c: char| !c.is_alphanumeric())) == noun)
    });
    general || was
}

/// A mention of people by a description: without what is told about them behind a comma or a relative pronoun.
pub(crate) fn described(report: Id, text: &Text, source: Span, kind: EntityKind) -> Mention {
    let words = text.slice(source);
    let ends = [",", " who ", " which ", " whose ", " — ", " – ", " ("].iter().filter_map(|end| words.find(end));
    let end = ends.filter(|end| *end > 0).min().unwrap_or(words.len());
    let start = source.bytes().start;
    let span = text.span(start..start + words[..end].trim_end().len());
    Mention {
        id: Id::in_report(Kind::Mention, report, (EntityKind::Person, source.bytes())),
        kind,
        form: MentionForm::Nominal,
        evidence: text.words(span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_go_back_are_told_from_new_ones() {
        let noun = |n: &str| Some(n.to_owned());
        for (source, expected) in [
            ("sources", Again::Sources),
            ("one of the officials", Again::OneOf(noun("official"))),
            ("One of them", Again::OneOf(None)),
            ("The other", Again::OneOf(None)),
            ("the three, who asked not to be named", Again::The(None)),
            ("the two aides", Again::The(noun("aide"))),
            ("a second aide", Again::New),
        ] {
            assert_eq!(Again::of(source), expected, "{source}");
        }
        assert!(Again::of("the person").is_any_source() && !Again::of("the minister").is_any_source());
        assert_eq!(["the three, who", "the aides"].map(number), [Some(3), None]);
    }

    #[test]
    fn a_description_ends_where_something_is_told_about_it() {
        let text = Text::new("An aide, who asked not to be named");
        let mention = described(Id::of(Kind::Report, &[b"a"]), &text, text.span(0..text.len()), EntityKind::Person);
        assert_eq!(mention.evidence.text, "An aide");
    }
}
