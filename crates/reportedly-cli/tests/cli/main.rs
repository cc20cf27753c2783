//! Drives the built program on folders of its own: what it prints, what it refuses, and how it ends.

mod browser;
mod clock;
mod desk;
mod faults;
#[cfg(feature = "fetch")]
mod follow;
mod hostile;
mod html;
mod pages;
mod schema;
mod screen;
mod story;
mod usage;
mod why;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// How a run of the program ended.
struct Run {
    code: Option<i32>,
    out: Vec<u8>,
    err: String,
}

impl Run {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.out).expect("output is UTF-8")
    }

    /// The records of a run with `--format jsonl`.
    fn records(&self) -> Vec<Value> {
        self.text().lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }
}

/// The program, with nothing of this terminal in its environment.
fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_reportedly"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM"] {
        program.env_remove(name);
    }
    program
}

/// Runs the program in a folder.
fn run_in(folder: &Path, args: &[&str]) -> Run {
    run(program().current_dir(folder).args(args), b"")
}

/// Runs the program with bytes on its standard input.
fn run(program: &mut Command, input: &[u8]) -> Run {
    let program = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = program.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let output = std::thread::scope(|scope| {
        // A program that ends early leaves its input unread.
        scope.spawn(move || stdin.write_all(input).ok());
        child.wait_with_output().expect("the program ends")
    });
    Run {
        code: output.status.code(),
        out: output.stdout,
        err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    }
}

/// The made-up story that comes with the program.
fn story() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/harbour-talks")
}

/// The kernels that this processor has, as the program names them, slowest first.
fn kernels() -> Vec<String> {
    let run = run(program().args(["version", "--verbose"]), b"");
    let names = run.text().lines().find_map(|line| line.strip_prefix("available ")).expect("kernels are listed");
    names.trim().split(", ").map(str::to_owned).collect()
}

/// A folder with files in it.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("a file can be written");
    }
    folder
}

/// A report that nothing is wrong with.
const GOOD: &str = "Harbour to reopen, officials say\n\nThe harbour will reopen on Monday, two officials said. “We are ready,” \
                    Mira Tollan told the Echo. She did not say who would pay.\n";

/// Checks all that must hold of any record: every span in bounds and on boundaries, in both units the same words.
fn check_record(record: &Value) {
    let text = record["report"]["text"].as_str().expect("a record has its text");
    let chars: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    check_spans(record, text, &chars);
    let mut ids = Vec::new();
    for layer in ["attributions", "mentions"] {
        for item in record[layer].as_array().expect("a layer is a list") {
            let id = item["id"].as_str().expect("an item has an id").to_owned();
            assert!(!ids.contains(&id), "{id} is twice in one record");
            ids.push(id);
        }
    }
    for attribution in record["attributions"].as_array().expect("a layer is a list") {
        let whole = bytes(&attribution["evidence"]);
        let lists = [&attribution["source"], &attribution["content"]];
        let parts = lists
            .into_iter()
            .flat_map(|list| list.as_array().expect("a list"))
            .chain(attribution["cue"].as_object().map(|_| &attribution["cue"]));
        for part in parts {
            let part = bytes(part);
            assert!(whole.0 <= part.0 && part.1 <= whole.1 && part.0 < part.1, "{attribution}");
        }
    }
}

/// Checks every span of a JSON value, and the words beside it.
fn check_spans(value: &Value, text: &str, chars: &[usize]) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| check_spans(one, text, chars)),
        Value::Object(fields) => {
            if fields.get("bytes").is_some_and(Value::is_array) {
                let (start, end) = bytes(value);
                let words = text.get(start..end).unwrap_or_else(|| panic!("{value} is not on boundaries of {text:?}"));
                let [first, last] =
                    [0, 1].map(|i| usize::try_from(value["chars"][i].as_u64().expect("a number")).expect("an offset"));
                assert_eq!(
                    (chars.get(first), chars.get(last)),
                    (Some(&start), Some(&end)),
                    "{value}: the units differ"
                );
                if let Some(beside) = fields.get("text") {
                    assert_eq!(beside, words);
                }
            }
            fields.values().for_each(|one| check_spans(one, text, chars));
        }
        _ => {}
    }
}

/// A span in bytes.
fn bytes(span: &Value) -> (usize, usize) {
    let [start, end] =
        [0, 1].map(|i| usize::try_from(span["bytes"][i].as_u64().expect("a number")).expect("an offset"));
    (start, end)
}
