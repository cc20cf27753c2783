//! Where and when an event is said to be, and how many: only what hangs on its own words.

use reportedly_record::{Amount, Bound, EntityKind, Id, Reading, Time, TimeKind};

use crate::clause::{Form, clause};
use crate::part::{Part, named};
use crate::tree::Trees;
use crate::trigger::Trigger;

/// The times of a section, each with the word that it hangs by.
pub(crate) struct Hung<'a> {
    // By top word.
    times: Vec<Hanging<'a>>,
}

/// A time, and what it hangs on.
struct Hanging<'a> {
    time: &'a Time,
    /// The word that it hangs by.
    top: usize,
    /// The first of its words, its preposition among them.
    first: usize,
    /// The word that it hangs on, and whether that is another one than the tree says.
    host: Option<usize>,
    is_moved: bool,
}

impl<'a> Hanging<'a> {
    fn new(reading: &Reading<'_>, trees: &Trees<'_>, time: &'a Time) -> Option<Hanging<'a>> {
        let bytes = time.evidence.span.bytes();
        let range = trees.at(bytes.start)..trees.at(bytes.end);
        let outside = |w: &usize| trees.head(*w).is_none_or(|head| !range.contains(&head));
        let is_content = |w: &usize| !matches!(trees.upos(*w), "ADP" | "DET" | "PUNCT");
        let top = range.clone().filter(is_content).find(outside)?;
        let mut first = range.start;
        let sentence = trees.sentence(top);
        // "Late on Thursday", "as early as May".
        while first > sentence.start
            && (trees.upos(first - 1) == "ADP" || matches!(trees.lower(first - 1), "early" | "late" | "only"))
        {
            first -= 1;
        }
        let mut hanging = Hanging { time, top, first, host: trees.head(top), is_moved: false };
        if let Some(host) = hanging.nearer(reading, trees).or_else(|| hanging.led(trees, sentence.start)) {
            hanging.host = Some(host);
            hanging.is_moved = true;
        }
        Some(hanging)
    }

    /// "The strike that it had announced last week is over", "said it would offer a bonus on 2 June": a verb right before a time, and one of
    /// what somebody says, has the time, where the tree hangs it on a word further up.
    fn nearer(&self, reading: &Reading<'_>, trees: &Trees<'_>) -> Option<usize> {
        let host = self.host.filter(|host| *host < self.first)?;
        let before = self.first.checked_sub(1)?;
        let verb = trees.up(before).take_while(|w| *w != host).find(|w| trees.upos(*w) == "VERB")?;
        let below = trees.up(verb).any(|w| w == host) && verb > host;
        let is_next = before == verb || before == verb + 1 && trees.rel(before) == "compound:prt";
        let told = || {
            trees.upos(host) == "VERB"
                && trees.is(verb, &["ccomp"])
                && trees.head(verb) == Some(host)
                && !self.is_of_saying(reading, trees, verb)
        };
        (below && trees.is(verb, &["acl", "acl:relcl", "advcl", "ccomp", "xcomp", "conj"]) && (is_next || told()))
            .then_some(verb)
    }

    /// What is yet to come cannot have a day that is over: "said it would close on Monday".
    fn is_of_saying(&self, reading: &Reading<'_>, trees: &Trees<'_>, verb: usize) -> bool {
        let today = reading.record.report.published.as_ref().map(|p| p.local.date());
        let is_over = match (&self.time.latest, today) {
            (Some(latest), Some(today)) => latest.date() <= today,
            _ => true,
        };
        is_over && matches!(clause(trees, verb).form, Form::Future | Form::Would | Form::May | Form::Must)
    }

    /// "Last month both unions walked out": a time that opens a sentence is of its first clause, where the tree hangs it on no verb.
    fn led(&self, trees: &Trees<'_>, start: usize) -> Option<usize> {
        let opens = (start..self.first).all(|i| matches!(trees.upos(i), "PUNCT" | "CCONJ"));
        let host = self.host.filter(|host| matches!(trees.upos(*host), "NUM" | "NOUN" | "PROPN"))?;
        if !opens || trees.head(host).is_none() || host < self.top {
            return None;
        }
        let until = trees.sentence(self.top).end;
        (self.top + 1..until).find(|i| trees.upos(*i) == "VERB" && trees.child(*i, &["nsubj", "nsubj:pass"]).is_some())
    }
}

impl<'a> Hung<'a> {
    pub(crate) fn new(reading: &Reading<'a>, trees: &Trees<'_>) -> Hung<'a> {
        let (Some(first), Some(last)) = (trees.syntax.words.first(), trees.syntax.words.last()) else {
            return Hung { times: Vec::new() };
        };
        let section = first.span.hull(last.span);
        let mut times = Vec::new();
        for time in reading.record.times.iter().filter(|t| t.order.is_none() && section.covers(t.evidence.span)) {
            times.extend(Hanging::new(reading, trees, time));
        }
        times.sort_by_key(|hanging| hanging.top);
        Hung { times }
    }

