//! Whether an entity is spoken of as he or as she, as far as its mentions show.

use std::collections::BTreeMap;

use reportedly_record::{Entity, Id, Mention, MentionForm, Text};

use crate::lexicon::{self, Gender};

/// The pronoun that each entity goes by, "he" or "she": by its pronouns, titles, nouns and given names. Entities of which
/// they show nothing, or both, have none.
pub fn goes_by(text: &Text, entities: &[Entity], mentions: &[Mention]) -> BTreeMap<Id, &'static str> {
    let by_id: BTreeMap<Id, &Mention> = mentions.iter().map(|mention| (mention.id, mention)).collect();
    let of = |entity: &Entity| {
        let shown = entity.mentions.iter().filter_map(|id| by_id.get(id)).map(|mention| gender(text, mention));
        let (he, she) = shown
            .fold((false, false), |(he, she), gender| (he || gender == Gender::Man, she || gender == Gender::Woman));
        match (he, she) {
            (true, false) => Some((entity.id, "he")),
            (false, true) => Some((entity.id, "she")),
            (true, true) | (false, false) => None,
        }
    };
    entities.iter().filter_map(of).collect()
}

fn gender(text: &Text, mention: &Mention) -> Gender {
    let lower = mention.evidence.text.to_lowercase();
    let mut words = lower.split_whitespace();
    match mention.form {
        MentionForm::Pronoun => match lower.as_str() {
            "he" | "him" | "his" | "himself" => Gender::Man,
            "she" | "her" | "hers" | "herself" => Gender::Woman,
            _ => Gender::Open,
        },
        MentionForm::Name => {
            let before = text.as_str()[..mention.evidence.span.bytes().start].trim_end();
            let title = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default().to_lowercase();
            let titles = [title.as_str()].into_iter().chain(lower.split_whitespace());
            let shown = titles.filter_map(lexicon::title).find(|gender| *gender != Gender::Open);
            let first = words.next().filter(|_| words.next().is_some()).map_or(Gender::Open, lexicon::given);
            shown.unwrap_or(first)
        }
        MentionForm::Nominal => {
            let last = words.next_back().unwrap_or_default();
            lexicon::noun(last).map_or(Gender::Open, |noun| noun.gender)
        }
    }
}

#[cfg(test)]
mod tests {
    use reportedly_record::{EntityKind, Kind};

    use super::*;

    fn check(text: &str, mentions: &[(MentionForm, &str)], expected: Option<&str>) {
        let text = Text::new(text);
        let id = Id::of(Kind::Report, &[b"a text"]);
        let each = |(form, words): &(MentionForm, &str)| {
            let start = text.as_str().find(words).expect("it is there");
            let evidence = text.words(text.span(start..start + words.len()));
            Mention { id: Id::in_report(Kind::Mention, id, start), kind: EntityKind::Person, form: *form, evidence }
        };
        let mentions: Vec<Mention> = mentions.iter().map(each).collect();
        let entity = Entity {
            id,
            kind: EntityKind::Person,
            name: None,
            key: None,
            place: None,
            links: Vec::new(),
            count: None,
            basis: None,
            mentions: mentions.iter().map(|m| m.id).collect(),
        };
        let found = goes_by(&text, &[entity], &mentions);
        assert_eq!(found.get(&id).copied(), expected, "{}", text.as_str());
    }

    #[test]
    fn titles_pronouns_and_nouns_show_it() {
        check("Mrs. Roe left", &[(MentionForm::Name, "Roe")], Some("she"));
        check("Roe left; he was ill", &[(MentionForm::Name, "Roe"), (MentionForm::Pronoun, "he")], Some("he"));
        check("her brother left", &[(MentionForm::Nominal, "her brother")], Some("he"));
        check("Roe left", &[(MentionForm::Name, "Roe")], None);
        check("Mr. Roe left; she", &[(MentionForm::Name, "Roe"), (MentionForm::Pronoun, "she")], None);
    }
}
