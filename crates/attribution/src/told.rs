//! How a thing is said: what the cue does with it, how sure it is, to whom and where.

use std::ops::Range;

use reportedly_record::CueStance;

use crate::cues;
use crate::found::Found;
use crate::tree::Trees;

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

/// Verbs whose object is the one spoken to.
const TO_SOMEBODY: [&str; 24] = [
    "tell", "tells", "told", "telling", "ask", "asks", "asked", "asking", "inform", "informed", "assured", "reminded",
    "notified", "briefed", "urged", "advised", "warned", "emailed", "texted", "messaged", "urges", "warns", "assures",
    "reminds",
];

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

/// What a cue does with its content; none where it is negated or the table does not know it.
pub(crate) fn stance(trees: &Trees<'_>, cue: &Range<usize>) -> Option<CueStance> {
    let words: Vec<String> = cue.clone().map(|i| trees.lower(i)).collect();
    let verb = verb(trees, cue);
    let not = |word: &str| matches!(word, "not" | "n't" | "never" | "no" | "neither" | "nor" | "without");
    let negated = words.iter().any(|w| not(w))
        || trees.children(verb).iter().any(|c| trees.is(*c, &["advmod"]) && not(&trees.lower(*c)));
    let refuses = words.iter().any(|w| w.starts_with("refus") || w.starts_with("declin"));
    let stance = cues::phrase(&words)
        .or_else(|| cues::verb(&trees.lower(verb)).map(|w| w.stance))
        .or_else(|| words.iter().rev().find_map(|w| cues::verb(w)).map(|w| w.stance))
        .or_else(|| words.iter().rev().find_map(|w| cues::noun(w)))
        .or_else(|| words.iter().all(|w| !w.contains(char::is_alphanumeric)).then_some(CueStance::States))?;
    match stance {
        _ if refuses => None,
        CueStance::Believes if negated => Some(CueStance::Doubts),
        _ if negated => None,
        _ => Some(stance),
    }
}

/// The first word that takes certainty away: in the cue, or with the verb of the content.
pub(crate) fn hedge(trees: &Trees<'_>, found: &Found) -> Option<Range<usize>> {
    let hedges = |i: &usize| HEDGES.contains(&trees.lower(*i).as_str());
    let of_content = found.content.first().and_then(|content| trees.top(content)).into_iter().flat_map(|top| {
        let with = trees.children(top).iter().copied().filter(|c| trees.is(*c, &["advmod", "aux"]));
        with.chain([top]).filter(|i| found.holds(*i))
    });
    let at = verb(trees, &found.cue);
    let of_cue = found.cue.clone().chain(trees.children(at).iter().copied().filter(|c| trees.is(*c, &["advmod"])));
    of_cue.chain(of_content).filter(hedges).min().map(|i| i..i + 1)
}

/// Whom it is said to.
pub(crate) fn addressee(trees: &Trees<'_>, found: &Found) -> Option<Range<usize>> {
    let verb = verb(trees, &found.cue);
    let free = |i: usize| !found.holds(i) && !found.source.iter().any(|r| r.contains(&i)) && !trees.is(i, &["ccomp"]);
    let direct = || {
        let takes = TO_SOMEBODY.contains(&trees.lower(verb).as_str());
        trees.child(verb, &["iobj", "obj"]).filter(|c| takes && free(*c))
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
    let noun = direct().or_else(to)?;
    let reach = trees.reach_without(noun, |c| trees.is(c, &["case", "punct", "acl", "acl:relcl", "ccomp", "advcl"]));
    (!reach.clone().any(|i| found.holds(i) || found.cue.contains(&i))).then_some(reach)
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
    let noun = trees.children(verb).iter().copied().chain(inside).find(place)?;
    let reach = trees.reach_without(noun, |c| trees.is(c, &["case", "punct"]));
    (!reach.clone().any(|i| found.holds(i))).then_some(reach)
}
