//! What looks like an attribution and is none: nobody says, writes, thinks or wants what stands in its content.
//!
//! The corpus that the layers are trained on marks attitudes of every kind ("vied for", "was back to"); a reader of a record
//! takes them for sayings. So a cue that is no word of saying or thinking needs a clause or quotation marks for its content.

use std::ops::Range;

use reportedly_record::CueStance;

use crate::Layout;
use crate::found::Found;
use crate::no_saying;
use crate::told;
use crate::tree::Trees;
use crate::unsaid;

/// Tells which are no attributions. An attribution inside of one of those is told inside of what stands around it.
pub(crate) fn doubtful(found: &mut [Found], is_none: impl Fn(&Found) -> bool) -> Vec<bool> {
    let doubtful: Vec<bool> = found.iter().map(is_none).collect();
    for i in (0..found.len()).filter(|i| !doubtful[*i]) {
        for _ in 0..found.len() {
            let Some(outer) = found[i].within.filter(|outer| doubtful[*outer]) else { break };
            found[i].within = found[outer].within;
        }
    }
    doubtful
}

/// Whether what is no saying is somebody's attitude to something. Of those that have no holder or only seem so hardly any are: of 38 and
/// 13 of the dev set 10 and 3.
pub(crate) fn is_attitude(trees: &Trees<'_>, found: &Found) -> bool {
    let seems = |i: usize| ["seem", "appear"].iter().any(|stem| trees.lower(i).starts_with(stem));
    !found.source.is_empty()
        && !found.cue.clone().any(seems)
        && !no_saying::is_nothing(trees, found)
        // Inside what others say annotators note whatever looks like one (links of half a 59.7; without these 57.7).
        && (found.within.is_some()
            || !no_saying::is_unheld(trees, found, told::stance(trees, &found.cue))
                && !is_supposed(trees, found)
                && !found.source.iter().all(|source| is_no_holder(trees, found, source)))
}

/// "If people are serious about it", "so that nobody concludes that", "can vote for": an attitude that nobody is said to have.
fn is_supposed(trees: &Trees<'_>, found: &Found) -> bool {
    let Some(top) = trees.top(&found.cue) else { return false };
    let verb = if trees.word(top).upos == "NOUN" { trees.head(top) } else { top };
    let marks = |c: &usize| {
        trees.is(*c, &["mark"]) && matches!(trees.lower(*c).as_str(), "if" | "unless" | "whether")
            || trees.is_so_that(*c)
    };
    // "Would welcome a deal" is an attitude.
    let may =
        |c: &usize| trees.is(*c, &["aux"]) && matches!(trees.lower(*c).as_str(), "can" | "could" | "may" | "might");
    let not = |c: &usize| matches!(trees.lower(*c).as_str(), "not" | "n't" | "never" | "only");
    let children = trees.children(verb);
    children.iter().any(marks) || children.iter().any(may) && !children.iter().any(not)
}

/// "Bipartisan support", "looks like a coward", "it would be a pity": the word before an attitude is nobody who has it.
fn is_no_holder(trees: &Trees<'_>, found: &Found, source: &Range<usize>) -> bool {
    // "Russian opposition" has a holder.
    let adjective = source.clone().all(|i| {
        trees.word(i).upos == "ADJ" && !trees.is(i, &["nsubj"]) && trees.said(i).starts_with(char::is_lowercase)
    });
    let expletive = source.len() == 1 && trees.is(source.start, &["expl"]);
    let looks = found
        .cue
        .clone()
        .any(|i| matches!(trees.lower(i).as_str(), "look" | "looks" | "looked" | "sounds" | "sounded"))
        && trees.lower(found.cue.end - 1) == "like";
    adjective || expletive || looks
}

/// "The envoy is reportedly bound for the island": told by report, whoever told it and whatever the form of what is told.
fn is_by_report(trees: &Trees<'_>, found: &Found) -> bool {
    found.cue.clone().any(|i| matches!(trees.lower(i).as_str(), "reportedly" | "allegedly" | "purportedly"))
}

