//! The status that a verb gives to its own event.

use reportedly_record::Status;

use crate::claim::{
    is_called_untrue, is_claim, is_denied_that, is_disowned, is_falsely, is_left_undone, is_sign, is_that_untrue,
    is_without_truth, rejects,
};
use crate::clause::{Clause, Form, clause};
use crate::governed::{governed, of_noun, verbal_or_copular};
use crate::nominal::nominal;
use crate::scope::{Class, Scope, scopes};
use crate::sense::{Scene, Sense};
use crate::tree::Trees;

/// Words that open a condition or a question inside a sentence.
pub(crate) const CONDITIONS: [&str; 5] = ["if", "unless", "whether", "lest", "provided"];

/// Nouns and participles up to the claim that a clause is taken to be of.
const DENIED_ABOVE: usize = 3;

pub(crate) fn verbal(scene: &Scene<'_>, verb: usize, depth: usize) -> Sense {
    if depth == 0 {
        return Sense::open(Status::Happened);
    }
    let trees = scene.trees;
    let own = clause(trees, verb);
    // "If convicted": whatever the tree makes of what follows.
    let bare_if =
        trees.upos(verb) == "VERB" && trees.xpos(verb) == "VBN" && trees.lower(verb.saturating_sub(1)) == "if";
    if is_inverted(trees, verb) || bare_if || is_warned_off(trees, verb) {
        return Sense::new(Status::Hypothetical);
    }
    if is_of_anybody(trees, verb) {
        return Sense::new(Status::Hypothetical);
    }
    if own.form.is_finite() && is_risk(trees, verb) {
        return Sense::new(Status::Possible);
    }
    if but_did_not(trees, verb) {
        return Sense::new(Status::DidNotHappen);
    }
    // "Is likely to move", whatever the tree makes of it; where that is no condition.
    let is_likely = verb > 1 && trees.lower(verb - 1) == "to" && matches!(trees.lower(verb - 2), "likely" | "unlikely");
    let under = |word: usize| is_conditional(scene, word);
    if is_likely && !trees.up(verb).take(2).any(under) {
        return Sense::new(Status::Possible);
    }
    let told = match told(scene, verb, own) {
        Some(told) => told,
        None => governed(scene, verb, own, depth),
    };
    let told = if own.is_negated { negated(told) } else { told };
    let is_denial = is_own_denial(scene, verb, own, told)
        || told.status == Status::DidNotHappen
            && trees.child(verb, &["obj"]).is_some_and(|share| is_disowned(trees, share));
    let told = if is_denial { Sense::new(Status::Denied) } else { told };
    let told = match yet_to(scene, verb) || in_vain(scene, verb) {
        true => Sense::new(Status::DidNotHappen),
        false => told,
    };
    if own.form.is_finite() { within(scene, verb, told, own, depth) } else { told }
}

/// "Anyone who had met him would have been arrested": nobody is said to have.
fn is_of_anybody(trees: &Trees<'_>, verb: usize) -> bool {
    let Some(noun) = trees.head(verb).filter(|_| trees.is(verb, &["acl:relcl"])) else { return false };
    let any = |word: &str| matches!(word, "any" | "anyone" | "anybody");
    let anybody = any(trees.lower(noun)) || trees.children(noun).any(|c| trees.is(c, &["det"]) && any(trees.lower(c)));
    let over = |over: usize| matches!(clause(trees, over).form, Form::Would | Form::Counterfactual);
    anybody && trees.is(noun, &["nsubj", "nsubj:pass"]) && trees.head(noun).is_some_and(over)
}

/// "The risk is that the talks will suffer".
fn is_risk(trees: &Trees<'_>, verb: usize) -> bool {
    const RISKS: [&str; 8] = ["risk", "danger", "threat", "possibility", "chance", "worry", "concern", "fear"];
    let that = trees.children(verb).find(|c| trees.is(*c, &["mark"]) && trees.lower(*c) == "that").filter(|c| *c > 2);
    let is = |that: usize| matches!(trees.lower(that - 1), "is" | "was") && RISKS.contains(&trees.lower(that - 2));
    that.is_some_and(is)
}