    /// Of each word, whether a time hangs by it, and whether one that lies ahead of publication hangs on it.
    pub(crate) fn ahead(&self, reading: &Reading<'_>, trees: &Trees<'_>) -> (Vec<bool>, Vec<bool>) {
        let (mut has, mut ahead) = (vec![false; trees.len()], vec![false; trees.len()]);
        for Hanging { time, top, host, .. } in &self.times {
            has[*top] = true;
            if let Some(head) = host.filter(|_| is_to_come(reading, time) && !is_bound(trees, *top)) {
                ahead[head] = true;
            }
        }
        (has, ahead)
    }

    /// Of each word, whether a day, month or year that was over at publication hangs on it.
    pub(crate) fn behind(&self, reading: &Reading<'_>, trees: &Trees<'_>) -> Vec<bool> {
        let mut behind = vec![false; trees.len()];
        for Hanging { time, top, host, .. } in &self.times {
            if let Some(head) = host.filter(|_| is_over(reading, time) && !is_bound(trees, *top)) {
                behind[head] = true;
            }
        }
        behind
    }

    /// Whether all times that hang by these words are still to come, and there is one.
    pub(crate) fn are_to_come(&self, reading: &Reading<'_>, trees: &Trees<'_>, words: &[usize]) -> bool {
        let to_come =
            |word: &usize| self.time(*word).is_some_and(|t| is_to_come(reading, t)) && !is_bound(trees, *word);
        !words.is_empty() && words.iter().all(to_come)
    }

    /// The time that hangs by a word.
    pub(crate) fn time(&self, word: usize) -> Option<&Time> {
        self.times.binary_search_by_key(&word, |h| h.top).ok().map(|at| self.times[at].time)
    }

    /// Whether the time that hangs by a word may be that of an event: a date, and no bound.
    pub(crate) fn is_day(&self, trees: &Trees<'_>, word: usize) -> bool {
        self.time(word).is_some_and(|time| is_dated(time) && !is_loose(time) && !is_bound(trees, word))
    }

