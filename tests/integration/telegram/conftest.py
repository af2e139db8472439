"""A bot with the example records, its clock moved by hand."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.fakes.bot import Bot, bot
from tests.fakes.website import example_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@dataclass
class Clock:
    """The time, moved by hand."""

    now: datetime = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/London"))

    def __call__(self) -> datetime:
        """The time now."""
        return self.now

    def on(self, seconds: float) -> None:
        """Move on."""
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    """A Tuesday morning."""
    return Clock()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the example records, to be copied."""
    return example_store(tmp_path_factory.mktemp("examples"))


@pytest.fixture
def examples_url(filled: Path, tmp_path: Path) -> str:
    """A copy of one's own."""
    return f"sqlite:///{shutil.copy(filled, tmp_path / 'nearby.db')}"


@pytest.fixture
async def nearby(examples_url: str, clock: Clock) -> AsyncIterator[Bot]:
    """The bot over the example records."""
    async with bot(examples_url, clock, partial(clock.on, 5)) as opened:
        yield opened
