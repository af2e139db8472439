"""A stand-in for a platform, in a process of its own, that keeps to its limits a hundred times as fast.

It takes lines `room text` and answers each: `ok`, or `429` where there were too many in all or in the room.
A second's worth of messages may come at once, as with a bucket that fills at the allowed rate. It prints its
port, and at the end of its input one line of JSON: how many it took and refused.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Final

FASTER: Final = 100
IN_ALL_PER_S: Final = 30 * FASTER
ROOM_PER_S: Final = 1 * FASTER
BURST: Final = 30
"""Messages that may come at once: what a platform takes in a second."""


class Limited:
    """What is counted, and what is let through."""

    def __init__(self) -> None:
        self.taken = self.refused = 0
        self._tokens, self._at = float(BURST), time.monotonic()
        self._rooms: dict[bytes, float] = {}

    def take(self, room: bytes) -> bytes:
        """Let one message through, or not."""
        now = time.monotonic()
        self._tokens = min(self._tokens + (now - self._at) * IN_ALL_PER_S, BURST)
        self._at = now
        if self._tokens < 1 or now - self._rooms.get(room, 0) < 1 / ROOM_PER_S:
            self.refused += 1
            return b"429\n"
        self._tokens -= 1
        self._rooms[room] = now
        self.taken += 1
        return b"ok\n"


async def main() -> None:
    """Serve until the input ends."""
    limited = Limited()

    open_now: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            writer.write(limited.take(line.partition(b" ")[0]))
        writer.close()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_now.add(asyncio.create_task(talk(reader, writer)))

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    sys.stdout.write(json.dumps({"taken": limited.taken, "refused": limited.refused}) + "\n")
    sys.stdout.flush()
    server.close()
    await asyncio.wait(open_now)


if __name__ == "__main__":
    asyncio.run(main())
