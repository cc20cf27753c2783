//! Shops and firms whose names end in the mark of owning: "Macy's said", "at McDonald's".

use std::ops::Range;

use reportedly_record::{EntityKind, Syntax, Text};

use crate::lexicon::{self, Sense};

/// Makes the mark of owning a part of each name that owns nothing, where the text never has the name without it, and of no other.
pub(crate) fn branded(text: &Text, syntax: &Syntax, found: &mut [(EntityKind, Range<usize>)]) {
    let words = &syntax.words;
    let said = |i: usize| words.get(i).map_or("", |word| text.slice(word.span));
    let marked = |i: usize| matches!(said(i), "'s" | "’s");
    for (kind, at) in found {
        if at.len() > 1 && marked(at.end - 1) {
            at.end -= 1;
        }
        let last = said(at.end - 1);
        let country = at.len() == 1 && lexicon::is_country(&[last.to_lowercase()]);
        if !marked(at.end) || country || !owns_nothing(syntax, &said, *kind, at) {
            continue;
        }
        let bare = (0..words.len()).any(|i| said(i) == last && !marked(i + 1));
        if !bare {
            at.end += 1;
            if matches!(kind, EntityKind::Person | EntityKind::Place) {
                *kind = EntityKind::Organisation;
            }
        }
    }
}

/// Whether no noun that could be owned stands behind a name and its mark: it does something, or is where somebody is.
fn owns_nothing<'a>(syntax: &Syntax, said: &impl Fn(usize) -> &'a str, kind: EntityKind, at: &Range<usize>) -> bool {
    let next = at.end + 1;
    let tag = syntax.words.get(next).map_or("", |word| word.xpos.as_str());
    let be = ["is", "was", "are", "were", "be", "been"].contains(&said(next));
    let does = matches!(tag, "VBD" | "VBZ" | "MD") && !be && said(next).starts_with(char::is_lowercase);
    let before = at.start.checked_sub(1).map(|i| said(i).to_lowercase()).unwrap_or_default();
    let business = |i: usize| {
        lexicon::noun(&said(i).to_lowercase()).is_some_and(|n| n.sense == Sense::Of(EntityKind::Organisation))
    };
    // "Denny's, a restaurant chain, said so."
    let apposed =
        said(next) == "," && matches!(said(next + 1), "a" | "an" | "the") && (next + 2..next + 6).any(business);
    let shop = ["store", "chain", "retailer", "restaurant", "agency"].contains(&before.as_str());
    // "A letter from Roe's": rather somebody's.
    let place =
        before == "at" || kind != EntityKind::Person && ["from", "to", "in", "by", "with"].contains(&before.as_str());
    let ends = matches!(said(next), "." | "," | ";" | ")" | "in" | "on" | "for" | "at");
    does || apposed || ends && (place || shop)
}

#[cfg(test)]
mod tests {
    use reportedly_record::{Deprel, Upos, Word, Xpos};

    use super::*;

    /// Words with their tags; the name is the first, and the brand what it became.
    fn check(given: &str, first: usize, expected: &str) {
        let mut syntax = Syntax::default();
        let parts: Vec<(&str, &str)> = given.split(' ').filter_map(|word| word.split_once('/')).collect();
        let text = Text::new(parts.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" "));
        let mut start = 0;
        for (word, tag) in &parts {
            let span = text.span(start..start + word.len());
            let (upos, xpos, deprel) = (Upos::of("X"), Xpos::of(tag), Deprel::of("dep"));
            syntax.words.push(Word { span, upos, xpos, head: 0, deprel });
            start += word.len() + 1;
        }
        let mut found = vec![(EntityKind::Person, first..first + 1)];
        branded(&text, &syntax, &mut found);
        let (kind, at) = found[0].clone();
        let name = at.map(|i| text.slice(syntax.words[i].span)).collect::<Vec<_>>().join(" ");
        assert_eq!((name.as_str(), kind == EntityKind::Organisation), (expected, expected.contains('’')), "{given}");
    }

    #[test]
    fn a_name_that_owns_nothing_keeps_its_mark() {
        check("Orrin/NNP ’s/POS said/VBD sales/NNS fell/VBD", 0, "Orrin ’s");
        check("at/IN Orrin/NNP ’s/POS on/IN Friday/NNP", 1, "Orrin ’s");
        check("Orrin/NNP ’s/POS house/NN burned/VBD", 0, "Orrin");
        check("a/DT friend/NN of/IN Orrin/NNP ’s/POS ./.", 3, "Orrin");
        check("at/IN Orrin/NNP ’s/POS ./. Orrin/NNP left/VBD", 1, "Orrin");
    }
}
