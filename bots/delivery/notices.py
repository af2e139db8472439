"""A message that goes out, and the words for how it fares."""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bots.channels.port import Room

if TYPE_CHECKING:
    from bots.channels.port import Body
    from bots.keys import Keys


class Priority(enum.IntEnum):
    """What goes first: a person who waits for an answer."""

    ANSWER = 0
    BROADCAST = 9


class State(enum.StrEnum):
    """How a notice fares. Those from SENT on are settled."""

    QUEUED = "queued"
    SENDING = "sending"
    TEMPORARY = "temporary"
    """It was not taken, and waits to be tried again."""
    SENT = "sent"
    PERMANENT = "permanent"
    """Dead: the platform refused it, the room is gone, or it was tried often enough."""
    UNKNOWN = "unknown"
    """Sent perhaps: no answer came. It is never sent again but by hand."""
    SUPPRESSED = "suppressed"
    """The person had stopped us."""
    CANCELLED = "cancelled"
    """Not wanted any more."""


SETTLED = frozenset({State.SENT, State.PERMANENT, State.UNKNOWN, State.SUPPRESSED, State.CANCELLED})
DEAD = (State.PERMANENT, State.UNKNOWN)
"""What an operator may want to look at, and to send again."""


_ENCODE: Final = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Notice:
    """One message for one room."""

    channel: str
    room: Room
    body: Body
    person: str | None = None
    """Whom it is for, as `Turn.person`: so that it can be stopped, shown and erased."""
    priority: Priority = Priority.ANSWER
    key: str | None = None
    """A second notice of the same key is not queued."""


def sealed(notice: Notice, keys: Keys) -> bytes:
    """Room and message, as they are kept."""
    content = {"room": notice.room.id, "private": notice.room.private, "body": notice.body}
    return keys.seal(_ENCODE(content).encode())


def opened(body: bytes, keys: Keys) -> tuple[Room, Body]:
    """Room and message again.

    Raises:
        SealedOtherwiseError: the key that sealed it is not held any more.
    """
    content = json.loads(keys.unseal(body))
    return Room(content["room"], private=content["private"]), content["body"]


def room_print(keys: Keys, channel: str, room: str) -> str:
    """A room's fingerprint."""
    return keys.fingerprint("room", channel, room)


def person_print(keys: Keys, channel: str, person: str) -> str:
    """A person's fingerprint on a channel, as in `identity.address_hash`."""
    return keys.fingerprint("person", channel, person)
