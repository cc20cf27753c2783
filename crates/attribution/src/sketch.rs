//! Trees for tests, drawn by hand: one word a line with its tags, its head (from 1, 0 is the root) and its relation.

use reportedly_record::{Deprel, EntityKind, Id, Kind, Mention, MentionForm, Syntax, Text, Upos, Word, Xpos};

/// Reads a sketch of one sentence; the text is its words with a space between.
pub(crate) fn sketch(rows: &str) -> (Text, Syntax) {
    let rows: Vec<Vec<&str>> =
        rows.lines().map(|l| l.split_whitespace().collect()).filter(|r: &Vec<&str>| !r.is_empty()).collect();
    let text = Text::new(rows.iter().map(|r| r[0]).collect::<Vec<_>>().join(" "));
    let mut at = 0;
    let mut words = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let [form, upos, xpos, head, deprel] = row.as_slice() else { panic!("five columns: {row:?}") };
        let head: u32 = head.parse().expect("a head is a number");
        let span = text.span(at..at + form.len());
        at += form.len() + 1;
        let head = if head == 0 { i as u32 } else { head - 1 };
        words.push(Word { span, upos: Upos::of(upos), xpos: Xpos::of(xpos), head, deprel: Deprel::of(deprel) });
    }
    let sentences = vec![0..words.len() as u32];
    (text, Syntax { words, sentences })
}

/// A name in a text.
pub(crate) fn name(text: &Text, kind: EntityKind, name: &str) -> Mention {
    let start = text.as_str().find(name).expect("the name stands in the text");
    let report = Id::of(Kind::Report, &[b"a sketch"]);
    let evidence = text.words(text.span(start..start + name.len()));
    Mention { id: Id::in_report(Kind::Mention, report, start), kind, form: MentionForm::Name, evidence }
}
