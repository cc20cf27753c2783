//! Candle lighting and nightfall for the days of a table, and on which days they are at all.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use reportedly_when::{CANDLES, Festivals, NIGHTFALL, Observance, Position};

use crate::csv::Table;

/// What happens in an evening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Candles are lit for the holy day that follows.
    Candles,
    /// A holy day has ended and none follows.
    Havdalah,
}

/// What happens where on which day: a table has one row for it.
pub(crate) type Evening = (String, Date, Kind);

/// All that a prediction may see of a row: no column that tells a time.
pub(crate) struct Row {
    pub(crate) evening: Evening,
    observance: Observance,
}

/// Columns that tell the time, in figures or in words.
const TIMES: [&str; 3] = ["time_utc", "time_local", "title_en"];

/// Writes a table with the times that it asks for.
pub(crate) fn predict(input: &Path, output: &Path) -> Result<()> {
    let table = filled(Table::read(input)?).with_context(|| input.display().to_string())?;
    std::fs::write(output, table.print()?).with_context(|| format!("cannot write {}", output.display()))
}

/// The table with our times instead of its own. A time that the sun does not give is left empty.
fn filled(mut table: Table) -> Result<Table> {
    for name in TIMES {
        table.remove(name);
    }
    let print = |row: &Row| time(row).map_or_else(String::new, |time| time.to_string());
    let times: Vec<String> = rows(&table)?.iter().map(print).collect();
    table.push("time_utc", times);
    Ok(table)
}

/// Reads the rows of a table.
pub(crate) fn rows(table: &Table) -> Result<Vec<Row>> {
    let rows = table.rows.iter().enumerate();
    rows.map(|(i, fields)| row(table, fields).with_context(|| format!("row {}", i + 1))).collect()
}

fn row(table: &Table, fields: &[String]) -> Result<Row> {
    let field = |name| table.field(fields, name);
    let city = field("city")?.to_owned();
    let observance = Observance {
        position: Position { latitude: field("latitude")?.parse()?, longitude: field("longitude")?.parse()? },
        zone: TimeZone::get(field("tz")?)?,
        // Of our own table only the custom of lighting candles is taken.
        candles: Observance::in_city(&city).map_or(CANDLES, |known| known.candles),
        nightfall: NIGHTFALL,
        festivals: match field("israel_holidays")? {
            "true" => Festivals::Israel,
            "false" => Festivals::Diaspora,
            other => bail!("israel_holidays is {other}, neither true nor false"),
        },
        city: city.clone(),
    };
    Ok(Row { evening: (city, field("local_date")?.parse()?, kind_of(field("kind")?)?), observance })
}

fn kind_of(name: &str) -> Result<Kind> {
    match name {
        "candles" => Ok(Kind::Candles),
        "havdalah" => Ok(Kind::Havdalah),
        other => bail!("the kind is {other}, neither candles nor havdalah"),
    }
}

/// When it happens.
pub(crate) fn time(row: &Row) -> Option<Timestamp> {
    let (_, day, kind) = row.evening;
    let time = match kind {
        Kind::Candles => row.observance.lighting(day)?,
        Kind::Havdalah => row.observance.nightfall(day)?,
    };
    Some(time.timestamp())
}

/// The evenings of a table by our own count: for each of its cities, from its first day to its last.
pub(crate) fn evenings(rows: &[Row]) -> BTreeSet<Evening> {
    let mut cities: BTreeMap<&str, (&Observance, Date, Date)> = BTreeMap::new();
    for Row { evening: (city, day, _), observance } in rows {
        let (_, first, last) = cities.entry(city).or_insert((observance, *day, *day));
        (*first, *last) = ((*first).min(*day), (*last).max(*day));
    }
    let of_city = |(city, (observance, first, last)): (&str, (&Observance, Date, Date))| {
        let days = first.series(1.day()).take_while(|day| *day <= last);
        let evenings = days.flat_map(|day| {
            let candles = observance.is_eve(day).then_some(Kind::Candles);
            let havdalah = observance.is_close(day).then_some(Kind::Havdalah);
            candles.into_iter().chain(havdalah).map(move |kind| (city.to_owned(), day, kind))
        });
        evenings.collect::<Vec<_>>()
    };
    cities.into_iter().flat_map(of_city).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
city,tz,latitude,longitude,israel_holidays,local_date,kind,title_en,time_utc
New York,America/New_York,40.71427,-74.00597,false,2021-04-02,candles,a lie,2000-01-01T00:00:00Z
New York,America/New_York,40.71427,-74.00597,false,2021-04-03,candles,a lie,2000-01-01T00:00:00Z
New York,America/New_York,40.71427,-74.00597,false,2021-04-04,havdalah,a lie,2000-01-01T00:00:00Z
";

    fn table(text: &str) -> Table {
        let (names, rows) = text.split_once('\n').expect("a line of names");
        let fields = |line: &str| line.split(',').map(str::to_owned).collect();
        Table { names: fields(names), rows: rows.lines().map(fields).collect() }
    }

    #[test]
    fn a_table_gets_times_and_its_own_are_not_read() {
        let with_times = filled(table(TABLE)).expect("a table");
        let utc = with_times.column("time_utc").expect("it was added");
        assert_eq!(utc, ["2021-04-02T23:04:00Z", "2021-04-04T00:04:31Z", "2021-04-05T00:05:39Z"]);
        assert_eq!(with_times.names.len(), 8);
        let odd = |from, to| filled(table(&TABLE.replace(from, to))).expect_err("an odd row").root_cause().to_string();
        assert_eq!(odd("havdalah", "fast"), "the kind is fast, neither candles nor havdalah");
        assert_eq!(odd("kind", "sort"), "there is no column kind");
    }

    #[test]
    fn evenings_are_counted_from_the_first_day_to_the_last() {
        let print = |(city, day, kind)| format!("{city} {day} {kind:?}");
        let counted: Vec<String> = evenings(&rows(&table(TABLE)).expect("a table")).into_iter().map(print).collect();
        assert_eq!(
            counted,
            ["New York 2021-04-02 Candles", "New York 2021-04-03 Candles", "New York 2021-04-04 Havdalah"]
        );
    }
}
