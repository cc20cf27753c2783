//! Speakers: the person, body or unnamed people that a source is, where the text leaves no doubt.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use reportedly_record::{Attribution, Entity, EntityKind, Id, Kind, Mention, MentionForm, SourceKind, Span, Text};

/// How far back, in bytes, a pronoun looks for the one it stands for: about three sentences of news.
const BACK: usize = 450;

/// Gives attributions their speakers: the entities that their sources are mentions of. Unnamed people that no description
/// was found for become entities, and are counted once although they come back.
pub fn speakers(
    report: Id,
    text: &Text,
    entities: &mut Vec<Entity>,
    mentions: &mut Vec<Mention>,
    attributions: &mut [Attribution],
) {
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|i| (attributions[*i].source.first().map_or(usize::MAX, |s| s.span.bytes().start), *i));
    let mut cast = Cast::new(entities, mentions);
    for i in order {
        let Some(source) = attributions[i].source.first().map(|s| s.span) else { continue };
        let one = cast.of(text, mentions, source);
        let speaker = match attributions[i].source_kind {
            Some(SourceKind::Unnamed) => {
                Some(unnamed(report, text, entities, mentions, &mut cast, &attributions[i], source))
            }
            Some(_) => one.or_else(|| named(entities, &cast, text, mentions, source)),
            None => one.or_else(|| pronoun(text, entities, &cast, mentions, attributions, i, source)),
        };
        attributions[i].speaker = speaker;
    }
    entities.retain(|entity| !entity.mentions.is_empty());
    mentions.sort_by_key(|m| (m.evidence.span.bytes().start, m.evidence.span.bytes().end));
}

/// Who is who, for looking up.
struct Cast {
    // The entities of each mention.
    owners: BTreeMap<Id, Vec<Id>>,
    // First bytes of mentions and their places in the list; new ones stand behind and are not looked for.
    starts: Vec<(usize, usize)>,
    // Unnamed people who have spoken, as indices of entities.
    unnamed: Vec<usize>,
}

impl Cast {
    fn new(entities: &[Entity], mentions: &[Mention]) -> Cast {
        let mut owners: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for entity in entities {
            for mention in &entity.mentions {
                owners.entry(*mention).or_default().push(entity.id);
            }
        }
        let mut starts: Vec<(usize, usize)> =
            mentions.iter().enumerate().map(|(i, m)| (m.evidence.span.bytes().start, i)).collect();
        starts.sort_unstable();
        Cast { owners, starts, unnamed: Vec::new() }
    }

    /// The mentions that lie inside a span, in text order.
    fn inside<'a>(&'a self, mentions: &'a [Mention], span: Span) -> impl Iterator<Item = &'a Mention> + 'a {
        let from = self.starts.partition_point(|(start, _)| *start < span.bytes().start);
        let near = self.starts[from..].iter().take_while(move |(start, _)| *start < span.bytes().end);
        near.map(|(_, i)| &mentions[*i]).filter(move |m| span.covers(m.evidence.span))
    }

    /// The one entity of a mention.
    fn owner(&self, mention: Id) -> Option<Id> {
        match self.owners.get(&mention)?.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The mention that a source is: the person named in front, or the longest in it, which must begin with it or make up
    /// most of it.
    fn mention<'a>(&'a self, text: &Text, mentions: &'a [Mention], source: Span) -> Option<&'a Mention> {
        let named = |m: &&Mention| m.form == MentionForm::Name && m.kind == EntityKind::Person;
        if let Some(name) = self.inside(mentions, source).filter(named).find(|m| is_in_front(text, source, m)) {
            return Some(name);
        }
        let len = |m: &Mention| m.evidence.span.bytes().len();
        let longest = self.inside(mentions, source).max_by_key(|m| (len(m), Reverse(m.evidence.span.bytes().start)))?;
        let whole =
            longest.evidence.span.bytes().start == source.bytes().start || 2 * len(longest) > source.bytes().len();
        whole.then_some(longest)
    }

    /// The entity that a source is.
    fn of(&self, text: &Text, mentions: &[Mention], source: Span) -> Option<Id> {
        let mention = self.mention(text, mentions, source)?;
        self.owner(mention.id)
    }
}

/// Whether a source is a name with nothing but titles before it and nothing but what a mark sets off behind it: "Rep. Ada Roe
/// (Lorne), a leading voice", not "a Roe aide" or "an aide to Ada Roe".
fn is_in_front(text: &Text, source: Span, name: &Mention) -> bool {
    let (at, whole) = (name.evidence.span.bytes(), text.as_str());
    let before = &whole[source.bytes().start..at.start];
    let after = whole[at.end..source.bytes().end].trim_start();
    let small = ["a", "an", "one", "another", "to", "of", "for", "by", "from", "in", "with", "at", "and", "or", "who"];
    let owns = before
        .split_whitespace()
        .any(|w| small.contains(&w.to_lowercase().as_str()) || w.ends_with("'s") || w.ends_with("’s"));
    let closed = after.is_empty() || after.starts_with([',', '(', ';', '—', '–']);
    closed && !owns && !before.contains([',', '(', ';'])
}

