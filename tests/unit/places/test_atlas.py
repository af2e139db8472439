"""The tables of names in the package hold together."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from directory.places.atlas import Atlas, lines
from directory.places.choosing import bearing, choose
from directory.places.names import fold
from directory.places.vocabulary import everyday, not_misspelt, ordinary

if TYPE_CHECKING:
    from pathlib import Path

ATLAS = Atlas()


def test_every_authority_and_outcode_is_there() -> None:
    """350 districts of Great Britain; outcodes of Northern Ireland and the islands too."""
    assert len(ATLAS.authorities) == 350
    assert len(ATLAS.outcodes) == 2975
    for name in ("SE24", "EC1", "W1", "BT1", "JE2", "GY1", "IM1"):
        place = ATLAS.outcode(name)
        assert place is not None
        assert place.radius_m > 0


def test_every_shire_district_lies_in_one_county() -> None:
    """So that "Newport, Essex" can be told, and understood."""
    for code in ATLAS.authorities:
        if code.startswith("E07"):
            counties = [county.name for county in ATLAS.counties.all[1:] if county.holds(code)]
            assert [name for name in counties if name != "Sussex"], code


def test_every_alias_leads_somewhere() -> None:
    """An everyday name for nothing would be a mistake in the table."""
    for alias, name, _, _ in lines("aliases.csv"):
        assert bearing(ATLAS, alias), (alias, name)
        assert fold(alias) == alias


def test_namesakes_differ_in_name_or_in_what_they_lie_within() -> None:
    """A choice that looks twice the same is no choice."""
    for key in ATLAS.settlements:
        places = choose(bearing(ATLAS, key))
        shown = {(place.name, place.within, place.kind) for place in places}
        assert len(shown) == len(places), key


def test_word_lists_are_folded() -> None:
    """They are compared with folded words."""
    for word in (*ordinary(), *not_misspelt()):
        assert fold(word) == word
    assert "food" in everyday()


@pytest.mark.shared
def test_the_tables_say_what_they_were_made_from(shared: Path) -> None:
    """Every outcode, authority and settlement of the shared tables, where it was."""
    folder = shared / "data/places"
    with (folder / "outcodes.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            place = ATLAS.outcode(row["outcode"])
            assert place is not None
            assert (place.lat, place.lon) == (float(row["lat"]), float(row["lon"]))
    with (folder / "lad_centroids_gb.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            authority = ATLAS.authorities[row["lad_code"]]
            assert (authority.lat, authority.lon) == (float(row["lat"]), float(row["lon"]))
    with (folder / "places_geonames_gb.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            entries = [ATLAS.settlement(number) for number in ATLAS.settlements[fold(row["name"])]]
            assert (
                float(row["lat"]) in {entry.place.lat for entry in entries}
                or fold(row["name"]) == "newcastle"
            )
