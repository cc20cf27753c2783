//! The forms in which suites are written: one JSON object a line, offsets in code points, end exclusive.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A stretch of a text: first code point and the one after the last.
pub(crate) type Stretch = [usize; 2];

/// All that a prediction may see of a text. Whatever else stands in the line (the gold above all) is not read.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Given {
    pub(crate) id: String,
    pub(crate) text: String,
}

/// One attribution by its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Attribution {
    pub(crate) source: Vec<Stretch>,
    pub(crate) cue: Vec<Stretch>,
    pub(crate) content: Vec<Stretch>,
}

/// The outermost attributions of a text. Gold lines also hold the text, which `Given` reads.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Attributions {
    pub(crate) id: String,
    pub(crate) attributions: Vec<Attribution>,
}

/// One name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Name {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// PER, ORG or LOC; gold sets may spell it in other ways or hold other types.
    #[serde(rename = "type")]
    pub(crate) kind: String,
}

/// The names of a text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Names {
    pub(crate) id: String,
    pub(crate) entities: Vec<Name>,
}

/// One relation; of each of the two that stand in it every mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bond {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) from: Vec<Stretch>,
    /// None where the text names nobody.
    pub(crate) to: Option<Vec<Stretch>>,
    pub(crate) title: Option<Stretch>,
    pub(crate) ended: bool,
    pub(crate) evidence: Stretch,
}

/// The relations of a text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Bonds {
    pub(crate) id: String,
    pub(crate) relations: Vec<Bond>,
}

/// All that a prediction of times may see of a text.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Dated {
    pub(crate) id: String,
    /// Day of writing, with a time of day where one is known; an hour alone ("T22") counts as a day.
    pub(crate) dct: String,
    pub(crate) text: String,
}

/// One TIMEX3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Timex {
    pub(crate) start: usize,
    pub(crate) end: usize,
    #[serde(rename = "type", default)]
    pub(crate) kind: Option<String>,
    #[serde(default)]
    pub(crate) value: Option<String>,
}

/// The time expressions of a text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Timexes {
    pub(crate) id: String,
    pub(crate) timexes: Vec<Timex>,
}

/// All that a prediction of places may see of a text.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Placed {
    pub(crate) id: String,
    pub(crate) text: String,
    /// The outlet's host.
    #[serde(default)]
    pub(crate) domain: Option<String>,
}

/// The name of a place, with its id in GeoNames and where it is, as far as that is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Toponym {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Gold sets write it as text.
    #[serde(alias = "geonameid", default, skip_serializing_if = "Option::is_none")]
    pub(crate) geonames: Option<String>,
    #[serde(default)]
    pub(crate) lat: Option<f64>,
    #[serde(default)]
    pub(crate) lon: Option<f64>,
}

/// The names of places in a text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Toponyms {
    pub(crate) id: String,
    pub(crate) toponyms: Vec<Toponym>,
}

/// A mention and the name of its cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ClusterMention {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) cluster: String,
}

/// The clusters of a text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Clusters {
    pub(crate) id: String,
    pub(crate) mentions: Vec<ClusterMention>,
}

/// The gold clusters of a text.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct GoldClusters {
    pub(crate) id: String,
    pub(crate) onto_mentions: Vec<ClusterMention>,
}

/// Words that a row of GAP points to.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Spot {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// All that a prediction may see of a row of GAP.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct GapGiven {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) pronoun: Spot,
    #[serde(rename = "A")]
    pub(crate) a: Spot,
    #[serde(rename = "B")]
    pub(crate) b: Spot,
}

/// Whether the pronoun stands for either name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GapAnswer {
    pub(crate) id: String,
    #[serde(rename = "A")]
    pub(crate) a: bool,
    #[serde(rename = "B")]
    pub(crate) b: bool,
}

/// A row of GAP with its gold.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct GapGold {
    pub(crate) id: String,
    pub(crate) pronoun: Pronoun,
    #[serde(rename = "A")]
    pub(crate) a: Judged,
    #[serde(rename = "B")]
    pub(crate) b: Judged,
}

/// The pronoun of a row of GAP.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Pronoun {
    pub(crate) text: String,
}

/// The gold of a name.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Judged {
    pub(crate) coref: bool,
}

/// A saved page: the file is packed with gzip and stands beside the list.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Page {
    #[serde(default)]
    pub(crate) id: Option<String>,
    #[serde(default)]
    pub(crate) url: Option<String>,
    pub(crate) file: String,
}

/// The main text of a page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PageText {
    pub(crate) id: String,
    pub(crate) text: Option<String>,
}

/// When a page was published, what it is called and by whom it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PageDate {
    pub(crate) url: String,
    pub(crate) date: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) author: Option<Authors>,
}

/// Authors as labelled: in one text or one by one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Authors {
    One(String),
    Many(Vec<String>),
}

/// Reads a file of one JSON object a line; lines without any are skipped.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let name = path.display();
    let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
    let mut rows = Vec::new();
    for (i, line) in BufReader::new(file).lines().enumerate() {
        let line = line.with_context(|| format!("{name} line {}", i + 1))?;
        if !line.trim().is_empty() {
            rows.push(serde_json::from_str(&line).with_context(|| format!("{name} line {}", i + 1))?);
        }
    }
    Ok(rows)
}

/// Reads those rows of a file that are wanted.
pub(crate) fn read_some<T: DeserializeOwned>(path: &Path, wanted: impl Fn(&T) -> bool) -> Result<Vec<T>> {
    Ok(read(path)?.into_iter().filter(wanted).collect())
}

/// Writes one JSON object a line.
pub(crate) fn write<T: Serialize>(path: &Path, rows: &[T]) -> Result<()> {
    let fault = || format!("cannot write {}", path.display());
    let mut out = BufWriter::new(File::create(path).with_context(fault)?);
    for row in rows {
        serde_json::to_writer(&mut out, row).with_context(fault)?;
        out.write_all(b"\n").with_context(fault)?;
    }
    out.flush().with_context(fault)
}
