"""Writers of one SQLite file take turns: a quick one can't keep a slow one out."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from directory.store.engine import connect
from directory.store.turnstile import Turnstile

if TYPE_CHECKING:
    from pathlib import Path

    from directory.store.engine import Store

HOLDER = """
import sys
from pathlib import Path
from directory.store.turnstile import Turnstile
with Turnstile(Path(sys.argv[1])).turn_in_thread():
    print("mine", flush=True)
    sys.stdin.readline()
"""


async def test_turns_are_taken_in_order_within_a_process(tmp_path: Path) -> None:
    """Who comes first has the first turn, whoever asks again at once."""
    turnstile = Turnstile(tmp_path / "nearby.db")
    order: list[str] = []

    async def write(name: str, times: int) -> None:
        for _ in range(times):
            async with turnstile.turn():
                order.append(name)
                await asyncio.sleep(0)

    await asyncio.gather(write("import", 3), write("event", 1))
    turnstile.close()
    assert order == ["import", "event", "import", "import"]


async def test_another_process_is_waited_for_and_then_let_by(tmp_path: Path) -> None:
    """A turn held elsewhere is waited for; when it ends, even by a kill, the next one has it."""
    path = tmp_path / "nearby.db"
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, str(path), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"mine\n"
    turnstile = Turnstile(path)
    waiting = asyncio.create_task(_take(turnstile))
    await asyncio.sleep(0)
    assert not waiting.done()
    holder.kill()
    await holder.wait()
    await waiting
    turnstile.close()


async def _take(turnstile: Turnstile) -> None:
    async with turnstile.turn():
        pass


async def _fail(store: Store, error: type[BaseException]) -> None:
    async with store.begin():
        raise error


async def test_a_turn_is_given_back_when_the_work_fails(sqlite_url: str) -> None:
    """A transaction that raises, or is cancelled, leaves the seat free."""
    store = connect(sqlite_url)
    for error in (RuntimeError, asyncio.CancelledError):
        with pytest.raises(error):
            await _fail(store, error)
    async with store.begin() as connection:
        assert await connection.scalar(sa.text("SELECT 1")) == 1
    await store.close()
