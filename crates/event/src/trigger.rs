//! Triggers: the words that name an event. Those of the codebook; a verb that it does not know where somebody does it.

use reportedly_record::{EntityKind, MentionForm, PassageKind, Reading, Span, Status};

use crate::clause::{Form, clause};
use crate::codebook::{self, Entry, Guard};
use crate::evidence::{Page, features, is_asked};
use crate::scope::{Class, Scope, scopes};
use crate::sense::sense;
use crate::sighting::{Told, Verdict};
use crate::standing::is_standing;
use crate::tree::Trees;

/// A word that names an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trigger {
    pub(crate) word: usize,
    pub(crate) entry: Entry,
    pub(crate) is_noun: bool,
    /// The verb that only carries the event: "held talks", "the meeting took place", "caused it to fall".
    pub(crate) carrier: Option<usize>,
    /// The heads find its type as likely as not, or were not asked.
    pub(crate) is_of_kind: bool,
}

/// Stretches of a report in which no event is sought, and where attributions have their cues.
pub(crate) struct Ground {
    // Bytes, in order, disjoint.
    news: Vec<(usize, usize, PassageKind)>,
    cues: Vec<(usize, usize)>,
    silences: Vec<(usize, usize)>,
}

impl Ground {
    pub(crate) fn new(reading: &Reading<'_>) -> Ground {
        let bytes = |span: Span| (span.bytes().start, span.bytes().end);
        let passages = reading.record.report.passages.iter();
        let news = passages.filter(|p| matches!(p.kind, PassageKind::Headline | PassageKind::Body));
        let mut news: Vec<_> = news.map(|p| (p.span.bytes().start, p.span.bytes().end, p.kind)).collect();
        news.sort_by_key(|(start, end, _)| (*start, *end));
        let cues = reading.record.attributions.iter().filter_map(|a| a.cue.as_ref());
        let mut cues: Vec<_> = cues.map(|cue| bytes(cue.span)).collect();
        cues.sort_unstable();
        let mut silences: Vec<_> = reading.record.no_responses.iter().map(|n| bytes(n.evidence)).collect();
        silences.sort_unstable();
        Ground { news, cues, silences }
    }

    /// The kind of news that a byte stands in; none outside of headline and body.
    pub(crate) fn news(&self, byte: usize) -> Option<PassageKind> {
        let after = self.news.partition_point(|(start, ..)| *start <= byte);
        let (_, end, kind) = self.news.get(after.checked_sub(1)?)?;
        (byte < *end).then_some(*kind)
    }

    pub(crate) fn is_cue(&self, span: Span) -> bool {
        covered(&self.cues, span)
    }

    pub(crate) fn is_silence(&self, span: Span) -> bool {
        covered(&self.silences, span)
    }
}

/// Whether one of few stretches that begin shortly before a span covers it.
fn covered(stretches: &[(usize, usize)], span: Span) -> bool {
    let (start, end) = (span.bytes().start, span.bytes().end);
    let until = stretches.partition_point(|(from, _)| *from <= start);
    stretches[until.saturating_sub(8)..until].iter().any(|(_, to)| end <= *to)
}

/// Returns the triggers of a section with the status that the heads give to each, in text order: those that the heads take
/// for events, where the model has such heads; else those of the rules.
pub(crate) fn triggers(page: &Page<'_>) -> Vec<(Trigger, Option<Told>)> {
    let trees = page.scene.trees;
    let by_rule = by_rule(page.reading, page.ground, trees);
    let mut found: Vec<(Trigger, Option<Told>)> = Vec::new();
    // Verbs that rules see no event in.
    let mut only_by_head = Vec::new();
    let mut rules = by_rule.into_iter().peekable();
    for word in 0..trees.len() {
        let rule = rules.next_if(|t| t.word == word);
        if is_to_reader(page, word) || is_credit(trees, word) || is_in_compound(trees, word) || is_blank(trees, word) {
            continue;
        }
        match verdict(page, word, rule.as_ref()) {
            Some(verdict)
                if verdict.odds <= least_odds(page, word, rule.as_ref()).max(of_modifier(trees, word))
                    && !is_spared(trees, word) => {}
            Some(verdict) => {
                if rule.is_none() {
                    only_by_head.push(word);
                }
                let trigger = rule.map(|rule| of_likely_kind(rule, &verdict)).or_else(|| by_head(page, word, &verdict));
                found.extend(trigger.map(|trigger| (trigger, Some(verdict.told))));
            }
            None => found.extend(rule.map(|rule| (rule, None))),
        }
    }
    // A verb that only carries an event is none: "opened an inquiry", "the inquiry opens".
    let carriers: Vec<usize> = found.iter().filter(|(t, _)| t.is_noun).filter_map(|(t, _)| t.carrier).collect();
    found.retain(|(t, _)| t.is_noun || !carriers.contains(&t.word) || !only_by_head.contains(&t.word));
    found
}

