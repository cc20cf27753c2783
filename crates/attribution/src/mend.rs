//! What grammar and quotation marks say where the scores left something out: a missed "according to", the other half of a
//! quotation, a cue behind its content; and contents that begin or end in the wrong place.

use std::ops::Range;

use crate::Layout;
use crate::cues;
use crate::found::Found;
use crate::inner::{according, doer, without_case};
use crate::tree::Trees;

/// Words between two halves of a quotation at the most: "said Ada Roe, who runs the port, and later,".
const BETWEEN: usize = 24;

/// Mends what was found, and finds what grammar alone shows.
pub(crate) fn mend(trees: &Trees<'_>, layout: &Layout<'_>, found: &mut Vec<Found>) {
    found.retain(|f| !asks_no_name(trees, f));
    for one in found.iter_mut() {
        trim(trees, layout, one);
    }
    let words = 0..trees.syntax.words.len();
    for word in words {
        let taken =
            |all: &[Found], cue: &Range<usize>| all.iter().any(|f| f.cue.start < cue.end && cue.start < f.cue.end);
        let sentence = trees.sentence(word);
        // What somebody else is told to say there is that one's.
        let apart = |f: &Found| !found.iter().any(|other| f.holds(other.cue.start));
        let new = according(trees, word, &sentence).filter(|f| is_somebody(trees, f)).map(|f| whole_clause(trees, f));
        let new = new.filter(apart).or_else(|| behind(trees, layout, word));
        let new = new.or_else(|| figure(trees, word)).filter(|f| !taken(found, &f.cue));
        found.extend(new);
    }
    found.sort_by_key(|f| (f.cue.start, f.cue.end));
    halves(trees, layout, found);
}

/// "Asked not to be named", "requested anonymity": why somebody has no name, and nothing that is said.
fn asks_no_name(trees: &Trees<'_>, found: &Found) -> bool {
    let Some(first) = found.content.first() else { return false };
    let words: Vec<String> = first.clone().take(6).map(|i| trees.lower(i)).collect();
    let says = words.join(" ");
    let asks = found.cue.clone().any(|i| {
        let cue = trees.lower(i);
        ["ask", "request", "insist", "want", "wish", "declin", "refus"].iter().any(|stem| cue.starts_with(stem))
    });
    asks && (says.starts_with("anonymity")
        || says.starts_with("on anonymity")
        || says.contains("to be named")
        || says.contains("to be identified")
        || says.contains("to be quoted")
        || says.contains("to remain anonymous"))
}

/// What stands before ", according to them" is theirs up to where its sentence begins.
fn whole_clause(trees: &Trees<'_>, found: Found) -> Found {
    let cue = found.cue.start;
    let before = found.content.iter().any(|c| c.start < cue);
    let comma = cue.checked_sub(1).filter(|i| trees.said(*i) == ",");
    match comma {
        Some(comma) if before => {
            let from = begins(trees, &trees.sentence(cue), comma);
            Found { content: vec![from..comma], ..found }
        }
        _ => found,
    }
}

/// Of somebody who can speak: "according to plan", "according to the rules" name nobody.
fn is_somebody(trees: &Trees<'_>, found: &Found) -> bool {
    const NOBODY: [&str; 18] = [
        "plan",
        "plans",
        "schedule",
        "tradition",
        "rule",
        "rules",
        "law",
        "custom",
        "size",
        "age",
        "need",
        "needs",
        "protocol",
        "instructions",
        "legend",
        "principle",
        "principles",
        "taste",
    ];
    let head = found.source.first().and_then(|source| trees.top(source));
    head.is_some_and(|head| !NOBODY.contains(&trees.lower(head).as_str()))
}

