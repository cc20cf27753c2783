//! Which events a clause says that its own lies before or after: "ahead of the signing", "days after the raid", "was followed by".

use reportedly_record::{Side, Span};

use crate::clause::{Form, clause};
use crate::tree::Trees;
use crate::trigger::Trigger;

/// Another event's word, the side of it that is meant, and where the text says so.
pub(crate) type Beside = (Side, usize, Span);

/// The words that a trigger is said to be before, during or after.
pub(crate) fn orders(trees: &Trees<'_>, trigger: &Trigger, is_event: &impl Fn(usize) -> bool) -> Vec<Beside> {
    let mut found: Vec<Beside> = Vec::new();
    let comes = comes(trees, trigger);
    let heads: Vec<usize> = [Some(trigger.word), trigger.carrier, comes].into_iter().flatten().collect();
    for head in &heads {
        // "Five days after the raid": the clause hangs on the days.
        let spans = trees.children(*head).filter(|c| is_length(trees.lower(*c)) && trees.upos(*c) == "NOUN");
        let all: Vec<usize> = spans.flat_map(|days| trees.children(days)).chain(trees.children(*head)).collect();
        for c in all.into_iter().filter(|c| trees.is(*c, &["advcl", "obl", "nmod", "acl", "advcl:relcl"])) {
            let Some((side, from)) = side(trees, c) else { continue };
            let event =
                [Some(c), of(trees, c)].into_iter().flatten().find(|word| is_event(*word) && !heads.contains(word));
            if let Some(event) = event.filter(|event| !is_imagined(trees, *event)) {
                found.push((side, event, trees.span(&(from.min(event)..from.max(event) + 1))));
            }
        }
    }
    found.extend(followed(trees, trigger, is_event));
    found
}

/// "The report comes after the raid", "the talks, which came days before the vote": a verb that only says when its subject is.
fn comes(trees: &Trees<'_>, trigger: &Trigger) -> Option<usize> {
    let comes = |verb: &usize| {
        matches!(
            trees.lower(*verb),
            "come" | "comes" | "came" | "coming" | "happened" | "happens" | "occurred" | "occurs" | "follows"
        )
    };
    let over = trees.head(trigger.word).filter(|_| trigger.is_noun && trees.rel(trigger.word) == "nsubj").filter(comes);
    let relative = || trees.children(trigger.word).find(|c| trees.is(*c, &["acl:relcl", "acl"]) && comes(c));
    over.or_else(|| relative().filter(|_| trigger.is_noun))
}

/// "The raid followed a warning", "the talks were followed by a vote", "the vote that preceded the walkout".
fn followed(trees: &Trees<'_>, trigger: &Trigger, is_event: &impl Fn(usize) -> bool) -> Option<Beside> {
    let noun = trigger.word;
    let verb = trees.head(noun).filter(|_| trees.is(noun, &["nsubj", "nsubj:pass"]))?;
    let own = clause(trees, verb);
    let (active, passive) = match trees.lower(verb) {
        "follow" | "follows" | "followed" => (Side::After, Side::Before),
        "precede" | "precedes" | "preceded" => (Side::Before, Side::After),
        _ => return None,
    };
    if own.is_negated || !own.form.is_finite() {
        return None;
    }
    let agent = || trees.children(verb).find(|c| trees.is(*c, &["obl:agent", "obl"]) && trees.case(*c) == "by");
    let other = if own.is_passive { agent() } else { trees.child(verb, &["obj"]) }.filter(|other| is_event(*other))?;
    let side = if own.is_passive { passive } else { active };
    Some((side, other, trees.span(&(noun.min(other)..noun.max(other) + 1))))
}

/// The side of a clause or noun that the words before it name, and the first of them.
fn side(trees: &Trees<'_>, c: usize) -> Option<(Side, usize)> {
    let own =
        trees.children(c).find(|m| trees.is(*m, &["mark", "case", "advmod"]) && *m < c && !is_length(trees.lower(*m)));
    let mark = own.filter(|m| !matches!(trees.lower(*m), "of" | "to")).or_else(|| two_words(trees, c))?;
    let side = match (trees.lower(mark), trees.lower(c)) {
        // "In the wake of the raid", "on the eve of the vote".
        ("in", "wake" | "aftermath") => Side::After,
        ("on", "eve") | ("in", "run-up" | "runup" | "advance") => Side::Before,
        (_, "wake" | "aftermath" | "eve" | "run-up" | "advance") => return None,
        ("before" | "ahead" | "prior", _) => Side::Before,
        ("after" | "following" | "since", _) => Side::After,
        ("during", _) => Side::During,
        _ => return None,
    };
    // "Since" may give a reason; of a noun it tells a time.
    let reason = trees.lower(mark) == "since" && trees.upos(c) != "NOUN";
    (!reason).then_some((side, mark))
}

/// "Ahead of the signing", where the tree hangs the two words on the verb.
fn two_words(trees: &Trees<'_>, c: usize) -> Option<usize> {
    let first = trees.reach(c, |_| false).start;
    let two = if matches!(trees.lower(first), "of" | "to") { first } else { first.checked_sub(1)? };
    let one = two.checked_sub(1)?;
    let is = matches!((trees.lower(one), trees.lower(two)), ("ahead", "of") | ("prior", "to"));
    is.then_some(one)
}

/// What a noun is of: "the start of the war", "the eve of the vote".
fn of(trees: &Trees<'_>, noun: usize) -> Option<usize> {
    const PARTS: [&str; 16] = [
        "start",
        "beginning",
        "end",
        "outbreak",
        "onset",
        "close",
        "day",
        "eve",
        "wake",
        "aftermath",
        "run-up",
        "advance",
        "days",
        "weeks",
        "months",
        "conclusion",
    ];
    let is_part = PARTS.contains(&trees.lower(noun));
    trees.children(noun).find(|c| is_part && *c > noun && trees.rel(*c) == "nmod" && trees.case(*c) == "of")
}

/// "Before police could stop him": what did not come to pass lies on no side of anything.
fn is_imagined(trees: &Trees<'_>, event: usize) -> bool {
    let own = clause(trees, event);
    trees.upos(event) == "VERB"
        && (own.is_negated || matches!(own.form, Form::May | Form::Can | Form::Would | Form::Counterfactual))
}

fn is_length(word: &str) -> bool {
    matches!(
        word.trim_end_matches('s'),
        "second" | "minute" | "hour" | "day" | "week" | "month" | "year" | "decade" | "moment" | "night"
    )
}
