//! Speakers: the person, body or unnamed people that a source is, where the text leaves no doubt.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use reportedly_record::{
    Attribution, CueStance, CueTense, Entity, EntityKind, Id, Kind, Mention, MentionForm, SourceKind, Span, Syntax,
    Text, Voice,
};

use crate::antecedent::{relative, spoken_of};
use crate::other::{in_own_words, is_many, is_other};
use crate::unnamed::{Again, called, described, number};

/// How far back, in bytes, "one of them" looks for those it is one of: about five sentences of news.
const THEM: usize = 800;

/// What is known of a report when its speakers are looked for.
pub struct Scene<'a> {
    /// The report's id.
    pub report: Id,
    /// Its text.
    pub text: &'a Text,
    /// Words and trees of each section.
    pub syntax: &'a [Syntax],
    /// The pronoun that each entity goes by, where it shows.
    pub goes_by: &'a BTreeMap<Id, &'static str>,
}

/// Gives attributions their speakers: the entities that their sources are mentions of. Unnamed people that no description
/// was found for become entities, and are counted once although they come back; so do bodies without a name.
pub fn speakers(
    scene: &Scene<'_>,
    entities: &mut Vec<Entity>,
    mentions: &mut Vec<Mention>,
    attributions: &mut [Attribution],
) {
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|i| (attributions[*i].source.first().map_or(usize::MAX, |s| s.span.bytes().start), *i));
    shortened(scene, entities, mentions, attributions);
    let mut cast = Cast::new(entities, mentions);
    for i in order {
        let Some(source) = attributions[i].source.first().map(|s| s.span) else { continue };
        if matches!(attributions[i].source_kind, None | Some(SourceKind::Named)) {
            go_back(scene.text, attributions, i, source);
        }
        // Outside of all speech "I" is who wrote it.
        let writer = attributions[i].within.is_none() && is_first_person(scene.text.slice(source));
        let one = if writer { None } else { cast.of(scene.text, mentions, source) };
        // "She pressed him": who goes by the other pronoun, or is named in the very words that are said, is not the one who speaks.
        let other = |id: &Id| is_other(scene, &cast, mentions, &attributions[i], source, *id);
        let one = one.filter(|id| !other(id));
        let name = || named(entities, &cast, scene.text, mentions, source);
        let speaker = match attributions[i].source_kind {
            Some(SourceKind::Unnamed) => Some(unnamed(scene, entities, mentions, &mut cast, &attributions[i], source)),
            Some(kind) => {
                // "Her spokesman, Ben Lind": the name says who it is.
                let nameless = |id: &Id| entities.iter().any(|e| e.id == *id && e.name.is_none());
                let apposed = || if one.as_ref().is_none_or(nameless) { name() } else { None };
                apposed().or(one).or_else(|| body(scene, entities, mentions, &mut cast, kind, source))
            }
            None => one
                .or_else(|| relative(scene.text, &cast, mentions, source))
                .or_else(|| {
                    spoken_of(scene, entities, &cast, mentions, attributions, i, source).filter(|id| !other(id))
                })
                .or_else(name),
        };
        attributions[i].speaker = speaker;
        let has_name = speaker.is_some_and(|id| entities.iter().any(|e| e.id == id && e.name.is_some()));
        if has_name && attributions[i].source_kind == Some(SourceKind::Unnamed) && attributions[i].count == Some(1) {
            attributions[i].source_kind = Some(SourceKind::Named);
            attributions[i].on_record = Some(true);
            attributions[i].count = None;
        }
        nameless(scene.text, entities, &mut attributions[i], source);
        let nobody = speaker.and_then(|id| cast.unnamed.iter().find(|at| entities[**at].id == id));
        if let Some(at) = nobody.filter(|_| attributions[i].source_kind.is_none()) {
            attributions[i].source_kind = Some(SourceKind::Unnamed);
            attributions[i].on_record = Some(false);
            attributions[i].count = entities[*at].count;
        }
    }
    in_own_words(scene.text, attributions);
    let by_id: BTreeMap<Id, &Attribution> = attributions.iter().map(|a| (a.id, a)).collect();
    let own: Vec<bool> = attributions.iter().map(|a| speaks_himself(a, &by_id)).collect();
    for (attribution, own) in attributions.iter_mut().zip(own) {
        attribution.on_record = attribution.on_record.filter(|on_record| own || !on_record);
    }
    entities.retain(|entity| !entity.mentions.is_empty());
    mentions.sort_by_key(|m| (m.evidence.span.bytes().start, m.evidence.span.bytes().end));
}

