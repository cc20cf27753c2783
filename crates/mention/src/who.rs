//! Who is who: the entities of a report and all their mentions, made of clusters. What the text leaves open is noted.

use std::collections::BTreeMap;

use reportedly_record::{
    Attribution, Entity, EntityKind, Id, Kind, Mention, MentionForm, Note, Span, Stage, Text, Voice,
};

use crate::alike;
use crate::by_name::named;
use crate::cluster::Clusters;
use crate::join::{Scorers, clusters};
use crate::kinds;
use crate::lexicon::{Number, Sense};
use crate::link::Link;
use crate::pair::{Field, Pairs};
use crate::phrase::{Form, Pronoun};
use crate::pronoun::{self, Pronouns};
use crate::seen::{Seen, Sighted, joined};

/// Contents that a mention is looked for in, from the nearest that begins before it.
const CONTENTS: usize = 48;

/// Who is who in a report.
pub struct Who {
    /// All mentions, in text order.
    pub mentions: Vec<Mention>,
    /// All entities, in the order of their first mentions.
    pub entities: Vec<Entity>,
    /// Mentions that are one and the same, entities or not, as treebanks count their words.
    pub chains: Vec<Vec<Span>>,
}

/// Finds out who is who. `names` are the names of all sections, in order.
pub fn who(
    report: Id,
    text: &Text,
    sections: Vec<Sighted>,
    names: &[Mention],
    attributions: &[Attribution],
    (pairs, pronouns): (Option<&Pairs>, Option<&Pronouns>),
    notes: &mut Vec<Note>,
) -> Who {
    let mut seen = joined(sections);
    let speech = speeches(&seen, attributions);
    let speakers = speakers(&seen, attributions);
    let (by_name, named) = named(&mut seen);
    let field = Field::new(&seen, &speech, &speakers, &named);
    let clusters = clusters(&field, by_name, Scorers { pairs, pronouns });
    for i in &clusters.open {
        let says = "it stays open whom this stands for: two fit equally well".to_owned();
        notes.push(Note { stage: Stage::Mention, says, span: Some(seen[*i].shown) });
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..seen.len() {
        groups.entry(clusters.root(i)).or_default().push(i);
    }
    let chains = groups.values().map(|group| chain(&seen, group)).filter(|chain| chain.len() > 1).collect();
    let (mentions, entities) = entities(report, text, &seen, names, &clusters, &groups);
    Who { mentions, entities, chains }
}

/// What the scorers are asked of one mention: for those who train them.
pub struct Asked {
    /// The mention's head.
    pub head: Span,
    /// All its words, as treebanks count them.
    pub whole: Span,
    /// The features of the mention alone: that it is new.
    pub new: Vec<u16>,
    /// Earlier mentions, by their place in the list, and the features of the pair.
    pub pairs: Vec<(usize, Vec<u16>)>,
    /// The word that the first of its joined heads hangs on.
    pub over: Span,
    /// Of a name the first mention of the one it names.
    pub name: Option<usize>,
    /// The features of a pronoun that stands for none of the others, and of each that it may stand for.
    pub none: Vec<u16>,
    /// Others that a pronoun may stand for.
    pub pronoun: Vec<(usize, Vec<u16>)>,
}

/// Asks what the pair scorer would be asked, mention by mention.
pub fn asked(sections: Vec<Sighted>, attributions: &[Attribution]) -> Vec<Asked> {
    let mut seen = joined(sections);
    let speech = speeches(&seen, attributions);
    let speakers = speakers(&seen, attributions);
    let (_, named) = named(&mut seen);
    let field = Field::new(&seen, &speech, &speakers, &named);
    let each = |i: usize| {
        let of = |(nearer, j): (usize, usize)| (j, field.features(i, Some(j), nearer));
        let asks = pronoun::is_asked(&seen[i]);
        let may = if asks { pronoun::candidates(&field, i) } else { Vec::new() };
        let stands = |(nearer, j): (usize, usize)| (j, pronoun::features(&field, i, Some(j), nearer));
        Asked {
            over: seen[i].over_span,
            name: seen[i].name.map(|_| named[i]),
            none: if asks { pronoun::features(&field, i, None, 0) } else { Vec::new() },
            pronoun: may.into_iter().enumerate().map(stands).collect(),
            head: seen[i].head_span,
            whole: seen[i].whole,
            new: field.features(i, None, 0),
            pairs: field.candidates(i).into_iter().enumerate().map(of).collect(),
        }
    };
    (0..seen.len()).map(each).collect()
}

/// The speech that each mention stands in: of the contents around it the shortest that is in somebody's own words.
fn speeches(seen: &[Seen], attributions: &[Attribution]) -> Vec<Option<usize>> {
    let mut contents: Vec<(usize, usize, usize)> = attributions
        .iter()
        .enumerate()
        .filter(|(_, a)| a.voice != Voice::Indirect)
        .flat_map(|(i, a)| a.content.iter().map(move |words| (words.span.bytes().start, words.span.bytes().end, i)))
        .collect();
    contents.sort_unstable();
    let of = |one: &Seen| {
        let at = one.head_span.bytes();
        let until = contents.partition_point(|c| c.0 <= at.start);
        let near = &contents[until.saturating_sub(CONTENTS)..until];
        let around = near.iter().filter(|c| one.quoted && at.end <= c.1);
        around.min_by_key(|c| c.1 - c.0).map(|c| c.2)
    };
    seen.iter().map(of).collect()
}

/// For each attribution the mention that its source is.
fn speakers(seen: &[Seen], attributions: &[Attribution]) -> BTreeMap<usize, usize> {
    let mut starts: Vec<(usize, usize)> = seen.iter().enumerate().map(|(i, s)| (s.shown.bytes().start, i)).collect();
    starts.sort_unstable();
    let of = |(i, attribution): (usize, &Attribution)| {
        let source = attribution.source.first()?.span;
        let from = starts.partition_point(|(start, _)| *start < source.bytes().start);
        let inside = starts[from..].iter().take_while(|(start, _)| *start < source.bytes().end).map(|(_, m)| *m);
        // "Ada Roe, whose husband is the mayor": she speaks.
        let in_front = |m: &usize| {
            let shown = seen[*m].shown.bytes();
            seen[*m].name.is_some()
                && seen[*m].kind() == Some(EntityKind::Person)
                && shown.start == source.bytes().start
        };
        let whole = inside.clone().filter(|m| source.covers(seen[*m].shown) && seen[*m].form != Form::Joined);
        // "King, R-New York": the place behind somebody does not speak.
        let beside = |m: usize| {
            let shown = seen[m].shown.bytes();
            seen[m].kind() == Some(EntityKind::Place) && shown.start > source.bytes().start
        };
        let mention = whole.max_by_key(|m| (!beside(*m), seen[*m].shown.bytes().len(), std::cmp::Reverse(*m)))?;
        let first = inside.clone().find(in_front).filter(|_| seen[mention].form == Form::Owned);
        Some((i, first.unwrap_or(mention)))
    };
    attributions.iter().enumerate().filter_map(of).collect()
}

/// The words of a cluster's mentions as treebanks count them: what stands beside or is said of another is no mention of its own.
fn chain(seen: &[Seen], group: &[usize]) -> Vec<Span> {
    let counts = |i: &&usize| {
        let one = &seen[**i];
        let folded = matches!(one.link, Some((Link::Apposed | Link::Predicate, head))
            if group.iter().any(|j| seen[*j].head == head && !one.whole.covers(seen[*j].whole)));
        // "President Roe": the title is in the name's words.
        let titles = group.iter().any(|j| {
            seen[*j].link == Some((Link::Apposed, one.head))
                && seen[*j].head != one.head
                && seen[*j].whole.covers(one.whole)
        });
        !folded && !titles && one.form != Form::Pronoun(Pronoun::Relative)
    };
    let mut spans: Vec<Span> = group.iter().filter(counts).map(|i| seen[*i].whole).collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

fn entities(
    report: Id,
    text: &Text,
    seen: &[Seen],
    names: &[Mention],
    clusters: &Clusters,
    groups: &BTreeMap<usize, Vec<usize>>,
) -> (Vec<Mention>, Vec<Entity>) {
    let mut mentions: BTreeMap<usize, Mention> = BTreeMap::new();
    let mut of_root: BTreeMap<usize, usize> = BTreeMap::new();
    let mut entities: Vec<Entity> = Vec::new();
    for (root, group) in groups {
        let Some(kind) = kinds::of_cluster(seen, group) else { continue };
        // A pronoun that stays open may be one of those named already.
        if group.iter().any(|i| clusters.open.contains(i)) && group.iter().all(|i| seen[*i].pronoun().is_some()) {
            continue;
        }
        of_root.insert(*root, entities.len());
        let mut own: Vec<(usize, Id)> = Vec::new();
        for i in group.iter().copied().filter(|i| seen[*i].form != Form::Joined) {
            let mention = mentions.entry(i).or_insert_with(|| mention(report, text, &seen[i], names, kind));
            own.push((mention.evidence.span.bytes().start, mention.id));
        }
        if own.is_empty() {
            of_root.remove(root);
            continue;
        }
        own.sort_unstable();
        let named = group.iter().copied().filter(|i| seen[*i].name.is_some());
        // A longer name that comes later tells more: "Roe" in the headline, "Ada Roe" below.
        let fullest = named.clone().max_by_key(|i| (seen[*i].words.len(), std::cmp::Reverse(*i)));
        let first = named.min_by_key(|i| seen[*i].shown.bytes().start);
        let shortened =
            |i: usize| fullest.filter(|f| kind == EntityKind::Person && seen[*f].words.len() > seen[i].words.len());
        let name = first.map(|i| shortened(i).unwrap_or(i));
        entities.push(Entity {
            id: Id::in_report(Kind::Entity, report, (kind, seen[group[0]].shown.bytes())),
            kind,
            name: name.map(|i| bare(text.slice(seen[i].shown))),
            key: fullest.map(|i| alike::key(kind, &seen[i].words)),
            place: None,
            links: Vec::new(),
            count: group.iter().find_map(|i| seen[*i].count).filter(|_| name.is_none()),
            basis: None,
            mentions: own.into_iter().map(|(_, id)| id).collect(),
        });
    }
    several(report, text, seen, names, clusters, &of_root, &mut mentions, &mut entities);
    // Names that are nobody's are there all the same.
    let mut all: Vec<Mention> = mentions.into_values().collect();
    all.sort_by_key(|m| (m.evidence.span.bytes().start, m.evidence.span.bytes().end));
    all.dedup_by_key(|m| m.id);
    let start: BTreeMap<Id, usize> = all.iter().map(|m| (m.id, m.evidence.span.bytes().start)).collect();
    entities.sort_by_key(|e| e.mentions.first().and_then(|m| start.get(m).copied()));
    (all, entities)
}

/// Mentions of several entities: "they" after "Ada Roe and Ben Lind", "both men".
#[allow(clippy::too_many_arguments)]
fn several(
    report: Id,
    text: &Text,
    seen: &[Seen],
    names: &[Mention],
    clusters: &Clusters,
    of_root: &BTreeMap<usize, usize>,
    mentions: &mut BTreeMap<usize, Mention>,
    entities: &mut [Entity],
) {
    let mut parts_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, one) in seen.iter().enumerate().filter(|(_, one)| one.form == Form::Joined) {
        let parts: Vec<usize> = one.parts.iter().filter_map(|head| crate::seen::at(seen, *head)).collect();
        parts_of.entry(clusters.root(i)).or_insert(parts);
    }
    for (i, parts) in &clusters.split {
        parts_of.entry(clusters.root(*i)).or_insert_with(|| parts.clone());
    }
    for (i, one) in seen.iter().enumerate().filter(|(_, one)| one.form != Form::Joined) {
        let Some(parts) = parts_of.get(&clusters.root(i)) else { continue };
        let owners: Vec<usize> = parts.iter().filter_map(|part| of_root.get(&clusters.root(*part)).copied()).collect();
        if owners.len() < 2 || owners.len() != parts.len() {
            continue;
        }
        let kind = entities[owners[0]].kind;
        let id = mentions.entry(i).or_insert_with(|| mention(report, text, one, names, kind)).id;
        for owner in owners {
            if !entities[owner].mentions.contains(&id) {
                entities[owner].mentions.push(id);
            }
        }
    }
}

fn mention(report: Id, text: &Text, one: &Seen, names: &[Mention], kind: EntityKind) -> Mention {
    if let Some(name) = one.name.and_then(|n| names.get(n)) {
        return name.clone();
    }
    let form = if one.pronoun().is_some() { MentionForm::Pronoun } else { MentionForm::Nominal };
    let own = match one.sense {
        Some(Sense::Of(EntityKind::Person)) if one.number == Number::Many && one.pronoun().is_none() => {
            EntityKind::Group
        }
        Some(Sense::Of(own)) => own,
        _ => kind,
    };
    Mention {
        id: Id::in_report(Kind::Mention, report, (form, one.shown.bytes())),
        kind: own,
        form,
        evidence: text.words(one.shown),
    }
}

/// A name without the mark of owning behind a plural; "Macy's" has its own.
fn bare(name: &str) -> String {
    let cut = ["’", "'"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    if cut.is_empty() { name.to_owned() } else { cut.to_owned() }
}
