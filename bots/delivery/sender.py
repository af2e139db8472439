"""Sends what is queued for one channel: claims, commits, sends, settles.

Nothing is sent that was not claimed and committed before, and what was claimed is sent once: where the
process dies between the two, or the platform's answer is lost, the notice becomes `unknown`, and is left to a
person.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog

from bots.channels.port import (
    AccessRevokedError,
    DeliveryError,
    RefusedError,
    RoomGoneError,
    TryLaterError,
)
from bots.delivery.claiming import Claimed, Claims, Fared, claim, release, settle
from bots.delivery.notices import State, opened
from bots.delivery.waking import ring_when
from bots.keys import SealedOtherwiseError
from directory.store.writing import transact

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from bots.channels.port import Channel
    from bots.delivery.waking import Wake
    from bots.keys import Keys
    from directory.store.engine import Store

IN_FLIGHT: Final = 8
"""Messages of one process under way at once: so many at most become `unknown` when it is killed."""
TIMEOUT_S: Final = 30.0
CLAIM_S: Final = 60.0
"""A claim outlives the longest sending by far."""
MOST_ATTEMPTS: Final = 15
"""With the waits between them, over an hour."""
_LONGEST_S: Final = 600.0
_REVOKED_S: Final = 60.0
_LOOK_S: Final = 0.05
"""Until a look at rooms that are not free yet."""
_IDLE_S: Final = {"sqlite": 0.5, "postgresql": 2.0}
"""Until a look for what another process queued, where nobody rang."""

log = structlog.get_logger("nearby.delivery")


class Sender:
    """What sends for one channel in this process; others may do the same."""

    def __init__(
        self,
        store: Store,
        keys: Keys,
        wake: Wake,
        channel: Channel,
        clock: Callable[[], datetime],
        *,
        in_flight: int = IN_FLIGHT,
        timeout_s: float = TIMEOUT_S,
        claim_s: float = CLAIM_S,
    ) -> None:
        self._store, self._keys, self._wake, self._channel, self._clock = store, keys, wake, channel, clock
        self._in_flight, self._timeout_s, self._claim = in_flight, timeout_s, timedelta(seconds=claim_s)
        self._me = uuid.uuid4().hex
        self._turns = 0
        self._under_way: set[asyncio.Task[None]] = set()
        self._fared: list[Fared] = []
        self._doubtful: list[str] = []
        """Tokens of claims of which nobody knows whether they were committed; nothing of them was sent."""
        self._bell = asyncio.Event()

    @property
    def name(self) -> str:
        """The channel's."""
        return self._channel.name

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop`; then let what is under way arrive, and take that down.

        Raises:
            sqlalchemy.exc.DBAPIError: the database is gone; call `run` again, and it goes on from there.
        """
        with self._wake.bell("notice") as self._bell:
            stopping = asyncio.create_task(ring_when(stop, self._bell))
            try:
                while not stop.is_set():
                    self._bell.clear()
                    free = self._in_flight - len(self._under_way)
                    claims = await self._turn(free)
                    self._send(claims.notices)
                    if not self._fared:
                        await self._pause(claims, free)
            finally:
                stopping.cancel()
        await self._end()

    async def send_waiting(self) -> None:
        """Send what may be sent now, and come back when all of that was answered."""
        while (claims := await self._turn(self._in_flight)).notices:
            self._send(claims.notices)
            await asyncio.gather(*self._under_way)

    async def _pause(self, claims: Claims, free: int) -> None:
        """Wait for the bell: something was answered, or queued; or until it is worth to look again."""
        idle = _IDLE_S[self._store.dialect]
        longest: float | None = idle
        if len(self._under_way) >= self._in_flight:
            longest = None
        elif not free:  # there is room by now, and nobody has looked
            return
        elif claims.again is not None:
            ahead = (claims.again - self._clock()).total_seconds()
            longest = min(idle, max(ahead, 0) if ahead > 0 or claims.notices else _LOOK_S)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(longest):
                await self._bell.wait()

    async def _turn(self, free: int) -> Claims:
        """Take down how those sent have fared, and claim the next ones."""
        self._turns += 1
        token = f"{self._me}:{self._turns}"
        fared, doubtful = list(self._fared), list(self._doubtful)

        def work(connection: sa.Connection) -> Claims:
            now, limits, name = self._clock(), self._channel.limits, self._channel.name
            if doubtful:
                release(connection, doubtful)
            settle(connection, limits, name, fared)
            if not free:
                return Claims((), None)
            until = now + self._claim
            return claim(connection, limits, name, token=token, most=free, now=now, until=until)

        self._doubtful.append(token)
        claims = await transact(self._store, work)
        del self._fared[: len(fared)], self._doubtful[:]
        return claims

    def _send(self, notices: Sequence[Claimed]) -> None:
        for notice in notices:
            task = asyncio.create_task(self._deliver(notice))
            self._under_way.add(task)

    async def _deliver(self, notice: Claimed) -> None:
        try:
            fared = await self._attempt(notice)
            self._fared.append(fared)
        finally:
            self._under_way -= {asyncio.current_task()}
            self._bell.set()
        if fared.state is not State.SENT:
            log.warning("notice_not_sent", id=notice.id, state=str(fared.state), reason=fared.reason)

    async def _attempt(self, notice: Claimed) -> Fared:
        """Send one notice, and say how that went."""
        try:
            room, body = opened(notice.body, self._keys)
        except SealedOtherwiseError:
            return Fared(notice, State.PERMANENT, self._clock(), "sealed_otherwise", counted=False)
        try:
            async with asyncio.timeout(self._timeout_s):
                receipt = await self._channel.deliver(room, body)
        except DeliveryError as error:
            return _fared(notice, error, self._clock())
        except Exception as error:  # noqa: BLE001 - whatever it was, the message may have arrived
            return Fared(notice, State.UNKNOWN, self._clock(), type(error).__name__)
        return Fared(notice, State.SENT, self._clock(), receipt=receipt)

    async def _end(self) -> None:
        """Wait for what is under way, and take down how it fared."""
        if self._under_way:
            await asyncio.wait(self._under_way)
        if self._fared or self._doubtful:
            await self._turn(0)


def _fared(notice: Claimed, error: DeliveryError, at: datetime) -> Fared:
    """What an error of the channel makes of a notice."""
    if isinstance(error, TryLaterError):
        return _later(notice, error, at)
    match error:
        case RoomGoneError():
            return Fared(notice, State.PERMANENT, at, "room_gone", closed=True)
        case RefusedError():
            return Fared(notice, State.PERMANENT, at, error.code)
        case AccessRevokedError():
            asked = TryLaterError(_REVOKED_S, counted=False, everywhere=True)
            return replace(_later(notice, asked, at), reason="access_revoked")
        case _:
            return Fared(notice, State.UNKNOWN, at, "no_answer")


def _later(notice: Claimed, error: TryLaterError, at: datetime) -> Fared:
    if error.counted and notice.attempts + 1 >= MOST_ATTEMPTS:
        return Fared(notice, State.PERMANENT, at, "gave_up")
    wait = timedelta(seconds=error.after_s) if error.after_s is not None else backoff(notice.attempts)
    reason = "failing" if error.counted else "asked_to_wait"
    later = Fared(notice, State.TEMPORARY, at, reason, wait=wait)
    return replace(later, counted=error.counted, everywhere=error.everywhere)


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many attempts before this one."""
    return timedelta(seconds=min(2.0**attempts, _LONGEST_S))
