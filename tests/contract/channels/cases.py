"""The channels that there are: a name, and what makes its case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from bots.channels.port import (
    AccessRevokedError,
    Body,
    Channel,
    Event,
    LostError,
    RefusedError,
    RoomGoneError,
    TryLaterError,
)
from bots.channels.terminal import TerminalChannel
from bots.channels.terminal import inbound as terminal
from bots.channels.web import WebChannel
from bots.channels.web import inbound as web
from bots.conversation.message import Message
from tests.contract.channels.case import TROUBLES, Case
from tests.fakes.channel import FakeChannel, wrote

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class FakeCase:
    """The channel that the tests of delivery use."""

    troubles = frozenset(TROUBLES)

    def __init__(self) -> None:
        self._fake = FakeChannel()
        self.channel: Channel = self._fake

    def text(self, text: str) -> Event:
        """Somebody wrote this."""
        return wrote("ann", text, "1")

    def choice(self, choice: str) -> Event | None:
        """Somebody tapped this."""
        return wrote("ann", "", "1", choice=choice)

    def location(self, lat: float, lon: float) -> Event | None:
        """Somebody is there."""
        return wrote("ann", "", "1", location=[lat, lon])

    def ignored(self) -> list[Event]:
        """Of bots."""
        return [wrote("ann", "hello", "1", bot=True)]

    def shown(self, body: Body) -> str:
        """As it is."""
        return str(body["text"])

    def size(self, body: Body) -> int:
        """In characters."""
        return len(body["text"])

    def fail(self, trouble: str) -> None:
        """The platform in memory does as it is told."""
        errors = {
            "wait": TryLaterError(7, counted=False),
            "busy": TryLaterError(),
            "gone": RoomGoneError(),
            "refused": RefusedError("bad"),
            "revoked": AccessRevokedError(),
            "lost": LostError(),
        }
        self._fake.platform.will(errors[trouble])

    def arrived(self) -> list[str]:
        """What the platform took."""
        return self._fake.platform.texts()

    async def close(self) -> None:
        """Nothing is open."""


class TerminalCase:
    """The terminal: nobody taps there, and it can only be closed."""

    troubles = frozenset({"gone"})

    def __init__(self) -> None:
        self._written: list[str] = []
        self._closed = False
        self.channel: Channel = TerminalChannel(self._write)

    def _write(self, text: str) -> None:
        if self._closed:
            raise BrokenPipeError
        self._written.append(text)

    def text(self, text: str) -> Event:
        """Somebody typed this."""
        return terminal.event("you", 1, text)

    def choice(self, choice: str) -> None:
        """Nothing to tap."""
        del choice

    def location(self, lat: float, lon: float) -> None:
        """Nothing to send."""
        del lat, lon

    def ignored(self) -> list[Event]:
        """An empty line."""
        return [terminal.event("you", 1, "  ")]

    def shown(self, body: Body) -> str:
        """As it is."""
        return str(body["text"])

    def size(self, body: Body) -> int:
        """In characters."""
        return len(body["text"])

    def fail(self, trouble: str) -> None:
        """Close the pipe."""
        self._closed = trouble == "gone"

    def arrived(self) -> list[str]:
        """What was shown."""
        return self._written

    async def close(self) -> None:
        """Nothing is open."""


class WebCase:
    """The web chat: its page fetches for itself, so nothing is ever delivered."""

    troubles: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.channel: Channel = WebChannel()

    def text(self, text: str) -> Event:
        """A visitor wrote this."""
        return web.event("visitor", "1", Message(text))

    def choice(self, choice: str) -> Event | None:
        """A visitor tapped this."""
        return web.event("visitor", "1", Message(choice=choice))

    def location(self, lat: float, lon: float) -> Event | None:
        """A visitor is there."""
        return web.event("visitor", "1", Message(location=(lat, lon)))

    def ignored(self) -> list[Event]:
        """No JSON, or none of ours."""
        return [Event("web", "1", "visitor", payload) for payload in (b"\xff", b"[]", b'{"text": 3}')]

    def shown(self, body: Body) -> str:
        """Every text of the blocks, a line each; the page's own tests look at its markup."""
        blocks = [
            "\n".join(str(row.get("first", "")) + row["text"] for row in block["rows"])
            for block in body["blocks"]
        ]
        labels = [choice["label"] for choice in body["choices"]]
        return "\n\n".join([*blocks, *labels])

    def size(self, body: Body) -> int:
        """In characters of JSON."""
        return len(json.dumps(body))

    def fail(self, trouble: str) -> None:
        """It has none."""

    def arrived(self) -> list[str]:
        """Nothing is delivered."""
        return []

    async def close(self) -> None:
        """Nothing is open."""


async def _made(case: Case) -> Case:
    return case


CASES: Final[dict[str, Callable[[], Awaitable[Case]]]] = {
    "fake": lambda: _made(FakeCase()),
    "terminal": lambda: _made(TerminalCase()),
    "web": lambda: _made(WebCase()),
}
