"""A platform on a socket: what arrives is written down before it is answered; and the channel to it."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bots.channels.port import LostError, TryLaterError, Turn
from tests.fakes.channel import FakeChannel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bots.channels.port import Body, Event, Left, Room
    from bots.conversation.message import Choice

SLOW_S = 0.03
"""How long an answer may take."""


@dataclass
class Platform:
    """What has arrived, by the key of the event that it answers."""

    arrived: Counter[str] = field(default_factory=Counter)
    port: int = 0

    async def serve(self) -> asyncio.Server:
        """Listen on a port of its own."""
        server = await asyncio.start_server(self._take, "127.0.0.1", 0, backlog=512)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            line = await reader.readline()
            if line.endswith(b"\n"):
                self.arrived[json.loads(line)["key"]] += 1
                await asyncio.sleep(random.random() * SLOW_S)
                writer.write(b"taken\n")
                await writer.drain()
        except ConnectionError:
            pass  # whoever sent it was killed
        finally:
            writer.close()


@dataclass
class SocketChannel(FakeChannel):
    """The fake channel, over the socket; each message carries the key of the event that it answers."""

    port: int = 0
    reached: Callable[[str], None] = lambda _point: None
    """Called at chosen points; may not come back."""

    def parse(self, event: Event) -> Turn | Left | None:
        """As the fake, with the key in the turn."""
        turn = super().parse(event)
        return replace(turn, handle=event.key) if isinstance(turn, Turn) else turn

    def say(self, text: str, turn: Turn, choices: Sequence[Choice] = ()) -> list[Body]:
        """As the fake, with the key in each message."""
        return [{**body, "key": turn.handle} for body in super().say(text, turn, choices)]

    async def deliver(self, room: Room, body: Body) -> str:
        """Send one line and wait for the answer."""
        self.reached("send:before")
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError as error:
            raise TryLaterError from error
        try:
            writer.write(json.dumps({"key": body["key"], "room": room.id}).encode() + b"\n")
            await writer.drain()
            answer = asyncio.ensure_future(reader.readline())
            await asyncio.wait([answer], timeout=SLOW_S / 3)
            self.reached("send:unanswered")
            if await answer != b"taken\n":
                raise LostError
        except OSError as error:
            raise LostError from error
        finally:
            writer.close()
        self.reached("send:answered")
        return "1"