/// "Join the talk below", "Sign up for our letter": what the narrator bids the reader do is no news.
fn is_to_reader(page: &Page<'_>, word: usize) -> bool {
    let (scene, trees) = (page.scene, page.scene.trees);
    trees.xpos(word) == "VB"
        && trees.head(word).is_none()
        && trees.sentence(word).start == word
        && trees.child(word, &["nsubj", "nsubj:pass", "aux", "csubj"]).is_none()
        && !scene.is_quoted[word]
        && !scene.in_headline[word]
}

/// "Ada Voss in Arn contributed to this report."
fn is_credit(trees: &Trees<'_>, word: usize) -> bool {
    matches!(trees.lower(word), "contributed" | "contributing" | "reporting")
        && trees.children(word).any(|c| {
            matches!(trees.lower(c), "report" | "reporting" | "article" | "story") && trees.has(c, "det", &["this"])
        })
}

/// "Climate change", "wasted time", "a stunning defeat": no event in that company, or no more than how something is.
fn is_blank(trees: &Trees<'_>, word: usize) -> bool {
    let is_noun = trees.upos(word) == "NOUN";
    let described = trees.upos(word) == "ADJ" && trees.is(word, &["amod"]) && trees.lower(word).ends_with("ing");
    described
        || is_bare_threat(trees, word)
        || codebook::is_blank_beside(trees.lower(word), is_noun, |guard| stands(trees, word, guard))
}

/// "A terrorism threat", "the threat posed by the river": a danger, unless somebody threatens to do it.
fn is_bare_threat(trees: &Trees<'_>, word: usize) -> bool {
    let says_what = |c: usize| {
        trees.is(c, &["acl", "nmod:poss", "ccomp"]) && trees.lower(c) != "posed"
            || trees.rel(c) == "nmod" && trees.case(c) != "to"
    };
    let sent = |c: usize| trees.rel(c) == "compound" && matches!(trees.lower(c), "bomb" | "death");
    matches!(trees.lower(word), "threat" | "threats")
        && trees.upos(word) == "NOUN"
        && !trees.children(word).any(sent)
        && !trees.children(word).any(says_what)
        && !trees.head(word).is_some_and(|head| {
            ["mak", "made", "issu", "deliver", "receiv", "sent", "send", "phon", "mail"]
                .iter()
                .any(|v| trees.lower(head).starts_with(v))
        })
}

/// "Break-fast", "state-run", "decision-making": a part of a word with hyphens names no event of its own, unless the part before only
/// turns it ("re-elected").
fn is_in_compound(trees: &Trees<'_>, word: usize) -> bool {
    const TURNS: [&str; 14] =
        ["re", "co", "pre", "de", "un", "mis", "over", "out", "e", "non", "counter", "under", "cross", "self"];
    let joined = |a: usize, b: usize| trees.word(a).span.bytes().end == trees.word(b).span.bytes().start;
    let hyphen = |i: usize| i < trees.len() && matches!(trees.lower(i), "-" | "‐" | "‑");
    let next = word + 1;
    let goes_on = hyphen(next) && next + 1 < trees.len() && joined(word, next) && joined(next, next + 1);
    let before =
        word.checked_sub(2).filter(|first| hyphen(first + 1) && joined(*first, first + 1) && joined(first + 1, word));
    goes_on || before.is_some_and(|first| !TURNS.contains(&trees.lower(first)))
}

/// "Paid leave", "broadcast television": a word that only says which thing is meant is an event where the heads are sure.
fn of_modifier(trees: &Trees<'_>, word: usize) -> f32 {
    if trees.is(word, &["amod", "compound"]) { LEAST_ODDS_OF_MODIFIERS } else { f32::NEG_INFINITY }
}

