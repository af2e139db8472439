"""A line that was typed, as an event and as a turn."""

from __future__ import annotations

from typing import Final

from bots.channels.port import Event, Room, Turn
from bots.conversation.message import Message

CHANNEL: Final = "terminal"
LONGEST: Final = 4_096
"""Characters of one line."""


def event(person: str, number: int, line: str) -> Event:
    """The event of one line: whose it is, and the how manyth."""
    return Event(CHANNEL, f"{person}:{number}", person, line[:LONGEST].encode("utf-8", "replace"))


def parse(event: Event) -> Turn | None:
    """Read a line; an empty one wants no answer."""
    text = event.payload.decode("utf-8", "replace").strip()
    return Turn(Room(event.conversation), event.conversation, Message(text)) if text else None