    /// The words by which the times of an event hang, as rules find them: on its words, or on the place that does.
    pub(crate) fn of(&self, reading: &Reading<'_>, trees: &Trees<'_>, trigger: &Trigger) -> Vec<usize> {
        let on = |word: usize| word == trigger.word || Some(word) == trigger.carrier;
        let hangs = |hanging: &Hanging<'_>| {
            let top = hanging.top;
            let Some(head) = hanging.host else { return false };
            let relation = hanging.is_moved
                || trees.is(
                    top,
                    &[
                        "obl",
                        "obl:unmarked",
                        "nmod",
                        "nmod:unmarked",
                        "nmod:desc",
                        "nmod:poss",
                        "advmod",
                        "compound",
                        "amod",
                        "nummod",
                    ],
                );
            // "To the monastery of Varosk, its director said today": the day is of what was said.
            let is_far = || (head..top).any(|i| trees.upos(i) == "VERB");
            let by_place = || {
                trees.head(head).is_some_and(on)
                    && trees.is(head, &["obl", "nmod"])
                    && is_place(reading, trees, head)
                    && !is_far()
            };
            // "Won the seat in a by-election in May 2025", "planned for next Tuesday" of a meeting.
            let by_occasion = || {
                trees.head(head).is_some_and(on)
                    && trees.upos(head) == "NOUN"
                    && trees.is(head, &["obl"])
                    && matches!(trees.case(head), "in" | "at" | "during")
                    && head > trigger.word
                    && !is_far()
            };
            // "Handed it to the council in Melkham on Wednesday": what is no event has no day, so the day is of the verb.
            let by_thing = || {
                let is_thing = |w: &usize| {
                    matches!(trees.upos(*w), "NOUN" | "PROPN")
                        && crate::codebook::noun(trees.lower(*w), |_| true).is_none()
                };
                let up: Vec<usize> = trees.up(head).take(4).take_while(is_thing).collect();
                let over = up.last().and_then(|last| trees.head(*last));
                // "Offer the dockers a bonus on Monday": of two objects neither is the day's.
                let two = trees.children(trigger.word).filter(|c| trees.rel(*c) == "obj").count() == 2;
                let hangs = up.iter().all(|w| {
                    trees.is(*w, &["obl", "nmod", "appos", "flat", "compound"]) || two && trees.rel(*w) == "obj"
                });
                let on_day = matches!(trees.case(top), "on" | "") && top > head;
                !up.is_empty()
                    && hangs
                    && on_day
                    && head > trigger.word
                    && !trigger.is_noun
                    && over.is_some_and(on)
                    && !is_far()
            };
            let as_early_as =
                || trees.head(head).is_some_and(on) && matches!(trees.lower(head), "early" | "late" | "soon");
            relation && (on(head) || by_place() || by_occasion() || by_thing() || as_early_as())
        };
        let set_for = |top: usize| {
            let verb = scheduler(trees, trigger.word);
            verb.is_some() && trees.head(top) == verb && matches!(trees.case(top), "for" | "on" | "at" | "")
        };
        // "Was put off until May 23": that is its time now.
        let moved = |top: usize| {
            let verb = postponer(trees, trigger.word);
            verb.is_some() && trees.head(top) == verb && matches!(trees.case(top), "until" | "till" | "to")
        };
        let put_off: Vec<usize> =
            self.times.iter().filter(|h| is_dated(h.time) && moved(h.top)).map(|h| h.top).collect();
        if !put_off.is_empty() {
            return put_off;
        }
        // "It will close, the minister said today": the day is of the saying.
        let of_saying = |time: &Time| {
            let start = time.evidence.span.bytes().start;
            reading.record.attributions.iter().filter_map(|a| a.cue.as_ref()).any(|cue| {
                let bytes = cue.span.bytes();
                let word = trees.at(bytes.start);
                let between = bytes.end.max(start) - bytes.end;
                bytes.start < start
                    && between <= 1
                    && word > trigger.word
                    && trees.upos(word) == "VERB"
                    && !matches!(trees.lower(word), "according" | "citing")
            })
        };
        let near = self.times.iter().filter(|h| {
            is_dated(h.time)
                && !is_loose(h.time)
                && (!is_bound(trees, h.top) && hangs(h) || set_for(h.top))
                && !of_saying(h.time)
        });
        near.map(|h| h.top).collect()
    }
}

/// What puts a noun's event off.
fn postponer(trees: &Trees<'_>, noun: usize) -> Option<usize> {
    let verb = trees.head(noun).filter(|_| trees.is(noun, &["nsubj:pass", "obj"]))?;
    let form = trees.lower(verb);
    let off = form.starts_with("put")
        && (trees.lower(verb + 1) == "off" || trees.has(verb, "compound:prt", &["off", "back"]));
    (off || ["postpon", "delay", "adjourn", "deferr"].iter().any(|stem| form.starts_with(stem))).then_some(verb)
}

/// What sets a noun's event for a time: "the handover is set for 9 May", "a meeting planned for Tuesday", "planned a rally for May".
fn scheduler(trees: &Trees<'_>, noun: usize) -> Option<usize> {
    let sets = ["set", "scheduled", "slated", "planned", "due", "fixed", "expected", "booked", "timed"];
    let participle = trees.children(noun).find(|c| trees.rel(*c) == "acl" && sets.contains(&trees.lower(*c)));
    if participle.is_some() {
        return participle;
    }
    let verb = trees.head(noun).filter(|_| trees.is(noun, &["nsubj", "nsubj:pass", "obj"]))?;
    // "Had first been set for Friday" is no longer so.
    let is_past = trees.rel(noun) != "obj"
        && trees.children(verb).any(|c| matches!(trees.lower(c), "had" | "first" | "originally" | "initially"));
    (sets.contains(&trees.lower(verb)) && !is_past).then_some(verb)
}

