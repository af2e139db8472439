"""Importing a feed brings what is held to what the feed says, and no further."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from directory.feeds.listing import feeds, findings, quarantined
from directory.feeds.sources.source import Item
from directory.feeds.tables import publication
from directory.hsds.tables import service
from tests.fakes.feeds import FakeSource, UnreadableSource, example_service, example_services

if TYPE_CHECKING:
    from tests.integration.feeds.conftest import Desk


async def test_a_first_import(desk: Desk) -> None:
    """Every service of a feed that is new is taken, and kept as it was published."""
    documents = [{**one, "x_local": {"kept": [3, 1, 2]}} for one in example_services(range(5))]
    outcome = await desk.take(documents)
    assert (outcome.state, outcome.taken, outcome.unchanged, outcome.read) == ("done", 5, 0, 5)
    assert await desk.documents() == {one["id"]: one for one in documents}
    assert desk.projector.settled == 1


async def test_the_same_again(desk: Desk) -> None:
    """Importing a feed that did not change writes nothing."""
    lines = [*example_services(range(5)), Item("line 6", None, "not_json", raw=b"{")]
    await desk.take(lines)
    before = await desk.everything()
    desk.projector.replaced.clear()
    outcome = await desk.take(lines)
    assert (outcome.taken, outcome.unchanged, outcome.changed, outcome.quarantined) == (0, 5, 0, 1)
    assert await desk.everything() == before
    assert desk.projector.replaced == []


async def test_list_order(desk: Desk) -> None:
    """A service that differs in the order of a list alone did not change."""
    one = example_service(1, languages=[{"id": "a", "name": "Welsh"}, {"id": "b", "name": "Urdu"}])
    await desk.take([one])
    before = await desk.everything()
    outcome = await desk.take([{**one, "languages": one["languages"][::-1]}])
    assert (outcome.unchanged, outcome.changed) == (1, 0)
    assert await desk.everything() == before


async def test_only_what_changed(desk: Desk) -> None:
    """Of a feed in which one service changed, that one alone is written and projected."""
    await desk.take(example_services(range(5)))
    before = {row["service_id"]: row for row in await _rows(desk)}
    desk.projector.replaced.clear()
    outcome = await desk.take([*example_services(range(4)), example_service(4, name="Another name")])
    assert (outcome.taken, outcome.unchanged, outcome.changed) == (0, 4, 1)
    after = {row["service_id"]: row for row in await _rows(desk)}
    assert [key for key in after if after[key] != before[key]] == ["s4"]
    assert after["s4"]["first_seen"] == before["s4"]["first_seen"]
    assert after["s4"]["harvested"] > before["s4"]["harvested"]
    assert desk.projector.replaced == [after["s4"]["key"]]


async def _rows(desk: Desk) -> list[dict[str, Any]]:
    async with desk.store.read() as connection:
        return [dict(row) for row in (await connection.execute(sa.select(publication))).mappings()]


async def test_vanished(desk: Desk) -> None:
    """What vanished from a complete import is withdrawn: no longer found, and still kept."""
    await desk.take(example_services(range(6)))
    outcome = await desk.take(example_services(range(5)))
    assert (outcome.unchanged, outcome.withdrawn) == (5, 1)
    gone = next(row for row in await _rows(desk) if row["service_id"] == "s5")
    assert gone["withdrawn_at"] == desk.at
    assert gone["body"]
    assert len(desk.projector.held) == 5


async def test_back_again(desk: Desk) -> None:
    """What was withdrawn and comes back, the same as it was, is offered again under its old key."""
    await desk.take(example_services(range(6)))
    await desk.take(example_services(range(5)))
    outcome = await desk.take(example_services(range(6)))
    assert (outcome.unchanged, outcome.changed, outcome.taken) == (5, 1, 0)
    assert len(await desk.documents()) == 6


async def test_incomplete(desk: Desk) -> None:
    """Nothing is withdrawn after an import that could not read everything."""
    await desk.take(example_services(range(6)))
    outcome = await desk.take(FakeSource(example_services(range(6)), breaks_after=2))
    assert (outcome.state, outcome.withdrawn) == ("incomplete", 0)
    assert len(await desk.documents()) == 6


async def test_incomplete_still_applies(desk: Desk) -> None:
    """What could be read of a feed that broke off is applied all the same."""
    await desk.take(example_services(range(6)))
    changed = [example_service(0, name="Another name"), *example_services(range(1, 6))]
    outcome = await desk.take(FakeSource(changed, breaks_after=2))
    assert (outcome.state, outcome.changed, outcome.withdrawn) == ("incomplete", 1, 0)
    assert (await desk.documents())["s0"]["name"] == "Another name"


@pytest.mark.parametrize("kind", ["file", "api-v3"])
async def test_unreadable(desk: Desk, kind: str) -> None:
    """A source of which nothing can be read changes nothing, and says so."""
    await desk.take(example_services(range(6)))
    outcome = await desk.take(UnreadableSource([], kind=kind))  # type: ignore[arg-type]
    assert outcome.state == "unreadable"
    assert [problem.code for problem in outcome.problems] == ["not_found"]
    assert len(await desk.documents()) == 6


async def test_not_modified(desk: Desk) -> None:
    """A publisher that says nothing changed is believed: nothing is withdrawn."""
    await desk.take(example_services(range(6)))
    outcome = await desk.take(FakeSource([], kind="api-v3", not_modified=True))
    assert (outcome.state, outcome.withdrawn) == ("not_modified", 0)
    assert len(await desk.documents()) == 6


async def test_shrinking_file(desk: Desk) -> None:
    """A file that lost more than a third of its services is not applied at all."""
    await desk.take(example_services(range(9)))
    before = await desk.everything()
    less = [example_service(0, name="Another name"), *example_services(range(1, 5))]
    outcome = await desk.take(less)
    assert (outcome.state, outcome.held, outcome.missing) == ("refused", 9, 4)
    assert await desk.everything() == before


async def test_shrinking_api(desk: Desk) -> None:
    """Of an API that lost more than a third, changes are applied; nothing is withdrawn."""
    await desk.take(FakeSource(example_services(range(9)), kind="api-v3"))
    less = [example_service(0, name="Another name"), *example_services(range(1, 5))]
    outcome = await desk.take(FakeSource(less, kind="api-v3"))
    assert (outcome.state, outcome.changed, outcome.withdrawn) == ("refused", 1, 0)
    assert len(await desk.documents()) == 9


async def test_shrinking_is_meant(desk: Desk) -> None:
    """With force, a feed may shrink as it likes."""
    await desk.take(example_services(range(9)))
    outcome = await desk.take(example_services(range(2)), force=True)
    assert (outcome.state, outcome.withdrawn) == ("done", 7)
    assert sorted(await desk.documents()) == ["s0", "s1"]


async def test_a_third_is_not_more_than_a_third(desk: Desk) -> None:
    """A feed that lost just a third is applied."""
    await desk.take(example_services(range(9)))
    assert (await desk.take(example_services(range(6)))).withdrawn == 3


async def test_nothing_but_rubbish(desk: Desk) -> None:
    """A small feed of which no line can be taken any more keeps what it had."""
    await desk.take(example_services(range(2)))
    outcome = await desk.take([Item("line 1", None, "not_json", raw=b"<html>")])
    assert outcome.state == "refused"
    assert len(await desk.documents()) == 2


async def test_broken_record_keeps_its_last_good_version(desk: Desk) -> None:
    """A service whose line can't be taken any more stays as it was, and the line is quarantined."""
    await desk.take(example_services(range(6)))
    broken = example_service(5, name=None)
    outcome = await desk.take([*example_services(range(5)), broken])
    assert (outcome.withdrawn, outcome.quarantined, outcome.unchanged) == (0, 1, 5)
    assert (await desk.documents())["s5"] == example_service(5)
    assert await desk.quarantined() == [("line 6", "no_name", "/name")]


