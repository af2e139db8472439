"""What comes in is kept before anybody says that it arrived: each event once, by its key, sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.dialects import postgresql, sqlite

from bots.channels.port import MOST_PAYLOAD, Event
from bots.delivery.tables import event as table
from directory.store.writing import transact

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from bots.delivery.waking import Wake
    from bots.keys import Keys
    from directory.store.engine import Store


class TooLargeError(Exception):
    """An event is larger than any platform's; it should not have come so far."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where every channel puts what it received."""

    store: Store
    keys: Keys
    wake: Wake
    clock: Callable[[], datetime]

    async def put(self, event: Event) -> bool:
        """Keep an event. When this returns it is committed, and may be acknowledged.

        Returns:
            False where an event of this channel and key had come before: acknowledge it all the same.

        Raises:
            sqlalchemy.exc.DBAPIError: it could not be kept; tell the platform to send it again (503).
            TooLargeError: over `MOST_PAYLOAD`.
        """
        return await self.put_all([event]) == 1

    async def put_all(self, events: Sequence[Event]) -> int:
        """Keep several events in one transaction, in their order; gives how many were new."""
        now = self.clock()
        rows = [self._row(event, now) for event in events]

        def insert(connection: sa.Connection) -> int:
            new = connection.execute(_once(connection.dialect.name), rows).rowcount if rows else 0
            if new:
                self.wake.announce(connection, "event")
            return new

        new = await transact(self.store, insert)
        if new:
            self.wake.ring("event")
        return new

    def _row(self, event: Event, now: datetime) -> dict[str, object]:
        if len(event.payload) > MOST_PAYLOAD:
            raise TooLargeError(len(event.payload))
        return {
            "channel": event.channel,
            "key": event.key,
            "conversation": self.keys.fingerprint("conversation", event.channel, event.conversation),
            "payload": self.keys.seal(packed(event)),
            "received": now,
        }


def packed(event: Event) -> bytes:
    """What of an event has to be sealed: the conversation's name, a newline, the payload."""
    return event.conversation.encode("unicode_escape") + b"\n" + event.payload


def unpacked(channel: str, key: str, content: bytes) -> Event:
    """The event again."""
    name, _, payload = content.partition(b"\n")
    return Event(channel, key, name.decode("unicode_escape"), payload)


def _once(dialect: str) -> sa.Executable:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    made = insert(table).inline().on_conflict_do_nothing(index_elements=["channel", "key"])
    return made.execution_options(preserve_rowcount=True)
