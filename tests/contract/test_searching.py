"""What every searcher keeps to, on SQLite and on PostgreSQL. All services are invented examples."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from directory.search import schema
from directory.search.query import Need, Openness, Query, Reach, When, Where
from directory.search.ranking import FIT_HINT, FIT_LIKELY, FIT_TEXT
from directory.search.searching import searcher
from directory.search.sorting import NEED
from directory.store.engine import connect
from tests.contract.search_examples import (
    HERE,
    LONDON,
    NORTH,
    NOW,
    SOUTH,
    Directory,
    Example,
    at,
    directory,
    ids,
    question,
    term,
    words,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LIBRARY = ("Library services",)


@pytest.fixture
async def nearby(database_url: str) -> AsyncIterator[Directory]:
    """An empty directory on either engine."""
    async with directory(database_url) as made:
        yield made


async def test_a_store_without_a_projection_has_nothing_near(database_url: str) -> None:
    """No error where nothing was ever imported."""
    store = connect(database_url)
    asked = searcher(store, LONDON)
    assert (await asked.near(question(words("library")))).hits == ()
    assert (await asked.vocabulary()).match(["library"]) == ()
    await asked.close()
    await store.close()


async def test_ensuring_twice_keeps_what_is_there(nearby: Directory) -> None:
    """`ensure` says whether it made the tables, and leaves them alone where they are right."""
    await nearby.put(Example("one"))
    assert await schema.ensure(nearby.store) is False
    assert await nearby.ask() == ["one"]


async def test_another_version_of_the_projection_is_made_anew(nearby: Directory) -> None:
    """Since it can be filled again from the rows, an old one is dropped."""
    await nearby.put(Example("one"))
    async with nearby.store.begin() as connection:
        await connection.exec_driver_sql("UPDATE projection_state SET version = version + 1")
    assert await schema.ensure(nearby.store) is True
    assert await nearby.ask() == []


async def test_what_was_sorted_by_something_else_is_made_anew(nearby: Directory) -> None:
    """The needs of records are in the index: other words for them, another index."""
    await nearby.put(Example("one"))
    assert await schema.is_current(nearby.store)
    assert not await schema.is_current(nearby.store, "another lexicon")
    assert await schema.ensure(nearby.store, "another lexicon") is True
    assert await nearby.ask() == []
    assert await schema.is_current(nearby.store, "another lexicon")
    assert await schema.ensure(nearby.store, "another lexicon") is False


async def test_the_nearest_comes_first_by_term(nearby: Directory) -> None:
    """Distance orders what fits equally."""
    await nearby.put(
        *(Example(f"{metres} m", north=metres, terms=LIBRARY) for metres in (9000, 300, 2000, 24000, 40))
    )
    found = (await nearby.searcher.near(question(term("library services")))).hits
    assert ids(found) == ["40 m", "300 m", "2000 m", "9000 m", "24000 m"]
    assert [hit.distance_m for hit in found] == [40, 300, 2000, 9000, 24000]
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


async def test_the_nearest_comes_first_by_words(nearby: Directory) -> None:
    """All words must be there, in any form and any order."""
    await nearby.put(
        Example("far", name="Warm books", north=5000),
        Example("near", name="Warm books", north=500),
        Example("half", name="Warm", north=5),
    )
    assert await nearby.ask(words("book", "warm")) == ["near", "far"]
    assert await nearby.ask(words("WARMING", "Booked")) == ["near", "far"]


async def test_what_has_the_words_in_its_name_comes_before_what_mentions_them(nearby: Directory) -> None:
    """At the same distance the name decides."""
    await nearby.put(
        Example("mentions", name="Cafe", description="Next to the chess club.", north=200),
        Example("named", name="Chess club", north=200),
        Example("longer", name="The old chess club", north=200),
    )
    assert await nearby.ask(words("chess", "club")) == ["named", "longer", "mentions"]


async def test_terms_and_words_together_give_each_once(nearby: Directory) -> None:
    """A need matches by its terms or by its words; the better of the two counts."""
    await nearby.put(
        Example("both", name="Library", terms=LIBRARY, north=100),
        Example("words", name="Book exchange", description="Like a library.", north=100),
        Example("terms", name="Reading rooms", terms=LIBRARY, north=100),
    )
    need = replace(words("library"), terms=("library services",))
    found = await nearby.searcher.near(question(need))
    assert ids(found.hits) == ["both", "terms", "words"]
    assert [hit.parts["fit"] for hit in found.hits] == [1.0, 1.0, 0.6]


async def test_a_hint_speaks_for_a_need_less_surely_than_a_term(nearby: Directory) -> None:
    """Whichever way it was found counts by the best: a term, the name, a hint, the text."""
    await nearby.put(
        Example("text", name="Cafe", description="With books.", north=100),
        Example("hint", name="Reading corner", terms=("Study space",), north=100),
        Example("named", name="Books", terms=("Study space",), north=100),
        Example("term", name="Reading rooms", terms=("Study space", *LIBRARY), north=100),
    )
    need = Need(("library services",), ("books",), hints=("study space", "library services", "no such"))
    found = (await nearby.searcher.near(question(need))).hits
    assert ids(found) == ["named", "term", "hint", "text"]
    assert [hit.parts["fit"] for hit in found] == [1.0, 1.0, FIT_LIKELY, FIT_TEXT]
    assert await nearby.ask(Need(hints=("study space",))) == ["hint", "named", "term"]


async def test_a_loose_term_hardly_speaks_for_a_need(nearby: Directory) -> None:
    """Each counts by the surest that it has."""
    await nearby.put(
        Example("loose", terms=("Anything",), north=100),
        Example("hint", terms=("Study space", "Anything"), north=100),
        Example("term", terms=LIBRARY, north=100),
    )
    need = Need(("library services",), hints=("study space",), loose=("anything", "study space"))
    found = (await nearby.searcher.near(question(need))).hits
    assert [(hit.service_id, hit.parts["fit"]) for hit in found] == [
        ("term", 1.0),
        ("hint", FIT_LIKELY),
        ("loose", FIT_HINT),
    ]


async def test_hints_are_stepped_through_in_rings(nearby: Directory) -> None:
    """Many more than are read at once, each by the surer of the two, pages alike."""
    await nearby.put(
        *(
            Example(f"{place:04}", north=place * 60, terms=("Study", *(LIBRARY if place % 2 else ())))
            for place in range(700)
        )
    )
    need = Need(("library services",), hints=("study",))
    found = (await nearby.searcher.near(question(need, limit=60))).hits
    assert {(int(hit.service_id) % 2, hit.parts["fit"]) for hit in found} == {(1, 1.0), (0, FIT_LIKELY)}
    paged = [one for offset in range(0, 60, 7) for one in await nearby.ask(need, limit=7, offset=offset)]
    assert paged[:60] == ids(found)


async def test_hints_speak_for_what_has_no_place_too(nearby: Directory) -> None:
    """Online, and after what has the term."""
    online = {"attending_type": "online"}
    await nearby.put(
        Example("hint", terms=("Study",), north=None, service=online),
        Example("term", terms=LIBRARY, north=None, service=online),
    )
    found = await nearby.searcher.near(question(Need(("library services",), hints=("study",)), online=True))
    assert ids(found.apart) == ["term", "hint"]
    assert [hit.parts["fit"] for hit in found.apart] == [1.0, FIT_LIKELY]


async def test_a_term_of_our_own_finds_and_is_never_seen(nearby: Directory) -> None:
    """The need that a record was sorted into is not among its terms, nor among those words lead to."""
    (offer,) = Example("one", terms=LIBRARY).offers()
    own = f"{NEED}food_bank"
    async with nearby.store.begin() as connection:
        sorted_into = replace(offer, terms=(*offer.terms, (own, "")))
        await nearby.projector.replace(connection, [1], [(1, 1, sorted_into)])
    (found,) = (await nearby.searcher.near(question(term(own)))).hits
    assert (found.service_id, found.terms) == ("one", LIBRARY)
    vocabulary = await nearby.searcher.vocabulary()
    assert vocabulary.match(["food"]) == vocabulary.match(["need"]) == ()
    assert vocabulary.match(["library"]) == ("library services",)


async def test_a_need_said_in_several_ways_is_found_by_each(nearby: Directory) -> None:
    """All words of one way must be there; words of different ways do not add up to one."""
    await nearby.put(
        Example("first", description="Chess is played here.", north=100),
        Example("second", description="Kings on a board.", north=200),
        Example("halves", description="Kings and queens.", north=50),
    )
    need = Need(words=("chess",), others=(("board", "king"), ("rooks",), ("",)))
    assert await nearby.ask(need) == ["first", "second"]
    assert await nearby.ask(Need(words=("draughts",), others=(("ludo",),))) == []
    assert await nearby.ask(Need(others=(("board", "king"),))) == ["second"]


async def test_what_says_a_need_in_more_ways_fits_better(nearby: Directory) -> None:
    """A term above all, then the name, then how many ways there are in the text."""
    await nearby.put(
        Example("once", name="Cafe", description="With a chessboard.", north=100),
        Example("twice", name="Cafe", description="With a chessboard; pawns, kings.", north=100),
        Example("named", name="Sunday pawns", description="Kings.", north=100),
        Example("term", name="Sunday club", terms=LIBRARY, north=100),
    )
    need = Need(("library services",), ("chessboard",), (("pawn",), ("king",)))
    found = await nearby.searcher.near(question(need))
    assert ids(found.hits) == ["term", "named", "twice", "once"]
    fits = [hit.parts["fit"] for hit in found.hits]
    assert fits == sorted(set(fits), reverse=True)


async def test_a_fitting_text_round_the_corner_comes_before_a_term_miles_away(nearby: Directory) -> None:
    """Terms and texts are one list."""
    await nearby.put(
        Example("term, far", terms=LIBRARY, north=8000),
        Example("term, near", terms=LIBRARY, north=300),
        Example("text", description="Shelves of books to borrow.", north=100),
    )
    need = Need(("library services",), ("library",), (("borrow", "books"),))
    assert await nearby.ask(need) == ["term, near", "text", "term, far"]


async def test_several_ways_are_said_of_what_has_no_place_too(nearby: Directory) -> None:
    """Online, and with the better fit first."""
    online = {"attending_type": "online"}
    await nearby.put(
        Example("once", name="Chat", description="Chess.", north=None, service=online),
        Example("twice", name="Chat", description="Chess and pawns.", north=None, service=online),
    )
    need = Need(words=("chess",), others=(("pawns",), ("rooks",)))
    found = await nearby.searcher.near(question(need, online=True))
    assert ids(found.apart) == ["twice", "once"]


async def test_common_ways_are_stepped_through_in_rings(nearby: Directory) -> None:
    """Many more than are read at once, nearest first, pages alike."""
    await nearby.put(
        *(
            Example(f"{place:04}", name="Room", description="Chess." if place % 2 else "Draughts.",
                    north=place * 60)
            for place in range(700)
        )
    )  # fmt: skip
    need = Need(words=("chess",), others=(("draughts",),))
    found = await nearby.ask(need, limit=60)
    assert found == [f"{place:04}" for place in range(60)]
    assert await nearby.ask(need, limit=10, offset=50) == found[50:]


async def test_without_a_need_whatever_is_near_is_found(nearby: Directory) -> None:
    """For questions that are conditions alone."""
    await nearby.put(Example("far", north=800), Example("near", north=10))
    assert await nearby.ask() == ["near", "far"]


async def test_an_unknown_term_finds_nothing(nearby: Directory) -> None:
    """And not everything."""
    await nearby.put(Example("one"))
    assert await nearby.ask(term("no such term")) == []


async def test_several_needs_are_answered_in_turn(nearby: Directory) -> None:
    """The best of each comes before the second of either."""
    await nearby.put(
        *(Example(f"library {place}", north=place * 100, terms=LIBRARY) for place in range(1, 5)),
        *(Example(f"food {place}", north=place * 1000, terms=("Food bank",)) for place in range(1, 3)),
    )
    found = await nearby.ask(term("library services"), term("food bank"))
    assert found == ["library 1", "food 1", "library 2", "food 2", "library 3", "library 4"]


async def test_where_nothing_is_near_the_nearest_there_is_stands_further(nearby: Directory) -> None:
    """Never a hard edge with nothing behind it."""
    await nearby.put(
        *(Example(f"{km} km", north=km * 1000, terms=LIBRARY) for km in (700, 40, 120)),
    )
    found = await nearby.searcher.near(question(term("library services")))
    assert found.hits == ()
    assert ids(found.further) == ["40 km", "120 km", "700 km"]


async def test_further_is_empty_where_something_is_near(nearby: Directory) -> None:
    """What is miles away does not pad an answer."""
    await nearby.put(Example("near", north=100, terms=LIBRARY), Example("far", north=60_000, terms=LIBRARY))
    found = await nearby.searcher.near(question(term("library services")))
    assert (ids(found.hits), found.further) == (["near"], ())


async def test_everything_within_a_wide_place_is_near(nearby: Directory) -> None:
    """The radius of the place asked about widens what counts as near."""
    await nearby.put(Example("edge", north=40_000, terms=LIBRARY))
    assert await nearby.ask(term("library services"), where=replace(HERE, radius_m=20_000)) == ["edge"]


async def test_common_terms_are_stepped_through_in_rings(nearby: Directory) -> None:
    """More than are read at once, and far beyond the first ring."""
    examples = [Example(f"{place:04}", north=place * 60, terms=LIBRARY) for place in range(400)]
    await nearby.put(*examples)
    found = await nearby.ask(term("library services"), limit=150)
    assert found == [f"{place:04}" for place in range(150)]
    assert (await nearby.ask(words("example"), limit=150)) == found


async def test_pages_never_overlap_and_leave_nothing_out(nearby: Directory) -> None:
    """Whatever the size of the pages."""
    await nearby.put(
        *(Example(f"{place:04}", north=place * 37, terms=LIBRARY, days="WE" if place % 3 else None)
          for place in range(330))
    )  # fmt: skip
    need, when = term("library services"), at(4, 12)
    whole = await nearby.ask(need, limit=330, when=when)
    assert len(set(whole)) == 330
    paged: list[str] = []
    for offset in range(0, 70, 7):
        found = await nearby.searcher.near(question(need, limit=7, offset=offset, when=when))
        assert found.more
        paged += ids(found.hits)
    assert paged == whole[:70]
    last = await nearby.searcher.near(question(need, limit=7, offset=326, when=when))
    assert (len(last.hits), last.more) == (4, False)


async def test_a_service_at_two_places_is_answered_once_at_the_nearer(nearby: Directory) -> None:
    """One hit for each service."""
    await nearby.put(Example("twice", north=900, others=((100.0, 0.0),), terms=LIBRARY))
    found = (await nearby.searcher.near(question(term("library services")))).hits
    assert [(hit.service_id, hit.service_at_location_id, hit.distance_m) for hit in found] == [
        ("twice", "twice@1", 100)
    ]


async def test_a_service_known_to_be_closed_then_is_left_out(nearby: Directory) -> None:
    """What is unknown stays, after what is open."""
    await nearby.put(
        Example("closed", north=10, terms=LIBRARY, days="MO"),
        Example("unknown", north=20, terms=LIBRARY),
        Example("open", north=30, terms=LIBRARY, days="WE"),
    )
    found = (await nearby.searcher.near(question(term("library services"), when=at(4, 12)))).hits
    assert [(hit.service_id, hit.hours.state) for hit in found] == [
        ("open", Openness.OPEN),
        ("unknown", Openness.UNKNOWN),
    ]


async def test_hours_are_exact_to_the_minute(nearby: Directory) -> None:
    """The index knows the hour of the week; the answer knows the minute."""
    more = {"schedule": [{"id": "s", "service_id": "late", "freq": "WEEKLY", "byday": "WE",
                          "opens_at": "12:30", "closes_at": "12:45"}]}  # fmt: skip
    await nearby.put(Example("late", terms=LIBRARY, more=more))
    assert await nearby.ask(term("library services"), when=at(4, 12)) == []
    assert await nearby.ask(term("library services"), when=at(4, 12, 14)) == ["late"]


async def test_of_two_places_of_a_service_the_open_one_is_answered(nearby: Directory) -> None:
    """Though the other is nearer."""
    more = {"schedule": [
        {"id": "1", "service_at_location_id": "two@0", "freq": "WEEKLY", "byday": "MO",
         "opens_at": "09:00", "closes_at": "17:00"},
        {"id": "2", "service_at_location_id": "two@1", "freq": "WEEKLY", "byday": "WE",
         "opens_at": "09:00", "closes_at": "17:00"},
    ]}  # fmt: skip
    await nearby.put(Example("two", north=50, others=((700.0, 0.0),), terms=LIBRARY, more=more))
    found = (await nearby.searcher.near(question(term("library services"), when=at(4, 12)))).hits
    assert [hit.service_at_location_id for hit in found] == ["two@1"]


async def test_free_leaves_out_what_is_known_to_cost(nearby: Directory) -> None:
    """Cost not stated is kept, lower."""
    await nearby.put(
        Example("paid", north=10, more={"cost_option": [{"id": "c", "amount": 3.0}]}),
        Example("unstated", north=20),
        Example("free", north=30, more={"cost_option": [{"id": "c", "amount": 0.0}]}),
    )
    assert await nearby.ask(free=True) == ["free", "unstated"]
    assert len(await nearby.ask()) == 3


async def test_ages_that_do_not_meet_are_left_out(nearby: Directory) -> None:
    """Ranges meet at their ends too; without a stated range nobody is turned away."""
    await nearby.put(
        Example("children", north=10, service={"minimum_age": 5.0, "maximum_age": 11.0}),
        Example("adults", north=20, service={"minimum_age": 18.0}),
        Example("unstated", north=30),
    )
    assert await nearby.ask(age=(11, 12)) == ["children", "unstated"]
    assert await nearby.ask(age=(18, 18)) == ["adults", "unstated"]
    assert await nearby.ask(age=(12, 17)) == ["unstated"]


async def test_another_language_is_left_out(nearby: Directory) -> None:
    """Where languages are not stated the service is kept, lower."""
    await nearby.put(
        Example("polish", north=10, more={"language": [{"id": "l", "code": "pl"}]}),
        Example("unstated", north=20),
        Example("welsh", north=30, more={"language": [{"id": "l", "name": "Welsh"}]}),
    )
    assert await nearby.ask(language="cy") == ["welsh", "unstated"]


async def test_known_lack_of_access_is_left_out(nearby: Directory) -> None:
    """A text that denies access does not count because it holds the word."""

    def access(key: str, text: str) -> dict[str, list[dict[str, str]]]:
        return {"accessibility": [{"id": "a", "location_id": f"{key}-0", "description": text}]}

    await nearby.put(
        Example("no", north=10, more=access("no", "No wheelchair access")),
        Example("unstated", north=20),
        Example("yes", north=30, more=access("yes", "Wheelchair accessible. Hearing loop.")),
    )
    assert await nearby.ask(wheelchair=True) == ["yes", "unstated"]
    assert await nearby.ask(access=("hearing_loop",)) == ["yes", "no", "unstated"]


async def test_services_for_the_other_gender_are_left_out(nearby: Directory) -> None:
    """Those for everybody stay."""
    await nearby.put(Example("women", name="Example women's group"), Example("all", name="Example group"))
    assert await nearby.ask(gender="men") == ["all"]
    assert set(await nearby.ask(gender="women")) == {"women", "all"}


async def test_what_needs_a_referral_is_left_out_when_asked(nearby: Directory) -> None:
    """Where nothing is said of it, it stays."""
    await nearby.put(
        Example("referral", description="Referral needed from a GP."), Example("open", description="Drop in.")
    )
    assert await nearby.ask(no_referral=True) == ["open"]


async def test_an_authority_is_kept_to_exactly(nearby: Directory) -> None:
    """What lies across the border is not in it, however near."""
    await nearby.put(
        Example("across", north=-10, terms=LIBRARY), Example("inside", north=30_000, terms=LIBRARY)
    )
    where = Where(HERE.lat, HERE.lon, radius_m=40_000, lad=NORTH)
    found = await nearby.searcher.near(question(term("library services"), where=where))
    assert (ids(found.hits), found.further) == (["inside"], ())
    assert await nearby.ask(words("example"), where=replace(where, lad=SOUTH)) == ["across"]


async def test_services_without_a_place_stand_apart(nearby: Directory) -> None:
    """What comes to you, covers the area, is online, or has no place that can be found."""

    def area(name: str) -> dict[str, list[dict[str, str]]]:
        return {"service_area": [{"id": "area", "name": name}]}

    await nearby.put(
        Example("here", terms=LIBRARY, north=100),
        Example("area", terms=LIBRARY, north=None, more=area("Northshire")),
        Example("other area", terms=LIBRARY, north=None, more=area("Southshire")),
        Example("everywhere", terms=LIBRARY, north=None, more=area("United Kingdom")),
        Example("online", terms=LIBRARY, north=None, service={"attending_type": "online"}),
        Example("nowhere", terms=LIBRARY, north=None),
    )
    where = replace(HERE, home_lad=NORTH)
    for need in (term("library services"), words("example")):
        found = await nearby.searcher.near(question(need, where=where))
        assert ids(found.hits) == ["here"]
        assert ids(found.apart) == ["area", "online", "everywhere"]
        assert {hit.distance_m for hit in found.apart} == {None}
    assert found.apart[1].reach is Reach.ONLINE


async def test_what_cannot_be_found_is_shown_where_it_belongs(nearby: Directory) -> None:
    """Only there, and never with a distance; without any hint, only where there is nothing else."""

    def lost(key: str, **address: str) -> Example:
        held = {"id": "address", "location_id": f"{key}-0", "city": "Exampleton"} | address
        nowhere = {"id": f"{key}-0", "location_type": "physical"}
        return Example(key, terms=LIBRARY, more={"location": [nowhere], "address": [held]})

    await nearby.put(
        lost("by outcode", postal_code="ZZ9 9ZZ"), lost("by town", city="Southshire"), lost("somewhere")
    )
    for need in (term("library services"), words("example")):
        for home, expected in (
            (NORTH, ["by outcode"]),
            (SOUTH, ["by outcode", "by town"]),
            ("E09000003", ["somewhere"]),
            (None, ["somewhere"]),
        ):
            found = await nearby.searcher.near(question(need, where=replace(HERE, home_lad=home)))
            assert (found.hits, found.further, ids(found.apart)) == ((), (), expected)
            assert {(hit.distance_m, hit.reach) for hit in found.apart} == {(None, Reach.UNPLACED)}
    await nearby.put(Example("here", terms=LIBRARY, north=100))
    assert (await nearby.searcher.near(question(term("library services")))).apart == ()


async def test_only_online_services_are_given_when_asked_for(nearby: Directory) -> None:
    """Places are left out then."""
    await nearby.put(
        Example("here", north=100), Example("online", north=None, service={"attending_type": "online"})
    )
    found = await nearby.searcher.near(question(online=True))
    assert (found.hits, ids(found.apart)) == ((), ["online"])


async def test_without_a_place_only_what_needs_none_is_found(nearby: Directory) -> None:
    """`where` may be unknown."""
    await nearby.put(
        Example("here", north=100), Example("online", north=None, service={"attending_type": "online"})
    )
    found = await nearby.searcher.near(question(where=None))
    assert (found.hits, ids(found.apart)) == ((), ["online"])


async def test_a_service_that_two_feeds_publish_is_answered_once(nearby: Directory) -> None:
    """Same name and postcode; the better assured one is shown, and names the other."""
    one = Example("one", name="Example Hall", feed=1, postcode="ZZ1 1ZZ", north=10)
    two = replace(one, id="two", name="EXAMPLE HALL", feed=2, north=11)
    elsewhere = replace(one, id="three", postcode=None, feed=2, north=500)
    await nearby.put(one, two, elsewhere)
    found = (await nearby.searcher.near(question(words("hall")))).hits
    assert [(hit.service_id, hit.also) for hit in found] == [("one", ((2, "two"),)), ("three", ())]


async def test_what_is_not_active_is_not_offered(nearby: Directory) -> None:
    """A service that closes vanishes with the change."""
    shut = Example("shut", status="temporarily closed")
    await nearby.put(shut)
    assert await nearby.ask() == []
    await nearby.put(replace(shut, status="active"))
    assert await nearby.ask() == ["shut"]
    await nearby.put(shut)
    assert await nearby.ask() == []


async def test_changes_and_withdrawals_show_at_once(nearby: Directory) -> None:
    """By term and by word alike."""
    one = Example("one", name="Chess", terms=LIBRARY)
    await nearby.put(one, Example("two", name="Chess", north=5))
    await nearby.put(replace(one, name="Bridge", terms=("Bridge",)))
    assert await nearby.ask(words("chess")) == ["two"]
    assert await nearby.ask(term("library services")) == []
    assert await nearby.ask(term("bridge")) == ["one"]
    assert await nearby.ask(words("bridge")) == ["one"]
    await nearby.withdraw(one)
    assert await nearby.ask() == ["two"]
    assert await nearby.ask(words("bridge")) == []


async def test_a_change_that_is_rolled_back_never_was(nearby: Directory) -> None:
    """The projection belongs to its caller's transaction."""
    async with nearby.store.engine.connect() as connection:
        await nearby.projector.replace(connection, [1], [(1, 1, Example("x", terms=LIBRARY).offers()[0])])
        await connection.rollback()
    assert await nearby.ask() == []
    assert (await nearby.searcher.vocabulary()).match(["library"]) == ()


