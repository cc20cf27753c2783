//! The cards of a record, layer by layer: each item with links to its words and to the items it names.

use maud::{Markup, html};
use reportedly::record::{Attribution, CueStance, Entity, Event, Id, Kind, Manner, Words};

use super::anchors::{Anchors, Part};
use super::{chart, clean};
use crate::dates::reading;
use crate::galley::one_line;
use crate::layers::known;
use crate::register::{KINDS, Register};
use crate::sheet::nested;
use crate::wording::{self, noun, people};

/// Steps that attributions inside others stand in at the most.
const DEEPEST: usize = 3;

/// A layer's name and its cards.
type Panel = (&'static str, Vec<Markup>);

/// Returns all layers, and registers the words they rest on. Layers that nothing was found for are named in one line.
pub(super) fn panels(register: &Register, anchors: &mut Anchors) -> Markup {
    let layers: [Panel; 14] = [
        ("People, places and others", entities(register, anchors)),
        ("Mentions of somebody left open", left_open(register, anchors)),
        ("Events", events(register, anchors)),
        ("States", states(register, anchors)),
        ("No responses", silences(register, anchors)),
        ("Who says what", attributions(register, anchors)),
        ("Quotations", quotes(register, anchors)),
        ("Loaded words", labels(register, anchors)),
        ("Designations", designations(register, anchors)),
        ("Stances", stances(register, anchors)),
        ("Times", times(register, anchors)),
        ("Counts", tallies(register, anchors)),
        ("Chains of sources", chains(register, anchors)),
        ("Doubts", notes(register, anchors)),
    ];
    let none: Vec<String> =
        layers.iter().filter(|(_, cards)| cards.is_empty()).map(|(name, _)| name.to_lowercase()).collect();
    html! {
        (chart::sources(register, anchors))
        (chart::timeline(register, anchors))
        @for (name, cards) in layers.iter().filter(|(_, cards)| !cards.is_empty()) {
            section.panel {
                h3 { (name) " " span.count { (cards.len()) } }
                ul.cards { @for card in cards { (card) } }
            }
        }
        @if !none.is_empty() { p.none { "Not found: " (none.join(", ")) "." } }
    }
}

/// A card: what it says, and its id for `reportedly why`.
fn card(anchors: &Anchors, id: Id, head: &Markup, details: &[Markup]) -> Markup {
    html! {
        li.card id=(anchors.card(id)) {
            p.head { (head) " " code.id { (id) } }
            @for detail in details { p.more { (detail) } " " }
        }
    }
}

/// A link to an item of the record, by what it is called.
fn item(register: &Register, anchors: &Anchors, id: Id) -> Markup {
    let called = register.called(id).unwrap_or_else(|| format!("{} {id}", noun(id.kind())));
    html! { a href={ "#" (anchors.card(id)) } { (clean(&called)) } }
}

/// Items with commas between them.
fn items(register: &Register, anchors: &Anchors, ids: &[Id]) -> Markup {
    html! { @for (i, id) in ids.iter().enumerate() { @if i > 0 { ", " } (item(register, anchors, *id)) } }
}

/// Whose voice it is: a link to the attribution, or the outlet's own.
fn voice(register: &Register, anchors: &Anchors, voice: Option<Id>) -> Markup {
    match voice {
        None => html! { "the outlet's own voice" },
        Some(id) => html! { "the voice of " (item(register, anchors, id)) },
    }
}

/// Several words of one part, each a link.
fn all(anchors: &mut Anchors, id: Id, part: Part, words: &[Words]) -> Markup {
    html! { @for (i, one) in words.iter().enumerate() { @if i > 0 { " … " } (anchors.quoted(id, part, one.span)) } }
}

/// A label and what it is said of, where there is anything.
fn detail(label: &str, says: &Markup) -> Markup {
    html! { span.term { (label) } " " (says) }
}

fn entities(register: &Register, anchors: &mut Anchors) -> Vec<Markup> {
    let mut cards = Vec::new();
    for (kind, label) in KINDS {
        for entity in register.record.entities.iter().filter(|entity| entity.kind == kind) {
            cards.push(entity_card(register, anchors, entity, label));
        }
    }
    cards
}

fn entity_card(register: &Register, anchors: &mut Anchors, entity: &Entity, kind: &str) -> Markup {
    let called = register.called(entity.id).unwrap_or_else(|| "unnamed".to_owned());
    anchors.call(entity.id, one_line(&called, 30));
    let mut details = Vec::new();
    if register.speaks_unnamed(entity.id) {
        details.push(html! { "speaks unnamed: " (people(entity.count)) });
    }
    if let Some(basis) = &entity.basis {
        details.push(detail("basis", &anchors.quoted(entity.id, Part::Words, basis.span)));
    }
    for relation in register.relations_from(entity.id) {
        let says = register.relation(relation);
        anchors.call(relation.id, format!("relation: {}", one_line(&says, 40)));
        let link = match &relation.title {
            Some(title) => {
                let words = anchors.link(relation.id, Part::Words, title.span, &says);
                let whole = anchors.link(relation.id, Part::Whole, relation.evidence, "where");
                html! { (words) " " (whole) }
            }
            None => anchors.link(relation.id, Part::Whole, relation.evidence, &says),
        };
        details.push(html! { span id=(anchors.card(relation.id)) { (link) " " code.id { (relation.id) } } });
    }
    // What the relations say stands in the lines above; what is left is the map.
    details
        .extend(known(register, entity).last().filter(|_| entity.place.is_some()).map(|says| html! { (clean(says)) }));
    let mentions = entity.mentions.iter().filter_map(|id| register.mention(*id));
    let links: Vec<Markup> = mentions
        .map(|mention| {
            anchors.call(mention.id, one_line(&called, 30));
            let link =
                anchors.link(mention.id, Part::Name, mention.evidence.span, &one_line(&mention.evidence.text, 40));
            // A mention of several stands with each of them; its id can be in one place only.
            let first = anchors.first_place(mention.id, entity.id);
            html! { span id=[first.then(|| anchors.card(mention.id))] { (link) } }
        })
        .collect();
    details
        .push(detail("mentions", &html! { @for (i, link) in links.iter().enumerate() { @if i > 0 { ", " } (link) } }));
    html! {
        li.card id=(anchors.card(entity.id)) {
            p.head { b { (clean(&called)) } " " span.kind { (kind) } " " code.id { (entity.id) } }
            @for detail in &details { p { (detail) } }
        }
    }
}

/// Mentions that stand with no entity.
fn left_open(register: &Register, anchors: &mut Anchors) -> Vec<Markup> {
    let mut cards = Vec::new();
    for mention in &register.record.mentions {
        // Those of an entity have their place on its card.
        if anchors.first_place(mention.id, mention.id) {
            anchors.call(mention.id, "mention".to_owned());
            let words = anchors.quoted(mention.id, Part::Name, mention.evidence.span);
            cards.push(card(anchors, mention.id, &words, &[]));
        }
    }
    cards
}

fn events(register: &Register, anchors: &mut Anchors) -> Vec<Markup> {
    let mut events: Vec<&Event> = register.record.events.iter().collect();
    events.sort_by_key(|event| (event.evidence, event.id));
    events.into_iter().map(|event| event_card(register, anchors, event)).collect()
}

fn event_card(register: &Register, anchors: &mut Anchors, event: &Event) -> Markup {
    let id = event.id;
    anchors.call(id, format!("event: {}", event.triggers.first().map_or(event.kind.as_str(), |w| w.text.as_str())));
    let triggers = all(anchors, id, Part::Trigger, &event.triggers);
    let whole = anchors.link(id, Part::Whole, event.evidence, "where");
    let head = html! {
        b { @if event.triggers.is_empty() { (event.kind) } @else { (triggers) } } " " span.kind { (event.kind.replace('_', " ")) } " "
        span.status.(status_class(event)) { (wording::status(event.status)) @if event.contested { ", contested" } }
    };
    let mut details = Vec::new();
    for (role, who) in register.participants(event) {
        let mut says = Vec::new();
        for who in who {
            let same = event.participants.iter().filter(|p| p.role == role && p.entity == who);
            let places: Vec<Markup> = same.map(|p| anchors.quoted(id, Part::Words, p.evidence)).collect();
            says.push(html! { (item(register, anchors, who)) " (" @for (i, at) in places.iter().enumerate() { @if i > 0 { ", " } (at) } ")" });
        }
        details.push(detail(&role, &html! { @for (i, one) in says.iter().enumerate() { @if i > 0 { ", " } (one) } }));
    }
    if !event.places.is_empty() {
        details.push(detail("where", &items(register, anchors, &event.places)));
    }
    for time in event.times.iter().filter_map(|id| register.time(*id)) {
        let says = reading(time);
        details.push(detail("when", &html! { (item(register, anchors, time.id)) ": " (clean(&says)) }));
    }
    for order in &event.orders {
        let place = anchors.link(id, Part::Words, order.evidence, wording::side(order.side));
        details.push(detail("order", &html! { (place) " " (item(register, anchors, order.event)) }));
    }
    for amount in &event.amounts {
        let words = anchors.quoted(id, Part::Words, amount.evidence.span);
        details.push(detail("amount", &html! { (wording::bound(amount.bound)) (amount.value) " (" (words) ")" }));
    }
    for voiced in &event.voices {
        let says = wording::voiced(voiced);
        let says = anchors.link(id, Part::Words, voiced.evidence, &says);
        details.push(html! { "in " (voice(register, anchors, voiced.voice)) ": " (says) });
    }
    details.push(detail("evidence", &whole));
    card(anchors, id, &head, &details)
}

fn status_class(event: &Event) -> &'static str {
    use reportedly::record::Status;
    match event.status {
        Status::Happened | Status::Ongoing => "told",
        Status::Planned => "planned",
        Status::Denied | Status::DidNotHappen | Status::Cancelled => "not",
        Status::Possible | Status::Hypothetical | Status::Generic | Status::Unknown => "open",
    }
}

