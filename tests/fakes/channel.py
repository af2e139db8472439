"""A platform in memory that misbehaves on request, and the channel to it."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bots.channels.port import Body, Capability, Event, Left, Limits, Room, Turn
from bots.channels.splitting import split
from bots.conversation.message import Message
from bots.conversation.wording.english import say as said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bots.conversation.message import Answer, Choice

Misbehaviour = BaseException


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message that the platform took."""

    room: str
    text: str


@dataclass
class FakePlatform:
    """Takes messages; does first what it was told to do for a room, or for any (`*`), one after the other."""

    arrived: list[Arrived] = field(default_factory=list)
    refused: int = 0
    troubles: dict[str, deque[tuple[Exception, bool]]] = field(default_factory=lambda: defaultdict(deque))
    before: Callable[[str], Awaitable[None]] | None = None
    """Called with the text before a message is taken."""

    def will(self, trouble: Exception, *, room: str = "*", after_all: bool = False, times: int = 1) -> None:
        """Misbehave so at the next message; `after_all`: when it has arrived."""
        self.troubles[room].extend([(trouble, after_all)] * times)

    async def take(self, room: str, text: str) -> str:
        """Take a message, or not."""
        if self.before:
            await self.before(text)
        waiting = self.troubles[room] or self.troubles["*"]
        trouble, after_all = waiting.popleft() if waiting else (None, False)
        if trouble is not None and not after_all:
            self.refused += 1
            raise trouble
        self.arrived.append(Arrived(room, text))
        if trouble is not None:
            raise trouble
        return str(len(self.arrived))

    def texts(self, room: str | None = None) -> list[str]:
        """What arrived, in order."""
        return [one.text for one in self.arrived if room in (None, one.room)]


@dataclass
class FakeChannel:
    """The channel to it; everybody talks in a room of their own unless an event says otherwise."""

    platform: FakePlatform = field(default_factory=FakePlatform)
    name: str = "fake"
    capabilities: Capability = Capability.NONE
    limits: Limits = field(default_factory=lambda: Limits(text=4_000))

    def parse(self, event: Event) -> Turn | Left | None:
        """Read an event made by `wrote`."""
        try:
            data = json.loads(event.payload)
        except ValueError:
            return None
        if not isinstance(data, dict) or "room" not in data:
            return None
        if data.get("breaks"):
            raise ValueError(data["breaks"])
        room = Room(data["room"], private=data.get("private", True))
        if data.get("left"):
            return Left(room)
        if data.get("bot"):
            return None
        location = tuple(data["location"]) if data.get("location") else None
        return Turn(room, data["person"], Message(data["text"], location, data.get("choice")))

    def render(self, answer: Answer, turn: Turn, now: datetime, timezone: ZoneInfo) -> list[Body]:
        """The words of an answer."""
        return self.say(said(answer, now, timezone), turn)

    def say(self, text: str, turn: Turn, choices: Sequence[Choice] = ()) -> list[Body]:
        """Plain sentences."""
        del turn, choices
        return [{"text": part} for part in split(text, self.limits.text)]

    async def deliver(self, room: Room, body: Body) -> str:
        """Hand it to the platform."""
        return await self.platform.take(room.id, body["text"])


def wrote(person: str, text: str, key: str, **more: Any) -> Event:
    """An event: somebody wrote something."""
    payload = {"person": person, "room": person, "text": text} | more
    room = payload["room"]
    conversation = person if room == person else f"{room}:{person}"
    return Event("fake", key, conversation, json.dumps(payload).encode())
