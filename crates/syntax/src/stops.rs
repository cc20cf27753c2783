//! Full stops that end a sentence beyond doubt, by the marks alone.

use reportedly_record::Span;

/// Short forms that keep a dot of their own before a capital.
const SHORT: [&str; 45] = [
    "no", "nos", "vol", "fig", "pp", "vs", "approx", "cf", "op", "ala", "ariz", "ark", "calif", "colo", "conn", "del",
    "fla", "ill", "ind", "kan", "mass", "mich", "minn", "miss", "mont", "neb", "nev", "okla", "ore", "penn", "tenn",
    "tex", "wash", "wis", "wyo", "bros", "dist", "div", "ext", "sec", "ser", "sgt", "std", "supp", "trans",
];

/// Whether a word begins a sentence whatever the trees say: it has a capital, or an opening quotation mark right before one, and
/// stands behind a full stop that is no short form's. "Said Ada Voss. Tomas Beric, the minister" is two sentences.
pub fn begins_sentence(text: &str, spans: &[Span], word: usize) -> bool {
    let said = |at: usize| spans.get(at).and_then(|span| text.get(span.bytes())).unwrap_or_default();
    let gap = |at: usize| {
        let (Some(one), Some(two)) = (spans.get(at), spans.get(at + 1)) else { return false };
        one.bytes().end < two.bytes().start
    };
    let is_capital = |at: usize| said(at).starts_with(char::is_uppercase);
    let opens = is_mark(said(word)) && !gap(word) && is_capital(word + 1);
    let Some(before) = word.checked_sub(1).filter(|before| gap(*before) && (opens || is_capital(word))) else {
        return false;
    };
    // "He left.” Ada Voss": the closing mark belongs to what ends.
    let stop = if is_mark(said(before)) { before.checked_sub(1) } else { Some(before) };
    let Some(last) =
        stop.filter(|stop| said(*stop) == "." && (*stop == before || !gap(*stop))).and_then(|s| s.checked_sub(1))
    else {
        return false;
    };
    let ending = said(last);
    !gap(last) && is_whole(ending)
}

fn is_mark(word: &str) -> bool {
    matches!(word, "“" | "”" | "\"" | "‘" | "’" | "'" | "''" | "``")
}

/// Whether a word is no short form or number of a list.
fn is_whole(word: &str) -> bool {
    let lower = word.to_lowercase();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let is_word = letters >= 3 && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''));
    let is_number = word.len() >= 4 && word.bytes().all(|b| b.is_ascii_digit());
    (is_word || is_number) && !SHORT.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use reportedly_record::Text;

    use super::*;

    /// The words that begin a sentence, behind the first.
    fn check(line: &str, expected: &[&str]) {
        let text = Text::new(line);
        let spans: Vec<Span> = crate::words(line).into_iter().map(|word| text.span(word)).collect();
        let found = (1..spans.len()).filter(|word| begins_sentence(line, &spans, *word));
        assert_eq!(found.map(|word| text.slice(spans[word])).collect::<Vec<_>>(), expected, "{line}");
    }

    #[test]
    fn a_stop_before_a_capital_ends_a_sentence() {
        check("It is an excuse, said Dalia Dray. Tomas Beric, the minister, left.", &["Tomas"]);
        check("He told the radio on Friday evening. ‘We would have sunk.’ Nobody came.", &["‘", "Nobody"]);
        check("No vote had been held. \"Nobody raised a hand,\" she said.", &["\""]);
        check("It was signed in 2027. The rest is lost.", &["The"]);
    }

    #[test]
    fn a_short_form_and_a_quotation_that_goes_on_end_none() {
        check("Mr. Roe met Gen. Ortega and J. Voss of St. Arn in the U.S. Senate.", &[]);
        check("It is No. 5. 1. Voss 2. Roe in Springfield, Mass. The rest", &[]);
        check("“Will you come?” Roe asked. he left", &[]);
        check("“We left,” Roe said", &[]);
    }
}