async def test_quarantine(desk: Desk) -> None:
    """What can't be taken is kept once with reason and pointer, and forgotten when it is mended."""
    lines = [*example_services(range(3)), {"id": "x"}, Item("line 5", None, "not_json", "", b"{oops")]
    for _ in range(2):
        outcome = await desk.take(lines)
        assert outcome.reasons == {"no_name": 1, "not_json": 1}
        assert await desk.quarantined() == [("line 4", "no_name", "/name"), ("line 5", "not_json", "")]
    assert [(one.position, one.reason) for one in outcome.examples] == [
        ("line 4", "no_name"),
        ("line 5", "not_json"),
    ]
    await desk.take([*example_services(range(3)), {"id": "x", "name": "Mended", "status": "active"}])
    assert await desk.quarantined() == []


async def test_two_lines_of_the_same_rubbish(desk: Desk) -> None:
    """Each of two lines that can't be taken for the same reason is accounted for."""
    lines = [*example_services(range(3)), {"id": "x"}, {"id": "x"}]
    for _ in range(2):
        assert (await desk.take(lines)).quarantined == 2
        assert len(await desk.quarantined()) == 2


async def test_findings(desk: Desk) -> None:
    """A wrong field is reported with its pointer, and no longer once it was put right."""
    wrong = example_service(1, email="https://example.org")
    outcome = await desk.take([wrong])
    assert outcome.findings == {"not_an_email": 1}
    example = outcome.finding_examples[0]
    assert (example.position, example.pointer, example.value) == ("line 1", "/email", "https://example.org")
    feed = (await feeds(desk.store))[0]
    assert await findings(desk.store, feed.id) == {"not_an_email": 1}
    assert (await desk.documents())["s1"] == wrong
    await desk.take([example_service(1, email="hello@example.org")])
    assert await findings(desk.store, feed.id) == {}


