//! Which language a text is in. The engine reads English; of the others it is only said what they are.

use reportedly_record::Language;
use whatlang::{Detector, Lang, Script};

/// Characters looked at. Detection takes time by length, and a report's language shows in far fewer.
const SAMPLE: usize = 4_000;

/// Letters without which a text is too short for its language to be told.
const ENOUGH: usize = 60;

/// Words that nearly every English sentence has one of, and few sentences of other languages.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "that", "is", "was", "for", "with", "his", "by", "from", "has", "have", "been", "said",
    "were", "who", "will", "which", "their", "not", "this", "after", "would", "about",
];

/// Codes and names of the languages that are told apart.
const NAMES: &[(Lang, &str, &str)] = &[
    (Lang::Afr, "af", "Afrikaans"),
    (Lang::Aka, "ak", "Akan"),
    (Lang::Amh, "am", "Amharic"),
    (Lang::Ara, "ar", "Arabic"),
    (Lang::Aze, "az", "Azerbaijani"),
    (Lang::Bel, "be", "Belarusian"),
    (Lang::Ben, "bn", "Bengali"),
    (Lang::Bul, "bg", "Bulgarian"),
    (Lang::Cat, "ca", "Catalan"),
    (Lang::Ces, "cs", "Czech"),
    (Lang::Cmn, "zh", "Chinese"),
    (Lang::Cym, "cy", "Welsh"),
    (Lang::Dan, "da", "Danish"),
    (Lang::Deu, "de", "German"),
    (Lang::Ell, "el", "Greek"),
    (Lang::Eng, "en", "English"),
    (Lang::Epo, "eo", "Esperanto"),
    (Lang::Est, "et", "Estonian"),
    (Lang::Fin, "fi", "Finnish"),
    (Lang::Fra, "fr", "French"),
    (Lang::Guj, "gu", "Gujarati"),
    (Lang::Heb, "he", "Hebrew"),
    (Lang::Hin, "hi", "Hindi"),
    (Lang::Hrv, "hr", "Croatian"),
    (Lang::Hun, "hu", "Hungarian"),
    (Lang::Hye, "hy", "Armenian"),
    (Lang::Ind, "id", "Indonesian"),
    (Lang::Ita, "it", "Italian"),
    (Lang::Jav, "jv", "Javanese"),
    (Lang::Jpn, "ja", "Japanese"),
    (Lang::Kan, "kn", "Kannada"),
    (Lang::Kat, "ka", "Georgian"),
    (Lang::Khm, "km", "Khmer"),
    (Lang::Kor, "ko", "Korean"),
    (Lang::Lat, "la", "Latin"),
    (Lang::Lav, "lv", "Latvian"),
    (Lang::Lit, "lt", "Lithuanian"),
    (Lang::Mal, "ml", "Malayalam"),
    (Lang::Mar, "mr", "Marathi"),
    (Lang::Mkd, "mk", "Macedonian"),
    (Lang::Mya, "my", "Burmese"),
    (Lang::Nep, "ne", "Nepali"),
    (Lang::Nld, "nl", "Dutch"),
    (Lang::Nob, "nb", "Norwegian"),
    (Lang::Ori, "or", "Odia"),
    (Lang::Pan, "pa", "Punjabi"),
    (Lang::Pes, "fa", "Persian"),
    (Lang::Pol, "pl", "Polish"),
    (Lang::Por, "pt", "Portuguese"),
    (Lang::Ron, "ro", "Romanian"),
    (Lang::Rus, "ru", "Russian"),
    (Lang::Sin, "si", "Sinhala"),
    (Lang::Slk, "sk", "Slovak"),
    (Lang::Slv, "sl", "Slovene"),
    (Lang::Sna, "sn", "Shona"),
    (Lang::Spa, "es", "Spanish"),
    (Lang::Srp, "sr", "Serbian"),
    (Lang::Swe, "sv", "Swedish"),
    (Lang::Tam, "ta", "Tamil"),
    (Lang::Tel, "te", "Telugu"),
    (Lang::Tgl, "tl", "Tagalog"),
    (Lang::Tha, "th", "Thai"),
    (Lang::Tuk, "tk", "Turkmen"),
    (Lang::Tur, "tr", "Turkish"),
    (Lang::Ukr, "uk", "Ukrainian"),
    (Lang::Urd, "ur", "Urdu"),
    (Lang::Uzb, "uz", "Uzbek"),
    (Lang::Vie, "vi", "Vietnamese"),
    (Lang::Yid, "yi", "Yiddish"),
    (Lang::Zul, "zu", "Zulu"),
];

