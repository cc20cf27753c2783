//! Tables of comma-separated values with a line of names on top (RFC 4180).

use std::path::Path;

use anyhow::{Context, Result, ensure};

/// A table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) names: Vec<String>,
    // Invariant: each row is as long as `names`.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads a file.
    pub(crate) fn read(path: &Path) -> Result<Table> {
        let name = path.display();
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        Table::parse(&text).with_context(|| name.to_string())
    }

    fn parse(text: &str) -> Result<Table> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        ensure!(!names.is_empty(), "a table without a line of names");
        let rows = reader.deserialize().collect::<Result<_, csv::Error>>()?;
        Ok(Table { names, rows })
    }

    /// The table as text.
    pub(crate) fn print(&self) -> Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in std::iter::once(&self.names).chain(&self.rows) {
            writer.write_record(row)?;
        }
        Ok(String::from_utf8(writer.into_inner()?)?)
    }

    /// The field of a row in a column.
    pub(crate) fn field<'a>(&self, row: &'a [String], name: &str) -> Result<&'a str> {
        let at = self.names.iter().position(|n| n == name);
        at.and_then(|at| row.get(at)).map(String::as_str).with_context(|| format!("there is no column {name}"))
    }

    /// The fields of a column, from the top.
    pub(crate) fn column(&self, name: &str) -> Result<Vec<&str>> {
        self.rows.iter().map(|row| self.field(row, name)).collect()
    }

    /// Takes out a column if there is one of that name.
    pub(crate) fn remove(&mut self, name: &str) {
        if let Some(at) = self.names.iter().position(|n| n == name) {
            self.names.remove(at);
            for row in &mut self.rows {
                row.remove(at);
            }
        }
    }

    /// Adds a column at the right.
    pub(crate) fn push(&mut self, name: &str, fields: impl IntoIterator<Item = String>) {
        self.names.push(name.to_owned());
        let mut fields = fields.into_iter();
        for row in &mut self.rows {
            row.push(fields.next().unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_comes_back() {
        let text = "city,title\r\nNew York,\"a \"\"b\"\", c\"\r\n\r\nParis,Pesach VI (CH''M)";
        let table = Table::parse(text).expect("well formed");
        assert_eq!(table.column("title").expect("it is there"), ["a \"b\", c", "Pesach VI (CH''M)"]);
        assert_eq!(table.print().expect("text"), "city,title\nNew York,\"a \"\"b\"\", c\"\nParis,Pesach VI (CH''M)\n");
        assert_eq!(Table::parse(&table.print().expect("text")).expect("well formed"), table);
        assert!(table.column("time").is_err() && Table::parse("").is_err() && Table::parse("a,b\nc").is_err());
    }

    #[test]
    fn columns_go_and_come() {
        let mut table = Table::parse("a,b\n1,2\n3,4\n").expect("well formed");
        table.remove("a");
        table.remove("a");
        table.push("c", ["x".to_owned()]);
        assert_eq!(table.print().expect("text"), "b,c\n2,x\n4,\n");
    }
}
