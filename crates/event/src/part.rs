//! Who takes part in an event, as what: read off the tree, and only what stands there for this event.

use reportedly_record::{Entity, EntityKind, Id, MentionForm, Reading, Span};

use crate::subject::{subject, takes_object};
use crate::tree::Trees;
use crate::trigger::Trigger;

/// A participant's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) role: &'static str,
    /// The head of the words that name it.
    pub(crate) word: usize,
}

/// A participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Player {
    pub(crate) role: &'static str,
    pub(crate) entity: Id,
    pub(crate) evidence: Span,
}

/// Steps to a subject that is shared by clauses.
const MOST_SHARED: usize = 4;

/// Returns the heads of the words that take part, with their roles.
pub(crate) fn parts(trees: &Trees<'_>, trigger: &Trigger) -> Vec<Part> {
    let mut parts = if trigger.is_noun { of_noun(trees, trigger) } else { of_verb(trees, trigger) };
    let mut all: Vec<Part> = Vec::new();
    for part in parts.drain(..) {
        for word in trees.coordinated(part.word) {
            let part = Part { word, ..part };
            // "According to Roe, the port will close": the tree may take him for the subject.
            let says_so = trees.case(word) == "according" && trees.head(word) == Some(trigger.word);
            if !all.contains(&part) && word != trigger.word && !says_so {
                all.push(part);
            }
        }
    }
    all
}

fn of_verb(trees: &Trees<'_>, trigger: &Trigger) -> Vec<Part> {
    let (verb, frame) = (trigger.word, trigger.entry.frame);
    let mut parts = Vec::new();
    let mut put = |role: Option<&'static str>, word: Option<usize>| {
        if let (Some(role), Some(word)) = (role, word) {
            parts.push(Part { role, word });
        }
    };
    if let Some((who, what)) = torn_relative(trees, verb) {
        put(frame.subject, Some(who));
        put(frame.object, Some(what));
        return parts;
    }
    let (subject, is_passive) = subject(trees, verb, MOST_SHARED);
    let doer = trees.children(verb).find(|c| trees.rel(*c) == "obl:agent" || is_agent(trees, *c, is_passive));
    if is_passive {
        // "Members were promised a vote": they get it.
        let what = |c: usize| c > verb && trees.is(c, &["obj", "ccomp", "xcomp"]) && trees.upos(c) == "NOUN";
        let gets = has_two_objects(trees, verb) && trees.children(verb).any(what);
        put(if gets { Some("recipient") } else { frame.object.or(frame.subject) }, subject);
        put(frame.subject, doer.filter(|_| frame.object.is_some()));
    } else {
        put(frame.subject, subject);
        // "Offer the dockers a bonus", where the tree has two objects: the first gets the second.
        let given = given(trees, verb);
        put(frame.object, given.map(|(_, what)| what).or_else(|| object(trees, verb)));
        let second = given.map(|(who, _)| who).or_else(|| trees.child(verb, &["iobj"]));
        put(if frame.object == Some("recipient") { None } else { Some("recipient") }, second);
    }
    for c in trees.children(verb).filter(|c| trees.is(*c, &["obl", "nmod"]) && Some(*c) != doer) {
        let role = frame.phrases.iter().find(|(p, _)| *p == trees.case(c)).map(|(_, role)| *role);
        // What is handed to somebody has somebody who gets it, wherever that one is.
        let gives = ["hand", "give", "gave", "donat", "award"].iter().any(|stem| trees.lower(verb).starts_with(stem));
        let role = if gives && role == Some("destination") { Some("recipient") } else { role };
        put(role, Some(resolved(trees, c)));
    }
    parts
}

/// "The applications the agency released", where the tree takes the agency for the object of a participle: who does it, and to what.
fn torn_relative(trees: &Trees<'_>, verb: usize) -> Option<(usize, usize)> {
    let noun = trees.head(verb).filter(|_| trees.is(verb, &["acl", "acl:relcl"]) && trees.xpos(verb) == "VBN")?;
    let bare = trees.child(verb, &["nsubj", "nsubj:pass", "aux", "aux:pass"]).is_none();
    let who = trees.child(verb, &["obj"]).filter(|who| *who > noun && *who < verb && bare)?;
    Some((who, noun))
}

/// Verbs with two objects, of which the first gets the second.
fn has_two_objects(trees: &Trees<'_>, verb: usize) -> bool {
    const STEMS: [&str; 9] = ["promis", "offer", "given", "award", "grant", "paid", "sent", "handed", "denied"];
    STEMS.iter().any(|stem| trees.lower(verb).starts_with(stem))
}

