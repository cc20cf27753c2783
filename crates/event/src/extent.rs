//! The words that tell an event: the clause of its trigger, subject through object, without other clauses, what is coordinated with
//! it, or the saying that reports it.

use std::ops::Range;

use reportedly_record::Span;

use crate::evidence::Page;
use crate::part::shared_object;
use crate::scope::{Class, scopes};
use crate::tree::Trees;
use crate::trigger::Trigger;

/// Words between the commas around a short insertion at the most: ", police said,".
const INSERTED: usize = 6;

/// Returns the words that tell the event of a trigger.
pub(crate) fn extent(page: &Page<'_>, trigger: &Trigger) -> Range<usize> {
    let trees = page.scene.trees;
    let word = trigger.word;
    let particle = trees.children(word).find(|c| trees.rel(*c) == "compound:prt" && *c == word + 1);
    let core = word..particle.map_or(word + 1, |p| p + 1);
    let verb = trigger.carrier.or_else(|| decider(page, trigger));
    let mut kept = kept(trees, word);
    kept.extend(verb.map(|verb| self::kept(trees, verb)).unwrap_or_default());
    kept.extend(shared_object(trees, word).map(|object| self::kept(trees, object)).unwrap_or_default());
    kept.sort_unstable();
    let said = sayings(page, word);
    let sentence = trees.sentence(word);
    let low = kept.first().map_or(word, |first| *first.min(&word)).max(sentence.start);
    let high = kept.last().map_or(core.end, |last| (last + 1).max(core.end)).min(sentence.end);
    let before = (low..core.start).rev().find(|i| bars(trees, &kept, &said, *i, low..core.start, word));
    let after = (core.end..high).find(|i| bars(trees, &kept, &said, *i, core.end..high, word));
    // What lies between the bar and the clause's own words is the other clause's.
    let start = before.map_or(low, |bar| kept.iter().copied().find(|k| *k > bar).unwrap_or(word).min(word));
    let end = after.map_or(high, |bar| kept.iter().rfind(|k| **k < bar).map_or(core.end, |k| (k + 1).max(core.end)));
    let top = verb.unwrap_or(word);
    let whole = unquoted(trees, trimmed(trees, top, start..end, &core), &core);
    trimmed(trees, top, whole, &core)
}

/// A verb that tells what became of a noun's event, and names none itself: "the ceremony was called off".
fn decider(page: &Page<'_>, trigger: &Trigger) -> Option<usize> {
    let trees = page.scene.trees;
    let verb = trees.head(trigger.word).filter(|_| trigger.is_noun)?;
    let is_part = trees.is(trigger.word, &["nsubj", "nsubj:pass", "obj"]);
    let tells = trees.upos(verb) == "VERB" && !scopes(Class::Verb, trees.lower(verb)).is_empty();
    (is_part && tells && !page.ground.is_cue(trees.word(verb).span)).then_some(verb)
}

/// The words of a clause or phrase: what hangs on its head, but for clauses of their own.
fn kept(trees: &Trees<'_>, top: usize) -> Vec<usize> {
    let verbal = |c: usize| matches!(trees.upos(c), "VERB" | "AUX") || trees.child(c, &["cop"]).is_some();
    let has_subject = |c: usize| trees.child(c, &["nsubj", "nsubj:pass", "expl"]).is_some();
    let cut = |c: usize| match trees.rel(c) {
        "acl:relcl" | "advcl" | "advcl:relcl" | "parataxis" | "punct" | "cc" | "mark" | "appos" | "discourse"
        | "vocative" => true,
        // What is coordinated with a participant belongs to it.
        "conj" => verbal(c) || trees.head(c) == Some(top),
        "ccomp" => verbal(c) || has_subject(c),
        "xcomp" | "acl" | "csubj" | "csubj:pass" => false,
        _ => trees.upos(c) == "VERB" && has_subject(c),
    };
    let (mut all, mut open) = (Vec::new(), vec![top]);
    while let Some(at) = open.pop() {
        all.push(at);
        if all.len() > 200 {
            break;
        }
        open.extend(trees.children(at).filter(|c| !cut(*c)));
    }
    all
}

/// Whether a word between the trigger and the end of its clause shows that another clause stands there.
fn bars(trees: &Trees<'_>, kept: &[usize], said: &[Span], i: usize, side: Range<usize>, trigger: usize) -> bool {
    let breaks = |a: usize, b: usize| {
        let gap = trees.word(a).span.bytes().end..trees.word(b).span.bytes().start;
        trees.text.as_str().get(gap).is_some_and(|gap| gap.contains('\n'))
    };
    if i < trigger && breaks(i, i + 1) || i > trigger && breaks(i - 1, i) {
        return true;
    }
    match trees.lower(i) {
        "." | ";" | ":" | "?" | "!" | "..." | "…" => return true,
        "—" | "–" | "--" | "-" if trees.upos(i) == "PUNCT" && is_free(trees, i) => {
            return side.filter(|j| matches!(trees.lower(*j), "—" | "–" | "--" | "-") && is_free(trees, *j)).count()
                % 2
                == 1;
        }
        "(" => return !(i..side.end).any(|j| trees.lower(j) == ")"),
        ")" => return !(side.start..i).any(|j| trees.lower(j) == "("),
        _ => {}
    }
    if said.iter().any(|words| words.covers(trees.word(i).span)) {
        return !is_inserted(trees, i, &side);
    }
    if kept.binary_search(&i).is_ok() {
        return false;
    }
    trees.upos(i) == "VERB" && !is_inner(trees, kept, i)
}

