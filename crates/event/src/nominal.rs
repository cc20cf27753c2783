//! The status that a noun gives to its event: its own modifiers, then what is done with it.

use reportedly_record::Status;

use crate::claim::{is_claim, is_denied_claim, is_denied_that, is_disowned, is_sign};
use crate::clause::{Form, clause};
use crate::governed::{of_noun, verbal_or_copular};
use crate::scope::{Class, Scope, scopes};
use crate::sense::{Scene, Sense};
use crate::verbal::{is_conditional, scoped};

pub(crate) fn nominal(scene: &Scene<'_>, noun: usize, depth: usize) -> Sense {
    if depth == 0 {
        return Sense::open(Status::Happened);
    }
    let by_place = placed(scene, noun, depth);
    let told = by_modifiers(scene, noun, by_place).unwrap_or(by_place);
    let open = told.is_open && told.status == Status::Happened && !is_definite(scene, noun);
    if open && is_under_condition(scene, noun) { Sense::new(Status::Hypothetical) } else { told }
}

/// "If convicted, he faces years in prison": what is new in such a clause depends on the condition, whichever of the two verbs the tree
/// hangs on the other.
fn is_under_condition(scene: &Scene<'_>, noun: usize) -> bool {
    let trees = scene.trees;
    let over = std::iter::successors(trees.head(noun), |word| trees.head(*word)).take(5);
    let depends = |verb: usize| {
        let clauses = trees.children(verb).filter(|c| trees.is(*c, &["advcl"]) && *c != noun);
        clauses.chain([verb]).any(|c| is_conditional(scene, c))
    };
    over.into_iter().filter(|word| trees.upos(*word) == "VERB").any(depends)
}

/// Words that make a noun a particular one: its status is told elsewhere.
pub(crate) fn is_definite(scene: &Scene<'_>, noun: usize) -> bool {
    let trees = scene.trees;
    trees.children(noun).any(|c| {
        matches!(trees.lower(c), "the" | "this" | "that" | "these" | "those") && trees.is(c, &["det"])
            || trees.is(c, &["nmod:poss"])
    })
}

/// The status that a pronoun's place gives to what it takes up: "it was scrapped", "it never took place". None where that
/// tells nothing.
pub(crate) fn taken_up(scene: &Scene<'_>, pronoun: usize) -> Option<Sense> {
    let trees = scene.trees;
    let head = trees.head(pronoun).filter(|head| trees.upos(*head) == "VERB")?;
    // "It was a day after the rally was called off": that has a subject of its own.
    if trees.children(head).any(|c| c != pronoun && trees.is(c, &["nsubj", "nsubj:pass"])) {
        return None;
    }
    let form = trees.lower(head);
    let tells = match trees.rel(pronoun) {
        "nsubj:pass" => {
            let of = scopes(Class::Verb, form);
            of.contains(&Scope::Cancelled) || of.contains(&Scope::Postponed)
        }
        "nsubj" => matches!(form, "take" | "takes" | "took" | "taken") && trees.has(head, "obj", &["place"]),
        _ => false,
    };
    let sense = match trees.rel(pronoun) {
        _ if !tells => return None,
        "nsubj" => acting(scene, pronoun, head, 4),
        _ => acted_on(scene, pronoun, head, 4),
    };
    (!sense.is_open).then_some(sense)
}

