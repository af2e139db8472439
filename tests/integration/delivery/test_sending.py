"""Notices are sent once, in order, no faster than the platform wants, and none is lost to its moods."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bots.channels.port import (
    AccessRevokedError,
    Limits,
    LostError,
    RefusedError,
    RoomGoneError,
    TryLaterError,
)
from bots.delivery.keeping import look_after, tidy
from bots.delivery.sender import MOST_ATTEMPTS, Sender
from bots.delivery.waking import Wake
from bots.people import store as people
from bots.people.person import Settings
from directory.store.writing import transact
from tests.integration.delivery.conftest import KEYS, House

if TYPE_CHECKING:
    from directory.store.engine import Store
    from tests.integration.delivery.conftest import Clock


async def test_in_a_room_in_order(house: House) -> None:
    """What was queued first arrives first; nothing arrives twice."""
    await house.post("one", "two", "three")
    await house.sender.send_waiting()
    await house.sender.send_waiting()
    assert house.channel.platform.texts() == ["one", "two", "three"]
    assert await house.states() == ["sent"] * 3


async def test_an_answer_goes_before_a_broadcast(house: House) -> None:
    """Also in its own room, and whenever it was queued."""
    await house.post("news", broadcast=True)
    await house.post("news", room="bob", broadcast=True)
    await house.post("answer")
    await house.sender.send_waiting()
    assert [one.text for one in house.channel.platform.arrived if one.room == "ann"] == ["answer", "news"]
    assert house.channel.platform.texts()[0] == "answer"


async def test_a_platform_that_asks_to_wait_is_obeyed_to_the_second(house: House, clock: Clock) -> None:
    """A 429 is no attempt, and the room is left alone for so long."""
    house.channel.platform.will(TryLaterError(7, counted=False))
    await house.post("one", "two")
    await house.post("other", room="bob")
    await house.sender.send_waiting()
    assert house.channel.platform.texts() == ["other"]
    clock.on(6.9)
    await house.sender.send_waiting()
    assert house.channel.platform.texts("ann") == []
    clock.on(0.2)
    await house.sender.send_waiting()
    assert house.channel.platform.texts("ann") == ["one", "two"]
    assert [row.attempts for row in await house.rows("notice", "id, attempts")] == [1, 1, 1]


async def test_a_wait_for_everybody_stops_the_channel(house: House, clock: Clock) -> None:
    """Also other processes: it stands in the database."""
    house.channel.platform.will(TryLaterError(30, counted=False, everywhere=True))
    await house.post("one")
    await house.sender.send_waiting()
    await house.post("other", room="bob")
    clock.on(29)
    await house.sender.send_waiting()
    assert house.channel.platform.texts() == []
    clock.on(1.1)
    await house.sender.send_waiting()
    assert sorted(house.channel.platform.texts()) == ["one", "other"]


async def test_a_failing_platform_is_tried_again_and_not_for_ever(house: House, clock: Clock) -> None:
    """Each wait is longer; in the end the notice is dead, and kept."""
    house.channel.platform.will(TryLaterError(), times=100)
    await house.post("one")
    for _ in range(MOST_ATTEMPTS):
        await house.sender.send_waiting()
        refused = house.channel.platform.refused
        await house.sender.send_waiting()
        assert house.channel.platform.refused == refused
        clock.on(601)
    assert await house.states() == ["permanent"]
    assert house.channel.platform.refused == MOST_ATTEMPTS
    (row,) = await house.rows("notice")
    assert row.reason == "gave_up"
    assert row.body is not None


async def test_a_notice_that_fails_holds_up_its_room_alone(house: House, clock: Clock) -> None:
    """What comes after it in the same room waits; an answer does not wait for a broadcast."""
    house.channel.platform.will(TryLaterError(), room="ann")
    await house.post("first", broadcast=True)
    await house.post("second", broadcast=True)
    await house.sender.send_waiting()
    await house.post("answer")
    await house.post("other", room="bob", broadcast=True)
    await house.sender.send_waiting()
    assert house.channel.platform.texts() == ["answer", "other"]
    clock.on(2)
    await house.sender.send_waiting()
    assert house.channel.platform.texts("ann") == ["answer", "first", "second"]


async def test_a_room_that_is_gone_is_written_off(house: House) -> None:
    """Everything that waits for it is given up and erased."""
    house.channel.platform.will(RoomGoneError(), room="ann")
    await house.post("one", "two", "three")
    await house.post("other", room="bob")
    await house.sender.send_waiting()
    assert await house.states() == ["permanent", "permanent", "permanent", "sent"]
    assert house.channel.platform.texts() == ["other"]


async def test_what_is_refused_is_not_tried_again(house: House) -> None:
    """The next in the room goes its way."""
    house.channel.platform.will(RefusedError("message_too_long"))
    await house.post("one", "two")
    await house.sender.send_waiting()
    assert await house.states() == ["permanent", "sent"]
    assert (await house.rows("notice", "id, reason"))[0].reason == "message_too_long"


async def test_a_channel_without_access_waits_for_somebody_to_mend_it(house: House, clock: Clock) -> None:
    """Nothing is lost, nothing counts as an attempt."""
    house.channel.platform.will(AccessRevokedError(), times=3)
    await house.post("one")
    for _ in range(3):
        await house.sender.send_waiting()
        clock.on(61)
    await house.sender.send_waiting()
    assert house.channel.platform.texts() == ["one"]
    assert (await house.rows("notice", "id, attempts"))[0].attempts == 1


@pytest.mark.parametrize("after_all", [True, False])
@pytest.mark.parametrize("error", [LostError(), TimeoutError(), ValueError("surprise")])
async def test_what_may_have_arrived_is_unknown_and_not_sent_again(
    house: House, clock: Clock, error: Exception, *, after_all: bool
) -> None:
    """Whether it did nobody can tell, so a person has to."""
    house.channel.platform.will(error, after_all=after_all)
    await house.post("one", "two")
    await house.sender.send_waiting()
    clock.on(7_200)
    await house.sender.send_waiting()
    assert await house.states() == ["unknown", "sent"]
    assert house.channel.platform.texts() == (["one", "two"] if after_all else ["two"])


async def test_a_claim_that_ran_out_is_unknown(house: House, clock: Clock, store: Store) -> None:
    """A process that was killed with messages under way leaves so many unknown, eight at most."""
    begun, never = asyncio.Event(), asyncio.Event()

    async def hang(_text: str) -> None:
        begun.set()
        await never.wait()

    house.channel.platform.before = hang
    for room in range(20):
        await house.post("hello", room=str(room))
    killed = asyncio.create_task(house.sender.send_waiting())
    await begun.wait()
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    house.channel.platform.before = None
    clock.on(61)
    await transact(store, lambda connection: look_after(connection, clock()))
    other = House(store, house.channel, clock)
    await other.sender.send_waiting()
    states = await house.states()
    assert states.count("unknown") == 8
    assert states.count("sent") == 12 == len(house.channel.platform.arrived)


async def test_in_all_and_by_room_no_faster_than_allowed(house: House, clock: Clock, store: Store) -> None:
    """Several senders on one store keep to the limits of one."""
    house.channel.limits = Limits(text=100, in_all_per_s=10, room_per_s=1)
    senders = [Sender(store, KEYS, Wake(store), house.channel, clock) for _ in range(3)]
    for room in range(40):
        await house.post("a", "b", room=str(room))
    arrived: list[tuple[float, str]] = []
    for tick in range(300):
        for sender in senders:
            await sender.send_waiting()
        new = house.channel.platform.arrived[len(arrived) :]
        arrived += [(tick * 0.05, one.room) for one in new]
        clock.on(0.05)
        if len(arrived) == 80:
            break
    assert len(arrived) == 80
    moments = [at for at, _ in arrived]
    assert max(sum(start <= at < start + 1 for at in moments) for start in moments) <= 10
    assert moments[-1] <= 80 / 10 * 1.4
    for name in {room for _, room in arrived}:
        first, second = (at for at, where in arrived if where == name)
        assert second - first >= 1


async def test_a_group_gets_no_more_than_its_share_of_a_minute(house: House, clock: Clock) -> None:
    """An answer in parts goes at once; then it slows down."""
    house.channel.limits = Limits(text=100, group_per_min=20)
    await house.post(*map(str, range(60)), room="group", private=False)
    arrived: list[float] = []
    for second in range(240):
        await house.sender.send_waiting()
        arrived += [second] * (len(house.channel.platform.arrived) - len(arrived))
        clock.on(1)
    assert len(arrived) == 60
    assert arrived[:5] == [0] * 5
    assert max(sum(start <= at < start + 60 for at in arrived) for start in arrived) <= 20


async def test_who_has_stopped_gets_answers_only(house: House, clock: Clock, store: Store) -> None:
    """It is looked up in the very transaction that claims."""
    address = people.Address("fake", "ann")
    await transact(store, lambda connection: people.save(connection, KEYS, address, Settings(), clock()))
    await house.post("news", person="ann", broadcast=True)
    await house.post("answer", person="ann")
    await transact(store, lambda connection: people.stop(connection, KEYS, address, clock()))
    await house.sender.send_waiting()
    await transact(store, lambda connection: look_after(connection, clock()))
    await transact(store, lambda connection: people.stop(connection, KEYS, address, None))
    await house.sender.send_waiting()
    assert house.channel.platform.texts() == ["answer"]
    assert await house.states() == ["suppressed", "sent"]


async def test_a_key_is_queued_once(house: House) -> None:
    """However often it is tried."""
    await house.post("one", key="ask:1")
    await house.post("again", key="ask:1")
    await house.sender.send_waiting()
    await house.post("again", key="ask:1")
    await house.sender.send_waiting()
    assert house.channel.platform.texts() == ["one"]


async def test_words_are_gone_after_a_day_whatever_became_of_them(
    house: House, clock: Clock, store: Store
) -> None:
    """What could not be sent in a day is not sent any more; the tables forget in a month."""
    house.channel.platform.will(RefusedError("bad"))
    await house.post("refused")
    await house.sender.send_waiting()
    house.channel.platform.will(TryLaterError(90_000, counted=False))
    await house.post("late")
    await house.sender.send_waiting()
    clock.now += timedelta(days=1, seconds=1)
    await transact(store, lambda connection: tidy(connection, clock()))
    assert [(row.state, row.body) for row in await house.rows("notice", "id, state, body")] == [
        ("permanent", None),
        ("cancelled", None),
    ]
    clock.now += timedelta(days=31)
    await transact(store, lambda connection: tidy(connection, clock()))
    assert await house.rows("notice") == []


async def test_a_key_that_is_gone_opens_nothing(house: House, store: Store, clock: Clock) -> None:
    """A notice sealed with a lost key is dead, and does not stop the others."""
    from bots.keys import keys_of

    await house.post("one")
    other = replace(house.outbox, keys=keys_of("s" * 32, "j" * 32))
    sender = Sender(store, other.keys, Wake(store), house.channel, clock)
    await sender.send_waiting()
    assert (await house.rows("notice", "id, reason"))[0].reason == "sealed_otherwise"
