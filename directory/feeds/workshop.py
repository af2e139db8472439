"""Has lines worked out in another process, where an import is large and there is a second processor.

What that process says is what this one would have worked out: where it can't be used, lines are worked
out here when their turn comes, and nothing else changes.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from typing import TYPE_CHECKING, Any, Final

import structlog

from directory.feeds.workbench import LENGTH, framed

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Sequence

    from directory.feeds.verdicts import Incoming
    from directory.feeds.working import Offers

log = structlog.get_logger(__name__)

LARGE: Final = 2_000
"""Lines from which on another process is worth its start: half a second, and 60 MB."""
_BROKEN: Final = (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError)


class Workshop:
    """The other process, from the first line that is worth it until `close`."""

    def __init__(self, offers: Offers) -> None:
        self._offers = offers
        self._lines = 0
        self._usable = (os.cpu_count() or 1) > 1
        self._process: Process | None = None
        self._giving, self._getting = asyncio.Lock(), asyncio.Lock()

    def wanted(self, lines: int) -> bool:
        """Whether the import is large enough by now, so many lines more counted, and the process usable."""
        self._lines += lines
        return self._usable and self._lines >= LARGE

    async def work_out(self, lines: Sequence[Incoming]) -> None:
        """Have these lines worked out; where that fails they stay as they are."""
        jobs = [(line.item.document, line.written, line.as_v1) for line in lines]
        try:
            async with self._giving:
                process = self._process or await self._start()
                if process is None:
                    return
                await _give(process, framed(jobs))
            async with self._getting:  # whoever gave first gets first
                found = await _get(process)
        except _BROKEN as error:
            self._usable = False
            log.warning("working_here", reason=type(error).__name__)
            return
        for line, worked in zip(lines, found, strict=True):
            line.accept(worked)

    async def close(self) -> None:
        """End the process: it has nothing to finish."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None  # noqa: S101 - it was opened with pipes
        process.stdin.close()
        if process.returncode is None:
            process.kill()
        await process.communicate()

    async def _start(self) -> Process | None:
        """Start it, and tell it what makes offers; None where that can't be told."""
        try:
            offers = framed(self._offers)
        except (pickle.PicklingError, AttributeError, TypeError):
            self._usable = False  # made by hand, as in tests
            return None
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "directory.feeds.workbench"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        await _give(self._process, offers)
        return self._process


async def _give(process: Process, message: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - it was opened with pipes
    process.stdin.write(message)
    await process.stdin.drain()


async def _get(process: Process) -> Any:
    assert process.stdout is not None  # noqa: S101 - as above
    size = int.from_bytes(await process.stdout.readexactly(LENGTH), "big")
    return pickle.loads(await process.stdout.readexactly(size))  # noqa: S301 - our own program wrote it