/// What stands with the noun itself: "no", "planned", "alleged".
fn by_modifiers(scene: &Scene<'_>, noun: usize, placed: Sense) -> Option<Sense> {
    let trees = scene.trees;
    let mut found = None;
    for c in trees.children(noun) {
        let word = trees.lower(c);
        match trees.rel(c) {
            "det" if word == "no" && is_disowned(trees, noun) => return Some(Sense::new(Status::Denied)),
            "det" if word == "no" => return Some(Sense::new(Status::DidNotHappen)),
            // "Nobody found any fault."
            "det" if word == "any" && (placed.status == Status::DidNotHappen || trees.has(noun, "cc", &["nor"])) => {
                found = Some(Sense::new(Status::DidNotHappen));
            }
            "det" if matches!(word, "any" | "whatever" | "whichever") => {
                found = Some(Sense::new(Status::Hypothetical));
            }
            // "What decision he might take".
            "det" if word == "what" && is_open_choice(scene, noun) => found = Some(Sense::new(Status::Hypothetical)),
            "case" if word == "without" => return Some(Sense::new(Status::DidNotHappen)),
            "det" | "det:predet" | "amod" if matches!(word, "every" | "each" | "such") => {
                found = Some(Sense::open(Status::Generic))
            }
            "amod" | "compound" | "acl" => {
                let told = match scopes(Class::Adjective, word).first() {
                    Some(Scope::Planned) if c < noun => Some(Sense::new(Status::Planned)),
                    Some(Scope::Possible) => Some(Sense::new(Status::Possible)),
                    Some(Scope::Failed) => Some(Sense::new(Status::DidNotHappen)),
                    Some(Scope::Cancelled) => Some(Sense::new(Status::Cancelled)),
                    // "Sessions, suspended since April".
                    Some(Scope::Postponed) if c > noun => Some(postponed(scene, c, Sense::new(Status::Planned))),
                    Some(Scope::Postponed) => Some(Sense::new(Status::Planned)),
                    Some(Scope::Ongoing) => Some(Sense::new(Status::Ongoing)),
                    _ if matches!(word, "recent" | "previous" | "last" | "deadly" | "past" | "earlier") => {
                        Some(Sense::new(Status::Happened))
                    }
                    _ => None,
                };
                found = found.or(told);
            }
            _ => {}
        }
    }
    // "Possible campaign collusion", where the tree has the adjective hang on the noun between.
    let doubts =
        |c: usize| trees.is(c, &["amod"]) && scopes(Class::Adjective, trees.lower(c)).contains(&Scope::Possible);
    let between = trees.children(noun).filter(|c| *c < noun && trees.is(*c, &["compound", "nmod:poss"]));
    if found.is_none() && between.into_iter().any(|c| trees.children(c).any(doubts)) {
        found = Some(Sense::new(Status::Possible));
    }
    let strong = matches!(placed.status, Status::Cancelled | Status::DidNotHappen | Status::Denied) && !placed.is_open;
    match found {
        _ if strong => None,
        Some(sense) if sense.status == Status::Planned && placed.status == Status::Hypothetical => None,
        // "The planned visit took place."
        Some(sense) if sense.status == Status::Planned && placed.status == Status::Happened && !placed.is_open => None,
        other => other,
    }
}

/// Whether the clause that a noun belongs to or takes tells only what may be.
fn is_open_choice(scene: &Scene<'_>, noun: usize) -> bool {
    let trees = scene.trees;
    let clauses = trees.children(noun).filter(|c| trees.is(*c, &["acl:relcl", "acl"])).chain(trees.head(noun));
    clauses.into_iter().any(|verb| matches!(clause(trees, verb).form, Form::May | Form::Would | Form::Can))
}

/// What the noun's place in its clause tells.
fn placed(scene: &Scene<'_>, noun: usize, depth: usize) -> Sense {
    let trees = scene.trees;
    let ahead = scene.is_ahead[noun];
    let Some(head) = trees.head(noun) else {
        return match clause(trees, noun).form {
            _ if trees.child(noun, &["cop"]).is_some() => copular(scene, noun),
            _ if ahead => Sense::new(Status::Planned),
            _ => Sense::open(Status::Happened),
        };
    };
    if ahead && !trees.is(noun, &["obj", "nsubj:pass", "conj"]) {
        return Sense::new(Status::Planned);
    }
    match trees.rel(noun) {
        // "Called off the strike", where the particle was taken for a preposition.
        "obl" if matches!(trees.case(noun), "off" | "back") && trees.lower(head + 1) == trees.case(noun) => {
            acted_on(scene, noun, head, depth)
        }
        // Bare and behind its verb it is an object, whatever the tree calls it.
        "obl" if trees.case(noun).is_empty() && noun > head => acted_on(scene, noun, head, depth),
        "conj" | "appos" => nominal(scene, head, depth - 1),
        "nsubj:pass" => called_off(scene, noun, head, depth).unwrap_or_else(|| acted_on(scene, noun, head, depth)),
        "obj" | "iobj" => acted_on(scene, noun, head, depth),
        "nsubj" => called_off(scene, noun, head, depth).unwrap_or_else(|| acting(scene, noun, head, depth)),
        "obl" | "obl:agent" | "obl:unmarked" | "advmod" | "dep" | "orphan" => beside(scene, noun, head, depth),
        "nmod" | "nmod:desc" => under_noun(scene, noun, head, depth),
        // "The criticism that it would be a return to the old order".
        "ccomp" | "acl" if trees.child(noun, &["cop"]).is_some() && is_denied_that(scene, head) => {
            Sense::new(Status::Denied)
        }
        "ccomp" | "acl:relcl" | "advcl" | "parataxis" if trees.child(noun, &["cop"]).is_some() => copular(scene, noun),
        "xcomp" => weak(scene, noun, verbal_or_copular(scene, head, depth - 1)),
        // "Called off the merger deal": as the whole goes.
        "compound" if !trees.is(head, &["compound"]) => match nominal(scene, head, depth - 1) {
            of if of.status == Status::Cancelled => of,
            _ => Sense::open(Status::Happened),
        },
        _ => Sense::open(Status::Happened),
    }
}