async def test_the_vocabulary_leads_from_words_to_terms(nearby: Directory) -> None:
    """The most specific term first, and new ones as soon as they are there."""
    await nearby.put(Example("one", terms=("Library services", "Mobile library services", "Food banks")))
    vocabulary = await nearby.searcher.vocabulary()
    assert vocabulary.match(["libraries"]) == ("library services", "mobile library services")
    assert vocabulary.match(["library", "mobile"]) == ("mobile library services",)
    assert vocabulary.match(["zebra"]) == vocabulary.match([]) == ()
    await nearby.put(Example("two", terms=("Zebra crossings",)))
    assert (await nearby.searcher.vocabulary()).match(["zebra"]) == ("zebra crossings",)


async def test_a_hit_carries_the_facts_of_the_record(nearby: Directory) -> None:
    """As the card keeps them."""
    example = Example(
        "whole", name="Example hall", description="Fine <b>hall</b>.", days="WE", postcode="ZZ1 1ZZ",
        service={"url": "https://example.org", "email": "hall@example.org", "alert": "Closing early"},
        more={"phone": [{"id": "p", "service_id": "whole", "number": "01632 960000"}]},
    )  # fmt: skip
    await nearby.put(example)
    hit = (await nearby.searcher.near(question(words("hall")))).hits[0]
    assert (hit.description, hit.phone, hit.email, hit.url, hit.alert, hit.postcode) == (
        "Fine hall.", "01632 960000", "hall@example.org", "https://example.org", "Closing early", "ZZ1 1ZZ",
    )  # fmt: skip
    assert hit.week == (("Wednesday", "09:00 to 17:00"),)
    assert (hit.hours.state, hit.cost, hit.feed_id) == (Openness.OPEN, "unknown", 1)
    assert hit.hours.closes_at == NOW.astimezone(LONDON).replace(hour=17)


