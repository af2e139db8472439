"""Counties and countries: by what a place is told from its namesakes, and what people add to a name."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from directory.places.names import fold

FILE = Path(__file__).parent / "data" / "counties.csv"
NATIONS = {"E": "England", "S": "Scotland", "W": "Wales", "": "Northern Ireland"}


@dataclass(frozen=True, slots=True)
class County:
    """A county or country, as ranges of codes of local authorities, both ends inclusive."""

    name: str
    keys: tuple[str, ...]
    ranges: tuple[tuple[str, str], ...]

    def holds(self, lad: str | None) -> bool:
        """Whether an authority lies in it; no authority stands for Northern Ireland."""
        code = lad or "N"
        return any(first <= code[: len(first)] and code[: len(last)] <= last for first, last in self.ranges)


class Counties:
    """All of them, in the order of the file: countries first."""

    def __init__(self, counties: tuple[County, ...]) -> None:
        self.all = counties
        self.by_key = {key: county for county in counties for key in county.keys}

    @classmethod
    def read(cls, path: Path = FILE) -> Counties:
        """Read the table in the package."""
        with path.open(encoding="utf-8", newline="") as stream:
            return cls(tuple(map(county_of, csv.DictReader(stream))))

    def within(self, place: str, lad: str, authorities: dict[str, str]) -> str:
        """County of a district; else the authority, or the country where the place bears the same name."""
        if lad.startswith("E07"):
            return next((county.name for county in self.all[1:] if county.holds(lad)), authorities[lad])
        name = authorities.get(lad, "")
        if lad.startswith("E09"):
            return "England" if place == "London" else "London" if fold(place) in fold(name) else name
        return NATIONS[lad[:1]] if not name or fold(place) in fold(name) else name


def county_of(line: dict[str, str]) -> County:
    """One line of the table."""
    ranges = [part.partition("-") for part in line["codes"].split("|")]
    return County(line["name"], tuple(line["keys"].split("|")), tuple((a, b or a) for a, _, b in ranges))
