//! How a thing is said: what the cue does with it, how sure it is, to whom and where.

use std::ops::Range;

use reportedly_record::{CueStance, CueTense};

use crate::cues;
use crate::found::Found;
use crate::inner;
use crate::tree::Trees;
use crate::unsaid;

/// Words that take certainty away from what they stand with.
const HEDGES: [&str; 22] = [
    "reportedly",
    "allegedly",
    "apparently",
    "supposedly",
    "purportedly",
    "seemingly",
    "possibly",
    "perhaps",
    "probably",
    "likely",
    "unlikely",
    "maybe",
    "appears",
    "appear",
    "appeared",
    "seems",
    "seem",
    "seemed",
    "may",
    "might",
    "could",
    "presumably",
];

/// Whether the source stands behind a verb of telling as its object, "warning the port that", or is what a noun is about, "allegations of him
/// leaving".
pub(crate) fn is_object(trees: &Trees<'_>, found: &Found) -> bool {
    let [source] = &found.source[..] else { return false };
    let verb = verb(trees, &found.cue);
    let tells =
        matches!(trees.lower(verb).as_str(), "warning" | "telling" | "urging" | "advising" | "reminding" | "assuring")
            || TO_SOMEBODY.contains(&trees.lower(verb).as_str()) && trees.word(verb).xpos != "VBN";
    let object = trees.top(source).is_some_and(|top| trees.is(top, &["obj", "iobj"]) && trees.head(top) == verb);
    let of = trees.word(verb).upos == "NOUN" && trees.lower(found.cue.end - 1) == "of" && source.start == found.cue.end;
    tells && object && source.start == found.cue.end || of
}

/// Verbs whose object is the one spoken to.
const TO_SOMEBODY: [&str; 24] = [
    "tell", "tells", "told", "telling", "ask", "asks", "asked", "asking", "inform", "informed", "assured", "reminded",
    "notified", "briefed", "urged", "advised", "warned", "emailed", "texted", "messaged", "urges", "warns", "assures",
    "reminds",
];

/// The tense of a cue's verb, by its form and by the auxiliaries that hang on it.
pub(crate) fn tense(trees: &Trees<'_>, cue: &Range<usize>) -> Option<CueTense> {
    let words = &trees.syntax.words;
    let of_kind = |kind: &str| cue.clone().find(|i| words[*i].upos == kind);
    let verb = of_kind("VERB").or_else(|| of_kind("AUX"))?;
    let helps = |i: &usize| {
        let hangs = words[*i].head as usize == verb && matches!(words[*i].deprel.as_str(), "aux" | "aux:pass" | "mark");
        hangs || cue.contains(i) && words[*i].upos == "AUX"
    };
    // Six words before a verb hold all its auxiliaries with their adverbs.
    let helpers: Vec<usize> = (verb.saturating_sub(6)..verb).filter(helps).collect();
    let has = |tag: &str| helpers.iter().any(|i| words[*i].xpos == tag);
    let says = |forms: &[&str]| helpers.iter().any(|i| forms.contains(&trees.lower(*i).as_str()));
    match words[verb].xpos.as_str() {
        _ if says(&["will", "'ll", "’ll", "shall"]) => Some(CueTense::Future),
        // "Would say", "may say" is said at no time in particular.
        _ if has("MD") => None,
        // Where the tag is wrong the ending tells: "alleges", "complained".
        "VBD" if trees.lower(verb).ends_with('s') && trees.lower(verb) != "was" => Some(CueTense::Present),
        "VBZ" | "VBP" if is_past_form(&trees.lower(verb)) => Some(CueTense::Past),
        "VBN" if helpers.is_empty() && is_past_form(&trees.lower(verb)) => Some(CueTense::Past),
        "VBD" => Some(CueTense::Past),
        "VBZ" | "VBP" => Some(CueTense::Present),
        // "Will seek the chair, insisting that": when the other is done.
        "VBG" if trees.is(verb, &["advcl"]) && helpers.is_empty() && is_to_come(trees, trees.head(verb)) => {
            Some(CueTense::Future)
        }
        // "Showed a map to explain how": when it was done for that; "plans to explain" is still to come.
        "VB" if has("TO") && trees.is(verb, &["advcl"]) => match words[trees.head(verb)].xpos.as_str() {
            "VBD" => Some(CueTense::Past),
            "VBZ" | "VBP" => Some(CueTense::Present),
            _ => None,
        },
        // "The sense to know it": nobody will.
        "VB" if has("TO") && trees.top(cue).is_some_and(|top| words[top].upos == "NOUN") => None,
        "VB" if has("TO") => Some(CueTense::Future),
        _ if has("VBD") || says(&["has", "have", "had", "'ve", "’ve"]) => Some(CueTense::Past),
        _ if has("VBZ") || has("VBP") => Some(CueTense::Present),
        _ => None,
    }
}

