"""What an operator sees of the outbox: how many fare how, what waits or is dead, and sending that again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from bots.delivery.notices import DEAD, State
from bots.delivery.tables import notice as table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

PAGE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Line:
    """One notice, without anything personal."""

    id: int
    source: str
    """The channel."""
    state: str
    reason: str | None
    when: datetime
    """Since when it is settled; where it is not, when it is due."""
    attempts: int


def counts(connection: sa.Connection) -> dict[tuple[str, str], int]:
    """How many notices there are, by channel and state."""
    grouped = sa.select(table.c.channel, table.c.state, sa.func.count()).group_by(
        table.c.channel, table.c.state
    )
    return {(channel, state): count for channel, state, count in connection.execute(grouped)}


def lines(connection: sa.Connection, *, dead: bool, after: int = 0) -> Sequence[Line]:
    """A page of the notices that wait or are dead, by id, behind an id.

    Args:
        connection: one to read with.
        dead: whether the dead alone are wanted.
        after: the last id of the page before.
    """
    wanted: sa.ColumnElement[bool] = table.c.state.in_(DEAD)
    if not dead:
        wanted = sa.or_(wanted, table.c.settled.is_(None))
    when = sa.func.coalesce(table.c.settled, table.c.due, type_=table.c.due.type)
    columns = (table.c.id, table.c.channel, table.c.state, table.c.reason, when, table.c.attempts)
    page = sa.select(*columns).where(wanted, table.c.id > after).order_by(table.c.id).limit(PAGE)
    return [Line(*row) for row in connection.execute(page)]


def retry(connection: sa.Connection, ids: Sequence[int] | None, now: datetime) -> list[int]:
    """Queue dead notices again, those whose words are still kept; gives their ids.

    Args:
        connection: of a transaction that writes.
        ids: which; None: all that were refused or given up, but none that may have arrived.
        now: the time.
    """
    states = DEAD if ids is not None else (State.PERMANENT,)
    wanted = sa.and_(table.c.state.in_(states), table.c.body.is_not(None))
    if ids is not None:
        wanted = sa.and_(wanted, table.c.id.in_(ids))
    values = {
        "state": State.QUEUED,
        "reason": None,
        "due": now,
        "attempts": 0,
        "settled": None,
        "claimed_by": None,
        "claimed_until": None,
    }
    done = connection.execute(table.update().where(wanted).values(**values).returning(table.c.id))
    return sorted(done.scalars())
