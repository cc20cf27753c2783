//! A Word document: its paragraphs as a plain text. What was deleted, hidden or stands in notes, heads and feet is left out.

use std::io::{BufReader, Cursor, Read as _};

use reportedly_record::Report;
use zip::ZipArchive;

use crate::report::{Parts, report};
use crate::xml::{Node, Xml, local};
use crate::{Error, Given, Limits, Raw, within};

/// Where the text lies in the archive.
const TEXT: &str = "word/document.xml";

/// Elements whose text is not the document's: deletions, the second form of what stands there already, instructions of fields.
const APART: &[&str] = &["del", "moveFrom", "Fallback", "instrText", "pict"];

/// Reads a Word document.
pub(crate) fn document(raw: &Raw<'_>, given: &Given, limits: &Limits) -> Result<Report, Error> {
    let fault = |fault: String| Error::Form { name: raw.name.to_owned(), fault };
    let bytes = within(raw, limits.bytes, "a document")?;
    if entries(bytes).is_some_and(|count| count > limits.entries) {
        return Err(fault(format!("an archive of more than {} files", limits.entries)));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(format!("no archive: {error}")))?;
    if archive.len() > limits.entries {
        return Err(fault(format!("an archive of more than {} files", limits.entries)));
    }
    let file = archive.by_name(TEXT).map_err(|error| match error {
        zip::result::ZipError::FileNotFound => fault("a zip archive that is no Word document".to_owned()),
        error => fault(format!("no Word document: {error}")),
    })?;
    // The archive's own word on sizes is not to be trusted: what is read is counted.
    let most = limits.slack.max(file.compressed_size().saturating_mul(limits.ratio)).min(limits.markup as u64);
    let mut markup = Vec::new();
    file.take(most + 1).read_to_end(&mut markup).map_err(|error| fault(format!("a broken archive: {error}")))?;
    if markup.len() as u64 > most {
        return Err(Error::TooLarge { name: raw.name.to_owned(), limit: most as usize, of: "unpacked data" });
    }
    let text = text(&markup, limits).map_err(fault)?;
    if text.trim().is_empty() {
        return Err(Error::NoText { name: raw.name.to_owned() });
    }
    report(Parts { name: raw.name.to_owned(), text, ..Parts::default() }, given)
}

/// The number of files that the end of a zip archive tells: reading its list takes memory for each.
fn entries(bytes: &[u8]) -> Option<usize> {
    const END: &[u8] = b"PK\x05\x06";
    let at = bytes.len().saturating_sub(1 << 16);
    let end = bytes[at..].windows(END.len()).rposition(|four| four == END)? + at;
    let count = bytes.get(end + 10..end + 12)?;
    Some(usize::from(u16::from_le_bytes([*count.first()?, *count.get(1)?])))
}

/// The paragraphs of a document, with an empty line between them.
fn text(markup: &[u8], limits: &Limits) -> Result<String, String> {
    let mut xml = Xml::new(BufReader::new(markup), None, limits);
    let mut text = String::new();
    let mut paragraph = String::new();
    // How deep the element stands that is left out, and whether a run of text is open.
    let (mut apart, mut is_text) = (None::<usize>, false);
    while let Some(node) = xml.next()? {
        if xml.depth() > limits.depth {
            return Err(format!("elements nested more than {} deep", limits.depth));
        }
        match node {
            Node::Open(element) if apart.is_none() => match local(&element.name) {
                name if APART.contains(&name) && !element.is_empty => apart = Some(xml.depth()),
                "t" => is_text = !element.is_empty,
                "tab" => paragraph.push('\t'),
                "br" | "cr" => paragraph.push('\n'),
                "noBreakHyphen" => paragraph.push('\u{2011}'),
                _ => {}
            },
            Node::Close(_) if apart.is_some_and(|depth| xml.depth() < depth) => apart = None,
            Node::Close(name) if apart.is_none() => match local(&name) {
                "t" => is_text = false,
                "p" => {
                    if !paragraph.trim().is_empty() {
                        text.push_str(if text.is_empty() { "" } else { "\n\n" });
                        text.push_str(paragraph.trim());
                    }
                    paragraph.clear();
                }
                "tc" => paragraph.push(' '),
                _ => {}
            },
            Node::Text(more) if is_text && apart.is_none() => paragraph.push_str(&more),
            Node::Open(_) | Node::Close(_) | Node::Text(_) => {}
        }
        if text.len() + paragraph.len() > limits.body {
            return Err(format!("longer than {} bytes", limits.body));
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::Media;

    fn archive(files: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        for (name, text) in files {
            archive.start_file(*name, options).expect("memory");
            archive.write_all(text.as_bytes()).expect("memory");
        }
        archive.finish().expect("memory").into_inner()
    }

    fn word(body: &str) -> Vec<u8> {
        archive(&[
            ("[Content_Types].xml", "<Types/>"),
            (TEXT, &format!("<w:document><w:body>{body}</w:body></w:document>")),
        ])
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: Result<&str, &str>) {
        let limits = Limits { slack: 1 << 16, entries: 20, ..Limits::default() };
        let found = document(&Raw { name: "a.docx", bytes, media: Media::Docx }, &Given::default(), &limits);
        let found = found.map(|report| report.text.as_str().to_owned()).map_err(|error| error.to_string());
        assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned));
    }

    #[test]
    fn paragraphs_are_read_as_they_are_printed() {
        let body = r#"<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>Talks </w:t></w:r><w:r><w:t xml:space="preserve">are off, </w:t></w:r>
            <w:del><w:r><w:delText>perhaps</w:delText></w:r></w:del><w:ins><w:r><w:t>Roe &amp; Co said.</w:t></w:r></w:ins></w:p><w:p/>
            <w:p><w:r><w:instrText>HYPERLINK</w:instrText><w:t>She</w:t><w:br/><w:t>left.</w:t></w:r></w:p>
            <mc:AlternateContent><mc:Choice><w:p><w:r><w:t>A box.</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>A box.</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"#;
        check(&word(body), Ok("Talks are off, Roe & Co said.\n\nShe\nleft.\n\nA box."));
    }

    #[test]
    fn what_is_no_document_is_refused_by_name() {
        check(&archive(&[("a.txt", "x")]), Err("`a.docx`: a zip archive that is no Word document"));
        check(&word("<w:p/>"), Err("`a.docx` has no text of a report"));
        let bomb = document(
            &Raw { name: "a.docx", bytes: &word(&" ".repeat(17_000_000)), media: Media::Docx },
            &Given::default(),
            &Limits::default(),
        );
        assert!(bomb.is_err_and(|error| error.is_limit()));
        let names: Vec<String> = (0..30).map(|number| number.to_string()).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        check(&archive(&files), Err("`a.docx`: an archive of more than 20 files"));
        check(&word(&"<w:p>".repeat(300)), Err("`a.docx`: elements nested more than 128 deep"));
        let whole = word("<w:p><w:r><w:t>Talks are off.</w:t></w:r></w:p>");
        let cut = document(
            &Raw { name: "a.docx", bytes: &whole[..whole.len() - 30], media: Media::Docx },
            &Given::default(),
            &Limits::default(),
        );
        assert!(cut.is_err_and(|error| error.to_string().starts_with("`a.docx`: no archive")));
    }
}
