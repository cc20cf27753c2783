//! The status that a verb gives to its own event.

use reportedly_record::Status;

use crate::clause::{Clause, Form, clause};
use crate::nominal::{is_claim, nominal};
use crate::scope::{Class, Scope, scopes};
use crate::sense::{Scene, Sense};

/// Words that open a condition or a question inside a sentence.
const CONDITIONS: [&str; 5] = ["if", "unless", "whether", "lest", "provided"];

pub(crate) fn verbal(scene: &Scene<'_>, verb: usize, depth: usize) -> Sense {
    if depth == 0 {
        return Sense::open(Status::Happened);
    }
    let trees = scene.trees;
    let own = clause(trees, verb);
    let told = match told(scene, verb, own) {
        Some(told) => told,
        None => governed(scene, verb, own, depth),
    };
    let told = if own.is_negated { negated(told, own) } else { told };
    let told = match yet_to(scene, verb) {
        true => Sense::new(Status::DidNotHappen),
        false => told,
    };
    if own.form.is_finite() { within(scene, verb, told, own, depth) } else { told }
}

/// What a finite form tells; none for other forms.
fn told(scene: &Scene<'_>, verb: usize, own: Clause) -> Option<Sense> {
    let trees = scene.trees;
    Some(match own.form {
        Form::Past => Sense::new(Status::Happened),
        Form::Progressive if scene.is_ahead[verb] => Sense::new(Status::Planned),
        // Going to do it.
        Form::Progressive => Sense::new(Status::Ongoing),
        Form::PastProgressive if scene.is_ahead[verb] => Sense::new(Status::Planned),
        Form::PastProgressive => Sense::new(Status::Ongoing),
        Form::Present if is_habit(scene, verb) => Sense::new(Status::Generic),
        Form::Present if scene.is_ahead[verb] => Sense::new(Status::Planned),
        Form::Present if scene.in_headline[verb] => Sense::new(Status::Happened),
        Form::Present if own.is_passive => Sense::open(Status::Happened),
        Form::Present => Sense::open(Status::Generic),
        Form::Future => Sense::new(Status::Planned),
        Form::Would if after_past(scene, verb) => Sense::new(Status::Planned),
        Form::Would | Form::Counterfactual => Sense::new(Status::Hypothetical),
        Form::May if trees.has(verb, "aux", &["could"]) && own.is_negated => Sense::new(Status::Happened),
        Form::May => Sense::new(Status::Possible),
        Form::Can => Sense::new(Status::Possible),
        Form::Must => Sense::new(Status::Hypothetical),
        Form::Infinitive | Form::Gerund | Form::Participle | Form::Bare => return None,
    })
}

/// "Meet every second Tuesday", "usually close at six".
fn is_habit(scene: &Scene<'_>, verb: usize) -> bool {
    let trees = scene.trees;
    let each = |i: usize| trees.phrase(i).any(|i| matches!(trees.lower(i), "every" | "each"));
    trees.children(verb).any(|c| match trees.rel(c) {
        "advmod" => matches!(
            trees.lower(c),
            "usually" | "typically" | "normally" | "often" | "generally" | "daily" | "weekly" | "monthly" | "annually"
        ),
        "obl:unmarked" => each(c),
        _ => false,
    })
}

/// "Said it would close": the future of a past.
fn after_past(scene: &Scene<'_>, verb: usize) -> bool {
    let trees = scene.trees;
    let conditional = trees.children(verb).any(|c| trees.rel(c) == "advcl" && is_conditional(scene, c));
    let told = trees.up(verb).skip(1).take(4).any(|g| {
        trees.upos(g) == "VERB"
            && clause(trees, g).form == Form::Past
            && trees.up(verb).take_while(|w| *w != g).all(|w| !trees.is(w, &["acl:relcl", "advcl"]))
    });
    told && !conditional
}

fn is_conditional(scene: &Scene<'_>, clause: usize) -> bool {
    let trees = scene.trees;
    trees.children(clause).any(|c| trees.is(c, &["mark", "advmod"]) && CONDITIONS.contains(&trees.lower(c)))
}