/// "Don't take him on": asked for, and not told of.
fn is_warned_off(trees: &Trees<'_>, verb: usize) -> bool {
    let helper = trees.children(verb).find(|c| *c < verb && trees.is(*c, &["aux"]) && trees.lower(*c) == "do");
    let opens = |at: usize| {
        at == trees.sentence(verb).start
            || trees.upos(at - 1) == "PUNCT"
            || matches!(trees.lower(at - 1), "and" | "but" | "so" | "please" | "just")
    };
    let bare = trees.child(verb, &["nsubj", "nsubj:pass", "expl"]).is_none() && trees.xpos(verb) == "VB";
    let not = |helper: usize| matches!(trees.lower(helper + 1), "not" | "n't" | "n’t");
    helper.is_some_and(|helper| bare && opens(helper) && not(helper))
}

/// "I never said so", "she insisted that she had not paid": who says so denies it.
fn is_own_denial(scene: &Scene<'_>, verb: usize, own: Clause, told: Sense) -> bool {
    let trees = scene.trees;
    let subject = trees.child(verb, &["nsubj"]).map_or("", |s| trees.lower(s));
    let insists = |head: usize| {
        let form = trees.lower(head);
        trees.rel(verb) == "ccomp"
            && ["insist", "maintain", "protest"].iter().any(|stem| form.starts_with(stem))
            && matches!(subject, "he" | "she" | "they")
    };
    own.is_negated
        && own.form == Form::Past
        && told.status == Status::DidNotHappen
        && (subject == "i" && scene.is_quoted[verb] || trees.head(verb).is_some_and(insists))
}

/// What a finite form tells; none for other forms.
fn told(scene: &Scene<'_>, verb: usize, own: Clause) -> Option<Sense> {
    let trees = scene.trees;
    Some(match own.form {
        Form::Past => Sense::new(Status::Happened),
        Form::Progressive if scene.is_ahead[verb] => Sense::new(Status::Planned),
        // "Part of his job is speaking up".
        Form::Progressive if is_norm(scene, verb) => Sense::new(Status::Generic),
        // Going to do it.
        Form::Progressive => Sense::new(Status::Ongoing),
        Form::PastProgressive if scene.is_ahead[verb] => Sense::new(Status::Planned),
        Form::PastProgressive => Sense::new(Status::Ongoing),
        Form::Present if is_habit(scene, verb) => Sense::new(Status::Generic),
        Form::Present if scene.is_ahead[verb] || trees.has(verb, "advmod", &["next"]) => Sense::new(Status::Planned),
        // "In 2027 the county approves the line", told years later.
        Form::Present if tells_the_past(scene, verb) => Sense::new(Status::Happened),
        Form::Present if scene.in_headline[verb] => Sense::new(Status::Happened),
        Form::Present if own.is_passive => Sense::open(Status::Happened),
        Form::Present => Sense::open(Status::Generic),
        // "The recommendation is to stay at home".
        Form::Future if is_what_is_asked(scene, verb) => Sense::new(Status::Hypothetical),
        Form::Future => Sense::new(Status::Planned),
        Form::Would if looks_ahead(scene, verb) => Sense::new(Status::Happened),
        Form::Would if !scene.is_quoted[verb] && after_past(scene, verb) => Sense::new(Status::Planned),
        Form::Would | Form::Counterfactual => Sense::new(Status::Hypothetical),
        Form::May if trees.has(verb, "aux", &["could"]) && own.is_negated => Sense::new(Status::Happened),
        Form::May => Sense::new(Status::Possible),
        // What can be done need not be: a hedge says that it may be so.
        Form::Can => Sense::new(Status::Hypothetical),
        Form::Must => Sense::new(Status::Hypothetical),
        Form::Infinitive | Form::Gerund | Form::Participle | Form::Bare => return None,
    })
}

