"""`nearby serve` with a bot, as an operator runs it: real processes, a Bot API on this machine, SIGKILL."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psycopg

from bots.web.telegram import HEADER
from tests.fakes.telegram import TOKEN, TelegramApi
from tests.fakes.website import fill

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NEARBY = (sys.executable, "-c", "from bots.cli import main; main()")
KEYS = {"SECRET_KEY": "s" * 40, "IDENTITY_KEY": "i" * 40}
FULL = bool(os.environ.get("NEARBY_FAULTS_FULL"))
KILLS = 12 if FULL else 2
ASKING = 40 if FULL else 10
"""People who ask, between one kill and the next."""
LONGEST_S = 300
"""Until what died is claimed anew and everything is settled, on the slowest machine."""


@asynccontextmanager
async def serving(
    folder: Path, api: TelegramApi, **setting: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A server with a bot; killed at the end if it still runs."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd()), **KEYS}
    environment |= {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url} | setting
    process = await asyncio.create_subprocess_exec(
        *NEARBY, "serve", "--port", setting.get("PORT", "0"),
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder, env=environment,
    )  # fmt: skip
    try:
        assert process.stdout
        assert await process.stdout.readline(), "it says where it is"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_with_nothing_but_a_token_the_bot_answers(sqlite_url: str, tmp_path: Path) -> None:
    """It fetches what people write; told to stop, it does so at once, while it waits for news."""
    await asyncio.to_thread(fill, sqlite_url)
    async with TelegramApi() as api, serving(tmp_path, api, DATABASE_URL=sqlite_url) as process:
        api.write("library se24")
        await api.until(lambda: len(api.texts(7)) == 1)
        assert "Herne Street Library (example)" in api.texts(7)[0]
        await api.until(lambda: bool(api.shown.get("short_description")) and not api.updates)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 30) == 0


async def test_with_a_public_address_updates_are_sent_to_it(sqlite_url: str, tmp_path: Path) -> None:
    """With the secret that Telegram was told; nothing is fetched."""
    await asyncio.to_thread(fill, sqlite_url)
    async with TelegramApi() as api:
        port = _free_port()
        public = {"PUBLIC_URL": f"http://127.0.0.1:{port}", "PORT": str(port)}
        async with serving(tmp_path, api, DATABASE_URL=sqlite_url, **public), httpx.AsyncClient() as client:
            await api.until(lambda: bool(api.called("setWebhook")))
            told = api.called("setWebhook")[0]
            update = api.write("library se24")
            wrong = await client.post(told["url"], json=update, headers={HEADER: "x"})
            right = await client.post(told["url"], json=update, headers={HEADER: told["secret_token"]})
            assert (wrong.status_code, right.status_code) == (401, 200)
            await api.until(lambda: len(api.texts(7)) == 1)
        assert not api.called("getUpdates")


async def test_two_servers_share_one_bot_and_either_may_be_killed(postgres_url: str, tmp_path: Path) -> None:
    """Whatever is killed meanwhile, each question is answered once; what was under way may be unknown."""
    await asyncio.to_thread(fill, postgres_url)
    dice = random.Random(7)
    async with TelegramApi() as api, asyncio.TaskGroup() as group:
        servers = [Kept(api, tmp_path, postgres_url) for _ in range(2)]
        running = [group.create_task(server.run()) for server in servers]
        for number in range(KILLS * ASKING):
            api.write("library se24", person=1_000 + number)
            if number % ASKING == ASKING - 1:
                await asyncio.gather(*(server.up.wait() for server in servers))
                await asyncio.sleep(dice.random() * 3)
                servers[dice.randrange(2)].kill()
        states = await _settled(postgres_url, api, KILLS * ASKING)
        for task in running:
            task.cancel()
    answers = Counter(chat for chat, _ in api.messages)
    unknown = states.get("unknown", 0)
    assert set(answers.values()) == {1}
    assert set(states) <= {"sent", "unknown"}
    assert unknown <= 8 * KILLS
    assert states["sent"] <= len(answers) <= KILLS * ASKING
    figures = {"killed": KILLS, "asked": KILLS * ASKING, **states, "arrived": len(answers)}
    sys.stdout.write("  ".join(f"{name} {figure}" for name, figure in figures.items()) + "\n")


@dataclass
class Kept:
    """A server that is started again whenever it dies."""

    api: TelegramApi
    folder: Path
    url: str
    up: asyncio.Event = field(default_factory=asyncio.Event)
    _process: asyncio.subprocess.Process | None = None

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            async with serving(self.folder, self.api, DATABASE_URL=self.url) as self._process:
                self.up.set()
                await self._process.wait()
                self.up.clear()

    def kill(self) -> None:
        """SIGKILL."""
        assert self._process is not None
        self.up.clear()
        self._process.kill()


async def _settled(url: str, api: TelegramApi, asked: int) -> dict[str, int]:
    """Wait until every question was answered; gives how many answers fared how."""
    async with asyncio.timeout(LONGEST_S):
        while True:
            states = await asyncio.to_thread(_states, url)
            if not api.updates and sum(states.values()) == asked and states.keys() <= {"sent", "unknown"}:
                return states
            await asyncio.sleep(1)


def _states(url: str) -> dict[str, int]:
    with psycopg.connect(url) as connection:
        return dict(connection.execute("SELECT state, count(*) FROM notice GROUP BY state").fetchall())


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
