//! Anchors: the words of a report that items rest on, each with an id of its own to link to.

use std::collections::BTreeMap;

use maud::{Markup, html};
use reportedly::record::{Id, Record, Span};

use super::clean;
use crate::galley::one_line;

/// Columns that the words of a link take at the most.
const LINK: usize = 90;

/// What part words play in an item. Of equal spans the later stands inside the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Whole,
    Quote,
    Content,
    Source,
    Words,
    Cue,
    Trigger,
    Name,
    Time,
    Label,
}

impl Part {
    /// The class of its words in the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Part::Whole => "whole",
            Part::Quote => "quote",
            Part::Content => "content",
            Part::Source => "source",
            Part::Words => "words",
            Part::Cue => "cue",
            Part::Trigger => "trigger",
            Part::Name => "name",
            Part::Time => "time",
            Part::Label => "label",
        }
    }

    /// Tells whether its words themselves are a link to the item. Longer parts would make all of the text a link.
    pub(super) fn is_link(self) -> bool {
        match self {
            Part::Cue | Part::Trigger | Part::Name | Part::Time | Part::Label => true,
            Part::Whole | Part::Quote | Part::Content | Part::Source | Part::Words => false,
        }
    }
}

/// Words of the text that an item rests on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    pub(super) span: Span,
    pub(super) part: Part,
    pub(super) item: Id,
}

/// All anchors of a report, in the order they were asked for.
pub(super) struct Anchors<'a> {
    record: &'a Record,
    prefix: String,
    all: Vec<Anchor>,
    known: BTreeMap<(Span, Part, Id), usize>,
    labels: BTreeMap<Id, String>,
    places: BTreeMap<Id, Id>,
}

impl<'a> Anchors<'a> {
    pub(super) fn new(record: &'a Record, prefix: String) -> Anchors<'a> {
        Anchors {
            record,
            prefix,
            all: Vec::new(),
            known: BTreeMap::new(),
            labels: BTreeMap::new(),
            places: BTreeMap::new(),
        }
    }

    pub(super) fn all(&self) -> &[Anchor] {
        &self.all
    }

    /// The id of an item's card.
    pub(super) fn card(&self, item: Id) -> String {
        format!("{}{item}", self.prefix)
    }

    /// Tells whether the card of `owner` is the first that an item stands on.
    pub(super) fn first_place(&mut self, item: Id, owner: Id) -> bool {
        match self.places.entry(item) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(owner);
                true
            }
            std::collections::btree_map::Entry::Occupied(_) => false,
        }
    }

    /// The id of an anchor.
    pub(super) fn id(&self, index: usize) -> String {
        format!("{}t{index}", self.prefix)
    }

    /// Says what an item is called where only its name has room.
    pub(super) fn call(&mut self, item: Id, label: String) {
        self.labels.insert(item, label);
    }

    /// What an item is called where only its name has room.
    pub(super) fn label(&self, item: Id) -> &str {
        self.labels.get(&item).map_or("item", String::as_str)
    }

    /// Returns a link to words of the text, in quotation marks.
    pub(super) fn quoted(&mut self, item: Id, part: Part, span: Span) -> Markup {
        let words = one_line(self.record.report.text.slice(span), LINK);
        html! { "“" (self.link(item, part, span, &words)) "”" }
    }

    /// Returns a link to words of the text, under a name for them.
    pub(super) fn link(&mut self, item: Id, part: Part, span: Span, says: &str) -> Markup {
        if span.is_empty() {
            return html! { (clean(says)) };
        }
        let next = self.all.len();
        let index = *self.known.entry((span, part, item)).or_insert(next);
        if index == next {
            self.all.push(Anchor { span, part, item });
        }
        html! { a.words href={ "#" (self.id(index)) } { (clean(says)) } }
    }
}
