//! The status of a verb without a tense of its own, told by what it hangs on: "plans to meet", "accused of taking", "the man
//! arrested".

use reportedly_record::Status;

use crate::claim::{accuses, is_denied_claim, is_sign, rejects};
use crate::clause::{Clause, Form, clause};
use crate::nominal::nominal;
use crate::scope::{Class, Scope, scopes};
use crate::sense::{Scene, Sense};
use crate::tree::Trees;
use crate::verbal::{CONDITIONS, scoped, verbal};

/// The status of a form without a tense, told by what it hangs on.
pub(crate) fn governed(scene: &Scene<'_>, verb: usize, own: Clause, depth: usize) -> Sense {
    let trees = scene.trees;
    // "Museum to hand back psalter".
    if own.form == Form::Infinitive && scene.in_headline[verb] && opens_headline(trees, verb) {
        return Sense::new(Status::Planned);
    }
    // "Missed a chance to remind them", on whatever the tree hangs it.
    let chance = verb.checked_sub(2).filter(|_| own.form == Form::Infinitive && trees.lower(verb - 1) == "to");
    if let Some(missed) = chance.and_then(|chance| missed(trees, chance)) {
        // "Rarely missed a chance to attack him".
        let rarely = |c: usize| matches!(trees.lower(c), "rarely" | "seldom" | "hardly" | "scarcely");
        if trees.children(missed).any(rarely) {
            return Sense::new(Status::Happened);
        }
        return scoped(Scope::Failed, verbal_or_copular(scene, missed, depth - 1));
    }
    // "As soon as possible to discuss it": it hangs on what is done so soon.
    let soon = |head: &usize| trees.lower(*head) == "possible" && *head > 0 && trees.lower(*head - 1) == "as";
    let head = trees.head(verb).map(|head| trees.head(head).filter(|_| soon(&head)).unwrap_or(head));
    let Some(head) = head else {
        return match own.form {
            Form::Participle if scene.in_headline[verb] || own.is_passive => Sense::new(Status::Happened),
            Form::Participle => Sense::open(Status::Happened),
            Form::Gerund => Sense::open(Status::Ongoing),
            Form::Infinitive if scene.in_headline[verb] => Sense::new(Status::Planned),
            _ => Sense::open(Status::Hypothetical),
        };
    };
    let mark =
        trees.children(verb).find(|c| trees.is(*c, &["mark", "case"]) && *c < verb).map_or("", |c| trees.lower(c));
    if is_accused_of(trees, verb) {
        return Sense::new(Status::Possible);
    }
    // "Options: that the boy come back", "demanded he be freed".
    if own.form == Form::Bare
        && trees.child(verb, &["nsubj", "nsubj:pass"]).is_some()
        && (mark == "that" || trees.has(verb, "aux:pass", &["be"]))
        && trees.xpos(verb).starts_with("VB")
    {
        return Sense::new(Status::Hypothetical);
    }
    match trees.rel(verb) {
        // "Aimed at raising money"; "stalled on returning it": it is owed still.
        _ if own.form == Form::Gerund
            && (mark == "at" && trees.lower(head).starts_with("aim")
                || mark == "on" && matches!(trees.lower(head), "stalled" | "stalling" | "stalls" | "reneged")) =>
        {
            Sense::new(Status::Planned)
        }
        "xcomp" | "ccomp" | "obl" if mark == "by" => adverbial(scene, verb, head, mark, own, depth),
        // "She was scheduled to lay flowers and meet guards": what is to be done goes on.
        "conj" if own.form == Form::Bare && matches!(trees.xpos(verb), "VB" | "VBP") => {
            let infinitive = |c: &usize| {
                (head..verb).contains(c) && clause(trees, *c).form == Form::Infinitive && trees.upos(*c) == "VERB"
            };
            // "Might try to flee and hide": the modal is of both.
            let has_modal = !matches!(
                clause(trees, head).form,
                Form::Past | Form::Present | Form::Progressive | Form::PastProgressive | Form::Participle
            );
            let to_do = trees.children(head).rfind(|c| !has_modal && infinitive(c));
            match to_do.or((trees.upos(head) == "VERB").then_some(head)) {
                Some(first) => verbal(scene, first, depth - 1),
                None => nominal(scene, head, depth - 1),
            }
        }
        "conj" => match trees.upos(head) {
            "VERB" => verbal(scene, head, depth - 1),
            _ => nominal(scene, head, depth - 1),
        },
        "xcomp" | "ccomp" | "csubj" | "obj" | "parataxis" | "obl" if trees.upos(head) != "NOUN" => {
            complement(scene, verb, head, mark, own, depth)
        }
        // "Is due to answer": it completes the adjective, whatever the tree calls it.
        "advcl"
            if own.form == Form::Infinitive
                && trees.upos(head) == "ADJ"
                && !scopes(Class::Adjective, trees.lower(head)).is_empty() =>
        {
            complement(scene, verb, head, mark, own, depth)
        }
        "advcl" => adverbial(scene, verb, head, mark, own, depth),
        "acl" | "acl:relcl" | "nmod" | "xcomp" | "ccomp" | "csubj" | "appos" => on_noun(scene, verb, head, own, depth),
        _ => Sense::open(Status::Happened),
    }
}