/// Moves the ends of contents that hold what is no part of them.
pub(crate) fn trim(trees: &Trees<'_>, layout: &Layout<'_>, found: &mut Found) {
    let cue = found.cue.clone();
    for content in &mut found.content {
        // "which the Church describes as a retreat": what the clause says of it stands behind the cue.
        if content.contains(&cue.start) && matches!(trees.lower(content.start).as_str(), "which" | "whom" | "that") {
            let from = cue.end + usize::from(cue.end < content.end && trees.lower(cue.end) == "as");
            if from < content.end {
                *content = from..content.end;
            }
        }
        // "told her in January that ...": the time is of the telling.
        let that = (content.start..content.end.min(content.start + 6)).find(|i| trees.lower(*i) == "that");
        if let Some(that) = that.filter(|that| *that > content.start && trees.is(*that, &["mark"])) {
            let told = content.start == cue.end
                || found.source.iter().any(|s| s.end == content.start)
                || (cue.end..content.start).len() < 4;
            if told && trees.word(content.start).upos == "ADP" && trees.head(trees.head(that)) < content.start {
                *content = that..content.end;
            }
        }
        // Speech inside speech ends with its own marks: ‘Then you have no ward,’ and I could not argue.
        let opens = |i: usize| matches!(trees.said(i), "‘" | "“");
        let first = content.start;
        let opening = if opens(first) { Some(first) } else { first.checked_sub(1).filter(|i| opens(*i)) };
        let closing = match opening.map(|i| trees.said(i)) {
            Some("‘") => "’",
            _ => "",
        };
        if !closing.is_empty()
            && layout.quoted.get(cue.start).copied().unwrap_or(false)
            && let Some(end) = content.clone().skip(1).find(|i| trees.said(*i) == closing)
            && end + 1 < content.end
        {
            *content = first..end;
        }
    }
}

/// A clause of saying behind what is said: "the gates are open, Roe told the Courier on Monday."
fn behind(trees: &Trees<'_>, layout: &Layout<'_>, verb: usize) -> Option<Found> {
    const SAYS: [&str; 14] = [
        "said",
        "says",
        "told",
        "added",
        "wrote",
        "reported",
        "warned",
        "announced",
        "argued",
        "confirmed",
        "claimed",
        "explained",
        "recalled",
        "insisted",
    ];
    let sentence = trees.sentence(verb);
    if !SAYS.contains(&trees.lower(verb).as_str())
        || !matches!(trees.word(verb).xpos.as_str(), "VBD" | "VBZ")
        || trees.is(verb, &["acl:relcl", "acl", "xcomp"])
        || layout.quoted[verb]
    {
        return None;
    }
    let source = doer(trees, verb).filter(|s| s.end <= verb && verb - s.end < 3 && s.start > sentence.start + 2)?;
    let comma = source.start - 1;
    // Behind the verb nothing but to whom and when it is said.
    let object = trees.child(verb, &["obj", "iobj"]).is_none_or(|_| trees.lower(verb) == "told");
    let closed = (verb + 1..sentence.end).take_while(|i| !matches!(trees.said(*i), "," | "." | ";" | "“" | "\""));
    let short =
        closed.clone().count() <= 8 && !closed.clone().any(|i| matches!(trees.word(i).upos.as_str(), "VERB" | "AUX"));
    let end = verb + 1 + closed.count();
    let stops = end >= sentence.end || matches!(trees.said(end), "." | ",");
    let is = trees.said(comma) == "," || matches!(trees.said(comma), "”" | "\"" | "’");
    if !(object && short && stops && is) {
        return None;
    }
    // "Rain is likely, according to the office, and the lake is low, Roe said": only the second clause is Roe's.
    let other = (sentence.start..comma).rev().find(|i| trees.lower(*i) == "according");
    let and = |i: &usize| matches!(trees.lower(*i).as_str(), "and" | "but") && trees.said(i - 1) == ",";
    let from =
        other.map_or_else(|| begins(trees, &sentence, comma), |at| (at + 1..comma).find(and).map_or(comma, |i| i + 1));
    let has_verb = (from..comma).any(|i| matches!(trees.word(i).upos.as_str(), "VERB" | "AUX"));
    // "When the money ended, Roe said, ..." tells what is said behind.
    let aside = trees.children(verb).iter().any(|c| *c >= from && *c < comma && trees.is(*c, &["advcl", "obl"]));
    if !has_verb || aside || comma < from + 3 {
        return None;
    }
    let mut content = vec![from..comma];
    // "..., Roe told the Courier a day later, “agreeing on nothing”."
    let opens = |i: usize| i < sentence.end && matches!(trees.said(i), "“" | "\"" | "‘");
    if opens(end + 1) {
        let close = (end + 2..sentence.end).find(|i| matches!(trees.said(*i), "”" | "\"" | "’"));
        content.extend(close.map(|close| end + 2..close));
    }
    Some(Found { source: vec![source], cue: verb..verb + 1, content, within: None })
}

/// Where the sentence that ends before a word begins: two may have been read as one.
fn begins(trees: &Trees<'_>, sentence: &Range<usize>, before: usize) -> usize {
    let stop =
        (sentence.start..before.saturating_sub(1)).rev().find(|i| matches!(trees.said(*i), "." | "?" | "!" | ";"));
    let new = |i: &usize| trees.said(*i) == ";" || trees.said(i + 1).starts_with(char::is_uppercase);
    stop.filter(new).map_or(sentence.start, |i| i + 1)
}

