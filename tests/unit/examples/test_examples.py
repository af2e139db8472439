"""The example directory: as wide as it should be, invented throughout, and what its script makes."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from directory.examples import SERVICES, build_examples
from directory.examples.reading_hours import schedule
from directory.examples.record_of import INVENTED, MARK
from directory.hsds.reading import read
from directory.places.postcodes import Postcodes

if TYPE_CHECKING:
    from pathlib import Path

AUTHORITIES = {
    "lambeth": "E09000022",
    "leeds": "E08000035",
    "bedford": "E06000055",
    "ceredigion": "W06000008",
}
DRAMA = re.compile(r"020 7946 0\d{3}|0113 496 0\d{3}|01632 960\d{3}|0808 157 0\d{3}|07700 900\d{3}", re.ASCII)
ENTRIES = {area: build_examples.entries(area) for area in build_examples.COUNTIES}
EVERY = [entry for found in ENTRIES.values() for entry in found]
SHIPPED = [json.loads(line) for line in SERVICES.read_text(encoding="utf-8").splitlines()]


def test_holds_three_hundred_services_over_seventy_needs() -> None:
    assert len(SHIPPED) >= 300
    assert len({entry["need"] for entry in EVERY}) >= 70


def test_each_of_the_four_areas_has_its_share() -> None:
    for area in AUTHORITIES:
        assert len(ENTRIES[area]) >= 70
        assert len({entry["need"] for entry in ENTRIES[area]}) >= 55


@pytest.mark.parametrize("area", AUTHORITIES)
def test_every_postcode_lies_in_the_authority_it_is_listed_under(area: str) -> None:
    postcodes = Postcodes()
    for entry in ENTRIES[area]:
        if "postcode" in entry:
            point = postcodes.find(entry["postcode"])
            assert point is not None, entry["name"]
            assert point.postcode == entry["postcode"]
            assert point.lad == AUTHORITIES[area]


def test_every_record_is_taken_without_a_finding() -> None:
    for document in SHIPPED:
        assert read(document).findings == []


def test_every_record_says_that_it_is_an_example() -> None:
    for document in SHIPPED:
        assert document["name"].endswith(MARK)
        assert document["organization"]["description"] == INVENTED


def test_no_two_records_share_a_name_or_an_id() -> None:
    assert len({document["name"] for document in SHIPPED}) == len(SHIPPED)
    assert len({document["id"] for document in SHIPPED}) == len(SHIPPED)


def test_nobody_real_can_be_rung_or_written_to() -> None:
    text = SERVICES.read_text(encoding="utf-8")
    numbers = [entry["phone"] for entry in EVERY if "phone" in entry]
    assert [number for number in numbers if not DRAMA.fullmatch(number)] == []
    assert set(re.findall(r"@([\w.]+)", text)) == {"example.org"}
    assert set(re.findall(r"https?://([\w.]+)", text)) == {"example.org"}


def test_the_file_is_what_the_script_makes() -> None:
    assert SERVICES.read_text(encoding="utf-8") == build_examples.directory()


def test_every_service_has_a_second_description_of_its_own() -> None:
    second = build_examples.reworded()
    assert set(second) == {entry["name"] for entry in EVERY}
    for entry in EVERY:
        assert _words(second[entry["name"]]) != _words(entry["description"])


def test_reworded_differs_in_the_descriptions_alone() -> None:
    for line, first in zip(build_examples.directory(second=True).splitlines(), SHIPPED, strict=True):
        other = json.loads(line)
        assert other.pop("description") != first["description"]
        assert other == {key: value for key, value in first.items() if key != "description"}


def test_reworded_is_written_where_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "reworded.jsonl"
    monkeypatch.setattr(sys, "argv", ["build_examples", "--reworded", str(out)])
    build_examples.main()
    assert out.read_text(encoding="utf-8") == build_examples.directory(second=True)


def test_some_are_shut_for_good_or_for_now() -> None:
    states = Counter(document["status"] for document in SHIPPED)
    assert states["defunct"] + states["inactive"] >= 12
    assert states["temporarily closed"] >= 8
    assert sum("alert" in document for document in SHIPPED) >= 4


def test_as_uneven_as_real_records() -> None:
    for missing in ("schedules", "cost_options", "phones", "email", "url", "assured_date", "attributes"):
        assert any(missing not in document for document in SHIPPED), missing
    rows = [row for document in SHIPPED for row in document.get("schedules", ())]
    assert any(row.get("interval") == 2 and "dtstart" in row for row in rows)
    assert any(row.get("freq") == "MONTHLY" for row in rows)
    assert any("opens_at" in row and row["closes_at"] < row["opens_at"] for row in rows)
    assert any(row.get("closes_at") == "23:59" for row in rows)


@pytest.mark.parametrize("line", ["TU", "TU 10-12", "whenever", "TU 10:00-12:00 term time"])
def test_hours_that_cannot_be_read_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match=re.escape(line)):
        schedule(line)


def test_hours_are_read_as_they_are_written() -> None:
    assert schedule("MO-WE,SA 09:00-17:00") == {
        "freq": "WEEKLY",
        "byday": "MO,TU,WE,SA",
        "interval": 1,
        "opens_at": "09:00",
        "closes_at": "17:00",
    }
    assert schedule("-1TH 18:00-20:00 (Ring first)")["byday"] == "-1TH"
    assert schedule("(By appointment)") == {"description": "By appointment"}


@pytest.mark.shared
def test_every_record_holds_to_the_standard(shared: Path) -> None:
    schema: dict[str, Any] = json.loads(
        (shared / "specs" / "oruk-v3" / "compiled" / "service.json").read_text(encoding="utf-8")
    )
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    for document in SHIPPED:
        assert [error.message for error in validator.iter_errors(document)] == [], document["name"]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
