"""The standard's own examples are read, and what they get wrong is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest

from directory.hsds.canonical import dumps, loads, same
from directory.hsds.reading import read
from directory.hsds.record import Rejected

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.shared

IMPOSSIBLE = ("/service_at_locations/0/location/latitude", "not_a_latitude", "100")


@pytest.fixture
def examples(shared: Path) -> dict[str, Any]:
    """Name -> example of ORUK v3."""
    return {
        path.stem: orjson.loads(path.read_bytes())
        for path in (shared / "specs/oruk-v3/examples").glob("*.json")
    }


def test_the_full_service_is_read_but_for_its_latitude(examples: dict[str, Any]) -> None:
    record = read(examples["service_full"])
    assert [(one.pointer, one.reason, one.value) for one in record.findings] == [IMPOSSIBLE]
    assert record.active
    assert sorted(table for table, rows in record.rows.items() if len(rows) == 1) == sorted(record.rows)
    assert len(record.rows) == 15
    assert record.rows["schedule"][0]["byday"] == "TH,FR"
    assert record.rows["schedule"][0]["closes_at"] == "18:00"


def test_rows_of_a_list_are_services_too(examples: dict[str, Any]) -> None:
    for row in examples["service_list"]["contents"]:
        record = read(row)
        assert record.active
        assert record.findings == []


def test_a_service_inside_a_service_at_location_is_read(examples: dict[str, Any]) -> None:
    record = read(examples["service_at_location_full"]["service"])
    assert record.findings == []


def test_what_is_no_service_is_rejected_or_nobodys(examples: dict[str, Any]) -> None:
    for name in ("organization_list", "taxonomy_list", "taxonomy_term_list", "service_list"):
        with pytest.raises(Rejected, match="no_id"):
            read(examples[name])
    assert not read(examples["taxonomy"]).active


def test_each_example_is_written_back_as_it_was(examples: dict[str, Any]) -> None:
    for example in examples.values():
        assert same(loads(dumps(example)), example)