/// A dash with blanks around it, or one that no hyphen is.
fn is_free(trees: &Trees<'_>, i: usize) -> bool {
    let end = trees.word(i).span.bytes().end;
    trees.lower(i) != "-" || i + 1 < trees.len() && trees.word(i + 1).span.bytes().start > end
}

/// The cues and sources of the sayings that report what a trigger tells.
fn sayings(page: &Page<'_>, trigger: usize) -> Vec<Span> {
    let event = page.scene.trees.word(trigger).span;
    let tells = page.reading.record.attributions.iter().filter(|a| a.content.iter().any(|c| c.span.covers(event)));
    tells.flat_map(|a| a.cue.iter().chain(&a.source)).map(|words| words.span).collect()
}

/// Whether a word is of a saying that reports what a trigger tells.
pub(crate) fn is_saying(page: &Page<'_>, word: usize, trigger: usize) -> bool {
    let span = page.scene.trees.word(word).span;
    sayings(page, trigger).iter().any(|words| words.covers(span))
}

/// Whether a word stands in a short insertion between commas.
fn is_inserted(trees: &Trees<'_>, i: usize, side: &Range<usize>) -> bool {
    let before = (side.start..i).rev().find(|j| trees.lower(*j) == ",");
    let after = (i..side.end).find(|j| trees.lower(*j) == ",");
    before.zip(after).is_some_and(|(before, after)| after - before <= INSERTED + 1)
}

/// Whether a verb stands in a clause that only tells about a word of the clause: "Roe, who leads the party, left".
fn is_inner(trees: &Trees<'_>, kept: &[usize], verb: usize) -> bool {
    let mut at = verb;
    for above in trees.up(verb).skip(1) {
        if kept.binary_search(&above).is_ok() {
            let shares = trees.rel(at) == "conj" && trees.child(at, &["nsubj", "nsubj:pass"]).is_none() && {
                kept.iter().any(|k| *k > at && trees.rel(*k) == "obj" && trees.head(*k) == Some(above))
            };
            return shares
                || trees.is(at, &["acl:relcl", "acl", "appos", "amod", "case", "conj"]) && !is_clausal_conj(trees, at);
        }
        at = above;
    }
    false
}

fn is_clausal_conj(trees: &Trees<'_>, at: usize) -> bool {
    trees.rel(at) == "conj" && trees.upos(at) == "VERB"
}

/// The words without what only joins them to others, on either side.
fn trimmed(trees: &Trees<'_>, top: usize, whole: Range<usize>, core: &Range<usize>) -> Range<usize> {
    const JOINS: [&str; 15] = [
        "when", "where", "while", "whilst", "as", "if", "because", "although", "though", "since", "whether", "than",
        "but", "and", "or",
    ];
    let joins = |i: usize| {
        let form = trees.lower(i);
        trees.upos(i) == "PUNCT" && !matches!(form, "$" | "£" | "€" | "#")
            || trees.is(i, &["cc", "mark", "cc:preconj", "discourse"]) && (form != "to" || trees.upos(top) == "NOUN")
            || JOINS.contains(&form) && trees.is(i, &["advmod", "mark", "cc", "case"])
            // Of a phrase its preposition, but not that of a phrase at its head.
            || trees.rel(i) == "case" && trees.head(i).is_none_or(|head| head == top || core.contains(&head))
    };
    let (mut start, mut end) = (whole.start, whole.end);
    // "Even though", "just as".
    let leads = |i: usize| {
        trees.is(i, &["advmod"]) && matches!(trees.lower(i), "even" | "just" | "only" | "ahead" | "shortly" | "soon")
    };
    while start < core.start && (joins(start) || leads(start) && start + 1 < core.start && joins(start + 1)) {
        start += 1;
    }
    let hangs_over =
        |i: usize| joins(i) || trees.is(i, &["case", "det", "cc", "mark", "aux", "aux:pass", "cop", "fixed"]);
    while end > core.end && hangs_over(end - 1) {
        end -= 1;
    }
    start..end
}

/// The words without a quotation that only begins or ends in them, on the trigger's side of the mark.
fn unquoted(trees: &Trees<'_>, whole: Range<usize>, core: &Range<usize>) -> Range<usize> {
    let mark = |i: usize| matches!(trees.lower(i), "“" | "”" | "\"");
    let marks: Vec<usize> = whole.clone().filter(|i| mark(*i)).collect();
    let opens = |i: usize| match trees.lower(i) {
        "“" => true,
        "”" => false,
        // A straight mark opens where no blank follows it.
        _ => i + 1 < trees.len() && trees.word(i + 1).span.bytes().start == trees.word(i).span.bytes().end,
    };
    let (mut start, mut end) = (whole.start, whole.end);
    let mut open: Option<usize> = None;
    for i in marks {
        match (opens(i), open) {
            (true, _) => open = Some(i),
            (false, Some(_)) => open = None,
            // It closes what was opened right before.
            (false, None) if start > 0 && mark(start - 1) => {}
            (false, None) if i < core.start => start = i + 1,
            (false, None) if i >= core.end => {
                end = i;
                break;
            }
            (false, None) => {}
        }
    }
    if let Some(i) = open.filter(|i| (core.end..end).contains(i)) {
        let closes = (end..trees.len().min(end + 2)).any(|j| mark(j) && !opens(j));
        end = if closes { end } else { i };
    }
    start..end.max(core.end)
}
