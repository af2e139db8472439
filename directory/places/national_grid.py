"""Eastings and northings of the National Grid (OSGB36) to WGS84 degrees. PURE.

The projection is undone exactly (transverse Mercator on the Airy ellipsoid); the step from the OSGB36
to the WGS84 datum is the seven-parameter one published by Ordnance Survey, which is right to about 5 m
on average and 10 m at worst: OSTN15 would be exact, and needs a grid of 15 MB.
"""

from __future__ import annotations

from math import atan, atan2, cos, degrees, hypot, radians, sin, sqrt, tan
from typing import Final

AIRY: Final = (6_377_563.396, 6_356_256.909)
WGS84: Final = (6_378_137.0, 6_356_752.314245)
SCALE: Final = 0.9996012717
ORIGIN_LAT, ORIGIN_LON = radians(49), radians(-2)
FALSE_EAST, FALSE_NORTH = 400_000.0, -100_000.0
SHIFT: Final = (446.448, -125.157, 542.060)
"""Metres along x, y and z from OSGB36 to WGS84."""
TURN: Final = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
GROWTH: Final = 1 - 20.4894e-6


def on_grid(easting: float, northing: float) -> bool:
    """Whether these are metres on the National Grid."""
    return 0 < easting < 700_000 and 0 < northing < 1_300_000


def to_degrees(easting: float, northing: float) -> tuple[float, float]:
    """Latitude and longitude of a point of the National Grid, rounded to 0.00001 degrees."""
    lat, lon = unproject(easting, northing)
    lat, lon = shift_datum(lat, lon)
    return round(degrees(lat), 5), round(degrees(lon), 5)


def meridional_arc(lat: float) -> float:
    """Length along the central meridian from the true origin."""
    a, b = AIRY
    n = (a - b) / (a + b)
    north, total = lat - ORIGIN_LAT, lat + ORIGIN_LAT
    first = (1 + n + 1.25 * n**2 + 1.25 * n**3) * north
    second = (3 * n + 3 * n**2 + 2.625 * n**3) * sin(north) * cos(total)
    third = 1.875 * (n**2 + n**3) * sin(2 * north) * cos(2 * total)
    fourth = 35 / 24 * n**3 * sin(3 * north) * cos(3 * total)
    return b * SCALE * (first - second + third - fourth)


def unproject(easting: float, northing: float) -> tuple[float, float]:
    """OSGB36 latitude and longitude, in radians."""
    a, b = AIRY
    squeeze = 1 - (b / a) ** 2
    lat = ORIGIN_LAT
    for _ in range(8):
        lat += (northing - FALSE_NORTH - meridional_arc(lat)) / (a * SCALE)
    flat = 1 - squeeze * sin(lat) ** 2
    nu, rho = a * SCALE / sqrt(flat), a * SCALE * (1 - squeeze) / flat**1.5
    eta, t, sec, e = nu / rho - 1, tan(lat) ** 2, 1 / cos(lat), easting - FALSE_EAST
    lat_out = lat - tan(lat) * e**2 / (2 * rho * nu) * (
        1
        - e**2 / (12 * nu**2) * (5 + 3 * t + eta - 9 * t * eta)
        + e**4 / (360 * nu**4) * (61 + 90 * t + 45 * t**2)
    )
    lon = ORIGIN_LON + sec * e / nu * (
        1
        - e**2 / (6 * nu**2) * (nu / rho + 2 * t)
        + e**4 / (120 * nu**4) * (5 + 28 * t + 24 * t**2)
        - e**6 / (5040 * nu**6) * (61 + 662 * t + 1320 * t**2 + 720 * t**3)
    )
    return lat_out, lon


def shift_datum(lat: float, lon: float) -> tuple[float, float]:
    """OSGB36 to WGS84, both in radians, by way of earth-centred coordinates."""
    a, b = AIRY
    squeeze = 1 - (b / a) ** 2
    nu = a / sqrt(1 - squeeze * sin(lat) ** 2)
    x, y, z = nu * cos(lat) * cos(lon), nu * cos(lat) * sin(lon), nu * (1 - squeeze) * sin(lat)
    rx, ry, rz = TURN
    x, y, z = (
        SHIFT[0] + GROWTH * x - rz * y + ry * z,
        SHIFT[1] + rz * x + GROWTH * y - rx * z,
        SHIFT[2] - ry * x + rx * y + GROWTH * z,
    )
    return from_centre(x, y, z)


def from_centre(x: float, y: float, z: float) -> tuple[float, float]:
    """Earth-centred coordinates to WGS84 latitude and longitude in radians."""
    a, b = WGS84
    squeeze = 1 - (b / a) ** 2
    across = hypot(x, y)
    lat = atan(z / (across * (1 - squeeze)))
    for _ in range(4):
        nu = a / sqrt(1 - squeeze * sin(lat) ** 2)
        lat = atan2(z + squeeze * nu * sin(lat), across)
    return lat, atan2(y, x)