/// Tells a text's language, with a sentence about it where it is not read.
pub(crate) fn language(text: &str) -> (Language, Option<String>) {
    let sample = text.char_indices().nth(SAMPLE).map_or(text, |(end, _)| &text[..end]);
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let latin = sample.chars().filter(|c| c.is_ascii_alphabetic()).count();
    let unsure = |analysed, says: Option<String>| (Language { code: "und".to_owned(), analysed }, says);
    let unread = || Some("the language does not show: not analysed".to_owned());
    if latin * 2 >= letters && letters > 0 {
        let words = sample.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let (mut all, mut english) = (0, 0);
        for word in words {
            all += 1;
            english += usize::from(ENGLISH.contains(&word.to_lowercase().as_str()));
        }
        // Function words are a quarter of English news and under 3% of any other language's; names and quotations in
        // another language bring a report to a tenth at the least.
        if english * 10 >= all && english >= 3 {
            return (Language { code: "en".to_owned(), analysed: true }, None);
        }
    }
    if letters < ENOUGH {
        let script = latin * 2 >= letters;
        if script {
            return unsure(letters > 0, (letters == 0).then(unread).flatten());
        }
    }
    let Some(info) = Detector::new().detect(sample) else { return unsure(false, unread()) };
    let (_, code, name) =
        NAMES.iter().find(|(lang, _, _)| *lang == info.lang()).unwrap_or(&(Lang::Eng, "und", "unknown"));
    if info.script() == Script::Latin && !info.is_reliable() && info.lang() != Lang::Eng {
        return unsure(true, None);
    }
    let analysed = info.lang() == Lang::Eng;
    let says = (!analysed).then(|| format!("language is {name} ({code}): not analysed"));
    (Language { code: (*code).to_owned(), analysed }, says)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let (language, says) = language(text);
        let says = says.unwrap_or_else(|| format!("{} {}", language.code, language.analysed));
        assert_eq!(says, expected, "{text}");
    }

    #[test]
    fn english_is_read_and_others_are_named() {
        check("The minister said on Monday that the talks had been put off.", "en true");
        check("Talks off.", "und true");
        check(
            "قال الوزير يوم الاثنين إن المحادثات تأجلت إلى أجل غير مسمى بسبب الطقس.",
            "language is Arabic (ar): not analysed",
        );
        check("השר אמר ביום שני כי השיחות נדחו למועד לא ידוע בשל מזג האוויר.", "language is Hebrew (he): not analysed");
        check(
            "Der Minister sagte am Montag, die Gespräche seien wegen des Wetters auf unbestimmte Zeit verschoben worden. Einen neuen Termin gibt es nicht.",
            "language is German (de): not analysed",
        );
        check("港で会談が月曜日に延期されたと大臣は述べた。", "language is Japanese (ja): not analysed");
        check("12 / 34 — 56", "the language does not show: not analysed");
    }

    #[test]
    fn english_with_many_foreign_names_stays_english() {
        check(
            "Hauptbahnhof Köln: Straßenbahn Linie 18 „Thielenbruch“ was halted by police, said Westdeutscher Rundfunk, and the line is closed to traffic.",
            "en true",
        );
    }
}
