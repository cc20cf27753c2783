//! Who does what a verb tells: its own subject, one that clauses share, whom another verb asks or keeps from it.

use crate::part::{asked_by, asker, is_relative, resolved};
use crate::tree::Trees;

/// The subject of a verb, also one that it shares with another clause, and whether the verb is passive.
pub(crate) fn subject(trees: &Trees<'_>, verb: usize, steps: usize) -> (Option<usize>, bool) {
    if let Some(subject) = trees.child(verb, &["nsubj:pass"]) {
        return (Some(resolved(trees, subject)), true);
    }
    // "Has not been arrested", where the tree takes the participle for an adjective.
    let is_passive = trees.child(verb, &["aux:pass"]).is_some()
        || trees.upos(verb) == "ADJ"
        || trees.xpos(verb) == "VBN" && trees.child(verb, &["aux", "obj"]).is_none();
    if let Some(subject) = trees.child(verb, &["nsubj"]) {
        // "Roe, who recently applied": who does it without a helper, whatever the tag.
        // "The form the agency released": no passive one has a subject of its own.
        let active = trees.upos(subject) == "PRON" || trees.rel(verb) == "acl:relcl" && !is_relative(trees, subject);
        let is_active = trees.upos(verb) == "VERB" && trees.child(verb, &["aux:pass"]).is_none() && active;
        return (Some(resolved(trees, subject)), is_passive && !is_active);
    }
    if let Some(subject) = told_by_another(trees, verb) {
        return (Some(subject), is_passive);
    }
    if let Some(does) = asker(trees, verb).and_then(|asker| asked_by(trees, asker)) {
        return (Some(does), is_passive);
    }
    let Some(head) = trees.head(verb).filter(|_| steps > 0) else { return (None, is_passive) };
    let shared = match trees.rel(verb) {
        // "He was rearrested, prosecutors said, and is to appear": it goes on with what was said before.
        "conj" if said_before(trees, head, verb).is_some() => {
            said_before(trees, head, verb).and_then(|first| subject(trees, first, steps - 1).0)
        }
        "conj" if trees.upos(head) == "VERB" => {
            let (subject, head_is_passive) = subject(trees, head, steps - 1);
            // "Was arrested and charged": the passive is shared as well; "met the envoy and left" is active.
            let own = trees.xpos(verb) == "VBN" && trees.child(verb, &["aux"]).is_none() && head_is_passive
                || trees.child(verb, &["aux:pass"]).is_some();
            return (subject, own);
        }
        // "Blamed her for closing the mine", where the tree takes the clause for an object.
        "xcomp" | "ccomp" if is_answered_for(trees, verb, head) => patient(trees, head),
        "xcomp" => controller(trees, verb, head, steps),
        "advcl" if trees.upos(head) == "VERB" => {
            let mark = trees.children(verb).find(|c| trees.is(*c, &["mark", "case"])).map_or("", |c| trees.lower(c));
            match mark {
                "of" | "from" | "for" | "with" if takes_object(trees, head) => patient(trees, head),
                "from" if keeps_from(trees, head) => patient(trees, head),
                "for" if is_for_doing(trees, head) => patient(trees, head),
                // "Called for denying them entry": whoever calls for it does not do it.
                "for" if trees.lower(head).starts_with("call") => None,
                "to" | "of" | "from" | "for" | "with" | "by" | "after" | "before" | "while" | "without" | "in"
                | "when" => subject(trees, head, steps - 1).0,
                "" if trees.xpos(verb) == "VBG" => subject(trees, head, steps - 1).0.filter(|_| verb > head),
                _ => None,
            }
        }
        "ccomp" if trees.has(verb, "mark", &["to"]) || trees.xpos(verb) == "VBG" => {
            controller(trees, verb, head, steps)
        }
        "acl" => match trees.xpos(verb) {
            "VBN" => return (Some(head), true),
            "VBG" => Some(head),
            _ => None,
        },
        _ => None,
    };
    (shared, is_passive)
}

/// "A policy that he says will help": the policy will, by what he says.
fn told_by_another(trees: &Trees<'_>, verb: usize) -> Option<usize> {
    let says = trees.head(verb).filter(|head| trees.rel(verb) == "ccomp" && trees.rel(*head) == "acl:relcl")?;
    let finite =
        trees.children(verb).any(|c| c < verb && trees.is(c, &["aux", "cop", "mark"]) && trees.xpos(c) == "MD")
            || matches!(trees.xpos(verb), "VBD" | "VBZ" | "VBP");
    let is_torn = |c: &usize| *c < says && trees.rel(*c) == "obj" && is_relative(trees, *c);
    let relative = trees.children(says).chain(trees.children(verb)).find(is_torn)?;
    let noun = resolved(trees, relative);
    let noun = if noun == relative { trees.head(says)? } else { noun };
    // At most a helper and an adverb stand between.
    (finite && verb <= says + 3).then_some(noun)
}

