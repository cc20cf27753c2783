//! Kept figures: those of one run in a file, and how far those of a later run lie under them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use reportedly::record::Engine as Maker;
use serde::{Deserialize, Serialize};

use crate::score::Figure;

/// The figures of one run.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    engine: Maker,
    quick: bool,
    figures: BTreeMap<String, f64>,
}

/// What a difference of two figures may gain by rounding in binary and back: less than any change of a count.
const ROUNDING: f64 = 1e-9;

impl Kept {
    /// The figures that an engine has reached.
    pub(crate) fn of(engine: Maker, quick: bool, figures: &[Figure]) -> Kept {
        let figures = figures.iter().map(|figure| (figure.name.clone(), figure.value)).collect();
        Kept { engine, quick, figures }
    }

    /// Reads the figures of an earlier run. Those of a quick run cannot stand beside those of a whole one.
    pub(crate) fn read(path: &Path, quick: bool) -> Result<Kept> {
        let name = path.display();
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        let kept: Kept = serde_json::from_str(&text).with_context(|| format!("{name} is not from eval --json"))?;
        ensure!(kept.quick == quick, "of {name} and this run, one is --quick and the other is not");
        Ok(kept)
    }

    /// Writes the figures.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Names each figure that lies more than `within` points under the earlier one, and each that only one side has.
    pub(crate) fn faults(&self, earlier: &Kept, within: f64) -> Vec<String> {
        let before = earlier.figures.iter().filter_map(|(name, before)| {
            let Some(now) = self.figures.get(name) else { return Some(format!("{name} was measured before, not now")) };
            let holds = before - now <= within + ROUNDING;
            (!holds).then(|| format!("{name} is {:.2} points lower: {now:.2}, before {before:.2}", before - now))
        });
        let new = self.figures.keys().filter(|name| !earlier.figures.contains_key(*name));
        before.chain(new.map(|name| format!("{name} was not measured before"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(figures: &[(&str, f64)]) -> Kept {
        let maker = Maker { version: String::new(), model: String::new(), kernel: String::new() };
        let figures: Vec<Figure> =
            figures.iter().map(|(name, value)| Figure { name: (*name).to_owned(), value: *value }).collect();
        Kept::of(maker, false, &figures)
    }

    #[test]
    fn only_what_fell_too_far_is_named() {
        let earlier = kept(&[("a", 70.3), ("b", 70.3), ("c", 70.3), ("d", 70.3)]);
        let now = kept(&[("a", 69.8), ("b", 69.79), ("c", 99.0), ("d", f64::NAN)]);
        let faults = now.faults(&earlier, 0.5);
        assert_eq!(faults, ["b is 0.51 points lower: 69.79, before 70.30", "d is NaN points lower: NaN, before 70.30"]);
        assert_eq!(now.faults(&earlier, f64::NAN).len(), 4);
    }

    #[test]
    fn a_figure_of_one_side_only_is_named() {
        let faults = kept(&[("a", 1.0), ("c", 1.0)]).faults(&kept(&[("a", 1.0), ("b", 1.0)]), 0.5);
        assert_eq!(faults, ["b was measured before, not now", "c was not measured before"]);
    }

    #[test]
    fn figures_come_back_from_their_file_and_only_to_their_like() {
        let folder = std::env::temp_dir().join(format!("reportedly-kept-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        let path = folder.join("figures.json");
        let third = kept(&[("a", 100.0 / 3.0)]);
        third.write(&path).expect("it can be written");
        let read = Kept::read(&path, false).expect("it was just written");
        assert_eq!((third.faults(&read, 0.0), read.faults(&third, 0.0)), (Vec::new(), Vec::new()));
        assert!(Kept::read(&path, true).is_err());
        std::fs::remove_dir_all(&folder).expect("it was just made");
    }
}
