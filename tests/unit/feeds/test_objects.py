"""Rows of a service are told from those of objects that others carry too."""

from __future__ import annotations

from typing import Any

from directory.feeds.objects import fingerprint, split
from directory.hsds.reading import read

HALL: dict[str, Any] = {
    "id": "hall",
    "location_type": "physical",
    "name": "Example Hall",
    "addresses": [{"address_1": "1 Example Road", "country": "GB", "address_type": "physical"}],
    "contacts": [
        {"name": "Example Person", "phones": [{"number": "01632 960001", "languages": [{"code": "cy"}]}]}
    ],
    "schedules": [{"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}],
}


def _document(*halls: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "s",
        "name": "Example",
        "status": "active",
        "phones": [{"number": "01632 960000"}],
        "organization": {"id": "o", "name": "Example Trust", "phones": [{"number": "01632 960002"}]},
        "service_at_locations": [{"id": f"at {hall['id']}", "location": hall} for hall in halls],
    }


def _tables(rows: dict[str, list[Any]]) -> dict[str, int]:
    return {table: len(found) for table, found in rows.items()}


def test_each_row_is_somewhere() -> None:
    """The children of an object go with it, theirs too; what is the service's own stays with it."""
    record = read(_document(HALL))
    parts = split(record.rows)
    assert _tables(parts.objects["location/hall"]) == {
        "location": 1,
        "address": 1,
        "contact": 1,
        "phone": 1,
        "schedule": 1,
        "language": 1,
    }
    assert _tables(parts.objects["organization/o"]) == {"organization": 1, "phone": 1}
    assert _tables(parts.own) == {"service": 1, "service_at_location": 1, "phone": 1}
    counted = sum(len(rows) for part in (parts.own, *parts.objects.values()) for rows in part.values())
    assert counted == sum(len(rows) for rows in record.rows.values())


def test_equal_wherever_it_stands() -> None:
    """The same object has the same hash at another place of another document; a changed one has not."""
    other = {"id": "other", "location_type": "virtual", "name": "Other"}
    first = split(read(_document(HALL)).rows).objects["location/hall"]
    second = split(read(_document(other, HALL)).rows).objects["location/hall"]
    changed = split(read(_document({**HALL, "name": "Hall"})).rows).objects["location/hall"]
    assert fingerprint(first) == fingerprint(second) != fingerprint(changed)


def test_an_attribute_goes_with_what_it_stands_in() -> None:
    """Whatever a publisher writes as `link_type`, an attribute of a place belongs to that place."""
    tag = {"id": "t", "link_type": "tag", "link_entity": "service", "taxonomy_term": {"id": "k", "name": "K"}}
    parts = split(read(_document({**HALL, "attributes": [tag]})).rows)
    assert _tables(parts.objects["location/hall"])["attribute"] == 1
    assert "attribute" not in parts.own
