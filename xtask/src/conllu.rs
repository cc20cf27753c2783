//! Treebanks in CoNLL-U: their sentences, and the text that they were cut from, rebuilt.
//!
//! The text is rebuilt as `training/data.py` does it: a blank line before each paragraph, else a blank between sentences.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

/// A document of a treebank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) sentences: Vec<Sentence>,
}

/// A sentence with its tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// The treebank's name for it.
    pub(crate) id: String,
    /// A paragraph begins with it.
    pub(crate) begins_paragraph: bool,
    /// In text order.
    pub(crate) words: Vec<Word>,
}

/// A word of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Bytes of the document's text. The words of one written token share its letters.
    pub(crate) span: Range<usize>,
    pub(crate) upos: String,
    pub(crate) xpos: String,
    /// Which word of the sentence it hangs on; none for the root.
    pub(crate) head: Option<usize>,
    pub(crate) deprel: String,
}

impl Sentence {
    /// From the first word to the last; none without words.
    pub(crate) fn span(&self) -> Option<Range<usize>> {
        Some(self.words.first()?.span.start..self.words.last()?.span.end)
    }
}

/// Reads a file of whole documents.
pub(crate) fn read(path: &Path) -> Result<Vec<Document>> {
    let name = path.display();
    let file = std::fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    parse(&file).with_context(|| name.to_string())
}

/// Columns of a line.
struct Row<'a> {
    id: &'a str,
    form: &'a str,
    upos: &'a str,
    xpos: &'a str,
    head: usize,
    deprel: &'a str,
    glued: bool,
}

fn parse(file: &str) -> Result<Vec<Document>> {
    let mut documents: Vec<Document> = Vec::new();
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut next = Sentence::default();
    // A sentence ends at an empty line; the file's end may lack one.
    for (i, line) in file.lines().chain([""]).enumerate() {
        let place = || format!("line {}", i + 1);
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            documents.push(Document { id: id.trim().to_owned(), ..Document::default() });
        } else if let Some(id) = line.strip_prefix("# sent_id = ") {
            next.id = id.trim().to_owned();
        } else if line == "# newpar" || line.starts_with("# newpar ") {
            next.begins_paragraph = true;
        } else if line.is_empty() {
            if !rows.is_empty() {
                let document = documents
                    .last_mut()
                    .with_context(|| format!("{}: a sentence before any `# newdoc id`", place()))?;
                document.push(std::mem::take(&mut next), &std::mem::take(&mut rows)).with_context(place)?;
            }
        } else if !line.starts_with('#') {
            rows.extend(row(line).with_context(place)?);
        }
    }
    Ok(documents)
}

/// Reads the columns of a line; none of an empty node (`8.1`).
fn row(line: &str) -> Result<Option<Row<'_>>> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, form, _, upos, xpos, _, head, deprel, _, misc] = columns[..] else {
        bail!("{} columns instead of ten", columns.len());
    };
    if id.contains('.') {
        return Ok(None);
    }
    let head =
        if id.contains('-') { 0 } else { head.parse().with_context(|| format!("the head {head:?} is no number"))? };
    Ok(Some(Row { id, form, upos, xpos, head, deprel, glued: misc.contains("SpaceAfter=No") }))
}

