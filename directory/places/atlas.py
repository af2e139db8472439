"""The tables of places in the package, indexed by folded name; read at the first question (20 ms)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from directory.places.counties import Counties
from directory.places.place import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATA = Path(__file__).parent / "data"
COUNTY_PEOPLE = 500_000
"""What a county or an authority counts for beside settlements of the same name."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority district: its code is what locations are stamped with."""

    code: str
    name: str
    lat: float
    lon: float
    radius_m: int
    """Holds 90% of its postcodes."""
    bounds: tuple[float, float, float, float]
    """South, west, north, east."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place, and how many people live there (0: not known)."""

    place: Place
    people: int


def lines(name: str, folder: Path = DATA) -> Iterator[list[str]]:
    """Fields of a table; the tables in the package hold no quotes."""
    text = (folder / name).read_text(encoding="utf-8")
    return (line.split(",") for line in text.splitlines()[1:])


class Atlas:
    """Settlements, authorities, counties and outcodes by name."""

    @cached_property
    def counties(self) -> Counties:
        """Counties and countries."""
        return Counties.read()

    @cached_property
    def authorities(self) -> dict[str, Authority]:
        """Local authority districts by code."""
        return {row[0]: authority_of(row) for row in lines("authorities.csv")}

    @cached_property
    def authority_names(self) -> dict[str, str]:
        """Folded name of an authority -> its code."""
        return {key: row[0] for row in lines("authorities.csv") for key in row[-1].split("|")}

    @cached_property
    def _rows(self) -> list[list[str]]:
        return list(lines("places.csv"))

    @cached_property
    def settlements(self) -> dict[str, list[int]]:
        """Folded name -> numbers of rows, the largest place first; everyday names among them."""
        found: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            for key in row[7].split("|"):
                found.setdefault(key, []).append(number)
        for alias, name, lad, only in lines("aliases.csv"):
            numbers = [n for n in found.get(name, ()) if not lad or self._rows[n][5] == lad]
            found[alias] = list(dict.fromkeys([*numbers, *(() if only else found.get(alias, ()))]))
        return found

    @cached_property
    def authority_aliases(self) -> dict[str, str]:
        """Everyday name -> code, for what is an authority and no settlement."""
        aliases = ((alias, name) for alias, name, _, _ in lines("aliases.csv"))
        return {alias: code for alias, name in aliases if (code := self.authority_names.get(name))}

    @cached_property
    def first_words(self) -> dict[str, int]:
        """First word of a name -> how many words the longest such name has."""
        found: dict[str, int] = {}
        for key in self.keys():
            word, _, rest = key.partition(" ")
            found[word] = max(found.get(word, 0), 1 + rest.count(" ") + bool(rest))
        return found

    def keys(self) -> Iterable[str]:
        """Every folded name."""
        return {**self.settlements, **self.authority_names, **self.authority_aliases, **self.counties.by_key}

    def knows(self, key: str) -> bool:
        """Whether a folded name is in the tables."""
        return (
            key in self.settlements
            or key in self.authority_names
            or key in self.authority_aliases
            or key in self.counties.by_key
        )

    def settlement(self, number: int) -> Entry:
        """The settlement in a row of the table."""
        name, lat, lon, radius, people, lad, within, _ = self._rows[number]
        place = Place(name, Kind.SETTLEMENT, float(lat), float(lon), int(radius), lad or None, within or None)
        return Entry(place, int(people))

    def authority(self, code: str) -> Entry:
        """An authority as a place: its name means its area, exactly."""
        it = self.authorities[code]
        nation = {"E": "England", "S": "Scotland", "W": "Wales"}[code[0]]
        within = "London" if code.startswith("E09") else nation
        return Entry(Place(it.name, Kind.AUTHORITY, it.lat, it.lon, it.radius_m, code, within), COUNTY_PEOPLE)

    @cached_property
    def outcodes(self) -> dict[str, list[str]]:
        """Rows of the outcodes, by outcode."""
        return {row[0]: row for row in lines("outcodes.csv")}

    def outcode(self, name: str) -> Place | None:
        """An outcode in capitals, with the radius that holds 90% of its postcodes."""
        row = self.outcodes.get(name)
        if row is None:
            return None
        lad = row[4].split("|")[0] or None
        within = self.authorities[lad].name if lad else ISLANDS.get(name[:2])
        return Place(name, Kind.OUTCODE, float(row[1]), float(row[2]), int(row[3]), lad, within)


ISLANDS = {"BT": "Northern Ireland", "JE": "Jersey", "GY": "Guernsey", "IM": "Isle of Man"}


def authority_of(row: list[str]) -> Authority:
    """One row of the table of authorities."""
    code, name, lat, lon, radius, south, west, north, east, _ = row
    bounds = (float(south), float(west), float(north), float(east))
    return Authority(code, name, float(lat), float(lon), int(radius), bounds)