/// Whether nobody says, writes, thinks or wants the content; `cues` are those of all that was found.
pub(crate) fn is_none(trees: &Trees<'_>, layout: &Layout<'_>, found: &Found, cues: &[Range<usize>]) -> bool {
    let stance = told::stance(trees, &found.cue);
    let says = stance.is_some();
    if no_cue(trees, found)
        || is_somewhere(trees, found)
        || no_saying::is_none(trees, found, stance)
        || unsaid::is_asked(trees, found)
    {
        return true;
    }
    if is_by_report(trees, found) {
        return false;
    }
    if is_marked(layout, found) {
        // "Roe noted that courts should not examine “secret motives”": the marks are for Roe's words.
        let partly = found.content.iter().flat_map(Clone::clone).any(|i| !layout.quoted[i]);
        let unsaid = told::is_unreal(trees, found) || !says && !found.asserts(trees);
        let act = || {
            let mut words = found.content.iter().flat_map(Clone::clone);
            words.any(|i| matches!(trees.word(i).xpos.as_str(), "TO" | "VB" | "VBG"))
        };
        // "Was seeking a “home team” interview": the marks are nobody's.
        let sought = stance == Some(CueStance::Intends) && !found.asserts(trees) && !act();
        let liked = stance == Some(CueStance::Believes) && !found.asserts(trees) || sought;
        return partly && (liked || found.within.is_some() && (unsaid || is_nobodys(trees, found)));
    }
    let asserts = found.asserts(trees) && !is_thing(trees, found);
    // "To leave" and "leaving" are wanted or planned.
    let acts = || {
        let mut words = found.content.iter().flat_map(Clone::clone);
        words.any(|i| matches!(trees.word(i).xpos.as_str(), "TO" | "VB" | "VBG"))
    };
    // Promised, denied or demanded things are told as they are; what is said or thought is a clause.
    let told =
        matches!(stance, None | Some(CueStance::States | CueStance::Argues | CueStance::Believes | CueStance::Doubts));
    // A cue that the table does not know tells something where somebody's saying is told inside of it.
    let unknown = || !told::is_known(trees, &found.cue) && !cues.iter().any(|cue| found.holds(cue.start));
    impersonal(trees, found)
        || is_backing(trees, found)
        || is_pronoun(trees, found)
        || found.within.is_some() && (is_nobodys(trees, found) || told && !asserts && !acts())
        || found.source.is_empty() && !asserts && !acts()
        || stance == Some(CueStance::Believes) && !asserts && !acts()
        || stance == Some(CueStance::Intends) && !asserts && !acts() && !is_wish(trees, found)
        || told::is_unreal(trees, found)
        || told::is_told_to(trees, found)
        || says && !asserts && !acts() && told::is_about(trees, &found.cue)
        || !says && (found.within.is_some() || !asserts || unknown())
        || !asserts && told::is_felt(trees, &found.cue)
        || says && !asserts && !acts() && !told::takes_noun(trees, &found.cue)
}

/// "Wants another hearing": what somebody wants done, by its name.
fn is_wish(trees: &Trees<'_>, found: &Found) -> bool {
    found.cue.clone().any(|i| ["want", "wish"].iter().any(|stem| trees.lower(i).starts_with(stem)))
}

/// Whether the cue is no saying in this place: a preposition ("considering her vow"), a question that is there ("questions remain"),
/// what a thing is for ("ones to address it"), a word of distance before a noun ("the supposed “deal”"), an act ("charged him with it"),
/// a sum that is given ("committed $10 million toward it"), a duty ("must decide which"), what others expect ("with the court expected to").
fn no_cue(trees: &Trees<'_>, found: &Found) -> bool {
    let words: Vec<String> = found.cue.clone().map(|i| trees.lower(i)).collect();
    let has = |forms: &[&str]| words.iter().any(|word| forms.contains(&word.as_str()));
    let Some(top) = trees.top(&found.cue) else { return false };
    let preposition = words.len() == 1
        && has(&["considering", "regarding", "concerning", "given"])
        && trees.child(top, &["aux"]).is_none();
    let open = has(&["question", "questions", "doubt", "doubts"])
        && (has(&["remain", "remains", "remained", "linger", "abound"])
            || found.source.is_empty() && has(&["is", "was", "'s", "’s"]));
    let noun = |source: &Range<usize>| trees.top(source).is_some_and(|noun| trees.head(top) == noun && noun < top);
    let purpose = trees.is(top, &["acl"])
        && trees.word(top).xpos == "VB"
        && !found.asserts(trees)
        && found.source.iter().any(noun);
    let distance = words.len() == 1
        && has(&["supposed", "so-called", "alleged", "purported", "self-styled"])
        && trees.is(top, &["amod", "compound"]);
    // "When it comes to the harbour", "charged him with theft": a way to speak of it, an act of a court.
    let frame = words.join(" ").contains("comes to") || words.join(" ").contains("came to") && found.source.is_empty();
    let with = |c: &usize| {
        trees.is(*c, &["obl"])
            && trees.child(*c, &["case"]).is_some_and(|case| matches!(trees.lower(case).as_str(), "with" | "of"))
    };
    let act = has(&["charged", "charging", "charges", "charge", "indicted", "convicted", "sentenced"])
        && trees.word(top).upos == "VERB"
        && !found.asserts(trees)
        && trees.children(top).iter().any(with);
    let sum = words.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '$' | '£' | '€')));
    let obliged = has(&["must", "should", "ought"]) || has(&["has", "have", "had", "need", "needs"]) && has(&["to"]);
    let duty = obliged && has(&["decide", "determine", "choose"]);
    let expected = words.len() == 1
        && trees.word(top).xpos == "VBN"
        && trees.is(top, &["acl", "advcl", "amod"])
        && trees.child(top, &["aux", "aux:pass"]).is_none()
        && found.content.first().is_some_and(|content| trees.lower(content.start) == "to");
    let glimpse = has(&["glimpse", "glimpses"]);
    preposition || open || purpose || distance || frame || act || sum || duty || expected || glimpse
}

