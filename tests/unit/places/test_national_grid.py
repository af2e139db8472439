"""National Grid to degrees."""

from __future__ import annotations

from directory.places.distance import metres
from directory.places.national_grid import on_grid, to_degrees


def test_it_agrees_with_the_usual_library_within_a_metre() -> None:
    """All over Great Britain."""
    from pyproj import Transformer

    transformer = Transformer.from_crs("EPSG:27700", "EPSG:4326")
    for easting in range(100_000, 650_000, 50_000):
        for northing in range(20_000, 1_220_000, 50_000):
            lat, lon = transformer.transform(easting, northing)
            assert metres(lat, lon, *to_degrees(easting, northing)) < 10


def test_points_off_the_grid_are_told() -> None:
    """Nought, nought is what Code-Point Open gives where a position is not known."""
    assert not on_grid(0, 0)
    assert not on_grid(float("nan"), 100)
    assert on_grid(530_000, 180_000)
