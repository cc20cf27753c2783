//! A relation as it was found in the words of a section, before it has an id and a voice.

use std::ops::Range;

use reportedly_record::{Attribution, CueStance, Id, Relation, RelationKind, Voice};

use crate::page::Page;

/// A found relation: "`from` is KIND of `to`".
#[derive(Clone, Debug)]
pub(crate) struct Bond {
    pub(crate) kind: RelationKind,
    pub(crate) from: Id,
    pub(crate) to: Option<Id>,
    pub(crate) title: Option<Range<usize>>,
    pub(crate) ended: bool,
    pub(crate) evidence: Range<usize>,
}

impl Bond {
    pub(crate) fn new(kind: RelationKind, from: Id, to: Id, evidence: Range<usize>) -> Bond {
        Bond { kind, from, to: Some(to), title: None, ended: false, evidence }
    }

    pub(crate) fn relation(&self, page: &Page<'_>) -> Relation {
        let text = page.reading.text();
        let evidence = page.span(&self.evidence);
        let title = self.title.as_ref().filter(|range| !range.is_empty()).map(|range| text.words(page.span(range)));
        let voice = page.reading.voice_at(evidence).filter(|told| self.is_stated(page, told)).map(|told| told.id);
        let place = (self.kind, self.from, self.to, evidence.bytes());
        Relation {
            id: Id::in_report(reportedly_record::Kind::Relation, page.reading.report(), place),
            kind: self.kind,
            from: self.from,
            to: self.to,
            title,
            ended: self.ended,
            voice,
            evidence,
        }
    }

    /// Whether an attribution states the relation. What is told outside of marks by a title, an apposition or "who was" is the outlet's
    /// own background: "the owners asked the mayor, Ada Roe, to leave".
    fn is_stated(&self, page: &Page<'_>, told: &Attribution) -> bool {
        let says = told.stance.is_some_and(|s| !matches!(s, CueStance::Asks | CueStance::Believes | CueStance::Doubts));
        let clause = self.evidence.clone().any(|i| matches!(page.upos(i), "VERB" | "AUX"));
        let beside = self.evidence.clone().any(|i| matches!(page.lower(i), "who" | "whose" | "which"));
        told.voice == Voice::Direct || says && clause && !beside
    }
}