/// "Two aides put the sum at 300": a figure that somebody gives.
fn figure(trees: &Trees<'_>, verb: usize) -> Option<Found> {
    if !matches!(trees.lower(verb).as_str(), "put" | "puts" | "estimated" | "estimates")
        || trees.word(verb).upos != "VERB"
    {
        return None;
    }
    let object = trees.child(verb, &["obj"])?;
    let sentence = trees.sentence(verb);
    let at = (object..sentence.end.min(object + 6)).find(|i| trees.lower(*i) == "at")?;
    let number = (at..sentence.end.min(at + 5)).find(|i| trees.word(*i).upos == "NUM")?;
    // Where the tree lost its subject: the last people before it.
    let said_of = || {
        let person = |i: &usize| trees.word(*i).upos == "NOUN" && crate::sources::is_speaker(&trees.lower(*i));
        let noun = (sentence.start.max(verb.saturating_sub(8))..verb).rev().find(person)?;
        Some(trees.reach_without(noun, |c| c > noun))
    };
    let source = doer(trees, verb).or_else(said_of)?;
    if source.end > verb {
        return None;
    }
    let end =
        (number..sentence.end).take_while(|i| matches!(trees.word(*i).upos.as_str(), "NUM" | "NOUN" | "SYM")).last()?
            + 1;
    let start = trees.reach(object).start.max(verb + 1);
    Some(Found { source: vec![source], cue: verb..verb + 1, content: vec![start..end], within: None })
}

/// Runs of words between marks, without the marks, each within a line.
fn runs(trees: &Trees<'_>, layout: &Layout<'_>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for i in (0..layout.quoted.len()).filter(|i| layout.quoted[*i]) {
        match runs.last_mut() {
            Some(run) if run.end == i && layout.lines[i] == layout.lines[run.start] => run.end = i + 1,
            _ => runs.push(i..i + 1),
        }
    }
    let is_word = |i: usize| trees.said(i).contains(char::is_alphanumeric);
    runs.retain(|run| run.clone().any(is_word));
    runs
}

/// Gives a quotation that nobody says to who says the words beside it: “One half,” she wrote to him, “and the other.”
fn halves(trees: &Trees<'_>, layout: &Layout<'_>, found: &mut [Found]) {
    let runs = runs(trees, layout);
    let line = |i: usize| layout.lines[i];
    for (n, run) in runs.iter().enumerate().filter(|(_, run)| is_set_off(trees, run)) {
        let held = |f: &Found| run.clone().filter(|i| f.holds(*i)).count() * 2 > run.len();
        // Before the cue: "...," he said
        let ends = (run.start..run.end).rev().map(|i| trees.said(i)).find(|w| !matches!(*w, "”" | "\"" | "’" | "»"));
        let comma = ends.is_some_and(|w| matches!(w, "," | "?" | "!"))
            || trees.syntax.words.get(run.end).is_some_and(|_| trees.said(run.end) == ",");
        let mut own: Option<usize> = None;
        for (i, f) in found.iter().enumerate() {
            let starts = f.source.first().map_or(f.cue.start, |s| s.start.min(f.cue.start));
            let near = starts >= run.end && starts - run.end <= 2 && line(starts) == line(run.start);
            let quoted = layout.quoted[f.cue.start];
            if near && comma && !quoted && !held(f) && speaks(trees, f) {
                own = Some(i);
            }
        }
        if let Some(i) = own {
            let others = found.iter().enumerate().any(|(j, f)| j != i && held(f) && f.cue.start < found[i].cue.start);
            let empty = found[i].content.iter().all(|c| is_addressee(trees, c));
            let goes_on =
                found[i].content.iter().any(|c| c.start > found[i].cue.start && c.clone().any(|w| layout.quoted[w]));
            if !others && (empty || goes_on) {
                if empty {
                    found[i].content.clear();
                }
                found[i].content.insert(0, run.clone());
            }
            continue;
        }
        // Behind it: he said, "...", and, later, "..."
        if found.iter().any(held) || n == 0 {
            continue;
        }
        let before = &runs[n - 1];
        let sentence = trees.sentence(run.start);
        let same = |f: &Found| {
            before.clone().filter(|i| f.holds(*i)).count() * 2 > before.len()
                && f.cue.start >= before.end
                && f.cue.end <= run.start
                && run.start - f.cue.end <= BETWEEN
        };
        let between = before.end..run.start;
        let only = (sentence.contains(&before.start) || sentence.contains(&(run.start.saturating_sub(2))))
            && line(before.start) == line(run.start);
        let at = found.iter().position(|f| same(f) && speaks(trees, f));
        if let Some(at) = at.filter(|_| only) {
            let rest = found[at].cue.end..between.end;
            let other_verb = rest.clone().any(|i| {
                matches!(trees.word(i).upos.as_str(), "VERB")
                    && trees.word(i).xpos == "VBD"
                    && !trees.is(i, &["acl:relcl", "acl", "advcl"])
            });
            // "... “One half,” she said. What Roe calls “the other”": somebody else comes between.
            let somebody = rest.clone().any(|i| {
                trees.is(i, &["nsubj", "nsubj:pass"]) && !found[at].source.iter().any(|source| source.contains(&i))
            });
            if !other_verb && !somebody {
                found[at].content.push(run.clone());
            }
        }
    }
}

