//! Web archives made from a load of reports, for measuring intake: pages as a crawler would have them, with what lies between
//! them, as many times as the size takes.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;

/// Makes a web archive of a given size.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Reports, one JSON object a line.
    input: PathBuf,
    /// The archive: packed record by record when it ends in `.gz`.
    output: PathBuf,
    /// How large it becomes, at least: 500M, 2G.
    #[arg(long, value_parser = size)]
    size: u64,
}

#[derive(Deserialize)]
struct Row {
    url: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    title: Option<String>,
    text: String,
}

/// Makes the archive.
pub(crate) fn make(args: &Args) -> Result<()> {
    let lines = BufReader::new(File::open(&args.input).with_context(|| args.input.display().to_string())?).lines();
    let rows: Vec<Row> = lines.map(|line| Ok(serde_json::from_str(&line?)?)).collect::<Result<_>>()?;
    if rows.is_empty() {
        bail!("{} has no reports", args.input.display());
    }
    let is_packed = args.output.extension().is_some_and(|end| end == "gz");
    let out = BufWriter::new(File::create(&args.output).with_context(|| args.output.display().to_string())?);
    let mut archive = Archive { out, is_packed, size: 0, records: 0 };
    archive.record("warcinfo", "", "application/warc-fields", b"software: reportedly xtask\r\n")?;
    for round in 0u64.. {
        for (number, row) in rows.iter().enumerate() {
            if archive.size >= args.size {
                archive.out.flush()?;
                println!("{} records, {} bytes, {round} rounds", archive.records, archive.size);
                return Ok(());
            }
            archive.visit(row, round, number)?;
        }
    }
    Ok(())
}

struct Archive<W> {
    out: W,
    is_packed: bool,
    size: u64,
    records: u64,
}

impl<W: Write> Archive<W> {
    /// Writes what a crawler keeps of one visit: the request, the answer, and now and then something else.
    fn visit(&mut self, row: &Row, round: u64, number: usize) -> Result<()> {
        let url = row.url.as_deref().unwrap_or("https://load.example/");
        let url = format!("{url}?round={round}&number={number}");
        self.record(
            "request",
            &url,
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\nHost: load.example\r\n\r\n",
        )?;
        if number % 17 == 3 {
            let picture =
                [b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\xff".to_vec(), vec![7; 20_000]].concat();
            self.record("response", &format!("{url}&picture"), "application/http; msgtype=response", &picture)?;
        }
        if number % 13 == 5 {
            return self.record("revisit", &url, "application/http; msgtype=response", b"HTTP/1.1 200 OK\r\n\r\n");
        }
        let (media, body) = match number % 5 {
            0 => ("text/plain; charset=utf-8", format!("{}\n\n{}", row.text, url)),
            _ => ("text/html; charset=utf-8", page(row, &url)),
        };
        let (coding, body) = match number % 7 {
            1 => ("Content-Encoding: gzip\r\n", packed(body.as_bytes())?),
            2 => {
                let chunk = |bytes: &[u8]| [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat();
                let chunks: Vec<u8> = body.as_bytes().chunks(4_096).flat_map(chunk).collect();
                ("Transfer-Encoding: chunked\r\n", [chunks, b"0\r\n\r\n".to_vec()].concat())
            }
            _ => ("", body.into_bytes()),
        };
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n{coding}\r\n");
        let content = [head.into_bytes(), body].concat();
        self.record("response", &url, "application/http; msgtype=response", &content)
    }

    fn record(&mut self, kind: &str, url: &str, media: &str, content: &[u8]) -> Result<()> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-11-14T20:00:00Z\r\n\
             Content-Type: {media}\r\nContent-Length: {}\r\n\r\n",
            content.len()
        );
        let record = [head.as_bytes(), content, b"\r\n\r\n"].concat();
        let record = if self.is_packed { packed(&record)? } else { record };
        self.out.write_all(&record)?;
        self.size += record.len() as u64;
        self.records += 1;
        Ok(())
    }
}

/// A page as outlets print them: menus around the report.
fn page(row: &Row, url: &str) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let part = |part: &Option<String>| escaped(part.as_deref().unwrap_or_default());
    let (title, outlet, published) = (part(&row.title), part(&row.outlet), part(&row.published));
    let paragraphs: String = row
        .text
        .split("\n")
        .filter(|line| !line.trim().is_empty())
        .map(|line| format!("<p>{}</p>\n", escaped(line)))
        .collect();
    let menu: String = (0..40).map(|at| format!("<li><a href=\"/section/{at}\">Section {at}</a></li>")).collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>{title} | {outlet}</title><meta property=\"og:site_name\" content=\"{outlet}\">\
         <meta property=\"article:published_time\" content=\"{published}\"><link rel=\"canonical\" href=\"{}\">\
         <style>body {{ margin: 0 }}</style></head><body><nav><ul>{menu}</ul></nav><article><h1>{title}</h1>\n{paragraphs}</article>\
         <footer><ul>{menu}</ul><p>All rights reserved.</p></footer></body></html>",
        escaped(url)
    )
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes)?;
    Ok(packed.finish()?)
}

/// Reads a size: 2G, 500M, 10K or bytes.
fn size(text: &str) -> Result<u64, String> {
    let (number, unit) = match text.char_indices().last() {
        Some((at, 'G' | 'g')) => (&text[..at], 1 << 30),
        Some((at, 'M' | 'm')) => (&text[..at], 1 << 20),
        Some((at, 'K' | 'k')) => (&text[..at], 1 << 10),
        _ => (text, 1),
    };
    let number: u64 = number.parse().map_err(|_| "not a size such as 500M or 2G".to_owned())?;
    number.checked_mul(unit).ok_or_else(|| "too large".to_owned())
}

#[cfg(test)]
mod tests {
    use reportedly::{Given, Limits, sources};

    use super::*;

    #[test]
    fn what_is_made_is_read() {
        let folder = std::env::temp_dir().join(format!("reportedly-make-warc-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let input = folder.join("in.jsonl");
        let text = "The ministers met in London on Monday for talks about the harbour, she said. Nothing was agreed.";
        let rows: String = (0..40).map(|_| format!("{{\"title\": \"Talks\", \"text\": \"{text}\"}}\n")).collect();
        std::fs::write(&input, rows).expect("written");
        for name in ["out.warc", "out.warc.gz"] {
            let output = folder.join(name);
            make(&Args { input: input.clone(), output: output.clone(), size: 40_000 }).expect("made");
            let source = sources([&output]).next().expect("one").expect("readable");
            let reports = source.reports(&Given::default(), &Limits::default());
            let found: Vec<String> = reports.map(|report| report.expect("a report").text.as_str().to_owned()).collect();
            assert!(found.len() > 5 && found.iter().all(|found| found.contains(text)), "{found:?}");
        }
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