/// Log odds from which a word is taken for an event: less for words of the table in places where rules take them in, more where rules
/// see a habit, which is told only if it is none.
fn least_odds(page: &Page<'_>, word: usize, rule: Option<&Trigger>) -> f32 {
    let sense = sense(page.scene, word);
    match sense.status {
        _ if rule.is_some_and(|trigger| !trigger.entry.base.is_empty()) => LEAST_ODDS_OF_KNOWN,
        Status::Generic if sense.is_open => LEAST_ODDS_OF_HABITS,
        // Only what takes place is called off, or denied to have been done.
        Status::Cancelled if !sense.is_open => LEAST_ODDS_OF_KNOWN,
        Status::Denied if !sense.is_open => LEAST_ODDS_OF_KNOWN,
        _ => LEAST_ODDS,
    }
}

/// On held-out texts of `status.train` .861 of the events that a record then lists are marked; more bars in `training/EXPERIMENTS.md`.
const LEAST_ODDS: f32 = -0.1;

/// The same for what may be a habit (.76 of them are marked), and for what rules see or what is called off.
const LEAST_ODDS_OF_HABITS: f32 = 0.0;
const LEAST_ODDS_OF_KNOWN: f32 = -1.2;

/// The same for words that only modify a noun.
const LEAST_ODDS_OF_MODIFIERS: f32 = 1.0;

/// The same for words that say something. On the same texts .72 of those above it name an event.
const LEAST_ODDS_OF_CUES: f32 = 0.0;

/// "Nobody was hurt", "she has not been arrested": that it was not done to somebody is news, however seldom the heads heard it.
fn is_spared(trees: &Trees<'_>, word: usize) -> bool {
    const DONE_TO: [&str; 6] = ["die", "injure", "arrest", "charge", "detain", "rescue"];
    let form = trees.lower(word);
    let is_done = matches!(trees.upos(word), "VERB" | "ADJ") && (trees.xpos(word) == "VBN" || form.ends_with("ed"));
    let known = is_done.then(|| codebook::verb(form, |guard| stands(trees, word, guard))).flatten();
    known.is_some_and(|entry| DONE_TO.contains(&entry.kind.name))
        && clause(trees, word).is_negated
        && trees.child(word, &["aux:pass", "cop"]).is_some()
        && trees.child(word, &["nsubj", "nsubj:pass"]).is_some()
}

fn verdict(page: &Page<'_>, word: usize, rule: Option<&Trigger>) -> Option<Verdict> {
    if !is_asked(page, word) {
        return None;
    }
    let (features, of) = features(page, word, rule, sense(page.scene, word));
    page.sightings?.verdict(word, &features, of)
}

/// "Abuse the rule", "landed a big moment": where the heads find another type than the table's much likelier, that one is told.
fn of_likely_kind(trigger: Trigger, verdict: &Verdict) -> Trigger {
    let Some(open) = codebook::open_entry() else { return trigger };
    let types = &codebook::Codebook::built_in().types;
    // One type stands for all of a coarse one, the general type for those that gold has no name of its own for.
    let stands_for = |coarse: &str| match coarse {
        "OTHER" => types.iter().position(|kind| kind.name == open.kind.name),
        _ => types.iter().position(|kind| kind.coarse == coarse),
    };
    let Some(own) = stands_for(trigger.entry.kind.coarse) else { return trigger };
    // Annotators put who wins an election under policy, as their list has nothing nearer.
    let is_won = |kind: usize| trigger.entry.kind.name == "contest" && types[kind].name == "policy";
    match verdict.likeliest_kind().filter(|_| verdict.odds > LEAST_ODDS) {
        Some((kind, _)) if is_won(kind) => trigger,
        Some((kind, odds))
            if odds >= (if types[kind].name == open.kind.name { LIKELY_NONE } else { LIKELY })
                && odds - verdict.of_kind(own) >= LEAST_LEAD =>
        {
            Trigger { entry: Entry { kind: &types[codebook::told_of(kind)], ..trigger.entry }, ..trigger }
        }
        _ => Trigger { is_of_kind: verdict.of_kind(own) >= LIKELY, ..trigger },
    }
}

