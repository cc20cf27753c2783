//! Twins of the repository's own reports: other people, places, outlets and years, and the same things told of them. A
//! report and its twin must be read alike, so nothing passes by memory of a name.
//!
//! Names come from `eval/twins.txt`: given names for given names of the same sex, families for families, places
//! for places, papers for papers, wherever a word of them stands. All years are 28 less: then every weekday, week number
//! and leap day is the same. Spans of the gold move with the words.

mod names;
mod shift;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::predict::record::{Sheet, sheets};
use crate::score::record::{Gold, gold};
use names::Names;
use shift::Shift;

/// Writes the twins of a folder of reports and golds.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder for NAME.txt, NAME.meta.json and NAME.gold.json.
    output: PathBuf,
}

/// Writes the twins of `eval/record`.
pub(crate) fn write(args: &Args) -> Result<()> {
    let folder = crate::eval::root().join("eval/record");
    let out = args.output.as_path();
    std::fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    for (sheet, gold) in twins(&folder)? {
        let save = |end: &str, bytes: &[u8]| {
            let path = out.join(format!("{}.{end}", sheet.name));
            std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
        };
        let given = &sheet.given;
        let meta = json!({
            "outlet": given.outlet, "published": given.published, "zone": given.zone, "url": given.url,
            "title": given.title,
        });
        let whole = json!({
            "doc": gold.doc, "sentences": gold.sentences, "items": gold.items, "ambiguities": gold.ambiguities,
        });
        save("txt", sheet.text.as_bytes())?;
        save("meta.json", &serde_json::to_vec_pretty(&meta)?)?;
        save("gold.json", &serde_json::to_vec_pretty(&whole)?)?;
    }
    Ok(())
}

/// Makes a twin of every report of a folder, with its gold.
pub(crate) fn twins(folder: &Path) -> Result<Vec<(Sheet, Gold)>> {
    let names = Names::read(&crate::eval::root().join("eval/twins.txt"))?;
    sheets(folder)?
        .into_iter()
        .map(|sheet| {
            let gold = gold(folder, &sheet.name)?;
            Ok(twin(&names, &sheet, &gold))
        })
        .collect()
}

fn twin(names: &Names, sheet: &Sheet, gold: &Gold) -> (Sheet, Gold) {
    let table = names.table(sheet, gold);
    let shift = Shift::new(&sheet.text, &table);
    let name = format!("{}_twin", sheet.name);
    let say = |text: &Option<String>| text.as_ref().map(|text| shift::renamed(text, &table));
    let given = reportedly::Given {
        outlet: say(&sheet.given.outlet),
        published: say(&sheet.given.published),
        zone: sheet.given.zone.clone(),
        url: sheet.given.url.as_ref().map(|_| format!("https://outlet.example/news/{}", table.len())),
        title: say(&sheet.given.title),
    };
    let mut doc = gold.doc.clone();
    shift.value(&mut doc, "");
    if let Value::Object(fields) = &mut doc {
        let text = &shift.text;
        fields.insert("file".to_owned(), json!(format!("{name}.txt")));
        let digest: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
        fields.insert("sha256".to_owned(), json!(digest));
        fields.insert("chars".to_owned(), json!(text.chars().count()));
        fields.insert("bytes".to_owned(), json!(text.len()));
        fields.insert("url".to_owned(), json!(given.url));
    }
    let moved = |values: &[Value]| {
        let mut values = values.to_vec();
        values.iter_mut().for_each(|value| shift.value(value, ""));
        values
    };
    let gold = Gold {
        doc,
        sentences: moved(&gold.sentences),
        items: moved(&gold.items),
        ambiguities: moved(&gold.ambiguities),
        name: name.clone(),
    };
    (Sheet { name, text: shift.text, given }, gold)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_span_of_a_twin_still_covers_its_words() {
        fn look(value: &Value, text: &str, wrong: &mut Vec<String>) {
            match value {
                Value::Object(fields) => {
                    if let (Some(Value::Array(b)), Some(Value::String(t))) = (fields.get("b"), fields.get("t")) {
                        let at = |i: usize| b.get(i).and_then(Value::as_u64).unwrap_or_default() as usize;
                        wrong.extend((text.get(at(0)..at(1)) != Some(t)).then(|| format!("{value}")));
                    }
                    fields.values().for_each(|value| look(value, text, wrong));
                }
                Value::Array(values) => values.iter().for_each(|value| look(value, text, wrong)),
                _ => {}
            }
        }
        let folder = crate::eval::root().join("eval/record");
        let all = twins(&folder).expect("the reports and their gold are well formed");
        assert_eq!(all.len(), 12);
        for (sheet, gold) in all {
            let mut wrong = Vec::new();
            gold.items.iter().for_each(|item| look(item, &sheet.text, &mut wrong));
            assert_eq!(wrong, Vec::<String>::new(), "{}", sheet.name);
        }
    }

    #[test]
    fn names_and_years_change_alike_in_text_and_gold() {
        let text = "Ada Roe of Vessa met Mr Pohl. Vessans saw Roe in 2031, the Vessa Herald said.";
        let sheet = Sheet { name: "a".to_owned(), text: text.to_owned(), given: reportedly::Given::default() };
        let item = |id: &str, kind: &str, t: &str| {
            let at = text.find(t).expect("it is there");
            json!({"id": id, "kind": "entity", "type": kind, "name": t,
                   "anchor": {"c": [at, at + t.len()], "b": [at, at + t.len()], "t": t}})
        };
        let her = json!({"id": "c", "kind": "coref", "span": {"c": [0, 3], "b": [0, 3], "t": "She"}, "ref": "e1"});
        let year =
            json!({"id": "t", "kind": "time", "value": "2031", "span": {"c": [49, 53], "b": [49, 53], "t": "2031"}});
        let gold = Gold {
            doc: json!({"file": "a.txt"}),
            sentences: Vec::new(),
            items: vec![
                item("e1", "person", "Ada Roe"),
                item("e2", "gpe", "Vessa"),
                item("e3", "person", "Mr Pohl"),
                item("e4", "media", "Vessa Herald"),
                her,
                year,
            ],
            ambiguities: Vec::new(),
            name: "a".to_owned(),
        };
        let list = "keep Mr\nfemale Marguerite\nmale Ivo\nfamily Quill Dray\nplace Brask\nplace-a Belmoria\npaper Herald Echo Herald";
        let (sheet, gold) = twin(&Names::parse(list), &sheet, &gold);
        assert_eq!(
            sheet.text,
            "Marguerite Quill of Belmoria met Mr Dray. Belmorians saw Quill in 2003, the Belmoria Echo said."
        );
        assert_eq!(gold.items[5]["value"], json!("2003"));
        assert_eq!(gold.items[5]["span"]["t"], json!("2003"));
    }
}
