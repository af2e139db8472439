"""Notices claimed and settled: one transaction takes down how those sent have fared, and claims the next.

Whoever claims holds the channel's bucket, so that all processes together keep to the platform's limits. A
room has one notice under way at a time, the most urgent first, then the oldest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bots.delivery.notices import Priority, State
from bots.delivery.pacing import UNLIMITED, in_all, in_room
from bots.delivery.tables import bucket, notice
from bots.people.tables import identity, person
from directory.store.types import Instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bots.channels.port import Limits

_EARLIER: Final = notice.alias("earlier")
_WAITING: Final = sa.and_(notice.c.settled.is_(None), notice.c.claimed_by.is_(None))


@dataclass(frozen=True, slots=True)
class Claimed:
    """A notice that is this process's to send."""

    id: int
    token: str
    room: str
    """Fingerprint."""
    private: bool
    attempts: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Fared:
    """How the sending of a notice went."""

    notice: Claimed
    state: State
    at: datetime
    reason: str | None = None
    receipt: str | None = None
    counted: bool = True
    """Whether it was an attempt; where not, the platform asked to wait, and the whole room does."""
    wait: timedelta = timedelta()
    """Until it is tried again."""
    everywhere: bool = False
    """The whole channel waits."""
    closed: bool = False
    """Nobody is in the room any more: what else waits for it is given up."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What was claimed, and when it is worth to look again (None: when there is news)."""

    notices: Sequence[Claimed]
    again: datetime | None


def settle(connection: sa.Connection, limits: Limits, channel: str, fared: Sequence[Fared]) -> None:
    """Take down how notices fared, unless somebody else has decided meanwhile."""
    if sent := [one for one in fared if one.state is State.SENT]:
        _many(connection, "sent", [_row(one) for one in sent])
    if others := [one for one in fared if one.state is not State.SENT]:
        connection.execute(_OTHERS, [_row(one) for one in others])
    for one in fared:
        if one.closed:
            values = {"state": State.PERMANENT, "reason": one.reason, "settled": one.at, "body": None}
            room = sa.and_(notice.c.room == one.notice.room, _WAITING)
            connection.execute(notice.update().where(room).values(**values))
    if waits := [one.at + one.wait for one in fared if one.everywhere]:
        _free(connection, [{"key": bucket_of(channel), "free_at": max(waits)}])
    _pace_rooms(connection, limits, fared)


def release(connection: sa.Connection, tokens: Sequence[str]) -> None:
    """Put back what was claimed in transactions of which nobody knew whether they were committed."""
    mine = notice.c.claimed_by.in_(tokens)
    values = {"state": State.QUEUED, "claimed_by": None, "claimed_until": None, "settled": None}
    connection.execute(notice.update().where(mine).values(**values))


def claim(
    connection: sa.Connection,
    limits: Limits,
    channel: str,
    *,
    token: str,
    most: int,
    now: datetime,
    until: datetime,
) -> Claims:
    """Claim what may be sent now, answers first.

    Args:
        connection: of a transaction that writes.
        limits: the platform's.
        channel: its name.
        token: who claims, not used before.
        most: how many.
        now: the time.
        until: when the claim runs out.
    """
    pace, free_at = in_all(limits), _hold(connection, channel, now)
    most = pace.free(free_at, now, most)
    if not most:
        return Claims((), free_at)
    values = {"of_channel": channel, "now": now, "most": most, "token": token, "until": until}
    rows = sorted(connection.execute(_CLAIM, values), key=lambda row: (row.priority, row.due, row.id))
    if not rows:
        return Claims((), _next(connection, channel))
    free_at = pace.after(free_at, now, len(rows))
    _free(connection, [{"key": bucket_of(channel), "free_at": free_at}])
    claimed = [Claimed(row.id, token, row.room, row.private, row.attempts, row.body) for row in rows]
    return Claims(claimed, free_at)


