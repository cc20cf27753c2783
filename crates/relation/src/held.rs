//! Who holds a title: the name beside it, the subject it is said of, or the one described by it.

use std::ops::Range;

use reportedly_record::{EntityKind, MentionForm};

use crate::clause::{Subject, subject};
use crate::page::{One, Page};
use crate::seat::{seat, tenure};
use crate::title::{Title, antecedent};
use crate::words::Tie;

/// Holders of a title, and the words that show it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held<'a> {
    pub(crate) by: Vec<One<'a>>,
    pub(crate) evidence: Option<Range<usize>>,
    pub(crate) ended: bool,
    /// A name or a subject stands beside the title; otherwise the title itself describes its holder.
    pub(crate) told: bool,
}

/// Finds the holders of each title. Titles joined by "and" are one person's: "his brother and lawyer, Anton Roe".
pub(crate) fn held<'a>(page: &Page<'a>, titles: &mut [Title<'a>]) -> Vec<Held<'a>> {
    let mut held: Vec<Held<'a>> = vec![Held::default(); titles.len()];
    let mut first = 0;
    while first < titles.len() {
        let mut last = first;
        while last + 1 < titles.len() && is_joined(page, &titles[last], &titles[last + 1]) {
            last += 1;
        }
        share(&mut titles[first..=last]);
        let group = &titles[first..=last];
        let on = |i: &usize| {
            goes_on(page, &titles[*i], &group[0]) || goes_on_with_and(page, &titles[*i], &held[*i], &group[0])
        };
        let earlier = first.checked_sub(1).filter(on).map(|i| held[i].clone());
        let found = holders(page, group, earlier);
        let (seat, end) = seat(page, group, &found);
        let mut found = found;
        if !seat.is_empty() {
            titles[first..=last].iter_mut().for_each(|title| title.of.clone_from(&seat));
            found.evidence = found.evidence.map(|evidence| evidence.start..end);
        }
        let group = &titles[first..=last];
        for (i, title) in group.iter().enumerate() {
            held[first + i] = if found.by.is_empty() { described(page, title) } else { found.clone() };
        }
        first = last + 1;
    }
    held
}

/// "brother and lawyer", "director General Roe".
fn is_joined(page: &Page<'_>, one: &Title<'_>, next: &Title<'_>) -> bool {
    let between = one.phrase.end..next.phrase.start;
    let straight = between.start == between.end && !next.has_article && !one.known.plural;
    let and = between.len() == 1 && page.lower(between.start) == "and";
    straight
        || and
            && (!one.has_article
                || !next.has_article
                || next.owned && one.known.post.is_kin() != next.known.post.is_kin()
                || next.owned && one.owned && page.lower(next.phrase.end) == ",")
}

/// An apposition behind another one: "Roe, a lawyer, the son of a judge".
fn goes_on(page: &Page<'_>, one: &Title<'_>, next: &Title<'_>) -> bool {
    one.phrase.end + 1 == next.phrase.start && page.lower(one.phrase.end) == "," && next.has_article && !next.whose
}

/// "Roe, a lawyer from Lorne and a member of the board": the second part of an apposition that stands behind its name.
fn goes_on_with_and(page: &Page<'_>, one: &Title<'_>, held: &Held<'_>, next: &Title<'_>) -> bool {
    let behind = held.told && held.evidence.as_ref().is_some_and(|at| at.start < one.phrase.start);
    let between = one.phrase.end..next.phrase.start;
    let near = between.len() <= 3 && between.clone().all(|i| page.upos(i) != "VERB" && page.lower(i) != ",");
    let and = between.end > between.start && page.lower(between.end - 1) == "and";
    behind && near && and && one.has_article && next.has_article && !next.possessed && !next.of.is_empty()
}

/// The first of joined titles lends its owner to those without one, the last one its complement.
fn share(group: &mut [Title<'_>]) {
    for i in 1..group.len() {
        if group[i].of.is_empty() && !group[i].owned && !group[i].has_article && group[i - 1].owned {
            group[i].of = group[i - 1].of.clone();
            group[i].owned = group[i - 1].owned;
        }
        group[i].ended |= group[i - 1].ended && !group[i].has_article;
        group[i].whose |= group[i - 1].whose && !group[i].has_article;
    }
    for i in (0..group.len().saturating_sub(1)).rev() {
        if group[i].of.is_empty() && !group[i].owned && !group[i].matter && !group[i].known.post.is_kin() {
            group[i].of = group[i + 1].of.clone();
        }
    }
}

fn holders<'a>(page: &Page<'a>, group: &[Title<'a>], earlier: Option<Held<'a>>) -> Held<'a> {
    let (Some(first), Some(last)) = (group.first(), group.last()) else { return Held::default() };
    let whole = first.phrase.start..last.phrase.end;
    let of_own = |ones: &[One<'_>]| {
        ones.iter().any(|one| group.iter().any(|t| t.of.iter().any(|of| of.entity.id == one.entity.id)))
    };
    let found = |by: Vec<One<'a>>, evidence: Range<usize>, ended: bool| {
        (!by.is_empty() && !of_own(&by)).then_some(Held { by, evidence: Some(evidence), ended, told: true })
    };
    all_named(page, &whole, first)
        .or_else(|| before_name(page, &whole, first))
        .and_then(|(by, at)| found(by, at, false))
        .or_else(|| said_of(page, &whole, first).and_then(|(by, at, ended)| found(by, at, ended)))
        .or_else(|| behind_name(page, &whole, first).and_then(|(by, at)| found(by, at, false)))
        .or_else(|| {
            earlier
                .filter(|held| held.told && !of_own(&held.by))
                .map(|held| Held { evidence: held.evidence.map(|e| e.start..whole.end), ..held })
        })
        .or_else(|| before_comma(page, &whole, first).and_then(|(by, at)| found(by, at, false)))
        .unwrap_or_default()
}

