"""What is done now and then, so that nothing is kept longer, or waits longer, than it should."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from bots.delivery.notices import State
from bots.delivery.tables import bucket, conversation, event, notice
from bots.people.tables import identity, person
from directory.store.writing import look, transact
from scheduler.pausing import pause

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from directory.store.engine import Store

WORDS_KEPT: Final = timedelta(days=1)
"""How long what was written may be kept at most, settled or not."""
KEYS_KEPT: Final = timedelta(days=30)
"""How long an event's key, and how a notice fared, are known."""
_EVERY_S: Final = 5.0
_WAITING: Final = sa.and_(notice.c.settled.is_(None), notice.c.claimed_by.is_(None))


async def keep(store: Store, clock: Callable[[], datetime], stop: asyncio.Event) -> None:
    """Look after what waits every few seconds, and once an hour tidy away what is old."""
    tidied: datetime | None = None
    while not stop.is_set():
        now = clock()
        if await look(store, partial(_anything, now=now)):
            await transact(store, partial(look_after, now=now))
        if tidied is None or now - tidied > timedelta(hours=1):
            await transact(store, partial(tidy, now=now))
            tidied = now
        await pause(_EVERY_S, stop)


def look_after(connection: sa.Connection, now: datetime) -> None:
    """Call `unknown` what was under way when its process died; suppress what nobody wants any more."""
    lapsed = sa.select(notice.c.id).where(_lapsed(now)).with_for_update(skip_locked=True)
    values = {"state": State.UNKNOWN, "reason": "no_answer", "settled": now, "claimed_until": None}
    connection.execute(notice.update().where(notice.c.id.in_(lapsed)).values(**values))
    values = {"state": State.SUPPRESSED, "reason": "stopped", "settled": now, "body": None}
    connection.execute(notice.update().where(_unwanted()).values(**values))


def tidy(connection: sa.Connection, now: datetime) -> None:
    """Erase what was written a day ago, whatever became of it; forget conversations, and later the keys."""
    day, month = now - WORDS_KEPT, now - KEYS_KEPT
    given_up = {"state": State.CANCELLED, "reason": "too_old", "settled": now, "body": None}
    connection.execute(notice.update().where(_WAITING, notice.c.created < day).values(**given_up))
    erasing = sa.and_(notice.c.settled < day, notice.c.body.is_not(None))
    connection.execute(notice.update().where(erasing).values(body=None))
    late = sa.and_(event.c.settled.is_(None), event.c.received < day)
    connection.execute(event.update().where(late).values(settled=now, failure="too_old", payload=None))
    connection.execute(conversation.delete().where(conversation.c.expires < now))
    connection.execute(event.delete().where(event.c.settled < month))
    connection.execute(notice.delete().where(notice.c.settled < month))
    idle = sa.and_(bucket.c.free_at < now - timedelta(hours=1), ~bucket.c.key.contains(":"))
    connection.execute(bucket.delete().where(idle))


def _anything(connection: sa.Connection, now: datetime) -> bool:
    either = sa.or_(sa.exists().where(_lapsed(now)), sa.exists().where(_unwanted()))
    return bool(connection.scalar(sa.select(either)))


def _lapsed(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(notice.c.settled.is_(None), notice.c.claimed_by.is_not(None), notice.c.claimed_until < now)


def _unwanted() -> sa.ColumnElement[bool]:
    stopped = sa.select(identity.c.address_hash).join(person).where(person.c.stopped.is_not(None))
    return sa.and_(_WAITING, notice.c.priority > 0, notice.c.who.in_(stopped))