/// Forms that are of the past whatever their tag.
fn is_past_form(form: &str) -> bool {
    const PAST: [&str; 14] = [
        "said", "told", "wrote", "thought", "knew", "felt", "held", "gave", "saw", "swore", "spoke", "went", "meant",
        "heard",
    ];
    PAST.contains(&form) || form.ends_with("ed") && !form.ends_with("eed")
}

fn is_to_come(trees: &Trees<'_>, verb: usize) -> bool {
    let helpers = trees.children(verb).iter().filter(|c| trees.is(**c, &["aux"]));
    helpers.into_iter().any(|c| matches!(trees.lower(*c).as_str(), "will" | "'ll" | "shall"))
}

/// Nouns of places and forms of speech.
const MEDIA: [&str; 47] = [
    "interview",
    "statement",
    "tweet",
    "tweets",
    "post",
    "speech",
    "letter",
    "email",
    "e-mail",
    "emails",
    "report",
    "article",
    "memo",
    "conference",
    "briefing",
    "call",
    "book",
    "video",
    "message",
    "twitter",
    "facebook",
    "instagram",
    "column",
    "op-ed",
    "hearing",
    "filing",
    "release",
    "rally",
    "debate",
    "broadcast",
    "podcast",
    "essay",
    "blog",
    "memoir",
    "appearance",
    "address",
    "remarks",
    "testimony",
    "conversation",
    "forum",
    "event",
    "editorial",
    "telegram",
    "documentary",
    "recording",
    "meeting",
    "segment",
];

/// The verb of a cue: the one on which the rest of the cue hangs.
fn verb(trees: &Trees<'_>, cue: &Range<usize>) -> usize {
    let is_verb = |i: &usize| trees.word(*i).upos == "VERB";
    let known = |i: &usize| cues::verb(&trees.lower(*i)).is_some();
    trees
        .top(cue)
        .filter(|top| is_verb(top) && known(top))
        .or_else(|| cue.clone().find(|i| is_verb(i) && known(i)))
        .or_else(|| trees.top(cue))
        .unwrap_or(cue.start)
}

/// As [`stance`], and what a word of two senses does with this content.
pub(crate) fn stance_with(trees: &Trees<'_>, found: &Found) -> Option<CueStance> {
    let stance = stance(trees, &found.cue)?;
    let verb = trees.lower(verb(trees, &found.cue));
    let first = found.content.first().map(|content| trees.lower(content.start)).unwrap_or_default();
    if is_unreal(trees, found) || unsaid::is_undone(trees, found) {
        return None;
    }
    Some(match stance {
        // "Suggested that it was too late" asserts; "suggested leaving", "suggested that he leave" urges.
        CueStance::Urges if verb.starts_with("suggest") && found.asserts(trees) => CueStance::States,
        // "Agreed to leave" binds; "agreed that it was late", "agreed with her" says it as well.
        CueStance::Promises if verb.starts_with("agree") && first != "to" => CueStance::Confirms,
        stance => stance,
    })
}

/// Whether a cue takes its content as a noun, for all that the table knows.
pub(crate) fn takes_noun(trees: &Trees<'_>, cue: &Range<usize>) -> bool {
    let words: Vec<String> = cue.clone().map(|i| trees.lower(i)).collect();
    cues::phrase(&words).is_some() || cues::verb(&trees.lower(verb(trees, cue))).is_none_or(|word| word.object)
}

/// Whether a cue evaluates a thing rather than telling one: "praised the plan", "congratulated Roe".
pub(crate) fn is_about(trees: &Trees<'_>, cue: &Range<usize>) -> bool {
    let known = cues::verb(&trees.lower(verb(trees, cue)));
    known.is_some_and(|word| word.object && !word.clause && !word.infinitive)
}