/// "The trip was planned for June but has been called off", of a subject that two verbs share.
fn called_off(scene: &Scene<'_>, noun: usize, head: usize, depth: usize) -> Option<Sense> {
    let trees = scene.trees;
    let shares = |verb: &usize| {
        trees.rel(*verb) == "conj"
            && trees.child(*verb, &["aux:pass"]).is_some()
            && trees.child(*verb, &["nsubj", "nsubj:pass"]).is_none()
    };
    let mut later = trees.children(head).filter(shares).map(|verb| acted_on(scene, noun, verb, depth));
    later.find(|of| of.status == Status::Cancelled)
}

fn copular(scene: &Scene<'_>, noun: usize) -> Sense {
    let own = clause(scene.trees, noun);
    match own.form {
        _ if own.is_negated => Sense::new(Status::DidNotHappen),
        Form::Past => Sense::open(Status::Happened),
        Form::Future => Sense::open(Status::Planned),
        Form::May | Form::Can => Sense::open(Status::Possible),
        Form::Would | Form::Counterfactual | Form::Must => Sense::open(Status::Hypothetical),
        _ => Sense::open(Status::Happened),
    }
}

/// A status that comes from the clause around the noun: it counts for what is new there, not for what is known ("the").
fn weak(scene: &Scene<'_>, noun: usize, of: Sense) -> Sense {
    let is_counterfactual =
        || scene.trees.head(noun).is_some_and(|h| clause(scene.trees, h).form == Form::Counterfactual);
    match of.status {
        Status::Happened | Status::Ongoing => Sense::open(Status::Happened),
        Status::Generic => Sense::open(Status::Generic),
        Status::Hypothetical if is_counterfactual() => of,
        _ if is_definite(scene, noun) => Sense::open(Status::Happened),
        _ => of,
    }
}

