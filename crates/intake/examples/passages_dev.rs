//! Reads JSONL reports and prints every passage that is not body, then counts by kind: `passages_dev FILE`.

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

use reportedly_intake::{Given, Limits, sources};
use reportedly_record::PassageKind;

fn main() -> Result<(), Box<dyn Error>> {
    let began = Instant::now();
    let (mut counts, mut reports, mut datelines, mut languages) = (BTreeMap::new(), 0, Vec::new(), BTreeMap::new());
    for source in sources(std::env::args().skip(1)) {
        for report in source?.reports(&Given::default(), &Limits::default()) {
            let report = match report {
                Ok(report) => report,
                Err(error) => {
                    eprintln!("{error}");
                    continue;
                }
            };
            reports += 1;
            *languages.entry(report.language.code.clone()).or_insert(0) += 1;
            datelines.extend(report.dateline.as_ref().map(|dateline| report.text.slice(dateline.evidence).to_owned()));
            for passage in &report.passages {
                *counts.entry(passage.kind).or_insert(0) += 1;
                if passage.kind != PassageKind::Body {
                    println!("{:?}\t{}", passage.kind, report.text.slice(passage.span));
                }
            }
        }
    }
    for dateline in &datelines {
        println!("Dateline\t{dateline}");
    }
    eprintln!(
        "{reports} reports in {:.2?}: {counts:?}, {} datelines, languages {languages:?}",
        began.elapsed(),
        datelines.len()
    );
    Ok(())
}
