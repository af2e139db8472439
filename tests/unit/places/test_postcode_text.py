"""Postcodes as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.places.postcode_text import (
    FULL,
    normalise_outcode,
    normalise_postcode,
    normalise_sector,
    readings,
    squeeze,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("SE24 0AB", "SE24 0AB"),
        ("se240ab", "SE24 0AB"),
        ("  se24   0ab ", "SE24 0AB"),
        ("SE24-0AB", "SE24 0AB"),
        ("SE24 OAB", "SE24 0AB"),
        ("SE2A 0AB", "SE2A 0AB"),
        ("M1 IAE", "M1 1AE"),
        ("MI 1AE", "M1 1AE"),
        ("EC1A1BB", "EC1A 1BB"),
        ("5E24 0AB", "SE24 0AB"),
        ("\uff33\uff25\uff12\uff14 \uff10\uff21\uff22", "SE24 0AB"),
    ],
)
def test_spacing_case_and_slips_are_mended(typed: str, meant: str) -> None:
    """A postcode may be typed in any way that its shape makes plain."""
    assert normalise_postcode(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "essex", "SE24", "12345", "SE24 0AB and more", "SE24 0CK", "a" * 5000, "\x00"]
)
def test_what_cannot_be_a_postcode_is_none(typed: str) -> None:
    """Words, parts and letters that no postcode ends in are no postcode."""
    assert normalise_postcode(typed) is None


def test_outcodes_and_sectors_have_their_own_shapes() -> None:
    """A part of a postcode is told from a whole one."""
    assert normalise_outcode("se24") == "SE24"
    assert normalise_outcode("se24 0ab") is None
    assert normalise_sector("se24 0") == "SE24 0"
    assert normalise_sector("se24") is None
    assert normalise_sector("se2 4") == "SE2 4"
    assert normalise_sector("se240") == "SE24 0"
    assert normalise_sector("0") is None


@given(st.text(max_size=30))
def test_any_text_gives_a_postcode_or_nothing(text: str) -> None:
    """Foreign text never raises, and what comes out is well formed and stays as it is."""
    found = normalise_postcode(text)
    normalise_outcode(text)
    normalise_sector(text)
    if found is not None:
        assert FULL.match(found.replace(" ", ""))
        assert normalise_postcode(found) == found


@given(st.from_regex(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True))
def test_a_well_formed_postcode_reads_as_itself_first(text: str) -> None:
    """Nothing is mended that need not be."""
    assert normalise_postcode(text) == f"{text[:-3]} {text[-3:]}"
    assert readings(squeeze(text))[0] == f"{text[:-3]} {text[-3:]}"
