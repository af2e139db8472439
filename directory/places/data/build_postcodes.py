"""Makes `postcodes.bin`: every live GB postcode, its position and its local authority, in 6 bytes each.

    python -m directory.places.data.build_postcodes ../shared/data/places/codepoint_open_gb_postcodes.csv.gz

The layout is described, and read, in `directory/places/postcode_file.py`.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from directory.places.postcode_file import MAGIC, OUTCODE, SECTOR, unit_number

OUT = Path(__file__).with_name("postcodes.bin")
OUTCODE_LADS = 6
"""No outcode meets more authorities than this."""
NO_LAD = 0xFFFF


class Row(NamedTuple):
    """One postcode; degrees times 100,000, which is all that the source gives."""

    outcode: str
    unit: int
    lat: int
    lon: int
    lad: str


def rows(source: Path) -> list[Row]:
    """Read the whole source, sorted by outcode and unit."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as stream:
        found = [row_of(line) for line in csv.DictReader(stream)]
    found.sort()
    return found


def row_of(line: dict[str, str]) -> Row:
    """One line of the source."""
    outcode, incode = line["postcode"].split(" ")
    lat, lon = hundred_thousandths(line["lat"]), hundred_thousandths(line["lon"])
    return Row(outcode, unit_number(incode), lat, lon, line["lad"])


def hundred_thousandths(degrees: str) -> int:
    """Degrees as text to a whole number, refusing what would not come back exactly."""
    value = round(float(degrees) * 100_000)
    if abs(float(degrees) - value / 100_000) > 1e-9:
        raise ValueError(degrees)
    return value


class Writer:
    """Collects the sections of the file."""

    def __init__(self, lads: list[str]) -> None:
        self.lads = lads
        self.outcodes = bytearray()
        self.sectors = bytearray()
        self.units = bytearray()
        self.narrow = bytearray()
        self.wide = bytearray()

    def add(self, outcode: str, members: list[Row]) -> None:
        """One outcode: its directory entry, its sectors and its postcodes."""
        lat = min(row.lat for row in members)
        lon = min(row.lon for row in members)
        lon_bits = (max(row.lon for row in members) - lon).bit_length()
        wide = (max(row.lat for row in members) - lat).bit_length() + lon_bits > 32
        here = [lad for lad, _ in Counter(row.lad for row in members).most_common()]
        column, size = (self.wide, 8) if wide else (self.narrow, 4)
        lads = [self.lads.index(lad) for lad in here] + [NO_LAD] * (OUTCODE_LADS - len(here))
        self.outcodes += OUTCODE.pack(
            outcode.encode(),
            len(self.units) // 2,
            len(members),
            len(column) // size,
            lat,
            lon,
            lon_bits,
            wide,
            *lads,
        )
        self.add_sectors(members)
        for row in members:
            self.units += (row.unit << 4 | here.index(row.lad)).to_bytes(2, "little")
            column += ((row.lat - lat) << lon_bits | row.lon - lon).to_bytes(size, "little")

    def add_sectors(self, members: list[Row]) -> None:
        """The bounds of each sector, by which the nearest postcode is found."""
        outcode, first = len(self.outcodes) // OUTCODE.size - 1, 0
        for _, group in groupby(members, key=lambda row: row.unit // 400):
            sector = list(group)
            lats, lons = [row.lat for row in sector], [row.lon for row in sector]
            self.sectors += SECTOR.pack(
                outcode, first, len(sector), min(lats), min(lons), max(lats), max(lons)
            )
            first += len(sector)

    def write(self, out: Path) -> None:
        """Header, directory, then the columns, each starting on a multiple of 8 bytes."""
        lads = ",".join(self.lads).encode()
        sections = [lads, self.outcodes, self.sectors, self.units, self.narrow, self.wide]
        header = MAGIC + b"".join(len(section).to_bytes(4, "little") for section in sections)
        with out.open("wb") as stream:
            for section in (header, *sections):
                stream.write(bytes(section) + bytes(-len(section) % 8))


def main(source: Path, out: Path = OUT) -> None:
    """Build the file and say how large it is."""
    found = rows(source)
    writer = Writer(sorted({row.lad for row in found}))
    for outcode, members in groupby(found, key=lambda row: row.outcode):
        writer.add(outcode, list(members))
    writer.write(out)
    print(f"{len(found):,} postcodes, {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
