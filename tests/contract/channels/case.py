"""What the suite has to know of a channel: how its platform writes, shows and fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bots.channels.port import Body, Channel, Event

TROUBLES = ("wait", "busy", "gone", "refused", "revoked", "lost")
"""Asked to wait 7 seconds; failing; nobody there; never; no access; no answer came."""


class Case(Protocol):
    """One channel, with its platform."""

    channel: Channel
    troubles: frozenset[str]
    """Of `TROUBLES`, those that this platform can have."""

    def text(self, text: str) -> Event:
        """An event: somebody wrote this in a private chat."""
        ...

    def choice(self, choice: str) -> Event | None:
        """An event: somebody tapped this; None where there is nothing to tap."""
        ...

    def location(self, lat: float, lon: float) -> Event | None:
        """An event: somebody sent where they are; None where a platform has no such thing."""
        ...

    def ignored(self) -> list[Event]:
        """Events that want no answer: of bots, of kinds we do not know."""
        ...

    def shown(self, body: Body) -> str:
        """What a person sees of a message: its text as the platform shows it, escapes undone."""
        ...

    def size(self, body: Body) -> int:
        """How long a message is, as the platform counts."""
        ...

    def fail(self, trouble: str) -> None:
        """Have the next message meet this trouble."""
        ...

    def arrived(self) -> list[str]:
        """What people were shown so far."""
        ...

    async def close(self) -> None:
        """Let go of whatever was opened."""
        ...