/// Nats by which a type must lead over that of the table, and how likely it must be (.7). On held-out texts .884 of the types
/// told are right then (.878 from -.4, .85 from one half).
const LEAST_LEAD: f32 = 2.5;
const LIKELY: f32 = -0.35;

/// The same for the general type, to which one that is in the table gives way (.85).
const LIKELY_NONE: f32 = -0.16;

/// A trigger that only the heads see. What is said is told by attributions; that somebody denied, called for or ordered it may
/// be an event beside.
fn by_head(page: &Page<'_>, word: usize, verdict: &Verdict) -> Option<Trigger> {
    let trees = page.scene.trees;
    let span = trees.word(word).span;
    if page.ground.is_silence(span)
        || page.ground.is_cue(span) && verdict.odds <= LEAST_ODDS_OF_CUES
        || trees.is(word, &["fixed", "flat", "goeswith", "discourse", "aux", "cop"])
        || is_name(page.reading, trees, word)
        || is_for_comment(trees, word)
        || trees.children(word).any(|c| is_for_comment(trees, c))
        || trees.lower(word) == "go" && trees.head(word).is_some_and(|head| trees.lower(head).starts_with("let"))
    {
        return None;
    }
    // A word of the table in a place that rules do not take it in: "the arrested man".
    let known = match trees.upos(word) {
        "NOUN" => codebook::noun(trees.lower(word), |guard| stands(trees, word, guard)),
        _ => codebook::verb(trees.lower(word), |guard| stands(trees, word, guard)),
    };
    let is_noun = trees.upos(word) == "NOUN" || trees.upos(word) == "ADJ" && known.is_none();
    if known.is_some_and(|entry| asks_to_know(trees, word, &entry)) {
        return None;
    }
    if known.is_none() && codebook::is_blank(trees.lower(word), trees.upos(word) == "NOUN") {
        return None;
    }
    // An agreement stands; that it was made is told by a verb.
    if is_noun && known.is_none() && is_standing(trees, word) {
        return None;
    }
    let entry = known.or_else(|| codebook::of_kind(verdict.kind()?)).or_else(codebook::open_entry)?;
    let mut trigger = of_likely_kind(Trigger { word, entry, is_noun, carrier: None, is_of_kind: true }, verdict);
    trigger.carrier = if is_noun { carrier(trees, word) } else { cause(trees, &trigger) };
    Some(trigger)
}

/// Returns the triggers of a section that rules see, in text order.
pub(crate) fn by_rule(reading: &Reading<'_>, ground: &Ground, trees: &Trees<'_>) -> Vec<Trigger> {
    let mut found: Vec<Trigger> = (0..trees.len()).filter_map(|word| trigger(reading, ground, trees, word)).collect();
    let nouns: Vec<usize> = found.iter().filter(|t| t.is_noun).map(|t| t.word).collect();
    for trigger in &mut found {
        trigger.carrier = if trigger.is_noun { carrier(trees, trigger.word) } else { cause(trees, trigger) };
    }
    // A verb that only carries an event is none.
    found.retain(|t| {
        t.is_noun
            || !carries(trees, t.word)
            || !trees
                .children(t.word)
                .filter(|c| trees.is(*c, &["obj", "nsubj:pass"]))
                .any(|c| trees.coordinated(c).iter().any(|w| nouns.binary_search(w).is_ok()))
    });
    found
}

fn trigger(reading: &Reading<'_>, ground: &Ground, trees: &Trees<'_>, word: usize) -> Option<Trigger> {
    let span = trees.word(word).span;
    ground.news(span.bytes().start)?;
    if ground.is_silence(span)
        || trees.is(word, &["fixed", "flat", "goeswith", "compound:prt", "discourse", "aux", "cop"])
    {
        return None;
    }
    match trees.upos(word) {
        "VERB" => verb(reading, ground, trees, word),
        "NOUN" => noun(reading, trees, word),
        _ => None,
    }
}

