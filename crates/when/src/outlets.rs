//! Outlets: the names they are cited by, the clock that stamps their reports, and when they publish nothing.
//! The table is `data/outlets.toml`; a user's own file may correct it and add to it.

use std::collections::BTreeMap;
use std::iter;
use std::sync::LazyLock;

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

const BUILT_IN: &str = include_str!("../data/outlets.toml");

/// What is known of an outlet. A field that is not known is empty.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// Its name; no other outlet has it.
    // Invariant: not blank.
    #[serde(deserialize_with = "name")]
    pub name: String,
    /// Its hosts.
    // Invariant: lower case, with a dot, without scheme, port or path.
    #[serde(default, deserialize_with = "hosts")]
    pub domains: Vec<String>,
    /// Names that other media cite it by, the most usual first.
    #[serde(default)]
    pub cited: Vec<String>,
    /// ISO 3166-1 alpha-2 code of the country of its newsroom.
    #[serde(default, deserialize_with = "country")]
    pub country: Option<String>,
    /// IANA zone of its automatic stamps.
    #[serde(default, deserialize_with = "zone")]
    pub zone: Option<String>,
    /// ISO 639-1 code of the main language of its domains.
    #[serde(default, deserialize_with = "language")]
    pub language: Option<String>,
    /// Whether it is a news agency.
    #[serde(default)]
    pub agency: Option<bool>,
    /// Newsrooms that go by a clock of their own.
    #[serde(default)]
    pub desks: Vec<Desk>,
    /// When it publishes nothing.
    #[serde(default)]
    pub calendar: Option<CalendarRule>,
}

/// A newsroom of an outlet that goes by a clock of its own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    /// What the outlet calls it.
    #[serde(deserialize_with = "name")]
    pub name: String,
    /// IANA zone it writes in.
    #[serde(default, deserialize_with = "zone")]
    pub zone: Option<String>,
    /// Whose Sabbath it keeps.
    #[serde(default)]
    pub sabbath: Option<SabbathRule>,
}

/// When an outlet publishes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarRule {
    /// Whose Sabbath and festivals it keeps.
    #[serde(default)]
    pub sabbath: Option<SabbathRule>,
    /// Days of the week without news.
    #[serde(default, deserialize_with = "weekdays")]
    pub closed: Vec<Weekday>,
}

/// Sabbath and festivals as they begin and end in a city.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SabbathRule {
    /// The city's name; whether it is a known city is the caller's to check.
    pub city: String,
}

/// What is wrong with a file of outlets. A place is a file and a line: `own.toml:4`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum OutletsError {
    /// Not TOML, or not an outlet: a missing name, an unknown field, an unknown zone.
    #[error("{place}: {what}")]
    Unreadable { place: String, what: String },
    /// Two outlets of the file have one domain or name, or would replace the same built-in outlet.
    #[error("{place}: {thing} is already in line {first}")]
    Doubled { place: String, thing: String, first: usize },
    /// An outlet of the file would replace two built-in ones.
    #[error("{place}: {name} is both {one} and {other} in the built-in file")]
    Both { place: String, name: String, one: String, other: String },
}

/// All outlets that are known.
#[derive(Clone, Debug)]
pub struct Outlets {
    outlets: Vec<Outlet>,
    domains: BTreeMap<String, usize>,
    // None: two outlets are cited by that name.
    names: BTreeMap<String, Option<usize>>,
}