fn is_dated(time: &Time) -> bool {
    matches!(time.kind, TimeKind::Date | TimeKind::Time) && time.value.bytes().any(|b| b.is_ascii_digit())
}

/// "The day before", "two days later": counted from what was told last, which may be any day.
fn is_loose(time: &Time) -> bool {
    let words = time.evidence.text.to_lowercase();
    ["before", "after", "previous day"].iter().any(|w| words.ends_with(w)) && !words.contains("today")
}

/// Whether a time begins after the day of publication.
fn is_to_come(reading: &Reading<'_>, time: &Time) -> bool {
    let today = reading.record.report.published.as_ref().map(|p| p.local.date());
    let later = time.earliest.as_ref().zip(today).is_some_and(|(earliest, today)| earliest.date() > today);
    later || time.value == "FUTURE_REF"
}

/// Whether a date ended before the day of publication.
fn is_over(reading: &Reading<'_>, time: &Time) -> bool {
    let today = reading.record.report.published.as_ref().map(|p| p.local.date());
    is_dated(time) && time.latest.as_ref().zip(today).is_some_and(|(latest, today)| latest.date() < today)
}

/// "Since Monday", "by Friday", "until May": a bound, not the time itself.
fn is_bound(trees: &Trees<'_>, top: usize) -> bool {
    // "By one on Saturday or five on Friday".
    let first = trees.head(top).filter(|_| trees.rel(top) == "conj" && trees.case(top).is_empty());
    if first.is_some_and(|first| is_bound(trees, first)) {
        return true;
    }
    matches!(
        trees.case(top),
        "since"
            | "by"
            | "until"
            | "till"
            | "before"
            | "after"
            | "from"
            | "for"
            | "to"
            | "ahead"
            | "following"
            | "between"
    )
}

pub(crate) fn is_place(reading: &Reading<'_>, trees: &Trees<'_>, word: usize) -> bool {
    named(reading, trees, word).iter().any(|(_, kind, _)| is_ground(*kind))
}

fn is_ground(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Place | EntityKind::Government | EntityKind::Facility)
}

/// The places that a word names.
pub(crate) fn grounds(reading: &Reading<'_>, trees: &Trees<'_>, word: usize) -> Vec<Id> {
    named(reading, trees, word).into_iter().filter(|(_, kind, _)| is_ground(*kind)).map(|(id, ..)| id).collect()
}

/// "They met in Arn, Keldra, ahead of the signing", where the tree has the verb hang on the place right behind it.
pub(crate) fn upside_down(trees: &Trees<'_>, verb: usize) -> Option<usize> {
    let place = trees.head(verb).filter(|place| *place == verb + 2 && trees.is(verb, &["acl:relcl", "acl"]))?;
    (trees.upos(verb) == "VERB" && matches!(trees.lower(verb + 1), "in" | "at")).then_some(place)
}

/// The words that name an event's places, as rules find them: they hang on its words by a preposition of place.
pub(crate) fn places(reading: &Reading<'_>, trees: &Trees<'_>, hung: &Hung<'_>, trigger: &Trigger) -> Vec<usize> {
    const WHERE: [&str; 12] =
        ["in", "at", "near", "outside", "inside", "off", "along", "across", "throughout", "beside", "on", "around"];
    let mut found = Vec::new();
    // "Arrive in Arn": where they go.
    if ["arriv", "land"].iter().any(|stem| trees.lower(trigger.word).starts_with(stem)) && !trigger.is_noun {
        return found;
    }
    for head in [Some(trigger.word), trigger.carrier].into_iter().flatten() {
        for c in trees.children(head).filter(|c| trees.is(*c, &["obl", "nmod"])) {
            let case = trees.case(c);
            // A phrase before a noun, or before another verb, is not this one's.
            let is_far = c < head && (trees.rel(c) == "nmod" || (c..head).any(|i| trees.upos(i) == "VERB"));
            if is_far {
                continue;
            }
            // "An attack on Vessen" names what is hit, "on the bridge" may be either.
            if !WHERE.contains(&case) || trigger.entry.frame.phrases.iter().any(|(p, _)| *p == case) {
                continue;
            }
            found.extend(is_place(reading, trees, c).then_some(c));
        }
    }
    found.extend(upside_down(trees, trigger.word).filter(|place| is_place(reading, trees, *place)));
    if found.is_empty() {
        found.extend(before_time(reading, trees, hung, trigger));
    }
    if found.is_empty() {
        found.extend(behind_time(reading, trees, hung, trigger));
    }
    found.dedup();
    found
}