/// Whether a verb in the present tense tells what was done on a day that is over, its own or that of the verb it goes on from.
fn tells_the_past(scene: &Scene<'_>, verb: usize) -> bool {
    let trees = scene.trees;
    let goes_on = trees.head(verb).filter(|head| trees.rel(verb) == "conj" && trees.upos(*head) == "VERB");
    let is_past = |verb: usize| scene.is_behind[verb] && clause(trees, verb).form == Form::Present;
    is_past(verb) || goes_on.is_some_and(is_past)
}

/// "His job is speaking up": what a duty, an aim or a way of doing things consists in.
fn is_norm(scene: &Scene<'_>, verb: usize) -> bool {
    const NORMS: [&str; 17] = [
        "job",
        "part",
        "role",
        "duty",
        "goal",
        "aim",
        "task",
        "purpose",
        "point",
        "key",
        "priority",
        "mission",
        "challenge",
        "answer",
        "solution",
        "trick",
        "problem",
    ];
    let trees = scene.trees;
    let subject = trees.child(verb, &["nsubj", "nsubj:outer"]);
    subject.is_some_and(|s| NORMS.contains(&trees.lower(s)))
}

/// "Is to", said of a request, an idea or a condition.
fn is_what_is_asked(scene: &Scene<'_>, verb: usize) -> bool {
    let trees = scene.trees;
    let asks = |s: usize| scopes(Class::Noun, trees.lower(s)).contains(&Scope::Hypothetical);
    let is = |c: usize| trees.is(c, &["cop", "aux"]) && matches!(trees.lower(c), "is" | "are" | "was" | "were" | "be");
    if trees.has(verb, "aux", &["will", "shall", "'ll"]) {
        return false;
    }
    trees.children(verb).any(is) && trees.child(verb, &["nsubj", "nsubj:outer"]).is_some_and(asks)
}

/// "Had it happened an hour later", "were they to leave", "should it fail": a condition without an "if".
pub(crate) fn is_inverted(trees: &Trees<'_>, verb: usize) -> bool {
    const NO_CONDITIONS: [&str; 18] = [
        "nor", "neither", "never", "not", "so", "as", "than", "only", "rarely", "seldom", "nowhere", "who", "what",
        "why", "how", "when", "where", "which",
    ];
    let Some(subject) = trees.child(verb, &["nsubj", "nsubj:pass", "expl"]) else { return false };
    let opens = |c: usize| {
        trees.is(c, &["aux", "aux:pass", "cop"])
            && c < trees.phrase(subject).start
            && matches!(trees.lower(c), "had" | "were" | "should")
    };
    // "Had the talks failed", where the tree has the helper hang on the verb above.
    let stray = trees.phrase(subject).start.checked_sub(1).filter(|c| {
        trees.is(verb, &["advcl"])
            && trees.xpos(verb) == "VBN"
            && trees.head(*c) == trees.head(verb)
            && trees.is(*c, &["aux", "aux:pass"])
            && matches!(trees.lower(*c), "had" | "were" | "should")
    });
    let Some(helper) = trees.children(verb).find(|c| opens(*c)).or(stray) else { return false };
    let sentence = trees.sentence(verb);
    let before = helper.checked_sub(1).filter(|before| *before >= sentence.start);
    !before.is_some_and(|before| NO_CONDITIONS.contains(&trees.lower(before)))
        && !trees.children(verb).any(|c| c < helper && trees.rel(c) != "punct" && trees.upos(c) == "ADV")
}

