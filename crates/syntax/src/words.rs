//! Words of a text, cut as Universal Dependencies cuts English: clitics, hyphens and punctuation stand alone.
//!
//! A word is the unit that every head of the encoder scores. The cuts are plain rules, so that training and reading
//! always agree.

use std::ops::Range;

/// Cuts a text into words, as byte ranges in text order. White space is in none of them.
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut chunk_start = None;
    for (i, c) in text.char_indices() {
        match (is_space(c), chunk_start) {
            (true, Some(start)) => {
                chunk(text, start..i, &mut words);
                chunk_start = None;
            }
            (false, None) => chunk_start = Some(i),
            _ => {}
        }
    }
    if let Some(start) = chunk_start {
        chunk(text, start..text.len(), &mut words);
    }
    words
}

/// Tells whether a character separates words: white space and invisible marks (byte order mark, soft hyphen excluded).
fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{2060}')
}

/// Cuts one run without white space.
fn chunk(text: &str, range: Range<usize>, words: &mut Vec<Range<usize>>) {
    if is_address(&text[range.clone()]) {
        let end =
            range.start + text[range.clone()].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '”', '"']).len();
        words.push(range.start..end);
        if end < range.end {
            chunk(text, end..range.end, words);
        }
        return;
    }
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let Some(first) = rest.chars().next() else { break };
        let len = if first.is_alphabetic() || is_mark(first) {
            letters(rest)
        } else if first.is_numeric() {
            number(rest)
        } else if matches!(first, '\'' | '’') && at > range.start && clitic_after(rest) > 0 {
            clitic_after(rest)
        } else {
            run_of_punctuation(rest, first)
        };
        at = if first.is_alphabetic() {
            letters_and_clitic(text, at..at + len, words)
        } else {
            words.push(at..at + len);
            at + len
        };
    }
}

/// Tells whether a run is a web or mail address or a social-media handle, which stay whole.
fn is_address(run: &str) -> bool {
    run.starts_with("http://")
        || run.starts_with("https://")
        || run.starts_with("www.")
        || (run.contains('@') && run.split('@').all(|part| part.contains(|c: char| c.is_alphanumeric())))
        || (run.starts_with(['@', '#'])
            && run[1..].starts_with(char::is_alphanumeric)
            && !run.contains(['’', '\'', '-']))
}

/// Combining marks continue a word.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

/// Length of a word that begins with a letter: letters, digits, inner dots of abbreviations, inner apostrophes of names.
fn letters(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let goes_on = match c {
            c if c.is_alphanumeric() || is_mark(c) || c == '_' => true,
            // U.S., a.m., e.g.: a dot between single letters stays, and so does the dot that ends such a run.
            '.' => {
                let run = &rest[..i];
                let last = run.rsplit('.').next().unwrap_or_default();
                let single = last.chars().count() == 1 && last.chars().all(char::is_alphabetic);
                single && (next.is_some_and(char::is_alphabetic) || run.contains('.'))
                    || (next.is_none_or(|c| !c.is_alphanumeric()) && is_abbreviation(run))
                    || (single && run.chars().all(char::is_uppercase) && next.is_none() && run.len() == 1 && run != "I")
            }
            // O'Neill, D'Angelo: one capital, an apostrophe, another capital.
            '\'' | '’' => rest[..i].chars().count() == 1 && next.is_some_and(char::is_uppercase),
            '&' => next.is_some_and(char::is_uppercase) && rest[..i].chars().all(char::is_uppercase),
            _ => false,
        };
        if !goes_on {
            break;
        }
        end = i + c.len_utf8();
    }
    end
}

/// Abbreviations that keep their dot when a sentence goes on or ends behind it.
fn is_abbreviation(word: &str) -> bool {
    const LIST: &[&str] = &[
        "adm", "ave", "apr", "assn", "aug", "bros", "capt", "cmdr", "co", "col", "corp", "cpl", "dec", "dept", "dr",
        "est", "etc", "feb", "fri", "ft", "gen", "gov", "hon", "inc", "jan", "jr", "lt", "ltd", "maj", "messrs", "mon",
        "mr", "mrs", "ms", "mt", "nov", "oct", "pp", "prof", "rep", "reps", "rev", "sen", "sens", "sep", "sept", "sgt",
        "sr", "st", "supt", "tel", "univ", "vs", "viz",
    ];
    // "co." and "mon." end sentences too often; these keep the dot only when written with a capital.
    let lower = word.to_lowercase();
    let needs_capital = matches!(
        lower.as_str(),
        "co" | "est" | "mon" | "fri" | "jan" | "rep" | "dec" | "sen" | "gen" | "hon" | "col" | "rev" | "ms" | "st"
    );
    LIST.binary_search(&lower.as_str()).is_ok() && (!needs_capital || word.starts_with(char::is_uppercase))
}

