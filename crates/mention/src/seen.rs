//! What is seen of each mention where it stands: its words, kind, gender and number, its place in the tree, and which
//! other mention the grammar says it is the same as. Sections are read one by one; clusters are made of all of them.

use std::ops::Range;

use reportedly_model::Scores;
use reportedly_record::{EntityKind, Mention, Span, Syntax, Text};

use crate::called;
use crate::chosen::KIN;
use crate::contrary;
use crate::lexicon::{self, Gender, Number, Sense};
use crate::phrase::{Form, Phrase, Pronoun, parts, phrases, relative};
use crate::pronoun;
use crate::stand::Stand;
use crate::told::told;
use crate::tree::Trees;

/// The part that a mention plays in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Subject,
    Object,
    Oblique,
    Owner,
    Inner,
    Apposed,
    Joined,
    Top,
    Other,
}

/// Why grammar makes two mentions one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// "The envoy, Ada Roe".
    Apposed,
    /// "Ada Roe is the envoy".
    Predicate,
    /// "Ada Roe, who".
    Relative,
    /// "Ada Roe blamed herself".
    Own,
}

/// A mention where it stands. Words and sentences are numbered through the report.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) form: Form,
    pub(crate) head: usize,
    pub(crate) sentence: usize,
    pub(crate) line: i64,
    pub(crate) quoted: bool,
    pub(crate) shown: Span,
    pub(crate) whole: Span,
    pub(crate) head_span: Span,
    /// The word that it hangs on.
    pub(crate) over_span: Span,
    /// The name it is, among all names of the report.
    pub(crate) name: Option<usize>,
    pub(crate) sense: Option<Sense>,
    pub(crate) gender: Gender,
    pub(crate) number: Number,
    /// How many, where the phrase says so.
    pub(crate) count: Option<u32>,
    /// The head noun in the singular, or the last word of a name; in lower case.
    pub(crate) noun: String,
    /// Further words of a description, or all words of a name; in lower case.
    pub(crate) words: Vec<String>,
    /// Whether somebody is told to be one: "as a child, Roe".
    pub(crate) is_role: bool,
    /// Words before the head of a description that are written like names, in lower case: "russian".
    pub(crate) proper: Vec<String>,
    /// Whether its head is written like a name within a sentence: "the Front".
    pub(crate) capital: bool,
    /// What a name is called where it stands.
    pub(crate) called: Vec<String>,
    /// The head of the phrase that owns this one: "his" in "his son".
    pub(crate) owner: Option<usize>,
    /// The head of what a person is somebody of: "the ministry" in "a spokeswoman for the ministry", "its" in "its director".
    pub(crate) body: Option<usize>,
    pub(crate) role: Role,
    /// The word that the mention hangs on.
    pub(crate) clause: usize,
    /// Heads of the parts of a joined phrase.
    pub(crate) parts: Vec<usize>,
    /// The head of a mention that grammar makes the same one.
    pub(crate) link: Option<(Link, usize)>,
    /// What the pair scorer reads of the head; empty where the model has no such scorer.
    pub(crate) rows: [Vec<f32>; 4],
    /// Where it stands in its tree.
    pub(crate) stand: Stand,
    /// What the scorer of pronouns reads of the head and of the word which that hangs on.
    pub(crate) pronoun_rows: [Vec<f32>; 4],
    /// The head of whom grammar makes it stand for rather than anybody nearer: the subject of "sat beside Roe with his sister".
    pub(crate) stands_for: Option<usize>,
    /// The head of whom it does not stand for: whose lawyer it is who "told him" so.
    pub(crate) not_for: Option<usize>,
    /// Whether it does what only people and bodies do: "it declined".
    pub(crate) answers: bool,
    /// Whether it is called one more of its kind: "another crisis".
    pub(crate) is_further: bool,
    /// Whether whoever speaks gives it as his own name: "I am Ada Roe".
    pub(crate) is_own_name: bool,
    /// The head of what a person leads: "the mission" in "Roe, who leads the mission".
    pub(crate) leads: Option<usize>,
}

impl Seen {
    /// What it is, where its words show that.
    pub(crate) fn kind(&self) -> Option<EntityKind> {
        match self.sense {
            Some(Sense::Of(kind)) => Some(kind),
            _ => None,
        }
    }

    pub(crate) fn pronoun(&self) -> Option<Pronoun> {
        match self.form {
            Form::Pronoun(pronoun) => Some(pronoun),
            _ => None,
        }
    }
}

/// The mentions of one section, and the names in it.
pub struct Sighted {
    pub(crate) seen: Vec<Seen>,
    words: usize,
    sentences: usize,
}