def bucket_of(channel: str) -> str:
    """The key of a channel's bucket; a room's is its fingerprint, which has no colon."""
    return f"channel:{channel}"


def _hold(connection: sa.Connection, channel: str, now: datetime) -> datetime:
    """Lock the channel's bucket, made where there is none, and see from when on it is free."""
    key = {"key": bucket_of(channel)}
    free_at: datetime | None = connection.scalar(_HELD, key)
    if free_at is not None:
        return free_at
    long_ago = now - timedelta(days=1)
    connection.execute(_MADE[connection.dialect.name], key | {"free_at": long_ago})
    return connection.scalar(_HELD, key) or long_ago


def _next(connection: sa.Connection, channel: str) -> datetime | None:
    """When the next one is due; in the past where its room is what it waits for."""
    found = [
        connection.scalar(_NEXT, {"channel": channel, "priority": int(priority)}) for priority in Priority
    ]
    return min((due for due in found if due is not None), default=None)


def _row(one: Fared) -> dict[str, Any]:
    waits = one.state is State.TEMPORARY
    return {
        "this": one.notice.id,
        "token": one.notice.token,
        "new_state": one.state,
        "new_reason": one.reason,
        "new_receipt": one.receipt,
        "new_attempts": one.notice.attempts + one.counted,
        "new_due": one.at + one.wait,
        "new_settled": None if waits else one.at,
    }


def _pace_rooms(connection: sa.Connection, limits: Limits, fared: Sequence[Fared]) -> None:
    """Move the buckets of the rooms on, from the moment that the platform had answered."""
    paces = {private: in_room(limits, private=private) for private in (True, False)}
    moving = [one for one in fared if paces[one.notice.private] is not UNLIMITED or not one.counted]
    held: dict[str, datetime] = {}
    if keys := [one.notice.room for one in moving if paces[one.notice.private].slack]:
        held = {row.key: row.free_at for row in connection.execute(_ROOMS, {"keys": keys})}
    moved = {}
    for one in moving:
        free_at = paces[one.notice.private].after(held.get(one.notice.room), one.at)
        moved[one.notice.room] = free_at if one.counted else max(free_at, one.at + one.wait)
    if moved:
        _free(connection, [{"key": room, "free_at": free_at} for room, free_at in moved.items()])


def _free(connection: sa.Connection, rows: Sequence[dict[str, Any]]) -> None:
    _many(connection, "free", rows)


def _many(connection: sa.Connection, what: str, rows: Sequence[dict[str, Any]]) -> None:
    """Run a statement for each row: on PostgreSQL in one, where each more would be another round."""
    if connection.dialect.name == "sqlite":
        connection.execute(_ONE_BY_ONE[what], rows)
    else:
        connection.execute(_AS_ONE[what], {"rows": json.dumps(rows, default=datetime.isoformat)})


def _settling() -> dict[str, Any]:
    return {
        "state": sa.bindparam("new_state"),
        "reason": sa.bindparam("new_reason"),
        "receipt": sa.bindparam("new_receipt"),
        "attempts": sa.bindparam("new_attempts"),
        "settled": sa.bindparam("new_settled"),
        "due": sa.bindparam("new_due"),
        "claimed_by": None,
        "claimed_until": None,
    }


_MINE: Final = sa.and_(notice.c.id == sa.bindparam("this"), notice.c.claimed_by == sa.bindparam("token"))
_OTHERS: Final = notice.update().where(_MINE).values(**_settling())
_SENT: Final = _OTHERS.values(body=None)


