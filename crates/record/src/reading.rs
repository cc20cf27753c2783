//! What a late stage reads: the record as far as it is made, and the trees it was made from.

use crate::{Attribution, CueStance, Entity, Id, Mention, Record, Span, Syntax, Text, Voice, Word};

/// A record in the making with its words and trees. Late stages (relations, events, chains) are functions of it.
pub struct Reading<'a> {
    /// The record so far. Layers of later stages are still empty.
    pub record: &'a Record,
    /// Words and trees of each section, in text order.
    pub syntax: &'a [Syntax],
    // Indices of `record.mentions`, by first byte; of equal ones the longest first.
    mentions: Vec<usize>,
    // (mention, index of its entity), in order.
    owners: Vec<(Id, usize)>,
}

impl<'a> Reading<'a> {
    /// Puts a record and its trees side by side.
    pub fn new(record: &'a Record, syntax: &'a [Syntax]) -> Reading<'a> {
        let mut mentions: Vec<usize> = (0..record.mentions.len()).collect();
        mentions.sort_by_key(|i| {
            let bytes = record.mentions[*i].evidence.span.bytes();
            (bytes.start, std::cmp::Reverse(bytes.end))
        });
        let mut owners: Vec<(Id, usize)> = record
            .entities
            .iter()
            .enumerate()
            .flat_map(|(i, entity)| entity.mentions.iter().map(move |mention| (*mention, i)))
            .collect();
        owners.sort_unstable();
        Reading { record, syntax, mentions, owners }
    }

    /// The report's text.
    pub fn text(&self) -> &'a Text {
        &self.record.report.text
    }

    /// The report's id.
    pub fn report(&self) -> Id {
        self.record.report.id
    }

    /// Returns the entities of a mention: several where it names several ("both men"), none where that is open.
    pub fn entities_of(&self, mention: Id) -> impl Iterator<Item = &'a Entity> + use<'a, '_> {
        let from = self.owners.partition_point(|(id, _)| *id < mention);
        let record = self.record;
        self.owners[from..].iter().take_while(move |(id, _)| *id == mention).map(move |(_, i)| &record.entities[*i])
    }

    /// Returns the mentions that lie wholly inside a span, in text order, outer ones before those inside them.
    pub fn mentions_in(&self, span: Span) -> impl Iterator<Item = &'a Mention> + use<'a, '_> {
        let record = self.record;
        let from =
            self.mentions.partition_point(|i| record.mentions[*i].evidence.span.bytes().start < span.bytes().start);
        self.mentions[from..]
            .iter()
            .map(move |i| &record.mentions[*i])
            .take_while(move |m| m.evidence.span.bytes().start < span.bytes().end)
            .filter(move |m| span.covers(m.evidence.span))
    }

    /// Returns the longest mention that ends with a word and covers it: the mention whose head that word is, as a rule.
    pub fn mention_of(&self, word: &Word) -> Option<&'a Mention> {
        let record = self.record;
        let until = self
            .mentions
            .partition_point(|i| record.mentions[*i].evidence.span.bytes().start <= word.span.bytes().start);
        // A mention that covers the word begins before it, and few mentions are longer than fifty words.
        let near = self.mentions[until.saturating_sub(64)..until].iter().map(move |i| &record.mentions[*i]);
        near.filter(|m| m.evidence.span.covers(word.span)).min_by_key(|m| {
            (m.evidence.span.bytes().end.abs_diff(word.span.bytes().end), m.evidence.span.bytes().start)
        })
    }

    /// Returns the innermost attribution whose content covers a span, of those that tell the same the one furthest inside;
    /// none where the outlet itself speaks. Whoever only means to do something tells nothing.
    pub fn voice_at(&self, span: Span) -> Option<&'a Attribution> {
        let tells = |a: &&Attribution| a.voice == Voice::Direct || a.stance != Some(CueStance::Intends);
        let told = self.record.attributions.iter().filter(tells);
        let covering = told.filter(|a| a.content.iter().any(|c| c.span.covers(span)));
        covering.min_by_key(|a| {
            let size: usize = a.content.iter().map(|c| c.span.bytes().len()).sum();
            let cue = a.cue.as_ref().map_or(0, |cue| cue.span.bytes().start);
            (size, a.within.is_none(), std::cmp::Reverse(cue))
        })
    }

    /// Returns the section and the index of the first word that begins at or after a byte.
    pub fn word_at(&self, byte: usize) -> Option<(&'a Syntax, usize)> {
        let section = self.syntax.iter().find(|s| s.words.last().is_some_and(|w| w.span.bytes().start >= byte))?;
        Some((section, section.words.partition_point(|w| w.span.bytes().start < byte)))
    }
}