/// Whether the infinitive of a headline is its verb: a noun stands before it, and no verb.
fn opens_headline(trees: &Trees<'_>, verb: usize) -> bool {
    let before = trees.sentence(verb).start..verb;
    let Some(to) = before.clone().rev().find(|i| trees.lower(*i) == "to") else { return false };
    let noun = to.checked_sub(1).is_some_and(|i| matches!(trees.upos(i), "NOUN" | "PROPN"));
    noun && verb - to <= 2 && !before.into_iter().any(|i| matches!(trees.upos(i), "VERB" | "AUX" | "ADJ"))
}

/// An infinitive or gerund that completes a verb or an adjective.
fn complement(scene: &Scene<'_>, verb: usize, head: usize, mark: &str, own: Clause, depth: usize) -> Sense {
    let trees = scene.trees;
    let form = trees.lower(head);
    let of = verbal_or_copular(scene, head, depth - 1);
    let class = if trees.upos(head) == "ADJ" { Class::Adjective } else { Class::Verb };
    let of_head = scopes(class, form);
    // "The council has to act": whether it will is not told; "had to leave" is.
    if own.form == Form::Infinitive
        && matches!(form, "has" | "have" | "'ve")
        && clause(trees, head).form == Form::Present
    {
        return Sense::new(Status::Hypothetical);
    }
    let has = |scope: Scope| of_head.contains(&scope);
    let doubts = |c: usize| trees.is(c, &["mark", "advmod"]) && CONDITIONS.contains(&trees.lower(c));
    if trees.children(verb).any(doubts) {
        return Sense::new(Status::Hypothetical);
    }
    // "We have got to stop", "told them to leave", "was told to leave": it is asked, and no more.
    let is_told = matches!(form, "tell" | "tells" | "told" | "telling");
    if own.form == Form::Infinitive && (form == "got" || is_told) {
        return Sense::new(Status::Hypothetical);
    }
    // "Were able to capture it": they did. Of 27 such events of the training texts 23 are told as having happened.
    if own.form == Form::Infinitive && form == "able" && is_done(scene, head) {
        return match of.status {
            Status::DidNotHappen => Sense::new(Status::DidNotHappen),
            _ => Sense::new(Status::Happened),
        };
    }
    // "Was honoured to address them", "could not have been prouder to": it is felt about what is so.
    if own.form == Form::Infinitive && is_felt(form) {
        return match of.status {
            _ if matches!(clause(trees, head).form, Form::Past | Form::Present | Form::Counterfactual | Form::May) => {
                Sense::new(Status::Happened)
            }
            Status::DidNotHappen => Sense::new(Status::Hypothetical),
            _ => of,
        };
    }
    // "Tried to flee": that is told, and whether they fled is left to what else is told. Of 197 such events of the training texts 62 are
    // told as having happened, 47 as going on, 28 as imagined, 24 as not done and 19 as planned.
    let tries = ["tried", "trying", "attempt", "sought", "seeking"].iter().any(|stem| form.starts_with(stem));
    if tries && own.form == Form::Infinitive && matches!(of.status, Status::Happened | Status::Ongoing) {
        return Sense::open(Status::Planned);
    }
    // "A man who police say left": it is told as having happened, by the police.
    if matches!(form, "say" | "says") && own.form == Form::Past && trees.child(head, &["nsubj"]).is_some() {
        return Sense::open(Status::Happened);
    }
    // "Does not recall meeting him": whether they met is open.
    if own.form == Form::Gerund
        && ["recall", "remember"].iter().any(|stem| form.starts_with(stem))
        && of.status == Status::DidNotHappen
    {
        return Sense::new(Status::Possible);
    }
    if is_done_by_saying(scene, verb, head) {
        return Sense::new(Status::Happened);
    }
    let perfect = is_perfect_infinitive(scene, verb);
    if form == "supposed" && own.form == Form::Infinitive && perfect {
        return Sense::new(Status::Possible);
    }
    if matches!(form, "going" | "supposed") && own.form == Form::Infinitive && !trees.has(verb, "mark", &["from"]) {
        return scoped(Scope::Planned, of);
    }
    match of_head {
        _ if mark == "from" && has(Scope::Prevented) => scoped(Scope::Prevented, of),
        _ if own.form == Form::Gerund && has(Scope::Ended) => scoped(Scope::Ended, of),
        _ if has(Scope::Ongoing) => scoped(Scope::Ongoing, of),
        // "Is said to", but not "said to".
        _ if has(Scope::Possible) && own.form == Form::Infinitive && has(Scope::Hypothetical) => {
            scoped(Scope::Hypothetical, of)
        }
        [] if class == Class::Adjective => Sense::open(Status::Hypothetical),
        [] if own.form == Form::Infinitive && is_perfect_infinitive(scene, verb) => Sense::new(Status::Possible),
        [] => match (own.form, of.status) {
            (Form::Infinitive, Status::Happened | Status::Ongoing) => Sense::open(Status::Planned),
            // "Did not summon them to sign": they did not.
            (Form::Infinitive, Status::DidNotHappen) if !form.starts_with("hesitat") => {
                Sense::open(Status::DidNotHappen)
            }
            (Form::Infinitive, _) => Sense::open(Status::Hypothetical),
            _ => of,
        },
        [Scope::Prevented, ..] => scoped(Scope::Prevented, of),
        // "The bridge will enable trucks to cross": as much as the bridge.
        [Scope::Hypothetical, ..] if of.status == Status::Planned && enables(form) => of,
        // "Is denied the chance to appear".
        [Scope::Denied, ..] if own.form == Form::Infinitive => scoped(Scope::Prevented, of),
        [scope, ..] => scoped(*scope, of),
    }
}