/// The object of a verb, or the subject of a passive one.
fn acted_on(scene: &Scene<'_>, noun: usize, head: usize, depth: usize) -> Sense {
    let trees = scene.trees;
    let of = verbal_or_copular(scene, head, depth - 1);
    let form = trees.lower(head);
    let has_particle = |particles: &[&str]| {
        particles.contains(&trees.lower(head + 1))
            || trees
                .children(head)
                .any(|c| trees.is(c, &["compound:prt", "advmod"]) && particles.contains(&trees.lower(c)))
    };
    match scopes(Class::Verb, form) {
        // "A sketch that glorified the murder": nobody was murdered.
        _ if is_shown(form) && of.status == Status::Happened => Sense::new(Status::Hypothetical),
        // "Loves a rally": not only the one that he wants.
        _ if ["love", "loves", "loved", "like", "likes", "liked"].contains(&form) => {
            Sense { is_open: of.status != Status::Hypothetical, ..of }
        }
        // What is waited for is still to come.
        _ if form.starts_with("await") && of.status != Status::DidNotHappen => Sense::new(Status::Planned),
        _ if form.starts_with("call") => match has_particle(&["off"]) {
            true => scoped(Scope::Cancelled, of),
            // "Called for a boycott", where the tree takes the noun for the object.
            false if trees.lower(head + 1) == "for" && noun > head => scoped(Scope::Hypothetical, of),
            false => Sense::open(Status::Happened),
        },
        _ if matches!(form, "put" | "puts" | "putting" | "push" | "pushed" | "pushing") => {
            match has_particle(&["off", "back"]) {
                true => postponed(scene, head, of),
                // "Put the sale on hold", "puts plans on ice".
                false if on_hold(scene, head) => scoped(Scope::Postponed, of),
                false => weak(scene, noun, of),
            }
        }
        _ if form.starts_with("carr") && !has_particle(&["out"]) => weak(scene, noun, of),
        [Scope::Postponed, ..] => postponed(scene, head, of),
        // A claim that is denied was made: what it claims is denied.
        [Scope::Denied, ..] if is_claim(trees.lower(noun)) || is_denied_that(scene, noun) => {
            Sense::open(Status::Happened)
        }
        // Who disputes a vote does not say that there was none.
        [Scope::Denied, ..] if form.starts_with("disput") => Sense::open(Status::Happened),
        [Scope::Inherited, ..] => weak_of(noun, of, scene),
        // A step that is discussed is not taken.
        [Scope::Hypothetical, ..] if of.status == Status::Happened && is_step(trees.lower(noun)) => {
            Sense::new(Status::Hypothetical)
        }
        // The plan is announced or proposed, what was done is not.
        [Scope::Hypothetical, ..] if of.status == Status::Happened && is_definite(scene, noun) && discusses(form) => {
            Sense::open(Status::Happened)
        }
        [Scope::Possible, ..]
            if !matches!(form, "suspect" | "suspected" | "fear" | "feared" | "fears" | "allege" | "alleged") =>
        {
            weak(scene, noun, of)
        }
        [Scope::Failed, ..] => weak(scene, noun, of),
        // What is offered in words is said: "offered an apology".
        [Scope::Planned, ..]
            if form.starts_with("offer") && of.status == Status::Happened && is_said(trees.lower(noun)) =>
        {
            Sense::new(Status::Happened)
        }
        // "Organised protests": as a rule they were held.
        [Scope::Planned, ..] if form.starts_with("organi") && of.status == Status::Happened => {
            Sense::open(Status::Happened)
        }
        // "Announced the creation of a site": it may be there already.
        [Scope::Planned, ..]
            if form.starts_with("announc") && of.status == Status::Happened && is_definite(scene, noun) =>
        {
            match is_done_when_told(trees.lower(noun)) {
                true => Sense::open(Status::Happened),
                false => Sense { is_open: true, ..scoped(Scope::Planned, of) },
            }
        }
        // "Accused of ordering the killing", "denied that he ordered it": there was one.
        [Scope::Planned, ..]
            if matches!(of.status, Status::Denied | Status::Possible)
                && is_definite(scene, noun)
                && ["order", "command", "direct", "organi", "plann"].iter().any(|stem| form.starts_with(stem)) =>
        {
            Sense::open(Status::Happened)
        }
        // "Denied bail", "denies admission to children".
        [Scope::Denied, ..] if is_granted(trees.lower(noun)) => scoped(Scope::Prevented, of),
        // "Denied him a hearing": refused, and so it was not held.
        [Scope::Denied, ..]
            if trees
                .children(head)
                .any(|c| c != noun && (trees.is(c, &["iobj", "nsubj:pass"]) || c < noun && trees.rel(c) == "obj")) =>
        {
            scoped(Scope::Prevented, of)
        }
        [scope, ..] => scoped(*scope, of),
        [] => weak(scene, noun, of),
    }
}

/// What is over, as a rule, when it is announced.
fn is_done_when_told(noun: &str) -> bool {
    matches!(
        noun.trim_end_matches('s'),
        "arrest" | "death" | "capture" | "resignation" | "seizure" | "discovery" | "rejection"
    )
}

/// Words that one offers.
fn is_said(noun: &str) -> bool {
    const SAID: [&str; 14] = [
        "apology",
        "advice",
        "assurance",
        "condolence",
        "congratulation",
        "criticism",
        "endorsement",
        "explanation",
        "opinion",
        "praise",
        "prayer",
        "retort",
        "sympathy",
        "tribute",
    ];
    SAID.contains(
        &noun.strip_suffix("ies").map_or_else(|| noun.trim_end_matches('s').to_owned(), |n| format!("{n}y")).as_str(),
    )
}

