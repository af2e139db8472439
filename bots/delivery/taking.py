"""Takes what came in: one event of a conversation at a time, in order, many conversations at once.

An event is claimed and committed, answered outside of any transaction, and then settled in one: it is done
and its words are erased, what is to be remembered is kept, what is to be said is queued. Where the process
dies in between, the claim runs out, and the event is taken again as if nothing had happened: nothing had.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy.exc import DBAPIError

from bots.channels.port import Left, Turn
from bots.conversation.wording import people as words
from bots.delivery import events, remembering
from bots.delivery.events import LostClaimError
from bots.delivery.inbox import unpacked
from bots.delivery.notices import Notice, State
from bots.delivery.remembering import Memory, MovedOnError
from bots.delivery.replying import Asked, Reply, reply
from bots.delivery.waking import ring_when
from bots.keys import SealedOtherwiseError
from bots.people import store as people
from directory.store.writing import look, transact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from bots.channels.port import Channel, Event
    from bots.conversation.ports import Ports
    from bots.delivery.outbox import Outbox

AT_ONCE: Final = 8
"""Events of one process that are being answered at once."""
CLAIM_S: Final = 30.0
MOST_ATTEMPTS: Final = 5
"""An event that was claimed so often and never settled kills its taker: it is given up."""
_IDLE_S: Final = {"sqlite": 0.5, "postgresql": 2.0}

Noted = Callable[[str, str, float], None]
"""Told of an event that was settled: its channel, the kind of answer, and how long that took in seconds."""

log = structlog.get_logger("nearby.delivery")


@dataclass(frozen=True, slots=True)
class Taken:
    """An event that is this process's to answer."""

    row: events.Row
    event: Event | None
    """None where the key that sealed it is not held any more."""