/// Whether a copula is of the past and under no condition: "were able", "has been able".
fn is_done(scene: &Scene<'_>, adjective: usize) -> bool {
    let trees = scene.trees;
    let past = trees.has(adjective, "cop", &["was", "were"])
        || trees.has(adjective, "cop", &["been"]) && trees.has(adjective, "aux", &["has", "have", "had"]);
    let under =
        |c: usize| trees.is(c, &["mark", "aux"]) && (CONDITIONS.contains(&trees.lower(c)) || trees.xpos(c) == "MD");
    let asks = trees.lower(trees.sentence(adjective).end - 1) == "?";
    past && !asks && !trees.children(adjective).any(under)
}

/// How somebody feels about what they did or learnt.
fn is_felt(adjective: &str) -> bool {
    const FELT: [&str; 14] = [
        "proud",
        "honored",
        "honoured",
        "humbled",
        "privileged",
        "saddened",
        "surprised",
        "shocked",
        "stunned",
        "dismayed",
        "horrified",
        "disappointed",
        "relieved",
        "delighted",
    ];
    FELT.contains(&adjective)
}

/// Verbs behind which "in" says what is done.
fn takes_part(form: &str) -> bool {
    const STEMS: [&str; 10] =
        ["engag", "assist", "help", "cooperat", "collaborat", "participat", "join", "shar", "indulg", "persist"];
    STEMS.iter().any(|stem| form.starts_with(stem)) || form.starts_with("involv") || form.starts_with("aid")
}