/// Whether a quotation stands behind a stop, a comma or "and", and is no title: on “Face the Nation,” he said.
fn is_set_off(trees: &Trees<'_>, run: &Range<usize>) -> bool {
    let mark = |i: &usize| !matches!(trees.said(*i), "“" | "\"" | "‘" | "«");
    let before = (run.start.saturating_sub(3)..run.start).rev().find(mark);
    let set_off = before.is_none_or(|i| {
        matches!(trees.said(i), "," | ":" | "." | "?" | "!" | ";" | "—" | "–" | "”" | "’") || trees.lower(i) == "and"
    });
    let words = || run.clone().filter(|i| trees.said(*i).starts_with(char::is_alphabetic));
    let capitals = words().filter(|i| trees.said(*i).starts_with(char::is_uppercase)).count();
    set_off && !(words().count() > 1 && capitals * 3 >= words().count() * 2)
}

/// A cue that quotations stand beside: a verb that takes a clause.
fn speaks(trees: &Trees<'_>, found: &Found) -> bool {
    found.cue.clone().any(|i| cues::verb(&trees.lower(i)).is_some_and(|verb| verb.clause))
}

/// "wrote [to her]": whom it is said to was taken for what is said.
fn is_addressee(trees: &Trees<'_>, content: &Range<usize>) -> bool {
    trees.lower(content.start) == "to"
        && content.len() <= 5
        && !content.clone().any(|i| matches!(trees.word(i).upos.as_str(), "VERB" | "AUX"))
}

/// One who is quoted or cited by another: "the Herald reported, citing the agency, which cited an aide". What each tells is
/// what the one outside tells. Gives the cue of the outer attribution with each.
pub(crate) fn cited(trees: &Trees<'_>, found: &mut Vec<Found>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut within = Vec::new();
    for word in 0..trees.syntax.words.len() {
        let cite = trees.lower(word);
        if !matches!(cite.as_str(), "citing" | "cited" | "cites" | "quoting" | "quoted" | "quotes")
            || trees.word(word).upos != "VERB"
        {
            continue;
        }
        let sentence = trees.sentence(word);
        let Some(source) = cited_one(trees, word, &sentence) else { continue };
        let saying = (source.end..sentence.end.min(source.end + 4)).find(|i| {
            trees.lower(*i) == "as"
                && *i + 1 < sentence.end
                && cues::verb(&trees.lower(i + 1)).is_some_and(|v| v.clause)
        });
        let outer = outer(trees, found, word, &sentence);
        let own =
            found.iter().position(|f| f.cue.contains(&word) || saying.is_some_and(|as_| f.cue.contains(&(as_ + 1))));
        if let Some(saying) = saying {
            let own_content = own.map(|i| found[i].content.clone()).filter(|c| c.iter().all(|r| r.start > saying));
            let to = trees.syntax.words.len().min(sentence.end + 120);
            let content = own_content.or_else(|| told_behind(trees, saying + 1, &sentence, to).map(|c| vec![c]));
            let Some(content) = content else { continue };
            if let Some(i) = own {
                found.remove(i);
            }
            let cue = word..word + 1;
            within.extend(outer.map(|outer| (cue.clone(), outer)));
            found.push(Found { source: vec![source], cue, content, within: None });
            continue;
        }
        let Some(outer) = outer else { continue };
        let Some(content) = found.iter().find(|f| f.cue == outer).map(|f| f.content.clone()) else { continue };
        // The engine takes the one who is cited for what is said.
        let wrong = own.is_none_or(|i| found[i].content.iter().any(|c| c.start < source.end && source.start < c.end));
        if !wrong || content.iter().any(|c| c.contains(&word)) {
            continue;
        }
        if let Some(i) = own {
            found.remove(i);
        }
        let cue = word..word + 1;
        within.push((cue.clone(), outer));
        found.push(Found { source: vec![source], cue, content, within: None });
    }
    within
}

