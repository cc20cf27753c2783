//! The gazetteer: places by folded name, read in place. `gazetteer/build.py` writes it and names its sources.
//!
//! Layout: eight bytes of magic, the version as a little-endian `u32`, the sha256 of all that follows, a table of eight
//! parts (start and length, `u32` each, from the end of the digest), and the parts.

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::Error;

const MAGIC: &[u8; 8] = b"RPPLAC\0\x01";
const VERSION: u32 = 1;
const HEADER: usize = 8 + 4 + 32;
/// Parts in the order of the file, with the bytes of one row.
const PARTS: [(&str, usize); 8] = [
    ("places", 22),
    ("countries", 5),
    ("divisions", 6),
    ("counties", 3),
    ("zones", 3),
    ("blocks", 4),
    ("keys", 1),
    ("names", 1),
];
/// Keys in a block of the name table.
const BLOCK: usize = 16;

/// What kind of place a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceKind {
    /// A continent.
    Continent,
    /// A country or dependency.
    Country,
    /// The capital of a country.
    Capital,
    /// A first-level division.
    Division,
    /// A second-level division: a county.
    County,
    /// The seat of a first-level division.
    Seat,
    /// The seat of a lower division.
    LesserSeat,
    /// Another city, town or village.
    City,
    /// A part of a city.
    Section,
    /// A sea, lake or river.
    Water,
    /// A mountain, desert or valley.
    Terrain,
    /// An island.
    Island,
    /// A region without a government of its own: the Middle East.
    Region,
}

/// All kinds, in the order of their numbers.
pub(crate) const KINDS: [PlaceKind; 13] = [
    PlaceKind::Continent,
    PlaceKind::Country,
    PlaceKind::Capital,
    PlaceKind::Division,
    PlaceKind::County,
    PlaceKind::Seat,
    PlaceKind::LesserSeat,
    PlaceKind::City,
    PlaceKind::Section,
    PlaceKind::Water,
    PlaceKind::Terrain,
    PlaceKind::Island,
    PlaceKind::Region,
];

/// How a name stands to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameKind {
    /// Its own name.
    Primary,
    /// Another name: in another language, an older one.
    Other,
    /// An abbreviation, which counts only where it is written as one: "Calif.", "NSW".
    Short,
    /// The adjective or the people: "Latvian", "Texans".
    People,
}

/// Number of a place in the gazetteer: the lower, the more widely known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PlaceNo(pub(crate) u32);

/// One place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place<'a> {
    pub(crate) geonames: u32,
    pub(crate) name: &'a str,
    pub(crate) kind: PlaceKind,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    /// Eight times the binary logarithm of its population.
    pub(crate) level: u8,
    /// Numbers of the country, first-level division and county that it is or lies in.
    pub(crate) country: Option<u8>,
    pub(crate) division: Option<u16>,
    pub(crate) county: Option<u16>,
    zone: Option<u16>,
}

/// A gazetteer that was found whole.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    body: &'static [u8],
    // Invariant: in bounds of the body, each a whole number of rows.
    parts: [Range<usize>; 8],
}

impl Gazetteer {
    /// Opens the gazetteer that travels with the program.
    ///
    /// # Errors
    ///
    /// When the program was built with a damaged file.
    pub fn built_in() -> Result<Gazetteer, Error> {
        Gazetteer::parse(include_bytes!("../../../gazetteer/places.bin"))
    }

    /// Checks magic, version, digest and the table of parts. Nothing is copied.
    ///
    /// # Errors
    ///
    /// When the bytes are not a gazetteer of this version, or are damaged.
    pub fn parse(bytes: &'static [u8]) -> Result<Gazetteer, Error> {
        if bytes.get(..8).ok_or(Error::Truncated)? != MAGIC {
            return Err(Error::Magic);
        }
        let found = number(bytes, 8, 4).ok_or(Error::Truncated)?;
        if found != VERSION {
            return Err(Error::Version { found, expected: VERSION });
        }
        let (digest, body) = (bytes.get(12..HEADER), bytes.get(HEADER..));
        let (Some(digest), Some(body)) = (digest, body) else { return Err(Error::Truncated) };
        if Sha256::digest(body).as_slice() != digest {
            return Err(Error::Digest);
        }
        let mut parts: [Range<usize>; 8] = Default::default();
        for (i, (part, (field, row))) in parts.iter_mut().zip(PARTS).enumerate() {
            let start = number(body, 8 * i, 4).ok_or(Error::Truncated)? as usize;
            let bytes = number(body, 8 * i + 4, 4).ok_or(Error::Truncated)? as usize;
            if start.checked_add(bytes).is_none_or(|end| end > body.len()) {
                return Err(Error::Field { field, bytes, expected: "a part of the file" });
            }
            if !bytes.is_multiple_of(row) {
                return Err(Error::Field { field, bytes, expected: "a whole number of rows" });
            }
            *part = start..start + bytes;
        }
        Ok(Gazetteer { body, parts })
    }

