//! A section of a report laid open: its words, and who stands at each of them.

use std::ops::Range;

use reportedly_record::{Entity, EntityKind, Mention, MentionForm, Reading, Span, Syntax};

/// The words of a section with the mentions at each.
pub(crate) struct Page<'a> {
    pub(crate) reading: &'a Reading<'a>,
    pub(crate) syntax: &'a Syntax,
    // For each word the longest name that it is part of, as an index of `mentions`.
    names: Vec<Option<usize>>,
    // For each word the description or pronoun whose head it is.
    headed: Vec<Option<usize>>,
    // Words of each mention.
    mentions: Vec<(&'a Mention, Range<usize>)>,
    lower: Vec<String>,
    /// Places and governments of the report that have a name, with it in lower case.
    pub(crate) places: Vec<(&'a Entity, String)>,
}

fn places<'a>(reading: &Reading<'a>) -> Vec<(&'a Entity, String)> {
    let place = |entity: &&Entity| matches!(entity.kind, EntityKind::Place | EntityKind::Government);
    let named = |entity: &'a Entity| Some((entity, entity.name.as_ref()?.to_lowercase()));
    reading.record.entities.iter().filter(place).filter_map(named).collect()
}

/// One that the text speaks of at a place.
#[derive(Clone, Debug)]
pub(crate) struct One<'a> {
    pub(crate) entity: &'a Entity,
    pub(crate) words: Range<usize>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(reading: &'a Reading<'a>, syntax: &'a Syntax) -> Page<'a> {
        let words = &syntax.words;
        let mut page = Page {
            reading,
            syntax,
            names: vec![None; words.len()],
            headed: vec![None; words.len()],
            mentions: Vec::new(),
            places: places(reading),
            lower: words.iter().map(|w| reading.text().slice(w.span).to_lowercase().replace('’', "'")).collect(),
        };
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return page };
        for mention in reading.mentions_in(first.span.hull(last.span)) {
            let bytes = mention.evidence.span.bytes();
            let start = words.partition_point(|w| w.span.bytes().end <= bytes.start);
            let mut end = words.partition_point(|w| w.span.bytes().start < bytes.end);
            // A name ends before its possessive mark.
            while end > start + 1 && words[end - 1].xpos == "POS" {
                end -= 1;
            }
            if start >= end {
                continue;
            }
            let at = page.mentions.len();
            page.mentions.push((mention, start..end));
            match mention.form {
                // Outer mentions come before those inside them, so the longest name stays.
                MentionForm::Name => {
                    page.names[start..end].iter_mut().for_each(|slot| *slot = slot.or(Some(at)));
                }
                MentionForm::Nominal | MentionForm::Pronoun => {
                    let head = page.head(start..end);
                    page.headed[head] = page.headed[head].or(Some(at));
                }
            }
        }
        page
    }

    pub(crate) fn len(&self) -> usize {
        self.syntax.words.len()
    }

    /// The head of a noun phrase: its last noun before a preposition, comma or clause.
    pub(crate) fn head(&self, range: Range<usize>) -> usize {
        let mut head = None;
        for i in range.clone() {
            match self.upos(i) {
                // What is owned is the head, not its owner.
                "PART" if self.xpos(i) == "POS" && i + 1 < range.end => head = None,
                // "the Lorne-based carrier": nor is what stands before the hyphen.
                "VERB" | "ADJ" if i > range.start && self.is_joined(i) && matches!(self.lower(i - 1), "-" | "–") => {
                    head = None;
                }
                "NOUN" | "PROPN" | "PRON" => head = Some(i),
                "NUM" | "ADJ" if head.is_none() => head = Some(i),
                "ADJ" if !self.opens_noun(i, range.end) => {}
                "ADP" | "SCONJ" | "VERB" | "AUX" if head.is_some_and(|h| self.upos(h) != "ADJ") => break,
                "PUNCT" if head.is_some() && !matches!(self.lower(i), "-" | "–" | "." | "'" | "\"" | "“" | "”") =>
                {
                    break;
                }
                // "a clothing and shoe store" is a store: one article for one noun at the end.
                "CCONJ" if head.is_some() && self.is_one_thing(range.clone(), i) => head = None,
                "CCONJ" if head.is_some() => break,
                _ => {}
            }
        }
        head.unwrap_or(range.end - 1)
    }

    /// Whether the words joined inside a phrase only tell what its last noun is, as the tree has it.
    fn is_one_thing(&self, range: Range<usize>, and: usize) -> bool {
        let last = range.end - 1;
        let nouns = (range.start..and).filter(|i| self.upos(*i) == "NOUN");
        let inner = |i: usize| self.syntax.words[i].deprel == "compound" && self.syntax.words[i].head as usize == last;
        matches!(self.lower(range.start), "a" | "an")
            && (and + 1..range.end).all(|i| matches!(self.upos(i), "NOUN" | "ADJ"))
            && self.upos(last) == "NOUN"
            && nouns.max().is_some_and(inner)
    }

    /// The name that stands before another one, joined to it: "Roe" in "Roe and Lind".
    pub(crate) fn joined_before(&self, words: &Range<usize>) -> Option<(&'a Mention, Range<usize>)> {
        let and = words.start.checked_sub(1).filter(|i| self.lower(*i) == "and")?;
        self.name_until(and)
    }

    fn opens_noun(&self, i: usize, end: usize) -> bool {
        (i + 1..end).find(|j| self.upos(*j) != "ADJ").is_some_and(|j| matches!(self.upos(j), "NOUN" | "PROPN"))
    }

    /// The word in lower case, its apostrophe straight; nothing behind the last word.
    pub(crate) fn lower(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", String::as_str)
    }

    pub(crate) fn said(&self, i: usize) -> &'a str {
        self.syntax.words.get(i).map_or("", |w| self.reading.text().slice(w.span))
    }

    pub(crate) fn upos(&self, i: usize) -> &'static str {
        self.syntax.words.get(i).map_or("", |w| w.upos.as_str())
    }

    pub(crate) fn xpos(&self, i: usize) -> &'static str {
        // A mark of possession is one whatever else the tagger says of it.
        let mark = self.upos(i) == "PART" && self.lower(i) == "'s";
        if mark { "POS" } else { self.syntax.words.get(i).map_or("", |w| w.xpos.as_str()) }
    }

    /// Whether a word stands as a noun or adjective does, or as a name that the tagger took for a pronoun.
    pub(crate) fn is_nominal(&self, i: usize) -> bool {
        matches!(self.upos(i), "NOUN" | "PROPN" | "ADJ" | "X") || self.upos(i) == "PRON" && self.xpos(i) == "NNP"
    }

    pub(crate) fn is_capital(&self, i: usize) -> bool {
        self.said(i).starts_with(char::is_uppercase)
    }

    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        self.syntax.words[range.start].span.hull(self.syntax.words[range.end - 1].span)
    }

    /// Whether no blank stands before a word.
    pub(crate) fn is_joined(&self, i: usize) -> bool {
        i > 0 && i < self.len() && self.syntax.words[i - 1].span.bytes().end == self.syntax.words[i].span.bytes().start
    }

    /// The words of a range in lower case, as they stand, blanks made one.
    pub(crate) fn phrase(&self, range: Range<usize>) -> String {
        let mut phrase = String::new();
        for i in range.clone() {
            if i > range.start && !self.is_joined(i) {
                phrase.push(' ');
            }
            phrase.push_str(self.lower(i));
        }
        phrase
    }

    /// The sentence in which a word stands.
    pub(crate) fn sentence(&self, i: usize) -> Range<usize> {
        let at = self.syntax.sentences.partition_point(|s| s.end as usize <= i);
        self.syntax.sentences.get(at).map_or(i..i + 1, |s| s.start as usize..s.end as usize)
    }

    /// The name that a word is part of.
    pub(crate) fn name(&self, i: usize) -> Option<(&'a Mention, Range<usize>)> {
        self.names.get(i).copied().flatten().map(|at| self.mentions[at].clone())
    }

    /// The name that begins at a word.
    pub(crate) fn name_from(&self, i: usize) -> Option<(&'a Mention, Range<usize>)> {
        self.name(i).filter(|(_, words)| words.start == i)
    }

    /// The name that ends before a word.
    pub(crate) fn name_until(&self, i: usize) -> Option<(&'a Mention, Range<usize>)> {
        self.name(i.checked_sub(1)?).filter(|(_, words)| words.end == i)
    }

    /// A person's name that begins at a word, behind "Mr." and the like.
    pub(crate) fn person_from(&self, i: usize) -> Option<(&'a Mention, Range<usize>)> {
        let courtesy = |i: usize| {
            matches!(
                self.lower(i).trim_end_matches('.'),
                "mr" | "mrs"
                    | "ms"
                    | "miss"
                    | "dr"
                    | "sir"
                    | "dame"
                    | "lord"
                    | "lady"
                    | "he"
                    | "h.e"
                    | "the"
                    | "prof"
                    | "rev"
                    | "hon"
                    | "sheikh"
                    | "sheik"
            ) && self.name(i).is_none()
        };
        let mut at = i;
        while at < i + 3 && courtesy(at) {
            at += 1;
        }
        // "the" alone before a name is no courtesy.
        if at == i + 1 && self.lower(i) == "the" {
            return None;
        }
        self.name_from(at).filter(|(mention, _)| mention.kind == EntityKind::Person)
    }

    /// The person whom a capitalised word behind a title means, where nobody saw a name: "President Roe".
    pub(crate) fn bearer(&self, i: usize) -> Option<(&'a Mention, Range<usize>)> {
        let lone =
            self.upos(i) == "PROPN" && self.is_capital(i) && self.name(i).is_none() && self.name(i + 1).is_none();
        let (mention, _) = self.described(i).filter(|(m, _)| lone && m.kind == EntityKind::Person)?;
        (self.upos(i + 1) != "PROPN").then_some((mention, i..i + 1))
    }

    /// A person's name that ends before a word.
    pub(crate) fn person_until(&self, i: usize) -> Option<(&'a Mention, Range<usize>)> {
        self.name_until(i).filter(|(mention, _)| mention.kind == EntityKind::Person)
    }

    /// The mention at a word: the name it is part of, else the description or pronoun that it heads.
    pub(crate) fn mention(&self, i: usize) -> Option<(&'a Mention, Range<usize>)> {
        let at = self.names.get(i).copied().flatten().or_else(|| self.headed.get(i).copied().flatten())?;
        Some(self.mentions[at].clone())
    }

    /// The description or pronoun that a word heads.
    pub(crate) fn described(&self, i: usize) -> Option<(&'a Mention, Range<usize>)> {
        self.headed.get(i).copied().flatten().map(|at| self.mentions[at].clone())
    }

    /// Those whom a mention speaks of: none where that is open, and none where they are many.
    pub(crate) fn ones(&self, (mention, words): (&Mention, Range<usize>)) -> Vec<One<'a>> {
        let ones: Vec<One<'a>> =
            self.reading.entities_of(mention.id).map(|entity| One { entity, words: words.clone() }).collect();
        if ones.len() > 4 { Vec::new() } else { ones }
    }

    /// Those who stand at a word.
    pub(crate) fn at(&self, i: usize) -> Vec<One<'a>> {
        self.mention(i).map_or_else(Vec::new, |mention| self.ones(mention))
    }

    /// The name that a description stands beside: "Northwire, a news agency".
    pub(crate) fn apposed(&self, description: Range<usize>) -> Option<(&'a Mention, Range<usize>)> {
        let comma = description.start.checked_sub(1).filter(|i| self.lower(*i) == ",")?;
        let beside = matches!(self.upos(description.start), "DET" | "PRON") && self.name(description.start).is_none();
        self.name_until(comma).filter(|_| beside)
    }

    /// Where a noun phrase that begins at a word ends, and its head: articles, adjectives, nouns and names, no comma.
    pub(crate) fn noun_phrase(&self, start: usize) -> Option<(Range<usize>, usize)> {
        let limit = self.sentence(start).end.min(start + 14);
        let mut head = None;
        let mut i = start;
        while i < limit {
            if let Some((_, words)) = self.name(i) {
                head = Some(words.end - 1);
                i = words.end;
                if self.xpos(i) == "POS" {
                    head = None;
                    i += 1;
                    continue;
                }
                // A name after a common noun closes the phrase: "the building firm Tarn".
                if !matches!(self.upos(i), "NOUN" | "PROPN" | "ADJ") {
                    break;
                }
                continue;
            }
            match self.upos(i) {
                "DET" if head.is_none() => {}
                "NUM" | "ADJ" | "ADV" if head.is_none() || self.opens_noun(i, limit) => {}
                "PRON" if head.is_none() && matches!(self.xpos(i), "PRP$" | "WP$") => {}
                "PRON" if head.is_none() => {
                    head = Some(i);
                    break;
                }
                "NOUN" | "PROPN" => head = Some(i),
                "PART" if self.xpos(i) == "POS" && head.is_some() => head = None,
                // "Lorne-based": what stands before the hyphen is not the head.
                "VERB" | "ADJ" if i > start && self.is_joined(i) && matches!(self.lower(i - 1), "-" | "–") => {
                    head = None
                }
                "VERB" if head.is_none() && matches!(self.xpos(i), "VBG" | "VBN") && self.opens_noun(i, limit) => {}
                "PUNCT" if matches!(self.lower(i), "-" | "–") && self.is_joined(i) => {}
                "CCONJ" if head.is_some_and(|head| self.mention(head).is_none()) => {
                    // "a clothing and shoe store".
                    let nouns = (i + 1..limit).take_while(|j| matches!(self.upos(*j), "NOUN" | "ADJ"));
                    let Some(last) = nouns.last().filter(|j| self.described(*j).is_some_and(|(_, w)| w.start == start))
                    else {
                        break;
                    };
                    head = Some(last);
                    i = last;
                }
                _ => break,
            }
            i += 1;
        }
        head.map(|head| (start..head + 1, head))
    }
}
