"""One published service becomes rows; what is wrong in it is reported, and never brings it down."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from directory.hsds.assembling import MOST_FINDINGS, MOST_PARTS
from directory.hsds.reading import read
from directory.hsds.record import Finding, Rejected
from directory.hsds.shapes import SHAPES
from tests.unit.hsds.examples import Json, v3_service

if TYPE_CHECKING:
    from directory.hsds.record import Record, Row

SERVICE = {"id": "s", "name": "Example", "status": "active", "organization_id": "o"}


def only(record: Record, table: str) -> Row:
    """The one row of a table."""
    [row] = record.rows[table]
    return row


def reasons(record: Record) -> list[tuple[str, str]]:
    """Where each finding is, and its reason."""
    return [(finding.pointer, finding.reason) for finding in record.findings]


def test_a_whole_service_is_read_without_findings() -> None:
    record = read(v3_service())
    assert record.findings == []
    assert (record.service_id, record.active) == ("example-service", True)
    assert record.last_modified == "2026-02-01T10:30:45.123000Z"
    assert {table: len(rows) for table, rows in record.rows.items()} == {
        **dict.fromkeys(("service", "organization", "organization_identifier", "location", "address"), 1),
        **dict.fromkeys(("service_at_location", "accessibility", "service_area", "funding"), 1),
        **dict.fromkeys(("cost_option", "contact", "taxonomy"), 1),
        **dict.fromkeys(("taxonomy_term", "attribute", "language"), 2),
        **dict.fromkeys(("schedule", "phone"), 3),
    }
    assert only(record, "service")["assured_date"] == date(2026, 1, 31)


def test_what_hangs_on_an_object_gets_its_id() -> None:
    rows = read(v3_service()).rows
    assert {row["number"]: row["contact_id"] for row in rows["phone"]}["020 7946 0001"] == "k1"
    assert {row["number"]: row["organization_id"] for row in rows["phone"]}["020 7946 0003"] == (
        "example-organization"
    )
    assert [(row["service_id"], row["service_at_location_id"]) for row in rows["schedule"]] == [
        (None, "example-place"),
        ("example-service", None),
        ("example-service", None),
    ]
    assert [row["phone_id"] for row in rows["language"]] == [None, "phones/0"]
    assert rows["service_at_location"][0]["location_id"] == "example-location"
    assert rows["service"][0]["organization_id"] == "example-organization"


def test_an_attribute_names_the_object_it_stands_in_and_the_term() -> None:
    attributes = {str(row["id"]): row for row in read(v3_service()).rows["attribute"]}
    assert attributes["at1"]["link_id"] == "example-service"
    assert attributes["at1"]["link_type"] == attributes["at1"]["link_entity"] == "service"
    assert attributes["at2"]["link_id"] == "example-location"
    assert (attributes["at2"]["link_type"], attributes["at2"]["taxonomy_term_id"]) == ("location", "t2")


def test_an_attribute_may_name_another_object() -> None:
    attribute = {"id": "a", "link_id": "c1", "link_type": "cost_option", "taxonomy_term": {"id": "t"}}
    row = only(read({**SERVICE, "attributes": [attribute]}), "attribute")
    assert (row["link_id"], row["link_type"], row["link_entity"]) == ("c1", "cost_option", None)


def test_every_row_of_a_table_has_all_its_columns() -> None:
    for table, rows in read(v3_service()).rows.items():
        for row in rows:
            assert row.keys() == SHAPES[table].blank.keys()


@pytest.mark.parametrize(
    ("document", "reason", "pointer"),
    [
        (None, "not_an_object", ""),
        ([SERVICE], "not_an_object", ""),
        ({"name": "Example"}, "no_id", "/id"),
        ({"id": " ", "name": "Example"}, "no_id", "/id"),
        ({"id": ["s"], "name": "Example"}, "no_id", "/id"),
        ({"id": True, "name": "Example"}, "no_id", "/id"),
        ({"id": "s\x00", "name": "Example"}, "bad_id", "/id"),
        ({"id": "s" * 501, "name": "Example"}, "bad_id", "/id"),
        ({"id": "s"}, "no_name", "/name"),
        ({"id": "s", "name": " \x07 "}, "no_name", "/name"),
        ({"id": "s", "name": {"en": "Example"}}, "no_name", "/name"),
    ],
)
def test_a_service_without_id_or_name_is_rejected(document: object, reason: str, pointer: str) -> None:
    with pytest.raises(Rejected) as caught:
        read(document)
    assert (caught.value.reason, caught.value.pointer) == (reason, pointer)


def test_a_number_will_do_for_an_id_or_a_name() -> None:
    record = read({**SERVICE, "id": 12, "name": 1066})
    assert (record.service_id, only(record, "service")["name"]) == ("12", "1066")


def test_a_service_of_too_many_parts_is_rejected() -> None:
    with pytest.raises(Rejected, match="too_many_parts"):
        read({**SERVICE, "languages": [{"name": "x"}] * MOST_PARTS})


def test_findings_are_counted_up_to_a_limit() -> None:
    findings = read({**SERVICE, "languages": [1] * 2 * MOST_FINDINGS}).findings
    assert len(findings) == MOST_FINDINGS + 1
    assert findings[-1] == Finding("", "more_findings", "")


@pytest.mark.parametrize(
    ("status", "active", "found"),
    [
        ("active", True, []),
        (" ACTIVE ", True, []),
        ("temporarily closed", False, []),
        ("defunct", False, []),
        ("open", False, [("/status", "unknown_status")]),
        ("", False, [("/status", "missing")]),
        (None, False, [("/status", "missing")]),
    ],
)
def test_only_what_is_called_active_is_active(status: object, active: bool, found: object) -> None:  # noqa: FBT001
    record = read({**SERVICE, "status": status})
    assert record.active is active
    assert reasons(record) == found


def test_a_service_of_nobody_is_reported() -> None:
    assert reasons(read({"id": "s", "name": "Example", "status": "active"})) == [("/organization", "missing")]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"email": "https://example.org"}, [("/email", "not_an_email")]),
        ({"url": 5}, [("/url", "not_a_web_address")]),
        ({"name": ["x"] * 0 or "Example", "description": []}, [("/description", "not_text")]),
        (
            {"minimum_age": 20, "maximum_age": 10},
            [("/minimum_age", "ages_crossed"), ("/maximum_age", "ages_crossed")],
        ),
        ({"schedules": "by arrangement"}, [("/schedules", "not_a_list")]),
        ({"schedules": ["MO"]}, [("/schedules/0", "not_an_object")]),
        ({"schedules": [None, {}]}, []),
        ({"schedules": ""}, []),
        ({"schedules": [{"opens_at": "late"}]}, [("/schedules/0/opens_at", "not_a_time")]),
        ({"organization": "Example"}, [("/organization", "not_an_object")]),
        ({"organization": {"id": {}, "name": "x"}}, [("/organization/id", "bad_id")]),
        ({"organization": []}, []),
        ({"organization": [{"id": "o"}, {"id": "p"}]}, [("/organization/1", "more_than_one")]),
        ({"organization": {"id": "p"}}, [("/organization", "ids_disagree")]),
        ({"contacts": [{"service_id": "other"}]}, [("/contacts/0/service_id", "ids_disagree")]),
        ({"attributes": [{"taxonomy_term": "Food"}]}, [("/attributes/0/taxonomy_term", "not_an_object")]),
    ],
)
def test_what_is_wrong_is_reported_where_it_stands(change: Json, found: object) -> None:
    record = read({**SERVICE, **change})
    assert reasons(record) == found
    assert record.active


def test_a_finding_shows_what_stood_there() -> None:
    record = read({**SERVICE, "email": "not\x00 an e-mail" + "x" * 300, "alert": {"b": [1, None]}})
    shown = {finding.pointer: finding.value for finding in record.findings}
    assert shown["/email"].startswith("not an e-mail")
    assert len(shown["/email"]) <= 200
    assert shown["/alert"] == '{"b":[1,null]}'


def located(**location: object) -> Record:
    """A service at one location."""
    return read({**SERVICE, "service_at_locations": [{"id": "sl", "location": {"id": "l", **location}}]})


@pytest.mark.parametrize(
    ("latitude", "longitude", "column", "reason"),
    [
        (100, 101, "latitude", "not_a_latitude"),
        (0, 0, "latitude", "coordinates_zero"),
        (-0.12, 51.5, "latitude", "coordinates_swapped"),
        (51.5, None, "latitude", "half_a_point"),
        (None, -0.12, "longitude", "half_a_point"),
    ],
)
def test_a_point_that_can_not_be_right_is_left_out_whole(
    latitude: object, longitude: object, column: str, reason: str
) -> None:
    record = located(latitude=latitude, longitude=longitude)
    row = only(record, "location")
    assert (row["latitude"], row["longitude"]) == (None, None)
    assert reasons(record) == [(f"/service_at_locations/0/location/{column}", reason)]


def test_a_point_on_the_meridian_is_a_point() -> None:
    assert only(located(latitude="51.48", longitude=0), "location")["longitude"] == 0


def test_hours_that_nobody_knows_the_days_of_have_no_end() -> None:
    schedule = {"freq": "FORTNIGHTLY", "byday": "MO", "opens_at": "09:00", "closes_at": "10:00"}
    record = read({**SERVICE, "schedules": [schedule]})
    assert reasons(record) == [("/schedules/0/freq", "unknown_frequency")]
    assert (only(record, "schedule")["opens_at"], only(record, "schedule")["closes_at"]) == ("09:00", None)


def test_an_object_without_an_id_is_named_by_its_place() -> None:
    rows = read(
        {**SERVICE, "languages": [{"name": "Welsh"}, {"name": "Polish"}], "phones": {"number": "111"}}
    ).rows
    assert [row["id"] for row in rows["language"]] == ["languages/0", "languages/1"]
    assert [row["id"] for row in rows["phone"]] == ["phones"]


def test_a_shared_object_without_an_id_is_named_by_what_it_says() -> None:
    def term(name: str, description: str) -> object:
        attribute = {"taxonomy_term": {"name": name, "description": description}}
        return only(read({**SERVICE, "id": description, "attributes": [attribute]}), "attribute")[
            "taxonomy_term_id"
        ]

    assert term("Food", "x") == term("Food", "x")
    assert term("Food", "x") != term("Drink", "x")


def test_the_id_that_the_object_above_gives_serves_one_without() -> None:
    record = read({**SERVICE, "attributes": [{"taxonomy_term_id": 7, "taxonomy_term": {"name": "Food"}}]})
    assert only(record, "taxonomy_term")["id"] == "7"


def test_of_two_different_objects_with_one_id_none_is_lost() -> None:
    record = read({**SERVICE, "languages": [{"id": "l", "name": "Welsh"}, {"id": "l", "name": "Polish"}]})
    assert [(row["id"], row["name"]) for row in record.rows["language"]] == [
        ("l", "Welsh"),
        ("l#languages/1", "Polish"),
    ]
    assert reasons(record) == [("/languages/1/id", "repeated_id")]


def test_the_same_object_twice_is_one_row() -> None:
    phone = {"id": "p", "number": "020 7946 0001"}
    record = read({**SERVICE, "phones": [phone, phone], "contacts": [{"id": "k", "phones": [phone]}]})
    row = only(record, "phone")
    assert (row["service_id"], row["contact_id"]) == ("s", "k")
    assert record.findings == []


def test_one_location_at_two_places_of_a_service_is_one_row() -> None:
    full = {"id": "l", "name": "Example Hall", "addresses": [{"id": "a", "city": "Example"}]}
    places = [
        {"id": "1", "location": {"id": "l"}},
        {"id": "2", "location": full},
        {"id": "3", "location": full},
    ]
    record = read({**SERVICE, "service_at_locations": places})
    assert only(record, "location")["name"] == "Example Hall"
    assert only(record, "address")["location_id"] == "l"
    assert [row["location_id"] for row in record.rows["service_at_location"]] == ["l"] * 3
    assert record.findings == []


def test_of_two_versions_of_a_location_the_first_is_held_and_the_other_reported() -> None:
    places = [
        {"id": str(n), "location": {"id": "l", "name": f"Example {n}", "addresses": [{"id": str(n)}]}}
        for n in (1, 2)
    ]
    record = read({**SERVICE, "service_at_locations": places})
    assert only(record, "location")["name"] == "Example 1"
    assert only(record, "address")["id"] == "1"
    assert reasons(record) == [("/service_at_locations/1/location/id", "repeated_id")]


def test_a_taxonomy_may_be_a_name_or_an_object() -> None:
    named = {"taxonomy_term": {"id": "t", "taxonomy": "Example list"}}
    whole = {"taxonomy_term": {"id": "u", "taxonomy": {"id": "x", "name": "Example list"}}}
    record = read({**SERVICE, "attributes": [named, whole]})
    assert [(row["taxonomy"], row["taxonomy_id"]) for row in record.rows["taxonomy_term"]] == [
        ("Example list", None),
        (None, "x"),
    ]
    assert only(record, "taxonomy")["name"] == "Example list"


def test_names_seen_in_feeds_are_understood() -> None:
    location = {"id": "l", "accessibilities": [{"id": "a", "description": "Ramp"}]}
    organization = {"id": "o", "url": "https://example.org"}
    place = {"id": "sl", "location": location}
    record = read(
        {**SERVICE, "organization": organization, "service_at_location": [place], "last_modified": ""}
    )
    assert only(record, "accessibility")["location_id"] == "l"
    assert only(record, "organization")["website"] == "https://example.org"


def test_reading_leaves_the_document_as_it_was() -> None:
    document = v3_service()
    read(document)
    assert document == v3_service()
