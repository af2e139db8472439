"""The web chat as a channel: its page fetches the answers itself, so that nothing is ever sent out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bots.channels.port import Capability, Limits
from bots.channels.web import inbound, outbound, rendering

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bots.channels.port import Body, Event, Room, Turn
    from bots.conversation.message import Answer, Choice

NAME: Final = inbound.CHANNEL


class WebChannel:
    """Visitors of the chat page and of the widget."""

    name = NAME
    capabilities = Capability.BUTTONS | Capability.ASK_LOCATION | Capability.PULL
    limits = Limits(text=100_000)

    def parse(self, event: Event) -> Turn | None:
        """Read what a visitor said."""
        return inbound.parse(event)

    def render(self, answer: Answer, turn: Turn, now: datetime, timezone: ZoneInfo) -> list[Body]:
        """One body for an answer: blocks of text, places and links."""
        del turn
        return [rendering.answer(answer, now, timezone)]

    def say(self, text: str, turn: Turn, choices: Sequence[Choice] = ()) -> list[Body]:
        """Plain sentences, with something to tap."""
        del turn
        return [rendering.sentences(text, choices)]

    async def deliver(self, room: Room, body: Body) -> str:
        """Nothing is ever sent to a page.

        Raises:
            RefusedError: always.
        """
        return await outbound.deliver(room, body)