fn states(register: &Register, anchors: &mut Anchors) -> Vec<Markup> {
    let card_of = |state: &reportedly::record::State| {
        anchors.call(state.id, format!("state: {}", state.value));
        let cue = anchors.quoted(state.id, Part::Cue, state.cue.span);
        let whole = anchors.link(state.id, Part::Whole, state.evidence, "where");
        let head = html! { (item(register, anchors, state.about)) ": " b { (clean(&state.value)) } " (" (cue) ")" };
        let mut details = vec![html! { "in " (voice(register, anchors, state.voice)) }];
        details.extend(state.party.map(|id| detail("party", &item(register, anchors, id))));
        details.extend(state.as_of.map(|id| detail("as of", &item(register, anchors, id))));
        details.push(detail("evidence", &whole));
        card(anchors, state.id, &head, &details)
    };
    register.record.states.iter().map(card_of).collect()
}

fn silences(register: &Register, anchors: &mut Anchors) -> Vec<Markup> {
    let card_of = |silence: &reportedly::record::NoResponse| {
        let id = silence.id;
        anchors.call(id, format!("no response: {}", one_line(&silence.party.text, 30)));
        let party = anchors.quoted(id, Part::Source, silence.party.span);
        let cue = anchors.quoted(id, Part::Cue, silence.cue.span);
        let whole = anchors.link(id, Part::Whole, silence.evidence, "where");
        let mut details = Vec::new();
        details.extend(silence.entity.map(|entity| detail("who", &item(register, anchors, entity))));
        for (label, words) in [("about", &silence.about), ("asked by", &silence.asked_by)] {
            details.extend(words.as_ref().map(|w| detail(label, &anchors.quoted(id, Part::Words, w.span))));
        }
        details.push(detail("evidence", &whole));
        card(anchors, id, &html! { b { (party) } ": " (wording::silence(silence.form)) " (" (cue) ")" }, &details)
    };
    register.record.no_responses.iter().map(card_of).collect()
}