/// Of a verb of saying that stands behind what is said, in commas: the verb of what is said.
fn said_before(trees: &Trees<'_>, says: usize, goes_on: usize) -> Option<usize> {
    let is_saying = matches!(trees.lower(says), "said" | "says" | "added" | "reported");
    let first =
        trees.child(says, &["ccomp", "parataxis"]).filter(|first| is_saying && *first < says && says < goes_on)?;
    let speaker = trees.child(says, &["nsubj"])?;
    let behind = first < speaker && speaker < says || trees.child(says, &["obj"]).is_none() && speaker > says;
    (behind && trees.upos(first) == "VERB" && trees.lower(says + 1) == ",").then_some(first)
}

/// Verbs whose object does what follows.
pub(crate) fn takes_object(trees: &Trees<'_>, verb: usize) -> bool {
    const STEMS: [&str; 30] = [
        "ask", "urg", "tell", "told", "order", "forc", "allow", "let", "mak", "made", "help", "persuad", "convinc",
        "invit", "requir", "instruct", "warn", "permit", "enabl", "encourag", "send", "sent", "accus", "charg",
        "prevent", "suspect", "stop", "convict", "expect", "compel",
    ];
    STEMS.iter().any(|stem| trees.lower(verb).starts_with(stem))
}

/// "Barred the company from trading": who would do it is barred.
fn keeps_from(trees: &Trees<'_>, verb: usize) -> bool {
    const STEMS: [&str; 11] =
        ["barr", "block", "bann", "keep", "kept", "prohibit", "discourag", "deter", "dissuad", "forbid", "forbad"];
    let form = trees.lower(verb);
    STEMS.iter().any(|stem| form.starts_with(stem)) || matches!(form, "bar" | "bars" | "ban" | "bans")
}

/// "Criticised the mayor for closing the port": what somebody is blamed, thanked or punished for he did himself.
fn is_for_doing(trees: &Trees<'_>, verb: usize) -> bool {
    const STEMS: [&str; 34] = [
        "criticis",
        "criticiz",
        "blam",
        "prais",
        "thank",
        "punish",
        "arrest",
        "fined",
        "jail",
        "condemn",
        "fault",
        "sued",
        "suing",
        "smear",
        "denounc",
        "mock",
        "commend",
        "applaud",
        "reward",
        "forgiv",
        "rebuk",
        "prosecut",
        "chid",
        "scold",
        "slam",
        "blast",
        "lambast",
        "ridicul",
        "castigat",
        "chastis",
        "excoriat",
        "reprimand",
        "honor",
        "honour",
    ];
    STEMS.iter().any(|stem| trees.lower(verb).starts_with(stem))
}

/// Whether a verb tells of its object that it did, or would do, what hangs on the verb.
fn is_answered_for(trees: &Trees<'_>, done: usize, verb: usize) -> bool {
    trees.has(done, "mark", &["for"]) && is_for_doing(trees, verb)
        || trees.has(done, "mark", &["from"]) && keeps_from(trees, verb)
}

/// Whom a verb acts on: its object, or the subject of its passive.
fn patient(trees: &Trees<'_>, verb: usize) -> Option<usize> {
    let object = trees.child(verb, &["obj"]).or_else(|| trees.child(verb, &["iobj"]));
    let passive = || trees.child(verb, &["nsubj:pass"]);
    object.or_else(passive).map(|word| resolved(trees, word))
}

/// Who does what completes another verb: "asked them to leave", "plans to leave".
fn controller(trees: &Trees<'_>, verb: usize, head: usize, steps: usize) -> Option<usize> {
    if trees.child(verb, &["nsubj"]).is_some() {
        return None;
    }
    if matches!(trees.upos(head), "VERB" | "AUX") && takes_object(trees, head) {
        if let Some(word) = patient(trees, head) {
            return Some(word);
        }
        // "Told to leave", of a participle.
        let (subject, is_passive) = subject(trees, head, steps - 1);
        return subject.filter(|_| {
            is_passive || trees.lower(head).starts_with("help") || trees.lower(head).starts_with("expect")
        });
    }
    subject(trees, head, steps - 1).0
}
