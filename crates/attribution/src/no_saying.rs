//! Cues that say nothing where they stand: what seems, what a thing gives a view of, what somebody is let or meant to say, what nobody
//! says.

use std::ops::Range;

use reportedly_record::CueStance;

use crate::found::Found;
use crate::tree::Trees;

/// Whether the cue is no saying in this company; `stance` is what the table of cues tells of it.
pub(crate) fn is_none(trees: &Trees<'_>, found: &Found, stance: Option<CueStance>) -> bool {
    let Some(cue) = Cue::new(trees, found) else { return false };
    cue.seems(stance)
        || cue.views()
        || cue.is_to_say()
        || cue.is_nobodys()
        || cue.is_instead()
        || cue.describes()
        || cue.asks_for_comment()
        || cue.weighs(stance)
        || cue.is_authorship()
        || cue.refuses()
        || cue.judges()
        || cue.appoints()
        || is_nothing(trees, found)
        || is_unheld(trees, found, stance)
        || cue.is_duty()
        || cue.is_lest()
        || cue.adds_up()
        || cue.is_confirmed()
        || cue.ends_with_it()
        || cue.is_anybodys()
}

/// Whether the cue is nobody's attitude either: half a word, a question put to the one who is taken for its source, a name for something, what a
/// thing leads to.
pub(crate) fn is_nothing(trees: &Trees<'_>, found: &Found) -> bool {
    let Some(cue) = Cue::new(trees, found) else { return false };
    cue.is_half()
        || cue.is_put_to_source()
        || cue.is_name()
        || cue.is_spurred()
        || cue.calls_on()
        || cue.is_act()
        || cue.is_evidence()
        || cue.is_outdone()
}

/// Whether nobody has said or thought it yet, or anybody does: under a condition, left undone, open, what one can or is sure to do. Inside what
/// others say annotators note it all the same (links of half b 66.3; without these 64.4).
pub(crate) fn is_unheld(trees: &Trees<'_>, found: &Found, stance: Option<CueStance>) -> bool {
    let Some(cue) = Cue::new(trees, found) else { return false };
    cue.is_skill()
        || cue.is_left_undone()
        || cue.is_condition()
        || cue.is_sure_to()
        || cue.is_done_to_thing(stance)
        || cue.is_generic(stance)
        || cue.remains_open()
        || cue.is_settled_by_thing()
        || cue.is_advice(stance)
}

/// Verbs that one may be coordinated with another of.
const DEEPEST: usize = 4;

struct Cue<'a> {
    trees: &'a Trees<'a>,
    found: &'a Found,
    /// The word that the others hang on.
    top: usize,
    words: Vec<String>,
}

