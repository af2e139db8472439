"""When a paged list is at its end, and what it still owes."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from directory.feeds.sources.envelope import Page, read_page
from directory.feeds.sources.listing import Listing, row_id


def page(*ids: object, total: int | None = None, last: bool = False) -> Page:
    """A page of rows with these ids."""
    return Page([{"id": one} for one in ids], last, total, None)


def test_an_empty_page_ends_a_list() -> None:
    listing = Listing()
    assert [number for number, _ in listing.take(page("a", "b"))] == [1, 2]
    assert listing.take(page()) == []
    assert (listing.ended, listing.repeated, listing.seen) == (True, False, 2)


def test_a_page_that_comes_again_ends_a_list() -> None:
    listing = Listing()
    listing.take(page("a"))
    listing.take(page("b"))
    listing.take(page("a"))
    assert (listing.ended, listing.repeated) == (True, True)


def test_a_page_that_overlaps_gives_only_what_is_new() -> None:
    listing = Listing()
    listing.take(page("a", "b"))
    assert [row["id"] for _, row in listing.take(page("b", "c"))] == ["c"]
    assert not listing.ended


def test_three_pages_with_nothing_new_end_a_list() -> None:
    listing = Listing()
    listing.take(page("a", "b", "c"))
    for ids in (("b", "a"), ("c", "a"), ("c", "b")):
        assert not listing.ended
        listing.take(page(*ids))
    assert listing.repeated


def test_a_total_that_changes_is_noticed() -> None:
    listing = Listing()
    listing.take(page("a", total=3))
    listing.take(page("b", total=2))
    assert (listing.moved, listing.short) == (True, False)


def test_a_second_look_ends_although_nothing_is_new() -> None:
    listing = Listing()
    for one in "abcdef":
        listing.take(page(one, total=9))
    listing.take(page())
    listing.start_again()
    for one in "abcdef":
        assert not listing.ended
        listing.take(page(one))
    listing.take(page("f", "a"))
    listing.take(page("f", "b"))
    listing.take(page("f", "c"))
    assert listing.ended


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=4), max_size=60))
def test_nothing_is_given_twice_and_any_list_ends(pages: list[list[str]]) -> None:
    listing = Listing()
    given_out: list[str] = []
    for ids in pages:
        given_out += [row_id(row) for _, row in listing.take(page(*ids))]
        if listing.ended:
            break
    assert len(given_out) == len(set(given_out)) == listing.seen
    assert listing.ended or len(pages) < 60


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(
                st.sampled_from(["contents", "content", "last", "total_items", "empty", "id"]), x
            )
        ),
    )
)
def test_any_json_is_a_page_or_none(document: Any) -> None:
    found = read_page(document)
    if found is not None:
        Listing().take(found)


def test_ids_are_texts_or_numbers() -> None:
    assert [row_id(row) for row in ({"id": 7}, {"id": "x"}, {"id": True}, {"id": None}, {}, "x")] == [
        "7",
        "x",
        "",
        "",
        "",
        "",
    ]
