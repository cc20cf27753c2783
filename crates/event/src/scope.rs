//! Words that decide the status of what they govern. See `data/scopes.txt`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::forms::{plural, verb_forms};

const TABLE: &str = include_str!("../data/scopes.txt");

/// What a word does to the status of what it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    Planned,
    Hypothetical,
    Possible,
    Failed,
    Denied,
    Prevented,
    Cancelled,
    Postponed,
    Inherited,
    Ongoing,
    Ended,
}

/// A part of speech that the table has a list for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Verb,
    Noun,
    Adjective,
}

static SCOPES: LazyLock<BTreeMap<(Class, String), Vec<Scope>>> = LazyLock::new(|| {
    let mut scopes: BTreeMap<(Class, String), Vec<Scope>> = BTreeMap::new();
    for line in TABLE.lines() {
        let mut words = line.split_whitespace().peekable();
        let Some(scope) = words.next().and_then(scope_of) else { continue };
        let class = match words.peek() {
            Some(&"noun") => Class::Noun,
            Some(&"adj") => Class::Adjective,
            _ => Class::Verb,
        };
        if class != Class::Verb {
            words.next();
        }
        for word in words {
            // Of "call off" the particle is looked for where it is asked.
            let word = word.split('+').next().unwrap_or(word);
            let forms = match class {
                Class::Verb => verb_forms(word),
                Class::Noun => vec![word.to_owned(), plural(word)],
                Class::Adjective => vec![word.to_owned()],
            };
            for form in forms {
                let known = scopes.entry((class, form)).or_default();
                if !known.contains(&scope) {
                    known.push(scope);
                }
            }
        }
    }
    scopes
});

fn scope_of(name: &str) -> Option<Scope> {
    Some(match name {
        "planned" => Scope::Planned,
        "hypothetical" => Scope::Hypothetical,
        "possible" => Scope::Possible,
        "failed" => Scope::Failed,
        "denied" => Scope::Denied,
        "prevented" => Scope::Prevented,
        "cancelled" => Scope::Cancelled,
        "postponed" => Scope::Postponed,
        "inherited" => Scope::Inherited,
        "ongoing" => Scope::Ongoing,
        "ended" => Scope::Ended,
        _ => return None,
    })
}

/// Returns what a form does to what it governs; nothing for other words.
pub(crate) fn scopes(class: Class, form: &str) -> &'static [Scope] {
    SCOPES.get(&(class, form.to_owned())).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_scopes() {
        assert_eq!(scopes(Class::Verb, "planning"), [Scope::Planned]);
        assert_eq!(scopes(Class::Verb, "scrapped"), [Scope::Cancelled]);
        assert_eq!(scopes(Class::Verb, "stopped"), [Scope::Prevented, Scope::Ended]);
        assert_eq!(scopes(Class::Noun, "plans"), [Scope::Planned]);
        assert_eq!(scopes(Class::Adjective, "unable"), [Scope::Failed]);
        assert_eq!(scopes(Class::Verb, "walked"), []);
    }
}
