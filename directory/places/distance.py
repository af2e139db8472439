"""Distances between points, and how far a set of points spreads. PURE; degrees in, metres out."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

EARTH_M = 6_371_008.8
DEGREE_M = 111_195.1
"""One degree of latitude on that sphere."""


def metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance."""
    north, east = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    chord = sin(north) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(chord)))


def spread(points: Sequence[tuple[float, float]]) -> tuple[float, float, int]:
    """The mean point of at least one point, and the radius in whole metres that holds 90% of them."""
    lat = sum(point[0] for point in points) / len(points)
    lon = sum(point[1] for point in points) / len(points)
    reach = sorted(metres(lat, lon, *point) for point in points)
    return round(lat, 5), round(lon, 5), round(reach[min(len(reach) - 1, len(reach) * 9 // 10)])