/// How a section's words stand to lines and quotation marks.
#[derive(Clone, Copy)]
pub struct Lines<'a> {
    /// The line in which each word stands.
    pub lines: &'a [i64],
    /// Whether each word stands between quotation marks.
    pub quoted: &'a [bool],
}

/// Names of the heads that the pair scorer reads of each mention.
pub(crate) const ROWS: [&str; 4] = ["who_later", "who_earlier", "who_asks", "who_answers"];

/// Sees the mentions of a section. `names` are the names that were found in it; where no scores are given, only those are
/// seen: of a very long text's later sections.
pub fn sighted(text: &Text, syntax: &Syntax, lines: Lines<'_>, names: &[Mention], scores: Option<&Scores>) -> Sighted {
    let trees = Trees::new(text, syntax);
    let mut sentence_of = vec![0; trees.len()];
    for (i, sentence) in syntax.sentences.iter().enumerate() {
        sentence_of[sentence.start as usize..sentence.end as usize].fill(i);
    }
    let mut found = phrases(&trees, names);
    found.retain(|phrase| scores.is_some() || phrase.name.is_some());
    let seen = found.iter().map(|phrase| {
        let head = phrase.head;
        let at = phrase.shown.start;
        let row = |name: &str| {
            let head = scores.and_then(|scores| scores.head(name));
            head.map_or_else(Vec::new, |rows| rows.row(phrase.head).to_vec())
        };
        let told = told(&trees, phrase, names);
        let first = first_part(&trees, head);
        let of_pronoun = |own: &str, over: Option<&&str>| {
            let mut sum = row(own);
            if let Some(rows) = over.and_then(|over| scores.and_then(|scores| scores.head(over))) {
                sum.iter_mut().zip(rows.row(trees.head(first))).for_each(|(sum, x)| *sum += x);
            }
            sum
        };
        // Names, people and other pronouns may be meant by pronouns; only these themselves ask.
        let asks = matches!(phrase.form, Form::Pronoun(Pronoun::He | Pronoun::She | Pronoun::It | Pronoun::They));
        let pronoun_rows = std::array::from_fn(|k| {
            if k % 2 == 0 && !asks { Vec::new() } else { of_pronoun(pronoun::OWN[k], pronoun::OVER.get(k)) }
        });
        Seen {
            form: phrase.form,
            head,
            sentence: sentence_of[head],
            line: lines.lines.get(at).copied().unwrap_or_default(),
            quoted: lines.quoted.get(at).copied().unwrap_or_default(),
            shown: phrase.name.map_or_else(|| trees.span(&phrase.shown), |n| names[n].evidence.span),
            whole: trees.span(&phrase.whole),
            head_span: trees.word(head).span,
            over_span: trees.word(trees.head(first)).span,
            name: phrase.name,
            sense: told.sense,
            gender: told.gender,
            number: told.number,
            count: told.count,
            noun: told.noun,
            words: told.words,
            is_role: phrase.name.is_none()
                && phrase.form == Form::Indefinite
                && trees.child(head, &["case", "mark"]).is_some_and(|c| c < head && trees.lower(c) == "as"),
            proper: contrary::proper(
                &trees,
                phrase,
                syntax.sentences.get(sentence_of[head]).map_or(0, |s| s.start as usize),
            ),
            capital: trees.said(head).starts_with(char::is_uppercase)
                && syntax.sentences.get(sentence_of[head]).is_some_and(|s| (s.start as usize) < head),
            called: phrase.name.map_or_else(Vec::new, |n| called::nouns(&trees, phrase, names[n].kind)),
            owner: owner(&trees, phrase),
            body: (told.sense == Some(Sense::Of(EntityKind::Person)))
                .then(|| body(&trees, phrase).or_else(|| body_before(&trees, phrase, names)))
                .flatten(),
            role: role(&trees, phrase),
            clause: trees.head(first),
            parts: if phrase.form == Form::Joined {
                std::iter::once(head).chain(parts(&trees, head)).collect()
            } else {
                Vec::new()
            },
            link: link(&trees, phrase),
            rows: ROWS.map(row),
            stand: Stand::of(&trees, head, first, phrase.whole.start),
            pronoun_rows,
            stands_for: phrase
                .form
                .is_he_or_she()
                .then(|| company(&trees, head).or_else(|| consoled(&trees, head)).or_else(|| own_kin(&trees, head)))
                .flatten(),
            not_for: not_for(&trees, phrase),
            answers: answers(&trees, head),
            is_further: phrase.name.is_none()
                && trees.child(head, &["det"]).is_some_and(|det| trees.lower(det) == "another"),
            is_own_name: phrase.name.is_some() && is_own_name(&trees, head),
            leads: leads(&trees, phrase),
        }
    });
    Sighted { seen: seen.collect(), words: trees.len(), sentences: syntax.sentences.len() }
}

