"""Every GB postcode, from the file in the package: where it is, and which local authority it lies in."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from directory.places.distance import spread
from directory.places.nearest import Nearest
from directory.places.postcode_file import INCODES, Outcode, PostcodeFile, unit_number
from directory.places.postcode_text import FULL, normalise_sector, readings, squeeze

FILE = Path(__file__).parent / "data" / "postcodes.bin"
STEP = 100_000


@dataclass(frozen=True, slots=True)
class PostcodePoint:
    """One postcode: WGS84 degrees, and the code of its local authority district."""

    postcode: str
    lat: float
    lon: float
    lad: str


@dataclass(frozen=True, slots=True)
class SectorArea:
    """One postcode sector, `SE24 0`: its middle, and the radius that holds 90% of its postcodes."""

    name: str
    lat: float
    lon: float
    radius_m: int
    lad: str


class Postcodes:
    """Opened at the first look-up; safe to share between threads, since nothing is written."""

    def __init__(self, path: Path = FILE) -> None:
        self._path = path

    @cached_property
    def file(self) -> PostcodeFile:
        """The mapped file."""
        return PostcodeFile(self._path)

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest(self.file)

    def find(self, postcode: str) -> PostcodePoint | None:
        """A postcode in any spacing and case; common slips are mended where one reading alone exists."""
        bare = squeeze(postcode)
        if FULL.match(bare) and bare[:-3] in self.file.outcodes:
            return self._exact(bare[:-3], bare[-3:])
        return self._mended(bare)

    def _exact(self, outcode: str, incode: str) -> PostcodePoint | None:
        entry = self.file.outcodes.get(outcode)
        if entry is None:
            return None
        units, wanted, end = self.file.units, unit_number(incode), entry.first + entry.count
        index = bisect_left(units, wanted << 4, entry.first, end)
        if index == end or units[index] >> 4 != wanted:
            return None
        lat, lon = entry.point(index - entry.first)
        return PostcodePoint(f"{outcode} {incode}", lat / STEP, lon / STEP, entry.lads[units[index] & 15])

    def _mended(self, bare: str) -> PostcodePoint | None:
        found = [point for text in readings(bare) if (point := self._exact(*text.split(" ")))]
        return found[0] if len(found) == 1 else None

    def is_outcode(self, outcode: str) -> bool:
        """Whether any live GB postcode begins so; capitals, no space."""
        return outcode in self.file.outcodes

    def sector(self, text: str) -> SectorArea | None:
        """A sector such as `SE24 0`, in any case and spacing."""
        name = normalise_sector(text)
        entry = self.file.outcodes.get(name[:-2]) if name else None
        if not name or entry is None:
            return None
        units, digit = self.file.units, int(name[-1])
        first = bisect_left(units, digit * 400 << 4, entry.first, entry.first + entry.count)
        last = bisect_left(units, (digit + 1) * 400 << 4, first, entry.first + entry.count)
        return self._area(name, entry, range(first, last)) if last > first else None

    def _area(self, name: str, entry: Outcode, members: range) -> SectorArea:
        points = [(lat / STEP, lon / STEP) for lat, lon in (entry.point(i - entry.first) for i in members)]
        lat, lon, radius = spread(points)
        lads = [self.file.units[i] & 15 for i in members]
        return SectorArea(name, lat, lon, radius, entry.lads[max(set(lads), key=lads.count)])

    def nearest(self, lat: float, lon: float, within_m: float = 5_000) -> PostcodePoint | None:
        """The live postcode nearest to a point, or None where there is none within so many metres."""
        found = self._nearest.find(lat, lon, within_m)
        if found is None:
            return None
        entry, index = found
        unit = self.file.units[entry.first + index]
        at = [value / STEP for value in entry.point(index)]
        return PostcodePoint(f"{entry.name} {INCODES[unit >> 4]}", at[0], at[1], entry.lads[unit & 15])

    def authority_near(self, lat: float, lon: float) -> str | None:
        """The authority of the nearest postcode, for a location that has none; None beyond 5 km."""
        found = self.nearest(lat, lon)
        return found.lad if found else None
