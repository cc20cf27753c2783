//! Whether a prediction holds a gold item. A missing or odd field is a miss, never a fault.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Pair;
use super::align::ends;
use super::fields::{alike, given, id, kind, list, plain, same, share_word, stretch, texts, touch};

/// Marks and blanks at the ends of a quotation, which do not count.
const MARKS: &[char] = &[' ', '\n', '\t', '“', '”', '"', '‘', '’', '\'', '«', '»', '.', ','];

/// What a count counts, in the order in which a gold item is asked for it.
const MEASURES: [&str; 5] =
    ["independent_origins", "distinct_anonymous_sources", "non_responders", "named_on_record", "reported_value"];

impl<'a> Pair<'a> {
    /// The gold ids that predicted ids stand for. What stands for nothing stands for itself, if no gold item is called so.
    pub(super) fn meant<'b>(&'b self, value: Option<&'b Value>) -> BTreeSet<&'b str> {
        self.meant_by(texts(value))
    }

    fn meant_by<'b>(&'b self, ids: Vec<&'b str>) -> BTreeSet<&'b str> {
        let mut meant = BTreeSet::new();
        for id in ids {
            match self.stands_for.get(id) {
                Some(gold) => meant.extend(gold.iter().copied()),
                None if id == "narrator" || !self.by_id.contains_key(id) => drop(meant.insert(id)),
                None => {}
            }
        }
        meant
    }

    fn means(&self, value: Option<&Value>, gold: &str) -> bool {
        self.meant(value).contains(gold)
    }

    /// Tells whether predicted ids stand for the gold's, or for others that it accepts.
    fn means_one_of(&self, value: Option<&Value>, gold: &[Option<&Value>]) -> bool {
        let meant = self.meant(value);
        gold.iter().flat_map(|g| texts(*g)).any(|g| meant.contains(g))
    }

    pub(super) fn is_gold(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// Tells whether the prediction holds an item; none where a field that it needs is missing.
    pub(super) fn holds(&self, item: &'a Value) -> Option<bool> {
        let any = |of: &'a str, fits: &dyn Fn(&Value) -> Option<bool>| {
            Some(self.predicted(of).any(|p| fits(p).unwrap_or(false)))
        };
        match kind(item) {
            "doc" => any("doc", &|p| Some(self.document(item, p))),
            "entity" => Some(self.hits.contains_key(id(item))),
            "coref" => self.coreference(item),
            "time" => self.time(item),
            "event" => self.event(item),
            "tlink" => self.order(item),
            "attr" => Some(self.hits(id(item)).iter().any(|p| self.attribution(item, p).unwrap_or(false))),
            "quote" => Some(self.hits(id(item)).iter().any(|p| self.quote(item, p).unwrap_or(false))),
            "noresp" => any("noresp", &|p| self.no_response(item, p)),
            "rel" => self.relation(item),
            "desig" => any("desig", &|p| Some(self.equal(item, p, "by")? && self.equal(item, p, "of")?)),
            "stance" => any("stance", &|p| self.stance(item, p)),
            "state" => any("state", &|p| self.state(item, p)),
            "label" => any("label", &|p| Some(touch(stretch(item.get("span")), stretch(p.get("span"))))),
            "boiler" => self.boilerplate(item),
            "chain" => any("chain", &|p| Some(self.chain(item, p))),
            "count" => self.count(item),
            _ => Some(false),
        }
    }

    /// Tells whether a reference of a predicted item stands for that of the gold.
    fn equal(&self, item: &Value, p: &Value, field: &str) -> Option<bool> {
        Some(self.means(p.get(field), item.get(field)?.as_str()?))
    }