/// Numbers the words, sentences and names of sections through.
pub(crate) fn joined(sections: Vec<Sighted>) -> Vec<Seen> {
    let (mut words, mut sentences, mut names) = (0, 0, 0);
    let mut all: Vec<Seen> = Vec::new();
    for section in sections {
        let mut own = 0;
        for mut seen in section.seen {
            own = own.max(seen.name.map_or(0, |n| n + 1));
            seen.head += words;
            seen.clause += words;
            seen.sentence += sentences;
            seen.name = seen.name.map(|n| n + names);
            seen.owner = seen.owner.map(|o| o + words);
            seen.body = seen.body.map(|b| b + words);
            seen.stands_for = seen.stands_for.map(|s| s + words);
            seen.not_for = seen.not_for.map(|n| n + words);
            seen.leads = seen.leads.map(|l| l + words);
            seen.link = seen.link.map(|(link, head)| (link, head + words));
            seen.parts.iter_mut().for_each(|part| *part += words);
            seen.stand.shift(words);
            all.push(seen);
        }
        words += section.words;
        sentences += section.sentences;
        names += own;
    }
    all
}

/// The head of the phrase that owns a phrase: of two that the tree has own it the one in its own words.
fn owner(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    let owners = || trees.children(phrase.head).iter().copied().filter(|c| trees.rel(*c) == "nmod:poss");
    let owner = owners().find(|c| phrase.shown.contains(c)).or_else(|| owners().next());
    owner.filter(|_| phrase.form == Form::Owned)
}

/// "Offered condolences to Roe over the death of his son": his who is condoled with or congratulated.
fn consoled(trees: &Trees<'_>, pronoun: usize) -> Option<usize> {
    const OFFERED: [&str; 6] =
        ["condolence", "condolences", "sympathy", "sympathies", "congratulations", "commiserations"];
    let owns = trees.rel(pronoun) == "nmod:poss";
    let same = |i: &usize| !matches!(trees.lower(*i).as_str(), "." | "?" | "!");
    let mut before = (pronoun.saturating_sub(14)..pronoun).rev().take_while(same);
    let offered = before.find(|i| owns && OFFERED.contains(&trees.lower(*i).as_str()))?;
    let to = (offered + 1..pronoun.min(offered + 4)).find(|i| matches!(trees.lower(*i).as_str(), "to" | "with"))?;
    let over = (to + 2..pronoun).any(|i| matches!(trees.lower(i).as_str(), "over" | "on" | "for" | "after" | "at"));
    Some(trees.head(to)).filter(|whom| over && to < *whom && *whom < pronoun)
}

/// "Ada Voss sat beside the envoy with her sister": whoever is there in somebody's company is so in the subject's.
fn company(trees: &Trees<'_>, pronoun: usize) -> Option<usize> {
    let noun = (trees.rel(pronoun) == "nmod:poss").then(|| trees.head(pronoun))?;
    let kin = matches!(
        trees.lower(noun).as_str(),
        "sister"
            | "brother"
            | "wife"
            | "husband"
            | "son"
            | "daughter"
            | "mother"
            | "father"
            | "family"
            | "lawyer"
            | "partner"
    );
    let with = trees.child(noun, &["case"]).is_some_and(|c| trees.lower(c) == "with");
    let verb = (kin && with && !trees.is_root(noun)).then(|| trees.head(noun))?;
    if trees.word(verb).upos != "VERB" {
        return None;
    }
    trees.child(verb, &["nsubj", "nsubj:pass"]).filter(|subject| *subject < pronoun)
}

/// "His client went to bed and left the boat to his son": kin of the subject, where nobody else is acted on.
fn own_kin(trees: &Trees<'_>, pronoun: usize) -> Option<usize> {
    let noun = (trees.rel(pronoun) == "nmod:poss").then(|| trees.head(pronoun))?;
    let kin = lexicon::noun(&trees.lower(noun)).is_some_and(|n| KIN.contains(&n.lemma)) || is_in_law(trees, noun);
    let verb = (kin && matches!(trees.rel(noun), "obj" | "obl") && !trees.is_root(noun)).then(|| trees.head(noun))?;
    if trees.word(verb).upos != "VERB" || noun < verb {
        return None;
    }
    let somebody = |i: usize| matches!(trees.word(i).upos.as_str(), "PROPN" | "PRON");
    let others = (verb + 1..pronoun).any(somebody);
    let first = first_part(trees, verb);
    let subject = [verb, first].into_iter().find_map(|verb| trees.child(verb, &["nsubj", "nsubj:pass"]))?;
    (!others && subject < verb).then_some(subject)
}