/// Whether something would or could be said, or is said only if or whether it is: nobody says it. Whoever cannot say it says so, and
/// "would later say" tells what was to come.
pub(crate) fn is_unreal(trees: &Trees<'_>, found: &Found) -> bool {
    let verb = verb(trees, &found.cue);
    let beside = |rel: &str, words: &[&str]| {
        trees.children(verb).iter().any(|c| trees.is(*c, &[rel]) && words.contains(&trees.lower(*c).as_str()))
    };
    (beside("aux", &["would", "could", "can", "might", "may", "'d", "should", "must"]) || beside("mark", &["whether"]))
        && !beside("advmod", &["not", "n't", "never", "later", "eventually", "soon", "then", "subsequently"])
}

/// Whether a cue is what things do as well as people: "the decision shows", "the turnout suggests".
pub(crate) fn shows(trees: &Trees<'_>, cue: &Range<usize>) -> bool {
    const SHOWS: [&str; 15] = [
        "show",
        "suggest",
        "mean",
        "prove",
        "demonstrate",
        "underscore",
        "illustrat",
        "highlight",
        "make",
        "threaten",
        "signal",
        "indicat",
        "reflect",
        "reveal",
        "expose",
    ];
    let verb = trees.lower(verb(trees, cue));
    SHOWS.iter().any(|stem| verb.starts_with(stem))
}

/// "Police approached Orrin Mills suspecting that he sold it": who approaches him suspects.
pub(crate) fn thinks_meanwhile(trees: &Trees<'_>, found: &Found) -> Option<Range<usize>> {
    const THINKS: [&str; 6] = ["suspecting", "believing", "thinking", "fearing", "assuming", "hoping"];
    let [source] = &found.source[..] else { return None };
    let (object, cue) = (trees.top(source)?, found.cue.start);
    let verb = trees.head(object);
    let beside = source.end == cue && THINKS.contains(&trees.lower(cue).as_str()) && trees.is(object, &["obj"]);
    let who = inner::doer(trees, verb).filter(|who| beside && who.end <= verb)?;
    Some(who)
}

/// Whether a participle behind a comma draws what follows from it: "the vote failed, signaling that", "showing how".
pub(crate) fn infers(trees: &Trees<'_>, cue: &Range<usize>) -> bool {
    const INFERS: [&str; 10] = [
        "signal",
        "show",
        "suggest",
        "indicat",
        "prov",
        "demonstrat",
        "underscor",
        "highlight",
        "illustrat",
        "reflect",
    ];
    let first = trees.lower(cue.start);
    trees.word(cue.start).xpos == "VBG"
        && cue.start.checked_sub(1).is_some_and(|before| trees.said(before) == ",")
        && INFERS.iter().any(|stem| first.starts_with(stem))
}

/// Whether the source is the one to whom it was said, or of whom it is thought: "troops were told to leave", "he is seen as a reformer".
pub(crate) fn is_told_to(trees: &Trees<'_>, found: &Found) -> bool {
    const TO: [&str; 12] = [
        "told",
        "asked",
        "urged",
        "ordered",
        "advised",
        "informed",
        "warned",
        "instructed",
        "reminded",
        "assured",
        "offered",
        "promised",
    ];
    const OF: [&str; 6] = ["seen", "viewed", "regarded", "considered", "perceived", "known"];
    let verb = verb(trees, &found.cue);
    let subject = |source: &Range<usize>| {
        source.end <= verb && trees.top(source).is_some_and(|top| trees.is(top, &["nsubj:pass", "nsubj"]))
    };
    let word = trees.lower(verb);
    // "Roe, asked whether it sank, declined", "he said, asked about it".
    let before = |c: &usize| *c < verb && trees.is(*c, &["aux", "aux:pass", "nsubj", "nsubj:pass"]);
    let free = trees.word(verb).xpos == "VBN" && !trees.children(verb).iter().any(before);
    let head = trees.head(verb);
    let told = |source: &Range<usize>| {
        let noun = match trees.word(verb).deprel.as_str() {
            "acl" => Some(head),
            "advcl" | "parataxis" => trees.child(head, &["nsubj"]),
            _ => None,
        };
        noun.is_some_and(|noun| source.contains(&noun))
    };
    if free && TO.contains(&word.as_str()) && found.source.iter().any(told) {
        return true;
    }
    (TO.contains(&word.as_str()) || OF.contains(&word.as_str()))
        && trees.children(verb).iter().any(|c| trees.is(*c, &["aux:pass"]))
        && found.source.iter().any(subject)
}

