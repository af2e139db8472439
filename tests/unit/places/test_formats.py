"""Tables of places that an operator may load, row by row. Rows here are made up, in the real layouts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.places.formats import open_name, recognise

CODE_POINT = ["AB101AB", "10", "394235", "806529", "S92000003", "", "S08000020", "", "S12000033", "S13002483"]
ONSPD = ["pcd", "pcd2", "pcds", "dointr", "doterm", "oscty", "oslaua", "osward", "lat", "long"]
ONSPD_ROW = [
    "AB1 0AA",
    "AB1  0AA",
    "AB1 0AA",
    "198001",
    "199606",
    "S99999999",
    "S12000033",
    "S13002843",
    "57.1",
    "-2.2",
]
NEWER = ["pcd7", "pcd8", "pcds", "doterm", "lad25cd", "wd25cd", "cty25cd", "lat", "long"]


def open_names(kind: str = "populatedPlace", local: str = "Village", name: str = "Exampleton") -> list[str]:
    """A made-up row of OS Open Names."""
    row = [""] * 34
    row[:10] = [
        "osgb1",
        "http://example/1",
        name,
        "",
        "Enghraifft",
        "cym",
        kind,
        local,
        "331719.8",
        "1019258.2",
    ]
    row[12:16] = ["331378", "1019063", "331901", "1019563"]
    row[16], row[24], row[27] = "KW17", "Orkney Islands", "Scotland"
    return row


def test_code_point_open_is_known_by_its_ten_fields() -> None:
    """And its grid references become degrees."""
    kind = recognise(CODE_POINT)
    assert kind is not None
    assert (kind.name, kind.header) == ("code-point-open", False)
    row = kind.read(CODE_POINT)
    assert isinstance(row, dict)
    assert (row["postcode"], row["lad"], row["terminated"]) == ("AB10 1AB", "S12000033", False)
    assert (row["lat"], row["lon"]) == (57.14959, -2.09699) or abs(row["lat"] - 57.149) < 0.01
    assert kind.read([*CODE_POINT[:2], "0", "0", *CODE_POINT[4:]]) == "no_position"
    assert kind.read(["not one", *CODE_POINT[1:]]) == "not_a_postcode"
    assert kind.read(CODE_POINT[:5]) == "wrong_number_of_fields"


def test_onspd_is_known_by_its_header_in_any_edition() -> None:
    """Postcodes out of use are kept, and told."""
    kind = recognise(ONSPD)
    assert kind is not None
    assert (kind.name, kind.header) == ("onspd", True)
    row = kind.read(ONSPD_ROW)
    assert isinstance(row, dict)
    assert (row["postcode"], row["lad"], row["ward"], row["terminated"]) == (
        "AB1 0AA",
        "S12000033",
        "S13002843",
        True,
    )
    newer = recognise(NEWER)
    assert newer is not None
    live = newer.read(["BT11AA", "BT1 1AA", "BT1 1AA", "", "N09000003", "N08000310", "", "54.6", "-5.9"])
    assert isinstance(live, dict)
    assert (live["lad"], live["terminated"], live["county"]) == ("N09000003", False, None)
    assert newer.read(["BT11AA", "", "BT1 1AA", "", "", "", "", "99.999999", "0.000000"]) == "no_position"
    assert newer.read([]) == "no_position"


def test_open_names_gives_settlements_streets_and_stations() -> None:
    """Under each of their names; other things are left out."""
    kind = recognise(open_names())
    assert kind is not None
    assert kind.name == "os-open-names"
    rows = kind.read(open_names())
    assert isinstance(rows, list)
    assert [(row["name_key"], row["kind"]) for row in rows] == [
        ("exampleton", "settlement"),
        ("enghraifft", "settlement"),
    ]
    assert rows[0]["radius_m"] == 262
    assert isinstance(kind.read(open_names("transportNetwork", "Named Road", "Example Road")), list)
    assert kind.read(open_names("other", "Postcode")) == "postcode"
    assert kind.read(open_names("hydrography", "Sea")) == "not_a_place_people_name"


@pytest.mark.parametrize("row", [[], [""], ["a", "b"], ["name", "address", "postcode"], ["x"] * 34])
def test_other_tables_are_not_recognised(row: list[str]) -> None:
    """Nothing is guessed."""
    assert recognise(row) is None


@given(st.lists(st.text(max_size=20), max_size=40))
def test_any_row_is_taken_or_refused_with_a_reason(row: list[str]) -> None:
    """Foreign text never raises."""
    recognise(row)
    for first in (CODE_POINT, ONSPD, open_names()):
        kind = recognise(first)
        assert kind is not None
        assert kind.read(row)
    assert open_name(row)
