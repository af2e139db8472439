"""What an import may take for gone, and what it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from directory.feeds.listing import feeds
from directory.feeds.sources.source import Item, Problem, SourceOptions
from directory.feeds.tables import publication
from directory.feeds.unreadable import note_unreadable
from tests.fakes.feeds import FakeSource, example_service, example_services

if TYPE_CHECKING:
    from tests.integration.feeds.conftest import Desk

BAD = Item("line 9", None, "not_json", raw=b'{"id": "s4')


async def test_what_could_not_be_had(desk: Desk) -> None:
    """A listed service whose record could not be had stays; one that the API does not know goes."""
    await desk.take(FakeSource(example_services(range(6)), kind="api-v3"))
    there = Item("page 1, row 5", None, "unreachable", service_id="s4")
    gone = Item("page 1, row 6", None, "not_found", service_id="s5")
    outcome = await desk.take(FakeSource([*example_services(range(4)), there, gone], kind="api-v3"))
    assert (outcome.state, outcome.withdrawn, outcome.quarantined) == ("done", 1, 2)
    assert set(await desk.documents()) == {"s0", "s1", "s2", "s3", "s4"}


async def test_a_line_that_may_hide_a_service(desk: Desk) -> None:
    """The first import that meets an unreadable line withdraws nothing and says so; the next one does."""
    await desk.take(example_services(range(6)))
    left = [*example_services(range(4)), BAD]
    outcome = await desk.take(left)
    assert (outcome.state, outcome.withdrawn) == ("done", 0)
    assert [(one.code, one.detail) for one in outcome.problems] == [("unreadable_lines", "1")]
    outcome = await desk.take(left)
    assert (outcome.state, outcome.withdrawn, outcome.problems) == ("done", 2, [])


async def test_an_unreadable_line_and_force(desk: Desk) -> None:
    """Whoever insists has what vanished withdrawn at once."""
    await desk.take(example_services(range(6)))
    outcome = await desk.take([*example_services(range(4)), BAD], force=True)
    assert (outcome.withdrawn, outcome.problems) == (2, [])


async def test_problems_of_both_readings(desk: Desk) -> None:
    """What the source said was in the way is told once, although the source is read twice."""
    await desk.take(example_services(range(6)))
    said = Problem("unknown_encoding", "example.jsonl")
    outcome = await desk.take(FakeSource([*example_services(range(5)), example_service(7)], problems=[said]))
    assert said in outcome.problems
    broken = FakeSource([example_service(7, name="Changed"), *example_services(range(5))], breaks_after=2)
    outcome = await desk.take(broken)
    assert outcome.state == "incomplete"
    assert [one.code for one in outcome.problems] == ["unreachable"]


async def test_v1_without_a_sign(desk: Desk) -> None:
    """A record of a v1 API that holds nothing only v1 has is taken as v1: no status means active."""
    record = {"id": "s1", "name": "Example group"}
    await desk.take(FakeSource([record], kind="api-v1"))
    async with desk.store.read() as connection:
        row = (await connection.execute(sa.select(publication))).one()
    assert (row.profile, row.active) == ("v1", True)
    outcome = await desk.take(FakeSource([record], kind="api-v1"))
    assert (outcome.unchanged, outcome.changed) == (1, 0)


async def test_a_known_feed_that_can_not_be_opened(desk: Desk) -> None:
    """Its last result says so, and it keeps what it holds; a feed that is not known is not added."""
    source = FakeSource(example_services(range(2)))
    await desk.take(source)
    problem = Problem("not_found", source.canonical)
    assert await note_unreadable(desk.store, source.canonical, problem, desk.now())
    assert not await note_unreadable(desk.store, "https://example.org/unknown", problem, desk.now())
    (line,) = await feeds(desk.store)
    assert (line.state, line.services, line.problems[0]["code"]) == ("unreadable", 2, "not_found")


async def test_read_again_as_it_was_opened(desk: Desk) -> None:
    """A source keeps what it was opened with, so that it can be opened a second time alike."""
    options = SourceOptions(allow_private=True, max_records=10)
    source = FakeSource(example_services(range(2)), options=options)
    await desk.take(source)
    assert (await source.again()).options is options