/// The one who is cited: the words behind the verb, with a name set off by a comma; no figure, reason or concern.
fn cited_one(trees: &Trees<'_>, verb: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let ends = |i: &usize| {
        matches!(trees.said(*i), "," | "." | ";" | ":" | "—" | "–" | "(" | "“" | "\"")
            || matches!(trees.lower(*i).as_str(), "who" | "which" | "that" | "as" | "and")
            || matches!(trees.word(*i).upos.as_str(), "VERB" | "AUX")
    };
    let end = (verb + 1..sentence.end).find(ends).unwrap_or(sentence.end);
    // Its first phrase is people, a body or a paper: "the figure at the forum", "comments Roe had made" are none.
    let group = verb + 1..(verb + 1..end).find(|i| trees.word(*i).upos == "ADP").unwrap_or(end);
    let people = |i: usize| {
        trees.word(i).upos != "NOUN" || crate::sources::is_speaker(&trees.lower(i)) || trees.is(i, &["compound"])
    };
    if !group.clone().all(people) {
        return None;
    }
    let name = |i: usize| i < sentence.end && trees.word(i).upos == "PROPN";
    let head = (verb + 1..end).rev().find(|i| matches!(trees.word(*i).upos.as_str(), "NOUN" | "PROPN" | "PRON"))?;
    let of = (verb + 1..end)
        .find(|i| matches!(trees.lower(*i).as_str(), "of" | "with" | "from" | "in" | "at" | "close" | "familiar"));
    let head = of
        .and_then(|of| (verb + 1..of).rev().find(|i| matches!(trees.word(*i).upos.as_str(), "NOUN" | "PROPN")))
        .unwrap_or(head);
    if !(trees.word(head).upos == "PROPN" || crate::sources::is_speaker(&trees.lower(head))) {
        return None;
    }
    let behind = (end + 1..sentence.end).take_while(|i| name(*i)).count();
    let closed = end + 1 + behind >= sentence.end || ends(&(end + 1 + behind));
    let apposed = end < sentence.end && trees.said(end) == "," && behind > 0 && closed;
    Some(verb + 1..if apposed { end + 1 + behind } else { end })
}

/// The cue of the attribution that a citing belongs to: of its verb, of the one it is said of, or the last one before it.
fn outer(trees: &Trees<'_>, found: &[Found], word: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    // "citing the agency, which in turn cited an aide": the one named right before it.
    let small = |i: usize| {
        matches!(trees.said(i), ",")
            || matches!(trees.lower(i).as_str(), "who" | "which" | "in" | "turn" | "had" | "has" | "also")
    };
    let right_before =
        |f: &&Found| f.source.iter().any(|s| s.end <= word && word - s.end <= 5 && (s.end..word).all(small));
    let beside = || {
        let earlier = |f: &&Found| sentence.contains(&f.cue.start) && f.cue.end <= word && !f.holds(word);
        found.iter().filter(earlier).max_by_key(|f| f.cue.start)
    };
    found.iter().filter(right_before).max_by_key(|f| f.cue.start).or_else(beside).map(|f| f.cue.clone())
}

/// What is said behind "as saying": the clause, or all of the quotation that begins there.
fn told_behind(trees: &Trees<'_>, saying: usize, sentence: &Range<usize>, to: usize) -> Option<Range<usize>> {
    let opening = (saying + 1..sentence.end).find(|i| matches!(trees.said(*i), "“" | "\"" | "«"));
    let colon = (saying + 1..sentence.end).find(|i| trees.said(*i) == ":");
    if let (Some(opening), Some(colon)) = (opening, colon)
        && colon + 1 == opening
    {
        let close = (opening + 1..to).find(|i| matches!(trees.said(*i), "”" | "\"" | "»"))?;
        return Some(opening + 1..close);
    }
    let clause = trees.child(saying, &["ccomp", "xcomp"]).filter(|c| *c > saying)?;
    let reach = without_case(trees, clause);
    let content = reach.start.max(saying + 1)..reach.end.min(sentence.end);
    (!content.is_empty()).then_some(content)
}
