"""The postcode nearest to a point: only sectors whose bounds come close enough are looked through. PURE."""

from __future__ import annotations

from math import cos, floor, radians

from directory.places.distance import DEGREE_M
from directory.places.postcode_file import SECTOR, Outcode, PostcodeFile

CELL = 5_000
"""Size of a cell of the sector index, in steps of 0.00001 degrees."""
STEP = 100_000
Sector = tuple[int, int, int, int, int, int, int]


class Nearest:
    """A grid of cells, each listing the sectors whose bounds meet it; made at the first question (30 ms)."""

    def __init__(self, file: PostcodeFile) -> None:
        self._outcodes = tuple(file.outcodes.values())
        self._cells: dict[tuple[int, int], list[Sector]] = {}
        for sector in SECTOR.iter_unpack(file.sectors):
            for cell in cells(*sector[3:]):
                self._cells.setdefault(cell, []).append(sector)

    def find(self, lat: float, lon: float, within_m: float) -> tuple[Outcode, int] | None:
        """The outcode and the index within it of the nearest postcode, within so many metres."""
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return None
        for reach in (min(500.0, within_m), min(2_000.0, within_m), within_m):
            if found := self._search(lat, lon, reach):
                return found
        return None

    def _search(self, lat: float, lon: float, within_m: float) -> tuple[Outcode, int] | None:
        y, x = lat * STEP, lon * STEP
        squeeze = cos(radians(lat))
        reach = within_m / DEGREE_M * STEP
        best, found = reach * reach, None
        for distance, sector in self._sectors(y, x, squeeze, reach):
            if distance > best:
                break
            best, found = closest(self._outcodes[sector[0]], sector, (y, x, squeeze), best, found)
        return found

    def _sectors(self, y: float, x: float, squeeze: float, reach: float) -> list[tuple[float, Sector]]:
        """Sectors with their least possible distance (squared steps), nearest first."""
        wide = reach / max(squeeze, 0.01)
        near = {
            sector
            for cell in cells(int(y - reach), int(x - wide), int(y + reach), int(x + wide))
            for sector in self._cells.get(cell, ())
        }
        return sorted((box_distance(sector, y, x, squeeze), sector) for sector in near)


def cells(south: int, west: int, north: int, east: int) -> list[tuple[int, int]]:
    """The cells that a box meets."""
    rows = range(floor(south / CELL), floor(north / CELL) + 1)
    columns = range(floor(west / CELL), floor(east / CELL) + 1)
    return [(row, column) for row in rows for column in columns]


def box_distance(sector: Sector, y: float, x: float, squeeze: float) -> float:
    """Squared distance from a point to the bounds of a sector; 0 inside."""
    _, _, _, south, west, north, east = sector
    dy = max(south - y, 0.0, y - north)
    dx = max(west - x, 0.0, x - east) * squeeze
    return dy * dy + dx * dx


def closest(
    outcode: Outcode,
    sector: Sector,
    point: tuple[float, float, float],
    best: float,
    found: tuple[Outcode, int] | None,
) -> tuple[float, tuple[Outcode, int] | None]:
    """Look through one sector for something closer than `best`."""
    y, x, squeeze = point
    first, count = sector[1], sector[2]
    y, x, bits = y - outcode.south, x - outcode.west, outcode.lon_bits
    mask = (1 << bits) - 1
    packed = outcode.column[outcode.at + first : outcode.at + first + count].tolist()
    for index, value in enumerate(packed, first):
        dy = (value >> bits) - y
        dx = ((value & mask) - x) * squeeze
        distance = dy * dy + dx * dx
        if distance < best:
            best, found = distance, (outcode, index)
    return best, found