/// Whether the table knows any of a cue's words.
pub(crate) fn is_known(trees: &Trees<'_>, cue: &Range<usize>) -> bool {
    known(trees, cue).is_some()
}

/// What the table knows of a cue.
fn known(trees: &Trees<'_>, cue: &Range<usize>) -> Option<CueStance> {
    of_act(trees, cue).or_else(|| of_state(trees, cue))
}

/// Whether a cue only tells how somebody feels: "was sure".
pub(crate) fn is_felt(trees: &Trees<'_>, cue: &Range<usize>) -> bool {
    of_act(trees, cue).is_none() && of_state(trees, cue).is_some()
}

fn of_state(trees: &Trees<'_>, cue: &Range<usize>) -> Option<CueStance> {
    cue.clone().rev().find_map(|i| cues::adjective(&trees.lower(i)))
}

fn of_act(trees: &Trees<'_>, cue: &Range<usize>) -> Option<CueStance> {
    let words: Vec<String> = cue.clone().map(|i| trees.lower(i)).collect();
    // "Taking aim at" aims at nothing, and "his report" is no reporting; a noun that stands alone may be a verb taken for one.
    let of_word = |i: usize| {
        let noun = cues::noun(&words[i - cue.start]).filter(|_| trees.word(i).upos == "NOUN");
        let verb = || cues::verb(&words[i - cue.start]).filter(|_| cue.len() == 1 || trees.word(i).upos != "NOUN");
        noun.or_else(|| verb().map(|word| word.stance))
    };
    let verb = Some(verb(trees, cue)).filter(|verb| cue.contains(verb));
    // "Is reportedly planning": a plan, as somebody reports it.
    let reported = |i: usize| matches!(trees.lower(i).as_str(), "reportedly" | "allegedly" | "purportedly");
    let planned = verb.filter(|verb| cue.clone().any(|i| reported(i) && i < *verb)).and_then(of_word);
    planned
        .or_else(|| cues::phrase(&words))
        .or_else(|| verb.and_then(of_word))
        .or_else(|| cue.clone().rev().find_map(of_word))
        .or_else(|| words.iter().rev().find_map(|w| cues::noun(w)))
        .or_else(|| words.iter().all(|w| !w.contains(char::is_alphanumeric)).then_some(CueStance::States))
}

/// What a cue does with its content; none where it is negated or the table does not know it.
pub(crate) fn stance(trees: &Trees<'_>, cue: &Range<usize>) -> Option<CueStance> {
    let words: Vec<String> = cue.clone().map(|i| trees.lower(i)).collect();
    let verb = verb(trees, cue);
    let not = |word: &str| matches!(word, "not" | "n't" | "never" | "no" | "neither" | "nor" | "without");
    let negated = words.iter().any(|w| not(w))
        || trees.children(verb).iter().any(|c| trees.is(*c, &["advmod"]) && not(&trees.lower(*c)));
    let refuses = words.iter().any(|w| w.starts_with("refus") || w.starts_with("declin"));
    let stance = known(trees, cue)?;
    match stance {
        _ if refuses => None,
        CueStance::Believes if negated && words.iter().any(|w| cues::doubts_negated(w)) => Some(CueStance::Doubts),
        _ if negated => None,
        _ => Some(stance),
    }
}

