//! Whom a pronoun that speaks stands for, where it was left open before: "she said" goes on with who the sentence before
//! is about.

use reportedly_record::{Attribution, Entity, EntityKind, Id, Mention, Span, Syntax, Text, Voice};

use crate::speaker::{Cast, Scene};

/// Sentences back that a pronoun is looked for in.
const SENTENCES: usize = 3;

/// The entity that a relative pronoun stands for: the one named right before it.
pub(crate) fn relative(text: &Text, cast: &Cast, mentions: &[Mention], source: Span) -> Option<Id> {
    let word = text.slice(source).to_lowercase();
    if !matches!(word.as_str(), "who" | "which" | "that") {
        return None;
    }
    let before = text.as_str()[..source.bytes().start].trim_end().trim_end_matches(',').trim_end().len();
    let ends = mentions.iter().filter(|m| m.evidence.span.bytes().end == before);
    // "A motion by Roe, who said": a motion is no "who".
    let is_who = |m: &Mention| word == "who" && matches!(m.kind, EntityKind::Person | EntityKind::Group);
    let whole = ends.max_by_key(|m| (is_who(m), m.evidence.span.bytes().len()))?;
    cast.owner(whole.id)
}

/// The entity that a pronoun stands for: of "I" the one who speaks outside, of "he" and "she" whom the text goes on about.
pub(crate) fn spoken_of(
    scene: &Scene<'_>,
    entities: &[Entity],
    cast: &Cast,
    mentions: &[Mention],
    attributions: &[Attribution],
    at: usize,
    source: Span,
) -> Option<Id> {
    let word = scene.text.slice(source).to_lowercase();
    if matches!(word.as_str(), "i" | "we" | "my" | "our" | "us" | "me") {
        let outer = attributions[at].within?;
        return attributions.iter().find(|a| a.id == outer)?.speaker;
    }
    if !matches!(word.as_str(), "he" | "she") {
        return None;
    }
    let (section, sentence) = sentence_of(scene.syntax, attributions[at].evidence.bytes().start)?;
    let people = People { scene, entities, cast, mentions, attributions, word: &word };
    let own = section.span(section.sentences[sentence].clone());
    let before = scene.text.span(own.bytes().start..source.bytes().start);
    // In its own sentence it may go back to who did something there: "Roe left early and, she said, ...".
    if let Some(one) = people.subject(section, sentence, before) {
        return Some(one);
    }
    for back in (0..sentence).rev().take(SENTENCES) {
        let span = section.span(section.sentences[back].clone());
        if let Some(one) = people.subject(section, back, span) {
            return Some(one);
        }
        match people.within(span).as_slice() {
            [] => {}
            [one] => return Some(*one),
            _ => return None,
        }
    }
    None
}

/// The section and the sentence that a byte lies in.
fn sentence_of(syntax: &[Syntax], byte: usize) -> Option<(&Syntax, usize)> {
    let section = syntax.iter().find(|s| s.words.last().is_some_and(|w| w.span.bytes().end > byte))?;
    let word = section.words.partition_point(|w| w.span.bytes().end <= byte) as u32;
    let at = section.sentences.partition_point(|s| s.end <= word);
    section.sentences.get(at).map(|_| (section, at))
}

/// The people of a stretch of text that a pronoun may stand for.
struct People<'a> {
    scene: &'a Scene<'a>,
    entities: &'a [Entity],
    cast: &'a Cast,
    mentions: &'a [Mention],
    attributions: &'a [Attribution],
    word: &'a str,
}

impl People<'_> {
    /// Whether an entity can be meant: one person, and none that goes by the other pronoun.
    fn fits(&self, id: Id) -> bool {
        let one = self.entities.iter().find(|e| e.id == id);
        one.is_some_and(|e| e.kind == EntityKind::Person && e.count.is_none_or(|n| n == 1))
            && self.scene.goes_by.get(&id).is_none_or(|by| *by == self.word)
    }

    /// Whether words stand in somebody's own: who is spoken of there is another matter.
    fn is_quoted(&self, span: Span) -> bool {
        self.attributions.iter().any(|a| a.voice == Voice::Direct && a.content.iter().any(|c| c.span.covers(span)))
    }

    fn within(&self, span: Span) -> Vec<Id> {
        let mut people = Vec::new();
        for mention in self.cast.inside(self.mentions, span).filter(|m| !self.is_quoted(m.evidence.span)) {
            if let Some(id) = self.cast.owner(mention.id).filter(|id| self.fits(*id) && !people.contains(id)) {
                people.push(id);
            }
        }
        let sources = self.attributions.iter().filter(|a| a.source.first().is_some_and(|s| span.covers(s.span)));
        for id in sources.filter_map(|a| a.speaker) {
            if self.fits(id) && !people.contains(&id) {
                people.push(id);
            }
        }
        people
    }

    /// The person that a sentence is about: the subject of its main clause, as far as that lies in the span.
    fn subject(&self, section: &Syntax, sentence: usize, span: Span) -> Option<Id> {
        let range = section.sentences[sentence].clone();
        let words = range.start as usize..range.end as usize;
        let of_main = |i: usize| {
            let head = section.words[i].head as usize;
            let over = section.words[head].head as usize;
            matches!(section.words[i].deprel.as_str(), "nsubj" | "nsubj:pass")
                && (head == over || over == section.words[over].head as usize && section.words[head].deprel == "conj")
        };
        let mut found = None;
        for i in words.filter(|i| of_main(*i)) {
            let word = section.words[i].span;
            if !span.covers(word) || self.is_quoted(word) {
                continue;
            }
            let told = self.attributions.iter().find(|a| a.source.first().is_some_and(|s| s.span.covers(word)));
            let holds = self.cast.inside(self.mentions, span).filter(|m| m.evidence.span.covers(word));
            let nearest = holds.min_by_key(|m| m.evidence.span.bytes().len());
            let one = told.and_then(|a| a.speaker).or_else(|| self.cast.owner(nearest?.id));
            if let Some(one) = one.filter(|id| self.fits(*id)) {
                found = Some(one);
            }
        }
        found
    }
}
