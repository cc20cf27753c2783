//! Statements as items: attributions, quotes, no responses, relations and the rest, chains, counts.

use reportedly::record::{
    Attribution, CueStance, Id, Manner, Polarity, Quote, RelationKind, Silence, SourceKind, Span, Words,
};
use serde_json::{Value, json};

use super::items::Form;

fn id(id: Option<Id>) -> Value {
    id.map_or(Value::Null, |id| json!(id.to_string()))
}

fn ids(ids: &[Id]) -> Vec<String> {
    ids.iter().map(Id::to_string).collect()
}

fn hull(words: &[Words]) -> Option<Span> {
    words.iter().map(|w| w.span).reduce(Span::hull)
}

impl Form<'_> {
    /// The entity whose mention some words are, or hold: the longest one.
    fn named_in(&self, words: Option<&Words>) -> Option<Id> {
        let span = words?.span;
        let inside = self.record.mentions.iter().filter(|m| span.covers(m.evidence.span));
        let longest = inside.max_by_key(|m| (m.evidence.span.bytes().len(), std::cmp::Reverse(m.evidence.span)))?;
        self.record.entities.iter().find(|e| e.mentions.contains(&longest.id)).map(|e| e.id)
    }

    pub(super) fn attributions(&self) -> Vec<Value> {
        self.record.attributions.iter().flat_map(|a| self.attribution(a)).collect()
    }

    /// One item, or two where the narrator's words stand between two halves of a quotation.
    fn attribution(&self, told: &Attribution) -> Vec<Value> {
        let source = match (told.speaker, told.source_kind) {
            (None, Some(SourceKind::Outlet)) => json!("narrator"),
            (speaker, _) => id(speaker),
        };
        let item = |name: String, cue: Option<&Words>, content: Option<Span>, continues: Value| {
            json!({
                "id": name, "kind": "attr", "source": source,
                "source_span": hull(&told.source).map(|s| self.span(s)), "cue": self.words(cue),
                "content": content.map(|s| self.span(s)),
                "anonymous": told.source_kind == Some(SourceKind::Unnamed), "count": told.count,
                "addressee": id(self.named_in(told.addressee.as_ref())), "nested_under": id(told.within),
                "stance": told.stance.map(stance), "hedge": self.words(told.hedge.as_ref()),
                "medium": self.words(told.medium.as_ref()), "basis": self.words(told.basis.as_ref()),
                "continues": continues,
            })
        };
        let name = told.id.to_string();
        let (first, second) = self.halves(told);
        let mut items = vec![item(name.clone(), told.cue.as_ref(), first, id(told.continues))];
        if second.is_some() {
            items.push(item(format!("{name}_2"), None, second, json!(name)));
        }
        items
    }

    /// A content in one piece, or the halves of a quotation that "he said" stands between.
    fn halves(&self, told: &Attribution) -> (Option<Span>, Option<Span>) {
        let text = self.record.report.text.as_str();
        let cut = told.content.windows(2).position(|pair| {
            let between = text.get(pair[0].span.bytes().end..pair[1].span.bytes().start).unwrap_or_default();
            let holds_cue = told.cue.as_ref().is_some_and(|cue| {
                pair[0].span.bytes().end <= cue.span.bytes().start && cue.span.bytes().end <= pair[1].span.bytes().start
            });
            holds_cue && between.contains(['“', '"', '«', '‘'])
        });
        match cut {
            Some(at) => (hull(&told.content[..=at]), hull(&told.content[at + 1..])),
            None => (hull(&told.content), None),
        }
    }

    /// Quotations that go on without a cue of their own: somebody says them all the same.
    pub(super) fn spoken_on(&self) -> Vec<Value> {
        let record = self.record;
        let each = record.quotes.iter().filter(|q| q.continues.is_some() && q.speaker.is_some()).filter_map(|quote| {
            let told = record.attributions.iter().find(|a| Some(a.id) == quote.attribution)?;
            let span = quote.evidence.span;
            if told.content.iter().any(|c| c.span.touches(span)) {
                return None;
            }
            Some(json!({
                "id": format!("{}_on", quote.id), "kind": "attr", "source": id(quote.speaker), "source_span": null,
                "cue": null, "content": self.span(span), "anonymous": told.source_kind == Some(SourceKind::Unnamed),
                "count": told.count, "nested_under": id(told.within), "continues": told.id.to_string(),
            }))
        });
        each.collect()
    }

    pub(super) fn quotes(&self) -> Vec<Value> {
        let one = |quote: &Quote| {
            let told = self.record.attributions.iter().find(|a| Some(a.id) == quote.attribution);
            json!({
                "id": quote.id.to_string(), "kind": "quote", "span": self.span(quote.evidence.span),
                "speaker": id(quote.speaker), "cue": self.words(told.and_then(|a| a.cue.as_ref())),
                "directness": manner(quote.manner), "continues": id(quote.continues), "nested_in": id(quote.within),
            })
        };
        self.record.quotes.iter().map(one).collect()
    }

    pub(super) fn no_responses(&self) -> Vec<Value> {
        let each = self.record.no_responses.iter().map(|silent| {
            json!({
                "id": silent.id.to_string(), "kind": "noresp", "party": id(silent.entity),
                "party_span": self.span(silent.party.span), "cue": self.span(silent.cue.span),
                "form": silence(silent.form), "requester": id(self.named_in(silent.asked_by.as_ref())),
            })
        });
        each.collect()
    }

    /// Relations, designations, stances, states and labels.
    pub(super) fn relations(&self) -> Vec<Value> {
        let record = self.record;
        let relations = record.relations.iter().map(|r| {
            json!({
                "id": r.id.to_string(), "kind": "rel", "type": relation(r.kind), "frm": r.from.to_string(), "to": id(r.to),
                "ev": self.span(r.evidence), "title": r.title.as_ref().map(|t| t.text.clone()), "ended": r.ended,
            })
        });
        let designations = record.designations.iter().map(|d| {
            json!({
                "id": d.id.to_string(), "kind": "desig", "by": d.by.to_string(), "of": d.of.to_string(),
                "as_": self.span(d.as_what.span), "cue": self.span(d.cue.span),
            })
        });
        let stances = record.stances.iter().map(|s| {
            json!({
                "id": s.id.to_string(), "kind": "stance", "holder": s.holder.to_string(),
                "target": s.target.to_string(), "polarity": polarity(s.polarity), "cues": [self.span(s.cue.span)],
            })
        });
        let states = record.states.iter().map(|s| {
            json!({
                "id": s.id.to_string(), "kind": "state", "about": s.about.to_string(), "value": s.value,
                "cue": self.span(s.cue.span), "party": id(s.party), "as_of": id(s.as_of),
            })
        });
        let labels = record.labels.iter().map(|l| {
            let voice = record.attributions.iter().find(|a| Some(a.id) == l.voice).map(|a| id(a.speaker));
            json!({
                "id": l.id.to_string(), "kind": "label", "span": self.span(l.evidence.span),
                "voice": voice.unwrap_or_else(|| json!("narrator")),
            })
        });
        relations.chain(designations).chain(stances).chain(states).chain(labels).collect()
    }

    /// Chains. One about an attribution is also about its quotes and about the events that only it tells of.
    pub(super) fn chains(&self) -> Vec<Value> {
        let each = self.record.chains.iter().map(|chain| {
            let mut about = vec![chain.about.to_string()];
            let quotes = self.record.quotes.iter().filter(|q| q.attribution == Some(chain.about));
            about.extend(quotes.map(|q| q.id.to_string()));
            let events = self.record.events.iter().filter(|e| e.voices.iter().all(|v| v.voice == Some(chain.about)));
            about.extend(events.map(|e| e.id.to_string()));
            json!({"id": chain.id.to_string(), "kind": "chain", "about": about, "hops": ids(&chain.hops)})
        });
        each.collect()
    }

    /// Unnamed people who carry a claim, each once; none where the text does not give the number of some.
    fn unnamed_of(&self, carriers: &[Id]) -> Option<u32> {
        let mut each: Vec<Id> = Vec::new();
        let mut sum = 0;
        let told = self.record.attributions.iter().filter(|a| carriers.contains(&a.id));
        for one in told.filter(|a| a.source_kind == Some(SourceKind::Unnamed)) {
            let speaker = one.speaker?;
            if !each.contains(&speaker) {
                each.push(speaker);
                sum += self.entity(speaker)?.count?;
            }
        }
        Some(sum)
    }

    /// How many stand behind a claim. The lead is "doc".
    pub(super) fn counts(&self) -> Vec<Value> {
        let mut items = Vec::new();
        for tally in &self.record.tallies {
            let about = tally.about.to_string();
            let unnamed = tally.carriers.iter().any(|id| {
                let told = self.record.attributions.iter().find(|a| a.id == *id);
                told.is_some_and(|a| a.source_kind == Some(SourceKind::Unnamed))
            });
            // The lead goes by its own id and as "doc".
            let names: &[&str] = if tally.lead { &["doc", &about] } else { &[&about] };
            let mut add = |measure: &str, value: Value| {
                for (n, name) in names.iter().enumerate() {
                    let id = format!("{}_{measure}{n}", tally.id);
                    items.push(json!({"id": id, "kind": "count", "about": name, measure: value}));
                }
            };
            if let Some(origins) = tally.origins {
                add("independent_origins", json!(origins));
            }
            if tally.unnamed.is_some() || unnamed {
                add("distinct_anonymous_sources", json!(tally.unnamed));
            }
            if tally.lead {
                // Of the lead everybody unnamed in the report is told; its event has those who carry it.
                let own = items.iter_mut().filter(|i| i["about"] == json!(about));
                for item in own.filter(|i| i.get("distinct_anonymous_sources").is_some()) {
                    item["distinct_anonymous_sources"] = json!(self.unnamed_of(&tally.carriers));
                }
            }
            let mut add = |measure: &str, value: Value| {
                for (n, name) in names.iter().enumerate() {
                    let id = format!("{}_{measure}{n}", tally.id);
                    items.push(json!({"id": id, "kind": "count", "about": name, measure: value}));
                }
            };
            add("named_on_record", json!(tally.on_record.len()));
            add("non_responders", json!(tally.no_responses.len()));
        }
        items.extend(self.amounts());
        items
    }
}