@pytest.mark.parametrize(
    "text",
    [
        '"', "'", "chess'", 'chess" OR "example', "NOT", "AND", "OR NOT", "NEAR(", "*", "chess*", "^chess",
        "name:chess", "(", ")", "-", "+", "{}", "\\", ";--", "'; DROP TABLE near_card; --", "@0r1c1",
        "chess\x00example", "\u202echess", "a" * 4096, "chess " * 700, "<b>", "%", "_", "!", "& | !",
        "\ud800", "\U0001f600", "", " ",
    ],
)  # fmt: skip
async def test_hostile_words_are_words(nearby: Directory, text: str) -> None:
    """No operator of either query language is ever part of what was typed."""
    await nearby.put(Example("one", name="Chess"), Example("two", name="Bridge"))
    found = await nearby.ask(words(text))
    assert set(found) <= {"one"}
    several = Need(words=(text,), others=((text, "bridge"), ("zebra", text), (text,)))
    assert set(await nearby.ask(several)) <= {"one", "two"}
    assert await nearby.ask(words("chess")) == ["one"]
    (await nearby.searcher.vocabulary()).match([text])


async def test_questions_side_by_side_get_their_own_answers(nearby: Directory) -> None:
    """One searcher serves many at a time."""
    await nearby.put(*(Example(f"{place}", name=f"Number n{place}") for place in range(20)))
    answers = await asyncio.gather(*(nearby.ask(words(f"n{place}")) for place in range(20)))
    assert answers == [[f"{place}"] for place in range(20)]


