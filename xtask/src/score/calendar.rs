//! Candle lighting and nightfall against a printed calendar, which gives whole minutes.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use jiff::Timestamp;

use super::{Figure, Tally, share};
use crate::csv::Table;
use crate::predict::calendar::{Evening, evenings, rows, time};

/// Seconds by which a time may be away from the printed one.
const NEAR: i64 = 60;

/// The figures of our own times and days.
pub(crate) fn own(gold: &Table) -> Result<Vec<Figure>> {
    let rows = rows(gold)?;
    let times = rows.iter().filter_map(|row| Some((row.evening.clone(), time(row)?))).collect();
    let listed: BTreeSet<Evening> = rows.iter().map(|row| row.evening.clone()).collect();
    Ok(vec![within(&printed(gold)?, &times), days(&listed, &evenings(&rows))])
}

/// The times that a table prints; rows without any are left out.
pub(crate) fn printed(table: &Table) -> Result<BTreeMap<Evening, Timestamp>> {
    let times = rows(table)?.into_iter().zip(table.column("time_utc")?).filter(|(_, time)| !time.is_empty());
    let time = |text: &str| text.parse::<Timestamp>().with_context(|| format!("{text} is no instant"));
    times.map(|(row, text)| Ok((row.evening, time(text)?))).collect()
}

/// The share of printed times that were met.
pub(crate) fn within(gold: &BTreeMap<Evening, Timestamp>, found: &BTreeMap<Evening, Timestamp>) -> Figure {
    let is_near = |(evening, time): (&Evening, &Timestamp)| {
        found.get(evening).is_some_and(|found| found.duration_since(*time).abs().as_secs() <= NEAR)
    };
    let met = gold.iter().filter(|row| is_near(*row)).count();
    Figure::new("calendar.within_60s", share(met, gold.len()))
}

/// How far the evenings of a table are those that were counted.
fn days(gold: &BTreeSet<Evening>, counted: &BTreeSet<Evening>) -> Figure {
    let mut tally = Tally::default();
    tally.add(gold.intersection(counted).count(), counted.len(), gold.len());
    Figure::new("calendar.days", tally.f1())
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use jiff::civil::date;

    use super::*;
    use crate::predict::calendar::Kind;

    #[test]
    fn a_minute_away_is_near_and_a_second_more_is_not() {
        let evening = |day| ("Paris".to_owned(), date(2024, 1, day), Kind::Candles);
        let (printed, away) =
            (Timestamp::UNIX_EPOCH, |seconds| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds));
        let gold = (1..=4).map(|day| (evening(day), printed)).collect();
        let found = BTreeMap::from([(evening(1), away(60)), (evening(2), away(-60)), (evening(3), away(61))]);
        assert_eq!(within(&gold, &found), Figure::new("calendar.within_60s", 0.5));
        // One of two counted, one of four listed: 2 * (1/2 * 1/4) / (3/4) = 1/3.
        let counted = BTreeSet::from([evening(1), evening(9)]);
        assert!((days(&gold.into_keys().collect(), &counted).value - 100.0 / 3.0).abs() < 1e-9);
    }
}