async def test_assured_date_is_the_publishers(desk: Desk) -> None:
    """An import never makes an `assured_date` and never moves one."""
    await desk.take([example_service(1), example_service(2, assured_date="2026-02-03")])
    await desk.take(
        [example_service(1, name="New"), example_service(2, name="New", assured_date="2026-02-03")]
    )
    async with desk.store.read() as connection:
        select = sa.select(service.c.id, service.c.assured_date).order_by(service.c.id)
        found = [tuple(row) for row in await connection.execute(select)]
    assert found == [("s1", None), ("s2", date(2026, 2, 3))]


async def test_two_feeds(desk: Desk) -> None:
    """Two feeds with the same ids never touch each other's records."""
    other = "https://other.example.org/feed"
    await desk.take(example_services(range(4)))
    await desk.take(FakeSource([example_service(0, name="Theirs")], canonical=other))
    await desk.take(FakeSource([example_service(1, name="Theirs")], canonical=other), force=True)
    assert [(one.source, one.services, one.withdrawn) for one in await feeds(desk.store)] == [
        ("https://feeds.example.org/example", 4, 0),
        (other, 1, 1),
    ]


async def test_the_list_of_feeds(desk: Desk) -> None:
    """The list of feeds shows the last result of each, and quarantine which feed a line is from."""
    source = FakeSource([*example_services(range(3)), {"id": "x"}], validators={"etag": "1"})
    await desk.take(source)
    line = (await feeds(desk.store))[0]
    assert (line.state, line.when, line.services, line.quarantined) == ("done", desk.at, 3, 1)
    assert line.counts["taken"] == 3
    assert [(one.feed_id, one.reason) for one in await quarantined(desk.store, line.id)] == [
        (line.id, "no_name")
    ]
    assert await quarantined(desk.store, line.id + 1) == []
