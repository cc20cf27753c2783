//! Entities from names: which names of a report are the same one's. A wrong merge is worse than a split.

use reportedly_record::{Entity, EntityKind, Id, Kind, Mention};

/// Gathers names into entities: the same name, a person's surname after the full name, an abbreviation after its name.
pub fn entities(report: Id, mentions: &[Mention]) -> Vec<Entity> {
    let mut entities: Vec<(Entity, Vec<String>)> = Vec::new();
    // Full names first: a surname in a headline stands before the full name that it belongs to.
    let mut order: Vec<&Mention> = mentions.iter().collect();
    order.sort_by_key(|m| (m.kind == EntityKind::Person && key(m).len() == 1, m.evidence.span.bytes().start));
    for mention in order {
        let key = key(mention);
        let exact = |i: &usize| entities[*i].0.kind == mention.kind && entities[*i].1 == key;
        let mut same: Vec<usize> = (0..entities.len()).filter(exact).collect();
        if same.is_empty() {
            same = (0..entities.len())
                .filter(|i| is_same(entities[*i].0.kind, &entities[*i].1, mention.kind, &key))
                .collect();
        }
        if let [one] = same.as_slice() {
            entities[*one].0.mentions.push(mention.id);
            continue;
        }
        let entity = Entity {
            id: Id::in_report(Kind::Entity, report, (mention.kind, mention.evidence.span.bytes())),
            kind: mention.kind,
            name: Some(mention.evidence.text.clone()),
            key: None,
            place: None,
            links: Vec::new(),
            count: None,
            basis: None,
            mentions: vec![mention.id],
        };
        entities.push((entity, key));
    }
    let start = |id: &Id| mentions.iter().find(|m| m.id == *id).map(|m| m.evidence.span.bytes().start);
    let mut entities: Vec<Entity> = entities.into_iter().map(|(entity, _)| entity).collect();
    for entity in &mut entities {
        entity.mentions.sort_by_key(start);
    }
    entities.sort_by_key(|e| e.mentions.first().and_then(start));
    entities
}

/// The words of a name in lower case, without the article and the possessive.
fn key(mention: &Mention) -> Vec<String> {
    let text = mention.evidence.text.replace('’', "'").to_lowercase();
    let text = text.strip_suffix("'s").or_else(|| text.strip_suffix('\'')).unwrap_or(&text);
    let words = text.split(|c: char| c.is_whitespace()).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    let mut words: Vec<String> = words.filter(|w| !w.is_empty()).map(str::to_owned).collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words
}

/// Whether a name may be a shorter or longer form of an entity's.
fn is_same(of: EntityKind, name: &[String], kind: EntityKind, key: &[String]) -> bool {
    if of != kind {
        return false;
    }
    match kind {
        EntityKind::Person => {
            let (short, long) = if key.len() < name.len() { (key, name) } else { (name, key) };
            match short {
                [surname] => long.len() > 1 && long.last() == Some(surname),
                // "Ada M. Roe" and "Ada Roe".
                [first, .., last] => long.first() == Some(first) && long.last() == Some(last),
                [] => false,
            }
        }
        EntityKind::Organisation | EntityKind::Place => {
            let (short, long) = if key.len() < name.len() { (key, name) } else { (name, key) };
            let initials: String = long
                .iter()
                .filter(|w| !matches!(w.as_str(), "of" | "the" | "and" | "for"))
                .filter_map(|w| w.chars().next())
                .collect();
            matches!(short, [short] if long.len() > 1 && short.len() > 1 && short.replace('.', "") == initials)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use reportedly_record::{MentionForm, Text};

    use super::*;

    fn check(names: &[(EntityKind, &str)], expected: &[&[&str]]) {
        let text = Text::new(names.iter().map(|(_, n)| *n).collect::<Vec<_>>().join(" | "));
        let report = Id::of(Kind::Report, &[b"a report"]);
        let mut at = 0;
        let mut mentions = Vec::new();
        for (kind, name) in names {
            let evidence = text.words(text.span(at..at + name.len()));
            mentions.push(Mention {
                id: Id::in_report(Kind::Mention, report, at),
                kind: *kind,
                form: MentionForm::Name,
                evidence,
            });
            at += name.len() + 3;
        }
        let name = |id: &Id| mentions.iter().find(|m| m.id == *id).expect("it is one of ours").evidence.text.as_str();
        let found: Vec<Vec<&str>> =
            entities(report, &mentions).iter().map(|e| e.mentions.iter().map(name).collect()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_surname_goes_to_its_one_full_name() {
        use EntityKind::{Organisation, Person};
        check(&[(Person, "Roe"), (Person, "Ada Roe"), (Person, "Roe’s")], &[&["Roe", "Ada Roe", "Roe’s"]]);
        check(&[(Person, "Ada Roe"), (Organisation, "Roe")], &[&["Ada Roe"], &["Roe"]]);
    }

    #[test]
    fn a_surname_of_two_people_is_given_to_neither() {
        use EntityKind::Person;
        check(&[(Person, "Ada Roe"), (Person, "Ben Roe"), (Person, "Roe")], &[&["Ada Roe"], &["Ben Roe"], &["Roe"]]);
    }

    #[test]
    fn a_name_goes_to_its_like_before_its_initials() {
        use EntityKind::Place;
        check(&[(Place, "US"), (Place, "United States"), (Place, "US")], &[&["US", "United States", "US"]]);
    }

    #[test]
    fn initials_stand_for_the_name_before_them() {
        use EntityKind::Organisation;
        check(
            &[(Organisation, "the Port Workers of Lorne"), (Organisation, "PWL")],
            &[&["the Port Workers of Lorne", "PWL"]],
        );
    }
}