fn attributions(register: &Register, anchors: &mut Anchors) -> Vec<Markup> {
    nested(register.record)
        .into_iter()
        .map(|(attribution, depth)| attribution_card(register, anchors, attribution, depth.min(DEEPEST)))
        .collect()
}

fn attribution_card(register: &Register, anchors: &mut Anchors, attribution: &Attribution, depth: usize) -> Markup {
    let id = attribution.id;
    anchors.call(id, format!("says {}", one_line(&register.who(attribution), 30)));
    let whole = anchors.link(id, Part::Whole, attribution.evidence, "where");
    let source = all(anchors, id, Part::Source, &attribution.source);
    let cue = attribution.cue.as_ref().map(|cue| anchors.quoted(id, Part::Cue, cue.span));
    let content = all(anchors, id, Part::Content, &attribution.content);
    let mut details = Vec::new();
    details.extend(attribution.speaker.map(|who| detail("speaker", &item(register, anchors, who))));
    if let Some(stance) = attribution.stance.filter(|stance| *stance != CueStance::States) {
        details.push(html! { (wording::stance(stance)) });
    }
    if attribution.source_kind == Some(reportedly::record::SourceKind::Unnamed) {
        details.push(html! { "unnamed, " (people(attribution.count)) });
    }
    for (label, words) in [
        ("basis", &attribution.basis),
        ("hedge", &attribution.hedge),
        ("to", &attribution.addressee),
        ("in", &attribution.medium),
    ] {
        details.extend(words.as_ref().map(|w| detail(label, &anchors.quoted(id, Part::Words, w.span))));
    }
    for (label, other) in [("told inside", attribution.within), ("goes on from", attribution.continues)] {
        details.extend(
            other.map(|other| detail(label, &html! { (item(register, anchors, other)) " " code.id { (other) } })),
        );
    }
    details.push(detail("evidence", &whole));
    let head = html! {
        b { @if attribution.source.is_empty() { "nobody named" } @else { (source) } } " "
        @if let Some(cue) = cue { (cue) } @else { "(no cue)" }
        " " span.kind { (wording::voice(attribution.voice)) }
    };
    html! {
        li.card.(format!("deep-{depth}")) id=(anchors.card(id)) {
            p.head { (head) " " code.id { (id) } }
            p { (content) }
            @for detail in &details { p.more { (detail) } " " }
        }
    }
}

