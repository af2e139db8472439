"""Writers of one SQLite file take turns, in one process or in many.

SQLite lets a waiting writer sleep and look again, so that one which writes batch after batch is always
quicker, and an event would wait for the end of an import. Here whoever waits stands in a doorway that the
quick one has to pass as well. This is manners and not safety: SQLite's own lock is what keeps the file
whole, so who has waited too long goes on without.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

if sys.platform != "win32":  # there, turns are taken within one process alone
    import fcntl

_LOOK_AGAIN_S: Final = 0.002
_LOOKS: Final = 5_000
"""Ten seconds in all, as long as the database itself would wait."""


class Turnstile:
    """The queue at one SQLite file: stand in the doorway, wait for the seat, leave the doorway."""

    def __init__(self, path: Path) -> None:
        """Keep the path; the two files of the queue are made beside it at the first turn."""
        self._path = path
        self._here = asyncio.Lock()
        self._files: list[IO[bytes]] = []

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it until the end of the block."""
        async with self._here:
            try:
                for step in self._steps():
                    if not step:
                        await asyncio.sleep(_LOOK_AGAIN_S)
                yield
            finally:
                self._leave()

    @contextlib.contextmanager
    def turn_in_thread(self) -> Iterator[None]:
        """The same, where waiting may block; this turnstile must not be used by another thread."""
        try:
            for step in self._steps():
                if not step:
                    time.sleep(_LOOK_AGAIN_S)
            yield
        finally:
            self._leave()

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files:
            file.close()
        self._files.clear()

    def _steps(self) -> Iterator[bool]:
        """Go through the doorway to the seat; False each time that somebody is in the way."""
        if sys.platform == "win32":
            return
        doorway, seat = self._opened()
        for file in (doorway, seat):
            for _ in range(_LOOKS):
                if _locked(file):
                    break
                yield False
        fcntl.flock(doorway, fcntl.LOCK_UN)

    def _leave(self) -> None:
        if sys.platform != "win32":
            for file in self._files:
                fcntl.flock(file, fcntl.LOCK_UN)

    def _opened(self) -> list[IO[bytes]]:
        if not self._files:
            names = (f"{self._path.name}.doorway", f"{self._path.name}.seat")
            self._files = [_opened(self._path.with_name(name)) for name in names]
        return self._files


def _opened(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "wb")


def _locked(file: IO[bytes]) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
