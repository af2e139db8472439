"""The process itself: how long a question takes from a cold start, and how much memory an idle one holds."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.child import ROOT, BrokenChildError
from tests.bench.machine import memory_kb
from tests.bench.measure import interleaved, one, spread
from tests.bench.report import Figure, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.setting import Bench

NAME = "process"
PYTHON = [sys.executable, "-c"]
COMMAND = str(Path(sys.executable).parent / "nearby")
IMPORTS = "import sqlalchemy.ext.asyncio, typer, pydantic_settings"
STARTS = 10
QUIET_S = 1.5
"""So long without a further word from it, and it waits for input."""
PATIENCE_S = 60.0


async def run(bench: Bench) -> list[Figure]:
    """Measure cold starts and an idle conversation, on a small store."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{bench.imported(bench.small)}"}
    return [*await _cold(environment), _idle(environment)]


async def _cold(environment: dict[str, str]) -> list[Figure]:
    def start(command: list[str]) -> None:
        ended = subprocess.run(
            command, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        if ended.returncode:
            raise BrokenChildError(" ".join(command), ended.stderr.decode(errors="replace")[-2000:])

    def ask(_: int) -> None:
        start([COMMAND, "ask", "library near ls9"])

    def nothing(_: int) -> None:
        start([*PYTHON, "pass"])

    def imports(_: int) -> None:
        start([*PYTHON, IMPORTS])

    asked, empty, imported = await interleaved(range(STARTS), ask, nothing, imports, warm=[0], block=1)
    name = "nearby ask, cold"
    return [
        within(NAME, name, spread(asked), 1.0, floor=spread(imported), note=f"floor: python -c '{IMPORTS}'"),
        Figure(NAME, "python that does nothing", spread(empty)),
    ]


def _idle(environment: dict[str, str]) -> Figure:
    """Resident memory of `nearby chat` once it waits for somebody to type."""
    with _terminal([COMMAND, "chat"], environment) as (process, terminal):
        _read_until_quiet(process, terminal)
        held = memory_kb(f"/proc/{process.pid}/status", "VmRSS") / 1024
    return within(NAME, "idle conversation", one(held), 120, unit="MB")


@contextlib.contextmanager
def _terminal(
    command: list[str], environment: dict[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.set_blocking(ours, False)
    try:
        yield process, ours
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _read_until_quiet(process: subprocess.Popen[bytes], terminal: int) -> None:
    """Read what it prints until it prints no more.

    Raises:
        BrokenChildError: it ended instead.
    """
    started = heard = time.monotonic()
    said = b""
    while not said or time.monotonic() - heard < QUIET_S:
        with contextlib.suppress(OSError):  # nothing there yet, or already gone
            said += os.read(terminal, 65536)
            heard = time.monotonic()
        if process.poll() is not None or time.monotonic() - started > PATIENCE_S:
            raise BrokenChildError("nearby chat", said.decode(errors="replace")[-2000:])
        time.sleep(0.02)