/// "Mayor Ada Roe", "his sister Ada Roe".
fn before_name<'a>(page: &Page<'a>, whole: &Range<usize>, first: &Title<'a>) -> Option<(Vec<One<'a>>, Range<usize>)> {
    // "the sculptor", "Navy SEAL": another noun phrase may close up to the name.
    let bracket = (page.lower(whole.end) == "(")
        .then(|| (whole.end..whole.end + 6).find(|i| page.lower(*i) == ")"))
        .flatten()
        .and_then(|close| page.person_from(close + 1));
    let bearer = || page.bearer(whole.end).filter(|_| page.is_capital(whole.end - 1));
    let (mention, words) = page.person_from(whole.end).or(bracket).or_else(bearer)?;
    // "told the mayor Ada Roe had left" has an article; so has "the pilot Ada Roe". The latter is far commoner.
    let clause = first.has_article
        && !first.owned
        && matches!(page.upos(words.end), "AUX")
        && page.upos(whole.start.wrapping_sub(1)) == "VERB";
    if clause || page.xpos(words.end) == "POS" && first.known.plural {
        return None;
    }
    let mut by = page.ones((mention, words.clone()));
    let mut end = words.end;
    // "brothers Ada and Ben Roe".
    while first.known.plural && page.lower(end) == "and" {
        let Some((mention, words)) = page.person_from(end + 1) else { break };
        by.extend(page.ones((mention, words.clone())));
        end = words.end;
    }
    Some((by, whole.start..end))
}

/// "His sons, Ada and Ben Roe", "two sisters – Ada Roe, 32, and Mira Roe, 30": all of a list.
fn all_named<'a>(page: &Page<'a>, whole: &Range<usize>, first: &Title<'a>) -> Option<(Vec<One<'a>>, Range<usize>)> {
    if !first.known.plural || first.words.end != whole.end {
        return None;
    }
    let limit = page.sentence(whole.start).end;
    let (mut by, mut end) = (Vec::new(), whole.end);
    let mut at = whole.end + usize::from(matches!(page.lower(whole.end), "," | "—" | "–" | ":" | "("));
    let set_off = at > whole.end;
    if set_off && !first.known.post.is_kin() {
        return None;
    }
    while at < limit {
        let Some((mention, words)) = page.person_from(at) else { break };
        by.extend(page.ones((mention, words.clone())));
        end = words.end;
        // An age stands between commas or in brackets.
        at = words.end;
        if matches!(page.lower(at), "," | "(") && page.upos(at + 1) == "NUM" {
            at += 2 + usize::from(page.lower(at) == "(");
        }
        at += usize::from(page.lower(at) == ",");
        at += usize::from(page.lower(at) == "and");
        if at == words.end {
            break;
        }
    }
    // "With his sons, Ada Roe said": one name behind a comma is no list.
    (by.len() > 1 || by.len() == 1 && !set_off).then_some((by, whole.start..end))
}