fn quotes(register: &Register, anchors: &mut Anchors) -> Vec<Markup> {
    let card_of = |quote: &reportedly::record::Quote| {
        let (manner, named) = match quote.manner {
            Manner::Direct => ("speech", "quotation"),
            Manner::Mixed => ("fragment of speech", "quotation"),
            Manner::Scare => ("so-called", "so-called"),
            Manner::Title => ("title or name", "title"),
        };
        anchors.call(quote.id, format!("{named}: {}", one_line(&quote.evidence.text, 24)));
        let words = anchors.quoted(quote.id, Part::Quote, quote.evidence.span);
        let mut details = Vec::new();
        details.extend(quote.speaker.map(|who| detail("speaker", &item(register, anchors, who))));
        for (label, other) in [("of", quote.attribution), ("inside", quote.within), ("goes on from", quote.continues)] {
            details.extend(other.map(|other| detail(label, &item(register, anchors, other))));
        }
        card(anchors, quote.id, &html! { (words) " " span.kind { (manner) } }, &details)
    };
    register.record.quotes.iter().map(card_of).collect()
}

fn labels(register: &Register, anchors: &mut Anchors) -> Vec<Markup> {
    let card_of = |label: &reportedly::record::Label| {
        anchors.call(label.id, "loaded word".to_owned());
        let words = anchors.quoted(label.id, Part::Label, label.evidence.span);
        card(anchors, label.id, &html! { (words) ", in " (voice(register, anchors, label.voice)) }, &[])
    };
    register.record.labels.iter().map(card_of).collect()
}

fn designations(register: &Register, anchors: &mut Anchors) -> Vec<Markup> {
    let card_of = |one: &reportedly::record::Designation| {
        anchors.call(one.id, "designation".to_owned());
        let (as_what, cue) =
            (anchors.quoted(one.id, Part::Words, one.as_what.span), anchors.quoted(one.id, Part::Cue, one.cue.span));
        let whole = anchors.link(one.id, Part::Whole, one.evidence, "where");
        let head = html! {
            (item(register, anchors, one.by)) " (" (cue) ") of " (item(register, anchors, one.of)) ": " (as_what)
        };
        card(anchors, one.id, &head, &[detail("evidence", &whole)])
    };
    register.record.designations.iter().map(card_of).collect()
}