/// Whether somebody says it to the outlet or in public, as far as the text tells: not what he is said to think or to mean to do, will
/// say, or has said as another tells it. A paper's word that he said so is as good as this one's.
fn speaks_himself(one: &Attribution, by_id: &BTreeMap<Id, &Attribution>) -> bool {
    let thought = matches!(one.stance, Some(CueStance::Believes | CueStance::Intends | CueStance::Doubts));
    let outer = one.within.and_then(|id| by_id.get(&id));
    (one.voice == Voice::Direct || one.stance.is_some())
        && !(thought && one.voice == Voice::Indirect)
        && one.tense != Some(CueTense::Future)
        && one.source_kind != Some(SourceKind::Document)
        && outer.is_none_or(|outer| outer.source_kind == Some(SourceKind::Media))
}

fn is_first_person(words: &str) -> bool {
    ["i", "we", "me", "us"].contains(&words.to_lowercase().as_str())
}

/// "The Herald" behind "the Varosk Herald": papers and bodies that speak or are spoken to by one word of their name,
/// where nobody read a name there.
fn shortened(scene: &Scene<'_>, entities: &mut [Entity], mentions: &mut Vec<Mention>, attributions: &[Attribution]) {
    let shown = |a: &Attribution| a.source.first().into_iter().chain(&a.addressee).map(|w| w.span).collect::<Vec<_>>();
    for span in attributions.iter().flat_map(shown) {
        let words = scene.text.slice(span);
        let name = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
        let one = name.starts_with(char::is_uppercase) && name.len() > 3 && !name.contains(char::is_whitespace);
        if !one || mentions.iter().any(|m| m.evidence.span.touches(span)) {
            continue;
        }
        let ends = |e: &&mut Entity| {
            matches!(e.kind, EntityKind::Media | EntityKind::Organisation)
                && e.name
                    .as_deref()
                    .is_some_and(|full| full != name && full.split_whitespace().any(|word| word == name))
        };
        let mut fitting = entities.iter_mut().filter(ends);
        if let (Some(entity), None) = (fitting.next(), fitting.next()) {
            let start = span.bytes().end - name.len();
            let evidence = scene.text.words(scene.text.span(start..span.bytes().end));
            let id = Id::in_report(Kind::Mention, scene.report, (entity.kind, evidence.span.bytes()));
            entity.mentions.push(id);
            mentions.push(Mention { id, kind: entity.kind, form: MentionForm::Name, evidence });
        }
    }
}

/// "One of them", "the other": as unnamed as those who spoke shortly before.
fn go_back(text: &Text, attributions: &mut [Attribution], at: usize, source: Span) {
    let said = text.slice(source);
    let again = Again::of(said);
    let start = source.bytes().start;
    let several = |a: &Attribution| {
        let end = a.source.first().map_or(0, |s| s.span.bytes().end);
        a.source_kind == Some(SourceKind::Unnamed) && a.count != Some(1) && end <= start && start - end <= THEM
    };
    if again.is_bare() && attributions.iter().any(several) {
        attributions[at].source_kind = Some(SourceKind::Unnamed);
        attributions[at].on_record = Some(false);
        attributions[at].count = match again {
            Again::OneOf(_) => Some(1),
            Again::The(_) | Again::Sources | Again::New => number(said),
        };
    }
}