fn stance(stance: CueStance) -> &'static str {
    match stance {
        CueStance::States => "asserts",
        CueStance::Confirms => "confirms",
        CueStance::Denies => "denies",
        CueStance::Doubts => "doubts",
        CueStance::Asks => "asks",
        CueStance::Argues => "argues",
        CueStance::Urges => "urges",
        CueStance::Warns => "warns",
        CueStance::Cautions => "cautions",
        CueStance::Promises => "promises",
        CueStance::Intends => "intends",
        CueStance::Believes => "believes",
    }
}

fn manner(manner: Manner) -> &'static str {
    match manner {
        Manner::Direct => "direct",
        Manner::Mixed => "mixed",
        Manner::Scare => "scare",
        Manner::Title => "title",
    }
}

fn silence(form: Silence) -> &'static str {
    match form {
        Silence::DidNotRespond => "did_not_respond",
        Silence::Declined => "declined",
        Silence::NoComment => "no_comment",
        Silence::NotReached => "not_reached",
        Silence::NoWord => "no_word",
        Silence::Referred => "referred",
    }
}

fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Positive => "positive",
        Polarity::Negative => "negative",
        Polarity::Mixed => "mixed",
        Polarity::Unmoved => "unmoved",
    }
}

fn relation(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Office => "office",
        RelationKind::Role => "role",
        RelationKind::MemberOf => "member_of",
        RelationKind::SpokespersonOf => "spokesperson_of",
        RelationKind::LawyerOf => "lawyer_of",
        RelationKind::ParentOf => "parent_of",
        RelationKind::SpouseOf => "spouse_of",
        RelationKind::SiblingOf => "sibling_of",
        RelationKind::ChildInLawOf => "son_in_law_of",
        RelationKind::KinOf => "kin_of",
        RelationKind::CitizenOf => "citizen_of",
        RelationKind::ResidentOf => "resident_of",
        RelationKind::BornIn => "born_in",
        RelationKind::PartOf => "part_of",
        RelationKind::LocatedIn => "located_in",
        RelationKind::OwnedBy => "owned_by",
        RelationKind::PublishedBy => "published_by",
        RelationKind::AllyOf => "ally_of",
        RelationKind::BelongsTo => "belongs_to",
        RelationKind::AliasOf => "alias_of",
    }
}
