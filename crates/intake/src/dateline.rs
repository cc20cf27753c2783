//! Where a report was filed: "JERUSALEM (AP) —" in front of its first sentence.

use reportedly_record::{Dateline, Text};

/// Words beside a place that need not be in capitals: states, dates and joining words.
const BESIDE: &[&str] = &[
    "Ala",
    "Ariz",
    "Ark",
    "Calif",
    "Colo",
    "Conn",
    "Del",
    "Fla",
    "Ga",
    "Ill",
    "Ind",
    "Kan",
    "Ky",
    "La",
    "Md",
    "Mass",
    "Mich",
    "Minn",
    "Miss",
    "Mo",
    "Mont",
    "Neb",
    "Nev",
    "Okla",
    "Ore",
    "Pa",
    "Tenn",
    "Tex",
    "Vt",
    "Va",
    "Wash",
    "Wis",
    "Wyo",
    "Texas",
    "Ohio",
    "Iowa",
    "Utah",
    "Idaho",
    "Maine",
    "Alaska",
    "Hawaii",
    "and",
    "of",
    "de",
    "del",
    "la",
    "el",
    "al",
    "on",
    "near",
    "the",
    "in",
    "outside",
    "Jan",
    "Feb",
    "March",
    "Mar",
    "April",
    "Apr",
    "May",
    "June",
    "Jun",
    "July",
    "Jul",
    "Aug",
    "Sept",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
    "January",
    "February",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Ont",
    "Que",
    "Alta",
    "France",
    "England",
    "Syria",
    "Iraq",
    "Israel",
    "Ukraine",
    "Germany",
];

/// Words in capitals that stand before a dash and are no places.
const NO_PLACES: &[&str] = &[
    "FILE",
    "PHOTO",
    "PHOTOS",
    "VIDEO",
    "WATCH",
    "READ",
    "UPDATE",
    "UPDATED",
    "BREAKING",
    "EXCLUSIVE",
    "ANALYSIS",
    "OPINION",
    "NOTE",
    "MORE",
    "LIVE",
    "CORRECTION",
];

/// Bytes of the longest dateline looked for.
const LONGEST: usize = 90;

/// Finds the dateline at a byte of the text where a paragraph begins.
pub(crate) fn dateline(text: &Text, at: usize, end: usize) -> Option<Dateline> {
    let paragraph = text.as_str().get(at..end)?;
    let head = &paragraph[..paragraph.floor_char_boundary(LONGEST)];
    let line = head.lines().next()?;
    let (dash, rest) = dash(line)?;
    let before = line[..dash].trim_end();
    let (place, agency) = match before.rsplit_once('(') {
        Some((place, agency)) => (place.trim_end(), Some(agency.strip_suffix(')')?.trim())),
        None => (before, None),
    };
    let agency = agency.filter(|agency| is_agency(agency));
    if before.contains('(') && agency.is_none() {
        return None;
    }
    // The day a dateline may carry is no part of the place: "LONDON, Nov 3".
    let named = place.find(|c: char| c.is_ascii_digit()).map_or(place, |digit| &place[..digit]);
    let named = match named.rsplit_once(',') {
        Some((front, last)) if named.len() < place.len() && BESIDE.contains(&last.trim().trim_end_matches('.')) => {
            front
        }
        _ => named,
    };
    let named = named.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    let is_place = is_place(named, agency.is_some());
    if !(is_place || named.is_empty() && agency.is_some()) {
        return None;
    }
    // A dash inside "MOSCOW - BERLIN train" is followed by no sentence; one behind a dateline is.
    let next = paragraph[rest..].trim_start().chars().next()?;
    if !(next.is_uppercase() || next.is_ascii_digit() || "“\"‘'[".contains(next)) {
        return None;
    }
    Some(Dateline {
        place: is_place.then(|| named.to_owned()),
        agency: agency.map(str::to_owned),
        evidence: text.span(at..at + rest),
    })
}

/// Finds the first dash that can close a dateline: the byte where it begins, and the byte after it.
fn dash(line: &str) -> Option<(usize, usize)> {
    let strong = line.find(['—', '–', '―']).map(|at| (at, at + 3));
    let double = line.find("--").map(|at| (at, at + 2));
    let weak = line.find(" - ").map(|at| (at, at + 2));
    [strong, double, weak].into_iter().flatten().min()
}