/// What a thing makes possible, not what somebody may do by leave of a law.
fn enables(form: &str) -> bool {
    form.starts_with("enabl")
}

/// "I want to thank them", "we wish to apologise": who says so does it.
fn is_done_by_saying(scene: &Scene<'_>, verb: usize, head: usize) -> bool {
    const STEMS: [&str; 12] = [
        "thank",
        "deny",
        "apologi",
        "congratulat",
        "commend",
        "salut",
        "prais",
        "remind",
        "express",
        "stress",
        "emphasi",
        "assur",
    ];
    let trees = scene.trees;
    let says = || STEMS.iter().any(|stem| trees.lower(verb).starts_with(stem));
    let wants = ["want", "wish", "like"].contains(&trees.lower(head));
    wants
        && says()
        && scene.is_quoted[verb]
        && trees.child(head, &["nsubj"]).is_some_and(|s| matches!(trees.lower(s), "i" | "we"))
}

fn is_perfect_infinitive(scene: &Scene<'_>, verb: usize) -> bool {
    let trees = scene.trees;
    trees.has(verb, "aux", &["have"]) && trees.xpos(verb) == "VBN"
}

/// The status of a governor: a verb, or an adjective or noun with a copula.
pub(crate) fn verbal_or_copular(scene: &Scene<'_>, head: usize, depth: usize) -> Sense {
    let trees = scene.trees;
    if depth == 0 {
        return Sense::open(Status::Happened);
    }
    if matches!(trees.upos(head), "VERB" | "AUX") || trees.child(head, &["cop", "nsubj"]).is_some() {
        let sense = verbal(scene, head, depth);
        return match sense.status {
            // The present of a state holds: "is able to", "wants to".
            Status::Generic => Sense { status: Status::Happened, ..sense },
            _ => sense,
        };
    }
    nominal(scene, head, depth)
}

