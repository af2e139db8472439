"""An import that is cut off leaves a sound store, and the next one goes on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from directory.feeds import running
from directory.feeds.running import FeedBusy
from directory.feeds.tables import feed, import_run
from tests.fakes.feeds import FakeProjector, FakeSource, example_service, example_services
from tests.integration.feeds.soundness import assert_sound

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.integration.feeds.conftest import Desk


def _api(lines: list[dict[str, Any]], **changes: Any) -> FakeSource:
    return FakeSource(lines, kind="api-v3", resumable=True, **changes)


async def test_going_on(desk: Desk) -> None:
    """An import that was cut off goes on where it stopped, and knows what it had met before."""
    lines = example_services(range(10))
    await desk.take(_api(lines))
    with pytest.raises(SystemExit):
        await desk.take(_api(lines, crashes_after=3))
    await assert_sound(desk.store, desk.projector)
    source = _api(lines[:9])
    outcome = await desk.take(source)
    assert source.read == 3
    assert (outcome.state, outcome.unchanged, outcome.withdrawn) == ("done", 9, 1)


async def test_files_start_over(desk: Desk) -> None:
    """A source that can only be read from its start is read from its start."""
    lines = example_services(range(10))
    with pytest.raises(SystemExit):
        await desk.take(FakeSource(lines, crashes_after=3))
    outcome = await desk.take(lines)
    assert (outcome.taken, outcome.unchanged) == (4, 6)


async def test_a_long_time_ago(desk: Desk) -> None:
    """What was met more than a day ago is not relied on: the source is read from its start."""
    lines = example_services(range(10))
    with pytest.raises(SystemExit):
        await desk.take(_api(lines, crashes_after=3))
    desk.at = desk.at.replace(day=desk.at.day + 2)
    source = _api(lines)
    assert (await desk.take(source)).unchanged == 6
    assert source.read == 10


async def test_repeated_ids_over_an_interruption(desk: Desk) -> None:
    """A losing line met before the interruption is not mistaken for anything after it."""
    lines = [
        example_service(1, name="v1"),
        *example_services(range(10, 15)),
        example_service(1, name="v2"),
        example_service(1, name="v3"),
    ]
    await desk.take(_api(lines))
    before = await desk.everything()
    with pytest.raises(SystemExit):
        await desk.take(_api(lines, crashes_after=2))
    await desk.take(_api(lines))
    assert await desk.everything() == before
    with pytest.raises(SystemExit):
        await desk.take(_api(lines, crashes_after=2))
    await desk.take(_api(lines[:6]))
    assert (await desk.documents())["s1"]["name"] == "v1"


async def test_failing_midway(desk: Desk) -> None:
    """A batch that fails is not half written, and what is settled is settled."""
    seen = 0

    class Failing(FakeProjector):
        async def replace(self, *arguments: Any) -> None:
            nonlocal seen
            seen += 1
            if seen == 3:
                raise RuntimeError("disk full")
            await super().replace(*arguments)

    desk.projector = Failing()
    with pytest.raises(RuntimeError):
        await desk.take(example_services(range(10)))
    assert desk.projector.settled == 1
    await assert_sound(desk.store, desk.projector)
    assert len(await desk.documents()) == 4
    assert (await desk.take(example_services(range(10)))).taken == 6


async def test_one_at_a_time(desk: Desk) -> None:
    """A second import of the same feed is turned away while the first is alive; another feed is not."""
    lines = example_services(range(4))

    class Nosy(FakeSource):
        async def batches(self, resume: dict[str, Any] | None = None) -> AsyncIterator[Any]:
            async for batch in super().batches(resume):
                with pytest.raises(FeedBusy):
                    await desk.take(lines, sound=False)
                other = FakeSource(lines[:2], canonical="https://other.example.org")
                await desk.take(other, sound=False)
                yield batch

    assert (await desk.take(Nosy(lines))).taken == 4


@pytest.mark.parametrize(
    ("owner", "minutes", "busy"),
    [
        ("elsewhere|1|x", 1, True),
        ("elsewhere|1|x", 30, False),
        ("{host}|1|x", 1, True),
        ("{host}|99999999|x", 1, False),
        ("{host}|{pid}|x", 1, False),
    ],
)
async def test_dead_or_alive(desk: Desk, owner: str, minutes: int, *, busy: bool) -> None:
    """An import is taken over when its process is gone, or was not heard of for long elsewhere."""
    await desk.take(example_services(range(2)))
    import os
    import socket
    from datetime import timedelta

    async with desk.store.begin() as connection:
        feed_id = await connection.scalar(sa.select(feed.c.id))
        then = desk.at - timedelta(minutes=minutes - 1)
        values = {"feed_id": feed_id, "started": then, "heartbeat": then, "state": "running"}
        named = owner.format(host=socket.gethostname(), pid=os.getpid())
        values |= {"owner": named, "progress": {}, "counts": {}}
        await connection.execute(sa.insert(import_run).values(values))
    if busy:
        with pytest.raises(FeedBusy):
            await desk.take(example_services(range(2)))
    else:
        assert (await desk.take(example_services(range(2)))).unchanged == 2


async def test_taken_over(desk: Desk) -> None:
    """An import that was taken over stops at its next batch."""

    class Stolen(FakeSource):
        async def batches(self, resume: dict[str, Any] | None = None) -> AsyncIterator[Any]:
            async for batch in super().batches(resume):
                async with desk.store.begin() as connection:
                    await connection.execute(sa.update(import_run).values(owner="elsewhere|1|x"))
                yield batch

    with pytest.raises(running.RunLost):
        await desk.take(Stolen(example_services(range(4)), kind="api-v3", resumable=True))