/// Who is given what, where the tree takes both for objects, or whom ("promised him six beds") for an owner.
fn given(trees: &Trees<'_>, verb: usize) -> Option<(usize, usize)> {
    let objects: Vec<usize> = trees.children(verb).filter(|c| *c > verb && trees.rel(*c) == "obj").collect();
    if let [who, what] = objects[..] {
        let beside = (who + 1..what)
            .all(|i| matches!(trees.upos(i), "DET" | "ADJ" | "NUM" | "NOUN" | "PROPN" | "SYM" | "PRON" | "PART"));
        return beside.then_some((who, what));
    }
    let [what] = objects[..] else { return None };
    let who = trees.child(what, &["nmod:poss"])?;
    matches!(trees.lower(who), "him" | "them" | "me" | "us").then_some((who, what))
}

/// "By the police", of a passive.
fn is_agent(trees: &Trees<'_>, c: usize, is_passive: bool) -> bool {
    is_passive && trees.rel(c) == "obl" && trees.case(c) == "by"
}

/// The object of a verb; of a relative clause the noun that it is about, where that is its object.
fn object(trees: &Trees<'_>, verb: usize) -> Option<usize> {
    if let Some(asked) = asked(trees, verb) {
        return Some(asked);
    }
    let object = trees.child(verb, &["obj"]).or_else(|| behind(trees, verb)).or_else(|| shared_object(trees, verb));
    if let Some(object) = object {
        // "Asked both leagues to hand over": those before the infinitive do it.
        let does = asker(trees, verb).and_then(|asker| asked_by(trees, asker));
        return Some(resolved(trees, object)).filter(|object| does.is_none() || does != Some(*object));
    }
    let is_bare_relative = trees.rel(verb) == "acl:relcl"
        && trees.child(verb, &["nsubj"]).is_some_and(|s| !is_relative(trees, s))
        && !trees.children(verb).any(|c| trees.is(c, &["ccomp", "xcomp", "obl", "advmod"]) && is_relative(trees, c));
    let object = trees.head(verb).filter(|_| is_bare_relative);
    // "The day police came": of verbs with an object of their own only.
    object.filter(|o| !matches!(trees.lower(*o), "day" | "time" | "way" | "place" | "year" | "reason" | "moment"))
}

/// "Identify and replace the pipes": the object that a verb shares with the one it is coordinated with.
pub(crate) fn shared_object(trees: &Trees<'_>, verb: usize) -> Option<usize> {
    let head = trees.head(verb).filter(|_| trees.rel(verb) == "conj" && trees.upos(verb) == "VERB")?;
    let is_next = (head + 1..verb).all(|i| matches!(trees.upos(i), "CCONJ" | "ADV" | "PART"));
    let own = trees.child(verb, &["obj", "obl", "xcomp", "ccomp", "advmod"]);
    trees.child(head, &["obj"]).filter(|object| *object > verb && own.is_none() && is_next)
}

/// "Plans to meet the envoy", "to meet Ada Voss": what stands behind an infinitive, and a name right behind any verb, is its object
/// also where the tree hangs it on a word before the verb.
fn behind(trees: &Trees<'_>, verb: usize) -> Option<usize> {
    let head = trees.head(verb).filter(|head| *head < verb && trees.rel(verb) == "xcomp");
    let object = head.and_then(|head| trees.children(head).find(|c| *c > verb && trees.rel(*c) == "obj"));
    let next = || Some(verb + 1).filter(|next| *next < trees.len() && trees.upos(*next) == "PROPN");
    let torn = |next: &usize| {
        trees.is(*next, &["flat", "compound", "appos", "conj", "nmod"]) && trees.head(*next).is_some_and(|h| h < verb)
    };
    object.filter(|_| trees.has(verb, "mark", &["to"])).or_else(|| next().filter(torn))
}

/// Words between a verb and the infinitive that it governs at the most.
const ASKED: usize = 12;

/// Whom a verb asks to do something: "asked both leagues to hand over", "ordered residents of the town to leave", whatever the tree
/// makes of it.
fn asked(trees: &Trees<'_>, verb: usize) -> Option<usize> {
    if takes_object(trees, verb) { asked_by(trees, verb) } else { None }
}

