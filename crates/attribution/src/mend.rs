//! What grammar says where the scores left something out: a missed "according to", a cue behind its content, a figure that
//! somebody gives; and contents that begin or end in the wrong place.

use std::ops::Range;

use crate::Layout;
use crate::found::Found;
use crate::halves::halves;
use crate::inner::{according, doer, whole};
use crate::tree::Trees;

/// Mends what was found, and finds what grammar alone shows.
pub(crate) fn mend(trees: &Trees<'_>, layout: &Layout<'_>, found: &mut Vec<Found>) {
    found.retain(|f| !asks_no_name(trees, f));
    found.retain_mut(|f| !drop_description(trees, f));
    for one in found.iter_mut() {
        trim(trees, layout, one);
    }
    next_ones(trees, found);
    let words = 0..trees.syntax.words.len();
    for word in words {
        let taken =
            |all: &[Found], cue: &Range<usize>| all.iter().any(|f| f.cue.start < cue.end && cue.start < f.cue.end);
        let sentence = trees.sentence(word);
        // What somebody else is told to say there is that one's.
        let apart = |f: &Found| !found.iter().any(|other| f.holds(other.cue.start));
        let new = according(trees, word, &sentence).filter(|f| is_somebody(trees, f)).map(|f| whole_clause(trees, f));
        let new = new.filter(|f| !f.content.is_empty());
        let new = new.filter(apart).or_else(|| behind(trees, layout, word)).or_else(|| inverted(trees, layout, word));
        let new = new.or_else(|| denies(trees, word));
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

/// "According to the three, who asked for anonymity": cuts off what tells of the source. Returns whether nothing else is left.
fn drop_description(trees: &Trees<'_>, found: &mut Found) -> bool {
    if !found.cue.clone().any(|i| trees.lower(i) == "according") {
        return false;
    }
    let all = found.content.len();
    let sources = &found.source;
    let describes = |c: &Range<usize>| {
        let first = c.clone().find(|i| trees.said(*i) != ",").unwrap_or(c.start);
        let beside = sources.iter().any(|s| s.start < first && first <= s.end + 1);
        let set_off = first > 0 && trees.said(first - 1) == "," && trees.said(c.end - 1) != "?";
        beside && set_off && matches!(trees.lower(first).as_str(), "who" | "whose" | "which")
    };
    found.content.retain(|c| !describes(c));
    all > 0 && found.content.is_empty()
}

/// "The crews had been certified to be fit": they certify nothing. Nor does who is told it, though "was convinced" is an attitude.
pub(crate) fn is_acted_on(trees: &Trees<'_>, found: &Found) -> bool {
    const STEMS: [&str; 12] = [
        "certif", "confirm", "accus", "blam", "describ", "identif", "inform", "notif", "prais", "criticis", "criticiz",
        "told",
    ];
    let Some(top) = trees.top(&found.cue) else { return false };
    let passive = trees.child(top, &["aux:pass"]).is_some() && trees.word(top).xpos == "VBN";
    let subject = trees.child(top, &["nsubj:pass", "nsubj"]).filter(|subject| *subject < top);
    passive
        && STEMS.iter().any(|stem| trees.lower(top).starts_with(stem))
        && found.source.len() == 1
        && subject.is_some_and(|subject| found.source[0].contains(&subject))
}

/// What stands before ", according to them" is theirs up to where its sentence begins.
fn whole_clause(trees: &Trees<'_>, mut found: Found) -> Found {
    let cue = found.cue.start;
    let before = drop_description(trees, &mut found) || found.content.iter().any(|c| c.start < cue);
    let comma = cue.checked_sub(1).filter(|i| trees.said(*i) == ",");
    match comma {
        Some(comma) if before => {
            let sentence = trees.sentence(cue);
            let from = begins(trees, &sentence, comma.max(sentence.start));
            // "..., According to the three, who": nothing stands before it.
            let content = if from < comma { vec![from..comma] } else { found.content };
            Found { content, ..found }
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

/// What is told in no marks ends with its sentence: the next one is the narrator's, or has a cue of its own.
fn ends_with_sentence(trees: &Trees<'_>, layout: &Layout<'_>, found: &mut Found) {
    let end = trees.sentence(found.cue.start).end;
    let marks = |i: usize| {
        layout.quoted.get(i).copied().unwrap_or(false) || matches!(trees.said(i), "“" | "\"" | "‘" | "'" | "''" | "``")
    };
    let stops = end < layout.quoted.len() && matches!(trees.said(end - 1), "." | "!" | "?") && !marks(end);
    if !stops || found.cue.end > end {
        return;
    }
    let kept: Vec<Range<usize>> = found
        .content
        .iter()
        .filter(|c| c.start < end || marks(c.start))
        .map(|c| if c.start < end && c.end > end { c.start..end - 1 } else { c.clone() })
        .filter(|c| !c.is_empty())
        .collect();
    if !kept.is_empty() {
        found.content = kept;
    } else if let Some(before) = before_inversion(trees, found) {
        found.content = vec![before];
    }
}

/// "The gates are copied, said Roe. But they may open": what an inverted clause of saying tells stands before its comma.
fn before_inversion(trees: &Trees<'_>, found: &Found) -> Option<Range<usize>> {
    let comma = found.cue.start.checked_sub(1).filter(|comma| trees.said(*comma) == ",")?;
    let is_inverted = found.source.iter().all(|s| s.start == found.cue.end) && !found.source.is_empty();
    let from = begins(trees, &trees.sentence(found.cue.start), comma);
    let has_verb = (from..comma).any(|i| matches!(trees.word(i).upos.as_str(), "VERB" | "AUX"));
    (is_inverted && has_verb && comma > from + 2).then_some(from..comma)
}

/// Moves the ends of contents that hold what is no part of them.
pub(crate) fn trim(trees: &Trees<'_>, layout: &Layout<'_>, found: &mut Found) {
    ends_with_sentence(trees, layout, found);
    with_main_clause(trees, layout, found);
    without_circumstance(trees, found);
    let cue = found.cue.clone();
    // "It is late, critics say, pointing to the tide": what they do besides saying it.
    let before = found.content.iter().any(|c| c.end <= cue.start);
    let marks = |i: usize| layout.quoted.get(i).copied().unwrap_or(false);
    found.content.retain(|c| {
        let beside = before && c.start > cue.end && c.start <= cue.end + 3 && trees.word(c.start).xpos == "VBG";
        !(beside && trees.said(c.start - 1) == "," && !c.clone().any(marks))
    });
    // The same where the relative pronoun was heard by itself.
    if let [which, of] = &found.content[..]
        && which.len() == 1
        && matches!(trees.lower(which.start).as_str(), "which" | "whom" | "that")
        && of.start == cue.end
        && of.len() > 1
        && trees.lower(of.start) == "as"
    {
        found.content = vec![of.start + 1..of.end];
    }
    for content in &mut found.content {
        // "which the Church describes as a retreat": what the clause says of it stands behind the cue.
        let opening = content.clone().find(|i| trees.said(*i) != ",").unwrap_or(content.start);
        if content.contains(&cue.start) && matches!(trees.lower(opening).as_str(), "which" | "whom" | "that") {
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
        // "‘She left. I like her.’": it goes on to its own mark, not to the first full stop.
        let cut = closing == "’" && content.end + 1 < trees.syntax.words.len() && {
            matches!(trees.said(content.end), "." | "!" | "?") && trees.said(content.end + 1) != "’"
        };
        if cut && layout.quoted.get(cue.start).copied().unwrap_or(false) {
            let until = trees.syntax.words.len().min(content.end + 60);
            let mark = (content.end..until).find(|i| matches!(trees.said(*i), "’" | "‘" | "”"));
            if let Some(mark) = mark.filter(|mark| trees.said(*mark) == "’") {
                *content = first..mark;
            }
        }
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
    // Of two subjects, as the tree has it, the first is a dateline.
    let nearest = || {
        let mut before = trees.children(verb).iter().rev().copied().filter(|c| *c < verb);
        before.find(|c| trees.is(*c, &["nsubj"])).map(|subject| whole(trees, subject))
    };
    let near = |s: &Range<usize>| s.end <= verb && verb - s.end < 3 && s.start > sentence.start + 2;
    let source = doer(trees, verb).map(|s| with_name(trees, s, verb)).filter(near);
    let source = source.or_else(|| nearest().map(|s| with_name(trees, s, verb)).filter(near))?;
    let comma = source.start - 1;
    // Behind the verb nothing but to whom and when it is said.
    let day = |object: usize| trees.lower(object).ends_with("day");
    let objects = || trees.children(verb).iter().copied().filter(|c| *c > verb && trees.is(*c, &["obj", "iobj"]));
    let object = objects().next().is_none_or(|object| trees.lower(verb) == "told" || day(object));
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
    let aside = aside && end < sentence.end && trees.said(end) == ",";
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

/// "The board had wanted a cut, said a person familiar with the vote": a clause of saying turned round.
fn inverted(trees: &Trees<'_>, layout: &Layout<'_>, verb: usize) -> Option<Found> {
    let says = matches!(trees.lower(verb).as_str(), "said" | "says") && !layout.quoted[verb];
    let comma = verb.checked_sub(1).filter(|comma| says && trees.said(*comma) == "," && !layout.quoted[*comma])?;
    let sentence = trees.sentence(verb);
    let first = verb + 1;
    if first >= sentence.end || !matches!(trees.word(first).upos.as_str(), "DET" | "PROPN" | "NUM" | "NOUN" | "ADJ") {
        return None;
    }
    let ends = |i: &usize| {
        matches!(trees.said(*i), "," | "." | ";" | ":" | "“" | "\"" | "—" | "–")
            || matches!(trees.lower(*i).as_str(), "who" | "which" | "on" | "after" | "when")
    };
    let end = (first..sentence.end).find(ends).unwrap_or(sentence.end);
    let somebody = (first..end).any(|i| {
        trees.word(i).upos == "PROPN" || trees.word(i).upos == "NOUN" && crate::sources::is_speaker(&trees.lower(i))
    });
    let from = begins(trees, &sentence, comma);
    let is_verb = |i: usize| matches!(trees.word(i).upos.as_str(), "VERB" | "AUX");
    let has_verb = (from..comma).any(is_verb);
    let quoted = (from..comma).any(|i| layout.quoted[i]);
    let fits = somebody && has_verb && !quoted && comma > from + 2 && !(first..end).any(is_verb);
    fits.then(|| Found { source: vec![first..end], cue: verb..verb + 1, content: vec![from..comma], within: None })
}

/// "Roe met Lind, two aides said. “We spoke,” Roe told reporters": a quotation behind the sentence that has a cue of its own is not also
/// what was said before it.
fn next_ones(trees: &Trees<'_>, found: &mut [Found]) {
    for i in 0..found.len() {
        let Range { start, end } = trees.sentence(found[i].cue.start);
        // "“It may fail,” Roe said. Lind, the director, said that it would not": the quotation before the sentence is Roe's alone.
        let cue = found[i].cue.clone();
        let clause = |c: &Range<usize>| c.start >= cue.end && trees.lower(c.start) == "that" && c.end <= end;
        let twice = match &found[i].content[..] {
            [before, told] if before.end <= start && clause(told) => {
                found.iter().enumerate().any(|(j, f)| j != i && f.holds(before.start) && f.cue.start < start)
            }
            _ => false,
        };
        if twice {
            found[i].content.remove(0);
        }
        let next = !found[i].content.is_empty() && found[i].content.iter().all(|c| c.start >= end);
        let first = found[i].content.first().map_or(0, |c| c.start);
        let own = |f: &Found| f.cue.start > first && f.holds(first) && f.cue != cue && !f.source.is_empty();
        if next
            && found.iter().any(own)
            && let Some(before) = before_source(trees, &found[i])
        {
            found[i].content = vec![before];
        }
    }
}

/// The clause before the comma that a source stands behind.
fn before_source(trees: &Trees<'_>, found: &Found) -> Option<Range<usize>> {
    let [source] = &found.source[..] else { return None };
    let comma =
        source.start.checked_sub(1).filter(|comma| trees.said(*comma) == "," && source.end <= found.cue.start)?;
    let from = begins(trees, &trees.sentence(found.cue.start), comma);
    let has_verb = (from..comma).any(|i| matches!(trees.word(i).upos.as_str(), "VERB" | "AUX"));
    (has_verb && comma > from + 2).then_some(from..comma)
}

/// "Crews will work after the union called off the strike, it said": where only the clause behind "after" was heard, all before the comma
/// is told.
fn with_main_clause(trees: &Trees<'_>, layout: &Layout<'_>, found: &mut Found) {
    const MARKS: [&str; 10] =
        ["after", "before", "because", "while", "since", "when", "although", "though", "unless", "until"];
    let Some(before) = before_source(trees, found) else { return };
    let [content] = &mut found.content[..] else { return };
    let mark = content.start.checked_sub(1).filter(|mark| *mark > before.start && content.end == before.end);
    let Some(mark) = mark.filter(|mark| MARKS.contains(&trees.lower(*mark).as_str())) else { return };
    let marked = (before.start..mark).any(|i| layout.quoted[i] || trees.lower(i) == "said");
    let has_verb = (before.start..mark).any(|i| matches!(trees.word(i).upos.as_str(), "VERB" | "AUX"));
    if has_verb && !marked && trees.said(mark - 1) != "," {
        *content = before;
    }
}

/// "Disputed that finding at the time", "confirmed the account to the Dispatch": what is denied or confirmed by its name ends before when
/// and to whom that is done.
fn without_circumstance(trees: &Trees<'_>, found: &mut Found) {
    const NAMES: [&str; 8] = ["confirm", "den", "disput", "reject", "disclos", "reveal", "admit", "acknowledg"];
    let verb = found.cue.end - 1;
    let Some(content) = found.content.last_mut().filter(|content| content.start == found.cue.end) else { return };
    let finite = |i: usize| matches!(trees.word(i).xpos.as_str(), "VBD" | "VBZ" | "VBP" | "MD");
    if !NAMES.iter().any(|stem| trees.lower(verb).starts_with(stem)) || content.clone().any(finite) {
        return;
    }
    let last = content.end;
    let words: Vec<String> = (last.saturating_sub(3)..last).map(|i| trees.lower(i)).collect();
    if words == ["at", "the", "time"] && content.len() > 3 {
        content.end = last - 3;
    }
    let to = |i: &usize| {
        trees.lower(*i) == "to"
            && trees.is(*i, &["case"])
            && trees.is(trees.head(*i), &["obl"])
            && trees.head(trees.head(*i)) == verb
    };
    if let Some(to) = (content.start + 1..content.end).find(to) {
        content.end = to;
    }
}

/// Where the sentence that ends before a word begins: two may have been read as one.
pub(crate) fn begins(trees: &Trees<'_>, sentence: &Range<usize>, before: usize) -> usize {
    let stop =
        (sentence.start..before.saturating_sub(1)).rev().find(|i| matches!(trees.said(*i), "." | "?" | "!" | ";"));
    let new = |i: &usize| trees.said(*i) == ";" || trees.said(i + 1).starts_with(char::is_uppercase);
    stop.filter(new).map_or_else(|| dateline(trees, sentence).unwrap_or(sentence.start), |i| i + 1)
}

/// Where a sentence goes on behind the dateline that it begins with: "LORNE, May 12 - The gates are open".
fn dateline(trees: &Trees<'_>, sentence: &Range<usize>) -> Option<usize> {
    const LONG: usize = 10;
    let place = trees.said(sentence.start);
    let capitals = place.chars().count() > 2 && place.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let dash = (sentence.start + 1..sentence.end.min(sentence.start + LONG))
        .find(|i| matches!(trees.said(*i), "-" | "–" | "—" | "--"))?;
    let spaced = trees.syntax.words[dash - 1].span.bytes().end < trees.syntax.words[dash].span.bytes().start;
    (capitals && spaced && dash + 1 < sentence.end).then_some(dash + 1)
}

/// "The chief engineer, Marta Lind, told the Courier": a name between commas belongs to the one before them.
fn with_name(trees: &Trees<'_>, source: Range<usize>, verb: usize) -> Range<usize> {
    let name = (source.end + 1..verb).take_while(|i| trees.word(*i).upos == "PROPN").count();
    let end = source.end + 1 + name;
    let set_off = name > 0 && trees.said(source.end) == "," && end + 1 == verb && trees.said(end) == ",";
    if set_off { source.start..end } else { source }
}

/// "The Front denied firing any": who denies doing something, or that he did.
fn denies(trees: &Trees<'_>, verb: usize) -> Option<Found> {
    if !matches!(trees.lower(verb).as_str(), "denied" | "denies")
        || !matches!(trees.word(verb).xpos.as_str(), "VBD" | "VBZ")
    {
        return None;
    }
    let sentence = trees.sentence(verb);
    let done = verb + 1;
    let doing = done < sentence.end && trees.word(done).xpos == "VBG" && trees.head(done) == verb;
    let source = doer(trees, verb).filter(|s| s.end == verb && doing)?;
    let content = trees.reach(done);
    let content = done..content.end.min(sentence.end);
    Some(Found { source: vec![source], cue: verb..verb + 1, content: vec![content], within: None })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &str, find: impl Fn(&Trees<'_>, &Layout<'_>, usize) -> Option<Found>, expected: Option<Found>) {
        let (text, syntax) = crate::sketch::sketch(rows);
        let trees = Trees::new(&text, &syntax);
        let (lines, quoted) = (vec![0; syntax.words.len()], vec![false; syntax.words.len()]);
        let layout = Layout { lines: &lines, quoted: &quoted };
        let found = (0..syntax.words.len()).find_map(|i| find(&trees, &layout, i));
        assert_eq!(found, expected, "{}", text.as_str());
    }

    #[test]
    fn who_tells_a_paper_stands_behind_what_is_told() {
        let rows = "The DET DT 2 det\ngates NOUN NNS 4 nsubj\nare AUX VBP 4 cop\nopen ADJ JJ 0 root\n, PUNCT , 7 punct
            Roe PROPN NNP 7 nsubj\ntold VERB VBD 4 parataxis\nthe DET DT 9 det\nCourier PROPN NNP 7 iobj\n. PUNCT . 4 punct";
        let told = Found { source: vec![5..6], cue: 6..7, content: vec![0..4], within: None };
        check(rows, behind, Some(told));
        let aside = "When ADV WRB 3 mark\nmoney NOUN NN 3 nsubj\nended VERB VBD 6 advcl\n, PUNCT , 6 punct
            Roe PROPN NNP 6 nsubj\nsaid VERB VBD 0 root\n, PUNCT , 6 punct\nit PRON PRP 9 nsubj\nwent VERB VBD 6 ccomp";
        check(aside, behind, None);
    }

    #[test]
    fn a_name_between_commas_speaks_and_a_dateline_does_not() {
        let rows = "LORNE PROPN NNP 5 obl\n- PUNCT : 1 punct\nGates NOUN NNS 5 nsubj\nhad AUX VBD 5 aux\nopened VERB VBN 12 ccomp
            , PUNCT , 5 punct\nthe DET DT 8 det\nengineer NOUN NN 12 nsubj\n, PUNCT , 10 punct\nRoe PROPN NNP 12 nsubj
            , PUNCT , 10 punct\ntold VERB VBD 0 root\nRadio PROPN NNP 12 iobj\n. PUNCT . 12 punct";
        let told = Found { source: vec![6..10], cue: 11..12, content: vec![2..5], within: None };
        check(rows, behind, Some(told));
    }

    #[test]
    fn a_clause_of_saying_may_be_turned_round_or_stand_behind_a_dateline() {
        let rows =
            "Boards NOUN NNS 2 nsubj\nfell VERB VBD 6 ccomp\nat ADP IN 4 case\nonce ADV RB 2 advmod\n, PUNCT , 2 punct
            said VERB VBD 0 root\na DET DT 8 det\nperson NOUN NN 6 nsubj\nfamiliar ADJ JJ 8 amod\n. PUNCT . 6 punct";
        let said = Found { source: vec![6..9], cue: 5..6, content: vec![0..4], within: None };
        check(rows, inverted, Some(said));
        let rows = "LORNE PROPN NNP 9 obj\n- PUNCT : 1 punct\nGates NOUN NNS 4 nsubj\nopened VERB VBD 9 ccomp\nwide ADV RB 4 advmod
            , PUNCT , 4 punct\nthe DET DT 8 det\nCourier PROPN NNP 9 nsubj\nreported VERB VBD 0 root\n. PUNCT . 9 punct";
        let told = Found { source: vec![6..8], cue: 8..9, content: vec![2..5], within: None };
        check(rows, behind, Some(told));
    }

    #[test]
    fn what_is_told_begins_with_its_main_clause() {
        let rows = "Crews NOUN NNS 2 nsubj\nwork VERB VBP 10 ccomp\nafter SCONJ IN 6 mark\nthe DET DT 5 det\nunion NOUN NN 6 nsubj
            quit VERB VBD 2 advcl\n, PUNCT , 2 punct\nthe DET DT 9 det\nport NOUN NN 10 nsubj\nsaid VERB VBD 0 root
            . PUNCT . 10 punct";
        let (text, syntax) = crate::sketch::sketch(rows);
        let mut found = Found { source: vec![7..9], cue: 9..10, content: vec![3..6], within: None };
        let layout = Layout { lines: &[0; 11], quoted: &[false; 11] };
        trim(&Trees::new(&text, &syntax), &layout, &mut found);
        assert_eq!(found.content, [0..6]);
    }

    #[test]
    fn who_denies_doing_it_speaks() {
        let rows = "The DET DT 2 det\nFront PROPN NNP 3 nsubj\ndenied VERB VBD 0 root\nfiring VERB VBG 3 xcomp\nany DET DT 4 obj
            . PUNCT . 3 punct";
        let denied = Found { source: vec![0..2], cue: 2..3, content: vec![3..5], within: None };
        check(rows, |trees, _, i| denies(trees, i), Some(denied));
        let visa = "Arn PROPN NNP 2 nsubj\ndenied VERB VBD 0 root\nhim PRON PRP 2 iobj\nentry NOUN NN 2 obj";
        check(visa, |trees, _, i| denies(trees, i), None);
    }

    #[test]
    fn what_tells_of_the_source_is_not_said_by_it() {
        let rows = "Gates NOUN NNS 2 nsubj\nclosed VERB VBD 0 root\n, PUNCT , 6 punct\naccording VERB VBG 6 case
            to ADP IN 4 fixed\nthree NUM CD 2 obl\n, PUNCT , 9 punct\nwho PRON WP 9 nsubj\nasked VERB VBD 6 acl:relcl";
        let (text, syntax) = crate::sketch::sketch(rows);
        let trees = Trees::new(&text, &syntax);
        let found = |content| Found { source: vec![5..6], cue: 3..5, content, within: None };
        let (mut beside, mut whole) = (found(vec![7..9]), found(vec![0..2, 7..9]));
        assert!(drop_description(&trees, &mut beside) && !drop_description(&trees, &mut whole));
        assert_eq!(whole.content, [0..2]);
    }

    #[test]
    fn a_figure_is_somebodys() {
        let rows =
            "two NUM CD 2 nummod\naides NOUN NNS 3 nsubj\nput VERB VBD 0 root\nthe DET DT 5 det\nsum NOUN NN 3 obj
            at ADP IN 7 case\n300 NUM CD 3 obl\n. PUNCT . 3 punct";
        let put = Found { source: vec![0..2], cue: 2..3, content: vec![3..7], within: None };
        check(rows, |trees, _, i| figure(trees, i), Some(put));
        let shelf = "Roe PROPN NNP 2 nsubj\nput VERB VBD 0 root\nit PRON PRP 2 obj\naway ADV RB 2 advmod";
        check(shelf, |trees, _, i| figure(trees, i), None);
    }

    #[test]
    fn what_is_told_in_no_marks_ends_with_its_sentence() {
        let rows = "It PRON PRP 2 nsubj\nfailed VERB VBD 5 ccomp\n, PUNCT , 5 punct\nRoe PROPN NNP 5 nsubj\nsaid VERB VBD 0 root
            . PUNCT . 5 punct\n\nShips NOUN NNS 8 nsubj\nsank VERB VBD 0 root\n. PUNCT . 8 punct";
        let (text, mut syntax) = crate::sketch::sketch(rows);
        syntax.sentences = vec![0..6, 6..9];
        let trees = Trees::new(&text, &syntax);
        let trimmed = |content: Vec<Range<usize>>, quoted: &[usize]| {
            let quoted: Vec<bool> = (0..syntax.words.len()).map(|i| quoted.contains(&i)).collect();
            let lines = vec![0; syntax.words.len()];
            let mut found = Found { source: vec![3..4], cue: 4..5, content, within: None };
            trim(&trees, &Layout { lines: &lines, quoted: &quoted }, &mut found);
            found.content
        };
        assert_eq!(trimmed(vec![0..2, 6..8], &[]), [0..2]);
        assert_eq!(trimmed(vec![0..2, 6..8], &[0, 1, 6, 7]), [0..2, 6..8]);
        // It is all there is.
        assert_eq!(trimmed(vec![6..8], &[]), [6..8]);
    }

    #[test]
    fn what_is_done_beside_saying_it_is_not_said() {
        let rows =
            "It PRON PRP 3 nsubj\nis AUX VBZ 3 cop\nlate ADJ JJ 6 ccomp\n, PUNCT , 3 punct\ncritics NOUN NNS 6 nsubj
            say VERB VBP 0 root\n, PUNCT , 6 punct\npointing VERB VBG 6 advcl\nup ADV RB 8 advmod";
        let (text, syntax) = crate::sketch::sketch(rows);
        let mut found = Found { source: vec![4..5], cue: 5..6, content: vec![0..3, 7..9], within: None };
        let layout = Layout { lines: &[0; 9], quoted: &[false; 9] };
        trim(&Trees::new(&text, &syntax), &layout, &mut found);
        assert_eq!(found.content, [0..3]);
    }

    #[test]
    fn asking_for_no_name_says_nothing() {
        let rows =
            "who PRON WP 2 nsubj\nasked VERB VBD 0 root\nnot PART RB 5 advmod\nto PART TO 5 mark\nbe AUX VB 6 aux
            named VERB VBN 2 xcomp";
        let (text, syntax) = crate::sketch::sketch(rows);
        let found = Found { source: vec![0..1], cue: 1..2, content: vec![2..6], within: None };
        assert!(asks_no_name(&Trees::new(&text, &syntax), &found));
        let other = Found { content: vec![0..1], ..found };
        assert!(!asks_no_name(&Trees::new(&text, &syntax), &other));
    }
}