impl Outlets {
    /// Returns the outlets of the built-in file.
    pub fn built_in() -> &'static Outlets {
        static OUTLETS: LazyLock<Outlets> = LazyLock::new(|| {
            let entries = read(BUILT_IN, "outlets.toml").expect("the built-in file parses: tested");
            Outlets::new(entries.into_iter().map(|entry| entry.outlet).collect())
        });
        &OUTLETS
    }

    /// Returns the built-in outlets with those of a user's file over them: an outlet that shares a domain or its name with a
    /// built-in one replaces the fields that it gives, any other is added.
    ///
    /// # Errors
    /// Names the file, the line and the thing: not TOML, a missing name, an unknown zone, a doubled domain.
    pub fn with_file(toml_text: &str, name: &str) -> Result<Outlets, OutletsError> {
        let built_in = &Outlets::built_in().outlets;
        let mut outlets = built_in.clone();
        let mut replaced: BTreeMap<usize, usize> = BTreeMap::new();
        for Entry { line, outlet, given } in read(toml_text, name)? {
            let same = |of: &Outlet| {
                key(&of.name) == key(&outlet.name) || of.domains.iter().any(|domain| outlet.domains.contains(domain))
            };
            let mut found = built_in.iter().enumerate().filter(|(_, of)| same(of));
            let Some((at, one)) = found.next() else {
                outlets.push(outlet);
                continue;
            };
            if let Some((_, other)) = found.next() {
                let (one, other) = (one.name.clone(), other.name.clone());
                return Err(OutletsError::Both { place: format!("{name}:{line}"), name: outlet.name, one, other });
            }
            if let Some(first) = replaced.insert(at, line) {
                return Err(OutletsError::Doubled { place: format!("{name}:{line}"), thing: one.name.clone(), first });
            }
            if let Some(base) = outlets.get_mut(at) {
                overlay(base, outlet, &given);
            }
        }
        Ok(Outlets::new(outlets))
    }

    fn new(outlets: Vec<Outlet>) -> Outlets {
        let mut domains = BTreeMap::new();
        let mut names: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (at, outlet) in outlets.iter().enumerate() {
            domains.extend(outlet.domains.iter().map(|domain| (domain.clone(), at)));
            for name in iter::once(&outlet.name).chain(&outlet.cited) {
                let of = names.entry(key(name)).or_insert(Some(at));
                *of = of.filter(|first| *first == at);
            }
        }
        Outlets { outlets, domains, names }
    }

    /// Returns every outlet: the built-in ones by name, then the user's own.
    pub fn all(&self) -> &[Outlet] {
        &self.outlets
    }

    /// Finds the outlet of a host or URL; a subdomain is its parent's unless it is listed itself.
    pub fn by_domain(&self, place: &str) -> Option<&Outlet> {
        let host = host(place);
        let parents = iter::successors(Some(host.as_str()), |host| host.split_once('.').map(|(_, parent)| parent));
        parents.filter_map(|host| self.domains.get(host)).find_map(|at| self.outlets.get(*at))
    }

    /// Finds the outlet of a name; none where two outlets are cited by it.
    pub fn by_name(&self, name: &str) -> Option<&Outlet> {
        self.names.get(&key(name)).copied().flatten().and_then(|at| self.outlets.get(at))
    }

    /// Finds the outlet of a host or URL, or else of a name.
    pub fn find(&self, place_or_name: &str) -> Option<&Outlet> {
        self.by_domain(place_or_name).or_else(|| self.by_name(place_or_name))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<T> {
    #[serde(default = "Vec::new")]
    outlet: Vec<Spanned<T>>,
}

type Given = BTreeMap<String, IgnoredAny>;

struct Entry {
    line: usize,
    outlet: Outlet,
    // Fields that the file gives, were it with an empty value.
    given: Given,
}

fn read(text: &str, file: &str) -> Result<Vec<Entry>, OutletsError> {
    let line_at = |at: usize| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let unreadable = |error: toml::de::Error| OutletsError::Unreadable {
        place: format!("{file}:{}", line_at(error.span().map_or(0, |span| span.start))),
        what: error.message().to_owned(),
    };
    let outlets: File<Outlet> = toml::from_str(text).map_err(unreadable)?;
    let given: File<Given> = toml::from_str(text).map_err(unreadable)?;

    let mut entries = Vec::new();
    let mut seen = BTreeMap::new();
    for (at, (outlet, given)) in outlets.outlet.into_iter().zip(given.outlet).enumerate() {
        let line = line_at(outlet.span().start);
        let outlet = outlet.into_inner();
        for thing in iter::once(key(&outlet.name)).chain(outlet.domains.iter().cloned()) {
            // An outlet may be called like its own domain.
            if let Some((_, first)) = seen.insert(thing.clone(), (at, line)).filter(|(first, _)| *first != at) {
                return Err(OutletsError::Doubled { place: format!("{file}:{line}"), thing, first });
            }
        }
        entries.push(Entry { line, outlet, given: given.into_inner() });
    }
    Ok(entries)
}

fn overlay(base: &mut Outlet, own: Outlet, given: &Given) {
    let Outlet { name, domains, cited, country, zone, language, agency, desks, calendar } = own;
    base.name = name;
    for (field, list, own) in [("domains", &mut base.domains, domains), ("cited", &mut base.cited, cited)] {
        if given.contains_key(field) {
            *list = own;
        }
    }
    if given.contains_key("desks") {
        base.desks = desks;
    }
    base.country = country.or(base.country.take());
    base.zone = zone.or(base.zone.take());
    base.language = language.or(base.language.take());
    base.agency = agency.or(base.agency);
    base.calendar = calendar.or(base.calendar.take());
}

/// What a name is looked up by: "The Guardian" and "guardian" are one.
fn key(name: &str) -> String {
    let lower = name.trim().to_lowercase().replace('’', "'");
    lower.strip_prefix("the ").map_or(lower.as_str(), str::trim_start).to_owned()
}

fn host(place: &str) -> String {
    let after_scheme = place.trim().split_once("//").map_or(place.trim(), |(_, rest)| rest);
    let authority = after_scheme.split(['/', '?', '#']).next().unwrap_or_default();
    let host_and_port = authority.rsplit('@').next().unwrap_or_default();
    host_and_port.split(':').next().unwrap_or_default().trim_end_matches('.').to_lowercase()
}

fn name<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let name = String::deserialize(from)?;
    if key(&name).is_empty() { Err(D::Error::custom("missing name")) } else { Ok(name) }
}

