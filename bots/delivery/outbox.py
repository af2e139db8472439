"""What goes out is kept until it is sent, and is queued in the transaction that settles what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bots.delivery.notices import State, opened, person_print, room_print, sealed
from bots.delivery.tables import notice as table
from directory.store.writing import look, transact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from bots.channels.port import Body
    from bots.delivery.notices import Notice
    from bots.delivery.waking import Wake
    from bots.keys import Keys
    from directory.store.engine import Store

_AT_ONCE: Final = 1_000
"""Notices of one transaction."""
_WAITING: Final = sa.and_(table.c.settled.is_(None), table.c.claimed_by.is_(None))


@dataclass(frozen=True, slots=True)
class Outbox:
    """The messages that wait, are being sent, or were."""

    store: Store
    keys: Keys
    wake: Wake
    clock: Callable[[], datetime]

    async def post(self, notices: Iterable[Notice]) -> int:
        """Queue notices, a thousand in a transaction; gives how many were new.

        Where many are cut off half-way, those with a key can all be posted again: none is queued twice.
        """
        queued, left = 0, iter(notices)
        while rows := self.rows(islice(left, _AT_ONCE)):
            queued += await transact(self.store, partial(self.queue, rows=rows))
            self.wake.ring("notice")
        return queued

    def rows(self, notices: Iterable[Notice]) -> list[dict[str, object]]:
        """Notices as they are kept: sealed here, before the transaction begins."""
        now = self.clock()
        return [
            {
                "channel": notice.channel,
                "room": room_print(self.keys, notice.channel, notice.room.id),
                "private": notice.room.private,
                "who": notice.person and person_print(self.keys, notice.channel, notice.person),
                "key": notice.key,
                "priority": int(notice.priority),
                "state": State.QUEUED,
                "created": now,
                "due": now,
                "body": sealed(notice, self.keys),
            }
            for notice in notices
        ]

    def queue(self, connection: sa.Connection, rows: Sequence[dict[str, object]]) -> int:
        """Insert rows within a transaction; whoever began it rings `notice` after the commit."""
        queued = connection.execute(_once(connection), rows).rowcount if rows else 0
        if queued:
            self.wake.announce(connection, "notice")
        return queued

    async def fetch(self, channel: str, room: str, seen: int = 0) -> list[tuple[int, Body]]:
        """What waits for a room whose page fetches for itself, oldest first.

        Args:
            channel: one with `Capability.PULL`.
            room: its id.
            seen: the newest id that arrived: up to it all are settled as sent, and erased.
        """
        place = sa.and_(self.in_room(channel, room), _WAITING)

        def arrived(connection: sa.Connection) -> None:
            connection.execute(
                table.update()
                .where(place, table.c.id <= seen)
                .values(state=State.SENT, settled=self.clock(), body=None)
            )

        def waiting(connection: sa.Connection) -> list[tuple[int, bytes]]:
            found = sa.select(table.c.id, table.c.body).where(place, table.c.id > seen).order_by(table.c.id)
            return [(row.id, row.body) for row in connection.execute(found)]

        if seen:
            await transact(self.store, arrived)
        return [(key, opened(body, self.keys)[1]) for key, body in await look(self.store, waiting)]

    def give_up(
        self, connection: sa.Connection, state: State, reason: str, *which: sa.ColumnElement[bool]
    ) -> int:
        """Settle, within a transaction, those waiting notices that fit, and erase them; gives how many."""
        values = {"state": state, "reason": reason, "settled": self.clock(), "body": None}
        return connection.execute(table.update().where(_WAITING, *which).values(**values)).rowcount

    def scrub(self, connection: sa.Connection, whos: Sequence[str]) -> None:
        """Take somebody, given by fingerprints, out of what was settled."""
        theirs = sa.and_(table.c.who.in_(whos), table.c.settled.is_not(None))
        values = {"who": None, "receipt": None, "body": None, "room": ""}
        connection.execute(table.update().where(theirs).values(**values))

    def waiting(self, connection: sa.Connection, whos: Sequence[str]) -> int:
        """How many notices wait for somebody."""
        theirs = sa.select(sa.func.count()).where(_WAITING, table.c.who.in_(whos))
        return connection.scalar(theirs) or 0

    def in_room(self, channel: str, room: str) -> sa.ColumnElement[bool]:
        """Which notices are for a room."""
        return sa.and_(table.c.channel == channel, table.c.room == room_print(self.keys, channel, room))


def _once(connection: sa.Connection) -> sa.Executable:
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return insert(table).inline().on_conflict_do_nothing().execution_options(preserve_rowcount=True)