/// A clause that hangs on another by a conjunction, a preposition, or as its purpose.
fn adverbial(scene: &Scene<'_>, verb: usize, head: usize, mark: &str, own: Clause, depth: usize) -> Sense {
    let of = verbal_or_copular(scene, head, depth - 1);
    let of = Sense { is_open: false, ..of };
    match mark {
        "without" | "instead" | "rather" => Sense::new(Status::DidNotHappen),
        _ if CONDITIONS.contains(&mark) => Sense::new(Status::Hypothetical),
        "from" if scopes(Class::Verb, scene.trees.lower(head)).contains(&Scope::Prevented) => {
            scoped(Scope::Prevented, of)
        }
        // "Decided against broadcasting it".
        "against" if ["decid", "voted", "opt"].iter().any(|stem| scene.trees.lower(head).starts_with(stem)) => {
            scoped(Scope::Failed, of)
        }
        // "With the club running out the clock, they should have left": it has a subject of its own, and no condition.
        "with" if own.form == Form::Gerund && scene.trees.child(verb, &["nsubj"]).is_some() => {
            Sense::open(Status::Ongoing)
        }
        // "Sentenced to five years for taking a bribe": what it was for is over.
        "for" if own.form == Form::Gerund && is_for_what_was_done(scene.trees.lower(head)) => {
            Sense::new(Status::Happened)
        }
        "for" | "of" | "with" | "in" | "on" | "about" | "against" => match scopes(Class::Verb, scene.trees.lower(head))
        {
            // "Did not pay anybody in securing their release": it was secured.
            [] if mark == "in" && of.status == Status::DidNotHappen && !takes_part(scene.trees.lower(head)) => {
                Sense::open(Status::Happened)
            }
            [Scope::Inherited, ..] | [] => match of.status {
                Status::Happened | Status::Ongoing => Sense::open(Status::Happened),
                _ => of,
            },
            [scope, ..] => scoped(*scope, of),
        },
        "before" if of.status == Status::Happened => Sense::new(Status::Happened),
        "before" | "until" => Sense::new(Status::Planned),
        "after" | "since" | "following"
            if matches!(of.status, Status::Happened | Status::Ongoing | Status::DidNotHappen) =>
        {
            Sense::new(Status::Happened)
        }
        "after" | "since" | "following" => Sense::open(Status::Happened),
        // "Made requests to withdraw it", "filed a lawsuit to overturn it": what the noun before it is for.
        _ if own.form == Form::Infinitive && is_wanted_by_object(scene.trees, head, verb) => {
            scoped(Scope::Hypothetical, of)
        }
        // A purpose: meant, as a rule.
        _ if own.form == Form::Infinitive => match of.status {
            Status::Happened | Status::Ongoing | Status::Planned => Sense::open(Status::Planned),
            // "Nobody has come to talk to us."
            Status::DidNotHappen => Sense::open(Status::DidNotHappen),
            _ => Sense::new(Status::Hypothetical),
        },
        // "Denies having helped him by paying"; who contests the result by paying does so.
        "by" if of.status == Status::Denied || is_denial_of_deed(scene.trees, head) => Sense::new(Status::Denied),
        _ => match of.status {
            Status::DidNotHappen | Status::Denied => Sense::open(Status::Happened),
            Status::Generic => Sense::open(Status::Generic),
            _ => of,
        },
    }
}

/// Whether the object right before an infinitive asks for it, where the tree hangs the infinitive on the verb.
fn is_wanted_by_object(trees: &Trees<'_>, head: usize, infinitive: usize) -> bool {
    let object = trees.children(head).rfind(|c| (head..infinitive).contains(c) && trees.rel(*c) == "obj");
    object.is_some_and(|object| {
        trees.upos(object) == "NOUN"
            && trees.phrase(object).end + 1 == infinitive
            && trees.lower(infinitive - 1) == "to"
            && scopes(Class::Noun, trees.lower(object)).first() == Some(&Scope::Hypothetical)
    })
}

/// "Denies having helped him": the verb of the deed hangs on the denial.
fn is_denial_of_deed(trees: &Trees<'_>, verb: usize) -> bool {
    rejects(trees.lower(verb)) && trees.child(verb, &["xcomp", "ccomp"]).is_some()
}

/// "Accused of taking a bribe", "charged with setting the fire": on whatever word the tree hangs what it is.
fn is_accused_of(trees: &Trees<'_>, verb: usize) -> bool {
    let after = |word: usize| matches!(trees.lower(word), "of" | "with");
    let is_adverb = |word: usize| trees.upos(word) == "ADV";
    let named = verb > 1 && (after(verb - 1) || is_adverb(verb - 1) && after(verb - 2));
    let by = |above: usize| above < verb && trees.upos(above) == "VERB" && accuses(trees.lower(above));
    named && trees.xpos(verb) == "VBG" && trees.up(verb).skip(1).take(3).any(by)
}

/// Verbs behind which "for" says what was done before.
fn is_for_what_was_done(form: &str) -> bool {
    const STEMS: [&str; 24] = [
        "ridicul",
        "mock",
        "rebuk",
        "scold",
        "reprimand",
        "slam",
        "sentenc",
        "arrest",
        "jail",
        "imprison",
        "fin",
        "thank",
        "prais",
        "apologi",
        "convict",
        "punish",
        "critici",
        "blam",
        "condemn",
        "fired",
        "suspend",
        "detain",
        "reward",
        "honor",
    ];
    STEMS.iter().any(|stem| form.starts_with(stem)) && !form.starts_with("find") && !form.starts_with("finish")
}