pub(crate) fn asked_by(trees: &Trees<'_>, verb: usize) -> Option<usize> {
    let until = trees.sentence(verb).end.min(verb + 2 + ASKED);
    let to = (verb + 2..until).find(|i| trees.lower(*i) == "to" && trees.xpos(*i + 1) == "VB")?;
    let plain = |i: usize| !matches!(trees.upos(i), "VERB" | "AUX" | "PUNCT" | "SCONJ" | "CCONJ" | "PART");
    if !(verb + 1..to).all(plain) || matches!(trees.upos(verb + 1), "ADP" | "ADV") && trees.lower(verb + 1) != "about" {
        return None;
    }
    // The head of the first phrase: its last noun before an "of". What follows another preposition is no part of it.
    let first_end = (verb + 2..to).find(|i| trees.upos(*i) == "ADP").unwrap_or(to);
    if first_end < to && trees.lower(first_end) != "of" {
        return None;
    }
    (verb + 1..first_end).rev().find(|i| matches!(trees.upos(*i), "NOUN" | "PROPN" | "PRON")).map(|last| {
        let inside = |w: &usize| (verb + 1..first_end).contains(w);
        trees.up(last).take_while(inside).last().unwrap_or(last)
    })
}

/// The verb that asks somebody to do what an infinitive says.
pub(crate) fn asker(trees: &Trees<'_>, infinitive: usize) -> Option<usize> {
    let to = infinitive.checked_sub(1).filter(|to| trees.lower(*to) == "to")?;
    let verb = (to.saturating_sub(ASKED)..to).rev().find(|i| trees.upos(*i) == "VERB")?;
    (takes_object(trees, verb) && trees.sentence_number(verb) == trees.sentence_number(to)).then_some(verb)
}

pub(crate) fn is_relative(trees: &Trees<'_>, word: usize) -> bool {
    matches!(trees.lower(word), "who" | "which" | "that" | "whom" | "where" | "when" | "what")
        && trees.upos(word) != "DET"
}

/// The noun that a relative pronoun stands for; the word itself otherwise.
pub(crate) fn resolved(trees: &Trees<'_>, word: usize) -> usize {
    if !is_relative(trees, word) {
        return word;
    }
    let clause = trees.up(word).skip(1).take(4).find(|w| trees.is(*w, &["acl:relcl", "acl"]));
    let noun = clause.and_then(|clause| trees.head(clause)).unwrap_or(word);
    right_before(trees, word, noun).unwrap_or(noun)
}

/// "Took over from his father, Olav, who would die": the name right before the pronoun, where the tree hangs the clause on a word
/// that this name is no part of.
fn right_before(trees: &Trees<'_>, pronoun: usize, noun: usize) -> Option<usize> {
    let comma = pronoun.checked_sub(1).filter(|c| trees.lower(*c) == "," && trees.lower(pronoun) == "who")?;
    let last = comma.checked_sub(1).filter(|last| trees.upos(*last) == "PROPN")?;
    let top = trees.up(last).take_while(|w| trees.upos(*w) == "PROPN").last()?;
    let is_part = trees.up(top).any(|w| w == noun);
    (!is_part && noun < top).then_some(top)
}

/// Types whose noun is rather of those it is done to: "his arrest".
fn is_done_to(kind: &str) -> bool {
    const DONE_TO: [&str; 14] = [
        "die", "injure", "arrest", "detain", "charge", "judge", "free", "rescue", "sanction", "appoint", "evacuate",
        "subpoena", "damage", "accident",
    ];
    DONE_TO.contains(&kind)
}

