//! A profile: the clocks and silences of an outlet and its desks, as its entry in the table makes them.

use jiff::tz::TimeZone;

use crate::outlets::{CalendarRule, Outlet, SabbathRule};
use crate::silence::{Calendar, Observance};

/// The newsrooms of an outlet.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The outlet as a whole, by the clock of its automatic stamps.
    pub outlet: Newsroom,
    /// Its desks, in the order of the table.
    pub desks: Vec<Newsroom>,
}

/// An outlet or a desk, the clock it goes by and the silences it keeps.
#[derive(Clone, Debug, PartialEq)]
pub struct Newsroom {
    /// What it is called.
    pub name: String,
    /// Its clock; none where it is not known.
    pub zone: Option<TimeZone>,
    /// When it publishes nothing.
    pub silences: Silences,
}

/// What is known of when a newsroom publishes nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Silences {
    /// Nothing.
    Unknown,
    /// It never falls silent, as agencies do not.
    Never,
    /// Days are closed, but by whose midnight is not known; nor then when any silence begins or ends.
    Untimed {
        /// What it keeps, as `keeps` says it.
        keeps: Vec<String>,
    },
    /// All of it.
    Kept(Calendar),
}

impl Silences {
    /// Says in words what is kept, one rule each; empty where nothing is or nothing is known.
    pub fn keeps(&self) -> Vec<String> {
        match self {
            Silences::Unknown | Silences::Never => Vec::new(),
            Silences::Untimed { keeps } => keeps.clone(),
            Silences::Kept(Calendar { observance, closed, .. }) => {
                let sabbath = observance.iter().map(|kept| sabbath_in(&kept.city));
                sabbath.chain(closed.iter().map(|day| format!("closed on {day:?}"))).collect()
            }
        }
    }
}

/// A newsroom whose Sabbath begins in a city that `data/cities.toml` does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{newsroom} keeps the Sabbath of `{city}`, which is not a known city")]
pub struct UnknownCity {
    /// The outlet, or its desk.
    pub newsroom: String,
    /// The city.
    pub city: String,
}

/// Returns the clocks and silences of an outlet and its desks. What its entry leaves open stays open.
///
/// # Errors
/// Names the newsroom and the city whose Sabbath it keeps, where that is not a city of `data/cities.toml`.
pub fn profile(outlet: &Outlet) -> Result<Profile, UnknownCity> {
    let newsroom = |name: &str, zone: &Option<String>, rule: Option<&CalendarRule>| {
        let zone = zone.as_ref().and_then(|zone| TimeZone::get(zone).ok());
        let silences = match rule {
            Some(rule) => silences(name, zone.as_ref(), rule)?,
            None if outlet.agency == Some(true) => Silences::Never,
            None => Silences::Unknown,
        };
        Ok(Newsroom { name: name.to_owned(), zone, silences })
    };
    let desks = outlet.desks.iter().map(|desk| {
        let rule = desk.sabbath.clone().map(|sabbath| CalendarRule { sabbath: Some(sabbath), closed: Vec::new() });
        newsroom(&desk.name, &desk.zone, rule.as_ref())
    });
    Ok(Profile {
        outlet: newsroom(&outlet.name, &outlet.zone, outlet.calendar.as_ref())?,
        desks: desks.collect::<Result<_, _>>()?,
    })
}

fn silences(newsroom: &str, zone: Option<&TimeZone>, rule: &CalendarRule) -> Result<Silences, UnknownCity> {
    let CalendarRule { sabbath, closed } = rule;
    let observed = |SabbathRule { city }: &SabbathRule| {
        Observance::in_city(city).ok_or_else(|| UnknownCity { newsroom: newsroom.to_owned(), city: city.clone() })
    };
    let observance = sabbath.as_ref().map(observed).transpose()?;
    let silences = match (zone, observance) {
        (_, None) if closed.is_empty() => Silences::Never,
        (Some(zone), observance) => Silences::Kept(Calendar { observance, closed: closed.clone(), zone: zone.clone() }),
        // The sun needs no clock but its city's.
        (None, Some(observance)) if closed.is_empty() => {
            let zone = observance.zone.clone();
            Silences::Kept(Calendar { observance: Some(observance), closed: Vec::new(), zone })
        }
        (None, observance) => {
            let zone = TimeZone::unknown();
            Silences::Untimed { keeps: Silences::Kept(Calendar { observance, closed: closed.clone(), zone }).keeps() }
        }
    };
    Ok(silences)
}

/// How a rule that keeps the Sabbath of a city reads.
pub(crate) fn sabbath_in(city: &str) -> String {
    format!("silent on Sabbath and festivals in {city}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outlets::Outlets;

    fn own(fields: &str) -> Result<Profile, UnknownCity> {
        let text = format!("[[outlet]]\nname = \"Village Post\"\n{fields}");
        let outlets = Outlets::with_file(&text, "own.toml").expect("a sound entry");
        profile(outlets.by_name("Village Post").expect("it was added"))
    }

    #[test]
    fn every_built_in_outlet_has_a_profile() {
        for outlet in Outlets::built_in().all() {
            let profile = profile(outlet).expect("cities are known");
            assert_eq!(profile.outlet.zone.is_some(), outlet.zone.is_some(), "{}", outlet.name);
            assert_eq!(profile.desks.len(), outlet.desks.len(), "{}", outlet.name);
        }
    }

    #[test]
    fn what_is_not_known_stays_so() {
        #[track_caller]
        fn check(fields: &str, is_as: fn(&Silences) -> bool, keeps: &[&str]) {
            let Newsroom { silences, .. } = own(fields).expect("cities are known").outlet;
            assert!(is_as(&silences), "{fields}: {silences:?}");
            assert_eq!(silences.keeps(), keeps, "{fields}");
        }
        let unknown = |silences: &Silences| *silences == Silences::Unknown;
        let never = |silences: &Silences| *silences == Silences::Never;
        let untimed = |silences: &Silences| matches!(silences, Silences::Untimed { .. });
        let kept = |silences: &Silences| matches!(silences, Silences::Kept(_));
        check("", unknown, &[]);
        check("agency = false", unknown, &[]);
        check("agency = true", never, &[]);
        check("calendar = {}", never, &[]);
        check("calendar.closed = [\"Sun\"]", untimed, &["closed on Sunday"]);
        check("zone = \"Europe/Paris\"\ncalendar.closed = [\"Sun\"]", kept, &["closed on Sunday"]);
        let sabbath = "silent on Sabbath and festivals in London";
        check("calendar.sabbath.city = \"london\"", kept, &[sabbath]);
        check(
            "calendar = { sabbath = { city = \"London\" }, closed = [\"Sun\"] }",
            untimed,
            &[sabbath, "closed on Sunday"],
        );
    }

    #[test]
    fn a_desk_keeps_its_own_sabbath() {
        let fields = r#"
            zone = "Asia/Jerusalem"
            calendar.sabbath.city = "Jerusalem"
            desks = [{ name = "West", sabbath = { city = "New York" } }, { name = "East", zone = "Asia/Tokyo" }]
        "#;
        let desks = own(fields).expect("cities are known").desks;
        assert_eq!(desks[0].silences.keeps(), ["silent on Sabbath and festivals in New York"]);
        assert_eq!((&desks[0].zone, &desks[1].silences), (&None, &Silences::Unknown));
    }

    #[test]
    fn an_unknown_city_is_named() {
        let said =
            own("desks = [{ name = \"West\", sabbath = { city = \"Springfield\" } }]").expect_err("no such city");
        assert_eq!(said.to_string(), "West keeps the Sabbath of `Springfield`, which is not a known city");
    }
}
