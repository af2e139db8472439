"""The layout of `data/postcodes.bin`, shared by the script that makes it and the code that reads it.

Little-endian; each section starts on a multiple of 8 bytes:

    header    MAGIC, then the byte lengths of the six sections below (4 bytes each)
    lads      codes of the local authorities, comma-separated
    outcodes  OUTCODE entries, sorted
    sectors   SECTOR entries, in the order of their postcodes
    units     2 bytes a postcode: unit number (12 bits) and which of the outcode's authorities (4 bits),
              sorted within an outcode, so that one is found by bisection
    narrow    4 bytes a postcode: latitude, then longitude (`lon_bits`), as steps of 0.00001 degrees
              from the outcode's south-west corner
    wide      the same in 8 bytes, for the five outcodes that spread too far (Shetland, Orkney, ...)
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = b"NEARBYPC"
OUTCODE = struct.Struct("<4sIHxxIiiBB6H")
"""Outcode, first unit, postcodes, first position in its column, south, west, lon_bits, wide, authorities."""
SECTOR = struct.Struct("<HHHxxiiii")
"""Index of its outcode, first postcode within that, postcodes, south, west, north, east."""
SECTIONS = 6
HEADER = len(MAGIC) + 4 * SECTIONS
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""The letters that the last two places of a postcode use."""
VALUES = {f"{a}{b}": i * 20 + j for i, a in enumerate(LETTERS) for j, b in enumerate(LETTERS)}
INCODES = tuple(f"{digit}{pair}" for digit in range(10) for pair in VALUES)


def unit_number(incode: str) -> int:
    """`0AB` as a number from 0 to 3999, in the order of the alphabet."""
    return int(incode[0]) * 400 + VALUES[incode[1:]]


@dataclass(frozen=True, slots=True)
class Outcode:
    """Where the postcodes of one outcode lie in the file."""

    name: str
    first: int
    count: int
    column: memoryview
    at: int
    """Position in `column` of the first postcode."""
    south: int
    west: int
    lon_bits: int
    lads: tuple[str, ...]

    def point(self, index: int) -> tuple[int, int]:
        """Latitude and longitude, in steps, of the postcode at an index within the outcode."""
        packed = self.column[self.at + index]
        return self.south + (packed >> self.lon_bits), self.west + (packed & (1 << self.lon_bits) - 1)


class PostcodeFile:
    """The file, mapped: pages are read when they are looked at, and shared between processes."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            self.bytes = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        if self.bytes[: len(MAGIC)] != MAGIC:
            raise ValueError(path)
        lads, outcodes, self.sectors, units, narrow, wide = self._sections()
        self.lads = tuple(bytes(lads).decode().split(","))
        self.units = units.cast("H")
        self._columns = (narrow.cast("I"), wide.cast("Q"))
        self.outcodes = {entry.name: entry for entry in map(self._outcode, OUTCODE.iter_unpack(outcodes))}

    def _sections(self) -> list[memoryview]:
        lengths = struct.unpack_from(f"<{SECTIONS}I", self.bytes, len(MAGIC))
        start, found = HEADER, []
        for length in lengths:
            found.append(self.bytes[start : start + length])
            start += length + -length % 8
        return found

    def _outcode(self, entry: tuple[Any, ...]) -> Outcode:
        name, first, count, at, south, west, lon_bits, wide, *lads = entry
        codes = tuple(self.lads[lad] for lad in lads if lad != 0xFFFF)
        return Outcode(
            name.rstrip(b"\0").decode(), first, count, self._columns[wide], at, south, west, lon_bits, codes
        )
