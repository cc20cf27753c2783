//! Speakers: the person, body or unnamed people that a source is, where the text leaves no doubt.

use reportedly_record::{Attribution, Entity, EntityKind, Id, Kind, Mention, MentionForm, SourceKind, Span, Text};

/// How far back, in bytes, a pronoun looks for the one it stands for: about three sentences of news.
const BACK: usize = 450;

/// Gives attributions their speakers. Unnamed people become entities, counted once although they come back.
pub fn speakers(
    report: Id,
    text: &Text,
    entities: &mut Vec<Entity>,
    mentions: &mut Vec<Mention>,
    attributions: &mut [Attribution],
) {
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|i| (attributions[*i].source.first().map_or(usize::MAX, |s| s.span.bytes().start), *i));
    for i in order {
        let Some(source) = attributions[i].source.first().map(|s| s.span) else { continue };
        let speaker = match attributions[i].source_kind {
            Some(SourceKind::Unnamed) => Some(unnamed(report, text, entities, mentions, &attributions[i], source)),
            Some(_) => named(entities, mentions, text, source),
            None => pronoun(text, entities, mentions, attributions, i, source),
        };
        attributions[i].speaker = speaker;
    }
    mentions.sort_by_key(|m| (m.evidence.span.bytes().start, m.evidence.span.bytes().end));
}

fn entity_of(entities: &[Entity], mention: Id) -> Option<&Entity> {
    entities.iter().find(|e| e.mentions.contains(&mention))
}

/// The entity whose name the source is or holds: a person before a body, never one that only owns or is spoken for.
fn named(entities: &[Entity], mentions: &[Mention], text: &Text, source: Span) -> Option<Id> {
    let free = |m: &&Mention| {
        let (at, whole) = (m.evidence.span.bytes(), text.as_str());
        let before = whole[source.bytes().start..at.start].trim_end();
        let after = &whole[at.end..source.bytes().end];
        let owns =
            after.starts_with("’s") || after.starts_with("'s") || after.starts_with('’') || after.starts_with('\'');
        let governed = [" of", " for", " from", " in", " with", " at", " to", " by"]
            .iter()
            .any(|p| format!(" {before}").ends_with(p));
        // "New York" in "the New York Times".
        let goes_on = after.trim_start().starts_with(char::is_uppercase);
        !owns && !governed && !goes_on
    };
    let inside =
        || mentions.iter().filter(|m| m.form == MentionForm::Name && source.covers(m.evidence.span)).filter(free);
    let one = inside().find(|m| m.kind == EntityKind::Person).or_else(|| {
        inside().find(|m| matches!(m.kind, EntityKind::Organisation | EntityKind::Place | EntityKind::Media))
    })?;
    entity_of(entities, one.id).map(|e| e.id)
}

/// The person that a pronoun stands for: the one person named shortly before, or the one who spoke last.
fn pronoun(
    text: &Text,
    entities: &[Entity],
    mentions: &[Mention],
    attributions: &[Attribution],
    at: usize,
    source: Span,
) -> Option<Id> {
    let word = text.slice(source).to_lowercase();
    if matches!(word.as_str(), "i" | "we" | "my" | "our" | "us" | "me") {
        let outer = attributions[at].within?;
        return attributions.iter().find(|a| a.id == outer)?.speaker;
    }
    if !matches!(word.as_str(), "he" | "she") {
        return named(entities, mentions, text, source);
    }
    let start = source.bytes().start;
    let near = |span: Span| span.bytes().end <= start && start - span.bytes().end <= BACK;
    let mut people: Vec<Id> = Vec::new();
    for mention in mentions.iter().filter(|m| m.kind == EntityKind::Person && near(m.evidence.span)) {
        if let Some(entity) = entity_of(entities, mention.id)
            && !people.contains(&entity.id)
        {
            people.push(entity.id);
        }
    }
    let last = attributions
        .iter()
        .filter(|a| a.within.is_none() && a.source.first().is_some_and(|s| near(s.span)))
        .max_by_key(|a| a.source.first().map_or(0, |s| s.span.bytes().start))
        .and_then(|a| a.speaker);
    match (people.as_slice(), last) {
        ([one], None) => Some(*one),
        ([one], Some(last)) if *one == last => Some(*one),
        ([], last) => last,
        // Of several people the one who spoke last goes on speaking, if nobody was named since.
        (several, Some(last)) => (several.last() == Some(&last)).then_some(last),
        _ => None,
    }
}

/// Words of a source that name nobody new: "sources", "the officials", "one of the sources".
enum Again {
    /// One of several who were spoken of.
    OneOf(String),
    /// All of those, or the one, spoken of.
    The(String),
    /// A bare plural of the word source.
    Sources,
    /// Somebody new.
    New,
}

fn again(source: &str) -> Again {
    let lower = source.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    match words.as_slice() {
        ["sources"] => Again::Sources,
        ["one" | "another", "of", "the" | "those" | "these", .., noun] => Again::OneOf(singular(noun)),
        ["the" | "those" | "these" | "that" | "this", noun] => Again::The(singular(noun)),
        ["the" | "those" | "these", "two" | "three" | "same" | "other", noun] => Again::The(singular(noun)),
        _ => Again::New,
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

/// Tells whether an earlier entity can be meant by a noun: it was called so, or the noun is one that fits any source.
fn called(entity: &Entity, mentions: &[Mention], noun: &str) -> bool {
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

/// The entity of unnamed people: one that the text goes back to, or a new one.
fn unnamed(
    report: Id,
    text: &Text,
    entities: &mut Vec<Entity>,
    mentions: &mut Vec<Mention>,
    attribution: &Attribution,
    source: Span,
) -> Id {
    let mention = Mention {
        id: Id::in_report(Kind::Mention, report, (EntityKind::Person, source.bytes())),
        kind: EntityKind::Person,
        form: MentionForm::Nominal,
        evidence: text.words(source),
    };
    if let Some(entity) = entity_of(entities, mention.id) {
        return entity.id;
    }
    let earlier = |fits: &dyn Fn(&Entity) -> bool| {
        entities.iter().rposition(|e| e.name.is_none() && e.kind == EntityKind::Person && fits(e))
    };
    let back = match again(text.slice(source)) {
        Again::Sources => earlier(&|e| e.count != Some(1)),
        Again::OneOf(noun) => earlier(&|e| e.count != Some(1) && called(e, mentions, &noun)),
        Again::The(noun) => {
            let one = attribution.count == Some(1);
            earlier(&|e| (e.count == Some(1)) == one && called(e, mentions, &noun))
        }
        Again::New => None,
    };
    let (id, place) = (mention.id, mentions.len());
    mentions.insert(place, mention);
    if let Some(back) = back {
        entities[back].mentions.push(id);
        if entities[back].basis.is_none() {
            entities[back].basis = attribution.basis.clone();
        }
        return entities[back].id;
    }
    let entity = Entity {
        id: Id::in_report(Kind::Entity, report, ("unnamed", source.bytes())),
        kind: EntityKind::Person,
        name: None,
        // "one of the sources" of whom nothing was said before: one speaks, how many there are is open.
        key: None,
        place: None,
        links: Vec::new(),
        count: if matches!(again(text.slice(source)), Again::OneOf(_)) { None } else { attribution.count },
        basis: attribution.basis.clone(),
        mentions: vec![id],
    };
    entities.push(entity);
    entities[entities.len() - 1].id
}