    fn document(&self, item: &Value, p: &Value) -> bool {
        let fields = ["outlet", "given", "value", "primary_origin", "rule", "absent", "dateline"];
        let low = |v: &str| {
            let lower = v.trim().to_lowercase();
            lower.strip_prefix("the ").map_or(lower.clone(), str::to_owned)
        };
        let field = |name: &str| {
            let (Some(gold), found) = (item.get(name), p.get(name)) else { return true };
            match name {
                "outlet" => found.and_then(Value::as_str).is_some_and(|found| {
                    texts(Some(gold)).into_iter().chain(texts(item.get("aliases"))).any(|g| low(g) == low(found))
                }),
                "absent" => texts(Some(gold)).iter().all(|g| texts(found).contains(g)),
                "primary_origin" => {
                    let meant = self.meant(found);
                    let accepted = texts(item.get("accept")).iter().any(|a| meant.contains(a));
                    let known: BTreeSet<&str> =
                        meant.into_iter().filter(|m| self.is_gold(m) || *m == "narrator").collect();
                    let gold: BTreeSet<&str> = texts(Some(gold)).into_iter().collect();
                    accepted || if gold.is_empty() { !given(found) } else { gold == known }
                }
                _ => match (gold.as_str(), found.and_then(Value::as_str)) {
                    (Some(g), Some(f)) => low(g) == low(f) || texts(item.get("accept")).contains(&f),
                    (g, f) => g.is_none() && f.is_none() && Some(gold) == found,
                },
            }
        };
        let minutes = |v: &Value| -> Option<i64> {
            let text = v.as_str()?;
            Some(text.get(..2)?.parse::<i64>().ok()? * 60 + text.get(3..5)?.parse::<i64>().ok()?)
        };
        let hour = item.get("expected_local").is_none_or(|gold| {
            let apart = minutes(gold).zip(p.get("expected_local").and_then(minutes)).map(|(a, b)| (a - b).abs());
            apart.zip(item.get("tolerance_min").and_then(Value::as_i64)).is_some_and(|(apart, most)| apart <= most)
        });
        fields.into_iter().all(field) && hour
    }

    fn coreference(&self, item: &Value) -> Option<bool> {
        let here = stretch(item.get("span"));
        let p = self.predicted("coref").find(|p| stretch(p.get("span")) == here)?;
        let got = self.meant_by(texts(p.get("ref")).into_iter().flat_map(|r| r.split('+')).collect());
        let gold = item.get("ref")?.as_str()?;
        let all = gold.contains('~') || gold.split('+').all(|r| got.contains(r));
        Some(all || texts(item.get("accept")).iter().any(|a| got.contains(a)))
    }

    fn time(&self, item: &Value) -> Option<bool> {
        let here = stretch(item.get("span"))?;
        let near = |p: &Value| stretch(p.get("span")).map_or(0.0, |span| alike(here, span));
        // The first of those that lie closest.
        let best = self.hits(id(item)).iter().copied().reduce(|best, p| if near(p) > near(best) { p } else { best })?;
        let value = best.get("value")?.as_str()?;
        let gold = item.get("value")?.as_str()?;
        let accepted = texts(item.get("accept"));
        let beside = gold
            .split_once(' ')
            .zip(value.split_once(' '))
            .is_some_and(|((g, event), (v, told))| g == v.to_uppercase() && self.meant_by(vec![told]).contains(event));
        Some(beside || std::iter::once(gold).chain(accepted).any(|g| plain(g) == plain(value)))
    }

    fn event(&self, item: &Value) -> Option<bool> {
        let Some(p) = self.hits(id(item)).first() else { return Some(false) };
        let status = item.get("status")?;
        if !list(Some(status)).is_empty() && !share_word(p.get("status"), Some(status)) {
            return Some(false);
        }
        let place = item.get("place")?;
        let strict = given(item.get("strict_place"))
            || matches!(item.get("type").and_then(Value::as_str), Some("MEET" | "SIGN" | "CONDOLE"));
        if place.is_null() && strict && given(p.get("place")) {
            return Some(false);
        }
        if given(Some(place)) && !self.means_one_of(p.get("place"), &[Some(place)]) {
            return Some(false);
        }
        let time = item.get("time")?;
        if given(Some(time)) && !self.when(time, p.get("time")) {
            return Some(false);
        }
        let args = p.get("args");
        let role = |name: &str| self.meant(args.and_then(|a| a.get(name)));
        let filled = |(name, gold): (&String, &Value)| {
            let mut got = role(name);
            if matches!(name.as_str(), "target" | "object") {
                got.extend(role("target"));
                got.extend(role("object"));
            }
            texts(Some(gold)).iter().all(|g| got.contains(g))
        };
        Some(item.get("args")?.as_object()?.iter().all(filled))
    }

