"""A v1 service is read as the same service in v3."""

from __future__ import annotations

from directory.hsds import v1
from directory.hsds.reading import read
from tests.unit.hsds.examples import v1_service, v3_service


def test_each_profile_is_told_by_what_only_it_has() -> None:
    assert v1.is_v1(v1_service())
    assert not v1.is_v1(v3_service())
    assert not v1.is_v1({"id": "s", "name": "Example", "service_at_locations": [None, {"location": []}]})
    assert v1.is_v1({"service_at_locations": [{"location": {"physical_addresses": []}}]})
    assert v1.is_v1({"organization": {"url": "https://example.org"}})
    assert not v1.is_v1({"organization": {"url": "https://example.org"}, "schedules": []})


def test_a_v1_service_goes_into_the_same_tables() -> None:
    record = read(v1_service())
    rows = record.rows
    assert record.active, "v1 asks for no status"
    assert rows["organization"][0]["website"] == "https://teas.example.org"
    assert rows["language"][0]["name"] == "Welsh"
    assert rows["address"][0]["location_id"] == "example-v1-location"
    assert rows["accessibility"][0]["accessibility"] == "Ramp"
    assert rows["service_area"][0]["name"] == "Example Town"
    assert rows["phone"][0]["contact_id"] == "k1"
    assert rows["funding"][0]["source"] == "Example Fund"
    assert rows["review"][0]["score"] == "5"
    assert rows["holiday_schedule"][0]["closed"] is True
    assert {(row["service_id"], row["service_at_location_id"]) for row in rows["schedule"]} == {
        ("example-v1-service", None),
        (None, "example-v1-place"),
    }


def test_taxonomies_become_terms() -> None:
    rows = read(v1_service()).rows
    assert [(row["id"], row["name"], row["taxonomy"]) for row in rows["taxonomy_term"]] == [
        ("t1", "Tea rooms", "Example list"),
        ("7", "Free", None),
    ]
    assert [(row["link_type"], row["link_id"], row["taxonomy_term_id"]) for row in rows["attribute"]] == [
        ("service", "example-v1-service", "t1"),
        ("cost_option", "c1", "7"),
    ]


def test_ages_are_as_wide_as_the_groups_together() -> None:
    document = v1_service()
    [service] = read(document).rows["service"]
    assert (service["minimum_age"], service["maximum_age"]) == (13, 60)
    document["eligibilitys"].append({"id": "e3", "minimum_age": 5})
    [service] = read(document).rows["service"]
    assert (service["minimum_age"], service["maximum_age"]) == (5, None)


def test_findings_point_into_the_document_as_published() -> None:
    document = v1_service()
    document["organization"]["url"] = "nowhere"
    document["languages"][0]["language"] = ["Welsh"]
    document["link_taxonomies"][0]["taxonomy"]["name"] = {}
    location = document["service_at_locations"][0]["location"]
    location["physical_addresses"][0]["city"] = []
    document["service_at_locations"][0]["regular_schedule"][0]["opens_at"] = "late"
    assert {(finding.pointer, finding.reason) for finding in read(document).findings} == {
        ("/regular_schedules/0/closes_at", "not_a_time"),
        ("/organization/url", "not_a_web_address"),
        ("/languages/0/language", "not_text"),
        ("/link_taxonomies/0/taxonomy/name", "not_text"),
        ("/service_at_locations/0/location/physical_addresses/0/city", "not_text"),
        ("/service_at_locations/0/regular_schedule/0/opens_at", "not_a_time"),
    }


def test_conversion_leaves_the_document_as_it_was() -> None:
    document = v1_service()
    v1.to_v3(document)
    assert document == v1_service()


def test_nothing_a_v1_service_says_is_lost_on_the_way() -> None:
    def texts(value: object) -> set[str]:
        if isinstance(value, dict):
            return set().union(*map(texts, value.values()))
        if isinstance(value, list):
            return set().union(*map(texts, value))
        return {str(value)}

    assert texts(v1_service()) <= texts(v1.to_v3(v1_service()))