/// "Her husband, Marek," and "His wife, the sculptor Lena Brandt,".
fn before_comma<'a>(page: &Page<'a>, whole: &Range<usize>, first: &Title<'a>) -> Option<(Vec<One<'a>>, Range<usize>)> {
    if !matches!(page.lower(whole.end), "," | "(" | "—" | "–" | ":") || first.known.plural {
        return None;
    }
    let start = whole.end + 1;
    let name = page.person_from(start).or_else(|| {
        // Another description may stand before the name.
        let (phrase, _) = page.noun_phrase(start)?;
        let (mention, words) = page.name(phrase.end - 1)?;
        let described = page.upos(start) == "DET" || first.known.post.is_kin();
        (mention.kind == EntityKind::Person && described && words.start > start).then_some((mention, words))
    });
    let (mention, words) = name?;
    let next = page.lower(words.end);
    let closed =
        matches!(next, "," | "." | "(" | ")" | ";" | "—" | "–" | ":" | "?" | "!" | "“" | "”" | "\"" | "who" | "")
            || next.is_empty();
    // "the mayor, Ada Roe, Ben Lind and others" is a list.
    let list = next == ","
        && page.person_from(words.end + 1).is_some()
        && matches!(page.lower(page.person_from(words.end + 1).map_or(0, |(_, w)| w.end)), "," | "and");
    // "According to his lawyer, Roe was ill": there the comma ends the phrase.
    let verb = matches!(page.upos(words.end), "VERB" | "AUX");
    let governed = matches!(page.upos(whole.start.wrapping_sub(1)), "ADP" | "VERB");
    // "by Finance Minister, Ada Roe in Lorne": a title without article is nobody's but the name's.
    let bare = !first.has_article && !first.owned && page.is_capital(first.words.end - 1) && !verb;
    if list || !(closed || verb && !governed || bare) {
        return None;
    }
    // "After talks with the mayor, Ada Roe, who ...": no telling; a comma on both sides is an apposition.
    Some((page.ones((mention, words.clone())), whole.start..words.end))
}

/// "Lena Voss, the mayor's sister": the title is the apposition.
fn behind_name<'a>(page: &Page<'a>, whole: &Range<usize>, first: &Title<'a>) -> Option<(Vec<One<'a>>, Range<usize>)> {
    if first.whose {
        return None;
    }
    let sentence = page.sentence(whole.start);
    let mut at = whole.start;
    if at == sentence.start {
        return None;
    }
    // "Ada Roe daughter of Ben Roe", without a comma.
    let plain = first.known.post.is_kin() && !first.has_article && page.lower(first.words.end) == "of";
    if let Some((mention, words)) = page.person_until(at).filter(|_| plain) {
        return Some((page.ones((mention, words.clone())), words.start..whole.end));
    }
    if matches!(
        page.lower(at - 1),
        "also" | "now" | "currently" | "once" | "formerly" | "previously" | "himself" | "herself"
    ) {
        at -= 1;
    }
    if at == sentence.start || !matches!(page.lower(at - 1), "," | "(" | "—" | "–" | "--") {
        return None;
    }
    at -= 1;
    // An age, or a second name in brackets, may stand between.
    if at >= sentence.start + 2 && page.upos(at - 1) == "NUM" && page.lower(at - 2) == "," {
        at -= 2;
    }
    if at > sentence.start && page.lower(at - 1) == ")" {
        at = (sentence.start..at - 1).rev().take(8).find(|i| page.lower(*i) == "(")?;
    }
    let (mention, words) = page.person_until(at).or_else(|| {
        page.described(at.checked_sub(1)?).filter(|(m, _)| m.kind == EntityKind::Person && first.has_article)
    })?;
    // "With President Roe, the leaders of Keldra and Lorne": one alone is not several.
    let last_of_several = || {
        let near = words.start.saturating_sub(4).max(sentence.start)..words.end;
        near.into_iter().any(|i| page.syntax.words[i].deprel == "conj" || page.lower(i) == "and")
    };
    if first.known.plural && mention.kind == EntityKind::Person && !last_of_several() {
        return None;
    }
    let next = page.lower(whole.end);
    let closed = matches!(
        next,
        "," | "."
            | ")"
            | ";"
            | "—"
            | "–"
            | ":"
            | "?"
            | "!"
            | "”"
            | "\""
            | "'"
            | "("
            | "["
            | "who"
            | "which"
            | "since"
            | "during"
            | "until"
            | "in"
            | "on"
            | "from"
            | "under"
            | "at"
            | "whose"
    ) || whole.end >= sentence.end
        || next.chars().all(|c| c == '.');
    let joined = next == "and"
        || page.upos(whole.end) == "VERB"
        || page.upos(whole.end) == "AUX"
        || page.upos(whole.end) == "ADP"
        || page.upos(whole.end) == "SCONJ";
    // "Roe, the mayor and the king met" is a list of three.
    let list = next == "and" && page.upos(whole.end + 1) == "DET" && first.of.is_empty();
    // "On Friday Roe, mayor Lind and others".
    let bare = !first.has_article && !first.owned && !closed && first.of.is_empty();
    // "A blow to the mayor, the city's police chief joined them".
    let loose = mention.form != MentionForm::Name && !closed;
    (!list && !bare && !loose && (closed || joined))
        .then(|| (page.ones((mention, words.clone())), words.start..whole.end))
}