/// Tells whether the words can name a place: capitals throughout, or capitalised before an agency.
fn is_place(words: &str, with_agency: bool) -> bool {
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let parts: Vec<&str> =
        words.split(|c: char| c.is_whitespace() || ",/".contains(c)).filter(|part| !part.is_empty()).collect();
    if letters < 3 || parts.is_empty() || parts.len() > 7 || words.contains([':', ';', '"', '“', '?', '!']) {
        return false;
    }
    if NO_PLACES.iter().any(|word| parts[0].trim_end_matches(':').eq_ignore_ascii_case(word)) {
        return false;
    }
    let capitals = |part: &str| part.chars().all(|c| !c.is_lowercase());
    let beside = |part: &str| BESIDE.contains(&part.trim_end_matches('.'));
    let capitalised = |part: &str| part.chars().next().is_some_and(char::is_uppercase);
    if with_agency {
        return parts.iter().all(|part| capitalised(part) || beside(part));
    }
    // Behind the town a state or country may stand in small letters: "HANOI, Vietnam".
    let (town, around) = words.split_once(',').unwrap_or((words, ""));
    let town: Vec<&str> = town.split_whitespace().collect();
    let is_town =
        town.first().is_some_and(|part| capitals(part)) && town.iter().all(|part| capitals(part) || beside(part));
    is_town && around.split_whitespace().all(|part| capitalised(part) || beside(part))
}

/// Tells whether the words in brackets can name an agency: "AP", "Reuters", "Thomson Reuters Foundation".
fn is_agency(words: &str) -> bool {
    let parts: Vec<&str> = words.split_whitespace().collect();
    (1..=4).contains(&parts.len())
        && words.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && words.chars().all(|c| c.is_alphanumeric() || " .&/-’'".contains(c))
        && parts.iter().all(|part| part.chars().next().is_some_and(|c| c.is_uppercase() || "&/".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paragraph: &str, expected: &str) {
        let text = Text::new(paragraph);
        let found = dateline(&text, 0, paragraph.len()).map_or("none".to_owned(), |line| {
            format!(
                "{} | {} | {}",
                line.place.unwrap_or_default(),
                line.agency.unwrap_or_default(),
                text.slice(line.evidence)
            )
        });
        assert_eq!(found, expected, "{paragraph}");
    }

    #[test]
    fn datelines_of_agencies_and_papers() {
        check("JERUSALEM (AP) — The envoy left.", "JERUSALEM | AP | JERUSALEM (AP) —");
        check("LONDON, Nov 3 (Reuters) - Oil fell.", "LONDON | Reuters | LONDON, Nov 3 (Reuters) -");
        check("CAIRO — Talks are off.", "CAIRO |  | CAIRO —");
        check("PORT VESSEN (Northwire) — Tarrow’s envoy left.", "PORT VESSEN | Northwire | PORT VESSEN (Northwire) —");
        check("ST. LOUIS, Mo. – A judge ruled.", "ST. LOUIS, Mo. |  | ST. LOUIS, Mo. –");
        check("Washington (CNN) -- The Senate met.", "Washington | CNN | Washington (CNN) --");
        check("GAZA/JERUSALEM (Reuters) - “No,” he said.", "GAZA/JERUSALEM | Reuters | GAZA/JERUSALEM (Reuters) -");
        check("HANOI, Vietnam — With the talks off, he left.", "HANOI, Vietnam |  | HANOI, Vietnam —");
        check("(Reuters) - Shares rose.", " | Reuters | (Reuters) -");
    }

    #[test]
    fn sentences_with_dashes_are_no_datelines() {
        for paragraph in [
            "The envoy — a former pilot — left on Monday.",
            "He left (on Monday) — She stayed.",
            "NATO — which has 32 members — met.",
            "I — I can’t, he said.",
            "Talks off: LONDON — Paris",
            "Washington — The Senate met.",
            "FILE - In this photo he left.",
            "The NEW START treaty (2010) — It expired.",
        ] {
            check(paragraph, "none");
        }
    }
}