fn verb(reading: &Reading<'_>, ground: &Ground, trees: &Trees<'_>, word: usize) -> Option<Trigger> {
    if trees.is(word, &["amod", "compound", "case", "mark", "det", "advmod"]) || is_name(reading, trees, word) {
        return None;
    }
    let span = trees.word(word).span;
    let form = trees.lower(word);
    let known = codebook::verb(form, |guard| stands(trees, word, guard));
    if let Some(entry) = known {
        let trigger = Trigger { word, entry, is_noun: false, carrier: None, is_of_kind: true };
        return (!asks_to_know(trees, word, &entry) && !is_link(trees, word)).then_some(trigger);
    }
    if ground.is_cue(span)
        || codebook::is_never(form)
        || form.len() < 3
        || !form.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
    {
        return None;
    }
    let entry = codebook::open_entry()?;
    // Somebody does it in a tense, and to something, or it is known who: what the codebook leaves out is rarely news.
    let known = |c: usize| {
        let kind = reading.mention_of(trees.word(c)).map(|m| m.kind);
        kind.is_some_and(|kind| {
            matches!(kind, EntityKind::Person | EntityKind::Organisation | EntityKind::Group | EntityKind::Government)
        }) || trees.upos(c) == "PRON" && !matches!(trees.lower(c), "it" | "that" | "which" | "this" | "what")
    };
    let tense = clause(trees, word).form;
    let is_told = matches!(
        tense,
        Form::Past | Form::Future | Form::Progressive | Form::May | Form::Would | Form::Must | Form::Counterfactual
    );
    let somebody = |c: usize| matches!(trees.upos(c), "NOUN" | "PROPN") || known(c);
    let acts_on = trees.children(word).any(|c| trees.is(c, &["obj", "nsubj:pass"]));
    let has_doer = trees
        .children(word)
        .any(|c| trees.is(c, &["nsubj", "nsubj:pass", "obl:agent"]) && (known(c) || acts_on && somebody(c)));
    // "Plans to develop a port": it is governed, and acts on something.
    let is_governed = matches!(tense, Form::Infinitive | Form::Gerund)
        && trees.is(word, &["xcomp", "acl"])
        && trees.child(word, &["obj"]).is_some_and(|o| matches!(trees.upos(o), "NOUN" | "PROPN"));
    let has_doer = has_doer && is_told || is_governed;
    (has_doer && !is_link(trees, word)).then_some(Trigger {
        word,
        entry,
        is_noun: false,
        carrier: None,
        is_of_kind: true,
    })
}

/// "According to", "including", "given": participles that link.
fn is_link(trees: &Trees<'_>, word: usize) -> bool {
    matches!(trees.lower(word), "according" | "including" | "given" | "following" | "regarding" | "based" | "compared")
        && trees.child(word, &["aux", "aux:pass", "nsubj", "nsubj:pass"]).is_none()
}

/// A question is no request: "asked whether", "asked about".
fn asks_to_know(trees: &Trees<'_>, word: usize, entry: &Entry) -> bool {
    if entry.base != "ask" {
        return false;
    }
    let for_comment = trees.children(word).any(|c| trees.case(c) == "for" && trees.lower(c).starts_with("comment"));
    let wants = trees.children(word).any(|c| match trees.rel(c) {
        "xcomp" => true,
        "ccomp" => trees.has(c, "mark", &["to", "that"]),
        "obl" => matches!(trees.case(c), "for" | "to"),
        "advcl" => trees.has(c, "mark", &["to"]),
        _ => false,
    });
    for_comment || !wants
}

fn noun(reading: &Reading<'_>, trees: &Trees<'_>, word: usize) -> Option<Trigger> {
    let rel = trees.rel(word);
    if matches!(rel, "compound" | "amod" | "advmod" | "case" | "mark" | "cc" | "vocative" | "list")
        || is_name(reading, trees, word)
    {
        return None;
    }
    let entry = codebook::noun(trees.lower(word), |guard| stands(trees, word, guard))?;
    let in_order = entry.base == "order" && word > 0 && trees.lower(word - 1) == "in";
    let is_none = trees.children(word).any(|c| is_for_comment(trees, c)) || in_order;
    (!is_none).then_some(Trigger { word, entry, is_noun: true, carrier: None, is_of_kind: true })
}

/// "A request for comment": asking is no news.
fn is_for_comment(trees: &Trees<'_>, word: usize) -> bool {
    trees.case(word) == "for" && matches!(trees.lower(word), "comment" | "comments" | "information")
}

