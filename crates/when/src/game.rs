//! Quarters of a game, which are none of a year: "led 24-14 in the fourth quarter".

use std::ops::Range;

/// How far around, in bytes, words of a game or of money and votes are looked for.
const NEAR: usize = 300;

const GAME: [&str; 14] = [
    "touchdown",
    "quarterback",
    "halftime",
    "half-time",
    "field goal",
    "end zone",
    "yard line",
    "free throw",
    "playoff",
    "super bowl",
    "kickoff",
    "first half",
    "second half",
    "scoreboard",
];

const MONEY: [&str; 24] = [
    "revenue", "earning", "profit", "sales", "percent", "growth", "gdp", "econom", "fiscal", "share", "rate",
    "billion", "demand", "shipment", "order", "output", "company", "fund", "budget", "vote", "voting", "approv",
    "council", "court",
];

/// Whether words of a quarter are of a game that the words around them tell of.
pub(crate) fn is_of_game(text: &str, bytes: &Range<usize>) -> bool {
    let words = text.get(bytes.clone()).unwrap_or_default().to_lowercase();
    if !words.contains("quarter") || words.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let floor = (bytes.start.saturating_sub(NEAR)..=bytes.start).find(|at| text.is_char_boundary(*at));
    let until = (bytes.end..=(bytes.end + NEAR).min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let around = text[floor.unwrap_or(bytes.start)..until.unwrap_or(bytes.end)].to_lowercase();
    let game = GAME.iter().any(|word| around.contains(word)) || around.split_whitespace().any(is_score);
    game && !MONEY.iter().any(|word| around.contains(word))
}

/// "24-14".
fn is_score(word: &str) -> bool {
    let number = |part: &str| (1..=3).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    word.split_once(['-', '–']).is_some_and(|(a, b)| number(a) && number(b))
}

#[cfg(test)]
mod tests {
    use super::is_of_game;

    fn check(text: &str, expected: bool) {
        let at = text.find("the ").unwrap_or(0);
        let end = text.find("quarter").map_or(text.len(), |at| at + "quarter".len());
        assert_eq!(is_of_game(text, &(at..end)), expected, "{text}");
    }

    #[test]
    fn a_quarter_beside_a_score_is_of_a_game() {
        check("Lorne led 24-14 in the fourth quarter.", true);
        check("In the third quarter Roe ran for a touchdown.", true);
        check("Profit fell 10-12 percent in the third quarter.", false);
        check("In the third quarter the harbour opened.", false);
    }
}
