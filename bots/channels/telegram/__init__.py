"""Telegram: private chats, groups where it is spoken to, and inline queries in any chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bots.channels.port import Capability, Limits
from bots.channels.telegram import inbound, markup, rendering
from bots.channels.telegram.outbound import Outbound

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bots.channels.port import Body, Event, Left, Room, Turn
    from bots.channels.telegram.inbound import Me
    from bots.channels.telegram.outbound import Client
    from bots.conversation.message import Answer, Choice

NAME: Final = inbound.CHANNEL


class TelegramChannel:
    """One bot."""

    name = NAME
    capabilities = Capability.BUTTONS | Capability.THREADS | Capability.EDIT | Capability.ASK_LOCATION
    limits = Limits(text=markup.LONGEST, in_all_per_s=30, room_per_s=1, group_per_min=20)

    def __init__(self, client: Client) -> None:
        self.client = client
        self.me: Me | None = None
        """The bot itself, once Telegram has said who it is."""
        self._outbound = Outbound(client)

    def parse(self, event: Event) -> Turn | Left | None:
        """Read what somebody wrote, tapped or sent."""
        return inbound.parse(event)

    def render(self, answer: Answer, turn: Turn, now: datetime, timezone: ZoneInfo) -> list[Body]:
        """An answer in messages; a page of a list takes the place of the page before."""
        return rendering.answer(answer, turn, now, timezone, self.me.username if self.me else None)

    def say(self, text: str, turn: Turn, choices: Sequence[Choice] = ()) -> list[Body]:
        """Plain sentences, with something to tap."""
        return rendering.sentences(text, turn, choices)

    async def deliver(self, room: Room, body: Body) -> str:
        """Send one message; the receipt is Telegram's id of it.

        Raises:
            DeliveryError: of the port.
        """
        return await self._outbound.deliver(room, body)