    fn when(&self, gold: &Value, found: Option<&Value>) -> bool {
        let field = |name: &str| match found {
            Some(Value::String(_)) if name == "value" => found,
            Some(Value::Object(fields)) => fields.get(name),
            _ => None,
        };
        let Some(gold) = gold.as_object() else { return false };
        let accepted = texts(gold.get("accept"));
        gold.iter().filter(|(name, _)| !matches!(name.as_str(), "of" | "accept")).all(|(name, value)| {
            if name == "before_event" {
                let meant = self.meant(field(name));
                return texts(Some(value)).iter().all(|g| meant.contains(g));
            }
            let other = name == "value" && field(name).and_then(Value::as_str).is_some_and(|v| accepted.contains(&v));
            same(Some(value), field(name)) || other
        })
    }

    fn order(&self, item: &Value) -> Option<bool> {
        let (a, b, rel) = (item.get("a")?.as_str()?, item.get("b")?.as_str()?, item.get("rel")?.as_str()?);
        let is = |p: &Value, turned: bool| {
            let (mut x, mut y) = (p.get("a"), p.get("b"));
            if turned {
                std::mem::swap(&mut x, &mut y);
            }
            let said = p.get("rel").and_then(Value::as_str).unwrap_or_default().to_uppercase();
            let said = match said.as_str() {
                "AFTER" => "BEFORE",
                "IS_INCLUDED" | "DURING" => "INCLUDES",
                other => {
                    let fits = other == rel;
                    let either = rel == "SIMULTANEOUS" && self.means(y, a) && self.means(x, b);
                    return fits && (self.means(x, a) && self.means(y, b) || either);
                }
            };
            said == rel && self.means(y, a) && self.means(x, b)
        };
        let found = self.predicted("tlink").any(|p| is(p, false));
        // Both ways predicted is no answer.
        Some(found && (rel == "SIMULTANEOUS" || !self.predicted("tlink").any(|p| is(p, true))))
    }

    fn attribution(&self, item: &Value, p: &Value) -> Option<bool> {
        let content = stretch(p.get("content"))?;
        let asked = |field: &str| item.get(field).filter(|v| !v.is_null());
        let kept = ["anonymous", "count"].iter().all(|f| asked(f).is_none_or(|gold| p.get(*f) == Some(gold)));
        let linked = ["addressee", "nested_under"].iter().all(|f| {
            item.get(*f).and_then(Value::as_str).filter(|g| !g.is_empty()).is_none_or(|g| self.means(p.get(*f), g))
        });
        let denies = |v: Option<&Value>| v.and_then(Value::as_str).is_some_and(|s| plain(s) == "denies");
        let stance = asked("stance").is_none_or(|gold| denies(Some(gold)) == denies(p.get("stance")));
        Some(
            self.means_one_of(p.get("source"), &[item.get("source"), item.get("accept")])
                && ends(item).into_iter().any(|end| alike(end, content) >= 0.7)
                && kept
                && linked
                && stance,
        )
    }

    fn quote(&self, item: &Value, p: &Value) -> Option<bool> {
        let words = |span: [i64; 2]| -> String {
            let all = self.text.get(span[0] as usize..(span[1] as usize).min(self.text.len())).unwrap_or_default();
            all.iter().collect::<String>().trim_matches(MARKS).to_owned()
        };
        let speaker = item.get("speaker")?;
        let said = if speaker.is_null() {
            !given(p.get("speaker"))
        } else {
            self.means_one_of(p.get("speaker"), &[Some(speaker), item.get("accept")])
        };
        let inside = item
            .get("nested_in")
            .and_then(Value::as_str)
            .filter(|g| !g.is_empty())
            .is_none_or(|g| self.means(p.get("nested_in"), g));
        Some(
            words(stretch(p.get("span"))?) == words(stretch(item.get("span"))?)
                && said
                && share_word(p.get("directness"), item.get("directness"))
                && inside,
        )
    }

    fn no_response(&self, item: &Value, p: &Value) -> Option<bool> {
        let asked = match item.get("requester").and_then(Value::as_str) {
            None => !given(p.get("requester")),
            Some(gold) => self.means(p.get("requester"), gold),
        };
        let cue = stretch(p.get("cue"));
        let cue = cue.is_none() || item.get("cue").is_none() || touch(cue, stretch(item.get("cue")));
        Some(self.equal(item, p, "party")? && share_word(p.get("form"), item.get("form")) && asked && cue)
    }