/// Verbs of showing what need not be so.
fn is_shown(form: &str) -> bool {
    ["glorif", "depict", "portray", "imagin", "simulat", "dramati", "fantasi"].iter().any(|stem| form.starts_with(stem))
}

/// What somebody may give or not: "subject to approval".
fn is_assent(noun: &str) -> bool {
    matches!(noun, "approval" | "approvals" | "consent" | "ratification" | "confirmation" | "agreement" | "review")
}

/// What a warrant or a petition is for.
fn is_of_warrant(noun: &str) -> bool {
    matches!(
        noun.trim_end_matches('s'),
        "arrest" | "search" | "detention" | "extradition" | "release" | "removal" | "recall"
    )
}

/// What one gives or refuses: who denies it does not give it.
fn is_granted(noun: &str) -> bool {
    matches!(
        noun.trim_end_matches('s'),
        "bail"
            | "admission"
            | "entry"
            | "acces"
            | "asylum"
            | "citizenship"
            | "visa"
            | "parole"
            | "permission"
            | "permit"
            | "appeal"
            | "request"
            | "application"
            | "hearing"
            | "treatment"
            | "leave"
            | "licence"
            | "license"
            | "petition"
            | "motion"
            | "trial"
            | "release"
            | "clemency"
            | "pension"
            | "extension"
            | "nomination"
            | "vote"
    )
}

fn on_hold(scene: &Scene<'_>, verb: usize) -> bool {
    let trees = scene.trees;
    trees.children(verb).any(|c| matches!(trees.lower(c), "hold" | "ice") && trees.case(c) == "on")
}

/// What is yet to be done, by whatever name.
fn is_step(noun: &str) -> bool {
    matches!(noun, "step" | "steps" | "move" | "measure" | "measures" | "idea" | "option" | "options" | "closure")
}

fn discusses(form: &str) -> bool {
    form.starts_with("discuss") || form.starts_with("consider") || form.starts_with("lik") || form.starts_with("love")
}

/// The object of a verb that carries it ("held a meeting"): the verb's own status.
fn weak_of(noun: usize, of: Sense, scene: &Scene<'_>) -> Sense {
    match of.status {
        Status::Generic if scene.trees.xpos(noun) == "NNS" => Sense::open(Status::Generic),
        Status::Generic => Sense::open(Status::Happened),
        _ => of,
    }
}

/// Put off: to a new date it is still planned, without one it is cancelled.
fn postponed(scene: &Scene<'_>, verb: usize, of: Sense) -> Sense {
    let trees = scene.trees;
    let dated = |c: usize| {
        trees.is(c, &["obl", "obl:unmarked", "nmod", "advmod"])
            && matches!(trees.case(c), "to" | "until" | "till" | "for" | "by")
            && (scene.has_time[c] || trees.reach(c, |_| false).any(|i| scene.has_time[i]))
    };
    let later = trees.children(verb).any(dated)
        || trees.children(verb).filter(|c| trees.rel(*c) == "obj").any(|o| trees.children(o).any(dated));
    match scoped(Scope::Postponed, of) {
        sense if sense.status == Status::Cancelled && later => Sense::new(Status::Planned),
        sense => sense,
    }
}