/// "Son-in-law", which may be cut into its parts.
fn is_in_law(trees: &Trees<'_>, noun: usize) -> bool {
    let word = trees.lower(noun);
    word.ends_with("-in-law") || word == "law" && noun > 0 && trees.said(noun - 1) == "-"
}

/// Whom grammar keeps a pronoun from standing for.
fn not_for(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    let person = || phrase.form.is_he_or_she().then(|| principal(trees, phrase.head)).flatten();
    let other = matches!(phrase.form, Form::Pronoun(Pronoun::It | Pronoun::They)) || phrase.form.is_he_or_she();
    person().or_else(|| other.then(|| doer(trees, phrase.head)).flatten())
}

/// "The line planned to close it": what somebody does something to is not he, or it were "itself".
fn doer(trees: &Trees<'_>, pronoun: usize) -> Option<usize> {
    if !matches!(trees.rel(pronoun), "obj" | "iobj") || trees.is_root(pronoun) {
        return None;
    }
    // Whom "it" and "you" stand for is less sure than this.
    let open = |i: usize| trees.word(i).upos == "PRON" && !matches!(trees.lower(i).as_str(), "he" | "she" | "who");
    let mut verb = trees.head(pronoun);
    for _ in 0..HIGH {
        if let Some(subject) = trees.child(verb, &["nsubj"]) {
            return Some(subject).filter(|subject| *subject < pronoun && !open(*subject));
        }
        // "Roe locked Lind in, hoping to hurt him": Roe hopes.
        let beside = trees.rel(verb) == "advcl" && trees.word(verb).xpos == "VBG";
        if trees.rel(verb) != "xcomp" && !beside || trees.is_root(verb) {
            return None;
        }
        // "Asked Roe to call him": Roe is to call.
        verb = trees.head(verb);
        if beside {
            continue;
        }
        if let Some(object) = trees.child(verb, &["obj", "iobj"]).filter(|object| *object < pronoun) {
            return Some(object);
        }
    }
    None
}

/// Whether a word is the subject of a verb of answering or refusing to.
fn answers(trees: &Trees<'_>, head: usize) -> bool {
    const ANSWERS: [&str; 7] = ["answer", "respon", "repl", "declin", "den", "refus", "comment"];
    let subject = trees.rel(head) == "nsubj" && !trees.is_root(head);
    subject && {
        let verb = trees.lower(trees.head(head));
        trees.word(trees.head(head)).upos == "VERB" && ANSWERS.iter().any(|stem| verb.starts_with(stem))
    }
}

/// "I'm Ada Roe", "my name is Ada Roe"; not "I am not Ada Roe".
fn is_own_name(trees: &Trees<'_>, head: usize) -> bool {
    let children = |rel: &[&str], words: &[&str]| {
        let is = |c: &usize| rel.contains(&trees.rel(*c)) && words.contains(&trees.lower(*c).as_str());
        trees.children(head).iter().any(is)
    };
    let my_name = || {
        let name = trees.child(head, &["nsubj"]).filter(|i| trees.lower(*i) == "name");
        name.and_then(|name| trees.child(name, &["nmod:poss"])).is_some_and(|my| trees.lower(my) == "my")
    };
    children(&["cop", "aux"], &["am", "'m", "is", "'s"])
        && !children(&["advmod"], &["not", "n't", "never"])
        && (children(&["nsubj"], &["i"]) || my_name())
}

/// "Ada Roe, the retired general who leads the mission": what somebody named is said to lead.
fn leads(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    const LEADS: [&str; 8] = ["leads", "heads", "runs", "chairs", "led", "headed", "ran", "chaired"];
    if phrase.form != Form::Name {
        return None;
    }
    let noun = trees.child(phrase.head, &["appos"]).into_iter().chain([phrase.head]);
    let clause = noun.filter_map(|noun| trees.child(noun, &["acl:relcl"])).find(|verb| {
        let who = trees.child(*verb, &["nsubj"]).or(verb.checked_sub(1)).is_some_and(|who| trees.lower(who) == "who");
        who && LEADS.contains(&trees.lower(*verb).as_str())
    })?;
    trees.child(clause, &["obj"])
}

