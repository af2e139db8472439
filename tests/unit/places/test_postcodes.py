"""The table of every GB postcode."""

from __future__ import annotations

import csv
import gzip
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.places.distance import metres
from directory.places.postcodes import FILE, Postcodes

if TYPE_CHECKING:
    from pathlib import Path

POSTCODES = Postcodes()


def test_a_postcode_has_its_point_and_its_authority() -> None:
    """Coordinates are exact to 0.00001 degrees."""
    found = POSTCODES.find("se240ab")
    assert found is not None
    assert (found.postcode, found.lat, found.lon, found.lad) == ("SE24 0AB", 51.46201, -0.09493, "E09000022")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("SE24 OAB", "SE24 0AB"), ("WIA 1AA", "W1A 1AA"), ("LSI 4DL", "LS1 4DL"), ("ec1a1bb", "EC1A 1BB")],
)
def test_slips_are_mended_where_such_a_postcode_exists(typed: str, meant: str) -> None:
    """O for nought, I for one, and no space."""
    found = POSTCODES.find(typed)
    assert found is not None
    assert found.postcode == meant


def test_a_postcode_whose_outcode_exists_is_never_taken_for_another() -> None:
    """S11 9ZZ does not exist; SL1 9ZZ is not what was meant."""
    assert POSTCODES.find("S11 9ZZ") is None
    assert POSTCODES.find("SE99 9ZZ") is None


def test_wide_outcodes_are_exact_too() -> None:
    """Shetland's ZE2 spreads too far for the narrow form."""
    found = POSTCODES.find("ZE2 9BB")
    assert found is not None
    assert POSTCODES.nearest(found.lat, found.lon) is not None


def test_a_sector_has_the_middle_and_reach_of_its_postcodes() -> None:
    """Found in any case, absent where no postcode begins so."""
    area = POSTCODES.sector("se24 0")
    assert area is not None
    assert (area.name, area.lad) == ("SE24 0", "E09000022")
    assert 300 < area.radius_m < 1500
    assert POSTCODES.sector("SE24 7") is None
    assert POSTCODES.sector("hello") is None


def test_the_authority_of_a_point_is_that_of_the_nearest_postcode() -> None:
    """Within 5 km; at sea there is none, and nonsense is no error."""
    assert POSTCODES.authority_near(51.46201, -0.09493) == "E09000022"
    assert POSTCODES.authority_near(53.7965, -1.5478) == "E08000035"
    assert POSTCODES.authority_near(51.5, 1.9) is None
    assert POSTCODES.authority_near(100.0, 500.0) is None
    assert POSTCODES.authority_near(float("nan"), 0.0) is None


@settings(max_examples=40, deadline=None)
@given(st.floats(51.3, 51.7), st.floats(-0.5, 0.2))
def test_the_nearest_is_the_nearest(lat: float, lon: float) -> None:
    """Looking through everything finds nothing closer."""
    found = POSTCODES.nearest(lat, lon)
    if found is None:
        return
    reach = metres(lat, lon, found.lat, found.lon)
    for entry in POSTCODES.file.outcodes.values():
        if abs(entry.south / 1e5 - lat) < 0.3 and abs(entry.west / 1e5 - lon) < 0.3:
            for index in range(0, entry.count, 7):
                north, east = entry.point(index)
                assert metres(lat, lon, north / 1e5, east / 1e5) >= reach - 1.5


def test_the_file_stays_small() -> None:
    """The package must stay under 15 MB."""
    assert FILE.stat().st_size < 12_000_000


@pytest.mark.shared
def test_every_postcode_is_found_exactly(shared: Path) -> None:
    """Not one of 1.74 million is lost, moved or given to another authority."""
    count = 0
    with gzip.open(
        shared / "data/places/codepoint_open_gb_postcodes.csv.gz", "rt", encoding="utf-8"
    ) as stream:
        rows = csv.reader(stream)
        next(rows)
        for postcode, lat, lon, lad in rows:
            found = POSTCODES.find(postcode)
            count += 1
            if found is None or (found.postcode, found.lat, found.lon, found.lad) != (
                postcode,
                float(lat),
                float(lon),
                lad,
            ):
                pytest.fail(postcode)
    assert count == 1_739_034
    assert sum(entry.count for entry in POSTCODES.file.outcodes.values()) == count