impl Document {
    fn push(&mut self, mut sentence: Sentence, rows: &[Row<'_>]) -> Result<()> {
        if !self.text.is_empty() {
            self.text.push_str(if sentence.begins_paragraph { "\n\n" } else { " " });
        }
        // Words whose letters are still to come from the written token that they share, and its unread letters.
        let mut shared: (usize, Range<usize>) = (0, 0..0);
        for row in rows {
            if let Some((first, last)) = row.id.split_once('-') {
                let (first, last): (usize, usize) = (first.parse()?, last.parse()?);
                ensure!(first <= last, "words {} are in no order", row.id);
                shared = (last + 1 - first, self.write(row));
                continue;
            }
            let span = if shared.0 > 0 { self.share(row.form, &mut shared) } else { self.write(row) };
            ensure!(row.head <= rows.len(), "the head {} is beyond the sentence", row.head);
            sentence.words.push(Word {
                span,
                upos: row.upos.to_owned(),
                xpos: row.xpos.to_owned(),
                head: row.head.checked_sub(1),
                deprel: row.deprel.to_owned(),
            });
        }
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.sentences.push(sentence);
        Ok(())
    }

    /// Appends a written token and the blank behind it.
    fn write(&mut self, row: &Row<'_>) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(row.form);
        let end = self.text.len();
        if !row.glued {
            self.text.push(' ');
        }
        start..end
    }

    /// Takes a word's letters out of a shared token: as many as its form has, but one at least for each word to come,
    /// and all that is left for the last one.
    fn share(&self, form: &str, (words, left): &mut (usize, Range<usize>)) -> Range<usize> {
        *words -= 1;
        let letters: Vec<usize> = self.text[left.clone()].char_indices().map(|(i, _)| i).chain([left.len()]).collect();
        let all = letters.len() - 1;
        let most = all.saturating_sub(*words).max(1);
        let take = if *words == 0 { all } else { form.chars().count().min(most).min(all) };
        let span = left.start..left.start + letters[take];
        left.start = span.end;
        span
    }
}

/// Writes documents with the columns that a tree has.
pub(crate) fn print(documents: &[Document]) -> String {
    let mut out = String::new();
    for document in documents {
        for (k, sentence) in document.sentences.iter().enumerate() {
            if k == 0 {
                let _ = writeln!(out, "# newdoc id = {}", document.id);
            }
            if sentence.begins_paragraph {
                out.push_str("# newpar\n");
            }
            let _ = writeln!(out, "# sent_id = {}", sentence.id);
            let _ = writeln!(out, "# text = {}", &document.text[sentence.span().unwrap_or_default()]);
            for (i, word) in sentence.words.iter().enumerate() {
                let glued = sentence.words.get(i + 1).is_some_and(|next| next.span.start == word.span.end);
                let _ = writeln!(
                    out,
                    "{}\t{}\t_\t{}\t{}\t_\t{}\t{}\t_\t{}",
                    i + 1,
                    &document.text[word.span.clone()],
                    word.upos,
                    word.xpos,
                    word.head.map_or(0, |head| head + 1),
                    word.deprel,
                    if glued { "SpaceAfter=No" } else { "_" },
                );
            }
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Two paragraphs with a shared token and an empty node.
    pub(crate) const SMALL: &str = "\
# newdoc id = d
# newpar
# newpar_block = p (1 s)
# sent_id = d-1
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdon’t\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn’t\tnot\tPART\tRB\t_\t4\tadvmod:neg\t_\t_
4\tknow\tknow\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4.1\tit\t_\t_\t_\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
# sent_id = d-2
1\tStay\tstay\tVERB\tVB\t_\t0\troot\t_\t_

# sent_id = d-3
1\tNow\tnow\tADV\tRB\t_\t0\troot\t_\t_
";

    #[test]
    fn the_text_is_rebuilt() {
        let documents = parse(SMALL).expect("well formed");
        let [document] = &documents[..] else { panic!("one document") };
        assert_eq!(document.text, "They don’t know.\n\nStay Now");
        let words: Vec<&str> = document.sentences[0].words.iter().map(|w| &document.text[w.span.clone()]).collect();
        assert_eq!(words, ["They", "do", "n’t", "know", "."]);
        assert_eq!(document.sentences[0].words[2].head, Some(3));
        assert_eq!(document.sentences[0].words[3].head, None);
        // Printed without the token that was shared, the words still make the same text.
        assert_eq!(parse(&print(&documents)).expect("well formed"), documents);
    }

    #[test]
    fn faults_are_told_by_line() {
        let fault = |file: &str| format!("{:#}", parse(file).expect_err("a fault"));
        assert_eq!(fault("# newdoc id = d\n1\tword\n"), "line 2: 2 columns instead of ten");
        assert!(fault("1\ta\t_\tX\tFW\t_\t0\troot\t_\t_\n").starts_with("line 2: a sentence before any"));
    }
}
