"""What a channel is: it reads a platform's events, renders answers for it, and delivers them to a receipt.

Every folder beside this file has the same files: `__init__.py` (the Channel), `inbound.py`, `rendering.py`,
`outbound.py`. What differs between platforms is said by capabilities and limits; nobody asks for a name.

    DeliveryError
    ├── TryLaterError        not now: the platform is busy, down, or asks to wait
    ├── RoomGoneError        nobody is there any more: blocked, left, deleted
    ├── RefusedError         the platform will never take this message
    ├── AccessRevokedError   the channel itself may not send: its token was taken away
    └── LostError            no answer came after it was sent: it may have arrived
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bots.conversation.message import Answer, Choice, Message

MOST_PAYLOAD = 256 * 1024
"""Bytes of one event; a larger one is refused where it comes in."""

Body = dict[str, Any]
"""One message as the platform's own request: JSON, made by `render` or `say`, sent by `deliver`."""

CommandName = Literal["start", "near", "help", "settings", "stop", "forget", "mydata"]


class Capability(enum.Flag):
    """What a platform can do."""

    NONE = 0
    BUTTONS = enum.auto()
    """Choices to tap; elsewhere they are a numbered list and "2" picks."""
    THREADS = enum.auto()
    EDIT = enum.auto()
    """A message that was sent can be changed in place."""
    EPHEMERAL = enum.auto()
    """A message in a group that one person alone sees."""
    ASK_LOCATION = enum.auto()
    """A button that sends where the person is."""
    OPEN_CONVERSATION = enum.auto()
    """It may write to a person first."""
    PULL = enum.auto()
    """The page fetches its notices itself; no sender delivers them."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast a platform lets us send, and how long a message may be. None: no such limit."""

    text: int
    """Characters in one message, counted as the platform counts them."""
    in_all_per_s: float | None = None
    room_per_s: float | None = None
    """In one private room."""
    group_per_min: float | None = None
    """In one room that is not private."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where a message goes."""

    id: str
    """The platform's; with the thread where it has one."""
    private: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """Something that came in, as it came."""

    channel: str
    key: str
    """Unique on the channel: the same event again has the same key."""
    conversation: str
    """Events with the same one are taken in the order in which they came."""
    payload: bytes
    """At most `MOST_PAYLOAD`."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, with the text behind it."""

    name: CommandName
    text: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """An event that somebody wants an answer to."""

    room: Room
    person: str
    """The platform's id of who wrote."""
    message: Message
    command: Command | None = None
    edits: str | None = None
    """Receipt of the message that the answer replaces in place."""
    handle: str | None = None
    """What the platform wants back with the answer: the id of a tap or of an inline query."""
    alone: bool = False
    """It belongs to no conversation: nothing is known of who asks, and nothing is remembered."""


@dataclass(frozen=True, slots=True)
class Left:
    """An event that says a room is closed to us: blocked, or put out of the group."""

    room: Room


class Channel(Protocol):
    """One platform.

    `parse`, `render` and `say` do no I/O; what they are given was checked (signature, size) before.
    """

    @property
    def name(self) -> str:
        """As it stands in the database and in links: `telegram`."""
        ...

    @property
    def capabilities(self) -> Capability:
        """What it can do."""
        ...

    @property
    def limits(self) -> Limits:
        """How fast and how much."""
        ...

    def parse(self, event: Event) -> Turn | Left | None:
        """Read an event. None: nothing to answer (bots, our own, kinds we do not know)."""
        ...

    def render(self, answer: Answer, turn: Turn, now: datetime, timezone: ZoneInfo) -> list[Body]:
        """Render an answer in messages within the limit, split at sense, never inside an escape."""
        ...

    def say(self, text: str, turn: Turn, choices: Sequence[Choice] = ()) -> list[Body]:
        """Render plain sentences (of `wording`) in the same way; what follows a command."""
        ...

    async def deliver(self, room: Room, body: Body) -> str:
        """Send one message; gives its receipt, the platform's id of it.

        Raises:
            DeliveryError: one of those above. Anything else counts as `LostError`.
        """
        ...


class DeliveryError(Exception):
    """A message was not delivered, or perhaps not."""


class TryLaterError(DeliveryError):
    """Not now. The message was not taken.

    Args:
        after_s: the wait that the platform asked for, in seconds; None: ours to choose.
        counted: whether it was an attempt; a 429 is none.
        everywhere: whether the whole channel has to wait, and not this room alone.
    """

    def __init__(
        self, after_s: float | None = None, *, counted: bool = True, everywhere: bool = False
    ) -> None:
        super().__init__(after_s)
        self.after_s = after_s
        self.counted = counted
        self.everywhere = everywhere


class RoomGoneError(DeliveryError):
    """Nobody is there any more: what waits for this room is given up."""


class RefusedError(DeliveryError):
    """The platform will never take this message; `code` is its reason, without anything personal."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AccessRevokedError(DeliveryError):
    """The channel may not send at all: its messages wait until somebody has mended that."""


class LostError(DeliveryError):
    """The connection broke after the message was sent: nobody knows whether it arrived."""