    fn part(&self, part: usize) -> &'static [u8] {
        self.body.get(self.parts[part].clone()).unwrap_or_default()
    }

    fn row(&self, part: usize, row: usize) -> Option<&'static [u8]> {
        let size = PARTS[part].1;
        self.part(part).get(row * size..(row + 1) * size)
    }

    fn name(&self, at: u32) -> &'static str {
        let names = self.part(7);
        let length = names.get(at as usize).map_or(0, |length| usize::from(*length));
        let name = names.get(at as usize + 1..at as usize + 1 + length).unwrap_or_default();
        std::str::from_utf8(name).unwrap_or_default()
    }

    /// Returns a place by its number.
    pub(crate) fn place(&self, place: PlaceNo) -> Option<Place<'static>> {
        let row = self.row(0, place.0 as usize)?;
        let angle = |at: usize| {
            let bits = number(row, at, 3)? << 8;
            Some(f64::from(bits.cast_signed() >> 8) * 180.0 / f64::from(0x7F_FFFF))
        };
        let optional = |at: usize| number(row, at, 2).filter(|n| *n != 0xFFFF).and_then(|n| u16::try_from(n).ok());
        Some(Place {
            geonames: number(row, 0, 4)?,
            name: self.name(number(row, 19, 3)?),
            kind: *KINDS.get(usize::from(row[11]))?,
            latitude: angle(4)?,
            longitude: angle(7)?,
            level: row[10],
            country: (row[12] != 255).then_some(row[12]),
            division: optional(13),
            county: optional(15),
            zone: optional(17),
        })
    }

    /// Returns the places of a folded name, the widely known first.
    pub(crate) fn named(&self, folded: &str) -> Vec<(PlaceNo, NameKind)> {
        let blocks = self.parts[5].len() / 4;
        let start = |block: usize| self.row(5, block).and_then(|row| number(row, 0, 4)).unwrap_or(u32::MAX) as usize;
        // The first key of a block is whole.
        let first = |block: usize| {
            let at = start(block);
            let length = usize::from(*self.part(6).get(at + 1)?);
            self.part(6).get(at + 2..at + 2 + length)
        };
        let (mut low, mut high) = (0, blocks);
        while low < high {
            let middle = low.midpoint(high);
            if first(middle).is_some_and(|key| key <= folded.as_bytes()) { low = middle + 1 } else { high = middle }
        }
        let Some(block) = low.checked_sub(1) else { return Vec::new() };
        self.scan(start(block), folded).unwrap_or_default()
    }

    /// Looks through one block of the name table.
    fn scan(&self, mut at: usize, folded: &str) -> Option<Vec<(PlaceNo, NameKind)>> {
        let keys = self.part(6);
        let mut key: Vec<u8> = Vec::new();
        for _ in 0..BLOCK {
            let (shared, length) = (usize::from(*keys.get(at)?), usize::from(*keys.get(at + 1)?));
            key.truncate(shared);
            key.extend(keys.get(at + 2..at + 2 + length)?);
            at += 2 + length;
            let count = usize::from(*keys.get(at)?);
            let found = keys.get(at + 1..at + 1 + 3 * count)?;
            if key == folded.as_bytes() {
                return Some(found.chunks_exact(3).filter_map(|entry| number(entry, 0, 3)).map(entry).collect());
            }
            at += 1 + 3 * count;
        }
        None
    }

    /// Returns the number of a country by its code.
    pub(crate) fn country_of(&self, code: &str) -> Option<u8> {
        let found = (0..self.parts[1].len() / 5).find(|i| self.code(*i as u8).is_some_and(|known| known == code))?;
        u8::try_from(found).ok()
    }

    /// Returns the ISO code of a country.
    pub(crate) fn code(&self, country: u8) -> Option<&'static str> {
        std::str::from_utf8(self.row(1, usize::from(country))?.get(..2)?).ok()
    }

    /// Returns the GeoNames code of a division: "US.NY".
    pub(crate) fn division_code(&self, division: u16) -> Option<&'static str> {
        Some(self.name(number(self.row(2, usize::from(division))?, 0, 3)?))
    }

    /// Returns the zone of a place.
    pub(crate) fn zone(&self, place: &Place<'_>) -> Option<&'static str> {
        Some(self.name(number(self.row(4, usize::from(place.zone?))?, 0, 3)?))
    }
}