/// The subject of a verb or a predicate.
fn acting(scene: &Scene<'_>, noun: usize, head: usize, depth: usize) -> Sense {
    let trees = scene.trees;
    let form = trees.lower(head);
    let own = clause(trees, head);
    let of = verbal_or_copular(scene, head, depth - 1);
    if trees.upos(head) == "ADJ" || trees.child(head, &["cop"]).is_some() {
        return match (scopes(Class::Adjective, form).first(), own.form) {
            (Some(Scope::Planned | Scope::Possible), _) if own.is_negated => Sense::open(Status::Hypothetical),
            (Some(Scope::Planned), Form::Past) => Sense::open(Status::Planned),
            (Some(Scope::Planned), _) => Sense::new(Status::Planned),
            (Some(Scope::Possible), _) => Sense::new(Status::Possible),
            (Some(Scope::Ongoing), _) => Sense::new(Status::Ongoing),
            _ if matches!(form, "underway" | "way") => Sense::new(Status::Ongoing),
            (_, Form::Future) => Sense::open(Status::Planned),
            _ => Sense::open(Status::Happened),
        };
    }
    match form {
        "take" | "takes" | "took" | "taken" | "taking" | "happen" | "happened" | "occur" | "occurred" | "begin"
        | "begins" | "began" | "begun" | "start" | "starts" | "started" | "opened" | "open" | "opens" | "break"
        | "broke" | "resume" | "resumed" | "went" | "proceed" | "proceeded" | "come" | "came" | "follow"
        | "followed" => match of.status {
            Status::Generic => Sense::open(Status::Happened),
            Status::DidNotHappen if form.starts_with("resum") => Sense::open(Status::Happened),
            _ => of,
        },
        "continue" | "continues" | "continued" | "rage" | "raged" | "persist" | "persists" => match own.form {
            Form::Past => Sense::open(Status::Ongoing),
            Form::Future => Sense::open(Status::Ongoing),
            _ => Sense::new(Status::Ongoing),
        },
        "end" | "ended" | "ends" | "concluded" | "finished" if of.status == Status::Happened => {
            Sense::new(Status::Happened)
        }
        "collapsed" | "collapse" | "collapses" | "faltered" | "foundered" | "fizzled" | "fell" | "lapsed"
            if is_arranged(trees.lower(noun)) && (form != "fell" || trees.lower(head + 1) == "through") =>
        {
            match of.status {
                Status::Happened | Status::Generic => Sense::new(Status::Cancelled),
                _ => Sense::open(Status::Planned),
            }
        }
        // Talks that stall were begun; what else stalls is not done yet.
        "stalled" | "stalls" | "stall" if matches!(of.status, Status::Happened | Status::Ongoing) => {
            let talks = matches!(trees.lower(noun), "talks" | "negotiations" | "discussions" | "dialogue" | "process");
            Sense::new(if talks { Status::Ongoing } else { Status::Planned })
        }
        "stalled" | "stalls" | "stall" | "delayed" => Sense::open(Status::Planned),
        // "An inquiry found no evidence": an inquiry there was.
        _ if of.status == Status::DidNotHappen
            && trees.child(head, &["obj", "ccomp"]).is_some()
            && !trees.has(noun, "det", &["no", "neither"]) =>
        {
            Sense::open(Status::Happened)
        }
        _ => weak(scene, noun, of),
    }
}

/// What is arranged before it is done, and may come to nothing.
fn is_arranged(noun: &str) -> bool {
    matches!(
        noun,
        "deal" | "merger" | "takeover" | "acquisition" | "sale" | "plan" | "plans" | "bid" | "offer" | "agreement"
    )
}

/// A noun with a preposition that hangs on a verb: "after the attack", "for talks".
fn beside(scene: &Scene<'_>, noun: usize, head: usize, depth: usize) -> Sense {
    let trees = scene.trees;
    let case = trees.case(noun);
    let of = verbal_or_copular(scene, head, depth - 1);
    let form = trees.lower(head);
    let told = |status: Status| match of.status {
        Status::Planned | Status::Hypothetical if status == Status::Happened && !is_definite(scene, noun) => of,
        _ => Sense::open(status),
    };
    match case {
        "after" | "following" | "since" | "amid" | "despite" | "because" | "over" | "from" => told(Status::Happened),
        "before" | "ahead" | "until" | "till" | "prior" | "pending" => match of.status {
            Status::Happened if clause(trees, head).form == Form::Past => Sense::open(Status::Happened),
            // "It comes ten days before the start of the games."
            Status::Happened
                if clause(trees, head).form == Form::Present && case == "before" && !scene.in_headline[noun] =>
            {
                Sense::new(Status::Planned)
            }
            _ => Sense::open(Status::Planned),
        },
        // "Subject to approval".
        "to" if form == "subject" && is_assent(trees.lower(noun)) => Sense::new(Status::Hypothetical),
        // "Suspicions were raised of collusion".
        "of" if trees
            .child(head, &["nsubj:pass"])
            .is_some_and(|s| scopes(Class::Noun, trees.lower(s)).first() == Some(&Scope::Possible)) =>
        {
            Sense::new(Status::Possible)
        }
        "for" | "on" | "to" | "of" | "with" | "about" | "against" | "in" | "at" => {
            let scope =
                scopes(Class::Verb, form).iter().find(|scope| !matches!(scope, Scope::Inherited | Scope::Ended));
            let governs = match scope {
                Some(Scope::Hypothetical) => matches!(case, "for" | "to" | "on"),
                Some(Scope::Planned) => matches!(case, "for" | "on" | "to") && !is_definite(scene, noun),
                Some(Scope::Possible) => matches!(case, "of" | "in") && form.starts_with("suspect"),
                Some(Scope::Prevented) => false,
                Some(_) => matches!(case, "of" | "for"),
                None => false,
            };
            match scope {
                Some(scope) if governs => scoped(*scope, of),
                _ if case == "for" && is_going(form) && matches!(of.status, Status::Happened | Status::Ongoing) => {
                    Sense::open(Status::Planned)
                }
                _ if is_definite(scene, noun)
                    && matches!(of.status, Status::Hypothetical | Status::DidNotHappen | Status::Denied) =>
                {
                    Sense::open(Status::Happened)
                }
                _ => match of.status {
                    Status::Happened | Status::Ongoing => Sense::open(Status::Happened),
                    Status::DidNotHappen | Status::Denied | Status::Cancelled => Sense::open(Status::Happened),
                    Status::Planned if matches!(case, "at" | "in" | "during" | "for") => Sense::open(Status::Planned),
                    Status::Planned => Sense::open(Status::Happened),
                    _ => Sense { is_open: true, ..of },
                },
            }
        }
        _ => weak(scene, noun, of),
    }
}