/// The first word that takes certainty away: in the cue, or with the verb of the content.
pub(crate) fn hedge(trees: &Trees<'_>, found: &Found) -> Option<Range<usize>> {
    // "Could not detain" says what is forbidden or was not done.
    let could_not = |i: usize| {
        trees.lower(i) == "could"
            && i + 1 < trees.syntax.words.len()
            && matches!(trees.lower(i + 1).as_str(), "not" | "n't")
    };
    // "There is no way they could avoid it".
    let no_way = |i: usize| {
        matches!(trees.lower(i).as_str(), "could" | "may" | "might")
            && (i.saturating_sub(5)..i).any(|before| trees.lower(before) == "no")
    };
    let hedges = |i: &usize| HEDGES.contains(&trees.lower(*i).as_str()) && !could_not(*i) && !no_way(*i);
    let of_content = found.content.first().and_then(|content| trees.top(content)).into_iter().flat_map(|top| {
        let with = trees.children(top).iter().copied().filter(|c| trees.is(*c, &["advmod", "aux"]));
        with.chain([top]).filter(|i| found.holds(*i))
    });
    let at = verb(trees, &found.cue);
    let of_cue = found.cue.clone().chain(trees.children(at).iter().copied().filter(|c| trees.is(*c, &["advmod"])));
    of_cue.chain(of_content).filter(hedges).min().map(|i| i..i + 1)
}

/// Whom it is said to, or whom the letter or the remarks are for that it is said in.
pub(crate) fn addressee(trees: &Trees<'_>, found: &Found) -> Option<Range<usize>> {
    spoken_to(trees, found).or_else(|| written_to(trees, found))
}

/// "In a letter to him she wrote", "in an interview with the Courier".
fn written_to(trees: &Trees<'_>, found: &Found) -> Option<Range<usize>> {
    const FOR: [&str; 9] =
        ["letter", "email", "e-mail", "message", "memo", "statement", "remarks", "interview", "testimony"];
    let medium = medium(trees, found)?;
    let noun = medium.clone().find(|i| FOR.contains(&trees.lower(*i).as_str()))?;
    let to = noun + 1;
    let word = if to < trees.syntax.words.len() { trees.lower(to) } else { String::new() };
    // "An email with the subject line" is written to nobody there.
    let case = word == "to" || word == "with" && trees.lower(noun) == "interview";
    let phrase = phrase(trees, to + 1).filter(|_| case)?;
    (!phrase.clone().any(|i| found.holds(i) || found.cue.contains(&i))).then_some(phrase)
}

fn spoken_to(trees: &Trees<'_>, found: &Found) -> Option<Range<usize>> {
    let verb = verb(trees, &found.cue);
    let free = |i: usize| !found.holds(i) && !found.source.iter().any(|r| r.contains(&i)) && !trees.is(i, &["ccomp"]);
    let direct = || {
        let takes = TO_SOMEBODY.contains(&trees.lower(verb).as_str());
        // "According to the office, and the lake is low, Roe told Radio Arn": whom it is told to stands behind.
        let behind = |c: &usize| *c > verb || trees.is(verb, &["acl:relcl"]);
        trees.child(verb, &["iobj", "obj"]).filter(|c| takes && free(*c)).filter(behind)
    };
    let to = || {
        if trees.lower(verb) == "according" || cues::verb(&trees.lower(verb)).is_none_or(|w| !w.clause) {
            return None;
        }
        let with_to = |c: &usize| {
            let case = trees.child(*c, &["case"]).map(|case| trees.lower(case));
            trees.is(*c, &["obl"]) && case.as_deref() == Some("to") && free(*c) && trees.word(*c).upos != "NUM"
        };
        // "pointed to", "referred to" speak of something.
        let of_something = matches!(
            trees.lower(verb).as_str(),
            "point"
                | "points"
                | "pointed"
                | "pointing"
                | "refer"
                | "refers"
                | "referred"
                | "referring"
                | "agreed"
                | "committed"
                | "objected"
                | "responded"
                | "replied"
                | "listened"
                | "reacted"
        );
        trees.children(verb).iter().copied().find(with_to).filter(|_| !of_something)
    };
    let Some(noun) = direct().or_else(to) else { return behind_cue(trees, found, verb) };
    let reach = trees.reach_without(noun, |c| trees.is(c, &["case", "punct", "acl", "acl:relcl", "ccomp", "advcl"]));
    (!reach.clone().any(|i| found.holds(i) || found.cue.contains(&i))).then_some(reach)
}

