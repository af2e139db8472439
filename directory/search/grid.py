"""Cells over the earth's surface: what makes "near" part of an index key.

The base grid has rows of 0.01 degrees of latitude (1.1 km) and columns of 0.016 degrees of longitude
(1.1 km at 52 degrees north). Coarser levels nest in it: a cell of one level is 4 by 4 cells of the
level below, from 2.2 km to 142 km.
"""

from __future__ import annotations

import math
from typing import NamedTuple

ROW_DEGREES = 0.01
COLUMN_DEGREES = 0.016
LEVEL_SHIFTS = (1, 3, 5, 7)
"""Powers of two of base cells along the side of a cell of each level of tokens."""
METRES_PER_DEGREE = 111_195.0
_TOKENS_AT_MOST = 16


class Box(NamedTuple):
    """Base cells, both ends inclusive."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


def row_of(lat: float) -> int:
    """The base row of a latitude, never negative."""
    return math.floor((lat + 90.0) / ROW_DEGREES)


def column_of(lon: float) -> int:
    """The base column of a longitude, never negative."""
    return math.floor((lon + 180.0) / COLUMN_DEGREES)


def scales(lat: float) -> tuple[float, float]:
    """Metres in a degree of latitude and in one of longitude, about this latitude."""
    return METRES_PER_DEGREE, METRES_PER_DEGREE * max(math.cos(math.radians(lat)), 0.01)


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres between two points, equirectangular about the latitude half way between them."""
    along = (other_lon - lon) * math.cos(math.radians((lat + other_lat) / 2.0))
    return METRES_PER_DEGREE * math.hypot(other_lat - lat, along)


def box(lat: float, lon: float, radius_m: float) -> Box:
    """The base cells that a circle may touch."""
    tall, wide = scales(min(abs(lat) + radius_m / METRES_PER_DEGREE, 89.0))
    return Box(
        row_of(max(lat - radius_m / tall, -90.0)),
        row_of(min(lat + radius_m / tall, 90.0)),
        column_of(max(lon - radius_m / wide, -180.0)),
        column_of(min(lon + radius_m / wide, 180.0)),
    )


def token(level: int, row: int, column: int) -> str:
    """The token of the cell of this level that holds a base cell. No word can be such a token."""
    shift = LEVEL_SHIFTS[level]
    return f"@{level}r{row >> shift}c{column >> shift}"


def tokens_of(row: int, column: int) -> tuple[str, ...]:
    """One token for each level: what a record at this base cell is indexed under."""
    return tuple(token(level, row, column) for level in range(len(LEVEL_SHIFTS)))


def tokens_around(cells: Box) -> tuple[str, ...]:
    """The fewest tokens of one level that cover a box; none where it is wider than them all."""
    for level, shift in enumerate(LEVEL_SHIFTS):
        rows = range(cells.first_row >> shift, (cells.last_row >> shift) + 1)
        columns = range(cells.first_column >> shift, (cells.last_column >> shift) + 1)
        if len(rows) * len(columns) <= _TOKENS_AT_MOST:
            return tuple(f"@{level}r{row}c{column}" for row in rows for column in columns)
    return ()


def place_order(row: int, column: int) -> int:
    """A number that is close for cells that are close (the bits of row and column in turn)."""
    return _spread(row) << 1 | _spread(column)


def _spread(number: int) -> int:
    """The lowest 16 bits of a number, each moved to twice its place."""
    number &= 0xFFFF
    number = (number | number << 8) & 0x00FF00FF
    number = (number | number << 4) & 0x0F0F0F0F
    number = (number | number << 2) & 0x33333333
    return (number | number << 1) & 0x55555555
