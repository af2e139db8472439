"""What becomes of the rows of one service. All of them are invented examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from directory.search.cards import unpacked
from directory.search.offer import Flag, Offer
from directory.search.projecting import project
from directory.search.query import Reach
from directory.search.sorting import Sort, Strength, Told, unsorted
from tests.contract.search_examples import HERE, NORTH, SOUTH, Example, Point


def _offers(rows: dict[str, list[dict[str, Any]]], sort: Sort = unsorted) -> list[Offer]:
    return project(
        rows,
        postcodes=lambda text: Point("ZZ1 1ZZ", 51.0, -1.0, SOUTH) if text == "zz11zz" else None,
        authority_near=lambda lat, lon: NORTH,  # noqa: ARG005
        authority_named={"Northshire": NORTH}.get,
        sort=sort,
    )


def test_there_is_an_offer_for_each_place() -> None:
    """Each with its own point and its own hours."""
    rows = Example("one", others=((500.0, 0.0),), days="MO").rows()
    rows["schedule"].append(
        {"id": "own", "service_at_location_id": "one@1", "freq": "WEEKLY", "byday": "SU",
         "opens_at": "10:00", "closes_at": "11:00"}
    )  # fmt: skip
    first, second = _offers(rows)
    assert (first.lat, second.lat) == (HERE.lat, HERE.lat + 500 / 111_195)
    assert first.weeks != second.weeks
    assert unpacked(second.card).service_at_location_id == "one@1"


def test_a_place_without_a_point_is_where_its_postcode_is() -> None:
    """However it was written, and its authority with it."""
    rows = Example("one", postcode="zz11zz").rows()
    rows["location"][0].update(latitude=None, longitude=None)
    (offer,) = _offers(rows)
    assert (offer.lat, offer.lon, offer.lad, offer.reach) == (51.0, -1.0, SOUTH, Reach.PLACE)
    assert unpacked(offer.card).postcode == "ZZ1 1ZZ"


def test_a_place_that_cannot_be_found_is_unplaced() -> None:
    """Never dropped."""
    rows = Example("one", postcode="nowhere").rows()
    rows["location"][0].update(latitude=None, longitude=None)
    (offer,) = _offers(rows)
    assert (offer.lat, offer.reach) == (None, Reach.UNPLACED)


def test_the_postcode_says_which_authority_else_the_point_does() -> None:
    """The stamp that answers "in Lambeth" exactly."""
    assert _offers(Example("one", postcode="zz11zz").rows())[0].lad == SOUTH
    assert _offers(Example("one").rows())[0].lad == NORTH


def test_service_areas_become_authorities() -> None:
    """Those that are known by name; the whole country is nationwide."""
    areas = [{"id": "1", "name": "Northshire"}, {"id": "2", "name": "Atlantis"}]
    (offer,) = _offers(Example("one", north=None, more={"service_area": areas}).rows())
    assert (offer.reach, offer.areas, offer.nationwide) == (Reach.AREA, (NORTH,), False)
    areas = [{"id": "1", "name": "United Kingdom"}]
    assert _offers(Example("one", north=None, more={"service_area": areas}).rows())[0].nationwide


def test_text_is_searched_as_it_reads() -> None:
    """Markup is no word, and every word of name, description, terms and organisation is."""
    more = {"organization": [{"id": "o", "name": "Example Trust"}]}
    example = Example(
        "one", name="Warm Hub", description="<p>Hot soups</p>", terms=("Food banks",), more=more
    )
    (offer,) = _offers(example.rows())
    assert set(offer.words.split()) == {"warm", "hub", "hot", "soup", "food", "bank", "exampl", "trust"}
    assert (offer.name, offer.terms) == ("warm hub", (("food banks", "Food banks"),))


def test_a_sorter_is_told_all_that_a_record_says() -> None:
    """In stems, the description sentence by sentence, the terms by their names."""
    told: list[Told] = []

    def sort(record: Told) -> list[tuple[str, Strength]]:
        told.append(record)
        return []

    more = {"organization": [{"id": "o", "name": "Example Trust"}]}
    service = {"eligibility_description": "For carers."}
    description = "<p>Hot soups! Come in; no booking.</p>"
    example = Example("one", name="Warm Hub", description=description, service=service, more=more)
    _offers(replace(example, terms=("Food banks",)).rows(), sort)
    assert told == [
        Told(
            name=["warm", "hub"],
            sentences=[["hot", "soup"], ["come", "in"], ["no", "book"]],
            eligibility=["for", "carer"],
            organization=["exampl", "trust"],
            terms=("food banks",),
        )
    ]


def test_the_needs_it_was_sorted_into_are_found_and_not_shown() -> None:
    """They stand among the terms of each offer, and on no card."""
    example = Example("one", terms=("Food banks",), others=((500.0, 0.0),))
    found = _offers(example.rows(), lambda _: [("food_bank", Strength.SURE), ("debt", Strength.LIKELY)])
    terms = (("food banks", "Food banks"), ("need:food_bank", ""), ("need:~debt", ""))
    assert [offer.terms for offer in found] == [terms, terms]
    assert [unpacked(offer.card).terms for offer in found] == [["Food banks"]] * 2


def test_what_is_stated_becomes_flags() -> None:
    """And what is not stated sets none."""
    more: dict[str, list[dict[str, Any]]] = {"cost_option": [{"id": "c", "amount": 0.0}]}
    assert not Flag(_offers(Example("one").rows())[0].flags)
    flags = Flag(_offers(Example("one", days="MO", service={"minimum_age": 60.0}, more=more).rows())[0].flags)
    assert flags == Flag.FREE | Flag.HOURS_KNOWN | Flag.AGES_KNOWN


def test_twins_are_alike_in_name_and_postcode() -> None:
    """Whatever the case, and never without a postcode."""
    one, two = (
        _offers(Example("one", name=name, postcode="zz11zz").rows())[0] for name in ("A hall", "A HALL")
    )
    assert one.twin == two.twin != 0
    assert _offers(Example("one").rows())[0].twin == 0


def test_a_date_of_assurance_is_kept_and_never_made() -> None:
    """Modified is not assured."""
    service = {"last_modified": "2026-03-01T00:00:00Z"}
    assert _offers(Example("one", service=service).rows())[0].assured is None
    assert (
        _offers(Example("one", service={"assured_date": date(2026, 1, 2)}).rows())[0].assured
        == date(2026, 1, 2).toordinal()
    )
