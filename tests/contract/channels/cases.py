"""The channels that there are: a name, and what makes its case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

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
from bots.channels.telegram import TelegramChannel
from bots.channels.telegram import inbound as telegram
from bots.channels.telegram.outbound import Client
from bots.channels.telegram.registering import me_of
from bots.channels.terminal import TerminalChannel
from bots.channels.terminal import inbound as terminal
from bots.channels.web import WebChannel
from bots.channels.web import inbound as web
from bots.conversation.message import Message
from tests.contract.channels.case import TROUBLES, Case
from tests.fakes.channel import FakeChannel, wrote
from tests.fakes.telegram import BOT, TOKEN, TelegramApi, Trouble
from tests.fakes.telegram_markup import read, units

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


class TelegramCase:
    """Telegram, over a Bot API on this machine."""

    troubles = frozenset(TROUBLES)

    def __init__(self, api: TelegramApi) -> None:
        self._api = api
        self._made = TelegramChannel(Client(TOKEN, api.url))
        self._made.me = me_of(BOT)
        self.channel: Channel = self._made

    def text(self, text: str) -> Event:
        """Somebody wrote this."""
        return self._event(self._api.write(text))

    def choice(self, choice: str) -> Event | None:
        """Somebody tapped this."""
        return self._event(self._api.tapped(choice, self._api.message(7, None, text="Example"), 7, 1))

    def location(self, lat: float, lon: float) -> Event | None:
        """Somebody sent where they are."""
        return self._event(self._api.send(location={"latitude": lat, "longitude": lon}))

    def ignored(self) -> list[Event]:
        """What comes to nothing is not even made an event of; what was no update of ours is none."""
        bot = self._api.message(7, None, text="hello") | {"from": BOT}
        assert telegram.event({"update_id": 1, "message": bot}, me_of(BOT)) is None
        return [Event("telegram", "1", "7", payload) for payload in (b"", b"[]", b"{}")]

    def shown(self, body: Body) -> str:
        """Its text with the escapes undone, and what can be tapped."""
        rows = body["params"].get("reply_markup", {}).get("inline_keyboard", [])
        return "\n".join([read(body["params"]["text"]), *(one["text"] for row in rows for one in row)])

    def size(self, body: Body) -> int:
        """In UTF-16 units of what is shown."""
        return units(read(body["params"]["text"]))

    def fail(self, trouble: str) -> None:
        """The Bot API does as it is told."""
        self._api.will(_TELEGRAM_TROUBLES[trouble])

    def arrived(self) -> list[str]:
        """What stands in the chats."""
        return self._api.texts()

    async def close(self) -> None:
        """The connection and the server."""
        await self._made.client.close()
        await self._api.__aexit__(None)

    def _event(self, update: dict[str, Any]) -> Event:
        event = telegram.event(update, me_of(BOT))
        assert event is not None
        return event


_TELEGRAM_TROUBLES: Final = {
    "wait": Trouble(429, "Too Many Requests: retry after 7", retry_after=7),
    "busy": Trouble(502, "Bad Gateway"),
    "gone": Trouble(403, "Forbidden: bot was blocked by the user"),
    "refused": Trouble(400, "Bad Request: can't parse entities"),
    "revoked": Trouble(401, "Unauthorized"),
    "lost": Trouble(after_all=True),
}


async def _telegram() -> Case:
    return TelegramCase(await TelegramApi().__aenter__())


async def _made(case: Case) -> Case:
    return case


CASES: Final[dict[str, Callable[[], Awaitable[Case]]]] = {
    "fake": lambda: _made(FakeCase()),
    "telegram": _telegram,
    "terminal": lambda: _made(TerminalCase()),
    "web": lambda: _made(WebCase()),
}
