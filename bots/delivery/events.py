"""Events as they wait: claimed one a conversation, settled once, put back where that could not be done.

Each function works within a transaction of its caller's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from bots.delivery.tables import event as table
from directory.store.types import Instant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bots.channels.port import Event

_OTHER: Final = table.alias("other")


class LostClaimError(Exception):
    """The claim ran out, and somebody else has the event."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who claims, and what."""

    token: str
    """Not used before."""
    channels: tuple[str, ...]
    most: int
    conversation: str | None = None
    """Fingerprint, where only one is wanted."""


@dataclass(frozen=True, slots=True)
class Row:
    """A claimed event as it is kept."""

    id: int
    channel: str
    key: str
    conversation: str
    payload: bytes
    attempts: int
    claimed_by: str


def claim(connection: sa.Connection, claim: Claim, now: datetime, until: datetime) -> Sequence[Row]:
    """Claim the oldest events whose conversations have nothing before them and nothing under way."""
    values: dict[str, Any] = {"now": now, "channels": claim.channels, "most": claim.most}
    if claim.conversation is None:
        ids = connection.scalars(_CHOOSE, values).all()
    else:
        ids = connection.scalars(_CHOOSE_IN, values | {"wanted": claim.conversation}).all()
    if not ids:
        return []
    values = {"ids": ids, "token": claim.token, "until": until}
    return sorted((Row(*row) for row in connection.execute(_CLAIM, values)), key=lambda row: row.id)


def settle(connection: sa.Connection, row: Row, now: datetime, failure: str | None) -> None:
    """Note that an event is done, or why it was given up, and erase its words.

    Raises:
        LostClaimError: somebody else has it by now.
    """
    values = {"settled": now, "payload": None, "failure": failure}
    if connection.execute(table.update().where(_mine(row)).values(**values)).rowcount != 1:
        raise LostClaimError


def put_back(connection: sa.Connection, row: Row, not_before: datetime, *, counted: bool) -> None:
    """Let an event be claimed again, not before some time."""
    attempts = row.attempts if counted else row.attempts - 1
    values = {"claimed_by": None, "claimed_until": not_before, "attempts": attempts}
    connection.execute(table.update().where(_mine(row)).values(**values))


def is_settled(connection: sa.Connection, event: Event) -> bool:
    """Whether an event does not wait any more."""
    same = sa.and_(table.c.channel == event.channel, table.c.key == event.key)
    waiting = sa.select(table.c.id).where(same, table.c.settled.is_(None))
    return connection.scalar(waiting) is None


def _mine(row: Row) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.id == row.id, table.c.claimed_by == row.claimed_by, table.c.settled.is_(None))


def _choose(*more: sa.ColumnElement[bool]) -> sa.Select[tuple[int]]:
    now = sa.bindparam("now", type_=Instant)
    before = sa.exists().where(
        _OTHER.c.settled.is_(None),
        _OTHER.c.conversation == table.c.conversation,
        _OTHER.c.id != table.c.id,
        sa.or_(_OTHER.c.id < table.c.id, _OTHER.c.claimed_until >= now),
    )
    free = sa.or_(table.c.claimed_until.is_(None), table.c.claimed_until < now)
    channels = table.c.channel.in_(sa.bindparam("channels", expanding=True))
    chosen = sa.select(table.c.id).where(table.c.settled.is_(None), free, channels, ~before, *more)
    limited = chosen.order_by(table.c.id).limit(sa.bindparam("most"))
    return limited.with_for_update(skip_locked=True, of=table)


_CHOOSE: Final = _choose()
_CHOOSE_IN: Final = _choose(table.c.conversation == sa.bindparam("wanted"))
_CLAIM: Final = (
    table.update()
    .where(table.c.id.in_(sa.bindparam("ids", expanding=True)))
    .values(
        claimed_by=sa.bindparam("token"),
        claimed_until=sa.bindparam("until"),
        attempts=table.c.attempts + 1,
    )
    .returning(
        table.c.id,
        table.c.channel,
        table.c.key,
        table.c.conversation,
        table.c.payload,
        table.c.attempts,
        table.c.claimed_by,
    )
)
