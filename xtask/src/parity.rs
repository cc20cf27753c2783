//! Whether this side computes what the training side computed: the scores that PyTorch wrote down against our own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use reportedly_model::{Desk, FEATURES, Model, Weights};
use serde::Deserialize;

use crate::forms;

/// Compares scores of our encoder and heads with those of PyTorch.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Weights in floats, as `training/export.py --floats` writes them.
    floats: PathBuf,
    /// Windows with PyTorch's scores, as `training/export.py --reference` writes them.
    reference: PathBuf,
    /// Weights in bytes, to tell what rounding them costs.
    #[arg(long, value_name = "WEIGHTS")]
    bytes: Option<PathBuf>,
}

/// Largest difference of one score in floats. Summing in another order moves scores of size 10 by some 1e-5.
const MOST: f64 = 1e-3;

/// One window of a report with the scores of its first words.
#[derive(Deserialize)]
struct Row {
    ids: Vec<u32>,
    features: Vec<[u8; FEATURES]>,
    /// Where in the window each word's first piece stands.
    first: Vec<usize>,
    /// One row a word, one column an output of the heads.
    scores: Vec<Vec<f32>>,
}

/// The entries of a configuration that this file reads.
#[derive(Deserialize)]
struct Config {
    heads: Vec<Head>,
}

#[derive(Deserialize)]
struct Head {
    name: String,
    size: usize,
    labels: Vec<String>,
}

/// Compares, and fails if floats differ.
pub(crate) fn parity(args: &Args) -> Result<()> {
    let rows: Vec<Row> = forms::read(&args.reference)?;
    ensure!(!rows.is_empty(), "{} has no windows", args.reference.display());
    let floats = Read::of(&args.floats, &rows, &args.reference)?;
    let words: usize = rows.iter().map(|row| row.first.len()).sum();
    println!("{} windows, {words} words, {} scores", rows.len(), floats.wanted.len());
    println!("floats: largest difference {:.2e}, RMS {:.2e}", floats.largest(), floats.rms());
    if let Some(path) = &args.bytes {
        let bytes = Read::of(path, &rows, &args.reference)?;
        println!(
            "bytes:  largest difference {:.2e}, relative RMS {:.2}%",
            bytes.largest(),
            100.0 * bytes.rms() / root_mean_square(&bytes.wanted)
        );
        bytes.print_heads();
    }
    ensure!(
        floats.largest() <= MOST,
        "a score in floats differs by {:.2e}; at most {MOST:.0e} is rounding",
        floats.largest()
    );
    Ok(())
}

/// Scores that were read beside those that were wanted: the same words and columns.
struct Read {
    heads: Vec<Head>,
    wanted: Vec<f32>,
    found: Vec<f32>,
}

impl Read {
    fn of(weights: &Path, rows: &[Row], reference: &Path) -> Result<Read> {
        let name = weights.display();
        let bytes = fs::read(weights).with_context(|| format!("cannot read {name}"))?;
        let model = Model::parse(&bytes).with_context(|| name.to_string())?;
        let config: Config =
            serde_json::from_str(Weights::parse(&bytes)?.config_json()).with_context(|| name.to_string())?;
        let width: usize = config.heads.iter().map(|head| head.size).sum();
        let mut read = Read { heads: config.heads, wanted: Vec::new(), found: Vec::new() };
        let mut desk = Desk::default();
        for (i, row) in rows.iter().enumerate() {
            let place = || format!("{} line {}", reference.display(), i + 1);
            let pieces = row.ids.len();
            ensure!(
                row.features.len() == pieces,
                "{}: {pieces} pieces have {} rows of features",
                place(),
                row.features.len()
            );
            ensure!(row.first.iter().all(|at| *at < pieces), "{}: a word begins behind the window", place());
            ensure!(
                row.scores.len() == row.first.len(),
                "{}: {} words have {} rows of scores",
                place(),
                row.first.len(),
                row.scores.len()
            );
            ensure!(
                row.scores.iter().all(|s| s.len() == width),
                "{}: a row has not the {width} scores of {name}",
                place()
            );
            read.wanted.extend(row.scores.iter().flatten());
            read.found.extend(model.window_scores(&row.ids, &row.features, &row.first, &mut desk));
        }
        Ok(read)
    }

    fn differences(&self) -> impl Iterator<Item = f64> {
        self.wanted.iter().zip(&self.found).map(|(a, b)| f64::from(a - b))
    }

    /// A score that is no number differs without bound.
    fn largest(&self) -> f64 {
        self.differences().map(f64::abs).fold(0.0, |top, d| if d.is_nan() { f64::INFINITY } else { top.max(d) })
    }

    fn rms(&self) -> f64 {
        (self.differences().map(|d| d * d).sum::<f64>() / self.wanted.len().max(1) as f64).sqrt()
    }

    /// Prints for each head with labels how often the same label is best.
    fn print_heads(&self) {
        let width: usize = self.heads.iter().map(|head| head.size).sum();
        let mut start = 0;
        for head in &self.heads {
            let columns = start..start + head.size;
            start = columns.end;
            if head.labels.is_empty() {
                continue;
            }
            let rows = self.wanted.chunks_exact(width).zip(self.found.chunks_exact(width));
            let equal = rows.clone().filter(|(a, b)| best(&a[columns.clone()]) == best(&b[columns.clone()])).count();
            println!(
                "  {:10} {:6.2}% of words have the same best label",
                head.name,
                100.0 * equal as f64 / rows.len().max(1) as f64
            );
        }
    }
}

fn root_mean_square(values: &[f32]) -> f64 {
    (values.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>() / values.len().max(1) as f64).sqrt()
}

/// The first of the largest scores.
fn best(row: &[f32]) -> usize {
    row.iter().enumerate().fold(0, |top, (i, score)| if *score > row[top] { i } else { top })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_measured() {
        let read = Read { heads: Vec::new(), wanted: vec![1.0, 2.0, 3.0, 4.0], found: vec![1.0, 2.0, 3.0, 2.0] };
        assert_eq!((read.largest(), read.rms()), (2.0, 1.0));
        let lost = Read { heads: Vec::new(), wanted: vec![1.0], found: vec![f32::NAN] };
        assert_eq!(lost.largest(), f64::INFINITY);
    }

    #[test]
    fn the_tiny_model_computes_what_pytorch_did() {
        let tiny = crate::eval::root().join("crates/model/tests/tiny");
        let args = Args {
            floats: tiny.join("floats.weights"),
            reference: tiny.join("scores.jsonl"),
            bytes: Some(tiny.join("bytes.weights")),
        };
        parity(&args).expect("equal but for rounding");
    }
}
