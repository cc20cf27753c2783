//! Floors: what each figure has reached once and may not fall under, kept in a file with the reasons beside them.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

/// The tables of `eval/floors.toml`, with their comments.
pub(crate) struct Floors {
    document: DocumentMut,
}

impl Floors {
    /// Reads a file of floors.
    pub(crate) fn read(path: &Path) -> Result<Floors> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Floors::parse(&text).with_context(|| path.display().to_string())
    }

    fn parse(text: &str) -> Result<Floors> {
        let document: DocumentMut = text.parse()?;
        let floors = Floors { document };
        for table in ["own", "quick", "full"] {
            for (name, item) in floors.table(table).into_iter().flat_map(TableLike::iter) {
                ensure!(number(item).is_some(), "the floor of {name} in [{table}] is no number");
            }
        }
        Ok(floors)
    }

    /// Writes the floors back.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        std::fs::write(path, self.document.to_string()).with_context(|| format!("cannot write {}", path.display()))
    }

    fn table(&self, name: &str) -> Option<&dyn TableLike> {
        self.document.get(name)?.as_table_like()
    }

    /// The floor of a figure.
    pub(crate) fn floor(&self, table: &str, figure: &str) -> Option<f64> {
        number(self.table(table)?.get(figure)?)
    }

    /// The figures that have a floor in a table.
    pub(crate) fn names(&self, table: &str) -> Vec<String> {
        self.table(table).into_iter().flat_map(TableLike::iter).map(|(name, _)| name.to_owned()).collect()
    }

    /// What a figure must reach one day, and what it should.
    pub(crate) fn goals(&self, figure: &str) -> (Option<f64>, Option<f64>) {
        let goal = self.table("goals").and_then(|goals| goals.get(figure)?.as_table_like());
        let of = |name: &str| number(goal?.get(name)?);
        (of("must"), of("aim"))
    }

    /// Raises a floor to a measured value, cut to one decimal. A floor is never lowered here, and comments stay.
    pub(crate) fn raise(&mut self, table: &str, figure: &str, value: f64) -> Result<()> {
        let value = (value * 10.0).floor() / 10.0;
        if self.floor(table, figure).is_some_and(|floor| floor >= value) {
            return Ok(());
        }
        let table = self.document.entry(table).or_insert_with(|| Item::Table(Table::new()));
        let table = table.as_table_like_mut().context("a table of floors is no table")?;
        match table.get_mut(figure).and_then(Item::as_value_mut) {
            Some(old) => {
                let decor = old.decor().clone();
                *old = Value::from(value);
                *old.decor_mut() = decor;
            }
            None => {
                table.insert(figure, toml_edit::value(value));
            }
        }
        Ok(())
    }
}

fn number(item: &Item) -> Option<f64> {
    item.as_float().or_else(|| item.as_integer().map(|n| n as f64))
}

#[cfg(test)]
mod tests {
    use super::Floors;

    const FILE: &str = "\
# Why there are floors.
[own]
\"own.x\" = 70.1 # first model
\"own.y\" = 60

[goals]
\"own.x\" = { must = 78, aim = 80.5 }
";

    #[test]
    fn floors_rise_and_never_fall() {
        let mut floors = Floors::parse(FILE).expect("well formed");
        assert_eq!(floors.goals("own.x"), (Some(78.0), Some(80.5)));
        assert_eq!(floors.names("own"), ["own.x", "own.y"]);
        for (figure, value) in [("own.x", 71.29), ("own.y", 59.0), ("own.z", 12.0)] {
            floors.raise("own", figure, value).expect("a table");
        }
        let expected = FILE.replace("70.1 #", "71.2 #").replace("60\n", "60\n\"own.z\" = 12.0\n");
        assert_eq!(floors.document.to_string(), expected);
    }

    #[test]
    fn a_floor_is_a_number() {
        let fault = Floors::parse("[own]\n\"own.x\" = \"high\"\n").err().expect("a fault");
        assert_eq!(fault.to_string(), "the floor of own.x in [own] is no number");
    }
}
