"""What a visitor of the chat said: as an event that can wait, and as a turn of the conversation."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from bots.channels.port import Event, Room, Turn
from bots.conversation.message import Message

if TYPE_CHECKING:
    from typing import Final

CHANNEL: Final = "web"
LONGEST: Final = 4096
"""Characters of one message."""


def event(room: str, nonce: str, message: Message) -> Event:
    """Make the event of one message.

    The page's `nonce` makes it the same event when it is sent again; other words under the same nonce
    (somebody went back to an older page) are another event.
    """
    said: dict[str, Any] = {"text": message.text[:LONGEST]}
    if message.choice is not None:
        said["choice"] = message.choice
    if message.location is not None:
        said["location"] = message.location
    payload = json.dumps(said, ensure_ascii=True).encode()
    key = hashlib.sha256(b"\0".join((room.encode(), nonce.encode(), payload))).hexdigest()
    return Event(CHANNEL, key, conversation=room, payload=payload)


def parse(event: Event) -> Turn | None:
    """Read an event that `event` made; None where it can't be."""
    try:
        said = json.loads(event.payload)
    except ValueError:
        return None
    if not isinstance(said, dict) or not isinstance(text := said.get("text", ""), str):
        return None
    choice = said.get("choice")
    message = Message(
        text=text,
        location=_location(said.get("location")),
        choice=choice if isinstance(choice, str) else None,
    )
    return Turn(Room(event.conversation), event.conversation, message)


def _location(value: object) -> tuple[float, float] | None:
    match value:
        case [int() | float() as lat, int() | float() as lon] if -90 <= lat <= 90 and -180 <= lon <= 180:
            return float(lat), float(lon)
        case _:
            return None
