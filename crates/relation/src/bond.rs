//! A relation as it was found in the words of a section, before it has an id and a voice.

use std::ops::Range;

use reportedly_record::{Id, Relation, RelationKind};

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
        let voice = page.reading.voice_at(evidence).map(|attribution| attribution.id);
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
}
