"""Events are answered once each, in order within a conversation, whoever takes them and whatever breaks."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, cast

import pytest

from bots.channels.port import MOST_PAYLOAD, Event
from bots.conversation.wording import people as words
from bots.delivery.inbox import TooLargeError
from bots.delivery.taking import MOST_ATTEMPTS
from directory.store.engine import connect
from tests.fakes.channel import wrote
from tests.integration.delivery.conftest import LIBRARY, House

if TYPE_CHECKING:
    from directory.search.query import Hit
    from directory.store.engine import Store
    from tests.integration.delivery.conftest import Clock


async def _take_all(house: House) -> None:
    """Answer everything that can be answered now."""
    while taken := await house.taker._claim(8):
        await asyncio.gather(*map(house.taker._answer, taken))


async def test_a_conversation_in_order_and_others_meanwhile(house: House) -> None:
    """Of one conversation the next is only taken when the one before is settled."""
    for number in range(3):
        for person in ("ann", "bob"):
            await house.inbox.put(wrote(person, "library ls9", f"{person}{number}"))
    first = await house.taker._claim(8)
    assert [taken.row.key for taken in first] == ["ann0", "bob0"]
    assert await house.taker._claim(8) == []
    await house.taker._answer(first[1])
    assert [taken.row.key for taken in await house.taker._claim(8)] == ["bob1"]


async def test_taking_one_takes_those_before_it(house: House) -> None:
    """Whoever waits for an answer gets the earlier ones too, in order."""
    events = [wrote("ann", text, str(number)) for number, text in enumerate(("library ls9", "1", "phone?"))]
    assert await house.inbox.put_all(events) == 3
    assert await house.taker.take(events[-1])
    await house.sender.send_waiting()
    texts = house.channel.platform.texts()
    assert len(texts) == 3
    assert "020 7946 0100" in texts[-1]


async def test_two_processes_share_the_events(house: House, clock: Clock, store: Store) -> None:
    """Repeated, reordered and split over both, each event has one answer."""
    other = House(connect(store.url), house.channel, clock, house.search)
    events = [wrote(f"person{n % 7}", "library ls9", str(n)) for n in range(40)] * 2
    random.Random(4).shuffle(events)
    await asyncio.gather(
        *(random.Random(n).choice([house, other]).inbox.put(one) for n, one in enumerate(events))
    )
    await asyncio.gather(_take_all(house), _take_all(other))
    await _take_all(house)
    await asyncio.gather(house.sender.send_waiting(), other.sender.send_waiting())
    await house.sender.send_waiting()
    assert len(house.channel.platform.arrived) == 40
    await other.store.close()


async def test_an_event_whose_taker_died_is_taken_again(house: House, clock: Clock, store: Store) -> None:
    """When its claim has run out; and the dead one's answer, should it come after all, is none."""
    event = wrote("ann", "library ls9", "1")
    await house.inbox.put(event)
    (dead,) = await house.taker._claim(1)
    assert await house.taker._claim(1) == []
    clock.on(31)
    other = House(store, house.channel, clock, house.search)
    assert await other.taker.take(event)
    await house.taker._answer(dead)
    await house.sender.send_waiting()
    assert len(house.channel.platform.arrived) == 1


async def test_one_that_breaks_is_tried_again_and_then_given_up(house: House, clock: Clock) -> None:
    """The others of the conversation wait for it; in the end the person is told."""
    house.search.hits = cast("list[Hit]", None)
    await house.inbox.put(wrote("ann", "library ls9", "1"))
    await house.inbox.put(wrote("ann", "thanks", "2"))
    for _ in range(MOST_ATTEMPTS):
        await _take_all(house)
        clock.on(MOST_ATTEMPTS + 1)
    house.search.hits = [LIBRARY]
    await _take_all(house)
    await house.sender.send_waiting()
    assert house.channel.platform.texts() == [words.SORRY, "You are welcome. Ask me again any time."]
    assert [(row.failure, row.payload) for row in await house.rows("event", "id, failure, payload")] == [
        ("TypeError", None),
        (None, None),
    ]


async def test_one_that_cannot_be_read_stops_nobody(house: House, clock: Clock) -> None:
    """It is given up in silence: nobody knows whom to tell."""
    await house.inbox.put(wrote("ann", "", "1", breaks="no such kind"))
    await house.inbox.put(wrote("bob", "library ls9", "2"))
    for _ in range(MOST_ATTEMPTS):
        await _take_all(house)
        clock.on(MOST_ATTEMPTS + 1)
    await house.sender.send_waiting()
    assert [one.room for one in house.channel.platform.arrived] == ["bob"]
    assert (await house.rows("event", "id, failure"))[0].failure == "ValueError"


async def test_bots_are_not_answered(house: House) -> None:
    """An event that wants no answer is settled without one."""
    await house.inbox.put(wrote("robot", "library ls9", "1", bot=True))
    await _take_all(house)
    assert await house.rows("notice") == []
    assert (await house.rows("event", "id, settled"))[0].settled is not None


async def test_a_room_that_was_left_gets_nothing_more(house: House) -> None:
    """What waited for it is given up."""
    await house.post("one", "two", room="ann")
    await house.inbox.put(wrote("ann", "", "1", left=True))
    await _take_all(house)
    await house.sender.send_waiting()
    assert await house.states() == ["permanent", "permanent"]
    assert house.channel.platform.arrived == []


async def test_what_is_remembered_expires(house: House, clock: Clock) -> None:
    """A day later nobody knows what was asked."""
    await house.inbox.put(wrote("ann", "library ls9", "1"))
    await _take_all(house)
    clock.on(24 * 3600 + 1)
    await house.inbox.put(wrote("ann", "phone number?", "2"))
    await _take_all(house)
    await house.sender.send_waiting()
    assert "What do you need" in house.channel.platform.texts()[-1]


async def test_an_event_that_is_too_large_is_turned_away(house: House) -> None:
    """No platform sends one."""
    with pytest.raises(TooLargeError):
        await house.inbox.put(Event("fake", "1", "ann", b"x" * (MOST_PAYLOAD + 1)))


async def test_events_of_channels_that_are_not_here_are_left_alone(house: House) -> None:
    """Another process has that channel."""
    await house.inbox.put(Event("other", "1", "ann", b"{}"))
    assert await house.taker._claim(8) == []


async def test_a_page_fetches_its_notices_until_they_arrived(house: House) -> None:
    """They stay until the page says that it has them, and no sender takes them in the meantime."""
    await house.post("one", "two")
    waiting = await house.outbox.fetch("fake", "ann")
    assert [body["text"] for _, body in waiting] == ["one", "two"]
    assert await house.outbox.fetch("fake", "ann") == waiting
    assert await house.outbox.fetch("fake", "bob") == []
    assert await house.outbox.fetch("fake", "ann", seen=waiting[0][0]) == waiting[1:]
    assert await house.outbox.fetch("fake", "ann", seen=waiting[1][0]) == []
    assert [row.body for row in await house.rows("notice", "id, body")] == [None, None]
