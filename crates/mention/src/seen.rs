//! What is seen of each mention where it stands: its words, kind, gender and number, its place in the tree, and which
//! other mention the grammar says it is the same as (`link`). Sections are read one by one; clusters are made of all of them.

use std::ops::Range;

use reportedly_model::Scores;
use reportedly_record::{EntityKind, Mention, Span, Syntax, Text};

use crate::called;
use crate::chosen::KIN;
use crate::contrary;
use crate::lexicon::{self, Gender, Number, Sense};
use crate::link::{HIGH, Link, link};
use crate::phrase::{Form, Phrase, Pronoun, parts, phrases};
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

/// The first mention with that head.
pub(crate) fn at(seen: &[Seen], head: usize) -> Option<usize> {
    let i = seen.partition_point(|s| s.head < head);
    seen.get(i).is_some_and(|s| s.head == head).then_some(i)
}

/// Mentions of one sentence, in order.
pub(crate) fn in_sentence(seen: &[Seen], sentence: usize) -> Range<usize> {
    seen.partition_point(|s| s.sentence < sentence)..seen.partition_point(|s| s.sentence <= sentence)
}
