"""The terminal as a channel: one person, no buttons, nothing but text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bots.channels.port import Capability, Limits
from bots.channels.terminal import inbound, outbound, rendering

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bots.channels.port import Body, Event, Room, Turn
    from bots.channels.terminal.outbound import Write
    from bots.conversation.message import Answer, Choice

NAME: Final = inbound.CHANNEL


class TerminalChannel:
    """Whoever sits at the terminal."""

    name = NAME
    capabilities = Capability.NONE
    limits = Limits(text=1_000_000)

    def __init__(self, write: Write) -> None:
        self._write = write

    def parse(self, event: Event) -> Turn | None:
        """Read a line."""
        return inbound.parse(event)

    def render(self, answer: Answer, turn: Turn, now: datetime, timezone: ZoneInfo) -> list[Body]:
        """An answer, whole: a terminal scrolls."""
        del turn
        return [rendering.render(answer, now, timezone)]

    def say(self, text: str, turn: Turn, choices: Sequence[Choice] = ()) -> list[Body]:
        """Plain sentences."""
        del turn
        return [rendering.sentences(text, choices)]

    async def deliver(self, room: Room, body: Body) -> str:
        """Show it.

        Raises:
            RoomGoneError: nobody reads any more.
        """
        del room
        return outbound.show(self._write, body)
