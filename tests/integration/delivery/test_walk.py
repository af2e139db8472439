"""The walk: an event comes in once, is answered once, and what was written is gone when that is settled."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.fakes.channel import wrote

if TYPE_CHECKING:
    from tests.integration.delivery.conftest import House


async def test_a_question_is_answered(house: House) -> None:
    """From the event to the platform, in one conversation that goes on."""
    assert await house.inbox.put(wrote("ann", "library ls9", "1"))
    assert await house.taker.take(wrote("ann", "library ls9", "1"))
    await house.inbox.put(wrote("ann", "phone number?", "2"))
    assert await house.taker.take(wrote("ann", "phone number?", "2"))
    await house.sender.send_waiting()
    first, second = house.channel.platform.texts("ann")
    assert "Example Library" in first
    assert "020 7946 0100" in second


async def test_the_same_event_again_is_no_news(house: House) -> None:
    """Put twice, also after it was answered, it is answered once."""
    event = wrote("ann", "library ls9", "1")
    assert [await house.inbox.put(event) for _ in range(2)] == [True, False]
    await house.taker.take(event)
    assert not await house.inbox.put(event)
    await house.taker.take(event)
    await house.sender.send_waiting()
    assert len(house.channel.platform.arrived) == 1


async def test_what_was_written_is_sealed_and_then_erased(house: House) -> None:
    """Nobody who reads the tables sees words, rooms or people; when all is settled there are none."""
    event = wrote("ann-3141592", "library ls9", "1")
    await house.inbox.put(event)
    waiting = repr(await house.rows("event"))
    await house.taker.take(event)
    queued = repr([*await house.rows("notice"), *await house.rows("conversation")])
    for text in (waiting, queued):
        assert not [word for word in ("ann-3141592", "library", "Library", "ls9") if word in text]
    await house.sender.send_waiting()
    assert [row.payload for row in await house.rows("event")] == [None]
    assert [row.body for row in await house.rows("notice")] == [None]


async def test_tasks_answer_by_themselves(house: House) -> None:
    """While its tasks run, whoever puts an event in need do no more; asked to stop, they stop."""
    stop = asyncio.Event()
    arrived = asyncio.Event()

    async def before(_text: str) -> None:
        arrived.set()

    house.channel.platform.before = before
    async with asyncio.TaskGroup() as group:
        for task in house.whole.tasks().values():
            group.create_task(task(stop))
        await house.inbox.put(wrote("ann", "library ls9", "1"))
        await asyncio.wait_for(arrived.wait(), 20)
        stop.set()
    assert await house.states() == ["sent"]