/// "The minister's lawyer had told him": whom somebody speaks for is not whom he speaks to.
fn principal(trees: &Trees<'_>, pronoun: usize) -> Option<usize> {
    // "A deckhand, she said, had sworn": who says it is not who is told of before.
    if trees.rel(pronoun) == "nsubj" && !trees.is_root(pronoun) {
        let says = trees.head(pronoun);
        let told =
            trees.child(says, &["ccomp"]).filter(|_| matches!(trees.lower(says).as_str(), "said" | "says" | "added"));
        let of = told.and_then(|told| trees.child(told, &["nsubj", "nsubj:pass"]));
        if let Some(of) = of.filter(|of| *of < pronoun && trees.said(pronoun - 1) == ",") {
            return Some(of);
        }
    }
    // "One analyst, she noted, said": nor where the tree has it otherwise.
    if trees.rel(pronoun) == "nsubj" && pronoun > 1 && pronoun + 2 < trees.len() {
        let set_off = trees.said(pronoun - 1) == "," && trees.said(pronoun + 2) == ",";
        // "Roe quit because, she said, the board lied", "Roe quit. Still, she said": she may be Roe.
        let sentence = || trees.syntax.sentences.iter().rfind(|s| s.start as usize <= pronoun);
        let ends = |i: usize| trees.reach_where(i, |c| c < pronoun - 1).end == pronoun - 1;
        let subject = |i: &usize| matches!(trees.rel(*i), "nsubj" | "nsubj:pass") && ends(*i);
        if set_off && trees.word(pronoun + 1).upos == "VERB" {
            let from = sentence().map_or(pronoun, |s| s.start as usize).max(pronoun.saturating_sub(6));
            if let Some(of) = (from..pronoun - 1).rev().find(subject) {
                return Some(of);
            }
        }
    }
    const AGENTS: [&str; 9] = [
        "lawyer",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "aide",
        "envoy",
        "secretary",
        "attorney",
        "representative",
    ];
    let verb = pronoun.checked_sub(1)?;
    let tells = ["told", "tell", "assur", "inform", "warn", "remind", "promis", "ask"];
    if trees.word(verb).upos != "VERB" || !tells.iter().any(|stem| trees.lower(verb).starts_with(stem)) {
        return None;
    }
    let agent = trees.child(verb, &["nsubj"]).filter(|s| AGENTS.contains(&trees.lower(*s).as_str()))?;
    trees.child(agent, &["nmod:poss"])
}

/// The first of the heads that a head is joined to.
pub(crate) fn first_part(trees: &Trees<'_>, i: usize) -> usize {
    let mut at = i;
    while trees.rel(at) == "conj" && !trees.is_root(at) {
        at = trees.head(at);
    }
    at
}

/// What a described person is somebody of.
fn body(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    if matches!(phrase.form, Form::Name | Form::Joined | Form::Pronoun(_)) {
        return None;
    }
    let of = |i: &usize| {
        let case = trees.child(*i, &["case"]).map(|c| trees.lower(c));
        trees.rel(*i) == "nmod" && matches!(case.as_deref(), Some("of" | "for" | "at"))
    };
    let owner = trees.child(phrase.head, &["nmod:poss"]);
    owner.or_else(|| trees.children(phrase.head).iter().copied().find(of))
}

/// "The State Department spokeswoman": the body whose name stands before what somebody is of it.
fn body_before(trees: &Trees<'_>, phrase: &Phrase, names: &[Mention]) -> Option<usize> {
    // A senator does not speak for the Senate.
    let post = trees.lower(phrase.head);
    let speaks = post.starts_with("spokes")
        || matches!(post.as_str(), "director" | "chief" | "commissioner" | "president" | "chairman" | "chairwoman");
    if matches!(phrase.form, Form::Name | Form::Joined | Form::Pronoun(_)) || !speaks {
        return None;
    }
    let name = |i: usize| {
        let body = |kind| matches!(kind, EntityKind::Organisation | EntityKind::Media | EntityKind::Government);
        names.iter().any(|name| body(name.kind) && name.evidence.span.covers(trees.word(i).span))
    };
    let before = |i: &usize| trees.rel(*i) == "compound" && *i < phrase.head && name(*i);
    trees.children(phrase.head).iter().rev().copied().find(before)
}

fn role(trees: &Trees<'_>, phrase: &Phrase) -> Role {
    let head = phrase.head;
    if trees.is_root(head) {
        return Role::Top;
    }
    match trees.rel(head) {
        "nsubj" | "nsubj:pass" | "nsubj:outer" | "csubj" => Role::Subject,
        "obj" | "iobj" => Role::Object,
        "obl" | "obl:agent" | "obl:unmarked" => Role::Oblique,
        "nmod:poss" => Role::Owner,
        "nmod" | "compound" | "amod" | "nmod:desc" | "nmod:unmarked" => Role::Inner,
        "appos" | "flat" => Role::Apposed,
        "conj" => Role::Joined,
        _ => Role::Other,
    }
}