/// "Roe is the mayor", "who served as mayor", "was named mayor", "whose father is the pilot Anton Roe".
fn said_of<'a>(page: &Page<'a>, whole: &Range<usize>, first: &Title<'a>) -> Option<(Vec<One<'a>>, Range<usize>, bool)> {
    let sentence = page.sentence(whole.start);
    // "whose father is ...".
    if first.owned && matches!(page.lower(whole.end), "is" | "was" | "'s") && page.upos(whole.end) == "AUX" {
        let (phrase, head) = page.noun_phrase(whole.end + 1)?;
        let (mention, words) = page.name(head)?;
        if mention.kind == EntityKind::Person {
            return Some((page.ones((mention, words.clone())), whole.start..phrase.end, false));
        }
    }
    let mut at = whole.start;
    let word = |i: usize| if i > sentence.start { page.lower(i - 1) } else { "" };
    while matches!(
        word(at),
        "also" | "now" | "currently" | "still" | "once" | "then" | "both" | "again" | "already" | "today"
    ) {
        at -= 1;
    }
    let before = word(at);
    if before == "as" {
        if let Some((by, from)) = tenure(page, at - 1) {
            return Some((by, from..whole.end, false));
        }
        // "appointed Roe as mayor".
        if let Some((mention, words)) = page.person_until(at - 1)
            && let Some(verb) = (sentence.start..words.start).rev().take(5).find(|i| page.upos(*i) == "VERB")
            && matches!(page.lower(verb), "appointed" | "elected" | "hired" | "reappointed" | "installed")
            && !is_open(page, verb)
            && !(sentence.start..verb).rev().take(3).any(|i| matches!(page.lower(i), "never" | "not" | "n't"))
        {
            return Some((page.ones((mention, words)), verb..whole.end, false));
        }
        // "served as mayor", "was sworn in as mayor", "resigned as mayor".
        let verb = (sentence.start..at - 1).rev().take(8).find(|i| page.upos(*i) == "VERB")?;
        let near = verb + 5 >= at;
        let (by, ended) = match page.lower(verb) {
            _ if !near && !matches!(page.lower(verb), "rose" | "began" | "started" | "born") => return None,
            "serves" | "serve" | "serving" | "works" | "working" | "acts" | "doubles" | "works-as" | "rose"
            | "began" | "started" | "emerged" | "returned" | "continues" | "continued" | "debuted" => {
                (whose(page, verb, Subject::Active), false)
            }
            "served" | "worked" | "acted" => (whose(page, verb, Subject::Active), true),
            "resigned" | "retired" | "quit" | "resigns" | "stepped" | "retires" => {
                (whose(page, verb, Subject::Active), true)
            }
            "appointed" | "elected" | "named" | "sworn" | "installed" | "re-elected" | "reelected" | "hired"
            | "confirmed" | "inaugurated" | "reappointed" => (whose(page, verb, Subject::Passive), false),
            "ousted" | "fired" | "removed" | "sacked" | "dismissed" | "deposed" => {
                (whose(page, verb, Subject::Passive), true)
            }
            _ => return None,
        };
        return (!is_open(page, verb)).then(|| by.map(|(by, from)| (by, from.start.min(verb)..whole.end, ended)))?;
    }
    if at == sentence.start {
        return None;
    }
    let verb = at - 1;
    match (page.upos(verb), before) {
        ("AUX" | "VERB", "is" | "'s" | "was" | "am" | "'m" | "are" | "'re" | "were" | "been") => {
            if is_open(page, verb)
                || before == "been" && !matches!(word(verb), "has" | "have" | "had" | "'s" | "'ve" | "also" | "long")
            {
                return None;
            }
            let ended = before == "been" && word(verb) == "had";
            let (by, from) = whose(page, verb, Subject::Active)?;
            Some((by, from.start.min(verb)..whole.end, ended))
        }
        ("VERB", "became" | "becomes" | "become") if !is_open(page, verb) => {
            if before == "become" && !matches!(word(verb), "has" | "have" | "had") {
                return None;
            }
            let (by, from) = whose(page, verb, Subject::Active)?;
            Some((by, from.start.min(verb)..whole.end, false))
        }
        (
            "VERB",
            "appointed" | "elected" | "named" | "re-elected" | "reelected" | "made" | "crowned" | "reappointed",
        ) if !is_open(page, verb) => {
            let (by, from) = whose(page, verb, Subject::Passive)?;
            Some((by, from.start.min(verb)..whole.end, false))
        }
        _ => {
            // "named Roe its chief".
            let (mention, words) = page.person_until(at)?;
            let appoints = matches!(word(words.start), "appointed" | "elected" | "named" | "reappointed" | "made");
            (appoints && !is_open(page, words.start - 1))
                .then(|| (page.ones((mention, words.clone())), words.start - 1..whole.end, false))
        }
    }
}