/// Whether the source is a place in the sentence and nobody: "with the deepest pockets backing it".
fn is_somewhere(trees: &Trees<'_>, found: &Found) -> bool {
    const AT: [&str; 7] = ["with", "from", "among", "despite", "amid", "besides", "for"];
    let at = |source: &Range<usize>| {
        trees.word(source.start).upos == "ADP" && AT.contains(&trees.lower(source.start).as_str())
    };
    !found.source.is_empty() && found.source.iter().all(at)
}

/// Whether the content is no more than a pronoun: "believed her", "agreed with them". What they said stands elsewhere.
fn is_pronoun(trees: &Trees<'_>, found: &Found) -> bool {
    let [content] = &found.content[..] else { return false };
    content.len() == 1 && trees.word(content.start).upos == "PRON"
}

/// Whether what stands inside another's content is told of nobody who said it: generic ("you want to know"), to come ("will press"),
/// done for a purpose ("to explain"), on a condition ("if they thought"), or no act of saying but its name ("allegations against him").
fn is_nobodys(trees: &Trees<'_>, found: &Found) -> bool {
    let Some(top) = trees.top(&found.cue) else { return false };
    let generic = |source: &Range<usize>| source.len() == 1 && trees.lower(source.start) == "you";
    let helped = |words: &[&str]| {
        trees
            .children(top)
            .iter()
            .any(|c| trees.is(*c, &["aux", "mark", "advmod"]) && words.contains(&trees.lower(*c).as_str()))
    };
    let purpose = trees.word(top).xpos == "VB" && helped(&["to"]);
    let named = trees.word(top).upos == "NOUN" && !found.asserts(trees);
    // "We know | I don't think": what a word is told of does not stand before it, unless marks part the two.
    let before = found.content.iter().all(|c| {
        let between = c.end..found.cue.start.max(c.end);
        c.end <= found.cue.start && !between.chain([c.end - 1]).any(|i| trees.word(i).upos == "PUNCT")
    }) && found.source.iter().all(|s| found.content.iter().all(|c| s.end <= c.start));
    found.source.iter().any(generic)
        || purpose
        || named
        || before
        || helped(&["will", "'ll", "wo", "if", "unless", "whether"])
}

/// Whether somebody backs or opposes a thing, which tells where they stand and nothing that they say: "support for the plan". What
/// they want done is theirs: "oppose raising taxes".
fn is_backing(trees: &Trees<'_>, found: &Found) -> bool {
    const BACKS: [&str; 7] = ["support", "back", "oppos", "favor", "favour", "endors", "embrac"];
    let backs = |i: usize| BACKS.iter().any(|stem| trees.lower(i).starts_with(stem));
    let Some(first) = found.content.first() else { return false };
    let act = first.clone().take(2).any(|i| matches!(trees.word(i).xpos.as_str(), "TO" | "VB" | "VBG"));
    found.cue.clone().any(backs) && !act && (!found.asserts(trees) || is_thing(trees, found))
}