/// The mention that grammar makes the same as a phrase, by its head.
fn link(trees: &Trees<'_>, phrase: &Phrase) -> Option<(Link, usize)> {
    let head = phrase.head;
    match phrase.form {
        Form::Joined => None,
        Form::Pronoun(Pronoun::Relative) => relative(trees, head).map(|noun| (Link::Relative, noun)),
        Form::Pronoun(Pronoun::Own) => subject(trees, head).map(|subject| (Link::Own, subject)),
        Form::Pronoun(_) => None,
        // "Ada Roe, whose husband": he is not Ada Roe.
        _ if trees.lower(phrase.shown.start) == "whose" => None,
        _ if trees.rel(head) == "appos" && !trees.is_root(head) => {
            let of = trees.head(head);
            let of = beside_comma(trees, phrase.whole.start, of).unwrap_or(of);
            // A list is no apposition: "Ada Roe, Ben Lind and others".
            let listed = trees.child(of, &["conj"]).is_some()
                || trees.child(head, &["conj"]).is_some() && !is_twofold(trees, phrase);
            // Nor is what stands in another clause: "Ada Roe took over from her father".
            let apart = of > head
                || (of..head)
                    .any(|i| trees.word(i).upos == "VERB" && trees.rel(i) != "acl:relcl" && trees.rel(i) != "acl");
            let hangs = (!listed && !apart).then_some((Link::Apposed, of));
            // Where the tree has it hang on what stands behind it, the name before the comma is meant.
            hangs.or_else(|| set_off(trees, phrase).filter(|_| of > head).map(|name| (Link::Apposed, name)))
        }
        Form::Name if behind_owned(trees, phrase).is_some() => {
            behind_owned(trees, phrase).map(|noun| (Link::Apposed, noun))
        }
        Form::Name if behind_title(trees, phrase).is_some() => {
            behind_title(trees, phrase).map(|noun| (Link::Apposed, noun))
        }
        Form::Name if before_agency(trees, phrase).is_some() => {
            before_agency(trees, phrase).map(|noun| (Link::Apposed, noun))
        }
        Form::Name if second_subject(trees, phrase).is_some() => {
            second_subject(trees, phrase).map(|noun| (Link::Apposed, noun))
        }
        _ if in_pair(trees, phrase).is_some() => in_pair(trees, phrase).map(|name| (Link::Apposed, name)),
        _ if set_off(trees, phrase).is_some() => set_off(trees, phrase).map(|name| (Link::Apposed, name)),
        _ => {
            let cop = trees.child(head, &["cop"])?;
            let subject = trees.child(head, &["nsubj", "nsubj:outer"])?;
            let not = trees.children(head).iter().any(|c| matches!(trees.lower(*c).as_str(), "not" | "n't" | "never"));
            let open = trees.child(head, &["aux", "mark"]).is_some();
            let is = matches!(trees.lower(cop).as_str(), "is" | "was" | "are" | "were" | "'s" | "'re");
            let fits = matches!(phrase.form, Form::Definite | Form::Owned | Form::Name | Form::Indefinite);
            (is && fits && !not && !open && subject < head).then_some((Link::Predicate, subject))
        }
    }
}

/// The noun right before a name that the name stands beside without a comma: "his son Ben".
fn behind_owned(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    let noun = phrase.shown.start.checked_sub(1)?;
    let hangs = !trees.is_root(phrase.head) && trees.head(phrase.head) == noun;
    let beside = matches!(trees.rel(phrase.head), "flat" | "nmod:desc" | "nmod:unmarked" | "appos");
    let owned = trees.word(noun).upos == "NOUN" && trees.child(noun, &["nmod:poss"]).is_some();
    (hangs && beside && owned).then_some(noun)
}

/// The title or description right before a name, without a comma: "President Roe", "the harbour pilot Ben Lind", "Secretary of State
/// Ada Roe".
fn behind_title(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    const BESIDE: [&str; 5] = ["flat", "nmod:desc", "nmod:unmarked", "appos", "compound"];
    let hangs = |below: usize, above: &dyn Fn(usize) -> bool| {
        !trees.is_root(below) && BESIDE.contains(&trees.rel(below)) && above(trees.head(below))
    };
    let titles = |noun: usize| {
        let word = trees.word(noun);
        let one = matches!(word.xpos.as_str(), "NN" | "NNP") && matches!(word.upos.as_str(), "NOUN" | "PROPN");
        let person = Sense::Of(EntityKind::Person);
        let beside = hangs(noun, &|above| phrase.shown.contains(&above)) || hangs(phrase.head, &|above| above == noun);
        one && beside && lexicon::noun(&trees.lower(noun)).is_some_and(|noun| noun.sense == person)
    };
    let last = phrase.shown.start.checked_sub(1)?;
    if titles(last) || is_bare_title(trees, last) {
        return Some(last);
    }
    // "Secretary of State Ada Roe": only "of" stands between; "a spokesman for President Roe" is not he.
    let inside = |i: usize| matches!(trees.word(i).upos.as_str(), "NOUN" | "PROPN" | "DET" | "CCONJ");
    let first = (0..=last).rev().take(6).take_while(|i| inside(*i) || trees.lower(*i) == "of").find(|i| titles(*i))?;
    (trees.lower(first + 1) == "of").then_some(first)
}