/// "Told The Anvern Dispatch", "wrote to her": the phrase right behind the cue, wherever the tree hangs it.
fn behind_cue(trees: &Trees<'_>, found: &Found, verb: usize) -> Option<Range<usize>> {
    let takes = TO_SOMEBODY.contains(&trees.lower(verb).as_str());
    let says = matches!(trees.lower(verb).as_str(), "wrote" | "said" | "written" | "explained");
    let start = verb + 1 + usize::from(!takes);
    let says_to = says && trees.syntax.words.len() > verb + 1 && trees.lower(verb + 1) == "to";
    if found.cue.end != verb + 1 || !takes && !says_to {
        return None;
    }
    let phrase = phrase(trees, start)?;
    (!phrase.clone().any(|i| found.holds(i) || found.source.iter().any(|r| r.contains(&i)))).then_some(phrase)
}

/// The noun phrase that begins at a word: "her coalition partners", "him", "The Anvern Dispatch".
fn phrase(trees: &Trees<'_>, start: usize) -> Option<Range<usize>> {
    let upos = |i: usize| if i < trees.syntax.words.len() { trees.word(i).upos.as_str() } else { "" };
    let is_pronoun = upos(start) == "PRON" && trees.word(start).xpos == "PRP";
    if is_pronoun {
        return Some(start..start + 1);
    }
    let owned = upos(start) == "DET" || upos(start) == "PRON" && trees.word(start).xpos == "PRP$";
    let first = start + usize::from(owned);
    // "Told the Courier yesterday": the day is no part of whom it is told to.
    let is_day = |i: usize| {
        let word = trees.lower(i);
        matches!(word.as_str(), "yesterday" | "today" | "tonight") || upos(i) == "PROPN" && word.ends_with("day")
    };
    let end = (first..trees.syntax.words.len().min(first + 6))
        .find(|i| !matches!(upos(*i), "ADJ" | "NOUN" | "PROPN" | "NUM") || *i > first && is_day(*i))?;
    let is_noun = end > first && matches!(upos(end - 1), "NOUN" | "PROPN");
    (is_noun && trees.lower(end) != "'s" && upos(end) != "PART").then_some(start..end)
}

/// "Told her partners the reactor would run": what the content begins with is whom it is told to, where a further phrase follows.
pub(crate) fn part_addressee(trees: &Trees<'_>, found: &mut Found) {
    let verb = verb(trees, &found.cue);
    if !TO_SOMEBODY.contains(&trees.lower(verb).as_str()) {
        return;
    }
    let Some(content) = found.content.first_mut().filter(|content| content.start == verb + 1) else { return };
    let Some(phrase) = phrase(trees, content.start) else { return };
    let next = phrase.end;
    let follows = next < content.end
        && (matches!(trees.word(next).upos.as_str(), "DET" | "SCONJ")
            || trees.word(next).upos == "PRON" && trees.lower(next) != "who"
            || trees.word(next).upos == "PROPN");
    if follows {
        content.start = next;
    }
}

/// Where it is said: the interview, the statement, the post.
pub(crate) fn medium(trees: &Trees<'_>, found: &Found) -> Option<Range<usize>> {
    let verb = verb(trees, &found.cue);
    let place = |c: &usize| {
        let case = trees.child(*c, &["case"]).map(|case| trees.lower(case));
        trees.is(*c, &["obl", "nmod"])
            && matches!(case.as_deref(), Some("in" | "on" | "during" | "at" | "via" | "through" | "by" | "over"))
            && MEDIA.contains(&trees.lower(*c).as_str())
            && !found.holds(*c)
    };
    let inside = found.cue.clone().filter(|i| *i != verb);
    let Some(noun) = trees.children(verb).iter().copied().chain(inside).find(place) else {
        return opening(trees, found);
    };
    let reach = trees.reach_without(noun, |c| trees.is(c, &["case", "punct"]));
    (!reach.clone().any(|i| found.holds(i))).then_some(reach)
}

