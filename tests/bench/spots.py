"""Where the invented services are, and where people ask: real postcode positions, from the package itself."""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Sequence
from typing import overload

from directory.places.postcode_file import INCODES
from directory.places.postcodes import STEP, Postcodes
from tests.bench.generate import Spot

CITIES = {"London": (51.5074, -0.1278), "Birmingham": (52.4797, -1.9027), "Manchester": (53.4794, -2.2453)}
"""Centres of the dense cities; people ask within 5 km of them."""
EMPTY = {"Highlands": (56.9, 58.2, -5.4, -3.9), "mid-Wales": (52.1, 52.7, -3.9, -3.2)}
"""South, north, west and east of the empty country."""


class Spots(Sequence[Spot]):
    """Every postcode, read from the file when asked for: a million of them take no memory."""

    def __init__(self, postcodes: Postcodes) -> None:
        self._file = postcodes.file
        self._outcodes = sorted(self._file.outcodes.values(), key=lambda outcode: outcode.first)
        self._firsts = [outcode.first for outcode in self._outcodes]

    def __len__(self) -> int:
        last = self._outcodes[-1]
        return last.first + last.count

    @overload
    def __getitem__(self, index: int) -> Spot: ...
    @overload
    def __getitem__(self, index: slice) -> list[Spot]: ...
    def __getitem__(self, index: int | slice) -> Spot | list[Spot]:
        """The postcode of this number, in the order of the file."""
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        outcode = self._outcodes[bisect_right(self._firsts, index) - 1]
        lat, lon = outcode.point(index - outcode.first)
        return Spot(f"{outcode.name} {INCODES[self._file.units[index] >> 4]}", lat / STEP, lon / STEP)


def in_cities(count: int, seed: int) -> list[tuple[float, float]]:
    """Points within 5 km of the middle of London, Birmingham and Manchester, in turn."""
    rng = random.Random(seed)
    centres = list(CITIES.values())
    return [_around(*centres[number % len(centres)], 5.0, rng) for number in range(count)]


def in_empty_country(count: int, seed: int) -> list[tuple[float, float]]:
    """Points in the Highlands and mid-Wales, in turn."""
    rng = random.Random(seed)
    boxes = list(EMPTY.values())
    points = []
    for number in range(count):
        south, north, west, east = boxes[number % len(boxes)]
        points.append((rng.uniform(south, north), rng.uniform(west, east)))
    return points


def _around(lat: float, lon: float, radius_km: float, rng: random.Random) -> tuple[float, float]:
    """A point drawn evenly from a disc."""
    away, turn = radius_km * math.sqrt(rng.random()), rng.uniform(0, 2 * math.pi)
    north, east = away * math.cos(turn) / 111.2, away * math.sin(turn) / 111.2
    return lat + north, lon + east / math.cos(math.radians(lat))