class Taker:
    """What answers events in this process; others may do the same."""

    def __init__(
        self,
        outbox: Outbox,
        channels: Mapping[str, Channel],
        ports: Callable[[datetime], Ports],
        *,
        noted: Noted | None = None,
        at_once: int = AT_ONCE,
        claim_s: float = CLAIM_S,
    ) -> None:
        """Keep what answering needs.

        Args:
            outbox: where answers are queued; its store, keys, bell and clock are used here too.
            channels: those whose events are taken, by name.
            ports: what a turn of the conversation may use, at a moment.
            noted: told of each event that was settled here.
            at_once: how many events are answered at once.
            claim_s: how long a claim holds without being settled, in seconds.
        """
        self._outbox, self._channels, self._ports = outbox, channels, ports
        self._store, self._keys, self._wake, self._clock = (
            outbox.store,
            outbox.keys,
            outbox.wake,
            outbox.clock,
        )
        self._at_once, self._claim_for = at_once, timedelta(seconds=claim_s)
        self._noted = noted or (lambda _channel, _kind, _seconds: None)
        self._me = uuid.uuid4().hex
        self._turns = 0
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Answer events until `stop`; then finish those that were claimed.

        Raises:
            sqlalchemy.exc.DBAPIError: the database is gone; call `run` again, and it goes on from there.
        """
        with self._wake.bell("event") as bell:
            stopping = asyncio.create_task(ring_when(stop, bell))
            try:
                while not stop.is_set():
                    bell.clear()
                    for taken in await self._claim(self._at_once - len(self._under_way)):
                        self._begin(taken)
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(_IDLE_S[self._store.dialect]):
                            await bell.wait()
            finally:
                stopping.cancel()
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def take(self, event: Event, patience_s: float = 20.0) -> bool:
        """Answer this event now, after those before it in its conversation; its notices are queued then.

        Returns:
            False where it was not settled within the patience: somebody else has it, and will.
        """
        conversation = self._keys.fingerprint("conversation", event.channel, event.conversation)
        until = asyncio.get_running_loop().time() + patience_s
        with self._wake.bell("event") as bell:
            while not await look(self._store, lambda connection: events.is_settled(connection, event)):
                bell.clear()
                for taken in await self._claim(1, conversation):
                    await self._answer(taken)
                    break
                else:
                    if asyncio.get_running_loop().time() > until:
                        return False
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(0.1):
                            await bell.wait()
        return True

    def _begin(self, taken: Taken) -> None:
        task = asyncio.create_task(self._answer(taken))
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """There is room for another one, and the conversation may have a next event."""
        self._under_way.discard(task)
        self._wake.ring("event")
        self._wake.ring("event")

    async def _claim(self, most: int, conversation: str | None = None) -> list[Taken]:
        if most <= 0:
            return []
        self._turns += 1
        claim = events.Claim(f"{self._me}:{self._turns}", tuple(self._channels), most, conversation)

        def work(connection: sa.Connection) -> Sequence[events.Row]:
            now = self._clock()
            return events.claim(connection, claim, now, now + self._claim_for)

        return [Taken(row, self._opened(row)) for row in await transact(self._store, work)]

    def _opened(self, row: events.Row) -> Event | None:
        try:
            return unpacked(row.channel, row.key, self._keys.unseal(row.payload))
        except SealedOtherwiseError:
            return None

    async def _answer(self, taken: Taken) -> None:
        """Answer one event, and leave it to be taken again where that could not be done."""
        began = asyncio.get_running_loop().time()
        try:
            kind = await self._settle(taken)
            self._noted(taken.row.channel, kind, asyncio.get_running_loop().time() - began)
        except LostClaimError:
            log.info("event_taken_elsewhere", id=taken.row.id)
        except MovedOnError:
            await self._put_back(taken, timedelta(), counted=False)
        except DBAPIError as error:  # no fault of the event's
            log.warning("event_waits_for_the_database", id=taken.row.id, error=type(error.orig).__name__)
            with contextlib.suppress(DBAPIError):
                await self._put_back(taken, timedelta(seconds=1), counted=False)
        except Exception as error:  # noqa: BLE001 - one event that breaks something must not stop the others
            await self._broken(taken, error)

    async def _settle(self, taken: Taken) -> str:
        """Do what an event asks for; gives the kind of answer, or why there is none."""
        if taken.event is None:
            await self._finish(taken, failure="sealed_otherwise")
            return "sealed_otherwise"
        channel = self._channels[taken.event.channel]
        turn = channel.parse(taken.event)
        if turn is None:
            await self._finish(taken)
            return "ignored"
        if isinstance(turn, Left):
            room = self._outbox.in_room(channel.name, turn.room.id)
            await self._finish(
                taken, lambda connection: self._outbox.give_up(connection, State.PERMANENT, "room_gone", room)
            )
            return "left"
        return await self._converse(taken, channel, turn)

    async def _converse(self, taken: Taken, channel: Channel, turn: Turn) -> str:
        """Answer a turn: nothing is held open while the answer is looked for."""
        address = people.Address(channel.name, turn.person)
        ports = self._ports(self._clock())
        memory, person = await look(
            self._store,
            lambda connection: (
                remembering.recall(connection, self._keys, taken.row.conversation, ports.now),
                people.find(connection, self._keys, address),
            ),
        )
        replied = await reply(Asked(turn, memory.state, person, address, ports, self._outbox))
        rows = self._rows(channel, turn, replied.bodies(channel, turn, ports))

        def effect(connection: sa.Connection) -> None:
            if replied.effect is not None:
                replied.effect(connection)
            self._remember(connection, taken, replied, memory, address)
            self._outbox.queue(connection, rows)

        await self._finish(taken, effect)
        self._wake.ring("notice")
        return "command" if isinstance(replied.said, str) else str(replied.said.kind)

    def _rows(
        self, channel: Channel, turn: Turn, bodies: Sequence[dict[str, object]]
    ) -> list[dict[str, object]]:
        return self._outbox.rows([Notice(channel.name, turn.room, body, turn.person) for body in bodies])

    def _remember(
        self, connection: sa.Connection, taken: Taken, replied: Reply, memory: Memory, address: people.Address
    ) -> None:
        if replied.state is None or replied.state == memory.state:
            return
        remembering.remember(
            connection,
            self._keys,
            taken.row.conversation,
            Memory(replied.state, memory.version),
            channel=address.channel,
            who=address.print(self._keys),
            now=self._clock(),
        )

    async def _finish(
        self,
        taken: Taken,
        effect: Callable[[sa.Connection], object] | None = None,
        *,
        failure: str | None = None,
    ) -> None:
        """Settle an event with its effects, and erase its words; all of it, or nothing.

        Raises:
            LostClaimError: somebody else has it by now.
        """

        def work(connection: sa.Connection) -> None:
            events.settle(connection, taken.row, self._clock(), failure)
            if effect is not None:
                effect(connection)

        await transact(self._store, work)

    async def _put_back(self, taken: Taken, wait: timedelta, *, counted: bool) -> None:
        not_before = self._clock() + wait
        await transact(
            self._store,
            lambda connection: events.put_back(connection, taken.row, not_before, counted=counted),
        )

    async def _broken(self, taken: Taken, error: Exception) -> None:
        """Try an event again a little later; after some times give it up, and say so to the person."""
        log.warning(
            "event_not_answered", id=taken.row.id, attempts=taken.row.attempts, error=type(error).__name__
        )
        with contextlib.suppress(DBAPIError, LostClaimError):
            if taken.row.attempts < MOST_ATTEMPTS:
                await self._put_back(taken, timedelta(seconds=taken.row.attempts), counted=True)
                return
            rows = self._sorry(taken)
            await self._finish(
                taken, lambda connection: self._outbox.queue(connection, rows), failure=type(error).__name__
            )
            self._wake.ring("notice")

    def _sorry(self, taken: Taken) -> list[dict[str, object]]:
        """That something went wrong, as far as that can be said."""
        try:
            channel = self._channels[taken.row.channel]
            turn = channel.parse(taken.event) if taken.event else None
            if not isinstance(turn, Turn):
                return []
            return self._rows(channel, turn, channel.say(words.SORRY, turn))
        except Exception as error:  # noqa: BLE001 - it is what could not be read in the first place
            log.warning("event_not_readable", id=taken.row.id, error=type(error).__name__)
            return []
