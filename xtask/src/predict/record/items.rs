//! Reports, entities, times and events as items. `told.rs` has those that are somebody's statement.

use reportedly::record::{
    Boiler, Bound, Entity, EntityKind, Event, Id, Mention, MentionForm, PassageKind, Precision, Record, Side, Span,
    Status, Time, TimeKind, Words,
};
use serde_json::{Map, Value, json};

/// Writes a record's layers as items.
pub(super) struct Form<'a> {
    pub(super) record: &'a Record,
    /// Code points and bytes that offsets into the record's text lack: intake drops a byte order mark.
    pub(super) lack: [usize; 2],
}

impl Form<'_> {
    pub(super) fn span(&self, span: Span) -> Value {
        let (chars, bytes, [c, b]) = (span.chars(), span.bytes(), self.lack);
        json!({
            "c": [chars.start + c, chars.end + c],
            "b": [bytes.start + b, bytes.end + b],
            "t": self.record.report.text.slice(span),
        })
    }

    pub(super) fn words(&self, words: Option<&Words>) -> Value {
        words.map_or(Value::Null, |words| self.span(words.span))
    }

    /// What is known of the report as a whole.
    pub(super) fn report(&self) -> Vec<Value> {
        let report = &self.record.report;
        let dateline = report.dateline.as_ref().and_then(|d| d.place.clone());
        let missing = [
            ("headline", report.headline.is_none()),
            ("byline", report.byline.is_none()),
            ("url", report.url.is_none()),
            ("publication_time", report.published.as_ref().is_none_or(|p| p.precision == Precision::Day)),
            ("dateline", dateline.is_none()),
        ];
        let absent: Vec<&str> = missing.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect();
        let mut items = vec![json!({
            "id": "doc", "kind": "doc", "outlet": report.outlet,
            "given": report.published.as_ref().map(|p| p.local.date().to_string()),
            "primary_origin": self.primary_origin(), "dateline": dateline, "absent": absent,
        })];
        if let Some(zone) = &self.record.clock.zone {
            items.push(json!({"id": "doc_zone", "kind": "doc", "rule": "zone", "value": zone.value}));
        }
        let pieces = report.passages.iter().enumerate().filter_map(|(n, p)| {
            let class = match p.kind {
                PassageKind::Caption => "caption",
                PassageKind::Boilerplate => match p.boiler.unwrap_or(Boiler::Nav) {
                    Boiler::Ad => "ad",
                    Boiler::Credit => "credit",
                    Boiler::Signup => "signup",
                    Boiler::Copyright => "copyright",
                    Boiler::Player => "player",
                    Boiler::Contributor => "contributor",
                    Boiler::Nav => "nav",
                },
                PassageKind::DeskNote => "desk",
                PassageKind::Headline | PassageKind::Byline | PassageKind::Body | PassageKind::Correction => {
                    return None;
                }
            };
            Some(json!({"id": format!("boiler{n}"), "kind": "boiler", "span": self.span(p.span), "class": class}))
        });
        items.extend(pieces);
        items
    }

    /// The furthest-back named source of what the report leads with: the last named hop of its chain.
    fn primary_origin(&self) -> Vec<String> {
        let narrator = || vec!["narrator".to_owned()];
        let Some(lead) = self.record.tallies.iter().find(|t| t.lead) else { return narrator() };
        let Some(first) = lead.carriers.first() else { return narrator() };
        let of = |id: Id| self.record.chains.iter().find(|c| c.about == id);
        let Some(chain) = of(lead.about).or_else(|| of(*first)) else {
            let speaker = self.record.attributions.iter().find(|a| a.id == *first).and_then(|a| a.speaker);
            let named = speaker.filter(|id| self.entity(*id).is_some_and(|e| e.name.is_some()));
            return named.map_or_else(narrator, |id| vec![id.to_string()]);
        };
        let named = chain.hops.iter().rfind(|id| self.entity(**id).is_some_and(|e| e.name.is_some()));
        named.map_or_else(narrator, |id| vec![id.to_string()])
    }

    pub(super) fn entity(&self, id: Id) -> Option<&Entity> {
        self.record.entities.iter().find(|e| e.id == id)
    }

    fn mention(&self, id: Id) -> Option<&Mention> {
        self.record.mentions.iter().find(|m| m.id == id)
    }

    /// An entity with its names, or with its descriptions where it has none.
    pub(super) fn entities(&self) -> Vec<Value> {
        let one = |entity: &Entity| {
            let mut spans: Vec<Span> = self.shown(entity).iter().map(|m| m.evidence.span).collect();
            if spans.is_empty() {
                return None;
            }
            let anchor = self.noun_phrase(spans.remove(0));
            let also: Vec<Value> = spans.into_iter().map(|s| self.span(s)).collect();
            Some(json!({
                "id": entity.id.to_string(), "kind": "entity", "type": type_of(entity), "name": entity.name,
                "anchor": self.span(anchor), "also": also, "count": entity.count,
            }))
        };
        self.record.entities.iter().filter_map(one).collect()
    }

    /// A description without what is told about it: "an aide" of "an aide, who was in the room".
    fn noun_phrase(&self, span: Span) -> Span {
        let text = &self.record.report.text;
        let words = text.slice(span);
        let told = [", who", " who ", ", which", ", speaking"].iter().filter_map(|told| words.find(told)).min();
        let start = span.bytes().start;
        told.filter(|at| *at > 0).map_or(span, |at| text.span(start..start + at))
    }

    /// The mentions that an entity goes by: its names, or else its descriptions.
    fn shown(&self, entity: &Entity) -> Vec<&Mention> {
        let of = |form: MentionForm| -> Vec<&Mention> {
            entity.mentions.iter().filter_map(|m| self.mention(*m)).filter(|m| m.form == form).collect()
        };
        let names = of(MentionForm::Name);
        if names.is_empty() { of(MentionForm::Nominal) } else { names }
    }

    /// What goes back to an entity or an event without naming it.
    pub(super) fn mentions(&self) -> Vec<Value> {
        let mut owners: Vec<(Id, String)> = Vec::new();
        for entity in &self.record.entities {
            let anchor = self.shown(entity).first().map(|m| m.id);
            owners.extend(entity.mentions.iter().filter(|m| Some(**m) != anchor).map(|m| (*m, entity.id.to_string())));
        }
        let back = self.record.mentions.iter().filter(|m| m.form != MentionForm::Name);
        let mut items: Vec<Value> = back
            .filter_map(|mention| {
                let of = owners.iter().filter(|(id, _)| *id == mention.id).map(|(_, owner)| owner.as_str());
                let all: Vec<&str> = of.collect();
                let item = || {
                    json!({
                        "id": mention.id.to_string(), "kind": "coref",
                        "span": self.span(mention.evidence.span), "ref": all.join("+"),
                    })
                };
                (!all.is_empty()).then(item)
            })
            .collect();
        for event in &self.record.events {
            for (n, trigger) in event.triggers.iter().enumerate().skip(1) {
                if let Some(span) = self.definite(trigger.span) {
                    items.push(json!({
                        "id": format!("{}_{n}", event.id), "kind": "coref",
                        "span": self.span(span), "ref": event.id.to_string(),
                    }));
                }
            }
        }
        items
    }

    /// A trigger that goes back to its event: a pronoun, or a noun with the word in front that makes it known.
    fn definite(&self, trigger: Span) -> Option<Span> {
        let text = &self.record.report.text;
        let is = |word: &str, all: &[&str]| all.contains(&word.to_lowercase().as_str());
        if is(text.slice(trigger), &["it", "this", "that", "which", "they", "them", "these", "those"]) {
            return Some(trigger);
        }
        let at = trigger.bytes().start;
        let before = &text.as_str()[..at];
        let word = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next()?;
        if !is(word, &["the", "this", "that", "these", "those"]) {
            return None;
        }
        Some(text.span(before.trim_end().len() - word.len()..trigger.bytes().end))
    }

    pub(super) fn times(&self) -> Vec<Value> {
        let one = |time: &Time| {
            json!({
                "id": time.id.to_string(), "kind": "time",
                "span": self.span(time.evidence.span), "value": self.value(time),
            })
        };
        self.record.times.iter().map(one).collect()
    }

    /// The value of a time: a TIMEX3 value, a repetition, or the side of an event that it lies on.
    fn value(&self, time: &Time) -> String {
        if let Some((side, event)) = self.beside(time) {
            return format!("{side} {event}");
        }
        match (time.kind, &time.quant) {
            (TimeKind::Set, Some(quant)) => format!("{quant} {}", time.value),
            (TimeKind::Set | TimeKind::Date | TimeKind::Time | TimeKind::Duration, _) => time.value.clone(),
        }
    }

    /// Before or after which event a time lies, where it is on no calendar.
    fn beside(&self, time: &Time) -> Option<(&'static str, Id)> {
        let order = time.order.as_ref()?;
        let named = |e: &&Event| e.triggers.iter().any(|t| t.span.touches(order.event.span));
        let event = self.record.events.iter().find(named)?;
        let side = match order.side {
            Side::Before => "BEFORE",
            Side::During => "DURING",
            Side::After => "AFTER",
        };
        Some((side, event.id))
    }

    pub(super) fn events(&self) -> Vec<Value> {
        self.record.events.iter().map(|event| self.event(event)).collect()
    }

    fn event(&self, event: &Event) -> Value {
        let mut args: Map<String, Value> = Map::new();
        for participant in &event.participants {
            let role = if participant.role == "addressee" { "recipient" } else { participant.role.as_str() };
            if let Value::Array(ids) = args.entry(role).or_insert_with(|| json!([])) {
                ids.push(json!(participant.entity.to_string()));
            }
        }
        let mut triggers = event.triggers.iter().map(|t| self.span(t.span));
        let voices: Vec<String> =
            event.voices.iter().map(|v| v.voice.map_or_else(|| "narrator".to_owned(), |id| id.to_string())).collect();
        let places: Vec<String> = event.places.iter().map(Id::to_string).collect();
        json!({
            "id": event.id.to_string(), "kind": "event", "trigger": triggers.next(),
            "also": triggers.collect::<Vec<Value>>(), "type": event.kind.to_uppercase(),
            "status": status(event.status), "args": args, "place": places, "time": self.when(event),
            "voice": voices, "contested": event.contested,
        })
    }

    /// When an event is said to be: the first value that is told for it, and the events it lies beside.
    fn when(&self, event: &Event) -> Value {
        let mut when: Map<String, Value> = Map::new();
        let times = || event.times.iter().filter_map(|id| self.record.times.iter().find(|t| t.id == *id));
        if let Some(time) = times().find(|t| t.order.is_none()) {
            when.insert("value".to_owned(), json!(self.value(time)));
            if let Some("BEFORE" | "ON_OR_BEFORE") = time.modifier.as_deref() {
                when.insert("before".to_owned(), json!(time.value));
            }
            if let Some("AFTER" | "ON_OR_AFTER") = time.modifier.as_deref() {
                when.insert("after".to_owned(), json!(time.value));
            }
        }
        let beside = times().filter_map(|t| self.beside(t)).map(|(side, id)| (side == "BEFORE", id));
        let ordered = event.orders.iter().map(|o| (o.side == Side::Before, o.event));
        let before: Vec<String> = beside.chain(ordered).filter(|(is, _)| *is).map(|(_, id)| id.to_string()).collect();
        if !before.is_empty() {
            when.insert("before_event".to_owned(), json!(before));
        }
        if when.is_empty() { Value::Null } else { Value::Object(when) }
    }

    /// Which event lies before which: as the text says, and as the days that it gives for them say.
    pub(super) fn orders(&self) -> Vec<Value> {
        let mut pairs: Vec<(Id, Id)> = Vec::new();
        for event in &self.record.events {
            pairs.extend(event.orders.iter().filter_map(|order| match order.side {
                Side::Before => Some((event.id, order.event)),
                Side::After => Some((order.event, event.id)),
                Side::During => None,
            }));
        }
        let bounds: Vec<_> = self.record.events.iter().filter_map(|e| Some((e.id, self.bounds(e)?))).collect();
        for (a, (_, end)) in &bounds {
            pairs.extend(bounds.iter().filter(|(_, (start, _))| end < start).map(|(b, _)| (*a, *b)));
        }
        let mut seen: Vec<(Id, Id)> = Vec::new();
        for pair in pairs {
            if pair.0 != pair.1 && !seen.contains(&pair) && !seen.contains(&(pair.1, pair.0)) {
                seen.push(pair);
            }
        }
        let item = |(n, (a, b)): (usize, &(Id, Id))| json!({"id": format!("order{n}"), "kind": "tlink", "a": a.to_string(), "rel": "BEFORE", "b": b.to_string()});
        seen.iter().enumerate().map(item).collect()
    }

    /// First and last instant of an event, where its own date gives both.
    fn bounds(&self, event: &Event) -> Option<(jiff::Timestamp, jiff::Timestamp)> {
        let mut dated = event.times.iter().filter_map(|id| self.record.times.iter().find(|t| t.id == *id));
        let time = dated.find(|t| t.kind != TimeKind::Duration && t.kind != TimeKind::Set)?;
        Some((time.earliest.as_ref()?.timestamp(), time.latest.as_ref()?.timestamp()))
    }

    /// Counts and sums that are told of events.
    pub(super) fn amounts(&self) -> Vec<Value> {
        let mut items = Vec::new();
        for event in &self.record.events {
            for amount in &event.amounts {
                let whole = amount.value.fract() == 0.0 && amount.value.abs() < 1e15;
                let value = if whole { json!(amount.value as i64) } else { json!(amount.value) };
                items.push(json!({
                    "id": format!("{}_n{}", event.id, items.len()), "kind": "count", "about": event.id.to_string(),
                    "reported_value": value, "op": bound(amount.bound), "span": self.span(amount.evidence.span),
                }));
            }
        }
        items
    }
}

fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact => "exact",
        Bound::AtLeast => "at_least",
        Bound::AtMost => "at_most",
        Bound::About => "about",
        Bound::Over => "over",
        Bound::Under => "under",
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Planned => "planned",
        Status::Happened => "happened",
        Status::Ongoing => "ongoing",
        Status::Denied => "denied",
        Status::DidNotHappen => "did_not_happen",
        Status::Cancelled => "cancelled",
        Status::Possible => "possible",
        Status::Hypothetical => "hypothetical",
        Status::Generic => "generic",
        // The scorer's form has no word for it.
        Status::Unknown => "unknown",
    }
}

/// The type that the codebook gives to a kind. People without a name who speak are sources, one or several.
fn type_of(entity: &Entity) -> &'static str {
    match entity.kind {
        EntityKind::Person if entity.name.is_none() && entity.count == Some(1) => "anon_source",
        EntityKind::Person if entity.name.is_none() => "anon_group",
        EntityKind::Person => "person",
        EntityKind::Organisation => "org",
        EntityKind::Place => "gpe",
        EntityKind::Government => "gpe_gov",
        EntityKind::Group => "group",
        EntityKind::Facility => "facility",
        EntityKind::Media => "media",
        EntityKind::Programme => "program",
        EntityKind::Document => "work",
        EntityKind::Agreement => "agreement",
        EntityKind::Vehicle => "vehicle",
        EntityKind::Occasion => "event_named",
        EntityKind::Product | EntityKind::Thing | EntityKind::Other => "thing",
    }
}