/// Whether a verb says that something is not, or only could be: negated, modal, asked.
pub(crate) fn is_open(page: &Page<'_>, verb: usize) -> bool {
    let sentence = page.sentence(verb);
    let near = verb.saturating_sub(4).max(sentence.start);
    let helper = |i: &usize| matches!(page.upos(*i), "AUX" | "PART" | "ADV" | "PRON" | "SCONJ");
    let before = (near..verb).rev().take_while(helper).any(|i| {
        matches!(page.lower(i), "not" | "n't" | "never" | "no" | "to" | "if" | "whether" | "unless" | "neither" | "nor")
            || page.xpos(i) == "MD"
    });
    let after = matches!(page.lower(verb + 1), "not" | "n't" | "no" | "never" | "neither");
    let asked = page.lower(sentence.end - 1) == "?";
    before || after || asked
}

/// The subject of a verb, with its words.
fn whose<'a>(page: &Page<'a>, verb: usize, subject_of: Subject) -> Option<(Vec<One<'a>>, Range<usize>)> {
    let at = subject(page, verb, subject_of)?;
    let person = |ones: &Vec<One<'_>>| ones.iter().all(|one| one.entity.kind == EntityKind::Person) && !ones.is_empty();
    if matches!(page.lower(at), "who" | "that") {
        let ones = antecedent(page, at);
        let start = ones.first().map_or(at, |one| one.words.start);
        return person(&ones).then_some((ones, start..at + 1));
    }
    let (mention, words) = page.mention(at)?;
    let ones = page.ones((mention, words.clone()));
    person(&ones).then_some((ones, words))
}

/// The one whom the title itself describes: "Keldra's foreign minister said".
fn described<'a>(page: &Page<'a>, title: &Title<'a>) -> Held<'a> {
    // "his appointment as mayor", "a candidate for mayor" say of nobody that he is one.
    let before = title.phrase.start.checked_sub(1).map_or("", |i| page.lower(i));
    if !title.has_article && matches!(before, "as" | "for" | "become" | "became") {
        return Held::default();
    }
    // "She is a member", "as a senator": said of somebody, though it is not known of whom.
    let described = (title.words.clone()).rev().find_map(|i| page.described(i));
    let once = described.clone().is_none_or(|name| page.ones(name).iter().all(|one| one.entity.mentions.len() == 1));
    let said = matches!(
        before,
        "as" | "is"
            | "was"
            | "'s"
            | "are"
            | "were"
            | "be"
            | "been"
            | "became"
            | "become"
            | "becoming"
            | "named"
            | "also"
    );
    if said && once && !title.known.post.is_kin() && title.known.post != Tie::Citizen && !title.possessed {
        return Held::default();
    }
    // "including serving as manager and head of": a bare noun describes nobody, but a body's name before it may.
    let body = page.name(title.phrase.start).is_some();
    if !title.has_article && !title.known.plural && !title.possessed && !body && !title.known.post.is_kin() {
        return Held::default();
    }
    // "the president's office" speaks of an office.
    if page.xpos(title.phrase.end) == "POS" && page.lower(title.phrase.end + 1) == "office" {
        return Held::default();
    }
    match described {
        Some((mention, words))
            if mention.kind == EntityKind::Person || title.known.plural && mention.kind == EntityKind::Group =>
        {
            Held {
                by: page.ones((mention, words.clone())),
                evidence: Some(words.start.min(title.phrase.start)..words.end.max(title.phrase.end)),
                ended: false,
                told: false,
            }
        }
        _ => Held::default(),
    }
}