def _choose(priority: Priority) -> sa.CTE:
    """The oldest that may go: due, its room free, nothing before it in its room, its person willing."""
    now = sa.bindparam("now", type_=Instant)
    busy = sa.exists().where(bucket.c.key == notice.c.room, bucket.c.free_at > now)
    before = sa.exists().where(
        _EARLIER.c.settled.is_(None),
        _EARLIER.c.room == notice.c.room,
        sa.or_(
            _EARLIER.c.claimed_by.is_not(None),
            _EARLIER.c.priority < notice.c.priority,
            sa.and_(_EARLIER.c.priority == notice.c.priority, _EARLIER.c.id < notice.c.id),
        ),
    )
    chosen = sa.select(notice.c.id, notice.c.priority, notice.c.due).where(
        _WAITING,
        notice.c.channel == sa.bindparam("of_channel"),
        notice.c.priority == sa.literal_column(str(int(priority))),
        notice.c.due <= now,
        ~busy,
        ~before,
    )
    if priority is not Priority.ANSWER:
        chosen = chosen.where(~STOPPED)
    ordered = chosen.order_by(notice.c.due, notice.c.id).limit(sa.bindparam("most", type_=sa.Integer))
    return ordered.with_for_update(skip_locked=True, of=notice).cte(priority.name.lower())


STOPPED: Final = sa.exists().where(
    identity.c.address_hash == notice.c.who,
    person.c.id == identity.c.person_id,
    person.c.stopped.is_not(None),
)
"""The person of a notice wants none."""


def _claim() -> sa.UpdateBase:
    """Choose and claim in one statement, the most urgent first."""
    chosen = sa.union_all(*(sa.select(_choose(priority)) for priority in Priority)).subquery()
    first = sa.select(chosen.c.id).order_by(chosen.c.priority, chosen.c.due, chosen.c.id)
    return (
        notice.update()
        .where(notice.c.id.in_(first.limit(sa.bindparam("most", type_=sa.Integer))))
        .values(
            state=State.SENDING.value,
            claimed_by=sa.bindparam("token"),
            claimed_until=sa.bindparam("until", type_=Instant),
        )
        .returning(*(notice.c[name] for name in _CLAIMED))
    )


_CLAIMED: Final = ("id", "room", "private", "attempts", "body", "priority", "due")
_CLAIM: Final = _claim()
_NEXT: Final = sa.select(sa.func.min(notice.c.due)).where(
    _WAITING,
    notice.c.channel == sa.bindparam("channel"),
    notice.c.priority == sa.bindparam("priority"),
)
_HELD: Final = sa.select(bucket.c.free_at).where(bucket.c.key == sa.bindparam("key")).with_for_update()
_ROOMS: Final = sa.select(bucket.c.key, bucket.c.free_at).where(
    bucket.c.key.in_(sa.bindparam("keys", expanding=True))
)


_MADE: Final[dict[str, Any]] = {
    "sqlite": sqlite.insert(bucket).inline().on_conflict_do_nothing(),
    "postgresql": postgresql.insert(bucket).inline().on_conflict_do_nothing(),
}
_FREE: Final = sqlite.insert(bucket).inline()
_ONE_BY_ONE: Final[dict[str, Any]] = {
    "sent": _SENT,
    "free": _FREE.on_conflict_do_update(index_elements=["key"], set_={"free_at": _FREE.excluded.free_at}),
}
_AS_ONE: Final = {
    "sent": sa.text(
        """
        UPDATE notice
        SET state = f.new_state, reason = NULL, receipt = f.new_receipt, attempts = f.new_attempts,
            due = f.new_due, settled = f.new_settled, claimed_by = NULL, claimed_until = NULL, body = NULL
        FROM json_to_recordset(CAST(:rows AS json)) AS f(
            this int, token text, new_state text, new_receipt text, new_attempts int,
            new_due timestamptz, new_settled timestamptz)
        WHERE notice.id = f.this AND notice.claimed_by = f.token
        """
    ),
    "free": sa.text(
        """
        INSERT INTO bucket (key, free_at)
        SELECT key, free_at
        FROM json_to_recordset(CAST(:rows AS json)) AS f(key text, free_at timestamptz)
        ON CONFLICT (key) DO UPDATE SET free_at = excluded.free_at
        """
    ),
}
