"""What is remembered of a conversation, sealed, for a day after its last message.

Each function works within a transaction of its caller's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bots.conversation.message import State
from bots.delivery.tables import conversation as table
from bots.keys import SealedOtherwiseError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bots.keys import Keys

KEPT: Final = timedelta(days=1)


class MovedOnError(Exception):
    """Somebody else has answered in this conversation meanwhile: take the event again."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The state of one conversation, and how often it has changed."""

    state: State = field(default_factory=State)
    version: int = 0


def recall(connection: sa.Connection, keys: Keys, conversation: str, now: datetime) -> Memory:
    """What is remembered; nothing where it has expired."""
    row = connection.execute(sa.select(table).where(table.c.key == conversation)).first()
    if row is None:
        return Memory()
    return Memory(_opened(keys, row.state) if row.expires > now else State(), row.version)


def remember(
    connection: sa.Connection,
    keys: Keys,
    conversation: str,
    memory: Memory,
    *,
    channel: str,
    who: str,
    now: datetime,
) -> None:
    """Keep what is to be remembered now.

    Args:
        connection: of a transaction that writes.
        keys: what seals it.
        conversation: its fingerprint.
        memory: the new state, with the version that it was made from.
        channel: where it is held.
        who: fingerprint of the person.
        now: the time.

    Raises:
        MovedOnError: the version kept is another by now.
    """
    content = json.dumps(memory.state.to_json(), separators=(",", ":")).encode()
    values = {"state": keys.seal(content), "version": memory.version + 1, "expires": now + KEPT}
    if memory.version:
        same = sa.and_(table.c.key == conversation, table.c.version == memory.version)
        kept = connection.execute(table.update().where(same).values(**values)).rowcount
    else:
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        row = values | {"key": conversation, "channel": channel, "who": who}
        made = insert(table).inline().on_conflict_do_nothing(index_elements=["key"])
        kept = connection.execute(made.execution_options(preserve_rowcount=True), row).rowcount
    if kept != 1:
        raise MovedOnError


def forget(connection: sa.Connection, whos: Sequence[str]) -> None:
    """Forget all conversations of somebody, given by fingerprints."""
    connection.execute(table.delete().where(table.c.who.in_(whos)))


def latest(connection: sa.Connection, keys: Keys, whos: Sequence[str], now: datetime) -> State | None:
    """What is remembered of somebody's latest conversation."""
    held = sa.and_(table.c.who.in_(whos), table.c.expires > now)
    found = connection.scalar(sa.select(table.c.state).where(held).order_by(table.c.expires.desc()).limit(1))
    return _opened(keys, found) if found is not None else None


def _opened(keys: Keys, sealed: bytes) -> State:
    try:
        return State.from_json(json.loads(keys.unseal(sealed)))
    except SealedOtherwiseError:
        return State()