/// "Was due to answer questions but did not appear", "was to sign it but never came": what was to be done was not.
fn but_did_not(trees: &Trees<'_>, verb: usize) -> bool {
    const DUE: [&str; 8] = ["due", "supposed", "scheduled", "expected", "set", "meant", "slated", "booked"];
    let is_to = trees.children(verb).any(|c| c < verb && trees.lower(c) == "to" && trees.is(c, &["mark", "aux"]));
    if !is_to {
        return false;
    }
    let helps = |c: usize| trees.is(c, &["cop", "aux", "aux:pass"]) && matches!(trees.lower(c), "was" | "were" | "had");
    let has_been = |i: usize| trees.children(i).any(helps);
    let due = trees.head(verb).filter(|head| DUE.contains(&trees.lower(*head)) && has_been(*head));
    let fails = |i: usize| {
        trees.children(i).any(|c| {
            trees.rel(c) == "conj"
                && c > verb
                && trees.has(c, "cc", &["but", "yet"])
                && clause(trees, c).form == Form::Past
                && (clause(trees, c).is_negated || trees.lower(c) == "failed")
        })
    };
    fails(verb) && (has_been(verb) || due.is_some()) || due.is_some_and(fails)
}

/// "His father, who would die that winter": the narrator looks ahead to what has come since.
fn looks_ahead(scene: &Scene<'_>, verb: usize) -> bool {
    let trees = scene.trees;
    let then = |c: usize| {
        let phrase = trees.phrase(c);
        let words = || phrase.clone().map(|i| trees.lower(i));
        words().any(|w| w == "later" || w == "eventually") || words().next() == Some("that") && scene.has_time[c]
    };
    trees.rel(verb) == "acl:relcl"
        && trees.has(verb, "nsubj", &["who", "which"])
        && trees.children(verb).any(|c| trees.is(c, &["obl", "obl:unmarked", "advmod"]) && then(c))
        && !trees.children(verb).any(|c| trees.rel(c) == "advcl")
}

