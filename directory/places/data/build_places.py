"""Makes `outcodes.csv`, `authorities.csv` and `places.csv` from the shared tables (see NOTICE).

    python -m directory.places.data.build_places ../shared/data/places

Names are folded here, so that nothing has to be folded when the program starts. Of GeoNames' aliases
only those are kept that somebody in Britain would type: parts and longer forms of the English name,
and Welsh and Gaelic names; not transliterations into other languages.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from directory.places.counties import Counties
from directory.places.distance import metres, spread
from directory.places.names import fold
from directory.places.postcodes import Postcodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HERE = Path(__file__).parent
Line = dict[str, str]
ABROAD = frozenset("kvxzqj")
"""Letters that Welsh does not use, and Gaelic neither."""
NOT_ENGLISH = frozenset(
    {
        "keruelet",
        "opshtina",
        "londonska",
        "osh",
        "bro",
        "hms",
        "districtul",
        "londan",
        "shahri",
        "falu",
        "ipari",
        "byen",
        "luan",
        "gjon",
        "cua",
        "khu",
        "buirg",
    }
)
TOO_SHORT = frozenset({"london", "london city", "bury st", "west end", "garden city", "church end"})
"""Parts of names that by themselves mean something else."""
OTHER_TONGUES = (" i ", " pa ", " de ", " ad ", " di ")
STYLES = ("city of ", "county of ", "isle of ", "the ")
RADIUS_UNKNOWN_M = 2_500
LEAST_RADIUS_M, MOST_RADIUS_M = 800, 25_000
PEOPLE_PER_KM2 = 4_000
"""Usual density of a British town: its area, and so its radius, follow from its population."""


def read(path: Path) -> list[Line]:
    """The lines of one CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write one table: fields never hold a comma, a quote or a line break, so that reading is a split."""
    lines = [",".join(header), *(",".join(str(field).replace(",", "") for field in row) for row in rows)]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines) - 1:,} rows")


def outcodes(source: Path, postcodes: Postcodes) -> None:
    """Outcodes with centre, radius and authorities, the one with most postcodes first."""
    rows = []
    for line in read(source / "outcodes.csv"):
        radius = round(float(line["p90_radius_km"]) * 1000) if line["p90_radius_km"] else None
        if radius is None and line["source"] == "aggregate":
            radius = aggregate_radius(line["outcode"], postcodes)
        if radius is None:
            radius = RADIUS_UNKNOWN_M
        lads = "" if line["source"] == "aggregate" else line["lad_codes"]
        rows.append((line["outcode"], line["lat"], line["lon"], radius, lads))
    write("outcodes.csv", ("outcode", "lat", "lon", "radius_m", "lads"), rows)


def aggregate_radius(prefix: str, postcodes: Postcodes) -> int:
    """The radius of a bare prefix such as EC1, out of EC1A, EC1M and so on."""
    entries = [entry for name, entry in postcodes.file.outcodes.items() if name[:-1] == prefix]
    steps = [entry.point(index) for entry in entries for index in range(entry.count)]
    return spread([(lat / 100_000, lon / 100_000) for lat, lon in steps])[2]


def authorities(source: Path) -> dict[str, str]:
    """Local authority districts with centre, radius and bounds; the names by code are handed back."""
    rows, names = [], {}
    for line in read(source / "lad_centroids_gb.csv"):
        name = line["name"].removesuffix(", City of").removesuffix(", County of").replace(",", "")
        names[line["lad_code"]] = name
        bounds = (line["min_lat"], line["min_lon"], line["max_lat"], line["max_lon"])
        radius = round(float(line["p90_radius_km"]) * 1000)
        keys = "|".join(authority_keys(name))
        rows.append((line["lad_code"], name, line["lat"], line["lon"], radius, *bounds, keys))
    header = ("code", "name", "lat", "lon", "radius_m", "south", "west", "north", "east", "keys")
    write("authorities.csv", header, rows)
    return names


def authority_keys(name: str) -> list[str]:
    """The names an authority goes by, without "council" and the like, which `naming.py` takes off."""
    key = fold(name)
    short = key.removesuffix(" city")
    for style in STYLES[:2]:
        short = short.removeprefix(style)
    if key.endswith(" city"):
        return [short]  # "glasgow city centre" is in Glasgow the city
    return list(dict.fromkeys([key] if short == "london" else [key, short]))


def places(source: Path, postcodes: Postcodes, names: dict[str, str]) -> None:
    """Settlements, the largest first."""
    counties = Counties.read()
    lines = sorted(read(source / "places_geonames_gb.csv"), key=lambda line: -int(line["population"]))
    rows = []
    for line in lines:
        lat, lon = float(line["lat"]), float(line["lon"])
        lad = (postcodes.authority_near(lat, lon) or "") if line["admin1"] != "NIR" else ""
        rows.append(
            [line["name"], lat, lon, radius_of(line), line["population"], lad, "", "|".join(keys_of(line))]
        )
    tell_apart(rows, counties, names)
    write("places.csv", ("name", "lat", "lon", "radius_m", "population", "lad", "within", "keys"), rows)


def radius_of(line: Line) -> int:
    """How far a settlement of that many people reaches."""
    radius = (int(line["population"]) / PEOPLE_PER_KM2 / 3.1416) ** 0.5 * 1000
    return round(min(max(float(radius), LEAST_RADIUS_M), MOST_RADIUS_M))


def keys_of(line: Line) -> list[str]:
    """The folded name, then the aliases worth keeping."""
    aliases = [alias for alias in line["alt_ascii"].split("|") if wanted(alias, line["name"], line["admin1"])]
    return list(dict.fromkeys([fold(line["name"]), *map(fold, aliases)]))


def wanted(alias: str, name: str, nation: str) -> bool:
    """Whether somebody in Britain would type it."""
    if len(alias) < 4 or not alias[0].isupper() or any(tongue in alias for tongue in OTHER_TONGUES):
        return False
    words, own = set(fold(alias).split()), set(fold(name).split())
    if "(" in alias or alias.isupper():
        return False
    if words <= own:
        return max(map(len, words)) > 3 and fold(alias) not in TOO_SHORT
    if own < words:
        return not words & NOT_ENGLISH
    foreign = ABROAD.intersection(alias.lower()) or fuzz.ratio(alias.lower(), name.lower()) > 62
    return not foreign and native(alias, nation)


WELSH = (
    "aber",
    "caer",
    "llan",
    "pen",
    "tre",
    "pont",
    "castell",
    "cas",
    "bae",
    "glyn",
    "coed",
    "rhyd",
    "y ",
    "yr ",
)
GAELIC = (
    "baile",
    "inbhir",
    "obar",
    "cill",
    "gleann",
    "dun ",
    "an ",
    "druim",
    "ceann",
    "cair",
    "ach",
    "port ",
    "eilean",
)


def native(alias: str, nation: str) -> bool:
    """Whether it looks Welsh, in Wales, or Gaelic, in Scotland."""
    starts = {"WLS": WELSH, "SCT": GAELIC}.get(nation, ())
    return alias.lower().startswith(starts) if starts else False


def tell_apart(rows: list[list[object]], counties: Counties, names: dict[str, str]) -> None:
    """Give each place what tells it from its namesakes: county or authority, then the town it is near."""
    groups: dict[str, list[list[object]]] = {}
    for row in rows:
        row[6] = counties.within(str(row[0]), str(row[5]), names)
        for key in str(row[7]).split("|"):
            groups.setdefault(key, []).append(row)
    for group in groups.values():
        for row in alike(group):
            row[6] = names.get(str(row[5]), row[6])
        for row in alike(group):
            row[6] = f"{row[6]} near {neighbour(row, rows)}"


def alike(group: list[list[object]]) -> list[list[object]]:
    """Those of a group of namesakes that share what should tell them apart."""
    seen = [row[6] for row in group]
    return [row for row in group if seen.count(row[6]) > 1]


def neighbour(row: list[object], rows: list[list[object]]) -> object:
    """The largest town within 15 km (else the nearest) that has another name."""
    at = float(str(row[1])), float(str(row[2]))
    others = [other for other in rows[:1500] if other[0] != row[0]]
    near = [other for other in others if metres(*at, float(str(other[1])), float(str(other[2]))) < 15_000]
    return (
        near[0][0]
        if near
        else min(others, key=lambda other: metres(*at, float(str(other[1])), float(str(other[2]))))[0]
    )


def main(source: Path) -> None:
    """Build all three."""
    postcodes = Postcodes()
    outcodes(source, postcodes)
    places(source, postcodes, authorities(source))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