/// "Met officials in Vessen last March": a place that stands right before the event's time is the event's too.
fn before_time(reading: &Reading<'_>, trees: &Trees<'_>, hung: &Hung<'_>, trigger: &Trigger) -> Option<usize> {
    let on = |word: usize| word == trigger.word || Some(word) == trigger.carrier;
    hung.times.iter().filter(|h| h.host.is_some_and(on)).find_map(|h| {
        let last = h.first.checked_sub(1)?;
        let place =
            trees.up(last).take(3).find(|w| is_place(reading, trees, *w) && matches!(trees.case(*w), "in" | "at"))?;
        let near = h.first.checked_sub(place).is_some_and(|gap| gap <= 4) && trees.up(place).take(5).any(on);
        near.then_some(place)
    })
}

/// "Met on February 20 in Merrow Falls": a place that hangs on the event's time.
fn behind_time(reading: &Reading<'_>, trees: &Trees<'_>, hung: &Hung<'_>, trigger: &Trigger) -> Option<usize> {
    let on = |word: usize| word == trigger.word || Some(word) == trigger.carrier;
    // An hour "in London" is told by London's clock.
    let is_day = |time: &Time| !time.value.contains('T');
    let days = hung.times.iter().filter(|h| is_day(h.time) && !is_bound(trees, h.top) && h.host.is_some_and(on));
    let tops = days.map(|h| h.top);
    let mut places = tops.flat_map(|top| trees.children(top)).filter(|c| {
        trees.is(*c, &["nmod", "obl"]) && matches!(trees.case(*c), "in" | "at" | "near") && is_place(reading, trees, *c)
    });
    places.next()
}

/// The counts and sums among an event's parts.
pub(crate) fn amounts(reading: &Reading<'_>, trees: &Trees<'_>, trigger: &Trigger, parts: &[Part]) -> Vec<Amount> {
    let mut found: Vec<Amount> = Vec::new();
    for part in parts.iter().filter(|part| !matches!(part.role, "topic" | "place" | "destination" | "origin")) {
        let numeral = trees.children(part.word).find(|c| trees.rel(*c) == "nummod" && *c < part.word);
        let own = (trees.upos(part.word) == "NUM" || trees.upos(part.word) == "SYM").then_some(part.word);
        let Some(numeral) = numeral.or(own) else { continue };
        // "One can", "one who": anybody.
        let anybody = trees.lower(numeral) == "one" && own.is_some() && trees.lower(numeral + 1) != "of";
        // "Two ships were hit, reducing the fleet": the two belong to the clause that they are counted in.
        let is_result = trees.is(trigger.word, &["advcl"]) && trees.xpos(trigger.word) == "VBG";
        if anybody || is_result && !trees.up(part.word).any(|word| word == trigger.word) {
            continue;
        }
        let Some(value) = number(trees, numeral).filter(|_| !is_range(trees, numeral)) else { continue };
        let phrase = trees.phrase(part.word);
        let (bound, first) = bound(trees, numeral);
        let words = first.min(phrase.start)..phrase.end.max(numeral + 1);
        let of = named(reading, trees, part.word).first().map(|(id, ..)| *id);
        found.push(Amount { value, bound, evidence: trees.text.words(trees.span(&words)), of });
    }
    found
}

