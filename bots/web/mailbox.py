"""The way of a page through inbox and outbox: put, have it taken at once, fetch what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bots.channels.web import NAME
from bots.web.problems import ProblemError

if TYPE_CHECKING:
    from bots.channels.port import Body, Event
    from bots.delivery.delivery import Delivery


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What the chat needs of delivery; there is no second path around it."""

    delivery: Delivery

    async def put(self, event: Event) -> None:
        """Keep an event, and have it answered before those who wait elsewhere.

        Raises:
            ProblemError: `late`; it is kept, and is answered a little later.
        """
        await self.delivery.inbox.put(event)
        if not await self.delivery.taker.take(event):
            raise ProblemError("late", 503, wait_s=5)

    async def fetch(self, room: str, seen: int) -> list[tuple[int, Body]]:
        """Give what waits for a room, oldest first; what came up to `seen` has arrived, and is erased."""
        return await self.delivery.outbox.fetch(NAME, room, seen)