/// "Senator Roe", "attorney Ben Lind": a title without an article is the name's behind it, whatever the tree makes of it.
fn is_bare_title(trees: &Trees<'_>, noun: usize) -> bool {
    let word = trees.word(noun);
    let one = matches!((word.upos.as_str(), word.xpos.as_str()), ("NOUN", "NN") | ("PROPN", "NNP"));
    let person = lexicon::noun(&trees.lower(noun)).is_some_and(|noun| noun.sense == Sense::Of(EntityKind::Person));
    let bare = |i: usize| !matches!(trees.word(i).upos.as_str(), "DET" | "PRON" | "PART" | "NUM" | "ADP");
    let capital = trees.said(noun).starts_with(char::is_uppercase);
    // Not what ends a line above it.
    let between = trees.word(noun).span.bytes().end..trees.word(noun + 1).span.bytes().start;
    let beside = trees.text.as_str().get(between).is_some_and(|blank| blank.len() <= 2 && !blank.contains('\n'));
    one && person
        && beside
        && trees.child(noun, &["det", "nmod:poss"]).is_none()
        && (noun == 0 && capital || noun > 0 && bare(noun - 1))
}

/// "The Arnwire agency": the noun that a body's name of one word stands right before; "the EU agency" is one of several.
fn before_agency(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    let (start, noun) = (phrase.shown.start, phrase.shown.end);
    let one = phrase.shown.len() == 1 && start > 0 && trees.lower(start - 1) == "the" && noun < trees.len();
    let sort =
        |i: usize| matches!(trees.lower(i).as_str(), "agency" | "newspaper" | "magazine" | "website" | "broadcaster");
    let name = trees.said(start);
    let spelt = name.chars().skip(1).any(char::is_lowercase);
    (one && spelt && sort(noun) && trees.rel(phrase.head) == "compound" && trees.head(phrase.head) == noun)
        .then_some(noun)
}

/// "The health minister, Hedda Vornik, met them", where the tree takes both for subjects: a verb has one.
fn second_subject(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    const SUBJECTS: [&str; 2] = ["nsubj", "nsubj:pass"];
    let (start, end) = (phrase.shown.start, phrase.shown.end);
    let noun = start.checked_sub(2).filter(|_| trees.said(start - 1) == ",")?;
    let closed = end < trees.len() && trees.said(end) == ",";
    let subjects = [noun, phrase.head].iter().all(|word| SUBJECTS.contains(&trees.rel(*word)) && !trees.is_root(*word));
    let verb = trees.head(noun);
    let one = trees.word(noun).upos == "NOUN" && trees.word(noun).xpos == "NN" && trees.head(phrase.head) == verb;
    // "Keldra's Prime Minister, Ada Roe said": the second comma is left out.
    let person = Sense::Of(EntityKind::Person);
    let title =
        lexicon::noun(&trees.lower(noun)).is_some_and(|noun| noun.sense == person && noun.number == Number::One);
    let titled = end == verb && title && trees.head(phrase.head) == verb;
    (closed && subjects && one && end < verb || subjects && titled).then_some(noun)
}

/// "Roe, the chief negotiator and a member of the board,": two descriptions of one, set off as one apposition.
fn is_twofold(trees: &Trees<'_>, phrase: &Phrase) -> bool {
    let own = parts(trees, phrase.head);
    let end = own.iter().map(|part| trees.reach(*part).end).max().unwrap_or(phrase.whole.end);
    let described = |i: usize| trees.word(i).upos == "NOUN";
    let set_off = phrase.whole.start > 0 && trees.said(phrase.whole.start - 1) == ",";
    let closed = end >= trees.len() || matches!(trees.said(end), "," | "." | ";" | ")") || trees.said(end - 1) == ",";
    set_off && closed && own.len() == 1 && described(phrase.head) && described(own[0])
}