/// "20 to 30 houses", "two or three", "between 20 and 30": no one number.
fn is_range(trees: &Trees<'_>, numeral: usize) -> bool {
    let is_number = |i: usize| trees.upos(i) == "NUM";
    let joins = |i: usize| match trees.lower(i) {
        "to" | "or" | "-" | "–" => true,
        "and" => i.checked_sub(2).is_some_and(|before| trees.lower(before) == "between"),
        _ => false,
    };
    // "Rose from 20 to 30": two numbers, the one after the other.
    let from = |first: usize| first.checked_sub(1).is_some_and(|before| trees.lower(before) == "from");
    let ends = numeral >= 2 && joins(numeral - 1) && is_number(numeral - 2) && !from(numeral - 2);
    ends || joins(numeral + 1) && is_number(numeral + 2) && !from(numeral)
}

/// How the words before a numeral bound it, and the first of them.
fn bound(trees: &Trees<'_>, numeral: usize) -> (Bound, usize) {
    let back = |n: usize| numeral.checked_sub(n).map_or("", |i| trees.lower(i));
    let from = numeral.saturating_sub(if matches!(back(1), "$" | "£" | "€") { 1 } else { 0 });
    let back = |n: usize| from.checked_sub(n).map_or("", |i| trees.lower(i));
    // "107 or more", "three million or so".
    let magnitude = |i: &usize| matches!(trees.lower(*i), "hundred" | "thousand" | "million" | "billion" | "trillion");
    let behind = (numeral + 1..trees.len()).find(|i| !magnitude(i)).unwrap_or(numeral + 1);
    match (trees.lower(behind), trees.lower(behind + 1)) {
        ("or" | "and", "more") => return (Bound::AtLeast, from),
        ("or", "so") => return (Bound::About, from),
        _ => {}
    }
    if (back(3), back(2), back(1)) == ("as", "many", "as") {
        return (Bound::AtMost, from - 3);
    }
    if (back(3), back(2), back(1)) == ("in", "excess", "of") {
        return (Bound::Over, from - 3);
    }
    match (back(2), back(1)) {
        ("close", "to") => (Bound::About, from - 2),
        ("an", "estimated") => (Bound::About, from - 2),
        ("just", "over") => (Bound::Over, from - 2),
        ("just", "under") => (Bound::Under, from - 2),
        ("at", "least") => (Bound::AtLeast, from - 2),
        ("at", "most") | ("up", "to") => (Bound::AtMost, from - 2),
        ("more", "than") if matches!(back(3), "no" | "not") => (Bound::AtMost, from - 3),
        ("more", "than") => (Bound::Over, from - 2),
        ("upwards", "of") => (Bound::Over, from - 2),
        // "No fewer than", "not more than".
        ("fewer" | "less", "than") if matches!(back(3), "no" | "not") => (Bound::AtLeast, from - 3),
        ("fewer" | "less", "than") => (Bound::Under, from - 2),
        (_, "over") => (Bound::Over, from - 1),
        (_, "under") => (Bound::Under, from - 1),
        (_, "about" | "around" | "nearly" | "almost" | "some" | "approximately" | "roughly") => {
            (Bound::About, from - 1)
        }
        _ => (Bound::Exact, from),
    }
}

const NUMBERS: [(&str, f64); 32] = [
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("hundred", 100.0),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
];

/// The value of a numeral with the words of magnitude behind it.
fn number(trees: &Trees<'_>, numeral: usize) -> Option<f64> {
    let word = |form: &str| {
        let digits: String = form.chars().filter(|c| *c != ',').collect();
        let named = || NUMBERS.iter().find(|(name, _)| *name == form).map(|(_, value)| *value);
        digits.parse::<f64>().ok().filter(|v| v.is_finite() && *v >= 0.0).or_else(named)
    };
    // "3 million" hangs on its last word.
    let first = (0..3).map_while(|n| numeral.checked_sub(n)).take_while(|i| word(trees.lower(*i)).is_some()).last();
    let mut at = first?;
    let mut value = word(trees.lower(at))?;
    for _ in 0..2 {
        at += 1;
        value *= match trees.lower(at) {
            "hundred" => 100.0,
            "thousand" => 1e3,
            "million" => 1e6,
            "billion" => 1e9,
            "trillion" => 1e12,
            _ => break,
        };
    }
    Some(value)
}