/// Verbs of going somewhere for a purpose.
fn is_going(form: &str) -> bool {
    ["arriv", "travel", "head", "fl", "gather", "went", "return", "summon", "prepar", "invit", "com"]
        .iter()
        .any(|stem| form.starts_with(stem))
}

/// A noun that hangs on another: "plans for a meeting", "the cancellation of the match", "the day of the attack".
fn under_noun(scene: &Scene<'_>, noun: usize, head: usize, depth: usize) -> Sense {
    let trees = scene.trees;
    let case = trees.case(noun);
    let form = trees.lower(head);
    let of = || of_noun(scene, head, depth);
    if matches!(case, "after" | "following" | "since" | "during" | "amid") {
        return Sense::open(Status::Happened);
    }
    if !matches!(case, "of" | "for" | "to" | "on" | "about" | "over" | "against") {
        return Sense::open(Status::Happened);
    }
    // "In the event of a strike", "in case of mass arrests".
    if case == "of" && matches!(form, "case" | "event") && trees.case(head) == "in" && !is_definite(scene, noun) {
        return Sense::new(Status::Hypothetical);
    }
    let off = ["cancellation", "cancelation", "scrapping", "abandonment"];
    match scopes(Class::Noun, form).first() {
        _ if is_sign(form) && nominal(scene, head, depth - 1).status == Status::DidNotHappen => {
            Sense::new(Status::DidNotHappen)
        }
        _ if off.contains(&form) => scoped(Scope::Cancelled, of()),
        _ if matches!(form, "postponement" | "delay" | "suspension") => scoped(Scope::Postponed, of()),
        _ if matches!(form, "lack" | "absence") => Sense::new(Status::DidNotHappen),
        _ if case == "of" && is_denied_claim(scene, head) => Sense::new(Status::Denied),
        Some(Scope::Planned) if is_definite(scene, noun) && case == "of" => Sense::open(Status::Happened),
        // "Support for the ban": it may be in force.
        Some(Scope::Hypothetical) if form == "support" && is_definite(scene, noun) => Sense::open(Status::Hypothetical),
        // "A lawsuit over the shooting": it is about what was done.
        Some(Scope::Hypothetical)
            if matches!(form.trim_end_matches('s'), "lawsuit" | "petition" | "warrant")
                && (case != "for" || !is_of_warrant(trees.lower(noun))) =>
        {
            Sense::open(Status::Happened)
        }
        // "Resistance to the attack": there was one.
        Some(Scope::Hypothetical) if matches!(form, "opposition" | "resistance") && is_definite(scene, noun) => {
            Sense::open(Status::Happened)
        }
        Some(scope) => scoped(*scope, of()),
        None => Sense::open(Status::Happened),
    }
}
