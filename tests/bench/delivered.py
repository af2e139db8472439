"""Notices queued and sent in a process of its own, to the stand-in that keeps to a platform's limits."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bots.channels.port import Limits, Room, TryLaterError
from bots.delivery.notices import Notice, Priority
from bots.delivery.outbox import Outbox
from bots.delivery.sender import IN_FLIGHT, Sender
from bots.delivery.waking import Wake
from bots.keys import keys_of
from directory.store.engine import connect
from directory.store.upgrade import upgrade
from tests.bench.machine import memory_kb
from tests.bench.platform import IN_ALL_PER_S, ROOM_PER_S
from tests.fakes.channel import FakeChannel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bots.channels.port import Body

ROOT = Path(__file__).resolve().parent.parent.parent
KEYS = keys_of("s" * 32, "i" * 32)
TEXT = "Your library is open again. " * 8
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class StandIn(FakeChannel):
    """The channel to the stand-in: as many connections as there are messages under way."""

    limits: Limits = field(default_factory=lambda: Limits(4_096, float(IN_ALL_PER_S), float(ROOM_PER_S)))
    port: int = 0
    idle: list[Connection] = field(default_factory=list)
    sent: int = 0

    async def deliver(self, room: Room, body: Body) -> str:
        """Send a line, and read what becomes of it."""
        reader, writer = (
            self.idle.pop() if self.idle else await asyncio.open_connection("127.0.0.1", self.port)
        )
        writer.write(f"{room.id} {body['text']}\n".encode())
        answer = await reader.readline()
        self.idle.append((reader, writer))
        if answer != b"ok\n":
            raise TryLaterError(0.01, counted=False)
        self.sent += 1
        return "1"


async def queue_and_send(url: str, count: int) -> dict[str, Any]:
    """Queue so many notices, a few to each room, and send them all.

    Returns:
        `queued_s`, `sent_s`, `refused`; `early_mb` and `late_mb`: held after a tenth and at the end.
    """
    store = connect(url)
    await upgrade(store)
    clock = lambda: datetime.now(UTC)  # noqa: E731, TID251 - the bench is an entry
    outbox = Outbox(store, KEYS, Wake(store), clock)
    began = time.perf_counter()
    await outbox.post(notices(count))
    queued_s = time.perf_counter() - began
    platform = _platform()
    assert platform.stdout is not None
    channel = StandIn(port=int(platform.stdout.readline()))
    sender = Sender(store, KEYS, outbox.wake, channel, clock, in_flight=IN_FLIGHT)
    began = time.perf_counter()
    early_mb, late_mb = await _send(sender, channel, count)
    sent_s = time.perf_counter() - began
    for _, writer in channel.idle:
        writer.close()
        await writer.wait_closed()
    said = json.loads(platform.communicate("")[0])
    await store.close()
    assert said["taken"] == count
    return {
        "queued_s": queued_s,
        "sent_s": sent_s,
        "refused": said["refused"],
        "early_mb": early_mb,
        "late_mb": late_mb,
    }


def _platform() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bench.platform"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


async def _send(sender: Sender, channel: StandIn, count: int) -> tuple[float, float]:
    """Run the sender until all is sent; gives the memory held after a tenth and at the end, in MB."""
    stop, early = asyncio.Event(), 0.0
    running = asyncio.create_task(sender.run(stop))
    while channel.sent < count and not running.done():
        await asyncio.sleep(0.01)
        if not early and channel.sent >= count / 10:
            early = _held_mb()
    late = _held_mb()
    stop.set()
    await running
    return early, late


def notices(count: int) -> Iterator[Notice]:
    rooms = max(count // 3, 1)
    for number in range(count):
        person = f"person{number % rooms}"
        yield Notice("fake", Room(person), {"text": TEXT}, person, Priority.BROADCAST)


def _held_mb() -> float:
    return memory_kb("/proc/self/status", "VmRSS") / 1024