/// "Has yet to release".
fn yet_to(scene: &Scene<'_>, verb: usize) -> bool {
    let trees = scene.trees;
    trees.children(verb).any(|c| trees.lower(c) == "to" && c > 0 && trees.lower(c - 1) == "yet" && c < verb)
}

pub(crate) fn negated(told: Sense, own: Clause) -> Sense {
    match told.status {
        Status::Happened | Status::Ongoing | Status::Planned => Sense { status: Status::DidNotHappen, ..told },
        Status::Possible if own.form == Form::Can => Sense { status: Status::Hypothetical, ..told },
        Status::Generic => Sense { status: Status::DidNotHappen, is_open: true, ..told },
        Status::DidNotHappen => Sense { status: Status::Happened, ..told },
        Status::Denied | Status::Cancelled | Status::Possible | Status::Hypothetical => told,
    }
}

/// What a governing word of a scope makes of a status: `of` is its own.
pub(crate) fn scoped(scope: Scope, of: Sense) -> Sense {
    use Status::{Cancelled, Denied, DidNotHappen, Happened, Hypothetical, Ongoing, Planned, Possible};
    let strong = matches!(of.status, Cancelled | DidNotHappen | Denied);
    match scope {
        Scope::Planned if strong || of.status == Hypothetical => Sense { is_open: false, ..of },
        Scope::Planned => Sense::new(Planned),
        Scope::Hypothetical => Sense::new(Hypothetical),
        Scope::Possible if of.status == Denied => of,
        Scope::Possible => Sense::new(Possible),
        Scope::Failed => match of.status {
            DidNotHappen => Sense::new(Happened),
            Happened | Ongoing | Status::Generic => Sense::new(DidNotHappen),
            Cancelled | Denied | Hypothetical | Planned | Possible => of,
        },
        Scope::Denied if of.status == DidNotHappen => Sense::new(Hypothetical),
        Scope::Denied if matches!(of.status, Happened | Ongoing | Status::Generic) => Sense::new(Denied),
        Scope::Denied => Sense::new(Hypothetical),
        Scope::Prevented => match of.status {
            Happened | Ongoing => Sense::new(DidNotHappen),
            DidNotHappen => Sense::open(Happened),
            _ => Sense::new(Hypothetical),
        },
        Scope::Cancelled | Scope::Postponed => match of.status {
            Happened | Ongoing | Planned | Cancelled | Status::Generic => Sense::new(Cancelled),
            DidNotHappen => Sense::new(Planned),
            Denied | Possible | Hypothetical => Sense::new(Hypothetical),
        },
        Scope::Inherited => of,
        Scope::Ongoing if of.status == Happened || of.status == Status::Generic => Sense::new(Ongoing),
        Scope::Ongoing => of,
        Scope::Ended if strong => of,
        Scope::Ended => Sense::new(Happened),
    }
}