/// "Meet every second Tuesday", "usually close at six".
fn is_habit(scene: &Scene<'_>, verb: usize) -> bool {
    let trees = scene.trees;
    let each = |i: usize| trees.phrase(i).any(|i| matches!(trees.lower(i), "every" | "each"));
    trees.children(verb).any(|c| match trees.rel(c) {
        "advmod" => matches!(
            trees.lower(c),
            "usually"
                | "typically"
                | "normally"
                | "often"
                | "generally"
                | "regularly"
                | "routinely"
                | "frequently"
                | "always"
                | "sometimes"
                | "daily"
                | "weekly"
                | "monthly"
                | "annually"
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
    told && !conditional && !is_supposed(trees, verb)
}

/// "A tax would raise millions", "any attack would have consequences": what has an effect is itself only thought of.
fn is_supposed(trees: &Trees<'_>, verb: usize) -> bool {
    const EFFECTS: [&str; 14] = [
        "raise", "have", "cost", "cause", "mean", "harm", "hurt", "help", "create", "lead", "bring", "trigger",
        "result", "reduce",
    ];
    let one =
        |c: usize| trees.rel(c) == "det" && matches!(trees.lower(c), "a" | "an" | "any") || trees.lower(c) == "such";
    EFFECTS.contains(&trees.lower(verb))
        && trees.child(verb, &["nsubj"]).is_some_and(|s| trees.upos(s) == "NOUN" && trees.children(s).any(one))
}

pub(crate) fn is_conditional(scene: &Scene<'_>, clause: usize) -> bool {
    let trees = scene.trees;
    // "As long as nobody objects".
    let as_long_as = |c: usize| trees.lower(c) == "as" && c > 1 && trees.lower(c - 1) == "long";
    let opens = |c: usize| trees.is(c, &["mark", "advmod"]) && (CONDITIONS.contains(&trees.lower(c)) || as_long_as(c));
    // "Will appeal because, if it is close, they need to know": a reason, whatever it depends on.
    let is_reason = |c: usize| {
        let sentence = trees.sentence(c).start;
        (sentence.max(c.saturating_sub(2))..c).any(|i| trees.lower(i) == "because")
    };
    is_inverted(trees, clause) || trees.children(clause).any(|c| opens(c) && !is_reason(c))
}

/// "Has yet to release".
fn yet_to(scene: &Scene<'_>, verb: usize) -> bool {
    let trees = scene.trees;
    trees.children(verb).any(|c| trees.lower(c) == "to" && c > 0 && trees.lower(c - 1) == "yet" && c < verb)
}

/// "Unsuccessfully sought to take over": what was tried was not done.
fn in_vain(scene: &Scene<'_>, verb: usize) -> bool {
    let trees = scene.trees;
    let vain = |word: usize| trees.children(word).any(|c| matches!(trees.lower(c), "unsuccessfully" | "vainly"));
    trees.rel(verb) == "xcomp" && trees.head(verb).is_some_and(vain)
}

pub(crate) fn negated(told: Sense) -> Sense {
    match told.status {
        Status::Happened | Status::Ongoing | Status::Planned => Sense { status: Status::DidNotHappen, ..told },
        Status::Generic => Sense { status: Status::DidNotHappen, is_open: true, ..told },
        Status::DidNotHappen => Sense { status: Status::Happened, ..told },
        Status::Denied | Status::Cancelled | Status::Possible | Status::Hypothetical | Status::Unknown => told,
    }
}

/// What a governing word of a scope makes of a status: `of` is its own.
pub(crate) fn scoped(scope: Scope, of: Sense) -> Sense {
    use Status::{Cancelled, Denied, DidNotHappen, Happened, Hypothetical, Ongoing, Planned, Possible};
    let strong = matches!(of.status, Cancelled | DidNotHappen | Denied);
    match scope {
        // "Might try to flee": that it is meant is itself no more than possible.
        Scope::Planned if strong || matches!(of.status, Hypothetical | Possible) => Sense { is_open: false, ..of },
        Scope::Planned => Sense::new(Planned),
        Scope::Hypothetical => Sense::new(Hypothetical),
        Scope::Possible if of.status == Denied => of,
        Scope::Possible => Sense::new(Possible),
        Scope::Failed => match of.status {
            DidNotHappen => Sense::new(Happened),
            Happened | Ongoing | Status::Generic => Sense::new(DidNotHappen),
            Cancelled | Denied | Hypothetical | Planned | Possible | Status::Unknown => of,
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
            Denied | Possible | Hypothetical | Status::Unknown => Sense::new(Hypothetical),
        },
        Scope::Inherited => of,
        Scope::Ongoing if of.status == Happened || of.status == Status::Generic => Sense::new(Ongoing),
        Scope::Ongoing => of,
        Scope::Ended if strong => of,
        Scope::Ended => Sense::new(Happened),
    }
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
    if mark.is_some_and(|that| that > 0 && is_that_untrue(trees, that - 1)) {
        return denied(told);
    }
    let mark = mark.map_or("", |c| trees.lower(c));
    let Some(head) = trees.head(verb) else {
        // "If they vote for it, this will hurt", where the tree has the "if" hang on the main verb.
        return if CONDITIONS.contains(&mark) { Sense::new(Status::Hypothetical) } else { told };
    };
    // "Rejected reports that he had paid", also where the tree takes the clause for a second noun.
    let relation = match trees.rel(verb) {
        "conj" if mark == "that" && trees.upos(head) == "NOUN" => "acl",
        relation => relation,
    };
    match relation {
        _ if CONDITIONS.contains(&mark) || mark == "as" && is_conditional(scene, verb) => {
            Sense::new(Status::Hypothetical)
        }
        "ccomp" if is_denied_that(scene, head) => denied(told),
        // "Denied accusations made by her brother that she had joined".
        "ccomp" if trees.rel(head) == "acl" && trees.head(head).is_some_and(|noun| is_denied_that(scene, noun)) => {
            denied(told)
        }
        // "Should he win, little will come of it", where the tree hangs what depends on the condition.
        "parataxis" if is_inverted(trees, head) => Sense::new(Status::Hypothetical),
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
        // Also "denied accusations made by her brother that she had joined".
        "acl" if trees.up(head).take(DENIED_ABOVE).any(|noun| is_denied_that(scene, noun)) => denied(told),
        // "Found no evidence that it had happened."
        "acl" if is_sign(trees.lower(head)) && nominal(scene, head, depth - 1).status == Status::DidNotHappen => {
            Sense::new(Status::DidNotHappen)
        }
        // "Did it carry a guarantee that we will come?"
        "acl"
            if told.status == Status::Planned
                && asks(trees, verb)
                && nominal(scene, head, depth - 1).status == Status::Hypothetical =>
        {
            Sense::new(Status::Hypothetical)
        }
        "acl" => match scopes(Class::Noun, trees.lower(head)).first() {
            Some(scope @ (Scope::Possible | Scope::Denied)) => scoped(*scope, of_noun(scene, head, depth)),
            _ => told,
        },
        _ => told,
    }
}

/// What somebody says is not so: done, under way, ahead or to be expected.
fn denied(told: Sense) -> Sense {
    match told.status {
        // Who denies that it was not done need not say that it was.
        Status::DidNotHappen | Status::Cancelled => Sense::new(Status::Hypothetical),
        _ => Sense::new(Status::Denied),
    }
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
    let class = class_of(trees, head);
    let of_head = scopes(class, form);
    let own = clause(trees, head);
    match of_head.first() {
        // "Allegations that shells were used".
        Some(Scope::Possible) if asserted && class == Class::Noun => Sense::new(Status::Possible),
        Some(Scope::Denied) if asserted && class == Class::Noun => Sense::new(Status::Denied),
        Some(_) if class == Class::Noun => told,
        // Also "denied that the swap would lead to more".
        Some(Scope::Denied) if !own.is_negated && !is_left_undone(trees, head) => denied(told),
        // "Rejected reports that he had left", where the tree hangs the clause on the verb.
        _ if asserted
            && rejects(form)
            && trees.children(head).any(|c| trees.rel(c) == "obj" && is_claim(trees.lower(c))) =>
        {
            Sense::new(Status::Denied)
        }
        // "That he had left is untrue", "it is not true that he left".
        _ if asserted && class == Class::Adjective && is_called_untrue(form, own.is_negated) => {
            Sense::new(Status::Denied)
        }
        // "Falsely claimed that he had left".
        _ if asserted
            && tells(form)
            && trees.children(head).any(|c| trees.rel(c) == "advmod" && is_falsely(trees.lower(c))) =>
        {
            Sense::new(Status::Denied)
        }
        // "There is no truth to reports that he left".
        _ if asserted && is_without_truth(trees, head) => Sense::new(Status::Denied),
        Some(Scope::Possible) if asserted && is_belief(scene, head) => Sense::new(Status::Possible),
        // "I imagine that it pulled him out of bed."
        Some(Scope::Hypothetical) if asserted && form.starts_with("imagin") => Sense::new(Status::Possible),
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

/// Verbs of telling and believing, of which it may be said that they do so falsely.
fn tells(form: &str) -> bool {
    const STEMS: [&str; 12] =
        ["claim", "say", "said", "tell", "told", "report", "announc", "stat", "believ", "assert", "alleg", "suggest"];
    STEMS.iter().any(|stem| form.starts_with(stem))
}

fn class_of(trees: &Trees<'_>, word: usize) -> Class {
    match trees.upos(word) {
        "ADJ" => Class::Adjective,
        "NOUN" => Class::Noun,
        _ => Class::Verb,
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
    asks(trees, verb) && (trees.head(verb).is_none() || trees.is(verb, &["conj", "parataxis", "ccomp"]))
}

/// Whether a word's sentence ends with a question mark.
fn asks(trees: &Trees<'_>, word: usize) -> bool {
    trees.sentence(word).rev().take(3).any(|i| trees.lower(i) == "?")
}