/// Whether the content is a thing that is described: "emails that appeared to show it".
fn is_thing(trees: &Trees<'_>, found: &Found) -> bool {
    let [content] = &found.content[..] else { return false };
    let noun = |top: &usize| matches!(trees.word(*top).upos.as_str(), "NOUN" | "PROPN");
    let clause = ["cop", "nsubj", "nsubj:pass", "csubj", "nsubj:outer"];
    // A clause whose verb hangs outside is told as a whole, wherever its last noun hangs.
    let subject = |i: usize| {
        let verb = trees.head(i);
        trees.is(i, &clause[1..]) && content.contains(&verb) && !content.contains(&trees.head(verb))
    };
    if content.clone().any(subject) {
        return false;
    }
    trees.top(content).filter(noun).is_some_and(|top| {
        content.contains(&top)
            && trees.child(top, &clause).is_none()
            && trees.is(top, &["obj", "obl", "nmod", "nsubj:pass"])
    })
}

/// Whether any of the content stands between marks that the cue is outside of: somebody's own words.
fn is_marked(layout: &Layout<'_>, found: &Found) -> bool {
    !layout.quoted[found.cue.start] && found.content.iter().flat_map(Clone::clone).any(|i| layout.quoted[i])
}

/// "It seems that", "there appears": to nobody. "It explains why", "this shows that": a thing is a reason for another.
fn impersonal(trees: &Trees<'_>, found: &Found) -> bool {
    let [source] = &found.source[..] else { return false };
    let nobody = source.len() == 1 && matches!(trees.lower(source.start).as_str(), "it" | "there" | "that" | "this");
    let seems = |i: usize| {
        let word = trees.lower(i);
        ["seem", "appear", "look", "turn", "happen", "mean", "explain", "show", "prove", "demonstrate", "underscore"]
            .iter()
            .any(|verb| word.starts_with(verb))
    };
    let to_somebody = || found.cue.clone().any(|i| trees.lower(i) == "to" && trees.is(i, &["case"]));
    nobody && found.cue.clone().any(seems) && !to_somebody()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::sketch;

    /// What is left of one attribution; `quoted` says which words stand in marks.
    fn left(rows: &str, found: Found, quoted: &[usize]) -> usize {
        let (text, syntax) = sketch(rows);
        let trees = Trees::new(&text, &syntax);
        let words = syntax.words.len();
        let quoted: Vec<bool> = (0..words).map(|i| quoted.contains(&i)).collect();
        let layout = Layout { lines: &vec![0; words], quoted: &quoted };
        doubtful(&mut [found], |f| is_none(&trees, &layout, f, &[])).iter().filter(|doubtful| !**doubtful).count()
    }

    #[test]
    fn an_act_with_an_object_is_no_saying_unless_the_object_is_quoted() {
        let rows = "Roe PROPN NNP 2 nsubj
            signed VERB VBD 0 root
            the DET DT 4 det
            bill NOUN NN 2 obj";
        let found = Found { source: vec![0..1], cue: 1..2, content: vec![2..4], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        assert_eq!(left(rows, found.clone(), &[2, 3]), 1);
        assert_eq!(left(&rows.replace("signed", "proposed"), found.clone(), &[]), 1);
        assert_eq!(left(&rows.replace("signed", "knew"), found, &[]), 0);
    }

    #[test]
    fn what_one_would_or_could_say_is_not_said() {
        let rows = "Roe PROPN NNP 3 nsubj
            could AUX MD 3 aux
            say VERB VB 0 root
            that SCONJ IN 6 mark
            Lind PROPN NNP 6 nsubj
            left VERB VBD 3 ccomp";
        let found = Found { source: vec![0..1], cue: 1..3, content: vec![3..6], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        assert_eq!(left(rows, found.clone(), &[4, 5]), 1);
        assert_eq!(left(&rows.replace("could", "will"), found.clone(), &[]), 1);
        // Whoever cannot say so says at least that.
        let not = rows.replace("3 aux\n", "4 aux\n").replace("say VERB VB 0", "not PART RB 4 advmod\n say VERB VB 0");
        let not = not
            .replace("3 nsubj", "4 nsubj")
            .replace("6 mark", "7 mark")
            .replace("6 nsubj", "7 nsubj")
            .replace("3 ccomp", "4 ccomp");
        let found = Found { source: vec![0..1], cue: 1..4, content: vec![4..7], within: None };
        assert_eq!(left(&not, found, &[]), 1);
    }

    #[test]
    fn what_others_expect_of_somebody_is_not_said_by_him() {
        let rows = "with ADP IN 3 mark
            Roe PROPN NNP 3 nsubj
            expected VERB VBN 6 advcl
            to PART TO 5 mark
            resign VERB VB 3 xcomp
            talks NOUN NNS 7 nsubj
            began VERB VBD 0 root";
        let found = Found { source: vec![1..2], cue: 2..3, content: vec![3..5], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        // Whoever expects it himself says so.
        let himself = rows.replace("with ADP IN 3 mark", "then ADV RB 3 advmod").replace("VBN 6 advcl", "VBD 0 root");
        assert_eq!(left(&himself, found, &[]), 1);
    }

    #[test]
    fn a_duty_to_decide_and_a_sum_are_no_sayings() {
        let rows = "Roe PROPN NNP 3 nsubj
            must AUX MD 3 aux
            decide VERB VB 0 root
            which DET WDT 5 det
            role NOUN NN 7 obj
            she PRON PRP 7 nsubj
            wants VERB VBZ 3 ccomp";
        let found = Found { source: vec![0..1], cue: 1..3, content: vec![3..7], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        let did = rows.replace("must AUX MD", "then ADV RB").replace("decide VERB VB 0", "decided VERB VBD 0");
        assert_eq!(left(&did, Found { cue: 2..3, ..found }, &[]), 1);
        let rows = "Roe PROPN NNP 2 nsubj
            committed VERB VBD 0 root
            $ SYM $ 4 compound
            10m NUM CD 2 obj
            toward ADP IN 6 mark
            funding VERB VBG 2 advcl
            cases NOUN NNS 6 obj";
        assert_eq!(left(rows, Found { source: vec![0..1], cue: 1..5, content: vec![5..7], within: None }, &[]), 0);
    }

    #[test]
    fn a_thing_that_is_described_is_no_statement() {
        let rows = "Roe PROPN NNP 2 nsubj
            published VERB VBD 0 root
            emails NOUN NNS 2 obj
            that PRON WDT 5 nsubj
            showed VERB VBD 3 acl:relcl
            it PRON PRP 5 obj";
        let found = Found { source: vec![0..1], cue: 1..2, content: vec![2..6], within: None };
        assert_eq!(left(rows, found, &[]), 0);
    }

    #[test]
    fn marks_inside_another_content_may_be_for_its_words() {
        let rows = "courts NOUN NNS 3 nsubj
            should AUX MD 3 aux
            examine VERB VB 0 root
            secret ADJ JJ 5 amod
            motives NOUN NNS 3 obj
            here ADV RB 3 advmod";
        let found = Found { source: vec![0..1], cue: 1..3, content: vec![3..6], within: None };
        assert_eq!(left(rows, found.clone(), &[3, 4]), 1);
        let inner = |modal: &str, cue: &str| {
            let rows = rows.replace("should AUX MD 3 aux", modal).replace("examine VERB VB", cue);
            let (text, syntax) = sketch(&rows);
            let layout = Layout { lines: &[0; 6], quoted: &[false, false, false, true, true, false] };
            is_none(&Trees::new(&text, &syntax), &layout, &Found { within: Some(0), ..found.clone() }, &[])
        };
        assert!(inner("should AUX MD 3 aux", "examine VERB VB"));
        assert!(inner("now ADV RB 3 advmod", "examined VERB VBD"));
        assert!(inner("should AUX MD 3 aux", "denounce VERB VB"));
        assert!(!inner("now ADV RB 3 advmod", "denounced VERB VBD"));
    }

    #[test]
    fn what_nobody_said_inside_anothers_content() {
        let left = |rows: &str, found: Found| {
            let (text, syntax) = sketch(rows);
            let quoted = vec![false; syntax.words.len()];
            let layout = Layout { lines: &vec![0; quoted.len()], quoted: &quoted };
            !is_none(&Trees::new(&text, &syntax), &layout, &Found { within: Some(0), ..found }, &[])
        };
        let rows = "you PRON PRP 2 nsubj
            know VERB VBP 0 root
            that SCONJ IN 5 mark
            ships NOUN NNS 5 nsubj
            sank VERB VBD 2 ccomp";
        let found = Found { source: vec![0..1], cue: 1..2, content: vec![2..5], within: None };
        assert!(!left(rows, found.clone()));
        assert!(left(&rows.replace("you", "Roe"), found));
        let rows = "they PRON PRP 3 nsubj
            also ADV RB 3 advmod
            said VERB VBD 0 root
            that SCONJ IN 6 mark
            ships NOUN NNS 6 nsubj
            sank VERB VBD 3 ccomp";
        let found = Found { source: vec![0..1], cue: 2..3, content: vec![3..6], within: None };
        assert!(left(rows, found.clone()));
        assert!(!left(&rows.replace("also ADV RB 3 advmod", "if SCONJ IN 3 mark"), found.clone()));
        assert!(!left(&rows.replace("also ADV RB 3 advmod", "will AUX MD 3 aux"), found));
    }

    #[test]
    fn a_place_in_the_sentence_and_a_pronoun_tell_nothing() {
        let rows = "with ADP IN 2 case
            money NOUN NN 3 obl
            saying VERB VBG 0 root
            it PRON PRP 3 obj";
        let is = |rows: &str, source: Range<usize>| {
            let (text, syntax) = sketch(rows);
            let trees = Trees::new(&text, &syntax);
            let found = Found { source: vec![source], cue: 2..3, content: vec![3..4], within: None };
            (is_somewhere(&trees, &found), is_pronoun(&trees, &found))
        };
        assert_eq!(is(rows, 0..2), (true, true));
        assert_eq!(is(&rows.replace("it PRON PRP", "ships NOUN NNS"), 1..2), (false, false));
    }

    #[test]
    fn what_is_backed_is_not_what_is_said() {
        let rows = "Roe PROPN NNP 2 nsubj
            supports VERB VBZ 0 root
            the DET DT 4 det
            plan NOUN NN 2 obj";
        let found = Found { source: vec![0..1], cue: 1..2, content: vec![2..4], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        let act =
            rows.replace("the DET DT 4 det", "building VERB VBG 2 xcomp").replace("plan NOUN NN 2", "piers NOUN NNS 3");
        assert_eq!(left(&act, found, &[]), 1);
    }

    #[test]
    fn a_word_that_only_looks_like_a_cue() {
        let rows = "Roe PROPN NNP 0 root
            considering VERB VBG 4 case
            Lind PROPN NNP 4 nmod:poss
            vow NOUN NN 1 nmod
            to PART TO 6 mark
            leave VERB VB 4 acl";
        let found = Found { source: vec![0..1], cue: 1..2, content: vec![2..6], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        assert_eq!(left(&rows.replace("VBG 4 case\n", "VBG 1 acl\n").replace("considering", "saying"), found, &[]), 1);
        let rows = "ones NOUN NNS 0 root
            to PART TO 3 mark
            address VERB VB 1 acl
            the DET DT 5 det
            gap NOUN NN 3 obj";
        let found = Found { source: vec![0..1], cue: 1..3, content: vec![3..5], within: None };
        assert_eq!(left(rows, found, &[3, 4]), 0);
        let rows = "questions NOUN NNS 2 nsubj
            remain VERB VBP 0 root
            about ADP IN 5 case
            the DET DT 5 det
            berth NOUN NN 2 obl";
        let found = Found { source: Vec::new(), cue: 0..3, content: vec![3..5], within: None };
        assert_eq!(left(rows, found, &[]), 0);
    }

    #[test]
    fn who_was_told_says_nothing() {
        let rows = "Troops NOUN NNS 3 nsubj:pass
            were AUX VBD 3 aux:pass
            told VERB VBN 0 root
            to PART TO 5 mark
            leave VERB VB 3 xcomp";
        let found = Found { source: vec![0..1], cue: 1..3, content: vec![3..5], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        assert_eq!(left(&rows.replace("told", "seen"), found.clone(), &[]), 0);
        assert_eq!(left(rows, Found { source: Vec::new(), ..found }, &[]), 1);
        let rows = "Roe PROPN NNP 7 nsubj
            , PUNCT , 3 punct
            asked VERB VBN 1 acl
            if SCONJ IN 6 mark
            ships NOUN NNS 6 nsubj
            sank VERB VBD 3 ccomp
            left VERB VBD 0 root";
        let found = Found { source: vec![0..1], cue: 2..3, content: vec![3..6], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        assert_eq!(left(&rows.replace("VBN 1 acl", "VBN 7 parataxis"), found.clone(), &[]), 0);
        assert_eq!(left(&rows.replace("VBN 1 acl", "VBD 7 ccomp"), found, &[]), 1);
    }

    #[test]
    fn what_is_praised_is_not_what_is_said() {
        let rows = "Roe PROPN NNP 2 nsubj
            praised VERB VBD 0 root
            the DET DT 4 det
            plan NOUN NN 2 obj";
        let found = Found { source: vec![0..1], cue: 1..2, content: vec![2..4], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        assert_eq!(left(rows, found, &[3]), 1);
    }

    #[test]
    fn somebody_explains_it_or_nobody() {
        let rows = "It PRON PRP 2 nsubj
            explains VERB VBZ 0 root
            Lind PROPN NNP 4 nsubj
            left VERB VBD 2 ccomp";
        let found = Found { source: vec![0..1], cue: 1..2, content: vec![2..4], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 0);
        assert_eq!(left(&rows.replace("It", "Roe"), found, &[]), 1);
    }

    #[test]
    fn what_is_told_by_report_needs_no_teller() {
        let rows = "Roe PROPN NNP 4 nsubj\nis AUX VBZ 4 cop\nreportedly ADV RB 4 advmod\nbound ADJ JJ 0 root
            for ADP IN 6 case\nhome NOUN NN 4 obl";
        let found = Found { source: Vec::new(), cue: 2..3, content: vec![3..6], within: None };
        assert_eq!(left(rows, found.clone(), &[]), 1);
        assert_eq!(left(&rows.replace("reportedly", "notably"), found, &[]), 0);
    }

    #[test]
    fn an_attitude_has_a_holder() {
        let rows = "Roe PROPN NNP 2 nsubj\nbacked VERB VBD 0 root\nit PRON PRP 2 obj";
        let is = |rows: &str, source: Vec<Range<usize>>| {
            let (text, syntax) = sketch(rows);
            is_attitude(&Trees::new(&text, &syntax), &Found { source, cue: 1..2, content: vec![2..3], within: None })
        };
        assert!(is(rows, vec![0..1]));
        assert!(!is(rows, Vec::new()) && !is(&rows.replace("backed", "seemed"), vec![0..1]));
    }

    #[test]
    fn a_cue_that_is_not_known_tells_nothing_by_itself() {
        let rows = "Roe PROPN NNP 2 nsubj\nmisses VERB VBZ 0 root\nhow ADV WRB 5 advmod\nLind PROPN NNP 5 nsubj
            spoke VERB VBD 2 ccomp";
        let (text, syntax) = sketch(rows);
        let trees = Trees::new(&text, &syntax);
        let found = Found { source: vec![0..1], cue: 1..2, content: vec![2..5], within: None };
        let layout = Layout { lines: &[0; 5], quoted: &[false; 5] };
        assert!(is_none(&trees, &layout, &found, &[]));
        // Unless somebody's saying is told inside.
        assert!(!is_none(&trees, &layout, &found, &[4..5]));
        // What somebody feels is a clause.
        let rows = rows.replace("misses VERB VBZ", "afraid ADJ JJ");
        let (text, syntax) = sketch(&rows);
        let trees = Trees::new(&text, &syntax);
        assert!(!is_none(&trees, &layout, &found, &[]));
        assert!(is_none(&trees, &layout, &Found { content: vec![2..3], ..found }, &[]));
    }

    #[test]
    fn an_attitude_has_somebody_who_has_it() {
        let held = |rows: &str, found: &Found| {
            let (text, syntax) = sketch(rows);
            is_attitude(&Trees::new(&text, &syntax), found)
        };
        let rows = "bipartisan ADJ JJ 2 amod
            support NOUN NN 0 root
            for ADP IN 4 case
            bail NOUN NN 2 nmod";
        let mut found = Found { source: vec![0..1], cue: 1..2, content: vec![2..4], within: None };
        assert!(!held(rows, &found));
        assert!(held(&rows.replace("bipartisan ADJ JJ 2 amod", "Roe PROPN NNP 2 nmod:poss"), &found));
        // What others say is noted as it was.
        found.within = Some(0);
        assert!(held(rows, &found));
        let rows = "Roe PROPN NNP 3 nsubj
            can AUX MD 3 aux
            support VERB VB 0 root
            bail NOUN NN 3 obj";
        let found = Found { source: vec![0..1], cue: 2..3, content: vec![3..4], within: None };
        assert!(!held(rows, &found));
        assert!(held(&rows.replace("can AUX MD", "will AUX MD"), &found));
    }
}