fn stances(register: &Register, anchors: &mut Anchors) -> Vec<Markup> {
    let card_of = |stance: &reportedly::record::Stance| {
        anchors.call(stance.id, "stance".to_owned());
        let cue = anchors.quoted(stance.id, Part::Cue, stance.cue.span);
        let whole = anchors.link(stance.id, Part::Whole, stance.evidence, "where");
        let head = html! {
            (item(register, anchors, stance.holder)) " " (wording::polarity(stance.polarity)) " "
            (item(register, anchors, stance.target)) " (" (cue) ")"
        };
        card(anchors, stance.id, &head, &[detail("evidence", &whole)])
    };
    register.record.stances.iter().map(card_of).collect()
}

fn times(register: &Register, anchors: &mut Anchors) -> Vec<Markup> {
    let card_of = |time: &reportedly::record::Time| {
        anchors.call(time.id, format!("time: {}", one_line(&time.evidence.text, 24)));
        let words = anchors.quoted(time.id, Part::Time, time.evidence.span);
        let mut details = Vec::new();
        if let (Some(from), Some(to)) = (&time.earliest, &time.latest) {
            let at = |zoned: &jiff::Zoned| zoned.strftime("%Y-%m-%d %H:%M %:z").to_string();
            details.push(html! { "from " (at(from)) " to " (at(to)) });
        }
        if let Some(order) = &time.order {
            details.push(detail(wording::side(order.side), &anchors.quoted(time.id, Part::Words, order.event.span)));
        }
        card(anchors, time.id, &html! { (words) ": " b { (clean(&reading(time))) } }, &details)
    };
    register.record.times.iter().map(card_of).collect()
}

fn tallies(register: &Register, anchors: &mut Anchors) -> Vec<Markup> {
    let card_of = |tally: &reportedly::record::Tally| {
        anchors.call(tally.id, "count of sources".to_owned());
        let whole = anchors.link(tally.id, Part::Whole, tally.evidence, "where");
        let number = |count: Option<u32>| count.map_or_else(|| "not shown".to_owned(), |count| count.to_string());
        let mut details = vec![html! {
            span.term { "named origins" } " " (number(tally.origins)) "; " span.term { "unnamed people" } " " (number(tally.unnamed))
        }];
        for (label, ids) in
            [("on record", &tally.on_record), ("no response", &tally.no_responses), ("carried by", &tally.carriers)]
        {
            if !ids.is_empty() {
                details.push(detail(label, &items(register, anchors, ids)));
            }
        }
        details.push(detail("evidence", &whole));
        let head = html! { (item(register, anchors, tally.about)) @if tally.lead { " " span.kind { "the lead" } } };
        card(anchors, tally.id, &head, &details)
    };
    register.record.tallies.iter().map(card_of).collect()
}

fn chains(register: &Register, anchors: &mut Anchors) -> Vec<Markup> {
    let card_of = |chain: &reportedly::record::Chain| {
        anchors.call(chain.id, "chain of sources".to_owned());
        let whole = anchors.link(chain.id, Part::Whole, chain.evidence, "where");
        let head = html! {
            @for (i, hop) in chain.hops.iter().enumerate() { @if i > 0 { " ← " } (item(register, anchors, *hop)) }
        };
        let details = [detail("about", &item(register, anchors, chain.about)), detail("evidence", &whole)];
        card(anchors, chain.id, &head, &details)
    };
    register.record.chains.iter().map(card_of).collect()
}

/// Notes have no ids of their own: each is known by its place.
fn notes(register: &Register, anchors: &mut Anchors) -> Vec<Markup> {
    let record = register.record;
    let card_of = |(place, note): (usize, &reportedly::record::Note)| {
        let id = Id::in_report(Kind::Note, record.report.id, place);
        anchors.call(id, "doubt".to_owned());
        let words = note.span.filter(|span| !span.is_empty()).map(|span| anchors.quoted(id, Part::Words, span));
        html! {
            li.card id=(anchors.card(id)) {
                p { (clean(&note.says)) ", in " (wording::stage(note.stage)) @if let Some(words) = words { ": " (words) } }
            }
        }
    };
    record.notes.iter().enumerate().map(card_of).collect()
}