fn of_noun(trees: &Trees<'_>, trigger: &Trigger) -> Vec<Part> {
    let (noun, frame) = (trigger.word, trigger.entry.frame);
    let mut parts: Vec<Part> = Vec::new();
    let mut put = |role: Option<&'static str>, word: Option<usize>| {
        if let (Some(role), Some(word)) = (role, word) {
            parts.push(Part { role, word });
        }
    };
    // "The police's arrest of two men" is theirs, "Roe's arrest" befalls Roe.
    let befalls = is_done_to(trigger.entry.kind.name) || befalls_owner(trees.lower(noun));
    let of = || trees.children(noun).any(|c| c > noun && trees.rel(c) == "nmod" && trees.case(c) == "of");
    let done_to = befalls && frame.object.is_some() && !of();
    let owner = if done_to { frame.object } else { frame.subject };
    for c in trees.children(noun) {
        match trees.rel(c) {
            "nmod:poss" => put(owner, Some(c)),
            "nmod" | "obl" if c > noun => match trees.case(c) {
                "of" => put(frame.object.or(frame.subject), Some(c)),
                "by" => put(frame.subject, Some(c)),
                // "Referred questions of his involvement to the court": only what is given has one who gets it.
                "to" if trigger.entry.base.is_empty() && !is_given(trees.lower(noun)) => {}
                case => put(frame.phrases.iter().find(|(p, _)| *p == case).map(|(_, role)| *role), Some(c)),
            },
            _ => {}
        }
    }
    for c in hung_beyond(trees, noun) {
        put(frame.phrases.iter().find(|(p, _)| *p == trees.case(c)).map(|(_, role)| *role), Some(c));
    }
    if let Some(verb) = trigger.carrier {
        let (doer, is_passive) = subject(trees, verb, MOST_SHARED);
        let suffers = ["suffer", "underw", "undergo", "receiv", "surviv", "fac"];
        let role = if suffers.iter().any(|s| trees.lower(verb).starts_with(s)) { frame.object } else { frame.subject };
        let is_thing =
            is_passive || doer == Some(noun) || trees.children(verb).any(|c| c == noun && trees.rel(c) == "nsubj");
        if is_thing {
            let by = trees.children(verb).find(|c| trees.rel(*c) == "obl:agent" || is_agent(trees, *c, true));
            put(frame.subject, by);
        } else {
            put(role, doer);
        }
        for c in trees.children(verb).filter(|c| trees.rel(*c) == "obl" && *c != noun) {
            put(
                frame.phrases.iter().find(|(p, _)| *p == trees.case(c)).map(|(_, role)| *role),
                Some(resolved(trees, c)),
            );
        }
    } else if frame.subject == Some("party") {
        put(frame.subject, attendant(trees, noun).or_else(|| planner(trees, trigger)));
    } else if parts.is_empty() && matches!(trigger.entry.kind.name, "protest" | "ceremony") {
        let role = frame.subject;
        if let (Some(role), Some(word)) = (role, planner(trees, trigger)) {
            parts.push(Part { role, word });
        }
    }
    parts
}

/// Other nouns whose owner it is done to: "Roe's firing".
fn befalls_owner(noun: &str) -> bool {
    const NOUNS: [&str; 9] = [
        "firing",
        "removal",
        "murder",
        "kidnapping",
        "abduction",
        "assassination",
        "execution",
        "impeachment",
        "demotion",
    ];
    NOUNS.contains(&noun)
}

/// Nouns of what goes to somebody.
fn is_given(noun: &str) -> bool {
    const STEMS: [&str; 22] = [
        "aid",
        "gift",
        "donat",
        "pay",
        "support",
        "respon",
        "threat",
        "letter",
        "messag",
        "transfer",
        "sale",
        "deliver",
        "export",
        "shipment",
        "contribut",
        "reference",
        "apolog",
        "loan",
        "tribute",
        "offer",
        "concession",
        "speech",
    ];
    STEMS.iter().any(|stem| noun.starts_with(stem))
}

/// "A meeting planned for Monday between the two was put off": phrases between a subject and its verb are the subject's, also
/// where the tree hangs them on the verb or on a participle of the noun.
fn hung_beyond(trees: &Trees<'_>, noun: usize) -> Vec<usize> {
    let is_subject = matches!(trees.rel(noun), "nsubj" | "nsubj:pass");
    let verb = trees.head(noun).filter(|verb| is_subject && *verb > noun);
    let until = verb.unwrap_or(usize::MAX);
    let participle = Some(noun + 1).filter(|next| *next < trees.len() && trees.xpos(*next) == "VBN");
    let heads: Vec<usize> = participle.into_iter().chain(verb).collect();
    let phrases = heads.into_iter().flat_map(|head| trees.children(head));
    phrases.filter(|c| trees.rel(*c) == "obl" && (noun..until).contains(c)).collect()
}

/// Who plans what a noun names, or calls a strike of their own off: "both unions had planned a rally".
fn planner(trees: &Trees<'_>, trigger: &Trigger) -> Option<usize> {
    let noun = trigger.word;
    let verb = trees.head(noun).filter(|_| trees.rel(noun) == "obj")?;
    let form = trees.lower(verb);
    let plans = ["plan", "organis", "organiz", "stag", "schedul", "announc"].iter().any(|stem| form.starts_with(stem));
    let calls_off = (form.starts_with("call")
        || form.starts_with("put")
        || form.starts_with("suspend")
        || form.starts_with("postpon"))
        && matches!(trees.lower(noun), "strike" | "walkout" | "stoppage");
    (plans || calls_off).then(|| subject(trees, verb, MOST_SHARED)).filter(|(_, is_passive)| !is_passive)?.0
}