/// The status of a form without a tense, told by what it hangs on.
fn governed(scene: &Scene<'_>, verb: usize, own: Clause, depth: usize) -> Sense {
    let trees = scene.trees;
    let Some(head) = trees.head(verb) else {
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
    match trees.rel(verb) {
        "conj" => match trees.upos(head) {
            "VERB" => verbal(scene, head, depth - 1),
            _ => nominal(scene, head, depth - 1),
        },
        "xcomp" | "ccomp" | "csubj" | "obj" | "parataxis" | "obl" if trees.upos(head) != "NOUN" => {
            complement(scene, verb, head, mark, own, depth)
        }
        "advcl" => adverbial(scene, head, mark, own, depth),
        "acl" | "acl:relcl" | "nmod" | "xcomp" | "ccomp" | "csubj" | "appos" => on_noun(scene, verb, head, own, depth),
        _ => Sense::open(Status::Happened),
    }
}

/// An infinitive or gerund that completes a verb or an adjective.
fn complement(scene: &Scene<'_>, verb: usize, head: usize, mark: &str, own: Clause, depth: usize) -> Sense {
    let trees = scene.trees;
    let form = trees.lower(head);
    let of = verbal_or_copular(scene, head, depth - 1);
    let class = if trees.upos(head) == "ADJ" { Class::Adjective } else { Class::Verb };
    let of_head = scopes(class, form);
    let has = |scope: Scope| of_head.contains(&scope);
    let doubts = |c: usize| trees.is(c, &["mark", "advmod"]) && CONDITIONS.contains(&trees.lower(c));
    if trees.children(verb).any(doubts) {
        return Sense::new(Status::Hypothetical);
    }
    if form == "going" && own.form == Form::Infinitive && !trees.has(verb, "mark", &["from"]) {
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
            (Form::Infinitive, _) => Sense::open(Status::Hypothetical),
            _ => of,
        },
        [Scope::Prevented, ..] => scoped(Scope::Prevented, of),
        [scope, ..] => scoped(*scope, of),
    }
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
fn adverbial(scene: &Scene<'_>, head: usize, mark: &str, own: Clause, depth: usize) -> Sense {
    let of = verbal_or_copular(scene, head, depth - 1);
    let of = Sense { is_open: false, ..of };
    match mark {
        "without" | "instead" | "rather" => Sense::new(Status::DidNotHappen),
        _ if CONDITIONS.contains(&mark) => Sense::new(Status::Hypothetical),
        "from" if scopes(Class::Verb, scene.trees.lower(head)).contains(&Scope::Prevented) => {
            scoped(Scope::Prevented, of)
        }
        "for" | "of" | "with" | "in" | "on" | "about" | "against" => match scopes(Class::Verb, scene.trees.lower(head))
        {
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
        // A purpose: meant, as a rule.
        _ if own.form == Form::Infinitive => match of.status {
            Status::Happened | Status::Ongoing | Status::Planned => Sense::open(Status::Planned),
            _ => Sense::new(Status::Hypothetical),
        },
        // "Denies having helped him by paying".
        "by" if of.status == Status::Denied => of,
        _ => match of.status {
            Status::DidNotHappen | Status::Denied => Sense::open(Status::Happened),
            Status::Generic => Sense::open(Status::Generic),
            _ => of,
        },
    }
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
            if ranked(head) || trees.children(head).any(ranked) {
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

/// The status of a noun that governs: a plan that was scrapped, no attempt.
pub(crate) fn of_noun(scene: &Scene<'_>, noun: usize, depth: usize) -> Sense {
    let sense = nominal(scene, noun, depth - 1);
    if sense.is_open { Sense::open(Status::Happened) } else { sense }
}

/// What a finite clause's surroundings make of its status: condition, question, denial, belief, demand.
fn within(scene: &Scene<'_>, verb: usize, told: Sense, own: Clause, depth: usize) -> Sense {
    let trees = scene.trees;
    if is_question(scene, verb) {
        return Sense::new(Status::Hypothetical);
    }
    let condition =
        |c: usize| trees.rel(c) == "advcl" && is_conditional(scene, c) && !trees.has(c, "mark", &["whether"]);
    if trees.children(verb).any(condition)
        && !matches!(own.form, Form::Past | Form::Progressive | Form::PastProgressive)
    {
        return Sense::new(Status::Hypothetical);
    }
    let mark = trees.children(verb).find(|c| {
        trees.is(*c, &["mark", "advmod"]) && *c < verb && {
            let word = trees.lower(*c);
            CONDITIONS.contains(&word) || matches!(word, "before" | "until" | "once" | "when" | "after" | "that" | "as")
        }
    });
    let mark = mark.map_or("", |c| trees.lower(c));
    let Some(head) = trees.head(verb) else { return told };
    match trees.rel(verb) {
        _ if CONDITIONS.contains(&mark) => Sense::new(Status::Hypothetical),
        "ccomp" if is_denied_claim(scene, head) => scoped(Scope::Denied, told),
        "ccomp" | "csubj" | "csubj:pass" | "parataxis" => reported(scene, head, told, depth),
        "advcl" if matches!(mark, "before" | "until" | "once" | "when" | "after") && own.form == Form::Present => {
            match verbal_or_copular(scene, head, depth - 1).status {
                Status::Planned => Sense::new(Status::Planned),
                Status::Hypothetical | Status::Possible => Sense::new(Status::Hypothetical),
                _ => told,
            }
        }
        "advcl" if matches!(mark, "before" | "until") && own.form != Form::Past => Sense::new(Status::Planned),
        // What an if-clause says first it says of all that is coordinated with it.
        "conj"
            if trees.is(head, &["advcl", "ccomp"])
                && trees.upos(head) == "VERB"
                && told.status != Status::DidNotHappen =>
        {
            let of = clause(trees, head);
            if of.form.is_finite() && of.form == own.form { reframed(scene, head, told, of, depth) } else { told }
        }
        "acl" if is_denied_claim(scene, head) => scoped(Scope::Denied, told),
        "acl" => match scopes(Class::Noun, trees.lower(head)).first() {
            Some(scope @ (Scope::Possible | Scope::Denied)) => scoped(*scope, of_noun(scene, head, depth)),
            _ => told,
        },
        _ => told,
    }
}

/// "Denied the claim that", "denies allegations of".
pub(crate) fn is_denied_claim(scene: &Scene<'_>, noun: usize) -> bool {
    let trees = scene.trees;
    trees.upos(noun) == "NOUN"
        && is_claim(trees.lower(noun))
        && trees.is(noun, &["obj", "nsubj:pass", "ccomp", "xcomp"])
        && trees.head(noun).is_some_and(|verb| {
            matches!(scopes(Class::Verb, trees.lower(verb)).first(), Some(Scope::Denied)) || {
                let form = trees.lower(verb);
                form.starts_with("reject") || form.starts_with("dismiss")
            }
        })
}

fn reframed(scene: &Scene<'_>, head: usize, told: Sense, of: Clause, depth: usize) -> Sense {
    if depth <= 1 { told } else { within(scene, head, told, of, depth - 1) }
}

/// A clause that somebody says, thinks, denies, demands.
fn reported(scene: &Scene<'_>, head: usize, told: Sense, depth: usize) -> Sense {
    let trees = scene.trees;
    if !matches!(trees.upos(head), "VERB" | "ADJ" | "NOUN") {
        return told;
    }
    let form = trees.lower(head);
    let asserted = matches!(told.status, Status::Happened | Status::Ongoing | Status::Planned | Status::Generic);
    let class = if trees.upos(head) == "ADJ" { Class::Adjective } else { Class::Verb };
    let of_head = scopes(class, form);
    let own = clause(trees, head);
    match of_head.first() {
        Some(Scope::Denied) if asserted && !own.is_negated => scoped(Scope::Denied, Sense::new(Status::Happened)),
        Some(Scope::Possible) if asserted && is_belief(scene, head) => Sense::new(Status::Possible),
        Some(Scope::Hypothetical) if asserted && is_wish(form) => Sense::new(Status::Hypothetical),
        _ => match told.status {
            // "If he said that": what is said hangs on it.
            Status::Happened | Status::Planned if depth > 1 && is_under_condition(scene, head) => {
                Sense::new(Status::Hypothetical)
            }
            _ => told,
        },
    }
}

fn is_under_condition(scene: &Scene<'_>, verb: usize) -> bool {
    scene.trees.rel(verb) == "advcl" && is_conditional(scene, verb)
}

/// Believed, suspected, feared: not said, claimed or reported, but in the passive ("it is said that").
fn is_belief(scene: &Scene<'_>, verb: usize) -> bool {
    let trees = scene.trees;
    let form = trees.lower(verb);
    let says = ["say", "said", "report", "claim", "alleg", "estimat", "understood", "understand"];
    !says.iter().any(|stem| form.starts_with(stem)) || clause(trees, verb).is_passive && !form.starts_with("report")
}

fn is_wish(form: &str) -> bool {
    [
        "hope",
        "hoping",
        "wish",
        "want",
        "demand",
        "urge",
        "urging",
        "ask",
        "insist",
        "recommend",
        "suggest",
        "propos",
        "request",
    ]
    .iter()
    .any(|stem| form.starts_with(stem))
}

/// Whether a verb is asked about: it heads a sentence that ends with a question mark.
fn is_question(scene: &Scene<'_>, verb: usize) -> bool {
    let trees = scene.trees;
    let sentence = trees.sentence(verb);
    let asks = (sentence.start..sentence.end).rev().take(3).any(|i| trees.lower(i) == "?");
    asks && (trees.head(verb).is_none() || trees.is(verb, &["conj", "parataxis", "ccomp"]))
}
