//! The encoder's last state of every word, as the engine that runs has it: what small heads are trained on.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use reportedly::record::Syntax;
use reportedly::{Desk, Given, report_from_text};
use reportedly_model::{Tensor, seal};
use serde::Serialize;
use serde_json::json;

use crate::forms;
use crate::predict::EngineArgs;

/// Reads `{id, text}` lines; writes words and trees to `OUT.jsonl` and states to `OUT.f32`.
#[derive(clap::Args)]
pub(crate) struct Args {
    input: PathBuf,
    /// Beginning of the two files' names.
    output: PathBuf,
    /// First twelve digits of the SHA-256 of the file whose top has the states, instead of the model's own.
    #[arg(long)]
    of: Option<String>,
    #[command(flatten)]
    engine: EngineArgs,
}

/// Words and trees of one text. Its states are the next `words.len()` rows of the other file, little-endian f32.
#[derive(Default, Serialize)]
struct Row {
    id: String,
    /// Start and end of every word, in code points of the text.
    words: Vec<[usize; 2]>,
    upos: Vec<&'static str>,
    xpos: Vec<&'static str>,
    /// Index of the word that each hangs on; a root hangs on itself.
    head: Vec<usize>,
    deprel: Vec<&'static str>,
    /// First word of every sentence.
    sentences: Vec<usize>,
}

impl Row {
    fn add(&mut self, syntax: &Syntax) {
        let before = self.words.len();
        self.sentences.extend(syntax.sentences.iter().map(|s| before + s.start as usize));
        for word in &syntax.words {
            let chars = word.span.chars();
            self.words.push([chars.start, chars.end]);
            self.upos.push(word.upos.as_str());
            self.xpos.push(word.xpos.as_str());
            self.head.push(before + word.head as usize);
            self.deprel.push(word.deprel.as_str());
        }
    }
}

/// Writes the states of texts.
pub(crate) fn states(args: &Args) -> Result<()> {
    let engine = args.engine.load()?;
    let of = args.of.as_deref().unwrap_or(engine.model().digest());
    let heads = mirror(of, engine.model().encoder().config().hidden)?;
    let engine = engine.with_heads(&heads)?;
    let create = |ending: &str| {
        let path = PathBuf::from(format!("{}.{ending}", args.output.display()));
        File::create(&path).map(BufWriter::new).with_context(|| format!("cannot write {}", path.display()))
    };
    let (mut rows, mut floats) = (create("jsonl")?, create("f32")?);
    let mut desk = Desk::default();
    for given in forms::read::<forms::Given>(&args.input)? {
        let report = report_from_text(&given.text, &Given::default())?;
        let mut row = Row { id: given.id, ..Row::default() };
        let mut result = Ok(());
        engine.read_with(&report, &mut desk, |_, scores, syntax| {
            row.add(syntax);
            let Some(head) = scores.head("state") else { return };
            let bytes = (0..syntax.words.len()).flat_map(|word| head.row(word)).flat_map(|value| value.to_le_bytes());
            let bytes: Vec<u8> = bytes.collect();
            if let Err(error) = floats.write_all(&bytes) {
                result = Err(error);
            }
        });
        result.context("cannot write the states")?;
        serde_json::to_writer(&mut rows, &row)?;
        writeln!(rows)?;
    }
    rows.flush()?;
    Ok(floats.flush()?)
}

/// A head that shows the state as it is.
fn mirror(on: &str, hidden: usize) -> Result<Vec<u8>> {
    let unit = (0..hidden * hidden).map(|i| if i / hidden == i % hidden { 1.0 } else { 0.0 }).collect();
    let config = json!({"name": "mirror", "on": on, "heads": [{"name": "state", "size": hidden}]});
    let tensors = [
        ("heads.weight".to_owned(), Tensor::Floats(vec![hidden, hidden], unit)),
        ("heads.bias".to_owned(), Tensor::Floats(vec![hidden], vec![0.0; hidden])),
    ];
    Ok(seal(&config.to_string(), &tensors)?)
}