fn hosts<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let domains = Vec::<String>::deserialize(from)?;
    match domains.iter().find(|domain| host(domain) != **domain || !domain.contains('.') || domain.contains(' ')) {
        Some(domain) => Err(D::Error::custom(format!("`{domain}` is not a host in lower case"))),
        None => Ok(domains),
    }
}

fn zone<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let zone = String::deserialize(from)?;
    let known = TimeZone::get(&zone).map_err(|_| D::Error::custom(format!("unknown zone `{zone}`")))?;
    Ok(known.iana_name().map(str::to_owned))
}

fn country<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    code(from, char::is_ascii_uppercase, "is not a country code of two capitals")
}

fn language<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    code(from, char::is_ascii_lowercase, "is not a language code of two small letters")
}

fn code<'de, D: Deserializer<'de>>(from: D, fits: fn(&char) -> bool, not: &str) -> Result<Option<String>, D::Error> {
    let code = String::deserialize(from)?;
    let good = code.len() == 2 && code.chars().all(|letter| fits(&letter));
    if good { Ok(Some(code)) } else { Err(D::Error::custom(format!("`{code}` {not}"))) }
}

fn weekdays<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Weekday>, D::Error> {
    let weekday = |name: &String| match name.as_str() {
        "Mon" => Ok(Weekday::Monday),
        "Tue" => Ok(Weekday::Tuesday),
        "Wed" => Ok(Weekday::Wednesday),
        "Thu" => Ok(Weekday::Thursday),
        "Fri" => Ok(Weekday::Friday),
        "Sat" => Ok(Weekday::Saturday),
        "Sun" => Ok(Weekday::Sunday),
        _ => Err(D::Error::custom(format!("`{name}` is not a weekday from Mon to Sun"))),
    };
    Vec::<String>::deserialize(from)?.iter().map(weekday).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn name_of(outlet: Option<&Outlet>) -> &str {
        outlet.map_or("none", |outlet| outlet.name.as_str())
    }

    #[test]
    fn built_in_outlets_are_sound() {
        let cities: toml::Table = toml::from_str(include_str!("../data/cities.toml")).unwrap();
        let cities: BTreeSet<_> = cities["city"].as_array().unwrap().iter().map(|city| city["name"].as_str()).collect();
        let outlets = Outlets::built_in().all();
        assert!(outlets.iter().map(|outlet| outlet.name.to_lowercase()).is_sorted());
        for outlet in outlets {
            assert!(!outlet.cited.is_empty(), "{}", outlet.name);
            assert!(outlet.agency != Some(true) || outlet.calendar.is_none(), "{}", outlet.name);
            for zone in outlet.zone.iter().chain(outlet.desks.iter().flat_map(|desk| &desk.zone)) {
                assert!(TimeZone::get(zone).is_ok(), "{zone}");
                assert!(BUILT_IN.contains(&format!("zone = \"{zone}\"")), "{zone} is spelled otherwise");
            }
            let own = outlet.calendar.iter().flat_map(|calendar| &calendar.sabbath);
            for rule in own.chain(outlet.desks.iter().flat_map(|desk| &desk.sabbath)) {
                assert!(cities.contains(&Some(rule.city.as_str())), "{}: {}", outlet.name, rule.city);
            }
        }
    }

    #[test]
    fn built_in_outlets_are_of_all_regions() {
        let outlets = Outlets::built_in().all();
        assert!(outlets.len() >= 230);
        assert!(outlets.iter().filter(|outlet| outlet.agency == Some(true)).count() >= 30);
        for (least, countries) in [
            (100, "US CA"),
            (80, "MX GT HN SV NI CR PA CU DO HT JM TT BB BS CO VE EC PE BO CL AR UY PY BR GY SR PR"),
            (150, "GB IE FR BE NL LU DE AT CH IT ES PT MT CY GR SE NO DK FI IS VA"),
            (80, "PL CZ SK HU RO MD BG RS HR SI BA ME MK AL EE LV LT UA BY"),
            (40, "RU AM GE AZ KZ UZ KG TJ TM MN"),
            (40, "IL"),
            (60, "PS JO LB SY IQ SA AE QA KW BH OM YE"),
            (35, "IR TR"),
            (25, "EG LY TN DZ MA MR SD"),
            (30, "NG GH SN CI ML BF NE BJ TG GN SL LR GM CV CM GA CG CD CF"),
            (45, "KE UG TZ RW BI ET ER DJ SO SS SC MU MG KM ZA NA BW ZW ZM MW MZ LS SZ AO"),
            (70, "IN PK BD LK NP BT MV AF"),
            (60, "ID MY SG TH VN PH MM KH LA BN TL"),
            (60, "JP KR KP CN HK MO TW"),
            (30, "AU NZ FJ PG SB VU WS TO NC PF CK MH PW GU"),
        ] {
            let of = |outlet: &&Outlet| countries.split(' ').any(|country| outlet.country.as_deref() == Some(country));
            assert!(outlets.iter().filter(of).count() >= least, "{countries}");
        }
    }

    #[test]
    fn outlet_is_found_by_place_or_name() {
        for (given, expected) in [
            ("https://www.israelnationalnews.com/news/400000", "Israel National News"),
            ("//edition.cnn.com:443/x?y@z", "CNN"),
            ("https://reader@NEWS.SKY.COM./story", "Sky News"),
            ("english.ahram.org.eg", "Ahram Online"),
            ("gate.ahram.org.eg", "Al-Ahram"),
            ("asia.nikkei.com", "Nikkei Asia"),
            ("notcnn.com", "none"),
            ("com", "none"),
            ("", "none"),
            ("Arutz Sheva", "Israel National News"),
            ("the guardian", "The Guardian"),
            ("NYT", "The New York Times"),
            ("Yedioth", "Yedioth Ahronoth"),
            ("Ma’ariv", "Maariv"),
            ("El Pais", "El País"),
            ("ТАСС", "TASS"),
            // Two or more outlets are cited so.
            ("the Times", "none"),
            ("La Nación", "none"),
            // Nouns for any outlet, or for somebody else.
            ("the paper", "none"),
            ("the press", "none"),
            ("The report", "none"),
            ("the leadership", "none"),
            ("ICE", "none"),
            ("Türkiye", "none"),
        ] {
            assert_eq!(name_of(Outlets::built_in().find(given)), expected, "{given}");
        }
    }

    #[test]
    fn calendars_are_read() {
        let of = |domain| Outlets::built_in().by_domain(domain).unwrap();
        let city = |rule: &Option<SabbathRule>| rule.as_ref().unwrap().city.clone();
        let arutz_sheva = of("israelnationalnews.com");
        assert_eq!(city(&arutz_sheva.calendar.as_ref().unwrap().sabbath), "Jerusalem");
        assert_eq!(city(&arutz_sheva.desks[0].sabbath), "New York");
        assert_eq!(of("rd.nl").calendar.as_ref().unwrap().closed, [Weekday::Sunday]);
    }

    #[test]
    fn own_file_replaces_only_what_it_gives_and_adds() {
        let own = r#"
            [[outlet]]
            name = "guardian"
            zone = "europe/london"
            desks = []

            [[outlet]]
            name = "The Paper of Record"
            domains = ["nytimes.com"]

            [[outlet]]
            name = "Village Post"
            domains = ["post.example"]
            cited = ["the Post", "CNN"]
        "#;
        let outlets = Outlets::with_file(own, "own.toml").unwrap();
        assert_eq!(outlets.all().len(), Outlets::built_in().all().len() + 2 - 1);
        let guardian = outlets.by_domain("theguardian.com").unwrap();
        assert_eq!((guardian.name.as_str(), guardian.zone.as_deref()), ("guardian", Some("Europe/London")));
        assert_eq!((guardian.country.as_deref(), guardian.desks.len()), (Some("GB"), 0));
        assert_eq!(name_of(outlets.by_name("NYT")), "The Paper of Record");
        assert_eq!(name_of(outlets.find("www.post.example")), "Village Post");
        assert_eq!(name_of(outlets.by_name("CNN")), "none");
    }

    #[test]
    fn faults_name_the_file_the_line_and_the_thing() {
        for (fields, expected) in [
            (r#"name = "A"; zone = "Mars/Olympus""#, "own.toml:4: unknown zone `Mars/Olympus`"),
            (r#"zone = "UTC""#, "own.toml:2: missing field `name`"),
            (r#"name = " ""#, "own.toml:3: missing name"),
            (r#"name = "A"; country = "uk""#, "own.toml:4: `uk` is not a country code of two capitals"),
            (r#"name = "A"; domains = ["http://a.eu"]"#, "own.toml:4: `http://a.eu` is not a host in lower case"),
            (r#"name = "A"; calendar.closed = ["Su"]"#, "own.toml:4: `Su` is not a weekday from Mon to Sun"),
            (
                r#"name = "A"; domains = ["a.eu"]; [[outlet]]; name = "B"; domains = ["a.eu"]"#,
                "own.toml:5: a.eu is already in line 2",
            ),
            (r#"name = "A"; domains = ["cnn.com"]; [[outlet]]; name = "CNN""#, "own.toml:5: CNN is already in line 2"),
            (r#"name = "CNN"; domains = ["bbc.com"]"#, "own.toml:2: CNN is both BBC and CNN in the built-in file"),
        ] {
            let text = format!("# mine\n[[outlet]]\n{}", fields.replace("; ", "\n"));
            assert_eq!(Outlets::with_file(&text, "own.toml").unwrap_err().to_string(), expected);
        }
    }
}