/// Who attends or joins what a noun names.
fn attendant(trees: &Trees<'_>, noun: usize) -> Option<usize> {
    let verb = trees.head(noun)?;
    let attends = ["attend", "join", "cochair", "co-chair"].iter().any(|stem| trees.lower(verb).starts_with(stem));
    if !attends || trees.upos(verb) != "VERB" {
        return None;
    }
    match trees.rel(noun) {
        "obj" => subject(trees, verb, MOST_SHARED).0,
        "nsubj:pass" => trees.children(verb).find(|c| trees.rel(*c) == "obl:agent" || is_agent(trees, *c, true)),
        _ => None,
    }
}

/// Returns the entities that a word names as the head of its phrase; nothing where no mention has it as its head.
pub(crate) fn named(reading: &Reading<'_>, trees: &Trees<'_>, word: usize) -> Vec<(Id, EntityKind, Span)> {
    let of = |word: usize| {
        let found = reading.mention_of(trees.word(word))?;
        let entities: Vec<_> = reading.entities_of(found.id).collect();
        let is_head = found.form == MentionForm::Name || is_head_of(trees, word, found.evidence.span);
        (is_head && !entities.is_empty()).then_some((entities, found.evidence.span))
    };
    // "The envoy, Ada Voss", "Minister Voss": the name hangs on the noun, which by itself may be nobody who is named.
    let has_name = |found: &(Vec<_>, Span)| found.0.iter().any(|e: &&Entity| e.name.is_some());
    let beside = || trees.children(word).filter(|c| trees.is(*c, &["appos", "flat"])).find_map(of);
    let own = of(word);
    let found = match own.as_ref().is_some_and(has_name) {
        true => own,
        false => beside().filter(has_name).or(own).or_else(beside),
    };
    let named = |(entities, span): (Vec<&Entity>, Span)| entities.into_iter().map(|e| (e.id, e.kind, span)).collect();
    found.map(named).unwrap_or_default()
}

/// Whether the word that a word hangs on stands outside the mention.
fn is_head_of(trees: &Trees<'_>, word: usize, mention: Span) -> bool {
    trees.head(word).is_none_or(|head| !mention.covers(trees.word(head).span))
}

/// Returns who takes part: the parts that name an entity. One entity has one role, the first.
pub(crate) fn players(reading: &Reading<'_>, trees: &Trees<'_>, parts: &[Part]) -> Vec<Player> {
    let mut players: Vec<Player> = Vec::new();
    for part in parts {
        for (entity, _, evidence) in named(reading, trees, part.word) {
            // "Which locked in low rates, clients": words that begin with a relative pronoun run over a clause of their own.
            let first = trees.at(evidence.bytes().start);
            if is_relative(trees, first) && evidence.bytes().end > trees.word(first).span.bytes().end {
                continue;
            }
            // Nobody is what another is attacked with: "a clash with Roe".
            let kind = reading.record.entities.iter().find(|e| e.id == entity).map(|e| e.kind);
            if part.role == "instrument" && matches!(kind, Some(EntityKind::Person | EntityKind::Group)) {
                continue;
            }
            if !players.iter().any(|p| p.entity == entity) {
                players.push(Player { role: part.role, entity, evidence });
            }
        }
    }
    without_descriptions(reading, players)
}

/// "Met Roe, the party's leader and a minister": what describes one who takes part is nobody beside him.
fn without_descriptions(reading: &Reading<'_>, players: Vec<Player>) -> Vec<Player> {
    let has_name = |id: Id| reading.record.entities.iter().any(|e| e.id == id && e.name.is_some());
    let describes = |p: &&Player| {
        let start = p.evidence.bytes().start;
        let of =
            |id: Id| players.iter().any(|q| q.entity == id && q.entity != p.entity && q.evidence.bytes().end < start);
        reading.record.relations.iter().any(|r| {
            let told = r.evidence.bytes();
            r.title.is_some() && (told.start + 1..told.end).contains(&start) && of(r.from)
        })
    };
    let dropped: Vec<Player> = if players.len() < 2 {
        Vec::new()
    } else {
        players.iter().filter(|p| !has_name(p.entity)).filter(describes).copied().collect()
    };
    let within = |p: &Player| dropped.iter().any(|d| d.evidence.covers(p.evidence) && !has_name(p.entity));
    players.into_iter().filter(|p| !within(p)).collect()
}