/// A clause that hangs on a noun: "plans to meet", "the man arrested", "a decision to leave".
fn on_noun(scene: &Scene<'_>, verb: usize, head: usize, own: Clause, depth: usize) -> Sense {
    let trees = scene.trees;
    match own.form {
        Form::Infinitive | Form::Bare => {
            // "Not the first to meet": those to meet did.
            let ranked = |i: usize| {
                matches!(
                    trees.lower(i),
                    "first" | "last" | "only" | "second" | "third" | "latest" | "next" | "youngest"
                )
            };
            // "The first member of the house to back him", where it hangs on the house.
            let over = trees.head(head).filter(|_| trees.rel(head) == "nmod" && trees.case(head) == "of");
            let is_ranked = |i: usize| ranked(i) || trees.children(i).any(ranked);
            if is_ranked(head) || over.is_some_and(is_ranked) {
                return match trees.children(head).any(|c| trees.lower(c) == "next") || trees.lower(head) == "next" {
                    true => Sense::new(Status::Planned),
                    false => Sense::new(Status::Happened),
                };
            }
            match scopes(Class::Noun, trees.lower(head)).first() {
                Some(scope) => scoped(*scope, of_noun(scene, head, depth)),
                None => Sense::open(Status::Hypothetical),
            }
        }
        Form::Gerund if is_denied_claim(scene, head) => Sense::new(Status::Denied),
        // "Banned the director from travelling", where the clause hangs on who is banned.
        Form::Gerund if is_kept_from(trees, verb, head) => {
            let keeps = trees.head(head).unwrap_or(head);
            scoped(Scope::Prevented, verbal_or_copular(scene, keeps, depth - 1))
        }
        // "No sign of backing down".
        Form::Gerund if is_sign(trees.lower(head)) && of_noun(scene, head, depth).status == Status::DidNotHappen => {
            Sense::new(Status::DidNotHappen)
        }
        Form::Gerund => match scopes(Class::Noun, trees.lower(head)).first() {
            Some(scope) if trees.children(verb).any(|c| trees.is(c, &["mark", "case"])) => {
                scoped(*scope, of_noun(scene, head, depth))
            }
            // "A role in brokering it": as the clause goes.
            _ if trees.children(verb).any(|c| trees.is(c, &["mark", "case"])) => {
                Sense { is_open: true, ..of_noun(scene, head, depth) }
            }
            _ => Sense::open(Status::Ongoing),
        },
        _ => Sense::new(Status::Happened),
    }
}

/// The verb by which a chance goes by.
fn missed(trees: &Trees<'_>, chance: usize) -> Option<usize> {
    let is_chance = matches!(trees.lower(chance), "chance" | "opportunity");
    let misses =
        |verb: &usize| ["miss", "squander", "wast", "pass"].iter().any(|stem| trees.lower(*verb).starts_with(stem));
    let beside = (trees.sentence(chance).start..chance).rev().take(4).find(|i| trees.upos(*i) == "VERB");
    beside.filter(|verb| is_chance && misses(verb))
}

/// Whether a gerund is what somebody is kept from doing, who is the object of the verb that says so.
fn is_kept_from(trees: &Trees<'_>, gerund: usize, who: usize) -> bool {
    trees.has(gerund, "mark", &["from"])
        && trees.rel(who) == "obj"
        && trees.head(who).is_some_and(|verb| scopes(Class::Verb, trees.lower(verb)).contains(&Scope::Prevented))
}

/// The status of a noun that governs: a plan that was scrapped, no attempt.
pub(crate) fn of_noun(scene: &Scene<'_>, noun: usize, depth: usize) -> Sense {
    let sense = nominal(scene, noun, depth - 1);
    if sense.is_open { Sense::open(Status::Happened) } else { sense }
}