/// "In a letter dated 19 May she wrote": what opens the sentence in front of the source, wherever the tree hangs it.
fn opening(trees: &Trees<'_>, found: &Found) -> Option<Range<usize>> {
    const MOST: usize = 12;
    let end = found.source.iter().map(|r| r.start).chain([found.cue.start]).min()?;
    let sentences = &trees.syntax.sentences;
    let at = sentences.partition_point(|s| s.end as usize <= end);
    let start = sentences.get(at)?.start as usize;
    let first = (start..end).find(|i| trees.word(*i).upos != "PUNCT")?;
    let noun = (first..end).find(|i| MEDIA.contains(&trees.lower(*i).as_str()))?;
    let own = |i: usize| {
        let form = trees.lower(i);
        trees.word(i).upos != "VERB"
            || matches!(form.as_str(), "dated" | "sent" | "addressed" | "written" | "published")
    };
    let opens = matches!(trees.lower(first).as_str(), "in" | "during" | "on") && noun - first <= 4;
    let last = (noun..end).rev().find(|i| trees.word(*i).upos != "PUNCT")?;
    let fits = opens && end - first <= MOST && (first..end).all(|i| own(i) && !found.holds(i));
    fits.then_some(first + 1..last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tense of the cue whose words are marked with a star.
    fn check(rows: &str, expected: Option<CueTense>) {
        let cue: Vec<usize> = rows.lines().enumerate().filter(|(_, row)| row.contains('*')).map(|(i, _)| i).collect();
        let (text, syntax) = crate::sketch::sketch(&rows.replace('*', ""));
        let trees = Trees::new(&text, &syntax);
        let range = cue.first().copied().unwrap_or(0)..cue.last().map_or(0, |last| last + 1);
        assert_eq!(tense(&trees, &range), expected, "{rows}");
    }

    #[test]
    fn the_tense_of_saying() {
        check("He PRON PRP 2 nsubj\n*said VERB VBD 0 root", Some(CueTense::Past));
        check("He PRON PRP 2 nsubj\n*says VERB VBZ 0 root", Some(CueTense::Present));
        check("She PRON PRP 2 nsubj\n*alleges VERB VBD 0 root", Some(CueTense::Present));
        check("She PRON PRP 2 nsubj\n*complained VERB VBP 0 root", Some(CueTense::Past));
        check("He PRON PRP 3 nsubj\n*has AUX VBZ 3 aux\n*said VERB VBN 0 root", Some(CueTense::Past));
        check("It PRON PRP 3 nsubj\n*is AUX VBZ 3 aux:pass\n*said VERB VBN 0 root", Some(CueTense::Present));
        check("He PRON PRP 3 nsubj\nwill AUX MD 3 aux\n*announce VERB VB 0 root", Some(CueTense::Future));
        check("He PRON PRP 3 nsubj\nmay AUX MD 3 aux\n*say VERB VB 0 root", None);
        check(
            "He PRON PRP 4 nsubj\n*did AUX VBD 4 aux\n*not PART RB 4 advmod\n*say VERB VB 0 root",
            Some(CueTense::Past),
        );
        check(
            "He PRON PRP 2 nsubj\nmet VERB VBD 0 root\nher PRON PRP 2 obj\n*to PART TO 5 mark\n*explain VERB VB 2 advcl",
            Some(CueTense::Past),
        );
        check(
            "He PRON PRP 2 nsubj\nhopes VERB VBZ 0 root\n*to PART TO 4 mark\n*explain VERB VB 2 xcomp",
            Some(CueTense::Future),
        );
        check("*according VERB VBG 2 case\n*to ADP IN 0 root", None);
    }

    #[test]
    fn a_word_does_what_it_does_in_that_use() {
        let of = |rows: &str, cue: Range<usize>| {
            let (text, syntax) = crate::sketch::sketch(rows);
            stance(&Trees::new(&text, &syntax), &cue)
        };
        let aim = "taking VERB VBG 0 root\naim NOUN NN 1 obj\nat ADP IN 1 fixed";
        assert_eq!(of(aim, 0..3), None);
        assert_eq!(of(&aim.replace("aim NOUN NN", "aim VERB VB"), 0..3), Some(CueStance::Intends));
        let knew = "did AUX VBD 3 aux\nnot PART RB 3 advmod\nknow VERB VB 0 root";
        assert_eq!(of(knew, 0..3), None);
        assert_eq!(of(&knew.replace("know", "believe"), 0..3), Some(CueStance::Doubts));
        assert_eq!(of("are AUX VBP 2 cop\nafraid ADJ JJ 0 root", 0..2), Some(CueStance::Believes));
    }

    #[test]
    fn what_things_do_as_well_as_people() {
        let (text, syntax) = crate::sketch::sketch("threatens VERB VBZ 0 root\nwarns VERB VBZ 1 conj");
        let trees = Trees::new(&text, &syntax);
        assert!(shows(&trees, &(0..1)) && !shows(&trees, &(1..2)));
    }
}
