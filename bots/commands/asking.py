"""`nearby ask` and `nearby chat`."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING

from bots.app import App, clock, open_app
from bots.asking import UnreadableLineError, ask, batch, moment
from bots.commands.running import UsageError
from bots.conversation.wording import operator

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bots.settings import Settings


async def run_ask(settings: Settings, turns: list[str], now: str | None, *, as_json: bool) -> int:
    """Answer each turn of one conversation, in words or as a line of JSON each."""
    at = _moment(now, settings)
    async with open_app(settings) as app:
        for line in await ask(turns, app.ports(at)):
            sys.stdout.write((_json(line) if as_json else line["text"]) + "\n")
        if await app.is_empty():
            sys.stderr.write(operator.EMPTY_STORE + "\n")
    return 0


async def run_batch(settings: Settings, file: Path, now: str | None) -> int:
    """Answer the conversations of a file, a line of JSON each."""
    at = _moment(now, settings)
    try:
        opened = await asyncio.to_thread(file.open, encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError("cannot_read", str(file)) from error
    with opened:
        async with open_app(settings) as app:
            async for line in batch(opened, app.ports(at)):
                sys.stdout.write(_json(line) + "\n")
    return 0


async def run_chat(settings: Settings) -> int:
    """Talk in the terminal; with no terminal, answer three sample questions and say how to go on."""
    from bots.channels.terminal.conversing import converse, samples  # noqa: PLC0415 - `ask` needs neither

    async with open_app(settings) as app:
        if await app.is_empty():
            await fill(app)
        if sys.stdin.isatty():
            await converse(lambda: app.ports(clock()), _typed, _show)
        else:
            await samples(app.ports(clock()), _show)
    return 0


async def fill(app: App) -> None:
    """Put the example records in."""
    from bots.commands.importing import import_one  # noqa: PLC0415 - only where the store is empty
    from directory.examples import PUBLISHER, SERVICES  # noqa: PLC0415
    from directory.places.learning import learn  # noqa: PLC0415

    sys.stderr.write(operator.FILLING + "\n")
    await import_one(app, str(SERVICES), publisher=PUBLISHER)
    await learn(app.store)
    app.places.forget()


async def _typed() -> str | None:
    try:
        return await asyncio.to_thread(input, "> ")
    except EOFError:
        return None


def _show(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _json(line: dict[str, object]) -> str:
    return json.dumps(line, ensure_ascii=False)


def _moment(now: str | None, settings: Settings) -> datetime:
    if now is None:
        return clock()
    try:
        return moment(now, settings.zone)
    except UnreadableLineError as error:
        raise UsageError(error.code, now) from error