/// The name that a description between commas stands right behind, whatever the tree makes of it: "shares in Olai Lines, a ferry
/// operator, fell".
fn set_off(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    let owned = phrase.form == Form::Owned && phrase.shown.start > phrase.whole.start;
    let start = if owned { phrase.shown.start } else { phrase.whole.start };
    let end = phrase.whole.end;
    let last = start.checked_sub(2).filter(|_| trees.said(start - 1) == ",")?;
    let described = match phrase.form {
        Form::Indefinite => matches!(trees.lower(start).as_str(), "a" | "an"),
        Form::Definite => trees.lower(start) == "the",
        _ => owned,
    };
    let comma =
        end + 1 < trees.len() && trees.said(end) == "," && !matches!(trees.lower(end + 1).as_str(), "and" | "or");
    // Where it ends the sentence no clause is told of it: "Roe v. Keldra, a ruling in which the court held so."
    let plain = || (start..end).all(|i| !matches!(trees.word(i).upos.as_str(), "VERB" | "AUX"));
    let stop = end < trees.len() && trees.said(end) == "." && phrase.form == Form::Indefinite && plain();
    let closed = comma || stop;
    // "Roe, the mayor, Lind and others" is a list.
    let closed =
        closed && (phrase.form == Form::Indefinite || !matches!(trees.word(end + 1).upos.as_str(), "PROPN" | "DET"));
    if !described || !closed || trees.word(last).upos != "PROPN" || trees.rel(phrase.head) == "conj" {
        return None;
    }
    let first = (0..=last).rev().take_while(|i| trees.word(*i).upos == "PROPN").last()?;
    // "In Arn, a ferry operator, Ada Voss, said": a place that opens the sentence is nobody described.
    let opens = first
        .checked_sub(1)
        .is_some_and(|before| trees.word(before).upos == "ADP" && trees.said(before).starts_with(char::is_uppercase));
    // As of any name: of the words that hang on others the one with the most below it.
    let outside = |i: &usize| trees.is_root(*i) || !(first..=last).contains(&trees.head(*i));
    let name = (first..=last).filter(outside).max_by_key(|i| trees.reach(*i).len())?;
    (!opens).then_some(name)
}

/// The name that two descriptions are of, "Roe, Keldra's chief negotiator and a leader of the raid", where the tree has them follow it
/// in a row.
fn in_pair(trees: &Trees<'_>, phrase: &Phrase) -> Option<usize> {
    const LONGEST: usize = 8;
    let one = |i: usize| trees.word(i).upos == "NOUN" && trees.word(i).xpos == "NN";
    if trees.rel(phrase.head) != "conj" || !one(phrase.head) {
        return None;
    }
    let start = phrase.shown.start;
    let (comma, and) = match start.checked_sub(1).map(|before| (before, trees.said(before)))? {
        (comma, ",") => (comma, phrase.head + 1),
        (and, "and") => ((0..and).rev().take(LONGEST).find(|i| trees.said(*i) == ",")?, and),
        _ => return None,
    };
    if and + 1 >= trees.len() {
        return None;
    }
    let mut first = comma + 1..and;
    // "Roe, a teacher and a priest" may be three.
    let owned = first.clone().any(|i| trees.word(i).xpos == "POS");
    let described = owned && and > comma + 1 && one(and - 1);
    let second = trees.said(and) == "and" && matches!(trees.lower(and + 1).as_str(), "a" | "an");
    let name = beside_comma(trees, comma + 1, trees.len())?;
    (described && second && !first.any(|i| trees.word(i).upos == "VERB")).then_some(name)
}

/// How far up a tree is looked for what an apposition hangs on.
const HIGH: usize = 20;

/// The name that ends right before the comma which an apposition begins with, where the tree has it hang on a word that is
/// further off and not above that name: "Roe met Lind, the director".
fn beside_comma(trees: &Trees<'_>, start: usize, hangs: usize) -> Option<usize> {
    let near = start.checked_sub(2).filter(|_| trees.said(start - 1) == ",")?;
    let mut name = near;
    while matches!(trees.rel(name), "flat" | "compound" | "goeswith") && !trees.is_root(name) {
        name = trees.head(name);
    }
    let mut above = near;
    for _ in 0..HIGH {
        if above != hangs {
            above = trees.head(above);
        }
    }
    let argument = matches!(trees.rel(name), "nsubj" | "obj" | "iobj" | "obl" | "nmod");
    (trees.word(name).upos.as_str() == "PROPN" && argument && above != hangs).then_some(name)
}

/// The subject of the clause that a word stands in.
fn subject(trees: &Trees<'_>, i: usize) -> Option<usize> {
    let mut at = i;
    for _ in 0..6 {
        if trees.is_root(at) {
            return None;
        }
        at = trees.head(at);
        if let Some(subject) = trees.child(at, &["nsubj", "nsubj:pass"]).filter(|s| *s != i) {
            return Some(subject);
        }
    }
    None
}

/// The first mention with that head.
pub(crate) fn at(seen: &[Seen], head: usize) -> Option<usize> {
    let i = seen.partition_point(|s| s.head < head);
    seen.get(i).is_some_and(|s| s.head == head).then_some(i)
}

/// Mentions of one sentence, in order.
pub(crate) fn in_sentence(seen: &[Seen], sentence: usize) -> Range<usize> {
    seen.partition_point(|s| s.sentence < sentence)..seen.partition_point(|s| s.sentence <= sentence)
}
