"""Names as they are looked up: `crates/place/src/fold.rs` does the same, and a test compares the two on folded.tsv."""
import unicodedata

LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a"})
SILENT = set(".'’‘ʻʼ`´ʾʿ")
SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


def fold(name):
    """Lower case, no diacritics, words parted by one space, "St." spelled out."""
    name = unicodedata.normalize("NFKD", name.lower()).lower()
    name = "".join(c for c in name if not unicodedata.combining(c)).translate(LETTERS).replace("&", " and ")
    name = "".join("" if c in SILENT else c if c.isalnum() else " " for c in name)
    words = name.split()
    if len(words) > 1:
        words = [SHORT.get(word, word) for word in words[:-1]] + words[-1:]
        if words[0] == "the":
            words = words[1:]
    return " ".join(words)