def test_a_query_needs_no_more_than_now() -> None:
    """Everything else has a meaning when it is left out."""
    assert Query(NOW).limit == 3


async def test_a_bank_holiday_elsewhere_changes_nothing_here(nearby: Directory) -> None:
    """12 July is one in Northern Ireland alone, Good Friday in England too."""
    await nearby.put(Example("here", days="MO,FR", north=100))
    for day, differs in (((2027, 7, 12), False), ((2027, 3, 26), True)):
        moment = datetime(*day, 11, 0, tzinfo=LONDON)
        (found,) = (await nearby.searcher.near(question(when=When(moment, moment)))).hits
        assert (found.hours.state, found.hours.may_differ) == (Openness.OPEN, differs)


async def test_a_directory_knows_where_it_has_anything(nearby: Directory) -> None:
    """So that of several places of one name the one it covers can be taken."""
    assert await nearby.searcher.covers([(HERE.lat, HERE.lon)], 3_000) == (False,)
    await nearby.put(Example("close", north=2_000), Example("anywhere", north=None))
    there = [(HERE.lat, HERE.lon), (HERE.lat + 0.2, HERE.lon), (HERE.lat, HERE.lon + 0.4), (57.0, -4.0)]
    assert await nearby.searcher.covers(there, 3_000) == (True, False, False, False)


async def test_nothing_is_covered_before_anything_was_imported(database_url: str) -> None:
    """No error where there is no projection."""
    store = connect(database_url)
    asked = searcher(store, LONDON)
    assert await asked.covers([(HERE.lat, HERE.lon)], 3_000) == (False,)
    await asked.close()
    await store.close()