/// The entity whose name the source holds: a person before a body, never one that only owns or is spoken for.
fn named(entities: &[Entity], cast: &Cast, text: &Text, mentions: &[Mention], source: Span) -> Option<Id> {
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
    let inside = || cast.inside(mentions, source).filter(|m| m.form == MentionForm::Name).filter(free);
    let one = inside().find(|m| m.kind == EntityKind::Person).or_else(|| {
        inside().find(|m| matches!(m.kind, EntityKind::Organisation | EntityKind::Place | EntityKind::Media))
    })?;
    cast.owner(one.id).filter(|id| entities.iter().any(|e| e.id == *id))
}

/// The person that a pronoun stands for: the one person named shortly before, or the one who spoke last.
fn pronoun(
    text: &Text,
    entities: &[Entity],
    cast: &Cast,
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
        return named(entities, cast, text, mentions, source);
    }
    // Who is meant was weighed before and stayed open, unless just one was named shortly before.
    let start = source.bytes().start;
    let near = |span: Span| span.bytes().end <= start && start - span.bytes().end <= BACK;
    let until = cast.starts.partition_point(|(at, _)| *at < start);
    let mut people: Vec<Id> = Vec::new();
    for (_, i) in cast.starts[..until].iter().rev().take_while(|(at, _)| start - at <= 2 * BACK) {
        let mention = &mentions[*i];
        let named =
            mention.kind == EntityKind::Person && mention.form == MentionForm::Name && near(mention.evidence.span);
        if let Some(owner) = cast.owner(mention.id).filter(|owner| named && !people.contains(owner)) {
            people.push(owner);
        }
    }
    match people.as_slice() {
        [one] => Some(*one),
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
    cast: &mut Cast,
    attribution: &Attribution,
    source: Span,
) -> Id {
    let said = text.slice(source);
    let known = cast.of(text, mentions, source).and_then(|id| entities.iter().position(|e| e.id == id));
    let first = cast.mention(text, mentions, source).map(|m| m.id);
    // Somebody whom the text names, or who spoke before.
    if let Some(at) = known.filter(|at| entities[*at].name.is_some() || cast.unnamed.contains(at)) {
        if entities[at].basis.is_none() && entities[at].name.is_none() {
            entities[at].basis = attribution.basis.clone();
        }
        return entities[at].id;
    }
    let again_ = again(said);
    let earlier = |fits: &dyn Fn(&Entity) -> bool| cast.unnamed.iter().rev().copied().find(|at| fits(&entities[*at]));
    let back = match &again_ {
        Again::Sources => earlier(&|e| e.count != Some(1)),
        Again::OneOf(noun) => earlier(&|e| e.count != Some(1) && called(e, mentions, noun)),
        Again::The(noun) => {
            let one = attribution.count == Some(1);
            earlier(&|e| (e.count == Some(1)) == one && called(e, mentions, noun))
        }
        Again::New => None,
    };
    // "One of the sources" of whom nothing was said before: one speaks, how many there are is open.
    let count = if matches!(again_, Again::OneOf(_)) { None } else { attribution.count };
    if let Some(back) = back {
        if let Some(at) = known.filter(|at| *at != back) {
            let moved = std::mem::take(&mut entities[at].mentions);
            for mention in &moved {
                cast.owners.insert(*mention, vec![entities[back].id]);
            }
            entities[back].mentions.extend(moved);
        } else if known.is_none() {
            let mention = described(report, text, source);
            entities[back].mentions.push(mention.id);
            mentions.push(mention);
        }
        if entities[back].basis.is_none() {
            entities[back].basis = attribution.basis.clone();
        }
        return entities[back].id;
    }
    if let Some(at) = known {
        entities[at].count = count;
        entities[at].basis = attribution.basis.clone();
        cast.unnamed.push(at);
        return entities[at].id;
    }
    let mention = match first.and_then(|id| mentions.iter().position(|m| m.id == id)) {
        // A description that makes no entity by itself: "staff", "some".
        Some(at) if mentions[at].evidence.span == source && !cast.owners.contains_key(&mentions[at].id) => {
            mentions[at].clone()
        }
        _ => {
            let mention = described(report, text, source);
            mentions.push(mention.clone());
            mention
        }
    };
    let id = mention.id;
    let entity = Entity {
        id: Id::in_report(Kind::Entity, report, ("unnamed", source.bytes())),
        kind: EntityKind::Person,
        name: None,
        key: None,
        place: None,
        links: Vec::new(),
        count,
        basis: attribution.basis.clone(),
        mentions: vec![id],
    };
    cast.owners.insert(id, vec![entity.id]);
    cast.unnamed.push(entities.len());
    entities.push(entity);
    entities[entities.len() - 1].id
}

fn described(report: Id, text: &Text, source: Span) -> Mention {
    Mention {
        id: Id::in_report(Kind::Mention, report, (EntityKind::Person, source.bytes())),
        kind: EntityKind::Person,
        form: MentionForm::Nominal,
        evidence: text.words(source),
    }
}
