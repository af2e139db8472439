"""What is published is v3, and names nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.publishing.public import public
from tests.unit.hsds.examples import v1_service, v3_service
from tests.unit.hsds.test_fields import JSON

if TYPE_CHECKING:
    from pathlib import Path

PERSON = "Example Person"


def test_people_are_left_out_and_how_to_reach_the_service_stays() -> None:
    document = v3_service()
    [contact] = document["contacts"]
    contact["email"] = "cook@example.org"
    published = public(document)
    assert PERSON not in str(published)
    assert "assurer_email" not in published
    assert published["contacts"] == [
        {
            "id": "k1",
            "title": "Cook",
            "email": "cook@example.org",
            "phones": [{"id": "p1", "number": "020 7946 0001"}],
        }
    ]


def test_everything_else_stays_as_it_was() -> None:
    document = v3_service()
    published = public(document)
    del document["assurer_email"]
    del document["contacts"][0]["name"]
    del document["service_at_locations"][0]["location"]["addresses"][0]["attention"]
    assert published == document
    assert published["unknown_field"] == {"kept": [1, "as it is"]}


def test_the_document_itself_is_not_changed() -> None:
    for example in (v3_service, v1_service):
        document = example()
        public(document)
        assert document == example()


def test_a_v1_service_comes_out_as_v3() -> None:
    published = public(v1_service())
    assert PERSON not in str(published)
    assert published["status"] == "active"
    assert published["organization"]["website"] == "https://teas.example.org"
    assert published["attributes"][0]["taxonomy_term"]["name"] == "Tea rooms"
    assert {"regular_schedules", "service_taxonomys", "fundings"}.isdisjoint(published)


def test_what_its_source_says_it_is_goes_before_what_it_looks_like() -> None:
    assert "status" not in public({"id": "s", "regular_schedules": []}, as_v1=False)
    assert public({"id": "s"}, as_v1=True)["status"] == "active"


@pytest.mark.parametrize(
    "hidden",
    [
        {"contacts": PERSON},
        {"contacts": [PERSON]},
        {"contact": {"Name": PERSON}},
        {"organization": {"contacts": [{"name": PERSON}]}},
        {"service_at_locations": [{"contacts": {"k": {"assurer_email": PERSON}}}]},
        {"Assurer-Email": PERSON},
        {"unknown": [[{"assurerEmail": PERSON}]]},
        {"location": {"address": {"attention": PERSON}}},
    ],
)
def test_people_are_left_out_wherever_they_stand(hidden: dict[str, Any]) -> None:
    assert PERSON not in str(public(hidden))


def test_names_of_things_stay() -> None:
    document = {
        "languages": [{"name": "Welsh"}],
        "phones": [{"languages": [{"name": "Welsh"}]}],
        "name": "Example",
    }
    assert public(document) == document


def test_what_lies_too_deep_to_be_looked_at_is_left_out() -> None:
    document: dict[str, Any] = {"assurer_email": PERSON}
    for _ in range(5_000):
        document = {"inner": document, "kept": 1}
    published = public(document)
    assert published["inner"]["kept"] == 1
    assert orjson.dumps(published)


@pytest.mark.shared
@pytest.mark.parametrize("example", [v1_service, v3_service], ids=["v1", "v3"])
def test_it_is_what_the_schema_of_the_standard_asks_for(shared: Path, example: Any) -> None:
    schema = orjson.loads((shared / "specs/oruk-v3/compiled/service.json").read_bytes())
    found = jsonschema.Draft202012Validator(schema).iter_errors(public(_with_ids(example())))
    assert [(list(error.absolute_path), error.message) for error in found] == []


def _with_ids(value: Any) -> Any:
    """The example with the id that the standard asks of every object."""
    if isinstance(value, list):
        return [_with_ids(member) for member in value]
    if isinstance(value, dict):
        filled = {key: _with_ids(member) for key, member in value.items()}
        filled.setdefault("id", "example")
        return {**filled, "id": str(filled["id"])}
    return value


@given(st.dictionaries(st.sampled_from(["contacts", "name", "assurer_email", "attention", "x"]), JSON))
def test_any_document_can_be_published(document: dict[str, Any]) -> None:
    published = public(document)
    assert "assurer_email" not in published
    assert public(published) == published