/// Who is who, for looking up.
pub(crate) struct Cast {
    // The entities of each mention.
    owners: BTreeMap<Id, Vec<Id>>,
    // First bytes of mentions and their places in the list; new ones stand behind and are not looked for.
    starts: Vec<(usize, usize)>,
    // Unnamed people who have spoken, as indices of entities.
    unnamed: Vec<usize>,
    // Of one of several ("one of them") the several, as indices of entities.
    members: BTreeMap<usize, usize>,
    // Entities without a name by the words of their descriptions.
    described: BTreeMap<String, Id>,
}

/// A description in lower case without its article.
fn bare(words: &str) -> String {
    words.to_lowercase().trim_start_matches("the ").to_owned()
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
        let nameless: BTreeSet<Id> = entities.iter().filter(|e| e.name.is_none()).map(|e| e.id).collect();
        let mut described = BTreeMap::new();
        for mention in mentions.iter().filter(|m| m.form == MentionForm::Nominal) {
            let owner = owners.get(&mention.id).and_then(|owners| owners.first()).filter(|id| nameless.contains(id));
            if let Some(owner) = owner {
                described.entry(bare(&mention.evidence.text)).or_insert(*owner);
            }
        }
        Cast { owners, starts, unnamed: Vec::new(), members: BTreeMap::new(), described }
    }

    /// The mentions that lie inside a span, in text order.
    pub(crate) fn inside<'a>(&'a self, mentions: &'a [Mention], span: Span) -> impl Iterator<Item = &'a Mention> + 'a {
        let from = self.starts.partition_point(|(start, _)| *start < span.bytes().start);
        let near = self.starts[from..].iter().take_while(move |(start, _)| *start < span.bytes().end);
        near.map(|(_, i)| &mentions[*i]).filter(move |m| span.covers(m.evidence.span))
    }

    /// The one entity of a mention.
    pub(crate) fn owner(&self, mention: Id) -> Option<Id> {
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
        let whose = |m: &&Mention| !is_owner(text, source, m) && !is_beside(text, source, m);
        let inside = self.inside(mentions, source).filter(whose);
        let longest = inside.max_by_key(|m| (len(m), Reverse(m.evidence.span.bytes().start)))?;
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

/// Whether a mention in a source only owns what is named there: "Orrin Mills' counsel, Ada Roe".
fn is_owner(text: &Text, source: Span, name: &Mention) -> bool {
    text.as_str()[name.evidence.span.bytes().end..source.bytes().end].starts_with(['\'', '’'])
}

/// The words by which somebody has a page of his own.
const PAGES: [&str; 4] = ["account", "feed", "handle", "profile"];

/// Whether a source is the page of somebody.
fn is_account(source: &str) -> bool {
    source.split_whitespace().next_back().is_some_and(|word| PAGES.contains(&word))
}

/// Whether a mention is not who speaks but tells of him: "your" of "your book", the place of "others in Lorne" and "Roe, R-Lorne", the network
/// of "her Birdsite account".
fn is_beside(text: &Text, source: Span, mention: &Mention) -> bool {
    const OWNERS: [&str; 7] = ["my", "your", "his", "her", "its", "our", "their"];
    let (at, whole) = (mention.evidence.span.bytes(), text.as_str());
    let before = whole[source.bytes().start..at.start].trim_end();
    let after = whole[at.end..source.bytes().end].trim_start();
    let owns = OWNERS.contains(&mention.evidence.text.to_lowercase().as_str()) && !after.is_empty();
    let where_from =
        mention.kind == EntityKind::Place && [" in", " from", " at", " near"].iter().any(|p| before.ends_with(p));
    let of_party = ["D-", "R-", "I-", "D–", "R–", "I–"].iter().any(|mark| before.ends_with(mark));
    // "Some members, including Ada Roe": she is one of them.
    let one_of = [" including ", " such as "].iter().any(|word| format!("{before} ").contains(word));
    owns || where_from || of_party || one_of || PAGES.contains(&after)
}

/// Whether words go on with what a name before them only tells of: "the Lorne senator", not "Ada Roe and", "Roe of Lorne".
fn is_before_noun(before: &str, after: &str) -> bool {
    const BESIDE: [&str; 24] = [
        "and", "or", "who", "which", "that", "of", "in", "at", "for", "from", "on", "with", "as", "to", "by", "then",
        "both", "also", "himself", "herself", "itself", "now", "whose", "near",
    ];
    let article = before
        .split_whitespace()
        .next_back()
        .is_some_and(|word| ["the", "a", "an"].contains(&word.to_lowercase().as_str()));
    let word = after.split_whitespace().next().unwrap_or_default();
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    article && word.starts_with(char::is_lowercase) && after.starts_with(char::is_whitespace) && !BESIDE.contains(&word)
}

/// The entity whose name the source holds: a person before a body, never one that is spoken for or, but for his own page, only owns.
fn named(entities: &[Entity], cast: &Cast, text: &Text, mentions: &[Mention], source: Span) -> Option<Id> {
    let free = |m: &&Mention| {
        let (at, whole) = (m.evidence.span.bytes(), text.as_str());
        let before = whole[source.bytes().start..at.start].trim_end();
        let after = &whole[at.end..source.bytes().end];
        let governed = [" of", " for", " from", " in", " with", " at", " to", " by"]
            .iter()
            .any(|p| format!(" {before}").ends_with(p));
        // "New York" in "the New York Times".
        let goes_on = after.trim_start().starts_with(char::is_uppercase);
        // "The Arnwire agency" is Arnwire, "the Lorne senator" not Lorne.
        let tells = matches!(m.kind, EntityKind::Place | EntityKind::Person | EntityKind::Government)
            && is_before_noun(before, after);
        // "The ministry's official Birdsite account": the ministry speaks.
        (!is_owner(text, source, m) || is_account(text.slice(source)))
            && !is_beside(text, source, m)
            && !governed
            && !goes_on
            && !tells
    };
    let inside = || cast.inside(mentions, source).filter(|m| m.form == MentionForm::Name).filter(free);
    let one = inside().find(|m| m.kind == EntityKind::Person).or_else(|| {
        inside().find(|m| matches!(m.kind, EntityKind::Organisation | EntityKind::Place | EntityKind::Media))
    })?;
    cast.owner(one.id).filter(|id| entities.iter().any(|e| e.id == *id))
}

/// "Roe's lawyer", "his brother", whom the text never names: one unnamed person.
fn nameless(text: &Text, entities: &mut [Entity], attribution: &mut Attribution, source: Span) {
    const NEVER_KNOWN: [&str; 30] = [
        "lawyer",
        "attorney",
        "solicitor",
        "barrister",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "aide",
        "adviser",
        "advisor",
        "friend",
        "neighbour",
        "neighbor",
        "colleague",
        "relative",
        "mother",
        "father",
        "brother",
        "sister",
        "wife",
        "husband",
        "son",
        "daughter",
        "uncle",
        "aunt",
        "cousin",
        "nephew",
        "niece",
        "partner",
        "agent",
    ];
    let words = text.slice(source);
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    let has_name = attribution.speaker.is_some_and(|id| entities.iter().any(|e| e.id == id && e.name.is_some()));
    if attribution.source_kind == Some(SourceKind::Named) && NEVER_KNOWN.contains(&last) && !has_name {
        attribution.source_kind = Some(SourceKind::Unnamed);
        attribution.on_record = Some(false);
        attribution.count = Some(1);
        if let Some(entity) = entities.iter_mut().find(|e| Some(e.id) == attribution.speaker) {
            entity.count = Some(1);
        }
    }
}

/// The entity of unnamed people: one that the text goes back to, or a new one.
fn unnamed(
    scene: &Scene<'_>,
    entities: &mut Vec<Entity>,
    mentions: &mut Vec<Mention>,
    cast: &mut Cast,
    attribution: &Attribution,
    source: Span,
) -> Id {
    let said = scene.text.slice(source);
    let known = cast.of(scene.text, mentions, source).and_then(|id| entities.iter().position(|e| e.id == id));
    let first = cast.mention(scene.text, mentions, source).map(|m| m.id);
    let again = Again::of(said);
    // "The person said": one who has no name is nobody whom the text names.
    let other = known.filter(|at| entities[*at].name.is_some() && again.is_any_source());
    let known = known.filter(|at| Some(*at) != other);
    if let (Some(at), Some(first)) = (other, first) {
        entities[at].mentions.retain(|mention| *mention != first);
        cast.owners.remove(&first);
    }
    if let Some(member) = member(scene, entities, mentions, cast, attribution, source, (known, &again)) {
        return member;
    }
    // Somebody whom the text names, or who spoke before.
    if let Some(at) = known.filter(|at| entities[*at].name.is_some() || cast.unnamed.contains(at)) {
        if entities[at].basis.is_none() && entities[at].name.is_none() {
            entities[at].basis = attribution.basis.clone();
        }
        return entities[at].id;
    }
    let earlier = |fits: &dyn Fn(&Entity) -> bool| cast.unnamed.iter().rev().copied().find(|at| fits(&entities[*at]));
    let back = match &again {
        Again::Sources => earlier(&|e| e.count != Some(1)),
        Again::OneOf(None) => earlier(&|e| e.count != Some(1)),
        Again::The(None) => earlier(&|e| e.count == attribution.count),
        Again::OneOf(Some(noun)) => earlier(&|e| e.count != Some(1) && called(e, mentions, noun)),
        Again::The(Some(noun)) => {
            let one = attribution.count == Some(1);
            let of = |at: usize| cast.members.get(&at).is_some_and(|group| called(&entities[*group], mentions, noun));
            let member = cast.unnamed.iter().rev().copied().find(|at| one && of(*at));
            let same = member.or_else(|| earlier(&|e| (e.count == Some(1)) == one && called(e, mentions, noun)));
            // "One of the two people said ... The person said": of those two.
            same.or_else(|| earlier(&|e| one && again.is_any_source() && called(e, mentions, noun)))
        }
        Again::New => None,
    };
    // "One of the sources" of whom nothing was said before: one speaks, how many there are is open.
    let count = if matches!(again, Again::OneOf(_)) { None } else { attribution.count };
    if let Some(back) = back {
        // One of several is not the several: no mention of theirs.
        if again == Again::OneOf(None)
            || attribution.count == Some(1) && entities[back].count != Some(1) && known.is_none()
        {
            return entities[back].id;
        }
        if let Some(at) = known.filter(|at| *at != back) {
            let moved = std::mem::take(&mut entities[at].mentions);
            for mention in &moved {
                cast.owners.insert(*mention, vec![entities[back].id]);
            }
            entities[back].mentions.extend(moved);
        } else if known.is_none() {
            let mention = described(scene.report, scene.text, source, EntityKind::Person);
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
            let mention = described(scene.report, scene.text, source, EntityKind::Person);
            mentions.push(mention.clone());
            mention
        }
    };
    let id = mention.id;
    let entity = Entity {
        id: Id::in_report(Kind::Entity, scene.report, ("unnamed", source.bytes())),
        kind: if count.is_none() && is_many(said) { EntityKind::Group } else { EntityKind::Person },
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

/// "One of them", "the other", "the third, an engineer": one of several who spoke before, who is not the several.
fn member(
    scene: &Scene<'_>,
    entities: &mut Vec<Entity>,
    mentions: &mut Vec<Mention>,
    cast: &mut Cast,
    attribution: &Attribution,
    source: Span,
    (known, again): (Option<usize>, &Again),
) -> Option<Id> {
    let Again::OneOf(noun) = again else { return None };
    let single = scene.text.slice(source).to_lowercase();
    if !["one of", "another", "the other", "the first", "the second", "the third"]
        .iter()
        .any(|one| single.starts_with(one))
        || single.starts_with("the others")
    {
        return None;
    }
    let several = |at: &usize| {
        let e = &entities[*at];
        e.name.is_none() && e.count != Some(1) && noun.as_ref().is_none_or(|noun| called(e, mentions, noun))
    };
    let group = cast.unnamed.iter().rev().copied().find(several)?;
    // "The sources" of "one of the sources" are those of before.
    let whole = |m: &&Mention| {
        let before = &scene.text.as_str()[source.bytes().start..m.evidence.span.bytes().start];
        m.form == MentionForm::Nominal && before.trim().eq_ignore_ascii_case("one of")
    };
    let all = cast.inside(mentions, source).find(whole);
    if let Some((mention, owner)) = all.and_then(|m| Some((m.id, cast.owner(m.id)?)))
        && let Some(alone) = entities.iter().position(|e| e.id == owner && e.mentions.len() == 1 && e.name.is_none())
        && alone != group
    {
        entities[alone].mentions.clear();
        entities[group].mentions.push(mention);
        cast.owners.insert(mention, vec![entities[group].id]);
    }
    let one =
        known.filter(|at| *at != group && entities[*at].name.is_none() && entities[*at].kind == EntityKind::Person);
    // "The third, an engineer at the ministry": described by what stands behind the comma.
    let beside = || {
        let set_off = |m: &&Mention| {
            let before = &scene.text.as_str()[source.bytes().start..m.evidence.span.bytes().start];
            let comma = before.trim_end().ends_with(',') && before.matches(',').count() == 1;
            m.form == MentionForm::Nominal && comma && before.split_whitespace().count() <= 3
        };
        let owner = cast.inside(mentions, source).find(set_off).and_then(|m| cast.owner(m.id));
        let at = owner.and_then(|id| entities.iter().position(|e| e.id == id))?;
        (at != group && entities[at].name.is_none() && entities[at].kind == EntityKind::Person).then_some(at)
    };
    let one = one.or_else(beside);
    let at = one.filter(|at| entities[*at].count.is_none_or(|n| n == 1)).unwrap_or_else(|| {
        let mention = described(scene.report, scene.text, source, EntityKind::Person);
        entities.push(Entity {
            id: Id::in_report(Kind::Entity, scene.report, ("unnamed", source.bytes())),
            kind: EntityKind::Person,
            name: None,
            key: None,
            place: None,
            links: Vec::new(),
            count: None,
            basis: None,
            mentions: vec![mention.id],
        });
        cast.owners.insert(mention.id, vec![entities[entities.len() - 1].id]);
        mentions.push(mention);
        entities.len() - 1
    });
    entities[at].count = Some(1);
    entities[at].basis = attribution.basis.clone();
    cast.unnamed.push(at);
    cast.members.insert(at, group);
    Some(entities[at].id)
}

/// A body, paper or document without a name that no description was found for: "police". The same words are the same body.
fn body(
    scene: &Scene<'_>,
    entities: &mut Vec<Entity>,
    mentions: &mut Vec<Mention>,
    cast: &mut Cast,
    kind: SourceKind,
    source: Span,
) -> Option<Id> {
    let kind = match kind {
        SourceKind::Collective => EntityKind::Organisation,
        SourceKind::Media => EntityKind::Media,
        SourceKind::Named | SourceKind::Unnamed | SourceKind::Document | SourceKind::Outlet => return None,
    };
    // Of a phrase with names in it nobody knows which of them speaks.
    if cast.inside(mentions, source).any(|m| m.form == MentionForm::Name) {
        return None;
    }
    let mention = described(scene.report, scene.text, source, kind);
    let words = bare(&mention.evidence.text);
    let known = cast.described.get(&words).and_then(|id| entities.iter().position(|e| e.id == *id));
    let at = known.unwrap_or_else(|| {
        entities.push(Entity {
            id: Id::in_report(Kind::Entity, scene.report, ("body", source.bytes())),
            kind,
            name: None,
            key: None,
            place: None,
            links: Vec::new(),
            count: None,
            basis: None,
            mentions: Vec::new(),
        });
        entities.len() - 1
    });
    entities[at].mentions.push(mention.id);
    cast.owners.insert(mention.id, vec![entities[at].id]);
    cast.described.insert(words, entities[at].id);
    mentions.push(mention);
    Some(entities[at].id)
}
