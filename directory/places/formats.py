"""The three files of places that an operator may load, told by their content, row by row. PURE.

A reader turns a row into columns of `loaded_postcode` or `loaded_place`, or into the reason, a short
code, why it can't be taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from directory.places.names import fold
from directory.places.national_grid import on_grid, to_degrees
from directory.places.place import Kind
from directory.places.postcode_text import FULL, normalise_postcode, squeeze

Row = dict[str, Any]
Reader = Callable[[Sequence[str]], "Row | list[Row] | str"]
Name = Literal["code-point-open", "onspd", "os-open-names"]
AUTHORITY = re.compile(r"[ESWN]\d{8}\Z")
STATIONS = frozenset({"Railway Station", "Bus Station", "Coach Station", "Tramway", "Underground Station"})
ROADS = frozenset({"Named Road", "Section Of Named Road"})


@dataclass(frozen=True, slots=True)
class Format:
    """What a table is, and how a row of it is read."""

    name: Name
    table: Literal["loaded_postcode", "loaded_place"]
    read: Reader
    header: bool
    """The first row is no data."""


def recognise(first: Sequence[str]) -> Format | None:
    """The format of a table by its first row; None where it is none of the three."""
    if columns := onspd_columns(first):
        return Format("onspd", "loaded_postcode", lambda row: onspd(row, columns), header=True)
    if len(first) >= 30 and first[1].startswith("http") and is_number(first[8]) and is_number(first[9]):
        return Format("os-open-names", "loaded_place", open_name, header=False)
    if len(first) == 10 and FULL.match(squeeze(first[0])) and is_number(first[2]) and is_number(first[3]):
        return Format("code-point-open", "loaded_postcode", code_point, header=False)
    return None


def is_number(text: str) -> bool:
    """Whether a field is a finite number."""
    return number(text) is not None


def number(text: str) -> float | None:
    """A field as a number."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def code_point(row: Sequence[str]) -> Row | str:
    """Code-Point Open: postcode, quality, east, north, country, two of health, county, district, ward."""
    if len(row) != 10:
        return "wrong_number_of_fields"
    east, north = number(row[2]), number(row[3])
    if east is None or north is None or not on_grid(east, north):
        return "no_position"
    lat, lon = to_degrees(east, north)
    return postcode_row(row[0], lat, lon, (row[8], row[9], row[7]), terminated=False)


ONSPD = {
    "postcode": r"pcds|pcd8|pcd7|pcd2|pcd",
    "lat": r"lat|latitude",
    "lon": r"long|lon|longitude",
    "lad": r"oslaua|lad\d*(cd)?|laua",
    "ward": r"osward|wd\d*(cd)?|ward",
    "county": r"oscty|cty\d*(cd)?|cty",
    "terminated": r"doterm",
}


def onspd_columns(first: Sequence[str]) -> dict[str, int] | None:
    """Where the columns stand: their names differ from edition to edition."""
    names = [name.strip().lower() for name in first]
    found: dict[str, int] = {}
    for column, pattern in ONSPD.items():
        for choice in pattern.split("|"):
            index = next((i for i, name in enumerate(names) if re.fullmatch(choice, name)), None)
            if index is not None:
                found.setdefault(column, index)
    return found if {"postcode", "lat", "lon"} <= found.keys() else None


def onspd(row: Sequence[str], columns: dict[str, int]) -> Row | str:
    """One row of the ONS Postcode Directory; what is no longer in use has a date of termination."""
    field = {name: row[index].strip() if index < len(row) else "" for name, index in columns.items()}
    lat, lon = number(field["lat"]), number(field["lon"])
    if lat is None or lon is None or not (48 < lat < 62 and -10 < lon < 3):
        return "no_position"
    areas = (field.get("lad", ""), field.get("ward", ""), field.get("county", ""))
    return postcode_row(field["postcode"], lat, lon, areas, terminated=bool(field.get("terminated")))


def postcode_row(
    text: str, lat: float, lon: float, areas: tuple[str, str, str], *, terminated: bool
) -> Row | str:
    """Columns of `loaded_postcode`."""
    bare = squeeze(text)
    if not FULL.match(bare):
        return "not_a_postcode"
    lad, ward, county = (code if AUTHORITY.match(code) else None for code in areas)
    name = normalise_postcode(bare)
    position = {"lat": round(lat, 6), "lon": round(lon, 6)}
    return {
        "postcode": name,
        **position,
        "lad": lad,
        "ward": ward,
        "county": county,
        "terminated": terminated,
    }


def open_name(row: Sequence[str]) -> list[Row] | str:
    """OS Open Names: a settlement, a street or a station, under each of its names."""
    if len(row) < 30:
        return "wrong_number_of_fields"
    kind = kind_of(row[6], row[7])
    east, north = number(row[8]), number(row[9])
    if kind is None:
        return "postcode" if row[7] == "Postcode" else "not_a_place_people_name"
    if east is None or north is None or not on_grid(east, north):
        return "no_position"
    lat, lon = to_degrees(east, north)
    names = [name.strip() for name in (row[2], row[4]) if fold(name)]
    common = {"ref": row[0], "kind": kind, "lat": lat, "lon": lon, "radius_m": reach(row[12:16], kind)}
    areas = {"district": row[21] or row[24], "within": row[18] or row[21] or row[24] or row[16] or None}
    found = {fold(name): {**common, **areas, "name_key": fold(name), "name": name} for name in names}
    return list(found.values()) or "no_name"


def kind_of(sort: str, local: str) -> Kind | None:
    """What people look for things near to: settlements, streets and stations."""
    if sort == "populatedPlace":
        return Kind.SETTLEMENT
    if local in ROADS:
        return Kind.STREET
    return Kind.POINT if local in STATIONS else None


def reach(box: Sequence[str], kind: Kind) -> int:
    """Half the longer side of the bounds, west, south, east, north in metres; what is usual without."""
    sides = [number(side) for side in box]
    if kind is Kind.POINT:
        return 0
    if len(sides) < 4 or any(side is None for side in sides):
        return 1_000 if kind is Kind.SETTLEMENT else 250
    west, south, east, north = (side or 0.0 for side in sides)
    return round(min(max(east - west, north - south, 200.0) / 2, 25_000))
