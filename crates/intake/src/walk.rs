//! Which files are read: paths and patterns as the user names them, folders in a fixed order.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::paths::Source;
use crate::{Error, Media};

/// Reference answers that may lie beside reports.
const SKIPPED: &[&str] = &["gold.jsonl"];

/// Finds the files that the paths name, in the order given, folders sorted by name and with all that is in them.
///
/// Inside a folder, only files of kinds that we read are taken, and no hidden ones, metadata files or READMEs; a file that
/// is named itself is always taken. `-` is standard input. A path that is not there and has `*`, `?` or `[` in it names what
/// it matches, as a shell would have it: `news/**/*.html`.
pub fn sources<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> impl Iterator<Item = Result<Source, Error>> {
    let named = paths.into_iter().flat_map(|path| {
        let path = path.as_ref();
        if is_pattern(path) { matches(path) } else { vec![Ok(path.to_owned())] }
    });
    named.flat_map(|path| match path {
        Ok(path) => walk(&path),
        Err(error) => Walk { open: Vec::new(), first: Some(Err(error)) },
    })
}

/// Tells whether a path is a pattern: a file of that very name comes first.
fn is_pattern(path: &Path) -> bool {
    path.to_str().is_some_and(|path| path.contains(['*', '?', '['])) && fs::symlink_metadata(path).is_err()
}

/// What a pattern matches, sorted by name.
fn matches(pattern: &Path) -> Vec<Result<PathBuf, Error>> {
    let name = pattern.display().to_string();
    // As in a shell, hidden files must be named as such.
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let found: Vec<Result<PathBuf, Error>> = match glob::glob_with(&name, options) {
        Ok(paths) => paths.map(|path| path.map_err(|error| unreadable(error.path(), error.error()))).collect(),
        Err(error) => return vec![Err(Error::Form { name, fault: format!("no pattern: {}", error.msg) })],
    };
    match found.is_empty() {
        true => vec![Err(Error::Form { name, fault: "matches no file".to_owned() })],
        false => found,
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    Error::Read { name: path.display().to_string(), error: io::Error::new(error.kind(), error.to_string()) }
}

/// What is at a path: a file, or all that is in a folder.
fn walk(path: &Path) -> Walk {
    if path.as_os_str() == "-" {
        return Walk { open: Vec::new(), first: Some(Ok(Source { path: None, name: "-".to_owned() })) };
    }
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Walk { open: vec![path.to_owned()], first: None },
        Ok(_) => Walk { open: Vec::new(), first: Some(Ok(source(path))) },
        Err(error) => {
            Walk { open: Vec::new(), first: Some(Err(Error::Read { name: path.display().to_string(), error })) }
        }
    }
}

fn source(path: &Path) -> Source {
    Source { path: Some(path.to_owned()), name: path.display().to_string() }
}

/// A walk through a folder: the paths that are still to be looked at, the next one last.
struct Walk {
    open: Vec<PathBuf>,
    first: Option<Result<Source, Error>>,
}

impl Iterator for Walk {
    type Item = Result<Source, Error>;

    fn next(&mut self) -> Option<Result<Source, Error>> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        while let Some(path) = self.open.pop() {
            // Links to folders are not followed: they may lead in a circle.
            let kind = match fs::symlink_metadata(&path) {
                Ok(kind) => kind,
                Err(error) => return Some(Err(Error::Read { name: path.display().to_string(), error })),
            };
            if !kind.is_dir() {
                if path.is_file() {
                    return Some(Ok(source(&path)));
                }
                continue;
            }
            match entries(&path) {
                Ok(entries) => self.open.extend(entries.into_iter().rev()),
                Err(error) => return Some(Err(Error::Read { name: path.display().to_string(), error })),
            }
        }
        None
    }
}

/// Lists what a walk takes from a folder, sorted by name.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let taken = entry.file_type()?.is_dir()
            || Media::of_name(&name).is_some() && !name.starts_with("README") && !SKIPPED.contains(&name.as_str());
        if taken && !name.starts_with('.') {
            entries.push(entry.path());
        }
    }
    entries.sort();
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_walked_by_name_and_only_reports_are_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
        fs::create_dir(folder.path().join("b")).expect("made");
        for name in [
            "c.txt",
            "a.html",
            "b/d.jsonl",
            "b/e.warc.gz",
            "README.md",
            ".hidden.txt",
            "x.png",
            "gold.jsonl",
            "c.meta.json",
            "notes",
        ] {
            write(name, "Talks are off.");
        }
        let names = |paths: &[PathBuf]| -> Vec<String> {
            let found = sources(paths).map(|source| source.expect("readable").path.expect("a file"));
            found.map(|path| path.strip_prefix(folder.path()).expect("inside").display().to_string()).collect()
        };
        assert_eq!(names(&[folder.path().to_owned()]), ["a.html", "b/d.jsonl", "b/e.warc.gz", "c.txt"]);
        assert_eq!(names(&[folder.path().join("README.md"), folder.path().join("notes")]), ["README.md", "notes"]);
        assert!(sources(["no/such/file"]).next().is_some_and(|source| source.is_err()));
    }

    #[test]
    fn patterns_name_what_they_match() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("b/c")).expect("made");
        for name in ["a1.txt", "a2.txt", ".a3.txt", "x.html", "b/a4.txt", "b/c/a5.txt", "b/c/y.html", "odd[1].txt"] {
            fs::write(folder.path().join(name), "Talks are off.").expect("written");
        }
        let names = |pattern: &str| -> Vec<String> {
            let whole = folder.path().join(pattern);
            let found = sources([&whole]).map(|source| match source {
                Ok(source) => source.name,
                Err(error) => error.to_string(),
            });
            let prefix = format!("{}/", folder.path().display());
            found.map(|name| name.replace('\\', "/").replace(&prefix, "")).collect()
        };
        assert_eq!(names("a*.txt"), ["a1.txt", "a2.txt"]);
        assert_eq!(names("**/*.html"), ["b/c/y.html", "x.html"]);
        assert_eq!(names("a[2-9].txt"), ["a2.txt"]);
        assert_eq!(names("?/"), ["b/a4.txt", "b/c/a5.txt", "b/c/y.html"], "folders are walked");
        assert_eq!(names("odd[1].txt"), ["odd[1].txt"], "a file of that very name");
        assert_eq!(names("*.pdf"), ["`*.pdf`: matches no file"]);
        assert_eq!(names("a**b"), ["`a**b`: no pattern: recursive wildcards must form a single path component"]);
    }
}