/// Whether a word is part of a name.
pub(crate) fn is_name(reading: &Reading<'_>, trees: &Trees<'_>, word: usize) -> bool {
    trees.upos(word) == "PROPN"
        || reading
            .mention_of(trees.word(word))
            .is_some_and(|m| m.form == MentionForm::Name && m.evidence.text.contains(' '))
}

fn stands(trees: &Trees<'_>, word: usize, guard: Guard) -> bool {
    match guard {
        Guard::Free => true,
        Guard::Particle(particle) => {
            trees.lower(word + 1) == particle
                || trees.children(word).any(|c| {
                    trees.lower(c) == particle
                        && trees.is(c, &["compound:prt", "advmod", "advcl", "xcomp", "obl", "case"])
                        && c > word
                })
        }
        Guard::Object("*") => trees.child(word, &["obj", "nsubj:pass"]).is_some(),
        Guard::Object("%") => trees.children(word).any(|c| {
            let share = |i: usize| matches!(trees.lower(i), "%" | "percent" | "per");
            c > word && (share(c) || trees.children(c).any(share)) && trees.rel(c) != "advcl"
        }),
        Guard::Object(object) => trees.children(word).any(|c| {
            trees.is(c, &["obj", "nsubj:pass", "nsubj"])
                && (trees.lower(c) == object || trees.lower(c).strip_suffix('s') == Some(object))
        }),
        Guard::Preposition(preposition) => trees.children(word).any(|c| {
            let is = trees.case(c) == preposition || !trees.case(c).is_empty() && trees.lower(c) == preposition;
            c > word && trees.is(c, &["obl", "nmod", "obj", "advcl"]) && is
        }),
        Guard::Modifier(before) => trees.children(word).any(|c| c < word && trees.lower(c) == before),
        Guard::Infinitive => trees.children(word).any(|c| trees.rel(c) == "xcomp" && trees.has(c, "mark", &["to"])),
    }
}

/// The verb whose circumstances are a verb's own too: "caused it to fall", and of "it fell, killing five" the first.
fn cause(trees: &Trees<'_>, trigger: &Trigger) -> Option<usize> {
    let word = trigger.word;
    let head = trees.head(word).filter(|head| trees.upos(*head) == "VERB" && *head < word)?;
    let brings_about = ["caus", "forc", "manag", "beg", "start"].iter().any(|stem| trees.lower(head).starts_with(stem));
    let results = trees.xpos(word) == "VBG"
        && trees.child(word, &["mark", "case", "nsubj"]).is_none()
        && matches!(trigger.entry.kind.name, "die" | "injure" | "damage");
    match trees.rel(word) {
        "xcomp" if brings_about => Some(head),
        "advcl" if results => Some(head),
        _ => None,
    }
}

/// The verb that carries a noun's event, where there is one.
fn carrier(trees: &Trees<'_>, noun: usize) -> Option<usize> {
    let first = match trees.rel(noun) {
        "conj" => trees.head(noun)?,
        _ => noun,
    };
    let verb = trees.head(first)?;
    if trees.upos(verb) != "VERB" {
        return None;
    }
    match trees.rel(first) {
        "obj" | "nsubj:pass" => carries(trees, verb).then_some(verb),
        "nsubj" => {
            let form = trees.lower(verb);
            let takes_place = form.starts_with("t") && trees.has(verb, "obj", &["place"]);
            let runs = ["beg", "start", "happen", "occur", "open", "end", "resum", "conclud", "last"];
            (takes_place || runs.iter().any(|stem| form.starts_with(stem))).then_some(verb)
        }
        _ => None,
    }
}

/// Whether a verb only carries the event that its object names.
pub(crate) fn carries(trees: &Trees<'_>, verb: usize) -> bool {
    const NO_CARRIERS: [&str; 20] = [
        "see", "hear", "watch", "catch", "find", "force", "manag", "mak", "us", "prompt", "compel", "oblig", "persuad",
        "convinc", "spur", "inspir", "induc", "resort", "win", "won",
    ];
    let form = trees.lower(verb);
    scopes(Class::Verb, form).first() == Some(&Scope::Inherited)
        && !NO_CARRIERS.iter().any(|stem| form.starts_with(stem))
}