fn entry(number: u32) -> (PlaceNo, NameKind) {
    let kind = match number & 3 {
        0 => NameKind::Primary,
        1 => NameKind::Other,
        2 => NameKind::Short,
        _ => NameKind::People,
    };
    (PlaceNo(number >> 2), kind)
}

/// A little-endian number of up to four bytes.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<u32> {
    Some(bytes.get(at..at + size)?.iter().rev().fold(0, |n, byte| n << 8 | u32::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    #[test]
    fn places_are_found_by_any_of_their_names() {
        let gazetteer = Gazetteer::built_in().expect("it is whole");
        let first = |name: &str, kind: PlaceKind| {
            let places = gazetteer.named(&fold(name)).into_iter().filter_map(|(no, _)| gazetteer.place(no));
            let place = places.into_iter().find(|place| place.kind == kind).expect(name);
            let code = place.division.and_then(|d| gazetteer.division_code(d)).unwrap_or_default();
            (place.name, code, gazetteer.zone(&place).unwrap_or_default())
        };
        use PlaceKind::{Capital, Country, Division, LesserSeat};
        assert_eq!(first("Riga", Capital), ("Riga", "LV.25", "Europe/Riga"));
        assert_eq!(first("KÖLN", LesserSeat), ("Köln", "DE.07", "Europe/Berlin"));
        assert_eq!(first("Texans", Division), ("Texas", "US.TX", ""));
        assert_eq!(first("U.K.", Country), ("United Kingdom", "", "Europe/London"));
        let (place, kind) = gazetteer.named("latvian")[0];
        assert_eq!((gazetteer.place(place).expect("there").name, kind), ("Latvia", NameKind::People));
        let riga = gazetteer.named("riga").into_iter().filter_map(|(no, _)| gazetteer.place(no));
        let riga = riga.into_iter().find(|place| place.kind == Capital).expect("there");
        assert!((riga.latitude - 56.946).abs() < 0.01 && (riga.longitude - 24.106).abs() < 0.01);
        assert!(gazetteer.named("no such place").is_empty() && gazetteer.named("").is_empty());
    }

    #[test]
    fn a_damaged_file_is_told_from_a_whole_one() {
        let fault = |bytes: Vec<u8>| Gazetteer::parse(bytes.leak()).err().map(|e| e.to_string()).unwrap_or_default();
        let sealed = |body: &[u8]| [MAGIC, &VERSION.to_le_bytes()[..], &Sha256::digest(body), body].concat();
        assert_eq!(fault(b"RPP".to_vec()), "gazetteer: file ends inside its header");
        assert_eq!(fault(b"a text in some file".to_vec()), "gazetteer: not a gazetteer (wrong magic)");
        let mut other = sealed(b"");
        other[8] = 9;
        assert_eq!(fault(other), "gazetteer: format version 9, expected 1");
        let mut flipped = sealed(b"body");
        flipped[HEADER] ^= 1;
        assert_eq!(fault(flipped), "gazetteer: sha256 does not match");
        let mut table = [0u8; 64];
        table[4] = 21;
        assert_eq!(fault(sealed(&table)), "gazetteer: field places holds 21 bytes, expected a whole number of rows");
        table[4] = 220;
        assert_eq!(fault(sealed(&table)), "gazetteer: field places holds 220 bytes, expected a part of the file");
    }
}