/// Length of a number: digits with inner separators, and letters glued to them ("1990s", "5th", "10pm").
fn number(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|(_, c)| c.is_numeric());
        if !(c.is_alphanumeric() || is_mark(c) || (matches!(c, '.' | ',' | ':' | '/') && next_is_digit)) {
            break;
        }
        end = i + c.len_utf8();
    }
    end
}

/// Length of a clitic that begins with an apostrophe ("'s", "’re"), 0 if there is none.
fn clitic_after(rest: &str) -> usize {
    let Some(apostrophe) = rest.chars().next() else { return 0 };
    let tail = &rest[apostrophe.len_utf8()..];
    let letters = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
    let is_clitic = matches!(tail[..letters].to_ascii_lowercase().as_str(), "s" | "re" | "ve" | "ll" | "d" | "m");
    if is_clitic { apostrophe.len_utf8() + letters } else { 0 }
}

/// Length of a run of punctuation that is one word: dots and dashes repeat, every other mark stands alone.
fn run_of_punctuation(rest: &str, first: char) -> usize {
    let repeats = matches!(first, '.' | '-' | '–' | '—' | '*' | '=' | '_' | '!' | '?');
    if !repeats {
        return first.len_utf8();
    }
    rest.find(|c| c != first).unwrap_or(rest.len())
}

/// Pushes a word of letters, cutting off "n't" and the second half of "cannot" and "gonna"; returns where it ends.
fn letters_and_clitic(text: &str, range: Range<usize>, words: &mut Vec<Range<usize>>) -> usize {
    let word = &text[range.clone()];
    let rest = &text[range.end..];
    // "do" + "n't": the n stands before the apostrophe.
    let not = rest
        .strip_prefix(['\'', '’'])
        .is_some_and(|tail| tail.starts_with(['t', 'T']) && !tail[1..].starts_with(char::is_alphanumeric));
    if not && word.len() > 1 && word.ends_with(['n', 'N']) {
        let end = range.end + rest.chars().next().map_or(0, char::len_utf8) + 1;
        words.extend([range.start..range.end - 1, range.end - 1..end]);
        return end;
    }
    match word.to_ascii_lowercase().as_str() {
        "cannot" | "gonna" | "gotta" | "wanna" => {
            words.extend([range.start..range.start + 3, range.start + 3..range.end]);
        }
        _ => words.push(range.clone()),
    }
    range.end
}

#[cfg(test)]
mod tests {
    use super::words;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let cut: Vec<_> = words(text).into_iter().map(|w| &text[w]).collect();
        assert_eq!(cut.join(" "), expected);
    }

    #[test]
    fn clitics_stand_alone() {
        check("It’s Witkoff's; they don't, can’t, cannot.", "It ’s Witkoff 's ; they do n't , ca n’t , can not .");
        check("the Reagans' ’90s 'em", "the Reagans ' ’ 90s ' em");
    }

    #[test]
    fn abbreviations_keep_their_dots() {
        check(
            "Mr. Lee of the U.S. left at 9 p.m. He paid $5.2m.",
            "Mr. Lee of the U.S. left at 9 p.m. He paid $ 5.2m .",
        );
        check("no. Yes, George W. Bush", "no . Yes , George W. Bush");
    }

    #[test]
    fn marks_and_hyphens_stand_alone() {
        check("“son-in-law”—al-Hayya... 3-4,000 (50%)", "“ son - in - law ” — al - Hayya ... 3 - 4,000 ( 50 % )");
        check(
            "See https://a.example/x?y=1. Mail a@b.example, @desk",
            "See https://a.example/x?y=1 . Mail a@b.example , @desk",
        );
    }

    #[test]
    fn names_with_apostrophes_stay_whole() {
        check("O’Neill’s", "O’Neill ’s");
    }
}