    fn relation(&self, item: &Value) -> Option<bool> {
        let named = |v: Option<&Value>| -> Vec<String> {
            let mut all: Vec<String> = texts(v).into_iter().map(plain).collect();
            if all.iter().any(|t| t == "role" || t == "office") {
                all.extend(["role".to_owned(), "office".to_owned()]);
            }
            all
        };
        // Only a gold of one type is widened: a list says all that it takes.
        let wanted = match item.get("type")? {
            Value::String(_) => named(item.get("type")),
            other => texts(Some(other)).into_iter().map(plain).collect(),
        };
        let is = |p: &Value| texts(p.get("type")).into_iter().map(plain).any(|t| wanted.contains(&t));
        let (from, to) = (item.get("frm")?.as_str()?, item.get("to")?.as_str()?);
        let even = matches!(item.get("type").and_then(Value::as_str), Some("spouse_of" | "sibling_of" | "ally_of"));
        let turned = |p: &Value| {
            let (f, t) = (self.meant(p.get("frm")), self.meant(p.get("to")));
            is(p) && t.contains(from) && f.contains(to) && f.is_disjoint(&t)
        };
        if !even && self.is_gold(from) && self.predicted("rel").any(turned) {
            return Some(false);
        }
        let outside = |p: &Value| p.get("frm").and_then(Value::as_str) == Some(from) && !self.is_gold(from);
        Some(
            self.predicted("rel")
                .any(|p| is(p) && (self.means(p.get("frm"), from) || outside(p)) && self.means(p.get("to"), to)),
        )
    }

    fn stance(&self, item: &Value, p: &Value) -> Option<bool> {
        let target = item.get("target").and_then(Value::as_str).filter(|t| self.is_gold(t));
        let meant = self.meant(p.get("target"));
        let right = target.is_none_or(|target| {
            !given(p.get("target")) || meant.contains(target) || !meant.iter().any(|m| self.is_gold(m))
        });
        Some(self.equal(item, p, "holder")? && share_word(p.get("polarity"), item.get("polarity")) && right)
    }

    fn state(&self, item: &Value, p: &Value) -> Option<bool> {
        let value = p.get("value")?.as_str().map(plain)?;
        let fits = texts(item.get("value")).into_iter().chain(texts(item.get("accept"))).any(|g| plain(g) == value);
        let party = item.get("party").and_then(Value::as_str).is_none_or(|g| self.means(p.get("party"), g));
        Some(self.equal(item, p, "about")? && fits && party)
    }

    /// A caption and its credit may be one piece or two: pieces are taken together.
    fn boilerplate(&self, item: &Value) -> Option<bool> {
        let here = stretch(item.get("span"))?;
        let mut covered: BTreeSet<i64> = BTreeSet::new();
        for span in self.predicted("boiler").filter_map(|p| stretch(p.get("span"))) {
            if touch(Some(span), Some(here)) {
                covered.extend(span[0]..span[1]);
            }
        }
        let shared = covered.range(here[0]..here[1]).count();
        let both = covered.len() + (here[1] - here[0]) as usize - shared;
        Some(shared > 0 && shared as f64 / both as f64 >= 0.85)
    }

    fn chain(&self, item: &Value, p: &Value) -> bool {
        let wanted = list(item.get("hops"));
        let mut hops = list(p.get("hops"));
        // The outlet goes without saying where the text does not name it.
        if hops.len() == wanted.len() + 1 && !self.meant(Some(hops[0])).iter().any(|m| self.is_gold(m)) {
            hops.remove(0);
        }
        self.means_one_of(p.get("about"), &[item.get("about")])
            && hops.len() == wanted.len()
            && wanted.iter().zip(&hops).all(|(gold, hop)| self.means_one_of(Some(hop), &[Some(gold)]))
    }

    fn count(&self, item: &Value) -> Option<bool> {
        let measure = MEASURES.into_iter().find(|m| item.get(*m).is_some())?;
        let about = item.get("about")?.as_str()?;
        let named = |p: &Value| p.get("measure").and_then(Value::as_str) == Some(measure);
        let has = |p: &&Value| p.get(measure).is_some() || named(p);
        let lead = |p: &&Value| about == "doc" || p.get("about").and_then(Value::as_str) == Some("doc");
        let exact = self.predicted("count").filter(has).find(|p| self.means(p.get("about"), about));
        let p = exact.or_else(|| self.predicted("count").filter(has).find(lead))?;
        let value = p.get(measure).or_else(|| p.get("value")).unwrap_or(&Value::Null);
        let bound = item.get("op").is_none_or(|op| share_word(p.get("op"), Some(op)));
        Some(value == item.get(measure)? && bound)
    }
}
