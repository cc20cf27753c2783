//! The table of cue words: what each does with its content, and what a content hangs on it as. See `data/cues.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use reportedly_record::CueStance;

const TABLE: &str = include_str!("../data/cues.txt");

/// What the table knows of a form of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CueWord {
    pub(crate) stance: CueStance,
    /// Takes a clause: "said that ...".
    pub(crate) clause: bool,
    /// Takes an infinitive: "plans to ...".
    pub(crate) infinitive: bool,
    /// Takes a noun or a quotation: "called it ...".
    pub(crate) object: bool,
}

/// The table, by form.
#[derive(Default)]
struct Cues {
    verbs: BTreeMap<String, CueWord>,
    nouns: BTreeMap<String, CueStance>,
    adjectives: BTreeMap<String, CueStance>,
    // Verbs that doubt where they are negated.
    negated: BTreeSet<String>,
    // Longest first.
    phrases: Vec<(Vec<String>, CueStance)>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let mut cues = Cues::default();
    for line in TABLE.lines() {
        let mut parts = line.split_whitespace();
        let Some(first) = parts.next() else { continue };
        match first {
            "noun" => {
                let Some(stance) = parts.next().and_then(stance_of) else { continue };
                for noun in parts {
                    for form in [noun.to_owned(), plural(noun)] {
                        cues.nouns.entry(form).or_insert(stance);
                    }
                }
            }
            "adjective" => {
                let Some(stance) = parts.next().and_then(stance_of) else { continue };
                cues.adjectives.extend(parts.map(|word| (word.to_owned(), stance)));
            }
            "negated" => cues.negated.extend(parts.flat_map(forms)),
            "phrase" => {
                let Some(stance) = parts.next().and_then(stance_of) else { continue };
                let words: Vec<&str> = parts.collect();
                for phrase in words.split(|word| *word == "|") {
                    cues.phrases.push((phrase.iter().map(|w| (*w).to_owned()).collect(), stance));
                }
            }
            _ => {
                let (Some(stance), Some(frames)) = (stance_of(first), parts.next()) else { continue };
                let takes = |frame: &str| frames.split(',').any(|f| f == frame);
                let word = CueWord { stance, clause: takes("that"), infinitive: takes("to"), object: takes("object") };
                for verb in parts {
                    for form in forms(verb) {
                        cues.verbs.entry(form).or_insert(word);
                    }
                }
            }
        }
    }
    cues.phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    cues
});

fn stance_of(name: &str) -> Option<CueStance> {
    Some(match name {
        "states" => CueStance::States,
        "confirms" => CueStance::Confirms,
        "denies" => CueStance::Denies,
        "doubts" => CueStance::Doubts,
        "asks" => CueStance::Asks,
        "argues" => CueStance::Argues,
        "urges" => CueStance::Urges,
        "warns" => CueStance::Warns,
        "cautions" => CueStance::Cautions,
        "promises" => CueStance::Promises,
        "intends" => CueStance::Intends,
        "believes" => CueStance::Believes,
        _ => return None,
    })
}

/// All forms of a verb: its base, then its irregular past forms after slashes, if it has any.
fn forms(verb: &str) -> Vec<String> {
    let mut given = verb.split('/').map(str::to_owned);
    let base = given.next().unwrap_or_default();
    let irregular: Vec<String> = given.collect();
    let bytes = base.as_bytes();
    let vowel = |i: usize| bytes.get(i).is_some_and(|b| b"aeiou".contains(b));
    let n = bytes.len();
    let mut all = vec![base.clone(), plural(&base)];
    // One vowel before one last consonant, at the end of a short or stressed word: "plan", "admit", "refer".
    let doubles = n >= 3
        && !vowel(n - 1)
        && vowel(n - 2)
        && !vowel(n - 3)
        && !matches!(bytes[n - 1], b'w' | b'x' | b'y')
        && (base.chars().filter(|c| "aeiou".contains(*c)).count() == 1
            || ["commit", "admit", "rebut", "refer", "compel", "permit", "prefer"].contains(&base.as_str()));
    let stem = if base.ends_with('e') {
        base[..n - 1].to_owned()
    } else if doubles {
        format!("{base}{}", &base[n - 1..])
    } else {
        base.clone()
    };
    all.push(if base.ends_with("ee") { format!("{base}ing") } else { format!("{stem}ing") });
    if irregular.is_empty() {
        let past = match base.strip_suffix('y') {
            Some(stem) if !vowel(n - 2) => format!("{stem}ied"),
            _ => format!("{stem}ed"),
        };
        all.push(past);
    }
    all.extend(irregular);
    all
}

/// The form with s: "says", "denies", "pushes", and plurals alike.
pub(crate) fn plural(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

/// Looks a verb's form up, in lower case.
pub(crate) fn verb(form: &str) -> Option<CueWord> {
    CUES.verbs.get(form).copied()
}

/// Looks a noun's form up, in lower case.
pub(crate) fn noun(form: &str) -> Option<CueStance> {
    CUES.nouns.get(form).copied()
}

/// Looks an adjective up, in lower case.
pub(crate) fn adjective(form: &str) -> Option<CueStance> {
    CUES.adjectives.get(form).copied()
}

/// Whether whoever does not do it doubts: "did not believe it", though not "did not know it".
pub(crate) fn doubts_negated(form: &str) -> bool {
    CUES.negated.contains(form)
}

/// The stance of the longest phrase of the table that stands in a cue's words, all in lower case.
pub(crate) fn phrase(words: &[String]) -> Option<CueStance> {
    let stands = |phrase: &[String]| words.windows(phrase.len()).any(|window| window == phrase);
    CUES.phrases.iter().find(|(phrase, _)| stands(phrase)).map(|(_, stance)| *stance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stance(cue: &str) -> Option<CueStance> {
        let words: Vec<String> = cue.split_whitespace().map(str::to_owned).collect();
        phrase(&words)
            .or_else(|| words.iter().rev().find_map(|w| verb(w)).map(|w| w.stance))
            .or_else(|| words.iter().rev().find_map(|w| noun(w).or_else(|| adjective(w))))
    }

    #[test]
    fn each_group_takes_its_examples_and_no_others() {
        let mut group: Vec<CueStance> = Vec::new();
        let mut wrong = Vec::new();
        let mut checked = 0;
        for line in TABLE.lines() {
            let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
            match first {
                "" => group.clear(),
                "#" => {}
                "yes" | "no" => {
                    for cue in rest.split('|') {
                        let holds = stance(cue).is_some_and(|s| group.contains(&s));
                        checked += 1;
                        wrong
                            .extend((holds != (first == "yes")).then(|| format!("{first} {cue} -> {:?}", stance(cue))));
                    }
                }
                "negated" => {}
                "noun" | "adjective" | "phrase" => group.extend(rest.split_whitespace().next().and_then(stance_of)),
                _ => group.push(stance_of(first).unwrap_or_else(|| panic!("no stance: {line}"))),
            }
        }
        assert!(checked > 30, "the table lost its examples");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn verbs_take_their_forms() {
        assert_eq!(forms("deny"), ["deny", "denies", "denying", "denied"]);
        assert_eq!(forms("say/said"), ["say", "says", "saying", "said"]);
        assert_eq!(forms("plan")[2..], ["planning", "planned"]);
        assert_eq!(forms("foresee/foresaw/foreseen")[2..], ["foreseeing", "foresaw", "foreseen"]);
        assert_eq!(forms("push"), ["push", "pushes", "pushing", "pushed"]);
        assert_eq!(forms("cite")[2..], ["citing", "cited"]);
    }
}