impl<'a> Cue<'a> {
    fn new(trees: &'a Trees<'a>, found: &'a Found) -> Option<Cue<'a>> {
        let top = trees.top(&found.cue)?;
        Some(Cue { trees, found, top, words: found.cue.clone().map(|i| trees.lower(i)).collect() })
    }

    fn has(&self, forms: &[&str]) -> bool {
        self.words.iter().any(|word| forms.contains(&word.as_str()))
    }

    /// The first words of the content.
    fn opens(&self, phrases: &[&[&str]]) -> bool {
        let first = self.found.content.first();
        let is = |phrase: &[&str]| {
            first.is_some_and(|c| {
                c.len() >= phrase.len() && phrase.iter().enumerate().all(|(n, w)| self.trees.lower(c.start + n) == *w)
            })
        };
        phrases.iter().any(|phrase| is(phrase))
    }

    /// "Principles have limits, it seems", "what makes her seem a threat", "seemed oblivious to it".
    fn seems(&self, stance: Option<CueStance>) -> bool {
        let seems = self.has(&["seem", "seems", "seemed", "appear", "appears", "appeared"]);
        let to_somebody = self.has(&["to"]) && self.trees.word(self.top).upos == "VERB";
        let nobody = self.found.source.iter().all(|s| s.len() == 1 && self.trees.lower(s.start) == "it");
        seems && stance.is_none() && (self.trees.word(self.top).upos == "ADJ" || nobody && !to_somebody)
    }

    /// "The record provides insight into how", "has no understanding of", "a sign that", the label of a picture.
    fn views(&self) -> bool {
        let has = self.has(&["have", "has", "had", "lack", "lacks", "lacked"])
            && self.has(&["understanding", "idea", "sense"]);
        let sight = has || self.has(&["insight", "insights", "window", "caption"]);
        let noun = self.trees.word(self.top).upos == "NOUN";
        let sign = noun && self.has(&["sign", "signs", "reminder", "proof", "indication", "testament"]);
        sight || sign
    }

    /// "Allowed them to claim", "must be convinced": nobody has said it yet.
    fn is_to_say(&self) -> bool {
        const LETS: [&str; 14] = [
            "allow", "enabl", "permit", "let", "encourag", "urge", "urging", "want", "expect", "requir", "invit",
            "order", "advis", "need",
        ];
        let trees = self.trees;
        let beside = |rel: &str, words: &[&str]| {
            let hang = |c: &usize| trees.is(*c, &[rel]) && words.contains(&trees.lower(*c).as_str());
            trees.children(self.top).iter().any(hang)
        };
        let verb = trees.head(self.top);
        let is_let = trees.word(self.top).xpos == "VB"
            && trees.is(self.top, &["xcomp", "ccomp", "advcl"])
            && beside("mark", &["to"])
            && trees.word(verb).upos == "VERB"
            && LETS.iter().any(|stem| trees.lower(verb).starts_with(stem))
            // "Wants to say" is his own.
            && (verb + 1..self.top).any(|i| matches!(trees.word(i).upos.as_str(), "NOUN" | "PROPN" | "PRON"));
        let duty = beside("aux", &["must", "should", "ought"]) && trees.child(self.top, &["aux:pass"]).is_some();
        is_let || duty && !beside("advmod", &["not", "n't"])
    }

    /// "None suggested it", "nobody said so".
    fn is_nobodys(&self) -> bool {
        let nobody = |i: usize| matches!(self.trees.lower(i).as_str(), "none" | "nobody" | "neither");
        let sources = &self.found.source;
        !sources.is_empty() && sources.iter().all(|s| nobody(s.start))
    }

    /// "See, sometimes we forget", "Look, that is how it is": a call for attention.
    fn calls_on(&self) -> bool {
        let [word] = &self.words[..] else { return false };
        let cue = self.found.cue.clone();
        let opens = cue.start == 0
            || matches!(self.trees.said(cue.start - 1), "." | "!" | "?" | "“" | "\"" | ":" | "…")
            || self.trees.sentence(cue.start).start == cue.start;
        ["see", "look", "listen"].contains(&word.as_str())
            && opens
            && self.found.source.is_empty()
            && cue.end < self.trees.syntax.words.len()
            && self.trees.said(cue.end) == ","
    }

    /// "So that they do not conclude that": nobody has concluded it.
    fn is_lest(&self) -> bool {
        let trees = self.trees;
        let so = |c: &usize| trees.is_so_that(*c);
        let not = |c: &usize| trees.is(*c, &["advmod"]) && matches!(trees.lower(*c).as_str(), "not" | "n't" | "never");
        let children = trees.children(self.top);
        children.iter().any(so) && children.iter().any(not)
    }

    /// "Roe named a crew early, suggesting a long haul": what it comes to, which Roe did not say.
    fn adds_up(&self) -> bool {
        let trees = self.trees;
        let [word] = &self.words[..] else { return false };
        let comes_to = ["suggesting", "indicating", "signaling", "signalling", "implying"].contains(&word.as_str());
        let over = trees.head(self.top);
        // "Hit back", "went further", "issued a statement".
        const ANSWERS: [&str; 10] =
            ["hit", "push", "fire", "went", "doubl", "post", "tweet", "issu", "publish", "shar"];
        let answers = ANSWERS.iter().any(|stem| trees.lower(over).starts_with(stem));
        let says = || answers || crate::told::is_known(trees, &(over..over + 1));
        comes_to
            && trees.is(self.top, &["advcl"])
            && trees.word(over).upos == "VERB"
            && over < self.top
            && self.found.cue.start > 0
            && trees.said(self.found.cue.start - 1) == ","
            && !says()
    }

    /// "Both are known as rescripts", "known for her role": a name for something, what it is famous for.
    fn is_name(&self) -> bool {
        let last = self.trees.lower(self.found.cue.end - 1);
        self.has(&["known"]) && matches!(last.as_str(), "as" | "for")
    }

    /// "She has to go on the air and tell them", "you need to say so": nobody has yet, but for "I must say".
    fn is_duty(&self) -> bool {
        let trees = self.trees;
        let own = |s: &Range<usize>| matches!(trees.lower(s.start).as_str(), "i" | "we");
        let not = |c: &usize| trees.is(*c, &["advmod"]) && matches!(trees.lower(*c).as_str(), "not" | "n't" | "never");
        // "Police had to admit it": they did.
        let needs = |i: usize| {
            let word = trees.lower(i);
            let has_to = ["have", "has"].contains(&word.as_str()) || word == "need" || word == "needs";
            has_to && !trees.children(i).iter().any(not)
        };
        let mut at = self.top;
        // "Has to get on the air and tell them": what is coordinated is as needed.
        for _ in 0..DEEPEST {
            if trees.is(at, &["conj"]) && trees.word(at).xpos == "VB" {
                at = trees.head(at);
            }
        }
        let governed = trees.word(at).xpos == "VB" && trees.is(at, &["xcomp"]) && needs(trees.head(at));
        // "Need to revise the policy to encourage it".
        let whole = self.words.len() > 2 && self.words[1] == "to" && needs(self.found.cue.start);
        (governed || whole) && !self.found.source.iter().any(own)
    }

    /// "Firms encouraged by the tax", "the site allows visitors to compare": what a thing leads to.
    fn is_spurred(&self) -> bool {
        const LEADS: [&str; 5] = ["encouraged", "prompted", "spurred", "allows", "enables"];
        let [word] = &self.words[..] else { return false };
        let trees = self.trees;
        let person = |s: &Range<usize>| {
            let head = trees.top(s).unwrap_or(s.start);
            matches!(trees.word(head).upos.as_str(), "PROPN" | "PRON")
        };
        let by =
            word.ends_with('d') && trees.is(self.top, &["acl", "advcl"]) && trees.child(self.top, &["aux"]).is_none();
        LEADS.contains(&word.as_str())
            && (by || word.ends_with('s'))
            && !self.found.asserts(trees)
            && !self.found.source.iter().any(person)
    }

    /// "The capital's group-think": a part of a longer word.
    fn is_half(&self) -> bool {
        let start = self.found.cue.start;
        let joined = |i: usize| {
            let (one, two) = (self.trees.word(i).span.bytes(), self.trees.word(i + 1).span.bytes());
            one.end == two.start
        };
        start >= 2
            && self.words.len() == 1
            && self.trees.said(start - 1) == "-"
            && joined(start - 1)
            && joined(start - 2)
    }

    /// "Asked about the order, Roe said": it was Roe who was asked.
    fn is_put_to_source(&self) -> bool {
        let asks = ["asked", "pressed", "questioned", "quizzed", "told", "urged"];
        let first = self.words.first().map_or("", String::as_str);
        let opens = asks.contains(&first);
        let [source] = &self.found.source[..] else { return false };
        // "MINISTER PRESSED ON WHETHER": the minister was asked.
        let about = ["on", "over", "about"];
        let grilled = ["pressed", "questioned", "quizzed", "grilled"].contains(&first)
            && source.end == self.found.cue.start
            && (about.contains(&self.words.last().map_or("", String::as_str)) && self.words.len() == 2
                || self.opens(&[&["on"], &["over"], &["about"]]) && self.words.len() == 1);
        if grilled {
            return true;
        }
        let content = self.found.content.first();
        opens && content.is_some_and(|c| self.found.cue.start < c.start && c.start < source.start)
    }

    /// "Denied him the nomination", "was denied entry": kept from somebody, not contested.
    fn refuses(&self) -> bool {
        const GRANTED: [&str; 9] =
            ["entry", "access", "bail", "admission", "asylum", "parole", "permission", "visa", "visas"];
        let trees = self.trees;
        let denies = self.has(&["deny", "denies", "denied", "denying"]);
        let object = trees.child(self.top, &["obj"]);
        let from_whom = trees.child(self.top, &["iobj"]).is_some()
            || object.is_some() && trees.child(self.top, &["nsubj:pass"]).is_some();
        denies && (from_whom || object.is_some_and(|o| GRANTED.contains(&trees.lower(o).as_str())))
    }

    /// "It is naive to assume that", "it's hard to say": what it would be, and nobody who does it.
    fn judges(&self) -> bool {
        let it = self.words.first().is_some_and(|word| word == "it");
        it && self.found.source.is_empty() && self.found.cue.clone().any(|i| self.trees.word(i).upos == "ADJ")
    }

    /// "Lind was named director": an act, by nobody who is told of.
    fn appoints(&self) -> bool {
        self.has(&["named", "renamed"])
            && self.found.source.is_empty()
            && self.trees.child(self.top, &["aux:pass"]).is_some()
    }

    /// "Appointed a director", "called me up", "offered few details": what somebody does.
    fn is_act(&self) -> bool {
        const ACTS: [&str; 6] = ["appoint", "vindicat", "battl", "fought", "fight", "offer"];
        let trees = self.trees;
        let up = |c: &usize| trees.is(*c, &["compound:prt"]) && matches!(trees.lower(*c).as_str(), "up" | "back");
        let calls = trees.lower(self.top).starts_with("call") && trees.children(self.top).iter().any(up);
        let verb = trees.word(self.top).upos == "VERB";
        let done = || !self.found.asserts(trees) && ACTS.iter().any(|stem| trees.lower(self.top).starts_with(stem));
        // "Offered to resign" is said.
        let to = || self.opens(&[&["to"]]) || self.words.last().is_some_and(|word| word == "to");
        verb && (calls || done() && !to())
    }

    /// "Cited her remark as evidence that": what the remark is taken for.
    fn is_evidence(&self) -> bool {
        let start = self.found.cue.start;
        let noun = self.has(&["evidence", "proof"]) && self.words.len() == 1;
        noun && start > 0 && self.trees.lower(start - 1) == "as"
    }

    /// "She is more trusted than him": nobody who trusts.
    fn is_outdone(&self) -> bool {
        let [source] = &self.found.source[..] else { return false };
        source.start > self.found.cue.end && self.trees.lower(source.start - 1) == "than"
            || source.start == self.found.cue.end && self.words.last().is_some_and(|word| word == "than")
    }

    /// "He should expect a cool reception": what he would do well to think.
    fn is_advice(&self, stance: Option<CueStance>) -> bool {
        let trees = self.trees;
        let should =
            |c: &usize| trees.is(*c, &["aux"]) && matches!(trees.lower(*c).as_str(), "should" | "must" | "ought");
        let own = |s: &Range<usize>| matches!(trees.lower(s.start).as_str(), "i" | "we");
        let thinks = matches!(stance, Some(CueStance::Believes | CueStance::Doubts))
            || self.has(&["expect", "know", "remember", "realize", "realise", "understand"]);
        thinks && trees.children(self.top).iter().any(should) && !self.found.source.iter().any(own)
    }

    /// "Rather than declaring that", "without saying", "instead of admitting it".
    fn is_instead(&self) -> bool {
        let back = |n: usize| self.found.cue.start.checked_sub(n).map(|i| self.trees.lower(i)).unwrap_or_default();
        let gerund = self.trees.word(self.top).xpos == "VBG" && self.top == self.found.cue.start;
        let instead = back(1) == "without" || back(2) == "rather" && back(1) == "than";
        gerund && (instead || back(2) == "instead" && back(1) == "of")
    }

    /// "The remarks are insulting to them": how something is, not what is said; "ask what he meant by it".
    fn describes(&self) -> bool {
        let trees = self.trees;
        let verb =
            self.found.content.first().is_some_and(|c| matches!(trees.word(c.start).xpos.as_str(), "VB" | "VBG"));
        let is = trees.word(self.top).upos == "ADJ" && trees.child(self.top, &["cop"]).is_some();
        let to = self.words.last().is_some_and(|word| word == "to");
        let meant = self.has(&["mean", "means", "meant"]) && self.opens(&[&["what"]]);
        is && to && !verb || meant
    }

    /// "The inquiry concluded with a plea": it ended so.
    fn ends_with_it(&self) -> bool {
        let concludes = self.words.iter().any(|word| word.starts_with("conclud") || word.starts_with("ended"));
        concludes && (self.words.last().is_some_and(|word| word == "with") || self.opens(&[&["with"]]))
    }

    /// "Someone who is prepared to lead": told of nobody in particular.
    fn is_anybodys(&self) -> bool {
        let trees = self.trees;
        let [source] = &self.found.source[..] else { return false };
        let anybody = |i: usize| matches!(trees.lower(i).as_str(), "someone" | "somebody" | "anyone" | "anybody");
        let who = source.len() == 1 && matches!(trees.lower(source.start).as_str(), "who" | "that");
        let plain = anybody(source.start) && (source.len() == 1 || trees.lower(source.start + 1) == "who");
        plain && source.len() > 1 || who && source.start > 0 && anybody(source.start - 1)
    }

    /// "She knows how to deliver": what she can do.
    fn is_skill(&self) -> bool {
        let knows = self.has(&["know", "knows", "knew", "known", "learn", "learns", "learned", "learnt"]);
        knows && self.opens(&[&["how", "to"]])
    }

    /// "He failed to note that", "neglected to say": not said.
    fn is_left_undone(&self) -> bool {
        let fails =
            |word: &String| word.starts_with("fail") || word.starts_with("neglect") || word.starts_with("forgot");
        let negated = ["not", "n't", "n’t", "never"].iter().any(|word| self.has(&[word]));
        let opens = self.words.iter().position(fails).filter(|_| !negated);
        opens.is_some_and(|at| self.words.get(at + 1).is_some_and(|next| next == "to"))
    }

    /// "If Roe reiterates the demand", "were Roe to agree to it", "if Roe were to agree": nobody has yet.
    fn is_condition(&self) -> bool {
        let trees = self.trees;
        let mark = |c: &usize| trees.is(*c, &["mark"]) && matches!(trees.lower(*c).as_str(), "if" | "unless");
        let children = trees.children(self.top);
        // "If she rejects it and announces support": both are conditions.
        let mut first = self.top;
        for _ in 0..DEEPEST {
            let same = trees.is(first, &["conj"]) && trees.word(first).xpos == trees.word(trees.head(first)).xpos;
            let own = trees.children(first).iter().any(|c| trees.is(*c, &["nsubj", "mark", "aux"]));
            if same && !own {
                first = trees.head(first);
            }
        }
        let were_to = self.words.windows(2).any(|pair| pair[0] == "were" && pair[1] == "to");
        were_to && self.trees.sentence(self.top).any(|i| trees.lower(i) == "if")
            || children.iter().chain(trees.children(first)).any(|c| mark(c) && *c < self.top)
    }

    /// "The bill was sure to be changed": how likely it is, and nobody who is sure.
    fn is_sure_to(&self) -> bool {
        self.has(&["sure", "certain", "bound", "likely"])
            && self.trees.word(self.top).upos == "ADJ"
            && (self.words.last().is_some_and(|word| word == "to") || self.opens(&[&["to"]]))
    }

    /// "The estimate was released", "the case was heard": done to a thing, of which nothing is told.
    fn is_done_to_thing(&self, stance: Option<CueStance>) -> bool {
        const DONE: [&str; 8] = ["releas", "heard", "reveal", "publish", "unveil", "issu", "present", "confirm"];
        let trees = self.trees;
        let passive = trees.child(self.top, &["aux:pass"]).is_some() && trees.word(self.top).xpos == "VBN";
        let done = stance.is_none() || DONE.iter().any(|stem| trees.lower(self.top).starts_with(stem));
        let [content] = &self.found.content[..] else { return false };
        let before = content.end <= self.found.cue.start;
        passive && done && before && !self.found.asserts(trees)
    }

    /// "You know that your vote counts": anybody does.
    fn is_generic(&self, stance: Option<CueStance>) -> bool {
        let trees = self.trees;
        let [source] = &self.found.source[..] else { return false };
        let present = matches!(trees.word(self.top).xpos.as_str(), "VB" | "VBP");
        source.len() == 1 && trees.lower(source.start) == "you" && present && stance == Some(CueStance::Believes)
    }

    /// "It remains to be seen whether", "it doesn't matter that".
    fn remains_open(&self) -> bool {
        let matters = self.has(&["matter", "matters", "mattered"]) && self.trees.word(self.top).upos == "VERB";
        let remains = self.has(&["remain", "remains", "remained"]) && self.has(&["see", "seen"]);
        matters || remains
    }

    /// "Elections, which will determine who governs": what settles it.
    fn is_settled_by_thing(&self) -> bool {
        let relative =
            |s: &Range<usize>| s.len() == 1 && matches!(self.trees.lower(s.start).as_str(), "which" | "that");
        let settles = self.words.iter().any(|word| word.starts_with("determin") || word.starts_with("decid"));
        settles && !self.found.source.is_empty() && self.found.source.iter().all(relative)
    }

    /// "45 confirmed cases": what a noun is told to be, by nobody who is named there.
    fn is_confirmed(&self) -> bool {
        let noun = self.trees.head(self.top);
        self.words.len() == 1
            && self.trees.is(self.top, &["amod"])
            && noun > self.top
            && self.has(&["confirmed", "proven", "documented", "recorded", "recognised", "recognized", "acclaimed"])
    }

    /// "Requests for comment": that somebody kept silent is told elsewhere.
    fn asks_for_comment(&self) -> bool {
        let asks = self.words.iter().any(|word| word.starts_with("request") || word.starts_with("call"));
        let comment = [&["for", "comment"][..], &["for", "comments"], &["comment"], &["for", "an", "interview"]];
        asks && self.opens(&comment)
    }

    /// "They wrangled over whether it is safe", "will decide whether": nothing is held to be so.
    fn weighs(&self, stance: Option<CueStance>) -> bool {
        stance.is_none() && self.opens(&[&["whether"], &["if"]]) && self.found.content.len() == 1
    }

    /// "The bill was written by a group".
    fn is_authorship(&self) -> bool {
        let by = || {
            let case = |c: usize| self.trees.child(c, &["case"]).is_some_and(|case| self.trees.lower(case) == "by");
            self.trees.child(self.top, &["obl:agent", "obl"]).is_some_and(case)
        };
        let written = self.trees.child(self.top, &["nsubj:pass"]);
        let of_content =
            self.found.content.first().is_some_and(|content| written.is_some_and(|w| content.contains(&w)));
        self.has(&["written", "drafted", "authored"]) && of_content && by()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::sketch;

    /// Whether nobody says it: a row of the cue bears a star, of the source a plus, of the content a minus.
    fn check(rows: &str, expected: bool) {
        let part = |mark: char| {
            let all: Vec<usize> = rows.lines().enumerate().filter(|(_, r)| r.contains(mark)).map(|(i, _)| i).collect();
            all.first().map(|first| *first..all[all.len() - 1] + 1)
        };
        let found = Found {
            source: part('+').into_iter().collect(),
            cue: part('*').expect("a cue"),
            content: part('-').into_iter().collect(),
            within: None,
        };
        let (text, syntax) = sketch(&rows.replace(['*', '+', '-'], ""));
        let trees = Trees::new(&text, &syntax);
        let stance = crate::told::stance(&trees, &found.cue);
        assert_eq!(is_none(&trees, &found, stance), expected, "{rows}");
    }

    #[test]
    fn what_seems_is_said_by_nobody() {
        let rows = "+it PRON PRP 3 nsubj\n*seemed VERB VBD 3 cop\n*oblivious ADJ JJ 0 root\n*to ADP IN 6 case\n\
            -the DET DT 6 det\n-tide NOUN NN 3 obl";
        check(rows, true);
        check("+Roe PROPN NNP 2 nsubj\n*said VERB VBD 0 root\n-Lind PROPN NNP 4 nsubj\n-left VERB VBD 2 ccomp", false);
    }

    #[test]
    fn what_somebody_is_let_say_is_not_said() {
        let rows = "it PRON PRP 2 nsubj\nallowed VERB VBD 0 root\n+Roe PROPN NNP 2 obj\n*to PART TO 5 mark\n\
            *claim VERB VB 2 xcomp\n-victory NOUN NN 5 obj";
        check(rows, true);
        check(&rows.replace("allowed", "prompted"), false);
    }

    #[test]
    fn who_is_asked_does_not_ask() {
        let rows = "*asked VERB VBN 7 advcl\n*about ADP IN 3 case\n-bail NOUN NN 1 obl\n, PUNCT , 7 punct\n\
            +Ada PROPN NNP 7 nsubj\n+Roe PROPN NNP 5 flat\nleft VERB VBD 0 root";
        check(rows, true);
        check(&rows.replace("asked VERB VBN", "asking VERB VBG"), false);
        let inverted = "-who PRON WP 3 nsubj\n-is AUX VBZ 1 cop\n*asked VERB VBD 0 root\n+Roe PROPN NNP 3 nsubj";
        check(inverted, false);
    }

    #[test]
    fn nobody_says_it_and_what_is_done_instead() {
        let rows = "+none NOUN NN 2 nsubj\n*said VERB VBD 0 root\n-it PRON PRP 4 nsubj\n-sank VERB VBD 2 ccomp";
        check(rows, true);
        check(&rows.replace("none NOUN NN", "Roe PROPN NNP"), false);
        let rows = "rather ADV RB 2 advmod\nthan SCONJ IN 3 mark\n*saying VERB VBG 0 root\n-it PRON PRP 5 nsubj\n\
            -sank VERB VBD 3 ccomp";
        check(rows, true);
        check(&rows.replace("than", "there"), false);
    }

    #[test]
    fn a_view_a_question_and_an_author_tell_nothing() {
        check("+record NOUN NN 2 nsubj\n*gives VERB VBZ 0 root\n*insight NOUN NN 2 obj\n-ships NOUN NNS 3 nmod", true);
        check("*requests NOUN NNS 0 root\n-for ADP IN 3 case\n-comment NOUN NN 1 nmod", true);
        check("*requests NOUN NNS 0 root\n-for ADP IN 3 case\n-ships NOUN NNS 1 nmod", false);
        let rows = "-bill NOUN NN 3 nsubj:pass\nwas AUX VBD 3 aux:pass\n*written VERB VBN 0 root\nby ADP IN 5 case\n\
            +Roe PROPN NNP 3 obl:agent";
        check(rows, true);
    }

    #[test]
    fn nobody_judges_and_nobody_appoints() {
        let rows =
            "*It PRON PRP 3 expl\n*is AUX VBZ 3 cop\n*naive ADJ JJ 0 root\n*to PART TO 5 mark\n*assume VERB VB 3 csubj
            -it PRON PRP 7 nsubj\n-sank VERB VBD 5 ccomp";
        check(rows, true);
        check(&rows.replace("*naive ADJ JJ", "*said VERB VBN"), false);
        let rows =
            "-Lind PROPN NNP 3 nsubj:pass\n*was AUX VBD 3 aux:pass\n*named VERB VBN 0 root\ndirector NOUN NN 3 xcomp";
        check(rows, true);
        check(&rows.replace("named", "called"), false);
    }

    #[test]
    fn what_calls_attention_what_is_kept_from_and_what_it_comes_to_are_no_sayings() {
        let rows = "*See VERB VB 0 root\n, PUNCT , 1 punct\n-we PRON PRP 4 nsubj\n-forget VERB VBP 1 parataxis";
        check(rows, true);
        check(&rows.replace(", PUNCT ,", "that SCONJ IN"), false);
        let rows = "left VERB VBD 0 root\nso SCONJ IN 7 mark\nthat SCONJ IN 7 mark\n+Roe PROPN NNP 7 nsubj\n\
            does AUX VBZ 7 aux\nnot PART RB 7 advmod\n*conclude VERB VB 1 advcl\n-it PRON PRP 9 nsubj\n-sank VERB VBD 7 ccomp";
        check(rows, true);
        check(&rows.replace("not PART RB", "now ADV RB"), false);
        let rows = "+Roe PROPN NNP 2 nsubj\nhired VERB VBD 0 root\ncrews NOUN NNS 2 obj\n, PUNCT , 5 punct\n\
            *suggesting VERB VBG 2 advcl\n-storms NOUN NNS 7 nsubj\n-loom VERB VBP 5 ccomp";
        check(rows, true);
        check(&rows.replace("hired", "spoke"), false);
    }
}
