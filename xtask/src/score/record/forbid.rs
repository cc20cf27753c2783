//! Statements that a record must not make.

use regex::Regex;
use serde_json::Value;

use super::Pair;
use super::fields::{
    alike, anchors, given, kind, list, overlap, plain, same, share_word, spans, stretch, texts, touch,
};

impl Pair<'_> {
    /// Tells whether any predicted item makes the forbidden statement.
    pub(super) fn fires(&self, forbidden: &Value) -> bool {
        let of = forbidden.get("kind").and_then(Value::as_str).unwrap_or_default();
        self.found.iter().filter(|p| kind(p) == of).any(|p| self.makes(forbidden, p).unwrap_or(false))
    }

    fn makes(&self, forbidden: &Value, p: &Value) -> Option<bool> {
        let asked = |field: &str| forbidden.get(field);
        if let Some(merged) = asked("merged") {
            return self.mixes(forbidden, texts(Some(merged)), p);
        }
        if let Some(about) = asked("about").and_then(Value::as_str) {
            let lead = about == "doc" && p.get("about").and_then(Value::as_str) == Some("doc");
            if !self.meant(p.get("about")).contains(about) && !lead {
                return Some(false);
            }
        }
        if ["type", "any_type"].iter().any(|f| asked(f).is_some_and(|of| !same(p.get("type"), Some(of)))) {
            return Some(false);
        }
        if let Some(sentences) = asked("in_sent") {
            let places = ["trigger", "span", "cue", "content"].map(|field| stretch(p.get(field)));
            for sentence in texts(Some(sentences)) {
                let here = Some(*self.sentences.get(sentence)?);
                if places.iter().any(|place| touch(*place, here)) {
                    return self.states(forbidden, p);
                }
            }
            return Some(false);
        }
        self.states(forbidden, p)
    }

    fn states(&self, forbidden: &Value, p: &Value) -> Option<bool> {
        let asked = |field: &str| forbidden.get(field);
        if !self.concerns(forbidden, p)? {
            return Some(false);
        }
        for field in ["frm", "to"] {
            if asked(field).and_then(Value::as_str).is_some_and(|gold| !self.meant(p.get(field)).contains(gold)) {
                return Some(false);
            }
        }
        if given(asked("any")) {
            return Some(true);
        }
        if let Some(inside) = asked("inside") {
            let anchor = stretch(p.get("anchor"))?;
            let around = |place: &Value| {
                let pair = (place.get(0).and_then(Value::as_i64), place.get(1).and_then(Value::as_i64));
                matches!(pair, (Some(a), Some(b)) if a <= anchor[0] && anchor[1] <= b && [a, b] != anchor)
            };
            let of = p.get("type").and_then(Value::as_str)?;
            return Some(list(Some(inside)).into_iter().any(around) && texts(asked("type_in")).contains(&of));
        }
        let Some(field) = asked("field").and_then(Value::as_str) else {
            return Some(asked("frm").is_some() || asked("to").is_some());
        };
        let value = field.split('.').try_fold(p, |at, name| at.get(name));
        self.says(forbidden, value.filter(|v| !v.is_null()))
    }

    /// Tells whether a value is one that is forbidden.
    fn says(&self, forbidden: &Value, value: Option<&Value>) -> Option<bool> {
        let asked = |field: &str| forbidden.get(field);
        let meant = self.meant(value);
        let text = value.and_then(Value::as_str);
        if given(asked("not_null")) && given(value) || asked("is_in").is_some_and(|all| share_word(value, Some(all))) {
            return Some(true);
        }
        if let (Some(pattern), Some(text)) = (asked("matches").and_then(Value::as_str), text)
            && Regex::new(pattern).ok()?.is_match(text)
        {
            return Some(true);
        }
        if let (Some(right), Some(_)) = (asked("not_equal"), value) {
            let right = list(Some(right));
            let by_id = right.iter().filter_map(|r| r.as_str()).any(|r| self.is_gold(r));
            if by_id && !meant.iter().any(|m| self.is_gold(m)) {
                // A reference that stands for nothing is a miss, not a wrong answer.
                return Some(false);
            }
            let is = |r: &&Value| {
                value == Some(*r) || r.as_str().is_some_and(|r| meant.contains(r)) || same(value, Some(*r))
            };
            return Some(!right.iter().any(is));
        }
        if let Some(wrong) = asked("equals")
            && (value == Some(wrong) || wrong.as_str().is_some_and(|w| meant.contains(w)))
        {
            return Some(true);
        }
        if texts(asked("contains")).iter().any(|wrong| meant.contains(wrong)) {
            return Some(true);
        }
        let number = |v: Option<&Value>| v.and_then(Value::as_f64);
        if number(value).zip(number(asked("gt"))).is_some_and(|(value, most)| value > most) {
            return Some(true);
        }
        let end = stretch(value).zip(asked("span_end_gt").and_then(Value::as_i64));
        Some(end.is_some_and(|(span, most)| span[1] > most))
    }

    /// Tells whether one predicted item is several of the gold at once.
    fn mixes(&self, forbidden: &Value, merged: Vec<&str>, p: &Value) -> Option<bool> {
        let of_entity = forbidden.get("kind").and_then(Value::as_str) == Some("entity");
        let own = spans(p, if of_entity { "anchor" } else { "trigger" });
        let mut met = 0;
        for gold in merged {
            let item = self.by_id.get(gold)?;
            let is = if of_entity {
                let mut places = anchors(item);
                places.extend(list(item.get("also")).into_iter().filter_map(|span| stretch(Some(span))));
                places.iter().any(|place| own.iter().any(|span| alike(*place, *span) >= 0.5))
            } else {
                spans(item, "trigger").iter().any(|place| own.iter().any(|span| overlap(*place, *span) > 0))
            };
            met += usize::from(is);
        }
        Some(met >= 2)
    }

    /// Tells whether a predicted item is about the gold items that a forbid is about.
    fn concerns(&self, forbidden: &Value, p: &Value) -> Option<bool> {
        let golds = texts(forbidden.get("gold"));
        if golds.is_empty() {
            return Some(true);
        }
        match forbidden.get("kind").and_then(Value::as_str)? {
            "entity" => {
                // Whatever the types: a wrong type must not hide the entity.
                let own = spans(p, "anchor");
                for gold in golds {
                    let item = self.by_id.get(gold)?;
                    let mut places = anchors(item);
                    places.extend(list(item.get("also")).into_iter().filter_map(|span| stretch(Some(span))));
                    if places.iter().any(|place| own.iter().any(|span| alike(*place, *span) >= 0.5)) {
                        return Some(true);
                    }
                }
                Some(false)
            }
            "event" | "attr" => {
                let stands = self.stands_for.get(super::fields::id(p));
                Some(stands.is_some_and(|stands| golds.iter().any(|gold| stands.contains(gold))))
            }
            _ => {
                for gold in golds {
                    let item = self.by_id.get(gold)?;
                    let near = |field: &str| touch(stretch(item.get(field)), stretch(p.get(field)));
                    let named = |field: &str| {
                        item.get(field).and_then(Value::as_str).is_some_and(|g| self.meant(p.get(field)).contains(g))
                    };
                    let value = |v: &Value| v.get("value").and_then(Value::as_str).map(plain);
                    let is = ["span", "as_", "cue", "ev"].into_iter().any(near)
                        || kind(item) == "noresp" && named("party")
                        || kind(item) == "state" && named("about") && value(p) == value(item);
                    if is {
                        return Some(true);
                    }
                }
                Some(false)
            }
        }
    }
}
