"""`nearby ask` in all its forms, over a directory in memory."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.asking import Line, UnreadableLineError, ask, batch, moment
from bots.conversation.ports import Ports
from directory.search.query import Reach
from tests.fakes.directory import FakePlaces, FakeSearch, hit, place

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
SEARCH = FakeSearch(
    [
        hit(
            "l1",
            "Library 1",
            lat=53.8,
            lon=-1.5,
            terms=("library services",),
            assured_date=date(2026, 11, 1),
            score=0.5,
        ),
        hit("o1", "Library Online", reach=Reach.ONLINE, terms=("library services",)),
    ],
    ("library services",),
)
PORTS = Ports(NOW, LONDON, SEARCH, FakePlaces([place("LS9", 53.8, -1.51)]))


async def lines(*source: str) -> list[Line]:
    """What a batch gives for these lines."""
    return [line async for line in batch(source, PORTS)]


async def test_gives_a_line_for_each_turn_in_the_promised_shape() -> None:
    """The keys and kinds of the interface page."""
    first, second = await ask(["library", "ls9"], PORTS)
    assert first["kind"] == "ask_place"
    assert list(second) == ["id", "kind", "understood", "results", "alternatives", "text", "ms"]
    assert second["kind"] == "results"
    assert second["understood"] == {"need": "Libraries", "place": "LS9", "when": None, "conditions": []}
    assert second["results"] == [
        {
            "service_id": "l1",
            "service_at_location_id": "l1-at",
            "name": "Library 1",
            "distance_m": second["results"][0]["distance_m"],
            "open": "unknown",
            "assured_date": "2026-11-01",
            "score": 0.5,
            "parts": {"fit": 1.0, "distance": 1.0, "open": 0.6, "freshness": 0.6},
        }
    ]
    assert isinstance(second["results"][0]["distance_m"], int)
    assert [other["distance_m"] for other in second["alternatives"]] == [None]
    assert second["text"].startswith("Libraries near LS9")
    assert second["ms"] >= 0
    json.dumps([first, second])


async def test_batch_answers_the_last_turn_of_each_line() -> None:
    """State is carried over the turns of a line, never from line to line."""
    asked = [
        json.dumps({"id": 7, "turns": ["library", "ls9"]}),
        "",
        json.dumps({"id": "b", "turns": ["ls9"]}),
    ]
    found = await lines(*asked)
    assert [(line["id"], line["kind"]) for line in found] == [(7, "results"), ("b", "ask_need")]


async def test_batch_reads_now_in_the_given_zone() -> None:
    """A `now` without an offset is local time."""
    SEARCH.asked.clear()
    await lines(json.dumps({"turns": ["library open now ls9"], "now": "2026-07-01T09:00"}))
    assert SEARCH.asked[0].now == datetime(2026, 7, 1, 8, tzinfo=UTC)


async def test_batch_goes_on_after_a_bad_line() -> None:
    """Each bad line gives one that says what was wrong."""
    found = await lines(
        "{", "[1]", '{"id": 3}', '{"id": 4, "turns": []}', '{"id": 5, "turns": [1]}',
        '{"id": 6, "turns": ["library"], "now": "soon"}', "[" * 100_000,
        '{"id": 8, "turns": ["library ls9"]}',
    )  # fmt: skip
    assert [line.get("error") for line in found] == [
        "not_json", "not_an_object", "no_turns", "no_turns", "no_turns", "bad_now", "not_json", None,
    ]  # fmt: skip
    assert [line["line"] for line in found[:-1]] == [1, 2, 3, 4, 5, 6, 7]
    assert found[5]["id"] == 6
    assert found[-1]["kind"] == "results"


async def test_long_text_is_cut() -> None:
    """What stands behind 4,096 characters is not read."""
    (line,) = await ask(["library " + "a " * 3000 + "near ls9"], PORTS)
    assert line["kind"] == "ask_place"


@pytest.mark.parametrize("text", ["soon", "", "2026-13-01", None, 5])
def test_a_moment_that_cannot_be_read_is_refused(text: object) -> None:
    """With a code."""
    with pytest.raises(UnreadableLineError) as problem:
        moment(text, LONDON)
    assert problem.value.code == "bad_now"


@settings(deadline=None)
@given(st.datetimes() | st.datetimes(timezones=st.just(UTC)))
def test_a_moment_that_can_be_read_is_aware(text: datetime) -> None:
    """Those at either end of the calendar aside, which no zone can hold."""
    with suppress(UnreadableLineError):
        assert moment(text.isoformat(), LONDON).tzinfo is not None


@settings(deadline=None)
@given(st.text(max_size=60) | st.binary(max_size=40).map(lambda raw: raw.decode("utf-8", "replace")))
async def test_any_line_gives_at_most_one_line(text: str) -> None:
    """Whatever stands in the file."""
    assert len(await lines(text)) <= 1


async def test_half_a_character_can_be_written_again() -> None:
    """JSON may hold lone surrogates; what comes out can always be encoded."""
    found = await lines('{"id": "\\ud800", "turns": ["\\ud800 library ls9"]}', '{"id": "\\udfff"}')
    assert json.dumps(found, ensure_ascii=False).encode()
    assert found[0]["kind"] == "results"
